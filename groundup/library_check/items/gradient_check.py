"""Questions about numerical_gradient, relative_error and check_gradients."""

from __future__ import annotations

from functools import partial

import numpy as np

from groundup.library_check.item import Library
from groundup.library_check.items.asking import Array, Group, away_from_zero, generator
from groundup.library_check.items.judging import compare, demand, identical, kept, refuses
from groundup.library_check.items.models import dense_model, weights_of

ask = Group("gradient_check")


@ask("gradient_check.numerical_gradient", "central differences for each entry, in the shape of x, and x is as before")
def numerical(library: Library) -> None:
    function = library.gradient_check.numerical_gradient
    for shape in ((3, 4), (5,), (1, 1), (2, 1, 3)):
        x = away_from_zero(shape)
        before = x.copy()
        given = kept("what numerical_gradient returns", function(lambda x: float(np.sum(x**4)), x))
        what = f"numerical_gradient of sum(x**4) at an x of shape {shape}"
        compare(what, given, 4 * x**3, 1e-7, {
            "it divides by h; the two points are 2 * h apart": 8 * before**3,
            "these are one-sided differences, (f(x + h) - f(x)) / h": 4 * before**3 + 6e-5 * before**2,
            "the step of one entry is not taken back before the next": 4 * (before + 1e-5) ** 3,
        })  # fmt: skip
        identical("x", x, before, "numerical_gradient leaves it changed")
    wide = kept("numerical_gradient", function(lambda x: float(np.sum(x**3)), np.array([1.0, 2.0]), h=0.1))
    compare("numerical_gradient of sum(x**3) at 1 and 2 with h=0.1", wide, np.array([3.01, 12.01]), 1e-9, {
        "h is not used": np.array([3.0, 12.0]),
        "these are one-sided differences, (f(x + h) - f(x)) / h": np.array([3.31, 12.61]),
    })  # fmt: skip


@ask("gradient_check.relative_error", "the largest difference over the largest entry in either; 0 against 0 is 0")
def relative_error(library: Library) -> None:
    function = library.gradient_check.relative_error
    a, b = np.array([[1.0, -4.0], [0.5, 2.0]]), np.array([[1.0, -5.0], [0.25, 2.0]])
    known = {
        "it is divided by the sum of both sizes; divide by the largest": 1 / 9,
        "each entry is divided by its own size; divide the largest difference by the largest entry": 0.5,
        "it is not divided by the size": 1.0,
        "it is the mean difference; wanted is the largest": 0.3125 / 5,
        "it is divided by the largest of the first alone; take the largest in either": 0.25,
        "signs are not taken away before the largest is looked for": 0.5,
    }
    for one, two in ((a, b), (b, a)):
        compare("relative_error of two arrays", function(one, two), 0.2, 1e-9, known)
    with np.errstate(all="raise"):
        compare("relative_error of zeros against zeros", function(np.zeros(3), np.zeros(3)), 0.0)
    column = np.ones((3, 1))
    refuses("relative_error of (3,) against (3, 1)", ValueError, lambda: function(np.ones(3), column), "(3,)", "(3, 1)")


@ask(
    "gradient_check.check_gradients", "the error of X and of every parameter by name; model and state stay as they were"
)
def check_gradients(library: Library) -> None:
    X, y = away_from_zero((5, 4)), away_from_zero((5, 3), seed=2)
    model, loss = dense_model(library), library.losses.MSE()
    before = weights_of(model)
    found = library.gradient_check.check_gradients(model, loss, X, y)
    wanted = {"X", "0.W", "0.b", "2.W", "2.b"}
    demand(
        isinstance(found, dict) and set(found) == wanted,
        f"check_gradients returns {found!r:.160}, wanted {sorted(wanted)}.",
    )
    for name, error in found.items():
        demand(
            error < 1e-6,
            f"check_gradients says {error:.2g} for {name} of a model of Dense, Tanh, Dense; below 1e-6 is right.",
        )
    identical("the model", weights_of(model), before, "check_gradients leaves its parameters changed")
    single = dense_model(library, dtype=np.float32)
    call = partial(library.gradient_check.check_gradients, single, loss, X.astype(np.float32), y.astype(np.float32))
    refuses("check_gradients of a model in float32", ValueError, call, "float32")


@ask("gradient_check.finds", "a wrong gradient is found, and only where it is wrong")
def finds(library: Library) -> None:
    X, y = away_from_zero((5, 4)), away_from_zero((5, 3), seed=2)
    model = dense_model(library)
    right = model.layers[2].backward

    def wrong(dout: Array) -> Array:
        dX = np.array(right(dout))
        model.layers[2].grads["W"][...] *= 1.01
        return dX

    model.layers[2].backward = wrong
    found = library.gradient_check.check_gradients(model, library.losses.MSE(), X, y)
    demand(found["2.W"] > 1e-3, f"check_gradients says {found['2.W']:.2g} for a gradient that is wrong by 1 %.")
    demand(found["0.W"] < 1e-6, f"check_gradients says {found['0.W']:.2g} for 0.W, which is right; 2.W is wrong.")


@ask("gradient_check.training", "with training=True it works through BatchNorm, and leaves its state as it was")
def in_training(library: Library) -> None:
    layers = library.layers
    parts = [layers.Dense(4, 5, generator(), dtype=np.float64), layers.BatchNorm(5, dtype=np.float64)]
    model = library.models.Sequential(parts)
    before = weights_of(model)
    X, y = away_from_zero((6, 4)), away_from_zero((6, 5), seed=2)
    found = library.gradient_check.check_gradients(model, library.losses.MSE(), X, y, training=True)
    for name in ("X", "0.W", "1.gamma", "1.beta"):
        demand(
            name in found and found[name] < 1e-6,
            f"check_gradients says {found.get(name)} for {name} of Dense, BatchNorm.",
        )
    identical("parameters and running statistics", weights_of(model), before, "check_gradients leaves them changed")


ITEMS = tuple(ask.items)
