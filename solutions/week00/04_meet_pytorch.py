# %% [markdown]
# # Week 00 · Lesson 4 — Meet PyTorch
#
# **About 130 minutes.** You rebuild the network of lesson 3 in PyTorch, write the loop that trains it, and teach a network of your own to read handwritten digits: small ones in seconds, then real MNIST.
#
# | built before | built here | unlocks next |
# |---|---|---|
# | forward pass, losses and accuracy in NumPy (lesson 3), activations (lesson 2) | `to_linear`, `make_mlp`, the training loop, `train_one_epoch`, `evaluate`, `compare_activations` | week 03, which opens the box: the gradients by hand |
#
# After this lesson you can
#
# - move a network from NumPy to PyTorch and back, and say the shape and the dtype of every tensor on the way;
# - write the training loop from memory, and say what goes wrong when a line is missing or in another place;
# - train and judge a classifier on real images;
# - compare activations by an experiment, and say what it shows and what it does not.
#
# If you came here first: you need Python and NumPy arrays. What a layer, a loss or an activation is, this lesson says again in a sentence where it needs it; lessons 1 to 3 take their time.
#
# The layers of PyTorch draw their start weights at random, and this course sets no global seed. So where a network is trained, your numbers differ a little from your neighbor's, and from your own of yesterday. The checks do not depend on that.

# %%
import time

import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from groundup import datasets, plots
from groundup.checks import expect, fresh_rng  # fresh_rng: random numbers for the hidden tests

# %% [markdown]
# ## 1. The idea: the same network, and three jobs done for you
#
# In lesson 3 the weights fell from the sky: they came with the course. Now the network finds them. One round of learning has four steps, and PyTorch has a part for each:
#
# 1. **Forward pass:** the batch goes through the layers and becomes logits, one score per class. A **loss** says in one number how wrong they are.
# 2. **Backward pass:** for every weight, how much would the loss change if this weight grew a little? This number is the weight's **gradient**. PyTorch computes all of them, exactly. It is called **autograd**.
# 3. **Step:** an **optimizer** moves every weight a little against its gradient, so that the loss falls.
# 4. Do it again with the next batch.
#
# You write the loop around these steps. In week 03 you write steps 2 and 3 by hand as well, and know what the library does.

# %%
plots.computation_graph(
    {
        "images": "images\n(n, 64)",
        "weights": "weights\nof all layers",
        "logits": "logits\n(n, 10)",
        "labels": "labels\n(n,)",
        "loss": "loss\none number",
        "gradients": "gradients\none per weight",
        "new": "new weights\na little better",
    },
    [
        ("images", "logits"),
        ("weights", "logits"),
        ("weights", "new"),
        ("logits", "loss"),
        ("labels", "loss"),
        ("loss", "gradients"),
        ("gradients", "new"),
    ],
    title="One round of learning: forward to the loss, backward to the gradients, one step",
)

# %% [markdown]
# ## 2. Tensors: arrays that remember
#
# A **tensor** is PyTorch's array. It has a shape and a dtype like a NumPy array, and two abilities more: it can live on a graphics card, and it can remember how it was computed. Two habits differ from NumPy:
#
# - NumPy computes in float64 unless told otherwise, PyTorch in **float32**: half the memory, about seven digits. Layers are float32, so what goes into them must be float32 too. Labels are whole numbers, int64.
# - What NumPy calls `axis`, PyTorch calls `dim`.

# %%
X_train, y_train, X_test, y_test = datasets.digits_split()
print("NumPy:  ", X_train.shape, X_train.dtype, "| labels", y_train.shape, y_train.dtype)

images = torch.from_numpy(X_train).float()  # float64 -> float32
labels = torch.from_numpy(y_train)
print("PyTorch:", tuple(images.shape), images.dtype, "| labels", tuple(labels.shape), labels.dtype)

array = np.zeros(3)
shared, copied = torch.from_numpy(array), torch.tensor(array)
array[0] = 7.0
print("after array[0] = 7:  from_numpy", shared.tolist(), " torch.tensor", copied.tolist())

# %% [markdown]
# The last line matters: `torch.from_numpy` gives a second name to the **same** numbers, and `torch.tensor` makes a copy. (`.float()` copies too, but only when it has something to convert.)
# The way back is `tensor.numpy()`, or `tensor.detach().numpy()` for a tensor that remembers how it was computed.
#
# ## 3. A layer: `nn.Linear`
#
# The layer of lesson 3 computed $\mathbf{Z} = \mathbf{X}\mathbf{W} + \mathbf{b}$. PyTorch's layer computes the same, and stores the weights the other way round, **one row per neuron**:
#
# $$\mathbf{Z} = \mathbf{X}\,\mathbf{V}^\top + \mathbf{b} \qquad\qquad \mathbf{V} = \mathbf{W}^\top$$
#
# | symbol | NumPy, lesson 3 | PyTorch | shape |
# |---|---|---|---|
# | $\mathbf{X}$ | `X` | `X` | `(n, d_in)` |
# | $\mathbf{W}$ | `W` | | `(d_in, d_out)` |
# | $\mathbf{V}$ | | `layer.weight` | `(d_out, d_in)` |
# | $\mathbf{b}$ | `b` | `layer.bias` | `(d_out,)` |
# | $\mathbf{Z}$ | `dense(X, W, b)` | `layer(X)` | `(n, d_out)` |
#
# You make a layer by its sizes, `nn.Linear(d_in, d_out)`, and use it like a function. Its weight and bias are **parameters** (`nn.Parameter`): tensors that know they are meant to learn.
#
# ### Worked example: from PyTorch to NumPy

# %%
layer = nn.Linear(3, 2)  # three inputs, two neurons; the start weights are random

# Step 1: look at what it holds.
print("weight", tuple(layer.weight.shape), layer.weight.dtype, "| bias", tuple(layer.bias.shape))
# Step 2: set its numbers by hand. no_grad: PyTorch shall not remember this as part of a computation.
with torch.no_grad():
    layer.weight.copy_(torch.tensor([[1.0, 0.0, 2.0], [0.5, -1.0, 1.0]]))  # row 0 is neuron 0; the _ of copy_: in place
    layer.bias.copy_(torch.tensor([0.0, 1.0]))
# Step 3: the layer's answer for a batch of two.
X = torch.tensor([[1.0, 2.0, 3.0], [0.0, -1.0, 0.5]])
print("layer(X)           ", layer(X).tolist())
# Step 4: the same in NumPy. The columns of W are the rows of weight.
W, b = layer.weight.detach().numpy().T, layer.bias.detach().numpy()
print("X @ W + b in NumPy ", (X.numpy() @ W + b).tolist())

# %% [markdown]
# ## Exercise 1 — from NumPy to PyTorch
# **3 points · difficulty 2 of 5 · importance 4 of 5 · about 10 min**
#
# Write `to_linear(W, b)`: `W (d_in, d_out)` and `b (d_out,)` are NumPy arrays → an `nn.Linear` whose answers equal `X @ W + b`. The layer is float32, as PyTorch's layers are, whatever the dtype of `W`
# (float64 or float32). It holds **copies**: changing `W` afterwards does not change the layer. Its weight and bias can learn.
#
# For `W = [[1, 2], [3, 4]]`, `b = [0.5, 0]` and `X = [[1, 0]]` the layer answers `[[1.5, 2.0]]`: the first row of `W`, plus `b`.
#
# <details><summary>Hint 1: a nudge</summary>
#
# The worked example goes from PyTorch to NumPy. Which of its steps turns `weight` into `W`, and what undoes it?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Make an `nn.Linear` of the right sizes (they stand in `W.shape`), then put your numbers in place of its random ones. `torch.tensor(array, dtype=torch.float32)` copies and converts at once.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
#     layer is an nn.Linear from (rows of W) to (columns of W)
#     its weight gets the numbers of W, transposed
#     its bias gets the numbers of b
#     return the layer
#
# To put numbers in: `copy_` as in step 2 above, or give `layer.weight` a new `nn.Parameter(tensor)`.
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "to_linear", "locked": false, "schema_version": 3, "solution": true, "task": false}
def to_linear(W, b):
    """A layer that computes X @ W + b. NumPy W (d_in, d_out), b (d_out,) -> nn.Linear, float32."""
    ### BEGIN SOLUTION
    d_in, d_out = W.shape
    linear = nn.Linear(d_in, d_out)
    linear.weight = nn.Parameter(torch.tensor(W.T, dtype=torch.float32))
    linear.bias = nn.Parameter(torch.tensor(b, dtype=torch.float32))
    return linear
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "to_linear-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of to_linear: run this cell.
def _answers_of(layer, X):
    return expect(layer(torch.tensor(X, dtype=layer.weight.dtype)), name="the layer's answer for a batch")


_W, _b = np.array([[1.0, 3.0], [0.5, -1.0]]), np.array([0.25, 1.0])
_layer = (
    expect(to_linear)
    .of(_W, _b)
    .satisfies(lambda v: not isinstance(v, torch.Tensor), "these are numbers. Return the layer itself", "an nn.Linear")
    .satisfies(lambda v: isinstance(v, nn.Linear), "return the layer that you made: an nn.Linear", "an nn.Linear")
    .satisfies(lambda v: v.bias is not None, "the layer has no bias: leave `bias=False` away", "a layer with a bias")
    .leaves_arguments_unchanged()
    .value
)
_again = to_linear(_W, _b)
expect(_layer.weight, name="layer.weight").satisfies(
    lambda v: torch.equal(v, _again.weight), "the weights keep their random start numbers: the numbers of W are missing"
)
expect(_layer.bias, name="layer.bias").satisfies(
    lambda v: torch.equal(v, _again.bias), "the bias keeps its random start numbers: the numbers of b are missing"
)
_answers_of(_layer, [[1.0, 2.0], [0.0, -1.0]]).satisfies(
    lambda v: v.shape == (2, 2), "the layer gives another number of scores than W has columns", "shape (2, 2)"
).equals(
    [[2.25, 2.0], [-0.25, 2.0]],
    tol=1e-5,
    mistakes={
        "the weights are not transposed: PyTorch keeps one row per neuron, (d_out, d_in)": [[7.25, -0.5], [-2.75, 2.0]],
        "the bias is zero: the numbers of b are missing": [[2.0, 1.0], [-0.5, 1.0]],
        "the bias is subtracted": [[1.75, 0.0], [-0.75, 0.0]],
    },
)
_layer = expect(to_linear).of(np.array([[1.0, 0.0, 2.0], [0.5, -1.0, 1.0]]), np.array([0.0, 1.0, -1.0])).value
expect(_layer.weight, name="layer.weight").has_shape(3, 2).equals(
    [[1.0, 0.5], [0.0, -1.0], [2.0, 1.0]],
    mistakes={
        "the numbers are in the right shape but in the wrong order: `reshape` regroups, `.T` turns": [
            [1.0, 0.0],
            [2.0, 0.5],
            [-1.0, 1.0],
        ]
    },
)
expect(_layer.bias, name="layer.bias").equals(
    [0.0, 1.0, -1.0], mistakes={"the bias is zero: the numbers of b are missing": [0.0, 0.0, 0.0]}
)
print("to_linear: this check is passed.")

# %% nbgrader={"grade": true, "grade_id": "to_linear-learns", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of to_linear, can the layer be used and learn: run this cell.
_layer = expect(to_linear).of(np.array([[1.0, 0.0, 2.0], [0.5, -1.0, 1.0]]), np.array([0.0, 1.0, -1.0])).value
expect(_layer, name="to_linear(W, b)").satisfies(
    lambda v: isinstance(v, nn.Linear), "return the layer that you made: an nn.Linear", "an nn.Linear"
).satisfies(
    lambda v: v.weight.dtype == torch.float32 and v.bias.dtype == torch.float32,
    "the parameters are float64, like the NumPy arrays. The layer should be float32, or it refuses the batches of this lesson",
    "parameters of dtype float32",
).satisfies(
    lambda v: (v.in_features, v.out_features) == (2, 3),
    "the two sizes are turned around: `nn.Linear(d_in, d_out)`, inputs first",
    "nn.Linear(2, 3)",
).satisfies(
    lambda v: v.weight.requires_grad and v.bias.requires_grad,
    "the parameters cannot learn: they have requires_grad=False",
    "parameters with requires_grad=True",
)
_W = np.ones((2, 3), dtype=np.float32)
_layer = expect(to_linear).of(_W, np.zeros(3, dtype=np.float32)).value
_W[:] = 5.0
expect(_layer.weight, name="layer.weight, after W was changed").equals(
    np.ones((3, 2)),
    mistakes={
        "the layer shares its numbers with W or b, so it changes with them. `torch.tensor` and `copy_` make copies": np.full(
            (3, 2), 5.0
        )
    },
)
print("to_linear: the layer is ready to learn.")

