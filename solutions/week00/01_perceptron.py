# %% [markdown]
# # Week 00 · Lesson 1 — The perceptron
#
# **About 105 minutes.** You build one artificial neuron, let it learn from its mistakes, and find out what it can never learn.
#
# | built before | built here | unlocks next |
# |---|---|---|
# | nothing: you need Python functions, loops, and what a NumPy array is | `step`, `predict`, `perceptron_update`, `fit_perceptron`, `xor_by_hand` | lesson 2 (smooth neurons) and lesson 3 (many neurons in layers) |
#
# After this lesson you can
#
# - compute what a neuron answers, for one input and for a whole batch, and say the shape of every array on the way;
# - train a neuron with the perceptron rule and read its curve of mistakes;
# - show on paper why one neuron cannot compute XOR, and build XOR from three.
#
# How to work: run the cells from top to bottom with Shift+Enter. Where it says `YOUR CODE HERE`, replace the line
# `raise NotImplementedError()` by your answer. The cell below each answer checks it, and tells you what it sees. (Long checks are folded: click the dots to read one.)
# Every function you write returns its answer and leaves the arrays it was given as they were. Cells that only draw need not be read.

# %%
import numpy as np

from groundup import datasets, plots
from groundup.checks import expect, fresh_rng  # fresh_rng: random numbers for the hidden tests

# %% [markdown]
# ## 1. The idea: weigh the evidence, then decide
#
# A doctor looks at two measurements of a tumor and has to say *malignant* or *benign*. Some measurements count more than
# others. Some speak for "malignant", some against. When the evidence together is strong enough, the answer is yes.
#
# A **perceptron** is this decision as arithmetic. It gives every input a **weight**, adds up the weighted inputs, adds a
# **bias** (how ready it is to say yes before it has seen anything), and answers 1 when the sum is not negative, else 0.
# Frank Rosenblatt described it in 1958. Every neuron in a modern network still does the first two steps.

# %%
plots.neuron(("w₁", "w₂"), "b", title="A perceptron with two inputs")

# %% [markdown]
# ## 2. The math, with every shape
#
# For **one input** with $d$ measurements:
#
# $$z = \mathbf{x} \cdot \mathbf{w} + b = x_1 w_1 + x_2 w_2 + \dots + x_d w_d + b
# \qquad\qquad
# \hat{y} = \begin{cases} 1 & \text{if } z \ge 0 \\ 0 & \text{if } z < 0 \end{cases}$$
#
# | symbol | in code | shape | meaning |
# |---|---|---|---|
# | $\mathbf{x}$ | `x` | `(d,)` | one input: $d$ measurements |
# | $\mathbf{w}$ | `w` | `(d,)` | the weights, one per measurement |
# | $b$ | `b` | a number | the bias |
# | $z$ | `z` | a number | the weighted sum, also called the score |
# | $\hat{y}$ | `y_hat` | a number | the answer: 0 or 1 ("y hat": a hat marks a guess) |
# | $y$ | `y` | a number | the right answer, called the label |
#
# For many inputs, nobody computes the scores one by one. A **batch** puts $n$ inputs into the rows of a matrix $\mathbf{X}$ of shape `(n, d)`,
# and all scores come out of one matrix product: $\mathbf{z} = \mathbf{X}\mathbf{w} + b$, with shapes `(n, d) @ (d,) + number → (n,)`. In code it is `X @ w + b`:
# row $i$ of $\mathbf{X}$ is multiplied with $\mathbf{w}$ entry by entry and added up, for every row at once. (The shape `(n,)` is a plain list of $n$ numbers; `()` is a single number.)
#
# ### Worked example: one input, one decision
#
# We take the input $(1, 0)$, the weights $(1, 1)$ and the bias $-1.5$. Read the three steps first, work out `z` in your head, then run the cell.

# %%
x = np.array([1.0, 0.0])
w = np.array([1.0, 1.0])
b = -1.5

# Step 1: weigh the evidence. One product per measurement, shape (2,).
products = x * w
# Step 2: add it up, and add the bias. One number.
z = products.sum() + b
# Step 3: decide.
y_hat = 1 if z >= 0 else 0

print(f"products {products}, z = {z}, answer {y_hat}")

# %% [markdown]
# ## Exercise 1 — the decision
# **2 points · difficulty 1 of 5 · importance 4 of 5 · about 5 min**
#
# Write `step(z)`: 1 where `z` is zero or more, 0 where it is negative.
# `z` is an array of any shape, and the answer has the same shape; a single score, as `x @ w + b` gives it for one input, works too. Leave `z` itself unchanged.
# For `[-2.0, 0.0, 3.0]` the answer is `[0, 1, 1]`.
#
# <details><summary>Hint 1: a nudge</summary>
#
# NumPy compares a whole array at once. What does `np.array([-2.0, 0.0, 3.0]) > 1` print?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# A comparison gives an array of `True` and `False`. `True` counts as 1 and `False` as 0, so what is left is a change of type.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
# Compare `z` with 0 (which comparison lets 0 through?), then call `.astype(int)` on the result. Or use `np.where(condition, 1, 0)`.
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "step", "locked": false, "schema_version": 3, "solution": true, "task": false}
def step(z):
    """1 where z >= 0, else 0. Any shape -> the same shape."""
    ### BEGIN SOLUTION
    return (np.asarray(z) >= 0).astype(int)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "step-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of step: run this cell.
expect(step).of(np.array([-2.0, 0.0, 3.0, -0.01, 0.5])).equals(
    [0, 1, 1, 0, 1],
    mistakes={
        "step(0) must be 1: the comparison should let zero through": [0, 0, 1, 0, 1],
        "negative scores should give 0, not -1": [-1, 1, 1, -1, 1],
        "this is the sign of z. The answers are 0 and 1, and zero counts as a yes": [-1, 0, 1, -1, 1],
        "the comparison points the wrong way: large scores mean yes": [1, 1, 0, 1, 0],
        "the comparison points the wrong way, and zero should give 1": [1, 0, 0, 1, 0],
        "this keeps the score instead of turning it into a decision: the answers are 0 and 1 only": [0, 0, 3, 0, 0.5],
        "this cuts the score off at 0 and 1. A decision has no values in between: 0.5 is a yes": [0, 0, 1, 0, 0.5],
        "the scores are compared with 1. Compare them with 0": [0, 0, 1, 0, 0],
        "these are the scores, unchanged. Compare them with 0": [-2, 0, 3, -0.01, 0.5],
        "-0.01 is negative and got a yes. Compare the score itself with 0: not a rounded one, and not with another number": [
            0,
            1,
            1,
            1,
            1,
        ],
        "zero should give 1: the second argument of np.heaviside is the answer at zero": [0, 0.5, 1, 0, 1],
        "every answer is 1: zeros written first pass the second test as well. Keep the comparison in a variable of its own": [
            1,
            1,
            1,
            1,
            1,
        ],
        "one answer for the whole array: a `return` inside a loop ends it at the first score, and `all` merges the scores": 0,
        "one answer for the whole array: `any` merges the scores. Every score needs its own answer": 1,
        "this counts the scores that pass. Every score needs its own answer": 3,
        "this picks the scores that pass. The answer has the shape of z, with a 0 for the others": [0, 3, 0.5],
        "`np.where` with a condition alone gives positions. Give it both answers: `np.where(condition, 1, 0)`": [
            [1, 2, 4]
        ],
        "this is the answer of the example, written down. Compute it from z": [0, 1, 1],
    },
).leaves_arguments_unchanged()
expect(step).of(np.float64(3.0)).equals(1)
print("step: this check is passed.")

