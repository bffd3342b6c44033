# %% right: returns the scores before the activation
def repaired_1(X, params):
    A = X
    for W_l, b_l in params:
        Z = A @ W_l + b_l
        A = np.maximum(Z, 0)
    return Z

# %% right: counts the layers
def repaired_1(X, params):
    A = X
    for i, (W_l, b_l) in enumerate(params):
        A = A @ W_l + b_l
        if i != len(params) - 1:
            A = np.maximum(A, 0)
    return A

# %% right: recursion
def repaired_1(X, params):
    W, b = params[0]
    Z = np.einsum("nk,kj->nj", X, W) + b
    return Z if len(params) == 1 else repaired_1(np.where(Z > 0, Z, 0), params[1:])

# %% right: each input on its own, nested lists
def repaired_1(X, params):
    answers = []
    for a in X:
        for W, b in params[:-1]:
            a = np.array([max(0.0, v) for v in a @ W + b])
        answers.append(list(a @ params[-1][0] + params[-1][1]))
    return answers

# %% wrong: as it was
# says: negative logits are still cut off
def repaired_1(X, params):
    A = X
    for W_l, b_l in params:
        A = np.maximum(A @ W_l + b_l, 0)
    return A

# %% wrong: all ReLUs removed
# says: now no ReLU is left
def repaired_1(X, params):
    A = X
    for W_l, b_l in params:
        A = A @ W_l + b_l
    return A

# %% wrong: the last layer is left out
# says: the last layer is missing
def repaired_1(X, params):
    A = X
    for W_l, b_l in params[:-1]:
        A = np.maximum(A @ W_l + b_l, 0)
    return A

# %% wrong: ReLU after the first layer only
# says: ReLU acts after the first layer only
def repaired_1(X, params):
    A = np.maximum(X @ params[0][0] + params[0][1], 0)
    for W_l, b_l in params[1:]:
        A = A @ W_l + b_l
    return A

# %% wrong: ReLU moved to the input
# says: ReLU was applied to the input
def repaired_1(X, params):
    A = X
    for W_l, b_l in params:
        A = np.maximum(A, 0) @ W_l + b_l
    return A

# %% wrong: three layers by hand
# says: `params` is a list of pairs
def repaired_1(X, params):
    (W1, b1), (W2, b2), (W3, b3) = params
    A = np.maximum(X @ W1 + b1, 0)
    A = np.maximum(A @ W2 + b2, 0)
    return A @ W3 + b3

# %% wrong: three layers by index
# says: instead of counting the layers by hand
def repaired_1(X, params):
    A = np.maximum(X @ params[0][0] + params[0][1], 0)
    A = np.maximum(A @ params[1][0] + params[1][1], 0)
    return A @ params[2][0] + params[2][1]

# %% wrong: the size for the positive part
# says: the sizes of the scores were taken
def repaired_1(X, params):
    A = X
    for W_l, b_l in params[:-1]:
        A = np.abs(A @ W_l + b_l)
    return A @ params[-1][0] + params[-1][1]

# %% wrong: the last bias is forgotten
# says: the last layer's bias is missing
def repaired_1(X, params):
    A = X
    for W_l, b_l in params[:-1]:
        A = np.maximum(A @ W_l + b_l, 0)
    return A @ params[-1][0]

# %% wrong: writes every layer into X
# says: writes into what the caller gave
def repaired_1(X, params):
    for i, (W_l, b_l) in enumerate(params):
        Z = X @ W_l + b_l
        if i == len(params) - 1:
            return Z
        if Z.shape == X.shape:
            X[:] = np.maximum(Z, 0)
        else:
            X = np.maximum(Z, 0)

# %% wrong: takes the last layer out of params
# says: an argument changed by the call: params
def repaired_1(X, params):
    A = X
    last_W, last_b = params.pop()
    for W_l, b_l in params:
        A = np.maximum(A @ W_l + b_l, 0)
    return A @ last_W + last_b

# %% wrong: the loop ends one layer too early
# says: the second layer is skipped
def repaired_1(X, params):
    A = X
    for W_l, b_l in params[:-2]:
        A = np.maximum(A @ W_l + b_l, 0)
    return A @ params[-1][0] + params[-1][1]

# %% wrong: the last layer twice
# says: the last layer acts twice
def repaired_1(X, params):
    A = X
    for W_l, b_l in params:
        A = np.maximum(A @ W_l + b_l, 0)
    return A @ params[-1][0] + params[-1][1]

# %% wrong: begins at the second layer
# says: the first layer is skipped
def repaired_1(X, params):
    A = X
    for W_l, b_l in params[1:]:
        Z = A @ W_l + b_l
        A = np.maximum(Z, 0)
    return Z

# %% wrong: np.minimum
# says: `np.minimum` keeps the negative scores
def repaired_1(X, params):
    A = X
    for W_l, b_l in params[:-1]:
        A = np.minimum(A @ W_l + b_l, 0)
    return A @ params[-1][0] + params[-1][1]

# %% wrong: one layer gets a ReLU
# says: a network of one layer has no ReLU at all
def repaired_1(X, params):
    A = np.maximum(X @ params[0][0] + params[0][1], 0)
    for i, (W_l, b_l) in enumerate(params[1:], start=1):
        A = A @ W_l + b_l
        if i < len(params) - 1:
            A = np.maximum(A, 0)
    return A
