# Made by `groundup build` (a03f02ee). From here on it is yours: change what you like.
"""Neural networks in pure NumPy. `models.Sequential` puts `layers` and `activations` in a row and trains them with a
loss of `losses` and an optimizer of `optimizers`; the other modules look on, or prepare the data.
"""

from my_nn_library import (
    activations,
    callbacks,
    data,
    gradient_check,
    layers,
    losses,
    metrics,
    models,
    optimizers,
    visualization,
)

__all__ = [
    "activations",
    "callbacks",
    "data",
    "gradient_check",
    "layers",
    "losses",
    "metrics",
    "models",
    "optimizers",
    "visualization",
]
