"""The list of FIRs in which CCTNS and the kendra's record do not agree."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from complaints.cctnscompare import FIELDS
from kendras.models import Placed, PlacedQuerySet, placed_indexes


class CctnsMismatch(Placed):
    """One FIR that does not match, told by its number alone. Open until a later sheet of the same days is read."""

    class Kind(models.TextChoices):
        ONLY_HERE = "only_here", _("Only in the kendra's record")
        ONLY_THERE = "only_there", _("Only in CCTNS")
        DIFFERS = "differs", _("In both, and different")

    run = models.ForeignKey("complaints.CctnsRun", models.CASCADE, related_name="mismatches")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    number = models.CharField(_("FIR number"), max_length=20)
    year = models.PositiveSmallIntegerField(_("year"))
    fir = models.ForeignKey("complaints.Fir", models.CASCADE, null=True, related_name="mismatches")
    registered_on = models.DateField(_("registered"))
    fields = models.CharField(_("what differs"), max_length=120, blank=True)
    open = models.BooleanField(default=True)
    found_at = models.DateTimeField(_("found"))

    objects = PlacedQuerySet.as_manager()

    class Meta:
        verbose_name = _("CCTNS mismatch")
        verbose_name_plural = _("CCTNS mismatches")
        indexes = [
            *placed_indexes("mismatch", "found_at"),
            models.Index(fields=["thana", "registered_on"], condition=models.Q(open=True), name="mismatch_open"),
        ]

    def __str__(self):
        return self.case_number

    @property
    def case_number(self):
        return f"{self.number}/{self.year}"

    @property
    def differences(self):
        """The names of what differs, in the language of the page."""
        return [str(FIELDS[code]) for code in self.fields.split()]
