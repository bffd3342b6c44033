"""Questions about BatchLoader and train_val_split."""

from __future__ import annotations

from typing import Any

import numpy as np

from groundup.library_check.item import Library
from groundup.library_check.items.asking import Array, Group, generator, global_randomness
from groundup.library_check.items.judging import demand, identical, kept, refuses

ask = Group("data")


def rows(n: int) -> tuple[Array, Array]:
    """`X (n, 2)` float32 and `y (n,)` integers, so that each row tells its number."""
    numbers = np.arange(n)
    return np.stack([numbers, -numbers], axis=1).astype(np.float32), 10 * numbers


def epoch_of(loader: Any) -> list[tuple[Array, Array]]:
    """Copies of the batches of one epoch; the loader may overwrite its own."""
    batches = []
    for batch in loader:
        demand(
            isinstance(batch, tuple | list) and len(batch) == 2,
            f"BatchLoader yields {type(batch).__name__}, wanted a pair (X_batch, y_batch).",
        )
        batches.append((kept("X_batch", batch[0]), kept("y_batch", batch[1])))
    return batches


def _numbers(batches: list[tuple[Array, Array]], what: str) -> Array:
    X, y = (np.concatenate(parts) for parts in zip(*batches, strict=True))
    demand(
        np.array_equal(10 * X[:, 0], y) and np.array_equal(X[:, 1], -X[:, 0]),
        f"{what}: X and y do not match any more; shuffle both in the same order.",
    )
    return X[:, 0].astype(int)


