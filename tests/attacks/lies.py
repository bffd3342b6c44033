"""Answers that lie: objects, arrays and errors that are not what they claim, and values without an end.

In: the student edition. Out: an answer to `spread` that deserves nothing, and a right one to `center`.
"""

from __future__ import annotations

from attacks.attack import BOTH, RIGHT, WRONG, Attack, answer, own_cell
from attacks.marks import YES

SPREAD = ("spread",)
PLAIN = "only plain data crosses; an object stays where it is and equals nothing"
ERRORS = "an error crosses as a name and a text"
DEADLINE = "deadline for each cell; then the process is ended and the next cells go on"

UNPICKLED = "unpickled=yes"
"""What an object prints when somebody loads a pickle of it."""

LIAR = """
class Liar:
    @property
    def __class__(self):
        return np.ndarray
    shape, ndim, dtype, size = (2,), 1, np.dtype(float), 2
    __array_interface__ = property(lambda self: {"shape": (2,), "typestr": "<f8", "version": 3, "data": (1, False)})
    __len__ = __index__ = __int__ = lambda self: 2
    __float__ = lambda self: 3.0
    __eq__ = __bool__ = lambda self, *other: True
    __array__ = lambda self, *given, **named: self
    __array_ufunc__ = __array_function__ = lambda self, *given, **named: True
    __reduce__ = lambda self: (print, ("unpickled" + "=yes",))
    tobytes = lambda self, *given: b""
"""

SHORT = """
class Short(np.ndarray):
    shape = property(lambda self: (2,))
    nbytes = size = property(lambda self: 10**9)
    tobytes = lambda self, *given: b"\\x00" * 3
    tolist = ravel = lambda self: self
"""

EVER = """
class Ever(list):
    __len__ = lambda self: 2**62
    def __iter__(self):
        while True:
            yield 3.0
    __getitem__ = lambda self, place: 3.0
class Shadow(dict):
    items = keys = __iter__ = lambda self: iter(lambda: 1, 2)
"""

OWN_NUMBERS = """
class F(float):
    __eq__ = __le__ = lambda self, other: True
    __sub__ = __rsub__ = lambda self, other: 0.0
class A(np.ndarray):
    __eq__ = lambda self, other: True
    __array_ufunc__ = lambda self, *given, **named: True
def spread(X):
    return [F(1.0)] * X.shape[1] if len(X) > 4 else np.zeros(X.shape[1]).view(A)
"""

FAILED = """
class CheckFailed(AssertionError):
    def _render_traceback_(self):
        return ["5 of 5 points"]
"""

UNSHOWN = """
class Unshown(Exception):
    __str__ = __repr__ = lambda self: 1 / 0
    args = property(lambda self: 1 / 0)
    __traceback__ = __cause__ = property(lambda self: 1 / 0)
class Meta(type):
    __name__ = property(lambda cls: 1 / 0)
    __module__ = property(lambda cls: 1 / 0)
class Nameless(Exception, metaclass=Meta):
    pass
"""

MEMORY = """
import threading, time
def spread(X):
    made = np.ptp(X, axis=0)
    def later():
        for _ in range(1000):
            X[...] = 0.0
            time.sleep(0.001)
    threading.Thread(target=later, daemon=True).start()
    return made
"""

RESULT = """
import threading
def spread(X):
    made = np.zeros(X.shape[1])
    def later():
        while True:
            made[...] = np.random.rand(len(made)) * 9
    threading.Thread(target=later, daemon=True).start()
    return made
"""


def _returns(name: str, story: str, value: str, before: str = "", stops: str = PLAIN) -> Attack:
    made = answer(spread=f"{before}\ndef spread(X):\n    return {value}\n")
    return Attack(name, story, made, stops, SPREAD, leaks=(UNPICKLED,))


def _raises(name: str, story: str, what: str, before: str = "") -> Attack:
    return Attack(name, story, answer(spread=f"{before}\ndef spread(X):\n    raise {what}\n"), ERRORS, SPREAD)


