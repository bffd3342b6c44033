# %% right: names of the math, three lines
def dense_backward(dout, cache):
    X, W = cache
    dX = dout @ W.T
    dW = X.T @ dout
    db = np.sum(dout, axis=0)
    return dX, dW, db

# %% right: einsum
def dense_backward(dout, cache):
    X, W = cache
    return np.einsum("ij,kj->ik", dout, W), np.einsum("ik,ij->kj", X, dout), np.einsum("ij->j", dout)

# %% right: a loop over the rows, outer products added up
def dense_backward(dout, cache):
    X, W = cache
    dX, dW, db = np.zeros(X.shape), np.zeros(W.shape), np.zeros(W.shape[1])
    for i in range(len(X)):
        dX[i] = W @ dout[i]
        dW += np.outer(X[i], dout[i])
        db += dout[i]
    return [dX, dW, db]

# %% right: by autograd
def dense_backward(dout, cache):
    X, W = (torch.tensor(part, requires_grad=True) for part in cache)
    b = torch.zeros(W.shape[1], dtype=torch.float64, requires_grad=True)
    (X @ W + b).backward(torch.tensor(dout))
    return X.grad.numpy(), W.grad.numpy(), b.grad.numpy()

# %% wrong: W not transposed
# says: W is not transposed
def dense_backward(dout, cache):
    X, W = cache
    return dout @ W, X.T @ dout, dout.sum(axis=0)

# %% wrong: divides dW by n again
# says: The 1/n of the mean is in `dout` already
def dense_backward(dout, cache):
    X, W = cache
    return dout @ W.T, X.T @ dout / len(X), dout.mean(axis=0)

# %% wrong: the mean for db only
# says: this is the mean over the rows
def dense_backward(dout, cache):
    X, W = cache
    return dout @ W.T, X.T @ dout, dout.mean(axis=0)

# %% wrong: sums along the neurons
# says: the sum runs along the neurons
def dense_backward(dout, cache):
    X, W = cache
    return dout @ W.T, X.T @ dout, dout.sum(axis=1)

# %% wrong: cache the wrong way round
# says: the cache is unpacked the wrong way round
def dense_backward(dout, cache):
    W, X = cache
    return dout @ W.T, X.T @ dout, dout.sum(axis=0)

# %% wrong: parts in another order
# says: this is dW. The order is dX, dW, db
def dense_backward(dout, cache):
    X, W = cache
    return X.T @ dout, dout @ W.T, dout.sum(axis=0)

# %% wrong: keeps an axis
# says: Leave `keepdims` away
def dense_backward(dout, cache):
    X, W = cache
    return dout @ W.T, X.T @ dout, dout.sum(axis=0, keepdims=True)

# %% wrong: the rows of dX added up
# says: the rows of dX were added up
def dense_backward(dout, cache):
    X, W = cache
    dX = dout @ W.T
    return dX, X.T @ dout, dX.sum(axis=0)
