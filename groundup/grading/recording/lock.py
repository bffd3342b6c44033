"""One engine at a time: an operating system's lock on a file, which ends with the process that holds it.

In: the path of the lock file. Out: the lock is held, or CourseError says by whom.
"""

from __future__ import annotations

import os
import platform
import sys
from pathlib import Path
from typing import IO

from groundup.lessons.course import CourseError

if sys.platform == "win32":
    import msvcrt

    def _seize(file: IO[str]) -> None:
        file.seek(1 << 20)  # Windows keeps others from reading what is locked; far behind the text nobody reads
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _seize(file: IO[str]) -> None:
        # lockf and not flock: processes forked from this one do not hold the lock on when this one is killed.
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def who() -> str:
    """This process, as a message names it."""
    return f"process {os.getpid()} on {platform.node() or 'this machine'}"


class FileLock:
    """The lock on one file. The file stays behind, and means nothing while nobody holds it."""

    _held: set[Path] = set()  # noqa: RUF012  (shared on purpose: lockf would let one process lock a file twice)

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()
        self._file: IO[str] | None = None

    def acquire(self) -> None:
        """Hold the lock, or raise CourseError that names the process which holds it."""
        if self.path in self._held:
            raise self._taken(who())
        self.path.parent.mkdir(parents=True, exist_ok=True)
        file = self.path.open("a+", encoding="utf-8")
        try:
            _seize(file)
        except OSError:
            file.seek(0)
            holder = file.read(200).strip()
            file.close()
            raise self._taken(holder or "another process") from None
        file.truncate(0)
        file.write(who())
        file.flush()
        self._held.add(self.path)
        self._file = file

    def release(self) -> None:
        """Let the next one have it."""
        if self._file is not None:
            self._file.truncate(0)
            self._file.close()
            self._file = None
            self._held.discard(self.path)

    def _taken(self, holder: str) -> CourseError:
        return CourseError(
            f"Another grading run is writing to this gradebook: {holder} holds {self.path}. "
            "Wait until it has ended, then run this again."
        )
