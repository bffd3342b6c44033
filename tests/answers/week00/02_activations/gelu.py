# %% right: with your own tanh
def gelu(z):
    inner = (2 / np.pi) ** 0.5 * (z + 0.044715 * np.power(z, 3))
    return z * (1 + tanh(inner)) / 2

# %% right: through the sigmoid
def gelu(z):
    return z * sigmoid(2 * np.sqrt(2 / np.pi) * z * (1 + 0.044715 * z * z))

# %% right: exact, a loop with math.erf
import math

def gelu(z):
    z = np.asarray(z)
    return np.reshape([v * 0.5 * (1 + math.erf(v / math.sqrt(2))) for v in z.ravel().tolist()], z.shape)

# %% right: exact, SciPy
from scipy.stats import norm

def gelu(z):
    return z * norm.cdf(z)

# %% right: PyTorch
import torch

def gelu(z):
    return torch.nn.functional.gelu(torch.as_tensor(np.asarray(z, dtype=float)), approximate="tanh").numpy()

# %% wrong: no half
# says: the half is missing
def gelu(z):
    return z * (1 + np.tanh(np.sqrt(2 / np.pi) * (z + 0.044715 * z**3)))

# %% wrong: no z in front
# says: the z in front is missing
def gelu(z):
    return 0.5 * (1 + np.tanh(np.sqrt(2 / np.pi) * (z + 0.044715 * z**3)))

# %% wrong: no 1
# says: the 1 in front of tanh is missing
def gelu(z):
    return 0.5 * z * np.tanh(np.sqrt(2 / np.pi) * (z + 0.044715 * z**3))

# %% wrong: no root
# says: the root is missing: it covers 2 / pi
def gelu(z):
    return 0.5 * z * (1 + np.tanh(2 / np.pi * (z + 0.044715 * z**3)))

# %% wrong: root of 2 over pi
# says: Here it covers only the 2
def gelu(z):
    return 0.5 * z * (1 + np.tanh(np.sqrt(2) / np.pi * (z + 0.044715 * z**3)))

# %% wrong: upside down
# says: the fraction stands upside down
def gelu(z):
    return 0.5 * z * (1 + np.tanh(np.sqrt(np.pi / 2) * (z + 0.044715 * z**3)))

# %% wrong: no factor at all
# says: missing in front of the bracket
def gelu(z):
    return 0.5 * z * (1 + np.tanh(z + 0.044715 * z**3))

# %% wrong: no parentheses
# says: the root multiplies only the first z
def gelu(z):
    return 0.5 * z * (1 + np.tanh(np.sqrt(2 / np.pi) * z + 0.044715 * z**3))

# %% wrong: no cube
# says: the term with z cubed is missing
def gelu(z):
    return 0.5 * z * (1 + np.tanh(np.sqrt(2 / np.pi) * z))

# %% wrong: a zero less
# says: there is a zero behind the point
def gelu(z):
    return 0.5 * z * (1 + np.tanh(np.sqrt(2 / np.pi) * (z + 0.44715 * z**3)))

# %% wrong: squared
# says: z is squared here
def gelu(z):
    return 0.5 * z * (1 + np.tanh(np.sqrt(2 / np.pi) * (z + 0.044715 * z**2)))

# %% wrong: three times z
# says: A power is written
def gelu(z):
    return 0.5 * z * (1 + np.tanh(np.sqrt(2 / np.pi) * (z + 0.044715 * z * 3)))

# %% wrong: caret for power
# says: your code stopped with
def gelu(z):
    return 0.5 * z * (1 + np.tanh(np.sqrt(2 / np.pi) * (z + 0.044715 * z ^ 3)))

# %% wrong: the number cubed too
# says: 0.044715 is cubed too
def gelu(z):
    return 0.5 * z * (1 + np.tanh(np.sqrt(2 / np.pi) * (z + (0.044715 * z) ** 3)))

# %% wrong: sigmoid for tanh
# says: sigmoid stands where tanh should
def gelu(z):
    return 0.5 * z * (1 + sigmoid(np.sqrt(2 / np.pi) * (z + 0.044715 * z**3)))

# %% wrong: SiLU
# says: which is called SiLU
def gelu(z):
    return z * sigmoid(z)

# %% wrong: the coarse formula
# says: a coarser formula
def gelu(z):
    return z * sigmoid(1.702 * z)

# %% wrong: erf of z
# says: divided by the root of 2
import math

def gelu(z):
    return z * 0.5 * (1 + np.vectorize(math.erf)(z))

