"""What all modules do with arrays: turn inputs into floats, lend buffers, look over arguments."""

from __future__ import annotations

from typing import Any

import numpy as np


def as_floats(values: Any, dtype: np.typing.DTypeLike | None = None) -> np.ndarray:
    """The values as an array of `dtype`; without one, float32 and float64 stay, and anything else becomes float32."""
    array = np.asarray(values)
    if dtype is None:
        dtype = array.dtype if array.dtype.char in "fd" else np.float32
    return array if array.dtype == dtype else array.astype(dtype)


class Buffer:
    """Memory that is asked for once and lent to every batch. New arrays would cost a fifth of the training time."""

    def __init__(self) -> None:
        self._whole = np.empty((0,))

    def rows(self, shape: tuple[int, ...], dtype: np.typing.DTypeLike) -> np.ndarray:
        """An array of this shape with whatever is in it. A smaller last batch gets the leading rows."""
        if self._whole.shape == shape and self._whole.dtype == dtype:
            return self._whole
        if len(self._whole) < shape[0] or self._whole.shape[1:] != shape[1:] or self._whole.dtype != dtype:
            self._whole = np.empty(shape, dtype)
        return self._whole[: shape[0]]


def same_length(X: np.ndarray, y: np.ndarray) -> int:
    """The number of rows of both. Raises ValueError when there are none, or when they differ."""
    n = len(X) if X.ndim else 0
    if n == 0:
        raise ValueError("there are no rows: X is empty")
    if y.ndim == 0 or len(y) != n:
        raise ValueError(f"X and y do not match: X has {n} rows, y has shape {y.shape}")
    return n


def at_least_one(**sizes: int) -> None:
    """Raises ValueError for a size that is not a whole number above 0, and TypeError for one that is no number."""
    for name, size in sizes.items():
        if size != int(size) or size < 1:
            raise ValueError(f"{name} must be a whole number above 0, but is {size}")


def is_generator(rng: Any) -> None:
    """Raises TypeError when `rng` is not a numpy.random.Generator."""
    if not isinstance(rng, np.random.Generator):
        raise TypeError(f"rng must be a numpy.random.Generator, such as np.random.default_rng(0), but is {rng!r}")
