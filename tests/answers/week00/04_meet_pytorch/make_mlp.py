# %% right: an if for the last layer
def make_mlp(sizes, activation):
    layers = []
    for i in range(len(sizes) - 1):
        layers.append(nn.Linear(sizes[i], sizes[i + 1]))
        if i < len(sizes) - 2:
            layers.append(activation())
    return nn.Sequential(*layers)

# %% right: grows a Sequential
def make_mlp(sizes, activation):
    net = nn.Sequential(nn.Linear(sizes[0], sizes[1]))
    for d_in, d_out in zip(sizes[1:-1], sizes[2:]):
        net.append(activation())
        net.append(nn.Linear(d_in, d_out))
    return net

# %% right: blocks inside a Sequential
def make_mlp(sizes, activation):
    *hidden, last = [nn.Linear(a, b) for a, b in zip(sizes, sizes[1:])]
    return nn.Sequential(*[nn.Sequential(layer, activation()) for layer in hidden], last)

# %% right: names for the layers, one activation object for all places
def make_mlp(sizes, activation):
    from collections import OrderedDict

    act, layers = activation(), OrderedDict()
    for k in range(1, len(sizes)):
        layers[f"linear{k}"] = nn.Linear(sizes[k - 1], sizes[k])
        if k != len(sizes) - 1:
            layers[f"act{k}"] = nn.Sequential(act)
    return nn.Sequential(layers)

# %% right: pops the last activation
def make_mlp(sizes, activation):
    layers = []
    for d_in, d_out in zip(sizes[:-1], sizes[1:]):
        layers.append(nn.Linear(d_in, d_out, bias=True))
        layers.append(activation())
    layers.pop()
    return nn.Sequential(*layers)

# %% wrong: an activation after the last layer
# says: there is an activation after the last layer
# also fails: compare_activations
def make_mlp(sizes, activation):
    layers = []
    for d_in, d_out in zip(sizes[:-1], sizes[1:]):
        layers += [nn.Linear(d_in, d_out), activation()]
    return nn.Sequential(*layers)

# %% wrong: softmax at the end
# says: there is a softmax
# also fails: compare_activations
def make_mlp(sizes, activation):
    layers = []
    for d_in, d_out in zip(sizes[:-1], sizes[1:]):
        layers += [nn.Linear(d_in, d_out), activation()]
    layers[-1] = nn.Softmax(dim=1)
    return nn.Sequential(*layers)

# %% wrong: no activations
# says: the activations are missing
# also fails: compare_activations
def make_mlp(sizes, activation):
    return nn.Sequential(*[nn.Linear(a, b) for a, b in zip(sizes[:-1], sizes[1:])])

# %% wrong: always ReLU
# says: the activation is always ReLU
# also fails: compare_activations
def make_mlp(sizes, activation):
    layers = []
    for d_in, d_out in zip(sizes[:-1], sizes[1:]):
        layers += [nn.Linear(d_in, d_out), nn.ReLU()]
    return nn.Sequential(*layers[:-1])

# %% wrong: forgets the parentheses of the activation
# says: A layer is made with parentheses
# also fails: compare_activations
def make_mlp(sizes, activation):
    layers = []
    for d_in, d_out in zip(sizes[:-1], sizes[1:]):
        layers += [nn.Linear(d_in, d_out), activation]
    return nn.Sequential(*layers[:-1])

# %% wrong: forgets the star
# says: unpacked with a star
# also fails: compare_activations
def make_mlp(sizes, activation):
    layers = []
    for d_in, d_out in zip(sizes[:-1], sizes[1:]):
        layers += [nn.Linear(d_in, d_out), activation()]
    return nn.Sequential(layers[:-1])

# %% wrong: returns the list
# says: this is a list of layers
# also fails: compare_activations
def make_mlp(sizes, activation):
    layers = []
    for d_in, d_out in zip(sizes[:-1], sizes[1:]):
        layers += [nn.Linear(d_in, d_out), activation()]
    return layers[:-1]

# %% wrong: three sizes only
# says: a tuple or list has another number of parts
# also fails: compare_activations
def make_mlp(sizes, activation):
    d_in, hidden, d_out = sizes
    return nn.Sequential(nn.Linear(d_in, hidden), activation(), nn.Linear(hidden, d_out))

# %% wrong: first and last size only
# says: only the first and the last size are used
# also fails: compare_activations
def make_mlp(sizes, activation):
    return nn.Sequential(nn.Linear(sizes[0], sizes[-1]))

