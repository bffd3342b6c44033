# %% [markdown]
# # Week 00 · Lesson 3 — The forward pass
#
# **About 125 minutes.** You put neurons side by side into layers, layers one after another into a network, and measure how wrong its answers are. At the end your code reads handwritten digits.
#
# | built before | built here | unlocks next |
# |---|---|---|
# | one neuron and its answer for a batch (lesson 1), `relu` and softmax (lesson 2) | `dense`, `count_parameters`, `forward`, three losses (`mse`, `bce_with_logits`, `cross_entropy`) and `accuracy` | lesson 4 (the same in PyTorch) and week 03 (learning by backpropagation) |
#
# After this lesson you can
#
# - say the shape of every array in a network before you run it, and count its parameters;
# - write a forward pass of any depth that also remembers what learning will need;
# - compute three losses without overflow, and know what an untrained network's loss should be;
# - find bugs in a forward pass that raise no error.
#
# Every function you write leaves the arrays and lists it was given as they were; the checks look at that too.
#
# Nothing is trained here. The weights of the digits network come with the course; `groundup/datasets/train_digits_network.py` made them, with the methods of week 03.

# %%
import numpy as np

from groundup import datasets, plots
from groundup.checks import expect, fresh_rng


def relu(Z):
    """The activation of lesson 2: negative numbers become 0. Any shape -> the same shape."""
    return np.where(Z > 0, Z, 0.0)


# %% [markdown]
# ## 1. The idea: a layer is many neurons that read the same input
#
# One neuron turns an input into one number. Put 32 neurons side by side, let each read the same input with its own weights, and you get 32 numbers: a **layer**. Those
# numbers are the input of the next layer. The last layer has one neuron per possible answer, and the largest of its numbers wins.
#
# Running an input through all layers is the **forward pass**. This is how a trained network answers, and the first half of how it learns.

# %%
plots.network([64, 32, 10], title="A network for 8 × 8 digits: 64 pixels, 32 hidden neurons, 10 classes")

# %% [markdown]
# ## 2. One layer: the math, with every shape
#
# Neuron $j$ has weights $\mathbf{w}_j$ of shape `(d_in,)`. The layer stores them as the **columns** of one matrix $\mathbf{W}$:
#
# $$\mathbf{Z} = \mathbf{X}\mathbf{W} + \mathbf{b} \qquad\qquad Z_{ij} = \sum_{k} X_{ik} W_{kj} + b_j$$
#
# | symbol | in code | shape | meaning |
# |---|---|---|---|
# | $\mathbf{X}$ | `X` | `(n, d_in)` | a batch: $n$ inputs in rows |
# | $\mathbf{W}$ | `W` | `(d_in, d_out)` | the weights: one column per neuron |
# | $\mathbf{b}$ | `b` | `(d_out,)` | the biases: one per neuron |
# | $\mathbf{Z}$ | `Z` | `(n, d_out)` | the scores: row $i$, column $j$ is what neuron $j$ says of input $i$ |
#
# Read `(n, d_in) @ (d_in, d_out) → (n, d_out)` from left to right: the two inner sizes meet and vanish. `@` is the matrix product: it does the sum over $k$ for all $i$ and $j$ at once. NumPy adds `b` to every row; this is called **broadcasting**.
#
# ### Worked example: two inputs, three neurons

# %%
X = np.array([[1.0, 2.0], [0.0, -1.0]])  # n = 2 inputs with d_in = 2 numbers each
W = np.array([[1.0, 0.0, 2.0], [0.5, -1.0, 1.0]])  # d_out = 3 neurons, one column each
b = np.array([0.0, 1.0, -1.0])

# Step 1: one entry by hand. Input 0, neuron 2: row 0 of X with column 2 of W, plus bias 2.
by_hand = 1.0 * 2.0 + 2.0 * 1.0 + (-1.0)
# Step 2: the same for every input i and every neuron j, with two loops.
scores = np.zeros((2, 3))
for i in range(2):
    for j in range(3):
        scores[i, j] = (X[i] * W[:, j]).sum() + b[j]
# Step 3: compare the entry, and look at the shape.
print(f"by hand {by_hand}, in the matrix {scores[0, 2]}, shape {scores.shape}")
print(scores)

# %% [markdown]
# ### Faded example: shapes before you run
#
# A batch of 5 images with 64 pixels goes through a layer of 32 neurons and then a layer of 10. Fill in the four shapes: take the first `#` of each line away, replace each `___`, and delete the line with `raise`.

# %% nbgrader={"grade": false, "grade_id": "faded-shapes", "locked": false, "schema_version": 3, "solution": true, "task": false}
shape_W1 = shape_Z1 = shape_b2 = shape_logits = None
# shape_W1 = (___, ___)      # the weights of the first layer
# shape_Z1 = (___, ___)      # what the first layer computes for the batch
# shape_b2 = (___,)          # the biases of the second layer
# shape_logits = (___, ___)  # what the second layer computes for the batch
### BEGIN SOLUTION
shape_W1 = (64, 32)
shape_Z1 = (5, 32)
shape_b2 = (10,)
shape_logits = (5, 10)
### END SOLUTION

# %% nbgrader={"grade": false, "grade_id": "faded-shapes-check", "locked": true, "schema_version": 3, "solution": false, "task": false}
# No points here: this check shows you where you are.
for _name, _given, _want, _mistakes in [
    (
        "shape_W1",
        shape_W1,
        (64, 32),
        {
            (32, 64): "a column per neuron: inputs first, neurons second",
            (5, 64): "this is the batch",
            (5, 32): "this is what the layer computes. Its weights do not depend on how many images come in",
            (64, 10): "this joins the pixels with the second layer. The first one has 32 neurons",
            (32, 10): "these are the weights of the second layer",
        },
    ),
    (
        "shape_Z1",
        shape_Z1,
        (5, 32),
        {
            (32, 5): "rows are inputs and columns are neurons",
            (5, 64): "this is the shape of the batch that comes in",
            (64, 32): "this is the shape of the weights",
            (5, 10): "this is what the second layer computes. The first one has 32 neurons",
            (32,): "this would be one image. There are 5, one row each",
        },
    ),
    (
        "shape_b2",
        shape_b2,
        (10,),
        {
            (32,): "one bias per neuron of this layer, and this layer has 10",
            (5,): "biases belong to neurons, not to inputs",
            (1, 10): "the biases are a plain list of numbers, with one axis: (10,)",
            (10, 1): "one number per neuron of this layer, and one axis only: no second size",
            (1,): "one number per neuron of this layer: each neuron has a bias of its own",
            (10, 32): "this is a whole matrix. There is one number per neuron of this layer, and one axis only",
            (32, 10): "these are the weights. There is one bias per neuron of this layer, and one axis only",
            (5, 10): "biases belong to neurons, not to inputs: one number per neuron of this layer, and one axis only",
            10: "(10) is a number in parentheses. A shape with one axis needs the comma: (10,)",
        },
    ),
    (
        "shape_logits",
        shape_logits,
        (5, 10),
        {
            (10, 5): "rows are inputs and columns are classes",
            (32, 10): "this is the shape of W2",
            (5, 32): "this is what the first layer computes. The second one has 10 neurons",
            (10,): "this would be one image. There are 5, one row each",
            (5, 64): "this is the shape of the batch that comes in",
        },
    ),
]:
    expect(_given, name=_name).satisfies(
        lambda v: v is not None, "nothing is filled in yet, or the line with `raise` still stands above your lines"
    ).satisfies(
        lambda v: isinstance(v, tuple | int), "write the sizes in parentheses, ( ): a shape is a tuple of numbers"
    ).satisfies(
        lambda v: isinstance(v, int) or all(isinstance(size, int) for size in v), "a blank `___` is left"
    ).satisfies(
        lambda v, want=_want: v == want,
        next(
            (why for wrong, why in _mistakes.items() if isinstance(_given, tuple | int) and _given == wrong),
            f"say it in words: {'how many numbers are there' if len(_want) == 1 else 'how many rows are there, and how many columns'}?",
        ),
    )
print("All four shapes are right.")

# %% [markdown]
# ## Exercise 1 — one layer
# **3 points · difficulty 1 of 5 · importance 5 of 5 · about 5 min**
#
# Write `dense(X, W, b)`: the scores of a layer for a batch. `X (n, d_in)`, `W (d_in, d_out)`, `b (d_out,)` → `(n, d_out)`.
# For the arrays of the worked example it returns the matrix that was printed there. (A layer in which every neuron reads every input is called *dense* or *fully connected*.)
#
# <details><summary>Hint 1: a nudge</summary>
#
# It is one line, and the formula above is almost the code.
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# `@` multiplies matrices. The order matters: which of `X @ W` and `W @ X` has fitting inner sizes for every `n`?
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
# The product of `X` and `W`, in this order, plus `b`. Broadcasting adds `b` to each row; you do not need to repeat it.
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "dense", "locked": false, "schema_version": 3, "solution": true, "task": false}
def dense(X, W, b):
    """Scores of one layer. X (n, d_in), W (d_in, d_out), b (d_out,) -> (n, d_out)."""
    ### BEGIN SOLUTION
    return X @ W + b
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "dense-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of dense: run this cell.
_X = np.array([[1.0, 2.0], [0.0, -1.0]])
_W, _b = np.array([[1.0, 3.0], [0.5, -1.0]]), np.array([0.25, 1.0])
expect(dense).of(_X, _W, _b).leaves_arguments_unchanged().equals(
    [[2.25, 2.0], [-0.25, 2.0]],
    mistakes={
        "the bias is missing": [[2.0, 1.0], [-0.5, 1.0]],
        "W is transposed: its columns are the neurons, so it is X @ W": [[7.25, -0.5], [-2.75, 2.0]],
        "the order of the product is turned around: X comes first": [[1.25, 0.0], [0.75, 3.0]],
        "`*` multiplies entry by entry. A matrix product is `@`": [[1.25, 7.0], [0.25, 2.0]],
        "the bias is added per row, and it belongs to the columns: one bias per neuron": [[2.25, 1.25], [0.5, 2.0]],
        "the bias is subtracted": [[1.75, 0.0], [-0.75, 0.0]],
        "the bias is added once for every number of the input. Add it once, after the sum": [[2.5, 3.0], [0.0, 3.0]],
        "all neurons get the bias of the first one. Each neuron has its own": [[2.25, 1.25], [-0.25, 1.25]],
        "`+=` writes into `b` itself, so the rows pile up there. Begin each row with a new array": [
            [1.75, 3.0],
            [1.75, 3.0],
        ],
        "ReLU was applied. `dense` returns the scores as they are": [[2.25, 2.0], [0.0, 2.0]],
        "the bias is added to X. It is added after the product": [[2.75, 0.75], [0.25, 0.75]],
        "the bias is added to W. It is added after the product": [[2.75, 4.0], [-0.75, 0.0]],
        "the biases were summed up. Each neuron has its own": [[3.25, 2.25], [0.75, 2.25]],
    },
)
expect(dense).of(
    np.array([[1.0, 2.0], [0.0, -1.0]]), np.array([[1.0, 0.0, 2.0], [0.5, -1.0, 1.0]]), np.array([0.0, 1.0, -1.0])
).equals(
    [[2.0, -1.0, 3.0], [-0.5, 2.0, -2.0]],
    mistakes={
        "the last column was never filled: the number of neurons is `W.shape[1]`, and `len(W)` is the number of inputs": [
            [2.0, -1.0, 0.0],
            [-0.5, 2.0, 0.0],
        ],
        "a column is missing: the number of neurons is `W.shape[1]`, and `len(W)` is the number of inputs": [
            [2.0, -1.0],
            [-0.5, 2.0],
        ],
    },
)
print("dense: this check is passed.")

