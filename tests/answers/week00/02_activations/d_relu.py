# %% right: comparisons, the exact form
import math

def d_relu(z):
    return (z > 0) * 1.0

def d_leaky_relu(z, alpha):
    return (z > 0) + alpha * (z <= 0)

def d_gelu(z):
    phi = np.exp(-np.square(z) / 2) / np.sqrt(2 * np.pi)
    cdf = 0.5 * (1 + np.vectorize(math.erf, otypes=[float])(np.divide(z, math.sqrt(2))))
    return cdf + z * phi

# %% right: True and False, filled arrays, a nudge
def d_relu(z):
    return np.asarray(z) > 0

def d_leaky_relu(z, alpha):
    answer = np.ones(np.shape(z))
    answer[np.asarray(z) <= 0] = alpha
    return answer

def d_gelu(z):
    h = 1e-5
    return (gelu(z + h) - gelu(z - h)) / (2 * h)

# %% right: heaviside, loops
import math

def d_relu(z):
    return np.heaviside(z, 0)

def d_leaky_relu(z, alpha):
    z = np.asarray(z)
    return np.reshape([1 if v > 0 else alpha for v in z.ravel()], z.shape)

def d_gelu(z):
    def one(v):
        c = math.sqrt(2 / math.pi)
        t = math.tanh(c * (v + 0.044715 * v**3))
        return 0.5 * (1 + t) + 0.5 * v * (1 - t * t) * c * (1 + 3 * 0.044715 * v * v)

    z = np.asarray(z, dtype=float)
    return np.array([one(v) for v in z.ravel()]).reshape(z.shape)

# %% right: PyTorch
import torch

def grad_of(f, z):
    z = torch.tensor(np.asarray(z, dtype=float), requires_grad=True)
    f(z).sum().backward()
    return z.grad.numpy()

def d_relu(z):
    return grad_of(torch.relu, z)

def d_leaky_relu(z, alpha):
    return grad_of(lambda v: torch.nn.functional.leaky_relu(v, alpha), z)

def d_gelu(z):
    return grad_of(torch.nn.functional.gelu, z)

# %% right: signs, own tanh
def d_relu(z):
    return (np.sign(z) + 1) // 2

def d_leaky_relu(z, alpha):
    return np.maximum(d_relu(z), alpha)

def d_gelu(z):
    u = np.sqrt(2 / np.pi) * (z + 0.044715 * z**3)
    u_slope = np.sqrt(2 / np.pi) * (1 + 3 * 0.044715 * z**2)
    return 0.5 * (1 + tanh(u)) + 0.5 * z * d_tanh(u) * u_slope

# %% wrong: zero counts as positive
# says: The comparison lets zero through
def d_relu(z):
    return np.where(z >= 0, 1.0, 0.0)

def d_leaky_relu(z, alpha):
    return np.where(z >= 0, 1.0, alpha)

def d_gelu(z):
    return (gelu(z + 1e-5) - gelu(z - 1e-5)) / 2e-5

# %% wrong: zero counts as positive in the leaky one
# says: We take
def d_relu(z):
    return np.where(z > 0, 1.0, 0.0)

def d_leaky_relu(z, alpha):
    return (leaky_relu(z + 1e-5, alpha) - leaky_relu(z - 1e-5, alpha)) / 2e-5

def d_gelu(z):
    return (gelu(z + 1e-5) - gelu(z - 1e-5)) / 2e-5

# %% wrong: a nudge across the corner
# says: the mean of both sides
def d_relu(z):
    return (relu(z + 1e-5) - relu(z - 1e-5)) / 2e-5

def d_leaky_relu(z, alpha):
    return np.where(z > 0, 1.0, alpha)

def d_gelu(z):
    return (gelu(z + 1e-5) - gelu(z - 1e-5)) / 2e-5

# %% wrong: divides by the score
# says: 0 divided by 0 is nan
def d_relu(z):
    return np.maximum(z, 0) / z

def d_leaky_relu(z, alpha):
    return np.where(z > 0, 1.0, alpha)

