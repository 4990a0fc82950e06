"""The FIR record on its pages: who sees what, from a complaint to the record, filters, milestones by form, the register."""

import re
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from complaints.models import Fir, FirState, Offence
from kendras.models import Entry
from kendras.workflow import Refused, move
from tests.world import NOW, SECRETS, STORY

INSIDE = ["hema", "ila", "asha", "omprakash", "charu", "divya", "esha", "farah", "zoya", "hina"]
OUTSIDE = ["bina", "bela", "kamla", "mala", "gita", "sysa", "root"]
DAY = timedelta(days=1)


def page(client, name, *args, **query):
    return client.get(reverse(f"complaints:{name}", args=args), query).content.decode()


def local(moment):
    return f"{timezone.localtime(moment):%Y-%m-%dT%H:%M}"


def form(**more):
    """What the page for taking an FIR in sends."""
    pocso = Offence.objects.get(code="POCSO4").pk
    return {
        "once": uuid.uuid4(), "number": "12", "year": "2026", "informed_at": local(NOW), "registered_at": local(NOW),
        "offences": [pocso], "route": "thana", "victim_name": SECRETS["name"], "victim_age": "14", "victim_gender": "female",
        "victim_phone": SECRETS["phone"], "accused_name": "राजू पाल", "text": STORY, **more,
    }  # fmt: skip


def send(user, world, **more):
    return world.client(user).post(reverse("complaints:fir_new"), form(**more))


@pytest.mark.parametrize("key", INSIDE)
def test_those_above_see_the_fir_in_list_and_page_without_its_identity(world, key):
    fir = world.fir()
    client = world.client(getattr(world, key))
    for text in (page(client, "firs"), page(client, "fir", fir.pk)):
        assert fir.case_number in text
        for secret in (*SECRETS.values(), STORY, "राजू पाल"):
            assert secret not in text


@pytest.mark.parametrize("key", OUTSIDE)
def test_those_outside_find_nothing_by_list_number_page_or_move(world, key):
    fir = world.fir()
    client = world.client(getattr(world, key))
    assert client.get(reverse("complaints:fir", args=[fir.pk])).status_code in (403, 404)
    assert client.get(reverse("complaints:fir_move", args=[fir.pk, "arrest"])).status_code in (403, 404)
    for query in ({}, {"number": fir.case_number}):
        listed = client.get(reverse("complaints:firs"), query)
        assert listed.status_code == 403 or f"/firs/{fir.pk}/" not in listed.content.decode()


