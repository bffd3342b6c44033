"""The stub check: an untouched notebook runs to its end and scores nothing.

In: a lesson. Out: a sentence for every check cell that pays for an unwritten answer. A check that passes on a stub
would pay every student for nothing.
"""

from __future__ import annotations

from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError
from nbgrader.preprocessors import ClearSolutions
from nbgrader.utils import determine_grade, is_grade, is_solution

from groundup.lessons.course import Lesson
from groundup.lessons.source import to_notebook
from groundup.selfcheck.running import QUIET

CELL_SECONDS = 60


def untouched(lesson: Lesson) -> Any:
    """The lesson as a student hands it in untouched, with the hidden tests that grading puts back."""
    notebook, _ = ClearSolutions().preprocess(to_notebook(lesson), {})
    return notebook


def _execute(notebook: Any) -> None:
    NotebookClient(
        notebook, timeout=CELL_SECONDS, kernel_name="python3", allow_errors=True, extra_arguments=QUIET
    ).execute()


def find_paying_stubs(lesson: Lesson) -> list[str]:
    """Run the untouched lesson. Returns a sentence for a run that stops and for every check cell that passes."""
    notebook = nbformat.from_dict(untouched(lesson))
    try:
        try:
            _execute(notebook)
        except RuntimeError:  # two kernels that start at the same moment may choose the same port; the next start works
            _execute(notebook)
    except (RuntimeError, CellTimeoutError) as error:
        return [f"{lesson}: an untouched notebook does not run to its end: {str(error).splitlines()[0]}"]
    return [
        f"{lesson}: the check '{cell.metadata.nbgrader.grade_id}' pays for an unwritten answer."
        for cell in notebook.cells
        if is_grade(cell) and not is_solution(cell) and cell.cell_type == "code" and determine_grade(cell)[0] != 0
    ]