# %% nbgrader={"grade": true, "grade_id": "dense-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests use a batch of one, one neuron, odd sizes, and look at the arrays you were given.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("dense")
for _n, _i, _o, _what in [
    (1, 4, 3, "a batch of one"),
    (5, 3, 1, "a layer of one neuron"),
    (7, 1, 5, "inputs with one number"),
    (4, 6, 4, "as many neurons as rows"),
]:
    _X, _W, _b = _rng.normal(size=(_n, _i)), _rng.normal(size=(_i, _o)), _rng.normal(size=_o)
    _wanted = [[sum(_X[_r, _k] * _W[_k, _c] for _k in range(_i)) + _b[_c] for _c in range(_o)] for _r in range(_n)]
    expect(dense, hidden=_what).of(_X.copy(), _W.copy(), _b.copy()).satisfies(
        lambda v: np.ndim(v) == 2,
        "an axis got lost. The scores have two axes, (n, d_out), also for one input or one neuron",
    ).has_shape(_n, _o).equals(
        _wanted,
        mistakes={
            "the bias is missing": _X @ _W,
            "the bias is added per row, and it belongs to the columns: one bias per neuron": _X @ _W
            + (_b[:, None] if _n == _o else _b),
        },
    ).leaves_arguments_unchanged()
### END HIDDEN TESTS

# %% [markdown]
# ## 3. How many numbers does a network hold?
#
# The weights and biases are the network's **parameters**: the numbers that learning may change. A layer with `d_in` inputs and `d_out` neurons has `d_in * d_out` weights and
# `d_out` biases. We describe a network by its list of sizes, from the input to the last layer: `[64, 32, 10]` means 64 inputs, a hidden layer of 32, and 10 classes. The picture in section 1 draws three columns of circles, and there are **two** layers of
# parameters: the input has none.
#
# ## Exercise 2 — counting parameters
# **2 points · difficulty 2 of 5 · importance 3 of 5 · about 10 min**
#
# Write `count_parameters(sizes)`: a list of at least two sizes → one whole number. For `[2, 3, 1]` it is `13`: the first layer has 2·3 + 3, the second 3·1 + 1.
#
# <details><summary>Hint 1: a nudge</summary>
#
# How many layers of parameters does a list of four sizes describe?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Each layer joins two **neighbors** in the list. `zip(sizes[:-1], sizes[1:])` walks over all pairs of neighbors.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
# Start a total at 0. For each pair (inputs, neurons) of neighbors add the number of weights and the number of biases. Return the total.
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "count_parameters", "locked": false, "schema_version": 3, "solution": true, "task": false}
def count_parameters(sizes):
    """Number of weights and biases of a dense network. sizes: [d_input, d_hidden, ..., n_classes] -> int."""
    ### BEGIN SOLUTION
    return sum(fan_in * fan_out + fan_out for fan_in, fan_out in zip(sizes[:-1], sizes[1:]))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "count_parameters-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of count_parameters: run this cell.
_sizes = [5, 7, 8]
expect(count_parameters).of(_sizes).equals(
    106,
    mistakes={
        "the biases are missing: every neuron has one": 91,
        "these are the sizes added up. Count the weights and biases between them": 20,
        "the input has no biases of its own": 111,
        "only the first layer is counted: the loop ends too early, or the `return` is inside it": 42,
        "only the last layer is counted: add to the total instead of replacing it, or the loop begins too late": 64,
        "one bias per layer is too few: every neuron has one": 93,
        "one bias for the whole network is too few: every neuron has one": 92,
        "one bias for each size in the list is too few: every neuron has one": 94,
        "only the last layer's biases are counted": 99,
        "the last layer's biases are missing": 98,
        "all sizes are multiplied with each other. Only neighbors are joined": 280,
        "each layer's biases belong to its neurons (the second size of the pair), not to its inputs": 103,
        "the index -1 wraps around: the first pair joins the last size with the first one": 151,
        "each size is paired with itself. Shift one of the two lists by one": 158,
        "each size is multiplied with itself. Multiply it with its neighbor": 128,
        "every layer is joined to the input. A layer reads the one before it": 90,
        "the biases were counted for the inputs too: neurons have biases, inputs have none": 118,
        "the + 1 stands on both sides. Only the inputs get one more, the bias: (inputs + 1) * neurons": 120,
        "the biases are subtracted. They are numbers to learn as well": 76,
        "the biases are counted twice": 121,
        "inputs and neurons are added. Each input is joined to each neuron: multiply them": 27,
        "the biases are multiplied in. Add them": 693,
        "only the biases are counted: the weights are missing": 15,
        "the input is joined to the last layer. Only neighbors are joined": 48,
    },
)
expect(_sizes, name="the list `sizes` after the call").satisfies(
    lambda s: s == [5, 7, 8],
    "the call took something out of the list it was given. Leave `sizes` as it is, and walk over its pairs",
    wanted="[5, 7, 8]",
)
expect(count_parameters).of([2, 3, 1]).equals(13)
expect(count_parameters).of([5, 4]).equals(
    24,
    mistakes={
        "the biases are missing: every neuron has one": 20,
        "the loop leaves out the last layer": 0,
        "each layer's biases belong to its neurons (the second size of the pair), not to its inputs": 25,
        "the input has no biases of its own": 29,
    },
)
print("count_parameters: this check is passed.")

# %% nbgrader={"grade": true, "grade_id": "count_parameters-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests use deeper networks.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("count_parameters")
for _depth in (3, 1, 5):
    _sizes = [int(v) for v in _rng.integers(10, 40, size=_depth + 1)]
    _wanted = sum(np.zeros((_sizes[_k], _sizes[_k + 1])).size + np.zeros(_sizes[_k + 1]).size for _k in range(_depth))
    expect(count_parameters, hidden=f"a list of {_depth + 1} sizes").of(list(_sizes)).equals(
        _wanted,
        mistakes={
            "the biases are missing: every neuron has one": sum(_sizes[_k] * _sizes[_k + 1] for _k in range(_depth)),
            "only the first layer is counted: the loop ends too early, or the `return` is inside it": _sizes[0]
            * _sizes[1]
            + _sizes[1],
            "only the first two layers are counted": sum(
                _sizes[_k] * _sizes[_k + 1] + _sizes[_k + 1] for _k in range(min(2, _depth))
            ),
        },
    ).leaves_arguments_unchanged()
### END HIDDEN TESTS

# %%
networks = {
    "our digits network": [64, 32, 10],
    "MNIST in week 03": [784, 128, 64, 10],
    "one GPT-2 feed-forward block": [768, 3072, 768],
}
for name, sizes in networks.items():
    print(f"{name:>30}  {sizes}: {count_parameters(sizes):>9,} parameters")

# %% [markdown]
# ## 4. Many layers: the forward pass
#
# Between two layers stands an activation. Without it, two layers collapse into one (lesson 2 shows this). With $\mathbf{A}_0 = \mathbf{X}$, layer $l$ computes
#
# $$\mathbf{Z}_l = \mathbf{A}_{l-1}\mathbf{W}_l + \mathbf{b}_l \qquad\qquad \mathbf{A}_l = \operatorname{relu}(\mathbf{Z}_l)$$
#
# and the **last** layer stops at $\mathbf{Z}_L$: no ReLU there. The last scores are called **logits**, shape `(n, n_classes)`. They may be negative: only how they compare within a row counts. Cutting them off would make all negative ones alike.
#
# | symbol | in code | shape | meaning |
# |---|---|---|---|
# | $L$ | `len(params)` | a number | how many layers of parameters there are |
# | $\mathbf{A}_{l-1}$ | `A` | `(n, d_in)` | what comes into layer $l$ |
# | $\mathbf{Z}_l$ | `Z` | `(n, d_out)` | what layer $l$ computes, before the activation |
# | | `params` | a list | one pair `(W, b)` per layer, from the first to the last |
# | | `cache` | a list | one pair `(A, Z)` per layer: what came in, and what was computed |
#
# Why a cache? To learn, week 03 walks the network backwards (the **backward pass**), and needs on the way what came into each layer and what came out before the activation. The forward pass has these
# arrays in its hands, so it keeps them.
#
# ## Exercise 3 — the forward pass
# **4 points · difficulty 3 of 5 · importance 5 of 5 · about 20 min**
#
# Write `forward(X, params)`: `X (n, d_0)`, `params` a list of pairs `(W, b)` → `logits, cache`. ReLU after every layer but the last. `logits` is `(n, n_classes)`, `cache` a list
# with one pair `(A, Z)` per layer, in order. It must work for any number of layers, also for one. Use your `dense` and the `relu` of the first cell.
#
# With `params = [(np.eye(2), np.zeros(2)), (np.array([[1.0], [1.0]]), np.array([-3.0]))]` and `X = [[1, -2]]` the logits are `[[-2.0]]`: the hidden ReLU cuts the −2 to 0, and the last layer computes 1 + 0 − 3. (`np.eye(2)` holds ones on the diagonal, else zeros.)
#
# <details><summary>Hint 1: a nudge</summary>
#
# A loop over `params` carries one array from layer to layer. What is this array before the first layer?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# In each round: keep what comes in, compute the scores, append the pair to the cache. Then the activation turns the scores into the input of the next round. The last layer's scores are what you return,
# untouched.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
#     A is X at the start, the cache is an empty list
#     for every pair (W, b):
#         Z is what the layer makes of A
#         append the pair (A, Z) to the cache
#         A becomes relu of Z
#     return the last Z and the cache
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "forward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def forward(X, params):
    """Forward pass. X (n, d_0), params [(W, b), ...] -> logits (n, n_classes), cache [(A, Z), ...] per layer."""
    ### BEGIN SOLUTION
    activations, cache = X, []
    for W, b in params:
        logits = dense(activations, W, b)
        cache.append((activations, logits))
        activations = relu(logits)
    return logits, cache
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "forward-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of forward: run this cell.
_params = [
    (np.array([[1.0, -1.0, 2.0], [0.5, 1.0, -2.0]]), np.array([0.0, 0.5, -0.5])),
    (np.array([[1.0, -2.0], [-1.0, 1.0], [0.5, -1.5]]), np.array([0.25, -0.25])),
    (np.array([[0.5, -1.0], [-1.0, 1.5]]), np.array([-0.75, 0.5])),
]
(_W1, _b1), (_W2, _b2), (_W3, _b3) = _params
_X = np.array([[1.0, 2.0], [-1.0, 0.5], [2.0, -1.0], [-0.5, 1.5]])
_Z1 = _X @ _W1 + _b1
_A1 = np.clip(_Z1, 0, None)
_Z2 = _A1 @ _W2 + _b2
_A2 = np.clip(_Z2, 0, None)
_Z3 = _A2 @ _W3 + _b3
_logits, _cache = expect(forward).of(_X.copy(), list(_params)).leaves_arguments_unchanged().parts("logits", "cache")
_logits.satisfies(
    lambda v: not (isinstance(v, list | tuple) and np.ndim(v[0][0]) == 2),
    "the two parts are turned around: first the logits, then the cache",
    wanted="an array of shape (4, 2)",
).equals(
    _Z3,
    mistakes={
        "ReLU was applied to the logits too. The last layer has no activation": np.clip(_Z3, 0, None),
        "the ReLU between the layers is missing": (_Z1 @ _W2 + _b2) @ _W3 + _b3,
        "ReLU acts after the first layer only. Every layer but the last needs it": _Z2 @ _W3 + _b3,
        "these are the scores of the first layer: the loop ends too early, or the `return` is inside it": _Z1,
        "this is the first layer's output after ReLU: the loop ends too early, or the `return` is inside it": _A1,
        "these are the scores of the second layer: the last one is missing": _Z2,
        "this is the second layer's output after ReLU: the last layer is missing": _A2,
        "the biases are missing": np.clip(np.clip(_X @ _W1, 0, None) @ _W2, 0, None) @ _W3,
        "ReLU was applied before the first layer: the input goes in as it is": np.clip(
            np.clip(np.clip(_X, 0, None) @ _W1 + _b1, 0, None) @ _W2 + _b2, 0, None
        )
        @ _W3
        + _b3,
        "the last layer's bias is missing": _A2 @ _W3,
        "softmax was applied. Logits are the scores as they are, and the loss wants them so": np.exp(_Z3)
        / np.exp(_Z3).sum(axis=1, keepdims=True),
    },
)
expect(forward).of(_X, _params[:1]).parts("logits", "cache")[0].equals(
    _Z1, mistakes={"with one layer there is no ReLU at all: the only layer is the last one": _A1}
)
print("forward: the logits are right, for three layers and for one.")

