"""Questions about the pictures: each function returns a Figure with labeled axes, and opens no window."""

from __future__ import annotations

import importlib.util
from typing import Any

import numpy as np

from groundup.library_check.item import Library, Skipped
from groundup.library_check.items.asking import Group, away_from_zero, generator
from groundup.library_check.items.callbacks import driven, model_of_one
from groundup.library_check.items.judging import demand, quiet
from groundup.library_check.items.models import dense_model

ask = Group("visualization")


def pictured(what: str, call: Any, labeled: bool = True) -> Any:
    """The Figure that `call` returns, looked over and closed; Skipped without matplotlib."""
    if importlib.util.find_spec("matplotlib") is None:
        raise Skipped("matplotlib is not installed, so pictures cannot be looked at: `pip install matplotlib`.")
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt
    from matplotlib.figure import Figure

    shown: list[Any] = []
    show, plt.show = plt.show, lambda *_, **__: shown.append(1)
    try:
        with quiet(what):
            figure = call()
    finally:
        plt.show = show
    demand(isinstance(figure, Figure), f"{what} returns {type(figure).__name__}, wanted a matplotlib Figure.")
    demand(not shown, f"{what} calls plt.show(); it returns the figure and opens no window.")
    demand(figure.axes, f"{what} returns a figure without axes.")
    if labeled:
        without = [
            axes for axes in figure.axes if not (axes.get_xlabel() and axes.get_ylabel()) and axes.lines + axes.patches
        ]
        demand(not without, f"{what}: an axis has no label (set_xlabel, set_ylabel).")
    figure.canvas.draw()
    plt.close(figure)
    return figure


@ask("visualization.training_curves", "a Figure with a line for each log, labeled", seconds=30.0)
def training_curves(library: Library) -> None:
    history = library.callbacks.History()
    driven(history, model_of_one(library), [3.0, 2.0, 2.5])
    figure = pictured("plot_training_curves", lambda: library.visualization.plot_training_curves(history))
    values = [list(line.get_ydata()) for axes in figure.axes for line in axes.lines]
    demand(
        values.count([3.0, 2.0, 2.5]) >= 2, f"plot_training_curves draws the lines {values}, wanted loss and val_loss."
    )


@ask("visualization.weights", "a Figure of W as one picture, or of its columns as images", seconds=30.0)
def weights(library: Library) -> None:
    layer = library.layers.Dense(6, 4, generator())
    plot = library.visualization.plot_weights
    pictured("plot_weights(layer)", lambda: plot(layer), labeled=False)
    figure = pictured("plot_weights(layer, image_shape=(2, 3))", lambda: plot(layer, image_shape=(2, 3)), labeled=False)
    sizes = [np.shape(image.get_array())[:2] for axes in figure.axes for image in axes.images]
    demand(
        sizes.count((2, 3)) >= 4,
        f"plot_weights with image_shape=(2, 3) draws images of {sizes}, wanted 4 of (2, 3), a column each.",
    )


@ask("visualization.gradient_flow", "a Figure of the mean size of each layer's gradients", seconds=30.0)
def gradient_flow(library: Library) -> None:
    model = dense_model(library)
    model.forward(away_from_zero((5, 4)), training=True)
    model.backward(np.ones((5, 3)))
    pictured("plot_gradient_flow", lambda: library.visualization.plot_gradient_flow(model))


ITEMS = tuple(ask.items)
