"""Tell three arms of a spiral apart: no straight line can do it, two hidden layers can.

    python examples/spiral.py [PICTURE.png]

Out: the accuracy on points that training has not seen, and the training curves as a picture, if one is named. The
points are made here, so NumPy is all it needs; the picture needs matplotlib.
"""

from __future__ import annotations

import os
import sys

# These products are too small to share out: a second thread gains nothing, and beside another program it makes
# training ten times slower. NumPy looks at this once, when it is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from groundup_nn.activations import Tanh
from groundup_nn.callbacks import EarlyStopping, ProgressBar
from groundup_nn.data import train_val_split
from groundup_nn.layers import Dense
from groundup_nn.losses import CrossEntropy
from groundup_nn.metrics import accuracy, confusion_matrix
from groundup_nn.models import Sequential
from groundup_nn.optimizers import Adam
from groundup_nn.visualization import plot_training_curves


def spiral(points_per_arm: int, arms: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Points X (n, 2) on arms that wind once around the middle, with a little noise, and the arm y (n,) of each."""
    y = np.repeat(np.arange(arms), points_per_arm)
    radius = rng.uniform(0.1, 1, len(y))
    angle = 2 * np.pi * (radius + y / arms)
    X = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)
    return X + rng.normal(0, 0.03, X.shape), y


def main() -> int:
    """Train, judge, draw; exit code 0 when 97 % of the unseen points are right."""
    rng = np.random.default_rng(0)
    X, y = spiral(400, 3, rng)
    X_fit, y_fit, X_val, y_val = train_val_split(X, y, 0.25, rng)
    model = Sequential([Dense(2, 32, rng), Tanh(), Dense(32, 32, rng), Tanh(), Dense(32, 3, rng)])
    history = model.fit(
        X_fit,
        y_fit,
        CrossEntropy(),
        Adam(learning_rate=0.01),
        rng,
        epochs=60,
        batch_size=32,
        validation=(X_val, y_val),
        metrics={"accuracy": accuracy},
        callbacks=[EarlyStopping(patience=10), ProgressBar()],
    )
    X_test, y_test = spiral(400, 3, rng)
    outputs = model.predict(X_test)
    right = accuracy(outputs, y_test)
    print(f"\n{right:.1%} of {len(y_test)} new points are told apart. Rows are true arms, columns predicted ones:")
    print(confusion_matrix(outputs, y_test))
    if len(sys.argv) > 1:
        plot_training_curves(history).savefig(sys.argv[1])
        print(f"The training curves are in {sys.argv[1]}.")
    return 0 if right >= 0.97 else 1


if __name__ == "__main__":
    sys.exit(main())
