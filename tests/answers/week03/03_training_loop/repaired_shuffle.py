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

# %% wrong: only the rows
# says: rows have lost their labels
def repaired_shuffle(X, y, rng):
    order = rng.permutation(len(X))
    return X[order], y

# %% wrong: no shuffle at all
# says: nothing is shuffled
def repaired_shuffle(X, y, rng):
    return X, y

# %% wrong: with replacement
# says: draw an order, not single rows
def repaired_shuffle(X, y, rng):
    order = rng.integers(len(X), size=len(X))
    return X[order], y[order]

# %% wrong: a seed of its own
# says: draw from the `rng` that is given
def repaired_shuffle(X, y, rng):
    order = np.random.default_rng(0).permutation(len(X))
    return X[order], y[order]

# %% wrong: in place
# says: writes into what the caller gave
def repaired_shuffle(X, y, rng):
    order = rng.permutation(len(X))
    X[:], y[:] = X[order], y[order]
    return X, y

# %% wrong: shuffled inside the rows
# says: the numbers are shuffled inside the rows
def repaired_shuffle(X, y, rng):
    return rng.permuted(X, axis=0), y
