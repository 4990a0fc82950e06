"""What waits for each role, as data, and which units below need it most (DG 38/2025 ¶4.i.d, ¶4.ii, ¶4.iii, ¶5).

`WORK` is the page of the day: role → blocks, most pressing first. A block over complaints is nothing but a named set
of filters of the complaint list, so the number on the page and the rows behind it cannot differ. `COMPARES` says which
units a supervising role looks at first; `units_below` counts their waiting rows in one grouped query.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

from django.db.models import Count, Exists, F, Min, OuterRef, Q, Value, Window
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from complaints.figures import MEASURES, Period
from complaints.firlists import FIR_FILTERS
from complaints.lists import narrow
from complaints.models import (
    OPEN_STATES,
    CctnsMismatch,
    Complaint,
    Fir,
    Handover,
    Preventive,
    Question,
    State,
    repeat_harassers,
)
from complaints.models.deadline import Clocked
from complaints.preventives import ending
from counselling.compensations import SHOWN as COMPENSATION_SHOWN
from counselling.compensations import narrow_compensations
from counselling.models import (
    Compensation,
    Enlargement,
    EnlargementState,
    Entrustment,
    EntrustmentState,
    FollowUp,
    PpkCase,
    PpkState,
    Referral,
    SafetyPlan,
    Session,
    complaints_untold,
    firs_untold,
)
from counselling.models.support import Due
from counselling.referrals import SHOWN as REFERRAL_SHOWN
from counselling.referrals import narrow_referrals
from kendras.models import LEVELS, Charge, Level, Role, Rule, Unit, User
from kendras.paging import COUNT_CAP, count_text
from reports.ledger import month_of, shift
from reports.models import MeetingDirection, MonthlyReport

#: rows of a block that stand on the page (the second: of the block a role's day turns on); the rest is one click away
SHOWN = 5
SHOWN_FIRST = 8

#: what is offered on a row where a block does not say otherwise: the next step of its own life
NEXT_STEPS = tuple(step.name for step in Complaint.MOVES.values() if step.primary)

#: where a supervising role looks first thing in the morning
COMPARES = {
    Role.CO: Level.THANA,
    Role.NODAL: Level.THANA,
    Role.SP: Level.THANA,
    Role.IG: Level.DISTRICT,
    Role.ADG: Level.DISTRICT,
    Role.HQ: Level.DISTRICT,
}


@dataclass(frozen=True)
class Work:
    """One kind of work: which rows, in which order, what to do with them, and what to say when there are none.

    find(user, at) gives the rows; `page` and `query` the list that shows the very same rows; `moves` the moves of which
    the first that fits is offered on a row; `related` what a row needs to be shown; `part` the template of the rows;
    `tone` how pressing the number is: late, due or info; `clocked` whether the late ones among the rows are counted.
    """

    code: str
    title: str
    advice: str
    empty: str
    find: Callable
    page: str = "complaints:list"
    query: dict = field(default_factory=dict)
    order: tuple = ("due_at", "id")
    moves: tuple = NEXT_STEPS
    related: tuple = ("nature", "thana", "assigned_to")
    part: str = "reports/parts/work_complaint.html"
    shown: int = SHOWN
    tone: str = "info"
    clocked: bool = True

    def look(self, user, at):
        """The block as the page shows it at the moment `at`."""
        rows, count, late = self._rows(user, at)
        return Block(self, rows, count, late, url=self._url(at), steps=self._steps(user), user=user, at=at)

    def _rows(self, user, at):
        """The first rows, the number of all and of the late ones, counted up to the cap, in one query."""
        found = self.find(user, at)
        some = found.order_by(*self.order).values("pk")[: COUNT_CAP + 1]
        rows = found.model._base_manager.filter(pk__in=some).select_related(*self.related)
        clocked = self.clocked and issubclass(found.model, (Clocked, Due))
        late = Window(Count("pk", filter=Q(due_at__lte=at))) if clocked else Value(0)
        rows = rows.annotate(of=Window(Count("*")), of_late=late)
        rows = list(rows.order_by(*self.order)[: self.shown])
        return rows, rows[0].of if rows else 0, rows[0].of_late if rows else 0

    def _url(self, at):
        return _link(self.page, _filters(self.query, at)) if self.page else ""

    def _steps(self, user):
        """The moves that may be offered here: asked once for the block, since every row of it lies under the charge."""
        wanted = [Complaint.MOVES[name] for name in self.moves]
        return [step for step in wanted if user.has_perm(step.needs)]


@dataclass(frozen=True)
class Block:
    """Work as it stands: the first rows, the number of all (up to the cap), the list behind it."""

    work: Work
    rows: list
    count: int
    late: int
    url: str
    steps: list
    user: User
    at: object

    @property
    def more(self):
        """Whether there are rows that are not shown."""
        return self.count > len(self.rows)

    @property
    def number(self):
        """The count as text: "37", or "more than 1,000"."""
        return count_text(self.count)

    @property
    def day(self):
        return timezone.localdate(self.at)

    @property
    def lines(self):
        """(row, badge of its first clock, the move offered on it or None) for each shown complaint."""
        return [(row, row.due_status(self.at), self._step(row)) for row in self.rows]

    def _step(self, row):
        possible = (step for step in self.steps if row.state in step.sources and _suits(step, row))
        return next((step for step in possible if not step.offered or step.offered(row, self.user)), None)


def _suits(step, row):
    """An assigned complaint is not offered for assigning; after her feedback a satisfied woman's for closing, others for re-opening."""
    if step.name == "assign":
        return row.assigned_to_id is None
    if step.name in ("close", "reopen"):
        return (step.name == "close") == bool(row.satisfied)
    return True


