"""The student edition: made by nbgrader's own generate_assignment, proved, then put into weekNN/.

In: lesson sources and the other files of `solutions/weekNN/`. Out: `weekNN/`, the same bytes at every run.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from groundup.lessons.course import Course, CourseError
from groundup.lessons.leaks import find_leaks, visible_checks
from groundup.lessons.source import write_notebooks
from groundup.lessons.stubs import find_paying_stubs


def nbgrader_config(course: Course, **directories: str) -> Config:
    """The settings of the course's nbgrader_config.py, with some of CourseDirectory's replaced."""
    config = PyFileConfigLoader("nbgrader_config.py", path=str(course.root)).load_config()
    config.CourseDirectory.update(directories)
    return config


def nbgrader_api(config: Config) -> NbGraderAPI:
    """nbgrader's Python interface under these settings."""
    return NbGraderAPI(coursedir=CourseDirectory(config=config), config=config)


def generate(course: Course, release: Path, gradebook: Path) -> None:
    """Make the student edition of every week in `release` and enter the assignments into `gradebook`.

    Raises CourseError with nbgrader's own words when a source is broken (an unclosed region, for example).
    """
    write_notebooks(course)
    api = nbgrader_api(
        nbgrader_config(course, release_directory=str(release), db_url=f"sqlite:///{gradebook.as_posix()}")
    )
    for week in course.weeks:
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
        generate(course, fresh, Path(folder, "gradebook.db"))
        faults: list[str] = []
        idioms = visible_checks(course)
        for lesson in course.lessons():
            say(f"{lesson}: looking for leaks, running it untouched ...")
            faults += find_leaks(lesson, fresh / lesson.week, idioms)
            faults += find_paying_stubs(lesson)
        if check:
            return faults + _differences(course, fresh)
        if not faults:
            _install(course, fresh, say)
        return faults


def _made_files(folder: Path) -> dict[str, bytes]:
    """Files of a week's folder by relative path; what Jupyter leaves behind does not count."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".ipynb_checkpoints" not in path.parts
    }


def _differences(course: Course, fresh: Path) -> list[str]:
    faults = []
    for week in course.weeks:
        wanted, present = _made_files(fresh / week), _made_files(course.root / week)
        for name in sorted(wanted.keys() | present.keys()):
            if wanted.get(name) != present.get(name):
                state = "is missing" if name not in present else "differs" if name in wanted else "has no source"
                faults.append(f"{week}/{name} {state}: run `groundup build` and commit what it changes.")
    return faults


def _install(course: Course, fresh: Path, say: Callable[[str], None]) -> None:
    for week in course.weeks:
        target = course.root / week
        wanted, present = _made_files(fresh / week), _made_files(target)
        for name in sorted(present.keys() | wanted.keys()):
            if wanted.get(name) == present.get(name):
                continue
            path = target / name
            if name in present and _is_worked_in(path):
                kept = course.root / "build" / "replaced" / week / name
                kept.parent.mkdir(parents=True, exist_ok=True)
                shutil.move(path, kept)
                say(f"{week}/{name} had been run; it is kept as {kept.relative_to(course.root).as_posix()}.")
            if name in wanted:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(wanted[name])
                say(f"wrote {week}/{name}")
            elif path.exists() and path.suffix == ".ipynb":
                path.unlink()
                say(f"removed {week}/{name}, which has no source any more")


def _is_worked_in(path: Path) -> bool:
    """Whether a notebook holds outputs: then somebody ran it, and may have typed answers into it."""
    if path.suffix != ".ipynb":
        return False
    try:
        notebook: Any = nbformat.read(path, as_version=4)
    except (OSError, ValueError):
        return True
    return any(cell.cell_type == "code" and (cell.outputs or cell.execution_count) for cell in notebook.cells)
