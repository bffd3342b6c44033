# %% right: two loops
def compare_activations(activations, sizes, train_loader, test_loader, epochs, lr):
    results = {}
    loss_fn = nn.CrossEntropyLoss()
    for name, activation in activations.items():
        model = make_mlp(sizes, activation)
        optimizer = torch.optim.Adam(model.parameters(), lr=lr)
        accuracies = []
        for epoch in range(epochs):
            train_one_epoch(model, train_loader, loss_fn, optimizer)
            accuracies.append(evaluate(model, test_loader))
        results[name] = accuracies
    return results

# %% right: a function for one activation
def compare_activations(activations, sizes, train_loader, test_loader, epochs, lr):
    def one(activation):
        model = make_mlp(sizes, activation)
        adam = torch.optim.Adam(model.parameters(), lr)
        for _ in range(epochs):
            train_one_epoch(model, train_loader, nn.CrossEntropyLoss(), adam)
            yield evaluate(model, test_loader)

    return {name: list(one(activations[name])) for name in activations}

# %% right: all networks first, epoch by epoch
def compare_activations(activations, sizes, train_loader, test_loader, epochs, lr):
    models = {name: make_mlp(sizes, kind) for name, kind in activations.items()}
    optimizers = {name: torch.optim.Adam(model.parameters(), lr=lr) for name, model in models.items()}
    curves = {name: [] for name in activations}
    for _ in range(epochs):
        for name in activations:
            train_one_epoch(models[name], train_loader, nn.CrossEntropyLoss(), optimizers[name])
            curves[name] += [evaluate(models[name], test_loader)]
    return curves

# %% wrong: one network for all
# says: there is not one
def compare_activations(activations, sizes, train_loader, test_loader, epochs, lr):
    name = list(activations)[0]
    model = make_mlp(sizes, activations[name])
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    curve = []
    for _ in range(epochs):
        train_one_epoch(model, train_loader, nn.CrossEntropyLoss(), optimizer)
        curve.append(evaluate(model, test_loader))
    return {name: curve}

# %% wrong: the network is made before the loop
# says: Is it made before the loop, or with nn.ReLU for every name?
def compare_activations(activations, sizes, train_loader, test_loader, epochs, lr):
    results = {}
    model = make_mlp(sizes, nn.ReLU)
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    for name, activation in activations.items():
        results[name] = []
        for _ in range(epochs):
            train_one_epoch(model, train_loader, nn.CrossEntropyLoss(), optimizer)
            results[name].append(evaluate(model, test_loader))
    return results

# %% wrong: the optimizer belongs to another network
# says: the optimizer holds the weights of another network
def compare_activations(activations, sizes, train_loader, test_loader, epochs, lr):
    results = {}
    model = make_mlp(sizes, nn.ReLU)
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    for name, activation in activations.items():
        model = make_mlp(sizes, activation)
        results[name] = []
        for _ in range(epochs):
            train_one_epoch(model, train_loader, nn.CrossEntropyLoss(), optimizer)
            results[name].append(evaluate(model, test_loader))
    return results

# %% wrong: judges on the training data
# says: this is the accuracy on the training data
def compare_activations(activations, sizes, train_loader, test_loader, epochs, lr):
    results = {}
    for name, activation in activations.items():
        model = make_mlp(sizes, activation)
        optimizer = torch.optim.Adam(model.parameters(), lr=lr)
        results[name] = []
        for _ in range(epochs):
            train_one_epoch(model, train_loader, nn.CrossEntropyLoss(), optimizer)
            results[name].append(evaluate(model, train_loader))
    return results

# %% wrong: one number
# says: this is one number. Note the accuracy after every epoch
def compare_activations(activations, sizes, train_loader, test_loader, epochs, lr):
    results = {}
    for name, activation in activations.items():
        model = make_mlp(sizes, activation)
        optimizer = torch.optim.Adam(model.parameters(), lr=lr)
        for _ in range(epochs):
            train_one_epoch(model, train_loader, nn.CrossEntropyLoss(), optimizer)
            results[name] = evaluate(model, test_loader)
    return results

