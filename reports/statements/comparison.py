"""The first table of the crime meeting: a month against the same month last year, and the year to date of three years."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.figures import MEASURES
from reports.ledger import shift
from reports.sentences import month_name
from reports.sheet import Change, Column, Row
from reports.statement import list_url, statement

#: the figures that are compared: registration, work, pendency, her answer, side by side
COMPARED = (
    "received", "disposed", "disposed_in_time", *(code for code in MEASURES if code.startswith("out_")),
    "pending", "late", "feedback_called", "satisfied", "dissatisfied", "reopened",
)  # fmt: skip


@statement(
    "comparison",
    _("Comparison"),
    _("The month against the same month last year, and 1 January to date for three years."),
)
def comparison(ledger, month):
    before = shift(month, -12)
    years = [month, before, shift(month, -24)]
    ledger.prepare([m for year in years for m in (shift(year, -n) for n in range(year.month))])
    now, then = ledger.own(month), ledger.own(before)
    to_date = [ledger.year_to(year) for year in years]
    this, last, year = month_name(month), month_name(before), gettext("1 January to the end of the month")
    return {
        "head": gettext("Figure"),
        "columns": (
            Column(this),
            Column(last),
            Column(gettext("Rise or fall"), "change"),
            *(Column(str(each.year), "number", year) for each in years),
            Column(gettext("Rise or fall"), "change", year),
        ),
        "rows": tuple(_row(ledger.unit, code, month, before, now, then, to_date) for code in COMPARED),
    }


def _row(unit, code, month, before, now, then, to_date):
    years = [year[code] for year in to_date]
    values = (now[code], then[code], Change(now[code], then[code]), *years, Change(years[0], years[1]))
    links = (list_url(unit, code, month), list_url(unit, code, before), "", "", "", "", "")
    return Row(str(MEASURES[code].label), values, links)
