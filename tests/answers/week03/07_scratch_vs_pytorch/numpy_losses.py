# %% right: a loop
def numpy_losses(net, X, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss, grads = net.backward(X, y)
        net.step(grads, lr)
        losses.append(loss)
    return losses

# %% right: an array, filled
def numpy_losses(net, X, y, lr, steps):
    curve = np.zeros(steps)
    for k in range(steps):
        curve[k], grads = net.backward(X, y)
        net.step(grads, lr)
    return curve

# %% right: while, keyword arguments
def numpy_losses(net, X, y, lr, steps):
    curve = []
    while len(curve) < steps:
        answer = net.backward(X, y)
        curve += [float(answer[0])]
        net.step(grads=answer[1], lr=lr)
    return curve

# %% wrong: the loss after the step
# says: these are the losses after each step. The first entry is the loss of the start weights
def numpy_losses(net, X, y, lr, steps):
    losses = []
    for _ in range(steps):
        _, grads = net.backward(X, y)
        net.step(grads, lr)
        losses.append(net.backward(X, y)[0])
    return losses

# %% wrong: never steps
# says: the loss never changes: `step` is never called, or `backward` is called once
def numpy_losses(net, X, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss, grads = net.backward(X, y)
        losses.append(loss)
    return losses

# %% wrong: stale gradients
# says: every step uses the gradients of the start weights. Compute them anew in every round
def numpy_losses(net, X, y, lr, steps):
    losses = []
    _, grads = net.backward(X, y)
    for _ in range(steps):
        losses.append(net.backward(X, y)[0])
        net.step(grads, lr)
    return losses

# %% wrong: one too many
# says: there is one loss too many: `steps` losses, each before its step
def numpy_losses(net, X, y, lr, steps):
    losses = []
    for _ in range(steps + 1):
        loss, grads = net.backward(X, y)
        losses.append(loss)
        net.step(grads, lr)
    return losses

# %% wrong: only the last loss
# says: this is only the loss of the last round. Keep one per step, in a list
def numpy_losses(net, X, y, lr, steps):
    for _ in range(steps):
        loss, grads = net.backward(X, y)
        net.step(grads, lr)
    return loss

# %% wrong: return inside the loop
# says: the list ends after the first round: the `return` is inside the loop
def numpy_losses(net, X, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss, grads = net.backward(X, y)
        losses.append(loss)
        net.step(grads, lr)
        return losses

# %% wrong: the arguments of step swapped
# says: step(grads, lr) wants the gradients first and the learning rate second
def numpy_losses(net, X, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss, grads = net.backward(X, y)
        losses.append(loss)
        net.step(lr, grads)
    return losses

# %% wrong: backward once, before the loop
# says: or `backward` is called once, before the loop
def numpy_losses(net, X, y, lr, steps):
    losses = []
    loss, grads = net.backward(X, y)
    for _ in range(steps):
        losses.append(loss)
        net.step(grads, lr)
    return losses

# %% wrong: trains a copy
# says: the network has not learned: train this net, not a copy
def numpy_losses(net, X, y, lr, steps):
    import copy

    net, losses = copy.deepcopy(net), []
    for _ in range(steps):
        loss, grads = net.backward(X, y)
        losses.append(loss)
        net.step(grads, lr)
    return losses
