"""Every lesson keeps the promises of the course: a map, cards with hints, honest minutes, plain American words."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from nbgrader.utils import is_grade, is_solution

from groundup.lessons.course import Course, Lesson
from groundup.lessons.source import to_notebook, visible

QUIZZES = [lesson for lesson in Course(ROOT).lessons() if lesson.name.endswith("_quiz")]
KNOWLEDGE = [lesson for lesson in Course(ROOT).lessons() if lesson.name.endswith("_knowledge_check")]
"""Written answers only: they have cards, and not the rhythm of a lesson."""
LESSONS = [lesson for lesson in Course(ROOT).lessons() if lesson not in (*QUIZZES, *KNOWLEDGE)]
CARD = re.compile(
    r"\*\*(\d+) points? · difficulty [1-5] of 5 · importance [1-5] of 5 · about (\d+) min"
    r"( · read by your instructor)?\*\*"
)
WORDS_PER_MINUTE = 100
"""Reading a lesson with formulas and code, and running its cells."""

ALLOWED_IMPORTS = {"numpy", "matplotlib", "torch", "torchvision", "groundup", "math", "time", "pathlib"}
ALLOWED_FROM_GROUNDUP = {"datasets", "plots", "checks", "quiz"}
CLOSING = ("## How GPT uses this", "## Coming from C# or Java", "## If you are stuck", "## Checkpoint")
UNKIND = re.compile(r"\b(simply|just|obviously|trivial(ly)?|easily|of course|clearly)\b", re.I)
BRITISH = re.compile(
    r"\b(maths|colour\w*|behaviour|neighbour\w*|centre[ds]?|normalis\w+|initialis\w+|optimis\w+|"
    r"generalis\w+|visualis\w+|vectoris\w+|favour\w*|learnt|whilst|grey|judgement|labelled|modelling)\b",
    re.I,
)
EMOJI = re.compile("[\U0001f300-\U0001faff\u2705\u274c\u26a0\u2728]")

each_lesson = pytest.mark.parametrize("lesson", LESSONS, ids=str)
each_with_cards = pytest.mark.parametrize("lesson", [*LESSONS, *KNOWLEDGE], ids=str)


def markdown(lesson: Lesson) -> list[str]:
    return [cell.source for cell in to_notebook(lesson).cells if cell.cell_type == "markdown"]


def cards(lesson: Lesson) -> list[tuple[str, re.Match[str]]]:
    """The text of each exercise, from its heading on, and its card."""
    found = []
    for text in markdown(lesson):
        for part in re.split(r"^(?=## )", text, flags=re.M):
            if part.startswith("## Exercise"):
                card = CARD.search(part)
                assert card, f"{part.splitlines()[0]!r} has no card"
                found.append((part, card))
    return found


@each_lesson
def test_a_lesson_opens_with_its_map(lesson: Lesson) -> None:
    first = markdown(lesson)[0]
    week, number = int(lesson.week[-2:]), int(lesson.name[:2])
    assert re.search(rf"^# Week {week:02d} · Lesson {number} — \S", first, re.M)
    assert "| built before | built here | unlocks next |" in first and "After this lesson you can" in first


@each_with_cards
def test_the_minutes_of_the_map_are_those_of_the_cards_and_of_reading(lesson: Lesson) -> None:
    texts = [re.sub(r"<details>.*?</details>", "", visible(text), flags=re.S) for text in markdown(lesson)]
    words = sum(len(text.split()) for text in texts)
    minutes = sum(int(card.group(2)) for _, card in cards(lesson)) + words / WORDS_PER_MINUTE
    said = re.search(r"\*\*About (\d+) minutes\.\*\*", markdown(lesson)[0])
    assert said and int(said.group(1)) == 5 * round(minutes / 5), f"{lesson} takes about {minutes:.0f} minutes"


@each_with_cards
def test_the_points_of_each_card_are_what_its_checks_pay(lesson: Lesson) -> None:
    cells = to_notebook(lesson).cells
    paid: dict[str, int] = {}
    order = []
    for cell in cells:
        if is_solution(cell):
            order.append(cell.metadata.nbgrader.grade_id)
        if is_grade(cell):
            owner = cell.metadata.nbgrader.grade_id
            owner = owner if is_solution(cell) else owner.rpartition("-")[0]
            paid[owner] = paid.get(owner, 0) + int(cell.metadata.nbgrader.points)
    worth = [paid[name] for name in order if name in paid]
    assert [int(card.group(1)) for _, card in cards(lesson)] == worth


@each_lesson
def test_exercises_are_numbered_and_have_three_hints_each(lesson: Lesson) -> None:
    for number, (text, _) in enumerate(cards(lesson), start=1):
        assert text.startswith(f"## Exercise {number} — "), text.splitlines()[0]
        hints = re.findall(r"<summary>Hint (\d): (a nudge|the idea|almost .+?)</summary>", text)
        assert [hint[0] for hint in hints] == ["1", "2", "3"], text.splitlines()[0]


@each_lesson
def test_a_lesson_shows_every_part_of_the_rhythm(lesson: Lesson) -> None:
    prose = "\n".join(markdown(lesson))
    for part in ("### Worked example", "### Faded example", "Predict, then run", *CLOSING):
        assert part in prose, f"{lesson} lacks '{part}'"
    assert "ug hunt" in prose or "Parsons problem" in prose, f"{lesson} has neither a bug hunt nor a Parsons problem"
    assert "**Next:**" in markdown(lesson)[-1]


@each_lesson
def test_hidden_tests_stand_in_cells_of_their_own_with_a_word_about_them(lesson: Lesson) -> None:
    for cell in to_notebook(lesson).cells:
        if "### BEGIN HIDDEN TESTS" in cell.source:
            lines = cell.source.splitlines()
            assert lines[0].startswith("# Hidden tests ") and lines[1] == "### BEGIN HIDDEN TESTS"
            assert lines[-1] == "### END HIDDEN TESTS" and cell.source.count("### END") == 1


@each_with_cards
def test_a_lesson_imports_only_what_its_readers_know(lesson: Lesson) -> None:
    for node in ast.walk(ast.parse(lesson.source.read_text(encoding="utf-8"))):
        names: list[Any] = []
        if isinstance(node, ast.Import):
            names = [alias.name.split(".")[0] for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            names = [module.split(".")[0]]
            parts = [alias.name for alias in node.names] if module == "groundup" else [module.removeprefix("groundup.")]
            assert not module.startswith("groundup") or set(parts) <= ALLOWED_FROM_GROUNDUP
        assert set(names) <= ALLOWED_IMPORTS


PROSE = [
    *sorted(ROOT.glob("*.md")),
    *(lesson.source for lesson in (*LESSONS, *QUIZZES, *KNOWLEDGE)),
    *sorted((ROOT / "groundup").rglob("*.py")),
    *sorted((ROOT / "solutions").rglob("*.md")),
    ROOT / "start.py",
]


@pytest.mark.parametrize("path", PROSE, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_words_are_plain_and_american(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not EMOJI.search(text)
    british = BRITISH.search(text)
    assert not british, f"'{british.group(0)}' is British" if british else ""
    if path.suffix == ".md" or ROOT / "solutions" in path.parents:
        unkind = UNKIND.search(text)
        assert not unkind, f"'{unkind.group(0)}' belittles the reader who does not see it" if unkind else ""


def test_the_readmes_give_the_minutes_that_the_lessons_give() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for lesson in (*LESSONS, *QUIZZES, *KNOWLEDGE):
        week = (ROOT / "solutions" / lesson.week / "README.md").read_text(encoding="utf-8")
        said = re.search(r"\*\*About (\d+) minutes\.\*\*", markdown(lesson)[0])
        assert said, lesson
        assert re.search(rf"\({lesson}\.ipynb\).*\| {said.group(1)} \|", readme), f"{lesson} in README.md"
        assert re.search(rf"{lesson.name}\.ipynb\).*\| {said.group(1)} \|", week), f"{lesson} in its week's README.md"


def points(lesson: Lesson) -> tuple[float, float, float]:
    """What visible checks, hidden tests and the instructor give in a lesson."""
    visible = hidden = read = 0.0
    for cell in to_notebook(lesson).cells:
        if is_grade(cell):
            worth = cell.metadata.nbgrader.points
            if is_solution(cell):
                read += worth
            elif "### BEGIN HIDDEN TESTS" in cell.source:
                hidden += worth
            else:
                visible += worth
    return visible, hidden, read


def test_the_pages_give_the_points_that_the_lessons_give() -> None:
    for week in Course(ROOT).weeks:
        page = (ROOT / "solutions" / week / "README.md").read_text(encoding="utf-8")
        table = (ROOT / "solutions" / f"instructor_{week}.md").read_text(encoding="utf-8")
        sums = [0.0, 0.0, 0.0]
        for lesson in Course(ROOT).lessons(week):
            parts = points(lesson)
            sums = [total + part for total, part in zip(sums, parts, strict=True)]
            cells = " | ".join(f"{part:g}" if part else "–" for part in (*parts, sum(parts)))
            assert re.search(rf"`{lesson.name}`\).*\| {re.escape(cells)} \|", table), f"{lesson}: {cells}"
            assert re.search(rf"{lesson.name}\.ipynb\).*\| {sum(parts):g} \|", page), f"{lesson}: {sum(parts):g}"
        assert f"| {sum(sums):g} |" in page and f"Where the {sum(sums):g} points of the week come from" in page


@pytest.mark.parametrize("lesson", KNOWLEDGE, ids=str)
def test_a_knowledge_check_has_six_written_answers_and_says_how_they_are_judged(lesson: Lesson) -> None:
    cells = [cell for cell in to_notebook(lesson).cells if is_grade(cell)]
    assert [cell.metadata.nbgrader.points for cell in cells] == [1] * 6
    assert all(is_solution(cell) and cell.cell_type == "markdown" for cell in cells)
    for number, (text, card) in enumerate(cards(lesson), start=1):
        assert text.startswith(f"## Exercise {number} — ") and card.group(3), text.splitlines()[0]
        assert re.search(r"^\*From lessons? \d.* A whole point needs .+\*$", text, re.M), text.splitlines()[0]
    assert "**Five of the six points** is the mark to pass" in markdown(lesson)[0]
    assert "**Next:**" in markdown(lesson)[-1]


@pytest.mark.parametrize("quiz", QUIZZES, ids=str)
def test_the_card_of_a_quiz_says_what_it_pays(quiz: Lesson) -> None:
    card = CARD.search("\n".join(markdown(quiz)))
    points = [cell.metadata.nbgrader.points for cell in to_notebook(quiz).cells if is_grade(cell)]
    assert card and [int(card.group(1))] == points


def as_students_get_it(folder: Path) -> Path:
    """Where a page of this folder lies in the student edition; the folder itself for those that students do not get."""
    if folder == ROOT / "solutions" / "week07" / "library" / "scaffold":
        return ROOT / "week07" / "my_nn_library"
    return ROOT / folder.name if folder.parent == ROOT / "solutions" else folder


def test_links_between_pages_lead_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "solutions").rglob("*.md")]
    for page in pages:
        place = as_students_get_it(page.parent)
        for link in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8")):
            assert link.startswith(("https://", "http://")) or (place / link).exists(), (
                f"{page.relative_to(ROOT)} links to {link}"
            )
