"""Compare what was given with what was wanted, and find the likely cause of a difference.

In: two values (numbers, arrays, tensors, lists, strings). Out: equal or not, and sentences about the difference.
"""

from __future__ import annotations

import inspect
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
    except (ValueError, RuntimeError):  # lists of different lengths, or of tensors in the middle of a graph
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
    with np.errstate(invalid="ignore"):  # infinity minus infinity is NaN, and no warning
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
    if isinstance(given, str) and wanted_array is not None:
        return "this is text. Return the number itself, without quotes, `str` or an f-string"
    if wanted_array is None or given_array is None:
        return None
    if given_array.shape != wanted_array.shape:
        return _wrong_shape(given_array, wanted_array, tol)
    if not np.all(np.isfinite(given_array)):
        return (
            "there is a NaN or an infinity: a logarithm of 0, a division by 0, a root of a negative number, or `exp` "
            "of a large number"
        )
    if np.any(wanted_array) and same(-given_array.astype(float), wanted_array, tol):
        return "the sign is turned around"
    if given_array.ndim == 2 and same(given_array.T, wanted_array, tol):
        return "right numbers, transposed: rows and columns are swapped"
    return _lost_digits(given_array, wanted_array, tol)


def _lost_digits(given: np.ndarray[Any, Any], want: np.ndarray[Any, Any], tol: float) -> str | None:
    """A sentence when `given` is `want` without its fractions, or rounded. Zeros alone prove nothing."""
    want = want.astype(float)
    whole = want.ndim or given.dtype.kind in "iu"  # one float that is whole can be anything
    for cut in (np.trunc(want), np.floor(want)):
        if whole and np.any((np.trunc(want) != 0) & (cut != want)) and same(given, cut, tol):
            return "the fractions were cut off. Look for `int`, `//`, or an array that was made with whole numbers"
    for digits in range(1, 5):
        rounded = np.round(want, digits)
        if np.any((rounded % 1 != 0) & ~np.isclose(rounded, want, rtol=tol, atol=tol)) and same(given, rounded, tol):
            return f"the answer was rounded to {digits} {'digit' if digits == 1 else 'digits'}. Return it as it is"
    return None


def _wrong_shape(given: np.ndarray[Any, Any], want: np.ndarray[Any, Any], tol: float) -> str:
    shapes = f"the shape is {given.shape}, and it should be {want.shape}"
    if given.ndim == 2 and same(given.T, want, tol):
        return f"right numbers, transposed: {shapes}"
    if given.size == want.size and same(given.ravel(), want.ravel(), tol):
        return f"right numbers in the wrong shape: {shapes}"
    row = "row" if want.ndim > 1 else "entry"
    for place, index, why in (
        ("first", 0, "Is the `return` inside the loop"),
        ("last", -1, "Does each replace the one before"),
    ):
        if want.ndim and len(want) > 1 and np.any(given) and same(given.reshape(-1), want[index].reshape(-1), tol):
            return f"this is the answer for the {place} {row} only: {shapes}. {why}?"
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
    wrong = difference > TOLERANCE * (1 + np.abs(wanted_array.astype(float)))
    return f"{np.sum(wrong)} of {difference.size} entries differ, most of all the one at index [{index}]"


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
    """A value as short text: small arrays whole, large ones by shape, lists as they are typed, models by layers."""
    if isinstance(value, type) or inspect.isroutine(value):
        return str(value.__name__)
    words = described(value)
    if words:
        return words
    if isinstance(value, list | tuple | dict) and value:
        return _typed(value) if _plain(value) else in_words(value)
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
    """Like `show`, with the shape behind an array. Lists and tuples have brackets, and no shape."""
    array = as_array(value)
    if array is None or array.ndim == 0 or array.size > 24 or isinstance(value, list | tuple):
        return show(value)
    return f"{show(value)}  shape {array.shape}"


def show_wanted(want: Any, given: Any) -> str:
    """`want` as `show_result` puts it. A list in a check stands for an array, unless a list was given too."""
    array = as_array(want)
    return show_result(want if array is None or isinstance(given, list | tuple) else array)


def in_words(value: list[Any] | tuple[Any, ...] | dict[Any, Any]) -> str:
    """What a container holds: `a list of 2 pairs`, `a tuple of 3 arrays`, `a dictionary with the keys 'A', 'Z'`."""
    if isinstance(value, dict):
        return f"a dictionary with the keys {', '.join(map(repr, value))}"
    kinds = {_kind(part) for part in value}
    kind = kinds.pop() if len(kinds) == 1 else "thing"
    return f"a {type(value).__name__} of {len(value)} {kind}{'s' if len(value) != 1 else ''}"


def _kind(value: Any) -> str:
    if isinstance(value, tuple) and len(value) == 2:
        return "pair"
    for kind in (dict, list, tuple, str):
        if isinstance(value, kind):
            return kind.__name__
    if hasattr(value, "detach"):
        return "tensor"
    return "array" if hasattr(value, "shape") and np.ndim(value) else "thing"


def _plain(value: Any) -> bool:
    """Whether this is numbers and text only, in lists, tuples and dictionaries: no arrays, no models."""
    if isinstance(value, dict):
        return all(map(_plain, value.values()))
    if isinstance(value, list | tuple):
        return all(map(_plain, value))
    return value is None or isinstance(value, int | float | str | np.number | np.bool_)


def _typed(value: Any) -> str:
    """Lists and tuples of numbers as a student types them, 120 characters at most."""
    if isinstance(value, dict):
        text = "{" + ", ".join(f"{key!r}: {_typed(part)}" for key, part in value.items()) + "}"
    elif isinstance(value, list):
        text = f"[{', '.join(map(_typed, value))}]"
    elif isinstance(value, tuple):
        text = f"({', '.join(map(_typed, value))}{',' if len(value) == 1 else ''})"
    elif isinstance(value, float | np.floating):
        text = f"{float(value):.5g}"
        text += ".0" if text.lstrip("-").isdigit() else ""
    else:
        text = repr(value.item() if isinstance(value, np.generic) else value)
    return text if len(text) <= 120 else text[:117] + "..."
