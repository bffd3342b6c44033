# Made by `groundup build` (780860d2). From here on it is yours: change what you like.
"""Callbacks: what looks on while a model is trained, and may stop it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from my_nn_library.models import Sequential


class Callback:
    """Four moments of a training. A callback overrides those that it needs."""

    def on_train_begin(self, model: Sequential, epochs: int, batches: int) -> None:
        """Before the first epoch; `batches` is the number of batches in an epoch."""

    def on_batch_end(self, model: Sequential, batch: int, loss: float) -> None:
        """After each step; `batch` counts from 0 in every epoch, `loss` is that of the batch."""

    def on_epoch_end(self, model: Sequential, epoch: int, logs: dict[str, float]) -> None:
        """After each epoch; `epoch` counts from 0, `logs` holds its loss, and what was measured."""

    def on_train_end(self, model: Sequential) -> None:
        """After the last epoch."""


class History(Callback):
    """What every epoch came to. logs: from each name to the list of its values, one an epoch."""

    def __init__(self) -> None:
        raise NotImplementedError("History.__init__ is not written yet")

    def on_epoch_end(self, model: Sequential, epoch: int, logs: dict[str, float]) -> None:
        """Write the epoch down."""
        raise NotImplementedError("History.on_epoch_end is not written yet")


class EarlyStopping(Callback):
    """Ends training when `monitor` has not come down by more than min_delta for `patience` epochs in a row.

    With restore_best the model gets back what it was in its best epoch, whether it was stopped or not.
    """

    def __init__(
        self, monitor: str = "val_loss", patience: int = 3, min_delta: float = 0.0, restore_best: bool = True
    ) -> None:
        raise NotImplementedError("EarlyStopping.__init__ is not written yet")

    def on_train_begin(self, model: Sequential, epochs: int, batches: int) -> None:
        """Begin anew."""
        raise NotImplementedError("EarlyStopping.on_train_begin is not written yet")

    def on_epoch_end(self, model: Sequential, epoch: int, logs: dict[str, float]) -> None:
        """Look whether the epoch was the best so far."""
        raise NotImplementedError("EarlyStopping.on_epoch_end is not written yet")

    def on_train_end(self, model: Sequential) -> None:
        """Put the best epoch back."""
        raise NotImplementedError("EarlyStopping.on_train_end is not written yet")


class ModelCheckpoint(Callback):
    """Saves the model to `path` after every epoch, or only after those in which `monitor` was lower than before."""

    def __init__(self, path: str | Path, monitor: str = "val_loss", save_best_only: bool = True) -> None:
        raise NotImplementedError("ModelCheckpoint.__init__ is not written yet")

    def on_train_begin(self, model: Sequential, epochs: int, batches: int) -> None:
        """Begin anew."""
        raise NotImplementedError("ModelCheckpoint.on_train_begin is not written yet")

    def on_epoch_end(self, model: Sequential, epoch: int, logs: dict[str, float]) -> None:
        """Save, if it is time."""
        raise NotImplementedError("ModelCheckpoint.on_epoch_end is not written yet")


class ProgressBar(Callback):
    """Shows epoch, batches, loss and time in one line that moves, and leaves a line for every epoch."""

    def __init__(self, stream: TextIO | None = None) -> None:
        """`stream` is where it writes, sys.stdout by default."""
        raise NotImplementedError("ProgressBar.__init__ is not written yet")

    def on_train_begin(self, model: Sequential, epochs: int, batches: int) -> None:
        """Begin anew."""
        raise NotImplementedError("ProgressBar.on_train_begin is not written yet")

    def on_batch_end(self, model: Sequential, batch: int, loss: float) -> None:
        """Move the bar, but not more often than an eye can follow."""
        raise NotImplementedError("ProgressBar.on_batch_end is not written yet")

    def on_epoch_end(self, model: Sequential, epoch: int, logs: dict[str, float]) -> None:
        """Leave the line of the epoch behind."""
        raise NotImplementedError("ProgressBar.on_epoch_end is not written yet")
