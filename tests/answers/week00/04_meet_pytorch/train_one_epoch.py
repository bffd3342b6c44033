# %% right: the loop as most people write it
def train_one_epoch(model, loader, loss_fn, optimizer):
    model.train()
    device = next(model.parameters()).device
    total, n = 0.0, 0
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        optimizer.zero_grad()
        logits = model(images)
        loss = loss_fn(logits, labels)
        loss.backward()
        optimizer.step()
        total += loss.item() * images.size(0)
        n += images.size(0)
    return total / n

# %% right: zeroes at the end, divides by the size of the data set
def train_one_epoch(model, loader, loss_fn, optimizer):
    device = next(model.parameters()).device
    model.train(True)
    losses = 0
    for images, labels in loader:
        loss = loss_fn(model(images.to(device)), labels.to(device))
        loss.backward()
        optimizer.step()
        model.zero_grad()
        losses += float(loss) * labels.shape[0]
    return losses / len(loader.dataset)

# %% right: NumPy averages at the end
def train_one_epoch(model, loader, loss_fn, optimizer):
    model.train()
    device = next(iter(model.parameters())).device
    means, counts = [], []
    for batch in loader:
        images, labels = (part.to(device) for part in batch)
        logits = model(images)
        optimizer.zero_grad()
        loss = loss_fn(logits, labels)
        loss.backward()
        optimizer.step()
        means.append(loss.detach().item())
        counts.append(len(labels))
    return np.average(means, weights=counts)

# %% right: keeps a tensor without a graph and converts once
def train_one_epoch(model, loader, loss_fn, optimizer):
    model.train()
    device = next(model.parameters()).device
    total = torch.zeros((), device=device)
    seen = 0
    for images, labels in loader:
        images = torch.as_tensor(images, device=device)
        labels = torch.as_tensor(labels, device=device)
        for parameter in model.parameters():
            parameter.grad = None
        loss = loss_fn(model.forward(images), labels)
        loss.backward()
        optimizer.step()
        total += loss.detach() * len(images)
        seen += len(images)
    return (total / seen).item()

# %% right: puts the mode back at the end
def train_one_epoch(model, loader, loss_fn, optimizer):
    came_in = model.training
    model.train()
    device = next(model.parameters()).device
    sum_of_losses = number = 0
    for images, labels in loader:
        logits = model(images.to(device))
        loss = loss_fn(logits, labels.to(device))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        sum_of_losses += loss.item() * len(images)
        number += len(images)
    model.train(came_in)
    return sum_of_losses / number

# %% wrong: zero_grad forgotten
# says: the gradients of earlier batches pile up
# also fails: compare_activations
def train_one_epoch(model, loader, loss_fn, optimizer):
    model.train()
    device = next(model.parameters()).device
    total, n = 0.0, 0
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        loss = loss_fn(model(images), labels)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(labels)
        n += len(labels)
    return total / n

# %% wrong: zero_grad before the loop
# says: zero_grad belongs into the loop
# also fails: compare_activations
def train_one_epoch(model, loader, loss_fn, optimizer):
    model.train()
    device = next(model.parameters()).device
    total, n = 0.0, 0
    optimizer.zero_grad()
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        loss = loss_fn(model(images), labels)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(labels)
        n += len(labels)
    return total / n

# %% wrong: step forgotten
# says: the weights do not move between the batches
# also fails: compare_activations
def train_one_epoch(model, loader, loss_fn, optimizer):
    model.train()
    device = next(model.parameters()).device
    total, n = 0.0, 0
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        optimizer.zero_grad()
        loss = loss_fn(model(images), labels)
        loss.backward()
        total += loss.item() * len(labels)
        n += len(labels)
    return total / n

# %% wrong: zero_grad between backward and step
# says: or zero_grad between the two
# also fails: compare_activations
def train_one_epoch(model, loader, loss_fn, optimizer):
    model.train()
    device = next(model.parameters()).device
    total, n = 0.0, 0
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        loss = loss_fn(model(images), labels)
        loss.backward()
        optimizer.zero_grad()
        optimizer.step()
        total += loss.item() * len(labels)
        n += len(labels)
    return total / n

# %% wrong: step before backward
# says: the step comes before the backward pass
# also fails: compare_activations
def train_one_epoch(model, loader, loss_fn, optimizer):
    model.train()
    device = next(model.parameters()).device
    total, n = 0.0, 0
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        loss = loss_fn(model(images), labels)
        optimizer.step()
        optimizer.zero_grad()
        loss.backward()
        total += loss.item() * len(labels)
        n += len(labels)
    return total / n

