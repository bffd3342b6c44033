# %% right: from sigmoid
def tanh(z):
    return 2 * sigmoid(2 * z) - 1

# %% right: a shifted exponential
def tanh(z):
    small = np.exp(-2 * np.abs(z))
    return np.sign(z) * (1 - small) / (1 + small)

# %% right: a loop with math
import math

def tanh(z):
    z = np.asarray(z)
    return np.reshape([math.tanh(v) for v in z.flat], z.shape)

# %% right: where with safe sides
def tanh(z):
    e = np.exp(-2.0 * np.abs(z))
    return np.where(np.asarray(z) > 0, 1 - e, e - 1) / (1 + e)

# %% wrong: the formula as it stands
# says: infinity divided by infinity is nan
# also fails: d_sigmoid
def tanh(z):
    return (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))

# %% wrong: sinh over cosh
# says: infinity divided by infinity is nan
# also fails: d_sigmoid
def tanh(z):
    return np.sinh(z) / np.cosh(z)

# %% wrong: one minus two over a large number
# says: exp overflowed on the way
# also fails: d_sigmoid
def tanh(z):
    return 1 - 2 / (np.exp(2 * z) + 1)

# %% wrong: the textbook sigmoid again
# says: exp overflowed on the way
# also fails: d_sigmoid
def tanh(z):
    return 2 / (1 + np.exp(-2 * z)) - 1

# %% wrong: where computes both sides
# says: exp overflowed on the way
# also fails: d_sigmoid
def tanh(z):
    return np.where(z > 0, (1 - np.exp(-2 * z)) / (1 + np.exp(-2 * z)), (np.exp(2 * z) - 1) / (np.exp(2 * z) + 1))

# %% wrong: the 2 inside is missing
# says: the 2 inside is missing
# also fails: d_sigmoid
def tanh(z):
    return 2 * sigmoid(z) - 1

# %% wrong: not stretched
# says: Stretch it
# also fails: d_sigmoid
def tanh(z):
    return sigmoid(2 * z)

# %% wrong: the 2 in front is missing
# says: the 2 in front is missing
# also fails: d_sigmoid
def tanh(z):
    return sigmoid(2 * z) - 1

# %% wrong: without the minus 1
# says: the minus 1 is missing
# also fails: d_sigmoid
def tanh(z):
    return 2 * sigmoid(2 * z)

# %% wrong: tangent
# says: the tangent of an angle
# also fails: d_sigmoid
def tanh(z):
    return np.tan(z)

# %% wrong: inverse tangent
# says: the angle of a tangent
# also fails: d_sigmoid
def tanh(z):
    return np.arctan(z)

# %% wrong: sinh
# says: this is sinh
# also fails: d_sigmoid
def tanh(z):
    return (np.exp(z) - np.exp(-z)) / 2

# %% wrong: turned around
# says: the sign is turned around
# also fails: d_sigmoid
def tanh(z):
    return (np.exp(-z) - np.exp(z)) / (np.exp(z) + np.exp(-z))

# %% wrong: clips the line
# says: these are the scores, cut off
# also fails: d_sigmoid
def tanh(z):
    return np.clip(z, -1, 1)

# %% wrong: math for an array
# says: take one number. For arrays use
# also fails: d_sigmoid
import math

def tanh(z):
    return math.tanh(z)

# %% wrong: cut off whole numbers
# says: the fractions of the answer were cut off
# also fails: d_sigmoid
def tanh(z):
    answer = np.zeros_like(z)
    answer[...] = np.tanh(z)
    return answer

# %% wrong: writes into its argument
# says: writes into what the caller gave
# also fails: d_sigmoid
def tanh(z):
    return np.tanh(z, out=z if np.ndim(z) else None)

# %% wrong: rounds
# says: the answers are rounded
# also fails: d_sigmoid
def tanh(z):
    return np.round(np.tanh(z), 4)

# %% wrong: no matrices
# says: a matrix of scores
# also fails: d_sigmoid
import math

def tanh(z):
    return np.array([math.tanh(v) for v in z]) if np.ndim(z) else math.tanh(z)

# %% wrong: plus 1
# says: the 1 is subtracted, not added
# also fails: d_sigmoid
def tanh(z):
    return 2 * sigmoid(2 * z) + 1

# %% wrong: minus 1 in the parentheses of the 2
# says: the minus 1 comes last
# also fails: d_sigmoid
def tanh(z):
    return 2 * (sigmoid(2 * z) - 1)

# %% wrong: minus 1 in the sigmoid
# says: the minus 1 went into the sigmoid
# also fails: d_sigmoid
def tanh(z):
    return 2 * sigmoid(2 * z - 1)

# %% wrong: no parentheses in the bottom
# says: the bottom is a sum, and it needs parentheses
# also fails: d_sigmoid
def tanh(z):
    return (np.exp(z) - np.exp(-z)) / np.exp(z) + np.exp(-z)

# %% wrong: no parentheses on top
# says: the top is a difference, and it needs parentheses
# also fails: d_sigmoid
def tanh(z):
    return np.exp(z) - np.exp(-z) / (np.exp(z) + np.exp(-z))

# %% wrong: no parentheses at all
# says: top and bottom need parentheses each
# also fails: d_sigmoid
def tanh(z):
    return np.exp(z) - np.exp(-z) / np.exp(z) + np.exp(-z)

# %% wrong: the sign is lost
# says: the sign is lost
# also fails: d_sigmoid
def tanh(z):
    return (1 - np.exp(-2 * np.abs(z))) / (1 + np.exp(-2 * np.abs(z)))

# %% wrong: top and bottom swapped
# says: top and bottom are swapped
# also fails: d_sigmoid
def tanh(z):
    return (np.exp(z) + np.exp(-z)) / (np.exp(z) - np.exp(-z))

# %% wrong: a minus in the bottom
# says: the bottom has a plus
# also fails: d_sigmoid
def tanh(z):
    return (np.exp(z) - np.exp(-z)) / (np.exp(z) - np.exp(-z))

# %% wrong: the rule on a turned sigmoid
# says: the sigmoid it calls is not
# also fails: d_sigmoid
def sigmoid(z):
    return 1 / (1 + np.exp(z))

def tanh(z):
    return 2 * sigmoid(2 * z) - 1

# %% wrong: the rule on a sigmoid that overflows
# says: your sigmoid overflows itself
# also fails: d_sigmoid
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def tanh(z):
    return 2 * sigmoid(2 * z) - 1
