"""The moves of an application for compensation: papers, bank, applied, enquired, sanctioned, paid."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.models.entries import reasoned
from complaints.models.moves import Step
from kendras.identity import Reading
from kendras.workflow import NamesPerson, Refused


class CompensationState(models.TextChoices):
    PREPARING = "preparing", _("Being prepared")
    APPLIED = "applied", _("Applied for")
    ENQUIRED = "enquired", _("Enquiry complete")
    SANCTIONED = "sanctioned", _("Sanctioned")
    PAYING = "paying", _("Paid in part")
    PAID = "paid", _("Paid")
    REFUSED = "refused", _("Refused")
    GIVEN_UP = "given_up", _("Given up")


class Paper(models.TextChoices):
    FORM = "form", _("Application form")
    FIR = "fir", _("Copy of the FIR")
    MEDICAL = "medical", _("Medical report")
    IDENTITY = "identity", _("Proof of identity")
    PASSBOOK = "passbook", _("Copy of the passbook")
    AGE = "age", _("Proof of age")
    CHARGE_SHEET = "charge_sheet", _("Charge sheet")
    PHOTO = "photo", _("Photograph")


class DelayReason(models.TextChoices):
    PAPERS = "papers", _("papers are missing")
    BANK = "bank", _("bank details are missing or wrong")
    CHARGE_SHEET = "charge_sheet", _("charge sheet awaited")
    ENQUIRY = "enquiry", _("enquiry pending with the authority")
    SANCTION = "sanction", _("committee or order awaited")
    FUNDS = "funds", _("no funds at present")
    OTHER = "other", _("another reason")


_S = CompensationState
_BEFORE_ORDER = frozenset({_S.APPLIED, _S.ENQUIRED})
_TO_PAY = frozenset({_S.SANCTIONED, _S.PAYING})
OPEN = frozenset({_S.PREPARING}) | _BEFORE_ORDER | _TO_PAY


def _clean_text(row, by, at, *texts):
    row.case.refuse_names(*texts, by=by, at=at)
    if any(row.names_the_account(text) for text in texts):
        raise NamesPerson(
            gettext("The text holds the account number. Bank details stand only under lock."), about=row.case
        )


def _after(column):
    """The guard for a step with a day: neither in the future nor before the step it follows."""

    def guard(row, *, by, at, on=None, text="", number="", **_data):
        before = getattr(row, column)
        before = timezone.localdate(before) if column == "recorded_at" else before
        if on is None or on > timezone.localdate(at):
            raise Refused(gettext("Give a day up to today."))
        if before and on < before:
            raise Refused(gettext("This lies before the step it follows (%(when)s).") % {"when": f"{before:%d-%m-%Y}"})
        _clean_text(row, by, at, text, number)

    return guard


def _known_papers(row, *, papers, **_data):
    if any(code not in Paper.values for code in papers):
        raise Refused(gettext("Choose the papers from the list."))


def _papers(row, *, papers, **_data):
    row.papers = " ".join(code for code in Paper.values if code in papers)
    return {"papers": row.papers}


def _who_handles(row, *, by, at, bank, **_data):
    if row.case.may_read_identity(by, at) is not Reading.HANDLES:
        raise Refused(gettext("Bank details are taken by those who handle the case."), "right")
    if not (bank.get("account") and bank.get("ifsc")):
        raise Refused(gettext("Give the account number and the IFSC."))


def _bank(row, *, at, bank, **_data):
    row.keep_bank(bank)
    row.bank_at = at


def _apply(row, *, on, number="", **_data):
    row.applied_on, row.number, row.delay = on, number, ""
    row.run_from_day("compensation_enquiry", on)
    row.enquiry_due_at = row.due_at
    return {"on": on.isoformat(), "number": number}


def _enquired(row, *, on, **_data):
    row.enquired_on, row.delay = on, ""
    row.run_from_day("compensation_sanction", on)
    return {"on": on.isoformat()}


def _an_amount(row, *, amount=None, **data):
    _after("enquired_on" if row.enquired_on else "applied_on")(row, **data)
    if not amount or amount < 1:
        raise Refused(gettext("Give the amount in rupees."))


def _sanction(row, *, on, amount, number="", **_data):
    row.decided_on, row.sanctioned, row.order_number, row.delay = on, amount, number, ""
    row.run_from_day("compensation_pay", on)
    return {"on": on.isoformat(), "amount": amount, "number": number}


def _with_reason(row, *, by, at, reason, **_data):
    reasoned(reason)
    _clean_text(row, by, at, reason)


def _refusal(row, *, reason, **data):
    _after("enquired_on" if row.enquired_on else "applied_on")(row, **data)
    _with_reason(row, reason=reason, **data)


def _refused(row, *, on, **_data):
    row.decided_on = on
    row.stop()
    return {"on": on.isoformat()}


def _give_up(row, **_data):
    row.stop()


def _part_of_it(row, *, amount=None, **data):
    _payable(row, **data)
    if not amount or not 1 <= amount < row.left:
        raise Refused(gettext("A part payment lies between 1 and %(most)s rupees.") % {"most": max(row.left - 1, 0)})


def _payable(row, **data):
    _after("paid_on" if row.paid_on else "decided_on")(row, **data)
    if row.waits_for_charge_sheet and not row.paid:
        raise Refused(gettext("This scheme pays after the charge sheet; none is recorded yet in the FIR."))


def _pay(row, *, by, at, on, amount, **_data):
    row.instalments.create(on=on, amount=amount, by=by, at=at)
    row.paid, row.paid_on, row.delay = row.paid + amount, on, ""
    row.run_from_day("compensation_pay", on)
    return {"on": on.isoformat(), "amount": amount}


def _pay_rest(row, *, by, at, on, **_data):
    details = _pay(row, by=by, at=at, on=on, amount=row.left)
    row.stop()
    return details


def _known_delay(row, *, by, at, delay, text="", **_data):
    if delay not in DelayReason.values:
        raise Refused(gettext("Choose the reason."))
    _clean_text(row, by, at, text)


def _delayed(row, *, delay, text="", **_data):
    row.delay, row.remark = delay, text
    return {"delay": delay}


_KEEP = "counselling.compensate"

MOVES = {
    step.name: step
    for step in (
        Step(
            "bank", _("Bank details"), _KEEP, OPEN, None,
            guard=_who_handles, apply=_bank, said=_("took the bank details"),
        ),
        Step(
            "papers", _("Papers at hand"), _KEEP, OPEN, None,
            guard=_known_papers, apply=_papers, said=_("recorded the papers at hand"),
        ),
        Step(
            "apply", _("Application filed"), _KEEP, frozenset({_S.PREPARING}), _S.APPLIED,
            guard=_after("recorded_at"), apply=_apply, primary=True, said=_("recorded that the application was filed"),
        ),
        Step(
            "enquired", _("Enquiry complete"), _KEEP, frozenset({_S.APPLIED}), _S.ENQUIRED,
            guard=_after("applied_on"), apply=_enquired, primary=True, said=_("recorded that the enquiry is complete"),
        ),
        Step(
            "sanction", _("Sanctioned"), _KEEP, _BEFORE_ORDER, _S.SANCTIONED,
            guard=_an_amount, apply=_sanction, primary=True, said=_("recorded the sanction"),
        ),
        Step(
            "refuse", _("Refused"), _KEEP, _BEFORE_ORDER, _S.REFUSED,
            guard=_refusal, apply=_refused, said=_("recorded the refusal"),
        ),
        Step(
            "instalment", _("Part payment"), _KEEP, _TO_PAY, _S.PAYING,
            guard=_part_of_it, apply=_pay, said=_("recorded a part payment"),
        ),
        Step(
            "pay_rest", _("Whole rest paid"), _KEEP, _TO_PAY, _S.PAID,
            guard=_payable, apply=_pay_rest, primary=True, said=_("recorded the last payment"),
        ),
        Step(
            "delay", _("Reason of the delay"), _KEEP, OPEN, None,
            guard=_known_delay, apply=_delayed, said=_("gave the reason of the delay"),
        ),
        Step(
            "give_up", _("Give up"), _KEEP, OPEN - _TO_PAY, _S.GIVEN_UP,
            guard=_with_reason, apply=_give_up, said=_("gave the application up"),
        ),
    )
}  # fmt: skip