# %% nbgrader={"grade": true, "grade_id": "to_linear-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests use other sizes, also arrays in float32, and change W after the call.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("to_linear")
for _n, _i, _o, _kind, _what in [
    (5, 4, 3, np.float64, "a batch of five"),
    (1, 3, 1, np.float64, "a layer of one neuron"),
    (3, 1, 6, np.float32, "inputs with one number, in float32"),
    (4, 5, 5, np.float32, "as many neurons as inputs, in float32"),
]:
    _X, _W, _b = (_rng.normal(size=_size).astype(_kind) for _size in [(_n, _i), (_i, _o), (_o,)])
    _wanted = np.einsum("ni,io->no", _X, _W) + _b[None, :]
    _layer = (
        expect(to_linear, hidden=_what)
        .of(_W, _b)
        .leaves_arguments_unchanged()
        .satisfies(
            lambda v, i=_i, o=_o: v.weight.shape == (o, i) and v.bias.shape == (o,),
            "the weights are not transposed: PyTorch keeps one row per neuron, (d_out, d_in)",
        )
        .value
    )
    _inputs = torch.from_numpy(_X).to(_layer.weight.dtype)
    expect(_layer(_inputs).detach(), hidden=_what, name="to_linear").equals(_wanted, tol=1e-4)
    _W[:], _b[:] = 0, 0
    expect(_layer(_inputs).detach(), hidden="W and b change after the call", name="to_linear").satisfies(
        lambda v, want=_wanted: np.allclose(v, want, atol=1e-3),
        "the layer shares its numbers with W or b, so it changes with them. `torch.tensor` and `copy_` make copies",
    )
### END HIDDEN TESTS

# %% [markdown]
# Now the whole network of lesson 3. `nn.Sequential` holds layers and runs them one after another; `nn.ReLU()` is the activation. The weights are those that read digits in lesson 3.

# %%
(W1, b1), (W2, b2) = datasets.digits_network()
numpy_logits = np.maximum(X_test @ W1 + b1, 0) @ W2 + b2

digits_model = nn.Sequential(to_linear(W1, b1), nn.ReLU(), to_linear(W2, b2))
test_images = torch.from_numpy(X_test).float()
torch_logits = digits_model(test_images).detach().numpy()

print("logits:", numpy_logits.shape, "and", torch_logits.shape)
print(
    f"largest logit {np.abs(numpy_logits).max():.1f}, largest difference {np.abs(numpy_logits - torch_logits).max():.1e}"
)
print(
    f"accuracy: NumPy {(numpy_logits.argmax(1) == y_test).mean():.1%}, PyTorch {(torch_logits.argmax(1) == y_test).mean():.1%}"
)

# %% [markdown]
# The same network. The difference is the rounding of float32.
#
# ## 4. Networks of any depth
#
# Between two layers stands an activation, else two layers collapse into one (lesson 2). The activations of PyTorch are layers without parameters: any shape in, the same shape out.

# %%
z = torch.tensor([-2.0, 0.0, 2.0])
for activation in (nn.ReLU, nn.Sigmoid, nn.Tanh, nn.GELU):
    count = len(list(activation().parameters()))
    print(f"{activation.__name__:>8}: {[round(v, 4) for v in activation()(z).tolist()]}, {count} parameters")

# %% [markdown]
# Note the two pairs of parentheses in `activation()(z)`: `activation` is a **class**, `activation()` makes a layer, and `(z)` uses it.
#
# ## Exercise 2 — a network from a list of sizes
# **3 points · difficulty 2 of 5 · importance 5 of 5 · about 10 min**
#
# Write `make_mlp(sizes, activation)` (a network of dense layers is also called *multilayer perceptron*, MLP). `sizes` is a list such as `[64, 32, 10]`: 64 inputs, 32 hidden neurons, 10 classes. `activation` is a class such as `nn.ReLU`.
# Return an `nn.Sequential`: a linear layer for each pair of neighbors in `sizes`, with an activation **between** two linear layers and **none** after the last. The last layer gives logits. Leave `sizes` as it is.
#
# `make_mlp([4, 3, 2], nn.Tanh)` prints as `Linear(4, 3)`, `Tanh`, `Linear(3, 2)`; `make_mlp([4, 2], nn.Tanh)` is a single linear layer in an `nn.Sequential`.
#
# <details><summary>Hint 1: a nudge</summary>
#
# In `count_parameters` of lesson 3 you walked over the same pairs.
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Collect the layers in a list: after each linear layer an activation. At the end one activation is too many. `nn.Sequential(*layers)` unpacks the list; the star is needed.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
#     an empty list
#     for each pair of neighbors in sizes:
#         append a linear layer of these two sizes
#         append an activation (make one: parentheses)
#     return a Sequential of all but the last entry
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "make_mlp", "locked": false, "schema_version": 3, "solution": true, "task": false}
def make_mlp(sizes, activation):
    """Linear layers with activations between them. sizes: a list of ints, activation: a class -> nn.Sequential."""
    ### BEGIN SOLUTION
    stack = []
    for fan_in, fan_out in zip(sizes[:-1], sizes[1:]):
        stack += [nn.Linear(fan_in, fan_out), activation()]
    return nn.Sequential(*stack[:-1])
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "make_mlp-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of make_mlp: run this cell.
def _layers_in(model):
    """The layers in the order in which they run, as text."""
    every = [part for _, part in model.named_modules(remove_duplicate=False)]
    parts = [part for part in every if not list(part.children()) and not isinstance(part, nn.Identity | nn.Sequential)]
    return ", ".join(
        f"Linear({part.in_features}, {part.out_features})" if isinstance(part, nn.Linear) else type(part).__name__
        for part in parts
    )


_model = (
    expect(make_mlp)
    .of([5, 4, 3, 2], nn.Tanh)
    .leaves_arguments_unchanged()
    .satisfies(
        lambda v: not isinstance(v, list),
        "this is a list of layers. `nn.Sequential(*layers)` makes a network of it",
        "an nn.Sequential",
    )
    .satisfies(lambda v: isinstance(v, nn.Sequential), "return an nn.Sequential", "an nn.Sequential")
    .value
)
expect(_layers_in(_model), name="the layers of make_mlp([5, 4, 3, 2], nn.Tanh)").satisfies(
    lambda v: "Softmax" not in v, "there is a softmax. The network ends with logits: the loss does the softmax itself"
).equals(
    "Linear(5, 4), Tanh, Linear(4, 3), Tanh, Linear(3, 2)",
    mistakes={
        "there is an activation after the last layer. The logits must be free to be any number": "Linear(5, 4), Tanh, Linear(4, 3), Tanh, Linear(3, 2), Tanh",
        "the activations are missing: without them the layers collapse into one": "Linear(5, 4), Linear(4, 3), Linear(3, 2)",
        "there is only one activation. One belongs between each two linear layers": "Linear(5, 4), Tanh, Linear(4, 3), Linear(3, 2)",
        "there is only one activation, before the last layer. One belongs between each two linear layers": "Linear(5, 4), Linear(4, 3), Tanh, Linear(3, 2)",
        "there is only one activation, and it stands at the end": "Linear(5, 4), Linear(4, 3), Linear(3, 2), Tanh",
        "the activation is always ReLU. Use the one that is passed in": "Linear(5, 4), ReLU, Linear(4, 3), ReLU, Linear(3, 2)",
        "the sizes of each layer are turned around: inputs first, neurons second": "Linear(4, 5), Tanh, Linear(3, 4), Tanh, Linear(2, 3)",
        "the last layer is missing": "Linear(5, 4), Tanh, Linear(4, 3)",
        "the last layer is missing, and the network ends with an activation": "Linear(5, 4), Tanh, Linear(4, 3), Tanh",
        "only the first and the last size are used. A layer joins two neighbors in the list": "Linear(5, 2)",
        "the activation comes before each layer. The first layer reads the input as it is": "Tanh, Linear(5, 4), Tanh, Linear(4, 3), Tanh, Linear(3, 2)",
        "every layer reads the input. Each must read the layer before it": "Linear(5, 4), Tanh, Linear(5, 3), Tanh, Linear(5, 2)",
        "only the first layer is there: is the `return` inside the loop?": "Linear(5, 4)",
        "only the first layer is there, with an activation: is the `return` inside the loop?": "Linear(5, 4), Tanh",
        "nothing is in it: is the `return` inside the loop?": "",
    },
)
expect(_model, name="make_mlp([5, 4, 3, 2], nn.Tanh)").satisfies(
    lambda v: all(part.bias is not None for part in v.modules() if isinstance(part, nn.Linear)),
    "the linear layers have no bias: leave `bias=False` away",
)
_model = expect(make_mlp).of([4, 2, 2], nn.ReLU).value
expect(_layers_in(_model), name="the layers of make_mlp([4, 2, 2], nn.ReLU)").equals(
    "Linear(4, 2), ReLU, Linear(2, 2)",
    mistakes={
        "an activation is missing where a size equals the last one. Count the layers, do not compare their sizes": "Linear(4, 2), Linear(2, 2)"
    },
)
print("make_mlp: this check is passed.")

# %% nbgrader={"grade": true, "grade_id": "make_mlp-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests use one layer and five, hidden layers of one size, and other activations.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("make_mlp")
for _depth, _kind, _what in [
    (1, nn.ReLU, "a network of one layer"),
    (5, nn.Sigmoid, "a network of five layers"),
    (2, nn.ELU, "an activation of another kind"),
]:
    _sizes = [int(v) for v in _rng.permutation(np.arange(2, 40))[: _depth + 1]]
    _linears = [f"Linear({_sizes[_k]}, {_sizes[_k + 1]})" for _k in range(_depth)]
    _wanted = f", {_kind.__name__}, ".join(_linears)
    expect(make_mlp, hidden=_what).of(list(_sizes), _kind).leaves_arguments_unchanged().satisfies(
        lambda v: isinstance(v, nn.Sequential), "return an nn.Sequential, also for a single layer"
    )
    expect(_layers_in(make_mlp(list(_sizes), _kind)), hidden=_what, name="make_mlp").satisfies(
        lambda v, d=_depth: v.count("Linear") == d,
        "there are too few layers or too many: loop over all pairs of neighbors in `sizes`",
    ).equals(
        _wanted,
        mistakes={
            "there is an activation after the last layer. The logits must be free to be any number": f"{_wanted}, {_kind.__name__}",
            "the activation is always ReLU. Use the one that is passed in": _wanted.replace(_kind.__name__, "ReLU"),
        },
    )
_model = expect(make_mlp, hidden="hidden layers of one size").of([6, 6, 6, 6], nn.ReLU).value
expect(len(list(_model.parameters())), hidden="hidden layers of one size", name="make_mlp").satisfies(
    lambda v: v == 6, "one and the same layer stands in several places. Make a new layer for every pair"
)
### END HIDDEN TESTS

# %%
model = make_mlp([64, 32, 10], nn.ReLU)
print(model)
for name, parameter in model.named_parameters():
    print(f"{name:>9} {tuple(parameter.shape)!s:>9}: {parameter.numel():>5} numbers")
print("together", sum(parameter.numel() for parameter in model.parameters()), "parameters")

# %% [markdown]
# Names such as `0.weight` count the places in the `nn.Sequential`. Place 1 is the activation, and it has nothing to learn.
#
# ## 5. Losses: cross-entropy and mean squared error
#
# A loss in PyTorch is made once and then used like a function. `nn.CrossEntropyLoss()` is for one class of several: it takes **logits** `(n, n_classes)` and labels `(n,)` of whole numbers, and does the softmax inside.
# `nn.MSELoss()` is for numbers: predictions and targets of the same shape. Both give the mean over the batch, as in lesson 3.

# %%
logits = np.array([[2.0, 1.0, -1.0], [0.0, 3.0, 0.5]])
y = np.array([1, 1])
surprises = []
for row, right in zip(logits, y):  # the worked example of lesson 3, row by row
    shifted_row = row - row.max()
    surprises.append(np.log(np.exp(shifted_row).sum()) - shifted_row[right])
by_hand = np.mean(surprises)

cross_entropy = nn.CrossEntropyLoss()
scores, classes = torch.from_numpy(logits), torch.from_numpy(y)
print(f"cross-entropy: NumPy {by_hand:.6f}, PyTorch {cross_entropy(scores, classes).item():.6f}")
print(f"the same, but given probabilities: {cross_entropy(torch.softmax(scores, dim=1), classes).item():.6f}")

targets = torch.tensor([[1.0, 1.0, 0.0], [0.0, 2.0, 0.0]], dtype=torch.float64)
print(
    f"mean squared error: NumPy {np.mean((logits - targets.numpy()) ** 2):.6f}, PyTorch {nn.MSELoss()(scores, targets).item():.6f}"
)

