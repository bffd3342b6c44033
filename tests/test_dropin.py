"""nbgrader's own commands with the engine in them: the same marks as without, one exercise lost where a kernel was.

One course of two lessons is graded by plain `nbgrader autograde` and, in a copy, with `WarmExecute` switched on.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest
from conftest import ROOT, run_module, write_tiny_course
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from nbgrader.api import Gradebook

from groundup.checks.fresh import VARIABLE
from groundup.grading.nbgrader_parts.execute import WarmExecute
from groundup.grading.proof.bank import answers
from groundup.grading.proof.filling import as_file, edition, fill
from groundup.grading.reading.master import Master
from groundup.grading.running.missing import missing_sandbox
from groundup.lessons.course import Course
from groundup.lessons.edition import generate, nbgrader_config
from groundup.lessons.exercises import model_answers

needs_sandbox = pytest.mark.skipif(missing_sandbox() is not None, reason="a sandbox cannot be made here")

WEEK, TINY, REAL = "week00", "01_tiny", "03_forward_pass"
SWITCH = "# from groundup.grading.nbgrader_parts.execute import PREPROCESSORS;"
RIGHT = "def double(x):\n    return 2 * x"
SIGN_LOST = "def double(x):\n    return abs(2 * x)"
LOOP = "def mse(predictions, targets):\n    while True:\n        pass"
STUBBORN = "while True:\n    try:\n        while True:\n            pass\n    except BaseException:\n        pass"
EXIT = "import os\nos._exit(0)"

Scores = dict[str, dict[str, float]]


@dataclass(frozen=True)
class Graded:
    course: Course
    said: str

    def scores(self) -> Scores:
        """What nbgrader's gradebook holds: points by student and cell."""
        with Gradebook(f"sqlite:///{(self.course.root / 'grading' / 'gradebook.db').as_posix()}", "groundup") as book:
            return {
                submission.student.id: {
                    grade.name: grade.auto_score for notebook in submission.notebooks for grade in notebook.grades
                }
                for submission in book.assignment_submissions(WEEK)
            }


def hand_in(course: Course, student: str, lesson: str, given: dict[str, str]) -> None:
    master = Master.of(course.lessons(f"{WEEK}/{lesson}")[0])
    path = course.root / "grading" / "submitted" / student / WEEK / f"{lesson}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(as_file(fill(edition(master), given)))


def autograde(course: Course, *more: str) -> Graded:
    result = run_module("nbgrader", "autograde", WEEK, *more, cwd=course.root)
    return Graded(course, result.stdout + result.stderr)


def switch_on(course: Course, more: str = "") -> None:
    """Do what the settings say: take the number sign away."""
    path = course.root / "nbgrader_config.py"
    text = path.read_text(encoding="utf-8")
    assert text.count(SWITCH) == 1
    path.write_text(text.replace(SWITCH, SWITCH.removeprefix("# ")) + more, encoding="utf-8")


@pytest.fixture(scope="module", autouse=True)
def same_hidden_inputs() -> Iterator[None]:
    """Without a secret, hidden tests draw other inputs each time, and a wrong answer may be right for some."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, "the same inputs for both")
        yield


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The tiny lesson and a real one, entered into the gradebook, and three students with honest work."""
    course = write_tiny_course(tmp_path_factory.mktemp("dropin") / "a course")
    shutil.copy(ROOT / "solutions" / WEEK / f"{REAL}.py", course.solutions / WEEK)
    (course.root / "grading").mkdir()
    db_url = f"sqlite:///{(course.root / 'grading' / 'gradebook.db').as_posix()}"
    generate(course, tmp_path_factory.mktemp("release"), db_url, [WEEK])
    lesson = Course(ROOT).lessons(f"{WEEK}/{REAL}")[0]
    wrong = {answer.exercise: answer.source for answer in answers(Course(ROOT), lesson) if not answer.right}
    honest = {"right": (RIGHT, model_answers(lesson)), "untouched": (None, {}), "wrong": (SIGN_LOST, wrong)}
    for student, (double, given) in honest.items():
        hand_in(course, student, TINY, {"double": double} if double else {})
        hand_in(course, student, REAL, given)
    return course


