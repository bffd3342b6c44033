"""The process in which a student's code runs: their cells, and calls that the checker asks for.

In: cells from the engine (control), questions from the checker (channel). Out: outputs, answers. Nothing that leaves
this process is trusted by anybody, since the student's code could have changed all of it.
"""

from __future__ import annotations

import random
import select
import signal
import socket
import time
from typing import Any

import numpy as np

from groundup.grading.running.shell import Shell
from groundup.grading.wire.answering import Answering
from groundup.grading.wire.frames import Stream, WireError


def prepare() -> None:
    """Done once in the warm process: make the shell that every student's process inherits."""
    Shell.prepare()


def serve(control: socket.socket, channel: socket.socket) -> None:
    """Serve until the engine closes `control`."""
    random.seed()
    np.random.seed()
    server = _Server(control, channel)
    signal.signal(signal.SIGINT, server.interrupted)
    while True:
        try:
            server.step()
        except KeyboardInterrupt:  # came too late: what it was meant for has ended
            continue
        except WireError:
            return


class _Server:
    def __init__(self, control: socket.socket, channel: socket.socket) -> None:
        self.control = Stream(control)
        self.shell = Shell()
        self.link = Answering(channel, self.shell.namespace)
        self.busy = False

    def interrupted(self, number: int, frame: Any) -> None:
        """An interrupt ends the student's code, never this server."""
        if self.busy:
            raise KeyboardInterrupt

    def step(self) -> None:
        """Serve one request of the engine's or of the checker's."""
        ready, _, _ = select.select([self.control.sock, self.link.stream.sock], [], [])
        if self.control.sock in ready:
            message, _ = self.control.receive()
            self.control.send({"ran": self._run(message)})
        else:
            message, buffers = self.link.stream.receive()
            self.busy = True
            try:
                self.link.serve(message, buffers)
            finally:
                self.busy = False

    def _run(self, message: dict[str, Any]) -> dict[str, Any]:
        began = time.monotonic()
        self.busy = True
        try:
            found = self.shell.run(message["source"], message["output_kb"] * 1024)
        except BaseException as error:
            found = {"outputs": [], "error": type(error).__name__, "message": str(error)[:2000]}
        finally:
            self.busy = False
        return {**found, "seconds": time.monotonic() - began}
