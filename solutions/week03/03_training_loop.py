# %% [markdown]
# # Week 03 · Lesson 3 — The training loop
#
# **About 135 minutes.** You write the loop that turns gradients into a network that works, and the tools that judge what it has learned: a part of the data it never sees, curves, a confusion matrix, precision and recall. At the end you save the network and load it again.
#
# | built before | built here | unlocks next |
# |---|---|---|
# | the forward pass (week 00), gradients of every layer (lessons 1 and 2) | `batches`, `train_val_split`, `train`, `confusion_matrix`, `precision_recall`, `save_weights`, `load_weights` | other optimizers than plain gradient descent (lesson 4), MNIST (lesson 6) |
#
# After this lesson you can
#
# - write a training loop of your own and say what each number of its history means;
# - find out in seconds whether a loop can learn at all: overfit one batch first;
# - tell underfitting from overfitting by two curves;
# - say which classes a network confuses, and what a division by zero means there;
# - store weights in a file that cannot run code, and refuse a file that is damaged.
#
# The first cell gives you a network of any depth with its gradients, so you can start here even if lesson 2 is unfinished. Read it once: six short functions, and the last one draws a bar.

# %%
import math
import time
from pathlib import Path

import numpy as np

from groundup import datasets, plots
from groundup.checks import expect, fresh_rng, given


def start_params(sizes, rng):
    """Random weights and zero biases. sizes [d_0, ..., n_classes] -> [(W1, b1), (W2, b2), ...]."""
    return [(rng.normal(size=(i, o)) * np.sqrt(2 / i), np.zeros(o)) for i, o in zip(sizes[:-1], sizes[1:])]


def logits_of(X, params):
    """Forward pass with ReLU between the layers. X (n, d_0) -> logits (n, n_classes)."""
    for k, (W, b) in enumerate(params):
        X = (X if k == 0 else np.maximum(X, 0)) @ W + b
    return X


def loss_of(X, y, params):
    """Mean cross-entropy of a batch. X (n, d_0), y (n,) -> one number."""
    S = logits_of(X, params)
    S = S - S.max(axis=1, keepdims=True)
    return float(np.mean(np.log(np.exp(S).sum(axis=1)) - S[np.arange(len(y)), y]))


def loss_and_grads(X, y, params):
    """The mean loss of a batch, and its gradients in the form of params: [(dW1, db1), (dW2, db2), ...]."""
    ins = [X]  # what goes into each layer
    for M, c in params[:-1]:
        ins.append(np.maximum(ins[-1] @ M + c, 0))
    S = ins[-1] @ params[-1][0] + params[-1][1]
    up = np.exp(S - S.max(axis=1, keepdims=True))
    up = up / up.sum(axis=1, keepdims=True)
    up[np.arange(len(y)), y] -= 1  # softmax minus one-hot: the gradient with respect to the logits, times n
    up, grads = up / len(y), []
    for k in reversed(range(len(params))):
        grads.append((ins[k].T @ up, up.sum(axis=0)))
        up = (up @ params[k][0].T) * (ins[k] > 0)
    return loss_of(X, y, params), grads[::-1]


def accuracy_of(X, y, params):
    """The share of rows whose largest logit is the label's."""
    return float(np.mean(logits_of(X, params).argmax(axis=1) == y))


def progress(epochs):
    """The numbers 0 .. epochs - 1, and a bar on the screen that grows while you loop over them."""
    began, drawn = time.perf_counter(), 0
    print(f"epochs: {epochs} ", end="")
    for epoch in range(epochs):
        yield epoch
        while drawn < 20 * (epoch + 1) // epochs:
            drawn += 1
            print(f" {5 * drawn}% " if drawn % 5 == 0 else "·", end="")
    print(f"in {time.perf_counter() - began:.1f} s")


# %% [markdown]
# ## 1. The idea: a small step, thousands of times
#
# A gradient says how the loss changes when each weight changes a little. One step against it makes the network a little better **for the samples it was computed from**. Training is this step, repeated:
#
# 1. take some samples, a **batch**;
# 2. compute their loss and its gradients;
# 3. move every weight a little against its gradient;
# 4. go on with the next batch. When every sample had its turn, one **epoch** is over.
#
# Why not all samples at once? A few samples show roughly the same direction as all of them, for a small part of the work. The next cell measures it for handwritten digits: the cosine between the gradient of some samples and that of all 1,797. 1 means the same direction, 0 a right angle.

# %%
all_X, all_y = datasets.digits()  # 1,797 images of 8 × 8 pixels
rng = np.random.default_rng(0)
weights = start_params([64, 32, 10], rng)
exact = np.ravel(loss_and_grads(all_X, all_y, weights)[1][0][0])  # dW of the first layer, in a row
for size in (1, 8, 32, 256):
    cosines = []
    for _ in range(50):
        some = rng.choice(len(all_y), size=size, replace=False)
        rough = np.ravel(loss_and_grads(all_X[some], all_y[some], weights)[1][0][0])
        cosines.append(rough @ exact / np.linalg.norm(rough) / np.linalg.norm(exact))
    print(
        f"{size:3d} {'samples' if size > 1 else 'sample'}: cosine {np.mean(cosines):.2f}, from {len(all_y) / size:,.0f} times fewer samples"
    )

# %% [markdown]
# The gradient of a single sample has a cosine of about 0.14: it points a little in the right direction, and a lot elsewhere. For 32 samples it is about 0.7, from 56 times fewer samples. So for the price of one exact step you make dozens of rough ones, and each goes mostly the right way. This is **stochastic gradient descent**, SGD: stochastic means that chance decides which samples come together.
#
# Before we write it, watch the bar. You loop over `progress(40)` as you would over `range(40)`. (In other people's code the bar is mostly made by the package `tqdm`, in the same way: `for epoch in tqdm(range(40))`.)

# %%
for _ in progress(40):
    time.sleep(0.01)  # here a network will learn

# %% [markdown]
# ## 2. Batches: every sample once an epoch
#
# The rows of a data set often stand in an order: all zeros first, or all scans of one hospital. A batch of neighbors would then pull the network to one side. So each epoch deals the rows out like cards: shuffle all row numbers, then take them off the pile, `batch_size` at a time.
#
# ### Worked example: seven rows in batches of three

# %%
rows = np.array([10.0, 11.0, 12.0, 13.0, 14.0, 15.0, 16.0])
# Step 1: an order of the row numbers 0 .. 6. Here we shuffled by hand.
shuffled = np.array([4, 0, 6, 2, 5, 1, 3])
# Step 2: cut it into pieces of three. A slice that reaches past the end stops at the end.
first, second, third = shuffled[0:3], shuffled[3:6], shuffled[6:9]
print("row numbers:", first, second, third)
# Step 3: a list of row numbers picks the rows, of X and of y alike.
print("rows:       ", rows[first], rows[second], rows[third])

# %% [markdown]
# The last batch has one row only. It stays: dropping it would mean that a row is left out in every epoch.
#
# ### Faded example: count the steps
#
# A training part of 1,422 rows is dealt out in batches of 32, for 40 epochs. Fill in three numbers: take the first `#` of each line away, replace each `___`, and delete the line with `raise`.

# %% nbgrader={"grade": false, "grade_id": "faded-steps", "locked": false, "schema_version": 3, "solution": true, "task": false}
steps_per_epoch = rows_in_last_batch = steps_in_all = None
# steps_per_epoch = ___     # one step for each batch, the last one too
# rows_in_last_batch = ___  # what is left after the full batches
# steps_in_all = ___        # 40 epochs
### BEGIN SOLUTION
steps_per_epoch = 45
rows_in_last_batch = 14
steps_in_all = 1800
### END SOLUTION

# %% nbgrader={"grade": false, "grade_id": "faded-steps-check", "locked": true, "schema_version": 3, "solution": false, "task": false}
# No points here: this check shows you where you are.
for _name, _value, _want, _mistakes in [
    (
        "steps_per_epoch",
        steps_per_epoch,
        45,
        {
            "the last, smaller batch makes a step too": 44,
            "this is a fraction": 44.4375,
            "the 45 batches hold the last, smaller one already: 44 are full, and it is the 45th": 46,
            "this is the size of a batch, and not how many there are": 32,
        },
    ),
    (
        "rows_in_last_batch",
        rows_in_last_batch,
        14,
        {"44 full batches take 1,408 rows": 32, "these are the rows that are missing": 18},
    ),
    (
        "steps_in_all",
        steps_in_all,
        1800,
        {
            "these are the steps of one epoch": 45,
            "the smaller batch counts too": 1760,
            "these are the epochs. Each has many steps": 40,
        },
    ),
]:
    expect(_value, name=_name).satisfies(
        lambda v: v is not None, "nothing is filled in yet, or the line with `raise` still stands above your lines"
    ).equals(_want, mistakes=_mistakes)
print("All three are right.")

# %% [markdown]
# ## Exercise 1 — batches
# **4 points · difficulty 2 of 5 · importance 5 of 5 · about 10 min**
#
# Write `batches(n, batch_size, rng)`: the row numbers `0 .. n-1`, shuffled with `rng`, in arrays of `batch_size` whole numbers. The last array holds the rest and may be shorter; no array is empty.
# You may return a list of arrays, or `yield` them one by one. A call stands for one epoch: the next call with the same `rng` deals anew. For `n = 7` and `batch_size = 3` there are three arrays, of 3, 3 and 1 numbers.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Two jobs: an order of all row numbers, and cutting it. The worked example did both by hand.
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# `rng.permutation(n)` shuffles `0 .. n-1`. `range` with three arguments gives you the places where each piece begins.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
#     shuffle the row numbers once
#     for every beginning 0, batch_size, 2·batch_size, ... below n:
#         yield the slice from there, batch_size long
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "batches", "locked": false, "schema_version": 3, "solution": true, "task": false}
def batches(n, batch_size, rng):
    """Shuffled row numbers 0 .. n-1 in arrays of batch_size; the last may be shorter."""
    ### BEGIN SOLUTION
    order = rng.permutation(n)
    for begin in range(0, n, batch_size):
        yield order[begin : begin + batch_size]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "batches-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of batches, what is in them: run this cell.
def _dealt(n, batch_size, rng):
    made = batches(n, batch_size, rng)
    return made if made is None or isinstance(made, int | float | str) else [np.asarray(each) for each in made]


_dealt.__name__ = "batches"
_found = expect(_dealt).of(10, 4, np.random.default_rng(0))
for _test, _sentence in [
    (lambda v: isinstance(v, list), "this is no list of arrays"),
    (
        lambda v: all(each.ndim == 1 for each in v),
        "each batch is an array with one axis, of row numbers. Are these single numbers, or is an axis too much?",
    ),
    (
        lambda v: [len(each) for each in v] != [4, 0, 0],
        "only the first slice holds rows. A slice ends at its own start + `batch_size`, and not at `batch_size`",
    ),
    (lambda v: all(len(each) > 0 for each in v), "there is an empty batch"),
    (lambda v: all(each.dtype.kind in "iu" for each in v), "row numbers must be whole numbers: they pick rows"),
    (
        lambda v: min(map(np.min, v)) >= 0 and max(map(np.max, v)) <= 9,
        "there is a row number that no row has. They run from 0 to n - 1",
    ),
    (
        lambda v: not all(len(each) == 10 for each in v),
        "a batch holds all rows. Give the slice out, and not the whole order",
    ),
    (
        lambda v: [len(each) for each in v] not in ([3, 3, 2], [5, 5, 2]),
        "the slices have the wrong length. One from `start` to `start + batch_size` holds `batch_size` numbers: "
        "its end is left out already, so no - 1 and no + 1",
    ),
    (
        lambda v: not all(len(a) > 1 and a[1:].tolist() == b[: len(a) - 1].tolist() for a, b in zip(v, v[1:])) or len(v) < 2,
        "the slices overlap: each begins one row after the one before. The starts must be `batch_size` apart",
    ),
    (lambda v: sum(map(len, v)) != 12, "the last batch was filled up with rows that had their turn. It stays short"),
    (
        lambda v: [len(each) for each in v] != [2],
        "only one batch comes out, the last: collect all of them, or `yield` each inside the loop",
    ),
    (lambda v: [len(each) for each in v] != [4], "this is only one batch: is it a `return` inside the loop?"),
    (
        lambda v: [len(each) for each in v] != [4, 4],
        "two rows are missing: the last, shorter batch was dropped",
    ),
    (
        lambda v: len(set(np.concatenate(v).tolist())) == sum(map(len, v)),
        "a row comes twice in one epoch, and another one never. Shuffle the numbers, and draw none twice",
    ),
    (lambda v: sum(map(len, v)) == 10, "not every row has its turn once"),
    (
        lambda v: sorted(map(len, v)) != [3, 3, 4],
        "the rows are spread evenly. Fill every batch, only the last is short",
    ),
    (
        lambda v: sorted(map(len, v)) != [2, 2, 3, 3],
        "there are `batch_size` batches. It is the number of rows in a batch, not the number of batches",
    ),
    (lambda v: [len(each) for each in v] != [2, 4, 4], "the short batch comes first, and it should come last"),
    (lambda v: [len(each) for each in v] == [4, 4, 2], "the batches have other sizes than `batch_size`"),
]:  # fmt: skip
    _found.satisfies(_test, _sentence, wanted="arrays of 4, 4 and 2 row numbers, each number 0 .. 9 once")
expect(_dealt).of(8, 4, np.random.default_rng(0)).satisfies(
    lambda v: [len(each) for each in v] == [4, 4],
    "8 rows fill two batches of 4 exactly, and there is nothing left for a third, nor is a full one dropped",
    wanted="two arrays of 4 row numbers",
)
expect(_dealt).of(9, 4, np.random.default_rng(0)).satisfies(
    lambda v: [len(each) for each in v] == [4, 4, 1],
    "9 rows make batches of 4, 4 and 1. Is the last row lost, since the starts end before n?",
    wanted="arrays of 4, 4 and 1 row numbers",
)
print("batches: every row has its turn once.")


