"""One page for the instructor about a whole class: who, how well, what went wrong, what to look at.

In: `Graded` records of a week, the answer cells by student, a roster and a due date if there are any.
Out: one HTML file that needs no other file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import fmean, median

from groundup.grading.jobs import Graded
from groundup.grading.reporting.items import Bar, histogram, items
from groundup.grading.reporting.mistakes import common
from groundup.grading.reporting.pages import write_page
from groundup.grading.reporting.sheet import Sheet, Task, sheet
from groundup.grading.reporting.similarity import similar
from groundup.lessons.course import Course, CourseError

Sources = Mapping[tuple[str, str], Mapping[str, str]]
"""By student and lesson: the text of each answer cell, by its grade_id."""
MOST_PAIRS = 40
LONGEST_SOURCE = 4_000
SLOWEST = 10
COMMONEST = 15
"""Mistakes that are shown unfolded."""


@dataclass(frozen=True)
class Spread:
    """How the points of one lesson, or of all together, are spread."""

    title: str
    most: float
    points: tuple[float, ...]

    @property
    def bars(self) -> list[Bar]:
        """The bars of the histogram."""
        return histogram(self.points, self.most)

    @property
    def middle(self) -> tuple[float, float]:
        """Median and mean; there must be points."""
        return median(self.points), fmean(self.points)


@dataclass(frozen=True)
class Side:
    """One exercise that two students answered alike, with both texts."""

    title: str
    alike: float
    texts: tuple[str, str]


@dataclass(frozen=True)
class Likeness:
    """Two students, what they share, and how much it weighs."""

    students: tuple[str, str]
    score: float
    sides: tuple[Side, ...]


def write_report(
    course: Course,
    week: str,
    graded: Iterable[Graded],
    sources: Sources,
    target: Path,
    *,
    due: datetime | None = None,
    roster: Collection[str] = (),
) -> Path:
    """Write the report of `week` to `target` and return that path.

    `due` is nbgrader's due date (UTC where it names no zone); `roster` are students who should have handed in.
    Raises CourseError when the course has no such week or a record names a lesson that it does not have.
    """
    sheets = {lesson.name: sheet(lesson) for lesson in course.lessons(week)}
    records = sorted((one for one in graded if one.week == week), key=lambda one: (one.student, one.lesson))
    strangers = sorted({one.lesson for one in records} - set(sheets))
    if strangers:
        raise CourseError(
            f"{week} has no lesson called {', '.join(strangers)}, but there are graded notebooks of it. "
            "Bring the lesson back, or remove those notebooks from grading/autograded."
        )
    done = [one for one in records if not one.fault]
    students = sorted({one.student for one in records} | set(roster))
    checked = {name: one for name, one in sheets.items() if one.checked}
    pairs = likenesses(sheets, sources)
    return write_page(
        "report.html.j2",
        target,
        week=week,
        sheets=sheets,
        made=datetime.now(UTC),
        students=students,
        records=records,
        done=done,
        faults=[one for one in records if one.fault],
        spreads=[spread for spread in spreads(sheets, done) if spread.points and spread.most],
        medians=medians(sheets, done),
        items={name: items(one, done) for name, one in checked.items() if any(d.lesson == name for d in done)},
        mistakes=common(records, sheets),
        commonest=COMMONEST,
        due=_utc(due),
        late=late(records, due),
        untouched=[name for name in sheets if all(one.lesson != name for one in records)],
        missing=missing(students, records, sheets),
        evidence=[one for one in records if one.evidence],
        notes=[one for one in records if one.notes],
        pairs=pairs[:MOST_PAIRS],
        more_pairs=max(len(pairs) - MOST_PAIRS, 0),
        isolation=Counter(one.isolation for one in done),
        typical=median([one.seconds for one in done]) if done else None,
        slowest=sorted(done, key=lambda one: -one.seconds)[:SLOWEST],
        longest=LONGEST_SOURCE,
    )


def spreads(sheets: Mapping[str, Sheet], done: Sequence[Graded]) -> list[Spread]:
    """The points of each lesson, then the sums of those students whose every notebook was graded."""
    found = []
    sums: dict[str, dict[str, float]] = {}
    for name, one in sheets.items():
        points = {graded.student: one.earned(graded) for graded in done if graded.lesson == name}
        found.append(Spread(one.short, one.points, tuple(points.values())))
        for student, value in points.items():
            sums.setdefault(student, {})[name] = value
    whole = tuple(sum(parts.values()) for parts in sums.values() if len(parts) == len(sheets))
    if len(sheets) > 1:
        found.append(Spread("All lessons together", sum(one.points for one in sheets.values()), whole))
    return found


def medians(sheets: Mapping[str, Sheet], done: Sequence[Graded]) -> dict[str, float]:
    """The median of the points of each lesson that anybody was graded in."""
    points = {name: [one.earned(graded) for graded in done if graded.lesson == name] for name, one in sheets.items()}
    return {name: median(values) for name, values in points.items() if values}


def _utc(moment: datetime | None) -> datetime | None:
    if moment is None:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def handed_in(graded: Graded) -> datetime | None:
    """When the notebook was handed in; None where nobody knows, or where the record holds no date."""
    try:
        return _utc(datetime.fromisoformat(graded.submitted_at)) if graded.submitted_at else None
    except ValueError:
        return None


def late(records: Iterable[Graded], due: datetime | None) -> list[tuple[Graded, datetime, timedelta]]:
    """What was handed in after the due date, when, and by how much; the latest first."""
    limit = _utc(due)
    if limit is None:
        return []
    found = [(one, moment, moment - limit) for one in records if (moment := handed_in(one)) and moment > limit]
    return sorted(found, key=lambda entry: -entry[2])


def missing(
    students: Iterable[str], records: Iterable[Graded], sheets: Mapping[str, Sheet]
) -> list[tuple[str, list[str]]]:
    """Students who lack lessons that somebody handed in, and which these are."""
    there = {(one.student, one.lesson) for one in records}
    begun = [name for name in sheets if any(lesson == name for _, lesson in there)]
    lacking = [(student, [name for name in begun if (student, name) not in there]) for student in students]
    return [(student, names) for student, names in lacking if names]


def likenesses(sheets: Mapping[str, Sheet], sources: Sources) -> list[Likeness]:
    """Pairs of students with answers built alike, over all lessons of the week, the highest score first."""
    answers: dict[str, dict[str, str]] = {}
    known: dict[str, Sequence[str]] = {}
    tasks: dict[str, tuple[Sheet, Task]] = {}
    for one in sheets.values():
        for task in one.checked:
            key = f"{one.lesson}/{task.name}"
            tasks[key], known[key] = (one, task), one.known.get(task.name, ())
            answers[key] = {
                student: cells[task.name]
                for (student, lesson), cells in sources.items()
                if lesson == one.lesson and task.name in cells
            }
    found = []
    for pair in similar(answers, known):
        first, second = pair.students
        sides = tuple(
            Side(
                f"{tasks[shared.exercise][0].short}: {tasks[shared.exercise][1].title}",
                shared.alike,
                (answers[shared.exercise][first], answers[shared.exercise][second]),
            )
            for shared in sorted(pair.shared, key=lambda shared: -shared.score)
        )
        found.append(Likeness(pair.students, pair.score, sides))
    return found
