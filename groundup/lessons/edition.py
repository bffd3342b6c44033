"""The student edition: made by nbgrader's own generate_assignment, proved, then put into weekNN/.

In: lesson sources, the reference library and the other files of `solutions/weekNN/`. Out: `weekNN/`, the same bytes at
every run.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from groundup.lessons.course import Course, CourseError
from groundup.lessons.leaks import find_leaks
from groundup.lessons.quizzes import quiz_files
from groundup.lessons.scaffold import STUDENTS, capstone_files, is_students_own
from groundup.lessons.source import write_notebooks
from groundup.lessons.stubs import find_paying_stubs

COPIES = "groundup/selfcheck/copies"
"""Where `groundup check` finds the notebooks as they were given out."""


def nbgrader_config(course: Course, **directories: str) -> Config:
    """The settings of the course's nbgrader_config.py, with some of CourseDirectory's replaced."""
    config = PyFileConfigLoader("nbgrader_config.py", path=str(course.root)).load_config()
    config.CourseDirectory.update(directories)
    return config


def nbgrader_api(config: Config) -> NbGraderAPI:
    """nbgrader's Python interface under these settings."""
    return NbGraderAPI(coursedir=CourseDirectory(config=config), config=config)


def generate(course: Course, release: Path, db_url: str, weeks: Sequence[str] | None = None) -> None:
    """Make the student edition of the weeks (default: all) in `release`; enter the assignments into the gradebook.

    Raises CourseError with nbgrader's own words when a source is broken (an unclosed region, for example).
    """
    write_notebooks(course)
    api = nbgrader_api(nbgrader_config(course, release_directory=str(release), db_url=db_url))
    for week in course.weeks if weeks is None else weeks:
        result = api.generate_assignment(week, force=True, create=True)
        if not result["success"]:
            reason = result["log"].strip().splitlines()[-1:] or [result["error"]]
            detail = next((line for line in reversed(result["log"].splitlines()) if "Error:" in line), reason[0])
            raise CourseError(f"nbgrader could not make the student edition of {week}: {detail}")


def build(course: Course, check: bool, say: Callable[[str], None]) -> list[str]:
    """Make the student edition, prove it, and write it to weekNN/; with `check`, write nothing.

    Returns what is wrong, a sentence each: leaks, stubs that score, and with `check` every file that differs.
    Nothing is written while there are leaks or paying stubs.
    """
    with tempfile.TemporaryDirectory(prefix="groundup-build-") as folder:
        fresh = Path(folder, "release")
        say("Making the student edition with nbgrader ...")
        generate(course, fresh, f"sqlite:///{Path(folder, 'gradebook.db').as_posix()}")
        _write(fresh, capstone_files(course))
        say("Looking for leaks ...")
        faults = find_leaks(course, fresh)
        faults += _paying_stubs(course, say)
        wanted = _wanted(course, fresh)
    present = _present(course, wanted)
    if check:
        return faults + _differences(wanted, present)
    if not faults:
        _install(course, wanted, present, say)
    return faults


def _paying_stubs(course: Course, say: Callable[[str], None]) -> list[str]:
    """What `find_paying_stubs` finds in all lessons, which run side by side: a kernel needs one core."""
    lessons = course.lessons()
    say(f"Running {len(lessons)} lessons untouched ...")
    found: list[str] = []
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for lesson, faults in zip(lessons, pool.map(find_paying_stubs, lessons), strict=True):
            say(f"{lesson}: {'; '.join(faults) or 'runs to its end, scores nothing'}")
            found += faults
    return found


def _wanted(course: Course, fresh: Path) -> dict[str, bytes]:
    """All made files by their path in the course: weeks, the copies that `groundup check` compares with, quizzes."""
    weeks = {f"{week}/{name}": text for week in course.week_folders for name, text in _files(fresh / week).items()}
    copies = {f"{COPIES}/{name}": text for name, text in weeks.items() if name.endswith(".ipynb")}
    sealed = {path.relative_to(course.root).as_posix(): text.encode() for path, text in quiz_files(course).items()}
    return {**weeks, **copies, **sealed}


def _present(course: Course, wanted: dict[str, bytes]) -> dict[str, bytes]:
    """What lies where made files belong. A file that somebody added to the students' library is none of them."""
    folders = [*course.week_folders, COPIES]
    found = {f"{place}/{name}": text for place in folders for name, text in _files(course.root / place).items()}
    made = {name: text for name, text in found.items() if name in wanted or not is_students_own(name, text)}
    sealed = course.root.glob("groundup/quiz/week*.json")
    return {**made, **{path.relative_to(course.root).as_posix(): path.read_bytes() for path in sealed}}


def _write(folder: Path, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _files(folder: Path) -> dict[str, bytes]:
    """Files of a folder by relative path; what Jupyter leaves behind does not count."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".ipynb_checkpoints" not in path.parts
    }


def _differences(wanted: dict[str, bytes], present: dict[str, bytes]) -> list[str]:
    faults = []
    for name in sorted(wanted.keys() | present.keys()):
        if wanted.get(name) != present.get(name):
            state = "is missing" if name not in present else "differs" if name in wanted else "has no source"
            first = "move it away, " if name in present and is_students_own(name, present[name]) else ""
            faults.append(f"{name} {state}: {first}run `groundup build` and commit what it changes.")
    return faults


def _install(course: Course, wanted: dict[str, bytes], present: dict[str, bytes], say: Callable[[str], None]) -> None:
    for name in sorted(present.keys() | wanted.keys()):
        if wanted.get(name) == present.get(name):
            continue
        path = course.root / name
        if name in present and is_students_own(name, present[name]):
            say(f"{name} was changed by somebody; it stays as it is. Move it away to get a new one.")
            continue
        if name in present and _is_worked_in(path):
            kept = course.root / "build" / "replaced" / name
            kept.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(path, kept)
            say(f"{name} had been run; it is kept as {kept.relative_to(course.root).as_posix()}.")
        if name in wanted:
            _write(course.root, {name: wanted[name]})
            say(f"wrote {name}")
        elif path.exists() and (path.suffix in (".ipynb", ".json") or f"/{STUDENTS}/" in name):
            path.unlink()
            say(f"removed {name}, which has no source any more")


def _is_worked_in(path: Path) -> bool:
    """Whether a notebook holds outputs: then somebody ran it, and may have typed answers into it."""
    if path.suffix != ".ipynb":
        return False
    try:
        notebook: Any = nbformat.read(path, as_version=4)
    except (OSError, ValueError):
        return True
    return any(cell.cell_type == "code" and (cell.outputs or cell.execution_count) for cell in notebook.cells)
