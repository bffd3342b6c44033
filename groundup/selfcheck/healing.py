"""Put the course's own checks back into a notebook that somebody worked in.

In: the student's cells and the course's own cells. Out: a notebook that holds every answer and every cell of the
student's own, and every check as the course wrote it, with a sentence for each thing that was mended.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field

from groundup.selfcheck.reading import Cell, grade_id, marks, source

OUTCOME = ("outputs", "execution_count", "attachments")


@dataclass
class Healed:
    """A notebook with the course's own checks in it."""

    cells: list[Cell] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """What was deleted, edited, doubled or moved; empty when nothing had to be mended."""


def is_answer(cell: Cell) -> bool:
    """Whether students write in this cell."""
    return bool(marks(cell).get("solution"))


def text_of(cell: Cell) -> str:
    """The text of a cell without what editors change by themselves: line ends, blanks at the end."""
    return "\n".join(line.rstrip() for line in source(cell).splitlines()).strip()


def heal(worked: list[Cell], own: list[Cell]) -> Healed:
    """Merge the student's cells `worked` with the course's cells `own`.

    Checks come from the course, answers and all other cells from the student. What the student wrote between two
    of nbgrader's cells stays there; nbgrader's cells come in the course's order.
    """
    healed = Healed()
    ours = {name: cell for cell in own if (name := grade_id(cell))}
    places = {name: _places(name, worked) for name in ours}
    chosen = {name: _choose(cell, places[name], worked) for name, cell in ours.items() if places[name]}
    at = {place: name for name, place in chosen.items()}

    following: dict[str | None, list[Cell]] = {None: [], **{name: [] for name in ours}}
    here: str | None = None
    for place, cell in enumerate(worked):
        here = at.get(place, here)
        if place not in at:
            following[here].append(_unmarked(cell))

    healed.cells = _imports(worked, own, healed.notes) + following[None]
    for name, cell in ours.items():
        theirs = worked[chosen[name]] if name in chosen else None
        healed.notes += _differences(name, cell, theirs, len(places[name]))
        healed.cells += [_merged(cell, theirs), *following[name]]
    if [name for _, name in sorted(at.items())] != [name for name in ours if name in chosen]:
        healed.notes.append("The cells stand in another order than in the course's notebook.")
    return healed


def _places(name: str, worked: list[Cell]) -> list[int]:
    """Where the student's notebook has this cell: by nbgrader's mark, or by id where an editor dropped the marks."""
    marked = [place for place, cell in enumerate(worked) if grade_id(cell) == name]
    return marked or [place for place, cell in enumerate(worked) if cell.get("id") == name and not grade_id(cell)]


def _choose(ours: Cell, places: list[int], worked: list[Cell]) -> int:
    """Of several copies of one answer cell the first that was written in."""
    written = [place for place in places if text_of(worked[place]) != text_of(ours)]
    return written[0] if written and is_answer(ours) else places[0]


def _unmarked(cell: Cell) -> Cell:
    if not grade_id(cell):
        return cell
    plain = copy.deepcopy(cell)
    del plain["metadata"]["nbgrader"]
    return plain


def _imports(worked: list[Cell], own: list[Cell], notes: list[str]) -> list[Cell]:
    """The course's first code cell where the student's notebook has lost it: without its imports nothing works."""
    first = next((cell for cell in own if cell.get("cell_type") == "code" and not grade_id(cell)), None)
    if first is None or any(cell.get("id") == first.get("id") or text_of(cell) == text_of(first) for cell in worked):
        return []
    notes.append("The first code cell, with the imports, was deleted.")
    return [copy.deepcopy(first)]


def _differences(name: str, ours: Cell, theirs: Cell | None, count: int) -> list[str]:
    kind = "answer cell" if is_answer(ours) else "check cell"
    if theirs is None:
        return [f"The {kind} '{name}' was deleted."]
    notes = []
    if count > 1:
        notes.append(f"The {kind} '{name}' stands {count} times; delete the copies that you do not want.")
    if theirs.get("cell_type") != ours.get("cell_type"):
        kinds = {"code": "a code cell", "markdown": "a text cell"}
        notes.append(f"The {kind} '{name}' is no longer {kinds.get(str(ours.get('cell_type')), 'what it was')}.")
    elif not is_answer(ours) and text_of(theirs) != text_of(ours):
        notes.append(f"The check cell '{name}' was edited (or comes from an older edition of the course).")
    elif marks(theirs) and _without_checksum(theirs) != _without_checksum(ours):
        notes.append(f"The marks of the {kind} '{name}' (points, lock) were changed.")
    return notes


def _without_checksum(cell: Cell) -> dict[str, object]:
    """A cell's marks that mean something: nbgrader's checksum differs between editions of the same cell."""
    return {key: value for key, value in marks(cell).items() if key != "checksum"}


def _merged(ours: Cell, theirs: Cell | None) -> Cell:
    """The course's cell with the student's answer in it, and with its outputs where its text is the student's."""
    merged = copy.deepcopy(ours)
    if theirs is None:
        return merged
    if is_answer(ours):
        merged["source"] = source(theirs)
    if theirs.get("cell_type") == ours.get("cell_type") and text_of(theirs) == text_of(merged):
        merged.update({key: copy.deepcopy(theirs[key]) for key in OUTCOME if key in theirs})
    return merged
