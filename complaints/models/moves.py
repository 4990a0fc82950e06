"""The moves of a complaint: one row each, the whole life in one table.

A guard refuses with the reason; an apply function sets columns, writes the entry in words, and tends the clocks.
"""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.models.counselled import is_not_suspected, is_owing, not_suspected_yet, owing, suspect_false, waive
from complaints.models.deadline import Clock
from complaints.models.entries import direct, direction_date, follow_up, next_date_ahead, reasoned, words, write_note
from complaints.models.handover import Handover
from complaints.models.note import Note
from complaints.models.states import HANDED_OVER_FROM, NO_FIR, OPEN_STATES, SETTLEMENTS, Outcome, Sensitivity, State
from kendras.models import Level, Role, Rule
from kendras.workflow import Move, Refused


@dataclass(frozen=True)
class Step(Move):
    """A move of a complaint; `said` is its sentence on the trail, `save` the word on the button of its form."""

    said: str = ""
    save: str = ""


def handles(complaint, user):
    """The assigned officer, or the in-charge who may step in (DG 38/2025 ¶4.i.d)."""
    return complaint.assigned_to_id == user.pk or (user.acting and user.acting.role == Role.INCHARGE)


def _only_the_handler(complaint, *, by, **_data):
    if not handles(complaint, by):
        raise Refused(gettext("The complaint is assigned to another officer."), "right")


# --- assign ----------------------------------------------------------------------------------------------------------


def _officer_of_the_kendra(complaint, *, by, at, officer, **_data):
    day = timezone.localdate(at)
    if not officer.charges_on(day).filter(unit=complaint.thana, role__in=(Role.SI, Role.INCHARGE)).exists():
        raise Refused(gettext("Choose a sub-inspector or the in-charge of this kendra."))


def _assign(complaint, *, by, at, officer, **_data):
    complaint.assigned_to = officer
    return {"officer": officer.pk}


# --- enquiry and decision --------------------------------------------------------------------------------------------


def _start_enquiry(complaint, *, by, at, **_data):
    _act_first(complaint, at)


def _act_first(complaint, at):
    complaint.first_action_at = complaint.first_action_at or at
    complaint.meet_clock(Clock.FIRST_ACTION, at=at)
    complaint.refresh_due()


def barred_outcomes(complaint):
    """The outcomes that the law bars here: a settlement, and where an offence is cognisable on its face whatever is no FIR."""
    nature = complaint.nature
    if nature.cognisable:
        return NO_FIR
    sexual = Sensitivity.SEXUAL in complaint.sensitivity.split()
    return SETTLEMENTS if nature.bars_settlement or sexual else frozenset()


def _lawful_decision(complaint, *, by, outcome, reason, **_data):
    """Counselling never replaces an FIR where the law forbids it (BNSS 173; Lalita Kumari; domain: safeguards)."""
    _only_the_handler(complaint, by=by)
    if outcome not in Outcome.values:
        raise Refused(gettext("Choose an outcome."))
    if complaint.handover_pending and outcome != Outcome.FIR:
        raise Refused(
            gettext("It is offered to another police station. Wait for the answer; only an FIR does not wait.")
        )
    if complaint.outcome == Outcome.FIR and outcome != Outcome.FIR:
        raise Refused(gettext("An FIR has been decided here; no other outcome takes its place."))
    if outcome in barred_outcomes(complaint):
        raise Refused(
            gettext("For “%(nature)s” the law does not allow “%(outcome)s” instead of an FIR.")
            % {"nature": complaint.nature.name, "outcome": Outcome(outcome).label}
        )
    reasoned(reason)


def _decide(complaint, *, by, at, outcome, reason, **_data):
    complaint.outcome, complaint.decided_at = outcome, at
    if complaint.handover_pending:
        complaint.handovers.all().withdraw(by=by, at=at)
        complaint.handover_pending = False
    write_note(complaint, Note.Kind.DECISION, by, at, reason)
    complaint.meet_clock(Clock.ENQUIRY, at=at)
    _act_first(complaint, at)
    return {"outcome": outcome}


