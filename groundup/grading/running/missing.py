"""What a machine lacks for the sandbox, in a sentence that says how to get it.

In: this machine. Out: None where a sandbox can be made (one is made to find out), else the sentence.
"""

from __future__ import annotations

import shutil
import socket
import sys
from collections.abc import Mapping
from typing import ClassVar

from groundup.grading.jobs import Limits
from groundup.grading.running import namespaces
from groundup.grading.running.sandbox import NO_BWRAP, NOT_LINUX, SandboxError, Warm


class _Trial(Warm):
    """As little as shows whether a sandbox can be made."""

    serves: ClassVar[Mapping[str, str]] = {"student": "builtins:print"}
    imports: ClassVar[tuple[str, ...]] = ()


def missing_sandbox() -> str | None:
    """None where a sandbox can be made (one is made to find out), else a sentence: what is missing, how to get it."""
    if sys.platform != "linux":
        return NOT_LINUX
    if shutil.which("bwrap") is None:
        return NO_BWRAP
    try:
        with _Trial(torch=False, limits=Limits()) as trial:
            ours, theirs = socket.socketpair()
            with ours:
                trial.fork("student", theirs).close()
    except SandboxError as error:
        return namespaces.forbidden() or (
            f"The sandbox cannot be made here. {error} "
            "In a container, it needs user namespaces and a /proc of which nothing is hidden."
        )
    return None
