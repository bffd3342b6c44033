"""Prove the checks: grade every answer of the bank as a class is graded, and count what should not happen.

In: the answer bank and the lessons. Out: one `Verdict` an answer, and three figures: false accepts (a wrong answer
that scored full marks), false rejects (a right answer that lost points), and the share of wrong answers whose
mistake was named.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field

from groundup.grading.jobs import Graded
from groundup.grading.proof.bank import Answer
from groundup.grading.proof.filling import as_file, edition, fill
from groundup.grading.proof.tasks import Task, tasks
from groundup.grading.reading.master import Master
from groundup.grading.reading.submissions import Submission
from groundup.grading.running.missing import missing_sandbox
from groundup.grading.running.sandbox import NO_FORK
from groundup.grading.settings import settings
from groundup.grading.spread import Desk, spread
from groundup.lessons.course import Course, CourseError, Lesson
from groundup.lessons.exercises import Exercise, exercises


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
    """Grade the bank of these lessons as a class would be graded, `workers` notebooks at a time.

    `progress(done, total)` is called after each notebook. Where there is no sandbox it goes without: the answers are
    the course's own. Raises CourseError when a bank is incomplete, and on a system on which nothing can be graded.
    """
    if not hasattr(os, "fork"):
        raise CourseError(NO_FORK)
    lessons = list(lessons)
    masters = {lesson.name: Master.of(lesson) for lesson in lessons}
    todo = {f"notebook-{i}": task for i, task in enumerate(t for lesson in lessons for t in tasks(course, lesson))}
    handed_in = [_hand_in(name, task, masters[task.lesson.name]) for name, task in todo.items()]
    desk = Desk(masters, settings(course).limits, missing_sandbox() is None, None)
    found: dict[str, list[Verdict]] = {}
    for graded, _ in spread(handed_in, desk, workers):
        found[graded.student] = list(judge(todo[graded.student], graded))
        progress(len(found), len(todo))
    return [verdict for name in todo for verdict in found[name]]


def _hand_in(name: str, task: Task, master: Master) -> Submission:
    """The student edition with a task's answers in it, as a file that was handed in."""
    return Submission(name, task.lesson.week, task.lesson.name, as_file(fill(edition(master), task.cells)))


def judge(task: Task, outcome: Graded) -> Iterator[Verdict]:
    """One verdict for each answer under proof; for the lesson's own solution, one for each exercise that fails."""
    proved = {answer.exercise: answer for answer in task.proved}
    allowed = {name for answer in task.proved for name in answer.also_fails}
    for exercise in exercises(task.lesson):
        answer = proved.get(exercise.name)
        lost = [check for check, points in exercise.checks.items() if outcome.scores.get(check, 0.0) < points]
        if answer is None and (exercise.name in allowed or not lost):
            continue
        yield _verdict(task, outcome, exercise, answer, lost)


def _verdict(task: Task, outcome: Graded, exercise: Exercise, answer: Answer | None, lost: list[str]) -> Verdict:
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
