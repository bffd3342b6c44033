"""What a classifier says about the plane: asked on a grid and at the points, then told in words.

In: a predict function, points `X` of shape (n, 2), their classes `y` of shape (n,). Out: an `Answer` with the
class of every place, and a sentence about the boundary for the alt text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from groundup.plots.picture import counted, number, numeric

Array = npt.NDArray[Any]
Predict = Callable[[Array], npt.ArrayLike]


@dataclass(frozen=True)
class Plane:
    """The grid on which a predict function is asked: `side` by `side` places."""

    xs: Array
    ys: Array

    @classmethod
    def around(cls, X: Array, side: int) -> Plane:
        low, high = X.min(axis=0), X.max(axis=0)
        pad = np.where(high > low, 0.2 * (high - low), 0.5)
        return cls(*np.linspace(low - pad, high + pad, side).T)

    @property
    def extent(self) -> tuple[float, float, float, float]:
        return self.xs[0], self.xs[-1], self.ys[0], self.ys[-1]

    def places(self) -> Array:
        return np.stack([axis.ravel() for axis in np.meshgrid(self.xs, self.ys)], axis=1)


@dataclass(frozen=True)
class Answer:
    """What one predict function says: classes on the plane and at the points, probabilities if it gave any."""

    region: Array
    predicted: Array
    probability: Array | None


def read_points(X: npt.ArrayLike, y: npt.ArrayLike) -> tuple[Array, Array]:
    points, classes = numeric(X, "X"), numeric(y, "y")
    if points.ndim != 2 or points.shape[1] != 2 or len(points) == 0:
        raise ValueError(f"X must have shape (n, 2), one row a point; got {points.shape}")
    if classes.shape != (len(points),):
        raise ValueError(f"y must have shape ({len(points)},), one class a point; got {classes.shape}")
    if not np.isfinite(points).all():
        raise ValueError("X holds NaN or infinity, which cannot be drawn")
    if not np.array_equal(classes, np.round(classes)):
        raise ValueError("y must hold whole numbers, one class a point")
    return points.astype(float), classes.astype(int)


def _asked(predict: Predict, places: Array) -> Array:
    answer = numeric(predict(places), "what predict returns")
    if answer.shape != (len(places),):
        raise ValueError(
            f"predict must return shape (m,), one answer a point: for {len(places)} points it returned {answer.shape}"
        )
    if not np.isfinite(answer).all():
        raise ValueError("predict returned NaN or infinity")
    return answer


def ask(predict: Predict, plane: Plane, X: Array) -> Answer:
    shape = (len(plane.ys), len(plane.xs))
    on_plane, at_points = _asked(predict, plane.places()).reshape(shape), _asked(predict, X)
    whole = all(np.array_equal(part, np.round(part)) for part in (on_plane, at_points))
    if whole:
        return Answer(on_plane.astype(int), at_points.astype(int), None)
    if on_plane.min() < -1e-6 or on_plane.max() > 1 + 1e-6:
        span = f"{number(on_plane.min())} to {number(on_plane.max())}"
        raise ValueError(f"predict must return classes or probabilities from 0 to 1; got values from {span}")
    return Answer((on_plane >= 0.5).astype(int), (at_points >= 0.5).astype(int), on_plane)


def _border(plane: Plane, region: Array) -> list[tuple[float, float]]:
    """Where the classes change along the frame of the plane, once around."""
    xs, ys = plane.xs, plane.ys
    ring = [*region[0], *region[1:, -1], *region[-1, -2::-1], *region[-2:0:-1, 0]]
    around = np.array(
        [(x, ys[0]) for x in xs]
        + [(xs[-1], y) for y in ys[1:]]
        + [(x, ys[-1]) for x in xs[-2::-1]]
        + [(xs[0], y) for y in ys[-2:0:-1]]
    )
    values = np.array(ring)
    changes = np.flatnonzero(values != np.roll(values, -1))
    middles = (around + np.roll(around, -1, axis=0)) / 2
    return sorted((float(x), float(y)) for x, y in middles[changes])


def told(plane: Plane, answer: Answer, y: Array, classes: list[int], names: list[str]) -> str:
    """The facts of one panel in words."""
    wrong = int((answer.predicted != y).sum())
    verb = "lies" if wrong == 1 else "lie"
    facts = f"{wrong} of {counted(len(y), 'point')} {verb} on the wrong side"
    if (answer.region == answer.region[0, 0]).all():
        only = names[classes.index(int(answer.region[0, 0]))]
        return f"No boundary is in view: every place is predicted {only}; {facts}"
    crossings = _border(plane, answer.region)
    if len(crossings) == 2:
        ends = " to ".join(f"({number(x, 2)}, {number(y, 2)})" for x, y in crossings)
        return f"The boundary runs from {ends}; {facts}"
    shares = [
        f"{number(round(100 * float((answer.region == each).mean())))} % {name}"
        for each, name in zip(classes, names, strict=True)
    ]
    return f"The boundary bends: of the plane shown, {' and '.join(shares)}; {facts}"
