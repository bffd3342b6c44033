"""What a student's letters are worth: how many are right, and which questions to look at again.

In: a week and letters. Out: one printed sentence or two that never tell a right letter, and the number of right
answers. nbgrader pays a check cell that ends in a number that many points, so `score` stands last in its cell.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from groundup.checks import CheckFailed
from groundup.quiz.sealed import Question, questions_of

Letters = dict[int, str]


def score(week: str, answers: Any) -> int:
    """How many of `answers` are right; prints which questions to look at again.

    `answers` maps the number of a question to a letter, `{1: "B", 2: "d"}`; a list of letters, one a question, or
    one string of them, `"BDAC"`, works too. An empty text (in a string, `-`) leaves a question out. Raises
    CheckFailed when nothing is answered, and when something is not a letter of its question.
    """
    questions = questions_of(week)
    letters = {
        number: _letter(number, given, questions) for number, given in _numbered(answers, len(questions)).items()
    }
    left_out = [number for number in range(1, len(questions) + 1) if not letters.get(number)]
    if len(left_out) == len(questions):
        raise CheckFailed(
            "The quiz is not answered yet: there is no letter in my_answers.\n"
            '  next:      write one letter for each question, for example 1: "C", run that cell, then this one.'
        )
    wrong = [
        number
        for number, question in enumerate(questions, start=1)
        if number not in left_out and letters[number] != question.right
    ]
    right = len(questions) - len(wrong) - len(left_out)
    print(" ".join([f"{right} of {len(questions)} right.", *_look_again(wrong), *_not_answered(left_out)]))
    return right


def _look_again(wrong: list[int]) -> list[str]:
    return [f"Look again at {_listed(wrong)}."] if wrong else []


def _not_answered(left_out: list[int]) -> list[str]:
    verb = "has" if len(left_out) == 1 else "have"
    return [f"{_listed(left_out).capitalize()} {verb} no letter yet."] if left_out else []


def _listed(numbers: list[int]) -> str:
    """`question 3`, `questions 3 and 5`, `questions 3, 5 and 9`."""
    words = [str(number) for number in numbers]
    if len(words) == 1:
        return f"question {words[0]}"
    return f"questions {', '.join(words[:-1])} and {words[-1]}"


def _numbered(answers: Any, count: int) -> dict[int, Any]:
    """What was given for each question, by its number. An answer left out may be missing."""
    if isinstance(answers, Mapping):
        return {_number(key, count): given for key, given in answers.items()}
    if isinstance(answers, str):
        answers = [sign.replace("-", "") for sign in answers if not sign.isspace() and sign != ","]
    if not isinstance(answers, list | tuple):
        raise _refused(
            f"my_answers is {_shown(answers)}", 'a dict of numbers and letters: my_answers = {1: "C", 2: "A", ...}'
        )
    if answers and len(answers) != count:
        raise _refused(
            f"{len(answers)} letters for {count} questions",
            f"{count} letters, or a dict that says the number of each question; leave one out with an empty text, "
            "or with - in a string",
        )
    return dict(enumerate(answers, start=1))


def _number(key: Any, count: int) -> int:
    text = str(key).strip()
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= count):
        raise _refused(f"{_shown(key)} as the number of a question", f"a number from 1 to {count} before each colon")
    return int(text)


def _letter(number: int, given: Any, questions: list[Question]) -> str:
    """The letter given to a question, as a capital; empty when none is given."""
    letters = questions[number - 1].letters
    text = "" if given is None else given.strip().upper() if isinstance(given, str) else _shown(given)
    if text and (len(text) > 1 or text not in letters):
        raise _refused(
            f"{_shown(given)} for question {number}",
            f'one letter in quotation marks, from "{letters[0]}" to "{letters[-1]}": question {number} has the options '
            f"{', '.join(letters[:-1])} and {letters[-1]}",
        )
    return text


def _refused(given: str, wanted: str) -> CheckFailed:
    return CheckFailed(
        f"my_answers cannot be read.\n  you gave:  {given}\n  wanted:    {wanted}\n"
        "  next:      change that, run your answer cell again, then this cell."
    )


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
