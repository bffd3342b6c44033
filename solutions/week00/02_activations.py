# %% [markdown]
# # Week 00 · Lesson 2 — Activations
#
# **About 120 minutes.** You write the functions that a neuron ends in, and their slopes. Your own numbers then show why a deep network needs them, and which one belongs where.
#
# | built before | built here | unlocks next |
# |---|---|---|
# | one neuron that ends in a hard step and draws one line (lesson 1) | `sigmoid`, `tanh`, `relu`, `leaky_relu`, `gelu`, the slope of each, `softmax`, `collapse_linear` | lesson 3 (layers, with ReLU between them and softmax behind them) and week 03 (backpropagation multiplies the slopes you write here) |
#
# After this lesson you can
#
# - write five activations and their slopes, right for scores of any size;
# - read from a slope whether a neuron can still learn;
# - turn a row of scores into probabilities;
# - prove that layers without activations are one layer, and say which activation belongs where.
#
# An activation works **entry by entry**: an array of any shape goes in, one of the same shape comes out. A single score, as `x @ w + b` gives it, works too, and so do whole numbers.
# Every function you write returns its answer and leaves the arrays it was given as they were.

# %%
import numpy as np

from groundup import datasets, plots
from groundup.checks import calls, expect, fresh_rng, given, watched

# %% [markdown]
# ## 1. The idea: an answer that moves when a weight moves
#
# The neuron of lesson 1 ends in a hard step. Learning asks one question again and again: *which way should this weight move so that the answer gets better?* Nudge a weight a
# little and look. A step does not answer: it stays at 0 or at 1, and tells nothing. A smooth curve answers every time.
#
# The function at the end of a neuron is its **activation**. It takes the score $z = \mathbf{x} \cdot \mathbf{w} + b$ and gives the neuron's output.

# %%
plots.neuron(("w₁", "w₂"), "b", activation="sigmoid", title="The neuron of lesson 1 with a smooth activation")

# %%
X, y = datasets.gates("and")
w, b = np.array([1.0, 1.0]), -1.5


def hard(z):
    return np.where(z >= 0, 1.0, 0.0)


def smooth(z):
    return 1 / (1 + np.exp(-z))


for name, activation in {"step": hard, "smooth": smooth}.items():
    before, after = activation(X @ w + b), activation(X @ w + b + 0.01)
    print(f"{name:7} answers {before.round(3)}, changed by {(after - before).round(4)} when b grows by 0.01")

# %% [markdown]
# The labels of AND are 0, 0, 0, 1. The smooth neuron leans the right way in every row, and each change says how much the bias matters there. The step says nothing.

# %%
plots.functions(
    {"step": hard, "sigmoid": smooth}, title="A step and a sigmoid: the same decision, hard and smooth", span=(-6, 6)
)

# %% [markdown]
# ## 2. Sigmoid: a score becomes a probability
#
# $$\sigma(z) = \frac{1}{1 + e^{-z}}$$
#
# | symbol | in code | shape | meaning |
# |---|---|---|---|
# | $z$ | `z` | any, for example `(n,)` | scores, one per entry |
# | $e^{z}$ | `np.exp(z)` | that of `z` | the exponential; $e \approx 2.718$ |
# | $\sigma(z)$ | `sigmoid(z)` | that of `z` | "sigma": between 0 and 1, read as the probability of a yes |
#
# There is a trap. For $z = -1000$ the formula asks for $e^{1000}$, and the largest number that float64 can hold is near $e^{709.8}$. The way out: multiply top and bottom by $e^{z}$. That gives the same number in another form,
# $\sigma(z) = e^{z} / (1 + e^{z})$, in which nothing is large when $z$ is negative.
#
# ### Worked example: one number, two forms

# %%
z = -2.0

# Step 1: the textbook form.
textbook = 1 / (1 + np.exp(-z))
# Step 2: top and bottom times e^z.
power = np.exp(z)
other_form = power / (1 + power)
print(f"z = -2:     textbook {textbook:.6f}, other form {other_form:.6f}")

# Step 3: a score far below zero. `watched` writes down what goes wrong on the way.
print(f"the largest float64 is e to the power {np.log(np.finfo(float).max):.1f}")
noted = []
textbook = watched(smooth, noted)(-1000.0)
power = np.exp(-1000.0)
print(f"z = -1000:  textbook {textbook} with {noted}, other form {power / (1 + power)} with nothing to report")

# %% [markdown]
# The textbook form arrives at 0 by luck: $1 / \infty = 0$. NumPy warns about it, and in the next formula the same infinity may become `nan`, "not a number". Each form is safe on one side of zero.
#
# ## Exercise 1 — sigmoid without overflow
# **3 points · difficulty 2 of 5 · importance 5 of 5 · about 10 min**
#
# Write `sigmoid(z)`. For `[-2.0, 0.0, 2.0]` it is `[0.1192, 0.5, 0.8808]` (rounded). For ±1000 it is 1 and 0, and nothing may overflow on the way.
# `z` has any shape; a single score and an array of whole numbers work too.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Which of the two forms is safe for a positive score, and which for a negative one? What do you put into the exponential in each?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# In both safe cases the exponential gets minus the size of the score. Call the result `small`: it is between 0 and 1. Then the two forms are `1 / (1 + small)` and `small / (1 + small)`.
# `np.where(condition, this, that)` computes both sides for every entry and then chooses, so both sides must be safe.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
# `small` is `np.exp` of minus `np.abs` of the scores. The top of the fraction is 1 where the score is not negative, else `small`: that is one `np.where`. The bottom is the same for both.
# (If you fill an array piece by piece, begin with `np.asarray(z, dtype=float)`. An array made like one of whole numbers holds whole numbers and cuts off fractions.)
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "sigmoid", "locked": false, "schema_version": 3, "solution": true, "task": false}
def sigmoid(z):
    """1 / (1 + e^-z), for scores of any size. Any shape -> the same shape."""
    ### BEGIN SOLUTION
    small = np.exp(-np.abs(z))
    return np.where(np.greater_equal(z, 0), 1.0, small) / (1.0 + small)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "sigmoid-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of sigmoid: run this cell.
expect(sigmoid).of(np.array([-2.0, 0.5, 1.0, 3.0])).leaves_arguments_unchanged().equals(
    [0.11920292, 0.62245933, 0.73105858, 0.95257413],
    mistakes={
        "this is turned around: a large score should give an answer near 1. Look at the sign in the exponent, and at what stands on top": [
            0.88079708,
            0.37754067,
            0.26894142,
            0.04742587,
        ],
        "the division comes before the sum: put 1 + exp(-z) in parentheses": [
            8.3890561,
            1.60653066,
            1.36787944,
            1.04978707,
        ],
        "there is a minus in the bottom. It is 1 plus the exponential": [
            -0.15651764,
            2.54149408,
            1.58197671,
            1.0523957,
        ],
        "the top is e^z here, and the bottom belongs to the other form: with e^z on top it is 1 + e^z": [
            0.01613236,
            1.02626194,
            1.98722325,
            19.1329628,
        ],
        "this is e^-z. The fraction is missing": [7.3890561, 0.60653066, 0.36787944, 0.04978707],
        "the 1 of the bottom is missing, so this is e^z": [0.13533528, 1.64872127, 2.71828183, 20.08553692],
        "this is tanh, from -1 to 1. Sigmoid goes from 0 to 1": [-0.96402758, 0.46211716, 0.76159416, 0.99505475],
        "tanh goes from -1 to 1: it must be moved up by 1 and halved": [
            -0.76159416,
            0.24491866,
            0.46211716,
            0.90514825,
        ],
        "sigmoid is 0.5 * (1 + tanh(z / 2)), and the z / 2 is missing": [
            0.01798621,
            0.73105858,
            0.88079708,
            0.99752738,
        ],
        "this is right for positive scores only: for a negative one the top is e^z": [
            0.88079708,
            0.62245933,
            0.73105858,
            0.95257413,
        ],
        "a positive score got 1, which is only the top. Its answer is 1 / (1 + small)": [0.11920292, 1, 1, 1],
        "the answers stand in another order than the scores. Every answer stays in the place of its score": [
            0.62245933,
            0.73105858,
            0.95257413,
            0.11920292,
        ],
        "this is right for negative scores only: for a positive one the top is 1": [
            0.11920292,
            0.37754067,
            0.26894142,
            0.04742587,
        ],
        "every entry is divided by the sum of all: that is softmax. Sigmoid looks at one entry at a time": [
            0.00550415,
            0.06705424,
            0.11055375,
            0.81688786,
        ],
        "this is a hard decision, 0 or 1. Sigmoid has all values in between": [0, 1, 1, 1],
        "these are the scores, unchanged": [-2.0, 0.5, 1.0, 3.0],
        "one answer for the whole array: a `return` inside a loop ends it at the first score": 0.11920292,
        "the answers are averaged into one. Every score has its own answer": 0.60632374,
        "this is the logarithm of the sigmoid": [-2.12692801, -0.47407698, -0.31326169, -0.04858735],
        "the answers are rounded. Return them as they are": [0.1192, 0.6225, 0.7311, 0.9526],
        "the answers are rounded. Return all of their digits": [0.12, 0.62, 0.73, 0.95],
        "the base is 10. It should be e: `np.exp`": [0.00990099, 0.75974693, 0.90909091, 0.999001],
        "the base is 2. It should be e: `np.exp`": [0.2, 0.58578644, 0.66666667, 0.88888889],
    },
)
expect(sigmoid).of(np.array([0.0])).equals(
    [0.5],
    mistakes={
        "a score of exactly 0 is left out: one of the two cases must take it (`z >= 0`)": [0.0],
        "a score of exactly 0 counts as both cases here, and it is halfway between: 0.5": [1.0],
    },
)
print("sigmoid: this check is passed.")

# %% nbgrader={"grade": true, "grade_id": "sigmoid-stable", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of sigmoid, with large scores, whole numbers and a single score: run this cell.
_up, _down = [], []
_high = (
    expect(watched(sigmoid, _up))
    .of(np.array([1000.0, 720.0]))
    .satisfies(
        lambda v: not np.isinf(np.asarray(v)).any(),
        "the answer is infinite: the exponential overflows, and nothing divides by it. 1 plus the exponential stands in parentheses, in the bottom",
        wanted="[1, 1]",
    )
    .satisfies(
        lambda v: np.isfinite(np.asarray(v)).all(),
        "infinity divided by infinity is nan: exp of a large score overflows. Give exp an argument that is never positive",
        wanted="[1, 1]",
    )
    .equals(
        [1.0, 1.0],
        mistakes={
            "the score was cut off at ±10 before the exponential. There is a form that needs no cutting": [
                0.9999546,
                0.9999546,
            ]
        },
    )
)
expect(watched(sigmoid, _down)).of(np.array([-1000.0, -720.0])).satisfies(
    lambda v: not np.isinf(np.asarray(v)).any(),
    "the answer is infinite: the exponential overflows, and nothing divides by it. 1 plus the exponential stands in parentheses, in the bottom",
    wanted="[0, 0]",
).satisfies(
    lambda v: np.isfinite(np.asarray(v)).all(),
    "infinity divided by infinity is nan: exp of a large number overflows. Give exp an argument that is never positive",
    wanted="[0, 0]",
).equals([0.0, 0.0]).satisfies(
    lambda _: not (_up and _down),
    "the numbers are right, but exp overflowed on the way, for positive and for negative scores: `np.where` computes "
    "both sides for every entry and then chooses. Give exp an argument that is never positive",
).satisfies(
    lambda _: not _down,
    "the numbers are right, but exp overflowed on the way: for a score of -1000 this formula asks for e^1000",
)
_high.satisfies(
    lambda _: not _up,
    "the numbers are right, but exp overflowed on the way: for a score of 1000 this formula asks for e^1000",
)
_mixed, _whole = (
    [],
    (
        "each side alone is right, and both in one array are not: this makes one decision for the whole array (an `if` with "
        "`all` or `any`). Every entry needs its own: `np.where`, a mask or a loop"
    ),
)
expect(watched(sigmoid, _mixed)).of(np.array([1000.0, -1000.0, 1000.0])).satisfies(
    lambda v: np.isfinite(np.asarray(v)).all(), _whole, wanted="[1, 0, 1]"
).equals(
    [1.0, 0.0, 1.0],
    mistakes={
        "the answers stand in another order than the scores: first all positive ones, then the rest": [1, 1, 0],
        "the answers stand in another order than the scores: first all negative ones, then the rest": [0, 1, 1],
    },
).satisfies(lambda _: not _mixed, _whole)
expect(sigmoid).of(np.array([-25.0, 25.0])).equals(
    [1.388794e-11, 1 - 1.388794e-11],
    tol=1e-10,
    mistakes={
        "the score was cut off at ±20 before the exponential. There is a form that needs no cutting": [
            2.06115362e-9,
            1 - 2.06115362e-9,
        ]
    },
)
expect(sigmoid).of(np.array([-2, 0, 3])).equals(
    [0.11920292, 0.5, 0.95257413],
    mistakes={
        "whole numbers came in, and the fractions of the answer were cut off: an array made like `z` holds whole numbers. Begin with `np.asarray(z, dtype=float)`": [
            0,
            0,
            0,
        ]
    },
)
expect(sigmoid).of(np.float64(-2.0)).equals(0.11920292)
print("sigmoid: large scores, whole numbers and a single score are right.")

# %% nbgrader={"grade": true, "grade_id": "sigmoid-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests look at a matrix of scores, at many values, and at the array you were given.
### BEGIN HIDDEN TESTS
import math as _math

_rng = fresh_rng("sigmoid")
for _shape, _what in [
    ((3, 4), "a matrix of scores"),
    ((1, 1), "a matrix of one score"),
    ((2, 3, 2), "an array with three axes"),
]:
    _z = _rng.normal(scale=3, size=_shape)
    _wanted = np.array([1 / (1 + _math.exp(-_v)) for _v in _z.ravel()]).reshape(_shape)
    expect(sigmoid, hidden=_what).of(_z.copy()).equals(
        _wanted,
        mistakes={"only the first row is answered: every entry of an array of any shape has its answer": _wanted[0]},
    ).leaves_arguments_unchanged()
