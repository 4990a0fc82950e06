"""The directory of agencies, the One Stop Centre's capacity, the proposal to enlarge it (DG 38/2025 ¶3.v, ¶5.i.g, ¶5.i.l)."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from counselling.models import Agency, Enlargement
from kendras.models import Entry
from kendras.workflow import Refused, move
from tests.counselling.aid import agency
from tests.world import NOW

TODAY, DAY = NOW.date(), timedelta(days=1)
FOUND = {"on": TODAY, "places": 5, "in_use": 5, "turned_away": 3, "staff_short": 1, "findings": "स्थान कम हैं"}
WHY = "पिछले माह स्थान नहीं मिला"

FACTS = {
    "kind": "dlsa",
    "name_hi": "जिला विधिक सेवा प्राधिकरण आगरा",
    "name_en": "DLSA Agra",
    "phone": "15100",
    "hours": "सोमवार से शनिवार 10 से 17",
}


def propose(world, centre, by=None, once=None):
    once = once or uuid.uuid4()
    return Enlargement.objects.propose(centre, places=10, reason=WHY, by=by or world.divya, at=NOW, once=once)


def test_nodal_and_circle_officer_keep_it_and_all_kendras_of_the_district_read_it(world):
    for keeper, name in ((world.divya, "DLSA Agra"), (world.charu, "DLSA 2")):
        answer = world.client(keeper).post(reverse("counselling:agency_new"), {**FACTS, "name_en": name})
        assert answer.status_code == 302
    row = Agency.objects.get(name_en="DLSA Agra")
    assert (row.district, row.added_by) == (world.agra, world.divya)
    assert Entry.objects.about(row).get().district == world.agra
    for reader in (world.hema, world.asha, world.bina, world.charu, world.esha, world.farah, world.hina):
        client = world.client(reader)
        assert row.name in client.get(reverse("counselling:agencies")).content.decode(), reader
        assert client.get(row.get_absolute_url()).status_code == 200
    for outside in (world.kamla, world.mala):
        client = world.client(outside)
        assert row.name not in client.get(reverse("counselling:agencies")).content.decode()
        assert client.get(row.get_absolute_url()).status_code == 404
    for user in (world.hema, world.asha, world.omprakash, world.esha, world.gita):
        assert world.client(user).post(reverse("counselling:agency_new"), FACTS).status_code == 403


def test_a_name_stands_once_and_a_change_says_what_was_changed(world):
    client = world.client(world.divya)
    for status in (302, 422):
        assert client.post(reverse("counselling:agency_new"), FACTS).status_code == status
    row = Agency.objects.get()
    other = agency(world, kind="dlsa", name="Other")
    edit = reverse("counselling:agency_edit", args=[row.pk])
    assert client.post(edit, {**FACTS, "phone": "0562111111"}).status_code == 302
    row.refresh_from_db()
    assert row.phone == "0562111111"
    assert Entry.objects.about(row).first().details == {"changed": ["phone"]}
    taken = client.post(reverse("counselling:agency_edit", args=[other.pk]), FACTS)
    assert taken.status_code == 422
    assert client.post(edit, {**FACTS, "kind": "nonsense", "email": "x"}).status_code == 422


def test_an_agency_is_taken_out_of_use_with_a_reason_and_back(world):
    row = agency(world)
    with pytest.raises(Refused):
        move(row, "close", by=world.divya, at=NOW, reason="बन्द")
    with pytest.raises(Refused):
        move(row, "close", by=world.asha, at=NOW, reason=WHY)
    row = move(row, "close", by=world.charu, at=NOW, reason=WHY)
    assert row not in Agency.objects.in_use()
    assert move(row, "open", by=world.divya, at=NOW, reason=WHY).state == "active"


def test_capacity_is_kept_over_time_and_the_latest_day_is_the_directorys(world):
    row = agency(world)
    row.assess(by=world.divya, at=NOW, **FOUND)
    row.assess(by=world.divya, at=NOW, **{**FOUND, "on": TODAY - 90 * DAY, "places": 3, "in_use": 1})
    row.refresh_from_db()
    assert row.places == 5
    assert [each.full for each in row.assessments.order_by("on")] == [33, 100]
    with pytest.raises(Refused):
        row.assess(by=world.divya, at=NOW, **{**FOUND, "in_use": 6})
    page = world.client(world.divya)
    address = reverse("counselling:agency_assess", args=[row.pk])
    assert page.post(address, {**FOUND, "on": (TODAY + DAY).isoformat()}).status_code == 422
    assert page.post(address, {**FOUND, "on": TODAY.isoformat(), "in_use": 9}).status_code == 422
    assert page.post(address, {**FOUND, "on": TODAY.isoformat()}).status_code == 302
    assert world.client(world.asha).post(address, FOUND).status_code == 403


def test_a_proposal_stands_on_an_assessment_goes_up_to_the_sp_and_on(world):
    row = agency(world)
    with pytest.raises(Refused):
        propose(world, row)
    row.assess(by=world.divya, at=NOW, **FOUND)
    once = uuid.uuid4()
    proposal = propose(world, row, once=once)
    assert propose(world, row, once=once) == proposal
    with pytest.raises(Refused):
        propose(world, row)
    block = {each.work.code for each in world.client(world.esha).get("/").context["busy"]}
    assert "to_forward" in block
    for user in (world.divya, world.charu, world.mala):
        with pytest.raises(Refused) as refusal:
            move(proposal, "forward", by=user, at=NOW, number="पत्र 7")
        assert refusal.value.code == "right"
    with pytest.raises(Refused):
        move(proposal, "forward", by=world.esha, at=NOW)
    proposal = move(proposal, "forward", by=world.esha, at=NOW, number="पत्र 7")
    proposal = move(proposal, "approve", by=world.divya, at=NOW, number="शासनादेश 9")
    assert "enlarging" in {each.work.code for each in world.client(world.divya).get("/").context["busy"]}
    proposal = move(proposal, "finish", by=world.divya, at=NOW, reason="कक्ष तैयार हो गये")
    assert (proposal.state, proposal.number) == ("done", "शासनादेश 9")
    assert propose(world, row).state == "proposed"


def test_a_proposal_is_made_and_answered_by_forms(world):
    row = agency(world)
    row.assess(by=world.divya, at=NOW, **FOUND)
    client = world.client(world.divya)
    address = reverse("counselling:agency_enlarge", args=[row.pk])
    assert address in client.get(row.get_absolute_url()).content.decode()
    assert client.post(address, {"once": uuid.uuid4(), "places": 0, "reason": WHY}).status_code == 422
    assert client.post(address, {"once": uuid.uuid4(), "places": 10, "reason": WHY}).status_code == 302
    proposal = Enlargement.objects.get()
    forward = reverse("counselling:enlargement_move", args=[proposal.pk, "forward"])
    assert client.get(forward).status_code == 404
    form = {"once": uuid.uuid4(), "version": proposal.version, "number": "7"}
    assert world.client(world.esha).post(forward, form).status_code == 302
    assert world.client(world.mala).post(forward, form).status_code == 404
