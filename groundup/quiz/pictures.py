"""The pictures that questions show, by name. Their alt text tells what is needed to answer, never the answer."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from groundup import plots


def rising_boundary() -> plots.Picture:
    """The boundary of one perceptron, with the origin in sight."""
    X = np.array([[1, -1], [2, 1], [0, -2], [-1, -2], [3, 2], [-2, 1], [0, 3], [-1, 2], [1, 3], [-3, -1.0]])
    y = np.array([1, 1, 1, 1, 1, 0, 0, 0, 0, 0])
    picture = plots.decision_boundary(
        lambda at: (at[:, 0] - at[:, 1] + 1 >= 0) * 1, X, y, title="What one perceptron says"
    )
    axes = picture.axes[0]
    axes.axhline(0, color=plots.picture.GRAY, linewidth=0.9, zorder=1)
    axes.axvline(0, color=plots.picture.GRAY, linewidth=0.9, zorder=1)
    picture.alt = (
        "What one perceptron says. The plane with x1 across and x2 up. The boundary is a straight line that rises from "
        "left to right: it crosses the x1 axis at −1 and the x2 axis at 1. Below and right of it, where the origin is, "
        "lie the 5 points of class 1. Above and left of it lie the 5 points of class 0."
    )
    return picture


def three_slopes() -> plots.Picture:
    """The slopes of ReLU, tanh and sigmoid, without their names."""
    return plots.functions(
        {
            "curve 1": lambda z: np.where(z > 0, 1.0, 0.0),
            "curve 2": lambda z: 1 - np.tanh(z) ** 2,
            "curve 3": lambda z: 0.25 / np.cosh(z / 2) ** 2,
        },
        title="The slopes of three activations",
        y_label="slope f′(z)",
    )


def three_four_two() -> plots.Picture:
    """A network with 3 inputs, 4 hidden neurons and 2 outputs."""
    return plots.network([3, 4, 2], title="Three inputs, four hidden neurons, two outputs")


PICTURES: dict[str, Callable[[], plots.Picture]] = {
    "rising-boundary": rising_boundary,
    "three-slopes": three_slopes,
    "three-four-two": three_four_two,
}
