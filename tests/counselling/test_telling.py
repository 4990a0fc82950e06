"""Information given, the status told and the 90 days it meets, the safety plan (DG 38/2025 ¶4.iii; BNSS 193(3)(ii))."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from complaints.models import Complaint, Fir, FirDeadline
from counselling.models import Informed, SafetyPlan, Scheme, Told, complaints_untold, firs_untold, last_told
from kendras.models import Entry
from kendras.workflow import NamesPerson, Refused
from tests.world import NOW, SECRETS

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
WORDS = "विवेचना चल रही है, कथन अंकित हुआ"
SEALED = {"safe_place": "मौसी का घर, फतेहाबाद", "trusted": "रेखा 9811111111", "code_word": "गुलाब"}


def tell(world, case, *, by=None, at=NOW, on=None, reached=True, text=WORDS):
    by = by or world.asha
    return Told.objects.tell(
        case, on=on or at, means="phone", reached=reached, text=text, by=by, at=at, once=uuid.uuid4()
    )


def plan(world, case, *, by=None, at=NOW, review=7, **matter):
    return SafetyPlan.objects.write(
        case, case.people.order_by("id").first(), risk="high", signs=["threat"], matter=matter or SEALED,
        review_on=(at + review * DAY).date() if review is not None else None, by=by or world.asha, at=at, once=uuid.uuid4(),
    )  # fmt: skip


# --- the status told -------------------------------------------------------------------------------------------------


def test_telling_the_victim_of_an_fir_meets_the_90_days(world):
    fir = world.fir()
    running = FirDeadline.objects.running().filter(fir=fir, clock="victim_told")
    tell(world, fir, at=NOW + DAY, reached=False)
    assert running.exists()
    tell(world, fir, at=NOW + 2 * DAY)
    assert not running.exists()
    assert fir.milestones.get(kind="progress_told").on == NOW + 2 * DAY
    tell(world, fir, at=NOW + 30 * DAY)
    assert last_told(fir) == NOW + 30 * DAY
    assert Entry.objects.filter(action="told.try").count() == 1


def test_what_was_told_names_nobody_lies_in_the_past_and_after_the_case_began(world):
    complaint = world.complaint()
    with pytest.raises(NamesPerson):
        tell(world, complaint, text="सीमा गुप्ता को बताया गया")
    for on in (NOW + MINUTE, NOW - MINUTE):
        with pytest.raises(Refused):
            tell(world, complaint, on=on)
    assert not Told.objects.exists()


@pytest.mark.parametrize(("after", "untold"), [(-MINUTE, False), (timedelta(0), True), (MINUTE, True)])
def test_who_has_heard_nothing_for_the_days_of_the_rule_is_to_be_told(world, after, untold):
    complaint, fir = world.complaint(), world.fir()
    at = NOW + 15 * DAY + after
    assert complaints_untold(Complaint.objects.all(), at).filter(pk=complaint.pk).exists() is untold
    assert firs_untold(Fir.objects.all(), at).filter(pk=fir.pk).exists() is untold


def test_each_telling_counts_anew_and_a_try_does_not(world):
    complaint = world.complaint()
    tell(world, complaint, at=NOW + 10 * DAY, reached=False)
    assert complaints_untold(Complaint.objects.all(), NOW + 16 * DAY).exists()
    tell(world, complaint, at=NOW + 16 * DAY)
    assert not complaints_untold(Complaint.objects.all(), NOW + 31 * DAY - MINUTE).exists()
    assert complaints_untold(Complaint.objects.all(), NOW + 31 * DAY).exists()


def test_a_disposed_complaint_and_a_decided_fir_are_not_waiting(world):
    world.at_state("disposed", at=NOW)
    assert not complaints_untold(Complaint.objects.all(), NOW + 60 * DAY).exists()


def test_the_untold_stand_on_the_page_of_the_day_of_the_kendra_and_of_the_officer(world, monkeypatch):
    mine, other = world.at_state("assigned"), world.complaint()
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + 20 * DAY)
    for user, code, rows in ((world.asha, "untold", 2), (world.hema, "untold", 2), (world.bina, "untold", 0)):
        blocks = {each.work.code: each for each in world.client(user).get("/").context["busy"]}
        assert (blocks[code].count if code in blocks else 0) == rows, user
    officer = mine.assigned_to
    blocks = {each.work.code: each for each in world.client(officer).get("/").context["busy"]}
    assert [row.pk for row in blocks["my_untold"].rows] == [mine.pk]
    listed = world.client(officer).get(reverse("counselling:untold"), {"officer": "me"}).context["complaints"]
    assert list(listed) == [mine]
    assert other in world.client(world.asha).get(reverse("counselling:untold")).context["complaints"]


# --- information -----------------------------------------------------------------------------------------------------


def test_information_is_kept_with_topics_schemes_and_means(world):
    Scheme.objects.load()
    complaint, client = world.complaint(), world.client(world.hema)
    address = reverse("counselling:inform", args=["complaint", complaint.pk])
    sent = {"once": uuid.uuid4(), "person": complaint.people.get().pk, "means": "in_person"}
    assert client.post(address, sent).status_code == 422
    scheme = Scheme.objects.get(code="one_stop_centre")
    assert client.post(address, {**sent, "topics": ["lawyer"], "schemes": [scheme.pk]}).status_code == 302
    assert client.post(address, {**sent, "topics": ["lawyer"]}).status_code == 302
    row = Informed.objects.get()
    assert (row.topics, list(row.schemes.all())) == ("lawyer", [scheme])
    shown = client.get(reverse("counselling:support", args=["complaint", complaint.pk])).content.decode()
    assert scheme.name in shown
    assert client.post(address, {**sent, "once": "x", "topics": ["nonsense"]}).status_code == 422


# --- the safety plan -------------------------------------------------------------------------------------------------


def test_what_names_places_and_people_is_sealed_and_its_reading_recorded(world):
    row = plan(world, world.fir())
    assert "फतेहाबाद".encode() not in bytes(row.sealed)
    support = reverse("counselling:support", args=["fir", row.fir_id])
    client = world.client(world.asha)
    closed = client.get(support).content.decode()
    assert not [text for text in SEALED.values() if text in closed]
    read = reverse("counselling:plan_read", args=[row.pk])
    opened = client.post(read).content.decode()
    assert all(text in opened for text in SEALED.values())
    assert Entry.objects.about(row).filter(action="safetyplan.read", by=world.asha).count() == 1
    for user in (world.ila, world.hema, world.divya, world.esha):
        text = world.client(user).post(read, follow=True).content.decode()
        assert SEALED["trusted"] not in text, user
    for user in (world.bina, world.kamla):
        assert world.client(user).post(read).status_code == 404
    assert Entry.objects.about(row).filter(action="safetyplan.read").count() == 1


def test_who_does_not_handle_the_case_writes_no_plan(world):
    fir = world.fir()
    with pytest.raises(Refused) as refusal:
        plan(world, fir, by=world.ila)
    assert refusal.value.code == "right"
    address = reverse("counselling:plan", args=["fir", fir.pk])
    assert world.client(world.ila).get(address).status_code == 302
    assert world.client(world.asha).get(address).status_code == 200


def test_a_review_writes_a_new_plan_and_ends_the_clock_of_the_old_one(world):
    fir = world.fir()
    first = plan(world, fir)
    due = first.due_at
    assert SafetyPlan.objects.late(due).exists()
    assert not SafetyPlan.objects.late(due - MINUTE).exists()
    plan(world, fir, at=NOW + 6 * DAY, review=None)
    assert not SafetyPlan.objects.waiting().exists()
    with pytest.raises(Refused):
        plan(world, fir, review=-1)


@pytest.mark.parametrize(("days", "shown"), [(4, False), (5, False), (6, True), (9, True)])
def test_a_plan_stands_on_the_page_of_the_day_two_days_before_its_review(world, monkeypatch, days, shown):
    plan(world, world.fir(), review=7)  # due at the end of the seventh day
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + days * DAY)
    busy = {each.work.code for each in world.client(world.asha).get("/").context["busy"]}
    assert ("plans" in busy) is shown


def test_a_plan_is_written_by_a_form(world):
    complaint, client = world.complaint(), world.client(world.hema)
    address = reverse("counselling:plan", args=["complaint", complaint.pk])
    sent = {"once": uuid.uuid4(), "person": complaint.people.get().pk, "signs": ["weapon"], **SEALED}
    assert client.post(address, sent).status_code == 422
    assert client.post(address, {**sent, "risk": "high"}).status_code == 302
    row = SafetyPlan.objects.get()
    assert row.read(by=world.hema, at=NOW) == SEALED
    assert (
        SECRETS["name"]
        not in client.get(reverse("counselling:support", args=["complaint", complaint.pk])).content.decode()
    )
