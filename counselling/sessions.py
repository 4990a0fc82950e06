"""Counselling sessions on pages: the counselling of one case, planning a session, its course, the list."""

import uuid

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from complaints.forms import NO_NAMES, MoveForm, ReasonForm
from complaints.views import listed, try_move
from counselling.cases import case_of
from counselling.models import (
    Absent,
    Entrustment,
    EntrustmentState,
    Finding,
    Session,
    SessionKind,
    SessionOutcome,
    SessionState,
    Sides,
    bars_settlement,
    never_together,
)
from counselling.models.session import SETTLING
from kendras.forms import Moment, PlainText
from kendras.jurisdiction import needs, signed_in
from kendras.models import Entry, Rule
from kendras.workflow import Refused, moves_for

_SEALED = gettext_lazy("Kept sealed; read only by those who handle the case, and each reading is recorded.")
_SHOWN = ("thana", "complaint__nature", "fir", "entrustment__counsellor__user", "held_by", "planned_by")


def yes_or_no(label):
    """A question that must be answered with yes or no."""
    return forms.TypedChoiceField(
        label=label, choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))], widget=forms.RadioSelect,
        coerce=lambda text: text == "yes", empty_value=None,
    )  # fmt: skip


def _words(label, most=2000, **options):
    return PlainText(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": 3}), **options)


class CounsellorChoice(forms.ModelChoiceField):
    def label_from_instance(self, entrustment):
        return f"{entrustment.counsellor} ({entrustment.get_kind_display()})"


class PlanForm(forms.Form):
    """A session to be held; the choices that the law or the case does not leave open are not there."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), widget=forms.RadioSelect)
    entrustment = CounsellorChoice(
        Entrustment.objects.none(),
        label=gettext_lazy("Held by"),
        required=False,
        empty_label=gettext_lazy("the officers of the kendra"),
    )
    sides = forms.ChoiceField(label=gettext_lazy("With whom"), choices=Sides.choices, widget=forms.RadioSelect)
    willing = forms.BooleanField(
        label=gettext_lazy("She was asked alone and is willing to sit before the other side"), required=False
    )
    planned_for = Moment(label=gettext_lazy("Date and hour"))

    def __init__(self, *args, case, at, **options):
        due = SessionKind.MANDATORY if case.owes_counselling else SessionKind.FIRST
        initial = {"once": uuid.uuid4(), "kind": due, "planned_for": at}
        super().__init__(*args, initial=initial, **options)
        trusts = case.entrustments.filter(state=EntrustmentState.GIVEN).select_related("counsellor__user")
        self.fields["entrustment"].queryset = trusts
        kinds = [SessionKind.FIRST]
        kinds += [SessionKind.MANDATORY] if case.counselling_since else []
        kinds += [SessionKind.PSYCHOLOGIST] if any(trust.kind == "psychologist" for trust in trusts) else []
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]
        if not trusts:
            del self.fields["entrustment"]
        if never_together(case):
            del self.fields["willing"]
            self.fields["sides"].choices = [each for each in Sides.choices if each[0] != Sides.TOGETHER]


class CompleteForm(MoveForm):
    """What a session that was held asks for: what was said, sealed, and the result, which names nobody."""

    on = Moment(label=gettext_lazy("Held on"))
    private = yes_or_no(gettext_lazy("Was privacy kept?"))
    hers = _words(gettext_lazy("What she said"), help_text=_SEALED)
    theirs = _words(gettext_lazy("What the other side said"), help_text=_SEALED)
    advice = _words(gettext_lazy("What was advised"), help_text=_SEALED, required=False)
    finding = forms.ChoiceField(
        label=gettext_lazy("What was found out about the truth"), choices=Finding.choices, widget=forms.RadioSelect
    )
    outcome = forms.ChoiceField(label=gettext_lazy("Outcome"), choices=SessionOutcome.choices, widget=forms.RadioSelect)
    result = _words(gettext_lazy("Result, in a sentence"), 500, help_text=NO_NAMES)
    next_for = Moment(label=gettext_lazy("Next date and hour"), required=False)

    def prepare(self, session, user, day):
        unasked = {Sides.HER: "theirs", Sides.OTHER: "hers"}.get(session.sides)
        for name in filter(None, (unasked, "" if session.kind == SessionKind.MANDATORY else "finding")):
            del self.fields[name]
        if bars_settlement(session.case):
            self.fields["outcome"].choices = [each for each in SessionOutcome.choices if each[0] not in SETTLING]


class MissForm(MoveForm):
    absent = forms.ChoiceField(label=gettext_lazy("Who did not come"), choices=Absent.choices, widget=forms.RadioSelect)
    result = PlainText(label=gettext_lazy("Remark"), max_length=500, required=False, help_text=NO_NAMES)
    next_for = Moment(label=gettext_lazy("Next date and hour"), required=False)


_FORMS = {"complete": CompleteForm, "miss": MissForm, "call_off": ReasonForm}


# --- pages -----------------------------------------------------------------------------------------------------------

_SHOWS = {
    "due": lambda rows, at: rows.due(at),
    "late": lambda rows, at: rows.planned().filter(planned_for__lte=at),
    "planned": lambda rows, at: rows.planned(),
    "held": lambda rows, at: rows.filter(state=SessionState.DONE),
    "missed": lambda rows, at: rows.filter(state=SessionState.MISSED),
    "long": lambda rows, at: rows.filter(long_gap=True),
}


@needs("counselling.view")
def sessions(request):
    """The sessions of the own unit or one below: all, those due, late, held or missed, or those behind a figure."""
    at = timezone.now()
    shown = request.GET.get("show", "")
    rows = Session.objects.visible_to(request.user)
    rows = _SHOWS[shown](rows, at) if shown in _SHOWS else rows
    kind = request.GET.get("kind", "")
    rows = rows.filter(kind=kind) if kind in SessionKind.values else rows
    context = {
        **listed(request, rows, "planned_for", at, *_SHOWN, keep=("show", "kind")), "at": at, "shown": shown, "kind": kind,
        "kinds": SessionKind.choices,
    }  # fmt: skip
    return render(request, "counselling/sessions.html", context)


@needs("counselling.view")
def case(request, case, pk):
    """The counselling of one complaint or FIR: what is owed, sessions, counsellors, the Family Counselling Centre."""
    row = case_of(request.user, case, pk)
    context = {
        "case": row,
        "sessions": row.sessions.select_related(*_SHOWN).order_by("-planned_for", "-pk"),
        "entrustments": row.entrustments.select_related("counsellor__user").order_by("-pk"),
        "ppk_cases": row.ppk_cases.order_by("-pk"),
        "barred": bars_settlement(row),
        "clock": row.deadlines.running().filter(clock="mandatory_counselling").first(),
        "at": timezone.now(),
    }
    clock = context["clock"]
    context["status"] = clock.status(context["at"]) if clock else None
    return render(request, "counselling/case.html", context)


@needs("counselling.plan")
def session_new(request, case, pk):
    """Plan a session of a complaint or FIR."""
    at = timezone.now()
    row = case_of(request.user, case, pk)
    form = PlanForm(request.POST or None, case=row, at=at)
    if request.method == "POST" and form.is_valid() and (planned := plan(request, form, row, at)):
        return redirect(planned)
    context = {"form": form, "case": row, "apart": never_together(row), "back": ["counselling:case", case, pk]}
    return render(request, "counselling/session_new.html", context, status=422 if form.errors else 200)


def plan(request, form, case, at, **fixed):
    """The planned session; None where it is refused, with the reason in the form."""
    try:
        session = Session.objects.plan(case, **{**form.cleaned_data, **fixed}, by=request.user, at=at)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(request, _("The session is planned."))
    return session


def _session(user, pk, at):
    rows = Session.objects.openable_by(user, timezone.localdate(at))
    return get_object_or_404(rows.select_related(*_SHOWN), pk=pk)


@signed_in
def session(request, pk):
    """One session, what came of it, and its next steps."""
    at = timezone.now()
    return _page(request, _session(request.user, pk, at), at)


def _page(request, session, at, said=None):
    context = {
        "session": session,
        "steps": moves_for(session, request.user),
        "said": said,
        "may_read": said is None and session.may_read_said(request.user, at),
        "sees_case": request.user.has_perm("complaints.view", session.case),
        "trail": list(Entry.objects.about(session)[:50]),
    }
    return render(request, "counselling/session.html", context)


@signed_in
@require_POST
def session_said(request, pk):
    """Show once what was said; recorded."""
    at = timezone.now()
    session = _session(request.user, pk, at)
    try:
        said = session.read_said(by=request.user, at=at)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(session)
    return _page(request, session, at, said=said)


@signed_in
def session_move(request, pk, name):
    """One step of a session: its form, then `move()`."""
    at = timezone.now()
    session = _session(request.user, pk, at)
    step = Session.MOVES.get(name)
    if step is None or not request.user.has_perm(step.needs, session):
        raise Http404
    options = {"case": session, "user": request.user, "day": timezone.localdate(at)}
    if name == "complete":
        options["initial"] = {"on": at}
    form = _FORMS[name](request.POST or None, **options)
    status = 200
    if request.method == "POST":
        status = try_move(request, session, name, form, at)
        if status == 302:
            _warn_of_long_gap(request, session)
            return redirect(session)
    context = {
        "form": form,
        "step": step,
        "session": session,
        "barred": name == "complete" and bars_settlement(session.case),
    }
    return render(request, "counselling/session_move.html", context, status=status)


def _warn_of_long_gap(request, session):
    """A next date beyond the days of the rule is taken, with a word about it (domain: short next dates)."""
    session.refresh_from_db(fields=["long_gap"])
    if session.long_gap:
        days = Rule.objects.amount("counselling_next")
        text = _("The next date is more than %(days)s days away. Short dates are the standard.") % {"days": days}
        messages.warning(request, text)
