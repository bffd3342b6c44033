"""Text of strangers, made fit for a page: nothing in it can hide, turn the line around, or be endless.

In: anything that stands in a notebook's JSON. Out: plain text; escaping it is the template's job.
"""

from __future__ import annotations

import re
from typing import Any

LONGEST = 8_000
"""Characters of one text that a page shows."""
TERMINAL = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]?|[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?|[ -/]*[0-~]?)|\x9b[0-?]*[ -/]*[@-~]?"
)
"""Codes that color or move things in a terminal; a page shows the text without them."""
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ud800-\udfff\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]"
)
"""Control characters, those that turn the reading direction, those without width, halves of characters."""


def legible(text: str) -> str:
    """The text with terminal codes gone and every character that nobody could see written out."""
    if text.isascii() and text.isprintable():
        return text
    text = TERMINAL.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    return UNSEEN.sub(lambda found: _written_out(found[0]), text)


def _written_out(character: str) -> str:
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else f"⟨U+{code:04X}⟩"


def cut(text: str, longest: int = LONGEST) -> str:
    """At most `longest` characters of the text, and a note where something was left out."""
    if len(text) <= longest:
        return text
    return f"{text[:longest]}\n[… cut here: {len(text) - longest:,} more characters]"


def joined(value: Any) -> str:
    """A text of a notebook, whether the file holds it whole or line by line; empty for anything else."""
    if isinstance(value, list):
        value = "".join(part for part in value if isinstance(part, str))
    return value if isinstance(value, str) else ""
