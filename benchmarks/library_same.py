"""Whether the reference library gives PyTorch's results: gradients of the first batch, and accuracy after five epochs.

In: nothing (MNIST). Out: a line of JSON on stdout. Both begin with the same weights and take the same batches; rounding
still drives them apart over thousands of steps, by a tenth of a point or two, so accuracies are means of three seeds.
"""

from __future__ import annotations

import json
import sys
from statistics import mean
from typing import Any

import numpy as np
import torch
from rich.console import Console
from rich.progress import Progress
from torch.nn.functional import cross_entropy

from library_contenders import torch_network
from library_worker import LIBRARY

sys.path.insert(0, str(LIBRARY))

from groundup.datasets import mnist
from groundup_nn import data, metrics
from groundup_nn.activations import ReLU
from groundup_nn.layers import Dense
from groundup_nn.losses import CrossEntropy
from groundup_nn.models import Sequential
from groundup_nn.optimizers import Adam

SEEDS, EPOCHS, BATCH_SIZE = (0, 1, 2), 5, 64


def main() -> None:
    """Compare, and print the figures."""
    answers, sys.stdout = sys.stdout, sys.stderr
    X, y, X_test, y_test = mnist()
    X, X_test = (pixels.reshape(len(pixels), -1).astype(np.float32) / 255 for pixels in (X, X_test))
    accuracy: dict[str, list[float]] = {"reference": [], "torch": []}
    with Progress(console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task("same results: epochs", total=2 * EPOCHS * len(SEEDS))
        for seed in SEEDS:
            model, network = twins(seed)
            train_reference(model, X, y, seed)
            progress.advance(bar, EPOCHS)
            train_torch(network, X, y, seed)
            progress.advance(bar, EPOCHS)
            accuracy["reference"].append(metrics.accuracy(model.predict(X_test), y_test))
            accuracy["torch"].append(metrics.accuracy(network(torch.from_numpy(X_test)).detach().numpy(), y_test))
    figures = {
        "gradients": gradient_errors(X[:BATCH_SIZE], y[:BATCH_SIZE]),
        "epochs": EPOCHS,
        "accuracy": accuracy,
        "points": 100 * abs(mean(accuracy["reference"]) - mean(accuracy["torch"])),
    }
    print(json.dumps(figures), file=answers)


def twins(seed: int) -> tuple[Sequential, Any]:
    """The network twice, in the reference and in PyTorch, with the same weights."""
    rng = np.random.default_rng(seed)
    model = Sequential([Dense(784, 128, rng), ReLU(), Dense(128, 64, rng), ReLU(), Dense(64, 10, rng)])
    network = torch_network()
    with torch.no_grad():
        for ours, theirs in zip(model.layers[::2], network[::2], strict=True):
            theirs.weight.copy_(torch.from_numpy(ours.params["W"].T))
            theirs.bias.copy_(torch.from_numpy(ours.params["b"]))
    return model, network


def gradient_errors(X: np.ndarray, y: np.ndarray) -> dict[str, float]:
    """By parameter: the largest difference from PyTorch's gradient, divided by the largest entry of that."""
    model, network = twins(seed=0)
    loss = CrossEntropy()
    loss.forward(model.forward(X, training=True), y)
    model.backward(loss.backward())
    cross_entropy(network(torch.from_numpy(X)), torch.from_numpy(y)).backward()
    errors = {}
    for i, (ours, theirs) in enumerate(zip(model.layers, network, strict=True)):
        if ours.grads:
            wanted = {"W": theirs.weight.grad.numpy().T, "b": theirs.bias.grad.numpy()}
            for name, grad in wanted.items():
                errors[f"{i}.{name}"] = float(np.abs(ours.grads[name] - grad).max() / np.abs(grad).max())
    return errors


def train_reference(model: Sequential, X: np.ndarray, y: np.ndarray, seed: int) -> None:
    """Five epochs of `fit`."""
    model.fit(X, y, CrossEntropy(), Adam(), np.random.default_rng(seed), epochs=EPOCHS, batch_size=BATCH_SIZE)


def train_torch(network: Any, X: np.ndarray, y: np.ndarray, seed: int) -> None:
    """Five epochs on the batches that `fit` takes with this seed."""
    optimizer = torch.optim.Adam(network.parameters(), lr=1e-3)
    loader = data.BatchLoader(X, y, BATCH_SIZE, np.random.default_rng(seed))
    for _ in range(EPOCHS):
        for X_batch, y_batch in loader:
            optimizer.zero_grad()
            cross_entropy(network(torch.from_numpy(X_batch)), torch.from_numpy(y_batch)).backward()
            optimizer.step()


if __name__ == "__main__":
    main()
