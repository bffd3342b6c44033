# %% [markdown]
# # Week 03 · Lesson 5 — PyTorch fundamentals
#
# **About 125 minutes.** You have built backpropagation, a training loop and optimizers in NumPy. Now you look inside PyTorch with that knowledge, and check its autograd against your own hand: a network of three layers, forward and backward, on bare tensors.
#
# | built before | built here | unlocks next |
# |---|---|---|
# | the backward pass of a layer (lesson 2), the training loop (lesson 3), optimizers (lesson 4), a first PyTorch network (week 00, lesson 4) | `to_tensors`, `gradient_at`, a three-layer network by hand, `train_step`, `predict_classes`, `ThreeLayerNet` | lesson 6 (MNIST in NumPy and in PyTorch), lesson 7 (the two compared) |
#
# After this lesson you can
#
# - say which tensors get a gradient, when, and where it is kept;
# - write forward and backward of a three-layer network without `nn` and without autograd, and prove it right;
# - say what `.backward()` changes and what `.step()` changes, and what `zero_grad` is for;
# - use `train()`, `eval()` and `no_grad` on purpose, and write an `nn.Module` and a `Dataset` of your own.
#
# Section 4 is the challenge **"three layers by hand"** of the course. It is the longest exercise here; leave time for it.
#
# The first cell has two helpers. Both draw start weights from a seed, so that you see the numbers that stand in the text, up to rounding.

# %%
import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, Dataset

from groundup import datasets, plots
from groundup.checks import calls, expect, fresh_rng, given


def he_params(sizes, seed):
    """Start weights [(W1, b1), ...] as bare float64 tensors: W (d_in, d_out), b (d_out,) zeros."""
    dice = torch.Generator().manual_seed(seed)
    pairs = zip(sizes[:-1], sizes[1:])
    return [
        (torch.randn(i, o, generator=dice, dtype=torch.float64) * (2 / i) ** 0.5, torch.zeros(o, dtype=torch.float64))
        for i, o in pairs
    ]


def reseed(model, seed):
    """The same model with start weights drawn from a seed; biases 0."""
    dice = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for part in model.parameters():
            if part.ndim == 2:
                part.normal_(0.0, (2 / part.shape[1]) ** 0.5, generator=dice)
            else:
                part.zero_()
    return model


# %% [markdown]
# ## 1. Tensors and their dtypes
#
# A tensor has one dtype for all its entries, and PyTorch guesses it from what you give: whole numbers become **int64**, Python floats **float32**, and a NumPy array keeps its own dtype. Layers are float32, class labels must be int64. Most first errors come from here.

# %%
for what, made in {
    "torch.tensor([1, 2])": torch.tensor([1, 2]),
    "torch.tensor([1.0, 2.0])": torch.tensor([1.0, 2.0]),
    "torch.tensor(np.array([1.0, 2.0]))": torch.tensor(np.array([1.0, 2.0])),
    "float32 tensor + float64 tensor": torch.ones(2) + torch.ones(2, dtype=torch.float64),
    "int64 tensor + float32 tensor": torch.ones(2, dtype=torch.int64) + torch.ones(2),
    "float32 tensor + 1.5": torch.ones(2) + 1.5,
}.items():
    print(f"{what:<36} {made.dtype}")
print("2**24 + 1 in float32:", int(torch.tensor(2**24 + 1, dtype=torch.float32)), "and in int64:", 2**24 + 1)

# %% [markdown]
# `+` between two dtypes converts without a word: float32 and float64 give float64, whole numbers and float32 give float32. `@` does not, and neither do layers. Whole numbers cannot have a gradient at all. Run the three errors once, so that you know their faces:

# %%
for what, mistake in {
    "float32 @ float64": lambda: torch.ones(1, 2) @ torch.ones(2, 1, dtype=torch.float64),
    "labels that are floats": lambda: nn.CrossEntropyLoss()(torch.zeros(2, 3), torch.tensor([0.0, 1.0])),
    "a gradient for whole numbers": lambda: torch.tensor([1, 2], requires_grad=True),
}.items():
    try:
        mistake()
    except RuntimeError as error:
        print(f"{what}\n    {str(error)[:90]}")

# %% [markdown]
# ## Exercise 1 — from NumPy to tensors
# **3 points · difficulty 1 of 5 · importance 4 of 5 · about 5 min**
#
# Write `to_tensors(X, y)`: NumPy features `X (n, d)` of any number type and labels `y (n,)` of any whole-number type → two tensors of the same shapes, the first **float32**, the second **int64**. Both are copies, whatever the dtypes were: if somebody changes the arrays afterwards, the tensors stay.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Which function of week 00, lesson 4 shared memory with the array, and which one copied?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# `.float()` and `.long()` copy only where they have something to convert. `torch.tensor` always copies, and takes a `dtype`.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
# Return two calls of `torch.tensor(array, dtype=...)`: one with `torch.float32`, one with `torch.int64`.
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "to_tensors", "locked": false, "schema_version": 3, "solution": true, "task": false}
def to_tensors(X, y):
    """NumPy X (n, d), y (n,) -> a float32 tensor (n, d) and an int64 tensor (n,), both copies."""
    ### BEGIN SOLUTION
    return torch.tensor(X, dtype=torch.float32), torch.tensor(y, dtype=torch.int64)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "to_tensors-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of to_tensors: run this cell.
_features, _classes = np.array([[0.5, -1.25], [2.0, 3.0], [0.0, 1.5]]), np.array([2, 0, 1], dtype=np.int32)
_first, _second = expect(to_tensors).of(_features, _classes).leaves_arguments_unchanged().parts("features", "labels")
_first.satisfies(
    lambda v: isinstance(v, torch.Tensor), "this is no tensor: `torch.tensor(array)` makes one", "a tensor"
).satisfies(
    lambda v: v.ndim == 2, "the two are turned around: first the features, then the labels", "shape (3, 2)"
).satisfies(
    lambda v: v.dtype != torch.float64,
    "the features keep NumPy's float64, and a float32 layer refuses them",
    "dtype torch.float32",
).satisfies(lambda v: v.dtype.is_floating_point, "the features became whole numbers", "dtype torch.float32").satisfies(
    lambda v: v.dtype == torch.float32, "the features have another dtype than float32", "dtype torch.float32"
)
_first.equals([[0.5, -1.25], [2.0, 3.0], [0.0, 1.5]]).satisfies(
    lambda v: not v.requires_grad, "the features are data, and data gets no gradient: leave `requires_grad` away"
)
_second.satisfies(
    lambda v: isinstance(v, torch.Tensor), "this is no tensor: `torch.tensor(array)` makes one", "a tensor"
).satisfies(
    lambda v: not v.dtype.is_floating_point,
    "the labels became floats: cross-entropy wants whole numbers, int64",
    "dtype torch.int64",
).satisfies(
    lambda v: v.dtype == torch.int64,
    "the labels keep the array's own whole-number type. Cross-entropy wants int64",
    "dtype torch.int64",
).satisfies(lambda v: v.ndim == 1, "the labels have one axis, (n,): no column, no one-hot rows", "shape (3,)").equals(
    [2, 0, 1]
)
_small, _few = np.array([[1.5, -2.0], [0.25, 4.0]], dtype=np.float32), np.array([3, 1])
_third, _fourth = expect(to_tensors).of(_small, _few).parts("features", "labels")
_small[...], _few[...] = 9.0, 9
for _part, _numbers in ((_third, [[1.5, -2.0], [0.25, 4.0]]), (_fourth, [3, 1])):
    expect(_part.value, name="the tensor, after its array was filled with 9").equals(
        _numbers,
        mistakes={
            "the tensor shares its numbers with the array and changes with it: this dtype needed no conversion, so nothing was copied. `torch.tensor` makes a copy": np.full(
                np.shape(_numbers), 9.0
            )
        },
    )
print("to_tensors: this check is passed.")

# %% nbgrader={"grade": true, "grade_id": "to_tensors-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests use one row, one column, other number types, and change the arrays after the call.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("to_tensors")
for _n, _d, _kind, _whole, _what in [
    (1, 4, np.float64, np.int64, "a single row"),
    (5, 1, np.float32, np.int64, "one feature, in float32"),
    (3, 3, np.uint8, np.uint8, "images of whole numbers from 0 to 255"),
    (4, 2, np.int64, np.int16, "features of whole numbers"),
]:
    _rows = (_rng.normal(size=(_n, _d)) * 50 + 100).clip(1, 250).astype(_kind)
    _marks = _rng.integers(1, 9, size=_n).astype(_whole)
    _want_rows, _want_marks = _rows.tolist(), _marks.tolist()
    _one, _two = expect(to_tensors, hidden=_what).of(_rows, _marks).parts("features", "labels")
    _one.satisfies(lambda v: v.dtype == torch.float32, "the features have another dtype than float32")
    _two.satisfies(lambda v: v.dtype == torch.int64, "the labels have another dtype than int64")
    _one.equals(_want_rows, tol=1e-6)
    _two.equals(_want_marks)
    _rows[:], _marks[:] = 0, 0
    for _part, _want in ((_one, _want_rows), (_two, _want_marks)):
        expect(_part.value, hidden=f"{_what}; the arrays change after the call", name="to_tensors").satisfies(
            lambda v, want=_want: np.allclose(v.numpy(), want, rtol=1e-5),
            "a tensor shares its numbers with the array and changes with it. `torch.tensor` makes a copy",
        )
### END HIDDEN TESTS

# %% [markdown]
# ## 2. Autograd: your `Value`, for tensors
#
# In lesson 1 each `Value` kept its parents, and `.backward()` walked from the last node to the first. A tensor does the same, once you ask for it with `requires_grad=True`. What comes out of a computation with such a tensor has a `grad_fn`: the node that knows how to go back. A tensor that you made yourself is a **leaf**, and only leaves keep their gradient, in `.grad`.

# %%
x = torch.tensor([[1.0, 2.0]])  # data: no gradient wanted
w = torch.tensor([[0.5], [-1.0]], requires_grad=True)  # a leaf that wants one
b = torch.tensor([0.25], requires_grad=True)
score = x @ w + b
loss = ((score - 1.0) ** 2).sum()
for name, t in {"x": x, "w": w, "score": score, "loss": loss}.items():
    print(f"{name:>5}: requires_grad {t.requires_grad!s:<5} leaf {t.is_leaf!s:<5} grad_fn {type(t.grad_fn).__name__}")


def graph_of(tensor, names):
    """The graph behind a tensor, read off grad_fn and its next_functions. names: {leaf's name: leaf}."""
    nodes, edges, waiting = {}, [], [tensor.grad_fn]
    while waiting:
        node = waiting.pop()
        leaf = getattr(node, "variable", None)
        label = next((f"{key} {tuple(part.shape)}" for key, part in names.items() if part is leaf), None)
        nodes[str(id(node))] = label or node.name().replace("Backward0", "")
        for parent, _ in node.next_functions:
            if parent is not None:
                edges.append((str(id(parent)), str(id(node))))
                waiting.append(parent)
    return nodes, edges


plots.computation_graph(*graph_of(loss, {"w": w, "b": b}), title="The graph that PyTorch kept behind the loss")

# %% [markdown]
# The blue boxes are the leaves. Every other box is an operation that remembers how to go back (`Mm` is the matrix product), and the orange one made the loss. The data `x` is not in it, because nothing there learns. The arrows show the way forward; `loss.backward()` walks against them, from right to left.
#
# ### Worked example: leaves, `detach` and `no_grad`

# %%
# Step 1: backward fills the leaves, and nothing else. By hand: d loss / d score = 2 (score - 1) = 2 · (-1.25 - 1) = -4.5.
loss.backward()
print("w.grad", w.grad.flatten().tolist(), " b.grad", b.grad.tolist())
# Step 2: detach gives a tensor with the same numbers and no memory. It shares those numbers.
cut = score.detach()
print("detached: requires_grad", cut.requires_grad, "| same numbers:", torch.equal(cut, score))
# Step 3: under no_grad nothing is remembered from the start. This is where weights may be changed.
with torch.no_grad():
    w -= 0.1 * w.grad
print("w after one step", [round(v, 4) for v in w.flatten().tolist()], "| still a leaf:", w.is_leaf)
# Step 4: without no_grad the same line is refused.
try:
    w -= 0.1 * w.grad
except RuntimeError as error:
    print("RuntimeError:", error)

