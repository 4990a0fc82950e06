"""The settings refuse to start insecure, and say why (design: one file, from the environment, fails loudly)."""

import runpy
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

FILE = Path(__file__).resolve().parent.parent.parent / "config" / "settings.py"
SOUND = {
    "KENDRA_ENV": "production",
    "SECRET_KEY": "q8Zr2mVx5cKb7nLw3pTy9sGd4fHj6aQe1uRi0oWzXvBnMkLjHg",
    "IDENTITY_KEY": "Zm9yIHRlc3RzIG9ubHk6IHRoaXJ0eS10d28gYnl0ZXM=",
    "ALLOWED_HOSTS": "kendra.example",
    "DATABASE_URL": "postgres://kendra@database/kendra",
    "REDIS_URL": "redis://redis:6379/0",
}


@pytest.fixture
def load(monkeypatch, tmp_path):
    """Read the settings file under an environment of its own."""

    def read(**changes):
        monkeypatch.setenv("KENDRA_VAR", str(tmp_path))
        for name in (*SOUND, "DEBUG", "KENDRA_TLS", "KENDRA_PROXIES"):
            monkeypatch.delenv(name, raising=False)
        for name, value in {**SOUND, **changes}.items():
            if value is not None:
                monkeypatch.setenv(name, value)
        return runpy.run_path(str(FILE))

    return read


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SECRET_KEY", None, "SECRET_KEY"),
        ("SECRET_KEY", "short", "SECRET_KEY"),
        ("SECRET_KEY", "x" * 60, "SECRET_KEY"),
        ("SECRET_KEY", "django-insecure-q8Zr2mVx5cKb7nLw3pTy9sGd4fHj6aQe1uRi0oWz", "SECRET_KEY"),
        ("IDENTITY_KEY", None, "IDENTITY_KEY"),
        ("IDENTITY_KEY", "c2hvcnQ=", "IDENTITY_KEY"),
        ("IDENTITY_KEY", "not base64!", "IDENTITY_KEY"),
        ("DEBUG", "1", "DEBUG"),
        ("ALLOWED_HOSTS", None, "ALLOWED_HOSTS"),
        ("ALLOWED_HOSTS", "*", "ALLOWED_HOSTS"),
    ],
)
def test_an_insecure_start_is_refused_with_the_name_of_what_is_wrong(load, name, value, said):
    with pytest.raises(ImproperlyConfigured, match=said):
        load(**{name: value})


def test_what_is_not_said_to_be_embedded_is_production(load):
    with pytest.raises(ImproperlyConfigured, match="ALLOWED_HOSTS"):
        load(KENDRA_ENV=None, ALLOWED_HOSTS=None)


def test_production_speaks_tls_only(load):
    settings = load()
    assert settings["SECURE_SSL_REDIRECT"]
    assert settings["SECURE_HSTS_SECONDS"] >= 365 * 24 * 3600
    assert settings["SESSION_COOKIE_SECURE"]
    assert settings["CSRF_COOKIE_SECURE"]
    assert settings["SESSION_COOKIE_HTTPONLY"]


def test_nothing_of_a_third_party_is_let_into_a_page(load):
    directives = load()["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]
    allowed = {source for sources in directives.values() for source in sources}
    assert allowed == {"'self'", "'none'", "data:"}


def test_the_embedded_mode_keeps_everything_in_its_own_folder(load, tmp_path):
    settings = load(KENDRA_ENV="embedded", DATABASE_URL=None, REDIS_URL=None, ALLOWED_HOSTS=None)
    assert settings["DATABASES"]["default"]["NAME"] == str(tmp_path / "kendra.sqlite3")
    assert settings["CELERY_BROKER_URL"] == "filesystem://"
    assert str(tmp_path) in settings["CELERY_BROKER_TRANSPORT_OPTIONS"]["data_folder_in"]
    assert "*" not in settings["ALLOWED_HOSTS"]


def test_a_task_ends_before_the_broker_would_hand_it_out_again(load):
    settings = load()
    assert settings["CELERY_TASK_TIME_LIMIT"] < settings["CELERY_BROKER_TRANSPORT_OPTIONS"]["visibility_timeout"]
    assert settings["CELERY_TASK_ACKS_LATE"]
    assert settings["CELERY_TASK_REJECT_ON_WORKER_LOST"]
    assert settings["CELERY_ACCEPT_CONTENT"] == ["json"]