@ask("BatchLoader.rows", "every row once, pairs still matching, the last batch smaller, len() the number of batches")
def every_row(library: Library) -> None:
    for n, batch_size in ((23, 5), (20, 5), (3, 64), (1, 1)):
        X, y = rows(n)
        for rng in (None, generator(1)):
            loader = library.data.BatchLoader(X, y, batch_size=batch_size, rng=rng)
            what = f"BatchLoader over {n} rows with batch_size={batch_size}" + (" and an rng" if rng else "")
            wanted = [batch_size] * (n // batch_size) + ([n % batch_size] if n % batch_size else [])
            for _ in range(2):
                batches = epoch_of(loader)
                demand(batches, f"{what} gives no batch in an epoch; each loop over it is a new one.")
                sizes = [len(batch) for batch, _ in batches]
                demand(
                    sizes != [batch_size] * (n // batch_size) or sizes == wanted,
                    f"{what}: the loader drops the last batch, which is smaller.",
                )
                demand(sizes == wanted, f"{what} gives batches of {sizes} rows, wanted {wanted}.")
                found = _numbers(batches, what)
                demand(
                    np.array_equal(np.sort(found), np.arange(n)), f"{what}: some rows come twice and others not at all."
                )
                if rng is None:
                    demand(np.array_equal(found, np.arange(n)), f"{what} and no rng: the order is not the one given.")
            demand(len(loader) == len(wanted), f"len() of {what} is {len(loader)}, wanted {len(wanted)}.")


@ask(
    "BatchLoader.order",
    "with rng a new random order in each epoch, the same for the same seed, arrays left as they are",
)
def new_order(library: Library) -> None:
    X, y = rows(40)
    before = X.copy(), y.copy()
    state = global_randomness()
    orders = []
    for seed in (1, 1, 2):
        loader = library.data.BatchLoader(X, y, batch_size=7, rng=generator(seed))
        orders.append([_numbers(epoch_of(loader), "BatchLoader") for _ in range(2)])
    demand(not np.array_equal(orders[0][0], np.arange(40)), "BatchLoader with an rng does not shuffle.")
    demand(
        not np.array_equal(orders[0][0], orders[0][1]),
        "BatchLoader has the same order in every epoch; shuffle anew each time.",
    )
    identical("two loaders from the same seed", np.array(orders[0]), np.array(orders[1]), "the orders differ")
    demand(not np.array_equal(orders[0], orders[2]), "two loaders from different seeds have the same order.")
    identical("np.random's own state", global_randomness(), state, "BatchLoader draws from it, not from its rng")
    demand(
        np.array_equal(X, before[0]) and np.array_equal(y, before[1]),
        "BatchLoader shuffles the arrays it is given in place; shuffle their row numbers.",
    )


@ask("BatchLoader.shapes", "X may have any shape and dtype, y one column")
def shapes(library: Library) -> None:
    X, y = generator().normal(size=(9, 4, 3, 2)), np.arange(9.0).reshape(9, 1)
    batches = epoch_of(library.data.BatchLoader(X, y, batch_size=4))
    identical("X put together again from its batches", np.concatenate([a for a, _ in batches]), X, "it is not X")
    identical("y put together again from its batches", np.concatenate([b for _, b in batches]), y, "it is not y")


@ask("train_val_split.parts", "shuffled, without overlap, pairs matching, round(val_fraction * n) rows for validation")
def split(library: Library) -> None:
    for n, fraction, wanted in ((50, 0.2, 10), (10, 0.25, 2), (7, 0.5, 4), (5, 0.01, 1), (5, 0.99, 4), (2, 0.5, 1)):
        X, y = rows(n)
        found = library.data.train_val_split(X, y, fraction, generator(3))
        demand(
            isinstance(found, tuple | list) and len(found) == 4,
            "train_val_split returns X_train, y_train, X_val, y_val: four arrays.",
        )
        X_train, y_train, X_val, y_val = found
        what = f"train_val_split of {n} rows with val_fraction={fraction}"
        demand(
            len(X_train) == len(y_train) and len(X_val) == len(y_val),
            f"{what} returns lengths {[len(part) for part in found]} for X_train, y_train, X_val, y_val.",
        )
        demand(len(X_val) == wanted, f"{what} gives {len(X_val)} rows to validation, wanted {wanted}.")
        numbers = _numbers([(X_train, y_train), (X_val, y_val)], what)
        demand(np.array_equal(np.sort(numbers), np.arange(n)), f"{what}: the parts overlap, or rows are lost.")
        if n == 50:
            demand(bool((np.diff(y_train) < 0).any()), f"{what} does not shuffle: the rows stay in order.")
            again = library.data.train_val_split(X, y, fraction, generator(3))
            identical("two splits with the same seed", again[0], X_train, "they differ")
        demand(np.array_equal(X, rows(n)[0]), "train_val_split shuffles the X it is given in place.")


@ask("data.refuses", "no rows, different lengths, sizes and fractions out of range: refused by name")
def refusals(library: Library) -> None:
    X, y = rows(6)
    loader, split = library.data.BatchLoader, library.data.train_val_split
    for what, call, names in (
        ("BatchLoader without rows", lambda: loader(X[:0], y[:0]), ()),
        ("BatchLoader with 6 rows of X and 5 of y", lambda: loader(X, y[:5]), (6, 5)),
        ("BatchLoader with batch_size=0", lambda: loader(X, y, batch_size=0), (0,)),
        ("train_val_split with 6 rows of X and 5 of y", lambda: split(X, y[:5], 0.5, generator()), (6, 5)),
        ("train_val_split with val_fraction=0.0", lambda: split(X, y, 0.0, generator()), ("0",)),
        ("train_val_split with val_fraction=1.0", lambda: split(X, y, 1.0, generator()), ("1",)),
        ("train_val_split with val_fraction=-0.5", lambda: split(X, y, -0.5, generator()), ("-0.5",)),
        ("train_val_split of a single row", lambda: split(X[:1], y[:1], 0.5, generator()), ()),
        ("train_val_split without rows", lambda: split(X[:0], y[:0], 0.5, generator()), ()),
    ):
        refuses(what, ValueError, call, *names)
    refuses("BatchLoader with rng=42", TypeError, lambda: loader(X, y, rng=42), 42)
    refuses("train_val_split with rng=42", TypeError, lambda: split(X, y, 0.5, 42), 42)


ITEMS = tuple(ask.items)
