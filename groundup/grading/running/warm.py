"""The warm process: it has imported everything once, and every notebook runs in forks of it that start at once.

In: settings as its one argument, and requests on a socket, `{"fork": "student"}` with the two sockets of the fork.
Out: `{"ok": true, "pid": ...}` with a pidfd, or `{"error": ...}`. It ends when the other end of the socket closes.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import signal
import socket
import struct
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from groundup.grading.jobs import Limits
from groundup.grading.running import limits as limiting
from groundup.grading.running import namespaces

IMPORTS = (
    "numpy", "matplotlib.figure", "matplotlib.pyplot", "matplotlib.font_manager", "matplotlib.backends.backend_agg",
    "IPython.core.interactiveshell", "sklearn.datasets",
    "groundup.checks", "groundup.datasets", "groundup.plots", "groundup.quiz",
)  # fmt: skip
"""What every notebook may need and a fork should not have to import."""
TORCH = ("torch", "torchvision", "torch._dynamo")
"""The last one is imported by the first optimizer of a process, for seconds."""

LONGEST_MESSAGE = 1 << 16

Serve = Callable[[socket.socket, socket.socket], object]


def send(connection: socket.socket, message: dict[str, Any], descriptors: tuple[int, ...] = ()) -> None:
    """Send a message and open files with it."""
    body = json.dumps(message).encode()
    frame = struct.pack(">I", len(body)) + body
    sent = socket.send_fds(connection, [frame], descriptors) if descriptors else 0
    connection.sendall(frame[sent:])


def receive(connection: socket.socket) -> tuple[dict[str, Any], list[int]]:
    """The next message and the open files that came with it. Raises EOFError when the other end is closed."""
    head, descriptors, _, _ = socket.recv_fds(connection, 4, 2)
    for descriptor in descriptors:
        os.set_inheritable(descriptor, False)
    head += _exactly(connection, 4 - len(head)) if head else b""
    if not head:
        raise EOFError("the connection was closed")
    (length,) = struct.unpack(">I", head)
    if length > LONGEST_MESSAGE:
        raise EOFError(f"a message of {length} bytes was announced, and {LONGEST_MESSAGE} is the most there can be")
    message: dict[str, Any] = json.loads(_exactly(connection, length))
    return message, descriptors


def _exactly(connection: socket.socket, count: int) -> bytes:
    parts = bytearray()
    while len(parts) < count:
        part = connection.recv(count - len(parts))
        if not part:
            raise EOFError("the connection was closed in the middle of a message")
        parts += part
    return bytes(parts)


def main() -> None:
    """Import everything, say so, and fork at every request."""
    settings = json.loads(sys.argv[1])
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    for name in settings["imports"]:
        importlib.import_module(name)
    serving: dict[str, Serve] = {}
    for kind, target in settings["serves"].items():
        module, function = target.split(":")
        found = importlib.import_module(module)
        getattr(found, "prepare", lambda: None)()
        serving[kind] = getattr(found, function)
    _require_one_thread()
    gc.collect()
    gc.freeze()
    engine = socket.socket(fileno=settings["requests"])
    send(engine, {"ok": True})
    nursery = Nursery(engine, serving, Limits(**settings["limits"]), isolated=settings["isolated"])
    with contextlib.suppress(EOFError, ConnectionError):
        while True:
            nursery.answer()
    nursery.end()


def _require_one_thread() -> None:
    """A fork has only the thread that forked: locks that others hold would stay locked in it for ever."""
    tasks = Path("/proc/self/task")
    if not tasks.is_dir():
        return
    # matplotlib's timer for a slow font cache ends a moment after it was canceled.
    for _ in range(100):
        if len(list(tasks.iterdir())) == 1:
            return
        time.sleep(0.01)
    sys.exit(f"{len(list(tasks.iterdir()))} threads run after the imports, and forking is safe only with one.")


class Nursery:
    """Makes the forks, and reaps those that have ended."""

    def __init__(self, engine: socket.socket, serving: dict[str, Serve], limits: Limits, *, isolated: bool) -> None:
        self.engine, self.serving, self.limits, self.isolated = engine, serving, limits, isolated
        self.own_uids = isolated and namespaces.own_uids()
        self.children: set[int] = set()

    def answer(self) -> None:
        """Serve one request. Raises EOFError when there will be no more."""
        request, descriptors = receive(self.engine)
        self.children = {pid for pid in self.children if os.waitpid(pid, os.WNOHANG)[0] == 0}
        kind = request.get("fork")
        if kind not in self.serving or len(descriptors) != 2:
            send(self.engine, {"error": f"nothing is known of a fork called {kind!r} with {len(descriptors)} sockets"})
        else:
            self._fork(kind, *descriptors)
        for descriptor in descriptors:
            os.close(descriptor)

    def end(self) -> None:
        """End what still runs. In the sandbox everything dies with this process; elsewhere it has to be told."""
        for pid in self.children:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL) if self.isolated else os.killpg(pid, signal.SIGKILL)

    def _fork(self, kind: str, control: int, channel: int) -> None:
        told, tell = os.pipe()
        if self.isolated:
            namespaces.new_pid_namespace()
        pid = os.fork()
        if pid == 0:
            self._live(kind, control, channel, tell)
        os.close(tell)
        if self.isolated:
            namespaces.same_pid_namespace()
        self.children.add(pid)
        with os.fdopen(told, "rb") as report:
            trouble = report.read().decode(errors="replace")
        if trouble:
            send(self.engine, {"error": trouble})
        elif hasattr(os, "pidfd_open"):
            pidfd = os.pidfd_open(pid)
            send(self.engine, {"ok": True, "pid": pid}, (pidfd,))
            os.close(pidfd)
        else:
            send(self.engine, {"ok": True, "pid": pid})

    def _live(self, kind: str, control: int, channel: int, tell: int) -> NoReturn:
        """All that a fork does. It never returns into the loop of the warm process."""
        status = 1
        try:
            signal.signal(signal.SIGINT, signal.default_int_handler)
            try:
                limiting.close_all_but((control, channel, tell))
                self._isolate(kind)
            except BaseException:
                os.write(tell, traceback.format_exc(limit=-1).strip().splitlines()[-1].encode())
                raise
            os.close(tell)
            self.serving[kind](socket.socket(fileno=control), socket.socket(fileno=channel))
            status = 0
        finally:
            os._exit(status)

    def _isolate(self, kind: str) -> None:
        if self.isolated:
            namespaces.enter(self.limits, namespaces.UIDS[kind] if self.own_uids else None)
            return
        os.setsid()
        folder = Path(os.environ["HOME"]) / str(os.getpid())
        folder.mkdir(mode=0o700)
        os.chdir(folder)
        limiting.apply_limits(self.limits, alone=False)
        if sys.platform == "linux":
            namespaces.prctl(namespaces.DIE_WITH_PARENT, signal.SIGKILL)
            # Nothing else keeps the student's process from looking into the checker's.
            namespaces.prctl(namespaces.DUMPABLE, int(kind != "checker"))


if __name__ == "__main__":
    main()
