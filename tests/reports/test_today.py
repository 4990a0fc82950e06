"""The page of the day: each role sees what waits for it, nothing of another unit, and every number opens its rows."""

import re
import uuid
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from complaints.models import Complaint, ComplaintGrant, State
from kendras.models import Level, Role, Unit, User
from kendras.workflow import move
from reports.ledger import Ledger
from reports.models import MeetingDirection, MonthlyReport
from reports.work import WORK
from reports.work.block import SHOWN
from reports.work.units import UnitWork, in_need, levels_below, units_below
from tests.world import NOW, person

DAY = timedelta(days=1)


def block(user, code, at=NOW):
    """One block of the user's page."""
    return next(work for work in WORK[Role(user.acting.role)] if work.code == code).look(user, at)


def numbers(user, code, at=NOW):
    return [row.number for row in block(user, code, at).rows]


def page(world, user, path=None):
    response = world.client(user).get(path or reverse("reports:today"))
    assert response.status_code == 200
    return response.content.decode()


# --- the help desk ---------------------------------------------------------------------------------------------------


def test_the_desk_sees_the_women_of_today_who_have_no_officer_yet(world):
    world.complaint(at=NOW - 2 * DAY)
    waiting = world.complaint(at=NOW - timedelta(hours=1))
    world.at_state("assigned", at=NOW - timedelta(hours=3))
    assert numbers(world.hema, "waiting") == [waiting.number]


def test_the_desk_sees_a_follow_up_on_its_day_and_after_but_not_before(world):
    case = world.at_state("enquiry", at=NOW - 3 * DAY)
    at = NOW - 2 * DAY
    move(case, "follow_up", by=world.ila, at=at, text="फ़ोन पर बात हुई", next_on=timezone.localdate(NOW))
    assert numbers(world.hema, "follow_ups", NOW - DAY) == []
    assert numbers(world.hema, "follow_ups") == [case.number]
    assert numbers(world.hema, "follow_ups", NOW + DAY) == [case.number]


def test_the_desk_sees_every_feedback_call_to_make_with_one_click_to_the_form(world):
    world.at_state("fed_back", at=NOW - DAY)
    case = world.at_state("disposed", at=NOW - DAY)
    assert numbers(world.hema, "feedback") == [case.number]
    assert reverse("complaints:move", args=[case.pk, "feedback"]) in page(world, world.hema)


# --- the sub-inspector -----------------------------------------------------------------------------------------------


def test_a_sub_inspector_sees_her_own_cases_the_next_due_first(world):
    later = world.at_state("enquiry", at=NOW - 2 * DAY)
    sooner = world.at_state("enquiry", at=NOW - 5 * DAY)
    hers = world.complaint(at=NOW - DAY)
    other = world.indu if sooner.assigned_to == world.ila else world.ila
    move(hers, "assign", by=world.asha, at=NOW - DAY, officer=other)
    assert numbers(sooner.assigned_to, "mine") == [sooner.number, later.number]
    assert numbers(other, "mine") == [hers.number]


def test_each_case_of_a_sub_inspector_offers_its_own_next_step(world):
    for state in ("assigned", "enquiry", "decided", "carried_out"):
        case = world.at_state(state, at=NOW - DAY)
    offered = {row.state: step.name for row, _status, step in block(case.assigned_to, "mine").lines}
    assert offered == {
        "assigned": "start_enquiry",
        "enquiry": "decide",
        "decided": "carry_out",
        "carried_out": "dispose",
    }


def test_a_case_given_to_another_officer_offers_no_step_that_would_be_refused(world):
    case = world.at_state("assigned", at=NOW - 2 * DAY)
    shown = block(world.omprakash, "escalated")
    assert [row.pk for row, _status, _step in shown.lines] == [case.pk] or not shown.rows
    assert all(step is None or step.name == "direct" for _row, _status, step in shown.lines)


# --- the in-charge ---------------------------------------------------------------------------------------------------


