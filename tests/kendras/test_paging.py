"""Keyset pages: every row once, forwards and backwards, whatever stands in the address bar."""

from datetime import UTC, datetime, timedelta

import pytest

from kendras.models import Entry
from kendras.paging import capped_count, count_text, page_of

pytestmark = pytest.mark.django_db

START = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def entries():
    # two rows share each moment, so that the id has to break ties
    Entry.objects.bulk_create(Entry(at=START + timedelta(hours=n // 2), action="session.login") for n in range(23))
    return Entry.objects.all()


def walk(rows, mark="after", **options):
    page = page_of(rows, "at", size=5, **options)
    pages = [page]
    while getattr(page, mark):
        page = page_of(rows, "at", size=5, **{mark: getattr(page, mark)}, **options)
        pages.append(page)
    return pages


@pytest.mark.parametrize("newest_first", [True, False])
def test_walking_forwards_shows_every_row_once_in_order(entries, newest_first):
    sign = "-" if newest_first else ""
    wanted = list(entries.order_by(f"{sign}at", f"{sign}id").values_list("pk", flat=True))
    shown = [row.pk for page in walk(entries, newest_first=newest_first) for row in page.rows]
    assert shown == wanted


@pytest.mark.parametrize("newest_first", [True, False])
def test_walking_back_shows_the_same_pages_again(entries, newest_first):
    pages = walk(entries, newest_first=newest_first)
    back = page_of(entries, "at", size=5, before=pages[-1].before, newest_first=newest_first)
    assert [row.pk for row in back.rows] == [row.pk for row in pages[-2].rows]
    first = page_of(entries, "at", size=5, before=pages[1].before, newest_first=newest_first)
    assert [row.pk for row in first.rows] == [row.pk for row in pages[0].rows]
    assert first.before == ""
    assert pages[-1].after == ""
    assert pages[0].before == ""


@pytest.mark.parametrize("mark", ["x", "!!", "WzEsMl0", "W10", "bnVsbA", "WyIyMDI2LTAxLTAxIiwxXQ", "é"])
def test_a_mark_that_cannot_be_read_gives_the_first_page(entries, mark):
    assert page_of(entries, "at", after=mark, size=5).rows == page_of(entries, "at", size=5).rows


def test_a_count_stops_at_its_cap(entries):
    assert capped_count(entries, cap=30) == 23
    assert capped_count(entries, cap=10) == 11
    assert "10" in count_text(11, cap=10)
    assert count_text(10, cap=10) == "10"
