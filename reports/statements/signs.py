"""Registered, complaints, settled, satisfied and re-opened side by side: three months against the same of last year."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.figures import add_up
from kendras.models import LEVELS, Level, Rule
from reports.ledger import shift
from reports.sheet import Change, Column, Row
from reports.signs import CODES, MONTHS, SIGNS, Limits, said, share, signs
from reports.statement import statement, statement_url


@statement(
    "side_by_side",
    _("Side by side"),
    _("FIRs, complaints, settlements, re-opening and dissatisfaction: three months against the same of last year."),
    by_unit=True,
)
def side_by_side(ledger, month, level):
    limits = Limits.of(Rule.objects.by_code())
    now, before = _quarter(ledger, month, level), _quarter(ledger, shift(month, -12), level)
    rows = [_row(unit, month, n, before.get(unit, _NOTHING), limits) for unit, n in now.items()]
    total = _values(add_up(now.values(), CODES), add_up(before.values(), CODES), limits)
    whole = ledger.unit.level == Level.THANA
    return {
        "head": gettext("Unit"),
        "columns": _columns(),
        "rows": tuple(sorted(rows, key=lambda row: not row.values[-1])),
        "total": None if whole else Row(gettext("Total"), total),
        "notes": (
            gettext("Three months up to and with this one (now), and the same three a year before (then)."),
            gettext(
                "“Look here”: from %(least)s FIRs on, a fall by %(fall)s %% or more together with a share that rose by "
                "%(rise)s points or more. It says where to look and is no verdict: fewer FIRs alone are no success."
            )
            % vars(limits),
        ),
    }


_NOTHING = dict.fromkeys(CODES, 0)


def _quarter(ledger, last, level):
    """{Unit: {code: number}} of the months up to `last`, of the units of a level or of the unit itself."""
    parts = {}
    for back in range(MONTHS):
        month = shift(last, -back)
        if ledger.unit.level == Level.THANA:
            found = [(ledger.unit, ledger.own(month))]
        else:
            found = ledger.below(level or LEVELS[LEVELS.index(ledger.unit.level) + 1], month)
        for unit, n in found:
            parts.setdefault(unit, []).append(n)
    return {unit: add_up(several, CODES) for unit, several in parts.items()}


def _columns():
    now, then = gettext("now"), gettext("then")
    counted = [
        Column(label, kind, group)
        for group in (gettext("FIRs registered"), gettext("Complaints received"))
        for label, kind in ((now, "number"), (then, "number"), (gettext("Rise or fall"), "change"))
    ]
    groups = (gettext("Settled, per cent"), gettext("Re-opened, per cent"), gettext("Not satisfied, per cent"))
    shares = [Column(label, "ratio", group) for group in groups for label in (now, then)]
    return (*counted, *shares, Column(gettext("Look here"), "text"))


def _row(unit, month, now, before, limits):
    return Row(unit.name, _values(now, before, limits), (), statement_url("side_by_side", unit, month))


def _values(now, before, limits):
    counted = [
        value
        for code in ("fir_registered", "received")
        for value in (now[code], before[code], Change(now[code], before[code]))
    ]
    shares = [share(n, sign) for sign in SIGNS for n in (now, before)]
    return (*counted, *shares, said(signs(now, before, limits)))
