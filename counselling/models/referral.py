"""Referral of a case to an agency, with the woman's recorded consent (DG 38/2025 ¶3.v, ¶4.i.e, ¶4.iii)."""

from django.conf import settings
from django.contrib.auth.models import Permission
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from guardian.models import UserObjectPermissionBase

from complaints.models.people import one_case
from counselling.models.agency import Agency, AgencyKind, AgencyState
from counselling.models.referralmoves import MOVES
from counselling.models.referralwords import HER_WILL, WITH_AGENCY, Answer, Consent, Handed, Need, ReferralState
from counselling.models.safeguards import reported_by_law
from counselling.models.support import Due, Support, SupportQuerySet, refuse_strangers
from kendras import identity
from kendras.models import SENTENCES, Entry, placed_indexes
from kendras.models.units import PLACE_COLUMNS
from kendras.workflow import Refused, move, moves_for, telling

SENTENCES.update(
    {
        "referral.send": _("referred the case to an agency"),
        "referral.hold": _("prepared a referral that has no consent yet"),
        "referral.read_identity": _("read what was handed over to the agency"),
        "referral.print_letter": _("printed the letter to the agency"),
        "referral.grant": _("opened the referral to a named person of the agency"),
        "referral.withdraw_grant": _("withdrew the referral from a named person"),
        **{f"referral.{step.name}": step.said for step in MOVES.values()},
    }
)

#: who must be told of an offence against a child (POCSO 19(6))
TOLD_BY_LAW = frozenset({AgencyKind.CWC, AgencyKind.SPECIAL_COURT})


class ReferralQuerySet(SupportQuerySet):
    def given_to(self, user, day):
        """The referrals opened by name to `user` on `day`."""
        if not user.may_be_let_in:
            return self.none()
        grants = ReferralGrant.objects.filter(user=user, until__gte=day, permission__codename="answer")
        return self.filter(pk__in=grants.values("content_object_id"))

    def openable_by(self, user, day):
        """What the user's charge covers and what is given by name. For one row, not for lists."""
        return self.visible_to(user) | self.given_to(user, day)

    def unanswered(self):
        return self.filter(state=ReferralState.SENT)

    def fallen_through(self):
        """Declined or failed, and nobody has seen to it since."""
        return self.filter(state__in=(ReferralState.DECLINED, ReferralState.FAILED), followed_at=None)

    def refer(self, case, person, agency, *, need, consent, hands_over, by, at, once, text="", instead_of=None):
        """Refer a person of a case to an agency; without consent it is held. The same `once` gives back the first.

        hands_over: codes of `Handed`; instead_of: the declined or failed referral that this one follows.
        Raises Refused for a stranger to the case, an agency not in use or of another district, a report by law that
        the law does not ask for, and a text that names a person.
        """
        with telling(case, by=by, at=at):
            return self._refer(case, person, agency, need, consent, hands_over, by, at, once, text, instead_of)

    def _refer(self, case, person, agency, need, consent, hands_over, by, at, once, text, instead_of):
        made = self.filter(once=once).first()
        if made:
            return made
        refuse_strangers(case, person)
        _refuse_agency(case, agency)
        consent = _lawful_consent(case, person, agency, need, consent)
        case.refuse_names(text, by=by, at=at)
        referral = self.model(
            thana=case.thana, person=person, agency=agency, need=need, consent=consent, text=text, once=once,
            hands_over=" ".join(code for code in Handed.values if code in hands_over), sent_by=by, recorded_at=at,
            state=ReferralState.HELD if consent == Consent.MISSING else ReferralState.SENT,
        )  # fmt: skip
        setattr(referral, case.CASE, case)
        held = consent == Consent.MISSING
        if not held:
            referral.consent_at = at
            referral.leave_for_agency(at)
        referral.save()
        if instead_of:
            self.filter(pk=instead_of.pk, followed_at=None).update(followed_at=at)
        details = {"agency": agency.pk, "kind": agency.kind, "need": need, "consent": consent, "fields": hands_over}
        action = "referral.hold" if held else "referral.send"
        Entry.objects.write(action=action, by=by, at=at, subject=referral, details=details)
        referral.meet_the_law(by=by, at=at)
        return referral


def _refuse_agency(case, agency):
    if agency.state != AgencyState.ACTIVE:
        raise Refused(gettext("This agency is not in use."))
    if agency.district_id != case.district_id:
        raise Refused(gettext("Choose an agency of this district."))


def _lawful_consent(case, person, agency, need, consent):
    """A report by law goes only to whom the law names, and needs no consent; everything else rests on hers."""
    if need == Need.REPORT:
        if agency.kind not in TOLD_BY_LAW or not reported_by_law(case, person):
            raise Refused(
                gettext("Only an offence against a child is reported by law, to the committee and the court.")
            )
        return Consent.LAW
    if consent not in HER_WILL | {Consent.MISSING}:
        raise Refused(gettext("Say whether and how she consented."))
    return consent


