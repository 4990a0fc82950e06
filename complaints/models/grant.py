"""Named exceptions: one officer sees one case until a date, by an order (django-guardian's direct table)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from guardian.models import UserObjectPermissionBase


class ComplaintGrant(UserObjectPermissionBase):
    """A named officer may open one complaint until the end of the day `until`."""

    content_object = models.ForeignKey("complaints.Complaint", models.CASCADE, related_name="grants")
    until = models.DateField(_("until"))
    order_number = models.CharField(_("order number"), max_length=60)

    class Meta(UserObjectPermissionBase.Meta):
        abstract = False
        verbose_name = _("named exception")
        verbose_name_plural = _("named exceptions")
