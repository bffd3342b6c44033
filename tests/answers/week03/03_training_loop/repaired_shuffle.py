# %% right: take with one order
def repaired_shuffle(X, y, rng):
    order = rng.permutation(len(X))
    return np.take(X, order, axis=0), np.take(y, order)

# %% right: both in one table
def repaired_shuffle(X, y, rng):
    table = rng.permutation(np.column_stack([X, y]))
    return table[:, :-1], table[:, -1].astype(y.dtype)

# %% right: random keys and loops
def repaired_shuffle(X, y, rng):
    order = np.argsort(rng.random(len(y)))
    return np.array([X[i] for i in order]), np.array([y[i] for i in order])

# %% wrong: still two orders
# says: rows have lost their labels
def repaired_shuffle(X, y, rng):
    return X[rng.permutation(len(X))], y[rng.permutation(len(y))]

# %% wrong: with replacement
# says: draw an order, not single rows
def repaired_shuffle(X, y, rng):
    order = rng.integers(len(X), size=len(X))
    return X[order], y[order]

# %% wrong: shuffled inside the rows
# says: the numbers are shuffled inside the rows
def repaired_shuffle(X, y, rng):
    return rng.permuted(X, axis=0), y

# %% wrong: the global generator
# says: draw from the `rng` that is given, and only from it
def repaired_shuffle(X, y, rng):
    order = np.random.permutation(len(X))
    return X[order], y[order]

# %% wrong: rolled
# says: two different generators give the same order
def repaired_shuffle(X, y, rng):
    return np.roll(X, 1, axis=0), np.roll(y, 1)

# %% wrong: shuffle gives nothing back
# says: gives nothing back
def repaired_shuffle(X, y, rng):
    order = rng.shuffle(np.arange(len(X)))
    return X[order], y[order]