# %% nbgrader={"grade": true, "grade_id": "step-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests look at other values, a matrix of scores, and a single score.
### BEGIN HIDDEN TESTS
expect(step, hidden="scores close to zero").of(np.array([-1e-9, 1e-9])).equals(
    [0, 1],
    mistakes={
        "scores are rounded before they are compared": [1, 1],
        "the answer is written down instead of computed: it must work for any scores": [0, 1, 1, 0, 1],
    },
)
_rng = fresh_rng("step")
_Z = _rng.normal(size=(3, 4))
_Z[1, 2] = 0.0
expect(step, hidden="a matrix of scores").of(_Z.copy()).equals(
    np.where(_Z < 0, 0, 1),
    mistakes={
        "step(0) must be 1: the comparison should let zero through": np.where(_Z > 0, 1, 0),
        "this keeps the score instead of turning it into a decision: the answers are 0 and 1 only": np.maximum(_Z, 0),
    },
).leaves_arguments_unchanged()
expect(step, hidden="large scores").of(np.array([-50.0, 0.3, 80.0])).equals(
    [0, 1, 1],
    mistakes={
        "this keeps the score instead of turning it into a decision: the answers are 0 and 1 only": [0.0, 0.3, 80.0]
    },
)
expect(step, hidden="a single score").of(np.float64(-3.0)).equals(0)
### END HIDDEN TESTS

# %% [markdown]
# ### Faded example: a whole batch
#
# Now four inputs at once. `X_or` holds the four rows $(0, 0)$, $(0, 1)$, $(1, 0)$, $(1, 1)$, and the labels say when at least one of the two is 1: this is the OR gate.
# The same three steps, with two blanks. `X_or` has shape `(4, 2)`: axis 0 has size 4 (the rows), axis 1 has size 2 (the measurements), and a sum removes the axis that you name.
# You want `products` of shape `(4, 2)` and `z` of shape `(4,)`: one score per row.
# Copy the two lines below the comment, replace each `___`, and delete the line with `raise`.

# %% nbgrader={"grade": false, "grade_id": "faded-batch", "locked": false, "schema_version": 3, "solution": true, "task": false}
X_or, y_or = datasets.gates("or")
w, b = np.array([1.0, 2.0]), -0.5
products = z = None
# Step 1: weigh every row with the same weights.      products = X_or * ___
# Step 2: add up each row, and add the bias.          z = products.sum(axis=___) + b
### BEGIN SOLUTION
products = X_or * w
z = products.sum(axis=1) + b
### END SOLUTION
print(f"z = {z}, answers {(z >= 0) * 1}, wanted {y_or}")

# %% nbgrader={"grade": false, "grade_id": "faded-batch-check", "locked": true, "schema_version": 3, "solution": false, "task": false}
# No points here: this check shows you where you are.
expect(z, name="z").satisfies(
    lambda z: z is not None,
    "nothing is filled in yet, the line with `raise` still stands above your lines, or the cell stopped with an error",
).equals(
    [-0.5, 1.5, 0.5, 2.5],
    mistakes={
        "axis=0 adds down the columns, over different inputs. The other axis adds along a row": [1.5, 3.5],
        "without an axis everything is added into one number. Say which axis": 5.5,
        "the bias is missing": [0.0, 2.0, 1.0, 3.0],
        "the weights are missing: multiply by w": [-0.5, 0.5, 0.5, 1.5],
    },
)
print("The batch is right: one score per row.")

# %% [markdown]
# Multiply and add along each row: that is what the matrix product `X @ w` does, in one call and much faster.
#
# ## Exercise 2 — answers for a batch
# **3 points · difficulty 2 of 5 · importance 5 of 5 · about 10 min**
#
# Write `predict(X, w, b)`: the perceptron's answer for every row of `X`.
# Shapes: `X (n, d)`, `w (d,)`, `b` a number; the answer is `(n,)`, zeros and ones. Use your `step`.
# For `X = [[2, 1], [0, 3], [1, 1]]`, `w = [1, -1]`, `b = 0.5` the scores are `[1.5, -2.5, 0.5]` and the answer is `[1, 0, 1]`.
#
# <details><summary>Hint 1: a nudge</summary>
#
# You have all three steps in the faded example. Which of them can `@` do for you?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# `X @ w` has shape `(n,)`: one weighted sum per row. The bias is one number, and NumPy adds it to all of them.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
# Two lines: first the scores `z`, from `X`, `w` and `b`; then hand `z` to the function you wrote in exercise 1 and return what it gives.
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "predict", "locked": false, "schema_version": 3, "solution": true, "task": false}
def predict(X, w, b):
    """The perceptron's answers. X (n, d), w (d,), b a number -> (n,) of 0 and 1."""
    ### BEGIN SOLUTION
    return step(X @ w + b)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "predict-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of predict: run this cell.
_X = np.array([[1.0, 2.0], [0.0, 2.0], [-1.0, 0.0], [-2.0, 1.0], [1.0, -2.0]])
expect(predict).of(_X, np.array([2.0, -1.0]), 0.5).equals(
    [1, 0, 0, 0, 1],
    mistakes={
        "these are the scores. The decision is missing: call step on them": [0.5, -1.5, -1.5, -4.5, 4.5],
        "every answer is turned around": [0, 1, 1, 1, 0],
        "the bias should be added, not subtracted": [0, 0, 0, 0, 1],
        "the decision comes before the bias: add the bias to the scores, then call step": [1.5, 0.5, 0.5, 0.5, 1.5],
        "the weights are missing: this adds up the measurements as they are": [1, 1, 0, 0, 0],
        "X itself is not decided on, only the score: call step once, on the scores": [1, 1, 0, 0, 1],
        "the sum of each row goes on with the sum of the row before: set it back to 0 for every row": [1, 0, 0, 0, 0],
        "axis=0 adds down the columns, over different inputs. The other axis adds along a row": [0, 0],
        "X[0] is a row. A column is X[:, 0], and `X @ w` does it for all columns": [1, 1],
        "only the first two rows are answered: X.shape[0] is the number of rows, X.shape[1] that of measurements": [
            1,
            0,
        ],
        "this is one answer, of the first or of the last row. Collect the answers of all rows in a list, "
        "and return it after the loop": 1,
        "everything is added into one score. There is one score per row": 0,
        "the products are not added up: there is one answer for every measurement": [
            [1, 0],
            [1, 0],
            [0, 1],
            [0, 0],
            [1, 1],
        ],
        "this answers for X_or from the cell above. Use the X that the function is given": [1, 0, 1, 1],
        "this is the answer of the example, written down. Compute it from X, w and b": [1, 0, 1],
    },
).leaves_arguments_unchanged()
# Three measurements, and one score of exactly 0.
_X = np.array([[1.0, 1.0, -1.5], [1.0, 0.0, 0.5], [-1.0, 0.0, -1.5], [1.5, 0.0, 0.0], [0.0, 0.0, 0.0]])
expect(predict).of(_X, np.array([-1.5, 2.0, 2.0]), 1.5).equals(
    [0, 1, 1, 0, 1],
    mistakes={
        "the bias is missing": [0, 0, 0, 0, 1],
        "the bias should be added, not subtracted": [0, 0, 0, 0, 0],
        "the bias belongs to the score. Here it is added to every weight": [0, 1, 0, 1, 1],
        "the bias is added once for every measurement. Add it once to each score": [1, 1, 1, 1, 1],
        "a score of exactly 0 is a yes, as in step": [0, 1, 0, 0, 1],
        "only the first two measurements are used: it must work for any number of them": [1, 1, 1, 0, 1],
        "the fractions of the scores are cut off: -0.75 became 0, and 0 is a yes": [0, 1, 1, 1, 1],
        "the answers are written down instead of computed: it must work for any X, w and b": [1, 0, 0, 0, 1],
    },
)
print("predict: this check is passed.")

# %% nbgrader={"grade": true, "grade_id": "predict-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests look at a batch of one, inputs with one and with five measurements, and at the arrays you were given.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("predict")
for _n, _d, _what in [
    (9, 5, "inputs with five measurements"),
    (6, 1, "inputs with one measurement"),
    (1, 3, "a batch of one"),
]:
    while True:  # draw until no score lies near 0 and every mistake shows
        _X, _w, _b = _rng.normal(size=(_n, _d)), _rng.normal(size=_d), float(_rng.normal())
        _z = np.array([sum(float(v) * float(u) for v, u in zip(_row, _w)) + _b for _row in _X])
        _wanted = np.array([1 if _score >= 0 else 0 for _score in _z])
        _mistakes = {
            "the bias is missing": np.where(_z - _b < 0, 0, 1),
            "the bias should be added, not subtracted": np.where(_z - 2 * _b < 0, 0, 1),
            "only the first two measurements are used: it must work for any number of them": (
                _X[:, :2] @ _w[:2] + _b >= 0
            )
            * 1,
        }
        _different = [np.any(_answers != _wanted) for _answers in _mistakes.values()]
        if np.abs(_z).min() > 1e-3 and all(_different if _d > 2 < _n else _different[:2]):
            break
    if _n == 1:
        _mistakes = {
            "a batch of one has one answer in an array of shape (1,), and this is a bare number": int(_wanted[0])
        }
    expect(predict, hidden=_what).of(_X, _w, _b).equals(
        _wanted,
        mistakes={
            **_mistakes,
            "these are the scores. The decision is missing: call step on them": _z,
            "it answers for the first row only: is the `return` inside the loop?": int(_wanted[0]),
        },
    ).leaves_arguments_unchanged()
