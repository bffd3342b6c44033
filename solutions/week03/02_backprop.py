# %% [markdown]
# # Week 03 · Lesson 2 — Backpropagation through layers
#
# **About 135 minutes.** You write the backward pass of every part of a network: the dense layer, two activations, and softmax with its loss. Put together they give the gradient of every weight in one walk from back to front, and with it a network learns XOR.
#
# | built before | built here | unlocks next |
# |---|---|---|
# | the forward pass (week 00, lesson 3), the chain rule for single numbers (lesson 1) | `dense_backward`, `relu_backward`, `sigmoid_backward`, `softmax_cross_entropy`, `two_layer_loss_and_grads`, and four repaired backward passes | lesson 3 (a training loop) and week 07 (networks of any depth) |
#
# After this lesson you can
#
# - say the shape of every gradient before you compute it, and why it is that shape;
# - write the backward pass of a layer for a whole batch, and test it on its own;
# - climb the sanity ladder: first loss, nudged gradient, one batch learned by heart;
# - find the wrong line of a backward pass that raises no error.
#
# Every function you write leaves the arrays it was given as they were; the checks look at that too. Where a card says an array, return a NumPy array, and no list: the cells after the exercises compute with what your functions return.

# %%
import numpy as np
import torch

from groundup import datasets, plots
from groundup.checks import expect, fresh_rng, given


def relu(Z):
    """Negative numbers become 0. Any shape -> the same shape."""
    return np.where(Z > 0, Z, 0.0)


def sigmoid(Z):
    """1 / (1 + exp(-Z)), written with tanh, so that nothing overflows. Any shape -> the same shape."""
    return 0.5 + 0.5 * np.tanh(0.5 * Z)


def nudged_gradient(f, x, h=1e-5):
    """How fast the number f(x) changes with every entry of the array x, by nudging it both ways. Shape of x."""
    slopes = np.zeros(x.shape)
    for place in np.ndindex(*x.shape):
        nudge = np.zeros(x.shape)
        nudge[place] = h
        slopes[place] = (f(x + nudge) - f(x - nudge)) / (2 * h)
    return slopes


def apart(a, b):
    """The largest difference between two arrays of one shape."""
    return np.abs(np.asarray(a) - np.asarray(b)).max()


# %% [markdown]
# ## 1. The idea: every part answers one question
#
# Learning needs to know, for **every** weight: if I nudge it up a little, how fast does the loss rise? Nudging them one by one works (lesson 1), and costs two forward passes per weight. A network with 100,000 weights would need 200,000 of them for one step.
#
# Backpropagation gets all these slopes in **one** walk, from the loss back to the input. Each part of the network gets one array from the part behind it: `dout`, how fast the loss rises with each number that this part **put out**. From it, the part computes
#
# - how fast the loss rises with each number that **came in**: this goes to the part in front, as its `dout`;
# - how fast the loss rises with each of its **own parameters**: this is what learning uses.
#
# No part needs to know the rest of the network. That is why you can write and test them one at a time.
#
# We write `dA` for the gradient of the loss with respect to `A`. **`dA` always has the shape of `A`**: one slope for each number. Here is a network of two layers, forwards, and the same network backwards.

# %%
plots.computation_graph(
    {
        "X": "X\n(n, d)",
        "W1": "W1, b1\n(d, h), (h,)",
        "Z1": "Z1\n(n, h)",
        "A1": "A1 = relu(Z1)\n(n, h)",
        "W2": "W2, b2\n(h, C), (C,)",
        "logits": "logits\n(n, C)",
        "y": "y\n(n,)",
        "loss": "loss\none number",
    },
    [("X", "Z1"), ("W1", "Z1"), ("Z1", "A1"), ("A1", "logits"), ("W2", "logits"), ("logits", "loss"), ("y", "loss")],
    title="Forwards: from the batch to one number",
)

# %%
plots.computation_graph(
    {
        "one": "start: 1",
        "dlogits": "dlogits\n(n, C)",
        "dW2": "dW2, db2\n(h, C), (C,)",
        "dA1": "dA1\n(n, h)",
        "dZ1": "dZ1\n(n, h)",
        "dW1": "dW1, db1\n(d, h), (h,)",
    },
    [("one", "dlogits"), ("dlogits", "dW2"), ("dlogits", "dA1"), ("dA1", "dZ1"), ("dZ1", "dW1")],
    title="Backwards: from one number to every weight (read it from left to right)",
)

# %% [markdown]
# $n$ is the number of inputs in the batch, $d$ the numbers of one input, $h$ the hidden neurons, $C$ the classes. Three functions of this lesson make the arrows of the second picture. The first arrow is `softmax_cross_entropy`. The two arrows that leave `dlogits` are one call of `dense_backward`: a side branch to the parameters of the second layer, and the road to the front. The arrow from `dA1` to `dZ1` is `relu_backward`. The last one is `dense_backward` again; it gives the gradient of `X` too, which nobody needs: the batch does not learn, so the road ends here.
#
# ## 2. A dense layer, backwards: the math, with every shape
#
# Forwards, a layer computes $\mathbf{Z} = \mathbf{X}\mathbf{W} + \mathbf{b}$, entry by entry $Z_{ij} = \sum_k X_{ik} W_{kj} + b_j$. Backwards it gets $d\mathbf{Z}$, which the code calls `dout`. Three questions:
#
# **Where does one weight $W_{kj}$ act?** In column $j$ of $\mathbf{Z}$, once for every row $i$, and there it is multiplied with $X_{ik}$. It is used $n$ times, and gradients of all uses add up (lesson 1):
#
# $$dW_{kj} = \sum_{i=1}^{n} X_{ik}\, dZ_{ij} \qquad\text{so}\qquad d\mathbf{W} = \mathbf{X}^\top d\mathbf{Z}$$
#
# **Where does one bias $b_j$ act?** In column $j$, once for every row, with the factor 1:
#
# $$db_j = \sum_{i=1}^{n} dZ_{ij}$$
#
# **Where does one input $X_{ik}$ act?** In row $i$, once for every neuron $j$, multiplied with $W_{kj}$:
#
# $$dX_{ik} = \sum_{j} dZ_{ij}\, W_{kj} \qquad\text{so}\qquad d\mathbf{X} = d\mathbf{Z}\,\mathbf{W}^\top$$
#
# | symbol | in code | shape | meaning |
# |---|---|---|---|
# | $d\mathbf{Z}$ | `dout` | `(n, d_out)` | what comes from behind |
# | $\mathbf{X}, \mathbf{W}$ | `cache = (X, W)` | `(n, d_in)`, `(d_in, d_out)` | what the forward pass kept |
# | $d\mathbf{X}$ | `dX` | `(n, d_in)` | goes on to the front |
# | $d\mathbf{W}$ | `dW` | `(d_in, d_out)` | for learning |
# | $d\mathbf{b}$ | `db` | `(d_out,)` | for learning |
#
# If you forget the formulas, the shapes bring them back: from `(n, d_in)` and `(n, d_out)` there is only one product of shape `(d_in, d_out)`, and it sums over the batch. $\top$ turns rows into columns, `.T` in NumPy.
#
# There is no division by $n$ here. The loss is a mean, and its $1/n$ is already inside `dout`: it enters once, at the loss.
#
# ### Worked example: one entry of each, and a way to test it
#
# How do you test a layer without a network behind it? Make up any `dout`, and take `(dout * Z).sum()` as the loss. Its slope by each $Z_{ij}$ is exactly `dout[i, j]`. Then nudge.

# %%
X = np.array([[1.0, 2.0], [0.0, -1.0], [3.0, 0.5]])  # n = 3 inputs with d_in = 2 numbers each
W = np.array([[1.0, 0.0], [0.5, -1.0]])  # d_out = 2 neurons
b = np.array([0.0, 1.0])
dout = np.array([[0.5, -1.0], [2.0, 0.0], [1.0, 3.0]])  # made up: what would come from behind

# Step 1: one weight by hand. W[1, 0] meets X[i, 1], and acts on Z[i, 0], in all three rows.
one_weight = 2.0 * 0.5 + (-1.0) * 2.0 + 0.5 * 1.0
# Step 2: one bias. b[1] acts on column 1, in all three rows.
one_bias = -1.0 + 0.0 + 3.0
# Step 3: one input. X[2, 1] meets W[1, 0] and W[1, 1], and acts on row 2.
one_input = 1.0 * 0.5 + 3.0 * (-1.0)
# Step 4: the witness. Nudge every entry, and look at the same places.
by_nudging_W = nudged_gradient(lambda w: (dout * (X @ w + b)).sum(), W)
by_nudging_b = nudged_gradient(lambda v: (dout * (X @ W + v)).sum(), b)
by_nudging_X = nudged_gradient(lambda x: (dout * (x @ W + b)).sum(), X)
print(f"W[1, 0]: by hand {one_weight}, by nudging {by_nudging_W[1, 0]:.6f}")
print(f"b[1]:    by hand {one_bias}, by nudging {by_nudging_b[1]:.6f}")
print(f"X[2, 1]: by hand {one_input}, by nudging {by_nudging_X[2, 1]:.6f}")

# %% [markdown]
# ### Faded example: shapes before you run
#
# A batch of 5 images with 64 pixels goes into a layer of 32 neurons. Fill in the four shapes of its backward pass: take the first `#` of each line away, replace each `___`, and delete the line with `raise`.

# %% nbgrader={"grade": false, "grade_id": "faded-shapes", "locked": false, "schema_version": 3, "solution": true, "task": false}
shape_dout = shape_dW = shape_db = shape_dX = None
# shape_dout = (___, ___)  # what comes from behind
# shape_dW = (___, ___)    # the slopes of the weights
# shape_db = (___,)        # the slopes of the biases
# shape_dX = (___, ___)    # what goes on to the front
### BEGIN SOLUTION
shape_dout = (5, 32)
shape_dW = (64, 32)
shape_db = (32,)
shape_dX = (5, 64)
### END SOLUTION

# %% nbgrader={"grade": false, "grade_id": "faded-shapes-check", "locked": true, "schema_version": 3, "solution": false, "task": false}
# No points here: this check shows you where you are.
for _name, _given, _want, _mistakes in [
    (
        "shape_dout",
        shape_dout,
        (5, 32),
        {
            (32, 5): "rows are inputs and columns are neurons",
            (5, 64): "this is the shape of what came in. `dout` has the shape of what the layer put out",
            (64, 32): "this is the shape of W. `dout` has the shape of what the layer put out",
        },
    ),
    (
        "shape_dW",
        shape_dW,
        (64, 32),
        {
            (32, 64): "dW has the shape of W: inputs first, neurons second",
            (5, 32): "this is the shape of the output. The batch is summed away in dW",
            (5, 64): "this is the shape of the batch. It is summed away in dW",
        },
    ),
    (
        "shape_db",
        shape_db,
        (32,),
        {
            (5,): "one slope per neuron, and not per input: the batch is summed away",
            (64,): "one slope per neuron of this layer, and it has 32",
            (5, 32): "this is the shape of `dout`. All rows share the biases, so the rows are summed away",
            (1, 32): "db has the shape of b, a plain list with one axis",
            32: "(32) is a number in parentheses. A shape with one axis needs the comma: (32,)",
        },
    ),
    (
        "shape_dX",
        shape_dX,
        (5, 64),
        {
            (64, 5): "rows are inputs",
            (5, 32): "this is the shape of the output. dX has the shape of X",
            (64, 32): "this is the shape of W. dX has the shape of X",
        },
    ),
]:
    expect(_given, name=_name).satisfies(
        lambda v: v is not None, "nothing is filled in yet, or the line with `raise` still stands above your lines"
    ).satisfies(
        lambda v: isinstance(v, tuple | int), "write the sizes in parentheses, ( ): a shape is a tuple of numbers"
    ).satisfies(
        lambda v: (
            isinstance(v, int) or not any(isinstance(size, float) or (isinstance(size, str) and size) for size in v)
        ),
        "the sizes are whole numbers, without a decimal point and without quotes",
    ).satisfies(
        lambda v: isinstance(v, int) or all(isinstance(size, int) for size in v), "a blank `___` is left"
    ).satisfies(
        lambda v, want=_want: v == want,
        next(
            (why for wrong, why in _mistakes.items() if isinstance(_given, tuple | int) and _given == wrong),
            "a gradient has the shape of the array it belongs to: which array is that here?",
        ),
    )
print("All four shapes are right.")

# %% [markdown]
# ## Exercise 1 — a dense layer, backwards
# **4 points · difficulty 2 of 5 · importance 5 of 5 · about 15 min**
#
# Write `dense_backward(dout, cache)` → `dX, dW, db`. `cache` is the pair `(X, W)` that the forward pass kept: `X (n, d_in)`, `W (d_in, d_out)`; `dout` is `(n, d_out)`. The bias is not in the cache: no gradient depends on it.
# For the arrays of the worked example, `dW[1, 0]` is −0.5, `db[1]` is 2 and `dX[2, 1]` is −2.5.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Write the shapes of `dout`, `X` and `W` on paper, and beside them the three shapes you want. Which inner sizes must meet and vanish?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Two are matrix products in which one side is transposed. The third is a sum over one axis: every row of the batch used the same biases.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
#     take X and W out of the cache
#     dX is dout times W transposed            (n, d_out) @ (d_out, d_in)
#     dW is X transposed times dout            (d_in, n) @ (n, d_out)
#     db is dout, its rows added up            axis 0
#     return the three, in this order
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "dense_backward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def dense_backward(dout, cache):
    """Backward pass of a dense layer. dout (n, d_out), cache (X, W) -> dX (n, d_in), dW (d_in, d_out), db (d_out,)."""
    ### BEGIN SOLUTION
    layer_in, weights = cache
    return dout @ weights.T, layer_in.T @ dout, dout.sum(axis=0)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "dense_backward-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of dense_backward, dX and dW: run this cell.
_X, _W = np.array([[1.0, 2.0], [-0.5, 3.0]]), np.array([[0.5, -1.0], [2.0, 1.5]])
_dout = np.array([[1.0, -2.0], [0.5, 4.0]])
_dX, _dW, _ = expect(dense_backward).of(_dout, (_X, _W)).leaves_arguments_unchanged().parts("dX", "dW", "db")
_dX.equals(
    [[2.5, -1.0], [-3.75, 7.0]],
    mistakes={
        "W is not transposed: each entry of dout goes back along the weights it came through, `dout @ W.T`": [
            [-3.5, -4.0],
            [8.25, 5.5],
        ],
        "the order of the product is turned around: dout comes first, `dout @ W.T`": [[1.5, 7.0], [-0.25, 8.0]],
        "W comes first here, and not transposed. dout comes first, and W is transposed": [[0.0, -5.0], [2.75, 2.0]],
        "`*` multiplies entry by entry. A matrix product is `@`": [[0.5, 2.0], [1.0, 6.0]],
        "`*` multiplies entry by entry, here with W transposed. A matrix product is `@`": [[0.5, -4.0], [-0.5, 6.0]],
        "the cache is unpacked the wrong way round: it is (X, W)": [[-3.0, -6.5], [8.5, 11.75]],
        "this is dW. The order is dX, dW, db": [[0.75, -4.0], [3.5, 8.0]],
        "this is divided by the number of rows. The 1/n of the mean is in `dout` already": [
            [1.25, -0.5],
            [-1.875, 3.5],
        ],
        "this is what the layer computes forwards. Backwards, `dout` is what comes in": [[4.5, 2.0], [5.75, 5.0]],
        "the gradient of X does not depend on X: this is `dout` with X": [[2.0, -4.0], [-1.5, 13.0]],
        "`dout` was left out: this is W alone": [[0.5, -1.0], [2.0, 1.5]],
        "`dout` was left out: this is W transposed, alone": [[0.5, 2.0], [-1.0, 1.5]],
        "the rows of `dout` were added up before the product. Each row goes back on its own": [
            [-1.25, 6.0],
            [-1.25, 6.0],
        ],
    },
)
_dW.equals(
    [[0.75, -4.0], [3.5, 8.0]],
    mistakes={
        "X is not transposed: the rows must be what is summed over, `X.T @ dout`": [[2.0, 6.0], [1.0, 13.0]],
        "the order of the product is turned around: X transposed comes first": [[-3.0, -6.5], [8.5, 11.75]],
        "dout comes first here. X transposed comes first, `X.T @ dout`": [[2.0, -4.0], [-1.5, 13.0]],
        "this is divided by the number of rows. The 1/n of the mean is in `dout` already: dividing again makes it n times too small": [
            [0.375, -2.0],
            [1.75, 4.0],
        ],
        "`*` multiplies entry by entry. A matrix product is `@`": [[1.0, -4.0], [-0.25, 12.0]],
        "`*` multiplies entry by entry, here with X transposed. A matrix product is `@`": [[1.0, 1.0], [1.0, 12.0]],
        "the cache is unpacked the wrong way round: it is (X, W)": [[1.5, 7.0], [-0.25, 8.0]],
        "this is dX. The order is dX, dW, db": [[2.5, -1.0], [-3.75, 7.0]],
        "only the last row was counted: each row replaces the one before. Add them up": [[-0.25, -2.0], [1.5, 12.0]],
        "only the first row was counted: is the `return` inside the loop?": [[1.0, -2.0], [2.0, -4.0]],
        "this is the gradient with W added to it. Return the gradient alone": [[1.25, -5.0], [5.5, 9.5]],
        "X was summed over its rows before the product. Row i of X belongs to row i of dout": [
            [0.75, 1.0],
            [7.5, 10.0],
        ],
        "`dout` was left out: this is X transposed": [[1.0, -0.5], [2.0, 3.0]],
    },
)
_X, _W = np.array([[1.0, 0.5, -1.0], [2.0, -0.5, 0.0]]), np.array([[1.0, -1.0], [0.5, 2.0], [-0.5, 0.0]])
_dX, _dW, _ = expect(dense_backward).of(_dout, (_X, _W)).parts("dX", "dW", "db")
_dX.equals([[3.0, -3.5, -0.5], [-3.5, 8.25, -0.25]])
_dW.equals([[2.0, 6.0], [0.25, -3.0], [-1.0, 2.0]])
print("dense_backward: dX and dW are right.")

