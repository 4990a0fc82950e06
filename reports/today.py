"""The page people start the day with, and one unit's figures with the units below it."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from complaints.figures import MEASURES
from kendras.jurisdiction import needs, signed_in
from kendras.models import Charge, Level, Role, Unit
from reports.charts import bars, line_chart
from reports.ledger import Ledger, month_of, shift
from reports.statement import list_url
from reports.work import WORK
from reports.work.units import COMPARES, UnitWork, at_work, in_need, levels_below, units_below

#: the figures of a unit's month, in the order in which they are read
FIGURES = (
    "received", "disposed", "pending", "feedback_called", "satisfied", "dissatisfied", "reopened",
    "fir_registered", "fir_charge_sheet", "fir_pending", "fir_over_limit", "ref_sent", "ref_unanswered", "told_reached",
)  # fmt: skip

#: what comes in and what goes out, month by month, and how old what is open has become
COURSE = ("received", "disposed")
AGES = ("pending_0_10", "pending_11_15", "pending_16_30", "pending_31_60", "pending_over_60")
MONTHS_SHOWN = 12

#: units below that stand on the page of the day; the rest is one click away
UNITS_SHOWN = 10

_ABOVE = ("zone", "police_range", "district", "circle")


@signed_in
def today(request):
    """What waits for the user in the present charge, then the unit's figures or the units below."""
    at = timezone.now()
    charge = request.user.acting
    if charge is None:
        return render(request, "reports/today.html", {"at": at, **_before_the_charge(request.user, at)})
    blocks = [work.look(request.user, at) for work in WORK[Role(charge.role)]]
    context = {
        "at": at,
        "charge": charge,
        "busy": [block for block in blocks if block.rows],
        "quiet": [block for block in blocks if not block.rows],
        **_own_unit(charge, at),
    }
    return render(request, "reports/today.html", context)


def _before_the_charge(user, at):
    """What somebody without a charge is told: which of hers wait for confirmation, and which begin later."""
    charges, today = user.charges.select_related("unit").order_by("starts_on"), timezone.localdate(at)
    coming = charges.filter(starts_on__gt=today, standing=Charge.Standing.CONFIRMED)
    return {"waiting": charges.waiting(today), "coming": coming}


def _own_unit(charge, at):
    """A supervising role gets the units below by need, a role of a thana the month's figures of its kendra."""
    if charge.role in COMPARES:
        level = COMPARES[charge.role]
        units = units_below(charge.unit, level, at=at)
        needy = in_need(units)
        return {
            "level": level,
            "units": units,
            "needy": needy,
            "first": needy[:3],
            "shown": at_work(units)[:UNITS_SHOWN],
        }
    if charge.sees_its_unit:
        month = month_of(at)
        return {"figures": _figures(charge.unit, {month: Ledger(charge.unit, at).own(month)})}
    return {}


@needs("reports.view")
def unit(request, pk):
    """One unit: its work now, its figures this month and last, a year's course, and the units below, a step further."""
    at = timezone.now()
    unit = get_object_or_404(Unit.objects.visible_to(request.user).select_related(*_ABOVE), pk=pk)
    levels = levels_below(unit)
    level = request.GET.get("by")
    level = Level(level) if level in levels else next(iter(levels), None)
    units = units_below(unit, level or unit.level, at=at)
    context = {
        "at": at,
        "unit": unit,
        "path": _path(unit, request.user.acting.unit),
        "levels": levels,
        "level": level,
        "units": units if level else [],
        "work": UnitWork.of(unit, units, at),
        **_months(unit, at),
    }
    return render(request, "reports/unit.html", context)


def _months(unit, at):
    """This month and last in figures, what is open by its age, and what came in and went out over a year."""
    months = [shift(month_of(at), -n) for n in range(MONTHS_SHOWN)]
    ledger = Ledger(unit, at)
    ledger.prepare(months)
    now = months[0]
    figures = {month: ledger.own(month) for month in months[:2]}
    return {
        "months": months[:2],
        "report": ledger.report(months[1]),
        "figures": _figures(unit, figures),
        "ages": _ages(unit, figures[now], now),
        "overdue": (figures[now]["late"], list_url(unit, "late", now)),
        "course": _course(ledger, months[::-1]),
    }


def _path(unit, top):
    """The units from the viewer's own down to the one above `unit`."""
    above = [getattr(unit, column) for column in _ABOVE]
    line = [top, *above] if top.level == Level.STATE else above
    return [each for each in line if each and each.pk != unit.pk and each.is_under(top)]


def _figures(unit, numbers):
    """[(measure, [(month, number, the list behind it)])] from {month: {code: number}}."""
    return [
        (MEASURES[code], [(month, counted[code], list_url(unit, code, month)) for month, counted in numbers.items()])
        for code in FIGURES
    ]


def _course(ledger, months):
    """The lines of what comes in and goes out; a month of which nothing is known is a gap and not a zero."""
    counted = ledger.course(months, COURSE)
    series = [(MEASURES[code].label, [counted[month] and counted[month][code] for month in months]) for code in COURSE]
    return line_chart(months, series)


def _ages(unit, counted, month):
    """The bars of what is open, by its age, each with the list behind it."""
    return bars((MEASURES[code].label, counted[code], "", list_url(unit, code, month)) for code in AGES)
