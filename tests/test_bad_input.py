"""Whatever stands in an address or a form: an answer in words, never an error page of the server."""

import base64

import pytest
from django.test import Client
from django.urls import resolve, reverse

from config.wsgi import application
from tests.test_access import LISTS, Things, addresses, status_for

#: nonsense of every kind that a browser, a copied link or an attacker sends
NONSENSE = [
    "9" * 30, "\x00", "2026-13", "0001-01", "9999-12", "0001-01-01", "9999-12-31", "²/2026", "foo",
    base64.urlsafe_b64encode(b"[" * 2000).decode(),
    base64.urlsafe_b64encode(b'["0001-01-01T00:00:00+05:30", 1]').decode(),
    base64.urlsafe_b64encode(b'["2026-01-01T00:00:00+05:30", 99999999999999999999]').decode(),
    "१२'\"><script>🙂" + "a" * 3000,
]  # fmt: skip

#: every name that a page reads from its address
READ = [
    "unit", "month", "by", "state", "figure", "officer", "nature", "source", "outcome", "from", "to", "after", "before",
    "format", "charge", "provisional", "q", "next", "escalated", "direction", "due", "clock",
    "show", "kind", "day", "counselling",
]  # fmt: skip

#: every name that a form sends
SENT = [
    "text", "reason", "officer", "outcome", "next_on", "until", "number", "satisfied", "to_thana", "name", "phone", "age",
    "month", "once", "version", "amount", "username", "level", "parent", "unit", "role", "starts_on", "kind", "first",
    "last", "query", "language", "user", "pno", "mobile", "pin", "occurred_at", "files",
    "charge", "on", "who", "thana", "account", "place",
    "sides", "planned_for", "willing", "private", "hers", "theirs", "result", "finding", "absent", "next_for", "counsellor",
    "task", "order_number", "party", "her_present", "other_present",
]  # fmt: skip


def opened_by(world, things):
    """Who → {address: whether forms are sent there too}.

    Forms are sent to each address by the first of an in-charge, headquarters and an administrator whom it is open to: what
    reads a form is the same for all; where it is open to none, the in-charge tries. What is read from an address may
    differ where a charge looks down on the whole state or on nothing, so that everyone reads what is open to her.
    """
    people = {key: world.fresh(getattr(world, key)) for key in ("asha", "hina", "sysa")}
    opened = {key: {} for key in people}
    for name in set(addresses()) - {"readyz", "kendras:logout"}:
        address = reverse(name, args=[] if name in LISTS else things.arguments(name))
        needed = resolve(address).func.needs
        free = needed in ("signed in", "public")
        may = [key for key, user in people.items() if free or user.has_perm(needed)] or ["asha"]
        for key in may:
            opened[key][address] = key == may[0]
    return opened


@pytest.mark.parametrize("key", ["asha", "hina", "sysa"])
def test_nonsense_in_an_address_or_a_form_never_breaks_a_page(world, key):
    client = world.client(world.fresh(getattr(world, key)))
    client.raise_request_exception = False
    broken = []
    for address, sends in opened_by(world, Things(world))[key].items():
        for value in NONSENSE:
            answers = [client.get(address, dict.fromkeys(READ, value)).status_code]
            if sends:
                answers.append(status_for(client, "post", address, dict.fromkeys(SENT, value)))
            broken += [(address, value[:20], status) for status in answers if status >= 500]
    assert broken == []


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"content_type": "application/x-www-form-urlencoded; charset=utf-7"}, 415),
        ({"CONTENT_LENGTH": str(2**31)}, 413),
        ({"CONTENT_LENGTH": "-1"}, 413),
        ({"CONTENT_LENGTH": "many"}, 413),
    ],
)
def test_what_is_too_large_or_in_another_writing_is_not_read(world, sent, status):
    sent = {"content_type": "application/x-www-form-urlencoded", **sent}
    assert Client().post(reverse("kendras:login"), "username=a&password=b", **sent).status_code == status


def test_signing_in_leads_to_a_word_as_to_a_path(world):
    sent = {"username": "asha", "password": "asha password", "next": "foo"}
    assert Client().post(reverse("kendras:login"), sent).status_code == 302


@pytest.mark.parametrize("query", ["from", "to"])
def test_a_day_of_an_odd_year_is_no_filter(world, query):
    world.complaint()
    for day in ("0001-01-01", "9999-12-31"):
        page = world.client(world.asha).get(reverse("complaints:list"), {query: day})
        assert len(page.context["lines"]) == 1


@pytest.mark.parametrize("kind", ["text/plain; charset*=foo''%41", "multipart/form-data; boundary*=foo''%41"])
def test_a_content_type_that_breaks_the_framework_is_refused_at_the_door(kind):
    said = []
    application(
        {"CONTENT_TYPE": kind, "REQUEST_METHOD": "GET", "PATH_INFO": "/login/"}, lambda *args: said.append(args)
    )
    assert said[0][0].startswith("415")


def test_a_path_into_other_tables_is_no_filter_of_the_master_data(world):
    client = world.client(world.sysa)
    for query in (
        {"parent__exact": "9" * 24},
        {"parent__charges__user__username": "asha"},
        {"level__exact": "9" * 200},
    ):
        assert client.get("/admin/kendras/unit/", query).status_code in (302, 400)
