"""The figures of complaints and FIRs, each defined once: a condition on the row for a period.

A list opened from a figure filters by the same condition, so the number and the rows behind it cannot differ. What was
open at a moment in the past is told from the dates on the row; a complaint re-opened later counts as open since, which
is why published months are frozen (reports).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, F, Q
from django.db.models.lookups import GreaterThanOrEqual, IsNull
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from complaints.models.firclock import CLOCK_ENDED
from complaints.models.states import Outcome


@dataclass(frozen=True)
class Period:
    """A half-open span [start, end) of aware datetimes; `as_on` is where it has been counted up to (≤ end)."""

    start: datetime
    end: datetime
    as_on: datetime

    @classmethod
    def month(cls, day, at=None):
        """The calendar month of `day` in Indian time; the running month is counted up to `at`."""
        first = day.replace(day=1)
        return cls.between(first, (first + timedelta(days=31)).replace(day=1), at)

    @classmethod
    def between(cls, first, after, at=None):
        """From the day `first` up to, not including, the day `after`."""
        start, end = midnight(first), midnight(after)
        return cls(start, end, min(at, end) if at else end)

    @classmethod
    def year_to(cls, day, at=None):
        """From 1 January to the end of the month of `day`."""
        return cls.between(date(day.year, 1, 1), (day.replace(day=1) + timedelta(days=31)).replace(day=1), at)


def midnight(day):
    """The first moment of a day in Indian time."""
    return timezone.make_aware(datetime.combine(day, time.min))


@dataclass(frozen=True)
class Measure:
    """One figure: its label and, for a Period, the condition on a Complaint.

    at: "" for what happens within the period (months add up to a year), "start" or "end" for what stands at that moment.
    of: the model it counts: complaint, fir, preventive, firdeadline, accused or one that an app above counts.
    """

    code: str
    label: str
    where: Callable
    at: str = ""
    of: str = "complaint"


def _within(column, **more):
    return lambda p: Q(**{f"{column}__gte": p.start, f"{column}__lt": p.end, **more})


def _open_at(moment):
    return Q(received_at__lt=moment) & (Q(disposed_at=None) | Q(disposed_at__gte=moment))


def _aged(least, below=None):
    """Open at the end, received at least `least` and fewer than `below` days before it."""

    def where(p):
        condition = _open_at(p.as_on) & Q(received_at__lte=p.as_on - timedelta(days=least))
        return condition & Q(received_at__gt=p.as_on - timedelta(days=below)) if below else condition

    return where


def _late(p):
    return _open_at(p.as_on) & Q(disposal_due_at__lte=p.as_on)


def _in_time(p):
    return _within("disposed_at")(p) & Q(disposed_at__lt=F("disposal_due_at"))


def _called(p):
    return _within("disposed_at")(p) & Q(feedback_at__lt=p.as_on)


# --- FIRs ------------------------------------------------------------------------------------------------------------


def _pending_at(moment):
    """Registered, and neither reported to the court nor transferred (a further investigation is pending again)."""
    reported = Q(reported_at=None) | Q(reported_at__gte=moment)
    left = Q(transferred_at=None) | Q(transferred_at__gte=moment)
    return Q(registered_at__lt=moment) & reported & left


def _pending_aged(least, below=None):
    """Pending at the end, registered at least `least` and fewer than `below` days before it."""

    def where(p):
        condition = _pending_at(p.as_on) & Q(registered_at__lte=p.as_on - timedelta(days=least))
        return condition & Q(registered_at__gt=p.as_on - timedelta(days=below)) if below else condition

    return where


def _ripe(p):
    """Under the two months of BNSS 193(2), which have passed: younger FIRs stay out (domain: ITSSO)."""
    return Q(two_month=True, registered_at__lt=p.as_on, limit_at__lte=p.as_on)


def _fir(code, label, where, at=""):
    return Measure(code, label, where, at, "fir")


_FINAL = Q(state="final_report")

_FIR_MEASURES = (
    _fir("fir_opening", _("FIRs pending at the start"), lambda p: _pending_at(p.start), "start"),
    _fir("fir_registered", _("FIRs registered"), _within("registered_at")),
    _fir("fir_charge_sheet", _("Charge sheets"), lambda p: _within("reported_at")(p) & ~_FINAL),
    _fir("fir_final", _("Final reports"), lambda p: _within("reported_at")(p) & _FINAL),
    _fir("fir_transferred", _("FIRs transferred"), _within("transferred_at")),
    _fir("fir_pending", _("FIRs pending"), lambda p: _pending_at(p.as_on), "end"),
    _fir("fir_0_30", _("up to 30 days"), _pending_aged(0, 31), "end"),
    _fir("fir_31_60", _("31 to 60 days"), _pending_aged(31, 61), "end"),
    _fir("fir_61_90", _("61 to 90 days"), _pending_aged(61, 91), "end"),
    _fir("fir_91_180", _("91 to 180 days"), _pending_aged(91, 181), "end"),
    _fir("fir_over_180", _("over 180 days"), _pending_aged(181), "end"),
    _fir("fir_over_limit", _("Pending past two months (BNSS 193)"), lambda p: _pending_at(p.as_on) & _ripe(p), "end"),
    _fir("itsso_all", _("FIRs under the two-month limit"), lambda p: Q(two_month=True, registered_at__lt=p.as_on), "end"),
    _fir("itsso_reported", _("of these reported to the court"), lambda p: Q(two_month=True, first_reported_at__lt=p.as_on), "end"),
    _fir("itsso_ripe", _("FIRs at least two months old"), _ripe, "end"),
    _fir("itsso_in_time", _("of these finished within two months"), lambda p: _ripe(p) & Q(first_reported_at__lt=F("limit_at")), "end"),
    _fir("missing_registered", _("Kidnapped or missing: registered"), _within("registered_at", flags__contains="missing")),
    _fir("missing_recovered", _("Kidnapped or missing: recovered"), _within("recovered_at")),
    _fir("missing_left", _("Kidnapped or missing: not recovered"), lambda p: Q(flags__contains="missing", registered_at__lt=p.as_on) & (Q(recovered_at=None) | Q(recovered_at__gte=p.as_on)) & (Q(transferred_at=None) | Q(transferred_at__gte=p.as_on)) & ~_FINAL, "end"),
)  # fmt: skip


# --- preventive action -----------------------------------------------------------------------------------------------


def _days(column):
    """Within the days of the period: the column is a date."""
    return lambda p: Q(**{f"{column}__gte": _day(p.start), f"{column}__lt": _day(p.end)})


def _day(moment):
    return timezone.localdate(moment)


def _running_at_end(p):
    last = _day(p.as_on - timedelta(microseconds=1))
    return Q(on__lte=last) & (Q(ended_on=None) | Q(ended_on__gt=last))


_PREVENTIVE_MEASURES = tuple(
    Measure(f"prev_{code}", label, where, at, "preventive")
    for code, label, where, at in (
        ("started", _("Preventive actions begun"), _days("on"), ""),
        ("bound", _("Bonds given"), _days("bond_on"), ""),
        ("breached", _("Bonds breached"), _days("breached_on"), ""),
        ("ended", _("Preventive actions ended"), _days("ended_on"), ""),
        ("running", _("Preventive actions running"), _running_at_end, "end"),
    )
)


# --- counselling -----------------------------------------------------------------------------------------------------


def _owed(p):
    """Mandatory counselling due at the end, and neither held nor waived by then."""
    held, waived = (
        Q(**{column: None}) | Q(**{f"{column}__gte": p.as_on}) for column in ("counselled_at", "counselling_waived_at")
    )
    return Q(counselling_since__lt=p.as_on) & held & waived


def _fir_owed(p):
    return _owed(p) & Q(registered_at__lt=p.as_on) & (Q(transferred_at=None) | Q(transferred_at__gte=p.as_on))


_COUNSELLING_MEASURES = (
    Measure("counsel_held", _("Complaints: mandatory counselling held"), _within("counselled_at")),
    Measure("counsel_waived", _("Complaints: mandatory counselling waived"), _within("counselling_waived_at")),
    Measure("counsel_owed", _("Complaints: mandatory counselling outstanding"), _owed, "end"),
    _fir("fir_counsel_held", _("FIRs: mandatory counselling held"), _within("counselled_at")),
    _fir("fir_counsel_waived", _("FIRs: mandatory counselling waived"), _within("counselling_waived_at")),
    _fir("fir_counsel_owed", _("FIRs: mandatory counselling outstanding"), _fir_owed, "end"),
)


# --- clocks of FIRs, and accused -------------------------------------------------------------------------------------

_BAIL = ("default_bail_60", "default_bail_90")

#: columns of the sheet of breaches: what is late at the end, by the kind of clock
_LATE_CLOCKS = (
    ("told_cwc", _("Committee and court not told"), ("cwc_told",)),
    ("medical", _("Medical examination or report"), ("medical_sent", "medical_report")),
    ("statement", _("Statement before the magistrate"), ("statement_183",)),
    ("two_months", _("Two months of BNSS 193"), ("investigation_2m",)),
    ("told", _("Victim not told of the progress"), ("victim_told",)),
    ("bail", _("Default bail has come"), _BAIL),
)


def _runs_at(moment):
    """Started before, and neither met nor void then."""
    met, void = (Q(**{column: None}) | Q(**{f"{column}__gte": moment}) for column in ("met_at", "void_at"))
    return Q(started_at__lt=moment) & met & void


def _late_clock(*clocks):
    only = Q(clock__in=clocks) if clocks else Q()
    return lambda p: _runs_at(p.as_on) & Q(due_at__lte=p.as_on) & only


def _breached(p):
    """Fell due within the period, up to now, and was neither met nor void by then."""
    met, void = (Q(**{column: None}) | Q(**{f"{column}__gte": F("due_at")}) for column in ("met_at", "void_at"))
    return Q(due_at__gte=p.start, due_at__lt=p.as_on) & met & void


def _bail_near(p):
    """Default bail comes within the days by which its rule warns, ten by the crime meeting's table."""
    return _runs_at(p.as_on) & Q(clock__in=_BAIL, due_at__gt=p.as_on, warn_at__lte=p.as_on)


