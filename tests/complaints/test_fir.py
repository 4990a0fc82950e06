"""The parallel record of FIRs: sections, clocks at their borders, the lawful order, people, the accused elsewhere."""

import uuid
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from complaints.models import Fir, FirClock, FirDeadline, FirState, Offence
from complaints.models.fir import fir_number
from complaints.models.firmoves import MILESTONES, MOVES
from kendras.identity import Reading
from kendras.models import Entry
from kendras.workflow import NamesPerson, Refused, move
from tests.world import INDIA, NOW, SECRETS, STORY

HOUR, DAY, MINUTE = timedelta(hours=1), timedelta(days=1), timedelta(minutes=1)


def running(fir):
    return {row.clock: row for row in fir.deadlines.running()}


def victim(fir):
    return fir.people.get(part="victim")


def accused(fir):
    return fir.people.filter(part="accused").first()


def step(fir, name, *, at=None, on=None, by=None, **data):
    at = at or NOW + DAY
    return move(fir, name, by=by or fir.registered_by, at=at, on=on or at, **data)


# --- sections --------------------------------------------------------------------------------------------------------


def test_the_head_is_the_gravest_and_what_the_sections_ask_follows(world):
    fir = world.fir("BNS85", "POCSO6", "BNS115")
    assert (fir.head, fir.heads) == ("POCSO", "POCSO CRUELTY ASSAULT")
    assert (fir.two_month, fir.bail_at_90, fir.protects_identity) == (True, True, True)
    assert fir.flags.split() == ["two_month", "woman", "pocso", "medical"]


@pytest.mark.parametrize(
    ("code", "limited"),
    [("BNS64", True), ("BNS70", True), ("POCSO4", True), ("POCSO10", True), ("BNS69", False), ("POCSO12", False), ("POCSO14", False)],
)  # fmt: skip
def test_two_months_hold_for_the_sections_of_the_law_and_for_no_others(world, code, limited):
    assert (FirClock.TWO_MONTHS in running(world.fir(code))) is limited


def test_what_happened_under_the_old_code_is_cited_by_it(world):
    old = world.fir("BNS85", occurred_at=datetime(2024, 6, 30, 23, 59, tzinfo=INDIA))
    new = world.fir("BNS85", occurred_at=datetime(2024, 7, 1, 0, 0, tzinfo=INDIA))
    assert (old.sections_text, new.sections_text) == ("498A IPC", "85/86 BNS")


def test_where_the_bail_period_is_disputed_the_earlier_day_counts(world):
    assert not world.fir("BNS87").bail_at_90
    assert world.fir("BNS80").bail_at_90


def test_cruelty_starts_no_clock_of_another_offence(world):
    assert set(running(world.fir("BNS85"))) == {FirClock.COPY, FirClock.TOLD}


def test_other_sections_start_and_end_their_clocks(world):
    fir = world.fir("BNS85")
    more = [*fir.offences.all(), Offence.objects.get(code="BNS64")]
    fir = move(fir, "amend_sections", by=world.asha, at=NOW + DAY, offences=more, reason="कथन के आधार पर")
    assert fir.head == "RAPE"
    assert running(fir)[FirClock.TWO_MONTHS].started_at == fir.informed_at
    fir = move(fir, "amend_sections", by=world.asha, at=NOW + 2 * DAY, offences=more[:1], reason="साक्ष्य नहीं मिला")
    assert FirClock.TWO_MONTHS not in running(fir)
    assert Entry.objects.about(fir).first().details["before"] == "64 BNS, 85/86 BNS"


# --- numbers ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [("12", ("0012", True)), ("०१२३", ("0123", True)), (" 0123 ", ("0123", True)), ("12A", ("12A", False)), ("12345", ("12345", False))],
)  # fmt: skip
def test_a_number_is_kept_in_its_usual_form_and_an_odd_one_as_it_is(text, expected):
    assert fir_number(text) == expected


def test_a_number_stands_once_in_a_thana_and_year_and_a_second_form_gives_the_first(world):
    fir = world.fir(number="0007")
    with pytest.raises(Refused, match="0007/2026"):
        world.fir(number="0007")
    assert world.fir(number="0007", by=world.bina).thana == world.tajganj
    assert list(Fir.objects.under(world.hariparvat).by_number("7/2026")) == [fir]


