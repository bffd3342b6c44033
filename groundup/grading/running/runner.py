"""Run one notebook: its cells in a student's process, its tests in a checker, both forks of a warm process.

In: a `Job`. Out: a `Ran`. A cell that does not end is interrupted, then killed; a student's process that died is
replaced by a new one, in which the cells above run again without the one that killed it. What is the machine's fault
and not the student's becomes `Ran.fault`.
"""

from __future__ import annotations

import socket
import threading
import time
from functools import lru_cache
from types import TracebackType
from typing import Literal

from groundup.grading.jobs import Cell, CellRun, Job, Limits, Ran
from groundup.grading.parsing import compiled
from groundup.grading.running.outputs import cell_run
from groundup.grading.running.process import GRACE_SECONDS, Process, Stopped
from groundup.grading.running.sandbox import SandboxError, Warm
from groundup.grading.wire.asking import AFTER_AN_INTERRUPT
from groundup.grading.wire.frames import Closed, Message, WireError

MOST_STARTS = 6
"""How often a student's process is started for one notebook."""

OUT_OF_TIME = "no end within {:.0f} seconds: a loop that never stops?"
CHECK_ENDED = "A check could not be finished and had to be ended: look at the answer that it checks."
DIED = "This ended Python itself: exit, os._exit, a crash, or too much memory."


class Runner:
    """The warm processes of a worker: a small one, and one with PyTorch where it is needed. Threads may share it."""

    def __init__(self, limits: Limits, *, isolated: bool = True) -> None:
        self.limits = limits
        self.isolated = isolated
        self._warm: dict[bool, Warm] = {}
        self._locks = {True: threading.Lock(), False: threading.Lock()}

    def warm(self, torch: bool) -> Warm:
        """The warm process with or without PyTorch; started when it is first needed. Raises SandboxError."""
        with self._locks[torch]:
            if torch not in self._warm:
                self._warm[torch] = Warm(torch=torch, limits=self.limits, isolated=self.isolated)
            return self._warm[torch]

    def run(self, job: Job) -> Ran:
        """Run a job, and once more where the machine failed; failing again stands in the result as `fault`.

        Never raises for what a student's code does.
        """
        ran = self._once(job)
        return self._once(job) if ran.fault else ran

    def _once(self, job: Job) -> Ran:
        began = time.monotonic()
        ran = Ran(job.student, job.week, job.lesson, isolation="sandbox" if self.isolated else "none")
        try:
            warm = self.warm(job.uses_torch)
            starts = warm.starts
            with _Run(warm, job, ran) as run:
                run.all_cells()
            if warm.starts != starts or not warm.alive():  # the forks ended with it: no answer is to blame
                ran.fault = "the process that notebooks run in ended"
        except (SandboxError, WireError, OSError, Stopped) as error:
            ran.fault = f"{type(error).__name__}: {error}"
        ran.seconds = time.monotonic() - began
        return ran

    def close(self) -> None:
        """End the warm processes."""
        for warm in self._warm.values():
            warm.close()
        self._warm.clear()

    def __enter__(self) -> Runner:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


