"""The process that warm kernels are forks of: it has imported what every kernel imports, and NumPy and matplotlib.

In: requests on a socket, `{"arguments": [...], "folder": ..., "environment": {...}}`. Out: `{"ok": true}` with a pidfd
of the new kernel. It ends when the other end of the socket closes, and its kernels notice that and end too.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import random
import runpy
import signal
import socket
import sys
import threading
from typing import Any

from groundup.grading.running.warm import receive, send

LAUNCHER = "ipykernel_launcher"
# Not pyplot, which looks for IPython when it is imported; not PyTorch, of which most notebooks need nothing.
IMPORTS = (
    "numpy", "matplotlib.figure", "matplotlib.font_manager", "matplotlib.backends.backend_agg",
    "ipykernel.kernelapp", "ipykernel.ipkernel", "ipykernel.zmqshell", "ipykernel.debugger", "jedi", "psutil",
)  # fmt: skip
INLINE = "module://matplotlib_inline.backend_inline"


def main() -> None:
    """Import everything, say so, and start a kernel at every request. In a fork: be that kernel, to its end."""
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"  # else its import writes a warning into the terminal
    for name in IMPORTS:
        importlib.import_module(name)
    if threading.active_count() != 1:  # those of NumPy's library are none of Python's; it stops them for a fork
        sys.exit("Threads run after the imports, and forking is safe only without.")
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system buries kernels that have ended
    gc.collect()
    gc.freeze()
    requests = socket.socket(fileno=int(sys.argv[1]))
    send(requests, {"ok": True})
    request = _fork_at_requests(requests)
    if request is not None:
        _be_a_kernel(request)


def _fork_at_requests(requests: socket.socket) -> dict[str, Any] | None:
    """Fork at each request. In the forks it returns the request, in the warm process None when no more will come."""
    with requests, contextlib.suppress(EOFError, ConnectionError):
        while True:
            request, _ = receive(requests)
            pid = os.fork()
            if pid == 0:
                return request
            pidfd = os.pidfd_open(pid)
            send(requests, {"ok": True, "pid": pid}, (pidfd,))
            os.close(pidfd)
    return None


def _be_a_kernel(request: dict[str, Any]) -> None:
    import matplotlib
    import numpy as np

    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.environ.clear()
    os.environ.update(request["environment"])
    os.chdir(request["folder"])
    if not sys.flags.safe_path:
        del sys.path[0]  # the folder of the warm process; IPython adds the kernel's own
    random.seed()  # else all kernels would draw the same numbers
    np.random.seed()
    matplotlib.rcParams["backend"] = os.environ.get("MPLBACKEND") or INLINE
    # A kernel ends with its parent, and its parent is this process, not the program that asked for it.
    sys.argv = [LAUNCHER, *request["arguments"], f"--IPKernelApp.parent_handle={os.getppid()}"]
    runpy.run_module(LAUNCHER, run_name="__main__")


if __name__ == "__main__":
    main()
