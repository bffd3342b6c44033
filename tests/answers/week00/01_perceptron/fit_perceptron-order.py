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
# says: the rows are visited in a fixed order
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
# says: or not with the rng that is passed in
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
