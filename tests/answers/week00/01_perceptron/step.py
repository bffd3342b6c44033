# %% right: np.where
def step(z):
    return np.where(np.asarray(z) >= 0, 1, 0)

# %% right: heaviside, floats
def step(z):
    return np.heaviside(z, 1.0)

# %% right: booleans count as 0 and 1
def step(z):
    return z >= 0

# %% right: one score at a time, any shape
def step(z):
    z = np.asarray(z)
    answers = np.zeros(z.shape, dtype=int)
    for index in np.ndindex(z.shape):
        if z[index] >= 0:
            answers[index] = 1
    return answers

# %% right: np.vectorize
def step(z):
    return np.vectorize(lambda score: 1 if score >= 0 else 0)(z)

# %% right: a mask that writes into a new array
def step(z):
    answers = np.zeros_like(z)
    answers[z >= 0] = 1
    return answers

# %% right: one minus the negative ones
def step(z):
    return 1 - (z < 0) * 1.0

# %% right: int8 from a comparison
def step(z):
    return np.greater_equal(z, 0).astype(np.int8)

# %% wrong: strict comparison
# says: step(0) must be 1
# also fails: predict, perceptron_update, fit_perceptron
def step(z):
    return (np.asarray(z) > 0).astype(int)

# %% wrong: sign function
# says: this is the sign of z
# also fails: predict, perceptron_update, fit_perceptron, xor_by_hand
def step(z):
    return np.sign(z)

# %% wrong: minus one for no
# says: negative scores should give 0, not -1
# also fails: predict, perceptron_update, fit_perceptron, xor_by_hand
def step(z):
    return np.where(z >= 0, 1, -1)

# %% wrong: comparison turned around
# says: the comparison points the wrong way, and zero should give 1
# also fails: predict, perceptron_update, fit_perceptron, xor_by_hand
def step(z):
    return (z < 0).astype(int)

# %% wrong: comparison turned around, zero included
# says: the comparison points the wrong way: large scores mean yes
# also fails: predict, perceptron_update, fit_perceptron, xor_by_hand
def step(z):
    return (z <= 0).astype(int)

# %% wrong: answers of np.where swapped
# says: the comparison points the wrong way, and zero should give 1
# also fails: predict, perceptron_update, fit_perceptron, xor_by_hand
def step(z):
    return np.where(z >= 0, 0, 1)

# %% wrong: cuts negative scores off, keeps the others
# says: this keeps the score instead of turning it into a decision
# also fails: predict, perceptron_update, fit_perceptron, xor_by_hand
def step(z):
    return np.maximum(z, 0)

# %% wrong: clips between 0 and 1
# says: this cuts the score off at 0 and 1
# also fails: predict, perceptron_update, fit_perceptron, xor_by_hand
def step(z):
    return np.clip(z, 0, 1)

# %% wrong: rounds first
# says: Compare the score itself with 0
# also fails: predict, perceptron_update, fit_perceptron, xor_by_hand
def step(z):
    return (np.round(z) >= 0).astype(int)

# %% wrong: cuts the decimals off first
# says: Compare the score itself with 0
# also fails: predict, perceptron_update, fit_perceptron, xor_by_hand
def step(z):
    return (z.astype(int) >= 0).astype(int)

# %% wrong: a half at zero
# says: the second argument of np.heaviside
# also fails: predict, perceptron_update, fit_perceptron
def step(z):
    return np.heaviside(z, 0.5)

# %% wrong: if on an array
# says: looks at a whole array at once
# also fails: predict, fit_perceptron, xor_by_hand
def step(z):
    if z >= 0:
        return 1
    else:
        return 0

# %% wrong: any, as the error message proposes
# says: `any` merges the scores
# also fails: predict, fit_perceptron, xor_by_hand
def step(z):
    return int((z >= 0).any())

# %% wrong: all, as the error message proposes
# says: `all` merges the scores
# also fails: predict, fit_perceptron, xor_by_hand
def step(z):
    return 1 if (z >= 0).all() else 0

# %% wrong: return inside the loop
# says: a `return` inside a loop ends it at the first score
# also fails: predict, perceptron_update, fit_perceptron, xor_by_hand
def step(z):
    for score in z:
        if score >= 0:
            return 1
        else:
            return 0

# %% wrong: np.where with a condition alone
# says: `np.where` with a condition alone gives positions
# also fails: predict, perceptron_update, fit_perceptron, xor_by_hand
def step(z):
    return np.where(z >= 0)

# %% wrong: picks the scores that pass
# says: this picks the scores that pass
# also fails: predict, perceptron_update, fit_perceptron, xor_by_hand
def step(z):
    return z[z >= 0]

# %% wrong: counts the scores that pass
# says: this counts the scores that pass
# also fails: predict, fit_perceptron, xor_by_hand
def step(z):
    return np.sum(z >= 0)

# %% wrong: writes into the array it was given
# says: writes into what the caller gave
# also fails: perceptron_update, fit_perceptron
def step(z):
    passes = z >= 0
    z[passes] = 1
    z[~passes] = 0
    return z

# %% wrong: zeros written first
# says: zeros written first pass the second test as well
# also fails: predict, perceptron_update, fit_perceptron, xor_by_hand
def step(z):
    answers = np.array(z)
    answers[answers < 0] = 0
    answers[answers >= 0] = 1
    return answers

# %% wrong: flat arrays only
# says: a loop or an index meets a single number
# also fails: perceptron_update, fit_perceptron
def step(z):
    return np.array([1 if score >= 0 else 0 for score in z])

# %% wrong: a matrix comes back flat
# says: right numbers in the wrong shape
# also fails: perceptron_update, fit_perceptron
def step(z):
    return (np.ravel(z) >= 0).astype(int)

# %% wrong: the example written down
# says: this is the answer of the example, written down
# also fails: predict, perceptron_update, fit_perceptron, xor_by_hand
def step(z):
    return np.array([0, 1, 1])

# %% wrong: forgets return
# says: returned None
# also fails: predict, perceptron_update, fit_perceptron, xor_by_hand
def step(z):
    (np.asarray(z) >= 0).astype(int)

# %% wrong: prints instead of returning
# says: did you print the answer instead
# also fails: predict, perceptron_update, fit_perceptron, xor_by_hand
def step(z):
    print(np.where(z >= 0, 1, 0))

# %% wrong: compares with minus one
# says: -0.01 is negative and got a yes
# also fails: predict, perceptron_update, fit_perceptron, xor_by_hand
def step(z):
    return (z > -1) * 1

# %% wrong: compares with a number slightly below 0
# says: -0.01 is negative and got a yes
# also fails: predict, perceptron_update, fit_perceptron, xor_by_hand
def step(z):
    return (z >= -0.3) * 1