# %% nbgrader={"grade": true, "grade_id": "dense_backward-bias", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of dense_backward, db: run this cell. Here the batch has 4 rows, for 2 neurons.
_X = np.array([[1.0, 0.5, -1.0], [2.0, -0.5, 0.0], [0.0, 1.0, 3.0], [1.5, -2.0, 1.0]])
_W = np.array([[1.5, -1.5], [0.5, 2.0], [-0.5, 0.0]])
_dout = np.array([[1.0, -0.5], [0.25, 2.0], [-2.0, 1.0], [0.5, 0.25]])
_, _, _db = expect(dense_backward).of(_dout, (_X, _W)).leaves_arguments_unchanged().parts("dX", "dW", "db")
_db.equals(
    [-0.25, 2.75],
    mistakes={
        "the sum runs along the neurons (axis=1). Every row used the same bias, so the rows are added up: axis=0": [
            0.5,
            2.25,
            -1.0,
            0.75,
        ],
        "this is the mean over the rows. The 1/n of the mean is in `dout` already: add the rows up": [-0.0625, 0.6875],
        "everything was added up to one number. Each neuron has a bias of its own: axis=0": 2.5,
        "this is `dout` itself, one row per input. One bias serves all rows: add them up": [
            [1.0, -0.5],
            [0.25, 2.0],
            [-2.0, 1.0],
            [0.5, 0.25],
        ],
        "an axis of size 1 is left: b has shape (d_out,), and db has the shape of b. Leave `keepdims` away": [
            [-0.25, 2.75]
        ],
        "only the first row was counted": [1.0, -0.5],
        "only the last row was counted: add the rows up": [0.5, 0.25],
        "these are ones: the derivative of the scores by b. Multiply by `dout` and add the rows up": [1.0, 1.0],
        "the number of rows was counted. Add up the rows of `dout`": [4.0, 4.0],
        "this is the sum over the rows of X. The bias sees `dout`": [4.5, -1.0, 3.0],
        "this is the sum over W. The bias sees `dout`": [1.5, 0.5],
        "the rows of dX were added up. The bias sees `dout`: add its rows up": [-4.5, 5.375, 0.125],
        "the rows of dW were added up. The bias sees `dout`: add its rows up": [-6.875, 6.875],
    },
)
print("dense_backward: db is right.")

# %% nbgrader={"grade": true, "grade_id": "dense_backward-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests use a batch of one, one neuron, odd sizes; PyTorch and finite differences say what is right.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("dense_backward")
for _n, _i, _o, _what in [
    (1, 4, 3, "a batch of one"),
    (5, 3, 1, "a layer of one neuron"),
    (7, 1, 5, "inputs with one number"),
    (3, 3, 3, "as many inputs as neurons as rows"),
]:
    _X, _W, _up = _rng.normal(size=(_n, _i)), _rng.normal(size=(_i, _o)), _rng.normal(size=(_n, _o))
    _tX, _tW = torch.tensor(_X, requires_grad=True), torch.tensor(_W, requires_grad=True)
    _tb = torch.zeros(_o, dtype=torch.float64, requires_grad=True)
    (_tX @ _tW + _tb).backward(torch.tensor(_up))
    _dX, _dW, _db = (
        expect(dense_backward, hidden=_what)
        .of(_up.copy(), (_X.copy(), _W.copy()))
        .leaves_arguments_unchanged()
        .parts("dX", "dW", "db")
    )
    _dX.equals(
        _tX.grad.numpy(),
        mistakes={"W is not transposed": _up @ _W if _i == _o else np.nan, "it is divided by n": _tX.grad.numpy() / _n},
    )
    _dW.equals(
        _tW.grad.numpy(),
        mistakes={
            "it is divided by the number of rows. The 1/n of the mean is in `dout` already": _tW.grad.numpy() / _n
        },
    )
    _db.equals(
        _tb.grad.numpy(),
        mistakes={
            "this is the mean over the rows. The 1/n of the mean is in `dout` already": _tb.grad.numpy() / _n,
            "an axis got lost: db has the shape of b, (d_out,), also for a batch of one": float(_up.sum()),
        },
    )
    _dW.matches_gradient_of(lambda w, x=_X, up=_up: (up * (x @ w)).sum(), at=_W)
### END HIDDEN TESTS

# %% [markdown]
# ## 3. Activations, backwards
#
# An activation works entry by entry: $A_{ij} = f(Z_{ij})$. So does its backward pass. Each slope from behind is multiplied with the slope of $f$ at that place ($\odot$ multiplies entry by entry):
#
# $$d\mathbf{Z} = d\mathbf{A} \odot f'(\mathbf{Z})$$
#
# It has no parameters, so there is one answer only. In code, `dout` is $d\mathbf{A}$, and all shapes are the same.
#
# **ReLU.** Its slope is 1 where $Z > 0$ and 0 elsewhere. The gradient passes unchanged where the neuron was on, and stops where it was off. **At exactly 0** ReLU has a corner and no slope; this course and PyTorch take 0 there.
# What decides is `Z`, a number of the *forward* pass. The gradient itself may have any sign, and keeps it.
#
# ## Exercise 2 — ReLU, backwards
# **2 points · difficulty 1 of 5 · importance 5 of 5 · about 5 min**
#
# Write `relu_backward(dout, Z)` → `dZ`. `dout` and `Z` have the same shape (any); `Z` is what went **into** ReLU. For `dout = [5.0, -7.0, 2.0]` and `Z = [3.0, 0.5, -1.0]` it is `[5.0, -7.0, 0.0]`.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Which of the two arrays decides what passes, and which one passes?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# A comparison such as `Z > 0` gives an array of True and False, and these count as 1 and 0 in a product. It is called a **mask**.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
# `dout` times the mask; or `np.where` with the mask, `dout`, and 0. Both make a new array, and that is wanted.
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "relu_backward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def relu_backward(dout, Z):
    """Backward pass of ReLU. dout and Z (what went into ReLU) of one shape -> dZ, the same shape."""
    ### BEGIN SOLUTION
    gate_open = Z > 0
    return dout * gate_open
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "relu_backward-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of relu_backward: run this cell.
_Z = np.array([[1.5, -2.0, 0.0], [-0.5, 3.0, 2.5]])
_dout = np.array([[2.0, 1.0, -3.0], [-1.0, -1.5, 4.0]])
expect(relu_backward).of(_dout, _Z).leaves_arguments_unchanged().equals(
    [[2.0, 0.0, 0.0], [0.0, -1.5, 4.0]],
    mistakes={
        "the mask comes from `dout`. Whether a neuron was on is written in Z, not in the gradient": [
            [2.0, 1.0, 0.0],
            [0.0, 0.0, 4.0],
        ],
        "this is the mask alone. Multiply it with `dout`": [[1.0, 0.0, 0.0], [0.0, 1.0, 1.0]],
        "`dout` was multiplied with ReLU of Z. The slope of ReLU is 1 or 0, and not Z": [
            [3.0, 0.0, 0.0],
            [0.0, -4.5, 10.0],
        ],
        "`dout` was multiplied with Z. The slope of ReLU is 1 where Z is above 0, else 0": [
            [3.0, -2.0, 0.0],
            [0.5, -4.5, 10.0],
        ],
        "at 0 the slope is taken as 1. The course and PyTorch take 0 there: `Z > 0`": [
            [2.0, 0.0, -3.0],
            [0.0, -1.5, 4.0],
        ],
        "the mask is turned around: the gradient passes where Z is above 0": [[0.0, 1.0, -3.0], [-1.0, 0.0, 0.0]],
        "the mask is turned around: the gradient passes where Z is above 0, and not at 0 or below": [
            [0.0, 1.0, 0.0],
            [-1.0, 0.0, 0.0],
        ],
        "this is the forward pass, ReLU of Z. Backwards, `dout` is what passes": [[1.5, 0.0, 0.0], [0.0, 3.0, 2.5]],
        "this is `dout` as it came in: the entries where Z is 0 or below must become 0": [
            [2.0, 1.0, -3.0],
            [-1.0, -1.5, 4.0],
        ],
        "where Z is negative the gradient was turned around. It becomes 0 there": [[2.0, -1.0, 3.0], [1.0, -1.5, 4.0]],
        "`dout` and the slope were added. The chain rule multiplies": [[3.0, 1.0, -3.0], [-1.0, -0.5, 5.0]],
        "Z is returned where it should be `dout`": [[1.5, -2.0, 0.0], [0.0, 0.0, 2.5]],
        "negative gradients were cut off as well. A gradient may be negative: only the sign of Z decides": [
            [2.0, 0.0, 0.0],
            [0.0, 0.0, 4.0],
        ],
        "the entries that pass became 1: return `dout` there": [[1.0, 0.0, 0.0], [0.0, -1.0, 1.0]],
        "`dout` was multiplied with the sign of Z. Where Z is negative the slope is 0, and not -1": [
            [2.0, -1.0, 0.0],
            [1.0, -1.5, 4.0],
        ],
        "ReLU was applied to `dout` times Z. The slope of ReLU is 1 or 0, and it is made from Z alone": [
            [3.0, 0.0, 0.0],
            [0.5, 0.0, 10.0],
        ],
        "the sizes of the gradients were returned. A gradient keeps its sign": [[2.0, 0.0, 0.0], [0.0, 1.5, 4.0]],
    },
)
expect(relu_backward).of(np.array([5.0, -7.0, 2.0]), np.array([3.0, 0.5, -1.0])).equals([5.0, -7.0, 0.0])
print("relu_backward: this check is passed.")

# %% nbgrader={"grade": true, "grade_id": "relu_backward-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests use other shapes, and look at the places where Z is exactly 0.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("relu_backward")
for _shape, _what in [((1, 5), "a batch of one"), ((6, 1), "one neuron"), ((4, 7), "odd sizes"), ((9,), "one axis")]:
    _Z, _up = _rng.normal(size=_shape), _rng.normal(size=_shape)
    _Z[..., 0] = 0.0 if _what == "odd sizes" else _Z[..., 0]
    _tZ = torch.tensor(_Z, requires_grad=True)
    torch.relu(_tZ).backward(torch.tensor(_up))
    expect(relu_backward, hidden=_what).of(_up.copy(), _Z.copy()).equals(
        _tZ.grad.numpy(),
        mistakes={
            "the mask comes from `dout`. Whether a neuron was on is written in Z": np.clip(_up, 0, None),
            "at 0 the slope is taken as 1. The course and PyTorch take 0 there: `Z > 0`": np.where(_Z < 0, 0, _up),
        },
    ).leaves_arguments_unchanged()
### END HIDDEN TESTS

# %% [markdown]
# **Sigmoid**, written $\sigma$. Its slope is $\sigma'(z) = \sigma(z)\,(1 - \sigma(z))$ (week 00, lesson 2). The forward pass has computed $\mathbf{A} = \sigma(\mathbf{Z})$ already, so the slope is $\mathbf{A} \odot (1 - \mathbf{A})$: the **output** is enough. `Z` need not be kept, and no exponential is computed a second time.
#
# ## Exercise 3 — sigmoid, backwards
# **2 points · difficulty 1 of 5 · importance 4 of 5 · about 5 min**
#
# Write `sigmoid_backward(dout, A)` → `dZ`. `A = sigmoid(Z)` is what came **out** of the sigmoid; both have one shape (any). For `dout = [4.0, -1.0]` and `A = [0.5, 0.2]` it is `[1.0, -0.16]`.
#
# <details><summary>Hint 1: a nudge</summary>
#
# The first entry of the example is 4 · 0.5 · 0.5. Where do the two halves come from?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Three factors, entry by entry: what comes from behind, and the two factors of the slope.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
# `dout` times `A` times (1 minus `A`), with the parentheses. `A` goes in as it is: sigmoid was applied to it already.
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "sigmoid_backward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def sigmoid_backward(dout, A):
    """Backward pass of sigmoid. dout and A = sigmoid(Z) of one shape -> dZ, the same shape."""
    ### BEGIN SOLUTION
    return dout * (A - A * A)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "sigmoid_backward-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of sigmoid_backward: run this cell.
_A = np.array([[0.5, 0.25, 0.9], [0.8, 0.1, 0.75]])
_dout = np.array([[2.0, -4.0, 1.0], [5.0, -3.0, 0.5]])
expect(sigmoid_backward).of(_dout, _A).leaves_arguments_unchanged().equals(
    [[0.5, -0.75, 0.09], [0.8, -0.27, 0.09375]],
    mistakes={
        "sigmoid was applied to A. A is the output of sigmoid already": [
            [0.47000742, -0.98453633, 0.20550031],
            [1.06954848, -0.74812812, 0.1089475],
        ],
        "`dout` is missing: this is the slope alone. The chain rule multiplies it with what comes from behind": [
            [0.25, 0.1875, 0.09],
            [0.16, 0.09, 0.1875],
        ],
        "the factor A is missing": [[1.0, -3.0, 0.1], [1.0, -2.7, 0.125]],
        "the factor 1 - A is missing": [[1.0, -1.0, 0.9], [4.0, -0.3, 0.375]],
        "this is the slope of tanh. That of sigmoid is A times (1 - A)": [[1.5, -3.75, 0.19], [1.8, -2.97, 0.21875]],
        "`dout` and the slope were added. The chain rule multiplies": [[2.25, -3.8125, 1.09], [5.16, -2.91, 0.6875]],
        "the parentheses are missing: `A * 1 - A` is 0": [[0.5, -1.25, 0.0], [3.2, -0.4, -0.375]],
        "the parentheses are missing: `A * 1 - A` is 0 everywhere": [[0.0, 0.0, 0.0], [0.0, 0.0, 0.0]],
        "A is squared once too often: the slope is A times (1 - A)": [
            [0.25, -0.1875, 0.081],
            [0.64, -0.027, 0.0703125],
        ],
        "the slope is A times (1 - A), and the second factor is not squared": [
            [0.25, -0.5625, 0.009],
            [0.16, -0.243, 0.0234375],
        ],
        "this is A minus the square of `dout` times A": [[0.0, -2.0, 0.09], [-12.0, -0.39, 0.234375]],
        "`dout` stands in the place of A": [[-2.0, -20.0, 0.0], [-20.0, -12.0, 0.25]],
        "this passes `dout` where A is above 0, as ReLU does": [[2.0, -4.0, 1.0], [5.0, -3.0, 0.5]],
        "the last factor was divided by, not multiplied with": [[2.0, -1.33333333, 9.0], [20.0, -0.33333333, 1.5]],
        "the slope was divided by. The chain rule multiplies": [
            [8.0, -21.33333333, 11.11111111],
            [31.25, -33.33333333, 2.66666667],
        ],
        "sigmoid was applied to `dout`": [[0.10499359, 0.01766271, 0.19661193], [0.00664806, 0.04517666, 0.23500371]],
        "the factor is 1 + A, and it should be 1 - A": [[1.5, -1.25, 1.71], [7.2, -0.33, 0.65625]],
    },
)
expect(sigmoid_backward).of(np.array([4.0, -1.0]), np.array([0.5, 0.2])).equals([1.0, -0.16])
print("sigmoid_backward: this check is passed.")

