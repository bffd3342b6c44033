# %% right: shuffles an array of row numbers
def fit_perceptron(X, y, lr, max_epochs, rng):
    n, d = X.shape
    w, b = np.zeros(d), 0.0
    errors_per_epoch = []
    rows = np.arange(n)
    for epoch in range(max_epochs):
        rng.shuffle(rows)
        errors = 0
        for i in rows:
            y_hat = step(X[i] @ w + b)
            if y_hat != y[i]:
                errors = errors + 1
                w, b = perceptron_update(X[i], y[i], w, b, lr)
        errors_per_epoch.append(errors)
        if errors == 0:
            return w, b, errors_per_epoch
    return w, b, errors_per_epoch

# %% right: while loops, own formulas, choice without replacement
def fit_perceptron(X, y, lr, max_epochs, rng):
    w = np.zeros(X.shape[1])
    b = 0.0
    history = []
    epoch = 0
    while epoch < max_epochs and (not history or history[-1] > 0):
        order = rng.choice(len(X), size=len(X), replace=False)
        wrong, k = 0, 0
        while k < len(order):
            i = order[k]
            error = y[i] - (1 if np.dot(X[i], w) + b >= 0 else 0)
            wrong += abs(error)
            w = w + lr * error * X[i]
            b = b + lr * error
            k += 1
        history.append(wrong)
        epoch += 1
    return w, b, history

# %% right: one permutation of both arrays, weights compared before and after
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b, counts = np.zeros_like(X[0]), 0.0, []
    for _ in range(max_epochs):
        p = rng.permutation(X.shape[0])
        counts.append(0)
        for x, label in zip(X[p], y[p]):
            new_w, new_b = perceptron_update(x, label, w, b, lr)
            if not np.array_equal(new_w, w) or new_b != b:
                counts[-1] += 1
            w, b = new_w, new_b
        if not counts[-1]:
            break
    return w, b, counts

# %% right: pairs in a shuffled list, counts as an array of floats, a list comes back
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(len(X[0])), 0.0
    pairs = [(X[i], y[i]) for i in range(len(y))]
    errors_per_epoch = np.zeros(max_epochs)
    for epoch in range(max_epochs):
        rng.shuffle(pairs)
        for x, target in pairs:
            if predict(np.array([x]), w, b)[0] != target:
                errors_per_epoch[epoch] += 1
            w, b = perceptron_update(x, target, w, b, lr)
        if errors_per_epoch[epoch] == 0:
            return [w, b, errors_per_epoch[: epoch + 1]]
    return [w, b, errors_per_epoch]

# %% right: bias as one more weight, order from sorted random numbers
def fit_perceptron(X, y, lr, max_epochs, rng):
    X1 = np.hstack([X, np.ones((X.shape[0], 1))])
    v = np.zeros(X1.shape[1])
    errors_per_epoch = []
    done = False
    while not done and len(errors_per_epoch) < max_epochs:
        errors = 0
        for i in np.argsort(rng.random(len(X1))):
            e = int(y[i]) - int(v @ X1[i] >= 0)
            v = v + lr * e * X1[i]
            errors += e != 0
        errors_per_epoch.append(errors)
        done = errors == 0
    return v[:-1], v[-1], errors_per_epoch

# %% right: all orders drawn ahead, mistakes as a list of booleans
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[1]), 0.0
    orders = [rng.permutation(np.arange(len(X))) for _ in range(max_epochs)]
    errors_per_epoch = []
    for order in orders:
        wrong = []
        for i in order:
            wrong.append(predict(X[i : i + 1], w, b)[0] != y[i])
            w, b = perceptron_update(X[i], y[i], w, b, lr)
        errors_per_epoch.append(sum(wrong))
        if not any(wrong):
            break
    return w, b, errors_per_epoch

# %% right: a pile of rows, drawn until it is empty
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[1]), 0
    errors_per_epoch = []
    for _ in range(max_epochs):
        left = list(range(len(X)))
        errors = 0
        while left:
            i = left.pop(rng.integers(len(left)))
            errors += int(step(np.sum(X[i] * w) + b) != y[i])
            w, b = perceptron_update(X[i], y[i], w, b, lr)
        errors_per_epoch.append(errors)
        if errors == 0:
            break
    return w, b, errors_per_epoch

