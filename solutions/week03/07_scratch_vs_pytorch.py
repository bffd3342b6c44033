# %% [markdown]
# # Week 03 · Lesson 7 — From scratch and in PyTorch, side by side
#
# **About 135 minutes.** You build a network as one class, rebuild it in PyTorch from the same start weights, and show that the two are the same network: same outputs, same gradients, same losses. Then you measure what each costs.
#
# | built before | built here | unlocks next |
# |---|---|---|
# | the backward pass (lesson 2), training and optimizers (lessons 3 and 4), `nn.Module` and autograd (lesson 5), MNIST in both (lesson 6) | a class `MLP` of any depth, `to_torch`, `largest_difference`, `numpy_losses`, `torch_losses`, and a written comparison | week 07: a library of your own, held against PyTorch in the same way |
#
# After this lesson you can
#
# - write a network of any depth, forward and backward, as a class that owns its weights;
# - show that two implementations compute the same, and say how close "the same" can be;
# - tell from the first wrong number what is wrong in a rebuilt network;
# - say with measurements, not by taste, when you would use which.
#
# Every exercise below has checks that stand on their own. If one of them resists, go on with the next. The cells that compare stand between the exercises and use your functions of exercises 1 to 7: while one is missing, they stop with an error, and you pass over them.

# %%
import math
import time

import numpy as np
import torch
from torch import nn

from groundup import datasets, plots
from groundup.checks import expect, fresh_rng, given  # given: a function as it answers with other helpers

# %% [markdown]
# ## 1. The idea: two programs that do not know each other
#
# How do you know that your backward pass is right? The loss falls, but it also falls with a small bug. A test that you write yourself may repeat your own mistake.
#
# The strongest test is a second program that was written by somebody else, in another way. Give both the same input. If they agree in the first ten digits, then either both are right, or both have the same mistake, and that is unlikely when one is
# your loop over layers and the other is PyTorch's autograd. Such a second program is called an **independent oracle**.
#
# It works in both directions. Your NumPy network checks that you understood what PyTorch computes. PyTorch checks that your NumPy is right.
#
# Both need the same start weights, else nothing can be compared. And both need float64, else rounding hides small bugs.

# %%
plots.computation_graph(
    {
        "start": "start weights\n(sizes, rng)",
        "data": "data\nX, y",
        "numpy": "MLP\nin NumPy",
        "torch": "Sequential\nin PyTorch",
        "outputs": "outputs\nequal?",
        "grads": "gradients\nequal?",
        "losses": "20 losses\nequal?",
    },
    [
        ("start", "numpy"),
        ("start", "torch"),
        ("data", "numpy"),
        ("data", "torch"),
        ("numpy", "outputs"),
        ("torch", "outputs"),
        ("numpy", "grads"),
        ("torch", "grads"),
        ("numpy", "losses"),
        ("torch", "losses"),
    ],
    title="One start, two programs, three comparisons",
)

# %% [markdown]
# Two data sets serve here. XOR has four points, so that you can look at every number. The moons are 200 noisy points that no straight line separates. `X` holds the points in rows, `y` the classes 0 and 1.

# %%
X_xor, y_xor = datasets.gates("xor")
X_moons, y_moons = datasets.moons(200, 0.15, np.random.default_rng(2))
print("XOR:  ", X_xor.shape, X_xor.dtype, y_xor.shape, y_xor.dtype)
print("moons:", X_moons.shape, X_moons.dtype, y_moons.shape, y_moons.dtype)

# %% [markdown]
# ## 2. The math, with every shape
#
# The network has $L$ layers of weights, numbered from 1. With $\mathbf{H}_0 = \mathbf{X}$, the forward pass is
#
# $$\mathbf{Z}_k = \mathbf{H}_{k-1}\mathbf{W}_k + \mathbf{b}_k \qquad \mathbf{H}_k = \max(\mathbf{Z}_k, 0) \;\text{ for } k < L \qquad \mathbf{H}_L = \mathbf{Z}_L$$
#
# so the last layer has no ReLU: its output are the logits. The loss is the mean cross-entropy over the batch. Backward, the gradient of the loss with respect to $\mathbf{Z}_L$ is what lesson 2 found, $\mathbf{P}$ being the softmax of the logits and $\mathbf{Y}$ the labels as rows with a single 1:
#
# $$\mathbf{D}_L = \frac{1}{n}(\mathbf{P} - \mathbf{Y}) \qquad \frac{\partial \text{loss}}{\partial \mathbf{W}_k} = \mathbf{H}_{k-1}^\top \mathbf{D}_k \qquad \frac{\partial \text{loss}}{\partial \mathbf{b}_k} = \text{the sum of the rows of } \mathbf{D}_k$$
#
# and from a layer to the one before, with $\odot$ for "entry by entry":
#
# $$\mathbf{D}_{k-1} = (\mathbf{D}_k \mathbf{W}_k^\top) \odot [\mathbf{H}_{k-1} > 0]$$
#
# The bracket is 1 where it holds and 0 elsewhere. ReLU's slope needs no stored $\mathbf{Z}$: where $\mathbf{H}$ is positive, $\mathbf{Z}$ was.
#
# | symbol | in code | shape | meaning |
# |---|---|---|---|
# | $n$, $C$, $L$ | `n`, `C`, `len(params)` | whole numbers | rows of the batch, classes, layers of weights |
# | $\mathbf{X}$ | `X` | `(n, sizes[0])` | the batch |
# | $\mathbf{Z}_k$ | not kept | `(n, sizes[k])` | the scores of layer $k$, before ReLU |
# | $\mathbf{H}_k$ | `activations[k]` | `(n, sizes[k])` | what layer $k$ puts out; `activations[0]` is `X` |
# | $\mathbf{W}_k, \mathbf{b}_k$ | `params[k - 1]` | `(sizes[k-1], sizes[k])`, `(sizes[k],)` | weights and biases; lists count from 0 |
# | $\mathbf{P}$, $\mathbf{Y}$ | your choice | `(n, C)` | probabilities, and the labels with a single 1 in each row |
# | $\mathbf{D}_k$ | `dZ` | `(n, sizes[k])` | gradient of the loss with respect to $\mathbf{Z}_k$ |
#
# The formulas count layers from 1. Python counts pairs from 0, so with `k` from 0 the pair `params[k]` reads `activations[k]` and puts out `activations[k + 1]`.
#
# ### Worked example: one layer, by hand and by autograd
#
# Two rows, two inputs, two classes, and all weights 0. Then every probability is 1/2, and everything can be done in your head.

# %%
X_tiny, y_tiny = np.array([[1.0, 0.0], [0.0, 2.0]]), np.array([0, 1])

# Step 1: with zero weights all logits are 0, so both classes get 1/2, and the loss is -log(1/2).
print(f"loss by hand: {-math.log(0.5):.6f}")
# Step 2: 1/2 minus the label's 1 where the class is right, then divided by the 2 rows.
D = np.array([[0.5 - 1, 0.5], [0.5, 0.5 - 1]]) / 2
# Step 3: the weight from input i to class j collects X[row, i] * D[row, j] over the rows.
by_hand = np.array([[(X_tiny[:, i] * D[:, j]).sum() for j in range(2)] for i in range(2)])
print("gradient of W by hand, (d_in, d_out):\n", by_hand)

layer = nn.Linear(2, 2, dtype=torch.float64)
nn.init.zeros_(layer.weight)
nn.init.zeros_(layer.bias)
tiny_loss = nn.functional.cross_entropy(layer(torch.tensor(X_tiny)), torch.tensor(y_tiny))
tiny_loss.backward()
print(f"loss by PyTorch: {tiny_loss.item():.6f}")
print("layer.weight.grad, (d_out, d_in):\n", layer.weight.grad.numpy())
# Step 4: one step of plain SGD with learning rate 2. From zero weights it leads to minus 2 times the gradient.
torch.optim.SGD(layer.parameters(), lr=2.0).step()
print("layer.weight after the step:\n", layer.weight.detach().numpy())

# %% [markdown]
# The gradients are the same four numbers, transposed: `nn.Linear` keeps one **row** per neuron, this course one **column**. Keep that in mind; it returns three times below.
#
# ### Faded example: shapes and bytes before you run
#
# A network `[2, 16, 2]` reads the 200 moons. Fill in what you expect: take the first `#` of each line away, replace each `___`, and delete the line with `raise`. A float64 takes 8 bytes.

# %% nbgrader={"grade": false, "grade_id": "faded-shapes", "locked": false, "schema_version": 3, "solution": true, "task": false}
shape_H1 = shape_dW1 = shape_torch_W1 = bytes_W1 = bytes_H1 = None
# shape_H1 = (___, ___)        # what the hidden layer puts out for the batch
# shape_dW1 = (___, ___)       # the gradient of the first layer's weights, in NumPy
# shape_torch_W1 = (___, ___)  # the weight of the first nn.Linear
# bytes_W1 = ___               # the memory of the first layer's weights
# bytes_H1 = ___               # the memory of what the hidden layer puts out
### BEGIN SOLUTION
shape_H1 = (200, 16)
shape_dW1 = (2, 16)
shape_torch_W1 = (16, 2)
bytes_W1 = 2 * 16 * 8
bytes_H1 = 200 * 16 * 8
### END SOLUTION

# %% nbgrader={"grade": false, "grade_id": "faded-shapes-check", "locked": true, "schema_version": 3, "solution": false, "task": false}
# No points here: this check shows you where you are.
for _name, _given, _want, _mistakes in [
    (
        "shape_H1",
        shape_H1,
        (200, 16),
        {
            (16, 200): "rows are inputs and columns are neurons",
            (200, 2): "this is the batch, or the logits. The hidden layer has 16 neurons",
            (2, 16): "these are the weights",
        },
    ),
    (
        "shape_dW1",
        shape_dW1,
        (2, 16),
        {
            (16, 2): "a gradient has the shape of its W, and W is (d_in, d_out)",
            (200, 16): "a gradient of weights has no rows of the batch: it is summed over them",
        },
    ),
    ("shape_torch_W1", shape_torch_W1, (16, 2), {(2, 16): "PyTorch keeps one row per neuron: (d_out, d_in)"}),
    (
        "bytes_W1",
        bytes_W1,
        256,
        {
            32: "these are the numbers. Each takes 8 bytes",
            128: "this is float32. A float64 takes 8 bytes",
            384: "the bias is counted in. These are the weights alone",
        },
    ),
    (
        "bytes_H1",
        bytes_H1,
        25600,
        {
            3200: "these are 200 times 16 numbers, and each takes 8 bytes. Or the bytes of X, which has 2 columns and not 16",
            12800: "this is float32. A float64 takes 8 bytes",
            128: "this is one row. There are 200",
        },
    ),
]:
    _plain = tuple(np.ravel(_given).tolist()) if _name[0] == "s" and _given is not None else _given
    expect(_given, name=_name).satisfies(
        lambda v: v is not None, "nothing is filled in yet, or the line with `raise` still stands above your lines"
    ).satisfies(
        lambda v, plain=_plain, want=_want: plain == want,
        next(
            (why for wrong, why in _mistakes.items() if isinstance(_plain, tuple | int | float) and _plain == wrong),
            "say it in words: how many rows, how many columns, how many bytes for each number?",
        ),
    )
print("All five are right.")

# %% [markdown]
# The output of the hidden layer takes a hundred times the memory of its weights. Hold on to this for section 8.
#
# ## 3. The parts of the network
#
# The class comes in exercise 3. First its two engines, as pure functions: they return new arrays and leave their arguments as they were.
#
# ## Exercise 1 — forward, and remember
# **2 points · difficulty 2 of 5 · importance 4 of 5 · about 5 min**
#
# Write `mlp_forward(X, params)` → the list `[X, H1, ..., logits]`: the input and what each layer puts out, so one array more than there are layers. `X (n, sizes[0])`, `params [(W1, b1), ...]` with any number of layers.
# ReLU acts after every layer **except the last**. What is kept for a hidden layer is its output after ReLU.
#
# <details><summary>Hint 1: a nudge</summary>
#
# In week 00 you kept `(A, Z)` per layer. Here one array per layer is enough, because `H > 0` says where `Z > 0` was.
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Begin with a list that holds `X`. Each layer reads the last entry of the list and appends its own output. The last layer is different in one point.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
#     the list starts with X
#     for each layer: scores from the last entry of the list
#         if more layers follow: ReLU
#         append
#     return the list
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "mlp_forward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def mlp_forward(X, params):
    """All layers' outputs. X (n, d_0), params [(W, b), ...] -> [X, H1, ..., logits], len(params) + 1 arrays."""
    ### BEGIN SOLUTION
    outputs = [X]
    for W, b in params:
        scores = outputs[-1] @ W + b
        outputs.append(scores if len(outputs) == len(params) else np.maximum(scores, 0.0))
    return outputs
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "mlp_forward-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of mlp_forward: run this cell.
_X = np.array([[1.0, 2.0], [-1.0, 0.5], [2.0, -1.0]])
_params = [
    (np.array([[1.0, -1.0, 0.5], [0.5, 1.0, -1.0]]), np.array([0.0, 0.25, -0.5])),
    (np.array([[1.0, -0.5], [0.5, 1.0], [-1.0, 0.25]]), np.array([0.25, -0.25])),
]
_list = (
    expect(mlp_forward)
    .of(_X, _params)
    .leaves_arguments_unchanged()
    .satisfies(
        lambda v: not isinstance(v, np.ndarray),
        "this is one array. Return the list of all of them, X first and the logits last",
        "a list of 3 arrays",
    )
    .satisfies(
        lambda v: not (len(v) == 2 and isinstance(v[0], list | tuple) != isinstance(v[1], list | tuple)),
        "this is a pair of the logits and a list. Return the list alone",
        "a list of 3 arrays",
    )
    .satisfies(
        lambda v: not any(isinstance(part, list | tuple) for part in v),
        "these are pairs (A, Z). Keep one array per layer, the one that the next layer reads",
        "a list of 3 arrays",
    )
    .satisfies(
        lambda v: len(v) > 0 and np.shape(v[0]) == (3, 2) and np.allclose(v[0], _X),
        "the list should begin with X",
        "a list of 3 arrays: X, H1, logits",
    )
    .satisfies(
        lambda v: len(v) == 3 or not (len(v) == 2 and np.shape(v[1]) == (3, 3)),
        "the logits are missing: the last layer never acts, or the list ends after the first layer because the `return` is inside the loop",
        "a list of 3 arrays: X, H1, logits",
    )
    .satisfies(lambda v: len(v) == 3, "for 2 layers the list has 3 arrays", "a list of 3 arrays: X, H1, logits")
    .value
)
expect(_list[1], name="H1, the second entry of the list").equals(
    [[2.0, 1.25, 0.0], [0.0, 1.75, 0.0], [1.5, 0.0, 1.5]],
    mistakes={
        "no ReLU acts between the layers, or the hidden layer is kept before ReLU. Keep what the next layer reads": [
            [2.0, 1.25, -2.0],
            [-0.75, 1.75, -1.5],
            [1.5, -2.75, 1.5],
        ],
        "the bias is missing": [[2.0, 1.0, 0.0], [0.0, 1.5, 0.0], [1.5, 0.0, 2.0]],
    },
)
expect(_list[2], name="the logits, the last entry of the list").equals(
    [[2.875, 0.0], [1.125, 1.5], [0.25, -0.625]],
    mistakes={
        "negative logits are cut off: the last layer has no ReLU": [[2.875, 0.0], [1.125, 1.5], [0.25, 0.0]],
        "the bias of the last layer is missing": [[2.625, 0.25], [0.875, 1.75], [0.0, -0.375]],
        "the last layer reads X, or scores before ReLU. It reads H1": [[4.875, -0.5], [1.875, 1.5], [-1.125, -3.375]],
        "these are probabilities. The list ends with the logits, and softmax belongs to the loss": [
            [0.94659667, 0.05340333],
            [0.4073334, 0.59266660],
            [0.70578503, 0.29421497],
        ],
    },
)


