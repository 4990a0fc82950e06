"""Preventive action against the accused: who may begin it, its course, what ends soon, repeat harassers without one."""

import uuid
from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from complaints.figures import Period, codes_of, totals
from complaints.models import Person, Preventive, PreventiveKind, PreventiveState, cases_of, repeat_harassers
from kendras.models import Entry, Level
from kendras.workflow import NamesPerson, Refused, move
from reports.ledger import Ledger
from reports.statement import STATEMENTS
from tests.world import NOW, SECRETS

TODAY, DAY = NOW.date(), timedelta(days=1)
MAN = {"part": "accused", "gender": "male", "name": "राजू पाल", "phone": "9700000001"}
SHE = {"part": "complainant", "age": 30, **SECRETS}


def begin(case, *, kind=PreventiveKind.PEACE, on=TODAY, by=None, at=NOW, **more):
    person = case.people.filter(part="accused").first()
    by = by or case.registered_by
    return Preventive.objects.start(case, person, kind=kind, on=on, authority="एसीपी हरिपर्वत", by=by, at=at, **more)


def step(action, name, on, at=None, **data):
    return move(action, name, by=action.recorded_by, at=at or NOW + timedelta(days=400), on=on, **data)


def codes(blocks):
    return {block.work.code for block in blocks}


def test_an_action_is_begun_against_an_accused_of_the_case_and_of_no_other(world):
    fir, other = world.fir(), world.fir("BNS85")
    with pytest.raises(Refused, match="अभियुक्त"):
        Preventive.objects.start(
            fir, fir.people.get(part="victim"), kind="goonda", on=TODAY, authority="डीएम", by=world.asha, at=NOW
        )
    with pytest.raises(Refused, match="अभियुक्त"):
        Preventive.objects.start(
            fir, other.people.get(part="accused"), kind="goonda", on=TODAY, authority="डीएम", by=world.asha, at=NOW
        )
    action = begin(fir)
    assert (action.thana, action.case, action.state) == (world.hariparvat, fir, PreventiveState.STARTED)
    assert Entry.objects.about(action).get().action == "preventive.start"


def test_proceedings_before_a_magistrate_end_after_the_months_of_the_rule(world):
    assert begin(world.fir(), on=date(2026, 8, 31)).conclude_by == date(2027, 2, 28)
    assert begin(world.fir(), kind=PreventiveKind.GOONDA).conclude_by is None


def test_the_same_form_begins_one_action(world):
    fir, once = world.fir(), uuid.uuid4()
    assert begin(fir, once=once) == begin(fir, once=once)
    assert Preventive.objects.count() == 1


def test_neither_authority_nor_result_names_a_person(world):
    fir = world.fir()
    with pytest.raises(NamesPerson):
        begin(fir, number="सीमा/12")
    with pytest.raises(NamesPerson):
        step(begin(fir), "drop", TODAY, text="राजू पाल ने क्षमा माँगी")


def test_a_bond_has_its_terms_and_a_breach_leads_to_its_forfeiture(world):
    action = begin(world.fir())
    for terms in ({"amount": 0, "until": TODAY + DAY}, {"amount": 50000, "until": TODAY}, {"amount": 50000}):
        with pytest.raises(Refused):
            step(action, "bind", TODAY, **terms)
    action = step(action, "bind", TODAY, amount=50000, until=TODAY + 365 * DAY)
    with pytest.raises(Refused):
        step(action, "forfeit", TODAY + 20 * DAY)
    action = step(action, "breach", TODAY + 20 * DAY)
    action = step(action, "forfeit", TODAY + 60 * DAY, text="बन्धपत्र की राशि जमा करायी गयी")
    assert (action.state, action.breached_on, action.ended_on) == ("forfeited", TODAY + 20 * DAY, TODAY + 60 * DAY)


@pytest.mark.parametrize("on", [TODAY - DAY, TODAY + 500 * DAY, None])
def test_a_step_lies_between_the_start_and_today(world, on):
    with pytest.raises(Refused):
        step(begin(world.fir()), "conclude", on)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(walk=st.lists(st.sampled_from(sorted(Preventive.MOVES)), max_size=8))
def test_whatever_the_order_an_action_stays_consistent(world, walk):
    action, done = begin(world.fir(number=uuid.uuid4().hex[:8])), 0
    for n, name in enumerate(walk):
        try:
            action = step(action, name, TODAY + n * DAY, amount=1000, until=TODAY + 300 * DAY)
            done += 1
        except Refused:
            action.refresh_from_db()
        assert (action.ended_on is not None) == (action.state in ("concluded", "dropped", "forfeited"))
        assert (action.bond_until is None) == (action.bond_amount is None)
    assert Entry.objects.about(action).count() == done + 1


# --- what ends soon, and who is left out -----------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "shown"), [(29, True), (30, True), (31, False), (-5, True)])
def test_a_bond_is_shown_as_many_days_ahead_as_the_rule_says(world, days, shown):
    action = step(begin(world.fir(), on=TODAY - 60 * DAY), "bind", TODAY - 50 * DAY, amount=1, until=TODAY + days * DAY)
    blocks = {block.work.code: block for block in world.client(world.asha).get("/").context["busy"]}
    assert ("preventive_ends" in blocks) is shown
    listed = world.client(world.asha).get(reverse("complaints:preventives"), {"show": "ending"}).context["page"].rows
    assert (action in listed) is shown


