"""The pictures of the course: what each one tells, and that every one of them keeps the same promises."""

from __future__ import annotations

import functools
import html
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import matplotlib
import numpy as np
import pytest
from matplotlib.patches import FancyBboxPatch
from PIL import Image

from groundup import plots

GATES = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
OR = np.array([0, 1, 1, 1])


def above(w: tuple[float, float], b: float) -> Callable[[np.ndarray], np.ndarray]:
    return lambda X: (X @ np.array(w) + b >= 0).astype(int)


def sigmoid(z: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-z))


def gradual(X: np.ndarray) -> np.ndarray:
    return sigmoid(4 * (X.sum(axis=1) - 0.5))


AND_LINE = above((1, 1), -1.5)
OR_LINE = above((1, 1), -0.5)

EXAMPLES: dict[str, Callable[[], plots.Picture]] = {
    "descent_paths": lambda: plots.descent_paths(
        lambda x, y: x**2 + 9 * y**2,
        {"SGD": [[-2, 1], [-1, -0.5]], "Adam": [[-2, 1], [-1.5, 0.5]]},
        x_range=(-3, 1),
        y_range=(-2, 2),
        title="Down a ravine",
        x_label="w1",
        y_label="w2",
    ),
    "decision_boundary": lambda: plots.decision_boundary(AND_LINE, GATES, OR, title="One neuron"),
    "boundary_steps": lambda: plots.boundary_steps(
        [AND_LINE, OR_LINE], GATES, OR, titles=["Epoch 1", "Epoch 2"], title="It moves"
    ),
    "lines": lambda: plots.lines(
        {"train": [3.0, 2.0, 0.5], "validation": [3.0, 1.0, 1.5]},
        title="Loss falls",
        x_label="epoch",
        y_label="loss",
    ),
    "functions": lambda: plots.functions({"sigmoid": sigmoid, "tanh": np.tanh}, title="Two activations", span=(-4, 4)),
    "histogram": lambda: plots.histogram({"a": np.arange(10), "b": np.arange(5)}, title="Spread", x_label="value"),
    "confusion_matrix": lambda: plots.confusion_matrix([[8, 2], [1, 9]], ["cat", "dog"], title="Cats and dogs"),
    "image_grid": lambda: plots.image_grid(
        np.arange(48).reshape(3, 4, 4), ["cat", "dog", "cow"], title="Animals", wrong=[False, True, False]
    ),
    "network": lambda: plots.network([784, 16, 10], title="A network", edge_labels=["W1 (784, 16)", "W2 (16, 10)"]),
    "neuron": lambda: plots.neuron([0.5, -1.5], "b", title="A neuron"),
    "neuron_playground": lambda: plots.neuron_playground({"OR": (GATES, OR)}, "OR", w=(1, 1), b=-1.5).picture,
    "computation_graph": lambda: plots.computation_graph(
        {"a": "a\n2", "b": "b\n3", "c": "a · b\n6"}, [("a", "c"), ("b", "c")], title="A product"
    ),
}

FACTS = {
    "descent_paths": ["2 paths", "SGD: 1 step from (−2, 1) with value 13 to (−1, −0.5) with value 3.25"],
    "decision_boundary": ["4 points of 2 classes", "1 of class 0, 3 of class 1", "runs from (0.3, 1.2) to (1.2, 0.3)"],
    "boundary_steps": ["2 panels", "Epoch 1: The boundary", "2 of 4 points lie", "0 of 4 points lie"],
    "lines": ["train starts at 3, ends at 0.5, lowest 0.5 at epoch 3", "validation", "lowest 1 at epoch 2"],
    "functions": ["sigmoid is 0.018 at −4, 0.5 at 0, 0.982 at 4", "tanh"],
    "histogram": ["a: 10 numbers, mean 4.5", "b: 5 numbers, mean 2", "30 bins from 0 to 9"],
    "confusion_matrix": ["20 examples in 2 classes", "17 of 20 (85 %)", "true cat predicted as dog, 2 times"],
    "image_grid": ["3 gray images of 4 by 4 pixels in 1 row", "cat, dog, cow", "1 of 3 marked wrong: image 2 (dog)"],
    "network": ["3 layers", "input 784, hidden 16, output 10", "between input and hidden: W1 (784, 16)"],
    "neuron": ["2 inputs", "x₁ with weight w₁ = 0.5", "w₂ = −1.5", "bias b", "activation step"],
    "neuron_playground": [
        "OR: 2 of 4 right",
        "runs from (0, 1.5) to (2, −0.5)",
        "w points right and up",
        "(0, 1) has z",
    ],
    "computation_graph": ["3 nodes and 2 arrows", "2 columns", "a · b 6, from a 2 and b 3"],
}