# %% [markdown]
# ## Exercise 2 — the gradient, without traces
# **3 points · difficulty 3 of 5 · importance 4 of 5 · about 15 min**
#
# Write `gradient_at(f, x)`. `f` takes a tensor and returns one number as a tensor; `x` is a float tensor of any shape. Return the gradient of `f` at `x`: a tensor of the shape of `x`, with no graph behind it (`requires_grad` is False).
#
# `x` belongs to the caller. Afterwards its `requires_grad` and its `.grad` are what they were before, also when `x` came with `requires_grad=True` and a gradient of its own. For `f(x) = (x**2).sum()` and `x = [1, -2]` the answer is `[2, -4]`.
#
# <details><summary>Hint 1: a nudge</summary>
#
# You need a leaf. Should it be the caller's tensor?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Make a leaf of your own: the numbers of `x`, without its memory and without its storage, and ask for gradients there. A `clone()` alone still hangs on the graph of `x`.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
#     leaf = x, detached, cloned, with requires_grad_() switched on
#     call backward on f(leaf)
#     return what the leaf has in .grad
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "gradient_at", "locked": false, "schema_version": 3, "solution": true, "task": false}
def gradient_at(f, x):
    """Gradient of the scalar function f at x, a float tensor -> a tensor of the shape of x. Leaves no trace in x."""
    ### BEGIN SOLUTION
    probe = x.detach().clone().requires_grad_(True)
    (slope,) = torch.autograd.grad(f(probe), probe)
    return slope
    ### END SOLUTION


# %% [markdown]
# The checks use these: functions of `x`, and a call that also says what became of `x`.


# %%
def weighted_cubic(a, c):
    """The function x -> sum of a · x³ + c · x. a, c and x are tensors of one shape."""
    return lambda x: (a * x * x * x + c * x).sum()


def cubic(x):
    """One of them, for x (3,) or rows of three."""
    return weighted_cubic(torch.tensor([1.0, -0.5, 0.25]), torch.tensor([0.0, 2.0, -1.0]))(x)


def call_and_look(function, f, x):
    """function(f, x), and after it: x.requires_grad, x.grad, and the numbers in x."""
    slope = function(f, x)
    return slope, x.requires_grad, x.grad, x.detach().clone()


# %% nbgrader={"grade": true, "grade_id": "gradient_at-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of gradient_at: run this cell.
_x = torch.tensor([2.0, 1.0, -2.0])
_slope = expect(gradient_at).of(cubic, _x)
expect(_slope.value, name="gradient_at(cubic, x)").satisfies(
    lambda v: v is not None,
    "your function returned None. `.backward()` returns None, the `.grad` of a computed tensor is None, and so is a function without `return`",
    "a tensor",
)
_slope.equals(
    [12.0, 0.5, 2.0],
    tol=1e-5,
    mistakes={
        "this is the value of f at x. The gradient is wanted": 9.5,
        "this is x itself": [2.0, 1.0, -2.0],
        "these are ones: the gradient of `x.sum()`. Call backward on f(x)": [1.0, 1.0, 1.0],
        "the gradient was computed twice, and the second was added to the first": [24.0, 1.0, 4.0],
        "this is the sum of the gradient's entries. One entry per entry of x is wanted": 14.5,
        "this is the tuple of torch.autograd.grad. Take its one entry: `[0]`": [[12.0, 0.5, 2.0]],
        "this is x after a step. Only the gradient is wanted": [-10.0, 0.5, -4.0],
        "no gradient arrived: it was wiped, or never filled": [0.0, 0.0, 0.0],
    },
).satisfies(
    lambda v: isinstance(v, torch.Tensor),
    "the numbers are right, and this is no tensor: leave `.numpy()` or `.tolist()` away",
    "a tensor",
).satisfies(
    lambda v: not v.requires_grad,
    "there is still a graph behind the gradient: it should be plain numbers, `requires_grad` False",
    "requires_grad False",
)
_, _wants, _kept, _numbers = expect(call_and_look).of(gradient_at, cubic, torch.tensor([2.0, 1.0, -2.0])).value
expect(_wants, name="x.requires_grad after gradient_at(cubic, x)").satisfies(
    lambda v: v is False,
    "x of the caller was switched to requires_grad=True and stays so. Work with a leaf of your own",
    "False",
)
expect(_kept is None, name="x.grad is None after gradient_at(cubic, x)").satisfies(
    lambda v: v, "the gradient was left in x.grad of the caller. Work with a leaf of your own", "True"
)
expect(_numbers, name="x after gradient_at(cubic, x)").equals(
    [2.0, 1.0, -2.0],
    mistakes={"x of the caller was changed: `detach()` shares its numbers. Clone before you write": [-10.0, 0.5, -4.0]},
)

# The same with a matrix in float64, which came with requires_grad=True and a gradient of its own.
_x = torch.tensor([[2.0, 1.0, -2.0], [0.0, 2.0, 4.0]], dtype=torch.float64, requires_grad=True)
_x.grad = torch.full((2, 3), 7.0, dtype=torch.float64)
_case = "where x is a (2, 3) float64 leaf with requires_grad=True and a gradient of its own, all 7"
_slope, _wants, _kept, _numbers = expect(call_and_look).of(gradient_at, cubic, _x).value
expect(_slope, name=f"gradient_at(cubic, x), {_case}").satisfies(
    lambda v: v is not None,
    "a `clone()` of a tensor that requires gradients is no leaf, and no gradient is kept there. `x.detach().clone()` is one",
    "a tensor",
)
expect(_slope, name=f"gradient_at(cubic, x), {_case}").equals(
    [[12.0, 0.5, 2.0], [0.0, -4.0, 11.0]],
    tol=1e-5,
    mistakes={
        "the old gradient of x is in it: backward adds to what is there. Work with a leaf of your own": [
            [19.0, 7.5, 9.0],
            [7.0, 3.0, 18.0],
        ],
        "this is the old gradient of x, which the caller had. Read `.grad` of your own leaf": [[7.0] * 3] * 2,
    },
).satisfies(
    lambda v: v.dtype == torch.float64,
    "the gradient of a float64 tensor is float64: the dtype was changed on the way",
    "dtype torch.float64",
).satisfies(lambda v: not v.requires_grad, "there is still a graph behind the gradient", "requires_grad False")
expect(_wants, name=f"x.requires_grad after gradient_at(cubic, x), {_case}").satisfies(
    lambda v: v is True, "x of the caller was changed: it came with requires_grad=True, and now it is False", "True"
)
expect(_kept, name=f"x.grad after gradient_at(cubic, x), {_case}").satisfies(
    lambda v: bool((v == 7.0).all()),
    "the caller's own gradient was changed: x.grad is not what it was. Work with a leaf of your own, not with x",
    "7 in every entry",
)
expect(_numbers, name=f"x after gradient_at(cubic, x), {_case}").equals([[2.0, 1.0, -2.0], [0.0, 2.0, 4.0]])
print("gradient_at: this check is passed.")

# %% nbgrader={"grade": true, "grade_id": "gradient_at-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests use other shapes, a single number, float64, and an x that came with requires_grad and a gradient.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("gradient_at")
for _shape, _what in [((), "a single number"), ((1,), "one entry"), ((3, 2), "a matrix"), ((2, 1, 4), "three axes")]:
    _a, _c, _at = (torch.from_numpy(np.asarray(_rng.uniform(0.5, 2.0, size=_shape))) for _ in range(3))
    _wanted = 3 * _a * _at**2 + _c
    _got, _wants, _kept, _after = (
        expect(call_and_look, hidden=_what).of(gradient_at, weighted_cubic(_a, _c), _at.clone()).value
    )
    expect(_after, hidden=_what, name="gradient_at").equals(_at, tol=0.0)
    expect(_got, hidden=_what, name="gradient_at").satisfies(
        lambda v: v.dtype == torch.float64, "the gradient of a float64 tensor is float64: the dtype was changed"
    ).equals(_wanted, tol=1e-10)
    expect(_wants or _kept is not None, hidden=_what, name="gradient_at").satisfies(
        lambda v: not v, "x of the caller was changed: its requires_grad or its .grad"
    )
    _own = _at.clone().requires_grad_(True)
    _own.grad = torch.full(_shape, 7.0, dtype=torch.float64)
    _case = f"{_what}, in an x with requires_grad=True and a gradient of its own"
    _got, _wants, _kept, _after = (
        expect(call_and_look, hidden=_case).of(gradient_at, weighted_cubic(_a, _c), _own).value
    )
    expect(_after, hidden=_case, name="gradient_at").equals(_at, tol=0.0)
    expect(_got, hidden=_case, name="gradient_at").satisfies(
        lambda slope: slope is not None,
        "None came back: a `clone()` of a tensor that requires gradients is no leaf. `x.detach().clone()` is",
    ).equals(
        _wanted, tol=1e-10, mistakes={"the old gradient of x is in it: backward adds to what is there": _wanted + 7.0}
    ).satisfies(lambda v: not v.requires_grad, "there is still a graph behind the gradient")
    expect(_wants, hidden=_case, name="gradient_at").satisfies(
        lambda v: v is True, "x of the caller was changed: it came with requires_grad=True, and now it is False"
    )
    expect(_kept, hidden=_case, name="gradient_at").satisfies(
        lambda v: v is not None and bool((v == 7.0).all()),
        "the caller's own gradient was changed: x.grad is not what it was",
    )
### END HIDDEN TESTS

# %% [markdown]
# ## 3. `.backward()` against `.step()`
#
# Beginners mix the two up. `.backward()` belongs to the **loss** and fills gradients. `.step()` belongs to the **optimizer** and moves weights. Neither does the other's work, and neither cleans up.

# %%
digits_X, digits_y, test_X, test_y = datasets.digits_split()
images, labels = torch.from_numpy(digits_X).float(), torch.from_numpy(digits_y)
test_images, test_labels = torch.from_numpy(test_X).float(), torch.from_numpy(test_y)
cross_entropy = nn.CrossEntropyLoss()


def sizes_of(model):
    """The norm of all weights together and that of all gradients, as text."""
    weights = torch.cat([part.detach().flatten() for part in model.parameters()])
    slopes = [part.grad.flatten() for part in model.parameters() if part.grad is not None]
    return f"weights {weights.norm():.6f}   gradients {f'{torch.cat(slopes).norm():.6f}' if slopes else None}"


model = reseed(nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10)), seed=1)
opt = torch.optim.SGD(model.parameters(), lr=0.1)
print("at the start      ", sizes_of(model))
loss = cross_entropy(model(images[:64]), labels[:64])
print("after the forward ", sizes_of(model))
loss.backward()
print("after .backward() ", sizes_of(model))
opt.step()
print("after .step()     ", sizes_of(model))
opt.zero_grad()
print("after .zero_grad()", sizes_of(model))

# %% [markdown]
# Read the table line by line: never do both columns change. (A norm is the root of the sum of all squares: one number for many.)
#
# ### Predict, then run: three times backward
#
# The loss is $(w x)^2$ with $w = 2$ and $x = 3$, so its gradient is $2 w x^2 = 36$. Three rounds run without `zero_grad` and without a step. Which number stands in `w.grad` after the third?

# %%
my_guess = None  # your number

# %%
w = torch.tensor(2.0, requires_grad=True)
for round_ in (1, 2, 3):
    ((w * 3.0) ** 2).backward()
    print(f"round {round_}: w.grad = {w.grad.item():.0f}")
print("your guess:", my_guess)

# %% [markdown]
# `.backward()` **adds**. Your `Value` did the same, for a good reason: a node that is used twice must collect both gradients. PyTorch cannot know whether the next call belongs to the same step, so you say it, with `zero_grad`.
#
# Adding is also useful. A batch that does not fit into memory can be sent in two halves. Each half's loss is a mean over its half, so divide each by 2, and the two gradients add up to that of the whole batch:

# %%
model.zero_grad()
cross_entropy(model(images[:64]), labels[:64]).backward()
whole = model[0].weight.grad.clone()
model.zero_grad()
for part in (slice(0, 32), slice(32, 64)):
    (cross_entropy(model(images[part]), labels[part]) / 2).backward()
print(f"whole batch against two halves: largest difference {(whole - model[0].weight.grad).abs().max():.1e}")

# %% [markdown]
# ## 4. Challenge: three layers by hand
#
# Now take autograd away. You get bare tensors: `@`, `+`, `exp`, indexing. No `nn`, no `.backward()`: the check of exercise 4 insists on it. You know all the parts from lesson 2; here they stand in a row.
#
# The network has three layers with ReLU between them. Let $\mathbf{A}_0 = \mathbf{X}$ and, for $k = 1, 2, 3$,
#
# $$\mathbf{Z}_k = \mathbf{A}_{k-1}\mathbf{W}_k + \mathbf{b}_k \qquad \mathbf{A}_k = \max(\mathbf{Z}_k, 0) \;\text{ for } k = 1, 2$$
#
# $\mathbf{Z}_3$ are the logits. $\mathbf{P}$ is their softmax, row by row, and the loss is the mean over the batch of $-\log P_{i y_i}$. Backward, with $\mathbf{Y}$ the labels as one-hot rows:
#
# $$d\mathbf{Z}_3 = \tfrac{1}{n}(\mathbf{P} - \mathbf{Y}) \qquad d\mathbf{W}_k = \mathbf{A}_{k-1}^\top d\mathbf{Z}_k \qquad d\mathbf{b}_k = \textstyle\sum_i d\mathbf{Z}_k[i] \qquad d\mathbf{Z}_{k-1} = (d\mathbf{Z}_k \mathbf{W}_k^\top) \odot [\mathbf{Z}_{k-1} > 0]$$
#
# | symbol | in code | shape |
# |---|---|---|
# | $\mathbf{A}_{k-1}$ | `A`, what comes into layer k | `(n, d_in)` |
# | $\mathbf{W}_k$, $d\mathbf{W}_k$ | `W`, `dW` | `(d_in, d_out)` |
# | $\mathbf{b}_k$, $d\mathbf{b}_k$ | `b`, `db` | `(d_out,)` |
# | $\mathbf{Z}_k$, $d\mathbf{Z}_k$ | `Z`, `dZ` | `(n, d_out)` |
# | $\mathbf{P}$, $\mathbf{Y}$ | probabilities, one-hot labels | `(n, n_classes)` |
#
# $d\mathbf{W}$ stands for the gradient of the loss with respect to $\mathbf{W}$, $\odot$ multiplies entry by entry, and $[\mathbf{Z} > 0]$ is 1 where the entry is positive, else 0.

