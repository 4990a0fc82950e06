"""Case work on the pages: who sees which complaint, the identity and its reading, search, the register."""

import re
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from complaints.models import Complaint, Note, Reveal
from kendras import identity
from kendras.identity import Reading
from kendras.models import Entry
from kendras.workflow import Refused, move
from tests.world import NOW, SECRETS, STORY

INSIDE = ["hema", "ila", "asha", "omprakash", "charu", "divya", "esha", "farah", "zoya", "hina"]
OUTSIDE = ["bina", "bela", "kamla", "mala", "gita", "sysa", "root"]


def page(client, name, *args, **query):
    return client.get(reverse(f"complaints:{name}", args=args), query).content.decode()


@pytest.mark.parametrize("key", INSIDE)
def test_those_above_see_the_complaint_in_list_and_detail_without_its_identity(world, key):
    complaint = world.complaint(nature="rape")
    client = world.client(getattr(world, key))
    for text in (page(client, "list"), page(client, "detail", complaint.pk)):
        assert complaint.number in text
        for secret in (*SECRETS.values(), STORY):
            assert secret not in text


@pytest.mark.parametrize("key", OUTSIDE)
def test_those_outside_find_nothing_by_list_detail_move_or_search(world, key):
    complaint = world.complaint()
    client = world.client(getattr(world, key))
    assert client.get(reverse("complaints:detail", args=[complaint.pk])).status_code == 404
    assert client.get(reverse("complaints:move", args=[complaint.pk, "follow_up"])).status_code in (403, 404)
    assert client.post(reverse("complaints:identity", args=[complaint.pk])).status_code == 404
    listed = client.get(reverse("complaints:list"))
    assert listed.status_code == 403 or complaint.number not in listed.content.decode()
    found = client.post(reverse("complaints:search"), {"phone": SECRETS["phone"], "number": complaint.number})
    assert found.status_code == 403 or f"/complaints/{complaint.pk}/" not in found.content.decode()


def test_a_unit_outside_ones_own_is_no_filter(world):
    client = world.client(world.asha)
    assert client.get(reverse("complaints:list"), {"unit": world.tajganj.pk}).status_code == 404
    assert client.get(reverse("complaints:list"), {"unit": world.agra.pk}).status_code == 404
    assert world.client(world.esha).get(reverse("complaints:list"), {"unit": world.tajganj.pk}).status_code == 200


def test_a_list_costs_the_same_queries_for_one_row_and_for_thirty(world):
    client = world.client(world.esha)
    world.complaint()
    page(client, "list")
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as seen:
            page(client, "list")
        counts.append(len(seen))
        for _n in range(29):
            world.complaint()
    assert counts[0] == counts[1] <= 5, [query["sql"][:90] for query in seen]


def test_a_detail_page_stays_within_fifteen_queries(world):
    complaint = world.at_state("closed")
    client = world.client(world.asha)
    page(client, "detail", complaint.pk)
    with CaptureQueriesContext(connection) as seen:
        page(client, "detail", complaint.pk)
    assert len(seen) <= 15, [query["sql"][:90] for query in seen]


@pytest.mark.parametrize("query", [{"state": "x"}, {"nature": "x"}, {"from": "x"}, {"late": "1"}, {"figure": "received", "month": "2026-13"}, {"after": "x"}, {"officer": "9" * 30}])  # fmt: skip
def test_a_filter_that_cannot_be_read_shows_the_list(world, query):
    assert world.client(world.asha).get(reverse("complaints:list"), query).status_code == 200


def test_a_figure_opens_exactly_the_rows_behind_it(world):
    world.complaint(at=NOW - timedelta(days=40))
    inside = world.complaint(at=NOW - timedelta(days=2))
    text = page(world.client(world.esha), "list", figure="received", month="2026-11", unit=world.agra.pk)
    assert 'data-count="1"' in text
    assert f"/complaints/{inside.pk}/" in text


# --- identity --------------------------------------------------------------------------------------------------------

READING = {
    # (role's person) → reading of (an open nature, a protected nature)
    "hema": ("handles", "handles"),  # she registered it
    "ila": ("asks", "asks"),  # not assigned to her
    "asha": ("handles", "handles"),
    "omprakash": ("handles", "handles"),
    "charu": ("handles", "handles"),
    "divya": ("asks", "asks"),
    "esha": ("asks", "asks"),
    "farah": ("asks", "asks"),
    "zoya": ("asks", "asks"),
    "hina": ("asks", "asks"),
    "bina": ("never", "never"),
    "gita": ("never", "never"),
    "sysa": ("never", "never"),
    "root": ("never", "never"),
}


