"""The checker's end of the wire. It trusts nothing that arrives.

What arrives is plain data, models of plain layers, or stand-ins; a class is known by name only if it is one of torch.nn
or one of Python's plain types. In: the channel. Out: values of the student's process by name, and their calls.
"""

from __future__ import annotations

import importlib
import re
import socket
import sys
from collections.abc import Callable
from typing import Any, Protocol

import numpy as np

from groundup.grading.wire import stand_ins, tensors, training
from groundup.grading.wire.decoding import Decoder
from groundup.grading.wire.encoding import Encoder
from groundup.grading.wire.frames import Closed, Message, Stream, WireError
from groundup.grading.wire.link import Link
from groundup.grading.wire.memory import read_view
from groundup.grading.wire.rebuilt_errors import CodeStopped, error_from
from groundup.grading.wire.values import Node

LIBRARIES = ("numpy", "torch", "math", "builtins", "operator")
PLAIN_TYPES = {kind.__name__: kind for kind in (
    bool, int, float, complex, str, bytes, list, tuple, dict, set, frozenset, type(None), object,
)}  # fmt: skip
READABLE = ("batch_size", "dataset", "drop_last", "training", "tensors")
"""What the student's process may read of an object of a test's."""

AFTER_AN_INTERRUPT = 2.0
"""Seconds that the student's code has to end after it was interrupted."""


ENDED = "the Python process of this code ended: it called os._exit, crashed, or used up its memory"


class Supervisor(Protocol):
    """Who can stop the student's process, and start another one: the engine."""

    def interrupt(self) -> None:
        """Send the student's process an interrupt (Ctrl-C)."""

    def replace(self) -> socket.socket:
        """End it, start a new one, run the cells above in it; the channel to it. Raises CodeStopped when that fails."""


