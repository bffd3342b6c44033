"""A tiny course with a class that handed in, and `groundup grade` as a process: what the tests of grading share.

In: a folder, and what each student handed in. Out: a `Class` that can be graded, and what is on record of it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import nbformat
from conftest import write_tiny_course
from nbgrader.api import Gradebook

from groundup.grading.engine import enter_assignment
from groundup.grading.proof.filling import fill
from groundup.grading.reading.master import Master
from groundup.grading.settings import settings
from groundup.lessons.course import Course

WEEK, LESSON = "week00", "01_tiny"
RIGHT = "def double(x):\n    return 2 * x"
SQUARED = "def double(x):\n    return x * x"
SIGN_LOST = "def double(x):\n    return abs(2 * x)"
DESERVED = ((RIGHT, 3.0), (SQUARED, 0.0), (SIGN_LOST, 1.0))


class Class:
    """The course in `root` and its `grading/` folder."""

    def __init__(self, root: Path) -> None:
        self.root, self.course, self.grading = root, Course(root), root / "grading"

    def hand_in(self, student: str, answer: str | bytes) -> None:
        """Hand in a notebook with this answer, or bytes as they are."""
        path = self.grading / "submitted" / student / WEEK / f"{LESSON}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(answer, str):
            edition = nbformat.from_dict({"cells": Master.of(self.course.lessons()[0]).edition})
            notebook = {**fill(edition, {"double": answer}), "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
            answer = json.dumps(notebook).encode()
        path.write_bytes(answer)

    def hand_in_all(self, count: int, seconds: float = 0.0) -> dict[str, float]:
        """Students with right and wrong answers, in a cell that takes `seconds`; the points that each deserves."""
        deserved = {}
        for number in range(count):
            answer, points = DESERVED[number % len(DESERVED)]
            slow = f"import time\ntime.sleep({seconds})\n" if seconds else ""
            self.hand_in(f"student{number:02}", slow + answer)
            deserved[f"student{number:02}"] = points
        return deserved

    def start(self, *options: str, **changes: str) -> subprocess.Popen[str]:
        """`groundup grade` in a process group of its own, as a terminal starts it; `changes` to its environment."""
        return subprocess.Popen(
            [sys.executable, "-m", "groundup", "grade", WEEK, *options],
            cwd=self.root, env={**os.environ, **changes}, process_group=0, text=True, encoding="utf-8",
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip

    def grade(self, *options: str, **changes: str) -> tuple[int, str]:
        """Grade, and wait for the end: the exit code, and what was printed."""
        with self.start(*options, **changes) as process:
            said = process.communicate(timeout=240)[0]
        assert "Traceback" not in said
        assert "distributed" not in said
        return process.returncode, said

    def marks(self) -> dict[str, float]:
        """What the gradebook says, by student."""
        url = f"sqlite:///{(self.grading / 'gradebook.db').as_posix()}"
        with Gradebook(url, "groundup") as gradebook:
            return {row.student.id: row.score for row in gradebook.assignment_submissions(WEEK)}

    def done(self) -> dict[str, int]:
        """When each student's notebook was put on record, in nanoseconds."""
        found = (self.grading / "autograded").glob(f"*/{WEEK}/{LESSON}.ipynb")
        return {path.parent.parent.name: path.stat().st_mtime_ns for path in found}

    def feedback(self, student: str) -> str:
        """The student's page."""
        return (self.grading / "feedback" / student / WEEK / f"{LESSON}.html").read_text(encoding="utf-8")

    def report(self) -> str:
        """The instructor's page."""
        return (self.grading / f"report-{WEEK}.html").read_text(encoding="utf-8")


def prepared(root: Path) -> Class:
    """A class whose week is entered into the gradebook: what the first run does, and takes seconds for."""
    course = write_tiny_course(root)
    enter_assignment(course, WEEK, settings(course), {LESSON: Master.of(course.lessons()[0])})
    return Class(root)


def copy_of(original: Class, root: Path) -> Class:
    """The same class in another folder."""
    return Class(Path(shutil.copytree(original.root, root)))


def until(happens: Callable[[], bool], process: subprocess.Popen[str], seconds: float = 120) -> None:
    """Wait until something happens while the engine runs."""
    deadline = time.monotonic() + seconds
    while not happens():
        assert process.poll() is None, process.communicate()[0]
        assert time.monotonic() < deadline
        time.sleep(0.02)


def family(pid: int) -> dict[tuple[int, str], str]:
    """The process and all that it started, by id and start time, with their command lines."""
    found, rest = {}, [pid]
    for one in rest:  # the list grows while it is walked
        if began := _began(one):
            found[one, began] = Path(f"/proc/{one}/cmdline").read_text(encoding="utf-8").replace("\0", " ")
            for task in Path(f"/proc/{one}/task").iterdir():
                rest += map(int, (task / "children").read_text(encoding="utf-8").split())
    return found


def gone_within(seconds: float, processes: Iterable[tuple[int, str]]) -> bool:
    """Whether all of them end by themselves in that time."""
    deadline = time.monotonic() + seconds
    while left := [pid for pid, began in processes if _began(pid) == began]:
        if time.monotonic() > deadline:
            print("still there:", *(f"{pid} {_read(pid, 'cmdline')}" for pid in left), sep="\n")
            return False
        time.sleep(0.05)
    return True


def _began(pid: int) -> str:
    """When a process began; empty when it has ended."""
    fields = _read(pid, "stat").rpartition(")")[2].split()
    return fields[19] if fields and fields[0] != "Z" else ""


def _read(pid: int, name: str) -> str:
    try:
        return Path(f"/proc/{pid}/{name}").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