# %% nbgrader={"grade": true, "grade_id": "sigmoid_backward-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests use other shapes, and neurons that are nearly or wholly at 0 and 1.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("sigmoid_backward")
for _shape, _scale, _what in [
    ((1, 5), 1, "a batch of one"),
    ((6, 1), 2, "one neuron"),
    ((4, 7), 12, "outputs near 0 and 1"),
    ((3, 2), 900, "outputs of exactly 0 and 1"),
    ((9,), 1, "one axis"),
]:
    _up = _rng.normal(size=_shape)
    _tZ = torch.tensor(_rng.normal(scale=_scale, size=_shape), requires_grad=True)
    _tA = torch.sigmoid(_tZ)
    _tA.backward(torch.tensor(_up))
    expect(sigmoid_backward, hidden=_what).of(_up.copy(), _tA.detach().numpy().copy()).equals(
        _tZ.grad.numpy()
    ).leaves_arguments_unchanged()
### END HIDDEN TESTS

# %% [markdown]
# How much of a gradient gets through an activation? The slope says it.

# %%
plots.functions(
    {"slope of ReLU": lambda z: np.where(z > 0, 1.0, 0.0), "slope of sigmoid": lambda z: sigmoid(z) * sigmoid(-z)},
    title="What a gradient is multiplied with on its way back",
    x_label="z, what went into the activation",
    y_label="slope",
)

# %% [markdown]
# Sigmoid multiplies with 0.25 at most (at $z = 0$), and with almost nothing far from 0. ReLU multiplies with 1 or 0. Section 8 shows what ten layers of that do.
#
# ## 4. Softmax and cross-entropy, in one step
#
# The walk starts at the loss. With $\mathbf{P}$ the softmax of the logits $\mathbf{Z}$, and $y_i$ the right class of row $i$, week 00 wrote the loss of one row as a difference of two terms:
#
# $$\ell_i = \log \sum_{k=1}^{C} e^{Z_{ik}} \;-\; Z_{i\,y_i}$$
#
# Nudge one logit $Z_{ij}$. The slope of the first term is $e^{Z_{ij}}$ divided by the sum, and that is $P_{ij}$, the softmax itself. The slope of the second term is 1 if $j$ is the right class, else 0. The loss is the mean over $n$ rows, so each row counts $1/n$:
#
# $$dZ_{ij} = \frac{1}{n}\,\bigl(P_{ij} - Y_{ij}\bigr), \qquad Y_{ij} = 1 \text{ if } j = y_i, \text{ else } 0$$
#
# Read it: *what the network said, minus what is true.* Wrong classes are pushed down by the probability they got; the right one is pulled up by what is missing to 1. A row adds up to 0: probability only moves.
#
# | symbol | in code | shape | meaning |
# |---|---|---|---|
# | $\mathbf{Z}$ | `logits` | `(n, C)` | the scores of the last layer |
# | $\mathbf{P}$ | | `(n, C)` | softmax of each row |
# | $\mathbf{Y}$ | | `(n, C)` | the labels one-hot: row $i$ has a 1 in column $y_i$ |
# | $d\mathbf{Z}$ | `dlogits` | `(n, C)` | the first `dout` of the walk |
#
# Why not softmax and logarithm as two parts, each with its own backward pass? The slope of the logarithm is $1/P$, and where a probability was rounded to 0, that is a division by 0. Together, it cancels.

# %%
one_row = np.array([2.0, 1.0, -1.0])  # the logits of one input; the right class is 1
p_row = np.exp(one_row) / np.exp(one_row).sum()
slopes = nudged_gradient(lambda z: np.log(np.exp(z).sum()) - z[1], one_row)
print("softmax   ", p_row.round(4))
print("by nudging", slopes.round(4), " added up:", abs(slopes.sum().round(4)))

# %% [markdown]
# Compare the two lines: they differ by 1, in one place. The slopes add up to 0.
#
# ## Exercise 4 — the loss and its gradient
# **5 points · difficulty 3 of 5 · importance 5 of 5 · about 20 min**
#
# Write `softmax_cross_entropy(logits, y)` → `loss, dlogits`. `logits (n, C)`, `y (n,)` the right classes (ints from 0 to $C - 1$). `loss` is one number, the mean over the batch; `dlogits` is `(n, C)`. Both must be exact for logits of ±1000 and more too.
# For `logits = [[0.0, 0.0]]`, `y = [0]` the loss is log 2 = 0.6931 and the gradient is `[[-0.5, 0.5]]`.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Loss and gradient share the same exponentials. Which number may you subtract from a whole row of logits without changing its softmax?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Shift each row by its maximum, so that no exponential overflows. The loss needs the logarithm of the row sums and the shifted right logits: no logarithm of a probability. The gradient needs the probabilities, with 1 taken off in one place per row.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
#     S is logits minus the largest of each row            (n, C)
#     sums are exp(S), added up along each row             (n, 1), keepdims
#     loss is the mean of log(sums[:, 0]) minus S at row i, column y[i]     (n,) minus (n,)
#     G is exp(S) divided by sums
#     take 1 off G at row i, column y[i]; then divide all of G by n
#
# Two index arrays at once, the row numbers and `y`, reach one entry per row.
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "softmax_cross_entropy", "locked": false, "schema_version": 3, "solution": true, "task": false}
def softmax_cross_entropy(logits, y):
    """Mean cross-entropy and its gradient, stable. logits (n, C), y (n,) ints -> loss (a number), dlogits (n, C)."""
    ### BEGIN SOLUTION
    each_row, largest = np.arange(len(y)), logits.max(axis=1, keepdims=True)
    powers = np.exp(logits - largest)
    row_sums = powers.sum(axis=1, keepdims=True)
    surprises = np.log(row_sums[:, 0]) - (logits - largest)[each_row, y]
    dlogits = powers / row_sums / len(y)
    dlogits[each_row, y] -= 1 / len(y)
    return float(surprises.mean()), dlogits
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "softmax_cross_entropy-loss", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of softmax_cross_entropy, the loss: run this cell.
_Z = np.array([[2.0, 1.0, -1.0], [0.0, 3.0, 0.5], [1.0, -1.5, 0.0], [-0.5, 0.25, 1.5]])
_y = np.array([1, 1, 2, 0])
_loss, _ = expect(softmax_cross_entropy).of(_Z, _y).leaves_arguments_unchanged().parts("loss", "dlogits")
_loss.satisfies(
    lambda v: np.shape(v) != (4, 3), "the two parts are turned around: first the loss, then its gradient"
).satisfies(
    lambda v: np.shape(v) != (4, 4),
    "(n, 1) met (n,), and broadcasting made (n, n) of it. Give both the shape (n,): `sums[:, 0]` takes the only column",
).satisfies(
    lambda v: np.all(np.isfinite(v)),
    "the logarithm met a negative number or 0. Was `np.exp` forgotten before the sum? Or was 1 taken off the probabilities before the loss was made from them?",
    wanted="1.29909402",
).equals(
    1.29909402,
    mistakes={
        "the losses of the rows were added up, and the loss is their mean. If you divided by n already: (n, 1) met (n,) and made (n, n)": 5.19637607,
        "softmax ran down the columns (axis=0). Each row is one input: axis=1": 1.83932605,
        "the logarithm is missing: these are the probabilities of the right classes": 0.37297198,
        "the sign is turned around: a loss is positive": -1.29909402,
        "softmax was applied twice: logits go in as they are": 1.10730613,
        "the mean runs over all entries, and not over the right classes only": 1.65326068,
        "`[:, y]` picks whole columns. One entry per row needs the row numbers too": 1.61159402,
        "the mean runs over all n · C places, and only one per row counts": 0.43303134,
        "this is one number per row. Take their mean": [1.34901222, 0.12387296, 1.37153903, 2.35195186],
        "the mean was taken before the logarithm": 0.98625199,
        "softmax divides by the sum of the whole batch. Each row has its own sum: axis=1": 2.89829258,
        "the logarithm has base 2": 1.8741965,
        "the right logit is not subtracted": 0.29909402,
        "only the last row was counted": 2.35195186,
        "only the first row was counted: is the `return` inside the loop?": 1.34901222,
        "the sum uses the shifted logits and the right logit is not shifted. Shift both": -0.57590598,
        "one class too early is picked: classes count from 0": 1.67409402,
        "the exponentials were added up along axis 0, down the columns. Each row has its own sum: axis=1": 1.57960838,
        "the exponentials were added up along axis 0. Each row has its own sum: axis=1": 1.78167182,
        "the exponentials were divided by the sums along axis 0, down the columns. Each row has its own sum: axis=1": 1.57266975,
        "the largest of each column was subtracted (axis=0). Each row has its own largest: axis=1": 1.55833201,
        "`S[y]` picks whole rows. One entry per row needs two parts in the index, the row numbers and y": 1.84076068,
        "the logarithm of the row sums is missing": 2.35533577,
        "the logarithm of the mean was taken. Each row has its own logarithm; the mean comes last": 1.30404923,
        "the logits were subtracted from their maximum. It is the other way round": 1.97890414,
        "the maximum was added again, and to one term only. Both terms are shifted, so it cancels": 3.17409402,
    },
)
print("softmax_cross_entropy: the loss is right.")

# %% nbgrader={"grade": true, "grade_id": "softmax_cross_entropy-gradient", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of softmax_cross_entropy, the gradient: run this cell.
_Z = np.array([[2.0, 1.0, -1.0], [0.0, 3.0, 0.5], [1.0, -1.5, 0.0], [-0.5, 0.25, 1.5]])
_y = np.array([1, 1, 2, 0])
_, _dlogits = expect(softmax_cross_entropy).of(_Z, _y).leaves_arguments_unchanged().parts("loss", "dlogits")
_dlogits.equals(
    [
        [0.17634613, -0.18512588, 0.00877976],
        [0.01099662, -0.02912698, 0.01813036],
        [0.17241802, 0.01415293, -0.18657095],
        [-0.2262042, 0.05037571, 0.17582849],
    ],
    mistakes={
        "the average over the batch is missing: the loss is a mean, so its gradient has a 1/n": [
            [0.70538451, -0.74050354, 0.03511903],
            [0.04398648, -0.11650793, 0.07252145],
            [0.68967209, 0.05661173, -0.74628382],
            [-0.9048168, 0.20150283, 0.70331398],
        ],
        "the 1 of the right class is not subtracted: these are the probabilities, divided by n": [
            [0.17634613, 0.06487412, 0.00877976],
            [0.01099662, 0.22087302, 0.01813036],
            [0.17241802, 0.01415293, 0.06342905],
            [0.0237958, 0.05037571, 0.17582849],
        ],
        "these are the probabilities. Subtract 1 at the right class of each row, then divide by n": [
            [0.70538451, 0.25949646, 0.03511903],
            [0.04398648, 0.88349207, 0.07252145],
            [0.68967209, 0.05661173, 0.25371618],
            [0.0951832, 0.20150283, 0.70331398],
        ],
        "only the 1 was divided by n, and the probabilities were not: put the difference in parentheses": [
            [0.70538451, 0.00949646, 0.03511903],
            [0.04398648, 0.63349207, 0.07252145],
            [0.68967209, 0.05661173, 0.00371618],
            [-0.1548168, 0.20150283, 0.70331398],
        ],
        "only the probabilities were divided by n, and the 1 was not: put the difference in parentheses": [
            [0.17634613, -0.93512588, 0.00877976],
            [0.01099662, -0.77912698, 0.01813036],
            [0.17241802, 0.01415293, -0.93657095],
            [-0.9762042, 0.05037571, 0.17582849],
        ],
        "it is divided by the number of all entries. The loss is a mean over the n rows: divide by n": [
            [0.05878204, -0.06170863, 0.00292659],
            [0.00366554, -0.00970899, 0.00604345],
            [0.05747267, 0.00471764, -0.06219032],
            [-0.0754014, 0.0167919, 0.0586095],
        ],
        "it is divided by the number of classes. The loss is a mean over the n rows: divide by n": [
            [0.23512817, -0.24683451, 0.01170634],
            [0.01466216, -0.03883598, 0.02417382],
            [0.2298907, 0.01887058, -0.24876127],
            [-0.3016056, 0.06716761, 0.23443799],
        ],
        "the right class is set to -1, and not lowered by 1: `-=` and not `=`": [
            [0.17634613, -0.25, 0.00877976],
            [0.01099662, -0.25, 0.01813036],
            [0.17241802, 0.01415293, -0.25],
            [-0.25, 0.05037571, 0.17582849],
        ],
        "the right class is set to 0. Lower it by 1": [
            [0.17634613, 0.0, 0.00877976],
            [0.01099662, 0.0, 0.01813036],
            [0.17241802, 0.01415293, 0.0],
            [0.0, 0.05037571, 0.17582849],
        ],
        "only the right classes got a gradient. The other classes have their probability": [
            [0.0, -0.18512588, 0.0],
            [0.0, -0.02912698, 0.0],
            [0.0, 0.0, -0.18657095],
            [-0.2262042, 0.0, 0.0],
        ],
        "1 was subtracted from every entry: `P[:, y]` changes whole columns, and `P - 1` all of them. One entry per row needs the row numbers too": [
            [-0.07365387, -0.18512588, -0.24122024],
            [-0.23900338, -0.02912698, -0.23186964],
            [-0.07758198, -0.23584707, -0.18657095],
            [-0.2262042, -0.19962429, -0.07417151],
        ],
        "the number of the class was subtracted from the whole row. Subtract 1, at the place of the class": [
            [-0.07365387, -0.18512588, -0.24122024],
            [-0.23900338, -0.02912698, -0.23186964],
            [-0.32758198, -0.48584707, -0.43657095],
            [0.0237958, 0.05037571, 0.17582849],
        ],
        "softmax ran down the columns (axis=0). Each row is one input: axis=1": [
            [0.15769889, -0.22204676, 0.01226544],
            [0.02134222, -0.04345195, 0.05496991],
            [0.05801418, 0.00229454, -0.21665906],
            [-0.23705529, 0.01320417, 0.14942371],
        ],
        "the gradient was divided by n twice": [
            [0.04408653, -0.04628147, 0.00219494],
            [0.00274916, -0.00728175, 0.00453259],
            [0.04310451, 0.00353823, -0.04664274],
            [-0.05655105, 0.01259393, 0.04395712],
        ],
        "this is minus one over the probability of the right class: the gradient by the probabilities, and not by the logits": [
            [0.0, -0.96340428, 0.0],
            [0.0, -0.28296802, 0.0],
            [0.0, 0.0, -0.985353],
            [-2.62651403, 0.0, 0.0],
        ],
        "this is minus one over the probability of the right class, and without 1/n: the gradient by the probabilities, and not by the logits": [
            [0.0, -3.85361711, 0.0],
            [0.0, -1.13187207, 0.0],
            [0.0, 0.0, -3.94141199],
            [-10.50605612, 0.0, 0.0],
        ],
        "the difference was multiplied with P (1 - P), the slope of a single sigmoid. With softmax and cross-entropy together nothing more is left than the difference": [
            [0.03664776, -0.03557343, 0.00029751],
            [0.00046243, -0.00299815, 0.00121949],
            [0.03690168, 0.00075586, -0.03532614],
            [-0.01948146, 0.00810542, 0.03668898],
        ],
        "the logits themselves were used where their softmax belongs": [
            [0.5, 0.0, -0.25],
            [0.0, 0.5, 0.125],
            [0.25, -0.375, -0.25],
            [-0.375, 0.0625, 0.375],
        ],
        "the logarithm of the probabilities was used where the probabilities belong": [
            [-0.08725305, -0.58725305, -0.83725305],
            [-0.78096824, -0.28096824, -0.65596824],
            [-0.09288476, -0.71788476, -0.59288476],
            [-0.83798797, -0.40048797, -0.08798797],
        ],
        "`G[y]` changes whole rows. One entry per row needs two parts in the index, the row numbers and y": [
            [-0.07365387, -0.18512588, -0.24122024],
            [-0.23900338, -0.02912698, -0.23186964],
            [-0.07758198, -0.23584707, -0.18657095],
            [0.0237958, 0.05037571, 0.17582849],
        ],
        "only the right classes were divided by n. All of G is": [
            [0.70538451, -0.18512588, 0.03511903],
            [0.04398648, -0.02912698, 0.07252145],
            [0.68967209, 0.05661173, -0.18657095],
            [-0.2262042, 0.20150283, 0.70331398],
        ],
        "1 was taken off one class too early: classes count from 0": [
            [-0.07365387, 0.06487412, 0.00877976],
            [-0.23900338, 0.22087302, 0.01813036],
            [0.17241802, -0.23584707, 0.06342905],
            [0.0237958, 0.05037571, -0.07417151],
        ],
        "the sums are those of the shifted logits, and the exponentials above them are not shifted. Shift both": [
            [1.30303143, 0.22935848, 0.06487412],
            [0.22087302, 4.18635317, 0.36415804],
            [0.46868077, 0.03847166, -0.07758198],
            [-0.14335463, 0.22576826, 0.78800864],
        ],
        "the exponentials were divided by the sums along axis 0, down the columns. Each row has its own sum: axis=1": [
            [0.11441007, -0.19703629, 0.00829922],
            [0.00569614, -0.1060297, 0.0136831],
            [0.11441007, 0.0118178, -0.1886766],
            [-0.23451628, 0.04124818, 0.16669428],
        ],
        "the largest of each column was subtracted (axis=0). Each row has its own largest: axis=1": [
            [0.20535225, -0.22220859, 0.01685634],
            [0.02250764, -0.08368976, 0.06118212],
            [0.15274376, 0.00461246, -0.15735622],
            [-0.23209335, 0.01394571, 0.21814764],
        ],
        "the exponentials were not divided by their sum": [
            [0.25, -0.15803014, 0.01244677],
            [0.01244677, 0.0, 0.02052125],
            [0.25, 0.02052125, -0.15803014],
            [-0.21616618, 0.0716262, 0.25],
        ],
        "it was multiplied with n. Divide": [
            [2.82153805, -2.96201416, 0.14047611],
            [0.17594592, -0.4660317, 0.29008578],
            [2.75868834, 0.22644693, -2.98513527],
            [-3.61926722, 0.80601131, 2.8132559],
        ],
    },
)
print("softmax_cross_entropy: the gradient is right.")

