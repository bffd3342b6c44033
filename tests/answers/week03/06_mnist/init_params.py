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

# %% wrong: divides by d_out
# says: divides by d_out
def init_params(sizes, rng):
    return [(rng.normal(size=(i, o)) * np.sqrt(2 / o), np.zeros(o)) for i, o in zip(sizes[:-1], sizes[1:])]

# %% wrong: no root
# says: the root is missing
def init_params(sizes, rng):
    return [(rng.normal(size=(i, o)) * (2 / i), np.zeros(o)) for i, o in zip(sizes[:-1], sizes[1:])]

# %% wrong: not scaled
# says: the weights are as rng gives them
def init_params(sizes, rng):
    return [(rng.normal(size=(i, o)), np.zeros(o)) for i, o in zip(sizes[:-1], sizes[1:])]

# %% wrong: zeros
# says: all weights are equal
def init_params(sizes, rng):
    return [(np.zeros((i, o)), np.zeros(o)) for i, o in zip(sizes[:-1], sizes[1:])]

# %% wrong: positive numbers only
# says: the mean is not 0
def init_params(sizes, rng):
    return [(rng.random((i, o)) * np.sqrt(2 / i), np.zeros(o)) for i, o in zip(sizes[:-1], sizes[1:])]

# %% wrong: a generator of its own
# says: a generator is made inside the function
def init_params(sizes, rng):
    rng = np.random.default_rng(0)
    return [(rng.normal(size=(i, o)) * np.sqrt(2 / i), np.zeros(o)) for i, o in zip(sizes[:-1], sizes[1:])]

# %% wrong: NumPy's global generator
# says: not drawn from the rng that is passed in
def init_params(sizes, rng):
    return [(np.random.randn(i, o) * np.sqrt(2 / i), np.zeros(o)) for i, o in zip(sizes[:-1], sizes[1:])]

# %% wrong: biases with two axes
# says: the biases have two axes
def init_params(sizes, rng):
    return [(rng.normal(size=(i, o)) * np.sqrt(2 / i), np.zeros((1, o))) for i, o in zip(sizes[:-1], sizes[1:])]

# %% wrong: d_in of the first layer for all
# says: has not its own d_in
def init_params(sizes, rng):
    s = np.sqrt(2 / sizes[0])
    return [(rng.normal(0, s, size=(i, o)), np.zeros(o)) for i, o in zip(sizes[:-1], sizes[1:])]
