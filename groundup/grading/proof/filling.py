"""Notebooks as students would hand them in: the student edition of a lesson, with answers in its cells.

In: a lesson's master, and answers by grade_id. Out: a notebook, as a dictionary and as the bytes of a file.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from typing import Any

from groundup.grading.reading.master import Master
from groundup.selfcheck.reading import grade_id


def edition(master: Master) -> dict[str, Any]:
    """The notebook as students get it."""
    return {"cells": master.edition, "metadata": master.metadata, "nbformat": 4, "nbformat_minor": 5}


def fill(notebook: Any, answers: Mapping[str, str]) -> Any:
    """A copy of the notebook with the source of the cells named in `answers` (grade_id) replaced."""
    filled = copy.deepcopy(notebook)
    for cell in filled["cells"]:
        name = grade_id(cell)
        if name and name in answers:
            cell["source"] = answers[name]
    return filled


def as_file(notebook: Mapping[str, Any]) -> bytes:
    """The notebook as a file holds it."""
    return json.dumps(notebook).encode("utf-8")
