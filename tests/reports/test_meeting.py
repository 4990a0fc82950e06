"""The crime meeting: directions to each kendra, by those who may direct, recorded once and named to nobody."""

import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse

from kendras.models import Entry
from kendras.workflow import Refused, move
from reports.models import MeetingDirection
from tests.reports.scatter import scatter
from tests.world import NOW, SECRETS

OCTOBER = date(2026, 10, 1)
TODAY = NOW.date()
TEXT = "लम्बित प्रकरण एक सप्ताह में निस्तारित करें"


def give(world, text=TEXT, due=TODAY, thana=None, by=None, once=None):
    rows = [(thana or world.hariparvat, text, due)]
    return MeetingDirection.objects.give(OCTOBER, rows, by=by or world.esha, at=NOW, once=once or uuid.uuid4())


def answered(world, row, name, by, text="सभी प्रकरण निस्तारित कर दिये गये"):
    return move(row, name, by=by, at=NOW + timedelta(days=3), text=text)


def test_a_direction_is_kept_with_its_giver_and_on_the_trail(world):
    [row] = give(world)
    assert (row.thana, row.state, row.given_by, row.district) == (world.hariparvat, "open", world.esha, world.agra)
    entry = Entry.objects.get(action="meetingdirection.give")
    assert (entry.by, entry.thana, entry.details["month"]) == (world.esha, world.hariparvat, "2026-10")


@pytest.mark.parametrize(("due", "fits"), [(TODAY - timedelta(days=1), False), (TODAY, True), (None, False)])
def test_a_direction_needs_a_date_that_is_not_past(world, due, fits):
    if fits:
        assert give(world, due=due)
    else:
        with pytest.raises(Refused):
            give(world, due=due)


@pytest.mark.parametrize("key", ["asha", "omprakash", "charu", "mala", "farah", "hina", "gita", "sysa", "root"])
def test_only_the_nodal_officer_and_the_chief_of_the_district_direct(world, key):
    with pytest.raises(Refused):
        give(world, by=world.fresh(getattr(world, key)))
    assert give(world, by=world.divya)


def test_a_direction_that_names_the_victim_is_refused_and_none_of_the_others_is_kept(world):
    world.complaint()
    rows = [(world.lohamandi, TEXT, TODAY), (world.hariparvat, f"{SECRETS['name']} से पुनः मिलें", TODAY)]
    with pytest.raises(Refused) as refused:
        MeetingDirection.objects.give(OCTOBER, rows, by=world.esha, at=NOW, once=uuid.uuid4())
    assert "सीमा" not in str(refused.value)
    assert MeetingDirection.objects.count() == 0


def test_the_in_charge_answers_and_may_still_carry_out_what_she_could_not(world):
    [row] = give(world)
    with pytest.raises(Refused):
        answered(world, row, "not_done", world.asha, text="नहीं")
    for other in (world.bina, world.hema, world.ila, world.charu, world.esha):
        with pytest.raises(Refused):
            answered(world, row, "done", other)
    row = answered(world, row, "not_done", world.asha, "फोरेंसिक आख्या की प्रतीक्षा है")
    row = answered(world, row, "done", world.asha)
    assert (row.state, row.answered_by) == ("done", world.asha)
    with pytest.raises(Refused):
        answered(world, row, "not_done", world.asha)


# --- the page --------------------------------------------------------------------------------------------------------


def fill(world, once, **texts):
    data = {"once": once}
    for thana in (world.hariparvat, world.lohamandi, world.tajganj):
        data |= {f"{thana.pk}-text": "", f"{thana.pk}-due_on": (TODAY + timedelta(days=9)).isoformat()}
    for code, text in texts.items():
        data[f"{getattr(world, code).pk}-text"] = text
    return data


def test_the_chief_records_directions_for_several_kendras_at_once_and_a_second_click_records_none(world):
    scatter(world)
    client, url = world.client(world.esha), f"{reverse('reports:meeting')}?month=2026-10"
    data = fill(world, str(uuid.uuid4()), hariparvat=TEXT, tajganj="रात्रि गश्त में महिला आरक्षी रखें")
    for _n in range(2):
        assert client.post(url, data).status_code == 302
    assert MeetingDirection.objects.count() == 2
    page = client.get(url).content.decode()
    assert TEXT in page
    later = client.get(f"{reverse('reports:meeting')}?month=2026-11").content.decode()
    assert MeetingDirection.objects.get(thana=world.tajganj).month == OCTOBER
    assert later


def test_what_is_wrong_is_marked_and_what_was_typed_stays(world):
    client, url = world.client(world.esha), f"{reverse('reports:meeting')}?month=2026-10"
    data = fill(world, str(uuid.uuid4()), hariparvat=TEXT, tajganj="यह निर्देश भी है")
    data[f"{world.tajganj.pk}-due_on"] = "31-31-2026"
    response = client.post(url, data)
    assert response.status_code == 422
    assert TEXT in response.content.decode()
    assert MeetingDirection.objects.count() == 0
    for once in ("", "x", "\x00"):
        assert client.post(url, fill(world, once, hariparvat=TEXT)).status_code == 422
    assert client.post(url, fill(world, str(uuid.uuid4()))).status_code == 422


def test_a_kendra_of_another_district_cannot_be_slipped_in(world):
    data = fill(world, str(uuid.uuid4()), vrindavan=TEXT, hariparvat=TEXT)
    data[f"{world.vrindavan.pk}-due_on"] = TODAY.isoformat()
    world.client(world.esha).post(reverse("reports:meeting"), data)
    assert list(MeetingDirection.objects.values_list("thana__code", flat=True)) == ["hariparvat"]


@pytest.mark.parametrize("key", ["asha", "charu", "farah", "hina", "gita", "sysa", "root"])
def test_the_page_is_for_those_who_hold_the_meeting(world, key):
    assert world.client(getattr(world, key)).get(reverse("reports:meeting")).status_code == 403


@pytest.mark.parametrize("language", ["hi", "en"])
def test_the_page_says_in_words_which_kendras_need_attention(world, language):
    scatter(world)
    response = world.client(world.divya).get(reverse("reports:meeting"), headers={"accept-language": language})
    concerns = response.context["attention"]
    assert 0 < len(concerns) <= 3
    assert all(concern.sentences for concern in concerns)
    for concern in concerns:
        assert concern.sentences[0] in response.content.decode()