# %% wrong: sizes turned around
# says: the sizes of each layer are turned around
# also fails: compare_activations
def make_mlp(sizes, activation):
    layers = []
    for d_in, d_out in zip(sizes[:-1], sizes[1:]):
        layers += [nn.Linear(d_out, d_in), activation()]
    return nn.Sequential(*layers[:-1])

# %% wrong: the loop ends too early
# says: the last layer is missing
# also fails: compare_activations
def make_mlp(sizes, activation):
    layers = []
    for i in range(len(sizes) - 2):
        layers += [nn.Linear(sizes[i], sizes[i + 1]), activation()]
    return nn.Sequential(*layers)

# %% wrong: every layer reads the input
# says: every layer reads the input
# also fails: compare_activations
def make_mlp(sizes, activation):
    layers = []
    for size in sizes[1:]:
        layers += [nn.Linear(sizes[0], size), activation()]
    return nn.Sequential(*layers[:-1])

# %% wrong: return inside the loop
# says: is the `return` inside the loop?
# also fails: compare_activations
def make_mlp(sizes, activation):
    layers = []
    for d_in, d_out in zip(sizes[:-1], sizes[1:]):
        layers += [nn.Linear(d_in, d_out), activation()]
        return nn.Sequential(*layers)

# %% wrong: only one activation
# says: there is only one activation
# also fails: compare_activations
def make_mlp(sizes, activation):
    layers = [nn.Linear(d_in, d_out) for d_in, d_out in zip(sizes[:-1], sizes[1:])]
    layers.insert(1, activation())
    return nn.Sequential(*layers)

# %% wrong: a network of one layer gets an activation
# says: there is an activation after the last layer
# also fails: compare_activations
def make_mlp(sizes, activation):
    layers = [nn.Linear(sizes[0], sizes[1]), activation()]
    for d_in, d_out in zip(sizes[1:-2], sizes[2:-1]):
        layers += [nn.Linear(d_in, d_out), activation()]
    if len(sizes) > 2:
        layers.append(nn.Linear(sizes[-2], sizes[-1]))
    return nn.Sequential(*layers)

# %% wrong: a bare layer for one pair
# says: return an nn.Sequential, also for a single layer
# also fails: compare_activations
def make_mlp(sizes, activation):
    if len(sizes) == 2:
        return nn.Linear(sizes[0], sizes[1])
    layers = []
    for d_in, d_out in zip(sizes[:-1], sizes[1:]):
        layers += [nn.Linear(d_in, d_out), activation()]
    return nn.Sequential(*layers[:-1])

# %% wrong: three layers written out
# says: there are too few layers or too many
# also fails: compare_activations
def make_mlp(sizes, activation):
    layers = [nn.Linear(sizes[0], sizes[1])]
    for k in (1, 2):
        if k + 1 < len(sizes):
            layers += [activation(), nn.Linear(sizes[k], sizes[k + 1])]
    return nn.Sequential(*layers)

# %% wrong: one hidden layer used again where the sizes agree
# says: one and the same layer stands in several places
# also fails: compare_activations
def make_mlp(sizes, activation):
    made, layers = {}, []
    for pair in zip(sizes[:-1], sizes[1:]):
        if pair not in made:
            made[pair] = nn.Linear(*pair)
        layers += [made[pair], activation()]
    return nn.Sequential(*layers[:-1])

# %% wrong: takes the last size out of the list
# says: an argument changed by the call: sizes
# also fails: compare_activations
def make_mlp(sizes, activation):
    layers, d_in = [], sizes.pop(0)
    while sizes:
        d_out = sizes.pop(0)
        layers += [nn.Linear(d_in, d_out), activation()]
        d_in = d_out
    return nn.Sequential(*layers[:-1])

# %% wrong: layers without biases
# says: the linear layers have no bias
def make_mlp(sizes, activation):
    layers = []
    for d_in, d_out in zip(sizes[:-1], sizes[1:]):
        layers += [nn.Linear(d_in, d_out, bias=False), activation()]
    return nn.Sequential(*layers[:-1])

# %% wrong: compares sizes to find the last layer
# says: an activation is missing where a size equals the last one
# also fails: compare_activations
def make_mlp(sizes, activation):
    layers = []
    for d_in, d_out in zip(sizes[:-1], sizes[1:]):
        layers.append(nn.Linear(d_in, d_out))
        if d_out != sizes[-1]:
            layers.append(activation())
    return nn.Sequential(*layers)

# %% right: blocks in an nn.Sequential that was empty at first
def make_mlp(sizes, activation):
    model = nn.Sequential(nn.Sequential())
    for i in range(len(sizes) - 2):
        model.append(nn.Sequential(nn.Linear(sizes[i], sizes[i + 1]), activation()))
    return model.append(nn.Linear(sizes[-2], sizes[-1]))
