"""The complaint or FIR that a page of counselling is about, as its address names it."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from complaints.models import Complaint, Fir
from complaints.views import unit_of
from kendras.paging import capped_count, count_text, page_of

_MODELS = {"complaint": Complaint, "fir": Fir}
_SHOWN = {"complaint": ("nature", "thana", "assigned_to"), "fir": ("thana", "assigned_to", "complaint")}


def case_of(user, kind, pk):
    """The case under the user's unit; 404 outside, and for anything that is neither complaint nor FIR."""
    model = _MODELS.get(kind)
    if model is None:
        raise Http404
    return get_object_or_404(model.objects.visible_to(user).select_related(*_SHOWN[kind]), pk=pk)


def listed(request, rows, moment, *related):
    """What every list page shows: the unit of the filter, a page of rows, how many there are."""
    unit = unit_of(request.user, request.GET.get("unit"))
    rows = rows.under(unit) if unit else rows
    marks = {mark: request.GET.get(mark, "") for mark in ("after", "before")}
    number = capped_count(rows)
    page = page_of(rows.select_related(*related), moment, **marks)
    return {"page": page, "number": number, "number_text": count_text(number), "unit": unit}
