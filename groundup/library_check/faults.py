"""What an item ended with, told in a sentence, with the place in the library.

In: an item and the library. Out: the outcome and the message; nothing that a library raises gets past this.
"""

from __future__ import annotations

import linecache
import traceback
from pathlib import Path
from types import FrameType

from groundup.checks.errors import likely_cause
from groundup.library_check.item import Item, Missing, Outcome, Skipped, Wrong
from groundup.library_check.library import ImportedLibrary

LONGEST = 400
"""Characters of an exception's text that are told."""
OUTCOMES: tuple[tuple[type[Exception], Outcome], ...] = (
    (Wrong, "fail"),
    (Missing, "missing"),
    (Skipped, "skipped"),
)


def asked(item: Item, library: ImportedLibrary) -> tuple[Outcome, str]:
    """Ask the item of the library; what came of it, and why."""
    try:
        item.check(library)
    except BaseException as error:
        for kind, outcome in OUTCOMES:
            if isinstance(error, kind):
                return outcome, text_of(error, 4 * LONGEST)
        return _told(error, library)
    return "pass", ""


def text_of(error: BaseException, longest: int = LONGEST) -> str:
    """The text of an exception, at most `longest` characters, whatever its class does."""
    try:
        text = str(error)
    except BaseException as second:
        return f"(its text cannot be read: __str__ raised {type(second).__name__})"
    return text if len(text) <= longest else f"{text[:longest]} ..."


def place(folder: Path, file: str, line: int) -> str:
    """`(layers.py, line 31: `return X`)`, with the file's path inside the package in `folder`."""
    code = linecache.getline(file, line).strip()[:120].replace("`", "'")
    return f"({Path(file).relative_to(folder).as_posix()}, line {line}" + (f": `{code}`)" if code else ")")


def _told(error: BaseException, library: ImportedLibrary) -> tuple[Outcome, str]:
    kind = type(error).__name__
    said = f"{kind}: {text}" if (text := " ".join(text_of(error).split())) else kind
    if isinstance(error, SyntaxError) and (file := str(error.filename)).startswith(str(library.folder)):
        where = place(library.folder, file, error.lineno or 0)
        return "fail", f"This is no Python that can be read: {error.msg} {where}"
    steps = list(traceback.walk_tb(error.__traceback__))
    own = [step for step in steps if Path(step[0].f_code.co_filename).is_relative_to(library.folder)]
    if own:
        frame, line = own[-1]
        name = _name_of(frame)
        if isinstance(error, NotImplementedError):
            return "missing", f"{Path(frame.f_code.co_filename).stem}.{name}"
        why = likely_cause(said, "")
        where = place(library.folder, frame.f_code.co_filename, line)
        return "fail", f"{name} raised {said} {where}" + (f": {why}" if why else "")
    if isinstance(error, AttributeError) and (name := _lacking(error, library)):
        return "missing", name
    frame, line = steps[-1]
    code = linecache.getline(frame.f_code.co_filename, line).strip()[:160].replace("`", "'")
    why = likely_cause(said, "")
    return "fail", f"The check stops at `{code}` with {said}" + (f": {why}" if why else "")


def _name_of(frame: FrameType) -> str:
    """`Dense.forward` for a method of the object's own class, the name of a function otherwise."""
    code = frame.f_code
    if code.co_name == "<module>":
        return f"Importing {Path(code.co_filename).name}"
    own = frame.f_locals.get("self") if code.co_varnames[:1] == ("self",) else None
    return f"{type(own).__name__}.{code.co_name}" if own is not None else code.co_qualname.replace(".<locals>", "")


def _lacking(error: AttributeError, library: ImportedLibrary) -> str:
    """`layers.Dense.backward` where the library's class has no such method; empty for anything else."""
    owner = error.obj if isinstance(error.obj, type) else type(error.obj)
    package, _, module = owner.__module__.partition(".") if isinstance(owner.__module__, str) else ("", "", "")
    return f"{module}.{owner.__name__}.{error.name}" if module and package == library.package_name else ""
