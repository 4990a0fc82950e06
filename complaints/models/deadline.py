"""The clocks of a complaint. How long each one runs is a Rule row; here stands only which clock met what fate."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Clock(models.TextChoices):
    """The clocks of a complaint; each value is the code of the Rule row that says how long."""

    FIRST_ACTION = "first_action", _("First action")
    ENQUIRY = "preliminary_enquiry", _("Preliminary enquiry")
    DISPOSAL = "complaint_disposal", _("Disposal")
    FEEDBACK = "feedback_call", _("Feedback call")
    FOLLOW_UP = "follow_up", _("Follow-up")
    DIRECTION = "direction", _("Direction of a senior officer")


class DeadlineStatus(models.TextChoices):
    ON_TIME = "on_time", _("On time")
    DUE_SOON = "due_soon", _("Due soon")
    LATE = "late", _("Late")
    MET = "met", _("Done in time")
    MET_LATE = "met_late", _("Done late")
    VOID = "void", _("No longer running")


class DeadlineQuerySet(models.QuerySet):
    def running(self):
        return self.filter(met_at=None, void_at=None)


class Deadline(models.Model):
    """One clock of one complaint: started, due, met or void. An extension keeps the first due moment."""

    complaint = models.ForeignKey("complaints.Complaint", models.CASCADE, related_name="deadlines")
    clock = models.CharField(_("clock"), max_length=24, choices=Clock.choices)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(_("due"))
    warn_at = models.DateTimeField()
    first_due_at = models.DateTimeField()
    met_at = models.DateTimeField(null=True)
    void_at = models.DateTimeField(null=True)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = _("deadline")
        verbose_name_plural = _("deadlines")
        constraints = [
            models.UniqueConstraint(
                fields=["complaint", "clock"],
                condition=models.Q(met_at=None, void_at=None) & ~models.Q(clock=Clock.DIRECTION),
                name="deadline_one_running_clock_of_a_kind",
            )
        ]

    def status(self, at):
        """What the badge says at the moment `at`. Due at 10:00 means late from 10:00 on."""
        if self.void_at:
            return DeadlineStatus.VOID
        if self.met_at:
            return DeadlineStatus.MET if self.met_at < self.due_at else DeadlineStatus.MET_LATE
        return status_of(self.due_at, self.warn_at, at)


def status_of(due_at, warn_at, at):
    """On time, due soon (amber, from warn_at) or late (red, from due_at)."""
    if at >= due_at:
        return DeadlineStatus.LATE
    return DeadlineStatus.DUE_SOON if at >= warn_at else DeadlineStatus.ON_TIME
