"""Questions about labels_of, accuracy, confusion_matrix, precision and recall."""

from __future__ import annotations

from typing import Any

import numpy as np

from groundup.library_check.item import Library
from groundup.library_check.items.asking import Group, generator
from groundup.library_check.items.judging import compare, demand, kept, quiet

ask = Group("metrics")
Y = np.array([0, 0, 0, 1, 1, 2, 2, 2, 2, 1])
PREDICTED = np.array([0, 0, 2, 1, 0, 2, 2, 0, 0, 2])
LOGITS = np.eye(3)[PREDICTED] * 2.0 - 5.0
MATRIX = np.array([[2, 0, 1], [1, 1, 1], [2, 0, 2]])
"""Its rows and its columns have other sums, so that precision and recall differ."""
BINARY = np.array([[-3.0], [0.2], [0.0], [5.0]])


@ask("metrics.labels_of", "the largest logit wins, one column is above 0 or not, labels stay labels")
def labels_of(library: Library) -> None:
    function = library.metrics.labels_of
    for what, outputs, wanted, mistakes in (
        ("logits (10, 3)", LOGITS, PREDICTED, {"the smallest logit wins": np.argmin(LOGITS, axis=1)}),
        ("logits (4, 1)", BINARY, np.array([0, 1, 0, 1]), {
            "logits are compared with 0.5, as probabilities are: above 0 is class 1": np.array([0, 0, 0, 1]),
            "with one column every row is class 0; above 0 is class 1": np.zeros(4),
            "a logit of 0 is class 1; above 0 is class 1": np.array([0, 1, 1, 1]),
        }),
        ("labels (10,)", PREDICTED, PREDICTED, {}),
    ):  # fmt: skip
        given = kept(f"labels_of {what}", function(outputs))
        compare(f"labels_of {what}", given, wanted, 0.0, mistakes)
        demand(given.dtype.kind in "iu", f"labels_of {what} has dtype {given.dtype}, wanted integers.")


@ask(
    "metrics.accuracy", "a float from 0 to 1, for logits, binary logits and labels, y (n,) or (n, 1), whole floats too"
)
def accuracy(library: Library) -> None:
    function = library.metrics.accuracy
    column = Y.reshape(-1, 1)
    known = {
        "it is a percentage; it is a share from 0 to 1": 50.0,
        "it counts the right ones; divide by n": 5,
        "y (n, 1) against (n,) is compared as (n, n): flatten y first": float(np.mean(column == PREDICTED)),
    }
    for what, outputs, y in (
        ("logits (10, 3)", LOGITS, Y),
        ("labels (10,)", PREDICTED, Y),
        ("logits and y of floats", LOGITS, Y.astype(np.float64)),
        ("logits and y (10, 1)", LOGITS, column),
        ("logits and y (10, 1) of floats", LOGITS, column.astype(np.float32)),
    ):
        given = function(outputs, y)
        demand(isinstance(given, float), f"accuracy of {what} is {given!r}, a {type(given).__name__}. Wanted: a float.")
        compare(f"accuracy of {what}", given, 0.5, 1e-9, known)
    binary = function(BINARY, np.array([[0.0], [1.0], [1.0], [1.0]]))
    compare("accuracy of logits (4, 1) and y (4, 1) of floats", binary, 0.75, 1e-9)


@ask("metrics.confusion_matrix", "integers, rows the truth, columns the prediction, n_classes wide")
def confusion_matrix(library: Library) -> None:
    function = library.metrics.confusion_matrix
    known = {
        "confusion matrix transposed: rows are the truth, columns the prediction": MATRIX.T,
        "the rows are normalized; wanted are counts": MATRIX / MATRIX.sum(axis=1, keepdims=True),
        "each cell counts once: `matrix[y, predicted] += 1` counts repeated pairs once, np.add.at counts all": MATRIX
        > 0,
    }
    for what, outputs in (("logits (10, 3)", LOGITS), ("labels (10,)", PREDICTED)):
        given = kept(f"confusion_matrix of {what}", function(outputs, Y))
        compare(f"confusion_matrix of {what}", given, MATRIX, 0.0, known)
        demand(given.dtype.kind in "iu", f"confusion_matrix has dtype {given.dtype}, wanted integers.")
    for what, found, shape in (
        ("logits (1, 4)", function(np.ones((1, 4)), np.array([0])), (4, 4)),
        ("logits (2, 1)", function(np.array([[-1.0], [-2.0]]), np.array([0, 0])), (2, 2)),
        ("labels up to 1, y up to 3", function(np.array([0, 1]), np.array([3, 1])), (4, 4)),
        ("labels with n_classes=5", function(np.array([0, 1]), np.array([0, 1]), n_classes=5), (5, 5)),
    ):
        demand(np.shape(found) == shape, f"confusion_matrix of {what} has shape {np.shape(found)}, wanted {shape}.")


def _ask_share(library: Library, name: str, other: str, axis: int) -> None:
    function: Any = getattr(library.metrics, name)
    hits = np.diag(MATRIX)
    known = {
        f"this is {other}": hits / MATRIX.sum(axis=1 - axis),
        "it is one number, averaged over the classes; wanted is one for each class": (
            hits / MATRIX.sum(axis=axis)
        ).mean(),
        "this is the accuracy": 0.5,
    }
    for outputs in (LOGITS, PREDICTED):
        compare(f"{name} of {outputs.shape}", function(outputs, Y), hits / MATRIX.sum(axis=axis), 1e-9, known)
    truth, predicted = (np.array([0, 0, 3]), np.array([0, 1, 0]))
    wanted = {"precision": [0.5, 0, 0, 0], "recall": [0.5, 0, 0, 0]}[name]
    with quiet(f"{name} where a class never occurs"):
        given = kept(f"what {name} returns", function(predicted, truth))
    compare(f"{name} where a class is never predicted and another never occurs", given, np.array(wanted), 1e-9,
            {"0 / 0 counts as 1; the contract wants 0": [*wanted[:2], 1, *wanted[3:]]})  # fmt: skip
    with quiet(name):
        compare(f"{name} with n_classes=6", np.shape(function(predicted, truth, n_classes=6)), (6,))


@ask("metrics.precision", "one number for each class; a class that was never predicted has 0, without a warning")
def precision(library: Library) -> None:
    _ask_share(library, "precision", "recall", 0)


@ask("metrics.recall", "one number for each class; a class that never occurs has 0, without a warning")
def recall(library: Library) -> None:
    _ask_share(library, "recall", "precision", 1)


@ask("metrics.arguments", "outputs and y stay as they are")
def arguments(library: Library) -> None:
    outputs, y = generator().normal(size=(6, 3)), np.array([0, 1, 2, 0, 1, 2])
    before = outputs.copy(), y.copy()
    for name in ("accuracy", "confusion_matrix", "precision", "recall"):
        getattr(library.metrics, name)(outputs, y)
        same = np.array_equal(outputs, before[0]) and np.array_equal(y, before[1])
        demand(same, f"{name} changes the outputs or labels it is given.")


ITEMS = tuple(ask.items)
