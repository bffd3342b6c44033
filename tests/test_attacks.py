"""The suite of attacks: graded in one run among honest students, each gets what it deserves and does no harm."""

from __future__ import annotations

import copy
import json
import os
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from attacks import ATTACKS, Attack
from attacks.arena import CANARIES, SECRET, WEEK, Arena, right
from attacks.attack import BOTH, RIGHT, WRONG, answer, judge
from attacks.harms import SCRIPT, outside_changed, pages, records, shown, still_running
from attacks.one_process import grade_in_one_process
from attacks.table import page, table, without_results
from groundup.grading.engine import grade
from groundup.grading.jobs import Graded
from groundup.grading.running.missing import missing_sandbox
from groundup.lessons.exercises import exercises

LINUX = pytest.mark.skipif(not Path("/proc/self/ns/pid").exists(), reason="the arena is built for Linux")
pytestmark = LINUX
HONEST = ("s000-honest", f"s{len(ATTACKS) // 2:03d}-honest", "s999-honest")
"""Students who are graded before, between and after the attacks."""
LESSONS = ("01_perceptron", "03_forward_pass")


def student(attack: Attack) -> str:
    return f"s{ATTACKS.index(attack) + 1:03d}-{attack.name}"


@dataclass
class Outcome:
    """The one run: what every student got, and what every check pays."""

    arena: Arena
    graded: dict[tuple[str, str], Graded]
    points: dict[str, dict[str, float]]
    stayed_up: bool
    """Whether the machine went on doing other things meanwhile."""

    def of(self, attack: Attack) -> Graded:
        return self.graded[student(attack), attack.lesson]


@pytest.fixture(scope="module")
def arena(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Arena]:
    built = Arena.build(tmp_path_factory.mktemp("arena"))
    yield built
    built.close()


def grade_everybody(arena: Arena) -> Outcome:
    """Grade all attackers and three honest students in one run of the engine."""
    for name in HONEST:
        arena.hand_in_honestly(name)
    for attack in ATTACKS:
        arena.hand_in(student(attack), attack)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GROUNDUP_SECRET", SECRET)
        watch = Heartbeat()
        graded = grade(arena.course, WEEK, workers=2)
        longest = watch.stop()
    points = {
        lesson.name: {check: worth for exercise in exercises(lesson) for check, worth in exercise.checks.items()}
        for lesson in arena.course.lessons()
    }
    return Outcome(arena, {(one.student, one.lesson): one for one in graded}, points, longest < 30.0)


class Heartbeat:
    """Notes the longest time in which nothing else could run."""

    def __init__(self) -> None:
        self.longest, self.ended = 0.0, threading.Event()
        self.thread = threading.Thread(target=self._beat, daemon=True)
        self.thread.start()

    def _beat(self) -> None:
        before = time.monotonic()
        while not self.ended.wait(0.5):
            now = time.monotonic()
            self.longest, before = max(self.longest, now - before), now

    def stop(self) -> float:
        self.ended.set()
        self.thread.join()
        return self.longest


# ---- without the engine ----------------------------------------------------------------------------------------------


def test_the_suite_holds_the_sixty_kinds_that_were_tried_on_nbgrader_and_at_least_as_many_more() -> None:
    names = [attack.name for attack in ATTACKS]
    assert len(set(names)) == len(names)
    assert sum(attack.plain != "not tried" for attack in ATTACKS) == 60
    assert len(names) >= 120


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_an_attack_is_made_from_the_edition_and_does_not_hold_what_must_not_leak(arena: Arena, attack: Attack) -> None:
    edition = arena.edition(attack.lesson)
    made = attack.make(copy.deepcopy(edition))
    text = made.decode("utf-8", "replace") if isinstance(made, bytes) else json.dumps(made)
    assert text != json.dumps(edition)
    assert not [leak for leak in (*CANARIES, *attack.leaks) if leak in text], "the attack itself says what it looks for"


@pytest.mark.parametrize("lesson", LESSONS)
def test_honest_answers_get_all_points_and_wrong_ones_none_in_one_process(arena: Arena, lesson: str) -> None:
    known = arena.course.lessons(f"{WEEK}/{lesson}")[0]
    full = sum(exercise.points for exercise in exercises(known))
    make = answer(**right(lesson)) if lesson == LESSONS[0] else None
    attack = next(attack for attack in ATTACKS if attack.name == "hardcode_mse")
    notebook = make(arena.edition(lesson)) if make else attack.make(arena.edition(lesson))
    lost = 0.0 if make else 1.0
    assert grade_in_one_process(known, notebook) == full - lost  # type: ignore[arg-type]
    if make:
        assert grade_in_one_process(known, answer(**WRONG)(arena.edition(lesson))) == 0  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "attack", [attack for attack in ATTACKS if attack.fools_one_process], ids=lambda attack: attack.name
)
def test_an_attack_on_marks_is_paid_where_tests_run_beside_the_answers(arena: Arena, attack: Attack) -> None:
    lesson = arena.course.lessons(f"{WEEK}/{attack.lesson}")[0]
    assert set(attack.loses) == set(BOTH) == set(RIGHT)
    assert grade_in_one_process(lesson, attack.make(arena.edition(attack.lesson))) > 0  # type: ignore[arg-type]


