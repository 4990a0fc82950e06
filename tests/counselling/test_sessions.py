"""Counselling sessions: planned, held, missed; what was said sealed; nobody brought before the accused (¶3.x, ¶4.ii.c, ¶4.iii)."""

import uuid
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.db.utils import IntegrityError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from complaints.models import Note
from counselling.models import Entrustment, Session, SessionOutcome, bars_settlement, never_together
from kendras.models import Entry
from kendras.workflow import NamesPerson, Refused, move
from tests.world import INDIA, NOW, SECRETS

DAY = timedelta(days=1)
SAID = "पति रोज शराब पीकर झगड़ा करते हैं"
HELD = {
    "private": True, "hers": SAID, "theirs": "आगे से झगड़ा नहीं करूँगा", "outcome": "advised",
    "result": "दोनों पक्षों को समझाया गया",
}  # fmt: skip


def planned(case, *, by, sides="apart", kind="first", at=NOW, on=None, **more):
    return Session.objects.plan(case, kind=kind, sides=sides, planned_for=on or at, by=by, at=at, **more)


def complete(session, by, at=NOW, **more):
    return move(session, "complete", by=by, at=at, **{"on": at, **HELD, **more})


# --- planning --------------------------------------------------------------------------------------------------------


def test_a_session_is_planned_in_a_complaint_or_an_fir_of_the_kendra(world):
    complaint, fir = world.complaint(), world.fir("BNS85", people=[{"part": "victim", "age": 30}])
    for case in (complaint, fir):
        session = planned(case, by=world.hema)
        assert (session.case, session.thana, session.state) == (case, world.hariparvat, "planned")
        assert Entry.objects.about(session).get().action == "session.plan"


@pytest.mark.parametrize(("days", "allowed"), [(-1, False), (0, True), (30, True)])
def test_a_session_is_planned_for_today_or_later(world, days, allowed):
    complaint = world.complaint()
    if allowed:
        planned(complaint, by=world.hema, on=NOW + days * DAY)
    else:
        with pytest.raises(Refused):
            planned(complaint, by=world.hema, on=NOW + days * DAY)
    assert Session.objects.exists() is allowed


def test_the_same_form_plans_one_session(world):
    complaint, once = world.complaint(), uuid.uuid4()
    assert planned(complaint, by=world.hema, once=once) == planned(complaint, by=world.hema, once=once)
    assert Session.objects.count() == 1


def test_mandatory_counselling_is_planned_only_where_it_is_due(world):
    with pytest.raises(Refused):
        planned(world.complaint(), by=world.ila, kind="mandatory")
    planned(world.complaint(nature="elopement"), by=world.ila, kind="mandatory")


def test_a_psychologist_session_needs_a_case_entrusted_to_one(world):
    with pytest.raises(Refused):
        planned(world.complaint(), by=world.ila, kind="psychologist")


# --- nobody is brought before the accused ----------------------------------------------------------------------------


def test_both_sides_sit_together_only_where_she_is_willing_and_that_is_recorded(world):
    complaint = world.complaint()
    with pytest.raises(Refused):
        planned(complaint, by=world.ila, sides="together")
    session = planned(complaint, by=world.ila, sides="together", willing=True)
    assert Entry.objects.about(session).get().details["willing"] is True
    with pytest.raises(IntegrityError):
        Session.objects.filter(pk=session.pk).update(willing=False)


@pytest.mark.parametrize("nature", ["rape", "pocso", "modesty", "rape_attempt", "trafficking", "acid_attack"])
def test_she_never_sits_before_the_accused_of_a_sexual_offence_whatever_she_is_said_to_wish(world, nature):
    complaint = world.complaint(nature=nature)
    assert never_together(complaint)
    with pytest.raises(Refused):
        planned(complaint, by=world.asha, sides="together", willing=True)
    page = world.client(world.asha).get(reverse("counselling:session_new", args=["complaint", complaint.pk]))
    assert 'value="together"' not in page.content.decode()
    assert planned(complaint, by=world.asha, sides="her").state == "planned"


def test_a_child_never_sits_before_the_other_side(world):
    girl = [{"part": "complainant", "age": 40}, {"part": "victim", "age": 16}]
    for case in (world.complaint(people=girl), world.fir("BNS85", people=girl[1:])):
        with pytest.raises(Refused):
            planned(case, by=world.asha, sides="together", willing=True)


