"""The directory of agencies on pages, the capacity of the One Stop Centre and the proposal to enlarge it (¶5.i.g, ¶5.i.l)."""

import uuid

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints.forms import MoveForm
from complaints.views import try_move, unit_of
from counselling.models import Agency, AgencyKind, Assessment, Enlargement
from kendras.forms import Day, PlainText
from kendras.jurisdiction import needs
from kendras.models import Entry, Level, Unit
from kendras.workflow import Refused, moves_for

#: agencies that one page shows; a district has some dozens
_SHOWN = 300


class AgencyForm(forms.ModelForm):
    class Meta:
        model = Agency
        fields = [
            "kind", "name_hi", "name_en", "contact", "phone", "other_phone", "email", "address", "hours", "places", "remark",
        ]  # fmt: skip
        field_classes = dict.fromkeys(
            ("name_hi", "name_en", "contact", "phone", "other_phone", "address", "hours", "remark"), PlainText
        )
        help_texts = {"hours": gettext_lazy("For example: day and night, or Monday to Saturday 10 to 17.")}

    def facts(self):
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class AssessmentForm(forms.ModelForm):
    class Meta:
        model = Assessment
        fields = ["on", "places", "in_use", "turned_away", "staff_short", "findings"]
        field_classes = {"on": Day, "findings": PlainText}
        widgets = {"findings": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, day, **options):
        super().__init__(*args, initial={"on": day}, **options)
        self.day = day

    def clean_on(self):
        if self.cleaned_data["on"] > self.day:
            raise forms.ValidationError(_("This lies in the future."))
        return self.cleaned_data["on"]


class ProposalForm(forms.Form):
    once = forms.UUIDField(widget=forms.HiddenInput)
    places = forms.IntegerField(label=gettext_lazy("Places to be added"), min_value=1, max_value=500)
    reason = PlainText(label=gettext_lazy("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, **options):
        super().__init__(*args, initial={"once": uuid.uuid4()}, **options)


class NumberForm(MoveForm):
    """What a step of a directory entry or proposal asks for."""

    number = PlainText(label=gettext_lazy("Number of the letter"), max_length=60, required=False)
    reason = PlainText(
        label=gettext_lazy("Reason"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class WhyForm(MoveForm):
    reason = PlainText(label=gettext_lazy("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


@needs("counselling.view_support")
def agencies(request):
    """The agencies that the own unit, or one below, may turn to; by kind."""
    unit = unit_of(request.user, request.GET.get("unit"))
    rows = Agency.objects.visible_to(request.user)
    rows = rows.serving(unit) if unit else rows
    kind = request.GET.get("kind", "")
    rows = rows.filter(kind=kind) if kind in AgencyKind.values else rows
    rows = rows.select_related("district").order_by("district__name_en", "kind", "name_en")[:_SHOWN]
    context = {"rows": rows, "kind": kind, "kinds": AgencyKind.choices, "may_keep": _keeps(request.user)}
    return render(request, "counselling/agencies.html", context)


def _keeps(user):
    return user.has_perm("counselling.keep_agencies")


def _district(user):
    """The district whose directory a nodal officer or circle officer keeps."""
    unit = user.acting.unit
    return unit if unit.level == Level.DISTRICT else Unit.objects.get(pk=unit.district_id)


@needs("counselling.keep_agencies")
def agency_new(request):
    """Put an agency into the directory of the own district."""
    district = _district(request.user)
    form = AgencyForm(request.POST or None, instance=Agency(district=district))
    if request.method == "POST" and form.is_valid():
        try:
            agency = Agency.objects.add(district, by=request.user, at=timezone.now(), **form.facts())
        except Refused as refusal:
            form.add_error("name_en", str(refusal))
        else:
            messages.success(request, _("The agency is in the directory."))
            return redirect(agency)
    context = {"form": form, "agency": None}
    return render(request, "counselling/agency_form.html", context, status=422 if form.errors else 200)


def _agency(user, pk):
    return get_object_or_404(Agency.objects.visible_to(user).select_related("district"), pk=pk)


@needs("counselling.view_support")
def agency(request, pk):
    """One agency: contacts, hours, capacity over time, proposals to enlarge it."""
    row = _agency(request.user, pk)
    user = request.user
    proposals = row.enlargements.select_related("basis", "agency__district").order_by("-id")
    context = {
        "agency": row,
        "steps": moves_for(row, user),
        "assessments": row.assessments.select_related("by").order_by("-on", "-id")[:24],
        "proposals": [(each, moves_for(each, user)) for each in proposals],
        "may_keep": user.has_perm("counselling.keep_agencies", row),
        "may_propose": user.has_perm("counselling.propose", row),
        "trail": list(Entry.objects.about(row)[:30]),
    }
    return render(request, "counselling/agency.html", context)


@needs("counselling.keep_agencies")
def agency_edit(request, pk):
    """Change the entry of an agency."""
    row = _agency(request.user, pk)
    form = AgencyForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        fresh = _agency(request.user, pk)  # the form has written its values onto `row` already
        try:
            fresh.change(by=request.user, at=timezone.now(), **form.facts())
        except Refused as refusal:
            form.add_error("name_en", str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect(fresh)
    context = {"form": form, "agency": row}
    return render(request, "counselling/agency_form.html", context, status=422 if form.errors else 200)


def _move_page(request, row, name, form_class, back):
    """The form of one step of an agency or proposal, then `move()`."""
    at = timezone.now()
    step = row.MOVES.get(name)
    if step is None or not request.user.has_perm(step.needs, row):
        raise Http404
    form = form_class(request.POST or None, case=row, user=request.user, day=timezone.localdate(at))
    status = 200
    if request.method == "POST":
        status = try_move(request, row, name, form, at)
        if status == 302:
            return redirect(back)
    context = {"form": form, "step": step, "agency": back, "row": row}
    return render(request, "counselling/agency_move.html", context, status=status)


@needs("counselling.keep_agencies")
def agency_move(request, pk, name):
    """Take an agency out of use, or use it again."""
    row = _agency(request.user, pk)
    return _move_page(request, row, name, WhyForm, row)


@needs("counselling.keep_agencies")
def agency_assess(request, pk):
    """Keep an assessment of the capacity on one day."""
    at = timezone.now()
    row = _agency(request.user, pk)
    form = AssessmentForm(request.POST or None, day=timezone.localdate(at))
    if request.method == "POST" and form.is_valid():
        try:
            row.assess(by=request.user, at=at, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("in_use", str(refusal))
        else:
            messages.success(request, _("The assessment is kept."))
            return redirect(row)
    title = _("Assess the capacity")
    context = {"form": form, "agency": row, "title": title}
    return render(request, "counselling/agency_step.html", context, status=422 if form.errors else 200)


@needs("counselling.propose")
def agency_enlarge(request, pk):
    """Propose that an agency get more places; the latest assessment is the ground."""
    row = _agency(request.user, pk)
    form = ProposalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            Enlargement.objects.propose(row, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The proposal is with the district police chief."))
            return redirect(row)
    context = {"form": form, "agency": row, "title": _("Propose to enlarge it")}
    return render(request, "counselling/agency_step.html", context, status=422 if form.errors else 200)


@needs("counselling.view_support")
def enlargement_move(request, pk, name):
    """One step of a proposal: the SP sends it on, the nodal officer records the answer."""
    rows = Enlargement.objects.visible_to(request.user).select_related("agency__district")
    row = get_object_or_404(rows, pk=pk)
    return _move_page(request, row, name, NumberForm, row.agency)
