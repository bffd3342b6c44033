"""What an instructor runs on a class: `groundup collect` and `groundup grade`."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn
from rich.table import Table

from groundup.lessons.course import Course

console = Console()
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
    from groundup.grading.engine import grade as grade_week
    from groundup.grading.engine import report_path
    from groundup.grading.settings import settings

    course = Course.find()
    with _bar() as bar:
        task = bar.add_task("Getting ready", total=None, rate="")

        def progress(done: int, total: int, graded: Any) -> None:
            current = bar.tasks[task]
            if graded is None:  # the first call: what was done before does not count for the rate
                bar.reset(task, total=total, completed=done, description=f"Grading {week}")
                return
            speed = f"{current.speed:.1f} a second" if current.speed else ""
            bar.update(task, completed=done, total=total, rate=speed)

        try:
            graded = grade_week(
                course,
                week,
                students=students,
                workers=workers,
                scheduler=scheduler,
                isolated=sandbox,
                progress=progress,
            )
        except KeyboardInterrupt:
            bar.stop()
            typer.secho("Interrupted. What was graded until now is recorded; run it again to do the rest.", err=True)
            # Not typer.Exit: threads of the cluster would keep Python waiting for notebooks nobody waits for.
            os._exit(130)
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


def _bar() -> Progress:
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[rate]}"),
        console=console,
    )
