# %% [markdown]
# # Week 03 · Lesson 4 — Optimizers
#
# **About 125 minutes.** A gradient says which way is down. It does not say how far to go. You write four rules that turn a gradient into a step, watch each of them walk down a ravine, and let them race on handwritten digits.
#
# | built before | built here | unlocks next |
# |---|---|---|
# | gradients of a network (lesson 2) and the training loop (lesson 3) | `sgd`, `momentum`, `rmsprop`, `adam` under one contract, `update_all` for a whole network, weight decay in two forms | lesson 5 (the same names in PyTorch) and lesson 6 (MNIST) |
#
# After this lesson you can
#
# - say what each optimizer remembers, and why that helps;
# - write SGD, momentum, RMSprop and Adam so that they agree with `torch.optim` to the tenth digit;
# - show what Adam's bias correction does to the first steps;
# - choose a learning rate by a sweep, and tell a fair race from an unfair one;
# - explain why weight decay and an L2 penalty are the same for SGD, and different for Adam.
#
# Every function you write leaves what it is given as it was: arrays, lists and dictionaries. The checks look at that too.
#
# The first cell holds a finished network of any depth, so that this lesson stands on its own: what lessons 2 and 3 built, in a few lines. You will call `loss_and_gradients` and `share_right`; you need not read them now.

# %%
import math

import numpy as np
import torch

from groundup import datasets, plots
from groundup.checks import expect, fresh_rng


def start_network(widths, seed):
    """Weights of a ReLU network with layers of these widths, as pairs [(W, b), ...]."""
    dice = np.random.default_rng(seed)
    return [(dice.normal(0, np.sqrt(2 / i), size=(i, o)), np.zeros(o)) for i, o in zip(widths, widths[1:])]


def run_layers(X, params):
    """What comes into each layer, and at the end the logits: one array more than there are layers."""
    flow = [X]
    for depth, (W, b) in enumerate(params, start=1):
        scores = flow[-1] @ W + b
        flow.append(scores if depth == len(params) else np.where(scores > 0, scores, 0.0))
    return flow


def loss_and_gradients(X, y, params):
    """Mean cross-entropy of X (n, d) with labels y (n,), and its gradients [(dW, db), ...]."""
    flow = run_layers(X, params)
    shifted = flow[-1] - flow[-1].max(axis=1)[:, None]
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1))[:, None]
    rows, found = np.arange(len(y)), []
    back = np.exp(log_p)
    back[rows, y] -= 1
    back = back / len(y)
    for depth in range(len(params) - 1, -1, -1):
        found.append((flow[depth].T @ back, back.sum(axis=0)))
        back = (back @ params[depth][0].T) * (flow[depth] > 0)
    return -log_p[rows, y].mean(), found[::-1]


def share_right(X, y, params):
    """The accuracy: which part of the answers is right."""
    return float((run_layers(X, params)[-1].argmax(axis=1) == y).mean())


# %% [markdown]
# ## 1. The idea: a rule with a memory
#
# Training repeats two things: compute the gradient, take a step. The rule for the step is called the **optimizer**. The simplest one is gradient descent, and on batches its name is **SGD** (stochastic gradient descent).
#
# SGD forgets. Each step knows this batch's gradient and nothing of all the gradients before. The other rules of this lesson remember something: where they were heading, how large gradients usually are, or both. What an optimizer remembers is its **state**.
#
# ### One contract for all of them
#
# Every optimizer here is one function of one form:
#
# `new_w, new_state = update(w, dw, state, lr)`
#
# | symbol | in code | shape | meaning |
# |---|---|---|---|
# | $\mathbf{w}$ | `w` | any | one array of parameters: a weight matrix, or a bias |
# | $\mathbf{g}$ | `dw` | that of `w` | the gradient of the loss with respect to `w` |
# | | `state` | a dictionary | what the optimizer remembers of this one array. At the start it is empty, `{}` |
# | $\eta$ | `lr` | a number | the learning rate |
#
# It returns **new** weights and a **new** state, and you hand that state back in at the next step. The function itself remembers nothing. Two arrays have two states, and nothing can get mixed up.
# Because all optimizers have the same form, the loop around them does not care which one it runs. PyTorch keeps the state inside of an optimizer object; the arithmetic is the same.
#
# SGD in this form:
#
# $$\mathbf{w} \leftarrow \mathbf{w} - \eta\,\mathbf{g}$$
#
# ### Worked example: two steps of SGD by hand
#
# The loss is $L(w) = w^2$ with one weight. Its gradient is $2w$. We start at $w = 3$ with learning rate 0.25.

# %%
# Step 1: the gradient at 3 is 6. A quarter of it is 1.5.
after_one = 3.0 - 0.25 * 6.0
# Step 2: the gradient at 1.5 is 3. A quarter of it is 0.75.
after_two = after_one - 0.25 * 3.0
print(f"3.0 -> {after_one} -> {after_two}; the loss goes {3.0**2} -> {after_one**2} -> {after_two**2}")

# %% [markdown]
# ## Exercise 1 — SGD under the contract
# **2 points · difficulty 1 of 5 · importance 5 of 5 · about 5 min**
#
# Write `sgd(w, dw, state, lr)` → `w, state`: the weights after one step, and the state. SGD remembers nothing, so the state may come back as it went in, or as a new empty dictionary.
# With `w = [1, -2]`, `dw = [4, -1]` and `lr = 0.5` the new weights are `[-1, -1.5]`. Any other shape must work too, a matrix or a plain number: the arithmetic of NumPy does not care.
#
# <details><summary>Hint 1: a nudge</summary>
#
# The formula above is almost the code. What are the two things to return?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# `w -= ...` writes into the caller's array. `w - ...` makes a new one.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
# Return two things with a comma between them: first `w` minus the learning rate times `dw`, second the state.
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "sgd", "locked": false, "schema_version": 3, "solution": true, "task": false}
def sgd(w, dw, state, lr):
    """One step of gradient descent. w, dw of one shape, state a dict, lr a number -> new w, state."""
    ### BEGIN SOLUTION
    return w - lr * dw, dict(state)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "sgd-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of sgd: run this cell. It takes a row of weights, a matrix and a plain number.
for _w, _dw, _rate, _wanted, _mistakes in [
    (
        [1.0, -2.0],
        [4.0, -1.0],
        0.5,
        [-1.0, -1.5],
        {
            "the step goes uphill: the gradient points to where the loss grows, so subtract it": [3.0, -2.5],
            "the learning rate is missing: the whole gradient was subtracted": [-3.0, -1.0],
            "the learning rate scales the step, not the weights": [-1.5, -0.5],
            "this is the step alone. Return the weights after the step": [-2.0, 0.5],
            "the two are turned around: the step is taken from the weights": [1.0, 1.5],
            "only the sign of the gradient is used. Its size belongs to the step": [0.5, -1.5],
            "the gradient was divided by its length. The step is the learning rate times the gradient as it is": [
                0.51492875,
                -1.878732187,
            ],
            "the gradient was divided by the number of weights. It comes in as it is": [0.0, -1.75],
            "nothing has moved: these are the old weights. Return the new ones": [1.0, -2.0],
            "the learning rate divides the gradient. Multiply by it": [-7.0, 0.0],
        },
    ),
    (
        [[3.0, 0.0, -1.0], [0.5, 2.0, -4.0]],
        [[1.0, -2.0, 4.0], [2.0, 0.0, -1.0]],
        0.25,
        [[2.75, 0.5, -2.0], [0.0, 2.0, -3.75]],
        {
            "the learning rate is fixed at 0.5. Use the argument `lr`": [[2.5, 1.0, -3.0], [-0.5, 2.0, -3.5]],
            "these are the numbers of the example on the card. Compute them from the arguments": [-1.0, -1.5],
        },
    ),
    (3.0, -2.0, 0.75, 4.5, {}),
]:
    _call = expect(sgd).of(np.array(_w), np.array(_dw), {}, _rate)
    _new_w, _new_state = _call.parts("w", "state")
    _new_w.satisfies(
        lambda v: not isinstance(v, dict), "the two are turned around: first the weights, then the state"
    ).equals(_wanted, mistakes=_mistakes)
    _new_state.satisfies(lambda v: isinstance(v, dict), "the second thing to return is the state, a dictionary")
    _call.leaves_arguments_unchanged()
print("sgd: this check is passed.")

# %% nbgrader={"grade": true, "grade_id": "sgd-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests take 50 steps beside torch.optim, for a number, a vector and a matrix of weights.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("sgd")
for _shape, _what in [((3,), "50 steps of three weights"), ((), "a single number"), ((2, 3), "a matrix of weights")]:
    _rate = float(_rng.uniform(0.05, 0.5))
    _theirs = torch.tensor(np.asarray(_rng.normal(size=_shape)), requires_grad=True)
    _w, _state = _theirs.detach().numpy().copy(), {}
    _judge = torch.optim.SGD([_theirs], lr=_rate)
    for _turn in range(50):
        _dw = np.asarray(_rng.normal(size=_shape))
        _theirs.grad = torch.tensor(_dw)
        _judge.step()
        _call = expect(sgd, hidden=_what).of(_w, _dw, _state, _rate)
        _new_w, _new_state = _call.parts("w", "state")
        _new_w.equals(_theirs.detach().numpy().copy(), tol=1e-10)
        _call.leaves_arguments_unchanged()
        _w, _state = np.asarray(_new_w.value), _new_state.value
### END HIDDEN TESTS

# %% [markdown]
# ## 2. The ravine: why one learning rate is not enough
#
# Real losses are not round bowls. In some directions they are steep, in others nearly flat. The smallest example has two weights:
#
# $$L(w_1, w_2) = \tfrac12\left(w_1^2 + 25\,w_2^2\right) \qquad\qquad \frac{\partial L}{\partial w_1} = w_1 \qquad \frac{\partial L}{\partial w_2} = 25\,w_2$$
#
# This is a long valley with steep walls, a **ravine**. At the same distance from the lowest point $(0, 0)$, the gradient across the valley (along $w_2$) is 25 times as strong as along it. One step of SGD does this:
#
# $$w_1 \leftarrow (1 - \eta)\,w_1 \qquad\qquad w_2 \leftarrow (1 - 25\,\eta)\,w_2$$
#
# Two numbers are multiplied by two factors, and both must shrink. So both factors have to lie between −1 and 1. The steep direction sets the limit for $\eta$, and the flat direction has to live with it.
#
# ### Predict, then run: too slow, too fast
#
# **At which learning rate does SGD stop going down in this ravine?** Look at the factor of $w_2$. Write your number down.

# %%
my_limit = None  # your number


# %%
def ravine(w1, w2):
    """The loss at (w1, w2)."""
    return 0.5 * (w1**2 + 25 * w2**2)


def walk(update, lr, steps=40):
    """The places (steps + 1, 2) that an optimizer visits in the ravine, from (-8, 1.5)."""
    here, memory = np.array([-8.0, 1.5]), {}
    places = [here]
    for _ in range(steps):
        here, memory = update(here, np.array([1.0, 25.0]) * here, memory, lr)
        places.append(here)
    return np.array(places)


def written(candidates):
    """Those of these optimizers, name -> function, that are written already. A line tells which are left out."""
    ready, missing = {}, None
    for name, update in candidates.items():
        try:
            update(np.zeros(1), np.ones(1), {}, 0.1)
            ready[name] = update
        except NotImplementedError as stub:
            missing = stub
            print(f"{name} is not written yet: left out")
    if missing and not ready:
        raise missing
    return ready


def walks_of(candidates, rates):
    """The walk of each of these optimizers, with a learning rate of its own. The names tell both."""
    ready = written(candidates)
    return {f"{name}, {rate}": walk(ready[name], rate) for name, rate in zip(candidates, rates) if name in ready}


def draw_walks(walks, title, right=3):
    """The ravine from above, with these paths, from w1 = -9 to `right`."""
    return plots.descent_paths(
        ravine, walks, x_range=(-9, right), y_range=(-2, 2), title=title, x_label="w1", y_label="w2"
    )


print(f"loss at the start: {ravine(-8.0, 1.5):.2f}. You wrote {my_limit}.")
for lr in (0.01, 0.04, 0.075, 0.079, 0.081, 0.09):
    w1, w2 = walk(sgd, lr)[-1]
    print(f"lr {lr:<5}: after 40 steps w1 = {w1:8.4f}, w2 = {w2:10.4f}, loss {ravine(w1, w2):12.4f}")

# %%
draw_walks(
    {"SGD, 0.01": walk(sgd, 0.01), "SGD, 0.075": walk(sgd, 0.075), "SGD, 0.081": walk(sgd, 0.081)},
    "SGD in a ravine: too slow, or from wall to wall",
)

