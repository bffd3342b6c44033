# %% [markdown]
# # Week 03 · Lesson 6 — MNIST, twice
#
# **About 135 minutes.** You train one network, 784 → 128 → 64 → 10, on 60,000 handwritten digits: once with your own NumPy, once with PyTorch. Both must read at least 97 of 100 digits they have never seen. Then you look at the ones they get wrong, and break the training on purpose.
#
# | built before | built here | unlocks next |
# |---|---|---|
# | backpropagation (lesson 2), the training loop (lesson 3), momentum and Adam (lesson 4), PyTorch's parts (lesson 5) | `prepare`, `init_params`, `train_epoch`, `most_confused`, `worst_mistakes`, `to_torch`, `train_torch`, a list of symptoms and their causes | lesson 7 (NumPy and PyTorch compared step by step) and week 07 (networks from scratch, all the way) |
#
# After this lesson you can
#
# - take real images from raw bytes to a trained, judged and saved classifier, without help;
# - prepare data so that nothing about the test images leaks into training;
# - read a confusion matrix, and say per digit what precision and recall mean;
# - tell from a loss curve whether the data, the learning rate or the start weights are wrong.
#
# **This lesson is the course's challenge "MLP on MNIST".** (MLP: multilayer perceptron, a network of dense layers.) Three cells train on MNIST, 10 to 60 seconds each. The data is 12 MB, fetched once; without a network the cells say so. No check needs MNIST.
# Every function you write leaves the arrays and lists it was given as they were. (One exception is named: training a PyTorch model changes the model.)

# %%
import time

import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from groundup import datasets, plots
from groundup.checks import expect, fresh_rng, given  # fresh_rng, given: for the checks


def forward(X, params):
    """Logits (n, n_classes), and what each layer read. params: [(W, b), ...], ReLU between the layers."""
    readings, signal = [], X
    for depth, (W, b) in enumerate(params, start=1):
        readings.append(signal)
        signal = signal @ W + b
        if depth < len(params):
            signal = np.maximum(signal, 0.0)
    return signal, readings


def loss_and_grads(X, y, params):
    """Mean cross-entropy of a batch, and its gradients [(dW, db), ...]. X (n, d), y (n,) whole numbers."""
    logits, readings = forward(X, params)
    lowered = logits - logits.max(axis=1, keepdims=True)
    log_p = lowered - np.log(np.exp(lowered).sum(axis=1, keepdims=True))
    at_label = np.arange(len(y)), y
    loss = -log_p[at_label].mean()
    flow = np.exp(log_p)  # becomes the gradient of the logits, then of each layer's scores
    flow[at_label] -= 1
    flow /= len(y)
    grads = []
    for depth in reversed(range(len(params))):
        grads.insert(0, (readings[depth].T @ flow, flow.sum(axis=0)))
        if depth > 0:
            flow = (flow @ params[depth][0].T) * (readings[depth] > 0)
    return loss, grads


def accuracy(X, y, params):
    """The share of rows whose largest logit is at the right class, from 0 to 1."""
    return float((forward(X, params)[0].argmax(axis=1) == y).mean())


# %% [markdown]
# `forward` and `loss_and_grads` are what you wrote in lessons 2 and 3, for any number of layers. From here on they are tools.
#
# ## 1. The idea: everything at once, on real data
#
# So far each lesson had one new thing and small data. Now all of it has to work together: loading, scaling, start weights, the loop, the optimizer, the judgment. Real work is like this, and it fails in a new way: no error, no warning, and a network that is stuck at 93 %, or at 11 %.
#
# So we go in small steps, and look after each one. There is a **rehearsal** too: the same code runs on the 8 × 8 digits first, in about a second.

# %%
plots.network([784, 128, 64, 10], title="One network, built twice: 784 pixels, 10 classes")

# %% [markdown]
# The data: 60,000 images to learn from and 10,000 to be judged on, 28 × 28 pixels each. A pixel is one byte, from 0 (paper) to 255 (ink).

# %% tags=["skip-execution"]
try:
    raw_train, labels_train, raw_test, labels_test = datasets.mnist()
    have_mnist = True
except datasets.DataError as error:
    have_mnist = False
    print(error, "\n\nNo MNIST here: the cells that need it say so, and everything else works.")

picture = None
if have_mnist:
    print(f"training images {raw_train.shape}, {raw_train.dtype}; labels {labels_train.shape}, {labels_train.dtype}")
    print("images per digit:", np.bincount(labels_train))
    picture = plots.image_grid(
        raw_train[:16], [f"a {label}" for label in labels_train[:16]], title="The first 16 training images of MNIST"
    )
picture

# %% [markdown]
# The digits are not equally frequent: there are about 6,700 ones and about 5,400 fives.
#
# ### Three parts, three jobs
#
# | part | images | what it is for |
# |---|---|---|
# | training | the first 55,000 of the 60,000 | the gradients come from here, and the mean and the standard deviation too |
# | validation | the last 5,000 of the 60,000 | you look at it as often as you like: it decides learning rates, epochs, sizes |
# | test | 10,000 | it says at the end how good the network is. **Nothing is ever chosen by it**; the safe habit is to look once |
#
# Why two parts that are never trained on? Each time you choose something by an accuracy, that accuracy becomes a little too good: you picked the luckiest one. The test images stay out of all choices, so what they say is what strangers' handwriting will say.
#
# ## 2. From bytes to inputs
#
# Inputs should be numbers around 0, about as large as 1. Why? The gradient of a weight in the first layer is its input times what comes back: pixels up to 255 make those gradients far too large. You see the damage in section 9.
#
# $$\mathbf{X} = \frac{\mathbf{P} - \mu}{\sigma}$$
#
# | symbol | in words | shape |
# |---|---|---|
# | $\mathbf{P}$ | the pixels, one image a row | `(n, 784)` |
# | $\mu$ | the mean of **all** pixels of **all** training images: one number | `()` |
# | $\sigma$ | their standard deviation: one number | `()` |
# | $\mathbf{X}$ | the inputs of the network | `(n, 784)` |
#
# The same two numbers scale every part: training, validation, test, and the photo that somebody takes next year. They come from the **training images only**. A network in use cannot know the mean of images that do not exist yet, and a test that knows more than real use flatters.
#
# ### Worked example: three pixels, by hand

# %%
pixels = np.array([0, 50, 250], dtype=np.uint8)

# Step 1: one byte holds 0 .. 255, and arithmetic among bytes wraps around without a word.
print("as bytes, 50 - 250 is", (pixels[1:2] - pixels[2:])[0], "and 250 + 50 is", (pixels[2:] + pixels[1:2])[0])
# Step 2: so turn bytes into float64 first.
grays = pixels.astype(float)
# Step 3: the two numbers.
middle, spread = grays.sum() / 3, grays.std()
# Step 4: subtract, divide. Afterwards the mean is 0 and the standard deviation 1.
inputs = (grays - middle) / spread
print(f"mean {middle:.1f}, standard deviation {spread:.2f}, inputs {inputs.round(4)}")
print(f"afterwards: mean {abs(inputs.mean()):.1f}, standard deviation {inputs.std():.1f}")

# %% [markdown]
# ## Exercise 1 — prepare the images
# **3 points · difficulty 2 of 5 · importance 5 of 5 · about 10 min**
#
# Write `prepare(train_images, other_images)` → `X_train, X_other`. Both inputs are `(n, h, w)`, usually uint8, each with its own `n`; the outputs are `(n, h * w)` floats.
# Subtract the mean and divide by the standard deviation (`np.std` as it is: divided by the count), two plain numbers, taken over all pixels of all **training** images.
#
# The training part then has mean 0 and standard deviation 1. The other part has not, in general, and that is right.
#
# <details><summary>Hint 1: a nudge</summary>
#
# How many numbers describe the training images here? Two. Which of the two inputs may take part in computing them?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# `reshape(len(images), -1)` makes a row of each image. `array.mean()` and `array.std()` without an axis run over all entries, and give floats also for bytes.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
#     mean and standard deviation of train_images, over everything
#     for each of the two inputs:
#         one row an image, as floats, minus the mean, divided by the standard deviation
#     return both, the training part first
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "prepare", "locked": false, "schema_version": 3, "solution": true, "task": false}
def prepare(train_images, other_images):
    """Scaled rows. Images (n, h, w), (m, h, w) -> X_train (n, h*w), X_other (m, h*w), floats."""
    ### BEGIN SOLUTION
    mu, sigma = np.mean(train_images), np.std(train_images)
    scaled = [
        (np.asarray(part, dtype=float).reshape(len(part), -1) - mu) / sigma for part in (train_images, other_images)
    ]
    return scaled[0], scaled[1]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "prepare-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of prepare: run this cell.
_train = np.array([[[0, 40, 7], [250, 90, 160]], [[10, 200, 30], [120, 60, 220]]], dtype=np.uint8)
_other = np.array([[[255, 0, 90], [60, 5, 140]]], dtype=np.uint8)
_X_train, _X_other = expect(prepare).of(_train, _other).leaves_arguments_unchanged().parts("X_train", "X_other")
_NOT_A_NUMBER = "there is a NaN: was a square or a sum computed in bytes? It wraps around at 256, and the root of what is left fails. Use `.astype(float)` first"
_X_train.satisfies(
    lambda v: np.shape(v)[0] != 1, "the two parts are turned around: the training part comes first"
).satisfies(lambda v: np.ndim(v) == 2, "each image should be one row: reshape to (n, h * w)", "shape (2, 6)").satisfies(
    lambda v: np.isfinite(v).all(), _NOT_A_NUMBER
).equals(
    [
        [-1.156183, -0.688645, -1.074364, 1.76593, -0.104222, 0.71397],
        [-1.039298, 1.181508, -0.805529, 0.246432, -0.454876, 1.415277],
    ],
    tol=1e-5,
    mistakes={
        "the pixels are divided by 255. That scales them, and their mean is not 0": [
            [0.0, 0.156863, 0.027451, 0.980392, 0.352941, 0.627451],
            [0.039216, 0.784314, 0.117647, 0.470588, 0.235294, 0.862745],
        ],
        "the mean is subtracted, and the division by the standard deviation is missing": [
            [-98.916667, -58.916667, -91.916667, 151.083333, -8.916667, 61.083333],
            [-88.916667, 101.083333, -68.916667, 21.083333, -38.916667, 121.083333],
        ],
        "the mean is not subtracted": [
            [0.0, 0.467538, 0.081819, 2.922113, 1.051961, 1.870152],
            [0.116885, 2.337691, 0.350654, 1.402614, 0.701307, 2.57146],
        ],
        "the parentheses are missing: subtract first, then divide": [
            [-1.156183, 38.843817, 5.843817, 248.843817, 88.843817, 158.843817],
            [8.843817, 198.843817, 28.843817, 118.843817, 58.843817, 218.843817],
        ],
        "this divides by the variance. The standard deviation is its root": [
            [-0.013514, -0.008049, -0.012558, 0.020641, -0.001218, 0.008345],
            [-0.012148, 0.01381, -0.009415, 0.00288, -0.005317, 0.016542],
        ],
        "each image got its own mean and standard deviation. Two numbers serve all images": [
            [-1.019478, -0.572175, -0.9412, 1.776165, -0.013046, 0.769734],
            [-1.196958, 1.155684, -0.949312, 0.165098, -0.577842, 1.40333],
        ],
        "each pixel place got its own mean and standard deviation. Two numbers serve all places": [
            [-1.0, -1.0, -1.0, 1.0, 1.0, -1.0],
            [1.0, 1.0, 1.0, -1.0, -1.0, 1.0],
        ],
        "the other images took part in the mean and the standard deviation. They come from the training images only": [
            [-1.118526, -0.654888, -1.037389, 1.779209, -0.075341, 0.736025],
            [-1.002616, 1.199662, -0.770798, 0.272387, -0.423069, 1.431481],
        ],
        "the numbers of the other images were used for the training images": [
            [-1.047667, -0.590503, -0.967663, 1.809606, -0.019048, 0.780988],
            [-0.933376, 1.238151, -0.704794, 0.323824, -0.361921, 1.466733],
        ],
        "the standard deviation divides by n - 1 here. Leave `ddof` away": [
            [-1.106961, -0.659327, -1.028625, 1.69075, -0.099785, 0.683574],
            [-0.995052, 1.131208, -0.771235, 0.23594, -0.43551, 1.355024],
        ],
        "this scales to the range from 0 to 1. Subtract the mean and divide by the standard deviation": [
            [0.0, 0.16, 0.028, 1.0, 0.36, 0.64],
            [0.04, 0.8, 0.12, 0.48, 0.24, 0.88],
        ],
        "the mean was cut to a whole number. Leave `int` away: it is a float": [
            [-1.145468, -0.67793, -1.063649, 1.776645, -0.093508, 0.724684],
            [-1.028584, 1.192222, -0.794815, 0.257146, -0.444161, 1.425991],
        ],
        "the subtraction was done in bytes, and what falls below 0 wraps around to 255. Use `.astype(float)` first": [
            [1.846776, 2.314314, 1.928595, 1.776645, 2.898736, 0.724684],
            [1.96366, 1.192222, 2.197429, 0.257146, 2.548083, 1.425991],
        ],
        "the result was put back into bytes, which hold whole numbers from 0 to 255 only": [
            [255, 0, 255, 1, 0, 0],
            [255, 1, 0, 0, 0, 1],
        ],
        "the pixels of an image come in another order. `images.reshape(len(images), -1)` keeps them row by row": [
            [-1.156183, 1.76593, -0.688645, -0.104222, -1.074364, 0.71397],
            [-1.039298, 0.246432, 1.181508, -0.454876, -0.805529, 1.415277],
        ],
    },
)
_X_other.satisfies(
    lambda v: np.ndim(v) == 2, "each image should be one row: reshape to (n, h * w)", "shape (1, 6)"
).equals(
    [[1.824373, -1.156183, -0.104222, -0.454876, -1.097741, 0.480201]],
    tol=1e-5,
    mistakes={
        "the other images got a mean and a standard deviation of their own. Use those of the training images": [
            [1.866751, -1.047667, -0.019048, -0.361921, -0.990521, 0.552406]
        ],
        "their own mean is subtracted from the other images. Use the one of the training images": [
            [1.909114, -1.071442, -0.019481, -0.370134, -1.012999, 0.564942]
        ],
        "the other images are divided by their own standard deviation. Use the one of the training images": [
            [1.78389, -1.130527, -0.101909, -0.444782, -1.073382, 0.469545]
        ],
        "the other images are divided by 255 only. Treat them like the training images": [
            [1.0, 0.0, 0.352941, 0.235294, 0.019608, 0.54902]
        ],
        "the other images are as they were. Treat them like the training images": [
            [255.0, 0.0, 90.0, 60.0, 5.0, 140.0]
        ],
        "the mean of the training images is subtracted from the other images, and the division is missing": [
            [156.083333, -98.916667, -8.916667, -38.916667, -93.916667, 41.083333]
        ],
    },
)
print("prepare: this check is passed.")

