"""Python and NumPy values to nodes, in the form of values.py.

In: a value and the `Home` of this side. Out: a node, and buffers behind the message; `WireError` for what is too large.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from groundup.grading.wire.frames import WireError
from groundup.grading.wire.values import (
    ARRAY_KINDS,
    BIT_GENERATORS,
    DEEPEST,
    LARGEST_INT,
    LONGEST_TEXT,
    MOST_NODES,
    Home,
    Node,
)


class Encoder:
    """Values to nodes, for one message."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.buffers: list[bytes] = []
        self.noting = True
        self._depth = 0
        self._nodes = 0

    def keep(self, value: Any) -> int | str:
        """An id for a changeable value; an empty one while nothing shall be named again."""
        return self.home.keep(value) if self.noting else ""

    def buffer(self, raw: bytes) -> int:
        """Put raw bytes behind the message; returns their number."""
        self.buffers.append(raw)
        return len(self.buffers) - 1

    def __call__(self, value: Any) -> Node:
        """The node of a value."""
        self._depth += 1
        self._nodes += 1
        try:
            if self._depth > DEEPEST or self._nodes > MOST_NODES:
                raise WireError("a value is nested too deeply or has too many parts to be handed over")
            return self._node(value)
        finally:
            self._depth -= 1

    def _node(self, value: Any) -> Node:
        if value is None or value is True or value is False:
            return value
        kind = type(value)
        if kind is str:
            return value if len(value) <= LONGEST_TEXT else value[:LONGEST_TEXT]
        if kind is int and -LARGEST_INT < value < LARGEST_INT:
            return value if abs(value) < 1 << 53 else ["int", hex(value)]
        if kind is float:
            return value if math.isfinite(value) else ["float", repr(value)]
        known = self.home.known(value)
        if known is not None:
            return known
        plain = _plain(kind)
        if plain is not None:
            return plain(self, value)
        return self.home.abroad(value, self)


def _plain(kind: type) -> Callable[[Encoder, Any], Node] | None:
    """How values of this type, or of a type made from it, are sent; None for those that are not plain."""
    if kind in PLAIN:
        return PLAIN[kind]
    return next((PLAIN[base] for base in kind.__mro__[1:] if base in PLAIN and base in OPEN_TO_SUBCLASSES), None)


def _text(encode: Encoder, value: Any) -> Node:
    return str.__str__(value)[:LONGEST_TEXT]


def _whole(encode: Encoder, value: Any) -> Node:
    number = int.__index__(value)
    if not -LARGEST_INT < number < LARGEST_INT:
        raise WireError("a whole number has more than 600 digits")
    return ["int", hex(number)]


def _float(encode: Encoder, value: Any) -> Node:
    return ["float", repr(float.__float__(value))]


def _list(encode: Encoder, value: Any) -> Node:
    identity = encode.keep(value)
    return ["list", identity, [encode(part) for part in list.__iter__(value)]]


def _dict(encode: Encoder, value: Any) -> Node:
    identity = encode.keep(value)
    return ["dict", identity, [[encode(key), encode(part)] for key, part in dict.items(value)]]


def _many(tag: str) -> Callable[[Encoder, Any], Node]:
    return lambda encode, value: [tag, [encode(part) for part in tuple(value)]]


def _array(encode: Encoder, value: Any) -> Node:
    array = np.asarray(value)
    if array.dtype.kind == "O":
        return ["objects", list(array.shape), [encode(part) for part in array.ravel().tolist()]]
    if array.dtype.kind not in ARRAY_KINDS:
        return encode.home.abroad(value, encode)
    identity = encode.keep(value)
    order = "F" if array.flags.f_contiguous and not array.flags.c_contiguous else "C"
    raw = array.tobytes("A" if order == "F" else "C")
    shape, writeable = list(array.shape), bool(array.flags.writeable)
    return ["array", identity, array.dtype.str, shape, order, writeable, encode.buffer(raw)]


def _numpy_scalar(encode: Encoder, value: Any) -> Node:
    if value.dtype.kind not in ARRAY_KINDS:
        return encode.home.abroad(value, encode)
    return ["scalar", value.dtype.str, encode.buffer(value.tobytes())]


def _generator(encode: Encoder, value: Any) -> Node:
    name = type(value.bit_generator).__name__
    if name not in BIT_GENERATORS:
        return encode.home.abroad(value, encode)
    return ["generator", encode.keep(value), name, encode(value.bit_generator.state)]


PLAIN: dict[type, Callable[[Encoder, Any], Node]] = {
    str: _text,
    int: _whole,
    float: _float,
    complex: lambda encode, value: ["complex", repr(complex(value).real), repr(complex(value).imag)],
    bytes: lambda encode, value: ["bytes", encode.buffer(bytes(value))],
    list: _list,
    dict: _dict,
    tuple: _many("tuple"),
    set: _many("set"),
    frozenset: _many("frozenset"),
    slice: lambda encode, value: ["slice", encode(value.start), encode(value.stop), encode(value.step)],
    range: lambda encode, value: ["range", value.start, value.stop, value.step],
    type(...): lambda encode, value: ["ellipsis"],
    np.ndarray: _array,
    np.generic: _numpy_scalar,
    np.random.Generator: _generator,
    np.dtype: lambda encode, value: ["dtype", value.str],
}
OPEN_TO_SUBCLASSES = (
    str,
    int,
    float,
    complex,
    bytes,
    list,
    dict,
    tuple,
    set,
    frozenset,
    np.ndarray,
    np.generic,
    np.dtype,
)
