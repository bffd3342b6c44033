# %% right: the parts of exercises 1 and 2
class MLP:
    def __init__(self, sizes, rng):
        self.params = []
        for k in range(len(sizes) - 1):
            scale = np.sqrt(2 / sizes[k])
            self.params.append((rng.normal(0, scale, (sizes[k], sizes[k + 1])), np.zeros(sizes[k + 1])))

    def forward(self, X):
        return mlp_forward(X, self.params)[-1]

    def backward(self, X, y):
        values = mlp_forward(X, self.params)
        return mlp_backward(values, y, self.params)

    def step(self, grads, lr):
        for k, (dW, db) in enumerate(grads):
            W, b = self.params[k]
            self.params[k] = (W - lr * dW, b - lr * db)

# %% right: all by itself, steps in place
class MLP:
    def __init__(self, sizes, rng):
        self.params = [
            [rng.standard_normal((i, o)) * math.sqrt(2.0 / i), np.zeros(o)] for i, o in zip(sizes, sizes[1:])
        ]

    def _values(self, X):
        values = [X]
        for W, b in self.params:
            values.append(values[-1] @ W + b)
            if len(values) <= len(self.params):
                values[-1] = np.maximum(values[-1], 0)
        return values

    def forward(self, X):
        return self._values(X)[-1]

    def backward(self, X, y):
        values, n = self._values(X), len(y)
        z = values[-1] - values[-1].max(axis=1, keepdims=True)
        log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        d = (np.exp(log_p) - np.eye(z.shape[1])[y]) / n
        grads = []
        for A, (W, _) in zip(values[-2::-1], self.params[::-1]):
            grads.insert(0, (A.T @ d, d.sum(axis=0)))
            d = d @ W.T * (A > 0)
        return -log_p[np.arange(n), y].mean(), grads

    def step(self, grads, lr):
        for (W, b), (dW, db) in zip(self.params, grads):
            W -= lr * dW
            b -= lr * db

# %% right: uniform start weights of the same spread
class MLP:
    def __init__(self, sizes, rng):
        self.params = tuple(
            (rng.uniform(-np.sqrt(6 / i), np.sqrt(6 / i), size=(i, o)), 0.0 * np.ones(o))
            for i, o in zip(sizes[:-1], sizes[1:])
        )

    def forward(self, X):
        *_, logits = mlp_forward(X, self.params)
        return logits

    def backward(self, X, y):
        return mlp_backward(mlp_forward(X, self.params), y, self.params)

    def step(self, grads, lr):
        self.params = tuple((W - dW * lr, b - db * lr) for (W, b), (dW, db) in zip(self.params, grads))

# %% wrong: the loop rebinds its own names
# says: the weights stay as they were: `W = W - ...` gives a new array to the loop's own name. Store it in self.params
class MLP:
    def __init__(self, sizes, rng):
        self.params = [(rng.normal(0, np.sqrt(2 / i), (i, o)), np.zeros(o)) for i, o in zip(sizes, sizes[1:])]

    def forward(self, X):
        return mlp_forward(X, self.params)[-1]

    def backward(self, X, y):
        return mlp_backward(mlp_forward(X, self.params), y, self.params)

    def step(self, grads, lr):
        for (W, b), (dW, db) in zip(self.params, grads):
            W = W - lr * dW
            b = b - lr * db

# %% wrong: the biases stay
# says: the biases never move
class MLP:
    def __init__(self, sizes, rng):
        self.params = [(rng.normal(0, np.sqrt(2 / i), (i, o)), np.zeros(o)) for i, o in zip(sizes, sizes[1:])]

    def forward(self, X):
        return mlp_forward(X, self.params)[-1]

    def backward(self, X, y):
        return mlp_backward(mlp_forward(X, self.params), y, self.params)

    def step(self, grads, lr):
        self.params = [(W - lr * dW, b) for (W, b), (dW, db) in zip(self.params, grads)]

# %% wrong: Xavier
# says: the weights have the spread of sqrt(1 / d_in). Before ReLU it is sqrt(2 / d_in)
class MLP:
    def __init__(self, sizes, rng):
        self.params = [(rng.normal(0, np.sqrt(1 / i), (i, o)), np.zeros(o)) for i, o in zip(sizes, sizes[1:])]

    def forward(self, X):
        return mlp_forward(X, self.params)[-1]

    def backward(self, X, y):
        return mlp_backward(mlp_forward(X, self.params), y, self.params)

    def step(self, grads, lr):
        self.params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(self.params, grads)]

