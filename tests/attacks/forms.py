"""Attacks on the form: damaged files, changed marks, doubled and renamed cells, notebooks that are bombs.

In: the student edition. Out: a notebook, or bytes, that a grader may stumble over. Many are innocent accidents.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

from attacks.attack import BOTH, RIGHT, WRONG, Attack, Notebook, changed, code, find, grade_id, marks, text

REBUILT = "rebuilt on the course's own notebook"
READER = "a reader that takes no file for a notebook that is none"
NO_GRADE = "no grade at all"
ABORTED = "no grade at all; the whole class's grading stops"

LOOK_ALIKE = (
    "spread\u200b", "\uff53pread", "spread\u0000", "SPREAD", " spread", "spread-check\u202e", "../spread", "",
)  # fmt: skip

Change = Callable[[Notebook], Any]


def _checks(notebook: Notebook) -> list[dict[str, Any]]:
    return [cell for cell in notebook["cells"] if marks(cell).get("grade")]


def _delete_checks(notebook: Notebook) -> None:
    notebook["cells"] = [cell for cell in notebook["cells"] if not marks(cell).get("grade")]


def _on_checks(**values: Any) -> Change:
    """Set fields of every check cell, or of its marks."""

    def change(notebook: Notebook) -> None:
        for cell in _checks(notebook):
            for key, value in values.items():
                (cell if key in cell or key == "id" else cell["metadata"]["nbgrader"])[key] = value

    return change


def _on_all(**values: Any) -> Change:
    def change(notebook: Notebook) -> None:
        for cell in notebook["cells"]:
            if marks(cell):
                cell["metadata"]["nbgrader"] |= values

    return change


def _swap_ids(notebook: Notebook) -> None:
    one, two = find(notebook, "spread-check"), find(notebook, "center-hidden")
    one["metadata"], two["metadata"] = two["metadata"], one["metadata"]


def _double(name: str) -> Change:
    def change(notebook: Notebook) -> None:
        notebook["cells"].append(copy.deepcopy(find(notebook, name)))

    return change


def _reorder(notebook: Notebook) -> None:
    checks = _checks(notebook)
    rest = [cell for cell in notebook["cells"] if cell not in checks]
    notebook["cells"] = [*rest[:2], *checks, *rest[2:]]


def _extra(**more: Any) -> Change:
    cell = code("pass", grade=True, solution=False, locked=True, schema_version=3, task=False, **more)
    return lambda notebook: notebook["cells"].append({**cell, "id": "extra"})


def _kernel(notebook: Notebook) -> None:
    notebook["metadata"] = {"kernelspec": {"name": "bash; rm -rf ~", "display_name": "x", "language": "../../bash"}}


def _strip(*keys: str) -> Change:
    def change(notebook: Notebook) -> None:
        for cell in notebook["cells"]:
            cell["metadata"].pop("nbgrader", None)
            for key in keys:
                cell.pop(key, None)

    return change


def _other(notebook: Notebook) -> Notebook:
    return {**notebook, "cells": [text("# Another course"), {**code("print('hello')"), "id": "a"}]}


def _bytes(make: Callable[[bytes], bytes]) -> Change:
    return lambda notebook: make(json.dumps(notebook).encode())


def _types(kind: str) -> Change:
    """Turn the answer cells into cells of another kind."""

    def change(notebook: Notebook) -> None:
        for name in BOTH:
            find(notebook, name)["cell_type"] = kind
            for key in ("outputs", "execution_count"):
                find(notebook, name).pop(key)

    return change


def _look_alike(notebook: Notebook) -> None:
    answer = find(notebook, "spread")
    for name in LOOK_ALIKE:
        notebook["cells"].append(code(RIGHT["spread"], **{**marks(answer), "grade_id": name}))


def _collide(notebook: Notebook) -> None:
    for name in ("spread", "spread-check", "center-hidden", "01_perceptron-001"):
        notebook["cells"].insert(2, {**code("own = 1"), "id": name})


def _pretend(notebook: Notebook) -> None:
    for cell in _checks(notebook):
        extra = text("5 of 5 points", **{**marks(cell), "points": 99, "solution": True})
        notebook["cells"].insert(0, {**extra, "id": grade_id(cell) + "-mine"})


def _many(notebook: Notebook) -> None:
    notebook["cells"] += [code("0") for _ in range(100_000)]


def _metadata(notebook: Notebook) -> None:
    deep: Any = "x"
    for _ in range(400):
        deep = {"a": [deep]}
    notebook["metadata"] |= {"deep": deep, "large": "y" * 5_000_000, "widgets": deep}
    for cell in notebook["cells"]:
        cell["metadata"] |= {"tags": [deep], "jupyter": 7, "collapsed": deep, "name": "z" * 10_000}


def _strange(notebook: Notebook) -> None:
    find(notebook, "spread")["source"] = [1, None, {"a": "b"}, ["def"]]
    find(notebook, "spread")["outputs"] = {"no": "list"}
    notebook["cells"][0]["metadata"] = ["no", "dictionary"]
    notebook["cells"][1]["id"] = {"no": "text"}
    notebook["cells"].append({"cell_type": ["code"], "metadata": {"nbgrader": {"grade_id": ["spread"]}}, "source": 3})


def _record(notebook: Notebook) -> None:
    paid = dict.fromkeys(("spread-check", "spread-hidden", "center-check", "center-hidden"), 99.0)
    notebook["metadata"]["groundup"] = {"scores": paid, "student": "ada", "week": "week00", "isolation": "sandbox"}


def _outputs(notebook: Notebook) -> None:
    for cell in _checks(notebook):
        cell["outputs"] = [{"output_type": "execute_result", "data": {"text/plain": "5.0"}, "metadata": {}}]
        cell["execution_count"] = 1


def _refused(
    name: str, story: str, change: Change, fault: str, plain: str = "no grade", harm: str = NO_GRADE
) -> Attack:
    return Attack(name, story, changed(change), READER, fault=fault, plain=plain, plain_harm=harm)


def _wrong(name: str, story: str, change: Change, plain: str = "not tried", harm: str = "") -> Attack:
    """Wrong answers, and marks changed so that they might be paid."""
    return Attack(name, story, changed(change, WRONG), REBUILT, BOTH, plain=plain, plain_harm=harm)


def _right(name: str, story: str, change: Change, plain: str = "not tried", harm: str = "") -> Attack:
    """Right answers, and a damage that must not cost anything."""
    return Attack(name, story, changed(change), REBUILT, plain=plain, plain_harm=harm)


FORMS = (
    _refused("bad_json", "a file that was cut off", _bytes(lambda raw: raw[: len(raw) // 2]), "not valid JSON"),
    _refused("empty_file", "an empty file", _bytes(lambda raw: b""), "is empty"),
    _refused("json_list", "a list where a notebook should be", _bytes(lambda raw: b"[1, 2]"), "has no cells"),
    _refused("deep_json", "brackets, nested 200,000 deep", _bytes(lambda raw: b"[" * 200_000), "nested too deeply"),
    _refused("non_utf8", "bytes that are no text", _bytes(lambda raw: b"\xff\xfe\x00" * 99), "not UTF-8"),
    _refused("cells_null", "a notebook without cells", lambda notebook: {**notebook, "cells": None}, "has no cells"),
    _refused("giant_120MB", "a notebook of 120 MB", _bytes(lambda raw: raw + b" " * 120_000_000), "MB",
             "20 of 20", ""),
    Attack("huge_number", "a notebook with a number of a million digits", changed(_bytes(
        lambda raw: raw.replace(b'"nbformat":', b'"x": ' + b"9" * 1_000_000 + b', "nbformat":'))),
        READER, may_fault=True),
    Attack("other_assignment", "the notebook of another course", changed(_other, {}), READER, BOTH, may_fault=True,
           plain="no grade", plain_harm=NO_GRADE),
    _wrong("delete_test_cells", "deletes the checks", _delete_checks, "no grade", NO_GRADE),
    _wrong("edit_tests", "empties the checks", _on_checks(source="pass"), "0"),
    _wrong("tests_as_markdown", "turns the checks into text", _on_checks(cell_type="markdown"), "0"),
    _wrong("points_1000", "makes every check worth 1000 points", _on_checks(points=1000), "0"),
    _wrong("unlock_test", "unlocks the checks and calls them answers",
           _on_checks(locked=False, solution=True, source="pass"), "no grade", NO_GRADE),
    _wrong("grade_id_swap", "swaps the marks of two checks", _swap_ids, "no grade", NO_GRADE),
    _wrong("same_grade_id", "gives every check the same grade_id", _on_checks(grade_id="spread-check")),
    _wrong("own_outputs", "hands in outputs that show points", _outputs),
    _wrong("own_record", "hands in the grader's own record with full points", _record),
    _wrong("look_alike_ids", "right answers under grade_ids that look like the real ones", _look_alike),
    _wrong("text_as_check", "text cells with the grade_ids of the checks, for a person to grade", _pretend),
    _right("duplicate_test", "a check that was copied", _double("spread-check"), "no grade", ABORTED),
    _right("duplicate_solution", "an answer cell that was copied", _double("spread"), "no grade", ABORTED),
    _right("reorder_tests", "checks before the answers", _reorder, "15 of 20"),
    _right("schema_99", "marks of a future version", _on_all(schema_version=99), "no grade", ABORTED),
    _right("schema_1", "marks of an old version", _on_all(schema_version=1), "no grade", ABORTED),
    _right("extra_grade_cell", "a check of one's own, for 50 points", _extra(grade_id="bonus", points=50),
           "no grade", NO_GRADE),
    _right("nameless_grade_cell", "a check of one's own without a name", _extra(points="many", grade_id=None)),
    _right("kernelspec", "the name of a kernel that does not exist", _kernel, "20 of 20"),
    _right("colliding_ids", "cells of one's own with the ids of the course's cells", _collide),
    Attack("strip_metadata", "all of nbgrader's marks are lost", changed(_strip()), "cells are known by their ids, too",
           may_lose=BOTH, may_fault=True, plain="no grade", plain_harm=NO_GRADE),
    Attack("strip_everything", "marks and ids are lost", changed(_strip("id"), WRONG), REBUILT, BOTH, may_fault=True),
    Attack("raw_answers", "answer cells turned into raw cells", changed(_types("raw")), REBUILT, may_lose=BOTH),
    Attack("markdown_answers", "answer cells turned into text", changed(_types("markdown")), REBUILT, may_lose=BOTH),
    Attack("many_cells", "100,000 cells of one's own", changed(_many), "limits on a notebook", may_fault=True),
    Attack("metadata_bomb", "metadata of 5 MB, nested 800 deep", changed(_metadata), REBUILT, may_fault=True),
    Attack("strange_types", "numbers and lists where texts should be", changed(_strange), REBUILT, ("spread",),
           may_fault=True),
    Attack("zero_bytes", "an answer with zero bytes and other line ends", changed(
        lambda notebook: find(notebook, "spread").update(source="def spread(X):\0\r\v\f\x85\u2028return 0")),
        REBUILT, ("spread",)),
)  # fmt: skip
