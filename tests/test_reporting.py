"""Pages of a sample class: what they say, what they never show, and that they are read by everybody."""

from __future__ import annotations

import re
import time
from datetime import datetime
from html import escape, unescape
from html.parser import HTMLParser
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import pytest
import wcag
from sample_records import COPIED, COURSE, DISGUISED, STUDENTS, SampleClass, sample_class

from groundup.grading.jobs import Graded
from groundup.grading.reporting.feedback import write_feedback
from groundup.grading.reporting.items import discrimination, histogram, items
from groundup.grading.reporting.legible import cut, legible
from groundup.grading.reporting.mistakes import cause, common, mistakes
from groundup.grading.reporting.pages import STYLE
from groundup.grading.reporting.report import write_report
from groundup.grading.reporting.similarity import parts, similar
from groundup.lessons.course import CourseError

DUE = datetime(2026, 10, 10)
VOID = {"meta", "link", "br", "rect", "line"}


@pytest.fixture(scope="module")
def made() -> SampleClass:
    return sample_class()


@pytest.fixture(scope="module")
def report(made: SampleClass, tmp_path_factory: pytest.TempPathFactory) -> str:
    target = tmp_path_factory.mktemp("report") / "week00.html"
    page = write_report(COURSE, "week00", made.graded, made.sources, target, due=DUE, roster=STUDENTS)
    return page.read_text("utf-8")


def feedback(made: SampleClass, folder: Path, student: str, lesson: str, **changes: Any) -> str:
    notebook = made.notebook(student, lesson) | changes
    return write_feedback(made.one(student, lesson), notebook, made.sheets[lesson], folder).read_text("utf-8")


