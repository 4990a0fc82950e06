"""The Family Counselling Centre on pages: referral and letter, the weekly sitting, outcomes, papers, following up."""

import uuid
from datetime import timedelta

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints.forms import MoveForm, ReasonForm
from complaints.views import listed, try_move
from counselling.cases import case_of
from counselling.models import (
    FollowUp,
    FollowUpResult,
    Hearing,
    Party,
    PpkCase,
    PpkOutcome,
    PpkState,
    bars_settlement,
    next_sitting,
)
from counselling.sessions import yes_or_no
from kendras.forms import Day, PlainText, read_day
from kendras.jurisdiction import needs
from kendras.models import Entry
from kendras.workflow import Refused, moves_for

_NO_NAMES = gettext_lazy("Write “she” and “the other side”; never a name. Names are written onto the paper by hand.")
_SHOWN = ("thana", "complaint__nature", "fir")


def _words(label, most=500):
    return PlainText(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": 3}), help_text=_NO_NAMES)


class ReferForm(forms.Form):
    once = forms.UUIDField(widget=forms.HiddenInput)
    willing = forms.BooleanField(
        label=gettext_lazy("She was asked alone and wants to go to the centre"), required=False
    )
    reason = _words(gettext_lazy("Why the case is fit for the centre"))

    def __init__(self, *args, **options):
        super().__init__(*args, initial={"once": uuid.uuid4()}, **options)


class FixForm(MoveForm):
    on = Day(label=gettext_lazy("Day of the sitting"))

    def prepare(self, row, user, day):
        self.fields["on"].initial = next_sitting(day + timedelta(days=1))


class TellForm(MoveForm):
    party = forms.ChoiceField(label=gettext_lazy("Who was told"), choices=Party.choices, widget=forms.RadioSelect)


class HearingForm(MoveForm):
    """A sitting that is over: who was there and what came of it."""

    her_present = yes_or_no(gettext_lazy("Did she come?"))
    other_present = yes_or_no(gettext_lazy("Did the other side come?"))
    text = _words(gettext_lazy("Result, in a sentence"), 1000)


class SettleForm(HearingForm):
    text = _words(gettext_lazy("Terms of the settlement"), 1000)


class NextForm(HearingForm):
    on = Day(label=gettext_lazy("Next date"))

    def prepare(self, row, user, day):
        self.fields["on"].initial = next_sitting(day + timedelta(days=1))


class TakeBackForm(MoveForm):
    text = _words(gettext_lazy("What the kendra does now"))


class FollowUpForm(MoveForm):
    result = forms.ChoiceField(
        label=gettext_lazy("How it stands"), choices=FollowUpResult.choices, widget=forms.RadioSelect
    )
    text = _words(gettext_lazy("What she said"))


_FORMS = {
    "fix": FixForm, "tell": TellForm, "settle": SettleForm, "next_date": NextForm, "fir": HearingForm, "court": HearingForm,
    "close": HearingForm, "take_back": TakeBackForm, "withdraw": ReasonForm, "relapse": ReasonForm,
}  # fmt: skip


# --- the cases at the centre -----------------------------------------------------------------------------------------

_SHOWS = {
    "open": lambda rows, day: rows.with_centre(),
    "unattended": lambda rows, day: rows.unattended(day),
    "back": lambda rows, day: rows.filter(state=PpkState.DECIDED),
    "week": lambda rows, day: rows.sitting(day, day + timedelta(days=6)),
    **{state.value: (lambda rows, day, state=state: rows.filter(state=state)) for state in PpkState},
}


@needs("counselling.view")
def ppk_cases(request):
    """The cases at the Family Counselling Centre of the own unit or one below."""
    at = timezone.now()
    shown = request.GET.get("show", "")
    rows = PpkCase.objects.visible_to(request.user)
    rows = _SHOWS[shown](rows, timezone.localdate(at)) if shown in _SHOWS else rows
    context = {
        **listed(request, rows, "referred_at", at, *_SHOWN), "shown": shown,
        "states": PpkState.choices, "day": timezone.localdate(at),
    }  # fmt: skip
    return render(request, "counselling/ppk_cases.html", context)


@needs("counselling.hold")
def ppk_new(request, case, pk):
    """Refer a case to the centre, after first counselling and where the law leaves a settlement open."""
    at = timezone.now()
    row = case_of(request.user, case, pk)
    form = ReferForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = PpkCase.objects.refer(row, **form.cleaned_data, by=request.user, at=at)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The case is referred. Print the letter."))
            return redirect(made)
    context = {"form": form, "case": row, "kind": case, "barred": bars_settlement(row)}
    return render(request, "counselling/ppk_new.html", context, status=422 if form.errors else 200)


@needs("counselling.view")
def ppk(request, pk):
    """One case at the centre: sittings with attendance, outcome, follow-ups, papers, next steps."""
    row = get_object_or_404(PpkCase.objects.visible_to(request.user).select_related(*_SHOWN, "referred_by"), pk=pk)
    steps = moves_for(row, request.user)
    may_follow_up = request.user.has_perm("counselling.plan", row)
    context = {
        "row": row,
        "steps": steps,
        "hearings": row.hearings.select_related("held_by").order_by("-sits_on", "-pk"),
        "follow_ups": row.follow_ups.order_by("due_on", "pk"),
        "may_follow_up": may_follow_up,
        "papers": _papers(row) if row.state != PpkState.WITHDRAWN else [],
        "trail": list(Entry.objects.about(row)[:50]),
        "day": timezone.localdate(),
    }
    return render(request, "counselling/ppk.html", context)


@needs("counselling.view")
def ppk_move(request, pk, name):
    """One step of a case at the centre: its form, then `move()`."""
    at = timezone.now()
    row = get_object_or_404(PpkCase.objects.visible_to(request.user).select_related(*_SHOWN), pk=pk)
    step = PpkCase.MOVES.get(name)
    if step is None or not request.user.has_perm(step.needs, row):
        raise Http404
    form = _FORMS[name](request.POST or None, case=row, user=request.user, day=timezone.localdate(at))
    status = 200
    if request.method == "POST":
        status = try_move(request, row, name, form, at)
        if status == 302:
            return redirect(row)
    context = {"form": form, "step": step, "row": row}
    return render(request, "counselling/ppk_move.html", context, status=status)


# --- papers, in Hindi whatever the language of the page --------------------------------------------------------------

#: code of a paper → its name; the template of the same name draws it
PAPERS = {
    "letter": gettext_lazy("Letter to the centre"),
    "notice-her": gettext_lazy("Notice to her"),
    "notice-other": gettext_lazy("Notice to the other side"),
    "settlement": gettext_lazy("Settlement"),
}


def _papers(row):
    """[(code, name)] of the papers that can be printed now."""
    codes = ["letter"]
    codes += ["notice-her", "notice-other"] if row.state == PpkState.CALLED else []
    codes += ["settlement"] if row.state == PpkState.SETTLED else []
    return [(code, PAPERS[code]) for code in codes]


@needs("counselling.view")
def ppk_paper(request, pk, paper):
    """A printable paper without a name: names and signatures are written by hand. Each opening is on the trail."""
    rows = PpkCase.objects.visible_to(request.user).select_related(*_SHOWN, "district", "referred_by")
    row = get_object_or_404(rows, pk=pk)
    names = dict(_papers(row))
    if paper not in names:
        raise Http404
    at = timezone.now()
    Entry.objects.write(action="ppkcase.print", by=request.user, at=at, subject=row, details={"paper": paper})
    settled = row.hearings.filter(held_at=row.settled_at).first() if row.settled_at else None
    context = {"row": row, "paper": paper, "at": at, "name": names[paper], "settled": settled}
    with translation.override("hi"):
        context["sheet"] = render(
            request, f"counselling/papers/{paper.partition('-')[0]}.html", context
        ).content.decode()
    return render(request, "counselling/ppk_paper.html", context)


# --- the weekly sitting ----------------------------------------------------------------------------------------------


@needs("counselling.view")
def sitting(request):
    """The sitting list of a day: the cases of the own unit called for it, who was told, who came; to be printed."""
    today = timezone.localdate()
    day = read_day(request.GET.get("day")) or next_sitting(today)
    mine = PpkCase.objects.visible_to(request.user)
    hearings = Hearing.objects.filter(sits_on=day, ppk_case__in=mine.values("pk"))
    hearings = hearings.select_related(*(f"ppk_case__{name}" for name in _SHOWN)).order_by("pk")[:300]
    context = {
        "day": day,
        "hearings": hearings,
        "before": day - timedelta(days=7),
        "after": day + timedelta(days=7),
        "unit": request.user.acting.unit,
        "outcomes": dict(PpkOutcome.choices),
    }
    return render(request, "counselling/sitting.html", context)


# --- following up ----------------------------------------------------------------------------------------------------


@needs("counselling.view")
def follow_ups(request):
    """Calls and visits after settlements: those that are due, or all that are still to come."""
    day = timezone.localdate()
    shown = request.GET.get("show", "due")
    rows = FollowUp.objects.visible_to(request.user)
    rows = rows.filter(Q(state="due")) if shown == "all" else rows.due(day)
    related = ("thana", "ppk_case__complaint__nature", "ppk_case__fir")
    rows = rows.select_related(*related).order_by("due_on", "id")[:200]
    return render(request, "counselling/follow_ups.html", {"rows": rows, "shown": shown, "day": day})


@needs("counselling.plan")
def follow_up_move(request, pk, name):
    """Record a call or visit, or that she was not reached."""
    at = timezone.now()
    rows = FollowUp.objects.visible_to(request.user).select_related("ppk_case__complaint", "ppk_case__fir")
    row = get_object_or_404(rows, pk=pk)
    step = FollowUp.MOVES.get(name)
    if step is None:
        raise Http404
    form_class = FollowUpForm if name == "record" else MoveForm
    form = form_class(request.POST or None, case=row, user=request.user, day=timezone.localdate(at))
    status = 200
    if request.method == "POST":
        status = try_move(request, row, name, form, at)
        if status == 302:
            return redirect(row)
    context = {"form": form, "step": step, "row": row}
    return render(request, "counselling/follow_up_move.html", context, status=status)