_CLOCK_MEASURES = (
    Measure("clock_breached", _("Clocks of FIRs breached"), _breached, of="firdeadline"),
    Measure("clock_late", _("Clocks of FIRs late"), _late_clock(), "end", "firdeadline"),
    *[
        Measure(f"clock_{code}", label, _late_clock(*clocks), "end", "firdeadline")
        for code, label, clocks in _LATE_CLOCKS
    ],
    Measure("clock_bail_near", _("Default bail within ten days"), _bail_near, "end", "firdeadline"),
)


def _at_large(p):
    """Named, and neither arrested nor surrendered; who is accused in a false or a transferred case is wanted here no more."""
    free = Q()
    for column in ("arrested_at", "surrendered_at", "fir__transferred_at"):
        free &= Q(**{column: None}) | Q(**{f"{column}__gte": p.as_on})
    return Q(named_at__lt=p.as_on) & free & ~(Q(fir__state="final_report") & Q(fir__reported_at__lt=p.as_on))


_ACCUSED_MEASURES = tuple(
    Measure(f"accused_{code}", label, where, at, "accused")
    for code, label, where, at in (
        ("named", _("Accused named"), _within("named_at"), ""),
        ("arrested", _("Accused arrested"), _within("arrested_at"), ""),
        ("surrendered", _("Accused surrendered"), _within("surrendered_at"), ""),
        ("nbw", _("Non-bailable warrants"), _within("nbw_at"), ""),
        ("wanted", _("Accused wanted"), _at_large, "end"),
        ("wanted_nbw", _("of these under a warrant"), lambda p: _at_large(p) & Q(nbw_at__lt=p.as_on), "end"),
    )
)