# %% wrong: mean of the batch means
# says: this is the mean of the three batch means
# also fails: compare_activations
def train_one_epoch(model, loader, loss_fn, optimizer):
    model.train()
    device = next(model.parameters()).device
    losses = []
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        optimizer.zero_grad()
        loss = loss_fn(model(images), labels)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return sum(losses) / len(losses)

# %% wrong: every batch counts as full
# says: every batch counts as if it were full
# also fails: compare_activations
def train_one_epoch(model, loader, loss_fn, optimizer):
    model.train()
    device = next(model.parameters()).device
    total = 0.0
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        optimizer.zero_grad()
        loss = loss_fn(model(images), labels)
        loss.backward()
        optimizer.step()
        total += loss.item() * loader.batch_size
    return total / len(loader.dataset)

# %% wrong: adds means, divides by samples
# says: Multiply it by the number of samples of its batch
# also fails: compare_activations
def train_one_epoch(model, loader, loss_fn, optimizer):
    model.train()
    device = next(model.parameters()).device
    total = 0.0
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        optimizer.zero_grad()
        loss = loss_fn(model(images), labels)
        loss.backward()
        optimizer.step()
        total += loss.item()
    return total / len(loader.dataset)

# %% wrong: divides by the number of batches
# says: the mean divides by the number of batches
# also fails: compare_activations
def train_one_epoch(model, loader, loss_fn, optimizer):
    model.train()
    device = next(model.parameters()).device
    total = 0.0
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        optimizer.zero_grad()
        loss = loss_fn(model(images), labels)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(labels)
    return total / len(loader)

# %% wrong: returns the last loss
# says: this is the loss of the last batch only
# also fails: compare_activations
def train_one_epoch(model, loader, loss_fn, optimizer):
    model.train()
    device = next(model.parameters()).device
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        optimizer.zero_grad()
        loss = loss_fn(model(images), labels)
        loss.backward()
        optimizer.step()
    return loss.item()

# %% wrong: return inside the loop
# says: is the `return` inside the loop?
# also fails: compare_activations
def train_one_epoch(model, loader, loss_fn, optimizer):
    model.train()
    device = next(model.parameters()).device
    total, n = 0.0, 0
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        optimizer.zero_grad()
        loss = loss_fn(model(images), labels)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(labels)
        n += len(labels)
        return total / n

# %% wrong: the sum
# says: the batch means are added up
# also fails: compare_activations
def train_one_epoch(model, loader, loss_fn, optimizer):
    model.train()
    device = next(model.parameters()).device
    total = 0.0
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        optimizer.zero_grad()
        loss = loss_fn(model(images), labels)
        loss.backward()
        optimizer.step()
        total += loss.item()
    return total

# %% wrong: a tensor with its graph
# says: this is a tensor. A plain number is wanted
# also fails: compare_activations
def train_one_epoch(model, loader, loss_fn, optimizer):
    model.train()
    device = next(model.parameters()).device
    total, n = 0.0, 0
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        optimizer.zero_grad()
        loss = loss_fn(model(images), labels)
        loss.backward()
        optimizer.step()
        total += loss * len(labels)
        n += len(labels)
    return total / n

# %% wrong: forgets model.train()
# says: Call model.train() before the loop
# also fails: compare_activations
def train_one_epoch(model, loader, loss_fn, optimizer):
    device = next(model.parameters()).device
    total, n = 0.0, 0
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        optimizer.zero_grad()
        loss = loss_fn(model(images), labels)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(labels)
        n += len(labels)
    return total / n

# %% wrong: sets the mode by an attribute, which does not reach the layers inside
# says: a layer inside the model is in evaluation mode
# also fails: compare_activations
def train_one_epoch(model, loader, loss_fn, optimizer):
    model.training = True
    device = next(model.parameters()).device
    total, n = 0.0, 0
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        optimizer.zero_grad()
        loss = loss_fn(model(images), labels)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(labels)
        n += len(labels)
    return total / n

# %% wrong: softmax before the loss
# says: the double softmax
# also fails: compare_activations
def train_one_epoch(model, loader, loss_fn, optimizer):
    model.train()
    device = next(model.parameters()).device
    total, n = 0.0, 0
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        optimizer.zero_grad()
        probabilities = torch.softmax(model(images), dim=1)
        loss = loss_fn(probabilities, labels)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(labels)
        n += len(labels)
    return total / n

