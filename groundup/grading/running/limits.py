"""What one process may use, and which of its files stay open: the part of isolation that every system has.

In: `Limits`, and the two sockets that a fork keeps. Out: the calling process is limited; this cannot be undone.
It runs in a fork, before any code of a student.
"""

from __future__ import annotations

import os
from collections.abc import Iterable

from groundup.grading.jobs import Limits

OPEN_FILES = 256


def close_all_but(kept: Iterable[int]) -> None:
    """Close every inherited file but these; what a program reads from or prints to becomes /dev/null."""
    import resource

    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)
    start = 3
    for descriptor in sorted(kept):
        os.set_inheritable(descriptor, False)
        os.closerange(start, descriptor)
        start = descriptor + 1
    highest = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    os.closerange(start, max(start, highest))


def apply_limits(limits: Limits, *, alone: bool) -> None:
    """Limit this process and what it will start.

    The number of processes is limited only where the process is `alone` in a user namespace: elsewhere the system
    counts everything that the same user runs.
    """
    import resource

    megabyte = 1 << 20
    wanted = {
        resource.RLIMIT_DATA: limits.memory_mb * megabyte,
        resource.RLIMIT_FSIZE: limits.disk_mb * megabyte,
        resource.RLIMIT_NOFILE: OPEN_FILES,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_CPU: limits.cpu_seconds,
    }
    if alone:
        wanted[resource.RLIMIT_NPROC] = limits.processes
    for which, value in wanted.items():
        hard = resource.getrlimit(which)[1]
        if hard != resource.RLIM_INFINITY:
            value = min(value, hard)
        resource.setrlimit(which, (value, value))
