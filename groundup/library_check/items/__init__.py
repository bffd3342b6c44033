"""What is asked of a library: one `Item` a question, in the order of the contract.

Nothing here knows how a layer is written: what is right comes from PyTorch, closed forms and finite differences.
"""

from __future__ import annotations

from groundup.library_check.item import Item
from groundup.library_check.items import (
    activations,
    callbacks,
    data,
    dropout,
    fitting,
    gradient_check,
    images,
    layers,
    losses,
    metrics,
    models,
    normalizing,
    optimizer_steps,
    optimizers,
    saving,
    training,
    visualization,
)

GROUPS = (
    layers,
    dropout,
    normalizing,
    images,
    activations,
    losses,
    optimizer_steps,
    optimizers,
    models,
    fitting,
    saving,
    callbacks,
    data,
    metrics,
    visualization,
    gradient_check,
    training,
)
ITEMS: tuple[Item, ...] = tuple(item for group in GROUPS for item in group.ITEMS)