# %% [markdown]
# The second line is a bug that raises no error, the **double softmax**: probabilities went in, and the loss took them for logits. How bad is it? Take a network that is perfectly sure, and right:

# %%
sure = torch.tensor([[100.0] + [0.0] * 9])  # ten classes, all the weight on class 0
right = torch.tensor([0])
print(f"logits in:        loss {cross_entropy(sure, right).item():.4f}")
print(f"probabilities in: loss {cross_entropy(torch.softmax(sure, dim=1), right).item():.4f}, the best it can ever be")

# %% [markdown]
# With the double softmax the loss of ten classes cannot fall below that number, however good the network is, and no error tells you. So: **no softmax at the end of the network, none before the loss.**
#
# `.item()` turns a tensor of one number into a plain Python number.
#
# ## 6. The backward pass
#
# Here is the part that lesson 3 did not have. Call `backward()` on the loss, and every parameter gets a `.grad` of its own shape: how much the loss changes per unit of change of this number.

# %%
model = nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10))
batch, batch_labels = images[:64], labels[:64]

loss = cross_entropy(model(batch), batch_labels)  # forward
print(f"loss {loss.item():.4f}. Before: the gradient of the first weights is {model[0].weight.grad}")
loss.backward()  # backward
for name, parameter in model.named_parameters():
    print(f"{name:>9} {tuple(parameter.shape)!s:>9}  .grad {tuple(parameter.grad.shape)!s:>9}")

# %% [markdown]
# ### Worked example: is the gradient right? Nudge one weight
#
# We do not have to believe it. A gradient says what happens to the loss when one weight moves a little, so move one and look. We take the weight with the largest gradient.

# %%
weight = model[2].weight
place = np.unravel_index(int(weight.grad.abs().argmax()), weight.shape)

# Step 1: what autograd says.
promised = weight.grad[place].item()
# Step 2: nudge this one weight up and down, and compute the loss each time.
h = 0.01
with torch.no_grad():
    weight[place] += h
    loss_up = cross_entropy(model(batch), batch_labels).item()
    weight[place] -= 2 * h
    loss_down = cross_entropy(model(batch), batch_labels).item()
    weight[place] += h  # back to where it was
# Step 3: change of the loss per unit of change of the weight.
measured = (loss_up - loss_down) / (2 * h)
print(f"weight {tuple(int(i) for i in place)}: autograd says {promised:.4f}, the nudge measures {measured:.4f}")

# %% [markdown]
# The two numbers agree as far as a nudge of this size can tell, and autograd computed all 2,410 in one go. How, you build yourself in week 03.
#
# ### Faded example: one step of learning
#
# A neuron with two weights and no bias shall answer 4 for the input `x`. Fill in the five blanks: take the first `#` of each of the four lines away, replace each `___`, and delete the line with `raise`. The learning rate is 0.05, and a step goes **against** the gradient.

# %% nbgrader={"grade": false, "grade_id": "faded-step", "locked": false, "schema_version": 3, "solution": true, "task": false}
w = torch.tensor([2.0, -1.0], requires_grad=True)  # requires_grad: this tensor shall get a gradient
x, target = torch.tensor([1.0, 3.0]), 4.0
answer = squared = new_w = None
# answer = (w * ___).sum()               # forward: the score
# squared = (answer - ___) ** 2          # forward: the loss
# squared.___()                          # backward: fills the gradient of w
# new_w = w.detach() ___ 0.05 * w.___    # one step
### BEGIN SOLUTION
answer = (w * x).sum()
squared = (answer - target) ** 2
squared.backward()
new_w = w.detach() - 0.05 * w.grad
### END SOLUTION

# %% nbgrader={"grade": false, "grade_id": "faded-step-check", "locked": true, "schema_version": 3, "solution": false, "task": false}
# No points here: this check shows you where you are.
for _name, _given, _want, _mistakes in [
    ("answer", answer, -1.0, {"the weights are multiplied with themselves: use x": 5.0}),
    ("squared", squared, 25.0, {"compare the answer with the target": [4.0, 16.0]}),
    (
        "new_w",
        new_w,
        [2.5, 0.5],
        {
            "the step goes along the gradient, and the loss would grow. It goes against it: minus": [1.5, -2.5],
            "the step uses the weights in place of their gradient": [1.9, -0.95],
        },
    ),
]:
    expect(_given is not None, name=f"{_name} is filled in").satisfies(
        lambda v: v,
        f"{_name} is still None: its line has not run. If a red error stands under the cell above, mend that first",
    )
    expect(_given, name=_name).equals(_want, tol=1e-5, mistakes=_mistakes)
print(f"gradient {w.grad.tolist()}, new weights {new_w.tolist()}: the answer is now {(new_w * x).sum().item():.4f}")

# %% [markdown]
# ### Optimizers: SGD and Adam
#
# An **optimizer** does this step for all parameters. `torch.optim.SGD(model.parameters(), lr=0.1)` is the plain one, *stochastic gradient descent*: parameter minus learning rate times gradient. Stochastic, because each step looks at one random batch only.

# %%
opt = torch.optim.SGD(model.parameters(), lr=0.1)
by_hand = [parameter.detach() - 0.1 * parameter.grad for parameter in model.parameters()]
opt.step()
difference = max((parameter - wanted).abs().max().item() for parameter, wanted in zip(model.parameters(), by_hand))
print(f"opt.step() against the step by hand: largest difference {difference}")
print(f"loss on the same batch: {loss.item():.4f} before, {cross_entropy(model(batch), batch_labels).item():.4f} after")

# %% [markdown]
# `torch.optim.Adam(model.parameters(), lr=0.01)` keeps a running mean of each gradient and of its square, and so gives each parameter a step size of its own. In section 8 the two run a race.
#
# One thing about `backward()` surprises everybody once. It does not write the gradient, it **adds** it to what is there:

# %%
opt.zero_grad()
cross_entropy(model(batch), batch_labels).backward()
once = model[0].weight.grad.clone()
cross_entropy(model(batch), batch_labels).backward()  # the same batch, the same weights, no zero_grad
print(f"second gradient / first gradient: {(model[0].weight.grad.sum() / once.sum()).item():.4f}")
opt.zero_grad()
print("after zero_grad:", model[0].weight.grad)

# %% [markdown]
# So every round of the loop needs `opt.zero_grad()`, or it steps along the sum of all gradients so far.

# %% [markdown]
# ## 7. Why `model(images).forward()` is a bug
#
# *Forward pass, backward pass*: it sounds as if there were a `forward()` to call, and then a `backward()`. There is no such pair. `model(batch)` **is** the forward pass. What it returns is a tensor, and a tensor has no `forward`. Let us run it and see.
# Here is a network whose loss for a first batch was computed, as in an earlier cell of your notebook:

# %%
first_images, first_labels = images[:64], labels[:64]
next_images, next_labels = images[64:128], labels[64:128]
model = nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10))
loss = cross_entropy(model(first_images), first_labels)

# %% [markdown]
# Now somebody wants to go on with the next batch, and writes the bug. (`try` and `except` catch the error and print it, so that *Run All* goes on. In a notebook you would see it in red, and could still run the next cell.)

# %%
try:
    logits = model(next_images).forward()
    loss = cross_entropy(logits, next_labels)
except AttributeError as error:
    print("AttributeError:", error)

# %%
model.zero_grad()  # like opt.zero_grad(), for a model without an optimizer
loss.backward(retain_graph=True)  # runs without complaint! (retain_graph lets you run this cell twice)
found = model[2].weight.grad.clone()  # a copy of the gradient of the last layer, model[2]
print("gradient filled:", model[0].weight.grad is not None)

# %% [markdown]
# The line with the bug stopped, so the line after it never ran. But in a notebook the name `loss` still holds what the **earlier** cell computed, and `backward()` works. It looks as if all was well. Did the new images have any part in this gradient? We compute the gradient of each batch on its own and compare.


# %%
def gradient_of(some_images, some_labels):
    """The gradient of the last layer's weights for one batch, computed afresh. -> (10, 32)."""
    model.zero_grad()
    cross_entropy(model(some_images), some_labels).backward()
    return model[2].weight.grad.clone()


print(
    f"difference from the first batch's gradient: {(found - gradient_of(first_images, first_labels)).abs().max().item():.6f}"
)
print(
    f"difference from the next batch's gradient:  {(found - gradient_of(next_images, next_labels)).abs().max().item():.6f}"
)

# %% [markdown]
# The gradient is that of the **old** images. The new ones had no part in it. And if the old loss had been used already, the same mistake shows another face:

# %%
loss = cross_entropy(model(first_images), first_labels)
loss.backward()
before = model[2].weight.grad.clone()
try:
    loss.backward()  # the same loss once more
except RuntimeError as error:
    print("RuntimeError:", str(error).split(". ")[0])
print("largest change of the gradient:", (model[2].weight.grad - before).abs().max().item())
print("model.forward(images) equals model(images):", torch.equal(model.forward(next_images), model(next_images)))

# %% [markdown]
# A loss remembers the computation it came from: which layers, which inputs, which numbers on the way. This memory is the **graph**. `backward()` walks it once and then lets go of it, hence *a second time*. Nothing was added to the gradient.
#
# So the pair is not `forward()` and `backward()`. It is
#
# | step | you write | why |
# |---|---|---|
# | forward | `logits = model(images)` | the model is used like a function; inside, Python calls its method `forward` for you |
# | the loss | `loss = cross_entropy(logits, labels)` | the forward pass ends in one number |
# | backward | call `backward()` on the **loss** | the loss knows its graph; the model does not know which loss you mean |
#
# `model.forward(images)` with the images as argument does exist and gives the same numbers. Do not get used to it: it leaves out what PyTorch does around a call (so-called hooks).
#
# ## 8. The training loop
#
# A **data set** pairs images with labels, a **data loader** deals it out in batches: in a new random order each epoch, if `shuffle=True`. An **epoch** is one pass over all samples. The random order comes from a generator that we pass in. The last batch holds what is left over and may be smaller.


# %%
def make_loader(X, y, batch_size, shuffle):
    """NumPy X (n, d), y (n,) -> a loader of batches: images float32 (batch_size, d), labels int64 (batch_size,)."""
    samples = TensorDataset(torch.from_numpy(X).float(), torch.from_numpy(y))
    return DataLoader(samples, batch_size, shuffle, generator=torch.Generator().manual_seed(0))


train_loader = make_loader(X_train, y_train, batch_size=64, shuffle=True)
test_loader = make_loader(X_test, y_test, batch_size=64, shuffle=False)
sizes_of_batches = [len(batch_labels) for _, batch_labels in train_loader]
print(
    f"{len(train_loader)} batches of sizes {sizes_of_batches[:3]} ... {sizes_of_batches[-2:]}, together {sum(sizes_of_batches)}"
)

# %% [markdown]
# ## Exercise 3 — Parsons problem: the loop in order
# **3 points · difficulty 2 of 5 · importance 5 of 5 · about 5 min**
#
# These lines fell on the floor. Five of them, in a right order, are the body of the training loop; the other two do not belong in it. `model`, `loss_fn` and `opt` (the optimizer) exist, and each round has a batch `images, labels`.
#
# | | line |
# |---|---|
# | A | `opt.step()` |
# | B | `loss = loss_fn(logits, labels)` |
# | C | `logits = model(images)` |
# | D | `opt.zero_grad()` |
# | E | `loss.backward()` |
# | F | `logits = torch.softmax(logits, dim=1)` |
# | G | `loss.forward()` |
#
# Write the letters of your five lines in order into `loop_order`, as text: `loop_order = "G F A"` is the form (and wrong). More than one order is right, and all of them are accepted.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Which line needs the result of which other line? Draw an arrow for each.
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Four lines form a chain: forward, loss, backward, step. The fifth must make sure that the step uses this batch's gradient and no other. Where may it stand, and where would it do harm?
#
# </details>
# <details><summary>Hint 3: almost an answer</summary>
#
# Section 5 says what F does, section 7 what G does. Wiping the gradients is safe at any place where no fresh gradient waits to be used.
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "loop_order", "locked": false, "schema_version": 3, "solution": true, "task": false}
loop_order = ""
### BEGIN SOLUTION
loop_order = "D C B E A"
### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "loop_order-lines", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of loop_order, the five lines: run this cell.
def _letters(order):
    return [letter for letter in "".join(map(str, order or "")).upper() if letter.isalpha()]


