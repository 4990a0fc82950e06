"""Work of counselling: sessions, mandatory counselling, counsellors, Family Counselling Centre (DG 38/2025 ¶3.viii–x)."""

from datetime import timedelta
from functools import partial

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from counselling.models import (
    Entrustment,
    EntrustmentState,
    FollowUp,
    PpkCase,
    PpkState,
    Session,
)
from reports.work.block import Work, fir_listed, listed


def _sessions_due(user, at):
    return Session.objects.visible_to(user).due(at)


sessions = Work(
    "sessions",
    _("Counselling sessions due today or late"),
    _("Hold each in private, or write who did not come; give the next date."),
    _("No counselling session is due today."),
    _sessions_due,
    page="counselling:sessions",
    query={"show": "due"},
    order=("planned_for", "id"),
    related=("thana", "complaint__nature", "fir"),
    part="reports/parts/work_session.html",
    tone="due",
)


def _owing(code, title, advice, empty, page, find, value, tone):
    """A block over complaints or FIRs in which mandatory counselling is outstanding; a session is one click away."""
    query = {"counselling": value}
    related = ("thana", "assigned_to", *(("nature",) if page == "complaints:list" else ()))
    return Work(
        code, title, advice, empty, partial(find, query), page=page, query=query, related=related, tone=tone,
        part="reports/parts/work_counsel.html",
    )  # fmt: skip


counsel = _owing(
    "counsel",
    _("Mandatory counselling outstanding"),
    _("Plan the session; an FIR does not wait for it."),
    _("No mandatory counselling is outstanding in a complaint."),
    "complaints:list",
    listed,
    "1",
    "due",
)


fir_counsel = _owing(
    "fir_counsel",
    _("Mandatory counselling outstanding in FIRs"),
    _("Plan the session; an FIR does not wait for it."),
    _("No mandatory counselling is outstanding in an FIR."),
    "complaints:firs",
    fir_listed,
    "1",
    "due",
)


counsel_late = _owing(
    "counsel_late",
    _("Mandatory counselling late"),
    _("Ask what stands in the way; the circle officer may waive it with reasons."),
    _("No mandatory counselling is late in a complaint."),
    "complaints:list",
    listed,
    "late",
    "late",
)


fir_counsel_late = _owing(
    "fir_counsel_late",
    _("Mandatory counselling late in FIRs"),
    _("Ask what stands in the way; the circle officer may waive it with reasons."),
    _("No mandatory counselling is late in an FIR."),
    "complaints:firs",
    fir_listed,
    "late",
    "late",
)


def _sitting_this_week(user, at):
    day = timezone.localdate(at)
    return PpkCase.objects.visible_to(user).sitting(day, day + timedelta(days=6))


def _back_from_centre(user, at):
    return PpkCase.objects.visible_to(user).filter(state=PpkState.DECIDED)


def _ppk(code, title, advice, empty, find, show, order):
    """A block over cases at the Family Counselling Centre."""
    return Work(
        code, title, advice, empty, find, page="counselling:ppk_cases", query={"show": show}, order=order, tone="due",
        related=("thana", "complaint__nature", "fir"), part="reports/parts/work_ppk.html",
    )  # fmt: skip


sitting = _ppk(
    "sitting",
    _("Family Counselling Centre: sitting this week"),
    _("See that both sides have been told, and take the papers along."),
    _("No case is called to the Family Counselling Centre this week."),
    _sitting_this_week,
    "week",
    ("sits_on", "id"),
)


centre_back = _ppk(
    "ppk_back",
    _("Back from the Family Counselling Centre"),
    _("Do what the centre recommends, and take the case back."),
    _("No case has come back from the Family Counselling Centre."),
    _back_from_centre,
    "back",
    ("ended_at", "id"),
)


def _settled_to_follow(user, at):
    return FollowUp.objects.visible_to(user).due(timezone.localdate(at))


after_settlement = Work(
    "after_settlement",
    _("Calls and visits after settlements"),
    _("Ask her alone how it stands. A relapse goes to the centre again."),
    _("No call and no visit is due after a settlement."),
    _settled_to_follow,
    page="counselling:follow_ups",
    order=("due_on", "id"),
    related=("thana", "ppk_case__complaint__nature", "ppk_case__fir"),
    part="reports/parts/work_followup.html",
    tone="due",
)


def _marked(user, at):
    return Entrustment.objects.visible_to(user).filter(state=EntrustmentState.MARKED)


psychologist = Work(
    "psychologist",
    _("Marked for a psychologist, not arranged yet"),
    _("Choose a psychologist and give a date."),
    _("No case waits for a psychologist."),
    _marked,
    page="counselling:entrustments",
    query={"show": "marked"},
    order=("asked_at", "id"),
    related=("thana", "complaint__nature", "fir", "counsellor__user"),
    part="reports/parts/work_entrustment.html",
    tone="due",
)


def _past_their_day(user, at):
    return Entrustment.objects.visible_to(user).over(timezone.localdate(at))


entrusted_over = Work(
    "entrusted_over",
    _("With a counsellor past the last day"),
    _("Take the case back, or prolong it; till then nobody holds its sessions."),
    _("No case is with a counsellor past its last day."),
    _past_their_day,
    page="counselling:entrustments",
    query={"show": "over"},
    order=("until", "id"),
    related=("thana", "complaint__nature", "fir", "counsellor__user"),
    part="reports/parts/work_entrustment.html",
    tone="due",
)


def _entrusted_to(user, at):
    return Entrustment.objects.given_to(user, timezone.localdate(at))


entrusted = Work(
    "entrusted",
    _("Cases entrusted to you"),
    _("Open a case, plan a session, and write what came of it. It leaves this page after its last day."),
    _("No case is entrusted to you at present. When one is, it will stand here."),
    _entrusted_to,
    page="",
    order=("until", "id"),
    related=("thana", "complaint__nature", "fir", "counsellor__user"),
    part="reports/parts/work_entrustment.html",
    shown=50,
)
