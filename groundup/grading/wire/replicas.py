"""Replicas: changeable arguments of a call that both sides hold, and what was changed in them.

The checker's arrays, tensors, lists, dictionaries, generators and models are copied into the student's process under a
number. At the end of a call the student's side sends what its function changed; before the next one the checker sends
what the test changed. So a call acts as if both shared their memory. In: objects. Out: changes as nodes, applied there.
"""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np

from groundup.grading.wire.decoding import Decoder
from groundup.grading.wire.encoding import Encoder
from groundup.grading.wire.frames import WireError
from groundup.grading.wire.tensors import loaded, tensor_bytes, tensor_from
from groundup.grading.wire.values import Node

PLAIN = (str, int, float, bool, complex, bytes, type(None))


class Replicas:
    """The objects that both sides hold, for the time of one test cell."""

    def __init__(self) -> None:
        self.objects: dict[int, Any] = {}
        self._numbers: dict[int, int] = {}
        self._seen: dict[int, Any] = {}
        self._free = itertools.count()

    def clear(self) -> None:
        """Forget all of them: the next test begins anew. Numbers are never used again."""
        self.objects.clear()
        self._numbers.clear()
        self._seen.clear()

    def add(self, value: Any) -> int:
        """A new number for a value."""
        number = next(self._free)
        self.put(number, value)
        return number

    def put(self, number: int, value: Any) -> None:
        """Hold a value under the number that the other side gave it."""
        self.objects[number] = value
        self._numbers[id(value)] = number

    def number(self, value: Any) -> int | None:
        """The number of a value that is a replica."""
        number = self._numbers.get(id(value))
        return number if number is not None and self.objects.get(number) is value else None

    def settle(self) -> None:
        """Take what the objects hold now for what both sides know."""
        for number, value in self.objects.items():
            if number not in self._seen:
                self._seen[number] = state(value)

    def changes(self, encode: Encoder) -> list[Node]:
        """What has changed since both sides last knew the same."""
        found: list[Node] = []
        for number, value in list(self.objects.items()):
            now = state(value)
            if number in self._seen and now != self._seen[number]:
                found.append([number, content(value, encode)])
            self._seen[number] = now
        return found

    def apply(self, changes: Any, decode: Decoder) -> None:
        """Change the objects as the other side did. Raises WireError where that makes no sense."""
        if not isinstance(changes, list):
            raise WireError("changes are no list")
        for change in changes:
            known = isinstance(change, list) and len(change) == 2 and type(change[0]) is int
            if not known or change[0] not in self.objects:
                raise WireError("a change names an object that is not shared")
            value = self.objects[change[0]]
            replace(value, decode(change[1]))
            self._seen.pop(change[0])
        self.settle()


def _kind(value: Any) -> str:
    torch = loaded()
    for kind, name in ((np.ndarray, "array"), (list, "list"), (dict, "dict"), (np.random.Generator, "generator")):
        if isinstance(value, kind):
            return name
    if torch is not None:
        for kind, name in ((torch.Tensor, "tensor"), (torch.nn.Module, "module"), (torch.Generator, "torch-generator")):
            if isinstance(value, kind):
                return name
    return ""


def state(value: Any) -> Any:
    """Something that differs when the content of a value differs."""
    kind = _kind(value)
    if kind == "array":
        return value.shape, value.dtype.str, value.tobytes()
    if kind == "list":
        return tuple(map(_token, value))
    if kind == "dict":
        return tuple((_token(key), _token(part)) for key, part in value.items())
    if kind == "generator":
        return repr(value.bit_generator.state)
    if kind == "tensor":
        if value.device.type == "meta":
            return None
        grad = value.grad if value.is_leaf else None
        return str(value.dtype), tuple(value.shape), tensor_bytes(value), None if grad is None else tensor_bytes(grad)
    if kind == "module":
        return value.training
    return value.get_state().numpy().tobytes() if kind == "torch-generator" else None


def _token(value: Any) -> Any:
    return (type(value).__name__, repr(value)) if isinstance(value, PLAIN) else _Same(value)


class _Same:
    """Equal for one and the same object. It holds it: the id of an object that is gone is soon another one's."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.value is other.value

    __hash__ = None  # type: ignore[assignment]


def content(value: Any, encode: Encoder) -> Node:
    """What a value holds, as a node that never names the value itself."""
    kind = _kind(value)
    if kind == "list":
        return encode(tuple(value))
    if kind == "dict":
        return ["tuple", [encode((key, part)) for key, part in value.items()]]
    encode.noting = False  # what follows is made for this message only
    try:
        return encode(_copy(kind, value))
    finally:
        encode.noting = True


def _copy(kind: str, value: Any) -> Any:
    if kind == "array":
        return np.array(value)
    if kind == "generator":
        return value.bit_generator.state
    if kind == "tensor":
        grad = value.grad if value.is_leaf else None
        kind, shape = str(value.dtype).removeprefix("torch."), tuple(value.shape)
        return tensor_bytes(value), None if grad is None else tensor_bytes(grad), shape, kind
    return bool(value.training) if kind == "module" else value.get_state().numpy().tobytes()


def replace(value: Any, new: Any) -> None:
    """Give a value the content that came from the other side. Raises WireError where it does not fit."""
    kind = _kind(value)
    try:
        if kind == "array":
            _replace_array(value, new)
        elif kind == "list":
            value[:] = list(new)
        elif kind == "dict":
            made = dict(new)
            value.clear()
            value.update(made)
        elif kind == "generator":
            value.bit_generator.state = new
        elif kind == "module":
            value.training = bool(new)
        elif kind == "tensor":
            _replace_tensor(value, *new)
        elif kind == "torch-generator":
            value.set_state(loaded().frombuffer(bytearray(new), dtype=loaded().uint8))
    except (TypeError, ValueError, KeyError, RuntimeError) as error:
        raise WireError(f"a change does not fit the object ({type(error).__name__})") from None


def _replace_array(value: np.ndarray[Any, Any], new: Any) -> None:
    if not isinstance(new, np.ndarray) or new.dtype != value.dtype or new.size != value.size:
        raise WireError("an array cannot change its dtype or size")
    if new.shape != value.shape:
        value.shape = new.shape
    locked = not value.flags.writeable
    if locked:
        return
    np.copyto(value, new)


def _replace_tensor(value: Any, raw: Any, grad: Any, shape: Any, kind: Any) -> None:
    torch = loaded()
    if tuple(shape) != tuple(value.shape):
        raise WireError("a tensor cannot change its shape")
    with torch.no_grad():
        new = tensor_from(torch, raw, kind, tuple(value.shape))
        if new.dtype == value.dtype:
            value.data.copy_(new)
        else:  # `model.float()` changes the dtype of a model's parameters in place
            value.data = new
        if value.is_leaf:
            value.grad = None if grad is None else tensor_from(torch, grad, kind, tuple(value.shape))
