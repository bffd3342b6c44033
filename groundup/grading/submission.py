"""Submissions as notebooks: put answers into an edition, and say what is wrong with a file that was handed in.

A submitted file is untrusted: everything that is wrong with it is a sentence, never a traceback.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nbgrader.utils import is_grade

from groundup.lessons.course import Lesson
from groundup.lessons.source import to_notebook
from groundup.selfcheck.reading import UnreadableNotebookError, grade_id, read_notebook


def fill(edition: Any, answers: Mapping[str, str]) -> Any:
    """A copy of the notebook `edition` with the source of the cells named in `answers` (grade_id) replaced."""
    filled = copy.deepcopy(edition)
    for cell in filled.cells:
        name = grade_id(cell)
        if name and name in answers:
            cell.source = answers[name]
    return filled


def fault(path: Path, lesson: Lesson) -> str | None:
    """What makes a submitted notebook ungradable, in a sentence; None when nothing does."""
    try:
        cells = read_notebook(path)["cells"]
    except UnreadableNotebookError as error:
        return str(error)
    found = [grade_id(cell) for cell in cells]
    wanted = [cell.metadata.nbgrader.grade_id for cell in to_notebook(lesson).cells if is_grade(cell)]
    missing = [name for name in wanted if name not in found]
    if missing:
        return f"{path.name} lacks {_cells(missing)}. Copy the missing part from the course's own notebook."
    twice = sorted({name for name in found if name and found.count(name) > 1})
    if twice:
        return f"{path.name} holds {_cells(twice)} twice. One of the two has to go."
    return None


def _cells(grade_ids: list[str]) -> str:
    quoted = ", ".join(f"'{grade_id}'" for grade_id in grade_ids[:3])
    more = f" and {len(grade_ids) - 3} more" if len(grade_ids) > 3 else ""
    return f"the graded cell{'s' if len(grade_ids) > 1 else ''} {quoted}{more}"
