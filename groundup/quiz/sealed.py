"""The packed questions of a week, `groundup/quiz/week00.json`, and what a question is.

In: questions. Out: JSON text that nobody reads an answer from by accident, and the questions again. The packing is
plain base64 and no secret: whoever wants to read the answers can. They are there to learn from.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from textwrap import wrap

LETTERS = "ABCD"
FOLDER = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Option:
    """One answer to choose. `because` says why it is right, or which misconception it shows."""

    text: str
    right: bool
    because: str


@dataclass(frozen=True)
class Question:
    """One question with three or four options, exactly one of them right. `code` and `picture` may be empty."""

    id: str
    text: str
    code: str
    picture: str
    options: tuple[Option, ...]

    @property
    def letters(self) -> str:
        """The letters of the options: `ABC` or `ABCD`."""
        return LETTERS[: len(self.options)]

    @property
    def right(self) -> str:
        """The letter of the right option."""
        return next(letter for letter, option in zip(self.letters, self.options, strict=True) if option.right)


def pack(questions: Sequence[Question], made_from: str) -> str:
    """The text of `weekNN.json`; the same text for the same questions on every system."""
    plain = json.dumps([asdict(question) for question in questions], ensure_ascii=False)
    lines = wrap(base64.b64encode(plain.encode("utf-8")).decode("ascii"), 100)
    content = {
        "made": f"from {made_from} by `groundup build`. Change the source, not this file.",
        "note": "Packed as base64, so that nobody reads an answer by accident. It is no secret.",
        "questions": lines,
    }
    return json.dumps(content, indent=1) + "\n"


def unpack(text: str) -> list[Question]:
    """The questions of a text that `pack` made."""
    plain = base64.b64decode("".join(json.loads(text)["questions"])).decode("utf-8")
    return [
        Question(**{**question, "options": tuple(Option(**option) for option in question["options"])})
        for question in json.loads(plain)
    ]


def questions_of(week: str) -> list[Question]:
    """The questions of `week00`. Raises ValueError when no week of this name has a quiz."""
    weeks = sorted(path.stem for path in FOLDER.glob("week[0-9][0-9].json"))
    if week not in weeks:
        raise ValueError(f"There is no quiz called {week!r}. There are: {', '.join(weeks) or 'none yet'}.")
    return unpack((FOLDER / f"{week}.json").read_text(encoding="utf-8"))
