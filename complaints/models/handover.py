"""Handing a complaint over to another thana: offered here, accepted or refused there."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.models.states import HANDED_OVER_FROM, Outcome
from kendras.models import SENTENCES, Entry, Placed, PlacedQuerySet, Unit
from kendras.workflow import Move, Refused

SENTENCES.update(
    {
        "handover.accept": _("took the complaint over"),
        "handover.refuse": _("did not take the complaint over"),
        "handover.withdraw": _("withdrew the offer: an FIR does not wait for it"),
        "complaint.left": _("handed over: the other police station has taken it"),
        "complaint.arrived": _("taken over from another police station"),
        "complaint.sent_back": _("the other police station did not take it over"),
    }
)


def _still_undecided(handover, **_data):
    complaint = handover.complaint
    if complaint.state not in HANDED_OVER_FROM or complaint.outcome == Outcome.FIR:
        raise Refused(gettext("It has been decided there meanwhile; it cannot be taken over any more."))


def _take_over(handover, *, by, at, **_data):
    handover.decided_by, handover.decided_at = by, at
    complaint = handover.complaint
    Entry.objects.write(action="complaint.left", by=by, at=at, subject=complaint, details=handover.route())
    complaint.arrive_at(handover.thana, by=by, at=at)
    handover.to_serial, handover.to_year = complaint.serial, complaint.year
    Entry.objects.write(action="complaint.arrived", by=by, at=at, subject=complaint, details=handover.route())


def _send_back(handover, *, by, at, reason, **_data):
    complaint = handover.complaint
    complaint.refuse_names(reason, by=by, at=at)
    handover.decided_by, handover.decided_at = by, at
    complaint.handover_pending = False
    complaint.version += 1
    complaint.save(update_fields=["handover_pending", "version"])
    Entry.objects.write(
        action="complaint.sent_back", by=by, at=at, subject=complaint, reason=reason, details=handover.route()
    )


class HandoverQuerySet(PlacedQuerySet):
    def withdraw(self, *, by, at):
        """Take back the offers of this set that are not answered; each is told on the trail of both thanas."""
        offered = list(self.select_for_update().filter(state=Handover.State.OFFERED))
        self.filter(pk__in=[offer.pk for offer in offered]).update(
            state=Handover.State.WITHDRAWN, decided_by=by, decided_at=at, version=models.F("version") + 1
        )
        for offer in offered:
            for subject in (offer, offer.complaint):
                Entry.objects.write(action="handover.withdraw", by=by, at=at, subject=subject, details=offer.route())


class Handover(Placed):
    """One offer. It is placed at the receiving thana; `from_thana` is where the complaint came from."""

    #: the moves write the complaint too; its own moves lock it first and then the offer
    LOCKS_FIRST = "complaint"

    class State(models.TextChoices):
        OFFERED = "offered", _("Offered")
        ACCEPTED = "accepted", _("Accepted")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    complaint = models.ForeignKey("complaints.Complaint", models.CASCADE, related_name="handovers")
    from_thana = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    from_serial = models.PositiveIntegerField()
    from_year = models.PositiveSmallIntegerField()
    to_serial = models.PositiveIntegerField(null=True)
    to_year = models.PositiveSmallIntegerField(null=True)
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    reason = models.CharField(_("reason"), max_length=500)
    state = models.CharField(max_length=12, choices=State.choices, default=State.OFFERED)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = HandoverQuerySet.as_manager()

    MOVES = {
        step.name: step
        for step in (
            Move(
                "accept",
                _("Take over"),
                "complaints.receive_handover",
                frozenset({State.OFFERED}),
                State.ACCEPTED,
                guard=_still_undecided,
                apply=_take_over,
                primary=True,
            ),
            Move(
                "refuse",
                _("Refuse"),
                "complaints.receive_handover",
                frozenset({State.OFFERED}),
                State.REFUSED,
                apply=_send_back,
            ),
        )
    }

    class Meta:
        verbose_name = _("handover")
        verbose_name_plural = _("handovers")
        constraints = [
            models.UniqueConstraint(
                fields=["complaint"], condition=models.Q(state="offered"), name="handover_one_offer_at_a_time"
            )
        ]
        indexes = [
            models.Index(fields=["thana", "-offered_at"], name="handover_to"),
            models.Index(fields=["from_thana", "-offered_at"], name="handover_from"),
        ]

    def __str__(self):
        return self.get_state_display()

    def route(self):
        return {
            "from": self.from_thana.code,
            "to": self.thana.code,
            "from_number": f"{self.from_serial:04d}/{self.from_year}",
        }