# %% [markdown]
# The limit is 0.08: there the factor of $w_2$ is $1 - 25 \cdot 0.08 = -1$, and the path jumps from wall to wall for ever. At 0.081 each jump is a little longer than the one before, and the loss ends far above its start.
# At 0.01 all is calm, and after 40 steps $w_1$ is still below −5. At 0.075 the path gets close, and most of its length is zigzag.
#
# No learning rate is good for both directions. The next two ideas attack this from two sides: remember the **direction**, or remember the **size**.
#
# ## 3. Momentum: remember where you are heading
#
# Think of a heavy ball. It does not turn at once when the slope turns. It keeps a **velocity**, and the slope changes this velocity:
#
# $$\mathbf{v} \leftarrow \beta\,\mathbf{v} + \mathbf{g} \qquad\qquad \mathbf{w} \leftarrow \mathbf{w} - \eta\,\mathbf{v}$$
#
# | symbol | in code | shape | meaning |
# |---|---|---|---|
# | $\mathbf{v}$ | `state["v"]` | that of `w` | the velocity: old gradients, fading, plus the newest. It starts as zeros |
# | $\beta$ | `beta` | a number | how much of the velocity stays, usually 0.9 |
#
# Across the ravine the gradients change their sign at every jump, and cancel. Along it they all point the same way, and add up.
#
# ### Worked example: what a velocity does
#
# A gradient that is always 1, and one that flips between 1 and −1.

# %%
for name, gradients in [("always 1", [1.0] * 60), ("flips", [1.0, -1.0] * 30)]:
    speed, told = 0.0, []
    for gradient in gradients:
        speed = 0.9 * speed + gradient
        told.append(speed)
    print(f"{name:>8}: velocity {told[0]:.3f}, {told[1]:.3f}, {told[2]:.3f}, {told[3]:.3f}, ... {told[-1]:.3f}")

# %% [markdown]
# The steady gradient is made almost 10 times stronger: $1 / (1 - 0.9) = 10$ is where the velocity settles. The flipping one is cut to about a half. So momentum with learning rate 0.01 is as fast along the valley as SGD with 0.1, where SGD alone would fly apart.
#
# Two forms are in use. This one, PyTorch's, adds the whole gradient. Another multiplies the new gradient by $1 - \beta$, which makes every step 10 times smaller for $\beta = 0.9$. If you copy a learning rate from a paper, look which form it means.
# Some write $\eta$ into the velocity, and then subtract the velocity as it is, with no second $\eta$. As long as $\eta$ stays the same, the steps are the same, and the checks accept it.
#
# ## Exercise 2 — momentum
# **3 points · difficulty 2 of 5 · importance 4 of 5 · about 10 min**
#
# Write `momentum(w, dw, state, lr, beta=0.9)` → `w, state`. Keep the velocity in the new state, under the key `"v"` for example (the name is yours: only your function reads it, and it must read the key that it writes). In the first step the state is `{}`, and the velocity of before counts as 0.
# With `w = [1, -2]`, `dw = [4, -1]`, `lr = 0.5`, `beta = 0.75` and an empty state, the new weights are `[-1, -1.5]`, as for SGD. The second step is where they part.
#
# <details><summary>Hint 1: a nudge</summary>
#
# What is in the state at the first step, and what at the second? `state.get("v", 0.0)` gives the value of a key, or 0.0 where the key is missing.
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# First the new velocity: the old one times `beta`, plus the whole gradient. Then the step, along this new velocity. Then a new dictionary that holds it.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
#     the old velocity is what the state has under "v", or 0
#     the new velocity is beta times the old one, plus dw
#     return: w minus lr times the new velocity; a new dictionary with the new velocity under "v"
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "momentum", "locked": false, "schema_version": 3, "solution": true, "task": false}
def momentum(w, dw, state, lr, beta=0.9):
    """One step with momentum. w, dw of one shape, state {} or {"v": velocity} -> new w, new state."""
    ### BEGIN SOLUTION
    velocity = beta * state.get("v", 0.0) + dw
    return w - lr * velocity, {"v": velocity}
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "momentum-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of momentum: run this cell. It takes three steps with a column of weights, each with the state of the one before.
_twice = [expect(momentum).of(np.array([1.0, -2.0]), np.array([4.0, -1.0]), {}, 0.5, 0.75) for _ in range(2)]
_twice[1].parts("w", "state")[0].satisfies(
    lambda v: np.shape(v) != (2,) or np.allclose(v, _twice[0].value[0], equal_nan=True),
    "something is remembered outside of the state: a start with an empty state must know of no earlier call",
)
_w, _state, _seen = np.array([[1.0], [-2.0]]), {}, []
for _dw in ([[4.0], [-1.0]], [[1.0], [2.0]], [[-2.0], [0.5]]):
    _call = expect(momentum).of(_w, np.array(_dw), _state, 0.5, 0.75)
    _new_w, _new_state = _call.parts("w", "state")
    _new_w.satisfies(
        lambda v: not isinstance(v, dict), "the two are turned around: first the weights, then the state"
    ).satisfies(
        lambda v: np.shape(v) == (2, 1),
        "the new weights have another shape than w. Does the start value in the state fit `w` of any shape? 0.0 does",
    )
    _new_state.satisfies(lambda v: isinstance(v, dict), "the second thing to return is the state, a dictionary")
    _call.leaves_arguments_unchanged()
    _w, _state = np.asarray(_new_w.value), _new_state.value
    _seen.append(np.ravel(_w))
expect(np.array(_seen), name="w after one, two and three steps of momentum, a row for each").equals(
    [[-1.0, -1.5], [-3.0, -2.125], [-3.5, -2.84375]],
    mistakes={
        "there is a factor (1 - beta) too much: this is an average of gradients. Momentum adds the whole gradient to the velocity": [
            [0.5, -1.875],
            [0.0, -2.03125],
            [-0.125, -2.2109375],
        ],
        "the second step is plain gradient descent: the velocity of the first one was lost. Put the new velocity into the state you return, under the same key that you read": [
            [-1.0, -1.5],
            [-1.5, -2.5],
            [-0.5, -2.75],
        ],
        "the old velocity never fades: beta is missing": [[-1.0, -1.5], [-3.5, -2.0], [-5.0, -2.75]],
        "beta is fixed at 0.9. Use the argument `beta`": [[-1.0, -1.5], [-3.3, -2.05], [-4.37, -2.795]],
        "the learning rate is used twice: either in the velocity or in the step": [
            [0.0, -1.75],
            [-1.0, -2.0625],
            [-1.25, -2.421875],
        ],
        "the step uses the velocity of before. Let the gradient in first, then step": [
            [1.0, -2.0],
            [-1.0, -1.5],
            [-3.0, -2.125],
        ],
        "this is the variant of Nesterov: beta times the velocity and the gradient once more. Step along the velocity itself": [
            [-2.5, -1.125],
            [-4.5, -2.59375],
            [-3.875, -3.3828125],
        ],
        "beta scales the old velocity only, and the new gradient comes in whole": [
            [-0.5, -1.625],
            [-2.0, -2.09375],
            [-2.375, -2.6328125],
        ],
        "the old velocity is scaled by 1 - beta. It is scaled by beta": [
            [-1.0, -1.5],
            [-2.0, -2.375],
            [-1.25, -2.84375],
        ],
        "the learning rate is missing": [[-3.0, -1.0], [-7.0, -2.25], [-8.0, -3.6875]],
        "the state keeps the last gradient, and the velocity is more: old velocities are in it too": [
            [-1.0, -1.5],
            [-3.0, -2.125],
            [-2.375, -3.125],
        ],
        "the step goes uphill: subtract it": [[3.0, -2.5], [5.0, -1.875], [5.5, -1.15625]],
        "the old velocity is subtracted. Add it": [[-1.0, -1.5], [0.0, -2.875], [0.25, -2.09375]],
        "nothing has moved: these are the old weights": [[1.0, -2.0], [1.0, -2.0], [1.0, -2.0]],
    },
)
_w, _state, _seen = np.array(3.0), {}, []
for _dw in (2.0, -0.5):
    _call = expect(momentum).of(_w, np.array(_dw), _state, 0.25, 0.5)
    _new_w, _new_state = _call.parts("w", "state")
    _w, _state = np.asarray(_new_w.value), _new_state.value
    _seen.append(_w)
expect(np.array(_seen), name="one plain number w after one and two steps of momentum, with lr = 0.25").equals(
    [2.5, 2.375],
    mistakes={
        "beta is fixed at 0.75. Use the argument `beta`": [2.5, 2.25],
        "the learning rate is fixed at 0.5. Use the argument `lr`": [2.0, 1.75],
    },
)
print("momentum: this check is passed.")

# %% nbgrader={"grade": true, "grade_id": "momentum-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests take 50 steps beside torch.optim, for a number, vectors and a matrix of weights.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("momentum")
for _shape, _beta, _what in [
    ((3,), None, "50 steps of three weights, with the beta of the header"),
    ((), 0.8, "a single number"),
    ((2, 3), 0.95, "a matrix of weights"),
    ((1,), 0.0, "beta = 0, which is SGD"),
]:
    _rate, _more = float(_rng.uniform(0.05, 0.5)), () if _beta is None else (_beta,)
    _theirs = torch.tensor(np.asarray(_rng.normal(size=_shape)), requires_grad=True)
    _w, _state = _theirs.detach().numpy().copy(), {}
    _judge = torch.optim.SGD([_theirs], lr=_rate, momentum=0.9 if _beta is None else _beta)
    for _turn in range(50):
        _dw = np.asarray(_rng.normal(size=_shape))
        _theirs.grad = torch.tensor(_dw)
        _judge.step()
        _call = expect(momentum, hidden=_what).of(_w, _dw, _state, _rate, *_more)
        _new_w, _new_state = _call.parts("w", "state")
        _new_w.equals(_theirs.detach().numpy().copy(), tol=1e-10)
        _call.leaves_arguments_unchanged()
        _w, _state = np.asarray(_new_w.value), _new_state.value
### END HIDDEN TESTS

# %%
walks = walks_of({"SGD": sgd, "momentum": momentum}, [0.01, 0.01])
for name, places in walks.items():
    print(f"{name:>14}: after 40 steps w1 = {places[-1][0]:7.4f}, loss {ravine(*places[-1]):.4f}")
draw_walks(walks, "The same learning rate, without and with momentum")

# %% [markdown]
# The same learning rate gets much farther. You also see the price: a heavy ball overshoots, swings in the valley, and rolls past the lowest point before it comes back.
#
# ## 4. RMSprop: remember how large gradients are
#
# The other idea: give **every weight its own step size**. Where gradients are usually large, divide by something large. Where they are small, divide by something small. "Usually" is a running average of the squares:
#
# $$\mathbf{s} \leftarrow \alpha\,\mathbf{s} + (1 - \alpha)\,\mathbf{g}^2 \qquad\qquad \mathbf{w} \leftarrow \mathbf{w} - \eta\,\frac{\mathbf{g}}{\sqrt{\mathbf{s}} + \varepsilon}$$
#
# | symbol | in code | shape | meaning |
# |---|---|---|---|
# | $\mathbf{s}$ | `state["s"]` | that of `w` | the running average of the squared gradients, entry by entry. It starts as zeros |
# | $\alpha$ | `alpha` | a number | how much of the old average stays, here 0.99 |
# | $\varepsilon$ | `eps` | a number | a tiny number, so that nothing is divided by 0. It stands **after** the root |
#
# Square, root and division act on each entry by itself. The name says it: *root mean square*. A gradient of usual size gives a step of about $\eta$, whether gradients are usually 1000 or 0.001.
#
# ## Exercise 3 — RMSprop
# **3 points · difficulty 2 of 5 · importance 3 of 5 · about 10 min**
#
# Write `rmsprop(w, dw, state, lr, alpha=0.99, eps=1e-8)` → `w, state`. Keep the average of the squares in the new state, under `"s"` or a name of your own; at the first step the old average counts as 0.
# With `w = [1, -2]`, `dw = [4, -1]`, `lr = 0.5`, `alpha = 0.75`, `eps = 0.5` and an empty state: the averages are `[4, 0.25]`, their roots `[2, 0.5]`, plus eps `[2.5, 1]`, and the new weights are `[0.2, -1.5]`.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Two things happen: an average is brought up to date, and a step is taken with its help. Which of the two comes first?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# The form is that of momentum. The square of `dw` comes in with the factor `1 - alpha`. The step divides `dw` by the root of the average; `eps` is added to the root.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
#     the old average is what the state has under "s", or 0
#     the new average is alpha parts of the old one and 1 - alpha parts of dw squared
#     the divisor is the root of the new average, plus eps
#     return: w minus lr times dw over the divisor; a new dictionary with the new average under "s"
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "rmsprop", "locked": false, "schema_version": 3, "solution": true, "task": false}
def rmsprop(w, dw, state, lr, alpha=0.99, eps=1e-8):
    """One step of RMSprop. w, dw of one shape, state {} or {"s": average of squares} -> new w, new state."""
    ### BEGIN SOLUTION
    squares = alpha * state.get("s", 0.0) + (1 - alpha) * dw**2
    return w - lr * dw / (np.sqrt(squares) + eps), {"s": squares}
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "rmsprop-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of rmsprop: run this cell. It takes three steps with a column of weights, each with the state of the one before.
_twice = [expect(rmsprop).of(np.array([1.0, -2.0]), np.array([4.0, -1.0]), {}, 0.5, 0.75, 0.5) for _ in range(2)]
_twice[1].parts("w", "state")[0].satisfies(
    lambda v: np.shape(v) != (2,) or np.allclose(v, _twice[0].value[0], equal_nan=True),
    "something is remembered outside of the state: a start with an empty state must know of no earlier call",
)
_w, _state, _seen = np.array([[1.0], [-2.0]]), {}, []
for _dw in ([[4.0], [-1.0]], [[1.0], [2.0]], [[-2.0], [0.5]]):
    _call = expect(rmsprop).of(_w, np.array(_dw), _state, 0.5, 0.75, 0.5)
    _new_w, _new_state = _call.parts("w", "state")
    _new_w.satisfies(
        lambda v: not isinstance(v, dict), "the two are turned around: first the weights, then the state"
    ).satisfies(
        lambda v: np.shape(v) == (2, 1),
        "the new weights have another shape than w. Does the start value in the state fit `w` of any shape? 0.0 does",
    ).satisfies(
        lambda v: np.isfinite(v).all(),
        "this is the root of a negative number: the average must be of the squares, with alpha and 1 - alpha",
    )
    _new_state.satisfies(lambda v: isinstance(v, dict), "the second thing to return is the state, a dictionary")
    _call.leaves_arguments_unchanged()
    _w, _state = np.asarray(_new_w.value), _new_state.value
    _seen.append(np.ravel(_w))
