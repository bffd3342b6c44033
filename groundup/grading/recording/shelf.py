"""The files of a run: autograded notebooks as nbgrader names them, and faults in a folder of their own.

In: a `Graded` and the graded notebook. Out: autograded/STUDENT/WEEK/LESSON.ipynb, faults/STUDENT/WEEK/LESSON.json.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from groundup.grading.jobs import Graded
from groundup.lessons.course import CourseError
from groundup.selfcheck.healing import is_answer
from groundup.selfcheck.reading import grade_id, source

KEY = "groundup"
"""Where the `Graded` stands in a notebook's metadata."""
NAME = re.compile(r"(?!\.)[A-Za-z0-9_.-]{1,128}")


class Shelf:
    """What was written for each notebook. Faults lie beside autograded/: nbgrader hands out all that lies in it."""

    def __init__(self, autograded: Path) -> None:
        self.autograded = autograded.resolve()
        self.faults = self.autograded.parent / "faults"
        self._partial = self.autograded.parent / "recording.partial"  # one writer, so one name is enough

    def put(self, graded: Graded, text: str) -> None:
        """Keep the graded notebook, whole or not at all; an older fault of it is over."""
        self._replace(self._notebook(graded.student, graded.week, graded.lesson), text)
        self.forget_fault(graded.student, graded.week, graded.lesson)

    def put_fault(self, graded: Graded) -> None:
        """Keep the fault; the notebook that was graded before stays."""
        self._replace(self._fault(graded.student, graded.week, graded.lesson), json.dumps(asdict(graded), indent=1))

    def forget_fault(self, student: str, week: str, lesson: str) -> None:
        """The notebook is graded now."""
        self._fault(student, week, lesson).unlink(missing_ok=True)

    def find(self, student: str, week: str, lesson: str) -> Graded | None:
        """What stands in the graded notebook; None where there is none that this engine wrote."""
        metadata = _read(self._notebook(student, week, lesson)).get("metadata")
        record = metadata.get(KEY) if isinstance(metadata, dict) else None
        return _graded(record, student, week, lesson)

    def answers(self, student: str, week: str, lesson: str) -> dict[str, str]:
        """The text of every answer cell of a graded notebook, by its grade_id."""
        cells = _read(self._notebook(student, week, lesson)).get("cells", [])
        return {name: source(cell) for cell in cells if (name := grade_id(cell)) and is_answer(cell)}

    def graded(self, week: str) -> Iterator[Graded]:
        """All graded notebooks of a week, by student and lesson."""
        for path in sorted(self.autograded.glob(f"*/{check_name(week)}/*.ipynb")):
            found = self.find(path.parent.parent.name, week, path.stem) if _may_be(path) else None
            if found:
                yield found

    def faulty(self, week: str) -> Iterator[Graded]:
        """All notebooks of a week whose newest file could not be graded."""
        for path in sorted(self.faults.glob(f"*/{check_name(week)}/*.json")):
            found = _graded(_read(path), path.parent.parent.name, week, path.stem)
            if found:
                yield found

    def _notebook(self, student: str, week: str, lesson: str) -> Path:
        return self.autograded / check_name(student) / check_name(week) / f"{check_name(lesson)}.ipynb"

    def _fault(self, student: str, week: str, lesson: str) -> Path:
        return self.faults / check_name(student) / check_name(week) / f"{check_name(lesson)}.json"

    def _replace(self, path: Path, text: str) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._partial.write_text(text, encoding="utf-8", newline="\n")
            os.replace(self._partial, path)  # noqa: PTH105  (the name says that it is atomic and replaces)
        except OSError as error:
            raise CourseError(
                f"{path} cannot be written: {error.strerror}. Nothing is lost: make room or give yourself the right to "
                "write there, and run this again; it grades that notebook anew."
            ) from None


def check_name(name: str) -> str:
    """The name, if it may be that of a folder. What students hand in under other names is refused."""
    if not NAME.fullmatch(name):
        raise CourseError(
            f"{name[:60]!r} cannot be the name of a student, a week or a lesson: it may have up to 128 letters, "
            "digits and _ . - and must not begin with a dot. Rename its folder in submitted/."
        )
    return name


def as_text(graded: Graded, notebook: dict[str, Any]) -> str:
    """The notebook as a file of format 4, with the `Graded` in its metadata."""
    if notebook.get("nbformat") != 4 or not isinstance(notebook.get("cells"), list):
        raise CourseError(
            f"What was graded for {graded.student}, {graded.week}/{graded.lesson}, is no notebook of format 4. "
            "Nothing was recorded for it."
        )
    metadata = {**notebook.get("metadata", {}), KEY: asdict(graded)}
    try:
        return json.dumps({**notebook, "metadata": metadata}, allow_nan=False) + "\n"
    except (TypeError, ValueError) as error:
        raise CourseError(
            f"The graded notebook of {graded.student}, {graded.week}/{graded.lesson}, cannot be written as JSON "
            f"({error}). Nothing was recorded for it."
        ) from None


def _may_be(path: Path) -> bool:
    return all(NAME.fullmatch(name) for name in (path.parent.parent.name, path.stem))


def _read(path: Path) -> dict[str, Any]:
    """The JSON object in a file; empty where there is none, and then the notebook is graded again."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _graded(record: Any, student: str, week: str, lesson: str) -> Graded | None:
    """The record, if it is one of this engine and of this notebook: nbgrader copies metadata that students write."""
    try:
        found = Graded(**record)
    except TypeError:
        return None
    return found if (found.student, found.week, found.lesson) == (student, week, lesson) else None
