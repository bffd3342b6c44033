"""The main job from end to end, as somebody types it who has just installed the course."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from conftest import run_module
from nbgrader.api import Gradebook

from groundup.grading.demo import MARK, cause
from groundup.grading.sample_class import SAMPLES
from groundup.lessons.course import Course


def test_the_demo_grades_the_whole_class_though_some_submissions_are_broken(course_copy: Path) -> None:
    result = run_module("groundup", "demo", cwd=course_copy, timeout=900)
    said = result.stdout
    assert result.returncode == 0, said + result.stderr
    assert len(SAMPLES) >= 8
    for sample in SAMPLES:
        assert f"] {sample.student}: {sample.story}" in said
        assert f"│ {sample.student} " in said
    assert "gwen, 03_forward_pass: not graded: 03_forward_pass.ipynb is empty" in said
    assert "hugo, 01_perceptron: not graded: 01_perceptron.ipynb is not valid JSON" in said
    assert "ines, 03_forward_pass: not graded: 03_forward_pass.ipynb lacks the graded cell 'mse-check'" in said
    assert "jan, 03_forward_pass: count_parameters: a loop that never ends" in said
    assert "femi, 01_perceptron: nothing is written yet" in said
    assert not any(line.strip().startswith(("ada,", "ben,")) for line in said.splitlines()), "ada and ben are perfect"
    pages = sorted((course_copy / "grading" / "feedback").rglob("*.html"))
    assert str(course_copy / "grading" / "feedback") in said
    assert len(pages) == len(Course(course_copy).lessons()) * len(SAMPLES) - 3  # three notebooks cannot be graded
    assert all("HIDDEN TESTS" not in page.read_text("utf-8") for page in pages)


def test_the_demo_never_mixes_with_a_real_class(course_copy: Path) -> None:
    mine = course_copy / "grading" / "submitted" / "a-real-student" / "week00" / "01_perceptron.ipynb"
    mine.parent.mkdir(parents=True)
    mine.write_text("precious", encoding="utf-8")
    result = run_module("groundup", "demo", cwd=course_copy)
    assert result.returncode == 1 and "a-real-student" in result.stderr and "does not mix" in result.stderr
    assert mine.read_text("utf-8") == "precious"


def test_the_demo_keeps_a_gradebook_with_a_student_of_yours(course_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # nbgrader starts `alembic` by name when it makes a gradebook
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)
    grading = course_copy / "grading"
    grading.mkdir()
    (grading / MARK).write_text("left behind by an earlier demo", encoding="utf-8")
    with Gradebook(f"sqlite:///{(grading / 'gradebook.db').as_posix()}", "groundup") as gradebook:
        gradebook.update_or_create_student("zoe")
    before = (grading / "gradebook.db").read_bytes()
    result = run_module("groundup", "demo", cwd=course_copy)
    assert result.returncode == 1 and "zoe" in result.stderr
    assert (grading / "gradebook.db").read_bytes() == before


def test_the_cause_of_a_message_is_its_likely_line() -> None:
    assert cause("f(x)\n  you gave:  3\n  likely:    a sum.\n  next:      ...") == "a sum."
    assert cause("f(x)\n  you gave:  3\n  next:      ...") == "3"
    assert cause("f is not written yet.\n  next: ...") == "f is not written yet."
    assert cause("") == "no message"