expect(np.array(_seen), name="w after one, two and three steps of rmsprop, a row for each").equals(
    [[0.2, -1.5], [-0.017129273, -2.129039718], [0.407670608, -2.298384148]],
    mistakes={
        "eps stands inside the root. Add it after the root": [
            [0.057190958, -1.422649731],
            [-0.201007931, -2.19245009],
            [0.302944699, -2.399840429],
        ],
        "eps is added to the quotient: put parentheses around the root plus eps": [
            [-0.25, -1.25],
            [-0.777350098, -2.417662935],
            [-0.487990208, -2.923736695],
        ],
        "eps is added to the step: put parentheses around the root plus eps": [
            [-0.5, -1.5],
            [-1.277350098, -2.917662935],
            [-1.237990208, -3.673736695],
        ],
        "eps is added to the new weights: put parentheses around the root plus eps": [
            [0.5, -0.5],
            [0.722649902, -0.917662935],
            [1.762009792, -0.673736695],
        ],
        "eps is missing, or fixed at a tiny number. Use the argument `eps`": [
            [0.0, -1.0],
            [-0.277350098, -1.917662935],
            [0.262009792, -2.173736695],
        ],
        "alpha is fixed at 0.99. Use the argument `alpha`": [
            [-1.222222222, -1.166666667],
            [-1.771452059, -2.549060075],
            [-0.723959054, -2.892552584],
        ],
        "alpha is fixed at 0.9. Use the argument `alpha`": [
            [-0.133201576, -1.387425887],
            [-0.420398229, -2.22075922],
            [0.124141556, -2.432150339],
        ],
        "the root is missing: divide by the root of the average of the squares": [
            [0.555555556, -1.333333333],
            [0.422222222, -1.925925926],
            [0.676190476, -2.097968937],
        ],
        "the squares are summed up and never fade (this is Adagrad). Keep a running average, with alpha and 1 - alpha": [
            [0.555555556, -1.666666667],
            [0.447403149, -2.032154662],
            [0.644153785, -2.121719054],
        ],
        "the factor (1 - alpha) is missing": [
            [0.555555556, -1.666666667],
            [0.433769231, -2.03987766],
            [0.671406212, -2.141811865],
        ],
        "the factor 1 - alpha is squared too. Square the gradient alone": [
            [-0.333333333, -1.333333333],
            [-0.690122506, -2.290397183],
            [0.010636158, -2.543397615],
        ],
        "alpha and 1 - alpha are turned around: alpha belongs to the old average": [
            [0.495472066, -1.633974596],
            [0.290258969, -2.071542973],
            [0.69278466, -2.239085694],
        ],
        "the old average does not fade: alpha is missing": [
            [0.2, -1.5],
            [0.004805898, -2.118033989],
            [0.363063468, -2.269950206],
        ],
        "the gradients are averaged, and not their squares": [
            [-0.333333333, -1.5],
            [-0.666666667, -2.252357023],
            [-0.048632678, -2.444606962],
        ],
        "the average was divided by 1 - alpha**t. That is the correction of Adam, and RMSprop has none": [
            [0.555555556, -1.666666667],
            [0.400542779, -2.132322469],
            [0.740860447, -2.272457223],
        ],
        "the second step starts from an empty average: put the new average into the state you return, under the same key that you read": [
            [0.2, -1.5],
            [-0.3, -2.166666667],
            [0.366666667, -2.5],
        ],
        "one average for all entries: every entry has an average of its own": [
            [-0.021587172, -1.744603207],
            [-0.272900673, -2.247230209],
            [0.231727092, -2.373387151],
        ],
        "the step divides by the average of before. Let the new square in first": [
            [-3.0, -1.0],
            [-3.2, -2.0],
            [-2.765741454, -2.15725993],
        ],
        "the state keeps the root. Keep the average of the squares, and take the root for the step only": [
            [0.2, -1.5],
            [-0.074291885, -2.097870169],
            [0.44887449, -2.267875443],
        ],
        "the step goes uphill: subtract it": [[1.8, -2.5], [2.017129273, -1.870960282], [1.592329392, -1.701615852]],
        "the learning rate is missing": [[-0.6, -1.0], [-1.034258546, -2.258079437], [-0.184658783, -2.596768297]],
        "the step is multiplied by the root. Divide by it": [
            [-4.0, -1.5],
            [-5.151387819, -3.089724736],
            [-2.797338197, -3.458795038],
        ],
        "the gradient is missing in the step: this is the learning rate over the root": [
            [0.8, -2.5],
            [0.582870727, -2.814519859],
            [0.370470786, -3.153208719],
        ],
        "nothing has moved: these are the old weights": [[1.0, -2.0], [1.0, -2.0], [1.0, -2.0]],
    },
)
_w, _state, _seen = np.array(3.0), {}, []
for _dw in (2.0, -0.5):
    _call = expect(rmsprop).of(_w, np.array(_dw), _state, 0.25, 0.5, 0.25)
    _new_w, _new_state = _call.parts("w", "state")
    _w, _state = np.asarray(_new_w.value), _new_state.value
    _seen.append(_w)
expect(np.array(_seen), name="one plain number w after one and two steps of rmsprop, with lr = 0.25").equals(
    [2.69955779, 2.794929576],
    mistakes={
        "alpha is fixed at 0.75. Use the argument `alpha`": [2.6, 2.708564636],
        "eps is fixed at 0.5. Use the argument `eps`": [2.738796125, 2.81889043],
        "the learning rate is fixed at 0.5. Use the argument `lr`": [2.399115581, 2.589859151],
    },
)
print("rmsprop: this check is passed.")

# %% nbgrader={"grade": true, "grade_id": "rmsprop-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests take 50 steps beside torch.optim, also with a gradient that is 0 all the time.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("rmsprop")
for _shape, _more, _what in [
    ((3,), (), "50 steps of three weights, with alpha and eps of the header"),
    ((), (0.9, 1e-3), "a single number"),
    ((2, 3), (0.8, 1e-6), "a matrix of weights"),
    ((1,), (0.9, 1e-8), "one weight whose gradient is 0 all the time"),
]:
    _alpha, _eps = _more or (0.99, 1e-8)
    _rate, _scale = float(_rng.uniform(0.05, 0.5)), 0.0 if _shape == (1,) else 1.0
    _theirs = torch.tensor(np.asarray(_rng.normal(size=_shape)), requires_grad=True)
    _w, _state = _theirs.detach().numpy().copy(), {}
    _judge = torch.optim.RMSprop([_theirs], lr=_rate, alpha=_alpha, eps=_eps)
    for _turn in range(50):
        _dw = np.asarray(_scale * _rng.normal(size=_shape))
        _theirs.grad = torch.tensor(_dw)
        _judge.step()
        _call = expect(rmsprop, hidden=_what).of(_w, _dw, _state, _rate, *_more)
        _new_w, _new_state = _call.parts("w", "state")
        _new_w.equals(_theirs.detach().numpy().copy(), tol=1e-10)
        _call.leaves_arguments_unchanged()
        _w, _state = np.asarray(_new_w.value), _new_state.value
### END HIDDEN TESTS

# %%
_, first_place, *_ = walk(rmsprop, 0.1)
print("the first step moves w1 and w2 by", first_place - np.array([-8.0, 1.5]))
draw_walks(
    walks_of({"SGD": sgd, "momentum": momentum, "RMSprop": rmsprop}, [0.01, 0.01, 0.1]),
    "RMSprop starts at the same pace in both directions",
)

# %% [markdown]
# The gradient at the start is $(-8, 37.5)$, and yet the first step moves both weights by the same amount, in opposite directions. (In the picture it looks steep: the axis of $w_2$ is drawn larger than that of $w_1$.) It is also 10 times the learning rate! The average starts at 0 and has seen one square with the factor $1 - 0.99 = 0.01$, so the root is 10 times too small.
# The large first steps are an accident of the start. The next optimizer repairs it.
#
# ## 5. Adam: both memories, and an honest start
#
# Adam (*adaptive moments*) keeps a running average of the gradients **and** one of their squares:
#
# $$\mathbf{m} \leftarrow \beta_1\mathbf{m} + (1-\beta_1)\,\mathbf{g} \qquad\qquad \mathbf{s} \leftarrow \beta_2\mathbf{s} + (1-\beta_2)\,\mathbf{g}^2$$
#
# Both start at 0, so both are too small at first. How much too small is known exactly: after $t$ steps the factors of all gradients seen so far add up to $1 - \beta^t$, and not to 1. So divide by that. This is the **bias correction**:
#
# $$\hat{\mathbf{m}} = \frac{\mathbf{m}}{1-\beta_1^t} \qquad \hat{\mathbf{s}} = \frac{\mathbf{s}}{1-\beta_2^t} \qquad\qquad \mathbf{w} \leftarrow \mathbf{w} - \eta\,\frac{\hat{\mathbf{m}}}{\sqrt{\hat{\mathbf{s}}} + \varepsilon}$$
#
# | symbol | in code | shape | meaning |
# |---|---|---|---|
# | $\mathbf{m}$ | `state["m"]` | that of `w` | the running average of the gradients |
# | $\mathbf{s}$ | `state["s"]` | that of `w` | the running average of their squares (many papers call it $\mathbf{v}$) |
# | $t$ | `state["t"]` | a whole number | how many steps there were, this one included: 1 at the first step |
# | $\beta_1, \beta_2$ | `beta1, beta2` | numbers | how much of each average stays, usually 0.9 and 0.999 |
# | $\hat{\mathbf{m}}, \hat{\mathbf{s}}$ | | that of `w` | the corrected averages. They are used for the step and then forgotten: the state keeps the plain ones |
#
# ### Faded example: an average that starts at 0
#
# The gradient is 4 at every step, and $\beta_1 = 0.5$. What is the running average after one, two and three steps? And what does the correction make of the third? Take the first `#` of each line away, replace each `___`, and delete the line with `raise`.

# %% nbgrader={"grade": false, "grade_id": "faded-average", "locked": false, "schema_version": 3, "solution": true, "task": false}
average_1 = average_2 = average_3 = corrected_3 = None
# average_1 = ___    # half of 0 plus half of 4
# average_2 = ___    # half of average_1 plus half of 4
# average_3 = ___    # half of average_2 plus half of 4
# corrected_3 = ___  # average_3 divided by (1 - 0.5**3)
### BEGIN SOLUTION
average_1, average_2, average_3 = 2.0, 3.0, 3.5
corrected_3 = average_3 / 0.875
### END SOLUTION

