"""The place where attacks happen: a course of two exercises and lesson 3, bait to harm, and ears that listen.

In: an empty folder. Out: a course whose `grading/submitted` fills with what attackers and honest students hand in.
"""

from __future__ import annotations

import contextlib
import copy
import json
import os
import shutil
import socketserver
import threading
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from attacks.attack import RIGHT, UNCAUGHT, Attack, Notebook, write
from groundup.grading.proof.bank import answers
from groundup.lessons.course import Course
from groundup.lessons.edition import generate

ROOT = Path(__file__).resolve().parents[2]
WEEK = "week00"

HIDDEN, SOLUTION, SECRET = "canary-of-the-hidden-tests", "canary-of-the-solution", "canary-of-the-secret"
INPUT = "60221"
"""Digits of a number that hidden tests give to `spread` and `center`."""
CANARIES = (HIDDEN, SOLUTION, SECRET, UNCAUGHT)
"""What may never come out of grading, whoever asks."""

SLEEP = "75311"
"""Seconds, by which the processes that attacks leave behind are known."""
BAIT = "ada,10\nben,9\n"

_OWN = Path("/proc/self/ns/pid")
PIDS = str(_OWN.readlink()) if _OWN.is_symlink() else ""
"""The process namespace of the tests."""

LIMITS = """
c.Limits.cell_seconds = 4
c.Limits.notebook_seconds = 40
c.Limits.cpu_seconds = 60
c.Limits.memory_mb = 1024
c.Limits.disk_mb = 32
c.Limits.output_kb = 64
"""


def _marks(grade_id: str, *, solution: bool = False, points: int | None = None) -> str:
    marks: dict[str, Any] = {"grade": points is not None, "grade_id": grade_id, "locked": not solution}
    marks |= {"schema_version": 3, "solution": solution, "task": False}
    return "nbgrader=" + json.dumps(marks if points is None else {**marks, "points": points})


LESSON = f"""\
# %% [markdown]
# # Two exercises

# %%
import numpy as np

from groundup.checks import expect, fresh_rng

# %% {_marks("helper")}
def columns(X):
    \"\"\"The columns of X (n, d), a list of d arrays.\"\"\"
    return [X[:, j] for j in range(X.shape[1])]

# %%
print(len(columns(np.eye(3))), "columns")

# %% {_marks("spread", solution=True)}
def spread(X):
    \"\"\"The largest minus the smallest number of each column. X (n, d) -> (d,)\"\"\"
    ### BEGIN SOLUTION
    return X.max(axis=0) - X.min(axis=0) + 0 * len("{SOLUTION}"[:0])
    ### END SOLUTION

# %% {_marks("spread-check", points=2)}
expect(spread).of(np.array([[1.0, 5.0], [4.0, -2.0], [2.0, 0.0]])).leaves_arguments_unchanged().equals(
    [3.0, 7.0], mistakes={{"this is the largest number of each column": [4.0, 5.0]}}
)

# %% {_marks("spread-hidden", points=3)}
# Hidden tests look at other arrays.
### BEGIN HIDDEN TESTS
_note = "{HIDDEN}"
_rng = fresh_rng("spread")
for _X in (np.array([[{INPUT}.5, -1.0], [0.0, 8.25]]), _rng.normal(size=(5, 3)), _rng.normal(size=(9, 1))):
    _wanted = [float(max(_column) - min(_column)) for _column in columns(_X)]
    expect(spread, hidden="other arrays").of(_X.copy()).equals(_wanted)
### END HIDDEN TESTS

# %% {_marks("center", solution=True)}
def center(X):
    \"\"\"X minus the mean of each column. X (n, d) -> (n, d)\"\"\"
    ### BEGIN SOLUTION
    return X - X.mean(axis=0) + 0 * len("{SOLUTION}"[:0])
    ### END SOLUTION

# %% {_marks("center-check", points=2)}
expect(center).of(np.array([[1.0, 5.0], [3.0, -2.0]])).leaves_arguments_unchanged().equals([[-1.0, 3.5], [1.0, -3.5]])

# %% {_marks("center-hidden", points=3)}
# Hidden tests look at other arrays.
### BEGIN HIDDEN TESTS
_note = "{HIDDEN}"
_rng = fresh_rng("center")
for _X in (np.array([[{INPUT}.5, -1.0], [0.0, 8.25]]), _rng.normal(size=(6, 2))):
    _wanted = np.array([_column - sum(_column) / len(_column) for _column in columns(_X)]).T
    expect(center, hidden="other arrays").of(_X.copy()).equals(_wanted)
### END HIDDEN TESTS
"""