### END HIDDEN TESTS

# %% [markdown]
# ## 3. What a neuron sees: a straight line
#
# With two inputs, the points where $z = 0$ form a straight line: $x_1 w_1 + x_2 w_2 + b = 0$. On one side the neuron says 1, on the
# other 0. This line is the **decision boundary**. The weights set its direction, the bias pushes it along.
#
# A logic gate is the smallest data set there is: four points, two classes. The **AND** gate says 1 only when both inputs are 1.

# %%
X_and, y_and = datasets.gates("and")
w, b = np.array([1.0, 1.0]), -1.5
plots.decision_boundary(
    lambda grid: predict(grid, w, b), X_and, y_and, title=f"AND, solved by hand with w = (1, 1), b = {b}"
)

# %% [markdown]
# ### Move the line yourself
#
# Here is the same neuron with sliders for $w_1$, $w_2$ and $b$: the line follows. The arrow $\mathbf{w}$ stands at a right angle to it and points to the side that gets 1.
# A ring marks a row that is answered wrong, and the text under the sliders gives its score. Choose another gate at *data set*. Each time, predict first, then move:
#
# 1. **OR** says 1 when at least one input is 1. Start from AND: which one of the three numbers must change, and which way?
# 2. **NAND** ("not and") says 1 unless both inputs are 1. The line can stay where AND has it. What has to turn?
# 3. **XOR** ("exclusive or") says 1 when exactly one input is 1. How few mistakes can you reach?
#
# (You can also type numbers, or use the arrow keys. Where the picture does not follow, or you see *Error displaying widget*, run the cell again. If no sliders come, change the numbers in the cell and run it.)

# %%
gates = {name: datasets.gates(name) for name in ("AND", "OR", "NAND", "XOR")}
plots.neuron_playground(gates, "AND", w=(1.0, 1.0), b=-1.5)

# %% [markdown]
# <details><summary>Answers</summary>
#
# OR: the bias alone, up, for example to −0.5. The line moves without turning. NAND: change the sign of all three numbers. The line stays, and the arrow turns around.
# XOR: one mistake is the fewest. Whether nobody has found the right numbers yet, or there are none, is the question of exercise 6.
#
# </details>
#
# ## 4. Learning: change only when you are wrong
#
# So far we chose the weights. A perceptron can find them by itself. It looks at one example at a time and compares its answer
# $\hat{y}$ with the label $y$. The **error** is $e = y - \hat{y}$. There are three cases:
#
# | $y$ | $\hat{y}$ | error $e$ | what should happen |
# |---|---|---|---|
# | same as $\hat{y}$ | | $0$ | nothing: it was right |
# | $1$ | $0$ | $+1$ | the score was too low: raise it |
# | $0$ | $1$ | $-1$ | the score was too high: lower it |
#
# One formula does all three:
#
# $$\mathbf{w}_{\text{new}} = \mathbf{w} + \eta\, e\, \mathbf{x} \qquad\qquad b_{\text{new}} = b + \eta\, e$$
#
# Here $\eta$ ("eta", in code `lr`) is the **learning rate**, a positive number that says how large a step is. $\mathbf{w}$, $\mathbf{w}_{\text{new}}$ and $\mathbf{x}$ have
# shape `(d,)`; $e$, $\eta$ and $b$ are numbers. Why does this raise a score that was too low? Put the new weights in: for $e = +1$ the new
# score is $\mathbf{x} \cdot (\mathbf{w} + \eta\,\mathbf{x}) + b + \eta = z + \eta\,(\mathbf{x} \cdot \mathbf{x} + 1)$, and $\mathbf{x} \cdot \mathbf{x}$ is never negative.
#
# ### Worked example: one mistake, one update

# %%
x, y = np.array([2.0, 1.0]), 1
w, b, lr = np.array([-1.0, 0.5]), 0.0, 0.1

# Step 1: what does the neuron say now?
z_before = x @ w + b
answer = 1 if z_before >= 0 else 0
# Step 2: how wrong is that? +1, 0 or -1.
e = y - answer
# Step 3: move the weights along the input, and the bias along with them. New arrays: the old ones stay.
w_after = w + lr * e * x
b_after = b + lr * e
# Step 4: is the score better now?
z_after = x @ w_after + b_after
print(f"answer {answer}, label {y}, error {e}")
print(f"w {w} -> {w_after}, b {b} -> {b_after}, score {z_before} -> {z_after:.2f}")

# %% [markdown]
# The score rose from −1.5 to −0.9. It is still negative, so the answer is still wrong: one update moves in the right direction, and it
# may take several. The distance is what the formula says: $\eta\,(\mathbf{x} \cdot \mathbf{x} + 1) = 0.1 \cdot (5 + 1) = 0.6$.
#
# ## Exercise 3 — one step of learning
# **4 points · difficulty 2 of 5 · importance 5 of 5 · about 10 min**
#
# Write `perceptron_update(x, y, w, b, lr)`: look at one example and return the new weights and the new bias, `return w, b` in this order.
# Shapes: `x (d,)`, `y` 0 or 1, `w (d,)`, `b` and `lr` numbers → `(d,)` and a number. Do not change the array `w` you were given: make a new one.
# For `x = [2, 1]`, `y = 1`, `w = [-1, 0.5]`, `b = 0`, `lr = 0.1` it returns `[-0.8, 0.6]` and `0.1`.
#
# <details><summary>Hint 1: a nudge</summary>
#
# The worked example has four steps. Which three belong into the function?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# `x` is one input of shape `(d,)`, so its score is `x @ w + b` and your `step` turns it into an answer. The error is label minus answer,
# in this order. When the error is 0, the formulas change nothing by themselves: no `if` is needed.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
# Three lines and a return: the error from `y` and the answer; the new weights: old weights plus learning rate times error times `x`;
# the new bias: the same without `x`. Write `w = w + ...`, never `w += ...`.
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "perceptron_update", "locked": false, "schema_version": 3, "solution": true, "task": false}
def perceptron_update(x, y, w, b, lr):
    """One step of the perceptron rule. x (d,), y 0 or 1, w (d,), b, lr numbers -> new w (d,), new b."""
    ### BEGIN SOLUTION
    error = y - step(x @ w + b)
    return w + lr * error * x, b + lr * error
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "perceptron_update-check", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Check of perceptron_update: run this cell.
_x, _w = np.array([2.0, 1.0]), np.array([-1.0, 0.5])
_new_w, _new_b = expect(perceptron_update).of(_x, 1, _w, 0.0, 0.1).leaves_arguments_unchanged().parts("w", "b")
_new_w.equals(
    [-0.8, 0.6],
    mistakes={
        "the sign of the error is turned around (it is label minus answer, y - y_hat), or the step is subtracted": [
            -1.2,
            0.4,
        ],
        "the learning rate is missing": [1.0, 1.5],
        "the weights did not change, and this answer was wrong. Did you return the old names?": [-1.0, 0.5],
        "the input is missing: the step goes along x, so a large measurement moves its weight more": [-0.9, 0.6],
        "the step goes along x, the input. Here it goes along w": [-1.1, 0.55],
        "this is only the step. Add it to the old weights": [0.2, 0.1],
        "the error uses the score z. It should use the answer, step(z)": _w + 0.1 * 2.5 * _x,
        "the step is repeated until the answer is right. The exercise asks for one step": [-0.4, 0.8],
        "the score is one number: the products are not added up. Use `x @ w + b`": [-0.8, 0.5],
        "the weights are multiplied by the step. Add the step to them": [-0.2, 0.05],
        "the learning rate is used twice": [-0.98, 0.51],
        "w and b come back in the wrong order: `return w, b`": 0.1,
    },
)
_new_b.equals(
    0.1,
    mistakes={
        "the bias did not change. It learns too: its step is lr times error. Did you return the old name?": 0.0,
        "the sign of the error is turned around (it is label minus answer, y - y_hat), or the step is subtracted": -0.1,
        "the learning rate is missing": 1.0,
        "the learning rate is used twice": 0.01,
        "the bias moved once for every measurement. Move it once, outside the loop over w": 0.2,
        "the bias has no x in its step": [0.2, 0.1],
        "the bias has no x in its step, and no sum over x either": 0.3,
        "the bias should stay a number. predict gives an array, also for a batch of one: take its entry with [0]": [
            0.1
        ],
    },
)
print("perceptron_update: the case 'said 0, should be 1' is right.")

