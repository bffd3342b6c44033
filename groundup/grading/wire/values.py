"""The form of values on the wire: tagged JSON, with buffers for the numbers of arrays.

`None`, `True`, numbers and text stand for themselves; all else is a list whose first entry is a tag:

    ["list", id, [..]]  ["dict", id, [[key, value], ..]]  ["tuple", [..]]  ["array", id, dtype, shape, order, buffer]
    ["same", id]        the object of that id, named before in this message or a replica of an earlier one
    ["view", id, ..]    an array that looks into the memory of such an object
    ["yours", handle]   an object of the receiver's that comes home
    ["ref", kind, ..]   an object that stays with the sender: the receiver makes a stand-in for it

`encoding` makes nodes, `decoding` reads them. Here is what both have in common: the form, limits, and what a side must
be able to do with values that are not plain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

if TYPE_CHECKING:
    from groundup.grading.wire.decoding import Decoder
    from groundup.grading.wire.encoding import Encoder

Node = Any
DEEPEST = 60
MOST_NODES = 400_000
LONGEST_TEXT = 4_000_000
LARGEST_INT = 1 << 2000
ARRAY_KINDS = "biufcUS"
BIT_GENERATORS = {kind.__name__: kind for kind in (
    np.random.PCG64, np.random.PCG64DXSM, np.random.MT19937, np.random.Philox, np.random.SFC64,
)}  # fmt: skip


class Home(Protocol):
    """One side's objects: what has been sent before, and what cannot be sent by value."""

    def known(self, value: Any) -> Node | None:
        """A node for a value that both sides hold already, or that came from the other side."""

    def keep(self, value: Any) -> int | str:
        """Note a changeable value under an id, so that it can be named again. Called by `Encoder.keep`."""

    def abroad(self, value: Any, encoder: Encoder) -> Node:
        """A node for a value that is not plain: by PyTorch's own rules, or by reference."""

    def take(self, identity: Any, value: Any) -> None:
        """Note what came under an id."""

    def find(self, identity: Any) -> Any:
        """The value of an id. Raises WireError."""

    def bring(self, node: list[Any], decoder: Decoder) -> Any:
        """The value of a node with a tag that this module does not know. Raises WireError."""

    def may_hold(self, layer: Any) -> bool:
        """Whether a layer that is not plain may stand inside a model that crosses by value."""
