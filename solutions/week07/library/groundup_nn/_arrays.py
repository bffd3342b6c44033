"""What all modules do with arrays: turn inputs into floats, look over arguments."""

from __future__ import annotations

from typing import Any

import numpy as np


def as_floats(values: Any, dtype: np.typing.DTypeLike | None = None) -> np.ndarray:
    """The values as an array of `dtype`; without one, arrays of floats stay, and anything else becomes float32."""
    if type(values) is np.ndarray and values.dtype == dtype:
        return values
    array = np.asarray(values)
    if dtype is None:
        dtype = array.dtype if array is values and array.dtype.char in "fd" else np.float32
    return array if array.dtype == dtype else array.astype(dtype)


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
