"""The answer bank: right and wrong answers to every exercise, in `tests/answers/weekNN/NN_name/EXERCISE.py`.

Where these are many, further files stand beside it: `EXERCISE-order.py`, `EXERCISE-counting.py`.

    # %% right: loop over the rows
    def mse(predictions, targets): ...

    # %% wrong: sums instead of averaging
    # says: you summed the squares
    # also fails: forward            (optional: other exercises that build on this answer)
    def mse(predictions, targets): ...

A block is what a student types into the answer cell. A right one must score full marks; a wrong one must lose
points, and its message must contain what `says` says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from groundup.lessons.course import Course, CourseError, Lesson
from groundup.lessons.exercises import exercises

LEAST_RIGHT, LEAST_WRONG = 2, 4


@dataclass(frozen=True)
class Answer:
    """One answer of the bank. `says` is empty for right answers."""

    exercise: str
    right: bool
    name: str
    source: str
    says: str = ""
    also_fails: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.exercise}: {'right' if self.right else 'wrong'}, {self.name}"


def answers(course: Course, lesson: Lesson) -> list[Answer]:
    """All answers of the bank to a lesson.

    Raises CourseError when an exercise has too few answers, or a file is not in the form of the module's docstring.
    """
    folder = course.root / "tests" / "answers" / lesson.week / lesson.name
    names = [exercise.name for exercise in exercises(lesson)]
    strangers = sorted(path.name for path in folder.glob("*.py") if path.stem.partition("-")[0] not in names)
    if strangers:
        raise CourseError(f"{folder} has answers to exercises that {lesson} does not have: {', '.join(strangers)}.")
    found = []
    for name in names:
        path = folder / f"{name}.py"
        if not path.exists():
            raise CourseError(f"{lesson}: the exercise '{name}' has no answers. Write them in {path}.")
        blocks = [block for part in (path, *sorted(folder.glob(f"{name}-*.py"))) for block in _read(name, part)]
        right = sum(answer.right for answer in blocks)
        if right < LEAST_RIGHT or len(blocks) - right < LEAST_WRONG:
            raise CourseError(
                f"{path} has {right} right and {len(blocks) - right} wrong answers. "
                f"An exercise needs at least {LEAST_RIGHT} and {LEAST_WRONG}."
            )
        found += blocks
    return found


def _read(exercise: str, path: Path) -> list[Answer]:
    parts = re.split(r"^# %% ", path.read_text(encoding="utf-8"), flags=re.M)[1:]
    return [_block(exercise, path, part) for part in parts]


def _block(exercise: str, path: Path, part: str) -> Answer:
    head, _, body = part.partition("\n")
    kind, _, name = head.partition(":")
    notes = dict(re.findall(r"^# (says|also fails): *(.+?) *$", body, flags=re.M))
    source = re.sub(r"^# (says|also fails):.*\n", "", body, flags=re.M).strip("\n")
    if kind not in ("right", "wrong") or not name.strip() or not source:
        raise CourseError(f"{path}: a block begins with `# %% right: NAME` or `# %% wrong: NAME`, not `# %% {head}`.")
    if (kind == "wrong") != ("says" in notes):
        raise CourseError(f"{path}: '{head}' needs a line `# says: ...` if it is wrong, and none if it is right.")
    also = tuple(exercise.strip() for exercise in notes.get("also fails", "").split(",") if exercise.strip())
    return Answer(exercise, kind == "right", name.strip(), source, notes.get("says", ""), also)