expect(loop_order, name="loop_order").satisfies(
    lambda v: isinstance(v, str | list | tuple) and all(isinstance(part, str) for part in v),
    'write text: letters between quotation marks, such as "G F A"',
).satisfies(
    lambda v: len(_letters(v)) > 0, "nothing is written yet, or the line with `raise` still stands above your answer"
).satisfies(
    lambda v: set(_letters(v)) <= set("ABCDEFG"), "there is a letter that names no line: the lines are A to G"
).satisfies(
    lambda v: "G" not in _letters(v),
    "line G is no part of the loop: a loss is a tensor, and a tensor has no forward. The forward pass is the call of the model",
).satisfies(
    lambda v: "F" not in _letters(v),
    "line F is the double softmax: cross-entropy takes logits and does the softmax itself",
).satisfies(
    lambda v: len(_letters(v)) == len(set(_letters(v))), "a line stands twice. Each of the five is needed once"
).satisfies(
    lambda v: "A" in _letters(v), "the step is missing: gradients are computed, and no weight ever moves"
).satisfies(lambda v: "D" in _letters(v), "zero_grad is missing: the gradients of all batches would pile up").satisfies(
    lambda v: "E" in _letters(v), "the backward pass is missing: there are no gradients to step along"
).satisfies(
    lambda v: {"B", "C"} <= set(_letters(v)), "the forward pass is missing: the logits, and the loss made from them"
)
print("loop_order: these are the five lines.")

# %% nbgrader={"grade": true, "grade_id": "loop_order-order", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Check of loop_order, the order: run this cell.
_place = {letter: place for place, letter in enumerate(_letters(loop_order))}
expect(loop_order, name="loop_order").satisfies(
    lambda v: set("ABCDE") <= set(_place), "first choose the five lines: the check above says which one is missing"
).satisfies(
    lambda v: not {"F", "G"} & set(_place), "first choose the five lines: F or G is still among them"
).satisfies(lambda v: len(_letters(v)) == 5, "a line stands twice. Each of the five is needed once").satisfies(
    lambda v: _place["C"] < _place["B"], "the loss is computed before the logits that it needs"
).satisfies(
    lambda v: _place["B"] < _place["E"],
    "the backward pass comes before the loss it belongs to: it would use an old loss, or none",
).satisfies(
    lambda v: _place["E"] < _place["A"],
    "the step comes before the backward pass: the first round would have no gradient, and the last one would never be used",
).satisfies(
    lambda v: not _place["E"] < _place["D"] < _place["A"],
    "zero_grad stands between backward and step: it wipes the fresh gradient, and the step does nothing",
)
print("loop_order: this loop learns.")

# %% [markdown]
# See it run. The next cell takes your lines in your order for three epochs, each round with the next batch; then the same without `zero_grad`.

# %%
lines = {
    "A": "opt.step()",
    "B": "loss = loss_fn(logits, labels)",
    "C": "logits = model(images)",
    "D": "opt.zero_grad()",
    "E": "loss.backward()",
    "F": "logits = torch.softmax(logits, dim=1)",
    "G": "loss.forward()",
}
for what, order in [("your order", loop_order), ("without zero_grad", "CBEA")]:
    model = nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10))
    names = {"torch": torch, "model": model, "opt": torch.optim.SGD(model.parameters(), lr=0.5)}
    names["loss_fn"] = nn.CrossEntropyLoss()
    losses = []
    for k in range(66):
        place = 64 * (k % 22)
        names["images"], names["labels"] = images[place : place + 64], labels[place : place + 64]
        for letter in order:
            exec(lines.get(letter.upper(), ""), names)  # runs the text as code
        losses.append(names["loss"].item() if "loss" in names else float("nan"))
    print(
        f"{what} {order!r}: mean loss of the first ten {np.mean(losses[:10]):.3f}, of the last ten {np.mean(losses[-10:]):.3f}"
    )

# %% [markdown]
# ## Exercise 4 — one epoch of training
# **5 points · difficulty 3 of 5 · importance 5 of 5 · about 20 min**
#
# Write `train_one_epoch(model, loader, loss_fn, optimizer)`: one pass over the loader, with one step per batch. It returns the **mean loss per sample** of the epoch, as a plain Python float.
#
# - The model is in **training mode** (`model.train()`): some layers, such as dropout, work differently while they learn. Set it yourself; the model may come in the other mode.
# - Each batch goes to the **device** the model lives on, `next(model.parameters()).device`: `images.to(device)`, `labels.to(device)`.
# - `loss_fn` gives the mean over **its batch**, computed before the step. The last batch may be smaller, so it must count less: multiply each batch's loss by its number of samples, add up, divide by the number of all samples. Batches of 2, 2 and 1 samples with losses 1.0, 2.0 and 6.0 give $(2 \cdot 1 + 2 \cdot 2 + 1 \cdot 6) / 5 = 2.4$, and not 3.0.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Your lines of exercise 3 are the body of a `for` loop over the loader. What has to stand before the loop, and what after it?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Keep two totals: the loss times the number of samples, and the number of samples. `.item()` takes the loss out of its graph as a plain number. Without it every batch's graph would be kept in memory.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
#     training mode; find the device; two totals at 0
#     for every batch of the loader:
#         move images and labels to the device
#         zero the gradients, forward, loss, backward, step
#         add (the loss as a number) · (samples in this batch) to the first total
#         add the samples in this batch to the second
#     return the first total divided by the second
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "train_one_epoch", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train_one_epoch(model, loader, loss_fn, optimizer):
    """Train for one pass over the loader. Returns the mean loss per sample, a float."""
    ### BEGIN SOLUTION
    model.train()
    where = next(model.parameters()).device
    total, seen = 0.0, 0
    for inputs, targets in loader:
        batch_loss = loss_fn(model(inputs.to(where)), targets.to(where))
        optimizer.zero_grad()  # shown to students
        batch_loss.backward()
        optimizer.step()  # shown to students
        total += batch_loss.item() * len(targets)
        seen += len(targets)
    return total / seen
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "train_one_epoch-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of train_one_epoch, what it returns: run this cell.
def _small_start():
    """One linear layer with known weights, five samples in batches of 2, 2 and 1, and SGD."""
    model = nn.Linear(2, 3)
    weight = torch.tensor([[0.5, -0.25], [-0.5, 0.75], [0.25, 0.0]])
    model.load_state_dict({"weight": weight, "bias": torch.tensor([0.0, 0.5, -0.5])})
    X = torch.tensor([[1.0, 2.0], [0.5, -1.0], [2.0, 0.5], [-1.0, 1.0], [1.5, -2.0]])
    samples = TensorDataset(X, torch.tensor([0, 1, 2, 2, 1]))
    return model, DataLoader(samples, batch_size=2), nn.CrossEntropyLoss(), torch.optim.SGD(model.parameters(), lr=0.5)


_PLAIN = "this is a tensor. A plain number is wanted, and a tensor drags its graph along: `.item()`"
expect(train_one_epoch).of(*_small_start()).satisfies(
    lambda v: not isinstance(v, torch.Tensor), _PLAIN, "1.801307, a float"
).equals(
    1.8013069,
    tol=1e-5,
    mistakes={
        "this is the mean of the three batch means. The last batch is smaller and must count less": 1.7078544,
        "the mean divides by the number of batches, and the total counts samples: divide by the number of samples": 3.0021783,
        "this is the loss of the last batch only. Add up over all batches": 1.2405923,
        "this is the loss of the first batch only: is the `return` inside the loop?": 1.7067656,
        "the losses are added up. Divide by the number of samples": 9.0065345,
        "the batch means are added up, without weights and without a division": 5.1235632,
        "each loss is a mean already. Multiply it by the number of samples of its batch before you add": 1.0247126,
        "every batch counts as if it were full. The last one has fewer samples: use len(labels)": 2.0494253,
        "the gradients of earlier batches pile up: zero_grad belongs into the loop, once per batch": 1.6414105,
        "the gradients pile up (zero_grad belongs into the loop), and the last batch counts too much": 1.4413603,
        "the weights do not move between the batches: is the step missing or outside the loop, does it come before the backward pass, or zero_grad between the two?": 2.1568394,
        "the weights do not move between the batches, and this is the mean of the batch means": 2.3414299,
        "probabilities went into the loss: the double softmax. Give it the logits": 1.3214165,
        "probabilities went into the loss (the double softmax), and the last batch counts too much": 1.3353173,
        "the step comes before the backward pass, so it uses the gradient of the batch before": 1.8520944,
        "the loss is computed again after the step. The one from before is wanted": 0.7314822,
        "the last batch is skipped": 1.9414860,
        "this optimizer is not the one that is passed in, or has another learning rate": 2.0704429,
        "the total is divided by the last index of the loop. Divide by the number of samples": 4.5032673,
        "each loss is multiplied by how many numbers the images hold. Multiply by the number of samples": 3.6026139,
        "only the last batch is in the total: it is set to 0 inside the loop": 0.2481184,
        "the loss is multiplied by the batch size before the backward pass. Only the total needs that": 1.7294763,
        "this is the second of two epochs. One pass over the loader is one epoch": 0.8365103,
    },
).satisfies(lambda v: isinstance(v, float | np.floating), "return a plain Python float", "1.801307, a float")
print("train_one_epoch: the mean loss is right.")

# %% nbgrader={"grade": true, "grade_id": "train_one_epoch-weights", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of train_one_epoch, what it does to the model: run this cell.
_modes = []


class _Listener(nn.Module):
    """Passes its input on, and writes down the mode it is in."""

    def forward(self, x):
        _modes.append(self.training)
        return x


_model, _loader, _loss_fn, _opt = _small_start()
expect(train_one_epoch).of(nn.Sequential(_model, _Listener()).eval(), _loader, _loss_fn, _opt)
expect(_model.weight, name="model.weight after the epoch").equals(
    [[0.0107, 0.5575], [0.0911, -0.7165], [0.1482, 0.659]],
    tol=2e-4,
    mistakes={
        "the gradients of earlier batches pile up: zero_grad belongs into the loop, once per batch": [
            [0.1350, 1.2937],
            [-0.1963, -1.6745],
            [0.3113, 0.8807],
        ],
        "the weights never moved: is the step missing, does it come before the backward pass, or zero_grad between the two?": [
            [0.5, -0.25],
            [-0.5, 0.75],
            [0.25, 0.0],
        ],
        "probabilities went into the loss: the double softmax. Give it the logits": [
            [0.3757, -0.0737],
            [-0.4525, 0.5312],
            [0.3268, 0.0424],
        ],
        "the step comes before the backward pass, so it uses the gradient of the batch before": [
            [0.3775, 0.2225],
            [-0.4680, -0.0469],
            [0.3405, 0.3244],
        ],
        "only the last batch made a step: the step belongs into the loop": [
            [-0.0758, 0.5177],
            [0.2213, -0.2118],
            [0.1044, 0.1941],
        ],
    },
)
expect(_modes, name="training mode, for each batch").satisfies(
    lambda v: len(v) == 3,
    "the model should be called once for each of the three batches: `model(images)`",
    "three calls",
).satisfies(
    lambda v: all(v) or v[0] is False, "it left training mode during the epoch: model.eval() has no place in the loop"
).satisfies(
    all,
    "the layers came in evaluation mode and learned in it. Call model.train() before the loop: it reaches every layer inside",
    "True each time",
)
print("train_one_epoch: the model has learned.")

# %% nbgrader={"grade": true, "grade_id": "train_one_epoch-hidden", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# Hidden tests use other batches, another loss and optimizer, look at the mode while it learns, and at the device.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("train_one_epoch")


class _Witness(nn.Module):
    """Passes its input on, and keeps what it saw."""

    def __init__(self):
        super().__init__()
        self.seen = []

    def forward(self, x):
        self.seen.append((self.training, torch.is_grad_enabled(), len(x)))
        return x


for _n, _size, _what in [
    (7, 3, "a last batch of one"),
    (4, 4, "a single batch"),
    (3, 1, "batches of one"),
    (6, 4, "a last batch of two"),
]:
    _d, _classes, _lr = 3, 4, float(_rng.uniform(0.2, 0.8))
    _X, _y = _rng.normal(size=(_n, _d)).astype(np.float32), _rng.integers(0, _classes, size=_n)
    _model = nn.Sequential(nn.Linear(_d, _classes), _Witness())
    _W, _b = (_parameter.detach().double().numpy().copy() for _parameter in (_model[0].weight, _model[0].bias))
    _means, _counts = [], []
    for _from in range(0, _n, _size):  # the closed form: the gradient of the logits is probability minus label
        _rows, _right = _X[_from : _from + _size], _y[_from : _from + _size]
        _e = np.exp(_rows @ _W.T + _b)
        _p = _e / _e.sum(axis=1, keepdims=True)
        _means.append(-np.log(_p[np.arange(len(_right)), _right]).mean())
        _counts.append(len(_right))
        _off = (_p - np.eye(_classes)[_right]) / len(_right)
        _W, _b = _W - _lr * _off.T @ _rows, _b - _lr * _off.sum(axis=0)
    _loader = DataLoader(TensorDataset(torch.from_numpy(_X), torch.from_numpy(_y)), batch_size=_size)
    _model.eval()
    _given = expect(train_one_epoch, hidden=_what).of(
        _model, _loader, nn.CrossEntropyLoss(), torch.optim.SGD(_model.parameters(), lr=_lr)
    )
    _given.satisfies(lambda v: isinstance(v, float | np.floating), "return a plain Python float").equals(
        float(np.dot(_means, _counts) / _n),
        tol=1e-4,
        mistakes={
            "this is the mean of the batch means. The last batch is smaller and must count less": float(
                np.mean(_means)
            ),
            "every batch counts as if it were full. The last one has fewer samples": float(np.sum(_means)) * _size / _n,
        },
    )
    expect(_model[0].weight, hidden=_what, name="the weights after train_one_epoch").equals(_W, tol=1e-4)
    expect(_model[1].seen, hidden=_what, name="train_one_epoch").satisfies(
        lambda v, k=len(_means): len(v) == k, "the model is called once per batch, in one pass over the loader"
    ).satisfies(
        lambda v: all(_mode for _mode, _, _ in v),
        "a layer inside the model is in evaluation mode while it learns. Call model.train() before the loop",
    )
