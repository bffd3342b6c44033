"""Pictures of numbers along an axis: training curves, functions and their slopes.

In: dictionaries from a name to values of shape (n,) or to a function. Out: a `Picture` whose curves differ
by color and by dash, and whose alt text gives the start, the end and the extremes of each.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from groundup.plots.picture import (
    GRAY,
    MARKERS,
    Picture,
    counted,
    legend_below,
    number,
    numeric,
    one_panel,
    panels,
    sentences,
    stroke,
    styled,
)

Array = npt.NDArray[Any]
Function = Callable[[Array], npt.ArrayLike]
Scale = Literal["linear", "log"]


def _flat(values: npt.ArrayLike, name: str) -> Array:
    array = numeric(values, f"{name!r}")
    if array.ndim != 1 or len(array) == 0:
        raise ValueError(f"{name!r} must have shape (n,) with n at least 1; got {array.shape}")
    return array


def _named(axes: Axes, picture: Picture, drawn: Mapping[str, Line2D]) -> None:
    """Name each curve at its right end where the names fit there, in a legend below where they do not."""
    if len(drawn) < 2:
        return
    axes.autoscale_view()
    ends = {name: _end(axes, line) for name, line in drawn.items()}
    heights = np.sort([height for _, height in ends.values()])
    apart = bool((np.diff(heights) > 0.075).all()) and max(map(len, drawn)) <= 20
    at_edge = all(across > 0.93 for across, _ in ends.values())
    if not (apart and at_edge and np.isfinite(heights).all()):
        legend_below(picture, drawn.values(), list(drawn))
        return
    for name, (across, height) in ends.items():
        axes.annotate(
            name,
            (across, height),
            xycoords="axes fraction",
            xytext=(9, 0),
            textcoords="offset points",
            verticalalignment="center",
            annotation_clip=False,
        )


def _end(axes: Axes, line: Line2D) -> tuple[float, float]:
    points = np.column_stack([np.asarray(part, dtype=float) for part in line.get_data()])
    last = points[np.isfinite(points).all(axis=1)][-1:]
    if not len(last):
        return np.nan, np.nan
    across, height = axes.transAxes.inverted().transform(axes.transData.transform(last))[0]
    return float(across), float(height)


def _whole(values: Sequence[Array]) -> bool:
    return all(part.dtype.kind in "biu" for part in values)


def _story(name: str, at: Array, values: Array, x_label: str) -> str:
    """Start, end and lowest point of one curve in words."""
    finite = np.isfinite(values.astype(float))
    broken = "" if finite.all() else f"; {counted(int((~finite).sum()), 'value')} not finite"
    if not finite.any():
        return f"{name} has no finite value"
    lowest = int(np.flatnonzero(finite)[np.argmin(values[finite])])
    start, end, low = (number(float(values[place])) for place in (0, -1, lowest))
    return f"{name} starts at {start}, ends at {end}, lowest {low} at {x_label} {number(at[lowest])}{broken}"


def _places(series: Mapping[str, Array], x: npt.ArrayLike | None) -> dict[str, Array]:
    if x is None:
        return {name: np.arange(1, len(values) + 1) for name, values in series.items()}
    shared = _flat(x, "x")
    for name, values in series.items():
        if len(values) != len(shared):
            raise ValueError(f"{name!r} has {len(values)} values but x has {len(shared)}")
    return dict.fromkeys(series, shared)


@styled
def lines(
    series: Mapping[str, npt.ArrayLike],
    *,
    title: str,
    x_label: str,
    y_label: str,
    x: npt.ArrayLike | None = None,
    x_scale: Scale = "linear",
    y_scale: Scale = "linear",
) -> Picture:
    """Draw curves such as the errors or the loss of each epoch.

    `series` maps a name to values of shape (n,); lengths may differ when `x` is None, which counts 1, 2, 3, …
    Otherwise `x` has shape (n,) and belongs to all. NaN and infinity leave gaps and are told in the alt text.
    Raises ValueError when a shape does not fit.
    """
    if not series:
        raise ValueError("series is empty: give at least one name with its values")
    values = {name: _flat(each, name) for name, each in series.items()}
    at = _places(values, x)
    picture, axes = one_panel(title)
    few = max(map(len, values.values())) <= 30
    drawn: dict[str, Line2D] = {}
    for place, (name, each) in enumerate(values.items()):
        shown = np.where(np.isfinite(each.astype(float)), each, np.nan)
        dots = few or np.isfinite(shown).sum() < 2
        (drawn[name],) = axes.plot(
            at[name],
            shown,
            marker=MARKERS[place % len(MARKERS)] if dots else "",
            markersize=5.5,
            markeredgecolor="white",
            markeredgewidth=0.6,
            **stroke(place),
        )
    axes.set(xlabel=x_label, ylabel=y_label, xscale=x_scale, yscale=y_scale)
    _whole_ticks(axes, list(at.values()), list(values.values()))
    axes.grid(True)
    _named(axes, picture, drawn)
    stories = [_story(name, at[name], each, x_label) for name, each in values.items()]
    scales = [f"logarithmic {side} axis" for side, scale in (("x", x_scale), ("y", y_scale)) if scale == "log"]
    kind = f"Line chart of {y_label} against {x_label}" + "".join(f", {each}" for each in scales)
    picture.alt = sentences(title, kind, *stories)
    return picture


def _whole_ticks(axes: Axes, across: Sequence[Array], up: Sequence[Array]) -> None:
    for axis, values in ((axes.xaxis, across), (axes.yaxis, up)):
        if _whole(values) and axis.get_scale() == "linear":
            axis.set_major_locator(MaxNLocator(integer=True, nbins=8, steps=[1, 2, 5, 10]))


def _sampled(table: Mapping[str, Function], z: Array) -> dict[str, Array]:
    result = {}
    for name, function in table.items():
        values = numeric(function(z), f"what {name!r} returns")
        if values.shape != z.shape:
            raise ValueError(f"{name!r} must return one value for each z: {z.shape} came in, {values.shape} came out")
        result[name] = values.astype(float)
    return result


def _curve_story(name: str, z: Array, values: Array) -> str:
    finite = values[np.isfinite(values)]
    if not len(finite):
        return f"{name} has no finite value"
    left, right = number(values[0]), number(values[-1])
    middle = f", {number(float(np.interp(0, z, values)))} at 0" if z[0] < 0 < z[-1] else ""
    low, high = number(finite.min()), number(finite.max())
    return f"{name} is {left} at {number(z[0])}{middle}, {right} at {number(z[-1])}; it stays from {low} to {high}"


def _draw_functions(axes: Axes, z: Array, curves: Mapping[str, Array]) -> dict[str, Line2D]:
    axes.grid(True)
    axes.axhline(0, color=GRAY, linewidth=0.9, zorder=1)
    if z[0] < 0 < z[-1]:
        axes.axvline(0, color=GRAY, linewidth=0.9, zorder=1)
    drawn = {name: axes.plot(z, values, **stroke(place))[0] for place, (name, values) in enumerate(curves.items())}
    axes.set_xlim(z[0], z[-1])
    return drawn


@styled
def functions(
    functions: Mapping[str, Function],
    *,
    title: str,
    span: tuple[float, float] = (-5, 5),
    x_label: str = "z",
    y_label: str = "f(z)",
    slopes: Mapping[str, Function] | None = None,
    slope_label: str = "f′(z)",
) -> Picture:
    """Draw functions of one number, such as activations, on a span.

    `functions` maps a name to a callable that takes (n,) and returns (n,). With `slopes`, of the same names,
    a second panel shows their derivatives. Raises ValueError when a shape or a name does not fit.
    """
    if not functions:
        raise ValueError("functions is empty: give at least one name with its function")
    if not span[0] < span[1]:
        raise ValueError(f"span must go from a smaller to a larger number; got {span}")
    if slopes is not None and set(slopes) != set(functions):
        raise ValueError(f"slopes must have the names {list(functions)}; got {list(slopes)}")
    z = np.linspace(*span, 1001)
    curves = _sampled(functions, z)
    kind = f"Curves of {y_label} against {x_label}"
    if slopes is None:
        picture, axes = one_panel(title)
        axes.set(xlabel=x_label, ylabel=y_label)
        _named(axes, picture, _draw_functions(axes, z, curves))
        picture.alt = sentences(title, kind, *(_curve_story(name, z, v) for name, v in curves.items()))
        return picture
    falls = _sampled({name: slopes[name] for name in functions}, z)
    picture, pair = panels(["Function", "Slope"], title=title, columns=2, row_height=3.1, share=False)
    for axes, label, each in zip(pair, (y_label, slope_label), (curves, falls), strict=True):
        drawn = _draw_functions(axes, z, each)
        axes.set(xlabel=x_label, ylabel=label)
    legend_below(picture, drawn.values(), list(drawn))
    stories = [_curve_story(name, z, v) for name, v in curves.items()]
    stories += [_curve_story(f"the slope of {name}", z, v) for name, v in falls.items()]
    picture.alt = sentences(title, f"{kind}, and their slopes {slope_label} in a second panel", *stories)
    return picture
