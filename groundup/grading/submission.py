"""Submissions as notebooks: put answers into an edition, and say what is wrong with a file that was handed in.

A submitted file is untrusted: everything that is wrong with it is a sentence, never a traceback.
"""

from __future__ import annotations

import copy
import json
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nbgrader.utils import is_grade

from groundup.lessons.course import Lesson
from groundup.lessons.source import to_notebook

LARGEST = 20_000_000
"""Bytes. A notebook with its pictures stays far below; a larger file is a mistake or an attack."""


def fill(edition: Any, answers: Mapping[str, str]) -> Any:
    """A copy of the notebook `edition` with the source of the cells named in `answers` (grade_id) replaced."""
    filled = copy.deepcopy(edition)
    for cell in filled.cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
        if grade_id in answers:
            cell.source = answers[grade_id]
    return filled


def fault(path: Path, lesson: Lesson) -> str | None:
    """What makes a submitted notebook ungradable, in a sentence; None when nothing does."""
    name = path.name
    try:
        status = path.lstat()
    except OSError:
        return f"{name} was not handed in."
    if not stat.S_ISREG(status.st_mode):
        return f"{name} is not a plain file (a link or a folder has its name)."
    if status.st_size == 0:
        return f"{name} is empty (0 bytes). Was it saved before it was uploaded?"
    if status.st_size > LARGEST:
        return f"{name} is {status.st_size / 1e6:.0f} MB, and {LARGEST / 1e6:.0f} MB is the limit. Clear its outputs."
    try:
        notebook = json.loads(path.read_bytes().decode("utf-8"))
    except UnicodeDecodeError:
        return f"{name} is not UTF-8 text, so it is no notebook."
    except RecursionError:
        return f"{name} is nested too deeply to be a notebook."
    except ValueError as error:
        return f"{name} is not valid JSON ({error}). Was the file cut off, or edited by hand?"
    return _not_this_lesson(name, notebook, lesson)


def _not_this_lesson(name: str, notebook: Any, lesson: Lesson) -> str | None:
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list) or not all(isinstance(cell, dict) for cell in cells):
        return f"{name} has no cells, so it is no notebook."
    if notebook.get("nbformat") != 4:
        return f"{name} has notebook format {notebook.get('nbformat')}, and 4 is wanted."
    found = [_grade_id(cell) for cell in cells]
    wanted = [cell.metadata.nbgrader.grade_id for cell in to_notebook(lesson).cells if is_grade(cell)]
    missing = [grade_id for grade_id in wanted if grade_id not in found]
    if missing:
        return f"{name} lacks {_cells(missing)}. Copy the missing part from the course's own notebook."
    twice = sorted({grade_id for grade_id in found if grade_id and found.count(grade_id) > 1})
    if twice:
        return f"{name} holds {_cells(twice)} twice. One of the two has to go."
    return None


def _grade_id(cell: dict[str, Any]) -> str | None:
    metadata = cell.get("metadata")
    marks = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    grade_id = marks.get("grade_id") if isinstance(marks, dict) else None
    return grade_id if isinstance(grade_id, str) else None


def _cells(grade_ids: list[str]) -> str:
    quoted = ", ".join(f"'{grade_id}'" for grade_id in grade_ids[:3])
    more = f" and {len(grade_ids) - 3} more" if len(grade_ids) > 3 else ""
    return f"the graded cell{'s' if len(grade_ids) > 1 else ''} {quoted}{more}"
