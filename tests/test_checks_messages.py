"""What a message shows of an answer, and what it reads in the code of an answer that stops with an error."""

from __future__ import annotations

import numpy as np
import pytest
from test_checks import failure

from groundup.checks import expect
from groundup.checks.comparing import show_result


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ((10, 32), "(10, 32)"),
        ((10,), "(10,)"),
        ((10.0, -2.0), "(10.0, -2.0)"),
        ([10, 32], "[10, 32]"),
        ([[0.1 + 0.2, 1.0], [2, True]], "[[0.3, 1.0], [2, True]]"),
        (np.array([10, 32]), "[10, 32]  shape (2,)"),
        ([(np.ones(2), np.ones(3))], "a list of 1 pair"),
        ([np.ones((2, 2))] * 4, "a list of 4 arrays"),
        (([np.ones(2)], [np.ones(2)]), "a tuple of 2 lists"),
        ([np.ones(2), None], "a list of 2 things"),
        ({"A": np.ones(2)}, "a dictionary with the keys 'A'"),
        ({"a": 1.5}, "{'a': 1.5}"),
        ([], "[]"),
    ],
    ids=repr,
)
def test_lists_and_tuples_are_shown_as_they_are_typed_or_in_words(given, shown) -> None:
    assert show_result(given) == shown


def test_a_long_list_is_cut_and_a_wanted_list_is_an_array_for_an_array() -> None:
    assert len(show_result(list(range(1000)))) == 120
    assert "wanted:    [1., 2.]  shape (2,)" in failure(lambda: expect(np.zeros(2)).equals([1.0, 2.0]))
    assert "wanted:    (10,)\n" in failure(lambda: expect((10, 32)).equals((10,)))


ZEROS, LABELS = np.zeros((4, 3)), np.array([1, 0, 2, 2])
LAYERS = [(np.ones((2, 3)), np.ones(3)), (np.ones((3, 2)), np.ones(2)), (np.ones((2, 2)), np.ones(2))]


def index_ahead(sizes):
    return [sizes[i] * sizes[i + 1] for i in range(len(sizes))]


def numbers_as_pairs(sizes):
    return [a * b for a, b in sizes]


def compare_layers(params):
    return [W for W, b in params if (W, b) == params[-1]]


def take_apart(params):
    W, b = params
    return W, b


def third_layer(params):
    return params[2]


def append_two(params):
    cache = []
    cache.append(params, params)


def append_arrays(params):
    return np.append([], params[0])


def whole_rows(logits, y):
    picked = logits[y]
    return logits.max(axis=1) - picked


def classes_first(logits, y):
    return logits[y, np.arange(len(y))]


def rows_by_class(logits, y):
    return logits[np.arange(3), y]


def down_the_columns(logits, y):
    return logits.argmax(axis=0) == y


def hat(x):
    return x ^ 2


@pytest.mark.parametrize(
    ("function", "args", "sentence"),
    [
        (index_ahead, ([1, 2, 3],), "one pair of neighbors fewer"),
        (numbers_as_pairs, ([1, 2, 3],), "a number cannot be taken apart into two names"),
        (compare_layers, (LAYERS,), "arrays cannot be compared with `==`"),
        (take_apart, (LAYERS,), "loop over it"),
        (third_layer, (LAYERS[:1],), "instead of counting the layers by hand"),
        (append_two, (LAYERS,), "`append` takes one thing"),
        (append_arrays, (LAYERS,), "A list has its own `append`"),
        (whole_rows, (ZEROS, LABELS), "`Z[y]` picks whole rows"),
        (classes_first, (ZEROS, LABELS), "rows first, then classes"),
        (rows_by_class, (ZEROS, LABELS), "must have the same length"),
        (down_the_columns, (ZEROS, LABELS), "runs down the columns"),
        (hat, (1.5,), "`^` is not a power"),
        (hat, (np.array([1.5]),), "`^` is not a power"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_the_code_of_the_student_tells_more_than_the_error(function, args, sentence) -> None:
    assert sentence in failure(lambda: expect(function).of(*args))
