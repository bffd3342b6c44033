"""`expect(...)`: right answers pass in every form, wrong ones are told what was wrong."""

from __future__ import annotations

import re
import subprocess
import sys
import time
import warnings

import numpy as np
import pytest

from groundup.checks import CheckFailed, calling, expect


def failure(check) -> str:
    with pytest.raises(CheckFailed) as caught:
        check()
    return str(caught.value)


def total(values):
    return np.sum(values)


@pytest.mark.parametrize(
    "answer", [2, 2.0, np.float64(2), np.array(2.0), np.float32(2), True + True], ids=lambda a: type(a).__name__
)
def test_every_form_of_the_right_number_passes(answer) -> None:
    expect(answer).equals(2.0)


@pytest.mark.parametrize("answer", [[0, 1], (0, 1), np.array([0.0, 1.0]), np.array([False, True])], ids=repr)
def test_every_form_of_the_right_array_passes(answer) -> None:
    expect(answer).equals([0, 1])


def test_a_torch_tensor_that_needs_a_gradient_is_compared_by_value() -> None:
    torch = pytest.importorskip("torch")
    expect(torch.tensor([1.0, 2.0], requires_grad=True)).equals([1.0, 2.0])


@pytest.mark.parametrize("answer", [np.nan, [1.0], [[1.0]], "1", None, 1.1, {}, [1, [2, 3]]], ids=repr)
def test_what_is_not_the_number_fails(answer) -> None:
    failure(lambda: expect(answer).equals(1.0))


def test_zero_against_a_tiny_number_is_equal_within_the_tolerance() -> None:
    expect(1e-12).equals(0.0)
    failure(lambda: expect(1e-3).equals(0.0))


def test_a_message_goes_from_what_was_given_to_the_next_step() -> None:
    text = failure(lambda: expect(total).of(np.array([1.0, 2.0])).equals(1.5, mistakes={"you did not divide": 3.0}))
    assert text.startswith("total(values=[1., 2.])\n")
    order = [text.index(word) for word in ("you gave:  3", "wanted:    1.5", "likely:    you did not divide.", "next:")]
    assert order == sorted(order)


def test_the_mistake_that_was_made_is_the_one_that_is_named() -> None:
    mistakes = {"first": 1.0, "second": 2.0, "third": [3.0, 4.0]}
    assert "second" in failure(lambda: expect(2.0).equals(0.0, mistakes=mistakes))
    assert "third" in failure(lambda: expect(np.array([3, 4])).equals(0.0, mistakes=mistakes))


def test_a_right_answer_is_never_blamed_for_a_mistake_with_the_same_value() -> None:
    expect(2.0).equals(2.0, mistakes={"unlucky numbers": 2.0})


@pytest.mark.parametrize(
    ("given", "want", "sentence"),
    [
        (None, 1.0, "returned None"),
        (len, 1.0, "a function here. Call it"),
        (np.array([[1.0, 2.0]]), [1.0, 2.0], "right numbers in the wrong shape: the shape is (1, 2)"),
        (np.array([[1.0, 3.0], [2.0, 4.0], [0.0, 0.0]]), [[1, 2, 0], [3, 4, 0]], "transposed"),
        (np.array([1.0, 2.0]), 1.5, "the answer is one number"),
        (-1.5, 1.5, "the sign is turned around"),
        (np.array([np.inf, 1.0]), [0.0, 1.0], "NaN or an infinity"),
        (np.array([[2, 2], [0, 2]]), [[2.25, 2.0], [-0.25, 2.0]], "the fractions were cut off"),
        (np.array([[2.0, 2.0], [-1.0, 2.0]]), [[2.25, 2.0], [-0.25, 2.0]], "the fractions were cut off"),
        (3, 3.75, "the fractions were cut off"),
        (0.67, 2 / 3, "the answer was rounded to 2 digits"),
        ("67%", 2 / 3, "this is text"),
        (np.array([[1.0, 3.0], [2.0, 4.0]]), [[1.0, 2.0], [3.0, 4.0]], "transposed: rows and columns are swapped"),
        (np.array([1.0, 2.0]), [[1.0, 2.0], [3.0, 4.0]], "the answer for the first row only: the shape is (2,)"),
        (np.array([[3.0, 4.0]]), [[1.0, 2.0], [3.0, 4.0]], "the answer for the last row only"),
        (1.5, [1.5, 2.0], "the answer for the first entry only"),
    ],
)
def test_mistakes_that_look_alike_everywhere_are_named_without_a_list(given, want, sentence) -> None:
    assert sentence in failure(lambda: expect(given).equals(want))


@pytest.mark.parametrize(
    ("given", "want"),
    [(0, 0.69), (1.0, 1.3), (np.array([0.0, 0.0, 3.0]), [-0.02, -0.5, 3.0]), (1.0, 0.99996)],
    ids=repr,
)
def test_whole_numbers_alone_do_not_prove_that_digits_were_lost(given, want) -> None:
    text = failure(lambda: expect(given).equals(want))
    assert "cut off" not in text and "rounded" not in text


def test_a_property_of_a_value_that_is_missing_is_told_and_not_a_missing_return() -> None:
    assert "nothing yet" in failure(lambda: expect(None).satisfies(lambda v: v is not None, "nothing yet"))
    assert "returned None" in failure(lambda: expect(lambda: None).of().satisfies(lambda v: v > 0, "not above 0"))


def test_a_difference_without_a_known_cause_says_where_it_is() -> None:
    text = failure(lambda: expect(np.array([[1.0, 2.0], [3.0, 5.0]])).equals([[1, 2], [3, 4]]))
    assert "1 of 4 entries differ, most of all the one at index [1, 1]" in text and "by hand" in text


