"""`descent_paths`: contour lines of a function of two variables, and what is told of each path down it."""

from __future__ import annotations

import matplotlib
import numpy as np
import pytest
from matplotlib.colors import to_hex

from groundup import plots

DOWN = np.array([[-8.0, 1.5], [-4.0, -0.5], [-2.0, 0.25]])
ACROSS = np.array([[-8.0, 1.5], [-8.0, 0.0]])


def ravine(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return 0.5 * (x**2 + 25 * y**2)


def drawn(paths: dict[str, np.ndarray] | None = None, **settings: object) -> plots.Picture:
    given = {
        "x_range": (-9, 3),
        "y_range": (-2, 2),
        "title": "Down the ravine",
        "x_label": "w1",
        "y_label": "w2",
        **settings,
    }
    return plots.descent_paths(ravine, paths or {"SGD": DOWN, "Adam": ACROSS}, **given)  # type: ignore[arg-type]


def test_the_words_give_each_path_with_its_numbers() -> None:
    alt = drawn().alt
    for fact in (
        "w1 (across, −9 to 3) and w2 (up, −2 to 2)",
        "lowest 0 near (0, 0), highest 90.5",
        "2 paths",
        "SGD: 2 steps from (−8, 1.5) with value 60.1 to (−2, 0.25) with value 2.78",
        "Adam: 1 step from (−8, 1.5) with value 60.1 to (−8, 0) with value 32",
    ):
        assert fact in alt
    assert alt.startswith("Down the ravine.") and alt.endswith(".") and ".." not in alt


def test_paths_differ_in_color_dash_and_marker() -> None:
    (axes,) = drawn({name: DOWN + shift for shift, name in enumerate("abcde")}).axes
    paths = [line for line in axes.lines if len(line.get_xdata()) == 3]  # type: ignore[arg-type]
    looks = [{to_hex(p.get_color()) for p in paths}, {p.get_marker() for p in paths}]  # type: ignore[arg-type]
    looks.append({str(p._dash_pattern) for p in paths})  # type: ignore[attr-defined]
    assert [len(look) for look in looks] == [5, 5, 5]


def test_starts_ends_and_the_lowest_point_are_marked() -> None:
    picture = drawn()
    (axes,) = picture.axes
    places = [tuple(np.ravel(np.asarray(line.get_xydata(), dtype=float)[-1])) for line in axes.lines]
    for place in ((-8.0, 1.5), (-2.0, 0.25), (-8.0, 0.0)):
        assert place in places
    names = [text.get_text() for legend in picture.legends for text in legend.get_texts()]
    assert names == ["SGD", "Adam", "start", "lowest point"]


def test_a_path_that_leaves_the_picture_is_told_and_does_not_stretch_it() -> None:
    wild = np.array([[-8.0, 1.5], [-8.0, -30.0], [-8.0, np.inf]])
    picture = drawn({"too fast": wild})
    assert "2 places outside the picture" in picture.alt and "with value infinity" in picture.alt
    assert picture.axes[0].get_ylim() == (-2, 2) and picture.axes[0].get_xlim() == (-9, 3)
    assert len(picture.png()) > 1000


def test_a_path_of_one_place_and_a_long_one_are_drawn() -> None:
    long = np.column_stack([np.linspace(-8, 0, 500), np.zeros(500)])
    alt = drawn({"stays": DOWN[:1], "long": long}).alt
    assert "stays: 0 steps" in alt and "long: 499 steps" in alt


def test_a_flat_function_has_no_contour_lines_and_still_a_picture() -> None:
    picture = plots.descent_paths(
        lambda x, y: 0 * x + 3, {"a": DOWN}, x_range=(-9, 0), y_range=(-2, 2), title="Flat", x_label="x", y_label="y"
    )
    assert "lowest 3" in picture.alt and "highest 3" in picture.alt


def test_rendering_twice_gives_the_same_bytes_and_all_writing_lies_inside() -> None:
    picture = drawn()
    assert picture.png() == drawn().png()
    tight = picture.get_tightbbox()
    width, height = picture.get_size_inches()
    assert tight.x0 >= 0 and tight.y0 >= 0 and tight.x1 <= width and tight.y1 <= height


def test_a_picture_leaves_the_settings_of_matplotlib_alone() -> None:
    before = dict(matplotlib.rcParams)
    drawn()
    assert dict(matplotlib.rcParams) == before


@pytest.mark.parametrize(
    ("paths", "settings", "words"),
    [
        ({"SGD": np.zeros(3)}, {}, "the path 'SGD' must have shape"),
        ({"SGD": np.zeros((0, 2))}, {}, "one place a row"),
        ({"SGD": DOWN}, {"x_range": (2, -10)}, "x_range must be"),
        ({"SGD": [["a", "b"]]}, {}, "must hold numbers"),
    ],
)
def test_a_mistake_is_explained_in_plain_words(
    paths: dict[str, np.ndarray], settings: dict[str, object], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        drawn(paths, **settings)


def test_no_paths_or_a_function_of_the_wrong_shape_are_explained() -> None:
    look = {"x_range": (-9, 0), "y_range": (-2, 2), "title": "t", "x_label": "x", "y_label": "y"}
    with pytest.raises(ValueError, match="paths is empty"):
        plots.descent_paths(ravine, {}, **look)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="one value for each place"):
        plots.descent_paths(lambda x, y: 1.0, {"a": DOWN}, **look)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="no finite value"):
        plots.descent_paths(lambda x, y: x * np.nan, {"a": DOWN}, **look)  # type: ignore[arg-type]
