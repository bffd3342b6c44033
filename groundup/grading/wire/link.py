"""Requests, answers and callbacks on one channel; both sides are made from `Link`.

A request names an operation and an object of the receiver's; the answer carries a value or an error, and what changed
in the replicas. While a side waits for an answer it serves the requests that come back to it, so a test can hand a
function of its own to the student's code. In: a socket. Out: Python values, or the error that the other side raised.
"""

from __future__ import annotations

import itertools
import socket
from collections.abc import Callable
from typing import Any

import numpy as np

from groundup.grading.wire import frames, tensors
from groundup.grading.wire.decoding import Decoder
from groundup.grading.wire.encoding import Encoder
from groundup.grading.wire.frames import Message, WireError
from groundup.grading.wire.replicas import Replicas
from groundup.grading.wire.values import Node

DEEPEST_CALLS = 40
MOST_HANDLES = 200_000


class Link:
    """One end of a channel: what it has sent, what it has lent out, and how it serves the other end."""

    operations: dict[str, Callable[..., Any]]
    asks_for_itself: bool
    """Whether this side's questions begin a call and the other side's answers end it: then both carry changes.

    Callbacks in the middle of a call carry none: training asks a test's layer thousands of times.
    """

    def __init__(self, channel: socket.socket) -> None:
        self.stream = frames.Stream(channel)
        self.replicas = Replicas()
        self.operations = {}
        self._replicating = False
        self._lent: dict[int, Any] = {}
        self._handles: dict[int, int] = {}
        self._stand_ins: dict[int, tuple[Any, int]] = {}
        self._sent: dict[int, tuple[str, Any]] = {}
        self._received: dict[str, Any] = {}
        self._requests = itertools.count(1)
        self._encoder = Encoder(self)
        self._depth = 0

    # ---- asking and serving ------------------------------------------------------------------------------------------

    def ask(self, operation: str, *values: Any, target: int | None = None, replicate: bool = False) -> Any:
        """Have the other side do something; returns its value or raises its error."""
        number = next(self._requests)
        self._send({"op": operation, "id": number, "target": target}, values, replicate, self.asks_for_itself)
        return self._answer(number)

    def _answer(self, number: int) -> Any:
        while True:
            message, buffers = self.stream.receive()
            if "op" in message:
                self.serve(message, buffers)
                continue
            if message.get("reply") != number:
                raise WireError("an answer to a question that was not asked")
            values = self._open(message, buffers)
            self.answer_arrived(message)
            if message.get("failed"):
                raise self.error_from(values)
            return values

    def serve(self, message: Message, buffers: list[bytes]) -> None:
        """Do what a request asks for, and answer it."""
        number = message.get("id")
        self._depth += 1
        try:
            if self._depth > DEEPEST_CALLS:
                raise WireError("calls go to and fro too deeply")
            operation = self.operations.get(str(message.get("op")))
            if operation is None:
                raise WireError("an unknown request")
            target = message.get("target")
            values = self._open(message, buffers)
            found = self.lent(target) if target is not None else None
            reply, failed = self.perform(operation, found, values, message)
        finally:
            self._depth -= 1
        try:
            self._send({"reply": number, "failed": failed}, reply, False, not self.asks_for_itself)
        except frames.Closed:
            raise
        except Exception as error:  # a value that cannot be handed over, or will not be looked at
            self._send({"reply": number, "failed": True}, self.error_to(RuntimeError(str(error))), False, False)

    def perform(self, operation: Callable[..., Any], target: Any, values: Any, message: Message) -> tuple[Any, bool]:
        """Run an operation; returns what to answer, and whether that is an error."""
        try:
            return operation(target, *values), False
        except WireError:
            raise
        except Exception as error:
            return self.error_to(error), True

    def _send(self, message: Message, values: Any, replicate: bool, with_changes: bool) -> None:
        self._sent, self._replicating = {}, replicate
        encode = self._encoder = Encoder(self)
        try:
            changes = self.replicas.changes(encode) if with_changes else []
            node = encode(values)
        finally:
            self._replicating = False
        self.replicas.settle()
        self.stream.send({**message, **self.mode(), "changes": changes, "values": node}, encode.buffers)

    def _open(self, message: Message, buffers: list[bytes]) -> Any:
        self._received = {}
        decode = Decoder(self, buffers)
        self.replicas.apply(message.get("changes"), decode)
        values = decode(message.get("values"))
        self.replicas.settle()
        return values

    # ---- what both sides have in common (numpy's error state, PyTorch's gradient mode) -------------------------------

    def mode(self) -> Message:
        """Settings of this process that belong to every message."""
        torch = tensors.loaded()
        return {"grad": torch.is_grad_enabled()} if torch is not None else {}

    def mode_arrived(self, message: Message) -> None:
        """Take over settings of the other process."""
        torch = tensors.loaded()
        if torch is not None and isinstance(message.get("grad"), bool):
            torch.set_grad_enabled(message["grad"])

    def answer_arrived(self, message: Message) -> None:
        """What an answer says beside its values. Only the checker follows: the student's code is busy."""

    # ---- errors ------------------------------------------------------------------------------------------------------

    def error_to(self, error: BaseException) -> Any:
        """Plain values that describe an error."""
        raise NotImplementedError

    def error_from(self, values: Any) -> BaseException:
        """The error that plain values describe."""
        raise NotImplementedError

    # ---- a home for objects (see values.Home) ------------------------------------------------------------------------

    def lend(self, value: Any) -> int:
        """A handle under which the other side may use an object that stays here."""
        handle = self._handles.get(id(value))
        if handle is None or self._lent.get(handle) is not value:
            handle = len(self._lent)
            if handle >= MOST_HANDLES:
                raise WireError("too many objects stay behind")
            self._lent[handle], self._handles[id(value)] = value, handle
        return handle

    def lent(self, handle: Any) -> Any:
        """The object of a handle. Raises WireError."""
        if type(handle) is not int or handle not in self._lent:
            raise WireError("an object that was never handed over")
        return self._lent[handle]

    def stands_in(self, stand_in: Any, handle: int) -> Any:
        """Remember that `stand_in` is the other side's object `handle`; returns it."""
        self._stand_ins[id(stand_in)] = (stand_in, handle)
        return stand_in

    def handle_of(self, value: Any) -> int | None:
        """The other side's handle of one of its stand-ins."""
        found = self._stand_ins.get(id(value))
        return found[1] if found is not None and found[0] is value else None

    def known(self, value: Any) -> Node | None:
        """See Home."""
        number = self.replicas.number(value)
        if number is not None:
            return ["same", number]
        handle = self.handle_of(value)
        if handle is not None:
            return ["yours", handle]
        sent = self._sent.get(id(value))
        return ["same", sent[0]] if sent is not None and sent[1] is value else None

    def keep(self, value: Any) -> int | str:
        """See Home."""
        if self._replicating and not isinstance(value, np.generic):
            return self.replicas.add(value)
        name = f"m{len(self._sent)}"
        self._sent[id(value)] = (name, value)
        return name

    def take(self, identity: Any, value: Any) -> None:
        """See Home. A replica's number is taken by the side that trusts the other."""
        if not isinstance(identity, str):
            raise WireError("a value claims to be shared")
        self._received[identity] = value

    def find(self, identity: Any) -> Any:
        """See Home."""
        found: dict[Any, Any] = self._received if isinstance(identity, str) else self.replicas.objects
        if not isinstance(identity, str | int) or identity not in found:
            raise WireError("a value names another one that is not there")
        return found[identity]

    def abroad(self, value: Any, encode: Encoder) -> Node:
        """See Home."""
        raise NotImplementedError

    def bring(self, node: list[Any], decode: Decoder) -> Any:
        """See Home."""
        raise NotImplementedError

    def may_hold(self, layer: Any) -> bool:
        """See Home."""
        raise NotImplementedError
