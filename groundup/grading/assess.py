"""One submission from bytes to marks: read, rebuild on the master, run, judge. This is what a worker does.

In: a `Submission`, the master of its lesson, a `Runner`. Out: a `Graded`, and the notebook with what came out of it.
It touches no file and no gradebook.
"""

from __future__ import annotations

from typing import Any

from groundup.grading.jobs import CellRun, Graded, Job, Ran
from groundup.grading.reading.evidence import evidence
from groundup.grading.reading.master import Master
from groundup.grading.reading.submissions import Submission
from groundup.grading.running.runner import Runner
from groundup.selfcheck.healing import is_answer, text_of
from groundup.selfcheck.reading import Cell, UnreadableNotebookError, grade_id, marks, parse_notebook, source

Notebook = dict[str, Any]


def assess(
    submission: Submission, master: Master, runner: Runner, secret: str | None = None
) -> tuple[Graded, Notebook | None]:
    """Grade one submission. Whatever is wrong with it is a `fault` of the result, and then there is no notebook."""
    graded = Graded(
        submission.student, submission.week, submission.lesson, submission=submission.digest, master=master.digest,
        submitted_at=submission.submitted_at, isolation="sandbox" if runner.isolated else "none",
    )  # fmt: skip
    if submission.fault:
        graded.fault = submission.fault
        return graded, None
    try:
        worked = parse_notebook(submission.name, submission.raw)["cells"]
        graded.fault = _another_notebook(submission, worked, master)
    except UnreadableNotebookError as error:
        graded.fault = str(error)
    if graded.fault:
        return graded, None
    healed = master.rebuild(worked)
    job = master.job(submission.student, healed.cells, runner.limits, secret)
    ran = runner.run(job)
    if ran.fault:  # the machine's and not the answers': it is left for the next run
        graded.fault = f"The machine could not run {submission.name}: {ran.fault}. It is graded by the next run."
        graded.retry = True
        return graded, None
    _judge(graded, job, ran, healed.cells, master)
    graded.notes = healed.notes + ran.notes
    graded.evidence = evidence(_written(healed.cells, master))
    graded.seconds = round(ran.seconds, 3)
    return graded, _notebook(healed.cells, ran, master)


def _another_notebook(submission: Submission, worked: list[Cell], master: Master) -> str | None:
    """The sentence about a file that holds nothing of this lesson."""
    texts = {text_of(cell) for cell in master.edition if cell["cell_type"] == "markdown"}
    for cell in worked:
        if grade_id(cell) in master.by_name or cell.get("id") in master.by_name or text_of(cell) in texts:
            return None
    return (
        f"{submission.name} holds no cell of the lesson {master.lesson}. Was another notebook handed in by this name?"
    )


def _judge(graded: Graded, job: Job, ran: Ran, cells: list[Cell], master: Master) -> None:
    for cell in job.cells:
        if cell.role == "test":
            run = ran.cells.get(cell.name, CellRun(error="NotReached", ran=False))
            if "points" in marks(master.by_name[cell.name]):
                graded.scores[cell.name] = run.paid(cell.points)
            if run.error:
                graded.messages[cell.name] = run.said
            elif run.paid(cell.points) < cell.points:
                graded.messages[cell.name] = printed(run)
    written = {name for name, cell in master.by_name.items() if marks(cell).get("grade") and is_answer(cell)}
    for answer in cells:
        name = grade_id(answer)
        if name in written and text_of(answer) == text_of(master.by_name[name]):
            graded.scores[name] = 0.0  # a written answer that nobody wrote needs nobody to read it


def printed(run: CellRun) -> str:
    """What a cell printed."""
    return "".join(output["text"] for output in run.outputs if output["output_type"] == "stream").strip()


def _written(cells: list[Cell], master: Master) -> list[tuple[str, str]]:
    """What the student wrote: answers that were changed, and cells of their own."""
    given = {text_of(cell) for cell in master.edition}
    code = [cell for cell in cells if cell["cell_type"] == "code" and (is_answer(cell) or not grade_id(cell))]
    return [(str(cell["id"]), source(cell)) for cell in code if text_of(cell) not in given]


def _notebook(cells: list[Cell], ran: Ran, master: Master) -> Notebook:
    """The rebuilt notebook with outputs: what nbgrader's formgrader shows."""
    for count, cell in enumerate((cell for cell in cells if cell["cell_type"] == "code"), start=1):
        run = ran.cells.get(str(cell["id"]))
        if run is not None:
            fill_in(cell, run, count)
    return {"cells": cells, "metadata": dict(master.metadata), "nbformat": 4, "nbformat_minor": 5}


def fill_in(cell: Cell, run: CellRun, count: int) -> None:
    """Give a cell the outputs that it would have in a notebook; nbgrader makes of them what the engine makes of `run`.

    A cell that was not reached has an error and no number: without outputs nbgrader would pay a test in full.
    """
    number = count if run.ran else None
    cell["execution_count"] = number
    cell["outputs"] = list(run.outputs) + _error(run)
    if run.value is not None:
        data = {"text/plain": repr(run.value)}
        result = {"output_type": "execute_result", "data": data, "metadata": {}, "execution_count": number}
        cell["outputs"].append(result)


def _error(run: CellRun) -> list[dict[str, Any]]:
    """The error of a check as an output. Only its own words: a traceback would quote the hidden test."""
    if not run.error or any(output["output_type"] == "error" for output in run.outputs):
        return []
    lines = run.said.splitlines() if run.error == "CheckFailed" else [run.said]
    return [{"output_type": "error", "ename": run.error, "evalue": run.message, "traceback": lines}]
