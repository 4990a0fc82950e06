"""Trends by nature and head, place, hour and weekday, with a plain reading: three months against the three before."""

from collections import defaultdict
from datetime import time, timedelta

from django.db.models import Case, Count, F, IntegerField, Q, Value, When
from django.db.models.functions import ExtractHour, ExtractIsoWeekDay
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.figures import MEASURES, Period
from complaints.models import Complaint, Fir, Nature, Offence
from complaints.models.states import BAND_HOURS, band_name
from kendras.models import Rule
from reports.ledger import shift
from reports.sheet import Change, Column, Row
from reports.signs import MONTHS
from reports.statement import statement
from reports.trends import Limits, Trend, reading

_BANDS = range(24 // BAND_HOURS)


@statement(
    "trends",
    _("Trends"),
    _("What rose, where, at what hours and on which days: three months against the three before."),
    live=True,
)
def trends(ledger, month):
    later, before = _spans(ledger, month)
    limits = Limits.of(Rule.objects.by_code())
    natures = {nature.pk: nature.name for nature in Nature.objects.order_by("order")}
    heads = {o.head: gettext("FIR: %(head)s") % {"head": o.head_name} for o in Offence.objects.order_by("-pk")}
    parts = (("nature", natures, _complaints(ledger, later, before)), ("head", heads, _firs(ledger, later, before)))
    found = [(kind, key, labels[key], seen[key]) for kind, labels, seen in parts for key in labels if key in seen]
    return {
        "head": gettext("What"),
        "columns": (
            Column(gettext("three months")),
            Column(gettext("the three before")),
            Column(gettext("Rise or fall"), "change"),
            Column(gettext("Mostly where"), "text"),
            Column(gettext("Mostly at"), "text"),
            Column(gettext("Mostly on"), "text"),
        ),
        "lead": _lead([(label, trend) for _kind, _key, label, trend in found], limits),
        "rows": tuple(
            _row(ledger.unit, kind, key, label, trend, limits, later, before) for kind, key, label, trend in found
        ),
        "notes": (
            gettext(
                "Told is what rose by %(rise)s %% or more, from %(least)s cases on; a place, time or day where at least "
                "%(share)s %% of those known lie there. Counted from the rows as they stand."
            )
            % vars(limits),
        ),
    }


def _lead(found, limits):
    """The sentences above the rows. Where nothing was recorded before, everything would seem to have risen."""
    if found and not any(trend.before for _label, trend in found):
        return (gettext("Nothing was recorded in the three months before: there is nothing to compare with."),)
    return reading(found, limits) or (gettext("Nothing rose so much that it is told."),)


def _row(unit, kind, key, label, trend, limits, later, before):
    values = (
        trend.now, trend.before, Change(trend.now, trend.before), trend.place(limits), trend.hours(limits), trend.day(limits),
    )  # fmt: skip
    links = (*(_list(unit, kind, key, span) for span in (later, before)), "", "", "", "")
    return Row(str(label), values, links)


def _list(unit, kind, key, span):
    """The list of what was received or registered in a span."""
    last = span.as_on - timedelta(microseconds=1)
    query = {
        "unit": unit.pk,
        kind: key,
        "from": f"{span.start:%Y-%m-%d}",
        "to": f"{last.astimezone(span.start.tzinfo):%Y-%m-%d}",
    }
    return f"{reverse('complaints:list' if kind == 'nature' else 'complaints:firs')}?{urlencode(query)}"


def _spans(ledger, month):
    """The three months up to and with `month`, and the three before them."""
    first = shift(month, 1 - MONTHS)
    later = Period.between(first, shift(month, 1), ledger.at)
    return later, Period.between(shift(first, -MONTHS), first)


# --- counting --------------------------------------------------------------------------------------------------------

#: midnight to the minute is how a day without a time is stored
_TIMED = Case(
    When(~Q(occurred_at__time=time(0, 0)), then=ExtractHour("occurred_at")), default=None, output_field=IntegerField()
)


def _complaints(ledger, later, before):
    """{nature: Trend}"""
    rows = Complaint.objects.under(ledger.unit).annotate(band=F("occurred_band"))
    return _read(rows, "received", "nature", later, before, lambda band: band)


def _firs(ledger, later, before):
    """{head: Trend}"""
    rows = Fir.objects.under(ledger.unit).annotate(band=_TIMED)
    return _read(
        rows, "fir_registered", "head", later, before, lambda hour: None if hour is None else hour // BAND_HOURS
    )


def _read(rows, code, kind, later, before, band_of):
    """{key: Trend} of both spans, in one grouped query."""
    within = MEASURES[code].where
    rows = rows.filter(within(later) | within(before)).annotate(
        later=Case(When(within(later), then=Value(1)), default=Value(0)), day=ExtractIsoWeekDay("occurred_at")
    )
    found = defaultdict(Trend)
    for key, is_later, place, band, day, n in (
        rows.order_by().values_list(kind, "later", "place_kind", "band", "day").annotate(n=Count("pk"))
    ):
        found[key].add(n, bool(is_later), place, band_of(band), day)
    return found


# --- the hours of the week -------------------------------------------------------------------------------------------


@statement(
    "hours",
    _("Hours of the week"),
    _("When it happened, by weekday and hour: complaints and FIRs of three months whose time is known."),
    live=True,
)
def hours(ledger, month):
    later, _before = _spans(ledger, month)
    grid, known, all_of_them = defaultdict(int), 0, 0
    for day, band, n in [*_week(ledger, Complaint, later), *_week(ledger, Fir, later)]:
        all_of_them += n
        if day and band is not None:
            grid[day, band] += n
            known += n
    rows = tuple(
        Row(str(WEEKDAYS[day - 1]), (*(grid[day, band] for band in _BANDS), sum(grid[day, band] for band in _BANDS)))
        for day in range(1, 8)
    )
    sums = [sum(row.values[n] for row in rows) for n in range(len(_BANDS) + 1)]
    return {
        "head": gettext("Day"),
        "columns": (*(Column(band_name(band)) for band in _BANDS), Column(gettext("Total"))),
        "rows": rows,
        "total": Row(gettext("Total"), tuple(sums)),
        "notes": (
            gettext("The time is known of %(known)s of %(all)s complaints and FIRs.")
            % {"known": known, "all": all_of_them},
        ),
    }


def _week(ledger, model, span):
    """[(ISO weekday or None, band or None, number)]"""
    own = model is Complaint
    rows = model.objects.under(ledger.unit).filter(MEASURES["received" if own else "fir_registered"].where(span))
    rows = rows.annotate(band=F("occurred_band") if own else _TIMED, day=ExtractIsoWeekDay("occurred_at"))
    for day, band, n in rows.order_by().values_list("day", "band").annotate(n=Count("pk")):
        yield day, band if own or band is None else band // BAND_HOURS, n
