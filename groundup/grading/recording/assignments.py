"""What nbgrader's gradebook knows of an assignment: whether its cells are those of today, and when it is due.

In: the gradebook's URL and a week. Out: answers about it; nothing is written.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from nbgrader.api import Gradebook, MissingEntry

from groundup.grading.reading.master import Master
from groundup.selfcheck.reading import marks


def is_entered(db_url: str, course_id: str, week: str, masters: dict[str, Master]) -> bool:
    """Whether the gradebook has the week with the graded cells and points that the lessons have."""
    wanted = {lesson: _points(master) for lesson, master in masters.items()}
    with Gradebook(db_url, course_id) as gradebook:
        try:
            notebooks = gradebook.find_assignment(week).notebooks
        except MissingEntry:
            return False
        known = {
            notebook.name: {cell.name: float(cell.max_score) for cell in notebook.grade_cells} for notebook in notebooks
        }
    return known == wanted


def due_date(db_url: str, course_id: str, week: str) -> datetime | None:
    """When the week is due, in UTC; None where nobody said so."""
    with Gradebook(db_url, course_id) as gradebook:
        try:
            found: datetime | None = gradebook.find_assignment(week).duedate
        except MissingEntry:
            return None
    return found


def _points(master: Master) -> dict[str, float]:
    graded: dict[str, Any] = {name: marks(cell) for name, cell in master.by_name.items() if marks(cell).get("grade")}
    return {name: float(found.get("points") or 0) for name, found in graded.items()}