def test_the_in_charge_sees_unassigned_late_and_due_today_apart(world):
    fresh = world.complaint(at=NOW)
    old = world.complaint(at=NOW - 3 * DAY)
    due = world.at_state("enquiry", at=NOW - 10 * DAY + timedelta(hours=5))
    assert numbers(world.asha, "unassigned") == [old.number, fresh.number]
    assert numbers(world.asha, "late") == [old.number]
    assert numbers(world.asha, "due_today") == [due.number]


def test_work_is_late_at_its_moment_and_not_a_minute_before(world):
    case = world.complaint(at=NOW - 3 * DAY)
    minute = timedelta(minutes=1)
    assert numbers(world.asha, "late", case.due_at - minute) == []
    assert numbers(world.asha, "late", case.due_at) == [case.number]
    assert numbers(world.asha, "late", case.due_at + minute) == [case.number]


def test_the_in_charge_watches_sensitive_cases_until_they_are_disposed_of(world):
    open_one = world.complaint(nature="rape")
    world.complaint(nature="domestic_violence")
    world.at_state("disposed", at=NOW - DAY, nature="rape", outcome="fir")
    assert numbers(world.asha, "sensitive") == [open_one.number]


def test_the_in_charge_sees_feedback_to_take_and_feedback_to_close(world):
    to_call = world.at_state("disposed", at=NOW - DAY)
    to_close = world.at_state("fed_back", at=NOW - DAY, satisfied=False)
    assert numbers(world.asha, "feedback") == [to_call.number]
    assert numbers(world.asha, "to_close") == [to_close.number]


def test_a_satisfied_woman_s_complaint_is_offered_for_closing_and_any_other_for_re_opening(world):
    world.at_state("fed_back", at=NOW - 3 * DAY)
    world.at_state("fed_back", at=NOW - 2 * DAY, satisfied=False)
    offered = [(row.satisfied, step.name) for row, _status, step in block(world.asha, "to_close").lines]
    assert offered == [(False, "reopen"), (True, "close")]


def test_a_handover_waits_with_the_kendra_it_is_offered_to_and_with_nobody_else(world):
    case = world.complaint()
    move(case, "hand_over", by=world.asha, at=NOW, to_thana=world.tajganj, reason="घटना स्थल ताजगंज का है")
    assert block(world.bina, "handovers").count == 1
    assert block(world.asha, "handovers").count == 0


def test_a_request_to_read_an_identity_waits_with_in_charge_sho_and_co(world):
    case = world.at_state("assigned", nature="rape")
    asking = world.indu if case.assigned_to == world.ila else world.ila
    case.ask_identity(by=asking, at=NOW, reason="मेडिकल परीक्षण के लिए")
    for user in (world.asha, world.omprakash, world.charu):
        assert numbers(user, "reveals") == [case.number]
    assert block(world.bina, "reveals").count == 0


def test_a_direction_stays_with_the_kendra_until_it_is_answered_and_goes_up_when_its_date_passes(world):
    case = world.at_state("enquiry", at=NOW - 3 * DAY)
    yesterday = timezone.localdate(NOW - DAY)
    move(case, "direct", by=world.charu, at=NOW - 2 * DAY, text="तत्काल आख्या प्रस्तुत करें", next_on=yesterday)
    direction = case.notes.get(kind="direction")
    assert numbers(world.asha, "directions") == [case.number]
    assert numbers(world.charu, "directions_late", NOW - 2 * DAY) == []
    assert numbers(world.charu, "directions_late") == [case.number]
    move(Complaint.objects.get(pk=case.pk), "follow_up", by=world.ila, at=NOW, text="आख्या दी गयी", answers=direction)
    assert numbers(world.asha, "directions") == numbers(world.charu, "directions_late") == []


