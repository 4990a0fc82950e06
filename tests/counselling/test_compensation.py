"""Compensation and schemes: papers, bank details under lock, clocks, sanction, payments (DG 38/2025 ¶3.v, ¶4.iii)."""

import uuid
from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counselling.models import BankDetails, Compensation, Scheme
from kendras.models import Entry
from kendras.workflow import NamesPerson, Refused, move
from tests.counselling.aid import apply
from tests.world import INDIA, NOW

TODAY, DAY, MINUTE = NOW.date(), timedelta(days=1), timedelta(minutes=1)
BANK = {"holder": "Seema Gupta", "bank": "SBI Agra", "account": "30001234567", "ifsc": "SBIN0001234"}
LATER = NOW + timedelta(days=500)


def step(row, name, *, by=None, at=LATER, **data):
    return move(row, name, by=by or row.started_by, at=at, **data)


def sanctioned(world, **more):
    row = step(apply(world, **more), "apply", on=TODAY)
    return step(row, "sanction", on=TODAY + 10 * DAY, amount=300_000, number="12")


# --- the course ------------------------------------------------------------------------------------------------------


def test_from_the_papers_to_the_last_payment(world):
    row = step(apply(world), "papers", papers=["fir", "passbook"])
    row = step(row, "bank", bank=BANK)
    row = step(row, "apply", on=TODAY, number="आवेदन 4")
    row = step(row, "enquired", on=TODAY + 20 * DAY)
    row = step(row, "sanction", on=TODAY + 30 * DAY, amount=300_000, number="आदेश 9")
    row = step(row, "instalment", on=TODAY + 40 * DAY, amount=100_000)
    assert (row.state, row.paid, row.left) == ("paying", 100_000, 200_000)
    row = step(row, "pay_rest", on=TODAY + 60 * DAY)
    assert (row.state, row.paid, row.left, row.due_at) == ("paid", 300_000, 0, None)
    assert [each.amount for each in row.instalments.order_by("id")] == [100_000, 200_000]


@pytest.mark.parametrize(
    ("applied", "last"),
    [
        (date(2026, 11, 23), date(2027, 1, 23)),
        (date(2026, 12, 31), date(2027, 2, 28)),
        (date(2026, 12, 30), date(2027, 2, 28)),
    ],
)
def test_the_enquiry_is_late_when_two_months_are_over_and_not_before(world, applied, last):
    row = step(apply(world), "apply", on=applied)
    end = datetime.combine(last + DAY, datetime.min.time(), tzinfo=INDIA)
    assert row.due_at == end
    for after, late in ((-MINUTE, False), (timedelta(0), True), (MINUTE, True)):
        assert Compensation.objects.late(end + after).exists() is late


def test_days_lie_in_order_and_amounts_within_the_sanction(world):
    row = apply(world)
    for on in (None, TODAY - DAY, LATER.date() + DAY):
        with pytest.raises(Refused):
            step(row, "apply", on=on)
    row = step(row, "apply", on=TODAY + 5 * DAY)
    with pytest.raises(Refused):
        step(row, "enquired", on=TODAY + 4 * DAY)
    for amount in (None, 0, -1):
        with pytest.raises(Refused):
            step(row, "sanction", on=TODAY + 9 * DAY, amount=amount)
    row = step(row, "sanction", on=TODAY + 9 * DAY, amount=1000)
    for amount in (None, 0, 1000, 1001):
        with pytest.raises(Refused):
            step(row, "instalment", on=TODAY + 10 * DAY, amount=amount)
    with pytest.raises(Refused):
        step(row, "pay_rest", on=TODAY + 8 * DAY)


def test_the_rani_laxmi_bai_fund_pays_after_the_charge_sheet(world):
    row = sanctioned(world, scheme="rani_laxmi_bai")
    with pytest.raises(Refused, match="आरोप"):
        step(row, "pay_rest", on=TODAY + 20 * DAY)
    move(row.fir, "charge_sheet", by=world.asha, at=NOW + 15 * DAY, on=NOW + 14 * DAY, number="1")
    row.refresh_from_db()
    assert step(row, "pay_rest", on=TODAY + 20 * DAY).state == "paid"


def test_a_scheme_that_pays_nothing_a_second_application_and_a_stranger_are_refused(world):
    row = apply(world)
    with pytest.raises(Refused):
        apply(world, row.fir)
    with pytest.raises(Refused):
        apply(world, scheme="legal_aid")
    with pytest.raises(Refused):
        Compensation.objects.start(
            row.fir, row.fir.people.get(part="accused"), Scheme.objects.get(code="nalsa_women"),
            by=world.asha, at=NOW, once=uuid.uuid4(),
        )  # fmt: skip
    step(row, "give_up", reason="आवेदिका आवेदन नहीं चाहती")
    assert apply(world, row.fir).pk != row.pk


