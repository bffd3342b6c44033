"""Questions about ReLU, Sigmoid, Tanh and Softmax: values, slopes, and silence at inputs of any size."""

from __future__ import annotations

from typing import Any

import numpy as np

from groundup.library_check.item import Library
from groundup.library_check.items.asking import Array, Group
from groundup.library_check.items.cases import Case, Parameters, ask_all, forward
from groundup.library_check.items.judging import Mistakes, compare, demand, kept, quiet, refuses

ask = Group("activations")
SHAPES = ((4, 3), (1, 3), (5, 1), (7,), (2, 3, 1, 4))


def _setups(name: str, shapes: tuple[tuple[int, ...], ...] = SHAPES) -> tuple[Any, ...]:
    return tuple((lambda library, dtype: getattr(library.activations, name)(), shape) for shape in shapes)


def _relu_values(X: Array, parameters: Parameters) -> Mistakes:
    return {
        "negative numbers come through: this is the absolute value": np.abs(X),
        "the output is the mask, 0 and 1: multiply it by X": (X > 0) * 1.0,
        "negative numbers are kept, positive ones are cut off": np.minimum(X, 0),
        "negative numbers leak through with a slope of 0.01": np.where(X > 0, X, 0.01 * X),
    }


def _relu_gradients(X: Array, Y: Array, dout: Array, parameters: Parameters) -> dict[str, Mistakes]:
    return {
        "X": {
            "the mask is taken from the gradient; it belongs to the input of forward": dout * (dout > 0),
            "the mask is turned around": dout * (X < 0),
            "only the slope comes back: multiply it by dout": (X > 0) * 1.0,
            "dout is multiplied by the output, not by the slope": dout * Y,
        }
    }


def _sigmoid_values(X: Array, parameters: Parameters) -> Mistakes:
    return {
        "the sign of the exponent is turned around: sigmoid(x) = 1 / (1 + exp(-x))": 1 / (1 + np.exp(X)),
        "this is tanh": np.tanh(X),
    }


def _sigmoid_gradients(X: Array, Y: Array, dout: Array, parameters: Parameters) -> dict[str, Mistakes]:
    twice = 1 / (1 + np.exp(-Y))
    return {
        "X": {
            "the slope is the output alone; it is s * (1 - s)": dout * Y,
            "the slope is 1 - s alone; it is s * (1 - s)": dout * (1 - Y),
            "only the slope comes back: multiply it by dout": Y * (1 - Y),
            "the slope is x * (1 - x) of the input; it is s * (1 - s) of the output": dout * X * (1 - X),
            "the slope is taken from the sigmoid of the output: sigmoid is applied twice": dout * twice * (1 - twice),
        }
    }


def _tanh_gradients(X: Array, Y: Array, dout: Array, parameters: Parameters) -> dict[str, Mistakes]:
    return {
        "X": {
            "the slope is 1 - t; it is 1 - t**2": dout * (1 - Y),
            "the slope is 1 - x**2 of the input; it is 1 - t**2 of the output": dout * (1 - X**2),
            "the slope is that of sigmoid, t * (1 - t); it is 1 - t**2": dout * Y * (1 - Y),
            "only the slope comes back: multiply it by dout": 1 - Y**2,
        }
    }


def _softmax_values(X: Array, parameters: Parameters) -> Mistakes:
    powers = np.exp(X)
    return {
        "it is normalized over the batch; each row sums to 1": powers / powers.sum(axis=0),
        "it is normalized over all entries together; each row sums to 1": powers / powers.sum(),
        "these are the logarithms of the probabilities": X - np.log(powers.sum(axis=-1, keepdims=True)),
        "it is not normalized: divide by the sum of the row": powers,
    }


def _softmax_gradients(X: Array, Y: Array, dout: Array, parameters: Parameters) -> dict[str, Mistakes]:
    return {
        "X": {
            "it holds p * (1 - p) alone: each probability depends on every logit of its row": dout * Y * (1 - Y),
            "it holds p * dout alone: the term with the sum over the row is missing": dout * Y,
            "the sum runs over the batch; it runs over the row": Y * (dout - (Y * dout).sum(axis=0)),
        }
    }


