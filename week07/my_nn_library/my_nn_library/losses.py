# Made by `groundup build` (76dc0a6a). From here on it is yours: change what you like.
"""Losses: how wrong a batch of predictions is, in one number, and in which direction each prediction is wrong.

Losses on logits know the activation that belongs to them: together the two have a simple gradient, and nothing
overflows.
"""

from __future__ import annotations

import numpy as np


class Loss:
    """The mean loss of a batch, and its gradient."""

    def forward(self, predictions: np.ndarray, targets: np.ndarray) -> float:
        """The mean loss over the batch."""
        raise NotImplementedError("Loss.forward is not written yet")

    def backward(self) -> np.ndarray:
        """The gradient of the last forward's loss by its predictions, of their shape and dtype."""
        raise NotImplementedError("Loss.backward is not written yet")


class MSE(Loss):
    """Mean squared error over all entries."""

    def forward(self, predictions: np.ndarray, targets: np.ndarray) -> float:
        """predictions and targets (n, d) or (n,), the same shape -> mean of (predictions - targets)**2."""
        raise NotImplementedError("MSE.forward is not written yet")

    def backward(self) -> np.ndarray:
        """2 * (predictions - targets) / number of entries."""
        raise NotImplementedError("MSE.backward is not written yet")


class CrossEntropy(Loss):
    """Mean of -log(softmax(logits)[i, y[i]])."""

    def forward(self, predictions: np.ndarray, targets: np.ndarray) -> float:
        """Logits (n, n_classes) and integer labels (n,) from 0 to n_classes - 1 -> mean cross-entropy.

        Raises TypeError when labels are not integers, ValueError when they are out of range or shapes do not match.
        """
        raise NotImplementedError("CrossEntropy.forward is not written yet")

    def backward(self) -> np.ndarray:
        """(probabilities - one_hot(y)) / n, of shape (n, n_classes)."""
        raise NotImplementedError("CrossEntropy.backward is not written yet")


class BinaryCrossEntropy(Loss):
    """Mean of -y log p - (1 - y) log(1 - p), where p = sigmoid(logits)."""

    def forward(self, predictions: np.ndarray, targets: np.ndarray) -> float:
        """Logits (n, 1) or (n,) and targets from 0 to 1 of the same shape -> mean binary cross-entropy.

        Raises ValueError when shapes differ, when there is more than one logit a row, or for other targets.
        """
        raise NotImplementedError("BinaryCrossEntropy.forward is not written yet")

    def backward(self) -> np.ndarray:
        """(sigmoid(logits) - y) / n, of the shape of the logits."""
        raise NotImplementedError("BinaryCrossEntropy.backward is not written yet")
