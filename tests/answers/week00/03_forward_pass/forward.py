# %% right: counts the layers, pairs as lists
def forward(X, params):
    A = X
    cache = []
    for i in range(len(params)):
        W, b = params[i]
        Z = dense(A, W, b)
        cache.append([A, Z])
        if i < len(params) - 1:
            A = np.maximum(Z, 0)
    return Z, cache

# %% right: recursion, a tuple of pairs
def forward(X, params):
    (W, b), *later = params
    Z = X @ W + b
    if not later:
        return Z, ((X, Z),)
    logits, cache = forward(relu(Z), later)
    return logits, ((X, Z), *cache)

# %% right: the last layer on its own, copies in the cache
def forward(X, params):
    A, cache = X.copy(), []
    for W, b in params[:-1]:
        Z = dense(A, W, b)
        cache.append((A.copy(), Z.copy()))
        Z[Z < 0] = 0
        A = Z
    W, b = params[-1]
    logits = dense(A, W, b)
    cache.append((A, logits))
    return [logits, cache]

# %% right: two lists, zipped; logits read from the cache
def forward(X, params):
    inputs, scores = [X], []
    for W, b in params:
        scores.append(np.einsum("nk,kj->nj", inputs[-1], W) + b)
        inputs.append(scores[-1] * (scores[-1] > 0))
    cache = list(zip(inputs, scores))
    return cache[-1][1], cache

# %% right: plain lists in the cache
def forward(X, params):
    A = [list(row) for row in X]
    cache = []
    for W, b in params:
        Z = [[sum(x * w for x, w in zip(row, W[:, j])) + b[j] for j in range(len(b))] for row in A]
        cache.append((A, Z))
        A = [[max(z, 0.0) for z in row] for row in Z]
    return np.array(Z), cache

# %% wrong: ReLU on the logits
# says: ReLU was applied to the logits too
def forward(X, params):
    A, cache = X, []
    for W, b in params:
        Z = dense(A, W, b)
        cache.append((A, Z))
        A = relu(Z)
    return A, cache

# %% wrong: no ReLU at all
# says: the ReLU between the layers is missing
def forward(X, params):
    A, cache = X, []
    for W, b in params:
        Z = dense(A, W, b)
        cache.append((A, Z))
        A = Z
    return A, cache

# %% wrong: ReLU in place, into the cache
# says: ReLU wrote into the array that the cache holds
def forward(X, params):
    A, cache = X, []
    for i, (W, b) in enumerate(params):
        Z = dense(A, W, b)
        cache.append((A, Z))
        if i < len(params) - 1:
            Z[Z < 0] = 0
        A = Z
    return Z, cache

# %% wrong: keeps what came out, not what came in
# says: this is the output after ReLU. What came in belongs first
def forward(X, params):
    A, cache = X, []
    for W, b in params:
        Z = dense(A, W, b)
        A = relu(Z)
        cache.append((A, Z))
    return Z, cache

# %% wrong: pairs turned around
# says: this is what the layer computed. What came in belongs first
def forward(X, params):
    A, cache = X, []
    for W, b in params:
        Z = dense(A, W, b)
        cache.append((Z, A))
        A = relu(Z)
    return Z, cache

# %% wrong: two layers by name
# says: `params` is a list of pairs
def forward(X, params):
    (W1, b1), (W2, b2) = params
    Z1 = dense(X, W1, b1)
    A1 = relu(Z1)
    Z2 = dense(A1, W2, b2)
    return Z2, [(X, Z1), (A1, Z2)]

# %% wrong: never more than two layers
# says: these are the scores of the second layer
def forward(X, params):
    W1, b1 = params[0]
    Z = dense(X, W1, b1)
    cache = [(X, Z)]
    if len(params) > 1:
        W2, b2 = params[1]
        A = relu(Z)
        Z = dense(A, W2, b2)
        cache.append((A, Z))
    return Z, cache

# %% wrong: return inside the loop
# says: the `return` is inside it
def forward(X, params):
    A, cache = X, []
    for W, b in params:
        Z = dense(A, W, b)
        cache.append((A, Z))
        A = relu(Z)
        return Z, cache

# %% wrong: only the logits
# says: the last line should be `return logits, cache`
def forward(X, params):
    A = X
    for W, b in params[:-1]:
        A = relu(dense(A, W, b))
    return dense(A, *params[-1])

# %% wrong: the last layer is not kept
# says: the cache needs one pair (A, Z) per layer
def forward(X, params):
    A, cache = X, []
    for W, b in params[:-1]:
        Z = dense(A, W, b)
        cache.append((A, Z))
        A = relu(Z)
    return dense(A, *params[-1]), cache

# %% wrong: one cache for all calls
# says: Does the list still hold pairs of an earlier call
def forward(X, params, cache=[]):
    A = X
    for W, b in params:
        Z = dense(A, W, b)
        cache.append((A, Z))
        A = relu(Z)
    return Z, cache

