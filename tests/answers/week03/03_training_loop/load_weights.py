# %% right: a while loop, then what is left over
def load_weights(path):
    try:
        with np.load(path) as file:
            left = {name: file[name] for name in file.files}
    except Exception as error:
        raise ValueError("cannot read " + path) from error
    params = []
    while f"W{len(params) + 1}" in left and f"b{len(params) + 1}" in left:
        k = len(params) + 1
        params.append((left.pop(f"W{k}"), left.pop(f"b{k}")))
    if left or not params:
        raise ValueError(f"{path}: unexpected names {sorted(left)}")
    return params

# %% right: sorted by number
def load_weights(path):
    try:
        archive = np.load(path, allow_pickle=False)
        names = sorted(archive.files, key=lambda name: (int(name[1:]), name[0]))
        n = len(names) // 2
        if n == 0 or names != [f"{c}{k}" for k in range(1, n + 1) for c in "Wb"]:
            raise ValueError("names")
        return [(archive[names[2 * k]], archive[names[2 * k + 1]]) for k in range(n)]
    except Exception:
        raise ValueError(f"not a file of weights: {path}")

# %% right: several kinds of errors by name
def load_weights(path):
    import zipfile
    import zlib

    problem = (zipfile.BadZipFile, zlib.error, EOFError, OSError, KeyError, ValueError, AttributeError, TypeError, IndexError)
    try:
        with np.load(path, allow_pickle=False) as stored:
            count = sum(name.startswith("W") for name in stored.files)
            if not count or len(stored.files) != 2 * count:
                raise KeyError("count")
            return [(stored[f"W{k}"], stored[f"b{k}"]) for k in range(1, count + 1)]
    except problem as error:
        raise ValueError(f"{path} is no good: {error}") from error

# %% wrong: nothing is caught
# says: an error comes through as it is
def load_weights(path):
    with np.load(path, allow_pickle=False) as stored:
        n = len(stored.files) // 2
        return [(stored[f"W{k}"], stored[f"b{k}"]) for k in range(1, n + 1)]

# %% wrong: sorted like words
# says: the layers are sorted like words
def load_weights(path):
    try:
        with np.load(path, allow_pickle=False) as stored:
            names = sorted(name for name in stored.files if name.startswith("W"))
            if not names or names[-1] != f"W{len(names)}" and len(names) < 10:
                raise KeyError
            return [(stored[name], stored["b" + name[1:]]) for name in names]
    except Exception as error:
        raise ValueError(f"{path} is damaged") from error

# %% wrong: pickle is allowed
# says: pickled objects were loaded
def load_weights(path):
    try:
        with np.load(path, allow_pickle=True) as stored:
            arrays = dict(stored)
        n = len(arrays) // 2
        if n == 0 or len(arrays) % 2:
            raise KeyError
        return [(arrays[f"W{k}"], arrays[f"b{k}"]) for k in range(1, n + 1)]
    except Exception as error:
        raise ValueError(f"{path} is damaged") from error

# %% wrong: the text does not name the file
# says: the text of the error does not contain the path
def load_weights(path):
    try:
        with np.load(path, allow_pickle=False) as stored:
            arrays = dict(stored)
        n = len(arrays) // 2
        if n == 0 or len(arrays) % 2:
            raise KeyError
        return [(arrays[f"W{k}"], arrays[f"b{k}"]) for k in range(1, n + 1)]
    except Exception as error:
        raise ValueError("the file is damaged") from error

# %% wrong: stops at the first gap
# says: layer 2 is missing, and the rest was accepted
def load_weights(path):
    try:
        with np.load(path, allow_pickle=False) as stored:
            params, k = [], 1
            while f"W{k}" in stored:
                params.append((stored[f"W{k}"], stored[f"b{k}"]))
                k += 1
        if not params:
            raise KeyError
        return params
    except Exception as error:
        raise ValueError(f"{path} is damaged") from error

# %% wrong: an odd number of arrays
# says: W2 is there, b2 is not
def load_weights(path):
    try:
        with np.load(path, allow_pickle=False) as stored:
            arrays = dict(stored)
        n = len(arrays) // 2
        if n == 0:
            raise KeyError
        return [(arrays[f"W{k}"], arrays[f"b{k}"]) for k in range(1, n + 1)]
    except Exception as error:
        raise ValueError(f"{path} is damaged") from error

# %% wrong: only np.load is tried
# says: NumPy's own ValueError comes through
def load_weights(path):
    try:
        stored = np.load(path, allow_pickle=False)
    except Exception as error:
        raise ValueError(f"{path} is damaged") from error
    n = len(stored.files) // 2
    return [(stored[f"W{k}"], stored[f"b{k}"]) for k in range(1, n + 1)]

# %% wrong: the error is returned
# says: Write `raise ValueError(...)`
def load_weights(path):
    try:
        with np.load(path, allow_pickle=False) as stored:
            arrays = dict(stored)
        n = len(arrays) // 2
        if n == 0 or len(arrays) % 2:
            raise KeyError
        return [(arrays[f"W{k}"], arrays[f"b{k}"]) for k in range(1, n + 1)]
    except Exception as error:
        return ValueError(f"{path} is damaged")

# %% wrong: counts from 0
# says: W0 is not in it
def load_weights(path):
    try:
        with np.load(path, allow_pickle=False) as stored:
            arrays = dict(stored)
        n = len(arrays) // 2
        if n == 0 or len(arrays) % 2:
            raise KeyError
        return [(arrays[f"W{k}"], arrays[f"b{k}"]) for k in range(n)]
    except Exception as error:
        raise ValueError(f"{path} is damaged") from error
