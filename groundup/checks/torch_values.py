"""What checks must know about PyTorch's objects, without importing PyTorch.

In: any value. Out: what kind of object it is, and a few words about it for a message. A model is known by the class
it comes from, so the models of a student are known too.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_KINDS = {
    ("torch.nn.modules.module", "Module"): "model",
    ("torch.utils.data.dataloader", "DataLoader"): "loader",
    ("torch.utils.data.dataset", "Dataset"): "dataset",
    ("torch.optim.optimizer", "Optimizer"): "optimizer",
    ("torch._C", "Generator"): "generator",
    ("torch", "Generator"): "generator",
}


def torch_kind(value: Any) -> str | None:
    """`model`, `loader`, `dataset`, `optimizer` or `generator`; None for tensors and everything else."""
    return next(
        (_KINDS[known] for part in type(value).__mro__ if (known := (part.__module__, part.__name__)) in _KINDS), None
    )


def described(value: Any) -> str | None:
    """One of PyTorch's objects in a few words, `Sequential(Linear(64, 32), ReLU())`; None for all other values."""
    kind, name = torch_kind(value), type(value).__name__
    if kind == "model":
        return _model(value)
    if kind == "generator":
        return "a random generator"
    if kind == "optimizer":
        return f"the optimizer {name}"
    if kind == "dataset":
        return f"a {name}{_count(value)}"
    if kind == "loader":
        size = getattr(value, "batch_size", None)
        return f"a {name}{_count(value.dataset)}" + (f" in batches of {size}" if size else "")
    return None


def _count(dataset: Any) -> str:
    try:
        return f" of {len(dataset)} samples"
    except (TypeError, NotImplementedError):  # a data set that streams has no length
        return ""


def _model(model: Any) -> str:
    name = type(model).__name__
    if hasattr(model, "in_features") and hasattr(model, "out_features"):
        return f"{name}({model.in_features}, {model.out_features})"
    inside = [_model(child) for child in model.children()]
    if len(inside) > 9:
        inside = [*inside[:8], f"and {len(inside) - 8} more"]
    return f"{name}({', '.join(inside)})"


def contents(model: Any) -> Mapping[str, Any]:
    """The parameters and buffers of a model by name: what must be equal for two models to be the same."""
    found: Mapping[str, Any] = model.state_dict()
    return found