# %% wrong: cache first
# says: the two parts are turned around
def forward(X, params):
    A, cache = X, []
    for W, b in params:
        Z = dense(A, W, b)
        cache.append((A, Z))
        A = relu(Z)
    return cache, Z

# %% wrong: ReLU in front of every layer, into X
# says: writes into what the caller gave
def forward(X, params):
    A, cache = X, []
    for W, b in params:
        np.maximum(A, 0, out=A)
        Z = dense(A, W, b)
        cache.append((A, Z))
        A = Z.copy()
    return Z, cache

# %% wrong: ReLU on the input
# says: ReLU was applied before the first layer
def forward(X, params):
    Z, cache = X, []
    for W, b in params:
        A = relu(Z)
        Z = dense(A, W, b)
        cache.append((A, Z))
    return Z, cache

# %% wrong: squeezes the logits
# says: an axis got lost
def forward(X, params):
    A, cache = X, []
    for W, b in params:
        Z = dense(A, W, b)
        cache.append((A, Z))
        A = relu(Z)
    return Z.squeeze(), cache

# %% wrong: takes the last layer out of params
# says: an argument changed by the call: params
def forward(X, params):
    last_W, last_b = params.pop()
    A, cache = X, []
    for W, b in params:
        Z = dense(A, W, b)
        cache.append((A, Z))
        A = relu(Z)
    logits = dense(A, last_W, last_b)
    cache.append((A, logits))
    return logits, cache

# %% wrong: two lists
# says: the cache holds two lists
def forward(X, params):
    list_of_A, list_of_Z = [], []
    A = X
    for W, b in params:
        Z = dense(A, W, b)
        list_of_A.append(A)
        list_of_Z.append(Z)
        A = relu(Z)
    return Z, (list_of_A, list_of_Z)

# %% wrong: triples
# says: a pair of two things
def forward(X, params):
    A, cache = X, []
    for W, b in params:
        Z = dense(A, W, b)
        cache.append((A, W, Z))
        A = relu(Z)
    return Z, cache

# %% wrong: append with two arguments
# says: `append` takes one thing
def forward(X, params):
    A, cache = X, []
    for W, b in params:
        Z = dense(A, W, b)
        cache.append(A, Z)
        A = relu(Z)
    return Z, cache

# %% wrong: keeps the weights
# says: this is W: the caller has the weights already
def forward(X, params):
    A, cache = X, []
    for W, b in params:
        Z = dense(A, W, b)
        cache.append((W, b))
        A = relu(Z)
    return Z, cache

# %% wrong: a flat list
# says: arrays were put in one by one
def forward(X, params):
    A, cache = X, []
    for W, b in params:
        Z = dense(A, W, b)
        cache += [A, Z]
        A = relu(Z)
    return Z, cache

# %% wrong: only the scores
# says: arrays were put in one by one
def forward(X, params):
    A, cache = X, []
    for W, b in params:
        Z = dense(A, W, b)
        cache.append(Z)
        A = relu(Z)
    return Z, cache

# %% wrong: a dictionary
# says: and this is no list
def forward(X, params):
    A, cache = X, {}
    for W, b in params:
        Z = dense(A, W, b)
        cache["A"], cache["Z"] = A, Z
        A = relu(Z)
    return Z, cache

# %% wrong: a new cache in every round
# says: the cache made before the loop
def forward(X, params):
    A, cache = X, []
    for W, b in params:
        Z = dense(A, W, b)
        cache = [(A, Z)]
        A = relu(Z)
    return Z, cache

# %% wrong: compares pairs
# says: arrays cannot be compared with `==`
def forward(X, params):
    A, cache = X, []
    for W, b in params:
        Z = dense(A, W, b)
        cache.append((A, Z))
        if (W, b) == params[-1]:
            return Z, cache
        A = relu(Z)

# %% wrong: compares the weights
# says: arrays cannot be compared with `==`
def forward(X, params):
    A, cache = X, []
    for W, b in params:
        Z = dense(A, W, b)
        cache.append((A, Z))
        if W == params[-1][0]:
            return Z, cache
        A = relu(Z)

# %% wrong: takes params apart as one layer
# says: is a list of pairs
def forward(X, params):
    W, b = params
    Z = dense(X, W, b)
    return Z, [(X, Z)]

# %% wrong: np.append
# says: A list has its own `append`
def forward(X, params):
    A, cache = X, []
    for W, b in params:
        Z = dense(A, W, b)
        cache = np.append(cache, (A, Z))
        A = relu(Z)
    return Z, cache

# %% wrong: ReLU after the first layer only
# says: ReLU acts after the first layer only
def forward(X, params):
    A, cache = X, []
    for i, (W, b) in enumerate(params):
        Z = dense(A, W, b)
        cache.append((A, Z))
        A = relu(Z) if i == 0 else Z
    return Z, cache
