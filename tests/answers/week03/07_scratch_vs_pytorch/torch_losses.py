# %% right: the loop of week 00
def torch_losses(model, X, y, lr, steps):
    images, labels = torch.tensor(X), torch.tensor(y)
    loss_fn = nn.CrossEntropyLoss()
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(images), labels)
        losses.append(loss.item())
        opt.zero_grad()
        loss.backward()
        opt.step()
    return losses

# %% right: functional, gradients zeroed at the end, an array
def torch_losses(model, X, y, lr, steps):
    inputs, targets = torch.from_numpy(X), torch.from_numpy(y)
    sgd = torch.optim.SGD(model.parameters(), lr)
    model.zero_grad()
    curve = np.empty(steps)
    for k in range(steps):
        value = nn.functional.cross_entropy(model(inputs), targets)
        value.backward()
        sgd.step()
        sgd.zero_grad()
        curve[k] = float(value)
    return curve

# %% right: steps by hand
def torch_losses(model, X, y, lr, steps):
    X, y = torch.as_tensor(X, dtype=torch.float64), torch.as_tensor(y).long()
    curve = []
    for _ in range(steps):
        loss = -torch.log_softmax(model(X), dim=1)[torch.arange(len(y)), y].mean()
        weights = list(model.parameters())
        found = torch.autograd.grad(loss, weights)
        with torch.no_grad():
            for p, g in zip(weights, found):
                p -= lr * g
        curve.append(loss.detach().item())
    return curve

# %% wrong: gradients pile up
# says: the gradients pile up: zero_grad is missing
def torch_losses(model, X, y, lr, steps):
    X, y = torch.tensor(X), torch.tensor(y)
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(steps):
        loss = nn.functional.cross_entropy(model(X), y)
        losses.append(loss.item())
        loss.backward()
        opt.step()
    return losses

# %% wrong: the loss after the step
# says: these are the losses after each step. The first entry is the loss of the start weights
def torch_losses(model, X, y, lr, steps):
    X, y = torch.tensor(X), torch.tensor(y)
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(steps):
        opt.zero_grad()
        nn.functional.cross_entropy(model(X), y).backward()
        opt.step()
        losses.append(nn.functional.cross_entropy(model(X), y).item())
    return losses

# %% wrong: never steps
# says: the loss never changes: `backward` or the optimizer's step is missing
def torch_losses(model, X, y, lr, steps):
    X, y = torch.tensor(X), torch.tensor(y)
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(steps):
        opt.zero_grad()
        loss = nn.functional.cross_entropy(model(X), y)
        loss.backward()
        losses.append(loss.item())
    return losses

# %% wrong: double softmax
# says: the softmax acts twice: cross-entropy takes logits
def torch_losses(model, X, y, lr, steps):
    X, y = torch.tensor(X), torch.tensor(y)
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(steps):
        opt.zero_grad()
        loss = nn.functional.cross_entropy(torch.softmax(model(X), dim=1), y)
        loss.backward()
        opt.step()
        losses.append(loss.item())
    return losses

# %% wrong: Adam
# says: these are the steps of Adam. The NumPy network takes plain SGD steps
def torch_losses(model, X, y, lr, steps):
    X, y = torch.tensor(X), torch.tensor(y)
    opt = torch.optim.Adam(model.parameters(), lr=lr)
    losses = []
    for _ in range(steps):
        opt.zero_grad()
        loss = nn.functional.cross_entropy(model(X), y)
        loss.backward()
        opt.step()
        losses.append(loss.item())
    return losses

# %% wrong: keeps tensors
# says: these are tensors. Keep plain numbers, `loss.item()`: a tensor keeps its whole graph alive
def torch_losses(model, X, y, lr, steps):
    X, y = torch.tensor(X), torch.tensor(y)
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(steps):
        opt.zero_grad()
        loss = nn.functional.cross_entropy(model(X), y)
        loss.backward()
        opt.step()
        losses.append(loss)
    return losses

# %% wrong: computes in float32
# says: the losses went through float32: keep the inputs float64
def torch_losses(model, X, y, lr, steps):
    import copy

    twin = copy.deepcopy(model).float()
    X, y = torch.tensor(X).float(), torch.tensor(y)
    opt = torch.optim.SGD(twin.parameters(), lr=lr)
    losses = []
    for _ in range(steps):
        opt.zero_grad()
        loss = nn.functional.cross_entropy(twin(X), y)
        loss.backward()
        opt.step()
        losses.append(loss.item())
    return losses

# %% wrong: trains a copy
# says: the model has not learned: train this model, not a copy
def torch_losses(model, X, y, lr, steps):
    import copy

    twin = copy.deepcopy(model)
    X, y = torch.tensor(X), torch.tensor(y)
    opt = torch.optim.SGD(twin.parameters(), lr=lr)
    losses = []
    for _ in range(steps):
        opt.zero_grad()
        loss = nn.functional.cross_entropy(twin(X), y)
        loss.backward()
        opt.step()
        losses.append(loss.item())
    return losses

# %% wrong: zero_grad between backward and step
# says: or zero_grad stands between the two
def torch_losses(model, X, y, lr, steps):
    X, y = torch.tensor(X), torch.tensor(y)
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(steps):
        loss = nn.functional.cross_entropy(model(X), y)
        losses.append(loss.item())
        loss.backward()
        opt.zero_grad()
        opt.step()
    return losses

# %% wrong: float32 rows for a float64 model
# says: float32 rows meet a float64 model
def torch_losses(model, X, y, lr, steps):
    X, y = torch.tensor(X, dtype=torch.float32), torch.tensor(y)
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(steps):
        loss = nn.functional.cross_entropy(model(X), y)
        losses.append(loss.item())
        opt.zero_grad()
        loss.backward()
        opt.step()
    return losses
