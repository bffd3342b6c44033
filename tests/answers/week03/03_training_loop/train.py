# %% right: copies that are changed in place
def train(params, X, y, X_val, y_val, epochs, batch_size, lr, rng):
    params = [(W.copy(), b.copy()) for W, b in params]
    history = {"loss": [], "val_loss": [], "val_accuracy": []}
    for _ in progress(epochs):
        losses, sizes = [], []
        for rows in batches(len(X), batch_size, rng):
            loss, grads = loss_and_grads(X[rows], y[rows], params)
            for (W, b), (dW, db) in zip(params, grads):
                W -= lr * dW
                b -= lr * db
            losses.append(loss)
            sizes.append(len(rows))
        history["loss"].append(np.average(losses, weights=sizes))
        history["val_loss"].append(loss_of(X_val, y_val, params))
        history["val_accuracy"].append(accuracy_of(X_val, y_val, params))
    return params, history

# %% right: deals by itself, lists of pairs, arrays in the history
def train(params, X, y, X_val, y_val, epochs, batch_size, lr, rng):
    n, now = len(y), [[W, b] for W, b in params]
    table = np.zeros((3, epochs))
    for epoch in range(epochs):
        order = rng.permutation(n)
        for k in range(0, n, batch_size):
            part = order[k : k + batch_size]
            loss, grads = loss_and_grads(X[part], y[part], now)
            now = [[W - lr * dW, b - lr * db] for (W, b), (dW, db) in zip(now, grads)]
            table[0, epoch] += loss * len(part) / n
        table[1, epoch] = loss_of(X_val, y_val, now)
        table[2, epoch] = np.mean(np.argmax(logits_of(X_val, now), axis=1) == y_val)
    return now, dict(zip(["loss", "val_loss", "val_accuracy"], table))

# %% right: a helper for the step
def one_step(params, grads, lr):
    moved = []
    for k in range(len(params)):
        moved.append((params[k][0] - lr * grads[k][0], params[k][1] - lr * grads[k][1]))
    return moved


def train(params, X, y, X_val, y_val, epochs, batch_size, lr, rng):
    losses, val_losses, shares = [], [], []
    for epoch in progress(epochs):
        seen, total = 0, 0
        for rows in list(batches(n=X.shape[0], batch_size=batch_size, rng=rng)):
            loss, grads = loss_and_grads(X[rows], y[rows], params)
            params = one_step(params, grads, lr)
            total, seen = total + loss * rows.size, seen + rows.size
        losses.append(total / seen)
        val_losses.append(loss_of(X_val, y_val, params))
        shares.append(accuracy_of(X_val, y_val, params))
    return params, {"loss": losses, "val_loss": val_losses, "val_accuracy": shares}

# %% wrong: writes into the caller's arrays
# says: writes into what the caller gave
def train(params, X, y, X_val, y_val, epochs, batch_size, lr, rng):
    history = {"loss": [], "val_loss": [], "val_accuracy": []}
    for _ in progress(epochs):
        total = 0.0
        for rows in batches(len(X), batch_size, rng):
            loss, grads = loss_and_grads(X[rows], y[rows], params)
            for (W, b), (dW, db) in zip(params, grads):
                W -= lr * dW
                b -= lr * db
            total += loss * len(rows)
        history["loss"].append(total / len(X))
        history["val_loss"].append(loss_of(X_val, y_val, params))
        history["val_accuracy"].append(accuracy_of(X_val, y_val, params))
    return params, history

# %% wrong: all labels for the batch
# says: rows and labels are not picked by the same numbers
def train(params, X, y, X_val, y_val, epochs, batch_size, lr, rng):
    history = {"loss": [], "val_loss": [], "val_accuracy": []}
    for _ in progress(epochs):
        total = 0.0
        for rows in batches(len(X), batch_size, rng):
            loss, grads = loss_and_grads(X[rows], y[: len(rows)], params)
            params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
            total += loss * len(rows)
        history["loss"].append(total / len(X))
        history["val_loss"].append(loss_of(X_val, y_val, params))
        history["val_accuracy"].append(accuracy_of(X_val, y_val, params))
    return params, history

# %% wrong: mean of the batch means
# says: this is the mean of the batch means
def train(params, X, y, X_val, y_val, epochs, batch_size, lr, rng):
    history = {"loss": [], "val_loss": [], "val_accuracy": []}
    for _ in progress(epochs):
        losses = []
        for rows in batches(len(X), batch_size, rng):
            loss, grads = loss_and_grads(X[rows], y[rows], params)
            params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
            losses.append(loss)
        history["loss"].append(np.mean(losses))
        history["val_loss"].append(loss_of(X_val, y_val, params))
        history["val_accuracy"].append(accuracy_of(X_val, y_val, params))
    return params, history

# %% wrong: validates on the training part
# says: this is the loss of the training part
def train(params, X, y, X_val, y_val, epochs, batch_size, lr, rng):
    history = {"loss": [], "val_loss": [], "val_accuracy": []}
    for _ in progress(epochs):
        total = 0.0
        for rows in batches(len(X), batch_size, rng):
            loss, grads = loss_and_grads(X[rows], y[rows], params)
            params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
            total += loss * len(rows)
        history["loss"].append(total / len(X))
        history["val_loss"].append(loss_of(X, y, params))
        history["val_accuracy"].append(accuracy_of(X_val, y_val, params))
    return params, history


# %% wrong: all rows in every step
# says: every batch uses all rows
def train(params, X, y, X_val, y_val, epochs, batch_size, lr, rng):
    history = {"loss": [], "val_loss": [], "val_accuracy": []}
    for _ in progress(epochs):
        total = 0.0
        for rows in batches(len(X), batch_size, rng):
            loss, grads = loss_and_grads(X, y, params)
            params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
            total += loss * len(rows)
        history["loss"].append(total / len(X))
        history["val_loss"].append(loss_of(X_val, y_val, params))
        history["val_accuracy"].append(accuracy_of(X_val, y_val, params))
    return params, history

