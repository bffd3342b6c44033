"""Run a student's function the way a check needs it: with a time limit, without noise, errors explained.

In: the function and its arguments. Out: what it returned, or `CheckFailed` with the line that went wrong.
Warnings and stderr are dropped here because nbgrader takes points off a check cell that writes to stderr,
and a right answer must never lose points for a warning.
"""

from __future__ import annotations

import _thread
import contextlib
import io
import linecache
import re
import sysconfig
import threading
import traceback
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

SECONDS = 10.0
"""How long a call may take. Graded calls are written to need under 5 s on a slow laptop."""

COMMON_ERRORS: dict[str, str] = {
    r"'Tensor' object has no attribute '(forward|step|zero_grad)'": "a tensor has no such method. `model(images)` is "
    "the whole forward pass and returns a tensor; `loss.backward()` is the backward pass; `step` and `zero_grad` "
    "belong to the optimizer",
    r"through the graph a second time": "`backward()` ran twice on one loss. Compute the logits and the loss anew in "
    "every round, before `backward()`",
    r"does not require grad": "this loss remembers nothing that learns: it was computed inside `torch.no_grad()`, or "
    "from a copy of the logits (`detach`, `item`, NumPy)",
    r"mat1 and mat2 shapes": "the batch does not fit the layer: its last size must be the layer's number of inputs. "
    "Print both shapes",
    r"must have the same dtype|but found Double": "numbers of two dtypes meet. NumPy makes float64, the layers are "
    "float32: `.float()` turns a tensor into float32",
    r"target dtype|scalar type Long": "cross-entropy wants the labels as whole numbers (int64), and logits as floats: "
    "`.long()` turns a tensor into int64",
    r"not a Module subclass": "a class or a list stands where a layer is wanted. A layer is made with parentheses, "
    "`activation()`, and a list of layers is unpacked with a star, `nn.Sequential(*layers)`",
    r"torch.nn.Parameter or None expected": "a layer's weight must be an `nn.Parameter`: wrap the tensor in one",
    r"leaf Variable that requires grad": "a weight is changed while PyTorch is watching it. Put the change under "
    "`with torch.no_grad():`",
    r"[Cc]an't call numpy\(\) on Tensor that requires grad|tensor.detach\(\)": "this tensor belongs to a graph. "
    "`.detach()` gives its numbers without the graph, `.item()` a single one",
    r"could not infer output dtype": "`mean` does not work on True and False or on whole numbers in PyTorch. "
    "Turn them into floats with `.float()` first, or count with `.sum().item()`",
    r"must be Tensor, not numpy": "a NumPy array stands where a tensor is wanted: `torch.from_numpy(...)` makes one",
    r"size of tensor a .* must match": "two tensors of different shapes meet in one operation. Print both shapes. "
    "PyTorch stores the weights of a layer as (d_out, d_in)",
    r"is not on the expected device|same device": "a batch and the model lie on two devices. Move the batch: "
    "`images.to(device)`",
    r"truth value of an array": "an `if`, `and`, `or`, `max` or `min` looks at a whole array at once. Work entry by "
    "entry: `z >= 0` gives one True or False per entry, `np.where` chooses, `np.maximum` takes the larger",
    r"matmul|not aligned|mismatch in its core dimension": "the two sides of `@` do not fit: the last size of the "
    "left one must equal the first size of the right one. Print both shapes",
    r"could not (be )?broadcast|operands": "two arrays of different shapes meet in one operation. Did a sum or a "
    "maximum lose an axis that `keepdims=True` would keep? Print both shapes",
    r"setting an array element with a sequence|inhomogeneous": "a tuple stands where numbers are wanted. A function "
    "that returns two things needs two names: `w, b = ...`",
    r"Python scalar": "a single number is wanted where there is an array. Pick one entry, or use the whole array",
    r"not iterable|not subscriptable|has no len": "a loop or an index meets a single number. The input can be one "
    "number here, or the code took one too many indices",
    r"does not support item assignment": "one entry of a single number or of a tuple cannot be set. Is this "
    "meant to be an array?",
    r"NoneType": "something you use is None. A function without `return` gives None",
    r"is not defined": "a name is used before it exists: a typing error, or a cell above that has not been run",
    r"index .* out of bounds|out of range": "an index is larger than the array: counting starts at 0, so the last one "
    "is `len(...) - 1`",
    r"read-only": "the code writes into an array it was given. Make a new array instead of changing the old one",
    r"positional argument": "a function got another number of arguments than it takes. Compare the call in that line "
    "with the function's `def` line or description",
    r"unpack": "a tuple or list has another number of parts than the names on the left of `=`",
    r"recursion": "the function calls itself without an end",
    r"math range error": "`math.exp` of a large number: give the exponential an argument that is never positive",
}
"""Texts of common errors (regular expressions) and the sentence that explains each."""


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
    inner = traceback.extract_tb(error.__traceback__)[-1].name
    if inner not in (name, "<module>", "<lambda>"):
        return (
            f"{name} uses {inner}, and {inner} is not written yet.\n  next:      write {inner} first, then come back."
        )
    return f"{name} is not written yet.\n  next:      replace the line `raise NotImplementedError()` by your answer."


def _stopped(shown: str, error: BaseException, hidden: bool) -> str:
    kind = type(error).__name__
    lines = [
        shown,
        f"  you gave:  no answer; your code stopped with {kind}" + ("" if hidden else f": {error}"),
    ]
    where = _line_of_student(error)
    if where:
        lines.append(f"  where:     {where}")
    text = f"{kind}: {error}"
    cause = next((why for pattern, why in COMMON_ERRORS.items() if re.search(pattern, text)), None)
    if cause:
        lines.append(f"  likely:    {cause if cause.endswith('?') else cause + '.'}")
    lines.append("  next:      call your function by hand in a new cell and print what it works with on the way.")
    return "\n".join(lines)


def _line_of_student(error: BaseException) -> str | None:
    """The last line of the student's own code on the way to the error, quoted."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        ours = "site-packages" in frame.filename or frame.filename.startswith(OURS)
        source = linecache.getline(frame.filename, frame.lineno or 0).strip()
        if source and not ours:
            return f"in {frame.name}, line {frame.lineno}: {source}"
    return None
