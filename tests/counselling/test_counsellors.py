"""Counsellors: nominated per district, one case by name until a date, nothing after it and no identity (¶1.1.v, ¶5.i.k)."""

import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from complaints.models import Complaint
from counselling.models import Counsellor, Entrustment, EntrustmentGrant, Session
from kendras.models import Entry, Role
from kendras.workflow import NamesPerson, Refused, move
from tests.world import NOW, SECRETS, STORY, person

DAY = timedelta(days=1)
TODAY = NOW.date()
TASK = "पीड़िता से एकान्त में परामर्श करें"


def nominated(world, user=None, kind="counsellor", by=None):
    return Counsellor.objects.nominate(
        user or world.gita, kind=kind, order_number="12/2026", by=by or world.divya, at=NOW, qualification="एम.एस.डब्ल्यू."
    )


def entrusted(world, case=None, *, until=TODAY + 30 * DAY, kind="counsellor", by=None):
    counsellor = Counsellor.objects.filter(user=world.gita, state="serving").first() or nominated(world, kind=kind)
    return Entrustment.objects.entrust(
        case or world.complaint(), counsellor, until=until, task=TASK, by=by or world.asha, at=NOW
    )


def later(monkeypatch, moment):
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)


# --- nominating ------------------------------------------------------------------------------------------------------


def test_the_nodal_officer_or_the_chief_nominates_who_holds_the_charge_of_a_counsellor(world):
    page = reverse("counselling:counsellors")
    sent = {"user": world.gita.pk, "kind": "counsellor", "order_number": "12/2026"}
    assert world.client(world.divya).post(page, sent).status_code == 302
    counsellor = Counsellor.objects.get()
    assert (counsellor.user, counsellor.district, counsellor.nominated_by) == (world.gita, world.agra, world.divya)
    assert Entry.objects.get(action="counsellor.nominate").details["order"] == "12/2026"


@pytest.mark.parametrize("who", ["asha", "sysa", "root"])
def test_who_holds_no_such_charge_cannot_be_nominated(world, who):
    with pytest.raises(Refused):
        nominated(world, getattr(world, who))


def test_a_counsellor_of_another_district_cannot_be_nominated_here_nor_the_same_twice(world):
    stranger = person("geeta2", Role.COUNSELLOR, world.mathura, "गीतांजलि")
    with pytest.raises(Refused):
        nominated(world, stranger)
    nominated(world)
    with pytest.raises(Refused):
        nominated(world)


@pytest.mark.parametrize("who", ["hema", "ila", "asha", "omprakash", "charu", "farah", "zoya", "hina"])
def test_nobody_else_nominates_though_they_may_see_who_is_nominated(world, who):
    sent = {"user": world.gita.pk, "kind": "counsellor", "order_number": "12/2026"}
    client = world.client(getattr(world, who))
    client.post(reverse("counselling:counsellors"), sent)
    assert not Counsellor.objects.exists()
    nominated(world)
    assert world.gita.name_hi in client.get(reverse("counselling:counsellors")).content.decode()


def test_another_district_sees_no_counsellor_of_this_one(world):
    counsellor = nominated(world)
    for user in (world.mala, world.kamla):
        assert world.gita.name_hi not in world.client(user).get(reverse("counselling:counsellors")).content.decode()
    assert world.client(world.mala).get(reverse("counselling:counsellor_end", args=[counsellor.pk])).status_code == 404


def test_with_the_nomination_ends_what_the_counsellor_had(world):
    row = entrusted(world)
    counsellor = move(row.counsellor, "end", by=world.divya, at=NOW, reason="त्यागपत्र दे दिया है")
    row.refresh_from_db()
    assert (counsellor.state, counsellor.ends_on, row.state) == ("ended", TODAY, "withdrawn")
    assert not EntrustmentGrant.objects.exists()
    assert world.client(world.gita).get(row.get_absolute_url()).status_code == 404
    assert Entry.objects.about(row).first().action == "entrustment.lapse"


# --- entrusting ------------------------------------------------------------------------------------------------------


