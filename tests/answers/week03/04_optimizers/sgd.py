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

# %% wrong: the numbers of the card
# says: these are the numbers of the example on the card
def sgd(w, dw, state, lr):
    return np.array([-1.0, -1.5]), {}

# %% wrong: rate fixed
# says: the learning rate is fixed at 0.5
def sgd(w, dw, state, lr):
    return w - 0.5 * dw, state

# %% wrong: old weights
# says: nothing has moved: these are the old weights
def sgd(w, dw, state, lr):
    new = w - lr * dw
    return w, state
