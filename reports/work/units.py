"""Which units below need an officer most: their waiting rows counted in one grouped query each."""

from dataclasses import dataclass

from django.db.models import Count, F, Min, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from complaints.figures import MEASURES, Period
from complaints.models import (
    OPEN_STATES,
    Complaint,
    State,
)
from kendras.models import LEVELS, Level, Role, Unit
from reports.work.block import link

#: where a supervising role looks first thing in the morning
COMPARES = {
    Role.CO: Level.THANA,
    Role.NODAL: Level.THANA,
    Role.SP: Level.THANA,
    Role.IG: Level.DISTRICT,
    Role.ADG: Level.DISTRICT,
    Role.HQ: Level.DISTRICT,
}


@dataclass(frozen=True)
class UnitWork:
    """What waits in one unit: complaints with a clock past its date, and what stands behind that.

    open: not disposed of · late: past the date · since: the oldest of these dates or None · unassigned: open with no
    officer · feedback: disposed of, call late · dissatisfied: this month's calls in which she was not satisfied
    """

    unit: Unit
    at: object
    open: int = 0
    late: int = 0
    since: object = None
    unassigned: int = 0
    feedback: int = 0
    dissatisfied: int = 0

    @classmethod
    def of(cls, unit, parts, at):
        """The work of `unit` as the sum of `parts`, which are all the units of one level under it."""
        since = min((part.since for part in parts if part.since), default=None)
        sums = ("open", "late", "unassigned", "feedback", "dissatisfied")
        return cls(unit, at, since=since, **{name: sum(getattr(part, name) for part in parts) for name in sums})

    @property
    def days(self):
        """Whole days since the oldest date passed."""
        return (self.at - self.since).days if self.since else 0

    @property
    def need(self):
        """What the list is sorted by, the neediest first: late, longest late, unassigned, feedback, dissatisfied."""
        return (self.late, self.days, self.unassigned, self.feedback, self.dissatisfied)

    @property
    def links(self):
        """The list behind each number."""
        queries = {
            "open": {"open": "1"},
            "late": {"late": "1"},
            "unassigned": {"unassigned": "1"},
            "feedback": {"state": State.DISPOSED.value, "late": "1"},
            "dissatisfied": {"figure": "dissatisfied", "month": f"{timezone.localtime(self.at):%Y-%m}"},
        }
        return {name: link("complaints:list", {"unit": self.unit.pk, **query}) for name, query in queries.items()}

    @property
    def numbers(self):
        """(label, number, the list behind it, tone) in the order of need."""
        links = self.links
        return [
            (_("Late"), self.late, links["late"], "late"),
            (_("Not assigned"), self.unassigned, links["unassigned"], "due"),
            (_("Feedback call late"), self.feedback, links["feedback"], "late"),
            (_("Not satisfied this month"), self.dissatisfied, links["dissatisfied"], "due"),
            (_("Open complaints"), self.open, links["open"], "info"),
        ]


def levels_below(unit):
    """The three levels by which a unit's work can be broken up, the next one first; further down is a step further."""
    below = LEVELS.index(unit.level) + 1
    return [Level(level) for level in LEVELS[below : below + 3]]


def units_below(unit, level, *, at):
    """`UnitWork` for each unit of `level` under `unit`, the neediest first. Three queries, whatever their number.

    On the level of ranges a commissionerate that answers to its zone stands beside the ranges. Which unit may be asked
    about is the caller's to settle: `unit` comes out of `visible_to`.
    """
    rows = Complaint.objects.under(unit).order_by().annotate(below=_standing(level)).values("below")
    counted = {row.pop("below"): row for row in rows.waiting().annotate(**_counts(at))}
    unhappy = rows.filter(MEASURES["dissatisfied"].where(Period.month(timezone.localdate(at), at)))
    unhappy = {row["below"]: row["n"] for row in unhappy.annotate(n=Count("pk"))}
    found = [
        UnitWork(below, at, **counted.get(below.pk, {}), dissatisfied=unhappy.get(below.pk, 0))
        for below in _units_of(unit, level)
    ]
    return sorted(found, key=lambda each: (*(-n for n in each.need), each.unit.name))


def _standing(level):
    """The column of a complaint that says which unit of `level` it lies under."""
    return Coalesce("police_range_id", "district_id") if level == Level.POLICE_RANGE else F(f"{level}_id")


def _units_of(unit, level):
    wanted = Q(level=level)
    if level == Level.POLICE_RANGE:
        wanted |= Q(level=Level.DISTRICT, police_range=None)
    return Unit.objects.under(unit).filter(wanted).select_related("circle", "district")


def _counts(at):
    """What is counted of waiting rows; each column stands in the index of waiting work, so no row is fetched."""
    late, still_open = Q(due_at__lte=at), Q(state__in=sorted(OPEN_STATES))
    return {
        "open": Count("pk", filter=still_open),
        "late": Count("pk", filter=late),
        "since": Min("due_at", filter=late),
        "unassigned": Count("pk", filter=still_open & Q(assigned_to=None)),
        "feedback": Count("pk", filter=late & Q(state=State.DISPOSED)),
    }


def in_need(units):
    """Those of `units_below` with anything late, in their order."""
    return [each for each in units if each.late]


def at_work(units):
    """Those of `units_below` with any number to show, in their order."""
    return [each for each in units if each.open or any(each.need)]
