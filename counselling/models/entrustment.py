"""One case entrusted to a counsellor until a date, and cases marked for a psychologist (DG 38/2025 ¶1.1.v, ¶5.i.k).

The counsellor sees by django-guardian's direct table just what is entrusted, under pseudonyms, and nothing after the date.
"""

from django.conf import settings
from django.contrib.auth.models import Permission
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from guardian.models import UserObjectPermissionBase

from complaints.models.entries import reasoned, words
from complaints.models.people import one_case
from counselling.models.counsellor import Counsellor, CounsellorKind
from kendras.models import SENTENCES, Entry, Placed, PlacedQuerySet, Rule, placed_indexes
from kendras.workflow import Move, Refused, telling

SENTENCES.update(
    {
        "entrustment.mark": _("marked the case for a psychologist"),
        "entrustment.entrust": _("entrusted the case to a counsellor"),
        "entrustment.arrange": _("arranged the psychologist"),
        "entrustment.give_back": _("gave the case back with a report"),
        "entrustment.prolong": _("prolonged the time of the counsellor"),
        "entrustment.withdraw": _("took the case back from the counsellor"),
        "entrustment.lapse": _("took the case back: the counsellor serves here no more"),
    }
)


class EntrustmentState(models.TextChoices):
    MARKED = "marked", _("Marked for a psychologist")
    GIVEN = "given", _("With the counsellor")
    RETURNED = "returned", _("Given back")
    WITHDRAWN = "withdrawn", _("Taken back")


# --- guards and apply functions --------------------------------------------------------------------------------------


def possible_until(until, at):
    """Raise Refused for a last day in the past or beyond the months of the rule."""
    most = Rule.objects.get(code="entrust_longest").due(at)
    if until is None or not timezone.localdate(at) <= until <= timezone.localdate(most):
        raise Refused(
            gettext("Give a day from today up to %(most)s.") % {"most": f"{timezone.localtime(most):%d-%m-%Y}"}
        )


def _a_psychologist(row, *, at, counsellor=None, until=None, **_data):
    _serving_here(row, counsellor)
    if counsellor.kind != CounsellorKind.PSYCHOLOGIST:
        raise Refused(gettext("Choose a professional psychologist."))
    possible_until(until, at)


def _serving_here(row, counsellor):
    serving = Counsellor.objects.serving(row.case.district_id)
    if counsellor is None or not serving.filter(pk=counsellor.pk).exists():
        raise Refused(gettext("Choose a counsellor nominated in this district."))


def _arrange(row, *, by, at, counsellor, until, **_data):
    row.give(counsellor, until, by=by, at=at)
    return {"counsellor": counsellor.user_id, "until": until.isoformat()}


def _its_counsellor(row, *, by, reason, **_data):
    if row.counsellor.user_id != by.pk:
        raise Refused(gettext("Only the counsellor gives the case back."), "right")
    words(reason, 5, gettext("Write the report in a few sentences."))


def _give_back(row, *, by, at, reason, **_data):
    row.case.refuse_names(reason, by=by, at=at)
    row.report = reason
    row.end(at)


def _later_day(row, *, at, until=None, reason="", **_data):
    reasoned(reason)
    possible_until(until, at)


def _prolong(row, *, by, at, until, reason, **_data):
    row.case.refuse_names(reason, by=by, at=at)
    row.until = until
    row.open_to_counsellor()
    return {"until": until.isoformat()}


def _why(row, *, reason, **_data):
    reasoned(reason)


def _withdraw(row, *, by, at, reason, **_data):
    row.case.refuse_names(reason, by=by, at=at)
    row.end(at)


# --- the rows --------------------------------------------------------------------------------------------------------


class EntrustmentQuerySet(PlacedQuerySet):
    def given(self):
        return self.filter(state=EntrustmentState.GIVEN)

    def over(self, day):
        """With a counsellor although the last day has passed: to be taken back or prolonged."""
        return self.given().filter(until__lt=day)

    def given_to(self, user, day):
        """What is entrusted to `user` and open to her on `day`; nothing after its last day."""
        if not user.may_be_let_in:
            return self.none()
        grants = EntrustmentGrant.objects.filter(user=user, until__gte=day, permission__codename="hold")
        return self.given().filter(pk__in=grants.values("content_object_id"))

    def openable_by(self, user, day):
        """What the user's charge covers and what is entrusted to her. For one row, not for lists."""
        return self.visible_to(user) | self.given_to(user, day)

    def mark(self, case, *, task, by, at):
        """Mark a case for a professional psychologist; one that is marked or with one already is left alone.

        Raises NamesPerson for a task that names a person.
        """
        with telling(case, by=by, at=at):
            open_states = (EntrustmentState.MARKED, EntrustmentState.GIVEN)
            found = self.filter(kind=CounsellorKind.PSYCHOLOGIST, state__in=open_states, **{case.CASE: case}).first()
            return found or self._make(case, CounsellorKind.PSYCHOLOGIST, task, "mark", by, at)

    def entrust(self, case, counsellor, *, until, task, by, at):
        """Open a case to a nominated counsellor of its district until the end of a day.

        Raises Refused for a counsellor who does not serve there, has the case, or a day the rule does not allow, and
        NamesPerson.
        """
        with telling(case, by=by, at=at):
            possible_until(until, at)
            type(case)._base_manager.select_for_update().get(pk=case.pk)  # two at once would both find none
            if self.given().filter(counsellor=counsellor, **{case.CASE: case}).exists():
                raise Refused(gettext("The case is with this counsellor already."))
            _serving_here(self.model(**{case.CASE: case}), counsellor)
            row = self._make(case, counsellor.kind, task, "entrust", by, at, state=EntrustmentState.GIVEN)
            row.give(counsellor, until, by=by, at=at)
            row.save()
            return row

    def _make(self, case, kind, task, action, by, at, **more):
        words(task, 3, gettext("Write in a sentence what is asked."))
        case.refuse_names(task, by=by, at=at)
        row = self.create(thana=case.thana, kind=kind, task=task, asked_by=by, asked_at=at, **{case.CASE: case}, **more)
        Entry.objects.write(action=f"entrustment.{action}", by=by, at=at, subject=row, details={"kind": kind})
        return row


