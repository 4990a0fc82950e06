"""Asking to read an identity: a reason, a second officer's agreement, and then for a short time only."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.models.people import one_case
from kendras.models import SENTENCES, Placed, PlacedQuerySet, Rule
from kendras.workflow import Move, Refused

SENTENCES.update(
    {
        "reveal.ask": _("asked to read the identity"),
        "reveal.agree": _("agreed that the identity may be read"),
        "reveal.decline": _("did not agree that the identity may be read"),
    }
)


class RevealQuerySet(PlacedQuerySet):
    def lapse(self, at):
        """End what is asked or agreed in this set: the case has gone to another thana, which decides for itself."""
        self.filter(state=Reveal.State.AGREED, until__gt=at).update(until=at)
        self.filter(state=Reveal.State.ASKED).update(state=Reveal.State.LAPSED, decided_at=at)

    def open_to(self, user, at):
        """Agreed requests of `user` that still last."""
        return self.filter(asked_by=user, state=Reveal.State.AGREED, until__gt=at)


def _not_oneself(reveal, *, by, **_data):
    if reveal.asked_by_id == by.pk:
        raise Refused(gettext("A second officer must agree, not the one who asked."))


def _open_for_hours(reveal, *, by, at, **_data):
    reveal.decided_by, reveal.decided_at = by, at
    reveal.until = Rule.objects.get(code="identity_reading").due(at)


def _decline(reveal, *, by, at, **_data):
    reveal.decided_by, reveal.decided_at = by, at


class Reveal(Placed):
    """One request to read the identity in one case."""

    class State(models.TextChoices):
        ASKED = "asked", _("Asked")
        AGREED = "agreed", _("Agreed")
        DECLINED = "declined", _("Not agreed")
        LAPSED = "lapsed", _("Lapsed: the case was handed over")

    complaint = models.ForeignKey("complaints.Complaint", models.CASCADE, null=True, related_name="reveals")
    fir = models.ForeignKey("complaints.Fir", models.CASCADE, null=True, related_name="reveals")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    reason = models.CharField(_("reason"), max_length=500)
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    until = models.DateTimeField(_("until"), null=True)
    version = models.PositiveIntegerField(default=1)

    objects = RevealQuerySet.as_manager()

    MOVES = {
        step.name: step
        for step in (
            Move(
                "agree",
                _("Agree"),
                "complaints.agree_identity",
                frozenset({State.ASKED}),
                State.AGREED,
                guard=_not_oneself,
                apply=_open_for_hours,
                primary=True,
            ),
            Move(
                "decline",
                _("Do not agree"),
                "complaints.agree_identity",
                frozenset({State.ASKED}),
                State.DECLINED,
                guard=_not_oneself,
                apply=_decline,
            ),
        )
    }

    class Meta:
        verbose_name = _("request to read an identity")
        verbose_name_plural = _("requests to read an identity")
        constraints = [
            # several at once would let a second officer agree to what a first has declined
            models.UniqueConstraint(
                fields=["complaint", "asked_by"], condition=models.Q(state="asked"), name="reveal_one_request_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["fir", "asked_by"], condition=models.Q(state="asked"), name="reveal_one_request_at_a_time_fir"
            ),
            one_case("reveal_one_case"),
        ]
        indexes = [
            models.Index(fields=["thana", "asked_at"], condition=models.Q(state="asked"), name="reveal_waiting_thana"),
            models.Index(
                fields=["circle", "asked_at"], condition=models.Q(state="asked"), name="reveal_waiting_circle"
            ),
        ]

    @property
    def case(self):
        return self.fir or self.complaint

    def __str__(self):
        return self.get_state_display()
