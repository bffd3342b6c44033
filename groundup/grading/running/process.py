"""One fork and the messages to and from it, with an eye on its time and its memory.

In: a warm process and the kind of fork. Out: messages, or `Stopped` where the process ended or had to be ended.
"""

from __future__ import annotations

import socket
import time
from typing import Literal

from groundup.grading.jobs import Limits
from groundup.grading.running.sandbox import Fork, Warm
from groundup.grading.wire.frames import Closed, Late, Message, Stream, WireError

GRACE_SECONDS = 2.0
"""After an interrupt, before the process is killed."""

WATCH_SECONDS = 0.1
"""How often memory and time are looked at while a cell runs."""

LARGEST_MESSAGE = 16_000_000
"""Bytes that a process may send to the engine at once: many times what a cell's outputs can have."""


class Stopped(Exception):
    """A process ended, or had to be ended, while something was expected of it. The text says why."""


class Process:
    """One fork and the messages to and from it."""

    def __init__(self, warm: Warm, kind: Literal["student", "checker"], channel: socket.socket, limits: Limits) -> None:
        self.fork: Fork = warm.fork(kind, channel)
        self.stream = Stream(self.fork.control, LARGEST_MESSAGE)
        self.limits = limits

    def wait(self, deadline: float, watched: Fork | None = None) -> Message:
        """The next message. Raises Stopped when time is up (after an interrupt was tried), or the process ended."""
        interrupted = False
        while True:
            message = self._message()
            if message is not None:
                return message
            for fork in (self.fork, watched):
                if fork is not None and fork.memory_mb() > 1.25 * self.limits.memory_mb:
                    fork.kill()
            if time.monotonic() > deadline and not interrupted:
                self.fork.interrupt()
                interrupted = True
            elif time.monotonic() > deadline + GRACE_SECONDS:
                self.fork.kill()
                raise Stopped("time")

    def _message(self) -> Message | None:
        """The next message, or None where it has not arrived as a whole: bytes may come one by one."""
        try:
            return self.stream.receive(WATCH_SECONDS)[0]
        except Late:
            return None
        except Closed:
            raise Stopped("died") from None
        except WireError:
            self.fork.kill()
            raise Stopped("died") from None