# %%
plots.network([64, 32, 16, 10], title="Three layers of weights: 64 pixels, 32 and 16 hidden neurons, 10 classes")

# %% [markdown]
# ### Faded example: one layer backward
#
# A layer got the batch `A_in (2, 3)`, has weights `V (3, 2)`, and the gradient `dZ (2, 2)` arrives from above. Fill in the three lines: take the first `#` of each away, replace each `___`, and delete the line with `raise`. Shapes decide the order and the `.T`.

# %% nbgrader={"grade": false, "grade_id": "faded-layer", "locked": false, "schema_version": 3, "solution": true, "task": false}
A_in = torch.tensor([[1.0, 0.0, 2.0], [-1.0, 3.0, 0.5]])
V = torch.tensor([[1.0, -1.0], [0.5, 0.0], [0.0, 2.0]])
dZ = torch.tensor([[0.5, -0.5], [1.0, 0.25]])
dV = db_in = dA_in = None
# dV = ___ @ ___           # (3, 2): one entry per weight
# db_in = dZ.sum(dim=___)  # (2,): one entry per neuron
# dA_in = ___ @ ___        # (2, 3): what goes on to the layer below
### BEGIN SOLUTION
dV = A_in.T @ dZ
db_in = dZ.sum(dim=0)
dA_in = dZ @ V.T
### END SOLUTION

# %% nbgrader={"grade": false, "grade_id": "faded-layer-check", "locked": true, "schema_version": 3, "solution": false, "task": false}
# No points here: this check shows you where you are.
for _name, _given, _want, _mistakes in [
    (
        "dV",
        dV,
        [[-0.5, -0.75], [3.0, 0.75], [1.5, -0.875]],
        {
            "the weights have no part in their own gradient: dV is made of what came in and of dZ": [
                [-0.5, -0.75],
                [0.25, -0.25],
                [2.0, 0.5],
            ],
            "dZ must not be transposed: its rows are samples, and they must meet the samples of A_in": [
                [1.0, 0.75],
                [-1.5, 0.75],
                [0.75, 2.125],
            ],
        },
    ),
    (
        "db_in",
        db_in,
        [1.5, -0.25],
        {
            "the sum ran along each row. Sum over the batch: the rows go away": [0.0, 1.25],
            "this is the mean over the batch. The sum is wanted: the division by n is in dZ already": [0.75, -0.125],
        },
    ),
    (
        "dA_in",
        dA_in,
        [[1.0, 0.25, -1.0], [0.75, 0.5, 0.5]],
        {
            "this is `V @ dZ`, and its rows are no samples. One row per sample, one column per input is wanted": [
                [-0.5, -0.75],
                [0.25, -0.25],
                [2.0, 0.5],
            ]
        },
    ),
]:
    expect(_given, name=_name).satisfies(
        lambda v: v is not None,
        f"{_name} is still None: its line has not run, or the line with `raise` still stands above it",
        "a tensor",
    )
    expect(_given, name=_name).equals(_want, mistakes=_mistakes)
print("One layer backward is right.")

# %% [markdown]
# ## Exercise 3 — three layers forward
# **3 points · difficulty 2 of 5 · importance 4 of 5 · about 10 min**
#
# Write `three_layer_forward(X, params)` → `logits, cache`. `X (n, d_0)` is a tensor and `params` is `[(W1, b1), (W2, b2), (W3, b3)]`, bare tensors. `logits` is `(n, n_classes)`. `cache` is a list of three pairs `(A, Z)`, one per layer: what came in, and what came out **before** ReLU.
#
# <details><summary>Hint 1: a nudge</summary>
#
# It is `forward` of week 00, lesson 3. What is `np.maximum(Z, 0)` in PyTorch? (`torch.maximum` wants two tensors.)
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# `Z.clamp(min=0)` or `torch.relu(Z)` makes a new tensor. A name with `_` at its end, such as `relu_()`, writes into `Z` itself, and the cache holds that `Z`.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
#     A is X; the cache is an empty list
#     for each layer (W, b):
#         Z is A times W plus b
#         put the pair (A, Z) into the cache
#         A is Z where positive, else 0
#     return the last Z and the cache
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "three_layer_forward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def three_layer_forward(X, params):
    """X (n, d_0), params [(W1, b1), (W2, b2), (W3, b3)] -> logits (n, n_classes), cache [(A, Z), ...] of 3 pairs."""
    ### BEGIN SOLUTION
    signal, memory = X, []
    for weight, bias in params:
        before = signal @ weight + bias
        memory.append((signal, before))
        signal = before.clamp(min=0)
    return before, memory
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "three_layer_forward-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of three_layer_forward, the logits: run this cell.
def _hand_made():
    """Three samples and a network with sizes 2, 3, 2, 3, as float64 tensors."""
    numbers = [
        [[-1.0, 1.5], [-1.0, -2.0], [0.5, -1.0]],
        [[-1.5, 0.5, -0.5], [0.5, -0.5, 0.5]],
        [-1.0, 0.0, 2.0],
        [[-0.5, -1.0], [2.0, -0.5], [0.5, 0.5]],
        [-2.0, 2.0],
        [[0.0, 1.0, -0.5], [0.5, -1.5, -1.5]],
        [0.5, 1.5, -0.5],
    ]
    X, W1, b1, W2, b2, W3, b3 = (torch.tensor(part, dtype=torch.float64) for part in numbers)
    return X, [(W1, b1), (W2, b2), (W3, b3)]


_logits, _ = expect(three_layer_forward).of(*_hand_made()).leaves_arguments_unchanged().parts("logits", "cache")
_logits.satisfies(
    lambda v: isinstance(v, torch.Tensor), "the first part is no tensor: first the logits, then the cache", "a tensor"
).equals(
    [[1.6875, -2.0625, -4.0625], [1.75, -2.25, -4.25], [1.625, -1.75, -3.9375]],
    mistakes={
        "negative logits are cut off: ReLU acts on the last layer too, or writes into Z (`clamp_`, or `A = Z` and then `A[...] = 0`)": [
            [1.6875, 0.0, 0.0],
            [1.75, 0.0, 0.0],
            [1.625, 0.0, 0.0],
        ],
        "these are probabilities: a softmax acts at the end. The logits themselves are wanted": [
            [0.97399385, 0.02290614, 0.00310001],
            [0.97962921, 0.01794253, 0.00242826],
            [0.96333797, 0.03296361, 0.00369841],
        ],
        "the activation is tanh. ReLU is wanted": [
            [0.98446058, -0.95195447, -1.45409539],
            [0.9953548, -0.359262, -1.79946561],
            [0.99791143, 0.18768778, -2.08444535],
        ],
        "ReLU acts on the input X. It belongs behind the first and the second layer only": [
            [2.1875, -3.5625, -5.5625],
            [2.0, -3.0, -5.0],
            [1.875, -2.625, -4.625],
        ],
        "no ReLU is there: three layers without it are one": [
            [2.0, -6.5, -3.25],
            [2.0, -3.0, -5.0],
            [2.75, -4.0, -7.875],
        ],
        "ReLU acts after the first layer only. It belongs after the second too": [
            [1.6875, -3.0625, -3.5625],
            [1.75, -2.5, -4.125],
            [1.625, -1.75, -3.9375],
        ],
        "ReLU acts after the second layer only. It belongs after the first too": [
            [2.0, -3.0, -5.0],
            [2.0, -3.0, -5.0],
            [2.75, -4.0, -7.875],
        ],
        "the biases are missing": [[0.0, 0.0, 0.0], [0.0, 0.75, -0.375], [0.0, 1.5, -0.75]],
        "these are the activations of the second layer. The third is missing": [
            [0.0, 2.375],
            [0.0, 2.5],
            [0.125, 2.25],
        ],
        "these are the scores of the second layer. The third is missing": [[-1.0, 2.375], [-0.25, 2.5], [0.125, 2.25]],
        "these are the scores of the first layer: is the `return` inside the loop?": [
            [1.25, -1.25, 3.25],
            [-0.5, 0.5, 1.5],
            [-2.25, 0.75, 1.25],
        ],
    },
)
print("three_layer_forward: the logits are right.")

# %% nbgrader={"grade": true, "grade_id": "three_layer_forward-cache", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of three_layer_forward, the cache: run this cell.
_, _cache = expect(three_layer_forward).of(*_hand_made()).parts("logits", "cache")
_cache.satisfies(
    lambda c: (
        isinstance(c, list | tuple) and len(c) == 3 and all(isinstance(p, list | tuple) and len(p) == 2 for p in c)
    ),
    "the cache needs one pair (A, Z) per layer: three pairs here",
    "a list of 3 pairs (A, Z)",
)
_came_in = [
    [[-1.0, 1.5], [-1.0, -2.0], [0.5, -1.0]],
    [[1.25, 0.0, 3.25], [0.0, 0.5, 1.5], [0.0, 0.75, 1.25]],
    [[0.0, 2.375], [0.0, 2.5], [0.125, 2.25]],
]
_came_out = [
    [[1.25, -1.25, 3.25], [-0.5, 0.5, 1.5], [-2.25, 0.75, 1.25]],
    [[-1.0, 2.375], [-0.25, 2.5], [0.125, 2.25]],
    [[1.6875, -2.0625, -4.0625], [1.75, -2.25, -4.25], [1.625, -1.75, -3.9375]],
]
_biases = [[-1.0, 0.0, 2.0], [-2.0, 2.0], [0.5, 1.5, -0.5]]
for _k in range(3):
    _A, _Z = _cache.value[_k]
    expect(_A, name=f"A of layer {_k + 1} in the cache").equals(
        _came_in[_k],
        mistakes={
            "the pair is turned around: (A, Z), what came in first": _came_out[_k],
            "this is what the layer puts out. What came in belongs here": _came_in[(_k + 1) % 3],
            "this is the layer before, without its ReLU": _came_out[_k - 1],
            "every layer keeps X. A layer reads what the one before put out": _came_in[0],
        },
    )
    expect(_Z, name=f"Z of layer {_k + 1} in the cache").equals(
        _came_out[_k],
        mistakes={
            "Z has lost its negative entries: ReLU wrote into it, or it was kept after ReLU": (
                [[1.6875, 0.0, 0.0], [1.75, 0.0, 0.0], [1.625, 0.0, 0.0]] if _k == 2 else _came_in[_k + 1]
            ),
            "the pair is turned around: (A, Z), what came in first": _came_in[_k],
            "Z was kept before the bias was added": np.array(_came_out[_k]) - _biases[_k],
        },
    )
print("three_layer_forward: the cache is right.")

# %% nbgrader={"grade": true, "grade_id": "three_layer_forward-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests use a batch of one, inputs with one number, layers of one neuron, and compare with PyTorch's own layers.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("three_layer_forward")
for _n, _widths, _what in [
    (1, [4, 3, 5, 2], "a batch of one"),
    (6, [1, 4, 3, 5], "inputs with one number"),
    (5, [3, 1, 1, 2], "hidden layers of one neuron"),
    (4, [4, 4, 4, 4], "all sizes the same"),
]:
    _stack = [nn.Linear(_i, _o).double() for _i, _o in zip(_widths[:-1], _widths[1:])]
    _layers = [(_part.weight.detach().T.contiguous(), _part.bias.detach().clone()) for _part in _stack]
    _batch = torch.from_numpy(_rng.normal(size=(_n, _widths[0])))
    _oracle = nn.Sequential(_stack[0], nn.ReLU(), _stack[1], nn.ReLU(), _stack[2])
    _one, _two = (
        expect(three_layer_forward, hidden=_what)
        .of(_batch, _layers)
        .leaves_arguments_unchanged()
        .parts("logits", "cache")
    )
    _one.equals(_oracle(_batch).detach(), tol=1e-10)
    _two.satisfies(lambda v: len(v) == 3, "the cache needs one pair (A, Z) per layer")
    for _k in range(3):
        expect(_two.value[_k][0], hidden=_what, name="A in the cache").equals(
            _oracle[: 2 * _k](_batch).detach(), tol=1e-10
        )
        expect(_two.value[_k][1], hidden=_what, name="Z in the cache").equals(
            _oracle[: 2 * _k + 1](_batch).detach(), tol=1e-10
        )
