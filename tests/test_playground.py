"""The neuron to play with: what it says, and what a notebook shows while its sliders move, and without them."""

from __future__ import annotations

import html
import itertools
import re
import subprocess
import sys
from typing import Any

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient

from groundup import datasets, plots

GATES = ("AND", "OR", "NAND", "XOR")
WIDGET = "application/vnd.jupyter.widget-view+json"
SHOW = f"""\
from groundup import datasets, plots
playground = plots.neuron_playground({{name: datasets.gates(name) for name in {GATES}}}, "AND", w=(1.0, 1.0), b=-1.5)
playground"""


def neuron(chosen: str = "AND", w: tuple[float, float] = (1.0, 1.0), b: float = -1.5) -> plots.Playground:
    return plots.neuron_playground({name: datasets.gates(name) for name in GATES}, chosen, w=w, b=b)


def run(*cells: str) -> list[list[Any]]:
    """The outputs of each cell, after all have run in a kernel."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    NotebookClient(notebook, timeout=120, kernel_name="python3", extra_arguments=["--log-level=ERROR"]).execute()
    return [cell.outputs for cell in notebook.cells]


def alt_of(output: Any) -> str:
    (alt,) = re.findall(r'<img alt="([^"]*)"', output.data["text/html"])
    return html.unescape(alt)


def test_a_notebook_shows_the_picture_and_the_controls_each_with_words_for_readers_without_them() -> None:
    ((picture, controls),) = run(SHOW)
    assert set(picture.data) == {"text/html", "text/plain"}
    assert alt_of(picture) == picture.data["text/plain"] == neuron().picture.alt
    assert set(controls.data) == {WIDGET, "text/html", "text/plain"}
    assert "change the numbers in the cell" in controls.data["text/html"]
    assert controls.data["text/plain"] in controls.data["text/html"]


def test_moving_a_control_changes_the_picture_that_is_shown_and_the_text() -> None:
    move = 'playground.controls["data"].value = "XOR"; playground.controls["b"].value = -0.4999999999999996'
    told = 'print(playground.controls["status"].value)'
    (picture, _), _, (status,) = run(SHOW, move, told)
    wanted = neuron("XOR", b=-0.5)
    assert alt_of(picture) == wanted.picture.alt
    assert picture.data["text/html"] == wanted.picture.html()
    assert 'aria-live="polite"' in status.text
    assert "XOR: 3 of 4 right. Wrong: (1, 1) has z = 1.5 and gets 1, wanted 0." in status.text


def test_a_slider_and_its_field_follow_each_other() -> None:
    code = """\
