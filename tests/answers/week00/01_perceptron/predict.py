# %% right: a loop over the rows
def predict(X, w, b):
    answers = []
    for row in X:
        z = 0.0
        for j in range(len(w)):
            z += row[j] * w[j]
        answers.append(1 if z + b >= 0 else 0)
    return np.array(answers)

# %% right: products added along each row
def predict(X, w, b):
    products = X * w
    return step(products.sum(axis=1) + b)

# %% right: a plain list from step on every row
def predict(X, w, b):
    return [step(np.dot(row, w) + b) for row in X]

# %% right: bias as one more weight
def predict(X, w, b):
    X1 = np.column_stack([X, np.ones(len(X))])
    return step(X1 @ np.append(w, b))

# %% right: einsum, booleans
def predict(X, w, b):
    return np.einsum("nd,d->n", X, w) >= -b

# %% right: fills an array of floats by index
def predict(X, w, b):
    y_hat = np.empty(X.shape[0])
    for i in range(X.shape[0]):
        y_hat[i] = step(X[i] @ w + b)
    return y_hat

# %% right: transposed product
def predict(X, w, b):
    return np.where(w @ X.T + b < 0, 0, 1)

# %% right: column vectors, then flat again
def predict(X, w, b):
    z = X.dot(w.reshape(-1, 1)) + b
    return step(z).ravel()

# %% right: apply_along_axis
def predict(X, w, b):
    return np.apply_along_axis(lambda row: step(row @ w + b), 1, X)

# %% wrong: scores instead of answers
# says: these are the scores
# also fails: fit_perceptron, xor_by_hand
def predict(X, w, b):
    return X @ w + b

# %% wrong: bias forgotten
# says: the bias is missing
# also fails: fit_perceptron, xor_by_hand
def predict(X, w, b):
    return step(X @ w)

# %% wrong: bias subtracted
# says: the bias should be added, not subtracted
# also fails: fit_perceptron, xor_by_hand
def predict(X, w, b):
    return step(X @ w - b)

# %% wrong: bias added to every weight
# says: the bias belongs to the score
# also fails: fit_perceptron, xor_by_hand
def predict(X, w, b):
    return step(X @ (w + b))

# %% wrong: bias added after the decision
# says: the decision comes before the bias
# also fails: fit_perceptron, xor_by_hand
def predict(X, w, b):
    return step(X @ w) + b

# %% wrong: adds down the columns
# says: axis=0 adds down the columns
# also fails: fit_perceptron, xor_by_hand
def predict(X, w, b):
    return step((X * w).sum(axis=0) + b)

# %% wrong: no axis
# says: everything is added into one score
# also fails: fit_perceptron, xor_by_hand
def predict(X, w, b):
    return step((X * w).sum() + b)

# %% wrong: products not added up
# says: the products are not added up
# also fails: fit_perceptron, xor_by_hand
def predict(X, w, b):
    return step(X * w + b)

# %% wrong: return inside the loop
# says: this is one answer, of the first or of the last row
# also fails: fit_perceptron, xor_by_hand
def predict(X, w, b):
    for row in X:
        return step(row @ w + b)

# %% wrong: shape[1] for the number of rows
# says: only the first two rows are answered
# also fails: fit_perceptron, xor_by_hand
def predict(X, w, b):
    return np.array([step(X[i] @ w + b) for i in range(X.shape[1])])

# %% wrong: two measurements only
# says: only the first two measurements are used
# also fails: fit_perceptron
def predict(X, w, b):
    return step(X[:, 0] * w[0] + X[:, 1] * w[1] + b)

# %% wrong: squeezes a batch of one
# says: a batch of one has one answer in an array of shape (1,)
# also fails: fit_perceptron, xor_by_hand
def predict(X, w, b):
    return step(np.squeeze(X @ w + b))

# %% wrong: operands of the product swapped
# says: the two sides of `@` do not fit
# also fails: fit_perceptron, xor_by_hand
def predict(X, w, b):
    return step(w @ X + b)

# %% wrong: a column of answers
# says: right numbers in the wrong shape
# also fails: fit_perceptron, xor_by_hand
def predict(X, w, b):
    return step(X @ w.reshape(-1, 1) + b)

# %% wrong: weights in place
# says: writes into what the caller gave
# also fails: fit_perceptron, xor_by_hand
def predict(X, w, b):
    X *= w
    return step(X.sum(axis=1) + b)

# %% wrong: weights not used
# says: the weights are missing
# also fails: fit_perceptron, xor_by_hand
def predict(X, w, b):
    return step(X.sum(axis=1) + b)

# %% wrong: the array of the cell above
# says: this answers for X_or from the cell above
# also fails: fit_perceptron, xor_by_hand
def predict(X, w, b):
    return step(X_or @ w + b)

# %% wrong: a decision of its own that stops zero
# says: a score of exactly 0 is a yes
# also fails: fit_perceptron
def predict(X, w, b):
    return (X @ w + b > 0).astype(int)

# %% wrong: answers turned around
# says: every answer is turned around
# also fails: fit_perceptron, xor_by_hand
def predict(X, w, b):
    return 1 - step(X @ w + b)

# %% wrong: if on all the scores
# says: looks at a whole array at once
# also fails: fit_perceptron, xor_by_hand
def predict(X, w, b):
    z = X @ w + b
    if z >= 0:
        return 1
    return 0

# %% wrong: hands back the function
# says: the parentheses of a call are missing
# also fails: fit_perceptron, xor_by_hand
def predict(X, w, b):
    z = X @ w + b
    return step

# %% wrong: forgets return
# says: returned None
# also fails: fit_perceptron, xor_by_hand
def predict(X, w, b):
    z = X @ w + b
    y_hat = step(z)

# %% wrong: prints instead of returning
# says: did you print the answer instead
# also fails: fit_perceptron, xor_by_hand
def predict(X, w, b):
    print(step(X @ w + b))

# %% wrong: overwrites the answer in a loop
# says: Collect the answers of all rows in a list
# also fails: fit_perceptron, xor_by_hand
def predict(X, w, b):
    for row in X:
        y = step(row @ w + b)
    return y

# %% wrong: sum not set back for each row
# says: set it back to 0 for every row
# also fails: fit_perceptron, xor_by_hand
def predict(X, w, b):
    answers = []
    s = 0.0
    for row in X:
        for j in range(len(w)):
            s += row[j] * w[j]
        answers.append(step(s + b))
    return np.array(answers)

# %% wrong: bias added for every measurement
# says: the bias is added once for every measurement
# also fails: fit_perceptron, xor_by_hand
def predict(X, w, b):
    answers = []
    for row in X:
        s = 0.0
        for j in range(len(w)):
            s += row[j] * w[j] + b
        answers.append(step(s))
    return np.array(answers)

# %% wrong: rows in the place of columns
# says: A column is X[:, 0]
# also fails: fit_perceptron, xor_by_hand
def predict(X, w, b):
    return step(X[0] * w[0] + X[1] * w[1] + b)

# %% wrong: decides on X first
# says: X itself is not decided on
# also fails: fit_perceptron, xor_by_hand
def predict(X, w, b):
    return step(step(X) @ w + b)

# %% wrong: scores cut to whole numbers
# says: the fractions of the scores are cut off
# also fails: fit_perceptron, xor_by_hand
def predict(X, w, b):
    z = (X @ w + b).astype(int)
    return step(z)

# %% wrong: the example written down
# says: this is the answer of the example, written down
# also fails: fit_perceptron, xor_by_hand
def predict(X, w, b):
    return np.array([1, 0, 1])
