"""`WarmExecute`: nbgrader's own autograde, with notebooks run by the engine instead of a kernel.

In: a notebook whose tests nbgrader has restored from its gradebook. Out: the same notebook with outputs in nbformat's
form, from which nbgrader makes the scores it always makes. A notebook that is no lesson gets nbgrader's own kernel.

Cells that only show something, and make nothing that another cell reads, do not run: nobody looks at their pictures
here. What the machine could not run stops that student with an error, and nbgrader records no mark for the notebook.
"""

from __future__ import annotations

import atexit
import functools
import json
from pathlib import Path
from typing import Any

from nbconvert.preprocessors import ClearMetadataPreprocessor
from nbformat import from_dict
from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    Execute,
    IgnorePattern,
    LimitOutput,
    SaveAutoGrades,
)
from traitlets import Bool

from groundup.grading.assess import fill_in
from groundup.grading.jobs import Job, Ran
from groundup.grading.reading.master import Master
from groundup.grading.running.missing import missing_sandbox
from groundup.grading.running.runner import Runner
from groundup.grading.settings import settings
from groundup.lessons.course import Course, CourseError, Lesson
from groundup.selfcheck.healing import is_answer
from groundup.selfcheck.reading import Cell, grade_id, marks, source

LANGUAGE = {"name": "python", "pygments_lexer": "ipython3"}
"""What a kernel would have written into the notebook; what a student wrote there is not kept."""


class WarmExecute(Execute):  # type: ignore[misc]  # nbgrader ships no types
    """Takes the place of nbgrader's `Execute` in c.Autograde.autograde_preprocessors."""

    allow_no_sandbox = Bool(False, help="Run code of strangers without a sandbox.").tag(config=True)

    def preprocess(self, nb: Any, resources: Any, km: Any = None) -> tuple[Any, Any]:
        """Called by nbconvert for each notebook. Raises CourseError for what is no fault of the answers."""
        lesson = self._lesson(resources.get("nbgrader", {}))
        if lesson is None:
            by_kernel: tuple[Any, Any] = super().preprocess(nb, resources, km)
            return by_kernel
        master = _master(lesson, lesson.source.stat().st_mtime_ns)
        runner, secret = _runner(lesson.source.parents[2], self.allow_no_sandbox)
        cells = _named(json.loads(json.dumps(nb.cells)))
        _require_same_tests(cells, master)
        healed = master.rebuild(cells)
        job = master.job(resources["nbgrader"]["student"], healed.cells, runner.limits, secret)
        ran = _run(runner, job)
        for note in ran.notes:
            self.log.warning("%s of %s: %s", lesson, job.student, note)
        _fill(nb, cells, ran)
        nb.metadata.language_info = from_dict(LANGUAGE)
        return nb, resources

    def _lesson(self, about: dict[str, str]) -> Lesson | None:
        """The lesson that nbgrader's names of assignment and notebook stand for."""
        root = self.config.CourseDirectory.get("root")
        lessons = Course(Path(root)).lessons() if root else []
        return next((one for one in lessons if (one.week, one.name) == _names(about)), None)


PREPROCESSORS = [
    WarmExecute, IgnorePattern, ClearMetadataPreprocessor, LimitOutput, SaveAutoGrades, AssignLatePenalties,
    CheckCellMetadata,
]  # fmt: skip
"""What nbgrader does to a notebook when it grades it, in its order, with `WarmExecute` in the first place."""


def _names(about: dict[str, str]) -> tuple[str, str]:
    return about.get("assignment", ""), about.get("notebook", "")


@functools.lru_cache(maxsize=64)
def _master(lesson: Lesson, changed: int) -> Master:
    """The lesson as it was at that time; a formgrader that runs for days sees a change of it."""
    return Master.of(lesson)


@functools.cache
def _runner(root: Path, allow_no_sandbox: bool) -> tuple[Runner, str | None]:
    """One runner for the whole nbgrader process, and the course's secret. Raises CourseError without a sandbox."""
    missing = missing_sandbox()
    if missing and not allow_no_sandbox:
        raise CourseError(
            f"{missing}\nNothing was graded: submissions run code of strangers. If you trust every one of them, set "
            "c.WarmExecute.allow_no_sandbox = True in nbgrader_config.py."
        )
    found = settings(Course(root))
    runner = Runner(found.limits, isolated=missing is None)
    atexit.register(runner.close)
    return runner, found.secret


def _named(cells: list[Cell]) -> list[Cell]:
    """The cells, each with an id of its own, by which what came out of it finds its way back."""
    taken = {name for cell in cells if (name := grade_id(cell))}
    for place, cell in enumerate(cells):
        if not grade_id(cell):
            if not cell.get("id") or cell["id"] in taken:
                cell["id"] = f"submitted-{place}"
            taken.add(cell["id"])
    return cells


def _require_same_tests(cells: list[Cell], master: Master) -> None:
    """The gradebook must know the lesson as it is: the engine runs its tests, and nbgrader counts their points."""
    for cell in cells:
        name = grade_id(cell)
        ours = master.by_name.get(name) if name else None
        if name and not is_answer(cell) and (ours is None or source(ours) != source(cell) or not _same(ours, cell)):
            raise CourseError(
                f"{master.lesson} was changed after it was entered into the gradebook (cell '{name}'). "
                f"Run `nbgrader generate_assignment {master.lesson.week} --force`, then autograde again."
            )


def _same(ours: Cell, theirs: Cell) -> bool:
    return all(marks(ours).get(key) == marks(theirs).get(key) for key in ("grade", "points"))


def _run(runner: Runner, job: Job) -> Ran:
    """Run a job. Raises CourseError where the machine failed."""
    ran = runner.run(job)
    lost = [cell.name for cell in job.cells if cell.role == "test" and cell.name not in ran.cells]
    if ran.fault or lost:
        reason = ran.fault or f"nothing came out of {', '.join(lost)}"
        raise CourseError(
            f"The machine could not run {job.week}/{job.lesson} of {job.student}: {reason}. No mark was recorded for "
            f"it. Run `nbgrader autograde {job.week} --student {job.student}` again."
        )
    return ran


def _fill(nb: Any, cells: list[Cell], ran: Ran) -> None:
    """Put what came out of the cells into nbgrader's notebook."""
    code = [(theirs, cell) for theirs, cell in zip(nb.cells, cells, strict=True) if theirs.cell_type == "code"]
    for count, (theirs, cell) in enumerate(code, start=1):
        run = ran.cells.get(grade_id(cell) or str(cell["id"]))
        if run is not None:
            filled: Cell = {}
            fill_in(filled, run, count)
            theirs.update(from_dict(filled))
