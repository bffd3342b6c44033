"""Attacks that take what everybody needs: time, memory, processes, disk, the pages of the report.

In: the student edition. Out: answers and cells that never end, grow, multiply, or end Python itself.
These must never run outside of the sandbox.
"""

from __future__ import annotations

from attacks.attack import BOTH, CATCH, RIGHT, Attack, answer, own_cell
from attacks.harms import planted, record_too_large, still_running

SPREAD = ("spread",)
DEADLINE = "deadline for each cell; then the process is ended and the next cells go on"
MEMORY = "limit on memory"
TAKES_OVER = "a new process takes over"
PROCESSES = "own process namespace, limit on processes"
OWN_TEXT = "students' text is read in their own process"
OUTPUTS = "limit on outputs"

STUBBORN = """
import signal
def spread(X):
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass
"""

DAEMON = (
    CATCH
    + """
import os, signal
if os.fork() == 0:
    os.setsid()
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    if os.fork() == 0:
        os.execvp("sleep", ["sleep", "75311"])
    os._exit(0)
"""
)

FILL = (
    CATCH
    + """
import os
for folder in ("/tmp", ".", "/dev/shm", "/var/tmp", os.path.expanduser("~")):
    try:
        with open(os.path.join(folder, "groundup-attack"), "wb") as file:
            for _ in range(4000):
                file.write(bytes(1 << 20))
    except (OSError, MemoryError) as error:
        print(folder, type(error).__name__)
    try:
        for number in range(20000):
            open(os.path.join(folder, f"groundup-attack-{number}"), "wb").close()
    except OSError:
        pass
"""
)

RAISE_LIMITS = (
    CATCH
    + """
import resource
for name in dir(resource):
    if name.startswith("RLIMIT_"):
        try:
            resource.setrlimit(getattr(resource, name), (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            print("raised" + "=" + name)
        except (OSError, ValueError):
            pass
def spread(X):
    hog = []
    while True:
        hog.append(bytearray(b"x") * (64 << 20))
"""
)

THREADS = (
    CATCH
    + """
import threading, time
threads = []
try:
    while len(threads) < 20000:
        threads.append(threading.Thread(target=time.sleep, args=(3600,), daemon=True))
        threads[-1].start()
except BaseException as error:
    print(type(error).__name__)
"""
)

FILES = """
import os
held = []
try:
    while len(held) < 10**6:
        held.append(os.open("/dev/null", os.O_RDONLY))
except OSError as error:
    print(error.strerror)
"""

AT_EXIT = (
    CATCH
    + """
import atexit, os, signal, threading
def stay():
    while True:
        pass
atexit.register(stay)
os.register_at_fork(before=stay, after_in_child=stay)
for number in (signal.SIGTERM, signal.SIGINT, signal.SIGALRM):
    signal.signal(number, lambda *given: None)
threading.Thread(target=stay).start()
"""
)

IGNORES_INTERRUPT = """
import _thread, threading, time
def again():
    while True:
        time.sleep(0.01)
        _thread.interrupt_main()
threading.Thread(target=again, daemon=True).start()
"""

HOG = (
    CATCH
    + """
def spread(X):
    hog = []
    while True:
        hog.append(bytearray(b"x") * (64 << 20))
"""
)

HOGS = (
    CATCH
    + """
import time
for _ in range(40):
    if os.fork() == 0:
        hog = bytearray(b"x") * (900 << 20)
        time.sleep(60)
        os._exit(0)
"""
)

BOMB = (
    CATCH
    + """
def spread(X):
    while True:
        os.fork()
"""
)

STOP = (
    CATCH
    + """
import signal
def spread(X):
    os.kill(0, signal.SIGSTOP)
    os.kill(os.getpid(), signal.SIGSTOP)
    while True:
        pass
"""
)

MANY_OUTPUTS = """
import sys
from IPython.display import display
for n in range(1000000):
    display(n)
    print(n, file=sys.stderr)
"""

PICTURE = """
from IPython.display import Image, display
display(Image(data=b"\\x89PNG" + b"x" * 100_000_000, format="png"))
"""

