"""A test's own layer or loss in the student's network: it runs in the checker, and gradients flow through it.

In: tensors of the student's process. Out: what the test's function made of them; the backward pass asks the checker
for the gradients. This module imports torch: only processes that have it load this.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import nn

from groundup.grading.wire.link import Link


class GuestLayer(nn.Module):
    """Stands where a test put a layer of its own; holds that layer's parameters, so that an optimizer finds them."""

    def __init__(self, link: Link, handle: int, name: str, training: bool, named: list[tuple[str, Any]]) -> None:
        super().__init__()
        self.training = training
        # Past nn.Module's own __setattr__: the link is no part of the model.
        object.__setattr__(self, "_guest", (link, handle, name))
        self._guest: Any
        for key, part in named:
            self.register_parameter(key.replace(".", "_"), part)

    def forward(self, *inputs: Any) -> Any:
        """See nn.Module."""
        link, handle, _ = self._guest
        return through_the_wire(link, handle, self.training, list(self.parameters()), inputs)

    def __deepcopy__(self, memo: Any) -> GuestLayer:
        return self

    def _get_name(self) -> str:
        return str(self._guest[2])


def through_the_wire(link: Link, handle: int, training: bool, parameters: list[Any], inputs: tuple[Any, ...]) -> Any:
    """Call the test's function `handle` with `inputs`, so that gradients flow through tensors among them."""
    leaves = [part for part in inputs if isinstance(part, torch.Tensor)] + parameters
    if torch.is_grad_enabled() and any(part.requires_grad for part in leaves):
        return _Crossing.apply(link, handle, training, len(parameters), inputs, *leaves)
    return link.ask("forward", training, parameters, inputs, target=handle)[0]


class _Crossing(torch.autograd.Function):
    """A node of the graph whose two passes run in the checker."""

    @staticmethod
    def forward(ctx: Any, link: Any, handle: int, training: bool, count: int, inputs: Any, *leaves: Any) -> Any:
        parameters = list(leaves[len(leaves) - count :])
        with torch.enable_grad():  # autograd switches it off in here; the test's layer shall see what the caller sees
            made, number = link.ask("forward", training, parameters, inputs, target=handle)
        ctx.asked = (link, handle, number)
        return made

    @staticmethod
    def backward(ctx: Any, *gradients: Any) -> Any:
        link, handle, number = ctx.asked
        found = link.ask("backward", number, gradients[0], target=handle)
        return (None, None, None, None, None, *found)
