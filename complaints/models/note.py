"""Entries on a case: follow-up with the next date, feedback calls, directions from above and their compliance."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from complaints.models.people import one_case


class Note(models.Model):
    """One entry, written once. Its text is read far up the line and never names a person in the case."""

    class Kind(models.TextChoices):
        FOLLOW_UP = "follow_up", _("Follow-up")
        CALL = "call", _("Call to the complainant")
        VISIT = "visit", _("Visit")
        ENQUIRY = "enquiry", _("Enquiry")
        DECISION = "decision", _("Decision")
        ACTION = "action", _("Action taken")
        FEEDBACK = "feedback", _("Feedback")
        MISSED_CALL = "missed_call", _("Feedback call not answered")
        DIRECTION = "direction", _("Direction")
        COMPLIANCE = "compliance", _("Compliance")
        COUNSELLING = "counselling", _("Counselling")

    complaint = models.ForeignKey("complaints.Complaint", models.CASCADE, null=True, related_name="notes")
    fir = models.ForeignKey("complaints.Fir", models.CASCADE, null=True, related_name="notes")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    role = models.CharField(max_length=12)
    text = models.TextField(_("text"), max_length=4000)
    next_on = models.DateField(_("next date"), null=True, blank=True)
    answers = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="answer")

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        constraints = [one_case("note_one_case")]
        indexes = [
            models.Index(fields=["complaint", "-at"], name="note_complaint"),
            models.Index(fields=["fir", "-at"], name="note_fir"),
        ]

    def __str__(self):
        return self.get_kind_display()
