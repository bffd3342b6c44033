"""What backward computes is the slope of what forward computes: for every layer and loss, on odd shapes."""

from __future__ import annotations

import numpy as np
import pytest

from groundup_nn.activations import ReLU, Sigmoid, Softmax, Tanh
from groundup_nn.gradient_check import check_gradients, numerical_gradient, relative_error
from groundup_nn.layers import BatchNorm, Conv2D, Dense, Flatten, Layer, MaxPool2D
from groundup_nn.losses import MSE, BinaryCrossEntropy, CrossEntropy, Loss
from groundup_nn.models import Sequential

ROUNDING = 1e-6


def rng() -> np.random.Generator:
    return np.random.default_rng(7)


LAYERS = {
    "dense": (lambda: Dense(3, 5, rng(), dtype=np.float64), (7, 3)),
    "dense, one row, one column": (lambda: Dense(1, 1, rng(), dtype=np.float64), (1, 1)),
    "relu": (ReLU, (3, 5)),
    "sigmoid of images": (Sigmoid, (2, 3, 5, 2)),
    "tanh": (Tanh, (5,)),
    "softmax": (Softmax, (4, 7)),
    "batch norm": (lambda: BatchNorm(3, dtype=np.float64), (7, 3)),
    "batch norm of images": (lambda: BatchNorm(2, dtype=np.float64), (3, 2, 3, 2)),
    "conv": (lambda: Conv2D(2, 3, 3, rng(), padding=1, dtype=np.float64), (2, 5, 4, 2)),
    "conv with stride, more images than fit into one go": (
        lambda: Conv2D(1, 2, 2, rng(), stride=2, dtype=np.float64), (11, 5, 4, 1)),
    "conv of windows that leave a margin": (lambda: Conv2D(1, 2, 3, rng(), 3, 2, dtype=np.float64), (2, 7, 6, 1)),
    "max pool with a margin": (lambda: MaxPool2D(2), (2, 5, 7, 3)),
    "flatten": (Flatten, (3, 2, 4, 2)),
}  # fmt: skip


@pytest.mark.parametrize("name", LAYERS)
@pytest.mark.parametrize("training", [True, False])
def test_backward_is_the_slope_of_forward(name: str, training: bool) -> None:
    make, shape = LAYERS[name]
    layer: Layer = make()
    X = rng().normal(size=shape)
    for values in layer.params.values():
        values += 0.3 * rng().normal(size=values.shape)
    weights = np.random.default_rng(8).normal(size=layer.forward(X, training).shape)

    def value(_: np.ndarray) -> float:
        return float((layer.forward(X, training) * weights).sum())

    value(X)
    dX = layer.backward(weights).copy()
    grads = {key: g.copy() for key, g in layer.grads.items()}
    assert relative_error(dX, numerical_gradient(value, X)) < ROUNDING
    for key, w in layer.params.items():
        assert relative_error(grads[key], numerical_gradient(value, w)) < ROUNDING, key


@pytest.mark.parametrize(
    ("loss", "predictions", "targets"),
    [
        (MSE(), (5, 3), rng().normal(size=(5, 3))),
        (MSE(), (4,), rng().normal(size=4)),
        (CrossEntropy(), (5, 4), rng().integers(0, 4, 5)),
        (CrossEntropy(), (1, 2), np.array([1])),
        (BinaryCrossEntropy(), (5, 1), rng().integers(0, 2, (5, 1))),
        (BinaryCrossEntropy(), (3,), np.array([0.0, 0.3, 1.0])),
    ],
)
def test_losses_know_their_slope(loss: Loss, predictions: tuple[int, ...], targets: np.ndarray) -> None:
    X = 3 * rng().normal(size=predictions)
    loss.forward(X, targets)
    gradient = loss.backward().copy()
    assert relative_error(gradient, numerical_gradient(lambda values: loss.forward(values, targets), X)) < ROUNDING


def test_a_whole_model_is_checked_and_left_as_it_was() -> None:
    generator = rng()
    model = Sequential(
        [
            Conv2D(1, 2, 3, generator, padding=1, dtype=np.float64),
            MaxPool2D(),
            ReLU(),
            Flatten(),
            Dense(8, 4, generator, dtype=np.float64),
            BatchNorm(4, dtype=np.float64),
            Tanh(),
            Dense(4, 3, generator, dtype=np.float64),
        ]
    )
    before = {name: values.copy() for name, values in model._entries().items()}
    X, y = generator.normal(size=(3, 4, 5, 1)), np.array([0, 2, 1])
    errors = check_gradients(model, CrossEntropy(), X, y, training=True)
    assert set(errors) == {"X", "0.W", "0.b", "4.W", "4.b", "5.gamma", "5.beta", "7.W", "7.b"}
    assert max(errors.values()) < ROUNDING
    assert all(np.array_equal(before[name], values) for name, values in model._entries().items())


def test_a_wrong_gradient_shows() -> None:
    class Doubled(Tanh):
        def backward(self, dout: np.ndarray) -> np.ndarray:
            return 2 * super().backward(dout)

    model = Sequential([Dense(2, 3, rng(), dtype=np.float64), Doubled(), Dense(3, 2, rng(), dtype=np.float64)])
    errors = check_gradients(model, CrossEntropy(), rng().normal(size=(4, 2)), np.array([0, 1, 1, 0]))
    assert errors["2.W"] < ROUNDING < 0.4 < min(errors["0.W"], errors["0.b"], errors["X"])


def test_rounding_would_hide_mistakes_so_float32_is_refused() -> None:
    model = Sequential([Dense(2, 2, rng())])
    with pytest.raises(ValueError, match=r"0\.W is float32"):
        check_gradients(model, CrossEntropy(), np.ones((1, 2)), np.array([0]))
