# %% right: a list, cut with range
def batches(n, batch_size, rng):
    shuffled = np.arange(n)
    rng.shuffle(shuffled)
    return [shuffled[k : k + batch_size] for k in range(0, n, batch_size)]

# %% right: np.split at the borders
def batches(n, batch_size, rng):
    return np.split(rng.permutation(n), np.arange(batch_size, n, batch_size))

# %% right: a while loop that yields lists, by random keys
def batches(n, batch_size, rng):
    left = np.argsort(rng.random(n)).tolist()
    while left:
        yield left[:batch_size]
        left = left[batch_size:]

# %% right: choice without replacement
def batches(n, batch_size, rng):
    order = rng.choice(n, size=n, replace=False)
    count = -(-n // batch_size)
    return [order[i * batch_size : min((i + 1) * batch_size, n)] for i in range(count)]

# %% wrong: the last batch is dropped
# says: the last, shorter batch was dropped
def batches(n, batch_size, rng):
    order = rng.permutation(n)
    return [order[k * batch_size : (k + 1) * batch_size] for k in range(n // batch_size)]

# %% wrong: with replacement
# says: a row comes twice in one epoch
def batches(n, batch_size, rng):
    for k in range(0, n, batch_size):
        yield rng.choice(n, size=min(batch_size, n - k))

# %% wrong: not shuffled
# says: nothing is shuffled
def batches(n, batch_size, rng):
    return [np.arange(k, min(k + batch_size, n)) for k in range(0, n, batch_size)]

# %% wrong: a generator of its own
# says: the second epoch comes in the order of the first
def batches(n, batch_size, rng):
    order = np.random.default_rng(0).permutation(n)
    for k in range(0, n, batch_size):
        yield order[k : k + batch_size]

# %% wrong: the global generator
# says: the order must be drawn from `rng`, and only from it
def batches(n, batch_size, rng):
    order = np.random.permutation(n)
    for k in range(0, n, batch_size):
        yield order[k : k + batch_size]

# %% wrong: only the batches are shuffled
# says: only the order of the batches is shuffled
def batches(n, batch_size, rng):
    starts = list(range(0, n, batch_size))
    pieces = [np.arange(k, min(k + batch_size, n)) for k in starts]
    full, rest = [p for p in pieces if len(p) == batch_size], [p for p in pieces if len(p) < batch_size]
    return [full[k] for k in rng.permutation(len(full))] + rest

# %% wrong: an empty batch at the end
# says: nothing left for a third
def batches(n, batch_size, rng):
    order = rng.permutation(n)
    return [order[k * batch_size : (k + 1) * batch_size] for k in range(n // batch_size + 1)]

# %% wrong: starts one apart
# says: the slices overlap
def batches(n, batch_size, rng):
    order = rng.permutation(n)
    return [order[k : k + batch_size] for k in range(n // batch_size + 1)]

# %% wrong: ends at batch_size
# says: A slice ends at its own start
def batches(n, batch_size, rng):
    order = rng.permutation(n)
    return [order[k:batch_size] for k in range(0, n, batch_size)]

# %% wrong: only the last comes
# says: only one batch comes out
def batches(n, batch_size, rng):
    order = rng.permutation(n)
    for k in range(0, n, batch_size):
        part = order[k : k + batch_size]
    yield part

# %% wrong: range to n - 1
# says: Is the last row lost
def batches(n, batch_size, rng):
    order = rng.permutation(n)
    return [order[k : k + batch_size] for k in range(0, n - 1, batch_size)]

# %% wrong: in turn
# says: the rows are spread evenly
def batches(n, batch_size, rng):
    order = rng.permutation(n)
    piles = -(-n // batch_size)
    return [order[k::piles] for k in range(piles)]
