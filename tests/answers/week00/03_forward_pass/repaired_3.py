# %% right: no out=
def repaired_3(X, params):
    A, cache = X, []
    for W_l, b_l in params:
        Z = A @ W_l + b_l
        cache.append((A, Z))
        A = Z if W_l is params[-1][0] else np.maximum(Z, 0)
    return A, cache

# %% right: a copy goes into the cache
def repaired_3(X, params):
    A, cache = X, []
    for W_l, b_l in params:
        Z = A @ W_l + b_l
        cache.append((A, Z.copy()))
        A = Z if W_l is params[-1][0] else np.maximum(Z, 0, out=Z)
    return A, cache

# %% right: out= into a new array, pairs as lists in a tuple
def repaired_3(X, params):
    A, cache = X, ()
    for W_l, b_l in params:
        Z = A @ W_l + b_l
        cache += ([A, Z],)
        A = np.maximum(Z, 0, out=np.empty_like(Z))
    return cache[-1][1], cache

# %% right: recursion
def repaired_3(X, params):
    Z = dense(X, *params[0])
    if len(params) == 1:
        return Z, [(X, Z)]
    logits, later = repaired_3(relu(Z), params[1:])
    return logits, [(X, Z)] + later

# %% wrong: as it was
# says: something still writes into the array that the cache holds
def repaired_3(X, params):
    A, cache = X, []
    for W_l, b_l in params:
        Z = A @ W_l + b_l
        cache.append((A, Z))
        A = Z if W_l is params[-1][0] else np.maximum(Z, 0, out=Z)
    return A, cache

# %% wrong: copies A, not Z
# says: something still writes into the array that the cache holds
def repaired_3(X, params):
    A, cache = X, []
    for W_l, b_l in params:
        Z = A @ W_l + b_l
        cache.append((A.copy(), Z))
        A = Z if W_l is params[-1][0] else np.maximum(Z, 0, out=Z)
    return A, cache

# %% wrong: copies too late
# says: keeps it too late
def repaired_3(X, params):
    A, cache = X, []
    for W_l, b_l in params:
        Z = A @ W_l + b_l
        A_next = Z if W_l is params[-1][0] else np.maximum(Z, 0, out=Z)
        cache.append((A, Z.copy()))
        A = A_next
    return A, cache

# %% wrong: *= for the activation
# says: something still writes into the array that the cache holds
def repaired_3(X, params):
    A, cache = X, []
    for i, (W_l, b_l) in enumerate(params):
        Z = A @ W_l + b_l
        cache.append((A, Z))
        if i < len(params) - 1:
            Z *= Z > 0
        A = Z
    return A, cache

# %% wrong: appends after A has moved on
# says: this is the layer's output. What came in belongs first
def repaired_3(X, params):
    A, cache = X, []
    for W_l, b_l in params:
        Z = A @ W_l + b_l
        A = Z if W_l is params[-1][0] else np.maximum(Z, 0)
        cache.append((A, Z))
    return A, cache

# %% wrong: the activation is gone
# says: now no ReLU is left
def repaired_3(X, params):
    A, cache = X, []
    for W_l, b_l in params:
        Z = A @ W_l + b_l
        cache.append((A, Z))
        A = Z
    return A, cache

# %% wrong: ReLU on the logits too
# says: negative logits are cut off
def repaired_3(X, params):
    A, cache = X, []
    for W_l, b_l in params:
        Z = A @ W_l + b_l
        cache.append((A, Z))
        A = np.maximum(Z, 0)
    return A, cache

# %% wrong: pairs turned around
# says: the pair is turned around
def repaired_3(X, params):
    A, cache = X, []
    for W_l, b_l in params:
        Z = A @ W_l + b_l
        cache.append((Z, A))
        A = Z if W_l is params[-1][0] else np.maximum(Z, 0)
    return A, cache

# %% wrong: only the logits
# says: the last line should be `return logits, cache`
def repaired_3(X, params):
    A = X
    for W_l, b_l in params:
        Z = A @ W_l + b_l
        A = Z if W_l is params[-1][0] else np.maximum(Z, 0)
    return A

# %% wrong: X in every pair
# says: every layer keeps X here
def repaired_3(X, params):
    A, cache = X, []
    for W_l, b_l in params:
        Z = A @ W_l + b_l
        cache.append((X, Z))
        A = np.maximum(Z, 0)
    return Z, cache

# %% wrong: one list entry after the other
# says: the cache needs one pair (A, Z) per layer
def repaired_3(X, params):
    A, cache = X, []
    for W_l, b_l in params:
        Z = A @ W_l + b_l
        cache += [A, Z]
        A = np.maximum(Z, 0)
    return Z, cache

# %% wrong: only the first layer is repaired
# says: something still writes into the array that the cache holds
def repaired_3(X, params):
    A, cache = X, []
    last = len(params) - 1
    for l, (W_l, b_l) in enumerate(params):
        Z = A @ W_l + b_l
        cache.append((A, Z))
        if l == last:
            return Z, cache
        A = np.maximum(Z, 0) if l == 0 else np.maximum(Z, 0, out=Z)

# %% wrong: the last Z after ReLU
# says: Z has lost its negative entries
def repaired_3(X, params):
    A, cache = X, []
    last = len(params) - 1
    for l, (W_l, b_l) in enumerate(params):
        Z = A @ W_l + b_l
        cache.append((A, Z if l < last else np.maximum(Z, 0)))
        A = np.maximum(Z, 0)
    return Z, cache