def test_an_fir_with_a_sexual_section_keeps_them_apart(world):
    woman = [{"part": "victim", "age": 25}]
    assert never_together(world.fir("BNS64", "BNS85", people=woman))
    assert not never_together(world.fir("BNS85", people=woman))


# --- no settlement where the law forbids it --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("nature", "barred"),
    [
        ("rape", True),
        ("stalking", True),
        ("elopement", True),
        ("domestic_violence", False),
        ("family_dispute", False),
        ("other", True),
    ],
)
@pytest.mark.parametrize("outcome", ["settled", "ppk"])
def test_no_settlement_where_the_law_forbids_it(world, nature, barred, outcome):
    complaint = world.complaint(nature=nature, by=world.asha)
    session = planned(complaint, by=world.asha)
    assert bars_settlement(complaint) is barred
    if barred:
        with pytest.raises(Refused, match="अनुमति"):
            complete(session, world.asha, outcome=outcome)
    else:
        assert complete(session, world.asha, outcome=outcome).outcome == outcome


@pytest.mark.parametrize(
    ("codes", "barred"),
    [(["BNS85"], False), (["BNS85", "BNS115"], False), (["BNS85", "DP3"], True), (["BNS74"], True), (["BNS80"], True)],
)
def test_an_fir_is_settled_only_where_each_of_its_heads_leaves_it_open(world, codes, barred):
    assert bars_settlement(world.fir(*codes, people=[{"part": "victim", "age": 30}])) is barred


def test_where_a_child_is_concerned_nothing_is_settled(world):
    assert bars_settlement(world.complaint(people=[{"part": "complainant", "age": 40}, {"part": "victim", "age": 17}]))


def test_the_form_does_not_offer_what_the_law_bars_and_says_so(world):
    session = planned(world.complaint(nature="stalking", by=world.asha), by=world.asha)
    page = world.client(world.asha).get(reverse("counselling:session_move", args=[session.pk, "complete"]))
    html = page.content.decode()
    assert 'value="settled"' not in html
    assert 'value="fir"' in html
    assert "समझौते की अनुमति" in html


# --- holding a session -----------------------------------------------------------------------------------------------


def test_a_session_that_was_held_is_entered_in_the_case(world):
    complaint = world.complaint()
    session = complete(planned(complaint, by=world.hema), world.ila)
    assert (session.state, session.held_by, session.private) == ("done", world.ila, True)
    note = complaint.notes.get(kind=Note.Kind.COUNSELLING)
    assert (note.text, note.by) == (HELD["result"], world.ila)
    page = world.client(world.asha).get(complaint.get_absolute_url()).content.decode()
    assert HELD["result"] in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"private": None}, {"hers": ""}, {"theirs": "हाँ"}, {"result": "ठीक"}, {"outcome": "perhaps"}, {"outcome": "next"},
        {"on": None}, {"on": NOW + timedelta(minutes=1)}, {"next_for": NOW - DAY},
    ],
)  # fmt: skip
def test_what_is_missing_or_impossible_is_refused(world, wrong):
    session = planned(world.complaint(), by=world.hema)
    with pytest.raises(Refused):
        complete(session, world.ila, **wrong)
    session.refresh_from_db()
    assert session.state == "planned"


def test_only_the_side_that_was_there_is_asked_what_it_said(world):
    complaint = world.complaint()
    assert complete(planned(complaint, by=world.ila, sides="her"), world.ila, theirs="").state == "done"
    assert complete(planned(complaint, by=world.ila, sides="other"), world.ila, hers="").state == "done"


def test_a_mandatory_session_says_what_was_found_out(world):
    session = planned(world.complaint(nature="elopement"), by=world.ila, kind="mandatory")
    with pytest.raises(Refused, match="सत्यता"):
        complete(session, world.ila)
    assert complete(session, world.ila, finding="own_will").finding == "own_will"


def test_a_session_of_a_later_day_is_not_held_today(world):
    session = planned(world.complaint(), by=world.ila, on=NOW + DAY)
    with pytest.raises(Refused):
        complete(session, world.ila)


def test_the_help_desk_plans_and_calls_off_but_does_not_hold(world):
    complaint = world.complaint()
    session = planned(complaint, by=world.hema)
    for key in ("hema", "omprakash", "charu", "divya", "bina", "gita", "sysa"):
        with pytest.raises(Refused) as refusal:
            complete(session, getattr(world, key))
        assert refusal.value.code == "right"
    assert move(session, "call_off", by=world.hema, at=NOW, reason="आवेदिका ने मना किया है").state == "called_off"


