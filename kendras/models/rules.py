"""Rules with a number: clocks, tenures, norms and limits, each a row that cites its law."""

import calendar
from datetime import timedelta

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kendras.models.trail import Entry


class RuleQuerySet(models.QuerySet):
    def by_code(self):
        """{code: Rule}: rules are few, so one query fetches all."""
        return {rule.code: rule for rule in self.all()}

    def amount(self, code):
        """The number of one rule. Raises Rule.DoesNotExist where the master data is not loaded."""
        return self.get(code=code).amount


class Rule(models.Model):
    """One number that law, circular or local order sets. Nothing in the code repeats it."""

    class Kind(models.TextChoices):
        CLOCK = "clock", _("Clock")
        TENURE = "tenure", _("Tenure")
        NORM = "norm", _("Strength norm")
        LIMIT = "limit", _("Limit")

    class TimeUnit(models.TextChoices):
        MINUTES = "minutes", _("minutes")
        HOURS = "hours", _("hours")
        DAYS = "days", _("days")
        MONTHS = "months", _("months")
        YEARS = "years", _("years")
        COUNT = "count", _("number")
        PERCENT = "percent", _("per cent")

    class Verified(models.TextChoices):
        VERIFIED = "V", _("seen in a source")
        PARTLY = "P", _("partly seen")
        UNVERIFIED = "U", _("not verified: warns only")

    code = models.SlugField(_("code"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    title_en = models.CharField(_("title in English"), max_length=160)
    title_hi = models.CharField(_("title in Hindi"), max_length=160)
    starts_en = models.CharField(_("starts with (English)"), max_length=120, blank=True)
    starts_hi = models.CharField(_("starts with (Hindi)"), max_length=120, blank=True)
    amount = models.PositiveIntegerField(_("value"))
    time_unit = models.CharField(_("unit"), max_length=8, choices=TimeUnit.choices)
    warn_before = models.PositiveIntegerField(_("warn before (hours)"), default=0)
    law_en = models.CharField(_("law or order in English"), max_length=120, blank=True)
    law_hi = models.CharField(_("law or order in Hindi"), max_length=120, blank=True)
    verified = models.CharField(_("source"), max_length=1, choices=Verified.choices)
    configurable = models.BooleanField(_("may be changed by headquarters"), default=False)
    changed_at = models.DateTimeField(null=True, editable=False)

    objects = RuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule")
        verbose_name_plural = _("rules")

    def __str__(self):
        return self.title

    @property
    def title(self):
        return self.title_en if (get_language() or "hi").startswith("en") else self.title_hi

    @property
    def starts(self):
        return self.starts_en if (get_language() or "hi").startswith("en") else self.starts_hi

    @property
    def law(self):
        return self.law_en if (get_language() or "hi").startswith("en") else self.law_hi

    def due(self, start):
        """When a clock started at `start` (aware datetime) falls due; months and years by the Indian calendar."""
        if self.time_unit in ("months", "years"):
            return add_months(timezone.localtime(start), self.amount * (12 if self.time_unit == "years" else 1))
        return start + timedelta(**{self.time_unit: self.amount})

    def before(self, at):
        """When a clock must have started so as to fall due at `at`."""
        if self.time_unit in ("months", "years"):
            return add_months(timezone.localtime(at), -self.amount * (12 if self.time_unit == "years" else 1))
        return at - timedelta(**{self.time_unit: self.amount})

    def warn(self, due):
        """From when on a clock due at `due` shows amber."""
        return due - timedelta(hours=self.warn_before)

    @transaction.atomic
    def change(self, amount, *, by, at, reason):
        """Headquarters sets another value: it holds for clocks that start from now on."""
        Entry.objects.write(
            action="rule.change",
            by=by,
            at=at,
            subject=self,
            reason=reason,
            details={"from": self.amount, "to": amount},
        )
        self.amount, self.changed_at = amount, at
        self.save(update_fields=["amount", "changed_at"])


def add_months(moment, months):
    """The same day `months` later; the last day of the month where that day does not exist."""
    month = moment.month - 1 + months
    year, month = moment.year + month // 12, month % 12 + 1
    return moment.replace(year=year, month=month, day=min(moment.day, calendar.monthrange(year, month)[1]))