def copied(course: Course, folder: Path) -> Course:
    shutil.copytree(course.root, folder)
    return Course(folder)


@pytest.fixture(scope="module")
def plain(prepared: Course, tmp_path_factory: pytest.TempPathFactory) -> Graded:
    return autograde(copied(prepared, tmp_path_factory.mktemp("plain") / "a course"))


@pytest.fixture(scope="module")
def warm(prepared: Course, tmp_path_factory: pytest.TempPathFactory) -> Graded:
    """With the engine; three more students hand in what costs a kernel its life."""
    course = copied(prepared, tmp_path_factory.mktemp("warm") / "a course")
    switch_on(course, "c.Limits.cell_seconds = 3\n")
    for student, answer in (("loop", LOOP), ("stubborn", STUBBORN), ("exit", EXIT)):
        hand_in(course, student, TINY, {"double": RIGHT})
        hand_in(course, student, REAL, model_answers(course.lessons(f"{WEEK}/{REAL}")[0]) | {"mse": answer})
    return autograde(course)


@needs_sandbox
def test_honest_work_gets_the_marks_that_plain_nbgrader_gives(plain: Graded, warm: Graded) -> None:
    wanted, found = plain.scores(), warm.scores()
    assert set(wanted) == {"right", "untouched", "wrong"}, plain.said
    assert {student: found.get(student) for student in wanted} == wanted, warm.said
    assert wanted["right"]["double-hidden"] == 2 and wanted["wrong"]["double-hidden"] == 0
    assert sum(wanted["right"].values()) > sum(wanted["wrong"].values()) > sum(wanted["untouched"].values()) == 0


@needs_sandbox
@pytest.mark.parametrize("student", ["loop", "stubborn", "exit"])
def test_what_ends_python_costs_its_own_exercise_only(warm: Graded, student: str) -> None:
    scores = warm.scores()
    full, found = scores["right"], scores[student]
    lost = {name for name in full if found[name] != full[name]}
    assert lost and all(name.startswith("mse-") for name in lost), warm.said
    assert all(found[name] == 0 for name in lost)


@needs_sandbox
def test_the_autograded_notebook_has_outputs_as_nbformat_wants_them(warm: Graded) -> None:
    path = warm.course.root / "grading" / "autograded" / "wrong" / WEEK / f"{TINY}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    cells = {cell.metadata.nbgrader.grade_id: cell for cell in notebook.cells if "nbgrader" in cell.metadata}
    assert cells["double-check"].outputs == [] and cells["double-check"].execution_count == 3
    [error] = cells["double-hidden"].outputs
    assert error.output_type == "error" and error.ename == "CheckFailed" and "a negative number" in error.evalue


@pytest.fixture(scope="module")
def page(warm: Graded) -> Page:
    """nbgrader's feedback for wrong work, into which somebody put scripts wherever a notebook has a place for them."""
    path = warm.course.root / "grading" / "autograded" / "wrong" / WEEK / f"{TINY}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    cells = [new_markdown_cell(text) for text in MARKDOWN]
    outputs = [
        new_output("display_data", {"text/html": "<script>evil()</script>", "text/plain": "a table"}),
        new_output("display_data", {"application/javascript": "evil()"}),
        new_output("display_data", {"image/svg+xml": "<svg onload='evil()'></svg>"}),
        new_output("display_data", {"image/png": "AAAA"}, metadata={"image/png": {"width": "1 onerror=evil()"}}),
        new_output("stream", text="<script>evil()</script>\x1b[2J\x1b]8;;javascript:evil()\x07here\x1b]8;;\x07"),
        new_output(
            "error", ename="<img src=x onerror=evil()>", evalue="", traceback=["\x1b[31m<script>evil()</script>"]
        ),
    ]
    own = new_code_cell("'</pre><script>evil()</script>'", outputs=outputs)
    own.metadata["magics_language"] = own.metadata["tags"] = ['"><script>evil()</script>']
    notebook.cells += [*cells, own]
    notebook.metadata["widgets"] = {"application/vnd.jupyter.widget-state+json": {"state": "evil"}}
    path.write_text(json.dumps(notebook), encoding="utf-8")
    choice = ("--student", "wrong", "--notebook", TINY)
    result = run_module("nbgrader", "generate_feedback", WEEK, *choice, cwd=warm.course.root)
    target = warm.course.root / "grading" / "feedback" / "wrong" / WEEK / f"{TINY}.html"
    assert target.is_file(), result.stderr
    return Page(target.read_text(encoding="utf-8"))


