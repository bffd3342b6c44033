"""What went wrong, by name: the likely cause that a check's message gives, and which causes are common in a class.

In: `Graded` records and the lessons' sheets. Out: sentences, and `Mistake` records, the commonest first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from groundup.grading.jobs import Graded
from groundup.grading.reporting.sheet import Sheet, Task

BLANK = "not written yet"
"""What a check says of an untouched answer."""


@dataclass(frozen=True)
class Mistake:
    """A likely cause in one exercise, and who has it."""

    lesson: str
    exercise: str
    cause: str
    students: tuple[str, ...]


def cause(message: str) -> str:
    """The likely cause that a check's message names, else its first line."""
    lines = message.splitlines() or ["no message"]
    for label in ("likely:", "you gave:"):
        for line in lines:
            if line.strip().startswith(label):
                return line.strip().removeprefix(label).strip()
    return lines[0].strip()


def label(message: str) -> str:
    """What kind of sentence `cause` gives for this message."""
    kinds = {"likely:": "Likely", "you gave:": "Your answer gave"}
    starts = [line.strip() for line in message.splitlines()]
    return next((name for key, name in kinds.items() if any(s.startswith(key) for s in starts)), "The check says")


def blank(task: Task, graded: Graded) -> bool:
    """Whether the student left this exercise as it was."""
    lost = task.lost(graded)
    return bool(lost) and all(BLANK in message for message in lost)


def mistakes(graded: Graded, sheet: Sheet) -> list[str]:
    """What went wrong in one notebook: a sentence for each exercise that lost points, most telling first."""
    if graded.fault:
        return [f"not graded: {graded.fault}"]
    found = [f"{task.name}: {cause(lost[0])}" for task in sheet.checked if (lost := task.lost(graded))]
    if len(found) > 1 and all(BLANK in sentence for sentence in found):
        return ["nothing is written yet"]
    return found


def common(graded: Iterable[Graded], sheets: Mapping[str, Sheet]) -> list[Mistake]:
    """The mistakes of a class, untouched answers left out: most students first, then in the order of the lessons."""
    who: dict[tuple[str, str, str], list[str]] = {}
    for one in graded:
        for task in sheets[one.lesson].checked if not one.fault else ():
            lost = task.lost(one)
            if lost and not blank(task, one):
                unnamed = label(lost[0]) == "Your answer gave"
                said = f"no cause was named; the answer gave {cause(lost[0])}" if unnamed else cause(lost[0])
                who.setdefault((one.lesson, task.title, said), []).append(one.student)
    found = [Mistake(*key, tuple(sorted(set(students)))) for key, students in sorted(who.items())]
    return sorted(found, key=lambda mistake: -len(mistake.students))