# %% nbgrader={"grade": true, "grade_id": "batches-order", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of batches, the order: run this cell.
def _epochs(count, rng):
    told = []
    for _ in range(count):
        made = batches(60, 8, rng)
        told.append(made if made is None else [np.asarray(each).tolist() for each in made])
    return told


_epochs.__name__ = "batches"
_one, _two = (
    expect(_epochs)
    .of(2, np.random.default_rng(1))
    .satisfies(
        lambda v: all(
            [len(each) for each in epoch] == 7 * [8] + [4] and sorted(np.concatenate(epoch).tolist()) == list(range(60))
            for epoch in v
        ),
        "these are no batches of 8 in which each of 60 rows has its turn. First make the check above pass",
        "seven batches of 8 rows and one of 4, in each of two epochs",
    )
    .value
)
expect(_one, name="batches(60, 8, rng)").satisfies(
    lambda v: np.concatenate(v).tolist() != list(range(60)), "the rows come in their old order: nothing is shuffled"
).satisfies(
    lambda v: not all(each == list(range(each[0], each[0] + len(each))) for each in v),
    "only the order of the batches is shuffled, and each holds neighbors. Shuffle the row numbers first, then cut",
).satisfies(
    lambda v: sorted(v[0]) != list(range(8)),
    "the rows are shuffled inside each batch only: the same rows always meet. Shuffle all row numbers, then cut",
)
expect(_two, name="the second epoch").satisfies(
    lambda v: v != _one,
    "the second epoch comes in the order of the first. Draw from the `rng` that is given, in every call anew",
)
expect(_epochs).of(1, np.random.default_rng(1)).satisfies(
    lambda v: v == [_one],
    "a generator with the same seed gives another order: the order must be drawn from `rng`, and only from it",
)
print("batches: the order is shuffled, anew in every epoch.")

# %% nbgrader={"grade": true, "grade_id": "batches-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests use one row, batches of one, a batch larger than the data, and odd sizes.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("batches")


def _pile(n, size):
    made = batches(n, size, _rng)
    return made if made is None else [np.asarray(_each) for _each in made]


