# %% right: with math
def exp(a):
    e = math.exp(a.data)
    return Value(e, (a,), (e,))


def tanh(a):
    t = math.tanh(a.data)
    return Value(t, (a,), (1 - t * t,))


def relu(a):
    return Value(max(0.0, a.data), (a,), (1.0 if a.data > 0 else 0.0,))

# %% right: with numpy
def exp(a):
    return Value(np.exp(a.data), [a], [np.exp(a.data)], "exp")


def tanh(a):
    t = np.tanh(a.data)
    return Value(t, [a], [(1 - t) * (1 + t)])


def relu(a):
    return Value(np.maximum(a.data, 0), [a], [a.data > 0])

# %% right: with if
def exp(a):
    e = math.exp(a.data)
    return Value(e, (a,), (e,))


def tanh(a):
    t = math.tanh(a.data)
    return Value(t, (a,), (1 - t * t,))


def relu(a):
    if a.data <= 0:
        return Value(0, (a,), (0,))
    return Value(a.data, (a,), (1,))

# %% wrong: exp as a power
# says: exp is no power of a
def exp(a):
    return Value(math.exp(a.data), (a,), (a.data * math.exp(a.data - 1),))


def tanh(a):
    t = math.tanh(a.data)
    return Value(t, (a,), (1 - t * t,))


def relu(a):
    return Value(max(0.0, a.data), (a,), (1.0 if a.data > 0 else 0.0,))

# %% wrong: squares the input
# says: the square of the input is taken
def exp(a):
    e = math.exp(a.data)
    return Value(e, (a,), (e,))


def tanh(a):
    return Value(math.tanh(a.data), (a,), (1 - a.data**2,))


def relu(a):
    return Value(max(0.0, a.data), (a,), (1.0 if a.data > 0 else 0.0,))

# %% wrong: tanh by exponentials
# says: OverflowError
def exp(a):
    e = math.exp(a.data)
    return Value(e, (a,), (e,))


def tanh(a):
    e = math.exp(2 * a.data)
    t = (e - 1) / (e + 1)
    return Value(t, (a,), (1 - t * t,))


def relu(a):
    return Value(max(0.0, a.data), (a,), (1.0 if a.data > 0 else 0.0,))

# %% wrong: slope 1 everywhere
# says: the local gradient is 1 on both sides
def exp(a):
    e = math.exp(a.data)
    return Value(e, (a,), (e,))


def tanh(a):
    t = math.tanh(a.data)
    return Value(t, (a,), (1 - t * t,))


def relu(a):
    return Value(max(0.0, a.data), (a,), (1.0,))

# %% wrong: slope 1 at zero
# says: write `> 0`, not `>= 0`
def exp(a):
    e = math.exp(a.data)
    return Value(e, (a,), (e,))


def tanh(a):
    t = math.tanh(a.data)
    return Value(t, (a,), (1 - t * t,))


def relu(a):
    return Value(max(0.0, a.data), (a,), (1.0 if a.data >= 0 else 0.0,))

# %% wrong: relu loses its parent below zero
# says: this is the input itself
def exp(a):
    e = math.exp(a.data)
    return Value(e, (a,), (e,))


def tanh(a):
    t = math.tanh(a.data)
    return Value(t, (a,), (1 - t * t,))


def relu(a):
    return a if a.data > 0 else Value(0.0)

# %% wrong: the node in math.exp
# says: this is a node: a `.data` is missing
def exp(a):
    return Value(math.exp(a), (a,), (math.exp(a),))


def tanh(a):
    t = math.tanh(a.data)
    return Value(t, (a,), (1 - t * t,))


def relu(a):
    return Value(max(0.0, a.data), (a,), (1.0 if a.data > 0 else 0.0,))

# %% wrong: changes its input
# says: the Value you were given was changed
def exp(a):
    a.data = math.exp(a.data)
    return Value(a.data, (a,), (a.data,))


def tanh(a):
    t = math.tanh(a.data)
    return Value(t, (a,), (1 - t * t,))


def relu(a):
    return Value(max(0.0, a.data), (a,), (1.0 if a.data > 0 else 0.0,))

# %% wrong: the larger of nodes
# says: this is a node: a `.data` is missing
def exp(a):
    e = math.exp(a.data)
    return Value(e, (a,), (e,))


def tanh(a):
    t = math.tanh(a.data)
    return Value(t, (a,), (1 - t * t,))


def relu(a):
    return Value(max(a, 0), (a,), (1.0 if a.data > 0 else 0.0,))
