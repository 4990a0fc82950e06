"""Support in the demonstration: Agra's agencies, referrals at every stage, applications, what women were told."""

import uuid
from datetime import timedelta

from django.utils import timezone

from complaints.models import Complaint, Fir
from counselling.models import Agency, Compensation, Enlargement, Informed, Referral, SafetyPlan, Scheme, Told
from kendras.workflow import Refused, move

#: kind, Hindi and English name, phone, hours, places; phones are made up
_AGENCIES = (
    ("osc", "वन स्टॉप सेन्टर, आगरा", "One Stop Centre, Agra", "0562-2000101", "24 × 7", 5),
    ("dlsa", "जिला विधिक सेवा प्राधिकरण, आगरा", "DLSA, Agra", "0562-2000102", "10–17", None),
    ("dpo", "जिला प्रोबेशन अधिकारी, आगरा", "District Probation Officer, Agra", "0562-2000103", "10–17", None),
    ("dswo", "जिला समाज कल्याण अधिकारी, आगरा", "District Social Welfare Officer, Agra", "0562-2000104", "10–17", None),
    ("childline", "चाइल्डलाइन, आगरा", "Childline, Agra", "1098", "24 × 7", None),
    ("cwc", "बाल कल्याण समिति, आगरा", "Child Welfare Committee, Agra", "0562-2000105", "10–17", None),
    ("family_court", "कुटुम्ब न्यायालय, आगरा", "Family Court, Agra", "0562-2000106", "10–17", None),
    ("special_court", "विशेष न्यायालय (पॉक्सो), आगरा", "Special Court (POCSO), Agra", "0562-2000107", "10–17", None),
    ("ppk", "परिवार परामर्श केन्द्र, पुलिस लाइन", "Family Counselling Centre, Police Lines", "0562-2000108", "11–16", None),
    ("hospital", "जिला महिला चिकित्सालय", "District Women's Hospital", "0562-2000109", "24 × 7", 100),
    ("shelter", "राजकीय महिला शरणालय", "State shelter home for women", "0562-2000110", "24 × 7", 50),
)

_NEEDS = (
    ("osc", "shelter"), ("osc", "counselling"), ("dlsa", "legal"), ("dpo", "protection"), ("hospital", "medical"),
    ("shelter", "shelter"),
)  # fmt: skip

#: the steps a referral takes, with the days each lasts; it stops at a random one
_COURSES = (
    (),
    (("accept", 1),),
    (("accept", 2), ("begin", 3)),
    (("accept", 1), ("begin", 2), ("complete", 9)),
    (("decline", 2),),
)
_ANSWERS = {"complete": "helped", "decline": "full"}


def make_support(people, at, dice):
    """Store the demonstration's support through the real calls. `people`: {user name: User}."""
    Scheme.objects.load()
    keeper = people["divya"]
    centres = _agencies(keeper, at)
    for head in (people["asha"], people["bina"]):
        for complaint in Complaint.objects.under(head.acting.unit).open().order_by("-received_at")[:14]:
            _help(complaint, complaint.received_at, head, centres, at, dice)
        for fir in Fir.objects.under(head.acting.unit).order_by("-registered_at")[:8]:
            _help(fir, fir.registered_at, head, centres, at, dice)
            _apply(fir, head, at, dice)
    _capacity(centres["osc"], keeper, at)


def _once(dice):
    return uuid.UUID(int=dice.getrandbits(128), version=4)


def _agencies(keeper, at):
    found = {}
    for kind, name_hi, name_en, phone, hours, places in _AGENCIES:
        facts = {"kind": kind, "name_hi": name_hi, "name_en": name_en, "phone": phone, "hours": hours, "places": places}
        found[kind] = Agency.objects.add(keeper.acting.unit, by=keeper, at=at, **facts)
    return found


def _help(case, began, head, centres, at, dice):
    """One woman: referred, informed, told; a plan where there is danger."""
    person = case.people.filter(part__in=("complainant", "victim")).order_by("id").first()
    moment = began + timedelta(hours=2)
    if person is None or moment > at:
        return
    kind, need = dice.choice(_NEEDS)
    consent = "missing" if dice.random() < 0.12 else dice.choice(("written", "spoken"))
    referral = Referral.objects.refer(
        case, person, centres[kind], need=need, consent=consent, hands_over=["name", "phone"], by=head, at=moment,
        once=_once(dice), text="कृपया शीघ्र सहायता दें।",
    )  # fmt: skip
    if consent != "missing":
        _follow(referral, head, moment, at, dice)
    Informed.objects.give(
        case, person, topics=["lawyer", "helplines"], schemes=list(Scheme.objects.filter(code="one_stop_centre")),
        means="in_person", by=head, at=moment, once=_once(dice),
    )  # fmt: skip
    if dice.random() < 0.6:
        told = dice.choice((moment, at - (at - moment) / 2))
        Told.objects.tell(
            case, on=told, means="phone", reached=dice.random() < 0.85, text="बताया कि कार्यवाही चल रही है।", by=head, at=told,
            once=_once(dice),
        )  # fmt: skip
    if dice.random() < 0.3:
        SafetyPlan.objects.write(
            case, person, risk=dice.choice(("medium", "high")), signs=["threat", "drinks"], review_on=timezone.localdate(at),
            matter={"safe_place": "मौसी का घर", "code_word": "गुलाब"}, by=head, at=at, once=_once(dice),
        )  # fmt: skip


def _follow(referral, head, moment, at, dice):
    for name, days in dice.choice(_COURSES):
        moment += timedelta(days=days)
        if moment > at:
            return
        referral = move(referral, name, by=head, at=moment, answer=_ANSWERS.get(name, ""))


def _apply(fir, head, at, dice):
    """An application that has come as far as the dice say."""
    person, began = fir.people.filter(part="victim").first(), fir.registered_at + timedelta(days=1)
    if began > at or dice.random() < 0.3:
        return
    scheme = Scheme.objects.get(code=dice.choice(("rani_laxmi_bai", "victim_compensation", "victim_compensation")))
    row = Compensation.objects.start(fir, person, scheme, by=head, at=began, once=_once(dice))
    bank = {"holder": "", "bank": "", "account": f"3{dice.randrange(10**10):010d}", "ifsc": "SBIN0001234"}
    day = timezone.localdate(began)
    steps = (
        ("bank", 0, {"bank": bank}), ("papers", 1, {"papers": ["fir", "identity", "passbook"]}), ("apply", 4, {}),
        ("enquired", 30, {}), ("sanction", 40, {"amount": 300_000, "number": "12/2026"}), ("instalment", 50, {"amount": 75_000}),
    )  # fmt: skip
    for name, days, data in steps:
        on = day + timedelta(days=days)
        if on > timezone.localdate(at) or dice.random() < 0.15:
            return
        try:
            row = move(row, name, by=head, at=at, on=on, **data)
        except Refused:  # the scheme waits for the charge sheet
            return


def _capacity(centre, keeper, at):
    """Three assessments of the One Stop Centre, and the proposal that follows from them."""
    today = timezone.localdate(at)
    for months, used, away in ((6, 3, 0), (3, 5, 2), (0, 5, 6)):
        facts = {"on": today - timedelta(days=30 * months), "places": 5, "in_use": used, "turned_away": away}
        centre.assess(by=keeper, at=at, staff_short=1, findings="रात्रि में केवल एक कर्मी", **facts)
    Enlargement.objects.propose(
        centre,
        places=10,
        reason="पिछले माह छः महिलाओं को स्थान नहीं मिला",
        by=keeper,
        at=at,
        once=uuid.UUID(int=38, version=4),
    )