# %% nbgrader={"grade": true, "grade_id": "perceptron_update-cases", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of perceptron_update, all three cases: run this cell.
_x, _w = np.array([1.0, -2.0]), np.array([0.5, -0.5])
_new_w, _new_b = expect(perceptron_update).of(_x, 0, _w, 0.5, 0.5).parts("w", "b")
_new_w.equals(
    [0.0, 0.5],
    mistakes={
        "a wrong yes should lower the score, and nothing moved. y is 0 here, so `lr * y * x` does nothing: use the error. And `answer`, `y_hat` and `z_before` belong to the cells above: work the answer out inside the function": [
            0.5,
            -0.5,
        ],
        "the score went up, and it was too high already. The error is -1 here: it keeps its sign, so take no square, no absolute value, and not `e` of the cell above": [
            1.0,
            -1.5,
        ],
    },
)
_new_b.equals(
    0.0,
    mistakes={
        "the bias did not change. Work out the error once, before w changes, and use it for both": 0.5,
        "the bias went up, and the score was too high already. The error is -1 here, for the bias too": 1.0,
    },
)
_new_w, _new_b = expect(perceptron_update).of(np.array([1.0, 1.0]), 1, np.array([2.0, 1.0]), 0.5, 0.5).parts("w", "b")
_new_w.equals(
    [2.0, 1.0],
    mistakes={"this answer was right already, so nothing should change. Use the error, not the label": [2.5, 1.5]},
)
_new_b.equals(
    0.5, mistakes={"this answer was right already, so nothing should change. Use the error, not the label": 1.0}
)
_new_w, _new_b = expect(perceptron_update).of(np.array([1.0, 1.0]), 1, np.array([1.0, 1.0]), -2.25, 0.5).parts("w", "b")
_new_b.equals(
    -1.75,
    mistakes={
        "the bias is missing from the score. It makes this answer a wrong no, so the weights should change": -2.25
    },
)
_new_w.equals(
    [1.5, 1.5],
    mistakes={"the weights did not change. Work out the error once, before b changes, and use it for both": [1.0, 1.0]},
)
_new_w, _new_b = expect(perceptron_update).of(np.array([1.0, 1.0]), 0, np.array([1.0, -1.0]), 0.0, 0.5).parts("w", "b")
_new_w.equals(
    [0.5, -1.5],
    mistakes={
        "a score of exactly 0 is a yes, as in step, so this answer is wrong and the weights should change": [1.0, -1.0]
    },
)
_new_b.equals(-0.5)
print("perceptron_update: all three cases are right.")

# %% nbgrader={"grade": true, "grade_id": "perceptron_update-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests look at inputs with one and with seven measurements, and check that the score moves as the formula says.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("perceptron_update")
for _d, _what in [(1, "inputs with one measurement"), (7, "inputs with seven measurements")]:
    for _y, _answer in [(0, 0), (0, 1), (1, 0), (1, 1)]:
        while True:  # draw until the neuron gives this answer, far from 0, and only because of its bias
            _x, _w, _b, _lr = (
                _rng.normal(size=_d),
                _rng.normal(size=_d),
                float(_rng.normal()),
                float(_rng.uniform(0.1, 1.0)),
            )
            _z = sum(float(v) * float(u) for v, u in zip(_x, _w))
            if (
                abs(_z) > 1e-3
                and abs(_z + _b) > 1e-3
                and (_z + _b > 0) == (_answer == 1)
                and (_z > 0) == (_answer == 0)
            ):
                break
        _e = _y - _answer
        _new_w, _new_b = (
            expect(perceptron_update, hidden=_what).of(_x, _y, _w, _b, _lr).leaves_arguments_unchanged().parts("w", "b")
        )
        _new_w.has_shape(_d).equals([_w[_i] + _lr * _e * _x[_i] for _i in range(_d)])
        _new_b.equals(_b + _lr * _e)
### END HIDDEN TESTS

# %% [markdown]
# ## 5. Learning from all examples, again and again
#
# One pass over all examples is an **epoch**. After an update for one example, an earlier one may be wrong again. So we go round until an
# epoch passes without a single mistake, or until we have had enough (`max_epochs`). Each epoch visits every row exactly once, in a new
# random order, so that the result does not hang on how the rows happen to be sorted.
#
# Randomness comes from a generator that is passed in, `rng = np.random.default_rng(0)`. With the same seed (here 0) it gives the same
# numbers, so a run can be repeated exactly. `rng.permutation(4)` gives the numbers 0 to 3 in a random order:

# %%
rng = np.random.default_rng(0)
print("three orders of four rows:", rng.permutation(4), rng.permutation(4), rng.permutation(4))

# %% [markdown]
# ## Exercise 4 — training
# **5 points · difficulty 3 of 5 · importance 5 of 5 · about 20 min**
#
# Write `fit_perceptron(X, y, lr, max_epochs, rng)`. Start with `w` all zeros, shape `(d,)`, and `b = 0.0`. In every epoch visit every row once,
# in a **new** order drawn from `rng` at the start of the epoch, update after each row, and count the rows that were answered wrong **at the moment they were visited**. Stop after an
# epoch without mistakes, or after `max_epochs` epochs. Return `w, b, errors_per_epoch`: the list has one count per epoch, and the 0 of a perfect
# last epoch belongs to it. `X (n, d)`, `y (n,)`.
#
# For the AND gate the list ends with a 0. The counts before it depend on how you draw the order: yours may differ from your neighbor's, and both are right.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Two loops, one inside the other. What has to be set back to 0 at the start of each epoch, and what must not?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Inside the inner loop you have one row `X[i]` and its label `y[i]`: the same `i` for both. To count a mistake, compare the answer with the
# label before you update. `predict` wants a batch, so give it a batch of one (`X[i:i+1]`), or use `step` on the score of the row.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
#     start: w = zeros, b = 0.0, an empty list
#     for each of max_epochs epochs:
#         mistakes = 0
#         for each i of a fresh permutation of the row numbers:
#             one more mistake if the answer for row i is not y[i]
#             update w and b with row i
#         append mistakes to the list
#         leave the loop when mistakes is 0
#     return all three
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "fit_perceptron", "locked": false, "schema_version": 3, "solution": true, "task": false}
def fit_perceptron(X, y, lr, max_epochs, rng):
    """Train a perceptron. X (n, d), y (n,) of 0 and 1 -> w (d,), b, errors_per_epoch (a list of ints)."""
    ### BEGIN SOLUTION
    w, b = np.zeros(X.shape[1]), 0.0
    errors_per_epoch = []
    for _ in range(max_epochs):
        errors = 0
        for i in rng.permutation(len(X)):
            errors += int(predict(X[i : i + 1], w, b)[0] != y[i])
            w, b = perceptron_update(X[i], y[i], w, b, lr)
        errors_per_epoch.append(errors)
        if errors == 0:
            break
    return w, b, errors_per_epoch
    ### END SOLUTION


# %% [markdown]
# Before you run the next check, predict: **how many epochs will AND need**, the perfect one included? Four rows, learning rate 1. Write your guess down.

# %%
my_guess = None  # your number, for example 3


# %% nbgrader={"grade": true, "grade_id": "fit_perceptron-check", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Check of fit_perceptron: run this cell.
def _fit(X, y, lr, max_epochs):
    run = expect(fit_perceptron).of(X, y, lr, max_epochs, np.random.default_rng(0))
    return run.leaves_arguments_unchanged().parts("w", "b", "errors_per_epoch")


