"""The figures of support and table 9 of the crime meeting: borders of the month, the lists behind them, frozen reports."""

import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse

from complaints.figures import Period, codes_of, totals
from counselling.models import Compensation, Referral, Told
from kendras.models import Level
from kendras.workflow import move
from reports.ledger import Ledger
from reports.models import BuildRun, MonthlyReport
from reports.statement import STATEMENTS
from reports.tasks import build_run
from tests.counselling.aid import apply, refer
from tests.world import NOW

OCTOBER, DAY, MINUTE = date(2026, 10, 1), timedelta(days=1), timedelta(minutes=1)
PERIOD = Period.month(OCTOBER)


@pytest.fixture
def october(world):
    """One referral on each border of October, and what became of others."""
    refer(world, at=PERIOD.start - MINUTE)
    refer(world, at=PERIOD.start)
    refer(world, at=PERIOD.end - MINUTE)
    refer(world, at=PERIOD.end)
    refer(world, at=PERIOD.start, consent="missing")
    for n, (name, answer) in enumerate((("decline", "full"), ("complete", "helped"), ("fail", "not_come"))):
        row = refer(world, at=PERIOD.start + DAY)
        if name != "decline":
            row = move(row, "accept", by=world.hema, at=PERIOD.start + (3 + n) * DAY)
        move(row, name, by=world.hema, at=PERIOD.start + 20 * DAY, answer=answer)
    return totals(Referral.objects.all(), PERIOD)


def test_referrals_count_by_the_moment_of_what_happened(world, october):
    assert october["ref_opening"] == 1
    assert october["ref_sent"] == 5
    assert (october["ref_declined"], october["ref_done"], october["ref_failed"], october["ref_withdrawn"]) == (
        1,
        1,
        1,
        0,
    )
    assert october["ref_open"] == october["ref_opening"] + october["ref_sent"] - 3
    assert (october["ref_answered"], october["ref_in_time"]) == (3, 0)
    assert october["ref_unanswered"] == 2


def test_each_figure_opens_the_rows_behind_it(world, october):
    client = world.client(world.esha)
    for code in codes_of(Referral):
        page = client.get(reverse("counselling:referrals"), {"figure": code, "month": "2026-10"})
        assert len(page.context["page"].rows) == october[code], code


def test_compensation_counts_by_its_days_and_opens_its_rows(world):
    row = move(apply(world, at=NOW - 80 * DAY), "apply", by=world.asha, at=NOW, on=date(2026, 10, 1))
    move(row, "sanction", by=world.asha, at=NOW, on=date(2026, 10, 31), amount=1000)
    late = move(apply(world, at=NOW - 100 * DAY), "apply", by=world.asha, at=NOW, on=date(2026, 8, 31))
    assert late.enquiry_due_at == PERIOD.end
    move(apply(world, at=NOW - 60 * DAY), "apply", by=world.asha, at=NOW, on=date(2026, 11, 1))
    n = totals(Compensation.objects.all(), PERIOD)
    assert n == {
        "comp_applied": 1, "comp_sanctioned": 1, "comp_refused": 0, "comp_paid": 0, "comp_undecided": 1,
        "comp_enquiry_late": 1,
    }  # fmt: skip
    assert totals(Compensation.objects.all(), Period.month(date(2026, 9, 1)))["comp_enquiry_late"] == 0
    client = world.client(world.esha)
    for code in codes_of(Compensation):
        page = client.get(reverse("counselling:compensations"), {"figure": code, "month": "2026-10"})
        assert len(page.context["page"].rows) == n[code], code


def test_tellings_count_on_the_borders_of_the_month_and_open_their_rows(world):
    complaint = world.complaint(at=PERIOD.start - 5 * DAY)
    for on, reached in (
        (PERIOD.start - MINUTE, True), (PERIOD.start, True), (PERIOD.end - MINUTE, False), (PERIOD.end, True),
    ):  # fmt: skip
        Told.objects.tell(
            complaint,
            on=on,
            means="phone",
            reached=reached,
            text="कार्यवाही चल रही है",
            by=world.hema,
            at=NOW,
            once=uuid.uuid4(),
        )
    n = totals(Told.objects.all(), PERIOD)
    assert n == {"told_reached": 1, "told_missed": 1}
    for code in n:
        page = world.client(world.esha).get(reverse("counselling:tellings"), {"figure": code, "month": "2026-10"})
        assert len(page.context["page"].rows) == 1
    assert not world.client(world.bina).get(reverse("counselling:tellings")).context["page"].rows


def test_the_statement_adds_up_and_the_month_freezes_it(world, october):
    sheet = STATEMENTS["support"].sheet(Ledger(world.agra, NOW), OCTOBER, Level.THANA)
    assert sheet.total.values[0] == 1
    assert sheet.total.values[1] == 5
    build_run(BuildRun.objects.ask(OCTOBER, by=None, at=NOW)[0].pk)
    frozen = MonthlyReport.objects.get(unit=world.agra, month=OCTOBER)
    assert frozen.figures["all"]["ref_sent"] == 5
    assert frozen.difference() == []
    for row in Referral.objects.filter(state="sent")[:1]:
        move(row, "withdraw", by=world.hema, at=PERIOD.end - MINUTE, reason="आवेदिका ने सहमति वापस ली")
    assert {measure.code for measure, _then, _now in frozen.difference()} & {"ref_withdrawn", "ref_open"}


def test_the_page_of_the_statement_opens_for_the_district(world, october):
    for code in ("support", "compensation", "told"):
        page = world.client(world.esha).get(reverse("reports:statement", args=[code]), {"month": "2026-10"})
        assert page.status_code == 200
