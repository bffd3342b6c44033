# %% right: running totals
def train_torch(model, X, y, epochs, batch_size, lr, seed):
    data = TensorDataset(torch.from_numpy(X).float(), torch.from_numpy(y).long())
    loader = DataLoader(data, batch_size=batch_size, shuffle=True, generator=torch.Generator().manual_seed(seed))
    opt = torch.optim.Adam(model.parameters(), lr=lr)
    loss_fn = nn.CrossEntropyLoss()
    losses = []
    for epoch in range(epochs):
        model.train()
        total = seen = 0
        for images, labels in loader:
            loss = loss_fn(model(images), labels)
            opt.zero_grad()
            loss.backward()
            opt.step()
            total += float(loss) * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    return losses

# %% right: no loader, a permutation of its own, zeroes after the step
def train_torch(model, X, y, epochs, batch_size, lr, seed):
    inputs, labels = torch.tensor(X, dtype=torch.float32), torch.tensor(y)
    g = torch.Generator().manual_seed(seed)
    opt = torch.optim.Adam(model.parameters(), lr)
    model.train()
    opt.zero_grad()
    means = []
    for _ in range(epochs):
        summed = 0.0
        for rows in torch.randperm(len(X), generator=g).split(batch_size):
            loss = nn.functional.cross_entropy(model(inputs[rows]), labels[rows], reduction="sum")
            (loss / len(rows)).backward()
            opt.step()
            opt.zero_grad()
            summed += loss.item()
        means.append(summed / len(X))
    return means

# %% right: weights the means with NumPy
def train_torch(model, X, y, epochs, batch_size, lr, seed):
    loader = DataLoader(
        list(zip(X.astype(np.float32), y)),
        batch_size,
        shuffle=True,
        generator=torch.Generator().manual_seed(seed),
    )
    optimizer, criterion = torch.optim.Adam(model.parameters(), lr=lr), nn.CrossEntropyLoss()
    history = []
    for _ in range(epochs):
        model.train(True)
        seen = []
        for a, b in loader:
            model.zero_grad()
            loss = criterion(model(a), b)
            loss.backward()
            optimizer.step()
            seen.append((loss.item(), len(b)))
        values, weights = zip(*seen)
        history.append(np.average(values, weights=weights))
    return history

# %% wrong: SGD
# says: this is plain SGD
def train_torch(model, X, y, epochs, batch_size, lr, seed):
    data = TensorDataset(torch.tensor(X, dtype=torch.float32), torch.tensor(y))
    loader = DataLoader(data, batch_size, shuffle=True, generator=torch.Generator().manual_seed(seed))
    opt, loss_fn, losses = torch.optim.SGD(model.parameters(), lr=lr), nn.CrossEntropyLoss(), []
    model.train()
    for _ in range(epochs):
        total = 0.0
        for images, labels in loader:
            opt.zero_grad()
            loss = loss_fn(model(images), labels)
            loss.backward()
            opt.step()
            total += loss.item() * len(labels)
        losses.append(total / len(X))
    return losses

# %% wrong: no zero_grad
# says: zero_grad is missing
def train_torch(model, X, y, epochs, batch_size, lr, seed):
    data = TensorDataset(torch.tensor(X, dtype=torch.float32), torch.tensor(y))
    loader = DataLoader(data, batch_size, shuffle=True, generator=torch.Generator().manual_seed(seed))
    opt, loss_fn, losses = torch.optim.Adam(model.parameters(), lr=lr), nn.CrossEntropyLoss(), []
    model.train()
    for _ in range(epochs):
        total = 0.0
        for images, labels in loader:
            loss = loss_fn(model(images), labels)
            loss.backward()
            opt.step()
            total += loss.item() * len(labels)
        losses.append(total / len(X))
    return losses

# %% wrong: softmax before the loss
# says: the double softmax
def train_torch(model, X, y, epochs, batch_size, lr, seed):
    data = TensorDataset(torch.tensor(X, dtype=torch.float32), torch.tensor(y))
    loader = DataLoader(data, batch_size, shuffle=True, generator=torch.Generator().manual_seed(seed))
    opt, loss_fn, losses = torch.optim.Adam(model.parameters(), lr=lr), nn.CrossEntropyLoss(), []
    model.train()
    for _ in range(epochs):
        total = 0.0
        for images, labels in loader:
            opt.zero_grad()
            loss = loss_fn(torch.softmax(model(images), dim=1), labels)
            loss.backward()
            opt.step()
            total += loss.item() * len(labels)
        losses.append(total / len(X))
    return losses

# %% wrong: a new optimizer in each epoch
# says: a new Adam is made in every epoch
def train_torch(model, X, y, epochs, batch_size, lr, seed):
    data = TensorDataset(torch.tensor(X, dtype=torch.float32), torch.tensor(y))
    loader = DataLoader(data, batch_size, shuffle=True, generator=torch.Generator().manual_seed(seed))
    opt, loss_fn, losses = torch.optim.Adam(model.parameters(), lr=lr), nn.CrossEntropyLoss(), []
    model.train()
    for _ in range(epochs):
        total = 0.0
        opt = torch.optim.Adam(model.parameters(), lr=lr)
        for images, labels in loader:
            opt.zero_grad()
            loss = loss_fn(model(images), labels)
            loss.backward()
            opt.step()
            total += loss.item() * len(labels)
        losses.append(total / len(X))
    return losses

