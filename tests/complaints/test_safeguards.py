"""What an attacker from within would try: guessing names by refusals, offers that hide a decision, searches unseen."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from complaints.models import Complaint, Document, Handover, Reveal
from complaints.models.states import Outcome
from kendras import identity
from kendras.models import Charge, Entry, Role
from kendras.workflow import TRIES, NamesPerson, Refused, move
from tests.world import NOW, SECRETS

WORDS = "घटना स्थल दूसरे थाने का है"
DIRECTION = {"text": "सीमा से मिलकर कार्यवाही करें", "next_on": NOW.date()}


def offered(world, state="enquiry"):
    complaint = world.at_state(state)
    complaint = move(complaint, "hand_over", by=world.asha, at=NOW, to_thana=world.tajganj, reason=WORDS)
    return complaint, complaint.handovers.get()


# --- an offer and a decision -----------------------------------------------------------------------------------------


def test_what_is_offered_is_not_decided_otherwise_than_by_an_fir(world):
    complaint, _offer = offered(world)
    with pytest.raises(Refused, match="थाने"):
        move(complaint, "decide", by=world.ila, at=NOW, outcome=Outcome.COUNSELLING, reason="दोनों पक्ष सुने गये हैं")


@pytest.mark.parametrize(("state", "step"), [("registered", "fir_at_once"), ("enquiry", "decide")])
def test_an_fir_does_not_wait_for_an_offer_but_withdraws_it(world, state, step):
    complaint, offer = offered(world, state)
    data = {"outcome": Outcome.FIR} if step == "decide" else {}
    complaint = move(complaint, step, by=world.asha, at=NOW, reason="संज्ञेय अपराध बनता है", **data)
    offer.refresh_from_db()
    assert (complaint.state, complaint.outcome, complaint.handover_pending) == ("decided", "fir", False)
    assert offer.state == Handover.State.WITHDRAWN
    with pytest.raises(Refused):
        move(offer, "accept", by=world.bina, at=NOW)
    assert Entry.objects.about(offer).filter(action="handover.withdraw", thana=world.tajganj).exists()
    complaint.refresh_from_db()
    assert (complaint.thana, complaint.state) == (world.hariparvat, "decided")


def test_an_acceptance_reads_the_complaint_anew_and_never_undoes_a_decision(world):
    complaint, offer = offered(world)
    assert offer.complaint.state == "enquiry"  # what the accepting officer's page has loaded
    Complaint.objects.filter(pk=complaint.pk).update(state="decided", outcome="fir")
    with pytest.raises(Refused, match="निर्णय"):
        move(offer, "accept", by=world.bina, at=NOW)
    complaint.refresh_from_db()
    assert (complaint.state, complaint.outcome, complaint.thana) == ("decided", "fir", world.hariparvat)


def test_a_refusal_of_an_offer_names_nobody(world):
    _complaint, offer = offered(world)
    with pytest.raises(NamesPerson):
        move(offer, "refuse", by=world.bina, at=NOW, reason="सीमा गुप्ता हमारे क्षेत्र की नहीं है")


# --- requests for an identity ----------------------------------------------------------------------------------------


def test_only_one_request_waits_at_a_time(world):
    complaint = world.complaint(nature="rape")
    complaint.ask_identity(by=world.esha, at=NOW, reason="पर्यवेक्षण के लिए")
    with pytest.raises(Refused, match="पहले ही"):
        complaint.ask_identity(by=world.esha, at=NOW, reason="पर्यवेक्षण के लिए")
    complaint.ask_identity(by=world.divya, at=NOW, reason="पर्यवेक्षण के लिए")


def test_requests_end_with_the_case_at_the_old_thana(world):
    complaint = world.complaint(nature="stalking")
    asked = complaint.ask_identity(by=world.ila, at=NOW, reason="विवेचना के लिए चाहिए")
    agreed = complaint.ask_identity(by=world.esha, at=NOW, reason="पर्यवेक्षण के लिए")
    move(agreed, "agree", by=world.asha, at=NOW)
    move(complaint, "hand_over", by=world.asha, at=NOW, to_thana=world.tajganj, reason=WORDS)
    move(complaint.handovers.get(), "accept", by=world.bina, at=NOW + timedelta(minutes=1))
    asked.refresh_from_db()
    assert asked.state == Reveal.State.LAPSED
    with pytest.raises(Refused):
        move(asked, "agree", by=world.asha, at=NOW)
    assert not complaint.reveals.open_to(world.esha, NOW + timedelta(minutes=2)).exists()


# --- refusals as answers ---------------------------------------------------------------------------------------------


def test_a_text_refused_for_a_name_is_on_the_trail_though_nothing_else_happened(world):
    complaint = world.complaint(nature="rape")
    with pytest.raises(NamesPerson):
        move(complaint, "direct", by=world.esha, at=NOW, **DIRECTION)
    assert Entry.objects.about(complaint).filter(action="text.refused", by=world.esha).count() == 1
    assert not complaint.notes.exists()


def test_after_a_few_refusals_a_guess_gets_no_answer_for_a_day(world):
    complaint = world.complaint(nature="rape")
    for _n in range(TRIES):
        with pytest.raises(NamesPerson):
            move(complaint, "direct", by=world.esha, at=NOW, **DIRECTION)
    harmless = {"text": "शीघ्र निस्तारण करें और अवगत करायें", "next_on": NOW.date()}
    for data in (DIRECTION, harmless):
        with pytest.raises(Refused) as refusal:
            move(complaint, "direct", by=world.esha, at=NOW, **data)
        assert not isinstance(refusal.value, NamesPerson)
    move(
        complaint,
        "direct",
        by=world.esha,
        at=NOW + timedelta(days=1),
        text=harmless["text"],
        next_on=(NOW + timedelta(days=2)).date(),
    )


def test_who_handles_the_case_is_not_held_up(world):
    complaint = world.at_state("enquiry")
    for _n in range(TRIES + 1):
        with pytest.raises(NamesPerson):
            move(complaint, "follow_up", by=world.ila, at=NOW, text="सीमा से बात की गयी")
    move(complaint, "follow_up", by=world.ila, at=NOW, text="पीड़िता से बात की गयी")


@pytest.mark.parametrize(
    "text",
    [
        "Ｓｅｅｍａ से बात की", "Séema से बात की", "सी\u200dमा से बात की", "Se\u00adema से बात की",
        "९८१२३ ४५६७८ पर बात की", "98123.45678 पर बात की", "٩٨١٢٣٤٥٦٧٨ पर बात की", "नगला धनी में भ्रमण किया", "Nagla Dhani में भ्रमण",
        "पीपल वाली गली में भ्रमण किया",
    ],
)  # fmt: skip
def test_spellings_that_read_alike_are_found(world, text):
    with pytest.raises(NamesPerson):
        move(world.at_state("enquiry"), "follow_up", by=world.ila, at=NOW, text=text)


def test_the_name_of_the_thana_may_stand_in_a_text_though_she_lives_there(world):
    people = [{"part": "complainant", "name": "सीमा गुप्ता", "village": "हरिपर्वत", "address": "हरिपर्वत आगरा"}]
    complaint = world.at_state("enquiry", people=people)
    move(complaint, "follow_up", by=world.ila, at=NOW, text="थाना हरिपर्वत आगरा में दोनों पक्ष बुलाये गये")


def test_numbers_of_letters_and_references_name_nobody(world):
    complaint = world.at_state("decided")
    with pytest.raises(NamesPerson):
        move(complaint, "carry_out", by=world.ila, at=NOW, text="दोनों पक्षों को समझाया गया", number="सीमा-12")
    sent = {"once": uuid.uuid4(), "nature": complaint.nature_id, "text": "मारपीट की", "name": "सीमा", "source": "post",
            "urgency": "normal", "reference_from": "सीमा/12"}  # fmt: skip
    answer = world.client(world.hema).post(reverse("complaints:register"), sent)
    assert answer.status_code == 422
    assert "reference_from" in answer.context["form"].errors


# --- searching -------------------------------------------------------------------------------------------------------


def test_looking_for_repeats_is_a_search_on_the_trail_and_tells_no_nature_of_a_case_not_hers(world):
    world.complaint(nature="rape", by=world.ila)
    sent = {"phone": SECRETS["phone"], "name": "Seema Gupta"}
    answer = world.client(world.hema).post(reverse("complaints:repeats"), sent).content.decode()
    assert "वही फ़ोन" in answer
    assert "सुनने में" in answer
    assert "बलात्कार" not in answer
    told = Entry.objects.get(action="complaint.search_people", by=world.hema)
    assert told.details == {"purpose": "registration", "found": 1}


def test_a_first_name_alone_is_no_search(world):
    world.client(world.hema).post(reverse("complaints:repeats"), {"name": "Seema"})
    assert not Entry.objects.filter(action="complaint.search_people").exists()


# --- accounts and charges --------------------------------------------------------------------------------------------


def test_a_charge_that_has_ended_is_not_revived_nor_made_longer(world):
    charge = Charge.objects.create(
        user=world.hema,
        role=Role.DESK,
        unit=world.tajganj,
        starts_on=NOW.date() - timedelta(days=60),
        ends_on=NOW.date(),
    )
    for day in (NOW.date() + timedelta(days=5), charge.starts_on - timedelta(days=1)):
        with pytest.raises(ValueError, match="run"):
            charge.end(on=day, by=world.sysa, at=NOW)
    with pytest.raises(ValueError, match="run"):
        charge.end(on=NOW.date(), by=world.sysa, at=NOW + timedelta(days=3))
    with pytest.raises(ValueError, match="own"):
        world.sysa.charge.end(on=NOW.date(), by=world.sysa, at=NOW)


def test_acts_about_accounts_charges_and_units_reach_the_trail_of_their_thana(world):
    world.hema.give_first_password(action="user.reset", by=world.sysa, at=NOW)
    world.hema.charges.get().end(on=NOW.date(), by=world.sysa, at=NOW)
    world.hariparvat.move_under(world.c_tajganj, on=NOW.date(), by=world.sysa)
    seen = set(Entry.objects.visible_to(world.fresh(world.omprakash)).values_list("action", flat=True))
    assert {"user.reset", "charge.end", "unit.move"} <= seen


def test_whose_password_was_reset_learns_by_whom(world):
    first = world.hema.give_first_password(action="user.reset", by=world.sysa, at=NOW)
    client = world.client(world.hema)
    client.logout()
    answer = client.post(reverse("kendras:login"), {"username": "hema", "password": first}, follow=True)
    assert world.sysa.name_hi in answer.content.decode()


def test_the_administrator_sets_no_first_password_for_oneself(world):
    address = reverse("kendras:account", args=[world.sysa.pk])
    assert world.client(world.sysa).post(address).status_code == 403


def test_a_case_is_not_given_to_the_administrator_and_opens_to_none(world):
    complaint = world.complaint()
    sent = {"who": "sysa", "until": NOW.date().isoformat(), "order_number": "1/2026"}
    answer = world.client(world.esha).post(reverse("complaints:grants", args=[complaint.pk]), sent)
    assert answer.status_code == 422
    complaint.grant(to=world.sysa, until=NOW.date(), order_number="1/2026", by=world.esha, at=NOW)
    assert world.client(world.sysa).get(reverse("complaints:detail", args=[complaint.pk])).status_code == 404
    assert not world.fresh(world.sysa).has_perm("complaints.view", complaint)


# --- forms sent twice, papers, the receipt ---------------------------------------------------------------------------


def test_the_key_of_a_form_does_for_one_row_only(world):
    once = uuid.uuid4()
    first, second = world.complaint(), world.complaint()
    move(first, "follow_up", by=world.hema, at=NOW, once=once, text="फ़ोन पर बात की गयी")
    with pytest.raises(Refused, match="फ़ॉर्म"):
        move(second, "follow_up", by=world.hema, at=NOW, once=once, text="फ़ोन पर बात की गयी")
    assert not second.notes.exists()


def test_the_key_of_anothers_registration_registers_nothing(world):
    first = world.complaint()
    with pytest.raises(Refused, match="फ़ॉर्म"):
        Complaint.objects.register(
            thana=world.hariparvat, by=world.ila, at=NOW, once=first.once,
            facts={"source": "walk_in", "nature": first.nature}, people=[], account={},
        )  # fmt: skip
    assert Complaint.objects.count() == 1


def test_a_paper_lies_sealed_and_comes_out_whole(world, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    complaint = world.complaint()
    content = b"%PDF-1.4 a paper that names Seema"
    paper = Document.objects.add(complaint, SimpleUploadedFile("x.pdf", content), "other", by=world.hema, at=NOW)
    with default_storage.open(paper.file.name) as stored:
        assert b"Seema" not in stored.read()
    answer = world.client(world.hema).post(reverse("complaints:document", args=[paper.pk]))
    assert b"".join(answer.streaming_content) == content


def test_the_pin_shows_at_once_to_who_registered_and_later_by_a_recorded_click(world):
    complaint = world.complaint(at=NOW - timedelta(minutes=5))
    address = reverse("complaints:receipt", args=[complaint.pk])
    assert world.client(world.hema).get(address).context["pin"]
    colleague = world.client(world.asha)
    assert colleague.get(address).context["pin"] is None
    assert not Entry.objects.filter(action="complaint.print_receipt", by=world.asha).exists()
    assert colleague.post(address).context["pin"]
    assert Entry.objects.filter(action="complaint.print_receipt", by=world.asha).count() == 1


@pytest.mark.parametrize("number", ["²/2026", "1/²²²²", "९९९/२०२६", "1/2026"])
def test_odd_numbers_find_something_or_nothing(world, number):
    assert Complaint.objects.by_number(number).count() in (0, 1)


def test_a_guess_by_a_handovers_refusal_counts_against_the_case_and_its_thana_sees_it(world):
    complaint, offer = offered(world)
    for _n in range(TRIES):
        with pytest.raises(NamesPerson):
            move(offer, "refuse", by=world.bina, at=NOW, reason="सीमा गुप्ता हमारे क्षेत्र की नहीं")
    with pytest.raises(Refused) as last:
        move(offer, "refuse", by=world.bina, at=NOW, reason="सीमा गुप्ता हमारे क्षेत्र की नहीं")
    assert not isinstance(last.value, NamesPerson)
    told = Entry.objects.visible_to(world.fresh(world.omprakash)).filter(action="text.refused", subject_id=complaint.pk)
    assert told.count() == TRIES


def test_what_would_be_refused_anyway_gives_no_answer_about_a_name(world):
    case, other = world.complaint(nature="rape"), world.complaint()
    once = uuid.uuid4()
    move(other, "follow_up", by=world.hema, at=NOW, once=once, text="फ़ोन पर बात की गयी")
    for text in ("सीमा से बात की", "किसी से बात की"):
        with pytest.raises(Refused) as used:
            move(case, "follow_up", by=world.ila, at=NOW, once=once, text=text)
        assert not isinstance(used.value, NamesPerson)
    case.ask_identity(by=world.esha, at=NOW, reason="पर्यवेक्षण के लिए")
    with pytest.raises(Refused) as asked:
        case.ask_identity(by=world.esha, at=NOW, reason="सीमा के विषय में")
    assert not isinstance(asked.value, NamesPerson)


def test_one_key_is_good_for_one_step_of_one_row(world):
    complaint, once = world.complaint(), uuid.uuid4()
    move(complaint, "follow_up", by=world.hema, at=NOW, once=once, text="फ़ोन पर बात की गयी")
    move(complaint, "follow_up", by=world.hema, at=NOW, once=once, text="फ़ोन पर बात की गयी")
    with pytest.raises(Refused, match="फ़ॉर्म"):
        move(complaint, "fir_at_once", by=world.ila, at=NOW, once=once, reason="संज्ञेय अपराध बनता है")


# --- an FIR is neither replaced nor put off ---------------------------------------------------------------------------


def test_after_a_reopening_no_other_outcome_takes_the_place_of_an_fir(world):
    complaint = world.at_state("disposed", nature="rape", outcome="fir")
    number = complaint.outcome_number
    complaint = move(complaint, "reopen", by=world.asha, at=NOW + timedelta(days=1), reason="पीड़िता असन्तुष्ट है और")
    at = NOW + timedelta(days=2)
    with pytest.raises(Refused, match="एफ.आई.आर."):
        move(complaint, "decide", by=world.asha, at=at, outcome=Outcome.NO_ACTION, reason="साक्ष्य नहीं मिला है")
    with pytest.raises(Refused, match="एफ.आई.आर."):
        move(complaint, "hand_over", by=world.asha, at=at, to_thana=world.tajganj, reason=WORDS)
    complaint.refresh_from_db()
    assert (complaint.outcome, complaint.outcome_number) == (Outcome.FIR, number)


@pytest.mark.parametrize("outcome", [Outcome.NCR, Outcome.OTHER_DEPARTMENT, Outcome.COUNSELLING, Outcome.MEDIATION])
def test_where_a_cognisable_offence_is_alleged_nothing_stands_in_for_the_fir(world, outcome):
    complaint = world.at_state("enquiry", nature="rape")
    with pytest.raises(Refused):
        move(complaint, "decide", by=world.asha, at=NOW, outcome=outcome, reason="दोनों पक्ष सुने गये हैं")


def test_a_cognisable_offence_is_not_handed_on_before_its_fir(world):
    with pytest.raises(Refused, match="शून्य"):
        move(world.complaint(nature="rape"), "hand_over", by=world.asha, at=NOW, to_thana=world.tajganj, reason=WORDS)


def test_what_the_desk_marks_as_a_sexual_offence_is_protected_and_bars_a_settlement(world):
    complaint = world.complaint(by=world.ila, facts={"sensitivity": ["sexual", "sexual"]})
    assert complaint.protects_identity
    assert complaint.sensitivity == "sexual"
    complaint = move(complaint, "assign", by=world.asha, at=NOW, officer=world.ila)
    complaint = move(complaint, "start_enquiry", by=world.ila, at=NOW)
    with pytest.raises(Refused):
        move(complaint, "decide", by=world.ila, at=NOW, outcome=Outcome.MEDIATION, reason="दोनों पक्ष सुने गये हैं")


def test_a_named_exception_ends_when_the_case_goes_to_another_thana(world):
    complaint, offer = offered(world)
    complaint.grant(to=world.gita, until=NOW.date(), order_number="1/2026", by=world.divya, at=NOW)
    move(offer, "accept", by=world.bina, at=NOW)
    assert not complaint.grants.exists()
    assert Entry.objects.about(complaint).filter(action="complaint.withdraw_grant").exists()


def test_an_order_number_names_nobody(world):
    complaint = world.complaint()
    sent = {"who": "gita", "until": NOW.date().isoformat(), "order_number": "सीमा 9812345678"}
    answer = world.client(world.esha).post(reverse("complaints:grants", args=[complaint.pk]), sent)
    assert answer.status_code == 422
    assert not complaint.grants.exists()


@pytest.mark.parametrize("text", ["ज़ुबैदाको बुलाया", "زبیدہ से बात की", "9876501234 पर बात की", "मुंशी डेयरी के पीछे मिले"])
def test_endings_other_scripts_and_sealed_places_are_found(world, text):
    people = [
        {"part": "complainant", "name": "ज़ुबैदा زبیدہ", "safe_contact": "शाम को 98765 01234 पर"},
    ]
    complaint = world.complaint(people=people)
    complaint.account.sealed = identity.seal({"text": "", "place": "मुंशी डेयरी के पीछे"})
    complaint.account.save()
    with pytest.raises(NamesPerson):
        move(complaint, "follow_up", by=world.hema, at=NOW, text=text)


def test_the_same_charge_is_given_once(world):
    again = Charge(user=world.bela, role=Role.DESK, unit=world.tajganj, starts_on=NOW.date())
    with pytest.raises(ValueError, match="already"):
        again.start(by=world.sysa, at=NOW)


def test_a_term_of_the_office_that_sounds_like_her_name_is_no_name(world):
    complaint = world.at_state("enquiry")
    move(complaint, "follow_up", by=world.ila, at=NOW, text="समय-सीमा के भीतर निस्तारण किया जायेगा")
    with pytest.raises(NamesPerson):
        move(complaint, "follow_up", by=world.ila, at=NOW, text="समय पर सीमा उपस्थित हुई")
