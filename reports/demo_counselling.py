"""Counselling in the demonstration: sessions held, missed and to come, counsellors, the Family Counselling Centre.

Everything goes through the real calls, as in reports.demo.
"""

from datetime import timedelta

from django.utils import timezone

from complaints.figures import midnight
from complaints.models import Complaint, Fir
from counselling.models import (
    Counsellor,
    CounsellorKind,
    Entrustment,
    PpkCase,
    PpkState,
    Session,
    bars_settlement,
    never_together,
    next_sitting,
)
from kendras.workflow import move

_DAY = timedelta(days=1)
_SAID = {
    "hers": "उसने बताया कि घर में प्रतिदिन झगड़ा होता है और वह परेशान है।",
    "theirs": "उसने कहा कि आगे से झगड़ा नहीं करेगा।",
    "advice": "धैर्य रखने, हेल्पलाइन 181 और विधिक सहायता की जानकारी दी गयी।",
}
_RESULTS = (
    "दोनों पक्षों को सुना और समझाया गया।",
    "पीड़िता को उसके विधिक अधिकार बताये गये।",
    "एक पक्ष ने विचार के लिए समय माँगा।",
)
_FIT = "पति-पत्नी का विवाद है, दोनों साथ रहना चाहते हैं।"
_TERMS = "दोनों पक्ष साथ रहेंगे, मारपीट नहीं होगी, खर्च समय से दिया जायेगा।"


def hold_mandatory(case, by, at):
    """The mandatory session of a case, planned and held at one moment."""
    session = Session.objects.plan(case, kind="mandatory", sides="her", planned_for=at, by=by, at=at)
    _held(session, by, at, outcome="advised", finding="own_will")


def _held(session, by, at, **more):
    said = dict(_SAID) if session.sides == "apart" else {"hers": _SAID["hers"], "advice": _SAID["advice"]}
    return move(session, "complete", by=by, at=at, on=at, private=True, **{"result": _RESULTS[0], **said, **more})


def counsel(people, at, dice):
    """Counselling of the kendras of the demonstration, by their in-charges and the nominated counsellors."""
    for key, kind in (("gita", CounsellorKind.COUNSELLOR), ("gauri", CounsellorKind.PSYCHOLOGIST)):
        Counsellor.objects.nominate(
            people[key], kind=kind, order_number="DEMO/3", by=people["divya"], at=at, qualification="एम.एस.डब्ल्यू."
        )
    for key in ("asha", "bina", "neetu", "kanta"):
        head = people[key]
        for fir in Fir.objects.under(head.acting.unit).filter(counselling_since__isnull=False).order_by("pk"):
            if fir.registered_at < at - 4 * _DAY and dice.random() < 0.6:
                hold_mandatory(fir, head, fir.registered_at + 3 * _DAY)
        _first_level(head, at, dice)
        _to_the_centre(head, at, dice)
    _entrust(people, at)
    _two_of_today(people["asha"], at)


def _two_of_today(head, at):
    """Two cases of Hari Parvat, whatever the dice have said: one settles today, one goes to the centre next Sunday."""
    taken = PpkCase.objects.filter(complaint__isnull=False).values("complaint")
    rows = Complaint.objects.under(head.acting.unit).open().exclude(pk__in=taken).select_related("nature")
    fit = [complaint for complaint in rows.order_by("-pk") if not bars_settlement(complaint)][:2]
    today = timezone.localdate(at)
    for complaint, on in zip(fit, (today, next_sitting(today + _DAY)), strict=True):
        session = Session.objects.plan(complaint, kind="first", sides="apart", planned_for=at, by=head, at=at)
        _held(session, head, at, outcome="ppk")
        row = PpkCase.objects.refer(complaint, willing=True, reason=_FIT, by=head, at=at)
        row = move(row, "fix", by=head, at=at, on=on)
        row = move(row, "tell", by=head, at=at, party="her")
        if on == today:
            move(row, "settle", by=head, at=at, text=_TERMS, her_present=True, other_present=True)


