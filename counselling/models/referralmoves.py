"""The moves of a referral: held → sent → accepted or declined → in progress → done or failed.

An agency answers by login or by a one-time link, or the kendra records what it was told; the trail says which.
"""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.models.entries import reasoned
from complaints.models.moves import Step
from counselling.models.referralwords import ANSWERS, HER_WILL, WITH_AGENCY, Consent, ReferralState
from kendras.workflow import Refused

_S = ReferralState


def _why(referral, *, by, at, reason, **_data):
    reasoned(reason)
    referral.case.refuse_names(reason, by=by, at=at)


def _her_will(referral, *, consent, **_data):
    if consent not in HER_WILL:
        raise Refused(gettext("Say how she consented."))


def _consented(referral, *, at, consent, **_data):
    referral.consent, referral.consent_at = consent, at
    referral.leave_for_agency(at)
    return {"consent": consent}


def _overridden(referral, *, at, reason, **_data):
    referral.consent, referral.consent_at, referral.override_reason = Consent.OVERRIDDEN, at, reason
    referral.leave_for_agency(at)
    return {"consent": Consent.OVERRIDDEN.value}


def _known_answer(name):
    def guard(referral, *, by, at, answer="", text="", **_data):
        if answer not in ANSWERS[name]:
            raise Refused(gettext("Choose the answer."))
        if text:
            referral.case.refuse_names(text, by=by, at=at)

    return guard


def _accept(referral, *, at, **data):
    referral.answered_at = at
    referral.run("referral_start", at)
    return _by_link(data)


def _begin(referral, *, at, **data):
    referral.begun_at = at
    referral.run("referral_done", at)
    return _by_link(data)


def _decline(referral, *, at, **data):
    referral.answered_at = at
    return _end(referral, at=at, **data)


def _end(referral, *, by, at, answer="", text="", **data):
    """Over: nothing is due, and every way in for the agency is shut."""
    referral.answer, referral.result, referral.ended_at = answer, text, at
    referral.stop()
    referral.shut_ways_in(at)
    return {"answer": answer, **_by_link(data)}


def _withdraw(referral, *, by, at, reason, **_data):
    _end(referral, by=by, at=at)


def _by_link(data):
    return {"link": data["link"].pk} if data.get("link") else {}


def _remind(referral, *, at, **_data):
    referral.reminders += 1
    referral.reminded_at = at
    return {"times": referral.reminders}


def _still_open_end(referral, *, by, at, reason, **_data):
    if referral.followed_at:
        raise Refused(gettext("It has been seen to already."))
    _why(referral, by=by, at=at, reason=reason)


def _leave(referral, *, at, **_data):
    referral.followed_at = at


def _open_end(referral, user):
    return referral.followed_at is None


_REFER, _ANSWER = "counselling.refer", "counselling.answer"

MOVES = {
    step.name: step
    for step in (
        Step(
            "consent", _("She consents"), _REFER, frozenset({_S.HELD}), _S.SENT,
            guard=_her_will, apply=_consented, primary=True, said=_("recorded her consent and sent the referral"),
        ),
        Step(
            "override", _("Send without her consent"), "counselling.override_consent", frozenset({_S.HELD}), _S.SENT,
            guard=_why, apply=_overridden, said=_("ordered the referral without her consent"),
        ),
        Step(
            "accept", _("Accepted"), _ANSWER, frozenset({_S.SENT}), _S.ACCEPTED,
            apply=_accept, primary=True, said=_("accepted the referral"),
        ),
        Step(
            "decline", _("Declined"), _ANSWER, frozenset({_S.SENT}), _S.DECLINED,
            guard=_known_answer("decline"), apply=_decline, said=_("declined the referral"),
        ),
        Step(
            "begin", _("Help has begun"), _ANSWER, frozenset({_S.ACCEPTED}), _S.IN_PROGRESS,
            apply=_begin, primary=True, said=_("recorded that help has begun"),
        ),
        Step(
            "complete", _("Help given"), _ANSWER, frozenset({_S.ACCEPTED, _S.IN_PROGRESS}), _S.DONE,
            guard=_known_answer("complete"), apply=_end, primary=True, said=_("recorded that help was given"),
        ),
        Step(
            "fail", _("Failed"), _ANSWER, frozenset({_S.ACCEPTED, _S.IN_PROGRESS}), _S.FAILED,
            guard=_known_answer("fail"), apply=_end, said=_("recorded that the referral failed"),
        ),
        Step(
            "remind", _("Reminded the agency"), _REFER, WITH_AGENCY, None,
            apply=_remind, said=_("reminded the agency"),
        ),
        Step(
            "leave", _("No other agency is needed"), _REFER, frozenset({_S.DECLINED, _S.FAILED}), None,
            guard=_still_open_end, apply=_leave, offered=_open_end, said=_("found that no other agency is needed"),
        ),
        Step(
            "withdraw", _("Withdraw"), _REFER, WITH_AGENCY | {_S.HELD}, _S.WITHDRAWN,
            guard=_why, apply=_withdraw, said=_("withdrew the referral"),
        ),
    )
}  # fmt: skip

#: the steps that an agency takes itself
AGENCY_STEPS = ("accept", "decline", "begin", "complete", "fail")