# For these four rows the order does not matter: an update for one of them leaves the scores of the others as they are.
_X4 = np.array([[1.0, 1.0, 1.0], [1.0, -1.0, -1.0], [-1.0, 1.0, -1.0], [-1.0, -1.0, 1.0]])
X_and, y_and = datasets.gates("and")
_w, _b, _errors = _fit(_X4, np.array([0, 0, 1, 0]), 0.5, 20)
_errors.satisfies(
    lambda e: np.ndim(e) == 1, "the third part should be the list of counts: return w, b and the list, in this order"
)
_errors.satisfies(
    lambda e: len(e) >= 1,
    "the list is empty: append the count at the end of every epoch, and return after the last epoch, outside both loops",
)
_w.has_shape(3)
_b.has_shape()
_and_w, _and_b, _and_errors = _fit(X_and, y_and, 1.0, 100)
_and_errors.satisfies(
    lambda e: e[-1] == 0 or len(e) > 1,
    "training ended after one epoch with mistakes left. Is the `return` indented into the loop, or the condition for stopping turned around?",
)
_errors.satisfies(
    lambda e: len(e) > 1 or e[0] == 0, "the perfect epoch is missing from the list: append its 0 before you stop"
)

# One row of zeros with the label 1: a bias of 0 says 1, so nothing changes, and another start would show.
_start_b = _fit(np.zeros((1, 1)), np.array([1]), 0.73, 3)[1]
_start_b.satisfies(
    lambda b: abs(b - 0.27) > 1e-9,
    "the arguments of perceptron_update are in another order than in exercise 3: x, y, w, b, lr",
    wanted="0.0",
).satisfies(
    lambda b: b == 0, "training should start with b = 0.0 (and step(0) should be 1: see exercise 1)", wanted="0.0"
)
# All labels are 1 here, and weights of zero say 1 everywhere: nothing changes.
_start_w = _fit(X_and, np.ones(4, dtype=int), 1.0, 5)[0]
_start_w.satisfies(
    lambda w: np.all(np.asarray(w) == 0),
    "training should start with w all zeros (and step(0) should be 1: see exercise 1)",
    wanted="[0. 0.]",
)

# One row of zeros with the label 0: only the bias can learn it, and one mistake is enough.
_, _zero_b, _zero_errors = _fit(np.zeros((1, 1)), np.array([0]), 0.5, 3)
_errors.satisfies(
    lambda e: list(e[:4]) != [3, 1, 1, 1],
    "the weights start anew in every epoch: set w to zeros once, before the first epoch",
)
_w.satisfies(
    lambda w: np.any(np.asarray(w) != 0),
    "the weights never changed. Keep both new values of every update: `w, b = perceptron_update(...)`. "
    "If you wrote the update out, work the error out once, before b changes",
)
_b.satisfies(
    lambda b: b != 0 or _zero_b.value == 0 or list(_zero_errors.value) != [1, 1, 1],
    "the bias starts anew in every epoch: set it to 0.0 once, before the first epoch",
).satisfies(
    lambda b: b != 0 or _zero_b.value == 0,
    "the bias did not change, because the error was worked out again after w changed. Work the error out once, before, "
    "and use it for both",
).satisfies(
    lambda b: b != 0, "the bias never changed. Keep both new values of every update: `w, b = perceptron_update(...)`"
)
_errors.satisfies(
    lambda e: e[0] != 4,
    "all four rows were counted as mistakes in the first epoch. Compare the answer, step(score), with the label",
).satisfies(lambda e: list(e[:2]) != [1, 4], "this counts the rows that were answered right. Count the wrong ones")
_errors.satisfies(
    lambda e: min(e) >= 0,
    "a count is never negative: errors of +1 and -1 cancel when they are added up. Count 1 for each mistake",
)
_errors.satisfies(lambda e: e[0] != 0.75, "this is the share of rows that were wrong. The list holds how many")
_errors.satisfies(
    lambda e: not (e[0] <= 1 and len(e) > 3 and 3 in e),
    "the list does not have one count per epoch: append, and stop, after the inner loop and not inside it",
)
_and_errors.satisfies(
    lambda e: max(e) <= 4,
    "four rows cannot give more than four mistakes in an epoch. Set the counter back to 0 at the start of each epoch",
)
_b.satisfies(lambda b: b < 0, "each update moves away from the label: the error is label minus answer")
_and_w.has_shape(2)
_and_b.has_shape()
_answers = [1 if float(np.dot(_row, _and_w.value)) + float(_and_b.value) >= 0 else 0 for _row in X_and]
_and_errors.satisfies(
    lambda e: len(e) > 1 or _answers != list(y_and),
    "the list holds the last epoch alone: it is emptied in every epoch. Make it once, before the loop over epochs",
)
_errors.satisfies(
    lambda e: e[0] != 0,
    "three rows are answered wrong in the first epoch, and none was counted: compare the answer with the label before you update",
)
_errors.satisfies(
    lambda e: e[0] != 1,
    "the first epoch makes three mistakes, and one was counted. Count up, `errors += 1`, for each of the X.shape[0] rows",
)
_errors.satisfies(
    lambda e: e[0] == 3,
    "the first epoch makes three mistakes in every order, and another number was counted. Visit each of the X.shape[0] rows exactly once",
)
_errors.satisfies(
    lambda e: list(e) != [3] * 20,
    "every epoch makes the same mistakes again: w and b start at zero once, before the first epoch",
)
_errors.satisfies(
    lambda e: e[1] == 0,
    "one epoch learns these rows, and the second made mistakes again. Do the row and its label belong together? "
    "If you shuffle X and y in two separate draws, every row gets a stranger's label",
)
_b.equals(-1.5, mistakes={"the learning rate is not used: hand lr on to every update": -3.0})
_w.satisfies(
    lambda w: np.allclose(w, [-0.5, 0.5, -0.5]),
    "these weights belong to other labels. If you shuffle X and y apart, every row gets a stranger's label",
    wanted="[-0.5  0.5 -0.5]",
)

_errors = _fit(X_and, np.zeros(4, dtype=int), 1.0, 20)[2]
_errors.satisfies(
    lambda e: e[0] == 1,
    "after the first update every answer is right here, and more mistakes were counted. "
    "Judge each row with the weights of the moment it is visited, and with the bias, not with answers from the start of the epoch",
)
_and_errors.satisfies(
    lambda e: e[-1] == 0 or len(e) == 100,
    "training stopped while mistakes were left. Leave the loop only after an epoch with 0 mistakes",
)
_and_errors.satisfies(
    lambda e: e[-1] == 0,
    "AND was not learned in 100 epochs. Do the row and its label belong together? "
    "If you shuffle X and y in two separate draws, every row gets a stranger's label",
    wanted="an epoch without mistakes",
)
expect(_answers, name="the answers of your trained neuron on AND").equals(y_and)
print(f"AND learned. Mistakes per epoch: {[int(e) for e in _and_errors.value]}")

# %%
print(
    f"AND needed {len(fit_perceptron(X_and, y_and, 1.0, 100, np.random.default_rng(0))[2])} epochs. You guessed {my_guess}."
)

# %% nbgrader={"grade": true, "grade_id": "fit_perceptron-stops", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of fit_perceptron, when it stops and in which order it goes: run this cell.
_w, _b, _errors = (
    expect(fit_perceptron).of(X_and, y_and, 1.0, 100, np.random.default_rng(1)).parts("w", "b", "errors_per_epoch")
)
_errors.satisfies(
    lambda e: 0 not in list(e)[:-1],
    "training went on after an epoch without mistakes. Leave the loop there",
    wanted="a list whose only 0 is the last entry",
)
X_xor, y_xor = datasets.gates("xor")
_w, _b, _errors = (
    expect(fit_perceptron).of(X_xor, y_xor, 1.0, 7, np.random.default_rng(1)).parts("w", "b", "errors_per_epoch")
)
_errors.satisfies(
    lambda e: len(e) not in (6, 8),
    "one epoch too few or too many. `range(max_epochs)` goes round exactly max_epochs times",
    wanted="7 counts",
)
_errors.satisfies(
    lambda e: len(e) == 7,
    "with max_epochs = 7 and data that cannot be learned there should be exactly 7 epochs, and 7 counts",
    wanted="7 counts",
)

