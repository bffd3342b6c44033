"""What each idea that makes the reference library fast is worth: training with it taken back, beside training with it.

    python benchmarks/library_ideas.py [--batch 64] [--rounds 15] [--only NAME ...]

Out: for each idea the median ratio of CPU time, one thread: 1.10 means that without it training takes 10 % longer.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from statistics import median

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
    os.environ[threads] = "1"  # read by NumPy when it is imported

import numpy as np
from rich.console import Console
from rich.progress import track
from rich.table import Table

from library_worker import LIBRARY, mnist_in_quarters

sys.path.insert(0, str(LIBRARY))

from groundup_nn import activations, layers, losses, models, optimizers
from groundup_nn.activations import ReLU
from groundup_nn.layers import Dense
from groundup_nn.losses import CrossEntropy
from groundup_nn.models import Sequential
from groundup_nn.optimizers import Adam

Patch = tuple[object, str, object]
"""Where, which name, what to put there."""


def layer_by_layer(self: Sequential) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Every parameter by itself."""
    return tuple(
        [array for layer in self.layers for array in getattr(layer, kind).values()] for kind in ("params", "grads")
    )


def adam_by_the_book(self: Adam, w: np.ndarray, g: np.ndarray, memory: list[np.ndarray]) -> None:
    """Sums with their factors; in place all the same."""
    m, s = memory
    step = np.square(g)
    step *= 1 - self.beta2
    s *= self.beta2
    s += step
    m *= self.beta1
    m += np.multiply(g, 1 - self.beta1, out=step)
    np.divide(s, 1 - self.beta2**self._steps, out=step)
    np.sqrt(step, out=step)
    step += self.epsilon
    np.divide(m, step, out=step)
    step *= self.learning_rate / (1 - self.beta1**self._steps)
    w -= step


def adam_in_new_arrays(self: Adam, w: np.ndarray, g: np.ndarray, memory: list[np.ndarray]) -> None:
    """The reference's formula in one line: every operation makes an array."""
    m_share = (1 - self.beta1) / (1 - self.beta1**self._steps)
    s_share = np.sqrt((1 - self.beta2) / (1 - self.beta2**self._steps))
    m, s = memory
    m[...] = self.beta1 * m + g
    s[...] = self.beta2 * s + g**2
    w -= self.learning_rate * float(m_share / s_share) * m / (np.sqrt(s) + float(self.epsilon / s_share))


def all_the_way_back(self: Sequential, dout: np.ndarray) -> None:
    """Backward down to the gradient by the data."""
    self.backward(dout)


def masked_by_index(self: ReLU, dout: np.ndarray) -> np.ndarray:
    """ReLU's gradient with the mask as an index."""
    dX = self._as_output(dout).copy()
    dX[~self._positive] = 0
    return dX


def bias_by_sum(self: Dense, dout: np.ndarray) -> None:
    """The bias's gradient as a sum over the batch."""
    dout = self._as_output(dout)
    np.matmul(self._X.T, dout, out=self.grads["W"])
    np.sum(dout, axis=0, out=self.grads["b"])


def losses_by_row(self: CrossEntropy, predictions: np.ndarray, targets: np.ndarray) -> float:
    """Softmax and cross-entropy with the classes on the last axis."""
    losses._labels_fit(predictions, targets)
    n = len(predictions)
    Z = predictions - predictions.max(axis=1, keepdims=True)
    self._own = np.arange(n), targets
    own_logits = Z[self._own]
    self._kept = np.exp(Z)
    self._total = self._kept.sum(axis=1, keepdims=True)
    return float((np.log(self._total[:, 0]) - own_logits).sum()) / n


def gradient_by_row(self: CrossEntropy) -> np.ndarray:
    """Its gradient."""
    gradient = self._kept / (len(self._kept) * self._total)
    gradient[self._own] -= 1 / len(gradient)
    return gradient


def nothing(*anything: object) -> None:
    """Leave denormals where they are."""


IDEAS: dict[str, list[Patch]] = {
    "float32 instead of float64": [],
    "denormals swept to 0": [(optimizers, "_sweep", nothing)],
    "no gradient by the data": [(models.Sequential, "_learn", all_the_way_back)],
    "Adam in place": [(optimizers.Adam, "_update", adam_in_new_arrays)],
    "Adam's sums without their factors": [(optimizers.Adam, "_update", adam_by_the_book)],
    "all parameters in one vector": [(models.Sequential, "_in_one_piece", layer_by_layer)],
    "ReLU's mask multiplied": [(activations.ReLU, "backward", masked_by_index)],
    "bias gradients as a product": [(layers.Dense, "_learn", bias_by_sum)],
    "classes on the first axis": [
        (losses.CrossEntropy, "forward", losses_by_row),
        (losses.CrossEntropy, "backward", gradient_by_row),
    ],
    "nothing (how exact this is)": [(optimizers, "TINY", optimizers.TINY)],
}


def contender(
    patches: list[Patch], dtype: np.typing.DTypeLike, batch_size: int
) -> Callable[[np.ndarray, np.ndarray], float]:
    """A training that goes on from call to call, with these ideas taken back; it returns its CPU seconds."""
    rng = np.random.default_rng(0)
    first, second, third = (Dense(*sizes, rng, dtype=dtype) for sizes in ((784, 128), (128, 64), (64, 10)))
    model, loss, optimizer = Sequential([first, ReLU(), second, ReLU(), third]), CrossEntropy(), Adam()

    def train(X: np.ndarray, y: np.ndarray) -> float:
        kept = [(place, name, getattr(place, name)) for place, name, _ in patches]
        for place, name, other in patches:
            setattr(place, name, other)
        began = time.process_time()
        model.fit(X, y, loss, optimizer, rng, epochs=1, batch_size=batch_size)
        seconds = time.process_time() - began
        for place, name, own in kept:
            setattr(place, name, own)
        return seconds

    return train


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--batch", type=int, default=64, help="batch size")
    parser.add_argument("--rounds", type=int, default=15, help="how often each training goes over a quarter of MNIST")
    parser.add_argument("--only", nargs="+", choices=list(IDEAS), default=list(IDEAS), help="ideas to take back")
    wanted = parser.parse_args()
    parts = mnist_in_quarters()
    wide = [(X.astype(np.float64), y) for X, y in parts]
    trainings = {"with all of them": contender([], np.float32, wanted.batch)}
    for name in wanted.only:
        trainings[name] = contender(IDEAS[name], np.float32 if IDEAS[name] else np.float64, wanted.batch)
    took: dict[str, list[float]] = {name: [] for name in trainings}
    names = list(trainings)
    for number in track(range(-4, wanted.rounds), "Training", transient=True):
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            own = wide if name == "float32 instead of float64" else parts
            seconds = trainings[name](*own[number % 4])
            if number >= 0:  # the first epoch warms up, and leaves denormals behind
                took[name].append(seconds)
    table = Table("idea", "times as long without it", title=f"batch {wanted.batch}, one thread, {wanted.rounds} rounds")
    for name in names[1:]:
        ratios = [ours / best for ours, best in zip(took[name], took[names[0]], strict=True)]
        table.add_row(name, f"{median(ratios):.2f}")
    Console().print(table)


if __name__ == "__main__":
    main()
