"""Attacks on the wire: forged frames, replies that nobody asked for, wrong lengths, answers that come late.

In: the student edition. Out: wrong answers, and code that speaks the protocol itself on whatever socket it finds.
"""

from __future__ import annotations

from attacks.attack import BOTH, RIGHT, WRONG, Attack, answer, cheat, own_cell
from attacks.harms import still_running

SPEAK = """
import json, os, socket, stat, struct, sys, threading, time
def sockets():
    found = []
    for fd in range(3, 300):
        try:
            if stat.S_ISSOCK(os.fstat(fd).st_mode):
                found.append(fd)
        except OSError:
            pass
    return found
def say(raw):
    for fd in sockets():
        try:
            socket.socket(fileno=os.dup(fd)).send(raw, socket.MSG_DONTWAIT)
        except OSError:
            pass
def frame(message, buffers=()):
    raw = json.dumps({**message, "buffers": [len(part) for part in buffers]}).encode()
    return struct.pack("!I", len(raw)) + raw + b"".join(buffers)
def reply(number, value, **more):
    return frame({"reply": number, "failed": False, "changes": [], "values": value, **more})
def array(*numbers):
    raw = struct.pack(f"<{len(numbers)}d", *numbers)
    return ["array", "m0", "<f8", [len(numbers)], "C", True, 0], [raw]
"""
"""How a student who has read the engine's source would forge its frames."""

VERDICTS = """
for message in ({"ok": True}, {"paid": 5.0}, {"points": 5, "value": 5.0, "error": ""}, {"outputs": [], "ran": True}):
    say(frame(message))
    say(frame({"op": "done", "id": 1, "values": message}))
    say(frame({"cell": "spread-hidden", "error": "", "message": "", "value": 3.0, "seconds": 0.0, **message}))
"""

UNASKED = """
for number in range(1, 200):
    node, buffers = array(3.0, 7.0)
    say(frame({"reply": number, "failed": False, "changes": [], "values": node}, buffers))
"""

SERVE_ME = """
for number, operation in enumerate(("call", "get", "item", "next", "iterate", "length", "forward", "backward", "exec")):
    for target in (0, 1, 2, -1, None, "0", 10**30):
        say(frame({"op": operation, "id": number, "target": target, "changes": [], "values": ["tuple", ["dataset"]]}))
        say(frame({"op": operation, "id": number, "target": target, "values": ["name", "builtins:exec"]}))
"""

NODES = """
def spread(X):
    for number in range(1, 60):
        for node in NODES:
            say(frame({"reply": number, "failed": False, "changes": [], "values": node}, [b"12345678"] * 2))
    return 0.0
"""

FORGED_TAGS = """
NODES = [
    ["array", "m0", "<f8", [10**9, 10**9], "C", True, 0], ["array", "m0", "O", [1], "C", True, 0],
    ["array", 0, "<f8", [1], "C", True, 0], ["array", "m0", "(1,(,)f8", [1], "C", True, 0],
    ["same", 0], ["same", "m0"], ["yours", 0], ["yours", -1], ["name", "builtins:eval"], ["name", "os:system"],
    ["ref", "function", 0, {"name": "x" * 9999, "parameters": [["x", 99, 1]]}], ["ref", "object", True, None],
    ["float", "nan"], ["float", "1e999999"], ["int", "0x" + "f" * 100000], ["range", 0, 10**18, 0],
    ["generator", "m0", "PCG64", ["dict", "m1", []]], ["scalar", "U0", 0], ["bytes", -1], ["set", [["list", "m0", []]]],
    ["dtype", "V99999999999"], ["objects", [3], []], [], [[]], {"a": 1}, ["no such tag"], ["tuple", "text"],
]
"""

DEEP = """
deep = b'{"reply": 1, "values": ' + b'["tuple", [' * 50000 + b"]]" * 50000 + b"}"
for raw in (deep, b"[" * 1000000, b'{"reply": NaN}', b'{"reply": 1, "values": Infinity}', b"\\xff\\xfe", b"[]"):
    say(struct.pack("!I", len(raw)) + raw)
"""

COLLIDING = """
def spread(X):
    keys = [[["int", hex(n * (2**61 - 1))], n] for n in range(1, 120000)]
    for fd in sockets():
        for number in (1, 2, 3, 4, 5, 6, 7, 8, 9):
            os.write(fd, reply(number, ["dict", "m0", keys]))
"""

LATER = """
def spread(X):
    def later():
        for _ in range(200):
            time.sleep(0.05)
            for number in range(1, 200):
                say(reply(number, 0.0))
    threading.Thread(target=later, daemon=True).start()
    return 0.0
"""

