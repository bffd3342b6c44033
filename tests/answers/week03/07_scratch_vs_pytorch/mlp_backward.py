# %% right: backwards with an index, logsumexp
def mlp_backward(activations, y, params):
    logits = activations[-1]
    n = logits.shape[0]
    top = logits.max(axis=1)
    lse = top + np.log(np.exp(logits - top[:, None]).sum(axis=1))
    loss = np.mean(lse - logits[range(n), y])
    dZ = np.exp(logits - lse[:, None])
    dZ[np.arange(n), y] -= 1
    dZ /= n
    grads = [None] * len(params)
    for k in range(len(params) - 1, -1, -1):
        grads[k] = (activations[k].T @ dZ, dZ.sum(axis=0))
        dZ = (dZ @ params[k][0].T) * (activations[k] > 0)
    return loss, grads

# %% right: one-hot labels, a list that is turned around at the end
def mlp_backward(activations, y, params):
    Z = activations[-1] - np.max(activations[-1], axis=1, keepdims=True)
    log_p = Z - np.log(np.sum(np.exp(Z), axis=1, keepdims=True))
    hot = np.eye(Z.shape[1])[y]
    loss = -(hot * log_p).sum() / len(y)
    d = (np.exp(log_p) - hot) / len(y)
    grads = []
    for A, (W, b) in zip(reversed(activations[:-1]), reversed(params)):
        grads.append([A.T.dot(d), np.ones(len(y)) @ d])
        d = np.where(A > 0, d @ W.T, 0.0)
    return np.array(loss), grads[::-1]

# %% right: sample by sample
def mlp_backward(activations, y, params):
    n = len(y)
    grads = [(np.zeros(W.shape), np.zeros(b.shape)) for W, b in params]
    loss = 0.0
    for i in range(n):
        z = activations[-1][i] - activations[-1][i].max()
        p = np.exp(z) / np.exp(z).sum()
        loss += float(np.log(np.exp(z).sum()) - z[y[i]]) / n
        d = p.copy()
        d[y[i]] -= 1.0
        for k in reversed(range(len(params))):
            a = activations[k][i]
            grads[k][0][...] += np.outer(a, d) / n
            grads[k][1][...] += d / n
            d = (params[k][0] @ d) * (a > 0)
    return loss, grads

# %% wrong: no shift by the maximum
# says: the exponential of a large logit overflows. Subtract the largest logit of each row first
def mlp_backward(activations, y, params):
    n = len(y)
    p = np.exp(activations[-1])
    p = p / p.sum(axis=1, keepdims=True)
    loss = -np.log(p[np.arange(n), y]).mean()
    d = p.copy()
    d[np.arange(n), y] -= 1
    d = d / n
    grads = []
    for k in range(len(params))[::-1]:
        grads.insert(0, (activations[k].T @ d, d.sum(axis=0)))
        d = (d @ params[k][0].T) * (activations[k] > 0)
    return loss, grads

# %% wrong: gradients summed over the batch
# says: the gradients are those of the sum of the losses. The loss is a mean: divide by the number of rows
def mlp_backward(activations, y, params):
    Z = activations[-1] - activations[-1].max(axis=1, keepdims=True)
    log_p = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    n = len(y)
    loss = -log_p[np.arange(n), y].mean()
    d = np.exp(log_p)
    d[np.arange(n), y] -= 1
    grads = []
    for k in range(len(params))[::-1]:
        grads.insert(0, (activations[k].T @ d, d.sum(axis=0)))
        d = (d @ params[k][0].T) * (activations[k] > 0)
    return loss, grads

# %% wrong: divides by n in every layer
# says: the division by the number of rows happens again in every layer. It belongs to the start, once
def mlp_backward(activations, y, params):
    Z = activations[-1] - activations[-1].max(axis=1, keepdims=True)
    log_p = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    n = len(y)
    loss = -log_p[np.arange(n), y].mean()
    d = np.exp(log_p)
    d[np.arange(n), y] -= 1
    d = d / n
    grads = []
    for k in range(len(params))[::-1]:
        grads.insert(0, (activations[k].T @ d / n, d.sum(axis=0) / n))
        d = (d @ params[k][0].T) * (activations[k] > 0)
    return loss, grads

