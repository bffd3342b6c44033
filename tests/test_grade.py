"""`groundup grade` as an instructor runs it: what is graded, what is refused, what a second run does."""

from __future__ import annotations

from pathlib import Path

import pytest
from class_of import RIGHT, SIGN_LOST, SQUARED, Class, copy_of, prepared
from conftest import edit

from groundup.grading.running.missing import missing_sandbox

MISSING = missing_sandbox()
pytestmark = pytest.mark.skipif(MISSING is not None, reason=str(MISSING))


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Class:
    return prepared(tmp_path_factory.mktemp("grade") / "a course")


@pytest.fixture
def klass(original: Class, tmp_path: Path) -> Class:
    return copy_of(original, tmp_path / "a course")


def test_a_class_is_graded_once_and_again_where_something_changed(klass: Class) -> None:
    deserved = klass.hand_in_all(12)
    klass.hand_in("gwen", b"{ this is no notebook")

    code, said = klass.grade("--workers", "2")
    assert code == 1
    assert "gwen, 01_tiny: 01_tiny.ipynb" in said
    assert "12 notebooks of 13 students are graded" in said
    assert klass.marks() == deserved
    assert "the sign is lost" in klass.feedback("student02")
    assert "01_tiny.ipynb" in klass.feedback("gwen")
    assert "gwen" in klass.report()
    first = klass.done()

    code, said = klass.grade()
    assert code == 1
    assert "Grading week00: 12 of 13" in said, "only the broken one is looked at again"
    assert (klass.marks(), klass.done()) == (deserved, first)

    klass.hand_in("gwen", RIGHT)
    klass.hand_in("student00", SQUARED)
    code, said = klass.grade()
    assert (code, said.splitlines()[0]) == (0, "Grading week00: 11 of 13")
    assert klass.marks() == {**deserved, "gwen": 3.0, "student00": 0.0}
    assert {name for name, when in klass.done().items() if first.get(name) != when} == {"gwen", "student00"}

    edit(klass.course, '"the sign is lost"', '"the sign went missing"')
    code, said = klass.grade()
    assert (code, said.splitlines()[0]) == (0, "Grading week00: 0 of 13")
    assert klass.marks() == {**deserved, "gwen": 3.0, "student00": 0.0}
    assert "the sign went missing" in klass.feedback("student02")


def test_only_the_students_that_are_named_are_graded(klass: Class) -> None:
    deserved = klass.hand_in_all(4)
    code, said = klass.grade("--students", "student01", "--students", "student02")
    assert (code, klass.marks()) == (0, {name: deserved[name] for name in ("student01", "student02")}), said
    code, said = klass.grade("--students", "nobody")
    assert code == 1
    assert said.startswith("Nothing was handed in by nobody")


def test_with_nothing_to_grade_a_sentence_says_where_it_belongs(klass: Class) -> None:
    code, said = klass.grade()
    assert code == 1
    assert "There is nothing to grade" in said
    assert "STUDENT/week00/01_tiny.ipynb" in said


def test_without_a_sandbox_nothing_is_graded_unless_the_instructor_says_so(klass: Class) -> None:
    deserved = klass.hand_in_all(3)
    code, said = klass.grade(PATH="/nowhere")
    assert code == 1
    assert said.startswith("bubblewrap is not installed")
    assert "Nothing was graded" in said
    assert (klass.marks(), klass.done()) == ({}, {})

    code, said = klass.grade("--no-sandbox", PATH="/nowhere")
    assert (code, klass.marks()) == (0, deserved), said
    assert "without a sandbox" in klass.report()


def test_limits_are_those_of_the_configuration(klass: Class) -> None:
    config = klass.root / "nbgrader_config.py"
    text = config.read_text(encoding="utf-8")
    config.write_text(f"{text}\nc.Limits.cell_seconds = 2\n", encoding="utf-8")
    klass.hand_in("ada", "import time\ndef double(x):\n    time.sleep(15)\n    return 2 * x")
    klass.hand_in("ben", SIGN_LOST)
    code, said = klass.grade()
    assert (code, klass.marks()) == (0, {"ada": 0.0, "ben": 1.0}), said
    assert "no end within" in klass.feedback("ada")

    config.write_text(f"{text}\nc.Limits.cell_second = 2\n", encoding="utf-8")
    code, said = klass.grade()
    assert code == 1
    assert said.startswith("nbgrader_config.py sets c.Limits.cell_second, and there is none. There are: cell_seconds")
