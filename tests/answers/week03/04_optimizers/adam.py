# %% right: step size corrected
def adam(w, dw, state, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s, t = state.get("all", (np.zeros_like(w), np.zeros_like(w), 0))
    t += 1
    m = m + (1 - beta1) * (dw - m)
    s = s + (1 - beta2) * (dw * dw - s)
    root = math.sqrt(1 - beta2**t)
    rate = lr * root / (1 - beta1**t)
    return w - rate * m / (s**0.5 + eps * root), {"all": (m, s, t)}

# %% right: powers kept in the state
def adam(w, dw, state, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    old = state or {"m": np.zeros(np.shape(w)), "v": np.zeros(np.shape(w)), "p1": 1.0, "p2": 1.0}
    new = {
        "m": beta1 * old["m"] + (1 - beta1) * dw,
        "v": beta2 * old["v"] + (1 - beta2) * np.square(dw),
        "p1": old["p1"] * beta1,
        "p2": old["p2"] * beta2,
    }
    return w - lr * (new["m"] / (1 - new["p1"])) / (np.sqrt(new["v"] / (1 - new["p2"])) + eps), new

# %% right: weighted averages of all gradients
def adam(w, dw, state, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    past = [*state.get("past", []), np.array(dw, dtype=float)]
    ages = np.arange(len(past))[::-1]
    m = np.average(past, axis=0, weights=beta1**ages)
    v = np.average(np.square(past), axis=0, weights=beta2**ages)
    return w - lr * m / (np.sqrt(v) + eps), {"past": past}

# %% wrong: no correction
# says: the bias correction is missing: both averages start at 0 and are too small at first
def adam(w, dw, state, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    s = beta2 * state.get("s", 0.0) + (1 - beta2) * dw**2
    m_hat = m
    s_hat = s
    return w - lr * m_hat / (np.sqrt(s_hat) + eps), {"m": m, "s": s, "t": t}

# %% wrong: t starts at 0
# says: t is 0 at the first step, so the correction divides by 0. Count first: the first step has t = 1
def adam(w, dw, state, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    t = state.get("t", 0)
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    s = beta2 * state.get("s", 0.0) + (1 - beta2) * dw**2
    m_hat = m / (1 - beta1**t)
    s_hat = s / (1 - beta2**t)
    return w - lr * m_hat / (np.sqrt(s_hat) + eps), {"m": m, "s": s, "t": t + 1}

# %% wrong: t starts at 2
# says: t is 2 at the first step: it was counted twice, or it started at 1
def adam(w, dw, state, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    t = state.get("t", 1) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    s = beta2 * state.get("s", 0.0) + (1 - beta2) * dw**2
    m_hat = m / (1 - beta1**t)
    s_hat = s / (1 - beta2**t)
    return w - lr * m_hat / (np.sqrt(s_hat) + eps), {"m": m, "s": s, "t": t}

# %% wrong: eps inside
# says: eps stands inside the root. Add it after the root
def adam(w, dw, state, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    s = beta2 * state.get("s", 0.0) + (1 - beta2) * dw**2
    m_hat = m / (1 - beta1**t)
    s_hat = s / (1 - beta2**t)
    return w - lr * m_hat / np.sqrt(s_hat + eps), {"m": m, "s": s, "t": t}

# %% wrong: betas mixed up
# says: beta1 and beta2 are mixed up: beta1 belongs to the gradients, beta2 to their squares
def adam(w, dw, state, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    t = state.get("t", 0) + 1
    m = beta2 * state.get("m", 0.0) + (1 - beta2) * dw
    s = beta1 * state.get("s", 0.0) + (1 - beta1) * dw**2
    m_hat = m / (1 - beta2**t)
    s_hat = s / (1 - beta1**t)
    return w - lr * m_hat / (np.sqrt(s_hat) + eps), {"m": m, "s": s, "t": t}

# %% wrong: not squared
# says: this is the root of a negative number
def adam(w, dw, state, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    s = beta2 * state.get("s", 0.0) + (1 - beta2) * dw
    m_hat = m / (1 - beta1**t)
    s_hat = s / (1 - beta2**t)
    return w - lr * m_hat / (np.sqrt(s_hat) + eps), {"m": m, "s": s, "t": t}

# %% wrong: counted outside
# says: something is remembered outside of the state
count = {"t": 0}


def adam(w, dw, state, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    count["t"] += 1
    t = count["t"]
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    s = beta2 * state.get("s", 0.0) + (1 - beta2) * dw**2
    m_hat = m / (1 - beta1**t)
    s_hat = s / (1 - beta2**t)
    return w - lr * m_hat / (np.sqrt(s_hat) + eps), {"m": m, "s": s}

# %% wrong: old state
# says: the second step starts from an empty state
def adam(w, dw, state, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    s = beta2 * state.get("s", 0.0) + (1 - beta2) * dw**2
    m_hat = m / (1 - beta1**t)
    s_hat = s / (1 - beta2**t)
    return w - lr * m_hat / (np.sqrt(s_hat) + eps), state

# %% wrong: power of the whole
# says: the power of the whole, `(1 - beta)**t`
def adam(w, dw, state, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    s = beta2 * state.get("s", 0.0) + (1 - beta2) * dw**2
    m_hat = m / (1 - beta1) ** t
    s_hat = s / (1 - beta2) ** t
    return w - lr * m_hat / (np.sqrt(s_hat) + eps), {"m": m, "s": s, "t": t}

# %% wrong: correction without parentheses
# says: lack parentheses: divide by the whole of
def adam(w, dw, state, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    s = beta2 * state.get("s", 0.0) + (1 - beta2) * dw**2
    m_hat = m / 1 - beta1**t
    s_hat = s / 1 - beta2**t
    return w - lr * m_hat / (np.sqrt(s_hat) + eps), {"m": m, "s": s, "t": t}

# %% wrong: eps without parentheses
# says: eps is added to the new weights
def adam(w, dw, state, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    s = beta2 * state.get("s", 0.0) + (1 - beta2) * dw**2
    m_hat = m / (1 - beta1**t)
    s_hat = s / (1 - beta2**t)
    return w - lr * m_hat / np.sqrt(s_hat) + eps, {"m": m, "s": s, "t": t}

# %% wrong: beta1 everywhere
# says: beta1 is used for the squares too
def adam(w, dw, state, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    s = beta1 * state.get("s", 0.0) + (1 - beta1) * dw**2
    m_hat = m / (1 - beta1**t)
    s_hat = s / (1 - beta1**t)
    return w - lr * m_hat / (np.sqrt(s_hat) + eps), {"m": m, "s": s, "t": t}

# %% wrong: s in place
# says: the corrected m went into the state
def adam(w, dw, state, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    s = beta2 * state.get("s", 0.0) + (1 - beta2) * dw**2
    m /= 1 - beta1**t
    return w - lr * m / (np.sqrt(s / (1 - beta2**t)) + eps), {"m": m, "s": s, "t": t}

# %% wrong: no factor for the square
# says: the factor 1 - beta2 is missing
def adam(w, dw, state, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    s = beta2 * state.get("s", 0.0) + dw**2
    m_hat = m / (1 - beta1**t)
    s_hat = s / (1 - beta2**t)
    return w - lr * m_hat / (np.sqrt(s_hat) + eps), {"m": m, "s": s, "t": t}

# %% wrong: betas fixed
# says: the betas are fixed at 0.9 and 0.999
def adam(w, dw, state, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    t = state.get("t", 0) + 1
    m = 0.9 * state.get("m", 0.0) + 0.1 * dw
    s = 0.999 * state.get("s", 0.0) + 0.001 * dw**2
    m_hat = m / (1 - 0.9**t)
    s_hat = s / (1 - 0.999**t)
    return w - lr * m_hat / (np.sqrt(s_hat) + eps), {"m": m, "s": s, "t": t}