def _filters(query, at):
    """The filters as the list reads them; a function stands for a value that depends on the day."""
    return {name: value(at) if callable(value) else value for name, value in query.items()}


def _link(page, query):
    return f"{reverse(page)}?{urlencode(query)}" if query else reverse(page)


def _today(at):
    return timezone.localdate(at).isoformat()


def _listed(query, user, at):
    return narrow(Complaint.objects.visible_to(user), _filters(query, at), user=user, at=at)


def _complaints(
    code, title, advice, empty, *, order=("due_at", "id"), moves=NEXT_STEPS, shown=SHOWN, tone="info", **query
):
    """A block over complaints: the filters of the list, with a title."""
    find = partial(_listed, query)
    return Work(code, title, advice, empty, find, query=query, order=order, moves=moves, shown=shown, tone=tone)


def _fir_listed(query, user, at):
    return narrow(Fir.objects.visible_to(user), _filters(query, at), user=user, at=at, known=FIR_FILTERS)


def _firs(code, title, advice, empty, *, tone="info", shown=SHOWN, **query):
    """A block over FIRs: the filters of their list, with a title."""
    return Work(
        code, title, advice, empty, partial(_fir_listed, query), page="complaints:firs", query=query, moves=(),
        related=("thana", "assigned_to"), part="reports/parts/work_fir.html", shown=shown, tone=tone,
    )  # fmt: skip


# --- the blocks ------------------------------------------------------------------------------------------------------

_waiting_women = _complaints(
    "waiting",
    _("Waiting women: registered today, no officer yet"),
    _("Tell the in-charge, and tell her who will hear her."),
    _("Nobody is waiting: every complaint registered today has an officer."),
    order=("received_at", "id"),
    tone="due",
    state=State.REGISTERED.value,
    **{"from": _today},
)

_follow_ups = _complaints(
    "follow_ups",
    _("Follow-ups due today or late"),
    _("Do what was promised for the date, write the entry and give the next date."),
    _("No follow-up is due today."),
    order=("next_on", "id"),
    moves=("follow_up",),
    follow_up="1",
)

_feedback = _complaints(
    "feedback",
    _("Feedback calls to make"),
    _("Call at the time that is safe for her, and write what she says in her words."),
    _("No feedback call is waiting: everyone whose complaint was disposed of has been heard."),
    moves=("feedback",),
    state=State.DISPOSED.value,
)

_my_cases = _complaints(
    "mine",
    _("My cases, the next due first"),
    _("Take the next step of the first case."),
    _("No open case is assigned to you."),
    officer="me",
    open="1",
    shown=SHOWN_FIRST,
)

_my_follow_ups = _complaints(
    "my_follow_ups",
    _("My follow-ups due today or late"),
    _("Do what was promised for the date, write the entry and give the next date."),
    _("None of your follow-ups is due today."),
    order=("next_on", "id"),
    moves=("follow_up",),
    officer="me",
    follow_up="1",
)

_my_directions = _complaints(
    "my_directions",
    _("Directions from above in my cases"),
    _("Carry the direction out and answer it with an entry."),
    _("No direction is open in your cases."),
    moves=("follow_up",),
    officer="me",
    direction="1",
)

