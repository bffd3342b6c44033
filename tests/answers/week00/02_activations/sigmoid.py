# %% right: half a tanh
def sigmoid(z):
    return 0.5 * (1 + np.tanh(np.multiply(0.5, z)))

# %% right: logaddexp
def sigmoid(z):
    return np.exp(-np.logaddexp(0, np.negative(z)))

# %% right: masks
def sigmoid(z):
    z = np.asarray(z, dtype=float)
    answer = np.empty(z.shape)
    positive = z >= 0
    answer[positive] = 1 / (1 + np.exp(-z[positive]))
    power = np.exp(z[~positive])
    answer[~positive] = power / (1 + power)
    return answer

# %% right: SciPy
from scipy.special import expit

def sigmoid(z):
    return expit(z)

# %% right: a loop over the entries with math
import math

def sigmoid(z):
    def one(v):
        if v >= 0:
            return 1 / (1 + math.exp(-v))
        return math.exp(v) / (1 + math.exp(v))

    z = np.asarray(z)
    return np.array([one(v) for v in z.ravel()]).reshape(z.shape)

# %% right: where, with safe exponents on both sides
def sigmoid(z):
    return np.where(z >= 0, 1 / (1 + np.exp(-np.maximum(z, 0))), np.exp(np.minimum(z, 0)) / (1 + np.exp(np.minimum(z, 0))))

# %% right: vectorize
import math

@np.vectorize
def sigmoid(z):
    small = math.exp(-abs(z))
    return (1.0 if z >= 0 else small) / (1.0 + small)

# %% right: cut off far outside
def sigmoid(z):
    return 1 / (1 + np.exp(-np.clip(z, -700, 700)))

# %% right: PyTorch
import torch

def sigmoid(z):
    return torch.sigmoid(torch.as_tensor(np.asarray(z, dtype=float))).numpy()

# %% right: masks on zeros
def sigmoid(z):
    answer = np.zeros(np.shape(z))
    answer[z >= 0] = 1 / (1 + np.exp(-z[z >= 0]))
    answer[z < 0] = np.exp(z[z < 0]) / (1 + np.exp(z[z < 0]))
    return answer

# %% wrong: the textbook formula
# says: for a score of -1000 this formula asks for e^1000
# also fails: d_sigmoid
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

# %% wrong: the other textbook form
# says: infinity divided by infinity is nan
# also fails: d_sigmoid
def sigmoid(z):
    return np.exp(z) / (1 + np.exp(z))

# %% wrong: np.where chooses after both sides were computed
# says: `np.where` computes both sides for every entry
# also fails: d_sigmoid
def sigmoid(z):
    return np.where(z >= 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z)))

# %% wrong: one minus the form for the other side
# says: for a score of 1000 this formula asks for e^1000
# also fails: d_sigmoid
def sigmoid(z):
    return 1 - 1 / (1 + np.exp(z))

# %% wrong: a loop with the textbook formula of math
# says: an argument that is never positive
# also fails: d_sigmoid
import math

def sigmoid(z):
    z = np.asarray(z)
    return np.array([1 / (1 + math.exp(-v)) for v in z.ravel()]).reshape(z.shape)

# %% wrong: math for an array
# says: take one number. For arrays use
# also fails: d_sigmoid
import math

def sigmoid(z):
    return 1 / (1 + math.exp(-z))

# %% wrong: an if for an array
# says: looks at a whole array at once
# also fails: d_sigmoid
def sigmoid(z):
    if z >= 0:
        return 1 / (1 + np.exp(-z))
    return np.exp(z) / (1 + np.exp(z))

# %% wrong: the minus is missing
# says: this is turned around: a large score
# also fails: d_sigmoid
def sigmoid(z):
    small = np.exp(-np.abs(z))
    return np.where(z <= 0, 1.0, small) / (1 + small)

# %% wrong: no parentheses
# says: put 1 + exp(-z) in parentheses
# also fails: d_sigmoid
def sigmoid(z):
    return 1 / 1 + np.exp(-z)

