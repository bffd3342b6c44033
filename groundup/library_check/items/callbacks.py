"""Questions about History, EarlyStopping, ModelCheckpoint, ProgressBar, and when `fit` calls them."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Sequence
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import numpy as np

from groundup.library_check.item import Library
from groundup.library_check.items.asking import Group
from groundup.library_check.items.judging import compare, demand, refuses
from groundup.library_check.items.models import fitted, numbered_rows, scale

ask = Group("callbacks")


def model_of_one(library: Library) -> Any:
    """A model with one layer of our own: one parameter `a`, and a state `s`."""
    layer = scale(library, 0.0)
    layer.state["s"] = np.zeros(2)
    model = library.models.Sequential([layer])
    model.stop_training = False
    return model


def driven(callback: Any, model: Any, losses: Sequence[float], name: str = "val_loss") -> int:
    """Run a callback through epochs with these losses, as `fit` would; each epoch sets the parameter to its number.

    Returns how many epochs it took until the callback stopped the training.
    """
    callback.on_train_begin(model, len(losses), 2)
    done = 0
    for epoch, loss in enumerate(losses):
        model.layers[0].params["a"][...] = epoch
        model.layers[0].state["s"][...] = 10 * epoch
        for batch in range(2):
            callback.on_batch_end(model, batch, loss)
        callback.on_epoch_end(model, epoch, {"loss": loss, name: loss})
        done += 1
        if getattr(model, "stop_training", False):
            break
    callback.on_train_end(model)
    return done


@ask("Callback.calls", "fit calls on_train_begin, on_batch_end, on_epoch_end, on_train_end at their moments")
def calls(library: Library) -> None:
    heard: list[Any] = []

    base: Any = library.callbacks.Callback

    class Recorder(base):  # type: ignore[misc]
        def on_train_begin(self, model: Any, epochs: int, batches: int) -> None:
            heard.append(("train_begin", epochs, batches))

        def on_batch_end(self, model: Any, batch: int, loss: float) -> None:
            heard.append(("batch_end", batch))

        def on_epoch_end(self, model: Any, epoch: int, logs: dict[str, float]) -> None:
            heard.append(("epoch_end", epoch, *sorted(logs)))

        def on_train_end(self, model: Any) -> None:
            heard.append(("train_end",))

    X, y = numbered_rows(7)
    model = library.models.Sequential([scale(library, 1.0)])
    fitted(library, model, X, y, epochs=2, batch_size=3, validation=(X, y), callbacks=[Recorder()])
    wanted: list[Any] = [("train_begin", 2, 3)]
    for epoch in range(2):
        wanted += [("batch_end", batch) for batch in range(3)] + [("epoch_end", epoch, "loss", "val_loss")]
    wanted.append(("train_end",))
    first = next(
        (k for k, (a, b) in enumerate(zip(heard, wanted, strict=False)) if a != b), min(len(heard), len(wanted))
    )
    if heard != wanted:
        came = heard[first] if first < len(heard) else "nothing"
        right = wanted[first] if first < len(wanted) else "nothing"
        demand(False, f"7 rows in batches of 3, 2 epochs: call {first + 1} of the callback is {came}, wanted {right}.")


@ask("Callback.base", "Callback itself does nothing, so that one overrides only what one needs")
def base(library: Library) -> None:
    demand(driven(library.callbacks.Callback(), model_of_one(library), [3.0, 2.0]) == 2, "Callback stops the training.")


@ask("fit.stop_training", "model.stop_training = True ends training after that epoch; a later fit begins afresh")
def stop_training(library: Library) -> None:
    base: Any = library.callbacks.Callback

    class Stopper(base):  # type: ignore[misc]
        def on_epoch_end(self, model: Any, epoch: int, logs: dict[str, float]) -> None:
            model.stop_training = epoch == 1

    X, y = numbered_rows(4)
    model = library.models.Sequential([scale(library, 1.0)])
    history = fitted(library, model, X, y, epochs=6, callbacks=[Stopper()])
    count = len(history.logs["loss"])
    demand(count == 2, f"stop_training was set after epoch 1 (the second), and {count} epochs were run.")
    count = len(fitted(library, model, X, y, epochs=3).logs["loss"])
    demand(count == 3, f"fit(epochs=3) after a run that was stopped ran {count} epochs: stop_training is not reset.")


@ask("History.logs", "a dictionary from a name to the list of its values, one an epoch")
def history(library: Library) -> None:
    callback = library.callbacks.History()
    driven(callback, model_of_one(library), [3.0, 2.0, 2.5])
    wanted = {"loss": [3.0, 2.0, 2.5], "val_loss": [3.0, 2.0, 2.5]}
    demand(callback.logs == wanted, f"history.logs is {callback.logs!r} after three epochs, wanted {wanted}.")


LOSSES = [5.0, 4.0, 4.5, 4.2, 3.9, 4.1, 4.0, 3.95, 3.92, 2.0]


@ask("EarlyStopping.patience", "stops after `patience` epochs in a row without progress, no earlier and no later")
def patience(library: Library) -> None:
    make = library.callbacks.EarlyStopping
    for losses, wait, wanted in (
        (LOSSES, 3, 8),
        (LOSSES, 2, 4),
        (LOSSES, 1, 3),
        (LOSSES, 4, 9),
        ([3.0, 3.0, 3.0, 3.0], 2, 3),
    ):
        given = driven(make(patience=wait), model_of_one(library), losses)
        total = [k for k in range(len(losses)) if k and losses[k] >= min(losses[:k])]
        in_total = total[wait - 1] + 1 if len(total) >= wait else -1
        compare(
            f"the number of epochs with patience={wait} and the losses {losses}",
            given,
            wanted,
            0.0,
            {
                "early stopping counts epochs in total; they count in a row since the best": in_total,
                "early stopping stops one epoch late": wanted + 1,
                "early stopping stops one epoch early": wanted - 1,
                "a loss that stays the same is taken for progress": len(losses) if losses[0] == losses[1] else -1,
            },
        )  # fmt: skip
    rising = [2.0, 1.0, 1.5, 1.4, 1.3, 1.2]
    given = driven(make(patience=3), model_of_one(library), rising)
    known = {"each loss is compared with the one before; it is compared with the best": 6}
    compare(f"the number of epochs with patience=3 and the losses {rising}", given, 5, 0.0, known)


@ask("EarlyStopping.min_delta", "progress is only what is larger than min_delta; another monitor may be named")
def min_delta(library: Library) -> None:
    losses = [5.0, 4.9, 4.8, 4.7, 4.6, 4.5]
    make = library.callbacks.EarlyStopping
    given = driven(make(patience=2, min_delta=0.5), model_of_one(library), losses)
    compare(
        f"the number of epochs with patience=2, min_delta=0.5 and the losses {losses}",
        given,
        3,
        0.0,
        {"min_delta is ignored": 6, "early stopping stops one epoch late": 4},
    )
    given = driven(make(monitor="val_error", patience=1), model_of_one(library), [2.0, 3.0, 1.0], name="val_error")
    compare("the number of epochs with monitor='val_error', patience=1 and the values 2, 3, 1", given, 2, 0.0)


@ask("EarlyStopping.restore_best", "the best epoch's parameters and state are back at the end, stopped or not")
def restore_best(library: Library) -> None:
    make = library.callbacks.EarlyStopping
    for losses, restore, wanted in (
        (LOSSES, True, 4),
        (LOSSES[:7], True, 4),
        (LOSSES, False, 7),
        ([3.0, 2.0], True, 1),
    ):
        model = model_of_one(library)
        driven(make(patience=3, restore_best=restore), model, losses)
        layer = model.layers[0]
        last = 7 if len(losses) == 10 else len(losses) - 1
        what = f"the epoch whose parameters the model ends with, restore_best={restore} and the losses {losses}"
        compare(what, float(layer.params["a"][0]), float(wanted), 0.0, {
            "the last epoch's parameters stay; a copy of the best is needed, not the arrays themselves": float(last),
            "the first epoch's parameters come back": 0.0,
            "the parameters come from the epoch after the best": float(wanted + 1),
        })  # fmt: skip
        what = f"the epoch whose state the model ends with, restore_best={restore} and the losses {losses}"
        known = {"the state (running statistics) is not restored": last}
        compare(what, float(layer.state["s"][0]) / 10, float(wanted), 0.0, known)
    X, y = numbered_rows(6)
    model = library.models.Sequential([scale(library, 1.0)])
    callback, optimizer = make(monitor="loss", patience=2), library.optimizers.SGD(1.0)
    history = fitted(library, model, X, y, optimizer=optimizer, epochs=5, callbacks=[callback])
    count = len(history.logs["loss"])
    demand(count == 3, f"training that only gets worse, with patience=2, took {count} epochs, wanted 3.")


@ask("EarlyStopping.refuses", "patience below 1 and a monitor that is not in the logs are refused by name")
def early_refuses(library: Library) -> None:
    make = library.callbacks.EarlyStopping
    refuses("EarlyStopping(patience=0)", ValueError, lambda: make(patience=0), 0)
    for name in ("EarlyStopping", "ModelCheckpoint"):
        with tempfile.TemporaryDirectory() as folder:
            more = {"path": Path(folder) / "best.npz"} if name == "ModelCheckpoint" else {}
            callback = getattr(library.callbacks, name)(monitor="val_accuracy", **more)
            model = model_of_one(library)
            what = f"{name} with a monitor that is not in the logs"
            refuses(what, ValueError, lambda: driven(callback, model, [1.0]), "val_accuracy", "loss", "val_loss")  # noqa: B023


@ask("ModelCheckpoint.best", "saves when the monitor is lower than ever before, or after every epoch")
def checkpoint(library: Library) -> None:
    for losses, best_only, wanted in ((LOSSES[:8], True, 4), ([3.0, 2.0, 2.0], True, 1), (LOSSES[:8], False, 7)):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "best.model"
            driven(library.callbacks.ModelCheckpoint(path, save_best_only=best_only), model_of_one(library), losses)
            demand(
                path.is_file(),
                f"ModelCheckpoint writes {[f.name for f in Path(folder).iterdir()]}, wanted best.model, its path.",
            )
            with np.load(path) as file:
                given = float(file["0.a"][0])
        what = f"the epoch in the file, save_best_only={best_only} and the losses {losses}"
        known = {
            "every epoch is saved, not the best alone": float(len(losses) - 1),
            "only the first epoch is saved": 0.0,
        }
        compare(what, given, float(wanted), 0.0, known)
    with tempfile.TemporaryDirectory() as folder:
        callback = library.callbacks.ModelCheckpoint(Path(folder) / "m.npz", monitor="absent", save_best_only=False)
        driven(callback, model_of_one(library), [1.0])


@ask("ProgressBar.stream", "shows epoch, loss and logs on its stream, or on sys.stdout as it is then")
def progress(library: Library) -> None:
    for own in (True, False):
        stream, stdout = io.StringIO(), io.StringIO()
        with redirect_stdout(stdout):
            bar = library.callbacks.ProgressBar(stream=stream) if own else library.callbacks.ProgressBar()
            driven(bar, model_of_one(library), [0.731, 0.524])
        written, other = (stream.getvalue(), stdout.getvalue()) if own else (stdout.getvalue(), stream.getvalue())
        where = "its stream" if own else "sys.stdout"
        demand(written, f"ProgressBar writes nothing to {where}.")
        demand(not other, "ProgressBar with a stream of its own writes to sys.stdout.")
        for text in ("0.73", "0.52", "val_loss"):
            demand(text in written, f"ProgressBar does not show {text}, from the logs of an epoch: {written[-160:]!r}")


ITEMS = tuple(ask.items)
