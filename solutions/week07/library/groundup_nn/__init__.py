"""Neural networks in pure NumPy. `models.Sequential` puts `layers` and `activations` in a row and trains them with a
loss of `losses` and an optimizer of `optimizers`; the other modules look on, or prepare the data.
"""

from groundup_nn import (
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
