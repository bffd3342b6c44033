# %% [markdown]
# # Week 03 · Lesson 1 — The chain rule, and an autograd engine of your own
#
# **About 130 minutes.** You measure slopes, then compute them exactly, and build a small engine that does it for any formula. At the end it agrees with PyTorch to twelve digits and trains a network.
#
# | built before | built here | unlocks next |
# |---|---|---|
# | the forward pass and its losses (week 00, lesson 3), PyTorch's `backward()` used as a black box (week 00, lesson 4) | `slope_by_nudging`, `gradients_by_hand`, the class `Value` with its operations, `topological_order`, `backward` | lesson 2, which does the same for whole layers of numbers at once |
#
# After this lesson you can
#
# - measure any derivative by nudging, and say why it is never quite exact;
# - draw a formula as a graph, and compute every derivative in it by hand;
# - explain what `loss.backward()` does, in which order, and why gradients add up;
# - find the bug in a backward pass from its wrong numbers.
#
# The numbers in this lesson are single numbers, not arrays. That is slow, and it hides nothing. Lesson 2 takes the same ideas to matrices.
#
# If you skip an exercise, the cells that show your function at work stop with `NotImplementedError`, or miss what it would have made: section 2 needs Exercise 1, the ends of sections 4 and 5 need Exercises 3 to 5, and from the picture in section 7 on (but for the bug hunt) you need Exercises 3 to 7.

# %%
import math

import numpy as np
import torch

from groundup import plots
from groundup.checks import expect, fresh_rng, given  # given: lets a check try one step of yours without the others

# %% [markdown]
# ## 1. The idea: which way does the loss move?
#
# A network with wrong weights gives a large loss. To improve it you need one answer for every weight: **if this weight grows a little, does the loss rise or fall, and how fast?**
# That answer is a number, the **derivative** of the loss with respect to the weight. On a curve it is the slope: how many steps up for one small step to the right.

# %%
plots.functions(
    {"f(x) = x³ − 3x": lambda x: x**3 - 3 * x, "the line with its slope at x = 2": lambda x: 2 + 9 * (x - 2)},
    span=(1.0, 2.9),
    title="A slope is what the curve does close by",
    x_label="x",
    y_label="f(x)",
)

# %% [markdown]
# ### The math: nudge and compare
#
# Move $x$ by a small $h$ and see how much $f$ changes. The derivative is what the quotient tends to when $h$ goes to 0:
#
# $$f'(x) = \lim_{h \to 0} \frac{f(x + h) - f(x)}{h}$$
#
# On a computer $h$ stays a number. Nudging to **both** sides is better: the error of one side cancels most of the error of the other. This is the **central difference**:
#
# $$f'(x) \approx \frac{f(x + h) - f(x - h)}{2h}$$
#
# | symbol | in code | what it is |
# |---|---|---|
# | $f$ | `f` | a function: one number in, one number out |
# | $x$ | `x` | where you ask for the slope |
# | $h$ | `h` | the size of the nudge, above 0 |
# | $f'(x)$ | `slope` | the derivative at $x$, one number |
#
# ### Worked example: one slope, three nudges
#
# School rules say: the derivative of $x^3 - 3x$ is $3x^2 - 3$, which is 9 at $x = 2$. The cell nudges to the right only.


# %%
def curve(x):
    """The function of the picture. One number -> one number."""
    return x**3 - 3 * x


for nudge in (1.0, 0.1, 0.001):
    # Step 1: the function a little to the right.
    moved = curve(2.0 + nudge)
    # Step 2: by how much did it change?
    change = moved - curve(2.0)
    # Step 3: change per unit of the nudge.
    print(f"nudge {nudge:<5}: f moves by {change:.6f}, slope about {change / nudge:.6f}")

# %% [markdown]
# The smaller the nudge, the closer to 9.
#
# ## Exercise 1 — slope by nudging
# **2 points · difficulty 1 of 5 · importance 4 of 5 · about 5 min**
#
# Write `slope_by_nudging(f, x, h)`: the central difference of `f` at `x` with nudge `h`, one number.
# For $f(x) = x^2$, `x = 3` and any `h` it gives 6, up to rounding.
#
# <details><summary>Hint 1: a nudge</summary>
#
# How far apart are the two places at which you ask `f`?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Rise over run. The run goes from `x - h` to `x + h`.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
# Compute `f` on the right and on the left of `x`. Divide their difference by the whole distance, and put that distance in parentheses.
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "slope_by_nudging", "locked": false, "schema_version": 3, "solution": true, "task": false}
def slope_by_nudging(f, x, h):
    """Central difference of f at x. f: number -> number, x and h numbers -> one number."""
    ### BEGIN SOLUTION
    rise = f(x + h) - f(x - h)
    return rise / (2 * h)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "slope_by_nudging-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of slope_by_nudging: run this cell. A large nudge shows which formula was used.
def _cube(x):
    return x**3


expect(slope_by_nudging).of(_cube, 2.0, 0.25).equals(
    12.0625,
    mistakes={
        "this nudges to the right only. The central difference asks on both sides of x": 13.5625,
        "this nudges to the left only. The central difference asks on both sides of x": 10.5625,
        "the two places are 2h apart, and this divides by h": 24.125,
        "the difference is not divided yet: rise over run": 6.03125,
        "`/ 2 * h` divides by 2 and then multiplies by h. Put `(2 * h)` in parentheses": 0.75390625,
        "only the last part is divided. Put the whole difference in parentheses first": 0.671875,
        "one side only, and divided by 2h. The run must be the distance of the two places": 6.78125,
        "this is the exact slope, or a nudge of your own. Use the `h` that is given": 12.0,
        "the sum of both sides is taken. The rise is their difference": 33.5,
        "the nudge is half of `h` on each side. The two places are x + h and x − h": 12.015625,
        "the nudge is half of `h` on each side, and the distance is that of two whole ones": 6.0078125,
        "the nudge is 2h on each side. The two places are x + h and x − h": 12.25,
        "the nudge is 2h on each side, and the distance that of h": 24.5,
        "this multiplies with the distance. Rise over run divides": 3.015625,
        "this asks `curve`, the function of the example. Ask `f`, whatever it is": 9.0625,
    },
)


def _falling(x):
    return 1 / x


expect(slope_by_nudging).of(_falling, 3.0, 0.7).equals(
    -0.1175088132, mistakes={"this function falls, so its slope is below 0. Is there an `abs`?": 0.1175088132}
)
print("slope_by_nudging: this check is passed.")

# %% nbgrader={"grade": true, "grade_id": "slope_by_nudging-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests use polynomials, of which the central difference is known exactly, at negative x and at 0, and a small nudge.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("slope_by_nudging")
for _at, _nudge, _what in [
    (-float(_rng.uniform(1, 2)), 0.5, "a negative x"),
    (0.0, float(_rng.uniform(0.1, 0.9)), "x = 0"),
    (float(_rng.uniform(1, 2)), 2.0, "a large nudge"),
]:
    _c3, _c2, _c1 = (float(_c) for _c in _rng.uniform(1, 3, size=3))
    _polynomial = np.poly1d([_c3, _c2, _c1, 0.0])
    expect(slope_by_nudging, hidden=_what).of(_polynomial.__call__, _at, _nudge).equals(
        3 * _c3 * _at**2 + 2 * _c2 * _at + _c1 + _c3 * _nudge**2,
        mistakes={
            "the nudge is not the `h` that was given": 3 * _c3 * _at**2 + 2 * _c2 * _at + _c1,
            "this nudges to the right only": 3 * _c3 * _at**2
            + 2 * _c2 * _at
            + _c1
            + _c3 * _nudge**2
            + _nudge * (3 * _c3 * _at + _c2),
        },
    )
_at = float(_rng.uniform(0.2, 1.2))
expect(slope_by_nudging, hidden="a small nudge").of(math.sin, _at, 1e-5).equals(math.cos(_at), tol=1e-8)
### END HIDDEN TESTS

# %% [markdown]
# ## 2. Predict, then run: which nudge is best?
#
# The limit says: the smaller, the better. **Which `h` among 10⁻¹, 10⁻², …, 10⁻¹⁵ gives the smallest error** for the slope of $e^x$ at 1, nudging to both sides? Write the exponent down.

# %%
my_exponent = None  # your number: -1, or -15, or one between

# %%
exponents = list(range(-1, -16, -1))
errors = [abs(slope_by_nudging(math.exp, 1.0, 10.0**k) - math.e) for k in exponents]
one_sided = [abs((math.exp(1.0 + 10.0**k) - math.e) / 10.0**k - math.e) for k in exponents]
best = exponents[int(np.argmin(errors))]
print(f"smallest error {min(errors):.0e} at h = 1e{best}. You wrote {my_exponent}.")
print(f"at h = 1e-15 the error is {errors[-1]:.1f}; the best that one side reaches is {min(one_sided):.0e}.")
plots.lines(
    {"both sides": errors, "one side": one_sided},
    x=[10.0**k for k in exponents],
    title="Error of a slope found by nudging",
    x_label="nudge h",
    y_label="error",
    x_scale="log",
    y_scale="log",
)

# %% [markdown]
# Somewhere from $10^{-7}$ to $10^{-5}$ the error is smallest, and for smaller $h$ it grows again. A float64 keeps about 16 digits; when $f(x + h)$ and $f(x - h)$ agree in the first 15 of them, the difference
# has one digit left. So nudging gives about ten good digits at best. It is also expensive: **two forward passes for every weight.** It is a fine way to *check* a derivative, and a hopeless way to train.

# %% [markdown]
# ## 3. The chain rule: slopes along a path multiply
#
# Let $u = g(x)$ and $y = f(u)$. If $u$ moves 3 times as fast as $x$, and $y$ moves 2 times as fast as $u$, then $y$ moves 6 times as fast as $x$:
#
# $$\frac{dy}{dx} = \frac{dy}{du} \cdot \frac{du}{dx}$$
#
# The factor that belongs to a single step is called its **local gradient**. It needs only what is known at this step: for $u = w \cdot x$ the local gradient with respect to $w$ is $x$, and with respect to $x$ it is $w$.
#
# A formula is a **computation graph**: one node per number, one arrow per use. A number that is used twice has two arrows going out, and the result feels its nudge on both ways. So there are two rules, and no more:
#
# 1. **along a path, multiply** the local gradients;
# 2. **over all paths, add.**
#
# The picture shows $L = a \cdot b + a$. From $a$ to $L$ there are two paths.

# %%
plots.computation_graph(
    {"a": "a\n2", "b": "b\n−3", "c": "c = a · b\n−6", "L": "L = c + a\n−4"},
    [("a", "c"), ("b", "c"), ("c", "L"), ("a", "L")],
    title="L = a · b + a: the number a is used twice",
)

# %% [markdown]
# ### Worked example: dL/da on two paths

# %%
a, b = 2.0, -3.0
# Step 1: forward. Every node gets its number.
c = a * b
L = c + a
# Step 2: the local gradients, one for each arrow.
dc_da, dc_db = b, a  # a product: the slope with respect to one factor is the other factor
dL_dc, dL_da_direct = 1.0, 1.0  # a sum: each part moves it one to one
# Step 3: along each path multiply, over all paths add.
dL_da = dL_dc * dc_da + dL_da_direct
dL_db = dL_dc * dc_db
print(f"L = {L}, dL/da = {dL_dc * dc_da} + {dL_da_direct} = {dL_da}, dL/db = {dL_db}")
# Step 4: nudge a on both sides, and compare.
h = 1e-6
print(f"by nudging a: {(((a + h) * b + (a + h)) - ((a - h) * b + (a - h))) / (2 * h):.6f}")

# %% [markdown]
# Who forgets the second path answers −3 instead of −2. Most wrong gradients are a forgotten path, or a forgotten factor.
#
# ### Faded example: a squared error
#
# A model with one weight predicts $p = w \cdot x$; the error is $e = p - y$, the loss $L = e^2$. Fill in the three local gradients and the result, as numbers or as formulas of `w`, `x`, `e`: take the first `#` of each line away,
# replace each `___`, and delete the line with `raise`.

