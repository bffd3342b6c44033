"""The skeleton of a library that students start from, made from the reference library.

In: `solutions/week07/library`: the package, its tests to start from, and the folder `scaffold/`. Out: the files of
`week07/my_nn_library`, with every name, signature and docstring of the reference, and not a line of its bodies.
"""

from __future__ import annotations

import ast
import hashlib
import io
import itertools
import re
import tokenize
from collections.abc import Iterator
from pathlib import PurePosixPath

from groundup.lessons.course import Course

REFERENCE = "groundup_nn"
STUDENTS = "my_nn_library"
FIRST_STEPS = "tests/test_first_steps.py"

COMMENTS = {".py": "# {}", ".toml": "# {}", ".typed": "# {}", ".md": "<!-- {} -->"}
STAMP = "Made by `groundup build` ({}). From here on it is yours: change what you like."
STAMPED = re.compile(re.escape(STAMP).replace(r"\{\}", "([0-9a-f]{8})"))

SPECIAL = ("__init__", "__iter__", "__len__", "__all__", "__version__")
"""The names with underscores that the contract speaks of or a package needs; others are details of the reference."""

Edits = dict[int, str | None]
"""What stands in a line instead of what stood there; None: the line is gone."""


def capstone_files(course: Course) -> dict[str, bytes]:
    """The pages of the library's week, and the skeleton, by path in the course; none in a course without a library."""
    library, week = course.library, course.library.parent
    if not library.is_dir():
        return {}
    made = {f"{week.name}/{path.name}": path.read_bytes() for path in week.glob("*.md")}
    texts = {name: library / "scaffold" / name for name in ("README.md", "pyproject.toml")}
    texts |= {FIRST_STEPS: library / FIRST_STEPS}
    package = [path for path in (library / REFERENCE).iterdir() if path.suffix in (".py", ".typed")]
    texts |= {f"{STUDENTS}/{path.name}": path for path in package if not _is_private(path.stem)}
    for name, path in sorted(texts.items()):
        text = path.read_text(encoding="utf-8")
        text = renamed(skeleton(text) if path.parent.name == REFERENCE and path.suffix == ".py" else text)
        made[f"{week.name}/{STUDENTS}/{name}"] = stamped(name, text)
    return made


def reference_bodies(course: Course) -> Iterator[tuple[str, str]]:
    """Every function of the reference by its full name, with the code of its body: what no student may be given."""
    for path in sorted((course.library / REFERENCE).glob("*.py")):
        source = path.read_text(encoding="utf-8")
        lines = source.splitlines()
        for name, function in _functions(ast.parse(source)):
            code = lines[_begin(function) - 1 : _lines(function).stop - 1]
            yield f"{REFERENCE}.{path.stem}.{name}", "\n".join(code)


def is_students_own(name: str, content: bytes) -> bool:
    """Whether a file, by its path in the course, lies in the students' library and is not as `groundup build` made it.

    A library that somebody writes in this checkout must neither be overwritten nor published.
    """
    if PurePosixPath(name).parts[1:2] != (STUDENTS,):
        return False
    # Git on Windows may write \r\n into text; that is no change of anybody's.
    line, _, text = content.decode("utf-8", errors="replace").replace("\r\n", "\n").partition("\n")
    found = STAMPED.search(line)
    return found is None or found.group(1) != _sum(text)


def stamped(name: str, text: str) -> bytes:
    """The text under a line that says who made it, with a sum by which `is_students_own` knows it again."""
    line = COMMENTS[PurePosixPath(name).suffix].format(STAMP.format(_sum(text)))
    return f"{line}\n{text}".encode()


def renamed(text: str) -> str:
    """The text with the students' name of the package in place of the reference's."""
    return text.replace(REFERENCE, STUDENTS).replace(REFERENCE.replace("_", "-"), STUDENTS.replace("_", "-"))


def skeleton(source: str) -> str:
    """A module of the reference without its bodies, its private names, its comments, and what only those needed.

    A body of a docstring or `pass` and nothing else stays: that is what a callback does at most moments.
    """
    tree = ast.parse(source)
    edits: Edits = dict.fromkeys(_comment_lines(source))
    for name, function in _functions(tree):
        edits |= _stub(name, function)
        function.body = []  # from here on, only what stands outside of bodies counts
    for node in _drop_unneeded(tree):
        edits |= dict.fromkeys(_lines(node))
    for block in _blocks(tree):
        for node in block:
            edits |= _narrowed(node, _used(tree))
    return _edited(source, edits)