_pile.__name__ = "batches"
for _n, _size, _what in [
    (1, 1, "one row"),
    (5, 1, "batches of one row"),
    (5, 9, "a batch that is larger than the data"),
    (17, 5, "odd sizes"),
    (12, 3, "full batches only"),
    (int(_rng.integers(50, 90)), 7, "other sizes"),
]:
    _want = [min(_size, _n - _k * _size) for _k in range(-(-_n // _size))]
    expect(_pile, hidden=_what).of(_n, _size).satisfies(
        lambda v, want=_want: sum(map(len, v)) >= sum(want), "rows are missing: the last, shorter batch was dropped"
    ).satisfies(
        lambda v, n=_n: sorted(np.concatenate(v).tolist()) == list(range(n)), "every row should have its turn once"
    ).satisfies(
        lambda v, want=_want: [len(each) for each in v] == want, "the batches have other sizes than wanted"
    ).satisfies(lambda v: all(each.dtype.kind in "iu" for each in v), "row numbers must be whole numbers")
### END HIDDEN TESTS

# %% [markdown]
# ## 3. A part it never sees
#
# A network can learn its samples by heart. Its loss on them then says nothing about the next sample. So you put a part of the data away before training, and measure there. This is the **validation** part. The rest is the **training** part.
#
# Three rules. Whoever breaks one gets numbers that say nothing about new data:
#
# - a row is in one of the parts, never in both;
# - chance decides which rows go where, since the rows may be sorted;
# - a row keeps its label.
#
# ## Exercise 2 — put a part away
# **3 points · difficulty 2 of 5 · importance 5 of 5 · about 10 min**
#
# Write `train_val_split(X, y, fraction, rng)` → `X_train, y_train, X_val, y_val`. `X (n, d)` and `y (n,)` with `n` of at least 2; `fraction` is the share of rows for the **validation** part.
#
# The validation part has `fraction · n` rows, rounded to the nearest whole number, but at least 1 and at most `n − 1`. For 11 rows and a fraction of 0.25 these are 3 rows (2.75, rounded), for a fraction of 0.01 it is 1. (No test uses a tie such as 2.5.) Chance (`rng`) decides which; the order inside the parts does not matter. Return NumPy arrays: a list of rows cannot be picked by row numbers later.
#
# <details><summary>Hint 1: a nudge</summary>
#
# One shuffled order of row numbers is enough for both parts, and for both arrays.
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# The first few numbers of a shuffled order are a random choice without repetition. The others are the rest. Use the same numbers for `X` and for `y`. `int(round(...))` makes a whole number that can end a slice, and `max` and `min` keep it inside its bounds.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
#     n_val = fraction times n, rounded, not below 1, not above n - 1
#     shuffled = a permutation of the row numbers
#     the first n_val of them pick X_val and y_val, the rest X_train and y_train
#     return the four arrays in the order of the card
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "train_val_split", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train_val_split(X, y, fraction, rng):
    """Two parts without a common row. X (n, d), y (n,) -> X_train, y_train, X_val, y_val."""
    ### BEGIN SOLUTION
    n_val = min(max(round(fraction * len(X)), 1), len(X) - 1)
    dealt = rng.permutation(len(X))
    held_out, kept = dealt[:n_val], dealt[n_val:]
    return X[kept], y[kept], X[held_out], y[held_out]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "train_val_split-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of train_val_split: run this cell.
_X, _y = np.array([[_i, 10.0 * _i] for _i in range(11)]), np.arange(100, 111)  # the label of row i is 100 + i
_found = (
    expect(train_val_split)
    .of(_X, _y, 0.25, np.random.default_rng(0))
    .leaves_arguments_unchanged()
    .satisfies(
        lambda v: not (isinstance(v, tuple | list) and len(v) == 4 and np.ndim(v[1]) == 2 and np.shape(v[1])[1] == 2),
        "the second part has two axes. The order is X_train, y_train, X_val, y_val: each X is followed by its y",
    )
)
_parts = _found.parts("X_train", "y_train", "X_val", "y_val")
for _part in _parts:
    _part.satisfies(
        lambda v: not isinstance(v, list | tuple),
        "this is a list. Return arrays: a list cannot be picked by row numbers",
        "an array",
    )
for _part, _axes in zip(_parts, (2, 1, 2, 1)):
    _part.satisfies(
        lambda v, axes=_axes: not (axes == 2 and np.ndim(v) == 1),
        "these are single numbers and no rows. If they are row numbers: pick with them, `X[numbers]` and `y[numbers]`",
        "an array of rows",
    ).satisfies(
        lambda v, axes=_axes: np.ndim(v) == axes,
        "there is an axis too much. X keeps the shape (rows, d), and y the shape (rows,)",
    )
_sizes = [len(_each.value) for _each in _parts]
for _test, _sentence in [
    (
        lambda s: s != [3, 3, 8, 8],
        "the parts are swapped: the fraction is the share of the validation part, which comes last",
    ),
    (lambda s: s != [9, 9, 2, 2], "the size was rounded down: 2.75 is nearer to 3 than to 2"),
    (lambda s: s[0] != 11, "the training part still holds all rows, those of the validation part too"),
    (lambda s: s == [8, 8, 3, 3], "the sizes are wrong: 0.25 · 11 = 2.75, so 3 rows for validation, and 8 are left"),
]:
    expect(_sizes, name="the numbers of rows in the four parts").satisfies(_test, _sentence, wanted="[8, 8, 3, 3]")
for _fraction, _held, _why in [
    (0.2, 2, "the size was rounded up: 2.2 is nearer to 2 than to 3"),
    (0.01, 1, "0.11 rows are rounded to 0, and at least one row must be in the validation part"),
    (0.99, 10, "10.89 rows are rounded to 11, and at least one row must be left for training"),
]:
    expect(train_val_split).of(_X, _y, _fraction, np.random.default_rng(0)).satisfies(
        lambda v, held=_held: len(v[2]) == len(v[3]) == held,
        _why,
        f"{11 - _held} rows for training, {_held} for validation",
    )


def _forty(seed):  # all four parts for 40 rows, half of them for validation
    rows = np.arange(40.0)
    return train_val_split(np.stack([rows, 10 * rows], axis=1), np.arange(100, 140), 0.5, np.random.default_rng(seed))


_forty.__name__ = "train_val_split"
_parts = expect(_forty).of(0).parts("X_train", "y_train", "X_val", "y_val")
_train, _val = np.asarray(_parts[0].value)[:, 0], np.asarray(_parts[2].value)[:, 0]
expect(_val, name="the rows of X_val, by their first number").satisfies(
    lambda v: len(set(v.tolist())) == len(v), "a row is in the validation part twice: it was drawn with replacement"
).satisfies(
    lambda v: not set(v.tolist()) & set(_train.tolist()),
    "a row is in both parts. What the network was trained on cannot judge it",
).satisfies(lambda v: len(set(v.tolist()) | set(_train.tolist())) == 40, "a row is in neither part")
for _numbers, _labels in [(_train, _parts[1]), (_val, _parts[3])]:
    _labels.satisfies(
        lambda v, numbers=_numbers: np.array_equal(np.asarray(v), 100 + numbers),
        "the rows have lost their labels: `X` and `y` must be picked by the same row numbers",
    )
_chosen = [
    sorted(np.asarray(expect(_forty).of(_seed).parts("X_train", "y_train", "X_val", "y_val")[3].value).tolist())
    for _seed in (0, 1, 0)
]
expect(_chosen[0], name="the labels of the validation part, 40 rows with the labels 100 to 139").satisfies(
    lambda v: v not in (list(range(100, 120)), list(range(120, 140))),
    "the first or the last rows are taken. Data are often sorted: let chance decide",
).satisfies(
    lambda v: v != _chosen[1], "two different generators choose the same rows: draw from the `rng` that is given"
).satisfies(
    lambda v: v == _chosen[2],
    "two generators with the same seed choose different rows: draw from the `rng` that is given, and only from it",
)
print("train_val_split: chance decides, no row is in both parts, and each has its label.")

# %% nbgrader={"grade": true, "grade_id": "train_val_split-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests look at chance, at the smallest data, and at fractions that would leave a part empty.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("train_val_split")
_X, _y = np.arange(60.0)[:, None], np.arange(60)
_runs = []
for _seed in (1, 2, 1):
    _got = expect(train_val_split, hidden="60 rows").of(_X.copy(), _y.copy(), 0.25, np.random.default_rng(_seed))
    _runs.append(np.sort(np.asarray(_got.parts("X_train", "y_train", "X_val", "y_val")[3].value)).tolist())
expect(_runs[0], hidden="which rows are chosen", name="train_val_split").satisfies(
    lambda v: v not in (list(range(15)), list(range(45, 60))),
    "the first or the last rows are taken. Data are often sorted: let chance decide",
).satisfies(
    lambda v: np.any(np.diff(v) != 4), "every fourth row is taken. Data may have a rhythm: let chance decide"
).satisfies(lambda v: v != _runs[1], "two different generators choose the same rows: draw from the `rng` that is given")
expect(_runs[2], hidden="the same seed twice", name="train_val_split").satisfies(
    lambda v: v == _runs[0], "the choice must be drawn from `rng`, and only from it"
)
for _n, _d, _fraction, _held, _what in [
    (2, 1, 0.4, 1, "two rows"),
    (3, 2, 0.1, 1, "a fraction that would leave the validation part empty"),
    (3, 2, 0.9, 2, "a fraction that would leave the training part empty"),
    (9, 3, 0.25, 2, "a size that is rounded down, 2.25"),
    (7, 1, 0.7, 5, "a large fraction"),
]:
    _X, _y = _rng.normal(size=(_n, _d)), np.arange(_n)
    _got = expect(train_val_split, hidden=_what).of(_X.copy(), _y.copy(), _fraction, _rng).leaves_arguments_unchanged()
    _A, _p, _B, _q = (np.asarray(_each.value) for _each in _got.parts("X_train", "y_train", "X_val", "y_val"))
    expect(len(_B), hidden=_what, name="the size of the validation part").satisfies(
        lambda v: v > 0, "the validation part is empty. It needs at least one row"
    ).satisfies(lambda v, n=_n: v < n, "the training part is empty. It needs at least one row").satisfies(
        lambda v, held=_held: v == held, "the size should be `fraction · n`, rounded to the nearest whole number"
    )
    expect(len(_A), hidden=_what, name="the size of the training part").equals(_n - _held)
    expect(np.sort(np.concatenate([_p, _q])), hidden=_what, name="the labels of both parts").equals(np.arange(_n))
    expect(_A, hidden=_what, name="X_train").equals(_X[_p])
    expect(_B, hidden=_what, name="X_val").equals(_X[_q])
### END HIDDEN TESTS

# %% [markdown]
# ## 4. The loop
#
# One step changes every parameter by its own gradient. With the learning rate $\eta$ (in code `lr`), for each layer:
#
# $$\mathbf{W} \leftarrow \mathbf{W} - \eta\,\frac{\partial L}{\partial \mathbf{W}} \qquad\qquad \mathbf{b} \leftarrow \mathbf{b} - \eta\,\frac{\partial L}{\partial \mathbf{b}}$$
#
# | symbol | in code | shape | meaning |
# |---|---|---|---|
# | $L$ | `loss` | one number | the mean loss of **this batch** |
# | $\partial L/\partial \mathbf{W}$ | `dW` | that of `W` | gradient of the weights of a layer |
# | $\partial L/\partial \mathbf{b}$ | `db` | that of `b` | gradient of its biases |
# | $\eta$ | `lr` | one number | the learning rate: how far a step goes |
#
# While it trains, the loop writes three numbers per epoch into a **history**:
#
# - `"loss"`: the mean over the training samples **as they were seen**, each with the weights of that moment, before the step. It costs nothing extra: `loss_and_grads` gives it anyway. Batches of 2, 2 and 1 samples with losses 1.0, 2.0 and 6.0 give $(2 \cdot 1 + 2 \cdot 2 + 1 \cdot 6)/5 = 2.4$.
# - `"val_loss"`: the mean loss of the whole validation part, with the weights **at the end** of the epoch.
# - `"val_accuracy"`: the share of the validation part that is right, from 0 to 1, at the end of the epoch.
#
# The validation part is only measured. No gradient is ever computed from it.
#
# ## Exercise 3 — train
# **4 points · difficulty 4 of 5 · importance 5 of 5 · about 20 min**
#
# Write `train(params, X, y, X_val, y_val, epochs, batch_size, lr, rng)` → `params, history`.
# `params` is `[(W1, b1), ...]`, and the answer has the same form. It leaves the arrays and the list that it is given as they are: make new arrays. `history` is a dictionary with the keys `"loss"`, `"val_loss"`, `"val_accuracy"`, each a list with one number per epoch.
#
# Use `batches(n, batch_size, rng)` for the rows; of the first cell `loss_and_grads(X, y, params)`, which returns the pair `loss, grads`, with `grads` in the form of `params`; `loss_of` and `accuracy_of` for the validation part; and `for epoch in progress(epochs)` for the bar (`epochs` is a number, and a number cannot be looped over). (The checks bring batches of their own, so you can go on here if exercise 1 is not done.)
#
# <details><summary>Hint 1: a nudge</summary>
#
# Two loops: epochs outside, batches inside. Write down for each line whether it happens once, once per epoch, or once per batch.
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Per batch: pick rows of `X` and of `y` by the same numbers, get loss and gradients, and build a new list of pairs. `W - lr * dW` makes a new array; `W -= lr * dW` would write into the caller's. Per epoch: set the total to 0 before the batches, and measure the validation part after them.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
#     three empty lists
#     for every epoch:
#         total = 0
#         for every array of row numbers that batches deals (call it here, in each epoch):
#             loss and gradients of these rows, with the params of now
#             params = a new list of pairs, each W and b moved against its gradient
#             total grows by loss times the number of these rows
#         append total / number of all rows, and the two numbers of the validation part
#     return params and the dictionary
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "train", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train(params, X, y, X_val, y_val, epochs, batch_size, lr, rng):
    """Train with SGD. Returns new params, and a history with one number per epoch under each of its three keys."""
    ### BEGIN SOLUTION
    history = {"loss": [], "val_loss": [], "val_accuracy": []}
    for _ in progress(epochs):
        total = 0.0
        for picked in batches(len(X), batch_size, rng):
            batch_loss, grads = loss_and_grads(X[picked], y[picked], params)
            params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
            total += batch_loss * len(picked)
        history["loss"].append(total / len(X))
        history["val_loss"].append(loss_of(X_val, y_val, params))
        history["val_accuracy"].append(accuracy_of(X_val, y_val, params))
    return params, history
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "train-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of train, one epoch of one batch: run this cell.
def _line(params):
    """All numbers of params in a row: W1, b1, W2, b2."""
    return np.concatenate([np.ravel(np.asarray(each, dtype=float)) for pair in params for each in pair])


def _one_batch(n, batch_size, rng):
    return [np.array([2, 0, 3, 1])]


def _no_bar(epochs):
    return range(epochs)


_params = [
    (np.array([[0.5, -1.0, 0.25], [1.0, 0.5, -0.75]]), np.array([0.1, 0.2, -0.1])),
    (np.array([[1.0, -0.5], [0.5, 0.75], [-1.0, 0.25]]), np.array([0.0, 0.3])),
]
_X, _y = np.array([[1.0, 2.0], [-1.5, 0.5], [2.0, -1.0], [-0.5, -1.0]]), np.array([1, 0, 1, 0])
_X_val, _y_val = np.array([[1.0, 1.0], [-1.0, 2.0], [0.5, 0.0]]), np.array([0, 1, 1])
_found = (
    expect(given(train, batches=_one_batch, progress=_no_bar))
    .of(_params, _X, _y, _X_val, _y_val, 1, 4, 0.5, np.random.default_rng(0))
    .leaves_arguments_unchanged()
)
_new, _history = _found.parts("params", "history")
_new.satisfies(
    lambda v: not isinstance(v, dict), "the two are turned around: first params, then the history", "a list of pairs"
).satisfies(
    lambda v: [tuple(np.shape(each) for each in pair) for pair in v] == [((2, 3), (3,)), ((3, 2), (2,))],
    "params should come back in the form they went in: a list of pairs (W, b), shapes unchanged",
    "[(W1, b1), (W2, b2)]",
)
_start, _want = _line(_params), np.array([
    0.25408451, -0.9259637, 0.36025229, 0.66729645, 0.57289979, -0.66210161, -0.11409, 0.18601555, -0.18789839,
    0.68195314, -0.18195314, 0.66153319, 0.58846681, -0.97634329, 0.22634329, 0.03472082, 0.26527918,
])  # fmt: skip
_step = _want - _start
_biases = np.isin(np.arange(17), [6, 7, 8, 15, 16])
expect(
    _line(_new.value), name="all numbers of the new params (index 0 to 5 is W1, 6 to 8 b1, 9 to 14 W2, 15 and 16 b2)"
).equals(
    _want,
    mistakes={
        "the weights never moved: is the new list kept under the name that you return?": _start,
        "the step goes uphill: move against the gradient, so subtract": _start - _step,
        "the weights go uphill: move against the gradient, so subtract": np.where(_biases, _want, _start - _step),
        "the biases go uphill: move against the gradient, so subtract": np.where(_biases, _start - _step, _want),
        "the learning rate is missing": _start + 2 * _step,
        "the learning rate is missing for the biases": np.where(_biases, _start + 2 * _step, _want),
        "the learning rate is missing for the weights": np.where(_biases, _want, _start + 2 * _step),
        "the gradient comes from the validation part, which is only measured": [
            0.66496682, -1.03437141, 0.30711318, 0.61481734, 0.56874281, -0.75, -0.21602586, 0.23437141, 0.01422636,
            0.77713211, -0.27713211, 0.19753163, 1.05246837, -1.00228453, 0.25228453, -0.21068391, 0.51068391,
        ],
        "a second step is made on the validation part, which is only measured": [
            0.37590112, -0.9176418, 0.36025229, 0.52599273, 0.55625599, -0.66210161, -0.22112635, 0.17769365,
            -0.18789839, 0.62277081, -0.12277081, 0.40438333, 0.84561667, -0.97634329, 0.22634329, -0.08917728,
            0.38917728,
        ],
        "the gradient is a mean already. Do not divide it by the number of rows": _start + _step / 4,
        "the gradient is a mean already. Do not multiply it by the number of rows": _start + 4 * _step,
        "only the weights move. The biases have gradients too": np.where(_biases, _start, _want),
        "only the biases move. The weights have gradients too": np.where(_biases, _want, _start),
        "only the last layer moves": np.where(np.arange(17) < 9, _start, _want),
        "only the first layer moves": np.where(np.arange(17) < 9, _want, _start),
        "these are the gradients, not the weights after the step": -2 * _step,
        "rows and labels are not picked by the same numbers: `X[rows]` goes with `y[rows]`": [
            0.44158451, -0.9728387, 0.28212729, 1.04229645, 0.47914979, -0.81835161, 0.07341, 0.18601555, -0.03164839,
            1.00695314, -0.50695314, 0.66153319, 0.58846681, -1.04196829, 0.29196829, 0.03472082, 0.26527918,
        ],
    },
)  # fmt: skip
print("train: the step is right.")

# %% nbgrader={"grade": true, "grade_id": "train-history", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of train, its history over two epochs of three batches: run this cell.
_asked = []


def _three_batches(n, batch_size, rng):
    _asked.append((n, batch_size))
    return [np.array([0, 1]), np.array([2, 3]), np.array([4])]


_params = [
    (np.array([[0.5, -0.5, 0.0, 1.0], [-1.0, 0.5, 0.75, 0.25]]), np.array([0.1, -0.2, 0.3, 0.0])),
    (np.array([[0.5, -0.5, 0.25], [1.0, 0.5, -0.5], [-0.25, 0.75, -1.0], [0.5, 0.25, 0.1]]), np.array([0.2, 0.1, 0.0])),
]
_X, _y = np.tile([1.0, -0.5], (5, 1)), np.full(5, 2)  # five equal rows: their order does not matter
_X_val, _y_val = np.array([[1.0, 0.5], [0.5, -1.0], [-1.0, 1.0], [2.0, 0.0]]), np.array([2, 2, 1, 0])
_found = expect(given(train, batches=_three_batches, progress=lambda epochs: range(epochs))).of(
    _params, _X, _y, _X_val, _y_val, 2, 2, 0.2, np.random.default_rng(0)
)
_history = _found.parts("params", "history")[1].satisfies(
    lambda v: isinstance(v, dict) and {"loss", "val_loss", "val_accuracy"} <= set(v),
    'the history is a dictionary with the keys "loss", "val_loss" and "val_accuracy"',
)
for _key in ("loss", "val_loss", "val_accuracy"):
    expect(_history.value[_key], name=f'history["{_key}"] of two epochs').satisfies(
        lambda v: np.ndim(v) == 1, "this is no list with one number per epoch", "a list of two numbers"
    ).satisfies(
        lambda v: len(v) != 1, "only one epoch is there: is the `return` inside the loop?", "a list of two numbers"
    ).satisfies(
        lambda v: len(v) != 6,
        "there is one number per batch. One per epoch is wanted: append after the batches of an epoch",
        "a list of two numbers",
    )
expect(_asked, name="how batches was called, (n, batch_size)").satisfies(
    lambda v: len(v) != 1,
    "`batches` was called once for two epochs. A call stands for one epoch: call it inside the loop over epochs",
).satisfies(lambda v: all(each == (5, 2) for each in v), "`batches` wants the number of training rows, then batch_size")
expect(_history.value["loss"], name='history["loss"]').equals(
    [0.99390005, 0.31465516],
    mistakes={
        "this is the mean of the batch means. The last batch is smaller and must count less": [0.92446805, 0.29684887],
        "this is the loss of the last batch only": [0.57730803, 0.20781739],
        "this is the loss of the first batch only": [1.34394339, 0.3994485],
        "the losses are added up. Divide by the number of samples": [4.96950026, 1.5732758],
        "the batch means are added up. Weight each by its number of samples, then divide by all": [2.77340414, 0.8905466],
        "the total counts samples, and is divided by the number of batches": [1.65650009, 0.52442527],
        "each batch mean counts once, and is divided by the number of samples. Multiply it by its samples first": [
            0.55468083, 0.17810932
        ],
        "this is measured after the epoch. The losses from before each step are wanted": [0.3994485, 0.15813261],
        "each loss is measured after its step. Those from before the step are wanted: `loss_and_grads` gives them": [
            0.651674, 0.22806576
        ],
        "the total is divided by the number of validation rows. It counts training rows": [1.24237506, 0.39331895],
        "the second epoch begins with the first params again. Go on with those of the epoch before": [
            0.99390005, 0.99390005
        ],
        "every batch counts as if it were full. The last one has fewer rows": [1.10936162, 0.35621865],
        "the total goes on from the epoch before: set it to 0 in every epoch": [0.99390005, 1.30855521],
        "the loss never falls: each step starts again from the first params": [1.34394339, 1.34394339],
        "there is one step per epoch with all rows, and none per batch": [1.34394339, 0.85215273],
        "the last, smaller batch is dropped": [1.09804806, 0.48837826],
    },
)  # fmt: skip
expect(_history.value["val_loss"], name='history["val_loss"]').equals(
    [0.85796353, 0.95338662],
    mistakes={
        "this is measured before the epoch. The end of the epoch is wanted": [1.04577679, 0.85796353],
        "this is the loss of the training part": [0.3994485, 0.15813261],
        "this is measured with the params from before the training": [1.04577679, 1.04577679],
        "this is the history of the training loss": [0.99390005, 0.31465516],
    },
)
expect(_history.value["val_accuracy"], name='history["val_accuracy"]').equals(
    [0.5, 0.75],
    mistakes={
        "these are counts. The share from 0 to 1 is wanted": [2, 3],
        "these are percent. The share from 0 to 1 is wanted": [50.0, 75.0],
        "this is measured before the epoch, or with old params. The end of the epoch is wanted": [0.5, 0.5],
        "this is the accuracy on the training part": [1.0, 1.0],
        "these are the shares of wrong answers": [0.5, 0.25],
    },
)
_last = [
    0.68041806, -0.5, 0.0, 0.96329723, -1.09020903, 0.5, 0.75, 0.26835139, 0.28041806, -0.2, 0.3, -0.03670277,
    0.05584191, -0.64544748, 0.83960557, 1.0, 0.5, -0.5, -0.25, 0.75, -1.0, 0.20143896, 0.15463555, 0.49392548,
    -0.17996794, -0.02301765, 0.50298558,
]  # fmt: skip
_epoch_one = [
    0.56493017, -0.5, 0.0, 0.93556642, -1.03246508, 0.5, 0.75, 0.28221679, 0.16493017, -0.2, 0.3, -0.06443358,
    0.20173652, -0.5893317, 0.63759517, 1.0, 0.5, -0.5, -0.25, 0.75, -1.0, 0.28371889, 0.18627133, 0.38000978,
    -0.06964651, 0.01939023, 0.35025628,
]  # fmt: skip
expect(
    np.concatenate([np.ravel(np.asarray(each, dtype=float)) for pair in _found.value[0] for each in pair]),
    name="all numbers of the params after two epochs",
).equals(
    _last,
    mistakes={
        "these are the params after the first epoch, where val_loss is lowest. Those of the last epoch are wanted": _epoch_one
    },
)

# Five different rows now, which come in another order in each epoch: does each step use the rows of its batch?
_X, _y = np.array([[1.0, -0.5], [-0.5, 1.5], [2.0, 1.0], [-1.0, -2.0], [0.5, 0.75]]), np.array([2, 0, 1, 2, 0])
_calls = []


def _mixed_batches(n, batch_size, rng):
    _calls.append(str(rng.bit_generator.state))
    dealt = [[[3, 0], [4, 1], [2]], [[1, 2], [0, 4], [3]]][(len(_calls) - 1) % 2]
    return [np.array(each) for each in dealt]


def _seeded(seed):
    answer = given(train, batches=_mixed_batches, progress=lambda epochs: range(epochs))
    return answer(_params, _X, _y, _X_val, _y_val, 2, 2, 0.2, np.random.default_rng(seed))


_seeded.__name__ = "train"
_runs = [
    np.asarray(expect(_seeded).of(_seed).parts("params", "history")[1].value["loss"], dtype=float).tolist()
    for _seed in (7, 8, 7)
]
if _calls:
    expect(_runs[0], name='history["loss"] for five different rows, in batches of 2, 2 and 1').equals(
        [1.23696963, 0.83086942],
        mistakes={
            "every batch uses all rows. Pick those of the batch, from X and from y: `X[rows]`, `y[rows]`": [
                1.00752858, 0.73506954
            ],
            "every batch uses the first rows. Pick those of the batch, from X and from y: `X[rows]`, `y[rows]`": [
                1.09411499, 0.52663613
            ],
            "the rows are taken as they stand. Pick those that `batches` deals": [1.12430927, 0.83463201],
        },
    )  # fmt: skip
    expect(_calls, name="the generators that batches gets in two runs").satisfies(
        lambda v: v[0] != v[len(v) // 3] and v[0] == v[2 * len(v) // 3],
        "`batches` gets a generator that does not depend on `rng`. Hand on the `rng` that train is given, in each epoch",
        "the rng that train was given",
    )
else:  # an answer that deals by itself
    expect(_runs, name='history["loss"] for the seeds 7, 8 and 7').satisfies(
        lambda v: v[0] != v[1] and v[0] == v[2],
        "`batches` is never called, and the rows do not come in an order drawn from `rng`. "
        "Let `batches(len(X), batch_size, rng)` deal them, in each epoch",
        "other orders for other seeds, the same for the same seed",
    )
print("train: the history is right.")

# %% nbgrader={"grade": true, "grade_id": "train-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests use one layer and four, one sample, short last batches, and look at whether it learns.
### BEGIN HIDDEN TESTS
import torch

_rng = fresh_rng("train")


def _by_torch(layers, X, y, V, v, plan, rate):
    """What PyTorch makes of the same steps: weights in a row, and the three histories."""
    live = [[torch.tensor(each, dtype=torch.float64, requires_grad=True) for each in pair] for pair in layers]
    everything = [each for pair in live for each in pair]
    sgd = torch.optim.SGD(everything, lr=rate)

    def out(inputs):
        A = torch.tensor(inputs)
        for k, (M, c) in enumerate(live):
            A = torch.addmm(c, torch.relu(A) if k else A, M)
        return A

    told = [[], [], []]
    for epoch in plan:
        seen = 0.0
        for part in epoch:
            sgd.zero_grad()
            L = torch.nn.functional.cross_entropy(out(X[part]), torch.tensor(y[part]))
            seen += L.item() * len(part)
            L.backward()
            sgd.step()
        with torch.no_grad():
            final = out(V)
            told[0].append(seen / len(X))
            told[1].append(torch.nn.functional.cross_entropy(final, torch.tensor(v)).item())
            told[2].append((final.argmax(dim=1) == torch.tensor(v)).double().mean().item())
    return torch.cat([each.detach().ravel() for each in everything]).numpy(), told


for _sizes, _n, _size, _epochs_wanted, _what in [
    ([3, 2], 6, 6, 2, "a network of one layer"),
    ([2, 5, 4, 6, 3], 7, 7, 3, "a network of four layers"),
    ([4, 6, 3], 1, 1, 2, "one sample"),
    ([2, 6, 3], 5, 20, 2, "a batch size larger than the data"),
    ([3, 5, 4], 11, 4, 3, "a short last batch"),
    ([3, 5, 4], 8, 4, 1, "full batches"),
    ([3, 5, 4], 10, 4, 2, "different rows in every batch"),
]:
    _layers = [
        (_rng.normal(size=(_i, _o)) / np.sqrt(_i), 0.1 * _rng.normal(size=_o))
        for _i, _o in zip(_sizes[:-1], _sizes[1:])
    ]
    _A, _p = _rng.normal(size=(_n, _sizes[0])), _rng.integers(_sizes[-1], size=_n)
    _differ = _what.startswith("different")
    if _size < _n and not _differ:  # equal rows: whatever order an answer draws, the numbers are the same
        _A, _p = np.repeat(_A[:1], _n, axis=0), np.repeat(_p[:1], _n)
    _B, _q = _rng.normal(size=(5, _sizes[0])), _rng.integers(_sizes[-1], size=5)
    _plan = [
        [_turn[_k : _k + _size] for _k in range(0, _n, _size)]
        for _turn in (_rng.permutation(_n) for _ in range(_epochs_wanted))
    ]
    _left = [list(_each) for _each in _plan]

    def _planned(n, batch_size, rng, left=_left):
        return left.pop(0) if left else []

    _end, _told = _by_torch(_layers, _A, _p, _B, _q, _plan, 0.1)
    _whole = _by_torch(_layers, _A, _p, _B, _q, [[np.arange(_n)] * len(_turn) for _turn in _plan], 0.1)[0]
    _got = (
        expect(given(train, batches=_planned, progress=lambda epochs: range(epochs)), hidden=_what)
        .of(_layers, _A, _p, _B, _q, _epochs_wanted, _size, 0.1, np.random.default_rng(3))
        .leaves_arguments_unchanged()
    )
    if _differ and len(_left) == _epochs_wanted:  # an answer that deals by itself: its order is not known
        continue
    _new, _history = _got.parts("params", "history")
    _row = np.concatenate([np.ravel(np.asarray(each, dtype=float)) for pair in _new.value for each in pair])
    expect(_row, hidden=_what, name="the params that train returns").equals(
        _end, mistakes={"each step uses all rows. Pick the rows of the batch": _whole}
    )
    for _key, _values in zip(("loss", "val_loss", "val_accuracy"), _told):
        expect(_history.value[_key], hidden=_what, name=f'history["{_key}"] of train').equals(_values)

# Three heaps of points, in many small batches that are drawn as the answer likes.
_centers = np.array([[4.0, 0.0], [-2.0, 3.5], [-2.0, -3.5]])
_p = _rng.integers(3, size=150)
_A = _centers[_p] + 0.3 * _rng.normal(size=(150, 2))


def _shuffled_batches(n, batch_size, rng):
    return np.split(rng.permutation(n), range(batch_size, n, batch_size))


_got = expect(
    given(train, batches=_shuffled_batches, progress=lambda epochs: range(epochs)), hidden="many small batches"
).of([(np.zeros((2, 3)), np.zeros(3))], _A[:120], _p[:120], _A[120:], _p[120:], 5, 8, 0.1, np.random.default_rng(4))
expect(
    _got.parts("params", "history")[1].value["val_accuracy"][-1], hidden="many small batches", name="train"
).satisfies(
    lambda v: v > 0.9, "it does not learn what one layer can learn. Do rows and labels stay together in every batch?"
)
### END HIDDEN TESTS

# %% [markdown]
# ## 5. Before anything else: overfit one batch
#
# A training loop with a mistake often still runs, and the loss still moves. There is a cheap test: take **ten** samples and train on nothing else. A network with thousands of weights must be able to learn ten samples by heart. The loss has to go to nearly 0. If it does not, the loop is broken, and more data or more epochs will not help.
#
# The experiments of this lesson run your `train` through `experiment`, which hands it batches that are dealt the same way for everybody. The split is given too. So you see the numbers of the text, and you can go on if exercise 1 or 2 is still open; only `train` is needed. Afterwards, put your own `train_val_split` in its place, and call `train` itself: the numbers change a little, the story does not.
#
# ### Predict, then run
#
# `[64, 32, 10]`, ten digits, one batch of ten, 200 epochs. Which loss do you expect in the first epoch? (Week 00 had a rule for untrained networks.) And the accuracy on digits it never saw, after it has learned ten by heart?

# %%
my_first_loss = None  # your number
my_val_accuracy = None  # your number, from 0 to 1


# %%
# This cell and all experiments below need `train` (exercise 3).
def experiment(*inputs):
    """Your train, as it answers with batches that are the same for everybody. Arguments and answer of train."""

    def dealt_in_turn(n, size, rng):  # to the batches in turn, as cards go to players: not the way of exercise 1
        players, cards = math.ceil(n / size), rng.permutation(n)
        return [cards[k::players] for k in range(players)]

    return given(train, batches=dealt_in_turn)(*inputs)


X, y = datasets.digits()
away = np.random.default_rng(5).random(len(y)) < 0.2  # each row is put away with a chance of 0.2
X_train, y_train, X_val, y_val = X[~away], y[~away], X[away], y[away]
print(f"{len(X_train)} rows to learn from, {len(X_val)} to judge by")

rng = np.random.default_rng(0)
_, ten = experiment(start_params([64, 32, 10], rng), X_train[:10], y_train[:10], X_val, y_val, 200, 10, 0.5, rng)
print(f"loss in the first epoch {ten['loss'][0]:.2f}, in the last {ten['loss'][-1]:.4f}; log(10) = {np.log(10):.2f}")
print(f"accuracy on unseen digits {ten['val_accuracy'][-1]:.0%}. You wrote {my_first_loss} and {my_val_accuracy}.")
plots.lines(
    {"unseen samples": ten["val_loss"], "10 samples it learns": ten["loss"]},
    title="One batch, learned by heart",
    x_label="epoch",
    y_label="mean loss",
)

# %% [markdown]
# The loss starts near log(10) ≈ 2.3, as week 00 said, and ends at about 0.004: this loop can learn. On digits that it never saw, the same network is right in about half of the cases, and its loss there is higher than at the start. So the test says that the loop works. It says nothing about how good the network is.
#
# ## 6. Train on digits
#
# Now all training rows. **Predict, then run**: which accuracy on the validation part do you expect after 40 epochs? How many seconds?

# %%
my_accuracy = None  # your number, from 0 to 1
my_seconds = None  # your number

# %%
rng = np.random.default_rng(2)
digits_params, history = experiment(start_params([64, 32, 10], rng), X_train, y_train, X_val, y_val, 40, 32, 0.2, rng)
print(f"accuracy on unseen digits {history['val_accuracy'][-1]:.1%}. You wrote {my_accuracy}, in {my_seconds} seconds.")
for epoch in (0, 1, 4, 39):
    print(f"epoch {epoch + 1:2d}: loss {history['loss'][epoch]:.3f}, val_loss {history['val_loss'][epoch]:.3f}")

# %%
plots.lines(
    {"loss (training)": history["loss"], "val_loss (validation)": history["val_loss"]},
    title="Learning curves of a network for digits",
    x_label="epoch",
    y_label="mean loss",
)

# %%
plots.lines(
    {"val_accuracy": history["val_accuracy"]},
    title="Accuracy on digits it never saw",
    x_label="epoch",
    y_label="share that is right",
)

# %% [markdown]
# About 96 % of the digits that it never saw are right, after a second or so. Read the curves from left to right:
#
# - Both fall fast, then slowly. Most of what it learns, it learns in the first five epochs.
# - In the first epochs `val_loss` lies **below** `loss` (about 1.0 against 1.6 in the first one). This is no mistake. `loss` is a mean over the whole epoch, and includes the very first batches, when the network knew nothing. `val_loss` is measured at the end of the epoch, with better weights.
# - At the end `loss` is about 0.03 and `val_loss` about 0.13. The network knows its own samples better than new ones. That is normal, and the next section is about how far it may go.

# %% [markdown]
# ## 7. Underfitting and overfitting
#
# Two things can go wrong, and the two curves tell them apart.
#
# | | training loss | validation loss | means | try |
# |---|---|---|---|---|
# | **underfitting** | high | about as high | it has not learned what there is to learn | more epochs, a larger network, a larger learning rate |
# | **overfitting** | low | much higher, and often rising | it learns its samples by heart | more data, a smaller network, fewer epochs |
#
# The difference of the two losses at the end is the **gap**. The next cell measures it for four networks. The data are two moons that reach into each other, with so much noise that nobody can be right everywhere: 40 rows to learn from, 200 to judge by. The fourth network learns digits, for a single epoch.
#
# **Predict, then run**: in which rows is the gap large?

# %%
my_rows_with_a_gap = None  # for example ["no hidden layer"]


# %%
def report(name, params, X, y, X_val, y_val):
    """One line: both losses with the final weights, the gap between them (its size), both accuracies."""
    inside, outside = loss_of(X, y, params), loss_of(X_val, y_val, params)
    print(f"{name:24s} loss {inside:5.2f}, val_loss {outside:5.2f}, gap {abs(outside - inside):5.2f}", end="; ")
    print(f"accuracy {accuracy_of(X, y, params):4.0%} and {accuracy_of(X_val, y_val, params):4.0%}\n")


rng = np.random.default_rng(1)
moons = (*datasets.moons(40, 0.35, rng), *datasets.moons(200, 0.35, rng))
curves, learned = {}, {}
for name, sizes, epochs in [
    ("no hidden layer", [2, 2], 300),
    ("16 hidden neurons", [2, 16, 2], 300),
    ("two layers of 128", [2, 128, 128, 2], 300),
]:
    rng = np.random.default_rng(3)
    learned[name], curves[name] = experiment(start_params(sizes, rng), *moons, epochs, 8, 0.1, rng)
    report(name, learned[name], *moons)

rng = np.random.default_rng(3)
hasty, _ = experiment(start_params([64, 32, 10], rng), X_train, y_train, X_val, y_val, 1, 32, 0.02, rng)
report("digits, one epoch", hasty, X_train, y_train, X_val, y_val)
print(f"You wrote {my_rows_with_a_gap}.")

# %%
big = curves["two layers of 128"]
print(f"smallest val_loss {min(big['val_loss']):.2f}, after epoch {int(np.argmin(big['val_loss'])) + 1}")
plots.lines(
    {"val_loss (validation)": big["val_loss"], "loss (training)": big["loss"]},
    title="Two layers of 128 neurons learn 40 points by heart",
    x_label="epoch",
    y_label="mean loss",
)


# %%
def chance_of_1(points, params):
    """Softmax of two classes: the probability of class 1, (n,)."""
    return 1 / (1 + np.exp(-np.diff(logits_of(points, params), axis=1)[:, 0].clip(-50, 50)))


plots.boundary_steps(
    [lambda points, p=learned[name]: chance_of_1(points, p) for name in learned],
    moons[0],
    moons[1],
    titles=list(learned),
    title="What three networks make of the same 40 points",
)

# %% [markdown]
# - **No hidden layer** and **digits, one epoch** underfit: both losses are higher than they need to be, and the gap is small. For the moons, that a lower loss is possible shows in the next line: with 16 neurons the validation loss falls from about 0.35 to 0.28, and 90 % of the new rows are right, not 85 %. Without them the boundary is a straight line, and more epochs cannot bend it. The network for digits has not had the time: after 40 epochs it stood at 0.13, and here it is still at 2.1.
# - **Two layers of 128** overfit: a loss of about 0.04 inside, about 0.45 outside. The network is right for all of its own 40 rows, and for fewer new rows than the one with 16 neurons. In the last picture its boundary bends around single points, and has an island for one of them.
# - Its curves say **when** it happens: in the first epochs both fall together, `val_loss` is lowest somewhere around epoch 50, stays there for a while and then rises, while `loss` goes on falling. Without a validation part you would see the dashed curve only, and be pleased.
#
# Of the three cures in the table, you can try one at once. The same large network, the same number of steps, and five times as many rows: we let the two parts change places.

# %%
rng = np.random.default_rng(3)
more_rows = (moons[2], moons[3], moons[0], moons[1])
fed, _ = experiment(start_params([2, 128, 128, 2], rng), *more_rows, 60, 8, 0.1, rng)
report("two layers, 200 rows", fed, *more_rows)

# %% [markdown]
# The gap shrinks from about 0.4 to about 0.1, and the validation loss from 0.45 to 0.26. Nothing but the number of rows has changed (and the rows it is judged by, 40 now). Two hundred points are harder to learn by heart than forty.
#
# ## 8. Bug hunt: two lines that fool you
#
# Both functions below run without an error. Each has **one** bug, and each is a mistake that experienced people make. Read the function, look at the evidence, then write it again under its new name.


# %% nbgrader={"grade": false, "grade_id": "bug-hunt-code", "locked": true, "schema_version": 3, "solution": false, "task": false}
def broken_shuffle(X, y, rng):
    """Should return X and y with their rows in a new order."""
    return rng.permutation(X), rng.permutation(y)


def broken_scaling(X_train, X_val):
    """Should return both parts, scaled so that each column has mean 0 and spread 1 in the training part."""
    everything = np.concatenate([X_train, X_val])
    m, s = everything.mean(axis=0), everything.std(axis=0)
    return (X_train - m) / s, (X_val - m) / s


# %% [markdown]
# The evidence against the first: a network is trained on what it returns.

# %%
rng = np.random.default_rng(4)
X_odd, y_odd = broken_shuffle(X_train, y_train, rng)
_, odd = experiment(start_params([64, 32, 10], rng), X_odd, y_odd, X_val, y_val, 20, 32, 0.2, rng)
print(f"loss {odd['loss'][0]:.2f} at first, {odd['loss'][-1]:.2f} at last; log(10) = {np.log(10):.2f}")
print(f"accuracy on unseen digits {odd['val_accuracy'][-1]:.0%}")

# %% [markdown]
# The loss stays near log(10), and the accuracy is no better than that of a guess among ten classes. There is nothing to learn here: almost every image carries the label of another.
#
# ## Exercise 4 — repair the shuffle
# **2 points · difficulty 2 of 5 · importance 5 of 5 · about 5 min**
#
# Write `repaired_shuffle(X, y, rng)` → `X, y` in a new order. `X (n, d)`, `y (n,)`; shapes stay as they are, and what was given is not changed.
#
# <details><summary>Hint 1: a nudge</summary>
#
# How many orders are drawn, and how many should it be?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Shuffle row numbers, not rows. The same numbers then pick from both arrays.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
# Draw one permutation of `len(X)` numbers, and index `X` and `y` with it.
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "repaired_shuffle", "locked": false, "schema_version": 3, "solution": true, "task": false}
def repaired_shuffle(X, y, rng):
    """broken_shuffle without its bug. X (n, d), y (n,) -> X, y, rows in a new order."""
    ### BEGIN SOLUTION
    new_order = rng.permutation(len(y))
    return X[new_order], y[new_order]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "repaired_shuffle-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of repaired_shuffle: run this cell.
_X, _y = np.array([[_i, 100 + _i] for _i in range(1, 41)], dtype=float), np.arange(1, 41)
_found = expect(repaired_shuffle).of(_X, _y, np.random.default_rng(0)).leaves_arguments_unchanged()
_new_X, _new_y = (np.asarray(_each.value) for _each in _found.parts("X", "y"))
expect(_new_X, name="X of repaired_shuffle").satisfies(
    lambda v: v.shape != (1, 40, 2),
    "there is an axis too much: was `X` indexed with None? `rng.shuffle` shuffles in place and gives nothing back. "
    "`rng.permutation` gives an order back",
).has_shape(40, 2).satisfies(
    lambda v: np.array_equal(100 + v[:, 0], v[:, 1]), "the numbers are shuffled inside the rows. A row stays as it is"
).satisfies(
    lambda v: len(set(v[:, 0].tolist())) == 40, "a row comes twice, and another is lost: draw an order, not single rows"
).satisfies(lambda v: set(v[:, 0].tolist()) == set(range(1, 41)), "these are other rows than those that were given")
expect(_new_y, name="y of repaired_shuffle").has_shape(40).satisfies(
    lambda v: np.array_equal(v, _new_X[:, 0]), "rows have lost their labels: one order, drawn once, for both arrays"
).satisfies(lambda v: not np.array_equal(v, _y), "the rows stand in their old order: nothing is shuffled").satisfies(
    lambda v: not np.array_equal(v, _y[::-1]), "the order is only turned around. Let chance decide"
)
_again, _other = (
    np.asarray(expect(repaired_shuffle).of(_X, _y, np.random.default_rng(_seed)).parts("X", "y")[1].value).tolist()
    for _seed in (0, 1)
)
expect(_new_y.tolist(), name="the labels after repaired_shuffle with the seed 0").satisfies(
    lambda v: v != _other, "two different generators give the same order: draw from the `rng` that is given"
).satisfies(
    lambda v: v == _again,
    "a second generator with the same seed gives another order: draw from the `rng` that is given, and only from it",
)
print("repaired_shuffle: rows and labels stay together.")

# %% nbgrader={"grade": true, "grade_id": "repaired_shuffle-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests use one row, one column, labels that repeat, and several seeds.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("repaired_shuffle")
for _n, _d, _what in [(1, 3, "one row"), (50, 1, "one column"), (31, 4, "labels that repeat")]:
    _X = np.arange(float(_n * _d)).reshape(_n, _d) + _rng.normal()
    _y = np.arange(_n) % 3
    _got = expect(repaired_shuffle, hidden=_what).of(_X, _y, _rng).leaves_arguments_unchanged().parts("X", "y")
    _got[0].has_shape(_n, _d)
    _at = np.asarray(_got[0].value)[:, 0]
    expect(np.sort(_at), hidden=_what, name="X of repaired_shuffle").equals(_X[:, 0])
    _got[1].equals(np.rint((_at - _X[0, 0]) / _d).astype(int) % 3)
_orders = [
    np.asarray(
        expect(repaired_shuffle, hidden="several seeds")
        .of(np.arange(50.0)[:, None], np.arange(50), np.random.default_rng(_seed))
        .parts("X", "y")[1]
        .value
    ).tolist()
    for _seed in (5, 6, 5)
]
expect(_orders, hidden="several seeds", name="repaired_shuffle").satisfies(
    lambda v: v[0] != v[1], "two different generators give the same order: draw from the `rng` that is given"
).satisfies(lambda v: v[0] == v[2], "the same seed gives another order: draw from `rng`, and only from it")
### END HIDDEN TESTS

# %% [markdown]
# The second function is harder to catch. Its evidence: we change **one row of the validation part** and look at the scaled **training** part.

# %%
tiny_train, tiny_val = np.array([[1.0], [2.0], [3.0]]), np.array([[2.0]])
for value in (2.0, 50.0):
    scaled, _ = broken_scaling(tiny_train, np.array([[value]]))
    print(f"validation row {value:4.1f}: the training rows become {scaled[:, 0].round(2)}")

# %% [markdown]
# The training rows must not depend on what is in the validation part. Here they do, so the network is told something about rows that it is supposed never to have seen. This is a **leak**. With a leak, the validation numbers look better than what new data will bring, and nothing warns you.
#
# ## Exercise 5 — repair the scaling
# **2 points · difficulty 2 of 5 · importance 4 of 5 · about 5 min**
#
# Write `repaired_scaling(X_train, X_val)` → both parts scaled, shapes `(n_train, d)` and `(n_val, d)`. Mean and spread (`std` as NumPy computes it) of each column come from the training part alone, and **both** parts are scaled with them.
# A column that never changes in the training part has spread 0: divide it by 1 instead.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Which array must the mean and the spread be computed from? When new data come next year, where will their mean come from?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Compute two arrays `(d,)` from `X_train`, and use the same two for both parts. `np.where` replaces the zeros among the spreads.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
# Keep the function as it is, replace `everything` by the right array, and before the division put 1 where the spread is 0.
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "repaired_scaling", "locked": false, "schema_version": 3, "solution": true, "task": false}
def repaired_scaling(X_train, X_val):
    """broken_scaling without its leak. (n_train, d), (n_val, d) -> the same shapes, scaled by the training part."""
    ### BEGIN SOLUTION
    center, spread = X_train.mean(axis=0), X_train.std(axis=0)
    spread = np.where(spread == 0, 1.0, spread)
    return (X_train - center) / spread, (X_val - center) / spread
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "repaired_scaling-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of repaired_scaling: run this cell.
_A, _B = np.array([[1.0, 10.0], [3.0, 20.0], [8.0, 60.0]]), np.array([[5.0, 40.0], [9.0, 0.0]])
_found = expect(repaired_scaling).of(_A, _B).leaves_arguments_unchanged()
_scaled_train, _scaled_val = _found.parts("X_train", "X_val")
_scaled_train.equals(
    [[-1.01904933, -0.9258201], [-0.33968311, -0.46291005], [1.35873244, 1.38873015]],
    mistakes={
        "the validation part still has a say: mean and spread must come from X_train alone": [
            [-1.40312152, -0.74278135], [-0.73496842, -0.27854301], [0.93541435, 1.57841037]
        ],
        "one mean and one spread are used for all columns. Each column has its own: `axis=0`": [
            [-0.79341553, -0.34711929], [-0.69423859, 0.14876541], [-0.44629623, 2.13230423]
        ],
        "mean and spread are those of the rows. Each column has its own: `axis=0`": [[-1, 1], [-1, 1], [-1, 1]],
        "the mean is subtracted, and the division by the spread is missing": [[-3, -20], [-1, -10], [4, 30]],
        "this divides by the variance. The spread is its root": [
            [-0.34615385, -0.04285714], [-0.11538462, -0.02142857], [0.46153846, 0.06428571]
        ],
        "the spread divides by n - 1. Use `std` as NumPy computes it": [
            [-0.83205029, -0.75592895], [-0.2773501, -0.37796447], [1.10940039, 1.13389342]
        ],
        "the training part is returned as it was": [[1, 10], [3, 20], [8, 60]],
        "mean and spread come from X_val. Both must come from X_train": [[-3.0, -0.5], [-2.0, 0.0], [0.5, 2.0]],
        "the division comes before the subtraction here: write `(X - m) / s`, with parentheses": [
            [-0.35873244, 8.61126985], [1.64126756, 18.61126985], [6.64126756, 58.61126985]
        ],
        "the mean is not subtracted": [[0.33968311, 0.46291005], [1.01904933, 0.9258201], [2.71746489, 2.77746030]],
    },
)  # fmt: skip
_scaled_val.equals(
    [[0.33968311, 0.46291005], [1.69841555, -1.38873015]],
    mistakes={
        "the validation part is scaled by its own mean and spread. It must be treated like every new sample: by those of X_train": [
            [-1, 1], [1, -1]
        ],
        "the validation part is not scaled. The network would see other units than it learned with": [[5, 40], [9, 0]],
        "the validation part still has a say: mean and spread must come from X_train alone": [
            [-0.06681531, 0.64993368], [1.2694909, -1.2070197]
        ],
        "the mean of the validation part is subtracted. Use that of X_train": [
            [-0.67936622, 0.9258201], [0.67936622, -0.9258201]
        ],
        "the validation part is divided by its own spread. Use that of X_train": [[0.5, 0.5], [2.5, -1.5]],
    },
)  # fmt: skip
_A, _B = np.array([[7.0, 0.1], [7.0, 0.3], [7.0, 0.8]]), np.array([[9.0, 0.5], [7.0, 0.0]])  # column 0 never changes
_found = expect(repaired_scaling).of(_A, _B)
_scaled_train, _scaled_val = _found.parts("X_train", "X_val")
for _part in (_scaled_train, _scaled_val):
    _part.satisfies(
        lambda v: np.all(np.isfinite(np.asarray(v, dtype=float))),
        "a column with spread 0 is divided by 0. Divide it by 1 instead: only a spread of 0 is replaced",
        "finite numbers only",
    )
_small = "the spread of 0.29 was replaced by 1 too. Replace only a spread that is 0, and keep the others"
_scaled_train.equals(
    [[0, -1.01904933], [0, -0.33968311], [0, 1.35873244]],
    mistakes={
        _small: [[0, -0.3], [0, -0.1], [0, 0.4]],
        "the column that never changes is left as it was. Its mean is subtracted too": [
            [7, -1.01904933], [7, -0.33968311], [7, 1.35873244]
        ],
    },
)  # fmt: skip
_scaled_val.satisfies(
    lambda v: np.max(np.abs(np.asarray(v, dtype=float))) < 1000,
    "a number became huge: a spread of 0 was replaced by something tiny, or the result was repaired after a division "
    "by 0. Put 1 where the spread is 0, before the division",
    "[[2, 0.3396831], [0, -1.358732]]",
).equals(
    [[2, 0.33968311], [0, -1.35873244]],
    mistakes={
        _small: [[2, 0.1], [0, -0.4]],
        "the column that never changes is set to 0 for new rows too. Subtract its mean, and divide by 1": [
            [0, 0.33968311], [0, -1.35873244]
        ],
    },
)  # fmt: skip
print("repaired_scaling: the training part knows nothing of the validation part.")

# %% nbgrader={"grade": true, "grade_id": "repaired_scaling-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests use a column that never changes, one column, one training row, and other sizes.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("repaired_scaling")
for _n, _m, _d, _what in [
    (6, 3, 1, "one column"),
    (5, 1, 4, "one validation row"),
    (8, 7, 3, "a column that never changes in the training part"),
    (1, 4, 2, "one training row: no column changes"),
]:
    _A, _B = 3 * _rng.normal(size=(_n, _d)) + 5, 3 * _rng.normal(size=(_m, _d)) + 5
    if "never" in _what:
        _A[:, 1] = 2.0
    _got = expect(repaired_scaling, hidden=_what).of(_A.copy(), _B.copy()).leaves_arguments_unchanged()
    for _expectation, _raw in zip(_got.parts("X_train", "X_val"), (_A, _B)):
        _want = np.zeros(_raw.shape)
        for _c in range(_d):
            _middle = sum(_A[:, _c].tolist()) / _n
            _width = (sum((_each - _middle) ** 2 for _each in _A[:, _c].tolist()) / _n) ** 0.5
            _want[:, _c] = (_raw[:, _c] - _middle) / (_width or 1.0)
        _expectation.satisfies(
            lambda v: np.all(np.isfinite(np.asarray(v))),
            "a column with spread 0 is divided by 0. Divide it by 1 instead",
        ).equals(_want)
### END HIDDEN TESTS

# %% [markdown]
# ## 9. Which digit for which? The confusion matrix
#
# An accuracy of about 96 % says how often the network is wrong, and not how. Is it one digit that it never reads? The **confusion matrix** $\mathbf{C}$ of shape `(n_classes, n_classes)` answers: entry $C_{ij}$ counts the samples whose **true** class is $i$ and whose **predicted** class is $j$. Rows are the truth, columns are what the network says. Right answers lie on the diagonal.
#
# ## Exercise 6 — the confusion matrix
# **3 points · difficulty 2 of 5 · importance 4 of 5 · about 10 min**
#
# Write `confusion_matrix(y_true, y_pred, n_classes)` → whole numbers of shape `(n_classes, n_classes)`. Both `y` are `(n,)`, with labels `0 .. n_classes-1`; a class that does not occur has a row of zeros.
# For `y_true = [0, 0, 1]`, `y_pred = [0, 1, 1]` and 2 classes it is `[[1, 1], [0, 1]]`.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Make tally marks on paper for the example: which cell gets a mark for each sample?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Start from zeros, go through the pairs (truth, prediction), and add 1 in the row of the truth and the column of the prediction.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
# A loop over `zip(y_true, y_pred)` is good. If you want no loop: `counts[y_true, y_pred] += 1` counts a pair that occurs twice only once, and `np.add.at` exists for this reason.
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "confusion_matrix", "locked": false, "schema_version": 3, "solution": true, "task": false}
def confusion_matrix(y_true, y_pred, n_classes):
    """Counts (n_classes, n_classes): row = true class, column = predicted class. y_true (n,), y_pred (n,)."""
    ### BEGIN SOLUTION
    table = np.zeros((n_classes, n_classes), dtype=int)
    np.add.at(table, (y_true, y_pred), 1)
    return table
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "confusion_matrix-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of confusion_matrix: run this cell.
_true, _said = np.array([1, 2, 0, 2, 2, 0]), np.array([1, 2, 1, 0, 2, 0])
expect(confusion_matrix).of(_true, _said, 4).leaves_arguments_unchanged().satisfies(
    lambda v: np.all(np.isfinite(np.asarray(v, dtype=float))),
    "these are shares of each row, with 0 divided by 0 for a class that does not occur. Counts are wanted",
    "whole numbers",
).equals(
    [[1, 1, 0, 0], [0, 1, 0, 0], [1, 0, 2, 0], [0, 0, 0, 0]],
    mistakes={
        "a pair that occurs twice was counted once: `counts[y_true, y_pred] += 1` writes each cell only once": [
            [1, 1, 0, 0], [0, 1, 0, 0], [1, 0, 1, 0], [0, 0, 0, 0]
        ],
        "rows and columns are swapped: the row is the truth, the column is the prediction": [
            [1, 0, 1, 0], [1, 1, 0, 0], [0, 0, 2, 0], [0, 0, 0, 0]
        ],
        "only wrong answers are counted. The right ones belong on the diagonal": [
            [0, 1, 0, 0], [0, 0, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0]
        ],
        "only right answers are counted": [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 2, 0], [0, 0, 0, 0]],
        "the size comes from the labels that occur. Class 3 occurs nowhere here, and has a row too: use n_classes": [
            [1, 1, 0], [0, 1, 0], [1, 0, 2]
        ],
        "these are shares of all samples. Counts are wanted": [
            [1 / 6, 1 / 6, 0, 0], [0, 1 / 6, 0, 0], [1 / 6, 0, 1 / 3, 0], [0, 0, 0, 0]
        ],
        "these are shares of each row. Counts are wanted": [[0.5, 0.5, 0, 0], [0, 1, 0, 0], [1 / 3, 0, 2 / 3, 0], [0, 0, 0, 0]],
        "only the first sample is counted: the `return` is inside the loop": [
            [0, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]
        ],
        "the first sample is not counted: row numbers begin at 0": [
            [1, 1, 0, 0], [0, 0, 0, 0], [1, 0, 2, 0], [0, 0, 0, 0]
        ],
        "the last sample is not counted: `range(n)` ends before n, so no - 1": [
            [0, 1, 0, 0], [0, 1, 0, 0], [1, 0, 2, 0], [0, 0, 0, 0]
        ],
        "all rows are one and the same list: `[[0] * n] * n` holds it n times. Use `np.zeros`": [[2, 2, 2, 0]] * 4,
        "the table begins with ones. It must begin with zeros": [[2, 2, 1, 1], [1, 2, 1, 1], [2, 1, 3, 1], [1, 1, 1, 1]],
    },
)  # fmt: skip
print("confusion_matrix: every sample has its cell.")