# %% nbgrader={"grade": false, "grade_id": "faded-chain", "locked": false, "schema_version": 3, "solution": true, "task": false}
w, x, y = 3.0, 2.0, 1.0
p = w * x
e = p - y
dL_de = de_dp = dp_dw = dL_dw = None
# dL_de = ___  # L is the square of e
# de_dp = ___  # e = p - y
# dp_dw = ___  # p = w * x, and x stays as it is
# dL_dw = ___  # one path: from w over p and e to L
### BEGIN SOLUTION
dL_de = 2 * e
de_dp = 1.0
dp_dw = x
dL_dw = dL_de * de_dp * dp_dw
### END SOLUTION

# %% nbgrader={"grade": false, "grade_id": "faded-chain-check", "locked": true, "schema_version": 3, "solution": false, "task": false}
# No points here: this check shows you where you are.
for _name, _given, _want, _mistakes in [
    (
        "dL_de",
        dL_de,
        10.0,
        {
            "this is e. The slope of a square is twice the number": 5.0,
            "this is L itself": 25.0,
            "a slope depends on where you are: put the number e in": 2.0,
            "twice p is not it. L is the square of e": 12.0,
        },
    ),
    (
        "de_dp",
        de_dp,
        1.0,
        {
            "p has a plus sign: when p grows by 1, so does e": -1.0,
            "this is e itself": 5.0,
            "this is p itself": 6.0,
            "y stays as it is, p does not": 0.0,
        },
    ),
    (
        "dp_dw",
        dp_dw,
        2.0,
        {
            "this is the slope with respect to x. Here w moves": 3.0,
            "this is p itself": 6.0,
            "a product is no sum: when w grows by 1, p grows by x": 1.0,
        },
    ),
    (
        "dL_dw",
        dL_dw,
        20.0,
        {
            "along a path the slopes multiply, and this adds them": 13.0,
            "one factor is missing: the 2 of the square, or x": 10.0,
            "this is the path to x, with the factor w": 30.0,
            "only one of the three factors is here": 5.0,
            "only the last factor is here: multiply all three": 2.0,
        },
    ),
]:
    expect(_given, name=_name).satisfies(
        lambda v: v is not None, "nothing is filled in yet, or the line with `raise` still stands above your lines"
    ).satisfies(
        lambda v: np.asarray(v).ndim == 0 and np.asarray(v).dtype.kind in "biuf",
        "a `___` is still there, or this is no number",
        wanted="a number",
    ).equals(_want, mistakes=_mistakes)
print("All four slopes are right.")

# %% [markdown]
# ## Exercise 2 — a neuron by hand
# **3 points · difficulty 2 of 5 · importance 5 of 5 · about 10 min**
#
# A neuron with one input computes $z = w x + b$ and $a = \tanh(z)$; its loss is $L = (a - y)^2$. All are single numbers.
# Write `gradients_by_hand(x, w, b, y)` → `dx, dw, db`: the derivatives of $L$ with respect to $x$, $w$ and $b$. The slope of $\tanh$ is $1 - \tanh^2(z)$ (week 00, lesson 2).
# For `x = 1, w = 0, b = 0, y = 1` it gives `0.0, -2.0, -2.0`.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Draw the graph: x, w → product → z (with b) → a → L (with y). Write the local gradient on each arrow.
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# All three paths share their end, from $z$ to $L$. Compute this part once and call it `dz`. Only the last factor differs.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
# Forward first: `z`, then `a` with `math.tanh`. The slope of the square times the slope of tanh gives `dz`. For `dx` multiply it with what stands beside x in z, for `dw` with what stands beside w, for `db` with 1.
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "gradients_by_hand", "locked": false, "schema_version": 3, "solution": true, "task": false}
def gradients_by_hand(x, w, b, y):
    """Derivatives of (tanh(w x + b) - y)^2. Four numbers -> three numbers dx, dw, db."""
    ### BEGIN SOLUTION
    activation = math.tanh(w * x + b)
    dz = 2 * (activation - y) * (1 - activation**2)
    return dz * w, dz * x, dz
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "gradients_by_hand-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of gradients_by_hand: run this cell.
expect(gradients_by_hand).of(2.0, -0.5, 1.25, -0.5).satisfies(
    lambda v: len(v) == 3, "three numbers are wanted: `return dx, dw, db`", wanted="three numbers: dx, dw, db"
).satisfies(
    lambda v: not isinstance(v, dict), "this is a dictionary. Return the three numbers: `return dx, dw, db`"
).equals(
    [-0.7002346038, 2.8009384152, 1.4004692076],
    mistakes={
        "the factor 2 of the square is missing": [-0.3501173019, 1.4004692076, 0.7002346038],
        "the slope of tanh is missing: the path from L to w passes through a": [
            -0.7449186624,
            2.9796746496,
            1.4898373248,
        ],
        "the slope of tanh is 1 minus the square of tanh(z), and here z itself is squared": [
            -0.698361246,
            2.793444984,
            1.396722492,
        ],
        "this is the slope of the sigmoid, a (1 − a). tanh has 1 − a²": [-0.1377604238, 0.5510416952, 0.2755208476],
        "this is the slope of a. The path goes on to L: the slope of the square is missing": [
            -0.4700074244,
            1.8800296976,
            0.9400148488,
        ],
        "the error is squared here. Its slope is twice the error": [-0.2608089122, 1.0432356489, 0.5216178244],
        "the slope of tanh is 1 − a², and here a is not squared": [-0.56247418, 2.24989672, 1.12494836],
        "the error is taken before tanh: it is a − y": [-0.7050111366, 2.8200445464, 1.4100222732],
        "dx and dw are exchanged: beside x in the product stands w": [2.8009384152, -0.7002346038, 1.4004692076],
        "db is 0 here. b moves z one to one, so its last factor is 1": [-0.7002346038, 2.8009384152, 0.0],
        "db has b as its last factor. b moves z one to one: the factor is 1": [
            -0.7002346038,
            2.8009384152,
            1.7505865095,
        ],
        "the order is dx, dw, db": [2.8009384152, 1.4004692076, -0.7002346038],
        "tanh is applied twice. Its slope is 1 − a², where a is tanh(z) already": [
            -0.701962627,
            2.8078505082,
            1.4039252541,
        ],
        "b is missing in z": [0.1098628334, -0.4394513337, -0.2197256668],
        "db is 1 here. 1 is only its last factor: what comes from L to z belongs before it": [
            -0.7002346038,
            2.8009384152,
            1.0,
        ],
        "the slope of tanh is missing in db only. All three share the path from L to z": [
            -0.7002346038,
            2.8009384152,
            1.4898373248,
        ],
        "the last factors are missing: beside x in the product stands w, and beside w stands x": [
            1.4004692076,
            1.4004692076,
            1.4004692076,
        ],
        "this is a neuron with a sigmoid. Here it is `math.tanh`": [-0.2614378388, 1.045751355, 0.5228756775],
        "this uses the `a` of a cell above. Compute a inside the function, from its arguments only": [
            7.5,
            -30.0,
            -15.0,
        ],
        "this uses the `e` of a cell above. Compute the error inside the function, from its arguments only": [
            -4.700074244,
            18.8002969761,
            9.4001484881,
        ],
    },
)
print("gradients_by_hand: this check is passed.")

# %% nbgrader={"grade": true, "grade_id": "gradients_by_hand-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests compare with PyTorch at other places, among them x = 0, w = 0 and a neuron that is right already.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("gradients_by_hand")
for _case, _what in [
    ([0.0, *_rng.uniform(0.5, 1.0, size=3)], "x = 0"),
    ([_rng.uniform(1, 2), 0.0, *_rng.uniform(0.5, 1.0, size=2)], "w = 0"),
    ([1.5, -0.5, 0.25, math.tanh(-0.5)], "a prediction that is right already"),
    (list(_rng.uniform(-1, 1, size=4)), "fresh numbers"),
    (list(_rng.uniform(-1, 1, size=4)), "fresh numbers"),
]:
    _leaves = [torch.tensor(float(_v), dtype=torch.float64, requires_grad=True) for _v in _case]
    _tx, _tw, _tb, _ty = _leaves
    _told = torch.autograd.grad(torch.square(torch.tanh(torch.addcmul(_tb, _tw, _tx)) - _ty), _leaves[:3])
    expect(gradients_by_hand, hidden=_what).of(*(float(_v) for _v in _case)).satisfies(
        lambda v: len(v) == 3, "three numbers are wanted: `return dx, dw, db`"
    ).equals([float(_g) for _g in _told], tol=1e-10)
### END HIDDEN TESTS

# %% [markdown]
# This was work, for one neuron. The two rules do not care what the formula is, so a machine can apply them. You build that machine now.

# %% [markdown]
# ## 4. A number that remembers how it was made
#
# Your engine needs one kind of object: a **node**. It knows four things.
#
# | attribute | what it holds |
# |---|---|
# | `data` | the number, a float |
# | `parents` | the nodes it was made from, a tuple; empty for an input |
# | `local_grads` | one number per parent: the derivative of **this** node with respect to **that** parent |
# | `grad` | the derivative of the result with respect to this node; 0.0 until `backward` fills it |
#
# The arrows of the picture go from the parents to the node. While the forward pass runs, nodes are made, and each keeps its local gradients. The backward pass then needs no more school rules: it only multiplies and adds.
#
# The next cell is given. Read the class; the functions below it serve the checks and the pictures.


# %%
class Node:
    """A number of a computation graph, and how it was made. `label` is a text for drawings, such as "+"."""

    def __init__(self, data, parents=(), local_grads=(), label=""):
        if isinstance(data, Node):
            raise TypeError("data must be a plain number, and this is a node. Take what it holds: `.data`")
        if isinstance(parents, Node):
            raise TypeError("parents must be a tuple, and there is no comma: `(a)` is no tuple, `(a,)` is one")
        if isinstance(local_grads, int | float):
            raise TypeError("local_grads must be a tuple, and there is no comma: `(1.0)` is no tuple, `(1.0,)` is one")
        if not all(isinstance(parent, Node) for parent in parents):
            raise TypeError("parents must be nodes, and there is a plain number among them")
        if any(isinstance(local, Node) for local in local_grads):
            raise TypeError("local_grads must be plain numbers, and there is a node among them. Take its `.data`")
        if len(parents) != len(local_grads):
            raise ValueError(f"parents: {len(parents)}, local_grads: {len(local_grads)}. There is one for each parent")
        self.data = float(data)
        self.grad = 0.0
        self.parents = tuple(parents)
        self.local_grads = tuple(float(local) for local in local_grads)
        self.label = label

    def __repr__(self):
        return f"{type(self).__name__}({self.data:.5g})"

    def __float__(self):
        raise TypeError("a plain number is wanted here, and this is a node: a `.data` is missing")

    def __lt__(self, other):
        raise TypeError("numbers can be compared, and this is a node: a `.data` is missing")

    __gt__ = __le__ = __ge__ = __lt__


def as_value(x):
    """x where it is a node already; a new input with this number where it is not."""
    return x if isinstance(x, Node) else Value(x)


def slope_along_paths(result, node):
    """The two rules as they stand in section 3: along a path multiply, over all paths add."""
    if result is node:
        return 1.0
    steps = zip(result.parents, result.local_grads)
    return sum((slope_along_paths(parent, node) * local for parent, local in steps), 0.0)


def slopes(result, inputs):
    """Derivatives of the result with respect to several nodes, path by path: a list of numbers."""
    return [slope_along_paths(result, node) for node in inputs]


def calculate(sign, left, right):
    """left + right, or left * right. The checks ask in this way."""
    return left + right if sign == "+" else left * right


def make_graph(rows):
    """Nodes from rows (data, places of the parents, local gradients), each row after those of its parents."""
    made = []
    for data, places, local_grads in rows:
        made.append(Node(data, [made[place] for place in places], local_grads))
    return made