class Outline(HTMLParser):
    """The tags of a page, and that each is closed where it should be."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inside: list[str] = []
        self.feed(text)
        self.close()
        assert not self.inside

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.inside.pop() == tag, f"</{tag}> closes something else"

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


def sound(page: str) -> None:
    """What holds for every page: no script, nothing loaded, headings in order, tables named and reachable."""
    outline = Outline(page)
    names = {name for _, attrs in outline.tags for name in attrs}
    assert not {"script", "iframe", "object", "form", "img"} & {tag for tag, _ in outline.tags}
    assert not [name for name in names if name.startswith("on") or name in ("style", "src")]
    assert all((link["href"] or "").startswith("#") for link in outline.all("a"))
    assert [link["href"] for link in outline.all("link")] == ["data:,"]
    policy = next(meta["content"] or "" for meta in outline.all("meta") if "http-equiv" in meta)
    assert policy.startswith("default-src 'none'") and "unsafe" not in policy and "style-src 'sha256-" in policy
    levels = [int(tag[1]) for tag, _ in outline.tags if re.fullmatch(r"h\d", tag)]
    assert levels.count(1) == 1 and all(after <= before + 1 for before, after in pairwise(levels))
    ids = [attrs["id"] for _, attrs in outline.tags if "id" in attrs]
    assert len(ids) == len(set(ids)) and {link["href"] for link in outline.all("a")} <= {f"#{name}" for name in ids}
    regions = [attrs for attrs in outline.all("div") if attrs.get("role") == "region"]
    assert all(region["tabindex"] == "0" and region["aria-labelledby"] in ids for region in regions)
    assert len(regions) == len(outline.all("table")) == len(outline.all("caption"))
    assert all(th["scope"] in ("row", "col") for th in outline.all("th"))
    assert all(svg.get("aria-hidden") or (svg["role"] == "img" and svg["aria-label"]) for svg in outline.all("svg"))


def test_feedback_shows_points_and_likely_causes_and_the_students_own_code(made: SampleClass, tmp_path: Path) -> None:
    for one in made.graded[:40]:
        page = feedback(made, tmp_path, one.student, one.lesson)
        sound(page)
        lesson = made.sheets[one.lesson]
        for task in lesson.tasks if not one.fault else ():
            assert escape(task.title, quote=False) in page.replace("&#39;", "'").replace("&#34;", '"')
            assert made.sources[one.student, one.lesson][task.name] in unescape(page)
            for message in task.lost(one):
                assert message in unescape(page) and cause(message).replace("`", "") in words(page)
        if not one.fault:
            assert f"<dd>{lesson.earned(one):g} <small>of {lesson.points:g}</small>" in page
            assert "this is " in page and "second line" in page
    assert "Exercise 6 — why one neuron cannot do XOR" in page or one.lesson != "01_perceptron"
    assert (tmp_path / "ada" / "week00" / "01_perceptron.html").is_file()


def words(page: str) -> str:
    return unescape(re.sub(r"</?code>", "", page)).replace("`", "")


def test_feedback_never_shows_a_hidden_test(made: SampleClass, tmp_path: Path) -> None:
    page = feedback(made, tmp_path, "chen", "03_forward_pass")
    assert "31337" not in page and "HIDDEN TESTS" not in page and "expect(" not in page


def test_a_notebook_that_was_not_graded_says_why_and_what_to_do(made: SampleClass, tmp_path: Path) -> None:
    page = feedback(made, tmp_path, "gwen", "03_forward_pass", cells=None)
    sound(page)
    assert "is empty (0 bytes)" in page and "hand it in again" in page and "<table" not in page
    assert "You need not do anything." in feedback(made, tmp_path, "hugo", "01_perceptron")


def test_nothing_in_a_students_notebook_acts_on_the_page(made: SampleClass, tmp_path: Path) -> None:
    evil = "</pre><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7 * 7 }}"
    hostile = f"{evil}\x1b[31mred\x1b[0m\x1b]8;;http://x\x07 \u202eabc\u2066 \x00 \ud800" + "long " * 20_000
    outputs = [
        {"output_type": "display_data", "data": {"text/html": evil, "text/plain": [hostile, 3]}},
        {"output_type": "stream", "text": {"not": "text"}}, {"output_type": "error", "ename": None, "evalue": evil},
        "no output", {"data": 5},
    ]  # fmt: skip
    marks = {"nbgrader": {"grade_id": "step", "solution": True}}
    cells = [{"cell_type": "code", "source": hostile, "metadata": marks, "outputs": outputs}, "no cell", {}]
    page = feedback(made, tmp_path, "ada", "01_perceptron", cells=cells)
    sound(page)
    assert "&lt;script&gt;" in page and "{{ 7 * 7 }}" in page and "http://x" not in page
    assert "⟨U+202E⟩abc⟨U+2066⟩ ␀ ⟨U+D800⟩" in page and "more characters]" in page
    assert "\x1b" not in page and "\u202e" not in page and len(page) < 80_000


def test_a_name_that_is_no_folder_is_refused(made: SampleClass, tmp_path: Path) -> None:
    lesson = made.sheets["01_perceptron"]
    for name in ("../eve", "..", "", "a/b"):
        with pytest.raises(CourseError, match="no place for this feedback"):
            write_feedback(Graded(name, "week00", lesson.lesson), {}, lesson, tmp_path / "deep" / "deeper")
    assert not list(tmp_path.rglob("*.html"))


def test_feedback_is_quick(made: SampleClass, tmp_path: Path) -> None:
    started = time.process_time()
    for one in made.graded:
        feedback(made, tmp_path, one.student, one.lesson)
    assert (time.process_time() - started) / len(made.graded) < 0.02  # about 0.001 s where nothing else runs


def test_the_report_tells_who_how_well_and_what_to_look_at(report: str) -> None:
    sound(report)
    for text in (
        "<dt>Students</dt><dd>30</dd>", "85 <small>of 90</small>", "<dt>Not graded</dt><dd>2</dd>",
        "03_forward_pass.ipynb is empty (0 bytes)", "↻ the next run tries again", "✗ the student hands in again",
        "Due 2026-10-10 00:00 UTC", "2 days 7 h", "Nobody has handed in Lesson 4 — Meet PyTorch; Quiz.",
        "Students’ code ran without a sandbox", "1 notebook of 83 ran", "82 notebooks ran in a sandbox",
        "sys._getframe", "had been deleted; it was put back", "A reason to look, no proof.",
        "<strong>kira and liam</strong>", "Histogram, points of Lesson 1 — The perceptron: ",
    ):  # fmt: skip
        assert text in report, text
    assert re.search(r'<th scope="row">diego</th><td>Lesson 1 — .*; Lesson 2 — .*; Lesson 3 — ', report)
    assert COPIED.strip() in unescape(report) and DISGUISED.strip() in unescape(report)


def test_a_report_of_an_empty_class_is_a_page_too(made: SampleClass, tmp_path: Path) -> None:
    page = write_report(COURSE, "week00", [], {}, tmp_path / "a" / "report.html").read_text("utf-8")
    sound(page)
    assert "Nothing was graded yet." in page and "so nothing counts as late" in page
    with pytest.raises(CourseError, match="week00 has no lesson called 09_gone"):
        write_report(COURSE, "week00", [Graded("ada", "week00", "09_gone")], {}, tmp_path / "report.html")


def test_a_lesson_without_checks_is_counted_and_has_no_histogram(tmp_path: Path) -> None:
    graded = [Graded(name, "week03", "09_knowledge_check") for name in ("ada", "ben")]
    page = write_report(COURSE, "week03", graded, {}, tmp_path / "report.html").read_text("utf-8")
    assert "Knowledge check" in page and "Histogram" not in page and "Fewer than 5 students" not in page


def test_mistakes_are_named_and_counted_once_a_student(made: SampleClass) -> None:
    found = common(made.graded, made.sheets)
    assert found[0].students and len(found[0].students) >= len(found[-1].students)
    assert all(len(set(one.students)) == len(one.students) and "femi" not in one.students for one in found)
    assert mistakes(made.one("femi", "01_perceptron"), made.sheets["01_perceptron"]) == ["nothing is written yet"]
    assert mistakes(made.one("gwen", "03_forward_pass"), made.sheets["03_forward_pass"])[0].startswith("not graded: ")


def test_an_exercise_is_judged_by_the_rest_of_the_lesson(made: SampleClass) -> None:
    assert discrimination([0, 0, 1, 1, 1], [1, 2, 3, 4, 5]) == pytest.approx(0.8660254)
    assert discrimination([1, 1, 1, 1, 1], [1, 2, 3, 4, 5]) is None
    assert discrimination([0, 1, 1, 1], [1, 2, 3, 4]) is None, "four students are too few"
    lesson = made.sheets["01_perceptron"]
    few = items(lesson, [one for one in made.graded if one.student in ("ada", "ben")])
    assert all(item.discrimination is None and item.students == 2 for item in few)
    assert items(lesson, [])[0].meaning == "Nobody was graded yet."


@pytest.mark.parametrize("most", [1, 3, 10, 17, 26, 100, 1000])
def test_a_histogram_holds_everybody_in_few_round_bars(most: float) -> None:
    points = [0, most, most / 2, most / 3]
    bars = histogram(points, most)
    assert sum(bar.count for bar in bars) == 4 and len(bars) <= 14
    assert bars[0].low == 0 and bars[-1].high >= most and bars[-1].count >= 1
    assert len({bar.high - bar.low for bar in bars}) == 1


def test_answers_are_compared_by_structure_not_by_text() -> None:
    others = {f"s{n}": f"def forward(X, params, a):\n    return {'+'.join(['X'] * (n + 2))}" for n in range(20)}
    answers = {"forward": {"kira": COPIED, "liam": DISGUISED.replace("False", "True"), **others}}
    pair, *rest = similar(answers)
    assert pair.students == ("kira", "liam") and pair.shared[0].alike > 0.95
    assert all(one.score < pair.score for one in rest)
    assert not similar(answers, {"forward": [COPIED]}), "the course's own text is nobody's secret"
    assert not similar({"forward": dict.fromkeys(STUDENTS, COPIED)}), "what everybody writes is how one writes it"
    assert parts("def f(x) -> int:\n    'doc'\n    return g(x, 3)  # why") == parts("def h( y ):\n  return k(y, 44)")
    assert parts("np.exp(x + y)") != parts("np.log(x + y)")


def test_an_answer_that_is_no_python_or_is_too_deep_is_passed_over() -> None:
    for text in ("def f(:", "\0", "-" * 20_000 + "1", "(" * 300 + ")" * 300, "+".join(["1"] * 14_000), "x" * 31_000):
        assert not parts(text)


def test_a_large_class_is_compared_in_seconds(made: SampleClass) -> None:
    texts = [list(cells.values()) for (_, lesson), cells in made.sources.items() if lesson == "03_forward_pass"]
    twists = ["x = " + "+".join("ab"[: 1 + i % 2] * (i % 9)) + "1" for i in range(300)]
    answers = {f"ex{n}": {f"s{i}": f"{texts[i % 28][n]}\n{twists[i]}" for i in range(300)} for n in range(8)}
    started = time.process_time()
    similar(answers)
    assert time.process_time() - started < 15


def test_text_of_a_stranger_is_made_legible() -> None:
    assert legible("plain ünïcödé\n\ttext 👩‍💻") == "plain ünïcödé\n\ttext 👩‍💻"
    assert legible("a\x1b[1;31mb\x1b[0m\rc\x08\x7f\u200b\u009b2Kd") == "ab\nc␈␡⟨U+200B⟩d"
    assert cut("abc", 3) == "abc" and cut("abcd", 3) == "abc\n[… cut here: 1 more characters]"


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_contrasts_are_those_of_wcag(theme: int) -> None:
    colors = dict(re.findall(r"--(\w+):(#[0-9a-f]{6})", re.findall(r":root\{.*?\}", STYLE, re.S)[theme]))

    def contrast(one: str, other: str) -> float:
        return wcag.contrast(colors[one], colors[other])

    for text, paper in product(("ink", "soft", "accent", "good", "warn"), ("paper", "card")):
        assert contrast(text, paper) >= 4.5, f"{text} on {paper}: {contrast(text, paper):.2f}"
    assert contrast("ink", "code") >= 4.5 and contrast("ink", "loud") >= 4.5
    assert contrast("bar", "card") >= 3 and contrast("bar", "track") >= 3 and contrast("edge", "card") >= 3
