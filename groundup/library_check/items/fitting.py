"""Questions about Sequential.fit: which rows it takes, what it logs, whence its randomness, what it refuses."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from groundup.library_check.item import Library
from groundup.library_check.items.asking import Array, Group, away_from_zero, generator, global_randomness
from groundup.library_check.items.judging import compare, demand, identical, refuses
from groundup.library_check.items.models import dense_model, fitted, numbered_rows, scale, weights_of

ask = Group("models")


@ask("fit.batches", "every epoch takes every row once, in a new order, the last batch smaller, in training mode")
def fit_batches(library: Library) -> None:
    seen: list[Any] = []
    X, y = numbered_rows(23)
    fitted(library, library.models.Sequential([scale(library, 10.0, seen)]), X, y, epochs=3, batch_size=5)
    sizes = [len(batch) for batch, _ in seen]
    demand(sum(sizes) != 3 * 20, "fit drops the last, smaller batch; its rows are to be used too.")
    wanted = 3 * [5, 5, 5, 5, 3]
    demand(sizes == wanted, f"23 rows in batches of 5, 3 epochs: the batches have the sizes {sizes}, wanted {wanted}.")
    demand(
        all(flag for _, flag in seen), "fit does not tell the layers that this is training: forward(X, training=True)."
    )
    epochs = [np.concatenate([batch.ravel() for batch, _ in seen[5 * k : 5 * k + 5]]) for k in range(3)]
    for rows in epochs:
        demand(np.array_equal(np.sort(rows), X.ravel()), "an epoch does not take every row once.")
    demand(not any(np.array_equal(rows, X.ravel()) for rows in epochs), "fit does not shuffle the rows.")
    demand(
        not np.array_equal(epochs[0], epochs[1]), "fit takes the rows in the same order in every epoch; shuffle anew."
    )


@ask("fit.pairs", "rows of X stay with their rows of y, in training and in validation")
def fit_pairs(library: Library) -> None:
    X, y = numbered_rows(23)
    model = library.models.Sequential([scale(library, 10.0)])
    history = fitted(library, model, X, y, epochs=2, batch_size=5, validation=(X, y))
    for name in ("loss", "val_loss"):
        value = _logs(history, name)[0]
        demand(
            abs(value) < 1e-9,
            f"fit shuffles X and y differently: a model that is right has the {name} {value:.4g}, wanted 0.",
        )


def _logs(history: Any, name: str) -> Any:
    logs: Any = getattr(history, "logs", None)
    demand(isinstance(logs, dict), f"fit returns {history!r:.80}, wanted the History of the run, with its logs.")
    demand(name in logs, f"the history holds {sorted(logs)}, and not {name!r}.")
    return logs[name]


@ask("fit.logs", "loss is the mean over the samples, val_loss and val_NAME come after each epoch, outside training")
def fit_logs(library: Library) -> None:
    seen: list[Any] = []
    X, y = numbered_rows(7)
    X_val, y_val = X[:5] + 100, y[:5]
    metrics = {"largest": lambda outputs, y: float(np.max(outputs)), "rows": lambda outputs, y: len(outputs) + len(y)}
    model = library.models.Sequential([scale(library, 1.0, seen)])
    optimizer = library.optimizers.SGD(1e-12)
    history = fitted(
        library, model, X, y, optimizer=optimizer, epochs=3, batch_size=4, validation=(X_val, y_val), metrics=metrics
    )
    for name in ("loss", "val_loss", "val_largest", "val_rows"):
        demand(
            len(_logs(history, name)) == 3,
            f"history.logs[{name!r}] has {len(_logs(history, name))} values after 3 epochs.",
        )
    known = {"it is the mean of the batches' losses: weigh each by its rows": _mean_of_batches(seen)}
    known["it is the sum over the samples: divide by their number"] = float(np.sum((9 * X) ** 2))
    known["it is the sum of the batches' losses"] = 2 * _mean_of_batches(seen)
    compare(
        "the loss in the logs of the first epoch",
        float(_logs(history, "loss")[0]),
        float(np.mean((9 * X) ** 2)),
        1e-6,
        known,
    )
    compare("val_loss", float(_logs(history, "val_loss")[0]), float(np.mean((X_val - y_val) ** 2)), 1e-6)
    compare("val_NAME of a metric that is the largest output", float(_logs(history, "val_largest")[0]), 105.0, 1e-6)
    compare("val_NAME of a metric that counts outputs and labels", float(_logs(history, "val_rows")[0]), 10.0)
    flags = {flag for batch, flag in seen if np.min(batch) > 100}
    demand(flags == {False}, "the validation rows are run with training=True; they belong outside training.")
    plain = fitted(library, library.models.Sequential([scale(library, 1.0)]), X, y, epochs=2)
    demand(
        list(plain.logs) == ["loss"], f"without validation the history holds {sorted(plain.logs)}, wanted loss alone."
    )


def _mean_of_batches(seen: list[Any]) -> float:
    return float(np.mean([np.mean((9 * batch) ** 2) for batch, training in seen if training][:2]))


@ask("fit.seed", "the same seed gives the same weights bit for bit, another seed others; np.random is left alone")
def fit_seed(library: Library) -> None:
    X, y = away_from_zero((30, 4)), away_from_zero((30, 3), seed=2)
    state = global_randomness()
    ends: list[Array] = []
    for seed in (5, 5, 6):
        np.random.seed(seed + len(ends))
        state = global_randomness()
        model = dense_model(library, dtype=np.float32)
        fitted(
            library, model, X, y, optimizer=library.optimizers.Adam(0.01), rng=generator(seed), epochs=2, batch_size=8
        )
        identical("np.random's own state", global_randomness(), state, "fit draws from it; draw from rng alone")
        ends.append(weights_of(model))
    identical(
        "two runs with the same seeds",
        ends[0],
        ends[1],
        "the weights differ: something is drawn from elsewhere than rng",
    )
    demand(
        not np.array_equal(ends[0], ends[2]), "runs with different seeds end with the same weights: rng is not used."
    )
    demand(
        not np.array_equal(ends[0], weights_of(dense_model(library, dtype=np.float32))),
        "fit does not change the weights.",
    )


@ask("fit.not_finite", "a loss that is not finite ends training at once; the text says in which epoch and batch")
def not_finite(library: Library) -> None:
    model = library.models.Sequential([scale(library, 1.0)])
    X, y = numbered_rows(8)
    for value in (np.nan, np.inf):
        call = partial(fitted, library, model, X, np.full_like(y, value), batch_size=4)
        with np.errstate(all="ignore"):
            refuses(f"fit with a loss of {value}", FloatingPointError, call, "epoch", "batch")


@ask("fit.refuses", "no rows, different lengths, epochs or batch_size below 1: refused by name")
def fit_refuses(library: Library) -> None:
    X, y = numbered_rows(6)
    model = library.models.Sequential([scale(library, 1.0)])
    loss = library.losses.MSE()
    for what, call, names in (
        ("fit without rows", lambda: fitted(library, model, X[:0], y[:0]), ()),
        ("fit with 6 rows of X and 5 of y", lambda: fitted(library, model, X, y[:5]), (6, 5)),
        ("fit with validation rows 6 and 4", lambda: fitted(library, model, X, y, validation=(X, y[:4])), (6, 4)),
        ("fit with epochs=0", lambda: fitted(library, model, X, y, epochs=0), (0,)),
        ("fit with batch_size=0", lambda: fitted(library, model, X, y, batch_size=0), (0,)),
        ("evaluate without rows", lambda: model.evaluate(X[:0], y[:0], loss), ()),
        ("evaluate with 6 rows of X and 5 of y", lambda: model.evaluate(X, y[:5], loss), (6, 5)),
        ("evaluate with batch_size=0", lambda: model.evaluate(X, y, loss, batch_size=0), (0,)),
        ("predict without rows", lambda: model.predict(X[:0]), ()),
        ("predict with batch_size=0", lambda: model.predict(X, batch_size=0), (0,)),
    ):
        refuses(what, ValueError, call, *names)


ITEMS = tuple(ask.items)
