"""The one-time link by which an agency without a login answers a referral.

The link is signed and random and stored only as a hash; it opens nothing without a code that is told apart from it; it
serves one answer, ends by itself, and can be withdrawn. Who holds it is nobody on the trail but the link.
"""

import hashlib
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from counselling.models.referral import Referral
from counselling.models.referralmoves import AGENCY_STEPS
from counselling.models.referralwords import WITH_AGENCY
from kendras import identity
from kendras.models import SENTENCES, Entry, Rule
from kendras.workflow import Refused, move

SENTENCES.update(
    {
        "referral.link": _("made a one-time link for the agency"),
        "referral.link_open": _("the agency opened the one-time link"),
        "referral.link_revoke": _("withdrew the one-time link"),
    }
)

_SIGNER = Signer(salt="counselling.link", sep=".")
_CODE_DIGITS = 6

#: after so many wrong codes a link is dead: whoever has the link alone cannot guess on for days
_WRONG_CODES = 10


class LinkQuerySet(models.QuerySet):
    def usable(self, at):
        return self.filter(
            used_at=None, revoked_at=None, until__gt=at, wrong_codes__lt=_WRONG_CODES, referral__state__in=WITH_AGENCY
        )

    @transaction.atomic
    def make(self, referral, *, by, at):
        """A new link for a referral; any other of it ends. Returns (link, token, code), which are kept nowhere else.

        Raises Refused for who may not refer or does not handle the case, and once the referral is over.
        """
        Referral.objects.select_for_update().get(pk=referral.pk)
        if not by.has_perm("counselling.refer", referral):
            raise Refused(gettext("This step is not yours to take."), "right")
        if referral.case.may_read_identity(by, at) is not identity.Reading.HANDLES:
            raise Refused(
                gettext("The link is made by those who handle the case: it hands over what she allowed."), "right"
            )
        if not referral.is_with_agency:
            raise Refused(gettext("There is a link only while the referral is with the agency."))
        referral.links.usable(at).update(revoked_at=at)
        token = _SIGNER.sign(secrets.token_urlsafe(24))
        code = f"{secrets.randbelow(10**_CODE_DIGITS):0{_CODE_DIGITS}d}"
        link = self.create(
            referral=referral, token_hash=_hash(token), code_token=_code_token(token, code),
            made_by=by, made_at=at, until=Rule.objects.get(code="referral_link").due(at),
        )  # fmt: skip
        Entry.objects.write(action="referral.link", by=by, at=at, subject=referral, details={"link": link.pk})
        return link, token, code

    def find(self, token, code, at):
        """The usable link of a token and its code, or None; the same work is done whatever is wrong."""
        try:
            _SIGNER.unsign(token)
            signed = True
        except BadSignature:
            signed = False
        link = self.usable(at).filter(token_hash=_hash(token)).select_related("referral").first()
        expected = link.code_token if link else -1
        fits = secrets.compare_digest(str(expected), str(_code_token(token, code)))
        if link and not fits:
            self.filter(pk=link.pk).update(wrong_codes=models.F("wrong_codes") + 1)
        return link if signed and fits else None


def _hash(token):
    return hashlib.sha256(token.encode()).hexdigest()


def _code_token(token, code):
    return identity.token("link_code", f"{token}:{code}")


@dataclass(frozen=True)
class Bearer:
    """Who holds a link: may answer its one referral, and is nobody else. Stands as `by` in `move()`."""

    link: "Link"
    acting = None

    def has_perm(self, perm, row=None):
        return perm == "counselling.answer" and isinstance(row, Referral) and row.pk == self.link.referral_id


class Link(models.Model):
    """One link. Neither token nor code is stored, only what they can be checked against."""

    referral = models.ForeignKey(Referral, models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    code_token = models.BigIntegerField(editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made"))
    until = models.DateTimeField(_("until"))
    opened_at = models.DateTimeField(_("opened"), null=True)
    used_at = models.DateTimeField(_("answered"), null=True)
    revoked_at = models.DateTimeField(_("withdrawn"), null=True)
    wrong_codes = models.PositiveSmallIntegerField(_("wrong codes"), default=0)

    objects = LinkQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = _("one-time link")
        verbose_name_plural = _("one-time links")

    def __str__(self):
        return f"{self.made_at:%d-%m-%Y %H:%M}"

    def is_usable(self, at):
        unspent = self.used_at is None and self.revoked_at is None and self.wrong_codes < _WRONG_CODES
        return unspent and at < self.until

    @property
    def steps(self):
        """The steps that the agency may take now."""
        return [step for step in (Referral.MOVES[name] for name in AGENCY_STEPS) if self.referral.state in step.sources]

    @transaction.atomic
    def open(self, *, at):
        """What was handed over, for who holds the link; each opening is on the trail."""
        self.opened_at = self.opened_at or at
        self.save(update_fields=["opened_at"])
        Entry.objects.write(
            action="referral.link_open", by=None, at=at, subject=self.referral, details={"link": self.pk}
        )
        return self.referral.handed_over()

    @transaction.atomic
    def answer(self, name, *, at, answer=""):
        """Take one step of the agency; with it the link is used up. Raises Refused, and then it is not."""
        Referral.objects.select_for_update().get(pk=self.referral_id)  # before the link, as every move does
        link = type(self).objects.select_for_update().get(pk=self.pk)
        if not link.is_usable(at):
            raise Refused(gettext("The link has been used or has ended."), "stale")
        if name not in AGENCY_STEPS:
            raise Refused(gettext("Choose the answer."))
        link.used_at = at
        link.save(update_fields=["used_at"])
        return move(link.referral, name, by=Bearer(link), at=at, answer=answer, link=link)

    @transaction.atomic
    def revoke(self, *, by, at):
        """The link opens nothing any more."""
        type(self).objects.filter(pk=self.pk, revoked_at=None).update(revoked_at=at)
        Entry.objects.write(
            action="referral.link_revoke", by=by, at=at, subject=self.referral, details={"link": self.pk}
        )
