"""Values, calls and changes between the checker and another process that holds the student's functions."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="grading needs fork")

from groundup.checks import calls, expect, watched  # noqa: E402
from groundup.checks import given as with_others  # noqa: E402
from groundup.grading.wire.asking import Asking  # noqa: E402
from groundup.grading.wire.frames import WireError  # noqa: E402
from groundup.grading.wire.rebuilt_errors import CodeStopped  # noqa: E402

STUDENT = """
import collections, functools, os
import numpy as np

def same(x): return x
def double(x): return 2 * x
def quadruple(x): return double(double(x))
def first_row(X): return X[0]
def in_place(X): X += 1
def to_float(model): model.float()
def grows(items): items.append(7)
def draws(rng): return rng.normal(size=3)
def overflows(z): return 1 / (1 + np.exp(-z))
def fails(x): raise ValueError("no such shape")
def leaves(x): raise SystemExit
def dies(x): os._exit(3)
def counts(n):
    yield from range(n)
def twice(f, x): return f(f(x))
def kinds(x): return [np.float32(1.5), True, 3, 2.0, (1, "a"), {"k": None}, {1, 2}, slice(1, 2), 1 + 2j, b"raw", ...]
class Value:
    def __init__(self, data): self.data = data
    def __mul__(self, other): return Value(self.data * other.data)
    def __eq__(self, other): return True
    def __sub__(self, other): return 0.0
    def __lt__(self, other): return True
class Everything:
    def __eq__(self, other): return True
    def __array__(self, *a, **k): return np.zeros(3)
def anything(x): return Everything()
Pair = collections.namedtuple("Pair", "left right")
def pair(x): return Pair(x, x)
partial = functools.partial(pow, 2)
def lies(x):
    class CheckFailed(Exception): pass
    raise CheckFailed("all is well")
"""


class Engine:
    """Looks after the student's process as the engine does."""

    def __init__(self, source: str) -> None:
        self.source, self.pid, self.starts = source, 0, 0

    def start(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        self.pid, self.starts = os.fork(), self.starts + 1
        if self.pid == 0:
            self._live(theirs)
        theirs.close()
        return ours

    def _live(self, channel: socket.socket) -> None:
        from groundup.grading.wire.answering import Answering

        try:
            names: dict[str, Any] = {"__name__": "student", "CHANNEL": channel.fileno()}
            exec(compile(self.source, "<answer>", "exec"), names)
            link = Answering(channel, names)
            while True:
                link.serve(*link.stream.receive())
        finally:
            os._exit(0)

    def interrupt(self) -> None:
        os.kill(self.pid, signal.SIGINT)

    def replace(self) -> socket.socket:
        self.stop()
        return self.start()

    def stop(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)


@contextmanager
def student(source: str) -> Iterator[tuple[Asking, Engine]]:
    engine = Engine(source)
    link = Asking(engine.start(), engine)
    link.sources = [source]
    try:
        yield link, engine
    finally:
        engine.stop()


@pytest.fixture(scope="module")
def link() -> Iterator[Asking]:
    with student(STUDENT) as (link, _):
        yield link


@pytest.fixture
def of(link: Asking) -> Callable[[str], Any]:
    link.begin()
    return lambda name: link.fetch((name,))[name]


plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**40), 10**40) | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda parts: (
        st.lists(parts, max_size=4)
        | st.tuples(parts, parts)
        | st.dictionaries(st.text(max_size=4) | st.integers(), parts, max_size=4)
    ),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=plain)
def test_plain_values_come_back_as_they_went(of: Callable[[str], Any], value: Any) -> None:
    back = of("same")(value)
    assert back == value and type(back) is type(value)


@pytest.mark.parametrize("dtype", ["f8", "f4", "f2", "i8", "u1", "?", "c16", "U3"])
@pytest.mark.parametrize("shape", [(), (0,), (3,), (2, 3), (1, 0, 2)])
def test_arrays_keep_dtype_shape_and_numbers(of: Callable[[str], Any], dtype: str, shape: tuple[int, ...]) -> None:
    array = np.arange(int(np.prod(shape))).reshape(shape).astype(dtype)
    back = of("same")(array.copy())
    assert back.dtype == array.dtype and back.shape == array.shape and np.array_equal(back, array)


@pytest.mark.parametrize("part", [np.s_[:], np.s_[:, 0], np.s_[:, ::3], np.s_[:0], np.s_[0, 3]])
def test_a_part_of_a_tensor_keeps_its_numbers_whatever_its_strides(of: Callable[[str], Any], part: Any) -> None:
    tensor = torch.arange(4).reshape(1, 4)[part]
    back = of("same")(tensor)
    assert back.dtype == tensor.dtype and torch.equal(back, tensor)


def test_a_model_may_change_its_dtype_in_place(of: Callable[[str], Any]) -> None:
    model = torch.nn.Linear(2, 3).double()
    before = model.weight.detach().clone()
    of("to_float")(model)
    assert model.weight.dtype == model.bias.dtype == torch.float32
    assert torch.equal(model.weight, before.float()) and isinstance(model.weight, torch.nn.Parameter)


def test_every_kind_of_plain_value_keeps_its_type(of: Callable[[str], Any]) -> None:
    got = of("kinds")(0)
    assert [type(part).__name__ for part in got] == [
        "float32", "bool", "int", "float", "tuple", "dict", "set", "slice", "complex", "bytes", "ellipsis",
    ]  # fmt: skip


