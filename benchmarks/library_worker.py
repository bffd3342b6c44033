"""One contender in a process of its own, warm: what benchmarks/library.py starts, once for each contender.

In: task and contender as arguments; then a line on stdin for each round: the batch size and the round's number.
Out: a line of JSON on stdout when the data are there, and one for each round: CPU and wall seconds, peak memory in MB.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

import library_cnn
import library_contenders
from library_contenders import Parts, Train

LIBRARY = Path(__file__).resolve().parent.parent / "solutions" / "week07" / "library"


def mnist_in_quarters() -> Parts:
    """MNIST, shuffled once and cut in four: four rounds are an epoch, and each picture comes once in it.

    A smaller set would not do: rare pixels would come back sooner, and leave fewer denormals behind.
    """
    from groundup.datasets import mnist

    X, y, _, _ = mnist()
    order = np.random.default_rng(0).permutation(len(X))
    X = X.reshape(len(X), -1)[order].astype(np.float32) / 255
    return list(zip(np.split(X, 4), np.split(y[order].astype(np.int64), 4), strict=True))


def pictures() -> Parts:
    """640 made pictures of the size of CIFAR-10's: what they show makes no difference to the time."""
    rng = np.random.default_rng(0)
    return [(rng.random((640, 32, 32, 3), dtype=np.float32), rng.integers(0, 10, 640))]


TASKS: dict[str, tuple[Callable[[], Parts], dict[str, Callable[[Parts, int], Train]]]] = {
    "mlp": (mnist_in_quarters, library_contenders.CONTENDERS),
    "cnn": (pictures, library_cnn.CONTENDERS),
}


def main() -> None:
    """Train on a part whenever a line comes; for a new batch size begin anew, with one pass over everything.

    That pass is not timed. It is long enough for Adam to have denormals in its sums, as it has for most of a training.
    """
    # Whatever a library prints must not mix with the answers.
    answers, sys.stdout = sys.stdout, sys.stderr
    task, name = sys.argv[1:]
    sys.path.insert(0, str(LIBRARY))
    data, contenders = TASKS[task]
    parts = data()
    print(json.dumps("ready"), file=answers, flush=True)
    current = None
    for line in sys.stdin:
        batch_size, number = map(int, line.split())
        if batch_size != current:
            current, train = batch_size, contenders[name](parts, batch_size)
            for part in range(len(parts)):
                train(part)
        print(json.dumps(timed(train, number % len(parts))), file=answers, flush=True)


def timed(train: Train, number: int) -> dict[str, Any]:
    """What one pass over a part takes."""
    cpu, wall = time.process_time(), time.perf_counter()
    train(number)
    return {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall, "peak_mb": peak_mb()}


def peak_mb() -> float | None:
    """The most memory that this process ever held; None where the system does not tell (Windows)."""
    try:
        from resource import RUSAGE_SELF, getrusage
    except ImportError:
        return None
    peak = getrusage(RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6


if __name__ == "__main__":
    main()
