"""What every picture of the course shares: the `Picture` class, the palette, the style, titles and legends.

In: widths and heights in inches, 96 screen pixels to the inch. Out: figures that carry their own alt text,
show themselves in a notebook, and render to the same bytes each time.
"""

from __future__ import annotations

import base64
import functools
import html
import io
import textwrap
from collections.abc import Callable, Iterable, Sequence
from os import PathLike
from typing import IO, Any, ParamSpec, TypeVar

import matplotlib
import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

WIDTH = 7.0
CSS_DPI = 96
DENSITY = 2

INK = "#222222"
GRAY = "#767676"
# Okabe and Ito (2008), "Color universal design". Yellow is left out: it vanishes on white.
COLORS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#000000", "#E69F00", "#56B4E9", "#767676")
MARKERS = ("o", "^", "s", "D", "v", "P", "X", "*", "<", ">")
DASHES: tuple[Any, ...] = (
    "solid",
    (0, (6, 2)),
    (0, (1.2, 1.6)),
    (0, (7, 2, 1.5, 2)),
    (0, (3.5, 1.5, 1, 1.5, 1, 1.5)),
)

STYLE: Any = {
    "axes.axisbelow": True,
    "axes.edgecolor": "#8a8a8a",
    "axes.facecolor": "white",
    "axes.grid": False,
    "axes.labelcolor": INK,
    "axes.labelpad": 6,
    "axes.labelsize": 10.5,
    "axes.linewidth": 0.8,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titlepad": 10,
    "axes.titlesize": 12,
    "axes.titleweight": "bold",
    "axes.unicode_minus": True,
    "figure.titlesize": 12,
    "figure.titleweight": "bold",
    "font.family": ["DejaVu Sans"],
    "font.size": 10.5,
    "font.weight": "normal",
    "grid.color": "#e4e4e4",
    "grid.linewidth": 0.8,
    "hatch.linewidth": 0.6,
    "legend.fontsize": 10,
    "legend.frameon": False,
    "legend.handlelength": 2.6,
    "text.color": INK,
    "text.usetex": False,
    "xtick.color": "#8a8a8a",
    "xtick.labelcolor": INK,
    "xtick.labelsize": 9.5,
    "ytick.color": "#8a8a8a",
    "ytick.labelcolor": INK,
    "ytick.labelsize": 9.5,
}

P = ParamSpec("P")
R = TypeVar("R")


class Picture(Figure):
    """A matplotlib figure with alt text. It shows itself when it is the value of a notebook cell."""

    alt: str

    def __init__(self, width: float, height: float, *, arranged: bool = True) -> None:
        layout = ConstrainedLayoutEngine(w_pad=0.1, h_pad=0.1, wspace=0.02, hspace=0.03) if arranged else None
        with matplotlib.rc_context(STYLE):
            super().__init__(figsize=(width, height), dpi=CSS_DPI * DENSITY, facecolor="white", layout=layout)
        self.alt = ""

    def draw(self, renderer: RendererBase) -> None:
        """Draw in the course's style, whatever style is set outside: ticks read it only now."""
        with matplotlib.rc_context(STYLE):
            super().draw(renderer)

    def png(self) -> bytes:
        """The picture as PNG bytes, twice as dense as the screen; the same bytes each time."""
        buffer = io.BytesIO()
        self._write(buffer, {})
        return buffer.getvalue()

    def save(self, path: str | PathLike[str]) -> None:
        """Write a PNG file with the alt text in its Description."""
        self._write(path, {"Description": self.alt})

    def _write(self, target: str | PathLike[str] | IO[bytes], notes: dict[str, str]) -> None:
        self._settle()
        metadata: dict[str, str | None] = {"Software": None, **notes}
        self.savefig(target, format="png", dpi="figure", facecolor="white", bbox_inches=None, metadata=metadata)

    def _settle(self) -> None:
        """Lay out once and keep it: a layout that runs again moves by fractions of a pixel."""
        if isinstance(self.get_layout_engine(), ConstrainedLayoutEngine):
            self.draw_without_rendering()
            self.set_layout_engine("none")

    def html(self) -> str:
        """The picture as one `<img>` with its alt text, its PNG inside."""
        data = base64.b64encode(self.png()).decode("ascii")
        width, height = (round(inches * CSS_DPI) for inches in self.get_size_inches())
        return (
            f'<img alt="{html.escape(self.alt)}" src="data:image/png;base64,{data}" '
            f'width="{width}" height="{height}" style="max-width:100%; height:auto">'
        )

    def bundle(self) -> dict[str, str]:
        """What a notebook shows: the picture, and its alt text where only text is shown."""
        return {"text/html": self.html(), "text/plain": self.alt}

    def _ipython_display_(self) -> None:
        from IPython.display import display

        display(self.bundle(), raw=True)  # type: ignore[no-untyped-call]