# %% nbgrader={"grade": true, "grade_id": "forward-cache", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of forward, its cache: run this cell.
_params = [
    (np.array([[1.0, -1.0, 2.0], [0.5, 1.0, -2.0]]), np.array([0.0, 0.5, -0.5])),
    (np.array([[1.0, -2.0], [-1.0, 1.0], [0.5, -1.5]]), np.array([0.25, -0.25])),
    (np.array([[0.5, -1.0], [-1.0, 1.5]]), np.array([-0.75, 0.5])),
]
_X = np.array([[1.0, 2.0], [-1.0, 0.5], [2.0, -1.0], [-0.5, 1.5]])
_kept_A, _kept_Z = [_X], []
for _W, _b in _params:
    _kept_Z.append(_kept_A[-1] @ _W + _b)
    _kept_A.append(np.clip(_kept_Z[-1], 0, None))
_logits, _cache = expect(forward).of(_X.copy(), list(_params)).parts("logits", "cache")
for _test, _sentence in [
    (lambda c: isinstance(c, list | tuple), "the cache is a list with one pair (A, Z) per layer, and this is no list"),
    (
        lambda c: not (len(c) == 2 and all(isinstance(part, list | tuple) and len(part) != 2 for part in c)),
        "the cache holds two lists. It should hold one pair (A, Z) per layer",
    ),
    (
        lambda c: len(c) == 0 or any(isinstance(part, list | tuple) for part in c),
        "arrays were put in one by one. Append one pair per layer: `cache.append((A, Z))`",
    ),
    (
        lambda c: all(isinstance(part, list | tuple) and len(part) == 2 for part in c),
        "each layer is kept as a pair of two things, (A, Z): what came in, and what was computed",
    ),
    (
        lambda c: len(c) <= 3,
        "there are more pairs than layers. Does the list still hold pairs of an earlier call? Make a new one in every call",
    ),
    (
        lambda c: len(c) == 3,
        "the cache needs one pair (A, Z) per layer, and one is missing: is the last layer kept too, and the cache made before the loop?",
    ),
]:
    _cache.satisfies(_test, _sentence, wanted="a list of 3 pairs (A, Z)")
for _k, (_W, _b) in enumerate(_params):
    _A, _Z = _kept_A[_k], _kept_Z[_k]
    expect(_cache.value[_k][0], name=f"A of layer {_k + 1} in the cache").equals(
        _A,
        mistakes={
            "this is what the layer computed. What came in belongs first": _Z,
            "this is the output after ReLU. What came in belongs first": _kept_A[_k + 1],
            "this is W: the caller has the weights already. Keep what came into the layer": _W,
            "the layer reads the output of the one before after ReLU, and this is before": _kept_Z[_k - 1],
            "every layer keeps X here. A layer reads what the one before put out": _X,
        },
    )
    expect(_cache.value[_k][1], name=f"Z of layer {_k + 1} in the cache").equals(
        _Z,
        mistakes={
            "this is Z after ReLU, or ReLU wrote into the array that the cache holds. Keep Z as it was before: the backward pass must know which entries were negative": _kept_A[
                _k + 1
            ],
            "the pair is turned around: (A, Z), what came in first": _A,
            "this is b: the caller has the biases already. Keep what the layer computed": _b,
        },
    )
print("forward: the cache is right.")

# %% nbgrader={"grade": true, "grade_id": "forward-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests use one, three and five layers, a batch of one, and look at the cache there.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("forward")
for _n, _sizes, _what in [
    (4, [3, 2], "a network of one layer (any number of layers must work)"),
    (1, [4, 5, 3], "a batch of one"),
    (6, [3, 8, 5, 4], "a network of three layers (any number of layers must work)"),
    (3, [2, 6, 6, 6, 6, 1], "a network of five layers"),
]:
    _params = [(_rng.normal(size=(_i, _o)), _rng.normal(size=_o)) for _i, _o in zip(_sizes[:-1], _sizes[1:])]
    _X = _rng.normal(size=(_n, _sizes[0]))
    _steps, _A = [], _X
    for _k, (_W, _b) in enumerate(_params):
        _Z = np.einsum("ni,io->no", _A, _W) + _b[None, :]
        _steps.append((_A, _Z))
        _A = _Z * (_Z > 0)
    _logits, _cache = (
        expect(forward, hidden=_what).of(_X.copy(), list(_params)).leaves_arguments_unchanged().parts("logits", "cache")
    )
    _logits.satisfies(
        lambda v: not (isinstance(v, list | tuple) and np.ndim(v[0][0]) == 2),
        "the two parts are turned around: first the logits, then the cache",
    ).satisfies(
        lambda v: np.ndim(v) == 2,
        "an axis got lost. The logits have two axes, (n, n_classes), also for one input or one class",
    ).equals(
        _steps[-1][1],
        mistakes={
            "ReLU was applied to the logits too. The last layer has no activation": _A,
            "only two layers are computed: loop over params instead of naming the layers": _steps[
                min(1, len(_steps) - 1)
            ][1],
        },
    )
    _cache.satisfies(
        lambda c, k=len(_params): len(c) == k and all(isinstance(pair, list | tuple) and len(pair) == 2 for pair in c),
        "the cache needs one pair (A, Z) per layer",
    )
    for _given, (_A, _Z) in zip(_cache.value, _steps):
        expect(_given[0], hidden=_what, name="A in the cache of forward").equals(_A)
        expect(_given[1], hidden=_what, name="Z in the cache of forward").equals(
            _Z,
            mistakes={
                "this is Z after ReLU, or ReLU wrote into the array that the cache holds. Keep Z as it was before": _Z
                * (_Z > 0)
            },
        )
### END HIDDEN TESTS

# %% [markdown]
# ## 5. How wrong is it? Losses
#
# Learning needs **one number** that says how wrong the network is: small when the answers are good, and smooth, so that a small change of a weight changes it a little. This number is the **loss**.
# In this course a loss is always the mean over the batch. The three of this lesson:
#
# | loss | task | the network gives | the label is |
# |---|---|---|---|
# | mean squared error | predict a number | `predictions (n, d)` | `targets (n, d)` |
# | binary cross-entropy | yes or no | one logit per input, `(n,)` | 0 or 1, `(n,)` |
# | cross-entropy | one of several classes | `logits (n, n_classes)` | the number of the class, `(n,)` |
#
# ### Mean squared error
#
# $$\text{MSE} = \frac{1}{n\,d} \sum_{i=1}^{n} \sum_{j=1}^{d} (\text{prediction}_{ij} - \text{target}_{ij})^2$$
#
# ## Exercise 4 — how far is a prediction off?
# **2 points · difficulty 1 of 5 · importance 4 of 5 · about 5 min**
#
# Write `mse(predictions, targets)`: the mean of the squared differences over **all** entries. Both are `(n, d)`; the answer is one number. For `[[1, 2]]` against `[[1, 4]]` it is `2.0`.
#
# <details><summary>Hint 1: a nudge</summary>
#
# How many numbers are there to average over?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Subtract the two arrays, square every entry, take the mean of everything. `np.mean` without an axis averages over all entries.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
# `np.mean` of the difference to the power of two.
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "mse", "locked": false, "schema_version": 3, "solution": true, "task": false}
def mse(predictions, targets):
    """Mean squared error over all entries. (n, d), (n, d) -> one number."""
    ### BEGIN SOLUTION
    return float(np.mean((predictions - targets) ** 2))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "mse-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of mse: run this cell.
_P, _T = np.array([[-0.5, 1.0, 3.0], [0.0, -1.0, 2.5]]), np.array([[1.0, 3.0, 1.0], [-1.0, 2.0, 1.0]])
expect(mse).of(_P, _T).leaves_arguments_unchanged().equals(
    3.75,
    mistakes={
        "you summed the squares instead of averaging them": 22.5,
        "you averaged the differences, not their squares": -0.33333333,
        "you averaged the sizes of the differences. Square them": 1.83333333,
        "you took the root: this is the RMSE": 1.93649167,
        "you divided by the number of rows. Divide by the number of all entries": 11.25,
        "you divided by the number of columns. Divide by the number of all entries": 7.5,
        "`1 / n * d` is (1 / n) · d. Divide by n · d: put the product in parentheses": 33.75,
        "there is a factor of one half too much": 1.875,
        "the mean was squared. Square first, then take the mean": 0.11111111,
        "the mean runs over one axis only. Leave the axis away": [1.625, 6.5, 3.125],
        "this is one number per row. Leave the axis away: the mean is over all entries": [3.41666667, 4.08333333],
        "these are the squares. Take their mean": [[2.25, 4.0, 4.0], [1.0, 9.0, 2.25]],
        "each array was squared on its own. Subtract first, then square": 0.08333333,
        "`**` binds tighter than `-`, so only the targets were squared. Put the difference in parentheses": -2.0,
        "this is the square of the summed differences. Square each difference, then add": 4.0,
        "the differences were summed, and the sum was squared. Square each difference, then add": 0.66666667,
        "`@` mixes the rows. Square entry by entry: `** 2`": 9.375,
        "`@` mixes the columns. Square entry by entry: `** 2`": 0.27777778,
        "`* 2` doubles. The square is `** 2`": -0.66666667,
        "this is the norm, the root of the summed squares. Take the mean of the squares": 4.74341649,
        "this is the largest square. Take the mean of all": 9.0,
        "only the first row was added up: the `return` is inside the outer loop": 1.70833333,
        "only the first row was averaged: is the `return` inside the loop?": 3.41666667,
        "only the first entry was counted: the `return` is inside the loop": 2.25,
        "only the first entry was counted, and divided by all: the `return` is inside the inner loop": 0.375,
        "only the last row was counted: add to the total instead of replacing it": 4.08333333,
        "the inner loop runs over the number of rows, so a column is missing: use `shape[1]`": 2.70833333,
        "the arrays were added. Subtract them": 7.75,
        "the mean was taken twice": 0.625,
        "the fraction was cut off: leave `int` and `//` away": 3,
    },
)
expect(mse).of(np.array([[1.0, 2.5]]), np.array([[1.0, 4.0]])).equals(
    1.125, mistakes={"the answer is not a whole number: do not round it": 1.0}
)
print("mse: this check is passed.")

