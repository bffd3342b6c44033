# Made by `groundup build` (b4607bff). From here on it is yours: change what you like.
"""Models: layers in a row, trained, judged, used, saved and loaded."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np

from my_nn_library.callbacks import Callback, History
from my_nn_library.layers import Layer
from my_nn_library.losses import Loss
from my_nn_library.optimizers import Optimizer

Metrics = Mapping[str, Callable[[np.ndarray, np.ndarray], float]]
"""From a name to a function (outputs, y) -> number."""


class Sequential:
    """Layers in a row: the output of each is the input of the next."""

    def __init__(self, layers: Sequence[Layer]) -> None:
        """layers: at least one. Raises ValueError when there is none, TypeError for what is no layer."""
        raise NotImplementedError("Sequential.__init__ is not written yet")

    def forward(self, X: np.ndarray, training: bool = False) -> np.ndarray:
        """X (n, ...) -> the last layer's output. It may be overwritten by the next call."""
        raise NotImplementedError("Sequential.forward is not written yet")

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """From the gradient by the output: fill every layer's `grads`, return the gradient by X."""
        raise NotImplementedError("Sequential.backward is not written yet")

    def fit(
        self,
        X: np.ndarray,
        y: np.ndarray,
        loss: Loss,
        optimizer: Optimizer,
        rng: np.random.Generator,
        epochs: int = 10,
        batch_size: int = 64,
        validation: tuple[np.ndarray, np.ndarray] | None = None,
        metrics: Metrics | None = None,
        callbacks: Sequence[Callback] = (),
    ) -> History:
        """Train on X (n, ...) and y (n, ...) in shuffled batches; return the loss and the metrics of each epoch.

        With validation=(X_val, y_val) its loss and metrics are taken after each epoch, as `val_loss`, `val_NAME`.
        Raises ValueError for data that do not match, FloatingPointError when a loss is not finite.
        """
        raise NotImplementedError("Sequential.fit is not written yet")

    def evaluate(
        self, X: np.ndarray, y: np.ndarray, loss: Loss, metrics: Metrics | None = None, batch_size: int = 256
    ) -> dict[str, float]:
        """{"loss": the mean loss over all rows, NAME: metric(outputs, y), ...}, outside training."""
        raise NotImplementedError("Sequential.evaluate is not written yet")

    def predict(self, X: np.ndarray, batch_size: int = 256) -> np.ndarray:
        """The outputs for all rows of X, outside training, in a new array."""
        raise NotImplementedError("Sequential.predict is not written yet")

    def summary(self) -> str:
        """A line for each layer with how many parameters it has, and the total."""
        raise NotImplementedError("Sequential.summary is not written yet")

    def save(self, path: str | Path) -> None:
        """Write parameters and state to exactly `path`, an .npz file without pickle, with entries such as "0.W".

        Written beside it first and then moved, so that an interruption leaves the old file whole.
        """
        raise NotImplementedError("Sequential.save is not written yet")

    def load(self, path: str | Path) -> None:
        """Read what `save` wrote for a model of the same layers.

        Raises ValueError, and leaves the model as it was, for a damaged file or one of another model.
        """
        raise NotImplementedError("Sequential.load is not written yet")
