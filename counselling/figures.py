"""The figures of counselling and support, added to the table of measures (crime meeting, tables 8 and 9)."""

from datetime import timedelta

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from complaints.figures import COUNTING, MEASURES, Measure
from counselling.models import Compensation, CompensationState, PpkCase, Referral, ReferralState, Session, Told

#: the models whose rows these measures count
COUNTED_HERE = (Session, PpkCase, Referral, Compensation, Told)


def _within(column, **more):
    return lambda p: Q(**{f"{column}__gte": p.start, f"{column}__lt": p.end, **more})


def _open_at(moment):
    return Q(sent_at__lt=moment) & (Q(ended_at=None) | Q(ended_at__gte=moment))


def _unanswered(p):
    silent = Q(answered_at=None) | Q(answered_at__gte=p.as_on)
    return _open_at(p.as_on) & silent & Q(answer_due_at__lte=p.as_on)


def _in_time(p):
    return _within("answered_at")(p) & Q(answered_at__lt=F("answer_due_at"))


_REFERRAL = (
    ("ref_opening", _("Referrals with agencies at the start"), lambda p: _open_at(p.start), "start"),
    ("ref_sent", _("Referrals sent"), _within("sent_at"), ""),
    ("ref_answered", _("Referrals answered"), _within("answered_at"), ""),
    ("ref_in_time", _("Referrals answered in time"), _in_time, ""),
    ("ref_declined", _("Referrals declined"), _within("ended_at", state=ReferralState.DECLINED.value), ""),
    ("ref_done", _("Referrals: help given"), _within("ended_at", state=ReferralState.DONE.value), ""),
    ("ref_failed", _("Referrals failed"), _within("ended_at", state=ReferralState.FAILED.value), ""),
    ("ref_withdrawn", _("Referrals withdrawn"), _within("ended_at", state=ReferralState.WITHDRAWN.value, sent_at__isnull=False), ""),
    ("ref_open", _("Referrals with agencies"), lambda p: _open_at(p.as_on), "end"),
    ("ref_unanswered", _("Referrals unanswered past the date"), _unanswered, "end"),
    ("ref_forced", _("Referrals sent without consent"), _within("sent_at", consent="overridden"), ""),
)  # fmt: skip


def _day(moment):
    return timezone.localdate(moment)


def _days(column, **more):
    """Within the days of the period: the column is a date."""
    return lambda p: Q(**{f"{column}__gte": _day(p.start), f"{column}__lt": _day(p.end), **more})


def _last_day(p):
    return _day(p.as_on - timedelta(microseconds=1))


def _undecided(p):
    """Applied for, and on the last day of the period neither decided nor given up since."""
    last = _last_day(p)
    gone = Q(state=CompensationState.GIVEN_UP.value)
    return Q(applied_on__lte=last) & (Q(decided_on=None) | Q(decided_on__gt=last)) & ~gone


def _enquiry_late(p):
    last = _last_day(p)
    waits = Q(enquired_on=None) | Q(enquired_on__gt=last)
    return _undecided(p) & waits & Q(enquiry_due_at__lte=p.as_on)


_COMPENSATION = (
    ("comp_applied", _("Compensation applied for"), _days("applied_on"), ""),
    ("comp_sanctioned", _("Compensation sanctioned"), _days("decided_on", sanctioned__isnull=False), ""),
    ("comp_refused", _("Compensation refused"), _days("decided_on", state=CompensationState.REFUSED.value), ""),
    ("comp_paid", _("Compensation paid in full"), _days("paid_on", state=CompensationState.PAID.value), ""),
    ("comp_undecided", _("Compensation applied for and undecided"), _undecided, "end"),
    ("comp_enquiry_late", _("Compensation: enquiry past two months"), _enquiry_late, "end"),
)

_TOLD = (
    ("told_reached", _("Women told how their case stands"), _within("on", reached=True), ""),
    ("told_missed", _("Women who could not be reached"), _within("on", reached=False), ""),
)


def _held(**more):
    return _within("held_at", state="done", **more)


def _without_entry(p):
    """Planned for a moment before the end, and nothing entered by then."""
    return Q(planned_for__lt=p.as_on) & (Q(held_at=None) | Q(held_at__gte=p.as_on))


_SESSIONS = (
    ("couns_held", _("Counselling sessions held"), _held(), ""),
    ("couns_first", _("First-level counselling"), _held(kind="first"), ""),
    ("couns_mandatory", _("Mandatory counselling"), _held(kind="mandatory"), ""),
    ("couns_psychologist", _("With a psychologist"), _held(kind="psychologist"), ""),
    ("couns_settled", _("Settled in the session"), _held(outcome="settled"), ""),
    ("couns_fir", _("FIR recommended in the session"), _held(outcome="fir"), ""),
    ("couns_missed", _("Sessions missed"), _within("planned_for", state="missed"), ""),
    ("couns_long", _("Next date too far"), _within("held_at", long_gap=True), ""),
    ("couns_open", _("Sessions past without an entry"), _without_entry, "end"),
)


def _at_centre(p):
    return Q(referred_at__lt=p.as_on) & (Q(ended_at=None) | Q(ended_at__gte=p.as_on))


_CENTRE = (
    ("ppk_referred", _("Referred to the Family Counselling Centre"), _within("referred_at"), ""),
    ("ppk_settled", _("Settled in writing"), _within("settled_at"), ""),
    ("ppk_fir", _("FIR recommended"), _within("ended_at", outcome="fir"), ""),
    ("ppk_court", _("Court advised"), _within("ended_at", outcome="court"), ""),
    ("ppk_closed", _("Closed otherwise"), _within("ended_at", outcome="closed"), ""),
    ("ppk_relapsed", _("Relapses"), _within("relapsed_at"), ""),
    ("ppk_open", _("With the centre"), _at_centre, "end"),
)

_ROWS = {"session": _SESSIONS, "ppkcase": _CENTRE, "referral": _REFERRAL, "compensation": _COMPENSATION, "told": _TOLD}

MEASURES.update(
    {code: Measure(code, label, where, at, of) for of, rows in _ROWS.items() for code, label, where, at in rows}
)


def _sessions_counted(p):
    since = Q(held_at=None) | Q(held_at__gte=p.start) | Q(planned_for__gte=p.start)
    return Q(planned_for__lt=p.end) & since


COUNTING.update(
    {
        "session": _sessions_counted,
        "ppkcase": lambda p: Q(referred_at__lt=p.end),
        "referral": lambda p: Q(sent_at__lt=p.end) & (Q(ended_at=None) | Q(ended_at__gte=p.start)),
        "compensation": lambda p: Q(applied_on__lt=_day(p.end)),
        "told": lambda p: Q(on__gte=p.start, on__lt=p.end),
    }
)
