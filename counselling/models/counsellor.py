"""Counsellors nominated in a district for sensitive cases and called when needed (DG 38/2025 ¶1.1.v, ¶5.i.k)."""

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.models.entries import reasoned
from kendras.models import SENTENCES, Charge, Entry, Level, Role, Unit, User
from kendras.workflow import Move, Refused

SENTENCES.update(
    {
        "counsellor.nominate": _("nominated a counsellor"),
        "counsellor.end": _("ended the nomination of a counsellor"),
    }
)


class CounsellorKind(models.TextChoices):
    COUNSELLOR = "counsellor", _("Counsellor")
    PSYCHOLOGIST = "psychologist", _("Professional psychologist")


def _end(counsellor, *, by, at, **_data):
    counsellor.ends_on = timezone.localdate(at)
    for entrustment in counsellor.entrustments.given():
        entrustment.lapse(by=by, at=at)


def _why(counsellor, *, by, at, reason, **_data):
    """Reasons that name nobody of the cases that are with the counsellor: they stand on the district's trail."""
    reasoned(reason)
    for entrustment in counsellor.entrustments.given().select_related("complaint", "fir"):
        entrustment.case.refuse_names(reason, by=by, at=at)


class CounsellorQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The counsellors of the districts above or below the user's unit; nobody who sees named cases only."""
        charge = getattr(user, "acting", None)
        if charge is None or not charge.sees_its_unit:
            return self.none()
        unit = charge.unit
        if unit.level == Level.STATE:
            return self.all()
        if unit.level in (Level.THANA, Level.CIRCLE):
            return self.filter(district=unit.district_id)
        column = "district" if unit.level == Level.DISTRICT else f"district__{unit.level}"
        return self.filter(**{column: unit.pk})

    def serving(self, district):
        """Those whom a case of the district may be entrusted to."""
        return self.filter(district=district, state=CounsellorState.SERVING)

    @transaction.atomic
    def nominate(self, user, *, kind, order_number, by, at, qualification=""):
        """Nominate an account for the district of the nominating officer.

        Raises Refused for an account that does not act as counsellor there, or is nominated already.
        """
        district, day = by.acting.unit, timezone.localdate(at)
        if not user.charges_on(day).filter(role=Role.COUNSELLOR, unit=district).exists():
            raise Refused(gettext("Choose an account that holds the charge of a counsellor in this district."))
        if self.serving(district).filter(user=user).exists():
            raise Refused(gettext("This counsellor is nominated already."))
        counsellor = self.create(
            user=user, district=district, kind=kind, order_number=order_number, qualification=qualification,
            starts_on=day, nominated_by=by,
        )  # fmt: skip
        details = {"user": user.pk, "kind": kind, "order": order_number}
        Entry.objects.write(action="counsellor.nominate", by=by, at=at, subject=counsellor, details=details)
        return counsellor


def may_be_nominated(district, day):
    """Accounts that hold the charge of a counsellor in a district and are not nominated."""
    charges = Charge.objects.running(day).filter(role=Role.COUNSELLOR, unit=district)
    serving = Counsellor.objects.serving(district)
    users = User.objects.filter(pk__in=charges.values("user_id"), is_active=True)
    return users.exclude(pk__in=serving.values("user_id")).order_by("name_en", "pk")


class CounsellorState(models.TextChoices):
    SERVING = "serving", _("Nominated")
    ENDED = "ended", _("Nomination ended")


class Counsellor(models.Model):
    """One nomination: an account, for a district, by an order."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="nominations")
    district = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=12, choices=CounsellorKind.choices)
    qualification = models.CharField(_("qualification or institution"), max_length=120, blank=True)
    order_number = models.CharField(_("order number"), max_length=60)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True)
    nominated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=8, choices=CounsellorState.choices, default=CounsellorState.SERVING)
    version = models.PositiveIntegerField(default=1)

    objects = CounsellorQuerySet.as_manager()

    MOVES = {
        step.name: step
        for step in (
            Move(
                "end", _("End the nomination"), "counselling.nominate", frozenset({CounsellorState.SERVING}),
                CounsellorState.ENDED, guard=_why, apply=_end,
            ),
        )
    }  # fmt: skip

    class Meta:
        verbose_name = _("counsellor")
        verbose_name_plural = _("counsellors")
        constraints = [
            models.UniqueConstraint(
                fields=["district", "user"], condition=Q(state="serving"), name="counsellor_nominated_once"
            )
        ]

    def __str__(self):
        return self.user.name

    def get_absolute_url(self):
        return reverse("counselling:counsellors")

    def is_under(self, unit):
        """Whether the district is `unit` or lies under it: what a charge asks of a row."""
        return self.district.is_under(unit)

    @property
    def trail_place(self):
        return self.district
