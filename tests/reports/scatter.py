"""Complaints thrown over the small state at random: for sums that must hold whatever the rows are."""

import random
import uuid
from datetime import datetime, timedelta

from complaints.models import Complaint, Nature, Outcome, Source, State
from kendras.models import Unit
from tests.world import INDIA, NOW


def scatter(world, n=300, *, seed=38, since=datetime(2025, 8, 1, tzinfo=INDIA)):
    """Store `n` complaints between `since` and NOW in all thanas: open, disposed of, called, re-opened."""
    dice = random.Random(seed)
    thanas, natures = list(Unit.objects.thanas()), list(Nature.objects.order_by("pk"))
    span = (NOW - since).total_seconds()
    rows = []
    for serial in range(1, n + 1):
        received = since + timedelta(seconds=dice.random() * span)
        rows.append(
            Complaint(
                thana=dice.choice(thanas), serial=serial, year=received.year, reference=f"{seed:03d}{serial:07d}",
                once=uuid.UUID(int=dice.getrandbits(128)), pin_token=0, received_at=received, registered_by=world.hema,
                source=dice.choice(Source.values), nature=dice.choice(natures), **_fate(dice, received),
            )
        )  # fmt: skip
    return Complaint.objects.bulk_create(rows)


def _fate(dice, received):
    fate = {"disposal_due_at": received + timedelta(days=10), "state": State.ENQUIRY}
    disposed = received + timedelta(days=dice.expovariate(1 / 12))
    if dice.random() < 0.15 or disposed > NOW:
        return fate
    fate |= {"disposed_at": disposed, "state": State.DISPOSED, "outcome": dice.choice(Outcome.values)}
    called = disposed + timedelta(days=dice.expovariate(1 / 3))
    if dice.random() < 0.7 and called <= NOW:
        fate |= {"feedback_at": called, "state": State.FED_BACK, "satisfied": dice.random() < 0.8}
    again = disposed + timedelta(days=dice.expovariate(1 / 20))
    if dice.random() < 0.1 and again <= NOW:
        fate |= {"disposed_at": None, "reopened_at": again, "reopened": 1, "state": State.ENQUIRY}
    return fate