def test_the_same_form_takes_one_fir(world):
    once = uuid.uuid4()
    facts = {"number": "0001", "year": 2026, "informed_at": NOW, "registered_at": NOW}
    made = [
        Fir.objects.register(
            thana=world.hariparvat, by=world.asha, at=NOW, once=once,
            facts={**facts, "offences": list(Offence.objects.filter(code="BNS85"))}, people=[], account={},
        )
        for _n in range(2)
    ]  # fmt: skip
    assert made[0] == made[1]
    assert Fir.objects.count() == 1


# --- clocks ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("informed", "due"),
    [
        (datetime(2025, 12, 31, 10, 0, tzinfo=INDIA), datetime(2026, 2, 28, 10, 0, tzinfo=INDIA)),
        (datetime(2027, 12, 31, 10, 0, tzinfo=INDIA), datetime(2028, 2, 29, 10, 0, tzinfo=INDIA)),
        (datetime(2026, 1, 15, 1, 0, tzinfo=INDIA), datetime(2026, 3, 15, 1, 0, tzinfo=INDIA)),
        (datetime(2026, 7, 31, 23, 59, tzinfo=INDIA), datetime(2026, 9, 30, 23, 59, tzinfo=INDIA)),
    ],
)
def test_two_months_end_on_the_same_day_of_the_calendar(world, informed, due):
    fir = world.fir("BNS64", at=informed)
    clock = running(fir)[FirClock.TWO_MONTHS]
    assert clock.due_at == due
    statuses = [clock.status(due + shift).value for shift in (-MINUTE, timedelta(0), MINUTE)]
    assert statuses == ["due_soon", "late", "late"]


def test_a_charge_sheet_meets_the_two_months_and_default_bail_of_every_accused(world):
    people = [
        {"part": "victim", "age": 20},
        {"part": "accused", "name": "राजू पाल"},
        {"part": "accused", "name": "सोनू पाल"},
    ]
    fir = world.fir("BNS64", people=people)
    for person in fir.people.filter(part="accused"):
        step(fir, "arrest", person=person)
        step(fir, "remand", person=person, at=NOW + 2 * DAY)
    assert FirDeadline.objects.running().filter(clock=FirClock.DEFAULT_BAIL_90).count() == 2
    fir = step(fir, "charge_sheet", at=NOW + 30 * DAY, number="12/2026")
    assert (fir.state, fir.reported_at) == (FirState.CHARGE_SHEETED, NOW + 30 * DAY)
    assert set(running(fir)) == {FirClock.COPY, FirClock.WOMAN_OFFICER, FirClock.TOLD}


def test_default_bail_counts_from_the_first_remand_and_not_from_the_arrest(world):
    fir = world.fir("BNS80", people=[{"part": "accused", "name": "राजू पाल"}])
    step(fir, "arrest", person=accused(fir))
    assert FirClock.DEFAULT_BAIL_90 not in running(fir)
    step(fir, "remand", person=accused(fir), at=NOW + 2 * DAY)
    fir = step(fir, "remand", person=accused(fir), at=NOW + 16 * DAY)
    [clock] = fir.deadlines.filter(clock=FirClock.DEFAULT_BAIL_90)
    assert clock.due_at == NOW + 92 * DAY


def test_bail_ends_the_count_of_that_accused_only_and_a_later_remand_starts_none(world):
    people = [{"part": "accused", "name": "राजू पाल"}, {"part": "accused", "name": "सोनू पाल"}]
    fir = world.fir("BNS85", people=people)
    first, second = fir.people.order_by("id")
    for person in (first, second):
        step(fir, "arrest", person=person)
        step(fir, "remand", person=person)
    step(fir, "bail", person=first, at=NOW + 5 * DAY)
    fir = step(fir, "remand", person=first, at=NOW + 9 * DAY)
    assert [row.person for row in fir.deadlines.running().filter(clock=FirClock.DEFAULT_BAIL_60)] == [second]


def test_each_victim_is_sent_to_the_doctor_or_declines(world):
    fir = world.fir("BNS64", people=[{"part": "victim", "age": 20}, {"part": "victim", "age": 22}])
    first, second = fir.people.order_by("id")
    step(fir, "medical_sent", person=first, at=NOW + HOUR)
    fir = step(fir, "medical_refused", person=second, at=NOW + HOUR, text="परीक्षण से इन्कार किया")
    assert FirClock.MEDICAL not in running(fir)
    assert running(fir)[FirClock.MEDICAL_REPORT].person == first
    with pytest.raises(Refused, match="चिकित्सीय परीक्षण"):
        step(fir, "medical_sent", person=second)


