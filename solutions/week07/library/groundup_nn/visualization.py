"""Pictures of training and of what was learned. matplotlib is needed here and nowhere else."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from groundup_nn.callbacks import History
from groundup_nn.layers import Layer

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from groundup_nn.models import Sequential

_STYLES = ("-", "--", ":", "-.")
_MOST_IMAGES = 64


def plot_training_curves(history: History) -> Figure:
    """What fit returned, epoch by epoch: losses in one picture, metrics in another.

    Raises ValueError for a history without epochs.
    """
    if not history.logs:
        raise ValueError("the history is empty: nothing was trained yet")
    losses = {name: values for name, values in history.logs.items() if name.endswith("loss")}
    others = {name: values for name, values in history.logs.items() if name not in losses}
    panels = [(kind, curves) for kind, curves in (("loss", losses), ("metrics", others)) if curves]
    figure = _figure(5 * len(panels), 3.5)
    for place, (kind, curves) in enumerate(panels, 1):
        axes = figure.add_subplot(1, len(panels), place)
        for (name, values), style in zip(curves.items(), _STYLES * len(curves), strict=False):
            axes.plot(range(1, len(values) + 1), values, style, marker="o", markersize=3, label=name)
        axes.set(title=f"{kind} by epoch", xlabel="epoch", ylabel=kind)
        axes.legend()
    return figure


def plot_weights(layer: Layer, image_shape: tuple[int, int] | None = None) -> Figure:
    """The weights of a Dense layer: W (d_in, d_out) as one picture, or each of its first 64 columns as an image.

    Raises ValueError when the layer has no matrix W, or when its columns do not fill `image_shape`.
    """
    W = layer.params.get("W")
    if W is None or W.ndim != 2:
        raise ValueError(f"{type(layer).__name__} has no matrix of weights to show")
    largest = float(np.abs(W).max()) or 1.0
    if image_shape is None:
        figure = _figure(5, 4)
        _show(figure.add_subplot(), W, largest, "weights W", colorbar=True).set(xlabel="output", ylabel="input")
        return figure
    if math.prod(image_shape) != len(W):
        raise ValueError(f"{len(W)} inputs do not fill images of {image_shape}")
    count = min(W.shape[1], _MOST_IMAGES)
    columns = math.ceil(math.sqrt(count))
    rows = math.ceil(count / columns)
    figure = _figure(1.1 * columns, 1.2 * rows)
    for place in range(count):
        axes = _show(
            figure.add_subplot(rows, columns, place + 1), W[:, place].reshape(image_shape), largest, str(place)
        )
        axes.set(xticks=[], yticks=[])
    figure.suptitle("weights into each output: brown below 0, green above")
    return figure


def plot_gradient_flow(model: Sequential) -> Figure:
    """The mean size of each parameter's gradient after a backward pass, from the first layer to the last."""
    sizes = {
        f"{place}.{name}": float(np.abs(g).mean())
        for place, layer in enumerate(model.layers)
        for name, g in layer.grads.items()
    }
    if not any(sizes.values()):
        raise ValueError("there are no gradients yet: run forward and backward first")
    figure = _figure(max(4, 0.7 * len(sizes)), 3.5)
    axes = figure.add_subplot()
    axes.bar(list(sizes), list(sizes.values()), color="#0072b2")
    axes.set(title="gradient flow", xlabel="parameter, from input to output", ylabel="mean |gradient|", yscale="log")
    axes.tick_params(axis="x", rotation=45)
    return figure


def _show(axes: Axes, values: np.ndarray, largest: float, title: str, colorbar: bool = False) -> Axes:
    """Values as an image, 0 in the middle of a palette that color-blind eyes can read."""
    image = axes.imshow(values, cmap="BrBG", vmin=-largest, vmax=largest, aspect="auto" if colorbar else "equal")
    axes.set_title(title, fontsize="medium" if colorbar else "small")
    if colorbar:
        axes.figure.colorbar(image, ax=axes, label="weight")
    return axes


def _figure(width: float, height: float) -> Figure:
    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise ImportError("pictures need matplotlib: pip install matplotlib") from None
    return Figure(figsize=(width, height), layout="constrained")
