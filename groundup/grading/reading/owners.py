"""Whose work is it? Only the outermost name says so, which the platform or the instructor gave, never the student.

In: the parts of a path (`Ann Lee_123456_assignsubmission_file_/01_perceptron.ipynb`). Out: an `Owner`, and in the
`Roster` one safe name for each person, the same in every run.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from groundup.lessons.course import CourseError

_MOODLE = re.compile(r"(?P<name>.+?)_(?P<number>\d+)_assignsubmission_[a-z]+_(?P<rest>.*)", re.DOTALL)
_CANVAS = re.compile(r"(?P<name>[^_]+)_(?P<late>LATE_)?(?P<user>\d+)_(?P<attachment>\d+)_(?P<rest>.+)", re.DOTALL)
_AGAIN = re.compile(r"-(\d+)\.\w+$")
_MOODLE_DOWNLOAD = re.compile(r".+-.+-\d+")
_CLASS = {"submissions", "class", "students", "moodle", "canvas", "download", "downloads"}
_WEEK = re.compile(r"week\d\d")
_LATIN = str.maketrans(
    {"ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i"}
)
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)  # Windows opens a device instead


@dataclass(frozen=True)
class Owner:
    """The person a file belongs to."""

    name: str
    """As the outermost name has it: `Ann Lee`, `s01`; from Canvas with the user's number, `leeann_12345`."""
    number: str = ""
    """Moodle's, which is the same within one assignment only."""
    rank: tuple[int, int, int] | None = None
    """Canvas: late or not, which resubmission, which attachment. The higher one is newer."""
    parts: tuple[str, ...] = ()
    """What is left of the path when the owner's part is taken off."""

    @property
    def person(self) -> str:
        """What tells this person from others."""
        return f"{self.name}_{self.number}" if self.number else self.name


def from_platform(parts: Sequence[str]) -> Owner | None:
    """The owner that a name made by Moodle or Canvas tells; None for other names."""
    if not parts:
        return None
    if moodle := _MOODLE.fullmatch(parts[0]):
        rest = (*([moodle["rest"]] if moodle["rest"] else []), *parts[1:])
        return Owner(moodle["name"], moodle["number"], parts=rest)
    canvas = _CANVAS.fullmatch(parts[0])
    if canvas and len(parts) == 1:
        again = _AGAIN.search(canvas["rest"])
        rank = (int(bool(canvas["late"])), int(again[1][:9]) if again else 0, int(canvas["attachment"][:18]))
        return Owner(f"{canvas['name']}_{canvas['user']}", rank=rank, parts=(canvas["rest"],))
    return None


def in_a_class(parts: tuple[str, ...]) -> Owner | None:
    """The owner of a file in the folder or download of a whole class; None where nothing says whose it is."""
    platform = from_platform(parts)
    if platform or not parts:
        return platform
    if len(parts) > 1:
        nested = from_platform(parts[1:]) is not None and "_assignsubmission_" in parts[1]
        return None if is_week(parts[0]) or nested else Owner(parts[0], parts=parts[1:])
    stem = zip_stem(parts[0])
    return Owner(stem, parts=parts) if stem and not says_class(stem) else None


def zip_stem(name: str) -> str | None:
    """The name of a zip without its end and a browser's " (1)"; None for other files."""
    found = re.fullmatch(r"(.+?)( \(\d+\))?\.zip", name, re.IGNORECASE | re.DOTALL)
    return found[1] if found else None


def is_week(name: str) -> bool:
    """Whether that is the name of a week's folder, which no student has."""
    return _WEEK.fullmatch(name) is not None


def says_class(stem: str) -> bool:
    """Whether the name of a zip says by itself that it holds the work of many: `submissions`, `week00-moodle`."""
    words = set(re.split(r"[\W_]+", stem.lower()))
    return bool(words & _CLASS) or is_week(stem)


def named_by_moodle(stem: str) -> bool:
    """Whether a zip is called as Moodle calls a download: course, assignment, number."""
    return _MOODLE_DOWNLOAD.fullmatch(stem) is not None


def safe_name(name: str) -> str:
    """`name` in letters that every system takes; with a mark of the whole name where letters were lost."""
    latin = unicodedata.normalize("NFKD", name.translate(_LATIN))
    kept = "".join(mark for mark in latin if mark.isascii())
    lost = any(unicodedata.category(mark)[0] in "LN" for mark in latin if not mark.isascii())
    plain = re.sub(r"[^A-Za-z0-9_.-]+", "-", kept).strip("-.")
    short = plain[:60].rstrip("-.")
    if lost or short != plain or not short or _RESERVED.fullmatch(short):
        return f"{short or 'student'}-{_mark(name)}"
    return short


def _mark(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:6]


@dataclass
class Roster:
    """Who has which name here, and what was taken; it is kept beside the folder of submissions, as JSON."""

    path: Path
    students: dict[str, list[str]] = field(default_factory=dict)
    """By the safe name: the persons it stands for, more than one only where Moodle numbered one person anew."""
    taken: dict[str, dict[str, Any]] = field(default_factory=dict)
    """By `STUDENT/WEEK/LESSON`: sha256, time and number of what was taken last."""

    @classmethod
    def load(cls, path: Path, folder: Path) -> Roster:
        """The roster at `path`, with everybody who has a folder in `folder`. Raises CourseError when it is damaged."""
        roster = cls(path)
        if path.exists():
            try:
                kept = json.loads(path.read_text(encoding="utf-8"))
                roster.students, roster.taken = dict(kept["students"]), dict(kept["taken"])
            except (ValueError, KeyError, TypeError):
                raise CourseError(
                    f"{path} says whose folder is whose, and it is damaged. Bring back an older copy of it, or move "
                    f"{folder} and this file away and collect everything again."
                ) from None
        for student in sorted(folder.iterdir()) if folder.is_dir() else []:
            if student.is_dir():
                roster.students.setdefault(student.name, [student.name])
        return roster

    def save(self) -> None:
        """Write it, in one step."""
        text = json.dumps({"students": self.students, "taken": self.taken}, indent=1, sort_keys=True)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        new = self.path.with_name(f"{self.path.name}.new")
        new.write_text(f"{text}\n", encoding="utf-8")
        new.replace(self.path)

    def name_all(self, owners: Iterable[Owner], namesakes: set[str]) -> dict[Owner, str]:
        """A safe name for each owner. Names that are safe already are given first; `namesakes` get their numbers."""
        first = sorted(set(owners), key=lambda owner: (owner.person != safe_name(owner.person), owner.person))
        return {owner: self._name(owner, owner.name in namesakes) for owner in first}

    def _name(self, owner: Owner, has_namesake: bool) -> str:
        for student, persons in self.students.items():
            if owner.person in persons:
                return student
        shared = owner.number and has_namesake
        if owner.number and not shared:
            for student, persons in self.students.items():
                if any(re.fullmatch(rf"{re.escape(owner.name)}_\d+", person) for person in persons):
                    persons.append(owner.person)
                    return student
        wanted = safe_name(owner.person if shared else owner.name)
        if wanted.casefold() in {student.casefold() for student in self.students}:
            wanted = f"{wanted}-{_mark(owner.person)}"
        self.students[wanted] = [owner.person]
        return wanted
