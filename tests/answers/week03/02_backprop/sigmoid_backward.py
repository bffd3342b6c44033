# %% right: the formula
def sigmoid_backward(dout, A):
    return dout * A * (1 - A)

# %% right: the slope first
def sigmoid_backward(dout, A):
    slope = np.multiply(A, 1.0 - A)
    return np.multiply(slope, dout)

# %% right: one entry after the other
def sigmoid_backward(dout, A):
    pairs = zip(dout.ravel(), A.ravel())
    return np.array([d * a * (1 - a) for d, a in pairs]).reshape(A.shape)

# %% wrong: sigmoid applied again
# says: A is the output of sigmoid already
def sigmoid_backward(dout, A):
    return dout * sigmoid(A) * (1 - sigmoid(A))

# %% wrong: no dout
# says: `dout` is missing
def sigmoid_backward(dout, A):
    return A * (1 - A)

# %% wrong: tanh
# says: this is the slope of tanh
def sigmoid_backward(dout, A):
    return dout * (1 - A**2)

# %% wrong: parentheses forgotten
# says: the parentheses are missing
def sigmoid_backward(dout, A):
    return dout * A * 1 - A

# %% wrong: writes into dout
# says: writes into what the caller gave
def sigmoid_backward(dout, A):
    dout *= A
    dout *= 1 - A
    return dout

# %% wrong: two axes only
# says: another number of parts
def sigmoid_backward(dout, A):
    n, d = A.shape
    dZ = np.zeros((n, d))
    for i in range(n):
        for j in range(d):
            dZ[i, j] = dout[i, j] * A[i, j] * (1 - A[i, j])
    return dZ
