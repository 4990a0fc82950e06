"""A complaint's moves (DG 38/2025 ¶3.i, 4.i.d, 4.ii.b–c, 4.iii): the right person, the guard, the clock, the trail."""

import threading
import uuid
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from complaints.models import OPEN_STATES, Clock, Complaint, Deadline, Nature, Note, Outcome, State
from complaints.models.states import SETTLEMENTS
from kendras.models import Entry, Role, Rule, Unit, User
from kendras.workflow import Refused, move, moves_for
from tests.world import NOW, build

WORDS = "दोनों पक्ष सुने गये हैं"

#: state → what each role of Hari Parvat is offered there (the assigned officer is Ila)
OFFERED = {
    "registered": {
        "hema": {"follow_up"},
        "ila": {"fir_at_once", "follow_up"},
        "asha": {"assign", "fir_at_once", "follow_up", "hand_over", "suspect_false"},
        "omprakash": {"assign", "follow_up", "direct", "extend", "hand_over"},
        "charu": {"direct", "extend"},
        "divya": {"direct"},
        "esha": {"direct"},
        "hina": {"direct"},
    },
    "enquiry": {
        "hema": {"follow_up"},
        "ila": {"decide", "follow_up", "suspect_false"},
        "indu": {"follow_up"},
        "asha": {"reassign", "decide", "follow_up", "hand_over", "suspect_false"},
    },
    "disposed": {
        "hema": {"feedback", "missed_call", "follow_up"},
        "omprakash": {"reopen", "follow_up", "direct"},
        "charu": {"reopen", "direct"},
        "divya": {"direct"},
    },
    "fed_back": {"hema": {"follow_up"}, "asha": {"close", "reopen", "follow_up"}},
    "closed": {"hema": set(), "asha": {"reopen"}, "charu": {"reopen"}, "esha": set()},
}

OUTSIDE = ["bina", "bela", "kamla", "mala", "gita", "sysa", "root"]


@pytest.mark.parametrize("state", OFFERED)
def test_each_role_is_offered_its_own_moves_and_no_other(world, state):
    complaint = world.at_state(state)
    for key, names in OFFERED[state].items():
        user = world.fresh(getattr(world, key))
        assert {step.name for step in moves_for(complaint, user)} == names, key


@pytest.mark.parametrize("key", OUTSIDE)
@pytest.mark.parametrize("name", Complaint.MOVES)
def test_nobody_outside_the_unit_can_make_any_move(world, key, name):
    complaint = world.complaint()
    user = world.fresh(getattr(world, key))
    with pytest.raises(Refused) as refused:
        move(complaint, name, by=user, at=NOW, reason=WORDS)
    assert refused.value.code == "right"
    assert not Entry.objects.filter(action=f"complaint.{name}").exists()


def test_a_move_is_refused_from_the_wrong_state_and_leaves_nothing(world):
    complaint = world.complaint()
    with pytest.raises(Refused) as refused:
        move(complaint, "dispose", by=world.asha, at=NOW, reason=WORDS)
    assert refused.value.code == "state"
    complaint.refresh_from_db()
    assert (complaint.state, complaint.version) == (State.REGISTERED, 1)


def test_the_whole_life_ends_closed_with_each_step_on_the_trail(world):
    complaint = world.at_state("closed")
    actions = [entry.action for entry in Entry.objects.about(complaint)]
    assert actions[::-1] == [
        "complaint." + name
        for name in ["register", "assign", "start_enquiry", "decide", "carry_out", "dispose", "feedback", "close"]
    ]
    assert not complaint.deadlines.running().exists()
    assert complaint.due_at is None


def test_every_nature_that_bars_a_settlement_refuses_each_of_them(world):
    barred = Nature.objects.filter(bars_settlement=True)
    assert {"rape", "pocso", "gang_rape", "acid_attack", "dowry_death"} <= {nature.code for nature in barred}
    for nature in barred:
        complaint = world.at_state("enquiry", nature=nature.code)
        for outcome in SETTLEMENTS:
            with pytest.raises(Refused, match=nature.name[:6]):
                move(complaint, "decide", by=world.asha, at=NOW, outcome=outcome, reason=WORDS)


