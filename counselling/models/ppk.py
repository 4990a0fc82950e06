"""The Family Counselling Centre (परिवार परामर्श केन्द्र, PPK): referral, weekly sittings, outcome, return, relapse.

DG 38/2025 ¶3.viii, ¶4.i.k, ¶4.ii.c; outcomes as in the domain facts. It sits on the weekday of the rule, mostly Sunday; both
sides are called. Names are written onto the printed papers by hand: none is stored here.
"""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.models.entries import reasoned, words
from complaints.models.people import one_case
from counselling.models.followup import FollowUp
from counselling.models.hearing import Party
from counselling.models.safeguards import bars_settlement
from counselling.models.session import Session, SessionState
from kendras.models import SENTENCES, Entry, Placed, PlacedQuerySet, Rule, placed_indexes
from kendras.workflow import Move, Refused, telling

SENTENCES.update(
    {
        "ppkcase.refer": _("referred the case to the Family Counselling Centre"),
        "ppkcase.fix": _("fixed a sitting of the Family Counselling Centre"),
        "ppkcase.tell": _("told a party the date of the sitting"),
        "ppkcase.next_date": _("gave the next date at the Family Counselling Centre"),
        "ppkcase.settle": _("recorded the written settlement"),
        "ppkcase.fir": _("recorded that the centre recommends an FIR"),
        "ppkcase.court": _("recorded that the centre advises going to court"),
        "ppkcase.close": _("recorded that the centre has closed it otherwise"),
        "ppkcase.take_back": _("took the case back from the Family Counselling Centre"),
        "ppkcase.withdraw": _("called the case back before the centre had decided"),
        "ppkcase.relapse": _("recorded a relapse: it goes to the centre again"),
        "ppkcase.print": _("printed a paper of the Family Counselling Centre"),
    }
)


class PpkState(models.TextChoices):
    REFERRED = "referred", _("Referred, no sitting fixed yet")
    CALLED = "called", _("Sitting fixed")
    SETTLED = "settled", _("Settled in writing, followed up")
    DECIDED = "decided", _("Back from the centre")
    RETURNED = "returned", _("Taken back by the kendra")
    WITHDRAWN = "withdrawn", _("Called back")


class PpkOutcome(models.TextChoices):
    SETTLED = "settled", _("Settled in writing")
    FIR = "fir", _("FIR recommended")
    COURT = "court", _("Court advised")
    CLOSED = "closed", _("Closed otherwise")


#: the centre still has it
WITH_CENTRE = frozenset({PpkState.REFERRED, PpkState.CALLED})

#: no second referral of the same case beside these
OCCUPIED = WITH_CENTRE | {PpkState.SETTLED}


def next_sitting(day):
    """The first day from `day` on that is the weekday of the rule (1 Monday … 7 Sunday)."""
    weekday = (Rule.objects.amount("ppk_weekday") - 1) % 7
    return day + timedelta(days=(weekday - day.weekday()) % 7)


# --- guards and apply functions --------------------------------------------------------------------------------------


def _from_today(case, *, at, on=None, **_data):
    if on is None or on < timezone.localdate(at):
        raise Refused(gettext("Give the day of the sitting, today or later."))


def _fix(row, *, on, **_data):
    row.hearings.create(sits_on=on)
    row.sits_on = on
    return {"on": on.isoformat()}


def _some_party(row, *, party="", **_data):
    if party not in Party.values:
        raise Refused(gettext("Say who was told."))


def _tell(row, *, at, party, **_data):
    hearing = row.hearing
    if party != Party.OTHER:
        hearing.her_told_at = at
    if party != Party.HER:
        hearing.other_told_at = at
    hearing.save(update_fields=["her_told_at", "other_told_at"])
    return {"party": party}


def _sitting_is_over(row, *, at, her_present=None, other_present=None, text="", **_data):
    if timezone.localdate(at) < row.sits_on:
        raise Refused(gettext("The day of the sitting has not come yet."))
    if her_present is None or other_present is None:
        raise Refused(gettext("Say who was there."))
    words(text, 3, gettext("Write the result in a sentence."))


def _next_sitting(row, *, at, on=None, **data):
    _sitting_is_over(row, at=at, **data)
    if on is None or on <= timezone.localdate(at):
        raise Refused(gettext("Give the next date, after today."))


def _lawful_settlement(row, *, at, her_present=None, other_present=None, text="", **data):
    _sitting_is_over(row, at=at, her_present=her_present, other_present=other_present, text=text, **data)
    if not (her_present and other_present):
        raise Refused(gettext("A settlement needs both sides present. Give the next date."))
    if bars_settlement(row.case):
        raise Refused(gettext("In this case the law forbids a settlement: an FIR comes first."))
    words(text, 5, gettext("Write the terms of the settlement."))


