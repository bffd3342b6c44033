"""The house stays as it is drawn: style, types, sizes, what stands at the top, what imports what."""

from __future__ import annotations

import ast
import subprocess
from pathlib import Path

from conftest import ROOT, run_module

TOP = {
    "README.md", "LICENSE", "CONTRIBUTING.md", "start.py", "requirements.txt", "pyproject.toml", "nbgrader_config.py",
    "week00", "week03", "week07", "solutions", "groundup", "site", "tests", "benchmarks",
    ".ci", ".github", ".gitignore", ".gitattributes",
}  # fmt: skip
LONGEST = 300
MAY_USE = {
    "datasets": (), "plots": (), "checks": (), "quiz": ("plots", "checks"), "selfcheck": (),
    "library_check": ("datasets", "checks"),
}  # fmt: skip
"""What students get uses nothing that they do not get."""


def tracked() -> list[str]:
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, encoding="utf-8")
    return [name for name in listed.stdout.splitlines() if (ROOT / name).exists()]


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def test_the_code_is_formatted_and_linted() -> None:
    for command in (["check", "."], ["format", "--check", "."]):
        result = run_module("ruff", *command, cwd=ROOT)
        assert result.returncode == 0, result.stdout + result.stderr


def test_the_types_hold() -> None:
    result = run_module("mypy", cwd=ROOT)
    assert result.returncode == 0, result.stdout + result.stderr


def test_every_module_of_the_package_is_under_version_control() -> None:
    known = set(tracked())
    present = {path.relative_to(ROOT).as_posix() for path in (ROOT / "groundup").rglob("*.py")}
    assert present <= known, "git ignores a part of the package"


def test_nothing_stands_at_the_top_that_the_architecture_does_not_name() -> None:
    assert {name.split("/")[0] for name in tracked()} <= TOP


def test_no_file_is_longer_than_it_should_be() -> None:
    python = [
        name for name in tracked() if name.endswith(".py") and not name.startswith(("solutions/", "tests/answers/"))
    ]
    long = {name: lines for name in python if (lines := len((ROOT / name).read_text("utf-8").splitlines())) > LONGEST}
    assert not long


def test_imports_go_one_way() -> None:
    for path in (ROOT / "groundup").rglob("*.py"):
        used = imports(path)
        name = path.relative_to(ROOT / "groundup").as_posix()
        if name != "__main__.py" and not name.startswith("cli/"):
            assert not any(module.startswith("groundup.cli") for module in used), f"{name} imports the command"
        if name.startswith("lessons/"):
            assert not any(module.startswith("groundup.grading") for module in used), f"{name} knows of grading"
        part = name.split("/")[0]
        if part in MAY_USE:
            allowed = tuple(f"groundup.{other}" for other in (part, *MAY_USE[part]))
            assert all(module.startswith(allowed) for module in used if module.startswith("groundup.")), name


def test_text_files_end_lines_the_same_way_on_every_system() -> None:
    for name in tracked():
        if not name.endswith((".png", ".npz")):
            assert b"\r\n" not in (ROOT / name).read_bytes(), name


def test_the_lock_names_every_direct_dependency_exactly() -> None:
    import re
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    locked = re.findall(r"^([A-Za-z0-9_.-]+)==\S+", (ROOT / "requirements.txt").read_text("utf-8"), re.M)
    assert {re.split(r"[<>=!~ \[]", name)[0] for name in wanted} <= set(locked)