# %% nbgrader={"grade": true, "grade_id": "softmax_cross_entropy-stable", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of softmax_cross_entropy, large logits: run this cell. Up to ±2000; the first and the last row are badly wrong.
_Z = np.array([[1000.0, -1000.0, 0.0], [-1000.0, 1000.0, 1000.0], [-1000.0, -1000.0, -2000.0]])
_y = np.array([1, 1, 2])
_loss, _dlogits = expect(softmax_cross_entropy).of(_Z, _y).leaves_arguments_unchanged().parts("loss", "dlogits")
_whole_batch = "the maximum of the whole batch was subtracted, or that of each column, and all exponentials of the last row became 0. Each row needs its own maximum: axis=1, and keepdims"
_dlogits.satisfies(
    lambda v: np.shape(v) != (3, 3) or not np.all(np.isfinite(v[:2])) or np.all(np.isfinite(v[2])), _whole_batch
)
_loss.satisfies(lambda v: np.ndim(v) > 0 or float(v) != -np.inf, _whole_batch, wanted="1000.4621").satisfies(
    lambda v: np.all(np.isfinite(v)),
    "exp(1000) overflows, and the logarithm of a probability that was rounded to 0 is minus infinity. Shift each row by its maximum, and take the logarithm of the sum",
    wanted="1000.4621",
).satisfies(
    lambda v: np.ndim(v) > 0 or float(v) > 500 or float(v) < 0,
    "something was clipped, or a tiny number was added, to keep the logarithm finite. That hides how wrong the answer is",
    wanted="1000.4621",
).equals(
    1000.46209812,
    mistakes={
        "the losses of the rows were added up. The loss is their mean": 3001.38629436,
        "the sum uses the shifted logits and the right logit is not shifted. Shift both": 667.12876479,
    },
)
_dlogits.satisfies(
    lambda v: np.all(np.isfinite(v)),
    "exp(1000) overflows, and infinity divided by infinity is nan. Shift each row by its maximum before `np.exp`",
).equals(
    [[0.33333333, -0.33333333, 0.0], [0.0, -0.16666667, 0.16666667], [0.16666667, 0.16666667, -0.33333333]],
    mistakes={
        "the average over the batch is missing: the loss is a mean, so its gradient has a 1/n": [
            [1.0, -1.0, 0.0],
            [0.0, -0.5, 0.5],
            [0.5, 0.5, -1.0],
        ]
    },
)
print("softmax_cross_entropy: large logits are safe.")

# %% nbgrader={"grade": true, "grade_id": "softmax_cross_entropy-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests use a batch of one, two classes, odd sizes, large logits; PyTorch and finite differences say what is right.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("softmax_cross_entropy")
for _n, _k, _scale, _what in [
    (1, 4, 1, "a batch of one"),
    (6, 2, 2, "two classes"),
    (7, 5, 1, "odd sizes"),
    (5, 3, 600, "large logits"),
]:
    _Z, _y = _rng.normal(scale=_scale, size=(_n, _k)), _rng.integers(0, _k, size=_n)
    _tZ = torch.tensor(_Z, requires_grad=True)
    _tl = torch.nn.functional.cross_entropy(_tZ, torch.tensor(_y))
    _tl.backward()
    _loss, _dlogits = (
        expect(softmax_cross_entropy, hidden=_what)
        .of(_Z.copy(), _y.copy())
        .leaves_arguments_unchanged()
        .parts("loss", "dlogits")
    )
    _loss.equals(_tl.item(), mistakes={"the losses of the rows were added up": _tl.item() * _n})
    _dlogits.equals(
        _tZ.grad.numpy(),
        mistakes={
            "the average over the batch is missing": _tZ.grad.numpy() * _n,
            "divided twice": _tZ.grad.numpy() / _n,
        },
    )
    if _scale < 10:
        _dlogits.matches_gradient_of(
            lambda z, right=_y: np.mean([np.log(np.exp(row).sum()) - row[c] for row, c in zip(z, right)]), at=_Z
        )
### END HIDDEN TESTS

# %% [markdown]
# ## 5. A whole network, backwards
#
# The parts are there. A network of two layers with ReLU between is a walk forwards that keeps what it needs, and a walk backwards that hands one array from part to part:
#
# | step | forwards | kept | backwards | gives |
# |---|---|---|---|---|
# | 1 | `Z1` from `X`, `W1`, `b1` | `X`, `W1` | last: dense, with the gradient of `Z1` | `dW1`, `db1` |
# | 2 | `A1` from `Z1` | `Z1` | third: ReLU, with the gradient of `A1` | the gradient of `Z1` |
# | 3 | `logits` from `A1`, `W2`, `b2` | `A1`, `W2` | second: dense, with `dlogits` | `dW2`, `db2`, the gradient of `A1` |
# | 4 | `loss` from `logits`, `y` | | first: the loss | `dlogits` |
#
# Read *forwards* downwards, and then *backwards* upwards. Gradients are returned in the form of the parameters, `[(dW1, db1), (dW2, db2)]`, first layer first, though they are computed last layer first.
#
# ## Exercise 5 — loss and gradients of two layers
# **4 points · difficulty 3 of 5 · importance 5 of 5 · about 20 min**
#
# Write `two_layer_loss_and_grads(X, y, params)` → `loss, grads`. `X (n, d)`, `y (n,)` ints, `params = [(W1, b1), (W2, b2)]` with `W1 (d, h)`, `W2 (h, C)`; `grads` has the same form and shapes. ReLU stands between the layers, cross-entropy at the end.
# Use your functions of exercises 1, 2 and 4, and the `relu` of the first cell. The checks put right versions of these functions in the place of yours, so an earlier mistake costs nothing here.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Begin with the forward pass alone, and give each array a name of its own. You need three of them again on the way back.
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# `dense_backward` is called twice: once with the cache of the second layer (what did this layer read?), and once with that of the first. Between the two calls the gradient goes back through ReLU.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
#     Z1, A1, logits: forwards
#     loss, dlogits from the logits and y
#     dA1, dW2, db2 from dense_backward with dlogits, cache (A1, W2)
#     dZ1 from relu_backward with dA1 and Z1
#     dense_backward once more, with dZ1 and cache (X, W1); its dX is not needed
#     return the loss and the list of two pairs
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "two_layer_loss_and_grads", "locked": false, "schema_version": 3, "solution": true, "task": false}
def two_layer_loss_and_grads(X, y, params):
    """X (n, d), y (n,) ints, params [(W1, b1), (W2, b2)] -> loss (a number), grads [(dW1, db1), (dW2, db2)]."""
    ### BEGIN SOLUTION
    (weights_1, bias_1), (weights_2, bias_2) = params
    before = X @ weights_1 + bias_1
    hidden = relu(before)
    loss, d_scores = softmax_cross_entropy(hidden @ weights_2 + bias_2, y)
    d_hidden, *second_pair = dense_backward(d_scores, (hidden, weights_2))
    _, *first_pair = dense_backward(relu_backward(d_hidden, before), (X, weights_1))
    return loss, [tuple(first_pair), tuple(second_pair)]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "two_layer_loss_and_grads-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of two_layer_loss_and_grads, the loss and the second layer: run this cell.
def _by_autograd(f, dout, *arrays):  # what PyTorch says of the same step
    leaves = [torch.tensor(np.asarray(each, dtype=float), requires_grad=True) for each in arrays]
    f(*leaves).backward(torch.tensor(np.asarray(dout, dtype=float)))
    return tuple(leaf.grad.numpy() for leaf in leaves)


def _size(value):  # the shape of an array, or None where there is none
    try:
        return np.asarray(value, dtype=float).shape
    except (TypeError, ValueError, RuntimeError):
        return None


def _with_right_parts(answer, hidden=None):
    def called(name, sizes, holds, why):
        expect(sizes, name=f"a call of {name} (the shapes it was given)", hidden=hidden).satisfies(
            lambda _: holds(*sizes), why
        )

    def dense_backward(dout, cache):
        expect(cache, name="a call of dense_backward (the cache it was given)", hidden=hidden).satisfies(
            lambda c: isinstance(c, tuple | list) and len(c) == 2,
            "`dense_backward` takes dout first, and then the cache, a pair (X, W) in parentheses of its own",
        )
        sizes = _size(dout), _size(cache[0]), _size(cache[1])
        called(
            "dense_backward",
            sizes,
            lambda d, x, w: d not in ((), None),
            "dout is no array of slopes. `softmax_cross_entropy` gives two things: the loss first, then dlogits",
        )
        called(
            "dense_backward",
            sizes,
            lambda d, x, w: None not in (d, x, w) and [len(d), len(x), len(w)] == [2, 2, 2],
            "dout, X and W have two axes each. The bias is not in the cache (X, W), and `dense_backward` gives dX first, then dW, then db",
        )
        called(
            "dense_backward",
            sizes,
            lambda d, x, w: not (x[0] == w[1] and w[0] == d[0] and x[1] == d[1]) or (x[1] == w[0] and x[0] == d[0]),
            "the cache is (X, W): first what the layer read, then its weights",
        )
        called(
            "dense_backward",
            sizes,
            lambda d, x, w: d == (x[0], w[1]) and x[1] == w[0],
            "dout, X and W do not belong to one layer. A layer that reads X (n, d_in) with W (d_in, d_out) has dout (n, d_out)",
        )
        X, W = cache
        db, dX, dW = _by_autograd(torch.addmm, dout, np.zeros(np.shape(W)[1]), X, W)
        return dX, dW, db

    def relu_backward(dout, Z):
        called(
            "relu_backward",
            (_size(dout), _size(Z)),
            lambda d, z: d is not None and d == z,
            "`relu_backward` takes two arrays of one shape: dA1, the first thing that `dense_backward` gives, and Z1",
        )
        return _by_autograd(torch.relu, dout, Z)[0]

    def softmax_cross_entropy(logits, y):
        called(
            "softmax_cross_entropy",
            (_size(logits), _size(y)),
            lambda z, c: z is not None and c is not None and len(z) == 2 and c == z[:1],
            "`softmax_cross_entropy` takes the logits (n, C) first, then the right classes y (n,)",
        )

        def loss(z):
            return torch.nn.functional.cross_entropy(z, torch.tensor(np.asarray(y)))

        return loss(torch.tensor(np.asarray(logits))).item(), _by_autograd(loss, 1.0, logits)[0]

    parts = {
        "dense_backward": dense_backward,
        "relu_backward": relu_backward,
        "softmax_cross_entropy": softmax_cross_entropy,
    }
    for name, part in parts.items():
        part.__qualname__ = name
    return given(answer, **parts)


def _two_pairs(grads):
    """Check the form of the gradients: a list of two pairs."""
    grads.satisfies(
        lambda g: isinstance(g, list | tuple), "the gradients are a list of two pairs, [(dW1, db1), (dW2, db2)]"
    ).satisfies(
        lambda g: not (len(g) == 2 and getattr(g[0], "ndim", 0) == 2 and getattr(g[1], "ndim", 0) == 1),
        "this is one pair, where the list of both should stand. Is the loss missing? `return loss, grads`",
    ).satisfies(
        lambda g: len(g) != 4, "four arrays in a row. Put them into pairs, as in params: [(dW1, db1), (dW2, db2)]"
    ).satisfies(
        lambda g: not (len(g) == 2 and all(isinstance(part, list | tuple) and len(part) == 3 for part in g)),
        "each layer has three gradients here. Keep the pair (dW, db) and leave dX out",
    ).satisfies(
        lambda g: len(g) == 2 and all(isinstance(part, list | tuple) and len(part) == 2 for part in g),
        "the gradients are a list of two pairs, [(dW1, db1), (dW2, db2)]",
    ).satisfies(
        lambda g: np.ndim(g[0][0]) != 1 or np.ndim(g[0][1]) != 2, "each pair is turned around: (dW, db), weights first"
    )