# %% wrong: a generator of its own
# says: another rng gives the same weights: the rng that is passed in is not used
class MLP:
    def __init__(self, sizes, rng):
        rng = np.random.default_rng(0)
        self.params = [(rng.normal(0, np.sqrt(2 / i), (i, o)), np.zeros(o)) for i, o in zip(sizes, sizes[1:])]

    def forward(self, X):
        return mlp_forward(X, self.params)[-1]

    def backward(self, X, y):
        return mlp_backward(mlp_forward(X, self.params), y, self.params)

    def step(self, grads, lr):
        self.params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(self.params, grads)]

# %% wrong: one list for all networks
# says: all networks share one list: `params = []` stands in the class. Make it in __init__, as self.params
class MLP:
    params = []

    def __init__(self, sizes, rng):
        for i, o in zip(sizes, sizes[1:]):
            self.params.append((rng.normal(0, np.sqrt(2 / i), (i, o)), np.zeros(o)))

    def forward(self, X):
        return mlp_forward(X, self.params)[-1]

    def backward(self, X, y):
        return mlp_backward(mlp_forward(X, self.params), y, self.params)

    def step(self, grads, lr):
        self.params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(self.params, grads)]

# %% wrong: forward gives everything
# says: forward returns the list of all layers. Return its last entry, the logits
class MLP:
    def __init__(self, sizes, rng):
        self.params = [(rng.normal(0, np.sqrt(2 / i), (i, o)), np.zeros(o)) for i, o in zip(sizes, sizes[1:])]

    def forward(self, X):
        return mlp_forward(X, self.params)

    def backward(self, X, y):
        return mlp_backward(mlp_forward(X, self.params), y, self.params)

    def step(self, grads, lr):
        self.params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(self.params, grads)]

# %% wrong: a step inside backward
# says: backward changes the weights. It only computes; `step` moves them
class MLP:
    def __init__(self, sizes, rng):
        self.params = [(rng.normal(0, np.sqrt(2 / i), (i, o)), np.zeros(o)) for i, o in zip(sizes, sizes[1:])]

    def forward(self, X):
        return mlp_forward(X, self.params)[-1]

    def backward(self, X, y):
        loss, grads = mlp_backward(mlp_forward(X, self.params), y, self.params)
        self.step(grads, 0.1)
        return loss, grads

    def step(self, grads, lr):
        self.params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(self.params, grads)]

# %% wrong: backward reads what forward has stored
# says: backward reads what the last `forward` has stored
class MLP:
    def __init__(self, sizes, rng):
        self.params = [(rng.normal(0, np.sqrt(2 / i), (i, o)), np.zeros(o)) for i, o in zip(sizes, sizes[1:])]

    def forward(self, X):
        self.a = mlp_forward(X, self.params)
        return self.a[-1]

    def backward(self, X, y):
        return mlp_backward(self.a, y, self.params)

    def step(self, grads, lr):
        self.params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(self.params, grads)]

# %% wrong: params without self
# says: the network has no params: `params = ...` is a name inside __init__ only
class MLP:
    def __init__(self, sizes, rng):
        params = [(rng.normal(0, np.sqrt(2 / i), (i, o)), np.zeros(o)) for i, o in zip(sizes, sizes[1:])]

    def forward(self, X):
        return mlp_forward(X, self.params)[-1]

    def backward(self, X, y):
        return mlp_backward(mlp_forward(X, self.params), y, self.params)

    def step(self, grads, lr):
        self.params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(self.params, grads)]

# %% wrong: backward gives the gradients alone
# says: backward returns the gradients alone. Return `loss, grads`
class MLP:
    def __init__(self, sizes, rng):
        self.params = [(rng.normal(0, np.sqrt(2 / i), (i, o)), np.zeros(o)) for i, o in zip(sizes, sizes[1:])]

    def forward(self, X):
        return mlp_forward(X, self.params)[-1]

    def backward(self, X, y):
        loss, grads = mlp_backward(mlp_forward(X, self.params), y, self.params)
        return grads

    def step(self, grads, lr):
        self.params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(self.params, grads)]
