"""Every lesson runs from its source to its end with its own solutions: no error, no warning, and the time it takes."""

from __future__ import annotations

import time

import pytest
from conftest import ROOT
from nbclient import NotebookClient

from groundup import datasets
from groundup.lessons.course import Course, Lesson
from groundup.lessons.source import to_notebook

CELL_SECONDS = 120


def can_load_mnist() -> bool:
    try:
        datasets.mnist()
    except datasets.DataError:
        return False
    return True


@pytest.mark.parametrize("lesson", Course(ROOT).lessons(), ids=str)
def test_a_lesson_runs_from_its_source_without_an_error_or_a_warning(lesson: Lesson, record_property) -> None:
    notebook = to_notebook(lesson)
    tagged = any("skip-execution" in cell.metadata.get("tags", []) for cell in notebook.cells)
    everything = tagged and can_load_mnist()
    client = NotebookClient(
        notebook, timeout=CELL_SECONDS, kernel_name="python3", extra_arguments=["--log-level=ERROR"],
        skip_cells_with_tag="" if everything else "skip-execution",
    )  # fmt: skip
    started = time.monotonic()
    client.execute()
    left_out = " without the cells that need MNIST" if tagged and not everything else ""
    record_property(f"{lesson} runs in", f"{time.monotonic() - started:.0f} s{left_out}")
    for cell in notebook.cells:
        warned = [each.text for each in cell.get("outputs", []) if each.get("name") == "stderr"]
        assert not warned, f"{cell.source}\n{warned}"
