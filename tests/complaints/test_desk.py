"""The help desk: taking a complaint down, the draft, the receipt, papers, the status page."""

import uuid

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from complaints.models import Account, Complaint, Document, Draft, Identity, Nature
from complaints.registration import RegistrationForm
from complaints.status import TRIES_BY_REFERENCE
from kendras import identity
from kendras.models import Entry
from tests.world import SECRETS, STORY

REGISTER = "/complaints/new/"


@pytest.fixture(autouse=True)
def no_tries_yet():
    cache.clear()


def typed(world, **more):
    fields = {
        "once": str(uuid.uuid4()),
        "nature": str(Nature.objects.get(code="domestic_violence").pk),
        "source": "walk_in",
        "urgency": "normal",
        "text": STORY,
        "name": SECRETS["name"],
        "phone": SECRETS["phone"],
    }
    return fields | more


def test_a_complaint_is_registered_and_the_receipt_follows(world):
    answer = world.client(world.hema).post(REGISTER, typed(world, age="30", village="नगला धनी"))
    complaint = Complaint.objects.get()
    assert answer.url == reverse("complaints:receipt", args=[complaint.pk])
    assert (complaint.thana, complaint.number) == (world.hariparvat, "0001/2026")
    assert Entry.objects.get(action="complaint.register").by == world.hema


def test_a_double_click_registers_once(world):
    client, fields = world.client(world.hema), typed(world)
    first, second = client.post(REGISTER, fields), client.post(REGISTER, fields)
    assert first.url == second.url
    assert Complaint.objects.count() == 1


def test_numbers_run_on_in_each_kendra_and_begin_anew_in_each(world):
    assert [world.complaint().number for _n in range(3)] == ["0001/2026", "0002/2026", "0003/2026"]
    assert world.complaint(by=world.bela).number == "0001/2026"


def test_who_gives_no_name_is_registered_all_the_same(world):
    world.client(world.hema).post(REGISTER, typed(world, name="", phone=""))
    assert Complaint.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", ""),
        ("text", "क" * 20_001),
        ("nature", "999999"),
        ("nature", "x"),
        ("phone", "12345"),
        ("age", "-1"),
        ("age", "130"),
        ("occurred_on", "2026-11-24"),
        ("occurred_on", "31-31-31"),
        ("source", "telepathy"),
        ("once", "x"),
    ],
)
def test_bad_input_is_told_in_hindi_and_keeps_what_was_typed(world, field, value):
    fields = typed(world, address="पीपल वाली गली") | {field: value}
    answer = world.client(world.hema).post(REGISTER, fields)
    assert answer.status_code == 422
    assert not Complaint.objects.exists()
    page = answer.content.decode()
    assert "कृपया इसे ठीक करें" in page
    assert "पीपल वाली गली" in page


@pytest.mark.parametrize("text", ["मारपीट\x00की", "मारपीट\x1bकी", "मारपीट\u202eकी"])
def test_control_characters_do_not_reach_the_record(world, text):
    world.client(world.hema).post(REGISTER, typed(world, text=text))
    sealed = Account.objects.get().sealed
    assert identity.unseal(sealed)["text"] == "मारपीटकी"


def test_ten_megabytes_of_text_are_refused_without_an_error_page(world):
    answer = world.client(world.hema).post(REGISTER, typed(world, text="क" * 4_000_000))
    assert answer.status_code in (400, 413, 422)
    assert not Complaint.objects.exists()


def test_a_minor_is_protected_whatever_the_nature(world):
    world.client(world.hema).post(REGISTER, typed(world, age="15"))
    complaint = Complaint.objects.get()
    assert complaint.protects_identity
    assert "minor" in complaint.sensitivity


def test_a_possible_repeat_is_shown_before_it_is_registered_and_never_by_name(world):
    old = world.complaint()
    fields = typed(world, name="Seema Gupta", phone="")
    answer = world.client(world.hema).post(REGISTER, fields)
    page = answer.content.decode()
    assert Complaint.objects.count() == 1
    assert old.number in page
    assert SECRETS["name"] not in page.replace('value="', "")
    world.client(world.hema).post(REGISTER, fields | {"confirmed": "on"})
    assert Complaint.objects.count() == 2


