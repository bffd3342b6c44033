"""Parse and compile Python, one text at a time: two threads that do so at once confuse Python's parser.

(Python 3.11 raises SystemError, "AST constructor recursion depth mismatch".) In: the text of a cell. Out: its syntax
tree, or its code; or what Python raises for text that is none.
"""

from __future__ import annotations

import ast
import marshal
import threading

_ONE_AT_A_TIME = threading.Lock()


def parse(source: str) -> ast.Module:
    """The syntax tree of a text. Raises SyntaxError, ValueError, RecursionError or MemoryError."""
    with _ONE_AT_A_TIME:
        return ast.parse(source)


def compiled(source: str, name: str) -> list[bytes]:
    """The code of a cell of the course's, as marshal writes it, its last expression apart. Raises SyntaxError."""
    with _ONE_AT_A_TIME:
        tree = ast.parse(source, f"<{name}>")
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        parts = [compile(tree, f"<{name}>", "exec")]
        if isinstance(last, ast.Expr):
            parts.append(compile(ast.Expression(last.value), f"<{name}>", "eval"))
        return [marshal.dumps(part) for part in parts]