_my_feedback = _complaints(
    "my_feedback",
    _("Feedback calls in my cases"),
    _("Call, or ask the help desk to call, before the clock runs out."),
    _("No feedback call is waiting in your cases."),
    moves=("feedback",),
    officer="me",
    state=State.DISPOSED.value,
)

_unassigned = _complaints(
    "unassigned",
    _("Not assigned"),
    _("Give each to a sub-inspector or take it yourself."),
    _("Every open complaint has an officer."),
    tone="due",
    unassigned="1",
)

_unassigned_late = _complaints(
    "unassigned_late",
    _("Late and still not assigned"),
    _("Assign them now, or direct the in-charge to."),
    _("Nothing is late for want of an officer."),
    tone="late",
    unassigned="1",
    late="1",
)

_late = _complaints(
    "late",
    _("Late"),
    _("Ask the officer what stands in the way; step in where it is grave."),
    _("Nothing is late. Well kept."),
    tone="late",
    late="1",
)

_due_today = _complaints(
    "due_today",
    _("Due today"),
    _("See to it that each is done before the day ends."),
    _("Nothing more falls due today."),
    tone="due",
    due="today",
)

_sensitive = _complaints(
    "sensitive",
    _("Sensitive and open"),
    _("Watch these yourself every day."),
    _("No sensitive complaint is open."),
    sensitive="1",
    open="1",
)

_to_close = _complaints(
    "to_close",
    _("Feedback taken: close or re-open"),
    _("Re-open where she was not satisfied; close the rest."),
    _("No complaint waits to be closed."),
    order=("satisfied", "feedback_at", "id"),
    moves=("reopen", "close"),
    state=State.FED_BACK.value,
)

_directions = _complaints(
    "directions",
    _("Open directions from above"),
    _("Carry each out and answer it with an entry."),
    _("No direction from above is open."),
    moves=("follow_up",),
    direction="1",
)

_directions_late = _complaints(
    "directions_late",
    _("Directions not carried out in time"),
    _("Ask for the compliance, or direct again with a new date."),
    _("Every direction whose date has come has been answered."),
    tone="late",
    moves=("direct",),
    direction="late",
)

_reveals = _complaints(
    "reveals",
    _("Requests to read an identity"),
    _("Agree only where the reason holds; you are the second pair of eyes."),
    _("No request to read an identity is waiting."),
    order=("received_at", "id"),
    moves=(),
    reveal="1",
)

_escalated = _complaints(
    "escalated",
    _("Late so long that it has come up to me"),
    _("Open it, see who holds it up, and give a direction with a date."),
    _("Nothing has come up the line to you. Those below are keeping up."),
    tone="late",
    moves=("direct",),
    escalated="1",
    shown=SHOWN_FIRST,
)

_past_the_ladder = _complaints(
    "past_sp",
    _("Late even past the district police chief's turn"),
    _("Give a direction to the district."),
    _("No late case has passed the last step of the line."),
    tone="late",
    moves=("direct",),
    escalated=Role.SP.value,
    shown=SHOWN_FIRST,
)


_fir_tonight = _firs(
    "fir_tonight",
    _("FIRs: late, or due before midnight"),
    _("Record what is done; see to the rest tonight."),
    _("No clock of an FIR runs out today."),
    tone="late",
    due="tonight",
)

_my_firs = _firs(
    "my_firs",
    _("My investigations, the next due first"),
    _("Take the next step of the first case, and record it."),
    _("No FIR with a running clock is with you."),
    officer="me",
    running="1",
    shown=SHOWN_FIRST,
)

_fir_week = _firs(
    "fir_week",
    _("FIRs: due within a week"),
    _("Plan the statements, doctors and reports of these days."),
    _("No clock of an FIR runs out this week."),
    tone="due",
    due="week",
)

_fir_bail = _firs(
    "fir_bail",
    _("Default bail within ten days"),
    _("The accused goes free by right where no charge sheet is filed before that day."),
    _("No default bail is near."),
    tone="late",
    bail="1",
)

_fir_over = _firs(
    "fir_over",
    _("Investigations past two months (BNSS 193)"),
    _("Ask what is missing, give the reason, and finish it."),
    _("No investigation is past the two months of the law."),
    tone="late",
    over_limit="1",
)