# %% right: a shuffled table of X and y
def fit_perceptron(X, y, lr, max_epochs, rng):
    table = np.column_stack([X, y])
    w, b = np.zeros(X.shape[1]), 0.0
    errors_per_epoch = []
    for _ in range(max_epochs):
        rng.shuffle(table)
        errors = 0
        for row in table:
            x, target = row[:-1], row[-1]
            error = target - step(x @ w + b)
            errors += int(error != 0)
            w, b = w + lr * error * x, b + lr * error
        errors_per_epoch.append(errors)
        if errors == 0:
            break
    return w, b, errors_per_epoch

# %% wrong: counter never set back
# says: Set the counter back to 0
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[1]), 0.0
    errors_per_epoch = []
    errors = 0
    for _ in range(max_epochs):
        for i in rng.permutation(len(X)):
            errors += int(predict(X[i : i + 1], w, b)[0] != y[i])
            w, b = perceptron_update(X[i], y[i], w, b, lr)
        errors_per_epoch.append(errors)
        if errors == 0:
            break
    return w, b, errors_per_epoch

# %% wrong: new values of the update thrown away
# says: the weights never changed. Keep both new values
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[1]), 0.0
    errors_per_epoch = []
    for _ in range(max_epochs):
        errors = 0
        for i in rng.permutation(len(X)):
            errors += int(predict(X[i : i + 1], w, b)[0] != y[i])
            perceptron_update(X[i], y[i], w, b, lr)
        errors_per_epoch.append(errors)
        if errors == 0:
            break
    return w, b, errors_per_epoch

# %% wrong: keeps the weights, not the bias
# says: the bias never changed
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[1]), 0.0
    errors_per_epoch = []
    for _ in range(max_epochs):
        errors = 0
        for i in rng.permutation(len(X)):
            errors += int(predict(X[i : i + 1], w, b)[0] != y[i])
            w, _ = perceptron_update(X[i], y[i], w, b, lr)
        errors_per_epoch.append(errors)
        if errors == 0:
            break
    return w, b, errors_per_epoch

# %% wrong: keeps the bias, not the weights
# says: the weights never changed
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[1]), 0.0
    errors_per_epoch = []
    for _ in range(max_epochs):
        errors = 0
        for i in rng.permutation(len(X)):
            errors += int(predict(X[i : i + 1], w, b)[0] != y[i])
            _, b = perceptron_update(X[i], y[i], w, b, lr)
        errors_per_epoch.append(errors)
        if errors == 0:
            break
    return w, b, errors_per_epoch

# %% wrong: own update with the sign turned around
# says: each update moves away from the label
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[1]), 0.0
    errors_per_epoch = []
    for _ in range(max_epochs):
        errors = 0
        for i in rng.permutation(len(X)):
            errors += int(predict(X[i : i + 1], w, b)[0] != y[i])
            error = step(X[i] @ w + b) - y[i]
            w, b = w + lr * error * X[i], b + lr * error
        errors_per_epoch.append(errors)
        if errors == 0:
            break
    return w, b, errors_per_epoch

# %% wrong: return inside the loop over epochs
# says: Is the `return` indented into the loop
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[1]), 0.0
    errors_per_epoch = []
    for _ in range(max_epochs):
        errors = 0
        for i in rng.permutation(len(X)):
            errors += int(predict(X[i : i + 1], w, b)[0] != y[i])
            w, b = perceptron_update(X[i], y[i], w, b, lr)
        errors_per_epoch.append(errors)
        if errors == 0:
            break
        return w, b, errors_per_epoch

# %% wrong: return inside the loop over rows
# says: return after the last epoch, outside both loops
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[1]), 0.0
    errors_per_epoch = []
    for _ in range(max_epochs):
        errors = 0
        for i in rng.permutation(len(X)):
            errors += int(predict(X[i : i + 1], w, b)[0] != y[i])
            w, b = perceptron_update(X[i], y[i], w, b, lr)
            return w, b, errors_per_epoch
        errors_per_epoch.append(errors)
        if errors == 0:
            break
    return w, b, errors_per_epoch

