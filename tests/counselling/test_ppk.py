"""The Family Counselling Centre: referral, sittings, outcomes, papers without a name, follow-up, relapse (¶3.viii, ¶4.i.k)."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counselling.models import FollowUp, Hearing, PpkCase, Session, next_sitting
from kendras.models import Entry, Rule
from kendras.workflow import NamesPerson, Refused, move
from tests.world import NOW, SECRETS, STORY

DAY = timedelta(days=1)
TODAY = NOW.date()
SUNDAY = date(2026, 11, 29)
FIT = "पति-पत्नी का विवाद है, दोनों बात करना चाहते हैं"
TERMS = "दोनों पक्ष साथ रहेंगे और मारपीट नहीं होगी"
SAT = {"her_present": True, "other_present": True, "text": TERMS}


def counselled(world, case=None, by=None):
    """A case with its first-level counselling."""
    by = by or world.ila
    case = case or world.complaint()
    session = Session.objects.plan(case, kind="first", sides="her", planned_for=NOW, by=by, at=NOW)
    move(session, "complete", by=by, at=NOW, on=NOW, private=True, hers="अपनी बात बतायी उसने", outcome="advised",
         result="पीड़िता से बात हुई")  # fmt: skip
    return case


def referred(world, case=None, by=None):
    by = by or world.ila
    return PpkCase.objects.refer(counselled(world, case, by), willing=True, reason=FIT, by=by, at=NOW)


def called(world, on=TODAY, **more):
    row = referred(world, **more)
    return move(row, "fix", by=row.referred_by, at=NOW, on=on)


def settled(world, at=NOW):
    return move(called(world), "settle", by=world.ila, at=at, **SAT)


# --- referral --------------------------------------------------------------------------------------------------------


def test_a_fit_case_is_referred_after_first_counselling_where_she_is_willing(world):
    complaint = world.complaint()
    for willing in (True, False):
        with pytest.raises(Refused):
            PpkCase.objects.refer(complaint, willing=willing, reason=FIT, by=world.ila, at=NOW)
    counselled(world, complaint)
    with pytest.raises(Refused, match="सहमत"):
        PpkCase.objects.refer(complaint, willing=False, reason=FIT, by=world.ila, at=NOW)
    row = PpkCase.objects.refer(complaint, willing=True, reason=FIT, by=world.ila, at=NOW)
    assert (row.state, row.thana, row.willing) == ("referred", world.hariparvat, True)
    with pytest.raises(Refused):
        PpkCase.objects.refer(complaint, willing=True, reason=FIT, by=world.ila, at=NOW)


@pytest.mark.parametrize("nature", ["rape", "elopement", "stalking", "pocso", "other"])
def test_a_case_that_the_law_bars_from_settling_never_goes_to_the_centre(world, nature):
    complaint = counselled(world, world.complaint(nature=nature, by=world.asha), world.asha)
    with pytest.raises(Refused, match="समझौता"):
        PpkCase.objects.refer(complaint, willing=True, reason=FIT, by=world.asha, at=NOW)
    page = world.client(world.asha).get(reverse("counselling:ppk_new", args=["complaint", complaint.pk]))
    assert '<form method="post" class="form card' not in page.content.decode()


def test_the_reason_names_nobody(world):
    with pytest.raises(NamesPerson):
        PpkCase.objects.refer(counselled(world), willing=True, reason="सीमा गुप्ता समझौता चाहती है", by=world.ila, at=NOW)


def test_officers_of_the_kendra_refer_and_nobody_else(world):
    complaint = counselled(world)
    page = reverse("counselling:ppk_new", args=["complaint", complaint.pk])
    sent = {"once": uuid.uuid4(), "willing": "on", "reason": FIT}
    for key in ("hema", "omprakash", "charu", "divya", "gita", "sysa"):
        assert world.client(getattr(world, key)).post(page, sent).status_code == 403
    assert world.client(world.bina).post(page, sent).status_code == 404
    assert world.client(world.asha).post(page, sent).status_code == 302
    assert PpkCase.objects.get().referred_by == world.asha


# --- sittings --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "sitting"), [(date(2026, 11, 23), SUNDAY), (SUNDAY, SUNDAY), (date(2026, 11, 30), date(2026, 12, 6))]
)
def test_the_centre_sits_on_the_weekday_of_the_rule(world, day, sitting):
    assert next_sitting(day) == sitting
    Rule.objects.filter(code="ppk_weekday").update(amount=6)
    assert next_sitting(day).isoweekday() == 6


def test_both_parties_are_told_and_the_list_says_who_is_not(world):
    row = called(world, on=SUNDAY)
    row = move(row, "tell", by=world.hema, at=NOW, party="her")
    page = world.client(world.divya).get(reverse("counselling:sitting"), {"day": SUNDAY.isoformat()})
    html = page.content.decode()
    assert row.letter_number in html
    assert html.count("सूचना शेष") == 1
    move(row, "tell", by=world.hema, at=NOW, party="other")
    assert (
        "सूचना शेष"
        not in world.client(world.divya)
        .get(reverse("counselling:sitting"), {"day": SUNDAY.isoformat()})
        .content.decode()
    )


def test_the_sitting_list_holds_the_cases_of_the_own_unit_on_that_day(world):
    mine = called(world, on=SUNDAY)
    other = called(world, on=SUNDAY, case=world.complaint(by=world.bina), by=world.bina)
    later = called(world, on=SUNDAY + 7 * DAY)

    def shown(user, day=SUNDAY):
        page = world.client(user).get(reverse("counselling:sitting"), {"day": day.isoformat()})
        return {hearing.ppk_case for hearing in page.context["hearings"]}

    assert shown(world.divya) == {mine, other}
    assert shown(world.asha) == {mine}
    assert shown(world.asha, SUNDAY + 7 * DAY) == {later}
    assert shown(world.mala) == set()


def test_without_both_sides_there_is_no_settlement_but_a_next_date(world):
    row = called(world)
    for absent in ("her_present", "other_present"):
        with pytest.raises(Refused):
            move(row, "settle", by=world.ila, at=NOW, **{**SAT, absent: False})
    row = move(row, "next_date", by=world.ila, at=NOW, on=SUNDAY, **{**SAT, "other_present": False})
    assert (row.state, row.sits_on) == ("called", SUNDAY)
    first, second = row.hearings.order_by("pk")
    assert (first.her_present, first.other_present, second.held_at) == (True, False, None)


@pytest.mark.parametrize(("days", "possible"), [(-1, False), (0, True), (1, True)])
def test_a_sitting_is_entered_from_its_day_on(world, days, possible):
    row, at = called(world, on=TODAY + DAY), NOW + DAY + days * DAY
    if possible:
        assert move(row, "court", by=world.ila, at=at, **SAT).outcome == "court"
    else:
        with pytest.raises(Refused):
            move(row, "court", by=world.ila, at=at, **SAT)


@pytest.mark.parametrize(("name", "outcome"), [("fir", "fir"), ("court", "court"), ("close", "closed")])
def test_what_is_not_settled_comes_back_to_the_kendra_which_takes_it_back(world, name, outcome):
    row = move(called(world), name, by=world.ila, at=NOW, **SAT)
    assert (row.state, row.outcome) == ("decided", outcome)
    assert row.case.notes.filter(text=TERMS).exists()
    row = move(row, "take_back", by=world.asha, at=NOW, text="एफ.आई.आर. दर्ज करायी जा रही है")
    assert row.state == "returned"


def test_a_result_that_names_a_person_is_refused(world):
    row = called(world)
    for name in ("settle", "fir", "court", "close"):
        with pytest.raises(NamesPerson):
            move(row, name, by=world.ila, at=NOW, **{**SAT, "text": "सीमा गुप्ता और रमेश साथ रहने को सहमत हुए"})
    assert not Hearing.objects.filter(held_at__isnull=False).exists()


def test_a_case_that_has_become_barred_is_not_settled(world):
    fir = world.fir("BNS85", people=[{"part": "victim", "age": 30}])
    row = called(world, case=fir)
    move(
        fir,
        "add_person",
        by=world.asha,
        at=NOW,
        person={"part": "victim", "name": "रानी", "age": 15, "gender": "female"},
    )
    with pytest.raises(Refused):
        move(row, "settle", by=world.ila, at=NOW, **SAT)


def test_the_kendra_may_call_the_case_back_for_an_fir_at_any_time(world):
    row = move(called(world), "withdraw", by=world.asha, at=NOW, reason="संज्ञेय अपराध की सूचना मिली")
    assert (row.state, row.sits_on, row.hearings.count()) == ("withdrawn", None, 0)


# --- after a settlement ----------------------------------------------------------------------------------------------


def test_after_a_settlement_come_a_call_at_one_month_and_visits_up_to_six(world):
    row = settled(world)
    assert [(each.kind, each.due_on) for each in row.follow_ups.order_by("due_on")] == [
        ("call", date(2026, 12, 23)), ("visit", date(2027, 1, 23)), ("visit", date(2027, 3, 23)), ("visit", date(2027, 5, 23)),
    ]  # fmt: skip


def test_the_days_of_following_up_are_those_of_the_rules(world):
    Rule.objects.filter(code="ppk_call").update(amount=2)
    Rule.objects.filter(code="ppk_follow").update(amount=4)
    row = settled(world)
    assert [each.due_on.month for each in row.follow_ups.order_by("kind", "due_on")] == [1, 1, 3]


@pytest.mark.parametrize(("days", "due"), [(-1, False), (0, True), (1, True)])
def test_a_call_is_due_from_its_day(world, days, due):
    call = settled(world).follow_ups.get(kind="call")
    assert FollowUp.objects.due(call.due_on + days * DAY).filter(pk=call.pk).exists() is due


def test_a_relapse_sends_the_case_to_the_centre_again(world):
    row = settled(world)
    call = row.follow_ups.get(kind="call")
    at = NOW + 31 * DAY
    move(call, "record", by=world.hema, at=at, result="relapse", text="पति ने फिर मारपीट की है")
    row.refresh_from_db()
    call.refresh_from_db()
    assert (row.state, row.relapses, row.relapsed_at, row.outcome) == ("referred", 1, at, "")
    assert call.state == "done"
    assert set(row.follow_ups.exclude(pk=call.pk).values_list("state", flat=True)) == {"dropped"}
    row = move(row, "fix", by=world.ila, at=at, on=timezone.localdate(at))
    row = move(row, "settle", by=world.ila, at=at, **SAT)
    assert row.follow_ups.filter(state="due").count() == 4


def test_who_is_not_reached_is_tried_again(world):
    call = settled(world).follow_ups.get(kind="call")
    for tried in (1, 2):
        call = move(call, "unreached", by=world.hema, at=NOW)
        assert (call.attempts, call.state) == (tried, "due")
    done = move(call, "record", by=world.hema, at=NOW, result="well", text="सब ठीक चल रहा है")
    assert done.ppk_case.case.notes.filter(text="सब ठीक चल रहा है").exists()


def test_the_answer_of_a_call_names_nobody(world):
    call = settled(world).follow_ups.get(kind="call")
    for result in ("well", "relapse"):
        with pytest.raises(NamesPerson):
            move(call, "record", by=world.hema, at=NOW, result=result, text="सीमा गुप्ता ने बताया सब ठीक")
    call.refresh_from_db()
    assert (call.state, call.ppk_case.state) == ("due", "settled")


def test_a_relapse_beside_another_running_case_is_refused(world):
    back = move(called(world), "close", by=world.ila, at=NOW, **SAT)
    back = move(back, "take_back", by=world.asha, at=NOW, text="केन्द्र में कार्यवाही की जायेगी")
    PpkCase.objects.refer(back.case, willing=True, reason=FIT, by=world.ila, at=NOW)
    with pytest.raises(Refused):
        move(back, "relapse", by=world.ila, at=NOW, reason="फिर से विवाद हुआ है")


# --- papers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["hi", "en"])
def test_the_papers_are_in_hindi_name_nobody_and_are_recorded(world, language):
    row = called(world, on=SUNDAY)
    done = settled(world)
    client = world.client(world.asha)
    client.cookies["django_language"] = language
    wanted = [
        (row, "letter", "सन्दर्भित"),
        (row, "notice-her", "आमन्त्रित"),
        (row, "notice-other", "बुलाया जाता है"),
        (done, "settlement", TERMS),
    ]
    for of, paper, words in wanted:
        html = client.get(reverse("counselling:ppk_paper", args=[of.pk, paper])).content.decode()
        sheet = html.partition('lang="hi">')[2] if language == "en" else html
        assert words in sheet
        assert "थाना हरिपर्वत" in sheet
        assert not any(secret in html for secret in (*SECRETS.values(), STORY))
        assert Entry.objects.about(of).first().details["paper"] == paper


def test_a_paper_that_does_not_belong_to_the_state_is_not_there(world):
    row = referred(world)
    client = world.client(world.asha)
    for paper in ("notice-her", "notice-other", "settlement", "anything"):
        assert client.get(reverse("counselling:ppk_paper", args=[row.pk, paper])).status_code == 404


# --- every order -----------------------------------------------------------------------------------------------------


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(walk=st.lists(st.sampled_from(sorted(PpkCase.MOVES)), max_size=9))
def test_whatever_the_order_a_case_at_the_centre_stays_consistent(world, walk):
    row, done = referred(world, world.complaint(by=world.asha), world.asha), 0
    at = NOW
    for name in walk:
        on = timezone.localdate(at) + (DAY if name == "next_date" else 0 * DAY)
        try:
            row = move(row, name, by=world.asha, at=at, on=on, party="both", reason="फिर से विवाद हुआ है", **SAT)
            done += 1
        except Refused:
            row.refresh_from_db()
        at += DAY
        open_hearings = row.hearings.filter(held_at=None).count()
        assert open_hearings == (row.state == "called")
        assert (row.sits_on is not None) == (row.state == "called")
        assert (row.ended_at is None) == (row.state in ("referred", "called"))
        assert bool(row.outcome) == (row.state in ("settled", "decided", "returned"))
        assert row.follow_ups.filter(state="due").exists() == (row.state == "settled")
    assert Entry.objects.about(row).count() == done + 1


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    walk=st.lists(st.sampled_from(sorted(FollowUp.MOVES)), max_size=5),
    result=st.sampled_from(["well", "strained", "relapse"]),
)
def test_whatever_the_order_a_follow_up_is_recorded_once(world, walk, result):
    call, done = settled(world).follow_ups.get(kind="call"), 0
    for name in walk:
        try:
            call = move(call, name, by=world.asha, at=NOW, result=result, text="उसने फोन पर हाल बताया")
            done += name == "record"
        except Refused:
            call.refresh_from_db()
        assert (call.state == "done") == bool(call.result) == (done == 1)
    assert done <= 1


# --- pages -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["counselling:ppk_cases", "counselling:sitting", "counselling:follow_ups"])
def test_the_lists_cost_the_same_at_one_and_at_thirty_rows(world, name):
    query = {"day": TODAY.isoformat(), "show": "all" if name.endswith("follow_ups") else ""}

    def cost():
        client = world.client(world.divya)
        client.get(reverse(name), query)
        with CaptureQueriesContext(connection) as counted:
            client.get(reverse(name), query)
        return len(counted)

    def more(n):
        for _n in range(n):
            settled(world)
            called(world)

    more(1)
    few = cost()
    more(14)
    assert cost() == few


def test_a_case_at_the_centre_is_not_found_from_another_unit(world):
    row = settled(world)
    call = row.follow_ups.get(kind="call")
    for user in (world.bina, world.mala):
        assert world.client(user).get(row.get_absolute_url()).status_code == 404
        assert world.client(user).get(reverse("counselling:ppk_paper", args=[row.pk, "letter"])).status_code == 404
    assert (
        world.client(world.bina).get(reverse("counselling:follow_up_move", args=[call.pk, "record"])).status_code == 404
    )
