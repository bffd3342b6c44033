"""Spread submissions over workers: this process for a few, else the workers of a cluster.

In: submissions and what a worker needs to grade them. Out: results in the order in which they are done, one for each
submission, whatever happens to a worker.
"""

from __future__ import annotations

import itertools
import traceback
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from pathlib import Path

from groundup.grading.assess import Notebook, assess
from groundup.grading.jobs import Graded, Limits
from groundup.grading.reading.master import Master
from groundup.grading.reading.submissions import Submission
from groundup.grading.running.runner import Runner

FEW = 10
"""Below this many submissions a cluster takes longer to start than it saves."""

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
        """A runner, which threads may share."""
        return Runner(self.limits, isolated=self.isolated)

    def assess(self, submission: Submission, runner: Runner) -> Result:
        """Grade one submission. Nothing that goes wrong with it stops the others."""
        try:
            return assess(submission, self.masters[submission.lesson], runner, self.secret)
        except Exception as error:
            place = traceback.extract_tb(error.__traceback__)[-1]
            what = f"{type(error).__name__} in {Path(place.filename).name}, line {place.lineno}: {error}"
            return not_graded(submission, f"The engine could not grade {submission.name} ({what}). Please report it.")


def spread(
    todo: Iterable[Submission], desk: Desk, workers: int, scheduler: str | None = None
) -> Generator[Result, None, None]:
    """Grade submissions; results come as they are done. `todo` is read on as workers get free.

    With `scheduler` the workers of that Dask scheduler do the work, else `workers` processes of this machine, or this
    one alone where that is quicker. Close it to end the workers. Raises CourseError when the cluster cannot be had.
    """
    rest = iter(todo)
    first = list(itertools.islice(rest, FEW))
    todo = itertools.chain(first, rest)
    if not first:
        return
    if scheduler is None and (workers == 1 or len(first) < FEW):
        with desk.runner() as runner:
            for submission in todo:
                yield desk.assess(submission, runner)
    else:
        from groundup.grading.cluster import over_cluster  # Dask takes half a second to import

        yield from over_cluster(todo, desk, workers, scheduler)


def not_graded(submission: Submission, fault: str) -> Result:
    """The result for a submission that no fault of its own kept from being graded."""
    return Graded(submission.student, submission.week, submission.lesson, fault=fault, retry=True), None