CHILD = """
def spread(X):
    if os.fork() == 0:
        os.setsid()
        for _ in range(400):
            time.sleep(0.05)
            for number in range(1, 200):
                say(reply(number, 0.0))
        os.execvp("sleep", ["sleep", "75311"])
    while True:
        pass
"""

HANDLERS = """
import gc, types
for thing in gc.get_objects():
    kind = type(thing)
    if kind.__module__.startswith("groundup.grading") and isinstance(getattr(thing, "operations", None), dict):
        for name in list(thing.operations):
            thing.operations[name] = lambda target, *given, **named: [3.0, 7.0]
        thing.perform = lambda *given: ([3.0, 7.0], False)
for name, module in list(sys.modules.items()):
    if name.startswith("groundup.grading"):
        for key, value in list(vars(module).items()):
            if isinstance(value, types.FunctionType):
                setattr(module, key, lambda *given, **named: None)
"""

FLOOD = """
def flood():
    while True:
        say(frame({"reply": 1, "values": 1.0}) + os.urandom(512))
threading.Thread(target=flood, daemon=True).start()
"""

ONE_SENDER = "one side asks, numbers its questions, and takes no other answer"
SILENT = "a process that falls silent costs its own points only"
ENDS = "the channel ends with the job; late frames find nobody"


def _speaking(source: str, name: str, story: str, stops: str, loses: tuple[str, ...] = BOTH) -> Attack:
    """Speaks on the socket from an own cell, with wrong answers."""
    return Attack(name, story, cheat(SPEAK + source), stops, loses, may_fault=True)


WIRE = (
    _speaking(VERDICTS, "forged_verdicts", "writes frames that say every check is passed on every socket it finds",
              "marks come from the checker's own channel, which students do not have"),
    _speaking(UNASKED, "unasked_replies", "answers two hundred questions before they are asked", ONE_SENDER),
    _speaking(SERVE_ME, "asks_the_checker", "asks the checker to call, read and run things",
              "the checker serves only what a test has handed over"),
    _speaking('for size in (2**32 - 1, 2**31, 0, 1):\n    say(struct.pack("!I", size) + b"{}")\n', "huge_length",
              "announces a frame of 4 GB", "limits are looked at before anything is read"),
    _speaking('for n in (-1, 2**63, 1.5, None, "9"):\n    raw = json.dumps({"reply": 1, "buffers": [n]}).encode()\n'
              '    say(struct.pack("!I", len(raw)) + raw)\n', "negative_length",
              "announces buffers of negative and absurd lengths", "limits are looked at before anything is read"),
    _speaking(DEEP, "deep_frames", "sends frames nested 50,000 deep, NaN, and bytes that are no text",
              "strict JSON with a limit on depth"),
    _speaking(FLOOD, "flood", "floods the socket with frames and noise from a thread", ONE_SENDER),
    _speaking(HANDLERS, "replace_handlers", "finds the loop that serves it among all objects and replaces its handlers",
              "the student's side has no say in marks"),
    Attack("forged_tags", "answers with frames whose values claim to be arrays, classes and objects that they are not",
           answer(spread=SPEAK + FORGED_TAGS + NODES), "every value is checked as it is decoded", ("spread",),
           may_lose=("center",)),
    Attack("answers_twice", "answers the same question twice, and the next ones in advance",
           answer(spread=SPEAK + LATER), ONE_SENDER, ("spread",), may_lose=("center",)),
    Attack("answers_late", "a child process goes on answering after the deadline", answer(spread=SPEAK + CHILD),
           ENDS, ("spread",), may_lose=("center",), harm=still_running),
    Attack("answers_after_death", "dies in a call, and leaves a thread and a child that answer",
           answer(spread=SPEAK + CHILD.replace("while True:\n        pass", "os._exit(0)")), ENDS, ("spread",),
           may_lose=("center",), harm=still_running),
    Attack("colliding_keys", "answers with a dictionary of 120,000 keys that all have the same hash",
           answer(spread=SPEAK + COLLIDING), "the checker has a deadline too", ("spread",), may_lose=("center",)),
    Attack("close_sockets", "closes every file that its process has open",
           own_cell("import os\nos.closerange(0, 65536)", RIGHT), SILENT, may_lose=BOTH, may_fault=True),
    Attack("cover_sockets", "puts /dev/null in the place of every open file",
           own_cell("import os\nnull = os.open('/dev/null', 2)\nfor fd in range(300):\n    os.dup2(null, fd)", WRONG),
           SILENT, BOTH, may_fault=True),
)  # fmt: skip
