"""Grading while things break: nothing is lost, nothing is counted twice, and nothing is left behind."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import threading
import time
from pathlib import Path

import pytest
from class_of import Class, copy_of, family, gone_within, prepared, until

from groundup.grading.running.missing import missing_sandbox

MISSING = missing_sandbox()
pytestmark = pytest.mark.skipif(MISSING is not None, reason=str(MISSING))
AT_ONCE = 8.0
"""Seconds. It takes one, and on a busy machine more."""


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Class:
    return prepared(tmp_path_factory.mktemp("grade-outages") / "a course")


@pytest.fixture
def klass(original: Class, tmp_path: Path) -> Class:
    return copy_of(original, tmp_path / "a course")


def in_the_middle(klass: Class, *options: str) -> subprocess.Popen[str]:
    """An engine that has graded a few, and works at others."""
    engine = klass.start(*options)
    until(lambda: len(klass.done()) > 1, engine)
    return engine


def said_by(engine: subprocess.Popen[str]) -> str:
    said = engine.communicate(timeout=240)[0]
    assert "Traceback" not in said
    assert "distributed" not in said
    assert "resource_tracker" not in said
    return said


def finish(klass: Class, deserved: dict[str, float], done: dict[str, int]) -> None:
    """A second run grades what is left, and only that."""
    assert klass.marks().items() <= deserved.items()
    code, said = klass.grade("--workers", "1")
    assert code == 0, said
    # One may be in the gradebook and not on the shelf, when the engine was killed between the two.
    assert said.startswith(f"Grading week00: {len(done)} of {len(deserved)}")
    assert klass.marks() == deserved
    assert klass.done().items() >= done.items()
    assert all(klass.feedback(student) for student in deserved)


@pytest.mark.parametrize(("workers", "to"), [("1", "the group"), ("2", "the process"), ("2", "the group")])
def test_ctrl_c_ends_at_once_and_a_second_run_does_the_rest(klass: Class, workers: str, to: str) -> None:
    deserved = klass.hand_in_all(12, seconds=0.5)
    engine = in_the_middle(klass, "--workers", workers)
    started, began = family(engine.pid), time.monotonic()
    (os.killpg if to == "the group" else os.kill)(engine.pid, signal.SIGINT)
    said = said_by(engine)
    assert engine.returncode == 130
    assert time.monotonic() - began < AT_ONCE
    assert "Interrupted. What was graded until now is recorded" in said
    assert gone_within(AT_ONCE, started)
    done = klass.done()
    assert 1 < len(done) < len(deserved)
    finish(klass, deserved, done)


def test_ctrl_c_while_the_workers_start_ends_at_once_too(klass: Class) -> None:
    klass.hand_in_all(12)
    engine = klass.start("--workers", "2")
    until(lambda: any("spawn_main" in command for command in family(engine.pid).values()), engine)
    started, began = family(engine.pid), time.monotonic()
    os.killpg(engine.pid, signal.SIGINT)
    said_by(engine)
    assert engine.returncode == 130
    assert time.monotonic() - began < AT_ONCE
    assert gone_within(AT_ONCE, started)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_killed_engine_takes_all_its_processes_with_it_and_a_second_run_does_the_rest(
    klass: Class, workers: str
) -> None:
    deserved = klass.hand_in_all(12, seconds=0.5)
    engine = in_the_middle(klass, "--workers", workers)
    started = family(engine.pid)
    engine.kill()
    said_by(engine)
    assert gone_within(AT_ONCE, started)
    finish(klass, deserved, klass.done())


def test_a_killed_worker_loses_nothing_and_counts_nothing_twice(klass: Class) -> None:
    deserved = klass.hand_in_all(14, seconds=0.5)
    engine = in_the_middle(klass, "--workers", "2")
    worker = next(pid for (pid, _), command in family(engine.pid).items() if "spawn_main" in command)
    os.kill(worker, signal.SIGKILL)
    said = said_by(engine)
    assert engine.returncode == 0, said
    assert "14 notebooks of 14 students are graded" in said
    assert klass.marks() == deserved


def test_a_gradebook_that_is_locked_for_ten_seconds_is_waited_for(klass: Class) -> None:
    deserved = klass.hand_in_all(8, seconds=0.3)
    engine = in_the_middle(klass, "--workers", "1")
    other = sqlite3.connect(klass.grading / "gradebook.db", isolation_level=None, check_same_thread=False, timeout=60)
    other.execute("BEGIN IMMEDIATE")
    done = len(klass.done())
    release = threading.Timer(10, other.execute, ["ROLLBACK"])
    release.start()
    said = said_by(engine)
    release.join()
    assert engine.returncode == 0, said
    assert "8 notebooks of 8 students are graded" in said
    assert done < 8
    assert klass.marks() == deserved
