"""Answers of two students that are built alike, whatever their names, numbers, comments and layout are.

In: answer cells by student. Out: `Pair` records with the exercises they share and a score, the most telling first.

Every part of a syntax tree (a call, a loop, an expression) is hashed by its structure, and an answer is the bag of its
parts. Parts that many students wrote, or that stand in the course's own texts, do not count; rare ones count more.
"""

from __future__ import annotations

import ast
import math
import warnings
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

SMALLEST = 4
"""Nodes. A smaller part, such as `w + b`, says nothing."""
LEAST_PARTS = 12
"""Rare parts that two answers share before anybody should look."""
LEAST_ALIKE = 0.7
LONGEST = 30_000
"""Characters. No answer to an exercise is as long, and a longer one would cost everybody's time."""

Bag = Counter[int]


@dataclass(frozen=True)
class Shared:
    """One exercise that two students answered alike."""

    exercise: str
    alike: float
    """From 0 to 1: the share of rare parts that both answers have."""
    score: float
    """How much they share, in bits: a part that 2 of 300 wrote counts more than one that 15 of 300 wrote."""


@dataclass(frozen=True)
class Pair:
    """Two students and the exercises they answered alike."""

    students: tuple[str, str]
    shared: tuple[Shared, ...]

    @property
    def score(self) -> float:
        """Of all shared exercises together."""
        return sum(one.score for one in self.shared)


def parts(source: str) -> Bag:
    """The parts of an answer by structure; empty where it is no Python or too long."""
    if len(source) > LONGEST:
        return Counter()
    bag: Bag = Counter()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SyntaxWarning)
            tree = ast.parse(source)
        for statement in _telling(tree.body):
            _hash(statement, bag)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return Counter()
    return bag


def _hash(node: ast.AST, bag: Bag) -> tuple[int, int]:
    """Hash and size of a node; each of its parts that is large enough goes into the bag."""
    if isinstance(node, ast.JoinedStr):
        return hash("Constant"), 1
    children = [_hash(child, bag) for child in _children(node)]
    # A method's or a module's name is no choice of the student's: np.exp and np.abs are different things.
    label = f"{_kind(node)} {node.attr}" if isinstance(node, ast.Attribute) else _kind(node)
    size = 1 + sum(size for _, size in children)
    value = hash((label, *(value for value, _ in children)))
    if size >= SMALLEST:
        bag[value] += 1
    return value, size


def _kind(node: ast.AST) -> str:
    return "Assign" if isinstance(node, ast.AnnAssign) else type(node).__name__


def _children(node: ast.AST) -> Iterator[ast.AST]:
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "ctx", "type_params"):
            continue
        if isinstance(value, ast.AST):
            yield value
        elif isinstance(value, list):
            yield from _telling([item for item in value if isinstance(item, ast.AST)])


def _telling(nodes: list[ast.AST] | list[ast.stmt]) -> Iterator[ast.AST]:
    """Without docstrings and other bare constants, imports, `pass`, and annotations of nothing."""
    for node in nodes:
        bare = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant | ast.JoinedStr)
        empty = isinstance(node, ast.AnnAssign) and node.value is None
        if not (bare or empty or isinstance(node, ast.Import | ast.ImportFrom | ast.Pass)):
            yield node


def similar(answers: Mapping[str, Mapping[str, str]], known: Mapping[str, Collection[str]] | None = None) -> list[Pair]:
    """Pairs of students with answers alike, the highest score first.

    `answers[exercise][student]` is a source; `known[exercise]` are texts that are nobody's own, such as the stub and
    the model answer.
    """
    found: dict[tuple[str, str], list[Shared]] = defaultdict(list)
    for exercise, sources in answers.items():
        bags = {student: parts(source) for student, source in sources.items()}
        common = {value for text in (known or {}).get(exercise, ()) for value in parts(text)}
        for students, alike, score in _alike({student: bag for student, bag in bags.items() if bag}, common):
            found[students].append(Shared(exercise, alike, score))
    pairs = [Pair(students, tuple(shared)) for students, shared in found.items()]
    return sorted(pairs, key=lambda pair: (-pair.score, pair.students))


def _alike(bags: Mapping[str, Bag], common: Collection[int]) -> Iterator[tuple[tuple[str, str], float, float]]:
    who: dict[int, list[str]] = defaultdict(list)
    for student, bag in sorted(bags.items()):
        for value in bag:
            who[value].append(student)
    most = max(3, math.isqrt(len(bags)))  # what more students than that wrote is how one writes it
    worth = {
        value: math.log2(1 + len(bags) / len(students))
        for value, students in who.items()
        if len(students) <= most and value not in common
    }
    mass = {student: sum(worth.get(value, 0.0) * n for value, n in bag.items()) for student, bag in bags.items()}
    counts: Counter[tuple[str, str]] = Counter()
    scores: dict[tuple[str, str], float] = defaultdict(float)
    for value, weight in worth.items():
        for one, other in combinations(who[value], 2):
            shared = min(bags[one][value], bags[other][value])
            counts[one, other] += shared
            scores[one, other] += weight * shared
    for (one, other), count in counts.items():
        alike = scores[one, other] / (mass[one] + mass[other] - scores[one, other])
        if count >= LEAST_PARTS and alike >= LEAST_ALIKE:
            yield (one, other), alike, scores[one, other]