def test_an_fir_is_taken_in_by_the_desk_and_its_clocks_run(world):
    answer = send(world.hema, world)
    fir = Fir.objects.get()
    assert answer.url == fir.get_absolute_url()
    assert (fir.case_number, fir.head, fir.registered_by) == ("0012/2026", "POCSO", world.hema)
    assert [person.key_code for person in fir.people.order_by("id")] == ["victim-1", "accused-1"]
    shown = page(world.client(world.hema), "fir", fir.pk)
    assert "बाल कल्याण समिति व विशेष न्यायालय को सूचना" in shown
    assert "पॉक्सो धारा 19(6)" in shown


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"number": "12A"}, "number"), ({"registered_at": local(NOW + DAY)}, "registered_at"),
        ({"informed_at": local(NOW), "registered_at": local(NOW - DAY)}, "informed_at"), ({"offences": []}, "offences"),
        ({"occurred_at": local(NOW + DAY)}, "occurred_at"), ({"year": "1899"}, "year"), ({"gd_number": "सीमा 12"}, "gd_number"),
        ({"informed_at": "9999-12-31T00:00"}, "informed_at"), ({"victim_phone": "12"}, "victim_phone"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_and_everything_typed_stays(world, wrong, field):
    answer = send(world.hema, world, **wrong)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert STORY in answer.content.decode()
    assert not Fir.objects.exists()


def test_an_odd_number_is_taken_when_it_is_confirmed(world):
    send(world.hema, world, number="12A", confirmed="on")
    assert Fir.objects.get().case_number == "12A/2026"


def test_the_same_form_sent_twice_takes_one_fir(world):
    once = uuid.uuid4()
    answers = [send(world.hema, world, once=once) for _n in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Fir.objects.count() == 1


def test_a_number_that_is_taken_is_told(world):
    world.fir(number="0012")
    answer = send(world.hema, world)
    assert answer.status_code == 422
    assert "0012/2026" in str(answer.context["form"].errors["number"])


def test_a_complaint_decided_as_fir_leads_into_the_record_with_its_people(world):
    complaint = world.at_state("decided", nature="rape", outcome="fir")
    officer = complaint.assigned_to
    client = world.client(officer)
    address = f"{reverse('complaints:fir_new')}?complaint={complaint.pk}"
    assert address in page(client, "detail", complaint.pk)
    assert "victim_name" not in client.get(address).content.decode()
    rape = Offence.objects.get(code="BNS64").pk
    client.post(address, form(offences=[rape], informed_at=local(complaint.received_at)))
    fir = Fir.objects.get()
    complaint.refresh_from_db()
    assert (fir.complaint, complaint.state, complaint.outcome_number) == (complaint, "carried_out", "0012/2026")
    [(person, matter)] = fir.read_identity(by=world.asha, at=NOW, purpose="case")["people"]
    assert (person.key_code, matter["name"]) == ("victim-1", SECRETS["name"])
    assert client.get(address).status_code == 404
    assert fir.case_number in page(client, "detail", complaint.pk)


def test_no_fir_is_taken_from_the_complaint_of_another_thana_or_another_outcome(world):
    foreign = world.at_state("decided", by=world.bina, outcome="fir")
    mild = world.at_state("decided", outcome="counselling")
    for complaint in (foreign, mild):
        address = f"{reverse('complaints:fir_new')}?complaint={complaint.pk}"
        assert world.client(world.asha).get(address).status_code == 404


def test_a_milestone_by_form_is_recorded_and_meets_its_clock(world):
    fir = world.fir()
    address = reverse("complaints:fir_move", args=[fir.pk, "cwc_told"])
    client = world.client(world.hema)
    assert address in page(client, "fir", fir.pk)
    sent = {"once": uuid.uuid4(), "version": fir.version, "on": local(NOW), "text": ""}
    assert client.post(address, sent).status_code == 302
    assert not fir.deadlines.running().filter(clock="cwc_told").exists()
    assert "समिति व विशेष न्यायालय" in page(client, "fir", fir.pk)


def test_what_the_law_refuses_is_told_on_the_form(world):
    fir = world.fir()
    person = fir.people.get(part="accused").pk
    sent = {"once": uuid.uuid4(), "version": fir.version, "on": local(NOW), "person": person, "text": "आदेश प्राप्त"}
    answer = world.client(world.asha).post(reverse("complaints:fir_move", args=[fir.pk, "remand"]), sent)
    assert answer.status_code == 422
    assert "गिरफ्तारी" in answer.content.decode()
    assert "आदेश प्राप्त" in answer.content.decode()


def test_an_accused_of_another_case_cannot_be_chosen(world):
    fir, other = world.fir(), world.fir()
    sent = {
        "once": uuid.uuid4(),
        "version": fir.version,
        "on": local(NOW),
        "person": other.people.get(part="accused").pk,
    }
    answer = world.client(world.asha).post(reverse("complaints:fir_move", args=[fir.pk, "arrest"]), sent)
    assert answer.status_code == 422
    assert not other.milestones.exists()


def test_filters_find_what_they_say(world):
    late = world.fir("BNS64", at=NOW - timedelta(days=70))
    fresh = world.fir("BNS85", at=NOW - DAY)
    done = move(
        world.fir("BNS64", at=NOW - timedelta(days=80)), "charge_sheet", by=world.asha, at=NOW - DAY, on=NOW - DAY
    )
    client = world.client(world.esha)

    def found(**query):
        return {row.pk for row, *_rest in client.get(reverse("complaints:firs"), query).context["lines"]}

    assert found() == {late.pk, fresh.pk, done.pk}
    assert found(over_limit="on") == {late.pk}
    assert found(head="CRUELTY") == {fresh.pk}
    assert found(state=FirState.CHARGE_SHEETED.value) == {done.pk}
    assert found(pending="1") == {late.pk, fresh.pk}
    assert found(clock="investigation_2m") == {late.pk}
    assert found(unassigned="1") == {late.pk, fresh.pk}
    assert found(number=done.case_number) == {done.pk}
    assert found(head="nonsense", clock="nonsense", due="nonsense") == {late.pk, fresh.pk, done.pk}


def test_default_bail_is_shown_ten_days_ahead_and_not_before(world):
    fir = world.fir("BNS85", at=NOW - timedelta(days=60), people=[{"part": "accused", "name": "राजू पाल"}])
    person = fir.people.get()
    for name, days in (("arrest", 51), ("remand", 50)):
        moment = NOW - timedelta(days=days)
        fir = move(fir, name, by=world.asha, at=moment, on=moment, person=person)
    client = world.client(world.asha)
    assert len(client.get(reverse("complaints:firs"), {"bail": "on"}).context["lines"]) == 1
    fir.deadlines.filter(clock="default_bail_60").update(
        due_at=NOW + timedelta(days=10, minutes=1), warn_at=NOW + timedelta(minutes=1)
    )
    assert not client.get(reverse("complaints:firs"), {"bail": "on"}).context["lines"]


def test_lists_and_pages_cost_the_same_queries_for_one_row_and_for_thirty(world):
    fir = world.fir()
    client = world.client(world.esha)

    def queries(address):
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    lists, detail = reverse("complaints:firs"), reverse("complaints:fir", args=[fir.pk])
    first = queries(lists), queries(detail)
    for n in range(30):
        world.fir("BNS85")
        fir = move(fir, "scene_visit", by=world.asha, at=NOW + timedelta(hours=n), on=NOW + timedelta(hours=n))
    assert (queries(lists), queries(detail)) == first
    assert first[0] <= 6
    assert first[1] <= 19


def test_the_register_names_nobody_and_its_print_is_recorded(world):
    fir = move(world.fir("BNS85"), "scene_visit", by=world.asha, at=NOW, on=NOW)
    day = NOW.date().isoformat()
    text = (
        world.client(world.asha).post(reverse("complaints:fir_register"), {"first": day, "last": day}).content.decode()
    )
    assert fir.case_number in text
    assert "घटनास्थल का निरीक्षण" in text
    for secret in (*SECRETS.values(), "राजू पाल"):
        assert secret not in text
    assert Entry.objects.filter(action="fir.print_register", by=world.asha).count() == 1


def test_the_accused_elsewhere_are_told_by_thana_number_and_head_only(world):
    man = {"part": "accused", "gender": "male", "name": "राजू पाल", "phone": "9700000001"}
    world.fir("BNS78", by=world.bina, people=[{"part": "victim", "age": 20, "name": "राधा सिंह"}, man])
    fir = world.fir()
    text = world.client(world.asha).post(reverse("complaints:fir_elsewhere", args=[fir.pk])).content.decode()
    assert re.search(r"थाना ताजगंज: 1 प्रकरण[^<]*पीछा करना", text)
    assert "राधा" not in text
    assert "राजू" not in text


def test_an_agreed_request_opens_the_identity_of_an_fir(world):
    fir = world.fir()
    esha, asha = world.client(world.esha), world.client(world.asha)
    address = reverse("complaints:fir_identity", args=[fir.pk])
    assert SECRETS["name"] not in esha.post(address, {"reason": "पर्यवेक्षण हेतु आवश्यक है"}).content.decode()
    reveal = fir.reveals.get()
    assert "पर्यवेक्षण हेतु" in page(asha, "fir", fir.pk)
    assert asha.post(reverse("complaints:reveal_move", args=[reveal.pk, "agree"])).url == fir.get_absolute_url()
    assert SECRETS["name"] in esha.post(address).content.decode()


def test_taking_an_fir_in_is_no_way_to_an_identity_that_must_be_asked_for(world):
    complaint = world.at_state("decided", nature="rape", outcome="fir", by=world.ila)
    client = world.client(world.hema)
    address = f"{reverse('complaints:fir_new')}?complaint={complaint.pk}"
    assert address not in page(client, "detail", complaint.pk)
    for sent in (form(gd_number="सीमा"), form()):
        assert client.post(address, sent).status_code == 404
    with pytest.raises(Refused):
        world.fir("BNS64", by=world.hema, complaint=complaint)
    assert not Fir.objects.exists()
