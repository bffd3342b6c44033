"""The questions that are the same for every layer, asked with a table: how it is made, what is right, what goes wrong.

In: a `Case` for each layer. Out: its items, from `NAME.values` to `NAME.arguments`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from groundup.checks.comparing import numerical_gradient
from groundup.library_check.item import Library, Wrong
from groundup.library_check.items.asking import BOTH, Array, Group, away_from_zero
from groundup.library_check.items.judging import Mistakes, compare, demand, has_dtype, kept, quiet

Parameters = dict[str, Array]
Make = Callable[[Library, Any], Any]


def no_mistakes(*_: Any) -> Any:
    """The empty table."""
    return {}


@dataclass(frozen=True)
class Case:
    """A layer, as the generic questions need it."""

    name: str
    setups: tuple[tuple[Make, tuple[int, ...]], ...]
    """Pairs: how to make one from the library and a dtype, and the shape of an input. The first with several rows."""
    truth: Callable[[Any, dict[str, Any]], Any]
    """The right output by PyTorch, from a tensor and the parameters as tensors."""
    values: Callable[[Array, Parameters], Mistakes] = no_mistakes
    """Misconceptions about the output, from the input and the parameters."""
    gradients: Callable[[Array, Array, Array, Parameters], dict[str, Mistakes]] = no_mistakes
    """Misconceptions about each gradient ("X", "W", ...), from input, output, dout and parameters."""
    training: bool = False
    stretch: bool = False
    parameters: tuple[str, ...] = field(default=())


def prepared(case: Case, library: Library, number: int, dtype: Any) -> tuple[Any, Array]:
    """A layer with parameters that are nowhere 0 or 1, and an input for it."""
    make, shape = case.setups[number]
    layer = make(library, dtype)
    for k, name in enumerate(case.parameters):
        demand(name in layer.params, f"{case.name}.params has no {name!r}: it holds {sorted(layer.params)}.")
        layer.params[name][...] = away_from_zero(layer.params[name].shape, seed=10 + k)
    return layer, away_from_zero(shape, dtype=dtype)


def forward(case: Case, layer: Any, X: Array) -> Array:
    """A copy of the layer's output."""
    return kept(f"what {case.name}.forward returns", layer.forward(X, training=case.training))


def backward(case: Case, layer: Any, dout: Array) -> dict[str, Array]:
    """Copies of all gradients: by "X", and by each parameter."""
    found = {"X": kept(f"what {case.name}.backward returns", layer.backward(dout.copy()))}
    for name in case.parameters:
        if name not in layer.grads:
            raise Wrong(f"{case.name}.grads has no {name!r} after backward: it holds {sorted(layer.grads)}.")
        found[name] = kept(f"{case.name}.grads[{name!r}]", layer.grads[name])
    return found


def ask_all(ask: Group, case: Case) -> None:
    """Add the five generic items of a layer to its group."""
    for suffix, title, check, seconds in QUESTIONS:
        ask(f"{case.name}.{suffix}", title, seconds=seconds, stretch=case.stretch)(_bound(check, case))


def _bound(check: Callable[[Case, Library], None], case: Case) -> Callable[[Library], None]:
    return lambda library: check(case, library)


def check_values(case: Case, library: Library) -> None:
    """Output against PyTorch, in both dtypes, for every setup."""
    import torch

    for dtype, tol in BOTH:
        for number in range(len(case.setups)):
            layer, X = prepared(case, library, number, dtype)
            exact = {name: layer.params[name].astype(np.float64) for name in case.parameters}
            with torch.no_grad():
                tensors = {name: torch.tensor(value) for name, value in exact.items()}
                wanted = case.truth(torch.tensor(X.astype(np.float64)), tensors).numpy()
            what = f"the output of {case.name} for an input {X.shape} in {np.dtype(dtype)}"
            compare(what, forward(case, layer, X), wanted, tol, case.values(X.astype(np.float64), exact))


def check_gradient(case: Case, library: Library) -> None:
    """Every gradient against finite differences of the layer's own output, in float64."""
    for number in range(len(case.setups)):
        layer, X = prepared(case, library, number, np.float64)
        Y = forward(case, layer, X)
        dout = away_from_zero(Y.shape, seed=3)
        given = backward(case, layer, dout)
        before = {name: layer.params[name].copy() for name in case.parameters}
        wanted = {"X": numerical_gradient(lambda x: np.sum(forward(case, layer, x) * dout), X)}  # noqa: B023
        for name in case.parameters:

            def of_parameter(value: Array) -> Any:
                layer.params[name][...] = value  # noqa: B023
                return np.sum(forward(case, layer, X) * dout)  # noqa: B023

            wanted[name] = numerical_gradient(of_parameter, before[name])
            layer.params[name][...] = before[name]
        known = case.gradients(X, Y, dout, before)
        for name, exact in wanted.items():
            what = f"the gradient by {name} of {case.name} for an input {X.shape}"
            compare(what, given[name], exact, 1e-6, {**known.get(name, {}), **any_gradient(exact, dout, len(X))})


