# %% right: one letter
def repaired_2(X, params):
    A = X
    for W_l, b_l in params[:-1]:
        A = np.maximum(A @ W_l + b_l, 0)
    W_l, b_l = params[-1]
    return A @ W_l + b_l

# %% right: X moves along under its own name
def repaired_2(X, params):
    for i in range(len(params) - 1):
        X = np.dot(X, params[i][0]) + params[i][1]
        X = X * (X > 0)
    return np.dot(X, params[-1][0]) + params[-1][1]

# %% right: reduce
from functools import reduce

def repaired_2(X, params):
    hidden = reduce(lambda A, layer: np.clip(A @ layer[0] + layer[1], 0, np.inf), params[:-1], X)
    return hidden @ params[-1][0] + params[-1][1]

# %% right: a list of all activations
def repaired_2(X, params):
    outputs = [X]
    for W, b in params:
        outputs.append(dense(relu(outputs[-1]) if len(outputs) > 1 else outputs[-1], W, b))
    return outputs[-1]

# %% wrong: as it was
# says: every layer still reads X
def repaired_2(X, params):
    A = X
    for W_l, b_l in params[:-1]:
        A = np.maximum(X @ W_l + b_l, 0)
    W_l, b_l = params[-1]
    return A @ W_l + b_l

# %% wrong: A is set back in every round
# says: every layer still reads X
def repaired_2(X, params):
    for W_l, b_l in params[:-1]:
        A = X
        A = np.maximum(A @ W_l + b_l, 0)
    W_l, b_l = params[-1]
    return A @ W_l + b_l

# %% wrong: the last layer reads X
# says: the last layer reads X too
def repaired_2(X, params):
    A = X
    for W_l, b_l in params[:-1]:
        A = np.maximum(A @ W_l + b_l, 0)
    W_l, b_l = params[-1]
    return X @ W_l + b_l

# %% wrong: ReLU lost on the way
# says: now no ReLU is left
def repaired_2(X, params):
    A = X
    for W_l, b_l in params:
        A = A @ W_l + b_l
    return A

# %% wrong: the loop takes the last layer too
# says: negative logits are cut off
def repaired_2(X, params):
    A = X
    for W_l, b_l in params:
        A = np.maximum(A @ W_l + b_l, 0)
    return A

# %% wrong: the loop ends one layer too early
# says: the second layer is skipped
def repaired_2(X, params):
    A = X
    for W_l, b_l in params[:-2]:
        A = np.maximum(A @ W_l + b_l, 0)
    W_l, b_l = params[-1]
    return A @ W_l + b_l

# %% wrong: return inside the loop
# says: the `return` is inside the loop
def repaired_2(X, params):
    A = X
    for W_l, b_l in params[:-1]:
        A = np.maximum(A @ W_l + b_l, 0)
        return A

# %% wrong: two hidden layers by hand
# says: two hidden layers are written out by hand
def repaired_2(X, params):
    A = np.maximum(X @ params[0][0] + params[0][1], 0)
    B = np.maximum(A @ params[1][0] + params[1][1], 0)
    W_l, b_l = params[-1]
    return B @ W_l + b_l

# %% wrong: the last layer is dropped
# says: the last layer is missing
def repaired_2(X, params):
    A = X
    for W_l, b_l in params[:-1]:
        A = np.maximum(A @ W_l + b_l, 0)
    return A

# %% wrong: forgets return
# says: returned None
def repaired_2(X, params):
    A = X
    for W_l, b_l in params[:-1]:
        A = np.maximum(A @ W_l + b_l, 0)
    A @ params[-1][0] + params[-1][1]

# %% wrong: the last layer twice
# says: the last layer acts twice
def repaired_2(X, params):
    A = X
    for W_l, b_l in params:
        A = np.maximum(A @ W_l + b_l, 0)
    W_l, b_l = params[-1]
    return A @ W_l + b_l

# %% wrong: begins at the second layer
# says: or the first one is skipped
def repaired_2(X, params):
    A = X
    for W_l, b_l in params[1:-1]:
        A = np.maximum(A @ W_l + b_l, 0)
    W_l, b_l = params[-1]
    return A @ W_l + b_l

# %% wrong: np.minimum
# says: `np.minimum` keeps the negative scores
def repaired_2(X, params):
    A = X
    for W_l, b_l in params[:-1]:
        A = np.minimum(A @ W_l + b_l, 0)
    W_l, b_l = params[-1]
    return A @ W_l + b_l

# %% wrong: three layers by name
# says: is a list of pairs
def repaired_2(X, params):
    (W1, b1), (W2, b2), (W3, b3) = params
    A = np.maximum(X @ W1 + b1, 0)
    A = np.maximum(A @ W2 + b2, 0)
    return A @ W3 + b3
