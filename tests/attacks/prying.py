"""Attacks that carry the inputs of hidden tests out: a student's function sees them, and nobody may read them later.

In: the student edition. Out: answers that say, show, raise or keep what they were called with; and, in lesson 3,
answers that do the same to the course's real checks.
"""

from __future__ import annotations

from attacks.arena import INPUT, right
from attacks.attack import RIGHT, Attack, Make, answer, own_cell, write

SPREAD = ("spread",)
QUIET = "what a hidden test's call prints, names or raises is not shown"

KEEPS = """
SEEN = []
def spread(X):
    SEEN.append(X.tolist())
    return np.ptp(X, axis=0)
"""
LATER = """
import traceback
print(SEEN)
traceback.print_stack()
raise ValueError(SEEN)
"""

PRINTS = """
import os, sys, warnings
def spread(X):
    print(X.tolist())
    print(X.tolist(), file=sys.stderr)
    os.write(1, str(X.tolist()).encode())
    os.write(2, str(X.tolist()).encode())
    warnings.warn(str(X.tolist()))
    try:
        from IPython.display import display
        display(X)
    except Exception:
        pass
    return np.ptp(X, axis=0)
"""

RAISES = "def spread(X):\n    raise ValueError(str(X.tolist()))"
NAMES = "def spread(X):\n    raise type('Saw ' + str(X.tolist()), (ValueError,), {})('no')"
KNOWN = "def spread(X):\n    raise KeyError('has no attribute', X.tolist())"

RENAMES = """
class Named:
    __name__ = "spread"
    def __call__(self, X):
        spread.__name__ = spread.__qualname__ = "saw " + str(X.tolist())
        return np.ptp(X, axis=0) if len(X) < 4 else np.zeros(X.shape[1])
def spread(X):
    return Named()(X)
"""

LINES = """
import linecache
def spread(X):
    text = "saw " + str(X.tolist())
    linecache.cache["<saw>"] = (len(text), None, [text + "\\n"], "<saw>")
    exec(compile("raise ValueError()", "<saw>", "exec"))
"""

SAYS_WHAT_IT_SAW = "def spread(X):\n    return 'saw ' + str(X.tolist())"
SHAPES = "def spread(X):\n    return type('Saw' + str(X.tolist()), (), {'__repr__': lambda s: str(X.tolist())})()"

RESULT_PARTS = """
def spread(X):
    made = np.zeros(X.shape[1])
    made[0] = X.ravel()[0]
    return made
"""


def _asks(name: str, story: str, source: str, loses: tuple[str, ...] = SPREAD, stops: str = QUIET) -> Attack:
    return Attack(name, story, answer(spread=source), stops, loses, leaks=(INPUT,))


def lesson_3(**answers: str) -> Make:
    """Hand in lesson 3 with these answers, and right ones of the bank to everything else."""
    return lambda notebook: write(notebook, {**right("03_forward_pass"), **answers})


def _real(
    name: str, story: str, source: str, stops: str, loses: tuple[str, ...] = ("mse",), exercise: str = "mse"
) -> Attack:
    return Attack(name, story, lesson_3(**{exercise: source}), stops, loses, lesson="03_forward_pass")


LAZY_MSE = """
class Later:
    __float__ = lambda self: 2.0
    __array__ = lambda self, *given, **named: np.array(2.0)
    __eq__ = lambda self, other: True
def mse(predictions, targets):
    return Later()
"""

VISIBLE_MSE = """
def mse(predictions, targets):
    return 3.75 if predictions.shape == (2, 3) else 1.125
"""

PRYING = (
    Attack("prints_later", "keeps the inputs of hidden tests and prints them at the end",
           own_cell(LATER, {**RIGHT, "spread": KEEPS}, last=True),
           "no output of the student's is shown once a hidden test has run", leaks=(INPUT,)),
    _asks("prints_inputs", "prints the inputs of hidden tests, to every stream", PRINTS, ()),
    _asks("raises_inputs", "puts the inputs into the text of an error", RAISES),
    _asks("names_inputs", "puts the inputs into the name of an error's class", NAMES),
    _asks("raises_known", "puts the inputs into an error that checks explain", KNOWN),
    _asks("renames_itself", "puts the inputs into its own name", RENAMES, ("spread-hidden",)),
    _asks("quotes_inputs", "puts the inputs into the line of code that a message quotes", LINES),
    _asks("returns_inputs", "gives the inputs back as text", SAYS_WHAT_IT_SAW),
    _asks("shows_inputs", "gives an object back whose class and text hold the inputs", SHAPES),
    _asks("returns_parts", "gives a number of the input back", RESULT_PARTS),
    _real("lazy_mse", "lesson 3: an answer that is any number you like", LAZY_MSE, "only plain data is compared"),
    _real("hardcode_mse", "lesson 3: a number by heart for each shape", VISIBLE_MSE, "hidden tests have other inputs",
          ("mse-hidden",)),
    _real("endless_mse", "lesson 3: an endless loop", "def mse(predictions, targets):\n    while True:\n        pass",
          "deadline; the next cells go on"),
    _real("exit_forward", "lesson 3: ends Python in the forward pass",
          "import os\ndef forward(X, params):\n    os._exit(3)", "a new process takes over", ("forward",), "forward"),
)  # fmt: skip
