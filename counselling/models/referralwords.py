"""The words of a referral: what she needs, how she consented, what may be handed over, how it ended."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Need(models.TextChoices):
    MEDICAL = "medical", _("Medical help")
    LEGAL = "legal", _("Legal aid")
    SHELTER = "shelter", _("Shelter")
    COUNSELLING = "counselling", _("Counselling")
    PROTECTION = "protection", _("Protection under the Domestic Violence Act")
    CHILD = "child", _("Care and protection of a child")
    LIVELIHOOD = "livelihood", _("Rehabilitation and livelihood")
    MONEY = "money", _("Compensation or a scheme")
    REPORT = "report", _("Report by law (POCSO 19(6))")
    OTHER = "other", _("Other help")


class Consent(models.TextChoices):
    WRITTEN = "written", _("She consented in writing")
    SPOKEN = "spoken", _("She consented before a woman officer; it was read to her")
    GUARDIAN = "guardian", _("The parent or guardian of the child consented")
    MISSING = "missing", _("She has not consented")
    OVERRIDDEN = "overridden", _("Without consent, by order of an officer")
    LAW = "law", _("The law asks for the report")


#: what an officer of the kendra may record of her will
HER_WILL = frozenset({Consent.WRITTEN, Consent.SPOKEN, Consent.GUARDIAN})


class Handed(models.TextChoices):
    """What of her identity may be handed over to the agency; nothing that is not ticked leaves the case."""

    NAME = "name", _("Name")
    AGE = "age", _("Age")
    GUARDIAN = "guardian", _("Name of father or husband")
    PHONE = "phone", _("Phone")
    SAFE_CONTACT = "safe_contact", _("When and how to call her safely")
    ADDRESS = "address", _("Address")
    VILLAGE = "village", _("Village or ward")


class ReferralState(models.TextChoices):
    HELD = "held", _("Held: no consent yet")
    SENT = "sent", _("Sent")
    ACCEPTED = "accepted", _("Accepted")
    IN_PROGRESS = "in_progress", _("In progress")
    DONE = "done", _("Done")
    DECLINED = "declined", _("Declined")
    FAILED = "failed", _("Failed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


#: the agency has something to do; only then may it read what was handed over
WITH_AGENCY = frozenset({ReferralState.SENT, ReferralState.ACCEPTED, ReferralState.IN_PROGRESS})


class Answer(models.TextChoices):
    """Why an agency declines or fails, or how far it helped: a choice, so that no free text comes from outside."""

    HELPED = "helped", _("helped as asked")
    PARTLY = "partly", _("helped in part")
    FULL = "full", _("no place or no staff at present")
    NOT_OURS = "not_ours", _("another agency is responsible")
    NOT_ELIGIBLE = "not_eligible", _("the conditions are not met")
    NOT_COME = "not_come", _("she did not come or could not be reached")
    NOT_WANTED = "not_wanted", _("she no longer wants it")
    OTHER = "other", _("another reason")


#: which answers a step may carry
ANSWERS = {
    "decline": (Answer.FULL, Answer.NOT_OURS, Answer.NOT_ELIGIBLE, Answer.OTHER),
    "complete": (Answer.HELPED, Answer.PARTLY),
    "fail": (Answer.NOT_COME, Answer.NOT_WANTED, Answer.NOT_ELIGIBLE, Answer.FULL, Answer.OTHER),
}