def test_a_victim_who_is_named_later_gets_her_clocks(world):
    fir = world.fir("BNS64", people=[{"part": "accused", "name": "राजू पाल"}])
    assert FirClock.MEDICAL not in running(fir)
    fir = move(
        fir, "add_person", by=world.asha, at=NOW + HOUR, person={"part": "victim", "name": "सीमा गुप्ता", "age": 15}
    )
    assert running(fir)[FirClock.MEDICAL].person == victim(fir)
    assert fir.due_at == min(row.due_at for row in fir.deadlines.running())


def test_a_pocso_case_tells_committee_and_court_within_a_day(world):
    fir = world.fir("POCSO8", informed=NOW - 2 * HOUR)
    assert running(fir)[FirClock.CWC].due_at == NOW + 22 * HOUR
    fir = step(fir, "cwc_told", at=NOW + 3 * HOUR)
    assert FirClock.CWC not in running(fir)


def test_what_is_done_with_the_fir_is_met_from_the_start(world):
    fir = world.fir("BNS64", woman_recorded=True, copy_given=True)
    assert not {FirClock.COPY, FirClock.WOMAN_OFFICER} & set(running(fir))
    assert set(fir.milestones.values_list("kind", flat=True)) == {"woman_recorded", "copy_given"}


def test_a_zero_fir_goes_to_the_right_thana_and_leaves_no_clock_behind(world):
    fir = world.fir("BNS64", route="zero")
    assert running(fir)[FirClock.ZERO_SENT].due_at == NOW + DAY
    fir = step(fir, "zero_sent", at=NOW + HOUR, number="दक्षिण/12")
    assert (fir.state, fir.due_at) == (FirState.TRANSFERRED, None)


# --- the lawful order ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "whose", "match"),
    [
        ("remand", "accused", "पहले"), ("bail", "accused", "पहले"), ("medical_report", "victim", "पहले"),
        ("fsl_received", None, "पहले"), ("recovered", "victim", "धाराओं"), ("efir_signed", None, "धाराओं"),
    ],
)  # fmt: skip
def test_what_cannot_have_happened_yet_is_refused_with_the_reason(world, name, whose, match):
    fir = world.fir()
    person = fir.people.get(part=whose) if whose else None
    with pytest.raises(Refused, match=match):
        step(fir, name, person=person)
    assert not fir.milestones.exists()


def test_an_event_has_a_possible_date_and_the_right_person(world):
    fir = world.fir()
    with pytest.raises(Refused, match="भविष्य"):
        step(fir, "scene_visit", at=NOW + HOUR, on=NOW + 2 * HOUR)
    with pytest.raises(Refused, match="सूचना"):
        step(fir, "scene_visit", on=NOW - MINUTE)
    for person in (None, victim(fir)):
        with pytest.raises(Refused, match="अभियुक्त"):
            step(fir, "arrest", person=person)
    stranger = accused(world.fir(by=world.bina))
    with pytest.raises(Refused, match="अभियुक्त"):
        step(fir, "arrest", person=stranger)


def test_nobody_is_arrested_twice_and_a_remand_does_not_lie_before_the_arrest(world):
    fir = world.fir()
    step(fir, "arrest", person=accused(fir), at=NOW + 2 * DAY)
    with pytest.raises(Refused, match="पहले ही"):
        step(fir, "arrest", person=accused(fir), at=NOW + 3 * DAY)
    with pytest.raises(Refused, match="से पहले"):
        step(fir, "remand", person=accused(fir), at=NOW + 3 * DAY, on=NOW + DAY)


def test_from_the_charge_sheet_to_the_judgment(world):
    fir = world.fir()
    fir = step(fir, "charge_sheet", at=NOW + 20 * DAY)
    with pytest.raises(Refused):
        step(fir, "conviction", at=NOW + 21 * DAY)
    for n, name in enumerate(("cognizance", "court_stage", "conviction")):
        fir = step(fir, name, at=NOW + (30 + n) * DAY)
    assert (fir.state, fir.decided_at) == (FirState.DECIDED, NOW + 32 * DAY)


