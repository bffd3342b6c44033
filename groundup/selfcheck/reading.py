"""Read a notebook that somebody worked in. Whatever is wrong with the file is a sentence, never a traceback.

In: a path. Out: the notebook's cells as plain dictionaries, as they stand in the file.
"""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any

Cell = dict[str, Any]

LARGEST = 20_000_000
"""Bytes. A notebook with its pictures stays far below; a larger file is a mistake or an attack."""


class UnreadableNotebookError(Exception):
    """A file that is no readable notebook; the text says what is wrong with it and what to do."""


def read_notebook(path: Path) -> dict[str, Any]:
    """The notebook at `path`: format 4, with a list of cells. Raises UnreadableNotebookError otherwise."""
    return parse_notebook(path.name, read_bytes(path))


def read_bytes(path: Path) -> bytes:
    """The bytes of a plain file of bearable size. Raises UnreadableNotebookError for everything else.

    Links are not followed and pipes not waited for, whoever put them there.
    """
    name = path.name
    careful = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            raise UnreadableNotebookError(f"{name} is not a plain file (a link or a folder has its name).")
        with os.fdopen(os.open(path, os.O_RDONLY | careful), "rb") as file:
            status = os.fstat(file.fileno())
            if status.st_size > LARGEST:
                size, limit = status.st_size / 1e6, LARGEST / 1e6
                raise UnreadableNotebookError(
                    f"{name} is {size:.0f} MB, and {limit:.0f} MB is the limit. Clear its outputs."
                )
            return file.read(LARGEST + 1)
    except FileNotFoundError:
        raise UnreadableNotebookError(f"{name} was not handed in.") from None
    except OSError as error:
        raise UnreadableNotebookError(f"{name} cannot be read: {error.strerror}.") from None


def parse_notebook(name: str, raw: bytes) -> dict[str, Any]:
    """The notebook in the bytes of a file called `name`. Raises UnreadableNotebookError."""
    if not raw:
        raise UnreadableNotebookError(f"{name} is empty (0 bytes). Was it saved before it was uploaded?")
    try:
        notebook = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError:
        raise UnreadableNotebookError(f"{name} is not UTF-8 text, so it is no notebook.") from None
    except RecursionError:
        raise UnreadableNotebookError(f"{name} is nested too deeply to be a notebook.") from None
    except ValueError as error:
        raise UnreadableNotebookError(
            f"{name} is not valid JSON ({error}). Was the file cut off, or edited by hand?"
        ) from None
    return _with_cells(name, notebook)


def _with_cells(name: str, notebook: Any) -> dict[str, Any]:
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list) or not all(isinstance(cell, dict) for cell in cells):
        raise UnreadableNotebookError(f"{name} has no cells, so it is no notebook.")
    if notebook.get("nbformat") != 4:
        raise UnreadableNotebookError(f"{name} has notebook format {notebook.get('nbformat')}, and 4 is wanted.")
    return dict(notebook)


def marks(cell: Cell) -> dict[str, Any]:
    """nbgrader's metadata of a cell; empty where it has none."""
    metadata = cell.get("metadata")
    found = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    return found if isinstance(found, dict) else {}


def grade_id(cell: Cell) -> str | None:
    """nbgrader's name of a cell; None for cells that nbgrader leaves alone."""
    name = marks(cell).get("grade_id")
    return name if isinstance(name, str) else None


def source(cell: Cell) -> str:
    """The text of a cell, whether the file holds it whole or line by line."""
    text = cell.get("source", "")
    if isinstance(text, list):
        text = "".join(part for part in text if isinstance(part, str))
    return text if isinstance(text, str) else ""