# %% nbgrader={"grade": true, "grade_id": "mse-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests use a batch of one, one column, and odd sizes.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("mse")
for _n, _d, _what in [(7, 3, "odd sizes"), (6, 1, "one column"), (1, 5, "a batch of one")]:
    _P, _T = _rng.normal(size=(_n, _d)), _rng.normal(size=(_n, _d))
    _squares = [float(p - t) ** 2 for p, t in zip(_P.ravel(), _T.ravel())]
    expect(mse, hidden=_what).of(_P, _T).equals(
        sum(_squares) / (_n * _d),
        mistakes={
            "you summed the squares instead of averaging them": sum(_squares),
            "you divided by the number of rows. Divide by the number of all entries": sum(_squares) / _n,
        },
    ).leaves_arguments_unchanged()
### END HIDDEN TESTS

# %% [markdown]
# ### Binary cross-entropy, from logits
#
# A yes-or-no network gives one logit $z$ per input. The sigmoid $\sigma(z) = 1 / (1 + e^{-z})$ turns it into the probability $p$ of a yes. We call $-\log p$ the **surprise** at something that had the probability $p$:
# it is 0 for $p = 1$, and the smaller $p$, the larger it is. The loss is the mean surprise at the labels $y$:
#
# $$\text{BCE} = \frac{1}{n} \sum_{i=1}^{n} -\big[\, y_i \log p_i + (1 - y_i) \log (1 - p_i) \,\big], \qquad p_i = \sigma(z_i)$$
#
# Written like this it breaks. For $z = 1000$ the computer's $p$ is exactly 1, and $\log(1 - p)$ is minus infinity. So put $\sigma$ into the formula, on paper.
#
# A no ($y = 0$) has the probability $1-\sigma(z)=\frac{e^{-z}}{1+e^{-z}}=\frac{1}{1+e^{z}}$, so its surprise is $\log(1+e^{z})$. For $z > 0$ pull $e^z$ out of the logarithm: $z+\log(1+e^{-z})$.
# For $z \le 0$ leave it. Both cases in one are $\max(z,0)+\log(1+e^{-|z|})$.
#
# A yes ($y = 1$) has the surprise $-\log\sigma(z)=\log(1+e^{-z})=\log\frac{e^{z}+1}{e^{z}}=\log(1+e^{z})-z$: smaller by exactly $z$. Together:
#
# $$\text{BCE} = \frac{1}{n} \sum_{i=1}^{n} \Big[ \max(z_i, 0) - z_i\, y_i + \log\big(1 + e^{-|z_i|}\big) \Big]$$
#
# Here $e^{-|z|}$ never exceeds 1, so nothing overflows. `np.log1p(t)` computes $\log(1 + t)$ exactly even for tiny $t$.
#
# ### Worked example: one logit, both formulas

# %%
z, label = 2.0, 0.0

# Step 1: the textbook way. Probability of a yes, then the surprise.
p = 1 / (1 + np.exp(-z))
textbook = -(label * np.log(p) + (1 - label) * np.log(1 - p))
# Step 2: the safe way. Three terms.
safe = max(z, 0.0) - z * label + np.log1p(np.exp(-abs(z)))
print(f"p = {p:.4f}, textbook {textbook:.6f}, safe {safe:.6f}")

# Step 3: a large logit. Only one of them survives. (np.errstate: no warning about the log of 0.)
z = 1000.0
p = 1 / (1 + np.exp(-z))
with np.errstate(divide="ignore"):
    print(f"z = 1000: textbook {-np.log(1 - p)}, safe {max(z, 0.0) - z * label + np.log1p(np.exp(-abs(z)))}")

# %% [markdown]
# ## Exercise 5 — binary cross-entropy
# **3 points · difficulty 3 of 5 · importance 4 of 5 · about 15 min**
#
# Write `bce_with_logits(logits, y)`: both `(n,)`, `y` holds zeros and ones; the answer is one number, the mean over the batch. It must be exact for logits of ±1000 too.
# For `logits = [2.0, -1.0]`, `y = [0, 1]` it is `1.7201` (rounded).
#
# <details><summary>Hint 1: a nudge</summary>
#
# Step 2 of the worked example, for arrays instead of one number. Which functions there know only single numbers?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# `np.maximum` and `np.abs` work entry by entry. You never need the probability itself.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
# The mean of three arrays added up: the larger of logit and 0, minus logit times label, plus `np.log1p` of `np.exp` of minus the absolute logit.
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "bce_with_logits", "locked": false, "schema_version": 3, "solution": true, "task": false}
def bce_with_logits(logits, y):
    """Binary cross-entropy from logits, mean over the batch, stable. (n,), (n,) of 0 and 1 -> one number."""
    ### BEGIN SOLUTION
    per_input = np.maximum(logits, 0) - logits * y + np.log1p(np.exp(-np.abs(logits)))
    return float(per_input.mean())
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "bce_with_logits-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of bce_with_logits: run this cell.
_z, _y = np.array([-0.25, -2.0, -1.75, 1.5]), np.array([1, 1, 0, 0])
expect(bce_with_logits).of(_z, _y).leaves_arguments_unchanged().satisfies(
    lambda v: v is not None and np.all(np.isfinite(v)),
    "the logarithm met a number it cannot take. Logits are no probabilities: use the second formula, which takes them as they are; or the `np.exp` inside `log1p` is missing",
    wanted="1.203626",
).equals(
    1.20362621,
    mistakes={
        "you summed over the batch. Take the mean": 4.81450486,
        "the mean was taken twice, or divided by n once more": 0.30090655,
        "yes and no are swapped: a yes (y = 1) should be surprised by a small p, and p is 1 / (1 + exp(-z)), with the minus": 0.70362621,
        "the part for y = 0 is missing": 0.73821686,
        "the part for y = 1 is missing": 0.46540936,
        "the part for y = 0 is subtracted. Both parts stand inside the brackets with the minus in front": 0.2728075,
        "the label is missing in the formula: every label counts as a yes": 1.26612621,
        "the sign is turned around: a loss is positive": -1.20362621,
        "the sigmoid was applied twice: logits go in as they are": 0.77162402,
        "this is one number per input. Take the mean": [0.82593942, 2.12692801, 0.16022415, 1.70141328],
        "the term with log(1 + exp(-|z|)) is missing": 0.9375,
        "the term with log(1 + exp(-|z|)) is subtracted. It is added": 0.67137379,
        "the term max(z, 0) is missing": 0.82862621,
        "the term z * y is missing, so every label counts as a no": 0.64112621,
        "the term z * y is added. It is subtracted": 0.07862621,
        "the label y is subtracted. It is multiplied with the logit first: z * y": 0.14112621,
        "`@` adds up z * y over the whole batch. Multiply entry by entry: `*`": 2.89112621,
        "`np.max` takes the largest logit of the whole array. `np.maximum` compares entry by entry": 2.32862621,
        "`np.minimum` keeps the negative logits. The first term is `np.maximum`, the larger of z and 0": -0.17137379,
        "the first term is max(z, 1). It is max(z, 0)": 1.95362621,
        "the first term is max(z, y). It is max(z, 0)": 1.70362621,
        "exp gets -z, and it should get minus the size of z: `-np.abs(...)`; or the first term is |z|, and it should be max(z, 0)": 2.20362621,
        "exp gets z, and it should get minus the size of z: `-np.abs(...)`": 1.57862621,
        "exp gets |z|, and it should get -|z|": 2.57862621,
        "`np.exp` and the minus are missing inside `log1p`": 1.74991187,
        "`np.log1p(t)` is log(1 + t) already: the 1 is added twice": 1.77650603,
        "the logarithm around 1 + exp(-|z|) is missing: `np.log1p`": 1.26526004,
        "log(exp(t)) is t. The 1 is missing: log(1 + exp(-|z|)), `np.log1p`": -0.4375,
        "log(1 - p) is not 1 - log(p)": -0.2896925,
        "the logarithm is missing: this is how far the probabilities are off": 0.60214881,
        "the logarithm is missing: these are the probabilities of the labels": -0.39785119,
        "this is the squared error of the probabilities": 0.44554798,
        "the logarithm has base 2": 1.73646557,
        "the logarithm has base 10. `np.log` and `np.log1p` have base e": 0.52272822,
        "the mean is taken of the last term only. Take it of all three together": 4.01612621,
        "only the first input was counted: the `return` is inside the loop": 0.20648485,
        "only the first input was counted: is the `return` inside the loop?": 0.82593942,
        "only the last input was counted: add to the total instead of replacing it": 0.42535332,
        "only the last input was counted: does each round replace the one before?": 1.70141328,
    },
)
print("bce_with_logits: this check is passed.")

# %% nbgrader={"grade": true, "grade_id": "bce_with_logits-stable", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of bce_with_logits, with large logits: run this cell.
_each = np.array([0.0, 0.0, 1000.0, 200.0, 800.0])  # what each input loses


def _clipped(loss):
    """Whether this is what a bound for p or for the logits makes of the loss."""
    bounds = [k * np.log(10) for k in range(3, 18)] + [36.044, 15.942]
    return loss > 1e6 or any(
        abs(np.minimum(_each, bound).mean() - loss) < near
        for near, some in [(0.05, bounds), (1e-9, range(10, 801))]
        for bound in some
    )


for _z, _y, _want, _mistakes in [
    (
        np.array([-800.0, 500.0, 1000.0, -200.0, 800.0]),
        np.array([0, 1, 0, 1, 0]),
        400.0,
        {
            "you summed over the batch. Take the mean": 2000.0,
            "the mean was taken twice, or divided by n once more": 80.0,
            "this is one number per input. Take the mean": [0.0, 0.0, 1000.0, 200.0, 800.0],
            "the sign is turned around: a loss is positive": -400.0,
            "the part for y = 0 is missing": 40.0,
            "the part for y = 1 is missing": 360.0,
            "yes and no are swapped: a yes (y = 1) should be surprised by a small p": 260.0,
            "the label is missing in the formula: every label counts as a yes": 200.0,
            "the term max(z, 0) is missing": -60.0,
            "the term z * y is missing, so every label counts as a no": 460.0,
            "the term z * y is added. It is subtracted": 520.0,
            "the label y is subtracted. It is multiplied with the logit first: z * y": 459.6,
            "`np.minimum` keeps the negative logits. The first term is `np.maximum`, the larger of z and 0": -260.0,
            "`np.max` takes the largest logit of the whole array. `np.maximum` compares entry by entry": 940.0,
            "the first term is |z|, and it should be max(z, 0)": 600.0,
            "`np.log1p(t)` is log(1 + t) already: the 1 is added twice": 400 + np.log(2),
            "`np.exp` and the minus are missing inside `log1p`": 406.36007754,
            "the sigmoid was applied twice: logits go in as they are": 0.86521588,
            "this is how far the probabilities are off: the logarithm is missing": 0.6,
            "the logarithm has base 2": 400 / np.log(2),
            "the logarithm has base 10. `np.log` and `np.log1p` have base e": 400 / np.log(10),
            "`@` adds up z * y over the whole batch; or only the last input was counted, and each round replaces the one before": 160.0,
            "only the last input was counted: does each round replace the one before?": 800.0,
        },
    ),
    (np.array([1000.0, -1000.0]), np.array([1, 0]), 0.0, {"this is one number per input. Take the mean": [0.0, 0.0]}),
]:
    expect(bce_with_logits).of(_z, _y).satisfies(
        lambda v: np.all(np.isfinite(v)),
        "the textbook formula breaks for large logits (log of 0, exp of 1000), and so does a log of a negative number. Use the second formula, with `np.log1p` of `np.exp` of minus the size of z",
        wanted=f"{_want:.6g}",
    ).satisfies(
        lambda v, want=_want, known=_mistakes: (
            np.ndim(v) > 0
            or want == 0.0
            or any(np.all(np.isclose(v, value)) for value in known.values())
            or not _clipped(v)
        ),
        "something was clipped to keep log or exp finite. That hides how wrong the answer is: the loss should be 400. Use the second formula",
        wanted=f"{_want:.6g}",
    ).equals(_want, mistakes=_mistakes)
