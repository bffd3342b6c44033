"""Nodes to Python and NumPy values, in the form of values.py. What it reads may come from anybody.

In: a node, the message's buffers, the `Home` of this side. Out: the value, or `WireError` for what is not of the form.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from groundup.grading.wire.frames import WireError
from groundup.grading.wire.values import ARRAY_KINDS, BIT_GENERATORS, DEEPEST, Home, Node


class Decoder:
    """Nodes to values, for one message."""

    def __init__(self, home: Home, buffers: list[bytes]) -> None:
        self.home = home
        self.buffers = buffers
        self._depth = 0

    def __call__(self, node: Node) -> Any:
        """The value of a node. Raises WireError when the node is not of the form, whatever it is."""
        self._depth += 1
        try:
            if self._depth > 2 * DEEPEST:
                raise WireError("a value is nested too deeply")
            return self._value(node)
        except WireError:
            raise
        except Exception as error:
            raise WireError(f"a value has not the form that it claims ({type(error).__name__})") from None
        finally:
            self._depth -= 1

    def raw(self, number: Any) -> bytes:
        """The buffer of a number."""
        if type(number) is not int or not 0 <= number < len(self.buffers):
            raise WireError("a value names a buffer that is not there")
        return self.buffers[number]

    def _value(self, node: Node) -> Any:
        if node is None or isinstance(node, bool | int | float | str):
            return node
        if not isinstance(node, list) or not node or not isinstance(node[0], str):
            raise WireError("a value has no tag")
        read = READ.get(node[0])
        return read(self, node) if read else self.home.bring(node, self)


def _read_list(decode: Decoder, node: list[Any]) -> list[Any]:
    _, identity, parts = node
    made: list[Any] = []
    decode.home.take(identity, made)
    made.extend(decode(part) for part in _parts(parts))
    return made


def _read_dict(decode: Decoder, node: list[Any]) -> dict[Any, Any]:
    _, identity, parts = node
    made: dict[Any, Any] = {}
    decode.home.take(identity, made)
    for key, part in _parts(parts):
        made[decode(key)] = decode(part)
    return made


def _parts(parts: Any) -> list[Any]:
    if not isinstance(parts, list):
        raise WireError("a container has no list of parts")
    return parts


def dtype_of(text: Any) -> np.dtype[Any]:
    """A dtype that came over the wire. Raises WireError."""
    dtype = np.dtype(text) if isinstance(text, str) else None
    if dtype is None or dtype.kind not in ARRAY_KINDS:
        raise WireError("an array has a dtype that cannot be handed over")
    return dtype


def shape_of(sizes: Any) -> tuple[int, ...]:
    """A shape that came over the wire. Raises WireError."""
    if not isinstance(sizes, list) or not all(type(size) is int and size >= 0 for size in sizes) or len(sizes) > 32:
        raise WireError("an array has no shape")
    return tuple(sizes)


def _read_array(decode: Decoder, node: list[Any]) -> np.ndarray[Any, Any]:
    _, identity, dtype, shape, order, writeable, number = node
    made = np.frombuffer(decode.raw(number), dtype_of(dtype)).reshape(
        shape_of(shape), order="F" if order == "F" else "C"
    )
    made = made.copy(order="K")
    made.flags.writeable = bool(writeable)
    decode.home.take(identity, made)
    return made


def _read_objects(decode: Decoder, node: list[Any]) -> np.ndarray[Any, Any]:
    _, shape, parts = node
    made = np.empty(len(_parts(parts)), dtype=object)
    for place, part in enumerate(parts):
        made[place] = decode(part)
    return made.reshape(shape_of(shape))


def _read_scalar(decode: Decoder, node: list[Any]) -> Any:
    return np.frombuffer(decode.raw(node[2]), dtype_of(node[1]), count=1)[0]


def _read_generator(decode: Decoder, node: list[Any]) -> np.random.Generator:
    _, identity, name, state = node
    made = np.random.Generator(BIT_GENERATORS[name]())
    made.bit_generator.state = decode(state)
    decode.home.take(identity, made)
    return made


READ: dict[str, Callable[[Decoder, list[Any]], Any]] = {
    "int": lambda decode, node: int(node[1], 16),
    "float": lambda decode, node: float(node[1]),
    "complex": lambda decode, node: complex(float(node[1]), float(node[2])),
    "bytes": lambda decode, node: decode.raw(node[1]),
    "list": _read_list,
    "dict": _read_dict,
    "tuple": lambda decode, node: tuple(decode(part) for part in _parts(node[1])),
    "set": lambda decode, node: {decode(part) for part in _parts(node[1])},
    "frozenset": lambda decode, node: frozenset(decode(part) for part in _parts(node[1])),
    "slice": lambda decode, node: slice(*(decode(part) for part in node[1:4])),
    "range": lambda decode, node: range(*node[1:4]),
    "ellipsis": lambda decode, node: ...,
    "array": _read_array,
    "objects": _read_objects,
    "scalar": _read_scalar,
    "generator": _read_generator,
    "dtype": lambda decode, node: dtype_of(node[1]),
    "same": lambda decode, node: decode.home.find(node[1]),
}