_fir_officer = _firs(
    "fir_officer",
    _("FIRs without an investigating officer"),
    _("Name the officer; the important ones stay with the kendra."),
    _("Every FIR has its investigating officer."),
    tone="due",
    unassigned="1",
)

_fir_reveals = _firs(
    "fir_reveals",
    _("Requests to read an identity in an FIR"),
    _("Agree only where the reason holds; you are the second pair of eyes."),
    _("No request to read an identity in an FIR is waiting."),
    reveal="1",
)

_fir_directions = _firs(
    "fir_directions",
    _("Open directions from above in FIRs"),
    _("Carry each out and answer it with an entry."),
    _("No direction from above is open in an FIR."),
    direction="1",
)


def _preventive_ending(user, at):
    return ending(Preventive.objects.visible_to(user), at)


_ends = Work(
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


_harassers = Work(
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


# --- support ---------------------------------------------------------------------------------------------------------


def _referrals_listed(shown, user, at):
    return narrow_referrals(Referral.objects.visible_to(user), shown, user, at)


def _referrals(code, title, advice, empty, shown, *, tone="info"):
    """A block over referrals: what their list shows under the same word."""
    return Work(
        code, title, advice, empty, partial(_referrals_listed, shown), page="counselling:referrals", query={"show": shown},
        order=("due_at", "id"), moves=(), related=REFERRAL_SHOWN, part="reports/parts/work_referral.html", tone=tone,
    )  # fmt: skip


def _compensations_listed(shown, user, at):
    return narrow_compensations(Compensation.objects.visible_to(user), shown, user, at)


def _compensations(code, title, advice, empty, shown, *, tone="info"):
    """A block over applications for compensation: what their list shows under the same word."""
    return Work(
        code, title, advice, empty, partial(_compensations_listed, shown), page="counselling:compensations",
        query={"show": shown}, order=("due_at", "id"), moves=(), related=COMPENSATION_SHOWN,
        part="reports/parts/work_compensation.html", tone=tone,
    )  # fmt: skip


_referrals_late = _referrals(
    "referrals_late",
    _("Referrals: the agency is late"),
    _("Ring the agency, record its answer, or refer her to another one."),
    _("No agency keeps a woman waiting."),
    "late",
    tone="late",
)

_referrals_up = _referrals(
    "referrals_up",
    _("Referrals so late that they have come up to me"),
    _("Speak with the head of the agency; services must reach her without a break."),
    _("No late referral has come up the line to you."),
    "escalated",
    tone="late",
)

_referrals_fallen = _referrals(
    "referrals_fallen",
    _("Referrals declined or failed"),
    _("Refer her to another agency, or write why none is needed."),
    _("No referral was declined or failed without another agency."),
    "fallen",
    tone="due",
)

_referrals_held = _referrals(
    "referrals_held",
    _("Referrals without her consent"),
    _("Respect her will; order it only where life or a child is in danger, with the reason."),
    _("No referral waits for consent."),
    "held",
    tone="due",
)


def _plans_to_review(user, at):
    return SafetyPlan.objects.visible_to(user).filter(warn_at__lte=at)


_plans = Work(
    "plans",
    _("Safety plans to look at again"),
    _("Meet her alone, go through the plan, and write it anew."),
    _("No safety plan has to be looked at again these days."),
    _plans_to_review,
    page="",
    order=("due_at", "id"),
    moves=(),
    related=("person", "thana", "fir", "complaint"),
    part="reports/parts/work_plan.html",
    tone="due",
)

_my_referrals = _referrals(
    "my_referrals",
    _("My referrals that run, the next due first"),
    _("Ring the agency and record what it says."),
    _("None of your referrals is running."),
    "mine",
)

_compensation_late = _compensations(
    "compensation_late",
    _("Compensation: late"),
    _("Ask where it hangs, write the reason of the delay, send what is missing."),
    _("No application for compensation is late."),
    "late",
    tone="late",
)

_compensation_up = _compensations(
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
        moves=(),
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
        moves=(),
        related=("thana", "assigned_to"),
        part="reports/parts/work_untold.html",
        tone="due",
        clocked=False,
    )


_untold_here = _untold_complaints("untold", _("Complaints: she has heard nothing for long"), mine=False)
_untold_mine = _untold_complaints("my_untold", _("My complaints: she has heard nothing for long"), mine=True)
_fir_untold_here = _untold_firs("fir_untold", _("FIRs: she has heard nothing for long"), mine=False)
_fir_untold_mine = _untold_firs("my_fir_untold", _("My FIRs: she has heard nothing for long"), mine=True)

_fir_told = _firs(
    "fir_told",
    _("FIRs: the 90 days to tell her end (BNSS 193)"),
    _("Tell her and record it: that meets the clock."),
    _("In no FIR do the 90 days to tell her end soon."),
    tone="late",
    told="1",
)


def _referrals_given(user, at):
    return Referral.objects.given_to(user, timezone.localdate(at))


_given_referrals = Work(
    "given_referrals",
    _("Referrals opened to you by name"),
    _("Say whether your agency accepts, and later how it ended."),
    _("No referral is opened to you at present."),
    _referrals_given,
    page="",
    order=("-recorded_at", "-id"),
    moves=(),
    related=REFERRAL_SHOWN,
    part="reports/parts/work_referral.html",
    shown=50,
)


def _proposals(states, user, at):
    return Enlargement.objects.visible_to(user).filter(state__in=states)


def _enlargements(code, title, advice, empty, states):
    return Work(
        code, title, advice, empty, partial(_proposals, states), page="counselling:agencies", order=("proposed_at", "id"),
        moves=(), related=("agency__district",), part="reports/parts/work_enlargement.html",
    )  # fmt: skip


_to_forward = _enlargements(
    "to_forward",
    _("Proposals to enlarge a One Stop Centre"),
    _("Send each on to the department, or refuse it with the reason."),
    _("No proposal to enlarge an agency waits for you."),
    (EnlargementState.PROPOSED,),
)

_enlarging = _enlargements(
    "enlarging",
    _("Enlargements under way"),
    _("Ask the department, and record its answer."),
    _("No enlargement of an agency is under way."),
    (EnlargementState.FORWARDED, EnlargementState.APPROVED),
)


def _offered_here(user, at):
    return Handover.objects.visible_to(user).filter(state=Handover.State.OFFERED)


_handovers = Work(
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


_given = Work(
    "given",
    _("Cases given to you by name"),
    _("Open a case to see what is asked of you. A case leaves this page on the last day of its order."),
    _("No case is given to you at present. When one is, it will stand here."),
    _given_by_name,
    page="",
    order=("-received_at", "-id"),
    moves=(),
    shown=50,
)


def _without_charge(user, at):
    held = Charge.objects.held(timezone.localdate(at)).filter(user=OuterRef("pk"))
    return User.objects.filter(~Exists(held), is_active=True, is_superuser=False)


_idle_accounts = Work(
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


_charges = Work(
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


_provisional_units = Work(
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


_meeting = Work(
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


_to_submit = _reports(
    "to_submit",
    _("Monthly reports to submit"),
    _("Read the figures, write what was hard and what is needed, and submit."),
    _("No monthly report waits to be submitted."),
    MonthlyReport.State.DRAFT,
)

_to_review = _reports(
    "to_review",
    _("Monthly reports to review"),
    _("Write what the review found; the nodal officer sees it."),
    _("No monthly report waits for your review."),
    MonthlyReport.State.SUBMITTED,
)

_to_accept = _reports(
    "to_accept",
    _("Monthly reports to accept"),
    _("Accept what the circle officer has reviewed."),
    _("No monthly report waits to be accepted."),
    MonthlyReport.State.REVIEWED,
)

# --- counselling (DG 38/2025 ¶3.viii–x, ¶4.i.k–l, ¶5.i.k) ------------------------------------------------------------


def _sessions_due(user, at):
    return Session.objects.visible_to(user).due(at)


_sessions = Work(
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
        code, title, advice, empty, partial(find, query), page=page, query=query, moves=(), related=related, tone=tone,
        part="reports/parts/work_counsel.html",
    )  # fmt: skip


_counsel = _owing(
    "counsel",
    _("Mandatory counselling outstanding"),
    _("Plan the session; an FIR does not wait for it."),
    _("No mandatory counselling is outstanding in a complaint."),
    "complaints:list",
    _listed,
    "1",
    "due",
)

_fir_counsel = _owing(
    "fir_counsel",
    _("Mandatory counselling outstanding in FIRs"),
    _("Plan the session; an FIR does not wait for it."),
    _("No mandatory counselling is outstanding in an FIR."),
    "complaints:firs",
    _fir_listed,
    "1",
    "due",
)

_counsel_late = _owing(
    "counsel_late",
    _("Mandatory counselling late"),
    _("Ask what stands in the way; the circle officer may waive it with reasons."),
    _("No mandatory counselling is late in a complaint."),
    "complaints:list",
    _listed,
    "late",
    "late",
)

_fir_counsel_late = _owing(
    "fir_counsel_late",
    _("Mandatory counselling late in FIRs"),
    _("Ask what stands in the way; the circle officer may waive it with reasons."),
    _("No mandatory counselling is late in an FIR."),
    "complaints:firs",
    _fir_listed,
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


_sitting = _ppk(
    "sitting",
    _("Family Counselling Centre: sitting this week"),
    _("See that both sides have been told, and take the papers along."),
    _("No case is called to the Family Counselling Centre this week."),
    _sitting_this_week,
    "week",
    ("sits_on", "id"),
)

_centre_back = _ppk(
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


_after_settlement = Work(
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


_psychologist = Work(
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


_entrusted_over = Work(
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


_entrusted = Work(
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


def _fallen(user, at):
    reports = MonthlyReport.objects.visible_to(user).filter(month=shift(month_of(at), -1), unit__level=Level.THANA)
    return reports.exclude(signs="")


_look_here = Work(
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


def _mismatches_here(user, at):
    return CctnsMismatch.objects.visible_to(user).filter(open=True)


_mismatches = Work(
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


_questions = Work(
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
    return Question.objects.sent_by(user).filter(answered_at__gt=at - (shown.due(at) - at))


_answers = Work(
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


#: role → the blocks of its day, most pressing first
WORK = {
    Role.DESK: (
        _waiting_women, _follow_ups, _feedback, _fir_tonight, _sessions, _sitting, _after_settlement,
        _referrals_late, _plans, _untold_here, _fir_untold_here,
    ),
    Role.SI: (
        _my_cases, _my_firs, _my_directions, _my_follow_ups, _my_feedback, _sessions, _counsel, _fir_counsel, _sitting,
        _after_settlement,
        _my_referrals, _referrals_fallen, _compensation_late, _plans, _untold_mine, _fir_untold_mine,
    ),
    Role.INCHARGE: (
        _unassigned, _late, _fir_tonight, _fir_bail, _due_today, _fir_week, _fir_over, _directions, _fir_directions,
        _sensitive, _fir_officer, _mismatches, _questions, _answers, _ends, _feedback, _to_close, _handovers, _reveals, _fir_reveals, _to_submit, _meeting,
        _sessions, _counsel, _fir_counsel, _centre_back, _sitting, _after_settlement, _entrusted_over,
        _referrals_late, _referrals_fallen, _referrals_held, _compensation_late, _plans, _untold_here, _fir_untold_here, _fir_told,
    ),
    Role.SHO: (
        _escalated, _fir_tonight, _fir_bail, _fir_over, _fir_officer, _mismatches, _questions, _answers, _harassers, _ends, _unassigned_late, _directions, _fir_directions,
        _handovers, _reveals, _fir_reveals, _counsel_late, _fir_counsel_late,
        _referrals_held, _referrals_up, _compensation_up, _fir_told, _charges,
    ),
    Role.CO: (
        _escalated, _fir_tonight, _fir_bail, _fir_over, _harassers, _ends, _directions_late, _reveals, _fir_reveals, _to_review,
        _counsel_late, _fir_counsel_late, _referrals_held, _referrals_up, _compensation_up, _look_here, _charges,
    ),
    Role.NODAL: (
        _escalated, _fir_tonight, _fir_bail, _fir_over, _directions_late, _to_accept, _counsel_late, _fir_counsel_late,
        _psychologist, _sitting, _referrals_up, _compensation_up, _enlarging, _look_here, _charges,
    ),
    Role.SP: (
        _escalated, _fir_tonight, _fir_bail, _fir_over, _directions_late, _to_accept, _psychologist,
        _referrals_up, _compensation_up, _to_forward, _look_here, _charges,
    ),
    Role.IG: (_past_the_ladder, _charges),
    Role.ADG: (_past_the_ladder, _charges),
    Role.HQ: (_past_the_ladder, _charges),
    Role.COUNSELLOR: (_entrusted, _given, _given_referrals),
    Role.SYSADMIN: (_charges, _idle_accounts, _provisional_units),
}  # fmt: skip


# --- the units below -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class UnitWork:
    """What waits in one unit: complaints with a clock past its date, and what stands behind that.

    open: not disposed of · late: past the date · since: the oldest of these dates or None · unassigned: open with no
    officer · feedback: disposed of, call late · dissatisfied: this month's calls in which she was not satisfied
    """

    unit: Unit
    at: object
    open: int = 0
    late: int = 0
    since: object = None
    unassigned: int = 0
    feedback: int = 0
    dissatisfied: int = 0

    @classmethod
    def of(cls, unit, parts, at):
        """The work of `unit` as the sum of `parts`, which are all the units of one level under it."""
        since = min((part.since for part in parts if part.since), default=None)
        sums = ("open", "late", "unassigned", "feedback", "dissatisfied")
        return cls(unit, at, since=since, **{name: sum(getattr(part, name) for part in parts) for name in sums})

    @property
    def days(self):
        """Whole days since the oldest date passed."""
        return (self.at - self.since).days if self.since else 0

    @property
    def need(self):
        """What the list is sorted by, the neediest first: late, longest late, unassigned, feedback, dissatisfied."""
        return (self.late, self.days, self.unassigned, self.feedback, self.dissatisfied)

    @property
    def links(self):
        """The list behind each number."""
        queries = {
            "open": {"open": "1"},
            "late": {"late": "1"},
            "unassigned": {"unassigned": "1"},
            "feedback": {"state": State.DISPOSED.value, "late": "1"},
            "dissatisfied": {"figure": "dissatisfied", "month": f"{timezone.localtime(self.at):%Y-%m}"},
        }
        return {name: _link("complaints:list", {"unit": self.unit.pk, **query}) for name, query in queries.items()}

    @property
    def numbers(self):
        """(label, number, the list behind it, tone) in the order of need."""
        links = self.links
        return [
            (_("Late"), self.late, links["late"], "late"),
            (_("Not assigned"), self.unassigned, links["unassigned"], "due"),
            (_("Feedback call late"), self.feedback, links["feedback"], "late"),
            (_("Not satisfied this month"), self.dissatisfied, links["dissatisfied"], "due"),
            (_("Open complaints"), self.open, links["open"], "info"),
        ]


def levels_below(unit):
    """The three levels by which a unit's work can be broken up, the next one first; further down is a step further."""
    below = LEVELS.index(unit.level) + 1
    return [Level(level) for level in LEVELS[below : below + 3]]


def units_below(unit, level, *, at):
    """`UnitWork` for each unit of `level` under `unit`, the neediest first. Three queries, whatever their number.

    On the level of ranges a commissionerate that answers to its zone stands beside the ranges. Which unit may be asked
    about is the caller's to settle: `unit` comes out of `visible_to`.
    """
    rows = Complaint.objects.under(unit).order_by().annotate(below=_standing(level)).values("below")
    counted = {row.pop("below"): row for row in rows.waiting().annotate(**_counts(at))}
    unhappy = rows.filter(MEASURES["dissatisfied"].where(Period.month(timezone.localdate(at), at)))
    unhappy = {row["below"]: row["n"] for row in unhappy.annotate(n=Count("pk"))}
    found = [
        UnitWork(below, at, **counted.get(below.pk, {}), dissatisfied=unhappy.get(below.pk, 0))
        for below in _units_of(unit, level)
    ]
    return sorted(found, key=lambda each: (*(-n for n in each.need), each.unit.name))


def _standing(level):
    """The column of a complaint that says which unit of `level` it lies under."""
    return Coalesce("police_range_id", "district_id") if level == Level.POLICE_RANGE else F(f"{level}_id")


def _units_of(unit, level):
    wanted = Q(level=level)
    if level == Level.POLICE_RANGE:
        wanted |= Q(level=Level.DISTRICT, police_range=None)
    return Unit.objects.under(unit).filter(wanted).select_related("circle", "district")


def _counts(at):
    """What is counted of waiting rows; each column stands in the index of waiting work, so no row is fetched."""
    late, still_open = Q(due_at__lte=at), Q(state__in=sorted(OPEN_STATES))
    return {
        "open": Count("pk", filter=still_open),
        "late": Count("pk", filter=late),
        "since": Min("due_at", filter=late),
        "unassigned": Count("pk", filter=still_open & Q(assigned_to=None)),
        "feedback": Count("pk", filter=late & Q(state=State.DISPOSED)),
    }


def in_need(units):
    """Those of `units_below` with anything late, in their order."""
    return [each for each in units if each.late]


def at_work(units):
    """Those of `units_below` with any number to show, in their order."""
    return [each for each in units if each.open or any(each.need)]