# %% wrong: no loop over the epochs
# says: there is one accuracy only
def compare_activations(activations, sizes, train_loader, test_loader, epochs, lr):
    results = {}
    for name, activation in activations.items():
        model = make_mlp(sizes, activation)
        optimizer = torch.optim.Adam(model.parameters(), lr=lr)
        train_one_epoch(model, train_loader, nn.CrossEntropyLoss(), optimizer)
        results[name] = [evaluate(model, test_loader)]
    return results

# %% wrong: evaluates only at the end, in a list
# says: there is one accuracy only
def compare_activations(activations, sizes, train_loader, test_loader, epochs, lr):
    results = {}
    for name, activation in activations.items():
        model = make_mlp(sizes, activation)
        optimizer = torch.optim.Adam(model.parameters(), lr=lr)
        for _ in range(epochs):
            train_one_epoch(model, train_loader, nn.CrossEntropyLoss(), optimizer)
        results[name] = [evaluate(model, test_loader)]
    return results

# %% wrong: trains first, evaluates later
# says: the test data are looked at twice
def compare_activations(activations, sizes, train_loader, test_loader, epochs, lr):
    results = {}
    for name, activation in activations.items():
        model = make_mlp(sizes, activation)
        optimizer = torch.optim.Adam(model.parameters(), lr=lr)
        for _ in range(epochs):
            train_one_epoch(model, train_loader, nn.CrossEntropyLoss(), optimizer)
        results[name] = [evaluate(model, test_loader) for _ in range(epochs)]
    return results

# %% wrong: keeps the losses
# says: these are no accuracies
def compare_activations(activations, sizes, train_loader, test_loader, epochs, lr):
    results = {}
    for name, activation in activations.items():
        model = make_mlp(sizes, activation)
        optimizer = torch.optim.Adam(model.parameters(), lr=lr)
        results[name] = [
            train_one_epoch(model, train_loader, nn.CrossEntropyLoss(), optimizer) for _ in range(epochs)
        ]
    return results

# %% wrong: one list for all names
# says: all names share one list
def compare_activations(activations, sizes, train_loader, test_loader, epochs, lr):
    results, accuracies = {}, []
    for name, activation in activations.items():
        model = make_mlp(sizes, activation)
        optimizer = torch.optim.Adam(model.parameters(), lr=lr)
        for _ in range(epochs):
            train_one_epoch(model, train_loader, nn.CrossEntropyLoss(), optimizer)
            accuracies.append(evaluate(model, test_loader))
        results[name] = accuracies
    return results

# %% wrong: keyed by the class
# says: the keys are the classes
def compare_activations(activations, sizes, train_loader, test_loader, epochs, lr):
    results = {}
    for activation in activations.values():
        model = make_mlp(sizes, activation)
        optimizer = torch.optim.Adam(model.parameters(), lr=lr)
        results[activation] = []
        for _ in range(epochs):
            train_one_epoch(model, train_loader, nn.CrossEntropyLoss(), optimizer)
            results[activation].append(evaluate(model, test_loader))
    return results

# %% wrong: return inside the loop
# says: Is the `return` inside the loop
def compare_activations(activations, sizes, train_loader, test_loader, epochs, lr):
    results = {}
    for name, activation in activations.items():
        model = make_mlp(sizes, activation)
        optimizer = torch.optim.Adam(model.parameters(), lr=lr)
        results[name] = []
        for _ in range(epochs):
            train_one_epoch(model, train_loader, nn.CrossEntropyLoss(), optimizer)
            results[name].append(evaluate(model, test_loader))
        return results

# %% wrong: always ReLU
# says: no network has an activation that is passed in
def compare_activations(activations, sizes, train_loader, test_loader, epochs, lr):
    results = {}
    for name in activations:
        model = make_mlp(sizes, nn.ReLU)
        optimizer = torch.optim.Adam(model.parameters(), lr=lr)
        results[name] = []
        for _ in range(epochs):
            train_one_epoch(model, train_loader, nn.CrossEntropyLoss(), optimizer)
            results[name].append(evaluate(model, test_loader))
    return results

