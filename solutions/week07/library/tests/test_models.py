"""A model is trained, stopped, saved, loaded, and refuses what it cannot use, in words that help."""

from __future__ import annotations

import io
import re
from pathlib import Path

import numpy as np
import pytest

from groundup_nn.activations import ReLU
from groundup_nn.callbacks import Callback, EarlyStopping, ModelCheckpoint, ProgressBar
from groundup_nn.layers import BatchNorm, Dense, Dropout
from groundup_nn.losses import MSE, BinaryCrossEntropy, CrossEntropy
from groundup_nn.metrics import accuracy, confusion_matrix, precision, recall
from groundup_nn.models import Sequential
from groundup_nn.optimizers import SGD, Adam, Momentum


def model_of(seed: int = 0, hidden: int = 8) -> Sequential:
    rng = np.random.default_rng(seed)
    return Sequential([Dense(2, hidden, rng), BatchNorm(hidden), ReLU(), Dropout(0.2, rng), Dense(hidden, 2, rng)])


def points(n: int = 65) -> tuple[np.ndarray, np.ndarray]:
    """Points, and whether they lie right of the middle; 65 of them leave a batch of one."""
    X = np.random.default_rng(5).normal(size=(n, 2)).astype(np.float32)
    return X, (X[:, 0] > 0).astype(np.int64)


def test_the_same_seeds_give_the_same_model_bit_for_bit() -> None:
    X, y = points()
    runs = []
    for _ in range(2):
        model = model_of(1)
        history = model.fit(X, y, CrossEntropy(), Adam(0.01), np.random.default_rng(2), epochs=3)
        runs.append((history.logs, model.predict(X)))
    assert runs[0][0] == runs[1][0] and np.array_equal(runs[0][1], runs[1][1])


def test_predictions_do_not_depend_on_the_batch_size_or_on_dropout() -> None:
    X, y = points()
    model = model_of()
    model.fit(X, y, CrossEntropy(), Adam(), np.random.default_rng(0), epochs=1)
    assert np.allclose(model.predict(X, batch_size=7), model.predict(X), atol=1e-6)
    judged = model.evaluate(X, y, CrossEntropy(), {"accuracy": accuracy}, batch_size=9)
    assert judged["accuracy"] == accuracy(model.predict(X), y)


def test_what_is_saved_is_loaded_and_predicts_the_same(tmp_path: Path) -> None:
    X, y = points()
    model, other = model_of(1), model_of(2)
    model.fit(X, y, CrossEntropy(), Adam(0.05), np.random.default_rng(0), epochs=2)
    model.save(tmp_path / "weights")
    assert [path.name for path in tmp_path.iterdir()] == ["weights"]
    other.load(tmp_path / "weights")
    assert np.array_equal(model.predict(X), other.predict(X))
    with np.load(tmp_path / "weights") as saved:
        assert set(saved.files) == {
            "0.W", "0.b", "1.gamma", "1.beta", "1.running_mean", "1.running_var", "4.W", "4.b"
        }  # fmt: skip