@pytest.mark.parametrize("key", READING)
def test_the_identity_is_read_by_those_who_handle_the_case(world, key):
    cases = world.complaint(), world.complaint(nature="rape")
    user = world.fresh(getattr(world, key))
    assert tuple(identity.reading(user, case).value for case in cases) == READING[key]


def test_another_desk_constable_does_not_read_a_protected_identity(world):
    protected, plain = world.complaint(by=world.asha, nature="rape"), world.complaint(by=world.asha)
    assert identity.reading(world.hema, protected) is Reading.ASKS
    assert identity.reading(world.hema, plain) is Reading.HANDLES


def test_the_assigned_officer_reads_and_is_recorded(world):
    complaint = move(world.complaint(nature="rape"), "assign", by=world.asha, at=NOW, officer=world.ila)
    answer = world.client(world.ila).post(reverse("complaints:identity", args=[complaint.pk]))
    assert SECRETS["name"] in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    entry = Entry.objects.get(action="complaint.read_identity")
    assert (entry.by, entry.subject_id, entry.thana) == (world.ila, complaint.pk, world.hariparvat)
    assert not any(secret in str(Entry.objects.values()) for secret in SECRETS.values())


def test_what_cannot_be_recorded_is_not_shown(world, monkeypatch):
    complaint = world.complaint()

    def fail(*args, **kwargs):
        raise RuntimeError("the trail is full")

    monkeypatch.setattr(type(Entry.objects.all()), "write", fail)
    client = world.client(world.asha)
    client.raise_request_exception = False
    answer = client.post(reverse("complaints:identity", args=[complaint.pk]))
    assert answer.status_code == 500
    assert SECRETS["name"] not in answer.content.decode()


def test_the_sp_reads_only_after_a_second_officer_has_agreed_and_only_for_a_day(world):
    complaint = world.complaint()
    address = reverse("complaints:identity", args=[complaint.pk])
    esha = world.client(world.esha)
    assert SECRETS["name"] not in esha.post(address, {"reason": "शासन को आख्या भेजनी है"}, follow=True).content.decode()
    reveal = Reveal.objects.get()
    with pytest.raises(Refused):
        move(reveal, "agree", by=world.esha, at=NOW)
    world.client(world.asha).post(reverse("complaints:reveal_move", args=[reveal.pk, "agree"]))
    assert SECRETS["name"] in esha.post(address).content.decode()
    reveal.refresh_from_db()
    assert complaint.may_read_identity(world.esha, reveal.until - timedelta(minutes=1)) is Reading.HANDLES
    assert complaint.may_read_identity(world.esha, reveal.until) is Reading.ASKS


def test_another_kendra_cannot_agree(world):
    complaint = world.complaint()
    reveal = complaint.ask_identity(by=world.esha, at=NOW, reason="शासन को आख्या भेजनी है")
    answer = world.client(world.bina).post(reverse("complaints:reveal_move", args=[reveal.pk, "agree"]))
    assert answer.status_code == 404


# --- search ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("data", [{"name": "Seema Gupta"}, {"name": "सीमा"}, {"phone": "+91 98123 45678"}, {"number": "1/2026"}, {"number": "०००१/२०२६"}])  # fmt: skip
def test_a_complaint_is_found_by_number_name_in_either_script_and_phone(world, data):
    complaint = world.complaint()
    text = world.client(world.asha).post(reverse("complaints:search"), data).content.decode()
    assert f"/complaints/{complaint.pk}/" in text
    assert not any(secret in text for secret in (SECRETS["guardian"], SECRETS["address"]))


def test_two_words_must_fit_one_person(world):
    world.complaint(people=[{"part": "complainant", "name": "सीमा देवी"}, {"part": "accused", "name": "रमेश गुप्ता"}])
    text = world.client(world.asha).post(reverse("complaints:search"), {"name": "सीमा गुप्ता"}).content.decode()
    assert "/receipt/" not in text
    assert not re.search(r"/complaints/\d+/", text)


def test_above_the_co_nobody_searches_by_name(world):
    complaint = world.complaint()
    text = world.client(world.esha).post(reverse("complaints:search"), {"name": "सीमा"}).content.decode()
    assert f"/complaints/{complaint.pk}/" not in text