def _deep(X, params):
    try:
        return mlp_forward(X, params)
    except ValueError:
        return "ValueError"


_deep.__name__ = "mlp_forward"
_three = [
    (np.array([[1.0, -1.0], [0.5, 1.0]]), np.array([0.0, 0.25])),
    (np.array([[1.0, -0.5], [-2.0, 1.0]]), np.array([0.5, 0.25])),
    (np.array([[1.0, -1.0], [2.0, 0.5]]), np.array([0.25, -0.5])),
]
_list = (
    expect(_deep)
    .of(_X, _three)
    .satisfies(
        lambda v: not isinstance(v, str) and len(v) == 4,
        "only a network of two layers works. Walk over params, as many pairs as there are",
        "a list of 4 arrays: X, H1, H2, logits",
    )
    .value
)
expect(_list[3], name="the logits of three layers").equals(
    [[1.25, -0.25], [4.25, 0.5], [2.25, -2.5]],
    mistakes={
        "ReLU acts only after the first layer. It acts after every layer except the last": [
            [1.25, -0.25],
            [1.25, 3.5],
            [1.25, -2.75],
        ]
    },
)
print("mlp_forward: this check is passed.")

# %% nbgrader={"grade": true, "grade_id": "mlp_forward-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests use one layer and four, a batch of one, and PyTorch as the oracle.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("mlp_forward")
for _sizes, _n, _what in [
    ([2, 5, 1, 5, 3], 6, "a network of four layers"),
    ([3, 4], 5, "a network of one layer: it has no ReLU"),
    ([1, 3, 2], 1, "a batch of one"),
]:
    _X = _rng.normal(size=(_n, _sizes[0]))
    _drawn = [(_rng.normal(size=(_i, _o)), _rng.normal(size=_o)) for _i, _o in zip(_sizes[:-1], _sizes[1:])]
    _now, _oracle = torch.from_numpy(_X.copy()), [_X.copy()]
    for _k, (_W, _b) in enumerate(_drawn):
        _now = torch.addmm(torch.from_numpy(_b), _now, torch.from_numpy(_W))
        _now = torch.relu(_now) if _k + 1 < len(_drawn) else _now
        _oracle.append(_now.numpy())
    _list = (
        expect(mlp_forward, hidden=_what)
        .of(_X, _drawn)
        .leaves_arguments_unchanged()
        .satisfies(
            lambda v, depth=len(_drawn): not (depth != 2 and len(v) == 3),
            "two layers are written out by hand. Loop over all of params",
        )
        .satisfies(
            lambda v, depth=len(_drawn): len(v) == depth + 1, "the list needs one array more than there are layers"
        )
        .value
    )
    for _one, _want in zip(_list, _oracle):
        expect(_one, hidden=_what, name="mlp_forward").equals(
            _want, tol=1e-10, mistakes={"ReLU acts on the last layer too": np.clip(_want, 0, None)}
        )
### END HIDDEN TESTS

# %% [markdown]
# ## Exercise 2 — the backward pass, for any depth
# **4 points · difficulty 4 of 5 · importance 5 of 5 · about 15 min**
#
# Write `mlp_backward(activations, y, params)` → `loss, grads`. `activations` is the list of exercise 1 (this function does not call it), `y (n,)` are whole numbers, and `loss` is the **mean** cross-entropy of the logits `activations[-1]`.
# `grads` has the form of `params`: `[(dW1, db1), ...]`, first layer first, each with the shape of its `W` and `b`. The loss must be finite and exact for large logits, too.
#
# <details><summary>Hint 1: a nudge</summary>
#
# The formulas of section 2 are three lines in a loop that runs from the last layer to the first. What is `dZ` before the loop?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Subtract the largest logit of each row before `exp` (week 00). Log-probabilities give both: the loss, and through `exp` the probabilities. `dZ` is divided by `n` once, at the start, so nothing in the loop is.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
#     logits without each row's largest; log-probabilities from them
#     loss: minus the mean log-probability of the right classes
#     dZ: probabilities; minus 1 at the right classes; over n
#     for k from the last layer down to 0:
#         dW: the layer's input, activations[k], transposed, times dZ
#         db: dZ summed over the rows
#         put the pair at the FRONT of the list
#         dZ for the layer before: times W transposed, and 0 where activations[k] is not positive
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "mlp_backward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def mlp_backward(activations, y, params):
    """Loss and gradients. activations [X, ..., logits], y (n,), params -> float, [(dW1, db1), ...]."""
    ### BEGIN SOLUTION
    rows = np.arange(len(y))
    shifted = activations[-1] - activations[-1].max(axis=1, keepdims=True)
    log_probs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = float(-log_probs[rows, y].mean())
    dZ = np.exp(log_probs)
    dZ[rows, y] -= 1.0
    dZ = dZ / len(y)
    grads = []
    for layer_input, (W, _) in zip(activations[-2::-1], params[::-1]):
        grads.append((layer_input.T @ dZ, dZ.sum(axis=0)))
        dZ = (dZ @ W.T) * (layer_input > 0)
    return loss, grads[::-1]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "mlp_backward-loss", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of mlp_backward, the loss: run this cell.
_W, _b = np.array([[1.0, 0.0, -1.0], [0.5, 1.0, 0.0]]), np.zeros(3)
_values = [np.array([[2.0, 1.0], [1.0, 2.0]]), np.array([[2.0, 0.0, -1.0], [0.5, 2.0, 1.0]])]
_loss, _ = (
    expect(mlp_backward).of(_values, np.array([0, 2]), [(_W, _b)]).leaves_arguments_unchanged().parts("loss", "grads")
)
_loss.satisfies(
    lambda v: not isinstance(v, list | tuple), "the gradients come first here. Return `loss, grads`", "one number"
).equals(
    0.8171074,
    mistakes={
        "the loss is summed over the batch. It is the mean": 1.6342148,
        "this is the mean probability of the right class. The loss is its surprise, minus the logarithm": 0.53750932,
        "the loss is the surprise at the likeliest class. It is that at the right one, y": 0.3171074,
        "all classes are counted. Only the right class of each row is": 4.70132221,
        "the mean is over all entries. It is over the rows": 0.27236913,
        "`log_probs[:, y]` picks for every row the classes of all rows. Row i has its own: `[rows, y]`": 1.6921074,
        "the largest logit of each column is subtracted. Each row has its own: axis=1": 0.51923048,
        "the sum in the softmax runs down the columns. It runs along a row: axis=1": 0.16417064,
    },
)
_column = [(np.array([[1.0, 0.0]]), np.zeros(2))]
_loss, _ = (
    expect(mlp_backward)
    .of([np.ones((1, 1)), np.array([[1000.0, 1000.0]])], np.array([0]), _column)
    .parts("loss", "grads")
)
_loss.satisfies(
    lambda v: np.isfinite(v),
    "the exponential of a large logit overflows. Subtract the largest logit of each row first",
    "0.69314718",
).equals(0.69314718)
_loss, _ = (
    expect(mlp_backward)
    .of([np.ones((2, 1)), np.array([[1000.0, 0.0], [0.0, 0.0]])], np.array([1, 0]), _column)
    .parts("loss", "grads")
)
_loss.satisfies(
    lambda v: not np.isnan(v) and v != -np.inf,
    "one largest logit is subtracted from all rows, and a row far below it loses everything. Each row subtracts its own",
    "500.346574",
).satisfies(
    lambda v: v != np.inf,
    "a probability is rounded to 0 before its logarithm. Without the detour, with s the logits minus the largest of the row: s - log(sum(exp(s)))",
    "500.346574",
).satisfies(
    lambda v: not 0 < v < 400,
    "a probability is rounded to 0, and a small number or a clip in front of the logarithm hides it. Without the detour, with s the logits minus the largest of the row: s - log(sum(exp(s)))",
    "500.346574",
).equals(500.34657359)
print("mlp_backward: the loss is right.")

# %% nbgrader={"grade": true, "grade_id": "mlp_backward-grads", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of mlp_backward, the gradients: run this cell.
_X, _y = np.array([[1.0, 2.0], [-1.0, 0.5], [2.0, -1.0]]), np.array([1, 0, 0])
_params = [
    (np.array([[1.0, -1.0, 0.5], [0.5, 1.0, -1.0]]), np.array([0.0, 0.25, -0.5])),
    (np.array([[1.0, -0.5], [0.5, 1.0], [-1.0, 0.25]]), np.array([0.25, -0.25])),
]
_values = [
    _X,
    np.array([[2.0, 1.25, 0.0], [0.0, 1.75, 0.0], [1.5, 0.0, 1.5]]),
    np.array([[2.875, 0.0], [1.125, 1.5], [0.25, -0.625]]),
]
_, _grads = expect(mlp_backward).of(_values, _y, _params).leaves_arguments_unchanged().parts("loss", "grads")


def _shapes(pairs):
    return [np.shape(part) for pair in pairs for part in pair]


def _row(pairs):
    return np.concatenate([np.ravel(part) for pair in pairs for part in pair])


_grads.satisfies(
    lambda v: len(v) == 2 and all(len(pair) == 2 for pair in v),
    "grads needs one pair (dW, db) per layer: two pairs here",
    "a list of 2 pairs",
)
expect(_shapes(_grads.value), name="the shapes of dW1, db1, dW2, db2 in grads").satisfies(
    lambda v: v != [(3, 2), (2,), (2, 3), (3,)],
    "the gradients are in the order of the backward pass. Turn the list around: the first layer first",
    "(2, 3), (3,), (3, 2), (2,)",
).satisfies(
    lambda v: v != [(3, 2), (3,), (2, 3), (2,)],
    "the gradients of the weights are transposed: each has the shape of its W",
    "(2, 3), (3,), (3, 2), (2,)",
).satisfies(
    lambda v: v == [(2, 3), (3,), (3, 2), (2,)],
    "a gradient has another shape than its W or b",
    "the shapes of params: (2, 3), (3,), (3, 2), (2,)",
)


def _numbers(text):
    return np.array(text.split(), dtype=float)


