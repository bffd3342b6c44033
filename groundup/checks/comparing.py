"""Compare what was given with what was wanted, and find the likely cause of a difference.

In: two values (numbers, arrays, tensors, lists, strings). Out: equal or not, and sentences about the difference.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from groundup.checks.torch_values import described, torch_kind

TOLERANCE = 1e-6
"""Default tolerance, relative to 1 + |wanted|: float64 arithmetic in any order stays far below it."""


def as_array(value: Any) -> np.ndarray[Any, Any] | None:
    """`value` as a numeric array, or None where it is not one. Torch tensors are detached first."""
    if isinstance(value, type) or torch_kind(value):  # np.asarray would walk through a data set, sample by sample
        return None
    if hasattr(value, "detach"):
        value = value.detach().cpu().numpy()
    try:
        array = np.asarray(value)
    except ValueError:  # lists of different lengths
        return None
    return array if array.dtype.kind in "biuf" else None


def same(given: Any, want: Any, tol: float = TOLERANCE) -> bool:
    """Whether `given` is `want`: same shape, and every entry within `tol * (1 + |wanted|)`.

    A plain number and a 0-d array are the same thing, and so are a list and the array made of it.
    NaN is never equal to anything: no answer of the course is NaN.
    """
    wanted_array = as_array(want)
    if wanted_array is None:
        return bool(type(given) is type(want) and given == want)
    given_array = as_array(given)
    if given_array is None or given_array.shape != wanted_array.shape:
        return False
    difference = np.abs(given_array.astype(float) - wanted_array.astype(float))
    return bool(np.all(difference <= tol * (1 + np.abs(wanted_array.astype(float)))))


def named_mistake(given: Any, mistakes: Mapping[str, Any], tol: float) -> str | None:
    """The sentence of the first mistake whose value is the one that was given."""
    return next((sentence for sentence, value in mistakes.items() if same(given, value, tol)), None)


def general_mistake(given: Any, want: Any, tol: float) -> str | None:
    """A sentence for the mistakes that look alike in every exercise, or None."""
    if given is None:
        return "your function returned None. Is the `return` missing, or did you print the answer instead?"
    if torch_kind(given) == "model":
        return "this is a model, not numbers. Call it with a batch: `model(X)`"
    if callable(given):
        return "this is a function, not a number: the parentheses of a call are missing"
    wanted_array, given_array = as_array(want), as_array(given)
    if wanted_array is None or given_array is None:
        return None
    if given_array.shape != wanted_array.shape:
        return _wrong_shape(given_array, wanted_array, tol)
    if not np.all(np.isfinite(given_array)):
        return "there is a NaN or an infinity: a logarithm of 0, a division by 0, or `exp` of a large number"
    if np.any(wanted_array) and same(-given_array.astype(float), wanted_array, tol):
        return "the sign is turned around"
    return None


def _wrong_shape(given: np.ndarray[Any, Any], want: np.ndarray[Any, Any], tol: float) -> str:
    shapes = f"the shape is {given.shape}, and it should be {want.shape}"
    if given.ndim == 2 and same(given.T, want, tol):
        return f"right numbers, transposed: {shapes}"
    if given.size == want.size and same(given.ravel(), want.ravel(), tol):
        return f"right numbers in the wrong shape: {shapes}"
    if want.ndim == 0:
        return f"the answer is one number, and yours is an array of shape {given.shape}"
    return shapes


def largest_difference(given: Any, want: Any) -> str | None:
    """Where two arrays of one shape differ most, in words; None where that makes no sense."""
    given_array, wanted_array = as_array(given), as_array(want)
    if given_array is None or wanted_array is None or given_array.shape != wanted_array.shape or want is None:
        return None
    if wanted_array.ndim == 0:
        return None
    difference = np.abs(given_array.astype(float) - wanted_array.astype(float))
    difference[np.isnan(difference)] = np.inf
    where = np.unravel_index(int(np.argmax(difference)), difference.shape)
    index = ", ".join(str(int(i)) for i in where)
    return f"{np.sum(difference > 0)} of {difference.size} entries differ, most of all the one at index [{index}]"


def numerical_gradient(f: Any, x: np.ndarray[Any, Any], h: float = 1e-5) -> np.ndarray[Any, Any]:
    """Central differences of a scalar function `f` at `x`, every entry: (f(x + h) - f(x - h)) / 2h. Shape of `x`."""
    x = np.asarray(x, dtype=float)
    gradient = np.zeros_like(x)
    for index in np.ndindex(*x.shape):
        step = np.zeros_like(x)
        step[index] = h
        gradient[index] = (float(f(x + step)) - float(f(x - step))) / (2 * h)
    return gradient


def show(value: Any) -> str:
    """A value as short text: small arrays whole, large ones by shape, models by their layers."""
    if isinstance(value, type):
        return value.__name__
    words = described(value)
    if words:
        return words
    array = as_array(value)
    if isinstance(value, str) or value is None or array is None:
        text = repr(value)
        return text if len(text) <= 120 else text[:117] + "..."
    if array.size > 24:
        return f"an array of shape {array.shape}"
    if array.ndim == 0:
        return str(array.item()) if array.dtype.kind in "biu" else f"{float(array):.7g}"
    text = np.array2string(array, precision=5, suppress_small=bool(np.abs(array).max(initial=0) < 1e5), separator=", ")
    return " ".join(text.split())


def show_result(value: Any) -> str:
    """Like `show`, with the shape behind an array."""
    array = as_array(value)
    if array is None or array.ndim == 0 or array.size > 24:
        return show(value)
    return f"{show(value)}  shape {array.shape}"
