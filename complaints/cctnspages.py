"""CCTNS on pages: taking a sheet up, what it would change, confirming it, and the list of what does not match."""

import uuid
from datetime import timedelta

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from complaints.cctnscolumns import COLUMNS, ERRORS, NEEDED
from complaints.cctnscompare import FIELDS
from complaints.models import CctnsMismatch, CctnsRun, Letters
from complaints.views import listed
from kendras.forms import Day
from kendras.jurisdiction import needs
from kendras.models import Level, Unit
from kendras.spreadsheet import Unreadable
from kendras.workflow import Refused, move, moves_for

#: what a reading finds, in the order of the page: kind → its name
KINDS = {
    "new": gettext_lazy("New"),
    "missing_here": gettext_lazy("Missing here"),
    "changed": gettext_lazy("Gaps to fill in"),
    "conflict": gettext_lazy("In conflict"),
    "missing_there": gettext_lazy("Missing in CCTNS"),
    "same": gettext_lazy("Alike"),
    "skipped": gettext_lazy("No crime against women: left out"),
}


class UnitChoice(forms.ModelChoiceField):
    def label_from_instance(self, unit):
        return unit.title


class SheetForm(forms.Form):
    """The sheet, for which unit and for FIRs registered on which days."""

    file = forms.FileField(label=gettext_lazy("Sheet (XLSX or CSV)"))
    unit = UnitChoice(Unit.objects.none(), label=gettext_lazy("FIRs of"), empty_label=None)
    first = Day(label=gettext_lazy("Registered from"))
    last = Day(label=gettext_lazy("Registered up to"))
    letters = forms.ChoiceField(
        label=gettext_lazy("Letters of the sheet"), choices=Letters.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args, user, day, **options):
        initial = {"first": day.replace(day=1), "last": day, "letters": Letters.JUDGE, "unit": user.acting.unit_id}
        super().__init__(*args, initial=initial, **options)
        below = Unit.objects.visible_to(user).filter(level__in=(Level.DISTRICT, Level.CIRCLE, Level.THANA))
        self.fields["unit"].queryset = below.order_by("district_id", "circle_id", "level", "name_en")

    def clean(self):
        data = super().clean()
        first, last = data.get("first"), data.get("last")
        if first and last and not timedelta() <= last - first <= timedelta(days=366 * 5):
            self.add_error("last", _("The last day comes before the first, or more than five years after it."))
        return data


class KeyForm(forms.Form):
    """The key of a form, which does for one decision."""

    once = forms.UUIDField(widget=forms.HiddenInput)


@needs("complaints.import_cctns")
def cctns(request):
    """Take a sheet up: read, compare, and show; nothing is taken in yet. Below it the sheets so far."""
    at = timezone.now()
    form = SheetForm(request.POST or None, request.FILES or None, user=request.user, day=timezone.localdate(at))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            run = CctnsRun.objects.look(data.pop("file"), **data, by=request.user, at=at)
        except Unreadable as reason:
            form.add_error("file", str(reason))
        else:
            return redirect("complaints:cctns_run", run.pk)
    runs = CctnsRun.objects.visible_to(request.user).select_related("unit", "by").order_by("-at", "-id")[:20]
    context = {
        "form": form,
        "runs": runs,
        "columns": [(names[0], ", ".join(names[1:4]), code in NEEDED) for code, names in COLUMNS.items()],
    }
    return render(request, "complaints/cctns.html", context, status=422 if form.errors else 200)


@needs("complaints.import_cctns")
def cctns_run(request, pk):
    """What one sheet would change, or has changed."""
    return _page(request, _run(request.user, pk))


def _run(user, pk):
    return get_object_or_404(CctnsRun.objects.visible_to(user).select_related("unit", "by"), pk=pk)


def _page(request, run, cells=None):
    thanas = Unit.objects.in_bulk({line[1] for line in run.found})
    found = [
        (KINDS[kind], thanas[thana], f"{number}/{year}", [FIELDS[code] for code in fields])
        for kind, thana, number, year, fields in run.found
    ]
    context = {
        "run": run,
        "at": timezone.now(),
        "numbers": [(label, run.counts.get(kind, 0)) for kind, label in KINDS.items()],
        "wrong": [(line, COLUMNS[code][0], ERRORS[error]) for line, code, error in run.errors],
        "errors": run.counts.get("errors", 0),
        "found": found,
        "all_found": sum(run.counts.get(kind, 0) for kind in KINDS if kind not in ("same", "skipped")),
        "steps": moves_for(run, request.user) if run.by_id == request.user.pk else [],
        "key": KeyForm(initial={"once": uuid.uuid4()}),
        "cells": [(line, COLUMNS[code][0], before, after) for line, code, before, after in cells or ()],
    }
    return render(request, "complaints/cctns_run.html", context)


@needs("complaints.import_cctns")
@require_POST
def cctns_cells(request, pk):
    """Show what old letters were turned into, to who took the sheet up; recorded, because it may be names."""
    run = _run(request.user, pk)
    try:
        cells = run.converted_cells(by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("complaints:cctns_run", pk)
    return _page(request, _run(request.user, pk), cells)


@needs("complaints.import_cctns")
@require_POST
def cctns_move(request, pk, name):
    """Take the sheet in, keep its mismatch list only, or throw it away: all or nothing, and once."""
    run = _run(request.user, pk)
    if name not in CctnsRun.MOVES:
        raise Http404
    form = KeyForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("The form is out of date. Send it once more."))
        return redirect("complaints:cctns_run", pk)
    try:
        done = move(run, name, by=request.user, at=timezone.now(), once=form.cleaned_data["once"])
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Done. The state is now: %(state)s.") % {"state": done.get_state_display()})
        count = done.mismatches.filter(open=True).count()
        if count:
            text = ngettext("%(n)d FIR does not match CCTNS.", "%(n)d FIRs do not match CCTNS.", count)
            messages.warning(request, text % {"n": count})
    return redirect("complaints:cctns_run", pk)


@needs("complaints.view")
def mismatches(request):
    """The FIRs of the own unit or one below in which CCTNS and the record do not agree; no person stands here."""
    rows = CctnsMismatch.objects.visible_to(request.user)
    kind, everything = request.GET.get("kind", ""), request.GET.get("all") == "1"
    rows = rows.filter(kind=kind) if kind in CctnsMismatch.Kind.values else rows
    rows = rows if everything else rows.filter(open=True)
    context = {
        **listed(request, rows, "found_at", timezone.now(), "thana", "run__by", "fir", keep=("kind", "all")),
        "kinds": CctnsMismatch.Kind.choices,
        "kind": kind,
        "everything": everything,
    }
    return render(request, "complaints/mismatches.html", context)
