"""What the demo prints of the sample class: points, mistakes by name, what was mended, and what attacks came to.

In: what the demo left. Out: lines on the console; nothing is opened.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from groundup.grading.jobs import Graded
from groundup.grading.proof.demo import BAIT_TEXT, Shown
from groundup.grading.proof.sample_class import HOSTILE, HOSTILE_CELL, LEFT_BEHIND
from groundup.grading.reporting.mistakes import mistakes
from groundup.grading.reporting.sheet import Sheet, sheet

MOST_LINES = 2
"""Suspicious lines that are shown of one student; the report has them all."""


def show(shown: Shown, console: Console) -> None:
    """Print it."""
    sheets = {lesson.name: sheet(lesson) for lesson in shown.course.lessons(shown.course.weeks[0])}
    hostile = {sample.student for sample in HOSTILE}
    for one in sheets.values():
        console.print()
        console.print(score_table(one, [graded for graded in shown.graded if graded.lesson == one.lesson]))
        legend = ", ".join(f"{number} {task.name}" for number, task in enumerate(one.checked, start=1))
        console.print(legend, highlight=False)
    _heading(console, "What went wrong, by name")
    for graded in shown.graded:
        for sentence in mistakes(graded, sheets[graded.lesson]) if graded.student not in hostile else ():
            _line(console, f"{graded.student}, {graded.lesson}", sentence)
    _heading(console, "What was mended, or had to be ended")
    for graded in shown.graded:
        for note in graded.notes:
            _line(console, f"{graded.student}, {graded.lesson}", note)
    if any(graded.student in hostile for graded in shown.graded):
        _show_attacks(shown, sheets, console)
    pages = list(shown.feedback.rglob("*.html"))
    console.print(f"\nFeedback for students: {len(pages)} pages in {shown.feedback}", soft_wrap=True, highlight=False)
    console.print(f"Report about the class: {shown.report}", soft_wrap=True, highlight=False)
    console.print(f"nbgrader's gradebook:   {shown.gradebook}", soft_wrap=True, highlight=False)


def score_table(one: Sheet, graded: list[Graded]) -> Table:
    """One lesson: a row for each student, a column for each exercise."""
    table = Table(title=f"{one.week}/{one.lesson}: points per exercise", title_justify="left")
    table.add_column("student")
    for number, task in enumerate(one.checked, start=1):
        table.add_column(f"{number}\n/{task.points:g}", justify="right")
    table.add_column(f"sum\n/{one.points:g}", justify="right")
    for record in graded:
        points = [*(task.earned(record) for task in one.checked), one.earned(record)]
        table.add_row(record.student, *("–" if record.fault else f"{value:g}" for value in points))
    return table


def _show_attacks(shown: Shown, sheets: dict[str, Sheet], console: Console) -> None:
    _heading(console, "What was suspicious")
    for sample in HOSTILE:
        lines = _unique(line for one in _of(shown, sample.student) for line in one.evidence)
        for line in lines[:MOST_LINES]:
            _line(console, sample.student, line)
        if len(lines) > MOST_LINES:
            _line(console, sample.student, f"and {len(lines) - MOST_LINES} more such lines, all in the report")
    _heading(console, "What the attacks came to")
    for sample in HOSTILE:
        earned = sum(sheets[one.lesson].earned(one) for one in _of(shown, sample.student))
        most = sum(one.points for one in sheets.values())
        _line(console, sample.student, f"{sample.story}: {earned:g} of {most:g} points. The cell printed:")
        for line in _unique(line for one in _of(shown, sample.student) for line in _printed(shown, one)):
            console.print(f"    {escape(line)}", soft_wrap=True, highlight=False)
    kept = shown.bait.is_file() and shown.bait.read_text(encoding="utf-8") == BAIT_TEXT
    file = f"{shown.bait.name} is as it was" if kept else f"{shown.bait.name} is CHANGED"
    process = "a process of theirs STILL RUNS" if _left_behind() else "no process of theirs is left"
    full = [student for student in ("ada", "ben", "ines") if _is_full(shown, sheets, student)]
    _line(console, "Afterwards", f"{file}; {process}; {', '.join(full)} beside them have every point.")


def _of(shown: Shown, student: str) -> list[Graded]:
    return [one for one in shown.graded if one.student == student]


def _is_full(shown: Shown, sheets: dict[str, Sheet], student: str) -> bool:
    return all(sheets[one.lesson].earned(one) == sheets[one.lesson].points for one in _of(shown, student))


def _printed(shown: Shown, graded: Graded) -> Iterator[str]:
    """The lines that the hostile cell printed, as the autograded notebook has them."""
    path = shown.autograded / graded.student / graded.week / f"{graded.lesson}.ipynb"
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"] if path.is_file() else []
    for cell in cells:
        for output in cell.get("outputs", ()) if cell.get("id") == HOSTILE_CELL else ():
            text = output.get("text") or f"{output.get('ename')}: {output.get('evalue')}"
            yield from str(text).splitlines()


def _left_behind() -> bool:
    """Whether a process of an attack still runs; sandboxes are made on Linux only, where /proc tells."""
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if LEFT_BEHIND.encode() in path.read_bytes().split(b"\0"):
                return True
        except OSError:  # it ended while it was looked at
            continue
    return False


def _unique(lines: Iterator[str]) -> list[str]:
    return list(dict.fromkeys(lines))


def _heading(console: Console, text: str) -> None:
    console.print(f"\n[bold]{text}[/bold]")


def _line(console: Console, who: str, sentence: str) -> None:
    console.print(f"  [bold]{escape(who)}[/bold]: {escape(sentence)}", soft_wrap=True, highlight=False)
