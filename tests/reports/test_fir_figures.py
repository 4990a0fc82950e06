"""FIRs in the figures: each measure at its border, ITSSO by its real numbers, sheets that add up, work of the day."""

from datetime import date, datetime, timedelta

import pytest

from complaints.figures import MEASURES, Period, add_up, cells, codes_of, counting, totals
from complaints.models import Fir
from kendras.models import Level
from kendras.workflow import move
from reports import tasks
from reports.ledger import Ledger
from reports.models import BuildRun, MonthlyReport
from reports.paper import meeting_book
from reports.statement import STATEMENTS, Share
from reports.statements.firs import _ITSSO
from tests.world import INDIA, NOW

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
DAY = timedelta(days=1)


def in_october(day, hour=10):
    return datetime(2026, 10, day, hour, 0, tzinfo=INDIA)


def report(fir, name, at):
    return move(fir, name, by=fir.registered_by, at=at, on=at)


@pytest.fixture
def several(world):
    """FIRs of three thanas over a year, in every state that is counted."""
    world.fir("BNS64", at=in_october(1) - timedelta(days=100))
    report(world.fir("BNS64", at=in_october(1) - timedelta(days=95)), "charge_sheet", in_october(20))
    report(world.fir("POCSO4", at=in_october(2)), "charge_sheet", in_october(30))
    report(world.fir("BNS85", at=in_october(3)), "final_report", in_october(31, 23))
    report(world.fir("BNS85", at=in_october(4)), "transfer", in_october(9))
    girl = world.fir("BNS137", at=in_october(5), people=[{"part": "victim", "age": 16, "name": "राधा सिंह"}])
    move(girl, "recovered", by=world.asha, at=in_october(25), on=in_october(25), person=girl.people.get())
    world.fir("BNS137", at=in_october(6), by=world.bina)
    world.fir("BNS85", at=in_october(7), by=world.kamla)
    world.fir("BNS85", at=NOW)
    world.fir("BNS85", at=in_october(8).replace(year=2025))
    return world


def october(world, unit=None):
    return totals(Fir.objects.under(unit or world.up), Period.month(OCTOBER))


def test_each_figure_of_a_month(several):
    n = october(several)
    assert {code: n[code] for code in n if n[code]} == {
        "fir_opening": 3, "fir_registered": 6, "fir_charge_sheet": 2, "fir_final": 1, "fir_transferred": 1, "fir_pending": 5,
        "fir_0_30": 3, "fir_91_180": 1, "fir_over_180": 1, "fir_over_limit": 1, "itsso_all": 3, "itsso_reported": 2,
        "itsso_ripe": 2, "missing_registered": 2, "missing_recovered": 1, "missing_left": 1, "fir_counsel_owed": 2,
    }  # fmt: skip


def test_what_comes_in_and_goes_out_balances(several):
    for unit in (several.up, several.agra, several.hariparvat, several.mathura):
        for month in (OCTOBER, NOVEMBER, date(2026, 7, 1)):
            n = totals(Fir.objects.under(unit), Period.month(month, NOW + DAY))
            gone = n["fir_charge_sheet"] + n["fir_final"] + n["fir_transferred"]
            assert n["fir_opening"] + n["fir_registered"] - gone == n["fir_pending"]
            assert n["fir_pending"] == sum(
                n[c] for c in ("fir_0_30", "fir_31_60", "fir_61_90", "fir_91_180", "fir_over_180")
            )


@pytest.mark.parametrize("columns", [("thana",), ("head",), ("district", "head")])
def test_however_it_is_grouped_it_sums_to_the_whole(several, columns):
    period = Period.month(OCTOBER)
    summed = add_up(cells(Fir.objects.all(), columns, period).values(), codes_of(Fir))
    assert summed == october(several)


def test_the_list_behind_a_figure_holds_what_it_counts(several):
    n, client = october(several, several.agra), several.client(several.esha)
    for code in codes_of(Fir):
        page = client.get("/firs/", {"figure": code, "month": "2026-10", "unit": several.agra.pk})
        assert page.context["number"] == n[code], code


