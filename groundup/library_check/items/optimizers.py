"""Questions about what all optimizers share: defaults, changes in place, learning rates, memory, what is refused."""

from __future__ import annotations

import numpy as np

from groundup.library_check.item import Library
from groundup.library_check.items.asking import Array, Group
from groundup.library_check.items.judging import compare, identical, refuses
from groundup.library_check.items.optimizer_steps import (
    CASES,
    SHAPES,
    OptimizerCase,
    Options,
    arrays_of,
    flat,
    gradients_of,
    make_one,
)

ask = Group("optimizers")


DEFAULTS: dict[str, Options] = {
    "SGD": {"learning_rate": 0.01},
    "Momentum": {"learning_rate": 0.01, "momentum": 0.9},
    "RMSProp": {"learning_rate": 0.001, "decay": 0.99, "epsilon": 1e-8},
    "Adam": {"learning_rate": 0.001, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8},
}


@ask.each(CASES, "defaults", "the constructor has the contract's names and defaults")
def defaults(case: OptimizerCase, library: Library) -> None:
    make = getattr(library.optimizers, case.name)
    ends = []
    for optimizer in (make(), make(**DEFAULTS[case.name], weight_decay=0.0)):
        params = arrays_of(1)
        for gradients in gradients_of()[:5]:
            optimizer.step(params, gradients)
        ends.append(flat(params))
    compare(f"the arrays after 5 steps of {case.name}() against its defaults spelled out", ends[0], ends[1], 1e-13)


@ask.each(CASES, "in_place", "step changes the arrays of the first list in place, views too, and no gradient")
def in_place(case: OptimizerCase, library: Library) -> None:
    ends = []
    for one_vector in (False, True):
        params = _views(arrays_of(1)) if one_vector else arrays_of(1)
        optimizer = make_one(library, case, weight_decay=0.1)
        for gradients in gradients_of()[:3]:
            given = _views(gradients) if one_vector else gradients
            before = flat(given)
            optimizer.step(params, given)
            identical(f"the gradients given to {case.name}.step", flat(given), before, "they are changed by the call")
        ends.append(flat(params))
    compare(
        f"{case.name} on parts of one long array, against {case.name} on arrays of their own",
        ends[1],
        ends[0],
        1e-12,
    )


def _views(arrays: list[Array]) -> list[Array]:
    vector = np.concatenate([array.ravel() for array in arrays])
    cuts = np.cumsum([array.size for array in arrays])[:-1]
    return [part.reshape(array.shape) for part, array in zip(np.split(vector, cuts), arrays, strict=True)]


@ask.each(CASES, "learning_rate", "the learning rate may be set between steps, and a step on zero gradients is finite")
def learning_rate(case: OptimizerCase, library: Library) -> None:
    ends = []
    for rate in (0.05, 0.005):
        optimizer, params = make_one(library, case), arrays_of(1)
        optimizer.step(params, gradients_of()[0])
        before = flat(params)
        optimizer.learning_rate = rate
        optimizer.step(params, gradients_of()[1])
        ends.append(flat(params) - before)
    compare(f"the second step of {case.name} at a tenth of the learning rate", ends[1], ends[0] / 10, 1e-9,
            {"a learning rate that is set between steps is not used": ends[0]})  # fmt: skip
    params = arrays_of(1)
    make_one(library, case).step(params, [np.zeros(shape) for shape in SHAPES])
    identical(
        f"the arrays after a step of {case.name} on zero gradients", flat(params), flat(arrays_of(1)), "they move"
    )


@ask.each(CASES, "apart", "two optimizers remember apart, and each place in the list has its own memory")
def apart(case: OptimizerCase, library: Library) -> None:
    together, alone = arrays_of(1), arrays_of(1)
    optimizer, first, other = (make_one(library, case) for _ in range(3))
    for gradients in gradients_of()[:3]:
        optimizer.step(together, gradients)
        first.step(alone[:2], gradients[:2])
        other.step(alone[2:], gradients[2:])
    what = f"{case.name} on four arrays, against two {case.name} on two arrays each"
    compare(what, flat(together), flat(alone), 1e-12)


@ask.each(CASES, "refuses", "bad rates, negative decay, coefficients outside [0, 1), unfit lists: refused by name")
def refusals(case: OptimizerCase, library: Library) -> None:
    make = getattr(library.optimizers, case.name)
    bad: list[Options] = [{"learning_rate": 0.0}, {"learning_rate": -0.1}, {"weight_decay": -0.5}]
    bad += [{name: value} for name in case.options if name != "epsilon" for value in (1.0, -0.1)]
    bad += [{"epsilon": value} for value in (0.0, -1.0) if "epsilon" in case.options]
    for options in bad:
        ((name, value),) = options.items()
        refuses(f"{case.name}({name}={value})", ValueError, lambda: make(**options), f"{value:g}")  # noqa: B023
    for what, params, grads in (
        ("two arrays and one gradient", [np.ones(3), np.ones(2)], [np.ones(3)]),
        ("an array (3,) and a gradient (1,)", [np.ones(3)], [np.ones(1)]),
        ("an array (3, 1) and a gradient (3,)", [np.ones((3, 1))], [np.ones(3)]),
    ):
        refuses(f"{case.name}.step on {what}", ValueError, lambda: make().step(params, grads))  # noqa: B023
    used = make()
    used.step([np.ones(3)], [np.ones(3)])
    for what, shapes in (("shapes", [(4,)]), ("numbers of arrays", [(3,), (3,)])):
        arrays = [np.ones(shape) for shape in shapes]
        refuses(f"{case.name}.step on other {what} than at the first step", ValueError,
                lambda: used.step(arrays, [a.copy() for a in arrays]))  # noqa: B023 # fmt: skip


ITEMS = tuple(ask.items)
