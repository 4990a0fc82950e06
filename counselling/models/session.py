"""A counselling session of a case: planned, held or missed (DG 38/2025 ¶3.ix–x, ¶4.i.l, ¶4.ii.c, ¶4.iii).

What was said is sealed like an account; the result, which others read, names nobody. A session neither delays an FIR nor
takes its place, and she sits before the other side only where she is willing, and that is recorded.
"""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.figures import midnight
from complaints.models.entries import reasoned, words
from complaints.models.people import one_case
from counselling.models.counsellor import CounsellorKind
from counselling.models.entrustment import Entrustment, EntrustmentState
from counselling.models.safeguards import bars_settlement, never_together
from kendras import identity
from kendras.models import SENTENCES, Entry, Placed, PlacedQuerySet, Rule, placed_indexes
from kendras.workflow import Move, Refused, telling

SENTENCES.update(
    {
        "session.plan": _("planned a counselling session"),
        "session.complete": _("recorded the counselling session"),
        "session.miss": _("recorded that the session was missed"),
        "session.call_off": _("called the session off"),
        "session.read_said": _("read what was said in the session"),
    }
)


class SessionKind(models.TextChoices):
    FIRST = "first", _("First-level counselling")
    MANDATORY = "mandatory", _("Mandatory counselling")
    PSYCHOLOGIST = "psychologist", _("With a psychologist")


class Sides(models.TextChoices):
    HER = "her", _("She alone")
    OTHER = "other", _("The other side alone")
    APART = "apart", _("Both sides, one after the other")
    TOGETHER = "together", _("Both sides together")


class SessionState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    DONE = "done", _("Held")
    MISSED = "missed", _("Missed")
    CALLED_OFF = "called_off", _("Called off")


class SessionOutcome(models.TextChoices):
    ADVISED = "advised", _("Heard and advised")
    SETTLED = "settled", _("Settled between them")
    NEXT = "next", _("Next date")
    PPK = "ppk", _("Fit for the Family Counselling Centre")
    FIR = "fir", _("FIR recommended")
    SUPPORT = "support", _("Support or legal aid")
    PSYCHOLOGIST = "psychologist", _("Needs a psychologist")


#: outcomes that the law bars for some heads
SETTLING = frozenset({SessionOutcome.SETTLED, SessionOutcome.PPK})


class Finding(models.TextChoices):
    """What a mandatory session found out about the truth (DG 38/2025 ¶4.ii.c)."""

    OWN_WILL = "own_will", _("She went of her own will")
    TAKEN = "taken", _("She was taken, lured or forced")
    UNDER_18 = "under_18", _("She is under 18: her will does not matter before the law")
    HER_OWN = "her_own", _("The accusation is her own")
    FRONT = "front", _("Others have put her forward")
    UNCLEAR = "unclear", _("Still unclear")


class Absent(models.TextChoices):
    HER = "her", _("She")
    OTHER = "other", _("The other side")
    BOTH = "both", _("Both sides")
    COUNSELLOR = "counsellor", _("The counsellor")


# --- guards and apply functions --------------------------------------------------------------------------------------


def may_hold(session, user):
    """An entrusted session is the counsellor's while the case is with her; others are the kendra's."""
    trust = session.entrustment
    return not trust or trust.state != EntrustmentState.GIVEN or trust.counsellor.user_id == user.pk


def _its_counsellor(session, by):
    if not may_hold(session, by):
        raise Refused(gettext("This session is the counsellor's."), "right")


def _held_on_possible_moment(session, on, at):
    if on is None or on > at:
        raise Refused(gettext("Say when it was held; this lies in the future."))
    if timezone.localdate(on) < timezone.localdate(session.planned_for):
        raise Refused(gettext("It is planned for a later day: call it off and plan it anew."))


def _lawful_session(session, *, by, at, on=None, outcome="", finding="", result="", hers="", theirs="", private=None, next_for=None, **_data):  # fmt: skip
    _its_counsellor(session, by)
    _held_on_possible_moment(session, on, at)
    if private is None:
        raise Refused(gettext("Say whether privacy was kept."))
    if session.sides == Sides.TOGETHER and not session.willing:
        raise Refused(gettext("She is not brought before the other side unless her willingness is recorded."))
    _what_was_said(session, hers, theirs)
    words(result, 3, gettext("Write the result in a sentence."))
    _lawful_outcome(session, outcome, finding)
    _next_date(on, outcome == SessionOutcome.NEXT, next_for)


def _what_was_said(session, hers, theirs):
    if session.sides != Sides.OTHER:
        words(hers, 3, gettext("Write what she said."))
    if session.sides != Sides.HER:
        words(theirs, 3, gettext("Write what the other side said."))


def _lawful_outcome(session, outcome, finding):
    if outcome not in SessionOutcome.values:
        raise Refused(gettext("Choose an outcome."))
    if outcome in SETTLING and bars_settlement(session.case):
        raise Refused(
            gettext("The law does not allow “%(outcome)s” in this case.") % {"outcome": SessionOutcome(outcome).label}
        )
    if session.kind == SessionKind.MANDATORY and finding not in Finding.values:
        raise Refused(gettext("Say what was found out about the truth."))