# %% wrong: the ReLU is forgotten
# says: the gradient passes ReLU unchanged: there is no mask, or it says `>=`
def mlp_backward(activations, y, params):
    Z = activations[-1] - activations[-1].max(axis=1, keepdims=True)
    log_p = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    n = len(y)
    loss = -log_p[np.arange(n), y].mean()
    d = np.exp(log_p)
    d[np.arange(n), y] -= 1
    d = d / n
    grads = []
    for k in range(len(params))[::-1]:
        grads.insert(0, (activations[k].T @ d, d.sum(axis=0)))
        d = d @ params[k][0].T
    return loss, grads

# %% wrong: labels are never subtracted
# says: the right class is never subtracted: dZ is the probabilities minus the one-hot labels
def mlp_backward(activations, y, params):
    Z = activations[-1] - activations[-1].max(axis=1, keepdims=True)
    log_p = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    n = len(y)
    loss = -log_p[np.arange(n), y].mean()
    d = np.exp(log_p) / n
    grads = []
    for k in range(len(params))[::-1]:
        grads.insert(0, (activations[k].T @ d, d.sum(axis=0)))
        d = (d @ params[k][0].T) * (activations[k] > 0)
    return loss, grads

# %% wrong: the list is the wrong way around
# says: the gradients are in the order of the backward pass. Turn the list around: the first layer first
def mlp_backward(activations, y, params):
    Z = activations[-1] - activations[-1].max(axis=1, keepdims=True)
    log_p = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    n = len(y)
    loss = -log_p[np.arange(n), y].mean()
    d = np.exp(log_p)
    d[np.arange(n), y] -= 1
    d = d / n
    grads = []
    for k in range(len(params))[::-1]:
        grads.append((activations[k].T @ d, d.sum(axis=0)))
        d = (d @ params[k][0].T) * (activations[k] > 0)
    return loss, grads

# %% wrong: db is the mean
# says: db is a mean over the rows. The division by n is in dZ already: sum the rows
def mlp_backward(activations, y, params):
    Z = activations[-1] - activations[-1].max(axis=1, keepdims=True)
    log_p = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    n = len(y)
    loss = -log_p[np.arange(n), y].mean()
    d = np.exp(log_p)
    d[np.arange(n), y] -= 1
    d = d / n
    grads = []
    for k in range(len(params))[::-1]:
        grads.insert(0, (activations[k].T @ d, d.mean(axis=0)))
        d = (d @ params[k][0].T) * (activations[k] > 0)
    return loss, grads

# %% wrong: weights transposed
# says: the gradients of the weights are transposed: each has the shape of its W
def mlp_backward(activations, y, params):
    Z = activations[-1] - activations[-1].max(axis=1, keepdims=True)
    log_p = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    n = len(y)
    loss = -log_p[np.arange(n), y].mean()
    d = np.exp(log_p)
    d[np.arange(n), y] -= 1
    d = d / n
    grads = []
    for k in range(len(params))[::-1]:
        grads.insert(0, (d.T @ activations[k], d.sum(axis=0)))
        d = (d @ params[k][0].T) * (activations[k] > 0)
    return loss, grads

# %% wrong: two layers written out
# says: two layers are written out by hand. Loop over all of params
def mlp_backward(activations, y, params):
    Z = activations[-1] - activations[-1].max(axis=1, keepdims=True)
    log_p = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    n = len(y)
    loss = -log_p[np.arange(n), y].mean()
    d = np.exp(log_p)
    d[np.arange(n), y] -= 1
    d = d / n
    X, H = activations[0], activations[-2]
    dH = (d @ params[-1][0].T) * (H > 0)
    return loss, [(X.T @ dH, dH.sum(axis=0)), (H.T @ d, d.sum(axis=0))]