print("bce_with_logits: large logits are safe.")

# %% nbgrader={"grade": true, "grade_id": "bce_with_logits-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests use a batch of one, many values, and look at the arrays you were given.
### BEGIN HIDDEN TESTS
import math as _math

_rng = fresh_rng("bce_with_logits")
for _n, _what in [(41, "a large batch"), (2, "a batch of two"), (1, "a batch of one")]:
    _z, _y = _rng.normal(scale=4, size=_n), _rng.integers(0, 2, size=_n)
    _each = [_math.log(1 + _math.exp(-v if t == 1 else v)) for v, t in zip(_z.tolist(), _y.tolist())]
    expect(bce_with_logits, hidden=_what).of(_z, _y).equals(
        _math.fsum(_each) / _n, mistakes={"you summed over the batch. Take the mean": _math.fsum(_each)}
    ).leaves_arguments_unchanged()
### END HIDDEN TESTS

# %% [markdown]
# ### Cross-entropy, from logits
#
# With several classes, softmax (lesson 2) turns a row of logits into probabilities, and the loss is the surprise at the right class. $C$ is the number of classes, $y_i$ the right class of input $i$:
#
# $$p_{ij} = \frac{e^{Z_{ij}}}{\sum_{k=1}^{C} e^{Z_{ik}}} \qquad\qquad \text{CE} = \frac{1}{n} \sum_{i=1}^{n} -\log p_{i\,y_i}$$
#
# Again the textbook form overflows. Two steps mend it. Subtracting the largest logit of a row from the whole row changes no probability. And the logarithm of the fraction is a difference: no division, no $\log 0$:
#
# $$-\log p_{i\,y_i} = \log \sum_{k=1}^{C} e^{Z_{ik} - m_i} \;-\; (Z_{i\,y_i} - m_i), \qquad m_i = \max_k Z_{ik}$$
#
# $\mathbf{Z}$ is `logits`, shape `(n, C)`; $m_i$ is one number per row, in code of shape `(n, 1)` so that it broadcasts over the columns.
#
# ### Worked example: one row, three classes

# %%
row, right_class = np.array([2.0, 1.0, -1.0]), 1

# Step 1: shift the row, so that its largest logit is 0.
shifted_row = row - row.max()
# Step 2: the logarithm of the sum.
log_total = np.log(np.exp(shifted_row).sum())
# Step 3: the surprise at the right class.
surprise = log_total - shifted_row[right_class]
print(f"shifted {shifted_row}, surprise {surprise:.4f}")
print(f"check: softmax says p = {np.exp(-surprise):.4f} for the right class; -log of that is {surprise:.4f}")

# %% [markdown]
# ## Exercise 6 — cross-entropy
# **4 points · difficulty 3 of 5 · importance 5 of 5 · about 20 min**
#
# Write `cross_entropy(logits, y)`: `logits (n, C)`, `y (n,)` the numbers of the right classes (ints from 0 to C − 1) → one number, the mean over the batch. It must be exact for logits of ±1000 too.
# For `logits = [[2, 1, -1]]`, `y = [1]` it is the surprise that was printed above.
#
# <details><summary>Hint 1: a nudge</summary>
#
# The worked example does one row. Which of its operations need `axis=1` when there are many rows?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# `keepdims=True` keeps a column of shape `(n, 1)`, which subtracts from every row. To pick one entry per row, index with two arrays: the row numbers `np.arange(len(y))` and the classes `y`.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
#     Z = logits minus the largest of each row        (n, C)
#     log_sum = log of the sum over each row of exp(Z)  (n,)
#     picked = the entry of Z in row i, column y[i]     (n,)
#     return the mean of log_sum minus picked
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "cross_entropy", "locked": false, "schema_version": 3, "solution": true, "task": false}
def cross_entropy(logits, y):
    """Cross-entropy from logits, mean over the batch, stable. (n, C), (n,) ints -> one number."""
    ### BEGIN SOLUTION
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_sums = np.log(np.exp(shifted).sum(axis=1))
    return float(np.mean(log_sums - shifted[np.arange(len(y)), y]))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "cross_entropy-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of cross_entropy: run this cell.
_Z = np.array([[2.0, 1.0, -1.0], [0.0, 3.0, 0.5], [1.0, -1.5, 0.0], [-0.5, 0.25, 1.5]])
_y = np.array([1, 1, 2, 0])
expect(cross_entropy).of(_Z, _y).leaves_arguments_unchanged().satisfies(
    lambda v: v is not None and np.all(np.isfinite(v)),
    "the logarithm met a number that is no probability. Logits may be negative: the exponential comes before the logarithm",
    wanted="1.299094",
).equals(
    1.29909402,
    mistakes={
        "you summed over the batch. Take the mean": 5.19637607,
        "softmax ran down the columns (axis=0). Each row is one input: axis=1": 1.83932605,
        "the logarithm is missing: these are the probabilities": 0.37297198,
        "the logarithm is missing: this is one minus the probability": 0.62702802,
        "the sign is turned around: a loss is positive": -1.29909402,
        "softmax was applied twice: logits go in as they are": 1.10730613,
        "the mean runs over all entries instead of the picked ones": 1.65326068,
        "`[:, y]` picks whole columns. One entry per row needs the row numbers too": 1.61159402,
        "the logarithm has base 2": 1.8741965,
        "this is one number per input. Take the mean": [1.34901222, 0.12387296, 1.37153903, 2.35195186],
        "the sum of exponentials is missing: this is only minus the right logit": -0.875,
        "this is the surprise at the class the network likes best. Subtract the shifted logit of the right class, y": 0.29909402,
        "the mean runs over all n · C places, and only one per row counts. Divide the sum by n": 0.43303134,
        "the sum was divided by the number of classes. Divide it by the number of inputs": 1.73212536,
        "softmax divides by the sum of the whole batch. Each row has its own sum: axis=1": 2.89829258,
        "the logarithm is taken of the sum over the whole batch. Each row has its own sum: axis=1": 2.69034359,
        "the largest logit of each column was subtracted. It must be the largest of each row: axis=1": 1.55833201,
        "the sum uses the shifted logits and the right logit is not shifted. Shift both": -0.57590598,
        "the right logit is shifted and the sum is not. Shift both": 3.17409402,
        "the right logit is not subtracted: this is only the logarithm of the sum": 2.17409402,
        "the right logit is added. It is subtracted from the logarithm of the sum": -0.70090598,
        "the mean was taken before the logarithm. Logarithm first, then the mean": 0.98625199,
        "column 0 is taken as the right class of every row. Pick column y[i] in row i": 1.54909402,
        "the classes count from 0, so y is the column as it is": 1.67409402,
        "the exponential of the right logit is subtracted. Subtract the logit itself": -0.16867952,
        "only the first input was counted: the `return` is inside the loop": 1.34901222,
        "only the first input was counted, and divided by n: the `return` is inside the loop": 0.33725305,
        "only the last input was counted: add to the total (`+=`) instead of replacing it": 0.58798797,
        "only the last input was counted: does each round replace the one before?": 2.35195186,
        "each row was divided by its largest logit. Subtract it": 1.23193282,
        "the logarithm of the sum is missing": 2.35533577,
        "the logarithm undoes the exponential entry by entry. Sum the exponentials first, then take the logarithm": -3.0625,
        "sigmoid stands in the place of softmax. Softmax divides by the sum over the row": 0.5072683,
        "`np.log1p(t)` is log(1 + t), and there is no 1 to add: use `np.log`": 1.85510111,
        "this is -log(1 - p). The surprise at the right class is -log(p)": 0.71072323,
        "the probability of the right class is subtracted. Subtract its shifted logit": -0.07387796,
        "`Z[y]` picks whole rows, one for each label. One entry per row needs two parts in the index: the row numbers and the classes": 1.84076068,
        "`[y]` picks whole rows, one for each label. One entry per row needs two parts in the index: the row numbers and the classes": 1.78374096,
        "the logarithm has base 10. `np.log` has base e": 0.56418936,
        "the logarithm is missing: these are the probabilities, with a minus": -0.37297198,
        "inside the logarithm stands a mean of the exponentials. It is their sum": 0.20048173,
        "all classes are added up. Only the right class of each row counts": 4.95978205,
        "the mean was taken twice, or divided by n once more": 0.3247735,
        "the right logit is added, unshifted. It is subtracted from the logarithm of the sum": 3.04909402,
        "every class is treated as a yes-or-no question. Here the classes of a row share one sum": 0.84820956,
        "this is the squared error of the probabilities": 0.28813782,
    },
)
print("cross_entropy: this check is passed.")

# %% nbgrader={"grade": true, "grade_id": "cross_entropy-stable", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of cross_entropy, with large logits: run this cell.
_each = np.array([1000.0, 700.0])  # what the two rows of the first batch lose


def _clipped(loss):
    """Whether this is what a bound for p or for the logits makes of the loss."""
    bounds = [k * np.log(10) for k in range(3, 18)] + [36.044, 15.942]
    return loss > 1e6 or any(
        abs(np.minimum(_each, bound).mean() - loss) < near
        for near, some in [(0.05, bounds), (1e-9, range(10, 801))]
        for bound in some
    )


for _Z, _y, _want, _mistakes in [
    (
        np.array([[1000.0, 0.0, 260.0], [0.0, 700.0, 0.0]]),
        np.array([1, 2]),
        850.0,
        {
            "you summed over the batch. Take the mean": 1700.0,
            "the mean was taken twice, or divided by n once more": 425.0,
            "this is one number per input. Take the mean": [1000.0, 700.0],
            "the sign is turned around: a loss is positive": -850.0,
            "the mean runs over all n · C places, and only one per row counts. Divide the sum by n": 283.33333333,
            "the sum was divided by the number of classes. Divide it by the number of inputs": 566.66666667,
            "the mean runs over all entries instead of the picked ones": 523.33333333,
            "`[:, y]` picks whole columns. One entry per row needs the row numbers too": 610.0,
            "softmax was applied twice: logits go in as they are": 1.55144471,
            "softmax ran down the columns (axis=0). Each row is one input: axis=1": 480.0,
            "only the last input was counted: add to the total (`+=`) instead of replacing it": 350.0,
            "the logarithm has base 2": 850 / np.log(2),
            "the logarithm has base 10. `np.log` has base e": 850 / np.log(10),
        },
    ),
    (
        np.array([[1000.0, -1000.0, 0.0]]),
        np.array([0]),
        0.0,
        {"the sum uses the shifted logits and the right logit is not shifted. Shift both": -1000.0},
    ),
    (np.array([[-1000.0, -1000.0]]), np.array([0]), float(np.log(2)), {}),
]:
    expect(cross_entropy).of(_Z, _y).satisfies(
        lambda v: np.all(np.isfinite(v)),
        "exp of 1000 overflows, or log of 0 is infinite. Subtract each row's largest logit, and never divide",
        wanted=f"{_want:.6g}",
    ).satisfies(
        lambda v, want=_want, known=_mistakes: (
            np.ndim(v) > 0
            or want < 850
            or any(np.all(np.isclose(v, value)) for value in known.values())
            or not _clipped(v)
        ),
        "something was clipped to keep log or exp finite. That hides how wrong the answer is: subtract logarithms instead of dividing",
        wanted=f"{_want:.6g}",
    ).equals(_want, mistakes=_mistakes)
