"""Layers: what computes forward, and knows its gradients backward. Each class holds a pair of methods that belong
together: `forward` keeps what `backward` needs.
"""

from __future__ import annotations

import functools
import math
from typing import Any

import numpy as np

from groundup_nn._arrays import as_floats, at_least_one, is_generator


class Layer:
    """What all layers and activations have in common.

    params: arrays that training changes, by name; grads: their gradients, by the same names;
    state: arrays that are saved but not trained, by name.
    """

    _out: Any = None
    """The output of the last forward, which backward looks at."""

    def __init__(self) -> None:
        self.params: dict[str, np.ndarray] = {}
        self.grads: dict[str, np.ndarray] = {}
        self.state: dict[str, np.ndarray] = {}

    def forward(self, X: np.ndarray, training: bool = False) -> np.ndarray:
        """The layer's output for a batch. It may be overwritten by the next call."""
        raise NotImplementedError(f"{type(self).__name__} has no forward")

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """From the gradient by the last output, of its shape: fill `grads`, return the gradient by the last input.

        Raises RuntimeError before the first forward, ValueError when dout has another shape than the output.
        """
        raise NotImplementedError(f"{type(self).__name__} has no backward")

    def _learn(self, dout: np.ndarray) -> None:
        """Fill `grads` alone: the first layer of a model needs no gradient by its input."""
        self.backward(dout)

    def _add(self, name: str, values: np.ndarray) -> None:
        """Enter a parameter, and the place for its gradient."""
        self.params[name], self.grads[name] = values, np.zeros_like(values)

    def _remember(self, out: np.ndarray) -> np.ndarray:
        self._out = out
        return out

    def _as_output(self, dout: np.ndarray) -> np.ndarray:
        """dout in the dtype of the last output. Raises what `backward` says."""
        if self._out is None:
            raise RuntimeError(f"{type(self).__name__}.backward was called before forward")
        dout = as_floats(dout, self._out.dtype)
        if dout.shape != self._out.shape:
            raise ValueError(f"{type(self).__name__} returned {self._out.shape}, but dout has shape {dout.shape}")
        return dout


class Dense(Layer):
    """X @ W + b. params: W (d_in, d_out), b (d_out,)."""

    def __init__(
        self, d_in: int, d_out: int, rng: np.random.Generator, init: str = "he", dtype: np.typing.DTypeLike = np.float32
    ) -> None:
        """Weights drawn from `rng` by the scheme `init` ("he" or "xavier"), biases of zeros."""
        super().__init__()
        at_least_one(d_in=d_in, d_out=d_out)
        self._add("W", _draw((d_in, d_out), d_in, d_out, init, rng, dtype))
        self._add("b", np.zeros(d_out, dtype))

    def forward(self, X: np.ndarray, training: bool = False) -> np.ndarray:
        """X (n, d_in) -> (n, d_out). Raises ValueError for another shape."""
        W, b = self.params["W"], self.params["b"]
        X = self._X = as_floats(X, W.dtype)
        if X.ndim != 2 or X.shape[1] != len(W):
            raise ValueError(f"Dense{W.shape} takes (n, {len(W)}), but got {X.shape}")
        out = X @ W
        out += b
        return self._remember(out)

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """dout (n, d_out) -> dX (n, d_in); grads W = X.T @ dout, b = sum of dout over the batch."""
        dout = self._as_output(dout)
        self._learn(dout)
        return dout @ self.params["W"].T

    def _learn(self, dout: np.ndarray) -> None:
        dout = self._as_output(dout)
        np.dot(self._X.T, dout, out=self.grads["W"])
        # The sum over the batch as a product: with sum(axis=0) training takes 1.03 times as long.
        np.dot(_ones(len(dout), dout.dtype), dout, out=self.grads["b"])


class Dropout(Layer):
    """In training, each entry is 0 with probability p, and 1 / (1 - p) of itself otherwise; outside, it stays."""

    def __init__(self, p: float, rng: np.random.Generator) -> None:
        """p from 0 to below 1."""
        super().__init__()
        is_generator(rng)
        if not 0 <= p < 1:
            raise ValueError(f"p is the share of entries that are dropped, from 0 to below 1, but is {p}")
        self.p, self._rng = p, rng
        self._mask: np.ndarray | None = None

    def forward(self, X: np.ndarray, training: bool = False) -> np.ndarray:
        """X of any shape -> the same shape."""
        X = as_floats(X)
        if not training:
            self._mask = None
            return self._remember(X)
        kept = self._rng.random(X.shape, dtype=np.float32) >= self.p
        self._mask = kept / X.dtype.type(1 - self.p)  # divided here, so that nothing has to change outside training
        return self._remember(X * self._mask)

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """dout of the output's shape -> dX: 0 where the entry was dropped."""
        dout = self._as_output(dout)
        return dout if self._mask is None else dout * self._mask


