"""How fast a class is graded: plain nbgrader, the drop-in, `groundup grade` and the floor, in turn on one class.

In: answers of the bank, made into the notebooks of a class. Out: a table of medians and of ratios to plain nbgrader
(`--json FILE` writes the figures), whether all gave the same marks; with `--many N` one run of N notebooks instead.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table

from groundup.grading.reading.master import Master
from groundup.lessons.course import Course
from groundup.selfcheck.reading import grade_id, source

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
WEEK = "week00"
LESSONS = ("01_perceptron", "02_activations", "03_forward_pass", "04_meet_pytorch")
SWITCH = "# from groundup.grading.nbgrader_parts.execute import PREPROCESSORS"
"""How the line of nbgrader_config.py begins that switches the drop-in on."""

Notebooks = dict[tuple[str, str], bytes]
"""By student and lesson: what was handed in."""


@dataclass
class Contender:
    """One way to grade, and what was measured of it in each round."""

    name: str
    run: Callable[[Path], None]
    """Grades the class in a copy of the course."""
    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    marks: dict[str, float | None] = field(default_factory=dict)


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=6, help="students in the class, each with four notebooks")
    parser.add_argument("--rounds", type=int, default=3, help="how often each contender grades it")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--numpy-only", action="store_true", help="leave the lesson with PyTorch out")
    parser.add_argument("--many", type=int, help="one run of `groundup grade` on this many notebooks, memory watched")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    wanted = parser.parse_args()
    os.environ["GROUNDUP_SECRET"] = "the same hidden inputs for all"
    lessons = LESSONS[:3] if wanted.numpy_only else LESSONS
    if wanted.many:
        from many import grade_many

        figures = grade_many(wanted.many, lessons, wanted.workers)
    else:
        figures = compare(wanted.students, wanted.rounds, wanted.workers, lessons)
    if wanted.json:
        wanted.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


def a_class(count: int, lessons: tuple[str, ...]) -> Notebooks:
    """The notebooks of `count` students: whole lessons, with right and wrong answers of the bank in them."""
    from groundup.grading.proof.tasks import tasks

    course = Course(ROOT)
    made: Notebooks = {}
    for lesson in course.lessons(WEEK):
        if lesson.name in lessons:
            edition, bank = Master.of(lesson), tasks(course, lesson)
            for number in range(count):
                cells = bank[(number * 7) % len(bank)].cells
                made[f"student-{number:04d}", lesson.name] = filled(edition, cells)
    return made


def filled(master: Master, answers: dict[str, str]) -> bytes:
    """The student edition with these answers in it."""
    cells = [{**cell, "source": answers.get(str(grade_id(cell)), source(cell))} for cell in master.edition]
    notebook = {"cells": cells, "metadata": master.metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(notebook).encode()


def a_course(folder: Path, notebooks: Notebooks) -> Path:
    """A copy of the course in which these notebooks were handed in, with its assignment in the gradebook."""
    for name in ("solutions", "nbgrader_config.py"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    for (student, lesson), raw in notebooks.items():
        path = folder / "grading" / "submitted" / student / WEEK / f"{lesson}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
    subprocess.run([*PYTHON, "nbgrader", "generate_assignment", WEEK, "--force"], cwd=folder, check=True, **QUIET)
    return folder


PYTHON = (sys.executable, "-m")
QUIET: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def plain(folder: Path) -> None:
    """nbgrader as it is."""
    subprocess.run([*PYTHON, "nbgrader", "autograde", WEEK, "--force"], cwd=folder, check=True, **QUIET)


def drop_in(folder: Path) -> None:
    """nbgrader with the line of nbgrader_config.py switched on."""
    path = folder / "nbgrader_config.py"
    text = path.read_text(encoding="utf-8")
    if SWITCH not in text:
        raise SystemExit(f"{path} has no line that begins with {SWITCH!r}: what switches the drop-in on?")
    path.write_text(text.replace(SWITCH, SWITCH.removeprefix("# ")), encoding="utf-8")
    plain(folder)


def engine(workers: int) -> Callable[[Path], None]:
    """`groundup grade` with that many workers."""

    def run(folder: Path) -> None:
        command = [*PYTHON, "groundup", "grade", WEEK, "--workers", str(workers)]
        subprocess.run(command, cwd=folder, check=True, **QUIET)

    return run


def floor(which: str) -> Callable[[Path], None]:
    """The cells of all notebooks in one process that has imported everything: no isolation, no kernel, no record."""

    def run(folder: Path) -> None:
        subprocess.run([sys.executable, HERE / "floor.py", folder, which], cwd=folder, check=True, **QUIET)

    return run


def compare(students: int, rounds: int, workers: int, lessons: tuple[str, ...]) -> dict[str, Any]:
    """Let all contenders grade the same class in turn; print the table."""
    notebooks = a_class(students, lessons)
    contenders = [
        Contender("nbgrader autograde", plain),
        Contender("nbgrader autograde with the drop-in", drop_in),
        Contender(f"groundup grade, {workers} workers", engine(workers)),
        Contender("groundup grade, 1 worker", engine(1)),
        Contender("floor: all cells, one process", floor("all")),
        Contender("floor: the cells that the engine runs", floor("needed")),
    ]
    console = Console()
    for number in range(rounds):
        for contender in contenders[number % len(contenders) :] + contenders[: number % len(contenders)]:
            with tempfile.TemporaryDirectory(prefix="groundup-benchmark-") as place:
                folder = a_course(Path(place), notebooks)
                measure(contender, folder)
            console.print(f"round {number + 1}: {contender.name}: {contender.wall[-1]:.1f} s", highlight=False)
    return report(contenders, len(notebooks), console)


def measure(contender: Contender, folder: Path) -> None:
    """One run: wall clock, CPU time of the machine meanwhile, and the marks it left."""
    before, began = busy_seconds(), time.monotonic()
    contender.run(folder)
    contender.wall.append(time.monotonic() - began)
    contender.cpu.append(busy_seconds() - before)
    contender.marks = marks(folder)


def busy_seconds() -> float:
    """CPU time that the whole machine has spent; of processes in namespaces of their own nobody else is told (Linux).

    So nothing else should run beside this. Elsewhere: the CPU time of this process's children.
    """
    if Path("/proc/stat").exists():
        user, nice, system, _, _, irq, softirq, *_ = map(int, Path("/proc/stat").read_text("ascii").split()[1:11])
        return (user + nice + system + irq + softirq) / os.sysconf("SC_CLK_TCK")
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def marks(folder: Path) -> dict[str, float | None]:
    """Every automatic score of what was handed in, by student and cell."""
    from nbgrader.api import Gradebook

    found = {}
    with Gradebook(f"sqlite:///{(folder / 'grading' / 'gradebook.db').as_posix()}", "groundup") as gradebook:
        for submission in gradebook.assignment_submissions(WEEK):
            for notebook in submission.notebooks:
                handed_in = folder / "grading" / "submitted" / submission.student.id / WEEK / f"{notebook.name}.ipynb"
                for grade in notebook.grades if handed_in.exists() else ():
                    found[f"{submission.student.id}/{notebook.name}/{grade.name}"] = grade.auto_score
    return found


def report(contenders: list[Contender], notebooks: int, console: Console) -> dict[str, Any]:
    """Print the table; the figures behind it."""
    first = contenders[0]
    table = Table(title=f"{notebooks} notebooks, medians of {len(first.wall)} rounds, in turn on one machine")
    for heading in ("", "seconds", "CPU s", "notebooks a minute", "times plain nbgrader"):
        table.add_column(heading, justify="left" if not heading else "right")
    figures: dict[str, Any] = {"notebooks": notebooks, "contenders": {}}
    for one in contenders:
        wall, cpu = median(one.wall), median(one.cpu)
        ratio = median(theirs / ours for theirs, ours in zip(first.wall, one.wall, strict=True))
        table.add_row(one.name, f"{wall:.1f}", f"{cpu:.1f}", f"{60 * notebooks / wall:.0f}", f"{ratio:.1f}")
        figures["contenders"][one.name] = {"wall": one.wall, "cpu": one.cpu, "times_plain": ratio}
    console.print(table)
    graders = [one for one in contenders if one.marks]
    same = all(one.marks == first.marks for one in graders)
    console.print(f"{len(first.marks)} marks, {'the same' if same else 'NOT THE SAME'} from {len(graders)} graders.")
    figures["marks"], figures["marks_equal"] = len(first.marks), same
    return figures


if __name__ == "__main__":
    main()
