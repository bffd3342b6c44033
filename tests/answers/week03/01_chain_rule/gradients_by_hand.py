# %% right: step by step
def gradients_by_hand(x, w, b, y):
    z = w * x + b
    a = np.tanh(z)
    dL_da = 2 * (a - y)
    da_dz = 1 - a * a
    dx = dL_da * da_dz * w
    dw = dL_da * da_dz * x
    db = dL_da * da_dz
    return dx, dw, db

# %% right: a hyperbolic cosine, a list
def gradients_by_hand(x, w, b, y):
    z = b + x * w
    dz = -2.0 * (y - math.tanh(z)) / math.cosh(z) ** 2
    return [w * dz, x * dz, dz]

# %% right: an array
def gradients_by_hand(x, w, b, y):
    z = w * x + b
    e = math.exp(2 * z)
    a = (e - 1) / (e + 1)
    return 2 * (a - y) * (1 - a) * (1 + a) * np.array([w, x, 1.0])

# %% wrong: no factor 2
# says: the factor 2 of the square is missing
def gradients_by_hand(x, w, b, y):
    a = math.tanh(w * x + b)
    dz = (a - y) * (1 - a**2)
    return dz * w, dz * x, dz

# %% wrong: no slope of tanh
# says: the slope of tanh is missing
def gradients_by_hand(x, w, b, y):
    a = math.tanh(w * x + b)
    dz = 2 * (a - y)
    return dz * w, dz * x, dz

# %% wrong: y minus a
# says: the sign is turned around
def gradients_by_hand(x, w, b, y):
    a = math.tanh(w * x + b)
    dz = 2 * (y - a) * (1 - a**2)
    return dz * w, dz * x, dz

# %% wrong: exchanges dx and dw
# says: dx and dw are exchanged
def gradients_by_hand(x, w, b, y):
    a = math.tanh(w * x + b)
    dz = 2 * (a - y) * (1 - a**2)
    return dz * x, dz * w, dz

# %% wrong: db is 0
# says: db is 0 here
def gradients_by_hand(x, w, b, y):
    a = math.tanh(w * x + b)
    dz = 2 * (a - y) * (1 - a**2)
    return dz * w, dz * x, 0.0

# %% wrong: tanh twice
# says: tanh is applied twice
def gradients_by_hand(x, w, b, y):
    a = math.tanh(w * x + b)
    dz = 2 * (a - y) * (1 - math.tanh(a) ** 2)
    return dz * w, dz * x, dz

# %% wrong: no b
# says: b is missing in z
def gradients_by_hand(x, w, b, y):
    a = math.tanh(w * x)
    dz = 2 * (a - y) * (1 - a**2)
    return dz * w, dz * x, dz

# %% wrong: no last factors
# says: the last factors are missing
def gradients_by_hand(x, w, b, y):
    a = math.tanh(w * x + b)
    dz = 2 * (a - y) * (1 - a**2)
    return dz, dz, dz
