# %% right: the line of the hunt, mended
def repaired_2(X, W1, W2, dout):
    A1 = np.tanh(X @ W1)
    dW2 = A1.T @ dout
    dA1 = dout @ W2.T
    dZ1 = dA1 * (1 - A1**2)
    dW1 = X.T @ dZ1
    return dW1, dW2

# %% right: einsum
def repaired_2(X, W1, W2, dout):
    A = np.tanh(X @ W1)
    back = np.einsum("no,ho->nh", dout, W2) / np.cosh(X @ W1) ** 2
    return np.einsum("nd,nh->dh", X, back), np.einsum("nh,no->ho", A, dout)

# %% right: with dense_backward
def repaired_2(X, W1, W2, dout):
    A1 = np.tanh(X @ W1)
    dA1, dW2, _ = dense_backward(dout, (A1, W2))
    _, dW1, _ = dense_backward(dA1 * (1 - A1 * A1), (X, W1))
    return dW1, dW2

# %% wrong: unchanged
# says: nothing has changed yet
def repaired_2(X, W1, W2, dout):
    A1 = np.tanh(X @ W1)
    return X.T @ ((dout @ W2) * (1 - A1**2)), A1.T @ dout

# %% wrong: back through W1
# says: this goes back through W1
def repaired_2(X, W1, W2, dout):
    A1 = np.tanh(X @ W1)
    return X.T @ ((dout @ W1.T) * (1 - A1**2)), A1.T @ dout

# %% wrong: X in dW2
# says: dW2 was right before
def repaired_2(X, W1, W2, dout):
    A1 = np.tanh(X @ W1)
    return X.T @ ((dout @ W2.T) * (1 - A1**2)), X.T @ dout

# %% wrong: tanh of the output again
# says: the slope of tanh was changed
def repaired_2(X, W1, W2, dout):
    A1 = np.tanh(X @ W1)
    return X.T @ ((dout @ W2.T) * (1 - np.tanh(A1) ** 2)), A1.T @ dout
