"""Python and NumPy values to tagged JSON and back.

`None`, `True`, numbers and text stand for themselves; all else is a list whose first entry is a tag:

    ["list", id, [..]]  ["dict", id, [[key, value], ..]]  ["tuple", [..]]  ["array", id, dtype, shape, order, buffer]
    ["same", id]        the object of that id, named before in this message or a replica of an earlier one
    ["view", id, ..]    an array that looks into the memory of such an object
    ["yours", handle]   an object of the receiver's that comes home
    ["ref", kind, ..]   an object that stays with the sender: the receiver makes a stand-in for it

In: a value and a `Home` (what to do with the rest). Out: a node and buffers; and back, with `WireError` for whatever
does not follow the form.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Protocol

import numpy as np

from groundup.grading.wire.frames import WireError

Node = Any
DEEPEST = 60
MOST_NODES = 400_000
LONGEST_TEXT = 4_000_000
LARGEST_INT = 1 << 2000
ARRAY_KINDS = "biufcUS"
BIT_GENERATORS = {kind.__name__: kind for kind in (
    np.random.PCG64, np.random.PCG64DXSM, np.random.MT19937, np.random.Philox, np.random.SFC64,
)}  # fmt: skip


class Home(Protocol):
    """One side's objects: what has been sent before, and what cannot be sent by value."""

    def known(self, value: Any) -> Node | None:
        """A node for a value that both sides hold already, or that came from the other side."""

    def keep(self, value: Any) -> int | str:
        """Note a changeable value under an id, so that it can be named again. Called by `Encoder.keep`."""

    def abroad(self, value: Any, encoder: Encoder) -> Node:
        """A node for a value that is not plain: by PyTorch's own rules, or by reference."""

    def take(self, identity: Any, value: Any) -> None:
        """Note what came under an id."""

    def find(self, identity: Any) -> Any:
        """The value of an id. Raises WireError."""

    def bring(self, node: list[Any], decoder: Decoder) -> Any:
        """The value of a node with a tag that this module does not know. Raises WireError."""

    def may_hold(self, layer: Any) -> bool:
        """Whether a layer that is not plain may stand inside a model that crosses by value."""


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
        except (
            TypeError,
            ValueError,
            KeyError,
            IndexError,
            AttributeError,
            OverflowError,
            MemoryError,
            RuntimeError,
        ) as error:
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
