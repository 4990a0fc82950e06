"""Each figure is one condition: borders of months in Indian time, sums that hold, and nothing counted twice."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from complaints.figures import MEASURES, Period, add_up, cells, codes_of, counting, midnight, totals
from complaints.models import Complaint, Outcome
from reports.ledger import shift
from tests.reports.scatter import scatter
from tests.world import INDIA, NOW

SECOND = timedelta(seconds=1)
OCTOBER = date(2026, 10, 1)
AGES = ("pending_0_10", "pending_11_15", "pending_16_30", "pending_31_60", "pending_over_60")


def counted(code, period):
    return Complaint.objects.filter(MEASURES[code].where(period)).count()


def place_at(world, **columns):
    case = world.complaint()
    Complaint.objects.filter(pk=case.pk).update(**columns)
    return case


# --- borders ---------------------------------------------------------------------------------------------------------


def test_a_month_begins_and_ends_at_midnight_in_india():
    period = Period.month(date(2026, 10, 17))
    assert period.start == datetime(2026, 10, 1, tzinfo=INDIA)
    assert period.end == datetime(2026, 11, 1, tzinfo=INDIA)
    assert Period.month(date(2026, 12, 31)).end == datetime(2027, 1, 1, tzinfo=INDIA)


@pytest.mark.parametrize(
    ("received", "october", "november"),
    [
        (datetime(2026, 9, 30, 23, 59, 59, tzinfo=INDIA), 0, 0),
        (datetime(2026, 10, 1, 0, 0, 0, tzinfo=INDIA), 1, 0),
        (datetime(2026, 10, 31, 23, 59, 59, tzinfo=INDIA), 1, 0),
        (datetime(2026, 11, 1, 0, 0, 0, tzinfo=INDIA), 0, 1),
    ],
)
def test_a_complaint_counts_in_the_month_of_its_indian_date(world, received, october, november):
    place_at(world, received_at=received)
    assert counted("received", Period.month(OCTOBER)) == october
    assert counted("received", Period.month(date(2026, 11, 1))) == november


def test_what_was_disposed_of_in_the_last_second_is_not_pending_at_the_end(world):
    end = midnight(date(2026, 11, 1))
    place_at(world, received_at=end - timedelta(days=3), disposed_at=end - SECOND)
    assert counted("pending", Period.month(OCTOBER)) == 0
    Complaint.objects.update(disposed_at=end)
    assert counted("pending", Period.month(OCTOBER)) == 1
    assert counted("disposed", Period.month(OCTOBER)) == 0
    assert counted("opening", Period.month(date(2026, 11, 1))) == 1


def test_the_running_month_is_counted_up_to_the_moment_that_is_asked(world):
    period = Period.month(NOW.date(), NOW)
    assert (period.as_on, period.end) == (NOW, midnight(date(2026, 12, 1)))
    assert Period.month(OCTOBER, NOW).as_on == midnight(date(2026, 11, 1))


@pytest.mark.parametrize(
    ("days", "bucket"),
    [(0, 0), (10, 0), (11, 1), (15, 1), (16, 2), (30, 2), (31, 3), (60, 3), (61, 4), (400, 4)],
)
def test_an_open_complaint_stands_in_exactly_one_age(world, days, bucket):
    end = midnight(date(2026, 11, 1))
    place_at(world, received_at=end - timedelta(days=days) - SECOND)
    found = [counted(code, Period.month(OCTOBER)) for code in AGES]
    assert found == [int(n == bucket) for n in range(5)]


@pytest.mark.parametrize(("after", "late"), [(-SECOND, 0), (timedelta(0), 1), (SECOND, 1)])
def test_pending_is_late_from_its_disposal_date_on(world, after, late):
    place_at(world, received_at=NOW - timedelta(days=10), disposal_due_at=NOW - after)
    assert counted("late", Period.month(NOW.date(), NOW)) == late


def test_disposed_at_the_due_moment_is_no_longer_in_time(world):
    place_at(world, received_at=NOW - timedelta(days=12), disposed_at=NOW, disposal_due_at=NOW)
    assert counted("disposed_in_time", Period.month(NOW.date())) == 0
    Complaint.objects.update(disposal_due_at=NOW + SECOND)
    assert counted("disposed_in_time", Period.month(NOW.date())) == 1


def test_a_call_after_the_month_does_not_count_for_the_month(world):
    end = midnight(date(2026, 11, 1))
    place_at(world, received_at=end - timedelta(days=9), disposed_at=end - SECOND, feedback_at=end, satisfied=True)
    october, november = Period.month(OCTOBER), Period.month(date(2026, 11, 1))
    assert (counted("called", october), counted("feedback_called", october)) == (0, 0)
    assert (counted("satisfied", november), counted("called", november)) == (1, 0)


# --- sums ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def many(world):
    scatter(world)
    return world


MONTHS = [date(2025, 8, 1), date(2025, 12, 1), date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)]


@pytest.mark.parametrize("month", MONTHS)
def test_opening_and_received_less_disposed_is_pending(many, month):
    n = totals(Complaint.objects.all(), Period.month(month, NOW))
    assert n["opening"] + n["received"] - n["disposed"] == n["pending"]


@pytest.mark.parametrize("month", MONTHS)
def test_ages_outcomes_and_answers_add_up_to_their_whole(many, month):
    n = totals(Complaint.objects.all(), Period.month(month, NOW))
    assert sum(n[code] for code in AGES) == n["pending"]
    assert sum(n[f"out_{outcome.value}"] for outcome in Outcome) == n["disposed"]
    assert n["satisfied"] + n["dissatisfied"] == n["feedback_called"]
    assert n["pending"]
    assert n["disposed"]


def test_the_rows_that_are_looked_at_are_all_that_can_count(many):
    for month in MONTHS:
        period = Period.month(month, NOW)
        for code in codes_of(Complaint):
            measure = MEASURES[code]
            whole = Complaint.objects.filter(measure.where(period))
            assert whole.filter(counting(period)).count() == whole.count(), (code, month)


def test_the_cells_of_each_level_add_up_to_the_state(many):
    period = Period.month(OCTOBER)
    whole = totals(Complaint.objects.all(), period)
    for columns in (("thana",), ("circle",), ("district",), ("zone",), ("source",), ("nature",), ("thana", "source")):
        assert add_up(cells(Complaint.objects.all(), columns, period).values(), codes_of(Complaint)) == whole


def test_what_happened_in_the_months_of_a_year_adds_up_to_the_year(many):
    year = totals(Complaint.objects.all(), Period.year_to(date(2026, 11, 1), NOW))
    months = [totals(Complaint.objects.all(), Period.month(date(2026, n, 1), NOW)) for n in range(1, 12)]
    for code in codes_of(Complaint):
        measure = MEASURES[code]
        if measure.at == "start":
            assert year[code] == months[0][code]
        elif measure.at == "end":
            assert year[code] == months[-1][code]
        elif code != "called":
            assert year[code] == sum(month[code] for month in months), code


def test_all_figures_of_all_units_cost_one_query(many):
    with CaptureQueriesContext(connection) as seen:
        cells(Complaint.objects.all(), ("thana",), Period.month(OCTOBER))
    assert len(seen) == 1


def test_months_are_counted_forward_and_back_over_the_year():
    assert shift(date(2026, 1, 1), -1) == date(2025, 12, 1)
    assert shift(date(2026, 12, 1), 1) == date(2027, 1, 1)
    assert shift(date(2026, 11, 1), -12) == date(2025, 11, 1)
