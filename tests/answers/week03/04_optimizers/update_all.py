# %% right: index loop
def update_all(update, params, grads, states, lr):
    new_params, new_states = [], []
    for k in range(len(params)):
        W, state_W = update(params[k][0], grads[k][0], states[k][0], lr)
        b, state_b = update(params[k][1], grads[k][1], states[k][1], lr)
        new_params.append((W, b))
        new_states.append((state_W, state_b))
    return new_params, new_states

# %% right: lists for pairs, tuples outside
def update_all(update, params, grads, states, lr):
    done = [
        [update(w, dw, s, lr) for w, dw, s in zip(layer, gradient, state)]
        for layer, gradient, state in zip(params, grads, states)
    ]
    return tuple([p for p, _ in layer] for layer in done), tuple([s for _, s in layer] for layer in done)

# %% right: from the last layer
def update_all(update, params, grads, states, lr):
    params, states = list(params), list(states)
    for k in reversed(range(len(params))):
        (W, b), (dW, db), (first, second) = params[k], grads[k], states[k]
        b, second = update(b, db, second, lr)
        W, first = update(W, dW, first, lr)
        params[k], states[k] = (W, b), (first, second)
    return params, states

# %% wrong: old states
# says: the second round starts from the old states: collect the states that `update` returns
def update_all(update, params, grads, states, lr):
    new = [
        tuple(update(w, dw, s, lr)[0] for w, dw, s in zip(*layer)) for layer in zip(params, grads, states)
    ]
    return new, states

# %% wrong: return in the loop
# says: only one layer comes back: the `return` is inside the loop, or each layer replaces the one before
def update_all(update, params, grads, states, lr):
    new_params, new_states = [], []
    for (W, b), (dW, db), (sW, sb) in zip(params, grads, states):
        W, sW = update(W, dW, sW, lr)
        b, sb = update(b, db, sb, lr)
        new_params.append((W, b))
        new_states.append((sW, sb))
        return new_params, new_states

# %% wrong: plain descent
# says: `update` is not used: this is plain gradient descent
def update_all(update, params, grads, states, lr):
    return [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)], states

# %% wrong: flat
# says: the pairs are gone: each layer is a pair (W, b)
def update_all(update, params, grads, states, lr):
    new_params, new_states = [], []
    for (W, b), (dW, db), (sW, sb) in zip(params, grads, states):
        W, sW = update(W, dW, sW, lr)
        b, sb = update(b, db, sb, lr)
        new_params += [W, b]
        new_states += [sW, sb]
    return new_params, new_states

# %% wrong: state of W for b
# says: b is stepped with the state of W
def update_all(update, params, grads, states, lr):
    new_params, new_states = [], []
    for (W, b), (dW, db), (sW, sb) in zip(params, grads, states):
        first = sW
        W, sW = update(W, dW, sW, lr)
        b, sb = update(b, db, first, lr)
        new_params.append((W, b))
        new_states.append((sW, sb))
    return new_params, new_states

# %% wrong: states back turned around
# says: the states come back turned around
def update_all(update, params, grads, states, lr):
    new_params, new_states = [], []
    for (W, b), (dW, db), (sW, sb) in zip(params, grads, states):
        W, sW = update(W, dW, sW, lr)
        b, sb = update(b, db, sb, lr)
        new_params.append((W, b))
        new_states.append((sb, sW))
    return new_params, new_states

# %% wrong: states of the first layer
# says: every layer uses the states of the first one
def update_all(update, params, grads, states, lr):
    new_params, new_states = [], []
    for (W, b), (dW, db) in zip(params, grads):
        sW, sb = states[0]
        W, sW = update(W, dW, sW, lr)
        b, sb = update(b, db, sb, lr)
        new_params.append((W, b))
        new_states.append((sW, sb))
    return new_params, new_states

# %% wrong: empty states
# says: every call gets an empty state
def update_all(update, params, grads, states, lr):
    new_params, new_states = [], []
    for (W, b), (dW, db), (sW, sb) in zip(params, grads, states):
        W, sW = update(W, dW, {}, lr)
        b, sb = update(b, db, {}, lr)
        new_params.append((W, b))
        new_states.append((sW, sb))
    return new_params, new_states

# %% wrong: params only
# says: the last line should be `return params, states`
def update_all(update, params, grads, states, lr):
    new_params, new_states = [], []
    for (W, b), (dW, db), (sW, sb) in zip(params, grads, states):
        W, sW = update(W, dW, sW, lr)
        b, sb = update(b, db, sb, lr)
        new_params.append((W, b))
        new_states.append((sW, sb))
    return new_params

# %% wrong: a whole pair
# says: `update` takes one array, its gradient and its own state
def update_all(update, params, grads, states, lr):
    new_params, new_states = [], []
    for p, g, s in zip(params, grads, states):
        p, s = update(p, g, s, lr)
        new_params.append(p)
        new_states.append(s)
    return new_params, new_states

# %% wrong: not unpacked
# says: `update` returns two things, the array and its state
def update_all(update, params, grads, states, lr):
    new_params, new_states = [], []
    for (W, b), (dW, db), (sW, sb) in zip(params, grads, states):
        W = update(W, dW, sW, lr)
        b = update(b, db, sb, lr)
        new_params.append((W, b))
        new_states.append((sW, sb))
    return new_params, new_states

# %% wrong: results swapped
# says: a state stands among the parameters
def update_all(update, params, grads, states, lr):
    new_params, new_states = [], []
    for (W, b), (dW, db), (sW, sb) in zip(params, grads, states):
        sW, W = update(W, dW, sW, lr)
        sb, b = update(b, db, sb, lr)
        new_params.append((W, b))
        new_states.append((sW, sb))
    return new_params, new_states

# %% wrong: dW for both
# says: W is stepped with its dW, and b with its db
def update_all(update, params, grads, states, lr):
    new_params, new_states = [], []
    for (W, b), (dW, db), (sW, sb) in zip(params, grads, states):
        W, sW = update(W, dW, sW, lr)
        b, sb = update(b, dW, sb, lr)
        new_params.append((W, b))
        new_states.append((sW, sb))
    return new_params, new_states

# %% wrong: b first
# says: each pair is (W, b)
def update_all(update, params, grads, states, lr):
    new_params, new_states = [], []
    for (W, b), (dW, db), (sW, sb) in zip(params, grads, states):
        W, sW = update(W, dW, sW, lr)
        b, sb = update(b, db, sb, lr)
        new_params.append((b, W))
        new_states.append((sW, sb))
    return new_params, new_states

# %% wrong: two layers only
# says: two layers come back, and three went in
def update_all(update, params, grads, states, lr):
    new_params, new_states = [], []
    for k in range(2):
        (W, b), (dW, db), (sW, sb) = params[k], grads[k], states[k]
        W, sW = update(W, dW, sW, lr)
        b, sb = update(b, db, sb, lr)
        new_params.append((W, b))
        new_states.append((sW, sb))
    return new_params, new_states
