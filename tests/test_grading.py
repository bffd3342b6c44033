"""One submission from bytes to marks: points, mistakes by name, broken files, what is mended, pages without secrets."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import edit, write_tiny_course

from groundup.grading.assess import assess
from groundup.grading.jobs import Graded, Limits
from groundup.grading.proof.filling import as_file, edition, fill
from groundup.grading.reading.master import Master
from groundup.grading.reading.submissions import Submission, submissions
from groundup.grading.reporting.feedback import write_feedback
from groundup.grading.reporting.sheet import sheet
from groundup.grading.running.missing import missing_sandbox
from groundup.grading.running.runner import Runner
from groundup.lessons.course import Course
from groundup.selfcheck import reading

RIGHT = "def double(x):\n    return 2 * x"
SQUARES = "def double(x):\n    return x * x"
FORGETS_THE_SIGN = "def double(x):\n    return abs(2 * x)"
FULL = {"double-check": 1, "double-hidden": 2}

Notebook = dict[str, Any]
Result = tuple[Graded, Notebook | None]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return write_tiny_course(tmp_path_factory.mktemp("graded") / "course")


@pytest.fixture(scope="module")
def master(course: Course) -> Master:
    return Master.of(course.lessons()[0])


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    with Runner(Limits(), isolated=missing_sandbox() is None) as made:
        yield made


@pytest.fixture
def grade(master: Master, runner: Runner) -> Callable[..., Result]:
    """Grade a notebook, or the bytes of a file; given text, the edition with that answer."""

    def graded(handed_in: str | bytes | Notebook, of: Master = master) -> Result:
        notebook = fill(edition(of), {"double": handed_in}) if isinstance(handed_in, str) else handed_in
        raw = notebook if isinstance(notebook, bytes) else as_file(notebook)
        return assess(Submission("ada", "week00", "01_tiny", raw), of, runner)

    return graded


@pytest.mark.parametrize(
    ("answer", "scores", "said"),
    [
        (RIGHT, FULL, ""),
        (SQUARES, {"double-check": 0, "double-hidden": 0}, "you squared the number"),
        (FORGETS_THE_SIGN, {"double-check": 1, "double-hidden": 0}, "fails a hidden test: a negative number"),
        ("def other(x):\n    return x", {"double-check": 0, "double-hidden": 0}, "NameError"),
        ("def double(x) return x", {"double-check": 0, "double-hidden": 0}, "NameError"),
    ],
    ids=["right", "squares", "forgets the sign", "another name", "no Python"],
)
def test_an_answer_gets_its_points_and_its_mistake_is_named(grade, answer, scores, said) -> None:
    graded, _ = grade(answer)
    assert graded.fault is None and graded.scores == scores
    assert said in "\n".join(graded.messages.values())
    assert "4021" not in "\n".join(graded.messages.values()), "a message shows a hidden input"


def test_an_untouched_notebook_scores_nothing_and_is_called_unwritten(grade, master) -> None:
    graded, _ = grade(edition(master))
    assert sum(graded.scores.values()) == 0 and "double is not written yet" in graded.messages["double-check"]


def test_a_part_of_the_points_is_paid_and_what_the_check_said_is_kept(grade, tiny_course: Course) -> None:
    edit(tiny_course, "expect(double).of(3).equals(6", "print('half of it is right')\n0.5  # ")
    graded, _ = grade(RIGHT, Master.of(tiny_course.lessons()[0]))
    assert graded.scores == {"double-check": 0.5, "double-hidden": 2}
    assert graded.messages == {"double-check": "half of it is right"}


# ---- files that are no notebooks -------------------------------------------------------------------------------------

FAULTS: dict[str, tuple[Callable[[Notebook], bytes | Any], str]] = {
    "empty": (lambda notebook: b"", "is empty (0 bytes)"),
    "cut off": (lambda notebook: json.dumps(notebook).encode()[:-40], "is not valid JSON"),
    "not text": (lambda notebook: b"\xff\xfe\x00" * 50, "is not UTF-8"),
    "a list": (lambda notebook: [1, 2], "has no cells"),
    "null cells": (lambda notebook: {**notebook, "cells": None}, "has no cells"),
    "cells of numbers": (lambda notebook: {**notebook, "cells": [1]}, "has no cells"),
    "an old format": (lambda notebook: {**notebook, "nbformat": 3}, "notebook format 3"),
    "nested too deeply": (lambda notebook: b"[" * 200_000, "is nested too deeply"),
    "strange metadata": (lambda notebook: {**notebook, "cells": [{"metadata": [], "source": 3}]}, "holds no cell of"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_broken_file_is_named_and_the_next_one_is_graded(grade, master, name) -> None:
    damage, said = FAULTS[name]
    graded, notebook = grade(damage(edition(master)))
    assert graded.fault and said in graded.fault and "01_tiny.ipynb" in graded.fault
    assert not graded.retry and not graded.scores and notebook is None
    assert grade(RIGHT)[0].scores == FULL


def test_a_folder_a_link_and_a_huge_file_are_named_and_not_read(course: Course, tmp_path, monkeypatch) -> None:
    def place(student: str) -> Path:
        path = tmp_path / student / "week00" / "01_tiny.ipynb"
        path.parent.mkdir(parents=True)
        return path

    place("folder").mkdir()
    place("huge").write_bytes(b"x" * 1001)
    if os.name != "nt":  # Windows asks for special rights to make a link
        place("linked").symlink_to(course.lessons()[0].source)
    monkeypatch.setattr(reading, "LARGEST", 1000)
    found = {place.student: place.read() for place in submissions(tmp_path, course.lessons())}
    assert "not a plain file" in str(found["folder"].fault) and "is the limit" in str(found["huge"].fault)
    assert "linked" not in found or "not a plain file" in str(found["linked"].fault)
    assert not any(one.raw for one in found.values())


# ---- what is mended --------------------------------------------------------------------------------------------------


def without(name: str) -> Callable[[Notebook], None]:
    return lambda notebook: notebook["cells"].remove(cell_of(notebook, name))


def cell_of(notebook: Notebook, name: str) -> Any:
    return next(cell for cell in notebook["cells"] if reading.grade_id(cell) == name)


def doubled(notebook: Notebook) -> None:
    notebook["cells"].append(dict(notebook["cells"][-1], id="again"))


def paid_more(notebook: Notebook) -> None:
    cell_of(notebook, "double-hidden")["metadata"]["nbgrader"]["points"] = 100


def softened(notebook: Notebook) -> None:
    cell_of(notebook, "double-check")["source"] = "pass"


MENDED: dict[str, tuple[Callable[[Notebook], None], str]] = {
    "a deleted check": (without("double-check"), "The check cell 'double-check' was deleted."),
    "a deleted hidden test": (without("double-hidden"), "The check cell 'double-hidden' was deleted."),
    "a check twice": (doubled, "The check cell 'double-hidden' stands 2 times"),
    "other points": (paid_more, "The marks of the check cell 'double-hidden' (points, lock) were changed."),
    "another check": (softened, "The check cell 'double-check' was edited"),
}


@pytest.mark.parametrize("name", MENDED)
def test_what_happened_to_a_check_is_mended_noted_and_costs_nothing(grade, master, name) -> None:
    damage, said = MENDED[name]
    for answer, scores in ((RIGHT, FULL), (SQUARES, dict.fromkeys(FULL, 0))):
        notebook = fill(edition(master), {"double": answer})
        damage(notebook)
        graded, rebuilt = grade(notebook)
        assert graded.fault is None and graded.scores == scores
        assert [note for note in graded.notes if said in note], graded.notes
        assert rebuilt and [reading.grade_id(cell) for cell in rebuilt["cells"]].count("double-hidden") == 1


# ---- what students get to read ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "answer", [FORGETS_THE_SIGN, "def other(x):\n    return x", "def double(x):\n    return x / 0"]
)
def test_feedback_names_the_mistake_and_shows_no_hidden_test(grade, course, tmp_path, answer) -> None:
    graded, notebook = grade(answer)
    page = write_feedback(graded, notebook, sheet(course.lessons()[0]), tmp_path).read_text(encoding="utf-8")
    assert "4021" not in page and "8042" not in page and "HIDDEN TESTS" not in page
    assert "double" in page and ("hidden test" in page or "NameError" in page)
