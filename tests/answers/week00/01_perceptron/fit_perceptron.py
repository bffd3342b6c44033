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