def test_a_monthly_report_waits_with_the_one_whose_turn_it_is(world):
    world.complaint(at=NOW - 30 * DAY)
    MonthlyReport.objects.build_district(world.agra, date(2026, 10, 1), at=NOW)
    report = MonthlyReport.objects.get(unit=world.hariparvat)
    turns = [
        (world.asha, "to_submit", "submit", {"text": "माह में कर्मियों की कमी रही"}),
        (world.charu, "to_review", "review", {"text": "कार्य सन्तोषजनक पाया गया"}),
        (world.esha, "to_accept", "accept", {}),
    ]
    for n, (user, _code, name, data) in enumerate(turns):
        waiting = [bool(own(u, code).rows) for u, code, _name, _data in turns]
        assert waiting == [n == other for other in range(3)]
        assert own(user, turns[n][1]).rows == [report]
        move(report, name, by=user, at=NOW, **data)
    assert not any(own(u, code).rows for u, code, _name, _data in turns)


def own(user, code):
    """A block over reports, cut down to Hari Parvat's."""
    found = block(user, code)
    return replace(found, rows=[row for row in found.rows if row.unit.code == "hariparvat"])


def test_what_the_crime_meeting_directed_waits_with_the_kendra_it_names(world):
    given = [(world.hariparvat, "फीडबैक पंजिका पूर्ण करें", timezone.localdate(NOW + DAY))]
    MeetingDirection.objects.give(date(2026, 10, 1), given, by=world.esha, at=NOW, once=uuid.uuid4())
    assert block(world.asha, "meeting").count == 1
    assert block(world.bina, "meeting").count == 0
    late = block(world.asha, "meeting", NOW + 2 * DAY)
    assert late.rows[0].due_on < late.day
    assert "फीडबैक पंजिका पूर्ण करें" in page(world, world.asha)


# --- up the line -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "days"), [("omprakash", 1), ("charu", 3), ("divya", 7), ("esha", 15)], ids=["SHO", "CO", "nodal", "SP"]
)
def test_late_work_comes_up_to_each_officer_after_the_days_of_the_rule(world, who, days):
    case = world.complaint(at=NOW - 40 * DAY)
    reached = case.due_at + days * DAY
    user = getattr(world, who)
    assert numbers(user, "escalated", reached - timedelta(minutes=1)) == []
    assert numbers(user, "escalated", reached) == [case.number]


def test_range_zone_and_headquarters_see_what_has_passed_the_last_step(world):
    case = world.complaint(at=NOW - 40 * DAY)
    for user in (world.farah, world.zoya, world.hina):
        assert numbers(user, "past_sp") == [case.number]
        assert numbers(user, "past_sp", case.due_at + 14 * DAY) == []


def test_units_below_stand_in_the_order_of_need(world):
    for _n in range(2):
        world.complaint(at=NOW - 5 * DAY, by=world.bina)
    world.complaint(at=NOW - 9 * DAY)
    found = units_below(world.agra, Level.THANA, at=NOW)
    assert [each.unit for each in found] == [world.tajganj, world.hariparvat, world.lohamandi]
    assert [(each.late, each.days, each.unassigned) for each in found] == [(2, 4, 2), (1, 8, 1), (0, 0, 0)]


def test_of_two_units_with_as_much_late_the_one_with_the_oldest_comes_first(world):
    world.complaint(at=NOW - 5 * DAY, by=world.bina)
    world.complaint(at=NOW - 9 * DAY)
    assert [each.unit for each in in_need(units_below(world.agra, Level.THANA, at=NOW))] == [
        world.hariparvat,
        world.tajganj,
    ]


def test_feedback_and_dissatisfaction_of_a_unit_are_counted(world):
    world.at_state("disposed", at=NOW - 6 * DAY)
    world.at_state("fed_back", at=NOW - 6 * DAY, satisfied=False)
    world.at_state("fed_back", at=NOW - 40 * DAY, satisfied=False)
    first = units_below(world.agra, Level.THANA, at=NOW)[0]
    assert (first.unit, first.feedback, first.dissatisfied, first.open) == (world.hariparvat, 1, 1, 0)


