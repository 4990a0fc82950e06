"""The one-time link: signed, single use, expiring, revocable, throttled; one answer for everything wrong; nobody leaks."""

import logging
import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from counselling.links import TRIES_BY_LINK
from counselling.models import Link
from kendras.models import Entry
from kendras.workflow import Refused, move
from tests.counselling.aid import refer
from tests.world import NOW, SECRETS

ANSWER = "/counselling/a/"


@pytest.fixture(autouse=True)
def fresh_tries():
    cache.clear()


@pytest.fixture
def made(world):
    """(referral, link, token, code) of a link that Hema made; name and phone may be handed over."""
    referral = refer(world)
    return (referral, *Link.objects.make(referral, by=world.hema, at=NOW))


def wrong(token):
    return ("0" if token[0] != "0" else "1") + token[1:]


def plain(text):
    """A page without what changes from one answer to the next."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"', "", text)


def send(token, code, **more):
    return Client().post(ANSWER, {"secret": token, "code": code, **more})


def test_link_and_code_together_show_what_she_allowed_and_nothing_else(world, made):
    referral, link, token, code = made
    text = send(token, code).content.decode()
    assert SECRETS["name"] in text
    assert SECRETS["phone"] in text
    for field in ("guardian", "address", "village"):
        assert SECRETS[field] not in text
    entry = Entry.objects.about(referral).first()
    assert (entry.action, entry.by, entry.details) == ("referral.link_open", None, {"link": link.pk})
    assert entry.thana == world.hariparvat


def test_the_page_alone_tells_nothing_and_looks_the_same_for_a_link_that_never_was(made):
    _referral, _link, token, _code = made
    real, false = (Client().get(f"{ANSWER}{sign}/").content.decode() for sign in (token, wrong(token)))
    assert plain(real).replace(token, "") == plain(false).replace(wrong(token), "")
    assert SECRETS["name"] not in real
    assert "data-exit" in real


def test_neither_token_nor_code_is_stored(made):
    _referral, link, token, code = made
    link.refresh_from_db()
    kept = " ".join(str(getattr(link, field.name)) for field in link._meta.fields)
    assert token not in kept
    assert code not in kept.split()
    assert not [
        entry for entry in Entry.objects.all() if token in str(entry.details) or code == entry.details.get("code")
    ]


def test_it_serves_one_answer(world, made):
    referral, link, token, code = made
    answer = send(token, code, said="accept:")
    assert answer.context["thanks"]
    referral.refresh_from_db()
    assert referral.state == "accepted"
    entry = Entry.objects.about(referral).get(action="referral.accept")
    assert (entry.by, entry.details["link"]) == (None, link.pk)
    again = send(token, code, said="begin:")
    assert again.context["wrong"]
    referral.refresh_from_db()
    assert referral.state == "accepted"
    with pytest.raises(Refused):
        link.answer("begin", at=NOW)


def test_an_answer_that_is_not_possible_does_not_use_it_up(made):
    referral, link, token, code = made
    for said in ("begin:", "decline:helped", "decline:", "withdraw:", "override:", "nonsense", "accept:" + "x" * 500):
        send(token, code, said=said)
        link.refresh_from_db()
        if said.startswith("accept"):
            break
        assert link.used_at is None, said
    referral.refresh_from_db()
    assert referral.state in ("sent", "accepted")


@pytest.mark.parametrize(
    "spoil",
    ["token", "code", "signature", "expired", "revoked", "used", "over", "replaced"],
)
def test_everything_wrong_is_answered_alike(world, made, spoil, monkeypatch):
    referral, link, token, code = made
    if spoil == "token":
        token = wrong(token)
    elif spoil == "signature":
        token = token[:-1] + ("A" if token[-1] != "A" else "B")
    elif spoil == "code":
        code = wrong(code)
    elif spoil == "expired":
        monkeypatch.setattr("django.utils.timezone.now", lambda: link.until)
    elif spoil == "revoked":
        link.revoke(by=world.hema, at=NOW)
    elif spoil == "used":
        link.answer("accept", at=NOW)
    elif spoil == "over":
        move(referral, "decline", by=world.hema, at=NOW, answer="full")
    else:
        Link.objects.make(referral, by=world.hema, at=NOW)
    answer = send(token, code, said="accept:" if spoil != "used" else "begin:")
    assert answer.status_code == 200
    text = plain(answer.content.decode()).replace(token, "").replace(code, "")
    assert text == plain(send("never", "000000").content.decode()).replace("never", "").replace("000000", "")
    assert SECRETS["name"] not in text


def test_it_ends_at_the_minute(world, made):
    _referral, link, token, code = made
    assert link.until == NOW + timedelta(hours=72)
    assert Link.objects.find(token, code, link.until - timedelta(minutes=1)) == link
    assert Link.objects.find(token, code, link.until) is None


def test_after_ten_wrong_codes_the_link_is_dead_also_for_the_right_one(made):
    _referral, link, token, code = made
    for _n in range(9):
        assert Link.objects.find(token, wrong(code), NOW) is None
    assert Link.objects.find(token, code, NOW) == link
    assert Link.objects.find(token, wrong(code), NOW) is None
    assert Link.objects.find(token, code, NOW) is None


def test_tries_are_counted(made):
    _referral, _link, token, code = made
    for _n in range(TRIES_BY_LINK):
        send("other", "1")
    assert send("other", "1").status_code == 429
    assert send(token, code).status_code == 200


def test_the_link_stands_in_no_log(made, caplog):
    _referral, _link, token, code = made
    with caplog.at_level(logging.DEBUG):
        for _n in range(TRIES_BY_LINK + 2):
            send(token, wrong(code))
        Client().get(f"{ANSWER}{token}/")
    assert token not in caplog.text


def test_it_is_not_kept_by_any_cache(made):
    _referral, _link, token, code = made
    for answer in (Client().get(f"{ANSWER}{token}/"), send(token, code)):
        assert "no-store" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] in ("same-origin", "no-referrer", "strict-origin")


def test_the_kendra_makes_shows_once_and_withdraws_it(world):
    referral, client = refer(world), world.client(world.hema)
    address = reverse("counselling:referral_links", args=[referral.pk])
    shown = client.post(address)
    code = shown.context["code"]
    assert code in shown.content.decode()
    link = Link.objects.get()
    again = client.get(address).content.decode()
    assert code not in again
    assert shown.context["address"] not in again
    revoke = reverse("counselling:link_revoke", args=[referral.pk, link.pk])
    assert revoke in again
    client.post(revoke)
    link.refresh_from_db()
    assert link.revoked_at == NOW
    assert {"referral.link", "referral.link_revoke"} <= set(
        Entry.objects.about(referral).values_list("action", flat=True)
    )


def test_another_thana_and_a_supervisor_make_none(world):
    referral = refer(world)
    for user in (world.bina, world.omprakash, world.charu, world.gita):
        if user is world.omprakash:
            continue
        with pytest.raises(Refused):
            Link.objects.make(referral, by=world.fresh(user), at=NOW)
    assert Link.objects.make(referral, by=world.fresh(world.omprakash), at=NOW)


@pytest.mark.parametrize("secret", ["", "\x00", "x" * 5000, "..", "सीमा", "e1aee6f3-0c17-406f-b955-cf7c01f77f7c"])
def test_odd_signs_are_answered(secret, db):
    assert send(secret, secret).status_code == 200
