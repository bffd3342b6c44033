"""What a check of one notebook found: every exercise, its state, its points so far, what its checks said.

In: a notebook file. Out: a `Report`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from groundup.selfcheck.copies import name_of, own_cells
from groundup.selfcheck.healing import Healed, heal, is_answer, text_of
from groundup.selfcheck.reading import Cell, grade_id, marks, read_notebook, source
from groundup.selfcheck.running import MISSING, CellOutcome, run

State = Literal["done", "partly", "wrong", "waits", "not started", "written"]
UNWRITTEN = re.compile(r"^(?:\w+ is not written yet|.* not answered yet)")
WAITS = re.compile(r"^\w+ uses (\w+), and \1 is not written yet")
RAISE = "raise NotImplementedError()"
HEADING = re.compile(r"^## Exercise (\d+) — (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Exercise:
    """One exercise of a notebook, as it stands."""

    name: str
    """The grade_id of its answer cell."""
    title: str
    state: State
    earned: float
    """Points of the visible checks that are passed."""
    visible: float
    """Points of all visible checks."""
    hidden: float
    """Points that hidden tests decide about."""
    read: float
    """Points that the instructor gives after reading."""
    said: str = ""
    """What the first failed check said; empty when none failed."""


@dataclass(frozen=True)
class Report:
    """What a check of one notebook found."""

    name: str
    exercises: list[Exercise]
    healed: Healed
    stopped: list[str]
    """A sentence for each cell that stops with an error though no check fails for it."""

    @property
    def right(self) -> bool:
        """Whether everything that can be seen from here is done."""
        return all(exercise.state in ("done", "written") for exercise in self.exercises)


def check(path: Path) -> Report:
    """Run the visible checks on the notebook at `path`; the file stays as it is.

    Raises UnreadableNotebookError or NotOfTheCourseError when there is nothing to check.
    """
    worked: list[Cell] = read_notebook(path)["cells"]
    name = name_of(path, worked)
    own = own_cells(name)
    healed = heal(worked, own)
    found = run(healed.cells, own, path.resolve().parent)
    exercises = _exercises(own, healed.cells, found.outcomes)
    right = {exercise.name for exercise in exercises if exercise.state == "done"} & _stopping(found.outcomes)
    below = [
        f"The answer cell '{each}' stops below its answer: {found.outcomes[each].message}" for each in sorted(right)
    ]
    return Report(name, exercises, healed, found.stopped + below)


def _exercises(own: list[Cell], healed: list[Cell], outcomes: dict[str, CellOutcome]) -> list[Exercise]:
    answers = {name: cell for cell in healed if (name := grade_id(cell)) and is_answer(cell)}
    found, title = [], ""
    for cell in own:
        headings = HEADING.findall(source(cell)) if cell.get("cell_type") == "markdown" else []
        if headings:
            title = " ".join(headings[-1])
        name = grade_id(cell)
        if name and is_answer(cell):
            untouched = _core(answers[name]) == _core(cell)
            checks = _checks(name, own)
            if marks(cell).get("grade"):
                state: State = "not started" if untouched else "written"
                found.append(Exercise(name, title, state, 0, 0, 0, float(marks(cell).get("points", 0))))
            elif sum(points for points, _ in checks.values()):
                found.append(_judged(name, title, answers[name], untouched, checks, outcomes))
    return found


def _core(cell: Cell) -> list[str]:
    """What somebody wrote in a cell: its lines without comments, and without the line that marks it as unwritten."""
    lines = (line.strip() for line in text_of(cell).splitlines())
    return [line for line in lines if line and line != RAISE and not line.startswith("#")]


def _checks(name: str, own: list[Cell]) -> dict[str, tuple[float, bool]]:
    """Points of every check of an exercise, and whether students see what it checks."""
    return {
        check: (float(marks(cell).get("points", 0)), _says_more_than_a_comment(cell))
        for cell in own
        if (check := grade_id(cell)) and not is_answer(cell) and check.rpartition("-")[0] == name
    }


def _says_more_than_a_comment(cell: Cell) -> bool:
    return any(line.strip() and not line.lstrip().startswith("#") for line in source(cell).splitlines())


def _judged(
    name: str,
    title: str,
    answer: Cell,
    untouched: bool,
    checks: dict[str, tuple[float, bool]],
    outcomes: dict[str, CellOutcome],
) -> Exercise:
    visible = {check: points for check, (points, seen) in checks.items() if seen}
    earned = {check: _earned(outcomes.get(check, CellOutcome()), points) for check, points in visible.items()}
    hidden = sum(points for points, seen in checks.values() if not seen)
    failed = [check for check in visible if earned[check] < visible[check]]
    first = outcomes.get(failed[0], CellOutcome()) if failed else CellOutcome()
    state = _state(bool(failed), untouched, first)
    said = _said(name, answer, first, outcomes.get(name, CellOutcome())) if failed else ""
    stops = [other for other in MISSING.findall(first.message) if other != name and other in _stopping(outcomes)]
    if stops and state == "wrong":
        state, said = "waits", f"{name} uses {stops[0]}, whose answer cell stops with an error. Mend that one first."
    return Exercise(name, title, state, sum(earned.values()), sum(visible.values()), hidden, 0, said)


def _stopping(outcomes: dict[str, CellOutcome]) -> set[str]:
    """The cells that stop with an error of their own, and so make nothing for others."""
    return {name for name, outcome in outcomes.items() if outcome.error not in ("", "NotImplementedError")}


def _state(failed: bool, untouched: bool, first: CellOutcome) -> State:
    if not failed:
        return "done"
    if untouched:
        return "not started"
    if WAITS.match(first.message):
        return "waits"
    return "wrong" if first.error else "partly"


def _earned(outcome: CellOutcome, points: float) -> float:
    """nbgrader's rule: an error gives nothing, a number as the last line gives that many points, else all."""
    if outcome.error:
        return 0.0
    return points if outcome.value is None else min(max(outcome.value, 0.0), points)


def _said(name: str, answer: Cell, first: CellOutcome, own: CellOutcome) -> str:
    """What the first failed check said; before that, what is wrong with the answer cell as a whole."""
    if own.error not in ("", "NotImplementedError"):
        return f"The answer cell itself stops: {own.message}"
    if RAISE in text_of(answer) and (first.error == "NameError" or UNWRITTEN.match(first.message)):
        return f"The line `{RAISE}` still stands in your answer and stops it there. Delete that line."
    missing = MISSING.search(first.message)
    if first.error == "NameError" and missing and missing.group(1) in text_of(answer) + name:
        return f"Your answer cell makes nothing called {missing.group(1)}. Was it renamed, or is its first line gone?"
    text = first.message or first.printed.strip()
    return text.replace("run your answer cell again, then this cell", "save the notebook, and check again")
