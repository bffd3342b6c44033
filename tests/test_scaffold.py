"""The skeleton that students start from: the names of the contract and of the reference, and nothing of its bodies."""

from __future__ import annotations

import ast
import importlib
import inspect
import os
import re
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from conftest import ROOT
from small_library import LAYERS, SKELETON, add_library

from groundup.lessons.course import Course
from groundup.lessons.edition import build, nbgrader_api, nbgrader_config
from groundup.lessons.leaks import find_leaks
from groundup.lessons.scaffold import REFERENCE, SPECIAL, STUDENTS, capstone_files, renamed, skeleton

WEEK = ROOT / "week07"
LIBRARY = WEEK / STUDENTS
CONTRACT = (ROOT / "solutions" / "week07" / "capstone.md").read_text(encoding="utf-8")
PROMISED = {
    module: re.findall(r"^([\w.]+)\((.*)\)$", block, re.M)
    for module, block in re.findall(r"^## `(\w+)`\n\n```python\n(.*?)^```", CONTRACT, re.M | re.S)
}
"""By module, every name of the contract with its parameters as they are written there."""


@pytest.fixture(scope="module", params=[REFERENCE, STUDENTS])
def package(request: pytest.FixtureRequest) -> Iterator[str]:
    """The name of either package, ready to be imported."""
    folder = str(LIBRARY if request.param == STUDENTS else ROOT / "solutions" / "week07" / "library")
    sys.path.insert(0, folder)
    yield request.param
    sys.path.remove(folder)


def modules_of(package: str) -> dict[str, ModuleType]:
    return {name: importlib.import_module(f"{package}.{name}") for name in PROMISED}


def parameters(function: Callable[..., Any]) -> list[tuple[str, Any, Any]]:
    """Name, default and kind of every parameter but self."""
    found = inspect.signature(function).parameters.values()
    return [(each.name, each.default, each.kind) for each in found if each.name != "self"]


def written(text: str) -> Callable[..., Any]:
    """A function with the parameters that the contract writes."""
    scope: dict[str, Any] = {"np": np}
    exec(f"def promised({text}): ...", scope)
    return scope["promised"]


def own(scope: Any, module: ModuleType) -> dict[str, Any]:
    """The public classes and functions that a module or class defines itself, and all that a class binds."""
    return {
        name: value
        for name, value in vars(scope).items()
        if (not name.startswith("_") or name in SPECIAL)
        and (inspect.isclass(scope) or getattr(value, "__module__", None) == module.__name__)
        and (inspect.isclass(scope) or inspect.isclass(value) or inspect.isfunction(value))
    }


def test_the_contract_is_read_whole() -> None:
    blocks = re.findall(r"^```python\n(.*?)^```", CONTRACT, re.M | re.S)
    assert sum(map(len, PROMISED.values())) == sum(len(block.splitlines()) for block in blocks) > 50


def test_every_name_of_the_contract_has_its_parameters_and_defaults(package: str) -> None:
    for name, module in modules_of(package).items():
        for path, text in PROMISED[name]:
            found = module
            for part in path.split("."):
                found = getattr(found, part)
            assert parameters(found) == parameters(written(text)), f"{package}.{name}.{path}"


def test_nothing_is_public_that_the_contract_does_not_name(package: str) -> None:
    for name, module in modules_of(package).items():
        promised = {path for path, _ in PROMISED[name]}
        assert own(module, module).keys() == {path.split(".")[0] for path in promised}, f"{package}.{name}"
        for owner, value in own(module, module).items():
            methods = own(value, module).keys() - set(SPECIAL) if inspect.isclass(value) else set()
            overrides = {method for method in methods if any(hasattr(base, method) for base in value.__mro__[1:])}
            named = {path.partition(".")[2] for path in promised if path.startswith(f"{owner}.")}
            assert methods - overrides == named - overrides, f"{package}.{name}.{owner}"


def test_either_package_has_the_modules_of_the_contract_and_no_other(package: str) -> None:
    folder = Path(importlib.import_module(package).__path__[0])
    assert {path.stem for path in folder.glob("*.py") if not re.match("_[^_]", path.stem)} == {*PROMISED, "__init__"}


def test_skeleton_and_reference_say_the_same_in_types_and_docstrings() -> None:
    def told(scope: ast.Module | ast.ClassDef) -> Iterator[tuple[str, str | None]]:
        """Signatures as they are written, with docstrings, of all that is public."""
        for node in scope.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and (node.name[0] != "_" or node.name in SPECIAL):
                heads = [node.args, node.returns] if isinstance(node, ast.FunctionDef) else node.bases
                head = ", ".join(ast.unparse(part) for part in [*heads, *node.decorator_list] if part)
                yield f"{node.name} {head}", ast.get_docstring(node)
                if isinstance(node, ast.ClassDef):
                    yield from told(node)

    def parsed(folder: Path, name: str) -> ast.Module:
        return ast.parse(renamed((folder / f"{name}.py").read_text(encoding="utf-8")))

    for name in PROMISED:
        reference = list(told(parsed(ROOT / "solutions" / "week07" / "library" / REFERENCE, name)))
        assert reference and list(told(parsed(LIBRARY / STUDENTS, name))) == reference, name


def test_no_body_is_left_in_the_skeleton() -> None:
    for path in (LIBRARY / STUDENTS).glob("*.py"):
        functions = [each for each in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(each, ast.FunctionDef)]
        assert functions or path.stem == "__init__"
        for function in functions:
            code = function.body[1:] if ast.get_docstring(function) else function.body
            text = "\n".join(map(ast.unparse, code))
            assert re.fullmatch(r"|pass|raise NotImplementedError\('[\w.]+ is not written yet'\)", text), path.name


