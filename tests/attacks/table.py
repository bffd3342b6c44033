"""The published table of attacks, as Markdown.

In: the attacks, and what grading made of each. Out: a row for each attack: what it tries, what it deserves, what plain
nbgrader gave for the same kind, what `groundup grade` gave, and what stops it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from attacks.attack import Attack

if TYPE_CHECKING:
    from groundup.grading.jobs import Graded

HEAD = (
    "| attack | what it tries | deserves | plain nbgrader 0.9.6 | `groundup grade` | what stops it |\n"
    "|---|---|---|---|---|---|"
)


PAGE = """\
<!-- Made by tests/test_attacks.py with GROUNDUP_ATTACKS=tests/attacks/README.md. Change the attacks, not this file. -->
# What attacks get

Each row is a submission that was graded in one run of `groundup grade`, among honest students who all got their full
points. "Deserves" is what the answers in it are worth. The column for plain nbgrader is of an earlier trial of sixty of
these kinds, with other exercises (20 points); the rest was not tried there. The code is in this folder. Attacks that
could do harm refuse to run outside the sandbox.

"""


def page(attacks: Sequence[Attack], graded: Mapping[str, Graded], points: Mapping[str, Mapping[str, float]]) -> str:
    """The page that is published: a few words and the table."""
    return f"{PAGE}{table(attacks, graded, points)}\n"


def without_results(text: str) -> list[str]:
    """The rows of a page without what `groundup grade` gave: where two marks are right, runs may differ."""
    return ["|".join([*row.split("|")[:5], *row.split("|")[6:]]) for row in text.splitlines() if row.startswith("|")]


def table(attacks: Sequence[Attack], graded: Mapping[str, Graded], points: Mapping[str, Mapping[str, float]]) -> str:
    """The table. `graded` has the outcome of each attack by name; `points` what each check pays, by lesson."""
    return "\n".join([HEAD, *(_row(attack, graded.get(attack.name), points[attack.lesson]) for attack in attacks)])


def _row(attack: Attack, graded: Graded | None, points: Mapping[str, float]) -> str:
    plain = f"{attack.plain}: {attack.plain_harm}" if attack.plain_harm else attack.plain
    cells = (attack.name, attack.story, deserved(attack, points), plain, _ours(graded, points), attack.stops)
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def deserved(attack: Attack, points: Mapping[str, float]) -> str:
    """What an attack deserves, in words: `5 of 10`, `5 to 10 of 10`, `refused`."""
    if attack.fault is not None:
        return "refused"
    lost = _worth(attack.loses, points)
    most = sum(points.values()) - lost
    least = most - _worth(set(attack.may_lose) - set(attack.loses), points)
    span = f"{most:g}" if least == most else f"{least:g} to {most:g}"
    return f"{span} of {sum(points.values()):g}" + (", or refused" if attack.may_fault else "")


def _worth(names: Sequence[str] | set[str], points: Mapping[str, float]) -> float:
    return sum(worth for check, worth in points.items() if {check, check.rpartition("-")[0]} & set(names))


def _ours(graded: Graded | None, points: Mapping[str, float]) -> str:
    if graded is None:
        return "not run"
    return "refused" if graded.fault else f"{sum(graded.scores.values()):g} of {sum(points.values()):g}"