class Asking(Link):
    """The checker's end: it asks, and serves only the callbacks that a test has handed over."""

    asks_for_itself = True

    def __init__(self, channel: socket.socket, supervisor: Supervisor) -> None:
        super().__init__(channel)
        self.supervisor = supervisor
        self.generation = 0
        self.sources: list[str] = []
        """The student's cells, to tell which lines of an error are theirs."""
        self._graphs: dict[int, tuple[Any, list[Any]]] = {}
        self.operations = {
            "call": self._called,
            "forward": self._forward,
            "backward": self._backward,
            "iterate": lambda target: self.lend(iter(target)),
            "next": self._next,
            "length": lambda target: len(target),
            "item": lambda target, key: target[key],
            "get": self._read,
        }

    def begin(self) -> None:
        """A new test cell: what was shared with the last one is no longer shared."""
        self.replicas.clear()
        self._graphs.clear()
        self.ask("begin")

    def fetch(self, names: tuple[str, ...]) -> dict[str, Any]:
        """The student's values under these names; names that do not exist are left out."""
        found = self.ask("fetch", list(names)) if names else {}
        if not isinstance(found, dict) or not set(found) <= set(names):
            raise WireError("other names than those that were asked for")
        return found

    def ask(self, operation: str, *values: Any, target: int | None = None, replicate: bool = False) -> Any:
        """See Link. After a question that is broken off, or answered by nonsense, there is a process to ask again."""
        try:
            return super().ask(operation, *values, target=target, replicate=replicate)
        except KeyboardInterrupt:
            self.supervisor.interrupt()
            if self._caught_up():
                self.replicas.clear()
                super().ask("begin")
            else:
                self._begin_anew()
            raise
        except Closed:
            self._begin_anew()
            raise CodeStopped(ENDED) from None
        except WireError:
            self._begin_anew()
            raise

    def _caught_up(self) -> bool:
        """After an interrupt: whether the student's code ends too and gives the answer that is still to come."""
        try:
            while "reply" not in self.stream.receive(AFTER_AN_INTERRUPT)[0]:
                pass
        except WireError:
            return False
        return True

    def _begin_anew(self) -> None:
        """Go on with a new process of the student's, in which the cells above have run again."""
        self.stream.close()
        self.go_on_with(self.supervisor.replace())

    def go_on_with(self, channel: socket.socket) -> None:
        """The student's process is another one now."""
        self.stream.close()
        self.stream = Stream(channel)
        self.generation += 1
        self.replicas.clear()
        self._stand_ins.clear()

    # ---- callbacks: functions, layers and loaders of the test's ---------------------------------------------------

    def _called(self, target: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        return target(*args, **kwargs)

    def _forward(self, target: Any, training: bool, parameters: list[Any], args: tuple[Any, ...]) -> Any:
        """Run a layer or a function of the test's; the graph stays here until the backward pass asks for it."""
        torch = tensors.loaded()
        leaves = [part for part in args if isinstance(part, torch.Tensor)]
        if isinstance(target, torch.nn.Module):
            target.train(bool(training))
            own = [part for _, part in target.named_parameters()]
            with torch.no_grad():
                for mine, theirs in zip(own, parameters, strict=True):
                    if mine.device.type != "meta":
                        mine.copy_(theirs)
            leaves += own
        made = target(*args)
        number = len(self._graphs)
        self._graphs[number] = (made, leaves)
        return (made.detach() if isinstance(made, torch.Tensor) else made), number

    def _backward(self, target: Any, number: int, gradient: Any) -> list[Any]:
        torch = tensors.loaded()
        made, leaves = self._graphs[number]
        wanted = [leaf for leaf in leaves if leaf.requires_grad]
        found = iter(torch.autograd.grad(made, wanted, gradient, retain_graph=True, allow_unused=True))
        return [next(found) if leaf.requires_grad else None for leaf in leaves]

    def _next(self, target: Any, iterator: int) -> tuple[bool, Any]:
        for value in self.lent(iterator):
            return True, value
        return False, None

    def _read(self, target: Any, name: str) -> Any:
        if name not in READABLE:
            raise AttributeError(name)
        return getattr(target, name)

    def perform(self, operation: Callable[..., Any], target: Any, values: Any, message: Message) -> tuple[Any, bool]:
        """Run a test's own function as the student's code called it: with gradients switched on or off as there."""
        torch = tensors.loaded()
        if torch is None or not isinstance(message.get("grad"), bool):
            return super().perform(operation, target, values, message)
        with torch.set_grad_enabled(message["grad"]):
            return super().perform(operation, target, values, message)

    # ---- modes -----------------------------------------------------------------------------------------------------

    def mode(self) -> Message:
        """PyTorch's gradient mode, and NumPy's error state where a test has set one."""
        errors = np.geterr()
        return {**super().mode(), "errors": errors if "call" in errors.values() else None}

    def answer_arrived(self, message: Message) -> None:
        """PyTorch's gradient mode, and what NumPy noticed while the student's code ran."""
        self.mode_arrived(message)
        note = np.geterrcall()
        noticed = message.get("noticed")
        for event in noticed if isinstance(noticed, list) else []:
            if callable(note) and isinstance(event, list) and len(event) == 2:
                note(stand_ins.text(event[0]), event[1] if type(event[1]) is int else 0)

    # ---- errors ----------------------------------------------------------------------------------------------------

    def error_to(self, error: BaseException) -> Any:
        """An error of the test's own goes to the student's code by name; it comes home as itself."""
        return {"name": type(error).__name__, "text": str(error)[:2000], "home": self.lend(error)}

    def error_from(self, values: Any) -> BaseException:
        """An error of the student's code."""
        home = values.get("home") if isinstance(values, dict) else None
        if home is not None:
            own = self.lent(home)
            if isinstance(own, Exception):
                return own
        return error_from(values, self.sources)

    # ---- a home for objects ------------------------------------------------------------------------------------------

    def abroad(self, value: Any, encode: Encoder) -> Node:
        """PyTorch's objects by value where that is possible; else a name, or a reference."""
        node = tensors.node_of(value, encode) or training.node_of(value, encode)
        if node is not None:
            return node
        torch = tensors.loaded()
        if torch is not None and isinstance(value, torch.nn.Module):
            named = [[name, encode(part)] for name, part in value.named_parameters()]
            return ["layer", self.lend(value), type(value).__name__, bool(value.training), named]
        name = _name_in_a_library(value)
        if name:
            return ["name", name]
        kind = "function" if callable(value) and not hasattr(type(value), "__iter__") else "object"
        return ["ref", kind, self.lend(value), {"name": getattr(value, "__name__", type(value).__name__)}]

    def bring(self, node: list[Any], decode: Decoder) -> Any:
        """Stand-ins, classes by name, and PyTorch's values."""
        if node[0] == "yours":
            return self.lent(node[1])
        if node[0] == "name":
            return _class_by_name(node[1])
        if node[0] == "ref":
            return self._stand_in(*node[1:])
        if node[0] == "view":
            return read_view(decode, node)
        return tensors.bring(node, decode)

    def _stand_in(self, kind: Any, handle: Any, about: Any) -> Any:
        if type(handle) is not int:
            raise WireError("an object has no handle")
        make: Callable[..., Any] = stand_ins.function if kind == "function" else stand_ins.Remote
        if kind == "function" and isinstance(about, dict):
            about = {**about, "name": self._name(about.get("name"))}
        generation = self.generation

        def ask(*values: Any, **settings: Any) -> Any:
            if generation != self.generation:
                raise CodeStopped(ENDED)
            return self.ask(*values, **settings)

        return self.stands_in(make(ask, handle, about), handle)

    def _name(self, name: Any) -> str:
        """A function's name, which goes into messages, so only one of the student's cells: it might be an input."""
        name = stand_ins.text(name)
        named = re.compile(rf"\bdef {re.escape(name)}\b")
        told = name == "<lambda>" or not self.sources or any(map(named.search, self.sources))
        return name if told else "your function"

    def may_hold(self, layer: Any) -> bool:
        """A layer of the test's own stands inside a model as a reference."""
        return True


def _name_in_a_library(value: Any) -> str | None:
    """`numpy:sin` for what every process finds under that name."""
    module, name = getattr(value, "__module__", None), getattr(value, "__qualname__", None)
    if not isinstance(module, str) or module.partition(".")[0] not in LIBRARIES or not isinstance(name, str):
        return None
    found: Any = sys.modules.get(module) or importlib.import_module(module)
    for part in name.split("."):
        found = getattr(found, part, None)
    return f"{module}:{name}" if found is value else None


def _class_by_name(name: Any) -> type:
    module, _, qualname = stand_ins.text(name).partition(":")
    if module == "builtins" and qualname in PLAIN_TYPES:
        return PLAIN_TYPES[qualname]
    torch = tensors.loaded()
    if torch is None:
        raise WireError("a class that is not known here")
    found: type = tensors.layer_class(torch, name)
    return found
