"""What harm an attack may have done, looked for after grading.

In: the arena and the student who attacked. Out: a sentence that names the harm, or None.
"""

from __future__ import annotations

import json
import re
import sysconfig
from collections.abc import Callable
from pathlib import Path
from typing import Any

import groundup
from attacks.arena import BAIT, WEEK, Arena

Harm = Callable[[Arena, str], str | None]

SCRIPT = re.compile(
    r"<script[^>]*>\s*attack\(|<(?:img|svg|iframe|body)[^>]*\bon(?:error|load)=|href=[\"']?javascript:", re.IGNORECASE
)
"""Markup that would run in the browser of whoever opens the page. Where `<` is written as `&lt;` nothing runs."""
LARGEST_RECORD = 5_000_000
"""Bytes of one autograded notebook: many cells with outputs of 64 KB each stay below."""


def outside_changed(arena: Arena, student: str) -> str | None:
    """The instructor's roster is gone or changed, or something new lies beside it."""
    found = {path.name: path.read_text(encoding="utf-8", errors="replace") for path in arena.outside.iterdir()}
    return None if found == {"roster.csv": BAIT} else f"the instructor's folder now holds {found}"


def heard(name: str) -> Harm:
    """The attack reached the network, or a socket outside."""
    return lambda arena, student: f"'{name}' came in from the sandbox" if name in arena.heard else None


def still_running(arena: Arena, student: str) -> str | None:
    """A process of the attack outlives grading."""
    pids = arena.left_running()
    return f"processes are left: {pids}" if pids else None


def lies_at(*folders: Path | str) -> Harm:
    """A file called `groundup-attack` lies in one of these folders of the machine; it is removed."""

    def harm(arena: Arena, student: str) -> str | None:
        found = [path for folder in folders if (path := Path(folder, "groundup-attack")).exists()]
        for path in found:
            path.unlink()
        return f"the attack wrote {', '.join(map(str, found))}" if found else None

    return harm


planted = lies_at(sysconfig.get_path("purelib"), Path(groundup.__file__).parent, Path.home(), "/tmp", "/var/tmp")
"""Places whose files Python, or the next one who grades, would run."""


def page_runs_script(arena: Arena, student: str) -> str | None:
    """A feedback page holds markup of the student's that runs."""
    for page in pages(arena, student):
        found = SCRIPT.search(page.read_text(encoding="utf-8"))
        if found:
            return f"{page.name} holds {found.group(0)!r}"
    return None


def record_too_large(arena: Arena, student: str) -> str | None:
    """The autograded notebook is larger than the limit on outputs allows."""
    large = [path for path in records(arena, student) if path.stat().st_size > LARGEST_RECORD]
    return f"{large[0].name} has {large[0].stat().st_size / 1e6:.0f} MB" if large else None


def copied(name: str) -> Harm:
    """A file that the student added was copied, or followed, into the records or the feedback."""

    def harm(arena: Arena, student: str) -> str | None:
        steps = [arena.course.root / "grading" / step / student for step in ("autograded", "feedback")]
        found = [path for step in steps for path in step.rglob(name)]
        return f"{found[0]} was taken along" if found else None

    return harm


def records(arena: Arena, student: str) -> list[Path]:
    """The student's autograded notebooks."""
    return sorted((arena.course.root / "grading" / "autograded" / student / WEEK).glob("*.ipynb"))


def pages(arena: Arena, student: str) -> list[Path]:
    """The student's feedback pages."""
    return sorted((arena.course.root / "grading" / "feedback" / student).rglob("*.html"))


def shown(arena: Arena, student: str) -> str:
    """Everything that the attack could have written into: outputs of the records, and whole feedback pages."""
    outputs: list[Any] = []
    for path in records(arena, student):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        outputs += [cell.get("outputs", []) for cell in notebook["cells"]]
    texts = [page.read_text(encoding="utf-8") for page in pages(arena, student)]
    return "\n".join([json.dumps(outputs, ensure_ascii=False), *texts])
