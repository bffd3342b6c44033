# %% right: backward on a leaf of its own
def gradient_at(f, x):
    leaf = x.detach().clone()
    leaf.requires_grad_()
    f(leaf).backward()
    return leaf.grad

# %% right: a tensor made anew, a copy of the gradient
def gradient_at(f, x):
    own = torch.tensor(x.tolist(), dtype=x.dtype, requires_grad=True)
    value = f(own)
    value.backward()
    return own.grad.detach().clone()

# %% right: a graph behind it, then detached
def gradient_at(f, x):
    own = x.detach().clone().requires_grad_(True)
    slope = torch.autograd.grad(f(own), own, create_graph=True)[0]
    return slope.detach()

# %% wrong: works on the caller's tensor
# says: x of the caller was switched to requires_grad=True
def gradient_at(f, x):
    x.requires_grad_()
    f(x).backward()
    return x.grad.clone()

# %% wrong: a clone is no leaf
# says: is no leaf
def gradient_at(f, x):
    own = x.clone().requires_grad_()
    f(own).backward()
    return own.grad

# %% wrong: wipes the caller's gradient
# says: it came with requires_grad=True, and now it is False
def gradient_at(f, x):
    x.grad = None
    x.requires_grad_(True)
    f(x).backward()
    slope = x.grad
    x.grad = None
    x.requires_grad_(False)
    return slope

# %% wrong: puts back requires_grad and forgets the gradient
# says: the gradient was left in x.grad of the caller
def gradient_at(f, x):
    before = x.requires_grad
    x.requires_grad_(True)
    f(x).backward()
    slope = x.grad.clone()
    x.requires_grad_(before)
    return slope

# %% wrong: the value
# says: this is the value of f at x
def gradient_at(f, x):
    return f(x)

# %% wrong: keeps the graph
# says: there is still a graph behind the gradient
def gradient_at(f, x):
    own = x.detach().clone().requires_grad_(True)
    return torch.autograd.grad(f(own), own, create_graph=True)[0]

# %% wrong: returns what backward returns
# says: your function returned None
def gradient_at(f, x):
    own = x.detach().clone().requires_grad_(True)
    return f(own).backward()

# %% wrong: always float32
# says: the dtype was changed
def gradient_at(f, x):
    own = x.detach().float().clone().requires_grad_(True)
    f(own).backward()
    return own.grad

# %% right: a warning of PyTorch is no mistake
def gradient_at(f, x):
    own = torch.tensor(x, requires_grad=True)
    f(own).backward()
    return own.grad

# %% wrong: gives NumPy
# says: this is no tensor
def gradient_at(f, x):
    own = x.detach().clone().requires_grad_(True)
    f(own).backward()
    return own.grad.numpy()

# %% wrong: writes through detach
# says: x of the caller was changed
def gradient_at(f, x):
    own = x.detach().requires_grad_(True)
    f(own).backward()
    slope = own.grad
    with torch.no_grad():
        own -= slope
    return slope
