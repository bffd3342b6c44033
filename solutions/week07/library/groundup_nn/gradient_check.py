"""Gradient checks: is what backward computes the slope of what forward computes? Numbers decide."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from groundup_nn.losses import Loss

if TYPE_CHECKING:
    from groundup_nn.models import Sequential


ROUNDING = 1e-9


def numerical_gradient(f: Callable[[np.ndarray], float], x: np.ndarray, h: float = 1e-5) -> np.ndarray:
    """The slope of f at x by central differences, (f(x + h) - f(x - h)) / (2 h) for each entry; the shape of x.

    x must be float64, and is as before when this returns.
    """
    gradient = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        middle = x[place]
        x[place] = middle + h
        above = f(x)
        x[place] = middle - h
        below = f(x)
        x[place] = middle
        gradient[place] = (above - below) / (2 * h)
    return gradient


def relative_error(a: np.ndarray, b: np.ndarray) -> float:
    """The largest |a - b| divided by the largest entry of either in size; 0 when both are all 0.

    Raises ValueError when the shapes differ.
    """
    a, b = np.asarray(a), np.asarray(b)
    if a.shape != b.shape:
        raise ValueError(f"arrays of different shapes cannot be compared: {a.shape} and {b.shape}")
    scale = max(np.abs(a).max(initial=0), np.abs(b).max(initial=0))
    return float(np.abs(a - b).max(initial=0) / scale) if scale else 0.0


def check_gradients(
    model: Sequential, loss: Loss, X: np.ndarray, y: np.ndarray, h: float = 1e-5, training: bool = False
) -> dict[str, float]:
    """The relative error of backward for the input and each parameter: {"X": ..., "0.W": ..., "0.b": ...}.

    Below 1e-6 is right. Only few rows and small layers: it runs the model twice for each number in them.
    Raises ValueError for a model that does not compute in float64: rounding would hide mistakes.
    """
    arrays = {
        f"{place}.{name}": (layer.params[name], layer.grads[name])
        for place, layer in enumerate(model.layers)
        for name in layer.params
    }
    for name, (w, _) in arrays.items():
        if w.dtype != np.float64:
            raise ValueError(f"gradients are checked in float64, but {name} is {w.dtype}: use dtype=np.float64")
    X = np.array(X, np.float64)
    states = [{name: values.copy() for name, values in layer.state.items()} for layer in model.layers]

    def value(_: np.ndarray) -> float:
        return loss.forward(model.forward(X, training), y)

    value(X)
    dX = model.backward(loss.backward()).copy()
    analytic = {"X": (X, dX), **{name: (w, g.copy()) for name, (w, g) in arrays.items()}}
    errors = {}
    for name, (w, g) in analytic.items():
        numerical = numerical_gradient(value, w, h)
        # Where the slope is 0, as for a bias before batch norm, both are rounding: far below 1e-9, and without meaning.
        errors[name] = relative_error(g, numerical) if np.abs(g - numerical).max() > ROUNDING else 0.0
    for layer, state in zip(model.layers, states, strict=True):
        for name, values in state.items():
            layer.state[name][...] = values
    return errors
