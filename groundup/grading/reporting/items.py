"""What the points of a class say about each exercise, and how they are spread.

In: points. Out: `Item` (share right, mean, discrimination, and what that means in words) and bars of a histogram.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import StatisticsError, correlation, fmean

from groundup.grading.jobs import Graded
from groundup.grading.reporting.mistakes import blank
from groundup.grading.reporting.sheet import Sheet, Task

LEAST_STUDENTS = 5
"""Below that, a correlation is chance."""
MOST_BARS = 14
WEAK, STRONG = 0.2, 0.4
HARD, EASY = 0.3, 0.95


@dataclass(frozen=True)
class Item:
    """One exercise of a class."""

    task: Task
    students: int
    right: float | None
    """Share of students with full points; None where nobody was graded."""
    mean: float | None
    blank: int
    """Students who left the answer as it was."""
    discrimination: float | None
    """Correlation with the points of all other exercises of the lesson; None where it makes no sense."""

    @property
    def meaning(self) -> str:
        """The figures in a plain sentence."""
        if self.right is None:
            return "Nobody was graded yet."
        if self.right == 1:
            return "Everybody has it."
        if self.right == 0:
            return "Nobody has all of it: look at the exercise and its checks."
        level = "Hard. " if self.right < HARD else "Easy. " if self.right >= EASY else ""
        return level + _separates(self.discrimination, self.students)


def _separates(value: float | None, students: int) -> str:
    if students < LEAST_STUDENTS:
        return f"Fewer than {LEAST_STUDENTS} students: too few to say more."
    if value is None:
        return "The other exercises do not differ: nothing to compare with."
    if value < 0:
        return "Those who do well elsewhere do worse here: look at the exercise and its checks."
    if value < WEAK:
        return "Says little about who does well elsewhere."
    return "Goes with the other exercises." if value < STRONG else "Goes closely with the other exercises."


def items(sheet: Sheet, graded: Iterable[Graded]) -> list[Item]:
    """The exercises of one lesson that are graded by checks, in order."""
    done = [one for one in graded if one.lesson == sheet.lesson and not one.fault]
    return [_item(sheet, task, done) for task in sheet.checked]


def _item(sheet: Sheet, task: Task, done: list[Graded]) -> Item:
    points = [task.earned(one) for one in done]
    rest = [sheet.earned(one) - own for one, own in zip(done, points, strict=True)]
    empty = sum(blank(task, one) for one in done)
    if not points:
        return Item(task, 0, None, None, 0, None)
    right = sum(own >= task.points for own in points) / len(points)
    return Item(task, len(points), right, fmean(points), empty, discrimination(points, rest))


def discrimination(points: Sequence[float], rest: Sequence[float]) -> float | None:
    """Pearson's correlation of an exercise with the rest; None under 5 students or where one of them never differs."""
    if len(points) < LEAST_STUDENTS:
        return None
    try:
        return correlation(points, rest)
    except StatisticsError:
        return None


@dataclass(frozen=True)
class Bar:
    """Students whose points lie in [low, high); the last bar includes its upper end."""

    low: float
    high: float
    count: int


def histogram(points: Sequence[float], most: float) -> list[Bar]:
    """The points of a class in at most 14 bars of one round width, from 0 to `most` or a little above."""
    if most <= 0:
        return []
    rough = most / MOST_BARS
    power = 10.0 ** math.floor(math.log10(rough))
    width = max(next(step * power for step in (1, 2, 5, 10) if step * power >= rough - 1e-9), 1.0)
    count = max(math.ceil(most / width - 1e-9), 1)
    places = [min(int(max(value, 0.0) / width + 1e-9), count - 1) for value in points]
    return [Bar(place * width, (place + 1) * width, places.count(place)) for place in range(count)]
