"""`expect(...)`: one answer, and what a check says about it. Used in every lesson's check cells."""

from __future__ import annotations

import copy
import inspect
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from groundup.checks.calling import CheckFailed, run
from groundup.checks.comparing import (
    TOLERANCE,
    as_array,
    general_mistake,
    in_words,
    largest_difference,
    named_mistake,
    numerical_gradient,
    same,
    show,
    show_result,
    show_wanted,
)
from groundup.checks.torch_values import contents, torch_kind

_NOTHING = object()
TRY_AGAIN = "change that one thing, run your answer cell again, then this cell."


def expect(subject: Any, hidden: str | None = None, name: str | None = None) -> Expectation:
    """Begin a check of `subject`: a function (then call `.of(...)`) or a value.

    `hidden` is a property in words, "a batch of one": messages then name the property that fails and the likely
    mistake, and never show inputs or numbers. `name` describes a value in messages.
    """
    return Expectation(subject, hidden=hidden, shown=str(name or getattr(subject, "__name__", "your answer")))


class Expectation:
    """An answer under check. Every method returns the expectation, so that checks chain, or raises CheckFailed."""

    def __init__(self, subject: Any, *, hidden: str | None, shown: str) -> None:
        self._subject = subject
        self._hidden = hidden
        self._shown = shown
        self._value: Any = _NOTHING if inspect.isroutine(subject) else subject
        self._args: tuple[Any, ...] = ()
        self._args_before: tuple[Any, ...] = ()

    @property
    def value(self) -> Any:
        """What was given: the value itself, or what the call returned."""
        if self._value is _NOTHING:
            raise CheckFailed(f"{self._shown} is a function here. Call it: write parentheses and arguments behind it.")
        return self._value

    # ---- calling ---------------------------------------------------------------------------------------------

    def of(self, *args: Any) -> Expectation:
        """Call the function with `args` and go on with what it returns.

        A function that fails, is not written, or does not come back ends the check with a message of its own.
        """
        self._called_with(args)
        self._value = run(self._subject, args, self._heading(), self._hidden is not None)
        return self

    def raises(self, kind: type[BaseException], *args: Any) -> Expectation:
        """Call the function with `args` and want an error of this kind."""
        self._called_with(args)
        try:
            self._value = self._subject(*args)
        except kind:
            return self
        except Exception as error:
            self._fail(given=f"{type(error).__name__}", wanted=f"a {kind.__name__}", likely=None)
        self._fail(
            given=show_result(self._value),
            wanted=f"a {kind.__name__}",
            likely="bad input is accepted silently",
        )
        return self

    def _called_with(self, args: tuple[Any, ...]) -> None:
        if not callable(self._subject):
            raise CheckFailed(
                f"{self._shown} should be a function, and it is {show(self._subject)}.\n"
                "  next:      look for a line that gives this name to something else, and run your answer cell again."
            )
        self._args, self._args_before = args, _copied(args)
        self._shown = _call_text(self._subject, self._args_before) if self._hidden is None else self._shown

    # ---- judging ---------------------------------------------------------------------------------------------

    def equals(self, want: Any, *, tol: float = TOLERANCE, mistakes: Mapping[str, Any] | None = None) -> Expectation:
        """The answer is `want`, within `tol * (1 + |wanted|)` per entry, in the same shape.

        `mistakes` maps a sentence that names a misconception to the value it produces. Equality with `want` is
        tested first, so a mistake that happens to give the right value is never blamed.
        """
        given = self.value
        if same(given, want, tol):
            return self
        likely = named_mistake(given, mistakes or {}, tol) or general_mistake(given, want, tol)
        self._fail(
            given=show_result(given),
            wanted=show_wanted(want, given),
            likely=likely,
            where=largest_difference(given, want),
        )
        return self

    def has_shape(self, *shape: int) -> Expectation:
        """The answer is an array of this shape."""
        array = as_array(self.value)
        given = None if array is None else array.shape
        if given != shape:
            likely = general_mistake(self.value, np.zeros(shape), TOLERANCE)
            self._fail(
                given=f"shape {given}" if given is not None else show(self.value),
                wanted=f"shape {shape}",
                likely=likely,
            )
        return self

    def has_dtype(self, dtype: Any) -> Expectation:
        """The answer is an array of this dtype."""
        given = getattr(self.value, "dtype", type(self.value).__name__)
        if given != dtype:
            self._fail(given=f"dtype {given}", wanted=f"dtype {np.dtype(dtype)}", likely=None)
        return self

    def is_finite(self) -> Expectation:
        """No entry of the answer is NaN or infinite."""
        array = as_array(self.value)
        if array is None or not np.all(np.isfinite(array)):
            likely = general_mistake(self.value, np.zeros(() if array is None else array.shape), TOLERANCE)
            self._fail(given=show_result(self.value), wanted="finite numbers only", likely=likely)
        return self

    def satisfies(self, test: Callable[[Any], bool], otherwise: str, wanted: str | None = None) -> Expectation:
        """The answer has a property: `test(value)` is true. `otherwise` is the sentence that names the mistake."""
        try:
            holds = bool(test(self.value))
        except CheckFailed:
            raise
        except Exception:  # a value of another kind than the test expects does not have the property
            holds = False
        if not holds:
            nothing = self.value is None and callable(self._subject)
            likely = general_mistake(None, None, TOLERANCE) if nothing else otherwise
            self._fail(given=show_result(self.value), wanted=wanted, likely=likely)
        return self

    def parts(self, *names: str) -> tuple[Expectation, ...]:
        """The answer is a tuple with these parts; one expectation for each, in order."""
        given = self.value
        if not isinstance(given, tuple | list) or len(given) != len(names):
            count = f"{len(given)} things" if isinstance(given, tuple | list) else "one thing"
            likely = general_mistake(given, None, TOLERANCE) if given is None else None
            self._fail(
                given=f"{count}: {show(given)}",
                wanted=f"{len(names)} things: {', '.join(names)}",
                likely=likely or f"the last line should be `return {', '.join(names)}`",
            )
        made = [
            Expectation(value, hidden=self._hidden, shown=f"{name} of {self._shown}")
            for name, value in zip(names, given, strict=True)
        ]
        return tuple(made)

    def leaves_arguments_unchanged(self) -> Expectation:
        """The call changed none of the arrays it was given."""
        for name, before, after in zip(
            _parameters(self._subject, len(self._args)), self._args_before, self._args, strict=True
        ):
            if not _same_content(before, after):
                self._fail(
                    given=f"an argument changed by the call: {name}",
                    wanted="every argument as it was",
                    likely=f"`{name} += ...`, `{name}[...] = ...`, `out=` or `pop` writes into what the caller gave. "
                    "So does `-=` on an array in it, or under another name: `d = x` is no copy. Make a new one instead",
                )
        return self

    def matches_gradient_of(self, f: Callable[[Any], Any], at: Any, *, tol: float = TOLERANCE) -> Expectation:
        """The answer is the gradient of the scalar function `f` at `at`, by central differences of every entry."""
        x = np.asarray(at, dtype=float)
        return self.equals(numerical_gradient(f, x), tol=tol)

    # ---- saying ----------------------------------------------------------------------------------------------

    def _ipython_display_(self) -> None:
        """Show nothing: a passed check is silent, and nbgrader takes a cell's result for partial credit."""

    def _heading(self) -> str:
        return self._shown if self._hidden is None else f"{self._shown} fails a hidden test: {self._hidden}"

    def _fail(self, *, given: str, wanted: str | None, likely: str | None, where: str | None = None) -> None:
        lines = [self._heading()]
        if self._hidden is None:
            lines.append(f"  you gave:  {given}")
            if wanted:
                lines.append(f"  wanted:    {wanted}")
            if where:
                lines.append(f"  where:     {where}")
        if likely:
            lines.append(f"  likely:    {likely if likely.endswith(('.', '?')) else likely + '.'}")
            lines.append(f"  next:      {TRY_AGAIN}")
        elif self._hidden is None:
            lines.append("  next:      work this case out by hand, step by step, and print your steps beside it.")
        else:
            lines.append("  next:      build such a case yourself, work it out by hand, and compare.")
        raise CheckFailed("\n".join(lines))


