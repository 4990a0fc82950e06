"""Work of support: referrals, compensation, safety plans, women to be told (DG 38/2025 ¶3.v, ¶4.iii)."""

from functools import partial

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from complaints.models import (
    Complaint,
    Fir,
)
from counselling.compensations import SHOWN as COMPENSATION_SHOWN
from counselling.compensations import narrow_compensations
from counselling.models import (
    Compensation,
    Enlargement,
    EnlargementState,
    Referral,
    SafetyPlan,
    complaints_untold,
    firs_untold,
)
from counselling.referrals import SHOWN as REFERRAL_SHOWN
from counselling.referrals import narrow_referrals
from reports.work.block import Work, firs_work


def _referrals_listed(shown, user, at):
    return narrow_referrals(Referral.objects.visible_to(user), shown, user, at)


def _referrals(code, title, advice, empty, shown, *, tone="info"):
    """A block over referrals: what their list shows under the same word."""
    return Work(
        code, title, advice, empty, partial(_referrals_listed, shown), page="counselling:referrals", query={"show": shown},
        order=("due_at", "id"), related=REFERRAL_SHOWN, part="reports/parts/work_referral.html", tone=tone,
    )  # fmt: skip


def _compensations_listed(shown, user, at):
    return narrow_compensations(Compensation.objects.visible_to(user), shown, user, at)


def _compensations(code, title, advice, empty, shown, *, tone="info"):
    """A block over applications for compensation: what their list shows under the same word."""
    return Work(
        code, title, advice, empty, partial(_compensations_listed, shown), page="counselling:compensations",
        query={"show": shown}, order=("due_at", "id"), related=COMPENSATION_SHOWN,
        part="reports/parts/work_compensation.html", tone=tone,
    )  # fmt: skip


referrals_late = _referrals(
    "referrals_late",
    _("Referrals: the agency is late"),
    _("Ring the agency, record its answer, or refer her to another one."),
    _("No agency keeps a woman waiting."),
    "late",
    tone="late",
)


referrals_up = _referrals(
    "referrals_up",
    _("Referrals so late that they have come up to me"),
    _("Speak with the head of the agency; services must reach her without a break."),
    _("No late referral has come up the line to you."),
    "escalated",
    tone="late",
)


referrals_fallen = _referrals(
    "referrals_fallen",
    _("Referrals declined or failed"),
    _("Refer her to another agency, or write why none is needed."),
    _("No referral was declined or failed without another agency."),
    "fallen",
    tone="due",
)


referrals_held = _referrals(
    "referrals_held",
    _("Referrals without her consent"),
    _("Respect her will; order it only where life or a child is in danger, with the reason."),
    _("No referral waits for consent."),
    "held",
    tone="due",
)


def _plans_to_review(user, at):
    return SafetyPlan.objects.visible_to(user).filter(warn_at__lte=at)


plans = Work(
    "plans",
    _("Safety plans to look at again"),
    _("Meet her alone, go through the plan, and write it anew."),
    _("No safety plan has to be looked at again these days."),
    _plans_to_review,
    page="",
    order=("due_at", "id"),
    related=("person", "thana", "fir", "complaint"),
    part="reports/parts/work_plan.html",
    tone="due",
)


my_referrals = _referrals(
    "my_referrals",
    _("My referrals that run, the next due first"),
    _("Ring the agency and record what it says."),
    _("None of your referrals is running."),
    "mine",
)


compensation_late = _compensations(
    "compensation_late",
    _("Compensation: late"),
    _("Ask where it hangs, write the reason of the delay, send what is missing."),
    _("No application for compensation is late."),
    "late",
    tone="late",
)


compensation_up = _compensations(
    "compensation_up",
    _("Compensation so late that it has come up to me"),
    _("Speak with the authority that pays."),
    _("No late application has come up the line to you."),
    "escalated",
    tone="late",
)


def _untold(find, model, mine, user, at):
    rows = model.objects.visible_to(user)
    return find(rows.filter(assigned_to=user) if mine else rows, at)


def _untold_complaints(code, title, *, mine):
    return Work(
        code,
        title,
        _("Call at the hour that is safe for her, tell her how far it is, and record it."),
        _("Every woman with an open complaint has been told how it stands."),
        partial(_untold, complaints_untold, Complaint, mine),
        page="counselling:untold",
        query={"officer": "me"} if mine else {},
        order=("received_at", "id"),
        related=("thana", "nature", "assigned_to"),
        part="reports/parts/work_untold.html",
        tone="due",
        clocked=False,
    )


def _untold_firs(code, title, *, mine):
    return Work(
        code,
        title,
        _("Call at the hour that is safe for her, tell her how far it is, and record it."),
        _("Every woman with an FIR has been told how it stands."),
        partial(_untold, firs_untold, Fir, mine),
        page="counselling:untold",
        query={"officer": "me"} if mine else {},
        order=("registered_at", "id"),
        related=("thana", "assigned_to"),
        part="reports/parts/work_untold.html",
        tone="due",
        clocked=False,
    )


untold_here = _untold_complaints("untold", _("Complaints: she has heard nothing for long"), mine=False)


untold_mine = _untold_complaints("my_untold", _("My complaints: she has heard nothing for long"), mine=True)


fir_untold_here = _untold_firs("fir_untold", _("FIRs: she has heard nothing for long"), mine=False)


fir_untold_mine = _untold_firs("my_fir_untold", _("My FIRs: she has heard nothing for long"), mine=True)


fir_told = firs_work(
    "fir_told",
    _("FIRs: the 90 days to tell her end (BNSS 193)"),
    _("Tell her and record it: that meets the clock."),
    _("In no FIR do the 90 days to tell her end soon."),
    tone="late",
    told="1",
)


def _referrals_given(user, at):
    return Referral.objects.given_to(user, timezone.localdate(at))


given_referrals = Work(
    "given_referrals",
    _("Referrals opened to you by name"),
    _("Say whether your agency accepts, and later how it ended."),
    _("No referral is opened to you at present."),
    _referrals_given,
    page="",
    order=("-recorded_at", "-id"),
    related=REFERRAL_SHOWN,
    part="reports/parts/work_referral.html",
    shown=50,
)


def _proposals(states, user, at):
    return Enlargement.objects.visible_to(user).filter(state__in=states)


def _enlargements(code, title, advice, empty, states):
    return Work(
        code, title, advice, empty, partial(_proposals, states), page="counselling:agencies", order=("proposed_at", "id"),
        related=("agency__district",), part="reports/parts/work_enlargement.html",
    )  # fmt: skip


to_forward = _enlargements(
    "to_forward",
    _("Proposals to enlarge a One Stop Centre"),
    _("Send each on to the department, or refuse it with the reason."),
    _("No proposal to enlarge an agency waits for you."),
    (EnlargementState.PROPOSED,),
)


enlarging = _enlargements(
    "enlarging",
    _("Enlargements under way"),
    _("Ask the department, and record its answer."),
    _("No enlargement of an agency is under way."),
    (EnlargementState.FORWARDED, EnlargementState.APPROVED),
)