# All numbers of grads in one row: 6 of dW1, 3 of db1, 6 of dW2, 2 of db2.
_right = _numbers(
    "0.17908336 -0.25654388 0.24517914 1.09370416 -0.26614334 -0.12258957 0.32619085 -0.05898835 0.12258957 0.48395696 -0.48395696 0.04869310 -0.04869310 -0.14710749 0.14710749 0.01990503 -0.01990503"
)
_seen = [
    _part
    for _part, _cut in {"dW1": slice(0, 6), "db1": slice(6, 9), "dW2": slice(9, 15), "db2": slice(15, 17)}.items()
    if not np.allclose(_row(_grads.value)[_cut], _right[_cut], atol=1e-6)
]
expect(_row(_grads.value), name=f"dW1, db1, dW2, db2 in one row (wrong: {', '.join(_seen)})").equals(
    _right,
    mistakes={
        "dZ is divided by the number of classes. The loss is a mean over the rows: divide by n": 1.5 * _right,
        "dZ is divided by its number of entries. The loss is a mean over the rows: divide by n": 0.5 * _right,
        "the gradients are those of the sum of the losses. The loss is a mean: divide by the number of rows": _numbers(
            "0.53725009 -0.76963164 0.73553743 3.28111247 -0.79843002 -0.36776872 0.97857255 -0.17696504 0.36776872 1.45187088 -1.45187088 0.14607929 -0.14607929 -0.44132246 0.44132246 0.0597151 -0.0597151"
        ),
        "the division by the number of rows happens again in every layer. It belongs to the start, once": _numbers(
            "0.05969445 -0.08551463 0.08172638 0.36456805 -0.08871445 -0.04086319 0.10873028 -0.01966278 0.04086319 0.16131899 -0.16131899 0.01623103 -0.01623103 -0.04903583 0.04903583 0.00663501 -0.00663501"
        ),
        "the gradient passes ReLU unchanged: there is no mask, or it says `>=`. A hidden number that was cut is exactly 0, so use `> 0`": _numbers(
            "0.47541666 -0.15847222 -0.39618055 0.94553751 -0.31517917 -0.78794792 0.02985755 -0.00995252 -0.02488129 0.48395696 -0.48395696 0.04869310 -0.04869310 -0.14710749 0.14710749 0.01990503 -0.01990503"
        ),
        "the gradient is multiplied by the hidden numbers. ReLU's slope is 1 or 0: multiply by `H > 0`": _numbers(
            "0.50527421 -0.37006873 0.36776872 2.11385457 -0.30798473 -0.18388436 0.72593544 -0.02434655 0.18388436 0.48395696 -0.48395696 0.04869310 -0.04869310 -0.14710749 0.14710749 0.01990503 -0.01990503"
        ),
        "the mask of another layer, or a mask before `@ W.T`. First times W transposed, then the mask of activations[k], the layer's input": _numbers(
            "0.41572221 -0.03908331 -0.36633333 0.58096945 0.41395694 -0.60566390 -0.07887273 0.20750805 0.02948385 0.48395696 -0.48395696 0.04869310 -0.04869310 -0.14710749 0.14710749 0.01990503 -0.01990503"
        ),
        "gradients below zero are cut off, by `np.maximum` or a mask of dZ itself. What counts is where the hidden number is above 0, not the gradient": _numbers(
            "0.47329834 -0.00070611 -0.00176527 0.94659667 0.00035305 0.00088264 0.47329834 0.14781360 0.36953399 0.48395696 -0.48395696 0.04869310 -0.04869310 -0.14710749 0.14710749 0.01990503 -0.01990503"
        ),
        "the right class is never subtracted: dZ is the probabilities minus the one-hot labels": _numbers(
            "0.67908336 -0.08987721 -0.42148752 0.42703749 0.48385666 0.21074376 0.49285752 0.44101165 -0.21074376 0.98395696 0.18270971 0.63202643 0.36797357 0.35289251 0.14710749 0.68657170 0.31342830"
        ),
        "1 is added at the right classes. It is subtracted": _numbers(
            "1.17908336 0.07678945 -1.08815419 -0.23962918 1.23385666 0.54407709 0.65952418 0.94101165 -0.54407709 1.48395696 0.84937637 1.21535976 0.78464024 0.85289251 0.14710749 1.35323837 0.64676163"
        ),
        "the 1 is subtracted after the division by the number of rows. First subtract, then divide all of dZ": _numbers(
            "-0.82091664 -0.58987721 1.57851248 2.42703749 -1.76614334 -0.78925624 -0.00714248 -1.05898835 0.78925624 -0.51604304 -1.81729029 -1.11797357 -0.88202643 -1.14710749 0.14710749 -1.31342830 -0.68657170"
        ),
        "`dZ[:, y]` takes the classes of all rows in every row. Row i has its own: `dZ[rows, y]`": _numbers(
            "0.17908336 -0.08987721 0.07851248 0.26037082 -0.76614334 -0.03925624 0.15952418 -0.55898835 0.03925624 -0.18270971 -0.98395696 -0.36797357 -0.63202643 -0.14710749 -0.35289251 -0.31342830 -0.68657170"
        ),
        "db is a mean over the rows. The division by n is in dZ already: sum the rows": _numbers(
            "0.17908336 -0.25654388 0.24517914 1.09370416 -0.26614334 -0.12258957 0.10873028 -0.01966278 0.04086319 0.48395696 -0.48395696 0.0486931 -0.0486931 -0.14710749 0.14710749 0.00663501 -0.00663501"
        ),
    },
)
print("mlp_backward: the gradients are right.")

# %% nbgrader={"grade": true, "grade_id": "mlp_backward-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests use one layer, three and four, a batch of one, and autograd as the oracle.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("mlp_backward")
for _sizes, _n, _what in [
    ([3, 4], 5, "a network of one layer"),
    ([2, 6, 5, 3], 7, "a network of three layers"),
    ([4, 4, 4, 4, 4], 9, "a network of four layers of equal size"),
    ([2, 5, 2], 1, "a batch of one"),
]:
    _labels = _rng.integers(0, _sizes[-1], size=_n)
    _leaves = [
        (torch.from_numpy(_rng.normal(size=(_i, _o))), torch.from_numpy(_rng.normal(size=_o)))
        for _i, _o in zip(_sizes[:-1], _sizes[1:])
    ]
    _now = torch.from_numpy(_rng.normal(size=(_n, _sizes[0])))
    _kept = [_now.numpy().copy()]
    for _k, (_W, _b) in enumerate(_leaves):
        _now = torch.addmm(_b.requires_grad_(), _now, _W.requires_grad_())
        _now = torch.relu(_now) if _k + 1 < len(_leaves) else _now
        _kept.append(_now.detach().numpy().copy())
    _oracle = nn.functional.cross_entropy(_now, torch.from_numpy(_labels))
    _oracle.backward()
    _loss, _grads = (
        expect(mlp_backward, hidden=_what)
        .of(_kept, _labels, [(_W.detach().numpy().copy(), _b.detach().numpy().copy()) for _W, _b in _leaves])
        .leaves_arguments_unchanged()
        .parts("loss", "grads")
    )
    _loss.equals(
        _oracle.item(), tol=1e-10, mistakes={"the loss is summed over the batch. It is the mean": _oracle.item() * _n}
    )
    _grads.satisfies(
        lambda v, depth=len(_leaves): not (depth != 2 and len(v) == 2),
        "two layers are written out by hand. Loop over all of params",
    ).satisfies(
        lambda v, depth=len(_leaves): len(v) == depth and all(len(pair) == 2 for pair in v),
        "grads needs one pair (dW, db) per layer",
    )
    for _pair, _leaf in zip(_grads.value, _leaves):
        for _one, _tensor in zip(_pair, _leaf):
            expect(_one, hidden=_what, name="grads of mlp_backward").equals(
                _tensor.grad.numpy(),
                tol=1e-10,
                mistakes={
                    "the gradients are those of the sum of the losses. The loss is a mean: divide by the number of rows": _tensor.grad.numpy()
                    * _n,
                    "a division by the number of rows is done twice": _tensor.grad.numpy() / _n,
                },
            )
### END HIDDEN TESTS
# %% [markdown]
# ## Exercise 3 — the class
# **4 points · difficulty 3 of 5 · importance 5 of 5 · about 15 min**
#
# Write the class `MLP` (multilayer perceptron, another name for a network of dense layers). Its only state is `self.params`, a list of pairs `(W, b)`, and every method reads it anew, so that `net.params = ...` gives a network other weights.
#
# | method | what it does |
# |---|---|
# | `MLP(sizes, rng)` | makes the weights in float64: `W (d_in, d_out)` random around 0 with standard deviation `sqrt(2 / d_in)`, drawn from `rng` (normal numbers are usual); `b (d_out,)` zeros |
# | `net.forward(X)` | → the logits `(n, sizes[-1])` |
# | `net.backward(X, y)` | → `loss, grads`. It changes nothing |
# | `net.step(grads, lr)` | moves the weights: SGD with the learning rate `lr`. It changes the network and nothing else |
#
# `step` may put new arrays into `self.params`, or change the old ones in place (`W -= ...`). Both are right. The second also moves every other network that holds the same arrays, so the cells below hand out copies.
#
# Use your two functions; the class is then short. If exercise 1 or 2 is not done yet, the start and the step work without them.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Three of the four methods are one or two lines. Which of your functions gives what the method promises?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# The spread `sqrt(2 / d_in)` is He initialization: it keeps the size of the numbers from layer to layer when ReLU sets half of them to 0. In `step`, a new value has to get into `self.params`; `W = W - ...` in a loop only gives the loop's own name another array.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
#     __init__: self.params is a list with a pair for each two neighbors of sizes:
#         normal numbers of shape (d_in, d_out) times the spread, and zeros
#     forward: the last entry of what mlp_forward gives for X and self.params
#     backward: mlp_backward of the whole list, y and self.params
#     step: self.params becomes a new list, each pair minus lr times its gradients
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "MLP", "locked": false, "schema_version": 3, "solution": true, "task": false}
class MLP:
    """A dense network with ReLU between its layers, trained with SGD. State: params, a list of pairs (W, b)."""

    def __init__(self, sizes, rng):
        """Start weights. sizes: [d_0, ..., n_classes], rng: a NumPy generator."""
        ### BEGIN SOLUTION
        self.params = []
        for fan_in, fan_out in zip(sizes[:-1], sizes[1:]):
            he_spread = math.sqrt(2.0 / fan_in)
            self.params.append((he_spread * rng.normal(size=(fan_in, fan_out)), np.zeros(fan_out)))
        ### END SOLUTION

    def forward(self, X):
        """X (n, d_0) -> logits (n, n_classes)."""
        ### BEGIN SOLUTION
        return mlp_forward(X, self.params)[-1]
        ### END SOLUTION

    def backward(self, X, y):
        """X (n, d_0), y (n,) -> loss, [(dW1, db1), ...]. Changes nothing."""
        ### BEGIN SOLUTION
        return mlp_backward(mlp_forward(X, self.params), y, self.params)
        ### END SOLUTION

    def step(self, grads, lr):
        """One SGD step: changes self.params."""
        ### BEGIN SOLUTION
        self.params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(self.params, grads)]
        ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "MLP-start", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of MLP, the start weights: run this cell.
def _made(sizes, rng):
    try:
        return MLP(sizes, rng)
    except TypeError as error:
        if "takes no arguments" in str(error):
            return "no __init__"
        if "positional argument" in str(error) and "__init__" in str(error):
            return "no self"
        raise


def _start(sizes, rng):
    return getattr(MLP(sizes, rng), "params", "nothing")


_made.__name__, _start.__name__ = "MLP", "the params of MLP"
expect(_made).of([2, 3, 2], np.random.default_rng(0)).satisfies(
    lambda v: not isinstance(v, str) or v != "no __init__",
    "Python finds no __init__ in the class: it has two underscores before and behind, and is indented under `class`",
    "a network",
).satisfies(
    lambda v: not isinstance(v, str) or v != "no self",
    "`__init__` takes another number of arguments: `self` comes first, then sizes and rng",
    "a network",
)
_parts = (
    expect(_start)
    .of([200, 300, 50], np.random.default_rng(1))
    .satisfies(
        lambda v: not isinstance(v, str),
        "the network has no params: `params = ...` is a name inside __init__ only. Store the list in self.params",
        "a list of 2 pairs",
    )
    .satisfies(
        lambda v: not (len(v) > 2 and len(v) % 2 == 0 and np.shape(v[0][0]) == (2, 3)),
        "all networks share one list: `params = []` stands in the class. Make it in __init__, as self.params",
        "a list of 2 pairs",
    )
    .satisfies(
        lambda v: len(v) == 2 and all(len(pair) == 2 for pair in v),
        "three sizes make two layers: params needs two pairs (W, b)",
        "a list of 2 pairs",
    )
    .satisfies(
        lambda v: [np.shape(part) for pair in v for part in pair] == [(200, 300), (300,), (300, 50), (50,)],
        "W is (d_in, d_out) and b is (d_out,): the shapes do not fit",
        "the shapes (200, 300), (300,), (300, 50), (50,)",
    )
    .satisfies(
        lambda v: all(np.asarray(part).dtype == np.float64 for pair in v for part in pair), "the arrays are not float64"
    )
    .satisfies(lambda v: all(not np.any(b) for _, b in v), "the biases start at 0", "biases of zeros")
    .value
)
_second = expect(_start).of([200, 300, 50], np.random.default_rng(1)).value
_third = expect(_start).of([200, 300, 50], np.random.default_rng(2)).value
expect(_parts[0][0], name="the first W").satisfies(
    lambda v: np.std(v) > 0, "all weights are equal. Then all neurons of a layer learn the same, for ever"
).satisfies(
    lambda v: not np.array_equal(v, _third[0][0]),
    "another rng gives the same weights: the rng that is passed in is not used",
    "other weights for another rng",
).satisfies(
    lambda v: np.array_equal(v, _second[0][0]),
    "the same seed gives other weights: draw every number from the rng that is passed in",
    "the same weights for the same seed",
)
# The spread of many drawn numbers is close to that of the recipe: within 3 %, rounded to three digits here.
for _W, _low, _high, _wrong in [
    (_parts[0][0], 0.097, 0.103, [0.0707, 0.01, 0.0816, 0.0632, 1.0]),
    (_parts[1][0], 0.0792, 0.0841, [0.0577, 0.00667, 0.2, 0.0756, 1.0]),
]:
    _found = float(np.std(_W))
    _words = [
        "the weights have the spread of sqrt(1 / d_in). Before ReLU it is sqrt(2 / d_in)",
        "2 / d_in is the variance. The standard deviation is its root",
        "the weights have the spread of sqrt(2 / d_out). It depends on the inputs of the layer",
        "the weights have the spread of sqrt(2 / (d_in + d_out)). Here it depends on the inputs alone",
        "the weights are not scaled: multiply by the spread",
    ]
    _near = [_why for _why, _at in zip(_words, _wrong) if abs(_found - _at) < 0.03 * _at]
    expect(_found, name="the standard deviation of a layer's weights").satisfies(
        lambda v, low=_low, high=_high: low < v < high,
        _near[0] if _near else "this is not the spread sqrt(2 / d_in)",
        f"between {_low} and {_high}",
    )
    expect(float(abs(np.mean(_W))), name="the size of the mean of a layer's weights").satisfies(
        lambda v, high=_high: v < 0.1 * high, "the weights lie around another number than 0", "close to 0"
    )
print("MLP: the start weights are right.")

# %% nbgrader={"grade": true, "grade_id": "MLP-methods", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of MLP, forward and backward: run this cell.
# Whatever your exercises 1 and 2 answer: here right answers for this one batch stand in their place.
_X, _y = np.array([[1.0, 2.0], [-1.0, 0.5], [2.0, -1.0]]), np.array([1, 0, 0])
_params = [
    (np.array([[1.0, -1.0, 0.5], [0.5, 1.0, -1.0]]), np.array([0.0, 0.25, -0.5])),
    (np.array([[1.0, -0.5], [0.5, 1.0], [-1.0, 0.25]]), np.array([0.25, -0.25])),
]
_values = [
    _X,
    np.array([[2.0, 1.25, 0.0], [0.0, 1.75, 0.0], [1.5, 0.0, 1.5]]),
    np.array([[2.875, 0.0], [1.125, 1.5], [0.25, -0.625]]),
]
_gradients = [
    (
        np.array([[0.1790833629, -0.2565438784, 0.2451791435], [1.0937041563, -0.2661433401, -0.1225895717]]),
        np.array([0.326190849, -0.058988345, 0.1225895717]),
    ),
    (
        np.array([[0.4839569607, -0.4839569607], [0.0486930959, -0.0486930959], [-0.1471074861, 0.1471074861]]),
        np.array([0.0199050327, -0.0199050327]),
    ),
]
_wanted_loss = 1.3921500081


