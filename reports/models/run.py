"""Building the reports of a month. These rows are the truth about what is done; the broker only rings."""

import time

from django.db import IntegrityError, models, transaction
from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from complaints.figures import Period
from kendras.models import SENTENCES, Entry, Level, Unit
from reports.models.job import Job
from reports.models.monthly import MonthlyReport

SENTENCES["report.build"] = _("started the building of the monthly reports")


class BuildRunQuerySet(models.QuerySet):
    def unfinished(self):
        return self.exclude(state__in=(Job.State.DONE, Job.State.FAILED))

    @transaction.atomic
    def claim(self, pk, *, at):
        """Take a run up, or None where it is over. Two workers may hold it: they share its parts."""
        run = self.select_for_update().get(pk=pk)
        return run if not run.is_over and run.take_up(at) else None

    @transaction.atomic
    def ask(self, month, *, by, at):
        """The unfinished run of a month (its first day), or a new one. Raises ValueError for a month that is not over.

        Returns (run, made). A second run of a month counts its drafts again and leaves everything else alone.
        """
        if Period.month(month).end > at:
            raise ValueError("the month is not over")
        try:
            with transaction.atomic():
                run = self.create(month=month, asked_by=by, asked_at=at, heartbeat_at=at)
        except IntegrityError:
            return self.unfinished().get(month=month), False
        BuildPart.objects.bulk_create(BuildPart(run=run, unit=unit, size=size) for unit, size in _parts())
        Entry.objects.write(action="report.build", by=by, at=at, subject=run, details={"month": f"{month:%Y-%m}"})
        return run, True


def _parts():
    """(district, how many reports its part builds) for each district, then the state for all that stands above."""
    districts = list(Unit.objects.filter(level=Level.DISTRICT).order_by("pk"))
    below = Unit.objects.filter(Q(level=Level.CIRCLE) | Q(level=Level.THANA, kendra__isnull=False))
    sizes = dict(below.values_list("district").annotate(n=models.Count("pk")).order_by())
    above = Unit.objects.filter(level__in=(Level.STATE, Level.ZONE, Level.POLICE_RANGE)).count()
    state = Unit.objects.get(level=Level.STATE)
    return [*((district, sizes.get(district.pk, 0) + 1) for district in districts), (state, above)]


class BuildRun(Job):
    """One building of all reports of a month, part by part."""

    month = models.DateField(_("month"))

    objects = BuildRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("building of monthly reports")
        verbose_name_plural = _("buildings of monthly reports")
        constraints = [
            models.UniqueConstraint(
                fields=["month"], condition=Q(state__in=("waiting", "running")), name="buildrun_one_at_a_time"
            )
        ]

    def __str__(self):
        return f"{self.month:%m-%Y}"

    def build_next(self, *, at):
        """Build one part that nobody else is building. False when nothing is left for this worker."""
        if self._build_part(at):
            self.beat(at, tries=0, state=self.State.RUNNING)
            return True
        if not self.parts.filter(done_at=None).exists():
            self.beat(at, state=self.State.DONE, finished_at=at, error="")
        return False

    @transaction.atomic
    def _build_part(self, at):
        """Build a part and note it as done in one transaction: a killed worker leaves it whole or not at all."""
        began = time.perf_counter()
        part = self._claim_part()
        if part is None:
            return False
        if part.unit.level == Level.STATE:
            MonthlyReport.objects.build_above(self.month, at=at)
        else:
            MonthlyReport.objects.build_district(part.unit, self.month, at=at)
        part.done_at, part.seconds = at, time.perf_counter() - began
        part.save(update_fields=["done_at", "seconds"])
        return True

    def _claim_part(self):
        """A district that no worker holds; when all are done, the state."""
        waiting = self.parts.filter(done_at=None).select_related("unit").order_by("pk")
        districts = waiting.exclude(unit__level=Level.STATE)
        part = districts.select_for_update(skip_locked=True, of=("self",)).first()
        if part or districts.exists():
            return part
        return waiting.select_for_update(of=("self",)).first()

    def progress(self):
        """{"done", "total": reports, "seconds": what is left at the pace so far, None before the first part}."""
        total = self.parts.aggregate(size=Sum("size"))["size"] or 0
        done = self.parts.exclude(done_at=None).aggregate(size=Sum("size"), seconds=Sum("seconds"))
        size, seconds = done["size"] or 0, done["seconds"] or 0
        return {"done": size, "total": total, "seconds": seconds / size * (total - size) if size else None}


class BuildPart(models.Model):
    """One district of a run, or the state for the units above districts. Done once, in one transaction."""

    run = models.ForeignKey(BuildRun, models.CASCADE, related_name="parts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    size = models.PositiveIntegerField()
    seconds = models.FloatField(default=0)
    done_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("part of a building")
        verbose_name_plural = _("parts of a building")
        constraints = [models.UniqueConstraint(fields=["run", "unit"], name="buildpart_once")]

    def __str__(self):
        return str(self.unit)
