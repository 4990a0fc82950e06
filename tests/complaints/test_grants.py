"""Named exceptions: who opens one case to one person, until when, and what that person sees."""

from datetime import timedelta

import pytest
from django.urls import reverse

from complaints.models import ComplaintGrant
from kendras.models import Entry
from tests.world import NOW, SECRETS, STORY

TODAY = NOW.date()


def asked(who="gita", until=TODAY, order="38/2026"):
    return {"who": who, "until": until.isoformat(), "order_number": order}


def test_the_nodal_officer_opens_one_case_to_a_counsellor_until_a_date(world):
    complaint, other = world.complaint(), world.complaint()
    page = reverse("complaints:grants", args=[complaint.pk])
    assert world.client(world.divya).post(page, asked()).url == page
    gita = world.client(world.gita)
    shown = gita.get(reverse("complaints:detail", args=[complaint.pk])).content.decode()
    assert gita.get(reverse("complaints:detail", args=[other.pk])).status_code == 404
    assert not any(secret in shown for secret in (*SECRETS.values(), STORY))
    entry = Entry.objects.get(action="complaint.grant")
    assert (entry.by, entry.details["order"]) == (world.divya, "38/2026")


def test_whoever_is_named_reads_an_identity_only_after_a_second_officer_agrees(world):
    complaint = world.complaint()
    complaint.grant(to=world.gita, until=TODAY, order_number="1", by=world.divya, at=NOW)
    address = reverse("complaints:identity", args=[complaint.pk])
    answer = world.client(world.gita).post(address, {"reason": "परामर्श हेतु देखना आवश्यक है"}, follow=True)
    assert SECRETS["phone"] not in answer.content.decode()
    assert complaint.reveals.get().state == "asked"
    assert not Entry.objects.filter(action="complaint.read_identity").exists()


def test_a_withdrawn_exception_ends_at_once_and_stays_on_the_trail(world):
    complaint = world.complaint()
    complaint.grant(to=world.gita, until=TODAY, order_number="38/2026", by=world.divya, at=NOW)
    grant = ComplaintGrant.objects.get()
    world.client(world.esha).post(reverse("complaints:withdraw", args=[complaint.pk, grant.pk]))
    assert world.client(world.gita).get(reverse("complaints:detail", args=[complaint.pk])).status_code == 404
    assert Entry.objects.get(action="complaint.withdraw_grant").details["order"] == "38/2026"


@pytest.mark.parametrize("days", [-1, 185])
def test_an_exception_runs_from_today_for_at_most_six_months(world, days):
    complaint = world.complaint()
    page = reverse("complaints:grants", args=[complaint.pk])
    assert world.client(world.divya).post(page, asked(until=TODAY + timedelta(days=days))).status_code == 422
    assert not ComplaintGrant.objects.exists()


@pytest.mark.parametrize("who", ["nobody", "root", ""])
def test_an_account_that_is_not_there_gets_nothing(world, who):
    complaint = world.complaint()
    page = reverse("complaints:grants", args=[complaint.pk])
    assert world.client(world.divya).post(page, asked(who=who)).status_code == 422


def test_the_chief_of_another_district_finds_no_such_page(world):
    complaint = world.complaint()
    page = reverse("complaints:grants", args=[complaint.pk])
    assert world.client(world.mala).get(page).status_code == 404
    assert world.client(world.mala).post(page, asked()).status_code == 404


def test_a_grant_of_another_complaint_cannot_be_withdrawn_through_this_one(world):
    complaint, other = world.complaint(), world.complaint()
    other.grant(to=world.gita, until=TODAY, order_number="1", by=world.divya, at=NOW)
    grant = ComplaintGrant.objects.get()
    assert (
        world.client(world.esha).post(reverse("complaints:withdraw", args=[complaint.pk, grant.pk])).status_code == 404
    )
    assert ComplaintGrant.objects.exists()


@pytest.mark.parametrize("who", ["hema", "ila", "asha", "omprakash", "charu", "farah", "zoya", "hina", "gita", "sysa"])
def test_nobody_else_may_open_a_case_by_name(world, who):
    complaint = world.complaint()
    answer = world.client(getattr(world, who)).post(reverse("complaints:grants", args=[complaint.pk]), asked())
    assert answer.status_code == 403
    assert not ComplaintGrant.objects.exists()