_X, _t = torch.tensor([[1.0], [2.0], [-1.0]]), torch.tensor([[2.0], [1.0], [0.5]])
_model = nn.Linear(1, 1, bias=False)
_model.load_state_dict({"weight": torch.tensor([[0.5]])})
expect(train_one_epoch, hidden="another loss, mean squared error, and Adam").of(
    _model,
    DataLoader(TensorDataset(_X, _t), batch_size=2),
    nn.MSELoss(),
    torch.optim.Adam(_model.parameters(), lr=0.25),
).equals(
    3.8125 / 3,
    tol=1e-4,
    mistakes={
        "use the loss_fn that is passed in: it need not be cross-entropy": 0.0,
        "use the optimizer that is passed in: it need not be SGD": 4.140625 / 3,
    },
)


class _Reached(Exception):
    pass


class _Elsewhere(nn.Module):
    """A model on another device than the loader's tensors: `meta`, which every machine has."""

    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(1, device="meta"))
        self.images_on = None

    def forward(self, x):
        self.images_on = x.device.type
        return torch.zeros(len(x), 2, device="meta") * self.weight


_devices = {}


def _loss_that_looks(logits, labels):
    _devices["labels"] = labels.device.type
    raise _Reached


_model = _Elsewhere()
_loader = DataLoader(TensorDataset(torch.zeros(4, 3), torch.zeros(4, dtype=torch.int64)), batch_size=2)
try:
    train_one_epoch(_model, _loader, _loss_that_looks, torch.optim.SGD(_model.parameters(), lr=0.1))
except Exception as _error:
    _devices["stopped"] = type(_error).__name__
expect(_model.images_on, hidden="a model on another device", name="train_one_epoch").satisfies(
    lambda v: v == "meta", "the images stay on the device of the loader. Move them to the device of the model"
)
expect(_devices.get("labels"), hidden="a model on another device", name="train_one_epoch").satisfies(
    lambda v: v == "meta", "the labels stay on the device of the loader. Move them to the device of the model"
)
### END HIDDEN TESTS

# %% [markdown]
# ### SGD against Adam
#
# A small race: three optimizers, the same start weights, the same batches. `state_dict()` holds all parameters by name, and `load_state_dict` copies them into a network of the same shape.

# %%
start = make_mlp([64, 32, 10], nn.ReLU)
for name, lr in [("SGD", 0.01), ("SGD", 0.5), ("Adam", 0.01)]:
    racer = make_mlp([64, 32, 10], nn.ReLU)
    racer.load_state_dict(start.state_dict())
    opt = getattr(torch.optim, name)(racer.parameters(), lr=lr)
    loader = make_loader(X_train, y_train, batch_size=64, shuffle=True)
    means = [train_one_epoch(racer, loader, cross_entropy, opt) for _ in range(5)]
    print(f"{name:>4}, learning rate {lr:<4}: mean loss per epoch", " ".join(f"{mean:.3f}" for mean in means))

# %% [markdown]
# With the same learning rate Adam is far ahead: after five epochs SGD with 0.01 has hardly moved. With 0.5, SGD is close behind. A learning rate has another meaning for each optimizer, so never compare the two at one rate only. Adam's advantage is that its usual rates (0.001 to 0.01) work for many networks.
#
# ## 9. How good is it? Evaluation
#
# The loss of the epoch is measured while the weights move, and on images the network learns from. What we want to know is the accuracy on images it has never seen. Two switches belong to it:
#
# - `model.eval()` puts the layers into **evaluation mode**. Dropout, for example, sets random numbers to 0 while a network learns, and does nothing in this mode.
# - `torch.no_grad()`, used with `with` as in section 3, computes **without keeping the graph**: nothing will be learned, so nothing needs to be remembered. (`torch.inference_mode()` does the same, a little more strictly.)

# %%
dropout = nn.Dropout(0.5)
ones = torch.ones(8)
print("training mode:  ", dropout.train()(ones).tolist())
print("evaluation mode:", dropout.eval()(ones).tolist())

# %% [markdown]
# ## Exercise 5 — accuracy on a whole loader
# **4 points · difficulty 3 of 5 · importance 5 of 5 · about 15 min**
#
# Write `evaluate(model, loader)`: the share of **all** samples whose largest logit is at the right class, a plain float from 0 to 1. In evaluation mode, without a graph, on the model's device.
# Weights and gradients stay as they are. Whether the model is left in evaluation mode is up to you: `train_one_epoch` sets its mode itself.
#
# Batches of 4, 4 and 2 samples with 4, 2 and 1 right answers give $7 / 10 = 0.7$.
#
# <details><summary>Hint 1: a nudge</summary>
#
# The skeleton is that of exercise 4, without everything that learns. What do you count?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# `logits.argmax(dim=1)` gives one class per row. Comparing it with the labels gives True and False; their `.sum().item()` is how many are right in this batch.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
#     evaluation mode; find the device; right = 0, seen = 0
#     without a graph:
#         for every batch:
#             move it to the device, compute the logits
#             add the number of right answers, add the number of samples
#     return right / seen
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "evaluate", "locked": false, "schema_version": 3, "solution": true, "task": false}
def evaluate(model, loader):
    """Accuracy of the model on all samples of the loader, a float from 0 to 1."""
    ### BEGIN SOLUTION
    model.eval()
    where = next(model.parameters()).device
    hits, seen = 0, 0
    with torch.inference_mode():
        for inputs, targets in loader:
            guesses = model(inputs.to(where)).argmax(dim=1)
            hits += (guesses == targets.to(where)).sum().item()
            seen += len(targets)
    return hits / seen
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "evaluate-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of evaluate, what it returns: run this cell.
_model = nn.Linear(3, 3)  # its logits are its inputs
_model.load_state_dict({"weight": torch.eye(3), "bias": torch.zeros(3)})
_X = [[7, 6, 5], [5, 8, 6], [6, 5, 9], [7, 5, 6], [6, 7, 8], [8, 7, 6], [9, 8, 5], [5, 9, 6], [5, 6, 7], [9, 7, 6]]
_y = [0, 1, 2, 1, 2, 0, 0, 0, 2, 1]
_loader = DataLoader(TensorDataset(torch.tensor(_X, dtype=torch.float32), torch.tensor(_y)), batch_size=4)
expect(evaluate).of(_model, _loader).satisfies(
    lambda v: not isinstance(v, torch.Tensor), "this is a tensor. A plain number is wanted: `.item()`", "0.7, a float"
).satisfies(
    lambda v: not isinstance(v, tuple | list), "one number is wanted: the share over all batches", "0.7, a float"
).equals(
    0.7,
    mistakes={
        "this is the mean of the accuracies of the batches. The last batch is smaller and must count less": 2 / 3,
        "this is how many are right. Divide by the number of samples": 7,
        "this is in percent: the answer is from 0 to 1": 70,
        "this is the share of wrong answers": 0.3,
        "this is the accuracy of the last batch only. Add up over all batches": 0.5,
        "this is the accuracy of the first batch only: is the `return` inside the loop?": 0.75,
        "every sample counts as right: `len` counts the samples. Count those that are right, with `.sum()`": 1.0,
        "the number of right answers is divided by the number of batches. Divide by the number of samples": 7 / 3,
        "the batches count as if each were full. Divide by the number of samples": 7 / 12,
        "the shares of the batches are added up. Count the right answers instead, and divide once": 2.0,
        "the smallest logit was picked. The largest wins": 0.2,
        "nothing counts as right. Was the largest logit itself compared with the label? You need its place, argmax, one for each row: `dim=1`": 0.0,
        "the number of right answers in the last batch is divided by the number of all samples": 0.1,
    },
).satisfies(lambda v: isinstance(v, float | np.floating), "return a plain Python float", "0.7, a float")
print("evaluate: the accuracy is right.")

# %% nbgrader={"grade": true, "grade_id": "evaluate-modes", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of evaluate, its two switches: run this cell.
_seen = []


class _Spy(nn.Module):
    """Passes its input on, and writes down the mode it is in."""

    def forward(self, x):
        _seen.append((self.training, torch.is_grad_enabled()))
        return x


_model = nn.Sequential(nn.Linear(3, 3), _Spy()).train()
_loader = DataLoader(TensorDataset(torch.ones(5, 3), torch.tensor([0, 1, 2, 0, 1])), batch_size=2)
expect(evaluate).of(_model, _loader)
_grad_after = torch.is_grad_enabled()
torch.set_grad_enabled(True)
expect(_seen, name="(training mode, graph kept) for each batch").satisfies(
    lambda v: len(v) == 3, "the model should be called once for each of the three batches", "three calls"
).satisfies(
    lambda v: not any(training for training, _ in v),
    "the model was in training mode, where dropout sets numbers to 0 at random. Call model.eval() before the loop",
    "(False, False) each time",
).satisfies(
    lambda v: not any(graph for _, graph in v),
    "a graph was kept for every batch. Put the loop under torch.no_grad()",
    "(False, False) each time",
)
expect(_grad_after, name="are gradients switched on after evaluate?").satisfies(
    lambda v: v is True,
    "gradients stay switched off for everything that follows, and nothing can learn any more. `with torch.no_grad():` switches them on again at its end",
    "True",
)
print("evaluate: both switches are right.")

# %% nbgrader={"grade": true, "grade_id": "evaluate-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests use batches of one, eleven classes, a model with dropout and batch norm, a model on another device, and look at weights and gradients.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("evaluate")
for _n, _classes, _size, _what in [
    (1, 3, 8, "a single sample"),
    (5, 2, 1, "batches of one"),
    (9, 11, 4, "eleven classes, a last batch of one"),
    (6, 6, 3, "as many samples as classes"),
]:
    _Z = _rng.permutation(_n * _classes).reshape(_n, _classes) - _n * _classes  # all different, all negative
    _best = [max(range(_classes), key=_row.__getitem__) for _row in _Z.tolist()]
    _keep = _rng.random(_n) < 0.6
    _keep[0] = True
    _y = [_b if _k else (_b + 1) % _classes for _b, _k in zip(_best, _keep)]
    _model = nn.Sequential(nn.Dropout(0.9), nn.BatchNorm1d(_classes, affine=False), nn.Linear(_classes, _classes))
    _model[2].load_state_dict({"weight": torch.eye(_classes), "bias": torch.zeros(_classes)})
    _before = {_key: _value.clone() for _key, _value in _model.state_dict().items()}
    _model[2].weight.grad = torch.full((_classes, _classes), 2.0)
    _model.train()
    _loader = DataLoader(TensorDataset(torch.tensor(_Z, dtype=torch.float32), torch.tensor(_y)), batch_size=_size)
    expect(evaluate, hidden=_what).of(_model, _loader).equals(
        sum(_b == _t for _b, _t in zip(_best, _y)) / _n,
        mistakes={
            "this is the mean of the accuracies of the batches. The last batch is smaller and must count less": float(
                np.mean([np.mean(np.equal(_best, _y)[_i : _i + _size]) for _i in range(0, _n, _size)])
            )
        },
    )
    torch.set_grad_enabled(True)
    expect(_model.state_dict(), hidden=_what, name="evaluate").satisfies(
        lambda v, old=_before: all(torch.equal(v[_key], old[_key]) for _key in old),
        "the model is not what it was: its weights or its running statistics changed. Evaluating must not train",
    )
    expect([_model[2].weight.grad, _model[2].bias.grad], hidden=_what, name="evaluate").satisfies(
        lambda v: v[1] is None and bool((v[0] == 2.0).all()),
        "the gradients are not what they were. evaluate has nothing to do with them: no backward, no zero_grad",
    )