def test_the_in_charge_calls_a_nominated_counsellor_for_one_case(world):
    complaint, counsellor = world.complaint(), nominated(world)
    page = reverse("counselling:entrust", args=["complaint", complaint.pk])
    sent = {"counsellor": counsellor.pk, "until": (TODAY + 10 * DAY).isoformat(), "task": TASK}
    assert world.client(world.asha).post(page, sent).status_code == 302
    row = Entrustment.objects.get()
    assert (row.case, row.state, row.counsellor, row.given_by) == (complaint, "given", counsellor, world.asha)
    for key in ("hema", "ila", "omprakash", "charu", "farah", "gita"):
        assert world.client(getattr(world, key)).post(page, sent).status_code == 403
    assert world.client(world.bina).post(page, sent).status_code == 404


def test_a_counsellor_of_another_district_or_whose_nomination_ended_gets_no_case(world):
    stranger = person("geeta2", Role.COUNSELLOR, world.mathura, "गीतांजलि")
    there = nominated(world, stranger, by=world.mala)
    ended = move(nominated(world), "end", by=world.divya, at=NOW, reason="त्यागपत्र दे दिया है")
    for counsellor in (there, ended):
        with pytest.raises(Refused):
            Entrustment.objects.entrust(world.complaint(), counsellor, until=TODAY, task=TASK, by=world.asha, at=NOW)


@pytest.mark.parametrize(
    ("until", "possible"),
    [(TODAY - DAY, False), (TODAY, True), (date(2027, 5, 23), True), (date(2027, 5, 24), False), (None, False)],
)
def test_a_case_is_entrusted_from_today_for_at_most_the_months_of_the_rule(world, until, possible):
    if possible:
        assert entrusted(world, until=until).until == until
    else:
        with pytest.raises(Refused):
            entrusted(world, until=until)
        assert not EntrustmentGrant.objects.exists()


def test_the_same_case_is_not_entrusted_twice_to_the_same_counsellor(world):
    row = entrusted(world)
    with pytest.raises(Refused):
        entrusted(world, row.case)


@pytest.mark.parametrize("text", ["सीमा गुप्ता से बात करें", "9812345678 पर फोन करें"])
def test_the_task_and_the_report_name_nobody(world, text):
    complaint = world.complaint()
    with pytest.raises(NamesPerson):
        Entrustment.objects.entrust(complaint, nominated(world), until=TODAY, task=text, by=world.asha, at=NOW)
    row = entrusted(world, complaint)
    with pytest.raises(NamesPerson):
        move(row, "give_back", by=world.gita, at=NOW, reason=f"{text} तथा परामर्श पूर्ण हुआ है")


# --- what the counsellor sees ----------------------------------------------------------------------------------------


def test_the_counsellor_sees_just_the_case_entrusted_and_no_identity(world):
    row, other = entrusted(world), world.complaint()
    client = world.client(world.gita)
    today = client.get(reverse("reports:today")).content.decode()
    assert row.get_absolute_url() in today
    html = client.get(row.get_absolute_url()).content.decode()
    assert row.task in html
    for secret in (*SECRETS.values(), STORY):
        assert secret not in html
        assert secret not in today
    for complaint in (row.case, other):
        assert client.get(complaint.get_absolute_url()).status_code == 404
        assert client.post(reverse("complaints:identity", args=[complaint.pk])).status_code == 404
        assert client.get(reverse("counselling:case", args=["complaint", complaint.pk])).status_code == 403
    assert not Complaint.objects.visible_to(world.gita).exists()


def test_a_case_is_open_on_its_last_day_and_not_on_the_next(world, monkeypatch):
    row = entrusted(world, until=TODAY)
    session = Session.objects.plan(
        row.case, kind="first", sides="her", planned_for=NOW, entrustment=row, by=world.gita, at=NOW
    )
    client = world.client(world.gita)
    addresses = [row.get_absolute_url(), session.get_absolute_url(), reverse("counselling:session_move", args=[session.pk, "complete"]),
                 reverse("counselling:entrusted_session", args=[row.pk])]  # fmt: skip
    for moment, status in (
        (NOW, 200),
        (NOW.replace(hour=23, minute=59), 200),
        (NOW.replace(hour=0, minute=0) + DAY, 404),
    ):
        later(monkeypatch, moment)
        client = world.client(world.gita)
        assert [client.get(address).status_code for address in addresses] == [status] * 4, moment
    with pytest.raises(Refused):
        move(session, "complete", by=world.gita, at=NOW + DAY, on=NOW + DAY)
    assert row.get_absolute_url() not in client.get(reverse("reports:today")).content.decode()


