"""PyTorch's tensors and models of plain layers on the wire.

A model crosses by value when it and all its layers are exact classes of `torch.nn`: then its class, plain settings,
parameters and buffers say all there is. In: a value and an encoder, or a node and a decoder. Out: a node, or None where
PyTorch's rules do not apply; and the object again. This module imports torch only where it is loaded already.
"""

from __future__ import annotations

import sys
from typing import Any

import numpy as np

from groundup.grading.wire.decoding import Decoder, shape_of
from groundup.grading.wire.encoding import Encoder
from groundup.grading.wire.frames import WireError
from groundup.grading.wire.values import Home, Node

LAYERS = "torch.nn.modules."
INTERNAL = ("training", "_parameters", "_buffers", "_modules", "_non_persistent_buffers_set", "_is_full_backward_hook")


def loaded() -> Any:
    """The torch module where it is imported already, else None."""
    return sys.modules.get("torch")


def node_of(value: Any, encode: Encoder) -> Node | None:
    """The node of one of PyTorch's values; None for all others and for objects that do not cross by value."""
    torch = loaded()
    if torch is None:
        return None
    if isinstance(value, torch.Tensor):
        return _tensor(torch, value, encode)
    if isinstance(value, torch.dtype | torch.device | torch.Size):
        kind = {torch.dtype: "dtype", torch.device: "device", torch.Size: "size"}[type(value)]
        return ["torch", kind, list(value) if kind == "size" else str(value).removeprefix("torch.")]
    if isinstance(value, torch.Generator):
        return ["torch-generator", encode.keep(value), encode.buffer(value.get_state().numpy().tobytes())]
    if isinstance(value, torch.nn.Module) and crosses_by_value(value, encode.home):
        return _module(value, encode)
    return None


def crosses_by_value(model: Any, home: Home) -> bool:
    """Whether a model consists of exact classes of torch.nn, with nothing patched onto them, and layers of the home."""
    return _plain(model) and all(_plain(part) or home.may_hold(part) for part in model.modules())


def _plain(layer: Any) -> bool:
    return type(layer).__module__.startswith(LAYERS) and not any(map(callable, _settings(layer).values()))


def _settings(layer: Any) -> dict[str, Any]:
    """What a layer was made with: in_features, p, inplace and so on."""
    return {key: value for key, value in vars(layer).items() if key not in INTERNAL and not _is_hooks(key)}


def _is_hooks(key: str) -> bool:
    return key.startswith("_") and ("hook" in key or key == "_backward_pre_hooks")


def tensor_bytes(tensor: Any) -> bytes:
    """The numbers of a tensor, row by row."""
    torch = loaded()
    # Not `contiguous()`: a tensor of one entry counts as contiguous whatever its stride, and `view` takes the stride.
    raw = tensor.detach().cpu().clone(memory_format=torch.contiguous_format).reshape(-1)
    return bytes(raw.view(torch.uint8).numpy().tobytes()) if raw.numel() else b""


def _tensor(torch: Any, value: Any, encode: Encoder) -> Node:
    identity = encode.keep(value)
    kind, shape, parameter = str(value.dtype).removeprefix("torch."), list(value.shape), _is_parameter(torch, value)
    if value.device.type == "meta" or value.layout is not torch.strided:
        return ["tensor", identity, kind, shape, "meta", bool(value.requires_grad), parameter, None]
    grad = value.grad if value.is_leaf else None
    if grad is not None:
        grad = encode.buffer(tensor_bytes(grad))
    number = encode.buffer(tensor_bytes(value))
    return ["tensor", identity, kind, shape, number, bool(value.requires_grad), parameter, grad]


def _is_parameter(torch: Any, value: Any) -> bool:
    return isinstance(value, torch.nn.Parameter)


def _module(model: Any, encode: Encoder) -> Node:
    identity = encode.keep(model)
    return [
        "module",
        identity,
        f"{type(model).__module__}:{type(model).__qualname__}",
        bool(model.training),
        [[key, encode(value)] for key, value in _settings(model).items()],
        [[key, encode(value)] for key, value in model._parameters.items()],
        [[key, encode(value)] for key, value in model._buffers.items()],
        [[key, encode(value)] for key, value in model._modules.items()],
    ]


# ---- reading ---------------------------------------------------------------------------------------------------------


def bring(node: list[Any], decode: Decoder) -> Any:
    """The value of one of this module's nodes. Raises WireError for others, and where torch is not loaded."""
    torch = loaded()
    read = READ.get(node[0])
    if torch is None or read is None:
        raise WireError(f"a value has the unknown tag {str(node[0])[:40]!r}")
    return read(torch, node, decode)


