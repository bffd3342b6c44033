"""Prove the checks: grade every answer of the bank and count what should not happen.

In: the answer bank and the lessons. Out: one `Verdict` an answer, and three figures: false accepts (a wrong answer
that scored full marks), false rejects (a right answer that lost points), and the share of wrong answers whose
mistake was named.
"""

from __future__ import annotations

import json
import multiprocessing
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from groundup.grading.bank import Answer, Exercise, exercises
from groundup.grading.classroom import Classroom, Outcome
from groundup.grading.submission import fill
from groundup.grading.tasks import Task, tasks
from groundup.lessons.course import Course, Lesson

STUDENT = "bank"


@dataclass(frozen=True)
class Verdict:
    """What became of one answer. `faults` is empty when it was as it should be."""

    lesson: str
    exercise: str
    answer: str
    right: bool
    score: float
    points: float
    named: bool
    message: str
    faults: list[str] = field(default_factory=list)


def prove(
    course: Course, lessons: Iterable[Lesson], workers: int, progress: Callable[[int, int], None]
) -> list[Verdict]:
    """Grade the bank of these lessons with nbgrader's autograde, `workers` notebooks at a time.

    `progress(done, total)` is called after each notebook. Raises CourseError when a bank is incomplete.
    """
    todo = [task for lesson in lessons for task in tasks(course, lesson)]
    found: dict[int, list[Verdict]] = {}
    with tempfile.TemporaryDirectory(prefix="groundup-prove-") as folder:
        template = Path(folder, "template")
        Classroom(course, template).prepare()
        with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
            jobs = {pool.submit(_grade, course, template, Path(folder, str(i)), t): i for i, t in enumerate(todo)}
            for done, job in enumerate(as_completed(jobs), start=1):
                found[jobs[job]] = list(judge(todo[jobs[job]], job.result()))
                progress(done, len(todo))
    return [verdict for i in sorted(found) for verdict in found[i]]


def _grade(course: Course, template: Path, folder: Path, task: Task) -> Outcome:
    shutil.copytree(template, folder)
    try:
        classroom = Classroom(course, folder)
        notebook = fill(classroom.edition(task.lesson), task.cells)
        if task.proved:  # the lesson's own solutions run with everything that shows them
            _drop_shows(notebook)
        classroom.hand_in(STUDENT, task.lesson, notebook)
        return classroom.grade(STUDENT, task.lesson)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _drop_shows(notebook: Any) -> None:
    """Take out what no check needs: only the first code cell (imports) and nbgrader's cells stay."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    notebook.cells = [cell for cell in notebook.cells if cell is code[0] or "nbgrader" in cell.metadata]


def judge(task: Task, outcome: Outcome) -> Iterator[Verdict]:
    """One verdict for each answer under proof; for the lesson's own solution, one for each exercise that fails."""
    proved = {answer.exercise: answer for answer in task.proved}
    allowed = {name for answer in task.proved for name in answer.also_fails}
    for exercise in exercises(task.lesson):
        answer = proved.get(exercise.name)
        lost = [check for check, points in exercise.checks.items() if outcome.scores.get(check, 0.0) < points]
        if answer is None and (exercise.name in allowed or not lost):
            continue
        yield _verdict(task, outcome, exercise, answer, lost)


def _verdict(task: Task, outcome: Outcome, exercise: Exercise, answer: Answer | None, lost: list[str]) -> Verdict:
    text = "\n".join(outcome.messages.get(check, "") for check in lost) or outcome.fault or ""
    right = answer is None or answer.right
    named = bool(answer and not right and answer.says in text)
    faults = []
    if right and lost:
        beside = f" beside '{task.proved[0]}'" if answer is None and task.proved else ""
        faults.append(f"false reject{beside}: lost {', '.join(lost)}")
    if not right and not lost:
        faults.append("false accept: full marks")
    if not right and lost and not named and answer:
        faults.append(f"not named: the message lacks '{answer.says}'")
    if outcome.fault:
        faults.append(outcome.fault)
    score = sum(outcome.scores.get(check, 0.0) for check in exercise.checks)
    name = answer.name if answer else "the lesson's own solution"
    return Verdict(str(task.lesson), exercise.name, name, right, score, exercise.points, named, text, faults)


def figures(verdicts: list[Verdict]) -> dict[str, float]:
    """The figures of a bank: how many answers, false accepts, false rejects, and the share named of the wrong ones."""
    wrong = [verdict for verdict in verdicts if not verdict.right]
    return {
        "right answers": sum(verdict.right for verdict in verdicts),
        "wrong answers": len(wrong),
        "false accepts": sum(verdict.score >= verdict.points for verdict in wrong),
        "false rejects": sum(verdict.score < verdict.points for verdict in verdicts if verdict.right),
        "share diagnosed by name": sum(verdict.named for verdict in wrong) / len(wrong) if wrong else 1.0,
    }


def as_json(verdicts: list[Verdict]) -> str:
    """Figures and verdicts as JSON text."""
    return json.dumps({"figures": figures(verdicts), "verdicts": [asdict(verdict) for verdict in verdicts]}, indent=1)