expect(cross_entropy).of(np.array([[1000.0, 0.0], [0.0, 1.0]]), np.array([0, 1])).satisfies(
    lambda v: np.all(np.isfinite(v)),
    "one maximum was subtracted from the whole batch. Each row needs its own (axis=1), or the exponentials of a small row all become 0",
    wanted="0.156631",
).equals(0.15663085)
print("cross_entropy: large logits are safe.")

# %% nbgrader={"grade": true, "grade_id": "cross_entropy-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests use a batch of one, two and eleven classes, large logits in one row only, and look at the arrays you were given.
### BEGIN HIDDEN TESTS
import math as _math

_rng = fresh_rng("cross_entropy")


def _surprise(row, right):
    top = max(row)
    return _math.log(_math.fsum(_math.exp(v - top) for v in row)) + top - row[right]


for _n, _c, _what in [
    (9, 11, "eleven classes"),
    (6, 2, "two classes"),
    (3, 3, "as many rows as classes"),
    (1, 4, "a batch of one"),
]:
    _Z, _y = _rng.normal(scale=3, size=(_n, _c)), _rng.integers(0, _c, size=_n)
    _each = [_surprise(row, right) for row, right in zip(_Z.tolist(), _y.tolist())]
    expect(cross_entropy, hidden=_what).of(_Z, _y).equals(
        _math.fsum(_each) / _n,
        mistakes={
            "you summed over the batch. Take the mean": _math.fsum(_each),
            "the sum was divided by the number of classes. Divide it by the number of inputs": _math.fsum(_each) / _c,
            "the mean runs over all n · C places, and only one per row counts. Divide the sum by n": _math.fsum(_each)
            / (_n * _c),
        },
    ).leaves_arguments_unchanged()
_Z = np.vstack([np.full((1, 3), 900.0), _rng.normal(size=(2, 3)) - 900.0])
_wanted = _math.fsum(_surprise(row, right) for row, right in zip(_Z.tolist(), [0, 1, 2])) / 3
for _row in (_Z[:1], _Z[1:]):
    expect(cross_entropy, hidden="a batch of large logits").of(_row.copy(), np.arange(len(_row))).satisfies(
        lambda v: np.all(np.isfinite(v)),
        "exp of a large number overflows, or log of 0 is infinite. Subtract each row's largest logit, and never divide",
    )
expect(cross_entropy, hidden="rows of very different size").of(_Z.copy(), np.array([0, 1, 2])).satisfies(
    lambda v: np.all(np.isfinite(v)),
    "one maximum was subtracted from the whole batch. Each row needs its own, or small rows vanish",
).equals(_wanted)
### END HIDDEN TESTS

# %% [markdown]
# ### Accuracy
#
# The loss is what a network learns from. What a person wants to know is the **accuracy**: the share of inputs whose largest logit belongs to the right class. It jumps when an answer flips and stands still in between, so
# nothing can be learned from its slope; but everybody understands it.
#
# ## Exercise 7 — accuracy
# **2 points · difficulty 2 of 5 · importance 4 of 5 · about 5 min**
#
# Write `accuracy(logits, y)`: `logits (n, C)`, `y (n,)` → a number from 0 to 1. For `logits = [[2, 1], [0, 3], [5, 4], [1, 0]]` and `y = [0, 1, 1, 0]` it is `0.75`.
#
# <details><summary>Hint 1: a nudge</summary>
#
# You need the **place** of the largest logit of each row, not its value.
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# `np.argmax` with the right axis gives one class per row. Compare with `y`, and remember that the mean of `True` and `False` is a share.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
# The mean of: (the argmax over each row) equals (y).
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "accuracy", "locked": false, "schema_version": 3, "solution": true, "task": false}
def accuracy(logits, y):
    """Share of rows whose largest logit is at the right class. (n, C), (n,) -> a number from 0 to 1."""
    ### BEGIN SOLUTION
    return float(np.mean(logits.argmax(axis=1) == y))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "accuracy-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of accuracy: run this cell.
_Z = np.array(
    [
        [0.25, 0.5, 2.0],
        [2.25, 1.0, 0.25],
        [0.25, 1.0, 0.0],
        [3.0, 0.75, 1.5],
        [1.75, 1.25, 0.5],
        [0.5, 0.25, 2.0],
        [0.5, 0.75, 1.5],
        [2.5, 0.25, 1.25],
    ]
)
_y = np.array([2, 0, 1, 0, 2, 2, 1, 0])
expect(accuracy).of(_Z, _y).leaves_arguments_unchanged().satisfies(
    lambda v: not isinstance(v, bool | np.bool_),
    "this is one True or False for the whole batch. The accuracy is the share of the rows that are right",
    wanted="0.75",
).equals(
    0.75,
    mistakes={
        "this is how many are right. Divide by how many there are": 6,
        "this is in percent: the answer is from 0 to 1": 75,
        "this is the share of wrong answers, or the right ones divided by the number of all logits": 0.25,
        "no row counts as right. Does `argmax` lack its axis=1, is there a `return` inside the loop, "
        "or was the fraction cut off by `//` or `int`?": 0,
        "this is one True or False per input. Take the mean": [True, True, True, True, False, True, False, True],
        "these are the classes the network picks. Compare them with y": [2, 0, 1, 0, 0, 2, 2, 0],
        "the mean of the picked classes says nothing. Compare them with y first": 0.875,
        "this is divided by the number of classes. Divide by the number of rows": 2,
        "the smallest logit was picked instead of the largest": 0.125,
        "the largest value was compared with y. You need its place, argmax": 0.375,
        "`y` holds the classes already: compare with `y`, not with its argmax": 0.5,
        "classes are names, not amounts: how far apart two of them are means nothing. Count where they are equal, `==`": 0.625,
        "classes are names: their differences mean nothing, and cancel. Count where they are equal, `==`": 1.125,
        "a positive logit is not enough. The right class needs the largest of its row": 1,
    },
)
expect(accuracy).of(
    np.array(
        [
            [1.0, 0.0, 1.25, 0.75],
            [0.5, 1.75, -0.25, 0.25],
            [-1.25, -1.75, -2.25, -1.0],
            [-1.25, -0.5, -0.75, -1.75],
            [-1.75, -1.0, -1.5, -2.0],
            [-1.5, -0.75, -1.25, -0.25],
        ]
    ),
    np.array([2, 2, 0, 1, 1, 3]),
).equals(
    2 / 3,
    mistakes={
        "a row is right when its largest logit is at the right class, also where its probability is below one half": 0,
        "ReLU makes all negative logits equal, and argmax then takes the first. Compare the logits as they are": 1 / 3,
        "the signs are lost: take argmax of the logits as they are, without `abs` or a square": 1 / 6,
        "softmax ran down the columns (axis=0), so logits of different inputs were compared. Each row is one input: axis=1": 1
        / 2,
        "classes are names, not amounts: how far apart two of them are means nothing. Count where they are equal, `==`": -2
        / 3,
    },
)
expect(accuracy).of(np.array([[2.0, 1.0], [0.0, 3.0], [5.0, 4.0], [1.0, 0.0]]), np.array([0, 1, 1, 0])).equals(
    0.75, mistakes={"this is divided by the number of classes. Divide by the number of rows": 1.5}
)
print("accuracy: this check is passed.")

# %% nbgrader={"grade": true, "grade_id": "accuracy-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests use a batch of one, negative logits, and more classes than rows.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("accuracy")
for _n, _c, _counts, _what in [
    (1, 3, [0, 1], "a batch of one"),
    (5, 12, [1, 2, 3, 4], "more classes than rows"),
    (40, 2, range(22, 39), "two classes"),  # never half of them: then wrong ones and right ones are as many
]:
    _Z = _rng.normal(size=(_n, _c)) - 5.0
    _best = [max(range(_c), key=row.__getitem__) for row in _Z.tolist()]
    _right = _rng.permutation(_n) < _rng.choice(_counts)
    _y = np.array([b if r else (b + 1) % _c for b, r in zip(_best, _right)])
    expect(accuracy, hidden=_what).of(_Z.copy(), _y.copy()).equals(
        sum(b == t for b, t in zip(_best, _y.tolist())) / _n,
        mistakes={
            "this is how many are right. Divide by how many there are": sum(b == t for b, t in zip(_best, _y.tolist())),
            "this is divided by the number of classes. Divide by the number of rows": sum(
                b == t for b, t in zip(_best, _y.tolist())
            )
            / _c,
        },
    ).leaves_arguments_unchanged()
### END HIDDEN TESTS

# %% [markdown]
# ## 6. Predict, then run: what does a network know before it learns?
#
# A network with small random weights gives ten logits that are all close to 0, so softmax gives each of ten classes about the same probability. **What is its cross-entropy, roughly?** And its accuracy?
# Write both down.

# %%
my_loss = None  # your number
my_accuracy = None  # your number, from 0 to 1

# %%
X_train, y_train, X_test, y_test = datasets.digits_split()
rng = np.random.default_rng(0)
untrained = [(rng.normal(scale=0.01, size=(i, o)), np.zeros(o)) for i, o in [(64, 32), (32, 10)]]
logits, _ = forward(X_test, untrained)
print(f"untrained: loss {cross_entropy(logits, y_test):.4f}, accuracy {accuracy(logits, y_test):.1%}")
print(f"log(10) = {np.log(10):.4f}, one in ten = {1 / 10:.1%}. You wrote {my_loss} and {my_accuracy}.")

# %% [markdown]
# Every class has $p \approx 1/10$, and $-\log(1/10) = \log 10 \approx 2.3026$. Remember this: **the loss of an untrained network is close to the logarithm of the number of classes.** If yours starts far above, its weights
# are too large, or the loss is a sum in place of a mean. It is the cheapest test there is. The accuracy is luck: all logits are nearly equal, and a tiny difference decides.
# The next cell shows both for larger random weights.

# %%
for scale in (0.01, 0.1, 1.0):
    for seed in (0, 1, 2):
        rng = np.random.default_rng(seed)
        random_params = [(rng.normal(scale=scale, size=(i, o)), np.zeros(o)) for i, o in [(64, 32), (32, 10)]]
        logits, _ = forward(X_test, random_params)
        loss, share = cross_entropy(logits, y_test), accuracy(logits, y_test)
        print(f"weights of size {scale:>4}, seed {seed}: loss {loss:6.3f}, accuracy {share:.1%}")

# %% [markdown]
# Each seed keeps its accuracy, between one in eight and one in six. There are no biases here, so ten times larger weights multiply all logits by one positive number
# (ReLU lets it through), and the largest stays the largest. Only the sureness grows: the network is very sure of answers no better than luck, and the loss says so.

# %% [markdown]
# ## 7. The milestone: your network reads digits
#
# Now the same sizes and activations, with weights that have learned from the training digits. They have never seen the test digits.

