"""Statements whose rows are kinds of complaints: how they came, and what they are about."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.figures import add_up
from complaints.models import Nature, Outcome, Source
from reports.statement import Count, Share, Total, line, statement

_OVER_10 = Total(("pending_11_15", "pending_16_30", "pending_31_60", "pending_over_60"), _("Pending over 10 days"))

_COLUMNS = (
    Count("opening"),
    Count("received"),
    *(Count(f"out_{outcome.value}", group=_("Disposed of by")) for outcome in Outcome),
    Count("disposed"),
    Count("pending"),
    _OVER_10,
    Share(("called",), ("disposed",), _("Called for feedback, per cent")),
    Share(("satisfied",), ("feedback_called",), _("Satisfied, per cent")),
)


def _rows(ledger, month, kind, labels, filters):
    """Rows in the order of `labels` {key: label}; those without any figure are left out; the sum is the unit's own."""
    found = {key: n for key, n in ledger.by(kind, month).items() if any(n.values())}
    rows = tuple(
        line(label, found[key], _COLUMNS, unit=ledger.unit, month=month, **{kind: filters[key]})
        for key, label in labels.items()
        if key in found
    )
    total = line(gettext("Total"), add_up(found.values()), _COLUMNS, unit=ledger.unit, month=month)
    return {"columns": tuple(kind.column() for kind in _COLUMNS), "rows": rows, "total": total}


@statement("source", _("By source"), _("How the complaints came, with disposal and feedback."))
def by_source(ledger, month):
    labels = dict(Source.choices)
    return {"head": gettext("How it came"), **_rows(ledger, month, "source", labels, {code: code for code in labels})}


@statement("nature", _("By nature"), _("What the complaints are about, with disposal and feedback."))
def by_nature(ledger, month):
    natures = list(Nature.objects.order_by("order"))
    labels = {nature.code: nature.name for nature in natures}
    return {"head": gettext("Nature"), **_rows(ledger, month, "nature", labels, {n.code: n.pk for n in natures})}
