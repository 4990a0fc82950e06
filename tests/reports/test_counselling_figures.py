"""Counselling in figures and on the pages of the day: each number opens its rows, each role sees what is its own (¶3.viii–x)."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from complaints.figures import MEASURES, Period, cells, codes_of, totals
from complaints.models import Complaint, Fir
from counselling.models import Counsellor, Entrustment, PpkCase, Session
from kendras.models import Level
from kendras.workflow import move
from reports.ledger import Ledger
from reports.models import BuildRun, MonthlyReport
from reports.statement import STATEMENTS, list_url
from reports.tasks import build_run
from reports.work import WORK
from tests.world import INDIA, NOW

DAY = timedelta(days=1)
TODAY = NOW.date()
NOVEMBER = date(2026, 11, 1)
TEXT = "दोनों पक्षों को समझाया गया"


def session(case, by, at, *, outcome="advised", kind="first", held=True, next_for=None):
    row = Session.objects.plan(case, kind=kind, sides="her", planned_for=at, by=by, at=at)
    if not held:
        return row
    return move(row, "complete", by=by, at=at, on=at, private=True, hers="उसने अपनी बात बतायी", outcome=outcome, result=TEXT,
                finding="own_will", next_for=next_for)  # fmt: skip


def at_centre(world, by, at, end=""):
    complaint = world.complaint(at=at, by=by)
    session(complaint, by, at)
    row = PpkCase.objects.refer(complaint, willing=True, reason=TEXT, by=by, at=at)
    row = move(row, "fix", by=by, at=at, on=at.date())
    said = {"her_present": True, "other_present": True, "text": "दोनों पक्ष साथ रहने को सहमत हैं"}
    return move(row, end, by=by, at=at, **said) if end else row


def busy_month(world):
    """A month of counselling at Hari Parvat and a little of it at Tajganj."""
    at = NOW - 15 * DAY
    eloped = world.complaint(at=at, nature="elopement", by=world.asha)
    session(eloped, world.asha, at + DAY, kind="mandatory")
    world.complaint(at=at, nature="elopement", by=world.asha)
    world.complaint(at=at, nature="elopement", by=world.bina)
    fir = world.fir("BNS87", at=at)
    move(world.fir("BNS137", at=at), "waive_counselling", by=world.charu, at=at + DAY, reason="पाँच वर्ष की बालिका है")
    session(fir, world.asha, at + 2 * DAY, kind="mandatory")
    plain = world.complaint(at=at, by=world.asha)
    session(plain, world.asha, at + DAY, outcome="settled")
    session(plain, world.asha, at + 2 * DAY, outcome="fir")
    session(plain, world.asha, at + 3 * DAY, outcome="next", next_for=at + 90 * DAY)
    move(session(plain, world.asha, at + 4 * DAY, held=False), "miss", by=world.asha, at=at + 4 * DAY, absent="other")
    session(plain, world.asha, at + 5 * DAY, held=False)
    for end in ("settle", "fir", "court", "close", ""):
        at_centre(world, world.asha, at + 6 * DAY, end)
    relapsed = at_centre(world, world.bina, at + 6 * DAY, "settle")
    move(relapsed, "relapse", by=world.bina, at=NOW - DAY, reason="फिर से झगड़ा हुआ है")


EXPECTED = {
    "couns_held": 11, "couns_first": 9, "couns_mandatory": 2, "couns_psychologist": 0, "couns_settled": 1, "couns_fir": 1,
    "couns_missed": 1, "couns_long": 1, "couns_open": 1, "counsel_held": 1, "counsel_waived": 0, "counsel_owed": 2,
    "fir_counsel_held": 1, "fir_counsel_waived": 1, "fir_counsel_owed": 0, "ppk_referred": 6, "ppk_settled": 2, "ppk_fir": 1,
    "ppk_court": 1, "ppk_closed": 1, "ppk_relapsed": 1, "ppk_open": 2,
}  # fmt: skip


def test_each_figure_counts_what_it_says_and_opens_as_many_rows(world):
    busy_month(world)
    ledger = Ledger(world.agra, NOW)
    counted = {code: ledger.own(NOVEMBER)[code] for code in EXPECTED}
    assert counted == EXPECTED
    client = world.client(world.divya)
    for code, number in EXPECTED.items():
        html = client.get(list_url(world.agra, code, NOVEMBER)).content.decode()
        assert int(re.search(r'data-count="(\d+)"', html).group(1)) == number, code


def test_the_figures_of_the_units_add_up_and_are_frozen_with_the_month(world):
    busy_month(world)
    ledger = Ledger(world.agra, NOW)
    below = ledger.below(Level.THANA, NOVEMBER)
    for code in EXPECTED:
        assert sum(n[code] for _unit, n in below) == ledger.own(NOVEMBER)[code], code
    at = datetime(2026, 12, 1, 0, 30, tzinfo=INDIA)
    build_run(BuildRun.objects.ask(NOVEMBER, by=None, at=at)[0].pk)
    frozen = MonthlyReport.objects.get(unit=world.agra, month=NOVEMBER)
    for code, number in EXPECTED.items():
        if MEASURES[code].at != "end":
            assert frozen.figures["all"][code] == number, code
    assert frozen.difference() == []


@pytest.mark.parametrize("model", [Session, PpkCase, Complaint, Fir])
def test_the_rows_that_are_looked_at_are_all_that_can_count(world, model):
    busy_month(world)
    for month in (date(2026, 10, 1), NOVEMBER, date(2026, 12, 1)):
        period = Period.month(month, NOW + 60 * DAY)
        counted = totals(model.objects.all(), period)
        for code in set(codes_of(model)) & set(EXPECTED):
            assert counted[code] == model.objects.filter(MEASURES[code].where(period)).count(), (month, code)
        parts = cells(model.objects.all(), ("thana",), period)
        assert sum(part[code] for part in parts.values() for code in codes_of(model)) == sum(counted.values())


@pytest.mark.parametrize(
    ("on", "counts"),
    [(datetime(2026, 10, 31, 23, 59, tzinfo=INDIA), False), (datetime(2026, 11, 1, 0, 0, tzinfo=INDIA), True),
     (datetime(2026, 11, 30, 23, 59, tzinfo=INDIA), True), (datetime(2026, 12, 1, 0, 0, tzinfo=INDIA), False)],
)  # fmt: skip
def test_a_session_counts_in_the_month_of_its_indian_date(world, on, counts):
    session(world.complaint(at=on, by=world.asha), world.asha, on)
    period = Period.month(NOVEMBER, NOW + 60 * DAY)
    assert totals(Session.objects.all(), period)["couns_held"] == counts


@pytest.mark.parametrize(("minutes", "owed"), [(-1, 0), (0, 0), (1, 1)])
def test_counselling_is_outstanding_after_the_moment_it_became_due(world, minutes, owed):
    world.complaint(at=NOW, nature="elopement", by=world.asha)
    period = Period.month(NOVEMBER, NOW + timedelta(minutes=minutes))
    assert totals(Complaint.objects.all(), period)["counsel_owed"] == owed


@pytest.mark.parametrize("code", ["counselling", "ppk"])
def test_the_statement_names_nobody_and_says_the_same_on_page_and_in_json(world, code):
    busy_month(world)
    client = world.client(world.esha)
    query = {"month": "2026-11", "by": "thana"}
    page = client.get(reverse("reports:statement", args=[code]), query)
    data = client.get(reverse("reports:statement", args=[code]), {**query, "format": "json"})
    assert page.status_code == data.status_code == 200
    assert "सीमा" not in page.content.decode() + data.content.decode()
    sheet = STATEMENTS[code].sheet(Ledger(world.agra, NOW), NOVEMBER, Level.THANA)
    assert sheet.total.values[0] == sum(row.values[0] for row in sheet.rows)


# --- the pages of the day --------------------------------------------------------------------------------------------


def block(user, code, at=NOW):
    return next(work for work in WORK[user.acting.role] if work.code == code).look(user, at)


def test_a_session_of_today_stands_with_desk_si_and_in_charge_and_nowhere_else(world):
    row = session(world.complaint(), world.ila, NOW, held=False)
    session(world.complaint(), world.ila, NOW + DAY, held=False)
    for user in (world.hema, world.ila, world.indu, world.asha):
        assert block(user, "sessions").rows == [row]
    assert block(world.bina, "sessions").rows == []


def test_mandatory_counselling_stands_with_the_kendra_at_once_and_goes_up_when_late(world):
    complaint = world.complaint(nature="elopement", by=world.asha)
    fir = world.fir("BNS87")
    due = complaint.deadlines.get(clock="mandatory_counselling").due_at
    for user in (world.ila, world.asha):
        assert (block(user, "counsel").rows, block(user, "fir_counsel").rows) == ([complaint], [fir])
    for user in (world.omprakash, world.charu, world.divya):
        for minutes, shown in ((-1, 0), (0, 1), (1, 1)):
            at = due + timedelta(minutes=minutes)
            assert block(user, "counsel_late", at).count == block(user, "fir_counsel_late", at).count == shown
    session(complaint, world.asha, NOW, kind="mandatory")
    assert block(world.asha, "counsel").rows == []


def test_the_sitting_of_the_week_and_what_comes_back_stand_with_the_kendra(world):
    row = at_centre(world, world.asha, NOW)
    assert block(world.hema, "sitting").rows == block(world.divya, "sitting").rows == [row]
    assert block(world.asha, "sitting", NOW - 6 * DAY).rows == [row]
    assert block(world.asha, "sitting", NOW - 7 * DAY).rows == []
    back = at_centre(world, world.asha, NOW, "fir")
    assert block(world.asha, "ppk_back").rows == [back]


def test_a_call_after_a_settlement_is_due_from_its_day(world):
    call = at_centre(world, world.asha, NOW, "settle").follow_ups.get(kind="call")
    at = datetime(2026, 12, 23, 0, 0, tzinfo=INDIA)
    assert block(world.hema, "after_settlement", at - timedelta(minutes=1)).rows == []
    assert block(world.hema, "after_settlement", at).rows == [call]


def test_who_is_marked_for_a_psychologist_waits_with_nodal_officer_and_chief(world):
    row = Entrustment.objects.mark(world.fir(), task=TEXT, by=world.ila, at=NOW)
    assert block(world.divya, "psychologist").rows == block(world.esha, "psychologist").rows == [row]
    assert block(world.mala, "psychologist").rows == []


@pytest.mark.parametrize("who", ["hema", "ila", "asha", "charu", "divya", "gita"])
def test_the_page_costs_the_same_at_one_and_at_six_rows_of_counselling(world, who):
    counsellor = Counsellor.objects.nominate(world.gita, kind="counsellor", order_number="1", by=world.divya, at=NOW)

    def more():
        complaint = world.complaint(nature="elopement", by=world.asha, at=NOW - 20 * DAY)
        world.fir("BNS87", at=NOW - 20 * DAY)
        session(complaint, world.asha, NOW, held=False)
        Entrustment.objects.entrust(complaint, counsellor, until=TODAY, task=TEXT, by=world.asha, at=NOW)
        Entrustment.objects.mark(complaint, task=TEXT, by=world.ila, at=NOW)
        at_centre(world, world.asha, NOW)
        at_centre(world, world.asha, NOW - 40 * DAY, "settle")

    def cost():
        client = world.client(getattr(world, who))
        client.get(reverse("reports:today"))
        with CaptureQueriesContext(connection) as counted:
            client.get(reverse("reports:today"))
        return len(counted)

    more()
    few = cost()
    for _n in range(5):
        more()
    assert cost() == few