def test_a_commissionerate_under_its_zone_stands_beside_the_ranges(world):
    found = {each.unit: each for each in units_below(world.agra_zone, Level.POLICE_RANGE, at=NOW)}
    assert set(found) == {world.agra_range, world.noida}


@pytest.mark.parametrize("level", [Level.ZONE, Level.POLICE_RANGE, Level.DISTRICT, Level.CIRCLE, Level.THANA])
def test_the_units_of_every_level_sum_to_the_state(world, level):
    for by in (world.asha, world.bina, world.kamla):
        world.complaint(at=NOW - 9 * DAY, by=by)
    world.at_state("fed_back", at=NOW - 6 * DAY, satisfied=False)
    whole = UnitWork.of(world.up, units_below(world.up, level, at=NOW), NOW)
    assert (whole.late, whole.unassigned, whole.open, whole.dissatisfied) == (3, 3, 3, 1)
    assert whole.days == 8


def test_the_chief_reads_at_the_top_which_stations_need_her(world):
    for _n in range(2):
        world.complaint(at=NOW - 5 * DAY, by=world.bina)
    world.complaint(at=NOW - 9 * DAY)
    text = sentence(page(world, world.esha))
    assert text == "2 थाने ध्यान माँगते हैं: ताजगंज (2 विलम्बित), हरिपर्वत (1 विलम्बित)"


def test_the_chief_is_told_when_nothing_is_late(world):
    assert sentence(page(world, world.esha)).startswith("किसी इकाई में कार्य विलम्बित नहीं है")


def sentence(html):
    found = re.search(r'id="sentence">(.*?)</p>', html, re.S).group(1)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", found)).strip()


# --- nothing of another unit -----------------------------------------------------------------------------------------


def fill_another_thana(world, by):
    """Work of every kind at another kendra, and one handover between two others."""
    for state in State.values:
        world.at_state(state, at=NOW - 30 * DAY, by=by, nature="domestic_violence")
    case = world.at_state("enquiry", at=NOW - 20 * DAY, by=by)
    direct = {"text": "तत्काल आख्या प्रस्तुत करें", "next_on": timezone.localdate(NOW - 19 * DAY)}
    move(case, "direct", by=world.esha, at=NOW - 20 * DAY, **direct)
    world.complaint(at=NOW, by=by)


@pytest.mark.parametrize("who", ["hema", "ila", "asha", "omprakash", "charu"])
def test_rows_and_counts_of_another_unit_never_reach_the_page(world, who):
    before = page(world, getattr(world, who))
    fill_another_thana(world, world.bina)
    assert visible(page(world, getattr(world, who))) == visible(before)


@pytest.mark.parametrize("who", ["mala"])
def test_another_district_changes_nothing_on_the_chiefs_page(world, who):
    before = page(world, getattr(world, who))
    fill_another_thana(world, world.bina)
    assert visible(page(world, getattr(world, who))) == visible(before)


def visible(html):
    """The page without what changes with each request."""
    html = re.sub(r"csrf\w*|nonce=\"[^\"]*\"|value=\"[^\"]{32,}\"", "", html)
    return html[html.index("<main") : html.index("</main>")]


def test_the_in_charge_of_the_other_kendra_does_see_them(world):
    fill_another_thana(world, world.bina)
    assert block(world.bina, "late").count == 7
    assert block(world.bina, "directions").count == 1


# --- every number opens its rows -------------------------------------------------------------------------------------


