"""What the woman is told and given: information on laws and schemes, the status of her case, the safety plan (¶4.iii)."""

import uuid

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from complaints.firforms import KeyChoice
from complaints.forms import NO_NAMES
from complaints.models import Complaint, Fir, Person
from complaints.views import listed
from counselling.cases import case_of
from counselling.models import (
    PLAN_FIELDS,
    Informed,
    Means,
    Risk,
    SafetyPlan,
    Scheme,
    Sign,
    Told,
    Topic,
    complaints_untold,
    firs_untold,
    helped_people,
)
from counselling.support import support_page
from kendras.forms import Day, Moment, PlainText
from kendras.identity import Reading
from kendras.jurisdiction import needs
from kendras.models import Rule
from kendras.workflow import Refused

#: rows of either kind that the list of the untold shows
_SHOWN = 100


class _OfCase(forms.Form):
    """A form about a person of a case."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    person = KeyChoice(
        Person.objects.none(), label=gettext_lazy("For whom"), widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args, case, at, initial=None, **options):
        super().__init__(*args, initial={"once": uuid.uuid4(), **(initial or {})}, **options)
        people = helped_people(case)
        self.fields["person"].queryset = people
        self.fields["person"].initial = people.first()


class InformForm(_OfCase):
    topics = forms.MultipleChoiceField(
        label=gettext_lazy("Laws and rights"),
        choices=Topic.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    schemes = forms.ModelMultipleChoiceField(
        Scheme.objects.none(), label=gettext_lazy("Schemes"), widget=forms.CheckboxSelectMultiple, required=False
    )
    means = forms.ChoiceField(label=gettext_lazy("By which means"), choices=Means.choices)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["schemes"].queryset = Scheme.objects.order_by("order")


class ToldForm(forms.Form):
    once = forms.UUIDField(widget=forms.HiddenInput)
    on = Moment(label=gettext_lazy("When"))
    means = forms.ChoiceField(label=gettext_lazy("By which means"), choices=Means.choices, initial=Means.PHONE)
    reached = forms.BooleanField(label=gettext_lazy("She was reached"), required=False, initial=True)
    text = PlainText(
        label=gettext_lazy("What she was told"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=NO_NAMES,
    )

    def __init__(self, *args, case, at, **options):
        super().__init__(*args, initial={"once": uuid.uuid4(), "on": timezone.localtime(at)}, **options)


def _sealed(label, rows=2):
    return PlainText(label=label, max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": rows}))


class PlanForm(_OfCase):
    """A safety plan. Risk and signs are open to who sees the case; the rest is sealed."""

    risk = forms.ChoiceField(
        label=gettext_lazy("How great is the danger"), choices=Risk.choices, widget=forms.RadioSelect
    )
    signs = forms.MultipleChoiceField(
        label=gettext_lazy("Signs of danger"), choices=Sign.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    review_on = Day(label=gettext_lazy("To be looked at again by"), required=False)
    safe_place = _sealed(gettext_lazy("Where she can go"))
    trusted = _sealed(gettext_lazy("Whom she trusts, with phone"))
    code_word = _sealed(gettext_lazy("Code word that means: send help"), rows=1)
    way_out = _sealed(gettext_lazy("The way out of the house"))
    children = _sealed(gettext_lazy("The children: who fetches them, where they are"))
    bag = _sealed(gettext_lazy("Bag with papers, money, medicine: where it lies"))
    other = _sealed(gettext_lazy("Anything else"))

    def __init__(self, *args, at, **options):
        super().__init__(*args, at=at, **options)
        self.initial["review_on"] = timezone.localdate(Rule.objects.get(code="safety_review").due(at))

    def matter(self):
        return {name: self.cleaned_data[name] for name in PLAN_FIELDS}


def _store(request, case, pk, form_class, store, template):
    """One form about a case: show it, store it by `store(row, form, at)`, back to the support page."""
    at = timezone.now()
    row = case_of(request.user, case, pk)
    form = form_class(request.POST or None, case=row, at=at)
    if request.method == "POST" and form.is_valid():
        try:
            store(row, form, at)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("counselling:support", row.CASE, row.pk)
    return render(request, template, {"form": form, "case": row}, status=422 if form.errors else 200)


@needs("counselling.inform")
def inform(request, case, pk):
    """Record on which laws and schemes she was informed."""

    def store(row, form, at):
        data = dict(form.cleaned_data)
        Informed.objects.give(row, data.pop("person"), by=request.user, at=at, **data)

    return _store(request, case, pk, InformForm, store, "counselling/inform.html")


@needs("counselling.inform")
def tell(request, case, pk):
    """Record that she was told how her case stands, or that she could not be reached."""

    def store(row, form, at):
        Told.objects.tell(row, by=request.user, at=at, **form.cleaned_data)

    return _store(request, case, pk, ToldForm, store, "counselling/tell.html")


@needs("counselling.inform")
@sensitive_post_parameters(*PLAN_FIELDS)
def plan(request, case, pk):
    """Write a safety plan with her; only who handles the case."""
    row = case_of(request.user, case, pk)
    if row.may_read_identity(request.user, timezone.now()) is not Reading.HANDLES:
        messages.error(request, _("A safety plan is written by those who handle the case."))
        return redirect("counselling:support", row.CASE, row.pk)

    def store(row, form, at):
        data = {name: form.cleaned_data[name] for name in ("risk", "signs", "review_on", "once")}
        SafetyPlan.objects.write(row, form.cleaned_data["person"], matter=form.matter(), by=request.user, at=at, **data)

    return _store(request, case, pk, PlanForm, store, "counselling/plan.html")


@needs("counselling.view_support")
@require_POST
def plan_read(request, pk):
    """Show a safety plan once, to who handles the case; recorded."""
    at = timezone.now()
    rows = SafetyPlan.objects.visible_to(request.user).select_related("person", "by", "fir__thana", "complaint__thana")
    row = get_object_or_404(rows, pk=pk)
    try:
        opened = row.read(by=request.user, at=at)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("counselling:support", row.case.CASE, row.case.pk)
    words = [(PlanForm.base_fields[name].label, opened[name]) for name in PLAN_FIELDS if name in opened]
    return support_page(request, row.case, at, plan=row, opened=words)


@needs("counselling.view_support")
def tellings(request):
    """What women of the own unit, or one below, were told and when: the register of the single point of contact."""
    rows = Told.objects.visible_to(request.user)
    context = listed(request, rows, "on", timezone.now(), "thana", "fir", "complaint", "by", keep=())
    return render(request, "counselling/tellings.html", context)


@needs("counselling.view_support")
def untold(request):
    """The complaints and FIRs whose women have heard nothing for the days of the rule, the oldest first."""
    at = timezone.now()
    mine = {"assigned_to": request.user} if request.GET.get("officer") == "me" else {}
    complaints = complaints_untold(Complaint.objects.visible_to(request.user).filter(**mine), at)
    firs = firs_untold(Fir.objects.visible_to(request.user).filter(**mine), at)
    context = {
        "complaints": complaints.select_related("thana", "nature").order_by("received_at", "id")[:_SHOWN],
        "firs": firs.select_related("thana").order_by("registered_at", "id")[:_SHOWN],
        "may_inform": request.user.has_perm("counselling.inform"),
    }
    return render(request, "counselling/untold.html", context)
