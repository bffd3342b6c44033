# %% right: learning rate inside
def momentum(w, dw, state, lr, beta=0.9):
    moved = beta * state.get("moved", 0.0) - lr * np.asarray(dw)
    return w + moved, {"moved": moved}

# %% right: an if for the first step
def momentum(w, dw, state, lr, beta=0.9):
    if "v" in state:
        v = beta * state["v"] + dw
    else:
        v = np.array(dw, dtype=float)
    return w - lr * v, {"v": v}

# %% right: all gradients kept
def momentum(w, dw, state, lr, beta=0.9):
    past = [*state.get("past", []), dw]
    v = sum(beta ** (len(past) - 1 - k) * g for k, g in enumerate(past))
    return w - lr * v, {"past": past}

# %% wrong: dampening
# says: there is a factor (1 - beta) too much: this is an average of gradients. Momentum adds the whole gradient to the velocity
def momentum(w, dw, state, lr, beta=0.9):
    v = beta * state.get("v", 0.0) + (1 - beta) * dw
    return w - lr * v, {"v": v}

# %% wrong: state never filled
# says: the second step is plain gradient descent: the velocity of the first one was lost. Put the new velocity into the state you return
def momentum(w, dw, state, lr, beta=0.9):
    v = beta * state.get("v", 0.0) + dw
    return w - lr * v, state

# %% wrong: beta forgotten
# says: old velocity never fades: beta is missing
def momentum(w, dw, state, lr, beta=0.9):
    v = state.get("v", 0.0) + dw
    return w - lr * v, {"v": v}

# %% wrong: look-ahead
# says: this is the variant of Nesterov: beta times the velocity and the gradient once more. Step along the velocity itself
def momentum(w, dw, state, lr, beta=0.9):
    v = beta * state.get("v", 0.0) + dw
    return w - lr * (dw + beta * v), {"v": v}

# %% wrong: keeps the gradient
# says: the state keeps the last gradient, and the velocity is more: old velocities are in it too
def momentum(w, dw, state, lr, beta=0.9):
    v = beta * state.get("dw", 0.0) + dw
    return w - lr * v, {"dw": dw}

# %% wrong: state changed in place
# says: writes into what the caller gave
def momentum(w, dw, state, lr, beta=0.9):
    state["v"] = beta * state.get("v", 0.0) + dw
    return w - lr * state["v"], state

# %% wrong: one axis only
# says: the new weights have another shape than w
def momentum(w, dw, state, lr, beta=0.9):
    v = beta * state.get("v", np.zeros(len(w))) + dw
    return w - lr * v, {"v": v}

# %% wrong: rate twice
# says: the learning rate is used twice
def momentum(w, dw, state, lr, beta=0.9):
    v = beta * state.get("v", 0.0) + lr * dw
    return w - lr * v, {"v": v}

# %% wrong: rate fixed
# says: the learning rate is fixed at 0.5
def momentum(w, dw, state, lr, beta=0.9):
    v = beta * state.get("v", 0.0) + dw
    return w - 0.5 * v, {"v": v}

# %% wrong: beta fixed
# says: beta is fixed at 0.9
def momentum(w, dw, state, lr, beta=0.9):
    v = 0.9 * state.get("v", 0.0) + dw
    return w - lr * v, {"v": v}

# %% wrong: another key
# says: under the same key that you read
def momentum(w, dw, state, lr, beta=0.9):
    v = beta * state.get("v", 0.0) + dw
    return w - lr * v, {"velocity": v}

# %% wrong: a default that lasts
# says: something is remembered outside of the state
def momentum(w, dw, state, lr, beta=0.9, memory={}):
    memory["v"] = beta * memory.get("v", 0.0) + dw
    return w - lr * memory["v"], memory
