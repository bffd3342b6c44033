"""Questions about Sequential: there and back, fit, evaluate, predict, summary."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from groundup.checks.comparing import numerical_gradient
from groundup.library_check.item import Library
from groundup.library_check.items.asking import Array, Group, away_from_zero, generator
from groundup.library_check.items.judging import compare, demand, identical, kept, quiet

ask = Group("models")


# ---- parts made here, so that a fault of Dense is not a fault of fit -------------------------------------------


def scale(library: Library, factor: float, seen: list[Any] | None = None) -> Any:
    """A layer that multiplies by its one parameter, and writes down what it is given."""

    base: Any = library.layers.Layer

    class Scale(base):  # type: ignore[misc]
        def __init__(self) -> None:
            base.__init__(self)
            self.params, self.grads = {"a": np.array([factor])}, {"a": np.zeros(1)}
            self.state: dict[str, Array] = {}

        def forward(self, X: Array, training: bool = False) -> Array:
            if seen is not None:
                seen.append((np.array(X), training))
            self.X = np.array(X)
            return np.asarray(self.params["a"][0] * self.X)

        def backward(self, dout: Array) -> Array:
            self.grads["a"][...] = np.sum(dout * self.X)
            return np.asarray(dout * self.params["a"][0])

    return Scale()


def numbered_rows(n: int) -> tuple[Array, Array]:
    """`X (n, 1)` that holds 1, 2, 3, ..., and `y (n, 1)` that is ten times X: pairs can be told."""
    X = np.arange(1.0, n + 1).reshape(n, 1)
    return X, 10 * X


def dense_model(library: Library, seed: int = 0, dtype: Any = np.float64) -> Any:
    """Dense, Tanh, Dense: 4 inputs, 3 outputs."""
    rng = generator(seed)
    layers, activations = library.layers, library.activations
    return library.models.Sequential(
        [layers.Dense(4, 6, rng, dtype=dtype), activations.Tanh(), layers.Dense(6, 3, rng, dtype=dtype)]
    )


def weights_of(model: Any) -> Array:
    """All parameters and state of a model in one vector: a copy."""
    held = [array for layer in model.layers for part in (layer.params, layer.state) for array in part.values()]
    return np.concatenate([np.asarray(array, dtype=np.float64).ravel() for array in held])


def fitted(library: Library, model: Any, X: Array, y: Array, **options: Any) -> Any:
    """What `fit` returns, with mean squared error and a small SGD step unless told otherwise."""
    options = {"loss": library.losses.MSE(), "optimizer": library.optimizers.SGD(1e-9), "rng": generator(1)} | options
    return model.fit(X, y, **options)


# ---- there and back --------------------------------------------------------------------------------------------


@ask("Sequential.order", "forward runs the layers in order and hands `training` on, backward runs them in reverse")
def order(library: Library) -> None:
    calls: list[str] = []
    seen: list[Any] = []

    def recorder(name: str) -> Any:
        layer = scale(library, 2.0, seen)
        there, back = layer.forward, layer.backward

        def forward(X: Array, training: bool = False) -> Any:
            calls.append(f"forward {name}")
            return there(X, training)

        def backward(dout: Array) -> Any:
            calls.append(f"backward {name}")
            return back(dout)

        layer.forward, layer.backward = forward, backward
        return layer

    layers = [recorder(name) for name in "abc"]
    model = library.models.Sequential(layers)
    demand(
        len(model.layers) == 3 and all(m is given for m, given in zip(model.layers, layers, strict=True)),
        "model.layers is not the list of layers.",
    )
    Y = kept("what Sequential.forward returns", model.forward(np.ones((2, 3)), training=True))
    compare(
        "the output of three layers that double",
        Y,
        8 * np.ones((2, 3)),
        mistakes={"the last layer is left out": 4 * np.ones((2, 3)), "the input comes back": np.ones((2, 3))},
    )
    dX = kept("what Sequential.backward returns", model.backward(np.ones((2, 3))))
    compare(
        "the gradient by X of three layers that double",
        dX,
        8 * np.ones((2, 3)),
        mistakes={"the last step back is left out": 4 * np.ones((2, 3))},
    )
    demand(all(flag for _, flag in seen), "forward(X, training=True) does not hand `training` on to the layers.")
    seen.clear()
    model.forward(np.ones((2, 3)))
    demand(
        not any(flag for _, flag in seen), "forward(X) tells the layers that this is training; the default is False."
    )
    wanted = [f"forward {name}" for name in "abc"] + [f"backward {name}" for name in "cba"]
    demand(calls[:6] == wanted, f"the layers are called in the order {calls[:6]}, wanted {wanted}.")


@ask("Sequential.gradient", "backward gives the gradients of all layers and of X, by finite differences")
def gradient(library: Library) -> None:
    model, X = dense_model(library), away_from_zero((5, 4))
    dout = away_from_zero((5, 3), seed=3)
    model.forward(X, training=True)
    given = kept("what Sequential.backward returns", model.backward(dout.copy()))
    compare(
        "the gradient by X of Dense, Tanh, Dense",
        given,
        numerical_gradient(lambda x: np.sum(model.forward(x) * dout), X),
        1e-6,
    )


@ask("Sequential.arguments", "no call changes X or y; what predict returns is an array of its own; nothing is printed")
def arguments(library: Library) -> None:
    layers, activations = library.layers, library.activations
    for first in (activations.ReLU(), layers.Dropout(0.5, generator()), activations.Tanh()):
        model = library.models.Sequential(
            [first, activations.ReLU(), layers.Dense(4, 3, generator(), dtype=np.float64)]
        )
        X, y = away_from_zero((6, 4)), away_from_zero((6, 3), seed=2)
        before = X.copy(), y.copy()
        with quiet("Sequential"):
            fitted(library, model, X, y, epochs=2, batch_size=4, validation=(X, y))
            model.evaluate(X, y, library.losses.MSE())
            model.summary()
            outputs = model.predict(X)
            copy = kept("what Sequential.predict returns", outputs)
            model.predict(X + 1)
        demand(
            np.array_equal(X, before[0]), f"fit, evaluate or predict changes X (first layer: {type(first).__name__})."
        )
        demand(np.array_equal(y, before[1]), "fit, evaluate or predict changes y.")
        identical("what predict returned", outputs, copy, "a later predict overwrites it; return an array of its own")


# ---- evaluate, predict, summary --------------------------------------------------------------------------------


@ask("Sequential.predict", "outputs for all rows, outside training, the same whatever the batch_size")
def predict(library: Library) -> None:
    seen: list[Any] = []
    X, _ = numbered_rows(23)
    model = library.models.Sequential([scale(library, 3.0, seen)])
    for batch_size in (1, 4, 23, 100):
        what = f"what Sequential.predict returns for 23 rows with batch_size={batch_size}"
        compare(what, kept(what, model.predict(X, batch_size=batch_size)), 3 * X, mistakes={
            "the rows of the last, smaller batch are missing": 3 * X[: 23 // batch_size * batch_size],
        })  # fmt: skip
    demand(
        not any(flag for _, flag in seen), "predict runs the layers with training=True; it belongs outside training."
    )
    compare("what Sequential.predict returns for one row", kept("predict", model.predict(X[:1])), 3 * X[:1])


@ask("Sequential.evaluate", "loss and metrics over all rows, outside training, the same whatever the batch_size")
def evaluate(library: Library) -> None:
    seen: list[Any] = []
    X, y = numbered_rows(7)
    model = library.models.Sequential([scale(library, 1.0, seen)])
    metrics = {"spread": lambda outputs, y: float(np.max(outputs) - np.min(outputs))}
    exact = float(np.mean((X - y) ** 2))
    parts = [float(np.mean((X[rows] - y[rows]) ** 2)) for rows in (slice(0, 4), slice(4, 7))]
    for batch_size in (4, 1, 7, 256):
        found = model.evaluate(X, y, library.losses.MSE(), metrics=metrics, batch_size=batch_size)
        demand(
            isinstance(found, dict) and set(found) == {"loss", "spread"},
            f"evaluate returns {found!r}, wanted loss and spread.",
        )
        ending = f"with batch_size={batch_size}, of 7 rows"
        compare(f"evaluate's loss {ending}", float(found["loss"]), exact, 1e-9, {
            "it is the mean of the batches' losses, though the last batch is smaller": float(np.mean(parts)),
            "it is the loss of the last batch": parts[1],
        })  # fmt: skip
        compare(f"evaluate's metric (largest minus smallest output) {ending}", float(found["spread"]), 6.0, 1e-9, {
            "metrics are averaged over the batches; call each once, on all outputs": 2.5,
            "metrics are weighed over the batches; call each once, on all outputs": (4 * 3 + 3 * 2) / 7,
        })  # fmt: skip
    demand(
        not any(flag for _, flag in seen), "evaluate runs the layers with training=True; it belongs outside training."
    )
    demand(
        set(model.evaluate(X, y, library.losses.MSE())) == {"loss"}, "evaluate without metrics holds more than loss."
    )


@ask(
    "Sequential.summary",
    "a text with a line for each layer, its name and number of parameters, and the total at the end",
)
def summary(library: Library) -> None:
    model = dense_model(library)
    text = model.summary()
    demand(
        isinstance(text, str),
        f"summary returns {text!r:.60}, a {type(text).__name__}. Wanted: a text (and nothing printed).",
    )
    lines = [line for line in text.splitlines() if line.strip()]
    for layer in model.layers:
        name = type(layer).__name__
        count = sum(array.size for array in layer.params.values())
        found = any(name in line and re.search(rf"\b{count}\b", line) for line in lines)
        demand(found, f"summary has no line with {name} and its {count} parameters:\n{text}")
    demand(
        re.search(r"\b51\b", lines[-1]),
        f"the last line of summary does not hold the total, 51 parameters: {lines[-1]!r}",
    )


ITEMS = tuple(ask.items)