# %% nbgrader={"grade": false, "grade_id": "faded-average-check", "locked": true, "schema_version": 3, "solution": false, "task": false}
# No points here: this check shows you where you are.
for _name, _given, _want, _mistakes in [
    ("average_1", average_1, 2.0, {"this is the gradient. Only half of it comes in, and half of 0": 4.0}),
    (
        "average_2",
        average_2,
        3.0,
        {
            "a half of the old average stays: half of 2, plus half of 4": 4.0,
            "half of the new gradient is missing": 1.0,
            "half of average_1 is missing": 2.0,
        },
    ),
    ("average_3", average_3, 3.5, {"this is the corrected one. The plain average is below 4": 4.0}),
    (
        "corrected_3",
        corrected_3,
        4.0,
        {
            "the correction divides, and this multiplies": 3.0625,
            "this divides by 0.5 to the third. Divide by 1 minus that": 28.0,
            "this divides by 1 - 0.5. The power is the number of steps, 3": 7.0,
            "this is the average as it is, before the correction": 3.5,
            "the parentheses are missing: divide by the whole of 1 minus 0.5 to the third": 3.375,
            "this divides by 1 minus the product of 0.5 and 3. Take the power": -7.0,
        },
    ),
]:
    expect(_given, name=_name).satisfies(
        lambda v: v is not None, "nothing is filled in yet, or the line with `raise` still stands above your lines"
    ).equals(_want, mistakes=_mistakes)
print("All four are right: corrected, the average of fours is four, from the first step on.")

# %% [markdown]
# ## Exercise 4 — Parsons problem: the lines of Adam in order
# **2 points · difficulty 2 of 5 · importance 4 of 5 · about 5 min**
#
# One step of Adam, written on cards, fell on the floor. Six of the cards, in a right order, are the step; the other two do harm.
#
# | | card |
# |---|---|
# | A | $t \leftarrow t + 1$ |
# | B | $m \leftarrow \beta_1 m + (1 - \beta_1)\, g$ |
# | C | $s \leftarrow \beta_2 s + (1 - \beta_2)\, g^2$ |
# | D | $\hat m \leftarrow m \,/\, (1 - \beta_1^t)$ |
# | E | $\hat s \leftarrow s \,/\, (1 - \beta_2^t)$ |
# | F | $w \leftarrow w - \eta\, \hat m \,/\, (\sqrt{\hat s} + \varepsilon)$ |
# | G | $w \leftarrow w - \eta\, m \,/\, (\sqrt{s} + \varepsilon)$ |
# | H | $t \leftarrow 0$ |
#
# Write the letters of your six cards in order into `adam_order`, as text: `adam_order = "G H A"` is the form (and wrong). More than one order is right, and all of them are accepted.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Which card needs the result of which other card? Draw an arrow for each.
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# D and E use `t`. At the very first step it comes in as 0, and $1 - \beta^0 = 0$. What must have happened before?
#
# </details>
# <details><summary>Hint 3: almost an answer</summary>
#
# Count and bring both averages up to date, in any order. Then correct both. Then step, with the corrected ones. The count is never set back.
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "adam_order", "locked": false, "schema_version": 3, "solution": true, "task": false}
adam_order = ""
### BEGIN SOLUTION
adam_order = "A B C D E F"
### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "adam_order-lines", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of adam_order, the six cards: run this cell.
def _cards(order):
    given = order if isinstance(order, str | list | tuple) else ""
    return [letter for letter in "".join(map(str, given)).upper() if letter.isalpha()]


expect(adam_order, name="adam_order").satisfies(
    lambda v: isinstance(v, str | list | tuple) and all(isinstance(part, str) for part in v),
    'write text: letters between quotation marks, such as "G H A"',
).satisfies(
    lambda v: len(_cards(v)) > 0, "nothing is written yet, or the line with `raise` still stands above your answer"
).satisfies(
    lambda v: set(_cards(v)) <= set("ABCDEFGH"), "there is a letter that names no card: the cards are A to H"
).satisfies(
    lambda v: "H" not in _cards(v), "card H sets the count back: every step would be corrected like the first one"
).satisfies(
    lambda v: "G" not in _cards(v), "card G steps with the averages as they are, and the corrected ones are never used"
).satisfies(
    lambda v: len(_cards(v)) == len(set(_cards(v))), "a card stands twice. Each of the six is needed once"
).satisfies(
    lambda v: "A" in _cards(v), "the count is missing: t would stay 0, and the correction would divide by 0"
).satisfies(
    lambda v: {"B", "C"} <= set(_cards(v)),
    "an average is never brought up to date: the new gradient must come in, twice",
).satisfies(
    lambda v: {"D", "E"} <= set(_cards(v)), "an average is never corrected: both start at 0, and both need it"
).satisfies(lambda v: "F" in _cards(v), "the step is missing: no weight ever moves")
print("adam_order: these are the six cards.")

# %% nbgrader={"grade": true, "grade_id": "adam_order-order", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of adam_order, the order: run this cell.
_at = {letter: place for place, letter in enumerate(_cards(adam_order))}
expect(adam_order, name="adam_order").satisfies(
    lambda v: set("ABCDEF") == set(_at) and len(_cards(v)) == 6,
    "first choose the six cards: the check above says which one is missing, or too many",
).satisfies(
    lambda v: _at["A"] < min(_at["D"], _at["E"]), "t is used before it is counted: at the first step it would be 0"
).satisfies(
    lambda v: _at["B"] < _at["D"] and _at["C"] < _at["E"], "an average is corrected before the new gradient is in it"
).satisfies(
    lambda v: max(_at["D"], _at["E"]) < _at["F"],
    "the step comes before the corrections that it needs: it would use those of the step before, or none",
)
print("adam_order: this is Adam.")

