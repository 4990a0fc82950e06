"""The rows behind the figures of clocks and of accused: no name stands here, only FIR numbers and pseudonyms."""

from urllib.parse import urlencode

from django.shortcuts import render
from django.utils import timezone

from complaints.lists import by_figure
from complaints.models import Accused, FirDeadline
from complaints.views import unit_of
from kendras.jurisdiction import needs
from kendras.paging import capped_count, count_text, page_of


def _rows(request, model, at):
    """The rows of a model in the own unit or one below that a figure of a month counts, and the address of the list."""
    unit = unit_of(request.user, request.GET.get("unit"))
    rows = model.objects.visible_to(request.user)
    rows = rows.under(unit) if unit else rows
    names = ("unit", "figure", "month")
    query = urlencode({name: request.GET[name] for name in names if request.GET.get(name)})
    return by_figure(rows, request.GET.get("figure"), request.GET.get("month"), at), query


def _page(request, rows, moment):
    marks = {name: request.GET.get(name, "") for name in ("after", "before")}
    return page_of(rows, moment, **marks)


@needs("complaints.view")
def fir_clocks(request):
    """The clocks of FIRs that a figure counts; without one, all of the unit, the last due first."""
    at = timezone.now()
    rows, query = _rows(request, FirDeadline, at)
    page = _page(request, rows.select_related("fir", "person", "thana"), "due_at")
    context = {
        "page": page,
        "lines": [(row, row.status(at)) for row in page.rows],
        "query": query,
        "number_text": count_text(capped_count(rows)),
    }
    return render(request, "complaints/fir_clocks.html", context)


@needs("complaints.view")
def accused(request):
    """The accused that a figure counts, by their pseudonyms; without one, all of the unit."""
    rows, query = _rows(request, Accused, timezone.now())
    page = _page(request, rows.select_related("fir", "person", "thana"), "named_at")
    context = {"page": page, "query": query, "number_text": count_text(capped_count(rows))}
    return render(request, "complaints/accused.html", context)