### END HIDDEN TESTS

# %% [markdown]
# ## Exercise 4 — three layers backward
# **4 points · difficulty 4 of 5 · importance 5 of 5 · about 30 min**
#
# Write `three_layer_backward(X, y, params)` → `loss, grads`. `y (n,)` holds int64 labels. `loss` is the mean cross-entropy, one number. `grads` has the form of `params`: `[(dW1, db1), (dW2, db2), (dW3, db3)]`.
#
# By hand means: no `nn` (nor `nn.functional`), no `torch.autograd`, no `.backward()`. The tensors come without `requires_grad`, and the check calls you under `torch.no_grad()`. The loss must be right for logits of ±1000 too (week 00, lesson 3). `three_layer_forward` may be used: if yours is not ready, the check lends you one.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Walk the formulas from right to left. What do you need first, and what does each line hand to the next?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# `torch.logsumexp(logits, dim=1, keepdim=True)` is the stable logarithm of the softmax's denominator. Logits minus it are the log-probabilities: the loss picks one per row, and their `exp()` is P. The mask of a ReLU comes from the Z **of that layer**, which stands in the cache.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
#     forward; log-probabilities; loss = minus the mean of those at the labels
#     dZ = probabilities, 1 less at each row's label, all divided by n
#     for layer 3, 2, 1:
#         A is what came into this layer
#         dW, db from A and dZ; put the pair at the FRONT of the list
#         if a layer lies below: dZ = (dZ times W transposed) where that layer's Z is positive, else 0
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "three_layer_backward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def three_layer_backward(X, y, params):
    """Mean cross-entropy and its gradients, by hand. X (n, d_0), y (n,) -> loss, [(dW1, db1), (dW2, db2), (dW3, db3)]."""
    ### BEGIN SOLUTION
    scores, memory = three_layer_forward(X, params)
    rows, count = torch.arange(len(X)), len(X)
    log_chances = scores - torch.logsumexp(scores, dim=1, keepdim=True)
    surprise = -log_chances[rows, y].mean()
    flow = log_chances.exp()
    flow[rows, y] -= 1
    flow = flow / count
    slopes = []
    for k in (2, 1, 0):
        slopes.insert(0, (memory[k][0].T @ flow, flow.sum(dim=0)))
        if k > 0:
            flow = (flow @ params[k][0].T) * (memory[k - 1][1] > 0)
    return surprise, slopes
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "three_layer_backward-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of three_layer_backward, the loss: run this cell.
def _known():
    """Four samples, their labels, and a network with sizes 2, 3, 2, 3, as float64 tensors."""
    numbers = [
        [[-1.0, 1.5], [-1.0, -2.0], [0.5, -1.0], [0.5, 2.0]],
        [[-1.5, 0.5, -0.5], [0.5, -0.5, 0.5]],
        [-1.0, 0.0, 2.0],
        [[-0.5, -1.0], [2.0, -0.5], [0.5, 0.5]],
        [-2.0, 2.0],
        [[0.0, 1.0, -0.5], [0.5, -1.5, -1.5]],
        [0.5, 1.5, -0.5],
    ]
    X, W1, b1, W2, b2, W3, b3 = (torch.tensor(part, dtype=torch.float64) for part in numbers)
    return X, torch.tensor([2, 0, 2, 1]), [(W1, b1), (W2, b2), (W3, b3)]


def _extreme():
    """The same with logits near 1000, 0 and -1000."""
    X, y, (first, second, (W3, b3)) = _known()
    return X, y, [first, second, (W3, b3 + torch.tensor([1000.0, 0.0, -1000.0], dtype=torch.float64))]


def _lent(X, params):
    (W1, b1), (W2, b2), (W3, b3) = params
    Z1 = torch.addmm(b1, X, W1)
    A1 = torch.where(Z1 > 0, Z1, torch.zeros_like(Z1))
    Z2 = torch.addmm(b2, A1, W2)
    A2 = torch.where(Z2 > 0, Z2, torch.zeros_like(Z2))
    Z3 = torch.addmm(b3, A2, W3)
    return Z3, [(X, Z1), (A1, Z2), (A2, Z3)]


def _by_hand():
    """The student's function, with a right forward pass in it, once it is written by hand."""
    if not callable(three_layer_backward):
        return three_layer_backward
    for _name in (
        "autograd",
        "enable_grad",
        "set_grad_enabled",
        "func",
        "nn",
        "cross_entropy",
        "requires_grad_",
        "grad",
    ):
        expect(calls(three_layer_backward, _name), name=f"three_layer_backward uses {_name}").satisfies(
            lambda used: not used, f"by hand means without autograd and without nn, and `{_name}` is in it", "False"
        )
    used = calls(three_layer_backward, "three_layer_forward")
    return given(three_layer_backward, three_layer_forward=_lent) if used else three_layer_backward


with torch.no_grad():
    _loss, _grads = expect(_by_hand()).of(*_known()).leaves_arguments_unchanged().parts("loss", "grads")
_loss.satisfies(
    lambda v: not isinstance(v, list | tuple), "the two parts are turned around: first the loss, then the gradients"
).equals(
    4.287597352,
    mistakes={
        "this is the sum over the batch. The mean is wanted": 17.150389408,
        "this is divided by n twice: a mean is divided already": 1.071899338,
        "the logarithm is missing: these are the probabilities at the labels": -0.247399738,
        "the logits were used as if they were log-probabilities": 2.453125,
        "softmax was done twice": 1.296345889,
        "softmax ran down the columns. Each row is a sample: `dim=1`": 1.599094374,
        "this is the mean over all classes. Only the probability at each row's label counts": 3.516764019,
        "`logp[:, y]` takes whole columns. One entry per row needs the row numbers too": 4.209472352,
    },
)
with torch.no_grad():
    _loss, _ = expect(_by_hand()).of(*_extreme()).parts("loss", "grads")
expect(_loss.value, name="the loss for logits near 1000, 0 and -1000").equals(1254.265625, tol=1e-9)
print("three_layer_backward: the loss is right.")

# %% nbgrader={"grade": true, "grade_id": "three_layer_backward-grads", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of three_layer_backward, the gradients: run this cell.
with torch.no_grad():
    _, _grads = expect(_by_hand()).of(*_known()).leaves_arguments_unchanged().parts("loss", "grads")
_grads.satisfies(
    lambda g: g is not None,
    "the gradients are None: `reverse()`, `append` and `insert` change the list and return None",
).satisfies(
    lambda g: isinstance(g, list | tuple),
    "this is no list. Around `reversed(...)` or `zip(...)` put `list(...)`",
    "a list",
).satisfies(
    lambda g: (
        isinstance(g, list | tuple) and len(g) == 3 and all(isinstance(p, list | tuple) and len(p) == 2 for p in g)
    ),
    "the gradients have the form of params: three pairs (dW, db)",
    "a list of 3 pairs (dW, db)",
)
_grads.satisfies(
    lambda g: any(np.ndim(w) == 2 for w, _ in g) or not all(np.ndim(c) == 2 for _, c in g),
    "the pairs are turned around: (dW, db), as in params",
)
_wanted = {
    "dW1": [[0.48699693, 0.00726866, 0.03975607], [-0.73049539, -0.03490811, 0.56640904]],
    "dW2": [[0.0, 0.60874616], [0.09958395, 0.35615904], [0.16597325, 3.53959744]],
    "dW3": [[0.03010431, 0.00103011, -0.03113442], [1.94816678, -0.79771756, -1.15044922]],
    "db1": [-0.48699693, 0.02981541, 0.79472943],
    "db2": [0.1327786, 1.45668026],
    "db3": [0.72834013, -0.2307541, -0.49758603],
}
_mistaken = {
    "dW1": {
        "no ReLU mask: the gradient passes where Z was negative": [
            [0.08325829, -0.39208591, -0.0898197],
            [-1.04351874, -1.52111012, 0.4107204],
        ],
        "only the second layer's mask is there. The first layer has a ReLU too": [
            [-0.04631749, 0.12621718, 0.03975607],
            [-1.19920738, -0.89835554, 0.56640904],
        ],
        "the mask looks at the gradient. It must look at Z of the forward pass": [
            [0.0, -0.01318245, -0.0325972],
            [0.0, -0.01568171, 0.64979582],
        ],
        "the mask is turned around: it passes where Z is negative": [
            [0.06440626, -0.50993889, 0.0],
            [0.25344292, -0.60602617, 0.0],
        ],
        "the gradient was multiplied by the activation. The slope of ReLU is 1 or 0": [
            [1.44577212, -0.19712198, -0.36056688],
            [-2.16865818, 0.36878047, 6.79364691],
        ],
    },
    "dW2": {
        "no ReLU mask: the gradient passes where Z was negative": [
            [0.16292379, 0.60874616],
            [0.101675, 0.35615904],
            [-0.08961899, 3.53959744],
        ],
        "the mask looks at the gradient. It must look at Z of the forward pass": [
            [0.16292379, 0.60874616],
            [0.101675, 0.36125174],
            [0.59584826, 3.55487554],
        ],
        "the mask is turned around: it passes where Z is negative": [
            [0.16292379, 0.0],
            [0.00209105, 0.0],
            [-0.25559224, 0.0],
        ],
        "the gradient was multiplied by the activation. The slope of ReLU is 1 or 0": [
            [0.0, 1.44577212],
            [0.01244799, 0.80008467],
            [0.02074666, 9.69942268],
        ],
    },
    "dW3": {
        "the 1 at the label is missing: this is the gradient of P without Y": [
            [0.03010431, 0.00103011, 0.00011558],
            [2.57316678, 0.04603244, 0.00580078],
        ],
        "the 1 at the label was added. It is subtracted: P minus Y": [
            [0.03010431, 0.00103011, 0.03136558],
            [3.19816678, 0.88978244, 1.16205078],
        ],
        "`dZ[y]` picks whole rows, and the labels are no row numbers. One entry per row: `dZ[torch.arange(n), y]`": [
            [-0.00114569, -0.03021989, -0.03113442],
            [0.79191678, -1.73521756, -1.77544922],
        ],
        "`dZ[:, y]` picks whole columns. One entry per row: `dZ[torch.arange(n), y]`": [
            [-0.00114569, -0.03021989, -0.03113442],
            [-0.05183322, -2.57896756, -2.61919922],
        ],
        "softmax ran down the columns. Each row is a sample: `dim=1`": [
            [0.00630969, 0.01249304, -0.02013306],
            [0.05818097, -0.23860016, -0.54797116],
        ],
        "the logits stand where the probabilities belong": [
            [0.05078125, -0.0546875, -0.15429688],
            [4.23046875, -7.46484375, -13.1328125],
        ],
        "the last layer has no ReLU, and its gradient was masked": [[0.03010431, 0.0, 0.0], [1.94816678, 0.0, 0.0]],
        "the pairs stand in the order in which they were computed: this is dW1. The first layer comes first": [
            [0.48699693, 0.00726866, 0.03975607],
            [-0.73049539, -0.03490811, 0.56640904],
        ],
    },
    "db1": {"the sum ran along each row. Sum over the batch: `dim=0`": [-0.24349846, 0.0, 0.3319465, 0.24909987]},
    "db3": {"the sum ran along each row. Sum over the batch: `dim=0`": [0.0, 0.0, 0.0, 0.0]},
}
for _name in ("dW3", "db3", "dW2", "db2", "dW1", "db1"):
    _want = np.array(_wanted[_name])
    _given = _grads.value[int(_name[2]) - 1][_name[1] == "b"]
    expect(_given, name=_name).equals(
        _want,
        mistakes={
            "the division by n is missing: the loss is a mean over the batch": 4 * _want,
            "the division by n was done twice, once in dZ and once more here": _want / 4,
            **_mistaken.get(_name, {}),
        },
    )
with torch.no_grad():
    _, _grads = expect(_by_hand()).of(*_extreme()).parts("loss", "grads")
expect(_grads.value[0][0], name="dW1 for logits near 1000, 0 and -1000").equals(
    [[0.5, 0.0, 0.03125], [-0.75, 0.0, 0.5625]], tol=1e-9
)
print("three_layer_backward: all six gradients are right.")


# %% nbgrader={"grade": true, "grade_id": "three_layer_backward-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests use a batch of one, layers of one neuron, logits of a thousand, and compare every entry with autograd.
### BEGIN HIDDEN TESTS
def _lend(X, params):
    _kept, _now = [], X
    for _W, _b in params:
        _kept.append((_now, torch.einsum("ni,io->no", _now, _W) + _b))
        _now = torch.relu(_kept[-1][1])
    return _kept[-1][1], _kept