def test_further_investigation_makes_it_pending_again(world):
    fir = step(world.fir(), "final_report", at=NOW + 20 * DAY)
    with pytest.raises(Refused):
        move(fir, "investigate_further", by=world.hema, at=NOW + 21 * DAY, reason="नये साक्ष्य मिले हैं")
    fir = move(fir, "investigate_further", by=world.omprakash, at=NOW + 21 * DAY, reason="नये साक्ष्य मिले हैं")
    assert (fir.state, fir.reported_at) == (FirState.INVESTIGATION, None)
    assert step(fir, "charge_sheet", at=NOW + 22 * DAY).state == FirState.CHARGE_SHEETED


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(walk=st.lists(st.sampled_from(sorted(MOVES)), max_size=16))
def test_whatever_the_order_an_fir_stays_consistent(world, walk):
    fir, at, done = world.fir(number=uuid.uuid4().hex[:8]), NOW, 0
    for name in walk:
        at += 7 * HOUR
        part = MOVES[name].about
        data = {
            "reason": "अधिकारी के निर्देश पर", "text": "आज की कार्यवाही की गयी", "officer": world.ila, "on": at,
            "offences": list(fir.offences.all()), "pending_reason": "fsl", "next_on": (at + DAY).date(),
            "person": fir.people.filter(part=part).first() if part else {"part": "witness", "name": "मोहन पाल"},
        }  # fmt: skip
        if not part and name != "add_person":
            data["person"] = None
        by = world.charu if name == "direct" else world.asha
        try:
            fir = move(fir, name, by=by, at=at, **data)
            done += 1
        except Refused:
            fir.refresh_from_db()
        first = fir.deadlines.running().order_by("due_at", "id").first()
        assert fir.due_at == (first.due_at if first else None)
        assert (fir.reported_at is not None) >= (fir.state in (FirState.CHARGE_SHEETED, FirState.FINAL_REPORT))
        assert not (fir.state == FirState.INVESTIGATION and fir.reported_at)
        assert not (fir.state == FirState.TRANSFERRED and first)
    assert fir.version == done + 1
    assert fir.milestones.count() == sum(
        1 for e in Entry.objects.about(fir) if e.action.removeprefix("fir.") in MILESTONES
    )


# --- people ----------------------------------------------------------------------------------------------------------


def test_the_identity_in_an_fir_is_sealed_and_read_by_those_who_handle_it(world):
    fir = world.fir(by=world.ila)
    move(fir, "assign_fir", by=world.asha, at=NOW, officer=world.ila)
    fir.refresh_from_db()
    assert fir.may_read_identity(world.ila, NOW) is Reading.HANDLES
    assert fir.may_read_identity(world.indu, NOW) is Reading.ASKS
    assert fir.may_read_identity(world.esha, NOW) is Reading.ASKS
    assert fir.may_read_identity(world.bina, NOW) is Reading.NEVER
    opened = fir.read_identity(by=world.ila, at=NOW, purpose="case")
    assert opened["people"][0][1]["name"] == SECRETS["name"]
    assert opened["account"]["text"] == STORY
    assert Entry.objects.about(fir).first().action == "fir.read_identity"


def test_remarks_numbers_and_officers_names_carry_no_name(world):
    fir = world.fir()
    for data in ({"text": "सीमा से पूछताछ"}, {"number": "Seema-12"}):
        with pytest.raises(NamesPerson):
            step(fir, "scene_visit", **data)
    with pytest.raises(NamesPerson):
        world.fir("BNS85", gd_number="सीमा 12")


def test_an_accused_is_found_in_other_thanas_by_phone_and_in_the_district_by_name(world):
    man = {"part": "accused", "gender": "male", "name": "राजू पाल", "phone": "9700000001"}
    world.fir("BNS78", by=world.bina, people=[{"part": "victim", "age": 20, "name": "राधा सिंह"}, man])
    world.fir("BNS79", by=world.kamla, people=[{"part": "accused", "name": "Raju Pal"}])
    world.fir("BNS85", by=world.kamla, people=[{"part": "accused", "name": "R Pal", "phone": "+91 97000-00001"}])
    here = world.fir(
        people=[
            {"part": "victim", "age": 14, **SECRETS},
            {"part": "accused", "name": "Raaju Paal", "phone": "9700000001"},
        ]
    )
    [hits] = here.accused_elsewhere(by=world.asha, at=NOW).values()
    assert {(thana.code, cases, tuple(heads)) for thana, cases, heads in hits} == {
        ("tajganj", 1, ("STALK",)), ("vrindavan", 1, ("CRUELTY",)),
    }  # fmt: skip
    assert Entry.objects.about(here).first().details == {"found": 2}
    with pytest.raises(Refused):
        here.accused_elsewhere(by=world.esha, at=NOW)


