"""Models: layers in a row, trained, judged, used, saved and loaded."""

from __future__ import annotations

import math
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np

from groundup_nn._arrays import as_floats, at_least_one, is_generator, same_length
from groundup_nn.callbacks import Callback, History
from groundup_nn.data import BatchLoader
from groundup_nn.layers import Layer
from groundup_nn.losses import Loss
from groundup_nn.optimizers import Optimizer

Metrics = Mapping[str, Callable[[np.ndarray, np.ndarray], float]]
"""From a name to a function (outputs, y) -> number."""


class Sequential:
    """Layers in a row: the output of each is the input of the next."""

    def __init__(self, layers: Sequence[Layer]) -> None:
        """layers: at least one. Raises ValueError when there is none, TypeError for what is no layer."""
        self.layers = list(layers)
        self.stop_training = False
        if not self.layers:
            raise ValueError("a model needs at least one layer")
        for layer in self.layers:
            if not isinstance(layer, Layer):
                raise TypeError(f"a model is made of layers, but got {layer!r}")

    def forward(self, X: np.ndarray, training: bool = False) -> np.ndarray:
        """X (n, ...) -> the last layer's output. It may be overwritten by the next call."""
        for layer in self.layers:
            X = layer.forward(X, training)
        return X

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """From the gradient by the output: fill every layer's `grads`, return the gradient by X."""
        for layer in reversed(self.layers):
            dout = layer.backward(dout)
        return dout

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
        at_least_one(epochs=epochs)
        is_generator(rng)
        loader = BatchLoader(as_floats(X, self._dtype()), y, batch_size, rng)
        history = History()
        watching = [history, *callbacks]
        parameters = self._in_one_piece()
        self.stop_training = False
        for callback in watching:
            callback.on_train_begin(self, epochs, len(loader))
        for epoch in range(epochs):
            logs = {"loss": self._one_epoch(epoch, loader, loss, optimizer, parameters, watching)}
            if validation is not None:
                judged = self.evaluate(*validation, loss, metrics)
                logs |= {f"val_{name}": value for name, value in judged.items()}
            for callback in watching:
                callback.on_epoch_end(self, epoch, logs)
            if self.stop_training:
                break
        for callback in watching:
            callback.on_train_end(self)
        return history

    def _one_epoch(
        self,
        epoch: int,
        loader: BatchLoader,
        loss: Loss,
        optimizer: Optimizer,
        parameters: tuple[list[np.ndarray], list[np.ndarray]],
        watching: Sequence[Callback],
    ) -> float:
        """Forward, loss, backward, step for every batch; returns the mean loss over all samples."""
        total = samples = 0.0
        for batch, (X, y) in enumerate(loader):
            value = loss.forward(self.forward(X, training=True), y)
            if not math.isfinite(value):
                raise FloatingPointError(
                    f"the loss is {value} in epoch {epoch + 1}, batch {batch + 1}: often the learning rate is too "
                    "high, or the data hold numbers that are not finite"
                )
            self._learn(loss.backward())
            optimizer.step(*parameters)
            total, samples = total + value * len(X), samples + len(X)
            for callback in watching:
                callback.on_batch_end(self, batch, value)
        return total / samples

    def _learn(self, dout: np.ndarray) -> None:
        """Backward as far as training needs it: nobody asks for the gradient by the data, the widest of all.

        With it training takes 1.27 times as long.
        """
        for layer in reversed(self.layers[1:]):
            dout = layer.backward(dout)
        self.layers[0]._learn(dout)

    def _in_one_piece(self) -> tuple[list[np.ndarray], list[np.ndarray]]:
        """All parameters as one vector, and all gradients as another; the layers go on working with views of them.

        An optimizer then makes a dozen NumPy calls a step, and not a dozen for every layer: layer by layer, training
        takes 1.05 to 1.09 times as long. Made anew for every training: then a layer may stand in two models, or be
        given other arrays, in between.
        """
        whole: tuple[list[np.ndarray], list[np.ndarray]] = ([], [])
        for dtype in {w.dtype for layer in self.layers for w in layer.params.values()}:
            for vectors, kind in zip(whole, ("params", "grads"), strict=True):
                homes = [(getattr(layer, kind), name) for layer in self.layers for name in getattr(layer, kind)]
                homes = [(arrays, name) for arrays, name in homes if arrays[name].dtype == dtype]
                vector = np.concatenate([arrays[name].ravel() for arrays, name in homes])
                vectors.append(vector)
                for arrays, name in homes:
                    shape, size = arrays[name].shape, arrays[name].size
                    arrays[name], vector = vector[:size].reshape(shape), vector[size:]
        return whole

    def evaluate(
        self, X: np.ndarray, y: np.ndarray, loss: Loss, metrics: Metrics | None = None, batch_size: int = 256
    ) -> dict[str, float]:
        """{"loss": the mean loss over all rows, NAME: metric(outputs, y), ...}, outside training."""
        y = np.asarray(y)
        same_length(np.asarray(X), y)
        outputs = self.predict(X, batch_size)
        judged = {"loss": loss.forward(outputs, y)}
        return judged | {name: metric(outputs, y) for name, metric in (metrics or {}).items()}

    def predict(self, X: np.ndarray, batch_size: int = 256) -> np.ndarray:
        """The outputs for all rows of X, outside training, in a new array."""
        X = as_floats(X, self._dtype())
        n = same_length(X, X)
        at_least_one(batch_size=batch_size)
        return np.concatenate([self.forward(X[at : at + batch_size]).copy() for at in range(0, n, batch_size)])

    def summary(self) -> str:
        """A line for each layer with how many parameters it has, and the total."""
        sizes = [sum(w.size for w in layer.params.values()) for layer in self.layers]
        lines = [
            f"{place:>3}  {type(layer).__name__:<12} {_shapes(layer):<36} {size:>10,}"
            for place, (layer, size) in enumerate(zip(self.layers, sizes, strict=True))
        ]
        return "\n".join([*lines, f"{'parameters in all':<53} {sum(sizes):>10,}"])

    def save(self, path: str | Path) -> None:
        """Write parameters and state to exactly `path`, an .npz file without pickle, with entries such as "0.W".

        Written beside it first and then moved, so that an interruption leaves the old file whole.
        """
        path = Path(path)
        part = path.with_name(path.name + ".part")
        with part.open("wb") as file:
            np.savez(file, **self._entries())  # type: ignore[arg-type]
        part.replace(path)

    def load(self, path: str | Path) -> None:
        """Read what `save` wrote for a model of the same layers.

        Raises ValueError, and leaves the model as it was, for a damaged file or one of another model.
        """
        entries = self._entries()
        saved = _read(Path(path))
        for name in [*entries, *saved]:
            if name not in saved or name not in entries:
                raise ValueError(
                    f"{path} {'lacks' if name in entries else 'has'} the entry {name}: it is of another model"
                )
            if saved[name].shape != entries[name].shape or saved[name].dtype.kind != "f":
                raise ValueError(
                    f"{path}: the entry {name} is {saved[name].dtype} {saved[name].shape}, "
                    f"and the model needs {entries[name].dtype} {entries[name].shape}"
                )
        for name, values in entries.items():
            values[...] = saved[name]

    def _entries(self) -> dict[str, np.ndarray]:
        """All that makes the model what it is, under the names of the file."""
        return {
            f"{place}.{name}": values
            for place, layer in enumerate(self.layers)
            for name, values in (layer.params | layer.state).items()
        }

    def _dtype(self) -> np.dtype | None:
        """The dtype of the first parameters, None where there are none."""
        return next((w.dtype for layer in self.layers for w in layer.params.values()), None)


def _shapes(layer: Layer) -> str:
    return ", ".join(f"{name} {w.shape}" for name, w in layer.params.items())


def _read(path: Path) -> dict[str, np.ndarray]:
    """The entries of an .npz file. Raises ValueError when it is none, or damaged."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as saved:
            return {name: saved[name] for name in saved.files}
    except (
        ValueError,
        KeyError,
        EOFError,
        AttributeError,
        NotImplementedError,
        zipfile.BadZipFile,
        zlib.error,
    ) as error:
        raise ValueError(f"{path} cannot be read as saved weights; it may be damaged: {error}") from None