# %% wrong: never appends
# says: append the count at the end of every epoch
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[1]), 0.0
    errors_per_epoch = []
    for _ in range(max_epochs):
        errors = 0
        for i in rng.permutation(len(X)):
            errors += int(predict(X[i : i + 1], w, b)[0] != y[i])
            w, b = perceptron_update(X[i], y[i], w, b, lr)
        if errors == 0:
            break
    return w, b, errors_per_epoch

# %% wrong: stops before it appends the 0
# says: the perfect epoch is missing
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[1]), 0.0
    errors_per_epoch = []
    for _ in range(max_epochs):
        errors = 0
        for i in rng.permutation(len(X)):
            errors += int(predict(X[i : i + 1], w, b)[0] != y[i])
            w, b = perceptron_update(X[i], y[i], w, b, lr)
        if errors == 0:
            break
        errors_per_epoch.append(errors)
    return w, b, errors_per_epoch

# %% wrong: appends after every row
# says: the list does not have one count per epoch
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[1]), 0.0
    errors_per_epoch = []
    for _ in range(max_epochs):
        errors = 0
        for i in rng.permutation(len(X)):
            errors += int(predict(X[i : i + 1], w, b)[0] != y[i])
            w, b = perceptron_update(X[i], y[i], w, b, lr)
            errors_per_epoch.append(errors)
        if errors == 0:
            break
    return w, b, errors_per_epoch

# %% wrong: counts after the update
# says: compare the answer with the label before you update
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[1]), 0.0
    errors_per_epoch = []
    for _ in range(max_epochs):
        errors = 0
        for i in rng.permutation(len(X)):
            w, b = perceptron_update(X[i], y[i], w, b, lr)
            errors += int(predict(X[i : i + 1], w, b)[0] != y[i])
        errors_per_epoch.append(errors)
        if errors == 0:
            break
    return w, b, errors_per_epoch

# %% wrong: counts at the end of the epoch
# says: compare the answer with the label before you update
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[1]), 0.0
    errors_per_epoch = []
    for _ in range(max_epochs):
        errors = 0
        for i in rng.permutation(len(X)):
            w, b = perceptron_update(X[i], y[i], w, b, lr)
        errors = int((predict(X, w, b) != y).sum())
        errors_per_epoch.append(errors)
        if errors == 0:
            break
    return w, b, errors_per_epoch

# %% wrong: answers worked out once per epoch
# says: not with answers from the start of the epoch
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[1]), 0.0
    errors_per_epoch = []
    for _ in range(max_epochs):
        errors = 0
        y_hat = predict(X, w, b)
        for i in rng.permutation(len(X)):
            errors += int(y_hat[i] != y[i])
            w, b = w + lr * (y[i] - y_hat[i]) * X[i], b + lr * (y[i] - y_hat[i])
        errors_per_epoch.append(errors)
        if errors == 0:
            break
    return w, b, errors_per_epoch

# %% wrong: counts the right answers
# says: this counts the rows that were answered right
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[1]), 0.0
    errors_per_epoch = []
    for _ in range(max_epochs):
        errors = 0
        for i in rng.permutation(len(X)):
            errors += int(predict(X[i : i + 1], w, b)[0] == y[i])
            w, b = perceptron_update(X[i], y[i], w, b, lr)
        errors_per_epoch.append(errors)
        if errors == 0:
            break
    return w, b, errors_per_epoch

# %% wrong: adds up errors that cancel
# says: a count is never negative
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[1]), 0.0
    errors_per_epoch = []
    for _ in range(max_epochs):
        errors = 0
        for i in rng.permutation(len(X)):
            errors += y[i] - step(X[i] @ w + b)
            w, b = perceptron_update(X[i], y[i], w, b, lr)
        errors_per_epoch.append(errors)
        if errors == 0:
            break
    return w, b, errors_per_epoch

# %% wrong: share in the place of a count
# says: this is the share of rows that were wrong
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[1]), 0.0
    errors_per_epoch = []
    for _ in range(max_epochs):
        errors = 0
        for i in rng.permutation(len(X)):
            errors += int(predict(X[i : i + 1], w, b)[0] != y[i])
            w, b = perceptron_update(X[i], y[i], w, b, lr)
        errors_per_epoch.append(errors / len(X))
        if errors == 0:
            break
    return w, b, errors_per_epoch

