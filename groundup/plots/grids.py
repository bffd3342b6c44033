"""Pictures laid out in rows and columns: the confusion matrix and the image grid.

In: counts of shape (k, k), or images of shape (n, h, w) or (n, h, w, 3). Out: a `Picture` with every count
written in its cell, or every caption under its image.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import Rectangle

from groundup.plots.picture import (
    GRAY,
    INK,
    WIDTH,
    Picture,
    counted,
    number,
    numeric,
    one_panel,
    sentences,
    styled,
)
from groundup.plots.sketch import sheet

Array = npt.NDArray[Any]
WRONG = "#C01818"
BLUES = LinearSegmentedColormap.from_list("blues", ["#ffffff", "#9cc8e6", "#0072B2", "#00406b"])


@styled
def confusion_matrix(counts: npt.ArrayLike, class_names: Sequence[Any], *, title: str) -> Picture:
    """Draw a confusion matrix: rows are true classes, columns are predictions, shade is the share of the row.

    `counts` (k, k) whole numbers, `class_names` k names. Raises ValueError when a shape does not fit.
    """
    table = numeric(counts, "counts")
    if table.ndim != 2 or table.shape[0] != table.shape[1] or not table.size:
        raise ValueError(f"counts must have shape (k, k), a row and a column a class; got {table.shape}")
    if len(class_names) != len(table):
        raise ValueError(f"class_names must have {len(table)} names, one a class; got {len(class_names)}")
    if not (table == np.round(table)).all() or table.min() < 0:
        raise ValueError("counts must hold whole numbers, none below 0")
    table, names = table.astype(int), [str(each) for each in class_names]
    side = float(np.clip(0.52 * len(table) + 1.2, 3.6, 6.2))
    picture, axes = one_panel(title, width=max(side + 0.4, 4.6), height=side + 0.5)
    _draw_table(axes, table, names)
    picture.alt = sentences(title, *_table_story(table, names))
    return picture


def _draw_table(axes: Axes, table: Array, names: list[str]) -> None:
    share = table / np.maximum(table.sum(axis=1, keepdims=True), 1)
    axes.imshow(share, cmap=BLUES, vmin=0, vmax=1)
    size = 11 if len(table) <= 5 else 9.5 if len(table) <= 10 else 7.5
    for (row, column), count in np.ndenumerate(table):
        ink = "white" if share[row, column] > 0.63 else "black" if count else GRAY
        weight = "bold" if row == column else "normal"
        axes.text(column, row, str(count), ha="center", va="center", color=ink, fontsize=size, fontweight=weight)
    places = range(len(table))
    slanted = max(map(len, names)) > (6 if len(table) > 5 else 14)
    axes.set_xticks(places, names, rotation=40 if slanted else 0, ha="right" if slanted else "center")
    axes.set_yticks(places, names)
    axes.set_xticks(np.arange(len(table) - 1) + 0.5, minor=True)
    axes.set_yticks(np.arange(len(table) - 1) + 0.5, minor=True)
    axes.grid(True, which="minor", color="#dddddd", linewidth=0.8)
    axes.tick_params(which="both", length=0)
    for spine in axes.spines.values():
        spine.set_visible(True)
    axes.set(xlabel="predicted class", ylabel="true class")


def _table_story(table: Array, names: list[str]) -> list[str]:
    total, right = int(table.sum()), int(np.trace(table))
    share = f" ({number(100 * right / total)} %)" if total else ""
    story = [
        f"Confusion matrix of {counted(total, 'example')} in {counted(len(table), 'class')}",
        f"{right} of {total}{share} lie on the diagonal, predicted as what they are",
    ]
    mistakes = table - np.diag(np.diag(table))
    if mistakes.any():
        row, column = np.unravel_index(int(mistakes.argmax()), mistakes.shape)
        times = counted(int(mistakes[row, column]), "time")
        story.append(f"Most frequent mistake: true {names[row]} predicted as {names[column]}, {times}")
    return story


@styled
def image_grid(
    images: npt.ArrayLike,
    captions: Sequence[Any] | None = None,
    *,
    title: str,
    columns: int = 8,
    wrong: npt.ArrayLike | None = None,
) -> Picture:
    """Show images in rows, each with a caption under it.

    `images` (n, h, w) of any numbers, drawn from the smallest (black) to the largest (white), or (n, h, w, 3)
    of floats from 0 to 1 or whole numbers from 0 to 255. `wrong` (n,) booleans: these get a dashed red frame
    and a cross in the caption. Raises ValueError when a shape does not fit.
    """
    pixels = _pixels(images)
    count = len(pixels)
    words = [""] * count if captions is None else [str(each) for each in captions]
    if len(words) != count:
        raise ValueError(f"captions must have {count} entries, one an image; got {len(words)}")
    marks = np.zeros(count, dtype=bool) if wrong is None else numeric(wrong, "wrong").astype(bool)
    if marks.shape != (count,):
        raise ValueError(f"wrong must have shape ({count},), one mark an image; got {marks.shape}")
    if columns < 1:
        raise ValueError(f"columns must be at least 1; got {columns}")
    told = [f"✗ {text}".strip() if mark else text for text, mark in zip(words, marks, strict=True)]
    picture = _draw_tiles(pixels, told, marks, title, min(columns, count))
    picture.alt = sentences(title, *_tiles_story(pixels, words, marks, min(columns, count)))
    return picture


def _pixels(images: npt.ArrayLike) -> Array:
    array = numeric(images, "images")
    colored = array.ndim == 4 and array.shape[-1] == 3
    if not (array.ndim == 3 or colored) or array.size == 0:
        turn = "; move the channels last with images.transpose(0, 2, 3, 1)" if array.shape[1:2] == (3,) else ""
        raise ValueError(f"images must have shape (n, h, w) or (n, h, w, 3); got {array.shape}{turn}")
    if not np.isfinite(array).all():
        raise ValueError("images holds NaN or infinity, which cannot be drawn")
    low, high = float(array.min()), float(array.max())
    if not colored:
        return (array.astype(float) - low) / (high - low or 1.0)
    top = 1.0 if array.dtype.kind == "f" else 255.0
    if low < 0 or high > top:
        raise ValueError(
            f"color images must hold values from 0 to {number(top)}; got {number(low)} to {number(high)}: "
            "undo the normalization before you draw"
        )
    return array / top


def _draw_tiles(pixels: Array, captions: list[str], marks: Array, title: str, columns: int) -> Picture:
    ratio = pixels.shape[1] / pixels.shape[2]
    gap = 0.16
    tile = min(1.35, (WIDTH - 0.3 + gap) / columns - gap)
    folded = [textwrap.fill(text, max(6, int((tile + gap) * 12))) for text in captions]
    text_height = 0.17 * max(text.count("\n") + 1 if text else 0 for text in folded)
    rows = -(-len(pixels) // columns)
    step = tile * ratio + text_height + gap + 0.06
    wide = columns * (tile + gap) - gap + 0.3
    picture, axes = sheet(max(wide, 4.0), rows * step + 0.12, title)
    for place, (image, text, mark) in enumerate(zip(pixels, folded, marks, strict=True)):
        row, column = divmod(place, columns)
        left = 0.15 + column * (tile + gap)
        top = rows * step + 0.06 - row * step
        axes.imshow(
            image,
            cmap="gray",
            vmin=0,
            vmax=1,
            extent=(left, left + tile, top - tile * ratio, top),
            interpolation="nearest",
            aspect="auto",
        )
        frame: dict[str, Any] = (
            {"edgecolor": WRONG, "linestyle": (0, (3, 1.5)), "linewidth": 2.4}
            if mark
            else {"edgecolor": "#b5b5b5", "linewidth": 0.8}
        )
        axes.add_patch(Rectangle((left, top - tile * ratio), tile, tile * ratio, fill=False, **frame))
        below = (left + tile / 2, top - tile * ratio - 0.06)
        color = WRONG if mark else INK
        axes.text(*below, text, ha="center", va="top", fontsize=9, color=color, linespacing=1.15)
    axes.set(xlim=(0, max(wide, 4.0)), ylim=(0, rows * step + 0.12))
    return picture


def _tiles_story(pixels: Array, words: list[str], marks: Array, columns: int) -> list[str]:
    height, width = pixels.shape[1:3]
    kind = "color images" if pixels.ndim == 4 else "gray images"
    many, rows = len(pixels), -(-len(pixels) // columns)
    noun = kind[:-1] if many == 1 else kind
    story = [f"Grid of {many} {noun} of {height} by {width} pixels in {counted(rows, 'row')}"]
    if any(words):
        rest = f", and {many - 24} more" if many > 24 else ""
        story.append("Captions in reading order: " + ", ".join(words[:24]) + rest)
    if marks.any():
        which = ", ".join(
            f"image {place + 1} ({words[place]})" if words[place] else f"image {place + 1}"
            for place in np.flatnonzero(marks)[:24]
        )
        story.append(f"{int(marks.sum())} of {many} marked wrong: {which}")
    return story
