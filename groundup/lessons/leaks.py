"""The leak check: nothing of a solution, a hidden test, a quiz answer or the reference library is in what students get.

In: a course and a folder that students get. Out: a sentence for every line that got through.
"""

from __future__ import annotations

import io
import json
import tokenize
from collections.abc import Iterator
from pathlib import Path

from nbgrader.utils import is_grade, is_solution

from groundup.lessons.course import Course, Lesson
from groundup.lessons.quizzes import quizzes, secret_texts
from groundup.lessons.scaffold import reference_bodies
from groundup.lessons.source import hidden_regions, to_notebook, visible

SHORTEST = 14
"""Lines with fewer characters, blanks not counted, say nothing ("return z", "else:") and are not searched for."""

SHOWN = "# shown to students"

MARKERS = ("### BEGIN SOLUTION", "### BEGIN HIDDEN TESTS", "### BEGIN MARK SCHEME", "### END ")


def find_leaks(course: Course, public: Path) -> list[str]:
    """Every secret of the course that any file under `public` holds, and every marker left behind.

    Secrets are the lines of solutions and hidden tests, the explanations of quiz answers, and any two lines in a row of
    the reference library. Blanks do not count, so a line that was wrapped or indented differently is found too.
    """
    idioms = visible_checks(course)
    secrets = {
        _squeeze(line): f"a line of {lesson}: {line!r}"
        for lesson in course.lessons()
        for line in secret_lines(lesson, idioms)
    }
    for quiz in quizzes(course):
        secrets |= {_squeeze(text): f"an answer of the quiz of {quiz.week}: {text!r}" for text in secret_texts(quiz)}
    secrets |= {_squeeze(code): f"a part of {name}: {code!r}" for code, name in library_secrets(course).items()}
    faults = []
    for path in sorted(path for path in public.rglob("*") if path.is_file()):
        text = _text_of(path)
        squeezed = _squeeze(text)
        name = path.relative_to(public).as_posix()
        faults += [
            f"{name} gives away {what}. Change the public text, or the secret."
            for secret, what in secrets.items()
            if secret in squeezed
        ]
        faults += [f"{name} still holds the marker {marker!r}." for marker in MARKERS if marker in text]
    return faults


def secret_lines(lesson: Lesson, idioms: str) -> list[str]:
    """The lines of every hidden region that are long enough to say something, without comments.

    A line of a hidden test that stands in a visible check too is no secret: all checks are written in the same few
    idioms (`visible_checks`). A line of a solution is a secret wherever it stands, unless its author has marked it
    with the comment `# shown to students`: the three lines that every training loop has cannot be kept from them.
    """
    secrets = []
    for cell in to_notebook(lesson).cells:
        lines = [line for region in hidden_regions(cell.source) for line in _code_lines(region)]
        if is_grade(cell) and not is_solution(cell):
            lines = [line for line in lines if _squeeze(line) not in idioms]
        secrets += [line for line in lines if len(_squeeze(line)) >= SHORTEST]
    return secrets


def visible_checks(course: Course) -> str:
    """What students may read of the checks of all lessons, without blanks: the idioms that hidden tests share."""
    cells = [cell for lesson in course.lessons() for cell in to_notebook(lesson).cells if is_grade(cell)]
    return "\n".join(_squeeze(visible(cell.source)) for cell in cells)


def library_secrets(course: Course) -> dict[str, str]:
    """Two lines in a row of every body of the reference library, or its only one; with the function's name.

    One line alone is often an idiom that the course uses in public too (`gradient = np.zeros_like(x)`); two in a row
    are somebody's solution.
    """
    secrets = {}
    for name, body in reference_bodies(course):
        lines = [line for line in _code_lines(body) if line]
        for first in range(max(len(lines) - 1, 1)):
            code = "\n".join(lines[first : first + 2])
            if len(_squeeze(code)) >= 2 * SHORTEST:
                secrets[code] = name
    return secrets


def _code_lines(region: str) -> Iterator[str]:
    for line in region.splitlines():
        if not line.rstrip().endswith(SHOWN):
            yield _without_comment(line.strip())


def _without_comment(line: str) -> str:
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(line).readline))
    except (tokenize.TokenError, SyntaxError, IndentationError):
        return line
    comment = next((token for token in tokens if token.type == tokenize.COMMENT), None)
    return line[: comment.start[1]].strip() if comment else line


def _squeeze(text: str) -> str:
    return "".join(text.split())


def _text_of(path: Path) -> str:
    """What a reader can find in a file: all strings of a notebook, or the file as text."""
    raw = path.read_bytes().decode("utf-8", errors="replace")
    if path.suffix != ".ipynb":
        return raw
    return "\n".join(_strings(json.loads(raw)))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        if value and all(isinstance(item, str) for item in value):
            yield "".join(value)
        else:
            for item in value:
                yield from _strings(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)
