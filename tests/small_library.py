"""A reference library of one layer: what tests of the scaffold put into the tiny course."""

from __future__ import annotations

from groundup.lessons.course import Course

LAYERS = '''\
"""Layers of groundup_nn."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from groundup_nn._inner import Buffer

if TYPE_CHECKING:
    from pathlib import Path

    from groundup_nn.models import Sequential

# A comment that tells how it is done.
_SMALL = math.exp(-30)
"""Smaller numbers are nothing."""

Shape = tuple[int, ...]
"""What a shape is."""


class _Base:
    pass


class Layer(Protocol):
    """Something in a row."""

    def forward(self, X: np.ndarray) -> np.ndarray:
        """X (n, d) -> the same.

        Twice as long as it need be.
        """

    def told(self, model: Sequential) -> None:
        # nothing to do
        pass


@Buffer.counted
class Double(Layer):
    """Twice X."""

    _count: int = 0

    def __init__(
        self,
        shape: Shape = (),
    ) -> None:
        self._buffer = Buffer(shape)

    def __repr__(self) -> str:
        return "a layer that only a teacher writes"

    def forward(self, X: np.ndarray) -> np.ndarray:
        """X (n, d) -> 2 X."""

        # Adding is faster than multiplying.
        def inner(x: Any) -> Any:
            return x + X

        return _halved(inner(X) + inner(X) + 0 * _SMALL)

    def _unseen(self) -> Path:
        return Path()


def _halved(X: np.ndarray) -> np.ndarray:
    return X * 0.5
'''

SKELETON = '''\
"""Layers of my_nn_library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

from my_nn_library._inner import Buffer

if TYPE_CHECKING:
    from my_nn_library.models import Sequential

Shape = tuple[int, ...]
"""What a shape is."""


class Layer(Protocol):
    """Something in a row."""

    def forward(self, X: np.ndarray) -> np.ndarray:
        """X (n, d) -> the same.

        Twice as long as it need be.
        """

    def told(self, model: Sequential) -> None:
        pass


@Buffer.counted
class Double(Layer):
    """Twice X."""

    def __init__(
        self,
        shape: Shape = (),
    ) -> None:
        raise NotImplementedError("Double.__init__ is not written yet")

    def forward(self, X: np.ndarray) -> np.ndarray:
        """X (n, d) -> 2 X."""
        raise NotImplementedError("Double.forward is not written yet")
'''

FILES = {
    "week07/README.md": "# The week of the library\n",
    "week07/library/scaffold/README.md": "# My library\n",
    "week07/library/scaffold/pyproject.toml": '[project]\nname = "my-nn-library"\n',
    "week07/library/tests/test_first_steps.py": "from groundup_nn import layers\n",
    "week07/library/groundup_nn/__init__.py": '"""A small library."""\n',
    "week07/library/groundup_nn/_inner.py": "class Buffer:\n    pass\n",
    "week07/library/groundup_nn/layers.py": LAYERS,
}


def add_library(course: Course) -> Course:
    """Give a course the small library."""
    for name, text in FILES.items():
        path = course.solutions / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return course
