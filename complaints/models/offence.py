"""What a complaint is about: the offence master (law) and the natures a help desk chooses from."""

import re

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


def _in_language(row, field):
    language = "en" if (get_language() or "hi").startswith("en") else "hi"
    return getattr(row, f"{field}_{language}")


class Offence(models.Model):
    """One section of law with the flags that start clocks (complaints/data: BNS with the IPC twin, special acts)."""

    code = models.CharField(_("code"), max_length=16, unique=True)
    act = models.CharField(_("act"), max_length=40)
    section = models.CharField(_("section"), max_length=60)
    ipc_equivalent = models.CharField(_("IPC section"), max_length=60, blank=True)
    head = models.CharField(_("head"), max_length=16, db_index=True)
    head_en = models.CharField(_("head in English"), max_length=80)
    head_hi = models.CharField(_("head in Hindi"), max_length=80)
    title_en = models.CharField(_("title in English"), max_length=120)
    title_hi = models.CharField(_("title in Hindi"), max_length=120)
    punishment = models.CharField(_("punishment"), max_length=80, blank=True)
    two_month_limit = models.BooleanField(_("investigation within two months (BNSS 193)"))
    woman_officer = models.BooleanField(_("woman officer records (BNSS 173)"))
    protects_identity = models.BooleanField(_("identity protected"))
    default_bail = models.CharField(_("default bail days"), max_length=16, blank=True)
    preliminary_enquiry = models.BooleanField(_("preliminary enquiry possible (BNSS 173(3))"))
    mandatory_counselling = models.CharField(_("mandatory counselling"), max_length=24, blank=True)

    class Meta:
        verbose_name = _("offence")
        verbose_name_plural = _("offences")

    def __str__(self):
        return f"{written(f'{self.section} {self.act}')}: {self.title}"

    @property
    def title(self):
        return _in_language(self, "title")

    @property
    def gravity(self):
        """The smaller, the graver; a head that the list does not know comes last."""
        return GRAVITY.index(self.head) if self.head in GRAVITY else len(GRAVITY)

    @property
    def bail_at_90(self):
        """Whether default bail comes after 90 days; where the law is disputed the earlier day counts (BNSS 187(3))."""
        return self.default_bail == "90"

    def cited(self, *, old):
        """As a charge cites it: «64 BNS», for what happened before 1 July 2024 the IPC twin «376 IPC»."""
        if old and self.act == "BNS" and self.ipc_equivalent not in ("", "new", "–"):
            return f"{self.ipc_equivalent} IPC"
        return f"{self.section} {self.act}"

    @property
    def head_name(self):
        return _in_language(self, "head")


#: heads from the gravest on; an FIR is counted once, under the first of these that it carries (the principal offence)
GRAVITY = (
    "MURDER", "GANGRAPE", "RAPE", "DOWRYDEATH", "ACID", "POCSO", "ATTRAPE", "TRAFF", "KIDNAP", "DECEIT", "ABETSUICIDE",
    "MISCARR", "MODESTY", "CRUELTY", "STALK", "VOYEUR", "HARASS", "INSULT", "SNATCH", "MARRIAGE", "ITPA", "CYBER",
    "DOWRYACT", "DV", "CHILDMARR", "OTHERSLL", "ASSAULT", "OBSCENE", "FALSE", "OTHER",
)  # fmt: skip


#: acts as the master names them, and how they are written in the language of the page
ACTS = {
    "BNS": _("BNS"),
    "IPC": _("IPC"),
    "POCSO": _("POCSO Act"),
    "DP Act 1961": _("Dowry Prohibition Act"),
    "PWDVA 2005": _("Domestic Violence Act"),
    "POSH Act 2013": _("Workplace Harassment Act"),
    "IT Act 2000": _("IT Act"),
    "IRW Act 1986": _("Indecent Representation Act"),
    "ITP Act 1956": _("Immoral Traffic Act"),
    "PCM Act 2006": _("Child Marriage Act"),
    "MWPRM Act 2019": _("Muslim Women Act"),
    "UP PUCR Act 2021 (am. 2024)": _("UP Conversion Act"),
}


_ACT = re.compile("|".join(rf"\b{re.escape(code)}(?!\w)" for code in ACTS))


def written(sections):
    """Sections as they are stored («64 BNS, 3/4 POCSO») with the acts in the language of the page."""
    return _ACT.sub(lambda found: str(ACTS[found.group()]), sections)


class Nature(models.Model):
    """A kind of complaint as the help desk names it; `head` ties it to the heads of the offence master where it is one."""

    code = models.SlugField(_("code"), max_length=24, unique=True)
    order = models.PositiveSmallIntegerField(_("place in the list"))
    name_en = models.CharField(_("name in English"), max_length=80)
    name_hi = models.CharField(_("name in Hindi"), max_length=80)
    head = models.CharField(_("head"), max_length=16, blank=True)
    protects_identity = models.BooleanField(
        _("identity protected (BNS 72, POCSO 23; BNS 74–79 as policy)"), default=True
    )
    bars_settlement = models.BooleanField(_("counselling or mediation cannot replace an FIR"), default=True)
    preliminary_enquiry = models.BooleanField(_("preliminary enquiry possible (BNSS 173(3))"), default=False)
    mandatory_counselling = models.BooleanField(_("mandatory counselling (DG 38/2025 ¶3.ix)"), default=False)
    urgent = models.BooleanField(_("urgent by itself"), default=False)

    class Meta:
        verbose_name = _("nature of complaint")
        verbose_name_plural = _("natures of complaint")

    def __str__(self):
        return self.name

    @property
    def cognisable(self):
        """Whether what is alleged is a cognisable offence on its face: an FIR comes first, a zero FIR if need be (BNSS 173(1))."""
        return self.bars_settlement and not self.preliminary_enquiry and self.head not in ("", "FALSE")

    @property
    def name(self):
        return _in_language(self, "name")