# %% nbgrader={"grade": true, "grade_id": "confusion_matrix-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests use one sample, one class, many samples, and a network that always says the same.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("confusion_matrix")
for _n, _k, _what in [(1, 3, "one sample"), (5, 1, "one class"), (300, 4, "many samples"), (40, 10, "ten classes")]:
    _true, _said = _rng.integers(_k, size=_n), _rng.integers(_k, size=_n)
    _pairs = list(zip(_true.tolist(), _said.tolist()))
    expect(confusion_matrix, hidden=_what).of(_true, _said, _k).leaves_arguments_unchanged().equals(
        [[_pairs.count((_row, _column)) for _column in range(_k)] for _row in range(_k)],
        mistakes={
            "a pair that occurs more than once was counted once": [
                [min(_pairs.count((_row, _column)), 1) for _column in range(_k)] for _row in range(_k)
            ]
        },
    )
_true = _rng.integers(3, size=20)
expect(confusion_matrix, hidden="a network that always says 1").of(_true, np.ones(20, dtype=int), 5).equals(
    [[0, int(np.sum(_true == _row)), 0, 0, 0] for _row in range(5)]
)
### END HIDDEN TESTS

# %% [markdown]
# The picture of it, for the network of section 6:

# %%
answers = logits_of(X_val, digits_params).argmax(axis=1)
counts = np.asarray(confusion_matrix(y_val, answers, 10)).astype(int)
print(f"{np.trace(counts)} of {counts.sum()} are right: {np.trace(counts) / counts.sum():.1%}")
plots.confusion_matrix(counts, range(10), title="Digits it never saw: truth and answer")

