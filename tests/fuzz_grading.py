"""Fuzz what reads untrusted bytes: the reader of notebooks, the rebuilding on the master, the decoder of the wire.

    python tests/fuzz_grading.py --inputs 10000 --seed 1

In: a number of inputs and a seed. Out: the inputs that raised anything but the expected error, or took too long, each
with its number, so that `--only NUMBER` runs it again. The exit code is 1 when there are any.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import socket
import struct
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from groundup.grading.jobs import Limits
from groundup.grading.reading.master import Master
from groundup.grading.wire.answering import Answering
from groundup.grading.wire.asking import Asking
from groundup.grading.wire.frames import Stream, WireError
from groundup.lessons.course import Course
from groundup.selfcheck.reading import UnreadableNotebookError, read_notebook

ROOT = Path(__file__).resolve().parent.parent
LESSON = "week00/03_forward_pass"
LONGEST_SECONDS = 5.0
MOST_BYTES = 150_000
"""Of a frame: what a socket holds without a reader."""

ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 4, 2**31, 2**63, 10**400, 1.5, 1e308, -0.0, "", "a", "\ud800", "\0", "\u202e",
    "x" * 5000, [], {}, [[]], [None], {"": None}, {"grade_id": "mse"}, [1, "a", None], "O", "V8", "<f8", "(1,(,)f8",
    "U0", "nan", "code", "markdown", "mse", "mse-check", "list", "dict", "tuple", "set", "array", "objects", "same",
    "yours", "ref", "name", "scalar", "generator", "int", "float", "bytes", "range", "slice", "dtype", "PCG64", "m0",
    "0x", "builtins:eval", "ExceptionGroup", "ValueError", "KeyboardInterrupt", ["ExceptionGroup", "Exception"],
)  # fmt: skip


def odd(rng: random.Random, depth: int = 0) -> Any:
    """A JSON value that nobody expects."""
    choice = rng.random()
    if choice < 0.7 or depth > 4:
        return copy.deepcopy(rng.choice(ODD))
    if choice < 0.85:
        return [odd(rng, depth + 1) for _ in range(rng.randrange(6))]
    return {str(odd(rng, 9)): odd(rng, depth + 1) for _ in range(rng.randrange(5))}


def mutated(value: Any, rng: random.Random, changes: int) -> Any:
    """A copy of a JSON value with some of its parts replaced, deleted, doubled, wrapped or swapped."""
    value = copy.deepcopy(value)
    for _ in range(changes):
        spots = _spots(value, rng)
        if not spots:
            return odd(rng)
        where, key = rng.choice(spots)
        how = rng.randrange(5)
        if how == 0 and isinstance(where, list):
            where.insert(key, copy.deepcopy(where[rng.randrange(len(where))]))
        elif how == 1:
            del where[key]
        elif how == 2:
            where[key] = [where[key]]
        elif how == 3:
            other, its = rng.choice(spots)
            where[key] = copy.deepcopy(other[its])
        else:
            where[key] = odd(rng)
    return value


def _spots(value: Any, rng: random.Random) -> list[tuple[Any, Any]]:
    """Places in a value, by container and key; of long containers a few."""
    found: list[tuple[Any, Any]] = []
    waiting = [value]
    while waiting and len(found) < 400:
        here = waiting.pop(rng.randrange(len(waiting)))
        keys = list(here) if isinstance(here, dict) else list(range(len(here)))
        for key in rng.sample(keys, min(len(keys), 12)):
            found.append((here, key))
            if isinstance(here[key], list | dict):
                waiting.append(here[key])
    return found


def damaged(raw: bytes, rng: random.Random) -> bytes:
    """Bytes with some of them cut off, flipped, doubled or replaced."""
    made = bytearray(raw)
    for _ in range(rng.randrange(1, 6)):
        at = rng.randrange(len(made) + 1)
        end = min(len(made), at + rng.choice((1, 1, 4, 50, 5000)))
        how = rng.randrange(4)
        if how == 0:
            del made[at:end]
        elif how == 1:
            made[at:end] = rng.randbytes(end - at)
        elif how == 2:
            made[at:at] = made[at:end] * rng.choice((1, 3))
        else:
            made[at:at] = rng.choice((b'"', b"[" * 3000, b"{", b"\\ud800", b"NaN", b"-", b"9" * 6000, b"\xff", b"\0"))
    return bytes(made)


# ---- notebooks -------------------------------------------------------------------------------------------------------


class Notebooks:
    """The reader and the master."""

    allowed = UnreadableNotebookError

    def __init__(self, folder: Path) -> None:
        lesson = Course(ROOT).lessons(LESSON)[0]
        self.path = folder / "03_forward_pass.ipynb"
        self.master = Master.of(lesson)
        text = (ROOT / lesson.week / f"{lesson.name}.ipynb").read_text(encoding="utf-8")
        self.edition = json.loads(text)

    def make(self, rng: random.Random) -> bytes:
        """What is handed in: noise, damaged text, or a notebook with changed parts."""
        choice = rng.random()
        if choice < 0.1:
            return rng.randbytes(rng.randrange(2000)) if rng.random() < 0.5 else json.dumps(odd(rng)).encode()
        if choice < 0.4:
            return damaged(json.dumps(self.edition).encode(), rng)
        return json.dumps(mutated(self.edition, rng, rng.randrange(1, 40))).encode()

    def try_out(self, raw: bytes) -> None:
        """Read, rebuild, and make the job, as grading does."""
        self.path.write_bytes(raw)
        healed = self.master.rebuild(read_notebook(self.path)["cells"])
        job = self.master.job("ada", healed.cells, Limits(), None)
        tests = [cell for cell in job.cells if cell.role == "test"]
        assert sum(cell.points for cell in tests) == 26, "a test is missing from what is run"
        names = [cell.name for cell in job.cells]
        assert len(set(names)) == len(names), "two cells have one name"
        json.dumps(healed.cells, allow_nan=False).encode("ascii")


# ---- frames ----------------------------------------------------------------------------------------------------------


class Nobody:
    """There is no other process to go on with."""

    def interrupt(self) -> None:
        """Nothing runs that could be interrupted."""

    def replace(self) -> socket.socket:
        """Every input is tried out once."""
        raise WireError("no other process")


class Frames:
    """The checker's end of the wire, fed with what a student's process might send."""

    allowed = WireError

    def __init__(self, folder: Path) -> None:
        self.real = [self._reply(value) for value in self._values()]

    @staticmethod
    def _values() -> list[Any]:
        array = np.arange(6.0).reshape(2, 3)
        return [
            1, -2.5, True, None, "text", 2**200, 1 + 2j, b"raw", float("nan"), [1, [2, (3, 4)]], {"a": {1: array}},
            array, array.T, array[:, 1], np.float32(3), np.array(["a", "bc"]), np.array([1, None], dtype=object),
            {1, 2}, frozenset("ab"), slice(1, None, 2), range(5), ..., np.random.default_rng(3), np.dtype("int32"),
            [array, array], len, lambda x: x, object(), ValueError("no"), iter([1]), print, int, np.sin,
        ]  # fmt: skip

    @staticmethod
    def _reply(value: Any) -> tuple[dict[str, Any], list[bytes]]:
        """What the student's side sends for a value."""
        ours, theirs = socket.socketpair()
        with ours, theirs:
            question = ["tuple", [["list", "m0", ["spread"]]]]
            Stream(ours).send({"op": "fetch", "id": 1, "target": None, "changes": [], "values": question})
            student = Answering(theirs, {"spread": value})
            student.serve(*student.stream.receive(1.0))
            return Stream(ours).receive(1.0)

    def make(self, rng: random.Random) -> bytes:
        """Noise, damaged frames, or real messages with changed parts."""
        message, buffers = rng.choice(self.real)
        message = {**message, "buffers": [len(part) for part in buffers]}
        choice = rng.random()
        if choice < 0.75:
            message = mutated(message, rng, rng.randrange(1, 8))
            if isinstance(message, dict) and rng.random() < 0.8:
                message |= {"reply": 1, "buffers": [len(part) for part in buffers]}
                if rng.random() < 0.3:
                    message["failed"] = True
                    message["values"] = described(rng)
        text = json.dumps(message).encode()
        frame = struct.pack("!I", len(text)) + text + b"".join(buffers)
        if choice < 0.75:
            return frame
        return damaged(frame, rng) if choice < 0.95 else rng.randbytes(rng.randrange(300))

    def try_out(self, raw: bytes) -> None:
        """Have the checker ask something, and answer with these bytes."""
        ours, theirs = socket.socketpair()
        with ours, theirs:
            theirs.sendall(raw[:MOST_BYTES])
            theirs.shutdown(socket.SHUT_WR)
            asking = Asking(ours, Nobody())
            try:
                asking.ask("fetch", ["spread"])
            except Exception as error:
                str(error)
                if not hasattr(error, "student_place"):  # an error that the student's side described is an answer, too
                    raise


