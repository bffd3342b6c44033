# %% right: converts NumPy arrays first
def to_tensors(X, y):
    return torch.from_numpy(X.astype(np.float32)), torch.from_numpy(y.astype(np.int64))

# %% right: tensors first, then clones
def to_tensors(X, y):
    features = torch.from_numpy(np.array(X)).float().clone()
    labels = torch.from_numpy(np.array(y)).long().clone()
    return features, labels

# %% right: a list of two, through lists
def to_tensors(X, y):
    return [torch.tensor(X.tolist(), dtype=torch.float), torch.tensor([int(v) for v in y])]

# %% wrong: keeps float64
# says: the features keep NumPy's float64
def to_tensors(X, y):
    return torch.tensor(X), torch.tensor(y).long()

# %% wrong: labels as floats
# says: the labels became floats
def to_tensors(X, y):
    return torch.tensor(X).float(), torch.tensor(y).float()

# %% wrong: leaves the labels as they are
# says: the labels keep the array's own whole-number type
def to_tensors(X, y):
    return torch.tensor(X, dtype=torch.float32), torch.tensor(y)

# %% wrong: turned around
# says: the two are turned around
def to_tensors(X, y):
    return torch.tensor(y, dtype=torch.int64), torch.tensor(X, dtype=torch.float32)

# %% wrong: shares memory
# says: a tensor shares its numbers with the array
def to_tensors(X, y):
    return torch.from_numpy(X).float(), torch.from_numpy(y).long()

# %% wrong: as_tensor shares too
# says: a tensor shares its numbers with the array
def to_tensors(X, y):
    return torch.as_tensor(X, dtype=torch.float32), torch.as_tensor(y, dtype=torch.int64)

# %% wrong: labels as a column
# says: the labels have one axis
def to_tensors(X, y):
    return torch.tensor(X, dtype=torch.float32), torch.tensor(y, dtype=torch.int64).unsqueeze(1)
