"""What happened in an investigation and in court, one row each, in the order in which it happened."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from complaints.models.firmoves import MILESTONES


class Milestone(models.Model):
    """One event of an FIR. `kind` is the name of the move that recorded it; its label stands in `MILESTONES`."""

    fir = models.ForeignKey("complaints.Fir", models.CASCADE, related_name="milestones")
    kind = models.CharField(_("kind"), max_length=24)
    on = models.DateTimeField(_("when it happened"))
    person = models.ForeignKey("complaints.Person", models.PROTECT, null=True, related_name="milestones")
    number = models.CharField(_("number"), max_length=60, blank=True)
    text = models.TextField(_("remark"), max_length=2000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("recorded"))

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        indexes = [models.Index(fields=["fir", "on", "id"], name="milestone_fir")]

    def __str__(self):
        return self.label

    @property
    def label(self):
        return MILESTONES[self.kind].label
