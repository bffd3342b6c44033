"""The sandbox holds: real boxes, real forks, and code inside that tries to get out."""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import groundup
from groundup.grading.jobs import Limits
from groundup.grading.running import namespaces
from groundup.grading.running.missing import missing_sandbox
from groundup.grading.running.sandbox import Fork, SandboxError, Warm
from groundup.grading.running.warm import receive, send

ROOT = Path(__file__).resolve().parent.parent
MISSING = missing_sandbox()
OF_PYTHON = sorted({folder.parts[2] for folder in namespaces.python_folders() if folder.parts[1] == "tmp"})
boxed = pytest.mark.skipif(MISSING is not None, reason=str(MISSING))
LIMITS = Limits(memory_mb=700, disk_mb=16, processes=24, cpu_seconds=60)

PROBE = """
from groundup.grading.running.warm import receive, send

def serve(control, channel):
    names = {"channel": channel}
    while True:
        code = receive(control)[0]["code"]
        try:
            exec(code, names)
            send(control, {"value": names.get("value")})
        except BaseException as error:
            send(control, {"error": type(error).__name__, "text": str(error), "errno": getattr(error, "errno", None)})
"""


class Probe(Warm):
    """The warm process with a tiny module in place of the one that runs notebooks."""

    serves = {"student": "sandbox_probe:serve", "checker": "sandbox_probe:serve"}  # noqa: RUF012


Bare = type("Bare", (Probe,), {"imports": ()})
Broken = type("Broken", (Probe,), {"imports": ("no_such_module",)})


@pytest.fixture(scope="module")
def probe(tmp_path_factory: pytest.TempPathFactory) -> Iterator[type[Probe]]:
    package = tmp_path_factory.mktemp("probe") / "sandbox_probe"
    package.mkdir()
    (package / "__init__.py").write_text(PROBE, encoding="utf-8")
    Probe.packages = (Path(groundup.__file__).parent, package)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GROUNDUP_SECRET", "only the instructor knows")
        yield Probe


@pytest.fixture(scope="module")
def warm(probe: type[Probe]) -> Iterator[Warm]:
    if MISSING is not None:
        pytest.skip(MISSING)
    with probe(torch=False, limits=LIMITS) as process:
        yield process


@contextlib.contextmanager
def forked(warm: Warm, kind: Any = "student") -> Iterator[tuple[Fork, socket.socket]]:
    ours, theirs = socket.socketpair()
    with ours, contextlib.closing(warm.fork(kind, theirs)) as fork:
        fork.control.settimeout(30)
        ours.settimeout(10)
        yield fork, ours


def ask(fork: Fork, code: str) -> dict[str, Any]:
    send(fork.control, {"code": code})
    return receive(fork.control)[0]