# Two equal rows with different labels: the counts show which of the two came first in each epoch.
_counts = [
    tuple(
        expect(fit_perceptron)
        .of(np.array([[1.0], [1.0]]), np.array([0, 1]), 1.0, 8, np.random.default_rng(seed))
        .parts("w", "b", "errors_per_epoch")[2]
        .value
    )
    for seed in (0, *range(8))
]
expect(_counts[1:3], name="the counts of two runs, with the seeds 0 and 1").satisfies(
    lambda _: len(set(_counts)) > 1,
    "different seeds give the same result: the rows are visited in a fixed order, or not with the rng that is passed in",
)
expect(_counts[:2], name="the counts of two runs with the same seed").satisfies(
    lambda c: c[0] == c[1],
    "the same seed gives two different results: draw from the rng that is passed in, not from np.random",
)
# In a fixed order both rows are answered wrong in every epoch, the first one left aside.
expect(_counts[1:3], name="the counts of two runs, with the seeds 0 and 1").satisfies(
    lambda _: any(count != 2 for run in _counts for count in run[1:]),
    "within a run every epoch goes through the rows in the same order: draw a new order at the start of each epoch",
)
print("fit_perceptron: it stops when it should, and draws its order from rng.")

# %% nbgrader={"grade": true, "grade_id": "fit_perceptron-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests train on larger data, look at the order of the rows, and check that your arguments stay as they were.
### BEGIN HIDDEN TESTS
_seed = int(fresh_rng("fit_perceptron").integers(1_000_000))
_rng = np.random.default_rng(_seed)
# Rows of a Hadamard matrix without its column of ones: an update for one row leaves all other scores exactly as they
# are, so the result is the same in every order, and each row labeled 0 is one mistake.
_H = np.ones((1, 1))
for _k in range(5):
    _H = np.kron(_H, [[1.0, 1.0], [1.0, -1.0]])
for _zeros in (31, 16):
    _X, _y = _rng.permutation(_H)[:, 1:], (np.arange(32) >= _zeros).astype(int)
    _w, _b, _errors = (
        expect(fit_perceptron, hidden="every row once an epoch")
        .of(_X, _y, 0.5, 3, np.random.default_rng(_seed))
        .leaves_arguments_unchanged()
        .parts("w", "b", "errors_per_epoch")
    )
    _errors.satisfies(
        lambda e, wanted=_zeros: e[0] == wanted,
        "the first epoch has skipped a row, or did not count it. A permutation visits every row once; "
        "drawing row numbers one by one does not",
    )
    _wanted = -0.5 * _X[:_zeros].sum(axis=0)
    _w.satisfies(
        lambda w, wanted=_wanted: np.shape(w) == (31,) and np.allclose(w, wanted),
        "the weights belong to other labels or to another learning rate. "
        "Are X and y shuffled in two separate draws? Then every row gets a stranger's label",
    )
    _b.equals(-0.5 * _zeros)

_w, _b, _errors = (
    expect(fit_perceptron, hidden="one row, with measurements of zero")
    .of(np.zeros((1, 3)), np.array([0]), 0.5, 4, np.random.default_rng(_seed))
    .parts("w", "b", "errors_per_epoch")
)
_errors.satisfies(
    lambda e: e[0] == 1,
    "a mistake was not counted: a row of zeros moves only the bias. Compare the answer with the label, not the weights before and after",
)
_w.equals([0.0, 0.0, 0.0])
_b.equals(-0.5)


# Two equal rows with different labels: the counts tell which of the two was visited first in every epoch.
def _first_rows(errors):
    order, at_zero = [], True
    for count in errors:
        at_zero = (count == 2) == at_zero
        order.append(at_zero)
    return order


_runs = [
    list(
        expect(fit_perceptron, hidden="the order of the rows")
        .of(np.array([[1.0], [1.0]]), np.array([0, 1]), 1.0, 40, np.random.default_rng(_s))
        .parts("w", "b", "errors_per_epoch")[2]
        .value
    )
    for _s in (_seed, *range(_seed, _seed + 16))
]
_one_order = all(len(set(_first_rows(_run))) == 1 for _run in _runs)
_all_same = all(_run == _runs[0] for _run in _runs)
expect(_runs, hidden="the order of the rows", name="fit_perceptron").satisfies(
    lambda r: not (_one_order and _all_same),
    "different seeds give the same result: the rows are visited in a fixed order, and rng is not used",
).satisfies(
    lambda r: not _all_same,
    "different seeds give the same result: draw from the rng that is passed in, not from a generator made inside the function",
).satisfies(
    lambda r: r[0] == r[1],
    "the same seed gives two different results: draw from the rng that is passed in, not from np.random",
).satisfies(
    lambda r: not _one_order,
    "every epoch goes through the rows in the same order: draw a new order at the start of each epoch",
)

_X = _rng.normal(size=(40, 3))
_score = _X @ np.array([1.0, -2.0, 0.5]) + 0.3
_X, _y = _X[np.abs(_score) > 0.4], (_score[np.abs(_score) > 0.4] >= 0).astype(int)
_w, _b, _errors = (
    expect(fit_perceptron, hidden="data with three measurements")
    .of(_X, _y, 0.1, 1000, np.random.default_rng(_seed))
    .leaves_arguments_unchanged()
    .parts("w", "b", "errors_per_epoch")
)
_errors.satisfies(lambda e: e[-1] == 0, "the data can be separated by a plane, and the neuron did not find it")
_w.has_shape(3)
_b.has_shape()
_answers = [1 if float(np.dot(_row, _w.value)) + float(_b.value) >= 0 else 0 for _row in _X]
expect(_answers, hidden="data with three measurements", name="the answers after training").equals(_y)
### END HIDDEN TESTS

# %% [markdown]
# ### See it learn
#
# The same seed gives the same run, so stopping after 1, 2, 3, ... epochs shows the boundary on its way.

# %%
_, _, errors = fit_perceptron(X_and, y_and, 1.0, 100, np.random.default_rng(0))
moments = list(range(1, min(len(errors), 12) + 1))
fits = [fit_perceptron(X_and, y_and, 1.0, k, np.random.default_rng(0)) for k in moments]
plots.boundary_steps(
    [lambda grid, w=w, b=b: predict(grid, w, b) for w, b, _ in fits],
    X_and,
    y_and,
    titles=[f"epoch {k}: {e}" for k, e in zip(moments, errors)],
    title="AND: the boundary after each epoch, and the mistakes during it",
)

# %% [markdown]
# The number counts mistakes **during** the epoch, and the picture shows the boundary at its **end**. So the last two pictures are the
# same: the last epoch changed nothing. Mistakes may become more on the way; an update that helps one row can hurt another. A point that lies
# exactly on the line has the score 0, and 0 counts as a yes. A panel without a line: the line lies outside the picture, or both weights are 0. All four points get the same answer there.
#
# How about other gates? OR and NAND ("not and", the opposite of AND) are learned the same way.

# %%
for gate in ("and", "or", "nand"):
    X, y = datasets.gates(gate)
    w, b, errors = fit_perceptron(X, y, 1.0, 100, np.random.default_rng(0))
    print(f"{gate:>4}: w = {w}, b = {b:g}, answers {predict(X, w, b) * 1}, wanted {y}, mistakes per epoch {errors}")

# %% [markdown]
# ### Predict, then run: XOR
#
# XOR ("exclusive or") says 1 when exactly **one** of its inputs is 1. We give the neuron 50 epochs. Before you run the cell: how many mistakes will
# the **best** of the 50 epochs have, out of four rows? Write it down.

# %%
my_guess_xor = None  # your number, 0 to 4

# %%
X_xor, y_xor = datasets.gates("xor")
w, b, errors_xor = fit_perceptron(X_xor, y_xor, 1.0, 50, np.random.default_rng(0))
_, _, errors_and = fit_perceptron(X_and, y_and, 1.0, 50, np.random.default_rng(0))
print(f"XOR: fewest mistakes in an epoch {min(errors_xor)}, last epoch {errors_xor[-1]}, epochs {len(errors_xor)}.")
print(f"You guessed {my_guess_xor}.")
plots.lines(
    {"AND": errors_and, "XOR": errors_xor},
    title="AND is learned, XOR never is",
    x_label="epoch",
    y_label="mistakes in the epoch",
)

