"""Checks of PyTorch answers: models, loaders and generators as arguments, shown shortly, and errors explained."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from groundup.checks import CheckFailed, expect
from groundup.checks.comparing import as_array, show


def message(check: Callable[[], Any]) -> str:
    with pytest.raises(CheckFailed) as failed:
        check()
    return str(failed.value)


A_LIST: Any = [nn.ReLU()]


def small_model() -> nn.Sequential:
    return nn.Sequential(nn.Linear(4, 3), nn.ReLU(), nn.Linear(3, 2))


def small_loader() -> DataLoader[Any]:
    data = TensorDataset(torch.zeros(5, 4), torch.zeros(5, dtype=torch.int64))
    return DataLoader(data, batch_size=2, shuffle=True, generator=torch.Generator().manual_seed(0))


def test_the_checks_do_not_load_pytorch() -> None:
    # Lessons 1 to 3 start in a second; loading PyTorch takes several.
    code = "import sys, groundup.checks; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (small_model(), "Sequential(Linear(4, 3), ReLU(), Linear(3, 2))"),
        (nn.Sequential(*[nn.ReLU() for _ in range(12)]), f"Sequential({'ReLU(), ' * 8}and 4 more)"),
        (nn.CrossEntropyLoss(), "CrossEntropyLoss()"),
        (small_loader(), "a DataLoader of 5 samples in batches of 2"),
        (small_loader().dataset, "a TensorDataset of 5 samples"),
        (torch.Generator(), "a random generator"),
        (torch.optim.SGD(small_model().parameters(), lr=0.1), "the optimizer SGD"),
        (nn.ReLU, "ReLU"),
        (torch.tensor([1.0, 2.0], requires_grad=True), "[1., 2.]"),
    ],
)
def test_pytorchs_objects_are_shown_in_a_few_words(value: Any, words: str) -> None:
    assert show(value) == words


def test_a_model_of_a_student_is_a_model_too() -> None:
    class Net(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.first = nn.Linear(2, 1)

    assert show(Net()) == "Net(Linear(2, 1))"


def test_a_data_set_is_not_read_as_an_array() -> None:
    class Counting(TensorDataset):
        reads = 0

        def __getitem__(self, index: Any) -> Any:
            Counting.reads += 1
            return self.tensors[0][index]

    assert as_array(Counting(torch.zeros(1000, 3))) is None
    assert Counting.reads == 0


def test_models_loaders_and_classes_are_arguments() -> None:
    def wrong(model: nn.Module, loader: DataLoader[Any], activation: type, named: dict[str, type]) -> float:
        return 1.0

    text = message(
        lambda: expect(wrong).of(small_model(), small_loader(), nn.Tanh, {"ReLU": nn.ReLU, "tanh": nn.Tanh}).equals(2.0)
    )
    assert text.startswith(
        "wrong(model=Sequential(Linear(4, 3), ReLU(), Linear(3, 2)), loader=a DataLoader of 5 samples in batches of 2, "
        "activation=Tanh, named=a dictionary with the keys 'ReLU', 'tanh')"
    )


def test_a_tensor_inside_a_graph_is_an_argument() -> None:
    weights = torch.ones(2, requires_grad=True)
    expect(lambda loss: loss.item()).of((weights * 2).sum()).equals(4.0)


def test_a_changed_model_is_seen() -> None:
    def trains(model: nn.Module) -> None:
        with torch.no_grad():
            next(model.parameters()).add_(1.0)

    expect(lambda model: None).of(small_model()).leaves_arguments_unchanged()
    assert "an argument changed by the call: model" in message(
        lambda: expect(trains).of(small_model()).leaves_arguments_unchanged()
    )


def test_a_generator_may_be_drawn_from() -> None:
    expect(lambda rng: torch.rand(1, generator=rng)).of(torch.Generator()).leaves_arguments_unchanged()


def test_a_model_where_numbers_are_wanted_is_named() -> None:
    assert "this is a model, not numbers" in message(lambda: expect(small_model(), name="logits").equals([1.0]))


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (lambda: small_model()(torch.zeros(2, 4)).forward(), "`model(images)` is the whole forward pass"),
        (lambda: small_model()(torch.zeros(2, 5)), "the batch does not fit the layer"),
        (lambda: small_model()(torch.zeros(2, 4).double()), "NumPy makes float64"),
        (lambda: nn.CrossEntropyLoss()(torch.zeros(2, 3), torch.zeros(2)), "wants the labels as whole numbers"),
        (lambda: nn.Sequential(A_LIST), "unpacked with a star"),
        (lambda: torch.autograd.backward(torch.zeros(2).sum()), "this loss remembers nothing that learns"),
        (lambda: small_model()(torch.zeros(2, 4)).numpy(), "belongs to a graph"),
        (lambda: (torch.zeros(2) == 0).mean(), "does not work on True and False"),
        (lambda: torch.zeros(3) + torch.zeros(2), "two tensors of different shapes"),
        (lambda: torch.zeros(2) + torch.zeros(2, device="meta"), "lie on two devices"),
    ],
)
def test_common_errors_of_pytorch_are_explained(answer: Callable[[], Any], why: str) -> None:
    assert why in message(lambda: expect(answer).of())


def test_backward_twice_is_explained() -> None:
    def twice() -> None:
        loss = small_model()(torch.ones(2, 4)).pow(2).sum()
        torch.autograd.backward(loss)
        torch.autograd.backward(loss)

    assert "`backward()` ran twice on one loss" in message(lambda: expect(twice).of())


def test_an_error_of_pytorch_is_not_taken_for_an_unwritten_answer() -> None:
    # PyTorch raises NotImplementedError for several things; nbgrader's stub raises it without any text.
    def answer() -> None:
        raise NotImplementedError("mean(): could not infer output dtype")

    def stub() -> None:
        raise NotImplementedError()

    assert "your code stopped with NotImplementedError" in message(lambda: expect(answer).of())
    assert "stub is not written yet" in message(lambda: expect(stub).of())
