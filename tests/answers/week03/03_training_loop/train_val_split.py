# %% right: a mask keeps the old order in both parts
def train_val_split(X, y, fraction, rng):
    n = len(y)
    size = int(np.clip(np.rint(fraction * n), 1, n - 1))
    held = np.zeros(n, dtype=bool)
    held[rng.choice(n, size=size, replace=False)] = True
    return X[~held], y[~held], X[held], y[held]

# %% right: the last rows of an order, in a list
def train_val_split(X, y, fraction, rng):
    n = X.shape[0]
    size = max(1, min(n - 1, int(fraction * n + 0.5)))
    order = np.arange(n)
    rng.shuffle(order)
    a, b = order[: n - size], order[n - size :]
    return [X[a], y[a], X[b], y[b]]

# %% right: row by row
def train_val_split(X, y, fraction, rng):
    n_val = max(1, min(len(X) - 1, round(fraction * len(X))))
    chosen = set(np.argsort(rng.random(len(X)))[:n_val].tolist())
    inside = [i for i in range(len(X)) if i not in chosen]
    outside = sorted(chosen)
    return np.array([X[i] for i in inside]), np.array([y[i] for i in inside]), np.take(X, outside, axis=0), y[outside]

# %% wrong: the order of scikit-learn
# says: each X is followed by its y
def train_val_split(X, y, fraction, rng):
    n_val = min(max(round(fraction * len(X)), 1), len(X) - 1)
    p = rng.permutation(len(X))
    return X[p[n_val:]], X[p[:n_val]], y[p[n_val:]], y[p[:n_val]]

# %% wrong: rounded down
# says: the size was rounded down
def train_val_split(X, y, fraction, rng):
    n = min(max(int(fraction * len(X)), 1), len(X) - 1)
    p = rng.permutation(len(X))
    return X[p[n:]], y[p[n:]], X[p[:n]], y[p[:n]]

# %% wrong: two orders
# says: the rows have lost their labels
def train_val_split(X, y, fraction, rng):
    n = min(max(round(fraction * len(X)), 1), len(X) - 1)
    p, q = rng.permutation(len(X)), rng.permutation(len(X))
    return X[p[n:]], y[q[n:]], X[p[:n]], y[q[:n]]

# %% wrong: the parts are drawn one after another
# says: a row is in both parts
def train_val_split(X, y, fraction, rng):
    n = min(max(round(fraction * len(X)), 1), len(X) - 1)
    p = rng.permutation(len(X))[n:]
    q = rng.permutation(len(X))[:n]
    return X[p], y[p], X[q], y[q]

# %% wrong: not shuffled
# says: the first or the last rows are taken
def train_val_split(X, y, fraction, rng):
    n = min(max(round(fraction * len(X)), 1), len(X) - 1)
    return X[:-n], y[:-n], X[-n:], y[-n:]

# %% wrong: an empty part
# says: at least one row must be in the validation part
def train_val_split(X, y, fraction, rng):
    n = round(fraction * len(X))
    p = rng.permutation(len(X))
    return X[p[n:]], y[p[n:]], X[p[:n]], y[p[:n]]

# %% wrong: a seed of its own
# says: draw from the `rng` that is given
def train_val_split(X, y, fraction, rng):
    n = min(max(round(fraction * len(X)), 1), len(X) - 1)
    p = np.random.default_rng(42).permutation(len(X))
    return X[p[n:]], y[p[n:]], X[p[:n]], y[p[:n]]

# %% wrong: the global generator
# says: choose different rows
def train_val_split(X, y, fraction, rng):
    n = min(max(round(fraction * len(X)), 1), len(X) - 1)
    p = np.random.permutation(len(X))
    return X[p[n:]], y[p[n:]], X[p[:n]], y[p[:n]]

# %% wrong: choice with replacement
# says: it was drawn with replacement
def train_val_split(X, y, fraction, rng):
    n = min(max(round(fraction * len(X)), 1), len(X) - 1)
    p = rng.choice(len(X), n)
    q = np.setdiff1d(np.arange(len(X)), p)
    return X[q], y[q], X[p], y[p]

# %% wrong: rounded up
# says: the size was rounded up
def train_val_split(X, y, fraction, rng):
    n = min(max(int(np.ceil(fraction * len(X))), 1), len(X) - 1)
    p = rng.permutation(len(X))
    return X[p[n:]], y[p[n:]], X[p[:n]], y[p[:n]]

# %% wrong: lists of rows
# says: Return arrays
def train_val_split(X, y, fraction, rng):
    n = min(max(round(fraction * len(X)), 1), len(X) - 1)
    p = rng.permutation(len(X)).tolist()
    return [X[i] for i in p[n:]], [y[i] for i in p[n:]], [X[i] for i in p[:n]], [y[i] for i in p[:n]]

# %% wrong: row numbers
# says: these are single numbers and no rows
def train_val_split(X, y, fraction, rng):
    n = min(max(round(fraction * len(X)), 1), len(X) - 1)
    p = rng.permutation(len(X))
    return p[n:], p[n:], p[:n], p[:n]

