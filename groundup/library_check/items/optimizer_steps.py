"""Questions about the steps of SGD, Momentum, RMSProp and Adam: 50 of them beside PyTorch, with and without decay."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from groundup.library_check.item import Library
from groundup.library_check.items.asking import Array, Check, Group, away_from_zero
from groundup.library_check.items.judging import Mistakes, compare, demand

ask = Group("optimizers")
STEPS = 50
SHAPES = ((3, 4), (4,), (4, 2), (1,))
TOLERANCES = ((np.float64, 1e-10), (np.float32, STEPS * 4 * float(np.finfo(np.float32).eps)))
"""In float32 each of 50 steps may round a few times."""

Options = dict[str, Any]


@dataclass(frozen=True)
class OptimizerCase:
    """An optimizer, as the questions need it."""

    name: str
    options: Options
    torch_name: str
    torch_options: Options
    mistakes: dict[str, tuple[str, Options]] = field(default_factory=dict)
    """Misconceptions that PyTorch can do on purpose: the class and the options that do it."""
    first: Callable[[Array, Array], Mistakes] = lambda w, g: {}
    """Misconceptions about the first step, from the array and the gradient, in closed form."""


def _rmsprop_first(w: Array, g: Array) -> Mistakes:
    s = 0.1 * g**2
    return {
        "epsilon is inside the square root": w - 0.05 * g / np.sqrt(s + 0.01),
        "the square root is missing": w - 0.05 * g / (s + 0.01),
        "decay is the wrong way round: s = decay * s + (1 - decay) * g**2": w - 0.05 * g / (np.sqrt(0.9 * g**2) + 0.01),
        "the squares are added up without 1 - decay": w - 0.05 * g / (np.abs(g) + 0.01),
    }


def _adam_first(w: Array, g: Array) -> Mistakes:
    m, s = 0.2 * g, 0.05 * g**2
    t = np.repeat(np.arange(1, len(SHAPES) + 1), [int(np.prod(shape)) for shape in SHAPES])
    return {
        "t counts the arrays; it counts the steps": w - 0.05 * m / (1 - 0.8**t) / (np.sqrt(s / (1 - 0.95**t)) + 0.01),
        "Adam works without bias correction": w - 0.05 * m / (np.sqrt(s) + 0.01),
        "the bias of m alone is corrected; s has one too": w - 0.05 * g / (np.sqrt(s) + 0.01),
        "the bias of s alone is corrected; m has one too": w - 0.05 * m / (np.abs(g) + 0.01),
        "epsilon is inside the square root": w - 0.05 * g / np.sqrt(g**2 + 0.01),
        "epsilon is added before s is divided by its bias": w - 0.05 * g / (np.abs(g) + 0.01 / np.sqrt(0.05)),
        "the square root is missing": w - 0.05 * g / (g**2 + 0.01),
        "beta1 and beta2 are swapped": w - 0.05 * (0.05 * g / 0.2) / (np.sqrt(0.2 * g**2 / 0.05) + 0.01),
        "t counts from 2: the first step is t = 1": w - 0.05 * m / (1 - 0.8**2) / (np.sqrt(s / (1 - 0.95**2)) + 0.01),
    }


MOMENTUM = {"lr": 0.05, "momentum": 0.8}
ADAM = {"lr": 0.05, "betas": (0.8, 0.95), "eps": 0.01}
RMSPROP = {"lr": 0.05, "alpha": 0.9, "eps": 0.01}
CASES = (
    OptimizerCase("SGD", {}, "SGD", {"lr": 0.05}),
    OptimizerCase(
        "Momentum",
        {"momentum": 0.8},
        "SGD",
        MOMENTUM,
        {
            "the gradient is scaled by 1 - momentum: v = momentum * v + g": ("SGD", MOMENTUM | {"dampening": 0.8}),
            "this is Nesterov's momentum": ("SGD", MOMENTUM | {"nesterov": True}),
            "the velocity is forgotten between steps: this is plain SGD": ("SGD", {"lr": 0.05}),
        },
        lambda w, g: {"the gradient is scaled by 1 - momentum; v = momentum * v + g": w - 0.05 * 0.2 * g},
    ),
    OptimizerCase(
        "RMSProp",
        {"decay": 0.9, "epsilon": 0.01},
        "RMSprop",
        RMSPROP,
        {
            "the gradients' mean is taken away: this is the centered one": ("RMSprop", RMSPROP | {"centered": True}),
            "the squares add up, nothing is forgotten: this is Adagrad": ("Adagrad", {"lr": 0.05, "eps": 0.01}),
        },
        _rmsprop_first,
    ),
    OptimizerCase(
        "Adam",
        {"beta1": 0.8, "beta2": 0.95, "epsilon": 0.01},
        "Adam",
        ADAM,
        {
            "m and s are forgotten between steps": ("Adam", ADAM | {"betas": (0.0, 0.0)}),
            "m is forgotten between steps: this is RMSProp, corrected": ("Adam", ADAM | {"betas": (0.0, 0.95)}),
            "the largest s so far is used: this is AMSGrad": ("Adam", ADAM | {"amsgrad": True}),
            "this is NAdam": ("NAdam", ADAM),
        },
        _adam_first,
    ),
)  # fmt: skip


def arrays_of(seed: int, dtype: Any = np.float64) -> list[Array]:
    return [away_from_zero(shape, seed=seed + k, dtype=dtype) for k, shape in enumerate(SHAPES)]


def gradients_of(dtype: Any = np.float64) -> list[list[Array]]:
    return [arrays_of(100 + 10 * step, dtype) for step in range(STEPS)]


def flat(arrays: list[Array]) -> Array:
    return np.concatenate([array.astype(np.float64).ravel() for array in arrays])


def _by_torch(name: str, options: Options, dtype: Any, steps: int, pull: float = 0.0) -> Array:
    """Where PyTorch's optimizer ends, in float64, on the gradients as `dtype` holds them, plus `pull * w`."""
    import torch

    start = [torch.tensor(array.astype(np.float64), requires_grad=True) for array in arrays_of(1, dtype)]
    optimizer = getattr(torch.optim, name)(start, **options)
    for gradients in gradients_of(dtype)[:steps]:
        for parameter, gradient in zip(start, gradients, strict=True):
            parameter.grad = torch.tensor(gradient.astype(np.float64)) + pull * parameter.detach()
        optimizer.step()
    return flat([parameter.detach().numpy() for parameter in start])