# %% wrong: SGD
# says: the exercise wants torch.optim.Adam
def compare_activations(activations, sizes, train_loader, test_loader, epochs, lr):
    results = {}
    for name, activation in activations.items():
        model = make_mlp(sizes, activation)
        optimizer = torch.optim.SGD(model.parameters(), lr=lr)
        results[name] = []
        for _ in range(epochs):
            train_one_epoch(model, train_loader, nn.CrossEntropyLoss(), optimizer)
            results[name].append(evaluate(model, test_loader))
    return results

# %% wrong: the learning rate is not passed on
# says: is not handed to the optimizer
def compare_activations(activations, sizes, train_loader, test_loader, epochs, lr):
    results = {}
    for name, activation in activations.items():
        model = make_mlp(sizes, activation)
        optimizer = torch.optim.Adam(model.parameters())
        results[name] = []
        for _ in range(epochs):
            train_one_epoch(model, train_loader, nn.CrossEntropyLoss(), optimizer)
            results[name].append(evaluate(model, test_loader))
    return results

# %% wrong: a new network in every epoch
# says: the network is made anew for every epoch
def compare_activations(activations, sizes, train_loader, test_loader, epochs, lr):
    results = {}
    for name, activation in activations.items():
        results[name] = []
        for _ in range(epochs):
            model = make_mlp(sizes, activation)
            optimizer = torch.optim.Adam(model.parameters(), lr=lr)
            train_one_epoch(model, train_loader, nn.CrossEntropyLoss(), optimizer)
            results[name].append(evaluate(model, test_loader))
    return results

# %% wrong: a new optimizer in every epoch
# says: the optimizer is made anew for every epoch
def compare_activations(activations, sizes, train_loader, test_loader, epochs, lr):
    results = {}
    for name, activation in activations.items():
        model = make_mlp(sizes, activation)
        results[name] = []
        for _ in range(epochs):
            optimizer = torch.optim.Adam(model.parameters(), lr=lr)
            train_one_epoch(model, train_loader, nn.CrossEntropyLoss(), optimizer)
            results[name].append(evaluate(model, test_loader))
    return results

# %% wrong: learns from the test data
# says: Did you train on the test loader
def compare_activations(activations, sizes, train_loader, test_loader, epochs, lr):
    results = {}
    for name, activation in activations.items():
        model = make_mlp(sizes, activation)
        optimizer = torch.optim.Adam(model.parameters(), lr=lr)
        results[name] = []
        for _ in range(epochs):
            train_one_epoch(model, test_loader, nn.CrossEntropyLoss(), optimizer)
            results[name].append(evaluate(model, test_loader))
    return results

# %% wrong: does not train
# says: nothing learns from the training loader
def compare_activations(activations, sizes, train_loader, test_loader, epochs, lr):
    results = {}
    for name, activation in activations.items():
        model = make_mlp(sizes, activation)
        optimizer = torch.optim.Adam(model.parameters(), lr=lr)
        results[name] = [evaluate(model, test_loader) for _ in range(epochs)]
    return results

# %% wrong: its own sizes
# says: the networks have other sizes
def compare_activations(activations, sizes, train_loader, test_loader, epochs, lr):
    results = {}
    for name, activation in activations.items():
        model = make_mlp([sizes[0], 32, sizes[-1]], activation)
        optimizer = torch.optim.Adam(model.parameters(), lr=lr)
        results[name] = []
        for _ in range(epochs):
            train_one_epoch(model, train_loader, nn.CrossEntropyLoss(), optimizer)
            results[name].append(evaluate(model, test_loader))
    return results

# %% wrong: a list of lists
# says: return a dictionary
def compare_activations(activations, sizes, train_loader, test_loader, epochs, lr):
    results = []
    for name, activation in activations.items():
        model = make_mlp(sizes, activation)
        optimizer = torch.optim.Adam(model.parameters(), lr=lr)
        curve = []
        for _ in range(epochs):
            train_one_epoch(model, train_loader, nn.CrossEntropyLoss(), optimizer)
            curve.append(evaluate(model, test_loader))
        results.append(curve)
    return results