def test_an_fir_at_once_needs_no_enquiry(world):
    complaint = world.complaint(nature="rape")
    complaint = move(complaint, "fir_at_once", by=world.ila, at=NOW, reason="संज्ञेय अपराध का कथन")
    assert (complaint.state, complaint.outcome) == (State.DECIDED, Outcome.FIR)


def test_an_officer_of_another_kendra_cannot_be_assigned(world):
    with pytest.raises(Refused):
        move(world.complaint(), "assign", by=world.asha, at=NOW, officer=world.bina)


def test_only_the_assigned_officer_or_the_in_charge_goes_on(world):
    complaint = move(world.complaint(), "assign", by=world.asha, at=NOW, officer=world.indu)
    with pytest.raises(Refused):
        move(complaint, "start_enquiry", by=world.ila, at=NOW)
    assert move(complaint, "start_enquiry", by=world.indu, at=NOW).state == State.ENQUIRY


@pytest.mark.parametrize(
    ("state", "name", "data"),
    [
        ("enquiry", "decide", {"outcome": "counselling", "reason": "ठीक"}),
        ("enquiry", "decide", {"outcome": "nothing", "reason": WORDS}),
        ("decided", "carry_out", {"text": "हुआ"}),
        ("carried_out", "dispose", {"reason": "निस्तारित"}),
        ("disposed", "feedback", {"satisfied": True, "text": "हाँ"}),
        ("disposed", "feedback", {"satisfied": None, "text": "उसने कहा कि ठीक है"}),
        ("closed", "reopen", {"reason": ""}),
        ("registered", "follow_up", {"text": "बात हुई", "next_on": (NOW - timedelta(days=1)).date()}),
    ],
)
def test_a_step_without_words_or_with_a_date_gone_by_is_refused(world, state, name, data):
    complaint = world.at_state(state)
    with pytest.raises(Refused) as refused:
        move(complaint, name, by=world.asha, at=NOW, **data)
    assert refused.value.code == "guard"


def test_an_fir_needs_its_number(world):
    complaint = world.at_state("decided", outcome="fir")
    with pytest.raises(Refused):
        move(complaint, "carry_out", by=world.asha, at=NOW, text="प्रथम सूचना रिपोर्ट लिखी गयी", number="")


def test_a_dissatisfied_woman_is_not_closed_away_without_a_reason(world):
    complaint = world.at_state("fed_back", satisfied=False)
    with pytest.raises(Refused):
        move(complaint, "close", by=world.asha, at=NOW, reason="")
    assert move(complaint, "reopen", by=world.asha, at=NOW + timedelta(days=1), reason=WORDS).reopened == 1


@pytest.mark.parametrize(
    "text", ["सीमा ने कहा कि अब ठीक है", "Seema says it is fine", "उसके पति रमेश को बुलाया", "98123 45678 पर बात की"]
)
@pytest.mark.parametrize(("name", "field"), [("follow_up", "text"), ("direct", "text")])
def test_an_entry_that_names_a_person_in_the_case_is_refused(world, name, field, text):
    complaint = world.complaint()
    by = world.asha if name == "follow_up" else world.esha
    with pytest.raises(Refused, match="पीड़िता"):
        move(complaint, name, by=by, at=NOW, next_on=NOW.date(), **{field: text})
    assert not Note.objects.exists()


# --- clocks ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("seconds", "status"), [(-60, "due_soon"), (0, "late"), (60, "late")])
def test_the_disposal_is_late_from_the_minute_it_falls_due(world, seconds, status):
    complaint = world.complaint()
    due = NOW + timedelta(days=Rule.objects.get(code="complaint_disposal").amount)
    clock = complaint.deadlines.get(clock=Clock.DISPOSAL)
    assert clock.due_at == due
    assert clock.status(due + timedelta(seconds=seconds)) == status


def test_the_amber_comes_before_the_red(world):
    clock = world.complaint().deadlines.get(clock=Clock.DISPOSAL)
    assert clock.status(clock.warn_at - timedelta(minutes=1)) == "on_time"
    assert clock.status(clock.warn_at) == "due_soon"


