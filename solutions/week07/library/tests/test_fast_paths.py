"""What makes the library fast changes no result: buffers, one vector for all parameters, sweeps."""

from __future__ import annotations

import numpy as np
import pytest

from groundup_nn.activations import ReLU
from groundup_nn.layers import Dense, MaxPool2D
from groundup_nn.losses import CrossEntropy
from groundup_nn.models import Sequential
from groundup_nn.optimizers import SGD, Adam, Momentum, Optimizer, RMSProp


def model_of(rng: np.random.Generator) -> Sequential:
    return Sequential([Dense(6, 5, rng), ReLU(), Dense(5, 3, rng)])


def test_a_smaller_batch_after_a_larger_one_gets_its_own_rows() -> None:
    rng = np.random.default_rng(0)
    model, X = model_of(rng), rng.normal(size=(9, 6)).astype(np.float32)
    fresh = [model_of(np.random.default_rng(0)).forward(X[:n]).copy() for n in (9, 4, 1, 9)]
    again = [model.forward(X[:n]).copy() for n in (9, 4, 1, 9)]
    assert all(np.allclose(a, b, atol=1e-6) and a.shape == b.shape for a, b in zip(fresh, again, strict=True))


def test_a_layer_that_stands_in_two_models_learns_in_both() -> None:
    rng = np.random.default_rng(0)
    shared = Dense(2, 2, rng)
    first, second = Sequential([shared]), Sequential([shared, ReLU(), Dense(2, 2, rng)])
    X, y = rng.normal(size=(8, 2)), rng.integers(0, 2, 8)
    for model in (first, second, first):
        before = shared.params["W"].copy()
        model.fit(X, y, CrossEntropy(), SGD(0.1), rng, epochs=1)
        assert not np.array_equal(before, shared.params["W"])
        assert np.array_equal(model.layers[0].params["W"], shared.params["W"])


def test_training_in_one_piece_is_training_layer_by_layer() -> None:
    one, many = model_of(np.random.default_rng(1)), model_of(np.random.default_rng(1))
    rng = np.random.default_rng(2)
    X, y = rng.normal(size=(40, 6)).astype(np.float32), rng.integers(0, 3, 40)
    one.fit(X, y, CrossEntropy(), Adam(), np.random.default_rng(3), epochs=1, batch_size=40)
    loss, optimizer = CrossEntropy(), Adam()
    order = np.random.default_rng(3).permutation(40)
    loss.forward(many.forward(X[order], training=True), y[order])
    many.backward(loss.backward())
    optimizer.step(
        [w for layer in many.layers for w in layer.params.values()],
        [g for layer in many.layers for g in layer.grads.values()],
    )
    assert all(np.array_equal(w, many._entries()[name]) for name, w in one._entries().items())


def written_out(optimizer: Optimizer, w: np.ndarray, gradients: list[np.ndarray]) -> np.ndarray:
    """The formulas of the contract, line by line."""
    w, m, s = w.copy(), np.zeros_like(w), np.zeros_like(w)
    for t, gradient in enumerate(gradients, 1):
        g = gradient + optimizer.weight_decay * w
        if isinstance(optimizer, Adam):
            m = optimizer.beta1 * m + (1 - optimizer.beta1) * g
            s = optimizer.beta2 * s + (1 - optimizer.beta2) * g**2
            step = m / (1 - optimizer.beta1**t) / (np.sqrt(s / (1 - optimizer.beta2**t)) + optimizer.epsilon)
        elif isinstance(optimizer, RMSProp):
            s = optimizer.decay * s + (1 - optimizer.decay) * g**2
            step = g / (np.sqrt(s) + optimizer.epsilon)
        else:
            m = getattr(optimizer, "momentum", 0) * m + g
            step = m
        w = w - optimizer.learning_rate * step
    return w


@pytest.mark.parametrize("kind", [SGD, Momentum, RMSProp, Adam])
@pytest.mark.parametrize("weight_decay", [0.0, 0.1])
def test_optimizers_do_what_their_formulas_say(kind: type[Optimizer], weight_decay: float) -> None:
    rng = np.random.default_rng(4)
    w, gradients = rng.normal(size=(3, 4)), [rng.normal(size=(3, 4)) for _ in range(200)]
    optimizer = kind(weight_decay=weight_decay)  # type: ignore[call-arg]
    want = written_out(optimizer, w, gradients)
    for gradient in gradients:
        before = gradient.copy()
        optimizer.step([w], [gradient])
        assert np.array_equal(gradient, before)
    assert np.allclose(w, want, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("kind", [Momentum, RMSProp, Adam])
def test_what_has_faded_away_is_swept_and_not_left_to_slow_the_processor(kind: type[Optimizer]) -> None:
    w = np.ones(4, np.float32)
    optimizer = kind(0.001)
    if isinstance(optimizer, RMSProp):
        optimizer.decay = 0.5
    optimizer.step([w], [np.full(4, 1e-15, np.float32)])
    for _ in range(1023):
        optimizer.step([w], [np.zeros(4, np.float32)])
    tiny = np.finfo(np.float32).tiny
    faded = next(kept for memory in optimizer._memory or [] for kept in memory)
    assert not ((np.abs(faded) > 0) & (np.abs(faded) < tiny)).any()


def test_a_tie_in_a_window_gets_the_gradient_once() -> None:
    layer = MaxPool2D(2)
    layer.forward(np.ones((1, 2, 2, 1)))
    assert layer.backward(np.full((1, 1, 1, 1), 3.0)).sum() == 3.0