def _hear(row, by, at, her_present, other_present, text):
    """Close the present sitting with who was there, and enter it in the case."""
    hearing = row.hearing
    hearing.her_present, hearing.other_present = her_present, other_present
    hearing.text, hearing.held_at, hearing.held_by = text, at, by
    hearing.save()
    row.sits_on = None
    return {"her": her_present, "other": other_present}


def _next_date(row, *, by, at, on, text, her_present, other_present, **_data):
    row.case.note_counselled(by=by, at=at, text=text, mandatory=False, next_on=on)
    details = _hear(row, by, at, her_present, other_present, text)
    return {**details, **_fix(row, on=on)}


def _ends(outcome):
    """The apply function of a sitting that ends with `outcome`."""

    def apply(row, *, by, at, text, her_present, other_present, **_data):
        row.case.note_counselled(by=by, at=at, text=text, mandatory=False)
        details = _hear(row, by, at, her_present, other_present, text)
        row.outcome, row.result, row.ended_at = outcome, text, at
        if outcome == PpkOutcome.SETTLED:
            row.settled_at = at
            FollowUp.objects.plan_for(row, at=at)
        return {**details, "outcome": outcome}

    return apply


def _what_follows(row, *, text="", **_data):
    words(text, 3, gettext("Write in a sentence what the kendra does now."))


def _take_back(row, *, by, at, text, **_data):
    row.case.note_counselled(by=by, at=at, text=text, mandatory=False)


def _why(row, *, reason, **_data):
    reasoned(reason)


def _withdraw(row, *, by, at, reason, **_data):
    row.case.note_counselled(by=by, at=at, text=reason, mandatory=False)
    row.sits_on, row.ended_at = None, at
    row.hearings.filter(held_at=None).delete()


def _relapsed(row, *, reason, **_data):
    reasoned(reason)
    others = PpkCase.objects.exclude(pk=row.pk).filter(state__in=OCCUPIED, **{row.case.CASE: row.case})
    if others.exists():
        raise Refused(gettext("The Family Counselling Centre has this case already."))


def _relapse(row, *, by, at, reason, **_data):
    row.case.note_counselled(by=by, at=at, text=reason, mandatory=False)
    row.relapsed_at, row.ended_at, row.outcome = at, None, ""
    row.relapses += 1
    row.follow_ups.all().drop(at)
    return {"times": row.relapses}


# --- the rows --------------------------------------------------------------------------------------------------------


class PpkQuerySet(PlacedQuerySet):
    def with_centre(self):
        return self.filter(state__in=WITH_CENTRE)

    def sitting(self, first, last):
        """Those whose sitting is fixed for a day from `first` to `last`."""
        return self.filter(state=PpkState.CALLED, sits_on__gte=first, sits_on__lte=last)

    def unattended(self, day):
        """Those whose sitting is past without an entry."""
        return self.filter(state=PpkState.CALLED, sits_on__lt=day)

    def refer(self, case, *, willing, reason, by, at, once=None):
        """Refer a complaint or FIR to the centre after first counselling; the same `once` gives back the first.

        willing: she has said that she wants to go there. Raises Refused where the law bars a settlement, where no session
        has been held, or where the centre has the case already, and NamesPerson.
        """
        with telling(case, by=by, at=at):
            made = self.filter(once=once).first() if once else None
            return made or self._refer(case, willing, reason, by, at, once)

    def _refer(self, case, willing, reason, by, at, once):
        if bars_settlement(case):
            raise Refused(gettext("In this case the law forbids a settlement: an FIR comes first."))
        if not _counselled_first(case):
            raise Refused(gettext("First-level counselling comes first: no session of this case has been held yet."))
        if not willing:
            raise Refused(gettext("She goes to the centre only where she is willing, and that is recorded here."))
        type(case)._base_manager.select_for_update().get(pk=case.pk)  # two at once would both find none
        if self.filter(state__in=OCCUPIED, **{case.CASE: case}).exists():
            raise Refused(gettext("The Family Counselling Centre has this case already."))
        words(reason, 3, gettext("Write in a sentence why the case is fit for the centre."))
        case.refuse_names(reason, by=by, at=at)
        row = self.create(
            thana=case.thana, reason=reason, willing=True, referred_by=by, referred_at=at, once=once, **{case.CASE: case}
        )  # fmt: skip
        Entry.objects.write(action="ppkcase.refer", by=by, at=at, subject=row, details={"willing": True})
        return row


def _counselled_first(case):
    mine = Q(**{case.CASE: case})
    if case.CASE == "fir" and case.complaint_id:
        mine |= Q(complaint=case.complaint_id)
    return Session.objects.filter(mine, state=SessionState.DONE).exists()


