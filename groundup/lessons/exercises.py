"""The exercises of a lesson: the answer cells that checks grade, what each check pays, and the lesson's own solutions.

In: a lesson. Out: `Exercise` records in order; the solution of every answer cell as text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nbgrader.utils import is_grade, is_solution

from groundup.lessons.course import Lesson
from groundup.lessons.source import hidden_regions, to_notebook


@dataclass(frozen=True)
class Exercise:
    """An answer cell and the cells that grade it: their grade_ids begin with the exercise's name and a hyphen."""

    name: str
    checks: dict[str, float]

    @property
    def points(self) -> float:
        """What the whole exercise pays."""
        return sum(self.checks.values())


def exercises(lesson: Lesson) -> list[Exercise]:
    """The exercises of a lesson that are graded by checks, in order."""
    cells = to_notebook(lesson).cells
    points = {
        cell.metadata.nbgrader.grade_id: float(cell.metadata.nbgrader.points)
        for cell in cells
        if is_grade(cell) and not is_solution(cell)
    }
    found = []
    for cell in cells:
        if is_solution(cell) and not is_grade(cell):
            name = cell.metadata.nbgrader.grade_id
            checks = {grade_id: worth for grade_id, worth in points.items() if grade_id.rpartition("-")[0] == name}
            if checks:
                found.append(Exercise(name, checks))
    return found


def model_answers(lesson: Lesson) -> dict[str, str]:
    """The lesson's own solution of every answer cell, without the markers."""
    return {
        cell.metadata.nbgrader.grade_id: re.sub(r"^\s*### (BEGIN|END) SOLUTION\n?", "", cell.source, flags=re.M)
        for cell in to_notebook(lesson).cells
        if is_solution(cell) and hidden_regions(cell.source)
    }
