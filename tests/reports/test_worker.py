"""A real worker and a real broker: a killed worker loses nothing, and nothing is built twice (DG 38/2025 ¶5.iv: monthly review)."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from datetime import date

import pytest
from django.db import connection

from config.first_run import write_secrets
from reports.models import BuildRun, Job, MonthlyReport
from tests.reports.scatter import scatter
from tests.site import ROOT, environment, other_redis, stop, worker
from tests.world import NOW, build

OCTOBER = date(2026, 10, 1)


@pytest.fixture
def office(transactional_db, tmp_path):
    """The environment of workers on this test's own database, with a broker that nobody else uses."""
    write_secrets(tmp_path / ".env")
    name, given = connection.settings_dict["NAME"], os.environ.get("DATABASE_URL")
    own = {"DATABASE_URL": f"{given.rpartition('/')[0]}/{name}" if given else f"sqlite:///{name}"}
    if redis := os.environ.get("REDIS_URL"):
        own["REDIS_URL"] = other_redis(redis, 8)
    with contextlib.ExitStack() as stack:
        log = stack.enter_context((tmp_path / "log").open("wb"))
        env = environment(tmp_path, own)

        def begin(app):
            process = worker(app, env=env, log=log)
            stack.callback(stop, process)
            return process

        def send(task, *arguments):
            command = [sys.executable, "-m", "celery", "--app", "config", "call", task, "--args", json.dumps(arguments)]
            subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=log, stderr=log)

        yield begin, send


def wait(until, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if until():
            return
        time.sleep(0.05)
    raise TimeoutError


def done_parts(run):
    return dict(run.parts.exclude(done_at=None).values_list("unit", "done_at"))


def test_a_killed_worker_loses_nothing_and_nothing_is_built_twice(office):
    begin, send = office
    scatter(build())
    run, _made = BuildRun.objects.ask(OCTOBER, by=None, at=NOW)
    slow = begin("tests.slow_worker")
    send("reports.tasks.build_run", run.pk)
    wait(lambda: len(done_parts(run)) >= 2)
    os.killpg(slow.pid, signal.SIGKILL)
    slow.wait()

    before = done_parts(run)
    built = dict(MonthlyReport.objects.values_list("unit", "built_at"))
    assert 2 <= len(before) < run.parts.count()
    assert {unit.pk for unit in _districts_of(built)} == set(before)

    BuildRun.objects.update(heartbeat_at=run.heartbeat_at - 2 * Job.QUIET)
    begin("config")
    send("reports.tasks.sweep")
    wait(lambda: BuildRun.objects.get().state == Job.State.DONE)

    after = done_parts(run)
    assert len(after) == run.parts.count()
    assert {unit: after[unit] for unit in before} == before
    now_built = dict(MonthlyReport.objects.values_list("unit", "built_at"))
    assert {unit: now_built[unit] for unit in built} == built
    assert MonthlyReport.objects.count() == sum(run.parts.values_list("size", flat=True))


def _districts_of(built):
    rows = MonthlyReport.objects.filter(unit__in=built).select_related("unit__district")
    return {row.unit.district or row.unit for row in rows}
