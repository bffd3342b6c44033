"""Spread submissions over workers: this process for a few, a Dask cluster of this machine, or one that runs elsewhere.

In: submissions and what a worker needs to grade them. Out: results in the order in which they are done, one for each
submission, whatever happens to a worker.
"""

from __future__ import annotations

import contextlib
import itertools
import logging
import os
import signal
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from groundup.grading.assess import Notebook, assess
from groundup.grading.jobs import Graded, Limits
from groundup.grading.reading.master import Master
from groundup.grading.reading.submissions import Submission
from groundup.grading.running.runner import Runner
from groundup.lessons.course import CourseError

log = logging.getLogger(__name__)

FEW = 10
"""Below this many submissions a cluster takes longer to start than it saves."""

IN_FLIGHT = 4
"""Submissions that are on their way to each worker: enough to keep it busy, few enough to keep memory flat."""

CLOSE_SECONDS = 1.0
NAME = "groundup-grading"

Result = tuple[Graded, Notebook | None]


@dataclass(frozen=True)
class Desk:
    """What a worker needs: it travels there once."""

    masters: dict[str, Master]
    """By the name of the lesson."""
    limits: Limits
    isolated: bool
    secret: str | None

    def runner(self) -> Runner:
        """A runner of its own for each worker."""
        return Runner(self.limits, isolated=self.isolated)

    def assess(self, submission: Submission, runner: Runner) -> Result:
        """Grade one submission. Nothing that goes wrong with it stops the others."""
        try:
            return assess(submission, self.masters[submission.lesson], runner, self.secret)
        except Exception as error:
            log.exception("Grading %s of %s failed", submission.name, submission.student)
            fault = f"The engine could not grade {submission.name} ({type(error).__name__}: {error}). Please report it."
            return Graded(submission.student, submission.week, submission.lesson, fault=fault, retry=True), None


def spread(todo: list[Submission], desk: Desk, workers: int, scheduler: str | None = None) -> Iterator[Result]:
    """Grade submissions; results come as they are done.

    With `scheduler` the workers of that Dask scheduler do the work, else `workers` processes of this machine, or this
    one alone where that is quicker. Raises CourseError when the scheduler cannot be reached.
    """
    if scheduler is None and (workers == 1 or len(todo) < FEW):
        return _here(todo, desk)
    return _there(todo, desk, workers, scheduler)


def _here(todo: Iterable[Submission], desk: Desk) -> Iterator[Result]:
    with desk.runner() as runner:
        for submission in todo:
            yield desk.assess(submission, runner)


def _there(todo: list[Submission], desk: Desk, workers: int, scheduler: str | None) -> Iterator[Result]:
    from distributed import as_completed

    with _client(workers, scheduler) as client:
        client.register_plugin(_plugin(desk), name=NAME)
        waiting = iter(todo)
        at_once = IN_FLIGHT * max(workers, len(client.scheduler_info(n_workers=-1)["workers"]), 1)
        futures: dict[str, Submission] = {}

        def submit() -> list[Any]:
            new = []
            for submission in itertools.islice(waiting, at_once - len(futures)):
                future = client.submit(_grade, submission, retries=1, pure=False)
                futures[future.key] = submission
                new.append(future)
            return new

        arriving = as_completed(submit(), raise_errors=False)
        for future in arriving:
            submission = futures.pop(future.key)
            yield _result(future, submission)
            future.release()
            for more in submit():
                arriving.add(more)
        with contextlib.suppress(Exception):  # a worker that is gone needs no farewell
            client.unregister_worker_plugin(NAME)


def _result(future: Any, submission: Submission) -> Result:
    error = future.exception() if future.status == "error" else None
    if future.status == "finished":
        result: Result = future.result()
        return result
    reason = f"its worker ended ({type(error).__name__})" if error is not None else f"it was {future.status}"
    fault = f"{submission.name} could not be graded: {reason}. It is graded by the next run."
    return Graded(submission.student, submission.week, submission.lesson, fault=fault, retry=True), None


def _plugin(desk: Desk) -> Any:
    from distributed import WorkerPlugin

    class Equipment(WorkerPlugin):
        """Gives each worker a runner; a worker that was restarted gets a new one."""

        def setup(self, worker: Any) -> None:
            worker.groundup = desk, desk.runner()

        def teardown(self, worker: Any) -> None:
            _, runner = worker.groundup
            runner.close()

    return Equipment()


def _grade(submission: Submission) -> Result:
    from distributed import get_worker

    worker: Any = get_worker()
    desk, runner = worker.groundup
    result: Result = desk.assess(submission, runner)
    return result


@contextlib.contextmanager
def _client(workers: int, scheduler: str | None) -> Iterator[Any]:
    """A client of the scheduler at an address, or of a cluster that is made for this run and nobody else can reach."""
    import dask
    from distributed import Client, LocalCluster, Security

    with contextlib.ExitStack() as stack:
        stack.enter_context(dask.config.set({"distributed.comm.timeouts.connect": "15s"}))
        if scheduler is not None:
            try:
                client = Client(scheduler, timeout="15s")
            except (OSError, ValueError) as error:
                raise CourseError(
                    f"The Dask scheduler {scheduler} cannot be reached: {error}. Start it, or leave --scheduler away."
                ) from None
        else:
            cluster = LocalCluster(
                n_workers=workers, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None,
                silence_logs=logging.CRITICAL, security=Security.temporary(), memory_limit=0,
            )  # fmt: skip
            stack.callback(_end, cluster)
            client = Client(cluster)
        stack.callback(_close, client)
        yield client


def _close(thing: Any) -> None:
    with contextlib.suppress(TimeoutError):
        thing.close(CLOSE_SECONDS)


def _end(cluster: Any) -> None:
    """End the cluster within a second or two; Ctrl-C must not wait for a notebook that is being graded."""
    pids = [nanny.pid for nanny in cluster.workers.values() if getattr(nanny, "pid", None)]
    _close(cluster)
    for pid in pids:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, signal.SIGTERM)
