"""Ground Up: what runs the course "Neural networks from the ground up".

Lessons use `groundup.datasets`, `groundup.plots` and `groundup.checks`. The command `groundup` builds
and proves the course. Importing this package imports nothing else, so that it stays quick.
"""

__version__ = "0.1.0"
