"""What the quiz of week 03 says is true: every number in it is computed anew."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from conftest import ROOT
from torch import nn
from torch.nn import functional as F

from groundup.lessons.quizzes import read_quiz
from groundup.quiz.pictures import PICTURES
from groundup.quiz.sealed import Question

QUESTIONS = {one.id: one for one in read_quiz(Path(ROOT / "solutions" / "week03" / "quiz.yml")).questions}


def right(name: str) -> str:
    """The text of the right option, without backticks."""
    return next(option.text for option in QUESTIONS[name].options if option.right).strip("`")


def test_there_are_fifteen_questions_and_the_right_option_is_never_the_longest() -> None:
    assert len(QUESTIONS) == 15 and sum(bool(question.picture) for question in QUESTIONS.values()) == 4
    for name, question in QUESTIONS.items():
        others = [len(option.text) for option in question.options if not option.right]
        assert max(others) >= len(next(option.text for option in question.options if option.right)), name


def test_a_value_with_two_uses() -> None:
    a, b = torch.tensor(2.0, requires_grad=True), torch.tensor(-3.0)
    (a * b + a**2).backward()
    assert float(right("two-uses")) == a.grad == 1
    parts = (b.item(), 2 * a.item())
    assert {float(option.text.strip("`")) for option in QUESTIONS["two-uses"].options} == {1, *parts, np.prod(parts)}


def gradients(order: str) -> tuple[float, float]:
    """What x and y get when the nodes of the question are visited in this order, each once."""
    x, y = 2.0, 3.0
    p = x * y
    q = p + x
    local = {"L": {"p": q, "q": p}, "q": {"p": 1.0, "x": 1.0}, "p": {"x": y, "y": x}, "x": {}, "y": {}}
    grads = dict.fromkeys(local, 0.0) | {"L": 1.0}
    for node in order.strip("`").split(", "):
        for parent, slope in local[node].items():
            grads[parent] += grads[node] * slope
    return grads["x"], grads["y"]


def test_one_order_of_the_nodes_gives_the_gradients_of_pytorch() -> None:
    x, y = (torch.tensor(value, requires_grad=True) for value in (2.0, 3.0))
    p = x * y
    (p * (p + x)).backward()
    fits = [
        option.right for option in QUESTIONS["order-of-backward"].options if gradients(option.text) == (x.grad, y.grad)
    ]
    assert fits == [True]


def test_the_gradient_of_a_layer() -> None:
    rng = np.random.default_rng(0)
    names = {"X": rng.normal(size=(32, 20)), "W": rng.normal(size=(20, 10)), "dout": rng.normal(size=(32, 10))}
    X, W, dout = (torch.tensor(names[name], requires_grad=name == "W") for name in ("X", "W", "dout"))
    (X @ W * dout).sum().backward()
    assert W.grad is not None and np.allclose(eval(right("shape-of-dw"), names), W.grad.numpy())
    shapes = {option.text: eval(option.text.strip("`"), names).shape for option in QUESTIONS["shape-of-dw"].options
              if option.text != "`X @ dout.T`"}  # fmt: skip
    assert shapes == {"`dout.T @ X`": (10, 20), "`dout @ W.T`": (32, 20), "`X.T @ dout`": (20, 10)}
    with pytest.raises(ValueError):
        names["X"] @ names["dout"].T


def test_the_batch_twice_and_the_gradient_of_the_logits() -> None:
    X, y, W = torch.randn(32, 5), torch.arange(32) % 3, torch.zeros(5, 3, requires_grad=True)
    (once,) = torch.autograd.grad(F.cross_entropy(X @ W, y), W)
    (twice,) = torch.autograd.grad(F.cross_entropy(torch.cat([X, X]) @ W, torch.cat([y, y])), W)
    assert torch.allclose(once, twice, atol=1e-6) and right("batch-twice") == "It stays as it is."
    logits = torch.log(torch.tensor([[0.7, 0.2, 0.1]])).requires_grad_()
    F.cross_entropy(logits, torch.tensor([1])).backward()
    assert logits.grad is not None and np.allclose(eval(right("gradient-of-the-logits")), logits.grad[0])


def test_the_pictures_show_what_the_answers_say() -> None:
    training, validation = (line.get_ydata() for line in PICTURES["two-curves"]().axes[0].lines)
    assert np.argmin(validation) + 1 == 13 and "epoch 13" in right("two-curves") and (np.diff(training) < 0).all()
    counts = np.array([[8, 1, 1], [2, 7, 3], [0, 2, 6]])
    assert all(", ".join(map(str, row)) in PICTURES["three-animals"]().alt for row in counts)
    assert right("how-often-is-fox-true") == f"{counts[2, 2]} / {counts[:, 2].sum()}"
    assert (counts[2].sum(), np.trace(counts), counts.sum()) == (8, 21, 30)
    slow, quick, third = (line.get_ydata() for line in PICTURES["three-rates"]().axes[0].lines)
    growth = third[1:] / third[:-1]
    assert np.ptp(growth) > 0 and growth.min() > 1.24 and growth.max() < 1.27  # nearly the same factor in every step
    assert slow[-1] > quick[-1] and (np.diff(third) > 0).all() and np.isclose(1 - 0.085 * 25, -1.125)


def test_the_steps_of_optimizers() -> None:
    v, mean, steps, averaged = 0.0, 0.0, [], []
    for _ in range(200):
        v, mean = 0.9 * v + 1, 0.9 * mean + (1 - 0.9)
        steps.append(0.1 * v)
        averaged.append(0.1 * mean)
    assert np.isclose(averaged[0], 0.01) and np.isclose(averaged[-1], 0.1) and (np.diff(averaged) > 0).all()
    assert (
        np.allclose(steps[:3], [0.1, 0.19, 0.271]) and np.isclose(steps[-1], 1) and "toward 1.0" in right("rolling-on")
    )
    w = torch.tensor(1.0, requires_grad=True)
    optimizer = torch.optim.SGD([w], lr=0.1)
    for _ in range(2):
        (3 * w).backward()
        optimizer.step()
    assert np.isclose(w.item(), float(right("two-rounds")))


def test_no_grad_leaves_dropout_on_and_zero_weights_learn_the_last_bias_alone() -> None:
    drop, ones = nn.Dropout(0.5), torch.ones(1000)
    with torch.no_grad():
        assert (drop(ones) == 0).any() and set(drop(ones).tolist()) == {0.0, 2.0}
    model = nn.Sequential(nn.Linear(7, 6), nn.ReLU(), nn.Linear(6, 10))
    for parameter in model.parameters():
        nn.init.zeros_(parameter)
    loss = F.cross_entropy(model(torch.randn(40, 7)), torch.arange(40) % 10 // 2)
    loss.backward()
    assert round(loss.item(), 3) == 2.303
    assert [bool(p.grad.any()) for p in model.parameters() if p.grad is not None] == [False, False, False, True]


def losses(**optimizer: float) -> list[float]:
    generator = torch.Generator().manual_seed(0)
    X = torch.tensor([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=torch.float64)
    model = nn.Sequential(nn.Linear(2, 8), nn.ReLU(), nn.Linear(8, 2)).double()
    with torch.no_grad():
        for p in model.parameters():
            p.copy_(torch.randn(p.shape, generator=generator, dtype=torch.float64) * (p.ndim > 1))
    steps = torch.optim.SGD(model.parameters(), lr=0.5, **optimizer)  # type: ignore[arg-type]
    found = []
    for _ in range(3):
        steps.zero_grad()
        loss = F.cross_entropy(model(X), torch.tensor([0, 1, 1, 0]))
        loss.backward()
        steps.step()
        found.append(loss.item())
    return found


def test_weights_that_are_not_transposed_fit_a_square_layer_only() -> None:
    with torch.no_grad():
        nn.Linear(3, 3).weight.copy_(torch.ones(3, 3))
        with pytest.raises(RuntimeError):
            nn.Linear(2, 8).weight.copy_(torch.ones(2, 8))


def test_momentum_agrees_for_two_losses_and_weight_decay_for_one() -> None:
    question: Question = QUESTIONS["third-loss"]
    rows = [[float(word) for word in line.split()[-3:]] for line in question.code.splitlines()[1:]]
    plain, momentum, decay = losses(), losses(momentum=0.9), losses(weight_decay=0.01)
    assert np.allclose(rows, [plain, momentum], atol=2e-4) and "momentum=0.9" in right("third-loss")
    assert np.isclose(plain[1], momentum[1], rtol=1e-12) and abs(plain[1] - decay[1]) > 1e-3
