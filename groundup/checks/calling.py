"""Run a student's function the way a check needs it: with a time limit, without noise, errors explained.

In: the function and its arguments. Out: what it returned, or `CheckFailed` with the line that went wrong.
Warnings and stderr are dropped here because nbgrader takes points off a check cell that writes to stderr,
and a right answer must never lose points for a warning.
"""

from __future__ import annotations

import _thread
import builtins
import contextlib
import inspect
import io
import linecache
import sysconfig
import threading
import traceback
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from groundup.checks.errors import likely_cause

SECONDS = 10.0
"""How long a call may take. Graded calls are written to need under 5 s on a slow laptop."""

OURS = (str(Path(__file__).parent), sysconfig.get_path("stdlib"))
"""Where code lies that is not the student's."""


class CheckFailed(AssertionError):
    """An answer that is not right yet. The text says what was given, what was wanted, why, and what to do next."""

    def _render_traceback_(self) -> list[str]:
        # IPython shows this instead of a traceback: the message is all a student needs, and no line of the check
        # itself (which may hold hidden tests) reaches the output.
        return str(self).splitlines()


class _TookTooLong(Exception):
    pass


def run(function: Callable[..., Any], args: tuple[Any, ...], shown: str, hidden: bool) -> Any:
    """Call `function(*args)` for a check and return what it returns.

    `shown` describes the call in messages. With `hidden`, the text of an error stays out of the message, because
    it may hold the inputs. Raises CheckFailed when the function is not written, fails, or does not come back.
    """
    try:
        with warnings.catch_warnings(), contextlib.redirect_stderr(io.StringIO()):
            warnings.simplefilter("ignore")
            return _with_time_limit(function, args)
    except CheckFailed:
        raise
    except _TookTooLong:
        raise CheckFailed(
            f"{shown}\n  you gave:  no answer within {SECONDS:.0f} seconds\n"
            "  likely:    a loop that never ends. What makes it stop, and does that ever come true?\n"
            "  next:      print the loop's counter, or try it by hand with two rows."
        ) from None
    except NotImplementedError as error:
        # The stub's error has no text. PyTorch raises this kind too, for `mean` of True and False, and says why.
        told = _stopped(shown, error, hidden) if str(error) else _not_written(function, error)
        raise CheckFailed(told) from None
    except Exception as error:
        raise CheckFailed(_stopped(shown, error, hidden)) from None


def _with_time_limit(function: Callable[..., Any], args: tuple[Any, ...]) -> Any:
    if threading.current_thread() is not threading.main_thread():
        return function(*args)
    lock = threading.Lock()
    state = {"finished": False, "late": False}

    def interrupt() -> None:
        with lock:
            if not state["finished"]:
                state["late"] = True
                _thread.interrupt_main()  # works on Windows too, where there is no alarm signal

    timer = threading.Timer(SECONDS, interrupt)
    timer.daemon = True
    timer.start()
    try:
        return function(*args)
    except KeyboardInterrupt:
        if state["late"]:
            raise _TookTooLong from None
        raise
    finally:
        with lock:
            state["finished"] = True
        timer.cancel()


def _not_written(function: Callable[..., Any], error: BaseException) -> str:
    name = getattr(function, "__name__", "your function")
    place = place_of_student(error)
    inner = place[0] if place else name
    if inner not in (name, "<module>", "<lambda>"):
        return (
            f"{name} uses {inner}, and {inner} is not written yet.\n  next:      write {inner} first, then come back."
        )
    return (
        f"{name} is not written yet.\n  next:      replace the line `raise NotImplementedError()` by your answer. "
        "If your answer stands there already, delete that line."
    )


def _stopped(shown: str, error: BaseException, hidden: bool) -> str:
    kind = type(error).__name__
    if hidden and not hasattr(builtins, kind):  # whoever names an error can write an input into its name
        kind = "an error"
    lines = [
        shown,
        f"  you gave:  no answer; your code stopped with {kind}" + ("" if hidden else f": {error}"),
    ]
    place = place_of_student(error)
    if place:
        name, line, quoted, _ = place
        lines.append(f"  where:     in {name}, line {line}: {quoted}")
    cause = likely_cause(f"{kind}: {error}", place[3] if place else "")
    if cause:
        lines.append(f"  likely:    {cause if cause.endswith('?') else cause + '.'}")
    lines.append("  next:      call your function by hand in a new cell and print what it works with on the way.")
    return "\n".join(lines)


def place_of_student(error: BaseException) -> tuple[str, int, str, str] | None:
    """The last place in the student's own code on the way to the error: function, line, that line, all its code.

    An error that comes from another process (when the course is graded) says so itself, as `student_place`.
    """
    told: tuple[str, int, str, str] | None = getattr(error, "student_place", None)
    if told:
        return told
    for frame, line in reversed(list(traceback.walk_tb(error.__traceback__))):
        file = frame.f_code.co_filename
        quoted = linecache.getline(file, line).strip()
        if quoted and "site-packages" not in file and not file.startswith(OURS):
            try:
                code = inspect.getsource(frame.f_code)
            except (OSError, TypeError):  # code without a file
                code = quoted
            return frame.f_code.co_name, line, quoted, code
    return None
