"""Who trains conv3x3x32 → pool → conv3x3x64 → pool → dense(10) on pictures of 32 x 32 x 3: the reference and PyTorch.

Both in two orders, the usual one (ReLU, then pool) and the cheaper one (pool, then ReLU), which gives the same numbers.
In: parts `(X (n, 32, 32, 3) float32, y (n,) int64)` and the batch size. Out: a function that trains a part once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from library_contenders import Parts, Train, torch_eager


def reference(parts: Parts, batch_size: int, pool_first: bool = False) -> Train:
    """The course's own library, as its users call it."""
    from groundup_nn.activations import ReLU
    from groundup_nn.layers import Conv2D, Dense, Flatten, MaxPool2D
    from groundup_nn.losses import CrossEntropy
    from groundup_nn.models import Sequential
    from groundup_nn.optimizers import Adam

    rng = np.random.default_rng(0)
    order = (MaxPool2D, ReLU) if pool_first else (ReLU, MaxPool2D)
    first, second = ([kind() for kind in order] for _ in range(2))
    convolutions = [Conv2D(3, 32, 3, rng, padding=1), *first, Conv2D(32, 64, 3, rng, padding=1), *second]
    model = Sequential([*convolutions, Flatten(), Dense(64 * 8 * 8, 10, rng)])
    loss, optimizer = CrossEntropy(), Adam()

    def train(number: int) -> None:
        X, y = parts[number]
        model.fit(X, y, loss, optimizer, rng, epochs=1, batch_size=batch_size)

    return train


def torch(parts: Parts, batch_size: int, pool_first: bool = False) -> Train:
    """Eager PyTorch: channels first, as it has them unless told otherwise."""

    def network() -> Any:
        from torch import manual_seed, nn

        manual_seed(0)
        pools = ([nn.ReLU(), nn.MaxPool2d(2)] for _ in range(2))
        first, second = (pair[::-1] if pool_first else pair for pair in pools)
        convolutions = [nn.Conv2d(3, 32, 3, padding=1), *first, nn.Conv2d(32, 64, 3, padding=1), *second]
        return nn.Sequential(*convolutions, nn.Flatten(), nn.Linear(64 * 8 * 8, 10))

    channels_first = [(np.ascontiguousarray(X.transpose(0, 3, 1, 2)), y) for X, y in parts]
    return torch_eager(channels_first, batch_size, network)


def pool_first(contender: Callable[..., Train]) -> Callable[[Parts, int], Train]:
    """The contender with each pool before its ReLU."""
    return lambda parts, batch_size: contender(parts, batch_size, pool_first=True)


CONTENDERS: dict[str, Callable[[Parts, int], Train]] = {
    "torch": torch,
    "reference": reference,
    "torch, pool first": pool_first(torch),
    "reference, pool first": pool_first(reference),
}