# %% nbgrader={"grade": true, "grade_id": "prepare-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests use other sizes, images that are not square, a single image, floats in place of bytes.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("prepare")
for _n, _m, _h, _w, _float, _what in [
    (6, 3, 4, 4, False, "bytes, more training images than others"),
    (1, 1, 3, 5, False, "a single image that is not square"),
    (3, 7, 2, 6, False, "more other images than training images"),
    (4, 2, 5, 1, True, "images of floats, one pixel wide"),
]:
    _a = _rng.integers(0, 256, size=(_n, _h, _w)).astype(float if _float else np.uint8)
    _o = (_rng.integers(0, 256, size=(_m, _h, _w)) // 3).astype(float if _float else np.uint8)
    _a[0, 0, 0], _a[0, -1, -1] = 0, 255
    _list = [float(_v) for _v in _a.ravel()]
    _c = sum(_list) / len(_list)
    _s = (sum((_v - _c) ** 2 for _v in _list) / len(_list)) ** 0.5
    _rows_a, _rows_o = (np.array([[float(_v) for _v in _i.ravel()] for _i in _p]) for _p in (_a, _o))
    _own = _rows_o.std() or 1.0
    _got_a, _got_o = expect(prepare, hidden=_what).of(_a, _o).leaves_arguments_unchanged().parts("X_train", "X_other")
    _got_a.has_shape(_n, _h * _w).equals(_rows_a / _s - _c / _s, tol=1e-5)
    _got_o.has_shape(_m, _h * _w).equals(
        _rows_o / _s - _c / _s,
        tol=1e-5,
        mistakes={
            "the other images got a mean and a standard deviation of their own": (_rows_o - _rows_o.mean()) / _own
        },
    )
### END HIDDEN TESTS

# %% [markdown]
# For the rehearsal, the small digits are turned back into bytes, so that they look like MNIST's. With yours they become inputs:

# %%
# Needs exercise 1. Later cells with small_train need this one.
small_X, small_y, small_X_test, small_y_test = datasets.digits_split()
small_raw, small_raw_test = ((part * 255).astype(np.uint8).reshape(-1, 8, 8) for part in (small_X, small_X_test))
small_train, small_test = prepare(small_raw, small_raw_test)
print(
    f"training part: {small_train.shape}, mean {abs(small_train.mean()):.3f}, standard deviation {small_train.std():.3f}"
)
print(f"test part:     {small_test.shape}, mean {small_test.mean():.3f}, standard deviation {small_test.std():.3f}")

# %% [markdown]
# The test part is close to 0 and 1, and not exactly there. That is how it should be.
#
# ## 3. Where to start
#
# Start weights must differ from each other, or all units of a layer learn the same. And they must have the right **size**. A unit adds up `d_in` products; with weights of standard deviation $s$ and inputs of size about 1, its score has a standard deviation of about $s\sqrt{d_{in}}$. ReLU then throws half of the scores away. **He initialization** makes up for both:
#
# $$W_{kj} \sim \text{mean } 0, \text{ standard deviation } \sqrt{\frac{2}{d_{in}}} \qquad\qquad b_j = 0$$
#
# So the signal keeps its size from layer to layer. Week 07 looks at that closely; here you need the formula, and section 9 shows what happens without it.
#
# ## Exercise 2 — start weights
# **3 points · difficulty 2 of 5 · importance 5 of 5 · about 8 min**
#
# Write `init_params(sizes, rng)` → `[(W, b), ...]`, float64: for `[784, 128, 64, 10]` three pairs, the first with shapes `(784, 128)` and `(128,)`.
# The weights have mean 0 and the standard deviation of He, the biases are 0. Draw from `rng`, a NumPy generator: `rng.normal(size=(rows, columns))` gives numbers of standard deviation 1. (Another distribution with the same mean and standard deviation is fine too.)
#
# <details><summary>Hint 1: a nudge</summary>
#
# How many layers does a list of four sizes describe, and what is `d_in` of each?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Walk over neighbors in the list. Multiplying numbers of standard deviation 1 by $s$ gives numbers of standard deviation $s$.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
#     for each pair of neighbors d_in, d_out:
#         W: normal numbers from rng, shape (d_in, d_out), times the root of 2 / d_in
#         b: d_out zeros
#         put (W, b) into a list
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "init_params", "locked": false, "schema_version": 3, "solution": true, "task": false}
def init_params(sizes, rng):
    """Start weights after He. sizes [d_0, d_1, ..., n_classes], rng a NumPy generator -> [(W, b), ...]."""
    ### BEGIN SOLUTION
    start = []
    for fan_in, fan_out in zip(sizes[:-1], sizes[1:]):
        start.append((rng.normal(0.0, np.sqrt(2.0 / fan_in), size=(fan_in, fan_out)), np.zeros(fan_out)))
    return start
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "init_params-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of init_params: run this cell.
def _pairs(value):
    return isinstance(value, list | tuple) and all(isinstance(pair, list | tuple) and len(pair) == 2 for pair in value)


_rng = np.random.default_rng(3)
_params = (
    expect(init_params)
    .of([128, 50, 300, 20], _rng)
    .leaves_arguments_unchanged()
    .satisfies(
        lambda v: [len(part) for part in v] != [3, 3],
        "these are two lists, all W and all b. One pair for each layer is wanted: append (W, b)",
        "[(W1, b1), (W2, b2), (W3, b3)]",
    )
    .satisfies(_pairs, "return a list with one pair (W, b) for each layer", "[(W1, b1), (W2, b2), (W3, b3)]")
    .satisfies(lambda v: len(v) == 3, "four sizes describe three layers: one for each pair of neighbors", "3 pairs")
    .value
)
for _k, (_i, _o) in enumerate([(128, 50), (50, 300), (300, 20)]):
    expect(np.shape(_params[_k][0]), name=f"the shape of W of layer {_k + 1}").satisfies(
        lambda v, i=_i, o=_o: v != (o, i), "W is turned around: inputs first, one column a unit", f"({_i}, {_o})"
    ).satisfies(
        lambda v, i=_i, o=_o: v == (i, o), "W has a row for each input and a column for each unit", f"({_i}, {_o})"
    )
    expect(np.shape(_params[_k][1]), name=f"the shape of b of layer {_k + 1}").satisfies(
        lambda v: len(v) < 2, "the biases have two axes. They are a plain list of numbers, (d_out,)", f"({_o},)"
    ).satisfies(lambda v, o=_o: v == (o,), "there is one bias for each unit of the layer", f"({_o},)")
_weights = [np.array(_W) for _W, _ in _params]
_HE, _spreads = [0.125, 0.2, 0.08165], [round(float(np.std(_W)), 5) for _W in _weights]
_means = [float(np.mean(_W)) / _h for _W, _h in zip(_weights, _HE)]


def _not_near(*wanted):
    return lambda v: not np.allclose(v, wanted, rtol=0.06)


expect(_spreads, name="standard deviation of the weights, layers 1 to 3").satisfies(
    lambda v: min(v) > 0,
    "all weights of a layer are equal, so all its units would learn the same. Draw them from rng",
    "about [0.125, 0.2, 0.082]",
).satisfies(
    lambda v: max(np.abs(_means)) < 0.08 or min(_W.min() for _W in _weights) < 0,
    "the mean is not 0: `rng.random` and `rng.uniform(0, ...)` give positive numbers only. Use `rng.normal`",
).satisfies(
    lambda v: max(np.abs(_means)) < 0.08,
    "the mean is not 0. The first argument of `rng.normal` is the mean, and `scale=...` is the standard deviation",
).satisfies(
    _not_near(1, 1, 1), "the weights are as rng gives them. Scale them after He", "about [0.125, 0.2, 0.082]"
).satisfies(
    _not_near(0.0884, 0.1414, 0.0577), "this is the root of 1 / d_in. He takes 2 / d_in, because ReLU throws half away"
).satisfies(_not_near(0.2, 0.08165, 0.3162), "this divides by d_out. It is d_in that is added up").satisfies(
    _not_near(0.106, 0.0756, 0.0791), "this divides by d_in + d_out (Xavier's rule, for tanh). He takes d_in alone"
).satisfies(_not_near(0.015625, 0.04, 0.006667), "the root is missing: 2 / d_in is the variance").satisfies(
    _not_near(0.01105, 0.02828, 0.004714), "the root goes over 2 only. It goes over the whole fraction: sqrt(2 / d_in)"
).satisfies(
    _not_near(0.1768, 0.2828, 0.1155), "the root goes over d_in only. It goes over the whole fraction: sqrt(2 / d_in)"
).satisfies(_not_near(8, 5, 12.247), "this divides by He's standard deviation. Multiply by it").satisfies(
    _not_near(0.125, 0.125, 0.125), "a layer has not its own d_in: every layer got the d_in of the first"
).satisfies(
    lambda v: max(v) > 1.12 * min(v), "the size is the same in every layer, whatever d_in is. He's rule depends on d_in"
).satisfies(
    _not_near(0.0722, 0.1155, 0.04714),
    "the numbers reach as far as He's standard deviation should be. Spread them wider",
).satisfies(
    lambda v: np.allclose(v, _HE, rtol=0.06) or not np.allclose(v[:2], _HE[:2], rtol=0.06),
    "the last layer has another spread. He's rule holds for each layer",
    "about [0.125, 0.2, 0.082]",
).satisfies(
    lambda v: np.allclose(v, _HE, rtol=0.06), "this is not the standard deviation of He", "about [0.125, 0.2, 0.082]"
)
expect([str(_W.dtype) for _W in _weights], name="the dtypes of the weights").satisfies(
    lambda v: v == ["float64"] * 3, "the weights have lost digits: they should be float64, as rng gives them", "float64"
)
for _k in range(3):
    expect(_params[_k][1], name=f"b of layer {_k + 1}").satisfies(
        lambda v: not np.any(v), "the biases start at 0. Only the weights are drawn", "zeros"
    )
_more, _twin = (
    np.array(expect(init_params).of([128, 50, 300, 20], _g).value[0][0]) for _g in (_rng, np.random.default_rng(3))
)
expect(_weights[0], name="W of layer 1").satisfies(
    lambda v: not np.array_equal(v, _more),
    "a second call gives the same weights again: a generator is made inside the function. Draw from the rng passed in",
).satisfies(
    lambda v: np.array_equal(v, _twin),
    "two generators of the same seed give different weights: they are not drawn from the rng that is passed in",
)
print("init_params: this check is passed.")

# %% nbgrader={"grade": true, "grade_id": "init_params-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests use other sizes, layers of equal size, a single layer, and look at where the numbers are drawn from.
### BEGIN HIDDEN TESTS
_seeds = fresh_rng("init_params").integers(1, 2**31, size=3)
for _sizes, _what in [
    ([300, 400, 120, 7], "three layers"),
    ([90, 90, 90, 90], "layers of equal size"),
    ([500, 60], "a single layer"),
    ([1, 3, 1], "one input and one class"),
]:
    _made = (
        expect(init_params, hidden=_what)
        .of(list(_sizes), np.random.default_rng(_seeds[0]))
        .leaves_arguments_unchanged()
    )
    _made.satisfies(
        lambda v, s=_sizes: len(v) == len(s) - 1, "there is one pair (W, b) for each pair of neighbors in sizes"
    )
    _got = _made.value
    for (_W, _b), _i, _o in zip(_got, _sizes[:-1], _sizes[1:]):
        expect(_W, hidden=_what, name="W of init_params").has_shape(_i, _o)
        expect(_b, hidden=_what, name="b of init_params").equals(np.zeros(_o))
        if _i * _o > 600:  # 6 standard errors of a standard deviation, for numbers that are normal or nearer together
            _target, _error = (2 / _i) ** 0.5, 6 / (2 * _i * _o) ** 0.5
            expect(float(np.std(_W)) / _target, hidden=_what, name="the size of W, init_params").satisfies(
                lambda v: v > 0, "all weights are equal. Draw them from rng"
            ).satisfies(
                lambda v, e=_error: abs(v - 1) < e, "a layer has not its own d_in in the standard deviation after He"
            )
            expect(float(np.mean(_W)) / _target, hidden=_what, name="the mean of W, init_params").satisfies(
                lambda v, n=_i * _o: abs(v) < 6 / n**0.5, "the mean of the weights is not 0"
            )
    if len(set(_sizes)) == 1:
        expect([np.array(_W) for _W, _ in _got], hidden=_what, name="init_params").satisfies(
            lambda v: not np.allclose(v[0], v[1]) and not np.allclose(v[1], v[2]),
            "all layers got the same numbers. Draw anew for each layer",
        )
_first, _twin, _else = (
    np.array(expect(init_params, hidden="the generator").of([6, 4, 2], np.random.default_rng(_s)).value[0][0])
    for _s in (_seeds[1], _seeds[1], _seeds[2])
)
expect(_first, hidden="two generators of one seed", name="init_params").satisfies(
    lambda v: np.array_equal(v, _twin),
    "the numbers are not drawn from the rng that is passed in, so no run can be repeated",
).satisfies(
    lambda v: not np.array_equal(v, _else),
    "the start weights are the same for every rng: a generator is made inside the function. Draw from the one passed in",
)
### END HIDDEN TESTS

# %% [markdown]
# ### The first look: what is the loss before training?
#
# A network that knows nothing should have a loss near log(10) ≈ 2.30: it gives every digit about one tenth. With He's start it is a little more, because the first logits already differ. Its accuracy is luck: about 5 to 25 percent, and that tells nothing.

# %%
# Needs exercises 1 and 2.
fresh_params = init_params([64, 32, 10], np.random.default_rng(0))
first_loss, _ = loss_and_grads(small_train, small_y, fresh_params)
print(
    f"first loss {first_loss:.2f}, log(10) = {np.log(10):.2f}, accuracy {accuracy(small_test, small_y_test, fresh_params):.0%}"
)

# %% [markdown]
# ## 4. One epoch with momentum
#
# Lesson 4 raced the optimizers. Here we take **momentum**: next to each weight stands a velocity, which keeps a part of all earlier gradients. For every array $\mathbf{W}$ (and in the same way for every $\mathbf{b}$):
#
# $$\mathbf{V} \leftarrow \beta\,\mathbf{V} + \frac{\partial L}{\partial \mathbf{W}} \qquad\qquad \mathbf{W} \leftarrow \mathbf{W} - \eta\,\mathbf{V}$$
#
# | symbol | in code | shape | meaning |
# |---|---|---|---|
# | $\mathbf{V}$ | `velocity`, a list of pairs like `params` | that of $\mathbf{W}$ | starts at 0 |
# | $\beta$ | `momentum` | `()` | how much of it stays: 0.9 |
# | $\eta$ | `lr` | `()` | the learning rate |
#
# Velocity first, then the weight, with the **new** velocity. This is also what `torch.optim.SGD(..., momentum=0.9)` computes.
#
# ### Faded example: one step of two weights
#
# Fill in the four blanks: take the first `#` of the two lines away, replace each `___`, and delete the line with `raise`. `momentum` is 0.9, `lr` is 0.1.

