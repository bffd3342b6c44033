# %% right: a loop over indices
def count_parameters(sizes):
    total = 0
    for i in range(len(sizes) - 1):
        total += sizes[i] * sizes[i + 1] + sizes[i + 1]
    return total

# %% right: recursion
def count_parameters(sizes):
    if len(sizes) < 2:
        return 0
    first, second, *rest = sizes
    return (first + 1) * second + count_parameters([second, *rest])

# %% right: NumPy, weights and biases apart
def count_parameters(sizes):
    s = np.array(sizes)
    return np.dot(s[:-1], s[1:]) + s[1:].sum()

# %% right: makes the arrays and counts, a float
def count_parameters(sizes):
    total = 0.0
    previous = None
    for size in sizes:
        if previous is not None:
            total += np.ones((previous + 1, size)).sum()
        previous = size
    return total

# %% wrong: weights only
# says: the biases are missing
def count_parameters(sizes):
    return sum(a * b for a, b in zip(sizes[:-1], sizes[1:]))

# %% wrong: return inside the loop
# says: the `return` is inside it
def count_parameters(sizes):
    total = 0
    for a, b in zip(sizes[:-1], sizes[1:]):
        total += a * b + b
        return total

# %% wrong: the input gets biases too
# says: the input has no biases of its own
def count_parameters(sizes):
    return sum(a * b for a, b in zip(sizes[:-1], sizes[1:])) + sum(sizes)

# %% wrong: the biases of the inputs
# says: not to its inputs
def count_parameters(sizes):
    return sum(a * b + a for a, b in zip(sizes[:-1], sizes[1:]))

# %% wrong: one bias per layer
# says: one bias per layer is too few
def count_parameters(sizes):
    return sum(a * b + 1 for a, b in zip(sizes[:-1], sizes[1:]))

# %% wrong: begins at index 0 and looks back
# says: the index -1 wraps around
def count_parameters(sizes):
    total = 0
    for i in range(len(sizes)):
        total += sizes[i - 1] * sizes[i] + sizes[i]
    return total

# %% wrong: multiplies all sizes
# says: all sizes are multiplied with each other
def count_parameters(sizes):
    return int(np.prod(sizes))

# %% wrong: empties the list
# says: took something out of the list it was given
def count_parameters(sizes):
    total = 0
    while len(sizes) > 1:
        inputs = sizes.pop(0)
        total += inputs * sizes[0] + sizes[0]
    return total

# %% wrong: replaces the total
# says: add to the total instead of replacing it
def count_parameters(sizes):
    total = 0
    for a, b in zip(sizes[:-1], sizes[1:]):
        total = a * b + b
    return total

# %% wrong: at most two layers
# says: only the first two layers are counted
def count_parameters(sizes):
    total = sizes[0] * sizes[1] + sizes[1]
    if len(sizes) > 2:
        total += sizes[1] * sizes[2] + sizes[2]
    return total

# %% wrong: every layer reads the input
# says: every layer is joined to the input
def count_parameters(sizes):
    t = 0
    for b in sizes[1:]:
        t += sizes[0] * b + b
    return t

# %% wrong: the loop begins too late
# says: or the loop begins too late
def count_parameters(sizes):
    t = 0
    for i in range(1, len(sizes) - 1):
        t += sizes[i] * sizes[i + 1] + sizes[i + 1]
    return t

# %% wrong: no zip
# says: a number cannot be taken apart into two names
def count_parameters(sizes):
    t = 0
    for a, b in sizes:
        t += a * b + b
    return t

# %% wrong: biases on both sides
# says: the biases were counted for the inputs too
def count_parameters(sizes):
    return sum(a * b + a + b for a, b in zip(sizes, sizes[1:]))

# %% wrong: plus one on both sides
# says: the + 1 stands on both sides
def count_parameters(sizes):
    return sum((a + 1) * (b + 1) for a, b in zip(sizes, sizes[1:]))

# %% wrong: subtracts the biases
# says: the biases are subtracted
def count_parameters(sizes):
    return sum(a * b - b for a, b in zip(sizes, sizes[1:]))

# %% wrong: one bias per size
# says: one bias for each size in the list
def count_parameters(sizes):
    return sum(a * b for a, b in zip(sizes, sizes[1:])) + len(sizes)

# %% wrong: one bias for all
# says: one bias for the whole network
def count_parameters(sizes):
    return sum(a * b for a, b in zip(sizes, sizes[1:])) + 1

# %% wrong: looks ahead too far
# says: one pair of neighbors fewer
def count_parameters(sizes):
    t = 0
    for i in range(len(sizes)):
        t += sizes[i] * sizes[i + 1] + sizes[i + 1]
    return t