def _fir_handler(complaint, *, by, reason, **_data):
    if complaint.assigned_to_id and not handles(complaint, by):
        raise Refused(gettext("The complaint is assigned to another officer."), "right")
    reasoned(reason)


def _decide_fir(complaint, *, by, at, reason, **_data):
    return _decide(complaint, by=by, at=at, outcome=Outcome.FIR, reason=reason)


# --- carry out, dispose, feedback, close -----------------------------------------------------------------------------


def _done_something(complaint, *, by, text, number="", **_data):
    _only_the_handler(complaint, by=by)
    words(text, 3, gettext("Write in a sentence what was done."))
    if complaint.outcome in (Outcome.FIR, Outcome.NCR) and not number:
        raise Refused(gettext("Give the number of the FIR or NCR."))


def _carry_out(complaint, *, by, at, text, number="", **_data):
    complaint.refuse_names(number, by=by, at=at)
    complaint.outcome_number = number
    write_note(complaint, Note.Kind.ACTION, by, at, text)
    return {"outcome": complaint.outcome, "number": number}


def _may_dispose(complaint, user):
    return handles(complaint, user) and not complaint.owes_counselling


def _disposal_words(complaint, *, by, reason, **_data):
    _only_the_handler(complaint, by=by)
    complaint.refuse_uncounselled()
    words(reason, 3, gettext("Write the disposal in a sentence."))


def _dispose(complaint, *, by, at, reason, **_data):
    complaint.disposed_at, complaint.next_on = at, None
    complaint.feedback_at = complaint.satisfied = None
    write_note(complaint, Note.Kind.ACTION, by, at, reason)
    complaint.meet_clock(Clock.DISPOSAL, Clock.FOLLOW_UP, at=at)
    complaint.void_clocks(Clock.FIRST_ACTION, Clock.ENQUIRY, at=at)
    complaint.start_clock(Clock.FEEDBACK, at, Rule.objects.get(code=Clock.FEEDBACK))
    complaint.refresh_due()
    return {"outcome": complaint.outcome}


def _what_she_said(complaint, *, satisfied, text, **_data):
    if satisfied is None:
        raise Refused(gettext("Say whether she is satisfied."))
    words(text, 4, gettext("Write what she said, at least a sentence."))


def _feedback(complaint, *, by, at, satisfied, text, **_data):
    complaint.feedback_at, complaint.satisfied = at, satisfied
    write_note(complaint, Note.Kind.FEEDBACK, by, at, text)
    complaint.meet_clock(Clock.FEEDBACK, at=at)
    complaint.refresh_due()
    return {"satisfied": satisfied}


def _missed_call(complaint, *, by, at, text, **_data):
    write_note(complaint, Note.Kind.MISSED_CALL, by, at, text or gettext("The call was not answered."))


def _close_dissatisfied_with_reason(complaint, *, reason, **_data):
    if complaint.satisfied is False:
        words(
            reason, 3, gettext("She was not satisfied: re-open the complaint, or write why it is closed all the same.")
        )


def _close(complaint, *, by, at, reason, **_data):
    complaint.closed_at = at
    if reason:
        complaint.refuse_names(reason, by=by, at=at)
    complaint.void_clocks(Clock.FOLLOW_UP, Clock.DIRECTION, at=at)
    complaint.refresh_due()


def _called_in_vain(complaint, *, at, reason, **_data):
    """She may be given up only after unanswered calls on as many different days as the rule says, and with reasons."""
    reasoned(reason)
    calls = complaint.notes.filter(kind=Note.Kind.MISSED_CALL, at__gte=complaint.disposed_at)
    days = len({timezone.localdate(call.at) for call in calls})
    needed = Rule.objects.amount("feedback_attempts")
    if days < needed:
        raise Refused(
            gettext("She must have been called in vain on %(needed)s different days; so far: %(days)s.")
            % {"needed": needed, "days": days}
        )


def _has_been_called(complaint, user):
    return complaint.notes.filter(kind=Note.Kind.MISSED_CALL, at__gte=complaint.disposed_at).exists()


def _close_unreached(complaint, *, by, at, reason, **_data):
    complaint.void_clocks(Clock.FEEDBACK, at=at)
    _close(complaint, by=by, at=at, reason=reason)


