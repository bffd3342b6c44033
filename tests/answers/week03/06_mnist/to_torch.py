# %% right: copies under no_grad
def to_torch(params):
    layers = []
    for i, (W, b) in enumerate(params):
        layer = nn.Linear(W.shape[0], W.shape[1], dtype=torch.float64)
        with torch.no_grad():
            layer.weight.copy_(torch.tensor(W).T)
            layer.bias.copy_(torch.tensor(b))
        layers.append(layer)
        if i < len(params) - 1:
            layers.append(nn.ReLU())
    return nn.Sequential(*layers)

# %% right: new parameters, doubled at the end
def to_torch(params):
    model = nn.Sequential()
    for W, b in params:
        if len(model):
            model.append(nn.ReLU())
        layer = nn.Linear(len(W), len(b))
        layer.weight = nn.Parameter(torch.tensor(W.T.tolist(), dtype=torch.float64))
        layer.bias = nn.Parameter(torch.tensor(b.tolist(), dtype=torch.float64))
        model.append(layer)
    return model.double()

# %% right: fills the data of doubled layers
def to_torch(params):
    modules = [m for W, b in params for m in (nn.Linear(*W.shape), nn.ReLU())]
    model = nn.Sequential(*modules[:-1]).double()
    for layer, (W, b) in zip(model[::2], params):
        layer.weight.data[:] = torch.from_numpy(W.T.copy())
        layer.bias.data[:] = torch.from_numpy(b)
    return model

# %% wrong: not transposed
# says: not transposed
def to_torch(params):
    layers = []
    for W, b in params:
        layer = nn.Linear(*W.shape, dtype=torch.float64)
        layer.weight = nn.Parameter(torch.tensor(W))
        layer.bias = nn.Parameter(torch.tensor(b))
        layers += [layer, nn.ReLU()]
    return nn.Sequential(*layers[:-1])

# %% wrong: a ReLU at the end
# says: a ReLU after the last layer
def to_torch(params):
    layers = []
    for W, b in params:
        layer = nn.Linear(*W.shape, dtype=torch.float64)
        layer.load_state_dict({"weight": torch.tensor(W.T), "bias": torch.tensor(b)})
        layers += [layer, nn.ReLU()]
    return nn.Sequential(*layers)

# %% wrong: keeps the random start
# says: keep their random start numbers
def to_torch(params):
    layers = []
    for W, b in params:
        layers += [nn.Linear(*W.shape, dtype=torch.float64), nn.ReLU()]
    return nn.Sequential(*layers[:-1])

# %% wrong: shares the arrays
# says: shares its numbers with the arrays
def to_torch(params):
    layers = []
    for W, b in params:
        layer = nn.Linear(*W.shape, dtype=torch.float64)
        layer.weight = nn.Parameter(torch.from_numpy(W.T))
        layer.bias = nn.Parameter(torch.from_numpy(b))
        layers += [layer, nn.ReLU()]
    return nn.Sequential(*layers[:-1])

# %% wrong: cannot learn
# says: it has requires_grad=False
def to_torch(params):
    layers = []
    for W, b in params:
        layer = nn.Linear(*W.shape, dtype=torch.float64)
        layer.load_state_dict({"weight": torch.tensor(W.T), "bias": torch.tensor(b)})
        layers += [layer.requires_grad_(False), nn.ReLU()]
    return nn.Sequential(*layers[:-1])

# %% wrong: the bias is not copied
# says: the biases keep their random start numbers
def to_torch(params):
    layers = []
    for W, b in params:
        layer = nn.Linear(*W.shape, dtype=torch.float64)
        with torch.no_grad():
            layer.weight.copy_(torch.tensor(W.T))
        layers += [layer, nn.ReLU()]
    return nn.Sequential(*layers[:-1])

# %% wrong: sizes turned around, and the weight as it is
# says: not transposed
def to_torch(params):
    layers = []
    for W, b in params:
        layer = nn.Linear(W.shape[1], W.shape[0], dtype=torch.float64)
        with torch.no_grad():
            layer.weight.copy_(torch.tensor(W))
        layer.bias = nn.Parameter(torch.tensor(b))
        layers += [layer, nn.ReLU()]
    return nn.Sequential(*layers[:-1])

# %% wrong: reshaped
# says: `reshape` deals the numbers out in their old order
def to_torch(params):
    layers = []
    for W, b in params:
        layer = nn.Linear(*W.shape, dtype=torch.float64)
        with torch.no_grad():
            layer.weight.copy_(torch.tensor(W.reshape(W.shape[1], W.shape[0])))
            layer.bias.copy_(torch.tensor(b))
        layers += [layer, nn.ReLU()]
    return nn.Sequential(*layers[:-1])

# %% wrong: through float32
# says: went through float32
def to_torch(params):
    layers = []
    for W, b in params:
        layer = nn.Linear(*W.shape, dtype=torch.float64)
        with torch.no_grad():
            layer.weight.copy_(torch.tensor(W.T, dtype=torch.float32))
            layer.bias.copy_(torch.tensor(b, dtype=torch.float32))
        layers += [layer, nn.ReLU()]
    return nn.Sequential(*layers[:-1])

# %% wrong: two layers, written out
# says: IndexError
def to_torch(params):
    (W1, b1), (W2, b2) = params[0], params[1]
    net = nn.Sequential(nn.Linear(*W1.shape), nn.ReLU(), nn.Linear(*W2.shape)).double()
    net.load_state_dict(dict(zip(net.state_dict(), map(torch.tensor, (W1.T, b1, W2.T, b2)))))
    return net

# %% wrong: a module of its own
# says: an nn.Sequential
def to_torch(params):
    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.layers = nn.ModuleList()
            for W, b in params:
                layer = nn.Linear(*W.shape, dtype=torch.float64)
                layer.load_state_dict({"weight": torch.tensor(W.T), "bias": torch.tensor(b)})
                self.layers.append(layer)

        def forward(self, x):
            for layer in self.layers[:-1]:
                x = torch.relu(layer(x))
            return self.layers[-1](x)

    return Net()
