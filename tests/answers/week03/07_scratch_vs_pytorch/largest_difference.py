# %% right: over the parameters in order
def largest_difference(grads, model):
    ours = [part for pair in grads for part in pair]
    theirs = [p.grad.numpy().T for p in model.parameters()]
    return max(float(np.abs(a - b).max()) for a, b in zip(ours, theirs))

# %% right: layer by layer
def largest_difference(grads, model):
    worst = 0.0
    linears = [layer for layer in model if isinstance(layer, nn.Linear)]
    for (dW, db), layer in zip(grads, linears):
        worst = max(worst, np.max(np.abs(dW - layer.weight.grad.detach().numpy().T)))
        worst = max(worst, np.max(np.abs(db - layer.bias.grad.detach().numpy())))
    return worst

# %% right: in PyTorch, one long vector
def largest_difference(grads, model):
    ours, theirs = [], []
    for k, (dW, db) in enumerate(grads):
        ours += [torch.tensor(dW).T.reshape(-1), torch.tensor(db)]
        theirs += [model[2 * k].weight.grad.reshape(-1), model[2 * k].bias.grad]
    return (torch.cat(ours) - torch.cat(theirs)).abs().max().item()

# %% wrong: not transposed
# says: the gradient of the weight is not transposed back. `.T` turns it; `reshape` only regroups the numbers
def largest_difference(grads, model):
    worst = 0.0
    for k, (dW, db) in enumerate(grads):
        layer = model[2 * k]
        worst = max(worst, np.abs(dW - layer.weight.grad.numpy()).max(), np.abs(db - layer.bias.grad.numpy()).max())
    return worst

# %% wrong: without the absolute value
# says: without the absolute value, a difference below zero does not count
def largest_difference(grads, model):
    worst = 0.0
    for k, (dW, db) in enumerate(grads):
        layer = model[2 * k]
        worst = max(worst, (dW - layer.weight.grad.numpy().T).max(), (db - layer.bias.grad.numpy()).max())
    return worst

# %% wrong: the biases are forgotten
# says: the biases are not compared
def largest_difference(grads, model):
    return max(np.abs(dW - model[2 * k].weight.grad.numpy().T).max() for k, (dW, db) in enumerate(grads))

# %% wrong: only the first layer
# says: only the first layer is compared: the `return` is inside the loop
def largest_difference(grads, model):
    for k, (dW, db) in enumerate(grads):
        layer = model[2 * k]
        return max(np.abs(dW - layer.weight.grad.numpy().T).max(), np.abs(db - layer.bias.grad.numpy()).max())

# %% wrong: the mean difference
# says: this is a mean of the differences. A bug in one entry would vanish in it: take the largest
def largest_difference(grads, model):
    parts = []
    for k, (dW, db) in enumerate(grads):
        layer = model[2 * k]
        parts += [np.abs(dW - layer.weight.grad.numpy().T).ravel(), np.abs(db - layer.bias.grad.numpy())]
    return np.concatenate(parts).mean()

# %% wrong: the weights in place of their gradients
# says: these are the differences from the weights, not from their gradients: `.grad` is missing
def largest_difference(grads, model):
    worst = 0.0
    for k, (dW, db) in enumerate(grads):
        layer = model[2 * k]
        worst = max(worst, np.abs(dW - layer.weight.detach().numpy().T).max(), np.abs(db - layer.bias.detach().numpy()).max())
    return worst

# %% wrong: the norm of each part
# says: this is a norm, the root of the sum of squares of a part
def largest_difference(grads, model):
    ours = [part for pair in grads for part in pair]
    theirs = [p.grad.numpy().T for p in model.parameters()]
    worst = max(float(np.linalg.norm(a - b)) for a, b in zip(ours, theirs))
    return worst

# %% wrong: the sum of each part
# says: the differences of one part are added up. Take the largest single one
def largest_difference(grads, model):
    ours = [part for pair in grads for part in pair]
    theirs = [p.grad.numpy().T for p in model.parameters()]
    worst = max(float(np.abs(a - b).sum()) for a, b in zip(ours, theirs))
    return worst

# %% wrong: sorted numbers
# says: sorted numbers are compared
def largest_difference(grads, model):
    ours = [part for pair in grads for part in pair]
    theirs = [p.grad.numpy().T for p in model.parameters()]
    worst = max(float(np.abs(np.sort(a.ravel()) - np.sort(b.ravel())).max()) for a, b in zip(ours, theirs))
    return worst

# %% wrong: rounded
# says: a difference of about 1e-12 has become 0
def largest_difference(grads, model):
    ours = [part for pair in grads for part in pair]
    theirs = [p.grad.numpy().T for p in model.parameters()]
    worst = max(float(np.abs(a - b).max()) for a, b in zip(ours, theirs))
    return round(worst, 10)

# %% wrong: zeroes the gradients
# says: the gradients of the model are gone
def largest_difference(grads, model):
    ours = [part for pair in grads for part in pair]
    theirs = [p.grad.numpy().T for p in model.parameters()]
    worst = max(float(np.abs(a - b).max()) for a, b in zip(ours, theirs))
    model.zero_grad()
    return worst
