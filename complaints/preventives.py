"""Preventive action on pages: beginning one from a case, its course, the list, repeat harassers without one."""

import uuid

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints.firforms import KeyChoice
from complaints.forms import NO_NAMES, MoveForm
from complaints.models import (
    Complaint,
    Fir,
    Person,
    Preventive,
    PreventiveKind,
    cases_of,
    repeat_harassers,
)
from complaints.views import listed, try_move
from kendras.forms import Day, PlainText
from kendras.jurisdiction import needs
from kendras.models import Entry, Rule
from kendras.workflow import Refused, moves_for

_SHOWN = ("thana", "person", "fir", "complaint")


class StartForm(forms.Form):
    once = forms.UUIDField(widget=forms.HiddenInput)
    person = KeyChoice(
        Person.objects.none(), label=gettext_lazy("Against whom"), widget=forms.RadioSelect, empty_label=None
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=PreventiveKind.choices, widget=forms.RadioSelect)
    on = Day(label=gettext_lazy("Date"))
    authority = PlainText(
        label=gettext_lazy("Authority (Executive Magistrate; DCP or ACP in a commissionerate)"), max_length=80
    )
    number = PlainText(label=gettext_lazy("Number"), max_length=40, required=False)

    def __init__(self, *args, case, day, **options):
        super().__init__(*args, initial={"once": uuid.uuid4(), "on": day}, **options)
        self.fields["person"].queryset = case.people.filter(part=Person.Part.ACCUSED).order_by("id")


class StepForm(MoveForm):
    """What a step of an action asks for: the day, of a bond its terms, a result."""

    on = Day(label=gettext_lazy("Date"))
    amount = forms.IntegerField(label=gettext_lazy("Amount of the bond (rupees)"), min_value=1, max_value=100_000_000)
    until = Day(label=gettext_lazy("Bond until"))
    text = PlainText(
        label=gettext_lazy("Result"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=NO_NAMES,
    )

    def __init__(self, *args, step, day, **options):
        super().__init__(*args, initial={"on": day}, day=day, **options)
        if step.name != "bind":
            del self.fields["amount"], self.fields["until"]


@needs("complaints.view")
def preventives(request):
    """The preventive actions of the own unit or one below: all, those that run, or those that end soon."""
    at, shown = timezone.now(), request.GET.get("show", "")
    rows = Preventive.objects.visible_to(request.user)
    if shown == "running":
        rows = rows.running()
    elif shown == "ending":
        rows = ending(rows, at)
    elif shown in PreventiveKind.values:
        rows = rows.filter(kind=shown)
    context = {
        **listed(request, rows, "recorded_at", at, *_SHOWN),
        "shown": shown,
        "kinds": PreventiveKind.choices,
        "day": timezone.localdate(at),
    }
    return render(request, "complaints/preventives.html", context)


def ending(rows, at):
    """Those that end within the days of the rule, or have ended unseen."""
    ahead = Rule.objects.get(code="preventive_ahead").due(at) - at
    return rows.ending(timezone.localdate(at), ahead)


@needs("complaints.record_fir")
def preventive_new(request, case, pk):
    """Begin an action against an accused of a complaint or FIR."""
    at = timezone.now()
    model = {"fir": Fir, "complaint": Complaint}.get(case)
    if model is None:
        raise Http404
    row = get_object_or_404(model.objects.visible_to(request.user), pk=pk)
    form = StartForm(request.POST or None, case=row, day=timezone.localdate(at))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            action = Preventive.objects.start(row, data.pop("person"), **data, by=request.user, at=at)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The preventive action is recorded."))
            return redirect(action)
    context = {"form": form, "case": row, "anyone": form.fields["person"].queryset.exists()}
    return render(request, "complaints/preventive_new.html", context, status=422 if form.errors else 200)


@needs("complaints.view")
def preventive(request, pk):
    """One action, its course and its next steps."""
    action = get_object_or_404(Preventive.objects.visible_to(request.user).select_related(*_SHOWN), pk=pk)
    steps = moves_for(action, request.user)
    context = {
        "action": action,
        "steps": steps,
        "trail": list(Entry.objects.about(action)[:50]),
        "day": timezone.localdate(),
    }
    return render(request, "complaints/preventive.html", context)


@needs("complaints.record_fir")
def preventive_move(request, pk, name):
    """One step of an action: its form, then `move()`."""
    at = timezone.now()
    action = get_object_or_404(Preventive.objects.visible_to(request.user).select_related(*_SHOWN), pk=pk)
    step = Preventive.MOVES.get(name)
    if step is None:
        raise Http404
    form = StepForm(request.POST or None, case=action, step=step, user=request.user, day=timezone.localdate(at))
    status = 200
    if request.method == "POST":
        status = try_move(request, action, name, form, at)
        if status == 302:
            return redirect(action)
    context = {"form": form, "step": step, "action": action}
    return render(request, "complaints/preventive_move.html", context, status=status)


@needs("complaints.agree_identity")
def harassers(request):
    """Accused of several cases against whom nothing preventive runs, with their cases; no name stands here."""
    unit = request.user.acting.unit
    people = repeat_harassers(unit).order_by("pk")[:50]
    lines = sorted(cases_of([person.who for person in people], unit).values(), key=len, reverse=True)
    return render(request, "complaints/harassers.html", {"lines": lines})