def read_all(nodes, attribute):
    """What several nodes hold under this name, such as "data": a list."""
    return [getattr(node, attribute) for node in nodes]


def find_places(found, nodes):
    """Where each found node stands among `nodes`: a list of whole numbers, with -1 for what is not among them."""
    at = {id(node): place for place, node in enumerate(nodes)}
    return [at.get(id(one), -1) for one in found]


def kind(thing):
    """The name of its class, such as "Value"."""
    return type(thing).__name__


def draw(result, names, title):
    """Picture of the graph behind `result`; `names` maps a text to the node that it names."""
    boxes, arrows, waiting = {}, [], [result]
    while waiting:
        node = waiting.pop()
        if id(node) not in boxes:
            name = next((text for text, known in names.items() if known is node), node.label or "number")
            boxes[id(node)] = f"{name}\ndata {node.data:.4g}\ngrad {node.grad:.4g}".replace(" -", " −")
            arrows += [(id(parent), id(node)) for parent in node.parents]
            waiting += node.parents
    return plots.computation_graph(boxes, arrows, title=title)


# %% [markdown]
# The graph of section 3 again, each node made by hand. The product $c = a \cdot b$ has the parents $a$ and $b$, and the local gradients $b$ and $a$, in this order: the slope with respect to one factor is the other factor.

# %%
node_a = Node(2.0)
node_b = Node(-3.0)
node_c = Node(-6.0, (node_a, node_b), (-3.0, 2.0), "c, a product")
node_L = Node(-4.0, (node_c, node_a), (1.0, 1.0), "L, a sum")
print("dL/da and dL/db, path by path:", slopes(node_L, [node_a, node_b]))
draw(node_L, {"a": node_a, "b": node_b}, title="Four nodes made by hand; no gradient is filled in yet")

# %% [markdown]
# ## Exercise 3 — step 1: add and multiply
# **4 points · difficulty 3 of 5 · importance 5 of 5 · about 15 min**
#
# Nobody wants to write −6.0 by hand. Python calls `a.__add__(b)` for `a + b`, so a class decides what `+` means. `Value` is a `Node` that can do arithmetic; the constructor comes from `Node`, so write no `__init__`. Write four methods, each returns a **new** `Value`:
#
# - `__add__` and `__mul__`: `other` is a `Value` **or a plain number**. `as_value(other)` turns a number into a node and leaves a node alone.
# - `__radd__` and `__rmul__`: Python calls them for `2.0 + v` and `2.0 * v`, where the number on the left does not know what a `Value` is. (The built-in `sum` needs `__radd__` too: it begins with 0.)
#
# A new value is made by `Value(data, parents, local_grads, label)`. The label is for drawings and may be left out: then the box is called `number`. `(Value(3) * Value(-2)).local_grads` is `(-2.0, 3.0)`.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Which of the four things of a node does `self + other` know? The picture in section 3 has a sum and a product.
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Turn `other` into a node first; then there is one case only. The parents are the two nodes themselves, `data` and `local_grads` are plain numbers: take them from `.data`.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
# A sum: data is the sum of both `.data`, parents are `self` and the other node, local gradients 1 and 1. A product: the local gradients are the `.data` of the other node and of `self`, crosswise. The two reflected methods can hand over to the first two, because `2 + v` is `v + 2`.
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "Value", "locked": false, "schema_version": 3, "solution": true, "task": false}
class Value(Node):
    """A node that knows arithmetic."""

    def __add__(self, other):
        """self + other. other: a Value or a plain number -> a new Value."""
        ### BEGIN SOLUTION
        right = as_value(other)
        return Value(self.data + right.data, (self, right), (1.0, 1.0), "+")
        ### END SOLUTION

    def __radd__(self, other):
        """other + self, where other is a plain number -> a new Value."""
        ### BEGIN SOLUTION
        return self + other
        ### END SOLUTION

    def __mul__(self, other):
        """self * other. other: a Value or a plain number -> a new Value."""
        ### BEGIN SOLUTION
        right = as_value(other)
        return Value(self.data * right.data, (self, right), (right.data, self.data), "·")
        ### END SOLUTION

    def __rmul__(self, other):
        """other * self, where other is a plain number -> a new Value."""
        ### BEGIN SOLUTION
        return self * other
        ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "Value-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of Value, two Values: run this cell.
for _sign, _data, _slopes, _wrong_data, _wrong_slopes in [
    (
        "+",
        1.0,
        [1.0, 1.0],
        {"`data` holds the product, and this is a sum": -6.0, "`data` is that of the left part only": 3.0},
        {
            "the local gradients are 0. `grad` is filled by `backward` only; write numbers here": [0.0, 0.0],
            "only the left part is a parent. The sum moves with both": [1.0, 0.0],
            "only the right part is a parent. The sum moves with both": [0.0, 1.0],
            "these are the local gradients of a product. A sum moves one to one with each part": [-2.0, 3.0],
            "the local gradients are the two numbers themselves. A sum moves one to one with each part": [3.0, -2.0],
            "each part gets half. A sum moves one to one with each part": [0.5, 0.5],
            "the local gradients are the sum itself. Here they are 1 and 1": [1.0, -1.0],
        },
    ),
    (
        "*",
        -6.0,
        [-2.0, 3.0],
        {"`data` holds the sum, and this is a product": 1.0, "`data` is that of the left part only": 3.0},
        {
            "the local gradients are 0. `grad` is filled by `backward` only; take the numbers from `.data`": [0.0, 0.0],
            "the local gradients belong crosswise: the slope with respect to one factor is the other factor": [
                3.0,
                -2.0,
            ],
            "these are the local gradients of a sum. The slope with respect to one factor is the other factor": [
                1.0,
                1.0,
            ],
            "only the left factor is a parent": [-2.0, 0.0],
            "only the right factor is a parent": [0.0, 3.0],
            "both local gradients are the product itself. Each is the other factor": [-6.0, -6.0],
        },
    ),
]:
    _a, _b = Value(3.0), Value(-2.0)
    _judged = (
        expect(calculate)
        .of(_sign, _a, _b)
        .satisfies(
            lambda v: not isinstance(v, float | int),
            "the result is a plain number and remembers nothing: wrap it, `Value(data, parents, local_grads)`",
        )
        .satisfies(lambda v: kind(v) != "Node", "this is a Node, which knows no arithmetic: return `Value(...)`")
        .satisfies(lambda v: kind(v) == "Value", "the result is no Value")
    )
    expect(read_all([_a, _b], "data"), name="the two Values after the operation").satisfies(
        lambda v: v[0] == 3.0, "the left Value was changed. Make a new one, and leave `self` as it is"
    ).satisfies(lambda v: v[1] == -2.0, "the right Value was changed. Make a new one, and leave `other` as it is")
    _made = (
        _judged.satisfies(
            lambda v: read_all([v], "data") + read_all([v], "grad") and len(v.parents) == len(v.local_grads),
            "the new Value lacks something that every node has. Write no `__init__`: Node has it",
        )
        .satisfies(
            lambda v: len(v.parents) > 0, "the parents are missing: the new node does not know what it was made from"
        )
        .value
    )
    expect(_made.data, name=f"data of Value(3) {_sign} Value(-2)").equals(_data, mistakes=_wrong_data)
    expect(
        slopes(_made, [_a, _b]),
        name=f"slopes of Value(3) {_sign} Value(-2) with respect to the left and the right part",
    ).equals(_slopes, mistakes=_wrong_slopes)
    expect(read_all([_made, _a, _b], "grad"), name="grad of the new Value and of its two parts").satisfies(
        lambda v: list(v) == [0.0, 0.0, 0.0],
        "the forward pass leaves every `grad` at 0. Local gradients go into `local_grads`",
        wanted="[0.0, 0.0, 0.0]",
    )
print("Value: sums and products of two Values are right.")


# %% nbgrader={"grade": true, "grade_id": "Value-numbers", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of Value, a Value and a plain number on either side: run this cell.
def _with_a_number(sign, left, right):
    try:
        return calculate(sign, left, right)
    except RecursionError:
        return "called again and again"
    except (TypeError, AttributeError) as error:
        return f"refused: {error}"


def _why(told, number_first):
    """A sentence for an operation that ended with an error."""
    told = told if isinstance(told, str) else ""
    said = told.removeprefix("refused: ")
    if told == "called again and again" and number_first:
        return "`other + self` asks the number first, and that calls `__radd__` again: write `self + other` (or `*`)"
    if told == "called again and again":
        return "`self + other` inside `__add__` calls `__add__` again: calculate with the `.data` (the same for `*`)"
    if said.startswith(("data must", "local_grads must", "parents must be a tuple", "a plain number is wanted")):
        return said
    if number_first:
        return "a plain number on the left is not handled: Python looks for `__radd__` or `__rmul__`, and these return a Value too"
    return "a plain number on the right is not handled: turn `other` into a node first, `as_value(other)`"


_with_a_number.__name__ = "calculate"
for _sign, _number_first, _data, _slope in [
    ("+", False, 5.5, 1.0),
    ("*", False, 7.5, 2.5),
    ("+", True, 5.5, 1.0),
    ("*", True, 7.5, 2.5),
]:
    _v = Value(3.0)
    _text = f"2.5 {_sign} Value(3)" if _number_first else f"Value(3) {_sign} 2.5"
    _pair = (2.5, _v) if _number_first else (_v, 2.5)
    _made = expect(_with_a_number).of(_sign, *_pair)
    _made.satisfies(lambda v: v is not None, "the method returned None. Is the `return` missing?").satisfies(
        lambda v: not isinstance(v, str), _why(_made.value, _number_first), wanted=f"a Value with data {_data}"
    ).satisfies(
        lambda v: not isinstance(v, float | int),
        "the result is a plain number and remembers nothing: wrap it, `Value(data, parents, local_grads)`",
    ).satisfies(
        lambda v: kind(v) != "Node", "this is a Node, which knows no arithmetic: return `Value(...)`"
    ).satisfies(lambda v: kind(v) == "Value", "the result is no Value")
    expect(_made.value.data, name=f"data of {_text}").equals(
        _data,
        mistakes={
            "`data` holds the product, and this is a sum": 7.5,
            "`data` holds the sum, and this is a product": 5.5,
            "the number has lost its fraction. Is there an `int`?": 5.0 if _sign == "+" else 6.0,
            "the result has lost its fraction. Is there an `int`?": 7.0,
        },
    )
    expect(slopes(_made.value, [_v]), name=f"slope of {_text} with respect to the Value").equals(
        [_slope],
        mistakes={
            "the Value is no parent of the result: the graph ends here": [0.0],
            "the local gradients belong crosswise: the slope with respect to one factor is the other factor": [3.0],
            "these are the local gradients of a sum. The slope with respect to one factor is the other factor": [1.0],
            "these are the local gradients of a product. A sum moves one to one with each part": [2.5],
        },
    )
    expect(_v.grad, name=f"grad of the Value after {_text}").equals(
        0.0, mistakes={"the forward pass leaves every `grad` at 0": _slope}
    )
print("Value: plain numbers may stand on either side.")

