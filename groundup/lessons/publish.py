"""The repository that students get, made from this one.

In: a course whose student edition is up to date, and a folder. Out: the folder with week folders, README, start.py,
requirements and the `groundup` package without its instructor parts, and the proof that no file in it holds a line of
a solution, of a hidden test or of a quiz answer. A list of what was made lies in it, so that it can be brought up to
date later without touching what somebody else put there.
"""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from groundup.lessons.course import Course, CourseError
from groundup.lessons.edition import build
from groundup.lessons.leaks import find_leaks
from groundup.lessons.scaffold import is_students_own

TOP = ("LICENSE", "pyproject.toml", "requirements.txt", "start.py", ".gitattributes", ".gitignore", "site/lesson.png")
PACKAGE = "groundup"
INSTRUCTOR_PARTS = ("groundup/lessons/", "groundup/grading/", "groundup/cli/instructor.py", "groundup/cli/grading.py")
"""What students do without: what makes notebooks from solutions, and what grades them."""

LIST = "groundup/published.json"
INSTRUCTORS_ONLY = re.compile(r"<!-- instructors -->\n.*?<!-- end of instructors -->\n+", re.S)
"""A part of the README that students do not get."""


def publish(course: Course, target: Path, say: Callable[[str], None]) -> int:
    """Make or bring up to date the students' repository in `target`; returns how many files it has.

    Raises CourseError, having written nothing, when the student edition is not up to date, when a secret would get
    out, when `target` is a folder of something else, or when files in it were changed since they were published.
    """
    target = target.resolve()
    before = _published_before(course, target)
    faults = build(course, True, say)
    if faults:
        raise CourseError("The course cannot be published:\n" + "\n".join(f"- {fault}" for fault in faults))
    files = dict(_files(course))
    new = files.keys() - before.keys()
    strangers = [name for name in new if _sum(target / name) not in (None, _sum_of(files[name]))]
    if strangers:
        raise CourseError(
            f"{target} already holds files that would be overwritten: {', '.join(sorted(strangers))}. Move them away."
        )
    files[LIST] = _list(files)
    say("Looking for secrets in every file that is to be published ...")
    _prove(course, files)
    for name in before.keys() - files.keys():
        (target / name).unlink(missing_ok=True)
    for name, content in files.items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return len(files)


def student_readme(text: str) -> str:
    """The README without the parts between `<!-- instructors -->` and `<!-- end of instructors -->`."""
    return INSTRUCTORS_ONLY.sub("", text)


def _files(course: Course) -> Iterator[tuple[str, bytes]]:
    """Every file that students get, by its path in the repository, without the list."""
    yield "README.md", student_readme((course.root / "README.md").read_text(encoding="utf-8")).encode()
    for name in TOP:
        yield name, (course.root / name).read_bytes()
    for folder in (*course.week_folders, PACKAGE):
        for path in sorted((course.root / folder).rglob("*")):
            name = path.relative_to(course.root).as_posix()
            made_by_the_way = {"__pycache__", ".ipynb_checkpoints"} & set(path.parts)
            if path.is_file() and not made_by_the_way and not name.startswith(INSTRUCTOR_PARTS):
                content = path.read_bytes()
                if not is_students_own(name, content):
                    yield name, content


def _list(files: dict[str, bytes]) -> bytes:
    sums = {name: _sum_of(content) for name, content in sorted(files.items())}
    made = (
        "Made by `groundup publish`, with the SHA-256 sum of every published file. Change the course, not these files."
    )
    return (json.dumps({"made": made, "files": sums}, indent=1) + "\n").encode()


def _published_before(course: Course, target: Path) -> dict[str, str]:
    """The files of an earlier publication in `target`, with their sums; none in a folder that is new or empty."""
    if target == course.root or course.root.is_relative_to(target):
        raise CourseError(f"{target} holds the course itself. Publish into a folder of its own.")
    if not target.exists() or (target.is_dir() and all(path.name == ".git" for path in target.iterdir())):
        return {}
    try:
        listed = json.loads((target / LIST).read_text(encoding="utf-8"))["files"]
        before = {str(name): str(found) for name, found in listed.items()}
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        raise CourseError(
            f"{target} is not empty and was not made by `groundup publish`. Name a new folder, or empty this one."
        ) from None
    changed = [name for name, wanted in before.items() if _sum(target / name) not in (wanted, None)]
    if changed:
        raise CourseError(
            f"In {target} these files were changed after they were published: {', '.join(sorted(changed))}. "
            "Bring the changes into the course, or undo them there; then publish again."
        )
    return before


def _sum(path: Path) -> str | None:
    return _sum_of(path.read_bytes()) if path.is_file() else None


def _sum_of(content: bytes) -> str:
    # Git on Windows may write \r\n into text; that is no change of anybody's.
    text = content if b"\0" in content else content.replace(b"\r\n", b"\n")
    return hashlib.sha256(text).hexdigest()


def _prove(course: Course, files: dict[str, bytes]) -> None:
    """Raise CourseError when a file holds a secret: checked in a copy, before anything is written for students."""
    with tempfile.TemporaryDirectory(prefix="groundup-publish-") as folder:
        for name, content in files.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        faults = find_leaks(course, Path(folder))
    if faults:
        raise CourseError("Nothing was published:\n" + "\n".join(f"- {fault}" for fault in faults))
