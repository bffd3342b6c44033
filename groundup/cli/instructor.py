"""What the course team runs: `groundup build`, `prove`, `demo`, `publish`; and grading, from a module of its own."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress

from groundup.cli.grading import collect, grade
from groundup.lessons.course import Course, CourseError

console = Console()


def add_to(app: typer.Typer) -> None:
    """Enter the commands of this module."""
    for command in (build, prove, demo, publish, collect, grade):
        app.command()(_in_sentences(command))


def _in_sentences(command: Callable[..., None]) -> Callable[..., None]:
    """The command with expected faults as one sentence and exit code 1."""

    @functools.wraps(command)
    def inner(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
        except CourseError as error:
            typer.secho(str(error), fg="red", err=True)
            raise typer.Exit(1) from None
        except OSError as error:
            if error.filename is None:
                raise
            typer.secho(f"{error.filename} cannot be read or written: {error.strerror}.", fg="red", err=True)
            raise typer.Exit(1) from None

    return inner


def build(
    check: Annotated[bool, typer.Option("--check", help="Write nothing; fail when anything differs.")] = False,
) -> None:
    """Make the student edition from solutions/, and prove that it gives nothing away."""
    from groundup.lessons.edition import build as build_edition

    faults = build_edition(Course.find(), check, typer.echo)
    for fault in faults:
        typer.secho(fault, fg="red", err=True)
    if faults:
        raise typer.Exit(1)
    typer.echo("The student edition is up to date." if check else "The student edition is made.")


def prove(
    target: Annotated[str | None, typer.Argument(help="week00 or week00/01_perceptron; default: all.")] = None,
    json: Annotated[Path | None, typer.Option("--json", help="Write figures and verdicts to this file.")] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes that grade side by side.")] = os.cpu_count() or 1,
) -> None:
    """Grade every answer of the bank: no wrong one may pass, no right one may fail.

    Exit code 1: something is off, and the lines above the figures say which answer.
    """
    from groundup.grading.proof.prove import as_json, figures
    from groundup.grading.proof.prove import prove as prove_bank

    course = Course.find()
    with Progress(console=console) as bar:
        task = bar.add_task("Grading the answer bank", total=None)
        verdicts = prove_bank(
            course, course.lessons(target), workers, lambda done, total: bar.update(task, completed=done, total=total)
        )
    for verdict in verdicts:
        for fault in verdict.faults:
            typer.secho(f"{verdict.lesson} {verdict.exercise} ({verdict.answer}): {fault}", fg="red")
    for name, value in figures(verdicts).items():
        typer.echo(f"{name:>24}: {value:.1%}" if name.startswith("share") else f"{name:>24}: {value:.0f}")
    if json:
        json.write_text(as_json(verdicts), encoding="utf-8")
    if any(verdict.faults for verdict in verdicts):
        raise typer.Exit(1)


def demo() -> None:
    """Grade a sample class from end to end in grading/, honest, broken and hostile, and show what became of it."""
    from groundup.grading.proof.demo import run
    from groundup.grading.proof.showing import show

    course = Course.find()
    typer.echo("Grading a sample class. Nothing is sent anywhere.")
    with Progress(console=console) as bar:
        task = bar.add_task("Getting ready", total=None)
        shown = run(
            course,
            functools.partial(console.print, markup=False, highlight=False, soft_wrap=True),
            lambda done, total: bar.update(task, description="Grading", completed=done, total=total),
        )
    show(shown, console)


def publish(
    folder: Annotated[Path, typer.Argument(help="Where the students' repository is made, or brought up to date.")],
) -> None:
    """Make the repository that students get: no solutions, no hidden tests, no answer bank."""
    from groundup.lessons.publish import publish as publish_course

    files = publish_course(Course.find(), folder, typer.echo)
    typer.echo(f"{files} files are published in {folder.resolve()}. No secret of the course stands in any file there.")
