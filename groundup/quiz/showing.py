"""Questions as HTML and as plain text. No script, no network: radio buttons, labels and a style sheet.

In: the questions of a week. Out: a display in the notebook. HTML for a browser and a screen reader, plain text
without any answers for everything else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from itertools import count

from groundup.quiz.sealed import Option, Question, questions_of
from groundup.quiz.style import CSS

KEYS = "data-lm-suppress-shortcuts"
"""JupyterLab moves from cell to cell with the arrow keys, and with this leaves them to the radio buttons."""

_shows = count(1)
"""Numbers the displays of one run, so that two of them on a page never share an id or a group of radio buttons."""


def show(week: str, number: int | None = None) -> None:
    """Show the quiz of `week00`, or its question `number` alone, as the output of a cell.

    Raises ValueError when there is no such quiz or question.
    """
    from IPython.display import display

    questions = questions_of(week)
    numbers = list(range(1, len(questions) + 1)) if number is None else [number]
    if numbers[0] not in range(1, len(questions) + 1):
        raise ValueError(
            f"The quiz of {week} has the questions 1 to {len(questions)}; there is no question {number!r}."
        )
    chosen = [(each, questions[each - 1]) for each in numbers]
    data = {"text/html": page(chosen, f"{week}-{next(_shows)}"), "text/plain": plain(chosen)}
    display(data, raw=True)  # type: ignore[no-untyped-call]


def page(questions: Iterable[tuple[int, Question]], key: str) -> str:
    """The HTML of numbered questions. `key` begins every id in it: one key for each page it stands on."""
    return "\n".join([CSS, *(_question(number, question, f"gu-{key}") for number, question in questions)])


def plain(questions: Iterable[tuple[int, Question]]) -> str:
    """The questions as text, without a word about the answers."""
    parts = []
    for number, question in questions:
        options = [f"   {letter}  {option.text}" for letter, option in _lettered(question)]
        picture = [f"[{_drawn(question)[1]}]"] if question.picture else []
        parts.append("\n".join([f"{number}. {question.text}", *picture, *question.code.splitlines(), *options]))
    return "\n\n".join(parts)


def inline(text: str) -> str:
    """A sentence as HTML: everything escaped, `code` in backticks marked up, $math$ left to the page."""
    parts = re.split(r"`([^`]+)`", text)
    return "".join(
        f'<code class="gu-code">{escape(part)}</code>' if place % 2 else escape(part)
        for place, part in enumerate(parts)
    )


def _question(number: int, question: Question, key: str) -> str:
    group = f"{key}-{question.id}"
    heading = f'<span class="gu-number">Question {number}</span> {inline(question.text)}'
    lines = ['<div class="gu-quiz tex2jax_process"><fieldset>', f"<legend>{heading}</legend>"]
    if question.picture:
        lines.append(f'<div class="gu-picture">{_drawn(question)[0]}</div>')
    if question.code:
        lines.append(f'<pre class="gu-block" tabindex="0"><code>{escape(question.code.rstrip())}</code></pre>')
    for letter, option in _lettered(question):
        place, kind, verdict = f"{group}-{letter}", *(("right", "Right.") if option.right else ("wrong", "Not quite."))
        lines.append(
            f'<div class="gu-option"><input type="radio" name="{group}" id="{place}" {KEYS}>'
            f'<label for="{place}"><span class="gu-letter">{letter}</span> <span>{inline(option.text)}</span></label>'
            f'<div class="gu-said" aria-live="polite"><p class="gu-because gu-{kind}">'
            f"<strong>{verdict}</strong> {inline(option.because)}</p></div></div>"
        )
    return "\n".join([*lines, "</fieldset></div>"])


def _lettered(question: Question) -> Iterable[tuple[str, Option]]:
    return zip(question.letters, question.options, strict=True)


def _drawn(question: Question) -> tuple[str, str]:
    """The picture of a question as HTML, and its alt text."""
    from groundup.quiz.pictures import PICTURES  # matplotlib takes a second to load, and few questions need it

    picture = PICTURES[question.picture]()
    return picture.html(), picture.alt