expect(sigmoid, hidden="a single score in an array without axes").of(np.array(0.75)).equals(0.679178699)
_z = _rng.integers(-9, 10, size=21)
_wanted = np.array([1 / (1 + _math.exp(-_v)) for _v in _z.tolist()])
expect(sigmoid, hidden="an array of whole numbers").of(_z.copy()).equals(
    _wanted, mistakes={"the fractions of the answer were cut off, because whole numbers came in": np.floor(_wanted)}
)
_answers = expect(sigmoid, hidden="scores of any size").of(np.array([-1e5, -745.5, -710.0, 36.0, 709.5, 1e5]))
_answers.equals([0, 0, 0, 1, 1, 1], tol=1e-12)
### END HIDDEN TESTS

# %% [markdown]
# ## 3. Three more shapes: tanh, ReLU, leaky ReLU
#
# **Tanh** ("hyperbolic tangent") is a sigmoid stretched to the range from −1 to 1, so that its middle is 0:
#
# $$\tanh(z) = \frac{e^{z} - e^{-z}}{e^{z} + e^{-z}} = 2\,\sigma(2z) - 1$$
#
# **ReLU** ("rectified linear unit") keeps positive scores and turns the rest into 0. **Leaky ReLU** lets a small part $\alpha$ ("alpha") of a negative score through:
#
# $$\text{relu}(z) = \max(z, 0) \qquad\qquad \text{leaky}(z) = \begin{cases} z & \text{if } z > 0 \\ \alpha z & \text{if } z \le 0 \end{cases}$$
#
# $z$ and the answers have the same shape; $\alpha$ is one number, at least 0 and less than 1, such as 0.01.
#
# ## Exercise 2 — tanh
# **2 points · difficulty 1 of 5 · importance 3 of 5 · about 5 min**
#
# Write `tanh(z)`. You may call NumPy's own, or build it from your `sigmoid`; both are right. The first formula as it stands overflows at ±1000, and your answer must not.
# For `[-1.0, 0.0, 2.0]` it is `[-0.7616, 0.0, 0.9640]` (rounded).
#
# <details><summary>Hint 1: a nudge</summary>
#
# The formula has two forms. Which of them uses only what you have made safe already?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Twice the sigmoid of twice the score, minus 1. Both twos matter.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
# One line: return what NumPy's function of the same name gives, or 2 times your sigmoid (of two times the score) minus 1.
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "tanh", "locked": false, "schema_version": 3, "solution": true, "task": false}
def tanh(z):
    """Hyperbolic tangent, for scores of any size. Any shape -> the same shape."""
    ### BEGIN SOLUTION
    return np.tanh(z)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "tanh-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of tanh: run this cell.
try:
    _on_yours = expect(lambda z: sigmoid(2 * z) + sigmoid(2 * z) - 1).of(np.array([-1.0, 0.0, 0.5, 2.0])).value
except Exception:
    _on_yours = []


def _unsafe(function, name, earlier):  # does `function` call the answer called `name`, which overflows itself?
    noted = []
    try:
        expect(watched(earlier(), noted)).of(np.array([3000.0, -3000.0]))
    except Exception:
        return False
    return bool(noted) and calls(function, name)


expect(tanh).of(np.array([-1.0, 0.0, 0.5, 2.0])).leaves_arguments_unchanged().satisfies(
    lambda v: np.shape(v) != (4,) or not np.isinf(np.asarray(v)[1]),
    "top and bottom are swapped: at 0 the fraction is 0 divided by 2, and here something is divided by 0",
    wanted="[-0.76159, 0, 0.46212, 0.96403]",
).satisfies(
    lambda v: np.shape(v) != (4,) or not np.isnan(np.asarray(v)[1]),
    "0 divided by 0 is nan: the minus belongs on top, and the bottom has a plus",
    wanted="[-0.76159, 0, 0.46212, 0.96403]",
).equals(
    [-0.76159416, 0.0, 0.46211716, 0.96402758],
    mistakes={
        "the rule is right, and the sigmoid it calls is not. Mend exercise 1 first": _on_yours,
        "the minus 1 comes last: 2 * sigmoid(2z) first, then minus 1": [-1.76159416, -1, -0.53788284, -0.03597242],
        "the minus 1 went into the sigmoid, which takes 2z: close its parentheses before the minus": [
            0.09485175,
            0.53788284,
            1.0,
            1.90514825,
        ],
        "the bottom is a sum, and it needs parentheses: / (... + ...)": [-3.67077427, 1, 1.23865122, 1.11701964],
        "the top is a difference, and it needs parentheses: (... - ...) /": [-0.51291764, 0.5, 1.37977985, 7.37106989],
        "top and bottom need parentheses each: (... - ...) / (... + ...)": [-4.30289483, 1, 1.88737249, 7.50607574],
        "the sign is lost: a negative score has a negative answer": [0.76159416, 0.0, 0.46211716, 0.96402758],
        "top and bottom are the same: the top has a minus": [1, 1, 1, 1],
        "the 2 inside is missing: it is the sigmoid of 2z": [-0.46211716, 0.0, 0.24491866, 0.76159416],
        "this is the sigmoid of 2z. Stretch it: times 2, minus 1": [0.11920292, 0.5, 0.73105858, 0.98201379],
        "the 2 in front is missing: twice the sigmoid of 2z, then minus 1": [
            -0.88079708,
            -0.5,
            -0.26894142,
            -0.01798621,
        ],
        "this is the sigmoid. Tanh goes from -1 to 1": [0.26894142, 0.5, 0.62245933, 0.88079708],
        "the minus 1 is missing": [0.23840584, 1.0, 1.46211716, 1.96402758],
        "the 1 is subtracted, not added": [1.23840584, 2.0, 2.46211716, 2.96402758],
        "this is sinh: the bottom is a sum of two exponentials, and not 2": [-1.17520119, 0.0, 0.52109531, 3.62686041],
        "`np.tan` is the tangent of an angle. You want `np.tanh`": [-1.55740772, 0.0, 0.54630249, -2.18503986],
        "`np.arctan` is the angle of a tangent. You want `np.tanh`": [-0.78539816, 0.0, 0.46364761, 1.10714872],
        "this is cosh: the top has a minus, and the bottom is a sum of two exponentials, and not 2": [
            1.54308063,
            1.0,
            1.12762597,
            3.76219569,
        ],
        "these are the scores, cut off at -1 and 1. Tanh is smooth": [-1.0, 0.0, 0.5, 1.0],
        "this is only the sign of the score": [-1, 0, 1, 1],
        "the answers are rounded. Return them as they are": [-0.7616, 0.0, 0.4621, 0.964],
        "one answer for the whole array: a `return` inside a loop ends it at the first score": -0.76159416,
    },
)
_noted = []
expect(watched(tanh, _noted)).of(np.array([1000.0, -1000.0])).satisfies(
    lambda _: not _noted or not _unsafe(tanh, "sigmoid", lambda: sigmoid),
    "this calls your sigmoid, and your sigmoid overflows itself. Mend exercise 1 first",
    wanted="[1, -1]",
).satisfies(
    lambda v: np.isfinite(np.asarray(v)).all(),
    "infinity divided by infinity is nan: exp of 1000 overflows. Use your sigmoid, or `np.tanh`",
    wanted="[1, -1]",
).equals([1.0, -1.0]).satisfies(
    lambda _: not _noted, "the numbers are right, but exp overflowed on the way. Use your sigmoid, or `np.tanh`"
)
expect(tanh).of(np.array([-1, 0, 2])).equals(
    [-0.76159416, 0.0, 0.96402758],
    mistakes={
        "whole numbers came in, and the fractions of the answer were cut off: an array made like `z` holds whole numbers": [
            0,
            0,
            0,
        ]
    },
)
expect(tanh).of(np.float64(2.0)).equals(0.96402758)
print("tanh: this check is passed.")

# %% nbgrader={"grade": true, "grade_id": "tanh-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests look at matrices, at many values, and at the array you were given.
### BEGIN HIDDEN TESTS
import math as _math

_rng = fresh_rng("tanh")
for _shape, _what in [
    ((3, 4), "a matrix of scores"),
    ((1, 1), "a matrix of one score"),
    ((2, 3, 2), "an array with three axes"),
]:
    _z = _rng.normal(scale=2, size=_shape)
    _wanted = np.array([1 - 2 / (_math.exp(2 * _v) + 1) for _v in _z.ravel()]).reshape(_shape)
    expect(tanh, hidden=_what).of(_z.copy()).equals(
        _wanted,
        mistakes={
            "the 2 inside is missing: it is the sigmoid of 2z": 1 - 2 / (np.exp(_z) + 1),
            "the answers are rounded": _wanted.round(4),
        },
    ).leaves_arguments_unchanged()
expect(tanh, hidden="scores of any size").of(np.array([-1e5, -800.0, -356.0, 0.0, 19.5, 711.0, 1e5])).equals(
    [-1, -1, -1, 0, 1, 1, 1], tol=1e-12
)
### END HIDDEN TESTS

# %% [markdown]
# ## Exercise 3 — ReLU and its leaky sister
# **3 points · difficulty 1 of 5 · importance 5 of 5 · about 5 min**
#
# Write `relu(z)` and `leaky_relu(z, alpha)`. With `alpha` 0.1, the scores `[-2.0, 0.0, 3.0]` give `[0.0, 0.0, 3.0]` and `[-0.2, 0.0, 3.0]`.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Both ask every entry the same question: are you positive?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# `np.maximum` compares two things entry by entry. (`np.max` is another function: it finds the largest entry of one array.) `np.where(condition, this, that)` chooses entry by entry.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
# ReLU: the entry-by-entry maximum of the scores and 0. Leaky: where the score is positive the score, elsewhere `alpha` times the score.
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "relu", "locked": false, "schema_version": 3, "solution": true, "task": false}
def relu(z):
    """Positive scores stay, the others become 0. Any shape -> the same shape."""
    ### BEGIN SOLUTION
    return np.maximum(z, 0.0)
    ### END SOLUTION


def leaky_relu(z, alpha):
    """Positive scores stay, the others are multiplied by alpha (0 <= alpha < 1). Any shape -> the same shape."""
    ### BEGIN SOLUTION
    return np.where(np.greater(z, 0), z, np.multiply(alpha, z))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "relu-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of relu: run this cell.
def _tried(z):
    try:
        return relu(z)
    except ValueError as error:
        return str(error)


_tried.__name__ = "relu"
expect(_tried).of(np.array([-2.0, 0.5])).satisfies(
    lambda v: "inhomogeneous" not in str(v),
    "`np.max([z, 0])` looks for the largest entry of one list. `np.maximum(z, 0)` takes two things and compares entry by entry",
    wanted="[0, 0.5]",
)
expect(relu).of(np.array([-2.0, 0.0, 0.5, 3.0, -0.4])).equals(
    [0.0, 0.0, 0.5, 3.0, 0.0],
    mistakes={
        "`np.max` finds the largest entry of the whole array. `np.maximum` compares entry by entry": 3.0,
        "this keeps the negative scores and drops the positive ones: the larger of score and 0": [-2.0, 0, 0, 0, -0.4],
        "this is the size of the score. A negative score becomes 0": [2.0, 0, 0.5, 3.0, 0.4],
        "this is a decision, 0 or 1. A positive score stays as it is": [0, 0, 1, 1, 0],
        "this is a decision, 0 or 1. A positive score stays as it is, and 0 stays 0": [0, 1, 1, 1, 0],
        "positive scores are cut off at 1. They stay as they are": [0, 0, 0.5, 1, 0],
        "negative scores are turned around. They become 0": [2, 0, 0, 0, 0.4],
        "this picks the positive scores. The answer has the shape of z, with a 0 for the others": [0.5, 3.0],
        "this is leaky: ReLU lets nothing of a negative score through": [-0.02, 0, 0.5, 3.0, -0.004],
        "0.5 became 0, and it is positive: compare with 0, not with 1, and make no whole numbers. (`np.vectorize` takes the type of its first answer, and a whole 0 makes all of them whole)": [
            0,
            0,
            0,
            3,
            0,
        ],
        "these are the scores, unchanged": [-2.0, 0.0, 0.5, 3.0, -0.4],
        "one answer for the whole array: a `return` inside a loop ends it at the first score": 0.0,
    },
).leaves_arguments_unchanged()
expect(relu).of(np.array([-2, 0, 3])).equals([0, 0, 3])
expect(relu).of(np.float64(-2.0)).equals(0.0)
print("relu: this check is passed.")

# %% nbgrader={"grade": true, "grade_id": "relu-leaky", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of leaky_relu: run this cell.
expect(leaky_relu).of(np.array([-2.0, 0.0, 0.5, 3.0, -0.4]), 0.1).equals(
    [-0.2, 0.0, 0.5, 3.0, -0.04],
    mistakes={
        "this is ReLU: a negative score leaves alpha times itself": [0, 0, 0.5, 3.0, 0],
        "a negative score is replaced by alpha. Multiply it by alpha": [0.1, 0.1, 0.5, 3.0, 0.1],
        "a negative score is replaced by alpha. Multiply alpha by the score": [0.1, 0.0, 0.5, 3.0, 0.1],
        "a negative score is replaced by -alpha. Multiply it by alpha": [-0.1, -0.1, 0.5, 3.0, -0.1],
        "a negative score is replaced by -alpha. Multiply alpha by the score": [-0.1, 0.0, 0.5, 3.0, -0.1],
        "the sign is lost: alpha times a negative score is negative": [0.2, 0, 0.5, 3.0, 0.04],
        "the cases are swapped: positive scores stay, negative ones are made small": [-2.0, 0, 0.05, 0.3, -0.4],
        "every score is multiplied by alpha. Positive scores stay as they are": [-0.2, 0, 0.05, 0.3, -0.04],
        "alpha is not used: 0.01 is written down in its place": [-0.02, 0, 0.5, 3.0, -0.004],
        "the score is divided by alpha. Multiply": [-20.0, 0, 0.5, 3.0, -4.0],
        "a negative score has alpha added. Multiply it by alpha": [-1.9, 0.1, 0.5, 3.0, -0.3],
        "a negative score has alpha added. Multiply alpha by the score": [-1.9, 0.0, 0.5, 3.0, -0.3],
        "the two cases are added, and alpha times the score is counted for positive scores too": [
            -0.2,
            0,
            0.55,
            3.3,
            -0.04,
        ],
        "`np.max` finds the largest entry of the whole array. `np.maximum` compares entry by entry": 3.0,
    },
).leaves_arguments_unchanged()
expect(leaky_relu).of(np.array([-2, 0, 3]), 0.25).equals(
    [-0.5, 0.0, 3.0],
    mistakes={
        "whole numbers came in, and the fractions of the answer were cut off: an array made like `z` holds whole numbers. Begin with `np.asarray(z, dtype=float)`": [
            0,
            0,
            3,
        ],
        "whole numbers came in, and the fractions of the answer were cut off: a change into whole numbers": [-1, 0, 3],
        "alpha is not used: 0.1 is written down in its place": [-0.2, 0, 3],
    },
)
expect(leaky_relu).of(np.float64(-2.0), 0.1).equals(-0.2)
print("leaky_relu: this check is passed.")

