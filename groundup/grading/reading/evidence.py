"""Lines of a submission that an instructor should look at: code that reaches for what no exercise needs.

In: the text of cells that a student wrote. Out: sentences that quote the line. This decides about nothing: what the
code tries comes to nothing in the sandbox, and points depend on the checker alone.
"""

from __future__ import annotations

import re

REACHES: dict[str, str] = {
    r"\bCheckFailed\b|\bexpect\s*=|\.checks\b.*=": "changes what the checks are made of",
    r"/proc/|\bptrace\b|process_vm_": "looks into processes",
    r"GROUNDUP_SECRET|HIDDEN TESTS|gradebook|\bsolutions/": "looks for the course's secrets",
    r"_getframe|f_back|f_globals|f_locals|\bgc\.get_|inspect\.(stack|currentframe)": "looks into its callers",
    r"\bctypes\b|\bcffi\b|\bmmap\b": "works on memory or the system directly",
    r"ast_transformers|input_transformers|get_ipython\(\)\.|events\.register": "changes how cells are run",
    r"\b(socket|urllib|requests|http\.client|ftplib|smtplib)\b": "reaches for the network",
    r"\b(subprocess|os\.(fork|exec\w+|spawn\w+|system|popen|kill|setsid)|pty|multiprocessing)\b": "handles processes",
    r"\bos\._exit\b|\bsignal\.|\bsys\.(settrace|setprofile|modules)\b|\batexit\b": "meddles with Python itself",
    r"\b(unshare|setns|mount|chroot|setuid|setresuid|setrlimit)\b\s*\(": "tries to leave the sandbox",
    r"__(eq|array|float|bool|class|reduce|reduce_ex)__\s*=|def __(eq|array|class|reduce|reduce_ex)__": (
        "defines what its answer equals"
    ),
    r"\bshutil\.rmtree\b|\bos\.(remove|unlink|rmdir)\b|\brm -": "deletes files",
}
"""What a line holds, and what that does."""

MOST = 8
LONGEST = 160
LONGEST_LINE = 2000
"""Of a longer line only the beginning is looked at: the time that a pattern takes grows with the square of it."""


def evidence(cells: list[tuple[str, str]]) -> list[str]:
    """A sentence for each telling line of cells (name, text), at most eight."""
    found = []
    for name, text in cells:
        for number, line in enumerate(text.splitlines(), start=1):
            code = line[:LONGEST_LINE].partition("#")[0]
            for pattern, does in REACHES.items():
                if re.search(pattern, code):
                    found.append(f"The cell '{name}', line {number}, {does}: {line.strip()[:LONGEST]}")
                    break
    return found[:MOST] + ([f"... and {len(found) - MOST} more such lines."] if len(found) > MOST else [])
