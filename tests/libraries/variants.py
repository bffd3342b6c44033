"""Broken variants of the reference library: each is one change in one place, and what the suite has to say about it."""

from __future__ import annotations

from dataclasses import dataclass

ASKED = {
    "layers.py": ("layers",),
    "activations.py": ("layers", "activations", "losses"),
    "losses.py": ("activations", "losses"),
    "optimizers.py": ("optimizers",),
    "data.py": ("models", "callbacks", "data"),
    "models.py": ("models", "callbacks"),
    "callbacks.py": ("callbacks",),
    "metrics.py": ("metrics",),
}
"""The headings whose items are asked of a variant, by the file that is changed: the nearest, and some beside them."""


@dataclass(frozen=True)
class Variant:
    """One mistake."""

    mistake: str
    file: str
    old: str
    """Text that occurs exactly once in the file; it is replaced by `new`."""
    new: str
    fails: str
    """The item that must fail."""
    words: str
    """What must be in its message."""
    also: tuple[str, ...] = ()
    """Patterns of the items that fail with it; no others do."""


PRODUCT = '        np.dot(self._X.T, dout, out=self.grads["W"])\n'
VARIANTS = (
    Variant("dense averages a second time", "layers.py",
        PRODUCT, PRODUCT + '        self.grads["W"] /= len(dout)\n',
        "Dense.gradient", "it is divided by the batch size"),
    Variant("dense gives its bias no gradient", "layers.py",
        '        np.dot(_ones(len(dout), dout.dtype), dout, out=self.grads["b"])\n', "",
        "Dense.gradient", "gradient by b of Dense for an input (5, 4): it stays zero"),
    Variant("dense weights are transposed", "layers.py",
        'self._add("W", _draw((d_in, d_out), d_in,', 'self._add("W", _draw((d_out, d_in), d_in,',
        "Dense.parameters", "'W': (3, 4)", ("Dense.*",)),
    Variant("dense gradients add up", "layers.py",
        PRODUCT, '        self.grads["W"] += self._X.T @ dout\n',
        "Dense.again", "gradients add up over calls"),
    Variant("he's weights take fan_out", "layers.py",
        "math.sqrt(2 / fan_in)", "math.sqrt(2 / fan_out)",
        "Dense.init", "fan_out stands where fan_in belongs", ("Conv2D.init",)),
    Variant("dropout does not divide by 1 - p", "layers.py",
        "kept / X.dtype.type(1 - self.p)", "kept.astype(X.dtype)",
        "Dropout.values", "does not divide by 1 - p", ("Dropout.gradient",)),
    Variant("dropout goes on outside training", "layers.py",
        "        if not training:\n            self._mask = None\n",
        "        if self.p == 0:\n            self._mask = None\n",
        "Dropout.evaluation", "active outside training"),
    Variant("dropout draws a second mask for backward", "layers.py",
        "return dout if self._mask is None else dout * self._mask",
        "return dout if self._mask is None else dout * self._rng.permuted(self._mask)",
        "Dropout.gradient", "draws a mask of its own"),
    Variant("batch norm takes the batch outside training", "layers.py",
        '(self.state["running_mean"], self.state["running_var"])', "(rows.mean(axis=0), rows.var(axis=0))",
        "BatchNorm.evaluation", "uses the batch's statistics outside training"),
    Variant("the running variance divides by n", "layers.py",
        "var * (n / (n - 1))", "var",
        "BatchNorm.running", "it divides by n - 1"),
    Variant("momentum is the wrong way round", "layers.py",
        "self.momentum * (batch - self.state[name])", "(1 - self.momentum) * (batch - self.state[name])",
        "BatchNorm.running", "momentum is the wrong way round"),
    Variant("batch norm's backward takes the mean as fixed", "layers.py",
        '(self.grads["beta"] + normalized * self.grads["gamma"])', '(normalized * self.grads["gamma"])',
        "BatchNorm.gradient", "gradient by X of BatchNorm", ("BatchNorm.one_row",)),
    Variant("the convolution leaves its padding out", "layers.py",
        "padded = np.pad(X, ((0, 0), (p, p), (p, p), (0, 0)))", "padded = X",
        "Conv2D.stride", "the shape is (2, 2, 3, 3), and it should be (2, 3, 4, 3)"),
    Variant("pooling sends the gradient to every tie", "layers.py",
        "                left -= target\n", "",
        "MaxPool2D.ties", "sends the gradient to every tie"),
    Variant("dense prints shapes", "layers.py",
        "        out = X @ W\n", '        print("X", X.shape)\n        out = X @ W\n',
        "manners.silence", "Only ProgressBar prints", ("Dense.arguments",)),
    Variant("relu masks by the gradient", "activations.py",
        "return self._as_output(dout) * self._positive", "return self._as_output(dout) * (dout > 0)",
        "ReLU.gradient", "the mask is taken from the gradient", ("ReLU.zero",)),
    Variant("relu has slope 1 at 0", "activations.py",
        "self._positive = X > 0", "self._positive = X >= 0",
        "ReLU.zero", "the slope at 0 is 1"),
    Variant("sigmoid overflows", "activations.py",
        "    return np.where(X >= 0, 1, small) / (1 + small)", "    return 1 / (1 + np.exp(-X))",
        "Sigmoid.large", "overflow encountered in exp"),
    Variant("softmax runs down the columns", "activations.py",
        "exponentials / exponentials.sum(axis=1, keepdims=True)",
        "exponentials / exponentials.sum(axis=0, keepdims=True)",
        "Softmax.values", "the output of Softmax", ("Softmax.gradient", "Softmax.large")),
    Variant("tanh returns nothing", "activations.py",
        "return self._as_output(dout) * (1 - self._out**2)", "self._as_output(dout) * (1 - self._out**2)",
        "Tanh.gradient", "None. Is the `return` missing?", ("Tanh.*",)),
    Variant("cross-entropy overflows", "losses.py",
        "Z -= Z.max(axis=0)", "Z -= 0",
        "CrossEntropy.large", "overflow encountered in exp"),
    Variant("mse's gradient averages over rows alone", "losses.py",
        "difference * (2 / difference.size)", "difference * (2 / len(difference))",
        "MSE.gradient", "divided by the rows alone"),
    Variant("mse gives an array", "losses.py",
        "return float(np.mean(self._kept**2))", "return np.mean(self._kept**2, keepdims=True)",
        "MSE.value", "Wanted: a Python float", ("MSE.*",)),
    Variant("adam corrects m alone", "optimizers.py",
        "math.sqrt((1 - self.beta2) / (1 - self.beta2**self._steps))", "math.sqrt(1 - self.beta2)",
        "Adam.steps", "the bias of m alone is corrected", ("Adam.decay",)),
    Variant("weight decay has the wrong sign", "optimizers.py",
        "g + self.weight_decay * w", "g - self.weight_decay * w",
        "SGD.decay", "weight decay has the wrong sign", ("*.decay",)),
    Variant("epsilon is inside the root", "optimizers.py",
        "(np.sqrt(s) + self.epsilon)", "np.sqrt(s + self.epsilon)",
        "RMSProp.steps", "epsilon is inside the square root", ("RMSProp.decay",)),
    Variant("sgd changes copies", "optimizers.py",
        "        w -= self.learning_rate * g\n", "        w = w - self.learning_rate * g\n",
        "SGD.steps", "change them in place", ("SGD.*",)),
    Variant("the last batch is dropped", "data.py",
        "for start in range(0, self._n, self._batch_size):",
        "for start in range(0, self._n - self._batch_size + 1, self._batch_size):",
        "BatchLoader.rows", "drops the last batch", ("BatchLoader.*", "fit.*", "Sequential.load", "Callback.calls",
                                                     "EarlyStopping.*")),
    Variant("labels come in another order", "data.py",
        "self._y.take(chosen", "self._y.take(np.sort(chosen)",
        "BatchLoader.rows", "X and y do not match any more", ("BatchLoader.*", "fit.*")),
    Variant("every epoch has the same order", "data.py",
        "self._rng.permutation(self._n)", "np.random.default_rng(0).permutation(self._n)",
        "BatchLoader.order", "same order in every epoch", ("fit.batches", "fit.seed")),
    Variant("load ignores what is missing", "models.py",
        "        saved = _read(Path(path))\n", "        saved = entries | _read(Path(path))\n",
        "Sequential.load_refuses", "a file without 3.b is accepted"),
    Variant("save forgets the state", "models.py",
        "(layer.params | layer.state).items()", "layer.params.items()",
        "Sequential.save", "save forgets the running statistics", ("Sequential.load*",)),
    Variant("predict runs in training mode", "models.py",
        "self.forward(X[at : at + batch_size]).copy()", "self.forward(X[at : at + batch_size], training=True).copy()",
        "Sequential.predict", "predict runs the layers with training=True", ("Sequential.evaluate", "fit.logs")),
    Variant("precision and recall change places", "metrics.py",
        "np.diag(counts) / np.maximum(counts.sum(axis=0), 1)", "np.diag(counts) / np.maximum(counts.sum(axis=1), 1)",
        "metrics.precision", "this is recall"),
    Variant("the best epoch is not put back", "callbacks.py",
        "                values[...] = best\n", "                pass\n",
        "EarlyStopping.restore_best", "the last epoch's parameters stay"),
    Variant("a module needs what nobody has", "losses.py",
        "import numpy as np\n", "import numpy as np\nimport nothing_of_that_name\n",
        "package", "No module named 'nothing_of_that_name' (losses.py, line"),
)  # fmt: skip