# %% wrong: the default learning rate
# says: pass lr on
def train_torch(model, X, y, epochs, batch_size, lr, seed):
    data = TensorDataset(torch.tensor(X, dtype=torch.float32), torch.tensor(y))
    loader = DataLoader(data, batch_size, shuffle=True, generator=torch.Generator().manual_seed(seed))
    opt, loss_fn, losses = torch.optim.Adam(model.parameters()), nn.CrossEntropyLoss(), []
    model.train()
    for _ in range(epochs):
        total = 0.0
        for images, labels in loader:
            opt.zero_grad()
            loss = loss_fn(model(images), labels)
            loss.backward()
            opt.step()
            total += loss.item() * len(labels)
        losses.append(total / len(X))
    return losses

# %% wrong: the mean of the batch means
# says: mean of the batch means
def train_torch(model, X, y, epochs, batch_size, lr, seed):
    data = TensorDataset(torch.tensor(X, dtype=torch.float32), torch.tensor(y))
    loader = DataLoader(data, batch_size, shuffle=True, generator=torch.Generator().manual_seed(seed))
    opt, loss_fn, losses = torch.optim.Adam(model.parameters(), lr=lr), nn.CrossEntropyLoss(), []
    model.train()
    for _ in range(epochs):
        total = 0.0
        for images, labels in loader:
            opt.zero_grad()
            loss = loss_fn(model(images), labels)
            loss.backward()
            opt.step()
            total += loss.item()
        losses.append(total / len(loader))
    return losses

# %% wrong: does not shuffle
# says: `shuffle=True` is missing
def train_torch(model, X, y, epochs, batch_size, lr, seed):
    data = TensorDataset(torch.tensor(X, dtype=torch.float32), torch.tensor(y))
    loader = DataLoader(data, batch_size, shuffle=False)
    opt, loss_fn, losses = torch.optim.Adam(model.parameters(), lr=lr), nn.CrossEntropyLoss(), []
    model.train()
    for _ in range(epochs):
        total = 0.0
        for images, labels in loader:
            opt.zero_grad()
            loss = loss_fn(model(images), labels)
            loss.backward()
            opt.step()
            total += loss.item() * len(labels)
        losses.append(total / len(X))
    return losses

# %% wrong: no generator
# says: with the same seed the order differs
def train_torch(model, X, y, epochs, batch_size, lr, seed):
    data = TensorDataset(torch.tensor(X, dtype=torch.float32), torch.tensor(y))
    loader = DataLoader(data, batch_size, shuffle=True)
    opt, loss_fn, losses = torch.optim.Adam(model.parameters(), lr=lr), nn.CrossEntropyLoss(), []
    model.train()
    for _ in range(epochs):
        total = 0.0
        for images, labels in loader:
            opt.zero_grad()
            loss = loss_fn(model(images), labels)
            loss.backward()
            opt.step()
            total += loss.item() * len(labels)
        losses.append(total / len(X))
    return losses

# %% wrong: a new loader in each epoch
# says: the loader is made anew
def train_torch(model, X, y, epochs, batch_size, lr, seed):
    data = TensorDataset(torch.tensor(X, dtype=torch.float32), torch.tensor(y))
    loader = DataLoader(data, batch_size, shuffle=True, generator=torch.Generator().manual_seed(seed))
    opt, loss_fn, losses = torch.optim.Adam(model.parameters(), lr=lr), nn.CrossEntropyLoss(), []
    model.train()
    for _ in range(epochs):
        total = 0.0
        loader = DataLoader(data, batch_size, shuffle=True, generator=torch.Generator().manual_seed(seed))
        for images, labels in loader:
            opt.zero_grad()
            loss = loss_fn(model(images), labels)
            loss.backward()
            opt.step()
            total += loss.item() * len(labels)
        losses.append(total / len(X))
    return losses

# %% wrong: evaluation mode
# says: call model.train() first
def train_torch(model, X, y, epochs, batch_size, lr, seed):
    data = TensorDataset(torch.tensor(X, dtype=torch.float32), torch.tensor(y))
    loader = DataLoader(data, batch_size, shuffle=True, generator=torch.Generator().manual_seed(seed))
    opt, loss_fn, losses = torch.optim.Adam(model.parameters(), lr=lr), nn.CrossEntropyLoss(), []
    for _ in range(epochs):
        total = 0.0
        for images, labels in loader:
            opt.zero_grad()
            loss = loss_fn(model(images), labels)
            loss.backward()
            opt.step()
            total += loss.item() * len(labels)
        losses.append(total / len(X))
    return losses

# %% wrong: keeps tensors
# says: these are tensors
def train_torch(model, X, y, epochs, batch_size, lr, seed):
    data = TensorDataset(torch.tensor(X, dtype=torch.float32), torch.tensor(y))
    loader = DataLoader(data, batch_size, shuffle=True, generator=torch.Generator().manual_seed(seed))
    opt, loss_fn, losses = torch.optim.Adam(model.parameters(), lr=lr), nn.CrossEntropyLoss(), []
    model.train()
    for _ in range(epochs):
        total = 0.0
        for images, labels in loader:
            opt.zero_grad()
            loss = loss_fn(model(images), labels)
            loss.backward()
            opt.step()
            total += loss.detach() * len(labels)
        losses.append(total / len(X))
    return losses

# %% wrong: trains a copy
# says: a copy was trained
def train_torch(model, X, y, epochs, batch_size, lr, seed):
    import copy

    model = copy.deepcopy(model)
    data = TensorDataset(torch.tensor(X, dtype=torch.float32), torch.tensor(y))
    loader = DataLoader(data, batch_size, shuffle=True, generator=torch.Generator().manual_seed(seed))
    opt, loss_fn, losses = torch.optim.Adam(model.parameters(), lr=lr), nn.CrossEntropyLoss(), []
    model.train()
    for _ in range(epochs):
        total = 0.0
        for images, labels in loader:
            opt.zero_grad()
            loss = loss_fn(model(images), labels)
            loss.backward()
            opt.step()
            total += loss.item() * len(labels)
        losses.append(total / len(X))
    return losses