# %% wrong: starts anew in every epoch
# says: w and b start at zero once
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[1]), 0.0
    errors_per_epoch = []
    for _ in range(max_epochs):
        errors = 0
        w, b = np.zeros(X.shape[1]), 0.0
        for i in rng.permutation(len(X)):
            errors += int(predict(X[i : i + 1], w, b)[0] != y[i])
            w, b = perceptron_update(X[i], y[i], w, b, lr)
        errors_per_epoch.append(errors)
        if errors == 0:
            break
    return w, b, errors_per_epoch

# %% wrong: starts with ones
# says: training should start with w all zeros
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.ones(X.shape[1]), 0.0
    errors_per_epoch = []
    for _ in range(max_epochs):
        errors = 0
        for i in rng.permutation(len(X)):
            errors += int(predict(X[i : i + 1], w, b)[0] != y[i])
            w, b = perceptron_update(X[i], y[i], w, b, lr)
        errors_per_epoch.append(errors)
        if errors == 0:
            break
    return w, b, errors_per_epoch

# %% wrong: starts with random weights
# says: training should start with w all zeros
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = rng.normal(size=X.shape[1]), 0.0
    errors_per_epoch = []
    for _ in range(max_epochs):
        errors = 0
        for i in rng.permutation(len(X)):
            errors += int(predict(X[i : i + 1], w, b)[0] != y[i])
            w, b = perceptron_update(X[i], y[i], w, b, lr)
        errors_per_epoch.append(errors)
        if errors == 0:
            break
    return w, b, errors_per_epoch

# %% wrong: starts with a bias of one
# says: training should start with b = 0.0
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[1]), 1.0
    errors_per_epoch = []
    for _ in range(max_epochs):
        errors = 0
        for i in rng.permutation(len(X)):
            errors += int(predict(X[i : i + 1], w, b)[0] != y[i])
            w, b = perceptron_update(X[i], y[i], w, b, lr)
        errors_per_epoch.append(errors)
        if errors == 0:
            break
    return w, b, errors_per_epoch

# %% wrong: one weight per row
# says: the two sides of `@` do not fit
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[0]), 0.0
    errors_per_epoch = []
    for _ in range(max_epochs):
        errors = 0
        for i in rng.permutation(len(X)):
            errors += int(predict(X[i : i + 1], w, b)[0] != y[i])
            w, b = perceptron_update(X[i], y[i], w, b, lr)
        errors_per_epoch.append(errors)
        if errors == 0:
            break
    return w, b, errors_per_epoch

# %% wrong: bias as an array
# says: the answer is one number, and yours is an array
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[1]), np.ones(1) * 0
    errors_per_epoch = []
    for _ in range(max_epochs):
        errors = 0
        for i in rng.permutation(len(X)):
            errors += int(predict(X[i : i + 1], w, b)[0] != y[i])
            w, b = perceptron_update(X[i], y[i], w, b, lr)
        errors_per_epoch.append(errors)
        if errors == 0:
            break
    return w, b, errors_per_epoch

# %% wrong: as many rows as measurements
# says: Visit each of the X.shape[0] rows exactly once
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[1]), 0.0
    errors_per_epoch = []
    for _ in range(max_epochs):
        errors = 0
        for i in rng.permutation(X.shape[1]):
            errors += int(predict(X[i : i + 1], w, b)[0] != y[i])
            w, b = perceptron_update(X[i], y[i], w, b, lr)
        errors_per_epoch.append(errors)
        if errors == 0:
            break
    return w, b, errors_per_epoch

# %% wrong: leaves out the last row
# says: Visit each of the X.shape[0] rows exactly once
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[1]), 0.0
    errors_per_epoch = []
    for _ in range(max_epochs):
        errors = 0
        for i in rng.permutation(len(X) - 1):
            errors += int(predict(X[i : i + 1], w, b)[0] != y[i])
            w, b = perceptron_update(X[i], y[i], w, b, lr)
        errors_per_epoch.append(errors)
        if errors == 0:
            break
    return w, b, errors_per_epoch

