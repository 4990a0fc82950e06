"""Statements of the FIR record: by head, thana-wise, pendency by age, ITSSO, kidnapped and missing, clocks, accused (crime meeting 1–6, 12)."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.models.offence import GRAVITY, Offence
from reports.ledger import shift
from reports.sentences import month_name
from reports.sheet import Change, Column, Row
from reports.statement import Count, Share, declare_by_unit, list_url, statement

_DONE = ("fir_charge_sheet", "fir_final")

_WORK = (
    Count("fir_opening"),
    Count("fir_registered"),
    Count("fir_charge_sheet"),
    Count("fir_final"),
    Count("fir_transferred"),
    Count("fir_pending"),
    Share(_DONE, ("fir_opening", "fir_registered"), _("Reported to the court, per cent of opening and registered")),
    Count("fir_over_limit"),
)

_AGE = tuple(
    Count(code)
    for code in ("fir_pending", "fir_0_30", "fir_31_60", "fir_61_90", "fir_91_180", "fir_over_180", "fir_over_limit")
)

_ITSSO = (
    Count("itsso_all"),
    Count("itsso_reported"),
    Share(("itsso_reported",), ("itsso_all",), _("ITSSO disposal, per cent")),
    Count("itsso_ripe"),
    Count("itsso_in_time"),
    Share(("itsso_in_time",), ("itsso_ripe",), _("ITSSO compliance, per cent")),
    Count("fir_over_limit"),
)

_MISSING = tuple(
    Count(code)
    for code in ("missing_registered", "missing_recovered", "missing_left", "fir_counsel_held", "fir_counsel_owed")
)


declare_by_unit(
    "fir_units",
    _("FIRs of the units"),
    _("Registered, reported to the court, transferred and pending, unit by unit."),
    _WORK,
    _("Pending at the start + registered − charge sheets − final reports − transferred = pending."),
)
declare_by_unit(
    "fir_age", _("Pending FIRs by age"), _("How long investigations have been pending, unit by unit."), _AGE
)
declare_by_unit(
    "itsso",
    _("ITSSO"),
    _("Sexual offences under the two-month limit of BNSS 193(2): disposal, compliance, pending over two months."),
    _ITSSO,
    _(
        "Disposal: reported to the court ÷ all FIRs. Compliance: finished within two months ÷ FIRs at least two months old."
    ),
)
declare_by_unit(
    "missing",
    _("Kidnapped and missing"),
    _("Registered, recovered and not recovered, unit by unit."),
    _MISSING,
)


declare_by_unit(
    "clocks",
    _("Breaches of clocks"),
    _("Clocks of FIRs that ran out in the month, that are late now, and default bail that is near, unit by unit."),
    (
        Count("clock_breached", _("Ran out in the month")),
        Count("clock_late", _("Late at the end")),
        *(
            Count(f"clock_{code}", group=_("Of these late at the end"))
            for code in ("told_cwc", "medical", "statement", "two_months", "told", "bail")
        ),
        Count("clock_bail_near"),
    ),
    _("A clock that the right officer has extended counts by its new date."),
)
declare_by_unit(
    "accused",
    _("Accused"),
    _("Named, arrested, surrendered, wanted and under a warrant, unit by unit."),
    tuple(Count(f"accused_{code}") for code in ("named", "arrested", "surrendered", "nbw", "wanted", "wanted_nbw")),
    _("Wanted: named, and neither arrested nor surrendered; without final reports and transferred cases."),
)


declare_by_unit(
    "preventive",
    _("Preventive action"),
    _("Begun, bound, breached, ended and running, unit by unit."),
    tuple(Count(f"prev_{code}") for code in ("started", "bound", "breached", "ended", "running")),
)


@statement(
    "heads",
    _("FIRs by head"),
    _("The month against the same month last year, and 1 January to date for three years, head by head."),
)
def by_head(ledger, month):
    before = shift(month, -12)
    years = [month, before, shift(month, -24)]
    ledger.prepare([m for year in years for m in (shift(year, -n) for n in range(year.month))])
    now, then = ledger.by("head", month), ledger.by("head", before)
    to_date = [ledger.year_by("head", year) for year in years]
    names = {offence.head: offence.head_name for offence in Offence.objects.all()}
    heads = [code for code in GRAVITY if any(_n(found, code) for found in (now, then, *to_date))]
    year = gettext("1 January to the end of the month")
    return {
        "head": gettext("Head"),
        "columns": (
            Column(month_name(month)),
            Column(month_name(before)),
            Column(gettext("Rise or fall"), "change"),
            *(Column(str(each.year), "number", year) for each in years),
            Column(gettext("Rise or fall"), "change", year),
        ),
        "rows": tuple(_row(ledger.unit, names.get(code, code), code, month, now, then, to_date) for code in heads),
        "total": _row(ledger.unit, gettext("Total"), "", month, now, then, to_date),
        "notes": (gettext("An FIR is counted once, under its gravest head."),),
    }


def _n(found, code):
    """FIRs registered under a head; all of them without one."""
    return sum(n["fir_registered"] for head, n in found.items() if not code or head == code)


def _row(unit, label, code, month, now, then, to_date):
    this, last, *years = [_n(found, code) for found in (now, then, *to_date)]
    filters = {"head": code} if code else {}
    links = (
        list_url(unit, "fir_registered", month, **filters),
        list_url(unit, "fir_registered", shift(month, -12), **filters),
    )
    values = (this, last, Change(this, last), *years, Change(years[0], years[1]))
    return Row(label, values, (*links, "", "", "", "", ""))
