# %% right: logsumexp
from scipy.special import logsumexp

def cross_entropy(logits, y):
    picked = np.take_along_axis(logits, y[:, None], axis=1)
    return np.mean(logsumexp(logits, axis=1, keepdims=True) - picked)

# %% right: row by row
import math

def cross_entropy(logits, y):
    losses = []
    for row, right in zip(logits.tolist(), y):
        largest = max(row)
        losses.append(math.log(sum(math.exp(v - largest) for v in row)) + largest - row[right])
    return sum(losses) / len(losses)

# %% right: one-hot labels
def cross_entropy(logits, y):
    n, n_classes = logits.shape
    one_hot = np.eye(n_classes)[y]
    shifted = logits - np.max(logits, axis=1)[:, None]
    log_p = shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
    return -(one_hot * log_p).sum() / n

# %% right: logaddexp, a 0-d array
def cross_entropy(logits, y):
    total = logits[:, 0]
    for column in logits.T[1:]:
        total = np.logaddexp(total, column)
    return np.asarray(np.mean(total - logits[range(len(y)), y]))

# %% right: log_softmax and the diagonal of picked columns
from scipy.special import log_softmax

def cross_entropy(logits, y):
    return -np.diag(log_softmax(logits, axis=1)[:, y]).mean()

# %% right: shifted by the right logit
def cross_entropy(logits, y):
    margins = logits - logits[np.arange(len(logits)), y].reshape(-1, 1)
    return np.logaddexp.reduce(margins, axis=1).mean()

# %% wrong: textbook softmax
# says: exp of 1000 overflows, or log of 0 is infinite
def cross_entropy(logits, y):
    p = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    return -np.log(p[np.arange(len(y)), y]).mean()

# %% wrong: shifted, but divided before the logarithm
# says: never divide
def cross_entropy(logits, y):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    return -np.log(p[np.arange(len(y)), y]).mean()

# %% wrong: a small number against log of 0
# says: something was clipped
def cross_entropy(logits, y):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    return -np.log(p[np.arange(len(y)), y] + 1e-12).mean()

# %% wrong: sum
# says: you summed over the batch
def cross_entropy(logits, y):
    Z = logits - logits.max(axis=1, keepdims=True)
    return np.sum(np.log(np.exp(Z).sum(axis=1)) - Z[np.arange(len(y)), y])

# %% wrong: one maximum for the whole batch
# says: one maximum was subtracted from the whole batch
def cross_entropy(logits, y):
    Z = logits - logits.max()
    return np.mean(np.log(np.exp(Z).sum(axis=1)) - Z[np.arange(len(y)), y])

# %% wrong: down the columns
# says: softmax ran down the columns
def cross_entropy(logits, y):
    Z = logits - logits.max(axis=0, keepdims=True)
    log_p = Z - np.log(np.exp(Z).sum(axis=0, keepdims=True))
    return -log_p[np.arange(len(y)), y].mean()

# %% wrong: no row numbers
# says: `[:, y]` picks whole columns
def cross_entropy(logits, y):
    Z = logits - logits.max(axis=1, keepdims=True)
    log_p = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    return -log_p[:, y].mean()

# %% wrong: one-hot and mean over everything
# says: the mean runs over all n · C places
def cross_entropy(logits, y):
    Z = logits - logits.max(axis=1, keepdims=True)
    log_p = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    return -np.mean(np.eye(logits.shape[1])[y] * log_p)

# %% wrong: softmax twice
# says: softmax was applied twice
def cross_entropy(logits, y):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    Z = e / e.sum(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(Z).sum(axis=1)) - Z[np.arange(len(y)), y])

# %% wrong: the maximum without keepdims
# says: that `keepdims=True` would keep
def cross_entropy(logits, y):
    Z = logits - logits.max(axis=1)
    return np.mean(np.log(np.exp(Z).sum(axis=1)) - Z[np.arange(len(y)), y])

# %% wrong: the right logit is not shifted
# says: the right logit is not shifted
def cross_entropy(logits, y):
    Z = logits - logits.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(Z).sum(axis=1)) - logits[np.arange(len(y)), y])

# %% wrong: shifts in place
# says: writes into what the caller gave
def cross_entropy(logits, y):
    logits -= logits.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(logits).sum(axis=1)) - logits[np.arange(len(y)), y])

# %% wrong: divides by the number of classes
# says: divided by the number of classes
def cross_entropy(logits, y):
    Z = logits - logits.max(axis=1, keepdims=True)
    losses = np.log(np.exp(Z).sum(axis=1)) - Z[np.arange(len(y)), y]
    return losses.sum() / logits.shape[1]

