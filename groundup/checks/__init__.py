"""Checks that teach: `expect(...)` compares an answer and names the mistake that was made.

    expect(mse).of(predictions, targets).equals(2.0, mistakes={"you summed instead of averaging": 4.0})

In: a student's function or value. Out: nothing when it is right, else one `CheckFailed` whose text says
what was given, what was wanted, the likely cause and the next step.
"""

from groundup.checks.building_on import calls, given
from groundup.checks.calling import CheckFailed
from groundup.checks.expectation import Expectation, expect
from groundup.checks.fresh import fresh_rng
from groundup.checks.watching import watched

__all__ = ["CheckFailed", "Expectation", "calls", "expect", "fresh_rng", "given", "watched"]
