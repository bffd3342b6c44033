"""What several tests share: a tiny course of one lesson, copies of the real one, and the closing figures."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from groundup.lessons.course import Course

# Tests run on all cores; PyTorch with threads of its own would make each of them slower.
os.environ.setdefault("OMP_NUM_THREADS", "1")

ROOT = Path(__file__).resolve().parent.parent


def _marks(grade: bool, grade_id: str, solution: bool, points: str = "") -> str:
    """nbgrader's cell metadata as it stands in a lesson source."""
    marks = {"grade": grade, "grade_id": grade_id, "locked": grade, "schema_version": 3, "solution": solution}
    return "nbgrader=" + json.dumps({**marks, **({"points": int(points)} if points else {}), "task": False})


TINY_LESSON = f"""\
# %% [markdown]
# # A tiny lesson

# %%
from groundup.checks import expect

# %% {_marks(False, "double", True)}
def double(x):
    \"\"\"Twice x.\"\"\"
    ### BEGIN SOLUTION
    return x + x + 0 * len("only a teacher writes this")
    ### END SOLUTION

# %% {_marks(True, "double-check", False, "1")}
expect(double).of(3).equals(6, mistakes={{"you squared the number": 9, "you gave the number back": 3}})

# %% {_marks(True, "double-hidden", False, "2")}
# Hidden tests look at other numbers.
### BEGIN HIDDEN TESTS
expect(double, hidden="a negative number").of(-4021).equals(-8042, mistakes={{"the sign is lost": 8042}})
### END HIDDEN TESTS
"""


def write_tiny_course(root: Path) -> Course:
    """A course of one lesson with one exercise, in `root`."""
    (root / "solutions" / "week00").mkdir(parents=True)
    shutil.copy(ROOT / "nbgrader_config.py", root)
    (root / "solutions" / "week00" / "01_tiny.py").write_text(TINY_LESSON, encoding="utf-8")
    return Course(root)


@pytest.fixture
def tiny_course(tmp_path: Path) -> Course:
    """A tiny course in a folder of its own, with a blank in its name."""
    return write_tiny_course(tmp_path / "tiny course")


def edit(course: Course, old: str, new: str) -> None:
    """Change the source of the tiny lesson; the old text must be there."""
    source = course.lessons()[0].source
    text = source.read_text(encoding="utf-8")
    assert old in text
    source.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def course_copy(tmp_path: Path) -> Path:
    """The whole course, as git would clone it, in a folder with a blank in its name."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True, encoding="utf-8",
    )  # fmt: skip
    target = tmp_path / "a copy"
    for name in listed.stdout.splitlines():
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, target / name)
    return target


def run_module(*arguments: str, cwd: Path, timeout: float = 300) -> subprocess.CompletedProcess[str]:
    """Run `python -m ARGUMENTS` as a user would, in `cwd`."""
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=cwd, capture_output=True, text=True, timeout=timeout, encoding="utf-8", errors="replace",
    )  # fmt: skip


def pytest_xdist_auto_num_workers() -> int:
    """One test more than there are cores: a third of the time tests wait for kernels, limits and databases."""
    return (os.cpu_count() or 1) + 1


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests measured (`record_property`), such as the three figures of the answer bank."""
    for reports in terminalreporter.stats.values():
        for report in reports:
            if getattr(report, "when", None) == "call":
                for name, value in report.user_properties:
                    terminalreporter.write_line(f"{name}: {value}")