# --- the next date ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "far"), [(1, False), (15, False), (16, True), (60, True)])
def test_a_next_date_beyond_the_days_of_the_rule_is_taken_with_a_warning(world, days, far):
    complaint = world.complaint()
    session = planned(complaint, by=world.ila)
    client = world.client(world.ila)
    address = reverse("counselling:session_move", args=[session.pk, "complete"])
    sent = {
        "once": uuid.uuid4(), "version": 1, "on": f"{NOW:%Y-%m-%dT%H:%M}", "private": "yes", "hers": SAID,
        "theirs": "आगे से झगड़ा नहीं करूँगा", "outcome": "next", "result": HELD["result"],
        "next_for": f"{NOW + days * DAY:%Y-%m-%dT%H:%M}",
    }  # fmt: skip
    page = client.post(address, sent, follow=True).content.decode()
    assert ("दिन से अधिक दूर" in page) is far
    session.refresh_from_db()
    assert session.long_gap is far
    following = Session.objects.get(state="planned")
    assert (following.case, following.sides, following.planned_for) == (complaint, "apart", NOW + days * DAY)


def test_a_missed_session_says_who_was_absent_and_may_give_the_next_date(world):
    session = planned(world.complaint(), by=world.hema)
    with pytest.raises(Refused):
        move(session, "miss", by=world.ila, at=NOW, absent="nobody")
    missed = move(session, "miss", by=world.ila, at=NOW, absent="other", next_for=NOW + 3 * DAY)
    assert (missed.state, missed.absent) == ("missed", "other")
    assert Session.objects.filter(state="planned").count() == 1


@pytest.mark.parametrize(("minutes", "possible"), [(-1, False), (0, True), (1, True)])
def test_a_session_is_missed_from_its_hour_on(world, minutes, possible):
    session = planned(world.complaint(), by=world.hema, on=NOW + timedelta(hours=1))
    at = NOW + timedelta(hours=1, minutes=minutes)
    if possible:
        assert move(session, "miss", by=world.ila, at=at, absent="her").state == "missed"
    else:
        with pytest.raises(Refused):
            move(session, "miss", by=world.ila, at=at, absent="her")


def test_who_needs_a_psychologist_is_marked_for_one_once(world):
    complaint = world.complaint()
    for _n in range(2):
        complete(planned(complaint, by=world.ila), world.ila, outcome="psychologist")
    assert Entrustment.objects.get().state == "marked"


# --- what was said ---------------------------------------------------------------------------------------------------


def test_what_was_said_is_sealed_and_stands_on_no_page(world):
    complaint = world.complaint()
    session = complete(planned(complaint, by=world.ila), world.ila)
    assert SAID.encode() not in bytes(session.account.sealed)
    for user in (world.asha, world.divya, world.hina):
        for page in (session.get_absolute_url(), complaint.get_absolute_url(), reverse("counselling:sessions"),
                     reverse("counselling:case", args=["complaint", complaint.pk])):  # fmt: skip
            html = world.client(user).get(page).content.decode()
            assert not any(secret in html for secret in (SAID, *SECRETS.values())), (user, page)


def test_those_who_handle_the_case_read_it_and_each_reading_is_recorded(world):
    complaint = move(world.complaint(), "assign", by=world.asha, at=NOW, officer=world.ila)
    session = complete(planned(complaint, by=world.ila), world.ila)
    address = reverse("counselling:session_said", args=[session.pk])
    for key in ("ila", "asha", "omprakash", "charu"):
        assert SAID in world.client(getattr(world, key)).post(address).content.decode(), key
    assert Entry.objects.about(session).filter(action="session.read_said").count() == 4
    for key in ("indu", "divya", "esha", "farah", "hina"):
        assert SAID not in world.client(getattr(world, key)).post(address, follow=True).content.decode(), key
    for key in ("bina", "mala", "gita", "sysa"):
        assert world.client(getattr(world, key)).post(address).status_code == 404
    assert Entry.objects.about(session).filter(action="session.read_said").count() == 4


@pytest.mark.parametrize("text", ["सीमा गुप्ता को समझाया गया", "फोन 9812345678 पर बात हुई"])
def test_a_result_that_names_a_person_is_refused(world, text):
    session = planned(world.complaint(), by=world.ila)
    with pytest.raises(NamesPerson):
        complete(session, world.ila, result=text)
    with pytest.raises(NamesPerson):
        move(session, "miss", by=world.ila, at=NOW, absent="her", result=text)
    session.refresh_from_db()
    assert session.state == "planned"
    assert not hasattr(session, "account")


