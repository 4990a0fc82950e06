"""Work over FIRs and those accused in them: clocks, preventive action, CCTNS, questions of other police stations."""

from django.utils.translation import gettext_lazy as _

from complaints.models import (
    CctnsMismatch,
    Preventive,
    Question,
    repeat_harassers,
)
from complaints.preventives import ending
from kendras.models import Rule
from reports.work.block import SHOWN_FIRST, Work, firs_work

fir_tonight = firs_work(
    "fir_tonight",
    _("FIRs: late, or due before midnight"),
    _("Record what is done; see to the rest tonight."),
    _("No clock of an FIR runs out today."),
    tone="late",
    due="tonight",
)


my_firs = firs_work(
    "my_firs",
    _("My investigations, the next due first"),
    _("Take the next step of the first case, and record it."),
    _("No FIR with a running clock is with you."),
    officer="me",
    running="1",
    shown=SHOWN_FIRST,
)


fir_week = firs_work(
    "fir_week",
    _("FIRs: due within a week"),
    _("Plan the statements, doctors and reports of these days."),
    _("No clock of an FIR runs out this week."),
    tone="due",
    due="week",
)


fir_bail = firs_work(
    "fir_bail",
    _("Default bail within ten days"),
    _("The accused goes free by right where no charge sheet is filed before that day."),
    _("No default bail is near."),
    tone="late",
    bail="1",
)


fir_over = firs_work(
    "fir_over",
    _("Investigations past two months (BNSS 193)"),
    _("Ask what is missing, give the reason, and finish it."),
    _("No investigation is past the two months of the law."),
    tone="late",
    over_limit="1",
)


fir_officer = firs_work(
    "fir_officer",
    _("FIRs without an investigating officer"),
    _("Name the officer; the important ones stay with the kendra."),
    _("Every FIR has its investigating officer."),
    tone="due",
    unassigned="1",
)


fir_reveals = firs_work(
    "fir_reveals",
    _("Requests to read an identity in an FIR"),
    _("Agree only where the reason holds; you are the second pair of eyes."),
    _("No request to read an identity in an FIR is waiting."),
    reveal="1",
)


fir_directions = firs_work(
    "fir_directions",
    _("Open directions from above in FIRs"),
    _("Carry each out and answer it with an entry."),
    _("No direction from above is open in an FIR."),
    direction="1",
)


def _preventive_ending(user, at):
    return ending(Preventive.objects.visible_to(user), at)


ends = Work(
    "preventive_ends",
    _("Bonds and proceedings that end soon"),
    _("Ask the magistrate in time, or record the end."),
    _("No bond and no preventive proceeding ends soon."),
    _preventive_ending,
    page="complaints:preventives",
    query={"show": "ending"},
    order=("on", "id"),
    related=("person", "thana", "fir", "complaint"),
    part="reports/parts/work_preventive.html",
    tone="due",
)


def _harassers_here(user, at):
    return repeat_harassers(user.acting.unit)


harassers = Work(
    "harassers",
    _("Repeat harassers without preventive action"),
    _("Open the cases, make sure that it is the same man, and begin the action."),
    _("Each accused of several cases is under preventive action."),
    _harassers_here,
    page="complaints:harassers",
    order=("pk",),
    related=("fir__thana", "complaint__thana"),
    part="reports/parts/work_harasser.html",
    tone="due",
)


def _mismatches_here(user, at):
    return CctnsMismatch.objects.visible_to(user).filter(open=True)


mismatches = Work(
    "mismatches",
    _("FIRs that do not match CCTNS"),
    _("Record what is missing here; have corrected what is wrong there."),
    _("CCTNS and the record agree, as far as sheets have been taken up."),
    _mismatches_here,
    page="complaints:mismatches",
    order=("registered_on", "id"),
    related=("thana", "fir"),
    part="reports/parts/work_mismatch.html",
    tone="due",
)


def _asked_here(user, at):
    return Question.objects.visible_to(user).waiting()


questions = Work(
    "questions",
    _("Other police stations ask about an accused"),
    _("Look into your cases and answer; never write whose victim it was."),
    _("No other police station asks about an accused."),
    _asked_here,
    page="complaints:questions",
    related=("from_thana", "fir"),
    part="reports/parts/work_question.html",
    tone="due",
)


def _answered_to_us(user, at):
    shown = Rule.objects.get(code="accused_answer_shown")
    return Question.objects.sent_by(user).filter(answered_at__gt=shown.before(at))


answers = Work(
    "answers",
    _("Answers of other police stations about an accused"),
    _("Read them into the case, and see whether preventive action is due."),
    _("No other police station has answered this week."),
    _answered_to_us,
    page="complaints:questions",
    order=("-answered_at", "id"),
    related=("thana", "fir"),
    part="reports/parts/work_question.html",
)
