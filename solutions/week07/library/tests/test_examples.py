"""The examples reach what they promise."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

LIBRARY = Path(__file__).resolve().parents[1]


def example(name: str, *arguments: str) -> str:
    told = subprocess.run(
        [sys.executable, str(LIBRARY / "examples" / name), *arguments],
        env=dict(os.environ, PYTHONPATH=str(LIBRARY), PYTHONUTF8="1"), capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    assert told.returncode == 0, told.stdout + told.stderr
    return told.stdout


def test_the_spiral_is_told_apart_and_drawn(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    assert "new points are told apart" in example("spiral.py", str(tmp_path / "curves.png"))
    assert (tmp_path / "curves.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.skipif("GROUNDUP_DATA" not in os.environ, reason="MNIST is read from the folder that GROUNDUP_DATA names")
def test_digits_are_read(tmp_path: Path) -> None:
    said = example("mnist.py", str(tmp_path / "weights.npz"))
    assert "test images are read right" in said and (tmp_path / "weights.npz").exists()