def test_the_table_has_a_row_for_every_attack(arena: Arena) -> None:
    points = {lesson: {"spread-check": 2.0, "spread-hidden": 3.0, "center-check": 5.0} for lesson in LESSONS}
    graded = {"always_equal": Graded("a", WEEK, LESSONS[0], {"spread-check": 0.0})}
    rows = table(ATTACKS, graded, points).splitlines()
    assert len(rows) == len(ATTACKS) + 2
    row = next(row for row in rows if row.startswith("| always_equal |"))
    assert "| 0 of 10 | 15 of 20: undeserved | 0 of 10 |" in row
    assert "| refused | no grade: no grade at all | not run |" in "\n".join(rows)


# ---- with the engine -------------------------------------------------------------------------------------------------


@pytest.mark.skipif(missing_sandbox() is not None, reason=str(missing_sandbox()))
def test_attackers_get_what_they_deserve_and_nothing_else_and_honest_students_everything(arena: Arena) -> None:
    outcome = grade_everybody(arena)  # one run for all that is looked at below: it takes minutes
    wrong = {attack.name: found for attack in ATTACKS if (found := faults(outcome, attack))}
    assert not wrong
    honest_students_have_all_their_points(outcome)
    the_gradebook_holds_the_same_points(outcome)
    the_report_shows_no_secret_and_runs_no_script(outcome)
    grading_went_on_and_nothing_is_left_behind(outcome)
    the_published_table_is_of_today(outcome)


def faults(outcome: Outcome, attack: Attack) -> list[str]:
    """What is not as it should be about one attack."""
    name, graded = student(attack), outcome.of(attack)
    found = list(judge(attack, graded, outcome.points[attack.lesson]))
    if attack.fault is None and not graded.fault and graded.isolation != "sandbox":
        found.append("it ran outside the sandbox")
    told = shown(outcome.arena, name)
    said = json.dumps([graded.messages, graded.fault, graded.notes, graded.evidence], ensure_ascii=False)
    found += [f"{leak!r} leaked" for leak in (*CANARIES, *attack.leaks) if leak in told or leak in said]
    if attack.harm is not None and (harm := attack.harm(outcome.arena, name)):
        found.append(str(harm))
    return found


def honest_students_have_all_their_points(outcome: Outcome) -> None:
    for name in HONEST:
        for lesson in LESSONS:
            graded = outcome.graded[name, lesson]
            assert graded.fault is None and graded.scores == outcome.points[lesson], graded.messages
            assert not graded.messages and not graded.evidence
            for made in (records, pages):
                assert lesson in [path.stem for path in made(outcome.arena, name)]


def the_gradebook_holds_the_same_points(outcome: Outcome) -> None:
    with Gradebook(f"sqlite:///{outcome.arena.course.root / 'grading' / 'gradebook.db'}", "groundup") as book:
        for (name, lesson), graded in outcome.graded.items():
            if not graded.fault:
                grades = book.find_submission_notebook(lesson, WEEK, name).grades
                found = {grade.name: grade.auto_score for grade in grades if grade.auto_score is not None}
                assert found == graded.scores and not any(grade.manual_score for grade in grades), name
        assert {one.id for one in book.students} <= {name for name, _ in outcome.graded}


def the_report_shows_no_secret_and_runs_no_script(outcome: Outcome) -> None:
    report = (outcome.arena.course.root / "grading" / f"report-{WEEK}.html").read_text(encoding="utf-8")
    assert all(name in report for (name, _), graded in outcome.graded.items() if graded.evidence)
    assert not SCRIPT.search(report) and not [canary for canary in CANARIES if canary in report]


def grading_went_on_and_nothing_is_left_behind(outcome: Outcome) -> None:
    assert {name for name, _ in outcome.graded} >= {*HONEST, *map(student, ATTACKS)}
    assert outcome.stayed_up
    assert not still_running(outcome.arena, "") and not outside_changed(outcome.arena, "")


def the_published_table_is_of_today(outcome: Outcome) -> None:
    made = page(ATTACKS, {attack.name: outcome.of(attack) for attack in ATTACKS}, outcome.points)
    if place := os.environ.get("GROUNDUP_ATTACKS"):
        Path(place).write_text(made, encoding="utf-8", newline="\n")
    published = (Path(__file__).parent / "attacks" / "README.md").read_text(encoding="utf-8")
    assert without_results(published) == without_results(made), "set GROUNDUP_ATTACKS=tests/attacks/README.md once"