LIMITS = (
    Attack("infinite_loop", "a loop without an end in an answer",
           answer(spread="def spread(X):\n    while True:\n        pass"), DEADLINE, SPREAD, plain="15 of 20"),
    Attack("loop_no_interrupt", "a loop that catches and ignores every interrupt", answer(spread=STUBBORN), DEADLINE,
           SPREAD, plain="no grade", plain_harm="no grade at all"),
    Attack("endless_cell", "a cell of one's own that never ends", own_cell("while True:\n    pass"), DEADLINE),
    Attack("endless_regex", "a regular expression that takes years, and cannot be interrupted",
           own_cell("import re\nre.match(r'(a+)+$', 'a' * 64 + 'b')"), DEADLINE),
    Attack("memory_bomb", "memory without an end in an answer", answer(spread=HOG), MEMORY, SPREAD, plain="15 of 20"),
    Attack("memory_by_children", "forty children that each take 900 MB", own_cell(HOGS),
           "limit on the memory of all processes together", may_lose=BOTH),
    Attack("raise_limits", "raises its own limits, then takes memory without an end", answer(spread=RAISE_LIMITS),
           "hard limits, no capabilities", SPREAD),
    Attack("fork_bomb", "processes without an end in an answer",
           answer(spread=BOMB), PROCESSES, SPREAD,
           harm=still_running, plain="no grade", plain_harm="no grade at all"),
    Attack("daemon", "leaves a process that outlives the job", own_cell(DAEMON), PROCESSES,
           harm=still_running, plain="20 of 20", plain_harm="the process survives"),
    Attack("thread_swarm", "twenty thousand threads", own_cell(THREADS), PROCESSES, may_lose=BOTH),
    Attack("file_swarm", "holds every file descriptor", own_cell(FILES), "limit on open files", may_lose=BOTH),
    Attack("fill_disk", "fills /tmp and every other folder it may write to", own_cell(FILL),
           "private folder with a limit on size", harm=planted),
    Attack("huge_output", "prints 400 MB", own_cell("for _ in range(40000):\n    print('x' * 10000)"), OUTPUTS,
           harm=record_too_large, plain="20 of 20"),
    Attack("million_outputs", "shows a million small things", own_cell(MANY_OUTPUTS), OUTPUTS, harm=record_too_large),
    Attack("raw_output", "writes 200 MB to file descriptors 1 and 2, past Python",
           own_cell("import os\nfor _ in range(20000):\n    os.write(1, b'x' * 5000)\n    os.write(2, b'x' * 5000)"),
           OUTPUTS, harm=record_too_large),
    Attack("huge_picture", "shows a picture of 100 MB", own_cell(PICTURE), OUTPUTS, harm=record_too_large),
    Attack("kill_kernel", "kills its own process with SIGKILL in an answer cell", answer(
        spread=RIGHT["spread"] + "\nimport os, signal\nos.kill(os.getpid(), signal.SIGKILL)"),
        TAKES_OVER, may_lose=SPREAD, plain="no grade", plain_harm="no grade at all"),
    Attack("segfault", "reads address 0, which ends Python",
           answer(spread="import ctypes\ndef spread(X):\n    return ctypes.string_at(0)"), TAKES_OVER, SPREAD),
    Attack("os_exit0", "ends Python with code 0 in an answer",
           answer(spread="import os\ndef spread(X):\n    os._exit(0)"), TAKES_OVER, SPREAD,
           plain="no grade", plain_harm="no grade at all"),
    Attack("sys_exit", "calls sys.exit in a cell", own_cell("import sys\nsys.exit(0)"), "ends that cell only",
           plain="20 of 20"),
    Attack("at_exit", "hooks into exit, fork and signals, so that nothing ends", own_cell(AT_EXIT), DEADLINE,
           may_lose=BOTH, harm=still_running),
    Attack("interrupts_itself", "a thread that interrupts the main thread all the time", own_cell(IGNORES_INTERRUPT),
           "costs its own points only", may_lose=BOTH),
    Attack("stops_itself", "stops its process (SIGSTOP) in an answer", answer(spread=STOP), DEADLINE, SPREAD),
    Attack("parser_bomb", "an answer that is nested so deeply that reading it may end Python",
           answer(spread="spread = " + "-" * 300_000 + "1"), OWN_TEXT, SPREAD),
    Attack("parser_bomb_parentheses", "an answer of 100,000 parentheses",
           answer(spread="spread = " + "(" * 100_000 + ")" * 100_000), OWN_TEXT, SPREAD),
)  # fmt: skip
