"""/healthz and /readyz: what the container engine, the proxy and the person on call ask."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from config import health
from kendras.tasks import BEAT_KEY, beat_pulse


@pytest.fixture(autouse=True)
def no_pulse(db):
    cache.delete(BEAT_KEY)


def ask(client):
    answer = client.get("/readyz")
    assert answer["Cache-Control"].startswith("max-age=0")
    return answer.status_code, answer.json()


def test_it_lives(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_it_is_ready_once_beat_has_been_heard(client):
    assert ask(client) == (503, {"status": "not ready", "database": "ok", "broker": "ok", "beat": "never"})
    beat_pulse()
    assert ask(client) == (200, {"status": "ok", "database": "ok", "broker": "ok", "beat": "ok"})


@pytest.mark.parametrize(("minutes", "said"), [(5, "ok"), (6, "late")])
def test_beat_is_late_after_five_minutes(client, monkeypatch, minutes, said):
    beat_pulse()
    ahead = timezone.now() + timedelta(minutes=minutes) - timedelta(seconds=5)
    monkeypatch.setattr(timezone, "now", lambda: ahead)
    assert ask(client)[1]["beat"] == said


@pytest.mark.parametrize("part", ["database", "broker"])
def test_what_does_not_answer_is_named_and_no_more_is_told(client, monkeypatch, part):
    def broken():
        raise OSError("password=geheim host=10.1.2.3")

    monkeypatch.setattr(health, f"_{part}", broken)
    status, told = ask(client)
    assert (status, told[part]) == (503, "unreachable")
    assert "geheim" not in str(told)
