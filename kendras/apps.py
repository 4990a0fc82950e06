from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KendrasConfig(AppConfig):
    name = "kendras"
    verbose_name = _("Kendras")
