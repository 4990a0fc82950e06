"""Signing in, charges, the trail and who sees what on the ground floor."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from complaints.models import Complaint
from kendras.jurisdiction import MAY
from kendras.models import Charge, Entry, Role, Rule, Unit, User
from tests.world import NOW, build, person

LOGIN = "/login/"


def sign_in(username, password, client=None):
    return (client or Client()).post(LOGIN, {"username": username, "password": password})


# --- signing in ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["asha", "202600003", "9876500000", "९८७६५०००००"])
def test_one_signs_in_by_user_name_pno_or_mobile(world, name):
    User.objects.filter(pk=world.asha.pk).update(mobile="9876500000")
    answer = sign_in(name, "asha password")
    assert (answer.status_code, answer.url) == (302, "/")
    assert Entry.objects.get(action="session.login").by == world.asha


def test_an_unknown_account_and_a_wrong_password_get_the_same_answer(world):
    pages = [sign_in(name, "wrong password").content.decode() for name in ("asha", "nobody")]
    plain = [
        [line for line in page.replace("nobody", "asha").splitlines() if "csrfmiddlewaretoken" not in line]
        for page in pages
    ]
    assert plain[0] == plain[1]


@pytest.mark.django_db
def test_five_failures_lock_the_account_even_for_the_right_password():
    build()  # and not the fixture: the lock goes by the running clock
    client = Client()
    for _n in range(5):
        sign_in("asha", "wrong password", client)
    assert sign_in("asha", "asha password", client).status_code == 429
    assert sign_in("bina", "bina password", Client(REMOTE_ADDR="10.0.0.9")).status_code == 302


@pytest.mark.django_db
def test_a_colleagues_sign_in_does_not_forgive_the_failures_of_another_account():
    build()
    for _n in range(5):
        sign_in("zoya", "wrong")
    sign_in("gita", "gita password")
    assert sign_in("zoya", "zoya password").status_code == 429


@pytest.mark.django_db
def test_an_account_is_locked_whatever_it_is_called_by():
    world = build()
    User.objects.filter(pk=world.asha.pk).update(mobile="9456000001")
    for name in ("asha", world.asha.pno, "9456000001", "९४५६००0001", "asha"):
        sign_in(name, "wrong")
    assert sign_in("asha", "asha password").status_code == 429


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_signing_in_leads_to_no_other_site(world, target):
    answer = Client().post(LOGIN, {"username": "asha", "password": "asha password", "next": target})
    assert answer.url == "/"


def test_a_first_password_must_be_changed_before_anything_else(world):
    User.objects.filter(pk=world.asha.pk).update(must_change_password=True)
    client = world.client(world.fresh(world.asha))
    assert client.get("/complaints/").url == "/password/"
    data = {"old": "asha password", "new": "नया लम्बा पासवर्ड", "again": "नया लम्बा पासवर्ड"}
    assert client.post("/password/", data).status_code == 302
    assert sign_in("asha", "नया लम्बा पासवर्ड").url == "/"


@pytest.mark.parametrize(
    "data",
    [
        {"old": "wrong", "new": "a good long one", "again": "a good long one"},
        {"old": "asha password", "new": "short", "again": "short"},
        {"old": "asha password", "new": "a good long one", "again": "another long one"},
        {"old": "asha password", "new": "asha password", "again": "asha password"},
        {"old": "asha password", "new": "1234567890123", "again": "1234567890123"},
    ],
)
def test_a_poor_password_is_refused(world, data):
    assert world.client(world.asha).post("/password/", data).status_code == 200
    assert world.fresh(world.asha).check_password("asha password")


@pytest.mark.parametrize(("minutes", "status"), [(19, 200), (21, 302)])
def test_a_session_ends_when_nothing_is_done_for_twenty_minutes(world, monkeypatch, minutes, status):
    client = world.client(world.asha)
    client.get("/complaints/")
    monkeypatch.setattr(timezone, "now", lambda: NOW + timedelta(minutes=minutes))
    assert client.get("/complaints/").status_code == status


# --- charges ---------------------------------------------------------------------------------------------------------


def test_an_ended_charge_closes_everything_at_once(world):
    client = world.client(world.asha)
    assert client.get("/complaints/").status_code == 200
    world.asha.charge.end(on=NOW.date() - timedelta(days=1), by=world.sysa, at=NOW, reason="स्थानान्तरण")
    assert client.get("/complaints/").status_code == 403
    assert client.get("/").status_code == 200


def test_a_charge_that_runs_out_by_its_date_closes_too(world, monkeypatch):
    Charge.objects.filter(pk=world.asha.charge_id).update(ends_on=NOW.date())
    client = world.client(world.asha)
    assert client.get("/complaints/").status_code == 200
    monkeypatch.setattr(timezone, "now", lambda: NOW + timedelta(minutes=5))
    Charge.objects.filter(pk=world.asha.charge_id).update(ends_on=NOW.date() - timedelta(days=1))
    assert client.get("/complaints/").status_code == 403


def test_one_acts_in_one_charge_at_a_time_and_the_trail_says_in_which(world):
    acting = Charge(user=world.bina, role=Role.INCHARGE, unit=world.hariparvat, kind="acting", starts_on=NOW.date())
    acting.start(by=world.sysa, at=NOW)
    acting.confirm(by=world.omprakash, at=NOW)
    complaint = world.complaint()
    client = world.client(world.bina)
    address = reverse("complaints:detail", args=[complaint.pk])
    assert client.get(address).status_code == 404
    client.post("/charges/", {"charge": acting.pk})
    assert client.get(address).status_code == 200
    client.post(reverse("complaints:identity", args=[complaint.pk]))
    entry = Entry.objects.get(action="complaint.read_identity")
    assert (entry.charge, entry.role) == (acting, "incharge")


def test_nobody_takes_up_a_charge_of_somebody_else(world):
    client = world.client(world.bina)
    assert client.post("/charges/", {"charge": world.asha.charge_id}).status_code == 404
    assert world.fresh(world.bina).charge.unit == world.tajganj


# --- who sees what ---------------------------------------------------------------------------------------------------

#: how many of the six complaints, one in each thana, each person sees
SEEN = {
    "asha": {"hariparvat"},
    "bina": {"tajganj"},
    "charu": {"hariparvat", "lohamandi"},
    "divya": {"hariparvat", "lohamandi", "tajganj"},
    "esha": {"hariparvat", "lohamandi", "tajganj"},
    "mala": {"vrindavan"},
    "farah": {"hariparvat", "lohamandi", "tajganj", "vrindavan"},
    "zoya": {"hariparvat", "lohamandi", "tajganj", "vrindavan", "dadri"},
    "hina": {"hariparvat", "lohamandi", "tajganj", "vrindavan", "dadri", "safipur"},
    "gita": set(),
    "sysa": set(),
    "root": set(),
}


@pytest.mark.parametrize("key", SEEN)
def test_each_charge_sees_its_unit_and_nothing_else(world, key):
    for name in SEEN["hina"]:
        thana = getattr(world, name)
        head = Charge.objects.filter(unit=thana, role=Role.INCHARGE).first()
        world.complaint(by=head.user if head else person(f"head-{name}", Role.INCHARGE, thana, "प्रभारी"))
    user = world.fresh(getattr(world, key))
    assert {row.thana.code for row in Complaint.objects.visible_to(user)} == SEEN[key]
    units = Unit.objects.visible_to(user).thanas()
    assert {unit.code for unit in units} == SEEN[key]
    assert {entry.thana.code for entry in Entry.objects.visible_to(user) if entry.thana} == SEEN[key]


@pytest.mark.parametrize("perm", sorted(set().union(*MAY.values())))
def test_a_superuser_without_a_charge_has_no_right_in_a_case(world, perm):
    assert not world.fresh(world.root).has_perm(perm)


def test_every_view_says_who_may_open_it():
    silent = []

    def walk(patterns, prefix=""):
        for pattern in patterns:
            if hasattr(pattern, "url_patterns"):
                if pattern.app_name != "admin":
                    walk(pattern.url_patterns, prefix + str(pattern.pattern))
            elif not getattr(pattern.callback, "needs", None):
                silent.append(prefix + str(pattern.pattern))

    walk(get_resolver().url_patterns)
    assert silent == []


def test_the_administrator_of_the_system_keeps_accounts_and_opens_no_case(world):
    complaint = world.complaint()
    client = world.client(world.sysa)
    assert client.get("/accounts/").status_code == 200
    assert client.get(reverse("complaints:detail", args=[complaint.pk])).status_code == 404
    assert complaint.number not in client.get("/").content.decode()


def test_an_account_is_made_with_a_first_password_shown_once(world):
    client = world.client(world.sysa)
    answer = client.post(
        "/accounts/new/", {"username": "naya", "name_hi": "नया", "name_en": "Naya", "pno": "", "mobile": ""}
    )
    user = User.objects.get(username="naya")
    assert user.must_change_password
    assert str(user.pk) in answer.content.decode()
    data = {"role": "si", "unit": "hariparvat", "kind": "substantive", "starts_on": "2026-11-01", "order_number": "1"}
    client.post(f"/accounts/{user.pk}/charge/", data)
    assert user.charges.get().unit == world.hariparvat
    assert world.fresh(user).acting is None


def test_headquarters_changes_a_rule_with_a_reason_and_only_where_it_leaves_room(world):
    client = world.client(world.hina)
    assert client.post("/rules/complaint_disposal/", {"amount": 3, "reason": ""}).status_code == 200
    assert client.post("/rules/complaint_disposal/", {"amount": 3, "reason": "शासनादेश"}).status_code == 302
    assert Rule.objects.get(code="complaint_disposal").amount == 3
    assert client.post("/rules/preliminary_enquiry/", {"amount": 3, "reason": "x"}).status_code == 404
    assert world.client(world.esha).post("/rules/complaint_disposal/", {"amount": 9, "reason": "x"}).status_code == 403


# --- the trail -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("statement", ["UPDATE kendras_entry SET reason = 'x'", "DELETE FROM kendras_entry"])
def test_the_database_itself_refuses_to_change_the_trail(world, statement):
    world.complaint()
    before = Entry.objects.count()
    with pytest.raises(DatabaseError, match="trail"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Entry.objects.count() == before


def test_the_database_refuses_to_empty_the_trail(world):
    if connection.vendor != "postgresql":
        return  # SQLite knows no TRUNCATE: its DELETE is refused above
    with pytest.raises(DatabaseError, match="trail"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE kendras_entry")


def test_an_act_that_has_no_sentence_is_not_written(world):
    with pytest.raises(ValueError, match="no sentence"):
        Entry.objects.write(action="complaint.whisper", by=world.asha, at=NOW)


def test_nobody_gives_a_charge_to_oneself(world):
    before = Charge.objects.filter(user=world.sysa).count()
    data = {"role": "sho", "unit": "hariparvat", "kind": "acting", "starts_on": NOW.date(), "order_number": "1"}
    page = world.client(world.sysa).post(reverse("kendras:charge_new", args=[world.sysa.pk]), data, follow=True)
    assert "स्वयं" in page.content.decode()
    with pytest.raises(ValueError, match="oneself"):
        Charge(user=world.sysa, role=Role.HQ, unit=world.up, starts_on=NOW.date()).start(by=world.sysa, at=NOW)
    assert Charge.objects.filter(user=world.sysa).count() == before


def test_the_first_administrator_is_made_by_command_and_must_change_the_password(world, client):
    said = StringIO()
    names = ["--name-hi", "कुसुम", "--name-en", "Kusum", "--order", "12/2026"]
    call_command("make_administrator", "kusum", *names, stdout=said)
    kusum = User.objects.get(username="kusum")
    assert kusum.charge.role == Role.SYSADMIN
    assert kusum.charge.order_number == "12/2026"
    first = said.getvalue().split()[1]
    page = client.post(reverse("kendras:login"), {"username": "kusum", "password": first}, follow=True)
    assert page.redirect_chain[-1][0] == reverse("kendras:password")
    with pytest.raises(CommandError):
        call_command("make_administrator", "kusum", *names)
