"""The quiz: what is written is what is packed and paid, and nothing is given away. (Its page: test_quiz_page.py.)"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pytest
import torch
from conftest import ROOT
from nbclient import NotebookClient
from nbgrader.utils import determine_grade, is_grade, is_solution
from test_lesson_contract import BRITISH, EMOJI, UNKIND

from groundup.checks import CheckFailed
from groundup.grading.proof.filling import fill
from groundup.lessons.course import Course, CourseError
from groundup.lessons.exercises import model_answers
from groundup.lessons.quizzes import quiz_files, quizzes, read_quiz, secret_texts
from groundup.lessons.stubs import untouched
from groundup.quiz import score
from groundup.quiz.sealed import Question, pack, unpack

COURSE = Course(ROOT)
QUIZZES = quizzes(COURSE)
NOTEBOOKS = {lesson.week: lesson for lesson in COURSE.lessons() if lesson.name.endswith("_quiz")}
WEEK00 = next(quiz for quiz in QUIZZES if quiz.week == "week00")
RIGHT = "".join(question.right for question in WEEK00.questions)

each_quiz = pytest.mark.parametrize("quiz", QUIZZES, ids=lambda quiz: quiz.week)


def squeezed(text: str) -> str:
    return "".join(text.split())


def next_letter(question: Question) -> str:
    """A letter of the question that is not right."""
    return next(letter for letter in question.letters if letter != question.right)


# ---- what is written ---------------------------------------------------------------------------------------------


def test_the_packed_files_are_what_the_sources_say() -> None:
    assert quiz_files(COURSE), "no week has a quiz"
    for path, text in quiz_files(COURSE).items():
        assert path.read_bytes() == text.encode(), f"{path.name} is out of date: run `groundup build`"
        assert json.loads(text)["made"].startswith(f"from solutions/{path.stem}/quiz.yml")


@each_quiz
def test_the_letters_of_the_notebook_are_those_of_the_source(quiz: Any) -> None:
    names: dict[str, Any] = {}
    exec(model_answers(NOTEBOOKS[quiz.week])["quiz"], names)
    assert names["my_answers"] == {number: each.right for number, each in enumerate(quiz.questions, start=1)}
    checks = [cell for cell in untouched(NOTEBOOKS[quiz.week]).cells if is_grade(cell) and not is_solution(cell)]
    assert [int(cell.metadata.nbgrader.points) for cell in checks] == [len(quiz.questions)]


def test_the_quiz_of_week_00_has_ten_questions_with_shapes_and_pictures() -> None:
    assert len(WEEK00.questions) == 10
    assert sum(bool(question.picture) for question in WEEK00.questions) >= 2
    shape = re.compile(r"`\(\w+, ?\w*\)`")
    assert sum(sum(bool(shape.search(o.text)) for o in q.options) >= 3 for q in WEEK00.questions) >= 3


@each_quiz
def test_every_question_says_which_part_of_which_lesson_to_read_again(quiz: Any) -> None:
    text = NOTEBOOKS[quiz.week].source.read_text(encoding="utf-8")
    rows = re.findall(r"^# \| (\d+) \| .+ \| lesson (\d), \*(.+)\* \|$", text, re.M)
    assert [int(number) for number, _, _ in rows] == list(range(1, len(quiz.questions) + 1))
    for _, lesson, title in rows:
        (source,) = (COURSE.solutions / quiz.week).glob(f"{int(lesson):02d}_*.py")
        headings = [line for line in source.read_text("utf-8").splitlines() if line.startswith("# ## ")]
        assert any(line.endswith(title) for line in headings), f"lesson {lesson} has no part called {title!r}"


@each_quiz
def test_neither_the_place_nor_the_length_of_an_option_tells_that_it_is_right(quiz: Any) -> None:
    places = [question.right for question in quiz.questions]
    assert max(map(places.count, places)) <= len(places) / 2 and not re.search(r"(.)\1\1", "".join(places))
    longest = [max(question.options, key=lambda option: len(option.text)).right for question in quiz.questions]
    assert sum(longest) <= len(longest) / 2
    for question in quiz.questions:
        lengths = [len(option.text) for option in question.options]
        assert max(lengths) <= 1.5 * min(lengths), question.id


@each_quiz
def test_the_words_are_plain_and_american(quiz: Any) -> None:
    text = (COURSE.solutions / quiz.week / "quiz.yml").read_text(encoding="utf-8")
    for unwanted in (UNKIND, BRITISH, EMOJI):
        assert not unwanted.search(text), unwanted.search(text)


@each_quiz
def test_no_explanation_can_be_read_before_the_quiz_is_run(quiz: Any) -> None:
    secrets = [squeezed(text) for text in secret_texts(quiz)]
    assert len(secrets) == sum(len(question.options) for question in quiz.questions)
    folders = (ROOT / "groundup" / "quiz", ROOT / quiz.week)
    texts = {path.name: path.read_text("utf-8") for folder in folders for path in folder.glob("*.*")}
    texts["untouched notebook"] = "\n".join(cell.source for cell in untouched(NOTEBOOKS[quiz.week]).cells)
    for name, text in texts.items():
        assert not [secret for secret in secrets if secret in squeezed(text)], name


def test_what_the_quiz_says_is_true() -> None:
    weights = {"A": ((1, 1), 1), "B": ((-1, 1), -1), "C": ((1, -1), -1), "D": ((1, -1), 1)}
    points, sides = np.array([[0, 0], [-2, 0], [0, 2], [2, 0.0]]), [1, 0, 0, 1]  # read off the picture
    fits = [name for name, (w, b) in weights.items() if [int(p @ np.array(w) + b >= 0) for p in points] == sides]
    assert fits == [WEEK00.questions[0].right] == ["D"]
    z = np.array([1000.0, 1001.0])
    assert np.allclose(np.exp(z - z.max()) / np.exp(z - z.max()).sum(), [0.269, 0.731], atol=5e-4)
    assert np.allclose(np.exp(z / z.max()) / np.exp(z / z.max()).sum(), [0.4998, 0.5002], atol=5e-5)
    assert round(np.log(20), 1) == 3.0 and round(np.log(1000), 1) == 6.9 and round(np.exp(-9.2), 4) == 0.0001
    layer = torch.nn.Linear(64, 32)
    assert layer.weight.shape == (32, 64) and layer(torch.zeros(5, 64)).shape == (5, 32)
    with pytest.raises(AttributeError):
        layer(torch.zeros(5, 64)).forward()
    sure = torch.eye(10, dtype=torch.float64)  # a perfect answer after a softmax
    loss = torch.nn.CrossEntropyLoss()
    assert round(loss(sure, torch.arange(10)).item(), 2) == round(np.log(np.e + 9) - 1, 2) == 1.46
    assert torch.isclose(loss(sure, torch.arange(10)), loss(sure, sure)), "one-hot rows change nothing"
    for _ in range(2):
        layer(torch.ones(1, 64)).sum().backward()
    assert (layer.weight.grad == 2).all(), "gradients add up"


# ---- what is wrong with a quiz.yml is said -----------------------------------------------------------------------

GOOD = """\
- id: first
  question: What is `1 + 1`?
  options:
  - {text: one, because: you counted the signs}
  - {text: two, right: true, because: that is it}
  - {text: three, because: you counted everything}
