"""The proposal to enlarge an agency, above all the One Stop Centre (DG 38/2025 ¶5.i.l)."""

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.models.entries import reasoned
from counselling.models.agency import Agency
from kendras.models import SENTENCES, Entry
from kendras.workflow import Move, Refused

SENTENCES.update(
    {
        "enlargement.propose": _("proposed that the agency be enlarged"),
        "enlargement.forward": _("sent the proposal on to the department"),
        "enlargement.approve": _("recorded that the department agreed"),
        "enlargement.refuse": _("recorded that the department refused"),
        "enlargement.finish": _("recorded that the enlargement is in use"),
    }
)


class EnlargementState(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    FORWARDED = "forwarded", _("With the department")
    APPROVED = "approved", _("Agreed")
    REFUSED = "refused", _("Refused")
    DONE = "done", _("In use")


#: a new proposal waits until the one before is answered
OPEN_PROPOSALS = frozenset({EnlargementState.PROPOSED, EnlargementState.FORWARDED, EnlargementState.APPROVED})


class EnlargementQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(agency__in=Agency.objects.visible_to(user))

    @transaction.atomic
    def propose(self, agency, *, places, reason, by, at, once):
        """Propose more places with the reason; the same `once` gives back the first.

        Raises Refused without an assessment to stand on, and while another proposal is open.
        """
        Agency.objects.select_for_update().get(pk=agency.pk)
        made = self.filter(once=once).first()
        if made:
            return made
        reasoned(reason)
        basis = agency.assessments.order_by("-on", "-id").first()
        if basis is None:
            raise Refused(gettext("Assess the capacity first: the proposal stands on its figures."))
        if self.filter(agency=agency, state__in=OPEN_PROPOSALS).exists():
            raise Refused(gettext("A proposal for this agency is open already."))
        proposal = self.create(
            agency=agency, basis=basis, places=places, reason=reason, once=once, proposed_by=by, proposed_at=at
        )
        details = {"places": places, "on": basis.on.isoformat()}
        Entry.objects.write(
            action="enlargement.propose", by=by, at=at, subject=proposal, reason=reason, details=details
        )
        return proposal


def _answered(proposal, *, number="", reason="", **_data):
    if not (number or reason):
        raise Refused(gettext("Give the number of the letter or the reason."))


def _keep(proposal, *, at, number="", **_data):
    proposal.number = number or proposal.number
    proposal.changed_at = at
    return {"number": number}


class Enlargement(models.Model):
    """One proposal: so many more places, standing on one assessment."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="enlargements")
    basis = models.ForeignKey("counselling.Assessment", models.PROTECT, related_name="+")
    places = models.PositiveIntegerField(_("places to be added"))
    reason = models.CharField(_("reason"), max_length=500)
    number = models.CharField(_("number of the letter"), max_length=60, blank=True)
    state = models.CharField(
        _("state"), max_length=12, choices=EnlargementState.choices, default=EnlargementState.PROPOSED
    )
    version = models.PositiveIntegerField(default=1)
    once = models.UUIDField(unique=True, editable=False)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True)

    objects = EnlargementQuerySet.as_manager()

    _S = EnlargementState
    MOVES = {
        step.name: step
        for step in (
            Move(
                "forward", _("Send on to the department"), "counselling.forward", frozenset({_S.PROPOSED}), _S.FORWARDED,
                guard=_answered, apply=_keep, primary=True,
            ),
            Move(
                "approve", _("The department agreed"), "counselling.propose", frozenset({_S.FORWARDED}), _S.APPROVED,
                guard=_answered, apply=_keep, primary=True,
            ),
            Move(
                "refuse", _("Refused"), "counselling.propose", frozenset({_S.PROPOSED, _S.FORWARDED}), _S.REFUSED,
                guard=_answered, apply=_keep,
            ),
            Move(
                "finish", _("In use"), "counselling.propose", frozenset({_S.APPROVED}), _S.DONE,
                guard=_answered, apply=_keep, primary=True,
            ),
        )
    }  # fmt: skip

    class Meta:
        default_permissions = ()
        verbose_name = _("proposal to enlarge")
        verbose_name_plural = _("proposals to enlarge")

    def __str__(self):
        return gettext("%(agency)s: %(n)s places more") % {"agency": self.agency.name, "n": self.places}

    def get_absolute_url(self):
        return self.agency.get_absolute_url()

    @property
    def trail_place(self):
        return self.agency.district

    def is_under(self, unit):
        return self.agency.is_under(unit)
