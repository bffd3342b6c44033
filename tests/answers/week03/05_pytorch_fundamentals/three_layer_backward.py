# %% right: written out, on its own
def three_layer_backward(X, y, params):
    (W1, b1), (W2, b2), (W3, b3) = params
    n = X.shape[0]
    Z1 = X @ W1 + b1
    A1 = torch.relu(Z1)
    Z2 = A1 @ W2 + b2
    A2 = torch.relu(Z2)
    Z3 = A2 @ W3 + b3
    shifted = Z3 - Z3.max(dim=1, keepdim=True).values
    P = torch.exp(shifted) / torch.exp(shifted).sum(dim=1, keepdim=True)
    loss = (torch.log(torch.exp(shifted).sum(dim=1)) - shifted[torch.arange(n), y]).mean()
    Y = torch.zeros_like(P)
    Y[torch.arange(n), y] = 1
    dZ3 = (P - Y) / n
    dZ2 = dZ3 @ W3.T
    dZ2[Z2 <= 0] = 0
    dZ1 = dZ2 @ W2.T
    dZ1[Z1 <= 0] = 0
    return loss, [(X.T @ dZ1, dZ1.sum(0)), (A1.T @ dZ2, dZ2.sum(0)), (A2.T @ dZ3, dZ3.sum(0))]

# %% right: with the cache, softmax of torch, lists
def three_layer_backward(X, y, params):
    logits, cache = three_layer_forward(X, params)
    n = len(y)
    dZ = torch.softmax(logits, dim=1)
    loss = float((torch.logsumexp(logits, dim=1) - logits.gather(1, y[:, None])[:, 0]).mean())
    dZ = (dZ - torch.eye(logits.shape[1], dtype=logits.dtype)[y]) / n
    grads = []
    for k in range(2, -1, -1):
        A, _ = cache[k]
        grads.append([A.T @ dZ, dZ.sum(dim=0)])
        if k:
            dZ = torch.where(cache[k - 1][1] > 0, dZ @ params[k][0].T, 0.0)
    grads.reverse()
    return loss, grads

# %% right: einsum, the mean in each gradient
def three_layer_backward(X, y, params):
    logits, cache = three_layer_forward(X, params)
    n = len(y)
    logs = torch.log_softmax(logits, dim=1)
    flow = torch.exp(logs)
    for i in range(n):
        flow[i, y[i]] -= 1.0
    grads = [None, None, None]
    for k in reversed(range(3)):
        A = cache[k][0]
        grads[k] = (torch.einsum("ni,no->io", A, flow) / n, flow.mean(dim=0))
        flow = torch.einsum("no,io->ni", flow, params[k][0])
        if k:
            flow = flow * (A > 0)
    return -sum(logs[i, y[i]] for i in range(n)) / n, tuple(grads)

# %% wrong: no mean in dZ
# says: the division by n is missing
def three_layer_backward(X, y, params):
    logits, cache = three_layer_forward(X, params)
    rows = torch.arange(len(X))
    logs = logits - torch.logsumexp(logits, dim=1, keepdim=True)
    dZ = logs.exp()
    dZ[rows, y] -= 1
    grads = []
    for k in (2, 1, 0):
        grads.insert(0, (cache[k][0].T @ dZ, dZ.sum(dim=0)))
        if k:
            dZ = (dZ @ params[k][0].T) * (cache[k - 1][1] > 0)
    return -logs[rows, y].mean(), grads

# %% wrong: no masks
# says: no ReLU mask
def three_layer_backward(X, y, params):
    logits, cache = three_layer_forward(X, params)
    rows = torch.arange(len(X))
    logs = logits - torch.logsumexp(logits, dim=1, keepdim=True)
    dZ = logs.exp()
    dZ[rows, y] -= 1
    dZ = dZ / len(X)
    grads = []
    for k in (2, 1, 0):
        grads.insert(0, (cache[k][0].T @ dZ, dZ.sum(dim=0)))
        if k:
            dZ = dZ @ params[k][0].T
    return -logs[rows, y].mean(), grads

# %% wrong: the mask of the gradient
# says: the mask looks at the gradient
def three_layer_backward(X, y, params):
    logits, cache = three_layer_forward(X, params)
    rows = torch.arange(len(X))
    logs = logits - torch.logsumexp(logits, dim=1, keepdim=True)
    dZ = logs.exp()
    dZ[rows, y] -= 1
    dZ = dZ / len(X)
    grads = []
    for k in (2, 1, 0):
        grads.insert(0, (cache[k][0].T @ dZ, dZ.sum(dim=0)))
        if k:
            dZ = torch.relu(dZ @ params[k][0].T)
    return -logs[rows, y].mean(), grads

