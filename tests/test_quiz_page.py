"""The quiz on the page: groups of labeled radio buttons without a script, readable in every theme and by ear."""

from __future__ import annotations

import re
import subprocess
import sys
from html.parser import HTMLParser
from itertools import product
from typing import Any

import pytest
import wcag
from conftest import ROOT

from groundup.lessons.course import Course
from groundup.lessons.quizzes import quizzes, secret_texts
from groundup.quiz import show
from groundup.quiz.pictures import PICTURES
from groundup.quiz.sealed import Question, questions_of
from groundup.quiz.showing import inline, page, plain
from groundup.quiz.style import CSS, DARK, LIGHT

QUIZZES = quizzes(Course(ROOT))
WEEK00 = next(quiz for quiz in QUIZZES if quiz.week == "week00")

each_quiz = pytest.mark.parametrize("quiz", QUIZZES, ids=lambda quiz: quiz.week)


class Outline(HTMLParser):
    """The tags of a page with their attributes, and the text of legends and labels."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inside: list[str] = []
        self.legends: list[str] = []
        self.labels: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("img", "input"):
            self.inside.append(tag)
        if tag in ("legend", "label"):
            getattr(self, f"{tag}s").append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.inside.pop() == tag, f"</{tag}> closes something else"

    def handle_data(self, data: str) -> None:
        for tag in ("legend", "label"):
            if tag in self.inside:
                getattr(self, f"{tag}s")[-1] += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


@each_quiz
def test_every_question_is_a_group_of_labeled_radio_buttons_and_runs_no_script(quiz: Any) -> None:
    count = len(quiz.questions)
    outline = Outline(page(enumerate(quiz.questions, start=1), f"{quiz.week}-1"))
    assert not outline.inside, "a tag is not closed"
    assert {tag for tag, _ in outline.tags} <= {
        "style", "div", "fieldset", "legend", "span", "code", "pre", "img", "input", "label", "p", "strong",
    }  # fmt: skip
    assert not [name for _, attrs in outline.tags for name in attrs if name.startswith("on") or name == "href"]
    assert len(outline.all("fieldset")) == len(outline.legends) == count
    assert [legend.split()[:2] for legend in outline.legends] == [["Question", str(n + 1)] for n in range(count)]
    radios = outline.all("input")
    assert {radio["type"] for radio in radios} == {"radio"} and len({radio["name"] for radio in radios}) == count
    assert [label["for"] for label in outline.all("label")] == [radio["id"] for radio in radios]
    letters = [letter for question in quiz.questions for letter in question.letters]
    assert [label.split()[0] for label in outline.labels] == letters
    ids = [attrs["id"] for _, attrs in outline.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    pictures = outline.all("img")
    assert len(pictures) == sum(bool(question.picture) for question in quiz.questions)
    assert all(len(picture["alt"] or "") > 60 and picture["src"].startswith("data:image/png") for picture in pictures)


def test_texts_are_escaped_and_code_is_marked() -> None:
    assert inline("a < b & `x < y` $z < 1$") == 'a &lt; b &amp; <code class="gu-code">x &lt; y</code> $z &lt; 1$'
    evil = "<script>alert(1)</script>"
    assert "<script" not in page([(1, Question("x", evil, evil, "", WEEK00.questions[1].options))], "k")


def test_the_style_hides_feedback_until_its_option_is_checked_and_needs_no_network() -> None:
    assert ".gu-because{display:none" in CSS and "input:checked ~ .gu-said .gu-because{display:block}" in CSS
    assert "@media print" in CSS and "url(" not in CSS and "@import" not in CSS and "{{" not in CSS
    for theme in ("html[data-theme=dark]", "body[data-jp-theme-light=false]"):
        assert f"{theme} .gu-quiz" in CSS


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
def test_contrasts_are_those_of_wcag(colors: dict[str, str]) -> None:
    def contrast(one: str, other: str) -> float:
        return wcag.contrast(colors[one], colors[other])

    for text, paper in [*product(("ink", "right", "wrong"), ("paper",)), ("ink", "code")]:
        assert contrast(text, paper) >= 4.5, f"{text} on {paper}: {contrast(text, paper):.2f}"
    for part in ("line", "accent"):
        assert contrast(part, "paper") >= 3, f"{part}: {contrast(part, 'paper'):.2f}"


def shown(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *arguments: Any) -> dict[str, str]:
    found: list[dict[str, str]] = []
    monkeypatch.setattr("IPython.display.display", lambda data, raw: found.append(data))
    show(*arguments)
    assert capsys.readouterr() == ("", "")
    return found[0]


def test_show_shows_all_or_one_and_never_shares_an_id(capsys: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    everything, one, again = (shown(capsys, monkeypatch, *a) for a in (["week00"], ["week00", 3], ["week00", 3]))
    assert everything["text/html"].count("<fieldset") == 10 and one["text/html"].count("<fieldset") == 1
    assert "Question 3" in one["text/html"]
    ids = [set(re.findall(r' (?:id|name)="([^"]+)"', data["text/html"])) for data in (everything, one, again)]
    assert not (ids[0] & ids[1] or ids[1] & ids[2])
    for data in (everything, one):
        assert not [text for text in secret_texts(WEEK00) if text in data["text/plain"]]
    assert plain([(3, WEEK00.questions[2])]) == one["text/plain"] and "   C  Curve 3" in one["text/plain"]
    with pytest.raises(ValueError, match="has the questions 1 to 10; there is no question 11"):
        show("week00", 11)
    with pytest.raises(ValueError, match=r"There is no quiz called 'week99'. There are: week00"):
        questions_of("week99")


def test_every_picture_is_used_and_drawn_with_words() -> None:
    assert set(PICTURES) == {question.picture for quiz in QUIZZES for question in quiz.questions if question.picture}
    for draw in PICTURES.values():
        picture = draw()
        assert picture.html().startswith("<img alt=") and len(picture.alt) > 60


def test_importing_the_quiz_is_quick() -> None:
    code = "import sys, groundup.quiz; sys.exit(bool({'matplotlib', 'torch', 'yaml', 'nbgrader'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, timeout=60).returncode == 0