_subject = three_layer_backward
for _name in ("autograd", "enable_grad", "set_grad_enabled", "func", "nn", "cross_entropy", "requires_grad_", "grad"):
    expect(calls(_subject, _name), hidden="written by hand", name="three_layer_backward").satisfies(
        lambda used: not used, f"by hand means without autograd and without nn, and `{_name}` is in it"
    )
if calls(_subject, "three_layer_forward"):
    _subject = given(_subject, three_layer_forward=_lend)
_rng = fresh_rng("three_layer_backward")
for _n, _widths, _size, _what in [
    (1, [4, 3, 5, 2], 1, "a batch of one"),
    (6, [1, 4, 3, 5], 1, "inputs with one number"),
    (5, [3, 1, 1, 2], 1, "hidden layers of one neuron"),
    (4, [4, 4, 4, 4], 1, "all sizes the same"),
    (3, [2, 5, 3, 4], 4000, "logits of a thousand and more"),
]:
    _layers = [
        (torch.from_numpy(_rng.normal(size=(_i, _o))), torch.from_numpy(_rng.normal(size=_o)))
        for _i, _o in zip(_widths[:-1], _widths[1:])
    ]
    _layers[2] = (_layers[2][0], _layers[2][1] * _size)
    _batch = torch.from_numpy(_rng.normal(size=(_n, _widths[0])))
    _marks = torch.from_numpy(_rng.integers(0, _widths[-1], size=_n))
    _leaves = [[_part.clone().requires_grad_() for _part in _pair] for _pair in _layers]
    _now = _batch
    for _k, (_W, _b) in enumerate(_leaves):
        _now = nn.functional.linear(_now, _W.T, _b)
        _now = nn.functional.relu(_now) if _k < 2 else _now
    _oracle = nn.functional.cross_entropy(_now, _marks)
    _oracle.backward()
    with torch.set_grad_enabled(False):
        _one, _two = (
            expect(_subject, hidden=_what)
            .of(_batch, _marks, _layers)
            .leaves_arguments_unchanged()
            .parts("loss", "grads")
        )
    _one.equals(_oracle.item(), tol=1e-9)
    _two.satisfies(lambda v: len(v) == 3, "the gradients have the form of params: three pairs (dW, db)")
    for _k in range(3):
        for _j in range(2):
            expect(_two.value[_k][_j], hidden=_what, name="three_layer_backward").equals(
                _leaves[_k][_j].grad,
                tol=1e-9,
                mistakes={"the division by n is missing: the loss is a mean over the batch": _n * _leaves[_k][_j].grad},
            )
### END HIDDEN TESTS

# %% [markdown]
# The moment of truth: the same batch of digits, the same start weights, your six gradients beside autograd's, in float64.

# %%
# Needs three_layer_backward (exercise 4).
bare_X, bare_test = torch.from_numpy(digits_X), torch.from_numpy(test_X)  # float64
hand_params = he_params([64, 32, 16, 10], seed=3)
hand_loss, hand_grads = three_layer_backward(bare_X, labels, hand_params)

auto_params = [(W.clone().requires_grad_(), b.clone().requires_grad_()) for W, b in hand_params]
(V1, c1), (V2, c2), (V3, c3) = auto_params
auto_loss = cross_entropy(torch.relu(torch.relu(bare_X @ V1 + c1) @ V2 + c2) @ V3 + c3, labels)
auto_loss.backward()
print(f"loss: by hand {float(hand_loss):.12f}, autograd {auto_loss.item():.12f}")
worst = 0.0
for k, (mine, leaves) in enumerate(zip(hand_grads, auto_params), start=1):
    for name, slope, leaf in zip((f"dW{k}", f"db{k}"), mine, leaves):
        gap = (slope - leaf.grad).abs().max().item()
        worst = max(worst, gap)
        print(f"{name}: largest entry {leaf.grad.abs().max().item():.4f}, largest difference {gap:.1e}")
print(f"largest difference of all: {worst:.1e}; below 1e-12: {worst < 1e-12}")

# %% [markdown]
# There is no magic left in `.backward()`: it computes what you computed, up to the last digits of float64. So your gradients can train the network too. Each step uses the whole training set, and the weights move by hand.

# %%
# Needs three_layer_backward (exercise 4) and three_layer_forward (exercise 3).
steps, lr = 300, 0.5
hand_losses = []
for _ in range(steps):
    hand_loss, hand_grads = three_layer_backward(bare_X, labels, hand_params)
    hand_params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(hand_params, hand_grads)]
    hand_losses.append(float(hand_loss))
hand_logits, _ = three_layer_forward(bare_test, hand_params)
print(f"loss {hand_losses[0]:.3f} at the start, {hand_losses[-1]:.3f} after {steps} steps")
print(f"accuracy on test digits: {(hand_logits.argmax(1) == test_labels).double().mean():.1%}")

# %% [markdown]
# ## 5. One training step, and what `zero_grad` is for
#
# By hand you made new weights in each step. PyTorch's way is shorter, and it has an order that matters. You write it once, as a function, and use it until the end of the course.
#
# ## Exercise 5 — one step
# **4 points · difficulty 2 of 5 · importance 5 of 5 · about 10 min**
#
# Write `train_step(model, optimizer, loss_fn, X, y)`: one step on one batch. It returns the loss **before** the step as a plain Python float. `loss_fn(logits, y)` gives the loss as a tensor.
#
# The parameters may come with old gradients in `.grad`; they must not count. The mode of the model is the caller's business.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Which lines of the table in section 3 changed the gradients, and which the weights?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Old gradients must be gone before the new ones arrive, and the new ones must be there when the optimizer moves.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
#     wipe the gradients
#     logits from the model, loss from the logits
#     backward from the loss
#     step
#     return the loss as a number: .item()
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "train_step", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train_step(model, optimizer, loss_fn, X, y):
    """One step on the batch X (n, d), y (n,). Returns the loss before the step, a float."""
    ### BEGIN SOLUTION
    optimizer.zero_grad()  # shown to students
    error = loss_fn(model(X), y)
    error.backward()  # shown to students
    optimizer.step()  # shown to students
    return error.item()
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "train_step-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of train_step, what it returns: run this cell.
def _used_before():
    """A layer that comes with old gradients, SGD, a loss and a batch of four."""
    model = nn.Linear(2, 3)
    weight = torch.tensor([[0.5, -0.25], [-0.5, 0.75], [0.25, 0.0]])
    model.load_state_dict({"weight": weight, "bias": torch.tensor([0.0, 0.5, -0.5])})
    model.weight.grad = torch.tensor([[1.0, 0.0], [0.0, -1.0], [0.5, 0.5]])
    model.bias.grad = torch.tensor([0.25, -0.5, 0.75])
    X = torch.tensor([[1.0, 2.0], [0.5, -1.0], [2.0, 0.5], [-1.0, 1.0]])
    return model, torch.optim.SGD(model.parameters(), lr=0.5), nn.CrossEntropyLoss(), X, torch.tensor([0, 1, 2, 2])


expect(train_step).of(*_used_before()).satisfies(
    lambda v: not (isinstance(v, torch.Tensor) and v.requires_grad),
    "this is a tensor, and its graph stays in memory with it. A plain number is wanted: `.item()`",
    "1.8799535, a float",
).satisfies(
    lambda v: not isinstance(v, torch.Tensor),
    "this is still a tensor, without a graph. A plain number is wanted: `.item()`",
    "1.8799535, a float",
).equals(
    1.8799535,
    tol=1e-5,
    mistakes={
        "this is the loss after the step. The one from before is wanted": 1.3741258,
        "probabilities went into the loss: the double softmax. Give it the logits": 1.2992144,
        "the loss is summed over the batch. `loss_fn` gives the mean already: return that": 4 * 1.8799535,
        "the loss is divided by the batch size. It is a mean already": 1.8799535 / 4,
    },
).satisfies(lambda v: isinstance(v, float | np.floating), "return a plain Python float", "1.8799535, a float")
print("train_step: the loss is right.")

# %% nbgrader={"grade": true, "grade_id": "train_step-weights", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of train_step, the weights after it: run this cell.
_layer, _opt, _loss_fn, _X, _y = _used_before()
expect(train_step).of(_layer, _opt, _loss_fn, _X, _y)
expect(_layer.weight, name="model.weight after the step").equals(
    [[0.438752, -0.013728], [-0.484025, 0.351543], [0.295273, 0.162185]],
    tol=1e-4,
    mistakes={
        "the old gradients are in the step: zero_grad is missing, or it comes too late": [
            [-0.061248, -0.013728],
            [-0.484025, 0.851543],
            [0.045273, -0.087815],
        ],
        "the weights never moved. Is `loss.backward()` or `optimizer.step()` missing, does the step come before the backward pass, stands zero_grad between the two, or is it another optimizer than the one passed in?": [
            [0.5, -0.25],
            [-0.5, 0.75],
            [0.25, 0.0],
        ],
        "the step used the old gradients only: it comes before the backward pass": [
            [0.0, -0.25],
            [-0.5, 1.25],
            [0.0, -0.25],
        ],
        "probabilities went into the loss: the double softmax. Give it the logits": [
            [0.468996, -0.20113],
            [-0.504845, 0.674733],
            [0.285849, 0.026398],
        ],
        "the step is four times too large: the gradients of the four samples were added. One loss for the whole batch is a mean": [
            [0.255008, 0.695088],
            [-0.4361, -0.843828],
            [0.431092, 0.64874],
        ],
        "two steps were made. One is wanted": [[0.381818, 0.163761], [-0.435974, 0.063869], [0.304156, 0.272371]],
        "this optimizer is not the one that is passed in, or has another learning rate": [
            [0.48775, -0.202746],
            [-0.496805, 0.670309],
            [0.259055, 0.032437],
        ],
        "the step goes up the hill: plus in place of minus": [
            [0.561248, -0.486272],
            [-0.515975, 1.148457],
            [0.204727, -0.162185],
        ],
    },
)

# Another loss, another optimizer, and a model with dropout that drops everything in training mode.
_layer, _, _, _X, _ = _used_before()
_model = nn.Sequential(nn.Dropout(1.0), _layer).train()
_goal = torch.tensor([[1.0, 0.0, 0.5], [0.0, 1.0, -0.5], [1.5, -1.0, 0.0], [0.5, 0.5, 1.0]])
_adam = torch.optim.Adam(_model.parameters(), lr=0.1)
_told = expect(train_step).of(_model, _adam, nn.MSELoss(), _X, _goal).value
expect(_told, name="the loss, with dropout, Adam and nn.MSELoss").equals(
    0.8125,
    tol=1e-5,
    mistakes={
        "this is cross-entropy. Use the loss_fn that is passed in": 1.3903035,
        "the model ran in evaluation mode. The mode is the caller's business: leave it as it is": 1.1393229,
    },
)
expect(_model.training, name="model.training after train_step, True before").satisfies(
    lambda v: v is True, "the mode of the model was changed, and it is the caller's business: leave it as it is", "True"
)
expect(_layer.bias, name="the bias after one step of Adam with lr=0.1").equals(
    [0.1, 0.4, -0.4],
    tol=1e-4,
    mistakes={
        "this is a step of plain SGD. Let the optimizer that is passed in make the step: `optimizer.step()`": [
            0.25,
            0.375,
            -0.25,
        ]
    },
)
print("train_step: the weights are right.")

# %% nbgrader={"grade": true, "grade_id": "train_step-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests use a batch of one, another loss, and other optimizers.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("train_step")
for _n, _kind, _settings, _regress, _what in [
    (1, torch.optim.SGD, {"lr": 0.3}, False, "a batch of one"),
    (5, torch.optim.SGD, {"lr": 0.1, "momentum": 0.9}, False, "an optimizer with momentum"),
    (4, torch.optim.Adam, {"lr": 0.05}, True, "Adam and the mean squared error"),
]:
    _batch = torch.from_numpy(_rng.normal(size=(_n, 3)))
    _goal = torch.from_numpy(_rng.normal(size=(_n, 2)) if _regress else _rng.integers(0, 2, size=_n))
    _W, _b = _rng.normal(size=(2, 3)), _rng.normal(size=2)
    _model = nn.Linear(3, 2).double()
    _model.load_state_dict({"weight": torch.from_numpy(_W.copy()), "bias": torch.from_numpy(_b.copy())})
    for _part in _model.parameters():
        _part.grad = torch.ones_like(_part)
    _mover = _kind(_model.parameters(), **_settings)
    _Z = _batch.numpy() @ _W.T + _b
    if _regress:
        _off = 2 * (_Z - _goal.numpy()) / _Z.size
        _want = ((_Z - _goal.numpy()) ** 2).mean()
    else:
        _e = np.exp(_Z - _Z.max(axis=1, keepdims=True))
        _p = _e / _e.sum(axis=1, keepdims=True)
        _want = -np.log(_p[np.arange(_n), _goal.numpy()]).mean()
        _off = (_p - np.eye(2)[_goal.numpy()]) / _n
    _slopes = [_off.T @ _batch.numpy(), _off.sum(axis=0)]
    _moves = [_s / (np.abs(_s) + 1e-8) for _s in _slopes] if _kind is torch.optim.Adam else _slopes
    _loss_fn = nn.MSELoss() if _regress else nn.CrossEntropyLoss()
    expect(train_step, hidden=_what).of(_model, _mover, _loss_fn, _batch, _goal).equals(
        float(_want), tol=1e-9, mistakes={"use the loss_fn that is passed in: it need not be cross-entropy": 0.0}
    ).satisfies(lambda v: isinstance(v, float | np.floating), "return a plain Python float")
    expect(_model.weight, hidden=_what, name="the weights after train_step").equals(
        _W - _settings["lr"] * _moves[0],
        tol=1e-6,
        mistakes={
            "the weights never moved": _W,
            "the old gradients are in the step: zero_grad is missing, or it comes too late": _W
            - _settings["lr"] * (_moves[0] + 1),
        },
    )
    expect(_model.bias, hidden=_what, name="the bias after train_step").equals(
        _b - _settings["lr"] * _moves[1], tol=1e-6
    )
