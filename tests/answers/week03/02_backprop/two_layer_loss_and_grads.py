# %% right: names of the math
def two_layer_loss_and_grads(X, y, params):
    (W1, b1), (W2, b2) = params
    Z1 = X @ W1 + b1
    A1 = relu(Z1)
    loss, dlogits = softmax_cross_entropy(A1 @ W2 + b2, y)
    dA1, dW2, db2 = dense_backward(dlogits, (A1, W2))
    dZ1 = relu_backward(dA1, Z1)
    dX, dW1, db1 = dense_backward(dZ1, (X, W1))
    return loss, [(dW1, db1), (dW2, db2)]

# %% right: everything by hand, nothing called
def two_layer_loss_and_grads(X, y, params):
    W1, b1 = params[0]
    W2, b2 = params[1]
    H = np.clip(X @ W1 + b1, 0, None)
    Z = H @ W2 + b2
    Z = Z - Z.max(axis=1, keepdims=True)
    P = np.exp(Z)
    P /= P.sum(axis=1, keepdims=True)
    loss = -np.log(P[np.arange(len(y)), y]).mean()
    P[np.arange(len(y)), y] -= 1
    P /= len(y)
    back = (P @ W2.T) * (H > 0)
    return loss, ((X.T @ back, back.sum(0)), (H.T @ P, P.sum(0)))

# %% right: the mask from A1, gradients as lists
def two_layer_loss_and_grads(X, y, params):
    (W1, b1), (W2, b2) = params
    A1 = np.maximum(X @ W1 + b1, 0)
    loss, dlogits = softmax_cross_entropy(A1 @ W2 + b2, y)
    dA1, dW2, db2 = dense_backward(dlogits, (A1, W2))
    _, dW1, db1 = dense_backward(relu_backward(dA1, A1), (X, W1))
    return loss, [[dW1, db1], [dW2, db2]]

# %% right: a loop over the layers, and autograd of PyTorch for the loss
def two_layer_loss_and_grads(X, y, params):
    A, kept = X, []
    for number, (W, b) in enumerate(params):
        Z = A @ W + b
        kept.append((A, W, Z))
        A = relu(Z)
    logits = torch.tensor(Z, requires_grad=True)
    loss = torch.nn.functional.cross_entropy(logits, torch.tensor(y))
    loss.backward()
    back, grads = logits.grad.numpy(), []
    for A, W, Z in reversed(kept):
        if grads:
            back = back * (Z > 0)
        back, dW, db = dense_backward(back, (A, W))
        grads.insert(0, (dW, db))
    return loss.item(), grads

# %% wrong: no mask
# says: its mask is missing between the layers
def two_layer_loss_and_grads(X, y, params):
    (W1, b1), (W2, b2) = params
    A1 = relu(X @ W1 + b1)
    loss, dlogits = softmax_cross_entropy(A1 @ W2 + b2, y)
    dA1, dW2, db2 = dense_backward(dlogits, (A1, W2))
    _, dW1, db1 = dense_backward(dA1, (X, W1))
    return loss, [(dW1, db1), (dW2, db2)]

# %% wrong: relu on the logits
# says: ReLU was applied to the logits too
def two_layer_loss_and_grads(X, y, params):
    (W1, b1), (W2, b2) = params
    Z1 = X @ W1 + b1
    A1 = relu(Z1)
    loss, dlogits = softmax_cross_entropy(relu(A1 @ W2 + b2), y)
    dA1, dW2, db2 = dense_backward(dlogits, (A1, W2))
    _, dW1, db1 = dense_backward(relu_backward(dA1, Z1), (X, W1))
    return loss, [(dW1, db1), (dW2, db2)]

# %% wrong: divides by n again
# says: it is divided by n again
def two_layer_loss_and_grads(X, y, params):
    (W1, b1), (W2, b2) = params
    Z1 = X @ W1 + b1
    A1 = relu(Z1)
    loss, dlogits = softmax_cross_entropy(A1 @ W2 + b2, y)
    dA1, dW2, db2 = dense_backward(dlogits / len(y), (A1, W2))
    _, dW1, db1 = dense_backward(relu_backward(dA1, Z1), (X, W1))
    return loss, [(dW1, db1), (dW2, db2)]

# %% wrong: order of the walk, last layer first
# says: the pairs stand in the order of params
def two_layer_loss_and_grads(X, y, params):
    (W1, b1), (W2, b2) = params
    Z1 = X @ W1 + b1
    A1 = relu(Z1)
    loss, dlogits = softmax_cross_entropy(A1 @ W2 + b2, y)
    dA1, dW2, db2 = dense_backward(dlogits, (A1, W2))
    _, dW1, db1 = dense_backward(relu_backward(dA1, Z1), (X, W1))
    return loss, [(dW2, db2), (dW1, db1)]

