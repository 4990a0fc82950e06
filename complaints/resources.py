"""The offence master and the natures of complaint as sheets: their names change here, the flags of law do not."""

from django.utils.translation import gettext_lazy as _
from import_export.fields import Field

from complaints.models import Nature, Offence
from kendras.models import SENTENCES
from kendras.resources import MasterResource

SENTENCES.update(
    {
        "offence.rename": _("changed the name of the offence"),
        "nature.rename": _("changed the name of the nature of complaint"),
    }
)


class OffenceResource(MasterResource):
    action = "offence.rename"
    changeable = ("head_hi", "head_en", "title_hi", "title_en")
    act = Field("act", "act", readonly=True)
    section = Field("section", "section", readonly=True)

    class Meta(MasterResource.Meta):
        model = Offence
        fields = ("code", "act", "section", "head_hi", "head_en", "title_hi", "title_en")


class NatureResource(MasterResource):
    action = "nature.rename"
    changeable = ("name_hi", "name_en")

    class Meta(MasterResource.Meta):
        model = Nature
        fields = ("code", "name_hi", "name_en")