# --- every order -----------------------------------------------------------------------------------------------------


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    walk=st.lists(st.sampled_from(sorted(Session.MOVES)), max_size=6), outcome=st.sampled_from(SessionOutcome.values)
)
def test_whatever_the_order_a_session_ends_once_and_stays_consistent(world, walk, outcome):
    session, done = planned(world.complaint(by=world.asha), by=world.asha), 0
    for name in walk:
        try:
            session = move(session, name, by=world.asha, at=NOW, on=NOW, absent="her", reason="आवेदिका ने मना किया",
                           next_for=NOW + DAY, **{**HELD, "outcome": outcome})  # fmt: skip
            done += 1
        except Refused:
            session.refresh_from_db()
        assert (session.state == "planned") == (session.held_at is None) == (done == 0)
        assert bool(session.outcome) == (session.state == "done") == hasattr(session, "account")
        assert bool(session.absent) == (session.state == "missed")
    assert done <= 1
    assert Entry.objects.about(session).count() == done + 1


# --- pages -----------------------------------------------------------------------------------------------------------


def test_a_session_is_planned_on_its_page(world):
    complaint = world.complaint()
    address = reverse("counselling:session_new", args=["complaint", complaint.pk])
    sent = {"once": uuid.uuid4(), "kind": "first", "sides": "together", "planned_for": f"{NOW + DAY:%Y-%m-%dT%H:%M}"}
    refused = world.client(world.hema).post(address, sent)
    assert (refused.status_code, Session.objects.count()) == (422, 0)
    world.client(world.hema).post(address, {**sent, "willing": "on"})
    session = Session.objects.get()
    assert (session.willing, session.sides) == (True, "together")
    for key in ("omprakash", "charu", "divya", "gita"):
        assert world.client(getattr(world, key)).post(address, sent).status_code == 403
    assert world.client(world.bina).get(address).status_code == 404


def test_the_list_shows_the_sessions_of_the_own_unit_by_what_is_asked(world):
    mine = planned(world.complaint(), by=world.hema, on=NOW + 2 * DAY)
    today = planned(world.complaint(), by=world.hema, on=NOW + timedelta(hours=3))
    other = planned(world.complaint(by=world.bina), by=world.bina)
    address = reverse("counselling:sessions")

    def rows(user, **query):
        return set(world.client(user).get(address, query).context["page"].rows)

    assert rows(world.asha) == {mine, today}
    assert rows(world.asha, show="due") == {today}
    assert rows(world.divya) == {mine, today, other}
    assert rows(world.divya, unit=world.tajganj.pk) == {other}
    assert rows(world.mala) == set()
    assert world.client(world.gita).get(address).status_code == 403


def test_the_list_costs_the_same_at_one_and_at_thirty_rows(world):
    def cost():
        client = world.client(world.divya)
        client.get(reverse("counselling:sessions"))
        with CaptureQueriesContext(connection) as counted:
            client.get(reverse("counselling:sessions"))
        return len(counted)

    planned(world.complaint(), by=world.hema)
    planned(world.fir("BNS85"), by=world.hema)
    few = cost()
    for n in range(15):
        planned(world.complaint(), by=world.hema, on=NOW + n * DAY)
        planned(world.fir("BNS85"), by=world.hema)
    assert cost() == few


def test_sessions_go_along_when_a_complaint_is_handed_over(world):
    complaint = world.complaint()
    session = planned(complaint, by=world.hema)
    complaint = move(complaint, "hand_over", by=world.asha, at=NOW, to_thana=world.tajganj, reason="घटना स्थल वहाँ का है")
    move(complaint.handovers.get(), "accept", by=world.bina, at=NOW)
    session.refresh_from_db()
    assert (session.thana, session.circle) == (world.tajganj, world.c_tajganj)
    assert world.client(world.asha).get(session.get_absolute_url()).status_code == 404
    assert world.client(world.bina).get(session.get_absolute_url()).status_code == 200


def test_a_session_stays_due_until_something_is_entered(world):
    session = planned(world.complaint(), by=world.hema, on=datetime(2026, 11, 24, 0, 0, tzinfo=INDIA))
    before = datetime(2026, 11, 23, 23, 59, tzinfo=INDIA)
    assert not Session.objects.due(before).exists()
    for minutes in (1, 2, 60 * 24 * 9):
        assert Session.objects.due(before + timedelta(minutes=minutes)).get() == session
