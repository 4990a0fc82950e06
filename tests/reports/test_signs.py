"""Fewer FIRs are no success: where they fell while settlements, re-openings or dissatisfaction rose, the kendra is marked."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import translation

import reports.statements  # noqa: F401  (declares the statements)
from complaints.models import Complaint, Fir, Outcome
from kendras.models import Level
from reports.ledger import Ledger, shift
from reports.models import MonthlyReport
from reports.signs import CODES, Limits, signs
from reports.statement import STATEMENTS
from tests.world import INDIA, NOW

OCTOBER = date(2026, 10, 1)
LIMITS = Limits(least=5, fall=20, rise=5)


def figures(**some):
    return dict.fromkeys(CODES, 0) | some


BEFORE = figures(fir_registered=10, disposed=100, out_counselling=40, reopened=5, feedback_called=50, dissatisfied=5)
CALM = BEFORE | {"fir_registered": 8}


@pytest.mark.parametrize(
    ("now", "before", "found"),
    [
        (CALM, BEFORE, ()),  # FIRs fell, and nothing else changed
        (CALM | {"out_counselling": 45}, BEFORE, ("settled",)),  # exactly five points
        (CALM | {"out_counselling": 44}, BEFORE, ()),  # one short
        (CALM | {"out_ppk": 3, "out_mediation": 2}, BEFORE, ("settled",)),
        (CALM | {"reopened": 10}, BEFORE, ("reopened",)),
        (CALM | {"dissatisfied": 8}, BEFORE, ("dissatisfied",)),
        (CALM | {"out_counselling": 60, "reopened": 20, "dissatisfied": 20}, BEFORE, ("settled", "reopened", "dissatisfied")),
        (CALM | {"fir_registered": 9, "reopened": 50}, BEFORE, ()),  # a fall by 10 % does not count
        (BEFORE | {"fir_registered": 20, "reopened": 50}, BEFORE, ()),  # FIRs rose
        (figures(reopened=9, disposed=10), BEFORE | {"fir_registered": 4}, ()),  # too few to speak of
        (figures(reopened=9, disposed=10), BEFORE | {"fir_registered": 5}, ("reopened",)),
        (CALM | {"dissatisfied": 50}, BEFORE | {"feedback_called": 0, "dissatisfied": 0}, ()),  # nothing to compare with
    ],
)  # fmt: skip
def test_a_sign_needs_a_fall_of_firs_and_a_rise_of_what_should_not_rise(now, before, found):
    assert signs(now, before, LIMITS) == found


@pytest.fixture
def fallen(world):
    """At Hari Parvat six FIRs last autumn and two this one, and every complaint settled now, none then. Tajganj is calm."""
    for year, firs, outcome in ((2025, 6, Outcome.FIR), (2026, 2, Outcome.COUNSELLING)):
        for n in range(firs):
            fir = world.fir(by=world.asha, at=NOW, number=f"{n + 1:04d}", year=year)
            day = datetime(year, 9, 3 + n, 10, tzinfo=INDIA)
            Fir.objects.filter(pk=fir.pk).update(informed_at=day, registered_at=day)
        for n in range(4):
            made = world.complaint(by=world.asha)
            day = datetime(year, 10, 3 + n, 10, tzinfo=INDIA)
            Complaint.objects.filter(pk=made.pk).update(
                received_at=day, disposed_at=day + timedelta(hours=1), outcome=outcome, state="disposed"
            )
    return world


def build_all(world):
    for back in (14, 13, 12, 2, 1, 0):
        MonthlyReport.objects.build_district(world.agra, shift(OCTOBER, -back), at=NOW)


def made(world, unit, level=Level.THANA):
    with translation.override("en"):
        return STATEMENTS["side_by_side"].sheet(Ledger(unit, NOW), OCTOBER, level)


@pytest.mark.parametrize("frozen", [False, True])
def test_the_three_months_stand_side_by_side_and_the_kendra_is_marked(fallen, frozen):
    if frozen:
        build_all(fallen)
    sheet = made(fallen, fallen.agra)
    marked, *others = sheet.rows
    assert marked.label == fallen.hariparvat.name_en
    assert marked.values[:6][:2] == (2, 6)
    assert str(marked.values[2]) == "−66.7 %"
    assert [value.percent for value in marked.values[6:8]] == [100.0, 0.0]
    assert marked.values[-1].startswith("more settled by counselling")
    assert {row.values[-1] for row in others} == {""}
    assert sheet.total.values[0] == 2
    assert "no verdict" in sheet.notes[1]


def test_the_mark_is_frozen_with_the_month_and_stands_on_the_pages_of_those_above(fallen):
    build_all(fallen)
    assert dict(MonthlyReport.objects.filter(month=OCTOBER).exclude(signs="").values_list("unit__code", "signs")) == {
        "hariparvat": "settled"
    }
    for key in ("charu", "divya", "esha"):
        page = fallen.client(getattr(fallen, key)).get("/").content.decode()
        assert "परामर्श, परिवार परामर्श केन्द्र या मध्यस्थता से निस्तारण बढ़ा" in page, key
    assert "मध्यस्थता से निस्तारण बढ़ा" not in fallen.client(fallen.mala).get("/").content.decode()


def test_without_the_months_of_the_year_before_there_is_no_mark(fallen):
    for back in (2, 1, 0):
        MonthlyReport.objects.build_district(fallen.agra, shift(OCTOBER, -back), at=NOW)
    assert not MonthlyReport.objects.exclude(signs="").exists()


def test_a_month_built_again_loses_a_mark_that_no_longer_holds(fallen):
    build_all(fallen)
    Complaint.objects.filter(disposed_at__year=2026).update(outcome=Outcome.FIR)
    MonthlyReport.objects.build_district(fallen.agra, OCTOBER, at=NOW)
    assert not MonthlyReport.objects.filter(month=OCTOBER).exclude(signs="").exists()


def test_a_submitted_report_keeps_its_mark(fallen):
    build_all(fallen)
    MonthlyReport.objects.filter(month=OCTOBER).update(state=MonthlyReport.State.SUBMITTED)
    Complaint.objects.filter(disposed_at__year=2026).update(outcome=Outcome.FIR)
    for back in (2, 1, 0):
        MonthlyReport.objects.build_district(fallen.agra, shift(OCTOBER, -back), at=NOW)
    assert MonthlyReport.objects.get(month=OCTOBER, unit=fallen.hariparvat).signs == "settled"


@pytest.mark.parametrize("form", ["html", "pdf", "xlsx", "csv", "json"])
def test_the_sheet_comes_in_every_form_with_its_mark(fallen, form):
    address = reverse("reports:statement", args=["side_by_side"])
    query = {"unit": fallen.agra.pk, "month": "2026-10", "by": "thana", "format": form}
    answer = fallen.client(fallen.esha).get(address, query)
    assert answer.status_code == 200
    if form in ("html", "csv"):
        assert "मध्यस्थता से निस्तारण बढ़ा" in answer.content.decode()
    if form == "json":
        assert answer.json()["rows"][0][-1].startswith("परामर्श")


def test_a_kendra_sees_its_own_line(fallen):
    sheet = made(fallen, fallen.hariparvat, None)
    assert [row.values[0] for row in sheet.rows] == [2]
    assert sheet.total is None


def test_the_sheet_of_frozen_months_costs_few_queries(fallen, django_assert_max_num_queries):
    build_all(fallen)
    with django_assert_max_num_queries(15):
        made(fallen, fallen.agra)