# %% wrong: order of computing
# says: The first layer comes first
def three_layer_backward(X, y, params):
    logits, cache = three_layer_forward(X, params)
    rows = torch.arange(len(X))
    logs = logits - torch.logsumexp(logits, dim=1, keepdim=True)
    dZ = logs.exp()
    dZ[rows, y] -= 1
    dZ = dZ / len(X)
    grads = []
    for k in (2, 1, 0):
        grads.append((cache[k][0].T @ dZ, dZ.sum(dim=0)))
        if k:
            dZ = (dZ @ params[k][0].T) * (cache[k - 1][1] > 0)
    return -logs[rows, y].mean(), grads

# %% wrong: forgets the labels
# says: this is the gradient of P without Y
def three_layer_backward(X, y, params):
    logits, cache = three_layer_forward(X, params)
    rows = torch.arange(len(X))
    logs = logits - torch.logsumexp(logits, dim=1, keepdim=True)
    dZ = logs.exp() / len(X)
    grads = []
    for k in (2, 1, 0):
        grads.insert(0, (cache[k][0].T @ dZ, dZ.sum(dim=0)))
        if k:
            dZ = (dZ @ params[k][0].T) * (cache[k - 1][1] > 0)
    return -logs[rows, y].mean(), grads

# %% wrong: db along the rows
# says: the sum ran along each row
def three_layer_backward(X, y, params):
    logits, cache = three_layer_forward(X, params)
    rows = torch.arange(len(X))
    logs = logits - torch.logsumexp(logits, dim=1, keepdim=True)
    dZ = logs.exp()
    dZ[rows, y] -= 1
    dZ = dZ / len(X)
    grads = []
    for k in (2, 1, 0):
        grads.insert(0, (cache[k][0].T @ dZ, dZ.sum(dim=1)))
        if k:
            dZ = (dZ @ params[k][0].T) * (cache[k - 1][1] > 0)
    return -logs[rows, y].mean(), grads

# %% wrong: dW transposed
# says: transposed
def three_layer_backward(X, y, params):
    logits, cache = three_layer_forward(X, params)
    rows = torch.arange(len(X))
    logs = logits - torch.logsumexp(logits, dim=1, keepdim=True)
    dZ = logs.exp()
    dZ[rows, y] -= 1
    dZ = dZ / len(X)
    grads = []
    for k in (2, 1, 0):
        grads.insert(0, (dZ.T @ cache[k][0], dZ.sum(dim=0)))
        if k:
            dZ = (dZ @ params[k][0].T) * (cache[k - 1][1] > 0)
    return -logs[rows, y].mean(), grads

# %% wrong: not stable
# says: there is a NaN or an infinity
def three_layer_backward(X, y, params):
    logits, cache = three_layer_forward(X, params)
    rows = torch.arange(len(X))
    P = logits.exp() / logits.exp().sum(dim=1, keepdim=True)
    loss = -torch.log(P[rows, y]).mean()
    dZ = P.clone()
    dZ[rows, y] -= 1
    dZ = dZ / len(X)
    grads = []
    for k in (2, 1, 0):
        grads.insert(0, (cache[k][0].T @ dZ, dZ.sum(dim=0)))
        if k:
            dZ = (dZ @ params[k][0].T) * (cache[k - 1][1] > 0)
    return loss, grads

# %% wrong: autograd after all
# says: by hand means without autograd
def three_layer_backward(X, y, params):
    with torch.enable_grad():
        leaves = [(W.clone().requires_grad_(), b.clone().requires_grad_()) for W, b in params]
        A = X
        for k, (W, b) in enumerate(leaves):
            A = A @ W + b
            A = torch.relu(A) if k < 2 else A
        loss = (torch.logsumexp(A, dim=1) - A[torch.arange(len(y)), y]).mean()
        loss.backward()
    return loss.detach(), [(W.grad, b.grad) for W, b in leaves]

# %% right: a helper with the name backward
def backward(flow, cache, params):
    for k in (2, 1, 0):
        A, _ = cache[k]
        yield A.T @ flow, flow.sum(dim=0)
        flow = (flow @ params[k][0].T) * (A > 0)