class _Elsewhere(nn.Module):
    """A model on another device than the loader's tensors: `meta`, which every machine has."""

    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(1, device="meta"))
        self.images_on = None

    def forward(self, x):
        self.images_on = x.device.type
        return torch.zeros(len(x), 2, device="meta")


_model, _stopped = _Elsewhere(), ""
_loader = DataLoader(TensorDataset(torch.zeros(4, 3), torch.zeros(4, dtype=torch.int64)), batch_size=2)
try:
    evaluate(_model, _loader)
except Exception as _error:  # a tensor on this device has no numbers, so it stops at the first one that is read
    _stopped = str(_error)
torch.set_grad_enabled(True)
expect(_model.images_on, hidden="a model on another device", name="evaluate").satisfies(
    lambda v: v == "meta", "the images stay on the device of the loader. Move them to the device of the model"
)
expect(_stopped, hidden="a model on another device", name="evaluate").satisfies(
    lambda v: "expected device" not in v and "same device" not in v,
    "the labels stay on the device of the loader. Move them to the device of the model",
)
### END HIDDEN TESTS

# %% [markdown]
# ## 10. Predict, then run: digits in seconds
#
# A fresh network `[64, 32, 10]` is about to be trained with Adam (learning rate 0.01) for 20 epochs. Write down three guesses. **Which accuracy has it before training? After one epoch? After twenty?** (1,437 images to learn from, 360 to be judged on.)

# %%
my_guesses = None  # for example (0.5, 0.6, 0.7)

# %%
model = make_mlp([64, 32, 10], nn.ReLU)
opt = torch.optim.Adam(model.parameters(), lr=0.01)
train_loader = make_loader(X_train, y_train, batch_size=64, shuffle=True)
accuracies, losses = [evaluate(model, test_loader)], []

began = time.perf_counter()
for _ in range(20):
    losses.append(train_one_epoch(model, train_loader, cross_entropy, opt))
    accuracies.append(evaluate(model, test_loader))
seconds = time.perf_counter() - began

print(
    f"before training {accuracies[0]:.1%}, after one epoch {accuracies[1]:.1%}, after twenty {accuracies[-1]:.1%}; {seconds:.1f} seconds"
)
print(f"mean loss of the first epoch {losses[0]:.3f}, of the last {losses[-1]:.3f}. You wrote {my_guesses}.")
plots.lines(
    {"training loss": losses, "test accuracy": accuracies[1:]},
    title="A network learns to read digits",
    x_label="epoch",
    y_label="loss, and accuracy from 0 to 1",
)

# %% [markdown]
# Before training it guesses: one in ten is right, more or less. The largest part is learned in the first few epochs. This is your first trained PyTorch network, and the loop that trained it is all your own.
#
# ## 11. The milestone: MNIST
#
# **MNIST** is the data set on which generations of networks learned to read: 60,000 images to learn from and 10,000 to be judged on, 28 × 28 pixels each, from 0 (paper, drawn black) to 255 (ink, drawn white).
# The two cells after the next one need the network once, for 12 MB, and then a few seconds of training (3.5 on two cores; on a busy computer it may be a minute). Without a network they say so, and everything after them works. (No check needs MNIST. Grading skips these two cells, and one more in section 12 that repeats an experiment.)
#
# First the **device**. A graphics card does many multiplications at once. Code should take what is there instead of assuming it: `cuda` is an NVIDIA card, `mps` the graphics part of an Apple processor, `cpu` is always there. `model.to(device)` moves the parameters; your functions move the batches.

# %%
if torch.cuda.is_available():
    device = torch.device("cuda")
elif torch.backends.mps.is_available():
    device = torch.device("mps")
else:
    device = torch.device("cpu")
print("this notebook computes on:", device)

# %% tags=["skip-execution"]
try:
    mnist_X, mnist_y, mnist_X_test, mnist_y_test = datasets.mnist()
except datasets.DataError as error:
    mnist_X = None
    print(error, "\n\nNo MNIST here: go on with section 12.")

if mnist_X is not None:
    mnist_train = make_loader(mnist_X.reshape(-1, 784) / 255, mnist_y, batch_size=128, shuffle=True)
    mnist_test = make_loader(mnist_X_test.reshape(-1, 784) / 255, mnist_y_test, batch_size=1000, shuffle=False)
    mnist_model = make_mlp([784, 128, 10], nn.ReLU).to(device)
    opt = torch.optim.Adam(mnist_model.parameters(), lr=0.002)
    began = time.perf_counter()
    for epoch in range(5):
        mean_loss = train_one_epoch(mnist_model, mnist_train, cross_entropy, opt)
        share = evaluate(mnist_model, mnist_test)
        print(f"epoch {epoch + 1}: mean loss {mean_loss:.4f}, accuracy on unseen images {share:.2%}")
    print(f"{time.perf_counter() - began:.1f} seconds on {device}; above 95 %: {share > 0.95}")

# %% tags=["skip-execution"]
picture = None
if mnist_X is not None:
    mnist_images = torch.from_numpy(mnist_X_test.reshape(-1, 784) / 255).float()
    with torch.no_grad():
        answers = mnist_model(mnist_images.to(device)).argmax(dim=1).cpu().numpy()
    wrong = np.flatnonzero(answers != mnist_y_test)
    print(f"{len(wrong)} of {len(mnist_y_test)} are wrong; the first 24:")
    picture = plots.image_grid(
        mnist_X_test[wrong[:24]],
        [f"says {a}, is {t}" for a, t in zip(answers[wrong[:24]], mnist_y_test[wrong[:24]])],
        title="Handwritten digits that the network reads wrongly",
        wrong=np.ones(len(wrong[:24]), dtype=bool),
    )
picture

# %% [markdown]
# More than 95 of 100 unseen digits are right, after a few seconds, with one hidden layer and the loop you wrote. Look at the mistakes: would you have read all of them?
#
# ## 12. Which activation? An experiment
#
# Lesson 2 said which activation one takes when. Now you measure it: everything the same, except the activation, and chance (start weights, order of batches).
#
# ## Exercise 6 — compare activations
# **4 points · difficulty 3 of 5 · importance 4 of 5 · about 15 min**
#
# Write `compare_activations(activations, sizes, train_loader, test_loader, epochs, lr)`. `activations` is a dictionary from a name to a class, such as `{"ReLU": nn.ReLU, "tanh": nn.Tanh}`. For each of them
#
# - make a **fresh** network with `make_mlp(sizes, ...)` and a **fresh** `torch.optim.Adam` for its parameters, with learning rate `lr`;
# - train it for `epochs` epochs with `train_one_epoch` and `nn.CrossEntropyLoss()` on `train_loader`;
# - after **each** epoch, note its accuracy on `test_loader`, with `evaluate`.
#
# Return a dictionary from each name to its list of `epochs` numbers.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Section 10 does it for one network. What must be made anew for each activation, and what is shared?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Two loops, one inside the other. `for name, activation in activations.items()` gives the key and the class. Network, optimizer and list are made inside the outer loop and before the inner one.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
#     an empty dictionary
#     for every name and class:
#         a network, an Adam for the parameters of this network, an empty list
#         for every epoch:
#             train one epoch
#             append the accuracy on the test loader
#         the dictionary's entry for this name is the list
#     return the dictionary
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "compare_activations", "locked": false, "schema_version": 3, "solution": true, "task": false}
def compare_activations(activations, sizes, train_loader, test_loader, epochs, lr):
    """Train one network per activation. Returns {name: [test accuracy after epoch 1, after epoch 2, ...]}."""
    ### BEGIN SOLUTION
    curves = {}
    for label, kind in activations.items():
        network = make_mlp(sizes, kind)
        adam = torch.optim.Adam(network.parameters(), lr=lr)
        curves[label] = []
        for _epoch in range(epochs):
            train_one_epoch(network, train_loader, nn.CrossEntropyLoss(), adam)
            curves[label].append(evaluate(network, test_loader))
    return curves
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "compare_activations-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of compare_activations: run this cell.
# Eight classes, told apart by which input is on: learned within the first epoch. Two of the eight test labels are wrong on purpose.
_visits, _ran = [], []


class _Noted(DataLoader):
    """Writes down when it is read."""

    def __iter__(self):
        _visits.append(self.kind)
        yield from DataLoader.__iter__(self)


class _Spy(nn.Module):
    """An activation that passes its input on, times a weight that starts at 1, and writes down what it sees."""

    def __init__(self, *_):
        nn.Module.__init__(self)
        self.mark = nn.Parameter(torch.ones(()))

    def forward(self, x):
        mark = self.mark.clone()
        return self.noted(x, mark, x * mark)

    def noted(self, x, mark, answer):
        seen = {"spy": self, "epoch": len(_visits), "loader": (_visits or [""])[-1], "gradient": None}
        seen |= {"x": x.detach().clone(), "mark": mark.item()}
        for what, part in [("gradient", answer), ("gradient of mark", mark)]:
            if part.requires_grad:  # the hook is called when the backward pass comes by
                part.register_hook(lambda gradient, what=what: seen.update({what: gradient.detach().double()}))
        _ran.append(seen)
        return answer


class _SpyOne(_Spy):
    pass


class _SpyTwo(_Spy):
    pass


def _adam(gradients, epochs, lr, anew):
    """Where Adam takes a weight that starts at 0: its place before each gradient. (steps, ...) -> (steps, ...)"""
    weight, places = torch.zeros_like(gradients[0]), []
    for step, gradient in enumerate(gradients):
        if step == 0 or (anew and epochs[step] != epochs[step - 1]):
            adam = torch.optim.Adam([weight], lr=lr)
        places.append(weight.clone())
        weight.grad = gradient
        adam.step()
    return torch.stack(places)


def _like_adam(gradients, epochs, moves, lr, anew=False, tol=1e-4, of=lambda places: places):
    """Whether the weight moved as Adam moves it. Gradients that pile up are the fault of train_one_epoch alone."""
    rounds = torch.unique_consecutive(torch.tensor(epochs), return_counts=True)[1].tolist()
    in_each_epoch = torch.cat([part.cumsum(0) for part in gradients.split(rounds)])
    return any(
        torch.allclose(of(_adam(given, epochs, lr, anew)), moves, rtol=0, atol=tol)
        for given in (gradients, in_each_epoch, gradients.cumsum(0))
    )


def _works(number, name, attempt):
    try:
        good = bool(attempt())
    except Exception:
        good = False
    expect(good, name=f"does {name} work?").satisfies(
        lambda v: v,
        f"this exercise builds on {name}, and {name} does not work yet: first mend exercise {number}",
        "True",
    )


def _identity():
    layer = nn.Linear(8, 8)
    layer.load_state_dict({"weight": torch.eye(8), "bias": torch.zeros(8)})
    return layer


_X, _y = 3 * torch.eye(8).repeat(64, 1), torch.arange(8).repeat(64)
_few, _line = DataLoader(TensorDataset(_X[:8], _y[:8]), batch_size=4), _identity()
_kinds_of = lambda net: [type(part) for part in net.modules() if not isinstance(part, nn.Sequential)]  # noqa: E731
_works(2, "make_mlp", lambda: _kinds_of(make_mlp([4, 3, 2], nn.Tanh)) == [nn.Linear, nn.Tanh, nn.Linear])
_sgd = torch.optim.SGD(_line.parameters(), lr=0.1)
_works(
    4,
    "train_one_epoch",
    lambda: (
        train_one_epoch(_line, _few, nn.CrossEntropyLoss(), _sgd) > 0 and not torch.equal(_line.weight, torch.eye(8))
    ),
)
_works(5, "evaluate", lambda: evaluate(_identity(), _few) == 1.0)

