"""The floor of grading: the same cells, executed one after the other in one process that has imported everything.

In: a folder with a class that handed in, and `all` or `needed` (the cells that the engine would run). Out: nothing; the
time it takes is what no grader can go below without leaving work out.
"""

from __future__ import annotations

import contextlib
import io
import sys
import warnings
from pathlib import Path

import matplotlib
import torch
import torchvision

from groundup import checks, datasets, plots
from groundup.grading.jobs import Limits
from groundup.grading.reading.master import SKIP, Master
from groundup.lessons.course import Course
from groundup.selfcheck.reading import read_notebook, source

IMPORTED = (matplotlib, torch, torchvision, checks, datasets, plots)


def main() -> None:
    """Execute every notebook of the class."""
    folder, which = Path(sys.argv[1]), sys.argv[2]
    torch.set_num_threads(1)
    course = Course(folder)
    masters = {lesson.name: Master.of(lesson) for lesson in course.lessons("week00")}
    for path in sorted(folder.glob("grading/submitted/*/week00/*.ipynb")):
        execute(cells(masters[path.stem], path, which))


def cells(master: Master, path: Path, which: str) -> list[str]:
    """The text of the cells to run, hidden tests in place."""
    rebuilt = master.rebuild(read_notebook(path)["cells"]).cells
    if which == "needed":
        return [cell.source for cell in master.job("", rebuilt, Limits(), None).cells]
    code = [cell for cell in rebuilt if cell["cell_type"] == "code"]
    return [source(cell) for cell in code if SKIP not in cell["metadata"].get("tags", ())]


def execute(texts: list[str]) -> None:
    """Run cells in a namespace of their own; an error ends its cell only."""
    namespace: dict[str, object] = {"__name__": "__main__"}
    for text in texts:
        quiet = io.StringIO()
        with contextlib.redirect_stdout(quiet), contextlib.redirect_stderr(quiet), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with contextlib.suppress(Exception):
                exec(compile(text, "<cell>", "exec"), namespace)


if __name__ == "__main__":
    main()
