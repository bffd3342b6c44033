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

# %% right: in another order
class ThreeLayerNet(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.head = nn.Linear(sizes[2], sizes[3])
        self.first = nn.Linear(sizes[0], sizes[1])
        self.second = nn.Linear(sizes[1], sizes[2])

    def forward(self, X):
        return self.head(self.second(self.first(X).relu()).relu())

# %% wrong: inherits nothing
# says: the class inherits nothing
class ThreeLayerNet:
    def __init__(self, sizes):
        super().__init__()
        self.first = nn.Linear(sizes[0], sizes[1])
        self.second = nn.Linear(sizes[1], sizes[2])
        self.third = nn.Linear(sizes[2], sizes[3])

    def forward(self, X):
        return self.third(torch.relu(self.second(torch.relu(self.first(X)))))

# %% wrong: a pair comes out
# says: forward returns no tensor
class ThreeLayerNet(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.first = nn.Linear(sizes[0], sizes[1])
        self.second = nn.Linear(sizes[1], sizes[2])
        self.third = nn.Linear(sizes[2], sizes[3])

    def forward(self, X):
        hidden = torch.relu(self.second(torch.relu(self.first(X))))
        return self.third(hidden), hidden

# %% wrong: weights of its own, turned
# says: use three `nn.Linear` layers
class ThreeLayerNet(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.weights = nn.ParameterList([nn.Parameter(torch.randn(i, o)) for i, o in zip(sizes, sizes[1:])])
        self.biases = nn.ParameterList([nn.Parameter(torch.zeros(o)) for o in sizes[1:]])

    def forward(self, X):
        for k, (V, c) in enumerate(zip(self.weights, self.biases)):
            X = X @ V + c
            if k < 2:
                X = torch.relu(X)
        return X

# %% wrong: sizes that are fixed
# says: the sizes are fixed
class ThreeLayerNet(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.first = nn.Linear(64, 32)
        self.second = nn.Linear(32, 16)
        self.third = nn.Linear(16, 10)

    def forward(self, X):
        return self.third(torch.relu(self.second(torch.relu(self.first(X)))))

# %% wrong: dropout inside
# says: something random is in the network
class ThreeLayerNet(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.first = nn.Linear(sizes[0], sizes[1])
        self.second = nn.Linear(sizes[1], sizes[2])
        self.third = nn.Linear(sizes[2], sizes[3])
        self.dropout = nn.Dropout(0.5)

    def forward(self, X):
        return self.third(self.dropout(torch.relu(self.second(torch.relu(self.first(X))))))

# %% wrong: cuts the graph below the last layer
# says: these parameters get no gradient
class ThreeLayerNet(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.first = nn.Linear(sizes[0], sizes[1])
        self.second = nn.Linear(sizes[1], sizes[2])
        self.third = nn.Linear(sizes[2], sizes[3])

    def forward(self, X):
        hidden = torch.relu(self.second(torch.relu(self.first(X))))
        return self.third(hidden.detach())
