"""Trends in plain words: what rose, where and when, with its numbers; nothing is told that does not stand out (¶4.i.g)."""

import uuid
from datetime import date, datetime, timedelta
from urllib.parse import parse_qs

import pytest
from django.urls import reverse
from django.utils import translation

import reports.statements  # noqa: F401  (declares the statements)
from complaints.lists import narrow
from complaints.models import Complaint, Fir, Nature
from kendras.models import Entry, Unit
from reports.ledger import Ledger
from reports.models import MonthlyReport
from reports.statement import STATEMENTS
from reports.trends import Limits, Trend, reading
from tests.world import INDIA, NOW

OCTOBER = date(2026, 10, 1)
LIMITS = Limits(least=5, rise=20, share=40)


def trend(now, before, places=(), bands=(), days=()):
    made = Trend(before=before)
    for n in range(now):
        made.add(1, True, *(list(row)[n] if n < len(row) else None for row in (places, bands, days)))
    return made


@pytest.mark.parametrize(
    ("now", "before", "told"),
    [(5, 4, True), (5, 0, True), (4, 0, False), (12, 10, True), (11, 10, False), (5, 5, False), (3, 9, False), (6, 5, True)],
)  # fmt: skip
def test_a_rise_is_told_from_enough_cases_and_per_cent_on(now, before, told):
    assert bool(reading([("x", trend(now, before))], LIMITS)) is told


def test_a_place_an_hour_and_a_day_are_told_where_they_stand_out_with_their_numbers():
    made = trend(9, 4, places=["school"] * 6 + ["home"] * 3, bands=[7] * 5 + [1, 2], days=[1, 2, 3, 4, 5, 6, 7, 1])
    with translation.override("en"):
        (said,) = reading([("Harassment", made)], LIMITS)
    assert said == (
        "Harassment: up to 9 from 4 (+125.0 %); mostly School, college or coaching (6 of 9), 14–16 h (5 of 7)"
    )


@pytest.mark.parametrize(
    "places",
    [
        ["school"] * 2 + ["home"] * 2 + ["street"],  # two share the first place
        ["school"] * 4,  # too few are known
        ["school"] * 3 + ["home"] * 2 + ["street", "market", "work"],  # 3 of 8 is less than 40 %
    ],
)
def test_a_place_that_does_not_stand_out_is_not_told(places):
    assert trend(9, 0, places=places).place(LIMITS) == ""


def test_exactly_the_share_of_the_rule_stands_out():
    assert trend(5, 0, places=["school"] * 2 + ["home", "street", "work"]).place(LIMITS)


def test_the_greatest_rise_comes_first():
    trends = [("small", trend(6, 5)), ("large", trend(30, 5)), ("none", trend(5, 9))]
    assert [said.partition(":")[0] for said in reading(trends, LIMITS)] == ["large", "small"]


@pytest.fixture
def autumn(world):
    """Seven cases of harassment near a school this quarter, two the quarter before, and an FIR at nine in the evening."""
    nature = Nature.objects.exclude(code="domestic_violence").order_by("order").first()
    for n, month in enumerate([10] * 7 + [6] * 2):
        made = world.complaint(nature=nature.code)
        day = datetime(2026, month, 5 + n, 11, tzinfo=INDIA)
        Complaint.objects.filter(pk=made.pk).update(
            received_at=day, occurred_at=datetime(2026, 10, 5, tzinfo=INDIA), occurred_band=7, place_kind="school"
        )
    for hour, number in ((21, "0001"), (0, "0002")):
        fir = world.fir(by=world.asha, number=number)
        day = datetime(2026, 10, 12, hour, tzinfo=INDIA)
        Fir.objects.filter(pk=fir.pk).update(informed_at=day, registered_at=day, occurred_at=day)
    world.nature = nature
    return world


def made(code, unit):
    with translation.override("en"):
        return STATEMENTS[code].sheet(Ledger(unit, NOW), OCTOBER)


def test_the_sheet_reads_what_rose_from_the_rows(autumn):
    sheet = made("trends", autumn.agra)
    assert sheet.lead[0].startswith(f"{autumn.nature.name_en}: up to 7 from 2 (+250.0 %)")
    assert "School, college or coaching (7 of 7), 14–16 h (7 of 7), Monday (7 of 7)" in sheet.lead[0]
    assert next(row for row in sheet.rows if row.label == autumn.nature.name_en).values[:2] == (7, 2)