_X, _y = np.array([[1.0, 2.0], [-1.0, 0.5], [2.0, -1.0], [-0.5, 1.5]]), np.array([2, 0, 1, 1])
_params = [
    (np.array([[1.0, -1.0, 2.0], [0.5, 1.0, -2.0]]), np.array([0.25, 0.5, -0.5])),
    (np.array([[1.0, -2.0, 0.5], [-1.0, 1.0, 0.0], [0.5, -1.5, 1.0]]), np.array([0.25, -0.25, 0.5])),
]
_loss, _grads = (
    expect(_with_right_parts(two_layer_loss_and_grads))
    .of(_X, _y, _params)
    .leaves_arguments_unchanged()
    .parts("loss", "grads")
)
_loss.satisfies(
    lambda v: not (isinstance(v, list | tuple) and isinstance(_grads.value, list | tuple)),
    "the loss is missing, and only the gradients came back: `return loss, grads`",
).satisfies(
    lambda v: not isinstance(v, list | tuple), "the two parts are turned around: first the loss, then the gradients"
).equals(
    5.92530274,
    mistakes={
        "ReLU was applied to the logits too. The last layer has no activation": 2.57623265,
        "the ReLU between the layers is missing": 9.04837575,
        "the biases are missing in the forward pass": 5.76241841,
        "the bias of the first layer is missing": 5.89257518,
        "the bias of the second layer is missing": 5.80459855,
        "this is the sum over the batch. The loss is a mean": 23.70121096,
        "softmax was applied before the loss. `softmax_cross_entropy` takes the logits as they are": 1.16223123,
        "sigmoid stands between the layers, and it should be ReLU": 2.43740895,
        "tanh stands between the layers, and it should be ReLU": 3.4832869,
    },
)
_two_pairs(_grads)
expect(_grads.value[1][0], name="dW2").equals(
    [
        [0.24557691, -0.48424783, 0.23867092],
        [-0.3396512, 0.13393536, 0.20571584],
        [0.14669957, -1.37499999, 1.22830043],
    ],
    mistakes={
        "the second layer reads A1, the output after ReLU, and this is the gradient for Z1: put (A1, W2) into its cache": [
            [0.36771015, -0.57918198, 0.21147183],
            [-0.40633282, 0.75893535, -0.35260253],
            [0.75099107, -1.59684938, 0.84585831],
        ],
        "it is divided by n again. `softmax_cross_entropy` did that already": [
            [0.06139423, -0.12106196, 0.05966773],
            [-0.0849128, 0.03348384, 0.05142896],
            [0.03667489, -0.34375, 0.30707511],
        ],
        "the average over the batch is missing": [
            [0.98230764, -1.93699131, 0.95468367],
            [-1.3586048, 0.53574143, 0.82286337],
            [0.58679826, -5.49999997, 4.91320171],
        ],
        "this is the gradient of W1: the pairs stand in the order of params, first layer first": [
            [1.19123763, -0.46633885, 1.22332734],
            [-0.18067059, -0.11378451, -0.61166367],
        ],
        "these are the weights after a step. Return the gradients": [
            [0.75442309, -1.51575217, 0.26132908],
            [-0.6603488, 0.86606464, -0.20571584],
            [0.35330043, -0.12500001, -0.22830043],
        ],
        "this is W2 itself. Return its gradient": [[1.0, -2.0, 0.5], [-1.0, 1.0, 0.0], [0.5, -1.5, 1.0]],
        "`dlogits` was sent through `relu_backward`. There is no ReLU behind the second layer": [
            [0.24181955, -0.04953139, 0.23867092],
            [0.13009494, 0.13207965, 0.20571584],
            [0.14669957, 0.0, 1.22830043],
        ],
        "the second layer was given X: it reads A1": [
            [0.38058437, -0.63909977, 0.2585154],
            [0.03592612, 0.19881426, -0.23474038],
        ],
    },
)
expect(_grads.value[1][1], name="db2").equals(
    [-0.12334914, -0.15795734, 0.28130648],
    mistakes={
        "it is divided by n again. `softmax_cross_entropy` did that already": [-0.03083729, -0.03948934, 0.07032662],
        "the average over the batch is missing": [-0.49339657, -0.63182937, 1.12522593],
        "this is the gradient of b1: the pairs stand in the order of params, first layer first": [
            0.93002276,
            0.24206445,
            0.61166367,
        ],
    },
)
print("two_layer_loss_and_grads: the loss and the second layer are right.")

# %% nbgrader={"grade": true, "grade_id": "two_layer_loss_and_grads-first", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of two_layer_loss_and_grads, the first layer: run this cell, after the check above.
_X, _y = np.array([[1.0, 2.0], [-1.0, 0.5], [2.0, -1.0], [-0.5, 1.5]]), np.array([2, 0, 1, 1])
_params = [
    (np.array([[1.0, -1.0, 2.0], [0.5, 1.0, -2.0]]), np.array([0.25, 0.5, -0.5])),
    (np.array([[1.0, -2.0, 0.5], [-1.0, 1.0, 0.0], [0.5, -1.5, 1.0]]), np.array([0.25, -0.25, 0.5])),
]
_, _grads = expect(_with_right_parts(two_layer_loss_and_grads)).of(_X, _y, _params).parts("loss", "grads")
_two_pairs(_grads)
expect(_grads.value[0][0], name="dW1").equals(
    [[1.19123763, -0.46633885, 1.22332734], [-0.18067059, -0.11378451, -0.61166367]],
    mistakes={
        "the ReLU has no share in the backward pass: its mask is missing between the layers": [
            [1.78804161, -1.01968414, 1.40745724],
            [-0.47907258, 0.16288813, -0.5149987],
        ],
        "the mask of the ReLU is taken from the gradient. Whether a neuron was on is written in Z1": [
            [1.19123763, -0.43413477, 1.10137756],
            [-0.18067059, 0.21706739, -0.2458143],
        ],
        "the gradient was multiplied with A1. The slope of ReLU is 1 or 0": [
            [2.26193586, -0.86328691, 6.7283004],
            [-0.74730321, -0.22200932, -3.3641502],
        ],
        "the mask is taken from the logits, the scores of the second layer. The ReLU stands between the layers: Z1": [
            [1.31694478, -0.38084602, 1.40745724],
            [-0.55779204, 0.05720114, -0.5149987],
        ],
        "W2 is not transposed on the way back": [
            [0.74200616, -0.51136897, 0.47332735],
            [-0.07679048, -0.15926374, -0.23666367],
        ],
        "`dlogits` goes straight to the first layer. It must come back through W2 first: use the dX of the second layer": [
            [0.1363179, -0.13909977, 0.4466547],
            [0.15805936, -0.05118574, -0.22332735],
        ],
        "`dlogits` goes straight to the first layer, without W2 and without the mask. Use the dX of the second layer": [
            [0.38058437, -0.63909977, 0.2585154],
            [0.03592612, 0.19881426, -0.23474038],
        ],
        "it is divided by n again. `softmax_cross_entropy` did that already": [
            [0.29780941, -0.11658471, 0.30583184],
            [-0.04516765, -0.02844613, -0.15291592],
        ],
        "the average over the batch is missing": [
            [4.76495052, -1.86535539, 4.89330938],
            [-0.72268236, -0.45513805, -2.44665469],
        ],
        "the slope of sigmoid was used, and the activation is ReLU": [
            [-1.82032502, 0.73255635, -30.27735178],
            [0.705566, 0.29360289, 15.13867589],
        ],
        "the arguments of `relu_backward` are turned around: first the gradient, then Z1": [
            [5.5, -2.0, 13.25],
            [3.5, 1.0, -12.25],
        ],
        "this is the gradient of W2: the pairs stand in the order of params, first layer first": [
            [0.24557691, -0.48424783, 0.23867092],
            [-0.3396512, 0.13393536, 0.20571584],
            [0.14669957, -1.37499999, 1.22830043],
        ],
        "these are the weights after a step. Return the gradients": [
            [-0.19123763, -0.53366115, 0.77667266],
            [0.68067059, 1.11378451, -1.38833633],
        ],
    },
)
expect(_grads.value[0][1], name="db1").equals(
    [0.93002276, 0.24206445, 0.61166367],
    mistakes={
        "the ReLU has no share in the backward pass: its mask is missing between the layers": [
            0.33321878,
            -0.0346082,
            0.45656792,
        ],
        "the mask of the ReLU is taken from the gradient. Whether a neuron was on is written in Z1": [
            0.93002276,
            0.43413477,
            0.85556325,
        ],
        "the gradient was multiplied with A1. The slope of ReLU is 1 or 0": [1.33340803, 0.47358656, 3.3641502],
        "the mask is taken from the logits, the scores of the second layer. The ReLU stands between the layers: Z1": [
            0.67860846,
            0.32755727,
            0.45656792,
        ],
        "W2 is not transposed on the way back": [0.58219712, 0.30511754, 0.23666367],
        "`dlogits` goes straight to the first layer. It must come back through W2 first: use the dX of the second layer": [
            0.12091733,
            0.09204266,
            0.22332735,
        ],
        "`dlogits` goes straight to the first layer, without W2 and without the mask. Use the dX of the second layer": [
            -0.12334914,
            -0.15795734,
            0.28130648,
        ],
        "it is divided by n again. `softmax_cross_entropy` did that already": [0.23250569, 0.06051611, 0.15291592],
        "the average over the batch is missing": [3.72009105, 0.96825779, 2.44665469],
        "the slope of sigmoid was used, and the activation is ReLU": [-0.88822824, -0.40448431, -15.13867589],
    },
)
print("two_layer_loss_and_grads: the first layer is right.")

# %% nbgrader={"grade": true, "grade_id": "two_layer_loss_and_grads-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests use a batch of one, one hidden neuron, odd sizes; PyTorch and finite differences say what is right.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("two_layer_loss_and_grads")
for _n, _d, _h, _k, _what in [
    (1, 3, 4, 2, "a batch of one"),
    (6, 1, 5, 3, "inputs with one number"),
    (5, 3, 1, 4, "one hidden neuron"),
    (7, 5, 9, 3, "odd sizes"),
]:
    _X, _y = _rng.normal(size=(_n, _d)), _rng.integers(0, _k, size=_n)
    _params = [(_rng.normal(size=(_d, _h)), _rng.normal(size=_h)), (_rng.normal(size=(_h, _k)), _rng.normal(size=_k))]
    _leaves = [torch.tensor(part, requires_grad=True) for pair in _params for part in pair]
    _t1 = torch.relu(torch.tensor(_X) @ _leaves[0] + _leaves[1])
    _tl = torch.nn.functional.cross_entropy(_t1 @ _leaves[2] + _leaves[3], torch.tensor(_y))
    _tl.backward()
    _loss, _grads = (
        expect(_with_right_parts(two_layer_loss_and_grads, _what), hidden=_what)
        .of(_X.copy(), _y.copy(), [(_W.copy(), _b.copy()) for _W, _b in _params])
        .leaves_arguments_unchanged()
        .parts("loss", "grads")
    )
    _loss.equals(_tl.item())
    _two_pairs(_grads)
    for _name, _place, _leaf in [("dW1", (0, 0), 0), ("db1", (0, 1), 1), ("dW2", (1, 0), 2), ("db2", (1, 1), 3)]:
        expect(_grads.value[_place[0]][_place[1]], hidden=_what, name=f"{_name} of two_layer_loss_and_grads").equals(
            _leaves[_leaf].grad.numpy(),
            mistakes={
                "it is divided by n again. `softmax_cross_entropy` did that already": _leaves[_leaf].grad.numpy() / _n
            },
        )
    expect(_grads.value[1][0], hidden=_what, name="dW2 of two_layer_loss_and_grads").matches_gradient_of(
        lambda w, a=_t1.detach().numpy(), v=_params[1][1], right=_y: np.mean(
            [np.log(np.exp(row).sum()) - row[c] for row, c in zip(a @ w + v, right)]
        ),
        at=_params[1][0],
    )
### END HIDDEN TESTS

# %% [markdown]
# The cells from here to section 8 run your functions: they need exercises 1, 2, 4 and 5, and section 8 needs exercise 3 too. The bug hunt of section 9 needs none of them.
#
# Your gradients against two witnesses that know nothing of your code: nudging, and PyTorch. The network is small and its sizes are odd.

# %%
rng = np.random.default_rng(0)
X, y = rng.normal(size=(7, 5)), rng.integers(0, 3, size=7)
params = [(rng.normal(size=(5, 9)), rng.normal(size=9)), (rng.normal(size=(9, 3)), rng.normal(size=3))]
loss, grads = two_layer_loss_and_grads(X, y, params)


def loss_with(changed, layer, part):
    """The loss when one array of params is replaced by `changed`."""
    new = [list(pair) for pair in params]
    new[layer][part] = changed
    return two_layer_loss_and_grads(X, y, new)[0]


tensors = [[torch.tensor(part, requires_grad=True) for part in pair] for pair in params]
torch_logits = torch.relu(torch.tensor(X) @ tensors[0][0] + tensors[0][1]) @ tensors[1][0] + tensors[1][1]
torch_loss = torch.nn.functional.cross_entropy(torch_logits, torch.tensor(y))
torch_loss.backward()

print(f"loss: yours {loss:.6f}, PyTorch {torch_loss.item():.6f}")
for layer in (0, 1):
    for part, name in enumerate([f"dW{layer + 1}", f"db{layer + 1}"]):
        nudged = nudged_gradient(lambda v, layer=layer, part=part: loss_with(v, layer, part), params[layer][part])
        off_nudging = apart(grads[layer][part], nudged)
        off_torch = apart(grads[layer][part], tensors[layer][part].grad)
        print(f"{name} {grads[layer][part].shape}: off from nudging {off_nudging:.0e}, from PyTorch {off_torch:.0e}")

# %% [markdown]
# The difference to nudging is $10^{-10}$ or less: nudging is an approximation. The difference to PyTorch is about $10^{-16}$, the last digit that float64 has. What `loss.backward()` does in PyTorch is what you have written.
#
# ## 6. XOR, solved
#
# One neuron could not learn XOR (week 00, lesson 1): no straight line separates its four points. Two layers can. Here is a step of gradient descent: every parameter moves against its slope.


# %%
def step_downhill(params, grads, learning_rate):
    """New params, each moved a little against its gradient. The old ones stay as they are."""
    return [
        (weights - learning_rate * slope_w, biases - learning_rate * slope_b)
        for (weights, biases), (slope_w, slope_b) in zip(params, grads)
    ]


def small_network(d_in, n_hidden, n_classes, rng):
    """Random weights of a size that fits the number of inputs (week 07 says why), biases 0."""
    return [
        (rng.normal(scale=np.sqrt(2 / i), size=(i, o)), np.zeros(o))
        for i, o in [(d_in, n_hidden), (n_hidden, n_classes)]
    ]


def descend(X, y, params, learning_rate, n_steps, loss_and_grads):
    """Take n_steps with the whole batch. Returns the params at the end, and the loss before each step."""
    curve = []
    for _ in range(n_steps):
        loss, grads = loss_and_grads(X, y, params)
        curve.append(loss)
        params = step_downhill(params, grads, learning_rate)
    return params, curve


def classes(X, params):
    """The class with the largest logit. X (n, d) -> (n,)."""
    (W1, b1), (W2, b2) = params
    return (relu(X @ W1 + b1) @ W2 + b2).argmax(axis=1)


X_xor, y_xor = datasets.gates("xor")
start = small_network(2, 8, 2, np.random.default_rng(0))
trained, xor_loss = descend(X_xor, y_xor, start, 0.5, 500, two_layer_loss_and_grads)
print(f"loss before the first step {xor_loss[0]:.3f}, before the last {xor_loss[-1]:.4f}")
print("labels ", y_xor)
print("answers", classes(X_xor, trained))

# %%
plots.lines(
    {"XOR": xor_loss}, title="Two layers learn XOR", x_label="step", y_label="loss (cross-entropy)", y_scale="log"
)

# %%
plots.decision_boundary(
    lambda places: classes(places, trained),
    X_xor,
    y_xor,
    title="XOR with 8 hidden neurons: two borders where one line could not do",
    class_names=("0", "1"),
)

# %% [markdown]
# ## Predict, then run: how many hidden neurons does XOR need?
#
# On paper, two hidden neurons are enough for XOR. But gradient descent must also *find* the weights, from a random start. The next cell tries 20 starts each with 2, 4 and 16 hidden neurons, and counts how often all four points come out right. **Of 20 starts with 2 hidden neurons, how many succeed? And with 16?** Write both down.

# %%
my_successes_with_2 = None  # your number, from 0 to 20
my_successes_with_16 = None  # your number, from 0 to 20

# %%
for n_hidden in (2, 4, 16):
    solved, stuck_at, dead = 0, [], 0
    for seed in range(20):
        begin = small_network(2, n_hidden, 2, np.random.default_rng(seed))
        end, curve = descend(X_xor, y_xor, begin, 1.0, 250, two_layer_loss_and_grads)
        if np.array_equal(classes(X_xor, end), y_xor):
            solved += 1
        else:
            stuck_at.append(round(curve[-1], 2))
            dead += (relu(X_xor @ end[0][0] + end[0][1]).max(axis=0) == 0).sum()  # off for all four points
    heights, counts = np.unique(stuck_at, return_counts=True)
    told = ", ".join(f"{count} x {height:.2f}" for height, count in zip(heights, counts))
    print(f"{n_hidden:>2} hidden: solved {solved:>2} of 20. Loss of the others at the end: {told or 'none'}")
    print(f"           dead neurons in the others: {dead} of {n_hidden * len(stuck_at)}")