def test_a_changed_rule_holds_for_the_next_complaint_and_not_for_the_last(world):
    before = world.complaint()
    Rule.objects.get(code="complaint_disposal").change(3, by=world.hina, at=NOW, reason="मुख्यालय का आदेश")
    after = world.complaint()
    assert before.deadlines.get(clock=Clock.DISPOSAL).due_at == NOW + timedelta(days=10)
    assert after.deadlines.get(clock=Clock.DISPOSAL).due_at == NOW + timedelta(days=3)
    assert Entry.objects.get(action="rule.change").details == {"from": 10, "to": 3}


def test_a_preliminary_enquiry_has_fourteen_days_only_where_the_law_knows_one(world):
    assert world.complaint(nature="stalking").deadlines.get(clock=Clock.ENQUIRY).due_at == NOW + timedelta(days=14)
    assert not world.complaint(nature="rape").deadlines.filter(clock=Clock.ENQUIRY).exists()


def test_the_feedback_call_is_due_three_days_after_the_disposal(world):
    complaint = world.at_state("disposed")
    assert complaint.due_clock == Clock.FEEDBACK
    assert complaint.due_at == complaint.disposed_at + timedelta(days=3)


def test_the_row_carries_the_clock_that_falls_due_first(world):
    complaint = move(world.complaint(), "follow_up", by=world.asha, at=NOW, text="दूरभाष पर बात हुई", next_on=NOW.date())
    first = complaint.deadlines.running().order_by("due_at").first()
    assert (complaint.due_at, complaint.due_clock) == (first.due_at, first.clock)
    assert first.clock == Clock.FOLLOW_UP


def test_a_disposal_is_extended_by_the_right_rank_within_the_bound(world):
    complaint = world.complaint()
    wanted = (NOW + timedelta(days=20)).date()
    with pytest.raises(Refused):
        move(complaint, "extend", by=world.asha, at=NOW, until=wanted, reason=WORDS)
    with pytest.raises(Refused):
        move(complaint, "extend", by=world.charu, at=NOW, until=(NOW + timedelta(days=40)).date(), reason=WORDS)
    with pytest.raises(Refused):
        move(complaint, "extend", by=world.charu, at=NOW, until=NOW.date(), reason=WORDS)
    complaint = move(complaint, "extend", by=world.charu, at=NOW, until=wanted, reason=WORDS)
    running = complaint.deadlines.running().get(clock=Clock.DISPOSAL)
    assert timezone.localdate(running.due_at) == wanted + timedelta(days=1)
    assert running.first_due_at == NOW + timedelta(days=10)


def test_a_direction_stands_open_until_it_is_answered(world):
    complaint = move(world.complaint(), "direct", by=world.charu, at=NOW, text="आज ही जाँच करायें", next_on=NOW.date())
    direction = complaint.notes.get(kind=Note.Kind.DIRECTION)
    assert complaint.deadlines.running().filter(clock=Clock.DIRECTION).exists()
    complaint = move(complaint, "follow_up", by=world.asha, at=NOW, text="जाँच करा दी गयी", answers=direction)
    assert not complaint.deadlines.running().filter(clock=Clock.DIRECTION).exists()
    with pytest.raises(Refused):
        move(complaint, "follow_up", by=world.asha, at=NOW, text="फिर से उत्तर दिया", answers=direction)


@pytest.mark.parametrize(
    ("days", "reached"),
    [
        (0, {"incharge"}),
        (1, {"incharge", "sho"}),
        (3, {"incharge", "sho", "co"}),
        (7, {"incharge", "sho", "co", "nodal"}),
    ],
)
def test_late_work_climbs_the_ladder_day_by_day(world, days, reached):
    complaint = world.complaint()
    at = complaint.due_at + timedelta(days=days)
    ladder = (Role.INCHARGE, Role.SHO, Role.CO, Role.NODAL, Role.SP)
    on_pages = {role.value for role in ladder if Complaint.objects.escalated_to(role, at).exists()}
    assert on_pages == reached
    before = at - timedelta(minutes=1)
    assert {role.value for role in ladder if Complaint.objects.escalated_to(role, before).exists()} < reached


# --- handing over ----------------------------------------------------------------------------------------------------


def offered(world):
    complaint = move(world.complaint(), "hand_over", by=world.asha, at=NOW, to_thana=world.tajganj, reason=WORDS)
    return complaint, complaint.handovers.get()


