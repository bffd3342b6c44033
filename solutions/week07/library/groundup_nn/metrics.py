"""Metrics: how good predictions are, in numbers that people read.

`outputs` are logits (n, n_classes), binary logits (n, 1), or integer labels (n,); `y` are integer labels, (n,) or
(n, 1).
"""

from __future__ import annotations

import numpy as np


def labels_of(outputs: np.ndarray) -> np.ndarray:
    """The label each row stands for, (n,) of integers: the largest logit, or for one column whether it is above 0.

    Raises ValueError for other shapes, TypeError for labels that are not integers.
    """
    outputs = np.asarray(outputs)
    if outputs.ndim == 1:
        if outputs.dtype.kind not in "iu":
            raise TypeError(f"labels must be integers, but are {outputs.dtype}; logits have the shape (n, n_classes)")
        return outputs
    if outputs.ndim != 2 or outputs.shape[1] == 0:
        raise ValueError(f"outputs are (n, n_classes), (n, 1) or labels (n,), but have shape {outputs.shape}")
    if outputs.shape[1] == 1:
        return (outputs[:, 0] > 0).astype(np.int64)
    return outputs.argmax(axis=1)


def accuracy(outputs: np.ndarray, y: np.ndarray) -> float:
    """The share of rows that are predicted right, from 0 to 1."""
    predicted, true = _pair(outputs, y)
    return float(np.mean(predicted == true))


def confusion_matrix(outputs: np.ndarray, y: np.ndarray, n_classes: int | None = None) -> np.ndarray:
    """(n_classes, n_classes) of counts: row i, column j says how often a true i was predicted as j."""
    predicted, true = _pair(outputs, y)
    n_classes = n_classes or _number_of_classes(np.asarray(outputs), predicted, true)
    largest, smallest = max(predicted.max(), true.max()), min(predicted.min(), true.min())
    if smallest < 0 or largest >= n_classes:
        raise ValueError(f"labels lie from {smallest} to {largest}, but n_classes is {n_classes}")
    return np.bincount(true * n_classes + predicted, minlength=n_classes**2).reshape(n_classes, n_classes)


def precision(outputs: np.ndarray, y: np.ndarray, n_classes: int | None = None) -> np.ndarray:
    """(n_classes,): of the rows predicted as a class, the share that is of it; 0 for a class never predicted."""
    counts = confusion_matrix(outputs, y, n_classes)
    return np.diag(counts) / np.maximum(counts.sum(axis=0), 1)


def recall(outputs: np.ndarray, y: np.ndarray, n_classes: int | None = None) -> np.ndarray:
    """(n_classes,): of the rows of a class, the share predicted as it; 0 for a class that never occurs."""
    counts = confusion_matrix(outputs, y, n_classes)
    return np.diag(counts) / np.maximum(counts.sum(axis=1), 1)


def _pair(outputs: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Predicted and true labels, both (n,). Raises ValueError or TypeError when they do not match or are no labels."""
    predicted, y = labels_of(outputs), np.asarray(y)
    true = y[:, 0] if y.ndim == 2 and y.shape[1] == 1 else y
    if predicted.shape != true.shape or len(true) == 0:
        raise ValueError(
            f"outputs {np.shape(outputs)} need labels ({len(predicted)},), at least one, but got {y.shape}"
        )
    whole = true.astype(np.int64)
    if not np.array_equal(whole, true):
        raise TypeError(f"labels must be whole numbers, but are {true.dtype} such as {true[whole != true][0]}")
    return predicted, whole


def _number_of_classes(outputs: np.ndarray, predicted: np.ndarray, true: np.ndarray) -> int:
    if outputs.ndim == 2:
        return max(int(outputs.shape[1]), 2)
    return int(max(predicted.max(), true.max())) + 1
