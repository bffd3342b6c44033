"""Arrays and tensors that look into the memory of a shared argument cross as views, so that sharing stays visible.

In the student's process: a value and the replicas. Out: a node that names the replica and the place in its memory.
In the checker the same place in the memory of the checker's own object.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from groundup.grading.wire.decoding import Decoder, dtype_of, shape_of
from groundup.grading.wire.encoding import Encoder
from groundup.grading.wire.frames import WireError
from groundup.grading.wire.replicas import Replicas
from groundup.grading.wire.tensors import loaded
from groundup.grading.wire.values import Node


def _as_numpy(value: Any) -> np.ndarray[Any, Any] | None:
    """The memory of an array or of a tensor on the CPU as an array; None for all other values."""
    if isinstance(value, np.ndarray):
        return value if value.dtype.kind in "biufc" else None
    torch = loaded()
    if torch is not None and isinstance(value, torch.Tensor) and value.device.type == "cpu":
        try:
            found: np.ndarray[Any, Any] = value.detach().numpy()
        except (RuntimeError, TypeError):
            return None
        return found
    return None


def view_of_a_replica(value: Any, replicas: Replicas, encode: Encoder) -> Node | None:
    """The node of a value whose memory lies inside that of a replica; None where there is none.

    It holds the numbers too, for a receiver whose own array is laid out in another way.
    """
    array = _as_numpy(value)
    if array is None or not array.size:
        return None
    start = array.__array_interface__["data"][0]
    for number, other in replicas.objects.items():
        base = _as_numpy(other)
        if base is None or not (base.flags.c_contiguous or base.flags.f_contiguous):
            continue
        offset = start - base.__array_interface__["data"][0]
        if 0 <= offset < base.nbytes and np.may_share_memory(array, base):
            order = "C" if base.flags.c_contiguous else "F"
            place = [number, offset, order, list(array.strides)]
            number_of_copy = encode.buffer(array.tobytes())
            return ["view", place, array.dtype.str, list(array.shape), _kind_of(value), number_of_copy]
    return None


def _kind_of(value: Any) -> list[bool] | None:
    torch = loaded()
    if torch is None or not isinstance(value, torch.Tensor):
        return None
    return [isinstance(value, torch.nn.Parameter), bool(value.requires_grad)]


def read_view(decode: Decoder, node: list[Any]) -> Any:
    """The same place in the memory of this side's own object, or else a copy. Raises WireError."""
    _, place, dtype, sizes, kind, number_of_copy = node
    numbers, shape = dtype_of(dtype), shape_of(sizes)
    if numbers.kind not in "biufc":
        raise WireError("a view of something that is no array of numbers")
    found = _same_place(decode, place, numbers, shape)
    if found is None:
        found = np.frombuffer(decode.raw(number_of_copy), numbers).reshape(shape).copy()
    if kind is None:
        return found
    torch = loaded()
    made = torch.from_numpy(found)
    return torch.nn.Parameter(made, requires_grad=bool(kind[1])) if kind[0] else made.requires_grad_(bool(kind[1]))


def _same_place(decode: Decoder, place: Any, dtype: Any, shape: tuple[int, ...]) -> np.ndarray[Any, Any] | None:
    number, offset, order, strides = place
    base = _as_numpy(decode.home.find(number))
    if base is None or type(offset) is not int or not all(type(step) is int for step in strides):
        raise WireError("a view of something that is no array")
    # Looked at in Python's numbers: the sums of NumPy's own check can overflow.
    ends = [step * (size - 1) for step, size in zip(strides, shape, strict=True)]
    first, last = offset + sum(min(end, 0) for end in ends), offset + sum(max(end, 0) for end in ends)
    if 0 in shape or first < 0 or last + dtype.itemsize > base.nbytes:
        raise WireError("a view that leaves the memory of its array")
    flat = base.reshape(-1, order="F" if order == "F" else "C")
    if not np.may_share_memory(flat, base):  # laid out in another way on this side
        return None
    return np.ndarray(shape, dtype, flat.data, offset, tuple(strides))
