"""The quizzes as they are written, `solutions/weekNN/quiz.yml`, and as the package carries them.

    - id: which-line                 # small letters, digits and hyphens; no two questions share one
      question: Which weights ...?   # `code` in backticks, math in $dollars$
      picture: rising-boundary       # optional: a name in groundup/quiz/pictures.py
      code: |                        # optional: a block of code under the question
        z = X @ w + b
      options:                       # three or four, exactly one of them right
        - text: "`w = (1, -1)`"
          right: true
          because: The score is ...  # for every option: why it is right, or which misconception it shows

In: a course. Out: its questions, the files that `groundup build` makes from them, and the texts that must not stand
anywhere in plain. What is wrong with a quiz.yml is a CourseError: the file, the question, what is wrong, what to do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from groundup.lessons.course import Course, CourseError
from groundup.quiz.pictures import PICTURES
from groundup.quiz.sealed import LETTERS, Option, Question, pack

QUESTION_KEYS = ("id", "question", "picture", "code", "options")
OPTION_KEYS = ("text", "right", "because")
FEWEST_OPTIONS = 3


@dataclass(frozen=True)
class Quiz:
    """The questions of one week, in order."""

    week: str
    questions: tuple[Question, ...]


def quizzes(course: Course) -> list[Quiz]:
    """The quizzes of all weeks that have one. Raises CourseError when a quiz.yml is not as it should be."""
    return [read_quiz(path) for path in sorted(course.solutions.glob("week[0-9][0-9]/quiz.yml"))]


def read_quiz(path: Path) -> Quiz:
    """The questions of a quiz.yml. Raises CourseError when it is not as it should be."""
    where = f"{path.parent.name}/{path.name}"
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CourseError(f"{where} cannot be read as YAML: {error}") from error
    if not isinstance(content, list) or not content:
        raise CourseError(f"{where} must be a list of questions, each beginning with `- id: ...`.")
    questions: list[Question] = []
    for number, item in enumerate(content, start=1):
        question = _question(item, f"{where}, question {number}")
        if question.id in [other.id for other in questions]:
            raise CourseError(f"{where} uses the id '{question.id}' twice. Give each question its own.")
        questions.append(question)
    return Quiz(path.parent.name, tuple(questions))


def sealed(quiz: Quiz) -> str:
    """The text of the file that the package carries for this quiz."""
    return pack(quiz.questions, f"solutions/{quiz.week}/quiz.yml")


def quiz_files(course: Course) -> dict[Path, str]:
    """What `groundup build` makes of the quizzes: each file's path and the text it should have (UTF-8, `\\n`)."""
    folder = course.root / "groundup" / "quiz"
    return {folder / f"{quiz.week}.json": sealed(quiz) for quiz in quizzes(course)}


def secret_texts(quiz: Quiz) -> list[str]:
    """Texts that no made file may hold in plain: the explanations, which tell what is right."""
    return [option.because for question in quiz.questions for option in question.options]


def _question(item: Any, where: str) -> Question:
    if isinstance(item, dict) and isinstance(item.get("id"), str):
        where = f"{where} ({item['id']})"
    _only_keys(item, QUESTION_KEYS, where)
    name = _text(item, "id", where)
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        raise CourseError(f"{where}: the id '{name}' may hold small letters, digits and single hyphens only.")
    picture = _text(item, "picture", where) if "picture" in item else ""
    if picture and picture not in PICTURES:
        known = ", ".join(sorted(PICTURES))
        raise CourseError(f"{where}: there is no picture '{picture}'. Draw it in groundup/quiz/pictures.py: {known}.")
    code = _text(item, "code", where) if "code" in item else ""
    return Question(name, _prose(item, "question", where), code, picture, _options(item.get("options"), where))


def _options(items: Any, where: str) -> tuple[Option, ...]:
    if not isinstance(items, list) or not FEWEST_OPTIONS <= len(items) <= len(LETTERS):
        raise CourseError(f"{where} needs `options`, a list of {FEWEST_OPTIONS} or {len(LETTERS)}.")
    options = []
    for letter, item in zip(LETTERS, items, strict=False):
        place = f"{where}, option {letter}"
        _only_keys(item, OPTION_KEYS, place)
        right = item.get("right", False)
        if not isinstance(right, bool):
            raise CourseError(f"{place}: `right` is {right!r}. Write `right: true`, or leave it out.")
        options.append(Option(_prose(item, "text", place), right, _prose(item, "because", place)))
    count = sum(option.right for option in options)
    if count != 1:
        raise CourseError(f"{where} has {count} right options. Mark exactly one with `right: true`.")
    if len({option.text for option in options}) < len(options):
        raise CourseError(f"{where} has two options with the same text. Change one of them.")
    return tuple(options)


def _only_keys(item: Any, keys: tuple[str, ...], where: str) -> None:
    if not isinstance(item, dict):
        raise CourseError(f"{where} is {item!r:.60}. It must have the keys {', '.join(keys)}.")
    unknown = sorted(str(key) for key in item if key not in keys)
    if unknown:
        raise CourseError(f"{where} has the unknown key '{unknown[0]}'. It may have {', '.join(keys)}.")


def _text(item: dict[str, Any], key: str, where: str) -> str:
    value = item.get(key)
    if value is None or (isinstance(value, str) and not value.strip()):
        raise CourseError(f"{where} has no `{key}`. Write one.")
    if not isinstance(value, str):
        raise CourseError(f"{where}: `{key}` is {value!r:.60}, which YAML does not read as text. Put it in quotes.")
    return value.strip("\n")


def _prose(item: dict[str, Any], key: str, where: str) -> str:
    text = _text(item, key, where)
    for sign in "`$":
        if text.count(sign) % 2:
            raise CourseError(
                f"{where}: a `{sign}` in `{key}` has no partner. They come in pairs, around code and math."
            )
    return text
