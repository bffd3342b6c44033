"""One graded notebook as nbgrader's rows: student, submission, marks, comments, late penalty.

In: an open gradebook, a `Graded`, the graded notebook. Out: the rows that nbgrader's own autograde would leave.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import nbformat
from nbgrader.api import (
    BaseCell,
    Comment,
    Grade,
    MissingEntry,
    Notebook,
    SourceCell,
    SubmittedAssignment,
    SubmittedNotebook,
)
from nbgrader.preprocessors import AssignLatePenalties
from nbgrader.utils import compute_checksum, is_task
from sqlalchemy import select

from groundup.grading.jobs import Graded
from groundup.lessons.course import CourseError
from groundup.selfcheck.reading import grade_id, marks, source

NO_RESPONSE = "No response."
"""nbgrader's comment on an answer that is still as it was given out."""


def enter(gradebook: Any, graded: Graded, notebook: dict[str, Any], penalties: AssignLatePenalties) -> None:
    """Enter what grading one notebook gave. The notebook's sisters in the same submission keep what they have."""
    when = submitted_at(graded)
    submission = _submission(gradebook, graded, when)
    submitted = _submitted_notebook(gradebook, graded, submission)
    _enter_scores(gradebook, graded, submitted)
    _enter_comments(gradebook, submitted, notebook)
    _enter_penalty(gradebook, graded.student, submission, submitted, when, penalties)


def recorded_scores(gradebook: Any, week: str, student: str | None = None, lesson: str | None = None) -> Any:
    """The automatic marks in the gradebook: by student and lesson, then by grade_id."""
    wanted = gradebook.find_assignment(week).id
    query = (
        select(SubmittedAssignment.student_id, Notebook.name, BaseCell.name, Grade.auto_score)
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Notebook, Notebook.id == SubmittedNotebook.notebook_id)
        .join(Grade, Grade.notebook_id == SubmittedNotebook.id)
        .join(BaseCell.__table__, BaseCell.__table__.c.id == Grade.cell_id)
        .where(SubmittedAssignment.assignment_id == wanted)
    )
    if student is not None:
        query = query.where(SubmittedAssignment.student_id == student, Notebook.name == lesson)
    found: dict[tuple[str, str], dict[str, float | None]] = {}
    for owner, name, cell, score in gradebook.db.execute(query):
        found.setdefault((owner, name), {})[cell] = score
    return found


def submitted_at(graded: Graded) -> datetime | None:
    """When the notebook was handed in, as nbgrader keeps it: UTC without a time zone."""
    if graded.submitted_at is None:
        return None
    try:
        when = datetime.fromisoformat(graded.submitted_at)
    except ValueError:
        raise CourseError(
            f"'{graded.submitted_at}', the time at which {graded.student} handed in {graded.week}/{graded.lesson}, "
            "is no date of the form 2026-01-31T23:59:00+00:00. Nothing was recorded for it."
        ) from None
    return when.astimezone(UTC).replace(tzinfo=None) if when.tzinfo else when


def _submission(gradebook: Any, graded: Graded, when: datetime | None) -> Any:
    gradebook.update_or_create_student(graded.student)
    try:
        submission = gradebook.find_submission(graded.week, graded.student)
    except MissingEntry:
        submission = _new_submission(gradebook, graded)
    if when is not None and (submission.timestamp is None or when > submission.timestamp):
        # Notebooks of one submission may come on different days; its time is that of the last one.
        submission.timestamp = when
    return submission


def _new_submission(gradebook: Any, graded: Graded) -> Any:
    try:
        submission = gradebook.add_submission(graded.week, graded.student)
    except MissingEntry:
        raise _unknown(graded, graded.week) from None
    # nbgrader makes rows for all notebooks of the week, to be read by a person. What was not graded needs no reader.
    for notebook in submission.notebooks:
        for grade in notebook.grades:
            grade.needs_manual_grade = False
    return submission


def _submitted_notebook(gradebook: Any, graded: Graded, submission: Any) -> Any:
    found = gradebook.db.scalars(
        select(SubmittedNotebook)
        .join(Notebook, Notebook.id == SubmittedNotebook.notebook_id)
        .where(SubmittedNotebook.assignment_id == submission.id, Notebook.name == graded.lesson)
    ).one_or_none()
    if found is None:
        raise _unknown(graded, f"{graded.week}/{graded.lesson}")
    return found


def _enter_scores(gradebook: Any, graded: Graded, submitted: Any) -> None:
    grades = {name: grade for grade, name in _rows(gradebook, Grade, submitted)}
    strangers = graded.scores.keys() - grades.keys()
    if strangers:
        raise _unknown(graded, f"{graded.week}/{graded.lesson}, {', '.join(sorted(strangers))}")
    for name, grade in grades.items():
        score = graded.scores.get(name)
        if score is not None and score < 0:
            raise CourseError(
                f"{graded.student}, {graded.week}/{graded.lesson}: {score} is no number of points for {name}. "
                "Nothing was recorded for it. Look at the last line of that check, and grade it again."
            )
        grade.auto_score = None if score is None else float(score)
        # nbgrader's rule: what a person has to read, and what a person marked when the answer was another one.
        grade.needs_manual_grade = grade.manual_score is not None or score is None


def _enter_comments(gradebook: Any, submitted: Any, notebook: dict[str, Any]) -> None:
    checksums = dict(
        gradebook.db.execute(
            select(SourceCell.name, SourceCell.checksum).where(SourceCell.notebook_id == submitted.notebook_id)
        ).all()
    )
    cells = {grade_id(cell): cell for cell in notebook["cells"] if marks(cell).get("solution")}
    for comment, name in _rows(gradebook, Comment, submitted):
        untouched = name in cells and _is_untouched(cells[name], checksums.get(name))
        comment.auto_comment = NO_RESPONSE if untouched else None


def _is_untouched(cell: dict[str, Any], checksum: str | None) -> bool:
    node = nbformat.from_dict({**cell, "source": source(cell)})
    return checksum is not None and not is_task(node) and compute_checksum(node) == checksum


def _enter_penalty(
    gradebook: Any,
    student: str,
    submission: Any,
    submitted: Any,
    when: datetime | None,
    penalties: AssignLatePenalties,
) -> None:
    """What nbgrader's plugin takes off, by the time of this notebook: a late sister does not make it late."""
    submitted.late_submission_penalty = None
    if when is None or submission.assignment.duedate is None or when <= submission.duedate:
        return
    gradebook.db.flush()
    gradebook.db.refresh(submitted, ["score"])
    late = (when - submission.duedate).total_seconds()
    penalty = penalties.plugin_inst.late_submission_penalty(student, submitted.score, late)
    if penalty is not None:
        submitted.late_submission_penalty = min(max(penalty, 0.0), submitted.score)


def _rows(gradebook: Any, kind: Any, submitted: Any) -> Any:
    """The grades or comments of one notebook, each with the name of its cell, in one query."""
    cells = BaseCell.__table__
    query = select(kind, cells.c.name).join(cells, cells.c.id == kind.cell_id).where(kind.notebook_id == submitted.id)
    return gradebook.db.execute(query).all()


def _unknown(graded: Graded, what: str) -> CourseError:
    return CourseError(
        f"The gradebook does not know {what}, which {graded.student} handed in. Nothing was recorded for it. "
        f"Run `nbgrader generate_assignment {graded.week} --force`, and grade it again."
    )