# %% wrong: a minus in the bottom
# says: there is a minus in the bottom
# also fails: d_sigmoid
def sigmoid(z):
    return 1 / (1 - np.exp(-z))

# %% wrong: e^z on top of the wrong bottom
# says: the bottom belongs to the other form
# also fails: d_sigmoid
def sigmoid(z):
    return np.exp(z) / (1 + np.exp(-z))

# %% wrong: the exponential alone
# says: The fraction is missing
# also fails: d_sigmoid
def sigmoid(z):
    return np.exp(-z)

# %% wrong: tanh
# says: this is tanh
# also fails: d_sigmoid
def sigmoid(z):
    return np.tanh(z)

# %% wrong: tanh not moved
# says: it must be moved up by 1 and halved
# also fails: d_sigmoid
def sigmoid(z):
    return np.tanh(z / 2)

# %% wrong: tanh of z, not of z / 2
# says: the z / 2 is missing
# also fails: d_sigmoid
def sigmoid(z):
    return 0.5 * (1 + np.tanh(z))

# %% wrong: the two tops swapped
# says: this is turned around: a large score
# also fails: d_sigmoid
def sigmoid(z):
    small = np.exp(-np.abs(z))
    return np.where(z >= 0, small, 1.0) / (1 + small)

# %% wrong: minus the size everywhere
# says: this is right for positive scores only
# also fails: d_sigmoid
def sigmoid(z):
    return 1 / (1 + np.exp(-np.abs(z)))

# %% wrong: small over one plus small everywhere
# says: this is right for negative scores only
# also fails: d_sigmoid
def sigmoid(z):
    small = np.exp(-np.abs(z))
    return small / (1 + small)

# %% wrong: divides by the sum of all
# says: that is softmax
# also fails: d_sigmoid
def sigmoid(z):
    e = np.exp(z - np.max(z))
    return e / e.sum()

# %% wrong: a hard decision
# says: this is a hard decision
# also fails: d_sigmoid
def sigmoid(z):
    return (z >= 0) * 1.0

# %% wrong: returns inside the loop
# says: a `return` inside a loop
# also fails: d_sigmoid
def sigmoid(z):
    for v in np.ravel(z):
        return 1 / (1 + np.exp(-v))

# %% wrong: base 10
# says: the base is 10
# also fails: d_sigmoid
def sigmoid(z):
    return 1 / (1 + 10.0 ** -z)

# %% wrong: leaves out zero
# says: a score of exactly 0 is left out
# also fails: d_sigmoid
def sigmoid(z):
    z = np.asarray(z, dtype=float)
    answer = np.zeros(z.shape)
    answer[z > 0] = 1 / (1 + np.exp(-z[z > 0]))
    answer[z < 0] = np.exp(z[z < 0]) / (1 + np.exp(z[z < 0]))
    return answer

# %% wrong: counts zero twice
# says: counts as both cases
# also fails: d_sigmoid
def sigmoid(z):
    small = np.exp(-np.abs(z))
    return (z >= 0) / (1 + small) + (z <= 0) * small / (1 + small)

# %% wrong: an array made like whole numbers
# says: the fractions of the answer were cut off
# also fails: d_sigmoid
def sigmoid(z):
    z = np.asarray(z)
    answer = np.zeros_like(z)
    answer[z >= 0] = 1 / (1 + np.exp(-z[z >= 0]))
    answer[z < 0] = np.exp(z[z < 0]) / (1 + np.exp(z[z < 0]))
    return answer

# %% wrong: cut off at 20
# says: the score was cut off at ±20
# also fails: d_sigmoid
def sigmoid(z):
    return 1 / (1 + np.exp(-np.clip(z, -20, 20)))

# %% wrong: cut off at 10
# says: the score was cut off at ±10
# also fails: d_sigmoid
def sigmoid(z):
    return 1 / (1 + np.exp(-np.clip(z, -10, 10)))

# %% wrong: rounds
# says: the answers are rounded
# also fails: d_sigmoid
def sigmoid(z):
    return np.round(0.5 * (1 + np.tanh(z / 2)), 4)