# %% wrong: tanh from exponentials
# says: infinity divided by infinity is nan
def gelu(z):
    u = np.sqrt(2 / np.pi) * (z + 0.044715 * z**3)
    return 0.5 * z * (1 + (np.exp(u) - np.exp(-u)) / (np.exp(u) + np.exp(-u)))

# %% wrong: an exponential that overflows on one side
# says: exp overflowed on the way
def gelu(z):
    u = np.sqrt(2 / np.pi) * (z + 0.044715 * z**3)
    return z / (1 + np.exp(-2 * u))

# %% wrong: ReLU
# says: this is ReLU
def gelu(z):
    return np.maximum(z, 0)

# %% wrong: cuts off whole numbers
# says: the fractions of the answer were cut off
def gelu(z):
    answer = np.zeros_like(z)
    answer[...] = 0.5 * z * (1 + np.tanh(np.sqrt(2 / np.pi) * (z + 0.044715 * z**3)))
    return answer

# %% wrong: math for an array
# says: take one number. For arrays use
import math

def gelu(z):
    return 0.5 * z * (1 + math.tanh(math.sqrt(2 / math.pi) * (z + 0.044715 * z**3)))

# %% wrong: in place
# says: writes into what the caller gave
def gelu(z):
    t = np.tanh(np.sqrt(2 / np.pi) * (z + 0.044715 * z**3))
    z *= 0.5 * (1 + t)
    return z

# %% wrong: no matrices
# says: a matrix of scores
import math

def gelu(z):
    def one(v):
        return 0.5 * v * (1 + math.tanh(math.sqrt(2 / math.pi) * (v + 0.044715 * v**3)))

    return np.array([one(v) for v in z]) if np.ndim(z) else one(z)

# %% wrong: the root covers everything
# says: the root of a negative number
def gelu(z):
    return 0.5 * z * (1 + np.tanh(np.sqrt(2 / np.pi * (z + 0.044715 * z**3))))

# %% wrong: no parentheses around 1 + tanh
# says: multiplies the 1 only
def gelu(z):
    return 0.5 * z * 1 + np.tanh(np.sqrt(2 / np.pi) * (z + 0.044715 * z**3))

# %% wrong: the normal distribution alone
# says: the z in front is missing
import math

def gelu(z):
    return 0.5 * (1 + np.tanh(math.sqrt(2 / math.pi) * (z + 0.044715 * z * z * z)))

# %% wrong: a minus in the parentheses
# says: tanh is added to the 1
def gelu(z):
    return 0.5 * z * (1 - np.tanh(np.sqrt(2 / np.pi) * (z + 0.044715 * z**3)))

# %% wrong: the bracket cubed
# says: here the whole bracket is
def gelu(z):
    return 0.5 * z * (1 + np.tanh(np.sqrt(2 / np.pi) * (z + 0.044715 * z) ** 3))

# %% wrong: one over 2z
# says: Here 1 is divided by z
def gelu(z):
    return 1 / (2 * z) * (1 + np.tanh(np.sqrt(2 / np.pi) * (z + 0.044715 * z**3)))

# %% wrong: to the power of 1, halved
# says: is the first power, halved
def gelu(z):
    return 0.5 * z * (1 + np.tanh((2 / np.pi) ** 1 / 2 * (z + 0.044715 * z**3)))

# %% wrong: tanh of z
# says: tanh gets u, and here it gets z
def gelu(z):
    return 0.5 * z * (1 + np.tanh(z))

# %% wrong: 3.14 for pi
# says: pi was cut off
def gelu(z):
    return 0.5 * z * (1 + np.tanh(np.sqrt(2 / 3.14) * (z + 0.044715 * z**3)))

# %% wrong: the share by drawing
# says: a share measured by drawing
def gelu(z):
    return z * np.sort(np.random.default_rng(0).normal(size=100_000)).searchsorted(z) / 100_000

# %% wrong: on a turned tanh
# says: the tanh it calls is not
# also fails: d_sigmoid
def tanh(z):
    return -np.tanh(z)

def gelu(z):
    return 0.5 * z * (1 + tanh(np.sqrt(2 / np.pi) * (z + 0.044715 * z**3)))

# %% wrong: on a tanh that overflows
# says: your tanh overflows itself
# also fails: d_sigmoid
def tanh(z):
    return (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))

def gelu(z):
    return 0.5 * z * (1 + tanh(np.sqrt(2 / np.pi) * (z + 0.044715 * z**3)))

# %% wrong: on a sigmoid that overflows
# says: your sigmoid overflows itself
# also fails: d_sigmoid
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def gelu(z):
    return z * sigmoid(2 * np.sqrt(2 / np.pi) * (z + 0.044715 * z**3))
