"""Pictures of a function of two variables with the paths that optimizers take down it.

In: a function of two arrays, and paths of shape (steps + 1, 2). Out: a `Picture` with contour lines, one path for each
name, told apart by color, dash and marker, its start and its end marked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from groundup.plots.picture import (
    COLORS,
    INK,
    MARKERS,
    Picture,
    counted,
    legend_below,
    number,
    numeric,
    one_panel,
    sentences,
    stroke,
    styled,
)

Array = npt.NDArray[Any]
Landscape = Callable[[Array, Array], npt.ArrayLike]
Range = tuple[float, float]

SIDE = 161
LEVELS = 12
MOST_MARKERS = 60


def _heights(f: Landscape, x: Array, y: Array) -> Array:
    with np.errstate(all="ignore"):
        values = numeric(f(x, y), "what f returns")
    if values.shape != x.shape:
        raise ValueError(f"f must return one value for each place: {x.shape} came in, {values.shape} came out")
    return values.astype(float)


def _read_path(name: str, path: npt.ArrayLike) -> Array:
    points = numeric(path, f"the path {name!r}")
    if points.ndim != 2 or points.shape[1] != 2 or len(points) == 0:
        raise ValueError(f"the path {name!r} must have shape (steps + 1, 2), one place a row; got {points.shape}")
    return points.astype(float)


def _read_range(limits: Range, name: str) -> Range:
    low, high = limits
    if not low < high:
        raise ValueError(f"{name} must be (low, high) with low below high; got {limits!r}")
    return float(low), float(high)


def _draw_heights(axes: Axes, x: Array, y: Array, heights: Array) -> Range:
    """Contour lines that lie closer together in the valley, where paths are interesting. Returns lowest, highest."""
    finite = heights[np.isfinite(heights)]
    if not len(finite):
        raise ValueError("f has no finite value in this range")
    low, high = float(finite.min()), float(finite.max())
    if high > low:
        levels = low + (high - low) * (np.arange(1, LEVELS + 1) / (LEVELS + 1)) ** 2.2
        shown = np.ma.masked_invalid(heights)
        axes.contourf(x, y, shown, [low, *levels, high], cmap="Greys", vmin=low, vmax=low + 3.5 * (high - low))
        axes.contour(x, y, shown, levels, colors="#b5b5b5", linewidths=0.8)
    return low, high


def _draw_path(axes: Axes, place: int, points: Array) -> Line2D:
    shown = points.copy()
    shown[~np.isfinite(points).all(axis=1)] = np.nan
    look: dict[str, Any] = {"marker": MARKERS[(place + 1) % len(MARKERS)], "markeredgecolor": "white"}
    many = len(points) > MOST_MARKERS
    (line,) = axes.plot(
        *shown.T,
        markersize=5,
        markeredgewidth=0.5,
        markevery=-(-len(points) // MOST_MARKERS) if many else None,
        zorder=3,
        **stroke(place),
        **look,
    )
    axes.plot(*shown[-1], markersize=11, markeredgewidth=1.1, color=COLORS[place % len(COLORS)], zorder=5, **look)
    return line


def _story(name: str, f: Landscape, points: Array, x_range: Range, y_range: Range) -> str:
    """Start and end of one path in words, with the value of the function at both."""

    def told(point: Array) -> str:
        (height,) = _heights(f, point[:1], point[1:])
        return f"({number(point[0])}, {number(point[1])}) with value {number(height)}"

    low, high = np.array([x_range, y_range]).T
    with np.errstate(invalid="ignore"):
        outside = int((~((points >= low) & (points <= high)).all(axis=1)).sum())
    left = f"; {counted(outside, 'place')} outside the picture" if outside else ""
    return f"{name}: {counted(len(points) - 1, 'step')} from {told(points[0])} to {told(points[-1])}{left}"


@styled
def descent_paths(
    f: Landscape,
    paths: Mapping[str, npt.ArrayLike],
    *,
    x_range: Range,
    y_range: Range,
    title: str,
    x_label: str,
    y_label: str,
) -> Picture:
    """Draw the contour lines of a function of two variables, and paths down it.

    `f` takes two arrays of one shape, all first and all second coordinates, and returns the values in that shape.
    `paths` maps a name to places (steps + 1, 2), from the start to the end. Places outside the ranges, NaN and infinity
    are left out of the drawing and told in the alt text. Raises ValueError when a shape does not fit.
    """
    if not paths:
        raise ValueError("paths is empty: give at least one name with its places")
    points = {name: _read_path(name, path) for name, path in paths.items()}
    x_range, y_range = _read_range(x_range, "x_range"), _read_range(y_range, "y_range")
    x, y = np.meshgrid(np.linspace(*x_range, SIDE), np.linspace(*y_range, SIDE))
    heights = _heights(f, x, y)
    picture, axes = one_panel(title, height=4.6)
    low, high = _draw_heights(axes, x, y, heights)
    handles = [_draw_path(axes, place, each) for place, each in enumerate(points.values())]
    starts = np.array([each[0] for each in points.values()])
    ring: dict[str, Any] = {"linestyle": "", "marker": "o", "markersize": 12, "markerfacecolor": "none"}
    (start,) = axes.plot(*starts.T, markeredgecolor=INK, markeredgewidth=1.4, zorder=6, **ring)
    row, column = np.unravel_index(int(np.nanargmin(np.where(np.isfinite(heights), heights, np.nan))), heights.shape)
    lowest = float(x[row, column]), float(y[row, column])
    (bottom,) = axes.plot(*lowest, "+", color=INK, markersize=13, markeredgewidth=1.6, zorder=4)
    axes.set(xlabel=x_label, ylabel=y_label, xlim=x_range, ylim=y_range)
    legend_below(picture, [*handles, start, bottom], [*points, "start", "lowest point"])
    picture.alt = sentences(
        title,
        f"Contour lines of a function of {x_label} (across, {number(x_range[0])} to {number(x_range[1])}) and "
        f"{y_label} (up, {number(y_range[0])} to {number(y_range[1])}): lowest {number(low)} near "
        f"({number(lowest[0])}, {number(lowest[1])}), highest {number(high)}",
        f"{counted(len(points), 'path')}, each ending at its large marker",
        *[_story(name, f, each, x_range, y_range) for name, each in points.items()],
    )
    return picture
