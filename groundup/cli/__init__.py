"""The `groundup` command: thin wrappers that print what the packages return.

`student` and `library` hold what everybody has. `instructor` holds the rest; the repository that students get is
without it.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec

import typer

from groundup.cli import library, student

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="Ground Up: neural networks from the ground up.",
)


@app.callback()
def _root() -> None:
    # Without it, typer takes the only command that students have for the whole program.
    pass


student.add_to(app)
library.add_to(app)
if find_spec("groundup.cli.instructor"):
    from groundup.cli import instructor

    instructor.add_to(app)


def main() -> None:
    """Entry point: expected faults become one sentence on stderr and exit code 1 or 2."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a Windows pipe cannot show every letter; a check must not end on that
            stream.reconfigure(errors="replace")
    app()