def d_gelu(z):
    return (gelu(z + 1e-5) - gelu(z - 1e-5)) / 2e-5

# %% wrong: ReLU itself
# says: this is ReLU itself
def d_relu(z):
    return np.maximum(z, 0)

def d_leaky_relu(z, alpha):
    return np.where(z > 0, z, alpha * z)

def d_gelu(z):
    return gelu(z)

# %% wrong: the sign
# says: this is the sign
def d_relu(z):
    return np.sign(z)

def d_leaky_relu(z, alpha):
    return np.where(z > 0, 1.0, alpha)

def d_gelu(z):
    return (gelu(z + 1e-5) - gelu(z - 1e-5)) / 2e-5

# %% wrong: an if for an array
# says: looks at a whole array at once
def d_relu(z):
    return 1 if z > 0 else 0

def d_leaky_relu(z, alpha):
    return 1 if z > 0 else alpha

def d_gelu(z):
    return (gelu(z + 1e-5) - gelu(z - 1e-5)) / 2e-5

# %% wrong: writes the slopes into the scores
# says: writes into what the caller gave
def d_relu(z):
    z[z <= 0] = 0
    z[z > 0] = 1
    return z

def d_leaky_relu(z, alpha):
    return np.where(z > 0, 1.0, alpha)

def d_gelu(z):
    return (gelu(z + 1e-5) - gelu(z - 1e-5)) / 2e-5

# %% wrong: alpha times z
# says: The z does not stay
def d_relu(z):
    return np.where(z > 0, 1.0, 0.0)

def d_leaky_relu(z, alpha):
    return np.where(z > 0, 1.0, alpha * z)

def d_gelu(z):
    return (gelu(z + 1e-5) - gelu(z - 1e-5)) / 2e-5

# %% wrong: minus alpha
# says: the line still rises
def d_relu(z):
    return np.where(z > 0, 1.0, 0.0)

def d_leaky_relu(z, alpha):
    return np.where(z > 0, 1.0, -alpha)

def d_gelu(z):
    return (gelu(z + 1e-5) - gelu(z - 1e-5)) / 2e-5

# %% wrong: no alpha
# says: a negative score has the slope alpha here
def d_relu(z):
    return np.where(z > 0, 1.0, 0.0)

def d_leaky_relu(z, alpha):
    return np.where(z > 0, 1.0, 0.0)

def d_gelu(z):
    return (gelu(z + 1e-5) - gelu(z - 1e-5)) / 2e-5

# %% wrong: the usual alpha
# says: alpha is not used
def d_relu(z):
    return np.where(z > 0, 1.0, 0.0)

def d_leaky_relu(z, alpha):
    return np.where(z > 0, 1.0, 0.01)

def d_gelu(z):
    return (gelu(z + 1e-5) - gelu(z - 1e-5)) / 2e-5

# %% wrong: whole numbers hold no alpha
# says: the fraction was cut off
def d_relu(z):
    return np.where(z > 0, 1.0, 0.0)

def d_leaky_relu(z, alpha):
    answer = np.ones_like(z)
    answer[z <= 0] = alpha
    return answer

def d_gelu(z):
    return (gelu(z + 1e-5) - gelu(z - 1e-5)) / 2e-5

# %% wrong: zero has no case
# says: one of the two cases must take the zero
def d_relu(z):
    return np.where(z > 0, 1.0, 0.0)

def d_leaky_relu(z, alpha):
    return 1.0 * (z > 0) + alpha * (z < 0)

def d_gelu(z):
    return (gelu(z + 1e-5) - gelu(z - 1e-5)) / 2e-5

# %% wrong: GELU without the product rule
# says: the second part of the product rule is missing
def d_relu(z):
    return np.where(z > 0, 1.0, 0.0)

def d_leaky_relu(z, alpha):
    return np.where(z > 0, 1.0, alpha)

def d_gelu(z):
    return 0.5 * (1 + np.tanh(np.sqrt(2 / np.pi) * (z + 0.044715 * z**3)))