# %% nbgrader={"grade": false, "grade_id": "faded-momentum", "locked": false, "schema_version": 3, "solution": true, "task": false}
old_w, old_v = np.array([1.0, -2.0]), np.array([2.0, -1.0])
slope = np.array([0.5, 1.0])  # the gradient of the loss
next_v = next_w = None
# next_v = 0.9 * ___ + ___
# next_w = old_w ___ 0.1 * ___
### BEGIN SOLUTION
next_v = 0.9 * old_v + slope
next_w = old_w - 0.1 * next_v
### END SOLUTION

# %% nbgrader={"grade": false, "grade_id": "faded-momentum-check", "locked": true, "schema_version": 3, "solution": false, "task": false}
# No points here: this check shows you where you are.
expect(next_v is not None, name="next_v is filled in").satisfies(lambda v: v, "nothing is filled in yet")
expect(next_w is not None, name="next_w is filled in").satisfies(
    lambda v: v, "the second line is still a comment: take its `#` away and fill it in"
)
expect(next_v, name="next_v").equals(
    [2.3, 0.1],
    mistakes={
        "the weights were taken in place of the velocity": [1.4, -0.8],
        "the gradient is missing": [1.8, -0.9],
        "the gradient and the velocity changed places": [2.45, -0.1],
    },
)
expect(next_w, name="next_w").equals(
    [0.77, -2.01],
    mistakes={
        "the step goes along the velocity, and the loss would grow. It goes against it: minus": [1.23, -1.99],
        "the step uses the old velocity": [0.8, -1.9],
        "the step uses the gradient alone": [0.95, -2.1],
    },
)
print(f"velocity {next_v}, weights {next_w}: both are right.")

# %% [markdown]
# ## Exercise 3 — one epoch
# **4 points · difficulty 4 of 5 · importance 5 of 5 · about 20 min**
#
# Write `train_epoch(params, velocity, X, y, batch_size, lr, rng, momentum=0.9)` → `params, velocity, mean_loss`: new lists of pairs, and a float.
#
# - Every row is used **once**, in a new random order drawn from `rng`. The order of `X` and that of `y` stay together.
# - Batches have `batch_size` rows; the last one keeps what is left over.
# - For each batch: `loss_and_grads(X_batch, y_batch, params)`, with the newest weights, and one step with momentum.
# - `mean_loss` is the mean **per row**: a batch of 2 counts half as much as a batch of 4.
# - `params`, `velocity` and their arrays stay as they are: make new arrays, `W - lr * V`, and no `W -= ...`.
#
# One more row than the batch size makes two batches, and a batch size larger than `n` makes one.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Which lines run once an epoch, which once a batch, which once a layer? Three levels of indentation.
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# `rng.permutation(n)` is a shuffled list of the row numbers. Cut it into slices; `X[rows]` and `y[rows]` take the rows of one slice. Slices that reach over the end stop at the end.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
#     a shuffled list of all row numbers; total = 0
#     for begin in 0, batch_size, 2 · batch_size, ... below n:
#         rows of this batch
#         loss and gradients of these rows
#         new velocity: for each layer (momentum · vW + dW, momentum · vb + db)
#         new params:   for each layer (W - lr · new vW, b - lr · new vb)
#         total grows by loss · (number of rows in this batch)
#     return params, velocity, total / n
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "train_epoch", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train_epoch(params, velocity, X, y, batch_size, lr, rng, momentum=0.9):
    """One pass over the rows with momentum. Returns new params, new velocity, and the mean loss per row."""
    ### BEGIN SOLUTION
    order, weighted = rng.permutation(len(X)), 0.0
    for begin in range(0, len(X), batch_size):
        picked = order[begin : begin + batch_size]
        cost, slopes = loss_and_grads(X[picked], y[picked], params)
        velocity = [(momentum * sW + dW, momentum * sb + db) for (sW, sb), (dW, db) in zip(velocity, slopes)]
        params = [(W - lr * sW, b - lr * sb) for (W, b), (sW, sb) in zip(params, velocity)]
        weighted += cost * len(picked)
    return params, velocity, float(weighted / len(X))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "train_epoch-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of train_epoch, one step: run this cell. A stand-in for loss_and_grads returns the same gradients every time.
def _fixed(X, y, params):
    return 7.0, [(np.array([[0.5, -1.0]]), np.array([2.0, 0.25])), (np.array([[3.0], [1.0]]), np.array([-2.0]))]


_params = [(np.array([[1.0, 2.0]]), np.array([0.0, 1.0])), (np.array([[0.5], [-1.0]]), np.array([4.0]))]
_velocity = [(np.array([[0.5, 0.0]]), np.array([-1.0, 2.0])), (np.array([[1.0], [2.0]]), np.array([6.0]))]
_new, _newv, _mean = (
    expect(given(train_epoch, loss_and_grads=_fixed))
    .of(_params, _velocity, np.arange(3.0).reshape(3, 1), np.zeros(3, dtype=int), 3, 0.1, np.random.default_rng(0), 0.5)
    .leaves_arguments_unchanged()
    .parts("params", "velocity", "mean_loss")
)
for _part, _name in [(_new, "params"), (_newv, "velocity")]:
    _part.satisfies(
        lambda v: len(v) != 1,
        f"only one layer is left in {_name}: is the list made anew for each layer? Make it before the loop over the layers, and append",
        "[(W1, b1), (W2, b2)]",
    ).satisfies(
        lambda v: isinstance(v, list | tuple) and len(v) == 2 and all(len(pair) == 2 for pair in v),
        f"{_name} should be a list with one pair of arrays for each layer: two pairs here",
        "[(W1, b1), (W2, b2)]",
    )
expect(_new.value[0][0], name="W after one step with lr 0.1, momentum 0.5").equals(
    [[0.925, 2.1]],
    mistakes={
        "the weights did not move": [[1.0, 2.0]],
        "the velocity that came in is not used: this is a plain step along the gradient": [[0.95, 2.1]],
        "the step uses the old velocity. First the velocity, then the weights": [[0.95, 2.0]],
        "the gradient is multiplied by 1 - momentum. Here it counts in full": [[0.95, 2.05]],
        "the step goes along the velocity, and the loss would grow. It goes against it: minus": [[1.075, 1.9]],
        "this is Nesterov's variant. The step is lr times the new velocity": [[0.9125, 2.15]],
        "the learning rate is inside the velocity, and the step is added. V takes the whole gradient, and lr belongs into the step": [
            [1.2, 2.1]
        ],
        "the learning rate is inside the velocity, and there it shrinks only the gradient": [[0.7, 2.1]],
        "the learning rate is in both places, the velocity and the step. It belongs into the step": [[0.97, 2.01]],
        "velocity and gradient are subtracted. The gradient is added to the velocity, and the step is subtracted": [
            [0.975, 2.1]
        ],
        "params and velocity changed places in the return": [[0.75, -1.0]],
        "the learning rate is inside the velocity. It belongs into the step": [[0.8, 1.9]],
        "the old velocity counts in full: multiply it by momentum": [[0.9, 2.1]],
        "momentum is 0.9 whatever is passed in": [[0.905, 2.1]],
        "the learning rate is missing": [[0.25, 3.0]],
        "momentum multiplies the gradient. It multiplies the old velocity": [[0.925, 2.05]],
    },
)
expect(_new.value[0][1], name="b after one step").equals(
    [-0.15, 0.875],
    mistakes={
        "the biases did not move: they learn too": [0.0, 1.0],
        "the step of the biases goes along the velocity. It goes against it: minus": [0.15, 1.125],
        "the biases take a plain step along the gradient. They have momentum too": [-0.2, 0.975],
    },
)
expect(_newv.value[0][0], name="velocity of W after one step").equals(
    [[0.75, -1.0]],
    mistakes={
        "the velocity that comes back is the old one": [[0.5, 0.0]],
        "the velocity that comes back is the gradient": [[0.5, -1.0]],
        "the learning rate is inside the velocity. It belongs into the step": [[0.3, -0.1]],
        "the learning rate is inside the velocity, and the gradient is subtracted": [[0.2, 0.1]],
        "the learning rate is inside the velocity that comes back": [[0.075, -0.1]],
        "the gradient is subtracted from the velocity. It is added": [[-0.25, 1.0]],
        "the velocity starts at 0 in every epoch: go on with the one that came in": [[0.0, 0.0]],
    },
)
expect(_newv.value[0][1], name="velocity of b after one step").equals([1.5, 1.25])
for _place, _what, _want in [
    (_new.value[1][0], "W of layer 2", [[0.15], [-1.2]]),
    (_new.value[1][1], "b of layer 2", [3.9]),
    (_newv.value[1][0], "velocity of W of layer 2", [[3.5], [2.0]]),
    (_newv.value[1][1], "velocity of b of layer 2", [1.0]),
]:
    expect(_place, name=f"{_what} after one step").satisfies(
        lambda v, w=_want: np.allclose(v, w),
        "the first layer is right and the second is not: each layer takes its own gradient and its own velocity",
        str(_want),
    )
_mean.satisfies(lambda v: np.ndim(v) == 0, "one number is wanted: the mean loss per row", "7.0").equals(
    7.0,
    mistakes={
        "the loss of a batch is a mean over its rows already. This divides once more": 7.0 / 3,
        "the total is not divided by the number of rows": 21.0,
    },
)
print("train_epoch: one step is right.")


# %% nbgrader={"grade": true, "grade_id": "train_epoch-batches", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of train_epoch, the batches: run this cell. A stand-in for loss_and_grads writes down what it is given.
def _seen_batches(seed, twice=False):
    calls = []

    def noting(X, y, params):
        calls.append((np.array(X).ravel().tolist(), np.array(y).ravel().tolist(), float(params[0][0][0, 0])))
        return float(len(y)), [(np.ones((1, 2)), np.ones(2))]

    rng = np.random.default_rng(seed)
    X, y = np.arange(10.0).reshape(10, 1), np.arange(10) + 100
    for _ in range(2 if twice else 1):
        start, still = [(np.ones((1, 2)), np.zeros(2))], [(np.zeros((1, 2)), np.zeros(2))]
        answer = expect(given(train_epoch, loss_and_grads=noting)).of(start, still, X, y, 4, 0.1, rng, 0.5)
    return calls, answer.parts("params", "velocity", "mean_loss")


_calls, (_new, _, _mean) = _seen_batches(1)
_rows = [row for _batch, _, _ in _calls for row in _batch]
expect([len(_batch) for _batch, _, _ in _calls], name="rows in each batch, 10 rows with batch_size 4").satisfies(
    lambda v: len(v) > 0, "loss_and_grads was never called", "[4, 4, 2]"
).satisfies(
    lambda v: v != [4, 4], "the last batch is left out. What is left over is a batch too", "[4, 4, 2]"
).satisfies(
    lambda v: v != [4, 4, 4] or len(set(_rows)) == 10,
    "some rows come twice and others never: shuffle once an epoch, and cut the shuffled list into batches",
    "[4, 4, 2]",
).satisfies(
    lambda v: v != [4, 4, 4], "the last batch is filled up. It has the 2 rows that are left", "[4, 4, 2]"
).satisfies(lambda v: v != [10], "all rows went through at once. Cut the order into batches", "[4, 4, 2]").satisfies(
    lambda v: v != [4], "only the first batch is used: is the `return` inside the loop?", "[4, 4, 2]"
).satisfies(lambda v: sorted(v) == [2, 4, 4], "full batches of 4, and one with what is left over", "[4, 4, 2]")
expect(sorted(_rows), name="all rows of the epoch, sorted").satisfies(
    lambda v: v == [float(k) for k in range(10)],
    "some rows come twice and others never: shuffle once an epoch, and cut the shuffled list into batches",
    "each row once",
)
expect(_calls, name="rows and labels of each batch").satisfies(
    lambda v: all([x + 100 for x in xs] == ys for xs, ys, _ in v),
    "rows and labels were torn apart: take both with the same row numbers",
    "each row with its own label",
)
expect(_rows, name="the order of the rows").satisfies(
    lambda v: v != [float(k) for k in range(10)], "the rows come in the order of X. Shuffle them", "a random order"
).satisfies(
    lambda v: [row for batch, _, _ in _seen_batches(1)[0] for row in batch] == v,
    "with the same seed the order differs: it is not drawn from the rng that is passed in",
    "the same order for the same seed",
).satisfies(
    lambda v: [row for batch, _, _ in _seen_batches(1, twice=True)[0][len(_calls) :] for row in batch] != v,
    "the second epoch has the order of the first: a generator is made inside the function. Use the one passed in",
    "a new order in each epoch",
)
expect([round(_w, 6) for _, _, _w in _calls], name="a weight, as each batch sees it").satisfies(
    lambda v: v != [1.0, 1.0, 1.0], "every batch sees the old weights. A step follows each batch", "[1.0, 0.9, 0.75]"
).satisfies(
    lambda v: v != [1.0, 0.9, 0.8],
    "the velocity is not carried on: each batch begins with the velocity that the batch before has left",
    "[1.0, 0.9, 0.75]",
).satisfies(
    lambda v: v == [1.0, 0.9, 0.75],
    "there is a step after each batch, and its size is not right. Pass the check above first: it looks at one step",
    "[1.0, 0.9, 0.75]",
)
expect(_new.value[0][0], name="the weights after three batches").equals(
    [[0.575, 0.575]], mistakes={"these are the weights before the last step": [[0.75, 0.75]]}
)
_mean.equals(
    3.6,
    mistakes={
        "this is the mean of the batch means. The last batch has fewer rows and must count less": 10 / 3,
        "the losses of the batches are added up": 10.0,
        "the total is not divided by the number of rows": 36.0,
        "this is the loss of the last batch": 2.0,
        "every batch counts as if it were full, or the last one is not in the total": 4.0,
        "the total is divided by the number of batches. Divide by the number of rows": 12.0,
        "each loss is a mean already. Multiply it by the number of rows before you add": 1.0,
        "the last batch is not in the total": 3.2,
    },
)
print("train_epoch: the batches are right.")