def make_one(library: Library, case: OptimizerCase, **more: Any) -> Any:
    return getattr(library.optimizers, case.name)(learning_rate=0.05, **case.options, **more)


def _by_library(library: Library, case: OptimizerCase, weight_decay: float, dtype: Any, steps: int) -> Array:
    optimizer, params = make_one(library, case, weight_decay=weight_decay), arrays_of(1, dtype)
    places = list(params)
    for gradients in gradients_of(dtype)[:steps]:
        optimizer.step(params, gradients)
    identical_places = all(now is then for now, then in zip(params, places, strict=True))
    demand(identical_places, f"{case.name}.step replaces the arrays in the list; change them in place, `w -= ...`.")
    return flat(places)


def _general(case: OptimizerCase, weight_decay: float, dtype: Any, steps: int) -> Mistakes:
    right = case.torch_options | {"weight_decay": weight_decay}
    ways: dict[str, tuple[str, Options, float]] = {
        "it adds the step; subtract it": (case.torch_name, right | {"maximize": True}, 2 * weight_decay),
    }
    if weight_decay:
        name, plain = case.torch_name, case.torch_options
        ways |= {
            "weight decay is ignored": (name, plain, 0.0),
            "weight decay has the wrong sign: it pulls weights towards 0": (name, plain, -weight_decay),
            "weight decay has a factor 2: add weight_decay * w to the gradient": (name, plain, 2 * weight_decay),
            "weight decay has a factor 1/2: add weight_decay * w to the gradient": (name, plain, weight_decay / 2),
        }
        if case.name == "Adam":
            sentence = "weight decay is decoupled, as in AdamW: add weight_decay * w to the gradient"
            ways[sentence] = ("AdamW", right, 0.0)
    for sentence, (name, options) in case.mistakes.items():
        ways[sentence] = (name, options | {"weight_decay": weight_decay}, 0.0)
    known = {"the arrays are as before: change them in place, `w -= ...`": flat(arrays_of(1, dtype))}
    return known | {
        sentence: _by_torch(name, options, dtype, steps, pull) for sentence, (name, options, pull) in ways.items()
    }


def _first_decays(case: OptimizerCase, weight_decay: float) -> Mistakes:
    """Misconceptions about weight decay, seen in the first step."""
    if not weight_decay:
        return {}
    w, plain = flat(arrays_of(1)), _by_torch(case.torch_name, case.torch_options, np.float64, 1)
    rate = 0.05
    known = {"weight decay is not multiplied by the learning rate": plain - weight_decay * w}
    if case.name in ("RMSProp", "Adam"):
        sentence = "weight decay is decoupled: add weight_decay * w to the gradient, before anything else"
        known[sentence] = plain - rate * weight_decay * w
    return known


def _ask_steps(case: OptimizerCase, weight_decay: float) -> Check:
    def check(library: Library) -> None:
        options = case.torch_options | {"weight_decay": weight_decay}
        ending = f" with weight_decay={weight_decay}" if weight_decay else ""
        w, g = flat(arrays_of(1)), flat(gradients_of()[0])
        first = {**_first_decays(case, weight_decay), **case.first(w, g + weight_decay * w)}
        first = {**first, **_general(case, weight_decay, np.float64, 1)}
        given = _by_library(library, case, weight_decay, np.float64, 1)
        compare(f"the arrays after one step of {case.name}{ending}", given,
                _by_torch(case.torch_name, options, np.float64, 1), 1e-10, first)  # fmt: skip
        for dtype, tol in TOLERANCES:
            given = _by_library(library, case, weight_decay, dtype, STEPS)
            what = f"the arrays after {STEPS} steps of {case.name}{ending} in {np.dtype(dtype)}"
            wanted = _by_torch(case.torch_name, options, dtype, STEPS)
            compare(what, given, wanted, tol, _general(case, weight_decay, dtype, STEPS))

    return check


for case in CASES:
    title = f"{STEPS} steps over several arrays end where PyTorch's do, in float64 and float32"
    ask(f"{case.name}.steps", title, seconds=30.0)(_ask_steps(case, 0.0))
    ask(f"{case.name}.decay", "the same with weight decay, added to the gradient", seconds=30.0)(_ask_steps(case, 0.1))


ITEMS = tuple(ask.items)
