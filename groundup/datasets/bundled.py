"""Real data that needs no network: scikit-learn's digits and breast cancer, and a small trained network.

Out: NumPy arrays, float64 inputs with one row a sample, int64 labels.
The network's weights lie in `digits_network.npz`; `train_digits_network.py` beside it makes that file.
"""

import difflib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]
Layers = list[tuple[Floats, Floats]]

NETWORK_FILE = Path(__file__).with_name("digits_network.npz")
TEST_EVERY = 5


def digits() -> tuple[Floats, Labels]:
    """Return 1,797 handwritten digits of 8 x 8 pixels, from scikit-learn's `load_digits`.

    Returns `X (1797, 64)` float64, ink from 0 (none) to 1 (full), rows of pixels one after another, and
    `y (1797,)` int64, the digit 0 .. 9.
    """
    from sklearn.datasets import load_digits

    X, y = load_digits(return_X_y=True)
    return np.asarray(X, dtype=np.float64) / 16.0, np.asarray(y, dtype=np.int64)


def digits_split() -> tuple[Floats, Labels, Floats, Labels]:
    """Return `digits()` in two parts: what the network of `digits_network()` saw, and what it never saw.

    The rule: every fifth row (`np.arange(n) % 5 == 0`) is the test part, the other rows the training part.
    Returns `X_train (1437, 64)`, `y_train (1437,)`, `X_test (360, 64)`, `y_test (360,)`.
    """
    X, y = digits()
    held_out = np.arange(len(X)) % TEST_EVERY == 0
    return X[~held_out], y[~held_out], X[held_out], y[held_out]


def digits_network() -> Layers:
    """Return a trained network for `digits()`: 64 inputs, 32 hidden units with ReLU, 10 logits.

    Returns the layers in order, `[(W1 (64, 32), b1 (32,)), (W2 (32, 10), b2 (10,))]`, all float64, so that
    the logits are `relu(X @ W1 + b1) @ W2 + b2`. It was trained on the training part of `digits_split()`
    only: the test part, every fifth row, it has never seen.
    """
    with np.load(NETWORK_FILE, allow_pickle=False) as saved:
        return [(saved["W1"], saved["b1"]), (saved["W2"], saved["b2"])]


def breast_cancer(features: Sequence[str] | None = None) -> tuple[Floats, Labels, list[str]]:
    """Return the Breast Cancer Wisconsin (diagnostic) data: 569 tumors, 30 measurements of each.

    `y` is 1 for malignant, the thing one looks for, and 0 for benign. scikit-learn has it the other way
    round: its `load_breast_cancer` gives 0 for malignant.

    `features` picks columns by name, in the order given; None means all 30.
    Returns `X (569, d)` float64 (not scaled), `y (569,)` int64 and the `d` names of the columns.
    Raises ValueError for a name that does not exist, TypeError for a bare string.
    """
    from sklearn.datasets import load_breast_cancer

    bunch = load_breast_cancer()
    known = [str(name) for name in bunch.feature_names]
    names = known if features is None else chosen_names(features, known)
    columns = [known.index(name) for name in names]
    X = np.asarray(bunch.data, dtype=np.float64)[:, columns]
    return X, (np.asarray(bunch.target) == 0).astype(np.int64), names


def chosen_names(features: Sequence[str], known: list[str]) -> list[str]:
    """Return `features` as a list; raise ValueError with close matches for a name that is not known."""
    if isinstance(features, str):
        raise TypeError(f"features is a list of names: write [{features!r}], not {features!r}.")
    for name in features:
        if name not in known:
            close = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
            likely = f"Did you mean: {', '.join(close)}?" if close else f"The names are: {', '.join(known)}."
            raise ValueError(f"There is no measurement {name!r}. {likely}")
    return list(features)
