# Made by `groundup build` (79ee4e91). From here on it is yours: change what you like.
"""Optimizers: how gradients change parameters. All take lists of arrays, and change the parameters in place.

A model hands over all its parameters as one long vector, so a step is a dozen NumPy calls however many layers
there are.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

SWEEP_EVERY = 128
TINY = 1e-30


class Optimizer:
    """What all optimizers have in common: the lists are looked over, decay is added, what is remembered is kept.

    learning_rate above 0, and may be set between steps; weight_decay (L2) adds weight_decay * w to each gradient.
    """

    def __init__(self, learning_rate: float, weight_decay: float = 0.0) -> None:
        raise NotImplementedError("Optimizer.__init__ is not written yet")

    def step(self, params: Sequence[np.ndarray], grads: Sequence[np.ndarray]) -> None:
        """Change each array of params by its gradient of the same shape in grads.

        Raises ValueError when the lists do not match, or do not match those of the first step.
        """
        raise NotImplementedError("Optimizer.step is not written yet")


class SGD(Optimizer):
    """w -= learning_rate * g."""

    def __init__(self, learning_rate: float = 0.01, weight_decay: float = 0.0) -> None:
        raise NotImplementedError("SGD.__init__ is not written yet")


class Momentum(Optimizer):
    """v = momentum * v + g; w -= learning_rate * v."""

    def __init__(self, learning_rate: float = 0.01, momentum: float = 0.9, weight_decay: float = 0.0) -> None:
        raise NotImplementedError("Momentum.__init__ is not written yet")


class RMSProp(Optimizer):
    """s = decay * s + (1 - decay) * g**2; w -= learning_rate * g / (sqrt(s) + epsilon). Hinton, 2012."""

    def __init__(
        self, learning_rate: float = 0.001, decay: float = 0.99, epsilon: float = 1e-8, weight_decay: float = 0.0
    ) -> None:
        raise NotImplementedError("RMSProp.__init__ is not written yet")


class Adam(Optimizer):
    """m = beta1 * m + (1 - beta1) * g; s = beta2 * s + (1 - beta2) * g**2; then, with both divided by what they
    still lack of their full size, w -= learning_rate * m / (sqrt(s) + epsilon). Kingma and Ba, 2015.
    """

    def __init__(
        self,
        learning_rate: float = 0.001,
        beta1: float = 0.9,
        beta2: float = 0.999,
        epsilon: float = 1e-8,
        weight_decay: float = 0.0,
    ) -> None:
        raise NotImplementedError("Adam.__init__ is not written yet")
