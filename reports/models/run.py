"""Building the reports of a month. These rows are the truth about what is done; the broker only rings."""

from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from complaints.figures import Period
from kendras.models import SENTENCES, Entry, Level, Unit

SENTENCES["report.build"] = _("started the building of the monthly reports")


class Job(models.Model):
    """Work for a worker: rung for, taken up, beating, done; or given up after too many tries."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    #: a job without a sign of life for so long is rung for again
    QUIET = timedelta(minutes=3)
    #: how many times in a row it is taken up without getting anywhere
    TRIES = 5

    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(_("asked"))
    started_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField()
    finished_at = models.DateTimeField(_("finished"), null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=80, blank=True)

    class Meta:
        abstract = True

    @property
    def is_over(self):
        return self.state in (self.State.DONE, self.State.FAILED)

    def beat(self, at, **columns):
        """Store a sign of life, and further columns with it."""
        type(self)._base_manager.filter(pk=self.pk).update(heartbeat_at=at, **columns)

    def stumble(self, error, at):
        """Note an error by its class (a message could hold data); after too many tries in a row the job is given up."""
        state = self.State.FAILED if self.tries >= self.TRIES else self.State.WAITING
        over = {"finished_at": at} if state == self.State.FAILED else {}
        self.beat(at, state=state, error=type(error).__name__[:80], **over)


class BuildRunQuerySet(models.QuerySet):
    def unfinished(self):
        return self.exclude(state__in=(Job.State.DONE, Job.State.FAILED))

    def silent(self, at):
        """Unfinished and without a sign of life: a worker was killed, or the bell was not heard."""
        return self.unfinished().filter(heartbeat_at__lte=at - Job.QUIET)

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
