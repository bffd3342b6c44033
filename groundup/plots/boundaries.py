"""Pictures of the line that a classifier draws between points in the plane.

In: a predict function, points `X` of shape (n, 2), their classes `y` of shape (n,). Out: a `Picture` of the
shaded plane, each class with its color, marker and hatch, the points on the wrong side ringed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_rgb
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from groundup.plots.picture import (
    COLORS,
    INK,
    MARKERS,
    Picture,
    counted,
    legend_below,
    number,
    one_panel,
    panels,
    sentences,
    styled,
)
from groundup.plots.planes import Answer, Array, Plane, Predict, ask, read_points, told

HATCHES = ("", "////", "....", "\\\\\\\\", "++", "xx", "oo", "--", "||", "**")


def _names(classes: Sequence[int], given: Sequence[str] | None) -> list[str]:
    if given is None:
        return [f"class {number(each)}" for each in classes]
    if all(0 <= each < len(given) for each in classes):
        return [given[each] for each in classes]
    if len(given) == len(classes):
        return list(given)
    raise ValueError(f"class_names has {len(given)} names for the classes {list(classes)}")


def tint(position: int, strength: float = 0.2) -> tuple[float, float, float]:
    red, green, blue = (1 - strength * (1 - part) for part in to_rgb(COLORS[position % len(COLORS)]))
    return red, green, blue


def _smooth(region: Array) -> Array:
    """Blur a 0/1 region by a few cells, so that its outline is a smooth line and not a staircase."""
    soft = np.pad(region.astype(float), 4, mode="reflect", reflect_type="odd")
    for axis in (0, 1):
        for _ in range(4):
            soft = (np.roll(soft, 1, axis) + 2 * soft + np.roll(soft, -1, axis)) / 4
    return soft[4:-4, 4:-4]


def _shade(axes: Axes, plane: Plane, answer: Answer, classes: list[int]) -> Any:
    position = np.searchsorted(classes, answer.region)
    tints = np.array([tint(place) for place in range(len(classes))])
    where: dict[str, Any] = {"extent": plane.extent, "origin": "lower", "aspect": "auto", "zorder": 0}
    if answer.probability is None:
        image = axes.imshow(tints[position], interpolation="nearest", **where)
    else:
        blend = LinearSegmentedColormap.from_list("sides", [tint(0, 0.42), (1, 1, 1), tint(1, 0.42)])
        image = axes.imshow(answer.probability, cmap=blend, vmin=0, vmax=1, interpolation="bilinear", **where)
    for place in np.unique(position):
        _outline(axes, plane, _smooth(position == place), HATCHES[place % len(HATCHES)], tint(place, 0.45))
    if answer.probability is not None:
        axes.contour(
            plane.xs, plane.ys, answer.probability, [0.25, 0.75], colors=INK, linewidths=0.7, linestyles="dotted"
        )
    return image


def _outline(axes: Axes, plane: Plane, inside: Array, hatch: str, color: Any) -> None:
    if hatch:
        cover = axes.contourf(plane.xs, plane.ys, inside, [0.5, 1.5], colors="none", hatches=[hatch])
        cover.set_edgecolor(color)
        cover.set_linewidth(0)
    if inside.min() < 0.5 < inside.max():
        axes.contour(plane.xs, plane.ys, inside, [0.5], colors=INK, linewidths=1.5)


def scatter(axes: Axes, X: Array, y: Array, predicted: Array, classes: list[int], scale: float) -> None:
    size = float(np.interp(len(X), [8, 60, 400, 2000], [90, 42, 22, 10])) * scale
    for place, each in enumerate(classes):
        mine = X[y == each]
        axes.scatter(
            mine[:, 0],
            mine[:, 1],
            s=size,
            c=COLORS[place % len(COLORS)],
            marker=MARKERS[place % len(MARKERS)],
            edgecolors="white",
            linewidths=0.7,
            zorder=3,
        )
    wrong = X[y != predicted]
    ring: dict[str, Any] = {
        "facecolors": "none",
        "edgecolors": INK,
        "linewidths": 1.3 if size > 30 else 0.9 if len(wrong) <= 80 else 0.6,
    }
    axes.scatter(wrong[:, 0], wrong[:, 1], s=size * (3.2 if len(wrong) <= 80 else 2.2), zorder=4, **ring)


def legend(picture: Picture, classes: list[int], names: list[str], any_wrong: bool, shaded: bool) -> None:
    handles: list[Any] = []
    for place in range(len(classes)):
        patch = Patch(
            facecolor=tint(place, 0.3),
            edgecolor=tint(place, 0.55),
            hatch=HATCHES[place % len(HATCHES)],
            linewidth=0,
        )
        look: dict[str, Any] = {"marker": MARKERS[place % len(MARKERS)], "color": COLORS[place % len(COLORS)]}
        handles.append((patch, Line2D([], [], linestyle="", markersize=7, markeredgecolor="white", **look)))
    names = list(names)
    if any_wrong:
        ring = {"marker": "o", "markersize": 12, "markerfacecolor": "none", "markeredgecolor": INK}
        handles.append(Line2D([], [], linestyle="", **ring))  # type: ignore[arg-type]
        names.append("on the wrong side")
    handles.append(Line2D([], [], color=INK, linewidth=1.5))
    names.append("boundary")
    if shaded:
        handles.append(Line2D([], [], color=INK, linewidth=0.9, linestyle="dotted"))
        names.append("probability 0.25, 0.75")
    legend_below(picture, handles, names)


def _scene(y: Array, answers: list[Answer]) -> list[int]:
    seen = [y, *(part for each in answers for part in (each.region, each.predicted))]
    classes = [int(each) for each in np.unique(np.concatenate([part.ravel() for part in seen]))]
    if any(each.probability is not None for each in answers):
        classes = sorted({0, 1, *classes})
        if len(classes) > 2:
            raise ValueError(f"probabilities are for the two classes 0 and 1; y has the classes {np.unique(y)}")
    return classes


def _counts(y: Array, classes: list[int], names: list[str]) -> str:
    each = [f"{(y == one).sum()} of {name}" for one, name in zip(classes, names, strict=True)]
    return f"{counted(len(y), 'point')} of {counted(len(np.unique(y)), 'class')} ({', '.join(each)})"


def _axes_names(feature_names: Sequence[str]) -> tuple[str, str]:
    if isinstance(feature_names, str) or len(feature_names) != 2:
        raise ValueError(f"feature_names must be two names, one an axis; got {feature_names!r}")
    return feature_names[0], feature_names[1]


@styled
def decision_boundary(
    predict: Predict,
    X: npt.ArrayLike,
    y: npt.ArrayLike,
    *,
    title: str,
    feature_names: Sequence[str] = ("x1", "x2"),
    class_names: Sequence[str] | None = None,
) -> Picture:
    """Shade the plane by what `predict` answers, and draw the points on it.

    `predict` takes places (m, 2) and returns (m,): classes (whole numbers), or probabilities of class 1,
    which shade continuously with the boundary at 0.5. `X` (n, 2) floats; `y` (n,) whole numbers.
    Raises ValueError when a shape does not fit.
    """
    points, y = read_points(X, y)
    x_name, y_name = _axes_names(feature_names)
    plane = Plane.around(points, side=240)
    answer = ask(predict, plane, points)
    classes = _scene(y, [answer])
    names = _names(classes, class_names)
    picture, axes = one_panel(title, width=6.2, height=5.0)
    image = _shade(axes, plane, answer, classes)
    scatter(axes, points, y, answer.predicted, classes, scale=1.0)
    axes.set(xlabel=x_name, ylabel=y_name)
    if answer.probability is not None:
        bar = picture.colorbar(image, ax=axes, ticks=[0, 0.25, 0.5, 0.75, 1], aspect=28, pad=0.02)
        bar.set_label(f"predicted probability of {names[1]}")
        bar.outline.set_visible(False)
    wrong = bool((answer.predicted != y).any())
    legend(picture, classes, names, wrong, answer.probability is not None)
    picture.alt = sentences(
        title,
        f"Scatter plot of {_counts(y, classes, names)}, {x_name} across and {y_name} up, on shaded regions",
        told(plane, answer, y, classes, names),
    )
    return picture


@styled
def boundary_steps(
    predicts: Sequence[Predict],
    X: npt.ArrayLike,
    y: npt.ArrayLike,
    *,
    titles: Sequence[str],
    title: str = "",
    feature_names: Sequence[str] = ("x1", "x2"),
    class_names: Sequence[str] | None = None,
) -> Picture:
    """Draw a boundary as it moves: one small panel for each predict function, all on the same axes.

    `predicts` and `titles` have one entry a panel, for example one an epoch; `X`, `y` and each predict
    function are as for `decision_boundary`. Raises ValueError when a shape does not fit.
    """
    points, y = read_points(X, y)
    x_name, y_name = _axes_names(feature_names)
    if not predicts or len(predicts) != len(titles):
        raise ValueError(f"give one title a panel: got {len(predicts)} predict functions, {len(titles)} titles")
    plane = Plane.around(points, side=160)
    answers = [ask(predict, plane, points) for predict in predicts]
    classes = _scene(y, answers)
    names = _names(classes, class_names)
    columns = 4 if len(titles) > 3 else 3
    picture, grid = panels(
        titles, title=title, x_label=x_name, y_label=y_name, columns=columns, row_height=8.8 / columns
    )
    for axes, answer in zip(grid, answers, strict=True):
        _shade(axes, plane, answer, classes)
        scatter(axes, points, y, answer.predicted, classes, scale=0.5)
    any_wrong = any((answer.predicted != y).any() for answer in answers)
    legend(picture, classes, names, any_wrong, any(answer.probability is not None for answer in answers))
    steps = [f"{name}: {told(plane, a, y, classes, names)}" for name, a in zip(titles, answers, strict=True)]
    picture.alt = sentences(
        title,
        f"{counted(len(titles), 'panel')} of the same {_counts(y, classes, names)}, {x_name} across and {y_name} up",
        *steps,
    )
    return picture
