"""What the suite found in a library: a row for each item, and what follows from all of them.

In: results, and what was printed and changed by the way. Out: rows by heading, totals, what to do first.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace

from groundup.library_check.finding import Found
from groundup.library_check.item import Item, Library, Outcome, Result
from groundup.library_check.library import PACKAGE

MANNERS = "manners"
"""The heading of the items that are judged by what all the others did by the way."""
TERMINAL = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(\x07|\x1b\\)?")
STOP = re.compile(r"(?P<name>[\w.<>]+) raised .*\((?P<where>[^()`]+, line \d+): `", re.S)
"""What `faults` says of an error out of the library."""
SHOWN = 3
"""So many items are named where more did the same."""


def legible(text: str, longest: int = 2_000) -> str:
    """A stranger's text without terminal codes; what nobody could see, or what turns the line around, becomes `�`."""
    text = TERMINAL.sub("", text[: 2 * longest]).replace("\t", " ").replace("\r", "")
    shown = "".join(letter if letter.isprintable() or letter == "\n" else "�" for letter in text)
    return shown if len(shown) <= longest else f"{shown[:longest]} ..."


def _by_the_way(library: Library) -> None:
    raise NotImplementedError("Items of this kind are judged, and not asked.")


SILENCE = Item(f"{MANNERS}.silence", MANNERS, "nothing is printed, and no warning comes out", _by_the_way)
GLOBALS = Item(
    f"{MANNERS}.globals", MANNERS, "random numbers come from the `rng` that is passed in; NumPy stays as it is set",
    _by_the_way,
)  # fmt: skip

MEANING = {
    "np.random": "draws from NumPy's global random numbers (np.random.…): use the `rng` that is passed in",
    "np.seterr": "sets how NumPy treats overflows for everybody (np.seterr): use `with np.errstate(...):`",
}
"""What to do about each global that `worker.Globals` watches."""


@dataclass
class Report:
    """The results of one library."""

    found: Found
    rows: list[tuple[Item, Result]] = field(default_factory=list)
    printed: dict[str, str] = field(default_factory=dict)
    """From an item's name to what it printed."""
    changed: dict[str, list[str]] = field(default_factory=dict)
    """From a global's name to the items that changed it."""
    _stops: dict[str, str] = field(default_factory=dict)
    """From a line of the library that raised an error to the first item in which it did."""

    def add(self, item: Item, result: Result) -> None:
        """Enter a result. An error that was told before, at the same line, is told in short."""
        if stop := STOP.match(result.message):
            first = self._stops.setdefault(stop["where"], item.name)
            if first != item.name:
                result = replace(result, message=f"{stop['name']} stops as in {first} ({stop['where']}).")
        self.rows.append((item, result))

    def note(self, item: Item, printed: str, changed: tuple[str, ...]) -> None:
        """Enter what an item did by the way."""
        if printed:
            self.printed[item.name] = printed
        for name in changed if not item.name.endswith(".seed") else ():  # those seed np.random to see who draws from it
            self.changed.setdefault(name, []).append(item.name)

    def judge_manners(self) -> None:
        """Add the items that follow from all others. Call it when all are asked."""
        asked = [result.outcome for item, result in self.rows if item.group != PACKAGE]
        nothing = all(outcome in ("missing", "skipped") for outcome in asked)
        faults = {SILENCE: self._printing(), GLOBALS: self._globals()}
        for item, message in faults.items():
            outcome: Outcome = "fail" if message else "missing" if nothing else "pass"
            self.add(item, Result(item.name, outcome, message or ("anything that works yet" if nothing else "")))

    def outcome(self, name: str) -> Result:
        """The result of the item called `name`."""
        return next(result for item, result in self.rows if item.name == name)

    @property
    def passed(self) -> bool:
        """Whether all that is required passes; what could not be asked does not count against the library."""
        return all(result.outcome in ("pass", "skipped") for item, result in self.rows if not item.stretch)

    @property
    def groups(self) -> dict[str, list[tuple[Item, Result]]]:
        """The rows by heading, both in the order of the suite."""
        found: dict[str, list[tuple[Item, Result]]] = {}
        for item, result in self.rows:
            found.setdefault(item.group, []).append((item, result))
        return found

    def counts(self, stretch: bool = False) -> Counter[str]:
        """How many of the required items, or of those that are a stretch, have each outcome."""
        return Counter(result.outcome for item, result in self.rows if item.stretch == stretch)

    @property
    def first(self) -> Result | None:
        """What to work on next: the first required item that fails; where none does, the first that is missing."""
        required = [result for item, result in self.rows if not item.stretch]
        order = [result for outcome in ("fail", "missing") for result in required if result.outcome == outcome]
        return order[0] if order else None

    def _printing(self) -> str:
        if not self.printed:
            return ""
        text = next(iter(self.printed.values()))
        line = (text.strip().splitlines() or ["an empty line"])[0][:160]
        return (
            f"Printed: {line!r}, in {_some(list(self.printed))}. Only ProgressBar prints; give back or raise the rest."
        )

    def _globals(self) -> str:
        return " ".join(f"In {_some(names)} the library {MEANING[name]}." for name, names in self.changed.items())


def _some(names: list[str]) -> str:
    more = len(names) - SHOWN
    return ", ".join(names[:SHOWN]) + (f" and {more} more" if more > 0 else "")