# %% [markdown]
# ## Exercise 5 — Adam
# **4 points · difficulty 3 of 5 · importance 5 of 5 · about 20 min**
#
# Write `adam(w, dw, state, lr, beta1=0.9, beta2=0.999, eps=1e-8)` → `w, state`. The new state holds `"m"`, `"s"` and `"t"`, or other names of your own for the three. With an empty state the averages count as 0, and `t` is 1 in the first step. `eps` is added after the root.
#
# With `w = [1, -2]`, `dw = [4, -1]`, `lr = 0.5`, `eps = 0.5` and an empty state: whatever the betas are, the corrected averages are `[4, -1]` and `[16, 1]`. The step is 0.5 · `[4/4.5, -1/1.5]`, and the new weights are about `[0.5556, -1.6667]`.
#
# <details><summary>Hint 1: a nudge</summary>
#
# You have put the six lines in order already. Which three of the results belong into the new state?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Read `t`, `m` and `s` from the state with `.get(key, 0)`, and make new ones from them. Correct into variables of their own, so that the plain averages are still there for the new dictionary.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
#     t is one more than the state's
#     m: beta1 parts of the old m, 1 - beta1 parts of dw
#     s: beta2 parts of the old s, 1 - beta2 parts of dw squared
#     corrected: m over (1 minus beta1 to the power t), s over (1 minus beta2 to the power t)
#     return: w minus lr times corrected m over (root of corrected s, plus eps); a dictionary of the plain m, s and t
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "adam", "locked": false, "schema_version": 3, "solution": true, "task": false}
def adam(w, dw, state, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    """One step of Adam. w, dw of one shape, state {} or {"m", "s", "t"} -> new w, new state."""
    ### BEGIN SOLUTION
    count = state.get("t", 0) + 1
    mean = beta1 * state.get("m", 0.0) + (1 - beta1) * dw
    squares = beta2 * state.get("s", 0.0) + (1 - beta2) * dw**2
    fair_mean = mean / (1 - beta1**count)
    fair_root = np.sqrt(squares / (1 - beta2**count))
    return w - lr * fair_mean / (fair_root + eps), {"m": mean, "s": squares, "t": count}
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "adam-first", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of adam, the first step: run this cell.
_twice = [
    expect(adam).of(np.array([1.0, -2.0]), np.array([4.0, -1.0]), {}, 0.5, 0.6, 0.3, 0.5).parts("w", "state")[0]
    for _ in range(2)
]
_twice[1].satisfies(
    lambda v: np.shape(v) != (2,) or np.allclose(v, _twice[0].value, equal_nan=True),
    "something is remembered outside of the state: a start with an empty state must know of no earlier call",
)
_call = expect(adam).of(np.array([1.0, -2.0]), np.array([4.0, -1.0]), {}, 0.5, 0.6, 0.3, 0.5)
_new_w, _new_state = _call.parts("w", "state")
_new_w.satisfies(
    lambda v: not isinstance(v, dict), "the two are turned around: first the weights, then the state"
).satisfies(
    lambda v: np.shape(v) != (2,) or not np.isnan(v).all(),
    "t is 0 at the first step, so the correction divides by 0. Count first: the first step has t = 1",
).satisfies(
    lambda v: np.shape(v) != (2,) or np.isfinite(v).all(),
    "this is the root of a negative number, or a division by 0: the second average is one of the squares",
).equals(
    [0.555555556, -1.666666667],
    mistakes={
        "the bias correction is missing: both averages start at 0 and are too small at first": [
            0.792026294,
            -1.850373322,
        ],
        "only the average of the gradients is corrected. The one of the squares needs it too (or 1 - beta2 was squared with the gradient)": [
            0.480065734,
            -1.625933304,
        ],
        "only the average of the squares is corrected. The one of the gradients needs it too": [
            0.822222222,
            -1.866666667,
        ],
        "t is 2 at the first step: it was counted twice, or it started at 1": [0.68814181, -1.773066933],
        "a correction lacks parentheses: divide by the whole of `(1 - beta1**t)`": [0.888888889, -1.666666667],
        "the corrections lack parentheses: divide by the whole of `(1 - beta**t)`": [0.868473483, -1.55848156],
        "the correction multiplies. Divide by 1 minus the power": [0.903030303, -1.933333333],
        "the correction divides by the power. Divide by 1 minus the power": [0.798288506, -1.835595963],
        "eps stands inside the root. Add it after the root": [0.507634036, -1.59175171],
        "eps lacks parentheses: put them around the root plus eps": [0.0, -2.0],
        "eps lacks parentheses: divide by the whole of the root plus eps": [0.25, -1.75],
        "eps is added to the new weights: put parentheses around the root plus eps": [1.0, -1.0],
        "eps is missing, or fixed at a tiny number. Use the argument `eps`": [0.5, -1.5],
        "the step goes uphill: subtract it": [1.444444444, -2.333333333],
        "the learning rate is missing": [0.111111111, -1.333333333],
        "the new square comes in with 1 - beta1. All that belongs to the squares uses beta2": [
            0.432417334,
            -1.601888306,
        ],
        "the squares are corrected with beta1. They need beta2": [0.654666478, -1.725708115],
        "the factor 1 - beta1 is missing: the new gradient comes in whole": [-0.111111111, -1.166666667],
        "the factor 1 - beta2 is missing: the new square comes in whole": [0.621277712, -1.705054529],
        "the factors 1 - beta are missing: the new gradient and its square come in whole": [0.053194279, -1.262636323],
        "beta and 1 - beta are turned around: beta belongs to the old average": [0.038034414, -1.350454583],
        "the root is missing: divide by the root of the average of the squares": [0.878787879, -1.666666667],
        "nothing has moved: these are the old weights": [1.0, -2.0],
    },
)
_new_state.satisfies(lambda v: isinstance(v, dict), "the second thing to return is the state, a dictionary")
_call.leaves_arguments_unchanged()
print("adam: the first step is right.")

# %% nbgrader={"grade": true, "grade_id": "adam-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of adam, three steps with a column of weights: run this cell. Each step gets the state of the one before.
_w, _state, _seen = np.array([[1.0], [-2.0]]), {}, []
for _dw in ([[4.0], [-1.0]], [[1.0], [2.0]], [[-2.0], [0.5]]):
    _call = expect(adam).of(_w, np.array(_dw), _state, 0.5, 0.6, 0.3, 0.5)
    _new_w, _new_state = _call.parts("w", "state")
    _new_w.satisfies(
        lambda v: not isinstance(v, dict), "the two are turned around: first the weights, then the state"
    ).satisfies(
        lambda v: np.shape(v) == (2, 1),
        "the new weights have another shape than w. Does the start value in the state fit `w` of any shape? 0.0 does",
    ).is_finite()
    _new_state.satisfies(lambda v: isinstance(v, dict), "the second thing to return is the state, a dictionary")
    _call.leaves_arguments_unchanged()
    _w, _state = np.asarray(_new_w.value), _new_state.value
    _seen.append(np.ravel(_w))
expect(np.array(_seen), name="w after one, two and three steps of adam, a row for each").equals(
    [[0.555555556, -1.666666667], [0.148815798, -1.855349475], [0.144785935, -2.075523561]],
    mistakes={
        "the bias correction is missing: both averages start at 0 and are too small at first": [
            [0.792026294, -1.850373322],
            [0.521642558, -1.975656598],
            [0.518448301, -2.149878539],
        ],
        "only the average of the gradients is corrected. The one of the squares needs it too": [
            [0.480065734, -1.625933304],
            [0.057591147, -1.821688424],
            [0.053516839, -2.043910288],
        ],
        "only the average of the squares is corrected. The one of the gradients needs it too": [
            [0.822222222, -1.866666667],
            [0.561908778, -1.987423664],
            [0.558749365, -2.160040148],
        ],
        "t is 2 at the first step: it was counted twice, or it started at 1": [
            [0.68814181, -1.773066933],
            [0.347030504, -1.931175759],
            [0.343372562, -2.130789835],
        ],
        "t is 1 at every step: keep it in the state you return": [
            [0.555555556, -1.666666667],
            [-0.028974563, -1.938654542],
            [-0.035881046, -2.323498057],
        ],
        "the second step starts from an empty state: return a new dictionary with the new m, s and t, under the keys that you read": [
            [0.555555556, -1.666666667],
            [0.222222222, -2.066666667],
            [0.622222222, -2.316666667],
        ],
        "m is lost between the steps: put the new one into the state you return": [
            [0.555555556, -1.666666667],
            [0.435926215, -1.936213535],
            [0.637419367, -2.018368045],
        ],
        "s is lost between the steps: put the new one into the state you return": [
            [0.555555556, -1.666666667],
            [-0.216016873, -1.860756054],
            [-0.220662741, -2.230671411],
        ],
        "the correction needs the power `beta**t`, and this is the product `beta * t`": [
            [0.555555556, -1.666666667],
            [1.477988079, -1.234990697],
            [1.47945033, -1.146443451],
        ],
        "the correction needs `1 - beta**t`, and this is the power of the whole, `(1 - beta)**t`": [
            [0.555555556, -1.666666667],
            [-0.70240226, -2.254214915],
            [-0.734268767, -4.096647428],
        ],
        "a correction lacks parentheses: divide by the whole of `(1 - beta1**t)`": [
            [0.888888889, -1.666666667],
            [0.697481944, -1.709794166],
            [0.736974602, -1.812848783],
        ],
        "the corrections lack parentheses: divide by the whole of `(1 - beta**t)`": [
            [0.868473483, -1.55848156],
            [0.667870542, -1.603754996],
            [0.707906595, -1.708660446],
        ],
        "the correction multiplies. Divide by 1 minus the power": [
            [0.903030303, -1.933333333],
            [0.723354051, -2.016487911],
            [0.720822211, -2.154342634],
        ],
        "the correction divides by the power. Divide by 1 minus the power": [
            [0.798288506, -1.835595963],
            [0.536541956, -1.959384483],
            [0.533625417, -2.141346055],
        ],
        "eps stands inside the root. Add it after the root": [
            [0.507634036, -1.59175171],
            [0.030631424, -1.81595766],
            [0.025888927, -2.085537473],
        ],
        "eps lacks parentheses: put them around the root plus eps": [
            [0.0, -2.0],
            [-1.003021581, -2.740555619],
            [-1.508042988, -3.565318041],
        ],
        "eps lacks parentheses: divide by the whole of the root plus eps": [
            [0.25, -1.75],
            [-0.503021581, -2.240555619],
            [-0.758042988, -2.815318041],
        ],
        "eps is added to the new weights: put parentheses around the root plus eps": [
            [1.0, -1.0],
            [0.996978419, -0.740555619],
            [1.491957012, -0.565318041],
        ],
        "eps is missing, or fixed at a tiny number. Use the argument `eps`": [
            [0.5, -1.5],
            [-0.003021581, -1.740555619],
            [-0.008042988, -2.065318041],
        ],
        "the step goes uphill: subtract it": [
            [1.444444444, -2.333333333],
            [1.851184202, -2.144650525],
            [1.855214065, -1.924476439],
        ],
        "the learning rate is missing": [
            [0.111111111, -1.333333333],
            [-0.702368404, -1.710698949],
            [-0.71042813, -2.151047123],
        ],
        "the corrected averages went into the state, and are corrected again and again. Keep the plain ones": [
            [0.555555556, -1.666666667],
            [-0.183852939, -1.733278029],
            [-0.618562075, -1.886856949],
        ],
        "the corrected m went into the state (does `m /= ...` overwrite the plain one?). Keep the plain one": [
            [0.555555556, -1.666666667],
            [-0.281849827, -1.734053384],
            [-0.74150608, -1.893227747],
        ],
        "the corrected s went into the state (does `s /= ...` overwrite the plain one?). Keep the plain one": [
            [0.555555556, -1.666666667],
            [0.196414287, -1.853178481],
            [0.192603138, -2.065612807],
        ],
        "beta1 and beta2 are mixed up: beta1 belongs to the gradients, beta2 to their squares": [
            [0.555555556, -1.666666667],
            [0.280285777, -1.964467435],
            [0.452491085, -2.173357225],
        ],
        "beta1 is used for the squares too. They have beta2, in the average and in the correction": [
            [0.555555556, -1.666666667],
            [0.2099043, -1.865930416],
            [0.206258772, -2.062474224],
        ],
        "the average of the squares uses beta1. It uses beta2, as its correction does": [
            [0.432417334, -1.601888306],
            [0.032763476, -1.829520191],
            [0.02878331, -2.041526512],
        ],
        "the old average of the squares is scaled by beta1. It fades by beta2": [
            [0.555555556, -1.666666667],
            [0.238910677, -1.850406827],
            [0.235751579, -2.023791347],
        ],
        "the new square comes in with 1 - beta1. It needs 1 - beta2": [
            [0.432417334, -1.601888306],
            [-0.074331392, -1.835244953],
            [-0.079342887, -2.09907469],
        ],
        "the squares are corrected with beta1. They need beta2": [
            [0.654666478, -1.725708115],
            [0.302691467, -1.88964752],
            [0.298999481, -2.094021506],
        ],
        "the betas are fixed at 0.9 and 0.999. Use the arguments": [
            [0.555555556, -1.666666667],
            [0.201064863, -1.805744695],
            [0.075521281, -1.956562458],
        ],
        "the factor 1 - beta1 is missing: the new gradient comes in whole": [
            [-0.111111111, -1.166666667],
            [-1.127960504, -1.638373686],
            [-1.138035162, -2.188808904],
        ],
        "the factor 1 - beta2 is missing: the new square comes in whole": [
            [0.621277712, -1.705054529],
            [0.269992079, -1.868681187],
            [0.266508082, -2.063120102],
        ],
        "the factors 1 - beta are missing: the new gradient and its square come in whole": [
            [0.053194279, -1.262636323],
            [-0.825019802, -1.671702968],
            [-0.833729794, -2.157800254],
        ],
        "beta and 1 - beta are turned around: beta belongs to the old average": [
            [0.038034414, -1.350454583],
            [-0.448397968, -1.780310846],
            [-0.299452267, -2.062705365],
        ],
        "the factor 1 - beta2 is squared too. Square the gradient alone": [
            [0.480065734, -1.625933304],
            [0.011430744, -1.842341894],
            [0.006792927, -2.089933548],
        ],
        "the root is missing: divide by the root of the average of the squares": [
            [0.878787879, -1.666666667],
            [0.664640592, -1.781565657],
            [0.662436447, -1.994162105],
        ],
        "the step uses the newest gradient. It goes along the corrected average of all of them": [
            [0.555555556, -1.666666667],
            [0.364148611, -2.097941656],
            [0.759075189, -2.258964496],
        ],
        "nothing has moved: these are the old weights": [[1.0, -2.0], [1.0, -2.0], [1.0, -2.0]],
    },
)
_w, _state, _seen = np.array(3.0), {}, []
for _dw in (2.0, -0.5):
    _call = expect(adam).of(_w, np.array(_dw), _state, 0.25, 0.5, 0.75, 0.25)
    _new_w, _new_state = _call.parts("w", "state")
    _w, _state = np.asarray(_new_w.value), _new_state.value
    _seen.append(_w)
expect(np.array(_seen), name="one plain number w after one and two steps of adam, with lr = 0.25").equals(
    [2.777777778, 2.726106852],
    mistakes={
        "the betas are fixed at 0.6 and 0.3. Use the arguments `beta1` and `beta2`": [2.777777778, 2.694037239],
        "eps is fixed at 0.5. Use the argument `eps`": [2.8, 2.755263763],
        "the learning rate is fixed at 0.5. Use the argument `lr`": [2.555555556, 2.452213705],
    },
)
print("adam: three steps are right.")

# %% nbgrader={"grade": true, "grade_id": "adam-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests take 50 steps beside torch.optim, also with a gradient that is 0 all the time.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("adam")
for _shape, _more, _what in [
    ((3,), (), "50 steps of three weights, with the betas and eps of the header"),
    ((), (0.8, 0.99, 1e-3), "a single number"),
    ((2, 3), (0.5, 0.9, 1e-6), "a matrix of weights"),
    ((1,), (0.9, 0.99, 1e-8), "one weight whose gradient is 0 all the time"),
]:
    _one, _two, _eps = _more or (0.9, 0.999, 1e-8)
    _rate, _scale = float(_rng.uniform(0.05, 0.5)), 0.0 if _shape == (1,) else 1.0
    _theirs = torch.tensor(np.asarray(_rng.normal(size=_shape)), requires_grad=True)
    _w, _state = _theirs.detach().numpy().copy(), {}
    _judge = torch.optim.Adam([_theirs], lr=_rate, betas=(_one, _two), eps=_eps)
    for _turn in range(50):
        _dw = np.asarray(_scale * _rng.normal(size=_shape))
        _theirs.grad = torch.tensor(_dw)
        _judge.step()
        _call = expect(adam, hidden=_what).of(_w, _dw, _state, _rate, *_more)
        _new_w, _new_state = _call.parts("w", "state")
        _new_w.equals(_theirs.detach().numpy().copy(), tol=1e-10)
        _call.leaves_arguments_unchanged()
        _w, _state = np.asarray(_new_w.value), _new_state.value
### END HIDDEN TESTS

# %% [markdown]
# ### All four beside PyTorch
#
# Fifty steps with random gradients, in float64, from the same start. The same gradients go into your function and into PyTorch's class.

# %%
theirs = {
    "sgd": (torch.optim.SGD, {}),
    "momentum": (torch.optim.SGD, {"momentum": 0.9}),
    "rmsprop": (torch.optim.RMSprop, {}),
    "adam": (torch.optim.Adam, {}),
}
for name, mine in written({"sgd": sgd, "momentum": momentum, "rmsprop": rmsprop, "adam": adam}).items():
    kind, settings = theirs[name]
    dice = np.random.default_rng(4)
    here, memory = dice.normal(size=(2, 3)), {}
    tensor = torch.tensor(here, requires_grad=True)
    optimizer, gap = kind([tensor], lr=0.1, **settings), 0.0
    for _ in range(50):
        slope = dice.normal(size=(2, 3))
        here, memory = mine(here, slope, memory, 0.1)
        tensor.grad = torch.from_numpy(slope)
        optimizer.step()
        gap = max(gap, np.abs(here - tensor.detach().numpy()).max())
    print(f"{name:>8}: largest difference from torch.optim in 50 steps {gap:.1e}")

# %% [markdown]
# Differences below $10^{-10}$ are the rounding of the last digits. From now on `torch.optim.Adam` holds no secret for you.

# %%
walks = walks_of({"SGD": sgd, "momentum": momentum, "RMSprop": rmsprop, "Adam": adam}, [0.075, 0.01, 0.1, 0.5])
for name, places in walks.items():
    print(f"{name:>14}: loss after 10 steps {ravine(*places[10]):7.3f}, after 40 steps {ravine(*places[-1]):.3f}")
draw_walks(walks, "Forty steps down a ravine")

# %% [markdown]
# Four temperaments. SGD zigzags, momentum swings, RMSprop and Adam start on the diagonal (a steep one in the picture, where the two axes have different scales) because both directions get steps of one size, and Adam swings too, for it has momentum inside.
# Do not read a winner out of this picture: each has another learning rate, and a ravine of two weights is not a network. Plain SGD ends lowest here, because 0.075 was chosen right below the limit that you computed. In a network nobody tells you the limit.
#
# ### Predict, then run: the first step of Adam
#
# Three weights have the gradients 1000, 1 and 0.001. The learning rate is 0.01. **How far does each of them move in the first step?** Write down three numbers.

# %%
my_moves = None  # your three numbers

# %%
after, _ = adam(np.zeros(3), np.array([1000.0, 1.0, 0.001]), {}, 0.01)
print(f"moved by {after}. You wrote {my_moves}.")

# %% [markdown]
# All three move by the learning rate. (The third falls short in the fifth digit: that is eps.) After one step $\hat{\mathbf{m}}$ is the gradient and $\sqrt{\hat{\mathbf{s}}}$ is its size, so the quotient is 1 or −1. This is why Adam's learning rate has a meaning that you can keep in mind: about how far a weight may move in one step.
#
# ## 6. Bias correction, switched off and on
#
# What if we leave the correction out? Both averages are too small, and they do not cancel: the root of the squares is too small by $\sqrt{1 - 0.999^t}$, the mean by $1 - 0.9^t$. The step is then this many times as long as it should be:
#
# $$\frac{1 - \beta_1^t}{\sqrt{1 - \beta_2^t}}$$
#
# The cell switches your `adam`'s correction off by multiplying the learning rate with this factor. Look at the first steps for a gradient that is always 1.


# %%
def adam_uncorrected(w, dw, state, lr):
    """Adam as it would be without bias correction (but for eps, which is tiny)."""
    done = state.get("done", 0) + 1
    too_long = (1 - 0.9**done) / math.sqrt(1 - 0.999**done)
    w, inner = adam(w, dw, state.get("inner", {}), lr * too_long)
    return w, {"done": done, "inner": inner}


step_sizes = {}
for name, update in [("with correction", adam), ("without correction", adam_uncorrected)]:
    here, memory, sizes = np.array([0.0]), {}, []
    for _ in range(1000):
        there, memory = update(here, np.array([1.0]), memory, 0.01)
        sizes.append(abs((there - here)[0]) / 0.01)
        here = there
    step_sizes[name] = sizes
for t in (1, 2, 5, 11, 100, 1000):
    on, off = (sizes[t - 1] for sizes in step_sizes.values())
    print(f"step {t:>4}: {on:.2f} learning rates with the correction, {off:.2f} without")
print("longest without:", f"{max(step_sizes['without correction']):.2f}")

# %%
plots.lines(
    step_sizes,
    title="How long a step is, when the gradient is always 1",
    x_label="step",
    y_label="size of the step in learning rates",
    x_scale="log",
)

# %% [markdown]
# Without the correction the first step is about 3 times too long, the eleventh more than 6 times, and after 100 steps it is still 3 times too long. Now the same in the ravine, with a learning rate that suits Adam.

# %%
walks = {"with correction": walk(adam, 0.5), "without correction": walk(adam_uncorrected, 0.5)}
for name, places in walks.items():
    print(
        f"{name:>18}: the first step moves w1 by {places[1][0] + 8:.2f}, the path rolls on to w1 = {places[:, 0].max():.2f}"
    )
draw_walks(walks, "Adam with and without bias correction, learning rate 0.5", right=6)

# %% [markdown]
# The uncorrected path gathers so much speed that it rolls more than 4 beyond the lowest point. With a small learning rate, steps that are too long may even help at first. That is luck, and no plan: the correction makes the learning rate mean the same at step 1 and at step 1000. At the end of section 8 you see both in a network.
#
# ## 7. A whole network: one state for each array
#
# A network has many arrays, `[(W1, b1), (W2, b2), ...]`, and each needs a state of its own. A velocity of $\mathbf{W}_1$ means nothing for $\mathbf{b}_1$; it does not even have its shape. So the states have the same form as the parameters: `[(state of W1, state of b1), ...]`, at the start `[({}, {}), ({}, {}), ...]`.
#
# ## Exercise 6 — a step for all parameters
# **3 points · difficulty 3 of 5 · importance 5 of 5 · about 15 min**
#
# Write `update_all(update, params, grads, states, lr)` → `params, states`: one step for every `W` and every `b`.
#
# - `update` is a function of the contract, such as `adam`: `update(w, dw, state, lr)` → `w, state`. Call this one, whichever it is.
# - `params`, `grads` and `states` are lists with one pair per layer. What you return has the same form, in **new** lists.
#
# With `sgd`, `lr = 0.5` and a network of one layer, `params = [([[1, 2]], [0, 1])]`, `grads = [([[2, 1]], [1, -1])]` and `states = [({}, {})]` give the new parameters `[([[0, 1.5]], [-0.5, 1.5])]` and the states `[({}, {})]`. (All numbers stand in arrays.)
#
# <details><summary>Hint 1: a nudge</summary>
#
# How many calls of `update` does a network of two layers need?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# `zip(params, grads, states)` walks over three lists at once, and each part is a pair. `for (W, b), (dW, db), (state_W, state_b) in zip(...)` unpacks all three.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
#     two empty lists
#     for every layer, with its pair of parameters, of gradients and of states:
#         call update for W, with its gradient and its state
#         call update for b, with its gradient and its state
#         append the pair of new parameters to the first list
#         append the pair of new states to the second
#     return both lists
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "update_all", "locked": false, "schema_version": 3, "solution": true, "task": false}
def update_all(update, params, grads, states, lr):
    """One step for all arrays. params, grads, states: a list of pairs each -> new params, new states."""
    ### BEGIN SOLUTION
    moved, remembered = [], []
    for layer in zip(params, grads, states):
        (new_W, state_W), (new_b, state_b) = (update(*three, lr) for three in zip(*layer))
        moved.append((new_W, new_b))
        remembered.append((state_W, state_b))
    return moved, remembered
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "update_all-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of update_all: run this cell. Its optimizer takes longer steps with every call that it remembers, and its three
# layers start in the middle of a training: each W and each b has been stepped another number of times.
def _growing(w, dw, state, lr):
    if isinstance(w, list | tuple) or not isinstance(state, dict):
        return w, {"a whole pair": True}
    calls_so_far = state.get("calls", 0) + 1
    return w - (1 + calls_so_far) * lr * dw, {"calls": calls_so_far}


