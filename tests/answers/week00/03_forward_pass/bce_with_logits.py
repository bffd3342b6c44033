# %% right: logaddexp
def bce_with_logits(logits, y):
    return np.mean(np.logaddexp(0, logits) - logits * y)

# %% right: chooses with where
def bce_with_logits(logits, y):
    return np.where(y == 1, np.logaddexp(0, -logits), np.logaddexp(0, logits)).sum() / y.size

# %% right: a loop with math, one case per sign
import math

def bce_with_logits(logits, y):
    total = 0.0
    for z, label in zip(logits, y):
        if label == 1:
            z = -z
        if z > 0:
            total += z + math.log(1 + math.exp(-z))
        else:
            total += math.log(1 + math.exp(z))
    return total / len(logits)

# %% right: labels as signs, SciPy
from scipy.special import log_expit

def bce_with_logits(logits, y):
    return -np.array(log_expit((2 * y - 1) * logits).mean())

# %% right: masks for yes and no
def bce_with_logits(logits, y):
    softplus = lambda z: np.maximum(z, 0) + np.log(1 + np.exp(-np.abs(z)))
    yes, no = logits[y == 1], logits[y == 0]
    return (softplus(-yes).sum() + softplus(no).sum()) / len(y)

# %% wrong: the textbook formula
# says: the textbook formula breaks for large logits
def bce_with_logits(logits, y):
    p = 1 / (1 + np.exp(-logits))
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))

# %% wrong: clips the probability
# says: something was clipped
def bce_with_logits(logits, y):
    p = np.clip(1 / (1 + np.exp(-logits)), 1e-12, 1 - 1e-12)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))

# %% wrong: clips the logits
# says: something was clipped
def bce_with_logits(logits, y):
    z = np.clip(logits, -500, 500)
    return np.mean(np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z))))

# %% wrong: sum
# says: you summed over the batch
def bce_with_logits(logits, y):
    return np.sum(np.maximum(logits, 0) - logits * y + np.log1p(np.exp(-np.abs(logits))))

# %% wrong: one number per input
# says: this is one number per input
def bce_with_logits(logits, y):
    return np.maximum(logits, 0) - logits * y + np.log1p(np.exp(-np.abs(logits)))

# %% wrong: the sigmoid first, then the safe formula
# says: the sigmoid was applied twice
def bce_with_logits(logits, y):
    z = 1 / (1 + np.exp(-logits))
    return np.mean(np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z))))

# %% wrong: np.max for np.maximum
# says: `np.maximum` compares entry by entry
def bce_with_logits(logits, y):
    return np.mean(np.max(logits, 0) - logits * y + np.log1p(np.exp(-np.abs(logits))))

# %% wrong: the max of Python
# says: looks at a whole array at once
def bce_with_logits(logits, y):
    return np.mean(max(logits, 0) - logits * y + np.log1p(np.exp(-np.abs(logits))))

# %% wrong: the size of z is forgotten
# says: it should get minus the size of z
def bce_with_logits(logits, y):
    return np.mean(np.maximum(logits, 0) - logits * y + np.log1p(np.exp(-logits)))

# %% wrong: log1p with a 1
# says: the 1 is added twice
def bce_with_logits(logits, y):
    return np.mean(np.maximum(logits, 0) - logits * y + np.log1p(1 + np.exp(-np.abs(logits))))

# %% wrong: logits taken for probabilities
# says: Logits are no probabilities
def bce_with_logits(logits, y):
    return -np.mean(y * np.log(logits) + (1 - y) * np.log(1 - logits))

# %% wrong: only the yes half
# says: the part for y = 0 is missing
def bce_with_logits(logits, y):
    return np.mean(y * np.logaddexp(0, -logits))

# %% wrong: yes and no swapped
# says: yes and no are swapped
def bce_with_logits(logits, y):
    return np.mean(np.logaddexp(0, -logits) + logits * y)

# %% wrong: base 2
# says: the logarithm has base 2
def bce_with_logits(logits, y):
    return np.mean(np.where(y == 1, np.logaddexp2(0, -logits / np.log(2)), np.logaddexp2(0, logits / np.log(2))))

# %% wrong: keeps only the logits of the yes inputs, in the caller's array
# says: writes into what the caller gave
def bce_with_logits(logits, y):
    yes_part = logits * y
    loss = np.logaddexp(0, logits) - yes_part
    logits *= y
    return loss.mean()

# %% wrong: np.exp forgotten
# says: the `np.exp` inside `log1p` is missing
def bce_with_logits(logits, y):
    return np.mean(np.maximum(logits, 0) - logits * y + np.log1p(-np.abs(logits)))

# %% wrong: np.exp and the minus forgotten
# says: `np.exp` and the minus are missing
def bce_with_logits(logits, y):
    return np.mean(np.maximum(logits, 0) - logits * y + np.log1p(np.abs(logits)))

# %% wrong: the size for the first term
# says: or the first term is |z|
def bce_with_logits(logits, y):
    return np.mean(np.abs(logits) - logits * y + np.log1p(np.exp(-np.abs(logits))))

# %% wrong: the mean twice
# says: the mean was taken twice
def bce_with_logits(logits, y):
    per_input = np.maximum(logits, 0) - logits * y + np.log1p(np.exp(-np.abs(logits)))
    return per_input.mean() / len(y)

# %% wrong: minus the label
# says: the label y is subtracted
def bce_with_logits(logits, y):
    return np.mean(np.maximum(logits, 0) - y + np.log1p(np.exp(-np.abs(logits))))

# %% wrong: np.minimum
# says: `np.minimum` keeps the negative logits
def bce_with_logits(logits, y):
    return np.mean(np.minimum(logits, 0) - logits * y + np.log1p(np.exp(-np.abs(logits))))

# %% wrong: the last term subtracted
# says: is subtracted. It is added
def bce_with_logits(logits, y):
    return np.mean(np.maximum(logits, 0) - logits * y - np.log1p(np.exp(-np.abs(logits))))

# %% wrong: no logarithm
# says: the logarithm around 1 + exp(-|z|) is missing
def bce_with_logits(logits, y):
    return np.mean(np.maximum(logits, 0) - logits * y + np.exp(-np.abs(logits)))

# %% wrong: log of exp
# says: log(exp(t)) is t
def bce_with_logits(logits, y):
    return np.mean(np.maximum(logits, 0) - logits * y + np.log(np.exp(-np.abs(logits))))

# %% wrong: a matrix product
# says: `@` adds up z * y over the whole batch
def bce_with_logits(logits, y):
    return np.mean(np.maximum(logits, 0) - logits @ y + np.log1p(np.exp(-np.abs(logits))))

# %% wrong: base 10
# says: the logarithm has base 10
def bce_with_logits(logits, y):
    return np.mean(np.logaddexp(0, logits) - logits * y) / np.log(10)

# %% wrong: every label a yes
# says: the label is missing in the formula
def bce_with_logits(logits, y):
    return np.mean(np.logaddexp(0, -logits))

# %% wrong: keeps only the last input
# says: add to the total instead of replacing it
def bce_with_logits(logits, y):
    total = 0
    for z, label in zip(logits, y):
        total = max(z, 0) - z * label + np.log1p(np.exp(-abs(z)))
    return total / len(y)
