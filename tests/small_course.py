"""A small copy of the course for the tests of start.py, with stand-ins for the installers."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WINDOWS = os.name == "nt"

# Each stand-in adds a line to the file named by CALLS. Like the real ones, ensurepip leaves pip and pip leaves uv.
STAND_IN = """\
import os, pathlib, sys, sysconfig, time
with open(os.environ["CALLS"], "a") as calls:
    print("{name}", *sys.argv[1:], file=calls)
leaves = [word.replace("==", "-") for word in ("{leaves}" or sys.argv[-1]).split()] if "{name}" != "uv" else []
for package in leaves:
    record = pathlib.Path(sysconfig.get_path("purelib"), package + ".dist-info")
    record.mkdir(exist_ok=True)
    (record / "INSTALLER").write_text("stand-in")
if "{name}" == os.environ.get("FAILS", "uv"):
    time.sleep(float(os.environ.get("TAKES", "0")))
    sys.exit(os.environ.get("FAILS_WITH"))
"""


class Course:
    """A small copy of the course with a `groundup` that prints its arguments, and stand-ins for the installers."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "course"
        self.stand_ins = folder / "stand-ins"
        self.calls_file = folder / "calls"
        self.venv = self.folder / ".venv"
        self.python = self.venv / ("Scripts/python.exe" if WINDOWS else "bin/python")
        self.stamp = self.venv / "groundup-stamp"
        (self.folder / "groundup").mkdir(parents=True)
        (self.folder / "tests").mkdir()
        for name in ("start.py", "requirements.txt", "pyproject.toml"):
            shutil.copy(ROOT / name, self.folder)
        (self.folder / "groundup" / "__main__.py").write_text(
            "import sys\nprint('groundup', *sys.argv[1:])\nsys.exit(7 if 'seven' in sys.argv else 0)\n"
        )
        self.stand_ins.mkdir()
        for name, leaves in (("ensurepip", "pip-1"), ("pip", ""), ("uv", "")):
            (self.stand_ins / f"{name}.py").write_text(STAND_IN.format(name=name, leaves=leaves))

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, str(self.folder / "start.py"), *arguments]

    def environment(self, **settings: str) -> dict[str, str]:
        return dict(os.environ, PYTHONPATH=str(self.stand_ins), CALLS=str(self.calls_file), **settings)

    def start(self, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        environment = self.environment(**settings)
        return subprocess.run(self.command(*arguments), env=environment, capture_output=True, text=True, timeout=60)

    def begin(self, *arguments: str, **settings: str) -> subprocess.Popen[str]:
        environment = self.environment(**settings)
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        return subprocess.Popen(self.command(*arguments), env=environment, text=True, **pipes)

    def calls(self) -> list[str]:
        """The stand-ins called so far, by name."""
        return [line.split()[0] for line in self.calls_file.read_text().splitlines()]

    def wait_for(self, stand_in: str) -> None:
        for _ in range(200):
            if self.calls_file.exists() and stand_in in self.calls():
                return
            time.sleep(0.05)
        raise AssertionError(f"{stand_in} was not called within 10 s")