def test_a_hidden_check_names_the_property_and_never_the_numbers() -> None:
    def check() -> None:
        expect(total, hidden="a batch of one").of(np.array([123.456])).equals(77.125, mistakes={"you summed": 123.456})

    text = failure(check)
    assert "fails a hidden test: a batch of one" in text and "you summed" in text
    assert not re.search(r"123|77", text)


def test_the_text_of_an_error_stays_out_of_a_hidden_message() -> None:
    def spy(values):
        raise ValueError(f"the hidden input is {values}")

    text = failure(lambda: expect(spy, hidden="odd sizes").of(np.array([123.456])))
    assert "123" not in text and "ValueError" in text


def test_a_missing_answer_is_called_unwritten() -> None:
    def mine():
        raise NotImplementedError()

    assert failure(lambda: expect(mine).of()).startswith("mine is not written yet")


def test_an_answer_that_needs_an_unwritten_one_says_which() -> None:
    def first(x):
        raise NotImplementedError()

    def second(x):
        return first(x)

    assert "second uses first, and first is not written yet" in failure(lambda: expect(second).of(1))


def test_an_error_quotes_the_line_of_the_student_and_explains_it() -> None:
    def choose(z):
        if z >= 0:
            return 1
        return 0

    text = failure(lambda: expect(choose).of(np.array([1.0, -1.0])))
    assert "in choose, line" in text and "if z >= 0:" in text and "looks at a whole array at once" in text


def test_an_endless_loop_is_ended_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calling, "SECONDS", 0.3)

    def loop():
        while True:
            pass

    started = time.monotonic()
    text = failure(lambda: expect(loop).of())
    assert "a loop that never ends" in text and time.monotonic() - started < 5


def test_a_warning_or_a_word_on_stderr_costs_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    def noisy(z):
        print("a progress bar", file=sys.stderr)
        return np.exp(z) * 0 + np.log(np.array(0.0))

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        expect(noisy).of(np.array(1.0))
    assert capsys.readouterr().err == ""


def test_a_changed_argument_is_noticed_and_named() -> None:
    def shift(X, b):
        X += b
        return X

    text = failure(lambda: expect(shift).of(np.ones(3), 1.0).leaves_arguments_unchanged())
    assert "an argument changed by the call: X" in text and "Make a new one instead" in text
    expect(total).of(np.ones(3)).leaves_arguments_unchanged()


def test_a_change_deep_inside_a_list_of_pairs_is_noticed() -> None:
    def harm(params):
        params[1][0][0, 0] = 9.0

    params = [(np.zeros((2, 2)), np.zeros(2)), (np.zeros((2, 1)), np.zeros(1))]
    assert "params" in failure(lambda: expect(harm).of(params).leaves_arguments_unchanged())


def test_parts_of_a_tuple_are_checked_one_by_one() -> None:
    w, b = expect((np.ones(2), 3)).parts("w", "b")
    w.equals([1, 1])
    assert failure(lambda: b.equals(4)).startswith("b of your answer")


@pytest.mark.parametrize(("answer", "said"), [(1.0, "one thing"), ((1, 2, 3), "3 things"), (None, "returned None")])
def test_another_number_of_parts_is_told(answer, said) -> None:
    text = failure(lambda: expect(answer).parts("w", "b"))
    assert said in text and "2 things: w, b" in text


def test_shape_dtype_finiteness_and_properties_are_checked() -> None:
    good = np.ones((2, 3), dtype=np.float32)
    expect(good).has_shape(2, 3).has_dtype(np.float32).is_finite().satisfies(lambda v: v.sum() == 6, "six ones")
    assert "wanted:    shape (3, 2)" in failure(lambda: expect(good).has_shape(3, 2))
    assert "dtype float64" in failure(lambda: expect(good).has_dtype(np.float64))
    assert "finite numbers only" in failure(lambda: expect(np.array([1.0, np.nan])).is_finite())
    assert "not six" in failure(lambda: expect(good).satisfies(lambda v: v.sum() == 5, "not six"))


def test_an_error_that_is_wanted_must_come() -> None:
    def strict(x):
        if x < 0:
            raise ValueError("negative")
        return x

    expect(strict).raises(ValueError, -1)
    assert "accepted silently" in failure(lambda: expect(strict).raises(ValueError, 1))
    assert "TypeError" in failure(lambda: expect(strict).raises(ValueError, "x"))


def test_a_gradient_is_compared_entry_by_entry_with_central_differences() -> None:
    x = np.array([[0.5, -1.0], [2.0, 0.0]])
    expect(3 * x**2).matches_gradient_of(lambda v: (v**3).sum(), at=x)
    expect(np.zeros(2)).matches_gradient_of(lambda v: 0.0 * v.sum(), at=np.ones(2))
    wrong = 3 * x**2
    wrong[1, 0] += 1e-3
    assert "[1, 0]" in failure(lambda: expect(wrong).matches_gradient_of(lambda v: (v**3).sum(), at=x))


def printed(code: str) -> list[str]:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()


def test_importing_the_package_is_quick_and_brings_no_torch() -> None:
    clock = "import sys, time; t = time.perf_counter(); import groundup; print(time.perf_counter() - t)"
    assert min(float(printed(clock)[0]) for _ in range(3)) < 0.2
    everything = "import sys; import groundup.datasets, groundup.plots, groundup.checks, groundup.cli"
    assert printed(f"{everything}; print('torch' in sys.modules)") == ["False"]
