# Made by `groundup build` (3998266a). From here on it is yours: change what you like.
"""Activations: layers without parameters that bend. Each works on arrays of any shape; Softmax on rows."""

from __future__ import annotations

import numpy as np

from my_nn_library.layers import Layer


class ReLU(Layer):
    """max(X, 0), entry by entry. Its slope is 1 above 0, else 0."""

    def forward(self, X: np.ndarray, training: bool = False) -> np.ndarray:
        """X of any shape -> the same shape."""
        raise NotImplementedError("ReLU.forward is not written yet")

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """dout of the output's shape -> dX, the same shape: dout where X was above 0, else 0."""
        raise NotImplementedError("ReLU.backward is not written yet")


class Sigmoid(Layer):
    """1 / (1 + exp(-X)), entry by entry, without overflow for X of any size."""

    def forward(self, X: np.ndarray, training: bool = False) -> np.ndarray:
        """X of any shape -> the same shape, every entry from 0 to 1."""
        raise NotImplementedError("Sigmoid.forward is not written yet")

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """dout of the output's shape -> dX: dout * s * (1 - s), where s is the output."""
        raise NotImplementedError("Sigmoid.backward is not written yet")


class Tanh(Layer):
    """The hyperbolic tangent, entry by entry."""

    def forward(self, X: np.ndarray, training: bool = False) -> np.ndarray:
        """X of any shape -> the same shape, every entry from -1 to 1."""
        raise NotImplementedError("Tanh.forward is not written yet")

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """dout of the output's shape -> dX: dout * (1 - t**2), where t is the output."""
        raise NotImplementedError("Tanh.backward is not written yet")


class Softmax(Layer):
    """exp(X) divided by its sum, row by row: rows of probabilities. For looking at predictions, not for training."""

    def forward(self, X: np.ndarray, training: bool = False) -> np.ndarray:
        """X (n, n_classes) -> (n, n_classes); every row adds up to 1. Raises ValueError for another number of axes."""
        raise NotImplementedError("Softmax.forward is not written yet")

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """dout (n, n_classes) -> dX (n, n_classes): s * (dout - sum(dout * s)), where s is a row of the output."""
        raise NotImplementedError("Softmax.backward is not written yet")
