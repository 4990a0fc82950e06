"""Compensation and schemes: from the papers and the bank details to the last payment (DG 38/2025 ¶3.v, ¶4.iii)."""

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.models.people import one_case
from counselling.models.compensationmoves import MOVES, CompensationState, DelayReason, Paper
from counselling.models.scheme import Scheme
from counselling.models.support import Due, Support, SupportQuerySet, refuse_strangers
from kendras import identity
from kendras.models import SENTENCES, Entry, placed_indexes
from kendras.models.units import PLACE_COLUMNS
from kendras.workflow import Refused, telling

SENTENCES.update(
    {
        "compensation.start": _("began an application for compensation or a scheme"),
        "compensation.read_bank": _("read the bank details"),
        **{f"compensation.{step.name}": step.said for step in MOVES.values()},
    }
)


class CompensationQuerySet(SupportQuerySet):
    def start(self, case, person, scheme, *, by, at, once):
        """Begin an application of a person of the case; the same `once` gives back the first.

        Raises Refused for a stranger to the case, and where one for the same scheme is open already.
        """
        with telling(case, by=by, at=at):
            made = self.filter(once=once).first()
            if made:
                return made
            refuse_strangers(case, person)
            if not scheme.pays:
                raise Refused(gettext("This scheme is only told of, not applied for here."))
            row = self.model(
                thana=case.thana, person=person, scheme=scheme, once=once, started_by=by, recorded_at=at,
                **{case.CASE: case},
            )  # fmt: skip
            if self.about(case).open().filter(person=person, scheme=scheme).exists():
                raise Refused(gettext("An application for this scheme is open already."))
            row.run("compensation_apply", at)
            row.save()
            details = {"scheme": scheme.code, "person": person.key_code}
            Entry.objects.write(action="compensation.start", by=by, at=at, subject=row, details=details)
            return row

    def open(self):
        """Neither paid in full nor refused nor given up."""
        return self.exclude(state__in=(CompensationState.PAID, CompensationState.REFUSED, CompensationState.GIVEN_UP))


class Compensation(Support, Due):
    """One application of one person to one scheme. Amounts are whole rupees. Bank details stand apart, sealed."""

    person = models.ForeignKey("complaints.Person", models.PROTECT, related_name="+", verbose_name=_("for whom"))
    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+", verbose_name=_("scheme"))
    papers = models.CharField(_("papers at hand"), max_length=120, blank=True)
    bank_at = models.DateTimeField(_("bank details taken"), null=True)
    number = models.CharField(_("number of the application"), max_length=60, blank=True)
    applied_on = models.DateField(_("applied on"), null=True)
    enquiry_due_at = models.DateTimeField(null=True)
    enquired_on = models.DateField(_("enquiry completed on"), null=True)
    decided_on = models.DateField(_("decided on"), null=True)
    order_number = models.CharField(_("number of the order"), max_length=60, blank=True)
    sanctioned = models.PositiveIntegerField(_("sanctioned (rupees)"), null=True)
    paid = models.PositiveIntegerField(_("paid (rupees)"), default=0)
    paid_on = models.DateField(_("last payment on"), null=True)
    delay = models.CharField(_("reason of the delay"), max_length=16, choices=DelayReason.choices, blank=True)
    remark = models.CharField(_("remark"), max_length=500, blank=True)
    state = models.CharField(
        _("state"), max_length=12, choices=CompensationState.choices, default=CompensationState.PREPARING
    )
    version = models.PositiveIntegerField(default=1)
    once = models.UUIDField(unique=True, editable=False)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    recorded_at = models.DateTimeField(_("begun"))

    objects = CompensationQuerySet.as_manager()

    MOVES = MOVES

    class Meta:
        default_permissions = ()
        verbose_name = _("application for compensation")
        verbose_name_plural = _("applications for compensation")
        constraints = [
            one_case("compensation_one_case"),
            models.CheckConstraint(
                condition=Q(paid=0) | Q(paid__lte=F("sanctioned")), name="compensation_paid_within_the_sanction"
            ),
        ]
        indexes = [
            *placed_indexes("compensation", "recorded_at"),
            *[
                models.Index(
                    fields=[column, "due_at", "id"], condition=Q(due_at__isnull=False), name=f"comp_due_{column}"
                )
                for column in PLACE_COLUMNS
            ],
        ]

    def __str__(self):
        return self.scheme.name

    def get_absolute_url(self):
        return reverse("counselling:compensation", args=[self.pk])

    @property
    def left(self):
        """What is still to be paid of the sanction, in rupees."""
        return (self.sanctioned or 0) - self.paid

    @property
    def paper_labels(self):
        return [Paper(code).label for code in self.papers.split()]

    @property
    def waits_for_charge_sheet(self):
        """Whether the scheme pays only after the charge sheet and the FIR has none yet (domain: Rani Laxmi Bai fund)."""
        return self.scheme.after_charge_sheet and not (self.fir and self.fir.first_reported_at)

    # --- bank details --------------------------------------------------------------------------------------------

    def keep_bank(self, matter):
        """Seal the bank details; what was there before is replaced."""
        BankDetails.objects.update_or_create(compensation=self, defaults={"sealed": identity.seal(matter)})

    @cached_property
    def _account_digits(self):
        kept = BankDetails.objects.filter(compensation=self).first()
        return identity.unseal(kept.sealed).get("account", "") if kept else ""

    def names_the_account(self, text):
        """Whether a text that others read holds the account number, whatever stands between its digits."""
        plain = "".join(sign for sign in (text or "").translate(identity.DIGITS) if sign.isalnum())
        return bool(self._account_digits) and self._account_digits in plain

    @transaction.atomic
    def read_bank(self, *, by, at):
        """The bank details {holder, bank, account, ifsc}, for who handles the case; on the trail. Raises Refused."""
        if self.case.may_read_identity(by, at) is not identity.Reading.HANDLES:
            raise Refused(gettext("You may not read the identity in this case."), "right")
        Entry.objects.write(action="compensation.read_bank", by=by, at=at, subject=self)
        kept = BankDetails.objects.filter(compensation=self).first()
        return identity.unseal(kept.sealed) if kept else {}


class BankDetails(models.Model):
    """Where the money goes, sealed like an identity. The sealed dict: holder, bank, account, ifsc."""

    compensation = models.OneToOneField(Compensation, models.CASCADE, primary_key=True, related_name="bank_details")
    sealed = models.BinaryField()

    class Meta:
        default_permissions = ()
        verbose_name = _("bank details")
        verbose_name_plural = _("bank details")


class Instalment(models.Model):
    """One payment, in whole rupees. Written once."""

    compensation = models.ForeignKey(Compensation, models.PROTECT, related_name="instalments")
    on = models.DateField(_("paid on"))
    amount = models.PositiveIntegerField(_("amount (rupees)"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