# %% wrong: GELU without the slope of u
# says: the slope of u is missing
def d_relu(z):
    return np.where(z > 0, 1.0, 0.0)

def d_leaky_relu(z, alpha):
    return np.where(z > 0, 1.0, alpha)

def d_gelu(z):
    t = np.tanh(np.sqrt(2 / np.pi) * (z + 0.044715 * z**3))
    return 0.5 * (1 + t) + 0.5 * z * (1 - t**2)

# %% wrong: GELU without the 3
# says: the 3 is missing
def d_relu(z):
    return np.where(z > 0, 1.0, 0.0)

def d_leaky_relu(z, alpha):
    return np.where(z > 0, 1.0, alpha)

def d_gelu(z):
    c = np.sqrt(2 / np.pi)
    t = np.tanh(c * (z + 0.044715 * z**3))
    return 0.5 * (1 + t) + 0.5 * z * (1 - t**2) * c * (1 + 0.044715 * z**2)

# %% wrong: GELU with a bare bracket as the slope of u
# says: has the root of 2 / pi in front too
def d_relu(z):
    return np.where(z > 0, 1.0, 0.0)

def d_leaky_relu(z, alpha):
    return np.where(z > 0, 1.0, alpha)

def d_gelu(z):
    c = np.sqrt(2 / np.pi)
    t = np.tanh(c * (z + 0.044715 * z**3))
    return 0.5 * (1 + t) + 0.5 * z * (1 - t**2) * (1 + 3 * 0.044715 * z**2)

# %% wrong: GELU squares u
# says: tanh of u is squared in the slope
def d_relu(z):
    return np.where(z > 0, 1.0, 0.0)

def d_leaky_relu(z, alpha):
    return np.where(z > 0, 1.0, alpha)

def d_gelu(z):
    c = np.sqrt(2 / np.pi)
    u = c * (z + 0.044715 * z**3)
    return 0.5 * (1 + np.tanh(u)) + 0.5 * z * (1 - u**2) * c * (1 + 3 * 0.044715 * z**2)

# %% wrong: GELU without z
# says: the z of the second part is missing
def d_relu(z):
    return np.where(z > 0, 1.0, 0.0)

def d_leaky_relu(z, alpha):
    return np.where(z > 0, 1.0, alpha)

def d_gelu(z):
    c = np.sqrt(2 / np.pi)
    t = np.tanh(c * (z + 0.044715 * z**3))
    return 0.5 * (1 + t) + 0.5 * (1 - t**2) * c * (1 + 3 * 0.044715 * z**2)

# %% wrong: GELU's parts subtracted
# says: the two parts are added, not subtracted
def d_relu(z):
    return np.where(z > 0, 1.0, 0.0)

def d_leaky_relu(z, alpha):
    return np.where(z > 0, 1.0, alpha)

def d_gelu(z):
    c = np.sqrt(2 / np.pi)
    t = np.tanh(c * (z + 0.044715 * z**3))
    return 0.5 * (1 + t) - 0.5 * z * (1 - t**2) * c * (1 + 3 * 0.044715 * z**2)

# %% wrong: GELU without the square of tanh
# says: the square is missing
def d_relu(z):
    return np.where(z > 0, 1.0, 0.0)

def d_leaky_relu(z, alpha):
    return np.where(z > 0, 1.0, alpha)

def d_gelu(z):
    c = np.sqrt(2 / np.pi)
    t = np.tanh(c * (z + 0.044715 * z**3))
    return 0.5 * (1 + t) + 0.5 * z * (1 - t) * c * (1 + 3 * 0.044715 * z**2)

# %% wrong: GELU with cosh
# says: an exponential (or cosh) overflowed
def d_relu(z):
    return np.where(z > 0, 1.0, 0.0)

def d_leaky_relu(z, alpha):
    return np.where(z > 0, 1.0, alpha)

def d_gelu(z):
    c = np.sqrt(2 / np.pi)
    u = c * (z + 0.044715 * z**3)
    return 0.5 * (1 + np.tanh(u)) + 0.5 * z / np.cosh(u) ** 2 * c * (1 + 3 * 0.044715 * z**2)