#: code → measure, in the order of the sheets
MEASURES = {
    measure.code: measure
    for measure in (
        Measure("opening", _("Pending at the start"), lambda p: _open_at(p.start), "start"),
        Measure("received", _("Received"), _within("received_at")),
        Measure("disposed", _("Disposed of"), _within("disposed_at")),
        Measure("disposed_in_time", _("Disposed of in time"), _in_time),
        *[
            Measure(f"out_{outcome.value}", outcome.label, _within("disposed_at", outcome=outcome.value))
            for outcome in Outcome
        ],
        Measure("reopened", _("Re-opened"), _within("reopened_at")),
        Measure("pending", _("Pending"), lambda p: _open_at(p.as_on), "end"),
        Measure("pending_0_10", _("up to 10 days"), _aged(0, 11), "end"),
        Measure("pending_11_15", _("11 to 15 days"), _aged(11, 16), "end"),
        Measure("pending_16_30", _("16 to 30 days"), _aged(16, 31), "end"),
        Measure("pending_31_60", _("31 to 60 days"), _aged(31, 61), "end"),
        Measure("pending_over_60", _("over 60 days"), _aged(61), "end"),
        Measure("late", _("Pending past the disposal date"), _late, "end"),
        Measure("called", _("Disposed of and called for feedback"), _called),
        Measure("feedback_called", _("Feedback taken"), _within("feedback_at")),
        Measure("satisfied", _("Satisfied"), _within("feedback_at", satisfied=True)),
        Measure("dissatisfied", _("Not satisfied"), _within("feedback_at", satisfied=False)),
        *_FIR_MEASURES,
        *_PREVENTIVE_MEASURES,
        *_COUNSELLING_MEASURES,
        *_CLOCK_MEASURES,
        *_ACCUSED_MEASURES,
    )
}


