# %% right: adds in place
def repaired_3(X, W, dout):
    A1 = np.tanh(X @ W)
    dW = A1.T @ dout
    dA1 = dout @ W.T
    dZ1 = dA1 * (1 - A1**2)
    dW += X.T @ dZ1
    dX = dZ1 @ W.T
    return dX, dW

# %% right: two names, added at the end
def repaired_3(X, W, dout):
    A1 = np.tanh(X @ W)
    second = A1.T @ dout
    dZ1 = (dout @ W.T) * (1 - A1**2)
    first = X.T @ dZ1
    return dZ1 @ W.T, first + second

# %% right: both uses as one stacked product
def repaired_3(X, W, dout):
    A1 = np.tanh(X @ W)
    dZ1 = (dout @ W.T) * (1 - A1**2)
    return dZ1 @ W.T, np.vstack([X, A1]).T @ np.vstack([dZ1, dout])

# %% wrong: unchanged
# says: only the first use of W is counted
def repaired_3(X, W, dout):
    A1 = np.tanh(X @ W)
    dZ1 = (dout @ W.T) * (1 - A1**2)
    return dZ1 @ W.T, X.T @ dZ1

# %% wrong: the other one kept
# says: only the second use of W is counted now
def repaired_3(X, W, dout):
    A1 = np.tanh(X @ W)
    dZ1 = (dout @ W.T) * (1 - A1**2)
    return dZ1 @ W.T, A1.T @ dout

# %% wrong: adds to dX as well
# says: X is used once, and dX was right before
def repaired_3(X, W, dout):
    A1 = np.tanh(X @ W)
    dZ1 = (dout @ W.T) * (1 - A1**2)
    return dZ1 @ W.T + dout @ W.T, A1.T @ dout + X.T @ dZ1

# %% wrong: the first use twice
# says: the gradient of the first use is counted twice, and the second use is still lost
def repaired_3(X, W, dout):
    A1 = np.tanh(X @ W)
    dZ1 = (dout @ W.T) * (1 - A1**2)
    return dZ1 @ W.T, 2 * X.T @ dZ1