def busy_day(world):
    """Something in every block of every role."""
    for state in State.values:
        world.at_state(state, at=NOW - 30 * DAY)
        world.at_state(state, at=NOW - 2 * DAY, satisfied=False)
    world.complaint(at=NOW)
    world.at_state("enquiry", at=NOW - 10 * DAY + timedelta(hours=5))
    case = world.at_state("enquiry", at=NOW - 20 * DAY)
    for text, at in (("आख्या प्रस्तुत करें तत्काल", NOW - 20 * DAY), ("पुनः आख्या प्रस्तुत करें", NOW - 9 * DAY)):
        case = move(case, "direct", by=world.charu, at=at, text=text, next_on=timezone.localdate(at + DAY))
    move(case, "follow_up", by=world.asha, at=NOW - DAY, text="फ़ोन पर बात हुई", next_on=timezone.localdate(NOW))
    mine = world.at_state("enquiry", at=NOW - 4 * DAY)
    move(mine, "follow_up", by=world.ila, at=NOW - DAY, text="फ़ोन पर बात हुई", next_on=timezone.localdate(NOW))
    secret = world.complaint(nature="rape", by=world.asha)
    secret.ask_identity(by=world.ila, at=NOW, reason="मेडिकल परीक्षण के लिए")
    offered = world.complaint(by=world.bina)
    reason = "घटना स्थल हरिपर्वत क्षेत्र का है"
    move(offered, "hand_over", by=world.bina, at=NOW, to_thana=world.hariparvat, reason=reason)
    idle(world)
    Unit.objects.filter(pk=world.c_dadri.pk).update(provisional=True)


def idle(world, starts=-400, ends=-1):
    """An account whose only charge runs from and to these days before or after today."""
    user = person("idle", Role.SI, world.hariparvat, "रीता")
    user.charges.update(starts_on=timezone.localdate(NOW + starts * DAY), ends_on=timezone.localdate(NOW + ends * DAY))
    User.objects.filter(pk=user.pk).update(charge=None)
    return world.fresh(user)


CAST = ["hema", "ila", "asha", "omprakash", "charu", "divya", "esha", "farah", "zoya", "hina", "sysa"]


def rows_listed(response):
    """How many rows a list page says it has, or has where it says nothing."""
    html = visible(response.content.decode())
    said = re.search(r'data-count="(\d+)"', html)
    if said:
        return int(said.group(1))
    return html.count('/accept/"') or html.count('<th scope="row"')


def test_a_block_shows_its_first_rows_and_counts_all(world):
    for _n in range(SHOWN + 3):
        world.complaint(at=NOW - 3 * DAY)
    shown = block(world.asha, "late")
    assert (len(shown.rows), shown.count, shown.more) == (SHOWN, SHOWN + 3, True)


def test_a_count_ends_at_the_cap(world, monkeypatch):
    monkeypatch.setattr("reports.work.block.COUNT_CAP", 3)
    for _n in range(6):
        world.complaint(at=NOW - 3 * DAY)
    assert block(world.asha, "late").count == 4


# --- what it costs ---------------------------------------------------------------------------------------------------


def queries(world, user):
    client = world.client(user)
    client.get(reverse("reports:today"))
    with CaptureQueriesContext(connection) as counted:
        client.get(reverse("reports:today"))
    return len(counted)


# --- nobody's and nothing's pages ------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", [*CAST, "gita"])
@pytest.mark.parametrize("language", ["hi", "en"])
def test_an_empty_day_says_something_kind_in_both_languages(world, who, language):
    user = getattr(world, who)
    client = world.client(user)
    client.cookies["django_language"] = language
    html = visible(client.get(reverse("reports:today")).content.decode())
    with translation.override(language):
        quiet = [work for work in WORK[Role(user.acting.role)] if not work.look(user, NOW).rows]
        assert all(str(work.empty).replace("'", "&#x27;") in html for work in quiet)
    assert ("आज" in html) == (language == "hi")


def test_every_sentence_of_the_page_is_translated():
    with translation.override("hi"):
        for work in [work for works in WORK.values() for work in works]:
            for text in (work.title, work.advice, work.empty):
                assert re.search(r"[\u0900-\u097F]", str(text)), text


def test_every_role_has_a_page():
    assert set(WORK) == set(Role)


