"""What the tests of recording share: a course of two lessons with a written answer, and graded notebooks of it."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
from conftest import _marks, write_tiny_course
from nbgrader.api import Gradebook

from groundup.grading.jobs import Graded
from groundup.grading.proof.filling import fill
from groundup.grading.recording import Recorder
from groundup.lessons.course import Course
from groundup.lessons.edition import nbgrader_api, nbgrader_config

WEEK, LESSON, SISTER = "week00", "01_tiny", "02_tiny"
RIGHT = {"double": "def double(x):\n    return 2 * x", "double-why": "Because it is twice x."}
FULL = {"double-check": 1.0, "double-hidden": 2.0}
ESSAY = f"""
# %% [markdown] {_marks(True, "double-why", True, "3").replace('"locked": true', '"locked": false')}
# *Why is it called double?*
"""


def write_course(root: Path) -> Course:
    """A week of two lessons, each with an exercise and a written answer."""
    course = write_tiny_course(root)
    first = course.lessons()[0].source
    first.write_text(first.read_text(encoding="utf-8") + ESSAY, encoding="utf-8")
    shutil.copy(first, first.with_name(f"{SISTER}.py"))
    return course


def enter_assignments(course: Course, db_url: str) -> None:
    """What `nbgrader generate_assignment` does, for a gradebook anywhere."""
    release = str(course.root / "grading" / "release")
    config = nbgrader_config(course, db_url=db_url, release_directory=release)
    assert nbgrader_api(config).generate_assignment(WEEK, force=True, create=True)["success"]


class Desk:
    """A course folder with a gradebook, and what a test wants to record in it."""

    def __init__(self, root: Path, db_url: str | None = None) -> None:
        self.course = Course(root)
        self.folder = root / "grading"
        self.autograded = self.folder / "autograded"
        self.db_url = db_url or f"sqlite:///{(self.folder / 'gradebook.db').as_posix()}"

    def recorder(self) -> Recorder:
        return Recorder(self.db_url, self.autograded, config=nbgrader_config(self.course))

    def notebook(self, answers: dict[str, str] = RIGHT, lesson: str = LESSON) -> Any:
        edition = nbformat.read(self.folder / "release" / WEEK / f"{lesson}.ipynb", as_version=4)
        return fill(edition, answers)

    def graded(self, student: str, lesson: str = LESSON, **changes: Any) -> Graded:
        digest = hashlib.sha256(f"{student} {lesson}".encode()).hexdigest()
        known = Graded(student, WEEK, lesson, dict(FULL), submission=digest, master="m" * 64)
        return replace(known, **changes)

    def is_done(self, recorder: Recorder, graded: Graded) -> bool:
        known = recorder.done(graded.student, graded.week, graded.lesson, graded.submission, graded.master)
        return known is not None and known == graded

    def grades(self, student: str, lesson: str = LESSON) -> dict[str, tuple[Any, ...]]:
        """By cell: automatic mark, manual mark, whether a person has to read it."""
        with Gradebook(self.db_url, "groundup") as gradebook:
            found = gradebook.find_submission_notebook(lesson, WEEK, student).grades
            return {row.name: (row.auto_score, row.manual_score, row.needs_manual_grade) for row in found}

    def rows(self, student: str) -> dict[str, Any]:
        """All that nbgrader keeps of one notebook, but for the ids that it draws."""
        with Gradebook(self.db_url, "groundup") as gradebook:
            notebook = gradebook.find_submission_notebook(LESSON, WEEK, student)
            return {
                "submitted": (notebook.assignment.timestamp, notebook.late_submission_penalty, notebook.flagged),
                "student": notebook.student.to_dict(),
                "notebook": {key: value for key, value in notebook.to_dict().items() if key != "id"},
                "grades": {
                    row.name: {key: value for key, value in row.to_dict().items() if key != "id"}
                    for row in notebook.grades
                },
                "comments": {row.name: (row.auto_comment, row.manual_comment) for row in notebook.comments},
            }


def prepared(root: Path) -> Desk:
    """A new desk in `root`, its assignments entered."""
    desk = Desk(write_course(root).root)
    desk.folder.mkdir(exist_ok=True)
    enter_assignments(desk.course, desk.db_url)
    return desk


def copy_of(desk: Desk, root: Path) -> Desk:
    """The same desk in another folder."""
    shutil.copytree(desk.course.root, root)
    return Desk(root)
