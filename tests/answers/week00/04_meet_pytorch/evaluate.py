# %% right: counts under no_grad
def evaluate(model, loader):
    model.eval()
    device = next(model.parameters()).device
    correct = total = 0
    with torch.no_grad():
        for images, labels in loader:
            logits = model(images.to(device))
            correct += (logits.argmax(dim=1) == labels.to(device)).sum().item()
            total += labels.size(0)
    return correct / total

# %% right: a decorator, and the mode is put back
@torch.no_grad()
def evaluate(model, loader):
    was_training = model.training
    model.eval()
    device = next(model.parameters()).device
    hits = 0
    for images, labels in loader:
        predicted = model(images.to(device)).max(1).indices.cpu()
        hits += int(torch.sum(predicted == labels))
    model.train(was_training)
    return hits / len(loader.dataset)

# %% right: all answers first, NumPy compares
def evaluate(model, loader):
    device = next(model.parameters()).device
    model.train(False)
    answers, right = [], []
    with torch.inference_mode():
        for images, labels in loader:
            answers += model(images.to(device)).cpu().numpy().argmax(axis=1).tolist()
            right += labels.tolist()
    return np.mean(np.array(answers) == np.array(right))

# %% right: weighted mean of the shares, sample by sample
def evaluate(model, loader):
    model.eval()
    device = next(model.parameters()).device
    total, n = 0.0, 0
    for images, labels in loader:
        with torch.no_grad():
            logits = torch.softmax(model(images.to(device)), dim=1)
        same = torch.tensor([int(row.argmax()) == int(label) for row, label in zip(logits, labels)])
        total += same.double().mean().item() * len(labels)
        n += len(labels)
    return total / n

# %% wrong: mean of the batch shares
# says: this is the mean of the accuracies of the batches
# also fails: compare_activations
def evaluate(model, loader):
    model.eval()
    device = next(model.parameters()).device
    shares = []
    with torch.no_grad():
        for images, labels in loader:
            images, labels = images.to(device), labels.to(device)
            shares.append((model(images).argmax(dim=1) == labels).float().mean().item())
    return sum(shares) / len(shares)

# %% wrong: the last batch only
# says: this is the accuracy of the last batch only
# also fails: compare_activations
def evaluate(model, loader):
    model.eval()
    device = next(model.parameters()).device
    with torch.no_grad():
        for images, labels in loader:
            images, labels = images.to(device), labels.to(device)
            accuracy = (model(images).argmax(dim=1) == labels).float().mean().item()
    return accuracy

# %% wrong: return inside the loop
# says: is the `return` inside the loop?
# also fails: compare_activations
def evaluate(model, loader):
    model.eval()
    device = next(model.parameters()).device
    correct = total = 0
    with torch.no_grad():
        for images, labels in loader:
            images, labels = images.to(device), labels.to(device)
            correct += (model(images).argmax(dim=1) == labels).sum().item()
            total += len(labels)
            return correct / total

# %% wrong: counts only
# says: this is how many are right
# also fails: compare_activations
def evaluate(model, loader):
    model.eval()
    device = next(model.parameters()).device
    correct = 0
    with torch.no_grad():
        for images, labels in loader:
            images, labels = images.to(device), labels.to(device)
            correct += (model(images).argmax(dim=1) == labels).sum().item()
    return correct

# %% wrong: in percent
# says: this is in percent
# also fails: compare_activations
def evaluate(model, loader):
    model.eval()
    device = next(model.parameters()).device
    correct = total = 0
    with torch.no_grad():
        for images, labels in loader:
            images, labels = images.to(device), labels.to(device)
            correct += (model(images).argmax(dim=1) == labels).sum().item()
            total += len(labels)
    return 100 * correct / total

# %% wrong: divides by the number of batches
# says: is divided by the number of batches
# also fails: compare_activations
def evaluate(model, loader):
    model.eval()
    device = next(model.parameters()).device
    correct = 0
    with torch.no_grad():
        for images, labels in loader:
            images, labels = images.to(device), labels.to(device)
            correct += (model(images).argmax(dim=1) == labels).sum().item()
    return correct / len(loader)

# %% wrong: batches counted as full
# says: the batches count as if each were full
# also fails: compare_activations
def evaluate(model, loader):
    model.eval()
    device = next(model.parameters()).device
    correct = 0
    with torch.no_grad():
        for images, labels in loader:
            images, labels = images.to(device), labels.to(device)
            correct += (model(images).argmax(dim=1) == labels).sum().item()
    return correct / (len(loader) * loader.batch_size)

# %% wrong: adds the shares
# says: the shares of the batches are added up
# also fails: compare_activations
def evaluate(model, loader):
    model.eval()
    device = next(model.parameters()).device
    total = 0.0
    with torch.no_grad():
        for images, labels in loader:
            images, labels = images.to(device), labels.to(device)
            total += (model(images).argmax(dim=1) == labels).float().mean().item()
    return total

# %% wrong: a tensor
# says: this is a tensor. A plain number is wanted
# also fails: compare_activations
def evaluate(model, loader):
    model.eval()
    device = next(model.parameters()).device
    correct = total = 0
    with torch.no_grad():
        for images, labels in loader:
            images, labels = images.to(device), labels.to(device)
            correct += (model(images).argmax(dim=1) == labels).sum()
            total += len(labels)
    return correct / total

# %% wrong: the largest logit instead of its place
# says: You need its place, argmax
# also fails: compare_activations
def evaluate(model, loader):
    model.eval()
    device = next(model.parameters()).device
    correct = total = 0
    with torch.no_grad():
        for images, labels in loader:
            images, labels = images.to(device), labels.to(device)
            correct += (model(images).max(dim=1).values == labels).sum().item()
            total += len(labels)
    return correct / total

