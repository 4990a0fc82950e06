"""A charge runs only when two have vouched for it: nobody opens a case by giving oneself, or a friend, an office."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kendras.models import ROLE_LEVEL, Charge, Entry, Level, Role, User
from tests.world import NOW, person

TODAY = NOW.date()


def given(world, role=Role.INCHARGE, unit=None, by=None, changed=True, **more):
    """A new account with a charge that `by` gave; with changed=True its holder has set her own password."""
    user = User(username=f"new{User.objects.count()}", name_en="New", name_hi="नयी")
    user.give_first_password(action="user.create", by=by or world.sysa, at=NOW)
    User.objects.filter(pk=user.pk).update(must_change_password=not changed)
    charge = Charge(user=user, role=role, unit=unit or world.hariparvat, starts_on=TODAY, **more)
    charge.start(by=by or world.sysa, at=NOW)
    return charge


def test_a_charge_that_an_administrator_gives_opens_no_case_before_somebody_else_has_confirmed_it(world):
    complaint = world.complaint()
    charge = given(world)
    address = reverse("complaints:detail", args=[complaint.pk])
    assert world.client(world.fresh(charge.user)).get(address).status_code == 404
    charge.confirm(by=world.omprakash, at=NOW)
    assert world.client(world.fresh(charge.user)).get(address).status_code == 200
    entry = Entry.objects.get(action="charge.confirm")
    assert (entry.by, entry.thana) == (world.omprakash, world.hariparvat)


def test_who_gave_it_and_who_holds_it_cannot_confirm_it(world):
    charge = given(world)
    own = given(world, role=Role.SHO)
    Charge.objects.filter(pk=own.pk).update(user=world.omprakash)
    for by, which in ((world.sysa, charge), (world.omprakash, own)):
        with pytest.raises(Charge.DoesNotExist):
            which.confirm(by=by, at=NOW)
        assert Charge.objects.get(pk=which.pk).standing == "waiting"


@pytest.mark.parametrize("role", Role.values)
def test_only_those_above_in_the_line_of_command_or_another_administrator_confirm(world, role):
    agra = {Level.THANA: "hariparvat", Level.CIRCLE: "c_hariparvat", Level.DISTRICT: "agra",
            Level.POLICE_RANGE: "agra_range", Level.ZONE: "agra_zone", Level.STATE: "up"}  # fmt: skip
    charge = given(world, role=role, unit=getattr(world, agra[ROLE_LEVEL[Role(role)]]))
    second = person("suresh", Role.SYSADMIN, world.up, "सुरेश")
    ladder = [
        ("omprakash", "sho"),
        ("charu", "co"),
        ("divya", "nodal"),
        ("esha", "sp"),
        ("farah", "ig"),
        ("zoya", "adg"),
    ]
    order = ["desk", "si", "incharge", "sho", "co", "nodal", "sp", "ig", "adg", "hq"]
    rank = {"counsellor": order.index("co"), "sysadmin": order.index("hq")}.get(role) or order.index(role)
    may = {key for key, own in ladder if order.index(own) > rank} | {"hina"}
    everyone = {key for key in vars(world) if isinstance(getattr(world, key), User)}
    for key in everyone - {"root"}:
        found = Charge.objects.to_confirm(world.fresh(getattr(world, key)), TODAY)
        assert (charge in found) is (key in may), key
    assert charge in Charge.objects.to_confirm(second, TODAY)


def test_an_administrator_made_by_an_administrator_waits_too(world):
    charge = given(world, role=Role.SYSADMIN, unit=world.up)
    assert world.client(world.fresh(charge.user)).get(reverse("kendras:accounts")).status_code == 403


def test_after_a_new_first_password_every_charge_of_the_account_waits_again(world):
    complaint = world.complaint()
    client = world.client(world.asha)
    address = reverse("complaints:detail", args=[complaint.pk])
    assert client.get(address).status_code == 200
    world.client(world.sysa).post(reverse("kendras:account", args=[world.asha.pk]))
    asha = world.fresh(world.asha)
    assert asha.charge is None
    assert not asha.charges_on(TODAY)
    User.objects.filter(pk=asha.pk).update(must_change_password=False)
    assert world.client(world.fresh(asha)).get(address).status_code == 404
    charge = asha.charges.get()
    with pytest.raises(Charge.DoesNotExist):
        charge.confirm(by=world.sysa, at=NOW)
    charge.confirm(by=world.omprakash, at=NOW)
    assert world.client(world.fresh(asha)).get(address).status_code == 200


def test_nothing_is_confirmed_while_who_set_the_first_password_could_still_sign_in_with_it(world):
    charge = given(world, changed=False)
    client = world.client(world.omprakash)
    page = client.post(reverse("kendras:charges_waiting"), {"charge": charge.pk, "answer": "confirm"})
    assert "पहला पासवर्ड अब तक नहीं बदला" in page.content.decode()
    assert Charge.objects.get(pk=charge.pk).standing == "waiting"


def test_the_officer_above_confirms_from_the_first_page(world):
    charge = given(world)
    client = world.client(world.omprakash)
    assert reverse("kendras:charges_waiting") in client.get("/").content.decode()
    answer = client.post(reverse("kendras:charges_waiting"), {"charge": charge.pk, "answer": "confirm"}, follow=True)
    assert charge.user.name in answer.content.decode()
    assert Charge.objects.get(pk=charge.pk).runs_on(TODAY)
    again = client.post(reverse("kendras:charges_waiting"), {"charge": charge.pk, "answer": "confirm"})
    assert again.status_code == 404


def test_a_refused_charge_never_runs_and_the_reason_stands_on_the_trail(world):
    charge = given(world)
    client = world.client(world.omprakash)
    address = reverse("kendras:charges_waiting")
    assert "कारण लिखें" in client.post(address, {"charge": charge.pk, "answer": "refuse"}).content.decode()
    client.post(address, {"charge": charge.pk, "answer": "refuse", "reason": "ऐसा कोई आदेश नहीं"})
    charge.refresh_from_db()
    assert not charge.runs_on(TODAY)
    assert Entry.objects.get(action="charge.refuse").reason == "ऐसा कोई आदेश नहीं"
    with pytest.raises(Charge.DoesNotExist):
        charge.confirm(by=world.charu, at=NOW)
    world.client(world.sysa).post(reverse("kendras:account", args=[charge.user_id]))
    assert Charge.objects.get(pk=charge.pk).standing == "refused"


def test_another_thana_is_not_asked(world):
    charge = given(world, unit=world.tajganj)
    address = reverse("kendras:charges_waiting")
    assert charge.user.username not in world.client(world.omprakash).get(address).content.decode()
    assert world.client(world.omprakash).post(address, {"charge": charge.pk, "answer": "confirm"}).status_code == 404


def test_whoever_waits_is_told_whom_to_ask(world):
    charge = given(world)
    page = world.client(world.fresh(charge.user)).get("/").content.decode()
    assert "प्रभार की पुष्टि शेष" in page
    page = world.client(world.sysa).get(reverse("kendras:account", args=[charge.user_id])).content.decode()
    assert "पुष्टि शेष" in page


def test_a_charge_for_later_is_confirmed_ahead_and_runs_from_its_day(world, monkeypatch):
    charge = given(world)
    Charge.objects.filter(pk=charge.pk).update(starts_on=TODAY + timedelta(days=1))
    charge.refresh_from_db()
    charge.confirm(by=world.omprakash, at=NOW)
    client = world.client(world.fresh(charge.user))
    assert client.get("/complaints/").status_code == 403
    monkeypatch.setattr(timezone, "now", lambda: NOW + timedelta(days=1))
    assert world.client(world.fresh(charge.user)).get("/complaints/").status_code == 200


def test_the_list_of_waiting_charges_costs_the_same_for_one_and_for_thirty(world, django_assert_max_num_queries):
    client = world.client(world.omprakash)
    for number in (1, 29):
        for _n in range(number):
            given(world)
        with django_assert_max_num_queries(6):
            client.get(reverse("kendras:charges_waiting"))


def test_a_second_new_password_by_somebody_else_does_not_let_the_giver_confirm(world):
    charge = given(world, role=Role.SHO)
    second = person("suresh", Role.SYSADMIN, world.up, "सुरेश")
    charge.user.give_first_password(action="user.reset", by=second, at=NOW)
    User.objects.filter(pk=charge.user_id).update(must_change_password=False)
    for by in (world.sysa, second):
        with pytest.raises(Charge.DoesNotExist):
            charge.confirm(by=world.fresh(by), at=NOW)


def test_who_once_set_the_first_password_cannot_confirm_a_charge_that_another_gives(world):
    user = User(username="naya", name_en="New", name_hi="नयी")
    user.give_first_password(action="user.create", by=world.sysa, at=NOW)
    User.objects.filter(pk=user.pk).update(must_change_password=False)
    second = person("suresh", Role.SYSADMIN, world.up, "सुरेश")
    charge = Charge(user=world.fresh(user), role=Role.INCHARGE, unit=world.hariparvat, starts_on=TODAY)
    charge.start(by=second, at=NOW)
    with pytest.raises(Charge.DoesNotExist):
        charge.confirm(by=world.sysa, at=NOW)
    charge.confirm(by=world.omprakash, at=NOW)


@pytest.mark.parametrize("confirmed", [False, True])
def test_a_named_exception_rests_with_the_charge_after_a_new_first_password(world, confirmed):
    complaint = world.complaint()
    complaint.grant(to=world.gita, until=TODAY, order_number="1", by=world.divya, at=NOW)
    address = reverse("complaints:detail", args=[complaint.pk])
    assert world.client(world.fresh(world.gita)).get(address).status_code == 200
    world.client(world.sysa).post(reverse("kendras:account", args=[world.gita.pk]))
    User.objects.filter(pk=world.gita.pk).update(must_change_password=False)
    if confirmed:
        world.gita.charges.get().confirm(by=world.divya, at=NOW)
    gita = world.fresh(world.gita)
    assert gita.has_perm("complaints.view", complaint) is confirmed
    assert world.client(gita).get(address).status_code == (200 if confirmed else 404)
