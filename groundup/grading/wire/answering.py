"""The student's end of the wire: it answers what the checker asks, with the objects of the student's namespace.

This code runs beside the student's own and protects nothing: whatever it says is the student's answer. In: the channel,
and the namespace. Out: values of it, calls, and stand-ins for what a test hands over.
"""

from __future__ import annotations

import importlib
import inspect
import socket
import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np

from groundup.checks.building_on import given
from groundup.grading.wire import tensors, training
from groundup.grading.wire.decoding import Decoder
from groundup.grading.wire.encoding import Encoder
from groundup.grading.wire.frames import Message
from groundup.grading.wire.link import Link
from groundup.grading.wire.memory import view_of_a_replica
from groundup.grading.wire.rebuilt_errors import describe
from groundup.grading.wire.values import Node

PLAIN_TYPES = (bool, int, float, complex, str, bytes, list, tuple, dict, set, frozenset, type(None), object)


class Answering(Link):
    """The student's end."""

    asks_for_itself = False

    def __init__(self, channel: socket.socket, namespace: dict[str, Any]) -> None:
        super().__init__(channel)
        self.namespace = namespace
        self.noticed: list[list[Any]] = []
        self._lent_here: dict[int, Any] = {}
        self._errors: dict[str, Any] | None = None
        self.operations = {
            "begin": lambda target: self.replicas.clear(),
            "fetch": lambda target, names: {name: namespace[name] for name in names if name in namespace},
            "call": lambda target, args, kwargs: target(*args, **kwargs),
            "call given": lambda target, others, args: given(target, **others)(*args),
            "get": lambda target, name: getattr(target, name),
            "set": lambda target, name, value: setattr(target, name, value),
            "item": lambda target, key: target[key],
            "length": lambda target: len(target),
            "float": lambda target: float(target),
            "array": lambda target: np.asarray(target),
            "show": lambda target: repr(target),
            "iterate": lambda target: self.lend(iter(target)),
            "next": self._next,
            "operate": lambda target, name, *others: getattr(target, name)(*others),
        }

    def _next(self, target: Any, iterator: int) -> tuple[bool, Any]:
        for value in self.lent(iterator):
            return True, value
        return False, None

    def perform(self, operation: Any, target: Any, values: Any, message: Message) -> tuple[Any, bool]:
        """Run the student's code as the test would have run it; everything it raises is an answer."""
        self.mode_arrived(message)
        errors = message.get("errors")
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # as checks do; a student's own filters may turn warnings into errors
                if not errors:
                    return operation(target, *values), False
                with np.errstate(**errors, call=lambda kind, flag: self.noticed.append([kind, int(flag)])):
                    return operation(target, *values), False
        except BaseException as error:
            return self.error_to(error), True

    def mode(self) -> Message:
        """PyTorch's gradient mode, and what NumPy noticed since the last message."""
        noticed, self.noticed = self.noticed[:1000], []
        return {**super().mode(), "noticed": noticed}

    def error_to(self, error: BaseException) -> Any:
        """See Link."""
        return describe(error)

    def error_from(self, values: Any) -> BaseException:
        """An error of a test's own function: it goes through the student's code and home again."""
        kind = type(values["name"], (Exception,), {})
        error: Exception = kind(values["text"])
        error.groundup_home = values["home"]  # type: ignore[attr-defined]
        return error

    def take(self, identity: Any, value: Any) -> None:
        """See Home; the checker decides what is shared."""
        if isinstance(identity, int):
            self.replicas.put(identity, value)
        else:
            super().take(identity, value)

    def known(self, value: Any) -> Node | None:
        """See Home; an array that looks into the memory of a shared one is sent as that view."""
        return super().known(value) or view_of_a_replica(value, self.replicas, self._encoder)

    def abroad(self, value: Any, encode: Encoder) -> Node:
        """PyTorch's objects by value where that is possible, classes that everybody knows by name, else a reference."""
        node = tensors.node_of(value, encode)
        if node is not None:
            return node
        if isinstance(value, type) and (value in PLAIN_TYPES or value.__module__.startswith(tensors.LAYERS)):
            return ["name", f"{value.__module__}:{value.__qualname__}"]
        if inspect.isroutine(value):
            return ["ref", "function", self.lend(value), _about_function(value)]
        classes = [f"{base.__module__}:{base.__qualname__}" for base in type(value).__mro__]
        return ["ref", "object", self.lend(value), {"name": type(value).__name__, "classes": classes}]

    def bring(self, node: list[Any], decode: Decoder) -> Any:
        """What a test hands over."""
        kind = node[0]
        if kind == "yours":
            return self.lent(node[1])
        if kind == "name":
            return _by_name(node[1])
        if kind in ("ref", "layer"):
            handle = node[2] if kind == "ref" else node[1]
            if handle not in self._lent_here:
                made = Guest(self, handle, node[3]["name"]) if kind == "ref" else self._layer(node, decode)
                self._lent_here[handle] = self.stands_in(made, handle)
            return self._lent_here[handle]
        return training.bring(node, decode) if kind in training.TAGS else tensors.bring(node, decode)

    def _layer(self, node: list[Any], decode: Decoder) -> Any:
        from groundup.grading.wire.layers import GuestLayer

        _, handle, name, mode, named = node
        return GuestLayer(self, handle, name, mode, [(key, decode(part)) for key, part in named])

    def may_hold(self, layer: Any) -> bool:
        """Only a test's own layer, which finds home."""
        return self.handle_of(layer) is not None


class Guest:
    """An object or function of a test's, in the student's process."""

    def __init__(self, link: Answering, handle: int, name: str) -> None:
        self._link, self._handle, self.__name__ = link, handle, name

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        torch = tensors.loaded()
        if torch is not None and any(isinstance(part, torch.Tensor) for part in args):
            from groundup.grading.wire.layers import through_the_wire

            return through_the_wire(self._link, self._handle, False, [], args)
        return self._link.ask("call", args, kwargs, target=self._handle)

    def __iter__(self) -> Iterator[Any]:
        iterator = self._link.ask("iterate", target=self._handle)
        while True:
            more, value = self._link.ask("next", iterator)
            if not more:
                return
            yield value

    def __len__(self) -> int:
        return int(self._link.ask("length", target=self._handle))

    def __getitem__(self, key: Any) -> Any:
        return self._link.ask("item", key, target=self._handle)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return self._link.ask("get", name, target=self._handle)

    def __bool__(self) -> bool:
        return True


def _about_function(value: Any) -> dict[str, Any]:
    try:
        signature = inspect.signature(value)
        parameters = [
            [name, int(part.kind), part.default is not inspect.Parameter.empty]
            for name, part in signature.parameters.items()
        ]
    except (TypeError, ValueError):
        parameters = []
    names = list(getattr(getattr(value, "__code__", None), "co_names", ()))[:200]
    return {"name": getattr(value, "__name__", "your function"), "parameters": parameters, "names_used": names}


def _by_name(name: str) -> Any:
    module, _, qualname = name.partition(":")
    found: Any = importlib.import_module(module)
    for part in qualname.split("."):
        found = getattr(found, part)
    return found