# %% nbgrader={"grade": true, "grade_id": "train_epoch-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests replay an epoch with torch.optim.SGD: other depths, one row, a batch larger than the data, other momentum.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("train_epoch")
for _sizes, _n, _size, _beta, _stand, _what in [
    ([3, 5, 4], 11, 4, 0.9, True, "a last batch of three"),
    ([2, 3, 3, 2], 7, 1, 0.4, True, "batches of one, three layers"),
    ([4, 2], 1, 8, 0.7, False, "a single row, a single layer"),
    ([3, 6, 5], 9, 20, 0.9, False, "a batch size larger than the data"),
    ([2, 4, 3], 6, 3, 0.0, True, "no momentum"),
]:
    _start = [(_rng.normal(size=(_i, _o)), _rng.normal(size=_o)) for _i, _o in zip(_sizes[:-1], _sizes[1:])]
    _still = [(np.zeros_like(_W), np.zeros_like(_b)) for _W, _b in _start]
    _inputs, _answers = _rng.normal(size=(_n, _sizes[0])), _rng.integers(0, _sizes[-1], size=_n)
    _lr, _log = float(_rng.uniform(0.05, 0.3)), []

    def _by_autograd(X, y, params, log=_log):
        log.append((np.array(X), np.array(y)))
        _leaf = [torch.tensor(np.array(_v), requires_grad=True) for _pair in params for _v in _pair]
        _z = torch.tensor(np.array(X))
        for _k in range(0, len(_leaf), 2):
            _z = _z @ _leaf[_k] + _leaf[_k + 1]
            _z = torch.relu(_z) if _k + 2 < len(_leaf) else _z
        _cost = nn.functional.cross_entropy(_z, torch.tensor(np.array(y)))
        _cost.backward()
        _g = [_v.grad.numpy() for _v in _leaf]
        return _cost.item(), list(zip(_g[::2], _g[1::2]))

    _function = given(train_epoch, loss_and_grads=_by_autograd) if _stand else train_epoch
    _new, _newv, _mean = (
        expect(_function, hidden=_what)
        .of(_start, _still, _inputs, _answers, _size, _lr, np.random.default_rng(int(_rng.integers(1000))), _beta)
        .leaves_arguments_unchanged()
        .parts("params", "velocity", "mean_loss")
    )
    _log = _log if _stand else [(_inputs, _answers)]
    expect(sum(len(_ys) for _, _ys in _log), hidden=_what, name="train_epoch").satisfies(
        lambda v, n=_n: v == n, "the number of rows used in an epoch is not n"
    )
    _leaves = [torch.tensor(_v.copy(), requires_grad=True) for _pair in _start for _v in _pair]
    _sgd, _costs = torch.optim.SGD(_leaves, lr=_lr, momentum=_beta), []
    for _xs, _ys in _log:
        _z = torch.tensor(_xs)
        for _k in range(0, len(_leaves), 2):
            _z = _z @ _leaves[_k] + _leaves[_k + 1]
            _z = torch.relu(_z) if _k + 2 < len(_leaves) else _z
        _cost = nn.functional.cross_entropy(_z, torch.tensor(_ys))
        _sgd.zero_grad()
        _cost.backward()
        _sgd.step()
        _costs += [_cost.item()] * len(_ys)
    _new.satisfies(lambda v, k=len(_start): len(v) == k, "there should be one pair of arrays for each layer")
    for _k, _leaf in enumerate(_leaves):
        expect(_new.value[_k // 2][_k % 2], hidden=_what, name="params of train_epoch").equals(_leaf.detach().numpy())
        _buffer = _sgd.state[_leaf].get("momentum_buffer")
        _buffer = _leaf.grad if _buffer is None else _buffer
        expect(_newv.value[_k // 2][_k % 2], hidden=_what, name="velocity of train_epoch").equals(_buffer.numpy())
    _mean.equals(float(np.mean(_costs)))
### END HIDDEN TESTS

# %% [markdown]
# ### The rehearsal
#
# Small digits, a small network, 15 epochs. The velocity starts at 0.


# %%
def zeros_like(params):
    """Pairs of zeros in the shapes of params: the velocity at the start."""
    return [(np.zeros_like(W), np.zeros_like(b)) for W, b in params]


# Needs exercises 1, 2 and 3. Later cells with small_params need this one.
rng = np.random.default_rng(0)
small_params = init_params([64, 32, 10], rng)
small_velocity, small_losses = zeros_like(small_params), []
for _ in range(15):
    small_params, small_velocity, mean_loss = train_epoch(
        small_params, small_velocity, small_train, small_y, 32, 0.02, rng
    )
    small_losses.append(mean_loss)
print(f"mean loss: epoch 1 {small_losses[0]:.3f}, epoch 15 {small_losses[-1]:.4f}")
print(f"accuracy on 360 unseen small digits: {accuracy(small_test, small_y_test, small_params):.1%}")

# %% [markdown]
# ## 5. Predict, then run: MNIST in NumPy
#
# The rehearsal went well; now the real thing. 784 → 128 → 64 → 10 has 109,386 parameters, and an epoch makes 430 steps with batches of 128. All of it in float64, in NumPy, on your processor.
#
# **Write down two guesses: the share of unseen digits it reads after eight epochs, and how many seconds that takes.**

# %%
my_guess_numpy = None  # for example (0.95, 120): accuracy and seconds

# %% [markdown]
# Six epochs with learning rate 0.05, then two with 0.005: large steps to get near, small ones to settle. The validation images tell how it goes. The test images come last, once.

# %% tags=["skip-execution"]
# Needs exercises 1, 2 and 3. Sections 6 and 8 go on with what it makes.
numpy_accuracy = numpy_seconds = answers = None  # known once the training is over
if have_mnist:
    X_train, X_val = prepare(raw_train[:55000], raw_train[55000:])
    X_test = prepare(raw_train[:55000], raw_test)[1]
    y_train, y_val, y_test = labels_train[:55000], labels_train[55000:], labels_test
    print(
        f"mean of the training pixels {raw_train[:55000].mean():.2f}, standard deviation {raw_train[:55000].std():.2f}"
    )

    rng = np.random.default_rng(0)
    start_params = init_params([784, 128, 64, 10], rng)
    params, velocity = start_params, zeros_like(start_params)
    print(
        f"{sum(W.size + b.size for W, b in params):,} parameters, {params[0][0].dtype}, {-(-len(X_train) // 128)} steps an epoch"
    )
    numpy_losses = []
    began = time.perf_counter()
    for epoch, lr in enumerate([0.05] * 6 + [0.005] * 2, start=1):
        params, velocity, mean_loss = train_epoch(params, velocity, X_train, y_train, 128, lr, rng)
        numpy_losses.append(mean_loss)
        print(f"epoch {epoch}, lr {lr}: mean loss {mean_loss:.4f}, validation {accuracy(X_val, y_val, params):.2%}")
    numpy_seconds = time.perf_counter() - began
    numpy_accuracy = accuracy(X_test, y_test, params)
    answers = forward(X_test, params)[0].argmax(axis=1)
    print(
        f"NumPy: {numpy_accuracy:.2%} of 10,000 test images in {numpy_seconds:.0f} s; at least 97 %: {numpy_accuracy >= 0.97}"
    )
    print(f"You wrote {my_guess_numpy}.")
else:
    print("This cell needs MNIST.")

# %% [markdown]
# About 98 %, in well under a minute: every multiplication in it is one you have derived. Look at the last two epochs. With the smaller learning rate the training loss falls to less than half at once, and the validation accuracy rises by some tenths of a percent.
# The last training losses are near 0.01, far below what unseen images would give: the network knows its training images almost by heart.
#
# ## 6. Reading the mistakes
#
# One number, 98 %, hides which digits fail. The **confusion matrix** counts for each true digit what was answered.
#
# From it come two numbers per digit, as in lesson 3. **Recall**: of all true 5s, which share was found? **Precision**: of all answers "5", which share was right?

# %% tags=["skip-execution"]
picture = None
if have_mnist:
    logits_test = forward(X_test, params)[0]  # the network of section 5: needs exercises 1 to 3
    counts = np.zeros((10, 10), dtype=int)
    np.add.at(counts, (y_test, answers), 1)  # row: true digit, column: answer
    print("digit  images  precision  recall")
    for digit in range(10):
        found = counts[digit, digit]
        print(
            f"{digit:>5}  {counts[digit].sum():>6}  {found / counts[:, digit].sum():>9.1%}  {found / counts[digit].sum():>6.1%}"
        )
    picture = plots.confusion_matrix(counts, range(10), title="Test images of MNIST, NumPy network")
else:
    print("This cell needs MNIST.")
picture

# %% [markdown]
# Every digit has precision and recall above 95 %. The ones and zeros are found most surely. Most of the off-diagonal numbers are small, and a few are a little larger. Which? You could search with your eyes. Better let a function do it.
#
# ## Exercise 4 — the most confused pairs
# **2 points · difficulty 2 of 5 · importance 3 of 5 · about 5 min**
#
# Write `most_confused(counts, k)` → a list of at most `k` triples `(true, predicted, count)`, the most frequent mistake first. `counts (c, c)` has a row for each true class. Right answers (the diagonal) are no mistakes, and neither is a pair that never happened: then the list is shorter than `k`.
# For `[[5, 2], [0, 4]]` and `k = 3` it is `[(0, 1, 2)]`. Equal counts may come in any order.
#
# <details><summary>Hint 1: a nudge</summary>
#
# First write down all mistakes there are, as triples. Sort later.
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Two loops over rows and columns, with a condition for what counts as a mistake. `sorted(triples, key=..., reverse=True)` sorts by what `key` returns.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
#     an empty list
#     for each row t and each column p:
#         if t differs from p, and the count is above 0: append (t, p, count)
#     sort by the third entry, largest first
#     return the first k
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "most_confused", "locked": false, "schema_version": 3, "solution": true, "task": false}
def most_confused(counts, k):
    """The k most frequent mistakes. counts (c, c), row true, column predicted -> [(true, predicted, count), ...]."""
    ### BEGIN SOLUTION
    slips = [(t, p, int(n)) for (t, p), n in np.ndenumerate(np.asarray(counts)) if t != p and n > 0]
    return sorted(slips, key=lambda slip: -slip[2])[:k]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "most_confused-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of most_confused: run this cell.
_counts = np.array([[50, 3, 0, 7], [1, 10, 5, 0], [9, 8, 40, 2], [0, 0, 6, 30]])
expect(most_confused).of(_counts.copy(), 3).leaves_arguments_unchanged().satisfies(
    lambda v: isinstance(v, list | tuple | np.ndarray), "return a list of triples", "[(2, 0, 9), (2, 1, 8), (0, 3, 7)]"
).satisfies(
    lambda v: len(v) >= 3,
    "too few: k = 3 mistakes are wanted, and the table has more than 3",
    "[(2, 0, 9), (2, 1, 8), (0, 3, 7)]",
).satisfies(
    lambda v: len(v) == 3, "too many: the k = 3 most frequent mistakes are wanted", "[(2, 0, 9), (2, 1, 8), (0, 3, 7)]"
).satisfies(
    lambda v: all(np.size(entry) == 3 for entry in v),
    "each entry should be a triple (true, predicted, count)",
    "[(2, 0, 9), (2, 1, 8), (0, 3, 7)]",
).equals(
    [(2, 0, 9), (2, 1, 8), (0, 3, 7)],
    mistakes={
        "the diagonal is in: those are the right answers": [(0, 0, 50), (2, 2, 40), (3, 3, 30)],
        "true and predicted are turned around: the row is the true class": [(0, 2, 9), (1, 2, 8), (3, 0, 7)],
        "the least frequent mistakes come first. Sort with the largest first": [(1, 0, 1), (2, 3, 2), (0, 1, 3)],
        "the pairs are right and in the wrong order: the most frequent comes first": [(0, 3, 7), (2, 1, 8), (2, 0, 9)],
        "these are the first mistakes of the table. Sort them by their count": [(0, 1, 3), (0, 3, 7), (1, 0, 1)],
        "the list is cut to k before it is sorted. Sort all mistakes first": [(0, 3, 7), (0, 1, 3), (1, 0, 1)],
        "only the largest mistake of each row is looked at. A row can have several": [(2, 0, 9), (0, 3, 7), (3, 2, 6)],
        "the mistakes are sorted by their share of the row. Sort by the count": [(1, 2, 5), (3, 2, 6), (2, 0, 9)],
        "only one of (a, b) and (b, a) is looked at, above the diagonal. Both are mistakes": [
            (0, 3, 7),
            (1, 2, 5),
            (0, 1, 3),
        ],
        "only one of (a, b) and (b, a) is looked at, below the diagonal. Both are mistakes": [
            (2, 0, 9),
            (2, 1, 8),
            (3, 2, 6),
        ],
        "the two directions are added up. (1, 2) and (2, 1) are different mistakes": [(1, 2, 13), (0, 2, 9), (2, 3, 8)],
        "these are the last mistakes of the table. Sort them by their count": [(2, 1, 8), (2, 3, 2), (3, 2, 6)],
        "the triples are sorted by their first entry, the true class. Sort by the count": [
            (3, 2, 6),
            (2, 3, 2),
            (2, 1, 8),
        ],
        "the triples are in the order of the true classes. Sort by the count": [(3, 2, 6), (2, 0, 9), (2, 1, 8)],
        "the count should come last: (true, predicted, count)": [(9, 2, 0), (8, 2, 1), (7, 0, 3)],
    },
)
expect(most_confused).of(np.array([[5, 2], [0, 4]]), 3).satisfies(
    lambda v: len(v) != 3, "the list is filled up to k. Leave out the diagonal and what never happened", "[(0, 1, 2)]"
).satisfies(lambda v: len(v) != 2, "a pair with count 0 is in the list. It never happened", "[(0, 1, 2)]").equals(
    [(0, 1, 2)]
)
_TIED = "(0, 1, 3) and (1, 0, 3) in any order, then (1, 2, 1)"
expect(most_confused).of(np.array([[5, 3, 0], [3, 6, 1], [0, 0, 9]]), 5).satisfies(
    lambda v: len(v) == 3, "two mistakes have the same count, and one of them got lost. All three belong in", _TIED
).satisfies(
    lambda v: sorted([int(n) for n in entry] for entry in v) == [[0, 1, 3], [1, 0, 3], [1, 2, 1]],
    "two mistakes have the same count. Each of them is in the list, once",
    _TIED,
).satisfies(lambda v: v[2][2] == 1, "the most frequent comes first", _TIED)
print("most_confused: this check is passed.")

# %% nbgrader={"grade": true, "grade_id": "most_confused-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests use other sizes, equal counts, a table without mistakes, k = 0, and look at the table you were given.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("most_confused")
for _c, _k, _high, _what in [
    (5, 6, 1000, "more classes"),
    (6, 40, 4, "equal counts, and k larger than the number of mistakes"),
    (3, 2, 2, "equal counts"),
    (1, 3, 9, "a single class"),
    (4, 0, 50, "k = 0"),
]:
    _table = _rng.integers(0, _high, size=(_c, _c))
    if _c > 1:
        _table[0, 1] = _high + 1  # at least one mistake
    _there = [int(_table[_t, _p]) for _t in range(_c) for _p in range(_c) if _t != _p and _table[_t, _p] > 0]
    _found = expect(most_confused, hidden=_what).of(_table.copy(), _k).leaves_arguments_unchanged()
    _found.satisfies(
        lambda v, n=min(_k, len(_there)): len(v) == n,
        "the list has not as many entries as there are mistakes, at most k",
    ).satisfies(
        lambda v, t=_table: all(a != p and t[a, p] == n for a, p, n in v),
        "an entry does not agree with the table, or is no mistake",
    ).satisfies(
        lambda v: len({(int(a), int(p)) for a, p, _ in v}) == len(v),
        "a pair is named twice (are equal counts handled?)",
    ).satisfies(
        lambda v, w=sorted(_there)[::-1][:_k]: [int(n) for _, _, n in v] == w,
        "these are not the most frequent ones in order",
    )
expect(most_confused, hidden="no mistakes at all").of(np.diag([3, 4, 5]), 2).satisfies(
    lambda v: len(v) == 0, "without mistakes the list is empty"
)
### END HIDDEN TESTS

# %% [markdown]
# Before you run the next cell: **which two digits would you mix up most often?**

# %%
my_guess_pair = None  # for example (1, 7): true, predicted

# %% tags=["skip-execution"]
if have_mnist:
    for true, predicted, count in most_confused(counts, 6):  # needs exercise 4, and the matrix above
        print(f"a {true} read as {predicted}: {count} times")
    print(f"{(answers != y_test).sum()} mistakes in all. You wrote {my_guess_pair}.")
else:
    print("This cell needs MNIST.")

# %% [markdown]
# ## Exercise 5 — sure, and wrong
# **3 points · difficulty 3 of 5 · importance 4 of 5 · about 10 min**
#
# The most instructive mistakes are those where the network was **sure**. Write `worst_mistakes(logits, y, k)`: logits `(n, c)`, labels `(n,)` → the row numbers of at most `k` wrong answers, the surest first.
#
# How sure it is, is the probability that **softmax** gives to its answer, the largest of the row. Row numbers refer to the whole batch. With fewer than `k` mistakes it returns all of them. Logits may be large (1000 and more): shift each row before `exp`.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Three questions, one after another: what does it answer, where is that wrong, and how sure is it there?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# `np.flatnonzero(condition)` gives the row numbers where the condition holds. If you sort only those rows, translate the places back into row numbers: index the list of row numbers with them.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
#     probabilities: softmax of each row, with the row's maximum subtracted first
#     sure: the largest probability of each row
#     bad: row numbers where argmax differs from y
#     order: argsort of minus (sure of the bad rows)
#     return the first k of bad in that order
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "worst_mistakes", "locked": false, "schema_version": 3, "solution": true, "task": false}
def worst_mistakes(logits, y, k):
    """Row numbers of the k surest wrong answers, surest first. logits (n, c), y (n,) -> at most k whole numbers."""
    ### BEGIN SOLUTION
    # the largest probability of a row is 1 / sum(exp(logit - largest logit))
    certainty = 1 / np.exp(logits - np.max(logits, axis=1, keepdims=True)).sum(axis=1)
    failed = np.flatnonzero(np.argmax(logits, axis=1) != y)
    return failed[np.argsort(-certainty[failed])][:k]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "worst_mistakes-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of worst_mistakes: run this cell.
_logits = np.array(
    [[2, 1, 0], [9, 8.5, 8], [1000, 1002.1, 1000], [1, 4, 3.5], [-1.3, 0, -9], [5, 5.5, 1], [-1, -2.6, -21], [2, 0, 6]]
)
_y = np.array([0, 2, 0, 2, 0, 0, 2, 2])
expect(worst_mistakes).of(_logits.copy(), _y.copy(), 3).leaves_arguments_unchanged().satisfies(
    lambda v: np.ndim(v) == 1, "return one list of row numbers", "[6, 2, 4]"
).satisfies(
    lambda v: len(v) != 0,
    "nothing is found, and six rows are wrong: compare the argmax of each row with y",
    "[6, 2, 4]",
).satisfies(lambda v: len(v) != 6, "these are all mistakes. Only the first k are wanted", "[6, 2, 4]").equals(
    [6, 2, 4],
    mistakes={
        "this ranks by the largest logit. Logits of different rows do not compare: take softmax of each row first": [
            2,
            1,
            5,
        ],
        "the least sure mistakes come first": [1, 3, 5],
        "the rows are right and the order is not: the surest comes first": [4, 2, 6],
        "these are places among the mistakes only. Translate them back into row numbers": [5, 1, 3],
        "right answers are in: look at the wrong ones only": [7, 6, 2],
        "the k surest rows of all were taken first. Take the wrong ones first, then the k surest of them": [6, 2],
        "these are right answers: `!=` finds the wrong ones": [7, 0],
        "this ranks by how little the true class got. How sure the answer is, is its own probability": [6, 2, 1],
        "this ranks by the lead over the second class. How sure the answer is, is its probability": [2, 6, 4],
        "this ranks by the entropy of the row. How sure the answer is, is its probability": [6, 4, 2],
        "row 2 got lost: exp(1002) is infinite. Take softmax with the row's maximum subtracted": [6, 4, 5],
        "one maximum was subtracted from the whole batch, or softmax runs over the batch. Each row has its own: axis=1, keepdims=True": [
            2,
            1,
            3,
        ],
        "softmax runs over the batch. Logits of different rows do not compare: axis=1": [2, 6, 5],
        "each row is divided by a sum over the batch. Sum each row by itself: axis=1, keepdims=True": [3, 1, 6],
        "the first k mistakes were taken and then sorted. Sort all mistakes, then take k": [2, 3, 1],
        "the right rows in the order of the batch. Sort them, the surest first": [2, 4, 6],
        "these are the first mistakes in the batch. Either they are not sorted, or all count as equally sure: softmax divides each row by its own sum": [
            1,
            2,
            3,
        ],
        "these are the last mistakes in the batch. Either they are not sorted, or all count as equally sure: shift each row by its own maximum, and divide by its own sum": [
            6,
            5,
            4,
        ],
        "these are probabilities. The row numbers are wanted: argsort, in place of sort": [
            0.832018,
            0.803269,
            0.785759,
        ],
        "these are the answers. The row numbers are wanted": [0, 1, 1],
    },
)
expect(worst_mistakes).of(np.array([[1.0, 3.0], [2.0, 0.0]]), np.array([0, 0]), 5).equals(
    [0], mistakes={"a right answer is in the list: with fewer than k mistakes the list is shorter": [0, 1]}
)
print("worst_mistakes: this check is passed.")

# %% nbgrader={"grade": true, "grade_id": "worst_mistakes-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests use large logits, one row, no mistakes, two classes, and more rows than classes.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("worst_mistakes")
for _n, _c, _k, _lift, _what in [
    (30, 10, 7, 0.0, "ten classes"),
    (12, 3, 5, 1000.0, "logits around 1000 (exp overflows without the shift)"),
    (12, 3, 5, -1000.0, "logits around -1000 (exp gives 0 everywhere without the shift)"),
    (8, 2, 50, 0.0, "k larger than the number of mistakes"),
    (1, 4, 1, 0.0, "a batch of one"),
    (6, 6, 0, 0.0, "k = 0"),
]:
    _Z = _rng.normal(scale=2.0, size=(_n, _c)) + _lift * _rng.uniform(0.9, 1.1, size=(_n, 1))
    _best = [max(range(_c), key=_row.__getitem__) for _row in _Z.tolist()]
    _labels = np.array([_b if _rng.random() < 0.4 else (_b + 1) % _c for _b in _best])
    _labels[0] = (_best[0] + 1) % _c
    _p = torch.softmax(torch.tensor(_Z), dim=1).amax(dim=1).numpy()
    _bad = [_i for _i in range(_n) if _best[_i] != _labels[_i]]
    _wanted = sorted((float(_p[_i]) for _i in _bad), reverse=True)[:_k]
    expect(worst_mistakes, hidden=_what).of(_Z.copy(), _labels.copy(), _k).leaves_arguments_unchanged().satisfies(
        lambda v, w=_wanted: len(v) == len(w), "there are not as many rows as there are mistakes, at most k"
    ).satisfies(lambda v, b=_bad: all(int(i) in b for i in v), "a row is among them that was answered right").satisfies(
        lambda v: len({int(i) for i in v}) == len(v), "a row is named twice"
    ).satisfies(
        lambda v, p=_p, w=_wanted: np.allclose([p[int(i)] for i in v], w, atol=1e-9),
        "these are not the surest mistakes, the surest first. Is softmax taken per row, with the row's maximum subtracted?",
    )
expect(worst_mistakes, hidden="no mistakes at all").of(np.eye(3), np.arange(3), 2).satisfies(
    lambda v: len(v) == 0, "without mistakes there is nothing to return"
)
### END HIDDEN TESTS

# %% [markdown]
# ### The gallery
#
# The 16 mistakes of which the network was surest. Below each: the true digit, the answer, and the probability it gave to that answer.

# %% tags=["skip-execution"]
picture = None
if have_mnist:
    worst = worst_mistakes(logits_test, y_test, 16)  # needs exercise 5

    def percent(share):
        return "> 99.99 %" if share > 0.9999 else f"{100 * share:.2f} %"  # never 100 %: softmax does not reach 1

    probabilities = torch.softmax(torch.tensor(logits_test), dim=1).numpy()
    picture = plots.image_grid(
        raw_test[worst],
        [f"{y_test[i]} → {answers[i]}, {percent(probabilities[i, answers[i]])}" for i in worst],
        title="The 16 surest mistakes: true → answer, and how sure",
        wrong=np.ones(len(worst), dtype=bool),
        columns=4,
    )
    print(
        f"mean probability of the answer: {probabilities.max(axis=1)[answers == y_test].mean():.1%} where it is right,"
    )
    print(f"{probabilities.max(axis=1)[answers != y_test].mean():.1%} where it is wrong")
else:
    print("This cell needs MNIST.")
picture

# %% [markdown]
# Some of them you would misread too. Others are plain, and the network says 99.9 % all the same. On average it is less sure where it is wrong, about 78 %, and that is still far too sure: a probability from softmax says which answer is favored, and it is no promise. Keep that in mind before anybody acts on such a number.

# %% [markdown]
# ## 7. The same network in PyTorch
#
# The second time is shorter. To make it fair, PyTorch begins with the **same** start weights: you carry them over. Once you can do that, you can also check one version with the other.
#
# ## Exercise 6 — carry the weights over
# **3 points · difficulty 2 of 5 · importance 4 of 5 · about 10 min**
#
# Write `to_torch(params)`: `[(W, b), ...]` in float64 → an `nn.Sequential` of `nn.Linear` layers with an `nn.ReLU` between each two (none after the last). It computes the same logits, to ten digits. So its parameters are **float64** too, they are copies, and they can learn.
#
# Remember lesson 5: PyTorch stores one **row** per unit, `(d_out, d_in)`, so each `W` is transposed. `nn.Linear(d_in, d_out, dtype=torch.float64)` makes a layer in float64.
#
# <details><summary>Hint 1: a nudge</summary>
#
# One layer first: which shape has its weight, and how do numbers get into it?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Under `torch.no_grad()`, `layer.weight.copy_(tensor)` puts numbers into the parameter; `torch.tensor(array)` makes a tensor that shares nothing with the array.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
#     layers = an empty list
#     for each (W, b):
#         make the linear layer in float64
#         copy the numbers of W, transposed, and of b into it
#         append it, and an nn.ReLU()
#     leave the last ReLU away
#     return nn.Sequential(*layers)
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "to_torch", "locked": false, "schema_version": 3, "solution": true, "task": false}
def to_torch(params):
    """A PyTorch network with these weights. [(W (d_in, d_out), b (d_out,)), ...] -> nn.Sequential, float64."""
    ### BEGIN SOLUTION
    modules = []
    for W, b in params:
        linear = nn.Linear(*W.shape, dtype=torch.float64)
        linear.load_state_dict({"weight": torch.tensor(W.T), "bias": torch.tensor(b)})
        modules += [linear, nn.ReLU()]
    return nn.Sequential(*modules[:-1])
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "to_torch-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of to_torch: run this cell.
def _numbers():
    return [
        (np.array([[0.1, -0.5], [0.7, 2.0], [-1.3, 0.3]]), np.array([0.2, -1.0])),
        (np.array([[0.6, -1.0, 0.9, 0.1], [1.5, 0.7, -0.4, -2.0]]), np.array([-3.0, 0.1, 0.3, 0.7])),
    ]


_params = _numbers()
_net = (
    expect(to_torch)
    .of(_params)
    .leaves_arguments_unchanged()
    .satisfies(
        lambda v: not isinstance(v, list | tuple),
        "this is a list of layers. Put them into a network: nn.Sequential(*layers)",
        "an nn.Sequential",
    )
    .satisfies(
        lambda v: isinstance(v, nn.Sequential), "return the network that you made: an nn.Sequential", "an nn.Sequential"
    )
    .value
)
_list = list(_net.parameters())
expect([tuple(p.shape) for p in _list], name="the shapes of the parameters, for layers 3 → 2 → 4").satisfies(
    lambda v: len(v) == 4, "two pairs (W, b) make two linear layers, each with a weight and a bias", "4 parameters"
).satisfies(
    lambda v: v != [(3, 2), (2,), (2, 4), (4,)],
    "the weights are not transposed: PyTorch keeps one row per unit",
    "[(2, 3), (2,), (4, 2), (4,)]",
).satisfies(
    lambda v: v == [(2, 3), (2,), (4, 2), (4,)],
    "these are not the sizes of the layers: W is (d_in, d_out), and nn.Linear takes d_in first",
    "[(2, 3), (2,), (4, 2), (4,)]",
)
expect([str(p.dtype) for p in _list], name="the dtypes of the parameters").satisfies(
    lambda v: all(kind == "torch.float64" for kind in v),
    "a parameter is float32, which keeps 7 digits only. Make the layers with dtype=torch.float64",
    "torch.float64 four times",
)
expect([p.requires_grad for p in _list], name="requires_grad of the parameters").satisfies(
    all, "a parameter cannot learn: it has requires_grad=False", "True four times"
)
_before = [p.detach().clone() for p in _list]
for _k, (_W, _b) in enumerate(_numbers()):
    expect(_before[2 * _k], name=f"weight of linear layer {_k + 1}").satisfies(
        lambda v, w=_W: not np.allclose(v, w.reshape(w.shape[::-1])),
        "`reshape` deals the numbers out in their old order. Transpose: W.T",
    ).satisfies(
        lambda v, w=_W: np.allclose(v, w.T, atol=1e-5),
        "the weights keep their random start numbers: the numbers of W are missing",
    ).satisfies(
        lambda v, w=_W: np.allclose(v, w.T, rtol=0, atol=1e-12),
        "the numbers of W went through float32, and about 7 digits are left. Stay in float64 all the way",
    )
    expect(_before[2 * _k + 1], name=f"bias of linear layer {_k + 1}").satisfies(
        lambda v: bool((v != 0).any()), "the biases are zero: the numbers of b are missing"
    ).satisfies(
        lambda v, b=_b: np.allclose(v, b, atol=1e-5),
        "the weights are right, and the biases keep their random start numbers: the numbers of b are missing",
    ).satisfies(
        lambda v, b=_b: np.allclose(v, b, rtol=0, atol=1e-12),
        "the numbers of b went through float32, and about 7 digits are left. Stay in float64 all the way",
    )
_inputs = torch.tensor([[1.0, 2.0, -1.0], [-1.0, 0.5, 0.5]], dtype=torch.float64)
expect(_net(_inputs).detach(), name="the logits for two inputs").satisfies(
    lambda v: not np.allclose(v.numpy().sum(axis=1), 1), "there is a softmax at the end. The logits are wanted"
).equals(
    [[2.1, -1.36, 2.12, -3.4], [-2.025, 0.555, 0.04, -0.6]],
    tol=1e-12,
    mistakes={
        "there is a ReLU after the last layer. Logits may be negative": [
            [2.1, 0.0, 2.12, 0.0],
            [0.0, 0.555, 0.04, 0.0],
        ],
        "the ReLU between the layers is missing": [[2.1, -1.36, 2.12, -3.4], [-2.145, 0.755, -0.14, -0.62]],
        "the ReLU stands after the last layer, and the one between the two is missing": [
            [2.1, 0.0, 2.12, 0.0],
            [0.0, 0.755, 0.0, 0.0],
        ],
        "the ReLU stands before the first layer, and none between the two": [
            [1.77, 0.15, 0.83, -4.13],
            [-2.835, 0.305, 0.15, 0.39],
        ],
    },
)
for _W, _b in _params:
    _W[:], _b[:] = 0, 0
expect([p.detach() for p in _list], name="the parameters, after the arrays were set to 0").satisfies(
    lambda v: all(torch.equal(now, then) for now, then in zip(v, _before)),
    "the network shares its numbers with the arrays, so it changes with them. `torch.tensor(...)` and `copy_` make copies",
)
_one, _two = (np.array([[2.0]]), np.array([-5.0])), (np.array([[-1.0]]), np.array([0.5]))
for _layers, _text, _logit in [([_one], "one layer", -3.0), ([_two, _one, _two], "three layers", 0.5)]:
    _net = expect(to_torch).of(_layers).value
    expect(len(list(_net.parameters())) // 2, name=f"the linear layers of a network made from {_text}").satisfies(
        lambda v, n=len(_layers): v == n, "one linear layer for each pair in params, however many there are"
    )
    expect(_net(torch.ones(1, 1, dtype=torch.float64)).detach(), name=f"the logit of a network of {_text}").equals(
        [[_logit]]
    )
print("to_torch: this check is passed.")

# %% nbgrader={"grade": true, "grade_id": "to_torch-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests use other depths and sizes, one row, change the arrays after the call, and ask whether it can learn.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("to_torch")
for _sizes, _n, _what in [
    ([5, 4, 3, 2], 6, "three layers"),
    ([3, 2], 1, "a single layer, a batch of one"),
    ([1, 7, 1], 4, "one input and one output"),
    ([4, 4, 4, 4, 4], 3, "four layers of equal size"),
]:
    _start = [(_rng.normal(size=(_i, _o)), _rng.normal(size=_o)) for _i, _o in zip(_sizes[:-1], _sizes[1:])]
    _inputs = _rng.normal(size=(_n, _sizes[0]))
    _flow = _inputs
    for _k, (_W, _b) in enumerate(_start):
        _flow = np.einsum("ni,io->no", _flow, _W) + _b[None, :]
        _flow = np.clip(_flow, 0, None) if _k + 1 < len(_start) else _flow
    _net = expect(to_torch, hidden=_what).of(_start).leaves_arguments_unchanged().value
    expect([tuple(_p.shape) for _p in _net.parameters()], hidden=_what, name="to_torch").satisfies(
        lambda v, s=_sizes: v == [t for i, o in zip(s[:-1], s[1:]) for t in ((o, i), (o,))],
        "the shapes of the parameters are not (d_out, d_in) and (d_out,), one layer for each pair",
    )
    expect([(_p.dtype, _p.requires_grad) for _p in _net.parameters()], hidden=_what, name="to_torch").satisfies(
        lambda v: all(kind == torch.float64 for kind, _ in v), "a parameter is not float64"
    ).satisfies(lambda v: all(learns for _, learns in v), "a parameter cannot learn: it has requires_grad=False")
    expect(_net(torch.tensor(_inputs)).detach(), hidden=_what, name="the logits of to_torch").equals(_flow, tol=1e-10)
    for _W, _b in _start:
        _W[:], _b[:] = 0, 0
    expect(_net(torch.tensor(_inputs)).detach(), hidden="the arrays change after the call", name="to_torch").satisfies(
        lambda v, want=_flow: np.allclose(v, want, atol=1e-8),
        "the network shares its numbers with the arrays, so it changes with them. `torch.tensor` and `copy_` make copies",
    )
### END HIDDEN TESTS

# %% [markdown]
# The small network of the rehearsal, carried over:

# %%
small_net = to_torch(small_params)  # needs exercise 6, and exercises 1 to 3 for small_params
with torch.no_grad():
    difference = np.abs(small_net(torch.tensor(small_test)).numpy() - forward(small_test, small_params)[0]).max()
print(small_net)
print(f"largest difference of the logits, NumPy and PyTorch: {difference:.0e}")

# %% [markdown]
# The two networks are one network: the difference is the rounding of float64.
#
# ## Exercise 7 — train in PyTorch
# **4 points · difficulty 3 of 5 · importance 5 of 5 · about 12 min**
#
# Write `train_torch(model, X, y, epochs, batch_size, lr, seed)` → a list with the mean loss per row of each epoch, plain floats. `X (n, d)` float64 and `y (n,)` whole numbers are NumPy arrays; the model is float32 and gives logits.
#
# - Batches come from a `DataLoader` with `shuffle=True` and `generator=torch.Generator().manual_seed(seed)`, so that a run can be repeated. The last batch keeps what is left over.
# - **One** `torch.optim.Adam` with learning rate `lr` for the whole training, and `nn.CrossEntropyLoss()`.
# - The model is in training mode while it learns, and it is changed in place: that is its purpose.
# - A batch of 2 rows counts half as much in the mean as a batch of 4, as in exercise 3.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Four things are made once, before any loop. Which?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# `TensorDataset(inputs, labels)` pairs the rows, `DataLoader(data, batch_size, shuffle=True, generator=...)` deals them out. Inputs must be float32, as the model is: `torch.tensor(X, dtype=torch.float32)`.
#
# </details>
# <details><summary>Hint 3: almost code</summary>
#
#     data set, loader, Adam, loss function; training mode; an empty list
#     for each epoch:
#         total = 0
#         for each batch of the loader:
#             zero the gradients, forward, loss, backward, step
#             total grows by (loss as a number) · (rows in the batch)
#         append total / n
#     return the list
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "train_torch", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train_torch(model, X, y, epochs, batch_size, lr, seed):
    """Train with Adam. X (n, d), y (n,) NumPy arrays -> the mean loss per row of each epoch, a list of floats."""
    ### BEGIN SOLUTION
    pairs = TensorDataset(torch.tensor(X, dtype=torch.float32), torch.tensor(y, dtype=torch.int64))
    dealer = DataLoader(pairs, batch_size, shuffle=True, generator=torch.Generator().manual_seed(seed))
    adam, criterion, history = torch.optim.Adam(model.parameters(), lr=lr), nn.CrossEntropyLoss(), []
    model.train()
    for _epoch in range(epochs):
        summed = 0.0
        for batch_X, batch_y in dealer:
            adam.zero_grad()  # shown to students
            batch_loss = criterion(model(batch_X), batch_y)
            batch_loss.backward()
            adam.step()
            summed += batch_loss.item() * len(batch_y)
        history.append(summed / len(X))
    return history
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "train_torch-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of train_torch, three epochs of one batch each, then two epochs of two: run this cell.
_model = nn.Linear(2, 3)
_weight = torch.tensor([[0.5, -0.25], [-0.5, 0.75], [0.25, 0.0]])
_model.load_state_dict({"weight": _weight, "bias": torch.tensor([0.0, 0.5, -0.5])})
_X, _y = np.array([[1.0, 2.0], [0.5, -1.0], [2.0, 0.5], [-1.0, 1.0], [1.5, -2.0]]), np.array([0, 1, 2, 2, 1])
_losses = (
    expect(train_torch)
    .of(_model, _X, _y, 3, 8, 0.1, 0)
    .satisfies(lambda v: not isinstance(v, nn.Module), "return the losses. The model is changed in place", "a list")
    .satisfies(
        lambda v: isinstance(v, list | tuple | np.ndarray), "return a list with one loss for each epoch", "a list"
    )
    .satisfies(lambda v: len(v) == 3, "there should be one loss for each of the three epochs", "3 numbers")
    .satisfies(
        lambda v: not any(isinstance(each, torch.Tensor) for each in v),
        "these are tensors, and each drags its graph along. Take the plain number: `.item()`",
        "floats",
    )
)
_losses.equals(
    [2.156839, 1.862023, 1.59544],
    tol=1e-4,
    mistakes={
        "this is plain SGD. Adam is wanted": [2.156839, 1.96725, 1.79425],
        "the gradients of earlier batches pile up: zero_grad is missing": [2.156839, 1.862023, 1.601908],
        "probabilities went into the loss: the double softmax. Give it the logits": [1.328409, 1.27368, 1.217935],
        "a new Adam is made in every epoch, and forgets what it has learned about the gradients": [
            2.156839,
            1.862023,
            1.592032,
        ],
        "the loss is computed again after the step. The one from before is wanted": [1.862023, 1.59544, 1.363087],
        "the learning rate is Adam's own, 0.001: pass lr on": [2.156839, 2.153683, 2.15053],
        "this is AdamW, or has a weight decay. Adam is wanted": [2.156839, 1.860782, 1.593455],
        "the losses are not divided by the number of rows": [10.784197, 9.310115, 7.977198],
        "the weights never move: is the step missing, or zero_grad between backward and step?": [
            2.156839,
            2.156839,
            2.156839,
        ],
        "the mean of a batch is divided by the number of rows once more": [0.4313678, 0.3724046, 0.319088],
        "the total runs on from epoch to epoch. Set it to 0 at the start of each": [2.156839, 4.018862, 5.614302],
        "a batch that is not full is left out: `drop_last` has no place here": [0.0, 0.0, 0.0],
        "the loss is multiplied by batch_size. The last batch has fewer rows: count them": [
            3.450942,
            2.979237,
            2.552704,
        ],
        "the batches have one row each: pass batch_size on to the loader": [2.033137, 1.20552, 0.779474],
    },
)
expect(str(_model.weight.dtype), name="dtype of model.weight after the training").satisfies(
    lambda v: v == "torch.float32",
    "the model was turned into float64. It is the inputs that should change: torch.tensor(X, dtype=torch.float32)",
    "torch.float32",
)
expect(_model.weight.detach(), name="model.weight after the training").equals(
    [[0.2078, 0.04887], [-0.20126, 0.45083], [0.21358, 0.29967]],
    tol=1e-3,
    mistakes={"the model that was passed in has not learned: a copy was trained": _weight},
)
_model.load_state_dict({"weight": _weight, "bias": torch.tensor([0.0, 0.5, -0.5])})
_same_rows = np.full((6, 2), [1.0, 0.5])  # six equal rows: their order makes no difference
expect(train_torch).of(_model, _same_rows, np.full(6, 2), 2, 3, 0.1, 0).equals(
    [1.369477, 0.73905],
    tol=1e-4,
    mistakes={
        "the gradients are zeroed once an epoch. Zero them for each batch": [1.369477, 0.752327],
        "there is one step an epoch. A step follows each batch": [1.555297, 1.183657],
        "this is the loss of the last batch of each epoch. The mean of all rows is wanted": [1.183657, 0.611721],
    },
)
print("train_torch: this check is passed.")


# %% nbgrader={"grade": true, "grade_id": "train_torch-batches", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of train_torch, the batches and the mode: run this cell.
class _Notes(nn.Module):
    """Passes its input on, and writes down what it saw."""

    def __init__(self):
        super().__init__()
        self.seen, self.dtypes = [], []

    def forward(self, x):
        self.seen.append((x[:, 0].tolist(), self.training))
        self.dtypes.append(str(x.dtype))
        return x


def _watch_training(seed):
    notes, net = _Notes(), nn.Linear(1, 2)
    net.load_state_dict({"weight": torch.tensor([[0.5], [-0.5]]), "bias": torch.zeros(2)})
    X, y = np.arange(10.0).reshape(10, 1), np.array([0, 1, 1, 0, 1, 0, 0, 1, 0, 1])
    answer = expect(train_torch).of(nn.Sequential(notes, net).eval(), X, y, 2, 4, 0.0, seed)
    return notes.seen, notes.dtypes, answer


_seen, _dtypes, _losses = _watch_training(5)
expect([len(_rows) for _rows, _ in _seen], name="rows in each batch, 2 epochs of 10 rows, batch_size 4").satisfies(
    lambda v: v != [4, 4, 4, 4], "the last batch is left out: `drop_last` has no place here", "[4, 4, 2, 4, 4, 2]"
).satisfies(
    lambda v: len(v) > 0, "the model was never called: was a copy of it trained?", "[4, 4, 2, 4, 4, 2]"
).satisfies(
    lambda v: v != [10, 10], "all rows went through at once: pass batch_size on", "[4, 4, 2, 4, 4, 2]"
).satisfies(
    lambda v: v != [1] * 20, "the batches have one row each: pass batch_size on to the loader", "[4, 4, 2, 4, 4, 2]"
).satisfies(
    lambda v: v != [10] * 6,
    "all of X went into the model for each batch. Give it the rows that the loader deals out",
    "[4, 4, 2, 4, 4, 2]",
).satisfies(
    lambda v: v != [4, 4, 2], "there was only one epoch: is the `return` inside the loop?", "[4, 4, 2, 4, 4, 2]"
).satisfies(
    lambda v: len(v) == 6 and sorted(v[:3]) == [2, 4, 4],
    "the model is called once for each batch",
    "[4, 4, 2, 4, 4, 2]",
)
expect(sorted(set(_dtypes)), name="dtype of what the model gets").satisfies(
    lambda v: v == ["torch.float32"],
    "the model was turned into float64. It is the inputs that should change: torch.tensor(X, dtype=torch.float32)",
    "torch.float32",
)
_epochs = [[row for _rows, _ in _seen[k : k + 3] for row in _rows] for k in (0, 3)]
expect(_epochs, name="the rows of the two epochs").satisfies(
    lambda v: all(sorted(each) == [float(k) for k in range(10)] for each in v), "each row should come once an epoch"
).satisfies(
    lambda v: v[0] != [float(k) for k in range(10)], "the rows come in the order of X: `shuffle=True` is missing"
).satisfies(
    lambda v: v[0] != v[1], "both epochs have one order: the loader is made anew, with the same seed, in each epoch"
).satisfies(
    lambda v: [row for rows, _ in _watch_training(5)[0][:3] for row in rows] == v[0],
    "with the same seed the order differs: give the loader `generator=torch.Generator().manual_seed(seed)`",
).satisfies(
    lambda v: [row for rows, _ in _watch_training(6)[0][:3] for row in rows] != v[0],
    "the order is the same for every seed: give the seed that is passed in to `manual_seed`",
)
expect([_mode for _, _mode in _seen], name="training mode, for each batch").satisfies(
    all, "the model came in evaluation mode and learned in it: call model.train() first", "True each time"
)
# The learning rate is 0, so the loss of each batch is known: row x has the logits x / 2 and -x / 2.
_batch_means = [float(np.mean([np.logaddexp(0, x if x in (1, 2, 4, 7, 9) else -x) for x in rows])) for rows, _ in _seen]
_PASS_FIRST = "If the check above does not pass, begin there"


def _not_like(*wanted):
    return lambda v: not np.allclose(v, wanted, atol=1e-3)


_losses.satisfies(lambda v: not isinstance(v, nn.Module), "return the losses. The model is changed in place").satisfies(
    lambda v: not any(isinstance(each, torch.Tensor) for each in v),
    "these are tensors. Take the plain number: `.item()`",
).satisfies(lambda v: len(v) == 2, "there should be one loss for each of the two epochs", "2 numbers").satisfies(
    _not_like(sum(_batch_means[:3]) / 3, sum(_batch_means[3:]) / 3),
    "this is the mean of the batch means. The last batch has fewer rows and must count less",
).satisfies(_not_like(_batch_means[2], _batch_means[5]), "this is the loss of the last batch of each epoch").satisfies(
    _not_like(sum(_batch_means[:3]), sum(_batch_means[3:])), "the losses of the batches are added up. A mean is wanted"
).satisfies(
    _not_like(sum(_batch_means[:3]) / 10, sum(_batch_means[3:]) / 10),
    "each loss is a mean already. Multiply it by the number of rows before you add",
).satisfies(
    _not_like(sum(_batch_means[:3]) * 0.4, sum(_batch_means[3:]) * 0.4),
    "every batch counts as if it were full. Multiply by the number of rows it has",
).satisfies(
    _not_like(2.4211, 4.8422), "the total runs on from epoch to epoch. Set it to 0 at the start of each"
).satisfies(_not_like(24.211, 24.211), "the total is not divided by the number of rows").satisfies(
    _not_like(8.0703, 8.0703), "the total is divided by the number of batches. Divide by the number of rows"
).satisfies(
    _not_like(0.79853, 0.79853), "probabilities went into the loss: the double softmax. Give it the logits"
).satisfies(
    lambda v: np.allclose(v, v[0], atol=1e-5),
    f"with learning rate 0 both epochs must give the same loss, and the weights moved: is lr passed on? {_PASS_FIRST}",
    "2.4211 twice",
).satisfies(
    lambda v: abs(v[0] - 2.4211) < 1e-3,
    f"the mean is not per row: loss times rows of the batch, added up, divided by n. {_PASS_FIRST}",
    "2.4211 twice",
)
print("train_torch: the batches are right.")

# %% nbgrader={"grade": true, "grade_id": "train_torch-hidden", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden tests replay the training with Adam written out, and let it learn the small digits.
### BEGIN HIDDEN TESTS
_rng = fresh_rng("train_torch")


class _Recorder(nn.Module):
    """Passes its input on, and keeps a copy."""

    def __init__(self):
        super().__init__()
        self.kept = []

    def forward(self, x):
        self.kept.append(x.detach().double().numpy().copy())
        return x


for _n, _size, _epochs, _what in [
    (7, 3, 3, "a last batch of one"),
    (5, 9, 4, "a single batch"),
    (1, 1, 2, "a single row"),
]:
    _d, _classes, _lr = 3, 4, float(_rng.uniform(0.01, 0.1))
    _inputs, _answers = _rng.normal(size=(_n, _d)).astype(np.float32).astype(float), _rng.integers(0, _classes, size=_n)
    _recorder, _layer = _Recorder(), nn.Linear(_d, _classes)
    _W, _b = (_p.detach().double().numpy().copy() for _p in (_layer.weight, _layer.bias))
    _losses = expect(train_torch, hidden=_what).of(
        nn.Sequential(_recorder, _layer),
        _inputs.copy(),
        _answers.copy(),
        _epochs,
        _size,
        _lr,
        int(_rng.integers(10**6)),
    )
    _per = -(-_n // _size)
    expect(_recorder.kept, hidden=_what, name="train_torch").satisfies(
        lambda v, k=_per * _epochs: len(v) == k, "the model is called once for each batch of each epoch"
    )
    _state, _rows_loss = [np.zeros_like(_v) for _v in (_W, _b, _W, _b)], []
    for _t, _x in enumerate(_recorder.kept, start=1):  # Adam with its formulas: no graph, no optimizer
        _y = _answers[[int(np.abs(_inputs - _r).sum(axis=1).argmin()) for _r in _x]]
        _e = np.exp(_x @ _W.T + _b)
        _p = _e / _e.sum(axis=1, keepdims=True)
        _rows_loss.append(-np.log(_p[np.arange(len(_y)), _y]))
        _off = (_p - np.eye(_classes)[_y]) / len(_y)
        _slopes = (_off.T @ _x, _off.sum(axis=0))
        _moved = []
        for _j, (_v, _g) in enumerate(zip((_W, _b), _slopes)):
            _state[_j] = 0.9 * _state[_j] + 0.1 * _g
            _state[_j + 2] = 0.999 * _state[_j + 2] + 0.001 * _g * _g
            _moved.append(_v - _lr * (_state[_j] / (1 - 0.9**_t)) / (np.sqrt(_state[_j + 2] / (1 - 0.999**_t)) + 1e-8))
        _W, _b = _moved
    _means = [float(np.concatenate(_rows_loss[_k * _per : (_k + 1) * _per]).mean()) for _k in range(_epochs)]
    _losses.equals(_means, tol=1e-3)
_X, _y, _X_test, _y_test = datasets.digits_split()
_net = nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10))
expect(train_torch, hidden="learning the small digits").of(_net, _X * 2 - 0.6, _y, 8, 32, 0.01, 3)
_net.eval()
with torch.no_grad():
    _right = float((_net(torch.tensor(_X_test * 2 - 0.6).float()).argmax(dim=1).numpy() == _y_test).mean())
