"""Run one notebook: its cells in a student's process, its tests in a checker, both forks of a warm process.

In: a `Job`. Out: a `Ran`. A cell that does not end is interrupted, then killed; a student's process that died is
replaced by a new one, in which the cells above run again without the one that killed it. What is the machine's fault
and not the student's becomes `Ran.fault`.
"""

from __future__ import annotations

import select
import socket
import time
from types import TracebackType
from typing import Any, Literal

from groundup.grading.jobs import Cell, CellRun, Job, Limits, Ran
from groundup.grading.running.sandbox import Fork, SandboxError, Warm
from groundup.grading.wire.asking import AFTER_AN_INTERRUPT
from groundup.grading.wire.frames import Closed, Message, Stream, WireError

GRACE_SECONDS = 2.0
"""After an interrupt, before the process is killed."""

WATCH_SECONDS = 0.1
"""How often memory and time are looked at while a cell runs."""

MOST_STARTS = 6
"""How often a student's process is started for one notebook."""

OUT_OF_TIME = "no end within {:.0f} seconds: a loop that never stops?"
DIED = "This ended Python itself: exit, os._exit, a crash, or too much memory."


class Runner:
    """The warm processes of one worker: a small one, and one with PyTorch where a notebook needs it."""

    def __init__(self, limits: Limits, *, isolated: bool = True) -> None:
        self.limits = limits
        self.isolated = isolated
        self._warm: dict[bool, Warm] = {}

    def warm(self, torch: bool) -> Warm:
        """The warm process with or without PyTorch; started when it is first needed. Raises SandboxError."""
        if torch not in self._warm:
            self._warm[torch] = Warm(torch=torch, limits=self.limits, isolated=self.isolated)
        return self._warm[torch]

    def run(self, job: Job) -> Ran:
        """Run a job. Never raises for what a student's code does; a fault of the machine stands in the result."""
        began = time.monotonic()
        ran = Ran(job.student, job.week, job.lesson, isolation="sandbox" if self.isolated else "none")
        try:
            with _Run(self.warm(job.uses_torch), job, ran) as run:
                run.all_cells()
        except (SandboxError, WireError, OSError) as error:
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


class _Stopped(Exception):
    """A process ended, or had to be ended, while something was expected of it. The text says why."""