def test_a_search_by_name_is_recorded_without_the_name(world):
    world.client(world.asha).post(reverse("complaints:search"), {"name": "सीमा"})
    entry = Entry.objects.get(action="complaint.search_people")
    assert "सीमा" not in str(Entry.objects.filter(pk=entry.pk).values())


# --- moves on the page -----------------------------------------------------------------------------------------------


def test_a_move_by_form_redirects_to_the_complaint(world):
    complaint = world.complaint()
    data = {"once": str(uuid.uuid4()), "version": 1, "officer": world.ila.pk}
    client = world.client(world.asha)
    address = reverse("complaints:move", args=[complaint.pk, "assign"])
    assert client.post(address, data).status_code == 302
    assert client.post(address, data).status_code == 302  # the same form once more changes nothing
    stale = client.post(address, {"once": str(uuid.uuid4()), "version": 1, "officer": world.indu.pk})
    assert stale.status_code == 409
    assert "दूसरे अधिकारी ने इसे बदल दिया" in stale.content.decode()
    complaint.refresh_from_db()
    assert (complaint.assigned_to, complaint.version) == (world.ila, 2)


def test_what_is_refused_keeps_what_was_typed(world):
    complaint = world.complaint()
    data = {"once": str(uuid.uuid4()), "version": 1, "kind": "call", "text": "सीमा से बात हुई"}
    answer = world.client(world.asha).post(reverse("complaints:move", args=[complaint.pk, "follow_up"]), data)
    assert answer.status_code == 422
    assert "सीमा से बात हुई" in answer.content.decode()
    assert not Note.objects.exists()


def test_barred_outcomes_are_shown_but_cannot_be_chosen(world):
    complaint = world.at_state("enquiry", nature="rape")
    text = page(world.client(world.ila), "move", complaint.pk, "decide")
    assert re.search(r'value="counselling"[^>]*disabled', text)
    assert not re.search(r'value="fir"[^>]*disabled', text)


# --- the register ----------------------------------------------------------------------------------------------------


def test_the_register_names_whom_the_law_does_not_protect_and_masks_the_rest(world):
    world.complaint()
    world.complaint(nature="rape", people=[{"part": "complainant", "name": "गुप्त नाम"}])
    day = timezone.localdate(NOW).isoformat()
    text = (
        world.client(world.asha)
        .post(reverse("complaints:print_register"), {"first": day, "last": day})
        .content.decode()
    )
    assert SECRETS["name"] in text
    assert "गुप्त नाम" not in text
    assert "आवेदिका-1" in text
    assert Entry.objects.filter(action="complaint.read_identity").count() == 1
    assert Entry.objects.get(action="complaint.print_register").details["rows"] == 2


def test_the_register_spans_at_most_a_month(world):
    answer = world.client(world.asha).post(
        reverse("complaints:print_register"), {"first": "2026-01-01", "last": "2026-11-01"}
    )
    assert "31" in answer.content.decode()
    assert not Entry.objects.filter(action="complaint.print_register").exists()


def test_a_named_exception_opens_one_case_until_its_date(world):
    complaint, other = world.complaint(), world.complaint()
    today = timezone.localdate(NOW)
    Complaint.grant(complaint, to=world.gita, until=today, order_number="38/1", by=world.esha, at=NOW)
    client = world.client(world.gita)
    assert client.get(reverse("complaints:detail", args=[complaint.pk])).status_code == 200
    assert client.get(reverse("complaints:detail", args=[other.pk])).status_code == 404
    complaint.grants.update(until=today - timedelta(days=1))
    assert client.get(reverse("complaints:detail", args=[complaint.pk])).status_code == 404


def test_who_calls_for_feedback_finds_her_phone_one_click_away(world):
    mine, other = world.at_state("disposed"), world.at_state("disposed", by=world.ila, nature="rape", outcome="fir")
    client = world.client(world.hema)
    assert reverse("complaints:identity", args=[mine.pk]) in page(client, "move", mine.pk, "feedback")
    assert reverse("complaints:identity", args=[other.pk]) not in page(client, "move", other.pk, "feedback")


def test_a_follow_up_asks_for_a_direction_only_where_one_waits(world):
    complaint = world.at_state("enquiry")
    client = world.client(world.ila)
    assert "answers" not in page(client, "move", complaint.pk, "follow_up")
    move(complaint, "direct", by=world.charu, at=NOW, text="सात दिन में निस्तारण करें", next_on=NOW.date())
    assert "सात दिन में निस्तारण करें" in page(client, "move", complaint.pk, "follow_up")