# %% wrong: GELU is gelu
# says: this is gelu itself
def d_relu(z):
    return np.where(z > 0, 1.0, 0.0)

def d_leaky_relu(z, alpha):
    return np.where(z > 0, 1.0, alpha)

def d_gelu(z):
    return 0.5 * z * (1 + np.tanh(np.sqrt(2 / np.pi) * (z + 0.044715 * z**3)))

# %% wrong: GELU like ReLU
# says: this is the slope of ReLU
def d_relu(z):
    return np.where(z > 0, 1.0, 0.0)

def d_leaky_relu(z, alpha):
    return np.where(z > 0, 1.0, alpha)

def d_gelu(z):
    return d_relu(z)

# %% wrong: GELU of the coarse formula
# says: a coarser formula
def d_relu(z):
    return np.where(z > 0, 1.0, 0.0)

def d_leaky_relu(z, alpha):
    return np.where(z > 0, 1.0, alpha)

def d_gelu(z):
    s = sigmoid(1.702 * z)
    return s + 1.702 * z * s * (1 - s)

# %% wrong: the alpha of the first check
# says: alpha is not used
def d_relu(z):
    return np.where(z > 0, 1.0, 0.0)

def d_leaky_relu(z, alpha):
    return np.where(z > 0, 1.0, 0.1)

def d_gelu(z):
    return (gelu(z + 1e-5) - gelu(z - 1e-5)) / 2e-5

# %% wrong: GELU's exact slope without its second part
# says: the exact slope has a second part
import math

def d_relu(z):
    return np.where(z > 0, 1.0, 0.0)

def d_leaky_relu(z, alpha):
    return np.where(z > 0, 1.0, alpha)

def d_gelu(z):
    return 0.5 * (1 + np.vectorize(math.erf, otypes=[float])(z / np.sqrt(2)))

# %% wrong: alpha is added to both sides
# says: alpha is added for positive scores too
def d_relu(z):
    return np.where(z > 0, 1.0, 0.0)

def d_leaky_relu(z, alpha):
    return d_relu(z) + alpha

def d_gelu(z):
    return (gelu(z + 1e-5) - gelu(z - 1e-5)) / 2e-5

# %% wrong: compares with 1
# says: Compare them with 0
def d_relu(z):
    return np.where(z >= 1, 1.0, 0.0)

def d_leaky_relu(z, alpha):
    return np.where(z > 0, 1.0, alpha)

def d_gelu(z):
    return (gelu(z + 1e-5) - gelu(z - 1e-5)) / 2e-5

# %% wrong: GELU, z where its square should be
# says: and the square is missing
def d_relu(z):
    return np.where(z > 0, 1.0, 0.0)

def d_leaky_relu(z, alpha):
    return np.where(z > 0, 1.0, alpha)

def d_gelu(z):
    c = np.sqrt(2 / np.pi)
    t = np.tanh(c * (z + 0.044715 * z**3))
    return 0.5 * (1 + t) + 0.5 * z * (1 - t**2) * c * (1 + 3 * 0.044715 * z)

# %% wrong: GELU, no parentheses around 1 + t
# says: 0.5 multiplies the 1 only
def d_relu(z):
    return np.where(z > 0, 1.0, 0.0)

def d_leaky_relu(z, alpha):
    return np.where(z > 0, 1.0, alpha)

def d_gelu(z):
    c = np.sqrt(2 / np.pi)
    t = np.tanh(c * (z + 0.044715 * z**3))
    return 0.5 * 1 + t + 0.5 * z * (1 - t**2) * c * (1 + 3 * 0.044715 * z**2)

# %% wrong: GELU, the difference squared
# says: square tanh first
def d_relu(z):
    return np.where(z > 0, 1.0, 0.0)

def d_leaky_relu(z, alpha):
    return np.where(z > 0, 1.0, alpha)

def d_gelu(z):
    c = np.sqrt(2 / np.pi)
    t = np.tanh(c * (z + 0.044715 * z**3))
    return 0.5 * (1 + t) + 0.5 * z * (1 - t) ** 2 * c * (1 + 3 * 0.044715 * z**2)

