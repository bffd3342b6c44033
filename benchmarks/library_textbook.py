"""A network in NumPy as most courses write it: float64, dictionaries of parameters, a new array for every result.

In: layer sizes; then `X (n, d_in)` float64 and labels `y (n,)`. Out: trained parameters in `Network.params`. Nothing in
it is slow on purpose, and nothing fast on purpose: it is what a right answer to an exercise looks like.
"""

from __future__ import annotations

import numpy as np


class Network:
    """Dense layers with ReLU between them, softmax cross-entropy at the end, Adam."""

    def __init__(self, sizes: tuple[int, ...]) -> None:
        self.rng = np.random.default_rng(0)
        self.depth = len(sizes) - 1
        self.params: dict[str, np.ndarray] = {}
        for i in range(self.depth):
            self.params[f"W{i}"] = self.rng.normal(0, np.sqrt(2 / sizes[i]), (sizes[i], sizes[i + 1]))
            self.params[f"b{i}"] = np.zeros(sizes[i + 1])
        self.m = {name: np.zeros_like(value) for name, value in self.params.items()}
        self.v = {name: np.zeros_like(value) for name, value in self.params.items()}
        self.t = 0

    def train_epoch(self, X: np.ndarray, y: np.ndarray, batch_size: int) -> float:
        """One pass over the shuffled rows; the mean of the batches' losses."""
        order = self.rng.permutation(len(X))
        X, y = X[order], y[order]
        losses = []
        for start in range(0, len(X), batch_size):
            X_batch, y_batch = X[start : start + batch_size], y[start : start + batch_size]
            probabilities, cache = self.forward(X_batch)
            losses.append(-np.mean(np.log(probabilities[np.arange(len(y_batch)), y_batch] + 1e-12)))
            self.adam(self.backward(probabilities, y_batch, cache))
        return float(np.mean(losses))

    def forward(self, X: np.ndarray) -> tuple[np.ndarray, dict[str, np.ndarray]]:
        """The probabilities, and what the way back needs."""
        cache = {"A0": X}
        A = X
        for i in range(self.depth):
            Z = A @ self.params[f"W{i}"] + self.params[f"b{i}"]
            cache[f"Z{i}"] = Z
            A = np.maximum(0, Z) if i < self.depth - 1 else softmax(Z)
            cache[f"A{i + 1}"] = A
        return A, cache

    def backward(self, probabilities: np.ndarray, y: np.ndarray, cache: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
        """The gradient of the mean loss by every parameter."""
        one_hot = np.eye(probabilities.shape[1])[y]
        dZ = (probabilities - one_hot) / len(y)
        grads = {}
        for i in reversed(range(self.depth)):
            grads[f"W{i}"] = cache[f"A{i}"].T @ dZ
            grads[f"b{i}"] = np.sum(dZ, axis=0)
            if i > 0:
                dZ = (dZ @ self.params[f"W{i}"].T) * (cache[f"Z{i - 1}"] > 0)
        return grads

    def adam(self, grads: dict[str, np.ndarray]) -> None:
        """One step for every parameter."""
        self.t += 1
        for name, g in grads.items():
            self.m[name] = 0.9 * self.m[name] + 0.1 * g
            self.v[name] = 0.999 * self.v[name] + 0.001 * g**2
            m_hat = self.m[name] / (1 - 0.9**self.t)
            v_hat = self.v[name] / (1 - 0.999**self.t)
            self.params[name] -= 0.001 * m_hat / (np.sqrt(v_hat) + 1e-8)


def softmax(Z: np.ndarray) -> np.ndarray:
    """Rows that add up to 1."""
    e = np.exp(Z - np.max(Z, axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)
