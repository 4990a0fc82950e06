"""Why fewer FIRs are no success by themselves: what rose while they fell (domain: a fall in FIRs alone is not success).

Pure: figures in, signs out. A unit with a sign is to be looked at; it is neither praised nor blamed by it.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from complaints.models.states import SETTLEMENTS
from reports.sheet import Ratio

#: so many months up to the one in question are put together, and the same months of the year before
MONTHS = 3

#: what a quarter is judged by
SETTLED = tuple(f"out_{outcome.value}" for outcome in sorted(SETTLEMENTS))

#: sign → (what it says, the parts, the whole) of the share that rose
SIGNS = {
    "settled": (_("more settled by counselling, Family Counselling Centre or mediation"), SETTLED, ("disposed",)),
    "reopened": (_("more re-opened"), ("reopened",), ("disposed",)),
    "dissatisfied": (_("more women not satisfied"), ("dissatisfied",), ("feedback_called",)),
}

#: the figures that are needed
CODES = ("fir_registered", "received", "disposed", "reopened", "feedback_called", "satisfied", "dissatisfied", *SETTLED)


@dataclass(frozen=True)
class Limits:
    """From which numbers on a rise and a fall count: the Rule rows signs_least, signs_fall and signs_rise.

    least: FIRs of the year before · fall: per cent of them · rise: points of a share
    """

    least: int
    fall: int
    rise: int

    @classmethod
    def of(cls, rules):
        """From {code: Rule}."""
        return cls(*(rules[f"signs_{name}"].amount for name in ("least", "fall", "rise")))


def share(n, sign):
    """The share that a sign looks at, from figures {code: number}."""
    _says, parts, wholes = SIGNS[sign]
    return Ratio(sum(n[code] for code in parts), sum(n[code] for code in wholes))


def signs(now, before, limits):
    """The signs, as codes, that stand at a unit: FIRs fell, and these shares rose; () where FIRs did not fall.

    now, before: {code: number} of a quarter and of the same quarter a year before. A share of nothing has not risen.
    """
    was, stands = before["fir_registered"], now["fir_registered"]
    if was < limits.least or 100 * (was - stands) < limits.fall * was:
        return ()
    return tuple(sign for sign in SIGNS if _risen(share(now, sign), share(before, sign), limits.rise))


def _risen(now, before, points):
    return None not in (now.percent, before.percent) and now.percent - before.percent >= points


def said(codes):
    """The signs as one text."""
    return ", ".join(str(SIGNS[code][0]) for code in codes)
