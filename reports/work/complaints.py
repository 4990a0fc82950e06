"""Work over complaints: the blocks of the desk, of the officers and of those above them."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from complaints.models import (
    Complaint,
    Handover,
    State,
)
from kendras.models import Role
from reports.work.block import SHOWN_FIRST, Work, complaints_work, today

waiting_women = complaints_work(
    "waiting",
    _("Waiting women: registered today, no officer yet"),
    _("Tell the in-charge, and tell her who will hear her."),
    _("Nobody is waiting: every complaint registered today has an officer."),
    order=("received_at", "id"),
    tone="due",
    state=State.REGISTERED.value,
    **{"from": today},
)


follow_ups = complaints_work(
    "follow_ups",
    _("Follow-ups due today or late"),
    _("Do what was promised for the date, write the entry and give the next date."),
    _("No follow-up is due today."),
    order=("next_on", "id"),
    moves=("follow_up",),
    follow_up="1",
)


feedback = complaints_work(
    "feedback",
    _("Feedback calls to make"),
    _("Call at the time that is safe for her, and write what she says in her words."),
    _("No feedback call is waiting: everyone whose complaint was disposed of has been heard."),
    moves=("feedback",),
    state=State.DISPOSED.value,
)


my_cases = complaints_work(
    "mine",
    _("My cases, the next due first"),
    _("Take the next step of the first case."),
    _("No open case is assigned to you."),
    officer="me",
    open="1",
    shown=SHOWN_FIRST,
)


my_follow_ups = complaints_work(
    "my_follow_ups",
    _("My follow-ups due today or late"),
    _("Do what was promised for the date, write the entry and give the next date."),
    _("None of your follow-ups is due today."),
    order=("next_on", "id"),
    moves=("follow_up",),
    officer="me",
    follow_up="1",
)


my_directions = complaints_work(
    "my_directions",
    _("Directions from above in my cases"),
    _("Carry the direction out and answer it with an entry."),
    _("No direction is open in your cases."),
    moves=("follow_up",),
    officer="me",
    direction="1",
)


my_feedback = complaints_work(
    "my_feedback",
    _("Feedback calls in my cases"),
    _("Call, or ask the help desk to call, before the clock runs out."),
    _("No feedback call is waiting in your cases."),
    moves=("feedback",),
    officer="me",
    state=State.DISPOSED.value,
)


unassigned = complaints_work(
    "unassigned",
    _("Not assigned"),
    _("Give each to a sub-inspector or take it yourself."),
    _("Every open complaint has an officer."),
    tone="due",
    unassigned="1",
)


unassigned_late = complaints_work(
    "unassigned_late",
    _("Late and still not assigned"),
    _("Assign them now, or direct the in-charge to."),
    _("Nothing is late for want of an officer."),
    tone="late",
    unassigned="1",
    late="1",
)


late = complaints_work(
    "late",
    _("Late"),
    _("Ask the officer what stands in the way; step in where it is grave."),
    _("Nothing is late. Well kept."),
    tone="late",
    late="1",
)


due_today = complaints_work(
    "due_today",
    _("Due today"),
    _("See to it that each is done before the day ends."),
    _("Nothing more falls due today."),
    tone="due",
    due="today",
)


sensitive = complaints_work(
    "sensitive",
    _("Sensitive and open"),
    _("Watch these yourself every day."),
    _("No sensitive complaint is open."),
    sensitive="1",
    open="1",
)


to_close = complaints_work(
    "to_close",
    _("Feedback taken: close or re-open"),
    _("Re-open where she was not satisfied; close the rest."),
    _("No complaint waits to be closed."),
    order=("satisfied", "feedback_at", "id"),
    moves=("reopen", "close"),
    state=State.FED_BACK.value,
)


directions = complaints_work(
    "directions",
    _("Open directions from above"),
    _("Carry each out and answer it with an entry."),
    _("No direction from above is open."),
    moves=("follow_up",),
    direction="1",
)


directions_late = complaints_work(
    "directions_late",
    _("Directions not carried out in time"),
    _("Ask for the compliance, or direct again with a new date."),
    _("Every direction whose date has come has been answered."),
    tone="late",
    moves=("direct",),
    direction="late",
)


reveals = complaints_work(
    "reveals",
    _("Requests to read an identity"),
    _("Agree only where the reason holds; you are the second pair of eyes."),
    _("No request to read an identity is waiting."),
    order=("received_at", "id"),
    moves=(),
    reveal="1",
)


escalated = complaints_work(
    "escalated",
    _("Late so long that it has come up to me"),
    _("Open it, see who holds it up, and give a direction with a date."),
    _("Nothing has come up the line to you. Those below are keeping up."),
    tone="late",
    moves=("direct",),
    escalated="1",
    shown=SHOWN_FIRST,
)


past_the_ladder = complaints_work(
    "past_sp",
    _("Late even past the district police chief's turn"),
    _("Give a direction to the district."),
    _("No late case has passed the last step of the line."),
    tone="late",
    moves=("direct",),
    escalated=Role.SP.value,
    shown=SHOWN_FIRST,
)


def _offered_here(user, at):
    return Handover.objects.visible_to(user).filter(state=Handover.State.OFFERED)


handovers = Work(
    "handovers",
    _("Offered to us by another police station"),
    _("Take it over or refuse with the reason; until then it waits there."),
    _("No other police station offers us a complaint."),
    _offered_here,
    page="complaints:handovers",
    order=("offered_at", "id"),
    related=("from_thana",),
    part="reports/parts/work_handover.html",
)


def _given_by_name(user, at):
    return Complaint.objects.given_to(user, timezone.localdate(at))


given = Work(
    "given",
    _("Cases given to you by name"),
    _("Open a case to see what is asked of you. A case leaves this page on the last day of its order."),
    _("No case is given to you at present. When one is, it will stand here."),
    _given_by_name,
    page="",
    order=("-received_at", "-id"),
    shown=50,
)
