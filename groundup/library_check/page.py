"""The report as one page: no script, nothing loaded, light and dark, legible on paper.

In: a report. Out: an HTML file.
"""

from __future__ import annotations

import base64
import hashlib
from datetime import datetime
from pathlib import Path
from typing import Any

from groundup.library_check.report import Report, legible

HERE = Path(__file__).parent
SIGNS = {"pass": "✓ passes", "fail": "✗ fails", "missing": "○ missing", "skipped": "– not asked"}
"""Each outcome with a sign and a word: color alone says nothing."""


def write_page(report: Report, target: Path) -> None:
    """Write the report as UTF-8 to `target`. Raises OSError when that cannot be written."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup, escape

    def printed(value: Any) -> Any:
        return legible(value) if type(value) is str else value

    def code(text: str) -> Markup:
        pieces = legible(text).split("`")
        if len(pieces) % 2 == 0:  # a backtick without its partner
            return escape(text)
        marked = [Markup("<code>{}</code>").format(piece) if i % 2 else escape(piece) for i, piece in enumerate(pieces)]
        return Markup("").join(marked)

    style = (HERE / "page.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    made = Environment(
        loader=FileSystemLoader(HERE, encoding="utf-8"), autoescape=True, undefined=StrictUndefined,
        finalize=printed, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.filters["code"] = code
    text = made.get_template("page.html.j2").render(
        report=report,
        signs=SIGNS,
        total=report.counts(),
        stretch=report.counts(stretch=True),
        day=f"{datetime.now():%Y-%m-%d %H:%M}",
        style=Markup(style),  # our own file, whose hash the policy names
        policy=f"default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; style-src 'sha256-{digest}'",
    )
    target.write_text(text, encoding="utf-8", newline="\n")
