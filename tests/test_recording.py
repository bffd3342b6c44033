"""Marks in nbgrader's gradebook: the rows that nbgrader's own autograde leaves, and what is never overwritten."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook
from nbgrader.utils import determine_grade, is_grade
from recorded_class import FULL, LESSON, RIGHT, SISTER, WEEK, Desk, copy_of, prepared

from groundup.lessons.course import CourseError
from groundup.lessons.edition import nbgrader_api, nbgrader_config

WRONG = {"double": "def double(x):\n    return x * x", "double-why": "I do not know."}
GRADED = (FULL["double-check"], None, False)


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return prepared(tmp_path_factory.mktemp("recording") / "a course")


@pytest.fixture
def desk(original: Desk, tmp_path: Path) -> Desk:
    return copy_of(original, tmp_path / "a course")


def change(desk: Desk, student: str, lesson: str = LESSON, **columns: float) -> None:
    """What a person does in formgrader to the written answer."""
    with Gradebook(desk.db_url, "groundup") as gradebook:
        grade = gradebook.find_grade("double-why", lesson, WEEK, student)
        for name, value in columns.items():
            setattr(grade, name, value)
        gradebook.db.commit()


@pytest.mark.parametrize("answers", [RIGHT, WRONG, {}], ids=["right", "wrong", "untouched"])
@pytest.mark.parametrize("penalty", ["none", "zero"])
def test_the_rows_are_those_of_nbgraders_own_autograde(original: Desk, tmp_path: Path, answers, penalty) -> None:
    theirs, ours = copy_of(original, tmp_path / "theirs"), copy_of(original, tmp_path / "ours")
    for desk in (theirs, ours):
        with Gradebook(desk.db_url, "groundup") as gradebook:
            gradebook.update_or_create_assignment(WEEK, duedate="2026-01-01 12:00:00 UTC")
        config = desk.course.root / "nbgrader_config.py"
        setting = f'\nc.LateSubmissionPlugin.penalty_method = "{penalty}"\n'
        config.write_text(config.read_text(encoding="utf-8") + setting, encoding="utf-8")
    folder = theirs.folder / "submitted" / "ada" / WEEK
    folder.mkdir(parents=True)
    nbformat.write(theirs.notebook(answers), folder / f"{LESSON}.ipynb")
    (folder / "timestamp.txt").write_text("2026-01-02 09:30:00 UTC", encoding="utf-8")
    settings = nbgrader_config(theirs.course)
    settings.CourseDirectory.notebook_id = LESSON
    tries = (nbgrader_api(settings).autograde(WEEK, "ada", force=True, create=True) for _ in range(2))
    assert any(result["success"] for result in tries), "two kernels that start at once may choose the same port"

    notebook = nbformat.read(theirs.autograded / "ada" / WEEK / f"{LESSON}.ipynb", as_version=4)
    marks = {cell.metadata.nbgrader.grade_id: determine_grade(cell)[0] for cell in notebook.cells if is_grade(cell)}
    scores = {name: mark for name, mark in marks.items() if mark is not None}
    with ours.recorder() as recorder:
        recorder.record(ours.graded("ada", scores=scores, submitted_at="2026-01-02T10:30:00+01:00"), notebook)
    assert ours.rows("ada") == theirs.rows("ada")
    assert ours.rows("ada")["submitted"][0] == datetime(2026, 1, 2, 9, 30)


def test_what_was_recorded_is_known_and_a_second_run_has_nothing_to_do(desk: Desk) -> None:
    graded = desk.graded("ada", messages={"double-hidden": "é"}, notes=["healed"], seconds=1.5)
    with desk.recorder() as recorder:
        assert not desk.is_done(recorder, graded)
        recorder.record(graded, desk.notebook())
    with desk.recorder() as recorder:
        assert desk.is_done(recorder, graded)
        assert recorder.recorded(WEEK) == [graded]
        assert recorder.done("ada", WEEK, LESSON, "another file", graded.master) is None
        assert recorder.done("ada", WEEK, LESSON, graded.submission, "another master") is None
    nbformat.validate(nbformat.read(desk.autograded / "ada" / WEEK / f"{LESSON}.ipynb", as_version=4))
    assert {path.name for path in desk.folder.rglob("*.partial")} == set()


def test_a_notebook_whose_marks_are_not_in_the_gradebook_is_not_done(original: Desk, desk: Desk) -> None:
    graded = desk.graded("ada")
    with desk.recorder() as recorder:
        recorder.record(graded, desk.notebook())
        recorder.record(desk.graded("ada", SISTER), desk.notebook(lesson=SISTER))
    (desk.folder / "gradebook.db").write_bytes((original.folder / "gradebook.db").read_bytes())
    with desk.recorder() as recorder:
        assert not desk.is_done(recorder, graded)
        recorder.record(desk.graded("ada", SISTER), desk.notebook(lesson=SISTER))
        assert not desk.is_done(recorder, graded)
        assert recorder.recorded(WEEK) == [desk.graded("ada", SISTER)]


def test_a_mark_given_by_a_person_is_kept_and_asks_to_be_looked_at(desk: Desk) -> None:
    with desk.recorder() as recorder:
        recorder.record(desk.graded("ada"), desk.notebook())
        assert desk.grades("ada")["double-why"] == (None, None, True)
        change(desk, "ada", manual_score=2.5, needs_manual_grade=False)
        recorder.record(desk.graded("ada", submission="a new file"), desk.notebook())
    assert desk.grades("ada")["double-why"] == (None, 2.5, True)
    assert desk.grades("ada")["double-check"] == GRADED


def test_a_sister_notebook_keeps_its_marks(desk: Desk) -> None:
    with desk.recorder() as recorder:
        recorder.record(desk.graded("ada", SISTER, submitted_at="2026-01-03T00:00:00Z"), desk.notebook(lesson=SISTER))
        change(desk, "ada", SISTER, manual_score=3.0, needs_manual_grade=False)
        before = desk.grades("ada", SISTER)
        nothing = {"double-check": 0.0, "double-hidden": 0.0, "double-why": 0.0}
        recorder.record(desk.graded("ada", scores=nothing, submitted_at="2026-01-01T00:00:00Z"), desk.notebook({}))
    assert desk.grades("ada", SISTER) == before
    assert desk.grades("ada")["double-check"] == (0.0, None, False)
    assert desk.rows("ada")["submitted"][0] == datetime(2026, 1, 3)


def test_a_sister_that_was_not_handed_in_asks_nobody_to_read_it(desk: Desk) -> None:
    with desk.recorder() as recorder:
        recorder.record(desk.graded("ada"), desk.notebook())
    assert set(desk.grades("ada", SISTER).values()) == {(None, None, False)}


def test_a_fault_is_never_a_zero_and_ends_when_the_notebook_is_graded(desk: Desk) -> None:
    fault = desk.graded("ada", scores={}, fault="The machine ran out of memory.", retry=True, submission="new")
    with desk.recorder() as recorder:
        recorder.record(desk.graded("ada"), desk.notebook())
        before = desk.rows("ada")
        recorder.record(fault, {})
        recorder.record_fault(desk.graded("bob", scores={}, fault="The file is empty."))
        assert desk.rows("ada") == before
        assert [(found.student, found.fault) for found in recorder.recorded(WEEK)] == [
            ("ada", None), ("ada", "The machine ran out of memory."), ("bob", "The file is empty."),
        ]  # fmt: skip
        recorder.record(desk.graded("ada", submission="new"), desk.notebook())
        assert [found.student for found in recorder.recorded(WEEK)] == ["ada", "bob"]
    with Gradebook(desk.db_url, "groundup") as gradebook:
        assert [student.id for student in gradebook.students] == ["ada"]


def test_export_and_feedback_go_on_from_what_was_recorded(desk: Desk) -> None:
    with desk.recorder() as recorder:
        recorder.record(desk.graded("ada"), desk.notebook())
    steps = {step: str(desk.folder / step.removesuffix("_directory")) for step in ("autograded_directory",)}
    config = nbgrader_config(desk.course, db_url=desk.db_url, feedback_directory=str(desk.folder / "feedback"), **steps)
    result = nbgrader_api(config).generate_feedback(WEEK, "ada", force=True)
    assert result["success"], result["log"]
    page = (desk.folder / "feedback" / "ada" / WEEK / f"{LESSON}.html").read_text(encoding="utf-8")
    assert "Score: 3.0 / 6.0" in page
    assert [path.suffix for path in (desk.folder / "feedback" / "ada" / WEEK).iterdir()] == [".html"]


@pytest.mark.parametrize("name", ["../ada", ".ada", "a/b", "", "a b", "ada\n", "x" * 129, "ä"])
def test_a_name_that_could_leave_the_folder_is_refused(desk: Desk, name: str) -> None:
    with desk.recorder() as recorder:
        for graded in (desk.graded(name), desk.graded("ada", lesson=name)):
            with pytest.raises(CourseError, match="cannot be the name"):
                recorder.record(graded, desk.notebook())
            with pytest.raises(CourseError, match="cannot be the name"):
                recorder.record_fault(graded)
        with pytest.raises(CourseError, match="cannot be the name"):
            recorder.done(name, WEEK, LESSON, "", "")
        assert recorder.recorded(WEEK) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"scores": {"no-such-check": 1.0}}, "does not know week00/01_tiny, no-such-check"),
        ({"scores": {"double-check": float("nan")}}, "cannot be written as JSON"),
        ({"scores": {"double-check": -1.0}}, "no number of points"),
        ({"submitted_at": "yesterday"}, "no date"),
        ({"week": "week77"}, "does not know week77"),
        ({"lesson": "77_none"}, "does not know week00/77_none"),
    ],
)
def test_what_cannot_be_right_is_refused_and_leaves_no_trace(desk: Desk, changes: dict[str, object], said: str) -> None:
    with desk.recorder() as recorder:
        with pytest.raises(CourseError, match=said):
            recorder.record(desk.graded("ada", **changes), desk.notebook())
        assert recorder.recorded(WEEK) == []
    with Gradebook(desk.db_url, "groundup") as gradebook:
        assert gradebook.students == []


def test_a_record_that_a_student_wrote_into_the_notebook_is_not_believed(desk: Desk) -> None:
    with desk.recorder() as recorder:
        recorder.record(desk.graded("ada"), desk.notebook())
        path = desk.autograded / "ada" / WEEK / f"{LESSON}.ipynb"
        notebook = json.loads(path.read_text(encoding="utf-8"))
        notebook["metadata"]["groundup"]["scores"]["double-why"] = 3.0
        path.write_text(json.dumps(notebook), encoding="utf-8")
        assert recorder.recorded(WEEK) == []