def _flat(pairs):
    return np.concatenate([np.ravel(part) for pair in pairs for part in pair])


def _stepped(*factors):
    return _from - 0.5 * np.repeat(factors, _sizes) * _slope


def _each(test):
    return lambda pairs: all(test(part) for pair in pairs for part in pair)


_params = [
    (np.array([[1.0, 2.0]]), np.array([0.0, 1.0])),
    (np.array([[3.0], [4.0]]), np.array([5.0])),
    (np.array([[-1.0, 0.5]]), np.array([2.0, -3.0])),
]
_grads = [
    (np.array([[2.0, 1.0]]), np.array([1.0, -1.0])),
    (np.array([[0.5], [-2.0]]), np.array([3.0])),
    (np.array([[4.0, -0.5]]), np.array([-1.5, 2.5])),
]
_shapes = [(W.shape, b.shape) for W, b in _params]
_from, _slope, _sizes = _flat(_params), _flat(_grads), [2, 2, 2, 1, 2, 2]
_states = [({}, {"calls": 3}), ({"calls": 2}, {"calls": 5}), ({"calls": 1}, {"calls": 6})]
for _round, _wanted, _mistakes in [
    (
        "one",
        [-1.0, 1.0, -2.5, 3.5, 2.0, 8.0, -5.5, -7.0, 1.25, 8.0, -13.0],
        {
            "one state runs through all parameters. Each W and each b has a state of its own": _stepped(
                2, 3, 4, 5, 6, 7
            ),
            "W hands its state on to its b. Each has a state of its own": _stepped(2, 3, 4, 5, 3, 4),
            "b is stepped with the state of W. It has a state of its own": _stepped(2, 2, 4, 4, 3, 3),
            "W is stepped with the state of b. It has a state of its own": _stepped(5, 5, 7, 7, 8, 8),
            "the states of W and b are turned around": _stepped(5, 2, 7, 4, 8, 3),
            "every layer uses the states of the first one. Walk over the states too": _stepped(2, 5, 2, 5, 2, 5),
            "every call gets an empty state. Hand each state in, and collect the ones that come back": _stepped(
                2, 2, 2, 2, 2, 2
            ),
            "the biases did not move: `update` is called for each b too": _stepped(2, 0, 4, 0, 3, 0),
            "the weights did not move: `update` is called for each W too": _stepped(0, 5, 0, 7, 0, 8),
            "nothing has moved: collect the new arrays that `update` returns": _from,
            "the step goes uphill: did you call `update` with the sign turned around?": _stepped(
                -2, -5, -4, -7, -3, -8
            ),
            "`update` is not used: this is plain gradient descent": _stepped(1, 1, 1, 1, 1, 1),
            "`update` is not used: this is a step of Adam. Call the function that was handed in": _from
            - 0.5 * np.sign(_slope),
        },
    ),
    (
        "two",
        [-4.0, -0.5, -5.5, 6.5, 0.75, 13.0, -17.5, -15.0, 2.25, 14.75, -24.25],
        {
            "the second round starts from the old states: collect the states that `update` returns": _stepped(
                4, 10, 8, 14, 6, 16
            ),
            "the states come back turned around: first the one of W, then the one of b": _stepped(8, 8, 12, 12, 12, 12),
            "the state of W came back for b too. Each has a state of its own": _stepped(5, 8, 9, 12, 7, 12),
            "the state of b came back for W too. Each has a state of its own": _stepped(8, 11, 12, 15, 12, 17),
            "the states of the first layer came back for every layer": _stepped(5, 11, 7, 13, 6, 14),
            "the second round starts from empty states: return the states that `update` gave": _stepped(
                4, 7, 6, 9, 5, 10
            ),
        },
    ),
]:
    _call = expect(update_all).of(_growing, _params, _grads, _states, 0.5)
    _new_params, _new_states = _call.parts("params", "states")
    for _part in (_new_params, _new_states):
        _part.satisfies(
            lambda v: isinstance(v, list | tuple), "two lists come back, one of parameters and one of states"
        ).satisfies(
            lambda v: len(v) > 0, "an empty list comes back: append the pair of every layer, inside the loop"
        ).satisfies(
            lambda v: len(v) != 1,
            "only one layer comes back: the `return` is inside the loop, or each layer replaces the one before",
        ).satisfies(
            lambda v: (
                not any("a whole pair" in part for layer in v for part in (layer, *layer) if isinstance(part, dict))
            ),
            "`update` takes one array, its gradient and its own state. Unpack each pair, and call it for W and for b",
        ).satisfies(
            lambda v: len(v) != 2, "two layers come back, and three went in: walk over all that there are, however many"
        ).satisfies(
            lambda v: len(v) == 3 and all(isinstance(pair, list | tuple) and len(pair) == 2 for pair in v),
            "the pairs are gone: each layer is a pair (W, b), and so are its states",
            wanted="a list of 3 pairs",
        ).satisfies(
            _each(lambda part: not isinstance(part, list | tuple)),
            "`update` returns two things, the array and its state. Give each a name: `W, state_W = update(...)`",
        )
    _new_params.satisfies(
        _each(lambda part: not isinstance(part, dict)),
        "a state stands among the parameters: `update` returns first the array, then its state",
    ).satisfies(
        lambda v: [(np.shape(b), np.shape(W)) for W, b in v] != _shapes,
        "W and b are turned around: each pair is (W, b)",
    ).satisfies(
        lambda v: [(np.shape(W), np.shape(b)) for W, b in v] == _shapes,
        "an array has another shape than before: W is stepped with its dW, and b with its db",
    )
    _new_states.satisfies(
        _each(lambda part: isinstance(part, dict)), "the second list holds a state, a dictionary, for each W and each b"
    )
    expect(_flat(_new_params.value), name=f"all parameters in a row, after {_round} of two rounds").equals(
        _wanted, mistakes=_mistakes
    )
    _call.leaves_arguments_unchanged()
    _params, _states = _new_params.value, _new_states.value
print("update_all: this check is passed.")

# %% nbgrader={"grade": true, "grade_id": "update_all-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests train networks of one, two and four layers beside torch.optim.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("update_all")


def _adagrad(w, dw, state, lr):
    _sum = state.get("sum", 0.0) + dw * dw
    return w - lr * dw / (_sum**0.5 + 1e-10), {"sum": _sum}


for _sizes, _what in [
    ([3, 2], "a network of one layer (any number of layers must work)"),
    ([2, 4, 3], "a network of two layers"),
    ([1, 5, 2, 4, 1], "a network of four layers (any number of layers must work)"),
]:
    _params = [(_rng.normal(size=(_i, _o)), _rng.normal(size=_o)) for _i, _o in zip(_sizes[:-1], _sizes[1:])]
    _tensors = [torch.tensor(_part, requires_grad=True) for _pair in _params for _part in _pair]
    _judge = torch.optim.Adagrad(_tensors, lr=0.3)
    _states = [({}, {}) for _ in _params]
    for _turn in range(5):
        _grads = [(_rng.normal(size=_W.shape), _rng.normal(size=_b.shape)) for _W, _b in _params]
        for _tensor, _part in zip(_tensors, [_part for _pair in _grads for _part in _pair]):
            _tensor.grad = torch.tensor(_part)
        _judge.step()
        _call = expect(update_all, hidden=_what).of(_adagrad, _params, _grads, _states, 0.3)
        _new_params, _new_states = _call.parts("params", "states")
        _new_params.satisfies(lambda v, k=len(_params): len(v) == k, "there must be one pair per layer")
        _new_states.satisfies(lambda v, k=len(_params): len(v) == k, "there must be one pair of states per layer")
        for _place, _pair in enumerate(_new_params.value):
            for _which in (0, 1):
                expect(_pair[_which], hidden=_what, name="update_all").equals(
                    _tensors[2 * _place + _which].detach().numpy().copy(), tol=1e-10
                )
        _call.leaves_arguments_unchanged()
        _params, _states = _new_params.value, _new_states.value