# %% nbgrader={"grade": true, "grade_id": "Value-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests compare longer formulas with PyTorch: a Value used several times, numbers in between, a square.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("Value")
_formulas = [
    ("a Value plus itself, and times itself", lambda s, p, u, v, w: s(p(u, u), s(v, s(v, w)))),
    ("a Value used several times", lambda s, p, u, v, w: p(s(p(u, v), w), s(u, p(v, u)))),
    ("numbers between the Values", lambda s, p, u, v, w: s(p(3, s(u, 1.5)), p(p(v, -0.5), s(0.25, p(w, u))))),
    ("numbers on the left", lambda s, p, u, v, w: p(s(2.5, u), s(0, s(p(-1.5, v), w)))),
]
for _what, _formula in _formulas:
    _numbers = [float(_n) for _n in _rng.uniform(0.5, 2.0, size=3)]
    _mine = [Value(_n) for _n in _numbers]
    _leaves = [torch.tensor(_n, dtype=torch.float64, requires_grad=True) for _n in _numbers]
    _theirs = _formula(lambda p, q: p + q, lambda p, q: p * q, *_leaves)
    _theirs.backward()

    def _by_the_student(_=None, formula=_formula, mine=tuple(_mine)):
        return formula(lambda p, q: calculate("+", p, q), lambda p, q: calculate("*", p, q), *mine)

    _by_the_student.__name__ = "Value"
    _made = (
        expect(_by_the_student, hidden=_what)
        .of()
        .satisfies(lambda v: len(v.parents) >= 0, "the result is no Value: a plain number remembers nothing")
    )
    expect(_made.value.data, hidden=_what, name="data of a Value").equals(float(_theirs.detach()), tol=1e-12)
    expect(slopes(_made.value, _mine), hidden=_what, name="a slope of a Value").equals(
        [float(_leaf.grad) for _leaf in _leaves],
        tol=1e-12,
        mistakes={"the path ends too early: a node is not among the parents of its result": [0.0, 0.0, 0.0]},
    )
### END HIDDEN TESTS

# %% [markdown]
# Now $L = a \cdot b + a$ is one line of Python, and the graph comes with it.

# %%
a, b = Value(2.0), Value(-3.0)
L = a * b + a
print(L, "made from", L.parents, "with local gradients", L.local_grads)

# %% [markdown]
# ## 5. Step 2: the rest of the operations
#
# Every operation needs two things: the number, and its slope with respect to each part. From school:
#
# | operation | data | local gradients |
# |---|---|---|
# | $a - b$ | $a - b$ | $1$ and $-1$ |
# | $a / b$ | $a / b$ | $1 / b$ and $-a / b^2$ |
# | $a^k$, where $k$ is a plain number | $a^k$ | $k \, a^{k-1}$ |
# | $e^a$ | $e^a$ | $e^a$ |
# | $\tanh a$ | $\tanh a$ | $1 - \tanh^2 a$ |
# | $\mathrm{relu}(a)$ | the larger of $a$ and 0 | $1$ where $a > 0$, else $0$ |
#
# At exactly 0, relu has a corner and no slope. This course takes 0 there, and so does PyTorch.
#
# You write each as a function that takes Values and returns a new `Value`. A given cell then tells Python that `a - b` means `subtract(a, b)`, and so on. **Make each new value in one step, with the constructor.** Then a mistake in step 1 cannot get into step 2.
#
# ## Exercise 4 — step 2a: subtract, divide, raise to a power
# **3 points · difficulty 2 of 5 · importance 4 of 5 · about 10 min**
#
# Write `subtract(a, b)`, `divide(a, b)` and `power(a, k)`. `a` and `b` are Values, `k` is a plain number (whole or not, also negative). Each returns a new `Value`. A division by 0 may stop with Python's own error, and so may a power of 0 at which the formula of the table divides by 0.
#
# <details><summary>Hint 1: a nudge</summary>
#
# How many parents does each of the three have? `k` is no node.
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# The table above has all five local gradients. They are numbers: every letter in the table is a `.data` here, but for `k`.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
# For the quotient: data `a.data / b.data`, parents `(a, b)`, and the two entries of the table as local gradients, the second with its minus sign and its square. A power has one parent, and a tuple with one entry has a comma: `(a,)`.
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "arithmetic", "locked": false, "schema_version": 3, "solution": true, "task": false}
def subtract(a, b):
    """a - b for two Values -> a new Value."""
    ### BEGIN SOLUTION
    return Value(a.data - b.data, (a, b), (1.0, -1.0), "−")
    ### END SOLUTION


def divide(a, b):
    """a / b for two Values -> a new Value."""
    ### BEGIN SOLUTION
    quotient = a.data / b.data
    return Value(quotient, (a, b), (1 / b.data, -quotient / b.data), "/")
    ### END SOLUTION


def power(a, k):
    """a ** k for a Value a and a plain number k -> a new Value."""
    ### BEGIN SOLUTION
    return Value(a.data**k, (a,), (k * a.data ** (k - 1),), f"power {k}")
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "arithmetic-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of subtract, divide and power: run this cell.
def _judge(made, name, data, wrong_data, wanted, inputs, numbers, wrong):
    made.satisfies(
        lambda v: not isinstance(v, float | int),
        "the result is a plain number and remembers nothing: wrap it, `Value(data, parents, local_grads)`",
    ).satisfies(
        lambda v: kind(v) != "Node", "this is a Node, which knows no arithmetic: return `Value(...)`"
    ).satisfies(lambda v: kind(v) == "Value", "the result is no Value").satisfies(
        lambda v: len(v.parents) > 0, "the parents are missing: the new node does not know what it was made from"
    )
    expect(read_all(inputs, "data"), name=f"data of the parts after {name}").satisfies(
        lambda v: list(v) == numbers, "a Value you were given was changed. Make a new one"
    )
    expect(made.value.data, name=f"data of {name}").equals(data, mistakes=wrong_data)
    expect(slopes(made.value, inputs), name=f"slopes of {name} with respect to its parts").equals(
        wanted,
        mistakes={
            **wrong,
            "the local gradients are 0. `grad` is filled by `backward` only; take the numbers from `.data`": [0.0]
            * len(inputs),
        },
    )


_a, _b = Value(3.0), Value(-2.0)
_judge(
    expect(subtract).of(_a, _b),
    "subtract(Value(3), Value(-2))",
    5.0,
    {"the order is turned around: the first minus the second": -5.0, "this adds": 1.0},
    [1.0, -1.0],
    [_a, _b],
    [3.0, -2.0],
    {
        "the second part has a minus sign: when it grows by 1, the difference falls by 1": [1.0, 1.0],
        "the signs are exchanged: the first part has the plus": [-1.0, 1.0],
        "only the first part is a parent. The difference moves with the second too": [1.0, 0.0],
        "the local gradients are the two numbers themselves. Here they are 1 and −1": [3.0, 2.0],
        "the local gradients are the two numbers. Here they are 1 and −1": [3.0, -2.0],
    },
)
_a, _b = Value(3.0), Value(-2.0)
_judge(
    expect(divide).of(_a, _b),
    "divide(Value(3), Value(-2))",
    -1.5,
    {
        "the order is turned around: the first divided by the second": -2 / 3,
        "this multiplies": -6.0,
        "`//` cuts the fraction off": -2.0,
    },
    [-0.5, -0.75],
    [_a, _b],
    [3.0, -2.0],
    {
        "the minus sign is missing: when the lower number grows, the quotient falls": [-0.5, 0.75],
        "the square is missing: the second local gradient is −a / b²": [-0.5, 1.5],
        "the factor a is missing: the second local gradient is −a / b²": [-0.5, -0.25],
        "these are the local gradients of a product": [-2.0, 3.0],
        "the second local gradient is wrong: it is −a / b², and this is 1 / a": [-0.5, 1 / 3],
        "the two local gradients are exchanged": [-0.75, -0.5],
        "only the upper number is a parent. The quotient moves with the lower one too": [-0.5, 0.0],
        "`-a / b * b` divides and multiplies again. The square needs parentheses: `(b * b)` or `b ** 2`": [-0.5, -3.0],
        "the first local gradient is 1 / b, and this is b": [-2.0, -0.75],
        "the first local gradient is 1 / b, and this is 1 / a": [1 / 3, -0.75],
        "the first local gradient is 1 / b, and this is the quotient": [-1.5, -0.75],
        "the first local gradient is 1 / b, and this is 1": [1.0, -0.75],
        "a is squared too. The second local gradient is −a / b²": [-0.5, -2.25],
        "a and b are exchanged in the second local gradient: it is −a / b²": [-0.5, 2 / 9],
    },
)
_a = Value(1.5)
_judge(
    expect(power).of(_a, 4),
    "power(Value(1.5), 4)",
    5.0625,
    {"this is `a * k`. A power is `**`": 6.0, "this is k to the power a": 8.0},
    [13.5],
    [_a],
    [1.5],
    {
        "the factor k is missing": [3.375],
        "the exponent must go down by one": [20.25],
        "`a ** k - 1` takes 1 from the power. Put the exponent in parentheses: `(k - 1)`": [19.25],
        "the factor k − 1 stands where k belongs": [10.125],
        "this is the power itself, as if it were exp": [5.0625],
        "this is the derivative with respect to k, with a logarithm. Here a moves": [5.0625 * math.log(1.5)],
        "this is k · a. The factor a belongs to the power k − 1": [6.0],
        "this is the slope of a square. Here k may be any number": [3.0],
    },
)
_a = Value(4.0)
_judge(
    expect(power).of(_a, 0.5),
    "power(Value(4), 0.5)",
    2.0,
    {"k has lost its fraction. It need not be a whole number: no `int`": 1.0},
    [0.25],
    [_a],
    [4.0],
    {"the exponent k − 1 is cut or rounded here, or it is not k − 1": [0.5]},
)
_a = Value(-2.0)
_judge(
    expect(power).of(_a, -3),
    "power(Value(-2), -3)",
    -0.125,
    {
        "the sign of a is lost. Is there an `abs`?": 0.125,
        "for a negative k a loop over `range(k)` has no round: use `**`": 1.0,
        "the sign of k is lost": -8.0,
    },
    [-0.1875],
    [_a],
    [-2.0],
    {"the sign is lost. The factor is k as it stands, and a keeps its sign": [0.1875]},
)
print("subtract, divide, power: this check is passed.")

# %% nbgrader={"grade": true, "grade_id": "arithmetic-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests compare with PyTorch to 1e-12: negative numbers, fractions and negative numbers as exponents, a Value with itself.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("arithmetic")


def _agrees(function, torch_function, numbers, what, others=()):
    own = [Value(n) for n in numbers]
    leaves = [torch.tensor(n, dtype=torch.float64, requires_grad=True) for n in numbers]
    told = torch_function(*leaves, *others)
    told.backward()
    made = (
        expect(function, hidden=what)
        .of(*own, *others)
        .satisfies(lambda v: len(v.parents) >= 0, "the result is no Value: a plain number remembers nothing")
    )
    expect(made.value.data, hidden=what, name=f"data of {function.__name__}").equals(float(told.detach()), tol=1e-12)
    expect(slopes(made.value, own), hidden=what, name=f"a local gradient of {function.__name__}").equals(
        [float(leaf.grad) for leaf in leaves], tol=1e-12
    )


for _signs in [(1, 1), (-1, 1), (1, -1), (-1, -1)]:
    _pair = [float(_n) * _s for _n, _s in zip(_rng.uniform(0.5, 2.0, size=2), _signs)]
    _agrees(subtract, torch.sub, _pair, "subtract, with numbers of both signs")
    _agrees(divide, torch.div, _pair, "divide, with numbers of both signs")
for _k in (2, -1, 0.5, -1.5, 1):
    _agrees(
        power,
        torch.pow,
        [float(_rng.uniform(0.5, 2.0))],
        "power, with an exponent that is negative, a fraction, or 1",
        (_k,),
    )
_agrees(power, torch.pow, [-float(_rng.uniform(0.5, 2.0))], "power, of a negative number", (3,))
_agrees(power, torch.pow, [0.0], "power, of 0", (2,))
_v = Value(float(_rng.uniform(0.5, 2.0)))
expect(
    slopes(expect(subtract, hidden="a Value minus itself").of(_v, _v).value, [_v]), hidden="a Value minus itself"
).equals([0.0])
expect(slopes(expect(divide, hidden="a Value by itself").of(_v, _v).value, [_v]), hidden="a Value by itself").equals(
    [0.0], tol=1e-12
)
### END HIDDEN TESTS

