# %% right: with the product written out
def d_sigmoid(z):
    return sigmoid(z) * sigmoid(np.negative(z))

def d_tanh(z):
    t = np.tanh(z)
    return (1 - t) * (1 + t)

# %% right: measured by a nudge
def d_sigmoid(z):
    return (sigmoid(z + 1e-5) - sigmoid(z - 1e-5)) / 2e-5

def d_tanh(z):
    return (np.tanh(z + 1e-5) - np.tanh(z - 1e-5)) / 2e-5

# %% right: safe exponentials
def d_sigmoid(z):
    small = np.exp(-np.abs(z))
    return small / (1 + small) ** 2

def d_tanh(z):
    return 4 * d_sigmoid(2 * z)

# %% right: a loop
def d_sigmoid(z):
    z = np.asarray(z)
    answer = np.empty(z.shape)
    for place in np.ndindex(z.shape):
        s = float(sigmoid(z[place]))
        answer[place] = s - s * s
    return answer

def d_tanh(z):
    return 1 - np.square(tanh(z))

# %% right: PyTorch
import torch

def grad_of(f, z):
    z = torch.tensor(np.asarray(z, dtype=float), requires_grad=True)
    f(z).sum().backward()
    return z.grad.numpy()

def d_sigmoid(z):
    return grad_of(torch.sigmoid, z)

def d_tanh(z):
    return grad_of(torch.tanh, z)

# %% wrong: takes the output
# says: the rule wants the output
def d_sigmoid(z):
    return z * (1 - z)

def d_tanh(z):
    return 1 - z**2

# %% wrong: tanh takes the output
# says: Here the score itself is squared
def d_sigmoid(z):
    return sigmoid(z) * (1 - sigmoid(z))

def d_tanh(z):
    return 1 - z**2

# %% wrong: one minus the score
# says: here it is 1 minus the score
def d_sigmoid(z):
    return sigmoid(z) * (1 - z)

def d_tanh(z):
    return 1 - np.tanh(z) ** 2

# %% wrong: the sigmoid itself
# says: this is the sigmoid, not its slope
def d_sigmoid(z):
    return sigmoid(z)

def d_tanh(z):
    return np.tanh(z)

# %% wrong: one minus the sigmoid
# says: the first factor is missing
def d_sigmoid(z):
    return 1 - sigmoid(z)

def d_tanh(z):
    return 1 - np.tanh(z) ** 2

# %% wrong: no parentheses
# says: the parentheses are missing
def d_sigmoid(z):
    s = sigmoid(z)
    return s * 1 - s

def d_tanh(z):
    return 1 - np.tanh(z) ** 2

# %% wrong: the sign
# says: the sign is turned around
def d_sigmoid(z):
    return sigmoid(z) * (sigmoid(z) - 1)

def d_tanh(z):
    return 1 - np.tanh(z) ** 2

# %% wrong: tanh's rule
# says: this is tanh's rule with the sigmoid in it
def d_sigmoid(z):
    return 1 - sigmoid(z) ** 2

def d_tanh(z):
    return 1 - np.tanh(z) ** 2

# %% wrong: sigmoid twice
# says: the sigmoid is applied twice
def d_sigmoid(z):
    s = sigmoid(sigmoid(z))
    return s * (1 - s)

def d_tanh(z):
    return 1 - np.tanh(z) ** 2

# %% wrong: the bare exponential
# says: an exponential overflows
def d_sigmoid(z):
    return np.exp(-z) / (1 + np.exp(-z)) ** 2

def d_tanh(z):
    return 1 - np.tanh(z) ** 2

# %% wrong: one over cosh squared
# says: an exponential (or cosh) overflowed
def d_sigmoid(z):
    return sigmoid(z) * (1 - sigmoid(z))

def d_tanh(z):
    return 1 / np.cosh(z) ** 2

# %% wrong: the textbook sigmoid inside
# says: an exponential (or cosh) overflowed
def d_sigmoid(z):
    s = 1 / (1 + np.exp(-z))
    return s * (1 - s)

def d_tanh(z):
    return 1 - np.tanh(z) ** 2

# %% wrong: the square is missing
# says: the square is missing
def d_sigmoid(z):
    return sigmoid(z) * (1 - sigmoid(z))

def d_tanh(z):
    return 1 - np.tanh(z)

# %% wrong: the difference squared
# says: the difference is squared
def d_sigmoid(z):
    return sigmoid(z) * (1 - sigmoid(z))

