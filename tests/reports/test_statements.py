"""Statements: children sum to the parent, page, PDF, spreadsheet and JSON say the same, and nobody is named."""

import csv
import io
import json
import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.html import strip_tags
from openpyxl import load_workbook

from complaints.figures import MEASURES, Period, totals
from complaints.lists import narrow
from complaints.models import Complaint
from kendras.models import Entry, Level, Unit
from reports import render
from reports.ledger import COUNTED, Ledger, shift
from reports.models import BuildRun, MonthlyReport
from reports.sentences import attention, summary
from reports.sheet import Change, Ratio
from reports.statement import STATEMENTS
from reports.tasks import build_run
from tests.reports.scatter import scatter
from tests.world import NOW, SECRETS, STORY

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)


@pytest.fixture
def many(world):
    scatter(world)
    return world


def build_month(month):
    build_run(BuildRun.objects.ask(month, by=None, at=NOW)[0].pk)


def sheet(code, unit, month=NOVEMBER, level=None):
    if level is None and STATEMENTS[code].by_unit and unit.child_level:
        level = Level(unit.child_level)
    return STATEMENTS[code].sheet(Ledger(unit, NOW), month, level)


# --- formulas --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "whole", "percent", "text"),
    [
        (74070, 75881, 97.6, "97.6 % (75,881)"),  # ITSSO disposal, UP, February 2023
        (54161, 164449, 32.9, "32.9 % (1,64,449)"),  # ITSSO compliance
        (0, 12, 0.0, "0.0 % (12)"),
        (0, 0, None, "–"),
    ],
)
def test_a_share_stands_with_what_it_is_a_share_of(part, whole, percent, text):
    assert (Ratio(part, whole).percent, str(Ratio(part, whole))) == (percent, text)


@pytest.mark.parametrize(
    ("now", "before", "text"),
    [(114, 100, "+14.0 %"), (75, 100, "−25.0 %"), (100, 100, "0.0 %"), (5, 0, "–"), (0, 0, "–"), (0, 4, "−100.0 %")],
)
def test_a_change_is_signed_and_from_nothing_there_is_none(now, before, text):
    assert str(Change(now, before)) == text


# --- sums ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("frozen", [False, True])
def test_the_units_below_add_up_to_the_unit_on_every_level(many, frozen):
    if frozen:
        build_month(OCTOBER)
    month = OCTOBER if frozen else NOVEMBER
    for unit in Unit.objects.exclude(level=Level.THANA):
        own = Ledger(unit, NOW).own(month)
        for code in ("units", "age", "feedback", "late"):
            made = sheet(code, unit, month)
            assert made.frozen == frozen
            assert not [note for note in made.notes if "add up" in note or "योग" in note]
            numbers = [n for n, column in enumerate(made.columns) if column.kind == "number"]
            for n in numbers:
                assert made.total.values[n] == sum(row.values[n] for row in made.rows)
        assert sheet("age", unit, month).total.values[5] == own["pending"]


def test_ranges_and_the_commissionerate_beside_them_make_up_their_zone(many):
    names = [row.label for row in sheet("units", many.agra_zone).rows]
    assert sorted(names) == sorted([many.agra_range.name, many.noida.name])


def test_sources_and_natures_add_up_to_the_unit(many):
    for unit in (many.up, many.agra, many.hariparvat):
        own = Ledger(unit, NOW).own(NOVEMBER)
        for code in ("source", "nature"):
            made = sheet(code, unit)
            assert made.total.values[1] == own["received"] == sum(row.values[1] for row in made.rows)


def test_a_kendra_has_one_row_and_no_sum(many):
    made = sheet("units", many.hariparvat)
    assert ([row.label for row in made.rows], made.total) == ([many.hariparvat.name], None)


# --- frozen and live -------------------------------------------------------------------------------------------------


def test_a_past_month_comes_from_the_frozen_report_and_the_running_one_from_the_rows(many):
    build_month(OCTOBER)
    before = (
        sheet("units", many.agra, OCTOBER),
        sheet("source", many.agra, OCTOBER),
        sheet("nature", many.agra, OCTOBER),
    )
    live = sheet("units", many.agra).total.values
    Complaint.objects.filter(district=many.agra).delete()
    after = sheet("units", many.agra, OCTOBER), sheet("source", many.agra, OCTOBER), sheet("nature", many.agra, OCTOBER)
    assert after == before
    assert before[0].digest == MonthlyReport.objects.get(unit=many.agra).digest
    assert any(live[:2])
    assert not any(sheet("units", many.agra).total.values[:2])


