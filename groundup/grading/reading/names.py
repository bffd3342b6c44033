"""Which names a cell reads from the notebook, and which ones it makes or changes there.

In: the text of a code cell. Out: sets of names. Local names of functions do not count. A cell that Python cannot parse
reads every word in it and makes nothing.
"""

from __future__ import annotations

import ast
import builtins
import re
import symtable
from functools import lru_cache
from typing import NamedTuple

from groundup.grading.parsing import parse

BUILTINS = frozenset(dir(builtins))
MAGIC = re.compile(r"^([ \t]*)[%!?].*$", re.M)
WORD = re.compile(r"[A-Za-z_]\w*")


class Names(NamedTuple):
    """What a cell has to do with the names of the notebook."""

    reads: frozenset[str] = frozenset()
    makes: frozenset[str] = frozenset()
    """Names that it gives to something."""
    imports: frozenset[str] = frozenset()
    """Those of them that it imports."""
    changes: frozenset[str] = frozenset()
    """Names whose object it may change: it sets a part, or calls a method."""


@lru_cache(maxsize=4096)
def names(source: str) -> Names:
    """What a cell has to do with the names of the notebook."""
    plain = MAGIC.sub(r"\1pass", source)
    try:
        tree = parse(plain)
        table = symtable.symtable(plain, "cell", "exec")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return Names(frozenset(WORD.findall(source)) - BUILTINS)
    reads: set[str] = set()
    _globals_read(table, reads)
    symbols = table.get_symbols()
    imports = frozenset(symbol.get_name() for symbol in symbols if symbol.is_imported())
    makes = frozenset(symbol.get_name() for symbol in symbols if symbol.is_assigned()) | imports
    return Names(frozenset(reads) - BUILTINS, makes, imports, frozenset(_changed(tree)))


def _globals_read(table: symtable.SymbolTable, reads: set[str]) -> None:
    for symbol in table.get_symbols():
        if symbol.is_referenced() and (table.get_type() == "module" or symbol.is_global()):
            reads.add(symbol.get_name())
    for child in table.get_children():
        _globals_read(child, reads)


def _changed(tree: ast.AST) -> set[str]:
    """Names whose object is changed: `x[0] = 1`, `x.a = 1`, `x += 1`, or a method of it is called."""
    found = set()
    for node in ast.walk(tree):
        targets: list[ast.AST] = []
        if isinstance(node, ast.Subscript | ast.Attribute) and not isinstance(node.ctx, ast.Load):
            targets = [node.value]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            targets = [node.func.value]
        for target in targets:
            while isinstance(target, ast.Attribute | ast.Subscript):
                target = target.value
            if isinstance(target, ast.Name):
                found.add(target.id)
    return found