# %% nbgrader={"grade": true, "grade_id": "relu-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests look at matrices, other values of alpha, and the arrays you were given.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("relu")
for _shape, _what in [
    ((3, 4), "a matrix of scores"),
    ((1, 1), "a matrix of one score"),
    ((2, 3, 2), "an array with three axes"),
]:
    _z = _rng.normal(size=_shape) * 100
    _z[_rng.random(_shape) < 0.2] = 0.0
    _wanted = np.array([_v if _v > 0 else 0.0 for _v in _z.ravel()]).reshape(_shape)
    expect(relu, hidden=_what).of(_z.copy()).equals(_wanted).leaves_arguments_unchanged()
    _alpha = float(_rng.uniform(0.02, 0.9))
    _leaky = np.array([_v if _v > 0 else _alpha * _v for _v in _z.ravel()]).reshape(_shape)
    expect(leaky_relu, hidden=_what).of(_z.copy(), _alpha).equals(
        _leaky,
        mistakes={
            "this is ReLU: a negative score leaves alpha times itself": _wanted,
            "alpha is not used: 0.1 is written down in its place": np.where(_z > 0, _z, 0.1 * _z),
        },
    ).leaves_arguments_unchanged()
expect(leaky_relu, hidden="alpha = 0").of(np.array([-3.0, 2.0]), 0.0).equals([0.0, 2.0])
### END HIDDEN TESTS

# %% [markdown]
# ## 4. GELU: ReLU without the corner
#
# GELU ("Gaussian error linear unit"), the activation of GPT-2, rounds ReLU's corner off. It multiplies the score by the probability $\Phi(z)$ ("phi") that a random draw from the standard normal distribution (the bell curve around 0 that `rng.normal` draws from) lies below it:
# $\text{gelu}(z) = z \cdot \Phi(z)$. A large score passes whole, a very negative one is stopped, and in between a part gets through. Measure $\Phi$ by drawing:

# %%
draws = np.random.default_rng(0).normal(size=100_000)
for z in [-2.0, -0.5, 0.0, 1.0, 3.0]:
    share = (draws < z).mean()
    print(f"z = {z:4}: a share of {share:.3f} of the draws lies below, so gelu is about {z * share:.3f}")

# %% [markdown]
# GPT-2 does not draw. It uses a formula that comes close, with $z$ and the answer of any shape:
#
# $$\text{gelu}(z) \approx \tfrac{1}{2}\, z\, \big(1 + \tanh u\big), \qquad u = \sqrt{\tfrac{2}{\pi}}\,\big(z + 0.044715\, z^3\big)$$
#
# ## Exercise 4 — GELU
# **3 points · difficulty 2 of 5 · importance 3 of 5 · about 10 min**
#
# Write `gelu(z)` with this formula. For `[-1.0, 0.0, 2.0]` it is `[-0.1588, 0.0, 1.9546]`. ($\Phi$ computed exactly, with an error function of a library, counts as right too.)
# Again ±1000 must go through without overflow: the answers are 1000 and 0.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Work from the inside to the outside: which part of the formula needs no other part?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Give $u$ a line of its own. The root covers the fraction $2/\pi$ and nothing else; the bracket holds two terms. NumPy has `np.sqrt` and `np.pi`, and a power is written `**`.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
#     u = root of (2 over pi), times (z plus 0.044715 times z cubed)
#     return one half, times z, times (1 plus tanh of u)
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "gelu", "locked": false, "schema_version": 3, "solution": true, "task": false}
def gelu(z):
    """z times the probability that a standard normal draw lies below z. Any shape -> the same shape."""
    ### BEGIN SOLUTION
    u = np.sqrt(2 / np.pi) * (z + 0.044715 * z**3)
    return 0.5 * z * (1 + np.tanh(u))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "gelu-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of gelu: run this cell. Two answers are right: the formula above, and the exact one.
_formula = [-0.00363739, -0.15880801, -0.15428599, 0.34571401, 1.95459769]
_exact = [-0.00404969, -0.15865525, -0.15426877, 0.34573123, 1.95449974]
_given = expect(gelu).of(np.array([-3.0, -1.0, -0.5, 0.5, 2.0])).leaves_arguments_unchanged()


def _on_a_right_tanh():  # your gelu, with NumPy's tanh in the place of yours
    return expect(given(gelu, tanh=np.tanh)).of(np.array([-3.0, -1.0, -0.5, 0.5, 2.0])).value


def _is_formula(v):
    return np.shape(v) == (5,) and np.allclose(np.asarray(v), _formula, rtol=0, atol=1e-5)


_given.satisfies(
    lambda v: _is_formula(v) or np.shape(v) != (5,) or not _is_formula(_on_a_right_tanh()),
    "the formula is right, and the tanh it calls is not. Mend exercise 2 first",
    wanted="[-0.00364, -0.15881, -0.15429, 0.34571, 1.9546]",
).satisfies(
    lambda v: np.isfinite(np.asarray(v)).all(),
    "the root of a negative number is nan: the root covers 2 / pi only, and the bracket stands outside",
)
_is_exact = np.shape(_given.value) == (5,) and np.allclose(np.asarray(_given.value), _exact, rtol=0, atol=1e-6)
_close = np.shape(_given.value) == (5,) and np.abs(np.asarray(_given.value) - np.array(_formula)).max() < 0.03
_near = _given.value if _close else []
_given.equals(
    _exact if _is_exact else _formula,
    mistakes={
        "the half is missing": [-0.00727478, -0.31761602, -0.30857198, 0.69142802, 3.90919539],
        "the z in front is missing: this is the share that gets through, not the score times the share": [
            0.00121246,
            0.15880801,
            0.30857198,
            0.69142802,
            0.97729885,
        ],
        "the z in front and the half are missing": [0.00242493, 0.31761602, 0.61714396, 1.38285604, 1.95459769],
        "the 1 in front of tanh is missing": [1.49636261, 0.34119199, 0.09571401, 0.09571401, 0.95459769],
        "tanh is added to the 1, not subtracted: a large score passes, and a negative one is stopped": [
            -2.99636261,
            -0.84119199,
            -0.34571401,
            0.15428599,
            0.04540231,
        ],
        "the root is missing: it covers 2 / pi": [-0.01408001, -0.20913084, -0.17220121, 0.32779879, 1.9053236],
        "the root covers the whole fraction 2 / pi. Here it covers only the 2": [
            -0.06642489,
            -0.28078442,
            -0.19406371,
            0.30593629,
            1.78617881,
        ],
        "the fraction stands upside down: it is 2 / pi": [-7.888e-05, -0.0679438, -0.10985779, 0.39014221, 1.99458991],
        "the root of 2 / pi is missing in front of the bracket": [
            -0.00066467,
            -0.11012842,
            -0.13337462,
            0.36662538,
            1.98224714,
        ],
        "the root multiplies only the first z. Put both terms in parentheses": [
            -0.0022338,
            -0.15640825,
            -0.15404507,
            0.34595493,
            1.96058989,
        ],
        "the term with z cubed is missing": [-0.02479792, -0.16857377, -0.15523911, 0.34476089, 1.9210292],
        "the number is 0.044715: there is a zero behind the point": [
            0.0,
            -0.09035424,
            -0.14585659,
            0.35414341,
            1.99972724,
        ],
        "z is squared here. It should be cubed": [-0.04678376, -0.17881241, -0.157155, 0.34666388, 1.94004996],
        "`z * 3` is three times z. A power is written `z ** 3`": [
            -0.01309841,
            -0.14065824,
            -0.14402057,
            0.35597943,
            1.94781494,
        ],
        "0.044715 is cubed too: only z is": [-0.02470337, -0.16855377, -0.1552372, 0.3447628, 1.92111573],
        "the number is added to z, and the cube multiplies both: it is z + 0.044715 * z cubed": [
            -3.0,
            -0.82118759,
            -0.26134423,
            0.26356852,
            2.0,
        ],
        "sigmoid stands where tanh should": [-1.55050278, -0.65144622, -0.35012381, 0.39987619, 1.86774757],
        "0.5 * z multiplies the 1 only: put 1 + tanh(u) in parentheses": [
            -2.49757507,
            -1.18238398,
            -0.63285604,
            0.63285604,
            1.95459769,
        ],
        "tanh covers the whole product: only u goes into it": [
            0.99830239,
            -0.08302744,
            -0.14805329,
            0.33712959,
            0.99373244,
        ],
        "the tanh is missing: u goes in as it is": [3.53541555, -0.08321902, -0.14914951, 0.35085049, 2.88118839],
        "this is z times sigmoid(z), which is called SiLU or swish. GELU is a little steeper": [
            -0.14227762,
            -0.26894142,
            -0.18877033,
            0.31122967,
            1.76159416,
        ],
        "this is z times sigmoid(1.702 z), a coarser formula than the one asked for": [
            -0.01807131,
            -0.15420423,
            -0.14961156,
            0.35038844,
            1.93565862,
        ],
        "an exact form has z divided by the root of 2 inside the error function": [
            -3.314e-05,
            -0.0786496,
            -0.11987503,
            0.38012497,
            1.99532227,
        ],
        "this is ReLU. GELU is smooth, and a little below 0 for negative scores": [0, 0, 0, 0.5, 2.0],
        "one answer for the whole array: a `return` inside a loop ends it at the first score": -0.00363739,
        "`np.tan` is the tangent of an angle. You want `np.tanh`": [
            -1.17188545,
            0.05064209,
            -0.14329773,
            0.35670227,
            -2.11759718,
        ],
        "`np.exp` of 2 / pi is not its root: `np.sqrt`": [-3.7e-07, -0.01890594, -0.06442249, 0.43557751, 1.99973066],
        "only z is cubed, and here the whole bracket is: z + 0.044715 * z**3": [
            0.0,
            -0.1394881,
            -0.22169149,
            0.27830851,
            1.99999905,
        ],
        "one half times z is `0.5 * z` or `z / 2`. Here 1 is divided by z": [
            -0.00040415,
            -0.15880801,
            -0.61714396,
            1.38285604,
            0.48864942,
        ],
        "`** 1 / 2` is the first power, halved. The root is `** 0.5`, or `np.sqrt`": [
            -0.1927704,
            -0.33959799,
            -0.21011026,
            0.28988974,
            1.63543856,
        ],
        "tanh gets u, and here it gets z": [-0.00741787, -0.11920292, -0.13447071, 0.36552929, 1.96402758],
        "pi was cut off after 3.14. `np.pi` has all its digits": [
            -0.00363121,
            -0.15875154,
            -0.15426417,
            0.34573583,
            1.95464001,
        ],
        "this is close and not exact: a share measured by drawing, or a rounded number. Use the formula with all its digits": _near,
    },
)
print("gelu: this check is passed.")

# %% nbgrader={"grade": true, "grade_id": "gelu-range", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of gelu, with large scores, whole numbers and a single score: run this cell.


def _unsafe(function, name, earlier):  # does `function` call the answer called `name`, which overflows itself?
    noted = []
    try:
        expect(watched(earlier(), noted)).of(np.array([3000.0, -3000.0]))
    except Exception:
        return False
    return bool(noted) and calls(function, name)


_noted = []
expect(watched(gelu, _noted)).of(np.array([1000.0, -1000.0])).satisfies(
    lambda v: np.isfinite(np.asarray(v)).all() or any("over" in kind for kind in _noted) or not _noted,
    "the root of a negative number is nan: the root covers 2 / pi only, and the bracket stands outside",
    wanted="[1000, 0]",
).satisfies(
    lambda _: not _noted or not _unsafe(gelu, "tanh", lambda: tanh),
    "this calls your tanh, and your tanh overflows itself. Mend exercise 2 first",
    wanted="[1000, 0]",
).satisfies(
    lambda _: not _noted or not _unsafe(gelu, "sigmoid", lambda: sigmoid),
    "this calls your sigmoid, and your sigmoid overflows itself. Mend exercise 1 first",
    wanted="[1000, 0]",
).satisfies(
    lambda v: np.isfinite(np.asarray(v)).all(),
    "exp of a large number overflows, and infinity divided by infinity is nan. Use `np.tanh`, or your own",
    wanted="[1000, 0]",
).equals(
    [1000.0, 0.0],
    mistakes={
        "a large score passes whole: the half is missing, or something else in front": [2000.0, 0.0],
        "a large score is itself multiplied by z in front": [1.0, 0.0],
    },
).satisfies(
    lambda _: not _noted, "the numbers are right, but exp overflowed on the way. Use `np.tanh`, or your own tanh"
)
expect(gelu).of(np.array([0.0])).equals([0.0])
_given = expect(gelu).of(np.array([-1, 0, 2]))
_is_exact = np.shape(_given.value) == (3,) and np.allclose(
    np.asarray(_given.value), [-0.15865525, 0.0, 1.95449974], rtol=0, atol=1e-6
)
_given.equals(
    [-0.15865525, 0.0, 1.95449974] if _is_exact else [-0.15880801, 0.0, 1.95459769],
    mistakes={
        "whole numbers came in, and the fractions of the answer were cut off: an array made like `z` holds whole numbers. Begin with `np.asarray(z, dtype=float)`": [
            0,
            0,
            1,
        ]
    },
)
expect(gelu).of(np.float64(2.0)).satisfies(
    lambda v: np.ndim(v) == 0, "one score goes in, so one number comes out"
).satisfies(
    lambda v: 1.9544 < float(v) < 1.9547, "this differs from the answer for the same score in an array", wanted="1.9546"
)
print("gelu: large scores, whole numbers and a single score are right.")