### END HIDDEN TESTS

# %% [markdown]
# ### Predict, then run: the loop without `zero_grad`
#
# Two networks start from the same weights and meet the same 200 batches of 64 digits, with learning rate 0.1. One runs your `train_step`. The other runs the same lines without `zero_grad`. How does the second one's loss go? Choose: `"the same"`, `"slower"`, `"faster, then it breaks"`.

# %%
my_guess = None  # one of the three

# %%
# Needs train_step (exercise 5).
batches = [(images[k : k + 64], labels[k : k + 64]) for k in range(0, 1344, 64)]
curves = {}
for name in ("without zero_grad", "with zero_grad"):
    model = reseed(nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10)), seed=5)
    opt = torch.optim.SGD(model.parameters(), lr=0.1)
    curves[name] = []
    for k in range(200):
        X, y = batches[k % len(batches)]
        if name == "with zero_grad":
            curves[name].append(train_step(model, opt, cross_entropy, X, y))
        else:
            loss = cross_entropy(model(X), y)
            loss.backward()
            opt.step()
            curves[name].append(loss.item())
for name, losses in curves.items():
    told = "   ".join(f"step {k} {losses[k - 1]:.2f}" for k in (5, 20, 100, 200))
    print(f"{name:>17}: {told}   largest {max(losses):.2f}, mean of the last 50 {np.mean(losses[-50:]):.2f}")
print("your guess:", my_guess)
plots.lines(curves, title="200 steps, with and without zero_grad", x_label="step", y_label="loss of the batch")

# %% [markdown]
# At first the second network is ahead: after 20 steps its loss is about 0.8, the other's still about 2. Then it breaks: it shoots up to about 8, far above a network that knows nothing (log 10 ≈ 2.3), and its last 50 steps stay near 1.9, against 0.4 for the other. Each of its steps goes along the sum of **all** gradients so far. That is momentum without friction (lesson 4): while all batches agree it races, and then it can no longer turn. No error tells you.
#
# ## 6. `train()` against `eval()`
#
# Some layers work differently while a network learns. **Dropout** is the classic: in training it sets each number to 0 with probability $p$ and divides the others by $1 - p$, so that the mean stays. In evaluation it does nothing. `model.train()` and `model.eval()` set a flag, `model.training`, in every layer inside. They compute nothing.
#
# Dropout draws from PyTorch's one global generator. `fork_rng` puts it back afterwards, so the seed acts in this cell only.

# %%
dropout = nn.Dropout(0.5)
with torch.random.fork_rng():
    torch.manual_seed(0)
    print("train, first call:   ", dropout.train()(torch.ones(8)).tolist())
    print("train, second call:  ", dropout(torch.ones(8)).tolist())
    print(f"train, mean of 100,000 ones: {dropout(torch.ones(100_000)).mean():.3f}")
    with torch.no_grad():
        print("train, under no_grad:", dropout(torch.ones(8)).tolist())
    print("eval:                ", dropout.eval()(torch.ones(8)).tolist())

# %% [markdown]
# `no_grad` is another switch for another thing: it stops PyTorch from keeping the graph, and dropout does not care about it: see the line above. For predictions you want both.
#
# ## Exercise 6 — predictions without side effects
# **3 points · difficulty 2 of 5 · importance 5 of 5 · about 10 min**
#
# Write `predict_classes(model, X)`: the class with the largest logit for each row of the tensor `X (n, d)` → an int64 tensor `(n,)`. The model answers in **evaluation mode** and **without a graph**. Afterwards it is in the mode in which it came (`model.training` says which), and gradients are switched on or off for everybody else as before. Call the model once, with the whole batch.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Three things to do before the model runs, one after it.
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Keep `model.training` in a variable first. `model.train(flag)` takes True or False. A `with torch.no_grad():` block switches back by itself.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
#     remember the mode
#     evaluation mode
#     with no graph: the place of the largest logit in each row (dim=1)
#     put the mode back
#     return the classes
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "predict_classes", "locked": false, "schema_version": 3, "solution": true, "task": false}
def predict_classes(model, X):
    """Class of the largest logit per row, in evaluation mode, without a graph. X (n, d) -> int64 (n,)."""
    ### BEGIN SOLUTION
    was_training = model.training
    model.eval()  # shown to students
    with torch.no_grad():  # shown to students
        classes = model(X).argmax(dim=1)
    model.train(was_training)
    return classes
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "predict_classes-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of predict_classes, the classes: run this cell.
def _forgetful():
    """Its logits are its inputs in evaluation mode. In training mode dropout drops all, and class 1 wins every row."""
    layer = nn.Linear(3, 3)
    layer.load_state_dict({"weight": torch.eye(3), "bias": torch.tensor([0.0, 0.5, 0.0])})
    return nn.Sequential(nn.Dropout(1.0), layer)


_X = torch.tensor([[1.0, 2.0, 9.0], [7.0, 3.0, 1.0], [2.0, 5.0, 4.0], [8.0, 0.0, 6.0], [-3.0, -5.0, -1.0]])
expect(predict_classes).of(_forgetful().train(), _X).satisfies(
    lambda v: not isinstance(v, tuple), "this is a pair, as `max` gives it. Only the places are wanted: `argmax`"
).satisfies(
    lambda v: np.shape(v) != (5, 3),
    "these are logits or probabilities, a whole row for each sample. The place of the largest is wanted: `argmax(dim=1)`",
    "shape (5,)",
).equals(
    [2, 0, 1, 0, 2],
    mistakes={
        "dropout was active: the model answered in training mode. Call model.eval() first": [1, 1, 1, 1, 1],
        "these are the largest logits themselves. Their places are wanted: `argmax`": [9.0, 7.0, 5.5, 8.0, -1.0],
        "this is the best row of each column. One class per row is wanted: `dim=1`": [3, 2, 0],
        "this is one place in the whole batch. One class per row is wanted: `dim=1`": 2,
        "the smallest logit was picked. The largest wins": [0, 2, 0, 1, 1],
        "the classes are counted from 1. They begin with 0": [3, 1, 2, 1, 3],
    },
).satisfies(
    lambda v: isinstance(v, torch.Tensor),
    "the classes are right, and this is no tensor: return what `argmax` gives",
    "a tensor",
).satisfies(
    lambda v: v.dtype == torch.int64, "classes are int64: leave what `argmax` gives as it is", "dtype torch.int64"
)
print("predict_classes: the classes are right.")

# %% nbgrader={"grade": true, "grade_id": "predict_classes-modes", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of predict_classes, its switches: run this cell.
_graph_kept = []


class _Watcher(nn.Module):
    """Passes its input on, and writes down whether a graph is kept."""

    def forward(self, x):
        _graph_kept.append(torch.is_grad_enabled())
        return x


expect(predict_classes).of(nn.Sequential(nn.Linear(3, 2), _Watcher()), torch.ones(4, 3))
_grad_after = torch.is_grad_enabled()
torch.set_grad_enabled(True)
expect(_graph_kept, name="is a graph kept, for each call of the model").satisfies(
    lambda v: len(v) == 1, "the model should be called once, with the whole batch", "one call"
).satisfies(
    lambda v: not any(v), "a graph was kept. Put the call of the model under `with torch.no_grad():`", "[False]"
)
expect(_grad_after, name="are gradients switched on after predict_classes?").satisfies(
    lambda v: v is True,
    "gradients stay switched off for everything that follows. `with torch.no_grad():` switches them on again at its end",
    "True",
)
_model = _forgetful().train()
expect(predict_classes).of(_model, torch.ones(2, 3))
expect(_model.training, name="model.training after the call, True before").satisfies(
    lambda v: v is True, "the model came in training mode and is left in evaluation mode: put its mode back", "True"
)
_model = _forgetful().eval()
with torch.no_grad():
    expect(predict_classes).of(_model, torch.ones(2, 3))
    _grad_after = torch.is_grad_enabled()
torch.set_grad_enabled(True)
expect(_model.training, name="model.training after the call, False before").satisfies(
    lambda v: v is False,
    "the model came in evaluation mode and is left in training mode: remember `model.training`, and give it to `model.train(...)`",
    "False",
)
expect(_grad_after, name="are gradients switched on after a call under torch.no_grad()?").satisfies(
    lambda v: v is False,
    "the caller had switched gradients off, and now they are on. `with torch.no_grad():` puts back what was there",
    "False",
)
print("predict_classes: the switches are right.")

# %% nbgrader={"grade": true, "grade_id": "predict_classes-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests use one row, many classes, batch norm, and a model that comes in evaluation mode.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("predict_classes")
for _n, _c, _mode, _what in [
    (1, 4, True, "a single row"),
    (6, 6, False, "a model that comes in evaluation mode"),
    (5, 11, True, "eleven classes"),
]:
    _table = _rng.permutation(_n * _c).reshape(_n, _c) - float(_n * _c)
    _best = [max(range(_c), key=_line.__getitem__) for _line in _table.tolist()]
    _model = nn.Sequential(nn.Dropout(0.9), nn.BatchNorm1d(_c, affine=False), nn.Linear(_c, _c)).double()
    _model[2].load_state_dict({"weight": torch.eye(_c).double(), "bias": torch.zeros(_c).double()})
    _model.train(_mode)
    expect(predict_classes, hidden=_what).of(_model, torch.from_numpy(_table)).equals(_best)
    expect([_part.training for _part in _model.modules()], hidden=_what, name="predict_classes").satisfies(
        lambda v, mode=_mode: all(flag is mode for flag in v),
        "the model is not left in the mode in which it came: remember `model.training`, and give it to `model.train(...)`",
    )
    expect(_model[1].num_batches_tracked.item(), hidden=_what, name="predict_classes").satisfies(
        lambda v: v == 0, "batch norm learned from the batch: the model ran in training mode"
    )
### END HIDDEN TESTS

# %% [markdown]
# ## 7. A module of your own
#
# `nn.Sequential` runs layers one after another. For everything else you write a class: it inherits from `nn.Module`, makes its layers in `__init__`, and says in `forward` what happens to a batch. Here is a small one, with a twist that `nn.Sequential` cannot do: the input is added to the output.


# %%
class Residual(nn.Module):
    """X (n, d) -> X + tanh(X @ V.T + c), same shape."""

    def __init__(self, d):
        super().__init__()
        self.inner = nn.Linear(d, d)

    def forward(self, X):
        return X + torch.tanh(self.inner(X))


block = reseed(Residual(3), seed=0)
print(block)
for name, part in block.named_parameters():
    print(f"{name}: {tuple(part.shape)}, requires_grad {part.requires_grad}")
print("block(ones):", tuple(block(torch.ones(2, 3)).shape))

# %% [markdown]
# Where do the parameters come from? `self.inner = ...` is more than an assignment: `nn.Module` sees that a layer arrives and writes it down. That is how `.parameters()`, `.train()` and `state_dict()` find it. It has two consequences. `super().__init__()` must come first, because it makes the book to write into. And a layer that hides in a plain Python list is not seen:


# %%
class Forgotten(nn.Module):
    """Keeps its layers in a plain list."""

    def __init__(self, d):
        super().__init__()
        self.layers = [nn.Linear(d, d), nn.Linear(d, 2)]


class Registered(nn.Module):
    """Keeps its layers in an nn.ModuleList."""

    def __init__(self, d):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(d, d), nn.Linear(d, 2)])


for kind in (Forgotten, Registered):
    print(f"{kind.__name__}: {len(list(kind(3).parameters()))} parameters found")

