"""Pictures of how values are spread: histograms, overlaid or side by side.

In: an array of any shape, or a dictionary from a name to an array. Out: a `Picture` of counts, whose alt text
gives the mean, the standard deviation and the range of each.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from groundup.plots.picture import (
    COLORS,
    DASHES,
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


@styled
def histogram(
    values: npt.ArrayLike | Mapping[str, npt.ArrayLike],
    *,
    title: str,
    x_label: str,
    bins: int = 30,
) -> Picture:
    """Draw how values are spread: counts in `bins` equal intervals.

    `values` is an array of any shape, or a dictionary from a name to an array: up to three are overlaid as
    outlines, more get a small panel each on the same axes. NaN and infinity are left out and told in the alt text.
    """
    groups = dict(values) if isinstance(values, Mapping) else {"values": values}
    if not groups:
        raise ValueError("values is empty: give at least one name with its values")
    arrays = {name: numeric(each, f"{name!r}").ravel().astype(float) for name, each in groups.items()}
    finite = {name: each[np.isfinite(each)] for name, each in arrays.items()}
    everything = np.concatenate(list(finite.values()))
    if not len(everything):
        raise ValueError("values holds no finite number, so there is nothing to draw")
    edges = np.histogram_bin_edges(everything, bins)
    counts = {name: np.histogram(each, edges)[0] for name, each in finite.items()}
    draw = _overlaid if len(groups) <= 3 else _side_by_side
    picture = draw(counts, edges, title, x_label)
    stories = [_spread_story(name, finite[name], len(arrays[name])) for name in groups]
    kind = f"Histogram of {x_label} in {counted(len(edges) - 1, 'bin')} from {number(edges[0])} to {number(edges[-1])}"
    picture.alt = sentences(title, kind, *stories)
    return picture


def _spread_story(name: str, finite: Array, total: int) -> str:
    left_out = f"; {total - len(finite)} not finite, left out" if total > len(finite) else ""
    if not len(finite):
        return f"{name}: no finite number{left_out}"
    facts = {
        "mean": 0.0 if abs(finite.mean()) < 1e-12 * np.abs(finite).max() else finite.mean(),
        "standard deviation": finite.std(),
        "smallest": finite.min(),
        "largest": finite.max(),
    }
    told = ", ".join(f"{what} {number(value)}" for what, value in facts.items())
    return f"{name}: {counted(len(finite), 'number')}, {told}{left_out}"


def _overlaid(counts: Mapping[str, Array], edges: Array, title: str, x_label: str) -> Picture:
    picture, axes = one_panel(title)
    handles = []
    for place, each in enumerate(counts.values()):
        color = COLORS[place]
        axes.stairs(each, edges, fill=True, facecolor=color, alpha=0.18)
        handles.append(axes.stairs(each, edges, edgecolor=color, linewidth=1.8, linestyle=DASHES[place]))
    if len(counts) > 1:
        keys = [Line2D([], [], **stroke(place)) for place in range(len(counts))]
        legend_below(picture, keys, list(counts))
    _counted_axes(axes, max(map(max, counts.values())))
    axes.set(xlabel=x_label, ylabel="count")
    return picture


def _side_by_side(counts: Mapping[str, Array], edges: Array, title: str, x_label: str) -> Picture:
    picture, grid = panels(list(counts), title=title, x_label=x_label, y_label="count", columns=4, row_height=1.7)
    for axes, each in zip(grid, counts.values(), strict=True):
        axes.stairs(each, edges, fill=True, facecolor=COLORS[0], alpha=0.3)
        axes.stairs(each, edges, edgecolor=COLORS[0], linewidth=1.4)
        _counted_axes(axes, max(map(max, counts.values())))
    return picture


def _counted_axes(axes: Axes, most: float) -> None:
    axes.grid(True, axis="y")
    axes.set_ylim(0, 1.05 * most)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=5, steps=[1, 2, 5, 10]))
