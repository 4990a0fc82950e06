"""Narrowing a list of FIRs by filters; the pages of the day count by the same table."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from complaints.figures import midnight
from complaints.lists import row_id
from complaints.models import FirClock, FirDeadline, FirState, PendingReason, Reveal, Route
from complaints.models.offence import GRAVITY
from kendras.forms import read_day

_BAIL = (FirClock.DEFAULT_BAIL_60, FirClock.DEFAULT_BAIL_90)

#: how far ahead a default bail is shown (domain: crime meeting, table 5)
_BAIL_AHEAD = timedelta(days=10)


def _choice(column, values):
    return lambda rows, value, user, at: rows.filter(**{column: value}) if value in values else rows


def _head(rows, value, user, at):
    return rows.filter(head=value) if value in GRAVITY else rows


def _officer(rows, value, user, at):
    if value == "me":
        return rows.filter(assigned_to=user)
    return rows.filter(assigned_to=row_id(value)) if row_id(value) else rows


def _from(rows, value, user, at):
    day = read_day(value)
    return rows.filter(registered_at__gte=midnight(day)) if day else rows


def _to(rows, value, user, at):
    day = read_day(value)
    return rows.filter(registered_at__lt=midnight(day + timedelta(days=1))) if day else rows


def _late(rows, value, user, at):
    return rows.late(at)


def _due(rows, value, user, at):
    """tonight: late, or due before midnight; week: in the seven days after that."""
    tomorrow = midnight(timezone.localdate(at) + timedelta(days=1))
    if value == "tonight":
        return rows.filter(due_at__lt=tomorrow)
    if value == "week":
        return rows.filter(due_at__gte=tomorrow, due_at__lt=tomorrow + timedelta(days=7))
    return rows


def _running(rows, value, user, at):
    return rows.waiting()


def _clock(rows, value, user, at):
    if value not in FirClock.values:
        return rows
    running = FirDeadline.objects.running().filter(fir=OuterRef("pk"), clock=value)
    return rows.waiting().filter(Exists(running))


def _bail(rows, value, user, at):
    """Default bail falls due within ten days, or has."""
    near = FirDeadline.objects.running().filter(fir=OuterRef("pk"), clock__in=_BAIL, due_at__lte=at + _BAIL_AHEAD)
    return rows.waiting().filter(Exists(near))


def _over_limit(rows, value, user, at):
    """Pending past the two months of BNSS 193(2)."""
    return rows.pending().filter(limit_at__lte=at)


def _pending(rows, value, user, at):
    return rows.pending()


def _unassigned(rows, value, user, at):
    return rows.pending().filter(assigned_to=None, officer_text="")


def _missing(rows, value, user, at):
    return rows.filter(Q(flags__contains="missing"), recovered_at=None, state__in=_OPEN)


_OPEN = (FirState.INVESTIGATION, FirState.CHARGE_SHEETED, FirState.TRIAL)


def _direction(rows, value, user, at):
    running = FirDeadline.objects.running().filter(fir=OuterRef("pk"), clock=FirClock.DIRECTION)
    if value == "late":
        running = running.filter(due_at__lte=at)
    return rows.waiting().filter(Exists(running))


def _reveal(rows, value, user, at):
    return rows.filter(Exists(Reveal.objects.filter(fir=OuterRef("pk"), state=Reveal.State.ASKED)))


FIR_FILTERS = {
    "state": _choice("state", FirState.values),
    "head": _head,
    "route": _choice("route", Route.values),
    "reason": _choice("pending_reason", PendingReason.values),
    "officer": _officer,
    "from": _from,
    "to": _to,
    "late": _late,
    "due": _due,
    "running": _running,
    "clock": _clock,
    "bail": _bail,
    "over_limit": _over_limit,
    "pending": _pending,
    "unassigned": _unassigned,
    "missing": _missing,
    "direction": _direction,
    "reveal": _reveal,
}
