"""Where the parts of a course lie: its root, its weeks, its lessons."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path


class CourseError(Exception):
    """Something about the course's files is wrong. The text says what, where, and what to do next."""


@dataclass(frozen=True)
class Lesson:
    """One lesson source, `solutions/week00/01_perceptron.py`."""

    source: Path

    @property
    def name(self) -> str:
        """`01_perceptron`, the name of the notebook in every edition."""
        return self.source.stem

    @property
    def week(self) -> str:
        """`week00`, the name of the nbgrader assignment."""
        return self.source.parent.name

    @property
    def notebook(self) -> Path:
        """The notebook beside the source: made, git-ignored, what nbgrader reads."""
        return self.source.with_suffix(".ipynb")

    def __str__(self) -> str:
        return f"{self.week}/{self.name}"


@dataclass(frozen=True)
class Course:
    """A checkout of the course, or a copy of one."""

    root: Path

    @classmethod
    def find(cls, start: Path | None = None) -> Course:
        """The course that `start` (default: the working folder) lies in.

        Raises CourseError where no folder above holds nbgrader_config.py and solutions/.
        """
        here = (start or Path.cwd()).resolve()
        for folder in (here, *here.parents):
            if (folder / "nbgrader_config.py").is_file() and (folder / "solutions").is_dir():
                return cls(folder)
        raise CourseError(
            f"{here} is not inside a course: no folder above it holds nbgrader_config.py and solutions/. "
            "Go to your checkout of the course and run the command there."
        )

    @property
    def solutions(self) -> Path:
        """Where the lessons are written."""
        return self.root / "solutions"

    @property
    def weeks(self) -> list[str]:
        """The weeks that have lessons, in order."""
        return sorted({lesson.week for lesson in self.lessons()})

    @property
    def library(self) -> Path:
        """The reference library of the capstone; a course may have none."""
        return self.solutions / "week07" / "library"

    @property
    def week_folders(self) -> list[str]:
        """The week folders that students get, in order: those with lessons, and the one of their library."""
        return sorted({*self.weeks, *([self.library.parent.name] if self.library.is_dir() else [])})

    def lessons(self, target: str | None = None) -> list[Lesson]:
        """All lessons in order, or those of `week00`, or the one called `week00/01_perceptron`.

        Raises CourseError when nothing has that name.
        """
        found = [Lesson(path) for path in sorted(self.solutions.glob("week[0-9][0-9]/[0-9][0-9]_*.py"))]
        if target is None:
            return found
        wanted = re.sub(r"\.(py|ipynb)$", "", target.replace("\\", "/").strip("/")).removeprefix("solutions/")
        chosen = [lesson for lesson in found if wanted in (lesson.week, str(lesson))]
        if not chosen:
            names = ", ".join([*dict.fromkeys(lesson.week for lesson in found), *map(str, found)])
            raise CourseError(f"There is no week or lesson called '{target}'. There are: {names}.")
        return chosen
