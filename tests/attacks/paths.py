"""Attacks by path and by page: links, pipes and strange names beside a notebook; scripts in what people look at.

In: the student edition. Out: right or wrong answers, with something beside them, or in them, that acts when it is
copied, opened or shown.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from attacks.attack import BOTH, RIGHT, WRONG, Attack, answer, changed, own_cell, text, write
from attacks.harms import copied, page_runs_script, planted

LISTED = "only the notebooks that the course knows are read; no link is followed"
CLEAN = "cleaned HTML, pages without scripts"


def _link_extra(path: Path) -> None:
    (path.parent / "data.csv").symlink_to("/etc/passwd")
    (path.parent / "other").symlink_to(path.parents[4] / "solutions", target_is_directory=True)


def _instead(put: Callable[[Path, Path], object]) -> Callable[[Path], None]:
    """Put something else in the notebook's place; `put` gets the path and the course's root."""

    def place(path: Path) -> None:
        path.unlink()
        put(path, path.parents[4])

    return place


def _pipe(path: Path) -> None:
    os.mkfifo(path.parent / "data.csv")
    os.mkfifo(path.parent / "timestamp.txt")


def _odd(path: Path) -> None:
    for name in (
        "a b'c\"$(touch x);.ipynb",
        "-rf",
        "\u202egnp.ipynb",
        "*",
        "%2e%2e",
        ".hidden.ipynb",
        "x" * 200,
        "new\nline",
    ):
        (path.parent / name).write_text("x", encoding="utf-8")
    os.close(os.open(os.fsencode(path.parent) + b"/\xff\xfe.ipynb", os.O_CREAT | os.O_WRONLY))


def _shadow(path: Path) -> None:
    for name in ("numpy.py", "groundup.py", "json.py", "sitecustomize.py", "usercustomize.py"):
        planting = "from pathlib import Path\nPath('/tmp/groundup-attack').write_text('x')\n"
        (path.parent / name).write_text(planting, encoding="utf-8")
    (path.parent / "ipython_config.py").write_text("c.InteractiveShellApp.exec_lines = ['1/0']\n", encoding="utf-8")


def _files(**files: str) -> Callable[[Path], None]:
    def place(path: Path) -> None:
        for name, content in files.items():
            (path.parent / name.replace("_txt", ".txt")).write_text(content, encoding="utf-8")

    return place


def _case(path: Path) -> None:
    for name in ("01_Perceptron.ipynb", "01_perceptron.IPYNB", "01_perceptron.ipynb.ipynb", "99_lesson.ipynb"):
        (path.parent / name).write_bytes(b"not a notebook")


SHOWS = """
from IPython.display import HTML, Javascript, Markdown, SVG, display
display(HTML("<script>attack(1)</script><img src=x onerror=attack(2)><a href='javascript:attack(3)'>x</a>"))
display(HTML("<iframe srcdoc='<script>attack(4)</script>'></iframe><svg onload=attack(5)></svg>"))
display(Javascript("attack(6)"), Markdown("<img src=x onerror=attack(7)>"), SVG("<svg onload='attack(8)'></svg>"))
display({"text/html": "<script>attack(9)</script>", "text/latex": "$\\\\href{javascript:attack(10)}{x}$"}, raw=True)
print("\\x1b]8;;javascript:attack(11)\\x07x\\x1b]8;;\\x07 \\x1b[31m<script>attack(12)</script>")
class Shown(Exception):
    _render_traceback_ = lambda self: ["\\x1b[0m<script>attack(13)</script>", "</pre><img src=x onerror=attack(14)>"]
Shown.__name__ = "<img src=x onerror=attack(15)>"
raise Shown("<script>attack(16)</script>")
"""

SAYS = """
def spread(X):
    raise type("<img src=x onerror=attack(1)>", (Exception,), {})("</pre><script>attack(2)</script>")