def test_the_number_opens_as_many_rows(autumn):
    for row in made("trends", autumn.agra).rows:
        for value, link in row.cells[:2]:
            path, _mark, query = link.partition("?")
            query = {name: values[0] for name, values in parse_qs(query).items()}
            unit = Unit.objects.get(pk=query.pop("unit"))
            if path == reverse("complaints:list"):
                assert narrow(Complaint.objects.under(unit), query, user=autumn.esha, at=NOW).count() == value
            page = autumn.client(autumn.esha).get(link)
            assert len(page.context["lines"]) == value


def test_another_units_cases_are_not_in_it(autumn):
    assert made("trends", autumn.tajganj).rows == ()
    assert made("trends", autumn.mathura).lead == ("Nothing rose so much that it is told.",)


def test_where_the_record_has_only_begun_nothing_is_said_to_have_risen(autumn):
    Complaint.objects.filter(received_at__lt=datetime(2026, 8, 1, tzinfo=INDIA)).delete()
    assert made("trends", autumn.agra).lead == (
        "Nothing was recorded in the three months before: there is nothing to compare with.",
    )


def test_the_hours_of_the_week_say_of_how_many_the_time_is_known(autumn):
    sheet = made("hours", autumn.agra)
    assert len(sheet.rows) == 7
    assert sheet.rows[0].values[7] == 7
    assert sheet.rows[0].values[10] == 1
    assert sheet.rows[0].values[0] == 0  # midnight to the minute is a day whose time is not known
    assert sheet.total.values[-1] == 8
    assert "8 of 9" in sheet.notes[0]


def test_trends_are_counted_and_never_called_frozen(autumn):
    MonthlyReport.objects.build_district(autumn.agra, OCTOBER, at=NOW)
    sheet = made("trends", autumn.agra)
    assert (sheet.frozen, sheet.digest) == (False, "")
    assert made("units", autumn.agra).frozen


@pytest.mark.parametrize("code", ["trends", "hours"])
@pytest.mark.parametrize("form", ["html", "pdf", "xlsx", "csv", "json"])
def test_both_sheets_come_in_every_form(autumn, code, form):
    address = reverse("reports:statement", args=[code])
    answer = autumn.client(autumn.esha).get(address, {"month": "2026-10", "format": form})
    assert answer.status_code == 200
    if form == "html" and code == "trends":
        assert "2 से बढ़कर 7" in answer.content.decode()
    assert Entry.objects.filter(action="report.export").count() == (form != "html")


@pytest.mark.parametrize("code", ["trends", "hours"])
def test_the_sheet_costs_the_same_for_few_rows_and_for_many(autumn, code, django_assert_num_queries):
    for _round in range(2):
        with django_assert_num_queries(5 if code == "trends" else 2):
            made(code, autumn.agra)
        for _n in range(10):
            autumn.complaint(at=NOW - timedelta(days=40))


def test_the_time_of_day_is_taken_down_with_the_complaint_and_shown(world):
    sent = {
        "once": str(uuid.uuid4()), "nature": world.complaint().nature_id, "text": "रास्ते में रोका", "name": "कमला देवी",
        "phone": "", "age": "20", "urgency": "normal", "source": "walk_in", "occurred_on": "2026-11-20",
        "occurred_band": "7", "confirmed": "on", "gender": "female",
    }  # fmt: skip
    page = world.client(world.hema).post(reverse("complaints:register"), sent, follow=True)
    row = Complaint.objects.latest("pk")
    assert row.occurred_band == 7
    shown = world.client(world.hema).get(reverse("complaints:detail", args=[row.pk])).content.decode()
    assert "20-11-2026, 14–16 बजे" in shown
    assert page.status_code == 200


@pytest.mark.parametrize("band", ["12", "-1", "x", "9" * 30])
def test_a_time_of_day_that_there_is_not_is_refused(world, band):
    sent = {"nature": world.complaint().nature_id, "text": "x", "name": "क", "occurred_band": band}
    page = world.client(world.hema).post(reverse("complaints:register"), sent)
    assert page.context["form"].errors["occurred_band"]
