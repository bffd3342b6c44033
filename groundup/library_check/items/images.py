"""Questions about the stretch: Conv2D, MaxPool2D, Flatten."""

from __future__ import annotations

from typing import Any

import numpy as np

from groundup.library_check.item import Library
from groundup.library_check.items.asking import Array, Group, generator
from groundup.library_check.items.cases import (
    Case,
    Parameters,
    ask_all,
    check_again,
    check_gradient,
    check_values,
)
from groundup.library_check.items.judging import Mistakes, compare, demand, kept, refuses
from groundup.library_check.items.layers import ask_init, has_parameters, refuses_shapes

ask = Group("layers")


def conv(c_in: int, c_out: int, size: int, **options: Any) -> Any:
    """How to make a Conv2D layer, from a library and a dtype."""
    return lambda library, dtype: library.layers.Conv2D(c_in, c_out, size, generator(), dtype=dtype, **options)


def pool(size: int) -> Any:
    """How to make a MaxPool2D layer."""
    return lambda library, dtype: library.layers.MaxPool2D(size)


def flatten(library: Library, dtype: Any) -> Any:
    """How to make a Flatten layer."""
    return library.layers.Flatten()


def _conv_truth(stride: int = 1, padding: int = 0) -> Any:
    def truth(X: Any, p: Any) -> Any:
        import torch

        image, kernel = X.permute(0, 3, 1, 2), p["W"].permute(3, 2, 0, 1)
        return torch.nn.functional.conv2d(image, kernel, p["b"], stride, padding).permute(0, 2, 3, 1)

    return truth


def _conv_values(stride: int = 1, padding: int = 0) -> Any:
    truth = _conv_truth(stride, padding)

    def values(X: Array, p: Parameters) -> Mistakes:
        import torch

        def with_(W: Array, b: Array) -> Array:
            return np.asarray(truth(torch.tensor(X), {"W": torch.tensor(W.copy()), "b": torch.tensor(b)}).numpy())

        return {
            "the kernel is flipped: this is a convolution, wanted is a cross-correlation": with_(
                p["W"][::-1, ::-1], p["b"]
            ),
            "rows and columns of the kernel are swapped": with_(p["W"].swapaxes(0, 1), p["b"]),
            "b is not added": with_(p["W"], 0 * p["b"]),
        }

    return values


def _conv_gradients(X: Array, Y: Array, dout: Array, p: Parameters) -> dict[str, Mistakes]:
    return {
        "b": {
            "it is the mean over images and places; it is the sum": dout.mean(axis=(0, 1, 2)),
            "it is the sum over the images at one place; all places count": dout.sum(axis=0)[0, 0],
        }
    }


def _pool_truth(size: int) -> Any:
    def truth(X: Any, p: Any) -> Any:
        import torch

        return torch.nn.functional.max_pool2d(X.permute(0, 3, 1, 2), size).permute(0, 2, 3, 1)

    return truth


def _pool_values(size: int) -> Any:
    def values(X: Array, p: Parameters) -> Mistakes:
        import torch

        mean = torch.nn.functional.avg_pool2d(torch.tensor(X).permute(0, 3, 1, 2), size).permute(0, 2, 3, 1).numpy()
        smallest = -_pool_truth(size)(-torch.tensor(X), p).numpy()
        return {"it is the mean of each window": mean, "it is the smallest of each window": smallest}

    return values


def _flatten_truth(X: Any, p: Any) -> Any:
    return X.flatten(1)


CASES = (
    Case("Flatten", tuple((flatten, s) for s in ((3, 2, 4, 2), (1, 5, 1), (4, 3))), _flatten_truth, stretch=True),
    Case(
        "Conv2D",
        ((conv(2, 3, 3), (2, 5, 6, 2)), (conv(2, 3, 3), (1, 3, 3, 2)), (conv(1, 2, 2), (3, 4, 5, 1)),
         (conv(3, 1, 1), (1, 2, 1, 3))),
        _conv_truth(),
        _conv_values(),
        _conv_gradients,
        stretch=True,
        parameters=("W", "b"),
    ),
    Case(
        "MaxPool2D",
        ((pool(2), (2, 4, 6, 3)), (pool(2), (1, 5, 3, 1)), (pool(2), (1, 2, 2, 1))),
        _pool_truth(2),
        _pool_values(2),
        stretch=True,
    ),
)  # fmt: skip
STRIDED = Case(
    "Conv2D",
    ((conv(2, 3, 3, stride=2, padding=1), (2, 6, 7, 2)), (conv(2, 3, 3, stride=2, padding=1), (1, 1, 2, 2))),
    _conv_truth(2, 1),
    _conv_values(2, 1),
    _conv_gradients,
    stretch=True,
    parameters=("W", "b"),
)
for case in CASES:
    ask_all(ask, case)


