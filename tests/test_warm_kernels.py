"""Kernels that are forks: the same as others for whoever uses them, and gone when their program is gone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager
from jupyter_client.provisioning import KernelProvisionerFactory

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="elsewhere kernels start as always"),
    pytest.mark.skipif(
        not entry_points(group="jupyter_client.kernel_provisioners", name="groundup-warm"),
        reason="this environment was made before there were warm kernels; `python start.py test` makes it anew",
    ),
]

PARENT = "import os; print(open(f'/proc/{os.getppid()}/cmdline').read().replace('\\0', ' '))"


class Kernel:
    """A kernel as a notebook has it."""

    def __init__(self, folder: Path, **settings: object) -> None:
        self.manager = KernelManager()
        self.manager.start_kernel(cwd=str(folder), **settings)
        self.client: BlockingKernelClient = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=60)

    def run(self, code: str) -> list[str]:
        """What a cell printed, showed (its type) or stopped with."""
        found: list[str] = []

        def keep(message: dict) -> None:
            content = message["content"]
            found.extend([content["text"]] if "text" in content else sorted(content.get("data", {})))
            found.extend([content["ename"]] if "ename" in content else [])

        self.client.execute_interactive(code, timeout=30, output_hook=keep)
        return [text.strip() for text in found]

    def close(self) -> None:
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


@pytest.fixture
def kernel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Kernel]:
    monkeypatch.setenv("JUPYTER_DEFAULT_PROVISIONER_NAME", "groundup-warm")
    KernelProvisionerFactory.clear_instance()  # it reads the variable once, and another test may have started a kernel
    kernel = Kernel(tmp_path)
    yield kernel
    kernel.close()
    KernelProvisionerFactory.clear_instance()


def test_a_warm_kernel_calculates_draws_and_stops_as_every_kernel_does(kernel: Kernel, tmp_path: Path) -> None:
    assert "nbgrader_parts" in kernel.run(PARENT)[0]
    assert kernel.run("import os, sys; print(os.getcwd(), 'numpy' in sys.modules)") == [f"{tmp_path} True"]
    drawn = kernel.run("import matplotlib.pyplot as plt; plt.plot([1, 2]); plt.show()")
    assert "image/png" in drawn
    assert kernel.run("1 / 0") == ["ZeroDivisionError"]
    assert kernel.run("import numpy as np; print((np.ones((300, 300)) @ np.ones((300, 300))).sum())") == ["27000000.0"]
    pool = "import multiprocessing as mp\nwith mp.get_context('fork').Pool(2) as pool: print(pool.map(abs, [-1, 2]))"
    assert kernel.run(pool) == ["[1, 2]"]


def test_an_interrupt_a_restart_and_an_end_reach_a_warm_kernel(kernel: Kernel) -> None:
    # Without `stop_on_error=False` a kernel passes over what comes right after an error, and that is the next line.
    kernel.client.execute("import time\nfor _ in range(600): time.sleep(0.1)", stop_on_error=False)
    time.sleep(1)
    kernel.manager.interrupt_kernel()
    assert kernel.client.get_shell_msg(timeout=20)["content"]["ename"] == "KeyboardInterrupt"
    assert kernel.run("print('goes on')") == ["goes on"]
    first = kernel.run("import os; print(os.getpid())")
    kernel.manager.restart_kernel(now=True)
    kernel.client.wait_for_ready(timeout=60)
    assert kernel.run("import os; print(os.getpid())") != first
    assert kernel.manager.is_alive()
    kernel.client.execute("import os; os._exit(3)")
    deadline = time.monotonic() + 20
    while kernel.manager.is_alive() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not kernel.manager.is_alive()


def test_two_warm_kernels_draw_numbers_of_their_own(kernel: Kernel, tmp_path: Path) -> None:
    other = Kernel(tmp_path)
    try:
        code = "import random, numpy as np; print(random.random(), np.random.rand())"
        assert not set(kernel.run(code)[0].split()) & set(other.run(code)[0].split())
    finally:
        other.close()


def test_a_kernel_that_a_fork_cannot_be_is_started_as_always(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("JUPYTER_DEFAULT_PROVISIONER_NAME", "groundup-warm")
    kernel = Kernel(tmp_path, env={**os.environ, "PYTHONHASHSEED": "7"})
    try:
        assert "nbgrader_parts" not in kernel.run(PARENT)[0]
    finally:
        kernel.close()


def test_nothing_is_left_of_warm_kernels_when_their_program_is_killed(tmp_path: Path) -> None:
    program = (
        "from jupyter_client.manager import start_new_kernel\n"
        "manager, client = start_new_kernel(startup_timeout=60)\n"
        "print(manager.provisioner.pid, flush=True)\n"
        "input()\n"
    )
    environment = {**os.environ, "JUPYTER_DEFAULT_PROVISIONER_NAME": "groundup-warm"}
    with subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=tmp_path, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as running:  # fmt: skip
        assert running.stdout is not None
        pid = int(running.stdout.readline())
        warm = int(Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])
        running.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 20
    while (alive := [p for p in (pid, warm) if Path(f"/proc/{p}").exists()]) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not alive