def test_a_complaint_taken_over_gets_a_number_there_and_both_trails_agree(world):
    complaint, handover = offered(world)
    old = complaint.number
    with pytest.raises(Refused):
        move(handover, "accept", by=world.asha, at=NOW)
    move(handover, "accept", by=world.bina, at=NOW + timedelta(hours=1))
    complaint.refresh_from_db()
    assert complaint.thana == world.tajganj
    assert complaint.circle == world.c_tajganj
    assert complaint.assigned_to is None
    assert not Complaint.objects.visible_to(world.asha).exists()
    assert Complaint.objects.visible_to(world.bina).get() == complaint
    left, arrived = (Entry.objects.get(action=f"complaint.{name}") for name in ("left", "arrived"))
    assert (left.thana, arrived.thana) == (world.hariparvat, world.tajganj)
    assert left.details == arrived.details == {"from": "hariparvat", "to": "tajganj", "from_number": old}
    assert not complaint.tokens.exclude(thana=world.tajganj).exists()


def test_a_complaint_refused_there_stays_here(world):
    complaint, handover = offered(world)
    move(handover, "refuse", by=world.bina, at=NOW, reason="घटना स्थल हमारा नहीं है")
    complaint.refresh_from_db()
    assert (complaint.thana, complaint.handover_pending) == (world.hariparvat, False)
    assert Entry.objects.get(action="complaint.sent_back").thana == world.hariparvat


def test_an_offered_complaint_is_neither_offered_again_nor_disposed_of(world):
    complaint, _handover = offered(world)
    with pytest.raises(Refused):
        move(complaint, "hand_over", by=world.asha, at=NOW, to_thana=world.lohamandi, reason=WORDS)


# --- two at once, and once more --------------------------------------------------------------------------------------


def test_a_repeated_form_does_nothing_and_shows_the_first_result(world):
    complaint, once = world.complaint(), uuid.uuid4()
    first = move(complaint, "follow_up", by=world.asha, at=NOW, once=once, text="दूरभाष पर बात हुई")
    again = move(complaint, "follow_up", by=world.asha, at=NOW, once=once, text="दूरभाष पर बात हुई")
    assert first.version == again.version == 2
    assert Note.objects.count() == 1


def test_who_saw_an_older_version_is_told_so(world):
    complaint = world.complaint()
    move(complaint, "assign", by=world.asha, at=NOW, officer=world.ila)
    with pytest.raises(Refused) as refused:
        move(complaint, "assign", by=world.omprakash, at=NOW, version=1, officer=world.indu)
    assert refused.value.code == "stale"


@pytest.mark.django_db(transaction=True)
def test_of_many_officers_at_once_exactly_one_wins():
    world = build()
    complaint = world.complaint()
    won, refused = [], []

    def race(officer):
        try:
            by = User.objects.select_related("charge__unit").get(username="asha")
            move(complaint, "assign", by=by, at=NOW, version=1, officer=officer)
            won.append(officer)
        except Refused as refusal:
            refused.append(refusal.code)
        finally:
            connections.close_all()

    racers = [threading.Thread(target=race, args=(officer,)) for officer in (world.ila, world.indu, world.asha) * 2]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    assert (len(won), refused) == (1, ["stale"] * 5), connection.vendor
    assert Entry.objects.filter(action="complaint.assign").count() == 1


# --- any order -------------------------------------------------------------------------------------------------------

_DATA = {
    "reason": WORDS,
    "text": "दोनों पक्षों से बात की गयी",
    "number": "0001/2026",
    "satisfied": True,
    "outcome": "counselling",
}


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(walk=st.lists(st.sampled_from(sorted(Complaint.MOVES)), max_size=14))
def test_whatever_the_order_a_complaint_stays_consistent(world, walk):
    complaint, at = world.complaint(), NOW
    done = 0
    for name in walk:
        at += timedelta(hours=5)
        by = world.charu if name in ("direct", "extend") else world.asha
        data = dict(_DATA, officer=world.asha, next_on=timezone.localdate(at), to_thana=world.tajganj)
        data["until"] = (NOW + timedelta(days=14)).date()
        try:
            complaint = move(complaint, name, by=by, at=at, **data)
            done += 1
        except Refused:
            complaint.refresh_from_db()
        disposed = complaint.state in (State.DISPOSED, State.FED_BACK, State.CLOSED)
        assert (complaint.disposed_at is not None) == disposed
        assert (complaint.state in OPEN_STATES) != disposed
        first = complaint.deadlines.running().order_by("due_at", "id").first()
        assert complaint.due_at == (first.due_at if first else None)
        assert not (complaint.state == State.CLOSED and first)
    assert complaint.version == done + 1
    assert Entry.objects.about(complaint).exclude(action="handover.withdraw").count() == done + 1
    assert not Deadline.objects.filter(met_at__lt=NOW).exists()


