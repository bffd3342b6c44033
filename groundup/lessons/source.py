"""A lesson source (jupytext py:percent) becomes the notebook that nbgrader reads.

In: `solutions/week00/01_perceptron.py`. Out: `01_perceptron.ipynb` beside it, byte for byte the same at every run.
This is the one place that reads lesson sources and writes notebooks.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import jupytext
import nbformat
from nbgrader.utils import is_grade

from groundup.lessons.course import Course, CourseError, Lesson

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
REGION = re.compile(r"^\s*### BEGIN (SOLUTION|HIDDEN TESTS|MARK SCHEME)\s*?$(.*?)^\s*### END \1", re.S | re.M)
"""A part of a cell that students must not see, in nbgrader's markers."""


LONG_CHECK = 8
"""Lines. JupyterLab shows a longer check folded, so that the lesson stays readable."""


def made_by(lesson: Lesson) -> str:
    """The comment that opens every made notebook and names its source."""
    return f"<!-- Made from solutions/{lesson}.py by `groundup build`. Change the source, not this file. -->"


def to_notebook(lesson: Lesson) -> Any:
    """The lesson as a notebook with solutions and hidden tests in it.

    Cell ids are the grade_id where there is one, else the lesson's name and the cell's number. Raises CourseError
    when the source cannot be read, when it does not begin with a Markdown cell, or when two cells share a grade_id.
    """
    try:
        notebook = jupytext.read(lesson.source, fmt="py:percent")
    except (OSError, UnicodeDecodeError, SyntaxError, ValueError) as error:
        raise CourseError(f"{lesson.source} cannot be read as a lesson: {error}") from error
    if not notebook.cells or notebook.cells[0].cell_type != "markdown":
        raise CourseError(f"{lesson.source} must begin with a `# %% [markdown]` cell that holds the title.")
    seen: set[str] = set()
    for number, cell in enumerate(notebook.cells):
        cell.id = cell.metadata.get("nbgrader", {}).get("grade_id") or f"{lesson.name}-{number:03d}"
        cell.metadata.pop("lines_to_next_cell", None)
        if is_grade(cell) and len(visible(cell.source).splitlines()) > LONG_CHECK:
            cell.metadata["jupyter"] = {"source_hidden": True}
        if cell.id in seen:
            raise CourseError(f"{lesson.source} uses the grade_id '{cell.id}' twice. Give each graded cell its own.")
        seen.add(cell.id)
    notebook.cells[0].source = f"{made_by(lesson)}\n{notebook.cells[0].source}"
    notebook.metadata.clear()
    notebook.metadata.update(kernelspec=dict(KERNEL), language_info={"name": "python"})
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    return notebook


def write_notebook(notebook: Any, path: Path) -> None:
    """Write a notebook as UTF-8 with `\\n` line ends on every system."""
    _write(_text(notebook), path)


def _text(notebook: Any) -> str:
    return str(nbformat.writes(notebook)) + "\n"


def _write(text: str, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def write_notebooks(course: Course) -> None:
    """Bring the notebooks beside the lesson sources up to date; write only those whose content changes.

    nbgrader_config.py calls this, so that plain nbgrader commands work on a fresh checkout too.
    """
    lessons = course.lessons()
    for lesson in lessons:
        text = _text(to_notebook(lesson))
        if not lesson.notebook.exists() or lesson.notebook.read_text(encoding="utf-8") != text:
            _write(text, lesson.notebook)
    for stale in set(course.solutions.glob("week[0-9][0-9]/*.ipynb")) - {lesson.notebook for lesson in lessons}:
        stale.unlink()


def visible(text: str) -> str:
    """The text of a cell without its hidden regions."""
    return REGION.sub("", text)


def hidden_regions(text: str) -> list[str]:
    """The text of every solution, hidden-test and mark-scheme region of a cell or a source."""
    return [found.group(2) for found in REGION.finditer(text)]
