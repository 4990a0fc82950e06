"""The Mission Shakti Kendra of a thana."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kendras.models.units import Placed, PlacedQuerySet, Unit


class Kendra(Placed):
    """The kendra is part of its thana (DG 38/2025 ¶5.ii.a): one for each thana that has one."""

    thana = models.OneToOneField(Unit, models.PROTECT, related_name="kendra", verbose_name=_("police station"))
    mobile = models.CharField(_("mobile of the kendra"), max_length=13, blank=True)
    launched_on = models.DateField(_("launched on"), null=True, blank=True)
    functional_on = models.DateField(_("functional on"), null=True, blank=True)

    objects = PlacedQuerySet.as_manager()

    class Meta:
        verbose_name = _("kendra")
        verbose_name_plural = _("kendras")
        indexes = [models.Index(fields=["district"], name="kendra_district")]

    def __str__(self):
        return str(_("Mission Shakti Kendra, %(thana)s") % {"thana": self.thana.name})
