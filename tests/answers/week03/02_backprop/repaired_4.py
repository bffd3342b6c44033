# %% right: the line of the hunt, mended
def repaired_4(X, W1, W2, dout):
    Z1 = X @ W1
    A1 = relu(Z1)
    dW2 = A1.T @ dout
    dA1 = dout @ W2.T
    dZ1 = np.where(Z1 > 0, dA1, 0.0)
    dW1 = X.T @ dZ1
    return dW1, dW2

# %% right: the mask from A1
def repaired_4(X, W1, W2, dout):
    A1 = np.maximum(X @ W1, 0)
    return X.T @ (dout @ W2.T * np.sign(A1)), A1.T @ dout

# %% right: with the functions of the lesson
def repaired_4(X, W1, W2, dout):
    Z1 = X @ W1
    dA1, dW2, _ = dense_backward(dout, (relu(Z1), W2))
    return dense_backward(relu_backward(dA1, Z1), (X, W1))[1], dW2

# %% wrong: unchanged
# says: the mask still comes from the gradient
def repaired_4(X, W1, W2, dout):
    Z1 = X @ W1
    dA1 = dout @ W2.T
    return X.T @ np.where(dA1 > 0, dA1, 0.0), relu(Z1).T @ dout

# %% wrong: the mask removed
# says: now there is no mask at all
def repaired_4(X, W1, W2, dout):
    return X.T @ (dout @ W2.T), relu(X @ W1).T @ dout

# %% wrong: slope 1 at 0
# says: at 0 the slope is taken as 1
def repaired_4(X, W1, W2, dout):
    Z1 = X @ W1
    return X.T @ np.where(Z1 >= 0, dout @ W2.T, 0.0), relu(Z1).T @ dout

# %% wrong: still cuts off negative gradients
# says: negative gradients are still cut off
def repaired_4(X, W1, W2, dout):
    Z1 = X @ W1
    dA1 = dout @ W2.T
    return X.T @ np.where((Z1 > 0) & (dA1 > 0), dA1, 0.0), relu(Z1).T @ dout

# %% wrong: arguments of relu_backward turned around
# says: the arguments of `relu_backward` are turned around
def repaired_4(X, W1, W2, dout):
    Z1 = X @ W1
    dZ1 = np.where(dout @ W2.T > 0, Z1, 0.0)
    return X.T @ dZ1, relu(Z1).T @ dout
