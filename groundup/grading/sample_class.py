"""The sample class of the demo: students made from the answer bank, honest and broken.

In: the student edition and the bank. Out: for each student what is handed in, notebook by notebook.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from groundup.grading.bank import Answer, answers, model_answers
from groundup.grading.classroom import Classroom
from groundup.grading.submission import fill
from groundup.lessons.course import Course, Lesson

LOOP = "    while len(sizes) > 0:\n        total = len(sizes)\n    return total\n"


@dataclass(frozen=True)
class Sample:
    """One student of the sample class."""

    student: str
    story: str
    style: int = 0
    """Which of the right answers this student writes, counted from 0."""
    wrong: tuple[str, ...] = ()
    """Exercises with a wrong answer; `mse 2` takes the third wrong answer of the bank."""
    blank: bool = False
    """Hands in the notebooks untouched."""
    breaks: dict[str, Callable[[Any], Any]] | None = None
    """What happens to a lesson's notebook (by lesson name) before it is handed in."""


def _empty(notebook: Any) -> bytes:
    return b""


def _cut_off(notebook: Any) -> bytes:
    text = json.dumps(notebook)
    return text[: len(text) // 2].encode("utf-8")


def _without_a_check(notebook: Any) -> Any:
    damaged = fill(notebook, {})
    damaged.cells = [cell for cell in damaged.cells if cell.id != "mse-check"]
    return damaged


def _endless_loop(notebook: Any) -> Any:
    return fill(notebook, {"count_parameters": "def count_parameters(sizes):\n" + LOOP})


SAMPLES = (
    Sample("ada", "everything right"),
    Sample("ben", "everything right, in another style", style=1),
    Sample("chen", "two honest mistakes in each lesson", wrong=("step", "perceptron_update", "mse", "accuracy")),
    Sample("dana", "other mistakes", style=1, wrong=("predict 1", "xor_by_hand 1", "cross_entropy 1", "repaired_2")),
    Sample("elif", "trouble with training and losses", wrong=("fit_perceptron", "bce_with_logits 2", "forward 1")),
    Sample("femi", "handed in untouched", blank=True),
    Sample("gwen", "lesson 3 is an empty file", breaks={"03_forward_pass": _empty}),
    Sample("hugo", "lesson 1 was cut off on the way", breaks={"01_perceptron": _cut_off}),
    Sample("ines", "deleted a check cell in lesson 3", breaks={"03_forward_pass": _without_a_check}),
    Sample("jan", "an endless loop in lesson 3", breaks={"03_forward_pass": _endless_loop}),
)


def hand_in_all(course: Course, classroom: Classroom) -> None:
    """Put the notebooks of the whole sample class into the classroom."""
    for lesson in course.lessons():
        bank, edition = answers(course, lesson), classroom.edition(lesson)
        for sample in SAMPLES:
            notebook = edition if sample.blank else fill(edition, _cells(sample, lesson, bank))
            damage = (sample.breaks or {}).get(lesson.name)
            classroom.hand_in(sample.student, lesson, damage(notebook) if damage else notebook)


def _cells(sample: Sample, lesson: Lesson, bank: list[Answer]) -> dict[str, str]:
    cells = model_answers(lesson)
    for exercise in {answer.exercise for answer in bank}:
        right = [answer for answer in bank if answer.exercise == exercise and answer.right]
        cells[exercise] = right[min(sample.style, len(right) - 1)].source
    for pick in sample.wrong:
        exercise, _, number = pick.partition(" ")
        wrong = [answer for answer in bank if answer.exercise == exercise and not answer.right]
        if wrong:
            cells[exercise] = wrong[min(int(number or 0), len(wrong) - 1)].source
    return cells