_train = _Noted(TensorDataset(_X, _y), batch_size=32)
_test = _Noted(TensorDataset(_X[:8], torch.tensor([1, 0, 2, 3, 4, 5, 6, 7])), batch_size=8)
_train.kind, _test.kind = "t", "e"
_curves = (
    expect(compare_activations)
    .of({"one": _SpyOne, "two": _SpyTwo}, [8, 16, 8], _train, _test, 3, 0.05)
    .satisfies(
        lambda v: isinstance(v, dict),
        "return a dictionary from names to lists",
        "a dictionary of two lists of 3 numbers",
    )
    .satisfies(
        lambda v: not any(isinstance(key, type) for key in v),
        "the keys are the classes. Use the names: the keys of the dictionary that is passed in",
        "the keys 'one' and 'two'",
    )
    .satisfies(
        lambda v: set(v) == {"one", "two"},
        "there is not one entry for each name. Is the `return` inside the loop, or is a name written down?",
        "the keys 'one' and 'two'",
    )
    .satisfies(
        lambda v: len({id(curve) for curve in v.values()}) == 2 or not isinstance(v["one"], list),
        "all names share one list. Make a new list for every activation",
        "two lists of 3 numbers",
    )
    .value
)
_learned = [seen for seen in _ran if seen["loader"] == "t"]
_of_kind = [len({id(seen["spy"]) for seen in _learned if isinstance(seen["spy"], kind)}) for kind in (_SpyOne, _SpyTwo)]
expect("".join(_visits), name="the loaders in the order in which they are read (t: training, e: test)").satisfies(
    lambda v: "t" in v, "nothing learns from the training loader. Did you train on the test loader, or not at all?"
).satisfies(
    lambda v: v[0] == "t",
    "the test loader comes first: is there an accuracy from before training? Train, then evaluate",
).satisfies(
    lambda v: "ee" not in v,
    "the test data are looked at twice with no training in between. Train one epoch, evaluate, repeat",
)
expect(_of_kind, name="how many networks learned with the class of each name").satisfies(
    lambda v: sum(v) > 0,
    "no network has an activation that is passed in. Is it made before the loop, or with nn.ReLU for every name?",
    "[1, 1]",
).satisfies(
    lambda v: min(v) > 0,
    "a name has no network with its own activation: is the network made once, for the first name? Make it inside the outer loop",
    "[1, 1]",
).satisfies(lambda v: max(v) == 1, "the network is made anew for every epoch. Make it before the inner loop", "[1, 1]")
expect({seen["x"].shape[-1] for seen in _learned}, name="the sizes of the hidden layers").satisfies(
    lambda v: v == {16}, "the networks have other sizes than those passed in: `make_mlp(sizes, ...)`", "{16}"
)
_moved, _rates, _as_wanted, _anew, _with_another_rate = [], [], [], [], []
for _kind in (_SpyOne, _SpyTwo):
    _steps = [seen for seen in _learned if isinstance(seen["spy"], _kind) and seen["gradient"] is not None]
    expect(len(_steps), name="the backward passes through a network").satisfies(
        lambda v: v > 1, "no gradient ever reached the weights: is train_one_epoch called?", "more than 1"
    )
    _gradients = torch.stack([seen["gradient of mark"] for seen in _steps])
    _moves = torch.tensor([seen["mark"] - _steps[0]["mark"] for seen in _steps], dtype=torch.float64)
    _seen = (_gradients, [seen["epoch"] for seen in _steps], _moves)
    _rate = round(abs(_moves[1].item()), 6)  # the first step of Adam is as long as its learning rate
    _moved.append(bool(_moves.any()))
    _rates.append(_rate)
    _as_wanted.append(_like_adam(*_seen, 0.05))
    _anew.append(_like_adam(*_seen, 0.05, anew=True))
    _at_that_rate = _like_adam(*_seen, _rate) or _like_adam(*_seen, _rate, anew=True)
    _with_another_rate.append(_at_that_rate and not (_as_wanted[-1] or _anew[-1]))
expect(_moved, name="does the optimizer hold the weights of the network that learns?").satisfies(
    all,
    "the optimizer holds the weights of another network. Make it inside the outer loop, after the network",
    "True each time",
)
expect(_rates, name="the learning rates, read from the first steps").satisfies(
    lambda v: not any(_with_another_rate), "the learning rate `lr` is not handed to the optimizer", "[0.05, 0.05]"
)
expect(_as_wanted, name="does every weight move as Adam moves it?").satisfies(
    lambda v: all(v) or not any(_anew),
    "the optimizer is made anew for every epoch. Make it before the inner loop",
    "True each time",
).satisfies(
    all,
    "these are not its steps: the exercise wants torch.optim.Adam, and a train_one_epoch that is right",
    "True each time",
)
for _name, _curve in _curves.items():
    expect(_curve, name=f"the entry of {_name!r}").satisfies(
        lambda v: np.ndim(v) == 0 or len(v) <= 3,
        "there are more numbers than epochs. Make a new, empty list for every activation; or is there one from before training, or a fixed number of epochs?",
        "3 numbers, one per epoch",
    )
    expect(_curve, name=f"the entry of {_name!r}").satisfies(
        lambda v: np.ndim(v) != 1 or len(v) != 3 or all(float(8 * share).is_integer() for share in v),
        "these are no accuracies. Are they the losses of the epochs? Note what evaluate says",
        "[0.75, 0.75, 0.75]",
    ).equals(
        [0.75, 0.75, 0.75],
        mistakes={
            "this is the accuracy on the training data. Judge on the test loader (or did you train on the test loader?)": [
                1.0,
                1.0,
                1.0,
            ],
            "this is one number. Note the accuracy after every epoch, in a list": 0.75,
            "there is one accuracy only. Train `epochs` epochs, and note the accuracy after each": [0.75],
            "there are two accuracies: is the number of epochs fixed? Train `epochs` epochs": [0.75, 0.75],
            "this is in percent: accuracies are from 0 to 1": [75.0, 75.0, 75.0],
        },
    )
print("compare_activations: this check is passed.")

# %% nbgrader={"grade": true, "grade_id": "compare_activations-hidden", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# Hidden tests watch which networks are trained, by which optimizer, on which data, and with which activation.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("compare_activations")
_visits, _ran = [], []
_X, _inside = torch.from_numpy(_rng.normal(size=(6, 5))).float(), torch.from_numpy(_rng.normal(size=(6, 4))).float()
_y = torch.tensor([0, 0, 1, 1, 2, 2])
_asked, _labels = (torch.from_numpy(_rng.integers(0, 3, size=8)) for _ in range(2))
_labels[0] = _asked[0]
_features = {  # what the spies answer, by rows and width: so the input of each layer stays the same while it learns
    (6, 4): _inside,
    (6, 6): 4.0 * torch.eye(6)[_y],
    (8, 4): torch.ones(8, 4),
    (8, 6): 4.0 * torch.eye(6)[_asked],
}


class _First(_Spy):
    """Answers what is fixed beforehand, and lets the gradient through as if it passed its input on."""

    def forward(self, x):
        fixed = _features.get(tuple(x.shape), x.detach())
        mark = self.mark.clone()
        return self.noted(x, mark, fixed + (x - x.detach()) + (mark - mark.detach()))


class _Second(_First):
    pass


_train = _Noted(TensorDataset(_X.repeat(10, 1), _y.repeat(10)), batch_size=6)
_test = _Noted(TensorDataset(torch.ones(8, 5), _labels), batch_size=8)
_train.kind, _test.kind = "t", "e"
_lr = float(_rng.uniform(0.05, 0.1))
_curves = (
    expect(compare_activations, hidden="three names, two hidden layers, two epochs")
    .of({"one": _First, "two": _Second, "three": _First}, [5, 4, 6, 3], _train, _test, 2, _lr)
    .leaves_arguments_unchanged()
    .satisfies(
        lambda v: set(v) == {"one", "two", "three"} and all(len(curve) == 2 for curve in v.values()),
        "there is not one list of `epochs` numbers for each name",
    )
    .value
)


def _watched(value, property_in_words):
    return expect(value, hidden=property_in_words, name="compare_activations")


_watched("".join(_visits), "one epoch, then one look at the test data").satisfies(
    lambda v: "t" in v, "the training loader is never read. Learn from it, and not from the test data"
).satisfies(
    lambda v: "e" in v, "the test loader is never read. Judge each network on images it has not learned from"
).satisfies(
    lambda v: v[0] == "t", "the test loader is read before the first epoch. Train one epoch, then evaluate"
).satisfies(
    lambda v: "ee" not in v,
    "the test loader is read twice without training in between. Train one epoch, then evaluate, in every round of the loop",
).satisfies(lambda v: v.count("e") == 6, "the test loader is not read once per epoch and network")
_networks = {}  # the spies that run in one epoch make a network
for _epoch in sorted({_seen["epoch"] for _seen in _ran}):
    _part = [_seen for _seen in _ran if _seen["epoch"] == _epoch and _seen["gradient"] is not None]
    if _part and _part[0]["loader"] == "t":
        _networks.setdefault(frozenset(id(_seen["spy"]) for _seen in _part), []).extend(_part)
