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

# %% wrong: one state for all
# says: one state runs through all parameters. Each W and each b has a state of its own
def update_all(update, params, grads, states, lr):
    new_params, state = [], states[0][0]
    for (W, b), (dW, db) in zip(params, grads):
        W, state = update(W, dW, state, lr)
        b, state = update(b, db, state, lr)
        new_params.append((W, b))
    return new_params, [(state, state) for _ in params]

# %% wrong: one state a layer
# says: W hands its state on to its b. Each has a state of its own
def update_all(update, params, grads, states, lr):
    new_params, new_states = [], []
    for (W, b), (dW, db), (sW, sb) in zip(params, grads, states):
        W, s = update(W, dW, sW, lr)
        b, s = update(b, db, s, lr)
        new_params.append((W, b))
        new_states.append((s, s))
    return new_params, new_states

# %% wrong: old states
# says: the second round starts from the old states: collect the states that `update` returns
def update_all(update, params, grads, states, lr):
    new = [
        tuple(update(w, dw, s, lr)[0] for w, dw, s in zip(*layer)) for layer in zip(params, grads, states)
    ]
    return new, states

# %% wrong: biases forgotten
# says: the biases did not move: `update` is called for each b too
def update_all(update, params, grads, states, lr):
    new_params, new_states = [], []
    for (W, b), (dW, db), (sW, sb) in zip(params, grads, states):
        W, sW = update(W, dW, sW, lr)
        new_params.append((W, b))
        new_states.append((sW, sb))
    return new_params, new_states

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

# %% wrong: writes into the list
# says: writes into what the caller gave
def update_all(update, params, grads, states, lr):
    for k, ((W, b), (dW, db), (sW, sb)) in enumerate(zip(params, grads, states)):
        W, sW = update(W, dW, sW, lr)
        b, sb = update(b, db, sb, lr)
        params[k], states[k] = (W, b), (sW, sb)
    return params, states
