"""What an instructor runs on a class: `groundup collect` and `groundup grade`."""

from __future__ import annotations

import os
import time
from collections import Counter
from pathlib import Path
from types import TracebackType
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn
from rich.table import Table

from groundup.lessons.course import Course

console = Console()
LINE_SECONDS = 10.0
"""Between two lines about how far it is, where there is no terminal."""
STATES = {
    "taken": "new in grading/submitted",
    "replaced": "a newer version came; the one before is kept in grading/submitted-before",
    "unchanged": "was there already",
    "older": "a newer version counts",
    "refused": "not taken; the lines above say why",
}


def collect(
    files: Annotated[list[Path], typer.Argument(help="Zips, folders or notebooks, as the platform gives them.")],
) -> None:
    """Bring what students handed in to grading/submitted/, and say what became of each file.

    Name the download itself (submissions.zip), or the folder that holds the students' folders. Exit code 1: something
    was refused. 2: there was nothing.
    """
    from groundup.grading.reading.collect import collect as collect_files

    report = collect_files(Course.find(), files)
    if not report:
        typer.secho(f"Nothing was found in {', '.join(map(str, files))}.", fg="red", err=True)
        raise typer.Exit(2)
    for item in report:
        if item.why:
            line = f"[bold]{item.state}[/] {escape(item.source)} {escape(item.why)}"
            console.print(line, highlight=False, soft_wrap=True)
    counts = Counter(str(item.state) for item in report)
    table = Table("files", "state", "what that means", title="What was collected")
    for state, meaning in STATES.items():
        table.add_row(str(counts[state]), state, meaning)
    console.print(table)
    if counts["refused"]:
        raise typer.Exit(1)


def grade(
    week: Annotated[str, typer.Argument(help="The week: week00.")],
    students: Annotated[list[str] | None, typer.Option(help="Only this student; may be given several times.")] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes that grade side by side.")] = os.cpu_count() or 1,
    scheduler: Annotated[
        str | None, typer.Option(help="A Dask scheduler whose workers grade: tls://host:8786.")
    ] = None,
    sandbox: Annotated[
        bool, typer.Option("--sandbox/--no-sandbox", help="Without, strangers' code runs with your rights.")
    ] = True,
) -> None:
    """Grade what lies in grading/submitted/: marks, feedback for each student, one report.

    What was graded before from the same file is not graded again. Exit code 1: a notebook could not be graded, and the
    report says why. 130: interrupted; what was done until then is kept.
    """
    course = Course.find()
    try:
        with _Shown(week) as shown:
            from groundup.grading.engine import grade as grade_week
            from groundup.grading.engine import report_path
            from groundup.grading.settings import settings

            graded = grade_week(
                course,
                week,
                students=students,
                workers=workers,
                scheduler=scheduler,
                isolated=sandbox,
                progress=shown.progress,
            )
    except KeyboardInterrupt:
        typer.secho("Interrupted. What was graded until now is recorded; run it again to do the rest.", err=True)
        raise typer.Exit(130) from None
    faults = [one for one in graded if one.fault]
    for one in faults:
        typer.secho(f"{one.student}, {one.lesson}: {one.fault}", fg="red", err=True)
    found = settings(course)
    typer.echo(f"{len(graded) - len(faults)} notebooks of {len({one.student for one in graded})} students are graded.")
    typer.echo(f"Report:    {report_path(found, week)}")
    typer.echo(f"Feedback:  {found.feedback}")
    typer.echo("Marks are in nbgrader's gradebook: `nbgrader export --to grading/grades.csv` writes them as a table.")
    if faults:
        raise typer.Exit(1)


class _Shown:
    """How far it is: a bar on a terminal; elsewhere, in a log, a line now and then."""

    def __init__(self, week: str) -> None:
        self.week = week
        self.bar = Progress(
            SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
            TimeRemainingColumn(elapsed_when_finished=True), TextColumn("{task.fields[rate]}"),
            console=console, disable=not console.is_terminal,
        )  # fmt: skip
        self.task = self.bar.add_task("Getting ready", total=None, rate="")
        self.next_line = 0.0

    def __enter__(self) -> _Shown:
        self.bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.bar.stop()

    def progress(self, done: int, total: int, graded: Any) -> None:
        """The engine calls it after each notebook, and once before the first: `graded` is None then."""
        if graded is None:  # what an earlier run did does not count for the rate
            self.bar.reset(self.task, total=total, completed=done, description=f"Grading {self.week}")
        task = self.bar.tasks[self.task]
        self.bar.update(self.task, completed=done, rate=f"{task.speed:.1f} a second" if task.speed else "")
        if not console.is_terminal and (time.monotonic() >= self.next_line or done == total):
            self.next_line = time.monotonic() + LINE_SECONDS
            left = f", {task.time_remaining:.0f} s left" if task.time_remaining and task.speed else ""
            typer.echo(f"Grading {self.week}: {done} of {total}{left}")
