"""What students run: `groundup check`."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.text import Text

if TYPE_CHECKING:
    from groundup.selfcheck.report import Exercise, Report

MARGIN = 15 * " "
COLORS = {
    "done": "green",
    "written": "green",
    "partly": "yellow",
    "waits": "yellow",
    "wrong": "red",
    "not started": "yellow",
}

console = Console(highlight=False, soft_wrap=True)


def add_to(app: typer.Typer) -> None:
    """Enter the commands of this module."""
    app.command()(check)


def check(
    target: Annotated[
        Path, typer.Argument(help="A notebook (week00/01_perceptron.ipynb) or a week's folder.")
    ] = Path(),
    heal: Annotated[
        bool, typer.Option("--heal", help="Put the course's own check cells back into the notebook; keep the old one.")
    ] = False,
) -> None:
    """Run the visible checks on your notebooks, as they are saved, before you hand them in.

    Says for each exercise whether it is done, wrong (and what the mistake is) or not started, and the points so far.
    Exit code 0: all right. 1: something is not right yet. 2: there is nothing to check.
    """
    from groundup.selfcheck.copies import NotOfTheCourseError, notebooks_in
    from groundup.selfcheck.reading import UnreadableNotebookError
    from groundup.selfcheck.running import KernelTroubleError

    try:
        if not target.exists():
            raise NotOfTheCourseError(
                f"{target} does not exist in {Path.cwd()}. Name a notebook that is there, or the folder of a week."
            )
        if target.is_file() and target.suffix != ".ipynb":
            raise NotOfTheCourseError(f"{target} is not a notebook: those end in .ipynb.")
        reports = [_check(path, heal) for path in (notebooks_in(target) if target.is_dir() else [target])]
    except (NotOfTheCourseError, UnreadableNotebookError, KernelTroubleError) as error:
        typer.secho(str(error), fg="red", err=True)
        raise typer.Exit(2) from None
    except OSError as error:
        typer.secho(
            f"{error.filename or target} cannot be read or written: {error.strerror or error}.", fg="red", err=True
        )
        raise typer.Exit(2) from None
    if len(reports) > 1:
        console.print("\n[bold]All together[/bold]")
        _sum_up([exercise for report in reports for exercise in report.exercises])
    raise typer.Exit(0 if all(report.right for report in reports) else 1)


def _check(path: Path, put_back: bool) -> Report:
    from groundup.selfcheck.report import check as check_notebook
    from groundup.selfcheck.writing import write_healed

    with console.status(f"Checking {path} ..."):
        report = check_notebook(path)
    console.print(f"\n[bold]{escape(str(path))}[/bold], as it is saved")
    if report.healed.notes:
        for note in report.healed.notes:
            console.print(f"  [yellow]changed[/yellow]      {escape(note)}")
        if put_back:
            kept = write_healed(path, report.healed)
            console.print(f"{MARGIN}The course's own cells are back in the notebook; it was kept as {kept.name}.")
            console.print(f"{MARGIN}If it is open in JupyterLab: close it without saving, and open it again.")
        else:
            console.print(f"{MARGIN}Here the course's own cells were used; your file is as it was.")
            console.print(f'{MARGIN}To put them back into it, add --heal: check "{escape(str(path))}" --heal')
    for exercise in report.exercises:
        _show(exercise)
    for note in report.stopped:
        console.print(Text(_wrapped(note)))
    _sum_up(report.exercises)
    return report


def _show(exercise: Exercise) -> None:
    points = "read by your instructor" if exercise.read else f"{exercise.earned:g} of {exercise.visible:g}"
    color = COLORS[exercise.state]
    where = escape(f"{exercise.title} ({exercise.name})")
    console.print(f"  [{color}]{exercise.state:<12}[/{color}] {where}: {points}")
    if exercise.said and exercise.state != "not started":
        for line in exercise.said.splitlines():
            console.print(Text(_wrapped(line)))


def _wrapped(line: str) -> str:
    """A line of a message under its exercise; wrapped where somebody reads it in a terminal."""
    if not console.is_terminal:
        return MARGIN + line
    return textwrap.fill(line, console.width, initial_indent=MARGIN, subsequent_indent=MARGIN + 13 * " ")


def _sum_up(exercises: list[Exercise]) -> None:
    def total(part: str) -> float:
        return sum(float(getattr(exercise, part)) for exercise in exercises)

    left = [f"{total('hidden'):g} more depend on hidden tests" if total("hidden") else ""]
    left += [f"{total('read'):g} are given by your instructor" if total("read") else ""]
    rest = "; ".join(part for part in left if part)
    console.print(f"  Points so far: {total('earned'):g} of {total('visible'):g}{'; ' + rest if rest else ''}.")