def test_a_repeat_harasser_without_action_is_shown_to_sho_and_co_until_one_runs(world):
    first = world.complaint(people=[SHE, MAN])
    assert not repeat_harassers(world.hariparvat).exists()
    fir = world.fir("BNS78", people=[{"part": "victim", "age": 20}, {**MAN, "name": "Raju"}])
    [person] = repeat_harassers(world.hariparvat)
    assert set(cases_of([person.who], world.hariparvat)[person.who]) == {first, fir}
    for user in (world.omprakash, world.charu):
        assert "harassers" in codes(world.client(user).get("/").context["busy"])
        text = world.client(user).get(reverse("complaints:harassers")).content.decode()
        assert first.number in text
        assert fir.case_number in text
        assert "राजू" not in text
    begin(fir)
    assert not repeat_harassers(world.hariparvat).exists()
    step(Preventive.objects.get(), "drop", TODAY)
    assert repeat_harassers(world.hariparvat).exists()


def test_a_complaint_that_became_an_fir_is_one_case(world):
    complaint = world.at_state("decided", outcome="fir", people=[SHE, MAN])
    world.fir("BNS85", people=[{"part": "victim", "age": 30}, MAN], complaint=complaint)
    assert not repeat_harassers(world.hariparvat).exists()


def test_cases_of_another_thana_count_for_the_district_and_not_for_the_thana(world):
    world.complaint(people=[SHE, MAN])
    world.complaint(by=world.bina, people=[SHE, MAN])
    assert not repeat_harassers(world.hariparvat).exists()
    assert repeat_harassers(world.agra).count() == 1
    person = Person.objects.filter(part="accused").first()
    assert [case.thana for case in cases_of([person.who], world.hariparvat)[person.who]] == [world.hariparvat]


def test_a_first_name_without_a_phone_tells_nobody_apart(world):
    for _n in range(3):
        world.complaint(people=[SHE, {"part": "accused", "name": "राजू"}])
    assert not repeat_harassers(world.hariparvat).exists()


# --- pages and figures -----------------------------------------------------------------------------------------------


def test_an_action_is_begun_and_carried_on_by_forms(world):
    fir, client = world.fir(), world.client(world.hema)
    address = reverse("complaints:preventive_new", args=["fir", fir.pk])
    assert address in client.get(fir.get_absolute_url()).content.decode()
    sent = {
        "once": uuid.uuid4(),
        "kind": "bnss126",
        "on": TODAY.isoformat(),
        "authority": "एसीपी",
        "person": fir.people.get(part="accused").pk,
    }
    action_page = client.post(address, sent).url
    action = Preventive.objects.get()
    bind = reverse("complaints:preventive_move", args=[action.pk, "bind"])
    assert bind in client.get(action_page).content.decode()
    terms = {
        "once": uuid.uuid4(),
        "version": action.version,
        "on": TODAY.isoformat(),
        "amount": "50000",
        "until": "2027-11-23",
    }
    assert client.post(bind, {**terms, "until": TODAY.isoformat()}).status_code == 422
    assert client.post(bind, terms).status_code == 302
    shown = client.get(action_page).content.decode()
    assert "50,000" in shown
    assert "23-11-2027" in shown


def test_the_figures_of_a_month_count_by_its_days(world):
    october = date(2026, 10, 1)
    first = begin(world.fir(at=NOW - 60 * DAY), on=date(2026, 10, 1))
    step(first, "bind", date(2026, 10, 31), amount=1, until=date(2027, 10, 31))
    begin(world.fir(at=NOW - 80 * DAY), on=date(2026, 9, 30))
    step(begin(world.fir(at=NOW - 50 * DAY), on=date(2026, 10, 5)), "drop", date(2026, 10, 20))
    n = totals(Preventive.objects.all(), Period.month(october))
    assert n == {"prev_started": 2, "prev_bound": 1, "prev_breached": 0, "prev_ended": 1, "prev_running": 2}
    sheet = STATEMENTS["preventive"].sheet(Ledger(world.agra, NOW), october, Level.THANA)
    assert sheet.total.values == (2, 1, 0, 1, 2)
    client = world.client(world.esha)
    for code in codes_of(Preventive):
        page = client.get(reverse("complaints:preventives"), {"figure": code, "month": "2026-10"})
        assert len(page.context["page"].rows) == n[code], code


def test_an_action_goes_along_with_the_complaint_that_another_thana_takes(world):
    people = [{"part": "complainant", "name": "नीलम देवी"}, {"part": "accused", "name": "राजू पाल"}]
    case = world.complaint(people=people)
    action = begin(case)
    case.arrive_at(world.tajganj, by=world.bina, at=NOW)
    assert world.client(world.asha).get(action.get_absolute_url()).status_code == 404
    assert world.client(world.bina).get(action.get_absolute_url()).status_code == 200


def test_the_pages_of_a_list_opened_from_a_figure_keep_the_figure(world):
    page = world.client(world.esha).get(
        "/preventive/", {"figure": "prev_started", "month": "2026-11", "unit": world.agra.pk, "show": "running"}
    )
    assert page.context["query"] == f"show=running&unit={world.agra.pk}&figure=prev_started&month=2026-11"


def test_actions_that_were_left_behind_are_put_where_their_complaint_lies(world):
    case = world.complaint(people=[SHE, MAN])
    action = begin(case)
    type(case).objects.filter(pk=case.pk).update(thana=world.tajganj, **world.tajganj.ancestor_columns())
    import_module("complaints.migrations.0013_preventive_goes_along").place(apps, None)
    action.refresh_from_db()
    assert (action.thana, action.circle) == (world.tajganj, world.c_tajganj)
