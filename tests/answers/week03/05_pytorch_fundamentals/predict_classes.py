# %% right: max gives both
def predict_classes(model, X):
    mode = model.training
    model.train(False)
    try:
        with torch.inference_mode():
            _, places = model(X).max(dim=1)
    finally:
        model.train(mode)
    return places.clone()

# %% right: an if, a sort
def predict_classes(model, X):
    came_in_training = model.training
    model.eval()
    with torch.no_grad():
        order = torch.argsort(model(X), dim=-1, descending=True)
    if came_in_training:
        model.train()
    return torch.tensor([int(row[0]) for row in order])

# %% right: a softmax does no harm
@torch.no_grad()
def predict_classes(model, X):
    mode = model.training
    probabilities = torch.softmax(model.eval()(X), dim=1)
    model.train(mode)
    return torch.tensor([int(row.argmax()) for row in probabilities])

# %% wrong: no eval
# says: dropout was active
def predict_classes(model, X):
    with torch.no_grad():
        return model(X).argmax(dim=1)

# %% wrong: left in evaluation mode
# says: is left in evaluation mode
def predict_classes(model, X):
    model.eval()
    with torch.no_grad():
        return model(X).argmax(dim=1)

# %% wrong: always back to training
# says: the model is not left in the mode in which it came
def predict_classes(model, X):
    model.eval()
    with torch.no_grad():
        classes = model(X).argmax(dim=1)
    model.train()
    return classes

# %% wrong: keeps the graph
# says: a graph was kept
def predict_classes(model, X):
    mode = model.training
    model.eval()
    classes = model(X).argmax(dim=1)
    model.train(mode)
    return classes

# %% wrong: switches gradients off for good
# says: gradients stay switched off
def predict_classes(model, X):
    mode = model.training
    model.eval()
    torch.set_grad_enabled(False)
    classes = model(X).argmax(dim=1)
    model.train(mode)
    return classes

# %% wrong: down the columns
# says: this is the best row of each column
def predict_classes(model, X):
    mode = model.training
    model.eval()
    with torch.no_grad():
        classes = model(X).argmax(dim=0)
    model.train(mode)
    return classes

# %% wrong: the pair of max
# says: this is a pair
def predict_classes(model, X):
    mode = model.training
    model.eval()
    with torch.no_grad():
        best = model(X).max(dim=1)
    model.train(mode)
    return tuple(best)

# %% wrong: no argmax
# says: these are logits or probabilities
def predict_classes(model, X):
    mode = model.training
    model.eval()
    with torch.no_grad():
        logits = model(X)
    model.train(mode)
    return logits

# %% wrong: switches gradients on for everybody
# says: the caller had switched gradients off
def predict_classes(model, X):
    mode = model.training
    model.eval()
    torch.set_grad_enabled(False)
    classes = model(X).argmax(dim=1)
    torch.set_grad_enabled(True)
    model.train(mode)
    return classes

# %% wrong: int32
# says: classes are int64
def predict_classes(model, X):
    mode = model.training
    model.eval()
    with torch.no_grad():
        classes = model(X).argmax(dim=1).int()
    model.train(mode)
    return classes
