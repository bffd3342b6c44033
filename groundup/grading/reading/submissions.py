"""What lies in grading/submitted/: a `Place` for each notebook, which reads its bytes and nothing more.

In: a folder laid out as STUDENT/WEEK/LESSON.ipynb, which anybody may have filled. Out: places in order, and a
`Submission` of each when it is wanted, since a class may be larger than memory; a file that is none has a `fault`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from dateutil.parser import ParserError, parse

from groundup.grading.recording.shelf import NAME
from groundup.lessons.course import CourseError, Lesson
from groundup.selfcheck.reading import UnreadableNotebookError, read_bytes


@dataclass(frozen=True)
class Submission:
    """One notebook as it was handed in."""

    student: str
    week: str
    lesson: str
    raw: bytes = b""
    submitted_at: str | None = None
    """ISO 8601 in UTC, from nbgrader's timestamp.txt beside the notebook."""
    fault: str | None = None

    @property
    def name(self) -> str:
        """The file's name."""
        return f"{self.lesson}.ipynb"

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes."""
        return hashlib.sha256(self.raw).hexdigest()


@dataclass(frozen=True)
class Place:
    """Where a notebook lies that was handed in."""

    path: Path
    student: str
    week: str
    lesson: str

    def read(self) -> Submission:
        """What lies there now."""
        return _read(self.path, self.student, self.week, self.lesson)


def submissions(folder: Path, lessons: Iterable[Lesson], students: list[str] | None = None) -> list[Place]:
    """Everything handed in to `folder` for these lessons, by student; with `students`, only theirs.

    Raises CourseError when one of `students` handed in nothing.
    """
    week_of = {lesson.name: lesson.week for lesson in lessons}
    names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    unknown = sorted(set(students or ()) - set(names))
    if unknown:
        raise CourseError(f"Nothing was handed in by {', '.join(unknown)}: {folder} has no folder of that name.")
    found = []
    for student in names if students is None else sorted(set(students)):
        for lesson, week in week_of.items():
            path = folder / student / week / f"{lesson}.ipynb"
            if path.exists() or path.is_symlink():
                found.append(Place(path, student, week, lesson))
    return found


def _read(path: Path, student: str, week: str, lesson: str) -> Submission:
    if not NAME.fullmatch(student):
        return Submission(student, week, lesson, fault=f"The folder {student!r} has a name that no student can have.")
    if path.parent.is_symlink() or path.parent.parent.is_symlink():
        return Submission(student, week, lesson, fault=f"{path.name} lies behind a link, which is not followed.")
    try:
        raw = read_bytes(path)
    except UnreadableNotebookError as error:
        return Submission(student, week, lesson, fault=str(error))
    return Submission(student, week, lesson, raw, _submitted_at(path.parent / "timestamp.txt"))


def _submitted_at(path: Path) -> str | None:
    """The time in nbgrader's file; None where there is none, or where it says something else."""
    try:
        moment = parse(read_bytes(path)[:200].decode("utf-8", errors="replace").strip())
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (UnreadableNotebookError, ParserError, OverflowError, ValueError):
        return None
    return moment.isoformat() if moment.year >= 1990 else None
