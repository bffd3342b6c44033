"""The process in which tests run. No line of a student's code is ever executed here.

In: test cells from the engine (control), values of the student's process (channel). Out: for each test an error with
its text, or nothing; and the number its last line gave. That verdict, and only that, decides about points.
"""

from __future__ import annotations

import builtins
import contextlib
import io
import marshal
import os
import random
import signal
import socket
import time
import warnings
from typing import Any

import numpy as np

from groundup.checks.calling import CheckFailed
from groundup.checks.fresh import VARIABLE
from groundup.grading.wire.asking import ENDED, Asking
from groundup.grading.wire.frames import Message, Stream, WireError
from groundup.grading.wire.rebuilt_errors import CodeStopped

LONGEST_MESSAGE = 8000


def prepare() -> None:
    """Nothing is to be made before the fork."""


def serve(control: socket.socket, channel: socket.socket) -> None:
    """Serve until the engine closes `control`."""
    random.seed()
    np.random.seed()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    engine = _Engine(control)
    checker = _Checker(Asking(channel, engine))
    while True:
        try:
            message, buffers = engine.next()
        except WireError:
            return
        except KeyboardInterrupt:  # came too late: the test has ended
            continue
        if message["do"] == "channel":
            checker.link.go_on_with(engine.stream.sockets.pop())
            engine.answer({})
        else:
            engine.answer(checker.do({**message, "code": buffers}))


class _Checker:
    """The tests of one notebook, and the names that the course's own cells make."""

    def __init__(self, link: Asking) -> None:
        self.link = link
        self.namespace: dict[str, Any] = {"__name__": "__main__", "__builtins__": __builtins__}
        self.put_by: dict[str, tuple[int, dict[str, Any]]] = {}
        """For hidden tests: all names as they were where the test stands, and of which process of the student's."""

    def do(self, message: Message) -> Message:
        """Do what the engine asks for; what came out of it."""
        began = time.monotonic()
        if message["do"] == "setup":
            os.environ.pop(VARIABLE, None)
            if message["secret"]:
                os.environ[VARIABLE] = message["secret"]
            self.link.sources = message["sources"]
            found: Message = {}
        elif message["do"] == "shared":
            found = _execute(message["code"], self.namespace, hidden=False)
        elif message["do"] == "fetch":
            found = self._put_by(message)
        else:
            found = self._test(message)
        return {**found, "seconds": time.monotonic() - began}

    def _fetch(self, message: Message) -> None:
        """Put what a test needs of the student's beside the names of the course's cells."""
        needs = tuple(message["needs"])
        for name in needs:
            self.namespace.pop(name, None)
        self.link.begin()
        self.namespace.update(self.link.fetch(needs))

    def _put_by(self, message: Message) -> Message:
        try:
            self._fetch(message)
            self.put_by[message["name"]] = self.link.generation, dict(self.namespace)
        except (Exception, KeyboardInterrupt) as error:
            return _failed(error, "", message["hidden"])
        return {}

    def _test(self, message: Message) -> Message:
        generation, names = self.put_by.get(message["name"], (-1, {}))
        try:
            if generation == self.link.generation:
                self.link.begin()
                self.namespace.update(names)  # in place: what earlier cells defined looks its names up in there
            else:  # a visible test, or the student's process had to be replaced meanwhile
                self._fetch(message)
        except (Exception, KeyboardInterrupt) as error:
            return _failed(error, "", message["hidden"])
        return _execute(message["code"], self.namespace, message["hidden"])


def _execute(code: list[bytes], namespace: dict[str, Any], hidden: bool) -> Message:
    """Run a cell of the course's; an error ends it."""
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            body, *last = (marshal.loads(part) for part in code)
            exec(body, namespace)
            value = eval(last[0], namespace) if last else None
        return {"error": "", "message": "", "value": _number(value), "printed": printed.getvalue()[:LONGEST_MESSAGE]}
    except BaseException as error:
        return _failed(error, printed.getvalue()[:LONGEST_MESSAGE], hidden)


def _failed(error: BaseException, printed: str, hidden: bool) -> Message:
    """What a student may read of a test that failed: the check's own words, or the error's name and text.

    An error in a hidden test that the check did not put in words tells only what a student's code cannot have written
    into it: it might be an input.
    """
    name, said = type(error).__name__, str(error)
    if isinstance(error, CheckFailed):
        return {"error": name, "message": said[:LONGEST_MESSAGE], "value": None, "printed": printed}
    name = name if hasattr(builtins, name) else "StudentError" if name == "CheckFailed" or hidden else name
    if isinstance(error, KeyboardInterrupt):
        said = "no end within the time that a cell has: a loop that never stops?"
    elif hidden and type(error) is not NameError and said != ENDED:
        said = "a hidden test of this exercise stopped here."
    return {"error": name, "message": said[:LONGEST_MESSAGE], "value": None, "printed": printed}


def _number(value: Any) -> float | None:
    """A number as the last line of a check is partial credit; everything else says nothing."""
    # The type and not isinstance: an object of the student's process may claim to be a number.
    if type(value) is bool or not issubclass(type(value), int | float | np.integer | np.floating):
        return None
    return float(value)


class _Engine:
    """The engine's end of `control`: where tests come from, and who looks after the student's process."""

    def __init__(self, control: socket.socket) -> None:
        self.stream = _WithSockets(control)

    def next(self) -> tuple[Message, list[bytes]]:
        """The next thing to do, and the code to do it with."""
        return self.stream.receive()

    def answer(self, message: Message) -> None:
        """What came out of it."""
        self.stream.send({"done": message})

    def interrupt(self) -> None:
        """See Supervisor."""
        self._want("interrupt")

    def replace(self) -> socket.socket:
        """See Supervisor."""
        reply = self._want("replace")
        if not reply.get("ok"):
            raise CodeStopped("the Python process of this code ended again and again; it is not started any more")
        return self.stream.sockets.pop()

    def _want(self, what: str) -> Message:
        self.stream.send({"want": what})
        while True:
            with contextlib.suppress(KeyboardInterrupt):
                return self.stream.receive()[0]


class _WithSockets(Stream):
    """The engine hands over new channels on this stream."""

    def __init__(self, sock: socket.socket) -> None:
        super().__init__(sock)
        self.sockets: list[socket.socket] = []

    def read(self) -> bytes:
        """Bytes, and the sockets that came with them."""
        data, descriptors, _, _ = socket.recv_fds(self.sock, 1 << 20, 4)
        self.sockets += [socket.socket(fileno=descriptor) for descriptor in descriptors]
        return data
