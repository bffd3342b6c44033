"""The way from a lesson source to the student edition: the same bytes every time, no leak, no paying stub."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest
from conftest import edit, run_module

from groundup.lessons.course import Course, CourseError
from groundup.lessons.edition import build
from groundup.lessons.leaks import find_leaks
from groundup.lessons.source import to_notebook, write_notebooks
from groundup.lessons.stubs import find_paying_stubs


def silent(_: str) -> None:
    pass


def edition(course: Course) -> Path:
    return course.root / "week00" / "01_tiny.ipynb"


def test_building_twice_gives_the_same_bytes_and_no_difference(tiny_course: Course) -> None:
    assert build(tiny_course, check=False, say=silent) == []
    first = edition(tiny_course).read_bytes()
    tiny_course.lessons()[0].notebook.unlink()
    assert build(tiny_course, check=False, say=silent) == []
    assert edition(tiny_course).read_bytes() == first and b"\r\n" not in first
    assert build(tiny_course, check=True, say=silent) == []


def test_the_student_edition_has_stubs_locked_checks_and_a_note_of_its_source(tiny_course: Course) -> None:
    build(tiny_course, check=False, say=silent)
    notebook = nbformat.read(edition(tiny_course), as_version=4)
    nbformat.validate(notebook)
    cells = {cell.id: cell for cell in notebook.cells}
    assert list(cells) == ["01_tiny-000", "01_tiny-001", "double", "double-check", "double-hidden"]
    assert "solutions/week00/01_tiny.py" in notebook.cells[0].source and "groundup build" in notebook.cells[0].source
    assert "raise NotImplementedError()" in cells["double"].source
    assert cells["double-check"].metadata.editable is False
    assert cells["double-hidden"].source == "# Hidden tests look at other numbers."


@pytest.mark.parametrize(
    ("drift", "said"),
    [
        (lambda path: path.write_text(path.read_text("utf-8").replace("tiny", "small"), "utf-8"), "differs"),
        (lambda path: path.unlink(), "is missing"),
        (lambda path: path.with_name("02_stray.ipynb").write_bytes(path.read_bytes()), "02_stray.ipynb has no source"),
    ],
    ids=["edited", "missing", "stray"],
)
def test_any_drift_fails_the_check(tiny_course: Course, drift, said: str) -> None:
    build(tiny_course, check=False, say=silent)
    drift(edition(tiny_course))
    faults = build(tiny_course, check=True, say=silent)
    assert len(faults) == 1 and said in faults[0] and "groundup build" in faults[0]


def test_a_changed_source_fails_the_check_until_it_is_built(tiny_course: Course) -> None:
    build(tiny_course, check=False, say=silent)
    edit(tiny_course, "# # A tiny lesson", "# # A tiny lesson, better")
    before = edition(tiny_course).read_bytes()
    assert any("differs" in fault for fault in build(tiny_course, check=True, say=silent))
    assert edition(tiny_course).read_bytes() == before, "a check writes nothing"
    assert build(tiny_course, check=False, say=silent) == []
    assert build(tiny_course, check=True, say=silent) == []


def test_a_notebook_somebody_worked_in_is_kept_aside(tiny_course: Course) -> None:
    build(tiny_course, check=False, say=silent)
    notebook = nbformat.read(edition(tiny_course), as_version=4)
    notebook.cells[2].source, notebook.cells[2].execution_count = "my precious answer", 1
    nbformat.write(notebook, edition(tiny_course))
    build(tiny_course, check=False, say=silent)
    kept = tiny_course.root / "build" / "replaced" / "week00" / "01_tiny.ipynb"
    assert "my precious answer" in kept.read_text("utf-8")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("# # A tiny lesson", "# # A tiny lesson\n# Write `return x+x+0*len('only a teacher writes this')`."),
        ("# # A tiny lesson", '# # A tiny lesson\n# Hint: return x + x + 0 *\n#   len("only a teacher writes this")'),
        ("from groundup.checks import expect", "from groundup.checks import expect\n# of(-4021).equals(-8042, "
         'mistakes={"the sign is lost": 8042})\n# expect(double, hidden="a negative number").of(-4021).equals(-8042, '
         'mistakes={"the sign is lost": 8042})'),
    ],
    ids=["solution in prose", "solution wrapped over two lines", "hidden test in a comment"],
)  # fmt: skip
def test_a_planted_leak_is_found_and_nothing_is_written(tiny_course: Course, old: str, new: str) -> None:
    edit(tiny_course, old, new.replace("'only a teacher writes this'", '"only a teacher writes this"'))
    faults = build(tiny_course, check=False, say=silent)
    assert any("gives away a line" in fault for fault in faults)
    assert not edition(tiny_course).exists()


def test_a_leak_in_any_other_file_of_the_week_is_found(tiny_course: Course, tmp_path: Path) -> None:
    week = tmp_path / "week00"
    (week / "data").mkdir(parents=True)
    (week / "data" / "notes.txt").write_text('see: return x + x + 0 * len("only a teacher writes this")', "utf-8")
    (week / "out.ipynb").write_text(json.dumps({"outputs": [{"text": ["### BEGIN ", "SOLUTION"]}]}), "utf-8")
    faults = find_leaks(tiny_course, week)
    assert len(faults) == 2 and "data/notes.txt" in faults[0] and "marker" in faults[1]


def test_a_line_that_its_author_marks_as_shown_is_no_secret(tiny_course: Course, tmp_path: Path) -> None:
    line = 'return x + x + 0 * len("only a teacher writes this")'
    public = tmp_path / "public"
    public.mkdir()
    (public / "notes.md").write_text(line, encoding="utf-8")
    assert len(find_leaks(tiny_course, public)) == 1
    edit(tiny_course, line, f"{line}  # shown to students")
    assert find_leaks(tiny_course, public) == []


def test_an_explanation_of_a_quiz_answer_is_a_secret(tiny_course: Course, tmp_path: Path) -> None:
    options = [
        {"text": "two", "right": True, "because": "Twice one is two."},
        {"text": "one", "because": "That is the number itself."},
        {"text": "three", "because": "That is one more than asked for."},
    ]
    quiz = [{"id": "twice-one", "question": "What is twice one?", "options": options}]
    (tiny_course.solutions / "week00" / "quiz.yml").write_text(json.dumps(quiz), encoding="utf-8")
    public = tmp_path / "public"
    public.mkdir()
    (public / "notes.md").write_text("Remember:\ntwice... no: That is one\nmore than asked for.", encoding="utf-8")
    faults = find_leaks(tiny_course, public)
    assert len(faults) == 1 and "notes.md gives away an answer of the quiz of week00" in faults[0]
    assert build(tiny_course, check=False, say=silent) == []
    sealed = (tiny_course.root / "groundup" / "quiz" / "week00.json").read_text("utf-8")
    assert "twice-one" not in sealed and "more than asked" not in sealed


def test_a_lesson_without_leaks_has_none(tiny_course: Course, tmp_path: Path) -> None:
    build(tiny_course, check=False, say=silent)
    assert find_leaks(tiny_course, tiny_course.root / "week00") == []


def test_a_check_that_pays_for_a_stub_is_found_and_nothing_is_written(tiny_course: Course) -> None:
    edit(tiny_course, "expect(double).of(3)", "double  # expect(double).of(3)")
    faults = build(tiny_course, check=False, say=silent)
    assert faults == ["week00/01_tiny: the check 'double-check' pays for an unwritten answer."]
    assert not edition(tiny_course).exists()


def test_a_hidden_test_that_pays_for_a_stub_is_found(tiny_course: Course) -> None:
    edit(tiny_course, 'expect(double, hidden="a negative number").of(-4021)', "len([]) or expect(-8042)")
    assert "double-hidden" in find_paying_stubs(tiny_course.lessons()[0])[0]


def test_a_lesson_that_kills_the_kernel_untouched_is_found(tiny_course: Course) -> None:
    edit(
        tiny_course, "from groundup.checks import expect", "from groundup.checks import expect\nimport os\nos._exit(1)"
    )
    assert "does not run to its end" in find_paying_stubs(tiny_course.lessons()[0])[0]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("    ### END SOLUTION\n", "", "end solution"),
        ('"grade_id": "double-hidden"', '"grade_id": "double-check"', "'double-check' twice"),
        ("# %% [markdown]\n# # A tiny lesson\n", "", "must begin with"),
    ],
    ids=["an unclosed region", "a grade_id used twice", "no title"],
)
def test_a_broken_source_is_named_and_nothing_is_written(tiny_course: Course, old: str, new: str, said: str) -> None:
    edit(tiny_course, old, new)
    with pytest.raises(CourseError, match=said):
        build(tiny_course, check=False, say=silent)
    assert not edition(tiny_course).exists()


def test_cell_ids_of_graded_cells_do_not_change_when_a_cell_is_added(tiny_course: Course) -> None:
    edit(tiny_course, "# %%\nfrom", "# %%\n1 + 1\n\n# %%\nfrom")
    assert [cell.id for cell in to_notebook(tiny_course.lessons()[0]).cells][3:] == [
        "double",
        "double-check",
        "double-hidden",
    ]


def test_a_notebook_without_a_source_is_removed_beside_the_sources(tiny_course: Course) -> None:
    write_notebooks(tiny_course)
    stale = tiny_course.solutions / "week00" / "09_gone.ipynb"
    stale.write_text("{}", "utf-8")
    write_notebooks(tiny_course)
    assert not stale.exists() and tiny_course.lessons()[0].notebook.exists()


def test_a_name_that_no_lesson_has_lists_the_ones_there_are(tiny_course: Course) -> None:
    with pytest.raises(CourseError, match="week00, week00/01_tiny"):
        tiny_course.lessons("week99")
    assert [str(lesson) for lesson in tiny_course.lessons("solutions/week00/01_tiny.py")] == ["week00/01_tiny"]


def test_outside_a_course_the_command_says_where_to_go(tmp_path: Path) -> None:
    result = run_module("groundup", "build", cwd=tmp_path)
    assert result.returncode == 1 and "not inside a course" in result.stderr and "Traceback" not in result.stderr