def test_files_of_another_kind_are_refused_and_the_model_stays(tmp_path: Path) -> None:
    X, _ = points()
    model = model_of()
    before = model.predict(X)
    model.save(tmp_path / "good.npz")
    whole = (tmp_path / "good.npz").read_bytes()
    bad = {
        "cut.npz": whole[: len(whole) // 2],
        "flipped.npz": whole[:200] + bytes([whole[200] ^ 255]) + whole[201:],
        "empty.npz": b"",
        "text.npz": b"these are no weights",
    }
    for name, content in bad.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(ValueError, match=re.escape(name)):
            model.load(tmp_path / name)
    model_of(hidden=9).save(tmp_path / "wide.npz")
    with pytest.raises(ValueError, match=r"0\.W|0\.b|1\.|4\.W"):
        model.load(tmp_path / "wide.npz")
    np.savez(tmp_path / "objects.npz", **{"0.W": np.array([{}], dtype=object)})
    with pytest.raises(ValueError, match=r"objects\.npz"):
        model.load(tmp_path / "objects.npz")
    assert np.array_equal(before, model.predict(X))
    with pytest.raises(FileNotFoundError):
        model.load(tmp_path / "nowhere.npz")


def test_a_loss_that_is_not_finite_ends_training_and_says_where() -> None:
    X, y = points()
    with pytest.raises(FloatingPointError, match="epoch 1, batch 1"):
        Sequential([Dense(2, 2, np.random.default_rng(0))]).fit(
            np.full_like(X, np.nan), y, CrossEntropy(), SGD(), np.random.default_rng(0)
        )


class FromList(Callback):
    """Puts losses of its own into the logs."""

    def __init__(self, values: list[float]) -> None:
        self.values = values

    def on_epoch_end(self, model: Sequential, epoch: int, logs: dict[str, float]) -> None:
        logs["val_loss"] = self.values[epoch]


def test_early_stopping_waits_its_patience_and_gives_the_best_epoch_back(tmp_path: Path) -> None:
    X, y = points()
    model = model_of()
    kept: list[np.ndarray] = []

    class Keep(Callback):
        def on_epoch_end(self, model: Sequential, epoch: int, logs: dict[str, float]) -> None:
            kept.append(model.predict(X))

    watching = [
        FromList([3.0, 1.0, 2.0, 1.5, 0.5]),
        Keep(),
        EarlyStopping(patience=2),
        ModelCheckpoint(tmp_path / "best"),
    ]
    history = model.fit(X, y, CrossEntropy(), Adam(), np.random.default_rng(0), callbacks=watching)
    assert len(kept) == 4 and len(history.logs["loss"]) == 4
    assert np.array_equal(model.predict(X), kept[1])
    model.load(tmp_path / "best")
    assert np.array_equal(model.predict(X), kept[1])
    with pytest.raises(ValueError, match="'val_loss' to monitor; there are: loss"):
        model.fit(X, y, CrossEntropy(), Adam(), np.random.default_rng(0), callbacks=[EarlyStopping()])


def test_the_progress_bar_says_what_every_epoch_came_to() -> None:
    X, y = points()
    said = io.StringIO()
    model_of().fit(
        X, y, CrossEntropy(), Adam(), np.random.default_rng(0), epochs=2, validation=(X, y),
        metrics={"accuracy": accuracy}, callbacks=[ProgressBar(said)],
    )  # fmt: skip
    *_, last = said.getvalue().splitlines()
    assert "epoch 1/2" in said.getvalue() and "2/2" in last and "val_accuracy" in last


def test_a_class_that_is_never_predicted_has_precision_0_without_a_warning() -> None:
    outputs, y = np.array([0, 0, 1, 1]), np.array([0, 1, 1, 2])
    assert confusion_matrix(outputs, y).tolist() == [[1, 0, 0], [1, 1, 0], [0, 1, 0]]
    assert precision(outputs, y).tolist() == [0.5, 0.5, 0.0]
    assert recall(outputs, y, n_classes=4).tolist() == [1.0, 0.5, 0.0, 0.0]


REFUSED = {
    "another width": (lambda: Dense(3, 2, np.random.default_rng(0)).forward(np.ones((5, 4))), r"\(5, 4\)"),
    "an unknown scheme": (lambda: Dense(3, 2, np.random.default_rng(0), init="hi"), "'hi'"),
    "a size of 0": (lambda: Dense(0, 2, np.random.default_rng(0)), "d_in"),
    "a column against a row": (lambda: MSE().forward(np.ones((3, 1)), np.ones(3)), r"\(3, 1\).*\(3,\)"),
    "a label that has no logit": (lambda: CrossEntropy().forward(np.ones((2, 2)), np.array([0, 2])), "0 to 2"),
    "a negative label": (lambda: CrossEntropy().forward(np.ones((2, 2)), np.array([-1, 1])), "-1"),
    "targets that are no probabilities": (lambda: BinaryCrossEntropy().forward(np.ones(2), np.array([0, 2])), "2"),
    "a learning rate of 0": (lambda: SGD(0.0), "learning_rate"),
    "a momentum of 1": (lambda: Momentum(momentum=1.0), "momentum"),
    "all entries dropped": (lambda: Dropout(1.0, np.random.default_rng(0)), "p is"),
    "no rows": (lambda: model_of().predict(np.ones((0, 2))), "no rows"),
    "lengths that differ": (lambda: model_of().evaluate(np.ones((3, 2)), np.ones(2), MSE()), "3 rows"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_refused_with_words_that_say_what_came(what: str) -> None:
    attempt, words = REFUSED[what]
    with pytest.raises(ValueError, match=words):
        attempt()


def test_an_optimizer_belongs_to_one_model() -> None:
    X, y = points()
    optimizer = Momentum()
    model_of().fit(X, y, CrossEntropy(), optimizer, np.random.default_rng(0), epochs=1)
    with pytest.raises(ValueError, match="belongs to one model"):
        model_of(hidden=9).fit(X, y, CrossEntropy(), optimizer, np.random.default_rng(0), epochs=1)
