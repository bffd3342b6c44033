"""`groundup collect`: bring what students handed in to where grading looks for it, and lose nothing silently.

In: zips, folders and notebooks as a learning platform or a person hands them out.
Out: grading/submitted/STUDENT/WEEK/LESSON.ipynb, and a `Taken` for everything that was found.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from groundup.grading.reading.archives import Allowance, Member, RefusedError, shown, unpack
from groundup.grading.reading.layouts import look_into
from groundup.grading.reading.owners import Owner, Roster
from groundup.lessons.course import Course, Lesson
from groundup.selfcheck.reading import LARGEST, UnreadableNotebookError, read_notebook, source

State = Literal["taken", "replaced", "unchanged", "older", "refused"]

_MADE_FROM = re.compile(r"Made from solutions/(week\d\d/\d\d_\w+)\.py")
_COPY = re.compile(r"( ?\(\d+\)|-\d+| - Copy|-Copy\d*)+$")
_WHOSE = (
    "does not say whose it is. Put it into a folder with the student's name, and collect the folder around that. "
    "A platform's download, zipped or unpacked, has to be named itself."
)


@dataclass(frozen=True)
class Taken:
    """What became of one file that was found."""

    student: str
    """The student's name in grading/submitted; empty where nobody knows whose it is."""
    week: str
    lesson: str
    """Both empty where the file is no lesson of the course."""
    source: str
    """Where it was found."""
    state: State
    why: str = ""
    """A sentence that follows the source, where there is something to say."""


@dataclass(frozen=True)
class _Found:
    """A notebook, or what has to be refused, with its owner and where its bytes wait."""

    owner: Owner | None
    member: Member
    given: int
    """Which of the files named by the instructor it comes from."""
    waiting: Path | None = None
    lesson: Lesson | None = None
    why: str = ""


def collect(course: Course, files: Sequence[Path], target: Path | None = None) -> list[Taken]:
    """Take what `files` hold into `target` (default: grading/submitted of the course).

    Replaced notebooks are kept in `TARGET-before`, and who has which name in `TARGET.json`.
    Raises CourseError when that list is damaged.
    """
    target = target or course.root / "grading" / "submitted"
    roster = Roster.load(target.with_name(f"{target.name}.json"), target)
    with tempfile.TemporaryDirectory() as waiting:
        found = list(_read_all(course, files, Path(waiting)))
        names = roster.name_all([item.owner for item in found if item.owner], _namesakes(found))
        report: list[Taken] = []
        lessons: dict[tuple[str, Lesson], list[_Found]] = defaultdict(list)
        for item in found:
            student = names[item.owner] if item.owner else ""
            if item.lesson is None:
                report.append(Taken(student, "", "", item.member.where, "refused", item.why))
            else:
                lessons[student, item.lesson].append(item)
        try:
            for (student, lesson), items in sorted(lessons.items(), key=lambda entry: (entry[0][0], str(entry[0][1]))):
                report += _place_newest(student, lesson, items, target, roster)
            _stamp(report, target, roster)
        finally:
            if found:
                roster.save()
    return _with_names(report, roster)


def _read_all(course: Course, files: Sequence[Path], folder: Path) -> Iterator[_Found]:
    """Everything in `files`, the notebooks written to `folder` until it is known which of them count."""
    allowances: dict[str, Allowance] = defaultdict(Allowance)
    lessons = course.lessons()
    serial = 0
    for given, file in enumerate(files):
        for owner, outer in look_into(file):
            if owner is None:
                yield _Found(None, outer, given, why=outer.fault or _WHOSE)
                continue
            allowance = allowances[owner.person]
            for member in unpack(outer, allowance):
                serial += 1
                kept = folder / f"{serial}.ipynb"
                inner = owner.parts if member is outer else (*owner.parts[:-1], *member.parts)
                yield _read(_Found(owner, member, given), inner, lessons, allowance, kept)


def _read(item: _Found, parts: tuple[str, ...], lessons: list[Lesson], allowance: Allowance, kept: Path) -> _Found:
    """Which lesson a member is, with its bytes in `kept`; or why it is refused."""
    name = parts[-1] if parts else ""
    why, cells = "", []
    try:
        if not item.member.fault and not name.lower().endswith(".ipynb"):
            raise RefusedError("is not a notebook, and only notebooks (.ipynb) are taken. Unpack other archives first.")
        kept.write_bytes(allowance.read(item.member, LARGEST))
    except RefusedError as error:
        return replace(item, why=str(error))
    try:
        cells = read_notebook(kept)["cells"]
    except UnreadableNotebookError as error:
        why = f"is taken, but grading will refuse it: {str(error).replace(kept.name, 'the file')}"
    lesson = _by_name(parts, lessons) or _by_first_cells([source(cell) for cell in cells[:5]], lessons)
    if lesson is None:
        known = ", ".join(map(str, lessons))
        return replace(item, why=f"has neither the name of a lesson nor the first cell of one. There are: {known}.")
    return replace(item, waiting=kept, lesson=lesson, why=why)


def _by_name(parts: tuple[str, ...], lessons: list[Lesson]) -> Lesson | None:
    stem = parts[-1][: -len(".ipynb")]
    named = [lesson for lesson in lessons if lesson.name in (stem, _COPY.sub("", stem))]
    in_week = [lesson for lesson in named if lesson.week in parts[:-1]]
    chosen = in_week or named
    return chosen[0] if len(chosen) == 1 else None


def _by_first_cells(texts: list[str], lessons: list[Lesson]) -> Lesson | None:
    made = {match[1] for text in texts for match in _MADE_FROM.finditer(text)}
    chosen = [lesson for lesson in lessons if str(lesson) in made]
    return chosen[0] if len(chosen) == 1 else None


