"""Is it alive, is it ready: for the container engine, the proxy and the person on call. No detail leaves the machine."""

import logging
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db import connection
from django.http import JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from config.celery import app
from kendras.jurisdiction import public
from kendras.tasks import BEAT_KEY

log = logging.getLogger(__name__)

#: beat sends a pulse each minute; longer than this without one means that beat or the worker stands still
BEAT_MAY_BE_OLD = timedelta(minutes=5)


@public
@never_cache
def live(request):
    """The process answers."""
    return JsonResponse({"status": "ok"})


@public
@never_cache
def ready(request):
    """Database, broker and the last beat, each "ok" or what is wrong in a word; 503 unless all are ok."""
    checks = {"database": _database, "broker": _broker, "beat": lambda: _beat(timezone.now())}
    found = {name: _asked(name, check) for name, check in checks.items()}
    well = set(found.values()) == {"ok"}
    return JsonResponse({"status": "ok" if well else "not ready", **found}, status=200 if well else 503)


def _asked(name, check):
    try:
        return check()
    except Exception as error:  # whatever it is that fails, the answer is "not ready"
        log.error("readiness: %s: %s", name, type(error).__name__)
        return "unreachable"


def _database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


def _broker():
    with app.connection_for_write() as broker:
        broker.ensure_connection(max_retries=1, interval_start=0, timeout=3)
    return "ok"


def _beat(at):
    pulse = cache.get(BEAT_KEY)
    if pulse is None:
        return "never"
    return "ok" if at - datetime.fromisoformat(pulse) <= BEAT_MAY_BE_OLD else "late"
