"""The answer bank: what is off is found in a tiny one, and in the real one nothing is off."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from conftest import ROOT, edit, run_module

from groundup.grading.proof.bank import answers
from groundup.grading.proof.prove import figures, prove
from groundup.grading.proof.tasks import tasks
from groundup.lessons.course import Course, CourseError

BANK = """\
# %% right: twice
def double(x):
    return 2 * x

# %% right: sum
def double(x):
    return sum([x, x])

# %% wrong: squares
# says: you squared the number
def double(x):
    return x**2

# %% wrong: nothing done
# says: you gave the number back
def double(x):
    return x

# %% wrong: forgets the sign
# says: the sign is lost
def double(x):
    return abs(x) * 2

# %% wrong: forgets return
# says: returned None
def double(x):
    x + x
"""


@pytest.fixture
def proved_course(tiny_course: Course) -> Course:
    bank_file(tiny_course).parent.mkdir(parents=True)
    bank_file(tiny_course).write_text(BANK, encoding="utf-8")
    return tiny_course


def bank_file(course: Course) -> Path:
    return course.root / "tests" / "answers" / "week00" / "01_tiny" / "double.py"


def faults(course: Course) -> list[str]:
    verdicts = prove(course, course.lessons(), 2, lambda done, total: None)
    return [f"{verdict.answer}: {fault}" for verdict in verdicts for fault in verdict.faults]


def test_a_good_bank_has_no_faults_and_its_figures_say_so(proved_course: Course) -> None:
    verdicts = prove(proved_course, proved_course.lessons(), 2, lambda done, total: None)
    assert [verdict.faults for verdict in verdicts] == [[]] * 6
    assert figures(verdicts) == {
        "right answers": 2,
        "wrong answers": 4,
        "false accepts": 0,
        "false rejects": 0,
        "share diagnosed by name": 1.0,
    }


def test_a_wrong_answer_that_passes_is_a_false_accept(proved_course: Course) -> None:
    edit(proved_course, 'hidden="a negative number").of(-4021).equals(-8042', 'hidden="two").of(2).equals(4')
    assert faults(proved_course) == ["forgets the sign: false accept: full marks"]


def test_a_right_answer_that_fails_is_a_false_reject(proved_course: Course) -> None:
    edit(proved_course, "expect(double).of(3).equals(6", "expect(double).of([3]).equals([3, 3]")
    found = faults(proved_course)
    assert any(fault.startswith("sum: false reject") for fault in found), found
    assert not any(fault.startswith("twice: ") for fault in found), "2 * [3] is right there"


def test_a_mistake_that_is_not_named_is_a_fault(proved_course: Course) -> None:
    edit(proved_course, '"you squared the number": 9, ', "")
    assert faults(proved_course) == ["squares: not named: the message lacks 'you squared the number'"]


def test_a_bank_that_is_missing_too_small_or_malformed_is_an_error(proved_course: Course) -> None:
    lesson, path = proved_course.lessons()[0], bank_file(proved_course)
    path.write_text(BANK[: BANK.index("# %% wrong: forgets return")], encoding="utf-8")
    with pytest.raises(CourseError, match="2 right and 3 wrong"):
        answers(proved_course, lesson)
    path.write_text(BANK.replace("# says: returned None\n", ""), encoding="utf-8")
    with pytest.raises(CourseError, match="needs a line `# says"):
        answers(proved_course, lesson)
    path.rename(path.with_name("triple.py"))
    with pytest.raises(CourseError, match=r"does not have: triple\.py"):
        answers(proved_course, lesson)
    path.with_name("triple.py").unlink()
    with pytest.raises(CourseError, match="'double' has no answers"):
        answers(proved_course, lesson)


def test_the_command_writes_json_and_exits_with_1_when_something_is_off(proved_course: Course) -> None:
    report = proved_course.root / "report.json"
    command = ("groundup", "prove", "week00/01_tiny", "--json", str(report))
    good = run_module(*command, cwd=proved_course.root)
    assert good.returncode == 0 and "false accepts: 0" in good.stdout, good.stdout + good.stderr
    assert len(json.loads(report.read_text("utf-8"))["verdicts"]) == 6
    edit(proved_course, '"you squared the number": 9, ', "")
    bad = run_module(*command, cwd=proved_course.root)
    assert bad.returncode == 1 and "squares" in bad.stdout
    assert json.loads(report.read_text("utf-8"))["figures"]["share diagnosed by name"] == 0.75


def test_wrong_answers_that_call_each_other_never_share_a_notebook() -> None:
    course = Course(ROOT)
    for lesson in course.lessons():
        made = tasks(course, lesson)
        proved = [answer for task in made for answer in task.proved]
        assert sorted(map(str, proved)) == sorted(map(str, answers(course, lesson)))
        for task in made:
            for answer in task.proved:
                others = {other.exercise for other in task.proved} - {answer.exercise}
                assert answer.right or not any(re.search(rf"\b{name}\b", answer.source) for name in others)
        assert made[0].proved == (), "the first notebook holds the lesson's own solutions"


@pytest.mark.parametrize("week", Course(ROOT).weeks)
def test_no_wrong_answer_passes_no_right_one_fails_and_mistakes_are_named(week: str, record_property) -> None:
    course = Course(ROOT)
    verdicts = prove(course, course.lessons(week), os.cpu_count() or 1, lambda done, total: None)
    for name, value in figures(verdicts).items():
        record_property(f"{week}, {name}", f"{value:.1%}" if name.startswith("share") else f"{value:.0f}")
    assert not [(v.lesson, v.exercise, v.answer, v.faults) for v in verdicts if v.faults]
