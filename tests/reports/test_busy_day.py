"""A day with something in every block of every role: each number is that of its list, and the pages cost the same."""

import re

import pytest
from django.urls import reverse

from complaints.lists import narrow
from complaints.models import Complaint
from kendras.models import Role
from reports.work import WORK
from tests.reports.test_today import CAST, DAY, busy_day, page, queries, rows_listed, visible
from tests.world import NOW, copied, laid_out_once

#: who → how many queries the page of the day may take; 14 for the others
QUERIES = {
    "asha": 54, "omprakash": 41, "ila": 31, "charu": 27, "hema": 27, "divya": 26, "esha": 23,
    "farah": 16, "zoya": 16, "hina": 16,
}  # fmt: skip


@pytest.fixture(scope="module")
def laid_out(django_db_setup, django_db_blocker):
    with laid_out_once(django_db_blocker, busy_day) as laid_out:
        yield laid_out


@pytest.fixture
def world(laid_out, db, monkeypatch):
    return copied(laid_out, monkeypatch)[0]


@pytest.mark.parametrize("who", CAST)
def test_every_block_counts_what_its_list_shows(world, who):
    user = getattr(world, who)
    for work in WORK[Role(user.acting.role)]:
        shown = work.look(user, NOW)
        if work.page == "complaints:list":
            filters = {name: value(NOW) if callable(value) else value for name, value in work.query.items()}
            rows = narrow(Complaint.objects.visible_to(user), filters, user=user, at=NOW)
            assert shown.count == rows.count(), work.code


@pytest.mark.parametrize("who", CAST)
def test_every_link_of_the_page_opens_and_its_list_has_the_number_shown(world, who):
    user = getattr(world, who)
    client = world.client(user)
    html = visible(client.get(reverse("reports:today")).content.decode())
    links = set(re.findall(r'<a [^>]*href="([^"#]+)', html))
    assert links
    for link in links:
        assert client.get(link.replace("&amp;", "&")).status_code == 200, link
    for tag in re.findall(r"<a [^>]*data-count=[^>]*>", html):
        link = re.search(r'href="([^"]+)"', tag).group(1).replace("&amp;", "&")
        count = re.search(r'data-count="(\d+)"', tag).group(1)
        assert rows_listed(client.get(link)) == int(count), link


def test_the_page_costs_the_same_at_one_and_at_thirty_rows(world):
    people = {who: getattr(world, who) for who in CAST}
    few = {who: queries(world, user) for who, user in people.items()}
    for by in (world.asha, world.bina):
        for _n in range(15):
            world.at_state("disposed", at=NOW - 12 * DAY, by=by)
            world.complaint(at=NOW - 12 * DAY, by=by)
    assert {who: queries(world, user) for who, user in people.items()} == few
    assert {who: n for who, n in few.items() if n > QUERIES.get(who, 14)} == {}


@pytest.mark.parametrize("who", ["root", "sysa"])
def test_administrators_see_no_case_number(world, who):
    assert not re.search(r"\d{4}/20\d\d", page(world, getattr(world, who)))
