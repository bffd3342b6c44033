"""Data that is made on the spot: logic gates, moons, spirals, a noisy sine.

In: how many points, how much noise, and a `numpy.random.Generator`, the only source of randomness.
Out: `X` with one row a point, and labels or targets. The same generator state gives the same points.
"""

import math
import operator

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Labels = NDArray[np.int64]

# The last column of each truth table, for the inputs (0, 0), (0, 1), (1, 0), (1, 1).
GATES: dict[str, tuple[int, int, int, int]] = {
    "and": (0, 0, 0, 1),
    "or": (0, 1, 1, 1),
    "nand": (1, 1, 1, 0),
    "nor": (1, 0, 0, 0),
    "xor": (0, 1, 1, 0),
    "xnor": (1, 0, 0, 1),
}


def gates(name: str) -> tuple[Points, Labels]:
    """Return the truth table of a logic gate, rows in the order (0, 0), (0, 1), (1, 0), (1, 1).

    Returns `X (4, 2)` float64 and `y (4,)` int64. `name` is "and", "or", "nand", "nor", "xor" or "xnor",
    in capitals or not. Raises ValueError for another name.
    """
    key = name.lower()
    if key not in GATES:
        raise ValueError(f"There is no gate {name!r}. The gates are: {', '.join(GATES)}.")
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=np.float64)
    return X, np.array(GATES[key], dtype=np.int64)


def moons(n: int, noise: float, rng: np.random.Generator) -> tuple[Points, Labels]:
    """Make two half circles that reach into each other: no straight line separates them.

    Class 0 is the upper half of the circle around (0, 0), class 1 the lower half of the circle around
    (1, 0.5); both have radius 1. `noise` is the standard deviation added to each coordinate.
    Returns `X (n, 2)` float64 and `y (n,)` int64, rows shuffled, classes as equal as `n` allows.
    Raises ValueError for `n` below 2 or a negative noise, TypeError when `rng` is not a generator.
    """
    check_request(n, 2, noise, rng)
    upper, lower = (np.linspace(0.0, math.pi, count) for count in class_sizes(n, 2))
    arcs = [
        np.column_stack([np.cos(upper), np.sin(upper)]),
        np.column_stack([1.0 - np.cos(lower), 0.5 - np.sin(lower)]),
    ]
    return blur_and_shuffle(arcs, noise, rng)


def spirals(n: int, arms: int, noise: float, rng: np.random.Generator) -> tuple[Points, Labels]:
    """Make spiral arms that wind one full turn around the origin, one class an arm.

    An arm runs from radius 0.1 to radius 1. `noise` is the standard deviation added to each coordinate.
    Returns `X (n, 2)` float64 and `y (n,)` int64 with labels 0 .. arms - 1, rows shuffled, classes as
    equal as `n` allows. Raises ValueError for fewer than 2 arms, for `n` below `arms` or a negative noise,
    TypeError when `rng` is not a generator.
    """
    if operator.index(arms) < 2:
        raise ValueError(f"A spiral needs at least 2 arms, one a class; got arms={arms}.")
    check_request(n, arms, noise, rng)
    curves = []
    for arm, count in enumerate(class_sizes(n, arms)):
        along = np.linspace(0.0, 1.0, count)
        radius = 0.1 + 0.9 * along
        angle = 2.0 * math.pi * (along + arm / arms)
        curves.append(np.column_stack([radius * np.cos(angle), radius * np.sin(angle)]))
    return blur_and_shuffle(curves, noise, rng)


def sine(n: int, noise: float, rng: np.random.Generator) -> tuple[Points, Points]:
    """Make points of a noisy sine: inputs drawn evenly from [-pi, pi], targets sin(x) plus noise.

    `noise` is the standard deviation of what is added to the targets. Returns `X (n, 1)` float64 and
    `targets (n, 1)` float64, not sorted. Raises ValueError for `n` below 1 or a negative noise, TypeError
    when `rng` is not a generator.
    """
    check_request(n, 1, noise, rng)
    X = rng.uniform(-math.pi, math.pi, size=(n, 1))
    return X, np.sin(X) + rng.normal(0.0, noise, size=(n, 1))


def check_request(n: int, fewest: int, noise: float, rng: np.random.Generator) -> None:
    """Raise ValueError or TypeError, in plain words, for what no data can be made from."""
    if operator.index(n) < fewest:
        raise ValueError(f"n must be at least {fewest}, so that no class is empty; got n={n}.")
    if not (math.isfinite(noise) and noise >= 0):
        raise ValueError(f"noise is a standard deviation, 0 or more; got noise={noise}.")
    if not isinstance(rng, np.random.Generator):
        raise TypeError(f"rng must be a generator such as np.random.default_rng(0); got {rng!r}.")


def class_sizes(n: int, classes: int) -> list[int]:
    """Share `n` points out over the classes; the first classes take what does not divide evenly."""
    return [n // classes + (label < n % classes) for label in range(classes)]


def blur_and_shuffle(curves: list[Points], noise: float, rng: np.random.Generator) -> tuple[Points, Labels]:
    """Join one `(count, 2)` curve a class into `X (n, 2)` and `y (n,)`, add noise, shuffle the rows."""
    X = np.concatenate(curves)
    y = np.repeat(np.arange(len(curves), dtype=np.int64), [len(curve) for curve in curves])
    X = X + rng.normal(0.0, noise, size=X.shape)
    order = rng.permutation(len(X))
    return X[order], y[order]
