"""Celery: fetch by id, one call. The job rows in the database are the truth; a message only rings the bell."""

import logging

from celery import shared_task
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from reports.ledger import month_of, shift
from reports.models import BuildRun, PrintJob
from reports.paper import print_meeting

log = logging.getLogger(__name__)


def ring(task, pk):
    """Send a task with an id after the transaction. Where the broker does not answer, the sweeper rings again."""

    def send():
        try:
            task.delay(pk)
        except OperationalError:
            log.warning("the broker does not answer; %s %s waits for the sweeper", task.name, pk)

    transaction.on_commit(send)


@shared_task
def build_months():
    """On the 1st at 00:30: build all reports of the month that has just ended."""
    at = timezone.now()
    run, _made = BuildRun.objects.ask(shift(month_of(at), -1), by=None, at=at)
    ring(build_run, run.pk)


@shared_task
def build_run(pk):
    """Carry a run on from where it stands, part by part."""
    run = BuildRun.objects.claim(pk, at=timezone.now())
    if run is None:
        return
    try:
        while run.build_next(at=timezone.now()):
            pass
    except Exception as error:
        log.exception("building run %s", pk)
        run.stumble(error, timezone.now())


@shared_task
def build_print(pk):
    """Print one paper."""
    job = PrintJob.objects.claim(pk, at=timezone.now())
    if job is None:
        return
    try:
        job.finish(print_meeting(job, timezone.now()), at=timezone.now())
    except Exception as error:
        log.exception("print job %s", pk)
        job.stumble(error, timezone.now())


@shared_task
def sweep():
    """Each minute: ring again for unfinished work that gives no sign of life."""
    at = timezone.now()
    for model, task in ((BuildRun, build_run), (PrintJob, build_print)):
        for job in model.silent(at):
            job.beat(at, state=model.State.WAITING)
            ring(task, job.pk)