"""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("right: true, ", "", "question 1 (first) has 0 right options. Mark exactly one"),
        ("one, because", "one, right: true, because", "question 1 (first) has 2 right options"),
        (", because: that is it", "", "question 1 (first), option B has no `because`. Write one."),
        ("id: first", "id: First Question", "may hold small letters, digits and single hyphens only"),
        ("  options:", "  picture: nothing\n  options:", "there is no picture 'nothing'"),
        ("  options:", "  hint: none\n  options:", "question 1 (first) has the unknown key 'hint'. It may have id,"),
        ("because: you counted e", "why: you counted e", "option C has the unknown key 'why'"),
        ("text: one", "text: 1", "`text` is 1, which YAML does not read as text. Put it in quotes."),
        ("right: true", "right: 'yes'", "`right` is 'yes'. Write `right: true`, or leave it out."),
        ("`1 + 1`", "`1 + 1", "a ``` in `question` has no partner"),
        ("text: two", "text: one", "has two options with the same text"),
        ("  - {text: three, because: you counted everything}\n", "", "needs `options`, a list of 3 or 4."),
        (GOOD, GOOD + GOOD, "week00/quiz.yml uses the id 'first' twice"),
        (GOOD, "questions: none", "week00/quiz.yml must be a list of questions"),
        (GOOD, "- first", "question 1 is 'first'. It must have the keys id, question"),
        (GOOD, "- {id: [", "week00/quiz.yml cannot be read as YAML"),
    ],
)
def test_a_faulty_source_is_explained(tmp_path: Path, old: str, new: str, said: str) -> None:
    path = tmp_path / "week00" / "quiz.yml"
    path.parent.mkdir()
    path.write_text(GOOD, encoding="utf-8")
    assert read_quiz(path).questions[0].right == "B"
    assert old in GOOD
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(CourseError, match=re.escape(said)):
        read_quiz(path)


def test_packing_keeps_every_sign_and_wraps_its_lines() -> None:
    text = pack(WEEK00.questions, "here")
    assert tuple(unpack(text)) == WEEK00.questions
    assert max(map(len, text.splitlines())) <= 110 and text.isascii() and text.endswith("}\n")


# ---- what is paid ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "right", "said"),
    [
        (dict(enumerate(RIGHT, start=1)), 10, "10 of 10 right."),
        ({number: f" {letter.lower()} " for number, letter in enumerate(RIGHT, start=1)}, 10, "10 of 10 right."),
        (list(RIGHT), 10, "10 of 10 right."),
        (tuple(RIGHT), 10, "10 of 10 right."),
        (f"{RIGHT[:5]} {RIGHT[5:]}".lower(), 10, "10 of 10 right."),
        (", ".join(RIGHT), 10, "10 of 10 right."),
        ("-" + RIGHT[1:], 9, "9 of 10 right. Question 1 has no letter yet."),
        (
            {1: RIGHT[0], 2: None, 3: " "},
            1,
            "1 of 10 right. Questions 2, 3, 4, 5, 6, 7, 8, 9 and 10 have no letter yet.",
        ),
        ({1: next_letter(WEEK00.questions[0]), 2: RIGHT[1]}, 1, "1 of 10 right. Look again at question 1. Questions 3"),
    ],
)
def test_score_counts_and_says_where_to_look(capsys: Any, answers: Any, right: int, said: str) -> None:
    assert score("week00", answers) == right
    assert type(score("week00", answers)) is int, "nbgrader reads the number as it is printed"
    assert capsys.readouterr().out.startswith(said)


@pytest.mark.parametrize("letters", [RIGHT, "".join(next_letter(question) for question in WEEK00.questions)])
def test_score_never_tells_a_letter(capsys: Any, letters: str) -> None:
    score("week00", letters)
    assert not re.search(r"\b[A-D]\b", capsys.readouterr().out)


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({}, "not answered yet"),
        ("", "not answered yet"),
        (dict.fromkeys(range(1, 11), ""), "not answered yet"),
        ("----------", "not answered yet"),
        ({4: "E"}, "question 4 has the options A, B, C and D"),
        ({3: "D"}, "question 3 has the options A, B and C"),
        ({4: "AB"}, "'AB' for question 4"),
        ({4: 2}, "2 for question 4"),
        ({4: ["A"]}, "['A'] for question 4"),
        ({11: "A"}, "11 as the number of a question"),
        ({0: "A"}, "a number from 1 to 10 before each colon"),
        ({"one": "A"}, "'one' as the number of a question"),
        ({True: "A"}, "True as the number of a question"),
        (["A"] * 9, "9 letters for 10 questions"),
        ("ABC", "3 letters for 10 questions"),
        ({"A", "B"}, "a dict of numbers and letters"),
        (None, "my_answers is None"),
        (7, "my_answers is 7"),
        ({4: "x" * 500}, "..."),
    ],
)
def test_what_cannot_be_read_is_explained(answers: Any, said: str) -> None:
    with pytest.raises(CheckFailed, match=re.escape(said)) as failure:
        score("week00", answers)
    assert "next:" in str(failure.value) and len(str(failure.value)) < 500


def test_nbgrader_pays_as_many_points_as_answers_are_right() -> None:
    lesson = NOTEBOOKS["week00"]
    edition = untouched(lesson)
    setup = next(cell for cell in edition.cells if cell.cell_type == "code")
    wrong = [next_letter(question) for question in WEEK00.questions]
    answers = {right: list(RIGHT[:right]) + wrong[right:] for right in (10, 7, 1, 0)}
    cells = [setup]
    for source in ["", *(f"my_answers = {letters}" for letters in answers.values()), "my_answers = {1: 'E'}"]:
        filled = fill(edition, {"quiz": source} if source else {})
        cells += [cell for cell in filled.cells if "nbgrader" in cell.metadata]
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"
    notebook = nbformat.from_dict({**edition, "cells": cells})
    NotebookClient(notebook, timeout=60, kernel_name="python3", allow_errors=True).execute()
    grades = [determine_grade(cell) for cell in notebook.cells if is_grade(cell)]
    assert grades == [(0, 10), *((right, 10) for right in answers), (0, 10)]