class Entrustment(Placed):
    """One case with, or marked for, a counsellor."""

    GOES_WITH_CASE = ""

    complaint = models.ForeignKey("complaints.Complaint", models.PROTECT, null=True, related_name="entrustments")
    fir = models.ForeignKey("complaints.Fir", models.PROTECT, null=True, related_name="entrustments")
    kind = models.CharField(_("kind"), max_length=12, choices=CounsellorKind.choices)
    counsellor = models.ForeignKey(Counsellor, models.PROTECT, null=True, related_name="entrustments")
    task = models.CharField(_("what is asked"), max_length=500)
    until = models.DateField(_("up to and including"), null=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField(_("asked"))
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    given_at = models.DateTimeField(_("entrusted"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)
    report = models.CharField(_("report"), max_length=500, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=EntrustmentState.choices, default=EntrustmentState.MARKED
    )
    version = models.PositiveIntegerField(default=1)

    objects = EntrustmentQuerySet.as_manager()

    _S = EntrustmentState
    MOVES = {
        step.name: step
        for step in (
            Move(
                "arrange", _("Arrange the psychologist"), "counselling.arrange", frozenset({_S.MARKED}), _S.GIVEN,
                guard=_a_psychologist, apply=_arrange, primary=True,
            ),
            Move(
                "give_back", _("Give the case back"), "counselling.hold", frozenset({_S.GIVEN}), _S.RETURNED,
                guard=_its_counsellor, apply=_give_back,
                offered=lambda row, user: row.counsellor.user_id == user.pk,
            ),
            Move(
                "prolong", _("Prolong"), "counselling.entrust", frozenset({_S.GIVEN}), None,
                guard=_later_day, apply=_prolong,
            ),
            Move(
                "withdraw", _("Take the case back"), "counselling.entrust", frozenset({_S.MARKED, _S.GIVEN}), _S.WITHDRAWN,
                guard=_why, apply=_withdraw,
            ),
        )
    }  # fmt: skip

    class Meta:
        default_permissions = ()
        permissions = [("hold", "May counsel in one case by name")]
        verbose_name = _("case with a counsellor")
        verbose_name_plural = _("cases with counsellors")
        constraints = [
            one_case("entrustment_one_case"),
            models.UniqueConstraint(
                fields=["complaint", "counsellor"], condition=Q(state="given"), name="entrustment_once_a_complaint"
            ),
            models.UniqueConstraint(
                fields=["fir", "counsellor"], condition=Q(state="given"), name="entrustment_once_a_fir"
            ),
        ]
        indexes = [
            *placed_indexes("entrustment", "asked_at"),
            models.Index(fields=["district", "asked_at"], condition=Q(state="marked"), name="entrustment_marked"),
        ]

    def __str__(self):
        return self.get_kind_display()

    def get_absolute_url(self):
        return reverse("counselling:entrustment", args=[self.pk])

    @property
    def case(self):
        return self.fir or self.complaint

    def give(self, counsellor, until, *, by, at):
        """Give the case to a counsellor until a day, with the grant that opens it (not saved)."""
        self.counsellor, self.until, self.given_by, self.given_at = counsellor, until, by, at
        self.open_to_counsellor()

    def open_to_counsellor(self):
        """Write or prolong the named exception of the counsellor."""
        EntrustmentGrant.objects.update_or_create(
            user=self.counsellor.user,
            content_object=self,
            permission=Permission.objects.get(content_type__app_label="counselling", codename="hold"),
            defaults={"until": self.until},
        )

    @classmethod
    def case_arrived(cls, case, *, by, at):
        """A case that has come into another district is with the counsellors of the old one no more."""
        for row in cls.objects.given().filter(**{case.CASE: case}).exclude(counsellor__district=case.district_id):
            row.lapse(by=by, at=at)

    def end(self, at):
        """Close it to the counsellor at once (not saved); the trail keeps who had it. What she planned is the kendra's."""
        self.ended_at = at
        self.grants.all().delete()

    def lapse(self, *, by, at):
        """The counsellor serves here no more: the case goes back. A row of several, so by a query and not by a move of its own."""
        self.end(at)
        Entrustment.objects.filter(pk=self.pk).update(
            state=EntrustmentState.WITHDRAWN, ended_at=at, version=models.F("version") + 1
        )
        Entry.objects.write(action="entrustment.lapse", by=by, at=at, subject=self)


class EntrustmentGrant(UserObjectPermissionBase):
    """A counsellor may open and counsel in what is entrusted, until the end of the day `until`."""

    content_object = models.ForeignKey(Entrustment, models.CASCADE, related_name="grants")
    until = models.DateField(_("until"))

    class Meta(UserObjectPermissionBase.Meta):
        abstract = False
        verbose_name = _("named exception of a counsellor")
        verbose_name_plural = _("named exceptions of counsellors")