expect(_right, hidden="learning the small digits", name="train_torch").satisfies(
    lambda v: v > 0.85, "after eight epochs the network should read at least 85 of 100 small digits, and it does not"
)
### END HIDDEN TESTS

# %% [markdown]
# ## 8. Predict, then run: MNIST in PyTorch
#
# The same start weights, in float32 now, and Adam in place of momentum: six epochs with 0.001 and two with 0.0001. (That makes two calls of `train_torch`, so two Adams. The second begins with empty averages, and needs a few steps to fill them; at a tenth of the learning rate that does no harm.) **Will it be better, and will it be faster?** PyTorch's loader collects each batch row by row, and its backward pass keeps books.

# %%
my_guess_torch = None  # for example ("equal", "slower")

# %% tags=["skip-execution"]
if have_mnist:
    model = to_torch(start_params).float()  # needs exercises 1, 2, 6 and 7
    began = time.perf_counter()
    torch_losses = train_torch(model, X_train, y_train, 6, 128, 0.001, seed=0)
    torch_losses += train_torch(model, X_train, y_train, 2, 128, 0.0001, seed=1)
    torch_seconds = time.perf_counter() - began
    model.eval()
    with torch.no_grad():
        torch_answers = model(torch.tensor(X_test, dtype=torch.float32)).argmax(dim=1).numpy()
    torch_accuracy = (torch_answers == y_test).mean()
    print("mean loss per epoch:", " ".join(f"{loss:.4f}" for loss in torch_losses))
    print(f"PyTorch {torch_accuracy:.2%} in {torch_seconds:.0f} s; at least 97 %: {torch_accuracy >= 0.97}")
    both_curves = {"PyTorch, Adam": torch_losses}
    if numpy_accuracy is None:
        print("NumPy: not trained. The comparison needs exercise 3 and the cell of section 5.")
    else:
        print(f"NumPy   {numpy_accuracy:.2%} in {numpy_seconds:.0f} s")
        both = (answers != y_test) & (torch_answers != y_test)
        print(
            f"mistakes: NumPy {(answers != y_test).sum()}, PyTorch {(torch_answers != y_test).sum()}, the same image {both.sum()}"
        )
        both_curves = {"NumPy, momentum": numpy_losses, **both_curves}
    print(f"You wrote {my_guess_torch}.")
    picture = plots.lines(
        both_curves,
        title="MNIST, twice: how both networks learn",
        x_label="epoch",
        y_label="mean training loss",
        y_scale="log",
    )
