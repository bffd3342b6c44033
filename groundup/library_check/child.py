"""The runner's end of the process that the library runs in (`worker`): starts it, asks it, buries it.

In: a library and an item. Out: an answer, whatever happens to the process; where it died, the answer says of what.
"""

from __future__ import annotations

import ast
import json
import os
import queue
import re
import secrets
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from groundup.library_check.faults import place
from groundup.library_check.finding import Found
from groundup.library_check.item import Item, Outcome

STARTS_WITHIN = 120.0
GRACE = 5.0
"""Seconds beyond an item's own after which the process is ended from outside."""
KEPT = 2_000
"""Bytes of what an item prints that are kept."""
if sys.platform == "win32":
    NEW_GROUP = subprocess.CREATE_NEW_PROCESS_GROUP
else:
    NEW_GROUP = 0
STACK = re.compile(r'^  File "(.+)", line (\d+) in (\S+)', re.M)
"""A line of a stack as faulthandler writes it."""


class ChildTroubleError(Exception):
    """The process for the library could not be started; the text says why and what to do."""


@dataclass(frozen=True)
class Answer:
    """What came of one item."""

    outcome: Outcome
    message: str
    seconds: float
    changed: tuple[str, ...] = ()
    """What it changed that all code in a process shares: `np.random`."""
    printed: str = ""
    """The beginning of what it printed."""
    endless: bool = False


class Child:
    """A process for the library. `alive` is False once an item has ended it."""

    def __init__(self, source: str, preload: list[str], folder: Path, environment: dict[str, str]) -> None:
        self.alive = True
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "groundup.library_check.worker"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=folder, env=environment,
            start_new_session=True,  # Ctrl-C reaches the runner alone, which then ends the process
            creationflags=NEW_GROUP,
        )  # fmt: skip
        assert self._process.stdin and self._process.stdout and self._process.stderr
        self._mark = secrets.token_hex(8)
        self._lines: queue.Queue[bytes] = queue.Queue()
        self._printed: queue.Queue[bytes] = queue.Queue()
        self._follow(self._read_answers, self._process.stdout)
        self._follow(self._read_printed, self._process.stderr)
        try:
            self._send(source=source, preload=preload, mark=self._mark)
            ready, last_words = self._answer(STARTS_WITHIN)
        except BaseException:
            self.end()
            raise
        if not ready:
            why = (last_words or self._text(self.end())).strip().splitlines()
            raise ChildTroubleError(
                f"Python could not be started for the library ({why[-1] if why else 'no answer'}). "
                "Close what uses much memory, and try again."
            )

    def ask(self, found: Found, item: Item, broken: set[str]) -> Answer:
        """Ask one item. An item that ends the process, or does not come to an end, is a failed one."""
        start = time.perf_counter()
        self._send(
            name=found.name, folder=str(found.folder), item=item.name, seconds=item.seconds, broken=sorted(broken)
        )
        answer, last_words = self._answer(item.seconds + GRACE)
        if answer:
            printed = self._text(self._printed.get())
            return Answer(answer["outcome"], answer["message"], answer["seconds"], tuple(answer["changed"]), printed)
        printed = self._text(self.end())
        endless = "Timeout (" in last_words
        message = self._why(found, item, last_words, endless)
        return Answer("fail", message, round(time.perf_counter() - start, 3), printed=printed, endless=endless)

    def end(self) -> bytes:
        """End the process with all that it started; returns what it printed at last."""
        self.alive = False
        if sys.platform == "win32":
            subprocess.run(["taskkill", "/F", "/T", "/PID", str(self._process.pid)], capture_output=True, check=False)
        else:
            try:
                os.killpg(self._process.pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):  # already gone; macOS says the latter
                self._process.kill()
        self._process.wait()
        try:
            return self._printed.get(timeout=GRACE)
        except queue.Empty:
            return b""

    def _send(self, **data: Any) -> None:
        assert self._process.stdin
        try:
            self._process.stdin.write(json.dumps(data).encode() + b"\n")
            self._process.stdin.flush()
        except OSError:  # it has ended; that there is no answer says so
            return

    def _answer(self, seconds: float) -> tuple[dict[str, Any] | None, str]:
        """The next answer. None, and what the process wrote in its place, when it ended or the time is over."""
        deadline = time.monotonic() + seconds
        last_words = b""
        while time.monotonic() < deadline:
            try:
                line = self._lines.get(timeout=0.1)  # short: on Windows, Ctrl-C waits until it is over
            except queue.Empty:
                continue
            if line.startswith(b"{"):
                return json.loads(line), ""
            if not line:
                with suppress(subprocess.TimeoutExpired):  # it ends by itself: its own exit code tells why
                    self._process.wait(timeout=1)
                return None, last_words.decode(errors="replace")
            last_words += line
        return None, "Timeout (from outside)"

    def _why(self, found: Found, item: Item, last_words: str, endless: bool) -> str:
        where = _where(found.folder, last_words)
        if endless:
            return f"No end within {item.seconds:g} s{where}. A loop that never stops, or far too slow?"
        if "Fatal Python error" in last_words:
            fault = last_words.partition("Fatal Python error: ")[2].splitlines()[0]
            return f"Python itself crashed{where}: {fault}."
        code = self._process.returncode
        cause = f"exit code {code}: `os._exit`?" if code >= 0 else f"signal {-code}: too much memory?"
        return f"The library ended Python itself ({cause})"

    def _follow(self, read: Any, pipe: IO[bytes]) -> None:
        threading.Thread(target=read, args=(pipe,), daemon=True).start()

    def _read_answers(self, pipe: IO[bytes]) -> None:
        for line in pipe:
            self._lines.put(line)
        self._lines.put(b"")

    def _read_printed(self, pipe: IO[bytes]) -> None:
        kept = b""
        for line in iter(lambda: pipe.readline(KEPT), b""):
            if line.strip() == self._mark.encode():
                self._printed.put(kept)
                kept = b""
            elif len(kept) < KEPT:
                kept += line
        self._printed.put(kept)

    @staticmethod
    def _text(printed: bytes) -> str:
        # The line end before the mark is the worker's own.
        return printed.decode(errors="replace").replace("\r\n", "\n").removesuffix("\n")


def _where(folder: Path, stack: str) -> str:
    """Where in the library a stack of faulthandler stands, innermost first; empty when it is nowhere in it."""
    # faulthandler writes what is not ASCII as \xNN, and a file's name is all that is needed after the folder.
    start = str(folder).encode("ascii", "backslashreplace").decode()
    for file, line, function in STACK.findall(stack):
        if file.startswith(start):
            path = folder / file[len(start) :].lstrip("/\\")
            return f", in {_with_class(path, int(line), function)} {place(folder, str(path), int(line))}"
    return ""


def _with_class(path: Path, line: int, function: str) -> str:
    """`Dense.forward` for the function of that name around the line: the stack has no classes."""
    try:
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    except (OSError, ValueError, SyntaxError):
        return function
    around = [n.name for n in nodes if isinstance(n, ast.ClassDef) and n.lineno <= line <= (n.end_lineno or 0)]
    return ".".join([*around, function]) if function != "<module>" else f"the import of {path.name}"
