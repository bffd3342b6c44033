"""What only the checker sends: data loaders and optimizers, as arguments of a function that trains.

A loader crosses when it is an exact DataLoader over a TensorDataset, an optimizer when it is an exact class of
torch.optim; its parameters are those of a model in the same message. In: a value and an encoder. Out: a node, or None.
"""

from __future__ import annotations

import importlib
from typing import Any

from groundup.grading.wire.decoding import Decoder
from groundup.grading.wire.encoding import Encoder
from groundup.grading.wire.tensors import loaded
from groundup.grading.wire.values import Node

OPTIMIZERS = "torch.optim."


def node_of(value: Any, encode: Encoder) -> Node | None:
    """The node of a loader, data set or optimizer; None for everything else."""
    torch = loaded()
    if torch is None:
        return None
    data = torch.utils.data
    if type(value) is data.TensorDataset:
        return ["dataset", encode.keep(value), [encode(part) for part in value.tensors]]
    if type(value) is data.DataLoader and type(value.dataset) is data.TensorDataset and value.batch_size:
        shuffle = isinstance(value.sampler, data.RandomSampler)
        settings = {"batch_size": value.batch_size, "shuffle": shuffle, "drop_last": bool(value.drop_last)}
        return ["loader", encode.keep(value), encode(value.dataset), encode(settings), encode(value.generator)]
    if type(value).__module__.startswith(OPTIMIZERS) and isinstance(value, torch.optim.Optimizer):
        groups = [
            [[key, encode(part)] for key, part in group.items() if key != "params"]
            + [["params", [*map(encode, group["params"])]]]
            for group in value.param_groups
        ]
        return ["optimizer", encode.keep(value), f"{type(value).__module__}:{type(value).__qualname__}", groups]
    return None


def bring(node: list[Any], decode: Decoder) -> Any:
    """The loader, data set or optimizer of a node; used in the student's process, which trusts the checker."""
    torch = loaded()
    data = torch.utils.data
    kind, identity = node[:2]
    if kind == "dataset":
        made = data.TensorDataset(*(decode(part) for part in node[2]))
    elif kind == "loader":
        made = data.DataLoader(decode(node[2]), **decode(node[3]), generator=decode(node[4]))
    else:
        made = _optimizer(node, decode)
    decode.home.take(identity, made)
    return made


def _optimizer(node: list[Any], decode: Decoder) -> Any:
    module, _, name = node[2].partition(":")
    groups = [{key: part if key == "params" else decode(part) for key, part in pairs} for pairs in node[3]]
    for group in groups:
        group["params"] = [decode(part) for part in group["params"]]
    made = getattr(importlib.import_module(module), name)([{"params": group["params"]} for group in groups], lr=0.1)
    for group, mine in zip(groups, made.param_groups, strict=True):
        mine.update(group)
    return made


TAGS = ("dataset", "loader", "optimizer")
