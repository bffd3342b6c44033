"""The one writer of a grading run. nbgrader's formgrader, export and feedback go on from what it leaves.

In: a `Graded` and the graded notebook, one after the other. Out: rows in nbgrader's gradebook, then a file for each.
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Any

from nbgrader.api import MissingEntry
from nbgrader.preprocessors import AssignLatePenalties
from traitlets.config import Config

from groundup.grading.jobs import Graded
from groundup.grading.recording.database import Database
from groundup.grading.recording.lock import FileLock
from groundup.grading.recording.marks import enter, recorded_scores
from groundup.grading.recording.shelf import Shelf, as_text, check_name


class Recorder:
    """Open for the time of a run: `with Recorder(url, folder / "autograded") as recorder: ...`.

    A second one on the same gradebook gets a CourseError that names the first. A run that is killed leaves nothing
    half done: a notebook is in the gradebook with all its marks or with none, and `done` says what is left to do.
    """

    def __init__(
        self, db_url: str, autograded: Path, course_id: str = "groundup", config: Config | None = None
    ) -> None:
        """`config`: the settings of nbgrader_config.py, for what it says of late penalties."""
        self._database = Database(db_url, course_id)
        self._shelf = Shelf(autograded)
        place = self._database.file or self._shelf.autograded.parent / "gradebook"
        self._lock = FileLock(place.with_name(f"{place.name}.lock"))
        self._penalties = AssignLatePenalties(config=config)
        self._penalties.init_plugin()

    def __enter__(self) -> Recorder:
        self._lock.acquire()
        try:
            self._database.transaction(lambda gradebook: None)
        except BaseException:
            self._close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def record(self, graded: Graded, notebook: dict[str, Any]) -> None:
        """Enter the marks in one transaction, then write the graded notebook. A fault goes to `record_fault`."""
        if graded.fault is not None:
            self.record_fault(graded)
            return
        _check_names(graded)
        text = as_text(graded, notebook)
        self._database.transaction(lambda gradebook: enter(gradebook, graded, notebook, self._penalties))
        # A crash at this point means that the notebook is graded again, with the same marks.
        self._shelf.put(graded, text)

    def record_fault(self, graded: Graded) -> None:
        """Remember why a notebook was not graded. The gradebook is left alone: a fault is never a zero."""
        _check_names(graded)
        self._shelf.put_fault(graded)

    def done(self, student: str, week: str, lesson: str, submission_sha256: str, master_sha256: str) -> Graded | None:
        """What is on record for exactly this file and this master, in the gradebook and in the notebook; else None."""
        found = self._shelf.find(student, week, lesson)
        if found is None or (found.submission, found.master) != (submission_sha256, master_sha256):
            return None
        if not _agrees(found, self._scores(week, student, lesson)):
            return None
        self._shelf.forget_fault(student, week, lesson)  # it was the fault of a file that has been taken back
        return found

    def recorded(self, week: str) -> list[Graded]:
        """All that is on record, by student and lesson, then the faults.

        A notebook that was graded once and whose newer file is at fault is in both parts: the marks still count.
        """
        scores = self._scores(week)
        return [*(found for found in self._shelf.graded(week) if _agrees(found, scores)), *self._shelf.faulty(week)]

    def _scores(self, week: str, student: str | None = None, lesson: str | None = None) -> Any:
        try:
            return self._database.transaction(lambda gradebook: recorded_scores(gradebook, week, student, lesson))
        except MissingEntry:
            return {}

    def _close(self) -> None:
        self._database.close()
        self._lock.release()


def _check_names(graded: Graded) -> None:
    for name in (graded.student, graded.week, graded.lesson):
        check_name(name)


def _agrees(graded: Graded, scores: dict[tuple[str, str], dict[str, float | None]]) -> bool:
    """Whether the gradebook has the marks that the notebook claims."""
    entered = scores.get((graded.student, graded.lesson))
    return entered is not None and {name: mark for name, mark in entered.items() if mark is not None} == graded.scores