def test_a_user_without_a_charge_is_told_what_to_do(world):
    world.complaint(at=NOW - 9 * DAY)
    html = page(world, idle(world))
    assert "तैनाती आदेश" in html
    assert not re.search(r"\d{4}/20\d\d", html)


def test_a_user_whose_charge_begins_tomorrow_reads_the_day(world):
    assert "24-11-2026" in page(world, idle(world, starts=1, ends=90))


def test_the_administrator_sees_accounts_without_a_charge_and_provisional_units(world):
    idle(world)
    Unit.objects.filter(pk=world.c_dadri.pk).update(provisional=True)
    assert [user.username for user in block(world.sysa, "idle_accounts").rows] == ["idle"]
    assert block(world.sysa, "provisional").rows == [world.c_dadri]


def test_a_counsellor_sees_only_the_cases_given_by_name_until_the_last_day(world):
    given, _other = world.complaint(), world.complaint()
    ComplaintGrant.objects.create(
        user=world.gita,
        content_object=given,
        permission=Permission.objects.get(codename="view", content_type__model="complaint"),
        until=timezone.localdate(NOW),
        order_number="12/2026",
    )
    assert numbers(world.gita, "given") == [given.number]
    assert numbers(world.gita, "given", NOW + DAY) == []


# --- the unit page ---------------------------------------------------------------------------------------------------


def test_a_unit_shows_this_month_and_last_by_the_same_definition_as_the_list(world):
    world.at_state("fed_back", at=NOW - 5 * DAY, satisfied=False)
    world.complaint(at=NOW - 30 * DAY)
    found = figures(world, world.hariparvat)
    assert found["received"] == [1, 1]
    assert found["disposed"] == [1, 0]
    assert found["dissatisfied"] == [1, 0]
    assert found["pending"] == [1, 1]


def figures(world, unit):
    """{code: [this month, last month]} on the page of a unit."""
    response = world.client(world.hina).get(reverse("reports:unit", args=[unit.pk]))
    return {m.code: [n for _month, n, _link in cells] for m, cells in response.context["figures"]}


def test_a_frozen_month_is_told_from_its_report_and_not_from_the_rows(world):
    world.complaint(at=NOW - 30 * DAY)
    MonthlyReport.objects.build_district(world.agra, date(2026, 10, 1), at=NOW)
    world.complaint(at=NOW - 29 * DAY)
    assert figures(world, world.hariparvat)["received"] == [0, 1]


@pytest.mark.parametrize(
    ("who", "inside", "outside"),
    [
        ("asha", ["hariparvat"], ["lohamandi", "c_hariparvat", "agra", "up", "tajganj"]),
        ("charu", ["c_hariparvat", "hariparvat", "lohamandi"], ["tajganj", "c_tajganj", "agra"]),
        ("esha", ["agra", "c_tajganj", "tajganj"], ["mathura", "agra_range", "vrindavan"]),
        ("farah", ["agra_range", "mathura", "vrindavan"], ["noida", "agra_zone", "dadri"]),
        ("zoya", ["agra_zone", "noida", "dadri"], ["lucknow_zone", "up", "unnao"]),
        ("hina", ["up", "lucknow_zone", "safipur"], []),
    ],
)
def test_a_unit_opens_to_those_above_it_and_is_not_found_by_others(world, who, inside, outside):
    client = world.client(getattr(world, who))
    for names, status in ((inside, 200), (outside, 404)):
        for name in names:
            assert client.get(reverse("reports:unit", args=[getattr(world, name).pk])).status_code == status, name


@pytest.mark.parametrize("who", ["gita", "sysa"])
def test_a_unit_is_closed_to_those_who_see_named_cases_or_none(world, who):
    client = world.client(getattr(world, who))
    assert client.get(reverse("reports:unit", args=[world.agra.pk])).status_code == 403