# %% [markdown]
# One look tells more than the accuracy: most classes have hardly a mistake, and the **column** of the 1 collects most of the wrong ones, above all from the 8. A thin 8 and a 1 look alike on 8 × 8 pixels. (A few counts may differ on your machine.)
#
# ## 10. Precision and recall
#
# Two questions about each class, and two shares:
#
# - **Precision**: of the samples that the network **calls** $j$, which share **is** $j$? Can you trust it when it says so?
# - **Recall**: of the samples that **are** $j$, which share does it **find**?
#
# $$\text{precision}_j = \frac{C_{jj}}{\sum_i C_{ij}} \qquad\qquad \text{recall}_j = \frac{C_{jj}}{\sum_k C_{jk}}$$
#
# Both have the shape `(n_classes,)`. The first divides by the sum of **column** $j$ (all that was called $j$), the second by the sum of **row** $j$ (all that is $j$).
#
# Why two numbers? A test for a rare disease that always says "healthy" has an excellent accuracy. Let us count it for 1,000 people, 10 of them ill.
#
# ### Worked example: always "healthy"

# %%
people = np.array([[990, 0], [10, 0]])  # rows: healthy, ill. Columns: called healthy, called ill.
print(f"accuracy {(people[0, 0] + people[1, 1]) / people.sum():.1%}")
print(f"healthy: precision {990 / (990 + 10):.2f}, recall {990 / (990 + 0):.2f}")
print(f"ill: of {10 + 0} it finds {people[1, 1]}, and it calls {0 + people[1, 1]} people ill")

