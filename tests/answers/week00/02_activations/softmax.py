# %% right: log-sum-exp
def softmax(Z):
    m = Z.max(axis=-1)[:, None]
    return np.exp(Z - m - np.log(np.exp(Z - m).sum(axis=-1))[:, None])

# %% right: row by row
def softmax(Z):
    rows = []
    for row in Z:
        e = np.exp(row - max(row))
        rows.append(e / sum(e))
    return np.array(rows)

# %% right: transposed
def softmax(Z):
    E = np.exp((Z.T - Z.max(axis=1)).T)
    return (E.T / E.sum(axis=1)).T

# %% right: SciPy
from scipy.special import softmax as scipy_softmax

def softmax(Z):
    return scipy_softmax(Z, axis=1)

# %% right: PyTorch
import torch

def softmax(Z):
    return torch.softmax(torch.tensor(Z, dtype=torch.float64), dim=1)

# %% right: double loop with math
import math

def softmax(Z):
    P = np.zeros(Z.shape)
    for i in range(Z.shape[0]):
        m = max(Z[i, j] for j in range(Z.shape[1]))
        total = sum(math.exp(Z[i, j] - m) for j in range(Z.shape[1]))
        for j in range(Z.shape[1]):
            P[i, j] = math.exp(Z[i, j] - m) / total
    return P

# %% right: logaddexp
def softmax(Z):
    return np.exp(Z - np.logaddexp.reduce(Z, axis=1, keepdims=True))

# %% wrong: no shift
# says: exp of 1000 overflows
def softmax(Z):
    E = np.exp(Z)
    return E / E.sum(axis=1, keepdims=True)

# %% wrong: down the columns
# says: each column adds up to 1
def softmax(Z):
    E = np.exp(Z - Z.max(axis=0))
    return E / E.sum(axis=0)

# %% wrong: one sum for the batch
# says: all nine numbers add up to 1
def softmax(Z):
    E = np.exp(Z - Z.max())
    return E / E.sum()

# %% wrong: no keepdims
# says: `keepdims=True` is missing twice
def softmax(Z):
    E = np.exp(Z - Z.max(axis=1))
    return E / E.sum(axis=1)

# %% wrong: no keepdims in the sum
# says: the shapes fit by chance
def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1)

# %% wrong: no keepdims in the maximum
# says: here in the maximum
def softmax(Z):
    E = np.exp(Z - Z.max(axis=1))
    return E / E.sum(axis=1, keepdims=True)

# %% wrong: the largest of the batch
# says: and not that of the whole batch
def softmax(Z):
    E = np.exp(Z - Z.max())
    return E / E.sum(axis=1, keepdims=True)

# %% wrong: the largest of the batch, zeros hidden
# says: to hide a division of 0 by 0
def softmax(Z):
    E = np.exp(Z - Z.max())
    return E / (E.sum(axis=1, keepdims=True) + 1e-12)

# %% wrong: nan turned into numbers
# says: nan was replaced by 0
def softmax(Z):
    E = np.exp(Z)
    return np.nan_to_num(E / E.sum(axis=1, keepdims=True))

# %% wrong: the largest of each column
# says: the largest of each column was subtracted
def softmax(Z):
    E = np.exp(Z - Z.max(axis=0))
    return E / E.sum(axis=1, keepdims=True)

# %% wrong: the smallest is subtracted
# says: the shift uses the smallest logit
def softmax(Z):
    E = np.exp(Z - Z.min(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)

# %% wrong: clips
# says: the logits were cut off before the exponential
def softmax(Z):
    E = np.exp(np.clip(Z, -500, 500))
    return E / E.sum(axis=1, keepdims=True)

# %% wrong: not divided
# says: these are the shifted exponentials
def softmax(Z):
    return np.exp(Z - Z.max(axis=1, keepdims=True))

# %% wrong: no exponential
# says: the exponential is missing
def softmax(Z):
    return Z / Z.sum(axis=1, keepdims=True)

# %% wrong: sigmoid
# says: this is sigmoid, entry by entry
def softmax(Z):
    return sigmoid(Z)

# %% wrong: the logarithm
# says: this is the logarithm of the probabilities
def softmax(Z):
    return Z - np.logaddexp.reduce(Z, axis=1, keepdims=True)

# %% wrong: divided by the largest
# says: each is divided by the largest of its row
def softmax(Z):
    E = np.exp(Z)
    return E / E.max(axis=1, keepdims=True)

# %% wrong: bottom without the shift
# says: the bottom is not shifted
def softmax(Z):
    return np.exp(Z - Z.max(axis=1, keepdims=True)) / np.exp(Z).sum(axis=1, keepdims=True)

# %% wrong: exponential of the sum
# says: the bottom is the exponential of the sum
def softmax(Z):
    return np.exp(Z) / np.exp(Z.sum(axis=1, keepdims=True))

# %% wrong: in place
# says: writes into what the caller gave
def softmax(Z):
    Z -= Z.max(axis=1, keepdims=True)
    E = np.exp(Z)
    return E / E.sum(axis=1, keepdims=True)

# %% wrong: returns inside the loop
# says: only the first row is answered
def softmax(Z):
    for row in Z:
        e = np.exp(row - row.max())
        return e / e.sum()

# %% wrong: the largest probability
# says: one probability per row
def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return (E / E.sum(axis=1, keepdims=True)).max(axis=1)

# %% wrong: hard choice
# says: this is a hard choice
def softmax(Z):
    return (Z == Z.max(axis=1, keepdims=True)) * 1.0

# %% wrong: squeezes
# says: an axis got lost
def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return np.squeeze(E / E.sum(axis=1, keepdims=True))

# %% wrong: minus in the exponent
# says: the smallest logit should not win
def softmax(Z):
    E = np.exp(-Z)
    return E / E.sum(axis=1, keepdims=True)

# %% wrong: cuts off whole numbers
# says: holds whole numbers
def softmax(Z):
    P = np.zeros_like(Z)
    for i, row in enumerate(Z):
        e = np.exp(row - row.max())
        P[i] = e / e.sum()
    return P

# %% wrong: three classes only
# says: fails a hidden test
def softmax(Z):
    P = np.zeros(Z.shape)
    m = Z.max(axis=1)
    total = sum(np.exp(Z[:, j] - m) for j in range(min(3, Z.shape[1])))
    for j in range(Z.shape[1]):
        P[:, j] = np.exp(Z[:, j] - m) / total
    return P

# %% wrong: the sum of Python
# says: Python's `sum` does that too
def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / sum(E)

# %% wrong: transposed
# says: transposed
def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return (E / E.sum(axis=1, keepdims=True)).T

# %% wrong: rounds
# says: rounded
def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return np.round(E / E.sum(axis=1, keepdims=True), 4)

# %% right: a list of rows
def softmax(Z):
    rows = []
    for row in Z:
        e = np.exp(row - row.max())
        rows.append(e / e.sum())
    return rows
