"""What checks need to know of answers that build on earlier ones: does this one call that one, and is it right without?

In: a student's function. Out: whether it names another one; the function with another one in that one's place. When the
course is graded the function lives in another process and answers both questions itself.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any


def calls(function: Callable[..., Any], name: str) -> bool:
    """Whether the code of `function` names the global `name`."""
    code = getattr(function, "__code__", None)
    return name in getattr(function, "names_used", getattr(code, "co_names", ()))


def given(function: Callable[..., Any], **others: Any) -> Callable[..., Any]:
    """`function` as it answers with `others` in the place of the student's own functions of these names."""
    elsewhere = getattr(function, "given", None)
    if elsewhere is not None:
        made: Callable[..., Any] = elsewhere(others)
        return made

    @functools.wraps(function)
    def call(*args: Any) -> Any:
        home = getattr(function, "__globals__", {})
        own = {name: home[name] for name in others if name in home}
        home.update(others)
        try:
            return function(*args)
        finally:
            for name in others:
                del home[name]
            home.update(own)

    return call
