"""The main job from end to end, as somebody types it who has just installed the course."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from conftest import run_module
from nbgrader.api import Gradebook
from rich.console import Console
from test_prove import BANK, bank_file
from typer.testing import CliRunner

from groundup.cli import app
from groundup.grading.proof.demo import run
from groundup.grading.proof.sample_class import BAIT, HONEST, HOSTILE
from groundup.grading.proof.showing import show
from groundup.grading.running.missing import missing_sandbox
from groundup.lessons.course import Course, CourseError

MISSING = missing_sandbox()


def test_the_demo_grades_the_whole_class_though_some_are_broken_and_some_attack(course_copy: Path) -> None:
    result = run_module("groundup", "demo", cwd=course_copy, timeout=600)
    said = result.stdout
    assert result.returncode == 0, said + result.stderr
    samples = HONEST if MISSING else (*HONEST, *HOSTILE)
    for sample in samples:
        assert f"  {sample.student}: {sample.story}" in said
        assert said.count(f"│ {sample.student} ") == len(Course(course_copy).lessons("week00"))
    assert "gwen, 03_forward_pass: not graded: 03_forward_pass.ipynb is empty" in said
    assert "hugo, 01_perceptron: not graded: 01_perceptron.ipynb is not valid JSON" in said
    assert "ines, 03_forward_pass: The check cell 'mse-check' was deleted." in said
    assert "jan, 03_forward_pass: count_parameters: a loop that never ends" in said
    assert "femi, 01_perceptron: nothing is written yet" in said
    assert not any(line.strip().startswith(("ada,", "ben,")) for line in said.splitlines()), "ada and ben are perfect"
    grading = course_copy / "grading"
    for made in (grading / "feedback", grading / "report-week00.html", grading / "gradebook.db"):
        assert str(made) in said and made.exists()
    pages = sorted((grading / "feedback").rglob("*.html"))
    assert len(pages) == len(Course(course_copy).lessons("week00")) * len(samples)
    assert all("HIDDEN TESTS" not in page.read_text("utf-8") for page in pages)
    if MISSING:
        assert MISSING in said and "left out" in said
        return
    for sample in HOSTILE:
        assert f"{sample.student}: {sample.story}: 0 of 100 points" in said
        assert f"{sample.student}: The cell 'shortcut', line" in said, "nothing was suspicious"
    for what in ("the solutions", "ada's answers", "the gradebook", "the network", "the file"):
        assert f"    {what}: out of reach" in said
    assert f"{BAIT} is as it was; no process of theirs is left; ada, ben, ines beside them have every point." in said


def test_the_demo_never_mixes_with_a_real_class(course_copy: Path) -> None:
    mine = course_copy / "grading" / "submitted" / "a-real-student" / "week00" / "01_perceptron.ipynb"
    mine.parent.mkdir(parents=True)
    mine.write_text("precious", encoding="utf-8")
    result = run_module("groundup", "demo", cwd=course_copy)
    assert result.returncode == 1 and "a-real-student" in result.stderr and "does not mix" in result.stderr
    assert mine.read_text("utf-8") == "precious"


def test_the_demo_keeps_a_gradebook_with_a_student_of_yours(tiny_course: Course, monkeypatch) -> None:
    # nbgrader starts `alembic` by name when it makes a gradebook
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)
    grading = tiny_course.root / "grading"
    grading.mkdir()
    (grading / BAIT).write_text("left behind by an earlier demo", encoding="utf-8")
    with Gradebook(f"sqlite:///{(grading / 'gradebook.db').as_posix()}", "groundup") as gradebook:
        gradebook.update_or_create_student("zoe")
    before = (grading / "gradebook.db").read_bytes()
    with pytest.raises(CourseError, match="zoe"):
        run(tiny_course, print, lambda done, total: None)
    assert (grading / "gradebook.db").read_bytes() == before


def test_the_demo_replaces_no_gradebook_of_your_own(tiny_course: Course) -> None:
    with (tiny_course.root / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write('\nc.CourseDirectory.db_url = "sqlite:///elsewhere.db"\n')
    with pytest.raises(CourseError, match="gradebook of your own"):
        run(tiny_course, print, lambda done, total: None)


def test_without_a_sandbox_the_hostile_are_left_out_and_the_others_graded(tiny_course: Course, monkeypatch) -> None:
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent))  # where bubblewrap is not
    bank_file(tiny_course).parent.mkdir(parents=True)
    bank_file(tiny_course).write_text(BANK, encoding="utf-8")
    said: list[str] = []
    shown = run(tiny_course, said.append, lambda done, total: None)
    assert "sandbox" in said[0] and f"{len(HOSTILE)} hostile students are left out" in said[0]
    assert [one.student for one in shown.graded] == [sample.student for sample in HONEST]
    assert {one.isolation for one in shown.graded} == {"none"} and not any(one.fault for one in shown.graded)
    show(shown, Console(record=True))


@pytest.mark.parametrize("command", ["demo", "prove"])
def test_where_processes_cannot_fork_a_sentence_says_what_is_needed(command: str, monkeypatch) -> None:
    monkeypatch.delattr(os, "fork")
    result = CliRunner().invoke(app, [command])
    assert result.exit_code == 1 and "Linux, macOS or, on Windows, WSL 2" in result.output


def test_the_attacks_do_no_lasting_harm_without_a_sandbox(tmp_path: Path) -> None:
    """Somebody may autograde what the demo left with plain nbgrader: only the demo's own file is ever deleted."""
    (tmp_path / "grading").mkdir()
    for name in (BAIT, "precious.txt"):
        (tmp_path / "grading" / name).write_text("here", encoding="utf-8")
    (destroys,) = [sample.hostile for sample in HOSTILE if "os.remove" in sample.hostile]
    exec(destroys.replace("@ROOT@", repr(str(tmp_path))).replace("time.sleep(300)", "pass"), {})
    assert [path.name for path in (tmp_path / "grading").iterdir()] == ["precious.txt"]