def styled(function: Callable[P, R]) -> Callable[P, R]:
    """Make a drawing function build its artists in the course's style."""

    @functools.wraps(function)
    def inner(*args: P.args, **kwargs: P.kwargs) -> R:
        with matplotlib.rc_context(STYLE):
            return function(*args, **kwargs)

    return inner


def stroke(place: int) -> dict[str, Any]:
    """Color and dash of the curve at a place; no two of the first 40 are alike."""
    return {"color": COLORS[place % len(COLORS)], "linestyle": DASHES[place % len(DASHES)], "linewidth": 1.9}


def one_panel(title: str, *, width: float = WIDTH, height: float = 4.0) -> tuple[Picture, Axes]:
    """A picture with one titled pair of axes."""
    picture = Picture(width, height)
    axes = picture.subplots()
    axes.set_title(wrapped(title, width - 0.8))
    return picture, axes


def panels(
    titles: Sequence[str],
    *,
    title: str,
    x_label: str = "",
    y_label: str = "",
    columns: int,
    row_height: float,
    share: bool = True,
) -> tuple[Picture, list[Axes]]:
    """A picture of small multiples, filled row by row, with the same axes everywhere."""
    columns = min(columns, len(titles))
    rows = -(-len(titles) // columns)
    picture = Picture(WIDTH, rows * row_height + 0.9)
    grid = list(picture.subplots(rows, columns, sharex=share, sharey=share, squeeze=False).flat)
    for spare in grid[len(titles) :]:
        spare.remove()
    axes = grid[: len(titles)]
    for each, name in zip(axes, titles, strict=True):
        each.set_title(wrapped(name, WIDTH / columns - 0.3), fontsize=10.5, fontweight="normal", pad=6)
    for lowest in axes[-columns:]:
        lowest.tick_params(labelbottom=True)
        lowest.set_xlabel(wrapped(x_label, WIDTH / columns - 0.3))
    for leftmost in axes[::columns]:
        leftmost.set_ylabel(wrapped(y_label, row_height - 0.3))
    if title:
        picture.suptitle(wrapped(title, WIDTH), x=0.1 / WIDTH, horizontalalignment="left")
    return picture, axes


def legend_below(picture: Picture, handles: Iterable[Any], names: Sequence[str]) -> None:
    """Put the legend under the axes, where it covers nothing."""
    needed = sum(0.075 * len(name) + 0.75 for name in names)
    rows = int(np.ceil(needed / picture.get_figwidth()))
    columns = max(1, -(-len(names) // rows))
    picture.legend(list(handles), list(names), loc="outside lower center", ncols=columns)


def wrapped(text: str, width: float) -> str:
    """Break a title into lines that fit a width in inches."""
    return "\n".join(textwrap.fill(line, max(12, int(width * 10))) for line in text.split("\n"))


def number(value: float, digits: int = 3) -> str:
    """A number as a reader writes it: 3 significant digits, whole numbers in full, a true minus sign."""
    value = float(value)
    if not np.isfinite(value):
        text = {True: "NaN"}.get(np.isnan(value), "infinity" if value > 0 else "-infinity")
    elif value == round(value) and abs(value) < 1e6:
        text = str(int(value))
    elif 1e-4 <= abs(value) < 1e6:
        text = np.format_float_positional(value, precision=digits, fractional=False, trim="-")
    else:
        text = f"{value:.{digits}g}"
    return text.replace("-", "\u2212")


def counted(count: int, noun: str) -> str:
    """`1 point`, `2 points`, `3 classes`."""
    plural = noun + ("es" if noun.endswith("s") else "s")
    return f"{count} {noun if count == 1 else plural}"


def sentences(*parts: str) -> str:
    """Join the parts of an alt text, each closed by one full stop."""
    return " ".join(part if part.endswith((".", "?", "!")) else part + "." for part in parts if part)


def numeric(values: npt.ArrayLike, name: str) -> npt.NDArray[Any]:
    """Read values as an array of numbers, or say in plain words that they are not."""
    try:
        array = np.asarray(values)
    except ValueError as error:
        raise ValueError(f"{name} must be an array of numbers with rows of one length") from error
    if array.dtype.kind not in "biuf":
        raise ValueError(f"{name} must hold numbers; got {array.dtype}")
    return array
