"""The sample class of the demo: students made from the answer bank, honest, broken and hostile.

In: the student edition and the bank. Out: a notebook for each student and lesson, in the folder of submissions.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from groundup.grading.proof.bank import Answer, answers
from groundup.grading.proof.filling import as_file, edition, fill
from groundup.grading.reading.master import Master
from groundup.lessons.course import Course, Lesson
from groundup.lessons.exercises import model_answers

Notebook = dict[str, Any]

BAIT = "sample-class.txt"
"""A file in grading/ that says what lies there. One of the students tries to delete it."""
LEFT_BEHIND = "groundup-demo-left-behind"
"""The name of the process that one of the students tries to leave running."""
HOSTILE_CELL = "shortcut"
"""The id of the cell in which a hostile student does it."""

LOOP = "    while len(sizes) > 0:\n        total = len(sizes)\n    return total\n"

PATCHES = """\
import groundup.checks.expectation as expectation

def content(self, *given, **named):
    return self

for name in ("of", "equals", "satisfies", "has_shape", "leaves_arguments_unchanged", "_fail"):
    setattr(expectation.Expectation, name, content)
expectation.CheckFailed = StopIteration
print("Every check is content now.")
"""

# What these two try does no lasting harm even where somebody runs it without a sandbox: a file that the next demo
# writes again, a process that ends by itself, an address that is kept for examples in documents.
SEARCHES = """\
import pathlib, socket, sqlite3
course = pathlib.Path(@ROOT@)

def attempt(what, action):
    try:
        print(f"{what}: {action()}")
    except Exception as error:
        print(f"{what}: out of reach ({type(error).__name__})")

attempt("the solutions", lambda: (course / "solutions/week00/01_perceptron.py").read_text())
attempt("ada's answers", lambda: (course / "grading/submitted/ada/week00/01_perceptron.ipynb").read_text())
attempt("the gradebook", lambda: sqlite3.connect(f"file:{course}/grading/gradebook.db?mode=ro", uri=True))
attempt("the network", lambda: socket.create_connection(("192.0.2.1", 80), timeout=1))
"""

DESTROYS = f"""\
import os, subprocess, sys
try:
    os.remove(@ROOT@ + "/grading/{BAIT}")
    print("the file: deleted")
except OSError as error:
    print(f"the file: out of reach ({{type(error).__name__}})")
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)", "{LEFT_BEHIND}"], start_new_session=True)
print("a process that goes on: started")
"""


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
    """Hands in the notebooks without an answer."""
    breaks: dict[str, Callable[[Notebook], Notebook | bytes]] = field(default_factory=dict)
    """What happens to a lesson's notebook (by lesson name) before it is handed in."""
    hostile: str = ""
    """What stands in a cell of their own in each notebook; @ROOT@ is the course's folder."""


def _empty(notebook: Notebook) -> bytes:
    return b""


def _cut_off(notebook: Notebook) -> bytes:
    whole = as_file(notebook)
    return whole[: len(whole) // 2]


def _without_a_check(notebook: Notebook) -> Notebook:
    return {**notebook, "cells": [cell for cell in notebook["cells"] if cell["id"] != "mse-check"]}


def _endless_loop(notebook: Notebook) -> Any:
    return fill(notebook, {"count_parameters": "def count_parameters(sizes):\n" + LOOP})


HONEST = (
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
HOSTILE = (
    Sample("kim", "answers nothing and makes every check pass", blank=True, hostile=PATCHES),
    Sample("lou", "looks for solutions, a neighbor's work, the gradebook, the network", blank=True, hostile=SEARCHES),
    Sample("mo", "deletes a file and leaves a process behind", blank=True, hostile=DESTROYS),
)
"""Who deserves nothing, and tries to get something or to do harm."""


def hand_in_all(course: Course, lessons: Iterable[Lesson], folder: Path, samples: Iterable[Sample]) -> None:
    """Put the notebooks of these students into the folder of submissions."""
    samples = list(samples)
    for lesson in lessons:
        bank, given = answers(course, lesson), edition(Master.of(lesson))
        for sample in samples:
            path = folder / sample.student / lesson.week / f"{lesson.name}.ipynb"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(_made(sample, lesson, bank, given, course))


def _made(sample: Sample, lesson: Lesson, bank: list[Answer], given: Notebook, course: Course) -> bytes:
    notebook = given if sample.blank else fill(given, _answers(sample, lesson, bank))
    if sample.hostile:
        notebook = _with_cell(notebook, sample.hostile.replace("@ROOT@", repr(str(course.root))))
    if lesson.name in sample.breaks:
        notebook = sample.breaks[lesson.name](notebook)
    return notebook if isinstance(notebook, bytes) else as_file(notebook)


def _with_cell(notebook: Notebook, source: str) -> Notebook:
    """The notebook with one more code cell, behind the first one."""
    cells = copy.copy(notebook["cells"])
    first = next(place for place, cell in enumerate(cells) if cell["cell_type"] == "code")
    own = {"cell_type": "code", "id": HOSTILE_CELL, "metadata": {}, "source": source, "outputs": []}
    cells.insert(first + 1, {**own, "execution_count": None})
    return {**notebook, "cells": cells}


def _answers(sample: Sample, lesson: Lesson, bank: list[Answer]) -> dict[str, str]:
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