def test_a_function_keeps_its_name_and_signature_and_says_what_it_calls(of: Callable[[str], Any]) -> None:
    with pytest.raises(AssertionError, match=r"quadruple\(x=\[1\. 2\.\]\)|quadruple\(x=\[1\., 2\.\]\)"):
        expect(of("quadruple")).of(np.array([1.0, 2.0])).equals([0, 0])
    assert calls(of("quadruple"), "double") and not calls(of("double"), "quadruple")
    assert with_others(of("quadruple"), double=lambda x: x + 1)(5) == 7


def test_a_change_in_place_is_seen_as_if_memory_were_shared(of: Callable[[str], Any]) -> None:
    X, items = np.zeros((2, 2)), [1]
    of("in_place")(X)
    of("grows")(items)
    assert np.array_equal(X, np.ones((2, 2))) and items == [1, 7]
    with pytest.raises(AssertionError, match="an argument changed by the call: X"):
        expect(of("in_place")).of(X).leaves_arguments_unchanged()


def test_what_a_test_changes_later_is_seen_by_the_student(of: Callable[[str], Any]) -> None:
    X = np.array([[1.0, 2.0], [3.0, 4.0]])
    row = of("first_row")(X)
    assert np.shares_memory(row, X), "a view of an argument stays a view"
    X[:] = 5.0
    assert np.array_equal(row, [5.0, 5.0]) and of("same")(X) is X


def test_a_generator_of_random_numbers_goes_on_where_the_student_left_it(of: Callable[[str], Any]) -> None:
    rng, twin = np.random.default_rng(3), np.random.default_rng(3)
    assert np.array_equal(of("draws")(rng), twin.normal(size=3))
    assert rng.normal() == twin.normal()


def test_what_overflows_in_the_student_s_process_is_noted(of: Callable[[str], Any]) -> None:
    noted: list[str] = []
    watched(of("overflows"), noted)(np.array([-1000.0]))
    assert noted == ["overflow"]


def test_a_function_of_the_test_can_be_handed_over(of: Callable[[str], Any]) -> None:
    seen: list[float] = []
    assert of("twice")(lambda x: seen.append(x) or x + 1, 3) == 5 and seen == [3, 4]
    with pytest.raises(ZeroDivisionError, match="mine"):
        of("twice")(lambda x: (_ for _ in ()).throw(ZeroDivisionError("mine")), 3)


def test_an_error_keeps_its_kind_its_text_and_the_line_it_comes_from(of: Callable[[str], Any]) -> None:
    with pytest.raises(ValueError, match="no such shape"):
        of("fails")(1)
    with pytest.raises(AssertionError) as failed:
        expect(of("fails")).of(1)
    assert "ValueError: no such shape" in str(failed.value)


def test_code_that_leaves_python_ends_nothing_but_itself(of: Callable[[str], Any]) -> None:
    with pytest.raises(CodeStopped, match="SystemExit"):
        of("leaves")(1)
    assert of("double")(2) == 4


def test_a_process_that_died_is_replaced_and_asked_again() -> None:
    with student(STUDENT) as (link, engine):
        link.begin()
        dies, old = link.fetch(("dies", "double")).values()
        with pytest.raises(CodeStopped, match="ended"):
            dies(1)
        assert engine.starts == 2
        with pytest.raises(CodeStopped):
            old(2)  # its process is gone, and the new one may hold something else under that number
        assert link.fetch(("double",))["double"](2) == 4


def test_an_object_that_equals_everything_equals_nothing(of: Callable[[str], Any]) -> None:
    value = of("anything")(1)
    for compare in (lambda: value == 3, lambda: value != 3, lambda: value < 3, lambda: 3 in value, lambda: bool(value)):
        with pytest.raises(TypeError):
            compare()
    with pytest.raises(AssertionError):
        expect(of("anything")).of(1).equals(3.0)


def test_an_object_of_the_student_s_class_can_be_used_and_not_believed(of: Callable[[str], Any]) -> None:
    kind = of("Value")
    product = kind(3.0) * kind(4.0)
    assert product.data == 12.0
    with pytest.raises(TypeError):
        product - 12.0
    with pytest.raises(TypeError):
        assert product < 5.0


def test_what_is_made_from_plain_types_comes_as_those(of: Callable[[str], Any]) -> None:
    assert of("pair")(4) == (4, 4) and list(of("counts")(3)) == [0, 1, 2] and of("partial")(5) == 32


def test_an_error_that_calls_itself_a_check_is_none(of: Callable[[str], Any]) -> None:
    from groundup.checks import CheckFailed

    with pytest.raises(Exception) as raised:
        of("lies")(1)
    assert not isinstance(raised.value, CheckFailed)


def test_names_that_do_not_exist_are_left_out(link: Asking) -> None:
    assert link.fetch(("double", "nothing_here")).keys() == {"double"}


FORGED = {
    "no JSON": b"\x00\x00\x00\x05nope!",
    "a list": b"\x00\x00\x00\x02[]",
    "too long": b"\xff\xff\xff\xff",
    "a negative buffer": b'\x00\x00\x00\x1d{"reply":1,"buffers":[-1,4]} ',
    "an answer to nothing": b'\x00\x00\x00\x0d{"reply":-99}',
    "an unknown request": b'\x00\x00\x00\x18{"op":"eval","id":1    } ',
}


@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED.keys())
def test_nonsense_on_the_channel_is_an_error_of_the_wire_and_starts_a_new_process(forged: bytes) -> None:
    forges = f"import os\ndef f(x):\n    os.write(CHANNEL, {forged!r})\n    return x"
    with student(forges) as (link, engine):
        function = link.fetch(("f",))["f"]
        engine.source = "def f(x):\n    return x"  # what the next process runs
        with pytest.raises((WireError, CodeStopped)):
            function(1)
        assert engine.starts == 2 and link.fetch(("f",))["f"](5) == 5