# %% wrong: draws with replacement
# says: A permutation visits every row once
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[1]), 0.0
    errors_per_epoch = []
    for _ in range(max_epochs):
        errors = 0
        for i in rng.choice(len(X), len(X)):
            errors += int(predict(X[i : i + 1], w, b)[0] != y[i])
            w, b = perceptron_update(X[i], y[i], w, b, lr)
        errors_per_epoch.append(errors)
        if errors == 0:
            break
    return w, b, errors_per_epoch

# %% wrong: draws row numbers one by one
# says: A permutation visits every row once
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[1]), 0.0
    errors_per_epoch = []
    for _ in range(max_epochs):
        errors = 0
        for _ in range(len(X)):
            i = rng.integers(len(X))
            errors += int(predict(X[i : i + 1], w, b)[0] != y[i])
            w, b = perceptron_update(X[i], y[i], w, b, lr)
        errors_per_epoch.append(errors)
        if errors == 0:
            break
    return w, b, errors_per_epoch

# %% wrong: shuffles X and y apart
# says: every row gets a stranger's label
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[1]), 0.0
    errors_per_epoch = []
    for _ in range(max_epochs):
        errors = 0
        Xs, ys = rng.permutation(X), rng.permutation(y)
        for i in range(len(X)):
            errors += int(predict(Xs[i : i + 1], w, b)[0] != ys[i])
            w, b = perceptron_update(Xs[i], ys[i], w, b, lr)
        errors_per_epoch.append(errors)
        if errors == 0:
            break
    return w, b, errors_per_epoch

# %% wrong: shuffles X alone
# says: every row gets a stranger's label
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[1]), 0.0
    errors_per_epoch = []
    for _ in range(max_epochs):
        errors = 0
        Xs = rng.permutation(X)
        for i in range(len(X)):
            errors += int(predict(Xs[i : i + 1], w, b)[0] != y[i])
            w, b = perceptron_update(Xs[i], y[i], w, b, lr)
        errors_per_epoch.append(errors)
        if errors == 0:
            break
    return w, b, errors_per_epoch

# %% wrong: row and label by different numbers
# says: every row gets a stranger's label
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[1]), 0.0
    errors_per_epoch = []
    for _ in range(max_epochs):
        errors = 0
        for k, i in enumerate(rng.permutation(len(X))):
            errors += int(predict(X[i : i + 1], w, b)[0] != y[k])
            w, b = perceptron_update(X[i], y[k], w, b, lr)
        errors_per_epoch.append(errors)
        if errors == 0:
            break
    return w, b, errors_per_epoch

# %% wrong: shuffles the caller's arrays
# says: writes into what the caller gave
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[1]), 0.0
    errors_per_epoch = []
    for _ in range(max_epochs):
        errors = 0
        p = rng.permutation(len(X))
        X[:], y[:] = X[p], y[p]
        for i in range(len(X)):
            errors += int(predict(X[i : i + 1], w, b)[0] != y[i])
            w, b = perceptron_update(X[i], y[i], w, b, lr)
        errors_per_epoch.append(errors)
        if errors == 0:
            break
    return w, b, errors_per_epoch

# %% wrong: fixed order
# says: the rows are visited in a fixed order, and rng is not used
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[1]), 0.0
    errors_per_epoch = []
    for _ in range(max_epochs):
        errors = 0
        for i in range(len(X)):
            errors += int(predict(X[i : i + 1], w, b)[0] != y[i])
            w, b = perceptron_update(X[i], y[i], w, b, lr)
        errors_per_epoch.append(errors)
        if errors == 0:
            break
    return w, b, errors_per_epoch

# %% wrong: one order for all epochs
# says: draw a new order at the start of each epoch
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[1]), 0.0
    errors_per_epoch = []
    order = rng.permutation(len(X))
    for _ in range(max_epochs):
        errors = 0
        for i in order:
            errors += int(predict(X[i : i + 1], w, b)[0] != y[i])
            w, b = perceptron_update(X[i], y[i], w, b, lr)
        errors_per_epoch.append(errors)
        if errors == 0:
            break
    return w, b, errors_per_epoch