def _torch(name: str) -> Any:
    def truth(X: Any, parameters: Any) -> Any:
        import torch

        return getattr(torch, name)(X)

    return truth


def _softmax_truth(X: Any, parameters: Any) -> Any:
    return X.softmax(dim=-1)


CASES = (
    Case("ReLU", _setups("ReLU"), _torch("relu"), _relu_values, _relu_gradients),
    Case("Sigmoid", _setups("Sigmoid"), _torch("sigmoid"), _sigmoid_values, _sigmoid_gradients),
    Case("Tanh", _setups("Tanh"), _torch("tanh"), gradients=_tanh_gradients),
    Case(
        "Softmax",
        _setups("Softmax", ((4, 3), (1, 3), (5, 2), (2, 1))),
        _softmax_truth,
        _softmax_values,
        _softmax_gradients,
    ),
)
for case in CASES:
    ask_all(ask, case)


@ask("ReLU.zero", "the slope at 0 is 0")
def relu_at_zero(library: Library) -> None:
    layer = library.activations.ReLU()
    layer.forward(np.array([[-1.0, 0.0, 2.0]]), training=True)
    compare(
        "the gradient of ReLU at the inputs -1, 0, 2",
        kept("what ReLU.backward returns", layer.backward(np.ones((1, 3)))),
        np.array([[0.0, 0.0, 1.0]]),
        mistakes={
            "the slope at 0 is 1: the contract wants 0 there": np.array([[0.0, 1.0, 1.0]]),
            "the mask is taken from the gradient; it belongs to the input of forward": np.ones((1, 3)),
        },
    )


LARGE = np.array([[-1000.0, 0.5, 1000.0], [1000.0, 1000.0, 1000.0], [-1000.0, -1000.0, -1000.0]])
THIRD = 1 / 3
AT_LARGE = {
    "ReLU": [[0, 0.5, 1000], [1000] * 3, [0] * 3],
    "Sigmoid": [[0, 1 / (1 + np.exp(-0.5)), 1], [1] * 3, [0] * 3],
    "Tanh": [[-1, np.tanh(0.5), 1], [1] * 3, [-1] * 3],
    "Softmax": [[0, 0, 1], [THIRD] * 3, [THIRD] * 3],
}


@ask.each(CASES, "large", "inputs of ±1000 give the right values and gradients, without a warning")
def large_inputs(case: Case, library: Library) -> None:
    for dtype in (np.float64, np.float32):
        layer = getattr(library.activations, case.name)()
        with quiet(f"{case.name} at inputs of ±1000 in {np.dtype(dtype)}"):
            Y = forward(case, layer, LARGE.astype(dtype))
            dX = kept(f"what {case.name}.backward returns", layer.backward(np.ones_like(Y)))
        what = f"the output of {case.name} at inputs of ±1000 in {np.dtype(dtype)}"
        compare(what, Y, np.array(AT_LARGE[case.name], dtype=float), 1e-6)
        demand(np.all(np.isfinite(dX)), f"the gradient of {case.name} at inputs of ±1000 is not finite: {dX}.")


@ask.each(CASES, "refuses", "a dout of another shape, and backward before forward, are refused by name")
def refusals(case: Case, library: Library) -> None:
    make = getattr(library.activations, case.name)
    refuses(f"{case.name}.backward before forward", RuntimeError, lambda: make().backward(np.ones((2, 3))))
    layer = make()
    layer.forward(np.ones((4, 3)), training=True)
    for shape in ((4, 2), (3, 3), (1, 3), (12,)):
        call = lambda: layer.backward(np.ones(shape))  # noqa: B023, E731
        refuses(f"{case.name}.backward with a dout {shape} after an output (4, 3)", ValueError, call, shape)


@ask.each(CASES, "parameters", "they have no parameters: params, grads and state are empty")
def no_parameters(case: Case, library: Library) -> None:
    layer = getattr(library.activations, case.name)()
    for name in ("params", "grads", "state"):
        held = getattr(layer, name, None)
        demand(isinstance(held, dict) and not held, f"{case.name}.{name} is {held!r}, wanted an empty dictionary.")


ITEMS = tuple(ask.items)
