"""A registration that is not finished yet: sealed, because it already holds her name."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kendras import identity


class DraftQuerySet(models.QuerySet):
    def keep(self, *, key, user, fields, at):
        """Store or overwrite the user's draft of one form. Another user's key is left alone."""
        sealed = {"sealed": identity.seal(fields), "saved_at": at}
        draft, _made = self.get_or_create(key=key, defaults={"user": user, **sealed})
        if draft.user_id != user.pk:
            return None
        self.filter(pk=draft.pk).update(**sealed)
        return draft


class Draft(models.Model):
    """The fields of a form as typed, kept on the server so that a lost line or session loses nothing."""

    key = models.UUIDField(unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts")
    sealed = models.BinaryField()
    saved_at = models.DateTimeField()

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")

    def __str__(self):
        return f"{self.saved_at:%d-%m-%Y %H:%M}"

    @property
    def fields(self):
        return identity.unseal(self.sealed)
