"""Grade on a Dask cluster: one of this machine that is made for the run, or the workers of a scheduler elsewhere.

In: submissions and the desk that workers grade them at. Out: results as they are done. Whoever ends the run early, by
Ctrl-C or by an error, ends the workers' processes with it.
"""

from __future__ import annotations

import atexit
import contextlib
import itertools
import logging
import math
import multiprocessing
import os
import signal
import threading
import uuid
from collections.abc import Generator, Iterable, Iterator
from multiprocessing import resource_tracker
from typing import Any

import dask
from distributed import Client, LocalCluster, Security, WorkerPlugin, as_completed, get_worker
from distributed.deploy.spec import close_clusters

from groundup.grading.reading.submissions import Submission
from groundup.grading.spread import Desk, Result, not_graded
from groundup.lessons.course import CourseError

IN_FLIGHT = 4
"""Submissions that are on their way to each worker: enough to keep it busy, few enough to keep memory flat."""

THREADS = 4
"""Notebooks that one process of this machine grades side by side. They share its warm processes, which take longest to
start; what it does itself for each is little beside what their own processes do."""

START_SECONDS = 60.0
CLOSE_SECONDS = 1.0


def over_cluster(
    todo: Iterable[Submission], desk: Desk, workers: int, scheduler: str | None
) -> Generator[Result, None, None]:
    """See `spread`. Raises CourseError when the scheduler cannot be reached, or goes away."""
    with _client(workers, scheduler) as client, _equipped(client, desk) as equipment:
        at_once = IN_FLIGHT * max(workers, len(client.nthreads()))
        try:
            yield from _in_windows(client, iter(todo), equipment, at_once)
        except Exception as error:
            raise CourseError(
                f"The Dask scheduler went away ({type(error).__name__}: {error}). What was graded until now is "
                "recorded. Start it, or leave --scheduler away, and run this again: it does the rest."
            ) from None


def _in_windows(client: Any, waiting: Iterator[Submission], equipment: str, at_once: int) -> Iterator[Result]:
    """Results, while there are never more than `at_once` submissions on their way."""
    sent: dict[str, Submission] = {}

    def send() -> Iterator[Any]:
        for submission in itertools.islice(waiting, at_once - len(sent)):
            future = client.submit(_grade, submission, equipment, retries=1, pure=False)
            sent[future.key] = submission
            yield future

    arriving = as_completed(list(send()), raise_errors=False)
    for future in arriving:
        if client.status != "running":
            raise ConnectionError("the connection to it was lost")
        yield _result(future, sent.pop(future.key))
        future.release()
        for more in send():
            arriving.add(more)


def _result(future: Any, submission: Submission) -> Result:
    if future.status == "finished":
        result: Result = future.result()
        return result
    error = future.exception() if future.status == "error" else None
    reason = f"its worker ended ({type(error).__name__})" if error is not None else f"it was {future.status}"
    return not_graded(submission, f"{submission.name} could not be graded: {reason}. It is graded by the next run.")


def _grade(submission: Submission, equipment: str) -> Result:
    """What a worker does."""
    worker: Any = get_worker()
    result: Result = worker.plugins[equipment].grade(submission)
    return result


class _Equipment(WorkerPlugin):
    """What a worker grades with: one runner for all its threads. A worker that was restarted gets a new one."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def setup(self, worker: Any) -> None:
        """Called on the worker."""
        self.lock, self.busy, self.over, self.runner = threading.Lock(), 0, False, self.desk.runner()

    def grade(self, submission: Submission) -> Result:
        """Grade one submission."""
        with self.lock:
            self.busy += 1
        try:
            return self.desk.assess(submission, self.runner)
        finally:
            with self.lock:
                self.busy -= 1
            if self.over:
                self.teardown(None)

    def teardown(self, worker: Any) -> None:
        """End the warm processes, when nobody is at work with them any more."""
        self.over = True
        with self.lock:
            if not self.busy:
                self.runner.close()


@contextlib.contextmanager
def _equipped(client: Any, desk: Desk) -> Iterator[str]:
    """The name of the equipment that each worker has got. It is of this run only: others may use the same workers."""
    name = f"groundup-{uuid.uuid4().hex}"
    try:
        client.register_plugin(_Equipment(desk), name=name)
    except Exception as error:
        raise CourseError(
            f"The Dask workers cannot grade ({type(error).__name__}: {error}). "
            "Install on their machines the same version of Python and of this course as here."
        ) from None
    try:
        yield name
    finally:
        with contextlib.suppress(Exception):  # a worker that is gone needs no farewell
            client.unregister_worker_plugin(name)


@contextlib.contextmanager
def _client(workers: int, scheduler: str | None) -> Iterator[Any]:
    """A client of the scheduler at an address, or of a cluster that is made for this run and nobody else can reach."""
    for name in ("asyncio", *logging.root.manager.loggerDict):
        if name.split(".")[0] in ("asyncio", "distributed", "tornado"):  # what matters of it is said in sentences
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    with contextlib.ExitStack() as stack:
        stack.enter_context(dask.config.set({"distributed.comm.timeouts.connect": "15s"}))
        if scheduler is None:
            processes = math.ceil(workers / THREADS)
            cluster = _local(math.ceil(workers / processes))
            stack.callback(_end, cluster)
            cluster.scale(processes)
            client = Client(cluster)
        else:
            try:
                client = Client(scheduler, timeout="15s")
            except (OSError, ValueError, TypeError, RuntimeError) as error:
                raise CourseError(
                    f"The Dask scheduler {scheduler} cannot be reached: {error}. Start it, or leave --scheduler away."
                ) from None
        stack.callback(_close, client)
        try:
            client.wait_for_workers(1, timeout=START_SECONDS)
        except TimeoutError:
            raise CourseError(
                f"No Dask worker came within {START_SECONDS:.0f} seconds, so nothing was graded. "
                f"{'Try --workers 1.' if scheduler is None else f'Start workers: dask worker {scheduler}.'}"
            ) from None
        yield client


def _local(threads: int) -> Any:
    """A cluster of this machine, as yet without workers. Its threads and processes never see a Ctrl-C."""
    # Of an engine that is killed, that process would print how many semaphores it found; nobody can act on it.
    os.environ.setdefault("PYTHONWARNINGS", "ignore:resource_tracker")
    resource_tracker.ensure_running()  # else a thread of the cluster starts it, and takes SIGINT from then on
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return LocalCluster(
            n_workers=0, threads_per_worker=threads, processes=True, host="127.0.0.1", dashboard_address="127.0.0.1:0",
            silence_logs=logging.CRITICAL, security=Security.temporary(), memory_limit=0,
        )  # fmt: skip
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _close(thing: Any) -> None:
    with contextlib.suppress(Exception):  # what is half started or half gone may complain; it ends all the same
        thing.close(CLOSE_SECONDS)


def _end(cluster: Any) -> None:
    """End the cluster at once; Ctrl-C must not wait for a notebook that is being graded."""
    for nanny in cluster.workers.values():
        nanny.auto_restart = False
    for worker in multiprocessing.active_children():  # also those that are just starting, which no nanny names yet
        worker.kill()  # what it has started ends by itself
    _close(cluster)
    atexit.unregister(close_clusters)  # Dask's own farewell would wait ten seconds for a worker that never started
