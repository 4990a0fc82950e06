"""Mandatory counselling of a case: when it became due, held, or waived (DG 38/2025 ¶3.ix, ¶4.i.l).

It is due in cases of elopement (IPC 363/366, BNS 137/87) and where a false accusation is suspected. It stands in the way
of closing a case and never in the way of an FIR (BNSS 173; Lalita Kumari).
"""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.models.deadline import Clock
from complaints.models.entries import reasoned, write_note
from complaints.models.note import Note
from kendras.models import SENTENCES, Entry, Rule
from kendras.workflow import Refused

SENTENCES.update(
    {
        "complaint.counselled": _("entered a counselling session in the case"),
        "fir.counselled": _("entered a counselling session in the case"),
    }
)


class Counselled(models.Model):
    """What a complaint and an FIR know of their counselling; the sessions themselves stand in `counselling`."""

    counselling_since = models.DateTimeField(_("mandatory counselling due since"), null=True)
    counselled_at = models.DateTimeField(_("mandatory counselling held"), null=True)
    counselling_waived_at = models.DateTimeField(_("mandatory counselling waived"), null=True)
    suspected_false = models.BooleanField(_("false accusation suspected"), default=False)

    class Meta:
        abstract = True

    @property
    def owes_counselling(self):
        """Whether mandatory counselling is due, and neither held nor waived."""
        return bool(self.counselling_since) and not (self.counselled_at or self.counselling_waived_at)

    def know_counselling(self, asked, at):
        """Say whether the head asks for counselling: it is due from the moment at which that is known (not saved)."""
        if asked or self.suspected_false:
            self.counselling_since = self.counselling_since or at
        else:
            self.counselling_since = None

    def start_counselling(self):
        """Start the clock of counselling that is owed, from when it became due (not saved)."""
        if self.owes_counselling:
            self.start_clock(Clock.COUNSELLING, self.counselling_since, Rule.objects.get(code=Clock.COUNSELLING))

    def note_counselled(self, *, by, at, text, mandatory, next_on=None):
        """Enter a session that was held, under the lock of the case; a mandatory one meets the clock.

        Raises NamesPerson for a text that names a person.
        """
        case = type(self)._base_manager.select_for_update().get(pk=self.pk)
        write_note(case, Note.Kind.COUNSELLING, by, at, text, next_on=next_on)
        if mandatory and case.owes_counselling:
            case.counselled_at = at
            case.meet_clock(Clock.COUNSELLING, at=at)
            case.refresh_due()
        case.version += 1
        case.save()
        Entry.objects.write(action=f"{case.CASE}.counselled", by=by, at=at, subject=case)

    def refuse_uncounselled(self):
        """Raise Refused where the case may not be closed yet for want of mandatory counselling."""
        if self.owes_counselling:
            raise Refused(
                gettext(
                    "Mandatory counselling is outstanding: hold it, or ask the circle officer for a reasoned waiver."
                )
            )


# --- guards and apply functions of both tables of moves --------------------------------------------------------------


def owing(case, *, reason, **_data):
    reasoned(reason)
    if not case.owes_counselling:
        raise Refused(gettext("No mandatory counselling is outstanding here."))


def waive(case, *, by, at, reason, **_data):
    write_note(case, Note.Kind.DECISION, by, at, reason)
    case.counselling_waived_at = at
    case.void_clocks(Clock.COUNSELLING, at=at)
    case.refresh_due()


def not_suspected_yet(case, *, reason, **_data):
    reasoned(reason)
    if case.suspected_false:
        raise Refused(gettext("The suspicion is recorded already."))


def suspect_false(case, *, by, at, reason, **_data):
    """The suspicion makes counselling due and changes nothing else: whether an FIR follows is decided as ever."""
    case.refuse_names(reason, by=by, at=at)
    case.suspected_false = True
    case.know_counselling(True, at)
    case.start_counselling()
    case.refresh_due()


def is_owing(case, user):
    return case.owes_counselling


def is_not_suspected(case, user):
    return not case.suspected_false
