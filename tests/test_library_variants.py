"""The suite proven: the reference passes it, every broken variant is caught by name, and the skeleton is missing."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest
from conftest import ROOT, run_module

sys.path.insert(0, str(ROOT / "tests" / "libraries"))
from variants import ASKED, VARIANTS, Variant

from groundup.library_check import runner
from groundup.library_check.finding import find

LIBRARY = ROOT / "solutions" / "week07" / "library"
REFERENCE = LIBRARY / "groundup_nn"
SKELETON = ROOT / "week07" / "my_nn_library"


@pytest.fixture(scope="module")
def session() -> Iterator[runner.Session]:
    with runner.Session() as made:
        yield made


def broken(folder: Path, variant: Variant) -> Path:
    """A copy of the reference in `folder` with the mistake in it."""
    package = folder / REFERENCE.name
    shutil.copytree(REFERENCE, package, ignore=shutil.ignore_patterns("__pycache__"))
    text = (package / variant.file).read_text(encoding="utf-8")
    assert text.count(variant.old) == 1, f"{variant.file} has changed: what {variant.mistake!r} replaces is not there"
    (package / variant.file).write_text(text.replace(variant.old, variant.new), encoding="utf-8")
    return package


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.mistake)
def test_a_mistake_is_caught_by_name_and_nothing_else_is_blamed(
    session: runner.Session, tmp_path: Path, variant: Variant
) -> None:
    names = {item.name for item in session.items if item.group in ASKED[variant.file]}
    if variant.file == "optimizers.py":  # fifty steps of every optimizer take seconds
        names = {name for name in names if name.startswith(variant.fails.partition(".")[0])}
    report = session.check(find(str(broken(tmp_path, variant))), names)
    failed = {result.name: result.message for _, result in report.rows if result.outcome == "fail"}
    assert variant.words in failed.get(variant.fails, "(it does not fail)"), failed
    assert variant.fails in failed, failed
    unrelated = [name for name in failed if not any(fnmatch(name, known) for known in (variant.fails, *variant.also))]
    assert not unrelated, {name: failed[name] for name in unrelated}


def test_a_loop_without_an_end_is_told_with_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loop = Variant(
        "predict has no end", "models.py",
        "        n = same_length(X, X)\n", "        n = same_length(X, X)\n        while True:\n            n += 1\n",
        "Sequential.predict", "in Sequential.predict (models.py, line",
    )  # fmt: skip
    monkeypatch.setattr(runner, "PATIENCE", 0)
    monkeypatch.setattr(runner, "PRELOAD", {})
    with runner.Session() as made:
        report = made.check(find(str(broken(tmp_path, loop))), {"Sequential.predict", "metrics.accuracy"})
    assert loop.words in report.outcome(loop.fails).message
    assert report.outcome("metrics.accuracy").outcome == "pass"


def test_the_reference_passes_everything_from_the_command_line(tmp_path: Path) -> None:
    result = run_module(
        "groundup", "check-library", str(LIBRARY), "--html", str(tmp_path / "report.html"), cwd=tmp_path
    )
    assert result.returncode == 0, result.stdout + result.stderr
    assert "All that the contract requires works." in result.stdout
    assert "  fail " not in result.stdout, "what is a stretch works, too"
    assert "✗ fails</td>" not in (tmp_path / "report.html").read_text("utf-8")


def test_the_skeleton_is_missing_throughout(session: runner.Session) -> None:
    report = session.check(find(str(SKELETON)))
    asked = {result.name: result for item, result in report.rows if item.group != "package"}
    others = {name: result for name, result in asked.items() if result.outcome not in ("missing", "skipped")}
    assert not others
    assert not report.passed
    assert all(result.outcome == "pass" for item, result in report.rows if item.group == "package")
