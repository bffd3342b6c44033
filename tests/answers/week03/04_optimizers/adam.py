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

# %% wrong: only m corrected
# says: only the average of the gradients is corrected. The one of the squares needs it too
def adam(w, dw, state, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    s = beta2 * state.get("s", 0.0) + (1 - beta2) * dw**2
    m_hat = m / (1 - beta1**t)
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

# %% wrong: t never grows
# says: t is 1 at every step: keep it in the state you return
def adam(w, dw, state, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    s = beta2 * state.get("s", 0.0) + (1 - beta2) * dw**2
    m_hat = m / (1 - beta1**t)
    s_hat = s / (1 - beta2**t)
    return w - lr * m_hat / (np.sqrt(s_hat) + eps), {"m": m, "s": s}

# %% wrong: eps inside
# says: eps stands inside the root. Add it after the root
def adam(w, dw, state, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    s = beta2 * state.get("s", 0.0) + (1 - beta2) * dw**2
    m_hat = m / (1 - beta1**t)
    s_hat = s / (1 - beta2**t)
    return w - lr * m_hat / np.sqrt(s_hat + eps), {"m": m, "s": s, "t": t}

# %% wrong: corrected kept
# says: the corrected averages went into the state, and are corrected again and again. Keep the plain ones
def adam(w, dw, state, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    s = beta2 * state.get("s", 0.0) + (1 - beta2) * dw**2
    m_hat = m / (1 - beta1**t)
    s_hat = s / (1 - beta2**t)
    return w - lr * m_hat / (np.sqrt(s_hat) + eps), {"m": m_hat, "s": s_hat, "t": t}

# %% wrong: betas mixed up
# says: beta1 and beta2 are mixed up: beta1 belongs to the gradients, beta2 to their squares
def adam(w, dw, state, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    t = state.get("t", 0) + 1
    m = beta2 * state.get("m", 0.0) + (1 - beta2) * dw
    s = beta1 * state.get("s", 0.0) + (1 - beta1) * dw**2
    m_hat = m / (1 - beta2**t)
    s_hat = s / (1 - beta1**t)
    return w - lr * m_hat / (np.sqrt(s_hat) + eps), {"m": m, "s": s, "t": t}

# %% wrong: without the average of gradients
# says: the step uses the newest gradient. It goes along the corrected average of all of them
def adam(w, dw, state, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    s = beta2 * state.get("s", 0.0) + (1 - beta2) * dw**2
    m_hat = m / (1 - beta1**t)
    s_hat = s / (1 - beta2**t)
    return w - lr * dw / (np.sqrt(s_hat) + eps), {"m": m, "s": s, "t": t}

# %% wrong: state changed in place
# says: writes into what the caller gave
def adam(w, dw, state, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    t = state["t"] = state.get("t", 0) + 1
    m = state["m"] = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    s = state["s"] = beta2 * state.get("s", 0.0) + (1 - beta2) * dw**2
    return w - lr * m / (1 - beta1**t) / (np.sqrt(s / (1 - beta2**t)) + eps), state
