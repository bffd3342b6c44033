# %% right: a list comprehension
def init_params(sizes, rng):
    return [(rng.normal(size=(i, o)) * (2 / i) ** 0.5, np.zeros(o)) for i, o in zip(sizes, sizes[1:])]

# %% right: uniform, with the same standard deviation
def init_params(sizes, rng):
    params = []
    for k in range(len(sizes) - 1):
        limit = np.sqrt(6 / sizes[k])
        params.append([rng.uniform(-limit, limit, size=(sizes[k], sizes[k + 1])), np.zeros((sizes[k + 1],))])
    return params

# %% right: standard normal, as a tuple
def init_params(sizes, rng):
    import math

    made = ()
    for d_in, d_out in zip(sizes[:-1], sizes[1:]):
        W = rng.standard_normal((d_out, d_in)).T / math.sqrt(d_in / 2)
        made += ((W, 0.0 * np.arange(d_out)),)
    return made

# %% wrong: Xavier for tanh
# says: root of 1 / d_in
def init_params(sizes, rng):
    return [(rng.normal(size=(i, o)) / np.sqrt(i), np.zeros(o)) for i, o in zip(sizes[:-1], sizes[1:])]

# %% wrong: a generator of its own
# says: a generator is made inside the function
def init_params(sizes, rng):
    rng = np.random.default_rng(0)
    return [(rng.normal(size=(i, o)) * np.sqrt(2 / i), np.zeros(o)) for i, o in zip(sizes[:-1], sizes[1:])]

# %% wrong: NumPy's global generator
# says: not drawn from the rng that is passed in
def init_params(sizes, rng):
    return [(np.random.randn(i, o) * np.sqrt(2 / i), np.zeros(o)) for i, o in zip(sizes[:-1], sizes[1:])]

# %% wrong: d_in of the first layer for all
# says: has not its own d_in
def init_params(sizes, rng):
    s = np.sqrt(2 / sizes[0])
    return [(rng.normal(0, s, size=(i, o)), np.zeros(o)) for i, o in zip(sizes[:-1], sizes[1:])]

# %% wrong: the same size everywhere
# says: the same in every layer
def init_params(sizes, rng):
    return [(rng.normal(size=(i, o)) * 0.1, np.zeros(o)) for i, o in zip(sizes[:-1], sizes[1:])]

# %% wrong: another spread in the last layer
# says: the last layer has another spread
def init_params(sizes, rng):
    pairs = list(zip(sizes[:-1], sizes[1:]))
    made = [(rng.normal(size=(i, o)) * np.sqrt(2 / i), np.zeros(o)) for i, o in pairs[:-1]]
    i, o = pairs[-1]
    return [*made, (rng.normal(size=(i, o)) * 0.01, np.zeros(o))]

# %% wrong: float32
# says: they should be float64
def init_params(sizes, rng):
    return [((rng.normal(size=(i, o)) * np.sqrt(2 / i)).astype(np.float32), np.zeros(o)) for i, o in zip(sizes, sizes[1:])]

# %% wrong: pops from sizes
# says: an argument changed by the call
def init_params(sizes, rng):
    made = []
    i = sizes.pop(0)
    for o in sizes:
        made.append((rng.normal(size=(i, o)) * np.sqrt(2 / i), np.zeros(o)))
        i = o
    return made

# %% wrong: the root of 2 as the mean
# says: The first argument of `rng.normal` is the mean
def init_params(sizes, rng):
    return [(rng.normal(np.sqrt(2 / i), size=(i, o)), np.zeros(o)) for i, o in zip(sizes[:-1], sizes[1:])]

# %% wrong: two lists
# says: these are two lists
def init_params(sizes, rng):
    pairs = list(zip(sizes[:-1], sizes[1:]))
    return [rng.normal(size=p) * np.sqrt(2 / p[0]) for p in pairs], [np.zeros(p[1]) for p in pairs]

# %% wrong: the root over 2 only
# says: the root goes over 2 only
def init_params(sizes, rng):
    return [(rng.normal(size=(i, o)) * np.sqrt(2) / i, np.zeros(o)) for i, o in zip(sizes[:-1], sizes[1:])]

# %% wrong: biases are drawn too
# says: the biases start at 0
def init_params(sizes, rng):
    return [(rng.normal(size=(i, o)) * np.sqrt(2 / i), rng.normal(size=o)) for i, o in zip(sizes[:-1], sizes[1:])]
