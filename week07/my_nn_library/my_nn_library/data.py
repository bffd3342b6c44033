# Made by `groundup build` (da3ae843). From here on it is yours: change what you like.
"""Data: batches, and a part put aside to look at."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np


class BatchLoader:
    """A loop over it is one epoch of batches: every row once, the last batch smaller if need be."""

    def __init__(
        self, X: np.ndarray, y: np.ndarray, batch_size: int = 64, rng: np.random.Generator | None = None
    ) -> None:
        """X (n, ...) and y (n, ...). With rng every epoch has a new random order, without it the order given."""
        raise NotImplementedError("BatchLoader.__init__ is not written yet")

    def __len__(self) -> int:
        """The number of batches in an epoch."""
        raise NotImplementedError("BatchLoader.__len__ is not written yet")

    def __iter__(self) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Pairs X_batch (batch_size, ...), y_batch (batch_size, ...)."""
        raise NotImplementedError("BatchLoader.__iter__ is not written yet")


def train_val_split(
    X: np.ndarray, y: np.ndarray, val_fraction: float, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """X_train, y_train, X_val, y_val: all rows, shuffled, without overlap; round(val_fraction * n) for validation.

    Raises ValueError when val_fraction is not between 0 and 1, or when there are fewer than two rows.
    """
    raise NotImplementedError("train_val_split is not written yet")