def _with_names(report: list[Taken], roster: Roster) -> list[Taken]:
    """The report, where the first notebook that came from a student says how the student's name was turned."""
    said, named = set(), []
    for item in report:
        if item.state in ("taken", "replaced") and item.student not in said:
            said.add(item.student)
            person = roster.students[item.student][-1]
            if person != item.student:
                item = replace(item, why=f"{item.why} '{shown(person)}' is called {item.student} here.".strip())
        named.append(item)
    return named


def _namesakes(found: list[_Found]) -> set[str]:
    """Names that one download has under two numbers: these are two people."""
    numbers: dict[tuple[int, str], set[str]] = defaultdict(set)
    for item in found:
        if item.owner and item.owner.number:
            numbers[item.given, item.owner.name].add(item.owner.number)
    return {name for (_, name), known in numbers.items() if len(known) > 1}


def _is_newer(one: _Found, other: _Found) -> bool:
    """Whether `one`, found later, counts instead of `other`: by Canvas's numbers, else by time."""
    ranks = one.owner and one.owner.rank, other.owner and other.owner.rank
    if one.given == other.given and ranks[0] and ranks[1] and ranks[0] != ranks[1]:
        return ranks[0] > ranks[1]
    return (one.member.handed_in, one.member.changed) >= (other.member.handed_in, other.member.changed)


def _place_newest(student: str, lesson: Lesson, items: list[_Found], target: Path, roster: Roster) -> list[Taken]:
    """Bring the newest of a student's versions of a lesson to its place, and say what became of each."""
    place = target / student / lesson.week / f"{lesson.name}.ipynb"
    record = roster.taken.get(f"{student}/{lesson}", {}) if place.exists() else {}
    numbers = {item.owner.number for item in items if item.owner} | {str(record.get("number", ""))}
    newest = items[0]
    for item in items[1:]:
        newest = item if _is_newer(item, newest) else newest
    report = []
    for item in items:
        if len(numbers - {""}) > 1:
            state, why = _two_people(student, numbers - {""}, place)
        elif item is not newest and _digest(item.waiting) == _digest(newest.waiting):
            state, why = "unchanged", f"is the same as {newest.member.where}."
        elif item is not newest:
            state, why = "older", f"was handed in again: {newest.member.where} counts."
        else:
            try:
                state, why = _place(item, place, f"{student}/{lesson}", record, roster)
            except OSError as error:
                state, why = "refused", f"cannot be written to {place}: {error.strerror}."
        report.append(Taken(student, lesson.week, lesson.name, item.member.where, state, why))
    return report


def _two_people(student: str, numbers: set[str], place: Path) -> tuple[State, str]:
    return "refused", (
        f"is one of several from a '{student}', with the numbers {', '.join(sorted(numbers))}: this may be two people. "
        f"If it is one, take {place} away, and collect only the file that counts."
    )


def _place(item: _Found, place: Path, key: str, record: dict[str, str], roster: Roster) -> tuple[State, str]:
    """Bring one notebook to its place, unless it is there already, was there before, or is older than what is there."""
    assert item.waiting is not None and item.owner is not None
    new = {
        "sha256": _digest(item.waiting),
        "time": f"{item.member.handed_in:%Y-%m-%d %H:%M:%S} UTC",
        "number": item.owner.number,
    }
    there = place.exists() or place.is_symlink()
    if there and (place.is_symlink() or not place.is_file()):
        return "refused", f"has no place: {place} is not a plain file. Take that away and collect again."
    if there and _digest(place) == new["sha256"]:
        roster.taken[key] = record or new
        return "unchanged", item.why
    if record.get("sha256") == new["sha256"]:
        return "unchanged", f"was taken before; {place.name} was changed by hand since, and stays as it is."
    if record and new["time"] < record["time"]:
        return "older", f"is older than what was taken at {record['time']}, which stays."
    why = item.why
    if there:
        kept = _keep(place)
        why = f"{why} The one before is kept as {kept.name}.".strip()
    place.parent.mkdir(parents=True, exist_ok=True)
    arriving = place.with_suffix(".new")
    shutil.copyfile(item.waiting, arriving)
    arriving.replace(place)
    roster.taken[key] = new
    return ("replaced" if there else "taken"), why


def _keep(place: Path) -> Path:
    """Copy a notebook that is about to be replaced to a folder that nbgrader does not look into."""
    submitted = place.parents[2]
    folder = submitted.with_name(f"{submitted.name}-before") / place.relative_to(submitted).parent
    folder.mkdir(parents=True, exist_ok=True)
    number = 1
    while (kept := folder / f"{place.name}.before-{number}").exists():
        number += 1
    shutil.copy2(place, kept)
    return kept


def _stamp(report: list[Taken], target: Path, roster: Roster) -> None:
    """Write when a week was handed in, as nbgrader reads it: the time of the newest notebook."""
    states: dict[tuple[str, str], set[State]] = defaultdict(set)
    for item in report:
        if item.lesson:
            states[item.student, item.week].add(item.state)
    for (student, week), found in states.items():
        stamp = target / student / week / "timestamp.txt"
        times = [record["time"] for key, record in roster.taken.items() if key.startswith(f"{student}/{week}/")]
        if times and ({"taken", "replaced"} & found or (stamp.parent.is_dir() and not stamp.exists())):
            stamp.write_text(f"{max(times)}\n", encoding="utf-8")


def _digest(path: Path | None) -> str:
    assert path is not None, "a notebook of a known lesson waits in a file"
    return hashlib.sha256(path.read_bytes()).hexdigest()
