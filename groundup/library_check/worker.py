"""The process that the library runs in: takes the name of an item on a line, answers with what came of it.

In: lines of JSON on standard input. Out: lines of JSON on what was standard output when the process began; the library
gets other streams, and may flood or close them. When an item has no end, or Python itself crashes, a dump of the stack
takes the place of the answer. `runner` is the other end.
"""

from __future__ import annotations

import faulthandler
import importlib
import json
import os
import sys
import time
import warnings
from pathlib import Path
from typing import Any, TextIO

import numpy as np

from groundup.library_check.faults import asked
from groundup.library_check.item import Item
from groundup.library_check.library import ImportedLibrary, package_items

MEMORY = 6 * 2**30
"""Bytes that the process may take where the system can hold it to that; more is a MemoryError in the library."""


class Streams:
    """The streams of the process: two of its own to the runner, and for the library what can be thrown away."""

    def __init__(self) -> None:
        self.commands = os.fdopen(os.dup(0), "r", encoding="utf-8")
        self.answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
        self._printed = os.dup(2)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115  (it stays open)
        self.renew()

    def renew(self) -> None:
        """Give the library streams that work, whatever it did to the last ones."""
        for number, name in ((1, "stdout"), (2, "stderr")):
            os.dup2(self._printed, number)
            setattr(sys, name, _writer(number))
            setattr(sys, f"__{name}__", getattr(sys, name))

    def end_item(self, mark: str) -> None:
        """Send what is still in the library's streams, and after it a line that says so."""
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except BaseException:  # closed, or replaced by something that is no stream
                continue
        os.write(self._printed, f"\n{mark}\n".encode())

    def answer(self, **data: Any) -> None:
        """A line to the runner."""
        self.answers.write(json.dumps(data) + "\n")
        self.answers.flush()


def _writer(number: int) -> TextIO:
    return open(number, "w", encoding="utf-8", errors="backslashreplace", closefd=False)


class Globals:
    """What all code in a process shares, as it was when an item began."""

    def __init__(self) -> None:
        self.error_state = np.geterr()
        self.numpy_random = np.random.get_state(legacy=False)

    def changes(self) -> list[str]:
        """What has changed since, each put back as it was."""
        now = np.random.get_state(legacy=False)
        changed = {
            "np.seterr": np.geterr() != self.error_state,
            "np.random": repr(now) != repr(self.numpy_random) or _key(now) != _key(self.numpy_random),
        }
        np.seterr(**self.error_state)
        np.random.set_state(self.numpy_random)
        return [name for name, has in changed.items() if has]


def _key(state: Any) -> bytes:
    return bytes(state["state"]["key"])


def serve() -> None:
    """Answer until the runner closes its end."""
    streams = Streams()
    faulthandler.enable(streams.answers)
    _limit_memory()
    setup = json.loads(streams.commands.readline())
    known = {item.name: item for item in [*package_items(), *importlib.import_module(setup["source"]).ITEMS]}
    for module in setup["preload"]:
        importlib.import_module(module)
    sys.dont_write_bytecode = True  # nothing is left behind in the library's folder
    library = ImportedLibrary("", Path())
    streams.answer(ready=True)
    for line in streams.commands:
        command = json.loads(line)
        if (folder := Path(command["folder"])) != library.folder:
            _forget(library)
            library = ImportedLibrary(command["name"], folder)
        library.broken = set(command["broken"])
        _serve_item(streams, known[command["item"]], command["seconds"], library, setup["mark"])


def _serve_item(streams: Streams, item: Item, seconds: float, library: ImportedLibrary, mark: str) -> None:
    streams.renew()
    before, process, start = Globals(), os.getpid(), time.perf_counter()
    faulthandler.dump_traceback_later(seconds, exit=True, file=streams.answers)
    with warnings.catch_warnings():
        warnings.showwarning = _shows(library)
        outcome, message = asked(item, library)
    if os.getpid() != process:  # a copy that the library made of this process
        os._exit(0)
    faulthandler.cancel_dump_traceback_later()
    taken = time.perf_counter() - start
    streams.answer(outcome=outcome, message=message, seconds=round(taken, 3), changed=before.changes())
    streams.end_item(mark)


def _shows(library: ImportedLibrary) -> Any:
    """Python's way to print a warning, for those that come out of the library alone."""

    def show(message: Any, category: Any, file: str, line: int, *_: Any) -> None:
        if Path(file).is_relative_to(library.folder):
            where = Path(file).relative_to(library.folder).as_posix()
            sys.stderr.write(f"{category.__name__}: {message} ({where}, line {line})\n")

    return show


def _forget(library: ImportedLibrary) -> None:
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if name.partition(".")[0] == library.package_name and file and Path(file).is_relative_to(library.folder):
            del sys.modules[name]


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    try:
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    except (ValueError, OSError):  # a lower limit is there already
        return


if __name__ == "__main__":
    serve()
    os._exit(0)  # threads that the library started may never end
