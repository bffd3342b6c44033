"""The race: contenders in processes of their own, warm, one at a time, in an order that turns from round to round.

In: which contenders, batch sizes, rounds, one thread or all. Out: seconds of each round and the ratios made of them.
PyTorch and data stay out of this process: on Linux a new one begins with the peak memory of the one that started it.
"""

from __future__ import annotations

import contextlib
import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from rich.progress import track

Figures = dict[str, Any]
Races = Iterator[tuple[str, Figures]]
"""Title, and by contender what was found."""

HERE = Path(__file__).resolve().parent
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
"""What the libraries read when they are loaded: too late to set once NumPy is there."""


class Contender:
    """A warm process that trains on a part of the data whenever it is asked to."""

    def __init__(self, name: str, task: str, one_thread: bool) -> None:
        self.name = name
        self.process = subprocess.Popen(
            [sys.executable, HERE / "library_worker.py", task, name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            env=environment(one_thread),
        )
        self._answer()  # It has its data. One after the other: the first may have to download them.

    def train(self, batch_size: int, number: int) -> Figures:
        """One round, and what it took; the first with a batch size builds and warms up before it is timed."""
        with contextlib.suppress(OSError):  # A process that has ended gives no answer, and that is told below.
            self.process.stdin.write(f"{batch_size} {number}\n")
            self.process.stdin.flush()
        return self._answer()

    def end(self) -> None:
        """Let the process come to its end."""
        with contextlib.suppress(OSError):
            self.process.stdin.close()
        self.process.wait()

    def _answer(self) -> dict[str, Any]:
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"The contender {self.name!r} came to an early end; what it said stands above.")
        return json.loads(line)


def environment(one_thread: bool) -> dict[str, str]:
    """This process's environment, with one thread for every library or with as many as each likes."""
    free = {name: value for name, value in os.environ.items() if name not in THREADS}
    return free | dict.fromkeys(THREADS, "1") if one_thread else free


def races(task: str, names: list[str], batch_sizes: list[int], rounds: int, one_thread: bool) -> Races:
    """For each batch size let all contenders train in turn; by contender the seconds, and their ratios to others'.

    One thread is timed in CPU seconds, which other processes on the machine change least; all threads by the clock.
    """
    threads, clock = ("one thread", "cpu") if one_thread else ("all threads", "wall")
    contenders: list[Contender] = []
    try:
        for name in track(names, f"{task}, {threads}: starting", transient=True):
            contenders.append(Contender(name, task, one_thread))
        for batch_size in batch_sizes:
            took: dict[str, list[Figures]] = {name: [] for name in names}
            title = f"{task}, batch {batch_size}, {threads}"
            for number in track(range(rounds), title, transient=True):
                turn = number % len(contenders)
                for contender in contenders[turn:] + contenders[:turn]:
                    took[contender.name].append(contender.train(batch_size, number))
            seconds = {name: [one[clock] for one in found] for name, found in took.items()}
            yield title, {name: summary(name, seconds) | {"peak_mb": took[name][-1]["peak_mb"]} for name in names}
    finally:
        for contender in contenders:
            contender.end()


def summary(name: str, seconds: dict[str, list[float]]) -> Figures:
    """A contender's rounds, and their ratios to PyTorch's and the floor's."""
    bases = {f"to_{base}": ratio(seconds[name], seconds[base]) for base in ("torch", "floor") if base in seconds}
    return {"seconds": seconds[name], **bases}


def ratio(seconds: list[float], base: list[float]) -> dict[str, float]:
    """Median and quartiles of the rounds' ratios."""
    ratios = [ours / theirs for ours, theirs in zip(seconds, base, strict=True)]
    low, _, high = quantiles(ratios, n=4, method="inclusive") if len(ratios) > 1 else ratios * 3
    return {"median": median(ratios), "low": low, "high": high}


def same_results() -> Figures:
    """Gradients and accuracies beside PyTorch's; see library_same.py."""
    command = [sys.executable, HERE / "library_same.py"]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, env=environment(True))
    if done.returncode:
        raise SystemExit("The comparison of results came to an early end; what it said stands above.")
    return json.loads(done.stdout)


def machine() -> str:
    """Processor, cores, system and versions, in a line."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("numpy", "torch", "scikit-learn"))
    python = f"Python {platform.python_version()}"
    return f"{processor()}, {os.cpu_count()} cores, {platform.system()}; {python}, {packages}"


def processor() -> str:
    """The processor's name, as far as the system tells it."""
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for line in cpuinfo.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
