# %% right: a mean of row means
def mse(predictions, targets):
    return np.square(targets - predictions).mean(axis=1).mean()

# %% right: two loops
def mse(predictions, targets):
    total, count = 0, 0
    for row, wanted in zip(predictions, targets):
        for p, t in zip(row, wanted):
            total += (p - t) ** 2
            count += 1
    return total / count

# %% right: a norm, a 0-d array
def mse(predictions, targets):
    difference = predictions - targets
    return np.array(np.linalg.norm(difference) ** 2 / difference.size)

# %% right: expanded by hand
def mse(predictions, targets):
    p, t = predictions.flatten(), targets.flatten()
    return (p @ p - 2 * p @ t + t @ t) / len(p)

# %% wrong: sum
# says: you summed the squares instead of averaging them
def mse(predictions, targets):
    return np.sum((predictions - targets) ** 2)

# %% wrong: divides by the rows
# says: you divided by the number of rows
def mse(predictions, targets):
    return np.sum((predictions - targets) ** 2) / len(predictions)

# %% wrong: absolute differences
# says: you averaged the sizes of the differences
def mse(predictions, targets):
    return np.mean(np.abs(predictions - targets))

# %% wrong: square of the mean
# says: the mean was squared
def mse(predictions, targets):
    return np.mean(predictions - targets) ** 2

# %% wrong: root mean squared error
# says: you took the root
def mse(predictions, targets):
    return np.sqrt(np.mean((predictions - targets) ** 2))

# %% wrong: parentheses forgotten
# says: only the targets were squared
def mse(predictions, targets):
    return np.mean(predictions - targets ** 2)

# %% wrong: squares each array
# says: each array was squared on its own
def mse(predictions, targets):
    return np.mean(predictions ** 2 - targets ** 2)

# %% wrong: a matrix product for the square
# says: `@` mixes the rows
def mse(predictions, targets):
    difference = predictions - targets
    return np.mean(difference @ difference.T)

# %% wrong: one number per row
# says: this is one number per row
def mse(predictions, targets):
    return np.mean((predictions - targets) ** 2, axis=1)

# %% wrong: subtracts in place
# says: writes into what the caller gave
def mse(predictions, targets):
    predictions -= targets
    return np.mean(predictions ** 2)

# %% wrong: half
# says: there is a factor of one half too much
def mse(predictions, targets):
    return 0.5 * np.mean((predictions - targets) ** 2)