def _read_tensor(torch: Any, node: list[Any], decode: Decoder) -> Any:
    _, identity, kind, sizes, number, requires_grad, parameter, grad = node
    shape = shape_of(sizes)
    if number == "meta":
        made = torch.empty(shape, dtype=_dtype(torch, kind), device="meta")
    else:
        made = tensor_from(torch, decode.raw(number), kind, shape)
    if parameter:
        made = torch.nn.Parameter(made, requires_grad=bool(requires_grad))
    else:
        made.requires_grad_(bool(requires_grad))
    if grad is not None:
        made.grad = tensor_from(torch, decode.raw(grad), kind, shape)
    decode.home.take(identity, made)
    return made


def tensor_from(torch: Any, raw: bytes, kind: str, shape: tuple[int, ...]) -> Any:
    """A tensor with memory of its own. Raises ValueError or RuntimeError where the bytes do not fit."""
    dtype = _dtype(torch, kind)
    if not raw:
        return torch.empty(shape, dtype=dtype)
    if len(raw) != int(np.prod(shape, dtype=object)) * dtype.itemsize:
        raise WireError("a tensor has not as many numbers as its shape says")
    return torch.frombuffer(bytearray(raw), dtype=dtype).reshape(shape)


def _dtype(torch: Any, name: Any) -> Any:
    found = getattr(torch, name, None) if isinstance(name, str) else None
    if not isinstance(found, torch.dtype):
        raise WireError("a tensor has an unknown dtype")
    return found


def _read_torch(torch: Any, node: list[Any], decode: Decoder) -> Any:
    _, kind, text = node
    if kind == "dtype":
        return _dtype(torch, text)
    return torch.Size(shape_of(text)) if kind == "size" else torch.device(text)


def _read_generator(torch: Any, node: list[Any], decode: Decoder) -> Any:
    made = torch.Generator()
    made.set_state(torch.frombuffer(bytearray(decode.raw(node[2])), dtype=torch.uint8))
    decode.home.take(node[1], made)
    return made


def layer_class(torch: Any, name: Any) -> Any:
    """A class of torch.nn by its full name. Raises WireError for everything else."""
    module, _, qualname = str(name).partition(":")
    found = getattr(sys.modules.get(module), qualname, None) if module.startswith(LAYERS) else None
    if not (isinstance(found, type) and issubclass(found, torch.nn.Module) and found.__module__ == module):
        raise WireError("a model has a layer of an unknown class")
    return found


def _read_module(torch: Any, node: list[Any], decode: Decoder) -> Any:
    _, identity, name, training, settings, parameters, buffers, modules = node
    kind = layer_class(torch, name)
    made = kind.__new__(kind)
    torch.nn.Module.__init__(made)
    decode.home.take(identity, made)
    made.training = bool(training)
    for key, part in _named(settings):
        value = decode(part)
        if not _may_be_set(kind, key) or not _is_setting(value):
            raise WireError("a layer has a setting that is none")
        object.__setattr__(made, key, value)
    for key, part in _named(parameters):
        made._parameters[key] = _of_kind(decode(part), torch.nn.Parameter)
    for key, part in _named(buffers):
        made._buffers[key] = _of_kind(decode(part), torch.Tensor)
    for key, part in _named(modules):
        made._modules[key] = _of_kind(decode(part), torch.nn.Module)
    return made


def _may_be_set(kind: type, key: str) -> bool:
    internal = key.startswith("__") or key in INTERNAL or _is_hooks(key)
    return not internal and not callable(getattr(kind, key, None))


def _is_setting(value: Any) -> bool:
    """Whether this is plain data through and through: nothing in it can run code when the model is called."""
    if isinstance(value, list | tuple | set | frozenset):
        return all(map(_is_setting, value))
    if isinstance(value, dict):
        return all(map(_is_setting, value.values()))
    torch = loaded()
    known = (str, int, float, complex, bytes, type(None), np.generic, np.ndarray, torch.Tensor)
    return isinstance(value, (*known, torch.dtype, torch.device, torch.nn.Module))


def _named(pairs: Any) -> list[tuple[str, Any]]:
    if not isinstance(pairs, list) or not all(isinstance(pair, list) and len(pair) == 2 for pair in pairs):
        raise WireError("a model has no list of named parts")
    if not all(isinstance(key, str) for key, _ in pairs):
        raise WireError("a part of a model has no name")
    return [(key, part) for key, part in pairs]


def _of_kind(value: Any, kind: type) -> Any:
    if value is not None and not isinstance(value, kind):
        raise WireError("a part of a model is not what it should be")
    return value


READ = {
    "tensor": _read_tensor,
    "torch": _read_torch,
    "torch-generator": _read_generator,
    "module": _read_module,
}
