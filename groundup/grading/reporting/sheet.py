"""What pages need to know of a lesson: its title, and its exercises with their titles, points and checks.

In: a lesson. Out: a `Sheet`, made once and used for every notebook of that lesson.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from nbgrader.preprocessors import ClearSolutions
from nbgrader.utils import is_grade, is_solution

from groundup.grading.jobs import Graded
from groundup.lessons.course import Lesson
from groundup.lessons.exercises import exercises, model_answers
from groundup.lessons.source import to_notebook

HEADING = re.compile(r"^#{2,3} (Exercise \d+\b.*)$", re.M)


@dataclass(frozen=True)
class Task:
    """One exercise as a page shows it. `checks` is empty for a written answer."""

    name: str
    """The grade_id of the answer cell."""
    title: str
    points: float
    checks: Mapping[str, float] = field(default_factory=dict)

    @property
    def written(self) -> bool:
        """Whether a person reads the answer."""
        return not self.checks

    def earned(self, graded: Graded) -> float:
        """What the checks paid."""
        return sum(graded.scores.get(check, 0.0) for check in self.checks)

    def lost(self, graded: Graded) -> list[str]:
        """What the checks said that did not pay all their points."""
        short = [check for check, points in self.checks.items() if graded.scores.get(check, 0.0) < points]
        return [graded.messages.get(check, "") for check in short]


@dataclass(frozen=True)
class Sheet:
    """A lesson as pages show it."""

    week: str
    lesson: str
    title: str
    tasks: tuple[Task, ...]
    known: Mapping[str, tuple[str, ...]]
    """By answer cell: texts that are nobody's own, the untouched cell and the model answer."""

    @property
    def short(self) -> str:
        """The title without its week: `Lesson 1 — The perceptron`."""
        return self.title.partition(" · ")[2] or self.title

    @property
    def checked(self) -> list[Task]:
        """The exercises that are graded by checks."""
        return [task for task in self.tasks if not task.written]

    @property
    def points(self) -> float:
        """What the checks of the lesson pay together."""
        return sum(task.points for task in self.checked)

    def earned(self, graded: Graded) -> float:
        """What the checks of the lesson paid."""
        return sum(task.earned(graded) for task in self.checked)


def sheet(lesson: Lesson) -> Sheet:
    """Read the lesson. Raises CourseError when its source cannot be read."""
    notebook = to_notebook(lesson)
    checks = {exercise.name: exercise.checks for exercise in exercises(lesson)}
    title, heading, tasks = lesson.name, "", []
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            if title == lesson.name and (found := re.search(r"^# (.+)$", cell.source, re.M)):
                title = found[1].strip()
            if headings := HEADING.findall(cell.source):
                heading = headings[-1].strip()
        if not is_solution(cell):
            continue
        name = cell.metadata.nbgrader.grade_id
        if is_grade(cell):
            tasks.append(Task(name, heading or name, float(cell.metadata.nbgrader.points)))
        elif name in checks:
            tasks.append(Task(name, heading or name, sum(checks[name].values()), checks[name]))
    models = model_answers(lesson)
    untouched, _ = ClearSolutions().preprocess(notebook, {})
    stubs = {cell.metadata.nbgrader.grade_id: cell.source for cell in untouched.cells if is_solution(cell)}
    known = {name: (stub, *([models[name]] if name in models else [])) for name, stub in stubs.items()}
    return Sheet(lesson.week, lesson.name, title, tuple(tasks), known)
