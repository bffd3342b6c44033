"""A wrong shape or a wrong value is explained in plain words, whichever picture is asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from groundup import plots

GATES = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
OR = np.array([0, 1, 1, 1])


def AND_LINE(X: np.ndarray) -> np.ndarray:
    return (X @ np.ones(2) - 1.5 >= 0).astype(int)


IMAGE = np.zeros((2, 4, 4))
MISTAKES: dict[str, tuple[Callable[[], Any], str]] = {
    "points of three features": (
        lambda: plots.decision_boundary(AND_LINE, np.zeros((4, 3)), OR, title="t"),
        r"X must have shape \(n, 2\)",
    ),
    "a class too few": (
        lambda: plots.decision_boundary(AND_LINE, GATES, OR[:3], title="t"),
        r"y must have shape \(4,\)",
    ),
    "predict returns a column": (
        lambda: plots.decision_boundary(lambda X: AND_LINE(X)[:, None], GATES, OR, title="t"),
        "one answer a point",
    ),
    "predict returns scores": (
        lambda: plots.decision_boundary(lambda X: X.sum(axis=1) * 1.7, GATES, OR, title="t"),
        "probabilities from 0 to 1",
    ),
    "a title too few": (
        lambda: plots.boundary_steps([AND_LINE], GATES, OR, titles=[], title="t"),
        "one title a panel",
    ),
    "a table as a series": (
        lambda: plots.lines({"a": np.zeros((2, 2))}, title="t", x_label="x", y_label="y"),
        r"'a' must have shape \(n,\)",
    ),
    "x of another length": (
        lambda: plots.lines({"a": [1, 2]}, x=[1], title="t", x_label="x", y_label="y"),
        "2 values but x has 1",
    ),
    "a function that sums": (lambda: plots.functions({"f": np.sum}, title="t"), "one value for each z"),
    "a span backwards": (lambda: plots.functions({"f": np.tanh}, title="t", span=(1, -1)), "span must go"),
    "slopes of other names": (
        lambda: plots.functions({"f": np.tanh}, slopes={"g": np.tanh}, title="t"),
        "slopes must have the names",
    ),
    "words in a histogram": (lambda: plots.histogram(["a"], title="t", x_label="x"), "must hold numbers"),
    "nothing finite": (lambda: plots.histogram([np.nan], title="t", x_label="x"), "no finite number"),
    "counts not square": (
        lambda: plots.confusion_matrix(np.zeros((2, 3)), "ab", title="t"),
        r"shape \(k, k\)",
    ),
    "a name too few": (lambda: plots.confusion_matrix(np.eye(2), "a", title="t"), "must have 2 names"),
    "shares for counts": (lambda: plots.confusion_matrix(np.eye(2) / 3, "ab", title="t"), "whole numbers"),
    "channels first": (
        lambda: plots.image_grid(np.zeros((2, 3, 8, 8)), title="t"),
        r"transpose\(0, 2, 3, 1\)",
    ),
    "normalized colors": (
        lambda: plots.image_grid(np.full((1, 4, 4, 3), -1.0), title="t"),
        "undo the normalization",
    ),
    "a caption too few": (lambda: plots.image_grid(IMAGE, ["a"], title="t"), "captions must have 2"),
    "a mark too few": (lambda: plots.image_grid(IMAGE, title="t", wrong=[True]), r"wrong must have shape \(2,\)"),
    "one layer": (lambda: plots.network([3], title="t"), "at least two layers"),
    "a label too few": (lambda: plots.network([3, 1], title="t", labels=["in"]), "labels must have 2"),
    "no weights": (lambda: plots.neuron([], 0, title="t"), "one weight an input"),
    "an input name too few": (
        lambda: plots.neuron([1, 2], 0, title="t", input_names=["a"]),
        "input_names must have 2",
    ),
    "an edge to nowhere": (
        lambda: plots.computation_graph({"a": "a"}, [("a", "b")], title="t"),
        "not among the nodes",
    ),
    "a circle": (
        lambda: plots.computation_graph({"a": "a", "b": "b"}, [("a", "b"), ("b", "a")], title="t"),
        "goes in a circle",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_explained_in_plain_words(name: str) -> None:
    call, words = MISTAKES[name]
    with pytest.raises(ValueError, match=words):
        call()