def _parameters(function: Callable[..., Any], count: int) -> list[str]:
    try:
        names = list(inspect.signature(function).parameters)
    except (TypeError, ValueError):
        names = []
    return [names[i] if i < len(names) else f"argument {i + 1}" for i in range(count)]


def _call_text(function: Callable[..., Any], args: tuple[Any, ...]) -> str:
    name = getattr(function, "__name__", "your function")
    named = zip(_parameters(function, len(args)), args, strict=True)
    return f"{name}({', '.join(f'{parameter}={_argument(value)}' for parameter, value in named)})"


def _copied(args: tuple[Any, ...]) -> tuple[Any, ...]:
    try:
        return copy.deepcopy(args)
    except Exception:  # a tensor in the middle of a graph cannot be copied: then nothing is compared
        return args


def _argument(value: Any) -> str:
    if isinstance(value, np.random.Generator):
        return "a random generator"
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    if any(not isinstance(v, int | float | str | bool) for v in parts):
        return in_words(value)
    return show(value)


def _same_content(before: Any, after: Any) -> bool:
    if isinstance(before, np.random.Generator):
        return True  # drawing from a generator is what it is for
    if torch_kind(before) == "model":
        return torch_kind(after) == "model" and _same_content(dict(contents(before)), dict(contents(after)))
    if isinstance(before, list | tuple):
        return len(before) == len(after) and all(map(_same_content, before, after))
    if isinstance(before, dict):
        return before.keys() == after.keys() and all(_same_content(before[k], after[k]) for k in before)
    numbers = as_array(before)
    if numbers is None:
        return True
    now = as_array(after)
    return now is not None and np.array_equal(now, numbers, equal_nan=True)  # NaN that was there before is no change
