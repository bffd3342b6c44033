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

# %% wrong: bias starts anew in every epoch
# says: the bias starts anew in every epoch
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[1]), 0.0
    errors_per_epoch = []
    for _ in range(max_epochs):
        b = 0.0
        errors = 0
        for i in rng.permutation(len(X)):
            errors += int(predict(X[i : i + 1], w, b)[0] != y[i])
            w, b = perceptron_update(X[i], y[i], w, b, lr)
        errors_per_epoch.append(errors)
        if errors == 0:
            break
    return w, b, errors_per_epoch

# %% wrong: weights start anew in every epoch
# says: the weights start anew in every epoch
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[1]), 0.0
    errors_per_epoch = []
    for _ in range(max_epochs):
        w = np.zeros(X.shape[1])
        errors = 0
        for i in rng.permutation(len(X)):
            errors += int(predict(X[i : i + 1], w, b)[0] != y[i])
            w, b = perceptron_update(X[i], y[i], w, b, lr)
        errors_per_epoch.append(errors)
        if errors == 0:
            break
    return w, b, errors_per_epoch

# %% wrong: starts with a negative bias
# says: training should start with b = 0.0
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[1]), -0.5
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

# %% wrong: stops at one mistake
# says: training stopped while mistakes were left
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[1]), 0.0
    errors_per_epoch = []
    for _ in range(max_epochs):
        errors = 0
        for i in rng.permutation(len(X)):
            errors += int(predict(X[i : i + 1], w, b)[0] != y[i])
            w, b = perceptron_update(X[i], y[i], w, b, lr)
        errors_per_epoch.append(errors)
        if errors <= 1:
            break
    return w, b, errors_per_epoch
