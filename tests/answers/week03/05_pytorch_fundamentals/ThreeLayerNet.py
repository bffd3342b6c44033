# %% right: a Sequential inside
class ThreeLayerNet(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        a, b, c, d = sizes
        self.stack = nn.Sequential(nn.Linear(a, b), nn.ReLU(), nn.Linear(b, c), nn.ReLU(), nn.Linear(c, d))

    def forward(self, X):
        return self.stack(X)

# %% right: a ModuleList and a loop
class ThreeLayerNet(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(i, o) for i, o in zip(sizes[:-1], sizes[1:]))

    def forward(self, X):
        for layer in self.layers[:-1]:
            X = layer(X).clamp(min=0)
        return self.layers[-1](X)

# %% right: parameters of its own
class ThreeLayerNet(nn.Module):
    def __init__(self, sizes):
        nn.Module.__init__(self)
        self.weights = nn.ParameterList([nn.Parameter(torch.randn(o, i) / i**0.5) for i, o in zip(sizes, sizes[1:])])
        self.biases = nn.ParameterList([nn.Parameter(0.1 * torch.randn(o)) for o in sizes[1:]])

    def forward(self, X):
        for k, (V, c) in enumerate(zip(self.weights, self.biases)):
            X = X @ V.T + c
            if k < 2:
                X = torch.relu(X)
        return X

# %% wrong: no super().__init__()
# says: `super().__init__()` is missing
class ThreeLayerNet(nn.Module):
    def __init__(self, sizes):
        self.first = nn.Linear(sizes[0], sizes[1])
        self.second = nn.Linear(sizes[1], sizes[2])
        self.third = nn.Linear(sizes[2], sizes[3])

    def forward(self, X):
        return self.third(torch.relu(self.second(torch.relu(self.first(X)))))

# %% wrong: a plain list
# says: no layer is registered
class ThreeLayerNet(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = [nn.Linear(i, o) for i, o in zip(sizes[:-1], sizes[1:])]

    def forward(self, X):
        for layer in self.layers[:-1]:
            X = torch.relu(layer(X))
        return self.layers[-1](X)

# %% wrong: layers made in forward
# says: no layer is registered
class ThreeLayerNet(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.sizes = sizes

    def forward(self, X):
        a, b, c, d = self.sizes
        X = torch.relu(nn.Linear(a, b)(X))
        X = torch.relu(nn.Linear(b, c)(X))
        return nn.Linear(c, d)(X)

# %% wrong: ReLU at the end
# says: negative logits are cut off
class ThreeLayerNet(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(i, o) for i, o in zip(sizes[:-1], sizes[1:]))

    def forward(self, X):
        for layer in self.layers:
            X = torch.relu(layer(X))
        return X

# %% wrong: no ReLU
# says: no ReLU is there
class ThreeLayerNet(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(i, o) for i, o in zip(sizes[:-1], sizes[1:]))

    def forward(self, X):
        for layer in self.layers:
            X = layer(X)
        return X

# %% wrong: one ReLU
# says: ReLU acts after the first layer only
class ThreeLayerNet(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.first = nn.Linear(sizes[0], sizes[1])
        self.second = nn.Linear(sizes[1], sizes[2])
        self.third = nn.Linear(sizes[2], sizes[3])

    def forward(self, X):
        return self.third(self.second(torch.relu(self.first(X))))

# %% wrong: softmax at the end
# says: there is a softmax at the end
class ThreeLayerNet(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.first = nn.Linear(sizes[0], sizes[1])
        self.second = nn.Linear(sizes[1], sizes[2])
        self.third = nn.Linear(sizes[2], sizes[3])

    def forward(self, X):
        return torch.softmax(self.third(torch.relu(self.second(torch.relu(self.first(X))))), dim=1)

# %% wrong: sizes turned around
# says: inputs first, neurons second
class ThreeLayerNet(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(o, i) for i, o in zip(sizes[:-1], sizes[1:]))

    def forward(self, X):
        for layer in self.layers[:-1]:
            X = torch.relu(layer(X))
        return self.layers[-1](X)

# %% wrong: detaches the hidden layers
# says: no gradient can flow back
class ThreeLayerNet(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.first = nn.Linear(sizes[0], sizes[1])
        self.second = nn.Linear(sizes[1], sizes[2])
        self.third = nn.Linear(sizes[2], sizes[3])

    def forward(self, X):
        with torch.no_grad():
            hidden = torch.relu(self.second(torch.relu(self.first(X))))
            return self.third(hidden)
