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


def run(cells: list[Cell], own: list[Cell], folder: Path) -> dict[str, CellOutcome]:
    """What came out of nbgrader's cells, by grade_id, when `cells` run in a fresh kernel in `folder`."""
    shows = [text_of(cell) for cell in own if cell.get("cell_type") == "code" and not grade_id(cell)][1:]
    needed = [cell for cell in cells if grade_id(cell) or text_of(cell) not in shows]
    outcomes = _run(needed, folder)
    missing = {name for outcome in outcomes.values() for name in MISSING.findall(outcome.message)}
    if any(re.search(rf"\b{name}\b", show) for name in missing for show in shows):
        outcomes = _run(cells, folder)
    return outcomes


def _run(cells: list[Cell], folder: Path) -> dict[str, CellOutcome]:
    """Run the code cells; a cell that ends Python itself is left out in the next attempt, so the others still count."""
    killers: dict[int, CellOutcome] = {}
    code = [cell for cell in cells if cell.get("cell_type") == "code"]
    while True:
        outcomes, killer = _attempt(code, killers, folder)
        if killer is None:
            return {name: outcome for cell, outcome in zip(code, outcomes, strict=True) if (name := grade_id(cell))}
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
    with client.setup_kernel():
        for place, cell in enumerate(notebook.cells):
            if place in killers:
                outcomes.append(killers[place])
                continue
            try:
                client.execute_cell(cell, place)
            except DeadKernelError:
                return outcomes, place
            outcomes.append(_outcome(cell.outputs))
    return outcomes, None


def _tags(cell: Cell) -> list[str]:
    metadata = cell.get("metadata")
    tags = metadata.get("tags", []) if isinstance(metadata, dict) else []
    return [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else []


def _outcome(outputs: list[Any]) -> CellOutcome:
    printed = "".join(output.text for output in outputs if output.output_type == "stream" and output.name == "stdout")
    error = next((output for output in outputs if output.output_type == "error"), None)
    if error is not None:
        if error.ename == "KeyboardInterrupt":
            return CellOutcome(error.ename, f"no end within {CELL_SECONDS} seconds: a loop that never stops?", printed)
        return CellOutcome(error.ename, _explained(error.ename, error.evalue, error.traceback), printed)
    values = [output.data.get("text/plain", "") for output in outputs if output.output_type == "execute_result"]
    return CellOutcome(printed=printed, value=_number(values[-1]) if values else None)


def _explained(name: str, text: str, traceback: list[str]) -> str:
    """The text of an error; with the line of code that stopped, where the traceback names it."""
    if name in ("CheckFailed", "NotImplementedError"):
        return text
    text = re.sub(r"\(\d+\.py, line (\d+)\)$", r"(line \1)", text)
    plain = re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(traceback))
    arrows = re.findall(r"^-+> *(\d+) (.*)$", plain, re.MULTILINE)
    where = f"  (line {arrows[-1][0]}: {arrows[-1][1].strip()})" if arrows else ""
    return f"{name}: {text}{where}"


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