# %% [markdown]
# ## Exercise 7 — the three-layer network as a module
# **3 points · difficulty 3 of 5 · importance 5 of 5 · about 15 min**
#
# Write the class `ThreeLayerNet(nn.Module)`. `ThreeLayerNet([d_0, d_1, d_2, d_3])` has three `nn.Linear` layers of these sizes, each with a bias, and `net(X)` gives the logits `(n, d_3)` of a batch `X (n, d_0)`: ReLU after the first and the second layer, nothing after the third. All six parameters must be found by `net.parameters()`. How you name the layers is up to you.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Which of your two methods runs once, and which runs for every batch? Where do the layers belong?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Three attributes, each an `nn.Linear` between two neighbors in `sizes`. `torch.relu` is a function; you need no layer for it.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
#     __init__: call super().__init__(), then three linear layers as attributes of self
#     forward: X through the first layer and ReLU, through the second and ReLU, through the third
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "ThreeLayerNet", "locked": false, "schema_version": 3, "solution": true, "task": false}
class ThreeLayerNet(nn.Module):
    """Three linear layers with ReLU between them. sizes: [d_0, d_1, d_2, d_3]; net(X) (n, d_0) -> logits (n, d_3)."""

    def __init__(self, sizes):
        ### BEGIN SOLUTION
        super().__init__()  # shown to students
        self.bottom = nn.Linear(sizes[0], sizes[1])
        self.middle = nn.Linear(sizes[1], sizes[2])
        self.top = nn.Linear(sizes[2], sizes[3])
        ### END SOLUTION

    def forward(self, X):
        ### BEGIN SOLUTION
        hidden = torch.relu(self.bottom(X))
        hidden = torch.relu(self.middle(hidden))
        return self.top(hidden)
        ### END SOLUTION


# %% [markdown]
# The check asks with this function which parameters the backward pass reaches.


# %%
def without_gradient(net, X):
    """The names of the parameters that get no gradient from the sum of the outputs for the batch X."""
    net(X).sum().backward()
    return [name for name, part in net.named_parameters() if part.grad is None]


# %% nbgrader={"grade": true, "grade_id": "ThreeLayerNet-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of ThreeLayerNet: run this cell.
def _made(sizes):
    """A network of the student's class, and its parameters by name."""
    told, written = "", True
    try:
        ThreeLayerNet(sizes)
    except NotImplementedError:
        written = False
    except Exception as error:
        told = str(error)
    expect(written, name="ThreeLayerNet has an __init__").satisfies(
        lambda v: v, "`__init__` is not written yet: replace its line with `raise` by your answer, or delete that line"
    )
    expect(told, name="ThreeLayerNet(sizes)").satisfies(
        lambda text: "Module.__init__" not in text,
        "`super().__init__()` is missing, or comes after a layer: it must be the first line of __init__",
        "a network",
    )
    net = expect(ThreeLayerNet, name="ThreeLayerNet").of(sizes).value
    expect(hasattr(net, "named_parameters"), name="ThreeLayerNet is a module").satisfies(
        lambda v: v, "the class inherits nothing: its first line is `class ThreeLayerNet(nn.Module):`", "True"
    )
    found = dict(net.named_parameters())
    expect(len(found), name="how many parameters net.parameters() finds").satisfies(
        lambda count: count > 0,
        "no layer is registered. Layers belong into __init__, each as an attribute of self: not into a plain list, nor into forward",
        "6",
    ).equals(
        6,
        mistakes={
            "the biases are missing: leave `bias=False` away": 3,
            "only two layers are there. Three are wanted": 4,
            "only one layer is there. Three are wanted": 2,
            "there are four layers. Three are wanted": 8,
        },
    )
    return net, found


_net, _found = _made([2, 3, 4, 5])
_other = sorted(tuple(part.shape) for part in _made([7, 6, 8, 9])[1].values())
expect(sorted(tuple(part.shape) for part in _found.values()), name="the shapes of its parameters").satisfies(
    lambda v: v != _other, "the sizes are fixed: each network must have those of its own list `sizes`"
).equals(
    [(3,), (3, 2), (4,), (4, 3), (5,), (5, 4)],
    mistakes={
        "the sizes of each layer are turned around: inputs first, neurons second": [
            (2,),
            (2, 3),
            (3,),
            (3, 4),
            (4,),
            (4, 5),
        ],
        "the weights are stored as (d_in, d_out). nn.Linear stores (d_out, d_in): use three `nn.Linear` layers": [
            (2, 3),
            (3,),
            (3, 4),
            (4,),
            (4, 5),
            (5,),
        ],
    },
)
expect(all(part.requires_grad for part in _found.values()), name="all parameters can learn").satisfies(
    lambda v: v, "a parameter has requires_grad=False and cannot learn", "True"
)
_by_shape = {tuple(part.shape): name for name, part in _found.items()}
_weights = {
    (3, 2): [[1.0, -1.0], [0.5, 0.5], [-1.0, 0.0]],
    (3,): [0.0, 0.5, 0.25],
    (4, 3): [[1.0, 0.0, 1.0], [-1.0, 0.5, 0.0], [0.5, -1.0, 2.0], [0.0, 1.0, -1.0]],
    (4,): [0.0, 0.25, -0.5, 0.5],
    (5, 4): [
        [1.0, 0.0, 0.5, 0.0],
        [0.0, -1.0, 0.0, -1.0],
        [0.5, 1.0, 0.0, 0.0],
        [0.0, 0.0, -1.0, 2.0],
        [1.0, 1.0, 1.0, 1.0],
    ],
    (5,): [0.0, 0.5, -0.5, 0.0, 1.0],
}
_net.load_state_dict({_by_shape[shape]: torch.tensor(numbers) for shape, numbers in _weights.items()})
_X = torch.tensor([[1.0, 2.0], [2.0, -1.0], [-1.0, 0.5]])


def _call(X):
    return _net(X)


_call.__name__ = "net"
_logits = (
    expect(_call)
    .of(_X)
    .satisfies(
        lambda v: isinstance(v, torch.Tensor), "forward returns no tensor. The logits alone are wanted", "a tensor"
    )
)
expect(
    all(torch.equal(_net(_X).detach(), _logits.value.detach()) for _ in range(5)),
    name="net(X) gives the same in every call",
).satisfies(lambda v: v, "something random is in the network, such as dropout. Only layers and ReLU are wanted", "True")
_logits.equals(
    [[0.0, -3.25, 0.75, 5.0, 4.75], [3.0, -1.0, 1.0, 3.0, 5.5], [2.125, 0.125, 0.5, -1.75, 4.375]],
    tol=1e-5,
    mistakes={
        "negative logits are cut off: ReLU acts on the last layer too": [
            [0.0, 0.0, 0.75, 5.0, 4.75],
            [3.0, 0.0, 1.0, 3.0, 5.5],
            [2.125, 0.125, 0.5, 0.0, 4.375],
        ],
        "no ReLU is there: three layers without it are one": [
            [-4.0, -5.0, 0.875, 11.0, 0.25],
            [-0.5, -0.5, -2.125, 10.0, -0.25],
            [0.25, -0.875, 1.25, -2.0, 3.125],
        ],
        "ReLU acts after the first layer only. It belongs after the second too": [
            [-1.25, -3.25, 0.75, 7.5, 2.25],
            [3.0, 1.25, -1.25, 3.0, 3.25],
            [2.125, 0.625, 0.5, -2.75, 3.875],
        ],
        "ReLU acts after the second layer only. It belongs after the first too": [
            [0.0, -5.0, 1.75, 6.5, 6.5],
            [1.25, -2.75, 0.125, 6.5, 5.5],
            [0.5, -1.375, 1.375, -1.0, 3.875],
        ],
        "there is a softmax at the end. The network ends with logits: the loss does the softmax itself": [
            [0.0037432, 0.0001451, 0.0079243, 0.5555357, 0.4326517],
            [0.0697538, 0.0012776, 0.0094401, 0.0697538, 0.8497748],
            [0.0922446, 0.012484, 0.018164, 0.0019145, 0.8751929],
        ],
        "there is a log-softmax at the end. The network ends with logits": [
            [-5.5878223, -8.8378223, -4.8378223, -0.5878223, -0.8378223],
            [-2.662784, -6.662784, -4.662784, -2.662784, -0.162784],
            [-2.383311, -4.383311, -4.008311, -6.258311, -0.133311],
        ],
        "the activation is tanh. ReLU is wanted": [
            [-1.3826805, -1.3743904, -0.0383364, 2.9368777, 0.993675],
            [-0.4413739, -0.1269263, -0.8221449, 2.9417734, 0.6905507],
            [0.1738911, -0.2528478, 0.3274445, -0.6673858, 2.1574334],
        ],
        "the activation is a sigmoid. ReLU is wanted": [
            [0.8199471, -0.8465178, 0.4254872, 1.132099, 3.3431013],
            [0.9440264, -0.6635909, 0.2917158, 1.1068272, 3.3012671],
            [1.0440186, -0.6570346, 0.4478267, 0.4995792, 3.5220051],
        ],
        "these are the activations of the second layer. The third is missing": [
            [0.0, 1.25, 0.0, 2.5],
            [3.0, 0.0, 0.0, 1.5],
            [1.25, 0.375, 1.75, 0.0],
        ],
    },
)
_logits.satisfies(
    lambda v: v.requires_grad, "no gradient can flow back from the logits: leave `no_grad` and `detach` out of forward"
)
expect(without_gradient, name="without_gradient").of(_net, _X).satisfies(
    lambda v: len(v) == 0,
    "these parameters get no gradient: a `detach`, `no_grad` or `.data` in forward cuts the graph below the last layer",
    "an empty list",
)
print("ThreeLayerNet: this check is passed.")

# %% nbgrader={"grade": true, "grade_id": "ThreeLayerNet-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests use a batch of one, layers of one neuron, equal sizes, two networks side by side, and ask whether gradients can flow.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("ThreeLayerNet")
for _n, _widths, _what in [
    (1, [4, 3, 5, 2], "a batch of one"),
    (6, [1, 4, 3, 5], "inputs with one number"),
    (5, [3, 1, 2, 6], "a hidden layer of one neuron"),
    (4, [4, 4, 4, 4], "all sizes the same"),
]:
    _one = expect(ThreeLayerNet, hidden=_what, name="ThreeLayerNet").of(list(_widths)).value
    _names = dict(_one.named_parameters())
    expect(len(_names), hidden=_what, name="ThreeLayerNet").satisfies(
        lambda v: v == 6, "net.parameters() must find six: a weight and a bias for each of three different layers"
    )
    expect(sorted(int(_part.numel()) for _part in _names.values()), hidden=_what, name="ThreeLayerNet").equals(
        sorted([_i * _o for _i, _o in zip(_widths, _widths[1:])] + _widths[1:])
    )
    _inputs = torch.from_numpy(_rng.normal(size=(_n, _widths[0])).astype(np.float32))
    _answer = expect(_one, hidden=_what, name="ThreeLayerNet").of(_inputs).value
    expect(_answer, hidden=_what, name="ThreeLayerNet").has_shape(_n, _widths[3]).satisfies(
        lambda v: v.requires_grad, "no gradient can flow back from the logits: something detached them from the graph"
    )
    expect(_one(_inputs), hidden=f"{_what}; the same batch twice", name="ThreeLayerNet").equals(_answer.detach())
    if len(set(_widths[1:])) == 3:  # then the shapes say which layer is which
        _ordered = [
            next(_part for _part in _names.values() if tuple(_part.shape) == _shape)
            for _i, _o in zip(_widths, _widths[1:])
            for _shape in ((_o, _i), (_o,))
        ]
        _now = _inputs
        for _k in range(3):
            _now = torch.nn.functional.linear(_now, _ordered[2 * _k], _ordered[2 * _k + 1])
            _now = _now.clamp_min(0) if _k < 2 else _now
        expect(_answer, hidden=_what, name="ThreeLayerNet").equals(_now.detach(), tol=1e-4)
_left, _right = (dict(ThreeLayerNet([3, 4, 5, 2]).named_parameters()) for _ in range(2))
expect(
    any(bool((_left[_key] == _right[_key]).all()) for _key in _left), hidden="two networks", name="ThreeLayerNet"
).satisfies(
    lambda v: not v, "two networks have the same numbers in a layer: each must make layers of its own in __init__"
)
### END HIDDEN TESTS

# %% [markdown]
# The circle closes: give your module the start weights of your hand-made network, and compare the logits. `nn.Linear` keeps one row per neuron, so the weights go in transposed.

# %%
# Needs ThreeLayerNet (exercise 7), three_layer_forward (3) and train_step (5).
net = ThreeLayerNet([64, 32, 16, 10]).double()
same_start = he_params([64, 32, 16, 10], seed=3)
by_shape = {tuple(part.shape): part for part in net.parameters()}  # all six shapes differ here
with torch.no_grad():
    for W, b in same_start:
        by_shape[tuple(W.T.shape)].copy_(W.T)
        by_shape[tuple(b.shape)].copy_(b)
bare_logits, _ = three_layer_forward(bare_test, same_start)
print(
    f"logits, module against bare tensors: largest difference {(net(bare_test) - bare_logits).abs().max().item():.1e}"
)
opt = torch.optim.SGD(net.parameters(), lr=0.5)
module_losses = [train_step(net, opt, cross_entropy, bare_X, labels) for _ in range(300)]
if len(hand_losses) == len(module_losses):
    gap = np.abs(np.subtract(module_losses, hand_losses)).max()
    print(f"300 losses, module against your hand: largest difference {gap:.1e}")
