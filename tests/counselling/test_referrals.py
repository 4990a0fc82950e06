"""Referral to an agency: consent, what goes out, the course, clocks, who sees it (DG 38/2025 ¶3.v, ¶4.i.e, ¶5.i.g)."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from complaints.models import FirDeadline
from counselling.models import Link, Referral, ReferralState
from kendras.models import Entry, Rule
from kendras.workflow import NamesPerson, Refused, move
from tests.counselling.aid import agency, refer
from tests.world import NOW, SECRETS

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
WHY = "पीड़िता की जान को तत्काल खतरा है"


def step(referral, name, *, by, at=NOW, **data):
    return move(referral, name, by=by, at=at, **data)


# --- consent ---------------------------------------------------------------------------------------------------------


def test_with_her_consent_it_goes_out_and_the_time_to_answer_runs(world):
    referral = refer(world)
    assert (referral.state, referral.sent_at, referral.due_at) == ("sent", NOW, NOW + 3 * DAY)
    entry = Entry.objects.about(referral).get()
    assert (entry.action, entry.details["consent"]) == ("referral.send", "written")


def test_without_consent_nothing_goes_out_until_she_agrees(world):
    referral = refer(world, consent="missing")
    assert (referral.state, referral.sent_at, referral.due_at) == ("held", None, None)
    with pytest.raises(Refused):
        step(referral, "accept", by=world.hema)
    with pytest.raises(Refused):
        Link.objects.make(referral, by=world.hema, at=NOW)
    with pytest.raises(Refused):
        step(referral, "consent", by=world.hema, consent="law")
    referral = step(referral, "consent", by=world.hema, at=NOW + DAY, consent="spoken")
    assert (referral.state, referral.consent, referral.due_at) == ("sent", "spoken", NOW + 4 * DAY)


def test_only_the_sho_and_the_circle_officer_send_without_consent_and_with_a_reason(world):
    referral = refer(world, consent="missing")
    for user in (world.hema, world.ila, world.asha, world.divya, world.esha):
        with pytest.raises(Refused) as refusal:
            step(referral, "override", by=user, reason=WHY)
        assert refusal.value.code == "right"
    with pytest.raises(Refused):
        step(referral, "override", by=world.omprakash, reason="जरूरी")
    with pytest.raises(NamesPerson):
        step(referral, "override", by=world.omprakash, reason="सीमा की जान को खतरा है")
    sent = step(referral, "override", by=world.omprakash, reason=WHY)
    assert (sent.state, sent.consent, sent.override_reason) == ("sent", "overridden", WHY)
    assert Entry.objects.about(sent).filter(action="referral.override", reason=WHY, by=world.omprakash).exists()
    other = refer(world, consent="missing")
    assert step(other, "override", by=world.charu, reason=WHY).state == "sent"


def test_consent_is_named_and_a_report_by_law_is_no_way_round_it(world):
    for consent in ("", "overridden", "law", "yes"):
        with pytest.raises(Refused):
            refer(world, consent=consent)
    committee = agency(world, "cwc", "CWC Agra")
    with pytest.raises(Refused):
        refer(world, to=committee, need="report")
    with pytest.raises(Refused):
        refer(world, world.fir(), need="report", by=world.asha)


def test_a_stranger_to_the_case_an_accused_and_an_agency_elsewhere_are_refused(world):
    mine, other = world.complaint(), world.complaint()
    centre = agency(world)
    terms = {"need": "shelter", "consent": "written", "hands_over": [], "by": world.hema, "at": NOW}
    with pytest.raises(Refused):
        Referral.objects.refer(mine, other.people.get(), centre, once=uuid.uuid4(), **terms)
    fir = world.fir()
    with pytest.raises(Refused):
        Referral.objects.refer(fir, fir.people.get(part="accused"), centre, once=uuid.uuid4(), **terms)
    with pytest.raises(Refused):
        refer(world, mine, agency(world, name="OSC Mathura", district=world.mathura))
    closed = move(centre, "close", by=world.divya, at=NOW, reason="भवन बन्द कर दिया गया")
    with pytest.raises(Refused):
        refer(world, mine, closed)


def test_the_message_names_nobody_and_the_same_form_sends_once(world):
    case, once = world.complaint(), uuid.uuid4()
    terms = {"need": "legal", "consent": "written", "hands_over": [], "by": world.hema, "at": NOW, "once": once}
    centre, person = agency(world), case.people.get()
    with pytest.raises(NamesPerson):
        Referral.objects.refer(case, person, centre, **terms, text="सीमा गुप्ता को आश्रय दें")
    first = Referral.objects.refer(case, person, centre, **terms)
    assert Referral.objects.refer(case, person, centre, **terms) == first
    assert Referral.objects.count() == 1


# --- the course ------------------------------------------------------------------------------------------------------


def test_each_step_has_its_clock(world):
    referral = step(refer(world), "accept", by=world.asha, at=NOW + DAY)
    assert (referral.due_rule, referral.due_at) == ("referral_start", NOW + 8 * DAY)
    referral = step(referral, "begin", by=world.asha, at=NOW + 2 * DAY)
    assert (referral.due_rule, referral.due_at) == ("referral_done", NOW + 32 * DAY)
    with pytest.raises(Refused):
        step(referral, "complete", by=world.asha, answer="full")
    referral = step(referral, "complete", by=world.asha, at=NOW + 9 * DAY, answer="helped")
    assert (referral.state, referral.due_at, referral.ended_at) == ("done", None, NOW + 9 * DAY)


@pytest.mark.parametrize(("after", "late"), [(-MINUTE, False), (timedelta(0), True), (MINUTE, True)])
def test_silence_is_late_from_the_minute_it_is_due(world, after, late):
    referral = refer(world)
    assert Referral.objects.late(NOW + 3 * DAY + after).filter(pk=referral.pk).exists() is late


@pytest.mark.parametrize(("who", "days"), [("omprakash", 1), ("charu", 3), ("divya", 7), ("esha", 15)])
def test_silence_climbs_the_ladder_like_a_complaint(world, who, days):
    referral, role = refer(world), getattr(world, who).acting.role
    due = referral.due_at
    assert not Referral.objects.escalated_to(role, due + days * DAY - MINUTE).exists()
    assert Referral.objects.escalated_to(role, due + days * DAY).exists()


def test_a_declined_referral_waits_until_another_agency_or_a_reason_follows(world):
    declined = step(refer(world), "decline", by=world.hema, answer="full")
    assert (declined.state, declined.due_at, declined.answer) == ("declined", None, "full")
    assert declined in Referral.objects.fallen_through()
    refer(world, declined.case, agency(world, name="NGO", kind="ngo"), instead_of=declined)
    assert not Referral.objects.fallen_through().exists()
    other = step(refer(world), "decline", by=world.hema, answer="not_ours")
    step(other, "leave", by=world.hema, reason="आवेदिका अब सहायता नहीं चाहती")
    assert not Referral.objects.fallen_through().exists()
    with pytest.raises(Refused):
        step(other, "leave", by=world.hema, reason="आवेदिका अब सहायता नहीं चाहती")


def test_a_withdrawal_shuts_every_way_in(world):
    referral = refer(world)
    link, token, code = Link.objects.make(referral, by=world.hema, at=NOW)
    referral.grant(to=world.gita, until=NOW.date(), order_number="1", by=world.asha, at=NOW)
    referral = step(referral, "withdraw", by=world.hema, reason="आवेदिका ने सहमति वापस ली")
    assert referral.state == "withdrawn"
    assert Link.objects.find(token, code, NOW) is None
    with pytest.raises(Refused):
        referral.read_handed_over(by=world.gita, at=NOW)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    held=st.booleans(),
    walk=st.lists(
        st.tuples(st.sampled_from(sorted(Referral.MOVES)), st.sampled_from(["hema", "omprakash", "bina"])), max_size=8
    ),
)
def test_whatever_the_order_a_referral_stays_consistent(world, held, walk):
    referral, done = refer(world, consent="missing" if held else "written"), 0
    data = {"consent": "spoken", "reason": WHY, "answer": "full"}
    for n, (name, who) in enumerate(walk):
        answer = "helped" if name == "complete" else "full"
        try:
            referral = step(referral, name, by=getattr(world, who), at=NOW + n * DAY, **{**data, "answer": answer})
            done += 1
        except Refused:
            referral.refresh_from_db()
        over = referral.state in ("done", "failed", "declined", "withdrawn")
        assert (referral.ended_at is not None) == over
        assert (referral.due_at is not None) == referral.is_with_agency
        assert (referral.sent_at is None) == (referral.consent == "missing")
        assert referral.thana == world.hariparvat
    assert Entry.objects.about(referral).exclude(action="text.refused").count() == done + 1


# --- POCSO -----------------------------------------------------------------------------------------------------------


def test_the_reports_to_committee_and_court_meet_the_clock_of_24_hours(world):
    fir = world.fir("POCSO4")
    running = FirDeadline.objects.running().filter(fir=fir, clock="cwc_told")
    page = world.client(world.asha).get(reverse("counselling:support", args=["fir", fir.pk])).content.decode()
    assert "24 घण्टे" in page
    report = {"by": world.asha, "need": "report", "consent": ""}
    refer(world, fir, agency(world, "cwc", "CWC"), at=NOW + MINUTE, **report)
    assert running.exists()
    refer(world, fir, agency(world, "special_court", "Court"), at=NOW + 2 * MINUTE, **report)
    assert not running.exists()
    milestone = fir.milestones.get(kind="cwc_told")
    assert (milestone.on, milestone.by) == (NOW + 2 * MINUTE, world.asha)
    refer(world, fir, agency(world, "cwc", "CWC 2"), **report)
    assert fir.milestones.filter(kind="cwc_told").count() == 1


def test_a_report_that_was_withdrawn_tells_nobody(world):
    fir = world.fir("POCSO4")
    report = {"by": world.asha, "need": "report", "consent": ""}
    first = refer(world, fir, agency(world, "cwc", "CWC"), **report)
    step(first, "withdraw", by=world.asha, reason="गलत समिति को भेजा गया")
    refer(world, fir, agency(world, "special_court", "Court"), **report)
    assert FirDeadline.objects.running().filter(fir=fir, clock="cwc_told").exists()


# --- what goes out ---------------------------------------------------------------------------------------------------


def test_only_what_she_allowed_stands_in_the_letter_and_it_is_on_the_trail(world):
    referral = refer(world, hands_over=["name"])
    answer = world.client(world.hema).post(reverse("counselling:referral_letter", args=[referral.pk]))
    text = answer.content.decode()
    assert SECRETS["name"] in text
    assert answer["Cache-Control"] == "no-store"
    for field in ("guardian", "phone", "address", "village"):
        assert SECRETS[field] not in text
    assert Entry.objects.about(referral).filter(action="referral.print_letter", by=world.hema).count() == 1


def test_who_does_not_handle_a_protected_case_prints_no_letter_and_makes_no_link(world):
    case = world.complaint(nature="rape", by=world.ila)
    referral = refer(world, case, by=world.ila)
    client = world.client(world.hema)
    for name in ("referral_letter", "referral_links"):
        answer = client.post(reverse(f"counselling:{name}", args=[referral.pk]), follow=True)
        assert SECRETS["name"] not in answer.content.decode()
    assert not referral.links.exists()
    assert not Entry.objects.about(referral).filter(action="referral.print_letter").exists()


def test_no_page_of_support_shows_a_name(world):
    referral = refer(world, hands_over=["name", "phone", "address", "village", "guardian"])
    for user in (world.hema, world.asha, world.charu, world.esha):
        client = world.client(user)
        for address in (referral.get_absolute_url(), reverse("counselling:referrals"),
                        reverse("counselling:support", args=["complaint", referral.complaint_id])):  # fmt: skip
            text = client.get(address).content.decode()
            assert not [secret for secret in SECRETS.values() if secret in text], (user, address)


# --- the agency by login ---------------------------------------------------------------------------------------------


def test_a_named_person_of_the_agency_sees_just_this_referral_until_the_day(world, monkeypatch):
    mine, other = refer(world), refer(world)
    mine.grant(to=world.gita, until=NOW.date(), order_number="पत्र 12", by=world.asha, at=NOW)
    client = world.client(world.gita)
    assert client.get(mine.get_absolute_url()).status_code == 200
    assert client.get(other.get_absolute_url()).status_code == 404
    assert SECRETS["name"] not in client.get(mine.get_absolute_url()).content.decode()
    shown = client.post(reverse("counselling:referral_identity", args=[mine.pk])).content.decode()
    assert SECRETS["name"] in shown
    assert SECRETS["address"] not in shown
    assert Entry.objects.about(mine).filter(action="referral.read_identity", by=world.gita).count() == 1
    accept = reverse("counselling:referral_move", args=[mine.pk, "accept"])
    assert client.post(accept, {"once": uuid.uuid4(), "version": mine.version}).status_code == 302
    mine.refresh_from_db()
    assert mine.state == "accepted"
    assert client.post(reverse("counselling:referral_move", args=[mine.pk, "withdraw"])).status_code == 404
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + DAY)
    assert world.client(world.gita).get(mine.get_absolute_url()).status_code == 404


def test_what_is_held_is_opened_to_nobody(world):
    held = refer(world, consent="missing")
    with pytest.raises(Refused):
        held.grant(to=world.gita, until=NOW.date(), order_number="1", by=world.asha, at=NOW)
    page = reverse("counselling:referral_grants", args=[held.pk])
    sent = {"who": "gita", "until": NOW.date().isoformat(), "order_number": "1"}
    assert world.client(world.asha).post(page, sent).status_code == 422


def test_the_page_of_the_day_of_a_named_person_shows_her_referrals(world):
    referral = refer(world)
    referral.grant(to=world.gita, until=NOW.date(), order_number="1", by=world.asha, at=NOW)
    assert referral.get_absolute_url() in world.client(world.gita).get("/").content.decode()


# --- pages -----------------------------------------------------------------------------------------------------------


def test_a_referral_is_sent_and_answered_by_forms(world):
    case, centre, client = world.complaint(), agency(world), world.client(world.hema)
    support = reverse("counselling:support", args=["complaint", case.pk])
    assert support in client.get(case.get_absolute_url()).content.decode()
    address = reverse("counselling:referral_new", args=["complaint", case.pk])
    assert address in client.get(support).content.decode()
    sent = {"once": uuid.uuid4(), "person": case.people.get().pk, "need": "shelter", "agency": centre.pk}
    answer = client.post(address, sent)
    assert answer.status_code == 422
    assert "consent" in answer.context["form"].errors
    assert client.post(address, {**sent, "consent": "written", "hands_over": ["name"]}).status_code == 302
    referral = Referral.objects.get()
    assert referral.hands_over == "name"
    decline = reverse("counselling:referral_move", args=[referral.pk, "decline"])
    form = {"once": uuid.uuid4(), "version": referral.version}
    assert client.post(decline, form).status_code == 422
    assert client.post(decline, {**form, "answer": "helped"}).status_code == 422
    assert client.post(decline, {**form, "answer": "full"}).status_code == 302
    shown = client.get(referral.get_absolute_url()).content.decode()
    assert f"{address}?instead={referral.pk}" in shown


def test_a_referral_of_another_thana_does_not_exist(world):
    referral = refer(world)
    for user in (world.bina, world.kamla, world.mala):
        client = world.client(user)
        assert client.get(referral.get_absolute_url()).status_code == 404
        assert referral not in client.get(reverse("counselling:referrals")).context["page"].rows
        assert client.get(reverse("counselling:support", args=["complaint", referral.complaint_id])).status_code == 404


def test_the_list_costs_the_same_at_one_row_and_at_thirty(world):

    client, address = world.client(world.asha), reverse("counselling:referrals")
    refer(world)
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for _n in range(29):
        refer(world)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(one)


@pytest.mark.parametrize("query", ["show=' OR 1=1", "show=late&after=xx", "unit=9" * 30, "figure=x&month=2026-13"])
def test_bad_addresses_are_answered(world, query):
    assert world.client(world.asha).get(f"{reverse('counselling:referrals')}?{query}").status_code in (200, 404)


def test_how_long_each_step_may_take_is_a_rule(world):
    Rule.objects.filter(code="referral_answer").update(amount=1)
    assert refer(world).due_at == NOW + DAY
    assert set(ReferralState.values) >= {"sent", "done"}


def test_support_goes_along_when_another_police_station_takes_the_complaint(world):
    complaint = world.complaint()
    referral = refer(world, complaint)
    move(complaint, "hand_over", by=world.asha, at=NOW, to_thana=world.tajganj, reason="घटना दूसरे थाने के क्षेत्र की है")
    move(complaint.handovers.get(), "accept", by=world.bina, at=NOW + MINUTE)
    referral.refresh_from_db()
    assert (referral.thana, referral.circle) == (world.tajganj, world.c_tajganj)
    assert world.client(world.bina).get(referral.get_absolute_url()).status_code == 200
    assert world.client(world.hema).get(referral.get_absolute_url()).status_code == 404
