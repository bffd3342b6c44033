"""What common errors mean: the text of an exception, and the sentence that says what to do about it.

In: an error's text, and the code of the function it comes from. Out: a sentence, or None where nothing is known.
"""

from __future__ import annotations

import re

COMMON_ERRORS: dict[str, str] = {
    "'Tensor' object has no attribute '(forward|step|zero_grad)'": (
        "a tensor has no such method. `model(images)` is the whole forward pass and returns a tensor; "
        "`loss.backward()` is the backward pass; `step` and `zero_grad` belong to the optimizer"
    ),
    "through the graph a second time": (
        "`backward()` ran twice on one loss. Compute the logits and the loss anew in every round, before `backward()`"
    ),
    "does not require grad": (
        "this loss remembers nothing that learns: it was computed inside `torch.no_grad()`, or from a copy of"
        " the logits (`detach`, `item`, NumPy), or `requires_grad_()` was forgotten"
    ),
    "mat1 and mat2 shapes": (
        "the batch does not fit the layer: its last size must be the layer's number of inputs. Print both shapes"
    ),
    "must have the same dtype|but found Double": (
        "numbers of two dtypes meet. NumPy makes float64, layers are float32 unless told otherwise: `.float()` "
        "turns a tensor into float32, `.double()` into float64"
    ),
    "target dtype|scalar type Long": (
        "cross-entropy wants the labels as whole numbers (int64), and logits as floats: `.long()` turns a "
        "tensor into int64"
    ),
    "not a Module subclass": (
        "a class or a list stands where a layer is wanted. A layer is made with parentheses, `activation()`, "
        "and a list of layers is unpacked with a star, `nn.Sequential(*layers)`"
    ),
    "torch.nn.Parameter or None expected": ("a layer's weight must be an `nn.Parameter`: wrap the tensor in one"),
    "leaf Variable that requires grad": (
        "a weight is changed while PyTorch is watching it. Put the change under `with torch.no_grad():`"
    ),
    r"[Cc]an't call numpy\(\) on Tensor that requires grad|tensor.detach\(\)": (
        "this tensor belongs to a graph. `.detach()` gives its numbers without the graph, `.item()` a single one"
    ),
    "could not infer output dtype": (
        "`mean` does not work on True and False or on whole numbers in PyTorch. Turn them into floats with "
        "`.float()` first, or count with `.sum().item()`"
    ),
    "must be Tensor, not numpy": ("a NumPy array stands where a tensor is wanted: `torch.from_numpy(...)` makes one"),
    "size of tensor a .* must match": (
        "two tensors of different shapes meet in one operation. Print both shapes: a row of numbers, an axis that a sum"
        " has lost, or a `.T` too many or too few?"
    ),
    "'(Linear|Sequential)' object has no attribute 'backward'": (
        "a model has no `backward`. The backward pass begins at the loss: `loss.backward()`"
    ),
    r"'(SGD|Adam|\w*Optimizer)' object has no attribute 'backward'": (
        "an optimizer has no `backward`. `loss.backward()` computes the gradients, then `optimizer.step()` uses them"
    ),
    "'float' object has no attribute 'backward'": (
        "this loss is a plain number, and a number remembers nothing. Call `backward()` on the loss itself, "
        "and `.item()` only for what you add up"
    ),
    "'(Linear|Sequential)' object has no attribute 'device'": (
        "a model has no device of its own; its parameters have: `next(model.parameters()).device`"
    ),
    "(Linear|Sequential)' object has no attribute 'weight'": (
        "this is a network of layers. Take one of its layers first"
    ),
    "log_softmax.* not implemented for|target with class probabilities": (
        "the arguments of the loss are turned around, or these are classes where logits are wanted: "
        "`loss_fn(logits, labels)`, logits (n, n_classes) as floats"
    ),
    "must be Tensor, not (int|float)": (
        "`torch.maximum` and its kind want two tensors: `.clamp(min=0)` takes a number"
    ),
    r"@: '[^']*(return_types|ReLU)": (
        "a pair or a layer stands where its numbers are wanted: `torch.max(Z, 0)` gives values and places, and "
        "`nn.ReLU()` makes a layer that is still to be called"
    ),
    r"Target \d+ is out of bounds": (
        "a label is larger than the logits have columns. Did the loss get the batch in place of the logits?"
    ),
    "grad can be implicitly created only for scalar": (
        "`backward()` starts at one number, the loss: take the mean or the sum first"
    ),
    "training mode is expected to be boolean": (
        "`model.train` without parentheses is the method. `model.training` says whether it trains"
    ),
    "must be Tensor, not (list|tuple)": ("a loader gives pairs. Take them apart: `for images, labels in loader:`"),
    "must be Tensor, not (Linear|Sequential|ReLU|Tanh|Sigmoid)": (
        "a layer or a model stands where its numbers are wanted. Call it: `model(images)`; in a network, "
        "layers stand side by side in `nn.Sequential`"
    ),
    "Boolean value of Tensor": (
        "an `if`, `and` or `or` looks at a whole tensor at once. Compare entry by entry and count, "
        "`(predicted == labels).sum().item()`. If this is inside a loss: a loss is made with parentheses, "
        "`nn.CrossEntropyLoss()`"
    ),
    "context manager protocol": ("the parentheses are missing: `with torch.no_grad():`"),
    "optimizer can only optimize Tensors": (
        "an optimizer takes the parameters and not the model: `model.parameters()`"
    ),
    "'(method|function|builtin_function_or_method)' object is not iterable": (
        "the parentheses of a call are missing, as in `model.parameters()`"
    ),
    "'(SGD|Adam)' object is not callable": (
        "an optimizer stands where a loss function is wanted. Compare the order of the arguments with the "
        "function's description"
    ),
    "'bool' object has no attribute 'sum'": (
        "two whole things were compared and gave a single True or False. Are both sides tensors? `max(dim=1)`"
        " gives two things, `argmax(dim=1)` the places"
    ),
    r"ndarray' object has no attribute '(detach|float|to)'|data has to be a tensor|empty\(\): argument 'size'": (
        "a NumPy array stands where a tensor or a size is wanted: `torch.tensor(array)` makes a tensor, "
        "`array.shape` has the sizes"
    ),
    "is not on the expected device|same device": (
        "a batch and the model lie on two devices. Move the batch: `images.to(device)`"
    ),
    "'str' object is not callable": (
        "text stands where a function or a class is wanted. If it went into make_mlp, this is the name. make_mlp "
        "wants the class: `activations.items()` gives both"
    ),
    r"'(numpy\.\w+|ndarray|int|float|Tensor)' object is not callable": (
        "something that is no function has parentheses behind it: a `*` is missing between two factors, or a "
        "name of a function was given to a number"
    ),
    "only (0-dimensional arrays|length-1 arrays|integer scalar arrays)|can only be converted": (
        "`int`, `float` and `math.…` take one number. For arrays use `.astype(int)` and the functions of `np`"
    ),
    "does not have enough dimensions": (
        "one side of `@` is a single number. Are two arguments swapped, such as `w` and `b`?"
    ),
    "'NoneType' object": (
        "something here is None: a function without `return`, or one that changes its list in place, such as "
        "`append` and `shuffle`, and gives nothing back"
    ),
    "'int' object is not iterable|can only concatenate list": (
        "a loop over numbers needs `range(n)`, or a number was added to a list, which grows with `.append(n)`"
    ),
    "has no attribute '(as_type|astype|shape|reshape|round)'": (
        "this is a plain number, or a word of NumPy is spelled another way. `np.asarray(z, dtype=float)` "
        "makes an array of anything"
    ),
    "truth value of an array": (
        "an `if`, `and`, `or`, `max` or `min` looks at a whole array at once. Work entry by entry: `z >= 0` "
        "gives one True or False per entry, `np.where` chooses, `np.maximum` takes the larger"
    ),
    "matmul|not aligned|mismatch in its core dimension": (
        "the two sides of `@` do not fit: the last size of the left one must equal the first size of the "
        "right one. Print both shapes"
    ),
    "indexing arrays": (
        "the two parts of an index `[rows, columns]` must have the same length: one row number and one column"
        " number for each entry that is picked. Print both shapes"
    ),
    "could not (be )?broadcast|operands": (
        "two arrays of different shapes meet in one operation. Did a sum or a maximum lose an axis that "
        "`keepdims=True` would keep, run over the other axis, or does an index have another length? Print "
        "both shapes"
    ),
    "setting an array element with a sequence|inhomogeneous": (
        "a tuple or list stands where numbers are wanted. A function that returns two things needs two names,"
        " `w, b = ...`, and a list of pairs needs a loop"
    ),
    r"bitwise_xor|for \^": ("`^` is not a power in Python: write `** 2`"),
    r"append\(\) takes exactly one argument": (
        "`append` takes one thing. Two things go in as one pair, with parentheses of its own: `cache.append((A, Z))`"
    ),
    "Python scalar": ("a single number is wanted where there is an array. Pick one entry, or use the whole array"),
    "not iterable|not subscriptable|has no len|unsized object|0-d array|index to scalar": (
        "a loop or an index meets a single number. The input can be one number here, or the code took one too"
        " many indices"
    ),
    "does not support item assignment": (
        "one entry of a single number or of a tuple cannot be set. Is this meant to be an array?"
    ),
    "NoneType": ("something you use is None. A function without `return` gives None"),
    "is not defined": ("a name is used before it exists: a typing error, or a cell above that has not been run"),
    "index .* out of bounds|out of range": (
        "the array or list is too short for this index: it was made too small, or the loop goes too far. "
        "Counting starts at 0, so the last index is the length minus 1"
    ),
    "read-only": ("the code writes into an array it was given. Make a new array instead of changing the old one"),
    r"forward\(\) missing 1 required positional argument": (
        "a layer is called with nothing in it. Was it made already, with parentheses, before it went into make_mlp? "
        "make_mlp wants the class itself"
    ),
    r"\w\.\w+\(\) takes .* positional argument": (
        "a method of a class got more arguments than it takes. Is `self`, which comes first in every method, missing?"
    ),
    "positional argument": (
        "a function got another number of arguments than it takes. Compare the call in that line with the "
        "function's `def` line or description"
    ),
    "unpack non-iterable (int|float|numpy)": (
        "a number cannot be taken apart into two names: walk over pairs, `zip(...)`"
    ),
    "unpack": ("a tuple or list has another number of parts than the names on the left of `=`"),
    "recursion": ("the function calls itself without an end"),
    "unexpected keyword argument": (
        "there is no such word here. Look at its spelling: `axis` and `keepdims` in NumPy, `dim` and "
        "`keepdim` in PyTorch"
    ),
    "'dict' object has no attribute": (
        'the entries of a dictionary stand in brackets, `state["v"]`; `.get("v", 0.0)` gives 0.0 while there is none'
    ),
    "has no attribute": (
        "there is no such word behind this dot. Look at its spelling, and print what stands before the dot: is it what "
        "you think?"
    ),
    "KeyError": (
        "the dictionary has no entry of this name, at least not yet. `.get(name, 0.0)` gives a start value where there "
        "is none"
    ),
    r"AxisError|axis \d+ is out of bounds": (
        "the array has fewer axes than this axis says. Axis 0 runs down the rows, axis 1 along a row"
    ),
    "either both or neither of x and y": (
        "`np.where` takes a condition and both answers: `np.where(condition, this, that)`"
    ),
    r"cannot assign \d+ input values": (
        "both sides of `x[mask] = ...` must pick the same entries: write the mask on the right side too"
    ),
    "Cannot cast ufunc": ("whole numbers cannot take fractions in place. Begin with `np.asarray(z, dtype=float)`"),
    "arrays used as indices must be": (
        "an index must be whole numbers: `.astype(int)`, or `argsort` in place of `sort`"
    ),
    "slice indices must be integers": ("a slice needs a whole number: `int(round(...))`"),
    "UnboundLocalError|cannot access local variable": (
        "a name is used in the function before the function gives it a value. Does every way through the "
        "function set it?"
    ),
    "math range error": ("`math.exp` of a large number: give the exponential an argument that is never positive"),
}
"""Texts of common errors (regular expressions) and the sentence that explains each."""

