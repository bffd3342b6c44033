"""The instructor's notebook, and a submission rebuilt on it.

Every locked cell, test, point and id comes from the master; only the text of answer cells and the student's own extra
cells come from the student. In: a lesson, and the cells that were handed in. Out: cells, a note for each thing that was
mended, and the job that runs them.
"""

from __future__ import annotations

import copy
import hashlib
import json
import re
from dataclasses import dataclass, field
from typing import Any

from nbgrader.preprocessors import ClearSolutions, ComputeChecksums, LockCells

from groundup.grading.jobs import Cell, Job, Limits
from groundup.grading.reading.names import names
from groundup.lessons.course import Lesson
from groundup.lessons.source import hidden_regions, to_notebook, visible
from groundup.selfcheck.healing import Healed, heal, is_answer, text_of
from groundup.selfcheck.reading import Cell as NotebookCell
from groundup.selfcheck.reading import grade_id, marks, source

MOST_OWN_CELLS = 500
"""Cells that a student may add to a lesson; more are a mistake or an attack, and the rest is left out."""

LONGEST_CELL = 200_000
SKIP = "skip-execution"
TORCH = re.compile(r"\btorch(vision)?\b")


@dataclass(frozen=True)
class Master:
    """A lesson as it is graded: answers cleared, hidden tests in place."""

    lesson: Lesson
    cells: list[NotebookCell]
    edition: list[NotebookCell]
    """The same cells as students got them."""
    metadata: dict[str, Any]
    digest: str
    """SHA-256 of the cells: a change of a test makes another master."""
    shows: frozenset[str] = frozenset()
    """The text of cells that only show something."""
    course_names: frozenset[str] = frozenset()
    """Names that the course's own cells make: a test never takes them from the student."""
    by_name: dict[str, NotebookCell] = field(default_factory=dict)

    @classmethod
    def of(cls, lesson: Lesson) -> Master:
        """The master of a lesson. Raises CourseError when its source cannot be read."""
        notebook = to_notebook(lesson)
        for preprocessor in (LockCells(), ClearSolutions(), ComputeChecksums()):
            notebook, _ = preprocessor.preprocess(notebook, {})
        cells = json.loads(json.dumps(notebook))["cells"]
        given = copy.deepcopy(notebook)
        for cell in given.cells:
            cell.source = visible(cell.source)
        given, _ = ComputeChecksums().preprocess(given, {})
        edition = json.loads(json.dumps(given))["cells"]
        digest = hashlib.sha256(json.dumps(cells, sort_keys=True).encode()).hexdigest()
        code = [cell for cell in cells if cell["cell_type"] == "code"]
        shows = frozenset(text_of(cell) for cell in code[1:] if not grade_id(cell))
        own = [cell for cell in code if cell is code[0] or (grade_id(cell) and not is_answer(cell))]
        made = frozenset().union(*(names(source(cell)).makes for cell in own))
        by_name = {name: cell for cell in cells if (name := grade_id(cell))}
        return cls(lesson, cells, edition, dict(notebook.metadata), digest, shows, made, by_name)

    def rebuild(self, worked: list[NotebookCell]) -> Healed:
        """The master with the answers and the own cells of `worked` in it, and notes about what was mended."""
        healed = heal([_tame(cell) for cell in worked], self.edition)
        for cell in healed.cells:
            name = grade_id(cell)
            if name and not is_answer(cell):
                cell.update(copy.deepcopy(self.by_name[name]))
            cell["source"] = source(cell)
            if cell.get("cell_type") == "code":
                cell.update(outputs=[], execution_count=None)
        own = [cell for cell in healed.cells if not grade_id(cell) and text_of(cell) not in self.shows]
        surplus = {id(cell) for cell in own[MOST_OWN_CELLS:]}
        if surplus:
            healed.notes.append(f"It holds {len(own)} cells of the student's own; {MOST_OWN_CELLS} of them are run.")
            healed.cells = [cell for cell in healed.cells if id(cell) not in surplus]
        _unique_ids(healed.cells)
        return healed

    def job(self, student: str, cells: list[NotebookCell], limits: Limits, secret: str | None) -> Job:
        """What is to be run of a rebuilt notebook: cells that only show something run where others need them."""
        code = [cell for cell in cells if cell.get("cell_type") == "code"]
        first = next((cell for cell in code if not grade_id(cell)), None) if self.first else None
        code.sort(key=lambda cell: cell is not first)  # whatever somebody moved: the imports come first
        roles = [_role(cell, first, self) for cell in code]
        needed = _needed([(cell, role) for cell, role in zip(code, roles, strict=True) if role != "test"], self)
        made = []
        for cell, role in zip(code, roles, strict=True):
            text, name = source(cell), grade_id(cell) or str(cell["id"])
            if role == "test":
                needs = tuple(sorted(names(text).reads - self.course_names))
                points, hidden = float(marks(cell).get("points") or 0), bool(hidden_regions(text))
                made.append(Cell(name, "test", text, needs=needs, points=points, hidden=hidden))
            elif role == "shared":
                own = self.first if self.first and cell is first else self.by_name[name]
                made.append(Cell(name, "shared", text, checker_source=source(own)))
            elif id(cell) in needed:
                made.append(Cell(name, "student", text))
        uses_torch = any(TORCH.search(cell.source) for cell in made)
        return Job(student, self.lesson.week, self.lesson.name, tuple(made), uses_torch, secret, limits)

    @property
    def first(self) -> NotebookCell | None:
        """The first code cell, which imports what the lesson uses. Written answers alone need none."""
        return next((cell for cell in self.cells if cell["cell_type"] == "code"), None)


