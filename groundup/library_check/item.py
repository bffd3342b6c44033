"""What an item of the conformance report is: one question to a library, and how an answer is told.

In: a `Library`, the package under test. Out: nothing where it is right; `Wrong` with a sentence where it is not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, Protocol

Outcome = Literal["pass", "fail", "missing", "skipped"]


class Library(Protocol):
    """The package under test. `library.layers.Dense` is its class; what is not there raises Missing by itself."""

    def __getattr__(self, module: str) -> Any: ...


class Wrong(Exception):
    """The library gave a wrong answer. `str(error)`: the named mistake, or what came and what was wanted."""


class Missing(Exception):
    """Something the item needs is not in the library, or not written yet. `str(error)`: its name, `layers.Dense`."""


class Skipped(Exception):
    """The item cannot be asked here (MNIST is not at hand). `str(error)`: why, and what to do."""


@dataclass(frozen=True)
class Item:
    """One line of the report."""

    name: str
    """Unique and stable: `Dense.gradient`."""
    group: str
    """The heading it stands under: `layers`."""
    title: str
    """What is looked at, for a reader: `gradients of W, b and X agree with finite differences`."""
    check: Callable[[Library], None]
    """Raises Wrong, Missing or Skipped; any other exception is the library's own and is told as such."""
    seconds: float = 10.0
    """How long it may take before it counts as an endless loop."""
    stretch: bool = False
    """Whether the contract calls it a stretch: the report shows it, and a library passes without it."""


@dataclass(frozen=True)
class Result:
    """What became of one item."""

    name: str
    outcome: Outcome
    message: str = ""
    """Why, in a sentence or a few; empty for a pass."""
    seconds: float = 0.0
