"""Names of offences and natures in the admin of master data; no case has an address there."""

from django.contrib import admin

from complaints.models import Nature, Offence
from complaints.resources import NatureResource, OffenceResource
from kendras.admin import MasterAdmin, site


@admin.register(Offence, site=site)
class OffenceAdmin(MasterAdmin):
    resource = OffenceResource
    list_display = ["code", "act", "section", "title_hi", "title_en", "head_hi"]
    list_filter = ["act", "head"]
    search_fields = ["code", "section", "title_hi", "title_en"]
    ordering = ["code"]
    fields = [
        "code", "act", "section", "ipc_equivalent", "head", "head_hi", "head_en", "title_hi", "title_en", "punishment",
        "two_month_limit", "woman_officer", "protects_identity", "default_bail", "preliminary_enquiry",
        "mandatory_counselling",
    ]  # fmt: skip


@admin.register(Nature, site=site)
class NatureAdmin(MasterAdmin):
    resource = NatureResource
    list_display = ["code", "name_hi", "name_en", "head", "order"]
    search_fields = ["code", "name_hi", "name_en"]
    ordering = ["order"]
    fields = [
        "code", "order", "name_hi", "name_en", "head", "protects_identity", "bars_settlement", "preliminary_enquiry",
        "mandatory_counselling", "urgent",
    ]  # fmt: skip
