"""Questions about Dense, and what Conv2D shares with it: first weights, parameters, refused shapes."""

from __future__ import annotations

from typing import Any

import numpy as np

from groundup.library_check.item import Library
from groundup.library_check.items.asking import Array, Check, Group, generator
from groundup.library_check.items.cases import Case, Parameters, ask_all
from groundup.library_check.items.judging import Mistakes, compare, demand, has_dtype, identical, kept, refuses

ask = Group("layers")


def dense(d_in: int, d_out: int, **options: Any) -> Any:
    """How to make a Dense layer, from a library and a dtype."""
    return lambda library, dtype: library.layers.Dense(d_in, d_out, generator(), dtype=dtype, **options)


# ---- values and gradients by table -----------------------------------------------------------------------------


def _dense_truth(X: Any, p: Any) -> Any:
    import torch

    return torch.nn.functional.linear(X, p["W"].T, p["b"])


def _dense_values(X: Array, p: Parameters) -> Mistakes:
    return {"b is not added": X @ p["W"], "b is subtracted": X @ p["W"] - p["b"]}


def _dense_gradients(X: Array, Y: Array, dout: Array, p: Parameters) -> dict[str, Mistakes]:
    W = p["W"]
    square = W.shape[0] == W.shape[1]
    return {
        "X": {"backward uses W where its transpose belongs": dout @ W} if square else {},
        "W": {
            "X and dout are swapped: this is the transposed gradient": (dout.T @ X),
            "the ones of b are taken for X": np.broadcast_to(dout.sum(axis=0), W.shape),
        },
        "b": {"it is the mean over the batch; the loss has divided by n already": dout.mean(axis=0)},
    }


SIZES = ((5, (4, 3)), (1, (4, 3)), (6, (3, 3)), (3, (1, 1)), (1, (1, 5)))
CASES = (
    Case(
        "Dense",
        tuple((dense(*sizes), (n, sizes[0])) for n, sizes in SIZES),
        _dense_truth,
        _dense_values,
        _dense_gradients,
        parameters=("W", "b"),
    ),
)  # fmt: skip

for case in CASES:
    ask_all(ask, case)


# ---- parameters: names, shapes, first values -------------------------------------------------------------------


@ask("Dense.parameters", "W (d_in, d_out) and b (d_out,) of zeros, in float32; grads has the same names and shapes")
def dense_parameters(library: Library) -> None:
    has_parameters("Dense", library.layers.Dense(4, 3, generator()), {"W": (4, 3), "b": (3,)}, np.ones((2, 4)))


def has_parameters(name: str, layer: Any, shapes: dict[str, tuple[int, ...]], X: Array) -> None:
    found = {key: value.shape for key, value in layer.params.items()}
    demand(found == shapes, f"{name}.params holds {found}, wanted {shapes}.")
    demand(layer.state == {}, f"{name}.state holds {sorted(layer.state)}, wanted nothing: all of it is trained.")
    for key, value in layer.params.items():
        has_dtype(f"{name}.params[{key!r}]", value, np.float32)
    demand(not np.any(layer.params["b"]), f"{name}.params['b'] starts at {layer.params['b']}, wanted zeros.")
    layer.backward(np.ones_like(layer.forward(X, training=True)))
    grads = {key: value.shape for key, value in layer.grads.items()}
    demand(grads == shapes, f"{name}.grads holds {grads} after backward, wanted {shapes}.")


def ask_init(name: str, make: Any, fan_in: int, fan_out: int) -> Check:
    def check(library: Library) -> None:
        he, xavier = (2 / fan_in) ** 0.5, (2 / (fan_in + fan_out)) ** 0.5
        for init, wanted in (("he", he), ("xavier", xavier)):
            W = kept(f"{name}.params['W']", make(library, generator(3), init).params["W"]).astype(float)
            compare(f"the mean of {name}'s weights with init={init!r}", float(W.mean() / wanted), 0.0, 0.05)
            known = {
                "fan_out stands where fan_in belongs": (2 / fan_out) ** 0.5,
                "the variance stands where the standard deviation belongs: the square root is missing": wanted**2,
                "the factor 2 is missing": wanted / 2**0.5,
                "this is He's spread": he,
                "this is Xavier's spread": xavier,
                "the weights are not scaled at all": 1.0,
                "the weights are scaled by 0.01, whatever the size of the layer": 0.01,
                "the weights are all the same": 0.0,
            }
            ratios = {sentence: value / wanted for sentence, value in known.items()}
            compare(f"the standard deviation of {name}'s weights with init={init!r}, over the right one",
                    float(W.std() / wanted), 1.0, 0.02, ratios)  # fmt: skip
            kurtosis = float(np.mean(W**4) / np.mean(W**2) ** 2)
            known = {"the weights are drawn from a uniform distribution, not from a normal one": 1.8}
            compare(f"the shape of the distribution of {name}'s weights with init={init!r}",
                    kurtosis, 3.0, 0.05, known)  # fmt: skip
        one, same, other = (make(library, generator(seed), "he").params["W"] for seed in (3, 3, 4))
        identical(
            f"two {name} layers from the same seed",
            one,
            same,
            "the weights differ; draw from the rng that is passed in",
        )
        demand(not np.array_equal(one, other), f"two {name} layers from different seeds have the same weights.")

    return check


ask("Dense.init", "He's and Xavier's weights have the right spread, and come from the rng")(
    ask_init("Dense", lambda library, rng, init: library.layers.Dense(300, 100, rng, init=init), 300, 100)
)
# ---- what is refused -------------------------------------------------------------------------------------------


@ask("Dense.refuses", "sizes below 1, an unknown init, wrong shapes, no Generator: refused by name")
def dense_refuses(library: Library) -> None:
    make, rng = library.layers.Dense, generator()
    refuses("Dense(0, 3)", ValueError, lambda: make(0, 3, rng), 0)
    refuses("Dense(3, -1)", ValueError, lambda: make(3, -1, rng), -1)
    refuses("Dense with init='uniform'", ValueError, lambda: make(3, 2, rng, init="uniform"), "uniform")
    refuses("Dense with rng=42", TypeError, lambda: make(3, 2, 42), 42)
    refuses_shapes("Dense(3, 2)", lambda: make(3, 2, rng), (5, 3), ((5, 4), (3,), (2, 5, 3)), ((5, 3), (2, 2), (2,)))


def refuses_shapes(what: str, make: Any, right: tuple[int, ...], inputs: Any, douts: Any) -> None:
    refuses(f"backward of {what} before forward", RuntimeError, lambda: make().backward(np.ones((5, 2))))
    for shape in inputs:
        refuses(f"{what} with an input {shape}", ValueError, lambda: make().forward(np.ones(shape)), shape)  # noqa: B023
    layer = make()
    layer.forward(np.ones(right), training=True)
    for shape in douts:
        refuses(f"backward of {what} with a dout {shape}", ValueError, lambda: layer.backward(np.ones(shape)), shape)  # noqa: B023


ITEMS = tuple(ask.items)