def test_a_repeat_in_another_thana_is_not_told(world):
    world.complaint(by=world.bela)
    answer = world.client(world.hema).post(reverse("complaints:repeats"), {"phone": SECRETS["phone"]})
    assert "/complaints/" not in answer.content.decode()


def test_what_makes_her_known_stands_nowhere_in_the_clear(world):
    complaint = world.complaint()
    for secret in (*SECRETS.values(), STORY):
        for row in (*Identity.objects.all(), *Account.objects.all()):
            assert secret.encode() not in bytes(row.sealed)
        rows = [
            *Complaint.objects.values(),
            *Entry.objects.values(),
            *complaint.people.values(),
            *complaint.tokens.values(),
        ]
        assert secret not in str(rows)


# --- draft -----------------------------------------------------------------------------------------------------------


def test_a_draft_survives_the_session_and_goes_when_it_is_registered(world):
    fields = typed(world)
    key = fields["once"]
    client = world.client(world.hema)
    assert client.post(reverse("complaints:draft", args=[key]), fields).status_code == 200
    assert SECRETS["name"].encode() not in bytes(Draft.objects.get().sealed)
    again = world.client(world.hema).get(f"{REGISTER}?draft={key}").content.decode()
    assert SECRETS["name"] in again
    assert key in again
    client.post(REGISTER, fields)
    assert not Draft.objects.exists()


def test_a_draft_belongs_to_who_wrote_it(world):
    fields = typed(world)
    address = reverse("complaints:draft", args=[fields["once"]])
    world.client(world.hema).post(address, fields)
    other = world.client(world.ila)
    assert other.post(address, {"text": "x"}).status_code == 403
    other.post(address, {"delete": "1"})
    assert Draft.objects.get().user == world.hema
    assert SECRETS["name"] not in other.get(f"{REGISTER}?draft={fields['once']}").content.decode()


# --- receipt and status ----------------------------------------------------------------------------------------------


def pin_of(complaint):
    return identity.unseal(complaint.account.sealed)["pin"]


def test_the_receipt_carries_number_reference_and_pin_and_neither_name_nor_nature(world):
    complaint = world.complaint()
    page = world.client(world.hema).get(reverse("complaints:receipt", args=[complaint.pk])).content.decode()
    for wanted in (complaint.number, complaint.reference_text, pin_of(complaint), "1090", "<svg"):
        assert wanted in page
    for secret in (*SECRETS.values(), STORY, complaint.nature.name):
        assert secret not in page
    assert Entry.objects.filter(action="complaint.print_receipt", by=world.hema).count() == 1


def test_another_thana_gets_no_receipt(world):
    complaint = world.complaint()
    assert world.client(world.bela).get(reverse("complaints:receipt", args=[complaint.pk])).status_code == 404


def test_she_sees_state_and_next_date_and_nothing_else(world, client):
    complaint = world.complaint()
    answer = client.post(
        reverse("complaints:status"), {"reference": complaint.reference_text.lower(), "pin": pin_of(complaint)}
    )
    page = answer.content.decode()
    assert "आपकी शिकायत दर्ज है" in page
    for secret in (*SECRETS.values(), STORY, complaint.nature.name, complaint.number, "मिशन", "पुलिस"):
        assert secret not in page
    assert answer["Referrer-Policy"] == "same-origin"  # with no-referrer a browser's POST fails the CSRF check
    assert "no-store" in answer["Cache-Control"]


def test_a_wrong_reference_and_a_wrong_pin_get_the_same_answer(world, client):
    complaint = world.complaint()
    answers = [
        client.post(reverse("complaints:status"), {"reference": reference, "pin": "000000"})
        for reference in (complaint.reference, "2222222222")
    ]
    assert {answer.status_code for answer in answers} == {200}
    first, second = (a.content.decode().replace(complaint.reference, "2222222222") for a in answers)
    strip = [line for line in first.splitlines() if "csrf" not in line]
    assert strip == [line for line in second.splitlines() if "csrf" not in line]


def test_guessing_a_pin_is_stopped_even_for_the_right_one(world, client):
    complaint = world.complaint()
    address = reverse("complaints:status")
    for _n in range(TRIES_BY_REFERENCE):
        client.post(address, {"reference": complaint.reference, "pin": "999999"})
    answer = client.post(address, {"reference": complaint.reference, "pin": pin_of(complaint)})
    assert answer.status_code == 429
    assert "आपकी शिकायत दर्ज है" not in answer.content.decode()


