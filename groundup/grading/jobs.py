"""What travels between the steps of grading: plain data, which can be pickled, compared and written as JSON.

Job   one notebook of one student, rebuilt on the instructor's master: what is to run, cell by cell
Ran   what came out of it: a `CellRun` for each cell, or a fault that was nobody's answer
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Role = Literal["student", "shared", "test"]
"""Who runs a cell: the student's process, both processes (what the course wrote and locked), or the checker alone."""


@dataclass(frozen=True)
class Limits:
    """What one notebook may use. Set in nbgrader_config.py, `c.Limits.cell_seconds = 30`."""

    cell_seconds: float = 20.0
    """Wall clock of one cell; then it is interrupted, and after 2 more seconds killed."""
    notebook_seconds: float = 180.0
    """Wall clock of the whole notebook; cells after that are not run."""
    cpu_seconds: int = 240
    """CPU time of one process."""
    memory_mb: int = 2048
    """Memory that the processes of one notebook may use together."""
    processes: int = 64
    """Processes and threads at the same time."""
    output_kb: int = 256
    """What is kept of the outputs of one cell."""
    disk_mb: int = 128
    """Size of the private, empty folder that the student's code may write to."""


@dataclass(frozen=True)
class Cell:
    """One code cell of a job, in the order of the notebook."""

    name: str
    """The grade_id, or the id of the cell where nbgrader knows nothing of it."""
    role: Role
    source: str
    checker_source: str | None = None
    """What the checker runs for a `shared` cell: the course's own text, where the student may have changed theirs."""
    needs: tuple[str, ...] = ()
    """Of a test: names that it reads and does not make, so that the checker asks the student's process for them."""
    points: float = 0.0
    """Of a test: what it is worth."""
    hidden: bool = False
    """Whether students must not learn what the test does: it runs when all their cells have run."""


@dataclass(frozen=True)
class Job:
    """One notebook to run."""

    student: str
    week: str
    lesson: str
    cells: tuple[Cell, ...]
    uses_torch: bool = False
    """Whether any cell imports PyTorch; others run in a smaller warm process."""
    secret: str | None = None
    """The course's secret for hidden inputs; only the checker gets it."""
    limits: Limits = field(default_factory=Limits)


@dataclass
class CellRun:
    """What came out of one cell."""

    outputs: list[dict[str, Any]] = field(default_factory=list)
    """In the form of nbformat 4: stream, execute_result, display_data, error."""
    error: str = ""
    """The name of the exception that ended the cell; empty when it ran to its end."""
    message: str = ""
    """The text of that exception."""
    value: float | None = None
    """Of a test: the number its last line gave, if it gave one (partial credit)."""
    ran: bool = True
    """False where the cell was not needed, or not reached within the notebook's time."""
    seconds: float = 0.0

    @property
    def said(self) -> str:
        """What ended the cell, as a person reads it: a check's own words, else the error's name before its text."""
        return self.message if self.error == "CheckFailed" else f"{self.error}: {self.message}"

    def paid(self, points: float) -> float:
        """nbgrader's rule: an error gives nothing, a number as the last line gives that many points, else all."""
        if self.error or not self.ran:
            return 0.0
        return points if self.value is None else min(max(self.value, 0.0), points)


@dataclass
class Ran:
    """What came out of a job."""

    student: str
    week: str
    lesson: str
    cells: dict[str, CellRun] = field(default_factory=dict)
    """By the cell's name."""
    fault: str | None = None
    """Why there is no result though it was no fault of the answers: then nothing is recorded, and it is run again."""
    notes: list[str] = field(default_factory=list)
    """What an instructor should know: a process that had to be killed, a limit that was reached."""
    isolation: str = "none"
    """How the student's code was kept apart: `sandbox`, or `none` where the instructor allowed that."""
    seconds: float = 0.0
    cpu_seconds: float = 0.0


@dataclass
class Graded:
    """What grading one notebook gave: the record of it, and what pages are made of.

    It stands as JSON in the metadata of the autograded notebook, under `groundup`, so that a later run knows what is
    done and the report can be made of everything that was ever graded.
    """

    student: str
    week: str
    lesson: str
    scores: dict[str, float] = field(default_factory=dict)
    """Points by the grade_id of the check; a cell that a person has to read is not in it."""
    messages: dict[str, str] = field(default_factory=dict)
    """What each check said that did not pay all its points."""
    fault: str | None = None
    """Why the notebook was not graded, in a sentence; None when it was."""
    retry: bool = False
    """Whether the fault is the machine's and not the file's: such a notebook is graded again by the next run."""
    notes: list[str] = field(default_factory=list)
    """What was healed, and what a process did that an instructor should know of."""
    evidence: list[str] = field(default_factory=list)
    """What makes the submission look like an attempt to cheat or to do harm, a sentence each."""
    submission: str = ""
    """SHA-256 of the file that was handed in."""
    master: str = ""
    """SHA-256 of the master that it was graded with."""
    submitted_at: str | None = None
    """When it was handed in, ISO 8601 in UTC; None where nobody knows."""
    isolation: str = "none"
    """`sandbox`, or `none` where the instructor allowed that."""
    seconds: float = 0.0
    """Wall clock of the run."""