def any_gradient(exact: Array, dout: Array, n: int) -> Mistakes:
    """Misconceptions that every gradient can suffer."""
    return {
        "it stays zero: backward does not fill it": np.zeros_like(exact),
        "backward hands dout on as it came: the layer's own slope is missing": dout,
        "it is divided by the batch size: the loss has done that already, once": exact / n,
        "it is multiplied by the batch size": exact * n,
    }


def check_again(case: Case, library: Library) -> None:
    """Other batch sizes in between, and backward twice, change nothing; an input may be a view."""
    layer, X = prepared(case, library, 0, np.float64)
    Y = forward(case, layer, X)
    dout = away_from_zero(Y.shape, seed=3)
    once = backward(case, layer, dout)
    for name, gradient in backward(case, layer, dout).items():
        what = f"the gradient by {name} of {case.name}, after backward a second time"
        compare(
            what,
            gradient,
            once[name],
            1e-10,
            {"gradients add up over calls; they are to be overwritten": 2 * once[name]},
        )
    for rows in (1, 2 * len(X), len(X)):
        part = np.concatenate([X, X])[:rows]
        other = forward(case, layer, part)
        demand(
            len(other) == rows, f"{case.name}.forward gave {len(other)} rows for {rows}, after a batch of another size."
        )
        backward(case, layer, np.ones_like(other))
    what = f"the output of {case.name} for the first batch again, after batches of other sizes"
    compare(what, forward(case, layer, X), Y, 1e-10, {})
    for name, gradient in backward(case, layer, dout).items():
        what = f"the gradient by {name} of {case.name} for the first batch again, after batches of other sizes"
        compare(what, gradient, once[name], 1e-10, {})
    view = np.repeat(X, 2, axis=-1)[..., ::2]
    compare(
        f"the output of {case.name} for an input that is a view of another array", forward(case, layer, view), Y, 1e-10
    )


def check_dtypes(case: Case, library: Library) -> None:
    """float32 unless told otherwise; float64 from end to end when told; integers and lists are taken."""
    for dtype, other in ((np.float32, np.float64), (np.float64, np.float32)):
        layer, X = prepared(case, library, 0, dtype)
        taken = [X.astype(other)] if case.parameters else [X]
        if dtype == np.float32 or case.parameters:
            taken += [np.round(X * 3).astype(np.int64), np.round(X * 3).tolist()]
        for given in taken:
            kind = given.dtype if isinstance(given, np.ndarray) else "lists"
            what = f"{case.name} with dtype {np.dtype(dtype)}" if case.parameters else case.name
            Y = forward(case, layer, given)
            has_dtype(f"the output of {what} for an input of {kind}", Y, dtype)
            for name, gradient in backward(case, layer, np.ones_like(Y)).items():
                has_dtype(f"the gradient by {name} of {what} for an input of {kind}", gradient, dtype)


def check_arguments(case: Case, library: Library) -> None:
    """X and dout stay as they were, in training and outside; nothing is printed."""
    for dtype in (np.float64, np.float32):
        for training in (False, True):
            layer, X = prepared(case, library, 0, dtype)
            before = X.copy()
            with quiet(case.name):
                Y = kept(f"what {case.name}.forward returns", layer.forward(X, training=training))
                dout = away_from_zero(Y.shape, seed=3, dtype=dtype)
                dout_before = dout.copy()
                layer.backward(dout)
            demand(np.array_equal(X, before), f"{case.name} changes the X it is given (training={training}).")
            demand(np.array_equal(dout, dout_before), f"{case.name}.backward changes the dout it is given.")


QUESTIONS: tuple[tuple[str, str, Callable[[Case, Library], None], float], ...] = (
    (
        "values",
        "outputs agree with PyTorch in float64 and float32, batch of one and odd shapes included",
        check_values,
        30.0,
    ),
    (
        "gradient",
        "every gradient agrees with finite differences, batch of one and odd shapes included",
        check_gradient,
        10.0,
    ),
    (
        "again",
        "changing batch sizes, backward twice and inputs that are views give the same numbers",
        check_again,
        10.0,
    ),
    ("dtypes", "float32 unless told otherwise, float64 from end to end, integers and lists taken", check_dtypes, 10.0),
    ("arguments", "the arrays it is given stay as they are, and nothing is printed", check_arguments, 10.0),
)