# %% [markdown]
# ## Exercise 5 — step 2b: exp, tanh and relu
# **3 points · difficulty 2 of 5 · importance 4 of 5 · about 10 min**
#
# Write `exp(a)`, `tanh(a)` and `relu(a)`: one Value in, a new `Value` out. `tanh` must also answer for numbers such as ±1000, without an error. Inside, `exp` and `tanh` are your own functions, which take Values: for plain numbers write `math.exp` and `math.tanh`.
#
# <details><summary>Hint 1: a nudge</summary>
#
# `math.exp` and `math.tanh` compute the numbers. Which of them do you need again for the local gradient?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Compute the number first and give it a name. The local gradient of exp is this number; that of tanh is 1 minus its square. For relu ask on which side of 0 the **input** lies.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
# Name `t` the tanh of `a.data`; return a Value with data `t`, the parent `(a,)` and the local gradient `(1 - t * t,)`. In relu choose 1.0 or 0.0 with `if` and `>`.
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "functions", "locked": false, "schema_version": 3, "solution": true, "task": false}
def exp(a):
    """e to the power a for a Value -> a new Value."""
    ### BEGIN SOLUTION
    grown = math.exp(a.data)
    return Value(grown, (a,), (grown,), "exp")
    ### END SOLUTION


def tanh(a):
    """tanh of a Value -> a new Value."""
    ### BEGIN SOLUTION
    squashed = math.tanh(a.data)
    return Value(squashed, (a,), (1 - squashed**2,), "tanh")
    ### END SOLUTION


def relu(a):
    """The larger of a and 0 for a Value -> a new Value."""
    ### BEGIN SOLUTION
    return Value(max(a.data, 0.0), (a,), (float(a.data > 0),), "relu")
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "functions-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of exp, tanh and relu: run this cell.
for _function, _at, _data, _slope, _wrong_data, _wrong_slope in [
    (
        exp,
        0.5,
        1.6487212707,
        1.6487212707,
        {"this is 0.5 squared or so, not e to the power 0.5": 0.25},
        {
            "exp is no power of a: its slope is not a · e^(a − 1). It is e^a": 0.3032653299,
            "the slope of exp is the result itself, and this is the input": 0.5,
            "the slope of exp is 1 only at 0": 1.0,
            "this is e^(a − 1). The slope of exp is e^a": 0.6065306597,
            "there is a factor a too many. The slope of exp is e^a": 0.8243606354,
        },
    ),
    (
        tanh,
        0.5,
        0.4621171573,
        0.7864477329,
        {
            "this is the sigmoid": 0.6224593312,
            "this is the sine": 0.4794255386,
            "this is the tangent, `math.tan`": 0.5463024898,
        },
        {
            "the square of the input is taken. The slope is 1 minus the square of the result": 0.75,
            "the square is missing: 1 minus the square of the result": 0.5378828427,
            "this is the slope of the sigmoid, t (1 − t). tanh has 1 − t²": 0.2485648863,
            "this is t², and the slope is 1 minus that": 0.2135522671,
            "this is the result itself. Its slope is 1 − t²": 0.4621171573,
            "the sign is turned around: 1 − t², not t² − 1": -0.7864477329,
            "the square is around the whole difference. It is 1 − t²": 0.2893179525,
            "tanh is applied twice. The slope is 1 − t², where t is the tanh already": 0.8135416952,
        },
    ),
    (
        relu,
        2.5,
        2.5,
        1.0,
        {"relu keeps numbers above 0 as they are": 0.0, "this is 1 for every number above 0: a step, not relu": 1.0},
        {
            "the local gradient is the number itself. Where the input is above 0, relu moves one to one": 2.5,
            "relu moves one to one above 0": 0.0,
        },
    ),
    (
        relu,
        -1.5,
        0.0,
        0.0,
        {"numbers below 0 become 0": -1.5, "this is the absolute value": 1.5, "this is a leaky relu": -0.015},
        {
            "the local gradient is 1 on both sides. Below 0 relu is flat: 0": 1.0,
            "below 0 relu is flat: 0, not −1": -1.0,
            "the local gradient is the number itself. Below 0 relu is flat: 0": -1.5,
            "this is the slope of a leaky relu": 0.01,
        },
    ),
    (
        relu,
        0.0,
        0.0,
        0.0,
        {},
        {
            "at exactly 0 this course takes the slope 0: write `> 0`, not `>= 0`": 1.0,
            "at exactly 0 this course takes the slope 0, as PyTorch does": 0.5,
        },
    ),
    (tanh, 1000.0, 1.0, 0.0, {}, {}),
    (tanh, -1000.0, -1.0, 0.0, {}, {}),
    (relu, 1000.0, 1000.0, 1.0, {}, {}),
    (relu, -1000.0, 0.0, 0.0, {}, {}),
]:
    _a = Value(_at)
    _made = (
        expect(_function)
        .of(_a)
        .satisfies(
            lambda v: not isinstance(v, float | int),
            "the result is a plain number and remembers nothing: wrap it, `Value(data, parents, local_grads)`",
        )
        .satisfies(lambda v: kind(v) != "Node", "this is a Node, which knows no arithmetic: return `Value(...)`")
        .satisfies(lambda v: kind(v) == "Value", "the result is no Value")
        .satisfies(
            lambda v, a=_a: len(v.parents) > 0 or slopes(v, [a]) == [0.0],
            "this is the input itself. Make a new Value with it as parent",
        )
        .value
    )
    expect(_a.data, name=f"data of the input after {_function.__name__}(Value({_at}))").satisfies(
        lambda v, at=_at: v == at, "the Value you were given was changed. Make a new one"
    )
    expect(_made.data, name=f"data of {_function.__name__}(Value({_at}))").equals(_data, mistakes=_wrong_data)
    expect(len(_made.parents), name=f"number of parents of {_function.__name__}(Value({_at}))").satisfies(
        lambda v: v > 0, "the parents are missing: the new node does not know what it was made from"
    )
    expect(slopes(_made, [_a])[0], name=f"slope of {_function.__name__}(Value({_at}))").equals(
        _slope, mistakes=_wrong_slope
    )
print("exp, tanh, relu: this check is passed.")

# %% nbgrader={"grade": true, "grade_id": "functions-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests compare with PyTorch to 1e-12: numbers of both signs, 0, and large ones for tanh and relu.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("functions")
_both_signs = [float(_n) for _n in _rng.uniform(0.2, 3.0, size=2)] + [
    -float(_n) for _n in _rng.uniform(0.2, 3.0, size=2)
]
for _function, _torch_function, _numbers in [
    (exp, torch.exp, [*_both_signs, 0.0]),
    (tanh, torch.tanh, [*_both_signs, 0.0, 1000.0, -1000.0]),
    (relu, torch.relu, [*_both_signs, 0.0, 1000.0, -1000.0]),
]:
    for _n in _numbers:
        _what = f"{_function.__name__} of {'a large number' if abs(_n) > 100 else 'numbers of both signs, and 0'}"
        _own, _leaf = Value(_n), torch.tensor(_n, dtype=torch.float64, requires_grad=True)
        _told = _torch_function(_leaf)
        _told.backward()
        _made = (
            expect(_function, hidden=_what)
            .of(_own)
            .satisfies(lambda v: len(v.parents) >= 0, "the result is no Value: a plain number remembers nothing")
            .value
        )
        expect(_made.data, hidden=_what, name=f"data of {_function.__name__}").equals(float(_told.detach()), tol=1e-12)
        expect(slopes(_made, [_own])[0], hidden=_what, name=f"slope of {_function.__name__}").equals(
            float(_leaf.grad), tol=1e-12
        )
### END HIDDEN TESTS

# %% [markdown]
# The next cell is given: it ties your functions to Python's signs. (If you change the class `Value` of step 1 later and run its cell again, run this one again too. A new class knows nothing of what was tied to the old one.)


# %%
Value.__sub__ = lambda self, other: subtract(self, as_value(other))
Value.__rsub__ = lambda self, other: subtract(as_value(other), self)
Value.__neg__ = lambda self: subtract(as_value(0.0), self)
Value.__truediv__ = lambda self, other: divide(self, as_value(other))
Value.__rtruediv__ = lambda self, other: divide(as_value(other), self)
Value.__pow__ = lambda self, k: power(self, k)
Value.exp = lambda self: exp(self)
Value.tanh = lambda self: tanh(self)
Value.relu = lambda self: relu(self)
Value.backward = lambda self: backward(
    self
)  # you write `backward` in Exercise 7; the name is looked up when it is called

# %%
v = Value(0.5)
print("1 - v =", 1 - v, "  1 / v =", 1 / v, "  -v =", -v, "  v ** 2 =", v**2, "  tanh(2v) =", (2 * v).tanh())
by_formula = (v.exp() - (-v).exp()) / (v.exp() + (-v).exp())
print(f"tanh from four exponentials: {by_formula.data:.12f}, slope {slope_along_paths(by_formula, v):.12f}")
print(f"tanh in one step:            {v.tanh().data:.12f}, slope {slope_along_paths(v.tanh(), v):.12f}")

# %% [markdown]
# The same function, built from other parts, has the same slope. The engine does not need to know that these four exponentials are a tanh.

# %% [markdown]
# ## 6. Why not add up the paths?
#
# `slope_along_paths` is right, and the given code has it already. Why is the lesson not over? Take $x_0$, and let each next number be the one before plus itself: $x_1 = x_0 + x_0$, $x_2 = x_1 + x_1$, and so on.
#
# ### Predict, then run
#
# There are two arrows from each node to the next. **How many paths lead from $x_0$ to $x_{16}$**, through a graph of 17 nodes? And how much longer do they take than those to $x_{14}$?

# %%
my_paths = None  # your number
my_times_longer = None  # your number

# %%
doublings = make_graph([(1.0, [], [])] + [(2.0 ** (k + 1), [k, k], [1.0, 1.0]) for k in range(16)])
print(f"dx_16 / dx_0 = {slope_along_paths(doublings[16], doublings[0]):.0f}, one for each path. You wrote {my_paths}.")
print(
    f"to x_14 there are {slope_along_paths(doublings[14], doublings[0]):.0f}, so 4 times fewer. You wrote {my_times_longer}."
)
print(f"to x_100 there would be {2**100:.1e}")
print(f"arrows in the graph up to x_16: {sum(len(node.parents) for node in doublings)}")

# %% [markdown]
# A loss has as many paths to a weight as there are ways through the network: with each layer the number multiplies. Adding up the paths one by one is right, and hopeless.
#
# The cure: paths share their ends. All paths that go through a node $v$ continue from $v$ to the result in the same ways. So compute $\partial L / \partial v$ **once**, and hand it on. Let `grad` of a node be the derivative of the result with respect to it.
# A node $v$ with `grad` gives each parent $p$ the amount
#
# $$\underbrace{\frac{\partial L}{\partial v}}_{\texttt{v.grad}} \cdot \underbrace{\frac{\partial v}{\partial p}}_{\texttt{local gradient}}$$
#
# and the parent **adds** up what it gets. One multiplication and one addition per arrow: for 16 doublings that is 32 arrows instead of 65,536 paths. This is **backpropagation**.
#
# One thing must hold: when a node hands its gradient on, it must have received everything. So every node waits for all nodes that were made **from** it. An order in which parents come before their children is called a **topological order**; backpropagation walks it from the end.
#
# ## Exercise 6 — step 3: topological order
# **4 points · difficulty 4 of 5 · importance 4 of 5 · about 20 min**
#
# Write `topological_order(node)`: a list of all nodes that `node` was made from, and `node` itself. Every node stands in it **once**, and **after all its parents**; so `node` comes last. Any such order is right.
# The nodes stay as they are. Graphs can be thousands of nodes deep, so do not let the function call itself once per node: Python stops that after a while, with a `RecursionError`.
#
# For `L = a * b + a` a right order is `[a, b, a * b, L]`, and `[b, a, a * b, L]` is another one.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Think of getting dressed: before the shoes, the socks. When you want to put a node into the list and one of its parents is missing, what do you do first, and where do you come back to?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Keep a stack, a list of nodes still to be done. Look at the node on top. If a parent of it is not done, put that parent on top; if all are done, take the node off the stack and append it to the order. A set of what is done answers "is it done?" fast; nodes can be put into sets.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
# Start with the stack holding `node`, an empty order and an empty set. While the stack is not empty: collect the parents of the top node that are not in the set. If there are any, extend the stack by them. If not, pop the top; when it is not in the set yet, append it to the order and add it to the set.
# (A node may lie on the stack twice. That is why you ask again before you append.)
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "topological_order", "locked": false, "schema_version": 3, "solution": true, "task": false}
def topological_order(node):
    """All nodes that `node` was made from, and itself: a list, every node once, parents before children."""
    ### BEGIN SOLUTION
    order, done, stack = [], set(), [node]
    while stack:
        missing = [parent for parent in stack[-1].parents if parent not in done]
        if missing:
            stack.extend(missing)
            continue
        finished = stack.pop()
        if finished not in done:
            done.add(finished)
            order.append(finished)
    return order
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "topological_order-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of topological_order: run this cell.
def _ordered(node):
    try:
        return topological_order(node)
    except RecursionError:
        return "too deep"


