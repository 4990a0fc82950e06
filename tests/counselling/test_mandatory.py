"""Mandatory counselling: due from the moment the head is known, in the way of closing a case and never of an FIR (¶3.ix, ¶4.i.l)."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from complaints.models import Clock, Complaint, Fir, Note, Offence
from counselling.models import Session
from kendras.models import Entry, Rule
from kendras.workflow import NamesPerson, Refused, move, moves_for
from tests.world import NOW, SECRETS

DAY = timedelta(days=1)
WORDS = "दोनों पक्ष सुने गये हैं"


def eloped(world, state="registered", **more):
    return world.at_state(state, nature="elopement", outcome="no_action", at=NOW - DAY, **more)


def clock_of(case):
    return case.deadlines.filter(clock=Clock.COUNSELLING).order_by("-pk").first()


def held(case, by, at=NOW, kind="mandatory"):
    """A mandatory session of the case, planned and held."""
    session = Session.objects.plan(case, kind=kind, sides="her", planned_for=at, by=by, at=at)
    return move(
        session, "complete", by=by, at=at, on=at, private=True, hers="अपनी इच्छा से गयी थी", outcome="advised",
        result="पीड़िता से एकान्त में बात हुई", finding="own_will",
    )  # fmt: skip


# --- when it becomes due ---------------------------------------------------------------------------------------------


def test_it_is_due_from_the_registration_of_an_elopement_for_the_days_of_the_rule(world):
    complaint = eloped(world)
    clock = clock_of(complaint)
    assert complaint.counselling_since == clock.started_at == complaint.received_at
    assert clock.due_at == Rule.objects.get(code="mandatory_counselling").due(complaint.received_at)
    assert clock_of(world.complaint()) is None


@pytest.mark.parametrize(("minutes", "status"), [(-1, "due_soon"), (0, "late"), (1, "late")])
def test_it_is_late_from_the_moment_it_falls_due(world, minutes, status):
    clock = clock_of(eloped(world))
    assert clock.status(clock.due_at + timedelta(minutes=minutes)) == status


@pytest.mark.parametrize("codes", [["BNS87"], ["BNS137"], ["BNS64", "BNS137"]])
def test_an_fir_under_87_or_137_owes_it_from_its_registration(world, codes):
    fir = world.fir(*codes)
    assert fir.owes_counselling
    assert clock_of(fir).started_at == fir.registered_at
    assert not world.fir("BNS85").owes_counselling


def test_sections_added_later_make_it_due_from_then_and_sections_taken_away_end_it(world):
    fir = world.fir("BNS85", at=NOW - 30 * DAY)
    offences = list(Offence.objects.filter(code__in=["BNS85", "BNS87"]))
    fir = move(fir, "amend_sections", by=world.asha, at=NOW, offences=offences)
    assert clock_of(fir).started_at == NOW
    fir = move(fir, "amend_sections", by=world.asha, at=NOW, offences=offences[:1])
    assert not fir.owes_counselling
    assert clock_of(fir).void_at == NOW


def test_a_suspected_false_accusation_makes_it_due_from_the_suspicion(world):
    complaint = move(world.at_state("enquiry"), "suspect_false", by=world.ila, at=NOW, reason="कथन आपस में मेल नहीं खाते")
    assert clock_of(complaint).started_at == NOW
    fir = move(
        world.fir("BNS85", at=NOW - 9 * DAY), "suspect_false", by=world.asha, at=NOW, reason="कथन आपस में मेल नहीं खाते"
    )
    assert clock_of(fir).started_at == NOW
    with pytest.raises(Refused):
        move(fir, "suspect_false", by=world.asha, at=NOW, reason="कथन आपस में मेल नहीं खाते")
    amended = move(fir, "amend_sections", by=world.asha, at=NOW, offences=list(fir.offences.all()))
    assert amended.owes_counselling


def test_the_suspicion_names_nobody(world):
    with pytest.raises(NamesPerson):
        move(world.at_state("enquiry"), "suspect_false", by=world.ila, at=NOW, reason="सीमा गुप्ता का कथन झूठा लगता है")


# --- it never delays an FIR ------------------------------------------------------------------------------------------


def test_an_fir_is_possible_at_every_stage_while_counselling_is_outstanding(world):
    at_once = move(eloped(world), "fir_at_once", by=world.asha, at=NOW, reason="संज्ञेय अपराध बनता है")
    decided = move(eloped(world, "enquiry"), "decide", by=world.ila, at=NOW, outcome="fir", reason="संज्ञेय अपराध बनता है")
    assert at_once.owes_counselling
    assert decided.owes_counselling
    fir = world.fir("BNS87", complaint=at_once)
    assert fir.owes_counselling
    fir = move(fir, "charge_sheet", by=world.asha, at=NOW, on=NOW, number="12/2026")
    assert fir.state == "charge_sheeted"
    assert fir.owes_counselling


def test_an_fir_is_possible_while_a_false_accusation_is_suspected(world):
    suspected = move(world.at_state("enquiry"), "suspect_false", by=world.ila, at=NOW, reason="कथन आपस में मेल नहीं खाते")
    decided = move(suspected, "decide", by=world.ila, at=NOW, outcome="fir", reason="संज्ञेय अपराध बनता है")
    assert (decided.outcome, decided.owes_counselling) == ("fir", True)


@pytest.mark.parametrize(("language", "words"), [("hi", "एफ.आई.आर. में देरी"), ("en", "never delays an FIR")])
def test_the_page_says_that_an_fir_does_not_wait(world, language, words):
    client = world.client(world.asha)
    client.cookies["django_language"] = language
    complaint = eloped(world)
    for name in ("counselling:case", "counselling:session_new"):
        assert words in client.get(reverse(name, args=["complaint", complaint.pk])).content.decode()


# --- it stands in the way of closing a case --------------------------------------------------------------------------


def test_a_complaint_is_not_disposed_of_before_its_counselling(world):
    complaint = eloped(world, "carried_out")
    with pytest.raises(Refused, match="परामर्श"):
        move(complaint, "dispose", by=world.ila, at=NOW, reason="प्रकरण का निस्तारण किया गया")
    held(complaint, world.ila)
    done = move(complaint, "dispose", by=world.ila, at=NOW, reason="प्रकरण का निस्तारण किया गया")
    assert done.state == "disposed"
    assert clock_of(done).met_at == NOW


def test_an_fir_gets_no_final_report_before_its_counselling(world):
    fir = world.fir("BNS87")
    with pytest.raises(Refused, match="परामर्श"):
        move(fir, "final_report", by=world.asha, at=NOW, on=NOW, number="1/2026")
    held(fir, world.ila)
    assert move(fir, "final_report", by=world.asha, at=NOW, on=NOW, number="1/2026").state == "final_report"


def test_a_first_level_session_does_not_stand_for_the_mandatory_one(world):
    complaint = eloped(world)
    session = Session.objects.plan(complaint, kind="first", sides="her", planned_for=NOW, by=world.ila, at=NOW)
    move(session, "complete", by=world.ila, at=NOW, on=NOW, private=True, hers="अपनी बात बतायी उसने", outcome="advised",
         result="पीड़िता से एकान्त में बात हुई")  # fmt: skip
    complaint.refresh_from_db()
    assert complaint.owes_counselling


def test_the_co_waives_it_with_reasons_and_nobody_else(world):
    complaint, fir = eloped(world, "carried_out"), world.fir("BNS87")
    for case in (complaint, fir):
        with pytest.raises(Refused):
            move(case, "waive_counselling", by=world.charu, at=NOW, reason="ठीक")
        for key in ("hema", "ila", "asha", "omprakash", "divya", "esha", "bina", "gita"):
            with pytest.raises(Refused) as refusal:
                move(case, "waive_counselling", by=getattr(world, key), at=NOW, reason="पाँच वर्ष की बालिका है")
            assert refusal.value.code == "right"
        waived = move(case, "waive_counselling", by=world.charu, at=NOW, reason="पाँच वर्ष की बालिका है")
        assert not waived.owes_counselling
        assert clock_of(waived).void_at == NOW
        assert waived.notes.get(kind=Note.Kind.DECISION, by=world.charu).text == "पाँच वर्ष की बालिका है"
        with pytest.raises(Refused):
            move(waived, "waive_counselling", by=world.charu, at=NOW, reason="पाँच वर्ष की बालिका है")
    assert move(complaint, "dispose", by=world.ila, at=NOW, reason="प्रकरण का निस्तारण किया गया").state == "disposed"
    assert move(fir, "final_report", by=world.asha, at=NOW, on=NOW).state == "final_report"


def test_a_waiver_is_not_undone_by_other_sections(world):
    fir = move(world.fir("BNS87"), "waive_counselling", by=world.charu, at=NOW, reason="पाँच वर्ष की बालिका है")
    offences = list(Offence.objects.filter(code__in=["BNS137", "BNS87"]))
    fir = move(fir, "amend_sections", by=world.asha, at=NOW + DAY, offences=offences)
    assert not fir.deadlines.running().filter(clock=Clock.COUNSELLING).exists()


def test_the_waiver_names_nobody_and_is_offered_where_something_is_owed(world):
    complaint = eloped(world)
    with pytest.raises(NamesPerson):
        move(complaint, "waive_counselling", by=world.charu, at=NOW, reason=f"{SECRETS['name']} बालिग है")
    assert "waive_counselling" in {step.name for step in moves_for(complaint, world.charu)}
    assert "waive_counselling" not in {step.name for step in moves_for(world.complaint(), world.charu)}


# --- from the complaint to its FIR -----------------------------------------------------------------------------------


def test_the_fir_carries_on_what_its_complaint_owes(world):
    complaint = move(eloped(world), "fir_at_once", by=world.asha, at=NOW, reason="संज्ञेय अपराध बनता है")
    fir = world.fir("BNS87", complaint=complaint)
    complaint = Complaint.objects.get(pk=complaint.pk)
    assert not complaint.owes_counselling
    assert clock_of(complaint).void_at == NOW
    assert clock_of(fir).started_at == complaint.received_at


@pytest.mark.parametrize("way", ["held", "waived"])
def test_what_was_done_for_the_complaint_is_not_asked_again_of_its_fir(world, way):
    complaint = move(eloped(world), "fir_at_once", by=world.asha, at=NOW, reason="संज्ञेय अपराध बनता है")
    if way == "held":
        held(complaint, world.ila)
    else:
        move(complaint, "waive_counselling", by=world.charu, at=NOW, reason="पाँच वर्ष की बालिका है")
    fir = world.fir("BNS87", complaint=complaint)
    assert not fir.owes_counselling
    assert clock_of(fir) is None


def test_a_rolled_back_fir_leaves_the_complaint_as_it_was(world):
    complaint = move(eloped(world), "fir_at_once", by=world.asha, at=NOW, reason="संज्ञेय अपराध बनता है")
    once = uuid.uuid4()
    facts = {"number": "0001", "year": 2026, "informed_at": NOW, "registered_at": NOW, "complaint": complaint,
             "offences": list(Offence.objects.filter(code="BNS87")), "gd_number": SECRETS["phone"]}  # fmt: skip
    with pytest.raises(NamesPerson):
        Fir.objects.register(thana=world.hariparvat, by=world.asha, at=NOW, once=once, facts=facts,
                             people=[{"part": "victim", "age": 20, **SECRETS}], account={"text": "x"})  # fmt: skip
    assert Complaint.objects.get(pk=complaint.pk).owes_counselling


# --- lists -----------------------------------------------------------------------------------------------------------


def test_the_lists_of_complaints_and_firs_narrow_to_what_is_owed_and_what_is_late(world):
    complaint, fir = eloped(world), world.fir("BNS87", at=NOW - 20 * DAY)
    world.complaint()
    client = world.client(world.charu)
    owed = client.get(reverse("complaints:list"), {"counselling": "due"})
    assert [row for row, _status in owed.context["lines"]] == [complaint]
    assert client.get(reverse("complaints:list"), {"counselling": "late"}).context["lines"] == []
    late = client.get(reverse("complaints:firs"), {"counselling": "late"})
    assert [line[0] for line in late.context["lines"]] == [fir]


def test_the_trail_tells_the_session_and_the_case(world):
    complaint = eloped(world)
    session = held(complaint, world.ila)
    assert [entry.action for entry in Entry.objects.about(session)] == ["session.complete", "session.plan"]
    assert Entry.objects.about(complaint).filter(action="complaint.counselled").exists()
    assert complaint.notes.get(kind=Note.Kind.COUNSELLING).text == "पीड़िता से एकान्त में बात हुई"
