"""nbgrader's own commands on a copy of the course elsewhere: nothing of ours stands between."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import nbformat
from conftest import run_module
from nbgrader.utils import is_grade, is_solution

from groundup.grading.proof.filling import fill
from groundup.lessons.course import Course
from groundup.lessons.exercises import model_answers
from groundup.lessons.source import to_notebook, write_notebook


def nbgrader(*arguments: str, cwd: Path) -> str:
    result = run_module("nbgrader", *arguments, cwd=cwd)
    said = result.stdout + result.stderr
    assert result.returncode == 0, said
    return said


def test_plain_nbgrader_commands_work_in_a_copy_elsewhere(course_copy: Path) -> None:
    course = Course(course_copy)
    committed = {path.name: path.read_bytes() for path in (course_copy / "week00").glob("*.ipynb")}
    nbgrader("generate_assignment", "week00", "--force", cwd=course_copy)
    made = {path.name: path.read_bytes() for path in (course_copy / "week00").glob("*.ipynb")}
    assert made == committed, "nbgrader makes the same student edition as `groundup build`"
    assert not list((course_copy / "week00").glob("*.py")), "lesson sources hold the solutions"

    lessons = course.lessons("week00")
    for lesson in lessons:
        target = course_copy / "grading" / "submitted" / "ada" / lesson.week / f"{lesson.name}.ipynb"
        edition = nbformat.read(course_copy / lesson.week / f"{lesson.name}.ipynb", as_version=4)
        write_notebook(fill(edition, model_answers(lesson)), target)
    bob = course_copy / "grading" / "submitted" / "bob"
    shutil.copytree(course_copy / "week00", bob / "week00")

    said = nbgrader("validate", str(course_copy / "week00" / "01_perceptron.ipynb"), cwd=course_copy)
    assert "step is not written yet" in said
    nbgrader("autograde", "week00", cwd=course_copy)
    nbgrader("generate_feedback", "week00", cwd=course_copy)
    assert len(list((course_copy / "grading" / "feedback").rglob("*.html"))) == 2 * len(lessons)
    nbgrader("export", "--to", "grades.csv", cwd=course_copy)
    with (course_copy / "grades.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}
    cells = [cell for lesson in lessons for cell in to_notebook(lesson).cells if is_grade(cell)]
    written = sum(cell.metadata.nbgrader.points for cell in cells if is_solution(cell))  # a person has to read these
    assert float(rows["ada"]["score"]) == float(rows["ada"]["max_score"]) - written
    assert float(rows["bob"]["score"]) == 0.0
