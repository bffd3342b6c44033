"""The main job from end to end on a sample class: fill `grading/`, grade it, show who got what and why.

In: a course. Out: what `groundup grade` leaves in `grading/`, a table for each lesson, and what became of the students
who handed in attacks.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from nbgrader.api import Gradebook

from groundup.grading.engine import grade, report_path
from groundup.grading.jobs import Graded
from groundup.grading.proof.sample_class import BAIT, HONEST, HOSTILE, Sample, hand_in_all
from groundup.grading.running.missing import missing_sandbox
from groundup.grading.running.sandbox import NO_FORK
from groundup.grading.settings import Settings, settings
from groundup.lessons.course import Course, CourseError

BAIT_TEXT = "This gradebook holds the sample class of `groundup demo`. The next demo replaces it.\n"


@dataclass(frozen=True)
class Shown:
    """What there is to show when the sample class is graded."""

    course: Course
    samples: Sequence[Sample]
    graded: Sequence[Graded]
    autograded: Path
    feedback: Path
    report: Path
    gradebook: Path
    bait: Path


def run(course: Course, say: Callable[[str], None], progress: Callable[[int, int], None]) -> Shown:
    """Grade the sample class's first week in the course's `grading/` folder; `progress(done, total)` counts notebooks.

    Raises CourseError when `grading/` holds a real class, which the demo never mixes with, and on a system on which
    nothing can be graded.
    """
    if not hasattr(os, "fork"):
        raise CourseError(NO_FORK)
    found = settings(course)
    gradebook = _make_room(found)
    samples = [*HONEST, *HOSTILE]
    if missing := missing_sandbox():
        samples = [*HONEST]
        say(f"{missing}\nSo {len(HOSTILE)} hostile students are left out, and the others graded without a sandbox:")
        say("their notebooks are the course's own. A real class holds code of strangers and needs the sandbox.")
    for sample in samples:
        say(f"  {sample.student}: {sample.story}")
    week = course.weeks[0]
    hand_in_all(course, course.lessons(week), found.submitted, samples)
    graded = list(
        grade(
            course, week, workers=os.cpu_count() or 1, isolated=missing is None,
            progress=lambda done, total, _: progress(done, total),
        )
    )  # fmt: skip
    graded.sort(key=lambda one: (one.lesson, one.student))
    report = report_path(found, week)
    return Shown(course, samples, graded, found.autograded, found.feedback, report, gradebook, found.report / BAIT)


def _make_room(found: Settings) -> Path:
    """Empty `grading/` of an earlier demo, and of nothing else. Returns where the gradebook will be."""
    gradebook, bait = found.report / "gradebook.db", found.report / BAIT
    if found.db_url != f"sqlite:///{gradebook.as_posix()}":
        raise CourseError(
            "nbgrader_config.py names a gradebook of your own (c.CourseDirectory.db_url), and the demo replaces the "
            "gradebook that it works with. Run it in a fresh checkout."
        )
    known = {sample.student for sample in (*HONEST, *HOSTILE)}
    strangers = _students(found, gradebook) - known
    if strangers or (gradebook.exists() and not bait.exists()):
        raise CourseError(
            f"{found.report} already holds a gradebook or submissions that are not the demo's"
            f"{': ' + ', '.join(sorted(strangers)[:5]) if strangers else ''}. "
            "The demo does not mix with a real class: run it in another checkout, or move that folder away."
        )
    found.report.mkdir(exist_ok=True)
    bait.write_text(BAIT_TEXT, encoding="utf-8")
    gradebook.unlink(missing_ok=True)
    for folder in (found.submitted, found.autograded, found.feedback, found.report / "faults"):
        for student in known:
            shutil.rmtree(folder / student, ignore_errors=True)
    return gradebook


def _students(found: Settings, gradebook: Path) -> set[str]:
    """Everybody who handed something in or stands in the gradebook."""
    names = {path.name for path in found.submitted.iterdir()} if found.submitted.is_dir() else set()
    if gradebook.exists():
        with Gradebook(found.db_url, found.course_id) as book:
            names |= {student.id for student in book.students}
    return names
