# %% right: a loop with an index
def mlp_forward(X, params):
    values = [X]
    for k in range(len(params)):
        W, b = params[k]
        Z = np.dot(values[-1], W) + b
        values.append(Z if k == len(params) - 1 else np.clip(Z, 0, None))
    return values

# %% right: the last layer apart, a tuple
def mlp_forward(X, params):
    A = np.array(X)
    kept = [A]
    for W, b in params[:-1]:
        A = A @ W + b
        A = A * (A > 0)
        kept.append(A)
    W, b = params[-1]
    return (*kept, A @ W + b)

# %% right: recursive, with einsum
def mlp_forward(X, params):
    (W, b), rest = params[0], params[1:]
    Z = np.einsum("ni,io->no", X, W) + b
    return [X, Z] if not rest else [X, *mlp_forward(np.where(Z > 0, Z, 0.0), rest)]

# %% wrong: ReLU on every layer
# says: negative logits are cut off: the last layer has no ReLU
def mlp_forward(X, params):
    values = [X]
    for W, b in params:
        values.append(np.maximum(values[-1] @ W + b, 0))
    return values

# %% wrong: keeps the scores before ReLU
# says: the hidden layer is kept before ReLU. Keep what the next layer reads
def mlp_forward(X, params):
    values, A = [X], X
    for W, b in params:
        Z = A @ W + b
        values.append(Z)
        A = np.maximum(Z, 0)
    return values

# %% wrong: forgets the input
# says: the list should begin with X
def mlp_forward(X, params):
    values, A = [], X
    for k, (W, b) in enumerate(params):
        A = A @ W + b
        if k < len(params) - 1:
            A = np.maximum(A, 0)
        values.append(A)
    return values

# %% wrong: only the logits
# says: this is one array. Return the list of all of them, X first and the logits last
def mlp_forward(X, params):
    A = X
    for W, b in params[:-1]:
        A = np.maximum(A @ W + b, 0)
    W, b = params[-1]
    return A @ W + b

# %% wrong: logits, list
# says: this is a pair of the logits and a list. Return the list alone
def mlp_forward(X, params):
    values = [X]
    for W, b in params[:-1]:
        values.append(np.maximum(values[-1] @ W + b, 0))
    W, b = params[-1]
    return values[-1] @ W + b, values

# %% wrong: the bias is forgotten
# says: the bias is missing
def mlp_forward(X, params):
    values = [X]
    for k, (W, b) in enumerate(params):
        Z = values[-1] @ W
        values.append(np.maximum(Z, 0) if k < len(params) - 1 else Z)
    return values

# %% wrong: two layers written out
# says: only a network of two layers works. Walk over params
def mlp_forward(X, params):
    (W1, b1), (W2, b2) = params[0], params[-1]
    H = np.maximum(X @ W1 + b1, 0)
    return [X, H, H @ W2 + b2]

# %% wrong: the last layer never acts
# says: the logits are missing: the last layer never acts
def mlp_forward(X, params):
    values = [X]
    for W, b in params[:-1]:
        values.append(np.maximum(values[-1] @ W + b, 0))
    return values

# %% wrong: two pairs taken apart
# says: only a network of two layers works. Walk over params
def mlp_forward(X, params):
    (W1, b1), (W2, b2) = params
    H = np.maximum(X @ W1 + b1, 0)
    return [X, H, H @ W2 + b2]

# %% wrong: pairs of A and Z
# says: these are pairs (A, Z). Keep one array per layer
def mlp_forward(X, params):
    kept, A = [], X
    for k, (W, b) in enumerate(params):
        Z = A @ W + b
        A = np.maximum(Z, 0) if k < len(params) - 1 else Z
        kept.append((A, Z))
    return kept