# %% [markdown]
# The recall of "ill" is 0 of 10. Its precision is 0 of **0**: nobody was called ill, so there is nothing to trust or not to trust. The question has no answer. A program needs a number all the same, since a NaN would spread through every mean that you take. The usual choice is **0.0**, and a reader must know that it can mean two things: "all that it called $j$ was wrong", or "it never said $j$". The sum of the column tells which.
# The same holds for the recall of a class that does not occur: 0 of 0, written as 0.0.
#
# ## Exercise 7 — precision and recall
# **3 points · difficulty 3 of 5 · importance 4 of 5 · about 15 min**
#
# Write `precision_recall(counts)` → `precision, recall`, both `(n_classes,)`. `counts` is a confusion matrix, rows are the truth. Where a share would divide by 0, it is `0.0`.
# For `[[990, 0], [10, 0]]` the precisions are `[0.99, 0.0]` and the recalls `[1.0, 0.0]`.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Cover the matrix with your hand so that one row is left. What do its numbers have in common? And those of a column?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# `np.diag` takes the diagonal. `counts.sum(axis=0)` adds down the columns, `axis=1` along the rows. A sum of 0 has a 0 on the diagonal too, so replacing that sum by 1 gives 0 / 1 = 0.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
#     right = the diagonal
#     called = sums of the columns, existing = sums of the rows
#     precision = right / (called, but 1 where it is 0)
#     recall = right / (existing, but 1 where it is 0)
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "precision_recall", "locked": false, "schema_version": 3, "solution": true, "task": false}
def precision_recall(counts):
    """Shares per class; 0.0 for 0 of 0. counts (n_classes, n_classes), rows = truth -> precision, recall (n_classes,)."""
    ### BEGIN SOLUTION
    hits, called, existing = np.diag(counts), counts.sum(axis=0), counts.sum(axis=1)
    return hits / np.maximum(called, 1), hits / np.maximum(existing, 1)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "precision_recall-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of precision_recall: run this cell.
