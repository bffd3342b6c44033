# %% right: two comprehensions
def save_weights(path, params):
    weights = {f"W{k + 1}": pair[0] for k, pair in enumerate(params)}
    biases = {f"b{k + 1}": pair[1] for k, pair in enumerate(params)}
    np.savez(path, **weights, **biases)

# %% right: compressed, by index
def save_weights(path, params):
    named = dict()
    for i in range(len(params)):
        named["W" + str(i + 1)] = params[i][0]
        named["b" + str(i + 1)] = params[i][1]
    np.savez_compressed(path, **named)

# %% right: through an open file
def save_weights(path, params):
    names = [f"{letter}{k}" for k in range(1, len(params) + 1) for letter in ("W", "b")]
    arrays = [array for pair in params for array in pair]
    with open(path, "wb") as file:
        np.savez(file, **dict(zip(names, arrays)))

# %% wrong: counts from 0
# says: layers count from 1
def save_weights(path, params):
    arrays = {}
    for k, (W, b) in enumerate(params):
        arrays[f"W{k}"], arrays[f"b{k}"] = W, b
    np.savez(path, **arrays)

# %% wrong: saves inside the loop
# says: only the last layer is in the file
def save_weights(path, params):
    for k, (W, b) in enumerate(params, start=1):
        np.savez(path, **{f"W{k}": W, f"b{k}": b})

# %% wrong: pickled
# says: the file holds pickled objects
def save_weights(path, params):
    table = np.empty((len(params), 2), dtype=object)
    for k, pair in enumerate(params):
        table[k, 0], table[k, 1] = pair
    np.savez(path, params=table)

# %% wrong: another function of NumPy
# says: there is no such file afterwards
def save_weights(path, params):
    np.save(path, np.concatenate([array.ravel() for pair in params for array in pair]))

# %% wrong: stars forgotten
# says: Write `**` before a dictionary
def save_weights(path, params):
    arrays = {}
    for k, (W, b) in enumerate(params, start=1):
        arrays[f"W{k}"], arrays[f"b{k}"] = W, b
    np.savez(path, arrays)

# %% wrong: rounded
# says: the numbers have lost digits
def save_weights(path, params):
    arrays = {}
    for k, (W, b) in enumerate(params, start=1):
        arrays[f"W{k}"], arrays[f"b{k}"] = np.round(W, 3), np.round(b, 3)
    np.savez(path, **arrays)