else:
    picture = None
    print("This cell needs MNIST.")
picture

# %% [markdown]
# Two versions, two optimizers, one result: about 98 %. That they miss many of the same images says something about the images.
# PyTorch took longer whenever we ran this on one core, though it computes in float32: for a network this small, much of its time goes into the loader and the bookkeeping. With large networks, or a graphics card, that changes. Lesson 7 looks closer.
#
# ### Save and load
#
# A trained network is worth keeping. `state_dict()` is a dictionary from names to tensors, `torch.save` writes it to a file. To load it you need the same architecture first; the file holds numbers only. `weights_only=True` makes sure of that: an older form of such files can run code when it is opened, so never load a stranger's file without it.

# %%
# Needs small_net of section 7: exercises 1, 2, 3 and 6.
torch.save(small_net.state_dict(), "small_digits.pt")  # lies beside this notebook

empty = to_torch(init_params([64, 32, 10], np.random.default_rng(99)))  # the architecture, with other weights
with torch.no_grad():
    before = empty(torch.tensor(small_test)).argmax(dim=1).numpy()
    empty.load_state_dict(torch.load("small_digits.pt", weights_only=True))
    after = empty(torch.tensor(small_test)).argmax(dim=1).numpy()
print("in the file:", {name: tuple(tensor.shape) for name, tensor in empty.state_dict().items()})
print(f"accuracy before loading {(before == small_y_test).mean():.0%}, after {(after == small_y_test).mean():.1%}")
try:
    to_torch(init_params([64, 16, 10], np.random.default_rng(0))).load_state_dict(
        torch.load("small_digits.pt", weights_only=True)
    )
