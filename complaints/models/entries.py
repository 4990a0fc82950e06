"""What is written into a complaint or an FIR at any time: follow-up, direction from above and its compliance.

Guards and apply functions of moves; both tables of moves use them. `case` is a `CaseFile` with clocks.
"""

from django.utils import timezone
from django.utils.translation import gettext

from complaints.models.deadline import Clock
from complaints.models.note import Note
from kendras.models import Rule
from kendras.workflow import Refused


def words(text, least, message):
    """Raise Refused with `message` unless the text has at least `least` words."""
    if len((text or "").split()) < least:
        raise Refused(message)


def reasoned(text):
    words(text, 3, gettext("Write the reasons in a sentence."))


def write_note(case, kind, by, at, text, **more):
    """One entry that names nobody, in the charge of its writer. Raises NamesPerson."""
    case.refuse_names(text, by=by, at=at)
    return case.notes.create(kind=kind, by=by, at=at, role=by.acting.role if by.acting else "", text=text, **more)


def next_date_ahead(case, *, at, text, next_on=None, answers=None, **_data):
    words(text, 2, gettext("Write what was done or is to be done."))
    if next_on and next_on < timezone.localdate(at):
        raise Refused(gettext("The next date lies in the past."))
    if answers and not case.notes.filter(pk=answers.pk, kind=Note.Kind.DIRECTION).exists():
        raise Refused(gettext("That direction belongs to another case."))
    if answers and Note.objects.filter(answers=answers).exists():
        raise Refused(gettext("That direction has been answered already."))


def follow_up(case, *, by, at, text, kind=Note.Kind.FOLLOW_UP, next_on=None, answers=None, **_data):
    kind = Note.Kind.COMPLIANCE if answers else kind
    write_note(case, kind, by, at, text, next_on=next_on, answers=answers)
    case.meet_clock(Clock.FOLLOW_UP, at=at)
    if answers:
        case.deadlines.running().filter(clock=Clock.DIRECTION, started_at=answers.at).update(met_at=at)
    if next_on:
        case.start_clock_until(Clock.FOLLOW_UP, at, next_on, Rule.objects.get(code=Clock.FOLLOW_UP))
    case.refresh_due()
    return {"next_on": next_on.isoformat() if next_on else ""}


def direction_date(case, *, at, text, next_on, **_data):
    words(text, 3, gettext("Write the direction in a sentence."))
    if not next_on or next_on < timezone.localdate(at):
        raise Refused(gettext("Give a date, today or later, by which it is to be done."))


def direct(case, *, by, at, text, next_on, **_data):
    write_note(case, Note.Kind.DIRECTION, by, at, text, next_on=next_on)
    case.start_clock_until(Clock.DIRECTION, at, next_on, Rule.objects.get(code=Clock.DIRECTION))
    case.refresh_due()
    return {"by_date": next_on.isoformat()}