def test_an_fir_becomes_ripe_at_the_end_of_its_two_months_and_not_a_minute_before(world):
    fir = world.fir("BNS64", at=datetime(2026, 8, 31, 10, 0, tzinfo=INDIA))
    ripe = MEASURES["itsso_ripe"].where
    for shift, counted in ((-1, 0), (0, 1), (1, 1)):
        period = Period.month(OCTOBER, fir.limit_at + timedelta(minutes=shift))
        assert Fir.objects.filter(ripe(period)).count() == counted


@pytest.mark.parametrize(("minutes", "in_time"), [(-1, 1), (0, 0), (1, 0)])
def test_a_report_is_in_time_before_the_limit_only(world, minutes, in_time):
    fir = world.fir("BNS64", at=datetime(2026, 8, 15, 10, 0, tzinfo=INDIA))
    report(fir, "charge_sheet", fir.limit_at + timedelta(minutes=minutes))
    assert october(world)["itsso_in_time"] == in_time


def test_further_investigation_does_not_undo_a_report_in_time(world):
    fir = report(world.fir("BNS64", at=datetime(2026, 8, 15, 10, 0, tzinfo=INDIA)), "charge_sheet", in_october(1))
    move(fir, "investigate_further", by=world.omprakash, at=in_october(2), reason="नये साक्ष्य मिले हैं")
    n = october(world)
    assert (n["itsso_in_time"], n["itsso_reported"], n["fir_pending"], n["fir_over_limit"]) == (1, 1, 1, 1)


@pytest.mark.parametrize(
    ("label", "figures", "said"),
    [
        ("itsso_reported", {"itsso_reported": 74_070, "itsso_all": 75_881}, "97.6 % (75,881)"),
        ("itsso_in_time", {"itsso_in_time": 54_161, "itsso_ripe": 1_64_449}, "32.9 % (1,64,449)"),
    ],
)
def test_itsso_gives_the_percentages_of_the_published_figures(label, figures, said):
    [share] = [kind for kind in _ITSSO if isinstance(kind, Share) and kind.parts == (label,)]
    assert str(share.value(figures)) == said


@pytest.mark.parametrize("code", ["fir_units", "fir_age", "itsso", "missing"])
def test_the_rows_of_a_sheet_sum_to_its_total_at_every_level(several, code):
    for unit, level in ((several.up, Level.ZONE), (several.up, Level.DISTRICT), (several.agra, Level.THANA)):
        sheet = STATEMENTS[code].sheet(Ledger(unit, NOW), OCTOBER, level)
        for n, column in enumerate(sheet.columns):
            if column.kind == "number":
                assert sum(row.values[n] for row in sheet.rows) == sheet.total.values[n], (unit, column.label)


def test_heads_compare_a_month_with_the_last_years_and_the_years_to_date(several):
    sheet = STATEMENTS["heads"].sheet(Ledger(several.up, NOW), OCTOBER)
    rows = {row.label: row.values for row in sheet.rows}
    cruelty = rows["पति/नातेदारों द्वारा क्रूरता (दहेज उत्पीड़न/घरेलू हिंसा)"]
    assert cruelty[:2] == (3, 1)
    assert (cruelty[2].percent, cruelty[3:6]) == (200.0, (3, 1, 0))
    assert sheet.total.values[0] == sum(row.values[0] for row in sheet.rows) == 6


def test_frozen_months_carry_firs_and_say_what_changed_since(several):
    tasks.build_run(BuildRun.objects.ask(OCTOBER, by=None, at=NOW)[0].pk)
    frozen = MonthlyReport.objects.get(unit=several.agra, month=OCTOBER)
    assert frozen.figures["all"]["fir_registered"] == 5
    assert frozen.figures["head"]["POCSO"] == {
        "fir_registered": 1,
        "fir_charge_sheet": 1,
        "itsso_all": 1,
        "itsso_reported": 1,
    }
    assert frozen.difference() == []
    world = several
    world.fir("BNS64", at=in_october(15))
    changed = {measure.code: (then, now) for measure, then, now in frozen.difference()}
    assert changed["fir_registered"] == (5, 6)
    sheet = STATEMENTS["heads"].sheet(Ledger(several.agra, NOW), OCTOBER)
    assert sheet.frozen
    assert sheet.total.values[0] == 5