def test_a_past_month_without_a_report_is_counted_from_the_rows(many):
    made = sheet("units", many.agra, OCTOBER)
    assert not made.frozen
    assert made.as_on == Period.month(OCTOBER).end
    assert made.total.values[1] == totals(Complaint.objects.under(many.agra), Period.month(OCTOBER))["received"]


@pytest.mark.parametrize("built", [[], [8], [1, 2, 3, 9, 10], [3, 7]])
def test_the_year_to_date_is_the_same_however_many_months_are_frozen(many, built):
    for n in built:
        build_month(date(2026, n, 1))
    year = Period.year_to(NOVEMBER, NOW)
    whole = {}
    for model in COUNTED:
        whole |= totals(model.objects.under(many.agra), year)
    found = Ledger(many.agra, NOW).year_to(NOVEMBER)
    assert found == {code: n for code, n in whole.items() if code in found}
    assert set(MEASURES) - set(found) == {"called"}


def test_the_comparison_sets_the_month_beside_last_year_and_three_years_to_date(many):
    made = sheet("comparison", many.up)
    row = next(row for row in made.rows if row.links[0].count("figure=received"))
    rows = Complaint.objects.all()
    expected = [
        totals(rows, Period.month(NOVEMBER, NOW))["received"],
        totals(rows, Period.month(date(2025, 11, 1)))["received"],
    ]
    years = [totals(rows, Period.year_to(date(year, 11, 1), NOW))["received"] for year in (2026, 2025, 2024)]
    assert list(row.values[:2]) == expected
    assert row.values[2] == Change(*expected)
    assert list(row.values[3:6]) == years
    assert years[2] == 0
    assert str(Change(years[1], years[2])) == "–"


def test_the_comparison_of_frozen_years_costs_few_queries(many, django_assert_max_num_queries):
    for n in range(13):
        build_month(shift(OCTOBER, -n))
    with django_assert_max_num_queries(16):
        sheet("comparison", many.up)


# --- one figure, many forms ------------------------------------------------------------------------------------------


def plain(value):
    """A value as every form must carry it: a number, or the percent of a share."""
    return value.percent if isinstance(value, Ratio | Change) else value


def rows_of(made):
    return [*made.rows, *([made.total] if made.total else [])]


@pytest.mark.parametrize("code", ["comparison", "units", "age", "feedback", "late", "source", "nature"])
def test_page_json_spreadsheet_and_csv_carry_the_same_numbers(many, code):
    client, url = many.client(many.esha), reverse("reports:statement", args=[code])
    made = sheet(code, many.agra)
    expected = [[plain(value) for value in row.values] for row in rows_of(made)]

    lines = list(csv.reader(io.StringIO(client.get(url, {"format": "csv"}).content.decode("utf-8-sig"))))
    numbers = [line[1:] for line in lines if line and line[0] in {row.label for row in rows_of(made)}]
    assert [[None if cell == "" else float(cell) for cell in line] for line in numbers] == expected

    book = load_workbook(io.BytesIO(client.get(url, {"format": "xlsx"}).content))
    found = [list(line[1:]) for line in book.active.iter_rows(values_only=True)]
    assert found[-len(expected) :] == expected

    said = json.loads(client.get(url, {"format": "json"}).content)
    assert [row[1:] for row in said["rows"]] == expected

    page = client.get(url).content.decode()
    table = re.search(r"<table[^>]*data-sheet.*?</table>", page, re.S).group()
    cells = [strip_tags(cell).strip() for cell in re.findall(r"<td class=\"num\">(.*?)</td>", table, re.S)]
    with translation.override("hi"):
        shown = [str(v) if isinstance(v, Ratio | Change) else f"{v}" for row in rows_of(made) for v in row.values]
    assert [cell.replace(",", "") for cell in cells] == [text.replace(",", "") for text in shown]


