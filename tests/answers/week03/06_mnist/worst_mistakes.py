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

# %% wrong: places among the mistakes
# says: these are places among the mistakes only
def worst_mistakes(logits, y, k):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = (e / e.sum(axis=1, keepdims=True)).max(axis=1)
    wrong = np.flatnonzero(logits.argmax(axis=1) != y)
    return np.argsort(-p[wrong])[:k]

# %% wrong: no shift
# says: Take softmax with the row's maximum subtracted
def worst_mistakes(logits, y, k):
    e = np.exp(logits)
    p = (e / e.sum(axis=1, keepdims=True)).max(axis=1)
    wrong = np.flatnonzero(logits.argmax(axis=1) != y)
    return wrong[np.argsort(-p[wrong])][:k]

# %% wrong: softmax over the batch
# says: one maximum was subtracted from the whole batch, or softmax
def worst_mistakes(logits, y, k):
    e = np.exp(logits - logits.max(axis=0))
    p = (e / e.sum(axis=0)).max(axis=1)
    wrong = np.flatnonzero(logits.argmax(axis=1) != y)
    return wrong[np.argsort(-p[wrong])][:k]

# %% wrong: one maximum for the batch
# says: one maximum was subtracted from the whole batch
def worst_mistakes(logits, y, k):
    e = np.exp(logits - logits.max())
    p = (e / (e.sum(axis=1, keepdims=True) + 1e-300)).max(axis=1)
    wrong = np.flatnonzero(logits.argmax(axis=1) != y)
    return wrong[np.argsort(-p[wrong])][:k]

# %% wrong: the lead over the second
# says: this ranks by the lead over the second
def worst_mistakes(logits, y, k):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = np.sort(e / e.sum(axis=1, keepdims=True), axis=1)
    wrong = np.flatnonzero(logits.argmax(axis=1) != y)
    return wrong[np.argsort(-(p[:, -1] - p[:, -2])[wrong])][:k]

# %% wrong: the entropy
# says: this ranks by the entropy
def worst_mistakes(logits, y, k):
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    entropy = -(np.exp(log_p) * log_p).sum(axis=1)
    wrong = np.flatnonzero(logits.argmax(axis=1) != y)
    return wrong[np.argsort(entropy[wrong])][:k]

# %% wrong: one sum for the batch
# says: all count as equally sure
def worst_mistakes(logits, y, k):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = (e / e.sum()).max(axis=1)
    wrong = np.flatnonzero(logits.argmax(axis=1) != y)
    return wrong[np.argsort(-p[wrong], kind="stable")][:k]

# %% wrong: first k, then sorted
# says: Sort all mistakes, then take k
def worst_mistakes(logits, y, k):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = (e / e.sum(axis=1, keepdims=True)).max(axis=1)
    wrong = np.flatnonzero(logits.argmax(axis=1) != y)[:k]
    return wrong[np.argsort(-p[wrong])]

# %% wrong: the k surest of all, then the wrong ones
# says: the k surest rows of all were taken first
def worst_mistakes(logits, y, k):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    top = np.argsort(-(e / e.sum(axis=1, keepdims=True)).max(axis=1))[:k]
    return [i for i in top if logits[i].argmax() != y[i]]
