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

# %% wrong: the mask alone
# says: this is the mask alone
def relu_backward(dout, Z):
    return (Z > 0).astype(float)

# %% wrong: multiplies with relu of Z
# says: `dout` was multiplied with ReLU of Z
def relu_backward(dout, Z):
    return dout * np.maximum(Z, 0)

# %% wrong: slope 1 at 0
# says: at 0 the slope is taken as 1
def relu_backward(dout, Z):
    return np.where(Z < 0, 0, dout)

# %% wrong: mask turned around
# says: the mask is turned around
def relu_backward(dout, Z):
    return np.where(Z > 0, 0, dout)

# %% wrong: forward instead of backward
# says: this is the forward pass
def relu_backward(dout, Z):
    return np.where(Z > 0, Z, 0)

# %% wrong: writes into dout
# says: writes into what the caller gave
def relu_backward(dout, Z):
    dout[Z <= 0] = 0
    return dout

# %% wrong: cuts off negative gradients too
# says: negative gradients were cut off as well
def relu_backward(dout, Z):
    return relu(dout * (Z > 0))