def _next_date(on, needed, next_for):
    if needed and next_for is None:
        raise Refused(gettext("Give the next date."))
    if next_for and next_for <= on:
        raise Refused(gettext("The next date lies before this session."))


def _complete(session, *, by, at, on, outcome, result, private, finding="", hers="", theirs="", advice="", next_for=None, **_data):  # fmt: skip
    session.held_at, session.held_by, session.private = on, by, private
    session.outcome, session.finding, session.result = outcome, finding, result
    said = {"hers": hers, "theirs": theirs, "advice": advice}
    SessionAccount.objects.create(session=session, sealed=identity.seal({k: v for k, v in said.items() if v}))
    mandatory = session.kind == SessionKind.MANDATORY
    next_on = timezone.localdate(next_for) if next_for else None
    session.case.note_counselled(by=by, at=at, text=result, mandatory=mandatory, next_on=next_on)
    if outcome == SessionOutcome.PSYCHOLOGIST:
        Entrustment.objects.mark(session.case, task=result, by=by, at=at)
    return {"outcome": outcome, "on": on.isoformat(), "finding": finding, **_plan_next(session, next_for, by, at)}


def _lawful_miss(session, *, by, at, absent="", result="", next_for=None, **_data):
    _its_counsellor(session, by)
    if at < session.planned_for:
        raise Refused(gettext("Its hour has not come yet. Call it off instead."))
    if absent not in Absent.values:
        raise Refused(gettext("Say who did not come."))
    _next_date(at, False, next_for)


def _miss(session, *, by, at, absent, result="", next_for=None, **_data):
    session.case.refuse_names(result, by=by, at=at)
    session.absent, session.result, session.held_at = absent, result, at
    return {"absent": absent, **_plan_next(session, next_for, by, at)}


def _plan_next(session, next_for, by, at):
    """The next session of the same kind, with the same people, on the next date."""
    if next_for is None:
        return {}
    longest = Rule.objects.get(code="counselling_next").due(session.held_at)
    session.long_gap = timezone.localdate(next_for) > timezone.localdate(longest)
    trust = session.entrustment if session.entrustment and session.entrustment.state == EntrustmentState.GIVEN else None
    following = Session.objects.plan(
        session.case, kind=session.kind, sides=session.sides, planned_for=next_for, willing=session.willing,
        entrustment=trust, by=by, at=at,
    )  # fmt: skip
    return {"next": following.pk}


def _why(session, *, reason, **_data):
    reasoned(reason)


def _call_off(session, *, by, at, reason, **_data):
    session.case.refuse_names(reason, by=by, at=at)
    session.held_at = at


# --- the rows --------------------------------------------------------------------------------------------------------


class SessionQuerySet(PlacedQuerySet):
    def planned(self):
        return self.filter(state=SessionState.PLANNED)

    def due(self, at):
        """Planned for today, or for a day that has passed without an entry."""
        tomorrow = midnight(timezone.localdate(at) + timedelta(days=1))
        return self.planned().filter(planned_for__lt=tomorrow)

    def openable_by(self, user, day):
        """What the user's charge covers, and the sessions of cases entrusted to her. For one row, not for lists."""
        given = Entrustment.objects.given_to(user, day)
        return self.visible_to(user) | self.filter(entrustment__in=given.values("pk"))

    def plan(self, case, *, kind, sides, planned_for, by, at, willing=False, entrustment=None, once=None):
        """Plan a session of a complaint or FIR; the same `once` gives back the first result.

        willing: she has said that she is ready to sit before the other side. Raises Refused for what the safeguards forbid.
        """
        with telling(case, by=by, at=at):
            made = self.filter(once=once).first() if once else None
            return made or self._plan(case, kind, sides, planned_for, willing, entrustment, once, by, at)

    def _plan(self, case, kind, sides, planned_for, willing, entrustment, once, by, at):
        if timezone.localdate(planned_for) < timezone.localdate(at):
            raise Refused(gettext("Plan it for today or a later day."))
        _lawful_kind(case, kind, entrustment)
        if sides == Sides.TOGETHER:
            _lawful_meeting(case, willing)
        session = self.create(
            thana=case.thana, kind=kind, sides=sides, planned_for=planned_for, entrustment=entrustment, once=once,
            willing=willing and sides == Sides.TOGETHER, planned_by=by, planned_at=at, **{case.CASE: case},
        )  # fmt: skip
        details = {"kind": kind, "sides": sides, "for": planned_for.isoformat(), "willing": session.willing}
        Entry.objects.write(action="session.plan", by=by, at=at, subject=session, details=details)
        return session


