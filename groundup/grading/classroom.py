"""A class of submissions, graded by nbgrader's own autograde.

In: notebooks handed in by students. Out: nbgrader's gradebook, autograded notebooks and feedback in one folder,
and an `Outcome` for each notebook.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.utils import determine_grade, is_grade, is_solution

from groundup.grading.submission import fault
from groundup.lessons.course import Course, CourseError, Lesson
from groundup.lessons.edition import generate, nbgrader_api, nbgrader_config
from groundup.lessons.source import write_notebook
from groundup.selfcheck.reading import grade_id

NO_KERNEL = "Kernel died before replying to kernel_info"
"""Two kernels that start at the same moment may choose the same port; one of them ends. The next start works."""


@dataclass(frozen=True)
class Outcome:
    """What grading one notebook gave."""

    student: str
    lesson: Lesson
    scores: dict[str, float] = field(default_factory=dict)
    """Points by the grade_id of the check; a cell that a person has to read is not in it."""
    messages: dict[str, str] = field(default_factory=dict)
    """What each check said that did not pay all its points."""
    fault: str | None = None
    """Why the notebook was not graded; None when it was."""


class Classroom:
    """A folder with submitted/, autograded/, feedback/ and gradebook.db, as nbgrader_config.py names them."""

    def __init__(self, course: Course, folder: Path) -> None:
        self.course = course
        self.folder = folder.resolve()

    @property
    def gradebook(self) -> Path:
        """nbgrader's database."""
        return self.folder / "gradebook.db"

    @property
    def feedback(self) -> Path:
        """Where the HTML feedback lies, one folder per student."""
        return self.folder / "feedback"

    def students(self) -> set[str]:
        """Everybody who handed something in or stands in the gradebook."""
        submitted = self.folder / "submitted"
        found = {path.name for path in submitted.iterdir()} if submitted.is_dir() else set()
        if self.gradebook.exists():
            with self._open() as gradebook:
                found |= {student.id for student in gradebook.students}
        return found

    def prepare(self) -> None:
        """Enter the assignments into the gradebook; keep the student edition in `release/`."""
        self.folder.mkdir(parents=True, exist_ok=True)
        generate(self.course, self.folder / "release", self._db_url)

    def edition(self, lesson: Lesson) -> Any:
        """The student edition of a lesson, as students get it."""
        return nbformat.read(self.folder / "release" / lesson.week / f"{lesson.name}.ipynb", as_version=4)

    def submitted(self, student: str, lesson: Lesson) -> Path:
        """Where nbgrader looks for what the student handed in."""
        return self.folder / "submitted" / student / lesson.week / f"{lesson.name}.ipynb"

    def hand_in(self, student: str, lesson: Lesson, notebook: Any) -> None:
        """Hand in a notebook, or bytes as they are."""
        path = self.submitted(student, lesson)
        if isinstance(notebook, bytes):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(notebook)
        else:
            write_notebook(notebook, path)

    def grade(self, student: str, lesson: Lesson) -> Outcome:
        """Autograde one notebook of one student. What cannot be graded has a `fault`; nothing is raised for it."""
        reason = fault(self.submitted(student, lesson), lesson)
        if reason:
            return Outcome(student, lesson, fault=reason)
        result = self._api(lesson).autograde(lesson.week, student, force=True, create=True)
        if not result["success"] and NO_KERNEL in result["log"]:
            result = self._api(lesson).autograde(lesson.week, student, force=True, create=True)
        if not result["success"]:
            detail = next((line for line in reversed(result["log"].splitlines()) if "Error" in line), result["error"])
            return Outcome(student, lesson, fault=f"nbgrader could not grade it: {str(detail).strip()}")
        return self._read(student, lesson)

    def give_feedback(self, student: str, week: str) -> Path | None:
        """Make the student's HTML feedback for what was graded; its folder, or None when nothing was."""
        if not (self.folder / "autograded" / student / week).is_dir():
            return None
        result = nbgrader_api(self._config()).generate_feedback(week, student, force=True)
        if not result["success"]:
            raise CourseError(f"nbgrader could not make feedback for {student}: {result['log'].strip()[-300:]}")
        return self.feedback / student / week

    def forget(self, student: str) -> None:
        """Remove a student's submissions and results from the folder (not from the gradebook)."""
        for step in ("submitted", "autograded", "feedback"):
            shutil.rmtree(self.folder / step / student, ignore_errors=True)

    @property
    def _db_url(self) -> str:
        return f"sqlite:///{self.gradebook.as_posix()}"

    def _open(self) -> Any:
        return Gradebook(self._db_url, "groundup")

    def _config(self) -> Any:
        steps = {f"{step}_directory": str(self.folder / step) for step in ("submitted", "autograded", "feedback")}
        return nbgrader_config(self.course, db_url=self._db_url, **steps)

    def _api(self, lesson: Lesson) -> Any:
        config = self._config()
        # One notebook at a time, so that a broken one does not take its neighbors' points.
        config.CourseDirectory.notebook_id = lesson.name
        return nbgrader_api(config)

    def _read(self, student: str, lesson: Lesson) -> Outcome:
        try:
            with self._open() as gradebook:
                grades = gradebook.find_submission_notebook(lesson.name, lesson.week, student).grades
                scores = {grade.name: grade.auto_score for grade in grades if grade.auto_score is not None}
        except MissingEntry:
            return Outcome(student, lesson, fault="nbgrader left no grades for it.")
        path = self.folder / "autograded" / student / lesson.week / f"{lesson.name}.ipynb"
        return Outcome(student, lesson, scores, _messages(nbformat.read(path, as_version=4)))


def _messages(notebook: Any) -> dict[str, str]:
    """The error of each cell that stopped, and what each check printed that paid a part of its points."""
    found = {}
    for cell in notebook.cells:
        outputs = cell.get("outputs", [])
        errors = [output for output in outputs if output.output_type == "error"]
        name = grade_id(cell)
        if errors and name:
            error = errors[0]
            found[name] = error.evalue if error.ename == "CheckFailed" else f"{error.ename}: {error.evalue}"
        elif name and is_grade(cell) and not is_solution(cell) and _paid_in_part(cell):
            found[name] = "".join(output.text for output in outputs if output.output_type == "stream").strip()
    return found


def _paid_in_part(cell: Any) -> bool:
    paid, worth = determine_grade(cell)
    return paid is not None and paid < worth