# %%
tries = {"OR": ((1.0, 1.0), -0.5), "AND": ((1.0, 1.0), -1.5), "NAND": ((-1.0, -1.0), 1.5), "x1": ((1.0, 0.0), -0.5)}
answers = {name: predict(X_xor, np.array(w), b) for name, (w, b) in tries.items()}
plots.boundary_steps(
    [lambda grid, w=np.array(w), b=b: predict(grid, w, b) for w, b in tries.values()],
    X_xor,
    y_xor,
    titles=[f"{name}: {(answer != y_xor).sum()} wrong" for name, answer in answers.items()],
    title="XOR: four lines one could try",
)

# %% [markdown]
# A line can have three of the four rows on their right side, never all four. So a count may fall to 1 on the way, and an epoch without mistakes never comes.
# More epochs do not help, and neither does another learning rate. Something about XOR is beyond one neuron. You will say what in exercise 6.
# In 1969 Minsky and Papert proved limits of this kind, and interest in neurons faded for years. The way out was known and it is short: use more than one.
#
# ## Exercise 5 — XOR from three neurons
# **3 points · difficulty 3 of 5 · importance 4 of 5 · about 15 min**
#
# XOR is "one of them, but not both": `AND(OR(x1, x2), NAND(x1, x2))`. Each of these three gates is one neuron, and you can choose its weights by hand.
#
# Write `xor_by_hand(X)`: `X (n, 2)` of zeros and ones → `(n,)`. Make two answers with `predict` (an OR neuron and a NAND neuron; they are called **hidden** neurons, because only the last neuron sees what they say), put them side by side
# into an array of shape `(n, 2)` with `np.column_stack`, and feed that into an AND neuron. For `[[0, 0], [0, 1], [1, 0], [1, 1]]` the answer is `[0, 1, 1, 0]`.
#
# <details><summary>Hint 1: a nudge</summary>
#
# You saw AND with `w = (1, 1)`, `b = -1.5`, and OR with `b = -0.5`. NAND is AND turned around: what do you do to every number of AND? (Take $b = -1.5$, not the $-2$ that was learned: with $-2$ the row $(1, 1)$ would score exactly 0, and 0 is a yes, so NAND would say yes.)
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# `np.column_stack([h1, h2])` puts two arrays of shape `(n,)` side by side into `(n, 2)`. That is the input of the last neuron: it sees the
# answers of the first two, and no longer sees `X`.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
#     h_or   = predict(X, ones, a small negative bias)
#     h_nand = predict(X, minus ones, a bias so that only (1, 1) gives a negative score)
#     H      = both side by side, shape (n, 2)
#     return predict(H, the AND neuron)
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "xor_by_hand", "locked": false, "schema_version": 3, "solution": true, "task": false}
def xor_by_hand(X):
    """XOR from three perceptrons: AND of OR and NAND. X (n, 2) of 0 and 1 -> (n,) of 0 and 1."""
    ### BEGIN SOLUTION
    h_or = predict(X, np.array([1.0, 1.0]), -0.5)
    h_nand = predict(X, np.array([-1.0, -1.0]), 1.5)
    return predict(np.column_stack([h_or, h_nand]), np.array([1.0, 1.0]), -1.5)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "xor_by_hand-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of xor_by_hand: run this cell.
# Two equal rows: whatever the neurons are, both get the same answer.
expect(xor_by_hand).of(np.ones((2, 2))).satisfies(
    lambda y: np.shape(y) != (2,) or y[0] == y[1],
    "two equal rows got two answers. `np.array([h1, h2])` makes two rows, one above the other, and reshape does not mend it. "
    "Put the hidden answers side by side with np.column_stack: row i holds the two answers of row i",
)
X_xor, y_xor = datasets.gates("xor")
expect(xor_by_hand).of(X_xor).equals(
    [0, 1, 1, 0],
    mistakes={
        "this is OR. Both inputs at once must give 0, and that is NAND's part": [0, 1, 1, 1],
        "this is AND. The last neuron should see the two hidden answers, not X. Or NAND is still AND: turn its numbers around": [
            0,
            0,
            0,
            1,
        ],
        "this is NAND. It lacks the OR part: (0, 0) must give 0": [1, 1, 1, 0],
        "this is XNOR, XOR turned around": [1, 0, 0, 1],
        "this is NOR": [1, 0, 0, 0],
        "the answer is always 0: no row gets a yes from both hidden neurons. Print both. NAND turns every number of AND around, its bias too": [
            0,
            0,
            0,
            0,
        ],
        "the answer is always 1. The last neuron should be AND: it says yes only when both hidden answers are 1": [
            1,
            1,
            1,
            1,
        ],
        "it follows the second input only": [0, 1, 0, 1],
        "it follows the first input only": [0, 0, 1, 1],
        "these are the hidden answers, two for each row. The last neuron is missing: it turns them into one": [
            [0, 1],
            [1, 1],
            [1, 1],
            [1, 0],
        ],
        "it answers for the first row only: is the `return` inside the loop?": 0,
    },
).leaves_arguments_unchanged()
expect(xor_by_hand).of(np.array([[1.0, 0.0], [1.0, 1.0], [0.0, 0.0], [1.0, 1.0], [0.0, 1.0]])).equals(
    [1, 0, 0, 0, 1],
    mistakes={
        "these are the four answers of the gate, written down or taken from y_xor. Compute them from X": [0, 1, 1, 0],
        "only the first four rows are answered. X.shape[0] is the number of rows": [1, 0, 0, 0],
        "only the first two rows are answered. X.shape[0] is the number of rows, X.shape[1] that of measurements": [
            1,
            0,
        ],
    },
)
print("xor_by_hand: these are the answers of XOR.")

# %% nbgrader={"grade": true, "grade_id": "xor_by_hand-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests use more rows, in another order, and a batch of one.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("xor_by_hand")
_X = _rng.permutation(np.repeat(datasets.gates("xor")[0], (5, 6, 7, 5), axis=0))
_wanted = (_X.sum(axis=1) == 1).astype(int)
for _row in ([0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]):
    _answer = int(sum(_row) == 1)
    expect(xor_by_hand, hidden="a batch of one").of(np.array([_row])).equals(
        [_answer],
        mistakes={
            "the four answers are written down instead of computed: it must work for any rows": [0, 1, 1, 0],
            "there are always four answers: make room for X.shape[0] rows": [_answer] * 4,
            "a batch of one has one answer in an array of shape (1,), and this is a bare number": _answer,
        },
    )
expect(xor_by_hand, hidden="many rows in any order").of(_X).equals(
    _wanted,
    mistakes={
        "the four answers are written down instead of computed: it must work for any rows": [0, 1, 1, 0],
        "only the first four rows are answered: X.shape[0] is the number of rows": _wanted[:4],
        "only the first two rows are answered: X.shape[0] is the number of rows, X.shape[1] that of measurements": _wanted[
            :2
        ],
        "this is OR. Both inputs at once must give 0, and that is NAND's part": (_X.sum(axis=1) >= 1).astype(int),
    },
).leaves_arguments_unchanged()
### END HIDDEN TESTS

# %%
plots.decision_boundary(
    xor_by_hand, X_xor, y_xor, title="XOR with three neurons: two lines, and the strip between them"
)

# %% [markdown]
# Two neurons draw two lines; the third says "between them". This is a network with one hidden layer. In lesson 3 you build layers of any width.
#
# ## Exercise 6 — why one neuron cannot do XOR
# **3 points · difficulty 3 of 5 · importance 5 of 5 · about 15 min · read by your instructor**
#
# Explain in your own words (5 to 8 sentences, formulas welcome) why **no** choice of $w_1$, $w_2$ and $b$ makes one perceptron compute XOR.
# Say what each of the four rows of XOR demands of $w_1$, $w_2$ and $b$, and where these demands contradict each other. Then say how the hidden neurons of
# exercise 5 get around it.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Write the score $z$ of each of the four rows. The row $(0, 0)$ has the shortest one.
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Each row gives one inequality: its score must be negative, or must not be negative. Add up the two rows that want a yes, and the two that want a no.
#
# </details>
# <details><summary>Hint 3: almost an answer</summary>
#
# Both sums have the same left side. One says it is negative, the other says it is not.
#
# </details>

