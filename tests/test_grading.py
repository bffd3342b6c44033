"""A class graded with nbgrader's autograde and a real gradebook: marks, faults by name, no hidden test in feedback."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import write_tiny_course

from groundup.grading.classroom import Classroom
from groundup.grading.submission import fill
from groundup.lessons.course import Course, Lesson
from groundup.selfcheck import reading

RIGHT = "def double(x):\n    return 2 * x"
SQUARES = "def double(x):\n    return x * x"
FORGETS_THE_SIGN = "def double(x):\n    return abs(2 * x)"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny course whose assignment stands in the gradebook; tests work on copies."""
    course = write_tiny_course(tmp_path_factory.mktemp("prepared") / "course")
    Classroom(course, course.root / "grading").prepare()
    return course.root


@pytest.fixture
def classroom(prepared: Path, tmp_path: Path) -> Classroom:
    shutil.copytree(prepared, tmp_path / "course")
    return Classroom(Course(tmp_path / "course"), tmp_path / "course" / "grading")


@pytest.fixture
def lesson(classroom: Classroom) -> Lesson:
    return classroom.course.lessons()[0]


def hand_in(classroom: Classroom, lesson: Lesson, student: str, answer: str) -> None:
    classroom.hand_in(student, lesson, fill(classroom.edition(lesson), {"double": answer}))


@pytest.mark.parametrize(
    ("answer", "scores", "said"),
    [
        (RIGHT, {"double-check": 1, "double-hidden": 2}, ""),
        (SQUARES, {"double-check": 0, "double-hidden": 0}, "you squared the number"),
        (FORGETS_THE_SIGN, {"double-check": 1, "double-hidden": 0}, "fails a hidden test: a negative number"),
        ("def other(x):\n    return x", {"double-check": 0, "double-hidden": 0}, "NameError"),
        ("def double(x) return x", {"double-check": 0, "double-hidden": 0}, "NameError"),
    ],
    ids=["right", "squares", "forgets the sign", "another name", "no Python"],
)
def test_an_answer_gets_its_points_and_its_mistake_is_named(classroom, lesson, answer, scores, said) -> None:
    hand_in(classroom, lesson, "ada", answer)
    outcome = classroom.grade("ada", lesson)
    assert outcome.fault is None and outcome.scores == scores
    assert said in "\n".join(outcome.messages.values())
    assert "4021" not in "\n".join(outcome.messages.values()), "a message shows a hidden input"


def test_an_untouched_notebook_scores_nothing_and_is_called_unwritten(classroom, lesson) -> None:
    classroom.hand_in("ada", lesson, classroom.edition(lesson))
    outcome = classroom.grade("ada", lesson)
    assert sum(outcome.scores.values()) == 0 and "double is not written yet" in outcome.messages["double-check"]


def test_grading_again_replaces_the_marks(classroom, lesson) -> None:
    hand_in(classroom, lesson, "ada", SQUARES)
    classroom.grade("ada", lesson)
    hand_in(classroom, lesson, "ada", RIGHT)
    assert sum(classroom.grade("ada", lesson).scores.values()) == 3


def without(grade_id: str) -> Callable[[dict[str, Any]], Any]:
    def damage(notebook: dict[str, Any]) -> Any:
        marks = [cell["metadata"].get("nbgrader", {}).get("grade_id") for cell in notebook["cells"]]
        del notebook["cells"][marks.index(grade_id)]
        return notebook

    return damage


def doubled(notebook: dict[str, Any]) -> Any:
    notebook["cells"].append(dict(notebook["cells"][-1], id="again"))
    return notebook


FAULTS: dict[str, tuple[Callable[[dict[str, Any]], Any], str]] = {
    "empty": (lambda notebook: b"", "is empty (0 bytes)"),
    "cut off": (lambda notebook: json.dumps(notebook).encode()[:-40], "is not valid JSON"),
    "not text": (lambda notebook: b"\xff\xfe\x00" * 50, "is not UTF-8"),
    "a list": (lambda notebook: [1, 2], "has no cells"),
    "null cells": (lambda notebook: {**notebook, "cells": None}, "has no cells"),
    "cells of numbers": (lambda notebook: {**notebook, "cells": [1]}, "has no cells"),
    "an old format": (lambda notebook: {**notebook, "nbformat": 3}, "notebook format 3"),
    "nested too deeply": (lambda notebook: b"[" * 200_000, "is nested too deeply"),
    "a deleted check": (without("double-check"), "lacks the graded cell 'double-check'"),
    "a check twice": (doubled, "holds the graded cell 'double-hidden' twice"),
    "strange metadata": (
        lambda notebook: {**notebook, "cells": [{"metadata": [], "source": 3}]},
        "lacks the graded cells",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_broken_submission_is_named_and_the_next_student_is_graded(classroom, lesson, name) -> None:
    damage, said = FAULTS[name]
    broken = damage(json.loads(json.dumps(classroom.edition(lesson))))
    classroom.hand_in("broken", lesson, broken if isinstance(broken, bytes) else json.dumps(broken).encode())
    outcome = classroom.grade("broken", lesson)
    assert outcome.fault and said in outcome.fault and "01_tiny.ipynb" in outcome.fault
    assert classroom.give_feedback("broken", "week00") is None
    hand_in(classroom, lesson, "zoe", RIGHT)
    assert sum(classroom.grade("zoe", lesson).scores.values()) == 3


def test_a_missing_file_a_folder_and_a_huge_file_are_named(classroom, lesson, monkeypatch) -> None:
    assert "was not handed in" in str(classroom.grade("nobody", lesson).fault)
    classroom.submitted("folder", lesson).mkdir(parents=True)
    assert "not a plain file" in str(classroom.grade("folder", lesson).fault)
    monkeypatch.setattr(reading, "LARGEST", 1000)
    hand_in(classroom, lesson, "huge", RIGHT)
    assert "is the limit" in str(classroom.grade("huge", lesson).fault)


@pytest.mark.skipif(os.name == "nt", reason="Windows asks for special rights to make a link")
def test_a_link_is_not_followed(classroom, lesson) -> None:
    path = classroom.submitted("linked", lesson)
    path.parent.mkdir(parents=True)
    path.symlink_to(lesson.notebook)
    assert "not a plain file" in str(classroom.grade("linked", lesson).fault)


@pytest.mark.parametrize(
    "answer", [FORGETS_THE_SIGN, "def other(x):\n    return x", "def double(x):\n    return x / 0"]
)
def test_feedback_names_the_mistake_and_shows_no_hidden_test(classroom, lesson, answer) -> None:
    hand_in(classroom, lesson, "ada", answer)
    classroom.grade("ada", lesson)
    folder = classroom.give_feedback("ada", "week00")
    assert folder is not None
    page = (Path(folder) / "01_tiny.html").read_text(encoding="utf-8")
    assert "4021" not in page and "8042" not in page and "HIDDEN TESTS" not in page
    assert "hidden test" in page and "double" in page