# %% nbgrader={"grade": true, "grade_id": "gelu-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests look at matrices, at many values, and at the array you were given.
### BEGIN HIDDEN TESTS
import math as _math

_rng = fresh_rng("gelu")
for _shape, _what in [
    ((3, 4), "a matrix of scores"),
    ((1, 1), "a matrix of one score"),
    ((2, 3, 2), "an array with three axes"),
]:
    _z = _rng.normal(scale=2, size=_shape)
    _flat = _z.ravel().tolist()
    _near = [_v / (1 + _math.exp(-2 * _math.sqrt(2 / _math.pi) * (_v + 0.044715 * _v * _v * _v))) for _v in _flat]
    _true = [_v * (1 + _math.erf(_v / _math.sqrt(2))) / 2 for _v in _flat]
    _near, _true = np.reshape(_near, _shape), np.reshape(_true, _shape)
    _given = expect(gelu, hidden=_what).of(_z.copy())
    _is_exact = np.shape(_given.value) == _shape and np.allclose(np.asarray(_given.value), _true, rtol=0, atol=1e-6)
    _given.equals(
        _true if _is_exact else _near,
        mistakes={
            "this is z times sigmoid(1.702 z), a coarser formula than the one asked for": _z / (1 + np.exp(-1.702 * _z))
        },
    ).leaves_arguments_unchanged()
### END HIDDEN TESTS

# %% [markdown]
# How close is GPT-2's formula to the exact $z\,\Phi(z)$? Python's `math.erf` gives $\Phi$ exactly.

# %%
import math

z = np.linspace(-6, 6, 2001)
exact = np.array([v * (1 + math.erf(v / math.sqrt(2))) / 2 for v in z])
yours = np.asarray(gelu(z))
gap = np.abs(yours - exact)
print(f"largest difference {gap.max():.5f}, at z = {z[gap.argmax()]:.1f}")
print(f"lowest value of gelu {yours.min():.3f}, at z = {z[yours.argmin()]:.2f}")

# %% [markdown]
# On this range GPT-2's formula is never off by more than 0.0005. (With the exact form in your answer the difference is 0.) Note the dip: of the five, only GELU falls anywhere.
#
# ## 5. Slopes: what learning will use
#
# The **slope** of $f$ at $z$ says how much the output moves when the score moves a little. You can measure it: nudge the score to both sides by a small number $h$ and divide the change by the distance between the two scores,
#
# $$f'(z) \approx \frac{f(z + h) - f(z - h)}{2h}$$
#
# | symbol | in code | shape | meaning |
# |---|---|---|---|
# | $f$ | `f` | a function | any activation |
# | $h$ | `h` | a number | a small nudge, here 0.0001 |
# | $f'(z)$ | `d_f(z)` | that of `z` | "f prime", the slope, one for each score |
#
# ### Faded example: measure a slope
#
# Measure the slope of tanh at 0.5. Copy the two lines below the comments, replace each `___`, and delete the line with `raise`.

# %% nbgrader={"grade": false, "grade_id": "faded-slope", "locked": false, "schema_version": 3, "solution": true, "task": false}
h, z = 0.0001, 0.5
rise = slope = None
# Step 1: how much the output changes between the two nudged scores.     rise = np.tanh(z + h) - np.tanh(___)
# Step 2: divided by how far these two scores lie apart.                  slope = rise / ___
### BEGIN SOLUTION
rise = np.tanh(z + h) - np.tanh(z - h)
slope = rise / (2 * h)
### END SOLUTION
print(f"the slope of tanh at 0.5 is about {slope:.6f}")

# %% nbgrader={"grade": false, "grade_id": "faded-slope-check", "locked": true, "schema_version": 3, "solution": false, "task": false}
# No points here: this check shows you where you are.
expect(slope, name="slope").satisfies(
    lambda v: v is not None,
    "nothing is filled in yet, the line with `raise` still stands above your lines, or the cell stopped with an error",
).satisfies(
    lambda v: v != 0, "both scores are the same, so nothing rises: the second is z - h", wanted="0.7864477"
).equals(
    0.78644773,
    mistakes={
        "the two scores lie 2 * h apart, and not h": 1.57289546,
        "in Python `rise / 2 * h` divides by 2 and then multiplies by h. Put 2 * h in parentheses": 3.93e-9 * 2,
        "the second score is z - h: nudge to both sides, by h each": 0.39320568,
        "this nudges to one side only. The second score is z - h": 0.78641136,
        "the h of the bottom is missing: the two scores lie 2 * h apart": 7.86447732e-5,
        "the second score is z - h, and here it is h - z": 4621.17153626,
        "the second score is z - h, one h below z. Here it is z - 2 * h": 1.17972611,
        "the second score is z - h, and its z is missing": 2311.47899,
        "the second score is z - h, and here it is h alone": 2310.47899,
        "the rise is divided by z. Divide it by how far the two scores lie apart, 2 * h": 0.000314579093,
        "z - h belongs behind the minus, as the second score: here it comes first": -0.78644773,
    },
)
print("The slope is right:", round(slope, 6), "and 1 - tanh(0.5)**2 is", round(1 - np.tanh(0.5) ** 2, 6))

# %% [markdown]
# The last line shows what calculus is good for: a formula gives the slope exactly, from a value you have already.
#
# | activation | slope | in words |
# |---|---|---|
# | $\sigma(z)$ | $\sigma(z)\,(1 - \sigma(z))$ | largest in the middle, nearly 0 on both sides |
# | $\tanh(z)$ | $1 - \tanh^2(z)$ | 1 minus the square of $\tanh(z)$; four times as high |
# | relu | $1$ if $z > 0$, else $0$ | all or nothing |
# | leaky relu | $1$ if $z > 0$, else $\alpha$ | never nothing |
# | gelu | $\tfrac12 (1 + \tanh u) + \tfrac12\, z\, (1 - \tanh^2 u)\, u'$ | a smooth way from 0 to 1 |
#
# In the last row $u$ is that of section 4, and $u' = \sqrt{2/\pi}\,\big(1 + 3 \cdot 0.044715\, z^2\big)$ is the slope of $u$; each has the shape of `z`.
# At exactly 0, ReLU and leaky ReLU have a corner and no slope. We take that of the left side, 0 and $\alpha$, as PyTorch does.
#
# <details><summary>Where the sigmoid's slope comes from</summary>
#
# Write $\sigma = (1 + e^{-z})^{-1}$. The chain rule gives $\sigma' = (1 + e^{-z})^{-2} \cdot e^{-z}$. Split it into two fractions: $\frac{1}{1 + e^{-z}} \cdot \frac{e^{-z}}{1 + e^{-z}}$. The first is $\sigma$, and the second is $1 - \sigma$.
#
# </details>
#
# <details><summary>Where GELU's slope comes from</summary>
#
# GELU is a product, $\tfrac12 z$ times $1 + \tanh u$. A small change of $z$ changes both factors, and both changes count, so the slope of a product has two parts (the **product rule**): the slope of the first factor times the second, plus the first factor times the slope of the second.
# The slope of $\tfrac12 z$ is $\tfrac12$. The slope of $\tanh u$ is $1 - \tanh^2 u$, times how fast $u$ itself moves, $u'$ (the chain rule).
#
# </details>
#
# ## Exercise 5 — slopes of sigmoid and tanh
# **3 points · difficulty 2 of 5 · importance 5 of 5 · about 10 min**
#
# Write `d_sigmoid(z)` and `d_tanh(z)`. Both take the **score** $z$, not the output. For `[0.0, 2.0]` they are `[0.25, 0.1050]` and `[1.0, 0.0707]` (rounded); at ±1000 both are 0, and nothing may overflow.
#
# <details><summary>Hint 1: a nudge</summary>
#
# The table writes each slope with the activation itself. You have written both.
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Call the activation once, keep its output under a name, and compute with that. A formula with the bare exponential of $z$ would overflow again.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
# For the sigmoid: let `s` be the sigmoid of `z`; the answer is `s` times (1 minus `s`). For tanh: 1 minus the square of the tanh of `z`.
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "d_sigmoid", "locked": false, "schema_version": 3, "solution": true, "task": false}
def d_sigmoid(z):
    """The slope of sigmoid at the score z. Any shape -> the same shape."""
    ### BEGIN SOLUTION
    s = sigmoid(z)
    return s * (1.0 - s)
    ### END SOLUTION


def d_tanh(z):
    """The slope of tanh at the score z. Any shape -> the same shape."""
    ### BEGIN SOLUTION
    return 1.0 - tanh(z) ** 2
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "d_sigmoid-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of d_sigmoid: run this cell.
try:
    _on_yours = expect(lambda z: sigmoid(z) - sigmoid(z) ** 2).of(np.array([-1.0, 0.0, 0.5, 2.0])).value
except Exception:
    _on_yours = []
expect(d_sigmoid).of(np.array([-1.0, 0.0, 0.5, 2.0])).leaves_arguments_unchanged().satisfies(
    lambda v: np.shape(v) != (4,) or np.asarray(v).min() <= 0 or np.asarray(v).max() > 0.01,
    "this is the change between two nudged scores. Divide it by how far they lie apart, with parentheses: / (2 * h)",
    wanted="[0.19661, 0.25, 0.235, 0.10499]",
).satisfies(
    lambda v: (
        np.shape(v) != (4,)
        or not 1e-6 < np.max(np.abs(np.asarray(v) - np.array([0.19661193, 0.25, 0.23500371, 0.10499359]))) < 0.01
    ),
    "this is near the slope and not equal to it: a nudge that is too large, or rounding. The formula is exact",
    wanted="[0.19661, 0.25, 0.235, 0.10499]",
).equals(
    [0.19661193, 0.25, 0.23500371, 0.10499359],
    mistakes={
        "the rule is right, and the sigmoid it calls is not. Mend exercise 1 first": _on_yours,
        "the rule wants the output: with s = sigmoid(z) it is s * (1 - s). Here the score itself went in": [
            -2.0,
            0.0,
            0.25,
            -2.0,
        ],
        "the second factor is 1 minus the sigmoid, and here it is 1 minus the score": [
            0.53788284,
            0.5,
            0.31122967,
            -0.88079708,
        ],
        "the first factor is the sigmoid too: s * (1 - s), and here it is the score": [
            -0.73105858,
            0.0,
            0.18877033,
            0.23840584,
        ],
        "this is the sigmoid, not its slope": [0.26894142, 0.5, 0.62245933, 0.88079708],
        "the first factor is missing: s * (1 - s)": [0.73105858, 0.5, 0.37754067, 0.11920292],
        "the second factor is missing its `1 -`: s * (1 - s)": [0.07232949, 0.25, 0.38745562, 0.77580349],
        "the parentheses are missing: s * (1 - s), and not s * 1 - s": [0, 0, 0, 0],
        "this is s minus 1 times s: the sign is turned around": [-0.19661193, -0.25, -0.23500371, -0.10499359],
        "this is tanh's rule with the sigmoid in it. The sigmoid's is s * (1 - s)": [
            0.92767051,
            0.75,
            0.61254438,
            0.22419651,
        ],
        "this is the slope of tanh": [0.41997434, 1.0, 0.78644773, 0.07065082],
        "the sigmoid is applied twice: s * (1 - s) needs it once": [0.24553335, 0.23500371, 0.22726609, 0.20715623],
        "`+` stands where `-` should": [0.34127091, 0.75, 1.00991495, 1.65660057],
        "the slope of tanh(z / 2), without its factor of one quarter": [0.78644773, 1.0, 0.94001485, 0.41997434],
        "one answer for the whole array: a `return` inside a loop ends it at the first score": 0.19661193,
    },
)
print("d_sigmoid: this check is passed.")

# %% nbgrader={"grade": true, "grade_id": "d_sigmoid-tanh", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of d_tanh, and of both with large scores and whole numbers: run this cell.
try:
    _on_yours = expect(lambda z: 1 - np.square(tanh(z))).of(np.array([-1.0, 0.0, 0.5, 2.0])).value
except Exception:
    _on_yours = []


def _unsafe(function, name, earlier):  # does `function` call the answer called `name`, which overflows itself?
    noted = []
    try:
        expect(watched(earlier(), noted)).of(np.array([3000.0, -3000.0]))
    except Exception:
        return False
    return bool(noted) and calls(function, name)


