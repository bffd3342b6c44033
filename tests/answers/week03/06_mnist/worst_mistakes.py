# %% right: softmax, sorted list
def worst_mistakes(logits, y, k):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    wrong = [i for i in range(len(y)) if p[i].argmax() != y[i]]
    return sorted(wrong, key=lambda i: -p[i].max())[:k]

# %% right: PyTorch
def worst_mistakes(logits, y, k):
    p, answer = torch.softmax(torch.tensor(logits, dtype=torch.float64), dim=1).max(dim=1)
    p[answer == torch.tensor(y)] = -1.0
    order = torch.argsort(p, descending=True)
    return [int(i) for i in order if p[i] >= 0][:k]

# %% right: the logarithm of the probability
def worst_mistakes(logits, y, k):
    top = logits.max(axis=1)
    log_p = -np.log(np.exp(logits - top[:, None]).sum(axis=1))
    rows = np.arange(len(y))[logits.argmax(axis=1) != y]
    return rows[np.argsort(log_p[rows])[::-1]][:k]

# %% wrong: ranks by the logit
# says: ranks by the largest logit
def worst_mistakes(logits, y, k):
    wrong = np.flatnonzero(logits.argmax(axis=1) != y)
    return wrong[np.argsort(-logits.max(axis=1)[wrong])][:k]

# %% wrong: least sure first
# says: the least sure mistakes come first
def worst_mistakes(logits, y, k):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = (e / e.sum(axis=1, keepdims=True)).max(axis=1)
    wrong = np.flatnonzero(logits.argmax(axis=1) != y)
    return wrong[np.argsort(p[wrong])][:k]

# %% wrong: places among the mistakes
# says: these are places among the mistakes only
def worst_mistakes(logits, y, k):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = (e / e.sum(axis=1, keepdims=True)).max(axis=1)
    wrong = np.flatnonzero(logits.argmax(axis=1) != y)
    return np.argsort(-p[wrong])[:k]

# %% wrong: right answers too
# says: right answers are in
def worst_mistakes(logits, y, k):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.argsort(-(e / e.sum(axis=1, keepdims=True)).max(axis=1))[:k]

# %% wrong: the true class got least
# says: ranks by how little the true class got
def worst_mistakes(logits, y, k):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = (e / e.sum(axis=1, keepdims=True))[np.arange(len(y)), y]
    wrong = np.flatnonzero(logits.argmax(axis=1) != y)
    return wrong[np.argsort(p[wrong])][:k]

# %% wrong: no shift
# says: with the row's maximum subtracted
def worst_mistakes(logits, y, k):
    e = np.exp(logits)
    p = (e / e.sum(axis=1, keepdims=True)).max(axis=1)
    wrong = np.flatnonzero(logits.argmax(axis=1) != y)
    return wrong[np.argsort(-p[wrong])][:k]

# %% wrong: not sorted
# says: these are the first mistakes in the batch
def worst_mistakes(logits, y, k):
    return np.flatnonzero(logits.argmax(axis=1) != y)[:k]

# %% wrong: the probabilities
# says: these are probabilities
def worst_mistakes(logits, y, k):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = (e / e.sum(axis=1, keepdims=True)).max(axis=1)
    return np.sort(p[logits.argmax(axis=1) != y])[::-1][:k]

# %% wrong: softmax over the batch
# says: Logits of different rows do not compare
def worst_mistakes(logits, y, k):
    e = np.exp(logits - logits.max(axis=0))
    p = (e / e.sum(axis=0)).max(axis=1)
    wrong = np.flatnonzero(logits.argmax(axis=1) != y)
    return wrong[np.argsort(-p[wrong])][:k]
