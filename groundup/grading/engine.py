"""`groundup grade`: a class from submissions to marks, feedback and a report.

    read and rebuild (reading/) → run (running/, wire/) → record (recording/) → feedback and report (reporting/)

In: a course and what lies in grading/submitted/. Out: nbgrader's gradebook and autograded notebooks, feedback for each
student, one report. What was graded before from the same file with the same master is not graded again.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable
from pathlib import Path

from groundup.grading.assess import Notebook
from groundup.grading.jobs import Graded
from groundup.grading.reading.master import Master
from groundup.grading.reading.submissions import Place, Submission, submissions
from groundup.grading.recording import Recorder
from groundup.grading.recording.assignments import due_date, is_entered
from groundup.grading.recording.shelf import NAME, Shelf
from groundup.grading.reporting.feedback import write_feedback
from groundup.grading.reporting.report import write_report
from groundup.grading.reporting.sheet import Sheet, sheet
from groundup.grading.running.missing import missing_sandbox
from groundup.grading.settings import Settings, settings
from groundup.grading.spread import Desk, spread
from groundup.lessons.course import Course, CourseError
from groundup.lessons.edition import generate

Progress = Callable[[int, int, Graded | None], None]


def grade(
    course: Course,
    week: str,
    *,
    students: list[str] | None = None,
    workers: int = 2,
    scheduler: str | None = None,
    isolated: bool = True,
    progress: Progress = lambda done, total, graded: None,
) -> list[Graded]:
    """Grade a week and return what became of each notebook, those of earlier runs included.

    `progress(done, total, graded)` is called after each. Raises CourseError when there is nothing to grade, when no
    sandbox can be had (and `isolated` wants one), or when the gradebook stays away; what was recorded until then stays.
    """
    if isolated and (missing := missing_sandbox()):
        raise CourseError(
            f"{missing}\nNothing was graded: submissions run code of strangers. "
            "Add --no-sandbox if you trust every one of them; the report will say so."
        )
    lessons, found = course.lessons(week), settings(course)
    todo = submissions(found.submitted, lessons, students)
    if not todo:
        raise CourseError(
            f"There is nothing to grade: {found.submitted} holds no notebook of {week}. It wants "
            f"STUDENT/{week}/{lessons[0].name}.ipynb; `groundup collect` brings downloads there."
        )
    masters = {lesson.name: Master.of(lesson) for lesson in lessons}
    enter_assignment(course, week, found, masters)
    run = _Run(course, found, masters, {lesson.name: sheet(lesson) for lesson in lessons})
    with Recorder(found.db_url, found.autograded, found.course_id, found.config) as recorder:
        desk = Desk(masters, found.limits, isolated, found.secret)
        run.grade(recorder, todo, desk, workers, scheduler, progress)
        run.report(recorder, week)
    return run.graded


def enter_assignment(course: Course, week: str, found: Settings, masters: dict[str, Master]) -> None:
    """See to it that nbgrader's gradebook knows the week as it is now."""
    if not is_entered(found.db_url, found.course_id, week, masters):
        with tempfile.TemporaryDirectory(prefix="groundup-release-") as folder:
            generate(course, Path(folder), found.db_url, [week])


class _Run:
    """One run of the engine."""

    def __init__(self, course: Course, found: Settings, masters: dict[str, Master], sheets: dict[str, Sheet]) -> None:
        self.course, self.found, self.masters, self.sheets = course, found, masters, sheets
        self.shelf = Shelf(found.autograded)
        self.graded: list[Graded] = []

    def grade(
        self,
        recorder: Recorder,
        todo: list[Place],
        desk: Desk,
        workers: int,
        scheduler: str | None,
        progress: Progress,
    ) -> None:
        """Grade what is not on record yet; record each as it comes."""
        rest = []
        for place in todo:
            submission = place.read()
            known = None if submission.fault else self._known(recorder, submission)
            if known is None:
                rest.append(place)
            else:
                self.graded.append(known)
        done, total = len(todo) - len(rest), len(todo)
        progress(done, total, None)
        results = spread((place.read() for place in rest), desk, workers, scheduler)
        with contextlib.closing(results):
            for graded, notebook in results:
                self._keep(recorder, graded, notebook)
                done += 1
                progress(done, total, graded)

    def _keep(self, recorder: Recorder, graded: Graded, notebook: Notebook | None) -> None:
        """Write the feedback, then the record: what is on record has everything, also after a crash in between."""
        if NAME.fullmatch(graded.student):
            write_feedback(graded, notebook or {}, self.sheets[graded.lesson], self.found.feedback)
            if notebook is not None:
                recorder.record(graded, notebook)
            else:
                recorder.record_fault(graded)
        self.graded.append(graded)

    def _known(self, recorder: Recorder, submission: Submission) -> Graded | None:
        master = self.masters[submission.lesson]
        return recorder.done(submission.student, submission.week, submission.lesson, submission.digest, master.digest)

    def report(self, recorder: Recorder, week: str) -> None:
        """Write the instructor's page about everything on record, and about what could not be recorded."""
        recorded = recorder.recorded(week)
        there = {(graded.student, graded.lesson, graded.fault is None) for graded in recorded}
        others = [g for g in self.graded if (g.student, g.lesson, g.fault is None) not in there]
        sources = {
            (g.student, g.lesson): self.shelf.answers(g.student, week, g.lesson) for g in recorded if not g.fault
        }
        due = due_date(self.found.db_url, self.found.course_id, week)
        write_report(self.course, week, [*recorded, *others], sources, report_path(self.found, week), due=due)


def report_path(found: Settings, week: str) -> Path:
    """Where the instructor's page of a week lies."""
    return found.report / f"report-{week}.html"