_ordered.__name__ = "topological_order"


def _read_order(rows, last=-1, nodes=None, hidden=None):
    """Ask for the order of a graph from one of its nodes (the last one), and judge it."""
    nodes = make_graph(rows) if nodes is None else nodes
    rows = rows if last == -1 else rows[: last + 1]
    made = expect(_ordered, hidden=hidden).of(nodes[last])
    made.satisfies(
        lambda v: not (isinstance(v, str) and v == "too deep"),
        "Python stopped with RecursionError: your function calls itself once per node, and this graph is thousands of nodes deep. Keep a list of what is still to be done",
        wanted="a list of nodes",
    ).satisfies(
        lambda v: not isinstance(v, set | frozenset), "a list is wanted. A set keeps no order", wanted="a list of nodes"
    ).satisfies(
        lambda v: isinstance(v, list | tuple),
        "a list is wanted. If the order is right, make one of it: `list(...)`",
        wanted="a list of nodes",
    ).satisfies(
        lambda v: len(v) > 0,
        "the list is empty. Does the `return` stand inside the loop? If the list was not empty at the first call, something is left on the nodes from an earlier call",
    ).satisfies(lambda v: not isinstance(v[0], float | int), "these are numbers. The nodes themselves are wanted")
    found = list(find_places(made.value, nodes))
    place = {number: at for at, number in enumerate(found)}
    early = [
        (number, parent)
        for number, (_, parents, _) in enumerate(rows)
        for parent in parents
        if place.get(parent, -1) > place.get(number, len(rows))
    ]
    inside = {len(rows) - 1}
    for number in range(len(rows) - 1, -1, -1):
        inside |= set(rows[number][1]) if number in inside else set()
    there = {rows[number][0] for number in found if 0 <= number < len(rows)}
    absent = [number for number in inside if number not in place]
    made.satisfies(
        lambda v: -1 not in found,
        "there is something in the list that is no node of this graph. Is something left from an earlier call?",
    ).satisfies(
        lambda v: len(found) == len(set(found)),
        "a node stands in the list more than once. Ask whether it is done before you append it",
    ).satisfies(lambda v: len(rows) - 1 in place, "the node you were asked for is missing: it comes last").satisfies(
        lambda v: set(found) <= inside,
        "there is a node in the list that `node` was not made from. Is something left from an earlier call?",
    ).satisfies(
        lambda v: not absent or any(rows[number][0] not in there for number in absent),
        "two nodes hold the same number, and one of them is missing. Ask for the node itself, not for its `data`",
    ).satisfies(
        lambda v: all(number in place for number in inside if rows[number][1]),
        "nodes in the middle are missing: go on to the parents of the parents",
    ).satisfies(
        lambda v: not absent,
        "inputs are missing: nodes without parents belong into the list too, and so do the parents of parents",
    ).satisfies(
        lambda v: found[0] != len(rows) - 1 or len(rows) == 1,
        "the order is turned around: parents come first, `node` last",
    ).satisfies(
        lambda v: not early, "a node comes before one of its parents. It must wait until all of them are in the list"
    )


_picture = [(2, [], []), (-3, [], []), (-6, [0, 1], [-3, 2]), (-4, [2, 0], [1, 1])]
_diamond = [
    (2, [], []),
    (-3, [0], [1]),
    (2, [1], [1]),  # the same number as the first node has
    (-1, [1, 2], [1, 1]),
    (4, [0, 0], [1, 1]),
    (3, [4, 3], [1, 1]),
    (0, [5, 1], [1, 1]),
]
for _rows in (_picture, _diamond):
    _nodes = make_graph(_rows)
    _read_order(_rows, nodes=_nodes)
    _read_order(_rows, nodes=_nodes)  # asked again: nothing may be left from the first time
_read_order(_diamond, last=3)  # from the middle: only what this node was made from
_read_order([(0, [], [])] + [(_k, [_k - 1], [1]) for _k in range(1, 3500)])  # a long chain
print("topological_order: this check is passed.")


# %% nbgrader={"grade": true, "grade_id": "topological_order-deep", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests use a graph that is 4,000 nodes deep.
### BEGIN HIDDEN TESTS
_chain = [(0, [], [])]
for _k in range(1, 4000):  # deeper than the 3,000 calls that notebooks allow
    _chain.append((_k, [_k - 1, 0] if _k % 100 == 0 else [_k - 1], [1, 1] if _k % 100 == 0 else [1]))
_read_order(_chain, hidden="a deep graph")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "topological_order-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests use a single node, random graphs, and a node that is used in many places.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("topological_order")
_one = [(0, [], [])]
_read_order(_one, hidden="a node without parents")
_square = [(0, [], []), (1, [0, 0], [1, 1])]
_read_order(_square, hidden="a node used twice in one operation")
for _size in (8, 15, 30, 60):
    _random = [(0, [], []), (1, [], [])]
    for _k in range(2, _size):
        _from = [int(_p) for _p in _rng.integers(0, _k, size=2)]
        _random.append((_k, _from, [1, 1]))
    _random.append((_size, [int(_p) for _p in _rng.permutation(_size)], [1] * _size))
    _read_order(_random, hidden="a random graph")
_ladder = [(0, [], [])] + [(_k, [_k - 1, _k - 1], [1, 1]) for _k in range(1, 60)]
_read_order(_ladder, hidden="a graph with very many paths")
### END HIDDEN TESTS

# %% [markdown]
# ## 7. Step 4: the backward pass
#
# Everything is ready. `backward(node)` begins at the result: its derivative with respect to itself is 1. Then it walks the order from the end to the inputs, and each node hands its gradient on.
#
# What if `backward` is called a second time, or on another result that uses the same weights? Then the gradients **add up**, in every node, as in PyTorch. Two calls on one result give twice the gradient. This is what you want when a batch is too large for the memory: run its parts one after another,
# and the gradients sum up. It is also why a training loop sets all gradients to zero before each step (`zero_grad`, week 00, lesson 4).
#
# ## Exercise 7 — step 4: backward
# **5 points · difficulty 4 of 5 · importance 5 of 5 · about 20 min**
#
# Write `backward(node)`: for every node `v` that `node` was made from, and `node` itself, it **adds** the derivative of `node` with respect to `v` to `v.grad`. It returns nothing. This is the one function of the lesson that writes into what it is given; that is its job. It changes `grad` and nothing else.
# Use your `topological_order`. (The checks try `backward` with an order that is right, so a mistake in step 3 costs nothing here.)
#
# Mind the second call: what flows in it is this call's gradient only, and the old content of `grad` must not flow again. So let the gradients of this call flow in a place of their own, and add them to `grad` at the end.
#
# <details><summary>Hint 1: a nudge</summary>
#
# What is the derivative of a result with respect to itself? And how many additions does a node see that is used three times?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# A dictionary from node to number holds what has arrived in this call; nodes can be keys. At the start all are 0, but for the result. Walk the order backwards: for each pair of parent and local gradient, add the node's number times the local gradient to the parent's number.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
# Take the order. Make a dictionary `flow` with 0.0 for each node of it, and 1.0 for `node`. For each `v` of the reversed order: add `flow` of v to `v.grad`, then `zip` its parents with its local gradients, and let each parent's `flow` grow by `flow` of v times the local gradient.
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "backward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def backward(node):
    """Add the derivative of `node` with respect to v to v.grad, for every v that it was made from. Returns nothing."""
    ### BEGIN SOLUTION
    order = topological_order(node)
    arrived = dict.fromkeys(order, 0.0)
    arrived[node] = 1.0
    for child in reversed(order):
        child.grad += arrived[child]
        for parent, local in zip(child.parents, child.local_grads):
            arrived[parent] += local * arrived[child]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "backward-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of backward: run this cell. The graph: c = a * b, d = c + a, e = d * a, L = e + c, at a = 3 and b = -2.
def _backward_in_order(nodes, hidden=None):
    """Call the student's backward on the last node, with a topological order that is right."""
    in_order = given(backward, topological_order=lambda node: list(nodes))

    def with_zip_in_mind(node):
        try:
            return in_order(node)
        except (KeyError, AttributeError) as error:
            if str(error).strip("-").replace(".", "").isdigit() or "'float' object has no attribute" in str(error):
                return "a number for a node"
            raise

    with_zip_in_mind.__name__ = "backward"
    expect(with_zip_in_mind, hidden=hidden).of(nodes[-1]).satisfies(
        lambda v: not (isinstance(v, str) and v == "a number for a node"),
        "a number stands where a node belongs. Are parents and local gradients exchanged in `zip`?",
    )
    return read_all(nodes, "grad")