# %% wrong: four arrays in a row
# says: Put them into pairs
def two_layer_loss_and_grads(X, y, params):
    (W1, b1), (W2, b2) = params
    Z1 = X @ W1 + b1
    A1 = relu(Z1)
    loss, dlogits = softmax_cross_entropy(A1 @ W2 + b2, y)
    dA1, dW2, db2 = dense_backward(dlogits, (A1, W2))
    _, dW1, db1 = dense_backward(relu_backward(dA1, Z1), (X, W1))
    return loss, [dW1, db1, dW2, db2]

# %% wrong: arguments of relu_backward turned around
# says: the arguments of `relu_backward` are turned around
def two_layer_loss_and_grads(X, y, params):
    (W1, b1), (W2, b2) = params
    Z1 = X @ W1 + b1
    A1 = relu(Z1)
    loss, dlogits = softmax_cross_entropy(A1 @ W2 + b2, y)
    dA1, dW2, db2 = dense_backward(dlogits, (A1, W2))
    _, dW1, db1 = dense_backward(relu_backward(Z1, dA1), (X, W1))
    return loss, [(dW1, db1), (dW2, db2)]

# %% wrong: the loss forgotten
# says: the loss is missing, and only the gradients came back
def two_layer_loss_and_grads(X, y, params):
    (W1, b1), (W2, b2) = params
    Z1 = X @ W1 + b1
    A1 = relu(Z1)
    loss, dlogits = softmax_cross_entropy(A1 @ W2 + b2, y)
    dA1, dW2, db2 = dense_backward(dlogits, (A1, W2))
    _, dW1, db1 = dense_backward(relu_backward(dA1, Z1), (X, W1))
    return [(dW1, db1), (dW2, db2)]

# %% wrong: softmax before the loss
# says: softmax was applied before the loss
def two_layer_loss_and_grads(X, y, params):
    (W1, b1), (W2, b2) = params
    Z1 = X @ W1 + b1
    A1 = relu(Z1)
    logits = A1 @ W2 + b2
    P = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    loss, dlogits = softmax_cross_entropy(P, y)
    dA1, dW2, db2 = dense_backward(dlogits, (A1, W2))
    _, dW1, db1 = dense_backward(relu_backward(dA1, Z1), (X, W1))
    return loss, [(dW1, db1), (dW2, db2)]

# %% wrong: cache turned around
# says: the cache is (X, W): first what the layer read
def two_layer_loss_and_grads(X, y, params):
    (W1, b1), (W2, b2) = params
    Z1 = X @ W1 + b1
    A1 = relu(Z1)
    loss, dlogits = softmax_cross_entropy(A1 @ W2 + b2, y)
    dA1, dW2, db2 = dense_backward(dlogits, (W2, A1))
    _, dW1, db1 = dense_backward(relu_backward(dA1, Z1), (X, W1))
    return loss, [(dW1, db1), (dW2, db2)]

# %% wrong: loss and gradient turned around
# says: dout is no array of slopes
def two_layer_loss_and_grads(X, y, params):
    (W1, b1), (W2, b2) = params
    Z1 = X @ W1 + b1
    A1 = relu(Z1)
    dlogits, loss = softmax_cross_entropy(A1 @ W2 + b2, y)
    dA1, dW2, db2 = dense_backward(dlogits, (A1, W2))
    _, dW1, db1 = dense_backward(relu_backward(dA1, Z1), (X, W1))
    return loss, [(dW1, db1), (dW2, db2)]

# %% wrong: three gradients in another order
# says: `relu_backward` takes two arrays of one shape
def two_layer_loss_and_grads(X, y, params):
    (W1, b1), (W2, b2) = params
    Z1 = X @ W1 + b1
    A1 = relu(Z1)
    loss, dlogits = softmax_cross_entropy(A1 @ W2 + b2, y)
    dW2, db2, dA1 = dense_backward(dlogits, (A1, W2))
    _, dW1, db1 = dense_backward(relu_backward(dA1, Z1), (X, W1))
    return loss, [(dW1, db1), (dW2, db2)]

# %% wrong: relu backward on the logits
# says: `dlogits` was sent through `relu_backward`
def two_layer_loss_and_grads(X, y, params):
    (W1, b1), (W2, b2) = params
    Z1 = X @ W1 + b1
    A1 = relu(Z1)
    loss, dlogits = softmax_cross_entropy(A1 @ W2 + b2, y)
    dlogits = relu_backward(dlogits, A1 @ W2 + b2)
    dA1, dW2, db2 = dense_backward(dlogits, (A1, W2))
    _, dW1, db1 = dense_backward(relu_backward(dA1, Z1), (X, W1))
    return loss, [(dW1, db1), (dW2, db2)]
