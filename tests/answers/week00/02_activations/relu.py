# %% right: where
def relu(z):
    return np.where(z > 0, z, 0)

def leaky_relu(z, alpha):
    return np.where(z >= 0, z, alpha * z)

# %% right: times a mask, larger of two lines
def relu(z):
    return z * (z > 0)

def leaky_relu(z, alpha):
    return np.maximum(z, alpha * z)

# %% right: half of size and score
def relu(z):
    return (z + np.abs(z)) / 2

def leaky_relu(z, alpha):
    return relu(z) - alpha * relu(-z)

# %% right: copies, filled by masks
def relu(z):
    answer = np.array(z, dtype=float)
    answer[answer < 0] = 0
    return answer

def leaky_relu(z, alpha):
    answer = np.array(z, dtype=float)
    answer[answer < 0] *= alpha
    return answer

# %% right: clip, loop
def relu(z):
    return np.clip(z, 0, None)

def leaky_relu(z, alpha):
    z = np.asarray(z)
    return np.reshape([v if v > 0 else alpha * v for v in z.ravel().tolist()], z.shape)

# %% right: PyTorch
import torch

def relu(z):
    return torch.relu(torch.as_tensor(z)).numpy()

def leaky_relu(z, alpha):
    return torch.nn.functional.leaky_relu(torch.as_tensor(np.asarray(z, dtype=float)), alpha)

# %% wrong: np.max
# says: `np.maximum` compares entry by entry
def relu(z):
    return np.max(z, 0)

def leaky_relu(z, alpha):
    return np.maximum(z, alpha * z)

# %% wrong: the max of Python
# says: looks at a whole array at once
def relu(z):
    return max(z, 0)

def leaky_relu(z, alpha):
    return max(z, alpha * z)

# %% wrong: minimum
# says: drops the positive ones
def relu(z):
    return np.minimum(z, 0)

def leaky_relu(z, alpha):
    return np.minimum(z, alpha * z)

# %% wrong: size
# says: this is the size of the score
def relu(z):
    return np.abs(z)

def leaky_relu(z, alpha):
    return np.where(z > 0, z, -alpha * z)

# %% wrong: the slope
# says: this is a decision, 0 or 1
def relu(z):
    return (z > 0) * 1.0

def leaky_relu(z, alpha):
    return np.where(z > 0, 1.0, alpha)

# %% wrong: cut off at 1
# says: positive scores are cut off at 1
def relu(z):
    return np.clip(z, 0, 1)

def leaky_relu(z, alpha):
    return np.where(z > 0, z, alpha * z)

# %% wrong: picks
# says: this picks the positive scores
def relu(z):
    return z[z > 0]

def leaky_relu(z, alpha):
    return np.where(z > 0, z, alpha * z)

# %% wrong: in place
# says: writes into what the caller gave
def relu(z):
    z[z < 0] = 0
    return z

def leaky_relu(z, alpha):
    z[z < 0] *= alpha
    return z

# %% wrong: out=z
# says: writes into what the caller gave
def relu(z):
    return np.maximum(z, 0, out=z if np.ndim(z) else None)

def leaky_relu(z, alpha):
    return np.where(z > 0, z, alpha * z)

# %% wrong: leaky is in place
# says: writes into what the caller gave
def relu(z):
    return np.maximum(z, 0)

def leaky_relu(z, alpha):
    if np.ndim(z):
        z[z < 0] = z[z < 0] * alpha
        return z
    return z if z > 0 else alpha * z

# %% wrong: an if
# says: looks at a whole array at once
def relu(z):
    if z > 0:
        return z
    return 0

def leaky_relu(z, alpha):
    return np.where(z > 0, z, alpha * z)

# %% wrong: alpha itself
# says: a negative score is replaced by alpha
def relu(z):
    return np.maximum(z, 0)

def leaky_relu(z, alpha):
    return np.where(z > 0, z, alpha)

# %% wrong: the maximum of score and alpha
# says: a negative score is replaced by alpha
def relu(z):
    return np.maximum(z, 0)

def leaky_relu(z, alpha):
    return np.maximum(z, alpha)

# %% wrong: minus alpha times z
# says: the sign is lost
def relu(z):
    return np.maximum(z, 0)

def leaky_relu(z, alpha):
    return np.where(z > 0, z, -alpha * z)

# %% wrong: cases swapped
# says: the cases are swapped
def relu(z):
    return np.maximum(z, 0)

def leaky_relu(z, alpha):
    return np.where(z > 0, alpha * z, z)

# %% wrong: alpha written down
# says: alpha is not used
def relu(z):
    return np.maximum(z, 0)

def leaky_relu(z, alpha=0.01):
    return np.where(z > 0, z, 0.01 * z)

# %% wrong: the alpha of the check
# says: alpha is not used
def relu(z):
    return np.maximum(z, 0)

def leaky_relu(z, alpha):
    return np.where(z > 0, z, 0.1 * z)

# %% wrong: alpha forgotten
# says: this is ReLU
def relu(z):
    return np.maximum(z, 0)

def leaky_relu(z, alpha):
    return relu(z)

# %% wrong: relu plus alpha z
# says: counted for positive scores too
def relu(z):
    return np.maximum(z, 0)

def leaky_relu(z, alpha):
    return relu(z) + alpha * z

# %% wrong: everything times alpha
# says: every score is multiplied by alpha
def relu(z):
    return np.maximum(z, 0)

def leaky_relu(z, alpha):
    return alpha * z

# %% wrong: whole numbers cut off
# says: the fractions of the answer were cut off
def relu(z):
    return np.maximum(z, 0)

def leaky_relu(z, alpha):
    answer = np.zeros_like(z)
    answer[z > 0] = z[z > 0]
    answer[z <= 0] = alpha * z[z <= 0]
    return answer

# %% wrong: divides
# says: the score is divided by alpha
def relu(z):
    return np.maximum(z, 0)

def leaky_relu(z, alpha):
    return np.where(z > 0, z, z / alpha)

# %% wrong: whole numbers only
# says: make no whole numbers
def relu(z):
    return np.maximum(z, 0).astype(int)

def leaky_relu(z, alpha):
    return np.where(z > 0, z, alpha * z)

# %% wrong: no matrices
# says: looks at a whole array at once
def relu(z):
    return np.array([max(v, 0) for v in z]) if np.ndim(z) else max(z, 0)

def leaky_relu(z, alpha):
    return np.where(z > 0, z, alpha * z)

# %% wrong: no single number
# says: a loop or an index meets a single number
def relu(z):
    return np.array([v if v > 0 else 0 for v in z])

def leaky_relu(z, alpha):
    return np.where(z > 0, z, alpha * z)

# %% wrong: vectorize with a whole 0
# says: takes the type of its first answer
def relu(z):
    return np.vectorize(lambda v: v if v > 0 else 0)(z)

def leaky_relu(z, alpha):
    return np.where(z > 0, z, alpha * z)

# %% wrong: compares with 1
# says: compare with 0, not with 1
def relu(z):
    return np.where(z >= 1, z, 0)

def leaky_relu(z, alpha):
    return np.where(z > 0, z, alpha * z)

# %% wrong: np.max of a list
# says: `np.max([z, 0])` looks for the largest entry
def relu(z):
    return np.max([z, 0])

def leaky_relu(z, alpha):
    return np.where(z > 0, z, alpha * z)

# %% right: a tensor, a list
import torch

def relu(z):
    return torch.relu(torch.as_tensor(z))

def leaky_relu(z, alpha):
    return np.where(z > 0, z, alpha * z).tolist()