# --- when she cannot be reached --------------------------------------------------------------------------------------


def called_in_vain(world, *days):
    """A disposed complaint with an unanswered call on each of `days` after the disposal."""
    complaint = world.at_state("disposed", at=NOW - timedelta(days=10))
    for day in days:
        at = complaint.disposed_at + timedelta(days=day)
        complaint = move(complaint, "missed_call", by=world.hema, at=at, text="")
    return complaint


def test_who_cannot_be_reached_on_three_different_days_may_be_closed_with_reasons(world):
    complaint = move(called_in_vain(world, 0, 1, 2), "close_unreached", by=world.asha, at=NOW, reason=WORDS)
    assert (complaint.state, complaint.closed_at, complaint.feedback_at) == (State.CLOSED, NOW, None)
    assert complaint.due_at is None
    assert not complaint.deadlines.running().exists()


@pytest.mark.parametrize(("days", "reason"), [((0, 1), WORDS), ((0, 0.01, 0.02, 1), WORDS), ((0, 1, 2), "")])
def test_too_few_days_or_no_reason_keep_it_open(world, days, reason):
    complaint = called_in_vain(world, *days)
    with pytest.raises(Refused):
        move(complaint, "close_unreached", by=world.asha, at=NOW, reason=reason)


def test_calls_before_a_reopening_do_not_count(world):
    complaint = called_in_vain(world, 0, 1, 2)
    complaint = move(complaint, "reopen", by=world.asha, at=NOW - timedelta(days=2), reason=WORDS)
    complaint = move(complaint, "decide", by=world.ila, at=NOW - timedelta(days=2), outcome="ppk", reason=WORDS)
    complaint = move(complaint, "carry_out", by=world.ila, at=NOW - timedelta(days=2), text=WORDS)
    complaint = move(complaint, "dispose", by=world.ila, at=NOW - timedelta(days=1), reason=WORDS)
    with pytest.raises(Refused, match="0"):
        move(complaint, "close_unreached", by=world.asha, at=NOW, reason=WORDS)


def test_giving_her_up_is_offered_to_the_incharge_after_a_first_call_in_vain(world):
    names = [step.name for step in moves_for(called_in_vain(world, 0), world.fresh(world.asha))]
    assert "close_unreached" in names
    assert "close_unreached" not in {step.name for step in moves_for(called_in_vain(world, 0), world.fresh(world.hema))}


# --- naming the other police station ---------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["ताजगंज", "tajganj", "TAJGANJ"])
def test_another_thana_is_named_in_either_script(world, text):
    complaint = world.complaint()
    answer = world.client(world.asha).post(
        f"/complaints/{complaint.pk}/moves/hand_over/",
        {"thana": text, "reason": WORDS, "once": str(uuid.uuid4()), "version": complaint.version},
    )
    assert answer.status_code == 302
    assert complaint.handovers.get().thana == world.tajganj


def test_a_name_that_stands_twice_is_told_apart_by_the_code(world):
    Unit.objects.create(level="thana", code="kotwali1", name_en="Kotwali", name_hi="कोतवाली", parent=world.c_dadri)
    Unit.objects.create(level="thana", code="kotwali2", name_en="Kotwali", name_hi="कोतवाली", parent=world.c_safipur)
    complaint = world.complaint()
    answer = world.client(world.asha).post(
        f"/complaints/{complaint.pk}/moves/hand_over/",
        {"thana": "कोतवाली", "reason": WORDS, "once": str(uuid.uuid4()), "version": complaint.version},
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "kotwali1" in page
    assert "kotwali2" in page
    assert not complaint.handovers.exists()