# %% wrong: global np.random
# says: the same seed gives two different results
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[1]), 0.0
    errors_per_epoch = []
    for _ in range(max_epochs):
        errors = 0
        for i in np.random.permutation(len(X)):
            errors += int(predict(X[i : i + 1], w, b)[0] != y[i])
            w, b = perceptron_update(X[i], y[i], w, b, lr)
        errors_per_epoch.append(errors)
        if errors == 0:
            break
    return w, b, errors_per_epoch

# %% wrong: a generator of its own, seed 0
# says: not from a generator made inside the function
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[1]), 0.0
    errors_per_epoch = []
    rng = np.random.default_rng(0)
    for _ in range(max_epochs):
        errors = 0
        for i in rng.permutation(len(X)):
            errors += int(predict(X[i : i + 1], w, b)[0] != y[i])
            w, b = perceptron_update(X[i], y[i], w, b, lr)
        errors_per_epoch.append(errors)
        if errors == 0:
            break
    return w, b, errors_per_epoch

# %% wrong: seeds anew in every epoch
# says: the rows are visited in a fixed order
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[1]), 0.0
    errors_per_epoch = []
    for _ in range(max_epochs):
        errors = 0
        for i in np.random.default_rng(0).permutation(len(X)):
            errors += int(predict(X[i : i + 1], w, b)[0] != y[i])
            w, b = perceptron_update(X[i], y[i], w, b, lr)
        errors_per_epoch.append(errors)
        if errors == 0:
            break
    return w, b, errors_per_epoch

# %% wrong: a generator of its own without a seed
# says: the same seed gives two different results
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[1]), 0.0
    errors_per_epoch = []
    rng = np.random.default_rng()
    for _ in range(max_epochs):
        errors = 0
        for i in rng.permutation(len(X)):
            errors += int(predict(X[i : i + 1], w, b)[0] != y[i])
            w, b = perceptron_update(X[i], y[i], w, b, lr)
        errors_per_epoch.append(errors)
        if errors == 0:
            break
    return w, b, errors_per_epoch

# %% wrong: never stops early
# says: training went on after an epoch without mistakes
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[1]), 0.0
    errors_per_epoch = []
    for _ in range(max_epochs):
        errors = 0
        for i in rng.permutation(len(X)):
            errors += int(predict(X[i : i + 1], w, b)[0] != y[i])
            w, b = perceptron_update(X[i], y[i], w, b, lr)
        errors_per_epoch.append(errors)
    return w, b, errors_per_epoch

# %% wrong: a while loop without an end
# says: a loop that never ends
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[1]), 0.0
    errors_per_epoch = []
    while True:
        errors = 0
        for i in rng.permutation(len(X)):
            errors += int(predict(X[i : i + 1], w, b)[0] != y[i])
            w, b = perceptron_update(X[i], y[i], w, b, lr)
        errors_per_epoch.append(errors)
        if errors == 0:
            break
    return w, b, errors_per_epoch

# %% wrong: the epoch is never counted
# says: a loop that never ends
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[1]), 0.0
    errors_per_epoch = []
    epoch, errors = 0, 1
    while epoch < max_epochs and errors > 0:
        errors = 0
        for i in rng.permutation(len(X)):
            errors += int(predict(X[i : i + 1], w, b)[0] != y[i])
            w, b = perceptron_update(X[i], y[i], w, b, lr)
        errors_per_epoch.append(errors)
    return w, b, errors_per_epoch

# %% wrong: one epoch too many
# says: one epoch too few or too many
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[1]), 0.0
    errors_per_epoch = []
    for _ in range(max_epochs + 1):
        errors = 0
        for i in rng.permutation(len(X)):
            errors += int(predict(X[i : i + 1], w, b)[0] != y[i])
            w, b = perceptron_update(X[i], y[i], w, b, lr)
        errors_per_epoch.append(errors)
        if errors == 0:
            break
    return w, b, errors_per_epoch

# %% wrong: one epoch too few
# says: one epoch too few or too many
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[1]), 0.0
    errors_per_epoch = []
    for _ in range(1, max_epochs):
        errors = 0
        for i in rng.permutation(len(X)):
            errors += int(predict(X[i : i + 1], w, b)[0] != y[i])
            w, b = perceptron_update(X[i], y[i], w, b, lr)
        errors_per_epoch.append(errors)
        if errors == 0:
            break
    return w, b, errors_per_epoch

