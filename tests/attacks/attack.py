"""The form of an attack: what a hostile student hands in, what it deserves, and what must not come of it.

In: the student edition of a lesson, as a dictionary. Out: what is handed in instead of an honest notebook, and a
sentence for everything that grading did with it that it should not have done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from attacks.arena import Arena
    from groundup.grading.jobs import Graded

Notebook = dict[str, Any]
Make = Callable[[Notebook], Notebook | bytes]

RIGHT = {
    "spread": "def spread(X):\n    return np.ptp(X, axis=0)",
    "center": "def center(X):\n    return X - X.mean(axis=0)",
}
WRONG = {
    "spread": "def spread(X):\n    return np.zeros(X.shape[1])",
    "center": "def center(X):\n    return np.zeros(X.shape)",
}
BOTH = ("spread", "center")

CATCH = """
import os
try:
    if os.readlink("/proc/self/ns/pid") == "@PIDS@":
        print("sandbox" + "=none")
        raise SystemExit("This attack runs in a sandbox only.")
except OSError:
    pass
"""
"""Opens what could harm the machine: it ends the attack where the sandbox has no process namespace of its own."""
UNCAUGHT = "sandbox=none"


@dataclass(frozen=True)
class Attack:
    """One attack. In the text that is handed in, @OUTSIDE@, @ROOT@, @PORT@ and @PIDS@ stand for what the arena has."""

    name: str
    story: str
    """What it tries, for the published table."""
    make: Make
    stops: str
    """What stops it, for the published table."""
    loses: tuple[str, ...] = ()
    """Exercises, or single checks, that deserve nothing. All others deserve all their points."""
    may_lose: tuple[str, ...] = ()
    """Exercises, or single checks, whose points it may lose by its own doing: all of them or none of them."""
    fault: str | None = None
    """A part of the sentence that says why it is not graded; None when it must be graded."""
    may_fault: bool = False
    """Whether it is as right to refuse it with a sentence as to grade it."""
    leaks: tuple[str, ...] = ()
    """What must not come out, besides the arena's canaries."""
    harm: Callable[[Arena, str], str | None] | None = None
    """Looks for harm afterwards, given the arena and the student; a sentence when there is some."""
    place: Callable[[Path], None] | None = None
    """Changes what lies at the notebook's path after it was written: a link, a FIFO, files beside it."""
    lesson: str = "01_perceptron"
    fools_one_process: bool = False
    """Whether it is harmless to run, and gets points that it does not deserve where tests run beside the answers."""
    plain: str = "not tried"
    """What nbgrader 0.9.6 gave for the same kind of attack, in a course of four exercises with 5 points each."""
    plain_harm: str = ""
    """What came of it there besides."""


def judge(attack: Attack, graded: Graded, points: Mapping[str, float]) -> list[str]:
    """What is wrong with the marks of an attack, a sentence each. `points` has what each check of the lesson pays."""
    if attack.fault is not None:
        if graded.fault is None:
            return [f"It was graded ({sum(graded.scores.values()):g} points) and should have been refused."]
        return [] if attack.fault in graded.fault else [f"It was refused with other words: {graded.fault}"]
    if graded.fault:
        return [] if attack.may_fault else [f"It was refused and should have been graded: {graded.fault}"]
    wrong = []
    for check, worth in points.items():
        names = {check, check.rpartition("-")[0]}
        paid = graded.scores.get(check, 0.0)
        deserved = {0.0} if names & set(attack.loses) else {worth}
        deserved |= {0.0} if names & set(attack.may_lose) else set()
        if paid not in deserved:
            said = graded.messages.get(check, "nothing")
            wrong.append(f"'{check}' got {paid:g} and deserves {min(deserved):g}; it said: {said[:300]}")
    return wrong


def code(source: str, **marks: Any) -> dict[str, Any]:
    """A code cell, with nbgrader's marks if any are given."""
    metadata = {"nbgrader": marks} if marks else {}
    return {"cell_type": "code", "metadata": metadata, "source": source, "outputs": [], "execution_count": None}


def text(source: str, **marks: Any) -> dict[str, Any]:
    """A Markdown cell, with nbgrader's marks if any are given."""
    return {"cell_type": "markdown", "metadata": {"nbgrader": marks} if marks else {}, "source": source}


def marks(cell: Mapping[str, Any]) -> dict[str, Any]:
    """nbgrader's marks of a cell of the student edition; empty where it has none."""
    return dict(cell["metadata"].get("nbgrader", {}))


def grade_id(cell: Mapping[str, Any]) -> str:
    """nbgrader's name of a cell of the student edition; empty where it has none."""
    return str(marks(cell).get("grade_id", ""))


def find(notebook: Notebook, name: str) -> dict[str, Any]:
    """The cell with this grade_id."""
    found: dict[str, Any] = next(cell for cell in notebook["cells"] if grade_id(cell) == name)
    return found


def write(notebook: Notebook, answers: Mapping[str, str]) -> Notebook:
    """Put answers into the notebook, by grade_id."""
    for name, source in answers.items():
        find(notebook, name)["source"] = source
    return notebook


def answer(**answers: str) -> Make:
    """Hand in these answers, and right ones to everything else."""
    return lambda notebook: write(notebook, {**RIGHT, **answers})


def own_cell(source: str, answers: Mapping[str, str] = RIGHT, *, last: bool = False) -> Make:
    """Hand in a cell of one's own: behind the first code cell, or at the end, besides the answers."""

    def make(notebook: Notebook) -> Notebook:
        cells = write(notebook, answers)["cells"]
        first = next(place for place, cell in enumerate(cells) if cell["cell_type"] == "code")
        cells.insert(len(cells) if last else first + 1, {**code(source), "id": "own-cell"})
        return notebook

    return make


def cheat(source: str) -> Make:
    """Hand in a cell of one's own and wrong answers."""
    return own_cell(source, WRONG)


def changed(change: Callable[[Notebook], Any], answers: Mapping[str, str] = RIGHT) -> Make:
    """Hand in the answered notebook after `change`: in place, or what it returns."""

    def make(notebook: Notebook) -> Notebook | bytes:
        made = change(write(notebook, answers))
        return notebook if made is None else made

    return make