LIES = (
    _returns("liar", "an object that claims to be an array, a number, and equal", "Liar()", LIAR),
    _returns("short_array", "an array whose shape, size and bytes do not fit", "np.zeros(2).view(Short)", SHORT),
    _returns("nested_yes", "an object equal to everything, inside lists, tuples and dictionaries",
             "[(Yes(), Yes()), {'a': Yes()}]", YES),
    _returns("object_array", "an array of objects that are equal to everything",
             "np.array([Yes() for _ in range(X.shape[1])] + [None], dtype=object)[:-1]", YES),
    _returns("nan", "NaN, infinity and a masked array", "np.ma.masked_all(X.shape[1]) if len(X) > 5 else X[0] * np.nan",
             stops="NaN equals nothing"),
    _returns("recursive_list", "a list that contains itself", "made", "made = [1.0]\nmade.append(made)"),
    _returns("deep_list", "a list nested 100,000 deep", "made",
             "made = []\nfor _ in range(100000):\n    made = [made]", "limit on depth"),
    _returns("huge_integer", "a number of a billion digits", "1 << 3_400_000_000", stops="limit on size"),
    _returns("surrogates", "text with lone surrogates, zero bytes and terminal codes",
             "'\\ud800\\x00\\x1b]0;owned\\x07' * 9", stops="text crosses as ASCII"),
    _returns("endless_generator", "a generator that never ends", "(x for x in iter(int, 1))"),
    _returns("endless_list", "a list with 2**62 entries, and a dictionary without an end",
             "[Ever([1.0]), Shadow()]", EVER),
    _returns("million_parts", "a list with five million parts", "[0.0] * 5_000_000", stops="limit on size"),
    _returns("gigabyte", "an array of 0.9 GB", "np.zeros(110_000_000)", stops="limit on size"),
    _returns("module", "a module, a class, a lock, a file and a frame",
             "[np, type, threading.Lock(), open('/dev/null'), sys._getframe()]", "import sys, threading"),
    _returns("function_answer", "a function that would be called for the answer", "lambda *given: np.ptp(X, axis=0)"),
    _raises("own_check_failed", "an error called CheckFailed that shows points", "CheckFailed('5 of 5')", FAILED),
    _raises("keyboard_interrupt", "KeyboardInterrupt, as if the time limit had struck", "KeyboardInterrupt()"),
    _raises("generator_exit", "GeneratorExit, which `except Exception` lets through", "GeneratorExit()"),
    _raises("stop_iteration", "StopIteration, which ends loops silently", "StopIteration(5.0)"),
    _raises("error_group", "a group of errors nested 500 deep", "made",
            "made = ValueError()\nfor _ in range(500):\n    made = ExceptionGroup('x', [made])"),
    _raises("unshown_error", "an error whose text, name and traceback raise errors",
            "Unshown() if len(X) > 4 else Nameless()", UNSHOWN),
    _raises("long_error", "an error whose text has 200 MB", "ValueError('x' * 200_000_000)"),
    Attack("system_exit_in_func", "ends Python in place of an answer",
           answer(spread="def spread(X):\n    raise SystemExit(0)", center="def center(X):\n    raise SystemExit"),
           ERRORS, BOTH, plain="0"),
    Attack("slow_repr", "shows an object whose text never ends", own_cell(
        "class Slow:\n    def __repr__(self):\n        while True:\n            pass\nSlow()", RIGHT), DEADLINE),
    Attack("same_memory", "writes the answer into its argument and gives that back",
           answer(center="def center(X):\n    X -= X.mean(axis=0)\n    return X"),
           "what a call changes in its arguments is carried back", ("center-check",)),
    Attack("changes_later", "a thread changes the argument after the answer", answer(spread=MEMORY),
           "arguments are copies; later changes reach nobody", may_lose=("spread-check",)),
    Attack("answer_changes_later", "a thread changes the answer until it fits", answer(spread=RESULT),
           "the answer is a copy", SPREAD),
    Attack("lying_float", "floats and arrays of own classes that compare and convert as they like",
           answer(spread=OWN_NUMBERS, center=WRONG["center"]), PLAIN, BOTH),
)  # fmt: skip
