"""Watch the arithmetic of a function: what overflows on the way to a right answer is noted and never printed.

In: a function. Out: the same function, which writes `overflow`, `divide by zero` or `invalid value` into a list.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import numpy as np


def watched(function: Callable[..., Any], noted: list[str]) -> Callable[..., Any]:
    """`function`, made to write into the list `noted` whatever goes wrong in its arithmetic with NumPy.

    nbgrader takes points off a check cell that writes to stderr; so warnings are noted here instead.
    """

    @functools.wraps(function)
    def call(*args: Any) -> Any:
        def note(kind: str, flag: int) -> None:
            noted.append(kind)

        with np.errstate(all="ignore", over="call", divide="call", invalid="call", call=note):
            return function(*args)

    return call