def test_a_victim_is_never_found_as_an_accused(world):
    world.fir(by=world.bina, people=[{"part": "victim", "name": "राजू पाल", "phone": "9700000001", "age": 20}])
    here = world.fir()
    assert list(here.accused_elsewhere(by=world.asha, at=NOW).values()) == [[]]


# --- what the clocks owe to the order of events ----------------------------------------------------------------------


def amend(fir, *codes, at):
    return move(
        fir,
        "amend_sections",
        by=fir.registered_by,
        at=at,
        offences=list(Offence.objects.filter(code__in=codes)),
        reason="कथन के आधार पर",
    )


def test_a_change_of_sections_keeps_the_count_to_default_bail_from_the_first_remand(world):
    fir = world.fir("BNS85", people=[{"part": "accused", "name": "राजू पाल"}])
    for n, name in enumerate(("arrest", "remand", "remand")):
        fir = step(fir, name, person=accused(fir), at=NOW + n * 10 * DAY)
    fir = amend(fir, "BNS80", at=NOW + 30 * DAY)
    clocks = running(fir)
    assert FirClock.DEFAULT_BAIL_60 not in clocks
    assert clocks[FirClock.DEFAULT_BAIL_90].due_at == NOW + 100 * DAY


def test_what_was_done_before_a_change_of_sections_meets_its_clock_at_once(world):
    fir = world.fir("BNS85", people=[{"part": "victim", "age": 20}])
    step(fir, "medical_sent", person=victim(fir), at=NOW + HOUR)
    fir = amend(fir, "BNS64", at=NOW + 2 * DAY)
    assert FirClock.MEDICAL not in running(fir)
    assert fir.deadlines.get(clock=FirClock.MEDICAL).met_at == NOW + HOUR


def test_after_the_report_no_clock_of_the_investigation_starts(world):
    fir = step(world.fir("BNS85"), "charge_sheet", at=NOW + 20 * DAY)
    fir = amend(fir, "BNS64", at=NOW + 21 * DAY)
    assert not {FirClock.TWO_MONTHS, FirClock.MEDICAL, FirClock.STATEMENT} & set(running(fir))
    for n, name in enumerate(("arrest", "remand")):
        fir = step(fir, name, person=accused(fir), at=NOW + (30 + n) * DAY)
    assert FirClock.DEFAULT_BAIL_90 not in running(fir)


def test_a_case_is_recovered_when_every_victim_is(world):
    fir = world.fir("BNS137", people=[{"part": "victim", "age": 15}, {"part": "victim", "age": 16}])
    first, second = fir.people.order_by("id")
    fir = step(fir, "recovered", person=first, at=NOW + DAY)
    assert fir.recovered_at is None
    fir = step(fir, "recovered", person=second, at=NOW + 2 * DAY)
    assert fir.recovered_at == NOW + 2 * DAY
    fir = move(
        fir, "add_person", by=world.asha, at=NOW + 3 * DAY, person={"part": "victim", "name": "राधा सिंह", "age": 14}
    )
    assert fir.recovered_at is None


def test_what_a_complaint_protects_stays_protected_in_its_fir(world):
    complaint = world.at_state("decided", outcome="fir", facts={"sensitivity": ["sexual"]})
    fir = world.fir("BNS85", complaint=complaint)
    assert fir.protects_identity
    assert amend(fir, "BNS85", at=NOW + DAY).protects_identity


def test_taking_a_section_out_opens_nobodys_identity_to_the_desk(world):
    people = [{"part": "victim", "age": 30, **SECRETS}]
    fir = world.fir("BNS64", people=people)
    assert fir.may_read_identity(world.hema, NOW) is not Reading.HANDLES
    offences = list(Offence.objects.filter(code="BNS85"))
    fir = move(fir, "amend_sections", by=world.hema, at=NOW + DAY, offences=offences, reason="साक्ष्य नहीं मिला")
    assert fir.protects_identity
    assert fir.may_read_identity(world.hema, NOW) is not Reading.HANDLES
