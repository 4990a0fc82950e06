"""Narrowing a list of complaints by filters: the same code counts for the pages of the day and fills the list."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from complaints.figures import MEASURES, Period, midnight
from complaints.models import OPEN_STATES, Clock, Outcome, Reveal, Source, State
from kendras.forms import read_day
from kendras.models import Role

#: states in which no clock need be running
_AT_REST = frozenset({State.FED_BACK, State.CLOSED})


def narrow(rows, filters, *, user, at, known=None):
    """The rows that fit every filter; a filter or value that is not known narrows nothing.

    rows: a queryset of Complaint, or of Fir with its own table of filters as `known`.
    filters: {name: text} as in the address of the list. Names: see `FILTERS`; figure goes together with month.
    """
    for name, value in filters.items():
        build = (known or FILTERS).get(name)
        if build and value:
            rows = build(rows, value, user, at)
    return by_figure(rows, filters.get("figure"), filters.get("month"), at)


def by_figure(rows, code, month, at):
    """The rows that a figure of a month counts; all of them for a figure that counts other rows."""
    day = read_day(month)
    measure = MEASURES.get(code)
    fits = day and measure and measure.of == rows.model._meta.model_name
    return rows.filter(measure.where(Period.month(day, at))) if fits else rows


def _state(rows, value, user, at):
    states = [state for state in value.split(",") if state in State.values]
    if not states:
        return rows
    rows = rows.filter(state__in=states) if len(states) > 1 else rows.filter(state=states[0])
    # a clock runs in every other state: saying so lets the database use the small index
    return rows if _AT_REST & set(states) else rows.waiting()


def choice(column, values):
    return lambda rows, value, user, at: rows.filter(**{column: value}) if value in values else rows


def row_id(text):
    """The number of a row as it stands in an address, or None; no longer than a database can hold."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else None


def _number(column):
    return lambda rows, value, user, at: rows.filter(**{column: row_id(value)}) if row_id(value) else rows


def officer(rows, value, user, at):
    if value == "me":
        return rows.filter(assigned_to=user)
    return rows.filter(assigned_to=row_id(value)) if row_id(value) else rows


def from_day(column):
    def narrowed(rows, value, user, at):
        day = read_day(value)
        return rows.filter(**{f"{column}__gte": midnight(day)}) if day else rows

    return narrowed


def to_day(column):
    def narrowed(rows, value, user, at):
        day = read_day(value)
        return rows.filter(**{f"{column}__lt": midnight(day + timedelta(days=1))}) if day else rows

    return narrowed


def late(rows, value, user, at):
    return rows.late(at)


def _due(rows, value, user, at):
    tomorrow = midnight(timezone.localdate(at) + timedelta(days=1))
    return rows.filter(due_at__gt=at, due_at__lt=tomorrow) if value == "today" else rows


def _follow_up(rows, value, user, at):
    return rows.waiting().filter(next_on__lte=timezone.localdate(at))


def _open(rows, value, user, at):
    return rows.waiting().filter(state__in=OPEN_STATES)


def _unassigned(rows, value, user, at):
    return rows.waiting().filter(state__in=OPEN_STATES, assigned_to=None)


def _sensitive(rows, value, user, at):
    return rows.filter(Q(protects_identity=True) | ~Q(sensitivity=""))


def direction(rows, value, user, at):
    """A direction from above is open; with "late" past its date. The rows are complaints or FIRs."""
    deadlines = rows.model.deadlines.rel.related_model.objects
    running = deadlines.running().filter(clock=Clock.DIRECTION, **{rows.model.CASE: OuterRef("pk")})
    if value == "late":
        running = running.filter(due_at__lte=at)
    return rows.waiting().filter(Exists(running))


def _escalated(rows, value, user, at):
    role = user.acting.role if value == "1" and user.acting else value
    return rows.escalated_to(Role(role), at) if role in Role.values else rows


def reveal(rows, value, user, at):
    """A request to read the identity waits. The rows are complaints or FIRs."""
    return rows.filter(Exists(Reveal.objects.filter(state=Reveal.State.ASKED, **{rows.model.CASE: OuterRef("pk")})))


def counselling(rows, value, user, at):
    """Mandatory counselling is outstanding; with "late" past its date. The rows are complaints or FIRs."""
    running = rows.model.deadlines.rel.related_model.objects.running()
    running = running.filter(clock=Clock.COUNSELLING, **{rows.model.CASE: OuterRef("pk")})
    if value == "late":
        running = running.filter(due_at__lte=at)
    return rows.waiting().filter(Exists(running))


FILTERS = {
    "state": _state,
    "nature": _number("nature_id"),
    "source": choice("source", Source.values),
    "outcome": choice("outcome", Outcome.values),
    "officer": officer,
    "from": from_day("received_at"),
    "to": to_day("received_at"),
    "late": late,
    "due": _due,
    "clock": choice("due_clock", Clock.values),
    "follow_up": _follow_up,
    "open": _open,
    "unassigned": _unassigned,
    "sensitive": _sensitive,
    "direction": direction,
    "escalated": _escalated,
    "reveal": reveal,
    "counselling": counselling,
}
