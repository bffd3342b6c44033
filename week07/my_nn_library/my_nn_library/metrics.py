# Made by `groundup build` (2ac60250). From here on it is yours: change what you like.
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
    raise NotImplementedError("labels_of is not written yet")


def accuracy(outputs: np.ndarray, y: np.ndarray) -> float:
    """The share of rows that are predicted right, from 0 to 1."""
    raise NotImplementedError("accuracy is not written yet")


def confusion_matrix(outputs: np.ndarray, y: np.ndarray, n_classes: int | None = None) -> np.ndarray:
    """(n_classes, n_classes) of counts: row i, column j says how often a true i was predicted as j."""
    raise NotImplementedError("confusion_matrix is not written yet")


def precision(outputs: np.ndarray, y: np.ndarray, n_classes: int | None = None) -> np.ndarray:
    """(n_classes,): of the rows predicted as a class, the share that is of it; 0 for a class never predicted."""
    raise NotImplementedError("precision is not written yet")


def recall(outputs: np.ndarray, y: np.ndarray, n_classes: int | None = None) -> np.ndarray:
    """(n_classes,): of the rows of a class, the share predicted as it; 0 for a class that never occurs."""
    raise NotImplementedError("recall is not written yet")
