"""Grade as a plain grader does: answers and tests in one process. Shows that attacks are real.

In: the notebook of an attack that is harmless to run, and the lesson. Out: the points that it gets that way.
"""

from __future__ import annotations

import json
import subprocess
import sys

from attacks.attack import Notebook
from groundup.lessons.course import Lesson
from groundup.lessons.source import to_notebook

RUN = """
import contextlib, io, json, sys
cells, points, names = json.load(sys.stdin), {}, {}
with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
    for name, worth, source in cells:
        try:
            exec(compile(source, name, "exec"), names)
            points[name] = worth
        except Exception:
            points[name] = 0.0
sys.__stdout__.write(json.dumps(points))
"""


def grade_in_one_process(lesson: Lesson, notebook: Notebook) -> float:
    """The points of a notebook whose cells run one after the other, hidden tests between them."""
    checks = {
        cell.metadata.nbgrader.grade_id: cell
        for cell in to_notebook(lesson).cells
        if cell.metadata.get("nbgrader", {}).get("grade")
    }
    cells = []
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            check = checks.get(cell["metadata"].get("nbgrader", {}).get("grade_id"))
            worth = float(check.metadata.nbgrader.points) if check else 0.0
            cells.append((cell["id"], worth, check.source if check else "".join(cell["source"])))
    ran = subprocess.run(
        [sys.executable, "-c", RUN], input=json.dumps(cells), capture_output=True, text=True, timeout=60
    )
    return float(sum(json.loads(ran.stdout).values()))