# %% wrong: evaluates before it trains
# says: the test loader comes first
def compare_activations(activations, sizes, train_loader, test_loader, epochs, lr):
    results = {}
    for name, activation in activations.items():
        model = make_mlp(sizes, activation)
        optimizer = torch.optim.Adam(model.parameters(), lr=lr)
        results[name] = []
        for _ in range(epochs):
            results[name].append(evaluate(model, test_loader))
            train_one_epoch(model, train_loader, nn.CrossEntropyLoss(), optimizer)
    return results

# %% wrong: the optimizer is made for the first network only
# says: the optimizer holds the weights of another network
def compare_activations(activations, sizes, train_loader, test_loader, epochs, lr):
    results, optimizer = {}, None
    for name, activation in activations.items():
        model = make_mlp(sizes, activation)
        if optimizer is None:
            optimizer = torch.optim.Adam(model.parameters(), lr=lr)
        results[name] = []
        for _ in range(epochs):
            train_one_epoch(model, train_loader, nn.CrossEntropyLoss(), optimizer)
            results[name].append(evaluate(model, test_loader))
    return results

# %% wrong: in percent
# says: this is in percent
def compare_activations(activations, sizes, train_loader, test_loader, epochs, lr):
    results = {}
    for name, activation in activations.items():
        model = make_mlp(sizes, activation)
        optimizer = torch.optim.Adam(model.parameters(), lr=lr)
        results[name] = []
        for _ in range(epochs):
            train_one_epoch(model, train_loader, nn.CrossEntropyLoss(), optimizer)
            results[name].append(100 * evaluate(model, test_loader))
    return results

# %% wrong: an instance instead of the class
# says: make_mlp wants the class itself
def compare_activations(activations, sizes, train_loader, test_loader, epochs, lr):
    results = {}
    for name, activation in activations.items():
        model = make_mlp(sizes, activation())
        optimizer = torch.optim.Adam(model.parameters(), lr=lr)
        results[name] = []
        for _ in range(epochs):
            train_one_epoch(model, train_loader, nn.CrossEntropyLoss(), optimizer)
            results[name].append(evaluate(model, test_loader))
    return results

# %% wrong: the name instead of the class
# says: this is the name. make_mlp wants the class
def compare_activations(activations, sizes, train_loader, test_loader, epochs, lr):
    results = {}
    for name, activation in activations.items():
        model = make_mlp(sizes, name)
        optimizer = torch.optim.Adam(model.parameters(), lr=lr)
        results[name] = []
        for _ in range(epochs):
            train_one_epoch(model, train_loader, nn.CrossEntropyLoss(), optimizer)
            results[name].append(evaluate(model, test_loader))
    return results

# %% wrong: a fixed number of epochs
# says: or a fixed number of epochs?
def compare_activations(activations, sizes, train_loader, test_loader, epochs, lr):
    results = {}
    for name, activation in activations.items():
        model = make_mlp(sizes, activation)
        optimizer = torch.optim.Adam(model.parameters(), lr=lr)
        results[name] = []
        for _ in range(20):
            train_one_epoch(model, train_loader, nn.CrossEntropyLoss(), optimizer)
            results[name].append(evaluate(model, test_loader))
    return results

# %% wrong: also notes the accuracy before training
# says: is there an accuracy from before training?
def compare_activations(activations, sizes, train_loader, test_loader, epochs, lr):
    results = {}
    for name, activation in activations.items():
        model = make_mlp(sizes, activation)
        optimizer = torch.optim.Adam(model.parameters(), lr=lr)
        results[name] = [evaluate(model, test_loader)]
        for _ in range(epochs):
            train_one_epoch(model, train_loader, nn.CrossEntropyLoss(), optimizer)
            results[name].append(evaluate(model, test_loader))
    return results

# %% wrong: the network and Adam are made for the first name only
# says: is the network made once, for the first name?
def compare_activations(activations, sizes, train_loader, test_loader, epochs, lr):
    results, model = {}, None
    for name, activation in activations.items():
        if model is None:
            model = make_mlp(sizes, activation)
            optimizer = torch.optim.Adam(model.parameters(), lr=lr)
        results[name] = []
        for _ in range(epochs):
            train_one_epoch(model, train_loader, nn.CrossEntropyLoss(), optimizer)
            results[name].append(evaluate(model, test_loader))
    return results