rows = playground._panel(lambda: None).children[1:4]
field, slider = rows[0].children
slider.value = 0.7500000000000004
print(field.value, playground.values["w1"])
field.value = -1.25
print(slider.value, playground.values["w1"])"""
    _, (printed,) = run(SHOW, code)
    assert printed.text == "0.75 0.75\n-1.25 -1.25\n"


def test_a_page_that_was_loaded_anew_is_told_to_run_the_cell() -> None:
    other = "import groundup.plots.playground as module\nmodule._page = lambda: 'another page'"
    move = 'playground.controls["b"].value = -0.5; print(playground.controls["status"].value)'
    _, (before,), _, (after,) = run(SHOW, move.replace("-0.5", "-1.0"), other, move)
    assert "loaded anew: run the cell again" in after.text and "run the cell" not in before.text


def test_without_ipywidgets_the_picture_stands_with_a_sentence() -> None:
    _, (picture, words) = run("import sys; sys.modules['ipywidgets'] = None", SHOW)
    assert alt_of(picture) == neuron().picture.alt
    assert set(words.data) == {"text/html", "text/plain"}


def test_the_widgets_are_imported_only_when_they_are_shown() -> None:
    code = (
        "import sys; from groundup import plots\n"
        "plots.neuron_playground({'a': ([[0, 0], [1, 1]], [0, 1])}, 'a', w=(1, 1), b=0)\n"
        "sys.exit(str([m for m in ('ipywidgets', 'IPython') if m in sys.modules] or ''))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr.strip() == ""


@pytest.mark.parametrize(("chosen", "w", "b"), [("AND", (1, 1), -1.5), ("OR", (1, 1), -0.5), ("NAND", (-1, -1), 1.5)])
def test_the_numbers_of_the_lesson_make_no_mistake(chosen: str, w: tuple[float, float], b: float) -> None:
    assert "4 of 4 right. None is wrong." in neuron(chosen, w, b).text


def test_no_place_of_the_sliders_makes_xor_right_and_some_make_one_mistake() -> None:
    X, y = datasets.gates("xor")
    steps = np.arange(-3, 3.25, 0.25)
    grid = np.array(list(itertools.product(steps, steps, steps)))
    wrong = ((grid[:, :2] @ X.T + grid[:, 2:] >= 0) != y).sum(axis=1)
    assert wrong.min() == 1


def test_a_score_of_zero_is_a_yes_and_lies_with_class_1() -> None:
    on_the_line = neuron("OR", b=-1.0)
    assert "OR: 4 of 4 right" in on_the_line.text
    assert "None is wrong" in on_the_line.picture.alt
    everywhere = neuron("OR", w=(0, 0), b=0)
    assert "both weights are 0" in everywhere.picture.alt and "(0, 0) has z = 0 and gets 1, wanted 0" in everywhere.text


@pytest.mark.parametrize(
    ("w", "b", "words"),
    [
        ((1, 0), -0.5, "from (0.5, −0.5) to (0.5, 1.5); the arrow w points right, to"),
        ((0, -2), 1, "from (−1, 0.5) to (2, 0.5); the arrow w points down, to"),
        ((-1, -1), 1.5, "points left and down, to the side that gets 1"),
        ((0.25, 0.25), 3, "The line is out of view"),
        ((1, 1), 1.5, "The line is out of view"),
    ],
)
def test_the_alt_text_says_where_the_line_runs(w: tuple[float, float], b: float, words: str) -> None:
    assert words in neuron(w=w, b=b).picture.alt


def test_the_formula_has_true_minus_signs() -> None:
    assert neuron(w=(-0.25, -2), b=0).text.startswith("z = −0.25 · x₁ − 2 · x₂ + 0. ")


def test_a_moved_picture_is_the_picture_made_there() -> None:
    moved = neuron()
    moved.picture.png()
    moved.move("NAND", w1=-1.0, b=2.75)
    assert moved.picture.png() == neuron("NAND", (-1.0, 1.0), 2.75).picture.png()


def test_many_points_are_counted_and_not_listed() -> None:
    X, y = datasets.moons(100, 0.1, np.random.default_rng(0))
    played = plots.neuron_playground({"moons": (X, y)}, "moons", w=[0, 0], b=-1)
    assert "moons: 50 of 100 right. Wrong: 50 points." in played.text


def test_the_call_leaves_the_arrays_as_they_were() -> None:
    X, y = datasets.gates("and")
    plots.neuron_playground({"AND": (X, y)}, "AND", w=np.array([1.0, 2.0]), b=0).move(w1=0.5)
    assert np.array_equal(X, datasets.gates("and")[0]) and np.array_equal(y, datasets.gates("and")[1])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"chosen": "NOR"}, "no data set is called 'NOR'; there are: AND"),
        ({"data": {}}, "there are: none"),
        ({"data": {"AND": ([[0.0, 1.0]], [2])}}, "the labels of AND must be 0 and 1; got [2]"),
        ({"data": {"AND": ([[0.0, 1.0, 2.0]], [1])}}, "X must have shape (n, 2)"),
        ({"w": (1.0,)}, "w must have shape (2,)"),
        ({"b": [1.0]}, "b must be a number"),
        ({"b": float("nan")}, "NaN or infinity"),
    ],
)
def test_what_does_not_fit_is_told(change: dict[str, Any], words: str) -> None:
    call: dict[str, Any] = {"data": {"AND": datasets.gates("and")}, "chosen": "AND", "w": (1.0, 1.0), "b": -1.5}
    with pytest.raises(ValueError, match=re.escape(words)):
        plots.neuron_playground(**(call | change))
