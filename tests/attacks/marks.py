"""Attacks on the marks: change what tests compare with, read the answer off the grader, show points of one's own.

In: the student edition. Out: mostly wrong answers, and a cell that would make them pass where tests run beside it.
"""

from __future__ import annotations

from attacks.attack import BOTH, RIGHT, WRONG, Attack, answer, cheat, own_cell
from attacks.harms import outside_changed

SPLIT = "tests run in a process of their own"

PATCH_NUMPY = """
import numpy as np, numpy.testing
for name in dir(numpy.testing):
    if name.startswith("assert"):
        setattr(numpy.testing, name, lambda *given, **named: None)
np.allclose = np.array_equal = np.all = np.isclose = lambda *given, **named: True
"""

PATCH_CHECKS = """
import groundup.checks, groundup.checks.expectation as expectation, groundup.checks.comparing as comparing
for name in ("of", "equals", "satisfies", "has_shape", "leaves_arguments_unchanged", "_fail"):
    setattr(expectation.Expectation, name, lambda self, *given, **named: self)
expectation.same = comparing.same = lambda *given, **named: True
class Silent(AssertionError):
    def __new__(cls, *given):
        raise StopIteration
groundup.checks.CheckFailed = expectation.CheckFailed = Silent
"""

YES = """
class Shape:
    __eq__ = lambda self, other: True
    __ne__ = lambda self, other: False
class Kind:
    kind = "f"
class Yes:
    dtype, shape, ndim, size = Kind(), Shape(), 2, 1
    __eq__ = __le__ = __ge__ = __bool__ = lambda self, *other: True
    __ne__ = lambda self, other: False
    __sub__ = __rsub__ = lambda self, other: 0.0
    detach = cpu = numpy = lambda self: self
    astype = lambda self, kind: self
    def __call__(self, *given, **named):
        return self
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self
"""

FRAMES = """
import sys
class Later:
    def detach(self):
        frame = sys._getframe()
        while frame is not None:
            for name in ("want", "wanted", "_wanted"):
                if name in frame.f_locals:
                    return type("Found", (), {"cpu": lambda s: s, "numpy": lambda s: frame.f_locals[name]})()
            frame = frame.f_back
        raise LookupError("nothing to be found")
def spread(X):
    return Later()
center = spread
"""

SHELL = "\nshell = get_ipython()\n"

AST = f"""{SHELL}
import ast
class Drop(ast.NodeTransformer):
    def visit_Expr(self, node):
        return ast.Expr(ast.Constant(None)) if "expect" in ast.dump(node) else node
    def visit_Assert(self, node):
        return ast.Pass()
shell.ast_transformers.append(Drop())
"""

RUN_CELL = f"""{SHELL}
from IPython.core.interactiveshell import ExecutionResult, ExecutionInfo
def run(*given, **named):
    return ExecutionResult(ExecutionInfo("", False, False, False, None))
shell.run_cell = shell.run_code = shell.run_ast_nodes = run
type(shell).run_cell = type(shell).run_cell_async = run
"""

ZMQ = f"""{SHELL}
kernel = shell.kernel
content = {{"status": "ok", "execution_count": 1, "payload": [], "user_expressions": {{}}}}
kernel.do_execute = lambda *given, **named: content
kernel.session.send(kernel.iopub_socket, "execute_result", {{"data": {{"text/plain": "5"}}, "metadata": {{}}}})
kernel.send_response = lambda *given, **named: None
"""

DISPLAY = """
import sys, builtins
sys.displayhook = lambda value: print(5.0)
sys.excepthook = lambda *given: print(5.0)
try:
    get_ipython().display_formatter.format = lambda value, *given, **named: ({"text/plain": "5.0"}, {})
except NameError:
    pass
builtins.repr = builtins.str = lambda *value: "5.0"
5.0
"""

HISTORY = """
import json
seen = json.dumps([list(globals().get("In", [])), list(globals().get("_ih", [])), str(globals())])
print(seen)
open("@OUTSIDE@/stolen.txt", "w").write(seen)
"""

TRACE = """
import sys, threading
def trace(frame, event, argument):
    for name in ("want", "wanted", "mistakes"):
        if name in frame.f_locals:
            print("want" + "ed=", frame.f_locals[name])
    if "_fail" in frame.f_code.co_name:
        raise SystemExit(0)
    return trace
sys.settrace(trace); sys.setprofile(trace); threading.settrace(trace)
"""

BUILTINS = """
import builtins
builtins.max = builtins.min = builtins.sum = lambda *given, **named: 0.0
builtins.all = builtins.isinstance = lambda *given: True
builtins.abs = lambda value: 0.0
builtins.float = lambda *given: 0.0
"""

OWN_NAMES = """
_wanted = [0.0, 0.0, 0.0]
_X = np.zeros((2, 2))
_rng = type("Rng", (), {"normal": lambda self, size: np.zeros(size)})()
fresh_rng = lambda name: _rng
"""