def _reopen(complaint, *, by, at, reason, **_data):
    complaint.refuse_names(reason, by=by, at=at)
    complaint.reopened += 1
    complaint.reopened_at, complaint.disposed_at, complaint.closed_at = at, None, None
    complaint.void_clocks(Clock.FEEDBACK, at=at)
    complaint.start_clock(Clock.DISPOSAL, at, Rule.objects.get(code=Clock.DISPOSAL))
    complaint.refresh_due()
    return {"times": complaint.reopened}


def _why(complaint, *, reason, **_data):
    reasoned(reason)


def _suspicion(complaint, *, by, reason, **_data):
    _only_the_handler(complaint, by=by)
    not_suspected_yet(complaint, reason=reason)


# --- at any time -----------------------------------------------------------------------------------------------------


def _follow_up(complaint, *, at, next_on=None, **data):
    details = follow_up(complaint, at=at, next_on=next_on, **data)
    complaint.next_on = next_on
    _act_first(complaint, at)
    return details


def _lawful_extension(complaint, *, at, until, reason, **_data):
    """A disposal may be extended by the SHO or CO with reasons, up to the days of the rule."""
    reasoned(reason)
    running = complaint.deadlines.running().filter(clock=Clock.DISPOSAL).first()
    if running is None:
        raise Refused(gettext("No disposal clock is running."))
    most = Rule.objects.get(code="disposal_extension").due(running.first_due_at)
    if not until or until <= timezone.localdate(running.due_at) or until > timezone.localdate(most):
        raise Refused(
            gettext("Give a date after %(due)s and not after %(most)s.")
            % {"due": f"{timezone.localtime(running.due_at):%d-%m-%Y}", "most": f"{timezone.localtime(most):%d-%m-%Y}"}
        )


def _extend(complaint, *, by, at, until, reason, **_data):
    complaint.refuse_names(reason, by=by, at=at)
    running = complaint.deadlines.running().get(clock=Clock.DISPOSAL)
    was = running.due_at
    complaint.void_clocks(Clock.DISPOSAL, at=at)
    complaint.start_clock_until(Clock.DISPOSAL, running.started_at, until, Rule.objects.get(code=Clock.DISPOSAL))
    complaint.deadlines.running().filter(clock=Clock.DISPOSAL).update(first_due_at=running.first_due_at)
    complaint.refresh_due()
    return {"was": was.isoformat(), "until": until.isoformat()}


def _another_thana(complaint, *, to_thana, reason, **_data):
    reasoned(reason)
    if complaint.handover_pending:
        raise Refused(gettext("It is offered to another police station already."))
    if complaint.outcome == Outcome.FIR:
        raise Refused(gettext("An FIR has been decided here; the case is transferred in the FIR record."))
    if complaint.nature.cognisable:
        raise Refused(gettext("A cognisable offence is alleged: record the FIR (zero FIR) here first, BNSS 173(1)."))
    if to_thana is None or to_thana.level != Level.THANA or to_thana.pk == complaint.thana_id:
        raise Refused(gettext("Choose another police station."))


def _hand_over(complaint, *, by, at, to_thana, reason, **_data):
    complaint.refuse_names(reason, by=by, at=at)
    complaint.handover_pending = True
    Handover.objects.create(
        complaint=complaint,
        thana=to_thana,
        from_thana=complaint.thana,
        from_serial=complaint.serial,
        from_year=complaint.year,
        offered_by=by,
        offered_at=at,
        reason=reason,
    )
    return {"to_unit": to_thana.code}


_S = State
_ANY_TIME = frozenset(State) - {State.CLOSED}