# %% wrong: ReLU cut off at 1
# says: this is ReLU, cut off at 1
def d_relu(z):
    return np.minimum(relu(z), 1)

def d_leaky_relu(z, alpha):
    return np.where(z > 0, 1.0, alpha)

def d_gelu(z):
    return (gelu(z + 1e-5) - gelu(z - 1e-5)) / 2e-5

# %% wrong: GELU, tanh of z
# says: tanh gets u, and here it gets z
def d_relu(z):
    return np.where(z > 0, 1.0, 0.0)

def d_leaky_relu(z, alpha):
    return np.where(z > 0, 1.0, alpha)

def d_gelu(z):
    c = np.sqrt(2 / np.pi)
    u = c * (z + 0.044715 * z**3)
    t = np.tanh(z)
    return 0.5 * (1 + t) + 0.5 * z * (1 - t**2) * c * (1 + 3 * 0.044715 * z**2)

# %% wrong: GELU, d_tanh of t
# says: which is d_tanh(u)
def d_relu(z):
    return np.where(z > 0, 1.0, 0.0)

def d_leaky_relu(z, alpha):
    return np.where(z > 0, 1.0, alpha)

def d_gelu(z):
    c = np.sqrt(2 / np.pi)
    u = c * (z + 0.044715 * z**3)
    t = np.tanh(u)
    return 0.5 * (1 + t) + 0.5 * z * d_tanh(t) * c * (1 + 3 * 0.044715 * z**2)

# %% wrong: GELU, the z left in the first part
# says: the z stayed in the first part
def d_relu(z):
    return np.where(z > 0, 1.0, 0.0)

def d_leaky_relu(z, alpha):
    return np.where(z > 0, 1.0, alpha)

def d_gelu(z):
    c = np.sqrt(2 / np.pi)
    u = c * (z + 0.044715 * z**3)
    t = np.tanh(u)
    return 0.5 * z * (1 + t) + 0.5 * z * (1 - t**2) * c * (1 + 3 * 0.044715 * z**2)

# %% wrong: GELU, the 3 squared
# says: here the 3 is squared too
def d_relu(z):
    return np.where(z > 0, 1.0, 0.0)

def d_leaky_relu(z, alpha):
    return np.where(z > 0, 1.0, alpha)

def d_gelu(z):
    c = np.sqrt(2 / np.pi)
    u = c * (z + 0.044715 * z**3)
    t = np.tanh(u)
    return 0.5 * (1 + t) + 0.5 * z * (1 - t**2) * c * (1 + 0.044715 * (3 * z) ** 2)

# %% right: a comparison made whole
def d_relu(z):
    return (z > 0).astype(int)

def d_leaky_relu(z, alpha):
    return (z > 0) + (z <= 0).astype(int) * alpha

def d_gelu(z):
    return (gelu(z + 1e-5) - gelu(z - 1e-5)) / 2e-5

# %% wrong: GELU, a nudge on a gelu that is not right
# says: your gelu is not right
def gelu(z):
    return z * sigmoid(z)

def d_relu(z):
    return np.where(z > 0, 1.0, 0.0)

def d_leaky_relu(z, alpha):
    return np.where(z > 0, 1.0, alpha)

def d_gelu(z):
    return (gelu(z + 1e-5) - gelu(z - 1e-5)) / 2e-5

# %% wrong: GELU, on a turned tanh
# says: the tanh it calls is not
def tanh(z):
    return -np.tanh(z)

def d_relu(z):
    return np.where(z > 0, 1.0, 0.0)

def d_leaky_relu(z, alpha):
    return np.where(z > 0, 1.0, alpha)

def d_gelu(z):
    u = np.sqrt(2 / np.pi) * (z + 0.044715 * z**3)
    u_slope = np.sqrt(2 / np.pi) * (1 + 3 * 0.044715 * z**2)
    return 0.5 * (1 + tanh(u)) + 0.5 * z * d_tanh(u) * u_slope
