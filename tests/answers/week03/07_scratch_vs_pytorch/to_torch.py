# %% right: copies under no_grad
def to_torch(params):
    layers = []
    for k, (W, b) in enumerate(params):
        if k > 0:
            layers.append(nn.ReLU())
        linear = nn.Linear(*W.shape, dtype=torch.float64)
        with torch.no_grad():
            linear.weight.copy_(torch.from_numpy(W).T)
            linear.bias.copy_(torch.from_numpy(b))
        layers.append(linear)
    return nn.Sequential(*layers)

# %% right: new parameters, then the last ReLU is dropped
def to_torch(params):
    parts = []
    for W, b in params:
        layer = nn.Linear(W.shape[0], W.shape[1])
        layer.weight = nn.Parameter(torch.tensor(W.T, dtype=torch.double))
        layer.bias = nn.Parameter(torch.tensor(b, dtype=torch.double))
        parts += [layer, nn.ReLU()]
    return nn.Sequential(*parts[:-1])

# %% right: a state_dict
def to_torch(params):
    model = nn.Sequential()
    state = {}
    for k, (W, b) in enumerate(params):
        model.append(nn.Linear(W.shape[0], W.shape[1]))
        if k < len(params) - 1:
            model.append(nn.ReLU())
        state[f"{2 * k}.weight"] = torch.from_numpy(W.T.copy())
        state[f"{2 * k}.bias"] = torch.from_numpy(b.copy())
    model = model.double()
    model.load_state_dict(state)
    return model

# %% wrong: not transposed
# says: the weights are not transposed: nn.Linear keeps one row per neuron, (d_out, d_in)
def to_torch(params):
    layers = []
    for W, b in params:
        linear = nn.Linear(*W.shape, dtype=torch.float64)
        linear.weight = nn.Parameter(torch.tensor(W))
        linear.bias = nn.Parameter(torch.tensor(b))
        layers += [linear, nn.ReLU()]
    return nn.Sequential(*layers[:-1])

# %% wrong: reshaped
# says: `.T` turns, `reshape` only regroups
def to_torch(params):
    layers = []
    for W, b in params:
        linear = nn.Linear(*W.shape, dtype=torch.float64)
        linear.weight = nn.Parameter(torch.tensor(W.reshape(W.shape[1], W.shape[0])))
        linear.bias = nn.Parameter(torch.tensor(b))
        layers += [linear, nn.ReLU()]
    return nn.Sequential(*layers[:-1])

# %% wrong: ReLU at the end
# says: a ReLU stands behind the last layer: the logits may be negative
def to_torch(params):
    layers = []
    for W, b in params:
        linear = nn.Linear(*W.shape, dtype=torch.float64)
        linear.weight = nn.Parameter(torch.tensor(W.T))
        linear.bias = nn.Parameter(torch.tensor(b))
        layers += [linear, nn.ReLU()]
    return nn.Sequential(*layers)

# %% wrong: no ReLU
# says: no ReLU stands between the layers
def to_torch(params):
    layers = []
    for W, b in params:
        linear = nn.Linear(*W.shape, dtype=torch.float64)
        linear.weight = nn.Parameter(torch.tensor(W.T))
        linear.bias = nn.Parameter(torch.tensor(b))
        layers += [linear]
    return nn.Sequential(*layers)

# %% wrong: float32
# says: the parameters are float32: they have lost half of their digits. Ask for torch.float64
def to_torch(params):
    layers = []
    for W, b in params:
        linear = nn.Linear(*W.shape)
        with torch.no_grad():
            linear.weight.copy_(torch.from_numpy(W.T))
            linear.bias.copy_(torch.from_numpy(b))
        layers += [linear, nn.ReLU()]
    return nn.Sequential(*layers[:-1])

# %% wrong: float64 after the digits are gone
# says: the parameters went through float32 and lost half of their digits
def to_torch(params):
    layers = []
    for W, b in params:
        linear = nn.Linear(*W.shape)
        with torch.no_grad():
            linear.weight.copy_(torch.from_numpy(W.T))
            linear.bias.copy_(torch.from_numpy(b))
        layers += [linear, nn.ReLU()]
    return nn.Sequential(*layers[:-1]).double()

# %% wrong: shared memory
# says: the model shares its numbers with params: when one learns, both change. Make copies, as `torch.tensor` does
def to_torch(params):
    layers = []
    for W, b in params:
        linear = nn.Linear(*W.shape, dtype=torch.float64)
        linear.weight = nn.Parameter(torch.from_numpy(W.T))
        linear.bias = nn.Parameter(torch.from_numpy(b))
        layers += [linear, nn.ReLU()]
    return nn.Sequential(*layers[:-1])

# %% wrong: frozen
# says: the parameters cannot learn: they have requires_grad=False
def to_torch(params):
    layers = []
    for W, b in params:
        linear = nn.Linear(*W.shape, dtype=torch.float64)
        linear.weight = nn.Parameter(torch.tensor(W.T), requires_grad=False)
        linear.bias = nn.Parameter(torch.tensor(b), requires_grad=False)
        layers += [linear, nn.ReLU()]
    return nn.Sequential(*layers[:-1])

# %% right: one Sequential in another
def to_torch(params):
    blocks = []
    for k, (W, b) in enumerate(params):
        linear = nn.Linear(*W.shape, dtype=torch.float64)
        with torch.no_grad():
            linear.weight.copy_(torch.tensor(W.T))
            linear.bias.copy_(torch.tensor(b))
        blocks.append(nn.Sequential(linear, nn.ReLU()) if k < len(params) - 1 else linear)
    return nn.Sequential(*blocks)

# %% wrong: ReLU behind the first layer only
# says: ReLU stands only behind the first layer
def to_torch(params):
    layers = []
    for k, (W, b) in enumerate(params):
        linear = nn.Linear(*W.shape, dtype=torch.float64)
        linear.weight = nn.Parameter(torch.tensor(W.T))
        linear.bias = nn.Parameter(torch.tensor(b))
        layers.append(linear)
        if k == 0 and len(params) > 1:
            layers.append(nn.ReLU())
    return nn.Sequential(*layers)

# %% wrong: the sizes turned around
# says: nn.Linear takes first d_in, then d_out
def to_torch(params):
    layers = []
    for W, b in params:
        linear = nn.Linear(W.shape[1], W.shape[0], dtype=torch.float64)
        linear.weight = nn.Parameter(torch.tensor(W.T))
        linear.bias = nn.Parameter(torch.tensor(b))
        layers += [linear, nn.ReLU()]
    return nn.Sequential(*layers[:-1])

# %% wrong: no bias
# says: a layer has no bias
def to_torch(params):
    layers = []
    for W, b in params:
        linear = nn.Linear(*W.shape, bias=False, dtype=torch.float64)
        linear.weight = nn.Parameter(torch.tensor(W.T))
        layers += [linear, nn.ReLU()]
    return nn.Sequential(*layers[:-1])