OVERWRITE = """
from IPython.display import clear_output
print("\\r\\x1b[2J\\x1b[H" + "spread: 5 of 5 points\\b" * 50)
clear_output()
"""

IMPORTS = """
import sys, types
fake = types.ModuleType("groundup.checks")
fake.expect = fake.fresh_rng = print
sys.modules["groundup.checks"] = fake
sys.meta_path.insert(0, type("All", (), {"find_spec": print}))
"""

MARKS = (
    Attack(
        "patch_testing", "replaces what `numpy.testing` and `numpy` compare with", cheat(PATCH_NUMPY), SPLIT, BOTH,
        plain="20 of 20", plain_harm="undeserved", fools_one_process=True,
    ),
    Attack("patch_checks", "replaces the course's own `expect` and `CheckFailed`", cheat(PATCH_CHECKS), SPLIT, BOTH,
           fools_one_process=True),
    Attack(
        "always_equal", "answers with an object that is equal to everything",
        answer(spread=YES + "def spread(X):\n    return Yes()", center="def center(X):\n    return Yes()"),
        SPLIT + "; only plain data is compared", BOTH,
        plain="15 of 20", plain_harm="undeserved",
    ),
    Attack("own_expect", "gives the name `expect` to something that is always content",
           own_cell(YES + "expect = Yes()", WRONG, last=False), "checks take their tools from the course", BOTH,
           fools_one_process=True),
    Attack("own_names", "sets the names that tests use for what is wanted", cheat(OWN_NAMES),
           "checks make their own names", BOTH),
    Attack("own_helper", "writes the course's locked helper anew, so that the wrong answer is wanted",
           own_cell("def columns(X):\n    return [np.zeros(1)] * X.shape[1]", WRONG),
           "the checker has the course's own helper", BOTH),
    Attack("patch_builtins", "makes `max`, `sum`, `abs` and `float` lie", cheat(BUILTINS), SPLIT, BOTH),
    Attack("frames_expected", "looks for the wanted value in the frames of its caller",
           own_cell("", {"spread": FRAMES, "center": "center = spread"}), SPLIT, BOTH,
           plain="20 of 20", plain_harm="undeserved", fools_one_process=True),
    Attack("trace", "sets a trace function that reads, and ends, the comparison", cheat(TRACE), SPLIT, BOTH,
           leaks=("wanted=",)),
    Attack("showtraceback", "keeps the shell from showing errors",
           cheat(SHELL + "shell.showtraceback = lambda *given, **named: None"), SPLIT, BOTH, plain="0"),
    Attack("run_cell_patch", "makes the shell report success for every cell", cheat(RUN_CELL), SPLIT, BOTH,
           plain="20 of 20", plain_harm="undeserved"),
    Attack("ast_transformer", "takes the checks out of every cell's syntax tree", cheat(AST), SPLIT, BOTH,
           plain="20 of 20", plain_harm="undeserved"),
    Attack("input_transformer", "replaces the text of every cell before it runs",
           cheat(SHELL + "shell.input_transformers_post.append(lambda lines: ['pass\\n'])"), SPLIT, BOTH,
           plain="20 of 20", plain_harm="undeserved"),
    Attack("forge_zmq", "sends the kernel's messages of success itself", cheat(ZMQ), SPLIT, BOTH,
           plain="20 of 20", plain_harm="undeserved"),
    Attack("displayhook_points", "shows a number of points as the value of every cell", cheat(DISPLAY), SPLIT, BOTH,
           plain="15 of 20", plain_harm="undeserved"),
    Attack("partial_credit_print", "prints a number of points",
           own_cell("print(5.0)\n5.0", {k: f"{v}\nprint(5.0)\n5.0" for k, v in WRONG.items()}),
           "only the checker's value counts", BOTH, plain="0"),
    Attack("cr_overwrite_outputs", "prints over what was printed before",
           cheat(OVERWRITE),
           "marks do not come from outputs", BOTH, plain="0"),
    Attack("steal_hidden_history", "reads the hidden tests from the shell's history at the end",
           own_cell(HISTORY, WRONG, last=True), "hidden tests are never in the student's process", BOTH,
           harm=outside_changed, plain="0", plain_harm="hidden tests written to a file"),
    Attack("hardcode_visible", "knows the visible test's input by heart",
           answer(spread=WRONG["spread"].replace("return", "return np.array([3.0, 7.0]) if X.shape == (3, 2) else")),
           "hidden tests have other inputs", ("spread-hidden",)),
    Attack("late_redefinition", "answers wrong, and gives the right function under the name at the end",
           own_cell(RIGHT["spread"], {**RIGHT, "spread": WRONG["spread"]}, last=True),
           "a check sees the answer that stands above it", (), BOTH[:1]),
    Attack("at_import", "replaces modules by its own in `sys.modules` and `sys.meta_path`",
           cheat(IMPORTS), SPLIT, BOTH),
)  # fmt: skip
