"""One page for one student's notebook: points, what went wrong by name, their own answers and what these printed.

In: a `Graded` record, the autograded notebook (a stranger's content), the lesson's sheet. Out: an HTML page.

A page shows what checks said and what stands in answer cells. No source of a check cell is ever looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from groundup.grading.jobs import Graded
from groundup.grading.reporting.legible import LONGEST, cut, joined
from groundup.grading.reporting.mistakes import cause, label
from groundup.grading.reporting.pages import write_page
from groundup.grading.reporting.sheet import Sheet, Task
from groundup.lessons.course import CourseError
from groundup.selfcheck.reading import grade_id, source

MOST_OUTPUTS = 50


@dataclass(frozen=True)
class Part:
    """One exercise on the page."""

    task: Task
    earned: float
    problems: tuple[tuple[str, str, str], ...]
    """What kind of sentence, the likely cause, and the whole message; each cause once."""
    code: str
    printed: str

    @property
    def state(self) -> str:
        """Full, part, none, or read by a person."""
        if self.task.written:
            return "read"
        return "full" if self.earned >= self.task.points else "part" if self.earned > 0 else "none"


def write_feedback(graded: Graded, notebook: Mapping[str, Any], sheet: Sheet, folder: Path) -> Path:
    """Write the page `folder/STUDENT/WEEK/LESSON.html` and return its path.

    `notebook` is the autograded notebook as JSON gives it; of a notebook with a fault it may be empty. Raises
    CourseError when the names in `graded` cannot be those of folders.
    """
    if any(Path(name).name != name or name in ("", "..") for name in (graded.student, graded.week, graded.lesson)):
        raise CourseError(
            f"'{graded.student}', '{graded.week}' and '{graded.lesson}' cannot all be names of folders, so there is no "
            "place for this feedback. Rename the student's folder in grading/submitted and grade again."
        )
    cells = notebook.get("cells")
    found = [cell for cell in cells if isinstance(cell, dict)] if isinstance(cells, list) else []
    own = {name: cell for cell in found if (name := grade_id(cell))}
    parts = [] if graded.fault else [_part(task, graded, own.get(task.name, {})) for task in sheet.tasks]
    target = folder / graded.student / graded.week / f"{graded.lesson}.html"
    return write_page("feedback.html.j2", target, graded=graded, sheet=sheet, parts=parts, earned=sheet.earned(graded))


def _part(task: Task, graded: Graded, cell: dict[str, Any]) -> Part:
    problems: dict[str, tuple[str, str, str]] = {}
    for message in task.lost(graded):
        problems.setdefault(cause(message), (label(message), cut(cause(message), 600), cut(message)))
    return Part(task, task.earned(graded), tuple(problems.values()), cut(source(cell)), cut(_printed(cell)))


def _printed(cell: dict[str, Any]) -> str:
    """What an answer cell printed, gave or stopped with, as text."""
    outputs = cell.get("outputs")
    kept = outputs[:MOST_OUTPUTS] if isinstance(outputs, list) else []
    texts = [_text(output)[: LONGEST + 1] for output in kept if isinstance(output, dict)]
    return "\n".join(text.rstrip("\n") for text in texts if text.strip())


def _text(output: dict[str, Any]) -> str:
    kind, data = output.get("output_type"), output.get("data")
    if kind == "stream":
        return joined(output.get("text"))
    if kind == "error":
        return f"{joined(output.get('ename'))}: {joined(output.get('evalue'))}"
    return joined(data.get("text/plain")) if isinstance(data, dict) else ""
