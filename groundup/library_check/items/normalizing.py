"""Questions about BatchNorm: values, gradients and running statistics, in training and outside."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from groundup.library_check.item import Library
from groundup.library_check.items.asking import BOTH, Array, Group, away_from_zero
from groundup.library_check.items.cases import Case, Parameters, ask_all, check_gradient
from groundup.library_check.items.judging import Mistakes, compare, demand, has_dtype, identical, kept, refuses

ask = Group("layers")
EPSILON = 0.1
"""Large, so that its place under the root can be told from other places."""


def batch_norm(library: Library, dtype: Any) -> Any:
    """A BatchNorm layer over three features."""
    return library.layers.BatchNorm(3, momentum=0.3, epsilon=EPSILON, dtype=dtype)


def used_batch_norm(library: Library, dtype: Any) -> Any:
    """A BatchNorm layer that has seen other batches: its running statistics are not 0 and 1."""
    layer = batch_norm(library, dtype)
    for name, values in (("running_mean", [0.5, -0.2, 0.1]), ("running_var", [0.5, 2.0, 1.3])):
        demand(name in layer.state, f"BatchNorm.state has no {name!r}: it holds {sorted(layer.state)}.")
        layer.state[name][...] = values
    return layer


def _training_truth(X: Any, p: Any) -> Any:
    import torch

    rows = X.reshape(-1, 3)
    if len(rows) == 1:
        return (0 * rows + p["beta"]).reshape(X.shape)
    normal = torch.nn.functional.batch_norm(rows, None, None, p["gamma"], p["beta"], training=True, eps=EPSILON)
    return normal.reshape(X.shape)


def _evaluation_truth(X: Any, p: Any) -> Any:
    import torch

    mean, var = (X.new_tensor(values) for values in ([0.5, -0.2, 0.1], [0.5, 2.0, 1.3]))
    rows = X.reshape(-1, 3)
    return torch.nn.functional.batch_norm(rows, mean, var, p["gamma"], p["beta"], eps=EPSILON).reshape(X.shape)


def _statistics(X: Array) -> tuple[Array, Array, int]:
    rows = X.reshape(-1, X.shape[-1])
    return rows.mean(axis=0), rows.var(axis=0), len(rows)


def _training_values(X: Array, p: Parameters) -> Mistakes:
    mean, var, n = _statistics(X)
    centered = (X - mean) * p["gamma"]
    aside = (X - [0.5, -0.2, 0.1]) * p["gamma"] / (np.array([0.5, 2.0, 1.3]) + EPSILON) ** 0.5 + p["beta"]
    known = {
        "epsilon is outside the square root": centered / (var**0.5 + EPSILON) + p["beta"],
        "the mean is not subtracted": X * p["gamma"] / (var + EPSILON) ** 0.5 + p["beta"],
        "it divides by the variance: the square root is missing": centered / (var + EPSILON) + p["beta"],
        "beta is not added": centered / (var + EPSILON) ** 0.5,
        "gamma is not multiplied in": centered / p["gamma"] / (var + EPSILON) ** 0.5 + p["beta"],
        "it uses running statistics in training; they are for the time after": aside,
    }  # fmt: skip
    if n > 1:
        known["the variance divides by n - 1; in the output it divides by n"] = (
            centered / (var * n / (n - 1) + EPSILON) ** 0.5 + p["beta"]
        )
    return known


def _evaluation_values(X: Array, p: Parameters) -> Mistakes:
    mean, var, _ = _statistics(X)
    return {
        "batch norm uses the batch's statistics outside training": (X - mean) * p["gamma"] / (var + EPSILON) ** 0.5
        + p["beta"]
    }


def _training_gradients(X: Array, Y: Array, dout: Array, p: Parameters) -> dict[str, Mistakes]:
    _, var, _ = _statistics(X)
    flat = p["gamma"] / (var + EPSILON) ** 0.5
    axes = tuple(range(X.ndim - 1))
    return {
        "X": {
            "it ignores that mean and variance depend on X": dout * flat,
            "it ignores that the variance depends on X": (dout - dout.mean(axis=axes)) * flat,
        },
        "gamma": {
            "dout is multiplied by the output, gamma and beta included; multiply by the normalized X": (dout * Y).sum(
                axis=axes
            ),
            "dout is multiplied by X as it came; multiply by the normalized X": (dout * X).sum(axis=axes),
        },
        "beta": {"it is the mean over the batch; the loss has divided by n already": dout.mean(axis=axes)},
    }


def _evaluation_gradients(X: Array, Y: Array, dout: Array, p: Parameters) -> dict[str, Mistakes]:
    return {
        "X": {
            "it uses the formula for training: outside training mean and variance are constants": _as_in_training(
                X, dout, p
            )
        }
    }


def _as_in_training(X: Array, dout: Array, p: Parameters) -> Array:
    import torch

    leaf = torch.tensor(X, requires_grad=True)
    out = _training_truth(leaf, {name: torch.tensor(value) for name, value in p.items()})
    return np.asarray(torch.autograd.grad(out, leaf, torch.tensor(dout))[0].numpy())


SHAPES = ((6, 3), (2, 3), (2, 4, 5, 3), (1, 2, 2, 3))
AFFINE = ("gamma", "beta")
TRAINING = Case(
    "BatchNorm",
    tuple((used_batch_norm, shape) for shape in SHAPES),
    _training_truth,
    _training_values,
    _training_gradients,
    training=True,
    parameters=AFFINE,
)
EVALUATION = Case(
    "BatchNorm",
    tuple((used_batch_norm, shape) for shape in (*SHAPES, (1, 3))),
    _evaluation_truth,
    _evaluation_values,
    _evaluation_gradients,
    parameters=AFFINE,
)
ask_all(ask, TRAINING)


@ask("BatchNorm.evaluation", "outside training the running statistics are used, and stay as they are; gradients agree")
def evaluation(library: Library) -> None:
    from groundup.library_check.items.cases import check_values

    check_values(EVALUATION, library)
    check_gradient(EVALUATION, library)
    layer = used_batch_norm(library, np.float64)
    before = {name: value.copy() for name, value in layer.state.items()}
    layer.forward(away_from_zero((6, 3)), training=False)
    layer.forward(away_from_zero((6, 3)))
    for name, value in before.items():
        identical(f"BatchNorm.state[{name!r}]", layer.state[name], value, "it changes outside training")


@ask("BatchNorm.running", "running mean and variance move by momentum towards the batch's, the variance with n - 1")
def running(library: Library) -> None:
    for dtype, tol in BOTH:
        for shape in ((6, 3), (2, 4, 5, 3), (2, 3)):
            layer = used_batch_norm(library, dtype)
            X = away_from_zero(shape, dtype=dtype)
            layer.forward(X, training=True)
            mean, var, n = _statistics(X.astype(float))
            old_mean, old_var = np.array([0.5, -0.2, 0.1]), np.array([0.5, 2.0, 1.3])
            exact = var * n / (n - 1)
            for name, old, new in (("running_mean", old_mean, mean), ("running_var", old_var, exact)):
                turned = 0.3 * old + 0.7 * new
                known = {
                    "it stays as it was: forward in training does not update it": old,
                    "momentum is the wrong way round: it is the share of the new batch": turned,
                    "it is the last batch's alone": new,
                    "the batch is added, and the old value is not shrunk": old + 0.3 * new,
                }  # fmt: skip
                if name == "running_var":
                    known |= {
                        "the running variance divides by n; it divides by n - 1": 0.7 * old + 0.3 * var,
                        "it holds standard deviations; it holds variances": 0.7 * old + 0.3 * exact**0.5,
                        "epsilon is added to it": 0.7 * old + 0.3 * (exact + EPSILON),
                    }
                what = f"BatchNorm.state[{name!r}] after a training batch {shape} in {np.dtype(dtype)}"
                compare(what, kept(what, layer.state[name]), 0.7 * old + 0.3 * new, tol, known)


@ask("BatchNorm.one_row", "a training batch with one row gives beta, and leaves the running statistics alone")
def one_row(library: Library) -> None:
    layer = used_batch_norm(library, np.float64)
    layer.params["beta"][...] = beta = np.array([0.5, -1.0, 2.0])
    before = {name: value.copy() for name, value in layer.state.items()}
    for shape in ((1, 3), (1, 1, 1, 3)):
        Y = kept("what BatchNorm.forward returns", layer.forward(away_from_zero(shape), training=True))
        compare(f"the output of BatchNorm for a training batch {shape}", Y, beta.reshape(shape))
        dX = kept("what BatchNorm.backward returns", layer.backward(np.ones(shape)))
        compare(f"the gradient by X of BatchNorm for a training batch {shape}", dX, np.zeros(shape))
        for name, value in before.items():
            what = f"BatchNorm.state[{name!r}] after a training batch {shape}"
            compare(
                what, layer.state[name], value, 0.0, {"one row has no variance: it stays as it was": layer.state[name]}
            )


@ask("BatchNorm.parameters", "gamma of ones, beta of zeros, running_mean of zeros, running_var of ones, in float32")
def parameters(library: Library) -> None:
    layer = library.layers.BatchNorm(4)
    for where, wanted in (("params", {"gamma": 1, "beta": 0}), ("state", {"running_mean": 0, "running_var": 1})):
        held = getattr(layer, where)
        demand(set(held) == set(wanted), f"BatchNorm.{where} holds {sorted(held)}, wanted {sorted(wanted)}.")
        for name, value in wanted.items():
            compare(f"BatchNorm.{where}[{name!r}] at the start", held[name], np.full(4, value))
            has_dtype(f"BatchNorm.{where}[{name!r}]", held[name], np.float32)


@ask("BatchNorm.refuses", "sizes below 1, other numbers of features, a dout of another shape: refused by name")
def refusals(library: Library) -> None:
    make = library.layers.BatchNorm
    refuses("BatchNorm(0)", ValueError, lambda: make(0), 0)
    refuses("BatchNorm.backward before forward", RuntimeError, lambda: make(3).backward(np.ones((2, 3))))
    for wrong in ((5, 4), (5, 1)):
        call = partial(make(3).forward, np.ones(wrong), training=True)
        refuses(f"BatchNorm(3) with an input {wrong}", ValueError, call, wrong)
    layer = make(3)
    layer.forward(np.ones((4, 3)), training=True)
    for shape in ((2, 3), (3,)):
        call = partial(layer.backward, np.ones(shape))
        refuses(f"BatchNorm.backward with a dout {shape} after an output (4, 3)", ValueError, call, shape)


ITEMS = tuple(ask.items)
