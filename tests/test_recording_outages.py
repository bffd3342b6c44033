"""Recording while things break: a killed engine, a second engine, a locked file, a server that restarts."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from recorded_class import FULL, LESSON, WEEK, Desk, copy_of, enter_assignments, prepared

from groundup.grading.recording import database
from groundup.lessons.course import CourseError

CLASS = [f"student{number:02}" for number in range(30)]
POSTGRES = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)), None)
POSTGRES = POSTGRES or (Path(found) if (found := shutil.which("initdb")) else None)

ENGINE = """
import sys, time
from pathlib import Path
sys.path[:0] = sys.argv[3:]
from recorded_class import Desk
desk = Desk(Path(sys.argv[1]), sys.argv[2])
with desk.recorder() as recorder:
    print("open", flush=True)
    for number in range(30):
        recorder.record(desk.graded(f"student{number:02}"), desk.notebook())
        print(number, flush=True)
    time.sleep(60)
"""
HOLDER = """
import sqlite3, sys, time
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
time.sleep(float(sys.argv[2]))
connection.execute("ROLLBACK")
"""


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return prepared(tmp_path_factory.mktemp("outages") / "a course")


@pytest.fixture
def desk(original: Desk, tmp_path: Path) -> Desk:
    return copy_of(original, tmp_path / "a course")


def start(script: str, *arguments: object) -> subprocess.Popen[str]:
    """A process of its own, when it has said its first word."""
    command = [sys.executable, "-c", script, *map(str, arguments)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline()
    return process


def start_engine(desk: Desk) -> subprocess.Popen[str]:
    here = Path(__file__).resolve().parent
    return start(ENGINE, desk.course.root, desk.db_url, here, here.parent)


def record_the_rest(desk: Desk, students: list[str] = CLASS) -> int:
    """A second run: it records what is not done, and says how many those were."""
    with desk.recorder() as recorder:
        left = [graded for graded in map(desk.graded, students) if not desk.is_done(recorder, graded)]
        for graded in left:
            recorder.record(graded, desk.notebook())
    return len(left)


def assert_all_recorded_once(desk: Desk, students: list[str] = CLASS) -> None:
    with desk.recorder() as recorder:
        assert recorder.recorded(WEEK) == [desk.graded(student) for student in students]
    for student in students:
        grades = {name: mark for name, (mark, _, _) in desk.grades(student).items()}
        assert grades == {**FULL, "double-why": None}


@pytest.mark.parametrize("words", [1, 16])
def test_a_second_run_finishes_what_a_killed_one_began(desk: Desk, words: int) -> None:
    engine = start_engine(desk)
    for _ in range(words):
        assert engine.stdout is not None
        engine.stdout.readline()
    time.sleep(0.003 * words)  # so that it is hit at different points of its work
    engine.kill()
    engine.wait()
    assert len(CLASS) - words - 9 < record_the_rest(desk) <= len(CLASS) - words
    assert_all_recorded_once(desk)
    assert record_the_rest(desk) == 0


def test_a_second_engine_is_told_who_holds_the_gradebook(desk: Desk) -> None:
    engine = start_engine(desk)
    try:
        with pytest.raises(CourseError, match=f"process {engine.pid} on .* holds .*gradebook.db.lock"), desk.recorder():
            pass
    finally:
        engine.kill()
        engine.wait()
    with (
        desk.recorder(),
        pytest.raises(CourseError, match=f"process {os.getpid()} "),
        desk.recorder(),
    ):
        pass
    with desk.recorder() as recorder:
        recorder.record(desk.graded("ada"), desk.notebook())


def test_a_gradebook_that_is_locked_for_five_seconds_is_waited_for(desk: Desk) -> None:
    desk.db_url += "?timeout=0.2"
    with desk.recorder() as recorder:
        recorder.record(desk.graded("ada"), desk.notebook())
        holder = start(HOLDER, desk.folder / "gradebook.db", 5)
        began = time.monotonic()
        recorder.record(desk.graded("bob"), desk.notebook())
        assert 4 < time.monotonic() - began < 15
        holder.wait()
    assert_all_recorded_once(desk, ["ada", "bob"])


def test_a_gradebook_that_stays_locked_is_given_up_in_a_sentence(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "PATIENCE", 1.0)
    desk.db_url += "?timeout=0.1"
    with desk.recorder() as recorder:
        recorder.record(desk.graded("ada"), desk.notebook())
        holder = start(HOLDER, desk.folder / "gradebook.db", 60)
        with pytest.raises(CourseError, match=r"database is locked\)\. Nothing is lost: what was recorded stays"):
            recorder.record(desk.graded("bob"), desk.notebook())
        holder.kill()
        holder.wait()
        assert not (desk.autograded / "bob" / WEEK / f"{LESSON}.ipynb").exists()
        recorder.record(desk.graded("bob"), desk.notebook())
    assert_all_recorded_once(desk, ["ada", "bob"])
    assert sqlite3.connect(desk.folder / "gradebook.db").execute("PRAGMA integrity_check").fetchone() == ("ok",)


class Server:
    """A PostgreSQL server of the test's own, reached by a socket in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.data = folder, folder / "data"
        self.user = "postgres" if os.geteuid() == 0 else None
        if self.user:
            shutil.chown(folder, self.user)
        self.run("initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "--no-sync")
        self.start()
        self.run("createdb", "-h", folder, "-U", "postgres", "groundup")

    def run(self, program: str, *arguments: object) -> None:
        assert POSTGRES is not None
        command = [str(POSTGRES.with_name(program)), *map(str, arguments)]
        subprocess.run(command, user=self.user, cwd=self.folder, stdout=subprocess.DEVNULL, check=True, timeout=60)

    def start(self) -> None:
        options = f"-k {self.folder} -c listen_addresses=''"
        self.run("pg_ctl", "-D", self.data, "-l", self.folder / "log", "-w", "-o", options, "start")

    def stop(self) -> None:
        self.run("pg_ctl", "-D", self.data, "-m", "fast", "-w", "stop")


@pytest.fixture
def server() -> Iterator[Server]:
    pytest.importorskip("psycopg2", reason="psycopg2 is not installed")
    if POSTGRES is None:
        pytest.skip("no PostgreSQL server is installed here")
    with tempfile.TemporaryDirectory(prefix="groundup-pg-") as folder:
        server = Server(Path(folder))
        try:
            yield server
        finally:
            server.stop()


@pytest.fixture
def served(original: Desk, tmp_path: Path, server: Server) -> Desk:
    """A desk whose gradebook is kept by the server."""
    root = copy_of(original, tmp_path / "a course").course.root
    desk = Desk(root, f"postgresql+psycopg2://postgres:secret@/groundup?host={server.folder}")
    enter_assignments(desk.course, desk.db_url)
    return desk


def test_postgresql_may_be_stopped_for_five_seconds_in_the_middle(served: Desk, server: Server) -> None:
    back = threading.Event()

    def restart() -> None:
        server.stop()
        time.sleep(5)
        server.start()
        back.set()

    students = iter(f"student{number:04}" for number in range(10_000))
    done = []
    with served.recorder() as recorder:
        restarting = threading.Timer(0.5, restart)
        restarting.start()
        while not back.is_set() or len(done) % 10:
            done.append(next(students))
            recorder.record(served.graded(done[-1]), served.notebook())
        restarting.join()
        recorder.record(served.graded("zoe"), served.notebook())
    assert record_the_rest(served, [*done, "zoe"]) == 0
    assert_all_recorded_once(served, [*done, "zoe"])


def test_postgresql_knows_of_a_second_engine_in_another_folder_and_of_its_end(served: Desk, tmp_path: Path) -> None:
    engine = start_engine(served)
    other = Desk(copy_of(served, tmp_path / "another checkout").course.root, served.db_url)
    with pytest.raises(CourseError, match=f"process {engine.pid} on") as refused, other.recorder():
        pass
    assert "secret" not in str(refused.value)
    engine.send_signal(signal.SIGKILL)
    engine.wait()
    shutil.rmtree(other.autograded, ignore_errors=True)
    record_the_rest(served)
    assert_all_recorded_once(served)