def test_the_way_back_leads_up_to_the_viewers_own_unit_and_no_further(world):
    html = page(world, world.esha, reverse("reports:unit", args=[world.tajganj.pk]))
    ups = [int(pk) for pk in re.findall(r"/units/(\d+)/figures/", re.search(r'class="crumbs".*?</nav>', html, re.S)[0])]
    assert ups == [world.agra.pk, world.c_tajganj.pk]
    html = page(world, world.hina, reverse("reports:unit", args=[world.dadri.pk]))
    ups = [int(pk) for pk in re.findall(r"/units/(\d+)/figures/", re.search(r'class="crumbs".*?</nav>', html, re.S)[0])]
    assert ups == [world.up.pk, world.agra_zone.pk, world.noida.pk, world.c_dadri.pk]


def test_every_link_of_a_unit_page_opens_and_its_list_has_the_number_shown(world):
    busy_day(world)
    client = world.client(world.hina)
    for unit in (world.up, world.agra_zone, world.agra, world.hariparvat):
        html = visible(client.get(reverse("reports:unit", args=[unit.pk])).content.decode())
        for tag in re.findall(r"<a [^>]*data-count=[^>]*>", html):
            link = re.search(r'href="([^"]+)"', tag).group(1).replace("&amp;", "&")
            count = re.search(r'data-count="(\d+)"', tag).group(1)
            assert rows_listed(client.get(link)) == int(count), link


@pytest.mark.parametrize("by", ["nonsense", "state", "zone", "", "थाना"])
def test_a_level_that_does_not_lie_below_falls_back_to_the_next_one(world, by):
    response = world.client(world.esha).get(reverse("reports:unit", args=[world.agra.pk]), {"by": by})
    assert response.status_code == 200
    assert response.context["level"] == Level.CIRCLE


def test_a_unit_is_broken_up_by_the_next_three_levels_and_a_thana_by_none(world):
    assert levels_below(world.up) == [Level.ZONE, Level.POLICE_RANGE, Level.DISTRICT]
    assert levels_below(world.agra) == [Level.CIRCLE, Level.THANA]
    assert levels_below(world.hariparvat) == []


def test_a_unit_page_costs_the_same_at_one_and_at_thirty_rows(world):
    path = reverse("reports:unit", args=[world.agra.pk])
    client = world.client(world.esha)

    def cost():
        with CaptureQueriesContext(connection) as counted:
            client.get(path)
        return len(counted)

    world.complaint(at=NOW - 9 * DAY)
    cost()
    few = cost()
    for _n in range(30):
        world.complaint(at=NOW - 9 * DAY, by=world.bina)
    assert cost() == few


# --- its charts ------------------------------------------------------------------------------------------------------


def unit_page(world, unit, user=None):
    """The answer of a unit's page, and how many queries it took."""
    client = world.client(user or world.hina)
    client.get(reverse("reports:today"))
    with CaptureQueriesContext(connection) as counted:
        response = client.get(reverse("reports:unit", args=[unit.pk]))
    return response, len(counted)


def course(world, unit):
    """[(received, disposed of)] of the last twelve months, the running one last."""
    return [numbers for _month, numbers in unit_page(world, unit)[0].context["course"].rows]


@pytest.mark.parametrize("unit", ["hariparvat", "c_hariparvat", "agra"])
def test_the_course_counts_twelve_months_up_to_the_running_one(world, unit):
    world.at_state("disposed", at=NOW - 5 * DAY)
    world.at_state("disposed", at=NOW - 100 * DAY)
    world.complaint(at=NOW - 100 * DAY)
    world.complaint(at=NOW - 360 * DAY)
    world.complaint(at=NOW - 366 * DAY)
    found = course(world, getattr(world, unit))
    assert len(found) == 12
    assert (found[-1], found[-4]) == ((1, 1), (2, 1))
    assert found[0] == (0, 0)
    assert sum(received for received, _disposed in found) == 3


