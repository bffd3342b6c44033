# %% right: copies under no_grad
def to_linear(W, b):
    layer = nn.Linear(W.shape[0], W.shape[1])
    with torch.no_grad():
        layer.weight.copy_(torch.from_numpy(W.T))
        layer.bias.copy_(torch.from_numpy(b))
    return layer

# %% right: load_state_dict
def to_linear(W, b):
    layer = nn.Linear(*W.shape)
    layer.load_state_dict({"weight": torch.tensor(W).T, "bias": torch.tensor(b)})
    return layer

# %% right: the data of the parameters
def to_linear(W, b):
    d_in, d_out = W.shape
    layer = nn.Linear(d_in, d_out)
    layer.weight.data = torch.tensor(W, dtype=torch.float32).t()
    layer.bias.data = torch.tensor(b, dtype=torch.float32)
    return layer

# %% right: entry by entry
def to_linear(W, b):
    layer = nn.Linear(len(W), len(b))
    with torch.no_grad():
        for j in range(len(b)):
            layer.bias[j] = float(b[j])
            for i in range(len(W)):
                layer.weight[j, i] = float(W[i, j])
    return layer

# %% right: NumPy makes the float32 copies
def to_linear(W, b):
    layer = nn.Linear(W.shape[0], W.shape[1], bias=True)
    layer.weight = torch.nn.Parameter(torch.from_numpy(np.array(W.T, dtype=np.float32)))
    layer.bias = torch.nn.Parameter(torch.from_numpy(np.array(b, dtype=np.float32)))
    return layer

# %% wrong: not transposed
# says: the weights are not transposed
def to_linear(W, b):
    layer = nn.Linear(W.shape[0], W.shape[1])
    layer.weight = nn.Parameter(torch.tensor(W, dtype=torch.float32))
    layer.bias = nn.Parameter(torch.tensor(b, dtype=torch.float32))
    return layer

# %% wrong: not transposed, copied
# says: PyTorch stores the weights of a layer as (d_out, d_in)
def to_linear(W, b):
    layer = nn.Linear(W.shape[0], W.shape[1])
    with torch.no_grad():
        layer.weight[:] = torch.from_numpy(W) + torch.zeros(W.shape[1], W.shape[0])
        layer.bias.copy_(torch.from_numpy(b))
    return layer

# %% wrong: reshaped instead of transposed
# says: the weights are not transposed
def to_linear(W, b):
    layer = nn.Linear(W.shape[0], W.shape[1])
    with torch.no_grad():
        layer.weight.copy_(torch.from_numpy(W).reshape(W.shape[1], W.shape[0]))
        layer.bias.copy_(torch.from_numpy(b))
    return layer

# %% wrong: the bias stays random
# says: the bias keeps its random start numbers
def to_linear(W, b):
    layer = nn.Linear(W.shape[0], W.shape[1])
    with torch.no_grad():
        layer.weight.copy_(torch.from_numpy(W.T))
    return layer

# %% wrong: no bias
# says: the layer has no bias
def to_linear(W, b):
    layer = nn.Linear(W.shape[0], W.shape[1], bias=False)
    layer.weight = nn.Parameter(torch.tensor(W.T, dtype=torch.float32))
    return layer

# %% wrong: the weights stay random
# says: the weights keep their random start numbers
def to_linear(W, b):
    layer = nn.Linear(W.shape[0], W.shape[1])
    layer.bias = nn.Parameter(torch.tensor(b, dtype=torch.float32))
    return layer

# %% wrong: float64
# says: the parameters are float64
def to_linear(W, b):
    layer = nn.Linear(W.shape[0], W.shape[1])
    layer.weight = nn.Parameter(torch.from_numpy(W.T.copy()))
    layer.bias = nn.Parameter(torch.from_numpy(b.copy()))
    return layer

# %% wrong: shares memory with W where W is float32
# says: the layer shares its numbers with W or b
def to_linear(W, b):
    layer = nn.Linear(W.shape[0], W.shape[1])
    layer.weight = nn.Parameter(torch.from_numpy(W.T).float())
    layer.bias = nn.Parameter(torch.from_numpy(b).float())
    return layer

# %% wrong: only the bias is shared
# says: the layer shares its numbers with W or b
def to_linear(W, b):
    layer = nn.Linear(W.shape[0], W.shape[1])
    layer.weight = nn.Parameter(torch.tensor(W.T, dtype=torch.float32))
    layer.bias.data = torch.as_tensor(b, dtype=torch.float32)
    return layer

# %% wrong: sizes turned around
# says: the two sizes are turned around
def to_linear(W, b):
    layer = nn.Linear(W.shape[1], W.shape[0])
    layer.weight = nn.Parameter(torch.tensor(W.T, dtype=torch.float32))
    layer.bias = nn.Parameter(torch.tensor(b, dtype=torch.float32))
    return layer

# %% wrong: cannot learn
# says: the parameters cannot learn
def to_linear(W, b):
    layer = nn.Linear(W.shape[0], W.shape[1])
    layer.weight = nn.Parameter(torch.tensor(W.T, dtype=torch.float32), requires_grad=False)
    layer.bias = nn.Parameter(torch.tensor(b, dtype=torch.float32), requires_grad=False)
    return layer

# %% wrong: a tensor without Parameter
# says: a layer's weight must be an `nn.Parameter`
def to_linear(W, b):
    layer = nn.Linear(W.shape[0], W.shape[1])
    layer.weight = torch.tensor(W.T, dtype=torch.float32)
    layer.bias = torch.tensor(b, dtype=torch.float32)
    return layer

# %% wrong: copies while PyTorch is watching
# says: `with torch.no_grad():`
def to_linear(W, b):
    layer = nn.Linear(W.shape[0], W.shape[1])
    layer.weight.copy_(torch.from_numpy(W.T))
    layer.bias.copy_(torch.from_numpy(b))
    return layer

# %% wrong: returns a function of X
# says: return the layer that you made
def to_linear(W, b):
    return lambda X: X @ torch.tensor(W) + torch.tensor(b)

# %% wrong: forgets the return
# says: Is the `return` missing
def to_linear(W, b):
    layer = nn.Linear(W.shape[0], W.shape[1])
    layer.weight = nn.Parameter(torch.tensor(W.T, dtype=torch.float32))
    layer.bias = nn.Parameter(torch.tensor(b, dtype=torch.float32))

# %% wrong: NumPy arrays into the layer
# says: a NumPy array stands where a tensor is wanted
def to_linear(W, b):
    layer = nn.Linear(W.shape[0], W.shape[1])
    with torch.no_grad():
        layer.weight.copy_(W.T)
        layer.bias.copy_(b)
    return layer