def _equal(one, other):
    return len(one) == len(other) and all(
        np.allclose(a, b) for pair, same in zip(one, other) for a, b in zip(pair, same, strict=True)
    )


def _forward_here(X, params):
    fits = np.shape(X) == np.shape(_X) and np.allclose(X, _X) and _equal(params, _params)
    return [part.copy() for part in _values] if fits else [np.zeros((3, 2)), np.zeros((3, 3)), np.zeros((3, 2))]


def _backward_here(activations, y, params):
    fits = len(activations) == 3 and all(
        np.shape(a) == np.shape(b) and np.allclose(a, b) for a, b in zip(activations, _values)
    )
    fits = fits and np.array_equal(y, _y) and _equal(params, _params)
    return (_wanted_loss, list(_gradients)) if fits else (0.0, [(0 * dW, 0 * db) for dW, db in _gradients])


def _made(sizes, rng):
    return MLP(sizes, rng)


_made.__name__ = "MLP"
_net = expect(_made).of([2, 3, 2], np.random.default_rng(0)).value
_net.params = [(_W.copy(), _b.copy()) for _W, _b in _params]


def forward(X):
    return given(MLP.forward, mlp_forward=_forward_here, mlp_backward=_backward_here)(_net, X)


def backward(X, y):
    return given(MLP.backward, mlp_forward=_forward_here, mlp_backward=_backward_here)(_net, X, y)


expect(forward).of(_X).leaves_arguments_unchanged().satisfies(
    lambda v: not isinstance(v, list | tuple),
    "forward returns the list of all layers. Return its last entry, the logits",
    "an array of shape (3, 2)",
).equals(
    [[2.875, 0.0], [1.125, 1.5], [0.25, -0.625]],
    mistakes={
        "mlp_forward got something else than X and self.params": np.zeros((3, 2)),
        "negative logits are cut off: the last layer has no ReLU": [[2.875, 0.0], [1.125, 1.5], [0.25, 0.0]],
        "these are probabilities. forward returns the logits, and softmax belongs to the loss": [
            [0.94659667, 0.05340333],
            [0.4073334, 0.59266660],
            [0.70578503, 0.29421497],
        ],
    },
)
forward(_X + 1.0)  # a forward pass of other rows: backward must not read what it may have left behind
_stale = expect(backward).of(_X, _y).leaves_arguments_unchanged()
expect(_net.params, name="net.params after backward").satisfies(
    lambda v: _equal(v, _params),
    "backward changes the weights. It only computes; `step` moves them",
    "the same weights",
)
forward(_X)
_loss_of_X = expect(backward).of(_X, _y).value


def _number(answer):
    try:
        return float(answer[0])
    except (TypeError, ValueError, IndexError):
        return None


_stale.satisfies(
    lambda v: _number(v) == _number(_loss_of_X),
    "backward reads what the last `forward` has stored. It does its own forward pass, of the X that it is given",
    "the same answer, whatever `forward` did before",
)
_loss, _grads = _stale.parts("loss", "grads")
_loss.satisfies(
    lambda v: not isinstance(v, list | tuple), "backward returns the gradients alone. Return `loss, grads`", "a number"
).equals(
    _wanted_loss, mistakes={"mlp_backward got something else than the list of mlp_forward, y and self.params": 0.0}
)
_grads.satisfies(
    lambda v: len(v) == 2 and all(len(pair) == 2 for pair in v),
    "grads needs one pair (dW, db) per layer",
    "a list of 2 pairs",
).satisfies(lambda v: _equal(v, _gradients), "these are not the gradients of this loss", "the gradients of exercise 2")
print("MLP: forward and backward are right.")


# %% nbgrader={"grade": true, "grade_id": "MLP-step", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of MLP, the step: run this cell.
def _made(sizes, rng):
    return MLP(sizes, rng)


_made.__name__ = "MLP"
_net = expect(_made).of([2, 1, 2], np.random.default_rng(0)).value
_net.params = [(np.array([[1.0], [2.0]]), np.array([0.5])), (np.array([[-1.0, 3.0]]), np.array([0.0, 1.0]))]
_grads = [(np.array([[4.0], [-2.0]]), np.array([1.0])), (np.array([[0.5, 2.0]]), np.array([-4.0, 3.0]))]


def step(grads, lr):
    _net.step(grads, lr)
    return np.concatenate([np.ravel(part) for pair in _net.params for part in pair])


step.__name__ = "all numbers of net.params after net.step"
expect(step).of(_grads, 0.25).leaves_arguments_unchanged().equals(
    [0.0, 2.5, 0.25, -1.125, 2.5, 1.0, 0.25],
    mistakes={
        "the weights stay as they were: `W = W - ...` gives a new array to the loop's own name. Store it in self.params": [
            1.0,
            2.0,
            0.5,
            -1.0,
            3.0,
            0.0,
            1.0,
        ],
        "the step goes uphill: subtract the gradient": [2.0, 1.5, 0.75, -0.875, 3.5, -1.0, 1.75],
        "the biases go uphill: subtract their gradients, too": [0.0, 2.5, 0.75, -1.125, 2.5, -1.0, 1.75],
        "the weights go uphill: subtract their gradients, too": [2.0, 1.5, 0.25, -0.875, 3.5, 1.0, 0.25],
        "the biases never move": [0.0, 2.5, 0.5, -1.125, 2.5, 0.0, 1.0],
        "the weights never move, only the biases": [1.0, 2.0, 0.25, -1.0, 3.0, 1.0, 0.25],
        "the learning rate is not used": [-3.0, 4.0, -0.5, -1.5, 1.0, 4.0, -2.0],
        "the gradient takes the place of the weights: subtract it from them": [
            -1.0,
            0.5,
            -0.25,
            -0.125,
            -0.5,
            1.0,
            -0.75,
        ],
        "only the last layer moves": [1.0, 2.0, 0.5, -1.125, 2.5, 1.0, 0.25],
        "only the first layer moves": [0.0, 2.5, 0.25, -1.0, 3.0, 0.0, 1.0],
    },
)
print("MLP: the step is right.")

# %% nbgrader={"grade": true, "grade_id": "MLP-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests use three layers, a batch of one, and two steps in a row.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("MLP")


def _through(X, params):
    now, kept = torch.from_numpy(np.array(X)), [np.array(X)]
    for which, (W, b) in enumerate(params):
        now = torch.addmm(torch.from_numpy(np.array(b)), now, torch.from_numpy(np.array(W)))
        now = torch.relu(now) if which + 1 < len(params) else now
        kept.append(now.numpy().copy())
    return kept


def _back(activations, y, params):
    leaves = [[torch.from_numpy(np.array(part)).requires_grad_() for part in pair] for pair in params]
    now = torch.from_numpy(np.array(activations[0]))
    for k, (W, b) in enumerate(leaves):
        now = torch.addmm(b, now, W)
        now = torch.relu(now) if k + 1 < len(leaves) else now
    wrongness = nn.functional.cross_entropy(now, torch.from_numpy(np.array(y)))
    wrongness.backward()
    return wrongness.item(), [tuple(part.grad.numpy().copy() for part in pair) for pair in leaves]


for _sizes, _n, _what in [([3, 5, 4, 2], 6, "a network of three layers"), ([2, 3], 1, "one layer, a batch of one")]:
    _seed = int(_rng.integers(10**6))

    def _born(s=_sizes, r=_seed):
        return MLP(s, np.random.default_rng(r))

    _net = expect(_born, hidden=_what, name="MLP").of().value
    _start_shapes = [np.shape(part) for pair in _net.params for part in pair]
    expect(_start_shapes, hidden=_what, name="the shapes of params").satisfies(
        lambda v, s=_sizes: v == [shape for i, o in zip(s[:-1], s[1:]) for shape in [(i, o), (o,)]],
        "the shapes do not fit the sizes",
    )
    _drawn = [(_rng.normal(size=(_i, _o)), _rng.normal(size=_o)) for _i, _o in zip(_sizes[:-1], _sizes[1:])]
    _net.params = [(_W.copy(), _b.copy()) for _W, _b in _drawn]
    _X, _y = _rng.normal(size=(_n, _sizes[0])), _rng.integers(0, _sizes[-1], size=_n)

    def forward(X, net=_net):
        return given(MLP.forward, mlp_forward=_through, mlp_backward=_back)(net, X)

    def backward(X, y, net=_net):
        return given(MLP.backward, mlp_forward=_through, mlp_backward=_back)(net, X, y)

    def step(grads, lr, net=_net):
        return net.step(grads, lr)

    expect(forward, hidden=_what).of(_X).equals(_through(_X, _drawn)[-1], tol=1e-10)
    for _round in (1, 2):
        _want_loss, _want_grads = _back([_X], _y, _drawn)
        _loss, _grads = expect(backward, hidden=_what).of(_X, _y).parts("loss", "grads")
        _loss.equals(_want_loss, tol=1e-10)
        for _mine, _theirs in zip(_grads.value, _want_grads, strict=True):
            for _one, _other in zip(_mine, _theirs, strict=True):
                expect(_one, hidden=_what, name="grads of MLP").equals(_other, tol=1e-10)
        expect(step, hidden=_what).of(_want_grads, 0.3).leaves_arguments_unchanged()
        _drawn = [(_W - 0.3 * _dW, _b - 0.3 * _db) for (_W, _b), (_dW, _db) in zip(_drawn, _want_grads)]
    for _mine, _theirs in zip(_net.params, _drawn, strict=True):
        for _one, _other in zip(_mine, _theirs, strict=True):
            expect(_one, hidden="two steps in a row", name="params of MLP").equals(_other, tol=1e-10)
### END HIDDEN TESTS

# %% [markdown]
# Does it learn? XOR with 8 hidden neurons, all four points in every step.

# %%
net = MLP([2, 8, 2], np.random.default_rng(1))
for number in range(301):
    loss, grads = net.backward(X_xor, y_xor)
    if number in (0, 20, 100, 300):
        print(f"step {number:>3}: loss {loss:.4f}, answers {net.forward(X_xor).argmax(axis=1)}, wanted {y_xor}")
    net.step(grads, 0.5)

# %% [markdown]
# It solves XOR. Is it right, too? A loss that falls does not say so. Now the second program.
#
# ## 4. The same network in PyTorch
#
# ## Exercise 4 — rebuild it
# **3 points · difficulty 2 of 5 · importance 4 of 5 · about 10 min**
#
# Write `to_torch(params)`: params of any depth → an `nn.Sequential` of `nn.Linear` and `nn.ReLU` layers whose logits equal those of `mlp_forward`. All its parameters are **float64** with every digit of yours, they can learn, and they are **copies**: training one network must not move the other.
#
# In week 00 you turned one layer into float32. Here the whole network goes over, and half of the digits would not be enough.
#
# <details><summary>Hint 1: a nudge</summary>
#
# What does the worked example say about the order of the numbers in `weight`? And how many ReLU layers has a network of three layers?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# `nn.Linear(d_in, d_out, dtype=torch.float64)` makes a float64 layer. `torch.tensor(array)` copies and keeps the dtype, while `torch.from_numpy` shares the memory of the array. Wrap what you put in as `nn.Parameter(...)`.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
#     start with an empty list of layers
#     for each pair of params:
#         a float64 Linear of its sizes; weight: a copy of W transposed; bias: a copy of b
#         append it, and a ReLU behind it
#     leave out the ReLU behind the last one, and hand the list to nn.Sequential (with a star)
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "to_torch", "locked": false, "schema_version": 3, "solution": true, "task": false}
def to_torch(params):
    """The same network as an nn.Sequential in float64. params [(W, b), ...]; W (d_in, d_out), b (d_out,)."""
    ### BEGIN SOLUTION
    stack = []
    for W, b in params:
        dense = nn.Linear(W.shape[0], W.shape[1], dtype=torch.float64)
        dense.weight = nn.Parameter(torch.tensor(W.T))
        dense.bias = nn.Parameter(torch.tensor(b))
        stack.extend([dense, nn.ReLU()])
    return nn.Sequential(*stack[:-1])
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "to_torch-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of to_torch, the logits: run this cell.
_params = [
    (np.array([[1.0, -1.0], [0.5, 1.0]]), np.array([0.0, 0.25])),
    (np.array([[1.0, -0.5], [0.5, 1.0]]), np.array([0.25, -0.25])),
]


def _logits(X, params):
    model = to_torch(params)
    if not isinstance(model, nn.Module):
        return model
    return model(torch.tensor(X, dtype=next(model.parameters()).dtype)).detach()


_logits.__name__ = "the logits of to_torch(params)"
_X = [[1.0, 2.0], [-1.0, 0.5], [2.0, -1.0]]
expect(to_torch).of(_params).leaves_arguments_unchanged().satisfies(
    lambda v: isinstance(v, nn.Sequential), "return the model: an nn.Sequential", "an nn.Sequential"
).satisfies(
    lambda v: sum(isinstance(layer, nn.Linear) for layer in v.modules()) == 2,
    "there is one nn.Linear per pair of params: two here",
).satisfies(
    lambda v: all(layer.bias is not None for layer in v.modules() if isinstance(layer, nn.Linear)),
    "a layer has no bias",
)
_again, _once = to_torch(_params), to_torch(_params)
for _one, _other in zip(_again.modules(), _once.modules()):
    if isinstance(_one, nn.Linear):
        expect(_one.weight, name="weight, from two calls").satisfies(
            lambda v, other=_other: torch.equal(v, other.weight), "the weights keep their random start numbers"
        )
        expect(_one.bias, name="bias, from two calls").satisfies(
            lambda v, other=_other: torch.equal(v, other.bias), "a bias keeps its random start numbers"
        )