MOVES = {
    step.name: step
    for step in (
        Step(
            "assign", _("Assign"), "complaints.assign", frozenset({_S.REGISTERED, _S.ASSIGNED}), _S.ASSIGNED,
            guard=_officer_of_the_kendra, apply=_assign, primary=True, said=_("assigned it to an officer"),
        ),
        Step(
            "reassign", _("Give to another officer"), "complaints.assign",
            frozenset({_S.ENQUIRY, _S.DECIDED, _S.CARRIED_OUT}), None,
            guard=_officer_of_the_kendra, apply=_assign, said=_("gave it to another officer"),
        ),
        Step(
            "start_enquiry", _("Start the enquiry"), "complaints.enquire", frozenset({_S.ASSIGNED}), _S.ENQUIRY,
            guard=_only_the_handler, apply=_start_enquiry, offered=handles, primary=True,
            said=_("started the enquiry"),
        ),
        Step(
            "decide", _("Decide"), "complaints.decide", frozenset({_S.ENQUIRY}), _S.DECIDED,
            guard=_lawful_decision, apply=_decide, offered=handles, primary=True, said=_("decided"),
        ),
        Step(
            "fir_at_once", _("FIR at once"), "complaints.decide", frozenset({_S.REGISTERED, _S.ASSIGNED}), _S.DECIDED,
            guard=_fir_handler, apply=_decide_fir, said=_("decided on an FIR at once"),
        ),
        Step(
            "carry_out", _("Record the action"), "complaints.carry_out", frozenset({_S.DECIDED}), _S.CARRIED_OUT,
            guard=_done_something, apply=_carry_out, offered=handles, primary=True, said=_("recorded the action taken"),
        ),
        Step(
            "dispose", _("Dispose of it"), "complaints.dispose", frozenset({_S.CARRIED_OUT}), _S.DISPOSED,
            guard=_disposal_words, apply=_dispose, offered=_may_dispose, primary=True, said=_("disposed of it"),
        ),
        Step(
            "feedback", _("Feedback call"), "complaints.feedback", frozenset({_S.DISPOSED}), _S.FED_BACK,
            guard=_what_she_said, apply=_feedback, primary=True, said=_("took her feedback"), save=_("Save the feedback"),
        ),
        Step(
            "missed_call", _("Call not answered"), "complaints.feedback", frozenset({_S.DISPOSED}), None,
            apply=_missed_call, said=_("called for feedback without an answer"), save=_("Save the call"),
        ),
        Step(
            "close", _("Close"), "complaints.close", frozenset({_S.FED_BACK}), _S.CLOSED,
            guard=_close_dissatisfied_with_reason, apply=_close, primary=True, said=_("closed it"),
        ),
        Step(
            "close_unreached", _("Close without feedback: not reached"), "complaints.close",
            frozenset({_S.DISPOSED}), _S.CLOSED,
            guard=_called_in_vain, apply=_close_unreached, offered=_has_been_called, said=_("closed it without feedback: she could not be reached"),
        ),
        Step(
            "reopen", _("Re-open"), "complaints.reopen", frozenset({_S.DISPOSED, _S.FED_BACK, _S.CLOSED}), _S.ENQUIRY,
            guard=_why, apply=_reopen, said=_("re-opened it"),
        ),
        Step(
            "suspect_false", _("False accusation suspected"), "complaints.decide", frozenset(OPEN_STATES), None,
            guard=_suspicion, apply=suspect_false, offered=lambda case, user: handles(case, user) and is_not_suspected(case, user),
            said=_("recorded that a false accusation is suspected: counselling is due"),
        ),
        Step(
            "waive_counselling", _("Waive the mandatory counselling"), "complaints.waive_counselling", frozenset(OPEN_STATES), None,
            guard=owing, apply=waive, offered=is_owing, said=_("waived the mandatory counselling"),
        ),
        Step(
            "follow_up", _("Follow-up entry"), "complaints.follow_up", _ANY_TIME, None,
            guard=next_date_ahead, apply=_follow_up, said=_("wrote a follow-up entry"), save=_("Save the entry"),
        ),
        Step(
            "direct", _("Give a direction"), "complaints.direct", _ANY_TIME, None,
            guard=direction_date, apply=direct, said=_("gave a direction"),
        ),
        Step(
            "extend", _("Extend the disposal date"), "complaints.extend", frozenset(OPEN_STATES), None,
            guard=_lawful_extension, apply=_extend, said=_("extended the disposal date"),
        ),
        Step(
            "hand_over", _("Hand over to another police station"), "complaints.hand_over",
            HANDED_OVER_FROM, None,
            guard=_another_thana, apply=_hand_over, said=_("offered it to another police station"),
        ),
    )
}  # fmt: skip
