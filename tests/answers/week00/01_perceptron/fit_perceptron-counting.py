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

# %% wrong: list emptied in every epoch
# says: it is emptied in every epoch
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(max_epochs):
        errors_per_epoch = []
        errors = 0
        for i in rng.permutation(len(X)):
            errors += int(predict(X[i : i + 1], w, b)[0] != y[i])
            w, b = perceptron_update(X[i], y[i], w, b, lr)
        errors_per_epoch.append(errors)
        if errors == 0:
            break
    return w, b, errors_per_epoch

# %% wrong: sets the counter to one
# says: Count up, `errors += 1`
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[1]), 0.0
    errors_per_epoch = []
    for _ in range(max_epochs):
        errors = 0
        for i in rng.permutation(len(X)):
            if predict(X[i : i + 1], w, b)[0] != y[i]:
                errors = 1
            w, b = perceptron_update(X[i], y[i], w, b, lr)
        errors_per_epoch.append(errors)
        if errors == 0:
            break
    return w, b, errors_per_epoch

# %% wrong: error worked out again after w changed
# says: the error was worked out again after w changed
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[1]), 0.0
    errors_per_epoch = []
    for _ in range(max_epochs):
        errors = 0
        for i in rng.permutation(len(X)):
            errors += int(predict(X[i : i + 1], w, b)[0] != y[i])
            w = w + lr * (y[i] - step(X[i] @ w + b)) * X[i]
            b = b + lr * (y[i] - step(X[i] @ w + b))
        errors_per_epoch.append(errors)
        if errors == 0:
            break
    return w, b, errors_per_epoch

# %% wrong: error worked out again after b changed
# says: work the error out once, before b changes
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[1]), 0.0
    errors_per_epoch = []
    for _ in range(max_epochs):
        errors = 0
        for i in rng.permutation(len(X)):
            errors += int(predict(X[i : i + 1], w, b)[0] != y[i])
            b = b + lr * (y[i] - step(X[i] @ w + b))
            w = w + lr * (y[i] - step(X[i] @ w + b)) * X[i]
        errors_per_epoch.append(errors)
        if errors == 0:
            break
    return w, b, errors_per_epoch

# %% wrong: arguments of the update in another order
# says: the arguments of perceptron_update are in another order
def fit_perceptron(X, y, lr, max_epochs, rng):
    w, b = np.zeros(X.shape[1]), 0.0
    errors_per_epoch = []
    for _ in range(max_epochs):
        errors = 0
        for i in rng.permutation(len(X)):
            errors += int(predict(X[i : i + 1], w, b)[0] != y[i])
            w, b = perceptron_update(w, b, X[i], y[i], lr)
        errors_per_epoch.append(errors)
        if errors == 0:
            break
    return w, b, errors_per_epoch
