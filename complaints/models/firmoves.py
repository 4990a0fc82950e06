"""The moves of an FIR: assigning, what happens in the investigation and in court, one row each.

A milestone is a move that records an event with its own date. `Step` says in data what order the law wants: what must
have come before, for whom, how often; the guard refuses with the reason, the clocks follow from `firclock.CLOCKS`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.models.accused import ACCUSED_EVENTS, Accused
from complaints.models.counselled import is_not_suspected, is_owing, not_suspected_yet, owing, suspect_false, waive
from complaints.models.entries import direct, direction_date, follow_up, next_date_ahead, reasoned, write_note
from complaints.models.firclock import CLOCKS, OF_INVESTIGATION, REPORTS, FirClock, has_flag
from complaints.models.note import Note
from complaints.models.people import Person
from kendras.models import Role, Rule
from kendras.workflow import Move, Refused


class FirState(models.TextChoices):
    INVESTIGATION = "investigation", _("Under investigation")
    CHARGE_SHEETED = "charge_sheeted", _("Charge sheet filed")
    FINAL_REPORT = "final_report", _("Final report filed")
    TRIAL = "trial", _("Before the court")
    DECIDED = "decided", _("Decided by the court")
    TRANSFERRED = "transferred", _("Transferred")


class PendingReason(models.TextChoices):
    """Why an investigation is still pending (domain: crime meeting, table 3)."""

    FSL = "fsl", _("Report of the laboratory awaited")
    MEDICAL = "medical", _("Medical report awaited")
    STATEMENT = "statement", _("Statement to be taken")
    NBW = "nbw", _("Warrant to be executed")
    ARREST = "arrest", _("Arrest awaited")
    RECOVERY = "recovery", _("Recovery awaited")
    OTHER = "other", _("Other reason")


@dataclass(frozen=True)
class Step(Move):
    """A move of an FIR; `said` is its sentence on the trail.

    about: the part of the person it concerns ("" for the case as a whole); after: kinds of which one must have come
    before, for the same person where it concerns one; never_after: kinds after which it makes no sense for that person;
    repeats: whether it may come more than once; fits(fir): whether it belongs to this case; milestone: whether it records
    an event; asks_number: what its number is called, "" where it has none.
    """

    said: str = ""
    about: str = ""
    after: tuple = ()
    never_after: tuple = ()
    repeats: bool = False
    fits: Callable | None = None
    milestone: bool = False
    asks_number: str = ""


# --- milestones ------------------------------------------------------------------------------------------------------


def _lawful(name):
    """The guard of the milestone `name`: right person, right order, a possible date."""

    def guard(fir, *, by, at, on=None, person=None, text="", number="", **_data):
        step = MOVES[name]
        if step.fits and not step.fits(fir):
            raise Refused(gettext("“%(step)s” does not belong to a case under these sections.") % {"step": step.label})
        _possible_date(fir, on, at)
        _right_person(fir, step, person)
        before = [row for row in fir.milestones.all() if not step.about or row.person_id == person.pk]
        _right_order(step, name, before, on)
        fir.refuse_names(text, number, by=by, at=at)
        if name == "final_report":  # it closes the case; a charge sheet does not wait for counselling
            fir.refuse_uncounselled()

    return guard


def _possible_date(fir, on, at):
    if on is None:
        raise Refused(gettext("Say when it happened."))
    if on > at:
        raise Refused(gettext("This lies in the future."))
    if on < fir.informed_at:
        raise Refused(
            gettext("This lies before the police were informed (%(when)s).") % {"when": _when(fir.informed_at)}
        )


def _right_person(fir, step, person):
    if not step.about:
        return
    if person is None or person.fir_id != fir.pk or person.part != step.about:
        raise Refused(gettext("Choose whom it concerns: %(part)s.") % {"part": Person.Part(step.about).label})


def _right_order(step, name, before, on):
    kinds = {row.kind for row in before}
    if not step.repeats and name in kinds:
        raise Refused(gettext("“%(step)s” is recorded already.") % {"step": step.label})
    wrong = kinds & set(step.never_after)
    if wrong:
        told = {"step": step.label, "other": MOVES[min(wrong)].label}
        raise Refused(gettext("“%(step)s” cannot come after “%(other)s”.") % told)
    if step.after and not kinds & set(step.after):
        needed = gettext(" or ").join(f"“{MOVES[kind].label}”" for kind in step.after)
        raise Refused(gettext("“%(step)s” needs %(needed)s first.") % {"step": step.label, "needed": needed})
    first = min((row.on for row in before if row.kind in step.after), default=None)
    if first and on < first:
        raise Refused(
            gettext("“%(step)s” lies before what it follows (%(when)s).") % {"step": step.label, "when": _when(first)}
        )


def _when(moment):
    return f"{timezone.localtime(moment):%d-%m-%Y %H:%M}"


def _record(name):
    """The apply function of the milestone `name`: one row, and the clocks that it meets and starts."""

    def apply(fir, *, by, at, on, person=None, text="", number="", **_data):
        fir.milestones.create(kind=name, on=on, person=person, number=number, text=text, by=by, at=at)
        if name in REPORTS:
            fir.reported_at, fir.pending_reason = on, ""
            fir.first_reported_at = fir.first_reported_at or on
        if name in _LEFT:
            fir.transferred_at = on
        if name in ("conviction", "acquittal"):
            fir.decided_at = on
        if name in ACCUSED_EVENTS:
            Accused.objects.note(person, name, on)
        if name == "recovered" and not fir.still_missing():
            fir.recovered_at = on
        _run_clocks(fir, name, on, person)
        fir.refresh_due()
        return {"on": on.isoformat(), "person": person.key_code if person else "", "number": number}

    return apply


#: the case has gone to another police station
_LEFT = frozenset({"zero_sent", "transfer"})


def _run_clocks(fir, event, on, person):
    """Meet and start the clocks of one event. A report ends them for every accused, whoever is named in it."""
    for law in CLOCKS:
        if event in law.met_by:
            whose = {"person": person} if person and law.each else {}
            fir.meet_clock(law.clock, at=on, **whose)
    fir.start_laws()
    if event in REPORTS:
        fir.void_clocks(*OF_INVESTIGATION, at=on)
    if event in _LEFT:
        fir.void_clocks(*FirClock.values, at=on)


# --- everything else -------------------------------------------------------------------------------------------------


def _an_officer(fir, *, at, officer=None, officer_text="", **_data):
    if officer is None and not officer_text:
        raise Refused(gettext("Name the investigating officer."))
    day = timezone.localdate(at)
    roles = (Role.SI, Role.INCHARGE, Role.SHO)
    if officer and not officer.charges_on(day).filter(unit=fir.thana, role__in=roles).exists():
        raise Refused(gettext("Choose an officer of this police station."))


def _assign(fir, *, by, at, officer=None, officer_text="", **_data):
    fir.refuse_names(officer_text, by=by, at=at)
    fir.assigned_to, fir.officer_text = officer, "" if officer else officer_text
    return {"officer": officer.pk if officer else "", "other": fir.officer_text}


def _some_sections(fir, *, offences, **_data):
    if not offences:
        raise Refused(gettext("Choose at least one section."))


def _amend(fir, *, by, at, offences, other_sections="", reason="", **_data):
    fir.refuse_names(reason, other_sections, by=by, at=at)
    before = fir.sections_text
    fir.set_sections(offences, other_sections, at=at)
    return {"before": before, "after": fir.sections_text}


def _say_why(fir, *, by, at, pending_reason, text="", **_data):
    fir.pending_reason = pending_reason
    if text:
        write_note(fir, Note.Kind.FOLLOW_UP, by, at, text)
    return {"pending": pending_reason}


def _known_reason(fir, *, pending_reason, **_data):
    if pending_reason not in PendingReason.values:
        raise Refused(gettext("Choose the reason."))


def _why(fir, *, by, at, reason, **_data):
    reasoned(reason)
    fir.refuse_names(reason, by=by, at=at)


def _a_name_or_phone(fir, *, person, **_data):
    if not (person.get("name") or person.get("phone")):
        raise Refused(gettext("Give a name or a phone."))


def _add_person(fir, *, at, person, **_data):
    [added] = fir.add_people([person])
    Accused.objects.enrol(fir, [added], at)
    if added.part == Person.Part.VICTIM:
        fir.protects_identity = fir.protects_identity or added.is_minor
        fir.recovered_at = None
        fir.start_laws()
        fir.refresh_due()
    return {"person": added.key_code}


def _lawful_extension(fir, *, by, at, clock=None, until=None, reason="", **_data):
    """Only clocks that the law leaves open, with reasons, and up to the days of the rule (as for complaints)."""
    reasoned(reason)
    running = clock and fir.deadlines.running().filter(pk=clock.pk).first()
    if running is None or not running.may_be_extended:
        raise Refused(gettext("The law itself says how long this clock runs; it cannot be extended here."))
    most = Rule.objects.get(code="fir_extension").due(running.first_due_at)
    if not until or until <= timezone.localdate(running.due_at) or until > timezone.localdate(most):
        raise Refused(
            gettext("Give a date after %(due)s and not after %(most)s.")
            % {"due": f"{timezone.localtime(running.due_at):%d-%m-%Y}", "most": f"{timezone.localtime(most):%d-%m-%Y}"}
        )
    fir.refuse_names(reason, by=by, at=at)


def _extend(fir, *, by, at, clock, until, reason, **_data):
    running = fir.deadlines.running().get(pk=clock.pk)
    was = running.due_at
    due = timezone.make_aware(datetime.combine(until + timedelta(days=1), time.min))
    running.put_off(due, Rule.objects.get(code=running.clock), by=by, at=at, why=reason)
    fir.refresh_due()
    person = running.person.key_code if running.person else ""
    return {"clock": running.clock, "person": person, "was": was.isoformat(), "until": until.isoformat()}


def _investigate_further(fir, *, at, **_data):
    fir.reported_at = None


# --- the table -------------------------------------------------------------------------------------------------------

_S = FirState
_ANY = frozenset(FirState) - {_S.TRANSFERRED}
_INVESTIGATION = frozenset({_S.INVESTIGATION})
_AT_LARGE = frozenset({_S.INVESTIGATION, _S.CHARGE_SHEETED, _S.TRIAL})
_IN_COURT = frozenset({_S.CHARGE_SHEETED, _S.TRIAL})
_REPORTED = frozenset({_S.CHARGE_SHEETED, _S.FINAL_REPORT})

_VICTIM, _ACCUSED = Person.Part.VICTIM.value, Person.Part.ACCUSED.value


def _event(name, label, said, sources=_INVESTIGATION, target=None, **more):
    """A milestone: anybody who keeps the parallel record of the thana records it, the trail says who (DG 38/2025 ¶3.iv)."""
    return Step(
        name, label, "complaints.record_fir", sources, target,
        guard=_lawful(name), apply=_record(name), said=said, milestone=True, **more,
    )  # fmt: skip


MOVES = {
    step.name: step
    for step in (
        Step(
            "assign_fir", _("Name the investigating officer"), "complaints.assign", _ANY, None,
            guard=_an_officer, apply=_assign, said=_("named the investigating officer"),
        ),
        _event("woman_recorded", _("Information recorded by a woman officer"), _("recorded that a woman officer took the information down"), fits=has_flag("woman")),
        _event("efir_signed", _("e-FIR signed"), _("recorded the signature on the e-FIR"), fits=lambda fir: fir.route == "efir"),
        _event("copy_given", _("Copy of the FIR given to the informant"), _("recorded that the informant got the copy")),
        _event("zero_sent", _("Zero FIR sent"), _("recorded that the zero FIR was sent"), target=_S.TRANSFERRED, fits=lambda fir: fir.route == "zero", asks_number=_("Letter or FIR number there")),
        _event("cwc_told", _("Child Welfare Committee and Special Court told"), _("recorded that the committee and the court were told"), fits=has_flag("pocso")),
        _event("medical_sent", _("Sent to the doctor with her consent"), _("recorded that the victim went to the doctor"), about=_VICTIM, never_after=("medical_refused",)),
        _event("medical_refused", _("Medical examination declined"), _("recorded that the victim declined the examination"), about=_VICTIM, never_after=("medical_sent",)),
        _event("medical_report", _("Medical report received"), _("recorded the medical report"), about=_VICTIM, after=("medical_sent",)),
        _event("statement_police", _("Statement to the police"), _("recorded a statement to the police"), about=_VICTIM, repeats=True),
        _event("statement_magistrate", _("Statement before the magistrate"), _("recorded the statement before the magistrate"), about=_VICTIM),
        _event("scene_visit", _("Scene visited"), _("recorded a visit of the scene"), repeats=True),
        _event("fsl_sent", _("Exhibits sent to the laboratory"), _("recorded that exhibits were sent"), repeats=True, asks_number=_("Number of the letter")),
        _event("fsl_received", _("Report of the laboratory received"), _("recorded the report of the laboratory"), after=("fsl_sent",), repeats=True, sources=_AT_LARGE),
        _event("recovered", _("Recovered"), _("recorded the recovery"), about=_VICTIM, fits=has_flag("missing"), sources=_AT_LARGE),
        _event("nbw", _("Non-bailable warrant"), _("recorded a warrant"), about=_ACCUSED, never_after=("arrest", "surrender"), sources=_AT_LARGE),
        _event("arrest", _("Arrest"), _("recorded an arrest"), about=_ACCUSED, never_after=("surrender",), sources=_AT_LARGE),
        _event("surrender", _("Surrender"), _("recorded a surrender"), about=_ACCUSED, never_after=("arrest",), sources=_AT_LARGE),
        _event("remand", _("Remand"), _("recorded a remand"), about=_ACCUSED, after=("arrest", "surrender"), repeats=True, sources=_AT_LARGE),
        _event("bail", _("Bail"), _("recorded the bail"), about=_ACCUSED, after=("arrest", "surrender"), repeats=True, sources=_AT_LARGE),
        _event("progress_told", _("Progress told to the victim"), _("recorded that the victim was told of the progress"), repeats=True, sources=_ANY),
        _event("charge_sheet", _("Charge sheet"), _("recorded the charge sheet"), target=_S.CHARGE_SHEETED, repeats=True, asks_number=_("Number of the charge sheet"), primary=True),
        _event("final_report", _("Final report"), _("recorded the final report"), target=_S.FINAL_REPORT, repeats=True, asks_number=_("Number of the final report"), offered=lambda fir, user: not fir.owes_counselling),
        _event("transfer", _("Transfer to another police station or agency"), _("recorded the transfer"), target=_S.TRANSFERRED, asks_number=_("Where to, and number")),
        _event("cognizance", _("Cognizance by the court"), _("recorded the cognizance"), sources=frozenset({_S.CHARGE_SHEETED}), target=_S.TRIAL, after=("charge_sheet",), asks_number=_("Case number at the court"), primary=True),
        _event("appearance", _("Appearance of the accused"), _("recorded the appearance"), about=_ACCUSED, sources=_IN_COURT),
        _event("copies_given", _("Copies given to the accused and the victim"), _("recorded that copies were given"), about=_ACCUSED, after=("appearance",), sources=_IN_COURT),
        _event("court_stage", _("Stage in court"), _("recorded a stage in court"), sources=frozenset({_S.TRIAL}), repeats=True),
        _event("conviction", _("Conviction"), _("recorded the conviction"), sources=frozenset({_S.TRIAL}), target=_S.DECIDED, never_after=("acquittal",), primary=True),
        _event("acquittal", _("Acquittal"), _("recorded the acquittal"), sources=frozenset({_S.TRIAL}), target=_S.DECIDED, never_after=("conviction",)),
        Step(
            "add_person", _("Add a person"), "complaints.record_fir", _AT_LARGE, None,
            guard=_a_name_or_phone, apply=_add_person, said=_("added a person"),
        ),
        Step(
            "amend_sections", _("Change the sections"), "complaints.record_fir", _AT_LARGE, None,
            guard=_some_sections, apply=_amend, said=_("changed the sections"),
        ),
        Step(
            "pending_reason", _("Why it is pending"), "complaints.record_fir", _INVESTIGATION, None,
            guard=_known_reason, apply=_say_why, said=_("gave the reason why it is pending"),
        ),
        Step(
            "extend_clock", _("Extend a clock"), "complaints.extend", _INVESTIGATION, None,
            guard=_lawful_extension, apply=_extend, said=_("extended a clock"),
        ),
        Step(
            "investigate_further", _("Investigate further"), "complaints.assign", _REPORTED, _S.INVESTIGATION,
            guard=_why, apply=_investigate_further, said=_("ordered further investigation"),
        ),
        Step(
            "suspect_false", _("False accusation suspected"), "complaints.decide", _INVESTIGATION, None,
            guard=not_suspected_yet, apply=suspect_false, offered=is_not_suspected,
            said=_("recorded that a false accusation is suspected: counselling is due"),
        ),
        Step(
            "waive_counselling", _("Waive the mandatory counselling"), "complaints.waive_counselling", _ANY, None,
            guard=owing, apply=waive, offered=is_owing, said=_("waived the mandatory counselling"),
        ),
        Step(
            "follow_up", _("Follow-up entry"), "complaints.follow_up", _ANY, None,
            guard=next_date_ahead, apply=follow_up, said=_("wrote a follow-up entry"),
        ),
        Step(
            "direct", _("Give a direction"), "complaints.direct", _ANY, None,
            guard=direction_date, apply=direct, said=_("gave a direction"),
        ),
    )
}  # fmt: skip

#: the moves that record an event, in the order of the table
MILESTONES = {name: step for name, step in MOVES.items() if step.milestone}
