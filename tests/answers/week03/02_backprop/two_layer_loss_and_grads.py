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

# %% wrong: relu for its backward pass
# says: the mask of the ReLU is taken from the gradient
def two_layer_loss_and_grads(X, y, params):
    (W1, b1), (W2, b2) = params
    A1 = relu(X @ W1 + b1)
    loss, dlogits = softmax_cross_entropy(A1 @ W2 + b2, y)
    dA1, dW2, db2 = dense_backward(dlogits, (A1, W2))
    _, dW1, db1 = dense_backward(relu(dA1), (X, W1))
    return loss, [(dW1, db1), (dW2, db2)]

# %% wrong: Z1 in the cache of the second layer
# says: the second layer reads A1, the output after ReLU
def two_layer_loss_and_grads(X, y, params):
    (W1, b1), (W2, b2) = params
    Z1 = X @ W1 + b1
    loss, dlogits = softmax_cross_entropy(relu(Z1) @ W2 + b2, y)
    dA1, dW2, db2 = dense_backward(dlogits, (Z1, W2))
    _, dW1, db1 = dense_backward(relu_backward(dA1, Z1), (X, W1))
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

# %% wrong: no relu in the forward pass
# says: the ReLU between the layers is missing
def two_layer_loss_and_grads(X, y, params):
    (W1, b1), (W2, b2) = params
    Z1 = X @ W1 + b1
    loss, dlogits = softmax_cross_entropy(Z1 @ W2 + b2, y)
    dA1, dW2, db2 = dense_backward(dlogits, (Z1, W2))
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

# %% wrong: dlogits straight to the first layer
# says: `dlogits` goes straight to the first layer
def two_layer_loss_and_grads(X, y, params):
    (W1, b1), (W2, b2) = params
    Z1 = X @ W1 + b1
    A1 = relu(Z1)
    loss, dlogits = softmax_cross_entropy(A1 @ W2 + b2, y)
    _, dW2, db2 = dense_backward(dlogits, (A1, W2))
    _, dW1, db1 = dense_backward(relu_backward(dlogits, Z1), (X, W1))
    return loss, [(dW1, db1), (dW2, db2)]

# %% wrong: takes a step
# says: these are the weights after a step
def two_layer_loss_and_grads(X, y, params):
    (W1, b1), (W2, b2) = params
    Z1 = X @ W1 + b1
    A1 = relu(Z1)
    loss, dlogits = softmax_cross_entropy(A1 @ W2 + b2, y)
    dA1, dW2, db2 = dense_backward(dlogits, (A1, W2))
    _, dW1, db1 = dense_backward(relu_backward(dA1, Z1), (X, W1))
    return loss, [(W1 - dW1, b1 - db1), (W2 - dW2, b2 - db2)]

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
