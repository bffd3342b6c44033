"""A class of 30 students for the tests of pages: `Graded` records and notebooks made from the answer bank."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

from conftest import ROOT

from groundup.grading.jobs import Graded
from groundup.grading.proof.bank import Answer, answers
from groundup.grading.reporting.sheet import Sheet, sheet
from groundup.lessons.course import Course, Lesson

COURSE = Course(ROOT)
LESSONS = COURSE.lessons("week00")[:3]
"""Nobody of the class has handed in the last two lessons yet."""
STUDENTS = [
    "ada", "ben", "chen", "dana", "elif", "femi", "gwen", "hugo", "ines", "jan", "kira", "liam", "mona", "noor", "omar",
    "pia", "quentin", "rosa", "sven", "tara", "uma", "viktor", "wen", "xenia", "yusuf", "zoe", "anouk", "bashir",
    "carla", "diego",
]  # fmt: skip
COPIED = '''\
def forward(X, params, activations):
    """My own words."""
    states: list = []
    current = X
    for place in range(len(params)):
        weights, bias = params[place]
        mixed = np.einsum("ij,jk->ik", np.atleast_2d(current), np.asarray(weights))
        if not np.isscalar(bias):
            mixed = np.add(mixed, np.broadcast_to(bias, mixed.shape))
        states.append((np.array(current, copy=True), mixed))
        current = activations[place](mixed)
    return current, states
'''
DISGUISED = """\
def forward(X, params, activations):
    # an answer of mine

    kept = []; a = X
    for k in range(len(params)):
        Wk, bk = params[k]
        z = np.einsum('ab,bc->ac', np.atleast_2d(a), np.asarray(Wk))  # multiply
        if not np.isscalar(bk):
            z = np.add(z, np.broadcast_to(bk, z.shape))
        kept.append((np.array(a, copy=False), z))
        a = activations[k](z)
    return (a, kept)
"""


@dataclass
class SampleClass:
    """What grading a class leaves behind."""

    sheets: dict[str, Sheet] = field(default_factory=dict)
    graded: list[Graded] = field(default_factory=list)
    sources: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)

    def one(self, student: str, lesson: str) -> Graded:
        return next(one for one in self.graded if (one.student, one.lesson) == (student, lesson))

    def notebook(self, student: str, lesson: str) -> dict[str, Any]:
        """The autograded notebook, as far as a page looks at it, with a hidden test that must not be shown."""
        cells = [
            {"cell_type": "code", "source": text, "metadata": {"nbgrader": {"grade_id": name, "solution": True}},
             "outputs": [{"output_type": "stream", "name": "stdout", "text": [f"this is {name}\n", "second line\n"]}]}
            for name, text in self.sources[student, lesson].items()
        ]  # fmt: skip
        secret = "### BEGIN HIDDEN TESTS\nexpect(mse).of(31337)\n### END HIDDEN TESTS"
        output = {"output_type": "error", "ename": "X", "evalue": "31337", "traceback": ["expect(mse).of(31337)"]}
        marks = {"nbgrader": {"grade_id": "mse-hidden", "grade": True, "solution": False}}
        cells.append({"cell_type": "code", "source": secret, "metadata": marks, "outputs": [output]})
        return {"nbformat": 4, "cells": cells}


def sample_class() -> SampleClass:
    """The same class at every call: strong and weak students, faults, late work, one pair that shared an answer."""
    dice = random.Random(7)
    made = SampleClass({lesson.name: sheet(lesson) for lesson in LESSONS})
    skill = {student: dice.uniform(0.45, 1.0) for student in STUDENTS}
    for lesson in LESSONS:
        bank = answers(COURSE, lesson)
        for student in STUDENTS:
            if not (student == "diego" or (student == "carla" and lesson.name != "01_perceptron")):
                _hand_in(made, student, lesson, bank, skill[student], dice)
    _spoil(made)
    return made


def _hand_in(
    made: SampleClass, student: str, lesson: Lesson, bank: list[Answer], skill: float, dice: random.Random
) -> None:
    one = Graded(student, "week00", lesson.name, isolation="sandbox", seconds=round(dice.lognormvariate(0, 0.6), 2))
    one.submitted_at = f"2026-10-{dice.randint(1, 9):02d}T18:30:00+00:00"
    written = made.sources[student, lesson.name] = {}
    for task in made.sheets[lesson.name].tasks:
        if task.written:
            written[task.name] = "One line cannot part the four points of XOR."
            continue
        right = dice.random() < skill
        answer = dice.choice([a for a in bank if a.exercise == task.name and a.right == right][: 2 if right else None])
        written[task.name] = answer.source
        for number, (check, points) in enumerate(task.checks.items()):
            failed = not right and (number > 0 or dice.random() < 0.6)
            one.scores[check] = 0.0 if failed else points
            if failed:
                said = f"likely:    {answer.says}." if answer.says else "next:      compare the two."
                one.messages[check] = (
                    f"{task.name}(…)\n  you gave:  4.0\n  wanted:    2.0\n  {said}\n  next:      look."
                )
    made.graded.append(one)


def _spoil(made: SampleClass) -> None:
    """Copied answers, an untouched notebook, faults, evidence, late work, a notebook without a sandbox."""
    made.sources["kira", "03_forward_pass"]["forward"] = COPIED
    made.sources["liam", "03_forward_pass"]["forward"] = DISGUISED
    for lesson in made.sheets.values():
        untouched = made.one("femi", lesson.lesson)
        for task in lesson.checked:
            made.sources["femi", lesson.lesson][task.name] = lesson.known[task.name][0]
            for check in task.checks:
                untouched.scores[check] = 0.0
                untouched.messages[check] = f"{task.name} is not written yet.\n  next:      write it above."
    empty, died = made.one("gwen", "03_forward_pass"), made.one("hugo", "01_perceptron")
    empty.fault = "03_forward_pass.ipynb is empty (0 bytes). Was it saved before it was uploaded?"
    died.fault, died.retry = "The machine ran out of memory while this notebook ran.", True
    for one in (empty, died):
        one.scores, one.messages = {}, {}
    made.one("sven", "02_activations").evidence = [
        "The cell of 'gelu' reads the source of its caller (sys._getframe).",
        "The cell of 'relu' replaces numpy.testing.assert_allclose.",
    ]
    made.one("tara", "02_activations").notes = ["The check 'relu-hidden' had been deleted; it was put back."]
    made.one("omar", "01_perceptron").submitted_at = "2026-10-12T07:05:00Z"
    made.one("noor", "01_perceptron").isolation = "none"