spread.__name__ = "<svg onload=attack(3)>"
"""

PROSE = """
<script>attack(1)</script> <img src=x onerror=attack(2)> [x](javascript:attack(3)) <svg/onload=attack(4)>
<style>body {display: none}</style> <form action="//example"><input name=x></form>
```html
<script>attack(5)</script>
```
"""

WIDGET = {
    "application/vnd.jupyter.widget-state+json": {
        "version_major": 2,
        "version_minor": 0,
        "state": {
            "a": {"model_name": "HTMLModel", "model_module": "x", "state": {"value": "<script>attack(1)</script>"}}
        },
    }
}

WARNS = """
import logging, sys, warnings
def {name}(X):
    warnings.warn("this is old")
    print("careful", file=sys.stderr)
    logging.warning("careful")
    np.log(np.array(-1.0))
    return {value}
"""

PATHS = (
    Attack("symlink_extra", "links beside the notebook that lead to other files", answer(), LISTED, place=_link_extra,
           harm=copied("data.csv"), plain="20 of 20", plain_harm="password file and solutions are copied"),
    Attack("symlink_nb", "a link to the solutions in the notebook's place", changed(lambda notebook: None, WRONG),
           LISTED, place=_instead(lambda path, root: path.symlink_to(root / "solutions/week00/01_perceptron.ipynb")),
           fault="not a plain file", plain="20 of 20", plain_harm="undeserved"),
    Attack("folder_nb", "a folder in the notebook's place", answer(), LISTED, fault="not a plain file",
           place=_instead(lambda path, root: path.mkdir())),
    Attack("fifo_nb", "a pipe in the notebook's place, which would be waited for", answer(), LISTED,
           fault="not a plain file", place=_instead(lambda path, root: os.mkfifo(path))),
    Attack("device_link_nb", "a link to /dev/zero in the notebook's place", answer(), LISTED, fault="not a plain file",
           place=_instead(lambda path, root: path.symlink_to("/dev/zero"))),
    Attack("fifo_extra", "pipes beside the notebook", answer(), LISTED, place=_pipe, plain="no grade",
           plain_harm="no grade at all"),
    Attack("bad_timestamp", "a time of handing in that is no time", answer(), "own reader",
           place=_files(timestamp_txt="yesterday \u2603 \0 99999-99-99"), plain="no grade",
           plain_harm="no grade at all"),
    Attack("odd_names", "files with odd names", answer(), LISTED, place=_odd, plain="20 of 20"),
    Attack("case_names", "files whose names are nearly those of lessons", answer(), LISTED, place=_case),
    Attack("shadow_numpy", "own modules beside the notebook: numpy.py, groundup.py, sitecustomize.py",
           changed(lambda notebook: None, WRONG), "only the notebook goes into the sandbox", BOTH, place=_shadow,
           harm=planted, plain="10 of 20", plain_harm="undeserved"),
    Attack("html_js_ansi", "scripts in outputs and errors", own_cell(SHOWS, RIGHT), CLEAN, harm=page_runs_script,
           plain="20 of 20", plain_harm="script in the feedback"),
    Attack("message_js", "scripts in the names and errors that a check's message quotes", answer(spread=SAYS), CLEAN,
           ("spread",), harm=page_runs_script),
    Attack("markdown_js", "scripts in text cells", lambda notebook: {
        **write(notebook, RIGHT), "cells": [*notebook["cells"], text(PROSE)]}, CLEAN, harm=page_runs_script,
        plain="20 of 20", plain_harm="script in the feedback"),
    Attack("widget_state_js", "scripts in the saved state of widgets", lambda notebook: {
        **write(notebook, RIGHT), "metadata": {**notebook["metadata"], "widgets": WIDGET}}, CLEAN,
        harm=page_runs_script, plain="20 of 20"),
    Attack("stderr_warning", "right answers that warn, an innocent accident", answer(
        spread=WARNS.format(name="spread", value="np.ptp(X, axis=0)"),
        center=WARNS.format(name="center", value="X - X.mean(axis=0)")), "warnings of right answers cost nothing",
        plain="15 of 20", plain_harm="points lost"),
)  # fmt: skip
