"""Narrowing a list of FIRs by filters; the pages of the day count by the same table."""

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from complaints.figures import midnight
from complaints.lists import choice, counselling, direction, from_day, late, officer, reveal, to_day
from complaints.models import FirClock, FirDeadline, FirState, PendingReason, Route
from complaints.models.offence import GRAVITY

_BAIL = (FirClock.DEFAULT_BAIL_60, FirClock.DEFAULT_BAIL_90)


def _head(rows, value, user, at):
    return rows.filter(head=value) if value in GRAVITY else rows


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
    """Default bail is as near as its rule warns (ten days; crime meeting, table 5), or has come."""
    near = FirDeadline.objects.running().filter(fir=OuterRef("pk"), clock__in=_BAIL, warn_at__lte=at)
    return rows.waiting().filter(Exists(near))


def _told(rows, value, user, at):
    """The 90 days in which she must be told (BNSS 193(3)(ii)) end soon, or have."""
    near = FirDeadline.objects.running().filter(fir=OuterRef("pk"), clock=FirClock.TOLD, warn_at__lte=at)
    return rows.waiting().filter(Exists(near))


def _over_limit(rows, value, user, at):
    """Pending past the two months of BNSS 193(2)."""
    return rows.pending().filter(limit_at__lte=at)


def _pending(rows, value, user, at):
    return rows.pending()


def _unassigned(rows, value, user, at):
    return rows.pending().filter(assigned_to=None, officer_text="")


FIR_FILTERS = {
    "state": choice("state", FirState.values),
    "head": _head,
    "route": choice("route", Route.values),
    "reason": choice("pending_reason", PendingReason.values),
    "officer": officer,
    "from": from_day("registered_at"),
    "to": to_day("registered_at"),
    "late": late,
    "due": _due,
    "running": _running,
    "clock": _clock,
    "bail": _bail,
    "told": _told,
    "over_limit": _over_limit,
    "pending": _pending,
    "unassigned": _unassigned,
    "direction": direction,
    "reveal": reveal,
    "counselling": counselling,
}
