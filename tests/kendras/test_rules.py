"""When a clock falls due: hours and days by the clock, months and years by the Indian calendar."""

from datetime import UTC, datetime

import pytest

from kendras.models import Rule
from tests.world import INDIA


def india(*parts):
    return datetime(*parts, tzinfo=INDIA)


@pytest.mark.parametrize(
    ("amount", "time_unit", "start", "due"),
    [
        (24, "hours", india(2026, 11, 23, 10), india(2026, 11, 24, 10)),
        (3, "days", india(2026, 2, 26, 10), india(2026, 3, 1, 10)),
        (3, "days", india(2028, 2, 26, 10), india(2028, 2, 29, 10)),
        (2, "months", india(2025, 12, 31, 10), india(2026, 2, 28, 10)),
        (2, "months", india(2027, 12, 31, 10), india(2028, 2, 29, 10)),
        (1, "months", india(2026, 12, 15, 0), india(2027, 1, 15, 0)),
        (3, "years", india(2024, 2, 29, 10), india(2027, 2, 28, 10)),
    ],
)
def test_a_clock_falls_due_at_the_same_hour_of_the_day_that_the_rule_says(amount, time_unit, start, due):
    assert Rule(amount=amount, time_unit=time_unit).due(start) == due


def test_a_month_counts_by_the_indian_day_even_where_greenwich_has_the_day_before():
    # 1:30 in the morning of 31 January in India is still the 30th in Greenwich
    start = india(2026, 1, 31, 1, 30)
    for moment in (start, start.astimezone(UTC)):
        assert Rule(amount=1, time_unit="months").due(moment) == india(2026, 2, 28, 1, 30)
