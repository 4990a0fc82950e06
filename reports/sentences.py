"""Figures in words: fixed sentences filled with numbers, each share with what it is a share of. No judgement is made up."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kendras.models import Unit
from kendras.templatetags.kendra import indian
from reports.sheet import Change, Ratio

#: kendras that are spoken of first in a meeting
HOW_MANY = 3


@dataclass(frozen=True)
class Concern:
    """One kendra that needs attention, and why, in sentences."""

    unit: Unit
    sentences: list


def attention(kendras, how_many=HOW_MANY):
    """The kendras that need attention most: [Concern].

    kendras: [(Unit, {code: number})]. The order is that of the pages of the day: late work first, then work older than
    sixty days, calls not made, answers of women who were not satisfied. A kendra with none of these is not named.
    """
    pressing = [(unit, n) for unit, n in by_need(kendras) if any(_need(n))]
    return [Concern(unit, _why(n)) for unit, n in pressing[:how_many]]


def by_need(kendras):
    """The same kendras, those that need attention most first."""
    return sorted(kendras, key=lambda pair: _need(pair[1]), reverse=True)


def _need(n):
    return (n["late"], n["pending_over_60"], n["disposed"] - n["called"], n["dissatisfied"])


def _why(n):
    """The sentences that hold for these figures."""
    uncalled = n["disposed"] - n["called"]
    found = [
        (n["late"], _("Of %(of)s pending complaints %(n)s are past their disposal date."), n["pending"]),
        (n["pending_over_60"], _("Of %(of)s pending complaints %(n)s are older than 60 days."), n["pending"]),
        (uncalled, _("Of %(of)s complaints disposed of %(n)s have had no feedback call."), n["disposed"]),
        (n["dissatisfied"], _("Of %(of)s women who were called %(n)s were not satisfied."), n["feedback_called"]),
        (n["reopened"], _("%(n)s were re-opened."), 0),
    ]
    return [sentence % {"n": indian(number), "of": indian(of)} for number, sentence, of in found if number]


def summary(month, now, year_before):
    """What the month was, for the first page of the paper: a list of sentences.

    now, year_before: {code: number} of the month and of the same month a year before.
    """
    change = Change(now["received"], year_before["received"])
    against = indian(year_before["received"])
    called, satisfied = Ratio(now["called"], now["disposed"]), Ratio(now["satisfied"], now["feedback_called"])
    return [
        ngettext(
            "In %(month)s %(n)s complaint was received; in the same month last year %(before)s (%(change)s).",
            "In %(month)s %(n)s complaints were received; in the same month last year %(before)s (%(change)s).",
            now["received"],
        )
        % {"month": month_name(month), "n": indian(now["received"]), "before": against, "change": change},
        _("With %(opening)s pending at the start, %(n)s were disposed of, %(fir)s of them by FIR.")
        % {"opening": indian(now["opening"]), "n": indian(now["disposed"]), "fir": indian(now["out_fir"])},
        _("At the end %(n)s were pending, %(late)s of them past the disposal date and %(old)s older than 60 days.")
        % {"n": indian(now["pending"]), "late": indian(now["late"]), "old": indian(now["pending_over_60"])},
        _("Called for feedback: %(called)s. Satisfied: %(satisfied)s. Re-opened: %(n)s.")
        % {"called": called, "satisfied": satisfied, "n": indian(now["reopened"])},
        _("Fewer complaints are not by themselves a success: read them together with feedback and re-opening."),
    ]


def month_name(month):
    """ "October 2026" in the language of the page."""
    return date_format(month, "F Y")
