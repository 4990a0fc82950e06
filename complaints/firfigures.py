"""The rows behind the figures of clocks and of accused: no name stands here, only FIR numbers and pseudonyms."""

from django.shortcuts import render
from django.utils import timezone

from complaints.models import Accused, FirDeadline
from complaints.views import listed
from kendras.jurisdiction import needs

_SHOWN = ("fir", "person", "thana")


@needs("complaints.view")
def fir_clocks(request):
    """The clocks of FIRs that a figure counts; without one, all of the unit, the last due first."""
    at = timezone.now()
    context = listed(request, FirDeadline.objects.visible_to(request.user), "due_at", at, *_SHOWN, keep=())
    context["lines"] = [(row, row.status(at)) for row in context["page"].rows]
    return render(request, "complaints/fir_clocks.html", context)


@needs("complaints.view")
def accused(request):
    """The accused that a figure counts, by their pseudonyms; without one, all of the unit."""
    rows = Accused.objects.visible_to(request.user)
    context = listed(request, rows, "named_at", timezone.now(), *_SHOWN, keep=())
    return render(request, "complaints/accused.html", context)