expect(_logits).of(_X, _params).equals(
    [[2.875, 0.0], [1.125, 1.5], [1.75, -1.0]],
    tol=1e-5,
    mistakes={
        "the weights are not transposed: nn.Linear keeps one row per neuron, (d_out, d_in). `.T` turns, `reshape` only regroups": [
            [-1.125, 2.5],
            [0.125, 0.0],
            [3.125, 1.5],
        ],
        "a ReLU stands behind the last layer: the logits may be negative": [[2.875, 0.0], [1.125, 1.5], [1.75, 0.0]],
        "no ReLU stands between the layers": [[2.875, 0.0], [0.375, 1.875], [0.375, -3.75]],
        "the biases are missing": [[2.5, 0.0], [0.75, 1.5], [1.5, -0.75]],
    },
)
_wide = [(np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), np.array([0.0, 0.5, 1.0]))]
expect(_logits).of([[1.0, 0.0], [0.0, 1.0]], _wide).equals(
    [[1.0, 2.5, 4.0], [4.0, 5.5, 7.0]],
    tol=1e-5,
    mistakes={
        "the numbers of a weight are in the wrong order: `reshape` regroups, `.T` turns": [
            [1.0, 3.5, 6.0],
            [2.0, 4.5, 7.0],
        ],
        "a network of one layer has no ReLU, but it has its layer": [[1.0, 0.0], [0.0, 1.0]],
    },
)
_layer = next(_part for _part in to_torch(_wide).modules() if isinstance(_part, nn.Linear))
expect((_layer.in_features, _layer.out_features), name="in_features and out_features of the layer").satisfies(
    lambda v: tuple(v) == (2, 3),
    "the weights fit, but the layer says otherwise of itself: nn.Linear takes first d_in, then d_out",
    "(2, 3)",
)
_three = [
    (np.array([[1.0, -1.0], [0.5, 1.0]]), np.array([0.0, 0.25])),
    (np.array([[1.0, -0.5], [-2.0, 1.0]]), np.array([0.5, 0.25])),
    (np.array([[1.0, -1.0], [2.0, 0.5]]), np.array([0.25, -0.5])),
]
expect(_logits).of(_X, _three).equals(
    [[1.25, -0.25], [4.25, 0.5], [2.25, -2.5]],
    tol=1e-5,
    mistakes={
        "ReLU stands only behind the first layer. Three layers have two: one behind each except the last": [
            [1.25, -0.25],
            [1.25, 3.5],
            [1.25, -2.75],
        ],
        "ReLU stands only before the last layer. Three layers have two: one behind each except the last": [
            [1.25, -0.25],
            [5.0, 0.6875],
            [7.75, -8.0],
        ],
    },
)
print("to_torch: the logits are right.")

# %% nbgrader={"grade": true, "grade_id": "to_torch-own", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of to_torch, its numbers are its own and have all digits: run this cell.
_W, _b = np.array([[0.1, 1 / 3], [-0.7, 2 / 7], [0.3, 0.9]]), np.array([1 / 9, -0.6])
_model = (
    expect(to_torch)
    .of([(_W, _b)])
    .leaves_arguments_unchanged()
    .satisfies(lambda v: isinstance(v, nn.Module), "return the model: an nn.Sequential", "an nn.Sequential")
    .satisfies(lambda v: any(isinstance(part, nn.Linear) for part in v.modules()), "the model has no nn.Linear")
    .value
)
_first = next(_part for _part in _model.modules() if isinstance(_part, nn.Linear))
expect(_first.bias, name="bias of the layer").satisfies(
    lambda v: v is not None, "the layer has no bias: bias=False, or None", "the numbers of b"
)
for _one in (_first.weight, _first.bias):
    expect(_one, name="a parameter of the model").satisfies(
        lambda v: v.dtype == torch.float64,
        "the parameters are float32: they have lost half of their digits. Ask for torch.float64",
        "dtype torch.float64",
    ).satisfies(
        lambda v: v.requires_grad, "the parameters cannot learn: they have requires_grad=False", "requires_grad=True"
    )
expect(_first.weight, name="weight of the layer").satisfies(
    lambda v: v.shape == (2, 3), "the weight of a layer with 3 inputs and 2 neurons is (2, 3)", "shape (2, 3)"
).satisfies(
    lambda v: not 1e-12 < (v.detach() - torch.tensor(_W.T)).abs().max() < 1e-6,
    "the parameters went through float32 and lost half of their digits",
    "every digit of W",
).satisfies(
    lambda v: not np.allclose(np.ravel(v.detach()), np.ravel(_W)),
    "the numbers of W are in the wrong order: `.T` turns, `reshape` only regroups",
    "W, transposed",
).satisfies(lambda v: torch.equal(v.detach(), torch.tensor(_W.T)), "these are not the numbers of W", "W, transposed")
expect(_first.bias, name="bias of the layer").satisfies(
    lambda v: not 1e-12 < (v.detach() - torch.tensor(_b)).abs().max() < 1e-6,
    "the parameters went through float32 and lost half of their digits",
    "every digit of b",
).satisfies(
    lambda v: torch.equal(v.detach(), torch.tensor(_b)), "a bias keeps its random start numbers, or others than b", "b"
)
_W[:], _b[:] = 5.0, 5.0
expect(bool((_first.weight == 5).any() or (_first.bias == 5).any()), name="the model has changed with W and b").equals(
    False,
    mistakes={
        "the model shares its numbers with params: when one learns, both change. Make copies, as `torch.tensor` does": True
    },
)
print("to_torch: the model stands on its own.")

# %% nbgrader={"grade": true, "grade_id": "to_torch-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests use one layer and four, odd sizes, and compare every digit.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("to_torch")
for _sizes, _n, _what in [
    ([3, 4], 5, "a network of one layer"),
    ([2, 7, 1, 5, 3], 6, "a network of four layers"),
    ([4, 4, 4], 1, "layers of equal size, a batch of one"),
]:
    _drawn = [(_rng.normal(size=(_i, _o)), _rng.normal(size=_o)) for _i, _o in zip(_sizes[:-1], _sizes[1:])]
    _X = _rng.normal(size=(_n, _sizes[0]))
    _now = _X
    for _k, (_W, _b) in enumerate(_drawn):
        _now = np.einsum("ni,io->no", _now, _W) + _b[None, :]
        _now = _now * (_now > 0) if _k + 1 < len(_drawn) else _now
    _model = expect(to_torch, hidden=_what).of(_drawn).leaves_arguments_unchanged().value
    _linears = [_part for _part in _model.modules() if isinstance(_part, nn.Linear)]
    expect([tuple(_part.weight.shape) for _part in _linears], hidden=_what, name="the shapes of the weights").satisfies(
        lambda v, s=_sizes: v == [(o, i) for i, o in zip(s[:-1], s[1:])],
        "the weights are not transposed, or a layer is missing",
    )
    expect(_model(torch.from_numpy(_X)).detach(), hidden=_what, name="the logits of to_torch").equals(
        _now, tol=1e-12, mistakes={"a ReLU stands behind the last layer": np.clip(_now, 0, None)}
    )
### END HIDDEN TESTS

# %% [markdown]
# First comparison: outputs. On the 200 moons, with two hidden layers of 16.

# %%
sizes = [2, 16, 16, 2]
net = MLP(sizes, np.random.default_rng(7))
model = to_torch(net.params)
print(model)
numpy_logits = net.forward(X_moons)
torch_logits = model(torch.tensor(X_moons)).detach().numpy()
print(
    f"largest logit {np.abs(numpy_logits).max():.2f}, largest difference {np.abs(numpy_logits - torch_logits).max():.1e}"
)

# %% [markdown]
# A float64 has about 16 digits. The two programs add the same products in another order, and round differently in the last one or two. That is all that differs.
#
# ## 5. The same gradients
#
# ## Exercise 5 — the largest difference
# **2 points · difficulty 2 of 5 · importance 4 of 5 · about 10 min**
#
# Write `largest_difference(grads, model)` → one float: the largest absolute difference between any entry of your gradients and the same entry in PyTorch. `grads` is `[(dW1, db1), ...]` in NumPy; `model` is an `nn.Sequential` of Linear and ReLU layers, and `backward()` has run, so each parameter has its `.grad`.
#
# One number is enough, if it is the **largest**: then no single wrong entry can hide behind many right ones.
#
# <details><summary>Hint 1: a nudge</summary>
#
# `list(model.parameters())` gives weight, bias, weight, bias, ... in the order of the layers. Yours come in which order?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Bring each pair of arrays to one form: `.grad.numpy()`, and the weight's turned. (`.T` leaves an array with one axis as it is.) Then the largest absolute difference of each pair, then the largest of those.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
#     flatten grads into a list of arrays: dW1, db1, dW2, db2, ...
#     walk over it and over the model's parameters at the same time:
#         the largest |mine - theirs, turned|
#     return the largest of these, as a float
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "largest_difference", "locked": false, "schema_version": 3, "solution": true, "task": false}
def largest_difference(grads, model):
    """Largest |difference| of any gradient entry. grads [(dW1, db1), ...], model: an nn.Sequential after backward()."""
    ### BEGIN SOLUTION
    mine = [part for pair in grads for part in pair]
    gaps = [np.abs(part - theirs.grad.numpy().T).max() for part, theirs in zip(mine, model.parameters())]
    return float(max(gaps))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "largest_difference-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of largest_difference: run this cell.
def _with_gradients(*numbers):
    """A model 2 -> 2 -> 2 whose parameters are 0 and have these gradients: weight, bias, weight, bias."""
    model = nn.Sequential(nn.Linear(2, 2), nn.ReLU(), nn.Linear(2, 2)).double()
    for parameter, grad in zip(model.parameters(), numbers):
        parameter.data.zero_()
        parameter.grad = torch.tensor(grad, dtype=torch.float64)
    return model


_mine = [
    (np.array([[1.0, 2.0], [4.0, 3.0]]), np.array([0.5, -1.0])),
    (np.array([[-2.0, 1.5], [0.0, 6.5]]), np.array([2.5, 0.25])),
]
for _place, _theirs, _want, _mistakes in [
    (
        "the first weight",
        [[[1.0, 4.0], [2.875, 3.5625]], [0.75, -1.0], [[-2.0, 0.375], [1.5, 6.5]], [2.5, 0.125]],
        0.875,
        {
            "the gradient of the weight is not transposed back. `.T` turns it; `reshape` only regroups the numbers": 2.0,
            "without the absolute value, a difference below zero does not count": 0.125,
            "the weights are not compared, only the biases": 0.25,
            "only the last layer is compared: each replaces the one before": 0.375,
            "this is a mean of the differences. A bug in one entry would vanish in it: take the largest": 0.1822916667,
            "this is the largest of the means of the parts. A bug in one entry would vanish in a mean: take the largest entry": 0.359375,
            "these are the differences from the weights, not from their gradients: `.grad` is missing": 6.5,
            "the largest differences of all parts are added up. Take the largest": 1.625,
            "the differences of one part are added up. Take the largest single one": 1.4375,
            "this is a norm, the root of the sum of squares of a part. It mixes its entries: take the largest single difference": 1.040207311,
            "this is the norm of all differences together. It mixes the entries: take the largest single difference": 1.140517974,
        },
    ),
    (
        "the last bias",
        [[[1.0, 4.0], [2.0, 2.6875]], [0.5, -0.5], [[-1.625, 0.0], [1.5, 6.5]], [3.75, -0.1875]],
        1.25,
        {
            "the gradient of the weight is not transposed back. `.T` turns it; `reshape` only regroups the numbers": 2.0,
            "without the absolute value, a difference below zero does not count": 0.4375,
            "the biases are not compared": 0.375,
            "only the first layer is compared: the `return` is inside the loop": 0.5,
            "this is a mean of the differences. A bug in one entry would vanish in it: take the largest": 0.2395833333,
            "this is the largest of the means of the parts. A bug in one entry would vanish in a mean: take the largest entry": 0.84375,
            "these are the differences from the weights, not from their gradients: `.grad` is missing": 6.5,
            "the largest differences of all parts are added up. Take the largest": 2.4375,
            "the differences of one part are added up. Take the largest single one": 1.6875,
            "this is a norm, the root of the sum of squares of a part. It mixes its entries: take the largest single difference": 1.324351256,
            "this is the norm of all differences together. It mixes the entries: take the largest single difference": 1.497393569,
        },
    ),
    (
        "the last weight",
        [[[1.0, 4.125], [2.0, 3.0]], [0.75, -1.0], [[-2.0, 1.5], [0.0, 6.5]], [2.5, 0.3125]],
        1.5,
        {
            "the gradient of the weight is not transposed back. `.T` turns it; `reshape` only regroups the numbers": 2.125,
            "sorted numbers are compared, and two entries in each other's place are not seen. Compare entry by entry": 0.25,
            "this is a mean of the differences. A bug in one entry would vanish in it: take the largest": 0.2864583333,
            "these are the differences from the weights, not from their gradients: `.grad` is missing": 6.5,
            "the largest differences of all parts are added up. Take the largest": 1.9375,
            "the differences of one part are added up. Take the largest single one": 3.0,
        },
    ),
]:
    expect(largest_difference).of(_mine, _with_gradients(*_theirs)).leaves_arguments_unchanged().equals(
        _want, mistakes=_mistakes
    )
# One entry differs by 2 ** -40, about 9e-13. This is what the function is for.
_model = _with_gradients([[1.0, 4.0], [2.0, 3.0]], [0.5, -1.0], [[-2.0, 0.0], [1.5, 6.5]], [2.5, 0.25 + 2**-40])
expect(largest_difference).of(_mine, _model).equals(
    2**-40,
    tol=1e-15,
    mistakes={"a difference of about 1e-12 has become 0: it was rounded, or the numbers went through float32": 0.0},
)
expect(
    [_part.grad is not None and bool((_part.grad != 0).any()) for _part in _model.parameters()],
    name="whether each parameter still has its gradient",
).satisfies(
    lambda v: all(v), "the gradients of the model are gone. Look at them, and leave `zero_grad` to the training loop"
)
print("largest_difference: this check is passed.")

