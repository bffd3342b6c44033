# %% right: a helper, float32
def prepare(train_images, other_images):
    mean, std = train_images.mean(), train_images.std()

    def rows(images):
        return ((images.astype(np.float32) - mean) / std).reshape(len(images), -1).astype(np.float32)

    return rows(train_images), rows(other_images)

# %% right: divides by 255 first
def prepare(train_images, other_images):
    a, b = train_images / 255, other_images / 255
    center, spread = a.mean(), a.std()
    n, h, w = a.shape
    return (a.reshape(n, h * w) - center) / spread, (b.reshape(len(b), h * w) - center) / spread

# %% right: the standard deviation by hand, in PyTorch and lists
def prepare(train_images, other_images):
    a = torch.tensor(train_images.tolist(), dtype=torch.float64).flatten(1)
    b = torch.tensor(other_images.tolist(), dtype=torch.float64).flatten(1)
    mu = a.mean()
    sigma = ((a - mu) ** 2).mean().sqrt()
    return [((part - mu) / sigma).numpy() for part in (a, b)]

# %% wrong: divides by 255
# says: the pixels are divided by 255
def prepare(train_images, other_images):
    return train_images.reshape(len(train_images), -1) / 255, other_images.reshape(len(other_images), -1) / 255

# %% wrong: the other images keep their own statistics
# says: the other images got a mean and a standard deviation of their own
def prepare(train_images, other_images):
    def scale(images):
        flat = images.reshape(len(images), -1)
        return (flat - flat.mean()) / flat.std()

    return scale(train_images), scale(other_images)

# %% wrong: statistics of both parts
# says: the other images took part in the mean
def prepare(train_images, other_images):
    everything = np.concatenate([train_images, other_images])
    mean, std = everything.mean(), everything.std()
    X = (everything.reshape(len(everything), -1) - mean) / std
    return X[: len(train_images)], X[len(train_images) :]

# %% wrong: per pixel
# says: each pixel place got its own mean
def prepare(train_images, other_images):
    a, b = train_images.reshape(len(train_images), -1), other_images.reshape(len(other_images), -1)
    mean, std = a.mean(axis=0), a.std(axis=0)
    return (a - mean) / std, (b - mean) / std

# %% wrong: squares in bytes
# says: computed in bytes
def prepare(train_images, other_images):
    mean = train_images.mean()
    std = np.sqrt((train_images**2).mean() - mean**2)
    return tuple((part.reshape(len(part), -1) - mean) / std for part in (train_images, other_images))

# %% wrong: subtracts a whole number in bytes
# says: the subtraction was done in bytes
def prepare(train_images, other_images):
    mean, std = int(train_images.mean()), train_images.std()
    return tuple((part.reshape(len(part), -1) - mean) / std for part in (train_images, other_images))

# %% wrong: counts on square images
# says: cannot reshape
def prepare(train_images, other_images):
    mean, std = train_images.mean(), train_images.std()
    n, h, _ = train_images.shape
    m = len(other_images)
    return (train_images.reshape(n, h * h) - mean) / std, (other_images.reshape(m, h * h) - mean) / std

# %% wrong: a mean without decimals
# says: the mean was cut to a whole number
def prepare(train_images, other_images):
    mean, std = int(train_images.mean()), train_images.std()
    return tuple((part.reshape(len(part), -1).astype(float) - mean) / std for part in (train_images, other_images))
