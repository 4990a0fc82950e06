"""Work of the office: charges and accounts, monthly reports, the crime meeting, kendras to look at."""

from functools import partial

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kendras.models import Charge, Level, Unit, User
from reports.ledger import month_of, shift
from reports.models import MeetingDirection, MonthlyReport
from reports.work.block import Work


def _without_charge(user, at):
    held = Charge.objects.held(timezone.localdate(at)).filter(user=OuterRef("pk"))
    return User.objects.filter(~Exists(held), is_active=True, is_superuser=False)


idle_accounts = Work(
    "idle_accounts",
    _("Accounts without a charge"),
    _("Give the charge that the order names, or close the account."),
    _("Every account has a charge."),
    _without_charge,
    page="kendras:accounts",
    query={"charge": "none"},
    order=("name_en", "pk"),
    related=(),
    part="reports/parts/work_account.html",
)


def _to_confirm(user, at):
    return Charge.objects.to_confirm(user, timezone.localdate(at))


charges = Work(
    "charges",
    _("Charges to confirm"),
    _("Confirm whom you have spoken to yourself, or say what is wrong."),
    _("No charge waits for your word."),
    _to_confirm,
    page="kendras:charges_waiting",
    order=("starts_on", "pk"),
    related=("user", "unit"),
    part="reports/parts/work_charge.html",
    tone="due",
)


def _provisional(user, at):
    return Unit.objects.filter(provisional=True)


provisional_units = Work(
    "provisional",
    _("Provisional units"),
    _("Give each the name of the order, or move its police stations where they belong."),
    _("No unit is provisional."),
    _provisional,
    page="kendras:units",
    query={"provisional": "1"},
    order=("name_en", "pk"),
    related=("district",),
    part="reports/parts/work_unit.html",
)


def _meeting_directions(user, at):
    return MeetingDirection.objects.visible_to(user).filter(state=MeetingDirection.State.OPEN)


meeting = Work(
    "meeting",
    _("Directions of the crime meeting to answer"),
    _("Say what was done, or why not."),
    _("Every direction of the crime meeting has been answered."),
    _meeting_directions,
    page="reports:directions",
    order=("due_on", "id"),
    related=("thana",),
    part="reports/parts/work_meeting.html",
)


def _kendra_reports(state, user, at):
    reports = MonthlyReport.objects.visible_to(user).filter(month=shift(month_of(at), -1), state=state)
    return reports.filter(unit__level=Level.THANA)


def _last_month(at):
    return f"{shift(month_of(at), -1):%Y-%m}"


def _reports(code, title, advice, empty, state):
    """A block over the kendras' reports of the last month that stand in one state."""
    return Work(
        code,
        title,
        advice,
        empty,
        partial(_kendra_reports, state),
        page="reports:months",
        query={"month": _last_month, "by": Level.THANA.value, "state": state.value},
        order=("unit__name_en", "id"),
        related=("unit",),
        part="reports/parts/work_report.html",
    )


to_submit = _reports(
    "to_submit",
    _("Monthly reports to submit"),
    _("Read the figures, write what was hard and what is needed, and submit."),
    _("No monthly report waits to be submitted."),
    MonthlyReport.State.DRAFT,
)


to_review = _reports(
    "to_review",
    _("Monthly reports to review"),
    _("Write what the review found; the nodal officer sees it."),
    _("No monthly report waits for your review."),
    MonthlyReport.State.SUBMITTED,
)


to_accept = _reports(
    "to_accept",
    _("Monthly reports to accept"),
    _("Accept what the circle officer has reviewed."),
    _("No monthly report waits to be accepted."),
    MonthlyReport.State.REVIEWED,
)


def _fallen(user, at):
    reports = MonthlyReport.objects.visible_to(user).filter(month=shift(month_of(at), -1), unit__level=Level.THANA)
    return reports.exclude(signs="")


look_here = Work(
    "look_here",
    _("Kendras to look at: fewer FIRs, and more of what should not rise"),
    _("Open the three months side by side and ask what stands behind them. It is no verdict."),
    _("At no kendra did FIRs fall while settlements, re-openings or dissatisfaction rose."),
    _fallen,
    page="",
    order=("unit__name_en", "pk"),
    related=("unit",),
    part="reports/parts/work_signs.html",
    shown=50,
    tone="due",
)
