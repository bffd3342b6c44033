# Made by `groundup build` (7b9dfc40). From here on it is yours: change what you like.
"""Gradient checks: is what backward computes the slope of what forward computes? Numbers decide."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from my_nn_library.losses import Loss

if TYPE_CHECKING:
    from my_nn_library.models import Sequential


ROUNDING = 1e-9


def numerical_gradient(f: Callable[[np.ndarray], float], x: np.ndarray, h: float = 1e-5) -> np.ndarray:
    """The slope of f at x by central differences, (f(x + h) - f(x - h)) / (2 h) for each entry; the shape of x.

    x must be float64, and is as before when this returns.
    """
    raise NotImplementedError("numerical_gradient is not written yet")


def relative_error(a: np.ndarray, b: np.ndarray) -> float:
    """The largest |a - b| divided by the largest entry of either in size; 0 when both are all 0.

    Raises ValueError when the shapes differ.
    """
    raise NotImplementedError("relative_error is not written yet")


def check_gradients(
    model: Sequential, loss: Loss, X: np.ndarray, y: np.ndarray, h: float = 1e-5, training: bool = False
) -> dict[str, float]:
    """The relative error of backward for the input and each parameter: {"X": ..., "0.W": ..., "0.b": ...}.

    Below 1e-6 is right. Only few rows and small layers: it runs the model twice for each number in them.
    Raises ValueError for a model that does not compute in float64: rounding would hide mistakes.
    """
    raise NotImplementedError("check_gradients is not written yet")
