# %% right: one-hot and log-softmax
def softmax_cross_entropy(logits, y):
    n, C = logits.shape
    S = logits - logits.max(axis=1, keepdims=True)
    log_p = S - np.log(np.exp(S).sum(axis=1, keepdims=True))
    one_hot = np.eye(C)[y]
    return -(one_hot * log_p).sum() / n, (np.exp(log_p) - one_hot) / n

# %% right: loop over the rows
def softmax_cross_entropy(logits, y):
    total, G = 0.0, np.zeros(logits.shape)
    for i, (row, c) in enumerate(zip(logits, y)):
        e = np.exp(row - max(row))
        total += np.log(e.sum()) + max(row) - row[c]
        G[i] = e / e.sum()
        G[i, c] -= 1
    return total / len(y), G / len(y)

# %% right: by autograd, a 0-d array
def softmax_cross_entropy(logits, y):
    Z = torch.tensor(logits, requires_grad=True)
    loss = torch.nn.functional.cross_entropy(Z, torch.tensor(y))
    loss.backward()
    return loss.detach().numpy(), Z.grad.numpy()

# %% wrong: no average in the gradient
# says: the average over the batch is missing
def softmax_cross_entropy(logits, y):
    S = logits - logits.max(axis=1, keepdims=True)
    sums = np.exp(S).sum(axis=1, keepdims=True)
    rows = np.arange(len(y))
    loss = np.mean(np.log(sums[:, 0]) - S[rows, y])
    G = np.exp(S) / sums
    G[rows, y] -= 1
    return loss, G

# %% wrong: the 1 is not taken off
# says: the 1 of the right class is not subtracted
def softmax_cross_entropy(logits, y):
    S = logits - logits.max(axis=1, keepdims=True)
    sums = np.exp(S).sum(axis=1, keepdims=True)
    loss = np.mean(np.log(sums[:, 0]) - S[np.arange(len(y)), y])
    return loss, np.exp(S) / sums / len(y)

# %% wrong: whole columns
# says: `P[:, y]` changes whole columns, and `P - 1` all
def softmax_cross_entropy(logits, y):
    S = logits - logits.max(axis=1, keepdims=True)
    sums = np.exp(S).sum(axis=1, keepdims=True)
    loss = np.mean(np.log(sums[:, 0]) - S[np.arange(len(y)), y])
    G = np.exp(S) / sums
    G[:, y] -= 1
    return loss, G / len(y)

# %% wrong: axis 0
# says: softmax ran down the columns
def softmax_cross_entropy(logits, y):
    P = np.exp(logits - logits.max(axis=0))
    P = P / P.sum(axis=0)
    rows = np.arange(len(y))
    loss = -np.log(P[rows, y]).mean()
    P[rows, y] -= 1
    return loss, P / len(y)

# %% wrong: textbook form, overflows
# says: exp(1000) overflows
def softmax_cross_entropy(logits, y):
    P = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    rows = np.arange(len(y))
    loss = -np.log(P[rows, y]).mean()
    P[rows, y] -= 1
    return loss, P / len(y)

# %% wrong: shifted, but the logarithm of a probability
# says: the logarithm of a probability that was rounded to 0
def softmax_cross_entropy(logits, y):
    P = np.exp(logits - logits.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    rows = np.arange(len(y))
    loss = -np.log(P[rows, y]).mean()
    P[rows, y] -= 1
    return loss, P / len(y)

# %% wrong: a tiny number added
# says: something was clipped, or a tiny number was added
def softmax_cross_entropy(logits, y):
    P = np.exp(logits - logits.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    rows = np.arange(len(y))
    loss = -np.log(P[rows, y] + 1e-12).mean()
    P[rows, y] -= 1
    return loss, P / len(y)

# %% wrong: one maximum for the whole batch
# says: the maximum of the whole batch was subtracted
def softmax_cross_entropy(logits, y):
    S = logits - logits.max()
    sums = np.exp(S).sum(axis=1, keepdims=True)
    rows = np.arange(len(y))
    loss = np.mean(np.log(sums[:, 0]) - S[rows, y])
    G = np.exp(S) / sums
    G[rows, y] -= 1
    return loss, G / len(y)

# %% wrong: the 1 alone is divided
# says: only the 1 was divided by n
def softmax_cross_entropy(logits, y):
    S = logits - logits.max(axis=1, keepdims=True)
    sums = np.exp(S).sum(axis=1, keepdims=True)
    rows = np.arange(len(y))
    loss = np.mean(np.log(sums[:, 0]) - S[rows, y])
    G = np.exp(S) / sums
    G[rows, y] -= 1 / len(y)
    return loss, G

# %% wrong: whole rows
# says: `G[y]` changes whole rows
def softmax_cross_entropy(logits, y):
    S = logits - logits.max(axis=1, keepdims=True)
    sums = np.exp(S).sum(axis=1, keepdims=True)
    rows = np.arange(len(y))
    loss = np.mean(np.log(sums[:, 0]) - S[rows, y])
    G = np.exp(S) / sums
    G[y] -= 1
    return loss, G / len(y)

# %% wrong: (n, 1) met (n,)
# says: (n, 1) met (n,) and made (n, n)
def softmax_cross_entropy(logits, y):
    S = logits - logits.max(axis=1, keepdims=True)
    sums = np.exp(S).sum(axis=1, keepdims=True)
    rows = np.arange(len(y))
    loss = (np.log(sums) - S[rows, y]).sum() / len(y)
    G = np.exp(S) / sums
    G[rows, y] -= 1
    return loss, G / len(y)

# %% wrong: no exp in the sums
# says: Was `np.exp` forgotten before the sum
def softmax_cross_entropy(logits, y):
    S = logits - logits.max(axis=1, keepdims=True)
    sums = S.sum(axis=1, keepdims=True)
    rows = np.arange(len(y))
    loss = np.mean(np.log(sums[:, 0]) - S[rows, y])
    G = np.exp(S) / sums
    G[rows, y] -= 1
    return loss, G / len(y)

# %% wrong: clipped logits
# says: something was clipped
def softmax_cross_entropy(logits, y):
    S = np.clip(logits, -500, 500)
    sums = np.exp(S).sum(axis=1, keepdims=True)
    rows = np.arange(len(y))
    loss = np.mean(np.log(sums[:, 0]) - S[rows, y])
    G = np.exp(S) / sums
    G[rows, y] -= 1
    return loss, G / len(y)
