# %% right: loops over the layers
def train_epoch(params, velocity, X, y, batch_size, lr, rng, momentum=0.9):
    n = len(y)
    order = np.arange(n)
    rng.shuffle(order)
    params, velocity, total = list(params), list(velocity), 0.0
    for i in range(0, n, batch_size):
        rows = order[i : i + batch_size]
        loss, grads = loss_and_grads(X[rows], y[rows], params)
        for k, (dW, db) in enumerate(grads):
            vW, vb = velocity[k]
            velocity[k] = (momentum * vW + dW, momentum * vb + db)
            W, b = params[k]
            params[k] = (W - lr * velocity[k][0], b - lr * velocity[k][1])
        total += loss * len(rows)
    return params, velocity, total / n

# %% right: shuffles first, copies, then writes in place
def train_epoch(params, velocity, X, y, batch_size, lr, rng, momentum=0.9):
    params = [[W.copy(), b.copy()] for W, b in params]
    velocity = [[W.copy(), b.copy()] for W, b in velocity]
    shuffled = rng.permutation(len(X))
    X, y = X[shuffled], y[shuffled]
    losses, counts = [], []
    start = 0
    while start < len(X):
        xb, yb = X[start : start + batch_size], y[start : start + batch_size]
        loss, grads = loss_and_grads(xb, yb, params)
        for p, v, g in zip(params, velocity, grads):
            for j in (0, 1):
                v[j] *= momentum
                v[j] += g[j]
                p[j] -= lr * v[j]
        losses.append(loss)
        counts.append(len(xb))
        start += batch_size
    return params, velocity, np.average(losses, weights=counts)

# %% right: cuts with array_split at given places
def train_epoch(params, velocity, X, y, batch_size, lr, rng, momentum=0.9):
    n, per_row = X.shape[0], []
    cuts = list(range(batch_size, n, batch_size))
    for rows in np.split(np.argsort(rng.random(n)), cuts):
        loss, grads = loss_and_grads(X[rows, :], y[rows], params)
        velocity = [tuple(momentum * v + g for v, g in zip(vs, gs)) for vs, gs in zip(velocity, grads)]
        params = [tuple(p - lr * v for p, v in zip(ps, vs)) for ps, vs in zip(params, velocity)]
        per_row += [loss] * len(rows)
    return params, velocity, sum(per_row) / n

# %% wrong: plain SGD
# says: the velocity that came in is not used
def train_epoch(params, velocity, X, y, batch_size, lr, rng, momentum=0.9):
    order, total = rng.permutation(len(X)), 0.0
    for i in range(0, len(X), batch_size):
        rows = order[i : i + batch_size]
        loss, grads = loss_and_grads(X[rows], y[rows], params)
        params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
        total += loss * len(rows)
    return params, velocity, total / len(X)