# %% wrong: batches never called
# says: `batches` is never called
def train(params, X, y, X_val, y_val, epochs, batch_size, lr, rng):
    history = {"loss": [], "val_loss": [], "val_accuracy": []}
    for _ in progress(epochs):
        total = 0.0
        for rows in range(0, len(X), batch_size):
            loss, grads = loss_and_grads(X[rows : rows + batch_size], y[rows : rows + batch_size], params)
            params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
            total += loss * len(X[rows : rows + batch_size])
        history["loss"].append(total / len(X))
        history["val_loss"].append(loss_of(X_val, y_val, params))
        history["val_accuracy"].append(accuracy_of(X_val, y_val, params))
    return params, history

# %% wrong: a generator of its own
# says: does not depend on `rng`
def train(params, X, y, X_val, y_val, epochs, batch_size, lr, rng):
    history = {"loss": [], "val_loss": [], "val_accuracy": []}
    for _ in progress(epochs):
        total = 0.0
        for rows in batches(len(X), batch_size, np.random.default_rng(0)):
            loss, grads = loss_and_grads(X[rows], y[rows], params)
            params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
            total += loss * len(rows)
        history["loss"].append(total / len(X))
        history["val_loss"].append(loss_of(X_val, y_val, params))
        history["val_accuracy"].append(accuracy_of(X_val, y_val, params))
    return params, history

# %% wrong: the best epoch
# says: where val_loss is lowest
def train(params, X, y, X_val, y_val, epochs, batch_size, lr, rng):
    history = {"loss": [], "val_loss": [], "val_accuracy": []}
    best = params
    for _ in progress(epochs):
        total = 0.0
        for rows in batches(len(X), batch_size, rng):
            loss, grads = loss_and_grads(X[rows], y[rows], params)
            params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
            total += loss * len(rows)
        history["loss"].append(total / len(X))
        history["val_loss"].append(loss_of(X_val, y_val, params))
        history["val_accuracy"].append(accuracy_of(X_val, y_val, params))
        if history["val_loss"][-1] == min(history["val_loss"]):
            best = params
    return best, history

# %% wrong: return in the epoch loop
# says: only one epoch is there
def train(params, X, y, X_val, y_val, epochs, batch_size, lr, rng):
    history = {"loss": [], "val_loss": [], "val_accuracy": []}
    for _ in progress(epochs):
        total = 0.0
        for rows in batches(len(X), batch_size, rng):
            loss, grads = loss_and_grads(X[rows], y[rows], params)
            params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
            total += loss * len(rows)
        history["loss"].append(total / len(X))
        history["val_loss"].append(loss_of(X_val, y_val, params))
        history["val_accuracy"].append(accuracy_of(X_val, y_val, params))
        return params, history

# %% wrong: validation per batch
# says: there is one number per batch
def train(params, X, y, X_val, y_val, epochs, batch_size, lr, rng):
    history = {"loss": [], "val_loss": [], "val_accuracy": []}
    for _ in progress(epochs):
        total = 0.0
        for rows in batches(len(X), batch_size, rng):
            loss, grads = loss_and_grads(X[rows], y[rows], params)
            params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
            total += loss * len(rows)
            history["val_loss"].append(loss_of(X_val, y_val, params))
        history["loss"].append(total / len(X))
        history["val_accuracy"].append(accuracy_of(X_val, y_val, params))
    return params, history

# %% wrong: loss after the step
# says: each loss is measured after its step
def train(params, X, y, X_val, y_val, epochs, batch_size, lr, rng):
    history = {"loss": [], "val_loss": [], "val_accuracy": []}
    for _ in progress(epochs):
        total = 0.0
        for rows in batches(len(X), batch_size, rng):
            _, grads = loss_and_grads(X[rows], y[rows], params)
            params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
            total += loss_of(X[rows], y[rows], params) * len(rows)
        history["loss"].append(total / len(X))
        history["val_loss"].append(loss_of(X_val, y_val, params))
        history["val_accuracy"].append(accuracy_of(X_val, y_val, params))
    return params, history

# %% wrong: params reset every epoch
# says: begins with the first params again
def train(params, X, y, X_val, y_val, epochs, batch_size, lr, rng):
    history = {"loss": [], "val_loss": [], "val_accuracy": []}
    for _ in progress(epochs):
        total, now = 0.0, params
        for rows in batches(len(X), batch_size, rng):
            loss, grads = loss_and_grads(X[rows], y[rows], now)
            now = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(now, grads)]
            total += loss * len(rows)
        history["loss"].append(total / len(X))
        history["val_loss"].append(loss_of(X_val, y_val, now))
        history["val_accuracy"].append(accuracy_of(X_val, y_val, now))
    return now, history

# %% wrong: a step on validation
# says: a second step is made on the validation part
def train(params, X, y, X_val, y_val, epochs, batch_size, lr, rng):
    history = {"loss": [], "val_loss": [], "val_accuracy": []}
    for _ in progress(epochs):
        total = 0.0
        for rows in batches(len(X), batch_size, rng):
            loss, grads = loss_and_grads(X[rows], y[rows], params)
            params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
            total += loss * len(rows)
        history["loss"].append(total / len(X))
        _, grads = loss_and_grads(X_val, y_val, params)
        params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
        history["val_loss"].append(loss_of(X_val, y_val, params))
        history["val_accuracy"].append(accuracy_of(X_val, y_val, params))
    return params, history
