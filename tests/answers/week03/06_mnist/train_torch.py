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

# %% wrong: zeroes once an epoch
# says: zeroed once an epoch
def train_torch(model, X, y, epochs, batch_size, lr, seed):
    data = TensorDataset(torch.tensor(X, dtype=torch.float32), torch.tensor(y))
    loader = DataLoader(data, batch_size, shuffle=True, generator=torch.Generator().manual_seed(seed))
    opt, loss_fn, losses = torch.optim.Adam(model.parameters(), lr=lr), nn.CrossEntropyLoss(), []
    model.train()
    for _ in range(epochs):
        total = 0.0
        opt.zero_grad()
        for images, labels in loader:
            loss = loss_fn(model(images), labels)
            loss.backward()
            opt.step()
            total += loss.item() * len(labels)
        losses.append(total / len(X))
    return losses

# %% wrong: one order for all seeds
# says: the order is the same for every seed
def train_torch(model, X, y, epochs, batch_size, lr, seed):
    data = TensorDataset(torch.tensor(X, dtype=torch.float32), torch.tensor(y))
    loader = DataLoader(data, batch_size, shuffle=True, generator=torch.Generator().manual_seed(0))
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

# %% wrong: one step an epoch
# says: there is one step an epoch
def train_torch(model, X, y, epochs, batch_size, lr, seed):
    data = TensorDataset(torch.tensor(X, dtype=torch.float32), torch.tensor(y))
    loader = DataLoader(data, batch_size, shuffle=True, generator=torch.Generator().manual_seed(seed))
    opt, loss_fn, losses = torch.optim.Adam(model.parameters(), lr=lr), nn.CrossEntropyLoss(), []
    model.train()
    for _ in range(epochs):
        total = 0.0
        opt.zero_grad()
        for images, labels in loader:
            loss = loss_fn(model(images), labels)
            loss.backward(retain_graph=False)
            total += loss.item() * len(labels)
        opt.step()
        losses.append(total / len(X))
    return losses

# %% wrong: all of X for each batch
# says: all of X went into the model for each batch
def train_torch(model, X, y, epochs, batch_size, lr, seed):
    data = TensorDataset(torch.tensor(X, dtype=torch.float32), torch.tensor(y))
    loader = DataLoader(data, batch_size, shuffle=True, generator=torch.Generator().manual_seed(seed))
    opt, loss_fn, losses = torch.optim.Adam(model.parameters(), lr=lr), nn.CrossEntropyLoss(), []
    model.train()
    for _ in range(epochs):
        total = 0.0
        for images, labels in loader:
            opt.zero_grad()
            loss = loss_fn(model(data.tensors[0]), data.tensors[1])
            loss.backward()
            opt.step()
            total += loss.item() * len(labels)
        losses.append(total / len(X))
    return losses

# %% wrong: the batch size is forgotten
# says: pass batch_size on to the loader
def train_torch(model, X, y, epochs, batch_size, lr, seed):
    data = TensorDataset(torch.tensor(X, dtype=torch.float32), torch.tensor(y))
    loader = DataLoader(data, shuffle=True, generator=torch.Generator().manual_seed(seed))
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

# %% wrong: the loss of the last batch
# says: the loss of the last batch
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
            total = loss.item()
        losses.append(total)
    return losses