# %% wrong: argmax down the columns
# says: two tensors of different shapes meet
# also fails: compare_activations
def evaluate(model, loader):
    model.eval()
    device = next(model.parameters()).device
    correct = total = 0
    with torch.no_grad():
        for images, labels in loader:
            images, labels = images.to(device), labels.to(device)
            correct += (model(images).argmax(dim=0) == labels).sum().item()
            total += len(labels)
    return correct / total

# %% wrong: the mean of True and False
# says: Turn them into floats with `.float()`
# also fails: compare_activations
def evaluate(model, loader):
    model.eval()
    device = next(model.parameters()).device
    shares = []
    with torch.no_grad():
        for images, labels in loader:
            images, labels = images.to(device), labels.to(device)
            shares.append((model(images).argmax(dim=1) == labels).mean())
    return sum(shares) / len(shares)

# %% wrong: forgets model.eval()
# says: Call model.eval() before the loop
# also fails: compare_activations
def evaluate(model, loader):
    device = next(model.parameters()).device
    correct = total = 0
    with torch.no_grad():
        for images, labels in loader:
            images, labels = images.to(device), labels.to(device)
            correct += (model(images).argmax(dim=1) == labels).sum().item()
            total += len(labels)
    return correct / total

# %% wrong: keeps the graph
# says: Put the loop under torch.no_grad()
# also fails: compare_activations
def evaluate(model, loader):
    model.eval()
    device = next(model.parameters()).device
    correct = total = 0
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        correct += (model(images).argmax(dim=1) == labels).sum().item()
        total += len(labels)
    return correct / total

# %% wrong: no_grad without with
# says: Put the loop under torch.no_grad()
# also fails: compare_activations
def evaluate(model, loader):
    model.eval()
    torch.no_grad()
    device = next(model.parameters()).device
    correct = total = 0
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        correct += (model(images).argmax(dim=1) == labels).sum().item()
        total += len(labels)
    return correct / total

# %% wrong: switches gradients off for good
# says: gradients stay switched off for everything that follows
# also fails: compare_activations
def evaluate(model, loader):
    model.eval()
    torch.set_grad_enabled(False)
    device = next(model.parameters()).device
    correct = total = 0
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        correct += (model(images).argmax(dim=1) == labels).sum().item()
        total += len(labels)
    return correct / total

# %% wrong: sets the mode by an attribute
# says: Call model.eval() before the loop
# also fails: compare_activations
def evaluate(model, loader):
    model.training = False
    device = next(model.parameters()).device
    correct = total = 0
    with torch.no_grad():
        for images, labels in loader:
            images, labels = images.to(device), labels.to(device)
            correct += (model(images).argmax(dim=1) == labels).sum().item()
            total += len(labels)
    return correct / total

# %% wrong: zeroes the gradients
# says: evaluate has nothing to do with them
# also fails: compare_activations
def evaluate(model, loader):
    model.eval()
    model.zero_grad()
    device = next(model.parameters()).device
    correct = total = 0
    with torch.no_grad():
        for images, labels in loader:
            images, labels = images.to(device), labels.to(device)
            correct += (model(images).argmax(dim=1) == labels).sum().item()
            total += len(labels)
    return correct / total

# %% wrong: images stay where they are
# says: the images stay on the device of the loader
# also fails: compare_activations
def evaluate(model, loader):
    model.eval()
    correct = total = 0
    with torch.no_grad():
        for images, labels in loader:
            correct += (model(images).argmax(dim=1) == labels).sum().item()
            total += len(labels)
    return correct / total

# %% wrong: the labels stay where they are
# says: the labels stay on the device of the loader
# also fails: compare_activations
def evaluate(model, loader):
    model.eval()
    device = next(model.parameters()).device
    correct = total = 0
    with torch.no_grad():
        for images, labels in loader:
            correct += (model(images.to(device)).argmax(dim=1) == labels).sum().item()
            total += len(labels)
    return correct / total

# %% wrong: forward of the logits
# says: `model(images)` is the whole forward pass
# also fails: compare_activations
def evaluate(model, loader):
    model.eval()
    device = next(model.parameters()).device
    correct = total = 0
    with torch.no_grad():
        for images, labels in loader:
            images, labels = images.to(device), labels.to(device)
            correct += (model(images).forward().argmax(dim=1) == labels).sum().item()
            total += len(labels)
    return correct / total

# %% wrong: the share of mistakes
# says: this is the share of wrong answers
# also fails: compare_activations
def evaluate(model, loader):
    model.eval()
    device = next(model.parameters()).device
    wrong = total = 0
    with torch.no_grad():
        for images, labels in loader:
            images, labels = images.to(device), labels.to(device)
            wrong += (model(images).argmax(dim=1) != labels).sum().item()
            total += len(labels)
    return wrong / total

# %% wrong: back to training mode too early
# says: the model was in training mode
# also fails: compare_activations
def evaluate(model, loader):
    device = next(model.parameters()).device
    correct = total = 0
    with torch.no_grad():
        for images, labels in loader:
            images, labels = images.to(device), labels.to(device)
            logits = model(images)
            model.eval()
            correct += (logits.argmax(dim=1) == labels).sum().item()
            total += len(labels)
    return correct / total

# %% wrong: counts the samples that were compared
# says: every sample counts as right
def evaluate(model, loader):
    model.eval()
    right = seen = 0
    with torch.no_grad():
        for images, labels in loader:
            right += len(model(images).argmax(dim=1) == labels)
            seen += len(labels)
    return right / seen
