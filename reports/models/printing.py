"""A paper that a worker prints: asked for on a page, made once, handed out to those whose charge covers the unit."""

import hashlib
import uuid

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kendras.models import PLACE_COLUMNS, SENTENCES, Entry, Level, Unit
from kendras.workflow import Refused
from reports.models.job import Job

SENTENCES.update(
    {
        "report.print": _("asked for a printed paper"),
        "report.open": _("opened a printed paper"),
        "report.export": _("exported a statement"),
    }
)


def _private():
    return storages["private"]


def _random_name(job, _name):
    return f"prints/{job.asked_at:%Y/%m}/{uuid.uuid4().hex}.pdf"


class PrintJobQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Papers of the unit of the user's present charge and of the units below it."""
        charge = getattr(user, "acting", None)
        if not charge or not charge.sees_its_unit:
            return self.none()
        unit = charge.unit
        return self.all() if unit.level == Level.STATE else self.filter(**{f"{unit.level}_id": unit.pk})

    def ask(self, unit, month, language, *, by, at, once):
        """Ask for the crime-meeting paper of a unit; the same `once` gives back the first job.

        Raises Refused for a form that somebody else has used.
        """
        job = self.filter(once=once, asked_by=by).first()
        try:
            return job or self._ask(unit, month, language, by, at, once)
        except IntegrityError:
            job = self.filter(once=once, asked_by=by).first()
            if job is None:
                raise Refused(gettext("This form has been used already. Open the page anew."), "stale") from None
            return job

    @transaction.atomic
    def _ask(self, unit, month, language, by, at, once):
        job = self.model(
            unit=unit, month=month, language=language, once=once, asked_by=by, asked_at=at, heartbeat_at=at
        )
        job.place()
        job.save()
        details = {"kind": job.kind, "month": f"{month:%Y-%m}", "language": language}
        Entry.objects.write(action="report.print", by=by, at=at, subject=job, details=details)
        return job

    @transaction.atomic
    def claim(self, pk, *, at):
        """Take a job up, or None where it is done, given up, or in another worker's living hands."""
        job = self.select_for_update().get(pk=pk)
        alive = job.state == Job.State.RUNNING and job.heartbeat_at > at - Job.QUIET
        return job if not job.is_over and not alive and job.take_up(at) else None


class PrintJob(Job):
    """One paper: what, of which unit and month, in which language, and the file once it is there."""

    class Kind(models.TextChoices):
        MEETING = "meeting", _("Crime meeting")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.MEETING)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    month = models.DateField(_("month"))
    language = models.CharField(_("language"), max_length=2, choices=[("hi", _("Hindi")), ("en", _("English"))])
    once = models.UUIDField(unique=True, editable=False)
    file = models.FileField(storage=_private, upload_to=_random_name, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    thana = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)
    circle = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)
    district = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)
    police_range = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)
    zone = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)

    objects = PrintJobQuerySet.as_manager()

    class Meta:
        verbose_name = _("print job")
        verbose_name_plural = _("print jobs")
        indexes = [models.Index(fields=[column, "-asked_at"], name=f"printjob_{column}") for column in PLACE_COLUMNS]

    def __str__(self):
        return f"{self.get_kind_display()} {self.month:%m-%Y}"

    def place(self):
        """Copy the unit's place onto this row."""
        for column, value in {**self.unit.ancestor_columns(), f"{self.unit.level}_id": self.unit_id}.items():
            setattr(self, column, value)

    @property
    def download_name(self):
        """What the file is called on the officer's machine: kind, unit code, month and language."""
        return f"{self.kind}-{self.unit.code}-{self.month:%Y-%m}-{self.language}.pdf"

    @transaction.atomic
    def finish(self, content, *, at):
        """Keep the printed bytes under a random name. A job that another worker finished first stays as it is."""
        job = PrintJob.objects.select_for_update().get(pk=self.pk)
        if job.state == self.State.DONE:
            return job
        job.file.save("", ContentFile(content), save=False)
        job.sha256 = hashlib.sha256(content).hexdigest()
        job.state, job.finished_at, job.heartbeat_at, job.error = self.State.DONE, at, at, ""
        job.save()
        return job

    @transaction.atomic
    def opened(self, *, by, at):
        """Write on the trail that the file goes out, and give it opened for reading."""
        Entry.objects.write(action="report.open", by=by, at=at, subject=self, details={"sha256": self.sha256})
        return self.file.open("rb")