class _Process:
    """One fork and the messages to and from it."""

    def __init__(self, warm: Warm, kind: Literal["student", "checker"], channel: socket.socket, limits: Limits) -> None:
        self.fork: Fork = warm.fork(kind, channel)
        self.stream = Stream(self.fork.control)
        self.limits = limits

    def wait(self, deadline: float, watched: Fork | None = None) -> Message:
        """The next message. Raises _Stopped when time is up (after an interrupt was tried), or the process ended."""
        interrupted = False
        while True:
            if select.select([self.fork.control], [], [], WATCH_SECONDS)[0]:
                return self._message()
            for fork in (self.fork, watched):
                if fork is not None and fork.memory_mb() > 1.25 * self.limits.memory_mb:
                    fork.kill()
            if time.monotonic() > deadline and not interrupted:
                self.fork.interrupt()
                interrupted = True
            elif time.monotonic() > deadline + GRACE_SECONDS:
                self.fork.kill()
                raise _Stopped("time")

    def _message(self) -> Message:
        try:
            return self.stream.receive(self.limits.cell_seconds)[0]
        except Closed:
            raise _Stopped("died") from None
        except WireError:
            self.fork.kill()
            raise _Stopped("died") from None


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
        self.student: _Process | None = self._start_student(ours)
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
            self._in_checker({"do": "shared", "name": cell.name, "source": cell.checker_source})
            self.tested.append(cell)
        run.seconds = time.monotonic() - began
        return run

    # ---- the student's process ---------------------------------------------------------------------------------------

    def _start_student(self, channel: socket.socket) -> _Process:
        self.starts += 1
        return _Process(self.warm, "student", channel, self.limits)

    def _in_student(self, cell: Cell) -> CellRun:
        """Run a cell of the student's; one that kills the process, or has to be killed, costs only itself."""
        if self.student is None:
            return CellRun(error="DeadKernel", message="This did not run: the Python process ended again and again.")
        message = {"source": cell.source, "output_kb": self.limits.output_kb}
        try:
            self.student.stream.send(message)
            found = _cell_run(self.student.wait(self._until()).get("ran"))
        except (_Stopped, Closed) as stopped:
            self._replace()
            self.ran.notes.append(f"The cell '{cell.name}' ended its Python process, or had to be ended with it.")
            if str(stopped) == "time":
                return CellRun(error="Timeout", message=OUT_OF_TIME.format(self.limits.cell_seconds))
            return CellRun(error="DeadKernel", message=DIED)
        if found.error == "KeyboardInterrupt":
            found.message = OUT_OF_TIME.format(self.limits.cell_seconds)
        self.done.append(cell)
        return found

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
                self.student.stream.send({"source": cell.source, "output_kb": self.limits.output_kb})
                self.student.wait(self._until())
            except (_Stopped, Closed):  # what ran well before kills now: it does not run again
                self.done.remove(cell)
                theirs.close()
                return self._new_student()
        return theirs

    def _until(self) -> float:
        return min(time.monotonic() + self.limits.cell_seconds, self.deadline + 1.0)

    # ---- the checker -------------------------------------------------------------------------------------------------

    def _start_checker(self, channel: socket.socket) -> _Process:
        checker = _Process(self.warm, "checker", channel, self.limits)
        sources = [cell.source for cell in self.job.cells if cell.role != "test"]
        checker.stream.send({"do": "setup", "secret": self.job.secret, "sources": sources})
        checker.wait(time.monotonic() + self.limits.cell_seconds)
        return checker

    def _test(self, cell: Cell, what: Literal["test", "fetch"]) -> CellRun:
        """Run a test, or fetch for a hidden one what it will need."""
        try:
            found = self._in_checker(_message(what, cell))
        except (_Stopped, Closed):
            # A checker that ends was brought down by what it was given: that costs the cell its points, no other.
            self._replace_checker()
            return CellRun(error="CheckStopped", message="This check could not be finished with your answer.")
        if what == "test":
            self.tested.append(cell)
        return found

    def _in_checker(self, message: Message) -> CellRun:
        """Have the checker do something; meanwhile look after the student's process for it."""
        self.checker.stream.send(message)
        deadline = self._until()
        while True:
            answer = self.checker.wait(deadline, self.student.fork if self.student else None)
            if "done" in answer:
                return _cell_run(answer["done"])
            if answer.get("want") == "interrupt":
                if self.student is not None:
                    self.student.fork.interrupt()
                deadline = max(deadline, time.monotonic() + AFTER_AN_INTERRUPT + GRACE_SECONDS)
                self.checker.stream.send({"ok": True})
            elif answer.get("want") == "replace":
                began = time.monotonic()
                self._serve_replacement()
                deadline += time.monotonic() - began

    def _serve_replacement(self) -> None:
        channel = self._new_student()
        if channel is None:
            self.checker.stream.send({"ok": False})
            return
        with channel:
            self.checker.stream.send({"ok": True}, sockets=(channel.fileno(),))

    def _replace_checker(self) -> None:
        self.ran.notes.append("A check could not be finished and had to be ended: look at the answer that it checks.")
        self.checker.fork.close()
        ours, theirs = socket.socketpair()
        channel = self._new_student()
        self.checker = self._start_checker(channel or theirs)
        ours.close()
        for cell in self.tested:
            if cell.role == "shared":
                self._in_checker({"do": "shared", "name": cell.name, "source": cell.checker_source})
            else:
                self._in_checker(_message("test", cell))


def _message(what: str, cell: Cell) -> Message:
    """What the checker is told about a test."""
    return {"do": what, "name": cell.name, "source": cell.source, "needs": list(cell.needs), "hidden": cell.hidden}


def _cell_run(found: Any) -> CellRun:
    """A process's account of a cell, plain data only. The student's may be a lie, and pays nothing."""
    found = found if isinstance(found, dict) else {}
    outputs = [output for output in found.get("outputs", []) if _is_output(output)]
    if found.get("printed"):
        outputs.append({"output_type": "stream", "name": "stdout", "text": str(found["printed"])})
    error, message = str(found.get("error") or "")[:200], str(found.get("message") or "")[:8000]
    value = found.get("value")
    return CellRun(outputs, error, message, value if isinstance(value, float) else None)


def _is_output(output: Any) -> bool:
    if not isinstance(output, dict):
        return False
    kind = output.get("output_type")
    if kind == "stream":
        return output.get("name") in ("stdout", "stderr") and isinstance(output.get("text"), str)
    if kind == "error":
        return all(isinstance(output.get(key), str) for key in ("ename", "evalue")) and isinstance(
            output.get("traceback"), list
        )
    data = output.get("data")
    return (
        kind in ("execute_result", "display_data")
        and isinstance(data, dict)
        and isinstance(data.get("text/plain"), str)
    )