except RuntimeError as error:
    print("another architecture:", str(error).splitlines()[1].strip()[:60], "...")

# %% [markdown]
# What is **not** in the file: the mean and the standard deviation of `prepare`. Whoever loads the network needs them as well, so save them beside it.
#
# ## 9. Stuck below 95 %?
#
# It will happen to you: the code runs, and the accuracy is bad. Now you break the training on purpose, one thing at a time, so that you know each face of it. Seven short runs on 10,000 images, 3 epochs each, all with the same seed:
#
# | run | what is broken |
# |---|---|
# | all in order | nothing |
# | raw pixels | 0 to 255, not prepared |
# | lr × 100 | the learning rate is 5 |
# | lr / 100 | the learning rate is 0.0005 |
# | weights 0 | all start weights are 0 |
# | weights × 10 | start weights ten times too large, in each of the three layers |
# | weights / 100 | start weights a hundred times too small, in each layer |
#
# For each run you see the loss before training, the mean loss at the end, the accuracy on the validation images, and the share of **dead units**: units of the first hidden layer that are above 0 for no validation image. A ReLU unit that is 0 for every image gets no gradient, so it stays dead. (Where everything has become `nan`, nothing is above 0 either.)
#
# **Which runs will end near 10 %? Which one would you take for a success that needs more time?** (Without MNIST the cell takes the small digits. The story is similar, the numbers are not.)

# %%
my_guess_broken = None  # for example ["raw pixels", "weights 0"]


# %%
def short_run(X, y, X_check, y_check, params, lr):
    """Three epochs, noted every tenth of an epoch. Returns losses (31,), accuracy and share of dead units at the end."""
    rng, velocity = np.random.default_rng(1), zeros_like(params)
    with np.errstate(all="ignore"):  # infinities are part of this experiment
        losses = [loss_and_grads(X, y, params)[0]]
        for _ in range(3):
            for part in np.array_split(rng.permutation(len(X)), 10):
                params, velocity, mean = train_epoch(params, velocity, X[part], y[part], 128, lr, rng)
                losses.append(mean)
        hidden = forward(X_check, params)[1][1]
        return losses, accuracy(X_check, y_check, params), float(1 - (hidden > 0).any(axis=0).mean())


# %% tags=["skip-execution"]
# Needs exercises 1, 2 and 3.
if have_mnist:
    part = X_train[:10000], y_train[:10000], X_val, y_val
    raw_part = raw_train[:10000].reshape(-1, 784) / 1, raw_train[55000:].reshape(-1, 784) / 1
    start = init_params([784, 128, 64, 10], np.random.default_rng(0))
else:
    part = small_train, small_y, small_test, small_y_test
    raw_part = small_raw.reshape(-1, 64) / 1, small_raw_test.reshape(-1, 64) / 1
    start = init_params([64, 128, 64, 10], np.random.default_rng(0))


def times(factor):
    return [(factor * W, b) for W, b in start]


runs = {
    "all in order": (*part, start, 0.05),
    "raw pixels": (raw_part[0], part[1], raw_part[1], part[3], start, 0.05),
    "lr × 100": (*part, start, 5.0),
    "lr / 100": (*part, start, 0.0005),
    "weights 0": (*part, times(0.0), 0.05),
    "weights × 10": (*part, times(10.0), 0.05),
    "weights / 100": (*part, times(0.01), 0.05),
}
curves = {}
print(f"{'run':<14} {'first loss':>10} {'last loss':>10} {'accuracy':>9} {'dead units':>11}")
for name, setting in runs.items():
    curves[name], share, dead = short_run(*setting)
    print(f"{name:<14} {curves[name][0]:>10.2f} {curves[name][-1]:>10.2f} {share:>9.1%} {dead:>11.0%}")
print(f"You wrote {my_guess_broken}.")


def broken_picture(names, title):
    return plots.lines(
        {name: np.clip(curves[name], 0.05, 20) for name in names},  # nan stays nan, and leaves a gap
        title=title,
        x_label="training, in epochs",
        y_label="mean loss (above 20 drawn at 20)",
        x=np.arange(31) / 10,
        y_scale="log",
    )


falling = [name for name, curve in curves.items() if curve[-1] < 0.95 * np.log(10)]
broken_picture(falling, "Runs whose loss has fallen below 2.2 after three epochs")

# %% [markdown]
# And the runs that have not. Losses above 20 are drawn at 20; a curve that ends has become `nan`. Where two curves meet at 2.30, they stay together: the network gives every image the same answer.

