"""What goes to a server: the compose file, the image's steps, the processes."""

import base64
import contextlib
import os
import re
import shlex
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = ("setup", "web", "worker", "beat")


def test_the_compose_file_has_every_part():
    assert set(SERVICES) == {*OURS, "database", "redis", "proxy"}


@pytest.mark.parametrize("name", OURS)
def test_our_containers_run_without_rights_on_a_root_that_cannot_be_written(name):
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]


@pytest.mark.parametrize("name", [name for name in SERVICES if name not in ("setup", "web")])
def test_every_lasting_service_has_a_health_check(name):
    assert SERVICES[name]["healthcheck"]["test"]


def test_the_web_service_has_the_health_check_of_its_image():
    assert "HEALTHCHECK" in (ROOT / "Dockerfile").read_text()


def test_every_secret_comes_from_the_environment():
    for service in SERVICES.values():
        for name, value in (service.get("environment") or {}).items():
            if re.search("KEY|PASSWORD|URL", name):
                assert "${" in value, name


def test_only_the_proxy_is_reached_from_outside():
    assert [name for name, service in SERVICES.items() if service.get("ports")] == ["proxy"]


def test_every_named_volume_is_declared():
    used = {v.split(":")[0] for s in SERVICES.values() for v in s.get("volumes", ()) if not v.startswith(".")}
    assert used == set(COMPOSE["volumes"])


def test_the_image_runs_as_an_ordinary_user():
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    users = [line.split()[1] for line in lines if line.startswith("USER")]
    assert users == ["kendra"]


def _environment(tmp_path):
    return {
        "PATH": os.environ["PATH"],
        "KENDRA_VAR": str(tmp_path),
        "KENDRA_STATIC": str(tmp_path / "static"),
        "SECRET_KEY": base64.b64encode(os.urandom(48)).decode(),
        "IDENTITY_KEY": base64.b64encode(os.urandom(32)).decode(),
        "ALLOWED_HOSTS": "build",
        "REDIS_URL": os.environ.get("REDIS_URL", "redis://build"),
    }


def guards_in(database):
    """The tables that the migrations have put triggers on."""
    with contextlib.closing(sqlite3.connect(database)) as link:
        return {table for (table,) in link.execute("SELECT tbl_name FROM sqlite_master WHERE type = 'trigger'")}


def test_the_steps_of_image_and_set_up_really_run(tmp_path):
    environment = _environment(tmp_path)
    set_up = shlex.split(SERVICES["setup"]["command"])[2].split(" && ")
    steps = ["python manage.py collectstatic --noinput", *set_up, "python manage.py check --deploy --fail-level ERROR"]
    for step in steps:
        command = [sys.executable, *shlex.split(step)[1:]]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, (step, done.stderr[-500:])
    assert (tmp_path / "static" / "staticfiles.json").exists()
    assert guards_in(tmp_path / "kendra.sqlite3") >= {"kendras_entry", "reports_monthlyreport"}


def test_the_processes_of_the_procfile_are_those_of_the_compose_file():
    processes = dict(line.split(": ", 1) for line in (ROOT / "Procfile").read_text().splitlines())
    assert set(processes) == {"web", "worker", "beat"}
    assert processes["worker"] == SERVICES["worker"]["command"]