class BatchNorm(Layer):
    """Each feature with mean 0 and variance 1 over the batch, then scaled by gamma and moved by beta.

    params: gamma (d,), beta (d,); state: running_mean (d,), running_var (d,), which are used outside training.
    Source: Ioffe and Szegedy, Batch Normalization, 2015.
    """

    def __init__(
        self, d: int, momentum: float = 0.1, epsilon: float = 1e-5, dtype: np.typing.DTypeLike = np.float32
    ) -> None:
        """`momentum` is the share that a batch has in the running statistics."""
        super().__init__()
        at_least_one(d=d)
        self.momentum, self.epsilon = momentum, epsilon
        self._add("gamma", np.ones(d, dtype))
        self._add("beta", np.zeros(d, dtype))
        self.state = {"running_mean": np.zeros(d, dtype), "running_var": np.ones(d, dtype)}

    def forward(self, X: np.ndarray, training: bool = False) -> np.ndarray:
        """X (..., d) -> the same shape; all axes but the last are the batch. Raises ValueError for other inputs."""
        gamma, beta = self.params["gamma"], self.params["beta"]
        X = as_floats(X, gamma.dtype)
        if X.ndim < 2 or X.shape[-1] != len(gamma):
            raise ValueError(f"BatchNorm({len(gamma)}) takes (..., {len(gamma)}), but got {X.shape}")
        rows = X.reshape(-1, len(gamma))
        mean, var = self._statistics(rows) if training else (self.state["running_mean"], self.state["running_var"])
        self._training, self._std = training, np.sqrt(var + self.epsilon)
        self._normalized = (rows - mean) / self._std
        return self._remember((gamma * self._normalized + beta).reshape(X.shape))

    def _statistics(self, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Mean and variance of the batch, after they went into the running ones."""
        n, mean, var = len(rows), rows.mean(axis=0), rows.var(axis=0)
        if n > 1:  # one row has no variance
            for name, batch in (("running_mean", mean), ("running_var", var * (n / (n - 1)))):
                self.state[name] += self.momentum * (batch - self.state[name])
        return mean, var

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """dout of the output's shape -> dX; grads gamma and beta.

        In training every row moved the mean and the variance of all: so from the gradient by the normalized rows go
        its mean, and its part along the normalized rows.
        """
        dout = self._as_output(dout)
        rows, normalized = dout.reshape(self._normalized.shape), self._normalized
        self.grads["beta"][...] = rows.sum(axis=0)
        self.grads["gamma"][...] = (rows * normalized).sum(axis=0)
        dX = rows
        if self._training:
            dX = rows - (self.grads["beta"] + normalized * self.grads["gamma"]) / len(rows)
        return (dX * (self.params["gamma"] / self._std)).reshape(dout.shape)


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
        super().__init__()
        at_least_one(c_in=c_in, c_out=c_out, size=size, stride=stride)
        if padding < 0 or padding != int(padding):
            raise ValueError(f"padding must be a whole number from 0 on, but is {padding}")
        self._add("W", _draw((size, size, c_in, c_out), size**2 * c_in, size**2 * c_out, init, rng, dtype))
        self._add("b", np.zeros(c_out, dtype))
        self.stride, self.padding = stride, padding

    def forward(self, X: np.ndarray, training: bool = False) -> np.ndarray:
        """X (n, h, w, c_in) -> (n, h', w', c_out), h' = (h + 2 * padding - size) // stride + 1.

        Raises ValueError for another number of channels, or an image smaller than a window.
        """
        W, b = self.params["W"], self.params["b"]
        self._windows = self._all_windows(as_floats(X, W.dtype))
        n, height, width = self._windows.shape[:3]
        out = np.empty((n, height, width, len(b)), W.dtype)
        for some in _few_images(n):
            np.dot(self._rows(some), W.reshape(-1, len(b)), out=out[some].reshape(-1, len(b)))
            out[some] += b
        return self._remember(out)

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """dout (n, h', w', c_out) -> dX (n, h, w, c_in); grads W and b."""
        dout = self._as_output(dout)
        self._learn(dout)
        W, p, step = self.params["W"], self.padding, self.stride
        n, height, width, c_out = dout.shape
        dX, turned = np.zeros(self._padded_shape, dout.dtype), W.transpose(0, 1, 3, 2).copy()
        for some in _few_images(n):
            for i, j in np.ndindex(W.shape[:2]):  # a pixel collects from all windows that it lies in
                slopes = (dout[some].reshape(-1, c_out) @ turned[i, j]).reshape(-1, height, width, W.shape[2])
                dX[some, i : i + step * height : step, j : j + step * width : step] += slopes
        return dX[:, p : dX.shape[1] - p, p : dX.shape[2] - p]

    def _learn(self, dout: np.ndarray) -> None:
        dout = self._as_output(dout)
        dW, c_out = self.grads["W"], dout.shape[3]
        dW[...] = 0
        for some in _few_images(len(dout)):
            dW += (self._rows(some).T @ dout[some].reshape(-1, c_out)).reshape(dW.shape)
        rows = dout.reshape(-1, c_out)
        np.dot(_ones(len(rows), rows.dtype), rows, out=self.grads["b"])

    def _all_windows(self, X: np.ndarray) -> np.ndarray:
        """A view of all windows, (n, h', w', size, size, c_in). Raises what `forward` says."""
        p, (size, _, c_in, _) = self.padding, self.params["W"].shape
        if X.ndim != 4 or X.shape[3] != c_in or min(X.shape[1:3]) + 2 * p < size:
            raise ValueError(
                f"Conv2D takes (n, h, w, {c_in}) with h and w at least {max(size - 2 * p, 1)}, but got {X.shape}"
            )
        padded = np.pad(X, ((0, 0), (p, p), (p, p), (0, 0)))
        self._padded_shape = padded.shape
        windows = np.lib.stride_tricks.sliding_window_view(padded, (size, size, c_in), axis=(1, 2, 3))
        return windows[:, :: self.stride, :: self.stride, 0]

    def _rows(self, some: slice) -> np.ndarray:
        """The windows of some images, copied into rows: (number of windows, size * size * c_in)."""
        windows = self._windows[some]
        return windows.reshape(-1, math.prod(windows.shape[3:]))


class MaxPool2D(Layer):
    """The largest entry of each size x size window of each channel; windows do not overlap."""

    def __init__(self, size: int = 2) -> None:
        super().__init__()
        at_least_one(size=size)
        self.size = size

    def forward(self, X: np.ndarray, training: bool = False) -> np.ndarray:
        """X (n, h, w, c) -> (n, h // size, w // size, c); rows and columns that fill no window are left out.

        Raises ValueError for other numbers of axes, or an image smaller than a window.
        """
        X = self._X = as_floats(X)
        if X.ndim != 4 or min(X.shape[1:3]) < self.size:
            raise ValueError(f"MaxPool2D takes (n, h, w, c) with h and w at least {self.size}, but got {X.shape}")
        first, *others = self._corners(X)
        out = first.copy()
        for corner in others:
            np.maximum(out, corner, out=out)
        return self._remember(out)

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """dout (n, h // size, w // size, c) -> dX (n, h, w, c): each entry goes to the first of the largest."""
        dout = self._as_output(dout)
        _, height, width, _ = dout.shape
        dX = np.empty(self._X.shape, dout.dtype)
        dX[:, self.size * height :] = dX[:, :, self.size * width :] = 0  # what fills no window
        for some in _few_images(len(dX)):
            left = dout[some].copy()
            for corner, target in zip(self._corners(self._X[some]), self._corners(dX[some]), strict=True):
                np.multiply(left, corner == self._out[some], out=target)
                left -= target
        return dX

    def _corners(self, images: np.ndarray) -> list[np.ndarray]:
        """The first entry of every window, then the second, and so on: size * size views."""
        size = self.size
        h, w = (images.shape[1] // size) * size, (images.shape[2] // size) * size
        return [images[:, i:h:size, j:w:size] for i, j in np.ndindex(size, size)]


class Flatten(Layer):
    """Images to rows: (n, ...) -> (n, product of the rest)."""

    def forward(self, X: np.ndarray, training: bool = False) -> np.ndarray:
        """X (n, ...) -> (n, d)."""
        X = as_floats(X)
        self._shape = X.shape
        return self._remember(X.reshape(len(X), math.prod(X.shape[1:])))

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """dout (n, d) -> dX (n, ...), the shape that came in."""
        return self._as_output(dout).reshape(self._shape)


def _draw(
    shape: tuple[int, ...], fan_in: int, fan_out: int, init: str, rng: np.random.Generator, dtype: np.typing.DTypeLike
) -> np.ndarray:
    """Weights from a normal distribution. He et al., 2015: "he"; Glorot and Bengio, 2010: "xavier"."""
    is_generator(rng)
    schemes = {"he": math.sqrt(2 / fan_in), "xavier": math.sqrt(2 / (fan_in + fan_out))}
    if init not in schemes:
        raise ValueError(f"init is one of {', '.join(schemes)}, but is {init!r}")
    return rng.normal(0, schemes[init], shape).astype(dtype)


@functools.lru_cache(maxsize=16)
def _ones(n: int, dtype: np.dtype) -> np.ndarray:
    return np.ones(n, dtype)


def _few_images(n: int, few: int = 8) -> list[slice]:
    """A few images at a time: their windows are still in the processor's cache when they are multiplied."""
    return [slice(at, at + few) for at in range(0, n, few)]
