"""Read handwritten digits: 784 -> 128 -> 64 -> 10, trained on MNIST until 97 % of the test images are read right.

    python examples/mnist.py [WEIGHTS.npz]

Out: a progress bar, the accuracy on the 10,000 test images, precision and recall of each digit, the seconds that
training took; and the weights in a file, if one is named. It needs the course's environment for the data.
"""

from __future__ import annotations

import os
import sys
import time

# These products are too small to share out: a second thread gains nothing, and beside another program it makes
# training ten times slower. NumPy looks at this once, when it is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from groundup.datasets import mnist
from groundup_nn.activations import ReLU
from groundup_nn.callbacks import Callback, ProgressBar
from groundup_nn.layers import Dense
from groundup_nn.losses import CrossEntropy
from groundup_nn.metrics import accuracy, precision, recall
from groundup_nn.models import Sequential
from groundup_nn.optimizers import Adam

GOAL = 0.97


class StopAtGoal(Callback):
    """Ends training once the accuracy on the validation images reaches the goal."""

    def on_epoch_end(self, model: Sequential, epoch: int, logs: dict[str, float]) -> None:
        """Look at the epoch."""
        model.stop_training = logs["val_accuracy"] > GOAL + 0.003  # a little more, for the test images are others


def main() -> int:
    """Train, judge, tell; exit code 0 when the goal is reached."""
    X_train, y_train, X_test, y_test = mnist()
    X_train, X_test = (X.reshape(len(X), -1) / np.float32(255) for X in (X_train, X_test))
    X_fit, y_fit, X_val, y_val = X_train[:-5000], y_train[:-5000], X_train[-5000:], y_train[-5000:]

    rng = np.random.default_rng(0)
    model = Sequential([Dense(784, 128, rng), ReLU(), Dense(128, 64, rng), ReLU(), Dense(64, 10, rng)])
    print(model.summary())
    began = time.perf_counter()
    model.fit(
        X_fit,
        y_fit,
        CrossEntropy(),
        Adam(),
        rng,
        epochs=10,
        validation=(X_val, y_val),
        metrics={"accuracy": accuracy},
        callbacks=[ProgressBar(), StopAtGoal()],
    )
    seconds = time.perf_counter() - began

    outputs = model.predict(X_test)
    right = accuracy(outputs, y_test)
    print(f"\n{right:.2%} of the {len(y_test):,} test images are read right, after {seconds:.1f} s of training.\n")
    print("digit  precision  recall")
    for digit, (found, missed) in enumerate(zip(precision(outputs, y_test), recall(outputs, y_test), strict=True)):
        print(f"{digit:>5}  {found:>9.1%}  {missed:>6.1%}")
    if len(sys.argv) > 1:
        model.save(sys.argv[1])
        print(f"\nThe weights are in {sys.argv[1]}.")
    return 0 if right >= GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