_rows = [
    (3, [], []),
    (-2, [], []),
    (-6, [0, 1], [-2, 3]),
    (-3, [2, 0], [1, 1]),
    (-9, [3, 0], [3, -3]),
    (-15, [4, 2], [1, 1]),
]
_nodes = make_graph(_rows)
expect(_backward_in_order(_nodes), name="grad of a, b, c, d, e, L after backward(L)").equals(
    [-8.0, 12.0, 4.0, 3.0, 1.0, 1.0],
    mistakes={
        "nothing flows: the gradient of the result itself must be set to 1 first, or `flow` is never added to `v.grad`": [
            0.0
        ]
        * 6,
        "a gradient is replaced where it must grow: a node that is used twice gets two parts, so add": [
            -6.0,
            9.0,
            3.0,
            3.0,
            1.0,
            1.0,
        ],
        "the order is walked from the inputs. Begin at the result: `reversed`": [0.0, 0.0, 1.0, 0.0, 1.0, 1.0],
        "the local gradients are left out. Along a path, multiply": [4.0, 2.0, 2.0, 1.0, 1.0, 1.0],
        "what has arrived at the node is left out: hand on its gradient times the local gradient": [
            -4.0,
            3.0,
            2.0,
            3.0,
            1.0,
            1.0,
        ],
        "gradient and local gradient are added. Along a path, multiply": [11.0, 11.0, 8.0, 5.0, 2.0, 1.0],
        "only the result has a gradient: either the order is walked from the inputs (`reversed` is missing), or nothing is handed on": [
            0.0,
            0.0,
            0.0,
            0.0,
            0.0,
            1.0,
        ],
        "every node starts with 1. Only the result does, the others start with 0": [-16.0, 28.0, 9.0, 7.0, 2.0, 1.0],
        "the result starts with its own number. Its derivative with respect to itself is 1": [
            120.0,
            -180.0,
            -60.0,
            -45.0,
            -15.0,
            -15.0,
        ],
        "the result keeps 0: its own gradient is 1, and belongs into its `grad` too": [-8.0, 12.0, 4.0, 3.0, 1.0, 0.0],
        "each node hands on its `data`. What flows is its gradient": [36.0, -18.0, -18.0, -27.0, -15.0, 1.0],
        "only the parents of the result get a gradient: go on to their parents": [0.0, 0.0, 1.0, 0.0, 1.0, 1.0],
        "only the first parent gets its part. Each parent has one": [-6.0, 0.0, 3.0, 3.0, 1.0, 1.0],
        "only the last parent gets its part. Each parent has one": [0.0, 3.0, 1.0, 0.0, 0.0, 1.0],
        "the local gradients of a node are exchanged between its parents": [-6.0, 4.0, -2.0, -3.0, 1.0, 1.0],
        "a part is handed on twice: a node must wait until all its parts have arrived, then hand on once": [
            -14.0,
            21.0,
            4.0,
            3.0,
            1.0,
            1.0,
        ],
        "a node hands on again whatever it had handed on before: let it wait for all its parts, then hand on once": [
            -10.0,
            15.0,
            4.0,
            3.0,
            1.0,
            1.0,
        ],
        "only the inputs are filled. Every node gets its gradient": [-8.0, 12.0, 0.0, 0.0, 0.0, 0.0],
        "`flow` of the parent is added to its `grad` with each part. Add it once, when all parts have arrived": [
            -11.0,
            12.0,
            5.0,
            3.0,
            1.0,
            0.0,
        ],
        "a node is visited once for every use. Walk the topological order backwards, where it stands once": [
            -24.0,
            18.0,
            5.0,
            3.0,
            1.0,
            1.0,
        ],
        "a node hands on before all its parts have arrived, and the later ones are lost. Walk the topological order backwards": [
            -2.0,
            3.0,
            1.0,
            3.0,
            1.0,
            1.0,
        ],
        "the factor is the parent's `data`. It is the local gradient": [-450.0, 336.0, -168.0, 27.0, -9.0, 1.0],
        "a node hands its gradient on before all its parts have arrived. Walk the topological order backwards": [
            -2.0,
            3.0,
            4.0,
            3.0,
            1.0,
            1.0,
        ],
    },
)
expect(read_all(_nodes, "data"), name="data of the nodes after backward(L)").equals(
    [3.0, -2.0, -6.0, -3.0, -9.0, -15.0], mistakes={}
)
expect(
    [len(_p) for _p in read_all(_nodes, "parents")], name="number of parents of the nodes after backward(L)"
).satisfies(lambda v: v == [0, 0, 2, 2, 2, 2], "the parents were changed. `backward` changes `grad` and nothing else")
# A square, x * x + x * y at x = 3 and y = 3: a node used twice in one operation, and nodes with equal data.
_square = make_graph([(3, [], []), (3, [], []), (9, [0, 0], [3, 3]), (9, [0, 1], [3, 3]), (18, [2, 3], [1, 1])])
expect(_backward_in_order(_square), name="grad of x, y, x * x, x * y and their sum").equals(
    [9.0, 3.0, 1.0, 1.0, 1.0],
    mistakes={
        "a node that stands twice among the parents gets two parts, and a dictionary of parents keeps one": [
            6.0,
            3.0,
            1.0,
            1.0,
            1.0,
        ],
        "nodes with equal `data` are taken for one. Use the node itself as the key": [24.0, 24.0, 2.0, 2.0, 1.0],
    },
)
# 40 doublings: 80 arrows, and more paths than can be walked.
_doubled = make_graph([(1, [], [])] + [(1, [_k, _k], [0.5, 0.5]) for _k in range(40)])
try:
    _sent = _backward_in_order(_doubled)[0]
except AssertionError as _stopped:
    if "seconds" not in str(_stopped):
        raise
    _sent = "no answer within 10 seconds"
expect(_sent, name="grad of the first node after 40 doublings").satisfies(
    lambda v: not isinstance(v, str),
    "every path is walked by itself, and 40 doublings have a million millions. Visit each node once: add up what arrives, then hand it on",
    wanted="1.0",
).equals(1.0)
print("backward: this check is passed.")

# %% nbgrader={"grade": true, "grade_id": "backward-twice", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of backward, called twice: run this cell.
_nodes = make_graph(_rows)
_backward_in_order(_nodes)
expect(_backward_in_order(_nodes), name="grad of a, b, c, d, e, L after two calls of backward(L)").equals(
    [-16.0, 24.0, 8.0, 6.0, 2.0, 2.0],
    mistakes={
        "the second call starts from zero. Gradients of several calls add up": [-8.0, 12.0, 4.0, 3.0, 1.0, 1.0],
        "the old gradients flow a second time. Let this call's gradients flow in a dictionary of their own": [
            -33.0,
            54.0,
            14.0,
            9.0,
            2.0,
            1.0,
        ],
        "the old gradients flow a second time, from the result on. Let this call's gradients flow in a dictionary of their own": [
            -41.0,
            66.0,
            18.0,
            12.0,
            3.0,
            2.0,
        ],
        "the result is set to 1 in the second call. It adds up like all others": [-16.0, 24.0, 8.0, 6.0, 2.0, 1.0],
        "the inputs start from zero in the second call. Every node adds up": [-8.0, 12.0, 8.0, 6.0, 2.0, 2.0],
        "the inputs add up, and the nodes between do not. Every node adds up": [-16.0, 24.0, 4.0, 3.0, 1.0, 1.0],
        "nothing flows: the gradient of the result itself must be set to 1 first, or `flow` is never added to `v.grad`": [
            0.0
        ]
        * 6,
        "a gradient is replaced where it must grow: a node that is used twice gets two parts, so add": [
            -6.0,
            9.0,
            3.0,
            3.0,
            1.0,
            1.0,
        ],
    },
)
print("backward: two calls add up.")

# %% nbgrader={"grade": true, "grade_id": "backward-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests compare random graphs with PyTorch to 1e-12, and use a node twice in one operation, a single node, and two results that share their inputs.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("backward")
expect(
    _backward_in_order(make_graph([(2.5, [], [])]), "a node without parents"),
    hidden="a node without parents",
    name="grad of a single node",
).equals([1.0])
_twice = make_graph([(3.0, [], []), (9.0, [0, 0], [3.0, 3.0])])
expect(
    _backward_in_order(_twice, "a node used twice in one operation"),
    hidden="a node used twice in one operation",
    name="the gradients",
).equals(
    [6.0, 1.0],
    mistakes={
        "a gradient is replaced where it must grow: a node that is used twice gets two parts, so add": [3.0, 1.0]
    },
)
for _round in range(4):
    _tensors = [torch.tensor(float(_n), dtype=torch.float64, requires_grad=True) for _n in _rng.uniform(-1, 1, size=4)]
    _built = [(float(_t.detach()), [], []) for _t in _tensors]
    for _k in range(4, 24):
        _p, _q = (int(_i) for _i in _rng.integers(max(0, _k - 6), _k, size=2))
        _u, _v = float(_tensors[_p].detach()), float(_tensors[_q].detach())
        if _k % 3 == 0:
            _tensors.append(_tensors[_p] * _tensors[_q])
            _built.append((_u * _v, [_p, _q], [_v, _u]))
        elif _k % 3 == 1:
            _tensors.append(_tensors[_p] - _tensors[_q])
            _built.append((_u - _v, [_p, _q], [1.0, -1.0]))
        else:
            _tensors.append(torch.sin(_tensors[_p]))
            _built.append((math.sin(_u), [_p], [math.cos(_u)]))
    _count = len(_tensors)
    _tensors.append(torch.stack(_tensors).sum())
    _built.append((float(_tensors[-1].detach()), list(range(_count)), [1.0] * _count))
    for _t in _tensors:
        _t.retain_grad()
    _tensors[-1].backward(retain_graph=True)
    _what = "a random graph, compared with PyTorch"
    _own = make_graph(_built)
    _told = [float(_t.grad) for _t in _tensors]
    expect(_backward_in_order(_own, _what), hidden=_what, name="the gradients").equals(_told, tol=1e-12)
    expect(_backward_in_order(_own, _what), hidden="a second call on a random graph", name="the gradients").equals(
        [2 * _g for _g in _told], tol=1e-12
    )
_shared = make_graph([(2.0, [], []), (5.0, [], []), (10.0, [0, 1], [5.0, 2.0]), (8.0, [0], [12.0])])
_backward_in_order(_shared[:3], "two results that share an input")
expect(
    given(backward, topological_order=lambda node: [_shared[0], _shared[3]]), hidden="two results that share an input"
).of(_shared[3])
expect(read_all(_shared, "grad"), hidden="two results that share an input", name="the gradients").equals(
    [17.0, 2.0, 1.0, 1.0],
    mistakes={"the second call starts from zero. Gradients of several calls add up": [12.0, 2.0, 1.0, 1.0]},
)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "backward-large", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests use a graph that is 4,000 nodes deep, and one with more paths than can be walked.
### BEGIN HIDDEN TESTS
_link = [(1.0, [], [])] + [(1.0, [_k - 1], [1.0 if _k % 2 else -1.0]) for _k in range(1, 4000)]
for _rows_large, _first, _what in [
    (_link, -1.0, "a deep graph (a function that calls itself once per node is stopped by Python)"),
    (
        [(0.0, [], [])] + [(0.0, [_k - 1, _k - 1], [1.0, 1.0]) for _k in range(1, 61)],
        2.0**60,
        "a graph with very many paths",
    ),
]:
    expect(
        _backward_in_order(make_graph(_rows_large), _what)[0], hidden=_what, name="the gradient of the first node"
    ).equals(_first, tol=1e-12)
### END HIDDEN TESTS

# %% [markdown]
# The cell that tied the signs made it a method already, so the engine is complete. See the gradients arrive: the graph of the check, built by your operations and filled by your `backward`.

# %%
a, b = Value(3.0), Value(-2.0)
c = a * b
d = c + a
e = d * a
L = e + c
L.backward()
draw(L, {"a": a, "b": b, "c": c, "d": d, "e": e, "L": L}, title="Data and gradient of every node, after L.backward()")

# %% [markdown]
# Follow the gradient of $a$ in the picture: it is used in three places, so three parts arrive and add up.

# %%
part_c, part_d, part_e = c.grad * b.data, d.grad * 1.0, e.grad * d.data
print(f"through c: {part_c}, through d: {part_d}, through e: {part_e}; sum {part_c + part_d + part_e}, a.grad {a.grad}")

# %% [markdown]
# ## 8. Predict, then run: call it again
#
# `L.backward()` ran once, and `a.grad` is −8. You run `L.backward()` a second time. **What is `a.grad` then?** And what does PyTorch say?

# %%
my_second_grad = None  # your number

# %%
L.backward()
t_a, t_b = (torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (3.0, -2.0))
t_L = (t_a * t_b + t_a) * t_a + t_a * t_b
t_L.backward(retain_graph=True)  # PyTorch throws the graph away after one backward pass, unless it is told to keep it
t_L.backward()
print(f"yours {a.grad}, PyTorch {t_a.grad.item()}. You wrote {my_second_grad}.")

# %% [markdown]
# ## 9. Bug hunt: which engine is broken how?
#
# In real life you see wrong numbers first, and the line that makes them much later. Three engines, each with a loop around it, have run `backward(L)` on $c = a \cdot b$, $d = c + a$, $L = d \cdot d$ at $a = 2$, $b = -3$. The table shows the `grad` that each left behind. The last column is right.

# %% nbgrader={"grade": false, "grade_id": "bug-hunt-numbers", "locked": true, "schema_version": 3, "solution": false, "task": false}
print("node  data | engine 1  engine 2  engine 3 | right")
for row in (
    ("a", 2, 12, 0, 32, 16),
    ("b", -3, -8, 0, -32, -16),
    ("c", -6, -4, 0, -16, -8),
    ("d", -4, -4, -8, -16, -8),
    ("L", 16, 1, 1, 2, 1),
):
    print("{:4} {:5} | {:8}  {:8}  {:8} | {:5}".format(*row))

