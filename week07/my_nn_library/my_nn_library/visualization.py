# Made by `groundup build` (48fd2ead). From here on it is yours: change what you like.
"""Pictures of training and of what was learned. matplotlib is needed here and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from my_nn_library.callbacks import History
from my_nn_library.layers import Layer

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from my_nn_library.models import Sequential


def plot_training_curves(history: History) -> Figure:
    """What fit returned, epoch by epoch: losses in one picture, metrics in another.

    Raises ValueError for a history without epochs.
    """
    raise NotImplementedError("plot_training_curves is not written yet")


def plot_weights(layer: Layer, image_shape: tuple[int, int] | None = None) -> Figure:
    """The weights of a Dense layer: W (d_in, d_out) as one picture, or each of its first 64 columns as an image.

    Raises ValueError when the layer has no matrix W, or when its columns do not fill `image_shape`.
    """
    raise NotImplementedError("plot_weights is not written yet")


def plot_gradient_flow(model: Sequential) -> Figure:
    """The mean size of each parameter's gradient after a backward pass, from the first layer to the last."""
    raise NotImplementedError("plot_gradient_flow is not written yet")
