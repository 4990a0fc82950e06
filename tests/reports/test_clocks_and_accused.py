"""Crime meeting 5 and 12: what a clock's breach and a wanted accused are, at their borders, and the rows behind each number."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse

from complaints.figures import Period, codes_of, totals
from complaints.models import Accused, Fir, FirClock, FirDeadline
from kendras.models import Level
from kendras.workflow import move
from reports.ledger import Ledger
from reports.paper import meeting_book
from reports.statement import STATEMENTS
from tests.world import INDIA, NOW, SECRETS

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
MAN = {"part": "accused", "gender": "male", "name": "राजू पाल", "phone": "9700000001"}
END = datetime(2026, 11, 1, tzinfo=INDIA)


def figures(month=NOVEMBER, at=NOW):
    return {
        code: n
        for model in (FirDeadline, Accused)
        for code, n in totals(model.objects.all(), Period.month(month, at)).items()
    }


def only(fir, clock, **dates):
    """Leave one clock of the FIR, with these dates."""
    fir.deadlines.exclude(clock=clock).delete()
    fir.deadlines.filter(clock=clock).update(**dates)


@pytest.mark.parametrize(
    ("due", "met", "breached", "late"),
    [
        (END - MINUTE, None, 1, 1), (END, None, 0, 0), (END - MINUTE, END - 2 * MINUTE, 0, 0), (END - MINUTE, END - MINUTE, 1, 0),
        (END - MINUTE, END, 1, 1), (datetime(2026, 10, 1, tzinfo=INDIA), None, 1, 1),
        (datetime(2026, 10, 1, tzinfo=INDIA) - MINUTE, None, 0, 1),
    ],
)  # fmt: skip
def test_a_clock_is_breached_in_the_month_of_its_due_moment_and_late_while_it_runs(world, due, met, breached, late):
    only(world.fir("BNS85", at=END - 60 * DAY), FirClock.COPY, due_at=due, first_due_at=due, warn_at=due, met_at=met)
    n = figures(OCTOBER)
    # what falls due at the last moment of the month is late with the first of the next
    assert (n["clock_breached"], n["clock_late"]) == (breached, late + (due == END))


def test_each_kind_of_clock_stands_in_its_column(world):
    world.fir("POCSO4", at=NOW - 100 * DAY)
    n = figures()
    late = {code: n[f"clock_{code}"] for code in ("told_cwc", "medical", "statement", "two_months", "told", "bail")}
    assert late == {"told_cwc": 1, "medical": 1, "statement": 1, "two_months": 1, "told": 1, "bail": 0}
    assert n["clock_late"] == FirDeadline.objects.count() == 7


@pytest.mark.parametrize(
    ("shift", "near", "come"), [(-MINUTE, 0, 0), (timedelta(), 1, 0), (10 * DAY - MINUTE, 1, 0), (10 * DAY, 0, 1)]
)
def test_default_bail_is_near_for_ten_days_and_then_has_come(world, shift, near, come):
    remand = NOW - 50 * DAY - shift
    fir = world.fir("BNS85", at=remand - DAY, people=[MAN])
    for name, moment in (("arrest", remand - MINUTE), ("remand", remand)):
        fir = move(fir, name, by=world.asha, at=moment, on=moment, person=fir.people.get())
    n = figures()
    assert (n["clock_bail_near"], n["clock_bail"]) == (near, come)


def test_an_accused_is_wanted_until_arrest_surrender_or_the_end_of_the_case(world):
    start = datetime(2026, 11, 2, tzinfo=INDIA)
    firs = [world.fir("BNS85", at=start, people=[MAN]) for _n in range(6)]
    steps = {1: ["arrest"], 2: ["surrender"], 3: ["nbw"], 4: ["final_report"], 5: ["transfer"]}
    for n, names in steps.items():
        for name in names:
            person = firs[n].people.get() if Fir.MOVES[name].about else None
            moment = start + DAY
            move(firs[n], name, by=world.asha, at=moment, on=moment, person=person)
    n = figures()
    assert [n[f"accused_{code}"] for code in ("named", "arrested", "surrendered", "nbw", "wanted", "wanted_nbw")] == [
        6, 1, 1, 1, 2, 1,
    ]  # fmt: skip
    later = figures(date(2026, 10, 1))
    assert not any(later[f"accused_{code}"] for code in ("named", "wanted"))


def test_an_accused_who_is_added_later_is_named_then(world):
    fir = world.fir("BNS85", at=datetime(2026, 10, 5, tzinfo=INDIA), people=[MAN])
    move(fir, "add_person", by=world.asha, at=NOW, person={"part": "accused", "name": "सोनू यादव", "gender": "male"})
    assert figures(OCTOBER)["accused_named"] == 1
    assert figures(NOVEMBER)["accused_named"] == 1


def test_the_units_add_up_and_each_number_opens_its_rows_without_a_name(world):
    for by in (world.asha, world.bina, world.kamla):
        fir = world.fir("POCSO4", at=NOW - 20 * DAY, by=by)
        move(fir, "nbw", by=by, at=NOW - DAY, on=NOW - DAY, person=fir.people.get(part="accused"))
    for code, model in (("clocks", FirDeadline), ("accused", Accused)):
        sheet = STATEMENTS[code].sheet(Ledger(world.agra, NOW), NOVEMBER, Level.THANA)
        assert not any("जोड़" in note for note in sheet.notes)
        n = totals(model.objects.under(world.agra), Period.month(NOVEMBER, NOW))
        assert any(n.values())
        page = {"clocks": "fir_clocks", "accused": "accused"}[code]
        for each in codes_of(model):
            answer = world.client(world.esha).get(reverse(f"complaints:{page}"), {"figure": each, "month": "2026-11"})
            assert len(answer.context["page"].rows) == n[each], each
            for secret in (*SECRETS.values(), "राजू"):
                assert secret not in answer.content.decode()
        near = world.client(world.mala).get(reverse(f"complaints:{page}")).context["page"].rows
        assert {row.thana for row in near} == {world.vrindavan}
        assert world.client(world.mala).get(reverse(f"complaints:{page}"), {"unit": world.agra.pk}).status_code == 404


def test_both_statements_stand_in_the_paper_of_the_meeting(world):
    world.fir("POCSO4", at=NOW - 20 * DAY)
    codes = [sheet.code for sheet in meeting_book(world.agra, NOVEMBER, at=NOW).sheets]
    assert {"clocks", "accused"} <= set(codes)


def test_a_thana_that_moves_takes_its_clocks_and_accused_along(world):
    world.fir("POCSO4")
    world.hariparvat.move_under(world.c_vrindavan, on=NOW.date())
    assert FirDeadline.objects.under(world.mathura).exists()
    assert Accused.objects.under(world.mathura).exists()
    assert not FirDeadline.objects.under(world.agra).exists()