def _ending(name, label, outcome, target, guard=_sitting_is_over, **more):
    return Move(
        name, label, "counselling.ppk", frozenset({PpkState.CALLED}), target, guard=guard, apply=_ends(outcome), **more
    )


class PpkCase(Placed):
    """One case at the centre of its district."""

    GOES_WITH_CASE = ""

    complaint = models.ForeignKey("complaints.Complaint", models.PROTECT, null=True, related_name="ppk_cases")
    fir = models.ForeignKey("complaints.Fir", models.PROTECT, null=True, related_name="ppk_cases")
    willing = models.BooleanField(_("she is willing"), default=False)
    reason = models.CharField(_("why it is fit for the centre"), max_length=500)
    referred_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    referred_at = models.DateTimeField(_("referred"))
    sits_on = models.DateField(_("sitting"), null=True)
    outcome = models.CharField(_("outcome"), max_length=8, choices=PpkOutcome.choices, blank=True)
    result = models.CharField(_("result"), max_length=1000, blank=True)
    settled_at = models.DateTimeField(_("settled"), null=True)
    ended_at = models.DateTimeField(_("ended at the centre"), null=True)
    relapsed_at = models.DateTimeField(_("relapse"), null=True)
    relapses = models.PositiveSmallIntegerField(_("relapses"), default=0)
    state = models.CharField(_("state"), max_length=10, choices=PpkState.choices, default=PpkState.REFERRED)
    version = models.PositiveIntegerField(default=1)
    once = models.UUIDField(null=True, unique=True, editable=False)

    objects = PpkQuerySet.as_manager()

    _S = PpkState
    MOVES = {
        step.name: step
        for step in (
            Move(
                "fix", _("Fix the sitting"), "counselling.ppk", frozenset({_S.REFERRED}), _S.CALLED,
                guard=_from_today, apply=_fix, primary=True,
            ),
            Move(
                "tell", _("A party was told"), "counselling.plan", frozenset({_S.CALLED}), None,
                guard=_some_party, apply=_tell, primary=True,
            ),
            _ending(
                "settle", _("Settled in writing"), PpkOutcome.SETTLED, _S.SETTLED, _lawful_settlement,
                offered=lambda row, user: not bars_settlement(row.case),
            ),
            Move(
                "next_date", _("Next date"), "counselling.ppk", frozenset({_S.CALLED}), None,
                guard=_next_sitting, apply=_next_date,
            ),
            _ending("fir", _("FIR recommended"), PpkOutcome.FIR, _S.DECIDED),
            _ending("court", _("Court advised"), PpkOutcome.COURT, _S.DECIDED),
            _ending("close", _("Closed otherwise"), PpkOutcome.CLOSED, _S.DECIDED),
            Move(
                "take_back", _("Take it back to the kendra"), "counselling.hold", frozenset({_S.DECIDED}), _S.RETURNED,
                guard=_what_follows, apply=_take_back, primary=True,
            ),
            Move(
                "withdraw", _("Call the case back"), "counselling.hold", WITH_CENTRE, _S.WITHDRAWN,
                guard=_why, apply=_withdraw,
            ),
            Move(
                "relapse", _("Relapse"), "counselling.plan", frozenset({_S.SETTLED, _S.RETURNED}), _S.REFERRED,
                guard=_relapsed, apply=_relapse,
            ),
        )
    }  # fmt: skip

    class Meta:
        verbose_name = _("case at the Family Counselling Centre")
        verbose_name_plural = _("cases at the Family Counselling Centre")
        constraints = [
            one_case("ppk_one_case"),
            models.CheckConstraint(condition=Q(willing=True), name="ppk_only_where_willing"),
            models.UniqueConstraint(
                fields=["complaint"],
                condition=Q(state__in=["referred", "called", "settled"]),
                name="ppk_once_a_complaint",
            ),
            models.UniqueConstraint(
                fields=["fir"], condition=Q(state__in=["referred", "called", "settled"]), name="ppk_once_a_fir"
            ),
        ]
        indexes = [
            *placed_indexes("ppk", "referred_at"),
            models.Index(fields=["district", "sits_on"], condition=Q(state="called"), name="ppk_sitting_district"),
            models.Index(fields=["thana", "sits_on"], condition=Q(state="called"), name="ppk_sitting_thana"),
        ]

    def __str__(self):
        return self.letter_number

    def get_absolute_url(self):
        return reverse("counselling:ppk", args=[self.pk])

    @property
    def case(self):
        return self.fir or self.complaint

    @property
    def letter_number(self):
        """The number of the letter with which the case goes to the centre: PPK/123/2026."""
        return f"PPK/{self.pk}/{timezone.localtime(self.referred_at).year}"

    @property
    def hearing(self):
        """The sitting that is fixed and not over."""
        return self.hearings.filter(held_at=None).order_by("-pk").first()
