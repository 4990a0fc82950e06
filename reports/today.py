"""The page people start the day with, and one unit's figures with the units below it."""

from datetime import timedelta

from django.db.models import Count, Subquery, Value
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from complaints.figures import MEASURES, Period
from complaints.models import Complaint
from kendras.jurisdiction import needs, signed_in
from kendras.models import Level, Role, Unit
from reports.work import COMPARES, WORK, UnitWork, at_work, in_need, levels_below, units_below

#: the figures of a unit's month, in the order in which they are read
FIGURES = ("received", "disposed", "pending", "feedback_called", "satisfied", "dissatisfied", "reopened")

#: units below that stand on the page of the day; the rest is one click away
UNITS_SHOWN = 10

_ABOVE = ("zone", "police_range", "district", "circle")


@signed_in
def today(request):
    """What waits for the user in the present charge, then the unit's figures or the units below."""
    at = timezone.now()
    charge = request.user.acting
    if charge is None:
        coming = request.user.charges.filter(starts_on__gt=timezone.localdate(at)).select_related("unit")
        return render(request, "reports/today.html", {"at": at, "coming": coming.order_by("starts_on")})
    blocks = [work.look(request.user, at) for work in WORK[Role(charge.role)]]
    context = {
        "at": at,
        "charge": charge,
        "busy": [block for block in blocks if block.rows],
        "quiet": [block for block in blocks if not block.rows],
        **_own_unit(charge, at),
    }
    return render(request, "reports/today.html", context)


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
        return {"figures": figures_of(charge.unit, [_month(at)], at)}
    return {}


@needs("reports.view")
def unit(request, pk):
    """One unit: its work now, its figures this month and last, and the units below, each a step further down."""
    at = timezone.now()
    unit = get_object_or_404(Unit.objects.visible_to(request.user).select_related(*_ABOVE), pk=pk)
    levels = levels_below(unit)
    level = request.GET.get("by")
    level = Level(level) if level in levels else next(iter(levels), None)
    units = units_below(unit, level or unit.level, at=at)
    months = [_month(at), _month_before(at)]
    context = {
        "at": at,
        "unit": unit,
        "path": _path(unit, request.user.acting.unit),
        "months": months,
        "figures": figures_of(unit, months, at),
        "levels": levels,
        "level": level,
        "units": units if level else [],
        "work": UnitWork.of(unit, units, at),
    }
    return render(request, "reports/unit.html", context)


def _path(unit, top):
    """The units from the viewer's own down to the one above `unit`."""
    above = [getattr(unit, column) for column in _ABOVE]
    line = [top, *above] if top.level == Level.STATE else above
    return [each for each in line if each and each.pk != unit.pk and each.is_under(top)]


def _month(at):
    return timezone.localdate(at).replace(day=1)


def _month_before(at):
    return (_month(at) - timedelta(days=1)).replace(day=1)


def figures_of(unit, months, at):
    """The figures of one unit: [(measure, [(month, number, the list behind it)])], in one query.

    months: first days of months; the running one is counted up to `at`. Each number is a count of its own inside the
    query, so that each uses its own index.
    """
    rows = Complaint.objects.under(unit)
    wanted = [(code, month) for code in FIGURES for month in months]
    numbers = Unit.objects.filter(pk=unit.pk).values_list(
        *(_number(rows.filter(MEASURES[code].where(Period.month(month, at)))) for code, month in wanted)
    )
    counted = dict(zip(wanted, numbers.get(), strict=True))
    return [(MEASURES[c], [(m, counted[c, m], _list_of(unit, c, m)) for m in months]) for c in FIGURES]


def _number(rows):
    """How many rows, as a value inside a query; 0 where there are none."""
    counted = rows.order_by().values(all=Value(1)).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def _list_of(unit, code, month):
    query = {"unit": unit.pk, "figure": code, "month": f"{month:%Y-%m}"}
    return f"{reverse('complaints:list')}?{urlencode(query)}"
