"""Tiny libraries that do what a library should not: each a change of one that is right, and what has to be said of it.

A row: the module that is written anew, its code (`RETURN` stands for the line that doubles), the item concerned, its
outcome, words of its message.
"""

from __future__ import annotations

from pathlib import Path

TWICE = """
import numpy as np

class Twice:
    def forward(self, X):
        return 2 * X
"""
GOOD = {
    "__init__": "",
    "layers": TWICE,
    "metrics": "def accuracy(outputs, y):\n    return float((outputs == y).mean())\n",
}


def doing(*lines: str) -> str:
    """`Twice` that runs these lines before it returns."""
    return TWICE.replace("return 2 * X", "\n        ".join([*lines, "return 2 * X"]))


Fault = tuple[str, str, str, str, str]
HOSTILE: dict[str, Fault] = {
    "an endless loop": (
        "layers", doing("while True: pass"), "Twice.values", "fail",
        "No end within 2 s, in Twice.forward (layers.py, line 6: `while True: pass`)",
    ),
    "an endless loop that prints": ("layers", doing("while True: print('x' * 99)"), "Twice.values", "fail", "No end"),
    "an end of Python": ("layers", doing("import os; os._exit(3)"), "Twice.values", "fail", "exit code 3"),
    "an end that looks well": ("layers", doing("import os; os._exit(0)"), "Twice.values", "fail", "exit code 0"),
    "a crash of Python": (
        "layers", doing("import ctypes; ctypes.string_at(0)"), "Twice.values", "fail", "crashed, in Twice.forward",
    ),
    "more memory than there is": ("layers", doing("np.empty(10**15)"), "Twice.values", "fail", "Twice.forward raised"),
    "an index that is none": (
        "layers", doing("return X[0, 1, 2]"), "Twice.values", "fail",
        "Twice.forward raised IndexError: too many indices",
    ),
    "a call of itself": ("layers", doing("return self.forward(X)"), "Twice.values", "fail", "RecursionError"),
    "an exit": ("layers", doing("raise SystemExit(0)"), "Twice.values", "fail", "Twice.forward raised SystemExit: 0"),
    "an interrupt": ("layers", doing("raise KeyboardInterrupt"), "Twice.values", "fail", "raised KeyboardInterrupt"),
    "an exception without a text": (
        "layers", doing("class E(BaseException):", "    def __str__(self): raise E", "raise E"), "Twice.values", "fail",
        "its text cannot be read",
    ),
    "None": ("layers", TWICE.replace("return ", ""), "Twice.values", "fail", "a function without `return`"),
    "a function for a class": ("layers", "def Twice(): pass", "Twice", "fail", "layers.Twice is of type function"),
    "a number for a function": ("metrics", "accuracy = 1.0", "accuracy", "fail", "should be a function"),
    "a method that is not there": ("layers", "class Twice: pass", "Twice.values", "missing", "layers.Twice.forward"),
    "a method not written": (
        "layers", doing("raise NotImplementedError('later')"), "Twice.values", "missing", "layers.Twice.forward",
    ),
    "a class that is not there": ("layers", "", "Twice", "missing", "layers.Twice"),
    "an argument too few": (
        "layers", TWICE.replace("(self, X)", "(self)"), "Twice.values", "fail", "takes 1 positional argument",
    ),
    "an import of what is not there": (
        "layers", "import nothing_of_that_name", "package.layers", "fail", "No module named 'nothing_of_that_name'",
    ),
    "what is no Python": ("layers", "def f(:", "package.layers", "fail", "(layers.py, line 1: `def f(:`)"),
    "what is no text": ("layers", "x = '\x00'", "package.layers", "fail", "null bytes"),
    "an exit at import": (
        "layers", "raise SystemExit", "package.layers", "fail", "Importing layers.py raised SystemExit",
    ),
    "an import that has no end": (
        "layers", "while True: pass", "package.layers", "fail", "in the import of layers.py",
    ),
    "a package that cannot be imported": (
        "__init__", "from my_nn_library.layers import Thrice", "package", "fail", "cannot import name 'Thrice'",
    ),
    "a print": (
        "layers", doing("print('shape', X.shape)"), "manners.silence", "fail", "'shape (2, 3)', in Twice.values",
    ),
    "a print at import": (
        "metrics", "print('hello')\n" + GOOD["metrics"], "manners.silence", "fail", "'hello', in package.metrics",
    ),
    "a print past Python": ("layers", doing("import os; os.write(1, b'raw')"), "manners.silence", "fail", "'raw'"),
    "codes for the terminal": ("layers", doing("print('\\x1b[31mred\\x07')"), "manners.silence", "fail", "'red�'"),
    "a flood": ("layers", doing("print('x' * 10**6)"), "manners.silence", "fail", "xxx"),
    "a warning of NumPy": (
        "layers", doing("np.exp(1000 * X)"), "manners.silence", "fail",
        "RuntimeWarning: overflow encountered in exp (layers.py, line 6)",
    ),
    "an error state for everybody": (
        "layers", doing("np.seterr(all='ignore')"), "manners.globals", "fail", "np.errstate",
    ),
    "random numbers of everybody": ("layers", doing("np.random.rand()"), "manners.globals", "fail", "NumPy's global"),
    "a seed for everybody": (
        "metrics", "import numpy\nnumpy.random.seed(1)\n" + GOOD["metrics"], "manners.globals", "fail",
        "In package.metrics the library draws from NumPy's global random numbers",
    ),
    "streams that are closed": (
        "layers", doing("import os, sys; sys.stdout.close(); sys.stderr = None; os.close(1); os.close(2)"),
        "Twice.values", "pass", "",
    ),
    "a question to the user": ("layers", doing("input()"), "Twice.values", "fail", "EOFError"),
    "a thread that goes on": (
        "layers", doing("import threading, time", "threading.Thread(target=time.sleep, args=(60,)).start()"),
        "Twice.values", "pass", "",
    ),
}  # fmt: skip
"""By what is wrong with them."""


def write_library(root: Path, name: str = "my_nn_library", **modules: str) -> Path:
    """The right library in a project folder `root`, but for `modules`; returns `root`."""
    package = root / name
    package.mkdir(parents=True)
    (root / "pyproject.toml").write_text(f'[project]\nname = "{name}"\nversion = "1"\n', encoding="utf-8")
    for module, code in {**GOOD, **modules}.items():
        (package / f"{module}.py").write_text(code, encoding="utf-8")
    return root
