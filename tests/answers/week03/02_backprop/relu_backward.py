# %% right: where
def relu_backward(dout, Z):
    return np.where(Z > 0, dout, 0)

# %% right: a copy with zeros written in
def relu_backward(dout, Z):
    dZ = dout.copy()
    dZ[Z <= 0] = 0
    return dZ

# %% right: the mask from the output
def relu_backward(dout, Z):
    return dout * (relu(Z) > 0).astype(float)

# %% wrong: mask from the gradient
# says: the mask comes from `dout`
def relu_backward(dout, Z):
    return np.maximum(dout, 0)

# %% wrong: slope 1 at 0
# says: at 0 the slope is taken as 1
def relu_backward(dout, Z):
    return np.where(Z < 0, 0, dout)

# %% wrong: mask turned around
# says: the mask is turned around
def relu_backward(dout, Z):
    return np.where(Z > 0, 0, dout)

# %% wrong: writes into dout
# says: writes into what the caller gave
def relu_backward(dout, Z):
    dout[Z <= 0] = 0
    return dout

# %% wrong: cuts off negative gradients too
# says: negative gradients were cut off as well
def relu_backward(dout, Z):
    return relu(dout * (Z > 0))

# %% wrong: two axes only
# says: another number of parts
def relu_backward(dout, Z):
    n, d = Z.shape
    dZ = np.zeros((n, d))
    for i in range(n):
        for j in range(d):
            if Z[i, j] > 0:
                dZ[i, j] = dout[i, j]
    return dZ

# %% wrong: the sign of Z
# says: `dout` was multiplied with the sign of Z
def relu_backward(dout, Z):
    return dout * np.sign(Z)

# %% wrong: whole numbers
# says: the fractions were cut off
def relu_backward(dout, Z):
    return (dout * (Z > 0)).astype(int)