def test_a_report_frozen_before_there_was_an_fir_record_is_still_read(several):
    tasks.build_run(BuildRun.objects.ask(OCTOBER, by=None, at=NOW)[0].pk)
    old = MonthlyReport.objects.get(unit=several.agra, month=OCTOBER)
    old.figures = {"all": {"received": 0}, "source": {}, "nature": {}}
    old.save()
    assert STATEMENTS["fir_units"].sheet(Ledger(several.agra, NOW), OCTOBER, Level.THANA)
    assert STATEMENTS["heads"].sheet(Ledger(several.agra, NOW), OCTOBER).total.values[0] == 0
    assert old.difference() == []


def test_the_paper_of_the_meeting_holds_the_tables_of_firs_and_names_nobody(several):
    book = meeting_book(several.agra, OCTOBER, at=NOW)
    assert {"heads", "fir_units", "fir_age", "itsso", "missing"} <= {sheet.code for sheet in book.sheets}
    assert "राधा" not in repr(book)


# --- the pages of the day --------------------------------------------------------------------------------------------


def work(world, user):
    page = world.client(user).get("/")
    return {block.work.code: block for block in page.context["busy"]}


def test_what_must_be_done_tonight_stands_with_the_desk_and_everyone_above(world):
    fir = world.fir("POCSO8", at=NOW - timedelta(hours=20))
    for user in (world.hema, world.asha, world.omprakash, world.charu, world.divya, world.esha):
        block = work(world, user)["fir_tonight"]
        assert [row.pk for row in block.rows] == [fir.pk]
    assert "fir_tonight" not in work(world, world.bina)


def test_an_investigating_officer_sees_her_own_cases_the_next_due_first(world):
    later, sooner = world.fir("BNS85", at=NOW), world.fir("POCSO8", at=NOW)
    for fir in (later, sooner):
        move(fir, "assign_fir", by=world.asha, at=NOW, officer=world.ila)
    assert [row.pk for row in work(world, world.ila)["my_firs"].rows] == [sooner.pk, later.pk]
    assert "my_firs" not in work(world, world.indu)


def test_an_investigation_past_two_months_goes_up_to_the_chief(world):
    fir = world.fir("BNS64", at=NOW - timedelta(days=70))
    assert [row.pk for row in work(world, world.esha)["fir_over"].rows] == [fir.pk]
    report(fir, "charge_sheet", NOW)
    assert "fir_over" not in work(world, world.esha)


def test_the_rows_that_are_looked_at_are_all_that_can_count(several):
    for month in (OCTOBER, NOVEMBER, date(2025, 10, 1)):
        period = Period.month(month, NOW)
        for code in codes_of(Fir):
            whole = Fir.objects.filter(MEASURES[code].where(period))
            assert whole.filter(counting(period, "fir")).count() == whole.count(), (code, month)


def test_a_zero_fir_that_was_sent_is_pending_nowhere(world):
    fir = world.fir("BNS64", at=in_october(2), route="zero")
    move(fir, "zero_sent", by=world.asha, at=in_october(3), on=in_october(3))
    n = october(world)
    assert (n["fir_registered"], n["fir_transferred"], n["fir_pending"], n["fir_over_limit"]) == (1, 1, 0, 0)


def test_a_missing_girl_whose_case_went_elsewhere_is_looked_for_there(world):
    fir = world.fir("BNS137", at=in_october(2), people=[{"part": "victim", "age": 16}])
    assert october(world)["missing_left"] == 1
    report(fir, "transfer", in_october(9))
    assert october(world)["missing_left"] == 0
