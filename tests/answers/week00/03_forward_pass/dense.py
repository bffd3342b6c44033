# %% right: einsum
def dense(X, W, b):
    return np.einsum("nk,kj->nj", X, W) + b

# %% right: three loops over lists
def dense(X, W, b):
    scores = []
    for x in X:
        row = []
        for j in range(len(b)):
            total = b[j]
            for k in range(len(x)):
                total = total + x[k] * W[k][j]
            row.append(total)
        scores.append(row)
    return np.array(scores)

# %% right: the bias as one more row of W
def dense(X, W, b):
    with_ones = np.hstack([X, np.ones((len(X), 1))])
    return with_ones @ np.vstack([W, b])

# %% right: writes into its own array, row by row
def dense(X, W, b):
    Z = np.empty((X.shape[0], W.shape[1]))
    for i in range(X.shape[0]):
        Z[i] = W.T.dot(X[i])
        Z[i] += b
    return Z

# %% wrong: the bias is forgotten
# says: the bias is missing
# also fails: forward, repaired_1, repaired_2, repaired_3
def dense(X, W, b):
    return X @ W

# %% wrong: W is transposed
# says: W is transposed
# also fails: forward, repaired_1, repaired_2, repaired_3
def dense(X, W, b):
    return X @ W.T + b

# %% wrong: multiplies entry by entry
# says: `*` multiplies entry by entry
# also fails: forward, repaired_1, repaired_2, repaired_3
def dense(X, W, b):
    return X * W + b

# %% wrong: the product turned around
# says: the order of the product is turned around
# also fails: forward, repaired_1, repaired_2, repaired_3
def dense(X, W, b):
    return W @ X + b

# %% wrong: prints instead of returning
# says: returned None
# also fails: forward, repaired_1, repaired_2, repaired_3
def dense(X, W, b):
    print(X @ W + b)

# %% wrong: every row adds into b
# says: writes into what the caller gave
# also fails: forward, repaired_1, repaired_2, repaired_3
def dense(X, W, b):
    rows = []
    for x in X:
        row = b
        row += x @ W
        rows.append(row)
    return np.array(rows)

# %% wrong: the bias inside the inner loop
# says: the bias is added once for every number of the input
# also fails: forward, repaired_1, repaired_2, repaired_3
def dense(X, W, b):
    Z = np.zeros((len(X), len(b)))
    for i in range(len(X)):
        for j in range(len(b)):
            for k in range(X.shape[1]):
                Z[i, j] += X[i, k] * W[k, j] + b[j]
    return Z

# %% wrong: takes len(W) for the number of neurons
# says: the number of neurons is `W.shape[1]`
# also fails: forward, repaired_1, repaired_2, repaired_3
def dense(X, W, b):
    Z = np.zeros((X.shape[0], W.shape[1]))
    for i in range(len(X)):
        for j in range(min(len(W), W.shape[1])):
            Z[i, j] = np.dot(X[i], W[:, j]) + b[j]
    return Z

# %% wrong: squeezes the batch of one away
# says: an axis got lost
# also fails: forward
def dense(X, W, b):
    return np.squeeze(X @ W + b)

# %% wrong: the activation is inside
# says: ReLU was applied
# also fails: forward, repaired_1, repaired_2, repaired_3
def dense(X, W, b):
    return relu(X @ W + b)

# %% wrong: an array of whole numbers
# says: the fractions were cut off
# also fails: forward, repaired_1, repaired_2, repaired_3
def dense(X, W, b):
    Z = np.zeros((X.shape[0], W.shape[1]), dtype=int)
    for i in range(X.shape[0]):
        for j in range(W.shape[1]):
            Z[i, j] = (X[i] * W[:, j]).sum() + b[j]
    return Z

# %% wrong: the bias goes into X
# says: the bias is added to X
# also fails: forward, repaired_1, repaired_2, repaired_3
def dense(X, W, b):
    return (X + b) @ W

# %% wrong: the bias goes into W
# says: the bias is added to W
# also fails: forward, repaired_1, repaired_2, repaired_3
def dense(X, W, b):
    return X @ (W + b)

# %% wrong: one bias for all
# says: the biases were summed up
# also fails: forward, repaired_1, repaired_2, repaired_3
def dense(X, W, b):
    return X @ W + b.sum()

# %% wrong: neurons in rows
# says: right numbers, transposed
# also fails: forward, repaired_1, repaired_2, repaired_3
def dense(X, W, b):
    return (X @ W + b).T

# %% wrong: return after the first row
# says: the answer for the first row only
# also fails: forward, repaired_1, repaired_2, repaired_3
def dense(X, W, b):
    for x in X:
        return x @ W + b

# %% wrong: an array as large as X
# says: it was made too small
# also fails: forward, repaired_1, repaired_2, repaired_3
def dense(X, W, b):
    Z = np.zeros(X.shape)
    for i in range(X.shape[0]):
        for j in range(W.shape[1]):
            Z[i, j] = X[i] @ W[:, j] + b[j]
    return Z

# %% wrong: each row replaces the one before
# says: the answer for the last row only
# also fails: forward, repaired_1, repaired_2, repaired_3
def dense(X, W, b):
    for x in X:
        scores = x @ W + b
    return scores