# %% [markdown]
# ## Exercise 8 — name the bug
# **3 points · difficulty 3 of 5 · importance 4 of 5 · about 5 min**
#
# These are the causes to choose from; three of them are not needed.
#
# | | cause |
# |---|---|
# | A | the result's own gradient was never set to 1 |
# | B | a gradient is replaced by the newest part, where it should grow |
# | C | the nodes are visited from the inputs to the result |
# | D | the local gradients are left out |
# | E | the gradients of an earlier call were still there: the loop around the engine did not set them to zero |
# | F | only the first parent of a node gets its part |
#
# Write the letters for the engines 1, 2, 3, in this order, into `diagnosis`, as text: `diagnosis = "D D F"` is the form (and wrong).
#
# <details><summary>Hint 1: a nudge</summary>
#
# Begin at L and go backwards. At which node is the first wrong number?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# `d` is used twice in `d * d`, and `a` is used in two places. `c` and `b` are used once. Work out by hand what each cause would leave in `d`.
#
# </details>
# <details><summary>Hint 3: almost an answer</summary>
#
# One engine has exactly one part where two should have met. One has a gradient only next to L. In one every number is off by the same factor, even that of L itself.
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "diagnosis", "locked": false, "schema_version": 3, "solution": true, "task": false}
diagnosis = ""
### BEGIN SOLUTION
diagnosis = "B C E"
### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "diagnosis-first", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of diagnosis, engine 1: run this cell.
def _letter(answer, engine):
    """The letter for an engine, after a look at the form."""
    expect(answer, name="diagnosis").satisfies(
        lambda v: isinstance(v, str | list | tuple) and all(isinstance(part, str) for part in v),
        'write text: three letters between quotation marks, such as "D D F"',
    )
    letters = [letter for letter in "".join(answer).upper() if letter.isalpha()]
    expect(letters, name="the letters in diagnosis").satisfies(
        lambda v: len(v) > 0, "nothing is written yet, or the line with `raise` still stands above your answer"
    ).satisfies(lambda v: len(v) == 3, "three letters are wanted, one for each engine").satisfies(
        lambda v: set(v) <= set("ABCDEF"), "there is a letter that names no cause: the causes are A to F"
    )
    return letters[engine - 1]


def _is(answer, engine, why_not):
    letter = _letter(answer, engine)
    expect(letter, name=f"your letter for engine {engine}").satisfies(
        lambda v: v not in why_not, why_not.get(letter, "")
    )


_is(
    diagnosis,
    1,
    {
        "A": "engine 1 is not A: without the 1 at the result, every gradient would be 0",
        "C": "engine 1 is not C: the gradient of L came down to a and b, so the walk began at L",
        "D": "engine 1 is not D: then d would have 1 + 1 = 2",
        "E": "engine 1 is not E: old gradients would show at L first, and L has 1",
        "F": "engine 1 is not F: then b would have nothing, because it is a second parent",
    },
)
print("diagnosis: engine 1 is right.")

# %% nbgrader={"grade": true, "grade_id": "diagnosis-second", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of diagnosis, engine 2: run this cell.
_is(
    diagnosis,
    2,
    {
        "A": "engine 2 is not A: L has its 1, and d got its gradient from it",
        "B": "engine 2 is not B: d has both parts, −4 and −4",
        "D": "engine 2 is not D: then d would have 1 + 1 = 2",
        "E": "engine 2 is not E: old gradients make numbers too large, and these are 0",
        "F": "engine 2 is not F: c is the first parent of d, and it has nothing",
    },
)
print("diagnosis: engine 2 is right.")

# %% nbgrader={"grade": true, "grade_id": "diagnosis-third", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of diagnosis, engine 3: run this cell.
_is(
    diagnosis,
    3,
    {
        "A": "engine 3 is not A: without the 1 at the result, every gradient would be 0",
        "B": "engine 3 is not B: these numbers are too large, and a lost part makes d smaller",
        "C": "engine 3 is not C: the gradient came down to a and b, so the walk began at L",
        "D": "engine 3 is not D: then d would have 1 + 1 = 2",
        "F": "engine 3 is not F: then b would have nothing, because it is a second parent",
    },
)
print("diagnosis: engine 3 is right.")

# %% [markdown]
# ## 10. The milestone: your engine against PyTorch, and a network that learns
#
# First the comparison. The formula below uses every operation of your class, with two numbers used several times. The cell asks your engine and PyTorch for value and gradients at 200 random places, and prints the largest difference.


# %%
def everything(x, y, relu):
    """A formula with all operations. x, y: two Values, or two tensors; relu: the function that fits -> one number."""
    u = (2 * x - y) / (1 + x * x)
    v = (u.exp() + y**3 - 1 / (2 + y * y)).tanh()
    return relu(u * v + 0.5) - v**2 + (-x) * relu(x - 3 * y)


def two_ways(seed):
    """Largest difference between the engine and PyTorch in value and gradients, at one random place."""
    place = np.random.default_rng(seed).uniform(-1, 1, size=2)
    mine = [Value(number) for number in place]
    result = everything(*mine, relu)
    result.backward()
    theirs = [torch.tensor(number, dtype=torch.float64, requires_grad=True) for number in place]
    wanted = everything(*theirs, torch.relu)
    wanted.backward()
    pairs = [(result.data, wanted.item())] + [(v.grad, t.grad.item()) for v, t in zip(mine, theirs)]
    return max(abs(ours - torch_says) for ours, torch_says in pairs)


largest = max(two_ways(seed) for seed in range(200))
print(f"largest difference at 200 places: {largest:.1e}; below 1e-12: {largest < 1e-12}")

# %% [markdown]
# What is left are the last digits of float64. **You know now what `backward()` computes.**
#
# Next, one neuron learns. It reads 1.5 and should answer 0.8. In each step: forward, set the gradients to zero, backward, and move each parameter a little against its gradient. Each round makes new nodes for the results; `w` and `b` stay.

# %%
w, b = Value(-0.5), Value(0.0)
learning_rate = 0.1
for step in range(1, 11):
    loss = ((w * 1.5 + b).tanh() - 0.8) ** 2
    w.grad = b.grad = 0.0
    loss.backward()
    w.data -= learning_rate * w.grad
    b.data -= learning_rate * b.grad
    if step in (1, 2, 3, 5, 10):
        print(f"step {step:2}: loss {loss.data:.4f}, dw {w.grad:+.4f}, db {b.grad:+.4f}")
draw(loss, {"w": w, "b": b, "loss": loss}, title="The graph of the last step, with the gradients of that step")

# %% [markdown]
# In the picture the box before the tanh is the score, and the two **input** boxes called `number` (nothing leads to them) are the input 1.5 and the target 0.8. They have gradients too; nobody uses them. The box of `w` already shows the moved number.
#
# Last, a whole network. In week 00 a single neuron could not learn XOR, and you set the weights of the network that can by hand. Your engine finds such weights: two inputs, four hidden neurons with tanh, one output, 17 parameters, full batches.

# %%
xor_inputs = [(0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (1.0, 1.0)]
xor_targets = [-1.0, 1.0, 1.0, -1.0]
rng = np.random.default_rng(0)
hidden_neurons = [[Value(number) for number in rng.normal(size=3)] for _ in range(4)]  # two weights and a bias each
output_neuron = [Value(number) for number in rng.normal(size=5)]  # four weights and a bias
parameters = [p for neuron in (*hidden_neurons, output_neuron) for p in neuron]


def answer(point):
    """The network's answer for one point of two numbers -> a Value between -1 and 1."""
    hidden = [(w0 * point[0] + w1 * point[1] + bias).tanh() for w0, w1, bias in hidden_neurons]
    return (sum(weight * h for weight, h in zip(output_neuron, hidden)) + output_neuron[-1]).tanh()


losses = []
for _ in range(150):
    loss = sum((answer(point) - target) ** 2 for point, target in zip(xor_inputs, xor_targets)) / 4
    for p in parameters:
        p.grad = 0.0
    loss.backward()
    for p in parameters:
        p.data -= 0.3 * p.grad
    losses.append(loss.data)
print(
    f"{len(parameters)} parameters, {len(topological_order(loss))} nodes per step, loss {losses[0]:.3f} -> {losses[-1]:.4f}"
)
for point, target in zip(xor_inputs, xor_targets):
    print(f"{point}: wanted {target:+.0f}, the network says {answer(point).data:+.2f}")
plots.lines({"mean squared error": losses}, title="XOR learned by your own engine", x_label="step", y_label="loss")

# %% [markdown]
# Until about step 25 the loss zigzags: a step size of 0.3 is large at first. Then it falls steadily.
#
# Nobody wrote a derivative of this network. You wrote the local gradients of eight operations and two rules.
#
# ## How GPT uses this
#
# Training GPT-2 small means: one forward pass over a batch of text, one loss, one backward pass. That single backward pass fills `grad` for every parameter, from the token table of shape `(50257, 768)` to the last bias. Nudging would need two forward passes for each parameter. The cell counts them.

# %%
width, blocks, tokens, places = 768, 12, 50257, 1024
per_block = 12 * width**2 + 13 * width  # attention, two dense layers, two normalizations
count = tokens * width + places * width + blocks * per_block + 2 * width
print(f"{count:,} parameters: one backward pass, or {2 * count:,} forward passes")

# %% [markdown]
# The graph has the same two rules as yours. Its nodes hold whole arrays, such as `(n_tokens, 768)`, in place of single numbers; that is lesson 2.
#
# ## Coming from C# or Java
#
# - `__add__` is C#'s `operator +`; Java has no such thing. C# picks an overload by the static types of both sides. Python asks the left object first, and only then the right one, with `__radd__`.
# - `Value.__sub__ = lambda self, other: ...` adds a method to a class that exists already. C#'s extension methods look similar, but they are resolved by the compiler; here the class itself changes while the program runs.
# - `parent not in done` works on a set because objects without `__eq__` compare by identity, as references do in Java without `equals`. Two nodes that hold the same number are two keys.
# - Lambdas look their names up when they are called. So the tied operators use your newest `subtract` after you change it.
#
# ## If you are stuck
#
# | what you see | likely cause |
# |---|---|
# | `data must be a plain number, and this is a node` | a `.data` is missing: `Value(a + b)` instead of numbers; `a + b` is a node already |
# | `RecursionError` in `__add__` | `self + other` inside `__add__` calls `__add__` again: add the `.data` |
# | `unsupported operand type(s) for -`, or `no attribute 'backward'` | the cell of step 1 ran again after the one that ties the operations: run that one too. Or, for `-`, a `.data` is missing inside `subtract` |
# | `unsupported operand type(s) for +: 'int' and 'Value'` | `__radd__` is missing: `sum` begins with 0 |
# | all gradients are 0 | the result's own gradient is not 1, the order was walked from the inputs, or `flow` is never added to `v.grad` |
# | right for a chain, wrong where a node is used twice | a `=` where `+=` belongs |
# | gradients grow from step to step | they are not set to zero before `backward()` |
# | `topological_order` never ends | the node is not marked as done, so its parents are put on the stack forever |
#
# ## Checkpoint
#
# Answer each question aloud before you open it.
#
# <details><summary>What are the two rules of the chain rule on a graph?</summary>
#
# Multiply the local gradients along a path. Add over all paths.
#
# </details>
# <details><summary>Why must the backward pass follow a topological order from the end?</summary>
#
# A node may hand its gradient on only when all parts have arrived: from every node that was made from it.
#
# </details>
# <details><summary>L = a · a with a = 5. What does a.grad hold if the engine replaces instead of adding?</summary>
#
# 5 instead of 10: one of the two equal parts is lost.
#
# </details>
# <details><summary>Why does a training loop set gradients to zero, when backward could do it?</summary>
#
# Because adding up is useful: over parts of a batch, or over several losses that share weights. Only the loop knows when a new sum begins.
#
# </details>
# <details><summary>Why do we not train by nudging?</summary>
#
# It costs two forward passes for every parameter and is right to about ten digits. Backpropagation gets all of them in one walk over the graph, right to the last digits.
#
# </details>
#
# You have an autograd engine that you wrote yourself, and you know its two rules. **Next:** lesson 2 applies them to whole layers at once, with matrices, and your backward pass becomes fast.
