# %% right: zero_grad after the forward pass
def train_step(model, optimizer, loss_fn, X, y):
    logits = model(X)
    loss = loss_fn(logits, y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return float(loss)

# %% right: the model wipes, training mode, wipes again at the end
def train_step(model, optimizer, loss_fn, X, y):
    model.train()
    model.zero_grad()
    loss = loss_fn(model.forward(X), y)
    loss.backward()
    optimizer.step()
    optimizer.zero_grad()
    return loss.detach().item()

# %% right: gradients set by hand
def train_step(model, optimizer, loss_fn, X, y):
    loss = loss_fn(model(X), y)
    parameters = list(model.parameters())
    for part, slope in zip(parameters, torch.autograd.grad(loss, parameters)):
        part.grad = slope
    before = loss.item()
    optimizer.step()
    return before

# %% wrong: no zero_grad
# says: the old gradients are in the step
def train_step(model, optimizer, loss_fn, X, y):
    loss = loss_fn(model(X), y)
    loss.backward()
    optimizer.step()
    return loss.item()

# %% wrong: zero_grad between backward and step
# says: the weights never moved
def train_step(model, optimizer, loss_fn, X, y):
    loss = loss_fn(model(X), y)
    loss.backward()
    optimizer.zero_grad()
    optimizer.step()
    return loss.item()

# %% wrong: step before backward
# says: does the step come before the backward pass
def train_step(model, optimizer, loss_fn, X, y):
    optimizer.zero_grad()
    loss = loss_fn(model(X), y)
    optimizer.step()
    loss.backward()
    return loss.item()

# %% wrong: returns the tensor
# says: its graph stays in memory
def train_step(model, optimizer, loss_fn, X, y):
    optimizer.zero_grad()
    loss = loss_fn(model(X), y)
    loss.backward()
    optimizer.step()
    return loss

# %% wrong: the loss after the step
# says: this is the loss after the step
def train_step(model, optimizer, loss_fn, X, y):
    optimizer.zero_grad()
    loss_fn(model(X), y).backward()
    optimizer.step()
    return loss_fn(model(X), y).item()

# %% wrong: double softmax
# says: the double softmax
def train_step(model, optimizer, loss_fn, X, y):
    optimizer.zero_grad()
    loss = loss_fn(torch.softmax(model(X), dim=1), y)
    loss.backward()
    optimizer.step()
    return loss.item()

# %% wrong: always cross-entropy
# says: Use the loss_fn that is passed in
def train_step(model, optimizer, loss_fn, X, y):
    optimizer.zero_grad()
    loss = nn.CrossEntropyLoss()(model(X), y)
    loss.backward()
    optimizer.step()
    return loss.item()

# %% wrong: evaluation mode on the way
# says: the model ran in evaluation mode
def train_step(model, optimizer, loss_fn, X, y):
    model.eval()
    optimizer.zero_grad()
    loss = loss_fn(model(X), y)
    loss.backward()
    optimizer.step()
    model.train()
    return loss.item()

# %% wrong: steps by hand
# says: this is a step of plain SGD
def train_step(model, optimizer, loss_fn, X, y):
    optimizer.zero_grad()
    loss = loss_fn(model(X), y)
    loss.backward()
    with torch.no_grad():
        for part in model.parameters():
            part -= 0.5 * part.grad
    return loss.item()

# %% wrong: no backward
# says: Is `loss.backward()` or `optimizer.step()` missing
def train_step(model, optimizer, loss_fn, X, y):
    optimizer.zero_grad()
    loss = loss_fn(model(X), y)
    optimizer.step()
    return loss.item()

# %% wrong: a tensor without a graph
# says: this is still a tensor
def train_step(model, optimizer, loss_fn, X, y):
    optimizer.zero_grad()
    loss = loss_fn(model(X), y)
    loss.backward()
    optimizer.step()
    return loss.detach()
