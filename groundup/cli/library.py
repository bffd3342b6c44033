"""What students run on the library that they wrote: `groundup check-library`."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.text import Text

if TYPE_CHECKING:
    from groundup.library_check.finding import Found
    from groundup.library_check.item import Item, Result
    from groundup.library_check.report import Report

COLORS = {"pass": "green", "fail": "red", "missing": "yellow", "skipped": "dim"}
MARGIN = 11

console = Console(highlight=False, soft_wrap=True)


def add_to(app: typer.Typer) -> None:
    """Enter the command of this module."""
    app.command("check-library")(check_library)


def check_library(
    library: Annotated[str, typer.Argument(help="The folder of your library, or the name of an installed package.")],
    html: Annotated[Path | None, typer.Option("--html", help="Write the report as a page to this file, too.")] = None,
) -> None:
    """Say what works in a deep-learning library of your own, what does not, and which mistake it is.

    What is asked stands in the contract, week07/capstone.md. It takes about a minute.
    Exit code 0: all that is required works. 1: something fails or is missing. 2: there is no library to check.
    """
    from groundup.library_check.child import ChildTroubleError
    from groundup.library_check.finding import NoLibraryError, find
    from groundup.library_check.page import write_page
    from groundup.library_check.report import legible

    try:
        found = find(library)
        console.print(Text(f"Checking {legible(found.where)}"))
        report = _run(found)
        _show(report)
        if html:
            write_page(report, html)
            console.print(Text(f"The same as a page: {html}"))
    except (NoLibraryError, ChildTroubleError) as error:
        _refuse(legible(str(error)))
    except OSError as error:
        _refuse(f"{error.filename or library} cannot be read or written: {error.strerror or error}.")
    except KeyboardInterrupt:
        typer.secho("Stopped. Nothing was left running.", err=True)
        raise typer.Exit(130) from None
    raise typer.Exit(0 if report.passed else 1)


def _refuse(why: str) -> None:
    typer.secho(why, fg="red", err=True)
    raise typer.Exit(2) from None


def _run(found: Found) -> Report:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from groundup.library_check.runner import check_library as run

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        bar = progress.add_task("Python starts", total=None)
        return run(found, lambda done, total, name: progress.update(bar, completed=done, total=total, description=name))


def _show(report: Report) -> None:
    for group, rows in report.groups.items():
        passed = sum(result.outcome == "pass" for _, result in rows)
        console.print(Text(f"\n{group}: {passed} of {len(rows)}", style="bold"))
        _show_group(rows)
    _sum_up(report)


def _show_group(rows: list[tuple[Item, Result]]) -> None:
    """What passes on one line, each fault on its own, and each thing that is missing once."""
    passed = ", ".join(item.name for item, result in rows if result.outcome == "pass")
    if passed:
        _line("pass", passed)
    for item, result in rows:
        if result.outcome == "fail":
            _line("fail", f"{item.name}{' (stretch)' if item.stretch else ''}: {item.title}", result.message)
    for outcome in ("missing", "skipped"):
        reasons: dict[str, list[str]] = {}
        for item, result in rows:
            if result.outcome == outcome:
                reasons.setdefault(result.message, []).append(item.name + (" (stretch)" if item.stretch else ""))
        for reason, names in reasons.items():
            _line(outcome, reason, f"asked for by {', '.join(names)}")


def _line(outcome: str, text: str, below: str = "") -> None:
    head = Text(f"  {outcome:<{MARGIN - 2}}", style=COLORS[outcome])
    console.print(head + Text(_wrapped(text).lstrip()))
    for line in below.splitlines():
        console.print(Text(_wrapped(line), style="" if outcome == "fail" else "dim"))


def _wrapped(text: str) -> str:
    """A text behind the margin; wrapped where somebody reads it in a terminal."""
    margin = MARGIN * " "
    if not console.is_terminal:
        return margin + text
    return textwrap.fill(text, max(console.width, 40), initial_indent=margin, subsequent_indent=margin)


def _sum_up(report: Report) -> None:
    total, stretch = report.counts(), report.counts(stretch=True)
    words = {"pass": "pass", "fail": "fail", "missing": "are missing", "skipped": "could not be asked here"}
    told = ", ".join(f"{total[outcome]} {word}" for outcome, word in words.items() if total[outcome])
    console.print(Text(f"\nOf {total.total()} items that are required, {told}.", style="bold"))
    if stretch:
        console.print(Text(f"Of {stretch.total()} that are a stretch, {stretch['pass']} pass."))
    first = report.first
    if first is None:
        console.print(Text("All that the contract requires works. Your library is one that others could use."))
    else:
        console.print(Text(f"Next: {first.name}. {'Missing: ' if first.outcome == 'missing' else ''}{first.message}"))
