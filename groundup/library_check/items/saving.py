"""Questions about Sequential.save and load: equal predictions, the names in the file, what is refused."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from groundup.library_check.item import Library
from groundup.library_check.items.asking import Array, Group, away_from_zero, generator
from groundup.library_check.items.judging import demand, identical, refuses
from groundup.library_check.items.models import weights_of

ask = Group("models")
NAMES = {"0.W", "0.b", "1.gamma", "1.beta", "1.running_mean", "1.running_var", "3.W", "3.b"}


def model_with_state(library: Library, seed: int, width: int = 5) -> Any:
    """Dense, BatchNorm, ReLU, Dense: 4 inputs, 3 outputs, and it has seen a batch."""
    rng, layers = generator(seed), library.layers
    parts = [
        layers.Dense(4, width, rng),
        layers.BatchNorm(width),
        library.activations.ReLU(),
        layers.Dense(width, 3, rng),
    ]
    model = library.models.Sequential(parts)
    model.forward(away_from_zero((6, 4), seed=seed), training=True)
    return model


def _in_folder(check: Callable[[Library, Path], None]) -> Callable[[Library], None]:
    def run(library: Library) -> None:
        with tempfile.TemporaryDirectory() as folder:
            check(library, Path(folder))

    return run


@ask("Sequential.save", "one .npz file without pickle at exactly the path, its entries called INDEX.NAME")
@_in_folder
def save(library: Library, folder: Path) -> None:
    model = model_with_state(library, 1)
    for path in (folder / "model.npz", folder / "model.weights", str(folder / "plain")):
        model.save(path)
        names = sorted(file.name for file in folder.iterdir())
        demand(
            Path(path).is_file(),
            f"save({Path(path).name!r}) wrote {names}: it writes to exactly that path, no ending added.",
        )
        demand(zipfile.is_zipfile(path), f"what save wrote to {Path(path).name!r} is no .npz file.")
        try:
            with np.load(path, allow_pickle=False) as file:
                held = {name: file[name] for name in file.files}
        except ValueError as error:
            demand(False, f"the saved file needs pickle: {error}")
        missing = sorted(NAMES - set(held))
        lost = all("running" in name for name in missing)
        demand(not missing or not lost, f"save forgets the running statistics: the file lacks {', '.join(missing)}.")
        demand(set(held) == NAMES, f"the saved file has the entries {sorted(held)}, wanted {sorted(NAMES)}.")
        for name, value in held.items():
            number, key = name.split(".")
            layer = model.layers[int(number)]
            identical(
                f"the entry {name} of the saved file",
                value,
                (layer.params | layer.state)[key],
                "it is not what the model holds",
            )
    count = len(list(folder.iterdir()))
    demand(
        count == 3, f"after 3 calls of save the folder holds {count} files: {sorted(f.name for f in folder.iterdir())}."
    )


@ask("Sequential.load", "a model that loads what another saved predicts the same, bit for bit, BatchNorm included")
@_in_folder
def load(library: Library, folder: Path) -> None:
    X = away_from_zero((6, 4), seed=9)
    model, other = model_with_state(library, 1), model_with_state(library, 2)
    wanted = np.array(model.predict(X))
    model.save(folder / "model.npz")
    demand(not np.array_equal(other.predict(X), wanted), "two models from different seeds predict the same.")
    demand(
        other.load(folder / "model.npz") is None, "load returns something; it returns nothing, and changes the model."
    )
    for name, value in model.layers[1].state.items():
        identical(f"1.{name} after load", other.layers[1].state[name], value, "load forgets the running statistics")
    identical(
        "the predictions after save and load", other.predict(X), wanted, "they differ from those of the saved model"
    )
    optimizer = library.optimizers.SGD(0.1)
    other.fit(X, away_from_zero((6, 3)), library.losses.MSE(), optimizer, generator(), epochs=1)
    demand(not np.array_equal(other.predict(X), wanted), "a loaded model does not learn any more: fit changes nothing.")


def _written(path: Path, model: Any, change: Callable[[dict[str, Array]], Any]) -> Path:
    """A file as the contract wants it, with other entries: made here, so that a fault of save is not one of load."""
    held: dict[str, Any] = {
        f"{number}.{name}": value
        for number, layer in enumerate(model.layers)
        for name, value in (layer.params | layer.state).items()
    }
    change(held)
    with path.open("wb") as target:
        np.savez(target, **held)
    return path


CHANGES: tuple[tuple[str, str, Callable[[dict[str, Array]], Any]], ...] = (
    ("without 3.b", "3.b", lambda held: held.pop("3.b")),
    ("without 1.running_var", "1.running_var", lambda held: held.pop("1.running_var")),
    ("with an entry 7.W too many", "7.W", lambda held: held.update({"7.W": np.ones(2)})),
    ("with 3.b of shape (1,)", "3.b", lambda held: held.update({"3.b": np.ones(1)})),
    ("with 3.W transposed", "3.W", lambda held: held.update({"3.W": held["3.W"].T})),
)


@ask(
    "Sequential.load_refuses",
    "a file that is damaged or does not fit is refused by name, and the model stays as it was",
)
@_in_folder
def load_refuses(library: Library, folder: Path) -> None:
    saved = model_with_state(library, 1)
    _written(folder / "model.npz", saved, lambda held: None)
    raw = (folder / "model.npz").read_bytes()
    (folder / "half.npz").write_bytes(raw[: len(raw) // 2])
    (folder / "text.npz").write_text("this is no archive", encoding="utf-8")
    bad = [("half a file", folder / "half.npz", ["half.npz"]), ("a file of text", folder / "text.npz", ["text.npz"])]
    for number, (what, entry, change) in enumerate(CHANGES):
        path = _written(folder / f"changed{number}.npz", saved, change)
        bad.append((f"a file {what}", path, [path.name, entry]))
    other = model_with_state(library, 2)
    before = weights_of(other)
    for what, path, names in bad:
        refuses(f"load of {what}", ValueError, lambda: other.load(path), *names)  # noqa: B023
        identical(
            "the model",
            weights_of(other),
            before,
            f"load of {what} changes it before refusing: look at the whole file first",
        )
    wider = model_with_state(library, 3, width=6)
    refuses("load of a file from a narrower model", ValueError, lambda: wider.load(folder / "model.npz"), "model.npz")


ITEMS = tuple(ask.items)