### END HIDDEN TESTS

# %% [markdown]
# ## 8. The race on digits
#
# Now all four train the same network: 64 pixels, 32 hidden neurons, 10 classes. They start from the same weights and see the same batches of 64 in the same order. Only the rule differs.

# %%
X_train, y_train, X_test, y_test = datasets.digits_split()


def train_digits(update, lr, epochs, seed=0):
    """Train 64 -> 32 -> 10. Returns the parameters and the training loss after each epoch."""
    params = start_network([64, 32, 10], seed)
    memories = [({}, {}) for _ in params]
    order, losses = np.random.default_rng(100 + seed), []
    for _ in range(epochs):
        rows = order.permutation(len(y_train))
        for begin in range(0, len(rows), 64):
            some = rows[begin : begin + 64]
            _, grads = loss_and_gradients(X_train[some], y_train[some], params)
            params, memories = update_all(update, params, grads, memories, lr)
        losses.append(loss_and_gradients(X_train, y_train, params)[0])
    return params, losses


optimizers = {"SGD": sgd, "momentum": momentum, "RMSprop": rmsprop, "Adam": adam}

# %% [markdown]
# ### Predict, then run: everybody with learning rate 0.01
#
# **Who is first after 20 epochs, who is last?** Write down an order.

# %%
my_order = None  # for example "SGD, Adam, RMSprop, momentum"


# %%
def race(rates, epochs=20):
    """Train once with each optimizer, print how it went, and return the losses of each."""
    curves = {}
    for name, update in written(optimizers).items():
        params, losses = train_digits(update, rates[name], epochs)
        curves[f"{name}, {rates[name]:.3g}"] = losses
        told = ", ".join(f"epoch {k} {losses[k - 1]:.3f}" for k in (1, 5, epochs))
        right = f"accuracy train {share_right(X_train, y_train, params):.1%}, unseen {share_right(X_test, y_test, params):.1%}"
        print(f"{name:>8} {rates[name]:<5.3g}: loss after {told}; {right}")
    return curves


one_rate = race(dict.fromkeys(optimizers, 0.01))
print("You wrote:", my_order)

# %%
plots.lines(
    one_rate,
    title="The unfair race: everybody with learning rate 0.01",
    x_label="epoch",
    y_label="training loss",
    y_scale="log",
)

# %% [markdown]
# SGD looks hopeless. But 0.01 means something else for each of them: for Adam about the length of a step, for SGD a factor on whatever the gradient is. **One learning rate for all is not a fair race.** So look for the best one of each.
#
# ### A sweep over learning rates
#
# Three epochs with each of eleven learning rates, from 0.0001 to 10, each about 3 times the one before. `np.errstate` keeps NumPy quiet where a run flies apart. These are 44 trainings: they take some seconds, on a slow computer half a minute, and nothing is printed before the end.

# %%
rates = 10.0 ** np.arange(-4, 1.01, 0.5)
sweep = {}
with np.errstate(all="ignore"):
    for name, update in written(optimizers).items():
        sweep[name] = [train_digits(update, rate, 3)[1][-1] for rate in rates]
for name, losses in sweep.items():
    best = int(np.nanargmin(losses))
    good = [rate for rate, loss in zip(rates, losses) if loss < 0.5]
    print(
        f"{name:>8}: best at {rates[best]:.4f}, loss {losses[best]:.3f}; below 0.5 for {len(good)} of {len(rates)} rates"
    )

# %%
plots.lines(
    sweep,
    x=rates,
    title="The loss after three epochs, for each learning rate",
    x_label="learning rate",
    y_label="training loss",
    x_scale="log",
    y_scale="log",
)

# %% [markdown]
# Each curve is a valley: too slow on the left, stuck or flying apart on the right. The valleys lie at different places, and this picture is the one to draw before you compare optimizers. The loss of knowing nothing is $\log 10 \approx 2.3$.
#
# The fair race gives each the best rate of the sweep.

# %%
best_rates = {name: float(rates[int(np.nanargmin(losses))]) for name, losses in sweep.items()}
tuned = race(best_rates)

# %%
plots.lines(
    tuned,
    title="The fair race: everybody with its best learning rate",
    x_label="epoch",
    y_label="training loss",
    y_scale="log",
)

# %%
# Twenty-five trainings of twenty epochs: this takes some seconds, on a slow computer a minute.
print(f"one of the {len(y_test)} unseen digits is {1 / len(y_test):.2%}")
for name, rate in [*best_rates.items(), *[("Adam", 0.01)] * ("Adam" in best_rates)]:
    runs = [train_digits(optimizers[name], rate, 20, seed)[0] for seed in range(5)]
    shares = [share_right(X_test, y_test, params) for params in runs]
    told = ", ".join(f"{share:.1%}" for share in shares)
    print(f"{name:>8} {rate:<5.3g}: unseen digits, five seeds {told}; mean {np.mean(shares):.1%}")

# %% [markdown]
# In the unfair race plain SGD stood at about 71 % of the unseen digits. With a learning rate of its own it reads about 96 %, close to the others, and it is momentum that comes first here. The five seeds of one optimizer often lie as far apart as the optimizers do. So one run proves little.
#
# Look at Adam: 0.1 is its best rate for **three** epochs, and for twenty it is too restless. With 0.01, in the last line, it is as good as momentum. A sweep answers the question that you ask it: sweep over as many epochs as you will train.
#
# What speaks for Adam, then? Its learning rate has a meaning that you can guess from: about how far a weight may move in a step. In the sweep three of eleven rates bring Adam below 0.5, as many as for momentum and RMSprop, and a single one brings SGD there. The less you can afford to search, the more this counts.
#
# ### Bias correction in a network
#
# The same training for three epochs, with the correction and without it, at a moderate and at a high learning rate, three seeds each: twelve trainings, some seconds.

# %%
with np.errstate(all="ignore"):
    for rate in (0.01, 0.1):
        for name, update in [("with", adam), ("without", adam_uncorrected)]:
            told = ", ".join(f"{train_digits(update, rate, 3, seed)[1][-1]:.3f}" for seed in (0, 1, 2))
            print(f"learning rate {rate:<4}, {name:>7} correction: training loss {told}")

# %% [markdown]
# At 0.01 the longer first steps are a gift: the network is ahead after three epochs. At 0.1 they ruin it. Two of three runs end at 2.3, the loss of knowing nothing, and the third is not much better: steps of up to 6 times 0.1 have thrown the weights far away, and three epochs do not bring them back. With the correction, the same rate works.
#
# ## 9. Weight decay: a pull towards zero
#
# Large weights make a network sure of itself, often too sure. A common cure adds a **penalty** to the loss, the sum of the squared weights:
#
# $$L_{\text{total}} = L + \frac{\lambda}{2} \sum_i w_i^2 \qquad\qquad \frac{\partial L_{\text{total}}}{\partial w_i} = g_i + \lambda\, w_i$$
#
# | symbol | in code | shape | meaning |
# |---|---|---|---|
# | $\lambda$ | `weight_decay` | a number | how strong the pull is |
# | $g_i$ | an entry of `dw` | a number | the gradient of the loss without the penalty |
#
# The half is there so that no 2 is left in the gradient. This is **L2 regularization**: the penalty comes in through the gradient, and the optimizer does not know about it.
#
# ## Exercise 7 — the gradient with an L2 penalty
# **2 points · difficulty 1 of 5 · importance 4 of 5 · about 5 min**
#
# Write `l2_gradient(w, dw, weight_decay)`: the gradient of the loss with the penalty. `w` and `dw` have one shape, and so has the answer. For `w = [2, -4]`, `dw = [1, 0.5]` and `weight_decay = 0.25` it is `[1.5, -0.5]`.
#
# <details><summary>Hint 1: a nudge</summary>
#
# The second formula above is almost the code.
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# A positive weight must get a larger gradient, so that the step pushes it down. A negative weight must get a smaller one.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
# Add to `dw` the product of `weight_decay` and `w`, in a new array.
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "l2_gradient", "locked": false, "schema_version": 3, "solution": true, "task": false}
def l2_gradient(w, dw, weight_decay):
    """Gradient of the loss plus weight_decay / 2 times the sum of squares. w, dw of one shape -> that shape."""
    ### BEGIN SOLUTION
    return dw + weight_decay * w
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "l2_gradient-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of l2_gradient: run this cell. It takes a row of weights, a matrix and a plain number.
for _w, _dw, _pull, _wanted, _mistakes in [
    (
        [2.0, -4.0, 0.5],
        [1.0, 0.5, -1.0],
        0.25,
        [1.5, -0.5, -0.875],
        {
            "there is a factor of 2 too much: the penalty has a half, and its gradient is weight_decay times w": [
                2.0,
                -1.5,
                -0.75,
            ],
            "there is a half too much: the 2 of the square takes the half of the penalty away": [1.25, 0.0, -0.9375],
            "the penalty is subtracted: weights would grow. Add its gradient": [0.5, 1.5, -1.125],
            "this is the gradient of the penalty alone. Add it to dw": [0.5, -1.0, 0.125],
            "the penalty itself was added. Add its gradient": [3.53125, 3.03125, 1.53125],
            "the weights are squared. The gradient of a half of the square is the weight itself": [2.0, 4.5, -0.9375],
            "the size of each weight was added. A negative weight pulls the other way: leave its sign": [
                1.5,
                1.5,
                -0.875,
            ],
            "this adds the sign of each weight (L1). L2 adds the weight itself": [1.25, 0.25, -0.75],
            "the penalty was averaged over the weights. It is a sum": [1.166666667, 0.166666667, -0.958333333],
            "w and dw are turned around: weight_decay scales the weights": [2.25, -3.875, 0.25],
            "weight_decay is missing: the whole weight was added": [3.0, -3.5, -0.5],
            "the penalty is missing: this is dw as it came in": [1.0, 0.5, -1.0],
            "this is a step. Only the gradient is asked for: dw and the part of the penalty": [0.5, -3.5, 1.375],
        },
    ),
    (
        [[3.0, -1.0, 0.0], [0.5, 2.0, -6.0]],
        [[0.0, 1.0, -2.0], [4.0, -1.0, 0.25]],
        0.5,
        [[1.5, 0.5, -2.0], [4.25, 0.0, -2.75]],
        {"weight_decay is fixed at 0.25. Use the argument": [[0.75, 0.75, -2.0], [4.125, -0.5, -1.25]]},
    ),
    (-3.0, 2.0, 0.75, -0.25, {}),
]:
    expect(l2_gradient).of(np.array(_w), np.array(_dw), _pull).satisfies(
        lambda v: not isinstance(v, tuple), "only one thing is asked for: the gradient, with no state beside it"
    ).equals(_wanted, mistakes=_mistakes).leaves_arguments_unchanged()
print("l2_gradient: this check is passed.")

# %% nbgrader={"grade": true, "grade_id": "l2_gradient-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests compare with finite differences of the penalized loss, in several shapes.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("l2_gradient")
for _shape, _what in [((4,), "four weights"), ((3, 2), "a matrix of weights"), ((1,), "one weight")]:
    _w, _dw, _pull = _rng.normal(size=_shape), _rng.normal(size=_shape), float(_rng.uniform(0.1, 2.0))
    expect(l2_gradient, hidden=_what).of(_w.copy(), _dw.copy(), _pull).matches_gradient_of(
        lambda v, c=_dw, p=_pull: np.vdot(c, v) + p * np.vdot(v, v) / 2, at=_w
    ).leaves_arguments_unchanged()
expect(l2_gradient, hidden="no decay at all").of(np.array([3.0]), np.array([-2.0]), 0.0).equals([-2.0])
### END HIDDEN TESTS

# %% [markdown]
# ### The other form: shrink, then step
#
# With SGD one can multiply this out:
#
# $$w - \eta\,(g + \lambda w) = (1 - \eta\lambda)\, w - \eta\, g$$
#
# So the weight first shrinks by the factor $1 - \eta\lambda$, and then takes its usual step. Hence the name **weight decay**. For SGD the two are the same thing, and many texts use the two names for one.
#
# For Adam they are not. Adam divides whatever comes in through the gradient by $\sqrt{\hat{\mathbf{s}}}$, the penalty's part too. A weight with large gradients is then hardly pulled at all. **Decoupled** weight decay keeps the penalty out of the gradient: it shrinks the weights themselves, then lets the optimizer step. Adam with it is called **AdamW**.
#
# ## Exercise 8 — decay, then step
# **3 points · difficulty 2 of 5 · importance 4 of 5 · about 10 min**
#
# Write `decay_then_step(update, w, dw, state, lr, weight_decay)` → `w, state`: multiply the weights by 1 minus the product of `lr` and `weight_decay`, then take one step of `update` from there. `update` is any function of the contract, and its state goes in and out as always. The gradient stays as it is.
#
# With `sgd`, `w = [2, -4]`, `dw = [1, 0.5]`, `lr = 0.5` and `weight_decay = 0.25`, the weights first become `[1.75, -3.5]`, and after the step `[1.25, -3.75]`.
#
# <details><summary>Hint 1: a nudge</summary>
#
# `update` takes `w` as its first argument. Which `w` do you hand in?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Two steps: a new array with the smaller weights, and one call. What `update` returns has the form of your answer.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
#     the smaller weights are w times (1 minus lr times weight_decay)
#     return what update makes of them, of dw, of the state and of lr
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "decay_then_step", "locked": false, "schema_version": 3, "solution": true, "task": false}
def decay_then_step(update, w, dw, state, lr, weight_decay):
    """Decoupled weight decay around any optimizer. w, dw of one shape, state of `update` -> new w, new state."""
    ### BEGIN SOLUTION
    shrunk = w * (1 - lr * weight_decay)
    return update(shrunk, dw, state, lr)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "decay_then_step-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of decay_then_step: run this cell. It takes two steps with an optimizer of its own.