# %%
params = datasets.digits_network()
logits, cache = forward(X_test, params)
for layer, ((W, b), (A, Z)) in enumerate(zip(params, cache), start=1):
    print(f"layer {layer}: A {A.shape} @ W {W.shape} + b {b.shape} -> Z {Z.shape}")
print(f"trained on {len(X_train):,} digits: loss {cross_entropy(logits, y_test):.4f} on {len(y_test)} unseen digits")
print(f"accuracy {accuracy(logits, y_test):.1%}")

# %%
answers = logits.argmax(axis=1)
# np.flatnonzero gives the places that are True, np.r_[...] joins two arrays.
shown = np.r_[np.flatnonzero(answers == y_test)[:12], np.flatnonzero(answers != y_test)[:4]]
plots.image_grid(
    X_test[shown].reshape(-1, 8, 8),
    [f"says {a}" if a == t else f"says {a}, is {t}" for a, t in zip(answers[shown], y_test[shown])],
    title="What your forward pass reads: twelve right answers and some of its mistakes",
    wrong=answers[shown] != y_test[shown],
)

# %% [markdown]
# What do the hidden neurons look at? Each column of $\mathbf{W}_1$ holds 64 weights, one per pixel, so it can be drawn as an image. Bright pixels speak for the neuron, dark ones against it.
# The cell also counts the neurons that no test digit activates: dead or nearly dead ReLUs (lesson 2).

# %%
W1, b1 = params[0]
active = (cache[1][0] > 0).any(axis=0)  # (32,): is there a test digit for which neuron j is above 0?
print(f"{(~active).sum()} of {len(active)} neurons are never active on the test digits: {np.flatnonzero(~active)}")
plots.image_grid(
    W1.T[:16].reshape(-1, 8, 8),
    [f"neuron {j}" if active[j] else f"{j}, never active" for j in range(16)],
    title="The weights of 16 hidden neurons, drawn as images",
)

# %% [markdown]
# ## 8. Bug hunt: three broken forward passes
#
# Each function below runs without an error and gives logits of the right shape. Each has **one** bug. Read it, say what is wrong, then copy it into the answer cell under its new name and repair it,
# changing as little as you can. The checks tell you what is still wrong.


# %% nbgrader={"grade": false, "grade_id": "bug-hunt-code", "locked": true, "schema_version": 3, "solution": false, "task": false}
def broken_1(X, params):
    """Should return the logits (n, n_classes)."""
    A = X
    for W_l, b_l in params:
        A = np.maximum(A @ W_l + b_l, 0)
    return A


def broken_2(X, params):
    """Should return the logits (n, n_classes)."""
    A = X
    for W_l, b_l in params[:-1]:
        A = np.maximum(X @ W_l + b_l, 0)
    W_l, b_l = params[-1]
    return A @ W_l + b_l


def broken_3(X, params):
    """Should return the logits and the cache [(A, Z), ...]."""
    A, cache = X, []
    last = len(params) - 1
    for layer, (W_l, b_l) in enumerate(params):
        Z = A @ W_l + b_l
        cache.append((A, Z))
        A = Z if layer == last else np.maximum(Z, 0, out=Z)
    return A, cache


bug_rng = np.random.default_rng(1)  # halves from -1.5 to 1.5, so that you can follow them by hand
bug_params = [(bug_rng.integers(-3, 4, size=(3, 3)) / 2, bug_rng.integers(-3, 4, size=3) / 2) for _ in range(3)]
bug_X = bug_rng.integers(-3, 4, size=(4, 3)) / 2
print("broken_1, smallest logit:", broken_1(bug_X, bug_params).min())
first_layer_off = [(np.zeros((3, 3)), np.zeros(3)), *bug_params[1:]]
change = np.abs(broken_2(bug_X, bug_params) - broken_2(bug_X, first_layer_off)).max()
print("broken_2, largest change of a logit when the first layer is set to 0:", change)
print("broken_3, smallest Z kept of layer 1:", broken_3(bug_X, bug_params)[1][0][1].min())

# %% [markdown]
# Three numbers are 0, and none should be: the evidence.
#
# ## Exercise 8 — repair the first
# **2 points · difficulty 2 of 5 · importance 4 of 5 · about 5 min**
#
# Write `repaired_1(X, params)` → logits `(n, n_classes)`.
#
# <details><summary>Hint 1: a nudge</summary>
#
# The smallest logit is 0. Which function never gives anything below 0?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# ReLU belongs **between** layers. How many places "between" are there in a network of three layers?
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
# Treat all pairs but the last in the loop, with ReLU. Then the last pair on its own, without.
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "repaired_1", "locked": false, "schema_version": 3, "solution": true, "task": false}
def repaired_1(X, params):
    """broken_1 without its bug. X (n, d_0), params [(W, b), ...] -> logits (n, n_classes)."""
    ### BEGIN SOLUTION
    *hidden_layers, (W_last, b_last) = params
    for W, b in hidden_layers:
        X = relu(dense(X, W, b))
    return dense(X, W_last, b_last)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "repaired_1-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of repaired_1: run this cell.
_keep = [(np.clip(bug_X @ bug_params[0][0] + bug_params[0][1], 0, None))]
_keep.append(np.clip(_keep[0] @ bug_params[1][0] + bug_params[1][1], 0, None))
_wanted = _keep[1] @ bug_params[2][0] + bug_params[2][1]
_linear = ((bug_X @ bug_params[0][0] + bug_params[0][1]) @ bug_params[1][0] + bug_params[1][1]) @ bug_params[2][
    0
] + bug_params[2][1]
_only_first = (_keep[0] @ bug_params[1][0] + bug_params[1][1]) @ bug_params[2][0] + bug_params[2][1]
_no_bias = np.clip(np.clip(bug_X @ bug_params[0][0], 0, None) @ bug_params[1][0], 0, None) @ bug_params[2][0]
expect(repaired_1).of(
    bug_X.copy(), [(_W.copy(), _b.copy()) for _W, _b in bug_params]
).leaves_arguments_unchanged().satisfies(
    lambda v: not isinstance(v, tuple), "this returns two things. Only the logits are wanted here"
).equals(
    _wanted,
    mistakes={
        "negative logits are still cut off: ReLU acts on the last layer": np.clip(_wanted, 0, None),
        "now no ReLU is left. It belongs between the layers, only the last has none": _linear,
        "ReLU acts after the first layer only. Every layer but the last needs it": _only_first,
        "the last layer is missing: this is what the last hidden layer puts out": _keep[1],
        "only the first layer is computed: the `return` is inside the loop": _keep[0],
        "the last layer's bias is missing": _wanted - bug_params[2][1],
        "the biases are missing": _no_bias,
        "the second layer is skipped": _keep[0] @ bug_params[2][0] + bug_params[2][1],
        "the last layer acts twice: the loop must leave it out, `params[:-1]`": np.clip(_wanted, 0, None)
        @ bug_params[2][0]
        + bug_params[2][1],
        "the last layer acts twice: it must not be in the loop, nor act again after it": _wanted @ bug_params[2][0]
        + bug_params[2][1],
        "the first layer is skipped: the loop begins too late": np.clip(
            bug_X @ bug_params[1][0] + bug_params[1][1], 0, None
        )
        @ bug_params[2][0]
        + bug_params[2][1],
        "`np.minimum` keeps the negative scores. ReLU keeps the positive ones: `np.maximum`": np.clip(
            np.clip(bug_X @ bug_params[0][0] + bug_params[0][1], None, 0) @ bug_params[1][0] + bug_params[1][1], None, 0
        )
        @ bug_params[2][0]
        + bug_params[2][1],
        "the sizes of the scores were taken. ReLU turns negative scores into 0, it does not turn them around": np.abs(
            np.abs(bug_X @ bug_params[0][0] + bug_params[0][1]) @ bug_params[1][0] + bug_params[1][1]
        )
        @ bug_params[2][0]
        + bug_params[2][1],
        "ReLU was applied to the input. It belongs behind each layer but the last": np.clip(
            np.clip(np.clip(bug_X, 0, None) @ bug_params[0][0] + bug_params[0][1], 0, None) @ bug_params[1][0]
            + bug_params[1][1],
            0,
            None,
        )
        @ bug_params[2][0]
        + bug_params[2][1],
    },
).leaves_arguments_unchanged()
expect(repaired_1).of(bug_X.copy(), bug_params[:1]).equals(
    bug_X @ bug_params[0][0] + bug_params[0][1],
    mistakes={
        "a network of one layer has no ReLU at all: the only layer is the last one": _keep[0],
        "a network of one layer has a last layer too: it is not computed here": bug_X,
    },
)
print("repaired_1: the logits may be negative again.")

# %% nbgrader={"grade": true, "grade_id": "repaired_1-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests use a network of one layer and one of four, and other sizes.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("repaired_1")
for _sizes, _what in [
    ([6, 6, 6, 6, 6], "a network of four layers (any number of layers must work)"),
    ([3, 2], "a network of one layer (any number of layers must work)"),
    ([2, 7, 3, 5, 4], "a network of four layers"),
]:
    _params = [(_rng.normal(size=(_i, _o)), _rng.normal(size=_o)) for _i, _o in zip(_sizes[:-1], _sizes[1:])]
    _X = _rng.normal(size=(5, _sizes[0]))
    _A, _inputs, _scores = _X, [], []
    for _W, _b in _params:
        _inputs.append(_A)
        _Z = np.einsum("ni,io->no", _A, _W) + _b[None, :]
        _scores.append(_Z)
        _A = _Z * (_Z > 0)
    expect(repaired_1, hidden=_what).of(_X.copy(), list(_params)).equals(
        _Z,
        mistakes={
            "negative logits are still cut off: ReLU acts on the last layer": _A,
            "these are the scores of the third layer: three layers are written out by hand, or the loop ends too early. Loop over all of params": _scores[
                min(2, len(_params) - 1)
            ],
            "the third layer is skipped: two hidden layers are written out by hand, or the loop ends too early. Loop over all of params[:-1]": (
                np.einsum("ni,io->no", _inputs[2], _params[-1][0]) + _params[-1][1] if _sizes[0] == _sizes[-1] else _Z
            ),
        },
    ).leaves_arguments_unchanged()
### END HIDDEN TESTS