# %% wrong: base 2
# says: the logarithm has base 2
def cross_entropy(logits, y):
    Z = logits - logits.max(axis=1, keepdims=True)
    log_p = Z / np.log(2) - np.log2(np.exp(Z).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(y)), y].mean()

# %% wrong: the favorite class
# says: the surprise at the class the network likes best
def cross_entropy(logits, y):
    Z = logits - logits.max(axis=1, keepdims=True)
    log_p = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    return -log_p.max(axis=1).mean()

# %% wrong: whole rows
# says: `Z[y]` picks whole rows
def cross_entropy(logits, y):
    Z = logits - logits.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(Z).sum(axis=1)) - Z[y])

# %% wrong: whole rows, in two steps
# says: `Z[y]` picks whole rows
def cross_entropy(logits, y):
    Z = logits - logits.max(axis=1, keepdims=True)
    picked = Z[np.arange(len(y))][y]
    return np.mean(np.log(np.exp(Z).sum(axis=1)) - picked)

# %% wrong: whole rows, with keepdims
# says: `Z[y]` picks whole rows
def cross_entropy(logits, y):
    Z = logits - logits.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(Z).sum(axis=1, keepdims=True)) - Z[y])

# %% wrong: sums down the columns
# says: runs down the columns (axis=0)
def cross_entropy(logits, y):
    Z = logits - logits.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(Z).sum(axis=0)) - Z[np.arange(len(y)), y])

# %% wrong: numbers of the classes for numbers of the rows
# says: must have the same length
def cross_entropy(logits, y):
    Z = logits - logits.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(Z).sum(axis=1)) - Z[np.arange(logits.shape[1]), y])

# %% wrong: compares logits and labels
# says: does an index have another length
def cross_entropy(logits, y):
    Z = logits - logits.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(Z).sum(axis=1)) - Z[Z == y])

# %% wrong: classes first
# says: rows first, then classes
def cross_entropy(logits, y):
    Z = logits - logits.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(Z).sum(axis=1)) - Z[y, np.arange(len(y))])

# %% wrong: only the last row counts
# says: add to the total (`+=`) instead of replacing it
def cross_entropy(logits, y):
    t = 0
    for row, right in zip(logits, y):
        row = row - row.max()
        t = np.log(np.exp(row).sum()) - row[right]
    return t / len(y)

# %% wrong: divides by the largest
# says: each row was divided by its largest logit
def cross_entropy(logits, y):
    Z = logits / logits.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(Z).sum(axis=1)) - Z[np.arange(len(y)), y])

# %% wrong: no logarithm
# says: the logarithm of the sum is missing
def cross_entropy(logits, y):
    Z = logits - logits.max(axis=1, keepdims=True)
    return np.mean(np.exp(Z).sum(axis=1) - Z[np.arange(len(y)), y])

# %% wrong: log before sum
# says: undoes the exponential entry by entry
def cross_entropy(logits, y):
    Z = logits - logits.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(Z)).sum(axis=1) - Z[np.arange(len(y)), y])

# %% wrong: sigmoid
# says: sigmoid stands in the place of softmax
def cross_entropy(logits, y):
    p = 1 / (1 + np.exp(-logits))
    return -np.log(p[np.arange(len(y)), y]).mean()

# %% wrong: log1p
# says: there is no 1 to add
def cross_entropy(logits, y):
    Z = logits - logits.max(axis=1, keepdims=True)
    return np.mean(np.log1p(np.exp(Z).sum(axis=1)) - Z[np.arange(len(y)), y])

# %% wrong: log of one minus p
# says: this is -log(1 - p)
def cross_entropy(logits, y):
    Z = logits - logits.max(axis=1, keepdims=True)
    p = np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)
    return -np.log(1 - p[np.arange(len(y)), y]).mean()

# %% wrong: subtracts the probability
# says: the probability of the right class is subtracted
def cross_entropy(logits, y):
    Z = logits - logits.max(axis=1, keepdims=True)
    p = np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(Z).sum(axis=1)) - p[np.arange(len(y)), y])

# %% wrong: the mean twice
# says: the mean was taken twice
def cross_entropy(logits, y):
    Z = logits - logits.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(Z).sum(axis=1)) - Z[np.arange(len(y)), y]) / len(y)

# %% wrong: clips the logits
# says: something was clipped
def cross_entropy(logits, y):
    Z = np.clip(logits, -500, 500)
    return np.mean(np.log(np.exp(Z).sum(axis=1)) - Z[np.arange(len(y)), y])