def _slowing(w, dw, state, lr):
    calls_so_far = state.get("calls", 0) + 1
    return w - 3 * lr * dw / calls_so_far**2, {"calls": calls_so_far}


_w, _state = np.array([2.0, -4.0]), {}
for _dw, _rate, _pull, _wanted, _mistakes in [
    (
        [1.0, 0.5],
        0.5,
        0.25,
        [0.25, -4.25],
        {
            "the decay lacks the learning rate: shrink by lr times weight_decay": [0.0, -3.75],
            "the decay went into the gradient: this is L2, and Adam would rescale it. Shrink the weights themselves": [
                -0.25,
                -3.25,
            ],
            "the step was decayed too. Shrink first, then step": [0.4375, -4.15625],
            "the weights grow: subtract the decay": [0.75, -5.25],
            "nothing decays: the weights go into the step as they are": [0.5, -4.75],
            "the weights shrink, and the step is missing: call `update` with them": [1.75, -3.5],
            "every weight shrinks by the same amount. Multiply the weights by 1 minus lr times weight_decay": [
                0.375,
                -4.875,
            ],
            "the weights and the gradient are handed to `update` in the wrong order": [-1.625, 5.75],
            "the decay comes twice: shrink the weights once": [0.03125, -3.8125],
            "the weights are multiplied by lr times weight_decay. Multiply them by 1 minus that": [-1.25, -1.25],
            "`update` is not used: this is plain gradient descent. Call the function that was handed in": [1.25, -3.75],
        },
    ),
    (
        [-0.5, 2.0],
        0.25,
        1.0,
        [0.28125, -3.5625],
        {
            "the state of `update` is lost: hand it in, and return the one that comes back": [0.5625, -4.6875],
            "the decay is fixed at the numbers of the first step. Use the arguments": [0.3125, -4.09375],
            "the learning rate is fixed at 0.5. Use the argument `lr`": [0.375, -3.9375],
        },
    ),
]:
    _call = expect(decay_then_step).of(_slowing, _w, np.array(_dw), _state, _rate, _pull)
    _new_w, _new_state = _call.parts("w", "state")
    _call.leaves_arguments_unchanged()
    _new_w.satisfies(
        lambda v: not isinstance(v, dict), "the two are turned around: first the weights, then the state"
    ).satisfies(
        lambda v: not isinstance(v, tuple | list),
        "`update` returns two things already: return them as they are, or give each a name",
    ).equals(_wanted, mistakes=_mistakes)
    _new_state.satisfies(lambda v: isinstance(v, dict), "the second thing to return is the state that `update` gave")
    _w, _state = np.asarray(_new_w.value), _new_state.value
print("decay_then_step: this check is passed.")

# %% nbgrader={"grade": true, "grade_id": "decay_then_step-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests take 50 steps beside torch.optim.AdamW, and show that for SGD both forms agree.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("decay_then_step")


def _averaging(w, dw, state, lr):
    _all = [*state.get("all", []), dw]
    _ages = np.arange(len(_all))[::-1]
    _top = np.average(_all, axis=0, weights=0.9**_ages)
    _below = np.average(np.square(_all), axis=0, weights=0.99**_ages)
    return w - lr * _top / (np.sqrt(_below) + 1e-8), {"all": _all}


def _plain(w, dw, state, lr):
    return np.subtract(w, np.multiply(lr, dw)), {}


for _shape, _rule, _what in [
    ((3,), _averaging, "50 steps of Adam with three weights"),
    ((2, 3), _averaging, "a matrix of weights"),
    ((), _plain, "a single number, with SGD"),
    ((4,), _plain, "50 steps of SGD, which agree with an L2 penalty"),
]:
    _rate, _pull = float(_rng.uniform(0.05, 0.3)), float(_rng.uniform(0.1, 1.0))
    _theirs = torch.tensor(np.asarray(_rng.normal(size=_shape)), requires_grad=True)
    _w, _state = _theirs.detach().numpy().copy(), {}
    if _rule is _averaging:
        _judge = torch.optim.AdamW([_theirs], lr=_rate, betas=(0.9, 0.99), weight_decay=_pull)
    else:
        _judge = torch.optim.SGD([_theirs], lr=_rate, weight_decay=_pull)
    for _turn in range(50):
        _dw = np.asarray(_rng.normal(size=_shape))
        _theirs.grad = torch.tensor(_dw)
        _judge.step()
        _call = expect(decay_then_step, hidden=_what).of(_rule, _w, _dw, _state, _rate, _pull)
        _new_w, _new_state = _call.parts("w", "state")
        _call.leaves_arguments_unchanged()
        _new_w.equals(_theirs.detach().numpy().copy(), tol=1e-10)
        _w, _state = np.asarray(_new_w.value), _new_state.value
### END HIDDEN TESTS

# %% [markdown]
# ### See the difference
#
# Two weights start at 1. The gradient of the first flips between 10 and −10, that of the second between 0.1 and −0.1: one loud, one quiet, and on average both gradients are 0. A fair pull of $\lambda = 0.1$ should shrink both alike: after 1000 steps with learning rate 0.01, by the factor $(1 - 0.001)^{1000}$.


# %%
def with_l2(update, pull):
    """The optimizer `update` with an L2 penalty in its gradient."""
    return lambda w, dw, state, lr: update(w, l2_gradient(w, dw, pull), state, lr)


def with_decay(update, pull):
    """The optimizer `update` with decoupled weight decay."""
    return lambda w, dw, state, lr: decay_then_step(update, w, dw, state, lr, pull)


print(f"the factor of a fair pull: {0.999**1000:.3f}")
pulled = {
    "SGD, L2": with_l2(sgd, 0.1),
    "SGD, decay": with_decay(sgd, 0.1),
    "Adam, L2": with_l2(adam, 0.1),
    "Adam, decay": with_decay(adam, 0.1),
}
for name, update in written(pulled).items():
    two, memory = np.array([1.0, 1.0]), {}
    for k in range(1000):
        two, memory = update(two, np.array([10.0, 0.1]) * (-1) ** k, memory, 0.01)
    print(f"{name:>12}: loud weight {two[0]:.3f}, quiet weight {two[1]:.3f}")

# %% [markdown]
# Both forms of SGD agree digit by digit. With Adam and L2 the loud weight is hardly pulled at all, and the quiet one is pulled to nothing. With decoupled decay both shrink alike, and nearly as asked for. (Two small gaps: Adam's very first steps all lean on the first gradient, and push both weights a little below the factor; SGD's loud weight is a little above it because its jumps are large to the end.)
#
# The same on digits, with a decay of 0.01. Here all parameters decay, the biases too; in large networks one often leaves biases out.

# %%
pulled = {
    "SGD": sgd,
    "SGD, L2": with_l2(sgd, 0.01),
    "SGD, decay": with_decay(sgd, 0.01),
    "Adam": adam,
    "Adam, L2": with_l2(adam, 0.01),
    "Adam, decay": with_decay(adam, 0.01),
}
for name, update in written(pulled).items():
    params, losses = train_digits(update, 0.1 if name.startswith("SGD") else 0.01, 20)
    length = math.sqrt(sum((W**2).sum() for W, _ in params))
    print(
        f"{name:>12}: length of all weights {length:6.3f}, training loss {losses[-1]:.4f}, unseen {share_right(X_test, y_test, params):.1%}"
    )
steps = 20 * math.ceil(len(y_train) / 64)
print(f"decoupled decay of Adam alone, {steps} steps: the length shrinks by {1 - 0.9999**steps:.1%}")

# %% [markdown]
# For SGD the two forms are one, again. For Adam, the same 0.01 means two very different pulls: L2 cuts the length of the weights to less than a half, decoupled decay by about 2 %. It multiplies them by $1 - 0.01 \cdot 0.01 = 0.9999$ in each step. Alone this would take 4.5 % away in 460 steps; the gradients push back. So when you read "weight decay 0.01", ask which of the two is meant: `torch.optim.Adam(weight_decay=...)` is L2, and `torch.optim.AdamW` is the decoupled one.
#
# No form helps on the unseen digits here: the network is small, and does not overfit badly. (This is one seed, and SGD runs at 0.1, below its best rate of about 0.3. The table shows what decay does to the weights, and ranks nothing.) Week 07 comes back to it where it does.
#
# ## How GPT uses this
#
# GPT-3 was trained with Adam: $\beta_1 = 0.9$, $\beta_2 = 0.95$, $\varepsilon = 10^{-8}$, and a weight decay of 0.1, of the decoupled kind: its paper points to the one that introduced it. These are the numbers of its paper, and you know now what each of them does. The state has a price: Adam keeps two more numbers for every parameter. For GPT-2 small, with its 124,439,808 parameters in float32 (4 bytes each):

# %%
count = 124_439_808
print(f"weights {4 * count / 1e9:.2f} GB, gradients {4 * count / 1e9:.2f} GB, state of Adam {8 * count / 1e9:.2f} GB")

# %% [markdown]
# ## Coming from C# or Java
#
# - You would write an interface `IOptimizer` with a method `Step`, and a class with private fields for each rule. Here a rule is a pure function, and the fields travel in and out as `state`. PyTorch's classes are the other design; the arithmetic is the same.
# - `update` is passed around like a delegate or a lambda. `with_decay(adam, 0.1)` is a decorator: it takes an optimizer and gives one back.
# - `state.get("v", 0.0)` is `GetValueOrDefault` of C# and `getOrDefault` of Java. 0.0 plus an array is an array: broadcasting makes the zeros of the right shape for you.
# - `zip(params, grads, states)` walks over three lists at once and unpacks the pairs in the head of the loop.
#
# ## If you are stuck
#
# | what you see | likely cause |
# |---|---|
# | the first step is right, the second is not | the new velocity or average is not in the state that you return, or stands there under another key than the one you read |
# | `KeyError: 'v'` | in the first step the state is empty: `state.get("v", 0.0)` |
# | `unsupported operand type(s) ... 'NoneType'` | `state.get("v")` gives None where the key is missing. Give it a second argument, 0.0 |
# | `nan` after the first step of Adam | `t` was 0: count before you correct |
# | steps about 3 times too long at the start | no bias correction |
# | `could not be broadcast together` | two parameters share one state |
# | `argument changed by the call: state` | `state["v"] = ...` writes into the caller's dictionary. Return a new one |
# | the loss explodes | the learning rate is too large. Divide it by 3 until it falls, then look at a sweep |
# | Adam is worse than SGD | its learning rate is SGD's. Begin with 0.001 or 0.01 |
#
# ## Checkpoint
#
# Answer each question aloud before you open it.
#
# <details><summary>Why does momentum help in a ravine?</summary>
#
# Across the ravine gradients flip their sign and cancel in the velocity. Along it they agree and add up, to 10 times one gradient for beta = 0.9.
#
# </details>
# <details><summary>What does Adam's learning rate mean?</summary>
#
# About how far a weight moves in one step, whatever the size of its gradients. In the first step it is exactly that, but for eps.
#
# </details>
# <details><summary>What goes wrong without bias correction?</summary>
#
# Both averages start at 0. The root of the squares is too small for longer than the mean is, so the first thousand steps and more are too long, over 6 times at worst.
#
# </details>
# <details><summary>Why are L2 and weight decay the same for SGD and not for Adam?</summary>
#
# SGD only multiplies the gradient by the learning rate, so the penalty's part becomes a shrinking factor. Adam divides the gradient by its usual size, the penalty's part too: weights with large gradients are hardly pulled.
#
# </details>
# <details><summary>Someone says that Adam beats SGD, and shows curves with one learning rate for both. What do you ask for?</summary>
#
# A sweep: each with its own best learning rate, and more than one seed.
#
# </details>
#
# You have written four optimizers that agree with PyTorch's, seen what each remembers, and run a fair race. **Next:** lesson 5 meets PyTorch's tensors and autograd, where `loss.backward()` and `optimizer.step()` do what you did by hand.