# %% tags=["skip-execution"]
broken_picture([name for name in curves if name not in falling], "Runs that are stuck after three epochs")

# %% [markdown]
# What is 10.6 % of accuracy, and what 9.8 %? At a loss of 2.30 only the last biases have learned how frequent each digit is, and the answer is always the most frequent one of the training part, a 1: 10.6 % of the validation images are ones. Where the logits are `nan`, `argmax` gives 0: 9.8 % are zeros.
#
# Two questions remain open in that table, and the gradients answer them. Why do zeros not learn? And what do very small weights do?

# %% tags=["skip-execution"]
for name in ("all in order", "weights 0", "weights / 100"):
    X_part, y_part, _, _, start_weights, _ = runs[name]
    _, first_grads = loss_and_grads(X_part[:1000], y_part[:1000], start_weights)
    told = ", ".join(f"W{k} {np.abs(dW).mean():.1e}" for k, (dW, _) in enumerate(first_grads, start=1))
    print(f"{name:<14} mean size of the first gradients: {told}; last b {np.abs(first_grads[-1][1]).mean():.1e}")

# %% [markdown]
# ## Exercise 8 — bug hunt: find the bad lines
# **2 points · difficulty 3 of 5 · importance 5 of 5 · about 5 min**
#
# Somebody sends you this program and says: "It runs without an error, and I report 98.4 %. Is it right?" **Four** of the ten lines are bad: they spoil the training, or make the reported number worth less than it looks.
#
# | | line |
# |---|---|
# | A | `mean, std = all_images.mean(), all_images.std()   # training and test images together` |
# | B | `X = (train_images.reshape(-1, 784) - mean) / std` |
# | C | `X, y = X[rng.permutation(len(X))], y[rng.permutation(len(y))]` |
# | D | `model = nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))` |
# | E | `opt = torch.optim.Adam(model.parameters(), lr=0.001)` |
# | F | `loss = nn.CrossEntropyLoss()(torch.softmax(model(images), dim=1), labels)` |
# | G | `loss.backward(); opt.step(); opt.zero_grad()` |
# | H | `with torch.no_grad(): logits = model(X_test)   # after each epoch` |
# | I | `reported = max(test_accuracies)   # one for each epoch` |
# | J | `accuracy = (logits.argmax(dim=1) == y_test).float().mean().item()` |
#
# Write the letters of the four bad lines into `bad_lines`, as text: `bad_lines = "X Y"` is the form.
#
# <details><summary>Hint 1: a nudge</summary>
#
# For each line ask two things: does each row keep its label? And does anything that is decided here know the test images?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Two of the bad lines spoil the training. The other two let the test images take part in what they should judge.
#
# </details>
# <details><summary>Hint 3: almost an answer</summary>
#
# Read section 1 again, the table of three parts. Then count how often line C shuffles, and what the loss function does by itself in line F.
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "bad_lines", "locked": false, "schema_version": 3, "solution": true, "task": false}
bad_lines = ""
### BEGIN SOLUTION
bad_lines = "A C F I"
### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "bad_lines-innocent", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of bad_lines, is a good line accused: run this cell.
def _accused(answer):
    """The letters in an answer such as "X Y", "XY" or "lines X and Y"; words like `and` are passed over."""
    text = answer if isinstance(answer, str) else " ".join(map(str, answer))
    words = "".join(sign if sign.isalpha() else " " for sign in text.upper()).split()
    named = [word for word in words if len(word) == 1 or (set(word) <= set("ABCDEFGHIJ") and word != "BAD")]
    return set("".join(named or words))


expect(bad_lines, name="bad_lines").satisfies(
    lambda v: isinstance(v, str | list | tuple | set | np.ndarray),
    'write text: letters between quotation marks, such as "X Y"',
).satisfies(
    lambda v: len(_accused(v)) > 0, "nothing is written yet, or the line with `raise` still stands above your answer"
).satisfies(
    lambda v: _accused(v) <= set("ABCDEFGHIJ"),
    "write only letters. There is one that names no line: the lines are A to J",
).satisfies(
    lambda v: "B" not in _accused(v),
    "line B is good: it makes rows and scales them. Where mean and std come from is another line",
).satisfies(
    lambda v: "D" not in _accused(v), "line D is good: a smaller network than ours, and no softmax at its end"
).satisfies(lambda v: "E" not in _accused(v), "line E is good: 0.001 is a usual learning rate for Adam").satisfies(
    lambda v: "G" not in _accused(v),
    "line G is good: zeroing after the step is as right as before the backward pass. No fresh gradient gets lost",
).satisfies(
    lambda v: "H" not in _accused(v),
    "line H is good: looking alone changes nothing. What chooses by it is another line",
).satisfies(
    lambda v: "J" not in _accused(v),
    "line J is good: the largest logit wins, and the mean of right and wrong is the accuracy",
).satisfies(lambda v: len(_accused(v)) >= 2, "no good line is accused. Name at least two of the four bad ones")
print("bad_lines: no good line is accused.")

# %% nbgrader={"grade": true, "grade_id": "bad_lines-all", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Check of bad_lines, are all four found: run this cell.
_text = bad_lines if isinstance(bad_lines, str) else " ".join(map(str, [] if bad_lines is None else bad_lines))
_words = "".join(sign if sign.isalpha() else " " for sign in _text.upper()).split()
_named = [word for word in _words if len(word) == 1 or (set(word) <= set("ABCDEFGHIJ") and word != "BAD")]
_found = set("".join(_named or _words))
expect(_found, name="bad_lines").satisfies(lambda v: len(v) > 0, "nothing is written yet").satisfies(
    lambda v: len(v) <= 4, "more than four lines are named, and four are bad"
).satisfies(
    lambda v: sum(letter in v for letter in "ACFI") != 3,
    "three of the four are found. One more either spoils the training, or lets the test images help",
    "four letters",
).satisfies(
    lambda v: sum(letter in v for letter in "ACFI") == 4,
    "at least two bad lines are missing. Think of what the test images may know, and of what each row's label is",
    "four letters",
)
print("bad_lines: all four are found.")

# %% [markdown]
# Two of them spoil the training. Line F is the double softmax, which flattens the loss: with ten classes it cannot fall below the number printed first, however well the network learns. Line C tears rows and labels apart; you see on the small digits what that does.

# %%
# Needs exercises 1, 2, 6 and 7.
floor = -np.log(np.e / (np.e + 9))
print(f"the lowest loss that a double softmax can reach: {floor:.4f}")
shuffled_y = small_y[np.random.default_rng(0).permutation(len(small_y))]
for name, labels in [("rows with their labels", small_y), ("line C: labels shuffled apart", shuffled_y)]:
    learner = to_torch(init_params([64, 32, 10], np.random.default_rng(0))).float()
    learned = train_torch(learner, small_train, labels, 10, 32, 0.003, seed=0)
    with torch.no_grad():
        share = (learner(torch.tensor(small_test).float()).argmax(dim=1).numpy() == small_y_test).mean()
    print(f"{name:<30} loss {learned[0]:.2f} → {learned[-1]:.2f}, accuracy {share:.0%}")
together = np.concatenate([small_raw, small_raw_test])
print(
    f"line A: mean {together.mean():.2f} and std {together.std():.2f}; right: {small_raw.mean():.2f} and {small_raw.std():.2f}"
)

# %% [markdown]
# The other two, A and I, change the number only a little, if at all: with the small digits the two numbers of `prepare` hardly differ, as the last line shows. No symptom will warn you, so both must be avoided by habit.
#
# ## Exercise 9 — what did you find?
# **3 points · difficulty 3 of 5 · importance 4 of 5 · about 15 min · read by your instructor**
#
# Look at the table, the two pictures and the gradients of section 9. Write 6 to 9 sentences: what each broken run looks like (with numbers: first loss, last loss, accuracy, dead units), **why** it does, and which **one** number you would look at first when a network of yours is stuck. Say also which runs you cannot tell apart by their accuracy alone, and what tells them apart.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Sort the runs by their loss before training. Which are near log(10), which far above, and what does that tell about the signal in the network?
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Three things can be wrong with learning: the steps are too large, too small, or there is no gradient to step along. Which run is which, and where do the dead units come from?
#
# </details>
# <details><summary>Hint 3: almost an answer</summary>
#
# Several runs end near 10 %. Compare their first loss, their dead units, and the gradients of W1. Then say which test takes one second and needs no training at all.
#
# </details>

# %% [markdown] nbgrader={"grade": true, "grade_id": "stuck_conclusion", "locked": false, "points": 3, "schema_version": 3, "solution": true, "task": false}
# ### BEGIN SOLUTION
# Seven networks of the same sizes were trained on the same 10,000 images for three epochs with the same seed; each differs from the first in one thing.
# In order: the loss starts at about 2.9, near log(10), falls to about 0.1, and 95 to 96 percent of the validation images are right.
# Raw pixels: the loss starts near 150, because inputs up to 255 make huge logits. The first gradients are as large, the steps throw the weights far away, almost all units of the first layer are dead afterwards, and the loss stays at 2.30: the network gives every image the same answer, near 10 percent.
# Learning rate times 100: the first loss is normal (2.9), so data and start weights are fine; then every step overshoots and the loss becomes nan, or explodes and stays at 2.30.
# Learning rate divided by 100: nothing is broken, the loss falls steadily but only to about 0.7, with 85 percent right. It needs more time or a larger rate.
# Weights 0: the loss is 2.30 from beginning to end. All hidden outputs are 0, so the gradients of all three W are exactly 0 and only the last biases learn, which say how frequent each digit is.
# Weights times 10 in each layer: the first loss is above 1,000, since the factor acts three times; it then behaves like a learning rate that is too large. Weights divided by 100: the loss is 2.30 at first as well, but the gradients are small (about 1e-6), not 0: after nearly three epochs it begins to learn.
# By accuracy alone, raw pixels, learning rate times 100, weights 0 and weights times 10 look the same, near 10 percent. The loss before training tells them apart: far above 2.30 means data or large weights, exactly 2.30 means zero or tiny weights, about 2.9 means look at the learning rate. So the first thing I would print is the loss before training; it needs no training at all. The gradients of W1 separate zero weights from small ones.
# ### END SOLUTION

# %% [markdown]
# ### Symptoms and causes
#
# After you have written yours, compare. Look at the loss **before** training first: it costs one line.
#
# | what you see | likely cause | first thing to try |
# |---|---|---|
# | the first loss is far above log(number of classes) | raw pixels, or start weights too large | print mean and standard deviation of `X`; He's start |
# | the first loss is fine, then it jumps up or becomes `nan` | the learning rate is too large | divide it by 10, and again |
# | the loss falls steadily, and slowly | the learning rate is too small | multiply it by 3 or 10 |
# | the loss sits at 2.30 from the first step on | weights 0 (for good), or far too small (it frees itself, late): no gradient, or hardly any | He's start |
# | the loss comes down to 2.30 from above and stays | the units died in the first steps | prepared inputs, smaller learning rate, then start again |
# | the training loss falls, and unseen images stay at 10 % | rows and labels torn apart, or another scaling for them | one `prepare` for all parts |
# | 95 % on training and validation alike | stopped too early, or steps too large at the end | more epochs, a smaller rate for the last ones |
#
# ## How GPT uses this
#
# Large models are trained with the habits of this lesson. Their text is cut into training, validation and test parts, and whoever mixes them (a benchmark that stands in the training text) reports numbers that are too good. Their weights start small and random, scaled by the size of the layer. Their learning rate rises at first and falls towards the end; yours fell once.
# And the first look is the same. A model with 50,257 tokens must start near

# %%
print(f"log(50257) = {np.log(50257):.2f}, as yours starts near log(10) = {np.log(10):.2f}")

# %% [markdown]
# ## Coming from C# or Java
#
# - `uint8` is C#'s `byte`: arithmetic wraps around without an error. Java's `byte` is even signed. Turn images into floats before you compute.
# - `params` in `train_epoch` is a local name. `params = [...]` binds it to a new list, and the caller's list stays as it was; `W -= ...` would change the caller's array, as with any shared object.
# - A `state_dict` is a `Dictionary<string, Tensor>`. Saving it, and not the object, is what you would call a data transfer object.
# - `sorted(..., key=...)` takes a function, like `OrderBy(x => ...)` or `Comparator.comparing`.
#
# ## If you are stuck
#
# | what you see | likely cause |
# |---|---|
# | `cannot reshape array` in `prepare` | 784 is written as a number. The images of the check are smaller: `reshape(len(images), -1)` |
# | `only integer scalar arrays can be converted`, or `tuple`, in `worst_mistakes` | `np.where` gives a tuple: take `[0]`, or use `np.flatnonzero` |
# | `arrays used as indices must be of integer` in `worst_mistakes` | `np.sort` gives the values. `np.argsort` gives their places |
# | the second check of an exercise fails as well as the first | pass the first check, then run the second again |
# | `NameError` in a cell that only shows something | an exercise it needs is not done yet: the cell's comment says which |
# | `could not be broadcast together` in `prepare` | the mean was taken with `axis=...`. One number is wanted |
# | values like 250 where you expect small negative ones | bytes were subtracted: `.astype(float)` first |
# | `'list' object has no attribute` ... in `train_epoch` | `params` is a list of pairs: unpack each, `for W, b in params` |
# | the check says an argument was changed | `W -= lr * V` writes into the caller's array: `W = W - lr * V` makes a new one |
# | `mat1 and mat2 must have the same dtype` | float64 inputs met a float32 model: `dtype=torch.float32` |
# | `Error(s) in loading state_dict` | the file belongs to another architecture |
# | training takes minutes | another program uses the processor, or NumPy's threads get in each other's way: close other notebooks |
#
# ## Checkpoint
#
# Answer each question aloud before you open it.
#
# <details><summary>Which images may take part in computing mean and standard deviation, and why?</summary>
#
# The training images only. Validation and test images stand for images that do not exist yet.
#
# </details>
# <details><summary>Your network of ten classes starts with a loss of 150. What do you look at?</summary>
#
# At the inputs (are they around 0, of size 1?) and at the start weights. Something before training makes the logits huge.
#
# </details>
# <details><summary>Recall of the 9s is 94 %, precision 99 %. What happens to 9s?</summary>
#
# Six of 100 nines are read as something else. When the network says 9, it is nearly always right.
#
# </details>
# <details><summary>The validation accuracy is 98.4 % and the test accuracy 97.9 %. Is something broken?</summary>
#
# No. You chose rates and epochs by the validation images, so that number is a little too good. The test accuracy is the one to report.
#
# </details>
# <details><summary>What must you save to use a network next year?</summary>
#
# The weights, the architecture (as code), and the two numbers that scale its inputs.
#
# </details>
#
# You have done the course's first challenge: a real data set, two implementations, at least 97 % in both, and you know what its mistakes look like. **Next:** lesson 7 puts the two versions side by side, step by step: the same start, the same gradients, the same losses.
