"""An honest class gets from `groundup grade` what it gets from nbgrader's own autograde, mark by mark."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from pathlib import Path

from conftest import run_module
from nbgrader.api import Gradebook
from nbgrader.plugins import CsvExportPlugin
from nbgrader.utils import is_grade, is_solution

from groundup.grading.engine import enter_assignment, grade
from groundup.grading.proof.bank import answers
from groundup.grading.proof.filling import as_file, edition, fill
from groundup.grading.reading.master import Master
from groundup.grading.running.missing import missing_sandbox
from groundup.grading.settings import settings
from groundup.lessons.course import Course, Lesson
from groundup.lessons.exercises import model_answers
from groundup.lessons.source import to_notebook

WEEK = "week00"
NUMPY = ("01_perceptron", "03_forward_pass", "05_quiz")
TORCH = "04_meet_pytorch"
CLASS = {"ada": NUMPY, "bob": ("03_forward_pass", TORCH), "cy": NUMPY, "dee": ("01_perceptron", "05_quiz")}
"""ada writes what is right, bob too in another style, cy what is wrong (of the quiz a part is right), dee nothing."""


def answered(student: str, lesson: Lesson, course: Course) -> dict[str, str]:
    """What a student writes into the cells of a lesson, by grade_id."""
    if student == "dee":
        return {}
    written = [
        cell.metadata.nbgrader.grade_id for cell in to_notebook(lesson).cells if is_grade(cell) and is_solution(cell)
    ]
    texts = model_answers(lesson) | dict.fromkeys(written if student != "bob" else (), "Because the line moves.")
    bank = answers(course, lesson)
    for name in {answer.exercise for answer in bank}:
        right = [answer.source for answer in bank if answer.exercise == name and answer.right]
        wrong = [answer.source for answer in bank if answer.exercise == name and not answer.right]
        texts[name] = wrong[0] if student == "cy" else right[0] if student == "ada" else right[1]
    return texts


def hand_in(course: Course) -> None:
    for lesson in course.lessons(WEEK):
        given = edition(Master.of(lesson))
        for student in (name for name, lessons in CLASS.items() if lesson.name in lessons):
            path = course.root / "grading" / "submitted" / student / WEEK / f"{lesson.name}.ipynb"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(as_file(fill(given, answered(student, lesson, course))))


def autograde_plainly(course: Course) -> None:
    """`nbgrader autograde`, two at a time, and once more: two kernels that start at once may choose the same port."""
    command = [sys.executable, "-m", "nbgrader", "autograde", WEEK]
    halves = [[*command, f"--student=[{letters}]*"] for letters in ("ac", "bd")]
    running = [
        subprocess.Popen(half, cwd=course.root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for half in halves
    ]
    if sum(process.wait() for process in running):
        result = run_module(*command[2:], cwd=course.root)
        assert result.returncode == 0, result.stdout + result.stderr


def recorded(course: Course) -> dict[tuple[str, ...], tuple[object, ...]]:
    """All that the gradebook says about marks: of students, of notebooks, and of cells in what was handed in.

    In a notebook that was not handed in nbgrader gives each cell 0, and the engine no mark, since it may still come.
    """
    found: dict[tuple[str, ...], tuple[object, ...]] = {}
    with Gradebook(settings(course).db_url, "groundup") as book:
        for work in book.assignment_submissions(WEEK):
            found[work.student.id,] = (work.score, work.max_score, work.needs_manual_grade)
            for notebook in work.notebooks:
                place = (work.student.id, notebook.name)
                found[place] = (notebook.score, notebook.written_score, notebook.needs_manual_grade)
                for row in notebook.grades if notebook.name in CLASS[work.student.id] else ():
                    found[*place, row.name] = (row.auto_score, row.manual_score, row.needs_manual_grade)
    return found


def exported(course: Course) -> list[dict[str, str]]:
    """The table that `nbgrader export` writes."""
    target = course.root / "grading" / "grades.csv"
    with Gradebook(settings(course).db_url, "groundup") as book:
        CsvExportPlugin(to=str(target)).export(book)
    with target.open(encoding="utf-8", newline="") as file:
        return sorted(csv.DictReader(file), key=lambda row: row["student_id"])


def test_every_mark_of_an_honest_class_is_the_one_that_plain_nbgrader_gives(course_copy: Path) -> None:
    theirs, ours = Course(course_copy), Course(course_copy.with_name("ours"))
    hand_in(theirs)
    masters = {lesson.name: Master.of(lesson) for lesson in theirs.lessons(WEEK)}
    enter_assignment(theirs, WEEK, settings(theirs), masters)
    shutil.copytree(theirs.root, ours.root)

    autograde_plainly(theirs)
    graded = grade(ours, WEEK, workers=1, isolated=missing_sandbox() is None)
    assert [one.fault for one in graded] == [None] * sum(map(len, CLASS.values()))
    wanted, got = recorded(theirs), recorded(ours)
    assert wanted.keys() == got.keys()
    assert {place: (marks, got[place]) for place, marks in wanted.items() if marks != got[place]} == {}
    assert exported(theirs) == exported(ours)

    points = {student: float(wanted[student,][0]) for student in CLASS}
    assert points["ada"] > points["cy"] > points["dee"] == 0.0
    assert wanted["ada", "05_quiz"][0] == 10 > wanted["cy", "05_quiz"][0] > 0, "cy has a part of the points"
    assert wanted["ada",][2] and not wanted["dee",][2], "a person reads what ada wrote, and nobody what dee did not"
