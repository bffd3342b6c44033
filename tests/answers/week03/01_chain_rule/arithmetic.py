# %% right: the table, line by line
def subtract(a, b):
    return Value(a.data - b.data, (a, b), (1.0, -1.0))


def divide(a, b):
    return Value(a.data / b.data, (a, b), (1.0 / b.data, -a.data / b.data**2))


def power(a, k):
    return Value(a.data**k, (a,), (k * a.data ** (k - 1),))

# %% right: numpy and lists
def subtract(a, b):
    return Value(a.data - b.data, [a, b], [1, -1])


def divide(a, b):
    up, low = a.data, b.data
    return Value(up / low, [b, a], [-up / (low * low), 1 / low])


def power(a, k):
    return Value(np.power(a.data, k), [a], [k * np.power(a.data, k - 1)], "**")

# %% right: built from step 1
def subtract(a, b):
    return a + b * -1.0


def divide(a, b):
    return a * power(b, -1)


def power(a, k):
    return Value(a.data**k, (a,), (k * a.data ** (k - 1),))

# %% wrong: both signs plus
# says: the second part has a minus sign
def subtract(a, b):
    return Value(a.data - b.data, (a, b), (1.0, 1.0))


def divide(a, b):
    return Value(a.data / b.data, (a, b), (1.0 / b.data, -a.data / b.data**2))


def power(a, k):
    return Value(a.data**k, (a,), (k * a.data ** (k - 1),))

# %% wrong: no minus in the quotient
# says: the minus sign is missing
def subtract(a, b):
    return Value(a.data - b.data, (a, b), (1.0, -1.0))


def divide(a, b):
    return Value(a.data / b.data, (a, b), (1.0 / b.data, a.data / b.data**2))


def power(a, k):
    return Value(a.data**k, (a,), (k * a.data ** (k - 1),))

# %% wrong: square without parentheses
# says: The square needs parentheses
def subtract(a, b):
    return Value(a.data - b.data, (a, b), (1.0, -1.0))


def divide(a, b):
    return Value(a.data / b.data, (a, b), (1.0 / b.data, -a.data / b.data * b.data))


def power(a, k):
    return Value(a.data**k, (a,), (k * a.data ** (k - 1),))

# %% wrong: exponent not lowered
# says: the exponent must go down by one
def subtract(a, b):
    return Value(a.data - b.data, (a, b), (1.0, -1.0))


def divide(a, b):
    return Value(a.data / b.data, (a, b), (1.0 / b.data, -a.data / b.data**2))


def power(a, k):
    return Value(a.data**k, (a,), (k * a.data ** k,))

# %% wrong: k as a parent
# says: parents must be nodes
def subtract(a, b):
    return Value(a.data - b.data, (a, b), (1.0, -1.0))


def divide(a, b):
    return Value(a.data / b.data, (a, b), (1.0 / b.data, -a.data / b.data**2))


def power(a, k):
    return Value(a.data**k, (a, k), (k * a.data ** (k - 1), 0.0))

# %% wrong: a plain number
# says: the result is a plain number
def subtract(a, b):
    return a.data - b.data


def divide(a, b):
    return a.data / b.data


def power(a, k):
    return a.data**k

# %% wrong: no comma in the tuple of one
# says: no comma: `(a)` is no tuple
def subtract(a, b):
    return Value(a.data - b.data, (a, b), (1.0, -1.0))


def divide(a, b):
    return Value(a.data / b.data, (a, b), (1.0 / b.data, -a.data / b.data**2))


def power(a, k):
    return Value(a.data**k, (a), (k * a.data ** (k - 1)))

# %% wrong: whole exponents only
# says: k has lost its fraction
def subtract(a, b):
    return Value(a.data - b.data, (a, b), (1.0, -1.0))


def divide(a, b):
    return Value(a.data / b.data, (a, b), (1.0 / b.data, -a.data / b.data**2))


def power(a, k):
    k = int(k)
    return Value(a.data**k, (a,), (k * a.data ** (k - 1),))

# %% wrong: by a logarithm
# says: ValueError
def subtract(a, b):
    return Value(a.data - b.data, (a, b), (1.0, -1.0))


def divide(a, b):
    return Value(a.data / b.data, (a, b), (1.0 / b.data, -a.data / b.data**2))


def power(a, k):
    data = math.exp(k * math.log(a.data))
    return Value(data, (a,), (k * data / a.data,))

# %% wrong: k times a
# says: this is k · a
def subtract(a, b):
    return Value(a.data - b.data, (a, b), (1.0, -1.0))


def divide(a, b):
    return Value(a.data / b.data, (a, b), (1.0 / b.data, -a.data / b.data**2))


def power(a, k):
    return Value(a.data**k, (a,), (k * a.data,))

# %% wrong: subtracts in place
# says: a Value you were given was changed
def subtract(a, b):
    a.data -= b.data
    return Value(a.data, (a, b), (1.0, -1.0))


def divide(a, b):
    return Value(a.data / b.data, (a, b), (1.0 / b.data, -a.data / b.data**2))


def power(a, k):
    return Value(a.data**k, (a,), (k * a.data ** (k - 1),))
