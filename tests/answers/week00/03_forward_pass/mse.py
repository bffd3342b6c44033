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

# %% wrong: a hat for the power
# says: `^` is not a power in Python
def mse(predictions, targets):
    return np.mean((predictions - targets) ^ 2)

# %% wrong: a hat, in loops
# says: `^` is not a power in Python
def mse(predictions, targets):
    total = 0
    for p, t in zip(predictions.ravel().tolist(), targets.ravel().tolist()):
        total += (p - t) ^ 2
    return total / predictions.size

# %% wrong: one over n times d
# says: put the product in parentheses
def mse(predictions, targets):
    n, d = predictions.shape
    return 1 / n * d * np.sum((predictions - targets) ** 2)

# %% wrong: return in the outer loop
# says: the `return` is inside the outer loop
def mse(predictions, targets):
    total = 0
    n, d = predictions.shape
    for i in range(n):
        for j in range(d):
            total += (predictions[i, j] - targets[i, j]) ** 2
        return total / (n * d)

# %% wrong: return in the inner loop
# says: the `return` is inside the inner loop
def mse(predictions, targets):
    total = 0
    n, d = predictions.shape
    for i in range(n):
        for j in range(d):
            total += (predictions[i, j] - targets[i, j]) ** 2
            return total / (n * d)

# %% wrong: doubles
# says: `* 2` doubles
def mse(predictions, targets):
    return np.mean((predictions - targets) * 2)

# %% wrong: squares the sum
# says: the sum was squared
def mse(predictions, targets):
    return np.sum(predictions - targets) ** 2 / predictions.size

# %% wrong: the norm
# says: this is the norm
def mse(predictions, targets):
    return np.linalg.norm(predictions - targets)

# %% wrong: loops over the rows twice
# says: the inner loop runs over the number of rows
def mse(predictions, targets):
    total = 0
    n, d = predictions.shape
    for i in range(n):
        for j in range(n):
            total += (predictions[i, j] - targets[i, j]) ** 2
    return total / (n * d)

# %% wrong: the largest
# says: this is the largest square
def mse(predictions, targets):
    return np.max((predictions - targets) ** 2)

# %% wrong: rounds
# says: the answer was rounded to 1 digit
def mse(predictions, targets):
    return round(float(np.mean((predictions - targets) ** 2)), 1)