def d_tanh(z):
    return (1 - np.tanh(z)) ** 2

# %% wrong: tanh of the square
# says: the tanh is applied to the square
def d_sigmoid(z):
    return sigmoid(z) * (1 - sigmoid(z))

def d_tanh(z):
    return 1 - np.tanh(z**2)

# %% wrong: sigmoid's rule with tanh
# says: this is the sigmoid's rule with tanh in it
def d_sigmoid(z):
    return sigmoid(z) * (1 - sigmoid(z))

def d_tanh(z):
    return np.tanh(z) * (1 - np.tanh(z))

# %% wrong: the plus
# says: `+` stands where `-` should
def d_sigmoid(z):
    return sigmoid(z) * (1 - sigmoid(z))

def d_tanh(z):
    return 1 + np.tanh(z) ** 2

# %% wrong: without the factor of four
# says: The 4 is missing
def d_sigmoid(z):
    return sigmoid(z) * (1 - sigmoid(z))

def d_tanh(z):
    return d_sigmoid(2 * z)

# %% wrong: half of the chain rule
# says: Both twos go into its slope
def d_sigmoid(z):
    return sigmoid(z) * (1 - sigmoid(z))

def d_tanh(z):
    return 2 * d_sigmoid(2 * z)

# %% wrong: cut off whole numbers
# says: the fractions of the answer were cut off
def d_sigmoid(z):
    answer = np.zeros_like(z)
    answer[...] = sigmoid(z) * (1 - sigmoid(z))
    return answer

def d_tanh(z):
    return 1 - np.tanh(z) ** 2

# %% wrong: in place
# says: writes into what the caller gave
def d_sigmoid(z):
    s = sigmoid(z)
    z[...] = s
    return s * (1 - s)

def d_tanh(z):
    return 1 - np.tanh(z) ** 2

# %% wrong: a coarse nudge
# says: a nudge that is too large
def d_sigmoid(z):
    return (sigmoid(z + 0.1) - sigmoid(z)) / 0.1

def d_tanh(z):
    return (np.tanh(z + 0.1) - np.tanh(z)) / 0.1

# %% wrong: a nudge not divided
# says: Divide it by how far they lie apart
def d_sigmoid(z):
    h = 0.0001
    return sigmoid(z + h) - sigmoid(z - h)

def d_tanh(z):
    return 1 - np.tanh(z) ** 2

# %% wrong: the score times one minus the sigmoid
# says: the first factor is the sigmoid too
def d_sigmoid(z):
    return z * (1 - sigmoid(z))

def d_tanh(z):
    return 1 - np.tanh(z) ** 2

# %% wrong: a nudge without parentheses
# says: with parentheses: / (2 * h)
def d_sigmoid(z):
    return (sigmoid(z + 1e-5) - sigmoid(z - 1e-5)) / 2 * 1e-5

def d_tanh(z):
    return 1 - np.tanh(z) ** 2

# %% wrong: twice tanh
# says: `* 2` is twice
def d_sigmoid(z):
    return sigmoid(z) * (1 - sigmoid(z))

def d_tanh(z):
    return 1 - np.tanh(z) * 2

# %% wrong: tanh, a nudge without parentheses
# says: with parentheses: / (2 * h)
def d_sigmoid(z):
    return sigmoid(z) * (1 - sigmoid(z))

def d_tanh(z):
    return (np.tanh(z + 1e-5) - np.tanh(z - 1e-5)) / 2 * 1e-5

# %% wrong: on a sigmoid that overflows
# says: your sigmoid overflows itself
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def d_sigmoid(z):
    return sigmoid(z) * (1 - sigmoid(z))

def d_tanh(z):
    return 1 - np.tanh(z) ** 2

# %% wrong: on a turned tanh
# says: the tanh it calls is not
def tanh(z):
    return sigmoid(2 * z) - 1

def d_sigmoid(z):
    return sigmoid(z) * (1 - sigmoid(z))

def d_tanh(z):
    return 1 - tanh(z) ** 2

# %% wrong: on a tanh that overflows
# says: your tanh overflows itself
def tanh(z):
    return 2 / (1 + np.exp(-2 * z)) - 1

def d_sigmoid(z):
    return sigmoid(z) * (1 - sigmoid(z))

def d_tanh(z):
    return 1 - tanh(z) ** 2
