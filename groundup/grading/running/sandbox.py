"""Forks of a warm process, each shut into a sandbox of its own, as the engine sees them.

In: whether PyTorch is needed, limits, and for each fork the socket on which it talks. Out: a `Fork` that can be
interrupted, killed and measured.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Literal

import groundup
from groundup.grading.jobs import Limits
from groundup.grading.running import namespaces, warm
from groundup.lessons.course import CourseError

log = logging.getLogger(__name__)

START_SECONDS = 180.0
"""PyTorch that was never imported before takes its time on a slow disk."""
ANSWER_SECONDS = 60.0
MEGABYTE = 1 << 20

NO_FORK = "Grading needs Linux, macOS or, on Windows, WSL 2: it is built on processes that fork."
NOT_LINUX = "The sandbox needs Linux (on Windows: WSL 2)."
NO_BWRAP = "bubblewrap is not installed, and the sandbox is made with it: sudo apt install bubblewrap."


class SandboxError(CourseError):
    """The process that notebooks run in could not be made. The text says why, and what to do."""


class Fork:
    """A process that was forked for one notebook."""

    def __init__(self, control: socket.socket, *, pidfd: int = -1, pid: int = -1, group: bool = False) -> None:
        """`group`: it runs outside a sandbox, and is killed together with its process group."""
        self.control, self.pidfd, self._group = control, pidfd, group
        self._pid = pid
        self._cpu = 0.0

    def interrupt(self) -> None:
        """Raise KeyboardInterrupt in it, as far as it lets that happen."""
        self._signal(signal.SIGINT)

    def kill(self) -> None:
        """End it, and in the sandbox everything it ever started: they cannot outlive the first process in there."""
        if self._group and (pid := self.pid) > 0:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(pid, signal.SIGKILL)
        self._signal(signal.SIGKILL)

    def alive(self) -> bool:
        """Whether it has not ended yet."""
        if self.pidfd >= 0:
            return not select.select([self.pidfd], [], [], 0)[0]
        if self.control.fileno() < 0:
            return False
        try:
            return self.control.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) != b""
        except BlockingIOError:
            return True
        except OSError:
            return False

    def close(self) -> None:
        """Kill it, and close what the engine holds of it. Once is enough, and twice does no harm."""
        if self.control.fileno() >= 0:
            self.cpu_seconds()
            self.kill()
        self.control.close()
        if self.pidfd >= 0:
            os.close(self.pidfd)
            self.pidfd = -1
        self._pid = -1

    @property
    def pid(self) -> int:
        """Its process id as this process sees it; -1 once it is gone."""
        if self.pidfd < 0:
            return self._pid
        lines = Path(f"/proc/self/fdinfo/{self.pidfd}").read_text(encoding="utf-8").splitlines()
        return next((int(line.split()[1]) for line in lines if line.startswith("Pid:")), -1)

    def memory_mb(self) -> int:
        """Resident memory of its processes together. What they share with the warm process counts for each.

        0 where the system has no /proc (macOS).
        """
        pages = sum(int(text.split()[1]) for text in self._read("statm"))
        return pages * os.sysconf("SC_PAGE_SIZE") // MEGABYTE

    def cpu_seconds(self) -> float:
        """CPU time of its processes together, so far; after its end, what was seen last. 0 where there is no /proc."""
        # The name, second in the line, may contain anything; after its closing bracket, times are fields 11 to 14.
        times = [text.rpartition(")")[2].split()[11:15] for text in self._read("stat")]
        ticks = sum(int(time) for four in times for time in four)
        self._cpu = max(self._cpu, ticks / os.sysconf("SC_CLK_TCK"))
        return self._cpu

    def _signal(self, number: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            if self.pidfd >= 0:
                signal.pidfd_send_signal(self.pidfd, number)
            elif self._pid > 0 and self.alive():
                os.kill(self._pid, number)

    def _read(self, name: str) -> list[str]:
        """One file of /proc for each process of the fork; those that end meanwhile are passed over."""
        pids = [self.pid] if self.pid > 0 else []
        texts = []
        for pid in pids:  # the list grows while it is walked
            folder = Path("/proc") / str(pid)
            with contextlib.suppress(OSError):
                texts.append((folder / name).read_text(encoding="utf-8", errors="replace"))
                for task in (folder / "task").iterdir():
                    pids += map(int, (task / "children").read_text(encoding="utf-8").split())
        return texts


class Warm:
    """A process that has imported everything, and makes a fork of itself in a few milliseconds.

    Threads may share it. Where it has died, the next fork starts another one; `starts` counts them.
    """

    serves: ClassVar[Mapping[str, str]] = {
        "student": "groundup.grading.running.student:serve",
        "checker": "groundup.grading.running.checker:serve",
    }
    """What a kind of fork calls, as `module:function`; nothing else is ever called."""
    imports: ClassVar[tuple[str, ...]] = warm.IMPORTS
    packages: ClassVar[tuple[Path, ...]] = (Path(groundup.__file__).parent,)
    """Packages that lie outside the environment, and are shown in the sandbox."""

    def __init__(self, *, torch: bool, limits: Limits, isolated: bool = True) -> None:
        """Start the process, and wait until it is ready. Raises SandboxError."""
        self.torch, self.limits, self.isolated = torch, limits, isolated
        if not hasattr(os, "fork"):
            raise SandboxError(NO_FORK)
        self.starts = 0
        self._lock = threading.Lock()
        self._home = tempfile.TemporaryDirectory(prefix="groundup-")
        try:
            self._start()
        except BaseException:
            self._home.cleanup()
            raise

    def fork(self, kind: Literal["student", "checker"], channel: socket.socket) -> Fork:
        """A new process that serves `channel`. It owns that end from now on: here it is closed. Raises SandboxError."""
        with channel, self._lock:
            try:
                return self._fork(kind, channel)
            except (OSError, EOFError):
                words = self._stop()
                log.warning("The process that notebooks run in had ended, and a new one was started. %s", words)
                self._start()
                try:
                    return self._fork(kind, channel)
                except (OSError, EOFError) as error:
                    raise SandboxError(
                        f"The process that notebooks run in ends at each fork. {self._stop()}"
                    ) from error

    def alive(self) -> bool:
        """Whether the process has not ended yet. Its forks end with it, through no fault of theirs."""
        return self._process.poll() is None

    def close(self) -> None:
        """End the process and all its forks."""
        self._stop()
        self._home.cleanup()

    def __enter__(self) -> Warm:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _fork(self, kind: str, channel: socket.socket) -> Fork:
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                warm.send(self._requests, {"fork": kind}, (theirs.fileno(), channel.fileno()))
                answer, descriptors = warm.receive(self._requests)
                if "error" in answer:
                    raise SandboxError(f"A process for the notebook could not be started: {answer['error']}.")
            except BaseException:
                ours.close()
                raise
        if descriptors:
            return Fork(ours, pidfd=descriptors[0], group=not self.isolated)
        return Fork(ours, pid=int(answer["pid"]), group=not self.isolated)

    def _start(self) -> None:
        self.starts += 1
        self._requests, theirs = socket.socketpair()
        self._stderr = tempfile.TemporaryFile()  # noqa: SIM115, closed by _stop
        if self.isolated:
            surroundings = namespaces.environment("/tmp", [namespaces.PACKAGES])
        else:
            surroundings = namespaces.environment(self._home.name, [path.parent for path in self.packages])
        try:
            with theirs:
                self._process = subprocess.Popen(
                    self._command(theirs.fileno()),
                    env=surroundings,
                    pass_fds=(theirs.fileno(),), start_new_session=True,
                    stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=self._stderr,
                )  # fmt: skip
        except (OSError, CourseError) as error:
            self._requests.close()
            self._stderr.close()
            raise SandboxError(f"The process that notebooks run in cannot be started: {error}") from error
        try:
            self._requests.settimeout(START_SECONDS)
            warm.receive(self._requests)
            self._requests.settimeout(ANSWER_SECONDS)
        except (OSError, EOFError) as error:
            late = f"It was not ready after {START_SECONDS:.0f} seconds. " if isinstance(error, TimeoutError) else ""
            raise SandboxError(f"The process that notebooks run in did not start. {late}{self._stop()}") from error
        except BaseException:
            self._stop()
            raise

    def _command(self, requests: int) -> list[str]:
        settings = {
            "requests": requests,
            "imports": [*self.imports, *(warm.TORCH if self.torch else ())],
            "serves": dict(self.serves),
            "limits": asdict(self.limits),
            "isolated": self.isolated,
        }
        # -P: no module is looked for in the working folder; -s: nor in the home folder; -B: nothing is written.
        command = [sys.executable, "-P", "-s", "-B", "-m", "groundup.grading.running.warm", json.dumps(settings)]
        if not self.isolated:
            return command
        if sys.platform != "linux":
            raise SandboxError(NOT_LINUX)
        bwrap = shutil.which("bwrap")
        if bwrap is None:
            raise SandboxError(NO_BWRAP)
        return namespaces.box(bwrap, self.packages, command)

    def _stop(self) -> str:
        """End the process; what it wrote last, as a sentence."""
        if self._stderr.closed:
            return ""
        self._requests.close()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            # Of a box, its first process has to be killed: the one that was started here only waits for it.
            pid = self._process.pid
            with contextlib.suppress(OSError):
                for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split():
                    os.kill(int(child), signal.SIGKILL)
            self._process.kill()
            self._process.wait()
        with self._stderr as written:
            written.seek(max(0, written.seek(0, os.SEEK_END) - 4096))
            lines = written.read().decode(errors="replace").strip().splitlines()
        return f"Its last words: {lines[-1].strip()}" if lines else "It said nothing."