expect(d_tanh).of(np.array([-1.0, 0.0, 0.5, 2.0])).leaves_arguments_unchanged().satisfies(
    lambda v: np.shape(v) != (4,) or np.abs(np.asarray(v)).max() > 0.01,
    "this is the change between two nudged scores. Divide it by how far they lie apart, with parentheses: / (2 * h)",
    wanted="[0.41997, 1, 0.78645, 0.07065]",
).equals(
    [0.41997434, 1.0, 0.78644773, 0.07065082],
    mistakes={
        "the rule is right, and the tanh it calls is not. Mend exercise 2 first": _on_yours,
        "the rule wants the output, tanh(z). Here the score itself is squared": [0.0, 1.0, 0.75, -3.0],
        "the square is missing": [1.76159416, 1.0, 0.53788284, 0.03597242],
        "a square is `** 2`, and `* 2` is twice": [2.52318831, 1.0, 0.07576569, -0.92805516],
        "the 1 and the minus are missing: this is tanh squared": [0.58002566, 0.0, 0.21355227, 0.92934918],
        "this is tanh, not its slope": [-0.76159416, 0.0, 0.46211716, 0.96402758],
        "the difference is squared. Square tanh first, then subtract it from 1": [
            3.10321397,
            1.0,
            0.28931795,
            0.00129401,
        ],
        "`+` stands where `-` should": [1.58002566, 1.0, 1.21355227, 1.92934918],
        "this is the sigmoid's rule with tanh in it: t * (1 - t). Tanh's is 1 - t * t": [
            -1.34161981,
            0.0,
            0.24856489,
            0.0346784,
        ],
        "the tanh is applied to the square: square the output, not the score": [0.23840584, 1.0, 0.75508134, 0.0006707],
        "the sign is turned around": [-0.41997434, -1.0, -0.78644773, -0.07065082],
        "the slope of sigmoid stands here": [0.19661193, 0.25, 0.23500371, 0.10499359],
        "tanh(z) is 2 * sigmoid(2z) - 1, so its slope is 4 times the sigmoid's slope at 2z. The 4 is missing": [
            0.10499359,
            0.25,
            0.19661193,
            0.01766271,
        ],
        "tanh(z) is 2 * sigmoid(2z) - 1. Both twos go into its slope: it is 4 times the sigmoid's slope at 2z": [
            0.20998717,
            0.5,
            0.39322387,
            0.03532541,
        ],
        "the sigmoid's slope is taken at z. It is 4 times the sigmoid's slope at 2z": [
            0.78644773,
            1.0,
            0.94001485,
            0.41997434,
        ],
        "the slope of sinh or cosh stands here. It is 1 - tanh squared": [0.64805427, 1.0, 0.88681888, 0.26580223],
        "one answer for the whole array: a `return` inside a loop ends it at the first score": 0.41997434,
    },
)
for _f, _at_2 in [(d_sigmoid, 0.10499359), (d_tanh, 0.07065082)]:
    _noted = []
    expect(watched(_f, _noted)).of(np.array([1000.0, -1000.0])).satisfies(
        lambda _, f=_f, noted=_noted: not noted or not _unsafe(f, "sigmoid", lambda: sigmoid),
        "this calls your sigmoid, and your sigmoid overflows itself. Mend exercise 1 first",
        wanted="[0, 0]",
    ).satisfies(
        lambda _, f=_f, noted=_noted: not noted or not _unsafe(f, "tanh", lambda: tanh),
        "this calls your tanh, and your tanh overflows itself. Mend exercise 2 first",
        wanted="[0, 0]",
    ).satisfies(
        lambda v: np.isfinite(np.asarray(v)).all(),
        "infinity divided by infinity is nan: an exponential overflows at ±1000. Use your own activation, which is safe",
        wanted="[0, 0]",
    ).equals([0.0, 0.0]).satisfies(
        lambda _, noted=_noted: not noted,
        "the numbers are right, but an exponential (or cosh) overflowed on the way. Use your own activation, which is safe",
    )
    expect(_f).of(np.array([0, 2])).equals(
        [0.25 if _f is d_sigmoid else 1.0, _at_2],
        mistakes={
            "whole numbers came in, and the fractions of the answer were cut off: an array made like `z` holds whole numbers. Begin with `np.asarray(z, dtype=float)`": [
                int(_f is d_tanh),
                0,
            ]
        },
    )
    expect(_f).of(np.float64(2.0)).equals(_at_2)
print("d_tanh: this check is passed, and large scores are right in both.")

# %% nbgrader={"grade": true, "grade_id": "d_sigmoid-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests compare both with nudged activations, on matrices, and look at the array you were given.
### BEGIN HIDDEN TESTS
import math as _math

_rng, _h = fresh_rng("d_sigmoid"), 1e-5
for _shape, _what in [
    ((3, 4), "a matrix of scores"),
    ((1, 1), "a matrix of one score"),
    ((2, 3, 2), "an array with three axes"),
]:
    _z = _rng.normal(scale=2, size=_shape)
    for _f, _of in [(d_sigmoid, lambda v: 1 / (1 + _math.exp(-v))), (d_tanh, _math.tanh)]:
        _wanted = np.reshape([(_of(_v + _h) - _of(_v - _h)) / (2 * _h) for _v in _z.ravel().tolist()], _shape)
        expect(_f, hidden=_what).of(_z.copy()).equals(_wanted).leaves_arguments_unchanged()
### END HIDDEN TESTS

# %% [markdown]
# ## Exercise 6 — slopes of ReLU, leaky ReLU and GELU
# **4 points · difficulty 3 of 5 · importance 4 of 5 · about 15 min**
#
# Write `d_relu(z)`, `d_leaky_relu(z, alpha)` and `d_gelu(z)`, again of the score. At exactly 0 the first two take the slope of the left side: 0 and `alpha`.
# For `[-1.0, 0.0, 2.0]`, with `alpha` 0.1, they are `[0, 0, 1]`, `[0.1, 0.1, 1]` and `[-0.0830, 0.5, 1.0861]` (rounded). The exact form of GELU's slope counts as right too.
#
# <details><summary>Hint 1: a nudge</summary>
#
# For the first two, the size of the score does not matter. What does?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# A comparison gives True and False, and `np.where` turns them into the two slopes. Does your comparison let 0 through? For GELU: compute `u`, then its slope, then tanh of `u`, each in a line of its own.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
#     d_relu, d_leaky_relu: where the score is positive 1, elsewhere 0 (or alpha)
#     d_gelu:  u       = as in gelu
#              u_slope = root of (2 over pi), times (1 plus 3 times 0.044715 times z squared)
#              t       = tanh of u
#              return half of (1 plus t), plus half of z times (1 minus t squared) times u_slope
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "d_relu", "locked": false, "schema_version": 3, "solution": true, "task": false}
def d_relu(z):
    """The slope of relu at the score z: 1 where z > 0, else 0. Any shape -> the same shape."""
    ### BEGIN SOLUTION
    return np.where(np.greater(z, 0), 1.0, 0.0)
    ### END SOLUTION


def d_leaky_relu(z, alpha):
    """The slope of leaky_relu at the score z: 1 where z > 0, else alpha. Any shape -> the same shape."""
    ### BEGIN SOLUTION
    return np.where(np.greater(z, 0), 1.0, alpha)
    ### END SOLUTION


def d_gelu(z):
    """The slope of gelu at the score z. Any shape -> the same shape."""
    ### BEGIN SOLUTION
    root = np.sqrt(2 / np.pi)
    t = np.tanh(root * (z + 0.044715 * z**3))
    return 0.5 * (1 + t) + 0.5 * z * (1 - t**2) * root * (1 + 0.134145 * z**2)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "d_relu-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of d_relu and d_leaky_relu: run this cell.
expect(d_relu).of(np.array([-2.0, 0.5, 3.0, -0.4])).leaves_arguments_unchanged().equals(
    [0, 1, 1, 0],
    mistakes={
        "this is ReLU itself. Its slope is 1 for every positive score, however large": [0, 0.5, 3.0, 0],
        "the cases are swapped: a positive score has the slope 1": [1, 0, 0, 1],
        "this is the sign. A negative score has the slope 0, and not -1": [-1, 1, 1, -1],
        "a slope of 1 everywhere belongs to the line f(z) = z. For negative scores ReLU is flat": [1, 1, 1, 1],
        "these are the scores, unchanged": [-2.0, 0.5, 3.0, -0.4],
        "this keeps negative scores. Their slope is 0": [-2.0, 1, 1, -0.4],
        "scores are compared with 1. Compare them with 0": [0, 0, 1, 0],
        "this is ReLU, cut off at 1. The slope is 1 for every positive score, also for 0.5": [0, 0.5, 1, 0],
        "this picks the slopes of positive scores. The answer has the shape of z": [1, 1],
        "one answer for the whole array: a `return` inside a loop ends it at the first score": 0,
        "the first argument of a maximum belongs to each entry: this is one number for the whole array": 1,
    },
)
expect(d_leaky_relu).of(np.array([-2.0, 0.5, 3.0, -0.4]), 0.1).leaves_arguments_unchanged().equals(
    [0.1, 1, 1, 0.1],
    mistakes={
        "this is the slope of ReLU: a negative score has the slope alpha here": [0, 1, 1, 0],
        "the slope of alpha * z is alpha. The z does not stay": [-0.2, 1, 1, -0.04],
        "this is leaky ReLU itself, not its slope": [-0.2, 0.5, 3.0, -0.04],
        "the slope below zero is alpha, with its own sign: the line still rises": [-0.1, 1, 1, -0.1],
        "the cases are swapped: a positive score has the slope 1": [1, 0.1, 0.1, 1],
        "alpha is not used: 0.01 is written down in its place": [0.01, 1, 1, 0.01],
        "alpha is added for positive scores too": [0.1, 1.1, 1.1, 0.1],
        "1 and alpha are subtracted: below zero the slope is alpha": [0.9, 1, 1, 0.9],
        "one answer for the whole array: a `return` inside a loop ends it at the first score": 0.1,
    },
)
print("d_relu and d_leaky_relu: this check is passed.")

# %% nbgrader={"grade": true, "grade_id": "d_relu-corner", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of d_relu and d_leaky_relu at the corner, and with whole numbers: run this cell.
expect(d_relu).of(np.array([0.0, 2.0, -2.0])).satisfies(
    lambda v: np.isfinite(np.asarray(v)).all(),
    "0 divided by 0 is nan: dividing by the score goes wrong at 0. Compare with 0 instead",
    wanted="[0, 1, 0]",
).equals(
    [0, 1, 0],
    mistakes={
        "at exactly 0 we take the slope of the left side, 0. The comparison lets zero through: `>` does not": [1, 1, 0],
        "at exactly 0 this gives the mean of both sides (a nudge across the corner, or `np.heaviside` with 0.5). We take the left side, 0": [
            0.5,
            1,
            0,
        ],
    },
)
expect(d_leaky_relu).of(np.array([0, 2, -2]), 0.25).equals(
    [0.25, 1, 0.25],
    mistakes={
        "at exactly 0 we take the slope of the left side, alpha. The comparison lets zero through: `>` does not": [
            1,
            1,
            0.25,
        ],
        "at exactly 0 this gives the mean of both sides. We take the left side, alpha": [0.625, 1, 0.25],
        "at exactly 0 the slope is alpha: one of the two cases must take the zero": [0, 1, 0.25],
        "whole numbers came in, and the fraction was cut off: an array made like `z` holds whole numbers. Begin with `np.asarray(z, dtype=float)`": [
            0,
            1,
            0,
        ],
    },
)
expect(d_relu).of(np.float64(0.3)).equals(1)
expect(d_leaky_relu).of(np.float64(-0.3), 0.2).equals(0.2)
print("d_relu and d_leaky_relu: the corner is right.")

# %% nbgrader={"grade": true, "grade_id": "d_relu-gelu", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of d_gelu: run this cell. Two answers are right: the slope of the formula, and the exact one.
_formula = [-0.08609926, 0.1326301, 0.5, 1.08296408, 1.01158417]
_exact = [-0.0852318, 0.13250488, 0.5, 1.08331547, 1.01194565]
_scores = np.array([-2.0, -0.5, 0.0, 1.0, 3.0])
_given = expect(d_gelu).of(_scores.copy()).leaves_arguments_unchanged()


def _on_a_right_tanh():  # your d_gelu, with NumPy's tanh in the place of yours
    return expect(given(d_gelu, tanh=np.tanh)).of(_scores.copy()).value


def _is_formula(v):
    return np.shape(v) == (5,) and np.allclose(np.asarray(v), _formula, rtol=0, atol=1e-5)


_given.satisfies(
    lambda v: _is_formula(v) or np.shape(v) != (5,) or not _is_formula(_on_a_right_tanh()),
    "the formula is right, and the tanh it calls is not. Mend exercise 2 first",
    wanted="[-0.0861, 0.13263, 0.5, 1.08296, 1.01158]",
)
try:
    _on_yours = expect(lambda z: (gelu(z + 1e-5) - gelu(z - 1e-5)) / 2e-5).of(_scores.copy()).value
except Exception:
    _on_yours = []