def _first_level(head, at, dice):
    """First-level sessions a few days after receipt, some of them missed, some still to come."""
    rows = Complaint.objects.under(head.acting.unit).filter(disposed_at=None) | Complaint.objects.under(
        head.acting.unit
    ).filter(outcome__in=("counselling", "ppk"))
    for complaint in rows.select_related("nature").order_by("pk"):
        when = timezone.localtime(complaint.received_at + dice.randint(1, 4) * _DAY).replace(
            hour=11, minute=0, second=0
        )
        sides = "her" if never_together(complaint) else "apart"
        if dice.random() < 0.5:
            continue
        planned = min(when, at)
        session = Session.objects.plan(complaint, kind="first", sides=sides, planned_for=when, by=head, at=planned)
        if when > at or dice.random() < 0.08:
            continue
        if dice.random() < 0.12:
            move(session, "miss", by=head, at=when, absent="other", next_for=max(when + 6 * _DAY, at + _DAY))
        elif dice.random() < 0.25:
            _held(session, head, when, outcome="next", result=_RESULTS[2], next_for=max(when + 8 * _DAY, at + 2 * _DAY))
        else:
            _held(session, head, when, outcome="advised", result=_RESULTS[1])


def _to_the_centre(head, at, dice):
    """Fit cases go to the centre; those whose Sunday has passed have an outcome."""
    done = Session.objects.under(head.acting.unit).filter(state="done", complaint__isnull=False)
    for session in done.select_related("complaint__nature").order_by("held_at")[:40]:
        complaint, moment = session.complaint, session.held_at + _DAY
        taken = PpkCase.objects.filter(complaint=complaint).exists()
        if moment > at or taken or bars_settlement(complaint) or dice.random() < 0.4:
            continue
        row = PpkCase.objects.refer(complaint, willing=True, reason=_FIT, by=head, at=moment)
        if dice.random() < 0.1:
            continue
        row = move(row, "fix", by=head, at=moment, on=next_sitting(timezone.localdate(moment + _DAY)))
        row = move(row, "tell", by=head, at=moment, party=dice.choice(("both", "her")))
        _sit(row, head, at, dice)


def _sit(row, head, at, dice):
    sat = midnight(row.sits_on) + timedelta(hours=12)
    if sat > at:
        return
    present = {"her_present": True, "other_present": True}
    roll = dice.random()
    if roll < 0.2:
        absent = {"her_present": True, "other_present": False}
        on = next_sitting(max(row.sits_on, timezone.localdate(at)) + _DAY)
        move(row, "next_date", by=head, at=sat, on=on, text="दूसरा पक्ष उपस्थित नहीं हुआ।", **absent)
    elif roll < 0.75:
        _follow(move(row, "settle", by=head, at=sat, text=_TERMS, **present), head, at, dice)
    else:
        move(row, dice.choice(("fir", "court", "close")), by=head, at=sat, text="केन्द्र में सहमति नहीं बनी।", **present)


def _follow(row, head, at, dice):
    for call in row.follow_ups.due(timezone.localdate(at)).order_by("due_on"):
        if dice.random() < 0.7 and row.state == PpkState.SETTLED:
            result = "relapse" if dice.random() < 0.1 else "well"
            text = "महिला ने बताया कि सब ठीक है।" if result == "well" else "महिला ने बताया कि फिर झगड़ा हुआ।"
            moment = midnight(call.due_on) + timedelta(hours=13)
            move(call, "record", by=head, at=min(moment, at), result=result, text=text)
            row.refresh_from_db()


def _entrust(people, at):
    """Cases with the counsellor, and one marked for a psychologist, at Hari Parvat."""
    asha = people["asha"]
    counsellor = Counsellor.objects.get(user=people["gita"])
    until = timezone.localdate(at + 30 * _DAY)
    open_cases = Complaint.objects.under(asha.acting.unit).open().select_related("nature").order_by("-pk")
    for complaint in open_cases[:3]:
        task = "पीड़िता से एकान्त में परामर्श करें और आख्या दें।"
        row = Entrustment.objects.entrust(complaint, counsellor, until=until, task=task, by=asha, at=at)
        Session.objects.plan(
            complaint, kind="first", sides="her", planned_for=at + 2 * _DAY, entrustment=row, by=asha, at=at
        )
    fir = Fir.objects.under(asha.acting.unit).order_by("-pk").first()
    Entrustment.objects.mark(fir, task="पीड़िता बहुत डरी हुई है, मनोवैज्ञानिक की सहायता चाहिए।", by=asha, at=at)