@functools.cache
def made(name: str) -> plots.Picture:
    return EXAMPLES[name]()


each_picture = pytest.mark.parametrize("name", EXAMPLES)


def labels(picture: plots.Picture) -> list[str]:
    return [text for axes in picture.axes for text in (axes.get_xlabel(), axes.get_ylabel()) if axes.axison]


def shown(picture: plots.Picture, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    bundles: list[dict[str, str]] = []
    monkeypatch.setattr("IPython.display.display", lambda bundle, raw: bundles.append(bundle))
    picture._ipython_display_()
    (bundle,) = bundles
    return bundle


def test_every_public_function_is_tried_here() -> None:
    assert set(EXAMPLES) == set(FACTS) == set(plots.__all__) - {"Picture", "Playground"}


@each_picture
def test_a_picture_tells_its_facts_in_words(name: str) -> None:
    picture = made(name)
    assert isinstance(picture, plots.Picture)
    assert [fact for fact in FACTS[name] if fact not in picture.alt] == []
    assert ".." not in picture.alt and picture.alt.endswith(".")


@each_picture
def test_a_picture_has_a_title_and_names_on_its_axes(name: str) -> None:
    picture = made(name)
    titles = [picture.get_suptitle(), *(axes.get_title(loc="left") for axes in picture.axes)]
    assert any(titles)
    outer = [axes for axes in picture.axes if axes.axison and axes.get_subplotspec().is_last_row()]
    assert all(axes.get_xlabel() for axes in outer)
    outer = [axes for axes in picture.axes if axes.axison and axes.get_subplotspec().is_first_col()]
    assert all(axes.get_ylabel() for axes in outer)


@each_picture
def test_rendering_twice_gives_the_same_bytes(name: str) -> None:
    picture = made(name)
    first = picture.png()
    assert first == picture.png() == EXAMPLES[name]().png()


@each_picture
def test_all_writing_lies_inside_the_picture(name: str) -> None:
    picture = made(name)
    picture._settle()
    box = picture.get_tightbbox()
    width, height = picture.get_size_inches()
    assert box.x0 >= 0 and box.y0 >= 0 and box.x1 <= width and box.y1 <= height


@each_picture
def test_a_picture_leaves_the_settings_of_matplotlib_alone(name: str) -> None:
    before = dict(matplotlib.rcParams)
    EXAMPLES[name]().draw_without_rendering()
    assert dict(matplotlib.rcParams) == before


def test_a_cell_shows_one_image_with_its_alt_text_escaped(monkeypatch: pytest.MonkeyPatch) -> None:
    picture = plots.lines({"a": [1, 2]}, title='Is "x" < y & z?', x_label="epoch", y_label="loss")
    bundle = shown(picture, monkeypatch)
    assert bundle["text/plain"] == picture.alt
    assert bundle["text/html"].count("data:image/png;base64,") == 1
    alt = re.search(r'alt="([^"]*)"', bundle["text/html"])
    assert alt is not None and html.unescape(alt[1]) == picture.alt and "<" not in alt[1]


def test_an_image_is_twice_as_dense_as_its_width_on_the_screen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    picture = EXAMPLES["lines"]()
    picture.save(tmp_path / "lines.png")
    width = re.search(r'width="(\d+)"', shown(picture, monkeypatch)["text/html"])
    with Image.open(tmp_path / "lines.png") as saved:
        assert width is not None and saved.width == 2 * int(width[1])


def test_a_saved_file_carries_its_alt_text(tmp_path: Path) -> None:
    picture = EXAMPLES["neuron"]()
    picture.save(tmp_path / "neuron.png")
    with Image.open(tmp_path / "neuron.png") as saved:
        assert saved.info["Description"] == picture.alt and "Software" not in saved.info


def test_a_dark_style_outside_does_not_change_a_picture() -> None:
    plain = EXAMPLES["lines"]().png()
    with matplotlib.rc_context({"axes.facecolor": "black", "text.color": "white", "xtick.labelcolor": "white"}):
        assert EXAMPLES["lines"]().png() == plain


def test_importing_plots_brings_no_pyplot_and_no_heavy_library() -> None:
    heavy = ["matplotlib.pyplot", "torch", "sklearn", "IPython"]
    code = f"import sys, groundup.plots; sys.exit(str([m for m in {heavy} if m in sys.modules] or ''))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr.strip() == ""


def test_one_point_on_the_wrong_side_is_told_in_the_singular() -> None:
    picture = plots.decision_boundary(above((0, 1), -0.5), GATES, OR, title="t", class_names=["off", "on"])
    assert "1 of 4 points lies on the wrong side" in picture.alt and "3 of on" in picture.alt


def test_a_classifier_that_always_says_one_class_has_no_boundary() -> None:
    picture = plots.decision_boundary(lambda X: np.ones(len(X)), GATES, OR, title="t")
    assert "No boundary is in view: every place is predicted class 1" in picture.alt


def test_probabilities_shade_with_a_scale_and_turn_at_one_half() -> None:
    picture = plots.decision_boundary(gradual, GATES, OR, title="t")
    assert "predicted probability of class 1" in labels(picture)
    assert "0 of 4 points lie on the wrong side" in picture.alt


def test_labels_of_minus_one_and_one_are_classes_too() -> None:
    picture = plots.decision_boundary(lambda X: 2 * OR_LINE(X) - 1, GATES, 2 * OR - 1, title="t")
    assert "1 of class −1, 3 of class 1" in picture.alt and "0 of 4" in picture.alt


def test_a_loss_that_turns_to_nan_is_drawn_and_told() -> None:
    picture = plots.lines({"loss": [1.0, np.nan, np.inf]}, title="t", x_label="step", y_label="loss")
    assert "2 values not finite" in picture.alt and picture.png()


def test_runs_of_different_length_share_a_picture() -> None:
    picture = plots.lines({"a": [3, 1], "b": [3, 2, 1]}, title="t", x_label="epoch", y_label="errors")
    assert "lowest 1 at epoch 2" in picture.alt and "lowest 1 at epoch 3" in picture.alt


def test_whole_numbers_get_whole_ticks() -> None:
    picture = plots.lines({"errors": [2, 1, 0]}, title="t", x_label="epoch", y_label="errors")
    ticks = [*picture.axes[0].get_xticks(), *picture.axes[0].get_yticks()]
    assert all(float(tick).is_integer() for tick in ticks)


def test_slopes_get_a_panel_of_their_own() -> None:
    picture = plots.functions({"tanh": np.tanh}, slopes={"tanh": lambda z: 1 - np.tanh(z) ** 2}, title="t")
    assert len(picture.axes) == 2 and "the slope of tanh is 0.000182 at −5, 1 at 0" in picture.alt


def test_more_than_three_histograms_become_panels() -> None:
    layers = {f"layer {place}": np.linspace(-place, place, 50) for place in range(1, 6)}
    picture = plots.histogram(layers, title="t", x_label="activation")
    assert len(picture.axes) == 5 and "layer 5: 50 numbers, mean 0" in picture.alt


def test_values_that_are_all_alike_still_make_a_histogram() -> None:
    assert "standard deviation 0" in plots.histogram(np.zeros((3, 4)), title="t", x_label="w").alt


def test_a_perfect_classifier_has_no_most_frequent_mistake() -> None:
    alt = plots.confusion_matrix(np.eye(3, dtype=int), "abc", title="t").alt
    assert "3 of 3 (100 %)" in alt and "mistake" not in alt


def test_a_wrong_image_has_a_cross_and_not_only_a_color() -> None:
    picture = EXAMPLES["image_grid"]()
    assert [text.get_text() for text in picture.axes[0].texts] == ["cat", "✗ dog", "cow"]


def test_a_wide_layer_is_drawn_with_at_most_eight_places() -> None:
    narrow, wide = (plots.network([size, 1], title="t") for size in (8, 784))
    assert len(wide.axes[0].patches) <= len(narrow.axes[0].patches) + 3


def test_a_value_used_twice_has_two_arrows() -> None:
    picture = plots.computation_graph({"a": "a", "s": "a · a"}, [("a", "s"), ("a", "s")], title="t")
    assert "2 nodes and 2 arrows" in picture.alt and "a · a, from a and a" in picture.alt


def test_boxes_of_a_graph_never_overlap() -> None:
    nodes = {name: f"{name}\ndata\ngrad" for name in "abcdefgh"}
    edges = [("a", "c"), ("b", "c"), ("c", "d"), ("c", "e"), ("a", "f"), ("d", "g"), ("e", "g"), ("f", "g"), ("b", "h")]
    picture = plots.computation_graph(nodes, [*edges, ("g", "h")], title="t")
    boxes = [p.get_window_extent() for p in picture.axes[0].patches if isinstance(p, FancyBboxPatch)]
    assert len(boxes) == 8
    assert not any(a.overlaps(b) for place, a in enumerate(boxes) for b in boxes[:place])
