"""An investigating officer's FIRs over time: who sees them, what is counted, and that nothing from outside comes in."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from complaints.models import Fir
from complaints.officers import loads
from kendras.workflow import move
from tests.world import NOW, SECRETS

DAY = timedelta(days=1)
MAY = ["asha", "omprakash", "charu", "divya", "esha"]
MAY_NOT = ["hema", "ila", "farah", "zoya", "hina", "gita", "sysa"]


def load_of(world, officer, at=NOW):
    return next(load for load in loads(Fir.objects.under(world.agra), at) if load.officer == officer)


def test_open_late_and_finished_within_two_months_are_counted_by_the_measures_of_the_sheets(world):
    old = NOW - 100 * DAY
    in_time = world.fir("BNS64", at=old, assigned_to=world.ila)
    move(in_time, "charge_sheet", by=world.asha, at=old + 50 * DAY, on=old + 50 * DAY)
    too_late = world.fir("BNS64", at=old, assigned_to=world.ila)
    move(too_late, "charge_sheet", by=world.asha, at=old + 70 * DAY, on=old + 70 * DAY)
    world.fir("BNS64", at=old, assigned_to=world.ila)  # pending past two months
    world.fir("BNS64", at=NOW - timedelta(minutes=5), assigned_to=world.ila)  # too young to count
    world.fir("BNS85", at=old, assigned_to=world.indu)
    load = load_of(world, world.ila)
    assert (load.all, load.open, load.over, load.ripe, load.done_in_time, load.share) == (4, 2, 1, 3, 1, 33)
    assert load_of(world, world.indu).share is None


@pytest.mark.parametrize(("minutes", "over"), [(-1, 0), (0, 1), (1, 1)])
def test_an_investigation_is_past_two_months_with_the_moment_they_end(world, minutes, over):
    fir = world.fir("BNS64", at=NOW - 100 * DAY, assigned_to=world.ila)
    assert load_of(world, world.ila, fir.limit_at + timedelta(minutes=minutes)).over == over


@pytest.mark.parametrize("key", MAY)
def test_those_who_supervise_see_list_and_officer_without_a_name_from_a_case(world, key):
    fir = world.fir("BNS64", assigned_to=world.ila)
    client = world.client(getattr(world, key))
    listed = client.get(reverse("complaints:officers")).content.decode()
    page = client.get(reverse("complaints:officer", args=[world.ila.pk])).content.decode()
    assert "इला सक्सेना" in listed
    assert fir.case_number in page
    for secret in (*SECRETS.values(), "राजू"):
        assert secret not in listed + page


@pytest.mark.parametrize("key", MAY_NOT)
def test_nobody_else_sees_how_an_officer_works(world, key):
    world.fir("BNS64", assigned_to=world.ila)
    client = world.client(getattr(world, key))
    for address in (reverse("complaints:officers"), reverse("complaints:officer", args=[world.ila.pk])):
        assert client.get(address).status_code == 403


def test_an_officer_is_seen_with_the_firs_of_the_own_unit_only(world):
    world.fir("BNS64", number="0901", assigned_to=world.ila)
    world.fir("BNS64", number="0902", by=world.bina, assigned_to=world.ila)
    text = world.client(world.asha).get(reverse("complaints:officer", args=[world.ila.pk])).content.decode()
    assert "0901/2026" in text
    assert "0902/2026" not in text
    for key, pk in (("kamla", world.ila.pk), ("asha", world.indu.pk), ("asha", 10**9)):
        assert world.client(getattr(world, key)).get(reverse("complaints:officer", args=[pk])).status_code == 404
    assert world.client(world.asha).get(reverse("complaints:officers"), {"unit": world.tajganj.pk}).status_code == 404


def test_the_course_counts_each_month_by_its_days(world):
    fir = world.fir("BNS64", at=NOW - 40 * DAY, assigned_to=world.ila)
    move(fir, "charge_sheet", by=world.asha, at=NOW, on=NOW)
    course = world.client(world.esha).get(reverse("complaints:officer", args=[world.ila.pk])).context["course"]
    assert len(course) == 12
    assert [(f"{month:%m-%Y}", came, went) for month, came, went in course[:2]] == [
        ("11-2026", 0, 1),
        ("10-2026", 1, 0),
    ]


def test_list_and_page_cost_the_same_for_one_fir_and_for_thirty(world):
    client = world.client(world.esha)

    def queries():
        counted = []
        for address in (reverse("complaints:officers"), reverse("complaints:officer", args=[world.ila.pk])):
            client.get(address)
            with CaptureQueriesContext(connection) as seen:
                client.get(address)
            counted.append(len(seen))
        return counted

    world.fir("BNS64", assigned_to=world.ila)
    few = queries()
    for n in range(30):
        world.fir("BNS85", assigned_to=(world.ila, world.indu)[n % 2])
    assert queries() == few
    assert max(few) <= 10
