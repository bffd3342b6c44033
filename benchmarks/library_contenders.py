"""Who trains 784 → 128 → 64 → 10 on MNIST: the reference, PyTorch in four ways, scikit-learn, a textbook, the floor.

In: parts of the training set, each `(X (n, 784) float32, y (n,) int64)`, and the batch size. Out of each contender: a
function that trains one pass over the part of that number; weights and optimizer live on from one call to the next.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np

Parts = list[tuple[np.ndarray, np.ndarray]]
Train = Callable[[int], None]
SIZES = (784, 128, 64, 10)


def reference(parts: Parts, batch_size: int) -> Train:
    """The course's own library, as its users call it."""
    from groundup_nn.activations import ReLU
    from groundup_nn.layers import Dense
    from groundup_nn.losses import CrossEntropy
    from groundup_nn.models import Sequential
    from groundup_nn.optimizers import Adam

    rng = np.random.default_rng(0)
    model = Sequential([Dense(784, 128, rng), ReLU(), Dense(128, 64, rng), ReLU(), Dense(64, 10, rng)])
    loss, optimizer = CrossEntropy(), Adam()

    def train(number: int) -> None:
        X, y = parts[number]
        model.fit(X, y, loss, optimizer, rng, epochs=1, batch_size=batch_size)

    return train


def torch_network() -> Any:
    """The same network in PyTorch, with PyTorch's own start weights."""
    from torch import manual_seed, nn

    manual_seed(0)
    return nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, 10))


def torch_eager(parts: Parts, batch_size: int, network: Callable[[], Any] = torch_network, **how: Any) -> Train:
    """PyTorch without a DataLoader: the data are one tensor, and a batch is rows of it. `how` goes to Adam."""
    import torch
    from torch.nn.functional import cross_entropy

    tensors = [(torch.from_numpy(X), torch.from_numpy(y)) for X, y in parts]
    model = network()
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, **how)

    def train(number: int) -> None:
        X, y = tensors[number]
        for rows in torch.randperm(len(X)).split(batch_size):
            optimizer.zero_grad()
            cross_entropy(model(X.index_select(0, rows)), y.index_select(0, rows)).backward()
            optimizer.step()

    return train


def torch_fused(parts: Parts, batch_size: int) -> Train:
    """The same with all of Adam in one kernel."""
    return torch_eager(parts, batch_size, fused=True)


def torch_tuned(parts: Parts, batch_size: int) -> Train:
    """The best of eager PyTorch for a network this small: fused, denormals as zeros, never a second thread."""
    import torch

    torch.set_flush_denormal(True)
    torch.set_num_threads(1)
    return torch_eager(parts, batch_size, fused=True)


def torch_loader(parts: Parts, batch_size: int) -> Train:
    """PyTorch as its tutorials have it: TensorDataset, DataLoader, default Adam."""
    import torch
    from torch.nn.functional import cross_entropy
    from torch.utils.data import DataLoader, TensorDataset

    sets = [TensorDataset(torch.from_numpy(X), torch.from_numpy(y)) for X, y in parts]
    loaders = [DataLoader(one, batch_size=batch_size, shuffle=True) for one in sets]
    model = torch_network()
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)

    def train(number: int) -> None:
        for X, y in loaders[number]:
            optimizer.zero_grad()
            cross_entropy(model(X), y).backward()
            optimizer.step()

    return train


def scikit_learn(parts: Parts, batch_size: int) -> Train:
    """`MLPClassifier`: a `partial_fit` is one shuffled epoch, and goes on from the last; float32 stays float32."""
    from sklearn.neural_network import MLPClassifier

    model = MLPClassifier(hidden_layer_sizes=SIZES[1:-1], batch_size=batch_size, alpha=0.0, random_state=0)
    classes = np.arange(SIZES[-1])

    def train(number: int) -> None:
        model.partial_fit(*parts[number], classes=classes)

    return train


def floor(parts: Parts, batch_size: int) -> Train:
    """The matrix products of a training step, and nothing else: three forward, three for weights, two for inputs.

    The first layer's are with the data, batch after batch in the order in which they lie; nothing is gathered.
    """
    rng = np.random.default_rng(0)
    pairs = list(pairwise(SIZES))
    weights = [rng.normal(0, np.sqrt(2 / d_in), (d_in, d_out)).astype(np.float32) for d_in, d_out in pairs]
    hidden = [rng.random((batch_size, d), dtype=np.float32) for d in SIZES[1:-1]]
    outputs = [np.empty((batch_size, d), np.float32) for d in SIZES[1:]]
    slopes = [rng.random((batch_size, d), dtype=np.float32) for d in SIZES[1:]]
    d_weights = [np.empty_like(W) for W in weights]
    d_hidden = [np.empty_like(X) for X in hidden]

    def step(batch: np.ndarray) -> None:
        n = len(batch)
        inputs = [batch, *(X[:n] for X in hidden)]
        for X, W, out in zip(inputs, weights, outputs, strict=True):
            np.matmul(X, W, out=out[:n])
        for X, slope, dW in zip(inputs, slopes, d_weights, strict=True):
            np.matmul(X.T, slope[:n], out=dW)
        for slope, W, dX in zip(slopes[1:], weights[1:], d_hidden, strict=True):
            np.matmul(slope[:n], W.T, out=dX[:n])

    def train(number: int) -> None:
        X, _ = parts[number]
        for start in range(0, len(X), batch_size):
            step(X[start : start + batch_size])

    return train


def textbook(parts: Parts, batch_size: int) -> Train:
    """float64 NumPy as most courses write it; see library_textbook.py."""
    from library_textbook import Network

    wide = [(X.astype(np.float64), y) for X, y in parts]
    network = Network(SIZES)

    def train(number: int) -> None:
        network.train_epoch(*wide[number], batch_size)

    return train


CONTENDERS: dict[str, Callable[[Parts, int], Train]] = {
    "torch": torch_eager,
    "reference": reference,
    "torch fused": torch_fused,
    "torch tuned": torch_tuned,
    "torch DataLoader": torch_loader,
    "scikit-learn": scikit_learn,
    "textbook": textbook,
    "floor": floor,
}