_is_exact = np.shape(_given.value) == (5,) and np.allclose(np.asarray(_given.value), _exact, rtol=0, atol=1e-6)
_given.equals(
    _exact if _is_exact else _formula,
    mistakes={
        "this measures your gelu by a nudge, and your gelu is not right. Mend exercise 4 first": _on_yours,
        "the second part of the product rule is missing": [0.02270115, 0.30857198, 0.5, 0.84119199, 0.99878754],
        "the first part of the product rule is missing": [-0.10880041, -0.17594188, 0.0, 0.24177209, 0.01279663],
        "the slope of u is missing from the second part": [-0.06604209, 0.09521667, 0.5, 1.10836804, 1.0060535],
        "the slope of z cubed is 3 times z squared, and the 3 is missing": [
            -0.06077023,
            0.13643608,
            0.5,
            1.06389979,
            1.00691801,
        ],
        "the slope of z cubed is 3 times z squared. Here z is cubed": [
            0.02788138,
            0.14119356,
            0.5,
            1.08296408,
            1.02558263,
        ],
        "the slope of z cubed is 3 times z squared, and the square is missing": [
            -0.02910894,
            0.14975702,
            0.5,
            1.08296408,
            1.00691801,
        ],
        "0.5 multiplies the 1 only: put 1 + t in parentheses": [-0.5633981, -0.05879792, 0.5, 1.42415607, 1.5103717],
        "the slope of tanh is 1 minus tanh squared: square tanh first, then subtract it from 1": [
            -4.6612246,
            -0.08566715,
            0.5,
            0.88683596,
            0.99880307,
        ],
        "the slope of u has the root of 2 / pi in front too": [-0.11365994, 0.08806153, 0.5, 1.14420837, 1.01482573],
        "the slope of tanh is 1 minus tanh squared, and the square is missing": [
            -2.37366193,
            0.02348147,
            0.5,
            0.98490002,
            1.00519362,
        ],
        "tanh of u is squared in the slope, not u itself": [3.13538963, 0.1359605, 0.5, 0.97927073, -26.12965273],
        "tanh gets u, and here it gets z": [-0.06863265, 0.10680684, 0.5, 1.07081799, 1.0235911],
        "tanh gets u, and in the first part it gets z": [-0.0908142, 0.09299954, 0.5, 1.12256917, 1.01032401],
        "tanh gets u, and in the second part it gets z": [-0.06391771, 0.1464374, 0.5, 1.03121291, 1.02485126],
        "the slope of tanh is taken at t. It is 1 - t squared, which is d_tanh(u)": [
            -0.52857276,
            0.12990496,
            0.5,
            1.13450786,
            2.11236253,
        ],
        "the z stayed in the first part: the slope of one half times z is one half": [
            -0.15420272,
            -0.33022787,
            0.0,
            1.08296408,
            3.00915924,
        ],
        "only z is squared in the slope of u, and here the 3 is squared too": [
            -0.16208635,
            0.12121215,
            0.5,
            1.14015698,
            1.02558263,
        ],
        "only z is squared in the slope of u, and here the numbers in front are squared too": [
            -0.05320235,
            0.13757324,
            0.5,
            1.05820371,
            1.00552385,
        ],
        "the z of the second part is missing": [0.07710136, 0.66045575, 0.89894228, 1.08296408, 1.00305308],
        "the half of the second part is missing": [-0.19489967, -0.04331179, 0.5, 1.32473618, 1.0243808],
        "the half of the first part is missing": [-0.0633981, 0.44120208, 1.0, 1.92415607, 2.0103717],
        "both halves are missing": [-0.17219851, 0.26526019, 1.0, 2.16592817, 2.02316833],
        "the two parts are added, not subtracted": [0.13150156, 0.48451386, 0.5, 0.5994199, 0.98599091],
        "the two parts are added, not multiplied": [-0.00246989, -0.05429074, 0.0, 0.20337675, 0.01278112],
        "the 1 in the slope of u is missing": [-0.01529239, 0.30286301, 0.5, 0.86978844, 1.00578677],
        "this is gelu itself, not its slope": [-0.04540231, -0.15428599, 0.0, 0.84119199, 2.99636261],
        "this is the slope of ReLU": [0, 0, 0, 1, 1],
        "this is the slope of z times sigmoid(1.702 z), a coarser formula than the one asked for": [
            -0.07381535,
            0.12077809,
            0.5,
            1.06777961,
            1.02454832,
        ],
        "this is the slope of z times sigmoid(z), which is another activation": [
            -0.09078425,
            0.26003881,
            0.5,
            0.92767051,
            1.08810411,
        ],
        "the exact slope has a second part: z times the height of the normal curve": [
            0.02275013,
            0.30853754,
            0.5,
            0.84134475,
            0.9986501,
        ],
    },
)
_noted = []
expect(watched(d_gelu, _noted)).of(np.array([1000.0, -1000.0])).satisfies(
    lambda v: np.isfinite(np.asarray(v)).all(),
    "an exponential overflows at ±1000, and infinity times 0 is nan. Use `np.tanh`, or your own",
    wanted="[1, 0]",
).equals([1.0, 0.0]).satisfies(
    lambda _: not _noted,
    "the numbers are right, but an exponential (or cosh) overflowed on the way. Use 1 - tanh squared",
)
expect(d_gelu).of(np.array([0, 50])).equals(
    [0.5, 1.0],
    mistakes={
        "whole numbers came in, and the fractions of the answer were cut off: an array made like `z` holds whole numbers": [
            0,
            1,
        ]
    },
)
expect(d_gelu).of(np.float64(0.0)).equals(0.5)
print("d_gelu: this check is passed.")

# %% nbgrader={"grade": true, "grade_id": "d_relu-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests look at matrices, other values of alpha, compare d_gelu with a nudged gelu, and look at the arrays you were given.
### BEGIN HIDDEN TESTS
import math as _math

_rng, _h = fresh_rng("d_relu"), 1e-5
for _shape, _what in [
    ((3, 4), "a matrix of scores"),
    ((1, 1), "a matrix of one score"),
    ((2, 3, 2), "an array with three axes"),
]:
    _z = _rng.normal(scale=2, size=_shape)
    _z[_rng.random(_shape) < 0.2] = 0.0
    _flat, _alpha = _z.ravel().tolist(), float(_rng.uniform(0.02, 0.9))
    expect(d_relu, hidden=_what).of(_z.copy()).equals(
        np.reshape([float(_v > 0) for _v in _flat], _shape)
    ).leaves_arguments_unchanged()
    expect(d_leaky_relu, hidden=_what).of(_z.copy(), _alpha).equals(
        np.reshape([1.0 if _v > 0 else _alpha for _v in _flat], _shape),
        mistakes={"alpha is not used: 0.1 is written down in its place": np.where(_z > 0, 1.0, 0.1)},
    ).leaves_arguments_unchanged()

    def _near(v):
        return v / (1 + _math.exp(-2 * _math.sqrt(2 / _math.pi) * (v + 0.044715 * v * v * v)))

    _nudged = np.reshape([(_near(_v + _h) - _near(_v - _h)) / (2 * _h) for _v in _flat], _shape)
    _true = np.reshape(
        [(1 + _math.erf(_v / 2**0.5)) / 2 + _v * _math.exp(-_v * _v / 2) / _math.sqrt(2 * _math.pi) for _v in _flat],
        _shape,
    )
    _given = expect(d_gelu, hidden=_what).of(_z.copy())
    _is_exact = np.shape(_given.value) == _shape and np.allclose(np.asarray(_given.value), _true, rtol=0, atol=1e-6)
    _given.equals(_true if _is_exact else _nudged).leaves_arguments_unchanged()
### END HIDDEN TESTS

# %% [markdown]
# All five, with their slopes beside them. Find each row of the table in the right-hand panel.

# %%
plots.functions(
    {"sigmoid": sigmoid, "tanh": tanh, "ReLU": relu, "leaky ReLU (0.1)": lambda z: leaky_relu(z, 0.1), "GELU": gelu},
    slopes={
        "sigmoid": d_sigmoid,
        "tanh": d_tanh,
        "ReLU": d_relu,
        "leaky ReLU (0.1)": lambda z: d_leaky_relu(z, 0.1),
        "GELU": d_gelu,
    },
    title="Five activations and their slopes",
    span=(-4, 4),
)

# %% [markdown]
# ### Predict, then run: ten layers deep
#
# Learning sends a signal backward through the network, and at every layer it is multiplied by the slope of the activation (the chain rule; week 03 builds it). Write down what is left behind **ten sigmoids** of a signal of size 1,
# when every slope is as large as it can be, 0.25. The weights are left out here.

# %%
my_guess = None  # a number between 0 and 1, for example 0.1

# %%
scores = np.array([0.0, 1.0, 2.0, 5.0, 10.0])
slopes = np.array([d_sigmoid(scores), d_tanh(scores), d_relu(scores)], dtype=float)  # (3, 5)
for z, (of_sigmoid, of_tanh, of_relu) in zip(scores, slopes.T, strict=True):
    print(f"z = {z:4}: slope of sigmoid {of_sigmoid:.5f}, of tanh {of_tanh:.5f}, of ReLU {of_relu:.0f}")
print(f"\nten sigmoids, each at its best: {slopes[0, 0] ** 10:.1e} is left. Your guess: {my_guess}")

layers = np.arange(1, 11)
plots.lines(
    {
        "ReLU, z > 0": slopes[2, 2] ** layers,
        "tanh, z = 1": slopes[1, 1] ** layers,
        "sigmoid, z = 0": slopes[0, 0] ** layers,
        "sigmoid, z = 2": slopes[0, 2] ** layers,
    },
    title="What ten activations leave of a signal",
    x_label="layers passed",
    y_label="share that is left",
    y_scale="log",
)

# %% [markdown]
# At most one millionth comes through ten sigmoids, so the first layers of a deep sigmoid network hardly learn. A sigmoid at $z = 5$ or $10$ is **saturated**: nearly flat. ReLU passes the signal whole, for every positive score.
#
# ReLU has a price: for a negative score it passes nothing. Suppose a bias has become very negative, so that a neuron is off for *every* input:

# %%
X = np.random.default_rng(1).normal(size=(1000, 2))
z = X @ np.array([1.0, 1.0]) - 8.0
print(f"1000 inputs, scores from {z.min():.1f} to {z.max():.1f}")
for name, outputs, slopes in [
    ("ReLU:      ", relu(z), d_relu(z)),
    ("leaky ReLU:", leaky_relu(z, 0.01), d_leaky_relu(z, 0.01)),
]:
    alive = np.count_nonzero(np.asarray(outputs))
    print(f"{name} {alive} outputs differ from 0, the slopes add up to {np.asarray(slopes).sum():.1f}")

# %% [markdown]
# All slopes of this ReLU are 0: no input tells its weights where to go. It is a **dead** neuron. The leaky one still gets a small signal from each input.
#
# ## 6. Softmax: a row of scores becomes probabilities
#
# Sigmoid answers one yes-or-no question. For *one of several classes* a network gives one score per class, called **logits**, and softmax turns each row into probabilities: all positive, and 1 in sum.
#
# $$P_{ij} = \frac{e^{Z_{ij}}}{\sum_{k=1}^{C} e^{Z_{ik}}} = \frac{e^{Z_{ij} - m_i}}{\sum_{k=1}^{C} e^{Z_{ik} - m_i}}, \qquad m_i = \max_k Z_{ik}$$
#
# | symbol | in code | shape | meaning |
# |---|---|---|---|
# | $\mathbf{Z}$ | `Z` | `(n, C)` | logits: $n$ inputs, one per row; $C$ classes, one per column |
# | $m_i$ | `m` | `(n, 1)` | the largest logit of row $i$, kept as a column |
# | $\mathbf{P}$ | `P` | `(n, C)` | probabilities; every row adds up to 1 |
#
# The second form is the first with top and bottom multiplied by $e^{-m_i}$. In it the largest exponent is 0, so nothing overflows, and the bottom is at least 1.
#
# ### Worked example: one row, three classes

# %%
row = np.array([2.0, 1.0, -1.0])

# Step 1: shift the row, so that its largest logit is 0.
moved = row - row.max()
# Step 2: exponentials, all between 0 and 1.
exponentials = np.exp(moved)
# Step 3: divide by their sum.
probabilities = exponentials / exponentials.sum()
print(f"moved {moved}, exponentials {exponentials.round(4)}")
print(f"probabilities {probabilities.round(4)}, sum {probabilities.sum():.4f}")

# %% [markdown]
# ## Exercise 7 — softmax
# **4 points · difficulty 3 of 5 · importance 5 of 5 · about 15 min**
#
# Write `softmax(Z)`: `(n, C)` → `(n, C)`, each row on its own. For `[[2, 1, -1], [0, 0, 0]]` the first row is what was printed above, and the second is `[0.3333, 0.3333, 0.3333]`.
# Logits of ±1000 must go through without overflow, also when one row holds 1000 and another −1000.
#
# <details><summary>Hint 1: a nudge</summary>
#
# The worked example does one row. Two of its steps mix the numbers of a row, and these two must not mix rows.
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# `axis=1` runs along a row. A maximum or a sum along a row has shape `(n,)`; `keepdims=True` keeps it as a column `(n, 1)`, which meets every entry of its own row.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
#     P = exponential of (Z minus the largest of each row, as a column)
#     return P divided by the sum of each row of P, as a column
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "softmax", "locked": false, "schema_version": 3, "solution": true, "task": false}
def softmax(Z):
    """Probabilities from logits, row by row, for logits of any size. (n, C) -> (n, C)."""
    ### BEGIN SOLUTION
    powers = np.exp(Z - np.max(Z, axis=1, keepdims=True))
    return powers / np.sum(powers, axis=1, keepdims=True)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "softmax-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of softmax: run this cell.