def test_the_course_says_what_the_figures_of_each_month_say(world):
    for days in (3, 20, 33, 64, 95, 200):
        world.at_state("disposed", at=NOW - days * DAY)
        world.complaint(at=NOW - days * DAY)
    shown = unit_page(world, world.agra)[0].context["course"].rows
    for month, numbers in shown:
        own = Ledger(world.agra, NOW).own(month)
        assert numbers == (own["received"], own["disposed"]), month


def test_the_course_keeps_to_a_frozen_month(world):
    world.complaint(at=NOW - 60 * DAY)
    MonthlyReport.objects.build_district(world.agra, date(2026, 9, 1), at=NOW)
    world.complaint(at=NOW - 61 * DAY)
    assert course(world, world.hariparvat)[-3] == (1, 0)


@pytest.mark.parametrize("unit", ["agra_range", "agra_zone", "up"])
def test_above_a_district_a_month_that_was_never_frozen_is_a_gap_and_not_a_zero(world, unit):
    world.complaint(at=NOW - 60 * DAY)
    world.complaint(at=NOW)
    response, _n = unit_page(world, getattr(world, unit))
    rows = [numbers for _month, numbers in response.context["course"].rows]
    assert rows[:-2] == [(None, None)] * 10
    assert rows[-1] == (1, 0)
    assert "वह रिक्त है" in response.content.decode()


@pytest.mark.parametrize("unit", ["hariparvat", "agra", "up"])
def test_a_unit_s_page_costs_the_same_at_one_and_at_thirty_rows(world, unit):
    world.complaint(at=NOW)
    few = unit_page(world, getattr(world, unit))[1]
    for n in range(30):
        world.complaint(at=NOW - 12 * n * DAY, by=world.bina if n % 2 else world.asha)
    assert unit_page(world, getattr(world, unit))[1] == few <= 28


def test_every_number_of_a_unit_s_page_opens_a_list_with_that_many(world):
    for days in (1, 12, 20, 45, 80):
        world.complaint(at=NOW - days * DAY)
    client = world.client(world.esha)
    response, _n = unit_page(world, world.agra, world.esha)
    assert [bar.n for bar in response.context["ages"]] == [1] * 5
    assert response.context["overdue"][0] == 4
    tags = re.findall(r"<a [^>]*data-count=[^>]*>", response.content.decode())
    assert len([tag for tag in tags if "figure=pending_" in tag or "figure=late" in tag]) == 6
    for tag in tags:
        link = re.search(r'href="([^"]+)"', tag).group(1).replace("&amp;", "&")
        assert rows_listed(client.get(link)) == int(re.search(r'data-count="(\d+)"', tag).group(1)), link


def test_an_empty_unit_has_charts_of_zeros(world):
    response, _n = unit_page(world, world.lohamandi)
    assert [bar.width for bar in response.context["ages"]] == ["0"] * 5
    assert set(course(world, world.lohamandi)) == {(0, 0)}


def test_a_tile_says_how_much_behind_it_is_late(world):
    world.at_state("disposed", at=NOW - timedelta(days=30))
    world.at_state("disposed", at=NOW - timedelta(days=1))
    blocks = {block.work.code: block for block in world.client(world.hema).get("/").context["busy"]}
    assert (blocks["feedback"].count, blocks["feedback"].late) == (2, 1)


def test_a_case_that_has_just_come_is_marked_until_its_enquiry_starts(world):
    complaint = world.at_state("assigned")
    assert "आपके लिए नया" in world.client(world.ila).get("/").content.decode()
    move(complaint, "start_enquiry", by=world.ila, at=NOW)
    assert "आपके लिए नया" not in world.client(world.ila).get("/").content.decode()


def test_a_provisional_unit_says_so_wherever_it_is_named(world):
    world.c_hariparvat.provisional = True
    world.c_hariparvat.save()
    assert "(अनन्तिम)" in world.client(world.charu).get("/").content.decode()
    assert world.c_hariparvat.title.endswith("(अनन्तिम)")
