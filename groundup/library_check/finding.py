"""Find the library to check: in a project's folder, in the package's own folder, or among what is installed.

In: what the user typed. Out: the package's name and folder, and a sentence that says where it was found.
"""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import dataclass
from pathlib import Path

MODULES = (
    "layers", "activations", "losses", "optimizers", "models",
    "callbacks", "data", "metrics", "visualization", "gradient_check",
)  # fmt: skip
"""The modules of the contract, in its order."""


class NoLibraryError(Exception):
    """There is not one library to check where the user pointed; the text says why and what to do."""


@dataclass(frozen=True)
class Found:
    """A package that can be checked."""

    name: str
    folder: Path
    """Where its `__init__.py` lies; absolute."""
    where: str
    """How it was found, for the head of the report."""


def find(target: str) -> Found:
    """The library in the folder `target`, or the installed one of that name. Raises NoLibraryError."""
    path = Path(target)
    try:
        if path.is_dir():
            return _in_folder(path.resolve())
        is_file = path.exists()
    except ValueError:  # a name with a null character is none
        is_file = False
    if is_file:
        raise NoLibraryError(f"{target} is a file. Name the folder of your library, or the package in it.")
    return _installed(target)


def _in_folder(folder: Path) -> Found:
    packages = _packages(folder) + _packages(folder / "src")
    candidates = [package for package in packages if _looks_right(package)] or packages
    itself = (folder / "__init__.py").is_file()
    if itself and (not candidates or not (folder / "pyproject.toml").is_file()):
        return Found(_importable(folder), folder, f"the package in {folder}")
    if not candidates:
        raise NoLibraryError(
            f"{folder} holds no package: a package is a folder with a file `__init__.py` in it, here or under src. "
            "Make one, or name the folder that holds it."
        )
    if len(candidates) > 1:
        names = ", ".join(package.relative_to(folder).as_posix() for package in candidates)
        raise NoLibraryError(f"{folder} holds several packages: {names}. Name the folder of the one to check.")
    package = candidates[0]
    return Found(_importable(package), package, f"the package {package.relative_to(folder).as_posix()} in {folder}")


def _packages(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(path.parent for path in folder.glob("*/__init__.py") if path.parent.name not in ("tests", "test"))


def _looks_right(package: Path) -> bool:
    return any((package / f"{module}.py").is_file() or (package / module).is_dir() for module in MODULES)


def _importable(package: Path) -> str:
    if not package.name.isidentifier():
        raise NoLibraryError(
            f"{package} cannot be imported: {package.name!r} is no name in Python. Rename the folder: letters, digits "
            "and underscores only, such as my_nn_library."
        )
    return package.name


def _installed(name: str) -> Found:
    spec = importlib.util.find_spec(name) if name.isidentifier() and name != "__main__" else None
    if spec is None:
        raise NoLibraryError(
            f"There is no folder {name} in {Path.cwd()}, and no package of that name is installed. Name the folder of "
            "your library, or install it: pip install -e FOLDER"
        )
    if name in sys.stdlib_module_names:
        raise NoLibraryError(f"{name} is a part of Python itself. Name the folder of your library.")
    folders = list(spec.submodule_search_locations or ())
    if not folders or spec.origin is None:
        raise NoLibraryError(
            f"{name} is installed, but it is no package: that is a folder with a file `__init__.py` in it. "
            "Name the folder of your library."
        )
    folder = Path(spec.origin).resolve().parent
    return Found(name, folder, f"the installed package {name} in {folder}")