class Referral(Support, Due):
    """One referral of one person to one agency. It holds no identity: only which parts of it may be handed over."""

    person = models.ForeignKey("complaints.Person", models.PROTECT, related_name="+", verbose_name=_("for whom"))
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="referrals", verbose_name=_("agency"))
    need = models.CharField(_("what is needed"), max_length=12, choices=Need.choices)
    text = models.CharField(_("message to the agency"), max_length=500, blank=True)
    consent = models.CharField(_("consent"), max_length=12, choices=Consent.choices)
    consent_at = models.DateTimeField(_("consent recorded"), null=True)
    override_reason = models.CharField(_("reason"), max_length=500, blank=True)
    hands_over = models.CharField(_("handed over"), max_length=80, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=ReferralState.choices, default=ReferralState.SENT)
    version = models.PositiveIntegerField(default=1)
    once = models.UUIDField(unique=True, editable=False)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    recorded_at = models.DateTimeField()
    sent_at = models.DateTimeField(_("sent"), null=True)
    answer_due_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    begun_at = models.DateTimeField(_("help began"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)
    answer = models.CharField(_("answer"), max_length=12, choices=Answer.choices, blank=True)
    result = models.CharField(_("result"), max_length=500, blank=True)
    reminders = models.PositiveSmallIntegerField(_("reminders"), default=0)
    reminded_at = models.DateTimeField(_("reminded"), null=True)
    followed_at = models.DateTimeField(null=True)

    objects = ReferralQuerySet.as_manager()

    MOVES = MOVES

    class Meta:
        default_permissions = ()
        permissions = [("answer", "May answer one referral by name")]
        verbose_name = _("referral")
        verbose_name_plural = _("referrals")
        constraints = [
            one_case("referral_one_case"),
            models.CheckConstraint(
                condition=~Q(consent=Consent.MISSING) | Q(sent_at=None), name="referral_sent_only_with_consent"
            ),
        ]
        indexes = [
            *placed_indexes("referral", "recorded_at"),
            *[
                models.Index(
                    fields=[column, "due_at", "id"], condition=Q(due_at__isnull=False), name=f"referral_due_{column}"
                )
                for column in PLACE_COLUMNS
            ],
        ]

    def __str__(self):
        return f"{self.agency.name}: {self.get_need_display()}"

    def get_absolute_url(self):
        return reverse("counselling:referral", args=[self.pk])

    @property
    def is_with_agency(self):
        return self.state in WITH_AGENCY

    @property
    def handed_labels(self):
        """What may be handed over, in words."""
        return [Handed(code).label for code in self.hands_over.split()]

    def leave_for_agency(self, at):
        """It goes out: the time to answer runs (saved by the caller)."""
        self.sent_at = at
        self.run("referral_answer", at)
        self.answer_due_at = self.due_at

    def shut_ways_in(self, at):
        """The links of a referral that is over open nothing any more; named persons no longer read what was handed over."""
        self.links.usable(at).update(revoked_at=at)

    def meet_the_law(self, *, by, at):
        """Once committee and court are told of an FIR, its clock of 24 hours is met (POCSO 19(6), clock 12)."""
        if self.need != Need.REPORT or self.fir is None:
            return
        told = type(self).objects.filter(fir=self.fir, need=Need.REPORT, sent_at__isnull=False)
        told = set(told.exclude(state=ReferralState.WITHDRAWN).values_list("agency__kind", flat=True))
        known = self.fir.milestones.filter(kind="cwc_told").exists()
        if told >= TOLD_BY_LAW and not known and any(s.name == "cwc_told" for s in moves_for(self.fir, by)):
            move(self.fir, "cwc_told", by=by, at=at, on=at)

    # --- what the agency gets ------------------------------------------------------------------------------------

    def handed_over(self):
        """[(label, text)] of what she let go out, unsealed. Only for a reading that is on the trail."""
        matter = identity.unseal(self.person.identity.sealed)
        return [(Handed(code).label, matter[code]) for code in self.hands_over.split() if matter.get(code)]

    @transaction.atomic
    def read_handed_over(self, *, by, at):
        """What was handed over, for a named person of the agency; on the trail. Raises Refused once it is over."""
        if (
            not self.is_with_agency
            or not type(self).objects.given_to(by, timezone.localdate(at)).filter(pk=self.pk).exists()
        ):
            raise Refused(gettext("What was handed over may not be read any more."), "right")
        Entry.objects.write(action="referral.read_identity", by=by, at=at, subject=self, details={"way": "login"})
        return self.handed_over()

    @transaction.atomic
    def letter(self, *, by, at):
        """What stands in the letter of her identity; printed by who handles the case, on the trail. Raises Refused."""
        if self.case.may_read_identity(by, at) is not identity.Reading.HANDLES:
            raise Refused(gettext("The letter is printed by those who handle the case."), "right")
        if not self.is_with_agency:
            raise Refused(gettext("There is a letter only while the referral is with the agency."))
        Entry.objects.write(action="referral.print_letter", by=by, at=at, subject=self)
        return self.handed_over()

    @transaction.atomic
    def grant(self, *, to, until, order_number, by, at):
        """Let a named person of the agency answer this referral until the end of the day `until`.

        Raises Refused for what has not gone out, or is over.
        """
        if not self.is_with_agency:
            raise Refused(gettext("It is opened only while the referral is with the agency."))
        self.case.refuse_names(order_number, by=by, at=at)
        ReferralGrant.objects.update_or_create(
            user=to,
            content_object=self,
            permission=Permission.objects.get(content_type__app_label="counselling", codename="answer"),
            defaults={"until": until, "order_number": order_number},
        )
        details = {"to_user": to.pk, "until": until.isoformat(), "order": order_number}
        Entry.objects.write(action="referral.grant", by=by, at=at, subject=self, details=details)

    @transaction.atomic
    def withdraw_grant(self, grant, *, by, at):
        details = {"to_user": grant.user_id, "until": grant.until.isoformat(), "order": grant.order_number}
        Entry.objects.write(action="referral.withdraw_grant", by=by, at=at, subject=self, details=details)
        grant.delete()


class ReferralGrant(UserObjectPermissionBase):
    """A named person of an agency may see and answer one referral until the end of the day `until`."""

    content_object = models.ForeignKey(Referral, models.CASCADE, related_name="grants")
    until = models.DateField(_("until"))
    order_number = models.CharField(_("order number"), max_length=60)

    class Meta(UserObjectPermissionBase.Meta):
        abstract = False
        verbose_name = _("referral opened by name")
        verbose_name_plural = _("referrals opened by name")