def test_another_counsellor_sees_nothing_of_it(world):
    row = entrusted(world)
    other = person("gauri", Role.COUNSELLOR, world.agra, "गौरी")
    nominated(world, other)
    assert world.client(other).get(row.get_absolute_url()).status_code == 404


def test_the_counsellor_plans_and_writes_the_session(world):
    row = entrusted(world)
    client = world.client(world.gita)
    sent = {"once": uuid.uuid4(), "kind": "first", "sides": "her", "planned_for": f"{NOW:%Y-%m-%dT%H:%M}"}
    client.post(reverse("counselling:entrusted_session", args=[row.pk]), sent)
    session = Session.objects.get()
    assert (session.entrustment, session.planned_by) == (row, world.gita)
    sent = {
        "once": uuid.uuid4(), "version": 1, "on": f"{NOW:%Y-%m-%dT%H:%M}", "private": "yes", "hers": "उसने अपनी बात बतायी",
        "outcome": "advised", "result": "पीड़िता को परामर्श दिया गया",
    }  # fmt: skip
    client.post(reverse("counselling:session_move", args=[session.pk, "complete"]), sent)
    session.refresh_from_db()
    assert (session.state, session.held_by) == ("done", world.gita)
    assert row.case.notes.get(by=world.gita).text == "पीड़िता को परामर्श दिया गया"
    said = reverse("counselling:session_said", args=[session.pk])
    assert "उसने अपनी बात बतायी" in client.post(said).content.decode()


def test_the_counsellor_reads_only_what_she_wrote_herself(world):
    complaint = world.complaint()
    own = Session.objects.plan(complaint, kind="first", sides="her", planned_for=NOW, by=world.ila, at=NOW)
    own = move(own, "complete", by=world.ila, at=NOW, on=NOW, private=True, hers="पुलिस को बतायी बात", outcome="advised",
               result="पीड़िता से बात हुई")  # fmt: skip
    entrusted(world, complaint)
    client = world.client(world.gita)
    assert client.get(own.get_absolute_url()).status_code == 404
    assert client.post(reverse("counselling:session_said", args=[own.pk])).status_code == 404


def test_the_officers_do_not_write_the_counsellors_session_while_the_case_is_with_her(world):
    row = entrusted(world)
    session = Session.objects.plan(
        row.case, kind="first", sides="her", planned_for=NOW, entrustment=row, by=world.ila, at=NOW
    )
    held = {"on": NOW, "private": True, "hers": "उसने अपनी बात बतायी", "outcome": "advised", "result": "पीड़िता से बात हुई"}
    with pytest.raises(Refused):
        move(session, "complete", by=world.ila, at=NOW, **held)
    move(row, "withdraw", by=world.asha, at=NOW, reason="परामर्शदाता अवकाश पर हैं")
    assert move(session, "complete", by=world.ila, at=NOW, **held).state == "done"


def test_after_giving_back_or_being_taken_back_the_case_is_closed_to_her(world):
    for name, by, reason in (
        ("give_back", world.gita, "परामर्श पूर्ण हुआ और आख्या दी गयी"), ("withdraw", world.asha, "परामर्शदाता अवकाश पर हैं"),
    ):  # fmt: skip
        row = move(entrusted(world), name, by=by, at=NOW, reason=reason)
        assert not EntrustmentGrant.objects.filter(content_object=row).exists()
        assert world.client(world.gita).get(row.get_absolute_url()).status_code == 404
        assert world.client(world.asha).get(row.get_absolute_url()).status_code == 200


