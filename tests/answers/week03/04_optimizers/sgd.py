# %% right: a new state
def sgd(w, dw, state, lr):
    return np.subtract(w, np.multiply(lr, dw)), {}

# %% right: a copy first
def sgd(w, dw, state, lr):
    new = np.array(w, dtype=float)
    new -= lr * dw
    return new, state

# %% right: a list of two
def sgd(w, dw, state, lr):
    step = -lr * np.asarray(dw)
    return [w + step, dict(state)]

# %% wrong: plus
# says: the step goes uphill: the gradient points to where the loss grows, so subtract it
def sgd(w, dw, state, lr):
    return w + lr * dw, state

# %% wrong: learning rate forgotten
# says: the learning rate is missing: the whole gradient was subtracted
def sgd(w, dw, state, lr):
    return w - dw, state

# %% wrong: the step alone
# says: this is the step alone. Return the weights after the step
def sgd(w, dw, state, lr):
    return -lr * dw, state

# %% wrong: sign of the gradient
# says: only the sign of the gradient is used. Its size belongs to the step
def sgd(w, dw, state, lr):
    return w - lr * np.sign(dw), state

# %% wrong: state forgotten
# says: the last line should be `return w, state`
def sgd(w, dw, state, lr):
    return w - lr * dw

# %% wrong: turned around
# says: the two are turned around: first the weights, then the state
def sgd(w, dw, state, lr):
    return state, w - lr * dw

# %% wrong: in place
# says: writes into what the caller gave
def sgd(w, dw, state, lr):
    w -= lr * dw
    return w, state
