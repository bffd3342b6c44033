"""`groundup check`: what a student runs before handing in, on notebooks in every state that students leave them in."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, run_module

from groundup.grading.proof.bank import answers
from groundup.lessons.course import Course
from groundup.lessons.exercises import model_answers
from groundup.selfcheck.copies import COPIES

LESSON = Course(ROOT).lessons("week00/01_perceptron")[0]
MODEL = model_answers(LESSON)
WRITTEN = "Because no line separates the two classes."

Notebook = dict[str, Any]


@pytest.fixture
def week(tmp_path: Path) -> Path:
    folder = tmp_path / "my course" / "week00"
    folder.mkdir(parents=True)
    return folder


def hand_in(week: Path, change: Callable[[Notebook], None] = lambda notebook: None, **cells: str) -> Path:
    """A right notebook with some answers replaced and then damaged, in the week's folder."""
    notebook = json.loads((COPIES / f"{LESSON}.ipynb").read_text("utf-8"))
    for cell in notebook["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if name in MODEL:
            cell["source"] = {**MODEL, "why_not_xor": WRITTEN, **cells}[name]
    change(notebook)
    path = week / f"{LESSON.name}.ipynb"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return path


def cell(notebook: Notebook, name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in notebook["cells"] if each["id"] == name)
    return found


def check(*arguments: object, cwd: Path = ROOT) -> tuple[int, str]:
    result = run_module("groundup", "check", *map(str, arguments), cwd=cwd)
    assert "Traceback" not in result.stdout + result.stderr, result.stdout + result.stderr
    return result.returncode, result.stdout + result.stderr


def state(said: str, exercise: str) -> str:
    line = next(line for line in said.splitlines() if f"({exercise})" in line)
    return line[2:14].strip()


def test_a_notebook_where_everything_is_right_exits_with_0(week: Path) -> None:
    path = hand_in(week)
    before = path.read_bytes()
    code, said = check(path)
    assert code == 0, said
    assert said.count("  done  ") == 5 and state(said, "why_not_xor") == "written"
    assert "Points so far: 9 of 9; 8 more depend on hidden tests; 3 are given by your instructor." in said
    assert path.read_bytes() == before, "a check leaves the file as it is"


def test_done_wrong_by_name_and_not_started_are_told_apart(week: Path) -> None:
    copy = json.loads((COPIES / f"{LESSON}.ipynb").read_text("utf-8"))
    stub = "".join(cell(copy, "perceptron_update")["source"])
    wrong = next(each for each in answers(Course(ROOT), LESSON) if each.exercise == "predict" and not each.right)
    hand_in(week, predict=wrong.source, perceptron_update=stub)
    code, said = check(cwd=week)  # no argument: the week's folder
    assert code == 1
    assert [state(said, name) for name in ("step", "predict", "perceptron_update")] == ["done", "wrong", "not started"]
    assert wrong.says in said
    assert state(said, "fit_perceptron") == "waits" and "perceptron_update is not written yet" in said


def test_the_whole_answer_bank_is_told_apart_without_hidden_tests(week: Path) -> None:
    """A right answer of the bank is never called wrong by what a student runs."""
    right = [each for each in answers(Course(ROOT), LESSON) if each.right]
    for k in range(2):
        style = {
            name: [each for each in right if each.exercise == name][k].source for name in {e.exercise for e in right}
        }
        code, said = check(hand_in(week, **style))
        assert code == 0, said


def test_deleted_edited_and_moved_cells_are_named_and_the_courses_own_are_used(week: Path) -> None:
    def damage(notebook: Notebook) -> None:
        cells = notebook["cells"]
        cells.remove(cell(notebook, "step-check"))
        cell(notebook, "predict-check")["source"] = "print('looks fine to me')"
        cell(notebook, "xor_by_hand")["cell_type"] = "markdown"
        cells.insert(3, cells.pop(cells.index(cell(notebook, "xor_by_hand-check"))))
        cells.remove(next(each for each in cells if each["cell_type"] == "code"))  # the imports

    path = hand_in(
        week, damage, step="def step(z):\n    return z > 0", predict="def predict(X, w, b):\n    return X @ w"
    )
    code, said = check(path)
    assert code == 1
    for note in (
        "The check cell 'step-check' was deleted.",
        "The check cell 'predict-check' was edited",
        "The answer cell 'xor_by_hand' is no longer a code cell.",
        "The cells stand in another order",
        "The first code cell, with the imports, was deleted.",
    ):
        assert note in said, note
    assert state(said, "step") == "wrong" and "the comparison should let zero through" in said
    assert state(said, "predict") == "wrong" and state(said, "xor_by_hand") == "wrong"
    assert state(said, "perceptron_update") == "wrong", "it uses step"


def test_heal_writes_the_mended_notebook_and_keeps_the_old_one(week: Path) -> None:
    def damage(notebook: Notebook) -> None:
        notebook["cells"].remove(cell(notebook, "step-check"))
        notebook["cells"].append({"cell_type": "markdown", "id": "mine", "metadata": {}, "source": "my own notes"})

    path = hand_in(week, damage)
    damaged = path.read_bytes()
    code, said = check(path, "--heal")
    assert code == 0 and "kept as 01_perceptron.before-1" in said, said
    assert path.with_suffix(".before-1").read_bytes() == damaged
    healed = json.loads(path.read_text("utf-8"))
    copy = json.loads((COPIES / f"{LESSON}.ipynb").read_text("utf-8"))
    assert cell(healed, "step-check") == cell(copy, "step-check")
    assert "".join(cell(healed, "step")["source"]) == MODEL["step"]
    assert cell(healed, "mine")["source"] == "my own notes"
    code, said = check(path)
    assert code == 0 and "  changed  " not in said


def test_an_answer_cell_that_stands_twice_counts_where_it_was_written(week: Path) -> None:
    def double(notebook: Notebook) -> None:
        cells = notebook["cells"]
        stub = {**cell(notebook, "step"), "id": "pasted", "source": "def step(z):\n    ...\n"}
        cells.insert(cells.index(cell(notebook, "step-check")) + 1, stub)

    code, said = check(hand_in(week, double))
    assert "The answer cell 'step' stands 2 times" in said and state(said, "step") == "done"
    assert code == 1, "run from top to bottom, the second copy replaces the answer for all that follows"


def test_an_answer_may_use_a_cell_of_the_students_own_and_a_cell_that_only_shows_something(week: Path) -> None:
    def add(notebook: Notebook) -> None:
        cells = notebook["cells"]
        mine = {"cell_type": "code", "id": "mine", "metadata": {}, "outputs": [], "execution_count": None}
        cells.insert(
            cells.index(cell(notebook, "step")), {**mine, "source": "def at_least_zero(z):\n    return z >= 0"}
        )

    code, said = check(
        hand_in(
            week,
            add,
            step="def step(z):\n    return at_least_zero(np.asarray(z)) * 1",
            # y_hat is a name of the worked example
            predict="ZERO = 0 * y_hat\ndef predict(X, w, b):\n    return step(X @ w + b + ZERO)",
        )
    )
    assert code == 0, said


def test_code_that_does_not_run_or_never_ends_costs_its_own_exercise_only(week: Path) -> None:
    code, said = check(
        hand_in(
            week,
            perceptron_update="def perceptron_update(x, y, w, b, lr)\n    return w, b",
            fit_perceptron="def fit_perceptron(X, y, lr, max_epochs, rng):\n    while True:\n        pass",
        )
    )
    assert code == 1
    assert [state(said, name) for name in ("step", "predict", "xor_by_hand")] == ["done"] * 3
    assert "SyntaxError: expected ':'  (line 1: def perceptron_update(x, y, w, b, lr))" in said
    assert state(said, "fit_perceptron") == "wrong"
    assert "a loop that never ends" in said


def test_code_that_ends_python_costs_its_own_exercise_only(week: Path) -> None:
    code, said = check(hand_in(week, predict="def predict(X, w, b):\n    import os\n    os._exit(0)"))
    assert code == 1 and said.count("This ended Python itself") >= 1
    assert [state(said, name) for name in ("step", "predict", "perceptron_update")] == ["done", "wrong", "done"]


def test_an_answer_that_needs_one_whose_cell_stops_waits_for_it(week: Path) -> None:
    code, said = check(hand_in(week, step="def step(z):\n    return (z >= 0\n"))
    assert code == 1 and state(said, "step") == "wrong" and "SyntaxError" in said
    assert state(said, "predict") == "waits" and "predict uses step, whose answer cell stops" in said


def test_a_forgotten_raise_a_renamed_function_and_a_comment_are_told_apart(week: Path) -> None:
    copy = json.loads((COPIES / f"{LESSON}.ipynb").read_text("utf-8"))
    commented = "".join(cell(copy, "xor_by_hand")["source"]) + "\n    # I will do this tomorrow\n"
    code, said = check(
        hand_in(
            week,
            step="def step(z):\n    raise NotImplementedError()\n    return (np.asarray(z) >= 0) * 1",
            perceptron_update=MODEL["perceptron_update"].replace("def perceptron_update", "def update"),
            xor_by_hand=commented,
        )
    )
    assert code == 1
    assert state(said, "step") == "wrong" and "Delete that line" in said
    assert state(said, "perceptron_update") == "wrong" and "makes nothing called perceptron_update" in said
    assert state(said, "xor_by_hand") == "not started"
    assert state(said, "predict") == "waits" and "predict uses step, and step is not written yet" in said


def test_a_cell_of_the_students_own_that_stops_is_mentioned_and_costs_nothing(week: Path) -> None:
    def add(notebook: Notebook) -> None:
        mine = {"cell_type": "code", "id": "mine", "metadata": {}, "outputs": [], "execution_count": None}
        notebook["cells"].append({**mine, "source": "1 / 0"})

    code, said = check(hand_in(week, add, step=MODEL["step"] + "\nprint(step(my_scores))"))
    assert code == 0 and "Your own cell that begins with `1 / 0` stops: ZeroDivisionError" in said
    assert "The answer cell 'step' stops below its answer: NameError" in said and "print(step(my_scores))" in said


def test_messages_speak_of_the_notebook_and_not_of_a_cell_one_stands_in(week: Path) -> None:
    code, said = check(hand_in(week, step="def step(z):\n    return (np.asarray(z) > 0) * 1"))
    assert code == 1 and "save the notebook, and check again" in said and "then this cell" not in said


def test_what_is_no_notebook_of_the_course_is_a_sentence_and_exit_code_2(week: Path) -> None:
    stranger, cut = week / "my_notes.ipynb", week / f"{LESSON.name}.ipynb"
    stranger.write_text('{"cells": [], "nbformat": 4}', encoding="utf-8")
    cut.write_text('{"cells": [', encoding="utf-8")
    empty = week / "empty.ipynb"
    empty.touch()
    for target, sentence in (
        (week / "nothing.ipynb", "does not exist"),
        (stranger, "is not a notebook of the course"),
        (cut, "is not valid JSON"),
        (empty, "is empty (0 bytes)"),
        (week.parent, "is not the folder of a week"),
        (ROOT / "week00" / "README.md", "is not a notebook"),
    ):
        code, said = check(target)
        assert code == 2 and sentence in said, said


def test_a_renamed_notebook_is_known_by_its_first_cell(week: Path) -> None:
    renamed = week.parent / "01_perceptron (1).ipynb"
    hand_in(week).rename(renamed)
    code, said = check(renamed)
    assert code == 0, said


def test_the_notebooks_as_given_out_are_not_started(tmp_path: Path) -> None:
    week = tmp_path / "week00"
    shutil.copytree(COPIES / "week00", week)
    code, said = check(week)
    assert code == 1 and "  wrong  " not in said, said
    assert said.count("Points so far: 0 of ") == len(list(week.glob("*.ipynb"))) + 1 and "All together" in said


@pytest.mark.skipif(os.name == "nt", reason="Windows asks for special rights to make a link")
def test_a_link_is_not_followed(week: Path) -> None:
    link = week / f"{LESSON.name}.ipynb"
    link.symlink_to(COPIES / f"{LESSON}.ipynb")
    code, said = check(link)
    assert code == 2 and "not a plain file" in said
