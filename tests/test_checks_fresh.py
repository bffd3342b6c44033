"""Inputs of hidden tests: the same for everybody who knows the secret, foretold by nobody else."""

from __future__ import annotations

import pytest

from groundup.checks import fresh_rng
from groundup.checks.fresh import VARIABLE


def draws(name: str) -> list[int]:
    return fresh_rng(name).integers(1_000_000, size=8).tolist()


def test_with_a_secret_grading_again_draws_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "a secret of this term")
    first = draws("mse")
    assert draws("mse") == first
    assert draws("step") != first, "each exercise draws numbers of its own"
    monkeypatch.setenv(VARIABLE, "a secret of the next term")
    assert draws("mse") != first


@pytest.mark.parametrize("setting", [None, ""])
def test_without_a_secret_every_run_draws_anew(monkeypatch: pytest.MonkeyPatch, setting: str | None) -> None:
    if setting is None:
        monkeypatch.delenv(VARIABLE, raising=False)
    else:
        monkeypatch.setenv(VARIABLE, setting)
    assert draws("mse") != draws("mse")
