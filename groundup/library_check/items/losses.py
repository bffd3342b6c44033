"""Questions about MSE, CrossEntropy and BinaryCrossEntropy: values, gradients, silence at ±1000, what is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import Any

import numpy as np

from groundup.checks.comparing import numerical_gradient
from groundup.library_check.item import Library
from groundup.library_check.items.asking import BOTH, Array, Check, Group, away_from_zero, generator
from groundup.library_check.items.judging import Mistakes, compare, demand, has_dtype, kept, quiet, refuses

ask = Group("losses")


def _by_torch(name: str, Z: Array) -> Array:
    import torch

    return np.asarray(getattr(torch.tensor(Z), name)(*([-1] if name == "softmax" else [])).numpy())


def _mse_values(P: Array, Y: Array, wanted: float) -> Mistakes:
    return {
        "the squares are summed: take the mean over all entries": wanted * P.size,
        "the squares of a row are summed: take the mean over all entries, not over the rows alone": wanted
        * P.size
        / len(P),
        "it is half of the mean: the contract has no factor 1/2": wanted / 2,
        "it is the root of the mean": wanted**0.5,
        "it is the mean of the absolute differences": np.mean(np.abs(P - Y)),
    }


def _mse_gradient(P: Array, Y: Array, wanted: Array) -> Mistakes:
    return {
        "the factor 2 of the square is missing": wanted / 2,
        "it is divided by the rows alone; the mean runs over all entries": wanted * P.size / len(P),
        "the differences are turned around: it is predictions - targets": -wanted,
    }


def _ce_values(Z: Array, y: Array, wanted: float) -> Mistakes:
    rows, p = np.arange(len(y)), _by_torch("softmax", Z)
    again = _by_torch("softmax", p)
    return {
        "cross-entropy sums over the rows: take the mean": wanted * len(y),
        "it is averaged over rows and classes: the mean runs over the rows alone": wanted / Z.shape[1],
        "softmax is applied twice": -np.mean(np.log(again[rows, y])),
        "the softmax is missing: predictions are logits": -np.mean(Z[rows, y]),
        "the sign is turned around": -wanted,
        "the logarithm has another base than e": wanted / np.log(2),
        "the logarithm has another base than e: 10": wanted / np.log(10),
        "the probabilities are normalized over the batch, not over the row": -np.mean(
            np.log((np.exp(Z) / np.exp(Z).sum(axis=0))[rows, y])
        ),
    }


def _ce_gradient(Z: Array, y: Array, wanted: Array) -> Mistakes:
    p, n = _by_torch("softmax", Z), len(y)
    return {
        "these are the probabilities divided by n: the 1 at the label is not subtracted": p / n,
        "the gradient holds the entry of the label alone: the other probabilities count too": wanted
        * np.eye(Z.shape[1])[y],
    }


def _bce_values(Z: Array, y: Array, wanted: float) -> Mistakes:
    p = _by_torch("sigmoid", Z)
    again = _by_torch("sigmoid", p)
    return {
        "it sums over the rows: take the mean": wanted * len(y),
        "the term (1 - y) log(1 - p) is missing": -np.mean(y * np.log(p)),
        "the term y log p is missing": -np.mean((1 - y) * np.log(1 - p)),
        "sigmoid is applied twice": -np.mean(y * np.log(again) + (1 - y) * np.log(1 - again)),
        "the sign is turned around": -wanted,
        "labels and probabilities are swapped: 0 is taken for 1": -np.mean((1 - y) * np.log(p) + y * np.log(1 - p)),
    }


def _bce_gradient(Z: Array, y: Array, wanted: Array) -> Mistakes:
    p = _by_torch("sigmoid", Z)
    return {
        "it is the gradient by the probability: by the logit it is (p - y) / n": (p - y) / (p * (1 - p)) / len(y),
        "the slope of sigmoid is multiplied in once too often: it is (p - y) / n": (p - y) * p * (1 - p) / len(y),
    }


@dataclass(frozen=True)
class LossCase:
    """A loss, as the questions need it."""

    name: str
    torch_name: str
    batches: tuple[tuple[Array, Array], ...]
    values: Callable[[Array, Array, float], Mistakes]
    gradient: Callable[[Array, Array, Array], Mistakes]


CASES = (
    LossCase(
        "MSE",
        "mse_loss",
        tuple((away_from_zero(s), away_from_zero(s, seed=2)) for s in ((4, 3), (1, 3), (5,), (1, 1))),
        _mse_values,
        _mse_gradient,
    ),
    LossCase(
        "CrossEntropy",
        "cross_entropy",
        tuple((away_from_zero((n, c)), generator(5).integers(0, c, n)) for n, c in ((5, 3), (1, 3), (7, 2), (4, 1))),
        _ce_values,
        _ce_gradient,
    ),
    LossCase(
        "BinaryCrossEntropy",
        "binary_cross_entropy_with_logits",
        (
            *((away_from_zero(s), generator(6).integers(0, 2, s) * 1.0) for s in ((6, 1), (1, 1), (5,))),
            (away_from_zero((4, 1)), np.array([[0.0], [0.25], [0.9], [1.0]])),
        ),
        _bce_values,
        _bce_gradient,
    ),
)


def _loss(library: Library, name: str) -> Any:
    return getattr(library.losses, name)()


def _value(case: LossCase, loss: Any, P: Array, Y: Array) -> float:
    value = loss.forward(P, Y)
    demand(value is not None, f"what {case.name}.forward returns is None. Is the `return` missing?")
    demand(
        isinstance(value, float) and type(value) is float,
        f"{case.name}.forward returns {value!r}, a {type(value).__name__}. Wanted: a Python float, `float(...)`.",
    )
    return float(value)


def _ask_value(case: LossCase) -> Check:
    def check(library: Library) -> None:
        import torch

        for dtype, tol in BOTH:
            for P, Y in case.batches:
                P, Y = P.astype(dtype), Y if Y.dtype.kind == "i" else Y.astype(dtype)
                exact_P, exact_Y = P.astype(float), Y.astype(float) if Y.dtype.kind == "f" else Y
                truth = getattr(torch.nn.functional, case.torch_name)
                wanted = float(truth(torch.tensor(exact_P), torch.tensor(exact_Y)))
                what = f"{case.name} of predictions {P.shape} in {np.dtype(dtype)}"
                value = _value(case, _loss(library, case.name), P, Y)
                compare(what, value, wanted, tol, case.values(exact_P, exact_Y, wanted))

    return check


def _ask_gradient(case: LossCase) -> Check:
    def check(library: Library) -> None:
        for P, Y in case.batches:
            loss = _loss(library, case.name)
            loss.forward(P, Y)
            given = kept(f"what {case.name}.backward returns", loss.backward())
            wanted = numerical_gradient(lambda p: loss.forward(p, Y), P)  # noqa: B023
            n = len(P)
            known = {
                "the gradient is not divided by n: forward is a mean": wanted * n,
                "the gradient is divided by n twice": wanted / n,
            }
            what = f"the gradient of {case.name} for predictions {P.shape}"
            compare(what, given, wanted, 1e-6, {**case.gradient(P, Y, wanted), **known})

    return check


def _ask_again(case: LossCase) -> Check:
    def check(library: Library) -> None:
        loss = _loss(library, case.name)
        answers = []
        for number in (0, 1, 2, 0):
            P, Y = case.batches[number]
            before = P.copy(), Y.copy()
            with quiet(case.name):
                value = _value(case, loss, P, Y)
                first = kept(f"what {case.name}.backward returns", loss.backward())
                second = kept(f"what {case.name}.backward returns", loss.backward())
            compare(
                f"{case.name}.backward a second time", second, first, 1e-12, {"gradients add up over calls": 2 * first}
            )
            same = np.array_equal(P, before[0]) and np.array_equal(Y, before[1])
            demand(same, f"{case.name} changes the predictions or the targets it is given.")
            answers.append((value, first))
        compare(f"{case.name} of the first batch again", answers[3][0], answers[0][0], 1e-12)
        compare(f"the gradient of {case.name} for the first batch again", answers[3][1], answers[0][1], 1e-12)

    return check


for case in CASES:
    ask(f"{case.name}.value", "the mean loss agrees with PyTorch in float64 and float32, as a Python float")(
        _ask_value(case)
    )
    ask(f"{case.name}.gradient", "the gradient agrees with finite differences, batch of one included")(
        _ask_gradient(case)
    )
    ask(f"{case.name}.again", "batches of other sizes, backward twice: same numbers, arguments as they were")(
        _ask_again(case)
    )


@ask.each(CASES, "dtypes", "backward has the dtype of the predictions; integers, lists, labels of any width are taken")
def dtypes(case: LossCase, library: Library) -> None:
    P, Y = case.batches[0]
    for dtype in (np.float32, np.float64):
        loss = _loss(library, case.name)
        loss.forward(P.astype(dtype), Y)
        given = kept(f"what {case.name}.backward returns", loss.backward())
        has_dtype(f"the gradient of {case.name} for {np.dtype(dtype)}", given, dtype)
    rounded, targets = np.round(P * 2), np.round(np.abs(Y))
    wanted = _value(case, _loss(library, case.name), rounded.astype(np.float32), targets.astype(Y.dtype))
    small = targets.astype(np.uint8)
    value = _value(case, _loss(library, case.name), rounded.astype(np.int64), small)
    compare(f"{case.name} of whole numbers, with targets of uint8", value, wanted, 1e-6)
    value = _value(case, _loss(library, case.name), rounded.tolist(), small.tolist())
    compare(f"{case.name} of lists", value, wanted, 1e-6)


AT_LARGE: dict[str, tuple[tuple[Any, Any, float, Any], ...]] = {
    "CrossEntropy": (
        ([[1000.0, -1000.0], [-1000.0, 1000.0]], [0, 0], 1000.0, [[0, 0], [-0.5, 0.5]]),
        ([[1000.0, 1000.0]], [1], float(np.log(2)), [[0.5, -0.5]]),
    ),
    "BinaryCrossEntropy": (
        ([[1000.0], [-1000.0]], [[1.0], [0.0]], 0.0, [[0], [0]]),
        ([[1000.0], [-1000.0]], [[0.0], [1.0]], 1000.0, [[0.5], [-0.5]]),
    ),
}


@ask.each(CASES[1:], "large", "logits of ±1000 give the right loss and gradient, without a warning")
def large_logits(case: LossCase, library: Library) -> None:
    for dtype, row in product((np.float64, np.float32), AT_LARGE[case.name]):
        logits, targets, wanted, gradient = row
        loss = _loss(library, case.name)
        what = f"{case.name} at logits of ±1000 in {np.dtype(dtype)}"
        with quiet(what):
            value = loss.forward(np.array(logits, dtype=dtype), np.array(targets))
            given = kept(f"what {case.name}.backward returns", loss.backward())
        finite = np.isfinite(value)
        demand(finite, f"{what} is {value}: it takes the log of a softmax or sigmoid that over- or underflows.")
        cuts = {size: -float(np.log(size)) for size in (1e-7, 1e-8, 1e-12, 1e-15)}
        known = {f"the logarithm is cut off at {size}: work with logits": cut for size, cut in cuts.items()}
        halves = {f"one row's logarithm is cut off at {size}: work with logits": cut / 2 for size, cut in cuts.items()}
        compare(what, value, wanted, 1e-6, {**known, **halves})
        compare(f"the gradient of {what}", given, np.array(gradient, dtype=float), 1e-6)


REFUSED: dict[str, tuple[tuple[str, Any, Any, tuple[str, ...]], ...]] = {
    "MSE": (
        ("(4, 1) against (4,)", np.ones((4, 1)), np.ones(4), ("(4, 1)", "(4,)")),
        ("(4, 2) against (3, 2)", np.ones((4, 2)), np.ones((3, 2)), ("(4, 2)", "(3, 2)")),
        ("an empty batch", np.ones((0, 2)), np.ones((0, 2)), ()),
    ),
    "CrossEntropy": (
        ("4 rows and 3 labels", np.ones((4, 3)), np.array([0, 1, 2]), ("(3,)",)),
        ("labels (4, 1)", np.ones((4, 3)), np.zeros((4, 1), int), ("(4, 1)",)),
        ("a label 3 of 3 classes", np.ones((2, 3)), np.array([0, 3]), ("3",)),
        ("a label -1", np.ones((2, 3)), np.array([0, -1]), ("-1",)),
        ("an empty batch", np.ones((0, 3)), np.zeros(0, int), ()),
    ),
    "BinaryCrossEntropy": (
        ("(4, 1) against (4,)", np.ones((4, 1)), np.ones(4), ("(4, 1)", "(4,)")),
        ("a target of 2", np.ones((2, 1)), np.array([[0.0], [2.0]]), ("2",)),
        ("a target of -1", np.ones((2, 1)), np.array([[1.0], [-1.0]]), ("-1",)),
        ("an empty batch", np.ones((0, 1)), np.ones((0, 1)), ()),
    ),
}


@ask.each(CASES, "refuses", "wrong shapes, targets out of range, empty batches, backward too early: refused by name")
def refusals(case: LossCase, library: Library) -> None:
    refuses(f"{case.name}.backward before forward", RuntimeError, _loss(library, case.name).backward)
    loss = _loss(library, case.name)
    for what, P, Y, names in REFUSED[case.name]:
        refuses(f"{case.name} of {what}", ValueError, partial(loss.forward, P, Y), *names)
    if case.name == "CrossEntropy":
        floats = np.array([0.0, 1.0])
        refuses("CrossEntropy with labels of floats", TypeError, lambda: loss.forward(np.ones((2, 3)), floats))


ITEMS = tuple(ask.items)
