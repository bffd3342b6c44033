# %% right: a loop over the pairs
def confusion_matrix(y_true, y_pred, n_classes):
    counts = np.zeros((n_classes, n_classes))
    for truth, said in zip(y_true, y_pred):
        counts[truth, said] += 1
    return counts

# %% right: bincount of pair numbers
def confusion_matrix(y_true, y_pred, n_classes):
    numbers = n_classes * y_true + y_pred
    return np.bincount(numbers, minlength=n_classes**2).reshape(n_classes, n_classes)

# %% right: products of one-hot tables, as a list
def confusion_matrix(y_true, y_pred, n_classes):
    eye = np.eye(n_classes, dtype=int)
    return (eye[y_true].T @ eye[y_pred]).tolist()

# %% wrong: pairs that repeat
# says: writes each cell only once
def confusion_matrix(y_true, y_pred, n_classes):
    counts = np.zeros((n_classes, n_classes), dtype=int)
    counts[y_true, y_pred] += 1
    return counts

# %% wrong: swapped
# says: rows and columns are swapped
def confusion_matrix(y_true, y_pred, n_classes):
    counts = np.zeros((n_classes, n_classes), dtype=int)
    np.add.at(counts, (y_pred, y_true), 1)
    return counts

# %% wrong: size from the labels
# says: the size comes from the labels that occur
def confusion_matrix(y_true, y_pred, n_classes):
    k = max(y_true.max(), y_pred.max()) + 1
    counts = np.zeros((k, k), dtype=int)
    np.add.at(counts, (y_true, y_pred), 1)
    return counts

# %% wrong: shares of the rows
# says: these are shares of each row
def confusion_matrix(y_true, y_pred, n_classes):
    counts = np.zeros((n_classes, n_classes))
    np.add.at(counts, (y_true, y_pred), 1)
    return counts / counts.sum(axis=1, keepdims=True)

# %% wrong: return in the loop
# says: only the first sample is counted
def confusion_matrix(y_true, y_pred, n_classes):
    counts = np.zeros((n_classes, n_classes), dtype=int)
    for t, p in zip(y_true, y_pred):
        counts[t, p] += 1
        return counts

# %% wrong: the first sample is left out
# says: the first sample is not counted
def confusion_matrix(y_true, y_pred, n_classes):
    counts = np.zeros((n_classes, n_classes), dtype=int)
    for i in range(1, len(y_true)):
        counts[y_true[i], y_pred[i]] += 1
    return counts

# %% wrong: one list n times
# says: all rows are one and the same list
def confusion_matrix(y_true, y_pred, n_classes):
    counts = [[0] * n_classes] * n_classes
    for t, p in zip(y_true, y_pred):
        counts[t][p] += 1
    return counts