_networks = list(_networks.values())
_watched([len(_networks)], "every activation has a network of its own").satisfies(
    lambda v: v[0] > 0, "no network learns with an activation that is passed in. Give each class to make_mlp"
).satisfies(
    lambda v: v[0] >= 3,
    "one network is used for several activations, so the second goes on where the first one stopped. Make it inside the outer loop",
).satisfies(
    lambda v: v[0] == 3, "a new network is made in every epoch. Make it inside the outer loop and before the inner one"
)
_shapes = [[tuple(_seen["x"].shape) for _seen in _network] for _network in _networks]
_watched(_shapes, "the sizes that are passed in").satisfies(
    lambda v: all(_each == [(6, 4), (6, 6)] * max(2, len(_each) // 2) for _each in v),
    "the networks do not have the sizes that are passed in, or do not learn from the batches of the training loader",
)
_kinds = [sorted({type(_seen["spy"]).__name__ for _seen in _network}) for _network in _networks]
_watched(_kinds, "every network has its own activation").satisfies(
    lambda v: sorted(v) == [["_First"], ["_First"], ["_Second"]],
    "the networks do not have the activations that are passed in. Give each class to make_mlp",
)
_weights = []  # of every weight and layer that a spy can see: gradients, epochs, moves, and how a move shows
for _network in _networks:
    _epochs = [_seen["epoch"] for _seen in _network[::2]]
    _through = {}
    for _place, _inputs in enumerate((_X, _inside)):
        _calls = _network[_place::2]
        _inputs = torch.cat([_inputs, torch.ones(6, 1)], dim=1).double()  # the column of ones belongs to the bias
        _flow = torch.stack([_seen["gradient"] for _seen in _calls])
        _scores = torch.stack([_seen["x"] for _seen in _calls]).double()
        _weights.append(
            (_flow.mT @ _inputs, _epochs, _scores - _scores[0], 0.5 * _lr, lambda v, given=_inputs: given @ v.mT)
        )
        _marks = torch.tensor([_seen["mark"] for _seen in _calls], dtype=torch.float64)
        _so_far = _through.get(id(_calls[0]["spy"]), (0, None))[0]  # one spy may stand in both places
        _through[id(_calls[0]["spy"])] = (
            _so_far + torch.stack([_seen["gradient of mark"] for _seen in _calls]),
            _marks - _marks[0],
        )
    _weights += [(_flow, _epochs, _moves, 1e-4, lambda v: v) for _flow, _moves in _through.values()]


def _all_like_adam(lr, anew=False):
    return all(_like_adam(flow, when, moves, lr, anew, tol, of) for flow, when, moves, tol, of in _weights)


_watched([bool(_moves.any()) for _, _, _moves, _, _ in _weights], "the weights of each network learn").satisfies(
    all,
    "the optimizer belongs to another network, or holds a part of this one only. Make it for each network, with all its parameters",
)
_rate = max(_moves[1].abs().item() for _, _, _moves, _, _ in _weights if _moves.ndim == 1)  # of the first step
_right, _anew = _all_like_adam(_lr), _all_like_adam(_lr, anew=True)
_watched(_rate, "the learning rate that is passed in").satisfies(
    lambda v: _right or _anew or not (_all_like_adam(v) or _all_like_adam(v, anew=True)),
    "the learning rate is not the one that is passed in",
)
_watched(_right, "the optimizer").satisfies(
    lambda v: v or not _anew,
    "a new optimizer is made in every epoch, and forgets what Adam has learned about the gradients. Make it before the inner loop",
).satisfies(
    lambda v: v, "these are not the steps of torch.optim.Adam, on all weights, with a train_one_epoch that is right"
)
_sure = nn.Linear(3, 3)  # answers what the last layer of each network has learned, if it learns
_sure.load_state_dict({"weight": torch.eye(3), "bias": torch.zeros(3)})
_share = evaluate(_sure, DataLoader(TensorDataset(torch.eye(3)[_asked], _labels), batch_size=8))
_watched([_curve[-1] for _curve in _curves.values()], "the accuracy after the last epoch").satisfies(
    lambda v: all(abs(_last - _share) < 1e-6 for _last in v),
    "these are not the accuracies on the test loader, or the last layer does not learn",
)
### END HIDDEN TESTS

# %% [markdown]
# Now the experiment. Three hidden layers make the difference easy to see: `[64, 32, 32, 32, 10]`, Adam with 0.003, 20 epochs on the small digits. Before you run it: **which of the three will be behind, and when?**

# %%
my_guess = None  # "ReLU", "sigmoid" or "tanh"

# %%
activations = {"ReLU": nn.ReLU, "sigmoid": nn.Sigmoid, "tanh": nn.Tanh}
train_loader = make_loader(X_train, y_train, batch_size=64, shuffle=True)
curves = compare_activations(activations, [64, 32, 32, 32, 10], train_loader, test_loader, epochs=20, lr=0.003)
for name, curve in curves.items():
    print(
        f"{name:>7}: after epoch 1 {curve[0]:.0%}, 3 {curve[2]:.0%}, 5 {curve[4]:.0%}, 10 {curve[9]:.0%}, 20 {curve[19]:.0%}"
    )
print(f"You wrote {my_guess}.")
plots.lines(
    curves,
    title="Three activations; else only chance differs",
    x_label="epoch",
    y_label="accuracy on 360 unseen digits",
)

# %% [markdown]
# Is that luck? The start weights are random. So we repeat it: two more runs, each with new start weights.

# %% tags=["skip-execution"]
for attempt in range(2):
    again = compare_activations(activations, [64, 32, 32, 32, 10], train_loader, test_loader, epochs=20, lr=0.003)
    told = [f"{name} {curve[4]:.0%} then {curve[19]:.0%}" for name, curve in again.items()]
    print(f"run {attempt + 1}, after 5 and 20 epochs: " + ", ".join(told))

# %% [markdown]
# One more number helps to explain it. How large are the gradients that reach the **first** layer, in a fresh network, for one batch?

# %%
for name, activation in activations.items():
    sizes_of_gradients = []
    for _ in range(5):
        fresh = make_mlp([64, 32, 32, 32, 10], activation)
        cross_entropy(fresh(images[:64]), labels[:64]).backward()
        weights = [parameter for parameter in fresh.parameters() if parameter.ndim == 2]  # one matrix per layer
        first, last = weights[0].grad.abs().mean().item(), weights[-1].grad.abs().mean().item()
        sizes_of_gradients.append((first, last))
    first, last = np.mean(sizes_of_gradients, axis=0)
    print(
        f"{name:>7}: mean size of the gradient, first layer {first:.6f}, last layer {last:.6f}, ratio {first / last:.4f}"
    )

# %% [markdown]
# Adam rescales each step, so it hides a part of this. How far do the first weights move in one epoch, and how good is plain SGD (0.1) after 20?

# %%
for name, activation in activations.items():
    moves = []
    for kind, rate in [(torch.optim.Adam, 0.003), (torch.optim.SGD, 0.1)]:
        fresh = make_mlp([64, 32, 32, 32, 10], activation)
        opt = kind(fresh.parameters(), lr=rate)
        weights = next(fresh.parameters())  # of the first layer
        start = weights.detach().clone()
        train_one_epoch(fresh, train_loader, cross_entropy, opt)
        moves.append((weights.detach() - start).abs().mean().item())
    for _ in range(19):
        train_one_epoch(fresh, train_loader, cross_entropy, opt)
    print(
        f"{name:>7}: mean move, Adam {moves[0]:.5f}, SGD {moves[1]:.5f}; SGD ends at {evaluate(fresh, test_loader):.0%}"
    )

# %% [markdown]
# The slope explains the small gradients and the SGD result. Under Adam the first weights move about equally far, so there it is not the whole story.
#
# ## Exercise 7 — what does the experiment show?
# **3 points · difficulty 3 of 5 · importance 4 of 5 · about 15 min · read by your instructor**
#
# Write a conclusion of 5 to 8 sentences. Say what was compared and what was kept the same; what the picture shows, with numbers from it; why, using the slope of each activation (lesson 2) and the gradients printed above; and what this experiment does **not** show.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Compare the three curves in the first five epochs, and then at the end. Are both differences of the same kind?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# A gradient that travels back through an activation is multiplied by its slope. The sigmoid's slope is at most 1/4. What is left after three of them, before the weights multiply too? And what does Adam do with a small gradient?
#
# </details>
# <details><summary>Hint 3: almost an answer</summary>
#
# One test image more or less is 0.3 percent. Look at how much the runs differ from each other, and say which of your differences are larger than that. Then name what was never varied.
#
# </details>

# %% [markdown] nbgrader={"grade": true, "grade_id": "activation_conclusion", "locked": false, "points": 3, "schema_version": 3, "solution": true, "task": false}
# ### BEGIN SOLUTION
# Three networks of the sizes [64, 32, 32, 32, 10] were trained on the same 1,437 digits with the same optimizer (Adam, 0.003) and the same number of epochs; only the activation differed, and chance: the start weights and the order of the batches.
# The sigmoid learns far more slowly: after three epochs it is still near one in ten, where ReLU and tanh read most digits, and after 20 epochs it is ten to twenty points behind their 93 to 97 percent.
# Tanh is ahead of ReLU in the first epochs, and at the end the two are a few images apart.
# The gap of the sigmoid is much larger than what the repeated runs differ by; the difference between ReLU and tanh at the end is not, so I do not call one of them better.
# The slope explains the small gradients. A gradient on its way back is multiplied by the slope of every activation: for the sigmoid that is at most 1/4, so after three of them at most 1/64 is left, before the weights make it smaller still.
# ReLU has slope 1 where it is on, and tanh up to 1. The printed gradients agree: with the sigmoid the first layer gets a few thousandths of what the last layer gets, with the other two far more. With SGD this stops the learning; Adam rescales the steps and hides a part of it, so the slope alone does not explain the Adam curves.
# The experiment does not show that the sigmoid cannot learn this: its curve still rises at the end. It does not say what happens with other depths, learning rates, start weights, data or longer training, because none of these was varied.
# ### END SOLUTION

# %% [markdown]
# ## 13. A layer of another kind: `nn.Conv2d`
#
# `nn.Linear` connects every pixel with every neuron, and does not know which pixels are neighbors. A **convolution** looks through a small window: the same few weights slide over the whole image, and at each place they are multiplied with the pixels below and added up. The window is a **filter**: what it looks for, it finds anywhere.
# `nn.Conv2d(in_channels, out_channels, kernel_size)` takes images of shape `(n, channels, height, width)`. Gray images have one channel; each filter makes one channel of the output. `padding=1` puts a frame of zeros around the image, so that a 3 × 3 filter keeps its size.

# %%
pictures = images.reshape(-1, 1, 8, 8)  # the axis of the channels comes second
conv = nn.Conv2d(in_channels=1, out_channels=2, kernel_size=3, padding=1)
print("in ", tuple(pictures[:5].shape), " out", tuple(conv(pictures[:5]).shape), " weight", tuple(conv.weight.shape))

as_linear = nn.Linear(1 * 8 * 8, 2 * 8 * 8)  # a dense layer from as many numbers to as many
for layer in (conv, as_linear):
    print(f"{type(layer).__name__:>7}: {sum(parameter.numel() for parameter in layer.parameters()):>5} parameters")

# %% [markdown]
# Two filters of 9 weights and 1 bias each: 20 numbers, where a dense layer of the same inputs and outputs needs thousands. We set the filters by hand, one for upright edges and one for level edges.

# %%
with torch.no_grad():
    conv.bias.zero_()
    conv.weight[0, 0] = torch.tensor([[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]])  # right minus left
    conv.weight[1, 0] = torch.tensor([[-1.0, -2.0, -1.0], [0.0, 0.0, 0.0], [1.0, 2.0, 1.0]])  # below minus above
    edges = conv(pictures[:8]).abs()  # (8, 2, 8, 8): how strong each edge is

drawn = [pictures[:8, 0], edges[:, 0] / edges.max(), edges[:, 1] / edges.max()]
kinds = ["the digit", "upright edges", "level edges"]
plots.image_grid(
    np.concatenate([part.numpy() for part in drawn]),
    [kind for kind in kinds for _ in range(8)],
    title="Eight digits, and what two edge filters find in them",
)

# %% [markdown]
# Nobody sets filters by hand in practice: their weights are parameters, and the loop you wrote learns them. You build convolutions in week 07.
#
# ## How GPT uses this
#
# GPT-2 is trained by this very loop. A batch of texts goes through the model and gives logits of shape `(batch, n_tokens, 50257)`. They are reshaped to `(batch · n_tokens, 50257)`, the labels are the next tokens, `(batch · n_tokens,)`, and the loss is `nn.CrossEntropyLoss()`.
# Then come `backward()`, the step of a relative of Adam (AdamW), and `zero_grad()`. The layers inside are `nn.Linear` and `nn.GELU`. A model that knows nothing starts where you expect it:

# %%
know_nothing = torch.zeros(2, 3, 50257)  # 2 texts of 3 tokens: all logits equal
next_tokens = torch.tensor([[11, 262, 50256], [0, 7, 1]])
print(
    f"loss {cross_entropy(know_nothing.reshape(6, 50257), next_tokens.reshape(6)).item():.4f}, log(50257) = {np.log(50257):.4f}"
)

# %% [markdown]
# ## Coming from C# or Java
#
# - `model(images)` calls an object. Python turns it into a call of the object's method `__call__`, which does some bookkeeping and calls `forward`. Think of a functional interface with one method.
# - Classes are values. `make_mlp(sizes, nn.ReLU)` passes the class itself, as you would pass a factory or a `Supplier`; the parentheses in `activation()` make the object.
# - `nn.Sequential(*layers)` spreads a list over the arguments, like an array handed to a varargs parameter.
# - `with torch.no_grad():` is the `using` of C# or the try-with-resources of Java: the switch is turned back at the end, also when an error flies out.
# - Gradients are hidden state. `backward()` returns nothing and writes into `.grad` of every parameter; `step()` reads it there. That is why a forgotten `zero_grad()` raises no error.
#
# ## If you are stuck
#
# Here are five errors that everybody meets, made on purpose. Read each message once in peace.

# %%
net = nn.Sequential(nn.Linear(64, 10))
good_images, good_labels = images[:4], labels[:4]
used = cross_entropy(net(good_images), good_labels)
used.backward()
mistakes = {
    "images of the wrong size": lambda: net(good_images[:, :63]),
    "float64 images": lambda: net(good_images.double()),
    "labels that are floats": lambda: cross_entropy(net(good_images), good_labels.float()),
    "backward twice on one loss": lambda: used.backward(),
    "forward of a tensor": lambda: net(good_images).forward(),
}
for what, mistake in mistakes.items():
    try:
        mistake()
    except Exception as error:
        print(f"{what}\n    {type(error).__name__}: {str(error).split('. ')[0]}")

# %% [markdown]
# | what you see | likely cause |
# |---|---|
# | `mat1 and mat2 shapes cannot be multiplied (4x63 and 64x10)` | the batch has 63 numbers per image, and the layer wants 64. Images of shape `(n, 28, 28)` must be reshaped to `(n, 784)` first |
# | `expected Float but found Double`, or `must have the same dtype` | NumPy's float64 met a float32 layer: `.float()` |
# | `expected scalar type Long`, or `expected target dtype to be Long` | the labels of cross-entropy must be whole numbers: `.long()` |
# | `Trying to backward through the graph a second time` | the loss was not computed anew in this round, or an earlier line failed and `loss` is an old one (section 7) |
# | `'Tensor' object has no attribute 'forward'` | `model(images)` is the forward pass already |
# | `element 0 of tensors does not require grad` | the logits were computed under `no_grad`, or went through NumPy, `.item()` or `.detach()` |
# | the loss does not move | no `step()`, or the optimizer has the parameters of another model |
# | the loss falls, then jumps about or becomes `nan` | the learning rate is too large, or `zero_grad()` is missing |
# | the loss stays above 1.46 for ten classes | double softmax (section 5) |
# | the accuracy changes from call to call | the model is still in training mode: `model.eval()` |
#
# The words of these messages differ a little between versions of PyTorch.
#
# ## Checkpoint
#
# Answer each question aloud before you open it.
#
# <details><summary>What are the shapes of weight and bias of nn.Linear(784, 128)?</summary>
#
# `(128, 784)` and `(128,)`: one row of weights per neuron.
#
# </details>
# <details><summary>Which lines make one round of the training loop, and in which order?</summary>
#
# Zero the gradients, forward, loss, backward, step. Zeroing may also come later, as long as it does not stand between backward and step.
#
# </details>
# <details><summary>Why does the last layer have neither ReLU nor softmax?</summary>
#
# Logits must be free to be any number, and `nn.CrossEntropyLoss` does the softmax itself.
#
# </details>
# <details><summary>A colleague writes model(images).forward(), sees an error, runs the next cell with loss.backward(), and it works. What did it compute?</summary>
#
# The gradient of whatever batch made the `loss` that is still there. The new images had no part in it.
#
# </details>
# <details><summary>What do model.eval() and torch.no_grad() do? Does one replace the other?</summary>
#
# `eval()` changes how layers such as dropout compute. `no_grad` keeps no graph. Neither does the other's job.
#
# </details>
#
# You have a training loop that you can write from memory, and networks that read digits. **Next:** week 03 opens the box. There you compute by hand what `backward()` computed here, and write the optimizers yourself.
