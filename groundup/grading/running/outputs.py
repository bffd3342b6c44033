"""A process's account of a cell, made anew from the parts that a notebook may have.

In: what came over `control`. The student's process may send anything there, markup and scripts among it. Out: a
`CellRun` of plain text, cut at a size.
"""

from __future__ import annotations

from typing import Any

from groundup.grading.jobs import CellRun

MOST_OUTPUTS = 10_000
MOST_LINES = 30
LONGEST_MESSAGE = 8000
LONGEST_NAME = 200


def cell_run(found: Any, most: int) -> CellRun:
    """What came out of a cell, at most `most` characters of it. What a student's process says here pays nothing."""
    found = found if isinstance(found, dict) else {}
    listed = found.get("outputs")
    outputs = _kept(listed[:MOST_OUTPUTS] if isinstance(listed, list) else [], most)
    if found.get("printed"):
        outputs.append({"output_type": "stream", "name": "stdout", "text": str(found["printed"])[:LONGEST_MESSAGE]})
    error = str(found.get("error") or "")[:LONGEST_NAME]
    message = str(found.get("message") or "")[:LONGEST_MESSAGE]
    value = found.get("value")
    return CellRun(outputs, error, message, value if isinstance(value, float) else None)


def _kept(outputs: list[Any], most: int) -> list[dict[str, Any]]:
    kept: list[dict[str, Any]] = []
    for output in outputs:
        made, size = _output(output, most) if isinstance(output, dict) else (None, 0)
        if made is not None:
            kept.append(made)
            most -= size + 50
        if most <= 0:
            break
    return kept


def _output(output: dict[str, Any], most: int) -> tuple[dict[str, Any] | None, int]:
    """The same output with nothing in it but text, and its size; None where it is none."""
    kind, data = output.get("output_type"), output.get("data")
    if kind == "stream" and output.get("name") in ("stdout", "stderr") and isinstance(output.get("text"), str):
        text = output["text"][: most + 100]  # room for the sentence that says that it was cut
        return {"output_type": kind, "name": output["name"], "text": text}, len(text)
    if kind == "error" and isinstance(output.get("traceback"), list):
        lines = [str(line)[:2000] for line in output["traceback"][:MOST_LINES]]
        name, value = str(output.get("ename"))[:LONGEST_NAME], str(output.get("evalue"))[:LONGEST_MESSAGE]
        return {"output_type": kind, "ename": name, "evalue": value, "traceback": lines}, sum(map(len, lines))
    shown = data.get("text/plain") if isinstance(data, dict) else None
    if kind in ("execute_result", "display_data") and isinstance(shown, str):
        text = shown[:most]
        made = {"output_type": kind, "data": {"text/plain": text}, "metadata": {}}
        return (made if kind == "display_data" else {**made, "execution_count": None}), len(text)
    return None, 0
