"""Building a month: every unit once, whatever is killed, started twice or heard late; the job rows are the truth."""

import json
import threading
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from complaints.models import Complaint
from kendras.models import Entry, Level, Unit
from kendras.workflow import move
from reports import tasks
from reports.models import BuildPart, BuildRun, Job, MonthlyReport, PrintJob
from tests.reports.scatter import scatter
from tests.world import NOW, build

OCTOBER = date(2026, 10, 1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def bell(monkeypatch):
    """What was rung for: [(task, pk)], instead of a broker."""
    heard = []
    for task in (tasks.build_run, tasks.build_print):
        monkeypatch.setattr(task, "delay", lambda pk, task=task: heard.append((task.name.rpartition(".")[2], pk)))
    return heard


@pytest.fixture
def run(world):
    scatter(world)
    return BuildRun.objects.ask(OCTOBER, by=world.hina, at=NOW)[0]


def finished(run):
    run.refresh_from_db()
    return run.state == Job.State.DONE


class Killed(BaseException):
    """Not an Exception: what a killed worker leaves behind is what was committed."""


def kill_after(monkeypatch, parts):
    """Let the worker die in the middle of the part after so many."""
    real, done = type(MonthlyReport.objects.all()).build_district, []

    def build_district(self, district, month, *, at):
        real(self, district, month, at=at)
        if len(done) == parts:
            raise Killed
        done.append(district)

    monkeypatch.setattr(type(MonthlyReport.objects.all()), "build_district", build_district)
    return done


# --- beat ------------------------------------------------------------------------------------------------------------


def test_beat_builds_on_the_first_half_an_hour_after_midnight_and_sweeps_each_minute():
    entry = settings.CELERY_BEAT_SCHEDULE["build-months"]
    assert entry["task"] == tasks.build_months.name
    assert (entry["schedule"].minute, entry["schedule"].hour, entry["schedule"].day_of_month) == ({30}, {0}, {1})
    assert settings.CELERY_BEAT_SCHEDULE["sweep"]["task"] == tasks.sweep.name


def test_on_the_first_the_month_that_has_ended_is_built(world, bell, monkeypatch, django_capture_on_commit_callbacks):
    at = NOW.replace(month=11, day=1, hour=0, minute=30)
    monkeypatch.setattr(timezone, "now", lambda: at)
    with django_capture_on_commit_callbacks(execute=True):
        tasks.build_months()
    run = BuildRun.objects.get()
    assert (run.month, run.asked_by, bell) == (OCTOBER, None, [("build_run", run.pk)])


def test_a_message_carries_nothing_but_an_id(world, bell, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        tasks.build_months()
    assert json.loads(json.dumps(bell)) == [["build_run", BuildRun.objects.get().pk]]


def test_a_month_that_is_not_over_cannot_be_built(world):
    with pytest.raises(ValueError, match="not over"):
        BuildRun.objects.ask(date(2026, 11, 1), by=world.hina, at=NOW)


# --- one building ----------------------------------------------------------------------------------------------------


def test_a_run_builds_one_report_for_each_unit_and_each_is_the_sum_of_those_below(run):
    tasks.build_run(run.pk)
    assert finished(run)
    reports = {report.unit: report for report in MonthlyReport.objects.select_related("unit")}
    assert set(reports) == set(Unit.objects.all())
    for unit, report in reports.items():
        below = [each.figures["all"] for each in reports.values() if each.above_id == unit.pk]
        assert report.is_sound
        assert not report.difference()
        if unit.level != Level.THANA:
            assert all(n == sum(each[code] for each in below) for code, n in report.figures["all"].items())
        for kind in ("source", "nature"):
            parts = report.figures[kind].values()
            assert all(n == sum(part.get(code, 0) for part in parts) for code, n in report.figures["all"].items())
    assert reports[Unit.objects.get(level=Level.STATE)].figures["all"]["received"] > 5


def test_a_kendra_without_a_complaint_has_a_report_of_zeros(world):
    run, _made = BuildRun.objects.ask(OCTOBER, by=None, at=NOW)
    tasks.build_run(run.pk)
    report = MonthlyReport.objects.get(unit=world.safipur)
    assert set(report.figures["all"].values()) == {0}
    assert report.figures["source"] == {}


def test_building_writes_who_asked_on_the_trail(run, world):
    entry = Entry.objects.get(action="report.build")
    assert (entry.by, entry.details) == (world.hina, {"month": "2026-10"})


# --- killed, started again, twice ------------------------------------------------------------------------------------


def test_a_run_killed_in_the_middle_and_started_again_builds_each_report_once(run, monkeypatch):
    real = type(MonthlyReport.objects.all()).build_district
    kill_after(monkeypatch, 2)
    with pytest.raises(Killed):
        tasks.build_run(run.pk)
    assert run.parts.exclude(done_at=None).count() == 2
    built = dict(MonthlyReport.objects.values_list("unit", "pk"))
    half = len(built)
    assert 0 < half < Unit.objects.count()
    assert run.progress()["done"] == half
    assert not finished(run)

    counted = []

    def again(self, district, month, *, at):
        counted.append(district)
        return real(self, district, month, at=at)

    monkeypatch.setattr(type(MonthlyReport.objects.all()), "build_district", again)
    tasks.build_run(run.pk)
    assert finished(run)
    assert len(counted) == 2
    assert MonthlyReport.objects.count() == Unit.objects.count()
    assert built.items() <= dict(MonthlyReport.objects.values_list("unit", "pk")).items()


def test_an_error_is_noted_by_its_class_and_the_run_goes_on_when_it_is_rung_for_again(run, monkeypatch):
    real = type(MonthlyReport.objects.all()).build_above
    monkeypatch.setattr(type(MonthlyReport.objects.all()), "build_above", lambda *a, **k: 1 / 0)
    tasks.build_run(run.pk)
    run.refresh_from_db()
    assert (run.state, run.error) == (Job.State.WAITING, "ZeroDivisionError")
    monkeypatch.setattr(type(MonthlyReport.objects.all()), "build_above", real)
    tasks.build_run(run.pk)
    assert finished(run)


def test_a_run_that_gets_nowhere_is_given_up_and_may_be_asked_for_anew(run, monkeypatch, world):
    monkeypatch.setattr(type(MonthlyReport.objects.all()), "build_district", lambda *a, **k: 1 / 0)
    for _n in range(Job.TRIES):
        tasks.build_run(run.pk)
    run.refresh_from_db()
    assert run.state == Job.State.FAILED
    tasks.build_run(run.pk)
    assert run.parts.exclude(done_at=None).count() == 0
    assert BuildRun.objects.ask(OCTOBER, by=world.hina, at=NOW)[1]


def test_asking_twice_gives_the_same_run(run, world):
    assert BuildRun.objects.ask(OCTOBER, by=world.sysa, at=NOW) == (run, False)
    assert BuildPart.objects.filter(run=run).count() == Unit.objects.filter(level=Level.DISTRICT).count() + 1


def test_a_finished_run_that_is_rung_for_again_does_nothing(run):
    tasks.build_run(run.pk)
    before = list(MonthlyReport.objects.order_by("pk").values())
    tasks.build_run(run.pk)
    assert list(MonthlyReport.objects.order_by("pk").values()) == before


def test_a_second_run_counts_drafts_again_and_leaves_what_was_submitted(run, world):
    tasks.build_run(run.pk)
    mine = MonthlyReport.objects.get(unit=world.hariparvat)
    move(mine, "submit", by=world.asha, at=NOW, text="माह की समीक्षा की गई")
    before = {report.unit_id: report for report in MonthlyReport.objects.all()}
    Complaint.objects.under(world.agra).filter(received_at__month=10).update(received_at=NOW - timedelta(days=400))
    again, _made = BuildRun.objects.ask(OCTOBER, by=world.hina, at=NOW + MINUTE)
    tasks.build_run(again.pk)
    after = {report.unit_id: report for report in MonthlyReport.objects.all()}
    kept, counted = world.hariparvat.pk, world.tajganj.pk
    assert after[kept].figures == before[kept].figures
    assert after[counted].figures["all"]["received"] == 0
    parts = [report for report in after.values() if report.above_id == world.agra.pk]
    received = [report.figures["all"]["received"] for report in parts]
    assert after[world.agra.pk].figures["all"]["received"] == sum(received) == before[kept].figures["all"]["received"]


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_build_each_report_once(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    world = build()
    scatter(world)
    run, _made = BuildRun.objects.ask(OCTOBER, by=world.hina, at=NOW)
    real, counted = type(MonthlyReport.objects.all()).build_district, []

    def build_district(self, district, month, *, at):
        counted.append(district.pk)
        return real(self, district, month, at=at)

    monkeypatch.setattr(type(MonthlyReport.objects.all()), "build_district", build_district)

    def work():
        try:
            tasks.build_run(run.pk)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _n in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert finished(run)
    assert sorted(counted) == sorted(Unit.objects.filter(level=Level.DISTRICT).values_list("pk", flat=True))
    assert MonthlyReport.objects.count() == Unit.objects.count()


# --- progress and the sweeper ----------------------------------------------------------------------------------------


def test_the_time_left_follows_from_the_pace_of_the_parts_that_are_done(run):
    assert run.progress() == {"done": 0, "total": Unit.objects.count(), "seconds": None}
    part = run.parts.order_by("pk").first()
    BuildPart.objects.filter(pk=part.pk).update(done_at=NOW, seconds=part.size * 2.0)
    left = Unit.objects.count() - part.size
    assert run.progress() == {"done": part.size, "total": Unit.objects.count(), "seconds": left * 2.0}


@pytest.mark.parametrize(("silence", "rung"), [(Job.QUIET - MINUTE, False), (Job.QUIET, True)])
def test_the_sweeper_rings_for_a_run_that_has_been_silent(
    run, bell, monkeypatch, silence, rung, django_capture_on_commit_callbacks
):
    BuildRun.objects.claim(run.pk, at=NOW)
    monkeypatch.setattr(timezone, "now", lambda: NOW + silence)
    with django_capture_on_commit_callbacks(execute=True):
        tasks.sweep()
        tasks.sweep()
    assert bell == ([("build_run", run.pk)] if rung else [])


def test_the_sweeper_leaves_finished_work_alone(run, bell, monkeypatch, django_capture_on_commit_callbacks):
    tasks.build_run(run.pk)
    monkeypatch.setattr(timezone, "now", lambda: NOW + timedelta(days=1))
    with django_capture_on_commit_callbacks(execute=True):
        tasks.sweep()
    assert bell == []


def test_a_paper_whose_worker_died_is_rung_for_and_taken_up_again(
    world, bell, monkeypatch, django_capture_on_commit_callbacks
):
    job = PrintJob.objects.ask(world.agra, OCTOBER, "hi", by=world.esha, at=NOW, once="0" * 32)
    assert PrintJob.objects.claim(job.pk, at=NOW)
    assert PrintJob.objects.claim(job.pk, at=NOW + MINUTE) is None
    later = NOW + Job.QUIET
    monkeypatch.setattr(timezone, "now", lambda: later)
    with django_capture_on_commit_callbacks(execute=True):
        tasks.sweep()
    assert bell == [("build_print", job.pk)]
    assert PrintJob.objects.claim(job.pk, at=later).tries == 2


def test_a_silent_broker_loses_nothing(run, monkeypatch, django_capture_on_commit_callbacks):
    def no_broker(pk):
        raise OperationalError("connection refused")

    monkeypatch.setattr(tasks.build_run, "delay", no_broker)
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        tasks.ring(tasks.build_run, run.pk)
    assert not finished(run)
    assert run in BuildRun.silent(NOW + Job.QUIET)