def _tame(cell: NotebookCell) -> NotebookCell:
    """A cell from outside with nothing in it that a rebuilt notebook must not have."""
    kind = cell.get("cell_type") if cell.get("cell_type") in ("code", "markdown", "raw") else "raw"
    text = source(cell)[:LONGEST_CELL].encode("utf-8", errors="replace").decode("utf-8")
    kept: dict[str, Any] = {"nbgrader": marks(cell)} if marks(cell) else {}
    metadata = cell.get("metadata")
    tags = metadata.get("tags") if isinstance(metadata, dict) else None
    if isinstance(tags, list) and SKIP in tags:
        kept["tags"] = [SKIP]
    identity = cell.get("id")
    return {"cell_type": kind, "id": identity if isinstance(identity, str) else "", "metadata": kept, "source": text}


def _unique_ids(cells: list[NotebookCell]) -> None:
    """Give every cell an id of its own: the grade_id, else the one it has, else a number."""
    taken = {name for cell in cells if (name := grade_id(cell))}
    for place, cell in enumerate(cells):
        name = grade_id(cell)
        wanted = name or cell.get("id", "")
        if not name and (wanted in taken or not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", wanted)):
            wanted = f"own-{place:04d}"
        taken.add(wanted)
        cell["id"] = wanted


def _role(cell: NotebookCell, first: NotebookCell | None, master: Master) -> str:
    if cell is first:
        return "shared"
    name = grade_id(cell)
    if not name or is_answer(cell):
        return "student"
    is_check = marks(cell).get("grade") or "expect(" in source(cell)
    return "test" if is_check else "shared"


def _needed(cells: list[tuple[NotebookCell, str]], master: Master) -> set[int]:
    """The cells that run: all but those that only show something and make nothing that another one reads."""
    skipped = {id(cell) for cell, _ in cells if SKIP in (cell.get("metadata") or {}).get("tags", ())}
    shows = [cell for cell, role in cells if role == "student" and not grade_id(cell) and text_of(cell) in master.shows]
    idle = {id(cell): names(source(cell)) for cell in shows if id(cell) not in skipped}
    run = {id(cell) for cell, _ in cells} - idle.keys() - skipped
    wanted = set().union(*(_reads(cell) for cell, _ in cells if id(cell) in run))
    tests = [source(cell) for cell in master.cells if grade_id(cell) and not is_answer(cell)]
    wanted |= set().union(*(names(text).reads for text in tests)) - master.course_names
    modules = names(source(master.first)).imports if master.first else frozenset()
    made = set().union(*(names(source(cell)).makes for cell, _ in cells if id(cell) in run))
    while True:
        wanted -= made
        more = [cell for cell, found in idle.items() if (found.makes | (found.changes - modules)) & wanted]
        if not more:
            return run
        for cell in more:
            wanted |= idle[cell].reads
            made |= idle.pop(cell).makes
            run.add(cell)


def _reads(cell: NotebookCell) -> frozenset[str]:
    """What a cell needs of the cells above it."""
    found = names(source(cell))
    return found.reads - found.makes
