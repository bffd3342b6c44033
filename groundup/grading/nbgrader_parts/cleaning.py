"""Keep what strangers wrote from running in a browser: in nbgrader's feedback, and in its formgrader.

In: Markdown and outputs of a submission. Out: the same as text, with the HTML that Markdown needs and no other.
`SanitizeFeedback` cleans notebooks for feedback, `clean_markdown` all Markdown; nbgrader_config.py names both.
"""

from __future__ import annotations

import re
from typing import Any

import bleach  # type: ignore[import-untyped]
from jinja2 import pass_context
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import from_dict
from nbgrader.preprocessors import NbGraderPreprocessor

from groundup.grading.reporting.legible import joined, legible
from groundup.selfcheck.reading import grade_id, marks

TAGS = [
    "a", "abbr", "b", "blockquote", "br", "code", "dd", "del", "details", "div", "dl", "dt", "em", "h1", "h2", "h3",
    "h4", "h5", "h6", "hr", "i", "img", "kbd", "li", "mark", "ol", "p", "pre", "s", "small", "span", "strong", "sub",
    "summary", "sup", "table", "tbody", "td", "th", "thead", "tr", "u", "ul",
]  # fmt: skip
LINK = re.compile(r"(https?://|mailto:|#)", re.IGNORECASE)
PICTURE = re.compile(r"data:image/(png|jpeg|gif);base64,[A-Za-z0-9+/=\s]*")
CLASS = re.compile(r"\s*(highlight( hl-[a-z0-9]+)?|anchor-link|[a-z][a-z0-9]{0,2})")
"""Classes that color code; others could lay a student's text over the page."""
PICTURES = ("image/png", "image/jpeg")


def _allowed(tag: str, name: str, value: str) -> bool:
    """Whether a tag may have this attribute."""
    if name == "href":
        return tag == "a" and LINK.match(value) is not None
    if name == "src":
        return tag == "img" and PICTURE.fullmatch(value) is not None
    if name == "class":
        return CLASS.fullmatch(value) is not None
    return name in ("alt", "title", "open") or (name == "id" and re.fullmatch(r"h[1-6]", tag) is not None)


@pass_context
def clean_markdown(context: Any, text: str) -> str:
    """A filter for templates of nbconvert: Markdown to HTML without scripts, styles, forms and foreign pictures."""
    attached = context.get("cell", {}).get("attachments", {})
    html = MarkdownWithMath(renderer=IPythonRenderer(escape=False, attachments=attached)).render(text)
    cleaned: str = bleach.clean(
        html, tags=TAGS, attributes=_allowed, protocols={"http", "https", "mailto", "data"}, strip_comments=True
    )
    return cleaned


class SanitizeFeedback(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader ships no types
    """Leave text and pictures of a notebook's outputs, and of its metadata what nbgrader itself put there."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Called by nbconvert for each notebook; the state of widgets, for one, would go into the page as it is."""
        nb.metadata = from_dict({})
        cleaned: tuple[Any, Any] = super().preprocess(nb, resources)
        return cleaned

    def preprocess_cell(self, cell: Any, resources: Any, index: int) -> tuple[Any, Any]:
        """Called by nbconvert for each cell."""
        kept = re.fullmatch(r"[A-Za-z0-9_-]+", grade_id(cell) or "")
        cell.metadata = from_dict({"nbgrader": marks(cell)} if kept else {})
        if cell.cell_type == "code":
            cell.outputs = [from_dict(clean) for output in cell.outputs if (clean := _clean(output))]
        return cell, resources


def _clean(output: Any) -> dict[str, Any] | None:
    """An output with nothing in it but text and pictures; None for one that has neither."""
    kind = output.get("output_type")
    if kind == "stream":
        name = "stderr" if output.get("name") == "stderr" else "stdout"
        return {"output_type": kind, "name": name, "text": legible(joined(output.get("text")))}
    if kind == "error":
        lines = [legible(joined(line)) for line in output.get("traceback", [])]
        ename, evalue = (legible(joined(output.get(key))) for key in ("ename", "evalue"))
        return {"output_type": kind, "ename": ename, "evalue": evalue, "traceback": lines}
    data = {key: joined(value) for key, value in output.get("data", {}).items() if key in ("text/plain", *PICTURES)}
    pictures = {key: value for key, value in data.items() if re.fullmatch(r"[A-Za-z0-9+/=\s]+", value)}
    shown = {key: pictures[key] for key in PICTURES if key in pictures}
    shown = shown or {key: legible(data[key]) for key in ("text/plain",) if key in data}
    # Metadata stays behind: templates put the width of a picture into the page as it is.
    return {"output_type": "display_data", "data": shown, "metadata": {}} if shown else None