_counts = np.array([[3, 1, 0], [2, 4, 2], [0, 0, 5]])
_found = expect(precision_recall).of(_counts).leaves_arguments_unchanged()
_precision, _recall = _found.parts("precision", "recall")
_precision.equals(
    [0.6, 0.8, 0.71428571],
    mistakes={
        "this is the recall. Precision divides by what was called so: the sum of the column": [0.75, 0.5, 1.0],
        "this divides by all samples. Precision divides by those that were called so": [0.17647059, 0.23529412, 0.29411765],
        "this divides the right ones by the wrong ones. Divide by all that was called so, right or wrong": [1.5, 4.0, 2.5],
        "this is the accuracy, one number for all. Each class has its own": 0.70588235,
        "this is the mean over the classes. Return one number per class": 0.70476190,
        "these are the counts on the diagonal. Divide them": [3, 4, 5],
        "this is the share that is wrong": [0.4, 0.2, 0.28571429],
        "these are percent. Shares from 0 to 1 are wanted": [60.0, 80.0, 71.428571],
        "every entry is divided. Only the diagonal is wanted": [[0.6, 0.2, 0.0], [0.4, 0.8, 0.28571429], [0.0, 0.0, 0.71428571]],
        "the fractions were cut off: `/` divides, `//` cuts": [0, 0, 0],
        "1 is added to every sum, also where it is not 0": [0.5, 0.66666667, 0.625],
    },
)  # fmt: skip
_recall.equals(
    [0.75, 0.5, 1.0],
    mistakes={
        "this is the precision. Recall divides by what is there: the sum of the row": [0.6, 0.8, 0.71428571],
        "this divides by all samples. Recall divides by those that are of the class": [
            0.17647059,
            0.23529412,
            0.29411765,
        ],
        "this is the accuracy, one number for all. Each class has its own": 0.70588235,
        "this is the mean over the classes. Return one number per class": 0.75,
        "this is the F1 score, a mean of both": [0.66666667, 0.61538462, 0.83333333],
        "the fractions were cut off: `/` divides, `//` cuts": [0, 0, 1],
        "1 is added to every sum, also where it is not 0": [0.6, 0.44444444, 0.83333333],
    },
)
print("precision_recall: both shares are right.")

# %% nbgrader={"grade": true, "grade_id": "precision_recall-zero", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of precision_recall, divisions by zero: run this cell.
_found = expect(precision_recall).of(np.array([[5, 0, 4], [2, 0, 0], [0, 0, 0]]))
_precision, _recall = _found.parts("precision", "recall")
_nan = "0 divided by 0 gives NaN. Where a sum is 0, the share is 0.0"
_precision.satisfies(lambda v: np.all(np.isfinite(np.asarray(v, dtype=float))), _nan, "[0.7142857, 0.0, 0.0]").equals(
    [0.71428571, 0.0, 0.0],
    mistakes={
        "a class that is never predicted gets 0.0 here, and not 1.0": [0.71428571, 1.0, 0.0],
        "a class is left out. Each has its place, also with 0.0": [0.71428571, 0.0],
        "one sum that is 0 makes all of them 0": [0.0, 0.0, 0.0],
        "1 is added to every sum, also where it is not 0": [0.625, 0.0, 0.0],
        "these are the recalls. Precision divides by the sums of the columns": [0.55555556, 0.0, 0.0],
    },
)
_recall.satisfies(lambda v: np.all(np.isfinite(np.asarray(v, dtype=float))), _nan, "[0.5555556, 0.0, 0.0]").equals(
    [0.55555556, 0.0, 0.0],
    mistakes={
        "a class that does not occur gets 0.0 here, and not 1.0": [0.55555556, 0.0, 1.0],
        "a class is left out. Each has its place, also with 0.0": [0.55555556, 0.0],
        "one sum that is 0 makes all of them 0": [0.0, 0.0, 0.0],
        "1 is added to every sum, also where it is not 0": [0.5, 0.0, 0.0],
    },
)
print("precision_recall: 0 of 0 is 0.0.")

# %% nbgrader={"grade": true, "grade_id": "precision_recall-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests use one class, a table of zeros, and other sizes.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("precision_recall")
_tables = [
    (np.array([[7]]), "one class"),
    (np.zeros((3, 3), dtype=int), "no sample at all"),
    (_rng.integers(1, 30, size=(5, 5)), "five classes"),
    (np.diag([3, 0, 4, 1]), "a network that is always right"),
    (np.array([[0, 6], [9, 0]]), "a network that is always wrong"),
]
for _table, _what in _tables:
    _rows = _table.tolist()
    _wanted_parts = [[], []]
    for _j, _row in enumerate(_rows):
        for _list, _all in zip(_wanted_parts, (sum(_each[_j] for _each in _rows), sum(_row))):
            _list.append(_row[_j] / _all if _all else 0.0)
    _got = expect(precision_recall, hidden=_what).of(_table).leaves_arguments_unchanged()
    for _expectation, _shares in zip(_got.parts("precision", "recall"), _wanted_parts):
        _expectation.satisfies(
            lambda v: np.all(np.isfinite(np.asarray(v, dtype=float))), "0 divided by 0 gives NaN, and 0.0 is wanted"
        ).equals(_shares)
### END HIDDEN TESTS

# %% [markdown]
# For the digits, one line per class. Then a network that was never shown an 8: **predict** its precision and its recall for that class before you run the second cell.

# %%
# Needs `train`, `confusion_matrix` and `precision_recall`.
precision, recall = precision_recall(counts)
for digit in range(10):
    print(f"{digit}: precision {precision[digit]:.2f}, recall {recall[digit]:.2f}")

# %%
my_precision_of_8 = my_recall_of_8 = None  # your numbers

# %%
rng = np.random.default_rng(5)
seen = y_train != 8
blind, _ = experiment(start_params([64, 32, 10], rng), X_train[seen], y_train[seen], X_val, y_val, 20, 32, 0.2, rng)
table = np.asarray(confusion_matrix(y_val, logits_of(X_val, blind).argmax(axis=1), 10)).astype(int)
precision, recall = precision_recall(table)
print(f"accuracy {np.trace(table) / table.sum():.0%}")
print(f"class 8: there are {table[8].sum()}, called 8 were {table[:, 8].sum()}")
print(f"precision {precision[8]}, recall {recall[8]}. You wrote {my_precision_of_8} and {my_recall_of_8}.")
print(f"what it says of the eights: {table[8]}")

# %% [markdown]
# Both are 0.0, and they mean different things. The **recall** is 0 of 30: there are eights, and it finds none. The **precision** is 0 of 0: it never says "8". An accuracy of about 91 % hides a class that is lost entirely, and the row of the 8 shows where its samples went: most are called 1 or 9.
#
# ## 11. Save the network, load the network
#
# A trained network is its parameters, and nothing else: a few arrays. NumPy puts arrays into one file with `np.savez`, each under a name. The file, an `.npz`, is a zip archive with one entry per array.
#
# ### Worked example: two arrays in a file

# %%
example = Path("two_arrays.npz")
# Step 1: each array under a name. `**` hands the entries of a dictionary over as named arguments.
np.savez(example, **{"left": np.arange(3.0), "right": np.ones((2, 2))})
# Step 2: open the file. Which names does it hold?
with np.load(example, allow_pickle=False) as archive:
    print("names:", archive.files)
    # Step 3: ask for an array by its name. Only now it is read from the disk.
    print("left: ", archive["left"], archive["left"].dtype)
example.unlink()  # remove the file: it was an example

# %% [markdown]
# What is `allow_pickle=False`? **Pickle** is Python's way to store any object at all. It stores instructions for building the object, and loading **carries them out**. A file of weights from the internet could then run whatever its author liked. Here is a harmless one:


# %%
class Stranger:
    def __reduce__(self):  # pickle asks: how is this object built? By calling print, says this one.
        return print, ("This line was printed by the file, while it was loaded.",)


letter = Path("letter.npy")
np.save(letter, np.array([Stranger()], dtype=object), allow_pickle=True)
with_pickle = np.load(letter, allow_pickle=True)
try:
    np.load(letter, allow_pickle=False)
except ValueError as refused:
    print("Without pickle it is refused:", refused)
letter.unlink()

# %% [markdown]
# Arrays of numbers need no pickle. So we never allow it, neither to others nor to ourselves. The next cell holds six small tools for files. The checks use them, and they clean up behind themselves.


# %%
def what_is_in(path):
    """The arrays of a .npz file by name; a text in the place of what only pickle could read; {} without a file."""
    found = {}
    if Path(path).exists():
        opened = np.load(path)
        for entry in opened.files:
            try:
                found[entry] = opened[entry]
            except ValueError:
                found[entry] = "pickled"
        opened.close()
    return found


def put(path, named):
    """Write a .npz file that holds these arrays."""
    np.savez(path, **named)


def forget(path):
    """Remove a file, if it is there and nobody holds it open."""
    try:
        Path(path).unlink(missing_ok=True)
    except OSError:  # on Windows, somebody still holds it open
        return


def damage(path, kind):
    """Write a file that is no good. kind: one of the names below."""
    W, b = np.arange(12.0).reshape(4, 3) + 0.5, np.arange(3.0)
    if kind == "a layer without its bias":
        put(path, {"W1": W, "b1": b, "W2": W})
    elif kind == "a layer is missing in the middle":
        put(path, {"W1": W, "b1": b, "W3": W, "b3": b})
    elif kind == "no array at all":
        put(path, {})
    elif kind == "arrays with other names":
        put(path, {"images": W, "labels": b})
    elif kind == "pickled objects":
        put(path, {"W1": np.array([W, None], dtype=object), "b1": b})
    else:
        put(path, {"W1": W, "b1": b})
        raw = Path(path).read_bytes()
        if kind == "cut in half":
            raw = raw[: len(raw) // 2]
        elif kind == "one byte flipped":
            place = raw.index(W.tobytes()) + 20
            raw = raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :]
        elif kind == "a text":
            raw = b"W1 = [[0.5, 1.5, 2.5]]"
        elif kind == "empty":
            raw = b""
        Path(path).write_bytes(raw)


def opened(path):
    """What load_weights makes of a good file: its answer, or a text that says why it was refused."""
    try:
        return load_weights(path)
    except ValueError as error:
        return f"refused: {error}; the cause is {error.__cause__ or error.__context__!r}"


def tried(path):
    """What load_weights makes of a bad file: the kind of the error, whether its text names the file, and the text."""
    try:
        answer = load_weights(path)
    except NotImplementedError:
        raise
    except Exception as error:
        kind = "ValueError" if isinstance(error, ValueError) else type(error).__name__
        return kind, str(path) in str(error), str(error)
    return ("nothing raised" if answer is None or isinstance(answer, Exception) else "accepted"), False, ""


# %% [markdown]
# ## Exercise 8 — save the weights
# **2 points · difficulty 2 of 5 · importance 4 of 5 · about 5 min**
#
# Write `save_weights(path, params)`: one `.npz` file with the arrays of all layers under the names `W1`, `b1`, `W2`, `b2`, … (layers count from 1). `path` is a text that ends in `.npz`. The arrays go in as they are, float64. It returns nothing.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Step 1 of the worked example, with names that depend on the layer.
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Fill a dictionary in a loop over the layers, then save once, after the loop. `enumerate(params, start=1)` counts from 1, and `f"W{k}"` makes a name.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
#     an empty dictionary
#     for k = 1, 2, ... and each pair (W, b):
#         entry "W" + k is W, entry "b" + k is b
#     savez to the path, with the dictionary behind two stars
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "save_weights", "locked": false, "schema_version": 3, "solution": true, "task": false}
def save_weights(path, params):
    """Write params [(W1, b1), ...] to the .npz file `path`, under the names W1, b1, W2, b2, ..."""
    ### BEGIN SOLUTION
    arrays = {}
    for k, (W, b) in enumerate(params, start=1):
        arrays[f"W{k}"], arrays[f"b{k}"] = W, b
    np.savez(path, **arrays)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "save_weights-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of save_weights: run this cell.
def _saved(params):
    try:
        save_weights("check_save.npz", params)
        return what_is_in("check_save.npz")
    finally:
        forget("check_save.npz")
        forget("check_save.npz.npy")
        forget("check_save.npz.npz")


_saved.__name__ = "save_weights"
_params = [(np.array([[0.1, 2.0, -3.0], [0.25, 1.0, 7.0]]), np.array([1 / 3, -1.0, 0.5])), (np.eye(3), np.arange(3.0))]
_found = expect(_saved).of(_params).leaves_arguments_unchanged()
for _test, _sentence in [
    (lambda v: len(v) > 0, "there is no such file afterwards. Use the path as it is given, and `np.savez`"),
    (lambda v: v != {"arr_0": "pickled"}, "the whole dictionary or list went in as one thing, which only pickle can read. Write `**` before a dictionary of arrays"),
    (lambda v: not any(isinstance(each, str) for each in v.values()), "the file holds pickled objects: each array goes in on its own, under a name of its own"),
    (lambda v: not any(name.startswith("arr_") for name in v), "the arrays have no names. Hand them over by name: `**` before a dictionary"),
    (lambda v: "W0" not in v, "layers count from 1: the first names are W1 and b1"),
    (lambda v: set(v) != {"W2", "b2"}, "only the last layer is in the file: each save writes the file anew. Save once, after the loop"),
    (lambda v: set(v) != {"W1", "b1"}, "only one layer is in the file: collect all of them, then save once"),
    (lambda v: set(v) != {"W1", "W2"}, "the biases are missing"),
    (lambda v: set(v) == {"W1", "b1", "W2", "b2"}, "the names should be W1, b1, W2, b2"),
]:  # fmt: skip
    _found.satisfies(_test, _sentence, wanted="a file with the arrays W1, b1, W2 and b2")
for _name, _array, _other in [("W1", *_params[0]), ("W2", *_params[1])]:
    for _key, _want, _wrong in [(_name, _array, _other), (_name.replace("W", "b"), _other, _array)]:
        expect(_found.value[_key], name=f"{_key} in the file").satisfies(
            lambda v, want=_want: np.shape(v) != want.shape or np.array_equal(v, want) or not np.allclose(v, want, atol=0.01),
            "the numbers have lost digits: were they rounded, or do they go in as float32?",
            "the numbers as they are, float64",
        ).equals(_want, tol=0.0, mistakes={"W and b have changed places": _wrong})  # fmt: skip
expect(_saved).of(_params[:1]).satisfies(
    lambda v: set(v) == {"W1", "b1"}, "a network of one layer has W1 and b1 only", "a file with W1 and b1"
)
print("save_weights: every array is in the file.")

# %% nbgrader={"grade": true, "grade_id": "save_weights-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests use one layer, twelve layers, and a file that is there already.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("save_weights")


def _written(layers):
    try:
        put("hidden_save.npz", {"old": np.zeros(3)})
        save_weights("hidden_save.npz", layers)
        return what_is_in("hidden_save.npz")
    finally:
        forget("hidden_save.npz")