# %% [markdown] nbgrader={"grade": true, "grade_id": "why_not_xor", "locked": false, "points": 3, "schema_version": 3, "solution": true, "task": false}
# ### BEGIN SOLUTION
# The four rows of XOR demand: (0, 0) must give 0, so b < 0. (1, 0) must give 1, so w1 + b >= 0. (0, 1) must give 1, so w2 + b >= 0.
# (1, 1) must give 0, so w1 + w2 + b < 0. Add the two middle ones: w1 + w2 + 2b >= 0. Add the first and the last: w1 + w2 + 2b < 0.
# The same number cannot be negative and not negative, so no weights and no bias exist. Seen as a picture: the two points of each class lie
# on opposite corners of a square, and no straight line has both corners of one class on one side. The hidden neurons of exercise 5 move the
# points: in terms of (OR, NAND) the rows become (0, 1), (1, 1), (1, 1), (1, 0), and there one line separates (1, 1) from the rest.
# ### END SOLUTION

# %% [markdown]
# ## 6. A real decision: 569 tumors
#
# The Breast Cancer Wisconsin data holds measurements of cell nuclei from 569 tumors, each with a diagnosis. We take two measurements, so that we can draw
# what the neuron does. The label is 1 for malignant. Every fourth tumor is kept aside (`test` is True there, and `~test` means "not test"): the neuron is judged on tumors it has never seen. Always saying "benign" would be right for most tumors, so that is the mark to beat.
#
# The two measurements have very different sizes (hundreds against tenths). We **standardize** them: subtract the mean, divide by the standard deviation, both computed on the
# training part. Without this, the larger measurement alone would steer every update.

# %%
X, y, names = datasets.breast_cancer(("worst area", "worst concave points"))
test = np.arange(len(X)) % 4 == 0
mean, std = X[~test].mean(axis=0), X[~test].std(axis=0)
X = (X - mean) / std

w, b, errors = fit_perceptron(X[~test], y[~test], 0.1, 20, np.random.default_rng(0))
accuracy = (predict(X[test], w, b) == y[test]).mean()
always_benign = (y[test] == 0).mean()
print(f"{(~test).sum()} tumors to learn from, {test.sum()} to be judged on")
print(f"right on unseen tumors: {accuracy:.1%}   (always saying benign: {always_benign:.1%})")
print(f"above 85 %: {accuracy > 0.85}")

# %%
plots.decision_boundary(
    lambda grid: predict(grid, w, b),
    X[test],
    y[test],
    title=f"One neuron on tumors it has never seen: {accuracy:.1%} right",
    feature_names=[f"{name}, standardized" for name in names],
    class_names=("benign", "malignant"),
)

# %% [markdown]
# Two measurements, three numbers ($w_1$, $w_2$, $b$), and above 85 % of unseen tumors are judged rightly, many more than by always saying benign. How did the mistakes develop, and how much of the result is luck of the order?

# %%
finals = []
for seed in range(5):
    w_seed, b_seed, _ = fit_perceptron(X[~test], y[~test], 0.1, 20, np.random.default_rng(seed))
    finals.append((predict(X[test], w_seed, b_seed) == y[test]).mean())
print(f"five seeds: from {min(finals):.1%} to {max(finals):.1%} right on unseen tumors")
plots.lines(
    {"training": errors},
    title=f"Real tumors: the fewest mistakes in an epoch are {min(errors)}",
    x_label="epoch",
    y_label=f"mistakes in the epoch, of {(~test).sum()}",
)

# %% [markdown]
# The lowest count stands in the title and is not 0 (the vertical axis does not begin at 0 either), and the curve does not fall: no line was found that separates these tumors. The perceptron rule then never settles, and what you get depends on when
# you stop. Lesson 2 and week 03 mend that with neurons whose answer is smooth, and a loss that can be lowered step by step. (A toy for learning, not a medical device.)

# %% [markdown]
# ## 7. Bug hunt
#
# A colleague wrote this training loop. It runs without an error message, and it never learns AND. Read it, **decide what is wrong and in which lines**,
# then open the answer. No points: this is practice in reading code.


# %%
def broken_fit(X, y, lr, epochs):
    w, b = np.array([0.0, 0.0]), 0.0  # line 1
    mistakes = []  # line 2
    for _ in range(epochs):  # line 3
        y_hat = ((X @ w + b) >= 0) * 1  # line 4
        for i in range(len(X)):  # line 5
            w = w + lr * (y_hat[i] - y[i]) * X[i]  # line 6
            b = b + lr * (y_hat[i] - y[i])  # line 7
        mistakes.append(int((y_hat != y).sum()))  # line 8
    return w, b, mistakes


print("mistakes per epoch:", broken_fit(X_and, y_and, 1.0, 8)[2])

# %% [markdown]
# <details><summary>Answer</summary>
#
# Lines 6 and 7: the error is turned around. `y_hat - y` lowers a score that was too low already, so the neuron runs away from the labels: it says yes to everything, for ever.
# It should be `y[i] - y_hat[i]`. (Line 4 is odd too, though not what breaks it: it computes all answers once per epoch, so later rows are judged with old weights.)
#
# </details>
#
# ## How GPT uses this
#
# GPT-2 small holds neurons of this very kind, side by side. In each of its 12 blocks (groups of layers of one build, one after the other), every token (a piece of text, a word or a part of one) arrives as a vector `x` of shape `(768,)`, and 3,072 neurons
# compute `x @ w + b`, each with its own `w` of shape `(768,)`. Two things differ from yours: the answer is smooth (GELU instead of a step, lesson 2), and the weights are found by
# gradients instead of the perceptron rule (week 03). The weighted sum is the same.
#
# ## Coming from C# or Java
#
# - `X @ w` is a whole double loop in one expression. A `for` loop over NumPy rows works and is slow: each pass goes through the interpreter.
# - Arrays are references. `v = w` makes a second name for the same array, and `w += 1` changes the array that both names see. `w = w + 1` makes a new array.
#   That is why exercise 3 asks for new arrays.
# - `return w, b` returns a tuple: no `out` parameter and no class is needed. `w, b = f(...)` takes it apart.
#
# ## If you are stuck
#
# | what you see | likely cause |
# |---|---|
# | `NotImplementedError` | the answer cell is not written yet, or you have not run it since you wrote it |
# | `NameError: name 'np' is not defined` | the first code cell has not been run: choose *Run → Run All Above Selected Cell* |
# | `truth value of an array ... is ambiguous` | an `if` looks at a whole array: compare entry by entry, or use `np.where` |
# | `matmul: ... mismatch in its core dimension` | the last size of the left side of `@` is not the first size of the right side: print both shapes |
# | `'bool' object has no attribute 'astype'` | `step` got a plain Python number: begin with `np.asarray(z)` |
# | AND is never learned | the sign of the error, or a bias that does not change, or rows and labels that are shuffled apart |
# | the cell shows `[*]` and does not end | a loop without an end: press the stop button (■) and look at what should end it |
# | a check is red though the code above is right | the answer cell was changed and not run again: run it, then the check |
#
# ## Checkpoint
#
# Answer each question aloud before you open it.
#
# <details><summary>What are the shapes in <code>X @ w + b</code> for 100 inputs with 5 measurements?</summary>
#
# `(100, 5) @ (5,)` gives `(100,)`; `b` is one number and is added to all 100.
#
# </details>
# <details><summary>The neuron answers 1 and the label is 0. Which way do the weights move?</summary>
#
# The error is −1, so `w` moves by −`lr` times `x`: the score of this input falls.
#
# </details>
# <details><summary>The curve of mistakes goes 3, 2, 2, 3, 2, ... and never reaches 0. What does that tell you?</summary>
#
# Probably no line separates the data, as with XOR. The perceptron rule then never settles.
#
# </details>
#
# You have built a neuron that learns, seen it draw a line, and seen what one line cannot do. **Next:** lesson 2 replaces the hard step by smooth activations,
# and lesson 3 puts neurons side by side into layers that read handwritten digits.