def _lawful_kind(case, kind, entrustment):
    if kind == SessionKind.MANDATORY and not case.counselling_since:
        raise Refused(gettext("Mandatory counselling is for elopement and where a false accusation is suspected."))
    psychologist = bool(entrustment) and entrustment.kind == CounsellorKind.PSYCHOLOGIST
    if (kind == SessionKind.PSYCHOLOGIST) != psychologist:
        raise Refused(gettext("With a psychologist only where the case is entrusted to one."))
    if entrustment and (entrustment.case != case or entrustment.state != EntrustmentState.GIVEN):
        raise Refused(gettext("The case is not with this counsellor."))


def _lawful_meeting(case, willing):
    if never_together(case):
        raise Refused(gettext("In this case the law does not let her be brought before the accused. Hear them apart."))
    if not willing:
        raise Refused(gettext("Both together only where she is willing, and that is recorded here."))


class Session(Placed):
    """One session, planned or over. People stand under the pseudonyms of the case."""

    GOES_WITH_CASE = ""

    complaint = models.ForeignKey("complaints.Complaint", models.PROTECT, null=True, related_name="sessions")
    fir = models.ForeignKey("complaints.Fir", models.PROTECT, null=True, related_name="sessions")
    entrustment = models.ForeignKey(Entrustment, models.PROTECT, null=True, related_name="sessions")
    kind = models.CharField(_("kind"), max_length=12, choices=SessionKind.choices)
    sides = models.CharField(_("with whom"), max_length=8, choices=Sides.choices)
    willing = models.BooleanField(_("she is willing to sit before the other side"), default=False)
    planned_for = models.DateTimeField(_("date and hour"))
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    planned_at = models.DateTimeField()
    held_at = models.DateTimeField(_("held"), null=True)
    held_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    private = models.BooleanField(_("privacy kept"), null=True)
    outcome = models.CharField(_("outcome"), max_length=12, choices=SessionOutcome.choices, blank=True)
    finding = models.CharField(_("what was found out"), max_length=10, choices=Finding.choices, blank=True)
    absent = models.CharField(_("who did not come"), max_length=10, choices=Absent.choices, blank=True)
    result = models.CharField(_("result"), max_length=500, blank=True)
    long_gap = models.BooleanField(_("next date too far"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=SessionState.choices, default=SessionState.PLANNED)
    version = models.PositiveIntegerField(default=1)
    once = models.UUIDField(null=True, unique=True, editable=False)

    objects = SessionQuerySet.as_manager()

    MOVES = {
        step.name: step
        for step in (
            Move(
                "complete", _("Record the session"), "counselling.hold", frozenset({SessionState.PLANNED}),
                SessionState.DONE, guard=_lawful_session, apply=_complete, offered=may_hold, primary=True,
            ),
            Move(
                "miss", _("Somebody did not come"), "counselling.hold", frozenset({SessionState.PLANNED}),
                SessionState.MISSED, guard=_lawful_miss, apply=_miss, offered=may_hold,
            ),
            Move(
                "call_off", _("Call off"), "counselling.plan", frozenset({SessionState.PLANNED}),
                SessionState.CALLED_OFF, guard=_why, apply=_call_off,
            ),
        )
    }  # fmt: skip

    class Meta:
        verbose_name = _("counselling session")
        verbose_name_plural = _("counselling sessions")
        constraints = [
            one_case("session_one_case"),
            models.CheckConstraint(
                condition=~Q(sides="together") | Q(willing=True), name="session_together_only_where_willing"
            ),
        ]
        indexes = [
            *placed_indexes("session", "planned_for"),
            models.Index(fields=["thana", "planned_for"], condition=Q(state="planned"), name="session_planned"),
            models.Index(fields=["held_at", "thana"], name="session_held"),
        ]

    def __str__(self):
        return self.get_kind_display()

    def get_absolute_url(self):
        return reverse("counselling:session", args=[self.pk])

    @property
    def case(self):
        return self.fir or self.complaint

    @property
    def opened_through(self):
        """The row whose named exception opens this one too (kendras.jurisdiction)."""
        return self.entrustment

    def may_read_said(self, user, at):
        """Those who handle the case, and the counsellor who wrote it while the case is with her."""
        handles = self.case.may_read_identity(user, at) is identity.Reading.HANDLES
        own = self.held_by_id == user.pk and user.has_perm("counselling.hold", self)
        return self.state == SessionState.DONE and (handles or own)

    def read_said(self, *, by, at):
        """What was said, {hers, theirs, advice}; each reading is on the trail. Raises Refused for anyone else."""
        if not self.may_read_said(by, at):
            raise Refused(gettext("What was said is read by those who handle the case."), "right")
        with telling(self, by=by, at=at):
            Entry.objects.write(action="session.read_said", by=by, at=at, subject=self)
            return identity.unseal(self.account.sealed)


class SessionAccount(models.Model):
    """What was said in a session, sealed. The sealed dict: hers, theirs, advice."""

    session = models.OneToOneField(Session, models.CASCADE, primary_key=True, related_name="account")
    sealed = models.BinaryField()

    class Meta:
        verbose_name = _("account of a session")
        verbose_name_plural = _("accounts of sessions")
