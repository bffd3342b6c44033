# %% right: the line of the hunt, mended
def repaired_1(X, Y, W, b):
    Z = X @ W + b
    dZ = 2 * (Z - Y) / Z.size
    dW = X.T @ dZ
    db = dZ.sum(axis=0)
    return dW, db

# %% right: divides both at the end
def repaired_1(X, Y, W, b):
    n, d = Y.shape
    dZ = 2 * (X @ W + b - Y)
    return X.T @ dZ / (n * d), dZ.sum(axis=0) / (n * d)

# %% right: a mean over the rows
def repaired_1(X, Y, W, b):
    dZ = 2 / Y.shape[1] * (X @ W + b - Y)
    return np.einsum("ni,no->io", X, dZ) / len(X), dZ.mean(axis=0)

# %% wrong: unchanged
# says: the average is still missing
def repaired_1(X, Y, W, b):
    Z = X @ W + b
    dZ = 2 * (Z - Y)
    return X.T @ dZ, dZ.sum(axis=0)

# %% wrong: divides by the rows
# says: it is divided by the number of rows only
def repaired_1(X, Y, W, b):
    Z = X @ W + b
    dZ = 2 * (Z - Y) / len(X)
    return X.T @ dZ, dZ.sum(axis=0)

# %% wrong: db forgotten
# says: dW is divided, and db is not
def repaired_1(X, Y, W, b):
    Z = X @ W + b
    dZ = 2 * (Z - Y)
    return X.T @ dZ / Z.size, dZ.sum(axis=0)

# %% wrong: the 2 replaced
# says: the 2 got lost
def repaired_1(X, Y, W, b):
    Z = X @ W + b
    dZ = (Z - Y) / Z.size
    return X.T @ dZ, dZ.sum(axis=0)

# %% wrong: divides by 15
# says: 15 was the number of entries in the evidence
def repaired_1(X, Y, W, b):
    Z = X @ W + b
    dZ = 2 * (Z - Y) / 15
    return X.T @ dZ, np.sum(dZ, axis=0)

# %% wrong: the size of X
# says: it is divided by `X.size`
def repaired_1(X, Y, W, b):
    Z = X @ W + b
    dZ = 2 * (Z - Y) / X.size
    return X.T @ dZ, np.sum(dZ, axis=0)
