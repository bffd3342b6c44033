"""Data: batches, and a part put aside to look at."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from groundup_nn._arrays import at_least_one, is_generator, same_length


class BatchLoader:
    """A loop over it is one epoch of batches: every row once, the last batch smaller if need be."""

    def __init__(
        self, X: np.ndarray, y: np.ndarray, batch_size: int = 64, rng: np.random.Generator | None = None
    ) -> None:
        """X (n, ...) and y (n, ...). With rng every epoch has a new random order, without it the order given."""
        self._X, self._y = np.asarray(X), np.asarray(y)
        self._n = same_length(self._X, self._y)
        at_least_one(batch_size=batch_size)
        if rng is not None:
            is_generator(rng)
        self._batch_size, self._rng = batch_size, rng

    def __len__(self) -> int:
        """The number of batches in an epoch."""
        return -(-self._n // self._batch_size)

    def __iter__(self) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Pairs X_batch (batch_size, ...), y_batch (batch_size, ...)."""
        order = np.arange(self._n) if self._rng is None else self._rng.permutation(self._n)
        for start in range(0, self._n, self._batch_size):
            chosen = order[start : start + self._batch_size]
            yield self._X.take(chosen, axis=0), self._y.take(chosen, axis=0)


def train_val_split(
    X: np.ndarray, y: np.ndarray, val_fraction: float, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """X_train, y_train, X_val, y_val: all rows, shuffled, without overlap; round(val_fraction * n) for validation.

    Raises ValueError when val_fraction is not between 0 and 1, or when there are fewer than two rows.
    """
    X, y = np.asarray(X), np.asarray(y)
    n = same_length(X, y)
    is_generator(rng)
    if not 0 < val_fraction < 1:
        raise ValueError(f"val_fraction must lie between 0 and 1, but is {val_fraction}")
    if n < 2:
        raise ValueError("a single row cannot be split")
    n_val = min(max(round(val_fraction * n), 1), n - 1)
    order = rng.permutation(n)
    train, val = order[n_val:], order[:n_val]
    return X[train], y[train], X[val], y[val]
