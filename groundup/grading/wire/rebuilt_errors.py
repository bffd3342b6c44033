"""Errors across the wire: what the student's code raised, as a check wants to speak of it.

In the student's process: name, text and the student's own line of an error, as plain data. In the checker: an error of
the same name, which carries that line as `student_place`. An error that is no `Exception` (SystemExit, for example)
comes as a `CodeStopped`, so that it can never end the checker.
"""

from __future__ import annotations

import builtins
import re
from typing import Any

from groundup.checks.calling import place_of_student
from groundup.grading.wire.stand_ins import text

LONGEST = 4000
ENDS_LOOPS = (StopIteration, StopAsyncIteration)
"""Errors that would end a loop of a test's silently, before it has compared everything."""


class CodeStopped(Exception):
    """The student's code ended itself: exit(), quit(), or an error that is no Exception."""


def describe(error: BaseException) -> dict[str, Any]:
    """An error as plain data; what the error says about itself may lie or fail."""
    try:
        said = str(error)
    except BaseException:
        said = "(this error cannot be shown)"
    place = place_of_student(error)
    return {
        "name": type(error).__name__,
        "bases": [base.__name__ for base in type(error).__mro__ if base.__module__ == "builtins"],
        "text": said[:LONGEST],
        "place": list(place) if place else None,
        "home": getattr(error, "groundup_home", None),
    }


def error_from(values: Any, sources: list[str]) -> Exception:
    """The error that `describe` described, whatever arrived in its place.

    `sources` are the student's cells: only lines that stand there are quoted, since a student's process could put
    anything into them, the inputs of a hidden test for one.
    """
    values = values if isinstance(values, dict) else {}
    name, said = text(values.get("name")), values.get("text")
    name = name if name.isidentifier() else "Error"
    said = said[:LONGEST] if isinstance(said, str) else ""
    base = _base(values.get("bases"))
    if base is CodeStopped:
        said = f"{name}: the code ended itself"
    error = _made(base, name, said)
    error.student_place = _place(values.get("place"), sources)  # type: ignore[attr-defined]
    return error


def _made(base: type[Exception], name: str, said: str) -> Exception:
    """An error of this name that says just this: KeyError, for one, says its text in quotes."""
    kind = type(name or "Error", (base,), {"__str__": lambda self: said, "__module__": "builtins"})
    try:
        made: Exception = kind(said)
        return made
    except TypeError:  # a few of Python's errors want more than a text
        return CodeStopped(f"{name}: {said}")


def _base(names: Any) -> type[Exception]:
    for name in names if isinstance(names, list) else []:
        found = getattr(builtins, name, None) if isinstance(name, str) else None
        if isinstance(found, type) and issubclass(found, Exception) and not issubclass(found, ENDS_LOOPS):
            return found
    return CodeStopped


def _place(place: Any, sources: list[str]) -> tuple[str, int, str, str] | None:
    if not isinstance(place, list) or len(place) != 4:
        return None
    name, line, quoted, code = place
    if not all(isinstance(part, str) for part in (name, quoted, code)) or type(line) is not int:
        return None
    for source in sources:
        lines = source.splitlines()
        named = name in ("<module>", "<lambda>") or re.search(rf"\bdef {re.escape(name)}\b", source)
        if named and 0 < line <= len(lines) and lines[line - 1].strip() == quoted:
            return name, line, quoted[:LONGEST], code[:LONGEST]
    return None
