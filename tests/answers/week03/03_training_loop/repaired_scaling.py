# %% right: a small function for both parts
def repaired_scaling(X_train, X_val):
    m, s = np.mean(X_train, axis=0), np.std(X_train, axis=0)
    s[s == 0] = 1

    def scale(X):
        return (X - m) / s

    return scale(X_train), scale(X_val)

# %% right: loops over the columns
def repaired_scaling(X_train, X_val):
    parts = [np.zeros(X_train.shape), np.zeros(X_val.shape)]
    for j in range(X_train.shape[1]):
        column = X_train[:, j]
        spread = np.sqrt(np.mean((column - column.mean()) ** 2)) or 1.0
        parts[0][:, j] = (column - column.mean()) / spread
        parts[1][:, j] = (X_val[:, j] - column.mean()) / spread
    return parts

# %% right: adds one where the spread is zero
def repaired_scaling(X_train, X_val):
    m = X_train.sum(axis=0) / len(X_train)
    s = X_train.std(axis=0, keepdims=True)
    s = s + (s == 0)
    return (X_train - m) / s, (X_val - m) / s

# %% wrong: still everything
# says: mean and spread must come from X_train alone
def repaired_scaling(X_train, X_val):
    everything = np.vstack([X_train, X_val])
    m, s = everything.mean(axis=0), everything.std(axis=0)
    s = np.where(s == 0, 1, s)
    return (X_train - m) / s, (X_val - m) / s

# %% wrong: each part by itself
# says: scaled by its own mean and spread
def repaired_scaling(X_train, X_val):
    def scale(X):
        s = X.std(axis=0)
        return (X - X.mean(axis=0)) / np.where(s == 0, 1, s)

    return scale(X_train), scale(X_val)

# %% wrong: axis missing
# says: one mean and one spread are used for all columns
def repaired_scaling(X_train, X_val):
    m, s = X_train.mean(), X_train.std() or 1.0
    return (X_train - m) / s, (X_val - m) / s

# %% wrong: divides by zero
# says: a column with spread 0 is divided by 0
def repaired_scaling(X_train, X_val):
    m, s = X_train.mean(axis=0), X_train.std(axis=0)
    return (X_train - m) / s, (X_val - m) / s

# %% wrong: in place
# says: writes into what the caller gave
def repaired_scaling(X_train, X_val):
    m, s = X_train.mean(axis=0), X_train.std(axis=0)
    s = np.where(s == 0, 1, s)
    X_train -= m
    X_train /= s
    return X_train, (X_val - m) / s

# %% wrong: maximum with one
# says: the spread of 0.29 was replaced by 1 too
def repaired_scaling(X_train, X_val):
    m, s = X_train.mean(axis=0), X_train.std(axis=0)
    s = np.maximum(s, 1)
    return (X_train - m) / s, (X_val - m) / s

# %% wrong: a tiny number is added
# says: a number became huge
def repaired_scaling(X_train, X_val):
    m, s = X_train.mean(axis=0), X_train.std(axis=0)
    s = s + 1e-8
    return (X_train - m) / s, (X_val - m) / s

# %% wrong: repaired afterwards
# says: a number became huge
def repaired_scaling(X_train, X_val):
    m, s = X_train.mean(axis=0), X_train.std(axis=0)
    return np.nan_to_num((X_train - m) / s), np.nan_to_num((X_val - m) / s)

# %% wrong: statistics of the validation part
# says: mean and spread come from X_val
def repaired_scaling(X_train, X_val):
    m, s = X_val.mean(axis=0), X_val.std(axis=0)
    s = np.where(s == 0, 1, s)
    return (X_train - m) / s, (X_val - m) / s