def three_layer_backward(X, y, params):
    logits, cache = three_layer_forward(X, params)
    rows = torch.arange(len(X))
    P = torch.softmax(logits, dim=1)
    loss = (torch.logsumexp(logits, dim=1) - logits[rows, y]).mean()
    P[rows, y] -= 1
    return loss, list(backward(P / len(X), cache, params))[::-1]

# %% wrong: keepdim forgotten
# says: two tensors of different shapes meet
def three_layer_backward(X, y, params):
    logits, cache = three_layer_forward(X, params)
    rows = torch.arange(len(X))
    logs = logits - torch.logsumexp(logits, dim=1)
    dZ = logs.exp()
    dZ[rows, y] -= 1
    dZ = dZ / len(X)
    grads = []
    for k in (2, 1, 0):
        grads.insert(0, (cache[k][0].T @ dZ, dZ.sum(dim=0)))
        if k:
            dZ = (dZ @ params[k][0].T) * (cache[k - 1][1] > 0)
    return -logs[rows, y].mean(), grads

# %% wrong: whole rows at the labels
# says: picks whole rows
def three_layer_backward(X, y, params):
    logits, cache = three_layer_forward(X, params)
    rows = torch.arange(len(X))
    logs = logits - torch.logsumexp(logits, dim=1, keepdim=True)
    dZ = logs.exp()
    dZ[y] -= 1
    dZ = dZ / len(X)
    grads = []
    for k in (2, 1, 0):
        grads.insert(0, (cache[k][0].T @ dZ, dZ.sum(dim=0)))
        if k:
            dZ = (dZ @ params[k][0].T) * (cache[k - 1][1] > 0)
    return -logs[rows, y].mean(), grads

# %% wrong: whole columns at the labels
# says: picks whole columns
def three_layer_backward(X, y, params):
    logits, cache = three_layer_forward(X, params)
    rows = torch.arange(len(X))
    logs = logits - torch.logsumexp(logits, dim=1, keepdim=True)
    dZ = logs.exp()
    dZ[:, y] -= 1
    dZ = dZ / len(X)
    grads = []
    for k in (2, 1, 0):
        grads.insert(0, (cache[k][0].T @ dZ, dZ.sum(dim=0)))
        if k:
            dZ = (dZ @ params[k][0].T) * (cache[k - 1][1] > 0)
    return -logs[rows, y].mean(), grads

# %% wrong: plus at the label
# says: the 1 at the label was added
def three_layer_backward(X, y, params):
    logits, cache = three_layer_forward(X, params)
    rows = torch.arange(len(X))
    logs = logits - torch.logsumexp(logits, dim=1, keepdim=True)
    dZ = logs.exp()
    dZ[rows, y] += 1
    dZ = dZ / len(X)
    grads = []
    for k in (2, 1, 0):
        grads.insert(0, (cache[k][0].T @ dZ, dZ.sum(dim=0)))
        if k:
            dZ = (dZ @ params[k][0].T) * (cache[k - 1][1] > 0)
    return -logs[rows, y].mean(), grads

# %% wrong: db first
# says: the pairs are turned around
def three_layer_backward(X, y, params):
    logits, cache = three_layer_forward(X, params)
    rows = torch.arange(len(X))
    logs = logits - torch.logsumexp(logits, dim=1, keepdim=True)
    dZ = logs.exp()
    dZ[rows, y] -= 1
    dZ = dZ / len(X)
    grads = []
    for k in (2, 1, 0):
        grads.insert(0, (dZ.sum(dim=0), cache[k][0].T @ dZ))
        if k:
            dZ = (dZ @ params[k][0].T) * (cache[k - 1][1] > 0)
    return -logs[rows, y].mean(), grads

# %% wrong: returns what reverse returns
# says: the gradients are None
def three_layer_backward(X, y, params):
    logits, cache = three_layer_forward(X, params)
    rows = torch.arange(len(X))
    logs = logits - torch.logsumexp(logits, dim=1, keepdim=True)
    dZ = logs.exp()
    dZ[rows, y] -= 1
    dZ = dZ / len(X)
    grads = []
    for k in (2, 1, 0):
        grads.append((cache[k][0].T @ dZ, dZ.sum(dim=0)))
        if k:
            dZ = (dZ @ params[k][0].T) * (cache[k - 1][1] > 0)
    return -logs[rows, y].mean(), grads.reverse()
