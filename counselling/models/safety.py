"""The safety plan: what she does when danger comes. What names places or people is sealed (DG 38/2025 ¶4.iii)."""

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.models.people import one_case
from counselling.models.support import Due, Support, SupportQuerySet, refuse_strangers
from kendras import identity
from kendras.models import SENTENCES, Entry, placed_indexes
from kendras.workflow import Refused, telling

SENTENCES.update(
    {
        "safetyplan.write": _("wrote a safety plan"),
        "safetyplan.read": _("read the safety plan"),
    }
)


class Risk(models.TextChoices):
    LOW = "low", _("low")
    MEDIUM = "medium", _("middle")
    HIGH = "high", _("high")


class Sign(models.TextChoices):
    """Signs that it may get worse; they tell nobody who she is."""

    WEAPON = "weapon", _("He has or has shown a weapon")
    THREAT = "threat", _("He has threatened to kill")
    CHOKED = "choked", _("He has choked her")
    WORSE = "worse", _("The violence has become worse or more frequent")
    FOLLOWS = "follows", _("He follows or watches her")
    DRINKS = "drinks", _("Alcohol or drugs")
    PREGNANT = "pregnant", _("She is pregnant")
    CHILDREN = "children", _("Children are in danger")
    SUICIDE = "suicide", _("She or he speaks of suicide")
    LEAVING = "leaving", _("She wants to leave or has left")


#: what is sealed of a plan
PLAN_FIELDS = ("safe_place", "trusted", "code_word", "way_out", "children", "bag", "other")


class SafetyPlanQuerySet(SupportQuerySet):
    def write(self, case, person, *, risk, signs, matter, review_on, by, at, once):
        """Write a plan for a person of the case; the one before ends. The same `once` gives back the first.

        matter: dict with the fields of `PLAN_FIELDS`. review_on: the day by which it is looked at again, or None.
        Raises Refused for who does not handle the case.
        """
        with telling(case, by=by, at=at):
            made = self.filter(once=once).first()
            if made:
                return made
            refuse_strangers(case, person)
            if case.may_read_identity(by, at) is not identity.Reading.HANDLES:
                raise Refused(gettext("A safety plan is written by those who handle the case."), "right")
            if review_on and review_on < timezone.localdate(at):
                raise Refused(gettext("The day of the review lies in the past."))
            self.filter(person=person, due_at__isnull=False).update(due_at=None, warn_at=None)
            row = self.model(
                thana=case.thana, person=person, risk=risk, signs=" ".join(signs), review_on=review_on, by=by, at=at,
                once=once, sealed=identity.seal({k: matter[k] for k in PLAN_FIELDS if matter.get(k)}),
                **{case.CASE: case},
            )  # fmt: skip
            if review_on:
                row.run_until("safety_review", review_on)
            row.save()
            details = {"risk": risk, "signs": list(signs), "person": person.key_code}
            Entry.objects.write(action="safetyplan.write", by=by, at=at, subject=row, details=details)
            return row


class SafetyPlan(Support, Due):
    """One plan as it stood on one day; a review writes a new one."""

    person = models.ForeignKey("complaints.Person", models.PROTECT, related_name="+", verbose_name=_("for whom"))
    risk = models.CharField(_("danger"), max_length=8, choices=Risk.choices)
    signs = models.CharField(_("signs of danger"), max_length=120, blank=True)
    review_on = models.DateField(_("to be looked at again by"), null=True)
    sealed = models.BinaryField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    once = models.UUIDField(unique=True, editable=False)

    objects = SafetyPlanQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = _("safety plan")
        verbose_name_plural = _("safety plans")
        constraints = [one_case("safetyplan_one_case")]
        indexes = [
            *placed_indexes("safetyplan", "at"),
            models.Index(fields=["thana", "due_at"], condition=models.Q(due_at__isnull=False), name="safetyplan_due"),
        ]

    def __str__(self):
        return f"{self.get_risk_display()}"

    @property
    def sign_labels(self):
        return [Sign(code).label for code in self.signs.split()]

    @transaction.atomic
    def read(self, *, by, at):
        """The sealed part {field: text}, for who handles the case; on the trail. Raises Refused."""
        if self.case.may_read_identity(by, at) is not identity.Reading.HANDLES:
            raise Refused(gettext("You may not read the identity in this case."), "right")
        Entry.objects.write(action="safetyplan.read", by=by, at=at, subject=self)
        return identity.unseal(self.sealed)
