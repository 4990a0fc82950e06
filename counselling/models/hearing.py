"""One sitting of a case at the Family Counselling Centre: who was told, who was there, what came of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Party(models.TextChoices):
    BOTH = "both", _("Both sides")
    HER = "her", _("She")
    OTHER = "other", _("The other side")


class Hearing(models.Model):
    """A sitting of one case. Its text names nobody; the parties stand on the printed papers by hand."""

    ppk_case = models.ForeignKey("counselling.PpkCase", models.CASCADE, related_name="hearings")
    sits_on = models.DateField(_("sitting"))
    her_told_at = models.DateTimeField(_("she was told"), null=True)
    other_told_at = models.DateTimeField(_("the other side was told"), null=True)
    her_present = models.BooleanField(_("she came"), null=True)
    other_present = models.BooleanField(_("the other side came"), null=True)
    text = models.CharField(_("result"), max_length=1000, blank=True)
    held_at = models.DateTimeField(null=True)
    held_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        verbose_name = _("sitting")
        verbose_name_plural = _("sittings")
        constraints = [
            models.UniqueConstraint(fields=["ppk_case"], condition=Q(held_at=None), name="hearing_one_at_a_time")
        ]
        indexes = [models.Index(fields=["sits_on"], name="hearing_day")]

    def __str__(self):
        return f"{self.sits_on:%d-%m-%Y}"
