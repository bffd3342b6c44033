"""What is said about an answer of a library: the mistake by name, or what came and what was wanted.

In: a result and the right value, from PyTorch, a closed form or finite differences. Out: nothing, or `Wrong`.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from typing import Any

import numpy as np

from groundup.checks.comparing import general_mistake, named_mistake, same, show
from groundup.library_check.item import Missing, Wrong
from groundup.library_check.items.asking import Array

Mistakes = Mapping[str, Any]
"""From a sentence that names a misconception to the value it gives."""
NUMBER = re.compile(r"\d+(?:\.\d+)?")


def kept(what: str, value: Any) -> Array:
    """A copy of the array that `what` returned: the library may overwrite its own at the next call."""
    if isinstance(value, np.ndarray):
        return value.copy()
    if value is None:
        raise Wrong(f"{what} is None. Is the `return` missing?")
    raise Wrong(f"{what} is {show(value)}, a {type(value).__name__}. Wanted: a NumPy array.")


def compare(what: str, given: Any, wanted: Any, tol: float = 1e-9, mistakes: Mistakes | None = None) -> None:
    """`given` is `wanted` within `tol * (1 + |wanted|)`, in the same shape; else the mistake is named.

    A mistake that happens to give the right value is never blamed: equality is tested first.
    """
    if same(given, wanted, tol):
        return
    if given is None:
        raise Wrong(f"{what} is None. Is the `return` missing?")
    likely = named_mistake(given, mistakes or {}, tol) or general_mistake(given, wanted, tol)
    raise Wrong(f"{what}: {likely}." if likely else f"{what} is {_difference(given, wanted, tol)}.")


def _difference(given: Any, wanted: Any, tol: float) -> str:
    try:
        apart = np.abs(np.asarray(given, dtype=float) - np.asarray(wanted, dtype=float))
    except (TypeError, ValueError):
        return f"{show(given)}, wanted {show(wanted)}"
    if apart.ndim == 0:
        return f"{float(given):.9g}, wanted {float(wanted):.9g}"
    place = np.unravel_index(int(np.argmax(apart)), apart.shape)
    wrong = int(np.sum(apart > tol * (1 + np.abs(wanted))))
    index = ", ".join(str(int(i)) for i in place)
    return (
        f"wrong in {wrong} of {apart.size} entries, most of all at [{index}]: "
        f"{float(np.asarray(given)[place]):.9g}, wanted {float(np.asarray(wanted)[place]):.9g}"
    )


def identical(what: str, given: Any, wanted: Any, otherwise: str) -> None:
    """`given` is `wanted` bit for bit; `otherwise` is the sentence that says what it means when it is not."""
    if not np.array_equal(given, wanted):
        raise Wrong(f"{what}: {otherwise}.")


def demand(holds: Any, otherwise: str) -> None:
    """Raise Wrong with the sentence `otherwise` unless `holds`."""
    if not holds:
        raise Wrong(otherwise)


def has_dtype(what: str, array: Array, dtype: Any) -> None:
    """The array computes in `dtype`."""
    demand(array.dtype == dtype, f"{what} has dtype {array.dtype}, wanted {np.dtype(dtype)}.")


def refuses(what: str, kind: type[Exception], call: Callable[[], Any], *names: Any) -> None:
    """`call` raises an error of this kind, and its text names what came: each of `names`."""
    wanted = f"Wanted: {kind.__name__}, with a text that says what came and what is right."
    try:
        call()
    except (NotImplementedError, Missing):
        raise
    except kind as error:
        absent = [str(name) for name in names if not _names(str(error), name, kind)]
        if not str(error).strip() or absent:
            missing = f" It does not name {', '.join(absent)}." if absent else ""
            raise Wrong(
                f"{what} raises {kind.__name__}, but its text does not say what came: {str(error)[:120]!r}.{missing}"
            ) from None
    except Exception as error:
        raise Wrong(f"{what} raises {type(error).__name__} ({str(error)[:120]}). {wanted}") from None
    else:
        raise Wrong(f"{what} is accepted without a word. {wanted}")


def _names(text: str, value: Any, kind: type[Exception]) -> bool:
    """Whether a text says this value: as it is, by its numbers (`5x4`), or where its type is what is wrong, by that."""
    by_type = kind is TypeError and re.search(rf"\b{type(value).__name__}\b", text)
    numbers = set(NUMBER.findall(str(value)))
    in_numbers = numbers and numbers <= set(NUMBER.findall(text))
    return bool("".join(str(value).split()) in "".join(text.split()) or in_numbers or by_type)


@contextmanager
def quiet(what: str) -> Iterator[None]:
    """Whatever is called inside prints nothing and lets no NumPy warning out."""
    printed = io.StringIO()
    with (
        warnings.catch_warnings(record=True) as caught,
        redirect_stdout(printed),
        np.errstate(all="warn", under="ignore"),
    ):
        warnings.simplefilter("always")
        yield
    heard = [str(warning.message) for warning in caught if issubclass(warning.category, RuntimeWarning)]
    demand(not printed.getvalue(), f"{what} prints: {printed.getvalue()[:60]!r}. Only ProgressBar may.")
    demand(not heard, f"{what} lets a NumPy warning out: {', '.join(dict.fromkeys(heard))}.")
