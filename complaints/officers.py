"""An investigating officer's FIRs over time: what is with whom, what is late, what was finished within two months (¶4.i.k)."""

from dataclasses import dataclass

from django.db.models import Count, F, Q
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from complaints.figures import MEASURES, Period
from complaints.firforms import head_names
from complaints.models import Fir, FirState
from complaints.views import unit_of
from kendras.jurisdiction import needs
from kendras.models import User, add_months
from kendras.paging import page_of

#: months of the course of an officer's work
MONTHS = 12


@dataclass(frozen=True)
class Load:
    """What one officer has and has had: FIRs under investigation, late ones, past two months, and ITSSO of those that are ripe.

    done_in_time of ripe: investigations under the two-month limit that were finished within it, of those old enough.
    """

    officer: User
    all: int
    open: int
    late: int
    over: int
    ripe: int
    done_in_time: int

    @property
    def share(self):
        """Per cent finished within two months; None where nothing is ripe (a share of nothing is no figure)."""
        return round(100 * self.done_in_time / self.ripe) if self.ripe else None


def _counts(at):
    """The figures of the same measures as the sheets, for the running month."""
    month = Period.month(timezone.localdate(at), at)
    pending = Q(state=FirState.INVESTIGATION)
    return {
        "all": Count("pk"),
        "open": Count("pk", filter=pending),
        "late": Count("pk", filter=Q(due_at__lte=at)),
        "over": Count("pk", filter=MEASURES["fir_over_limit"].where(month)),
        "ripe": Count("pk", filter=MEASURES["itsso_ripe"].where(month)),
        "done_in_time": Count("pk", filter=MEASURES["itsso_in_time"].where(month)),
    }


def loads(rows, at):
    """[Load] of the officers who stand in the FIRs `rows`, those with the most open ones first. Two queries."""
    counted = rows.exclude(assigned_to=None).order_by().values("assigned_to").annotate(**_counts(at))
    found = {row.pop("assigned_to"): row for row in counted}
    users = User.objects.in_bulk(found)
    lines = [Load(users[pk], **numbers) for pk, numbers in found.items()]
    return sorted(lines, key=lambda load: (-load.late, -load.open, load.officer.name))


@needs("complaints.see_officers")
def officers(request):
    """The workload of the investigating officers of the own unit or one below, one line each."""
    at = timezone.now()
    unit = unit_of(request.user, request.GET.get("unit")) or request.user.acting.unit
    rows = Fir.objects.visible_to(request.user).under(unit)
    return render(request, "complaints/officers.html", {"unit": unit, "lines": loads(rows, at)[:200]})


@needs("complaints.see_officers")
def officer(request, pk):
    """One officer: the load, the course of twelve months, and every FIR within the own unit."""
    at = timezone.now()
    rows = Fir.objects.visible_to(request.user).filter(assigned_to=pk)
    found = get_object_or_404(User.objects.filter(pk__in=rows.values("assigned_to")), pk=pk)
    page = page_of(
        rows.select_related("thana", "assigned_to"),
        "registered_at",
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    heads = head_names()
    context = {
        "officer": found,
        "load": loads(rows, at)[0],
        "course": _course(rows, at),
        "page": page,
        "lines": [(row, row.due_status(at), heads.get(row.head, row.head)) for row in page.rows],
        "query": "",
    }
    return render(request, "complaints/officer.html", context)


def _course(rows, at):
    """[(first day of the month, registered, reported to the court)], the newest first, in one query."""
    this = timezone.localdate(at).replace(day=1)
    months = [add_months(this, -n) for n in range(MONTHS)]
    periods = [Period.month(month, at) for month in months]
    counts = {}
    for n, period in enumerate(periods):
        for code, column in (("in", "registered_at"), ("out", "reported_at")):
            within = Q(**{f"{column}__gte": period.start, f"{column}__lt": period.end})
            counts[f"{code}_{n}"] = Count(F("pk"), filter=within)
    found = rows.aggregate(**counts)
    return [(month, found[f"in_{n}"], found[f"out_{n}"]) for n, month in enumerate(months)]
