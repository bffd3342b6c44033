# %% right: decays the weights it stepped from
def decay_then_step(update, w, dw, state, lr, weight_decay):
    new, state = update(w, dw, state, lr)
    return new - lr * weight_decay * w, state

# %% right: a copy
def decay_then_step(update, w, dw, state, lr, weight_decay):
    w = np.array(w, dtype=float)
    w *= 1 - weight_decay * lr
    return update(w, dw, state, lr)

# %% right: two names
def decay_then_step(update, w, dw, state, lr, weight_decay):
    smaller = w - lr * weight_decay * w
    pair = update(smaller, dw=dw, state=dict(state), lr=lr)
    return pair[0], pair[1]

# %% wrong: learning rate forgotten
# says: the decay lacks the learning rate: shrink by lr times weight_decay
def decay_then_step(update, w, dw, state, lr, weight_decay):
    return update(w * (1 - weight_decay), dw, state, lr)

# %% wrong: into the gradient
# says: the decay went into the gradient: this is L2, and Adam would rescale it. Shrink the weights themselves
def decay_then_step(update, w, dw, state, lr, weight_decay):
    return update(w, dw + weight_decay * w, state, lr)

# %% wrong: step, then decay
# says: the step was decayed too. Shrink first, then step
def decay_then_step(update, w, dw, state, lr, weight_decay):
    new, state = update(w, dw, state, lr)
    return new * (1 - lr * weight_decay), state

# %% wrong: state lost
# says: the state of `update` is lost: hand it in, and return the one that comes back
def decay_then_step(update, w, dw, state, lr, weight_decay):
    new, _ = update(w * (1 - lr * weight_decay), dw, state, lr)
    return new, state

# %% wrong: two and one more
# says: `update` returns two things already
def decay_then_step(update, w, dw, state, lr, weight_decay):
    return update(w * (1 - lr * weight_decay), dw, state, lr), state

# %% wrong: same amount
# says: every weight shrinks by the same amount
def decay_then_step(update, w, dw, state, lr, weight_decay):
    return update(w - lr * weight_decay, dw, state, lr)

# %% wrong: order of arguments
# says: in the wrong order
def decay_then_step(update, w, dw, state, lr, weight_decay):
    return update(dw, w * (1 - lr * weight_decay), state, lr)

# %% wrong: decay fixed
# says: the decay is fixed at the numbers of the first step
def decay_then_step(update, w, dw, state, lr, weight_decay):
    return update(w * 0.875, dw, state, lr)
