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


def two_uses() -> plots.Picture:
    """A graph in which the value `a` is used in two places."""
    return plots.computation_graph(
        {"a": "a = 2", "b": "b = -3", "c": "c = a * b\n= -6", "d": "d = a ** 2\n= 4", "L": "L = c + d\n= -2"},
        [("a", "c"), ("b", "c"), ("a", "d"), ("c", "L"), ("d", "L")],
        title="One value, two uses",
    )


def two_curves() -> plots.Picture:
    """A training loss that falls to the end, and a validation loss that turns around."""
    epoch = np.arange(1, 41)
    training = 2.2 * np.exp(-epoch / 7.0)
    turning = 0.32 + 1.9 * np.exp(-epoch / 4.0) + 0.55 * np.log1p(np.exp((epoch - 22) / 6.0))
    return plots.lines(
        {"training": training, "validation": turning},
        title="The loss on training and on validation rows",
        x_label="epoch",
        y_label="loss",
    )


def three_animals() -> plots.Picture:
    """The counts of a classifier of three animals."""
    counts = np.array([[8, 1, 1], [2, 7, 3], [0, 2, 6]])
    names = ["cat", "dog", "fox"]
    picture = plots.confusion_matrix(counts, names, title="Thirty animals, as they were answered")
    rows = [f"true {name}: {', '.join(map(str, row))}" for name, row in zip(names, counts, strict=True)]
    picture.alt = (
        "Thirty animals, as they were answered. Confusion matrix; rows are the true classes, columns the answers, both "
        f"in the order cat, dog, fox. {'. '.join(rows)}."
    )
    return picture


def three_rates() -> plots.Picture:
    """Gradient descent on (x² + 25 y²) / 2 from (1, 1), with three learning rates."""
    curvature = np.array([1.0, 25.0])
    losses = {}
    for rate in (0.01, 0.06, 0.085):
        distance = (1 - rate * curvature) ** np.arange(21)[:, None]
        losses[f"learning rate {rate}"] = 0.5 * (curvature * distance**2).sum(axis=1)
    return plots.lines(
        losses, title="Three learning rates in one ravine", x_label="step", y_label="loss", x=range(21), y_scale="log"
    )


PICTURES: dict[str, Callable[[], plots.Picture]] = {
    "rising-boundary": rising_boundary,
    "three-slopes": three_slopes,
    "three-four-two": three_four_two,
    "two-uses": two_uses,
    "two-curves": two_curves,
    "three-animals": three_animals,
    "three-rates": three_rates,
}