#: measures of the apps above add themselves to MEASURES, and here which rows of their model can be counted in a period
COUNTING = {}


def codes_of(model):
    """The codes of the measures that count rows of a model (Complaint or Fir)."""
    return tuple(code for code, measure in MEASURES.items() if measure.of == model._meta.model_name)


def counting(period, of="complaint"):
    """The rows that any measure can count in a period, as ranges of indexed columns.

    An FIR counts while it is pending, when it is reported, transferred or recovered, and under the two-month limit ever
    after. A complaint that was received, disposed of or re-opened in the period, or open at its start or end, was received before the
    end and is not disposed of before the start; only a feedback call can come later than that.
    """
    if of in COUNTING:
        return COUNTING[of](period)
    if of == "preventive":
        return Q(on__lt=_day(period.end))
    if of == "accused":
        return Q(named_at__lt=period.end)
    if of == "firdeadline":
        # one expression, by which both databases find the few that have not ended long since
        alive = Q(IsNull(CLOCK_ENDED, True)) | Q(GreaterThanOrEqual(CLOCK_ENDED, period.start))
        return Q(warn_at__lte=period.end) & alive
    if of == "fir":
        gone = Q(reported_at__lt=period.start) | Q(transferred_at__lt=period.start)
        lasting = Q(two_month=True) | Q(flags__contains="missing") | Q(counselling_since__isnull=False)
        return Q(registered_at__lt=period.end) & (~gone | Q(reported_at=None, transferred_at=None) | lasting)
    alive = Q(disposed_at=None) | Q(disposed_at__gte=period.start)
    return alive & Q(received_at__lt=period.end) | _within("feedback_at")(period)


def cells(rows, columns, period, codes=()):
    """Count `rows` (a queryset of Complaint or Fir) in one grouped query.

    columns: names of columns, such as ("thana",) or ("thana", "source"); codes: all of the model's where none are given.
    Returns {(value, …): {code: number}}.
    """
    codes = codes or codes_of(rows.model)
    found = _counted(rows, period).order_by().values_list(*columns).annotate(**_counts(period, codes))
    width = len(columns)
    return {row[:width]: dict(zip(codes, row[width:], strict=True)) for row in found}


def totals(rows, period, codes=()):
    """Count all `rows` (a queryset of Complaint or Fir) in one query: {code: number}."""
    codes = codes or codes_of(rows.model)
    found = _counted(rows, period).aggregate(**_counts(period, codes))
    return {code: found[f"n_{code}"] for code in codes}


def course(rows, periods, codes):
    """Count what happens within each of several periods in one query: [{code: number}], a period each."""
    span = Period(min(p.start for p in periods), max(p.end for p in periods), max(p.as_on for p in periods))
    wanted = {f"p{i}_{name}": count for i, p in enumerate(periods) for name, count in _counts(p, codes).items()}
    found = _counted(rows, span).aggregate(**wanted)
    return [{code: found[f"p{i}_n_{code}"] for code in codes} for i in range(len(periods))]


def _counted(rows, period):
    return rows.filter(counting(period, rows.model._meta.model_name))


def _counts(period, codes):
    return {f"n_{code}": Count("pk", filter=MEASURES[code].where(period)) for code in codes}


def add_up(parts, codes=()):
    """The sum of cells, code by code (all of them where none are given); zeros where there are none."""
    parts = list(parts)
    return {code: sum(part.get(code, 0) for part in parts) for code in codes or MEASURES}
