# %% right: np.where
def step(z):
    return np.where(np.asarray(z) >= 0, 1, 0)

# %% right: heaviside, floats
def step(z):
    return np.heaviside(z, 1.0)

# %% right: booleans count as 0 and 1
def step(z):
    return z >= 0

# %% wrong: strict comparison
# says: step(0) must be 1
def step(z):
    return (np.asarray(z) > 0).astype(int)

# %% wrong: sign function
# says: this is the sign of z
# also fails: fit_perceptron
def step(z):
    return np.sign(z)

# %% wrong: if on an array
# says: looks at a whole array at once
# also fails: predict, perceptron_update, fit_perceptron, xor_by_hand
def step(z):
    if z >= 0:
        return 1
    else:
        return 0

# %% wrong: forgets return
# says: returned None
# also fails: predict, perceptron_update, fit_perceptron, xor_by_hand
def step(z):
    (np.asarray(z) >= 0).astype(int)
