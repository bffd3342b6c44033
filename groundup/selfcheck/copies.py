"""The course's own copy of every student notebook, kept inside the package: what a check is compared with.

In: `week00/01_perceptron`. Out: the cells of that notebook as the course gave it out.
`groundup build` makes the copies together with the notebooks in weekNN/.
"""

from __future__ import annotations

import re
from pathlib import Path

from groundup.selfcheck.reading import Cell, read_notebook, source

COPIES = Path(__file__).with_name("copies")
_MADE_FROM = re.compile(r"Made from solutions/(week\d\d/\d\d_\w+)\.py")


class NotOfTheCourseError(Exception):
    """A notebook, or a folder, that the course does not know; the text says which ones there are."""


def known() -> list[str]:
    """The names of all notebooks of the course, `week00/01_perceptron` and so on, in order."""
    return sorted(f"{path.parent.name}/{path.stem}" for path in COPIES.glob("week*/*.ipynb"))


def own_cells(name: str) -> list[Cell]:
    """The cells of the course's own copy of `name`."""
    cells: list[Cell] = read_notebook(COPIES / f"{name}.ipynb")["cells"]
    return cells


def name_of(path: Path, cells: list[Cell]) -> str:
    """Which notebook of the course this is: by its folder and file name, else by its own first lines.

    Raises NotOfTheCourseError when neither says so.
    """
    names = known()
    by_place = f"{path.resolve().parent.name}/{path.stem}"
    if by_place in names:
        return by_place
    for cell in cells[:5]:
        made = _MADE_FROM.search(source(cell))
        if made and made.group(1) in names:
            return made.group(1)
    raise NotOfTheCourseError(
        f"{path} is not a notebook of the course: neither its name nor its first cell says which. "
        f"The course has: {', '.join(names)}."
    )


def notebooks_in(folder: Path) -> list[Path]:
    """The notebooks of the course that lie in `folder`, in order.

    Raises NotOfTheCourseError when there are none: then it is not the folder of a week.
    """
    stems = {name.split("/")[1] for name in known() if name.split("/")[0] == folder.resolve().name}
    found = sorted(path for path in folder.glob("*.ipynb") if path.stem in stems)
    if not found:
        weeks = sorted({name.split("/")[0] for name in known()})
        raise NotOfTheCourseError(
            f"{folder.resolve()} is not the folder of a week. Name a notebook (week00/01_perceptron.ipynb) or a week "
            f"({', '.join(weeks)}), or go into the week's folder first."
        )
    return found