class _Ear(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.server.heard.append(self.rfile.readline(200).decode("utf-8", "replace").strip())  # type: ignore[attr-defined]


@dataclass
class Arena:
    """A course under attack, and what attacks could reach."""

    course: Course
    outside: Path
    """A folder of the instructor's that holds `roster.csv` and that everybody may write to."""
    heard: list[str] = field(default_factory=list)
    """Lines that came in by TCP, or by an abstract Unix socket."""
    servers: list[Any] = field(default_factory=list)
    port: int = 0

    @classmethod
    def build(cls, folder: Path) -> Arena:
        """The course with its gradebook, the bait, and the ears."""
        root, outside = folder / "course", folder / "outside"
        (root / "solutions" / WEEK).mkdir(parents=True)
        config = (ROOT / "nbgrader_config.py").read_text(encoding="utf-8")
        (root / "nbgrader_config.py").write_text(config + LIMITS, encoding="utf-8")
        (root / "solutions" / WEEK / "01_perceptron.py").write_text(LESSON, encoding="utf-8")
        shutil.copy(ROOT / "solutions" / WEEK / "03_forward_pass.py", root / "solutions" / WEEK)
        outside.mkdir()
        outside.chmod(0o777)
        (outside / "roster.csv").write_text(BAIT, encoding="utf-8")
        (outside / "roster.csv").chmod(0o666)
        arena = cls(Course(root), outside)
        gradebook = root / "grading" / "gradebook.db"
        gradebook.parent.mkdir()
        generate(arena.course, root / "grading" / "release", f"sqlite:///{gradebook.as_posix()}")
        arena._listen()
        return arena

    def _listen(self) -> None:
        tcp = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Ear)
        self.port = tcp.server_address[1]
        unix = socketserver.ThreadingUnixStreamServer(f"\0groundup-attack-{self.port}", _Ear)
        for server in (tcp, unix):
            server.heard = self.heard  # type: ignore[union-attr]
            server.daemon_threads = True
            threading.Thread(target=server.serve_forever, daemon=True).start()
            self.servers.append(server)

    def close(self) -> None:
        """Stop listening, and end what attacks left running."""
        for server in self.servers:
            server.shutdown()
            server.server_close()
        for pid in self.left_running():
            with contextlib.suppress(OSError):
                os.kill(pid, 9)

    def left_running(self) -> list[int]:
        """Processes that attacks left behind, by process id."""
        found = []
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            with contextlib.suppress(OSError):
                if path.read_bytes().split(b"\0")[1:2] == [SLEEP.encode()]:
                    found.append(int(path.parent.name))
        return found

    def edition(self, lesson: str) -> Notebook:
        """The student edition of a lesson."""
        path = self.course.root / "grading" / "release" / WEEK / f"{lesson}.ipynb"
        return dict(json.loads(path.read_text(encoding="utf-8")))

    def handed_in(self, student: str, lesson: str) -> Path:
        """Where a student's notebook lies."""
        return self.course.root / "grading" / "submitted" / student / WEEK / f"{lesson}.ipynb"

    def hand_in(self, student: str, attack: Attack) -> None:
        """Put what the attack makes into the folder of submissions."""
        self._write(student, attack.lesson, attack.make(copy.deepcopy(self.edition(attack.lesson))))
        if attack.place:
            attack.place(self.handed_in(student, attack.lesson))

    def hand_in_honestly(self, student: str) -> None:
        """Hand in both lessons with everything right."""
        for lesson in ("01_perceptron", "03_forward_pass"):
            self._write(student, lesson, write(self.edition(lesson), right(lesson)))

    def _write(self, student: str, lesson: str, made: Notebook | bytes) -> None:
        data = made if isinstance(made, bytes) else json.dumps(made).encode("utf-8")
        places = {"@OUTSIDE@": self.outside, "@ROOT@": self.course.root, "@PORT@": self.port, "@PIDS@": PIDS}
        for name, place in places.items():
            data = data.replace(name.encode(), str(place).encode())
        path = self.handed_in(student, lesson)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


@cache
def right(lesson: str) -> dict[str, str]:
    """Right answers to every exercise of a lesson; those of the real one come from the bank."""
    if lesson == "01_perceptron":
        return RIGHT
    course = Course(ROOT)
    bank = answers(course, course.lessons(f"{WEEK}/{lesson}")[0])
    shapes = {"faded-shapes": "shape_W1, shape_Z1, shape_b2, shape_logits = (64, 32), (5, 32), (10,), (5, 10)"}
    return {**shapes, **{answer.exercise: answer.source for answer in reversed(bank) if answer.right}}