# %% nbgrader={"grade": true, "grade_id": "largest_difference-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests use one layer and three, and plant one wrong entry anywhere.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("largest_difference")
for _sizes, _what in [([3, 2], "a network of one layer"), ([2, 5, 3, 4], "a network of three layers")]:
    for _bad in range(2 * (len(_sizes) - 1)):
        _parts = [nn.Linear(_i, _o, dtype=torch.float64) for _i, _o in zip(_sizes[:-1], _sizes[1:])]
        _chain = [_parts[0]] + [_one for _part in _parts[1:] for _one in (nn.ReLU(), _part)]
        _model = nn.Sequential(*_chain)
        for _tensor in _model.parameters():
            _tensor.grad = torch.from_numpy(_rng.normal(size=tuple(_tensor.shape)))
        _mine = [(_part.weight.grad.numpy().T.copy(), _part.bias.grad.numpy().copy()) for _part in _parts]
        _planted = float(_rng.uniform(0.5, 2.0))
        _array = _mine[_bad // 2][_bad % 2]
        _array.flat[int(_rng.integers(_array.size))] -= _planted
        expect(largest_difference, hidden=_what).of(_mine, _model).equals(
            _planted,
            tol=1e-9,
            mistakes={
                "one wrong entry is not seen: it has another sign, or lies in a layer or a bias that is not compared": 0.0
            },
        )
### END HIDDEN TESTS

# %% [markdown]
# Second comparison: gradients, on the moons. **Predict, then run:** the logits differ by about $10^{-16}$. By how much will the largest gradient entry differ? Write the power of ten that you expect, such as `1e-12`.

# %%
my_guess = None  # 1e-2, 1e-7, 1e-12, 1e-16: what do you expect?

# %%
loss, grads = net.backward(X_moons, y_moons)
torch_loss = nn.functional.cross_entropy(model(torch.tensor(X_moons)), torch.tensor(y_moons))
model.zero_grad()  # else a second run of this cell adds its gradients to those of the first
torch_loss.backward()
print(f"losses {loss:.15f} and {torch_loss.item():.15f}")
largest_entry = max(np.abs(part).max() for pair in grads for part in pair)
print(f"largest entry of a gradient {largest_entry:.3f}, largest difference {largest_difference(grads, model):.1e}")
print(f"You expected {my_guess}.")

# %% [markdown]
# What you derived by hand with the chain rule and what autograd computes are the same numbers. There is no other secret inside `backward()`.
#
# ## 6. Twenty steps
#
# Equal gradients at the start are not yet equal training. Errors in the step, in the bookkeeping or in the optimizer show only over time. So both networks train, and the losses are compared step by step.
#
# The loop of exercise 6 needs two methods of a network, `backward` and `step`, and nothing else. So it can be checked with a stand-in that has these two and no layers at all: a ball in a valley. Its loss is $c\,w^2$ plus a constant, with one weight $w$; its gradient comes in a list, as yours do. Run this cell.


# %%
class Valley:
    """A stand-in for a network: one weight w, the loss is mean(X) * w**2 + mean(y)."""

    def __init__(self, w):
        self.w = w

    def backward(self, X, y):
        return X.mean() * self.w**2 + y.mean(), [2 * X.mean() * self.w]

    def step(self, grads, lr):
        if isinstance(grads, float):
            raise TypeError("step(grads, lr) wants the gradients first and the learning rate second")
        self.w = self.w - lr * grads[0]

    def __repr__(self):
        return f"Valley({float(self.w):g})"


# %% [markdown]
# ## Exercise 6 — the losses of your network
# **2 points · difficulty 1 of 5 · importance 4 of 5 · about 5 min**
#
# Write `numpy_losses(net, X, y, lr, steps)`: it trains `net` with all rows of `X` in every step and returns the list of `steps` losses. Entry 0 is the loss of the start weights, entry `k` the loss after `k` steps; so each loss belongs to the weights **before** its step. The network is changed: that is what training is.
#
# <details><summary>Hint 1: a nudge</summary>
#
# One call of `net.backward` gives both things that a round needs.
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Each round: loss and gradients of the weights as they are now, keep the loss, move the weights.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
#     an empty list
#     as often as steps says:
#         loss and gradients from the network's backward
#         append the loss; let the network step
#     return the list (behind the loop)
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "numpy_losses", "locked": false, "schema_version": 3, "solution": true, "task": false}
def numpy_losses(net, X, y, lr, steps):
    """Train net (changed!) on the whole batch. net: backward(X, y) and step(grads, lr) -> list of `steps` losses."""
    ### BEGIN SOLUTION
    curve = []
    for _ in range(steps):  # shown to students
        value, slopes = net.backward(X, y)
        curve.append(float(value))
        net.step(slopes, lr)
    return curve
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "numpy_losses-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of numpy_losses: run this cell. Here each step multiplies w by 0.8, so the loss above the constant falls to 0.64 of itself.
_X, _y = np.array([[0.2], [0.6]]), np.array([1.0, 0.0])
_ball = Valley(3.0)
expect(numpy_losses).of(_ball, _X, _y, 0.25, 4).leaves_arguments_unchanged().satisfies(
    lambda v: not (isinstance(v, list | tuple) and len(v) > 0 and isinstance(v[0], list | tuple)),
    "the pairs (loss, grads) are kept. Keep the loss alone",
    "[4.1, 2.804, 1.97456, 1.4437184]",
).equals(
    [4.1, 2.804, 1.97456, 1.4437184],
    mistakes={
        "these are the losses after each step. The first entry is the loss of the start weights": [
            2.804,
            1.97456,
            1.4437184,
            1.103979776,
        ],
        "the loss never changes: `step` is never called, or `backward` is called once, before the loop": [
            4.1,
            4.1,
            4.1,
            4.1,
        ],
        "the steps go uphill: `step` subtracts already, so it gets lr as it is": [4.1, 5.684, 7.96496, 11.2495424],
        "there is one loss too few: the loop runs `steps` times": [4.1, 2.804, 1.97456],
        "every step uses the gradients of the start weights. Compute them anew in every round": [
            4.1,
            2.804,
            1.796,
            1.076,
        ],
        "there is one loss too many: `steps` losses, each before its step": [
            4.1,
            2.804,
            1.97456,
            1.4437184,
            1.103979776,
        ],
        "this is only the loss of the last round. Keep one per step, in a list": 1.4437184,
        "the list ends after the first round: the `return` is inside the loop": [4.1],
        "the learning rate is 0.1, whatever is passed in": [4.1, 3.54704, 3.079014656, 2.6828780048],
        "two steps are made in every round": [4.1, 1.97456, 1.103979776, 0.7473901162],
    },
)
expect(float(_ball.w), name="w after 4 steps").equals(
    1.2288,
    mistakes={
        "the last step is missing: every round ends with a step": 1.536,
        "the network has not learned: train this net, not a copy": 3.0,
    },
)
print("numpy_losses: this check is passed.")

# %% nbgrader={"grade": true, "grade_id": "numpy_losses-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests use one step and nine, and other valleys.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("numpy_losses")
for _steps, _what in [(1, "a single step"), (9, "nine steps")]:
    _X, _y = _rng.uniform(0.2, 1.0, size=(5, 3)), _rng.uniform(1.0, 2.0, size=5)
    _w, _rate = float(_rng.uniform(1.0, 3.0)), float(_rng.uniform(0.15, 0.4))
    _slope, _floor = float(_X.mean()), float(_y.mean())
    _shrinks = (1 - 2 * _slope * _rate) ** 2
    _ball = Valley(_w)
    expect(numpy_losses, hidden=_what).of(_ball, _X, _y, _rate, _steps).leaves_arguments_unchanged().equals(
        [_slope * _w**2 * _shrinks**_k + _floor for _k in range(_steps)],
        tol=1e-10,
        mistakes={
            "these are the losses after each step": [
                _slope * _w**2 * _shrinks ** (_k + 1) + _floor for _k in range(_steps)
            ],
            "there is one loss too many": [_slope * _w**2 * _shrinks**_k + _floor for _k in range(_steps + 1)],
        },
    )
    expect(float(_ball.w), hidden=_what, name="the weight after numpy_losses").equals(
        _w * (1 - 2 * _slope * _rate) ** _steps, tol=1e-10
    )
### END HIDDEN TESTS

# %% [markdown]
# ## Exercise 7 — the losses in PyTorch
# **3 points · difficulty 2 of 5 · importance 5 of 5 · about 10 min**
#
# Write `torch_losses(model, X, y, lr, steps)`: the same list for a PyTorch model, trained with plain `torch.optim.SGD` and cross-entropy. `X` and `y` are NumPy arrays, and `torch.tensor` makes tensors of the same dtype of them. The list holds plain numbers (`.item()`), each the loss **before** its step. The model is changed.
#
# <details><summary>Hint 1: a nudge</summary>
#
# It is the loop of week 00, lesson 4, without batches. Which line keeps the gradients of two rounds apart?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# `nn.CrossEntropyLoss()` takes logits and averages over the rows, as yours does. Optimizer and tensors are made once, before the loop.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
#     tensors of X and y; the loss function; SGD on the model's parameters with the learning rate lr
#     as often as steps says:
#         loss of the model's logits; keep its item
#         zero the gradients, backward, step
#     return the list
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "torch_losses", "locked": false, "schema_version": 3, "solution": true, "task": false}
def torch_losses(model, X, y, lr, steps):
    """Train model (changed!) on the whole batch. X (n, d), y (n,) NumPy -> list of `steps` losses."""
    ### BEGIN SOLUTION
    rows, right = torch.tensor(X), torch.tensor(y)
    surprise = nn.CrossEntropyLoss()
    sgd = torch.optim.SGD(model.parameters(), lr=lr)
    curve = []
    for _ in range(steps):  # shown to students
        value = surprise(model(rows), right)
        curve.append(value.item())
        sgd.zero_grad()
        value.backward()
        sgd.step()
    return curve
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "torch_losses-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of torch_losses: run this cell.
_X, _y = np.array([[1.0, 2.0], [-1.0, 0.5], [2.0, -1.0]]), np.array([1, 0, 0])
_model = nn.Sequential(nn.Linear(2, 2)).double()
_model.load_state_dict({"0.weight": torch.tensor([[0.5, -1.0], [0.25, 1.0]]), "0.bias": torch.tensor([0.5, 0.0])})


def _trained(model, X, y, lr, steps):
    try:
        return torch_losses(model, X, y, lr, steps)
    except RuntimeError as error:
        if "same dtype" in str(error):
            return "two dtypes"
        raise


_trained.__name__ = "torch_losses"
_losses = (
    expect(_trained)
    .of(_model, _X, _y, 0.5, 4)
    .satisfies(
        lambda v: not isinstance(v, str),
        "float32 rows meet a float64 model. Keep the dtype that X has: `torch.tensor(X)`, without a dtype or `.float()`",
        "a list of 4 losses",
    )
)


def _kinds(losses):
    return ["a tensor" if isinstance(part, torch.Tensor) else "a number" for part in losses]


if isinstance(_losses.value, list | tuple):
    expect(_kinds(_losses.value), name="the entries of the list").satisfies(
        lambda v: "a tensor" not in v,
        "these are tensors. Keep plain numbers, `loss.item()`: a tensor keeps its whole graph alive",
        "plain numbers",
    )
_want = [0.407833243125475, 0.3161016391065819, 0.2555583263285544, 0.21564928424584162]
_losses.satisfies(
    lambda v: not (np.shape(v) == (4,) and 1e-10 < np.abs(np.array(v) - _want).max() < 1e-5),
    "the losses went through float32: keep the inputs float64",
    str(_want),
).equals(
    _want,
    tol=1e-10,
    mistakes={
        "the gradients pile up: zero_grad is missing": [
            0.407833243125475,
            0.3161016391065819,
            0.19985903958476084,
            0.13477263178355092,
        ],
        "these are the losses after each step. The first entry is the loss of the start weights": [
            0.3161016391065819,
            0.2555583263285544,
            0.21564928424584162,
            0.18827926421219524,
        ],
        "the loss never changes: `backward` or the optimizer's step is missing, or zero_grad stands between the two": [
            0.407833243125475,
            0.407833243125475,
            0.407833243125475,
            0.407833243125475,
        ],
        "the softmax acts twice: cross-entropy takes logits": [
            0.520618339054141,
            0.5067944535599468,
            0.4925719805923348,
            0.47847573532907256,
        ],
        "the loss is summed over the batch. It is the mean": [
            1.223499729376425,
            0.5777537859449163,
            0.4250363530026509,
            0.3448134456633062,
        ],
        "these are the steps of Adam. The NumPy network takes plain SGD steps": [
            0.407833243125475,
            0.24180494379213302,
            0.14052115135829804,
            0.061204622226377105,
        ],
        "momentum is switched on. The NumPy network takes plain SGD steps": [
            0.407833243125475,
            0.3161016391065819,
            0.20452737243975982,
            0.13938085078678622,
        ],
        "weight decay is switched on. The NumPy network takes plain SGD steps": [
            0.407833243125475,
            0.31593518258646386,
            0.25611022111977244,
            0.21722275139014266,
        ],
        "there is one loss too many: `steps` losses, each before its step": [
            0.407833243125475,
            0.3161016391065819,
            0.2555583263285544,
            0.21564928424584162,
            0.18827926421219524,
        ],
        "the learning rate is 0.1, whatever is passed in": [
            0.407833243125475,
            0.3879921221186198,
            0.36953913089910645,
            0.3524070057218482,
        ],
        "the learning rate is 0.01, whatever is passed in": [
            0.407833243125475,
            0.4058170607466596,
            0.40381494005563634,
            0.4018268231732145,
        ],
        "the learning rate is not the one that is passed in: these are the steps of 0.001, SGD's own default": [
            0.407833243125475,
            0.4076313077263718,
            0.40742951309340975,
            0.40722785916974164,
        ],
    },
)
expect(_model[0].bias.detach(), name="the bias of the model after 4 steps").equals(
    [0.8659747009, -0.3659747009],
    mistakes={
        "the model has not learned: train this model, not a copy": [0.5, 0.0],
        "the last step is missing: every round ends with a step": [0.7951112944, -0.2951112944],
    },
)
print("torch_losses: this check is passed.")