def _stub(name: str, function: ast.FunctionDef) -> Edits:
    """A line that raises, in place of the lines of a body."""
    code = function.body[1:] if ast.get_docstring(function) else function.body
    if all(isinstance(node, ast.Pass) for node in code):
        return {}
    first = _begin(function)
    raises = f'{" " * code[0].col_offset}raise NotImplementedError("{name} is not written yet")'
    return dict.fromkeys(range(first, _lines(function).stop)) | {first: raises}


def _begin(function: ast.FunctionDef) -> int:
    """The first line of a body after its docstring."""
    first = _lines(function.body[0])
    return first.stop if ast.get_docstring(function) else first.start


def _lines(node: ast.stmt) -> range:
    """The lines of a statement and of its decorators."""
    decorators = [each.lineno for each in getattr(node, "decorator_list", [])]
    return range(min([node.lineno, *decorators]), (node.end_lineno or node.lineno) + 1)


def _comment_lines(source: str) -> Iterator[int]:
    """The lines that hold a comment and nothing else."""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT and token.line.strip() == token.string:
            yield token.start[0]


def _functions(scope: ast.Module | ast.ClassDef, prefix: str = "") -> Iterator[tuple[str, ast.FunctionDef]]:
    """All functions and methods with their full names, `Dense.forward`."""
    for node in scope.body:
        if isinstance(node, ast.FunctionDef):
            yield prefix + node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from _functions(node, f"{prefix}{node.name}.")


def _blocks(tree: ast.Module) -> list[list[ast.stmt]]:
    """The lists of statements outside of bodies: of the module, of classes, under `if TYPE_CHECKING`."""
    return [node.body for node in ast.walk(tree) if isinstance(node, ast.Module | ast.ClassDef | ast.If)]


def _drop_unneeded(tree: ast.Module) -> Iterator[ast.stmt]:
    """Take out of the tree, and yield, what binds only names that nobody sees or uses; until nothing more is found."""
    found = True
    while found:
        used = _used(tree)
        found = False
        for block in _blocks(tree):
            dropped = [node for node in block if _is_unneeded(node, used)]
            dropped += [after for node, after in itertools.pairwise(block) if node in dropped and _is_text(after)]
            block[:] = [node for node in block if node not in dropped]
            found = found or bool(dropped)
            yield from dropped


def _is_unneeded(node: ast.stmt, used: set[str]) -> bool:
    match node:
        case ast.ImportFrom(module="__future__"):
            return False
        case ast.Import() | ast.ImportFrom():
            return not used & {_bound(alias) for alias in node.names}
        case ast.FunctionDef() | ast.ClassDef():
            return _is_private(node.name) and node.name not in used
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return _is_private(name) and name not in used
        case ast.If(body=[]):
            return True
    return False


def _is_text(node: ast.stmt) -> bool:
    """Whether a statement is a text alone: under an assignment, it says what that is."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_private(name: str) -> bool:
    return name.startswith("_") and name not in SPECIAL


def _bound(alias: ast.alias) -> str:
    return (alias.asname or alias.name).split(".")[0]


def _used(tree: ast.Module) -> set[str]:
    """The names that are read, and those that `__all__` gives out."""
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    exports = [node.value for node in tree.body if isinstance(node, ast.Assign) and _is_exports(node)]
    return names | {str(each.value) for value in exports for each in ast.walk(value) if isinstance(each, ast.Constant)}


def _is_exports(node: ast.Assign) -> bool:
    return any(isinstance(target, ast.Name) and target.id == "__all__" for target in node.targets)


def _narrowed(node: ast.stmt, used: set[str]) -> Edits:
    """An import of several names, of which some are not needed any more, without those."""
    if not isinstance(node, ast.Import | ast.ImportFrom) or getattr(node, "module", "") == "__future__":
        return {}
    needed = [alias for alias in node.names if _bound(alias) in used]
    if needed == node.names:
        return {}
    node.names = needed
    return dict.fromkeys(_lines(node)) | {node.lineno: " " * node.col_offset + ast.unparse(node)}


def _edited(source: str, edits: Edits) -> str:
    """The source with its edits. Of the blank lines around a part that is gone, the larger gap stays."""
    kept: list[str] = []
    gap = blank = 0
    cut = False
    for number, old in enumerate(source.splitlines(), 1):
        line = edits.get(number, old)
        if line is None:
            gap, blank, cut = max(gap, blank), 0, True
        elif not line.strip():
            blank += 1
        else:
            opened = cut and kept and kept[-1].endswith(":")  # a block does not begin with a blank line
            kept += [] if opened else [""] * max(gap, blank)
            kept.append(line)
            gap, blank, cut = 0, 0, False
    return "".join(f"{line}\n" for line in kept)


def _sum(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]