def test_a_form_from_another_session_is_refused_in_hindi():
    answer = Client(enforce_csrf_checks=True).post(
        reverse("complaints:status"), {"reference": "2222222222", "pin": "1"}
    )
    assert answer.status_code == 403
    assert "फॉर्म पुराना हो गया है" in answer.content.decode()


# --- papers ----------------------------------------------------------------------------------------------------------

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 100


def attach(world, complaint, content, name="her name.png", user=None):
    client = world.client(user or world.hema)
    return client.post(
        reverse("complaints:attach", args=[complaint.pk]), {"files": SimpleUploadedFile(name, content), "kind": "photo"}
    )


def test_a_paper_is_stored_under_a_name_that_says_nothing(world):
    complaint = world.complaint()
    attach(world, complaint, PNG)
    paper = Document.objects.get()
    assert "her" not in paper.file.name
    assert (paper.media_type, paper.size) == ("image/png", len(PNG))


@pytest.mark.parametrize("content", [b"<html><script>", b"MZ\x90", b"", b"%PD"])
def test_a_paper_is_judged_by_its_content(world, content):
    attach(world, world.complaint(), content, name="photo.png")
    assert not Document.objects.exists()


def test_a_paper_too_large_is_refused(world, settings):
    settings.KENDRA_DOCUMENT_BYTES = 50
    attach(world, world.complaint(), PNG)
    assert not Document.objects.exists()


def test_a_paper_opens_as_an_attachment_to_who_handles_the_case_and_is_recorded(world):
    complaint = world.complaint()
    attach(world, complaint, PNG)
    address = reverse("complaints:document", args=[Document.objects.get().pk])
    answer = world.client(world.asha).post(address)
    assert b"".join(answer.streaming_content) == PNG
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert Entry.objects.filter(action="complaint.open_document", by=world.asha).exists()
    assert world.client(world.bina).post(address).status_code == 404
    assert world.client(world.esha).post(address).status_code == 302
    assert world.client(world.asha).get(address).status_code == 405


# --- papers, people and the rest at registration ---------------------------------------------------------------------


def test_papers_come_with_the_complaint_and_once_only(world):
    client, fields = world.client(world.hema), typed(world)
    for _click in range(2):
        client.post(REGISTER, fields | {"files": [SimpleUploadedFile(f"{n}.png", PNG + bytes([n])) for n in range(2)]})
    assert Complaint.objects.get().documents.count() == 2
    assert Entry.objects.filter(action="complaint.attach", by=world.hema).count() == 2


def test_a_paper_that_is_not_taken_keeps_the_complaint_on_the_page(world):
    fields = typed(world) | {"files": [SimpleUploadedFile("a.png", PNG), SimpleUploadedFile("b.png", b"MZ\x90\x00")]}
    answer = world.client(world.hema).post(REGISTER, fields)
    assert answer.status_code == 422
    assert "JPEG, PNG" in answer.content.decode()
    assert SECRETS["name"] in answer.content.decode()
    assert not Complaint.objects.exists()
    assert not Document.objects.exists()


def test_three_accused_and_a_victim_of_either_gender_are_taken_down(world):
    names = {f"{key}_name": f"अभियुक्त {n}" for n, key in enumerate(("accused", "accused2", "accused3"))}
    victim = {"victim_name": "छोटू", "victim_age": "9", "victim_gender": "male", "gender": "female"}
    world.client(world.hema).post(REGISTER, typed(world) | names | victim)
    complaint = Complaint.objects.get()
    accused = complaint.people.filter(part="accused").order_by("serial").values_list("serial", "gender")
    assert list(accused) == [(1, "male"), (2, "male"), (3, "male")]
    assert complaint.people.get(part="victim").gender == "male"
    assert complaint.protects_identity


def test_groups_stay_folded_until_something_stands_in_them(world):
    form = RegistrationForm(None, at=world.now, initial={"accused2_name": "कोई"})
    assert [touched for _title, _fields, touched in form.groups()] == [False, False, False, False, True, False, False]