def test_the_reason_of_a_delay_is_kept_and_names_nobody(world):
    row = apply(world)
    with pytest.raises(Refused):
        step(row, "delay", delay="weather")
    with pytest.raises(NamesPerson):
        step(row, "delay", delay="papers", text="सीमा ने कागज नहीं दिये")
    assert step(row, "delay", delay="papers", text="आय प्रमाण पत्र नहीं मिला").delay == "papers"


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(walk=st.lists(st.tuples(st.sampled_from(sorted(Compensation.MOVES)), st.integers(0, 400_000)), max_size=9))
def test_whatever_the_order_an_application_stays_consistent(world, walk):
    row, done = apply(world, world.complaint(), by=world.hema), 0
    for n, (name, amount) in enumerate(walk):
        data = {"on": TODAY + n * DAY, "amount": amount, "delay": "bank", "papers": ["fir"], "bank": BANK}
        try:
            row = step(row, name, reason="आवेदिका आवेदन नहीं चाहती", **data)
            done += 1
        except Refused:
            row.refresh_from_db()
        assert row.paid == sum(each.amount for each in row.instalments.all()) <= (row.sanctioned or 0)
        assert (row.due_at is None) == (row.state in ("paid", "refused", "given_up"))
        assert (row.state == "paid") == bool(row.sanctioned and row.left == 0)
    assert Entry.objects.about(row).exclude(action="text.refused").count() == done + 1


# --- bank details ----------------------------------------------------------------------------------------------------


def test_bank_details_lie_sealed_and_each_reading_is_on_the_trail(world):
    row = step(apply(world), "bank", bank=BANK)
    sealed = bytes(BankDetails.objects.get().sealed)
    assert BANK["account"].encode() not in sealed
    assert BANK["account"] not in str(list(Entry.objects.values_list("details", flat=True)))
    client = world.client(world.asha)
    page = client.get(row.get_absolute_url()).content.decode()
    assert BANK["account"] not in page
    address = reverse("counselling:compensation_bank", args=[row.pk])
    assert BANK["account"] in client.post(address).content.decode()
    assert Entry.objects.about(row).filter(action="compensation.read_bank", by=world.asha).count() == 1
    for user in (world.ila, world.hema, world.divya, world.esha):
        shown = world.client(user).post(address, follow=True).content.decode()
        assert BANK["account"] not in shown, user
    assert Entry.objects.about(row).filter(action="compensation.read_bank").count() == 1


@pytest.mark.parametrize("text", ["खाता 30001234567 गलत है", "खाता 3000 1234-567", "३०००१२३४५६७ नहीं चला"])
def test_no_text_holds_the_account_number(world, text):
    row = step(apply(world), "bank", bank=BANK)
    with pytest.raises(NamesPerson):
        step(row, "delay", delay="bank", text=text)


def test_only_who_handles_the_case_takes_bank_details(world):
    row = apply(world, world.fir(by=world.ila), by=world.ila)
    with pytest.raises(Refused) as refusal:
        step(row, "bank", by=world.ila, bank=BANK)
    assert refusal.value.code == "right"
    assert step(row, "bank", by=world.asha, bank=BANK).bank_at == LATER


# --- pages -----------------------------------------------------------------------------------------------------------


def test_an_application_is_carried_on_by_forms(world):
    Scheme.objects.load()
    fir, client = world.fir(), world.client(world.asha)
    address = reverse("counselling:compensation_new", args=["fir", fir.pk])
    assert address in client.get(reverse("counselling:support", args=["fir", fir.pk])).content.decode()
    victim, scheme = fir.people.get(part="victim"), Scheme.objects.get(code="victim_compensation")
    assert client.post(address, {"once": uuid.uuid4(), "person": victim.pk}).status_code == 422
    sent = {"once": uuid.uuid4(), "person": victim.pk, "scheme": scheme.pk}
    assert client.post(address, sent).status_code == 302
    row = Compensation.objects.get()

    def press(name, **data):
        row.refresh_from_db()
        form = {"once": uuid.uuid4(), "version": row.version, **data}
        return client.post(reverse("counselling:compensation_move", args=[row.pk, name]), form).status_code

    assert press("bank", **{**BANK, "account": "12"}) == 422
    assert press("bank", **{**BANK, "ifsc": "SBIN1001234"}) == 422
    assert press("bank", **{**BANK, "account": "३०००१२३४५६७"}) == 302
    assert press("papers", papers=["fir", "nonsense"]) == 422
    assert press("papers", papers=["fir"]) == 302
    assert press("apply", on="2026-13-01") == 422
    assert press("apply", on=TODAY.isoformat()) == 302
    assert press("sanction", on=TODAY.isoformat(), amount="300000") == 302
    shown = client.get(row.get_absolute_url()).content.decode()
    assert "3,00,000" in shown
    assert client.get(reverse("counselling:compensation_move", args=[row.pk, "nonsense"])).status_code == 404


def test_an_application_of_another_thana_does_not_exist(world):
    row = apply(world)
    for user in (world.bina, world.kamla, world.mala):
        client = world.client(user)
        assert client.get(row.get_absolute_url()).status_code == 404
        assert row not in client.get(reverse("counselling:compensations")).context["page"].rows


def test_late_compensation_is_on_the_pages_of_the_line(world, monkeypatch):
    row = step(apply(world, at=NOW), "apply", on=TODAY, at=NOW)
    for who, days in (("asha", 0), ("omprakash", 1), ("charu", 3), ("divya", 7), ("esha", 15)):
        user = getattr(world, who)
        code = "compensation_late" if who == "asha" else "compensation_up"
        for moment, shown in ((row.due_at + days * DAY - MINUTE, False), (row.due_at + days * DAY, True)):
            monkeypatch.setattr("django.utils.timezone.now", lambda moment=moment: moment)
            busy = {each.work.code for each in world.client(user).get("/").context["busy"]}
            assert (code in busy) is shown, (who, moment)