# %% wrong: shifted, then the logarithm of a probability
# says: a probability is rounded to 0 before its logarithm
def mlp_backward(activations, y, params):
    Z = activations[-1] - activations[-1].max(axis=1, keepdims=True)
    log_p = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    n = len(y)
    p = np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)
    loss = -np.log(p[np.arange(n), y]).mean()
    d = np.exp(log_p)
    d[np.arange(n), y] -= 1
    d = d / n
    grads = []
    for k in range(len(params))[::-1]:
        grads.insert(0, (activations[k].T @ d, d.sum(axis=0)))
        d = (d @ params[k][0].T) * (activations[k] > 0)
    return loss, grads

# %% wrong: a small number in the logarithm
# says: a small number or a clip in front of the logarithm hides it
def mlp_backward(activations, y, params):
    Z = activations[-1] - activations[-1].max(axis=1, keepdims=True)
    log_p = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    n = len(y)
    p = np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)
    loss = -np.log(p[np.arange(n), y] + 1e-12).mean()
    d = np.exp(log_p)
    d[np.arange(n), y] -= 1
    d = d / n
    grads = []
    for k in range(len(params))[::-1]:
        grads.insert(0, (activations[k].T @ d, d.sum(axis=0)))
        d = (d @ params[k][0].T) * (activations[k] > 0)
    return loss, grads

# %% wrong: one largest logit for all rows
# says: one largest logit is subtracted from all rows
def mlp_backward(activations, y, params):
    Z = activations[-1] - activations[-1].max()
    log_p = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    n = len(y)
    loss = -log_p[np.arange(n), y].mean()
    d = np.exp(log_p)
    d[np.arange(n), y] -= 1
    d = d / n
    grads = []
    for k in range(len(params))[::-1]:
        grads.insert(0, (activations[k].T @ d, d.sum(axis=0)))
        d = (d @ params[k][0].T) * (activations[k] > 0)
    return loss, grads

# %% wrong: the mask lets zeros through
# says: the gradient passes ReLU unchanged: there is no mask, or it says `>=`
def mlp_backward(activations, y, params):
    Z = activations[-1] - activations[-1].max(axis=1, keepdims=True)
    log_p = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    n = len(y)
    loss = -log_p[np.arange(n), y].mean()
    d = np.exp(log_p)
    d[np.arange(n), y] -= 1
    d = d / n
    grads = []
    for k in range(len(params))[::-1]:
        grads.insert(0, (activations[k].T @ d, d.sum(axis=0)))
        d = (d @ params[k][0].T) * (activations[k] >= 0)
    return loss, grads

# %% wrong: minus 1 after the division
# says: the 1 is subtracted after the division by the number of rows
def mlp_backward(activations, y, params):
    Z = activations[-1] - activations[-1].max(axis=1, keepdims=True)
    log_p = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    n = len(y)
    loss = -log_p[np.arange(n), y].mean()
    d = np.exp(log_p) / n
    d[np.arange(n), y] -= 1
    grads = []
    for k in range(len(params))[::-1]:
        grads.insert(0, (activations[k].T @ d, d.sum(axis=0)))
        d = (d @ params[k][0].T) * (activations[k] > 0)
    return loss, grads

# %% wrong: divided by the number of entries
# says: dZ is divided by its number of entries
def mlp_backward(activations, y, params):
    Z = activations[-1] - activations[-1].max(axis=1, keepdims=True)
    log_p = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    n = len(y)
    loss = -log_p[np.arange(n), y].mean()
    d = np.exp(log_p)
    d[np.arange(n), y] -= 1
    d = d / d.size
    grads = []
    for k in range(len(params))[::-1]:
        grads.insert(0, (activations[k].T @ d, d.sum(axis=0)))
        d = (d @ params[k][0].T) * (activations[k] > 0)
    return loss, grads