# %% nbgrader={"grade": true, "grade_id": "torch_losses-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests train a layer of three classes for one step and for fifteen, and compute every step without PyTorch.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("torch_losses")
for _n, _d, _steps, _what in [(6, 4, 15, "fifteen steps, three classes"), (1, 2, 1, "one step, a batch of one")]:
    _X, _y, _rate = _rng.normal(size=(_n, _d)), _rng.integers(0, 3, size=_n), float(_rng.uniform(0.2, 0.8))
    _W, _b = _rng.normal(size=(_d, 3)), _rng.normal(size=3)
    _model = nn.Sequential(nn.Linear(_d, 3)).double()
    _model.load_state_dict({"0.weight": torch.from_numpy(_W.T.copy()), "0.bias": torch.from_numpy(_b.copy())})
    _oracle = []
    for _ in range(_steps):
        _odds = np.exp(_X @ _W + _b)
        _p = _odds / np.sum(_odds, axis=1)[:, None]
        _oracle.append(float(np.mean([-np.log(_p[_i, _y[_i]]) for _i in range(_n)])))
        _gap = (_p - (_y[:, None] == np.arange(3))) / _n
        _W, _b = _W - _rate * np.einsum("ni,nj->ij", _X, _gap), _b - _rate * np.einsum("nj->j", _gap)
    _found = expect(torch_losses, hidden=_what).of(_model, _X, _y, _rate, _steps)
    expect(
        str(type(_found.value[0]) if isinstance(_found.value, list | tuple) and len(_found.value) else ""),
        hidden=_what,
        name="torch_losses",
    ).satisfies(lambda v: "Tensor" not in v, "these are tensors. Keep plain numbers")
    _found.satisfies(
        lambda v, want=_oracle: not (np.shape(v) == np.shape(want) and 1e-9 < np.abs(np.array(v) - want).max() < 1e-5),
        "the losses went through float32: keep the inputs float64",
    ).equals(_oracle, tol=1e-10)
    expect(_model[0].weight.detach(), hidden=_what, name="the model after torch_losses").equals(_W.T, tol=1e-10)
### END HIDDEN TESTS

# %% [markdown]
# Third comparison: 20 losses, on XOR and on the moons, from the same start weights.

# %%
curves, gaps = {}, {}
for name, X, y, shape in [("XOR", X_xor, y_xor, [2, 8, 2]), ("moons", X_moons, y_moons, [2, 16, 16, 2])]:
    net = MLP(shape, np.random.default_rng(1))
    model = to_torch(net.params)
    curves[f"{name}, NumPy"] = np.array(numpy_losses(net, X, y, lr=0.5, steps=20))
    curves[f"{name}, PyTorch"] = np.array(torch_losses(model, X, y, lr=0.5, steps=20))
    gaps[name] = np.abs(curves[f"{name}, NumPy"] - curves[f"{name}, PyTorch"])
    print(f"{name:>5}: loss {curves[f'{name}, NumPy'][0]:.4f} -> {curves[f'{name}, NumPy'][-1]:.4f}", end=", ")
    print(f"largest difference of 20 losses {gaps[name].max():.1e}, below 1e-10: {gaps[name].max() < 1e-10}")
plots.lines(
    curves,
    title="Four curves, and you see two: each pair lies on itself",
    x_label="number of the loss (1: start weights)",
    y_label="mean cross-entropy",
)

# %% [markdown]
# The curves of a pair cover each other. To see how far apart they are, draw the difference itself, on an axis where each line is a power of ten. A difference of exactly 0 cannot be drawn there; it is drawn at $10^{-17}$.

# %%
plots.lines(
    {name: np.maximum(gap, 1e-17) for name, gap in gaps.items()},
    title="NumPy minus PyTorch: rounding, and nothing else",
    x_label="number of the loss (1: start weights)",
    y_label="absolute difference of the losses",
    y_scale="log",
)

# %% [markdown]
# Train both further and look at what they have learned: 1000 steps on the moons.

# %% tags=["skip-execution"]
net = MLP([2, 16, 16, 2], np.random.default_rng(1))
model = to_torch(net.params)
long_numpy = np.array(numpy_losses(net, X_moons, y_moons, lr=0.5, steps=1000))
long_torch = np.array(torch_losses(model, X_moons, y_moons, lr=0.5, steps=1000))


def predict_torch(points):
    with torch.no_grad():
        return model(torch.tensor(points)).argmax(dim=1).numpy()


numpy_answers, torch_answers = net.forward(X_moons).argmax(axis=1), predict_torch(X_moons)
print(f"last losses {long_numpy[-1]:.6f} and {long_torch[-1]:.6f}")
print(f"right: NumPy {(numpy_answers == y_moons).mean():.1%}, PyTorch {(torch_answers == y_moons).mean():.1%}")
print(f"points with different answers: {(numpy_answers != torch_answers).sum()} of {len(y_moons)}")
plots.boundary_steps(
    [lambda points: net.forward(points).argmax(axis=1), predict_torch],
    X_moons,
    y_moons,
    titles=["NumPy", "PyTorch"],
    title="The moons after 1000 steps: the same boundary twice",
)

# %% [markdown]
# ### Predict, then run: what does float32 do?
#
# PyTorch's default is float32, with about 7 digits. Start the same network from the same weights, once in float64 and once in float32, and train each for 1000 steps. The first 20 losses then differ by about $10^{-8}$. (In the picture a difference of exactly 0 is drawn at $10^{-17}$ again.) **What happens to the difference until the end: does it stay about there, grow ten times, or grow a thousand times and more?**

# %%
my_guess = None  # "stays", "ten times", "a thousand times"


# %% tags=["skip-execution"]
class InFloat32(nn.Module):
    """Computes in float32 inside, and speaks float64 to the outside."""

    def __init__(self, inner):
        nn.Module.__init__(self)
        self.inner = inner.float()

    def forward(self, X):
        return self.inner(X.float()).double()


start = MLP([2, 16, 16, 2], np.random.default_rng(1)).params  # the weights that the networks above began with
half_digits = np.array(torch_losses(InFloat32(to_torch(start)), X_moons, y_moons, lr=0.5, steps=1000))
apart = {"PyTorch in float64": np.abs(long_numpy - long_torch), "PyTorch in float32": np.abs(long_numpy - half_digits)}
for name, gap in apart.items():
    print(f"{name}: first loss {gap[0]:.0e}, largest of the first 20 {gap[:20].max():.0e}, of all 1000 {gap.max():.0e}")
print(f"You expected {my_guess}.")
plots.lines(
    {name: np.maximum(gap, 1e-17) for name, gap in apart.items()},
    title="How far each PyTorch run is from the NumPy run",
    x_label="number of the loss",
    y_label="absolute difference of the losses",
    y_scale="log",
)

# %% [markdown]
# In float64 the two programs stay together for all 1000 steps: on our machine the losses never differ by more than about $10^{-16}$. In float32 they are at most about $10^{-8}$ apart for the first two hundred steps, and later mostly between $10^{-6}$ and $10^{-3}$: more than a thousand times as much at the worst steps. Nothing is broken. Every step rounds, so the two runs walk on slightly different paths, and where the loss changes fast, a small difference of place is a larger difference of loss.
#
# This is why the comparison of this lesson is made in float64 and over 20 steps. There, a difference above $10^{-10}$ is a bug. In float32, after 1000 steps, a small bug and the rounding look alike.
#
# ## 7. Bug hunt: four networks that are nearly the same
#
# ## Exercise 8 — symptom and cause
# **2 points · difficulty 3 of 5 · importance 4 of 5 · about 10 min**
#
# Four students rebuilt a network `[3, 3, 3]` in PyTorch from the same start weights, and each made **one** mistake. You do not see their code. You see what they measured against the NumPy network, on 12 rows, with a learning rate of 0.3: the table of the next cell. These are six mistakes that people make; four of them were made.
#
# | write | the mistake |
# |---|---|
# | `"sum"` | the loss is summed over the batch, not averaged |
# | `"softmax"` | a softmax acts on the logits, before the cross-entropy that has one inside |
# | `"transpose"` | the weights went over without being transposed |
# | `"weight decay"` | the optimizer was made with `weight_decay=0.01` |
# | `"zero_grad"` | the gradients are never set to zero |
# | `"float32"` | everything is computed in float32 |
#
# Fill in `diagnosis`: one of these words for each of A, B, C, D. You have all tools to make each mistake yourself, in a new cell, and to look at what it does first.
#
# <details><summary>Hint 1: a nudge</summary>
#
# For each version: which is the **first** number that is wrong? Logits come before the loss, the loss before the gradients, the gradients before the second loss.
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# A mistake can only be seen behind the place where it acts. One that acts on the weights changes the logits. One in the loss leaves the logits. One in the optimizer leaves even the first gradients. And when does a forgotten `zero_grad` act for the first time?
#
# </details>
# <details><summary>Hint 3: almost an answer</summary>
#
# Two versions have right logits and a wrong first loss. Divide that loss by the right one: a whole number tells you something. For the version whose first gradients are right, ask whether the second loss (after one step) is right.
#
# </details>

# %%
recorded = {
    "NumPy": {
        "logits": 0.0,
        "gradients": 0.0,
        "losses": [
            1.7822017947,
            1.4175539390,
            1.2494062225,
            1.1628165486,
            1.1103984284,
            1.0752891903,
            1.0494131184,
            1.0296000410,
            1.0137978650,
            1.0010147384,
            0.9900976313,
            0.9808871479,
            0.9724460405,
            0.9652597942,
            0.9582073195,
            0.9520411989,
            0.9460395158,
            0.9401743785,
            0.9349059554,
            0.9295320112,
        ],
    },
    "A": {
        "logits": 4.4e-16,
        "gradients": 1.1e-16,
        "losses": [
            1.7822017947,
            1.4136645405,
            1.2455777786,
            1.1595684542,
            1.1079581217,
            1.0738012481,
            1.0488397618,
            1.0300676952,
            1.0150057906,
            1.0032188363,
            0.9929008019,
            0.9844743378,
            0.9768058650,
            0.9698943855,
            0.9639349422,
            0.9580510450,
            0.9526543209,
            0.9477834544,
            0.9428279350,
            0.9381039517,
        ],
    },
    "B": {
        "logits": 3.4,
        "gradients": 0.5,
        "losses": [
            1.3898885606,
            1.2899717467,
            1.2236638918,
            1.1804757489,
            1.1560566494,
            1.1373313660,
            1.1226829665,
            1.1109597271,
            1.1011024170,
            1.0905416059,
            1.0813112457,
            1.0730415523,
            1.0657614973,
            1.0597924000,
            1.0540934706,
            1.0485809545,
            1.0431894590,
            1.0378677360,
            1.0325755645,
            1.0272814206,
        ],
    },
    "C": {
        "logits": 4.4e-16,
        "gradients": 6.4,
        "losses": [
            21.3864215365,
            20.2059526194,
            15.3761998113,
            12.9799293269,
            12.9308989177,
            12.9306866151,
            12.9306772350,
            12.9306760853,
            12.9306759445,
            12.9306759272,
            12.9306759251,
            12.9306759248,
            12.9306759248,
            12.9306759248,
            12.9306759248,
            12.9306759248,
            12.9306759248,
            12.9306759248,
            12.9306759248,
            12.9306759248,
        ],
    },
    "D": {
        "logits": 4.4e-16,
        "gradients": 0.52,
        "losses": [
            1.1444901024,
            1.1391239035,
            1.1334022168,
            1.1272976344,
            1.1207880216,
            1.1138621044,
            1.1065275567,
            1.0988214611,
            1.0908769978,
            1.0832843592,
            1.0761221715,
            1.0698536917,
            1.0641942370,
            1.0592121431,
            1.0549056533,
            1.0512181389,
            1.0480625441,
            1.0453437790,
            1.0429733640,
            1.0408762401,
        ],
    },
}
print("version  largest difference of    losses 1 to 4")
print("         logits     gradients")
for name, seen in recorded.items():
    print(
        f"{name:>5}    {seen['logits']:<10.0e} {seen['gradients']:<10.0e}",
        "  ".join(f"{v:.6f}" for v in seen["losses"][:4]),
    )
print(
    f"C is not in the picture: it begins at {recorded['C']['losses'][0]:.1f} and ends at {recorded['C']['losses'][-1]:.1f}."
)
plots.lines(
    {name: seen["losses"] for name, seen in recorded.items() if name != "C"},
    title="20 losses of the NumPy network and of three rebuilt ones",
    x_label="number of the loss (1: start weights)",
    y_label="loss",
)

# %% nbgrader={"grade": false, "grade_id": "diagnosis", "locked": false, "schema_version": 3, "solution": true, "task": false}
diagnosis = {"A": "", "B": "", "C": "", "D": ""}
### BEGIN SOLUTION
diagnosis = {"A": "weight decay", "B": "transpose", "C": "sum", "D": "softmax"}
### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "diagnosis-early", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of diagnosis, versions B and C: run this cell.
def _against(version, cause):
    """What speaks against this cause, from the recorded numbers; None where nothing does."""
    seen, right = recorded[version], recorded["NumPy"]["losses"]
    same = [abs(a - b) < 1e-9 for a, b in zip(seen["losses"], right)]
    logits = seen["logits"]
    whole = abs(seen["losses"][0] / right[0] - 12) < 1e-6
    if cause == "transpose":
        return None if logits > 1e-3 else "other weights would give other logits, and the logits are right"
    if cause == "float32":
        return (
            None
            if 1e-9 < logits < 1e-3
            else "float32 keeps 7 digits: the logits would differ by about 1e-7, neither more nor not at all"
        )
    if logits > 1e-9:
        return "this mistake leaves the logits as they are, and they are wrong already"
    if cause == "sum":
        return (
            None
            if whole
            else "a sum over 12 rows gives 12 times the mean, also in the first loss. Divide the two first losses"
        )
    if cause == "softmax":
        return (
            None
            if not (same[0] or whole)
            else (
                "a second softmax changes the first loss, and here it is right"
                if same[0]
                else "the first loss is a whole number of times the right one. A softmax does not do that"
            )
        )
    if not same[0]:
        return "this mistake acts in the steps, and the first loss is wrong already"
    if cause == "weight decay":
        return None if not same[1] else "weight decay acts in the first step: the second loss would be wrong"
    return (
        None
        if same[1] and not same[2]
        else "in the first step nothing has piled up yet: the second loss would still be right"
    )


