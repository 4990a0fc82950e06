"""Agencies, referrals and applications for the tests of support, made through the real calls."""

import uuid

from counselling.models import Agency, Compensation, Referral, Scheme
from tests.world import NOW


def agency(world, kind="osc", name="OSC Agra", district=None, **more):
    """An agency in the directory of Agra, with Hindi name «वन स्टॉप सेन्टर»."""
    facts = {
        "kind": kind,
        "name_en": name,
        "name_hi": more.pop("name_hi", "वन स्टॉप सेन्टर"),
        "phone": "0562222222",
        **more,
    }
    return Agency.objects.add(district or world.agra, by=world.divya, at=NOW, **facts)


def refer(
    world,
    case=None,
    to=None,
    *,
    by=None,
    at=NOW,
    consent="written",
    need="shelter",
    hands_over=("name", "phone"),
    **more,
):
    """A referral of the first woman of a case; by default of Hema's complaint to the One Stop Centre."""
    case = case or world.complaint(at=at)
    to = to or Agency.objects.filter(kind="osc").first() or agency(world)
    return Referral.objects.refer(
        case, case.people.order_by("id").first(), to,
        need=need, consent=consent, hands_over=list(hands_over), by=by or world.hema, at=at, once=uuid.uuid4(), **more,
    )  # fmt: skip


def apply(world, case=None, *, scheme="victim_compensation", by=None, at=NOW):
    """An application for compensation; by default in an FIR of Hari Parvat."""
    Scheme.objects.load()
    case = case or world.fir(at=at)
    person = case.people.order_by("id").first()
    return Compensation.objects.start(
        case, person, Scheme.objects.get(code=scheme), by=by or world.asha, at=at, once=uuid.uuid4()
    )
