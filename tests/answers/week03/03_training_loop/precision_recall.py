# %% right: np.divide where it can
def precision_recall(counts):
    hits = np.diag(counts).astype(float)
    zero = np.zeros(len(counts))
    called, there = counts.sum(axis=0), counts.sum(axis=1)
    return np.divide(hits, called, out=zero.copy(), where=called > 0), np.divide(hits, there, out=zero, where=there > 0)

# %% right: loops and lists
def precision_recall(counts):
    precision, recall = [], []
    for j in range(len(counts)):
        said, true = sum(counts[:, j]), sum(counts[j])
        precision.append(counts[j, j] / said if said else 0.0)
        recall.append(counts[j, j] / true if true else 0.0)
    return precision, recall

# %% right: repairs NaN afterwards
def precision_recall(counts):
    d = counts.diagonal()
    return np.nan_to_num(d / counts.sum(0)), np.nan_to_num(d / counts.sum(1))

# %% wrong: swapped
# says: this is the recall. Precision divides by what was called so
def precision_recall(counts):
    d = np.diag(counts)
    return d / np.maximum(counts.sum(axis=1), 1), d / np.maximum(counts.sum(axis=0), 1)

# %% wrong: NaN
# says: 0 divided by 0 gives NaN
def precision_recall(counts):
    d = np.diag(counts)
    return d / counts.sum(axis=0), d / counts.sum(axis=1)

# %% wrong: against the wrong ones
# says: this divides the right ones by the wrong ones
def precision_recall(counts):
    d = np.diag(counts)
    return d / np.maximum(counts.sum(axis=0) - d, 1), d / np.maximum(counts.sum(axis=1) - d, 1)

# %% wrong: one for nothing
# says: a class that is never predicted gets 0.0 here
def precision_recall(counts):
    d, c, r = np.diag(counts), counts.sum(axis=0), counts.sum(axis=1)
    return np.where(c == 0, 1.0, d / np.maximum(c, 1)), np.where(r == 0, 1.0, d / np.maximum(r, 1))

# %% wrong: one is added
# says: 1 is added to every sum
def precision_recall(counts):
    d = np.diag(counts)
    return d / (counts.sum(axis=0) + 1), d / (counts.sum(axis=1) + 1)