print(f"two points alike:   2/4 · log(2) = {2 / 4 * np.log(2):.2f}")
print(
    f"three points alike: 3/4 · (2/3 · log(3/2) + 1/3 · log(3)) = {3 / 4 * (2 / 3 * np.log(1.5) + np.log(3) / 3):.2f}"
)
print(f"You wrote {my_successes_with_2} and {my_successes_with_16}.")

# %% [markdown]
# With 2 hidden neurons few starts succeed, with 4 about half, with 16 all of them. The gradients are right every time: what fails is the search. In the networks that got stuck, about half of the neurons are **dead**: a ReLU neuron that is off for all four points has a mask of zeros, so its gradient is exactly 0, and it never moves again. What is left cannot tell some points apart, and the loss says how many.
#
# - 0.35: two points of different classes look alike. The best answer for both is one half, and costs $\log 2$ each.
# - 0.48: three points look alike, two of one class and one of the other: the best answer is two thirds for the class of the two.
# - 0.69: all four look alike, and the loss is $\log 2$.
#
# More neurons than needed make it unlikely that too many of them die. That is one reason why real networks are wider than they have to be.
#
# ## 7. The sanity ladder
#
# A wrong gradient rarely raises an error. So before you train anything for long, climb three rungs, from cheap to dear. If a rung breaks, stop and mend it:
#
# 1. **The first loss.** An untrained network with small weights knows nothing: its loss is close to $\log C$ (week 00, lesson 3). If it is far off, loss or labels are wrong.
# 2. **The nudged gradient.** Pick some weights, nudge them, compare with what your backward pass says.
# 3. **One batch by heart.** Train on 20 inputs only. A network with enough weights must bring the loss near 0. If it cannot learn 20 by heart, it will not learn 1,437.
#
# ## Predict, then run: does a network with a wrong gradient learn?
#
# We climb with digits, and with three backward passes (the cell below swaps the `relu_backward` that your function calls; if yours calls none, the three come out alike): yours; yours **without the mask** of ReLU (`dZ1 = dA1`); and yours with the **mask from the gradient** (`dZ1` is `dA1` with its negative entries cut off). Two of the three are wrong. **Which of them bring the loss of 20 digits below 0.01 in 300 steps?** Write down yes or no for each.

# %%
my_guess_without_mask = None  # "yes" or "no"
my_guess_mask_from_gradient = None  # "yes" or "no"


# %%
def climber(backward_of_relu):
    """two_layer_loss_and_grads with another backward pass of ReLU in the place of yours."""
    return given(two_layer_loss_and_grads, relu_backward=backward_of_relu)


climbers = {
    "yours": two_layer_loss_and_grads,
    "without the mask": climber(lambda dout, Z: dout),
    "mask from the gradient": climber(lambda dout, Z: relu(dout)),
}
X_train, y_train, _, _ = datasets.digits_split()
X_few, y_few = X_train[:20], y_train[:20]
ladder_curves = {}
for name, loss_and_grads in climbers.items():
    rng = np.random.default_rng(0)
    start = small_network(64, 32, 10, rng)
    tiny_start = [(0.01 * weights, biases) for weights, biases in start]
    first_loss = loss_and_grads(X_few, y_few, tiny_start)[0]

    (W1, b1), second = start
    _, grads = loss_and_grads(X_few, y_few, start)
    worst = 0.0
    for _ in range(20):  # nudge 20 weights of the first layer, drawn at random among pixels that have ink
        place = rng.choice(np.flatnonzero(X_few.max(axis=0))), rng.integers(32)
        nudge = np.zeros(W1.shape)
        nudge[place] = 1e-5
        up = loss_and_grads(X_few, y_few, [(W1 + nudge, b1), second])[0]
        down = loss_and_grads(X_few, y_few, [(W1 - nudge, b1), second])[0]
        worst = max(worst, abs((up - down) / 2e-5 - grads[0][0][place]))

    by_heart, ladder_curves[name] = descend(X_few, y_few, start, 0.5, 300, loss_and_grads)
    n_right = (classes(X_few, by_heart) == y_few).sum()
    n_alive = (relu(X_few @ by_heart[0][0] + by_heart[0][1]).max(axis=0) > 0).sum()
    print(f"{name}: first loss {first_loss:.3f}, gradient off by {worst:.0e}")
    print(
        f"    after 300 steps: loss {ladder_curves[name][-1]:.4f}, {n_right} of 20 right, {n_alive} of 32 neurons alive"
    )
print(f"log(10) = {np.log(10):.3f}. You wrote {my_guess_without_mask} and {my_guess_mask_from_gradient}.")

# %%
plots.lines(
    ladder_curves,
    title="Twenty digits by heart, with one right and two wrong gradients",
    x_label="step",
    y_label="loss (cross-entropy)",
    y_scale="log",
)

# %% [markdown]
# Rung 1 passes for all three: the forward pass is right in all of them. Rung 2 catches both wrong ones: their gradients are off by 0.01 and more, yours by about $10^{-10}$ or less. Rung 3 catches only one. **Without the mask** the network learns its 20 digits nearly as fast as yours: a loss of about 0.003 as well, and all 20 right.
#
# That is why backward passes are dangerous to get *almost* right. This wrong gradient still points downhill, more or less, so the loss falls, and nobody learns that it could have fallen faster. A falling loss proves nothing; the nudge does. That more neurons are alive without the mask, about 30 and not about 20, is no merit: without it, neurons that are off are moved too, though they had no share in the answer.
#
# The mask from the gradient is stuck near 2.07. Its gradients are never negative, and neither are pixels, so each step can only make the weights of the first layer smaller, until the neurons are off for every digit: see how many are left alive. You meet this bug again in the bug hunt.
#
# ## 8. Predict, then run: ten layers deep
#
# On its way back the gradient meets an activation in every layer. Sigmoid multiplies it with 0.25 at most; ReLU with 1 or 0. Now take a network of ten layers, untrained, once with sigmoid and once with ReLU, and look at the size of $d\mathbf{W}$ in each. (The size of an array here is its **norm**: the root of the sum of its squares.) **By what factor is the gradient of the first layer smaller than that of the last, with sigmoid?** Write it down, as a power of ten.

# %%
my_factor = None  # for example 1e2


# %%
def gradient_sizes(activation, activation_backward, gain):
    """Norm of dW in each of ten layers, first layer first. activation_backward takes (dout, Z, A)."""
    rng = np.random.default_rng(0)
    sizes = [64] + 9 * [32] + [10]
    X_train, y_train, _, _ = datasets.digits_split()
    layers = [(rng.normal(scale=np.sqrt(gain / i), size=(i, o)), np.zeros(o)) for i, o in zip(sizes, sizes[1:])]
    A, kept = X_train[:100], []
    for weights, biases in layers:
        Z = A @ weights + biases
        kept.append((A, weights, Z))
        A = activation(Z)
    _, back = softmax_cross_entropy(Z, y_train[:100])  # the last layer has no activation
    norms = []
    for place in reversed(range(len(layers))):
        A, weights, _ = kept[place]
        back, slope_w, _ = dense_backward(back, (A, weights))
        norms.append(np.linalg.norm(slope_w))
        if place > 0:
            back = activation_backward(back, kept[place - 1][2], A)
    return norms[::-1]


flow = {
    "sigmoid": gradient_sizes(sigmoid, lambda dout, Z, A: sigmoid_backward(dout, A), gain=1),
    "ReLU": gradient_sizes(relu, lambda dout, Z, A: relu_backward(dout, Z), gain=2),
}
for name, norms in flow.items():
    print(f"{name:>8}: layer 10 {norms[-1]:.1e}, layer 5 {norms[4]:.1e}, layer 1 {norms[0]:.1e}")
print(f"sigmoid, last over first: {flow['sigmoid'][-1] / flow['sigmoid'][0]:.1e}. You wrote {my_factor}.")
print(f"ReLU, smallest of the ten {min(flow['ReLU']):.2f}, largest {max(flow['ReLU']):.2f}")
print(f"for comparison, 4 to the power of 9: {4**9:,}")

# %%
plots.lines(
    flow,
    title="Gradients flow from layer 10 back to layer 1",
    x_label="layer (read from right to left)",
    y_label="norm of dW",
    y_scale="log",
)

# %% [markdown]
# With sigmoid, the gradient of layer 1 is about 370,000 times smaller than that of layer 10. Nine sigmoids lie between, each multiplies with 0.25 at most, and 4 to the power of 9 is about 260,000; the weights do the rest. One learning rate cannot serve both ends: what moves layer 10 leaves layer 1 where it is. This is called the **vanishing gradient**. With ReLU all ten layers have gradients of about the same size, from about 0.56 to 1.20: where a neuron is on, the slope is 1, and multiplying with 1 loses nothing.
#
# (`gain` makes the random weights of the ReLU network larger by the root of 2, because ReLU stops about half of the numbers. Week 07 shows where that comes from.)
#
# ## 9. Bug hunt: four wrong backward passes
#
# Each function below runs without an error and gives arrays of the right shape. In each, **one** line is wrong; changing this one line repairs it. In all of them `dout` is the gradient of the loss by the output, with its $1/n$ inside, except in the first, which makes its own.


# %% nbgrader={"grade": false, "grade_id": "bug-hunt-code", "locked": true, "schema_version": 3, "solution": false, "task": false}
def broken_1(X, Y, W, b):
    """One layer; the loss is the mean squared error over all entries of Z - Y. Should return dW, db."""
    Z = X @ W + b  # line 1
    dZ = 2 * (Z - Y)  # line 2
    dW = X.T @ dZ  # line 3
    db = np.sum(dZ, axis=0)  # line 4
    return dW, db


def broken_2(X, W1, W2, dout):
    """Two layers without biases, tanh between, as many hidden neurons as outputs. Should return dW1, dW2."""
    A1 = np.tanh(X @ W1)  # line 1
    dW2 = A1.T @ dout  # line 2
    dA1 = dout @ W2  # line 3
    dZ1 = dA1 * (1 - A1**2)  # line 4
    dW1 = X.T @ dZ1  # line 5
    return dW1, dW2


def broken_3(X, W, dout):
    """Two layers that share one square W, tanh between, no biases. Should return dX, dW."""
    A1 = np.tanh(X @ W)  # line 1
    dW = A1.T @ dout  # line 2
    dA1 = dout @ W.T  # line 3
    dZ1 = dA1 * (1 - A1**2)  # line 4
    dW = X.T @ dZ1  # line 5
    dX = dZ1 @ W.T  # line 6
    return dX, dW


def broken_4(X, W1, W2, dout):
    """Two layers without biases, ReLU between. Should return dW1, dW2."""
    Z1 = X @ W1  # line 1
    A1 = relu(Z1)  # line 2
    dW2 = A1.T @ dout  # line 3
    dA1 = dout @ W2.T  # line 4
    dZ1 = np.where(dA1 > 0, dA1, 0.0)  # line 5
    dW1 = X.T @ dZ1  # line 6
    return dW1, dW2


rng = np.random.default_rng(3)
X, Y, dout = rng.normal(size=(5, 3)), rng.normal(size=(5, 3)), rng.normal(size=(5, 3))
W1, W2, b = rng.normal(size=(3, 3)), rng.normal(size=(3, 3)), rng.normal(size=3)


def loss_1(W, b):
    return np.mean((X @ W + b - Y) ** 2)


def loss_2(W1, W2):
    return (dout * (np.tanh(X @ W1) @ W2)).sum()


def loss_3(X, W):
    return (dout * (np.tanh(X @ W) @ W)).sum()


def loss_4(W1, W2):
    return (dout * (relu(X @ W1) @ W2)).sum()


evidence = [
    ("broken_1, dW", broken_1(X, Y, W1, b)[0], nudged_gradient(lambda v: loss_1(v, b), W1)),
    ("broken_1, db", broken_1(X, Y, W1, b)[1], nudged_gradient(lambda v: loss_1(W1, v), b)),
    ("broken_2, dW1", broken_2(X, W1, W2, dout)[0], nudged_gradient(lambda v: loss_2(v, W2), W1)),
    ("broken_2, dW2", broken_2(X, W1, W2, dout)[1], nudged_gradient(lambda v: loss_2(W1, v), W2)),
    ("broken_3, dX", broken_3(X, W1, dout)[0], nudged_gradient(lambda v: loss_3(v, W1), X)),
    ("broken_3, dW", broken_3(X, W1, dout)[1], nudged_gradient(lambda v: loss_3(X, v), W1)),
    ("broken_4, dW1", broken_4(X, W1, W2, dout)[0], nudged_gradient(lambda v: loss_4(v, W2), W1)),
    ("broken_4, dW2", broken_4(X, W1, W2, dout)[1], nudged_gradient(lambda v: loss_4(W1, v), W2)),
]
for name, said, nudged in evidence:
    verdict = "right" if apart(said, nudged) < 1e-6 else f"off by {apart(said, nudged):.2g}"
    print(f"{name:<14} {verdict:<12} said / nudged: {(said / nudged).min():6.2f} to {(said / nudged).max():6.2f}")

# %% [markdown]
# This is the evidence. Where everything is off by one factor, something is scaled wrongly. Where one gradient is right and another wrong, the bug lies between the two on the way back.
#
# ## Exercise 6 — which line is wrong?
# **2 points · difficulty 3 of 5 · importance 4 of 5 · about 10 min**
#
# Write the number of the wrong line of each function into `wrong_line`. The keys are the numbers of the functions: `{1: 4, 2: 4, 3: 4, 4: 4}` is the form (and wrong). The visible check looks at the form only; whether the lines are right you find out by repairing them. Replace the four `None`, and delete the line with `raise`.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Look at the evidence first. Which lines does a *right* gradient depend on? These are innocent.
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Hold every line against the math of sections 2, 3 and 5. Ask four questions: is the average there? Is the matrix transposed that must be? Are all uses of a value added up? Does the mask come from the forward pass?
#
# </details>
# <details><summary>Hint 3: almost an answer</summary>
#
# Each of the four questions belongs to one function, in this order.
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "wrong_line", "locked": false, "schema_version": 3, "solution": true, "task": false}
wrong_line = {1: None, 2: None, 3: None, 4: None}
### BEGIN SOLUTION
wrong_line = {1: 2, 2: 3, 3: 5, 4: 5}
### END SOLUTION


# %% nbgrader={"grade": false, "grade_id": "wrong_line-check", "locked": true, "schema_version": 3, "solution": false, "task": false}
# Check of wrong_line, the form only: run this cell.
def _line_of(answer, function):
    """The number of the line that the answer names for a function, or None. "line 4" is a number too."""
    said = answer.get(function, answer.get(str(function))) if isinstance(answer, dict) else answer[function - 1]
    word = str(said).lower().replace("line", " ").strip().removesuffix(".0")
    return int(word) if word.isdecimal() else None


_LINES = {1: 4, 2: 5, 3: 6, 4: 6}
expect(wrong_line, name="wrong_line").satisfies(
    lambda v: isinstance(v, dict | list | tuple) and len(v) == 4,
    "write a dictionary with the keys 1, 2, 3 and 4, as in `{1: 4, 2: 4, 3: 4, 4: 4}`",
).satisfies(
    lambda v: not isinstance(v, dict) or {str(key) for key in v} == {"1", "2", "3", "4"},
    "the keys are the numbers 1, 2, 3 and 4, as in `{1: 4, 2: 4, 3: 4, 4: 4}`",
).satisfies(
    lambda v: None not in (v.values() if isinstance(v, dict) else v),
    "a number is missing, or the line with `raise` still stands above your answer",
).satisfies(
    lambda v: all(_line_of(v, k) is not None for k in _LINES),
    "write one whole number for each function: the number behind `# line` at its wrong line",
).satisfies(
    lambda v: all(1 <= _line_of(v, k) <= last for k, last in _LINES.items()), "there is a line that does not exist"
)
print("wrong_line: the form is right; which lines are right is graded by hidden tests. Now repair the four lines.")


