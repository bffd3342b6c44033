"""The package under test, as the items see it: `library.layers.Dense`, and a named reason where there is none.

In: the package's name and folder. Out: its classes and functions; `Missing` for what is not there, `Wrong` for what
is of another kind than the contract says. It lives in the process that runs the library.
"""

from __future__ import annotations

import ast
import importlib
import importlib.util
import sys
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

from groundup.library_check.finding import MODULES
from groundup.library_check.item import Item, Library, Missing, Wrong

PACKAGE = "package"
"""The item that imports the package; those of its modules are called `package.layers`."""
IMPORT_SECONDS = 10.0


class ImportedLibrary:
    """The package in `folder`, imported from there whatever else is installed under its name."""

    def __init__(self, name: str, folder: Path) -> None:
        self.package_name = name
        self.folder = folder
        self.broken: set[str] = set()
        """What could not be imported once, PACKAGE or a module: it is not tried again."""

    def __getattr__(self, module: str) -> Part:
        if module.startswith("_"):
            raise AttributeError(module)
        return Part(module, self.load(module))

    def load(self, module: str) -> ModuleType:
        """A module of the package. Raises Missing, or what its import raises."""
        if self.broken & {PACKAGE, module}:
            raise Missing(f"{module}, which cannot be imported")
        self.load_package()
        full = f"{self.package_name}.{module}"
        try:
            return importlib.import_module(full)
        except ModuleNotFoundError as error:
            if error.name == full:
                raise Missing(module) from None
            raise

    def load_package(self) -> None:
        """Import the package itself, once. Raises Wrong, or what its import raises."""
        name = self.package_name
        present = sys.modules.get(name)
        if getattr(present, "__file__", None) == str(self.folder / "__init__.py"):
            return
        if present is not None or name in sys.stdlib_module_names:
            raise Wrong(
                f"The package is called {name}, and so is a package that Python or this course uses: `import {name}` "
                "gives the other one. Give yours a name of its own, such as my_nn_library."
            )
        init = self.folder / "__init__.py"
        spec = importlib.util.spec_from_file_location(name, init, submodule_search_locations=[str(self.folder)])
        if spec is None or spec.loader is None:
            raise Missing(f"{name}/__init__.py")
        package = sys.modules[name] = importlib.util.module_from_spec(spec)
        try:
            spec.loader.exec_module(package)
        except BaseException:
            sys.modules.pop(name, None)
            raise


class Part:
    """A module of the library: its classes and functions."""

    def __init__(self, name: str, module: ModuleType) -> None:
        self._name = name
        self._module = module

    def __getattr__(self, name: str) -> Any:
        try:
            value = getattr(self._module, name)
        except AttributeError:
            raise Missing(f"{self._name}.{name}") from None
        kind = "class" if name[:1].isupper() else "function"
        if not (isinstance(value, type) if kind == "class" else callable(value)):
            raise Wrong(f"{self._name}.{name} is of type {type(value).__name__}, and should be a {kind}.")
        return value


def package_items() -> list[Item]:
    """The first items of every report: the package and each of its modules can be imported."""
    items = [Item(PACKAGE, PACKAGE, "the package can be imported", _load_package, IMPORT_SECONDS)]
    for module in MODULES:
        name, title = f"{PACKAGE}.{module}", f"`{module}` can be imported"
        items.append(Item(name, PACKAGE, title, partial(_load, module=module), IMPORT_SECONDS))
    title = "NumPy is all it needs, and matplotlib only where pictures are drawn"
    return [*items, Item(f"{PACKAGE}.dependencies", PACKAGE, title, _dependencies)]


def _load(library: Library, module: str) -> None:
    library.load(module)


def _load_package(library: Library) -> None:
    library.load_package()


def _dependencies(library: Library) -> None:
    """Raise Wrong for an import that the contract does not allow, wherever in the package it stands."""
    for path in sorted(library.folder.rglob("*.py")):
        try:
            tree = ast.parse(path.read_bytes())
        except (SyntaxError, ValueError):  # importing it says so
            continue
        name = path.relative_to(library.folder).as_posix()
        strangers = _imports(ast.walk(tree)) - sys.stdlib_module_names - {"numpy", "matplotlib", library.package_name}
        if strangers and not name.startswith("tests/"):
            raise Wrong(
                f"{name} imports {', '.join(sorted(strangers))}. The contract allows NumPy alone, and matplotlib for "
                "pictures."
            )
        if "matplotlib" in _imports(tree.body):
            raise Wrong(
                f"{name} imports matplotlib at its top, so without matplotlib it cannot be imported at all. "
                "Import it inside the functions that draw."
            )


def _imports(nodes: Iterable[ast.AST]) -> set[str]:
    """The packages that these statements import, by their first name."""
    found = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found
