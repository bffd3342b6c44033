"""Callbacks: what looks on while a model is trained, and may stop it."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import numpy as np

from groundup_nn._arrays import at_least_one

if TYPE_CHECKING:
    from groundup_nn.models import Sequential


_WIDTH = 24
_SECONDS_BETWEEN = 0.1


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
        self.logs: dict[str, list[float]] = {}

    def on_epoch_end(self, model: Sequential, epoch: int, logs: dict[str, float]) -> None:
        """Write the epoch down."""
        for name, value in logs.items():
            self.logs.setdefault(name, []).append(value)


class EarlyStopping(Callback):
    """Ends training when `monitor` has not come down by more than min_delta for `patience` epochs in a row.

    With restore_best the model gets back what it was in its best epoch, whether it was stopped or not.
    """

    def __init__(
        self, monitor: str = "val_loss", patience: int = 3, min_delta: float = 0.0, restore_best: bool = True
    ) -> None:
        at_least_one(patience=patience)
        self.monitor, self.patience, self.min_delta, self.restore_best = monitor, patience, min_delta, restore_best

    def on_train_begin(self, model: Sequential, epochs: int, batches: int) -> None:
        """Begin anew."""
        self._best, self._waited = np.inf, 0
        self._kept: list[tuple[np.ndarray, np.ndarray]] = []

    def on_epoch_end(self, model: Sequential, epoch: int, logs: dict[str, float]) -> None:
        """Look whether the epoch was the best so far."""
        value = _monitored(logs, self.monitor)
        if value < self._best - self.min_delta:
            self._best, self._waited = value, 0
            self._kept = [
                (values, values.copy())
                for layer in model.layers
                for values in [*layer.params.values(), *layer.state.values()]
            ]
        else:
            self._waited += 1
            model.stop_training = model.stop_training or self._waited >= self.patience

    def on_train_end(self, model: Sequential) -> None:
        """Put the best epoch back."""
        if self.restore_best:
            for values, best in self._kept:
                values[...] = best


class ModelCheckpoint(Callback):
    """Saves the model to `path` after every epoch, or only after those in which `monitor` was lower than before."""

    def __init__(self, path: str | Path, monitor: str = "val_loss", save_best_only: bool = True) -> None:
        self.path, self.monitor, self.save_best_only = Path(path), monitor, save_best_only

    def on_train_begin(self, model: Sequential, epochs: int, batches: int) -> None:
        """Begin anew."""
        self._best = np.inf

    def on_epoch_end(self, model: Sequential, epoch: int, logs: dict[str, float]) -> None:
        """Save, if it is time."""
        if self.save_best_only:
            value = _monitored(logs, self.monitor)
            if not value < self._best:
                return
            self._best = value
        model.save(self.path)


class ProgressBar(Callback):
    """Shows epoch, batches, loss and time in one line that moves, and leaves a line for every epoch."""

    def __init__(self, stream: TextIO | None = None) -> None:
        """`stream` is where it writes, sys.stdout by default."""
        self._stream = stream

    def on_train_begin(self, model: Sequential, epochs: int, batches: int) -> None:
        """Begin anew."""
        self._epochs, self._batches, self._epoch = epochs, batches, 0
        self._began = self._shown = time.perf_counter()

    def on_batch_end(self, model: Sequential, batch: int, loss: float) -> None:
        """Move the bar, but not more often than an eye can follow."""
        now = time.perf_counter()
        if now - self._shown > _SECONDS_BETWEEN:
            self._shown = now
            self._write(batch + 1, f"loss {loss:.4f}", "")

    def on_epoch_end(self, model: Sequential, epoch: int, logs: dict[str, float]) -> None:
        """Leave the line of the epoch behind."""
        self._write(self._batches, "  ".join(f"{name} {value:.4f}" for name, value in logs.items()), "\n")
        self._epoch = epoch + 1

    def _write(self, done: int, words: str, end: str) -> None:
        full = _WIDTH * done // self._batches
        bar = "#" * full + "." * (_WIDTH - full)
        seconds = time.perf_counter() - self._began
        line = f"epoch {self._epoch + 1}/{self._epochs} [{bar}] {done}/{self._batches}  {words}  {seconds:.1f} s"
        print(f"\r{line:<100}", end=end, file=self._stream or sys.stdout, flush=True)


def _monitored(logs: dict[str, float], name: str) -> float:
    if name not in logs:
        raise ValueError(f"there is no {name!r} to monitor; there are: {', '.join(logs)}. val_... needs validation=")
    return logs[name]
