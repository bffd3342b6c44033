"""What nbgrader_config.py says about grading: folders, gradebook, limits. Read here and nowhere else.

In: a course. Out: a `Settings`. Limits stand in the file as `c.Limits.cell_seconds = 30`.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from groundup.checks.fresh import VARIABLE
from groundup.grading.jobs import Limits
from groundup.lessons.course import Course, CourseError
from groundup.lessons.edition import nbgrader_config


@dataclass(frozen=True)
class Settings:
    """Where a class is graded, and how."""

    submitted: Path
    autograded: Path
    feedback: Path
    report: Path
    """The folder of the instructor's pages."""
    db_url: str
    course_id: str
    limits: Limits
    secret: str | None
    """For hidden inputs, from the environment variable GROUNDUP_SECRET."""
    config: Any
    """All of nbgrader's settings."""


def settings(course: Course) -> Settings:
    """Read nbgrader_config.py. Raises CourseError when it sets a limit that does not exist, or is no number."""
    config = nbgrader_config(course)
    directory = config.CourseDirectory
    return Settings(
        submitted=course.root / directory.submitted_directory,
        autograded=course.root / directory.autograded_directory,
        feedback=course.root / directory.feedback_directory,
        report=(course.root / directory.autograded_directory).parent,
        db_url=directory.db_url,
        course_id=directory.course_id,
        limits=_limits(dict(config.Limits)),
        secret=os.environ.get(VARIABLE) or None,
        config=config,
    )


def _limits(chosen: dict[str, Any]) -> Limits:
    known: dict[str, type[int] | type[float]] = {
        entry.name: float if isinstance(entry.default, float) else int for entry in fields(Limits)
    }
    for name, value in chosen.items():
        if name not in known:
            raise CourseError(
                f"nbgrader_config.py sets c.Limits.{name}, and there is none. There are: {', '.join(known)}."
            )
        if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
            raise CourseError(f"nbgrader_config.py sets c.Limits.{name} = {value!r}. It must be a number above 0.")
    checked: dict[str, Any] = {name: known[name](value) for name, value in chosen.items()}
    return Limits(**checked)
