"""`groundup check-library`: what it does with libraries that fail in every way, and what it says in the end."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT, run_module

LIBRARIES = ROOT / "tests" / "libraries"
sys.path.insert(0, str(LIBRARIES))
from hostile import GOOD, HOSTILE, doing, write_library  # noqa: E402

from groundup.library_check import library  # noqa: E402
from groundup.library_check.finding import Found, NoLibraryError, find  # noqa: E402
from groundup.library_check.page import write_page  # noqa: E402
from groundup.library_check.report import Report  # noqa: E402
from groundup.library_check.runner import Session  # noqa: E402


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(LIBRARIES))
        patch.setattr(library, "IMPORT_SECONDS", 2.0)
        with Session("questions") as made:
            yield made


def check(session: Session, folder: Path) -> Report:
    return session.check(find(str(folder)))


def test_a_library_that_is_right_passes(session: Session, tmp_path: Path) -> None:
    report = check(session, write_library(tmp_path))
    asked = {item.name: result.outcome for item, result in report.rows if item.group != "package"}
    assert asked == {
        "Twice": "pass", "Twice.values": "pass", "accuracy": "pass", "far": "skipped",
        "manners.silence": "pass", "manners.globals": "pass",
    }  # fmt: skip
    assert report.outcome("far").message == "There is no data here."
    assert report.outcome("package.losses").outcome == "missing"
    assert not (tmp_path / "my_nn_library" / "__pycache__").exists(), "a check leaves nothing behind"


@pytest.mark.parametrize("fault", HOSTILE)
def test_every_fault_ends_in_a_line_and_the_next_items_run(session: Session, tmp_path: Path, fault: str) -> None:
    module, code, name, outcome, words = HOSTILE[fault]
    report = check(session, write_library(tmp_path, **{module: code}))
    result = report.outcome(name)
    assert (result.outcome, words in result.message) == (outcome, True), result
    assert "Traceback" not in result.message
    untouched = "accuracy" if module == "layers" else "Twice.values"
    assert report.outcome(untouched).outcome == ("missing" if module == "__init__" else "pass")
    assert len(report.rows) == 12 + 4 + 2
    assert not report.passed


def test_a_module_that_cannot_be_imported_is_told_once(session: Session, tmp_path: Path) -> None:
    report = check(session, write_library(tmp_path, layers="1 / 0"))
    assert [item.name for item, result in report.rows if result.outcome == "fail"] == ["package.layers"]
    assert report.outcome("Twice").message == "layers, which cannot be imported"
    assert report.first and report.first.name == "package.layers"


def test_an_error_is_told_once_and_then_in_short(session: Session, tmp_path: Path) -> None:
    report = check(session, write_library(tmp_path, layers="class Twice:\n    def __init__(self):\n        1 / 0\n"))
    assert report.outcome("Twice").message.startswith("Twice.__init__ raised ZeroDivisionError")
    assert report.outcome("Twice.values").message == "Twice.__init__ stops as in Twice (layers.py, line 3)."
    assert report.first is not None and report.first.name == "Twice"


def test_after_three_items_without_an_end_the_others_get_less_time(tmp_path: Path) -> None:
    loops = write_library(tmp_path, layers="class Twice:\n    def forward(self, X):\n        while True: pass\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(LIBRARIES))
        patch.setattr("groundup.library_check.runner.PATIENCE", 0)
        with Session("questions") as made:
            assert "No end within 0.4 s" in check(made, loops).outcome("Twice.values").message


@pytest.mark.parametrize("name", ["json", "numpy", "groundup"])
def test_a_name_that_is_taken_is_the_first_thing_told(session: Session, tmp_path: Path, name: str) -> None:
    report = check(session, write_library(tmp_path, name))
    assert report.first and f"The package is called {name}, and so is" in report.first.message
    assert report.outcome("Twice").outcome == "missing"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no list of a group's processes")
def test_no_process_and_no_file_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(LIBRARIES))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    note = tmp_path / "process"
    lines = (
        "import subprocess, sys, tempfile, pathlib",
        "started = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])",
        f"pathlib.Path({str(note)!r}).write_text(str(started.pid))",
        "pathlib.Path('beside').write_text('x'); tempfile.mkstemp()",
    )
    with Session("questions") as made:
        assert (
            check(made, write_library(tmp_path / "project", layers=doing(*lines))).outcome("Twice.values").outcome
            == "pass"
        )
    assert not list((tmp_path / "temporary").iterdir())
    for _ in range(50):
        try:
            os.kill(int(note.read_text("utf-8")), 0)
        except ProcessLookupError:
            return
        state = Path(f"/proc/{note.read_text('utf-8')}/stat")
        if state.exists() and state.read_text("utf-8").rpartition(")")[2].split()[0] == "Z":
            return  # ended; nobody has asked for its exit code
        time.sleep(0.1)
    pytest.fail("a process that the library started goes on")


def test_the_package_is_found_where_it_may_lie(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at_top = write_library(tmp_path / "a")
    under_src = tmp_path / "b"
    write_library(under_src / "src")
    (at_top / "tests").mkdir()
    (at_top / "tests" / "__init__.py").touch()
    (at_top / "extras").mkdir()
    (at_top / "extras" / "__init__.py").touch()
    assert find(str(at_top)).folder == at_top / "my_nn_library"
    assert find(str(at_top / "my_nn_library")).folder == at_top / "my_nn_library"
    assert find(str(under_src)).folder == under_src / "src" / "my_nn_library"
    monkeypatch.syspath_prepend(str(at_top))
    found = find("my_nn_library")
    assert (found.folder, found.name) == (at_top / "my_nn_library", "my_nn_library")
    assert "installed" in found.where


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("nowhere", "pip install -e FOLDER"),
        ("a/b", "There is no folder a/b"),
        ("no\0thing", "There is no folder"),
        ("json", "a part of Python itself"),
        ("six_of_one", "is installed, but it is no package"),
        ("file.py", "is a file"),
        ("empty", "holds no package"),
        ("two", "several packages: one, two"),
        ("my-library", "is no name in Python"),
    ],
)
def test_what_is_no_library_gets_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str, words: str
) -> None:
    for name in ("empty", "two/one", "two/two", "my-library"):
        (tmp_path / name).mkdir(parents=True)
    for name in ("file.py", "six_of_one.py", "two/one/__init__.py", "two/two/__init__.py", "my-library/__init__.py"):
        (tmp_path / name).touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(NoLibraryError, match=re.escape(words)):
        find(target)


def test_the_command_says_what_to_do_next(tmp_path: Path) -> None:
    project = write_library(tmp_path, layers="class Dense:\n    pass\n")
    nothing = run_module("groundup", "check-library", str(tmp_path / "elsewhere"), cwd=tmp_path)
    assert nothing.returncode == 2 and len(nothing.stderr.strip().splitlines()) == 1, nothing.stderr
    result = run_module("groundup", "check-library", str(project), "--html", "report.html", cwd=tmp_path)
    assert result.returncode == 1, result.stderr
    assert f"Checking the package my_nn_library in {project}" in result.stdout
    assert "missing" in result.stdout and "Next: " in result.stdout
    assert "Traceback" not in result.stdout + result.stderr
    assert "<h1>my_nn_library</h1>" in (tmp_path / "report.html").read_text("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="a test cannot press Ctrl-C for one process alone there")
def test_ctrl_c_stops_it_cleanly(tmp_path: Path) -> None:
    project = write_library(tmp_path, __init__="open(r'%s', 'w').close()\nwhile True: pass" % (tmp_path / "began"))
    command = [sys.executable, "-m", "groundup", "check-library", str(project)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, encoding="utf-8")
    deadline = time.monotonic() + 60
    while not (tmp_path / "began").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=20)
    assert (process.returncode, said.strip()) == (130, "Stopped. Nothing was left running.")


def test_the_page_is_safe_whatever_the_library_says(session: Session, tmp_path: Path) -> None:
    code = doing("raise ValueError('<script>alert(1)</script>\\u202e\\x1b[31m`' + 10_000 * 'x')")
    target = tmp_path / "page.html"
    write_page(check(session, write_library(tmp_path, layers=code)), target)
    page = target.read_text("utf-8")
    assert "&lt;script&gt;" in page and "<script" not in page
    assert not re.search("[\u202e\x1b]", page)
    assert not re.search(r'(src|href)="(?!data:|#)', page), "a page loads nothing"
    assert "✗ fails" in page and "✓ passes" in page and "○ missing" in page
    assert len(page) < 60_000


def test_what_is_a_stretch_does_not_count_against_a_library() -> None:
    from groundup.library_check.item import Item, Result

    report = Report(Found("x", Path("x"), ""))
    for name, stretch, outcome in (("a", False, "pass"), ("b", True, "fail"), ("c", False, "skipped")):
        report.add(Item(name, "layers", "", lambda library: None, stretch=stretch), Result(name, outcome))  # type: ignore[arg-type]
    report.judge_manners()
    assert report.passed and report.first is None
    report.add(Item("d", "layers", "", lambda library: None), Result("d", "missing", "layers.Dense"))
    assert not report.passed


def test_the_right_library_is_what_the_hostile_ones_are_made_of() -> None:
    assert {module for module, *_ in HOSTILE.values()} <= GOOD.keys()