class _Run:
    """One notebook while it runs."""

    def __init__(self, warm: Warm, job: Job, ran: Ran) -> None:
        self.warm, self.job, self.ran, self.limits = warm, job, ran, job.limits
        self.deadline = time.monotonic() + job.limits.notebook_seconds
        self.done: list[Cell] = []
        """Cells that have run in the student's process, and run again in a new one."""
        self.tested: list[Cell] = []
        self.starts = 0
        ours, theirs = socket.socketpair()
        self.student: Process | None = self._start_student(ours)
        self.checker = self._start_checker(theirs)

    def __enter__(self) -> _Run:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for process in (self.student, self.checker):
            if process is not None:
                self.ran.cpu_seconds += process.fork.cpu_seconds()
                process.fork.close()

    def all_cells(self) -> None:
        """Run every cell of the job, each with what is left of the notebook's time.

        Hidden tests run last, with what was there where they stand: what a student's function remembers of their
        inputs, no cell of the student's can print any more.
        """
        for cell in self.job.cells:
            if cell.hidden:
                self._test(cell, "fetch")
            else:
                self.ran.cells[cell.name] = self._timed(cell)
        for cell in self.job.cells:
            if cell.hidden:
                self.ran.cells[cell.name] = self._timed(cell)

    def _timed(self, cell: Cell) -> CellRun:
        began = time.monotonic()
        if began > self.deadline:
            message = f"The notebook took more than {self.limits.notebook_seconds:.0f} seconds; this did not run."
            return CellRun(error="NotReached", message=message, ran=False)
        run = self._test(cell, "test") if cell.role == "test" else self._in_student(cell)
        if cell.role == "shared":
            self._in_checker("shared", cell)
            self.tested.append(cell)
        run.seconds = time.monotonic() - began
        return run

    # ---- the student's process ---------------------------------------------------------------------------------------

    def _start_student(self, channel: socket.socket) -> Process:
        self.starts += 1
        return Process(self.warm, "student", channel, self.limits)

    def _in_student(self, cell: Cell) -> CellRun:
        """Run a cell of the student's; one that kills the process, or has to be killed, costs only itself."""
        if self.student is None:
            return CellRun(error="DeadKernel", message="This did not run: the Python process ended again and again.")
        try:
            found = cell_run(self._executed(self.student, cell).get("ran"), self.limits.output_kb * 1024)
        except (Stopped, Closed) as stopped:
            self._replace()
            self.ran.notes.append(f"The cell '{cell.name}' ended its Python process, or had to be ended with it.")
            if str(stopped) == "time":
                return CellRun(error="Timeout", message=OUT_OF_TIME.format(self.limits.cell_seconds))
            return CellRun(error="DeadKernel", message=DIED)
        if found.error == "KeyboardInterrupt":
            found.message = OUT_OF_TIME.format(self.limits.cell_seconds)
        self.done.append(cell)
        return found

    def _executed(self, student: Process, cell: Cell) -> Message:
        """What the process says of a cell that it has run. Raises Stopped or Closed when it does not come so far."""
        student.stream.send({"source": cell.source, "output_kb": self.limits.output_kb})
        return student.wait(self._until())

    def _replace(self) -> None:
        """Start another process for the student, with the cells so far; hand the checker the way to it."""
        channel = self._new_student()
        if channel is not None:
            with channel:
                self.checker.stream.send({"do": "channel"}, sockets=(channel.fileno(),))
            self.checker.wait(self._until())

    def _new_student(self) -> socket.socket | None:
        """A new process in which the cells above have run; the checker's end of the channel to it."""
        if self.student is not None:
            self.ran.cpu_seconds += self.student.fork.cpu_seconds()
            self.student.fork.close()
            self.student = None
        if self.starts >= MOST_STARTS or time.monotonic() > self.deadline:
            return None
        ours, theirs = socket.socketpair()
        self.student = self._start_student(ours)
        for cell in list(self.done):
            try:
                self._executed(self.student, cell)
            except (Stopped, Closed):  # what ran well before kills now: it does not run again
                self.done.remove(cell)
                theirs.close()
                return self._new_student()
        return theirs

    def _until(self) -> float:
        return min(time.monotonic() + self.limits.cell_seconds, self.deadline + 1.0)

    # ---- the checker -------------------------------------------------------------------------------------------------

    def _start_checker(self, channel: socket.socket) -> Process:
        checker = Process(self.warm, "checker", channel, self.limits)
        sources = [cell.source for cell in self.job.cells if cell.role != "test"]
        checker.stream.send({"do": "setup", "secret": self.job.secret, "sources": sources})
        checker.wait(time.monotonic() + self.limits.cell_seconds)
        return checker

    def _test(self, cell: Cell, what: Literal["test", "fetch"]) -> CellRun:
        """Run a test, or fetch for a hidden one what it will need."""
        try:
            found = self._in_checker(what, cell)
        except (Stopped, Closed):
            # A checker that ends was brought down by what it was given: that costs the cell its points, no other.
            self.ran.notes.append(CHECK_ENDED)
            self._replace_checker()
            return CellRun(error="CheckStopped", message="This check could not be finished with your answer.")
        if what == "test":
            self.tested.append(cell)
        return found

    def _in_checker(self, what: str, cell: Cell) -> CellRun:
        """Have the checker do something with a cell; meanwhile look after the student's process for it."""
        message = {"do": what, "name": cell.name, "needs": list(cell.needs), "hidden": cell.hidden}
        code = [] if what == "fetch" else _code(cell.checker_source or cell.source, cell.name)
        self.checker.stream.send(message, code)
        deadline = self._until()
        while True:
            answer = self.checker.wait(deadline, self.student.fork if self.student else None)
            if "done" in answer:
                return cell_run(answer["done"], self.limits.output_kb * 1024)
            if answer.get("want") == "interrupt":
                if self.student is not None:
                    self.student.fork.interrupt()
                deadline = max(deadline, time.monotonic() + AFTER_AN_INTERRUPT + GRACE_SECONDS)
                self.checker.stream.send({"ok": True})
            elif answer.get("want") == "replace":
                began = time.monotonic()
                self._serve_replacement()
                deadline = min(deadline + time.monotonic() - began, self.deadline + 1.0)

    def _serve_replacement(self) -> None:
        channel = self._new_student()
        if channel is None:
            self.checker.stream.send({"ok": False})
            return
        with channel:
            self.checker.stream.send({"ok": True}, sockets=(channel.fileno(),))

    def _replace_checker(self) -> None:
        """Start another checker, in which the cells of the course so far run again."""
        self.checker.fork.close()
        ours, theirs = socket.socketpair()
        channel = self._new_student()
        self.checker = self._start_checker(channel or theirs)
        ours.close()
        for cell in list(self.tested):
            if time.monotonic() > self.deadline:  # what is left is not reached either
                return
            try:
                self._in_checker("shared" if cell.role == "shared" else "test", cell)
            except (Stopped, Closed):  # what ran well before ends the checker now: it does not run again
                self.tested.remove(cell)
                return self._replace_checker()


@lru_cache(maxsize=1024)
def _code(source: str, name: str) -> list[bytes]:
    """The compiled code of a cell of the course's: the same for the whole class."""
    return compiled(source, name)
