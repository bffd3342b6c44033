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
COLORS = {"done": "green", "written": "green", "wrong": "red", "not started": "yellow"}

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

    try:
        if not target.exists():
            raise NotOfTheCourseError(f"{target} does not exist. Name a notebook, or the folder of a week.")
        right = [_check(path, heal) for path in (notebooks_in(target) if target.is_dir() else [target])]
    except (NotOfTheCourseError, UnreadableNotebookError) as error:
        typer.secho(str(error), fg="red", err=True)
        raise typer.Exit(2) from None
    raise typer.Exit(0 if all(right) else 1)


def _check(path: Path, put_back: bool) -> bool:
    from groundup.selfcheck.report import check as check_notebook
    from groundup.selfcheck.writing import write_healed

    with console.status(f"Checking {path} ..."):
        report = check_notebook(path)
    console.print(f"\n[bold]{escape(str(path))}[/bold], as it is saved")
    if report.healed.notes:
        for note in report.healed.notes:
            console.print(f"  [yellow]mended[/yellow]       {escape(note)}")
        if put_back:
            kept = write_healed(path, report.healed)
            console.print(f"{MARGIN}The course's own cells are back in the notebook; it was kept as {kept.name}.")
            console.print(f"{MARGIN}If it is open in JupyterLab: close it without saving, and open it again.")
        else:
            console.print(f"{MARGIN}Checked with the course's own cells; your file is as it was. To mend it: --heal")
    for exercise in report.exercises:
        _show(exercise)
    _sum_up(report)
    return report.right


def _show(exercise: Exercise) -> None:
    points = "read by your instructor" if exercise.read else f"{exercise.earned:g} of {exercise.visible:g}"
    color = COLORS[exercise.state]
    where = escape(f"{exercise.title} ({exercise.name})")
    console.print(f"  [{color}]{exercise.state:<12}[/{color}] {where}: {points}")
    if exercise.state == "wrong":
        for line in exercise.said.splitlines():
            console.print(Text(_wrapped(line)))


def _wrapped(line: str) -> str:
    """A line of a message under its exercise; wrapped where somebody reads it in a terminal."""
    if not console.is_terminal:
        return MARGIN + line
    return textwrap.fill(line, console.width, initial_indent=MARGIN, subsequent_indent=MARGIN + 13 * " ")


def _sum_up(report: Report) -> None:
    def total(part: str) -> float:
        return sum(float(getattr(exercise, part)) for exercise in report.exercises)

    left = [f"{total('hidden'):g} more depend on hidden tests" if total("hidden") else ""]
    left += [f"{total('read'):g} are given by your instructor" if total("read") else ""]
    rest = "; ".join(part for part in left if part)
    console.print(f"  Points so far: {total('earned'):g} of {total('visible'):g}{'; ' + rest if rest else ''}.")
