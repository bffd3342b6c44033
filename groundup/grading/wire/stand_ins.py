"""What the checker holds in place of objects that stay in the student's process.

A function becomes a function that calls back; anything else becomes a `Remote`. No operation of a Remote sends a value
that a test wants to see and takes a verdict back: comparisons, `in`, truth and arithmetic that gives a plain number are
refused, so an object that "equals everything" equals nothing here. In: a description from the wire. Out: a stand-in.
"""

from __future__ import annotations

import builtins
import functools
import inspect
import sys
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from groundup.grading.wire.frames import WireError
from groundup.grading.wire.tensors import LAYERS

Ask = Callable[..., Any]
LONGEST_NAME = 200
PARAMETER_KINDS = (
    inspect.Parameter.POSITIONAL_ONLY,
    inspect.Parameter.POSITIONAL_OR_KEYWORD,
    inspect.Parameter.VAR_POSITIONAL,
    inspect.Parameter.KEYWORD_ONLY,
    inspect.Parameter.VAR_KEYWORD,
)
ARITHMETIC = ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul")
UNARY = ("neg", "pos", "abs")
BY_VALUE = (bool, int, float, complex, str, bytes, list, tuple, dict, set, frozenset, slice, range)
"""Python's types that cross by value: whoever says that an object made from one of them stayed behind is lying."""


def text(value: Any) -> str:
    """A short name that came over the wire; anything else becomes a question mark."""
    return value[:LONGEST_NAME] if isinstance(value, str) else "?"


def function(ask: Ask, handle: int, about: Any) -> Callable[..., Any]:
    """A function that runs in the student's process, with its name and signature."""

    def remote(*args: Any, **kwargs: Any) -> Any:
        return ask("call", args, kwargs, target=handle, replicate=True)

    about = about if isinstance(about, dict) else {}
    remote.__name__ = remote.__qualname__ = text(about.get("name"))
    names = about.get("names_used")
    remote.names_used = tuple(map(text, names)) if isinstance(names, list) else ()  # type: ignore[attr-defined]
    remote.given = _given(ask, handle, remote)  # type: ignore[attr-defined]
    signature = _signature(about.get("parameters"))
    if signature is not None:
        remote.__signature__ = signature  # type: ignore[attr-defined]
    return remote


def _given(ask: Ask, handle: int, remote: Callable[..., Any]) -> Callable[[dict[str, Any]], Callable[..., Any]]:
    """How `groundup.checks.given` asks for the function with others in the place of the student's."""

    def given(others: dict[str, Any]) -> Callable[..., Any]:
        @functools.wraps(remote)
        def call(*args: Any) -> Any:
            return ask("call given", others, args, target=handle, replicate=True)

        return call

    return given


def _signature(parameters: Any) -> inspect.Signature | None:
    try:
        return inspect.Signature(
            [
                inspect.Parameter(
                    text(name), PARAMETER_KINDS[kind], default=None if optional else inspect.Parameter.empty
                )
                for name, kind, optional in parameters
            ]
        )
    except (TypeError, ValueError, IndexError):
        return None


def known_class(names: Any) -> type | None:
    """The first of these classes that is one of Python's own or of torch.nn: what a Remote is an instance of."""
    for name in names if isinstance(names, list) else []:
        module, _, qualname = text(name).partition(":")
        if module == "builtins" and isinstance(found := getattr(builtins, qualname, None), type):
            return None if found in BY_VALUE else found
        if module.startswith(LAYERS) and isinstance(found := getattr(sys.modules.get(module), qualname, None), type):
            return found
    return None


class Remote:
    """An object that stays in the student's process."""

    __slots__ = ("__weakref__", "_ask", "_class", "_handle", "_name")
    __hash__ = object.__hash__

    def __init__(self, ask: Ask, handle: int, about: Any) -> None:
        about = about if isinstance(about, dict) else {}
        self._ask, self._handle = ask, handle
        self._class = known_class(about.get("classes"))
        self._name = text(about.get("name"))

    @property  # type: ignore[misc]
    def __class__(self) -> type:  # so that isinstance holds for what the object is made from
        return self._class if self._class not in (None, object) else Remote

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self._ask("get", name, target=self._handle)

    def __setattr__(self, name: str, value: Any) -> None:
        if name in Remote.__slots__:
            object.__setattr__(self, name, value)
        else:
            self._ask("set", name, value, target=self._handle)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask("call", args, kwargs, target=self._handle, replicate=True)

    def __iter__(self) -> Iterator[Any]:
        iterator = self._ask("iterate", target=self._handle)
        while True:
            more, value = _pair(self._ask("next", iterator))
            if not more:
                return
            yield value

    def __len__(self) -> int:
        length = self._ask("length", target=self._handle)
        if type(length) is not int or length < 0:
            raise TypeError(f"{self._name} has no length")
        return length

    def __getitem__(self, key: Any) -> Any:
        return self._ask("item", key, target=self._handle)

    def __repr__(self) -> str:
        return text(self._ask("show", target=self._handle))

    def __float__(self) -> float:
        value = self._ask("float", target=self._handle)
        if type(value) is not float:
            raise TypeError(f"{self._name} is no number")
        return value

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray[Any, Any]:
        made = self._ask("array", target=self._handle)
        if type(made) is not np.ndarray:
            raise TypeError(f"{self._name} is no array")
        return made if dtype is None else made.astype(dtype)

    def __bool__(self) -> bool:
        raise TypeError(f"whether {self._name} is true cannot be asked of an object of the student's")

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        raise TypeError(f"{self._name} is an object of the student's: compare what it holds, not the object")

    __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __contains__ = __eq__


def _pair(value: Any) -> tuple[Any, Any]:
    if not isinstance(value, tuple) or len(value) != 2:
        raise WireError("an iterator gave something else than a value")
    return value


def _operator(name: str) -> Callable[..., Any]:
    def operate(self: Remote, *others: Any) -> Any:
        if not all(type(other) is Remote for other in others):  # any other value might be the one that is wanted
            return NotImplemented
        made = self._ask("operate", name, *others, target=self._handle)
        if type(made) is not Remote:
            raise TypeError(f"{name} of {self._name} gives no object of the student's")
        return made

    return operate


for _name in (*ARITHMETIC, *(f"r{name}" for name in ARITHMETIC), *UNARY):
    setattr(Remote, f"__{_name}__", _operator(f"__{_name}__"))
