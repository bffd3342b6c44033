"""The main job from end to end on a sample class: fill `grading/`, autograde, give feedback, show the class.

In: a course. Out: nbgrader's own records in `grading/`, and a table for each lesson.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from groundup.grading.bank import Exercise, exercises
from groundup.grading.classroom import Classroom, Outcome
from groundup.grading.sample_class import SAMPLES, hand_in_all
from groundup.lessons.course import Course, CourseError, Lesson

MARK = "sample-class.txt"


def run(course: Course, say: Callable[[str], None]) -> tuple[Classroom, list[Outcome]]:
    """Grade the sample class in the course's `grading/` folder; one outcome for every notebook.

    Raises CourseError when `grading/` holds a real class: the demo never mixes with it.
    """
    classroom = Classroom(course, course.root / "grading")
    _make_room(classroom)
    say("Entering the assignments into the gradebook ...")
    classroom.prepare()
    hand_in_all(course, classroom)
    lessons = course.lessons()
    outcomes = []
    for number, sample in enumerate(SAMPLES, start=1):
        started = time.monotonic()
        outcomes += [classroom.grade(sample.student, lesson) for lesson in lessons]
        for week in course.weeks:
            classroom.give_feedback(sample.student, week)
        say(f"[{number}/{len(SAMPLES)}] {sample.student}: {sample.story} ({time.monotonic() - started:.0f} s)")
    return classroom, outcomes


def _make_room(classroom: Classroom) -> None:
    folder = classroom.folder
    known = {sample.student for sample in SAMPLES}
    strangers = classroom.students() - known
    if strangers or (classroom.gradebook.exists() and not (folder / MARK).exists()):
        raise CourseError(
            f"{folder} already holds a gradebook or submissions that are not the demo's"
            f"{': ' + ', '.join(sorted(strangers)[:5]) if strangers else ''}. "
            "The demo does not mix with a real class: run it in another checkout, or move that folder away."
        )
    folder.mkdir(exist_ok=True)
    (folder / MARK).write_text(
        "This gradebook holds the sample class of `groundup demo`. The next demo replaces it.\n", encoding="utf-8"
    )
    classroom.gradebook.unlink(missing_ok=True)
    for student in known:
        classroom.forget(student)


def score_table(lesson: Lesson, graded: list[Exercise], outcomes: list[Outcome]) -> Table:
    """One lesson: a row for each student, a column for each exercise."""
    table = Table(title=f"{lesson}: points per exercise", title_justify="left")
    table.add_column("student")
    for number, exercise in enumerate(graded, start=1):
        table.add_column(f"{number}\n/{exercise.points:g}", justify="right")
    table.add_column(f"sum\n/{sum(exercise.points for exercise in graded):g}", justify="right")
    for outcome in outcomes:
        points = [sum(outcome.scores.get(check, 0.0) for check in exercise.checks) for exercise in graded]
        cells = ["–"] * (len(graded) + 1) if outcome.fault else [f"{value:g}" for value in (*points, sum(points))]
        table.add_row(outcome.student, *cells)
    return table


def mistakes(outcome: Outcome) -> list[str]:
    """What went wrong in one notebook, by name: a sentence for each exercise that lost points, most telling first."""
    if outcome.fault:
        return [f"not graded: {outcome.fault}"]
    found = []
    for exercise in exercises(outcome.lesson):
        lost = [check for check, points in exercise.checks.items() if outcome.scores.get(check, 0.0) < points]
        said = [cause(outcome.messages.get(check, "")) for check in lost]
        if said:
            found.append(f"{exercise.name}: {said[0]}")
    if len(found) > 1 and all("not written yet" in sentence for sentence in found):
        return ["nothing is written yet"]
    return found


def cause(message: str) -> str:
    """The likely cause that a check's message names, else its first line."""
    lines = message.splitlines() or ["no message"]
    for label in ("likely:", "you gave:"):
        for line in lines:
            if line.strip().startswith(label):
                return line.strip().removeprefix(label).strip()
    return lines[0].strip()


def show(course: Course, classroom: Classroom, outcomes: list[Outcome], console: Console) -> None:
    """Print the class: tables, what went wrong by name, and where the feedback lies."""
    for lesson in course.lessons():
        graded = exercises(lesson)
        console.print()
        console.print(score_table(lesson, graded, [outcome for outcome in outcomes if outcome.lesson == lesson]))
        legend = ", ".join(f"{number} {exercise.name}" for number, exercise in enumerate(graded, start=1))
        console.print(legend, highlight=False)
    console.print("\n[bold]What went wrong, by name[/bold]")
    for outcome in outcomes:
        for sentence in mistakes(outcome):
            where = f"{outcome.student}, {outcome.lesson.name}"
            console.print(f"  [bold]{escape(where)}[/bold]: {escape(sentence)}", soft_wrap=True, highlight=False)
    pages = sorted(classroom.feedback.rglob("*.html"))
    console.print(f"\nFeedback for students: {len(pages)} HTML pages in {classroom.feedback}", soft_wrap=True)
    console.print(f"nbgrader's gradebook:  {classroom.gradebook}", soft_wrap=True)
    if pages:
        console.print(f"Open one, for example: {_first(pages)}", soft_wrap=True)


def _first(pages: list[Path]) -> Path:
    """A page with something to see on it: the first student with mistakes."""
    return next((page for page in pages if "chen" in page.parts), pages[0])
