"""Questions about whole models: 50 steps beside PyTorch, and whether they learn XOR, tumors, digits and MNIST."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from groundup.library_check.item import Library, Skipped, Wrong
from groundup.library_check.items.asking import Array, Check, Group, generator
from groundup.library_check.items.judging import compare, demand, identical, kept
from groundup.library_check.items.models import weights_of

ask = Group("training")
STEPS = 50
OPTIONS: dict[str, tuple[dict[str, float], dict[str, float]]] = {
    "Adam": ({"learning_rate": 0.01, "epsilon": 1e-3}, {"lr": 0.01, "eps": 1e-3}),
    "SGD": ({"learning_rate": 0.1}, {"lr": 0.1}),
}
"""For the library and for PyTorch. The bias before BatchNorm has a gradient of 0 but for rounding: a small epsilon
would let Adam walk full steps on that noise, a different way in each library."""


def _library_model(library: Library, dtype: Any) -> Any:
    layers, rng = library.layers, generator(7)
    return library.models.Sequential(
        [
            layers.Dense(6, 16, rng, dtype=dtype),
            layers.BatchNorm(16, dtype=dtype),
            library.activations.ReLU(),
            layers.Dense(16, 4, rng, dtype=dtype),
        ]
    )


def _torch_model(model: Any, dtype: Any) -> Any:
    """The same model in PyTorch, with copies of the weights."""
    import torch

    precision = torch.float64 if dtype == np.float64 else torch.float32
    parts = [torch.nn.Linear(6, 16), torch.nn.BatchNorm1d(16), torch.nn.ReLU(), torch.nn.Linear(16, 4)]
    twin: Any = torch.nn.Sequential(*parts).to(precision)
    with torch.no_grad():
        for number in (0, 3):
            twin[number].weight.copy_(torch.tensor(model.layers[number].params["W"].T.copy()))
            twin[number].bias.copy_(torch.tensor(model.layers[number].params["b"].copy()))
    return twin


def _twin_values(twin: Any) -> dict[str, Array]:
    found = {}
    for number, names in ((0, {"W": "weight", "b": "bias"}), (3, {"W": "weight", "b": "bias"})):
        for name, of_torch in names.items():
            found[f"{number}.{name}"] = getattr(twin[number], of_torch).detach().numpy().T
    for name, of_torch in {
        "gamma": "weight",
        "beta": "bias",
        "running_mean": "running_mean",
        "running_var": "running_var",
    }.items():
        found[f"1.{name}"] = getattr(twin[1], of_torch).detach().numpy()
    return found


def _own_values(model: Any) -> dict[str, Array]:
    return {
        f"{number}.{name}": np.array(value)
        for number, layer in enumerate(model.layers)
        for name, value in (layer.params | layer.state).items()
    }


def _problem() -> tuple[Array, Array]:
    rng = generator(8)
    X = rng.normal(size=(60, 6))
    return X, np.argmax(X @ rng.normal(size=(6, 4)), axis=1)


def _torch_step(twin: Any, optimizer: Any, X: Array, y: Array) -> None:
    import torch

    optimizer.zero_grad()
    loss: Any = torch.nn.functional.cross_entropy(twin(torch.tensor(X)), torch.tensor(y))
    loss.backward()
    optimizer.step()


def _own_step(model: Any, loss: Any, optimizer: Any, X: Array, y: Array) -> None:
    loss.forward(model.forward(X, training=True), y)
    model.backward(loss.backward())
    params = [layer.params[name] for layer in model.layers for name in layer.params]
    grads = [layer.grads[name] for layer in model.layers for name in layer.params]
    optimizer.step(params, grads)


def _ask_steps(name: str, dtype: Any, tol: float) -> Check:
    def check(library: Library) -> None:
        import torch

        model, loss = _library_model(library, dtype), library.losses.CrossEntropy()
        optimizer = getattr(library.optimizers, name)(**OPTIONS[name][0])
        twin = _torch_model(model, dtype)
        twins = getattr(torch.optim, name)(twin.parameters(), **OPTIONS[name][1])
        X, y = _problem()
        X = X.astype(dtype)
        for step in range(STEPS):
            rows = generator(step).integers(0, len(X), 20)
            _own_step(model, loss, optimizer, X[rows], y[rows])
            _torch_step(twin, twins, X[rows], y[rows])
            own = _own_values(model)
            for entry, wanted in _twin_values(twin).items():
                demand(entry in own, f"the model has no {entry}: it holds {sorted(own)}.")
                compare(
                    f"{entry} after step {step + 1} of {STEPS}, Dense-BatchNorm-ReLU-Dense with {name}, beside PyTorch",
                    own[entry],
                    wanted,
                    tol,
                )

    return check


for name in OPTIONS:
    for dtype, tol in ((np.float64, 1e-8), (np.float32, 2e-3)):
        title = f"{STEPS} steps of Dense-BatchNorm-ReLU-Dense with {name} end where PyTorch's do, in {np.dtype(dtype)}"
        ask(f"training.{name}_{np.dtype(dtype)}", title, seconds=30.0)(_ask_steps(name, dtype, tol))


@ask(
    "training.fit_as_pytorch", "fit over 30 epochs of one batch each ends where PyTorch does, in float64", seconds=30.0
)
def fit_as_pytorch(library: Library) -> None:
    import torch

    model = _library_model(library, np.float64)
    twin = _torch_model(model, np.float64)
    twins = torch.optim.Adam(twin.parameters(), lr=0.01)
    X, y = _problem()
    optimizer = library.optimizers.Adam(learning_rate=0.01)
    model.fit(X, y, library.losses.CrossEntropy(), optimizer, generator(), epochs=30, batch_size=len(X))
    for _ in range(30):
        _torch_step(twin, twins, X, y)
    own = _own_values(model)
    for entry, wanted in _twin_values(twin).items():
        compare(f"{entry} after 30 epochs of fit, one batch each, beside PyTorch", own[entry], wanted, 1e-8)
    twin.eval()
    with torch.no_grad():
        outputs = twin(torch.tensor(X)).numpy()
    compare("what predict returns after fit, beside PyTorch", kept("predict", model.predict(X)), outputs, 1e-7)


@ask(
    "training.deterministic",
    "a model with Dropout and BatchNorm trained twice from the same seeds is the same, bit for bit",
)
def deterministic(library: Library) -> None:
    X, y = _problem()
    ends = []
    for _ in range(2):
        rng, layers = generator(2), library.layers
        parts = [
            layers.Dense(6, 16, rng),
            layers.BatchNorm(16),
            library.activations.ReLU(),
            layers.Dropout(0.3, rng),
            layers.Dense(16, 4, rng),
        ]
        model = library.models.Sequential(parts)
        model.fit(X, y, library.losses.CrossEntropy(), library.optimizers.Adam(0.01), rng, epochs=3, batch_size=16)
        ends.append(weights_of(model))
    identical("the weights of two runs from the same seeds", ends[0], ends[1], "they differ")


# ---- learning --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Recipe:
    """How images are learned: a learning rate that shrinks in each round, of so many epochs."""

    learning_rate: float
    shrink: float
    batch_size: int
    epochs: int
    rounds: int


def dense_relu(library: Library, sizes: tuple[int, ...], seed: int) -> Any:
    """Dense layers of these sizes with ReLU between, ending in logits."""
    rng, parts = generator(seed), []
    for number, (d_in, d_out) in enumerate(pairwise(sizes)):
        parts += [library.activations.ReLU()] if number else []
        parts.append(library.layers.Dense(d_in, d_out, rng))
    return library.models.Sequential(parts)


def learned(judge: Callable[[], float], fit: Callable[[int], Any], rounds: int, wanted: float, what: str) -> None:
    """Train for some rounds, and stop as soon as the share of right answers is as `wanted`."""
    best = 0.0
    for number in range(rounds):
        fit(number)
        best = max(best, judge())
        if best >= wanted:
            return
    raise Wrong(f"{what}: {best:.1%} right after {rounds} rounds of training, wanted {wanted:.0%}.")


def right(outputs: Array, y: Array) -> float:
    """The share of right answers, by logits of several columns or of one."""
    found = outputs.argmax(axis=1) if outputs.shape[1] > 1 else (outputs[:, 0] > 0).astype(int)
    return float(np.mean(found == y.ravel()))


@ask("training.xor", "XOR is solved", seconds=30.0)
def xor(library: Library) -> None:
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=np.float32)
    y = np.array([[0.0], [1.0], [1.0], [0.0]], dtype=np.float32)
    rng = generator(1)
    layers = library.layers
    model = library.models.Sequential([layers.Dense(2, 8, rng), library.activations.Tanh(), layers.Dense(8, 1, rng)])
    loss, optimizer = library.losses.BinaryCrossEntropy(), library.optimizers.Adam(0.05)
    learned(lambda: right(np.array(model.predict(X)), y),
            lambda k: model.fit(X, y, loss, optimizer, rng, epochs=100, batch_size=4), 6, 1.0, "XOR")  # fmt: skip


@ask("training.breast_cancer", "Breast Cancer: at least 95 % of tumors that it never saw", seconds=60.0)
def breast_cancer(library: Library) -> None:
    from groundup.datasets import breast_cancer as load

    X, y, _ = load()
    held_out = np.arange(len(X)) % 5 == 0
    X = ((X - X[~held_out].mean(axis=0)) / X[~held_out].std(axis=0)).astype(np.float32)
    targets = y.reshape(-1, 1).astype(np.float32)
    model, rng = dense_relu(library, (30, 16, 1), 3), generator(3)
    loss, optimizer = library.losses.BinaryCrossEntropy(), library.optimizers.Adam(0.01, weight_decay=1e-3)
    learned(lambda: right(np.array(model.predict(X[held_out])), y[held_out]),
            lambda k: model.fit(X[~held_out], targets[~held_out], loss, optimizer, rng, epochs=5, batch_size=32),
            6, 0.95, "Breast Cancer, held out")  # fmt: skip


@ask("training.digits", "digits of 8 x 8 pixels: at least 95 % of those it never saw", seconds=60.0)
def digits(library: Library) -> None:
    from groundup.datasets import digits_split

    X, y, X_test, y_test = digits_split()
    _learn_images(library, (X, y, X_test, y_test), (64, 64, 10), 0.95, "digits, held out", Recipe(0.005, 1.0, 32, 5, 6))


@ask("training.mnist", "MNIST: at least 97 % of the 10,000 test images", seconds=180.0)
def mnist(library: Library) -> None:
    from groundup.datasets import data_folder
    from groundup.datasets import mnist as load
    from groundup.datasets.catalog import CATALOG

    files = [file for key, file in CATALOG.items() if key.startswith("mnist")]
    if not all((data_folder() / file.place).is_file() for file in files):
        raise Skipped(
            "MNIST is not on this machine. Fetch it once with "
            '`python -c "from groundup.datasets import mnist; mnist()"`, and ask again.'
        )
    X, y, X_test, y_test = load()
    flat = [(images.reshape(len(images), 784) / np.float32(255)).astype(np.float32) for images in (X, X_test)]
    _learn_images(
        library, (flat[0], y, flat[1], y_test), (784, 128, 10), 0.97, "MNIST, held out", Recipe(0.004, 0.5, 128, 1, 4)
    )


def _learn_images(
    library: Library, data: tuple[Array, ...], sizes: tuple[int, ...], wanted: float, what: str, recipe: Recipe
) -> None:
    X, y, X_test, y_test = data
    model, rng = dense_relu(library, sizes, 5), generator(5)
    loss, optimizer = library.losses.CrossEntropy(), library.optimizers.Adam(recipe.learning_rate)

    def fit(number: int) -> None:
        optimizer.learning_rate = recipe.learning_rate * recipe.shrink**number
        model.fit(X.astype(np.float32), y, loss, optimizer, rng, epochs=recipe.epochs, batch_size=recipe.batch_size)

    learned(lambda: right(np.array(model.predict(X_test.astype(np.float32))), y_test), fit, recipe.rounds, wanted, what)


ITEMS = tuple(ask.items)