# %% nbgrader={"grade": true, "grade_id": "wrong_line-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests look at the lines of broken_1 and broken_2.
### BEGIN HIDDEN TESTS
def _named(answer, k):
    told = answer.get(k, answer.get(str(k))) if isinstance(answer, dict) else list(answer)[k - 1]
    figures = str(told).lower().strip().removeprefix("line").strip()
    figures = figures[:-2] if figures.endswith(".0") else figures
    return int(figures) if figures.isdigit() else None


_TELLS = {
    1: (
        2,
        {
            1: "this is the forward pass, and it is right",
            3: "dW is made rightly from dZ. Both dW and db are too large by the same factor, so look at what both are made from",
            4: "db is made rightly from dZ. Both dW and db are too large by the same factor, so look at what both are made from",
        },
    ),
    2: (
        3,
        {
            1: "this is the forward pass, and it is right",
            2: "the evidence says that dW2 is right, and this line makes it",
            4: "this is the slope of tanh, and it is right: 1 minus the square of the output",
            5: "dW1 is made rightly from dZ1. It is wrong because dZ1 is",
        },
    ),
}
expect(wrong_line, hidden="the form", name="wrong_line").satisfies(
    lambda v: isinstance(v, dict | list | tuple) and len(v) == 4, "write a dictionary with the keys 1, 2, 3 and 4"
).satisfies(
    lambda v: not isinstance(v, dict) or set(map(str, v)) == set("1234"), "the keys are the numbers 1, 2, 3 and 4"
)
for _k, (_guilty, _innocent) in _TELLS.items():
    expect(wrong_line, hidden=f"the line of broken_{_k}", name="wrong_line").satisfies(
        lambda v, k=_k, line=_guilty: _named(v, k) == line,
        _innocent.get(
            _named(wrong_line, _k), "this is not the number of a line. Write one whole number for each function"
        ),
    )
### END HIDDEN TESTS


# %% nbgrader={"grade": true, "grade_id": "wrong_line-more", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests look at the lines of broken_3 and broken_4.
### BEGIN HIDDEN TESTS
def _named(answer, k):
    told = answer.get(k, answer.get(str(k))) if isinstance(answer, dict) else list(answer)[k - 1]
    figures = str(told).lower().strip().removeprefix("line").strip()
    figures = figures[:-2] if figures.endswith(".0") else figures
    return int(figures) if figures.isdigit() else None


_TELLS = {
    3: (
        5,
        {
            1: "this is the forward pass, and it is right",
            2: "this is the gradient by the second use of W, and it is right. What happens to it further down?",
            3: "W is transposed as it must be, and the evidence says that dX, which comes from here, is right",
            4: "this is the slope of tanh, and the evidence says that dX, which comes from here, is right",
            6: "this line makes dX, and the evidence says that dX is right",
        },
    ),
    4: (
        5,
        {
            1: "this is the forward pass, and it is right",
            2: "this is the forward pass, and it is right",
            3: "the evidence says that dW2 is right, and this line makes it",
            4: "W2 is transposed as it must be: this line is right",
            6: "dW1 is made rightly from dZ1. It is wrong because dZ1 is",
        },
    ),
}
expect(wrong_line, hidden="the form", name="wrong_line").satisfies(
    lambda v: isinstance(v, dict | list | tuple) and len(v) == 4, "write a dictionary with the keys 1, 2, 3 and 4"
).satisfies(
    lambda v: not isinstance(v, dict) or set(map(str, v)) == set("1234"), "the keys are the numbers 1, 2, 3 and 4"
)
for _k, (_guilty, _innocent) in _TELLS.items():
    expect(wrong_line, hidden=f"the line of broken_{_k}", name="wrong_line").satisfies(
        lambda v, k=_k, line=_guilty: _named(v, k) == line,
        _innocent.get(
            _named(wrong_line, _k), "this is not the number of a line. Write one whole number for each function"
        ),
    )
### END HIDDEN TESTS

# %% [markdown]
# ## Exercise 7 — repair the first
# **2 points · difficulty 2 of 5 · importance 4 of 5 · about 5 min**
#
# Write `repaired_1(X, Y, W, b)` → `dW, db`: copy `broken_1` under its new name and mend its line. `X (n, d_in)`, `Y (n, d_out)`, `W (d_in, d_out)`, `b (d_out,)`. The loss is the mean of $(Z_{ij} - Y_{ij})^2$ over **all** entries.
#
# <details><summary>Hint 1: a nudge</summary>
#
# The evidence: both gradients are too large by the same factor, 15, for 5 rows and 3 columns.
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# The loss is a mean. By how many numbers is it divided? The gradient has the same division, once, at the place where the walk begins.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
# Divide the wrong line by the number of entries of `Z`. An array knows it: `.size`.
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "repaired_1", "locked": false, "schema_version": 3, "solution": true, "task": false}
def repaired_1(X, Y, W, b):
    """broken_1 without its bug. X (n, d_in), Y (n, d_out), W (d_in, d_out), b (d_out,) -> dW, db."""
    ### BEGIN SOLUTION
    misses = X @ W + b - Y
    upstream = misses * (2 / misses.size)
    return X.T @ upstream, upstream.sum(axis=0)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "repaired_1-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of repaired_1: run this cell.
_X = np.array([[1.0, -0.5], [2.0, 1.0], [-1.5, 0.5], [0.5, 1.5]])
_Y = np.array([[1.0, 0.0, 0.5], [0.5, 2.0, -1.0], [-1.0, 1.0, 2.0], [0.0, 0.5, 1.5]])
_W, _b = np.array([[0.5, -1.0, 1.0], [1.5, 1.0, -0.5]]), np.array([0.5, -0.5, 0.25])
_dW, _db = expect(repaired_1).of(_X, _Y, _W, _b).leaves_arguments_unchanged().parts("dW", "db")
_dW.equals(
    [[0.58333333, -1.625, 1.83333333], [1.35416667, -0.375, -0.29166667]],
    mistakes={
        "this is db: the order is dW, db": [1.04166667, -0.83333333, -0.20833333],
        "nothing has changed yet: the average is still missing": [[7.0, -19.5, 22.0], [16.25, -4.5, -3.5]],
        "it is divided by the number of rows only. The mean is over all entries of Z, and there are n · d_out": [
            [1.75, -4.875, 5.5],
            [4.0625, -1.125, -0.875],
        ],
        "it is divided by the number of columns only. The mean is over all entries of Z": [
            [2.33333333, -6.5, 7.33333333],
            [5.41666667, -1.5, -1.16666667],
        ],
        "the 2 got lost: it comes from the square": [
            [0.29166667, -0.8125, 0.91666667],
            [0.67708333, -0.1875, -0.14583333],
        ],
        "it is divided by `X.size`, or by the number of rows only and without the 2. The mean is over all entries of Z: `Z.size`": [
            [0.875, -2.4375, 2.75],
            [2.03125, -0.5625, -0.4375],
        ],
        "it is divided by `W.size`. The mean is over all entries of Z: `Z.size`": [
            [1.16666667, -3.25, 3.66666667],
            [2.70833333, -0.75, -0.58333333],
        ],
        "15 was the number of entries in the evidence. Other batches have other sizes: use `Z.size`": [
            [0.46666667, -1.3, 1.46666667],
            [1.08333333, -0.3, -0.23333333],
        ],
        "the average is taken twice": [[0.04861111, -0.13541667, 0.15277778], [0.11284722, -0.03125, -0.02430556]],
    },
)
_db.equals(
    [1.04166667, -0.83333333, -0.20833333],
    mistakes={
        "it is divided by the number of rows only, or `np.mean` stands where the rows are added up. The mean is over all entries of Z, and there are n · d_out": [
            3.125,
            -2.5,
            -0.625,
        ],
        "it is divided by the number of columns only. The mean is over all entries of Z": [
            4.16666667,
            -3.33333333,
            -0.83333333,
        ],
        "the 2 got lost: it comes from the square": [0.52083333, -0.41666667, -0.10416667],
        "it is divided by `X.size`, or by the number of rows only and without the 2. The mean is over all entries of Z: `Z.size`": [
            1.5625,
            -1.25,
            -0.3125,
        ],
        "it is divided by `W.size`. The mean is over all entries of Z: `Z.size`": [
            2.08333333,
            -1.66666667,
            -0.41666667,
        ],
        "15 was the number of entries in the evidence. Other batches have other sizes: use `Z.size`": [
            0.83333333,
            -0.66666667,
            -0.16666667,
        ],
        "db was averaged over the rows once more. The average is in dZ already: add the rows up": [
            0.26041667,
            -0.20833333,
            -0.05208333,
        ],
        "dW is divided, and db is not. Mend dZ, from which both are made": [12.5, -10.0, -2.5],
        "the average is taken twice": [0.08680556, -0.06944444, -0.01736111],
    },
)
print("repaired_1: the average is there, once.")

# %% nbgrader={"grade": true, "grade_id": "repaired_1-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests use a batch of one, one output, and odd sizes.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("repaired_1")
for _n, _i, _o, _what in [(1, 3, 4, "a batch of one"), (6, 2, 1, "one output"), (7, 5, 3, "odd sizes")]:
    _X, _Y = _rng.normal(size=(_n, _i)), _rng.normal(size=(_n, _o))
    _tW = torch.tensor(_rng.normal(size=(_i, _o)), requires_grad=True)
    _tb = torch.tensor(_rng.normal(size=_o), requires_grad=True)
    torch.nn.functional.mse_loss(torch.tensor(_X) @ _tW + _tb, torch.tensor(_Y)).backward()
    _dW, _db = (
        expect(repaired_1, hidden=_what)
        .of(_X.copy(), _Y.copy(), _tW.detach().numpy().copy(), _tb.detach().numpy().copy())
        .leaves_arguments_unchanged()
        .parts("dW", "db")
    )
    _dW.equals(_tW.grad.numpy(), mistakes={"it is divided by the number of rows only": _tW.grad.numpy() * _o})
    _db.equals(_tb.grad.numpy(), mistakes={"an axis got lost: db has the shape of b": float(_tb.grad.sum())})
### END HIDDEN TESTS

# %% [markdown]
# ## Exercise 8 — repair the second
# **2 points · difficulty 2 of 5 · importance 4 of 5 · about 5 min**
#
# Write `repaired_2(X, W1, W2, dout)` → `dW1, dW2`. `X (n, d)`, `W1 (d, h)`, `W2 (h, d_out)`, `dout (n, d_out)`. In the evidence `W2` was square, and that is why no error was raised; yours must work for any sizes.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Write the shape of every array beside its line, with `h` different from `d_out`. Which product does not fit?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Forwards, `W2` turns `h` numbers into `d_out`. Backwards it must turn `d_out` into `h`.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
# The gradient of what came into a dense layer is `dout` times the transposed weights of this layer.
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "repaired_2", "locked": false, "schema_version": 3, "solution": true, "task": false}
def repaired_2(X, W1, W2, dout):
    """broken_2 without its bug. X (n, d), W1 (d, h), W2 (h, d_out), dout (n, d_out) -> dW1, dW2."""
    ### BEGIN SOLUTION
    squashed = np.tanh(X @ W1)
    came_back = (dout @ W2.T) * (1 - squashed * squashed)
    return X.T @ came_back, squashed.T @ dout
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "repaired_2-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of repaired_2: run this cell.
_X = np.array([[0.5, -1.0], [1.0, 0.5], [-0.5, 0.25]])
_W1, _W2 = np.array([[1.0, -0.5], [0.5, 0.75]]), np.array([[0.5, 2.0], [-1.0, 1.5]])
_dout = np.array([[1.0, -0.5], [0.25, 2.0], [-1.5, 1.0]])
_dW1, _dW2 = expect(repaired_2).of(_X, _W1, _W2, _dout).leaves_arguments_unchanged().parts("dW1", "dW2")
_dW1.equals(
    [[0.36197384, 1.09408223], [1.3507244, 2.71165012]],
    mistakes={
        "nothing has changed yet, or the change makes no difference: the gradient goes back through the wrong side of a matrix": [
            [0.7368546, 4.33131869],
            [-1.64420518, 0.88649187],
        ],
        "this goes back through W1. The gradient comes back through the layer behind, W2": [
            [1.28626883, 1.62611993],
            [-1.79094556, 0.74743898],
        ],
        "this goes back through W1, not transposed. The gradient comes back through the layer behind, W2": [
            [1.16130857, 0.54704111],
            [-0.7926357, 1.35582506],
        ],
        "now the slope of tanh is missing": [[3.25, 0.375], [2.875, 3.875]],
        "now W2 is left out on the way back": [[1.2237887, 1.44877403], [-1.29179063, 1.40217602]],
        "the slope of tanh was changed: it is 1 - A1**2 where A1 is the output": [
            [1.35896932, 0.92149173],
            [1.85562509, 3.01867312],
        ],
        "the slope of sigmoid was used, and the activation is tanh": [
            [0.83511723, 0.42615128],
            [0.11332272, -2.35844749],
        ],
        "the result is divided by the number of rows. `dout` holds the 1/n already": [
            [0.12065795, 0.36469408],
            [0.45024147, 0.90388337],
        ],
        "this is dW2: the order is dW1, dW2": [[0.74960701, 1.33820988], [-1.41003749, 0.54366113]],
    },
)
_dW2.equals(
    [[0.74960701, 1.33820988], [-1.41003749, 0.54366113]],
    mistakes={
        "dW2 was right before: it is A1 transposed, times `dout`": [[1.5, 1.25], [-1.25, 1.75]],
        "this is dW1: the order is dW1, dW2": [[0.36197384, 1.09408223], [1.3507244, 2.71165012]],
        "the result is divided by the number of rows. `dout` holds the 1/n already": [
            [0.249869, 0.44606996],
            [-0.4700125, 0.18122038],
        ],
    },
)
_X, _dout = np.array([[0.5, -1.0], [1.0, 0.5]]), np.array([[1.0], [-0.5]])  # three hidden neurons, one output
_W1, _W2 = np.array([[1.0, -0.5, 0.25], [0.5, 0.75, -1.0]]), np.array([[0.5], [-1.0], [2.0]])
_dW1, _dW2 = expect(repaired_2).of(_X, _W1, _W2, _dout).parts("dW1", "dW2")
_dW1.equals([[0.17989628, 0.28228099, -0.59498307], [-0.53505186, 0.66610842, -1.16007098]])
_dW2.equals([[-0.42414182], [-0.69941766], [0.9317604]])
print("repaired_2: the gradient comes back through the right side.")

# %% nbgrader={"grade": true, "grade_id": "repaired_2-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests use layers of different sizes, and a batch of one.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("repaired_2")
for _n, _i, _h, _o, _what in [
    (5, 2, 4, 3, "layers of different sizes"),
    (1, 3, 2, 5, "a batch of one"),
    (4, 3, 1, 1, "one hidden neuron and one output"),
]:
    _X, _up = _rng.normal(size=(_n, _i)), _rng.normal(size=(_n, _o))
    _tW1 = torch.tensor(_rng.normal(size=(_i, _h)), requires_grad=True)
    _tW2 = torch.tensor(_rng.normal(size=(_h, _o)), requires_grad=True)
    (torch.tanh(torch.tensor(_X) @ _tW1) @ _tW2).backward(torch.tensor(_up))
    _dW1, _dW2 = (
        expect(repaired_2, hidden=_what)
        .of(_X.copy(), _tW1.detach().numpy().copy(), _tW2.detach().numpy().copy(), _up.copy())
        .leaves_arguments_unchanged()
        .parts("dW1", "dW2")
    )
    _dW1.equals(_tW1.grad.numpy())
    _dW2.equals(_tW2.grad.numpy())
### END HIDDEN TESTS