TELLING_CODE: dict[tuple[str, str], str] = {
    ("mat1 and mat2", r"\w\)? @ \w|matmul\(|\.mm\("): (
        "the two sides of `@` do not fit: the last size of the left one must equal the first size of the right one. "
        "Print both shapes. Is a `.T` missing?"
    ),
    ("size of tensor a .* must match", r"\.weight\b"): (
        "two tensors of different shapes meet in one operation. Print both shapes. PyTorch stores the weights of a "
        "layer as (d_out, d_in)"
    ),
    ("truth value|broadcast", r"[!=]=.*\[-1\]|\[-1\].*[!=]=|\.index\("): (
        "arrays cannot be compared with `==` to find the last layer; count the rounds with `enumerate`"
    ),
    ("NoneType", r"\.get\(\s*['\"]\w+['\"]\s*\)"): (
        "`.get(name)` gives None while there is no entry of this name: `.get(name, 0.0)` begins with 0"
    ),
    ("unpack", r"^\s*\w+, \w+ = dense_backward\("): (
        "`dense_backward` gives three things: dX, dW and db. A name such as `_` takes the one that is not needed"
    ),
    ("unpack", r"\A(?![\s\S]*_backward\()[\s\S]*=\s*params\s*$"): (
        "`params` is a list of pairs, as many as there are layers: loop over it, and take each pair apart into W and b"
    ),
    ("out of range", r"params\[\d"): (
        "`params` has as many pairs as there are layers, one or five: loop over it instead of counting the "
        "layers by hand"
    ),
    ("out of range", r"\[\w+ ?\+ ?1\]"): (
        "`[i + 1]` looks one place ahead, so the loop ends one earlier: there is one pair of neighbors fewer "
        "than there are entries, `range(len(...) - 1)`"
    ),
    ("inhomogeneous|broadcast|concatenate", r"np\.append\("): (
        "`np.append` makes one flat array of numbers. A list has its own `append`: `cache.append((A, Z))`"
    ),
    ("out of bounds|indexing arrays", r"\[\s*y\s*,[^\]]*range"): (
        "rows first, then classes: the row numbers are the first part of the index, and y the second"
    ),
    ("broadcast", r"argmax\([^)]*\b0\)|exp\(.*sum\([^)]*\b0[,)]"): (
        "the code runs down the columns (axis=0), and gives one number per column. Each row is one input: axis=1"
    ),
    ("broadcast|out of bounds", r"[\w\]]\[y\]"): (
        "`Z[y]` picks whole rows, one for each label. One entry per row needs two parts in the index: the row"
        " numbers and the classes"
    ),
}
"""Where code says more than its error: (the error's text, something in the function), and the sentence."""


def likely_cause(error: str, code: str) -> str | None:
    """The sentence for an error's text, or the better one where the function it comes from tells more."""
    for (pattern, telling), why in TELLING_CODE.items():
        if re.search(pattern, error) and re.search(telling, code, re.MULTILINE):
            return why
    return next((why for pattern, why in COMMON_ERRORS.items() if re.search(pattern, error)), None)
