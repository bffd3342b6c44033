"""Grading on workers that run elsewhere: a Dask scheduler and its workers as processes of their own, also with TLS."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from class_of import Class, copy_of, family, gone_within, prepared, until
from distributed import Security

from groundup.grading.running.missing import missing_sandbox

MISSING = missing_sandbox()
pytestmark = pytest.mark.skipif(MISSING is not None, reason=str(MISSING))


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Class:
    return prepared(tmp_path_factory.mktemp("grade-scheduler") / "a course")


@pytest.fixture
def klass(original: Class, tmp_path: Path) -> Class:
    return copy_of(original, tmp_path / "a course")


def certificates(folder: Path) -> dict[str, str]:
    """Dask's own configuration for TLS with new certificates, as variables of the environment."""
    made = Security.temporary()
    variables = {"DASK_DISTRIBUTED__COMM__REQUIRE_ENCRYPTION": "True"}
    for name, text in (("ca", made.tls_ca_file), ("cert", made.tls_client_cert), ("key", made.tls_client_key)):
        path = folder / f"{name}.pem"
        path.write_text(text, encoding="utf-8")
        for part in ("CLIENT", "SCHEDULER", "WORKER"):
            owner = "" if name == "ca" else f"{part}__"
            variables[f"DASK_DISTRIBUTED__COMM__TLS__{owner}{'CA_FILE' if name == 'ca' else name.upper()}"] = str(path)
    return variables


@contextlib.contextmanager
def cluster(folder: Path, variables: dict[str, str], protocol: str) -> Iterator[tuple[str, list[int]]]:
    """The address of a scheduler, and the process ids of its workers: one of two threads, one of one."""
    with contextlib.ExitStack() as stack:

        def run(part: str, *arguments: str) -> subprocess.Popen[bytes]:
            command = [sys.executable, "-m", f"distributed.cli.dask_{part}", *arguments, "--no-dashboard"]
            process = subprocess.Popen(
                command,
                env={**os.environ, **variables},
                cwd=folder,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            stack.callback(process.wait)
            stack.callback(process.kill)
            return process

        known = folder / "scheduler.json"
        scheduler = run(
            "scheduler", "--host", "127.0.0.1", "--port", "0", "--protocol", protocol, "--scheduler-file", str(known)
        )
        until(known.exists, scheduler)
        address = json.loads(known.read_text(encoding="utf-8"))["address"]
        options = ("--no-nanny", "--local-directory", str(folder), "--nthreads")
        yield address, [run("worker", address, *options, threads).pid for threads in ("2", "1")]


@pytest.mark.parametrize("protocol", ["tcp", "tls"])
def test_workers_of_a_scheduler_grade_and_are_left_as_they_were(klass: Class, tmp_path: Path, protocol: str) -> None:
    deserved = klass.hand_in_all(12, seconds=0.3)
    variables = certificates(tmp_path) if protocol == "tls" else {}
    with cluster(tmp_path, variables, protocol) as (address, workers):
        assert address.startswith(f"{protocol}://127.0.0.1:")
        engine = klass.start("--scheduler", address, **variables)
        until(lambda: len(klass.done()) > 3, engine)
        warm = {one: said for pid in workers for one, said in family(pid).items() if one[0] not in workers}
        assert sum("running.warm" in said and "bwrap" not in said for said in warm.values()) >= 3
        said = engine.communicate(timeout=120)[0]
        assert engine.returncode == 0, said
        assert klass.marks() == deserved
        assert "Traceback" not in said
        assert gone_within(5, warm), "the workers keep no warm process of a run that has ended"

        klass.hand_in_all(2)  # the same workers serve the next run
        code, said = klass.grade("--scheduler", address, **variables)
        assert (code, klass.marks()) == (0, deserved), said


def test_a_scheduler_that_goes_away_ends_the_run_in_a_sentence_and_a_second_run_does_the_rest(
    klass: Class, tmp_path: Path
) -> None:
    deserved = klass.hand_in_all(12, seconds=0.5)
    with cluster(tmp_path, {}, "tcp") as (address, _):
        engine = klass.start("--scheduler", address)
        until(lambda: len(klass.done()) > 1, engine)
    said = engine.communicate(timeout=120)[0]
    assert engine.returncode == 1
    assert "Traceback" not in said
    assert "it does the rest" in said
    code, said = klass.grade("--workers", "1")
    assert (code, klass.marks()) == (0, deserved), said


def test_a_scheduler_that_cannot_be_reached_is_a_sentence(klass: Class) -> None:
    klass.hand_in_all(1)
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    code, said = klass.grade("--scheduler", address, DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT="2s")
    assert code == 1
    assert f"The Dask scheduler {address} cannot be reached" in said
    assert klass.marks() == {}

    code, said = klass.grade("--scheduler", address.replace("tcp", "tls"))
    assert code == 1
    assert "cannot be reached" in said