# %% [markdown]
# ## Exercise 9 — repair the second
# **2 points · difficulty 3 of 5 · importance 4 of 5 · about 5 min**
#
# Write `repaired_2(X, params)` → logits `(n, n_classes)`. Setting the first layer to 0 changes nothing in `broken_2`: as if it were not there.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Follow one array through the loop, by hand, for two rounds. What does the second round read?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Each layer must read what the layer before it put out. Here all layers have the same size, so reading another array raises no error.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
# Keep the function as it is, and change which array is multiplied with `W` inside the loop.
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "repaired_2", "locked": false, "schema_version": 3, "solution": true, "task": false}
def repaired_2(X, params):
    """broken_2 without its bug. X (n, d_0), params [(W, b), ...] -> logits (n, n_classes)."""
    ### BEGIN SOLUTION
    layer_input = X
    for W, b in params[:-1]:
        layer_input = relu(dense(layer_input, W, b))
    return dense(layer_input, *params[-1])
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "repaired_2-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of repaired_2: run this cell.
_reads_X = np.clip(bug_X @ bug_params[1][0] + bug_params[1][1], 0, None) @ bug_params[2][0] + bug_params[2][1]
expect(repaired_2).of(
    bug_X.copy(), [(_W.copy(), _b.copy()) for _W, _b in bug_params]
).leaves_arguments_unchanged().satisfies(
    lambda v: not isinstance(v, tuple), "this returns two things. Only the logits are wanted here"
).equals(
    _wanted,
    mistakes={
        "every layer still reads X, or the first one is skipped. Each must read what the layer before put out": _reads_X,
        "now no ReLU is left. It belongs between the layers, only the last has none": _linear,
        "the last layer reads X too. It must read the last hidden layer": bug_X @ bug_params[2][0] + bug_params[2][1],
        "negative logits are cut off: ReLU acts on the last layer": np.clip(_wanted, 0, None),
        "the last layer is missing: this is what the last hidden layer puts out": _keep[1],
        "the second layer is skipped": _keep[0] @ bug_params[2][0] + bug_params[2][1],
        "the last layer acts twice: the loop must leave it out, `params[:-1]`": np.clip(_wanted, 0, None)
        @ bug_params[2][0]
        + bug_params[2][1],
        "the last layer acts twice: it must not be in the loop, nor act again after it": _wanted @ bug_params[2][0]
        + bug_params[2][1],
        "`np.minimum` keeps the negative scores. ReLU keeps the positive ones: `np.maximum`": np.clip(
            np.clip(bug_X @ bug_params[0][0] + bug_params[0][1], None, 0) @ bug_params[1][0] + bug_params[1][1], None, 0
        )
        @ bug_params[2][0]
        + bug_params[2][1],
        "only the first layer is computed: the `return` is inside the loop": _keep[0],
        "these are the scores of the second layer: the last layer is missing": _keep[0] @ bug_params[1][0]
        + bug_params[1][1],
        "ReLU acts after the first layer only. Every layer but the last needs it": _only_first,
        "the last layer's bias is missing": _wanted - bug_params[2][1],
        "the biases are missing": _no_bias,
    },
).leaves_arguments_unchanged()
expect(repaired_2).of(bug_X.copy(), bug_params[:1]).equals(
    bug_X @ bug_params[0][0] + bug_params[0][1],
    mistakes={
        "a network of one layer has no ReLU at all: the only layer is the last one": _keep[0],
        "a network of one layer has a last layer too: it is not computed here": bug_X,
    },
)
print("repaired_2: every layer counts again.")

# %% nbgrader={"grade": true, "grade_id": "repaired_2-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests use layers of different sizes.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("repaired_2")
for _sizes, _what in [
    ([6, 6, 6, 6, 6], "a network of four layers (any number of layers must work)"),
    ([3, 6, 2], "layers of different sizes"),
    ([2, 7, 3, 5, 4], "a network of four layers"),
]:
    _params = [(_rng.normal(size=(_i, _o)), _rng.normal(size=_o)) for _i, _o in zip(_sizes[:-1], _sizes[1:])]
    _X = _rng.normal(size=(5, _sizes[0]))
    _A, _inputs, _scores = _X, [], []
    for _W, _b in _params:
        _inputs.append(_A)
        _Z = np.einsum("ni,io->no", _A, _W) + _b[None, :]
        _scores.append(_Z)
        _A = _Z * (_Z > 0)
    expect(repaired_2, hidden=_what).of(_X.copy(), list(_params)).equals(
        _Z,
        mistakes={
            "these are the scores of the third layer: three layers are written out by hand, or the loop ends too early. Loop over all of params": _scores[
                min(2, len(_params) - 1)
            ],
            "the third layer is skipped: two hidden layers are written out by hand, or the loop ends too early. Loop over all of params[:-1]": (
                np.einsum("ni,io->no", _inputs[2], _params[-1][0]) + _params[-1][1] if _sizes[0] == _sizes[-1] else _Z
            ),
        },
    ).leaves_arguments_unchanged()
### END HIDDEN TESTS

# %% [markdown]
# ## Exercise 10 — repair the third
# **2 points · difficulty 4 of 5 · importance 4 of 5 · about 10 min**
#
# Write `repaired_3(X, params)` → `logits, cache`. The logits of `broken_3` are right. Its cache is not, and the backward pass of week 03 would compute wrong numbers from it without any error.
#
# <details><summary>Hint 1: a nudge</summary>
#
# When is `Z` changed: before or after it is put into the cache? And does the cache hold a copy?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# A list holds references. What `out=Z` writes is seen through every name of the same array, and the cache is one of them.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
# Let the activation make a **new** array: leave `out=` away, or use the `relu` of the first cell.
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "repaired_3", "locked": false, "schema_version": 3, "solution": true, "task": false}
def repaired_3(X, params):
    """broken_3 without its bug. X (n, d_0), params [(W, b), ...] -> logits (n, n_classes), cache [(A, Z), ...]."""
    ### BEGIN SOLUTION
    layer_input, remembered = X, []
    for W, b in params:
        pre_activation = dense(layer_input, W, b)
        remembered.append((layer_input, pre_activation))
        layer_input = relu(pre_activation)
    return pre_activation, remembered
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "repaired_3-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of repaired_3: run this cell.
_kept_A, _kept_Z = [bug_X], []
for _W, _b in bug_params:
    _kept_Z.append(_kept_A[-1] @ _W + _b)
    _kept_A.append(np.clip(_kept_Z[-1], 0, None))
_logits, _cache = (
    expect(repaired_3).of(bug_X.copy(), list(bug_params)).leaves_arguments_unchanged().parts("logits", "cache")
)
_logits.satisfies(
    lambda v: not (isinstance(v, list | tuple) and np.ndim(v[0][0]) == 2),
    "the two parts are turned around: first the logits, then the cache",
    wanted="an array of shape (4, 3)",
).equals(
    _wanted,
    mistakes={
        "now no ReLU is left. It belongs between the layers, only the last has none": _linear,
        "negative logits are cut off: ReLU acts on the last layer": np.clip(_wanted, 0, None),
    },
)
_cache.satisfies(
    lambda c: len(c) == 3 and all(isinstance(pair, list | tuple) and len(pair) == 2 for pair in c),
    "the cache needs one pair (A, Z) per layer: three pairs here",
    wanted="a list of 3 pairs (A, Z)",
)
for _k in range(3):
    expect(_cache.value[_k][0], name=f"A of layer {_k + 1} in the cache").equals(
        _kept_A[_k],
        mistakes={
            "the pair is turned around: (A, Z), what came in first": _kept_Z[_k],
            "this is the layer's output. What came in belongs first": _kept_A[_k + 1],
            "the layer must read the output of the one before after ReLU, and this is before": _kept_Z[_k - 1],
            "every layer keeps X here. A layer reads what the one before put out": bug_X,
        },
    )
    expect(_cache.value[_k][1], name=f"Z of layer {_k + 1} in the cache").equals(
        _kept_Z[_k],
        mistakes={
            "Z has lost its negative entries: something still writes into the array that the cache holds, or keeps it too late": _kept_A[
                _k + 1
            ],
            "the pair is turned around: (A, Z), what came in first": _kept_A[_k],
        },
    )
print("repaired_3: the cache keeps what was computed.")

# %% nbgrader={"grade": true, "grade_id": "repaired_3-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests use another network, and look at every pair of the cache.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("repaired_3")
_sizes = [3, 8, 6, 2]
_params = [(_rng.normal(size=(_i, _o)), _rng.normal(size=_o)) for _i, _o in zip(_sizes[:-1], _sizes[1:])]
_X = _rng.normal(size=(7, 3))
_logits, _cache = (
    expect(repaired_3, hidden="layers of different sizes")
    .of(_X.copy(), list(_params))
    .leaves_arguments_unchanged()
    .parts("logits", "cache")
)
_cache.satisfies(
    lambda c: len(c) == 3 and all(isinstance(pair, list | tuple) and len(pair) == 2 for pair in c),
    "the cache needs one pair (A, Z) per layer",
)
_A = _X
for _k, (_W, _b) in enumerate(_params):
    _Z = np.einsum("ni,io->no", _A, _W) + _b[None, :]
    expect(_cache.value[_k][0], hidden="layers of different sizes", name="A in the cache of repaired_3").equals(_A)
    expect(_cache.value[_k][1], hidden="layers of different sizes", name="Z in the cache of repaired_3").equals(
        _Z,
        mistakes={
            "Z has lost its negative entries: something still writes into the array that the cache holds, or keeps it too late": _Z
            * (_Z > 0)
        },
    )
    _A = _Z * (_Z > 0)
_logits.equals(_Z)
### END HIDDEN TESTS

# %% [markdown]
# ## How GPT uses this
#
# Every block of GPT-2 small ends in two dense layers: tokens (pieces of text), shape `(n_tokens, 768)`, go through `W (768, 3072)`, an activation, and `W (3072, 768)`. You counted its parameters above. At the very end one more matrix product
# gives logits of shape `(n_tokens, 50257)`: one per token of its vocabulary, the tokens it knows. The loss is your `cross_entropy`, with the next token as the class. An untrained GPT-2 therefore starts near log(50257):

# %%
print(f"log(50257) = {np.log(50257):.2f}")

# %% [markdown]
# ## Coming from C# or Java
#
# - `X @ W + b` hides two loops and a broadcast. No compiler checks shapes: `print(A.shape)` is your type checker.
# - `out=` and `+=` write into an existing array, and everybody who holds a reference sees it (bug 3). Think of arrays as mutable objects, never as values.
# - `logits[np.arange(len(y)), y]` indexes with two arrays at once and gives one entry per row. Java has no such thing; it replaces a loop.
# - `zip(sizes[:-1], sizes[1:])` walks over pairs of neighbors: slices take the place of index arithmetic.
#
# ## If you are stuck
#
# | what you see | likely cause |
# |---|---|
# | `matmul: ... mismatch in its core dimension` | the inner sizes differ: print `A.shape` and `W.shape` in the loop |
# | `could not be broadcast together` | `b` has the wrong length, or the row maximum lacks `keepdims=True` |
# | the loss is `nan` or `inf` | `exp` of a large logit, or `log` of 0: use the shifted form |
# | the loss starts far from log(number of classes) | weights too large, softmax over the wrong axis, or a sum in place of the mean |
# | accuracy a few percent below what the lesson says | the ReLU between the layers is missing, or a bias |
# | right for one batch, wrong for a batch of one | a `squeeze`, or an axis missing |
#
# ## Checkpoint
#
# Answer each question aloud before you open it.
#
# <details><summary>A batch of 20 goes through sizes [64, 32, 10]. Which shapes do the two Z have?</summary>
#
# `(20, 32)` and `(20, 10)`.
#
# </details>
# <details><summary>Why does the last layer have no ReLU?</summary>
#
# Only how the logits of a row compare counts, so they may be negative. ReLU would make all negative logits equal to 0, and what the network finds unlikely would look the same as what it finds very unlikely.
#
# </details>
# <details><summary>A network for 100 classes starts with a loss of 4.6. Is that a good sign?</summary>
#
# Yes: log(100) ≈ 4.6. It knows nothing yet, and it does not pretend to.
#
# </details>
# <details><summary>Why does cross-entropy take logits and not probabilities?</summary>
#
# From logits the logarithm and the exponential cancel exactly, for any size. From probabilities that were rounded to 0 or 1, nothing can be recovered.
#
# </details>
#
# You have written the forward pass of a network of any depth, three losses and the accuracy, and seen it read digits. **Next:** lesson 4 does the same in PyTorch and trains it;
# week 03 opens the box and computes the gradients by hand.
