"""A suite of three questions, for tests of what runs them: is `layers.Twice` there, and does it double?

The process that runs a library finds this module through PYTHONPATH.
"""

from __future__ import annotations

import numpy as np

from groundup.library_check.item import Item, Library, Skipped, Wrong

LIMIT = 2.0


def made(library: Library) -> None:
    library.layers.Twice()


def doubles(library: Library) -> None:
    given = library.layers.Twice().forward(np.ones((2, 3)))
    if given.shape != (2, 3):
        raise Wrong(f"Twice.forward gives {given.shape}, wanted (2, 3).")
    if (given != 2).any():
        raise Wrong(f"Twice.forward makes {given[0, 0]} of 1, wanted 2.")


def measures(library: Library) -> None:
    if library.metrics.accuracy(np.ones(3), np.ones(3)) != 1.0:
        raise Wrong("accuracy of what is right is not 1.")


def needs_data(library: Library) -> None:
    raise Skipped("There is no data here.")


ITEMS = [
    Item("Twice", "layers", "`Twice` can be made", made, LIMIT),
    Item("Twice.values", "layers", "`forward` doubles", doubles, LIMIT),
    Item("accuracy", "metrics", "`accuracy` is a share", measures, LIMIT),
    Item("far", "metrics", "on data from far away", needs_data, LIMIT),
]
