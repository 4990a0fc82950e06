"""The geometry of charts: nothing, zeros, one month, large numbers and months that are missing."""

from datetime import date

import pytest

from reports.charts import bars, ceiling, line_chart

MONTHS = [date(2026, n, 1) for n in (9, 10, 11)]


def lengths(*numbers):
    return [bar.width for bar in bars([("x", n, "", "") for n in numbers])]


def paths(*series, months=MONTHS):
    return [line.path for line in line_chart(months, [("x", numbers) for numbers in series]).lines]


# --- the scale -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("most", "end"),
    [(0, 2), (1, 2), (2, 2), (3, 4), (9, 10), (10, 10), (11, 20), (100, 100), (101, 200), (61_001, 80_000)],
)
def test_a_scale_ends_at_the_next_even_step(most, end):
    assert ceiling(most) == end


def test_every_number_has_room_on_its_scale_and_the_middle_is_whole():
    for most in range(2500):
        end = ceiling(most)
        assert most <= end
        assert end % 2 == 0
        assert most < 2 or end <= 2 * most


def test_large_numbers_keep_their_proportion():
    assert ceiling(123_456_789) == 200_000_000
    assert paths([0, 100_000_000, 200_000_000]) == ["M16.67 100L50 50L83.33 0"]


# --- bars ------------------------------------------------------------------------------------------------------------


def test_no_bars_and_only_zeros_are_not_an_error():
    assert lengths() == []
    assert lengths(0, 0) == ["0", "0"]


def test_the_longest_bar_is_the_whole_width_and_the_others_its_share():
    assert lengths(50, 200, 25) == ["25", "100", "12.5"]
    assert lengths(7) == ["100"]


def test_a_single_one_beside_a_million_can_still_be_seen_and_nothing_cannot():
    assert lengths(1_000_000, 1, 0) == ["100", "1", "0"]


def test_a_bar_keeps_its_words_its_tone_and_its_list():
    (bar,) = bars([("over 60 days", 3, "late", "/complaints/")])
    assert (bar.label, bar.n, bar.tone, bar.url) == ("over 60 days", 3, "late", "/complaints/")


# --- lines -----------------------------------------------------------------------------------------------------------


def test_a_point_stands_in_the_middle_of_its_month_at_the_height_of_its_number():
    assert paths([0, 5, 10]) == ["M16.67 100L50 50L83.33 0"]


def test_all_lines_of_a_chart_share_one_scale():
    chart = line_chart(MONTHS, [("a", [1, 2, 3]), ("b", [10, 20, 30])])
    assert (chart.top, chart.middle) == (40, 20)
    assert [line.style for line in chart.lines] == [1, 2]
    assert chart.lines[0].path.startswith("M16.67 97.5")


def test_no_months_and_no_series_are_not_an_error():
    empty = line_chart([], [("a", [])])
    assert (empty.lines[0].path, empty.lines[0].dots, empty.rows, empty.top) == ("", "", (), 2)
    assert line_chart([], []).lines == ()


def test_zeros_lie_on_the_ground_line():
    assert paths([0, 0, 0]) == ["M16.67 100L50 100L83.33 100"]


def test_one_month_is_one_dot_in_the_middle():
    (line,) = line_chart(MONTHS[:1], [("a", [2])]).lines
    assert (line.path, line.dots) == ("M50 0", "M50 0h.01")


def test_a_line_breaks_where_a_month_is_missing_and_nothing_is_invented():
    chart = line_chart([*MONTHS, date(2026, 12, 1)], [("a", [2, None, 1, 2])])
    assert chart.lines[0].path == "M12.5 0M62.5 50L87.5 0"
    assert chart.lines[0].dots == "M12.5 0h.01M62.5 50h.01M87.5 0h.01"
    assert chart.has_gaps
    assert not line_chart(MONTHS, [("a", [0, 0, 0])]).has_gaps


def test_only_missing_months_draw_nothing():
    assert paths([None, None, None]) == [""]


def test_the_table_says_what_the_lines_show():
    chart = line_chart(MONTHS[:2], [("a", [1, None]), ("b", [3, 4])])
    assert chart.rows == ((MONTHS[0], (1, 3)), (MONTHS[1], (None, 4)))


def test_a_series_of_another_length_than_the_months_is_refused():
    with pytest.raises(ValueError, match="shorter|longer"):
        line_chart(MONTHS, [("a", [1, 2])])