# %% wrong: drops the last batch
# says: the last batch is left out
def train_epoch(params, velocity, X, y, batch_size, lr, rng, momentum=0.9):
    order, total = rng.permutation(len(X)), 0.0
    for k in range(max(1, len(X) // batch_size)):
        rows = order[k * batch_size : (k + 1) * batch_size]
        loss, grads = loss_and_grads(X[rows], y[rows], params)
        velocity = [(momentum * vW + dW, momentum * vb + db) for (vW, vb), (dW, db) in zip(velocity, grads)]
        params = [(W - lr * vW, b - lr * vb) for (W, b), (vW, vb) in zip(params, velocity)]
        total += loss * len(rows)
    return params, velocity, total / len(X)

# %% wrong: the mean of the batch means
# says: this is the mean of the batch means
def train_epoch(params, velocity, X, y, batch_size, lr, rng, momentum=0.9):
    order, losses = rng.permutation(len(X)), []
    for i in range(0, len(X), batch_size):
        rows = order[i : i + batch_size]
        loss, grads = loss_and_grads(X[rows], y[rows], params)
        velocity = [(momentum * vW + dW, momentum * vb + db) for (vW, vb), (dW, db) in zip(velocity, grads)]
        params = [(W - lr * vW, b - lr * vb) for (W, b), (vW, vb) in zip(params, velocity)]
        losses.append(loss)
    return params, velocity, float(np.mean(losses))

# %% wrong: shuffles rows and labels apart
# says: rows and labels were torn apart
def train_epoch(params, velocity, X, y, batch_size, lr, rng, momentum=0.9):
    X, y, total = rng.permutation(X), rng.permutation(y), 0.0
    for i in range(0, len(X), batch_size):
        loss, grads = loss_and_grads(X[i : i + batch_size], y[i : i + batch_size], params)
        velocity = [(momentum * vW + dW, momentum * vb + db) for (vW, vb), (dW, db) in zip(velocity, grads)]
        params = [(W - lr * vW, b - lr * vb) for (W, b), (vW, vb) in zip(params, velocity)]
        total += loss * len(X[i : i + batch_size])
    return params, velocity, total / len(X)

# %% wrong: a generator of its own
# says: a generator is made inside the function
def train_epoch(params, velocity, X, y, batch_size, lr, rng, momentum=0.9):
    order, total = np.random.default_rng(0).permutation(len(X)), 0.0
    for i in range(0, len(X), batch_size):
        rows = order[i : i + batch_size]
        loss, grads = loss_and_grads(X[rows], y[rows], params)
        velocity = [(momentum * vW + dW, momentum * vb + db) for (vW, vb), (dW, db) in zip(velocity, grads)]
        params = [(W - lr * vW, b - lr * vb) for (W, b), (vW, vb) in zip(params, velocity)]
        total += loss * len(rows)
    return params, velocity, total / len(X)

# %% wrong: each batch begins with the velocity that came in
# says: the velocity is not carried on
def train_epoch(params, velocity, X, y, batch_size, lr, rng, momentum=0.9):
    order, total = rng.permutation(len(X)), 0.0
    came = velocity
    for i in range(0, len(X), batch_size):
        rows = order[i : i + batch_size]
        loss, grads = loss_and_grads(X[rows], y[rows], params)
        velocity = [(momentum * vW + dW, momentum * vb + db) for (vW, vb), (dW, db) in zip(came, grads)]
        params = [(W - lr * vW, b - lr * vb) for (W, b), (vW, vb) in zip(params, velocity)]
        total += loss * len(rows)
    return params, velocity, total / len(X)

# %% wrong: only the last layer survives
# says: only one layer is left in
def train_epoch(params, velocity, X, y, batch_size, lr, rng, momentum=0.9):
    order, total = rng.permutation(len(X)), 0.0
    for i in range(0, len(X), batch_size):
        rows = order[i : i + batch_size]
        loss, grads = loss_and_grads(X[rows], y[rows], params)
        for (W, b), (vW, vb), (dW, db) in zip(params, velocity, grads):
            vW, vb = momentum * vW + dW, momentum * vb + db
            W, b = W - lr * vW, b - lr * vb
        velocity = [(vW, vb)]
        params = [(W, b)]
        total += loss * len(rows)
    return params, velocity, total / len(X)

# %% wrong: the learning rate in the velocity
# says: the learning rate is inside the velocity
def train_epoch(params, velocity, X, y, batch_size, lr, rng, momentum=0.9):
    order, total = rng.permutation(len(X)), 0.0
    for i in range(0, len(X), batch_size):
        rows = order[i : i + batch_size]
        loss, grads = loss_and_grads(X[rows], y[rows], params)
        velocity = [(momentum * vW + lr * dW, momentum * vb + lr * db) for (vW, vb), (dW, db) in zip(velocity, grads)]
        params = [(W - vW, b - vb) for (W, b), (vW, vb) in zip(params, velocity)]
        total += loss * len(rows)
    return params, velocity, total / len(X)

# %% wrong: the biases without momentum
# says: the biases take a plain step
def train_epoch(params, velocity, X, y, batch_size, lr, rng, momentum=0.9):
    order, total = rng.permutation(len(X)), 0.0
    for i in range(0, len(X), batch_size):
        rows = order[i : i + batch_size]
        loss, grads = loss_and_grads(X[rows], y[rows], params)
        velocity = [(momentum * vW + dW, momentum * vb + db) for (vW, vb), (dW, db) in zip(velocity, grads)]
        params = [(W - lr * vW, b - lr * db) for (W, b), (vW, _), (_, db) in zip(params, velocity, grads)]
        total += loss * len(rows)
    return params, velocity, total / len(X)

# %% wrong: a new order for each batch
# says: some rows come twice
def train_epoch(params, velocity, X, y, batch_size, lr, rng, momentum=0.9):
    total = 0.0
    for _ in range(0, len(X), batch_size):
        rows = rng.permutation(len(X))[:batch_size]
        loss, grads = loss_and_grads(X[rows], y[rows], params)
        velocity = [(momentum * vW + dW, momentum * vb + db) for (vW, vb), (dW, db) in zip(velocity, grads)]
        params = [(W - lr * vW, b - lr * vb) for (W, b), (vW, vb) in zip(params, velocity)]
        total += loss * len(rows)
    return params, velocity, total / len(X)