else:
    print("The losses of your hand are missing: write three_layer_backward (exercise 4) and run section 4 again.")

# %% [markdown]
# ## 8. `Dataset` and `DataLoader`
#
# `TensorDataset` (week 00) wants all data as tensors in memory. A `Dataset` of your own needs two methods only: `__len__` says how many samples there are, `__getitem__(i)` makes sample `i`. The work of preparing a sample happens when it is asked for. Here each image is flipped left to right half of the time, as it is fetched, and never stored.


# %%
class DigitImages(Dataset):
    """Digits as float32 images (64,) with int64 labels. With a generator, each image is mirrored half of the time."""

    def __init__(self, X, y, dice=None):
        self.X, self.y, self.dice = X, y, dice

    def __len__(self):
        return len(self.X)

    def __getitem__(self, i):
        image = torch.tensor(self.X[i], dtype=torch.float32)
        if self.dice is not None and self.dice.random() < 0.5:
            image = image.reshape(8, 8).flip(1).flatten()
        return image, int(self.y[i])


data = DigitImages(digits_X, digits_y)
loader = DataLoader(data, batch_size=64, shuffle=True, generator=torch.Generator().manual_seed(0))
batch_X, batch_y = next(iter(loader))
print("samples", len(data), "| batches", len(loader), "| the last one has", len(data) % 64 or 64)
print("one batch:", tuple(batch_X.shape), batch_X.dtype, "and", tuple(batch_y.shape), batch_y.dtype)
mirrored = DigitImages(digits_X, digits_y, np.random.default_rng(0))
print("the same sample five times, mirrored?", [bool((mirrored[0][0] != data[0][0]).any()) for _ in range(5)])

# %% [markdown]
# The loader asks for the samples one by one, in a new order each epoch, and stacks them: tensors of shape `(64,)` become `(64, 64)`, plain ints become an int64 tensor. Mirrored digits are a bad idea, by the way: a mirrored 3 is no digit. We train on `data`. Module, loader, step and prediction are now all yours:

# %%
# Needs ThreeLayerNet (exercise 7), train_step (5) and predict_classes (6).
net = reseed(ThreeLayerNet([64, 32, 16, 10]), seed=2)
opt = torch.optim.Adam(net.parameters(), lr=0.01)
for epoch in range(1, 11):
    net.train()
    means = [train_step(net, opt, cross_entropy, X, y) for X, y in loader]
    if epoch in (1, 2, 5, 10):
        share = (predict_classes(net, test_images) == test_labels).double().mean().item()
        print(f"epoch {epoch:>2}: mean loss {np.mean(means):.3f}, accuracy on test digits {share:.1%}")

# %% [markdown]
# ## 9. Bug hunt: three loops that do not complain
#
# Each function below has one wrong line, and Python runs it without an error. Read the symptoms first, as you would in real life.


# %%
def run_a(model, opt, batches, epochs):
    model.train()  # line 1
    opt.zero_grad()  # line 2
    for _ in range(epochs):  # line 3
        for X, y in batches:  # line 4
            loss = cross_entropy(model(X), y)  # line 5
            loss.backward()  # line 6
            opt.step()  # line 7
    return loss.item()  # line 8


def accuracy_b(model, X, y):
    model.train()  # line 1
    with torch.no_grad():  # line 2
        winners = model(X).argmax(dim=1)  # line 3
    return (winners == y).double().mean().item()  # line 4


def run_c(model, opt, batches, epochs):
    model.train()  # line 1
    for _ in range(epochs):  # line 2
        for X, y in batches:  # line 3
            opt.zero_grad()  # line 4
            loss = cross_entropy(model(X), y)  # line 5
            opt.step()  # line 6
            loss.backward()  # line 7
    return loss.item()  # line 8


with torch.random.fork_rng():
    torch.manual_seed(0)
    for what, run, epochs in [("A", run_a, 1), ("A", run_a, 8), ("C", run_c, 1), ("C", run_c, 8)]:
        sick = reseed(nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10)), seed=4)
        last = run(sick, torch.optim.SGD(sick.parameters(), lr=0.5), batches, epochs)
        print(f"{what}: loss of the last batch after epoch {epochs}: {last:.3f}")
    healthy = reseed(nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Dropout(0.5), nn.Linear(32, 10)), seed=4)
    opt = torch.optim.Adam(healthy.parameters(), lr=0.01)
    for _ in range(8):
        for X, y in batches:
            loss = cross_entropy(healthy(X), y)
            opt.zero_grad()
            loss.backward()
            opt.step()
    shares = [accuracy_b(healthy, test_images, test_labels) for _ in range(3)]
    print("B: the accuracy of one and the same network, three times:", [f"{share:.1%}" for share in shares])

# %% [markdown]
# ## Exercise 8 — which line?
# **3 points · difficulty 2 of 5 · importance 4 of 5 · about 5 min**
#
# For each function write the number of the line that is wrong, or stands in the wrong place, into `bug_lines`. `{"A": 8, "B": 4, "C": 1}` is the form (and wrong): capital letters, whole numbers. Where two lines stand in the wrong order, either of the two counts.
#
# <details><summary>Hint 1: a nudge</summary>
#
# A gets worse the longer it runs. B does not repeat itself. C does not move at all.
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# For A and C, say at each line what is in `.grad`, in the first round and in the second. For B, ask which layer of the network draws random numbers, and who told it to.
#
# </details>
# <details><summary>Hint 3: almost an answer</summary>
#
# In A something that every batch needs happens once. In B a mode is set, and it is the wrong one. In C the optimizer looks at gradients that are not there yet.
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "bug_lines", "locked": false, "schema_version": 3, "solution": true, "task": false}
bug_lines = {}
### BEGIN SOLUTION
bug_lines = {"A": 2, "B": 1, "C": 6}
### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "bug_lines-a", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of bug_lines, function A: run this cell.
def _judge(letter, count, innocent):
    """The line that was named for a function, judged by what its other lines do right."""
    expect(bug_lines, name="bug_lines").satisfies(
        lambda v: isinstance(v, dict) and len(v) > 0,
        "nothing is written yet, or it is no dictionary. Write letters and line numbers between braces",
        "a dictionary",
    ).satisfies(
        lambda v: letter in v, f"the letter {letter} is missing. Write it as a capital letter", f"an entry for {letter}"
    )
    expect(bug_lines[letter], name=f"the line of function {letter}").satisfies(
        lambda v: isinstance(v, int) and not isinstance(v, bool),
        "write the line as a whole number: 2, without quotes and without a point",
        "a whole number",
    ).satisfies(
        lambda v: 1 <= v <= count, f"function {letter} has no such line: they run from 1 to {count}", f"1 to {count}"
    ).satisfies(lambda v: v not in innocent, innocent.get(bug_lines[letter], ""), "the line with the bug")


_judge(
    "A",
    8,
    {
        1: "this line is right: training mode is what a training loop needs, once is enough",
        3: "this line is right: it repeats the epochs",
        4: "this line is right: it goes over all batches",
        5: "this line is right: forward pass and loss, in the order logits, labels",
        6: "this line is right: backward fills the gradients. What is in them before it runs, in the second round?",
        7: "this line is right: the step comes after the backward pass. Along which gradients does it go?",
        8: "this line is right: `.item()` gives a plain number",
    },
)
print("bug_lines: function A is found.")

# %% nbgrader={"grade": true, "grade_id": "bug_lines-b", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of bug_lines, function B: run this cell.
expect(bug_lines, name="bug_lines").satisfies(
    lambda v: isinstance(v, dict) and "B" in v,
    "the letter B is missing. Write it as a capital letter",
    "an entry for B",
)
expect(bug_lines["B"], name="the line of function B").satisfies(
    lambda v: isinstance(v, int) and not isinstance(v, bool) and 1 <= v <= 4,
    "write the line as a whole number from 1 to 4",
    "a whole number",
).satisfies(
    lambda v: v != 2, "this line is right: no graph is needed to measure. It does not switch dropout off, though"
).satisfies(
    lambda v: v != 3, "this line is right: the largest logit of each row wins. Why is it not the same in every call?"
).satisfies(lambda v: v != 4, "this line is right: it is the share of right answers, as a plain number")
print("bug_lines: function B is found.")

# %% nbgrader={"grade": true, "grade_id": "bug_lines-c", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of bug_lines, function C: run this cell.
expect(bug_lines, name="bug_lines").satisfies(
    lambda v: isinstance(v, dict) and "C" in v,
    "the letter C is missing. Write it as a capital letter",
    "an entry for C",
)
expect(bug_lines["C"], name="the line of function C").satisfies(
    lambda v: isinstance(v, int) and not isinstance(v, bool) and 1 <= v <= 8,
    "write the line as a whole number from 1 to 8",
    "a whole number",
).satisfies(
    lambda v: v not in (1, 2, 3), "this line is right: the mode and the two loops are as they should be"
).satisfies(
    lambda v: v != 4,
    "this line is right: it wipes the gradients in each round, before the new ones come. Go on reading below it",
).satisfies(lambda v: v != 5, "this line is right: forward pass and loss, in the order logits, labels").satisfies(
    lambda v: v != 8, "this line is right: `.item()` gives a plain number"
)
print("bug_lines: function C is found.")

# %% [markdown]
# ## How GPT uses this
#
# A GPT is an `nn.Module` that holds modules, which hold modules. Its training step is your `train_step`, with two additions you have met: gradients of several small batches are **added** before one step (section 3), because a large batch does not fit on one card, and dropout is on in training and off when it writes text. The matrix products of a block go backward by the two formulas of your `three_layer_backward`, here on a weight of GPT-2's size:

# %%
dice = torch.Generator().manual_seed(0)
tokens = torch.randn(8, 768, generator=dice)  # 8 tokens, 768 numbers each
big = torch.randn(768, 3072, generator=dice).requires_grad_()
above = torch.randn(8, 3072, generator=dice)  # the gradient that arrives from above
(tokens @ big).backward(above)
print(f"dW (768, 3072), largest difference from A.T @ dZ: {(tokens.T @ above - big.grad).abs().max().item():.1e}")

# %% [markdown]
# ## Coming from C# or Java
#
# - `self.inner = nn.Linear(...)` runs code: `nn.Module` overrides `__setattr__`, much like a property setter, and registers what you assign.
# - `net(X)` works because the class defines `__call__`, an operator for "use the object as a function". It calls your `forward`.
# - `with torch.no_grad():` is C#'s `using` and Java's try-with-resources: what it switched comes back at the end, also after an error.
# - `len(data)` and `data[i]` call `__len__` and `__getitem__`: an interface without the word *implements*.
# - A name that ends with `_` (`clamp_`, `zero_`, `requires_grad_`) changes the object itself; without it you get a new one.
#
# ## If you are stuck
#
# | what you see | likely cause |
# |---|---|
# | `expected m1 and m2 to have the same dtype` | float64 from NumPy met float32: convert once, in `to_tensors` |
# | `a leaf Variable that requires grad is being used in an in-place operation` | a weight is changed outside `torch.no_grad()` |
# | `element 0 of tensors does not require grad` | the loss has no graph: `no_grad`, `.detach()`, `.item()` or NumPy on the way |
# | `.grad` is None, with a warning about a non-leaf | the tensor was computed, not made: ask the leaf |
# | `cannot assign module before Module.__init__() call` | `super().__init__()` is missing |
# | `optimizer got an empty parameter list` | the layers stand in a plain list, or are made in `forward` |
# | gradients by hand are n times too large | the mean over the batch is missing in dZ |
# | right for layer 3, wrong below | the ReLU mask is missing, or comes from another layer's Z |
#
# ## Checkpoint
#
# Answer each question aloud before you open it.
#
# <details><summary>What does .backward() change, and what does .step() change?</summary>
#
# `.backward()` adds to the `.grad` of the leaves and moves no weight. `.step()` moves the weights and leaves the gradients as they are.
#
# </details>
# <details><summary>Why does backward add to .grad in place of writing it?</summary>
#
# A tensor that is used twice must collect both gradients. Across steps you say yourself when a new sum begins: `zero_grad`.
#
# </details>
# <details><summary>Does model.eval() save memory? Does no_grad switch dropout off?</summary>
#
# Neither. `eval()` sets a flag that dropout and batch norm read. `no_grad` keeps no graph, and that saves memory.
#
# </details>
# <details><summary>In three_layer_backward, what is the shape of dZ2, and which two arrays make dW2 from it?</summary>
#
# `(n, d_2)`, and `dW2 = A1.T @ dZ2`, where A1 is what came into layer 2.
#
# </details>
# <details><summary>A module's optimizer complains of an empty parameter list. Where do you look?</summary>
#
# In `__init__`: the layers must be attributes of `self`, or stand in an `nn.ModuleList`.
#
# </details>
#
# You know what autograd computes, because you computed it too. **Next:** lesson 6 trains a network on MNIST, once with your NumPy code and once with PyTorch.