expect(softmax).of(np.array([[2.0, 1.0, -1.0], [0.0, 3.0, 0.5], [1.0, -1.5, 0.0]])).leaves_arguments_unchanged().equals(
    [[0.70538451, 0.25949646, 0.03511903], [0.04398648, 0.88349207, 0.07252145], [0.68967209, 0.05661173, 0.25371618]],
    mistakes={
        "each column adds up to 1. Each row should: axis=1 runs along a row": [
            [0.66524096, 0.11804785, 0.12195165],
            [0.09003057, 0.87226219, 0.54654939],
            [0.24472847, 0.00968996, 0.33149896],
        ],
        "the sum runs down the columns (Python's `sum` does that too). Each row has its own: axis=1, keepdims=True": [
            [0.48785555, 0.25371618, 0.09962365],
            [0.0242889, 0.68967209, 0.16425163],
            [0.48785555, 0.05661173, 0.73612472],
        ],
        "all nine numbers add up to 1. Each row has its own sum: axis=1": [
            [0.19889312, 0.07316869, 0.00990231],
            [0.02691726, 0.54064757, 0.04437905],
            [0.07316869, 0.00600605, 0.02691726],
        ],
        "`keepdims=True` is missing, and the shapes fit by chance because there are as many rows as columns. Each row was divided by the sums of all rows in turn": [
            [0.70538451, 0.32501857, 0.03433675],
            [0.03511903, 0.88349207, 0.05661173],
            [0.70538451, 0.07252145, 0.25371618],
        ],
        "`keepdims=True` is missing, and the shapes fit by chance because there are as many rows as columns: here in the maximum": [
            [0.78698604, 0.10650698, 0.10650698],
            [0.07769558, 0.57409699, 0.34820743],
            [0.49256294, 0.01487411, 0.49256294],
        ],
        "`keepdims=True` is missing twice, and the shapes fit by chance because there are as many rows as columns": [
            [0.78698604, 0.07769558, 0.18120378],
            [0.10650698, 0.57409699, 0.812099],
            [0.28951599, 0.00637764, 0.49256294],
        ],
        "`keepdims=True` is missing, and the shapes fit by chance because there are as many rows as columns: here in the sum": [
            [0.70538451, 0.11956765, 0.09333697],
            [0.09546341, 0.88349207, 0.41830727],
            [0.25949646, 0.00981471, 0.25371618],
        ],
        "the largest of each column was subtracted. Each row has its own: axis=1": [
            [0.73612472, 0.09962365, 0.16425163],
            [0.06337894, 0.46831053, 0.46831053],
            [0.37328494, 0.01127223, 0.61544283],
        ],
        "these are the exponentials. Divide them by the sum of their row": [
            [7.3890561, 2.71828183, 0.36787944],
            [1.0, 20.08553692, 1.64872127],
            [2.71828183, 0.22313016, 1.0],
        ],
        "these are the shifted exponentials: each is divided by the largest of its row. Divide by the sum of the row": [
            [1.0, 0.36787944, 0.04978707],
            [0.04978707, 1.0, 0.082085],
            [1.0, 0.082085, 0.36787944],
        ],
        "this is the shifted row. The exponential and the division are missing": [
            [0.0, -1.0, -3.0],
            [-3.0, 0.0, -2.5],
            [0.0, -2.5, -1.0],
        ],
        "the exponential is missing: the logits themselves were divided by their sum": [
            [1.0, 0.5, -0.5],
            [0.0, 0.85714286, 0.14285714],
            [-2.0, 3.0, 0.0],
        ],
        "the exponential is missing: the shifted logits were divided by their sum": [
            [0.0, 0.25, 0.75],
            [0.54545455, 0.0, 0.45454545],
            [0.0, 0.71428571, 0.28571429],
        ],
        "this is sigmoid, entry by entry. The classes of a row must share one total of 1": [
            [0.88079708, 0.73105858, 0.26894142],
            [0.5, 0.95257413, 0.62245933],
            [0.73105858, 0.18242552, 0.5],
        ],
        "this is the logarithm of the probabilities": [
            [-0.34901222, -1.34901222, -3.34901222],
            [-3.12387296, -0.12387296, -2.62387296],
            [-0.37153903, -2.87153903, -1.37153903],
        ],
        "the bottom is the exponential of the sum. It is the sum of the exponentials": [
            [1.0, 0.36787944, 0.04978707],
            [0.03019738, 0.60653066, 0.04978707],
            [4.48168907, 0.36787944, 1.64872127],
        ],
        "the exponential is taken of the logits and of the sum's own shift: shift both, or none": [
            [5.21212574, 1.9174339, 0.25949646],
            [0.88349207, 17.74541267, 1.45663217],
            [1.8747231, 0.15388664, 0.68967209],
        ],
        "the bottom is not shifted: shift once, before the exponential, and use that twice": [
            [0.09546341, 0.03511903, 0.00475284],
            [0.00218996, 0.04398648, 0.00361063],
            [0.25371618, 0.02082629, 0.09333697],
        ],
        "this is one probability per row, the largest. Return all of them": [0.70538451, 0.88349207, 0.68967209],
        "this is the most likely class. Return the probabilities": [0, 1, 0],
        "this is a hard choice, 0 or 1. Softmax gives every class its share": [[1, 0, 0], [0, 1, 0], [1, 0, 0]],
        "only the first row is answered: is the `return` inside the loop?": [0.70538451, 0.25949646, 0.03511903],
        "softmax was applied twice": [
            [0.46472112, 0.29754023, 0.23773866],
            [0.23019367, 0.53294947, 0.23685686],
            [0.45921892, 0.24382889, 0.29695219],
        ],
        "the smallest logit should not win: there is a minus in the exponent": [
            [0.04201007, 0.1141952, 0.84379473],
            [0.6037489, 0.03005889, 0.36619222],
            [0.06289001, 0.76615721, 0.17095278],
        ],
        "the exponentials were squared before the division, or counted twice": [
            [0.87887824, 0.11894324, 0.00217852],
            [0.00245611, 0.99086747, 0.00667641],
            [0.8756006, 0.00589975, 0.11849965],
        ],
        "the base is 2. It should be e: `np.exp`": [
            [0.61538462, 0.30769231, 0.07692308],
            [0.09602261, 0.76818091, 0.13579648],
            [0.59638233, 0.1054265, 0.29819117],
        ],
        "the mean of the row stands in the bottom. It should be the sum": [
            [2.11615354, 0.77848938, 0.10535708],
            [0.13195944, 2.65047622, 0.21756434],
            [2.06901626, 0.1698352, 0.76114854],
        ],
    },
)
print("softmax: this check is passed.")

# %% nbgrader={"grade": true, "grade_id": "softmax-stable", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of softmax, with large logits: run this cell.
_noted = []
for _Z, _otherwise in [
    (
        [[1000.0, 1001.0], [1000.0, 1003.0]],
        "infinity divided by infinity is nan: exp of 1000 overflows. Subtract the largest logit of each row first",
    ),
    (
        [[1000.0, 1001.0], [-1000.0, -997.0]],
        "all exponentials of a row became 0, and 0 divided by 0 is nan. Subtract the row's own largest logit: axis=1, and not that of the whole batch",
    ),
]:
    _given = (
        expect(watched(softmax, _noted))
        .of(np.array(_Z))
        .satisfies(lambda v: not np.isnan(np.asarray(v)).any(), _otherwise, wanted="no nan")
    )
    _given.satisfies(
        lambda v: np.shape(v) != (2, 2) or np.isin(np.round(np.sum(np.asarray(v), axis=1), 5), [0, 1]).all(),
        "a row does not add up to 1: rows are mixed, or nothing was divided. The largest logit and the sum belong to one row: axis=1, keepdims=True",
        wanted="[[0.26894, 0.73106], [0.04743, 0.95257]]",
    ).equals(
        [[0.26894142, 0.73105858], [0.04742587, 0.95257413]],
        mistakes={
            "the logits were cut off before the exponential. That makes large ones equal, and 1001 is more than 1000": [
                [0.5, 0.5],
                [0.5, 0.5],
            ],
            "rows are mixed: the largest of each column was subtracted. Each row has its own: axis=1": [
                [0.88079708, 0.11920292],
                [0.5, 0.5],
            ],
            "a row of zeros: nan was replaced, or something was added to the bottom, to hide a division of 0 by 0. Subtract the row's own largest logit": [
                [0.26894142, 0.73105858],
                [0.0, 0.0],
            ],
            "both rows are zeros: nan was replaced by 0. Subtract the row's own largest logit": [
                [0.0, 0.0],
                [0.0, 0.0],
            ],
        },
    )
_given.satisfies(lambda _: not _noted, "the numbers are right, but an exponential overflowed on the way")
expect(watched(softmax, _noted)).of(np.array([[0.0, -1000.0, 1000.0]])).satisfies(
    lambda v: not np.isnan(np.asarray(v)).any(),
    "infinity divided by infinity is nan: the largest logit must be subtracted, and here the shift uses the smallest logit, or the mean",
    wanted="[[0, 0, 1]]",
).equals([[0.0, 0.0, 1.0]]).satisfies(
    lambda _: not _noted,
    "the numbers are right, but exp overflowed on the way: the shift uses the smallest logit, or none",
)
expect(softmax).of(np.array([[1, 2], [3, 3]])).equals(
    [[0.26894142, 0.73105858], [0.5, 0.5]],
    mistakes={
        "whole numbers came in, and the fractions of the answer were cut off: an array made like `Z` holds whole numbers": [
            [0, 0],
            [0, 0],
        ]
    },
)
print("softmax: large logits are safe.")

# %% nbgrader={"grade": true, "grade_id": "softmax-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests use a batch of one, one class, square and other batches, and look at the array you were given.
### BEGIN HIDDEN TESTS
import math as _math

_rng = fresh_rng("softmax")
for _n, _c, _what in [
    (1, 5, "a batch of one"),
    (4, 1, "one class"),
    (7, 3, "more rows than classes"),
    (2, 6, "fewer rows than classes"),
    (4, 4, "as many rows as classes"),
]:
    _Z = _rng.normal(scale=3, size=(_n, _c)) + _rng.normal(scale=200, size=(_n, 1))
    _wanted = np.array([[1 / _math.fsum(_math.exp(_u - _v) for _u in _row) for _v in _row] for _row in _Z.tolist()])
    expect(softmax, hidden=_what).of(_Z.copy()).satisfies(
        lambda v, rows=_n: np.ndim(v) == 2 and len(v) == rows,
        "an axis got lost: the answer has the shape of Z, also for one row",
    ).equals(_wanted).leaves_arguments_unchanged()
### END HIDDEN TESTS

# %% [markdown]
# Two properties to see. Adding the same number to a whole row changes nothing, so only *differences* between logits count. And dividing the logits by a number first (the **temperature** that chat programs let you set) makes the answer more or less decided:

# %%
Z = np.array([[2.0, 1.0, -1.0]])
for shift in [0.0, 100.0, -5000.0]:
    print(f"logits {shift:+7.0f}:     {np.asarray(softmax(Z + shift)).round(4)}")
for temperature in [0.25, 1.0, 4.0]:
    print(f"temperature {temperature:4}: {np.asarray(softmax(Z / temperature)).round(4)}")
two, one = np.asarray(softmax(np.array([[3.0, 0.0]]))), np.asarray(sigmoid(np.array([3.0])))
print(f"two classes: softmax {two[0, 0]:.6f}, sigmoid {one[0]:.6f}")

# %% [markdown]
# The last line: softmax over the logits $(z, 0)$ gives the same as $\sigma(z)$. Sigmoid is softmax for two classes of which one has logit 0.
#
# ## 7. Why have an activation at all?
#
# Several neurons that read the same input are a **layer**. Their weights stand side by side as the columns of a matrix, and all their scores come from one product, `X @ W + b` (lesson 3 builds layers with care). Put two layers one after the other, with nothing in between:
#
# $$(\mathbf{X}\mathbf{W}_1 + \mathbf{b}_1)\,\mathbf{W}_2 + \mathbf{b}_2 \;=\; \mathbf{X}\,\underbrace{\mathbf{W}_1 \mathbf{W}_2}_{\mathbf{W}} \;+\; \underbrace{\mathbf{b}_1 \mathbf{W}_2 + \mathbf{b}_2}_{\mathbf{b}}$$
#
# | symbol | in code | shape |
# |---|---|---|
# | $\mathbf{X}$ | `X` | `(n, d_in)` |
# | $\mathbf{W}_1$, $\mathbf{b}_1$ | `W1`, `b1` | `(d_in, d_hidden)`, `(d_hidden,)` |
# | $\mathbf{W}_2$, $\mathbf{b}_2$ | `W2`, `b2` | `(d_hidden, d_out)`, `(d_out,)` |
# | $\mathbf{W}$, $\mathbf{b}$ | `W`, `b` | `(d_in, d_out)`, `(d_out,)` |
#
# The right side is one layer. The hidden one is gone, however many neurons it had.
#
# ## Exercise 8 — two layers become one
# **3 points · difficulty 2 of 5 · importance 5 of 5 · about 10 min**
#
# Write `collapse_linear(W1, b1, W2, b2)`: return `W, b` of the one layer that computes the same for every input. Shapes are in the table.
# For `W1 = [[1, 2]]`, `b1 = [0, 1]`, `W2 = [[3], [1]]`, `b2 = [5]` it is `W = [[5]]` and `b = [6]`.
#
# <details><summary>Hint 1: a nudge</summary>
#
# The formula is the code, with `@` for each product of matrices. Which order do the shapes allow?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Whatever the first layer adds passes through the second one, so the first bias is multiplied by the second weights. The second bias comes last and stays as it is.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
# Return two things: the first weights times the second weights; and the first bias times the second weights, plus the second bias.
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "collapse_linear", "locked": false, "schema_version": 3, "solution": true, "task": false}
def collapse_linear(W1, b1, W2, b2):
    """One layer equal to two linear ones. (d_in, d_h), (d_h,), (d_h, d_out), (d_out,) -> W (d_in, d_out), b (d_out,)."""
    ### BEGIN SOLUTION
    return W1 @ W2, b1 @ W2 + b2
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "collapse_linear-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of collapse_linear: run this cell.
_W1, _b1 = np.array([[1.0, 2.0], [0.0, -1.0]]), np.array([1.0, 3.0])
_W2, _b2 = np.array([[2.0, 0.0], [1.0, -2.0]]), np.array([0.5, -1.0])
_W, _b = expect(collapse_linear).of(_W1, _b1, _W2, _b2).leaves_arguments_unchanged().parts("W", "b")
_W.satisfies(lambda v: np.ndim(v) != 1, "W and b come back in the wrong order: `return W, b`").equals(
    [[4.0, -4.0], [-1.0, 2.0]],
    mistakes={
        "the order of the product is turned around: the input meets W1 first": [[2.0, 4.0], [1.0, 4.0]],
        "`*` multiplies entry by entry. A product of matrices is `@`": [[2.0, 0.0], [0.0, 2.0]],
        "the weights are added. Layers one after the other multiply": [[3.0, 2.0], [1.0, -3.0]],
        "this is W1 alone: the second layer is missing": [[1.0, 2.0], [0.0, -1.0]],
        "this is W2 alone: the first layer is missing": [[2.0, 0.0], [1.0, -2.0]],
        "W1 is transposed: its columns are the neurons already": [[2.0, 0.0], [3.0, 2.0]],
        "W2 is transposed: its columns are the neurons already": [[2.0, -3.0], [0.0, 2.0]],
        "both are transposed: their columns are the neurons already": [[2.0, 1.0], [4.0, 4.0]],
        "the product is transposed: rows are inputs, columns are neurons": [[4.0, -1.0], [-4.0, 2.0]],
        "a ReLU acts on the weights. There is no activation here: that is the point": [[4.0, -4.0], [0.0, 0.0]],
        "a bias got into the weights. W multiplies the input, and the biases belong to b": [[4.5, -5.0], [-0.5, 1.0]],
        "a bias got into the weights. W multiplies the input, and the biases belong into b": [
            [9.0, -10.0],
            [4.0, -4.0],
        ],
        "a bias got into the weights. W multiplies the input, and both biases belong to b": [[9.5, -11.0], [4.5, -5.0]],
    },
)
_b.equals(
    [5.5, -7.0],
    mistakes={
        "the first bias passes through the second layer: multiply it by W2 before you add": [1.5, 2.0],
        "the second bias is missing": [5.0, -6.0],
        "the first bias is missing: it passes through the second layer": [0.5, -1.0],
        "this is the first bias alone": [1.0, 3.0],
        "the first bias is multiplied from the wrong side: b1 @ W2": [2.5, -6.0],
        "the first bias passes through W2, and not through W1": [1.5, -2.0],
        "the first bias passes through W2 only, and here it goes through both": [1.5, 1.0],
        "`*` multiplies entry by entry. The bias goes through the layer with `@`": [[2.5, -1.0], [1.5, -7.0]],
        "the second bias goes through no layer: it is added last, as it is": [5.0, -4.0],
        "the second bias goes through no layer: it is added last, and only b1 is multiplied": [5.0, -4.0],
        "the wrong bias passes through a layer: b1 through W2": [1.5, 5.0],
        "the wrong bias passes through W2: it is b1": [1.0, 5.0],
        "the columns of W2 are added up, and the first bias is left out": [3.5, -3.0],
        "the biases are multiplied. They are added, the first one after it has passed W2": [0.5, -3.0],
        "b should have shape (d_out,): one bias per neuron, without a second axis": [[5.5, -7.0]],
    },
)
_W, _b = (
    expect(collapse_linear)
    .of(np.array([[1.0, 2.0]]), np.array([0.0, 1.0]), np.array([[3.0], [1.0]]), np.array([5.0]))
    .parts("W", "b")
)
_W.has_shape(1, 1).equals([[5.0]])
_b.has_shape(1).equals([6.0])
print("collapse_linear: this check is passed.")

