"""`groundup-warm`: kernels that start at once, for JupyterLab, nbclient, nbgrader: all that starts kernels.

In: the command of a kernel. Out: the kernel, a fork of a process that has imported what takes a kernel its time. Chosen
with JUPYTER_DEFAULT_PROVISIONER_NAME=groundup-warm; each program that starts kernels has one such process of its own.

This is no sandbox. It makes kernels quick, not safe: use it for your own notebooks, never for those of strangers.
It needs Linux. Elsewhere, and for kernels that are not this Python's, it starts the kernel as Jupyter always does.
"""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import logging
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, ClassVar

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from groundup.grading.nbgrader_parts.warm_kernels import LAUNCHER
from groundup.grading.running.warm import receive, send

log = logging.getLogger(__name__)

START_SECONDS = 60.0
ANSWER_SECONDS = 10.0
WORDS = {"env", "cwd", "kernel_id", "extra_arguments"}
"""What a warm kernel can be told; a kernel that is to be started with anything else is started as always."""

READ_ONCE = ("PYTHON", "LD_", "OMP_", "OPENBLAS_", "MKL_", "MPLCONFIGDIR", "TZ", "LC_", "LANG")
"""Variables that Python and libraries read when they start: a fork cannot be told another value."""


class WarmProvisioner(LocalProvisioner):
    """Starts a kernel as a fork where that gives the same kernel, and as a process of its own elsewhere."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Called by jupyter_client to start the kernel."""
        arguments = _arguments(cmd, kwargs)
        kernel = None if arguments is None else await asyncio.to_thread(_Nursery.kernel, arguments, kwargs)
        if kernel is None:
            return await super().launch_kernel(cmd, **kwargs)
        self.process = kernel  # type: ignore[assignment]  # it answers to what LocalProvisioner asks of a Popen
        self.pid, self.pgid = kernel.pid, None
        self.cwd = kwargs.get("cwd") or Path.cwd()
        return self.connection_info


def _arguments(cmd: list[str], kwargs: dict[str, Any]) -> list[str] | None:
    """The arguments of a kernel that a fork can be; None for every other kernel."""
    if sys.platform != "linux" or not hasattr(os, "pidfd_open") or set(kwargs) - WORDS:
        return None
    same_python = Path(cmd[0]) == Path(sys.executable) and cmd[1:3] == ["-m", LAUNCHER]
    environment = kwargs.get("env") or os.environ
    return cmd[3:] if same_python and _for_python(environment) == _for_python(os.environ) else None


def _for_python(environment: Any) -> dict[str, str]:
    return {name: value for name, value in environment.items() if name.startswith(READ_ONCE)}


class _Kernel:
    """A forked kernel, with what jupyter_client uses of subprocess.Popen. How it ended is not known: it gives 0."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int, pidfd: int) -> None:
        self.pid, self._pidfd = pid, pidfd

    def poll(self) -> int | None:
        """None as long as it runs."""
        return 0 if select.select([self._pidfd], [], [], 0)[0] else None

    def wait(self) -> int:
        """Wait for its end."""
        select.select([self._pidfd], [], [])
        return 0

    def send_signal(self, number: int) -> None:
        """Signal it and what it started, as long as it runs: later its number may be another's."""
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.pid, number)

    def kill(self) -> None:
        """End it, whatever it does."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def __del__(self) -> None:
        os.close(self._pidfd)


class _Nursery:
    """This program's warm process; started for the first kernel, and anew where it has ended."""

    _requests: ClassVar[socket.socket | None] = None
    _lock: ClassVar[threading.Lock] = threading.Lock()

    @classmethod
    def kernel(cls, arguments: list[str], kwargs: dict[str, Any]) -> _Kernel | None:
        """A new kernel; None where the warm process cannot make one, whatever the reason."""
        environment = dict(kwargs.get("env") or os.environ)
        folder = str(kwargs.get("cwd") or Path.cwd())
        request = {"arguments": arguments, "folder": folder, "environment": environment}
        with cls._lock:
            for _ in range(2):
                try:
                    if cls._requests is None:
                        cls._requests = _start()
                    send(cls._requests, request)
                    answer, [pidfd] = receive(cls._requests)
                    return _Kernel(int(answer["pid"]), pidfd)
                except (OSError, EOFError, ValueError) as error:
                    log.warning("A warm kernel could not be had: %s", error)
                    if cls._requests is not None:
                        cls._requests.close()
                        cls._requests = None
        return None


def _start() -> socket.socket:
    """Start a warm process, and wait until it is ready. It ends when this program does."""
    requests, theirs = socket.socketpair()
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-m", "groundup.grading.nbgrader_parts.warm_kernels", str(theirs.fileno())],
            cwd=sys.prefix,  # no module is looked for in the working folder
            pass_fds=(theirs.fileno(),), start_new_session=True, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    atexit.register(_bury, process, requests)
    try:
        requests.settimeout(START_SECONDS)
        receive(requests)
        requests.settimeout(ANSWER_SECONDS)
    except BaseException:
        requests.close()
        raise
    return requests


def _bury(process: subprocess.Popen[bytes], requests: socket.socket) -> None:
    requests.close()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(timeout=1)
