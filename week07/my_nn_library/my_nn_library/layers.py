# Made by `groundup build` (747722d3). From here on it is yours: change what you like.
"""Layers: what computes forward, and knows its gradients backward. Each class holds a pair of methods that belong
together: `forward` keeps what `backward` needs.
"""

from __future__ import annotations

import numpy as np


class Layer:
    """What all layers and activations have in common.

    params: arrays that training changes, by name; grads: their gradients, by the same names;
    state: arrays that are saved but not trained, by name.
    """

    def __init__(self) -> None:
        raise NotImplementedError("Layer.__init__ is not written yet")

    def forward(self, X: np.ndarray, training: bool = False) -> np.ndarray:
        """The layer's output for a batch. It may be overwritten by the next call."""
        raise NotImplementedError("Layer.forward is not written yet")

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """From the gradient by the last output, of its shape: fill `grads`, return the gradient by the last input.

        Raises RuntimeError before the first forward, ValueError when dout has another shape than the output.
        """
        raise NotImplementedError("Layer.backward is not written yet")


class Dense(Layer):
    """X @ W + b. params: W (d_in, d_out), b (d_out,)."""

    def __init__(
        self, d_in: int, d_out: int, rng: np.random.Generator, init: str = "he", dtype: np.typing.DTypeLike = np.float32
    ) -> None:
        """Weights drawn from `rng` by the scheme `init` ("he" or "xavier"), biases of zeros."""
        raise NotImplementedError("Dense.__init__ is not written yet")

    def forward(self, X: np.ndarray, training: bool = False) -> np.ndarray:
        """X (n, d_in) -> (n, d_out). Raises ValueError for another shape."""
        raise NotImplementedError("Dense.forward is not written yet")

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """dout (n, d_out) -> dX (n, d_in); grads W = X.T @ dout, b = sum of dout over the batch."""
        raise NotImplementedError("Dense.backward is not written yet")


class Dropout(Layer):
    """In training, each entry is 0 with probability p, and 1 / (1 - p) of itself otherwise; outside, it stays."""

    def __init__(self, p: float, rng: np.random.Generator) -> None:
        """p from 0 to below 1."""
        raise NotImplementedError("Dropout.__init__ is not written yet")

    def forward(self, X: np.ndarray, training: bool = False) -> np.ndarray:
        """X of any shape -> the same shape."""
        raise NotImplementedError("Dropout.forward is not written yet")

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """dout of the output's shape -> dX: 0 where the entry was dropped."""
        raise NotImplementedError("Dropout.backward is not written yet")


class BatchNorm(Layer):
    """Each feature with mean 0 and variance 1 over the batch, then scaled by gamma and moved by beta.

    params: gamma (d,), beta (d,); state: running_mean (d,), running_var (d,), which are used outside training.
    Source: Ioffe and Szegedy, Batch Normalization, 2015.
    """

    def __init__(
        self, d: int, momentum: float = 0.1, epsilon: float = 1e-5, dtype: np.typing.DTypeLike = np.float32
    ) -> None:
        """`momentum` is the share that a batch has in the running statistics."""
        raise NotImplementedError("BatchNorm.__init__ is not written yet")

    def forward(self, X: np.ndarray, training: bool = False) -> np.ndarray:
        """X (..., d) -> the same shape; all axes but the last are the batch. Raises ValueError for other inputs."""
        raise NotImplementedError("BatchNorm.forward is not written yet")

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """dout of the output's shape -> dX; grads gamma and beta.

        In training every row moved the mean and the variance of all: so from the gradient by the normalized rows go
        its mean, and its part along the normalized rows.
        """
        raise NotImplementedError("BatchNorm.backward is not written yet")


class Conv2D(Layer):
    """Each output pixel is a weighted sum of a size x size window of all channels: a cross-correlation.

    params: W (size, size, c_in, c_out), b (c_out,).
    """

    def __init__(
        self,
        c_in: int,
        c_out: int,
        size: int,
        rng: np.random.Generator,
        stride: int = 1,
        padding: int = 0,
        init: str = "he",
        dtype: np.typing.DTypeLike = np.float32,
    ) -> None:
        """`padding` rows and columns of zeros are put on each side; windows lie `stride` pixels apart."""
        raise NotImplementedError("Conv2D.__init__ is not written yet")

    def forward(self, X: np.ndarray, training: bool = False) -> np.ndarray:
        """X (n, h, w, c_in) -> (n, h', w', c_out), h' = (h + 2 * padding - size) // stride + 1.

        Raises ValueError for another number of channels, or an image smaller than a window.
        """
        raise NotImplementedError("Conv2D.forward is not written yet")

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """dout (n, h', w', c_out) -> dX (n, h, w, c_in); grads W and b."""
        raise NotImplementedError("Conv2D.backward is not written yet")


class MaxPool2D(Layer):
    """The largest entry of each size x size window of each channel; windows do not overlap."""

    def __init__(self, size: int = 2) -> None:
        raise NotImplementedError("MaxPool2D.__init__ is not written yet")

    def forward(self, X: np.ndarray, training: bool = False) -> np.ndarray:
        """X (n, h, w, c) -> (n, h // size, w // size, c); rows and columns that fill no window are left out.

        Raises ValueError for other numbers of axes, or an image smaller than a window.
        """
        raise NotImplementedError("MaxPool2D.forward is not written yet")

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """dout (n, h // size, w // size, c) -> dX (n, h, w, c): each entry goes to the first of the largest."""
        raise NotImplementedError("MaxPool2D.backward is not written yet")


class Flatten(Layer):
    """Images to rows: (n, ...) -> (n, product of the rest)."""

    def forward(self, X: np.ndarray, training: bool = False) -> np.ndarray:
        """X (n, ...) -> (n, d)."""
        raise NotImplementedError("Flatten.forward is not written yet")

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """dout (n, d) -> dX (n, ...), the shape that came in."""
        raise NotImplementedError("Flatten.backward is not written yet")
