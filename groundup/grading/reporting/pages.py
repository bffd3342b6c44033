"""Pages: one set of templates, one style sheet, one strict rule for what a browser may do.

In: the name of a template and plain data. Out: an HTML file that runs no script and loads nothing.
"""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from groundup.grading.reporting.legible import cut, legible

HERE = Path(__file__).parent
STYLE = (HERE / "page.css").read_text(encoding="utf-8")
POLICY = (
    "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; "
    f"style-src 'sha256-{base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()}'"
)
"""Nothing runs and nothing is loaded, whatever stands in a student's notebook; only our own style sheet counts."""


def _printed(value: Any) -> Any:
    # Called for everything a template prints, so that no text of a stranger is forgotten.
    return legible(value) if type(value) is str else value


def _number(value: float | None, digits: int = 1) -> str:
    """A number as people write it: 3, 2.5, – where there is none."""
    return "–" if value is None else f"{round(value, digits) + 0.0:g}".replace("-", "\u2212")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _code(text: str) -> Markup:
    """The text with what stands between two backticks as code."""
    pieces = legible(text).split("`")
    if len(pieces) % 2 == 0:
        return escape("`".join(pieces))
    return Markup("").join(Markup("<code>{}</code>").format(p) if i % 2 else escape(p) for i, p in enumerate(pieces))


def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(HERE, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_printed,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(style=Markup(STYLE), policy=POLICY)  # our own file, whose hash the policy names
    made.filters.update(number=_number, cut=cut, count=_count, code=_code)
    return made


ENVIRONMENT = _environment()


def write_page(template: str, target: Path, **data: Any) -> Path:
    """Fill `template`, write it as UTF-8 to `target`, and return that path."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(ENVIRONMENT.get_template(template).render(**data), encoding="utf-8", newline="\n")
    return target
