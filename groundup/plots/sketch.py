"""The sheet that diagrams are drawn on, and the few shapes they are made of.

In: places and sizes in inches, x to the right and y up. Out: matplotlib artists added to the sheet's axes.
"""

from __future__ import annotations

import functools
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Circle, FancyArrowPatch, FancyBboxPatch
from matplotlib.path import Path
from matplotlib.textpath import TextPath

from groundup.plots.picture import GRAY, INK, Picture, wrapped

TEXT = 10.0
LINE = 0.19
PAPER = "#ffffff"
BLUE_PAPER = "#e3f0f8"
ORANGE_PAPER = "#fdeee0"
ARROW: dict[str, Any] = {
    "arrowstyle": "-|>",
    "color": GRAY,
    "joinstyle": "miter",
    "linewidth": 1.2,
    "mutation_scale": 11,
    "shrinkA": 0,
    "shrinkB": 0,
    "zorder": 2,
}


def sheet(width: float, height: float, title: str) -> tuple[Picture, Axes]:
    """A picture with bare axes of `width` by `height` inches under a title."""
    heading = wrapped(title, width - 0.2)
    head = 0.42 + 0.2 * heading.count("\n")
    picture = Picture(width, height + head, arranged=False)
    top = 1 - 0.13 / (height + head)
    picture.suptitle(heading, x=0.15 / width, y=top, ha="left", va="top")
    axes = picture.add_axes((0, 0, 1, height / (height + head)))
    axes.set(xlim=(0, width), ylim=(0, height))
    axes.set_axis_off()
    return picture, axes


@functools.lru_cache(maxsize=4096)
def text_width(text: str, size: float = TEXT) -> float:
    """Inches that the widest line of a text takes."""
    font = FontProperties(family="DejaVu Sans")
    ends = [TextPath((0, 0), line, size=size, prop=font).get_extents().x1 for line in text.split("\n") if line]
    return max(map(float, ends), default=0.0) / 72


def text_height(text: str) -> float:
    """Inches that the lines of a text take."""
    return LINE * (text.count("\n") + 1)


def write(axes: Axes, x: float, y: float, text: str, **look: Any) -> None:
    """Write text around a place."""
    axes.text(x, y, text, **{"ha": "center", "va": "center", "fontsize": TEXT, "zorder": 5, **look})


def box(axes: Axes, x: float, y: float, text: str, *, size: tuple[float, float], **look: Any) -> None:
    """Draw a box with rounded corners around a place, with text in it."""
    width, height = size
    settings = {"facecolor": PAPER, "edgecolor": INK, "linewidth": 1.1, "zorder": 3, **look}
    corner = (x - width / 2, y - height / 2)
    axes.add_patch(FancyBboxPatch(corner, width, height, boxstyle="round,pad=0,rounding_size=0.07", **settings))
    write(axes, x, y, text, linespacing=1.25)


def circle(axes: Axes, x: float, y: float, radius: float, **look: Any) -> None:
    """Draw a circle around a place."""
    settings = {"facecolor": PAPER, "edgecolor": INK, "linewidth": 1.2, "zorder": 3, **look}
    axes.add_patch(Circle((x, y), radius, **settings))


def arrow(axes: Axes, points: list[tuple[float, float]], **look: Any) -> None:
    """Draw a straight arrow from the first place to the second."""
    axes.add_patch(FancyArrowPatch(points[0], points[1], **{**ARROW, **look}))


def winding_arrow(axes: Axes, points: list[tuple[float, float]]) -> None:
    """Draw an arrow through two or more places; it leaves and enters each place level."""
    start = points[0]
    vertices, codes = [start], [int(Path.MOVETO)]
    for (x0, y0), (x1, y1) in pairwise(points):
        bend = 0.5 * (x1 - x0)
        vertices += [(x0 + bend, y0), (x1 - bend, y1), (x1, y1)]
        codes += [int(Path.CURVE4)] * 3
    axes.add_patch(FancyArrowPatch(path=Path(np.array(vertices), codes), **ARROW))


def dots(axes: Axes, x: float, y: float) -> None:
    """Draw a vertical ellipsis: here are more than are drawn."""
    for step in (-0.1, 0, 0.1):
        circle(axes, x, y + step, 0.022, facecolor=INK, linewidth=0)


def slots(count: int, most: int = 8) -> list[int | None]:
    """The places to draw of `count` things: all of them, or the first, an ellipsis (None) and the last."""
    if count <= most:
        return list(range(count))
    return [*range(most - 4), None, *range(count - 3, count)]