# %% wrong: forward of the logits
# says: `model(images)` is the whole forward pass
# also fails: compare_activations
def train_one_epoch(model, loader, loss_fn, optimizer):
    model.train()
    device = next(model.parameters()).device
    total, n = 0.0, 0
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        optimizer.zero_grad()
        logits = model(images).forward()
        loss = loss_fn(logits, labels)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(labels)
        n += len(labels)
    return total / n

# %% wrong: forward pass without a graph
# says: this loss remembers nothing that learns
# also fails: compare_activations
def train_one_epoch(model, loader, loss_fn, optimizer):
    model.train()
    device = next(model.parameters()).device
    total, n = 0.0, 0
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        optimizer.zero_grad()
        with torch.no_grad():
            loss = loss_fn(model(images), labels)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(labels)
        n += len(labels)
    return total / n

# %% wrong: the loss after the step
# says: the loss is computed again after the step
# also fails: compare_activations
def train_one_epoch(model, loader, loss_fn, optimizer):
    model.train()
    device = next(model.parameters()).device
    total, n = 0.0, 0
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        optimizer.zero_grad()
        loss_fn(model(images), labels).backward()
        optimizer.step()
        total += loss_fn(model(images), labels).item() * len(labels)
        n += len(labels)
    return total / n

# %% wrong: its own cross-entropy instead of loss_fn
# says: use the loss_fn that is passed in
# also fails: compare_activations
def train_one_epoch(model, loader, loss_fn, optimizer):
    model.train()
    device = next(model.parameters()).device
    total, n = 0.0, 0
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(images), labels)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(labels)
        n += len(labels)
    return total / n

# %% wrong: its own SGD instead of the optimizer
# says: use the optimizer that is passed in
# also fails: compare_activations
def train_one_epoch(model, loader, loss_fn, optimizer):
    model.train()
    device = next(model.parameters()).device
    lr = optimizer.param_groups[0]["lr"]
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    total, n = 0.0, 0
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        optimizer.zero_grad()
        loss = loss_fn(model(images), labels)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(labels)
        n += len(labels)
    return total / n

# %% wrong: images and labels stay where they are
# says: the images stay on the device of the loader
# also fails: compare_activations
def train_one_epoch(model, loader, loss_fn, optimizer):
    model.train()
    total, n = 0.0, 0
    for images, labels in loader:
        optimizer.zero_grad()
        loss = loss_fn(model(images), labels)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(labels)
        n += len(labels)
    return total / n

# %% wrong: only the images are moved
# says: the labels stay on the device of the loader
# also fails: compare_activations
def train_one_epoch(model, loader, loss_fn, optimizer):
    model.train()
    device = next(model.parameters()).device
    total, n = 0.0, 0
    for images, labels in loader:
        optimizer.zero_grad()
        loss = loss_fn(model(images.to(device)), labels)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(labels)
        n += len(labels)
    return total / n

# %% wrong: `to` without taking what it returns
# says: the images stay on the device of the loader
# also fails: compare_activations
def train_one_epoch(model, loader, loss_fn, optimizer):
    model.train()
    device = next(model.parameters()).device
    total, n = 0.0, 0
    for images, labels in loader:
        images.to(device)
        labels.to(device)
        optimizer.zero_grad()
        loss = loss_fn(model(images), labels)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(labels)
        n += len(labels)
    return total / n

# %% wrong: the step stands behind the loop
# says: only the last batch made a step
# also fails: compare_activations
def train_one_epoch(model, loader, loss_fn, optimizer):
    model.train()
    device = next(model.parameters()).device
    total, n = 0.0, 0
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        optimizer.zero_grad()
        loss = loss_fn(model(images), labels)
        loss.backward()
        total += loss.item() * len(labels)
        n += len(labels)
    optimizer.step()
    return total / n

# %% wrong: forgets the return
# says: Is the `return` missing
# also fails: compare_activations
def train_one_epoch(model, loader, loss_fn, optimizer):
    model.train()
    device = next(model.parameters()).device
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        optimizer.zero_grad()
        loss = loss_fn(model(images), labels)
        loss.backward()
        optimizer.step()

# %% wrong: two epochs
# says: this is the second of two epochs
# also fails: compare_activations
def train_one_epoch(model, loader, loss_fn, optimizer):
    model.train()
    device = next(model.parameters()).device
    for epoch in range(2):
        total, n = 0.0, 0
        for images, labels in loader:
            images, labels = images.to(device), labels.to(device)
            optimizer.zero_grad()
            loss = loss_fn(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            n += len(labels)
    return total / n