# %% wrong: writes into the array it was given
# says: writes into what the caller gave
# also fails: d_sigmoid
def sigmoid(z):
    answer = 0.5 * (1 + np.tanh(z / 2))
    if np.ndim(z):
        z[:] = answer
    return answer

# %% wrong: one axis only
# says: a matrix of scores
# also fails: d_sigmoid
def sigmoid(z):
    if np.ndim(z) == 0:
        return 0.5 * (1 + np.tanh(z / 2))
    return np.array([1 / (1 + np.exp(-v)) if v >= 0 else np.exp(v) / (1 + np.exp(v)) for v in z])

# %% wrong: flattens
# says: right numbers in the wrong shape
# also fails: d_sigmoid
def sigmoid(z):
    answer = 0.5 * (1 + np.tanh(np.ravel(z) / 2))
    return answer if np.ndim(z) else answer[0]

# %% wrong: the logarithm of the sigmoid
# says: this is the logarithm of the sigmoid
# also fails: d_sigmoid
def sigmoid(z):
    return -np.logaddexp(0, -z)

# %% wrong: prints
# says: your function returned None
# also fails: d_sigmoid
def sigmoid(z):
    print(0.5 * (1 + np.tanh(z / 2)))

# %% wrong: the mean
# says: the answers are averaged
# also fails: d_sigmoid
def sigmoid(z):
    return np.mean(0.5 * (1 + np.tanh(z / 2)))

# %% wrong: one minus the sigmoid
# says: what stands on top
# also fails: d_sigmoid
def sigmoid(z):
    return np.exp(-z) / (1 + np.exp(-z))

# %% wrong: nan and infinity swept away
# says: for a score of 1000 this formula asks for e^1000
# also fails: d_sigmoid
def sigmoid(z):
    return np.nan_to_num(np.exp(z) / (1 + np.exp(z)), nan=1.0)

# %% wrong: len of the scores
# says: has no len
# also fails: d_sigmoid
import math

def sigmoid(z):
    answer = np.zeros(len(z))
    for i in range(len(z)):
        small = math.exp(-abs(z[i]))
        answer[i] = (1 if z[i] >= 0 else small) / (1 + small)
    return answer

# %% wrong: one decision for the whole array, with all
# says: one decision for the whole array
# also fails: d_sigmoid
def sigmoid(z):
    if np.all(z >= 0):
        return 1 / (1 + np.exp(-z))
    return np.exp(z) / (1 + np.exp(z))

# %% wrong: one decision for the whole array, with any
# says: one decision for the whole array
# also fails: d_sigmoid
def sigmoid(z):
    if (z < 0).any():
        return np.exp(z) / (1 + np.exp(z))
    return 1 / (1 + np.exp(-z))

# %% wrong: one decision for the whole array, by the first score
# says: one decision for the whole array
# also fails: d_sigmoid
def sigmoid(z):
    if np.ravel(z)[0] < 0:
        return np.exp(z) / (1 + np.exp(z))
    return 1 / (1 + np.exp(-z))

# %% wrong: positive scores get the top alone
# says: which is only the top
# also fails: d_sigmoid
def sigmoid(z):
    small = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, small / (1 + small))

# %% wrong: positive answers first
# says: in another order than the scores
# also fails: d_sigmoid
def sigmoid(z):
    z = np.asarray(z, dtype=float)
    high, low = z[z >= 0], z[z < 0]
    return np.concatenate([1 / (1 + np.exp(-high)), np.exp(low) / (1 + np.exp(low))])

# %% wrong: negative answers first
# says: first all negative ones
# also fails: d_sigmoid
def sigmoid(z):
    z = np.asarray(z, dtype=float)
    high, low = z[z >= 0], z[z < 0]
    return np.concatenate([np.exp(low) / (1 + np.exp(low)), 1 / (1 + np.exp(-high))])

# %% right: zeros of the shape of z
def sigmoid(z):
    out = np.zeros(z.shape)
    out[z >= 0] = 1 / (1 + np.exp(-z[z >= 0]))
    out[z < 0] = np.exp(z[z < 0]) / (1 + np.exp(z[z < 0]))
    return out