_written.__name__ = "save_weights"
for _sizes, _what in [([4, 3], "one layer"), ([3, 1, 5, 2], "three layers"), ([2] * 13, "twelve layers")]:
    _layers = [(_rng.normal(size=(_i, _o)), _rng.normal(size=_o)) for _i, _o in zip(_sizes[:-1], _sizes[1:])]
    _keys = [f"{_letter}{_k}" for _k in range(1, len(_sizes)) for _letter in "Wb"]
    _got = (
        expect(_written, hidden=_what)
        .of(_layers)
        .satisfies(
            lambda v, keys=_keys: sorted(v) == sorted(keys),
            "the names should be W1, b1, up to the last layer, and no others",
        )
    )
    for _key, _want in zip(_keys, [_each for _pair in _layers for _each in _pair]):
        expect(_got.value[_key], hidden=_what, name="an array in the file").equals(_want, tol=0.0)
### END HIDDEN TESTS

# %% [markdown]
# ## Exercise 9 — load the weights, refuse what is damaged
# **4 points · difficulty 4 of 5 · importance 4 of 5 · about 15 min**
#
# Write `load_weights(path)` → `[(W1, b1), (W2, b2), ...]`, the layers in their order, for any number of layers. Pickle is never allowed.
#
# A file that cannot be such a list raises a **`ValueError` whose text contains the path**, so that whoever reads it knows which file to throw away: a file that is cut off, has a wrong byte, is a text or empty; holds pickled objects; holds arrays with other names; lacks the bias of a layer, or a layer in the middle (W1, b1, W3, b3). A network that is loaded only in part is worse than none.
# (What happens for a file that does not exist is up to you.)
#
# <details><summary>Hint 1: a nudge</summary>
#
# An archive reads an array only when you ask for it. So where can the error of a wrong byte come from?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Reading a foreign file can fail in many ways: `BadZipFile`, `EOFError`, `KeyError`, `ValueError` and more. Here it is right to catch `Exception` around all the reading, and raise one `ValueError` in its place. For the order: count the layers with numbers. Sorted names put `W10` before `W2`.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
#     try:
#         open without pickle, and read every array into a dictionary
#         the number of layers = half the number of arrays; refuse an odd number, and none at all
#         return the pairs W1, b1 up to the last, each asked for by its name (a missing one is a KeyError)
#     except Exception as error:
#         raise ValueError(a text with the path in it) from error
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "load_weights", "locked": false, "schema_version": 3, "solution": true, "task": false}
def load_weights(path):
    """Read [(W1, b1), ...] from a .npz file. Raises ValueError, with the path in its text, for any other file."""
    ### BEGIN SOLUTION
    try:
        with np.load(path, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        depth, odd_one = divmod(len(arrays), 2)
        if depth == 0 or odd_one:
            raise KeyError("an array is missing")
        return [(arrays[f"W{k}"], arrays[f"b{k}"]) for k in range(1, depth + 1)]
    except FileNotFoundError:  # shown to students
        raise
    except Exception as error:  # shown to students
        raise ValueError(f"{path} is damaged, or it is no file of weights") from error
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "load_weights-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of load_weights, files that are good: run this cell.
def _loaded(layers):
    try:
        put("check_load.npz", {f"{key}{k}": each for k, pair in enumerate(layers, 1) for key, each in zip("Wb", pair)})
        return opened("check_load.npz")
    finally:
        forget("check_load.npz")


_loaded.__name__ = "load_weights"
_layers = [(np.array([[0.1, 2.0, -3.0], [0.25, 1.0, 7.0]]), np.array([1 / 3, -1.0, 0.5])), (np.eye(3), np.arange(3.0))]
_found = expect(_loaded).of(_layers)
for _test, _sentence in [
    (lambda v: not (isinstance(v, str) and "KeyError('W0" in v), "a good file is refused, since W0 is not in it: layers count from 1, so the range is 1 .. n"),
    (lambda v: not (isinstance(v, str) and "KeyError('W3" in v), "a good file is refused, since W3 is not in it: the count goes on after the last layer"),
    (lambda v: not isinstance(v, str), "a good file is refused. The line above says which error your `except` caught"),
    (lambda v: not isinstance(v, dict), "this is a dictionary. A list of pairs is wanted: [(W1, b1), (W2, b2)]"),
    (lambda v: isinstance(v, list | tuple), "this is no list. A list of pairs is wanted: [(W1, b1), (W2, b2)]"),
    (lambda v: len(v) != 4, "the arrays stand one after another. Put each W together with its b, in a pair"),
    (lambda v: len(v) != 1, "only one layer comes back: is the `return` inside the loop, or does the count end too early?"),
    (lambda v: [len(pair) for pair in v] == [2, 2], "the answer is a list of two pairs here, (W, b)"),
    (lambda v: [np.ndim(pair[0]) for pair in v] != [1, 1], "the pairs are turned around: W comes first, then b"),
    (lambda v: [np.shape(pair[0]) for pair in v] == [(2, 3), (3, 3)], "the layers do not come in the order of their numbers"),
]:  # fmt: skip
    _found.satisfies(_test, _sentence, wanted="[(W1, b1), (W2, b2)]")
for _k, (_given, _want) in enumerate(zip(_found.value, _layers), start=1):
    expect(_given[0], name=f"W{_k}").equals(_want[0], tol=0.0)
    expect(_given[1], name=f"b{_k}").equals(_want[1], tol=0.0)

_deep = [(np.full((1, 1), float(_k)), np.full(1, -float(_k))) for _k in range(1, 13)]
expect(_loaded).of(_deep).satisfies(
    lambda v: [float(np.ravel(pair[0])[0]) for pair in v] != [1.0, 10.0, 11.0, 12.0, *map(float, range(2, 10))],
    "the layers are sorted like words, W1, W10, W11, W12, W2: count them with numbers",
    "twelve layers in the order of their numbers",
).satisfies(
    lambda v: [(float(np.ravel(W)[0]), float(np.ravel(b)[0])) for W, b in v] == [(k, -k) for k in range(1, 13)],
    "twelve layers went into the file, and others came back, or in another order",
)
print("load_weights: the layers come back in their order.")


# %% nbgrader={"grade": true, "grade_id": "load_weights-damaged", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of load_weights, files that are no good: run this cell.
def _refusal(kind):
    try:
        damage("check_damaged.npz", kind)
        return tried("check_damaged.npz")
    finally:
        forget("check_damaged.npz")


_refusal.__name__ = "load_weights"
for _kind, _accepted in {
    "cut in half": "half a file was accepted",
    "pickled objects": "pickled objects were loaded: such a file can run code. Use `allow_pickle=False`",
    "arrays with other names": "arrays with other names were accepted as weights",
    "a layer is missing in the middle": "layer 2 is missing, and the rest was accepted. A network that is loaded in part is worse than none",
    "a layer without its bias": "W2 is there, b2 is not, and the rest was accepted. A network that is loaded in part is worse than none",
    "no array at all": "a file without any array was accepted as weights",
}.items():
    _found = expect(_refusal).of(_kind)
    for _test, _sentence in [
        (
            lambda v: v[0] != "nothing raised",
            "nothing was raised: to print an error or to return it is not enough. Write `raise ValueError(...)`",
        ),
        (lambda v: v[0] != "accepted", _accepted),
        (
            lambda v: v[0] == "ValueError" or not v[1],
            "the error names the file, and it is of another kind. A ValueError is wanted",
        ),
        (
            lambda v: v[0] == "ValueError",
            "an error comes through as it is, and a ValueError is wanted. Is all the reading inside `try`, and does `except` catch every kind?",
        ),
        (
            lambda v: v[1] or "allow_pickle" not in v[2],
            "NumPy's own ValueError comes through. Is the reading of each array inside `try` too? An archive reads an array only when you ask for it",
        ),
        (
            lambda v: v[1],
            "the text of the error does not contain the path. Which file is it about? Write it into the text",
        ),
    ]:
        _found.satisfies(_test, _sentence, 'a ValueError that names "check_damaged.npz"')  # fmt: skip
print("load_weights: bad files are refused by name.")

# %% nbgrader={"grade": true, "grade_id": "load_weights-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests use other damage, one layer, and fifteen.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("load_weights")
_path = f"weights_{int(_rng.integers(10**6))}.npz"


def _back(layers):
    try:
        put(
            _path,
            {f"{'bW'[side]}{k + 1}": layers[k][1 - side] for side in (0, 1) for k in reversed(range(len(layers)))},
        )
        return load_weights(_path)
    finally:
        forget(_path)


def _tried(kind):
    try:
        damage(_path, kind)
        return tried(_path)
    finally:
        forget(_path)


_back.__name__ = _tried.__name__ = "load_weights"
for _sizes, _what in [([3, 4], "one layer"), ([2] * 16, "fifteen layers"), ([5, 1, 1, 3], "three layers")]:
    _layers = [(_rng.normal(size=(_i, _o)), _rng.normal(size=_o)) for _i, _o in zip(_sizes[:-1], _sizes[1:])]
    _got = (
        expect(_back, hidden=_what)
        .of(_layers)
        .satisfies(
            lambda v, n=len(_layers): len(v) == n and all(len(pair) == 2 for pair in v),
            "there should be a pair for each layer",
        )
    )
    for _given, _want in zip(_got.value, _layers):
        expect(_given[0], hidden=_what, name="a W that load_weights returns").equals(_want[0], tol=0.0)
        expect(_given[1], hidden=_what, name="a b that load_weights returns").equals(_want[1], tol=0.0)
for _kind in ("one byte flipped", "a text", "empty", "a layer without its bias", "cut in half"):
    expect(_tried, hidden=_kind).of(_kind).satisfies(
        lambda v: v[0] != "accepted", "such a file should be refused"
    ).satisfies(
        lambda v: v[0] == "ValueError",
        "an error comes through as it is, and a ValueError is wanted. An archive reads an array only when you ask for it: is that inside `try` too?",
    ).satisfies(lambda v: v[1], "the text of the error does not contain the path")
### END HIDDEN TESTS

# %% [markdown]
# Now with the digits: save, load, and compare the logits bit by bit. Then damage the file.

# %%
save_weights("digits_weights.npz", digits_params)
loaded = load_weights("digits_weights.npz")
same = np.array_equal(logits_of(X_val, loaded), logits_of(X_val, digits_params))
print(
    f"{len(loaded)} layers, {Path('digits_weights.npz').stat().st_size:,} bytes; the same logits to the last bit: {same}"
)
damage("digits_weights.npz", "one byte flipped")
try:
    load_weights("digits_weights.npz")
except ValueError as error:
    print("refused:", error)
forget("digits_weights.npz")

# %% [markdown]
# The file has about 20,000 bytes: 2,410 numbers of 8 bytes each, and a little for the names. What comes back is the network, to the last bit. And one wrong bit in a single byte is noticed, because a zip archive keeps a checksum of every entry.
#
# ## How GPT uses this
#
# A GPT is trained by this loop. A batch holds token numbers of shape `(n, 1024)` for GPT-2, the logits have the shape `(n, 1024, 50257)`, and the loss is the mean cross-entropy of all `n · 1024` next tokens. There is too much text for many epochs, so each token is seen about once, and the validation loss on held-out text is **the** number that such projects are judged by.
# Its weights are published as named arrays, in a format (safetensors) that was made so that a file of weights can hold nothing but arrays: the reason why you refuse pickle.
#
# ## Coming from C# or Java
#
# - A function with `yield` is an iterator method, like `yield return` in C#. Nothing runs until somebody loops over it, and it can be walked through **once**: for the next epoch, call it again.
# - `W -= lr * dW` changes the object that everybody holds. `W = W - lr * dW` makes a new one and binds your name to it. There is no `readonly` that would warn you.
# - Pickle is what `BinaryFormatter` and Java's serialization are, with the same reputation: both vendors advise against reading foreign files with them.
# - `raise ... from error` keeps the first error as the cause, like an inner exception.
#
# ## If you are stuck
#
# | what you see | likely cause |
# |---|---|
# | the loss stays near log(number of classes) | rows and labels do not belong together, or the params that move are not those that you use |
# | it learns in the first epoch only | a generator was made once and is used up: call `batches` in every epoch |
# | the loss becomes `nan` or jumps up and down | the learning rate is too large |
# | the second run starts where the first ended | `-=` wrote into the arrays of the caller |
# | training loss above validation loss | often nothing: see section 6 |
# | accuracy high, one class useless | look at its row in the confusion matrix |
# | `Object arrays cannot be loaded` | a list of pairs went into the file as one thing: give each array a name |
#
# ## Checkpoint
#
# Answer each question aloud before you open it.
#
# <details><summary>100 rows, batch size 30, 5 epochs: how many steps?</summary>
#
# 20: four batches per epoch (30, 30, 30 and 10 rows), times 5.
#
# </details>
# <details><summary>Training loss 0.02, validation loss 1.9. What is it, and what helps?</summary>
#
# Overfitting. More data, a smaller network, or stopping earlier.
#
# </details>
# <details><summary>A class has precision 0.0. What are the two possible reasons?</summary>
#
# Everything that was called so was wrong, or nothing was called so (0 of 0). The sum of its column tells which.
#
# </details>
# <details><summary>Why is the mean of a column computed from the training part alone?</summary>
#
# With the validation part in it, training knows something of rows that it must not have seen, and the validation numbers come out too good. New data will not be there to help either.
#
# </details>
# <details><summary>Why is a file of weights loaded without pickle?</summary>
#
# Loading a pickle carries out what its author wrote into it. Arrays need none of that.
#
# </details>
#
# You have a loop that trains a network of any depth, and the tools to judge and to keep what it learned. **Next:** lesson 4 replaces the plain step by momentum, RMSprop and Adam, and races them on these digits.
