# %% right: written out
def three_layer_forward(X, params):
    (W1, b1), (W2, b2), (W3, b3) = params
    Z1 = X @ W1 + b1
    A1 = torch.relu(Z1)
    Z2 = A1 @ W2 + b2
    A2 = torch.relu(Z2)
    Z3 = A2 @ W3 + b3
    return Z3, [(X, Z1), (A1, Z2), (A2, Z3)]

# %% right: where, a tuple of lists
def three_layer_forward(X, params):
    A, cache = X, []
    for k, (W, b) in enumerate(params):
        Z = torch.matmul(A, W) + b
        cache.append([A, Z])
        if k < len(params) - 1:
            A = torch.where(Z > 0, Z, 0.0)
    return Z, tuple(cache)

# %% right: addmm and a mask
def three_layer_forward(X, params):
    cache = []
    for W, b in params:
        A = X if not cache else cache[-1][1] * (cache[-1][1] > 0)
        cache.append((A, torch.addmm(b, A, W)))
    return cache[-1][1], cache

# %% wrong: ReLU on the last layer
# says: negative logits are cut off
def three_layer_forward(X, params):
    A, cache = X, []
    for W, b in params:
        Z = A @ W + b
        cache.append((A, Z))
        A = torch.relu(Z)
    return A, cache

# %% wrong: no ReLU
# says: no ReLU is there
def three_layer_forward(X, params):
    A, cache = X, []
    for W, b in params:
        Z = A @ W + b
        cache.append((A, Z))
        A = Z
    return Z, cache

# %% wrong: ReLU only once
# says: ReLU acts after the first layer only
def three_layer_forward(X, params):
    (W1, b1), (W2, b2), (W3, b3) = params
    Z1 = X @ W1 + b1
    A1 = torch.relu(Z1)
    Z2 = A1 @ W2 + b2
    Z3 = Z2 @ W3 + b3
    return Z3, [(X, Z1), (A1, Z2), (Z2, Z3)]

# %% wrong: in-place ReLU
# says: ReLU wrote into it
def three_layer_forward(X, params):
    A, cache = X, []
    for k, (W, b) in enumerate(params):
        Z = A @ W + b
        cache.append((A, Z))
        if k < 2:
            A = Z.relu_()
    return Z, cache

# %% wrong: the pairs turned around
# says: the pair is turned around
def three_layer_forward(X, params):
    A, cache = X, []
    for W, b in params:
        Z = A @ W + b
        cache.append((Z, A))
        A = torch.relu(Z)
    return Z, cache

# %% wrong: cache first
# says: first the logits, then the cache
def three_layer_forward(X, params):
    A, cache = X, []
    for W, b in params:
        Z = A @ W + b
        cache.append((A, Z))
        A = torch.relu(Z)
    return cache, Z

# %% wrong: A is Z, and is written into
# says: writes into Z
def three_layer_forward(X, params):
    A, cache = X, []
    for W, b in params:
        Z = A @ W + b
        cache.append((A, Z))
        A = Z
        A[A < 0] = 0
    return Z, cache
