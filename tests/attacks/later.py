"""Attacks that a later look at the engine brought: on what it does after a process or a checker had to be ended.

In: the student edition. Out: answers that bring the checker down, forged accounts of cells, and texts that smuggle.
"""

from __future__ import annotations

import json

from attacks.arena import INPUT, Arena
from attacks.attack import BOTH, RIGHT, WRONG, Attack, Make, answer, cheat, own_cell, write
from attacks.harms import records
from attacks.wire import SPEAK

TEXT_ONLY = "the engine makes every output anew, of text"

LAUGHS = """
def laughs():
    made = [0.0]
    for _ in range(50):
        made = [made, made]
    return made
"""

ENDS_AGAIN = {
    "spread": f"""{LAUGHS}
later = False
def spread(X):
    return laughs() if later else np.ptp(X, axis=0)
""",
    "center": "later = True\ndef center(X):\n    return laughs()\n",
}

REMEMBERS = """
def spread(X):
    center.__name__ = center.__qualname__ = "seen_" + str(int(X.flat[0]))
    spread.__name__ = center.__name__
    return np.zeros(X.shape[1])
"""

SAYS = """
def spread(X):
    kind = type("seen_" + str(int(X.flat[0])), (BaseException,), {})
    raise kind(str(X.tolist()))
"""

MARKUP = """
html = {"text/plain": "x", "text/html": "<script>attack()</script>", "image/svg+xml": "<svg onload=attack()>"}
outputs = [{"output_type": "display_data", "data": html, "metadata": {"more": html}, "extra": html}]
outputs += [{"output_type": "error", "ename": "E", "evalue": "E", "traceback": [html, ["<script>attack()</script>"]]}]
say(frame({"ran": {"outputs": outputs, "error": "", "message": "", "seconds": 0.0}}))
"""

LONG = """
outputs = [{"output_type": "stream", "name": "stdout", "text": "x" * 12_000_000}]
raw = frame({"ran": {"outputs": outputs, "error": "", "message": "", "seconds": 0.0}})
for fd in sockets():
    threading.Thread(target=socket.socket(fileno=os.dup(fd)).sendall, args=(raw,), daemon=True).start()
time.sleep(0.5)
"""

DRIP = """
def drip():
    raw = frame({"ran": {"outputs": []}, "more": "x" * 100_000})
    while raw:
        say(raw[:1])
        raw = raw[1:]
        time.sleep(0.05)
threading.Thread(target=drip, daemon=True).start()
while True:
    time.sleep(0.1)
"""

FAR_VIEW = """
import groundup.grading.wire.answering as answering
plain = answering.view_of_a_replica
def far(value, replicas, encode):
    if replicas.objects and len(replicas.objects) and value is made:
        place = [max(replicas.objects), 0, "C", [8]]
        return ["view", place, "|i1", [2**61 + 1], None, encode.buffer(b"")]
    return plain(value, replicas, encode)
answering.view_of_a_replica = far
made = np.zeros(2)
def spread(X):
    return made
"""

NUMBER = """
import groundup.grading.wire.answering as answering
class Number:
    shape, ndim, dtype = (2,), 1, np.dtype(float)
    __float__ = item = lambda self: 0.0
    __sub__ = __rsub__ = __abs__ = __add__ = __mul__ = lambda self, *other: self
    __len__ = lambda self: 2
    __iter__ = lambda self: iter([0.0, 0.0])
    max = min = all = any = mean = sum = lambda self, *given: self
    detach = cpu = lambda self: self
    numpy = lambda self: self
plain = answering.Answering.abroad
def abroad(self, value, encode):
    if isinstance(value, Number):
        return ["ref", "object", self.lend(value), {"name": "float", "classes": ["builtins:float", "builtins:bool"]}]
    return plain(self, value, encode)
answering.Answering.abroad = abroad
def spread(X):
    return Number()
def center(X):
    return Number()
"""


def _killed_at_the_end(**answers: str) -> Make:
    """Wrong answers, and a last cell that ends the process: hidden tests run in another one."""

    def make(notebook: dict[str, object]) -> dict[str, object]:
        return dict(own_cell("import os\nos._exit(0)", {**WRONG, **answers}, last=True)(notebook))  # type: ignore[arg-type]

    return make


def _markup_recorded(arena: Arena, student: str) -> str | None:
    for path in records(arena, student):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            for output in cell.get("outputs", ()):
                if output.keys() & {"extra"} or output.get("data", {}).keys() - {"text/plain"}:
                    return f"an output in {path.name} holds {sorted(output)}, {sorted(output['data'])}"
    return None


def _record_too_long(arena: Arena, student: str) -> str | None:
    long = [path for path in records(arena, student) if path.stat().st_size > 1_000_000]
    return f"{long} hold megabytes" if long else None


LATER = (
    Attack("checker_ends_again", "brings the checker down with an answer, and the next one with what was right before",
           lambda notebook: write(notebook, ENDS_AGAIN), "what ended a checker does not run again",
           ("spread-hidden", "center")),
    Attack("billion_laughs", "answers with a list of 2**50 parts that is sent in a few bytes", answer(
        spread=f"{LAUGHS}\ndef spread(X):\n    return laughs()"), "the checker has a deadline too", ("spread",)),
    Attack("input_as_name", "ends its process, and names the next function after the input of a hidden test",
           _killed_at_the_end(spread=REMEMBERS), "a name goes into messages only if it stands in the cells", BOTH,
           leaks=(INPUT,)),
    Attack("input_as_error", "raises an error that no `except Exception` catches, named after a hidden input",
           _killed_at_the_end(spread=SAYS), "of an error in a hidden test nothing is told", BOTH, leaks=(INPUT,)),
    Attack("forged_markup", "sends the engine outputs with markup, scripts and pictures", cheat(SPEAK + MARKUP),
           TEXT_ONLY, BOTH, harm=_markup_recorded),
    Attack("forged_length", "sends the engine an output of 12 MB", cheat(SPEAK + LONG), TEXT_ONLY, BOTH,
           harm=_record_too_long),
    Attack("drip", "sends the engine one byte every 50 milliseconds, and never ends", own_cell(SPEAK + DRIP, RIGHT),
           "deadlines count the whole message", may_lose=BOTH),
    Attack("far_view", "answers with a view that leaves the memory of its argument by an overflow of its size",
           answer(spread=FAR_VIEW), "places in memory are added up before they are used", ("spread",)),
    Attack("false_number", "an object of its own that says it is a float, gives 0.0 and never differs",
           lambda notebook: write(notebook, {**RIGHT, "spread": "", "center": NUMBER}),
           "what stays behind is no number, and learns nothing of what is wanted", BOTH),
    Attack("blank_lines", "a cell of 190,000 empty lines", own_cell("\n" * 190_000 + "x = 1"),
           "patterns whose time grows with the text only"),
    Attack("long_line", "a line of 27,000 telling words", own_cell("x = 1 #\ny = '" + ".checks" * 27_000 + "'"),
           "of a long line only the beginning is looked at"),
)  # fmt: skip