@ask(
    "Conv2D.stride",
    "stride 2 and padding 1: outputs agree with PyTorch, gradients with finite differences",
    stretch=True,
)
def strided(library: Library) -> None:
    for check in (check_values, check_gradient, check_again):
        check(STRIDED, library)


@ask("MaxPool2D.ties", "where several entries are equal the gradient goes to one of them", stretch=True)
def ties(library: Library) -> None:
    layer = library.layers.MaxPool2D(2)
    layer.forward(np.ones((1, 2, 4, 1)), training=True)
    dX = kept("what MaxPool2D.backward returns", layer.backward(np.array([[[[1.0], [2.0]]]])))
    demand(dX.shape == (1, 2, 4, 1), f"the gradient by X of MaxPool2D has shape {dX.shape}, wanted (1, 2, 4, 1).")
    each = [np.sort(dX[0, :, columns, 0].ravel()) for columns in (slice(0, 2), slice(2, 4))]
    for found, gradient in zip(each, (1.0, 2.0), strict=True):
        one = np.array([0, 0, 0, gradient])
        compare(
            "the gradient in a window of equal entries, sorted",
            found,
            one,
            mistakes={
                "max pooling sends the gradient to every tie; it goes to one of them": np.full(4, gradient),
                "max pooling shares the gradient among the ties; it goes to one of them": np.full(4, gradient / 4),
            },
        )


@ask("Conv2D.parameters", "W (size, size, c_in, c_out) and b (c_out,) of zeros, in float32", stretch=True)
def conv_parameters(library: Library) -> None:
    layer = library.layers.Conv2D(2, 5, 3, generator())
    has_parameters("Conv2D", layer, {"W": (3, 3, 2, 5), "b": (5,)}, np.ones((2, 4, 4, 2)))


ask("Conv2D.init", "He's and Xavier's weights have the right spread, and come from the rng", stretch=True)(
    ask_init("Conv2D", lambda library, rng, init: library.layers.Conv2D(24, 96, 3, rng, init=init), 9 * 24, 9 * 96)
)


@ask("Conv2D.refuses", "sizes below 1, images that are too small, wrong shapes: refused by name", stretch=True)
def conv_refuses(library: Library) -> None:
    make, rng = library.layers.Conv2D, generator()
    refuses("Conv2D(0, 3, 3)", ValueError, lambda: make(0, 3, 3, rng), 0)
    refuses("Conv2D with size 0", ValueError, lambda: make(1, 3, 0, rng), 0)
    refuses("Conv2D with stride 0", ValueError, lambda: make(1, 3, 3, rng, stride=0), 0)
    refuses("Conv2D with padding -1", ValueError, lambda: make(1, 3, 3, rng, padding=-1), -1)
    refuses("Conv2D with init='uniform'", ValueError, lambda: make(1, 3, 3, rng, init="uniform"), "uniform")
    refuses_shapes(
        "Conv2D(2, 3, 3)",
        lambda: make(2, 3, 3, rng),
        (4, 5, 5, 2),
        ((4, 5, 5, 3), (4, 50), (4, 2, 5, 2)),
        ((4, 5, 5, 3),),
    )


@ask("MaxPool2D.refuses", "sizes below 1, images smaller than the window, wrong shapes: refused by name", stretch=True)
def pool_refuses(library: Library) -> None:
    refuses("MaxPool2D(0)", ValueError, lambda: library.layers.MaxPool2D(0), 0)
    refuses_shapes(
        "MaxPool2D(2)", lambda: library.layers.MaxPool2D(2), (3, 4, 4, 2), ((3, 4), (3, 1, 4, 2)), ((3, 4, 4, 2),)
    )


@ask("Flatten.refuses", "a dout of another shape, and backward before forward, are refused by name", stretch=True)
def flatten_refuses(library: Library) -> None:
    refuses_shapes("Flatten()", lambda: library.layers.Flatten(), (3, 4, 2), (), ((3, 4, 2), (2, 8)))


ITEMS = tuple(ask.items)