def ends(still: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 10
    while still() and time.monotonic() < deadline:
        time.sleep(0.01)
    return not still()


def run(warm: Warm, code: str) -> Any:
    """What `code` leaves in `value`, in a fork of its own."""
    with forked(warm) as (fork, _):
        answer = ask(fork, code)
    assert "error" not in answer, answer
    return answer["value"]


def test_a_fork_draws_a_picture_with_what_was_imported_before(warm: Warm) -> None:
    code = "import io; from groundup import plots; from matplotlib.figure import Figure; f = Figure(); b = io.BytesIO()"
    assert run(warm, f"{code}; f.subplots().plot([1, 2]); f.savefig(b, format='png'); value = len(b.getvalue())") > 1000


def test_no_network_can_be_reached_and_no_socket_of_the_machine(warm: Warm) -> None:
    with socket.socket(socket.AF_UNIX) as outside:
        outside.bind("\0groundup-outside")
        outside.listen()
        code = "import socket; socket.socket(socket.AF_UNIX).connect('\\0groundup-outside')"
        with forked(warm) as (fork, _):
            assert ask(fork, code)["error"] == "ConnectionRefusedError"
            for family in ("AF_INET", "AF_INET6", "AF_NETLINK", "AF_VSOCK"):
                assert "unreachable" in ask(fork, f"import socket; socket.socket(socket.{family})")["text"]


def test_nothing_but_its_own_folder_can_be_written(warm: Warm) -> None:
    refused = (errno.EROFS, errno.EACCES, errno.ENOENT)
    with forked(warm) as (fork, _):
        for place in ("/", "/usr", "/dev", "/etc", "/proc/sys/kernel", sys.prefix, ROOT):
            assert ask(fork, f"open('{place}/hostname', 'w')")["errno"] in refused, place
        code = "import os; open('me', 'w').write('x'); value = {os.getcwd(), os.environ['HOME'], *os.listdir()}"
        assert sorted(ask(fork, f"{code}; value = list(value)")["value"]) == sorted(["/tmp", "me", *OF_PYTHON])


def test_neither_solutions_nor_tests_nor_homes_can_be_seen(warm: Warm) -> None:
    shown = [str(path) for path in namespaces.python_folders()]
    code = f"""import os
value = []
for top in ("/root", "/home", "/run", "/var", {str(ROOT)!r}):
    for folder, folders, files in os.walk(top):
        folders[:] = [name for name in folders if os.path.join(folder, name) not in {shown}]
        value += [os.path.join(folder, name) for name in files]"""
    assert run(warm, code) == []
    assert run(warm, f"import os; value = os.path.exists({str(ROOT / 'solutions')!r})") is False


def test_a_fork_sees_and_signals_only_its_own_processes(warm: Warm) -> None:
    with forked(warm, "checker") as (checker, _), forked(warm) as (student, _):
        pids = "import os; value = [name for name in os.listdir('/proc') if name.isdigit()]"
        assert ask(student, pids)["value"] == ["1"]
        hunt = "value = 0\nfor pid in (-1, *range(2, 999)):\n  try: os.kill(pid, 9); value += 1\n  except OSError: pass"
        assert ask(student, hunt)["value"] == 0
        ask(student, "open('/tmp/note', 'w').write('the answers')")
        assert ask(checker, "import os; value = os.listdir('/tmp') + os.listdir('/dev/shm')")["value"] == OF_PYTHON
        if namespaces.own_uids():
            owners = {Path(f"/proc/{fork.pid}").stat().st_uid for fork in (student, checker)}
            assert owners == set(namespaces.UIDS.values())


def test_no_secret_stands_in_any_environment(warm: Warm) -> None:
    code = "import os; value = [str(dict(os.environ)), open('/proc/1/environ').read(), open('/proc/1/cmdline').read()]"
    assert not any("SECRET" in text or "only the instructor" in text for text in run(warm, code))


def test_the_calls_that_lead_out_are_refused(warm: Warm) -> None:
    calls = {"unshare": "0x10000000", "umount2": "b'/tmp', 2", "setns": "0, 0", "ptrace": "16, 1", "personality": "0"}
    calls |= {"mount": "b'none', b'/tmp', b'tmpfs', 0, 0", "chroot": "b'/tmp'", "memfd_create": "b'x', 0"}
    with forked(warm) as (fork, _):
        ask(fork, "import ctypes; libc = ctypes.CDLL(None, use_errno=True)")
        for name, arguments in calls.items():
            answer = ask(fork, f"ctypes.set_errno(0); value = [libc.{name}({arguments}), ctypes.get_errno()]")
            assert answer["value"] == [-1, 1], name
        status = ask(fork, "value = dict(line.split(':', 1) for line in open('/proc/self/status'))")["value"]
        assert all(int(status[name], 16) == 0 for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"))
        assert int(status["NoNewPrivs"]) == 1 and int(status["Seccomp"]) == 2 and status["Uid"].split() == ["1000"] * 4
        links = "import os; names = [f'/proc/self/fd/{n}' for n in range(256)]\n"
        shown = ask(fork, links + "value = [os.readlink(name) for name in names if os.path.exists(name)]")["value"]
        assert [link for link in shown if not link.startswith("socket:")] == ["/dev/null"] * 3


def test_a_fork_bomb_and_a_memory_bomb_and_a_full_disk_are_errors_of_the_fork_alone(warm: Warm) -> None:
    with forked(warm) as (fork, _):
        bomb = "import os, time\nfor value in range(200):\n  if os.fork() == 0: time.sleep(100)"
        assert ask(fork, bomb)["error"] == "BlockingIOError"
        assert ask(fork, "pass")["value"] == LIMITS.processes - 1
    with forked(warm) as (fork, _):
        assert ask(fork, "x = bytearray(1 << 30)")["error"] == "MemoryError"
        assert ask(fork, "open('big', 'wb').truncate(1 << 30)")["error"] == "OSError"
        for place in ("/tmp", "/dev/shm"):
            fill = f"for part in range(40): open(f'{place}/{{part}}', 'wb').write(bytes(1 << 20))"
            assert ask(fork, fill)["errno"] == errno.ENOSPC
    assert run(warm, "import os; value = os.listdir('/tmp')") == OF_PYTHON


def test_killing_a_fork_takes_its_daemons_with_it(warm: Warm) -> None:
    daemon = "import os, time\nif os.fork() == 0:\n  os.setsid()\n  if os.fork() == 0:\n    channel.send(b'daemon')\n"
    daemon += "    time.sleep(100)\n  os._exit(0)\nvalue = os.wait()[1]"
    with forked(warm) as (fork, channel):
        assert ask(fork, daemon)["value"] == 0
        assert channel.recv(9) == b"daemon" and fork.alive()
        fork.kill()
        # Only when the last holder of the other end is gone, this end is closed.
        assert channel.recv(9) == b"" and ends(lambda: fork.alive())


def test_an_interrupt_is_a_keyboard_interrupt_and_a_deaf_fork_can_be_killed(warm: Warm) -> None:
    with forked(warm) as (fork, channel):
        send(fork.control, {"code": "channel.send(b'go')\nwhile True: pass"})
        channel.recv(2)
        fork.interrupt()
        assert receive(fork.control)[0]["error"] == "KeyboardInterrupt"
        send(
            fork.control,
            {"code": "import signal; signal.signal(2, signal.SIG_IGN); channel.send(b'go')\nsignal.pause()"},
        )
        channel.recv(2)
        fork.interrupt()
        fork.kill()
        with pytest.raises((EOFError, ConnectionError)):
            receive(fork.control)


def test_memory_and_time_of_all_its_processes_are_measured(warm: Warm) -> None:
    grow = "import os, time\nif os.fork() == 0:\n  x = b'1' * (200 << 20)\n  channel.send(b'grown')\n  time.sleep(100)"
    with forked(warm) as (fork, channel):
        before = fork.memory_mb()
        ask(fork, grow)
        channel.recv(5)
        assert 200 <= fork.memory_mb() - before < 600
        ask(fork, "end = time.process_time() + 0.3\nwhile time.process_time() < end: pass")
        assert 0.3 <= fork.cpu_seconds() < 3
        fork.close()
        assert fork.cpu_seconds() >= 0.3 and not fork.alive() and fork.memory_mb() == 0


def host_pids(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split()
    return [pid, *(each for child in children for each in host_pids(int(child)))]


@boxed
def test_a_dead_warm_process_starts_again(probe: type[Probe], caplog: pytest.LogCaptureFixture) -> None:
    with Bare(torch=False, limits=LIMITS) as process, forked(process) as (orphan, channel):
        assert ask(orphan, "value = 1")["value"] == 1
        os.kill(host_pids(process._process.pid)[2], signal.SIGKILL)
        assert channel.recv(1) == b""
        assert run(process, "value = 2") == 2
        assert "a new one was started" in caplog.text


@boxed
def test_nothing_is_left_when_the_engine_is_killed(probe: type[Probe]) -> None:
    code = f"""import sys, time; sys.path.insert(0, {str(ROOT / "tests")!r}); from test_sandbox import *
Bare.packages = tuple(map(Path, {[str(path) for path in probe.packages]})); warm = Bare(torch=False, limits=LIMITS)
with forked(warm) as (fork, _): print(ask(fork, 'value = 1'), flush=True); time.sleep(100)"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as engine:
        assert engine.stdout is not None and b"1" in engine.stdout.readline()
        below = host_pids(engine.pid)[1:]
        assert len(below) == 4
        engine.kill()
    assert ends(lambda: any(Path(f"/proc/{pid}").exists() for pid in below))


@boxed
def test_torch_learns_in_a_fork_within_its_limits(probe: type[Probe]) -> None:
    code = "import torch; net = torch.nn.Linear(3, 1); step = torch.optim.SGD(net.parameters(), lr=0.1); "
    code += "net(torch.ones(2, 3)).sum().backward(); step.step(); value = float(net.weight.grad.sum())"
    with probe(torch=True, limits=Limits()) as process:
        assert run(process, code) == 6


def test_without_a_sandbox_forks_work_the_same_and_know_no_secret(probe: type[Probe]) -> None:
    with Bare(torch=False, limits=LIMITS, isolated=False) as process:
        with forked(process) as (fork, channel):
            assert ask(fork, "import os; value = 'GROUNDUP_SECRET' in os.environ")["value"] is False
            send(fork.control, {"code": "channel.send(b'go')\nwhile True: pass"})
            channel.recv(2)
            fork.interrupt()
            assert receive(fork.control)[0]["error"] == "KeyboardInterrupt"
            fork.kill()
            assert channel.recv(1) == b""
        assert run(process, "import os; value = os.listdir()") == []


def test_what_is_missing_is_said_in_a_sentence(probe: type[Probe], monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SandboxError, match=r"did not start.*No module named 'no_such_module'"):
        Broken(torch=False, limits=LIMITS, isolated=False)
    monkeypatch.setenv("PATH", "/nowhere")
    assert "bubblewrap is not installed" in str(missing_sandbox()) or sys.platform != "linux"


@boxed
@pytest.mark.skipif(os.geteuid() != 0 or OF_PYTHON != [], reason="run by an ordinary user, or Python lies in /tmp")
def test_all_this_holds_for_an_ordinary_user() -> None:
    drop = "import os, sys; os.setgid(65534); os.setuid(65534); os.execv(sys.executable, sys.argv[1:])"
    view = ["bwrap", "--dev-bind", "/", "/", "--perms", "1777", "--tmpfs", "/tmp", "--setenv", "HOME", "/tmp"]
    view += ["--perms", "0755", "--tmpfs", "/root"]
    for folder in (folder for folder in {*namespaces.python_folders(), ROOT} if folder.is_relative_to("/root")):
        for above in reversed(folder.parents[:-2]):
            view += ["--perms", "0755", "--dir", str(above)]
        view += ["--ro-bind", str(folder), str(folder)]
    tests = ["-m", "pytest", "-n", "0", "-q", "-p", "no:cacheprovider", __file__, "-k", "not torch and not ordinary"]
    command = [*view, "--", sys.executable, "-c", drop, sys.executable, *tests]
    result = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=200)
    assert result.returncode == 0 and "skipped" not in result.stdout, result.stdout[-3000:] + result.stderr