def test_what_is_committed_is_what_the_reference_makes() -> None:
    for name, content in capstone_files(Course(ROOT)).items():
        assert (ROOT / name).read_bytes() == content, f"{name}: run `groundup build`"


def test_every_first_step_fails_on_the_skeleton_because_it_is_not_written_yet(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    command = ["-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junitxml={report}"]
    told = subprocess.run(
        [sys.executable, "-B", *command], cwd=LIBRARY, env=dict(os.environ, PYTHONPATH=str(LIBRARY)),
        capture_output=True, text=True,
    )  # fmt: skip
    cases = list(ElementTree.parse(report).iter("testcase"))
    assert len(cases) >= 25, told.stdout + told.stderr
    for case in cases:
        failure = case.find("failure")
        assert failure is not None, case.get("name")
        assert re.match(r"NotImplementedError: [\w.]+ is not written yet", failure.get("message", "")), case.get("name")


def test_the_skeleton_installs_without_a_network_and_imports_with_numpy_alone(tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=False)
    python = tmp_path / "venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    def run(*command: str | Path, cwd: Path = tmp_path) -> str:
        told = subprocess.run(command, cwd=cwd, capture_output=True, text=True, encoding="utf-8")
        assert told.returncode == 0, told.stdout + told.stderr
        return told.stdout

    # The packages of this environment are seen in the new one: setuptools to install with, NumPy to import.
    here = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
    Path(here, "course.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    offline = ("--no-index", "--no-build-isolation", "--no-deps", "--disable-pip-version-check")
    run(sys.executable, "-m", "pip", "--python", python, "install", *offline, "--editable", LIBRARY)
    names = ", ".join(f"{STUDENTS}.{name}" for name in PROMISED)
    code = f"import sys; before = set(sys.modules); import {names}; print({STUDENTS}.__file__); "
    code += "print(*{name.split('.')[0] for name in set(sys.modules) - before} - sys.stdlib_module_names)"
    # From week07 too, where a folder of the package's name lies.
    where, imported = run(python, "-B", "-c", code, cwd=WEEK).splitlines()
    assert Path(where).samefile(LIBRARY / STUDENTS / "__init__.py")
    assert set(imported.split()) == {STUDENTS, "numpy"}


def test_formgrader_lists_the_weeks_and_not_the_library() -> None:
    assert nbgrader_api(nbgrader_config(Course(ROOT))).get_source_assignments() == set(Course(ROOT).week_folders)


def test_a_module_is_stripped_to_what_students_need() -> None:
    assert renamed(skeleton(LAYERS)) == SKELETON


def silent(sentence: str) -> None:
    pass


@pytest.fixture
def small(tiny_course: Course) -> Course:
    """The tiny course with the small library."""
    return add_library(tiny_course)


def test_a_library_that_somebody_writes_here_stays_and_what_is_untouched_follows_the_reference(small: Course) -> None:
    assert build(small, check=False, say=silent) == []
    library = small.root / "week07" / STUDENTS
    mine, untouched, gone = library / STUDENTS / "layers.py", library / "README.md", library / STUDENTS / "old.py"
    mine.write_text(mine.read_text("utf-8") + "# my precious answer\n", encoding="utf-8")
    (library / "ideas.md").write_text("my own", encoding="utf-8")
    gone.write_bytes((library / STUDENTS / "__init__.py").read_bytes())
    for name in ("scaffold/README.md", f"{REFERENCE}/layers.py"):
        path = small.library / name
        path.write_text(path.read_text("utf-8").replace("My library", "Better").replace("Twice X", "Double"), "utf-8")
    again = "run `groundup build` and commit what it changes."
    assert build(small, check=True, say=silent) == [
        f"week07/{STUDENTS}/README.md differs: {again}",
        f"week07/{STUDENTS}/{STUDENTS}/layers.py differs: move it away, {again}",
        f"week07/{STUDENTS}/{STUDENTS}/old.py has no source: {again}",
    ]
    said: list[str] = []
    assert build(small, check=False, say=said.append) == []
    assert "my precious answer" in mine.read_text("utf-8") and any("it stays as it is" in each for each in said)
    assert "# Better" in untouched.read_text("utf-8") and (library / "ideas.md").exists() and not gone.exists()


def test_the_reference_stays_where_it_is_when_its_week_gets_lessons(small: Course) -> None:
    (small.solutions / "week07" / "01_late.py").write_bytes(small.lessons()[0].source.read_bytes())
    assert build(small, check=False, say=silent) == []
    made = {path.relative_to(small.root / "week07").as_posix() for path in (small.root / "week07").rglob("*")}
    assert {"01_late.ipynb", "README.md", f"{STUDENTS}/{STUDENTS}/layers.py"} <= made and "library" not in made


def test_two_lines_of_the_reference_are_found_wherever_students_could_read_them(small: Course, tmp_path: Path) -> None:
    public = tmp_path / "public"
    for name, content in capstone_files(small).items():
        (public / name).parent.mkdir(parents=True, exist_ok=True)
        (public / name).write_bytes(content)
    line = "return _halved(inner(X) + inner(X) + 0 * _SMALL)"
    (public / "idiom.md").write_text(line, encoding="utf-8")
    assert find_leaks(small, public) == []
    (public / "two.md").write_text(f"return x + X\n\n  {line}", encoding="utf-8")
    (public / "only.md").write_text('return "a layer that only a teacher writes"', encoding="utf-8")
    assert [fault.partition(":")[0] for fault in find_leaks(small, public)] == [
        "only.md gives away a part of groundup_nn.layers.Double.__repr__",
        "two.md gives away a part of groundup_nn.layers.Double.forward",
    ]
