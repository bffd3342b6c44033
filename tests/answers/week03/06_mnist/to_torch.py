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

# %% wrong: no ReLU
# says: the ReLU between the layers is missing
def to_torch(params):
    layers = []
    for W, b in params:
        layer = nn.Linear(*W.shape, dtype=torch.float64)
        layer.load_state_dict({"weight": torch.tensor(W.T), "bias": torch.tensor(b)})
        layers.append(layer)
    return nn.Sequential(*layers)

# %% wrong: float32
# says: a parameter is float32
def to_torch(params):
    layers = []
    for W, b in params:
        layer = nn.Linear(*W.shape)
        layer.load_state_dict({"weight": torch.tensor(W.T), "bias": torch.tensor(b)})
        layers += [layer, nn.ReLU()]
    return nn.Sequential(*layers[:-1])

# %% wrong: the biases are forgotten
# says: the numbers of b are missing
def to_torch(params):
    layers = []
    for W, b in params:
        layer = nn.Linear(*W.shape, dtype=torch.float64)
        layer.load_state_dict({"weight": torch.tensor(W.T), "bias": torch.zeros(len(b))})
        layers += [layer, nn.ReLU()]
    return nn.Sequential(*layers[:-1])

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

# %% wrong: a softmax at the end
# says: there is a softmax at the end
def to_torch(params):
    layers = []
    for W, b in params:
        layer = nn.Linear(*W.shape, dtype=torch.float64)
        layer.load_state_dict({"weight": torch.tensor(W.T), "bias": torch.tensor(b)})
        layers += [layer, nn.ReLU()]
    return nn.Sequential(*layers[:-1], nn.Softmax(dim=1))