# %% nbgrader={"grade": true, "grade_id": "collapse_linear-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests send inputs through both layers and through yours, for many sizes.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("collapse_linear")
for _i, _h, _o, _what in [
    (3, 5, 2, "a wide hidden layer"),
    (4, 1, 3, "one hidden neuron"),
    (1, 4, 1, "one input and one output"),
    (3, 3, 3, "layers of equal size"),
    (2, 6, 5, "more outputs than inputs"),
]:
    _one, _two = (_rng.normal(size=(_i, _h)), _rng.normal(size=_h)), (_rng.normal(size=(_h, _o)), _rng.normal(size=_o))
    _through = [
        np.einsum("nh,ho->no", np.einsum("ni,ih->nh", _X, _one[0]) + _one[1], _two[0]) + _two[1]
        for _X in (np.zeros((1, _i)), np.eye(_i))
    ]
    _W, _b = (
        expect(collapse_linear, hidden=_what)
        .of(_one[0].copy(), _one[1].copy(), _two[0].copy(), _two[1].copy())
        .leaves_arguments_unchanged()
        .parts("W", "b")
    )
    _W.equals(
        _through[1] - _through[0],
        mistakes={"the sizes are fixed: it must work for layers of any size": np.zeros((2, 2))},
    )
    _b.equals(
        _through[0][0],
        mistakes={
            "b should have shape (d_out,): one bias per neuron, without a second axis": _through[0],
            "the first bias passes through the second layer: multiply it by W2 before you add": _one[1] + _two[1]
            if _h in (1, _o)
            else [],
        },
    )
### END HIDDEN TESTS

# %% [markdown]
# Now ten layers. You collapse them two at a time, and send the same inputs through both.

# %%
rng = np.random.default_rng(0)
layers = [(rng.normal(size=(8, 8)) / np.sqrt(8), rng.normal(size=8)) for _ in range(10)]
X = rng.normal(size=(5, 8))

A, R = X, X
W, b = layers[0]
for W_next, b_next in layers[1:]:
    W, b = map(np.asarray, collapse_linear(W, b, W_next, b_next))
for W_k, b_k in layers:
    A = A @ W_k + b_k  # ten linear layers
    R = np.asarray(relu(R @ W_k + b_k))  # the same ten with ReLU behind each
one_layer = X @ W + b

print(f"parameters: ten layers {sum(W_k.size + b_k.size for W_k, b_k in layers)}, one layer {W.size + b.size}")
print(
    f"outputs up to {np.abs(A).max():.1f}; ten layers against one: largest difference {np.abs(A - one_layer).max():.1e}"
)
print(f"with ReLU behind each layer, the one layer is off by {np.abs(R - one_layer).max():.1f}")

# %% [markdown]
# 720 parameters do the work of 72; the difference is rounding. A linear layer draws a straight boundary, so a deep linear network does too. Other weights move the line and turn it; they never bend it. An activation does. Here is a network with four hidden neurons for the two moons.
# Its weights are set by hand, and all three panels use the same. With ReLU, two hidden neurons bend the line, near $x_1 = 0$ and $x_1 = 1$.

# %%
X, y = datasets.moons(300, 0.12, np.random.default_rng(0))
W1 = 4 * np.array([[1.0, 1.0, 1.0, 0.0], [0.0, 0.0, 0.0, 1.0]])  # (2, 4): three neurons read x1, one reads x2
b1 = 4 * np.array([3.0, 0.0, -1.0, 3.0])  # (4,)
W2 = np.array([1.45, -2.45, 2.45, -1.0]) / 4  # (4,): one score for each input
b2 = 0.75 - 3 * 1.45 + 3


def network(X, activation):
    return (np.asarray(activation(X @ W1 + b1)) @ W2 + b2 >= 0) * 1


activations = {"none": lambda z: z, "ReLU": relu, "GELU": gelu}
plots.boundary_steps(
    [lambda grid, f=f: network(grid, f) for f in activations.values()],
    X,
    y,
    titles=[f"{name}: {(network(X, f) == y).mean():.0%} right" for name, f in activations.items()],
    title="The same weights with and without an activation",
)

# %% [markdown]
# ## Exercise 9 — why deep networks need activations, and good slopes
# **3 points · difficulty 3 of 5 · importance 5 of 5 · about 10 min · read by your instructor**
#
# Explain in your own words (5 to 8 sentences, formulas welcome): why is a ten-layer network **without** activations no better than one layer? Then: what do the slopes of sigmoid and of ReLU
# mean for learning in a deep network? Use numbers that you saw in this lesson, and name one weakness of ReLU.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Which exercise turned two layers into one? What can you do with the result and the third layer?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Behind ten layers a learning signal has been multiplied by ten slopes. What is the largest slope of each activation, and what is its tenth power?
#
# </details>
# <details><summary>Hint 3: almost an answer</summary>
#
# First part: the product of ten matrices is a matrix. Second part: 0.25 to the power of ten, against 1 to the power of ten. Third part: what is ReLU's slope at a negative score?
#
# </details>

# %% [markdown] nbgrader={"grade": true, "grade_id": "why_activations", "locked": false, "points": 3, "schema_version": 3, "solution": true, "task": false}
# ### BEGIN SOLUTION
# Two linear layers compute (X W1 + b1) W2 + b2 = X (W1 W2) + (b1 W2 + b2), which is one linear layer with W = W1 W2 and b = b1 W2 + b2. Collapse this one with the third layer, and so on:
# ten layers become one, and in the experiment they differed by rounding only (about 1e-14). So all they can draw is one straight boundary, however many parameters they have. A nonlinear activation
# between the layers stops the collapse, and the boundary can bend. For learning, a signal comes back through the layers and is multiplied by the slope of each activation. A sigmoid's slope is
# at most 0.25, so behind ten sigmoids at most 0.25 ** 10, about one millionth, is left, and less where they are saturated (at z = 5 the slope is 0.0066): early layers hardly learn. ReLU's slope is 1 for
# every positive score, so the signal passes whole. Its weakness: for negative scores the slope is 0, and a neuron that is negative for all inputs is dead and gets no signal at all; leaky ReLU keeps a small slope.
# ### END SOLUTION

# %% [markdown]
# ## 8. Which one when
#
# | where | take | because (and where you saw it) |
# |---|---|---|
# | last layer, a yes or no | sigmoid | one probability between 0 and 1 (section 2) |
# | last layer, one of several classes | softmax | one probability per class, 1 in sum (section 6) |
# | last layer, a number such as a price | none | any number must be possible: sigmoid ends at 1, and ReLU has no negative answers (the picture of section 5) |
# | hidden layers, first choice | ReLU | slope 1 for positive scores: ten of them leave a signal whole (section 5) |
# | hidden layers with dead neurons | leaky ReLU | slope $\alpha$ where ReLU has 0 (section 5) |
# | hidden layers of transformers | GELU | ReLU without the corner: its slope has no jump (section 5) |
# | values that must stay bounded, such as gates | sigmoid, tanh | they end at 0 and 1, or at −1 and 1; in deep hidden layers their slopes fade (section 5) |
#
# In training, sigmoid and softmax of the last layer usually move into the loss, which takes the logits. Lesson 3 shows why.
#
# ## 9. Bug hunt
#
# A colleague tested these two functions below: no error, and every number between 0 and 1. Both are wrong. **Decide what is wrong in each**, then open the answer. No points: this is practice in reading code.


# %%
def colleagues_softmax(Z):
    E = np.exp(Z - Z.max())  # line 1
    return E / E.sum(axis=1)  # line 2


def colleagues_slope(z):  # the slope of sigmoid at the score z
    return z * (1 - z)  # line 3


batch = np.array([[2.0, 1.0, -1.0], [2.0, 1.0, -1.0], [1.0, 1.0, 1.0]])
print("softmax:\n", colleagues_softmax(batch).round(3))
print("its rows add up to", colleagues_softmax(batch).sum(axis=1).round(3))
scores, h = np.array([0.3, 0.5, 0.9]), 0.0001
print("slopes at 0.3, 0.5, 0.9:", colleagues_slope(scores).round(3))
print("measured by a nudge:    ", ((smooth(scores + h) - smooth(scores - h)) / (2 * h)).round(3))

# %% [markdown]
# <details><summary>Answer</summary>
#
# Line 2: `keepdims=True` is missing. `E` is `(3, 3)` and the sums are `(3,)`, which NumPy reads as a row: column $j$ is divided by the sum of row $j$. With as many rows as classes this raises no error; the row sums give it away.
# Give it `batch[:2]`, and it stops with "could not be broadcast". (Line 1 is a second trap: one maximum for the whole batch. A row far below it becomes all zeros, and 0 / 0 is `nan`. It should be the largest of each row.)
#
# Line 3: `z * (1 - z)` is the rule for the *output*: $\sigma(z)\,(1 - \sigma(z))$. Some libraries hand the output to such a function, and then it is right; for a score it is not. At −1 it says −1 · (1 + 1) = −2, though a sigmoid never falls.
#
# </details>
#
# ## How GPT uses this
#
# GPT-2 small cuts text into **tokens**, about a word each, and sends them through 12 **blocks** (groups of layers). In each block GELU, in the formula of exercise 4, runs over an array of shape `(n_tokens, 3072)`, entry by entry.
# In each block **attention** lets every token look at the others, in 12 **heads** (ways of looking, side by side): softmax turns its scores, shape `(12, n_tokens, n_tokens)`, into weights, and every row adds up to 1.
# At the end softmax turns the logits `(n_tokens, 50257)` into the probability of every possible next token.
#
# ## Coming from C# or Java
#
# - `np.where(c, a, b)` looks like `c ? a : b`, and it is another thing: both `a` and `b` are computed for every entry before it chooses. It does not protect you from overflow.
# - `Math.exp(1000)` gives `Infinity` without a word. NumPy warns and goes on with `inf`; Python's `math.exp` raises an error. Whichever you use, the cure is the same: another form of the formula.
# - `int` and `float` arrays are different types. An array made like one of ints (`np.zeros_like(z)`) is an `int[]`, and storing 0.9 in it keeps 0 without a warning.
# - Functions are values, like `Func<...>` in C# or a method reference in Java: `{"ReLU": relu, "GELU": gelu}` holds two.
#
# ## If you are stuck
#
# | what you see | likely cause |
# |---|---|
# | `RuntimeWarning: overflow encountered in exp` | exp of a large positive number: use the form whose exponent is never positive |
# | `nan` in the answer | infinity divided by infinity, or 0 by 0: the same cure |
# | `truth value of an array ... is ambiguous` | an `if` or `max` looks at a whole array: `np.where`, `np.maximum` |
# | all answers are 0 for whole numbers | an array made by `np.zeros_like(z)` holds whole numbers: begin with `np.asarray(z, dtype=float)` |
# | `object has no attribute` `astype`, `shape` | a plain Python number: again `np.asarray(z, dtype=float)` |
# | `could not be broadcast together` in softmax | `keepdims=True` is missing in the maximum or the sum |
# | right everywhere except at 0 | `>` and `>=`: the slope at 0 is that of the left side |
#
# ## Checkpoint
#
# Answer each question aloud before you open it.
#
# <details><summary>Why is a hard step useless for learning by small changes?</summary>
#
# It is flat: a small change of a weight does not change the answer, so nothing says which way is better.
#
# </details>
# <details><summary>A sigmoid neuron has the score 10. How fast can it learn?</summary>
#
# Hardly: its slope is 0.00005. It is saturated.
#
# </details>
# <details><summary>What does softmax give for the logits (1000, 1000, 1000)?</summary>
#
# A third each. Only differences count, and the shift by the maximum makes the row (0, 0, 0).
#
# </details>
# <details><summary>Two linear layers with sizes 64, 1000, 10. How many weights does the equal single layer have?</summary>
#
# 64 · 10 = 640. The 1000 is gone.
#
# </details>
#
# You have the activations, their slopes, and the reason for them. **Next:** lesson 3 puts neurons side by side into layers, with your ReLU between them, and reads handwritten digits. Week 03 multiplies your slopes backward through a network.