# %% wrong: always 100 epochs
# says: there should be exactly 7 epochs
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[1]), 0.0
    errors_per_epoch = []
    for _ in range(100):
        errors = 0
        for i in rng.permutation(len(X)):
            errors += int(predict(X[i : i + 1], w, b)[0] != y[i])
            w, b = perceptron_update(X[i], y[i], w, b, lr)
        errors_per_epoch.append(errors)
        if errors == 0:
            break
    return w, b, errors_per_epoch

# %% wrong: learning rate not handed on
# says: the learning rate is not used
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[1]), 0.0
    errors_per_epoch = []
    for _ in range(max_epochs):
        errors = 0
        for i in rng.permutation(len(X)):
            errors += int(predict(X[i : i + 1], w, b)[0] != y[i])
            w, b = perceptron_update(X[i], y[i], w, b, 1.0)
        errors_per_epoch.append(errors)
        if errors == 0:
            break
    return w, b, errors_per_epoch

# %% wrong: compares the weights alone
# says: a row of zeros moves only the bias
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[1]), 0.0
    errors_per_epoch = []
    for _ in range(max_epochs):
        errors = 0
        for i in rng.permutation(len(X)):
            old = w
            w, b = perceptron_update(X[i], y[i], w, b, lr)
            errors += int(not np.array_equal(w, old))
        errors_per_epoch.append(errors)
        if errors == 0:
            break
    return w, b, errors_per_epoch

# %% wrong: whole batch into the update
# says: two arrays of different shapes meet
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[1]), 0.0
    errors_per_epoch = []
    for _ in range(max_epochs):
        errors = 0
        for i in rng.permutation(len(X)):
            errors += int(predict(X[i : i + 1], w, b)[0] != y[i])
            w, b = perceptron_update(X, y, w, b, lr)
        errors_per_epoch.append(errors)
        if errors == 0:
            break
    return w, b, errors_per_epoch

# %% wrong: counts first in the return
# says: the third part should be the list of counts
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[1]), 0.0
    errors_per_epoch = []
    for _ in range(max_epochs):
        errors = 0
        for i in rng.permutation(len(X)):
            errors += int(predict(X[i : i + 1], w, b)[0] != y[i])
            w, b = perceptron_update(X[i], y[i], w, b, lr)
        errors_per_epoch.append(errors)
        if errors == 0:
            break
    return errors_per_epoch, w, b

# %% wrong: returns the last count
# says: the third part should be the list of counts
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[1]), 0.0
    errors_per_epoch = []
    for _ in range(max_epochs):
        errors = 0
        for i in rng.permutation(len(X)):
            errors += int(predict(X[i : i + 1], w, b)[0] != y[i])
            w, b = perceptron_update(X[i], y[i], w, b, lr)
        errors_per_epoch.append(errors)
        if errors == 0:
            break
    return w, b, errors

# %% wrong: returns no counts
# says: the last line should be `return w, b, errors_per_epoch`
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[1]), 0.0
    errors_per_epoch = []
    for _ in range(max_epochs):
        errors = 0
        for i in rng.permutation(len(X)):
            errors += int(predict(X[i : i + 1], w, b)[0] != y[i])
            w, b = perceptron_update(X[i], y[i], w, b, lr)
        errors_per_epoch.append(errors)
        if errors == 0:
            break
    return w, b

# %% wrong: forgets return
# says: returned None
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[1]), 0.0
    errors_per_epoch = []
    for _ in range(max_epochs):
        errors = 0
        for i in rng.permutation(len(X)):
            errors += int(predict(X[i : i + 1], w, b)[0] != y[i])
            w, b = perceptron_update(X[i], y[i], w, b, lr)
        errors_per_epoch.append(errors)
        if errors == 0:
            break

# %% wrong: prints instead of returning
# says: did you print the answer instead
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[1]), 0.0
    errors_per_epoch = []
    for _ in range(max_epochs):
        errors = 0
        for i in rng.permutation(len(X)):
            errors += int(predict(X[i : i + 1], w, b)[0] != y[i])
            w, b = perceptron_update(X[i], y[i], w, b, lr)
        errors_per_epoch.append(errors)
        if errors == 0:
            break
    print(w, b, errors_per_epoch)
