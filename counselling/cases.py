"""The complaint or FIR that a page of counselling is about, as its address names it."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from complaints.models import Complaint, Fir

_MODELS = {"complaint": Complaint, "fir": Fir}
_SHOWN = {"complaint": ("nature", "thana", "assigned_to"), "fir": ("thana", "assigned_to", "complaint")}


def case_of(user, kind, pk):
    """The case under the user's unit; 404 outside, and for anything that is neither complaint nor FIR."""
    model = _MODELS.get(kind)
    if model is None:
        raise Http404
    return get_object_or_404(model.objects.visible_to(user).select_related(*_SHOWN[kind]), pk=pk)