def test_every_linked_figure_opens_as_many_rows(many):
    for code in ("units", "age", "feedback", "late", "source", "nature", "comparison"):
        for row in rows_of(sheet(code, many.agra)):
            for value, link in row.cells:
                if not link:
                    continue
                query = dict(pair.split("=") for pair in link.partition("?")[2].split("&"))
                unit = Unit.objects.get(pk=query.pop("unit"))
                rows = narrow(Complaint.objects.under(unit), query, user=many.esha, at=NOW)
                assert rows.count() == value, (code, row.label, link)


# --- who sees what ---------------------------------------------------------------------------------------------------


def test_the_figures_of_another_unit_are_not_there(many):
    url = reverse("reports:statement", args=["units"])
    for user, unit in ((many.asha, many.tajganj), (many.esha, many.mathura), (many.charu, many.agra)):
        for form in ("html", "pdf", "xlsx", "csv", "json"):
            assert many.client(user).get(url, {"unit": unit.pk, "format": form}).status_code == 404
    assert many.client(many.esha).get(url, {"unit": many.hariparvat.pk}).status_code == 200
    assert many.client(many.gita).get(url).status_code == 403


@pytest.mark.parametrize("form", ["pdf", "xlsx", "csv", "json"])
def test_each_export_is_written_on_the_trail(many, form):
    many.client(many.esha).get(reverse("reports:statement", args=["source"]), {"format": form})
    entry = Entry.objects.get(action="report.export")
    assert entry.by == many.esha
    assert entry.details == {"statement": "source", "unit": "agra", "month": "2026-11", "format": form}


@pytest.mark.parametrize(
    "query",
    [{"unit": "x"}, {"unit": "999999"}, {"unit": "-1"}, {"month": "2026-13"}, {"month": "\x00"}, {"by": "moon"}],
)
def test_bad_questions_give_an_answer_and_no_error(many, query):
    response = many.client(many.esha).get(reverse("reports:statement", args=["units"]), query)
    assert response.status_code == (404 if "unit" in query else 200)
    assert many.client(many.esha).get("/statements/nothing/").status_code == 404


def test_a_month_to_come_shows_the_running_one(many):
    response = many.client(many.esha).get(reverse("reports:statement", args=["units"]), {"month": "2027-01"})
    assert response.context["month"] == NOVEMBER


@pytest.mark.parametrize("language", ["hi", "en"])
def test_no_sheet_names_anyone(world, language):
    world.at_state("fed_back", at=NOW)
    with translation.override(language):
        for unit in (world.hariparvat, world.agra, world.up):
            for code in STATEMENTS:
                said = json.dumps(render.as_json(sheet(code, unit)), ensure_ascii=False) + str(sheet(code, unit))
                for secret in (*SECRETS.values(), *SECRETS["name"].split(), STORY):
                    assert secret not in said


# --- in words --------------------------------------------------------------------------------------------------------


def figures(**some):
    return {**dict.fromkeys(MEASURES, 0), **some}


def test_the_kendras_with_late_work_are_named_first_and_never_one_without_a_reason(world):
    calm = (world.lohamandi, figures(received=90, pending=9))
    late = (world.hariparvat, figures(pending=8, late=3, disposed=5, called=5))
    old = (world.tajganj, figures(pending=8, pending_over_60=2))
    silent = (world.vrindavan, figures(disposed=4, called=1))
    sad = (world.dadri, figures(feedback_called=7, dissatisfied=2))
    found = attention([calm, sad, silent, old, late])
    assert [concern.unit for concern in found] == [world.hariparvat, world.tajganj, world.vrindavan]
    with translation.override("en"):
        assert attention([late])[0].sentences == ["Of 8 pending complaints 3 are past their disposal date."]
    assert attention([calm]) == []


@pytest.mark.parametrize("language", ["hi", "en"])
def test_the_summary_carries_its_numbers_in_both_languages(language):
    now = figures(received=1234, opening=40, disposed=1000, out_fir=55, pending=274, late=31, pending_over_60=7,
                  called=900, feedback_called=950, satisfied=800, reopened=6)  # fmt: skip
    with translation.override(language):
        said = " ".join(summary(OCTOBER, now, figures(received=1000)))
    for text in ("1,234", "1,000", "+23.4 %", "55", "274", "31", "90.0 % (1,000)", "84.2 % (950)"):
        assert text in said