def test_a_longer_time_prolongs_the_named_exception(world, monkeypatch):
    row = move(
        entrusted(world, until=TODAY), "prolong", by=world.asha, at=NOW, until=TODAY + 5 * DAY, reason="एक सत्र शेष है"
    )
    assert row.grants.get().until == TODAY + 5 * DAY
    later(monkeypatch, NOW + 5 * DAY)
    assert world.client(world.gita).get(row.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(("days", "over"), [(0, False), (1, True), (9, True)])
def test_a_case_past_its_last_day_stands_with_the_in_charge(world, monkeypatch, days, over):
    row = entrusted(world, until=TODAY)
    later(monkeypatch, NOW + days * DAY)
    assert Entrustment.objects.over(TODAY + days * DAY).filter(pk=row.pk).exists() is over
    listed = world.client(world.asha).get(reverse("counselling:entrustments"), {"show": "over"}).context["page"].rows
    assert (row in listed) is over


# --- the psychologist ------------------------------------------------------------------------------------------------


def test_a_case_is_marked_for_a_psychologist_and_the_nodal_officer_arranges_it(world):
    fir = world.fir()
    page = reverse("counselling:mark", args=["fir", fir.pk])
    assert world.client(world.ila).post(page, {"task": TASK}).status_code == 302
    row = Entrustment.objects.get()
    psychologist = nominated(world, kind="psychologist")
    with pytest.raises(Refused) as refusal:
        move(row, "arrange", by=world.asha, at=NOW, counsellor=psychologist, until=TODAY)
    assert refusal.value.code == "right"
    row = move(row, "arrange", by=world.divya, at=NOW, counsellor=psychologist, until=TODAY + 9 * DAY)
    assert (row.state, row.until) == ("given", TODAY + 9 * DAY)
    session = Session.objects.plan(
        fir, kind="psychologist", sides="her", planned_for=NOW, entrustment=row, by=world.gita, at=NOW
    )
    assert world.client(world.gita).get(session.get_absolute_url()).status_code == 200


def test_a_counsellor_who_is_no_psychologist_is_not_arranged(world):
    row = Entrustment.objects.mark(world.fir(), task=TASK, by=world.ila, at=NOW)
    with pytest.raises(Refused):
        move(row, "arrange", by=world.divya, at=NOW, counsellor=nominated(world), until=TODAY)


# --- every order -----------------------------------------------------------------------------------------------------


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(walk=st.lists(st.sampled_from(sorted(Entrustment.MOVES)), max_size=6), marked=st.booleans())
def test_whatever_the_order_a_grant_lasts_just_as_long_as_the_case_is_given(world, walk, marked):
    psychologist = Counsellor.objects.filter(user=world.gita).first() or nominated(world, kind="psychologist")
    complaint = world.complaint(by=world.asha)
    if marked:
        row = Entrustment.objects.mark(complaint, task=TASK, by=world.asha, at=NOW)
    else:
        row = Entrustment.objects.entrust(complaint, psychologist, until=TODAY, task=TASK, by=world.asha, at=NOW)
    for name in walk:
        by = world.gita if name == "give_back" else world.divya
        try:
            row = move(row, name, by=by, at=NOW, counsellor=psychologist, until=TODAY, reason="परामर्श अब पूर्ण हो चुका है")
        except Refused:
            row.refresh_from_db()
        assert row.grants.exists() == (row.state == "given")
        assert (row.ended_at is not None) == (row.state in ("returned", "withdrawn"))


@pytest.mark.parametrize(("thana", "stays"), [("tajganj", True), ("vrindavan", False)])
def test_a_case_handed_over_to_another_district_leaves_the_counsellor_of_the_old_one(world, thana, stays):
    case = world.complaint()
    row = entrusted(world, case)
    case.arrive_at(getattr(world, thana), by=world.bina, at=NOW)
    assert (world.client(world.gita).get(row.get_absolute_url()).status_code == 200) is stays
    assert Entry.objects.filter(action="entrustment.lapse").exists() is not stays


def test_the_reason_for_ending_a_nomination_names_nobody_of_her_cases(world):
    counsellor = entrusted(world).counsellor
    with pytest.raises(NamesPerson):
        move(counsellor, "end", by=world.divya, at=NOW, reason=f"{SECRETS['name']} ने शिकायत की है")
    move(counsellor, "end", by=world.divya, at=NOW, reason="पीड़िता ने शिकायत की है")
