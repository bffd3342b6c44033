"""One long run: many notebooks graded and recorded at once, with memory and rate watched on the way.

In: how many notebooks, of which lessons. Out: time, rate, and the memory of the engine and its workers at every tenth
of the way; it should not grow.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from rich.console import Console

from grading import PYTHON, QUIET, WEEK, a_class, a_course, marks


def grade_many(count: int, lessons: tuple[str, ...], workers: int) -> dict[str, Any]:
    """Grade `count` notebooks with `groundup grade` and print what was seen."""
    console = Console()
    notebooks = dict(list(a_class(-(-count // len(lessons)), lessons).items())[:count])
    with tempfile.TemporaryDirectory(prefix="groundup-benchmark-") as place:
        folder = a_course(Path(place), notebooks)
        began, seen = time.monotonic(), []
        command = [*PYTHON, "groundup", "grade", WEEK, "--workers", str(workers)]
        with subprocess.Popen(command, cwd=folder, **QUIET) as engine:
            while engine.poll() is None:
                time.sleep(2)
                done = len(list(folder.glob("grading/autograded/*/*/*.ipynb")))
                if done >= len(seen) * count / 10:
                    seen.append({"done": done, "seconds": time.monotonic() - began, "memory_mb": memory_mb(engine.pid)})
                    console.print(
                        "{done} notebooks, {seconds:.0f} s, {memory_mb} MB".format(**seen[-1]), highlight=False
                    )
        took, recorded = time.monotonic() - began, len({name.rpartition("/")[0] for name in marks(folder)})
    console.print(f"{count} notebooks in {took:.0f} s: {60 * count / took:.0f} a minute; {recorded} in the gradebook.")
    return {"notebooks": count, "seconds": took, "recorded": recorded, "seen": seen, "exit_code": engine.returncode}


def memory_mb(pid: int) -> int:
    """Resident memory of a process and its children, what they share counted for each (Linux; elsewhere 0)."""
    pids, pages = [pid], 0
    for one in pids:
        try:
            pages += int(Path(f"/proc/{one}/statm").read_text(encoding="ascii").split()[1])
            for task in Path(f"/proc/{one}/task").iterdir():
                pids += map(int, (task / "children").read_text(encoding="ascii").split())
        except OSError:
            continue
    return pages * os.sysconf("SC_PAGE_SIZE") // 1_000_000 if pages else 0
