"""How a question of the suite is written down: `@ask("Dense.init", "the weights have the right spread")`.

In: functions from a library to nothing, which raise where an answer is wrong. Out: the `Item`s of a heading, in order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from groundup.library_check.item import Item, Library

Array = NDArray[Any]
Check = Callable[[Library], None]


class Named(Protocol):
    """What a question is asked of: a class of the library, by its name."""

    @property
    def name(self) -> str: ...


AnyCase = TypeVar("AnyCase", bound=Named)
BOTH = ((np.float64, 1e-9), (np.float32, 2e-5))
"""Each dtype, and how far from the exact value its arithmetic may end: some hundred roundings."""


class Group:
    """The items under one heading of the report, collected by the decorator that the group is."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.items: list[Item] = []

    def __call__(
        self, name: str, title: str, *, seconds: float = 10.0, stretch: bool = False
    ) -> Callable[[Check], Check]:
        """Add the decorated function to the group as the item `name`."""

        def add(check: Check) -> Check:
            self.items.append(Item(name, self.name, title, check, seconds, stretch))
            return check

        return add

    def each(
        self, cases: Iterable[AnyCase], suffix: str, title: str
    ) -> Callable[[Callable[[AnyCase, Library], None]], Callable[[AnyCase, Library], None]]:
        """Add the decorated function once for each case, as `CASE.suffix`: a broken class fails alone."""

        def add(check: Callable[[AnyCase, Library], None]) -> Callable[[AnyCase, Library], None]:
            for case in cases:
                self(f"{case.name}.{suffix}", title)(partial(check, case))
            return check

        return add


def generator(seed: int = 0) -> np.random.Generator:
    """A generator of random numbers, the same at every call with one seed."""
    return np.random.default_rng(seed)


def away_from_zero(shape: tuple[int, ...], seed: int = 1, dtype: Any = np.float64) -> Array:
    """Random numbers of both signs, from 0.2 to 1.5 in size: no kink of ReLU is near."""
    rng = generator(seed)
    return np.asarray(rng.uniform(0.2, 1.5, shape) * rng.choice([-1.0, 1.0], shape), dtype=dtype)


def global_randomness() -> Array:
    """The state of np.random's own generator, which a library leaves alone."""
    state: Any = np.random.get_state()
    return np.array(state[1])
