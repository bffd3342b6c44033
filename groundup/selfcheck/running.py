"""Run the cells of a healed notebook in a fresh kernel, as quickly as the checks allow.

In: cells. Out: for each of nbgrader's cells what came out of it. Cells that the course wrote only to show something
are left out at first; where a name is missing then, everything is run.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from groundup.selfcheck.healing import text_of
from groundup.selfcheck.reading import Cell, grade_id, source

CELL_SECONDS = 20
"""The limit that grading has, too (nbgrader_config.py). A check gives each call 10 s by itself."""

QUIET = ["--log-level=ERROR"]  # else every kernel warns that it listens on this machine
MISSING = re.compile(r"name '(\w+)' is not defined")


@dataclass(frozen=True)
class CellOutcome:
    """What came out of one cell."""

    error: str = ""
    """The name of the exception; empty when the cell ran to its end."""
    message: str = ""
    """The text of the exception."""
    printed: str = ""
    value: float | None = None
    """The number that the cell's last line gave, if it was one."""


@dataclass(frozen=True)
class Run:
    """What came out of a notebook."""

    outcomes: dict[str, CellOutcome]
    """Of nbgrader's cells, by grade_id."""
    stopped: list[str]
    """A sentence for each cell of the student's own that stops with an error."""


class KernelTroubleError(Exception):
    """Python could not be started for a check; the text says so and what to do."""


def run(cells: list[Cell], own: list[Cell], folder: Path) -> Run:
    """What came out of `cells` in a fresh kernel in `folder`. Raises KernelTroubleError when there is no kernel."""
    shows = [text_of(cell) for cell in own if cell.get("cell_type") == "code" and not grade_id(cell)][1:]
    needed = [cell for cell in cells if grade_id(cell) or text_of(cell) not in shows]
    found = _run(needed, folder)
    missing = {name for _, outcome in found for name in MISSING.findall(outcome.message)}
    if any(re.search(rf"\b{name}\b", show) for name in missing for show in shows):
        found = _run(cells, folder)
    outcomes = {name: outcome for cell, outcome in found if (name := grade_id(cell))}
    mine = [(text_of(cell), outcome) for cell, outcome in found if not grade_id(cell) and text_of(cell) not in shows]
    return Run(outcomes, [_stopped(text, outcome) for text, outcome in mine if outcome.error])


def _stopped(text: str, outcome: CellOutcome) -> str:
    return f"Your own cell that begins with `{text.splitlines()[0][:50]}` stops: {outcome.message}"


def _run(cells: list[Cell], folder: Path) -> list[tuple[Cell, CellOutcome]]:
    """Run the code cells; a cell that ends Python itself is left out in the next attempt, so the others still count."""
    killers: dict[int, CellOutcome] = {}
    code = [cell for cell in cells if cell.get("cell_type") == "code"]
    while True:
        try:
            outcomes, killer = _attempt(code, killers, folder)
        except KernelTroubleError:  # two kernels that start at the same moment may choose the same port
            outcomes, killer = _attempt(code, killers, folder)
        if killer is None:
            return list(zip(code, outcomes, strict=True))
        killers[killer] = CellOutcome("DeadKernel", "This ended Python itself (`exit`, `quit`), or used up the memory.")


def _attempt(code: list[Cell], killers: dict[int, CellOutcome], folder: Path) -> tuple[list[CellOutcome], int | None]:
    # jsonschema, which nbformat imports, parses a grammar of web addresses for 0.9 s when it finds this module.
    # No notebook holds an address that has to be checked.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    import nbformat.v4
    from nbclient import NotebookClient
    from nbclient.exceptions import DeadKernelError

    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(source(cell), metadata={"tags": _tags(cell)}) for cell in code]
    )
    client = NotebookClient(
        notebook,
        timeout=CELL_SECONDS,
        kernel_name="python3",
        allow_errors=True,
        interrupt_on_timeout=True,
        extra_arguments=QUIET,
        resources={"metadata": {"path": str(folder)}},
    )
    outcomes = []
    try:
        with client.setup_kernel():
            for place, cell in enumerate(notebook.cells):
                if place in killers:
                    outcomes.append(killers[place])
                    continue
                try:
                    client.execute_cell(cell, place)
                except DeadKernelError:
                    return outcomes, place
                outcomes.append(_outcome(cell.outputs, cell.source))
    except (RuntimeError, OSError) as error:
        raise KernelTroubleError(
            f"Python could not be started for the check ({error}). Close what uses much memory, and try again."
        ) from None
    return outcomes, None


def _tags(cell: Cell) -> list[str]:
    metadata = cell.get("metadata")
    tags = metadata.get("tags", []) if isinstance(metadata, dict) else []
    return [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else []


def _outcome(outputs: list[Any], code: str) -> CellOutcome:
    printed = "".join(output.text for output in outputs if output.output_type == "stream" and output.name == "stdout")
    error = next((output for output in outputs if output.output_type == "error"), None)
    if error is not None:
        if error.ename == "KeyboardInterrupt":
            return CellOutcome(error.ename, f"no end within {CELL_SECONDS} seconds: a loop that never stops?", printed)
        return CellOutcome(error.ename, _explained(error, code), printed)
    values = [output.data.get("text/plain", "") for output in outputs if output.output_type == "execute_result"]
    return CellOutcome(printed=printed, value=_number(values[-1]) if values else None)


def _explained(error: Any, code: str) -> str:
    """The text of an error, with the line of the cell that stopped."""
    if error.ename in ("CheckFailed", "NotImplementedError"):
        return str(error.evalue)
    told = re.sub(r" *\(\d+\.py, line \d+\)$", "", error.evalue)
    plain = re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(error.traceback))
    numbers = re.findall(r"\(\d+\.py, line (\d+)\)", error.evalue) or re.findall(r"^-+> *(\d+) ", plain, re.MULTILINE)
    lines = code.splitlines()
    for number in map(int, reversed(numbers)):
        if number <= len(lines) and lines[number - 1].strip() in plain:
            return f"{error.ename}: {told}  (line {number}: {lines[number - 1].strip()})"
    return f"{error.ename}: {told}"


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
