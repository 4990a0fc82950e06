"""Schemes that pay or help, each a row with its law and whether it has been verified (domain: support)."""

import csv
from pathlib import Path

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kendras.models import Rule

_DATA = Path(__file__).parent.parent / "data" / "schemes.csv"


class SchemeQuerySet(models.QuerySet):
    def load(self):
        """Add the schemes of the master data that are not there yet. Returns how many."""
        known = set(self.values_list("code", flat=True))
        with _DATA.open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row["code"] not in known]
        return len(self.bulk_create(_scheme(row) for row in rows))

    def paying(self):
        """Those for which an application is followed here."""
        return self.filter(pays=True).order_by("order")


def _scheme(row):
    flags = {name: row.pop(name) == "Y" for name in ("pays", "after_charge_sheet")}
    numbers = {name: int(row.pop(name) or 0) or None for name in ("least", "most")}
    return Scheme(order=int(row.pop("order")), **row, **flags, **numbers)


class Scheme(models.Model):
    """One scheme. Amounts are rupees and only a hint: the sanction decides."""

    code = models.SlugField(_("code"), max_length=32, unique=True)
    order = models.PositiveSmallIntegerField(_("place in the list"))
    name_en = models.CharField(_("name in English"), max_length=120)
    name_hi = models.CharField(_("name in Hindi"), max_length=120)
    gives_en = models.CharField(_("what it gives (English)"), max_length=200)
    gives_hi = models.CharField(_("what it gives (Hindi)"), max_length=200)
    where_en = models.CharField(_("where to apply (English)"), max_length=120)
    where_hi = models.CharField(_("where to apply (Hindi)"), max_length=120)
    pays = models.BooleanField(_("pays money"))
    after_charge_sheet = models.BooleanField(_("payment waits for the charge sheet"))
    least = models.PositiveIntegerField(_("from (rupees)"), null=True, blank=True)
    most = models.PositiveIntegerField(_("up to (rupees)"), null=True, blank=True)
    verified = models.CharField(_("source"), max_length=1, choices=Rule.Verified.choices)

    objects = SchemeQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = _("scheme")
        verbose_name_plural = _("schemes")

    def __str__(self):
        return self.name

    def _said(self, field):
        return getattr(self, f"{field}_{'en' if (get_language() or 'hi').startswith('en') else 'hi'}")

    @property
    def name(self):
        return self._said("name")

    @property
    def gives(self):
        return self._said("gives")

    @property
    def where(self):
        return self._said("where")