def _diagnosed(version):
    _causes = ("sum", "softmax", "transpose", "weight decay", "zero_grad", "float32")
    expect(diagnosis, name="diagnosis").satisfies(
        lambda v: isinstance(v, dict) and set(v) >= set("ABCD"), "diagnosis needs the four keys A, B, C, D"
    )
    expect(diagnosis[version], name=f"diagnosis[{version!r}]").satisfies(
        lambda v: v != "", "nothing is written yet, or the line with `raise` still stands above your answer"
    ).satisfies(lambda v: v in _causes, "write one of the six words of the table, letter by letter").satisfies(
        lambda v: _against(version, v) is None, f"version {version}: {_against(version, diagnosis[version])}"
    )


_diagnosed("B")
_diagnosed("C")
print("diagnosis: B and C are found.")

# %% nbgrader={"grade": true, "grade_id": "diagnosis-late", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of diagnosis, versions A and D: run this cell. (It uses the two functions of the check above.)
_diagnosed("A")
_diagnosed("D")
print("diagnosis: A and D are found.")

# %% [markdown]
# Look at the picture once more. The version with weight decay lies almost on the right curve: in a picture of the losses you would hardly have noticed it. The second number showed it.
#
# ## 8. What does each cost?
#
# Equal results. Now the price, in three currencies: lines that you write and maintain, time, memory.
#
# ### Lines
#
# Python knows for each function which lines of its text hold code. The next cell counts them: your class and its two engines on one side; on the other what you need with PyTorch, which is one line that makes the model, and the training loop. Functions that you added as helpers are not counted: put their names into the call.


# %%
def count_lines(*functions):
    """How many lines of these functions hold code. Blank lines, comments and docstrings do not count."""
    waiting, found = [function.__code__ for function in functions], set()
    while waiting:
        code = waiting.pop()
        found |= {(code.co_filename, line) for _, _, line in code.co_lines() if line}
        waiting += [inner for inner in code.co_consts if hasattr(inner, "co_lines")]
    return len(found)


lines = {
    "network, NumPy": count_lines(mlp_forward, mlp_backward, MLP.__init__, MLP.forward, MLP.backward, MLP.step),
    "training, NumPy": count_lines(numpy_losses),
    "network, PyTorch": 1,  # nn.Sequential(nn.Linear(2, 16), nn.ReLU(), ...)
    "training, PyTorch": count_lines(torch_losses),
}
for what, count in lines.items():
    print(f"{what:>18}: {count} lines")

# %% [markdown]
# ### Time
#
# **Predict, then run:** for the tiny network of the moons, which is faster per step, your NumPy or PyTorch? And with hidden layers of 512? The cell takes the best of several tries, because the other programs of your machine disturb single ones.

# %%
my_guess = None  # for example "small: PyTorch, large: the same"


# %% tags=["skip-execution"]
def seconds_per_step(losses_of, make, steps):
    best = math.inf
    for _ in range(6):
        trained = make()
        began = time.perf_counter()
        losses_of(trained, X_moons, y_moons, 0.01, steps)
        best = min(best, (time.perf_counter() - began) / steps)
    return best


widths = [8, 32, 128, 512]
times = {"NumPy": [], "PyTorch": []}
for width in widths:
    start = MLP([2, width, width, 2], np.random.default_rng(0)).params

    def fresh_numpy(start=start, width=width):
        twin = MLP([2, width, width, 2], np.random.default_rng(0))
        twin.params = [(W.copy(), b.copy()) for W, b in start]
        return twin

    steps = 30 if width < 512 else 6
    times["NumPy"].append(1000 * seconds_per_step(numpy_losses, fresh_numpy, steps))
    times["PyTorch"].append(1000 * seconds_per_step(torch_losses, lambda start=start: to_torch(start), steps))
    print(
        f"hidden layers of {width:>3}: NumPy {times['NumPy'][-1]:7.3f} ms, PyTorch {times['PyTorch'][-1]:7.3f} ms a step"
    )
print(f"You expected {my_guess}.")
plots.lines(
    times,
    title="Time of one step on 200 points, float64, on this machine",
    x=widths,
    x_label="neurons in each of the two hidden layers",
    y_label="milliseconds",
    x_scale="log",
    y_scale="log",
)

# %% [markdown]
# On our machine NumPy is faster for the tiny network: twice as fast on a quiet machine, and ten times and more on a busy one. At 512 the two are close, with one or the other ahead. The four widths are the dots of the picture. On yours it may look another way. Every call of PyTorch finds out which dtype and device it has to do with, and records what it does for the backward pass; this costs the same for 8 neurons as for 512. The arithmetic does not: the middle layer has 64 weights at width 8, and 262,144 at width 512. Where there is much arithmetic, both spend their time in the same kind of matrix product, written by specialists, and the rest hardly counts.
#
# What this does not show: on a GPU the large sizes are another matter, and your NumPy cannot go there. `model.to("cuda")` can.
#
# ### Memory
#
# Three things have to be held at the same time: the parameters, their gradients, and the outputs of all layers, which the backward pass reads. `nbytes` is the size of an array. What PyTorch keeps for its backward pass can be overheard: `saved_tensors_hooks` calls a function for each tensor that autograd puts aside. Each piece of memory counts once, and the parameters not again.

# %%
from torch.autograd.graph import saved_tensors_hooks

net = MLP([2, 128, 128, 2], np.random.default_rng(0))
_, grads = net.backward(X_moons, y_moons)
numpy_bytes = {
    "parameters": sum(part.nbytes for pair in net.params for part in pair),
    "gradients": sum(part.nbytes for pair in grads for part in pair),
    "kept for the backward pass": sum(part.nbytes for part in mlp_forward(X_moons, net.params)),
}

model = to_torch(net.params)
kept = {}


def overhear(tensor):
    kept[tensor.untyped_storage().data_ptr()] = tensor.untyped_storage().nbytes()
    return tensor


with saved_tensors_hooks(overhear, lambda tensor: tensor):
    torch_loss = nn.functional.cross_entropy(model(torch.tensor(X_moons)), torch.tensor(y_moons))
torch_loss.backward()
for parameter in model.parameters():
    kept.pop(parameter.untyped_storage().data_ptr(), None)
torch_bytes = {
    "parameters": sum(parameter.nbytes for parameter in model.parameters()),
    "gradients": sum(parameter.grad.nbytes for parameter in model.parameters()),
    "kept for the backward pass": sum(kept.values()),
}
print(f"{'bytes, float64':>27}   {'NumPy':>8} {'PyTorch':>8}")
for what in numpy_bytes:
    print(f"{what:>27}   {numpy_bytes[what]:>8} {torch_bytes[what]:>8}")

# %% [markdown]
# Nearly the same. Both must hold what the formulas of section 2 read, and that is most of it. The few bytes more of PyTorch are the 200 labels, at 8 bytes each, and one number. The outputs of the layers take about three times the memory of the parameters here; they grow with the batch, and the parameters do not. So when memory runs out in training, a smaller batch helps. And float32, with 4 bytes a number, takes half of everything.
#
# ## Exercise 9 — the comparison
# **4 points · difficulty 3 of 5 · importance 5 of 5 · about 20 min · read by your instructor**
#
# Write 8 to 12 sentences for a colleague who asks: *why did you build it twice, and which one do you use now?* Four things belong in it, one point each:
#
# 1. **Are they the same?** Outputs, gradients and losses, with your numbers, and why the differences are not exactly 0.
# 2. **What does each cost?** Lines, time at a small and a large size, memory, with your numbers.
# 3. **Why?** What PyTorch does for you that you did by hand, and what explains the times.
# 4. **When which?** A use for each, and one thing that these measurements do not show.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Scroll up and copy your numbers beside the four points first. Then write.
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# For point 3: which part of your code disappeared in PyTorch? And what does every call of PyTorch do beside the arithmetic?
#
# </details>
# <details><summary>Hint 3: almost an answer</summary>
#
# For point 4 ask what was never varied: the machine, a GPU, the kinds of layers, the size of the batch, how long it takes a beginner to find a mistake in each.
#
# </details>

# %% [markdown] nbgrader={"grade": true, "grade_id": "comparison", "locked": false, "points": 4, "schema_version": 3, "solution": true, "task": false}
# ### BEGIN SOLUTION
# The two networks are the same: on the moons, from the same start weights, logits, gradients and the 20 losses differ by a few 1e-16 at most, far below 1e-10. The differences are not exactly 0 because both add the same products in another order, and every addition rounds in the sixteenth digit.
# My network takes 30 lines and its training 7; PyTorch takes 1 line for the model and 12 for the training. One step with two hidden layers of 8 took about 0.15 milliseconds in NumPy and several times as long in PyTorch; with 512 neurons it was about ten milliseconds or more in both, and they were close. The memory was the same to less than one percent: 137 kB of parameters, 137 kB of gradients, and 417 kB of kept outputs.
# The lines that disappeared are the backward pass and the step: autograd records the forward pass and derives the gradients, and the optimizer moves the weights. The recording costs a fixed time per call, which is most of a tiny step and next to nothing of a large one; there both wait for matrix products.
# I use PyTorch when anything will change, grow or need a GPU, because a new layer costs me one line there and a derivation here. I would write it by hand for a small fixed network in a program that must not carry a large library, and to understand or to test a new layer.
# These measurements do not show what happens on a GPU, with other kinds of layers or other batch sizes, or on another machine; and a line count does not say how long I searched for a mistake.
# ### END SOLUTION

# %% [markdown]
# ## 9. Tell others
#
# Explaining is the best test. Copy this post, fill the blanks with **your** numbers, and put it where your course talks. Do not paste your functions: others still write theirs.
#
# > **[Week 3] Neural Network from Scratch vs PyTorch**
# >
# > I wrote a network of dense layers, forward and backward, in `___` lines of NumPy, and rebuilt it in PyTorch in `___` lines.
# >
# > From the same start weights: outputs differ by at most `___`, gradients by `___`, and 20 losses by `___` (float64, moons).
# >
# > One step with two hidden layers of 8 takes `___` ms in NumPy and `___` ms in PyTorch; with 512, `___` ms and `___` ms.
# >
# > The bug that took me longest: `___`. The first wrong number that gave it away: `___`.
# >
# > What I understand now about `backward()` that I did not before: `___`.
# >
# > I would still write it by hand when `___`. My picture: (the curves that lie on each other)
#
# ## How GPT uses this
#
# Models like GPT are moved between programs all the time: from the library they were trained in to one that runs on a phone. The test is the one of this lesson. The same tokens go through both, and the logits are compared: in float32 until the differences are rounding, in 16 bits
# with more patience, because those keep about three digits. GPT-2 itself is the standard example: its published code stores some weights as `(d_in, d_out)`, as you do, and a rebuilt one with `nn.Linear` has to transpose them, as `to_torch` does. Whoever forgets it gets logits of the right shape, and nonsense for text.
# Here is how much 16 bits keep of one number:

# %%
third = torch.tensor(1 / 3, dtype=torch.float64)
for kind in (torch.float64, torch.float32, torch.float16, torch.bfloat16):
    print(f"{kind!s:>15}: 1/3 is {third.to(kind).item():.17f}")

# %% [markdown]
# ## Coming from C# or Java
#
# - `self` is the `this` of your languages, written out. `net.step(grads, 0.1)` and `MLP.step(net, grads, 0.1)` are the same call: a method is a function whose first parameter is the object.
# - A list in the body of a class is `static`: all objects share it. What belongs to one object is made in `__init__`.
# - `W = W - lr * dW` inside a loop gives a local name another array, as assigning to a loop variable does in Java. Nothing in the list changes.
# - `numpy_losses` takes anything that has `backward` and `step`. No interface is declared anywhere: this is duck typing, and `Valley` used it.
# - A second implementation as the oracle is what you would call a differential test or a golden-master test.
#
# ## If you are stuck
#
# | what you see | likely cause |
# |---|---|
# | logits differ by more than 1e-12 | weights not transposed, a ReLU at the end, or float32 on the way |
# | logits equal, first loss wrong | sum in place of mean, or a softmax before the cross-entropy |
# | loss equal, gradients wrong | your backward pass: compare layer by layer from the last to the first. The first layer that is wrong, counted from the end, has the mistake |
# | gradients equal, second loss wrong | the step: sign, learning rate, bias, or weight decay |
# | second loss equal, third wrong | the gradients pile up, they were computed once, before the loop, or momentum is on (its first step is a plain one) |
# | both networks have the same weights after training one | the memory is shared: `torch.from_numpy` without a copy |
# | `mat1 and mat2 must have the same dtype` | a float32 model met float64 data (the words differ between versions of PyTorch) |
#
# ## Checkpoint
#
# Answer each question aloud before you open it.
#
# <details><summary>Why do two right programs differ by 1e-16, and not by 0?</summary>
#
# They add the same numbers in another order, and every addition rounds. The sum of floats depends on the order.
#
# </details>
# <details><summary>Why compare gradients, when the losses are equal already?</summary>
#
# One loss says nothing about the backward pass. And when 20 losses differ, the gradients of the first step tell you where to look.
#
# </details>
# <details><summary>Logits equal, gradients equal, second loss different. Where is the mistake?</summary>
#
# In the step: the optimizer or its settings.
#
# </details>
# <details><summary>Why is PyTorch slower on a tiny network?</summary>
#
# Every call records the graph, looks up dtype and device, and only then computes. When there is little to compute, this is most of the time.
#
# </details>
# <details><summary>What are the sizes of dW1 and of the gradient of the first nn.Linear's weight, for sizes [2, 16, 2]?</summary>
#
# `(2, 16)` and `(16, 2)`.
#
# </details>
#
# You have built a network twice, and you know to the last digit that it is one network. **Next:** the quiz of this week. In week 07 you build a library of your own and hold it against PyTorch in the same way.
