"""Diagrams of one neuron and of a network of layers.

In: layer sizes, or the weights and the bias of a neuron, as numbers or as symbols. Out: a `Picture` read from
left to right, from the inputs to the output.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from groundup.plots.picture import COLORS, GRAY, Picture, counted, number, sentences, styled
from groundup.plots.sketch import (
    BLUE_PAPER,
    ORANGE_PAPER,
    PAPER,
    arrow,
    box,
    circle,
    dots,
    sheet,
    slots,
    text_height,
    text_width,
    write,
)

CURVES: dict[str, Callable[[npt.NDArray[Any]], npt.NDArray[Any]]] = {
    "step": lambda z: np.where(z >= 0, 1.0, -1.0),
    "sigmoid": lambda z: np.tanh(2.5 * z),
    "tanh": lambda z: np.tanh(2.5 * z),
    "relu": lambda z: np.where(z > 0, 2 * z - 1, -1.0),
    "linear": lambda z: z,
    "identity": lambda z: z,
}


@styled
def network(
    sizes: Sequence[int],
    *,
    title: str,
    labels: Sequence[str] | None = None,
    edge_labels: Sequence[str] | None = None,
) -> Picture:
    """Draw a network of layers, at most 8 places a layer, with its size and the shape of its values beneath.

    `sizes` has one whole number a layer, inputs first; `labels` one name a layer; `edge_labels` one text between
    each layer and the next, such as "W1 (784, 128)". Raises ValueError when a count does not fit.
    """
    sizes = [int(size) for size in sizes]
    if len(sizes) < 2 or min(sizes) < 1:
        raise ValueError(f"sizes must have at least two layers of at least one neuron; got {sizes}")
    names = list(labels) if labels is not None else _layer_names(len(sizes))
    between = list(edge_labels) if edge_labels is not None else [""] * (len(sizes) - 1)
    if len(names) != len(sizes):
        raise ValueError(f"labels must have {len(sizes)} names, one a layer; got {len(names)}")
    if len(between) != len(sizes) - 1:
        raise ValueError(f"edge_labels must have {len(sizes) - 1} texts, one between layers; got {len(between)}")
    captions = [_caption(name, size, place) for place, (name, size) in enumerate(zip(names, sizes, strict=True))]
    step = max(1.45, *(text_width(text, 9.5) + 0.35 for text in [*captions, *between]))
    rows = max(len(slots(size)) for size in sizes)
    foot, head = max(map(text_height, captions)) + 0.3, max(map(text_height, between)) if any(between) else 0.0
    width = max(step * len(sizes) + 0.2, 4.6)
    picture, axes = sheet(width, foot + rows * 0.5 + head + 0.15, title)
    left = (width - step * (len(sizes) - 1)) / 2
    columns = [left + step * place for place in range(len(sizes))]
    _draw_layers(axes, columns, sizes, foot + rows * 0.25)
    for x, text in zip(columns, captions, strict=True):
        write(axes, x, foot - 0.12, text, va="top", fontsize=9.5, linespacing=1.3)
    for x, text in zip(columns, between, strict=False):
        write(axes, x + step / 2, foot + rows * 0.5 + 0.05, text, va="bottom", fontsize=9.5)
    told = [f"{name} {size}" for name, size in zip(names, sizes, strict=True)]
    weights = [f"between {a} and {b}: {text}" for a, b, text in zip(names, names[1:], between, strict=False) if text]
    picture.alt = sentences(
        title,
        f"Network of {counted(len(sizes), 'layer')} from left to right, each joined to all of the next",
        f"Sizes: {', '.join(told)}",
        "; ".join(weights),
    )
    return picture


def _layer_names(count: int) -> list[str]:
    hidden = ["hidden"] if count == 3 else [f"hidden {place}" for place in range(1, count - 1)]
    return ["input", *hidden, "output"]


def _caption(name: str, size: int, place: int) -> str:
    return f"{name}\n{counted(size, 'neuron' if place else 'input')}\n(n, {size})"


def _draw_layers(axes: Axes, columns: list[float], sizes: list[int], middle: float) -> None:
    radius = 0.17
    papers = [BLUE_PAPER, *[PAPER] * (len(sizes) - 2), ORANGE_PAPER]
    layers = []
    for x, size, paper in zip(columns, sizes, papers, strict=True):
        drawn = slots(size)
        heights = [middle + 0.5 * ((len(drawn) - 1) / 2 - row) for row in range(len(drawn))]
        for slot, y in zip(drawn, heights, strict=True):
            if slot is None:
                dots(axes, x, y)
            else:
                circle(axes, x, y, radius, facecolor=paper)
        layers.append([(x, y) for slot, y in zip(drawn, heights, strict=True) if slot is not None])
    few = all(len(near) * len(far) <= 16 for near, far in pairwise(layers))
    for near, far in pairwise(layers):
        if few:
            for start in near:
                for end in far:
                    arrow(axes, _between(start, end, radius, radius + 0.02), linewidth=1.0, mutation_scale=8)
        else:
            segments = [(start, end) for start in near for end in far]
            axes.add_collection(LineCollection(segments, colors="#b9b9b9", linewidths=0.7, zorder=1))


def _between(
    start: tuple[float, float], end: tuple[float, float], cut_start: float, cut_end: float
) -> list[tuple[float, float]]:
    """The straight way from one circle to another, from rim to rim."""
    a, b = np.array(start), np.array(end)
    way = (b - a) / np.linalg.norm(b - a)
    (x0, y0), (x1, y1) = a + way * cut_start, b - way * cut_end
    return [(float(x0), float(y0)), (float(x1), float(y1))]


def _symbol(name: str, value: float | str) -> str:
    return value if isinstance(value, str) else f"{name} = {number(value)}"


def _low(place: int) -> str:
    return str(place).translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"))


@styled
def neuron(
    weights: Sequence[float | str] | npt.NDArray[Any],
    bias: float | str,
    *,
    title: str,
    activation: str = "step",
    input_names: Sequence[str] | None = None,
    output_name: str = "ŷ",
) -> Picture:
    """Draw one perceptron: inputs, a weight on each edge, the sum with its bias, the activation, the output.

    `weights` has one number or one symbol an input, such as ("w₁", "w₂"); `bias` is a number or a symbol.
    `activation` is named under its node; step, sigmoid, tanh, relu, linear and identity also draw their curve.
    Raises ValueError when a count does not fit.
    """
    each = [part if isinstance(part, str) else float(part) for part in weights]
    if isinstance(weights, str) or not each:
        raise ValueError(f"weights must be a sequence with one weight an input; got {weights!r}")
    names = [f"x{_low(place + 1)}" for place in range(len(each))] if input_names is None else list(input_names)
    if len(names) != len(each):
        raise ValueError(f"input_names must have {len(each)} names, one a weight; got {len(names)}")
    labels = [_symbol(f"w{_low(place + 1)}", value) for place, value in enumerate(each)]
    offset = _symbol("b", bias)
    paper = _neuron_sheet(names, labels, title)
    _draw_inputs(paper, names, labels)
    _draw_body(paper, offset, activation, output_name)
    picture = paper[0]
    edges = ", ".join(f"{name} with weight {label}" for name, label in zip(names, labels, strict=True))
    picture.alt = sentences(
        title,
        f"Diagram of one neuron with {counted(len(each), 'input')}: {edges}",
        f"They meet in the sum z = x · w + b with bias {offset}; "
        f"the activation {activation} gives the output {output_name}",
    )
    return picture


Sheet = tuple[Picture, Axes, float, list[float]]


def _neuron_sheet(names: list[str], labels: list[str], title: str) -> Sheet:
    rows = len(slots(len(names)))
    height = max(2.9, _spacing(rows) * rows + 0.2)
    inputs = max(0.5, max(map(text_width, names)) + 0.24)
    reach = max(1.5, max(map(text_width, labels)) + 1.0)
    ends = [0.3 + inputs, 0.3 + inputs + reach + 0.62]
    across = [*ends, ends[1] + 1.75, ends[1] + 2.85]
    picture, axes = sheet(across[-1] + 0.5, height, title)
    return picture, axes, height / 2, across


def _spacing(rows: int) -> float:
    return 1.1 if rows == 2 else 0.85 if rows == 3 else 0.72


def _draw_inputs(paper: Sheet, names: list[str], labels: list[str]) -> None:
    _, axes, middle, (edge, total, *_) = paper
    drawn = slots(len(names))
    heights = [middle + _spacing(len(drawn)) * ((len(drawn) - 1) / 2 - row) for row in range(len(drawn))]
    size = (edge - 0.3, 0.4)
    for slot, y in zip(drawn, heights, strict=True):
        if slot is None:
            dots(axes, edge - size[0] / 2, y)
            continue
        box(axes, edge - size[0] / 2, y, names[slot], size=size, facecolor=BLUE_PAPER)
        start, end = _between((edge, y), (total, middle), 0.0, 0.64)
        arrow(axes, [start, end])
        x, y = (0.64 * a + 0.36 * b for a, b in zip(start, end, strict=True))
        write(axes, x, y, labels[slot], bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5})


def _draw_body(paper: Sheet, offset: str, activation: str, output: str) -> None:
    _, axes, middle, (_, total, act, out) = paper
    write(axes, total, middle + 1.25, offset)
    arrow(axes, [(total, middle + 1.12), (total, middle + 0.66)])
    circle(axes, total, middle, 0.62)
    write(axes, total, middle, "z = x · w + b", fontsize=9.5)
    arrow(axes, [(total + 0.62, middle), (act - 0.44, middle)])
    write(axes, (total + act) / 2 + 0.08, middle + 0.14, "z")
    circle(axes, act, middle, 0.42, facecolor=ORANGE_PAPER)
    _draw_curve(axes, act, middle, activation)
    write(axes, act, middle - 0.6, activation)
    arrow(axes, [(act + 0.42, middle), (out - 0.18, middle)])
    write(axes, out, middle, output, fontsize=12)


def _draw_curve(axes: Axes, x: float, y: float, activation: str) -> None:
    curve = CURVES.get(activation.lower())
    if curve is None:
        write(axes, x, y, "f(z)")
        return
    z = np.linspace(-1, 1, 201)
    axes.plot([x - 0.3, x + 0.3], [y, y], color=GRAY, linewidth=0.6, zorder=4)
    axes.plot([x, x], [y - 0.27, y + 0.27], color=GRAY, linewidth=0.6, zorder=4)
    axes.plot(x + 0.27 * z, y + 0.2 * np.clip(curve(z), -1, 1), color=COLORS[0], linewidth=1.8, zorder=5)
