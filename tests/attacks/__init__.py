"""The suite of attacks: what a hostile, a clever or an unlucky student can hand in.

    attack    the form of an attack          arena    the course under attack, bait and ears
    harms     what is looked for afterwards  table    the published table

    marks, lies, wire, reach, limits, prying, forms, paths, later    the attacks

In: nothing. Out: `ATTACKS`. Whatever is here is run by `groundup grade` in its sandbox only.
"""

from attacks.attack import Attack
from attacks.forms import FORMS
from attacks.later import LATER
from attacks.lies import LIES
from attacks.limits import LIMITS
from attacks.marks import MARKS
from attacks.paths import PATHS
from attacks.prying import PRYING
from attacks.reach import REACH
from attacks.wire import WIRE

ATTACKS: tuple[Attack, ...] = (*MARKS, *LIES, *WIRE, *PRYING, *REACH, *LIMITS, *FORMS, *PATHS, *LATER)

__all__ = ["ATTACKS", "Attack"]