ERRORS = (
    "ValueError", "KeyError", "ExceptionGroup", "UnicodeDecodeError", "OSError", "StopIteration", "SystemExit",
    "KeyboardInterrupt", "CheckFailed", "object", "type", "a\0b", "\ud800", "", "x" * 9000,
)  # fmt: skip


def described(rng: random.Random) -> list[Any]:
    """A node that describes an error of the student's, more or less."""
    listed = ["list", "m1", [rng.choice(ERRORS) for _ in range(rng.randrange(4))]]
    place = ["list", "m2", [rng.choice(ERRORS), rng.choice((3, -1, 2**70, "x")), "quoted", rng.choice(ERRORS)]]
    parts = {"name": rng.choice(ERRORS), "bases": listed, "text": rng.choice(ERRORS), "place": place, "home": None}
    if rng.random() < 0.4:
        parts[rng.choice(list(parts))] = odd(rng)
    return ["dict", "m0", [list(pair) for pair in parts.items()]]


# ---- the run ---------------------------------------------------------------------------------------------------------


def run(target: Any, inputs: range, seed: int) -> list[str]:
    """Try inputs out; a sentence for each that did what it must not do."""
    bad = []
    outcomes = {"taken": 0, "refused": 0}
    for number in tqdm(inputs, desc=type(target).__name__, file=sys.stdout, mininterval=1.0):
        raw = target.make(random.Random(f"{seed} {type(target).__name__} {number}"))
        began = time.monotonic()
        try:
            target.try_out(raw)
            outcomes["taken"] += 1
        except target.allowed:
            outcomes["refused"] += 1
        except Exception as error:
            bad.append(f"{type(target).__name__} {number}: {type(error).__name__}: {str(error)[:200]}")
        if (took := time.monotonic() - began) > LONGEST_SECONDS:
            bad.append(f"{type(target).__name__} {number}: took {took:.1f} s")
    print(f"{type(target).__name__}: {outcomes['taken']} taken, {outcomes['refused']} refused, {len(bad)} wrong")
    return bad


def main() -> int:
    """Run both fuzzers; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", type=int, default=10_000, help="how many inputs in all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, help="run only the input of this number")
    given = parser.parse_args()
    numbers = range(given.inputs // 2) if given.only is None else range(given.only, given.only + 1)
    targets: tuple[Callable[[Path], Any], ...] = (Notebooks, Frames)
    with tempfile.TemporaryDirectory(prefix="groundup-fuzz-") as folder:
        bad = [line for target in targets for line in run(target(Path(folder)), numbers, given.seed)]
    print(*bad[:50], sep="\n")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
