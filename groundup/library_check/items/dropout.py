"""Questions about Dropout. Its mask is read off its output, so no stream of random numbers is asked for."""

from __future__ import annotations

from typing import Any

import numpy as np

from groundup.library_check.item import Library
from groundup.library_check.items.asking import Array, Group, away_from_zero, generator, global_randomness
from groundup.library_check.items.judging import compare, demand, has_dtype, identical, kept, refuses

ask = Group("layers")


def dropped(library: Library, p: float, X: Array, seed: int = 0) -> tuple[Any, Array]:
    """A Dropout layer after a training batch, and its output."""
    layer = library.layers.Dropout(p, generator(seed))
    return layer, kept("what Dropout.forward returns", layer.forward(X, training=True))


@ask("Dropout.values", "in training each entry is 0 with probability p, else divided by 1 - p")
def dropout_values(library: Library) -> None:
    for dtype in (np.float64, np.float32):
        for p in (0.2, 0.75):
            X = away_from_zero((100, 200), dtype=dtype)
            _, Y = dropped(library, p, X)
            demand(Y.shape == X.shape, f"the output of Dropout has shape {Y.shape}, wanted {X.shape}, that of X.")
            has_dtype(f"the output of Dropout for {np.dtype(dtype)}", Y, dtype)
            share = float(np.mean(Y == 0))
            known = {
                "p is taken for the probability to keep; it is the probability to drop": 1 - p,
                "nothing is dropped in training": 0.0,
            }
            compare(f"the share of zeros of Dropout({p}) in training", share, p, 0.015, known)
            alive = Y != 0
            compare(
                f"what Dropout({p}) keeps, divided by X",
                Y[alive] / X[alive],
                np.full(int(alive.sum()), 1 / (1 - p)),
                1e-5,
                {
                    "dropout does not divide by 1 - p": np.ones(int(alive.sum())),
                    "it divides by p; what is kept is divided by 1 - p": np.full(int(alive.sum()), 1 / p),
                    "it multiplies by 1 - p; what is kept is divided by it": np.full(int(alive.sum()), 1 - p),
                },
            )
            whole = np.all(Y == 0, axis=0).any() or np.all(Y == 0, axis=1).any()
            demand(not whole, f"Dropout({p}) drops whole rows or columns; each entry is drawn for itself.")
    for shape in ((1, 1), (7,), (2, 3, 4, 5)):
        _, Y = dropped(library, 0.0, np.ones(shape))
        compare("the output of Dropout(0.0) in training", Y, np.ones(shape))


@ask("Dropout.evaluation", "outside training the output equals X, and so does the gradient equal dout")
def dropout_evaluation(library: Library) -> None:
    X = away_from_zero((20, 30))
    layer = library.layers.Dropout(0.5, generator())
    for options in ({"training": False}, {}):
        Y = kept("what Dropout.forward returns", layer.forward(X, **options))
        demand(not np.any((Y == 0) & (X != 0)), "dropout is active outside training.")
        compare(
            "the output of Dropout(0.5) outside training",
            Y,
            X,
            0.0,
            {"it is scaled by 1 - p outside training: the scale belongs to training alone": X * 0.5},
        )
    layer.forward(X, training=True)
    layer.forward(X, training=False)
    dout = away_from_zero(X.shape, seed=3)
    given = kept("what Dropout.backward returns", layer.backward(dout.copy()))
    demand(
        not np.any((given == 0) & (dout != 0)),
        "backward after a forward outside training uses the mask of an earlier training batch.",
    )
    compare("the gradient by X of Dropout(0.5) outside training", given, dout)


@ask("Dropout.gradient", "the gradient goes through the mask of the last forward, and is scaled like it")
def dropout_gradient(library: Library) -> None:
    for shape in ((20, 30), (1, 5), (9,), (2, 3, 4, 5)):
        X = away_from_zero(shape)
        layer = library.layers.Dropout(0.4, generator())
        layer.forward(away_from_zero((3, 2)), training=True)
        Y = kept("what Dropout.forward returns", layer.forward(X, training=True))
        dout = away_from_zero(shape, seed=3)
        alive = Y != 0
        once = kept("what Dropout.backward returns", layer.backward(dout.copy()))
        again = kept("what Dropout.backward returns", layer.backward(dout.copy()))
        known = {
            "the mask is applied without the division by 1 - p": dout * alive,
            "the mask is not applied": dout,
            "the scale 1 / (1 - p) is applied without the mask": dout / 0.6,
            "only the mask comes back: multiply it by dout": alive / 0.6,
            "dout is multiplied by the output; it is multiplied by the mask": dout * Y,
        }
        what = f"the gradient by X of Dropout(0.4) for an input {shape}"
        if alive.any() and not np.array_equal(once == 0, ~alive) and np.any(once == 0):
            demand(False, f"{what}: backward draws a mask of its own; it uses the one of forward.")
        compare(what, once, dout * alive / 0.6, 1e-9, known)
        compare(f"{what}, backward a second time", again, once, 0.0)


@ask("Dropout.seed", "the mask comes from the rng: the same seed gives the same, the next batch another")
def dropout_seed(library: Library) -> None:
    X = np.ones((20, 30))
    before = global_randomness()
    layer, first = dropped(library, 0.5, X, seed=1)
    identical("two Dropout layers from the same seed", dropped(library, 0.5, X, seed=1)[1], first, "their masks differ")
    demand(not np.array_equal(dropped(library, 0.5, X, seed=2)[1], first), "Dropout has the same mask for every seed.")
    following = kept("what Dropout.forward returns", layer.forward(X, training=True))
    demand(not np.array_equal(following, first), "Dropout has the same mask in every batch; draw a new one each time.")
    identical("np.random's own state", global_randomness(), before, "Dropout draws from it, not from its rng")


@ask("Dropout.arguments", "X and dout stay as they are, and it has no parameters")
def dropout_arguments(library: Library) -> None:
    for training in (True, False):
        X, dout = away_from_zero((4, 5)), away_from_zero((4, 5), seed=3)
        layer = library.layers.Dropout(0.5, generator())
        layer.forward(X, training=training)
        layer.backward(dout)
        demand(np.array_equal(X, away_from_zero((4, 5))), "Dropout changes the X it is given.")
        demand(np.array_equal(dout, away_from_zero((4, 5), seed=3)), "Dropout.backward changes the dout it is given.")
    demand(
        not layer.params and not layer.state, "Dropout has entries in params or state; it has nothing to train or save."
    )


@ask(
    "Dropout.refuses",
    "p outside [0, 1), no Generator, a dout of another shape, backward before forward: refused by name",
)
def dropout_refuses(library: Library) -> None:
    make = library.layers.Dropout
    refuses("Dropout(1.0)", ValueError, lambda: make(1.0, generator()), 1)
    refuses("Dropout(-0.1)", ValueError, lambda: make(-0.1, generator()), -0.1)
    refuses("Dropout with rng=42", TypeError, lambda: make(0.5, 42), 42)
    refuses("Dropout.backward before forward", RuntimeError, lambda: make(0.5, generator()).backward(np.ones((2, 3))))
    layer, _ = dropped(library, 0.5, np.ones((4, 3)))
    what = "Dropout.backward with a dout (4, 1) after an output (4, 3)"
    refuses(what, ValueError, lambda: layer.backward(np.ones((4, 1))), (4, 1))


ITEMS = tuple(ask.items)
