"""Write a healed notebook over the one that somebody worked in, and keep the old one beside it."""

from __future__ import annotations

import json
from pathlib import Path

from groundup.selfcheck.healing import Healed
from groundup.selfcheck.reading import read_notebook


def write_healed(path: Path, healed: Healed) -> Path:
    """Put the healed cells into the notebook at `path`; returns where the notebook as it was is kept."""
    notebook = read_notebook(path)
    kept = next(place for number in range(1, 1000) if not (place := path.with_suffix(f".before-{number}")).exists())
    fresh = path.with_suffix(".healed")
    notebook["cells"] = healed.cells
    fresh.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
    kept.write_bytes(path.read_bytes())
    fresh.replace(path)
    return kept
