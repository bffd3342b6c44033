"""Ask every item of a library, each within its time, in a process that may be lost.

In: a library that was found. Out: its report. A process that an item ends or never leaves is replaced by a fresh one,
and the next item goes on there. No process and no file is left behind.
"""

from __future__ import annotations

import importlib
import os
import tempfile
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from groundup.library_check.child import Answer, Child
from groundup.library_check.finding import Found
from groundup.library_check.item import Item, Result
from groundup.library_check.library import PACKAGE, package_items
from groundup.library_check.report import Report, legible

ITEMS = "groundup.library_check.items"
PRELOAD = {ITEMS: ["torch", "torch._dynamo"]}
"""What a source of items uses that takes seconds to import: loaded before the clock runs."""
PATIENCE, HURRY = 3, 0.2
"""After so many items without an end, the others get no more than this share of their time."""
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")

Tell = Callable[[int, int, str], None]
"""Called before each item: its number, how many there are, its name."""


class Session:
    """A source of items, and the process in which they are asked. Several libraries may be checked, one by one."""

    def __init__(self, source: str = ITEMS) -> None:
        self.source = source
        self.items: Sequence[Item] = importlib.import_module(source).ITEMS
        self._folder = tempfile.TemporaryDirectory(prefix="groundup-library-", ignore_cleanup_errors=True)
        self._child: Child | None = None

    def __enter__(self) -> Session:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._child:
            self._child.end()
        self._folder.cleanup()

    def check(self, found: Found, names: Collection[str] | None = None, tell: Tell = lambda *_: None) -> Report:
        """Ask all items, or those called `names`, of a library. Raises ChildTroubleError when Python does not start."""
        items = [*package_items(), *(item for item in self.items if names is None or item.name in names)]
        report = Report(found)
        broken: set[str] = set()
        endless = 0
        for number, item in enumerate(items):
            tell(number, len(items), item.name)
            if endless >= PATIENCE:
                item = replace(item, seconds=HURRY * item.seconds)
            answer = self._ask(found, item, broken)
            endless += answer.endless
            if item.group == PACKAGE and answer.outcome != "pass":
                broken.add(item.name.removeprefix(f"{PACKAGE}."))
            report.add(item, Result(item.name, answer.outcome, legible(answer.message), answer.seconds))
            report.note(item, legible(answer.printed), answer.changed)
        report.judge_manners()
        return report

    def _ask(self, found: Found, item: Item, broken: set[str]) -> Answer:
        if self._child is None or not self._child.alive:
            folder = Path(self._folder.name)
            self._child = Child(self.source, PRELOAD.get(self.source, []), folder, _environment(folder))
        return self._child.ask(found, item, broken)


def check_library(found: Found, tell: Tell = lambda *_: None) -> Report:
    """Ask every item of the suite of a library. Raises ChildTroubleError when Python does not start."""
    with Session() as session:
        return session.check(found, tell=tell)


def _environment(folder: Path) -> dict[str, str]:
    """What the process sees: one thread (a fair clock), no windows, and temporary files where they are swept up."""
    data = os.environ.get("GROUNDUP_DATA")
    return {
        **os.environ,
        **dict.fromkeys(THREADS, "1"),
        **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder)),
        **({"GROUNDUP_DATA": str(Path(data).expanduser().resolve())} if data else {}),
        "MPLBACKEND": "agg",
    }
