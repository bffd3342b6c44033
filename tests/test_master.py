"""A submission rebuilt on the instructor's master, and which of its cells run."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from groundup.grading.jobs import Limits
from groundup.grading.reading.evidence import evidence
from groundup.grading.reading.master import MOST_OWN_CELLS, Master
from groundup.grading.reading.names import names
from groundup.lessons.course import Course
from groundup.selfcheck.reading import grade_id, source

NUMPY_LESSONS = ["week00/01_perceptron", "week00/02_activations", "week00/03_forward_pass"]


@pytest.fixture(scope="module")
def masters() -> dict[str, Master]:
    return {lesson.name: Master.of(lesson) for lesson in Course.find().lessons("week00")}


@pytest.fixture
def tiny(tiny_course: Course) -> Master:
    return Master.of(tiny_course.lessons()[0])


def job_of(master: Master, cells: list[dict[str, Any]]) -> Any:
    return master.job("ada", cells, Limits(), None)


def test_an_untouched_notebook_needs_no_mending_and_gets_its_hidden_tests_back(masters: dict[str, Master]) -> None:
    for master in masters.values():
        healed = master.rebuild(copy.deepcopy(master.edition))
        assert healed.notes == []
        assert [source(cell) for cell in healed.cells] == [source(cell) for cell in master.cells]


def test_tests_points_and_order_are_the_master_s_whatever_came_back(tiny: Master) -> None:
    worked = [cell for cell in copy.deepcopy(tiny.edition) if grade_id(cell) != "double-hidden"]
    for cell in worked:
        if grade_id(cell) == "double-check":
            cell["source"] = "pass"
            cell["metadata"]["nbgrader"]["points"] = 1000
        if grade_id(cell) == "double":
            cell["source"] = "double = lambda x: x + x"
    worked.reverse()
    healed = tiny.rebuild(worked)
    graded = {name: cell for cell in healed.cells if (name := grade_id(cell))}
    assert list(graded) == ["double", "double-check", "double-hidden"]
    assert graded["double"]["source"] == "double = lambda x: x + x"
    for name in ("double-check", "double-hidden"):
        assert source(graded[name]) == source(tiny.by_name[name])
        assert graded[name]["metadata"] == tiny.by_name[name]["metadata"]
    assert any("'double-check' was edited" in note for note in healed.notes)
    assert any("'double-hidden' was deleted" in note for note in healed.notes)
    first = job_of(tiny, healed.cells).cells[0]
    assert first.role == "shared" and "import expect" in str(first.checker_source)


def test_a_test_never_takes_from_the_student_what_the_course_s_own_cells_make(masters: dict[str, Master]) -> None:
    for master in masters.values():
        for cell in job_of(master, master.rebuild(master.edition).cells).cells:
            assert not {"expect", "np", "fresh_rng", "score"} & set(cell.needs)
            assert not [name for name in cell.needs if name.startswith("_")], cell.name


@pytest.mark.parametrize("name", NUMPY_LESSONS)
def test_cells_that_only_show_something_do_not_run_and_answers_do(masters: dict[str, Master], name: str) -> None:
    master = masters[name.split("/")[1]]
    job = job_of(master, master.rebuild(master.edition).cells)
    code = [cell for cell in master.cells if cell["cell_type"] == "code"]
    assert len(job.cells) < len(code) and not job.uses_torch
    graded = [grade_id(cell) for cell in code if grade_id(cell)]
    assert [cell.name for cell in job.cells if cell.name in graded] == graded


def test_a_cell_that_makes_what_an_answer_reads_runs_too(tiny: Master) -> None:
    worked = copy.deepcopy(tiny.edition)
    worked.insert(2, {"cell_type": "code", "id": "mine", "metadata": {}, "source": "factor = 2", "outputs": []})
    job = job_of(tiny, tiny.rebuild(worked).cells)
    assert ("mine", "student") in [(cell.name, cell.role) for cell in job.cells]


def test_ids_from_outside_never_collide_with_the_master_s(tiny: Master) -> None:
    own = [{"cell_type": "code", "id": "double-check", "metadata": {}, "source": f"x = {i}"} for i in range(3)]
    cells = tiny.rebuild([*tiny.edition, *own]).cells
    assert len({cell["id"] for cell in cells}) == len(cells)
    assert source(next(cell for cell in cells if cell["id"] == "double-check")) == source(tiny.by_name["double-check"])


def test_too_many_cells_of_the_student_s_own_are_left_out_and_noted(tiny: Master) -> None:
    own = [{"cell_type": "code", "metadata": {}, "source": f"x = {i}"} for i in range(MOST_OWN_CELLS + 20)]
    healed = tiny.rebuild([*tiny.edition, *own])
    assert sum(not grade_id(cell) for cell in healed.cells) <= MOST_OWN_CELLS + 2
    assert any("cells of the student's own" in note for note in healed.notes)


@pytest.mark.parametrize(
    ("code", "reads", "makes", "changes"),
    [
        ("y = f(x)", {"f", "x"}, {"y"}, set()),
        ("def f(a):\n    b = a + c\n    return b", {"c"}, {"f"}, set()),
        ("import numpy as np\nnp.sin(z)", {"np", "z"}, {"np"}, {"np"}),
        ("items.append(1)", {"items"}, set(), {"items"}),
        ("table['a'].b = 1", {"table"}, set(), {"table"}),
        ("for i in range(3):\n    total = i", {"i"}, {"i", "total"}, set()),
        ("%timeit f(1)\ny = 2", set(), {"y"}, set()),
        ("def broken(", {"def", "broken"}, set(), set()),
        ("class A:\n    b = c", {"c"}, {"A"}, set()),
    ],
)
def test_the_names_of_a_cell(code: str, reads: set[str], makes: set[str], changes: set[str]) -> None:
    found = names(code)
    assert (found.reads, found.makes, found.changes) == (reads, makes, changes)


def test_lines_that_reach_for_what_no_exercise_needs_are_quoted() -> None:
    code = "import numpy as np\nimport subprocess  # to be quick\nx = open('/proc/self/maps')\n"
    found = evidence([("mse", code)])
    assert len(found) == 2 and "'mse', line 2" in found[0] and "import subprocess" in found[0]
    assert evidence([("mse", "def mse(p, t):\n    return ((p - t) ** 2).mean()  # no socket here")]) == []


def test_a_notebook_of_written_answers_has_no_test_and_shares_no_code_of_a_student() -> None:
    master = Master.of(Course.find().lessons("week03/09_knowledge_check")[0])
    worked = copy.deepcopy(master.edition)
    assert job_of(master, master.rebuild(worked).cells).cells == ()
    worked.insert(2, {"cell_type": "code", "metadata": {}, "source": "import os", "id": "own"})
    healed = master.rebuild(worked)
    assert [source(cell) for cell in healed.cells if cell["cell_type"] == "code"] == ["import os"]
    assert [cell.role for cell in job_of(master, healed.cells).cells] == ["student"]