# %% [markdown]
# ## Exercise 9 — repair the third
# **2 points · difficulty 3 of 5 · importance 5 of 5 · about 5 min**
#
# Write `repaired_3(X, W, dout)` → `dX, dW`. `X` and `dout` are `(n, d)`, `W` is `(d, d)`, and **both** layers use it. GPT-2 does such a thing too: one matrix turns tokens into vectors at the start, and vectors into logits at the end.
#
# <details><summary>Hint 1: a nudge</summary>
#
# How often does `W` stand in the forward pass? A nudge of one weight acts in every one of these places.
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# One name, two assignments: the second one throws the first result away. Lesson 1 had the same bug, with a value used twice in a graph.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
# Let the second assignment add to what is there already. Nothing else changes.
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "repaired_3", "locked": false, "schema_version": 3, "solution": true, "task": false}
def repaired_3(X, W, dout):
    """broken_3 without its bug. X (n, d), W (d, d), dout (n, d) -> dX (n, d), dW (d, d)."""
    ### BEGIN SOLUTION
    middle = np.tanh(X @ W)
    into_first = (dout @ W.T) * (1 - middle * middle)
    return into_first @ W.T, X.T @ into_first + middle.T @ dout
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "repaired_3-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of repaired_3: run this cell.
_X, _W = np.array([[0.5, -1.0], [1.0, 0.5], [-0.5, 0.25]]), np.array([[1.0, -0.5], [0.75, 0.5]])
_dout = np.array([[1.0, -0.5], [0.25, 2.0], [-1.5, 1.0]])
_dX, _dW = expect(repaired_3).of(_X, _W, _dout).leaves_arguments_unchanged().parts("dX", "dW")
_dX.equals(
    [[1.02587211, 1.03041037], [-0.72756255, 0.43106227], [-1.5443649, -1.63491897]],
    mistakes={
        "this is dW: the order is dX, dW": [[1.75554997, 3.11718583], [-2.94783105, 0.30975109]],
        "W is not transposed on the way back to X": [
            [1.39873824, -0.43836283],
            [0.66777199, 0.64284818],
            [-2.22528675, 0.63599808],
        ],
        "this is dZ1: it must go back through W once more": [
            [1.17501856, 0.2982929],
            [-0.16942873, 1.11626763],
            [-1.81673364, -0.54473748],
        ],
        "the slope of tanh is missing": [[1.0, 1.1875], [-1.34375, 0.03125], [-1.6875, -1.8125]],
        "X is used once, in the first layer. What comes back from the second layer goes through the first": [
            [1.25, 0.5],
            [-0.75, 1.1875],
            [-2.0, -0.625],
        ],
        "something was added to dX. X is used once, and dX was right before": [
            [2.27587211, 1.53041037],
            [-1.47756255, 1.61856227],
            [-3.5443649, -2.25991897],
        ],
    },
)
_dW.equals(
    [[1.75554997, 3.11718583], [-2.94783105, 0.30975109]],
    mistakes={
        "nothing has changed yet: only the first use of W is counted, and the second one is overwritten": [
            [1.32644737, 1.53778283],
            [-1.71391634, 0.12365654],
        ],
        "only the second use of W is counted now. W was used twice, so the two gradients are added": [
            [0.42910261, 1.579403],
            [-1.23391472, 0.18609455],
        ],
        "the two gradients were averaged. They are added: a nudge of W acts in both places": [
            [0.87777499, 1.55859291],
            [-1.47391553, 0.15487555],
        ],
        "the two gradients were subtracted. They are added": [[0.89734476, -0.04162017], [-0.48000162, -0.06243801]],
        "the two gradients were subtracted. They are added, whatever their order": [
            [-0.89734476, 0.04162017],
            [0.48000162, 0.06243801],
        ],
        "the two gradients were multiplied. They are added": [[0.56918202, 2.42877881], [2.11482659, 0.02301181]],
        "the gradient of the second use is counted twice": [[2.18465258, 4.69658883], [-4.18174577, 0.49584564]],
        "the gradient of the first use is counted twice": [[3.08199734, 4.65496866], [-4.66174739, 0.43340763]],
        "the gradient of the first use is counted twice, and the second use is still lost": [
            [2.65289473, 3.07556565],
            [-3.42783268, 0.24731308],
        ],
        "`dout` met X. The second use of W read A1, and the first use gets dZ1": [[1.5, 1.25], [-1.25, 1.75]],
        "`dout` met X: the second use of W read A1": [[2.82644737, 2.78778283], [-2.96391634, 1.87365654]],
        "dA1 met X. The first use gets dZ1, with the slope of tanh inside, and the second use is missing": [
            [0.875, 1.75],
            [-2.125, -0.0625],
        ],
        "dA1 met X. The first use gets dZ1, with the slope of tanh inside": [
            [1.30410261, 3.329403],
            [-3.35891472, 0.12359455],
        ],
        "dZ1 met A1. The first use of W read X, and the second use gets `dout`": [
            [0.11309105, 1.0739619],
            [-1.35585549, -0.65806591],
        ],
        "dZ1 met A1: the first use of W read X": [[0.54219366, 2.65336491], [-2.58977021, -0.47197136]],
        "dZ1 met A1: the second use of W gets `dout`": [[1.43953842, 2.61174473], [-3.06977183, -0.53440937]],
        "the two gradients were multiplied as matrices. They are added": [
            [-1.32831084, 2.38116795],
            [-0.88802759, -2.6839528],
        ],
        "the two gradients were multiplied as matrices, the second use first. They are added": [
            [-2.13778259, 0.85517013],
            [-1.95567341, -1.87448105],
        ],
    },
)
print("repaired_3: both uses of W count.")

# %% nbgrader={"grade": true, "grade_id": "repaired_3-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests use other sizes, one number per input, and a batch of one.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("repaired_3")
for _n, _i, _what in [(1, 3, "a batch of one"), (6, 1, "inputs with one number"), (4, 5, "odd sizes")]:
    _up = _rng.normal(size=(_n, _i))
    _tX = torch.tensor(_rng.normal(size=(_n, _i)), requires_grad=True)
    _tW = torch.tensor(_rng.normal(size=(_i, _i)), requires_grad=True)
    (torch.tanh(_tX @ _tW) @ _tW).backward(torch.tensor(_up))
    _dX, _dW = (
        expect(repaired_3, hidden=_what)
        .of(_tX.detach().numpy().copy(), _tW.detach().numpy().copy(), _up.copy())
        .leaves_arguments_unchanged()
        .parts("dX", "dW")
    )
    _dX.equals(_tX.grad.numpy())
    _dW.equals(_tW.grad.numpy())
### END HIDDEN TESTS

# %% [markdown]
# ## Exercise 10 — repair the fourth
# **2 points · difficulty 3 of 5 · importance 5 of 5 · about 5 min**
#
# Write `repaired_4(X, W1, W2, dout)` → `dW1, dW2`. `X (n, d)`, `W1 (d, h)`, `W2 (h, d_out)`, `dout (n, d_out)`. This is the bug that learned nothing in section 7.
#
# <details><summary>Hint 1: a nudge</summary>
#
# The evidence: dW2 is right, dW1 is not. Which lines lie between the two on the way back?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# ReLU stopped a number on the way there if **that number** was 0 or below. The gradient of the same place stops on the way back, whatever its own sign.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
# In the wrong line, change the array that is compared with 0, and nothing else.
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "repaired_4", "locked": false, "schema_version": 3, "solution": true, "task": false}
def repaired_4(X, W1, W2, dout):
    """broken_4 without its bug. X (n, d), W1 (d, h), W2 (h, d_out), dout (n, d_out) -> dW1, dW2."""
    ### BEGIN SOLUTION
    scores = X @ W1
    passed = (dout @ W2.T) * (scores > 0)
    return X.T @ passed, relu(scores).T @ dout
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "repaired_4-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of repaired_4: run this cell. One entry of Z1 is exactly 0 here.
_X = np.array([[1.0, -1.0], [0.5, 1.0], [-1.0, 0.5], [2.0, 1.0]])
_W1 = np.array([[1.0, -1.0, 0.5], [1.0, 0.75, -1.0]])
_W2 = np.array([[1.0, -0.5], [-2.0, 1.0], [0.5, 1.5]])
_dout = np.array([[0.5, -1.0], [1.0, 0.5], [-0.5, 2.0], [1.5, -0.25]])
_dW1, _dW2 = expect(repaired_4).of(_X, _W1, _W2, _dout).leaves_arguments_unchanged().parts("dW1", "dW2")
_dW1.equals(
    [[3.625, -3.75, -1.25], [2.375, 0.0, 1.25]],
    mistakes={
        "nothing has changed yet: the mask still comes from the gradient": [[4.625, -3.0, -1.375], [1.375, 1.5, 3.0]],
        "now there is no mask at all. Where Z1 is 0 or below, the gradient is 0": [
            [6.125, -12.25, -2.625],
            [0.625, -1.25, 4.25],
        ],
        "at 0 the slope is taken as 1. The course and PyTorch take 0 there: `> 0`": [
            [4.625, -3.75, -0.5],
            [1.375, 0.0, 1.625],
        ],
        "the gradient was multiplied with A1. The slope of ReLU is 1 or 0": [
            [10.3125, -4.3125, -1.875],
            [6.0, 1.6875, 1.875],
        ],
        "the gradient was multiplied with Z1. The slope of ReLU is 1 or 0": [
            [9.5625, 7.3125, 0.40625],
            [6.375, 2.25, -0.4375],
        ],
        "the mask is turned around": [[2.5, -8.5, -1.375], [-1.75, -1.25, 3.0]],
        "the mask is turned around, and stops at 0": [[1.5, -8.5, -2.125], [-0.75, -1.25, 2.625]],
        "A1 is returned where the gradient should pass: the second argument of `np.where` is the gradient": [
            [6.75, -1.25, 1.5],
            [4.5, 0.9375, -1.5],
        ],
        "A1 passes where the gradient is above 0. It is the other way round: the gradient passes where Z1 is above 0": [
            [6.75, -1.375, 0.0],
            [4.5, 0.6875, 0.0],
        ],
        "the arguments of `relu_backward` are turned around: first the gradient, then Z1": [
            [6.75, -1.375, 0.625],
            [4.5, 0.6875, -1.25],
        ],
        "this is the mask alone. Where it is true, dA1 passes": [[2.5, -0.5, 1.0], [2.0, 1.5, -1.0]],
        "negative gradients are still cut off. A gradient may be negative: only the sign of Z1 decides": [
            [3.625, -3.0, 0.0],
            [2.375, 1.5, 0.0],
        ],
        "the slope of tanh was used, and the activation is ReLU": [
            [-23.96875, -6.53125, 0.1875],
            [-15.6875, -3.9921875, 1.4375],
        ],
        "this is dW2: the order is dW1, dW2": [[6.0, 0.0], [-0.4375, 2.875], [0.75, -1.5]],
    },
)
_dW2.equals(
    [[6.0, 0.0], [-0.4375, 2.875], [0.75, -1.5]],
    mistakes={
        "dW2 was right before: the second layer reads A1, and not Z1": [[6.25, -1.0], [-3.1875, 4.9375], [0.5, -3.875]],
        "dW2 was right before: the second layer reads A1 as it is, and no mask of another array": [
            [6.0, 0.0],
            [-0.6875, 2.75],
            [0.0, 0.0],
        ],
        "dW2 was right before: it is A1 transposed, times `dout`, without a division": [
            [1.5, 0.0],
            [-0.109375, 0.71875],
            [0.1875, -0.375],
        ],
    },
)
print("repaired_4: the mask comes from the forward pass.")

# %% nbgrader={"grade": true, "grade_id": "repaired_4-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests use other sizes, one hidden neuron, and a batch of one.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("repaired_4")
for _n, _i, _h, _o, _what in [
    (1, 3, 6, 2, "a batch of one"),
    (7, 2, 1, 3, "one hidden neuron"),
    (5, 3, 4, 1, "one output"),
    (9, 4, 4, 4, "all sizes equal"),
]:
    _X, _up = _rng.normal(size=(_n, _i)), _rng.normal(size=(_n, _o))
    _tW1 = torch.tensor(_rng.normal(size=(_i, _h)), requires_grad=True)
    _tW2 = torch.tensor(_rng.normal(size=(_h, _o)), requires_grad=True)
    (torch.relu(torch.tensor(_X) @ _tW1) @ _tW2).backward(torch.tensor(_up))
    _dW1, _dW2 = (
        expect(repaired_4, hidden=_what)
        .of(_X.copy(), _tW1.detach().numpy().copy(), _tW2.detach().numpy().copy(), _up.copy())
        .leaves_arguments_unchanged()
        .parts("dW1", "dW2")
    )
    _dW1.equals(_tW1.grad.numpy())
    _dW2.equals(_tW2.grad.numpy())
### END HIDDEN TESTS

# %% [markdown]
# ## How GPT uses this
#
# The gradient of all of GPT-2 is computed in one walk backwards through parts like yours: `dense_backward` for every matrix, an activation backward between them, and `softmax_cross_entropy` at the very beginning of the walk, with 50,257 classes. Three things of this lesson carry over as they are.
#
# - `dlogits` is *what the network said, minus what is true*, divided by the number of predictions.
# - The matrix that turns tokens into vectors is used a second time for the logits. Its two gradients are added, as in `repaired_3`.
# - The cache costs memory: what the forward pass keeps for the way back is often larger than the weights. The next cell counts it for one feed-forward block with 1,024 tokens (pieces of text).

# %%
n_tokens, d_model, d_hidden = 1024, 768, 3072
kept_numbers = n_tokens * d_model + 2 * n_tokens * d_hidden  # X, Z1 and A1
weight_numbers = 2 * d_model * d_hidden
print(f"kept for the way back {kept_numbers:,} numbers, weights of the block {weight_numbers:,} numbers")

# %% [markdown]
# For 1,024 tokens the cache is about 1.5 times as large as the weights. It grows with the batch, and the weights do not.
#
# ## Coming from C# or Java
#
# - `dX, dW, db = dense_backward(dout, cache)` takes a tuple apart; `_, dW, db = ...` leaves the first part out. No result class and no `out` parameters.
# - `dout * (Z > 0)` multiplies numbers with truth values: True counts as 1. Java and C# would not compile it.
# - `dlogits[rows, y] -= 1` with two index arrays changes one entry per row, in place. Do that only to an array you made yourself: the caller's `logits` must not change.
# - Nothing checks that `dW` has the shape of `W`. `assert dW.shape == W.shape` is a cheap guard while you write; a broadcast can hide a wrong shape without an error.
# - A function is a value: the ladder of section 7 is handed the backward pass it shall use, like a delegate or a functional interface.
#
# ## If you are stuck
#
# | what you see | likely cause |
# |---|---|
# | `matmul: ... mismatch in its core dimension` | one side is not transposed: write the shapes beside the product |
# | every gradient too large by a factor of n | the $1/n$ of the mean is missing in `dlogits` |
# | every gradient too small by a factor of n | divided twice: in `dlogits`, and again in `dense_backward` |
# | the last layer is right, the first one is wrong | the way between: transposed `W2`, or the mask of ReLU |
# | right by nudging, except at a few entries | a $Z$ close to 0: the nudge steps across the corner of ReLU. Try other numbers |
# | the loss is `nan` or `inf` | `exp` of a large logit, or `log` of 0: use the shifted form |
# | the loss grows | the step goes along the gradient and not against it, or the learning rate is too large |
#
# ## Checkpoint
#
# Answer each question aloud before you open it.
#
# <details><summary>Why is there a sum over the batch in dW, and none in dX?</summary>
#
# All rows share the weights: a nudge of one weight acts in every row, and these effects add up. A number of X acts in its own row only.
#
# </details>
# <details><summary>Why does <code>sigmoid_backward</code> take A, and <code>relu_backward</code> Z?</summary>
#
# The slope of sigmoid can be read from its output: A (1 − A). For ReLU the output would do as well, because A is above 0 exactly where Z is; what must not decide is the gradient.
#
# </details>
# <details><summary>What is <code>dlogits</code> for a row in which the network gave the right class probability 1?</summary>
#
# All zeros: nothing to learn from this row.
#
# </details>
# <details><summary>The loss falls nicely. Does this prove that the gradient is right?</summary>
#
# No. Section 7 has a wrong gradient that learns 20 digits by heart. Only a comparison with nudging, or with another program, tells.
#
# </details>
#
# You have written backpropagation, tested each part of it on its own, and used it to solve what one neuron could not. **Next:** lesson 3 builds the training loop around it: batches, epochs, validation, and digits at 95 % and more.
