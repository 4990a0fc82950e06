"""Papers of a case. They name people, so they open only to those who may read the identity."""

import hashlib
import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.models.people import one_case
from kendras import identity
from kendras.models import Entry

#: how a file of each kind begins; what it calls itself does not count
_MAGIC = (
    (b"\xff\xd8\xff", "image/jpeg", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "image/png", "png"),
    (b"%PDF-", "application/pdf", "pdf"),
)


def judged(upload):
    """(media type, file ending) of an uploaded file by its content. Raises ValidationError for what is not taken."""
    if upload.size > settings.KENDRA_DOCUMENT_BYTES:
        most = settings.KENDRA_DOCUMENT_BYTES // 2**20
        raise ValidationError(gettext("A document may have at most %(size)s MB.") % {"size": most})
    upload.seek(0)
    head = upload.read(16)
    for start, media, ending in _MAGIC:
        if head.startswith(start):
            return media, ending
    raise ValidationError(gettext("Only pictures (JPEG, PNG) and PDF are taken."))


class DocumentManager(models.Manager):
    @transaction.atomic
    def add(self, case, upload, kind, *, by, at, milestone=None):
        """Store one upload under a random name, written on the trail. Raises ValidationError for what is not taken.

        milestone: the event of the FIR that it proves. The same paper sent twice is stored once.
        """
        media, ending = judged(upload)
        upload.seek(0)
        content = upload.read()
        digest = hashlib.sha256(content).hexdigest()
        same = case.documents.filter(sha256=digest).first()
        if same:  # the same form sent twice; an event may still claim its paper
            if milestone and same.milestone_id is None:
                same.milestone = milestone
                same.save(update_fields=["milestone"])
            return same
        document = self.model(
            sha256=digest, kind=kind, media_type=media, size=len(content), at=at, by=by, milestone=milestone,
            **{case.CASE: case},
        )  # fmt: skip
        document.file.save(f"{uuid.uuid4().hex}.{ending}", ContentFile(identity.seal_bytes(content)), save=False)
        document.save()
        details = {"kind": kind, "sha256": document.sha256, "event": milestone.kind if milestone else ""}
        Entry.objects.write(action=f"{case.CASE}.attach", by=by, at=at, subject=case, details=details)
        return document


class Document(models.Model):
    """One uploaded paper or picture: judged by its content, sealed, under a random name outside the static tree."""

    class Kind(models.TextChoices):
        APPLICATION = "application", _("Application")
        PHOTO = "photo", _("Photograph")
        MEDICAL = "medical", _("Medical paper")
        OTHER = "other", _("Other paper")

    complaint = models.ForeignKey("complaints.Complaint", models.CASCADE, null=True, related_name="documents")
    fir = models.ForeignKey("complaints.Fir", models.CASCADE, null=True, related_name="documents")
    milestone = models.ForeignKey(
        "complaints.Milestone", models.PROTECT, null=True, related_name="documents", verbose_name=_("event")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    file = models.FileField(_("file"), upload_to="complaints/%Y/%m")
    media_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = DocumentManager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        constraints = [one_case("document_one_case")]

    def __str__(self):
        return self.get_kind_display()

    @property
    def case(self):
        return self.fir or self.complaint

    def read(self):
        """The bytes that were uploaded. Raises cryptography.exceptions.InvalidTag for an altered file."""
        with self.file.open() as stored:
            return identity.unseal_bytes(stored.read())