MARKDOWN = (
    "<script>evil()</script>", "<img src=x onerror=evil()>", "[a link](javascript:evil())", "<style>evil {}</style>",
    "<a href='&#106;ava\tscript:evil()'>x</a> <a href='data:text/html,evil'>y</a> <a href='//evil.example'>z</a>",
    "<iframe srcdoc='evil'></iframe><form action='evil'><input name=evil></form><svg><a href='evil'/></svg>",
    "<div class='navbar-fixed-top evil' style='position:fixed' id='evil'>over the page</div>",
    "<details><summary>A hint</summary>\n\n**Look** at `x < y` and $a < b$\n\n</details>\n\n[good](https://example.org)",
)  # fmt: skip


class Page(HTMLParser):
    """What a browser would make of a page: tags with their attributes, text, and code."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html, self.tags, self.text, self.code = html, [], "", ""
        self._inside = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._inside = tag

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside in ("script", "style"):
            self.code += data
        else:
            self.text += data


@needs_sandbox
def test_feedback_of_nbgrader_names_the_mistake_and_shows_no_hidden_test(page: Page) -> None:
    assert "a negative number" in page.text
    assert "4021" not in page.html and "8042" not in page.html and "HIDDEN TESTS" not in page.html


@needs_sandbox
def test_feedback_of_nbgrader_runs_nothing_that_a_student_wrote(page: Page) -> None:
    assert "evil" not in page.code
    assert not [tag for tag, attributes in page.tags if "evil" in str(attributes) or "onerror" in attributes]
    assert not {"iframe", "form", "input", "svg"} & {tag for tag, _ in page.tags}
    assert "\x1b" not in page.html and "here" in page.text
    assert ("a", {"href": "https://example.org"}) in page.tags and ("strong", {}) in page.tags
    assert "x < y" in page.text and "$a < b$" in page.text, "what is harmless stays as it was"


def test_a_notebook_that_is_no_lesson_runs_in_a_kernel(prepared: Course) -> None:
    settings = nbgrader_config(prepared)
    notebook = new_notebook(cells=[new_code_cell("type(get_ipython()).__name__")])
    about = {"assignment": WEEK, "notebook": "09_of_my_own", "student": "right"}
    run, _ = WarmExecute(config=settings).preprocess(notebook, {"nbgrader": about, "metadata": {}})
    assert run.cells[0].outputs[0].data["text/plain"] == "'ZMQInteractiveShell'"


@needs_sandbox
def test_a_lesson_that_the_gradebook_knows_otherwise_gets_no_mark_and_a_sentence(prepared: Course, tmp_path) -> None:
    course = copied(prepared, tmp_path / "course")
    switch_on(course)
    source = course.solutions / WEEK / f"{TINY}.py"
    source.write_text(source.read_text(encoding="utf-8").replace(".equals(6", ".equals(7"), encoding="utf-8")
    graded = autograde(course, "--student", "right", "--notebook", TINY)
    assert "was changed after it was entered into the gradebook (cell 'double-check')" in graded.said
    assert graded.scores()["right"]["double-check"] is None


def test_without_a_sandbox_nothing_is_graded_unless_the_instructor_says_so(prepared: Course, tmp_path) -> None:
    course = copied(prepared, tmp_path / "course")
    # bubblewrap is not found where PATH leads to Python alone.
    switch_on(course, "os.environ['PATH'] = str(Path(sys.executable).parent)\n")
    graded = autograde(course, "--student", "right", "--notebook", TINY)
    assert "Nothing was graded: submissions run code of strangers" in graded.said
    assert graded.scores()["right"]["double-check"] is None

    config = course.root / "nbgrader_config.py"
    config.write_text(config.read_text(encoding="utf-8") + "c.WarmExecute.allow_no_sandbox = True\n", encoding="utf-8")
    graded = autograde(course, "--student", "right", "--notebook", TINY)
    assert graded.scores()["right"]["double-check"] == 1, graded.said
