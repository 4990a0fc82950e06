from celery import shared_task
from django.core.cache import cache
from django.utils import timezone

#: when a worker last carried out what beat had sent; /readyz reads it
BEAT_KEY = "beat"


@shared_task
def beat_pulse():
    """Note the moment (ISO, aware): beat, broker and a worker are all alive."""
    cache.set(BEAT_KEY, timezone.now().isoformat(), timeout=None)
