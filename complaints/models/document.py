"""Papers of a complaint. They name people, so they open only to those who may read the identity."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Document(models.Model):
    """One uploaded paper or picture: judged by its content, stored under a random name outside the static tree."""

    class Kind(models.TextChoices):
        APPLICATION = "application", _("Application")
        PHOTO = "photo", _("Photograph")
        MEDICAL = "medical", _("Medical paper")
        OTHER = "other", _("Other paper")

    complaint = models.ForeignKey("complaints.Complaint", models.CASCADE, related_name="documents")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    file = models.FileField(_("file"), upload_to="complaints/%Y/%m")
    media_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def __str__(self):
        return self.get_kind_display()
