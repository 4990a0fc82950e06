"""Counsellors on pages: the nominated ones of a district, entrusting a case to one, what the counsellor sees."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints.forms import NO_NAMES, MoveForm, ReasonForm
from complaints.views import listed, try_move
from counselling.cases import case_of
from counselling.models import (
    Counsellor,
    CounsellorKind,
    CounsellorState,
    Entrustment,
    EntrustmentState,
    may_be_nominated,
    never_together,
)
from counselling.sessions import PlanForm, plan
from kendras.forms import Day, PlainText
from kendras.jurisdiction import needs, signed_in
from kendras.models import Entry, User
from kendras.workflow import Refused, moves_for

_SHOWN = ("thana", "complaint__nature", "fir", "counsellor__user", "counsellor__district", "asked_by")


class NominateForm(forms.Form):
    user = forms.ModelChoiceField(
        User.objects.none(), label=gettext_lazy("Account"), widget=forms.RadioSelect, empty_label=None
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=CounsellorKind.choices, widget=forms.RadioSelect)
    qualification = PlainText(label=gettext_lazy("Qualification or institution"), max_length=120, required=False)
    order_number = PlainText(label=gettext_lazy("Order number"), max_length=60)

    def __init__(self, *args, candidates, **options):
        super().__init__(*args, **options)
        self.fields["user"].queryset = candidates


class CounsellorField(forms.ModelChoiceField):
    def __init__(self, **options):
        label = gettext_lazy("Counsellor")
        super().__init__(Counsellor.objects.none(), label=label, widget=forms.RadioSelect, empty_label=None, **options)

    def label_from_instance(self, counsellor):
        more = f", {counsellor.qualification}" if counsellor.qualification else ""
        return f"{counsellor} ({counsellor.get_kind_display()}{more})"


def _task():
    return PlainText(
        label=gettext_lazy("What is asked"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=NO_NAMES,
    )


class EntrustForm(forms.Form):
    counsellor = CounsellorField()
    until = Day(label=gettext_lazy("Up to and including"))
    task = _task()

    def __init__(self, *args, case, **options):
        super().__init__(*args, **options)
        serving = Counsellor.objects.serving(case.district_id).select_related("user").order_by("kind", "pk")
        self.fields["counsellor"].queryset = serving


class MarkForm(forms.Form):
    task = _task()


class ArrangeForm(MoveForm):
    counsellor = CounsellorField()
    until = Day(label=gettext_lazy("Up to and including"))

    def prepare(self, row, user, day):
        serving = Counsellor.objects.serving(row.district_id).filter(kind=CounsellorKind.PSYCHOLOGIST)
        self.fields["counsellor"].queryset = serving.select_related("user").order_by("pk")


class ReportForm(MoveForm):
    reason = PlainText(
        label=gettext_lazy("Report"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=NO_NAMES,
    )


class ProlongForm(MoveForm):
    until = Day(label=gettext_lazy("Up to and including"))
    reason = PlainText(label=gettext_lazy("Reason"), max_length=500, help_text=NO_NAMES)


_FORMS = {"arrange": ArrangeForm, "give_back": ReportForm, "prolong": ProlongForm, "withdraw": ReasonForm}


# --- nominations -----------------------------------------------------------------------------------------------------


@needs("counselling.view")
def counsellors(request):
    """The counsellors of the district; who nominates does it here."""
    at = timezone.now()
    form = None
    if request.user.has_perm("counselling.nominate"):
        candidates = may_be_nominated(request.user.acting.unit, timezone.localdate(at))
        form = NominateForm(request.POST or None, candidates=candidates)
        if request.method == "POST" and form.is_valid():
            try:
                Counsellor.objects.nominate(form.cleaned_data.pop("user"), **form.cleaned_data, by=request.user, at=at)
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("The counsellor is nominated."))
                return redirect("counselling:counsellors")
    rows = Counsellor.objects.visible_to(request.user).select_related("user", "district")
    context = {
        "serving": rows.filter(state=CounsellorState.SERVING).order_by("district__name_en", "kind", "pk")[:200],
        "ended": rows.filter(state=CounsellorState.ENDED).order_by("-ends_on", "-pk")[:50],
        "form": form,
        "anyone": form is not None and form.fields["user"].queryset.exists(),
    }
    return render(request, "counselling/counsellors.html", context, status=422 if form and form.errors else 200)


@needs("counselling.nominate")
def counsellor_end(request, pk):
    """End a nomination with its reason; what the counsellor had goes back at once."""
    at = timezone.now()
    counsellor = get_object_or_404(
        Counsellor.objects.visible_to(request.user).select_related("user", "district"), pk=pk
    )
    form = ReasonForm(request.POST or None, case=counsellor, user=request.user, day=timezone.localdate(at))
    status = 200
    if request.method == "POST":
        status = try_move(request, counsellor, "end", form, at)
        if status == 302:
            return redirect("counselling:counsellors")
    context = {"form": form, "counsellor": counsellor, "step": Counsellor.MOVES["end"]}
    return render(request, "counselling/counsellor_end.html", context, status=status)


# --- entrusting ------------------------------------------------------------------------------------------------------

_SHOWS = {
    "over": lambda rows, day: rows.over(day),
    **{state.value: (lambda rows, day, state=state: rows.filter(state=state)) for state in EntrustmentState},
}


@needs("counselling.view")
def entrustments(request):
    """The cases with counsellors, and those marked for a psychologist, of the own unit or one below."""
    at, shown = timezone.now(), request.GET.get("show", "")
    rows, day = Entrustment.objects.visible_to(request.user), timezone.localdate(at)
    rows = _SHOWS[shown](rows, day) if shown in _SHOWS else rows
    context = {
        **listed(request, rows, "asked_at", at, *_SHOWN), "shown": shown, "states": EntrustmentState.choices, "day": day,
    }  # fmt: skip
    return render(request, "counselling/entrustments.html", context)


@needs("counselling.entrust")
def entrust(request, case, pk):
    """Open one case to a nominated counsellor until a date."""
    return _make(request, case, pk, EntrustForm, Entrustment.objects.entrust)


@needs("counselling.mark")
def mark(request, case, pk):
    """Mark one case for a professional psychologist."""
    return _make(request, case, pk, MarkForm, Entrustment.objects.mark)


def _make(request, case, pk, form_class, call):
    at = timezone.now()
    row = case_of(request.user, case, pk)
    options = {"case": row} if form_class is EntrustForm else {}
    form = form_class(request.POST or None, **options)
    if request.method == "POST" and form.is_valid():
        try:
            made = call(row, **form.cleaned_data, by=request.user, at=at)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Recorded."))
            return redirect(made)
    nobody = "counsellor" in form.fields and not form.fields["counsellor"].queryset.exists()
    context = {"form": form, "case": row, "kind": case, "nobody": nobody, "marks": form_class is MarkForm}
    return render(request, "counselling/entrust.html", context, status=422 if form.errors else 200)


def _openable(user, pk, at):
    rows = Entrustment.objects.openable_by(user, timezone.localdate(at))
    return get_object_or_404(rows.select_related(*_SHOWN), pk=pk)


@signed_in
def entrustment(request, pk):
    """One case with a counsellor, as both see it: what it is about, people by their keys, the task, the sessions."""
    at = timezone.now()
    row = _openable(request.user, pk, at)
    hers = row.counsellor_id and row.counsellor.user_id == request.user.pk
    context = {
        "row": row,
        "steps": moves_for(row, request.user),
        "people": row.case.people.order_by("id"),
        "sessions": row.sessions.order_by("-planned_for", "-pk"),
        "plans": hers and row.state == EntrustmentState.GIVEN,
        "sees_case": request.user.has_perm("complaints.view", row.case),
        "trail": list(Entry.objects.about(row)[:50]),
    }
    return render(request, "counselling/entrustment.html", context)


@signed_in
def entrusted_session(request, pk):
    """The counsellor plans a session of the case that is with her."""
    at = timezone.now()
    row = _openable(request.user, pk, at)
    if row.state != EntrustmentState.GIVEN or row.counsellor.user_id != request.user.pk:
        raise Http404
    form = PlanForm(request.POST or None, case=row.case, at=at)
    form.fields.pop("entrustment", None)
    psychologist = row.kind == CounsellorKind.PSYCHOLOGIST
    form.fields["kind"].choices = [
        each for each in form.fields["kind"].choices if (each[0] == "psychologist") == psychologist
    ]
    if psychologist:
        form.initial["kind"] = CounsellorKind.PSYCHOLOGIST.value
    if request.method == "POST" and form.is_valid() and (planned := plan(request, form, row.case, at, entrustment=row)):
        return redirect(planned)
    context = {
        "form": form, "case": row.case, "apart": never_together(row.case), "back": ["counselling:entrustment", pk],
        "entrusted": row,
    }  # fmt: skip
    return render(request, "counselling/session_new.html", context, status=422 if form.errors else 200)


@signed_in
def entrustment_move(request, pk, name):
    """One step: its form, then `move()`. Who has given a case back sees it no more."""
    at = timezone.now()
    row = _openable(request.user, pk, at)
    step = Entrustment.MOVES.get(name)
    if step is None or not request.user.has_perm(step.needs, row):
        raise Http404
    form = _FORMS[name](request.POST or None, case=row, user=request.user, day=timezone.localdate(at))
    status = 200
    if request.method == "POST":
        status = try_move(request, row, name, form, at)
        if status == 302:
            return redirect("reports:today") if name == "give_back" else redirect(row)
    context = {"form": form, "step": step, "row": row}
    return render(request, "counselling/entrustment_move.html", context, status=status)
