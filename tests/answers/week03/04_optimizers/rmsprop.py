# %% right: zeros like w
def rmsprop(w, dw, state, lr, alpha=0.99, eps=1e-8):
    old = state["s"] if state else np.zeros_like(w)
    s = old + (1 - alpha) * (dw * dw - old)
    return w - lr / (s**0.5 + eps) * dw, {"s": s}

# %% right: average
def rmsprop(w, dw, state, lr, alpha=0.99, eps=1e-8):
    s = np.average([state.get("s", np.zeros_like(w)), np.square(dw)], axis=0, weights=[alpha, 1 - alpha])
    return w - lr * np.divide(dw, eps + np.sqrt(s)), {"s": s}

# %% right: keeps the history
def rmsprop(w, dw, state, lr, alpha=0.99, eps=1e-8):
    past = state.get("past", ()) + (np.array(dw, dtype=float) ** 2,)
    s = (1 - alpha) * sum(alpha**k * square for k, square in enumerate(reversed(past)))
    return w - lr * dw / (np.sqrt(s) + eps), {"past": past}

# %% wrong: eps inside
# says: eps stands inside the root. Add it after the root
def rmsprop(w, dw, state, lr, alpha=0.99, eps=1e-8):
    s = alpha * state.get("s", 0.0) + (1 - alpha) * dw**2
    return w - lr * dw / np.sqrt(s + eps), {"s": s}

# %% wrong: root forgotten
# says: the root is missing: divide by the root of the average of the squares
def rmsprop(w, dw, state, lr, alpha=0.99, eps=1e-8):
    s = alpha * state.get("s", 0.0) + (1 - alpha) * dw**2
    return w - lr * dw / (s + eps), {"s": s}

# %% wrong: sum of squares
# says: the squares are summed up and never fade (this is Adagrad). Keep a running average, with alpha and 1 - alpha
def rmsprop(w, dw, state, lr, alpha=0.99, eps=1e-8):
    s = state.get("s", 0.0) + dw**2
    return w - lr * dw / (np.sqrt(s) + eps), {"s": s}

# %% wrong: bias corrected
# says: the average was divided by 1 - alpha**t. That is the correction of Adam, and RMSprop has none
def rmsprop(w, dw, state, lr, alpha=0.99, eps=1e-8):
    t = state.get("t", 0) + 1
    s = alpha * state.get("s", 0.0) + (1 - alpha) * dw**2
    return w - lr * dw / (np.sqrt(s / (1 - alpha**t)) + eps), {"s": s, "t": t}

# %% wrong: state changed in place
# says: writes into what the caller gave
def rmsprop(w, dw, state, lr, alpha=0.99, eps=1e-8):
    state["s"] = alpha * state.get("s", 0.0) + (1 - alpha) * dw**2
    return w - lr * dw / (np.sqrt(state["s"]) + eps), state

# %% wrong: doubled, not squared
# says: the average must be of the squares
def rmsprop(w, dw, state, lr, alpha=0.99, eps=1e-8):
    s = alpha * state.get("s", 0.0) + (1 - alpha) * dw * 2
    return w - lr * dw / (np.sqrt(s) + eps), {"s": s}

# %% wrong: parentheses
# says: put parentheses around the root plus eps
def rmsprop(w, dw, state, lr, alpha=0.99, eps=1e-8):
    s = alpha * state.get("s", 0.0) + (1 - alpha) * dw**2
    return w - lr * (dw / np.sqrt(s) + eps), {"s": s}

# %% wrong: eps fixed
# says: eps is missing, or fixed at a tiny number
def rmsprop(w, dw, state, lr, alpha=0.99, eps=1e-8):
    s = alpha * state.get("s", 0.0) + (1 - alpha) * dw**2
    return w - lr * dw / (np.sqrt(s) + 1e-8), {"s": s}

# %% wrong: factor squared
# says: the factor 1 - alpha is squared too
def rmsprop(w, dw, state, lr, alpha=0.99, eps=1e-8):
    s = alpha * state.get("s", 0.0) + ((1 - alpha) * dw) ** 2
    return w - lr * dw / (np.sqrt(s) + eps), {"s": s}

# %% wrong: multiplied
# says: multiplied by the root. Divide by it
def rmsprop(w, dw, state, lr, alpha=0.99, eps=1e-8):
    s = alpha * state.get("s", 0.0) + (1 - alpha) * dw**2
    return w - lr * dw * (np.sqrt(s) + eps), {"s": s}

# %% wrong: two zeros
# says: the new weights have another shape than w
def rmsprop(w, dw, state, lr, alpha=0.99, eps=1e-8):
    s = alpha * state.get("s", np.zeros(2)) + (1 - alpha) * dw**2
    return w - lr * dw / (np.sqrt(s) + eps), {"s": s}
