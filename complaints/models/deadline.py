"""Clocks of a case. How long each one runs is a Rule row; here stands only which clock met what fate."""

from datetime import datetime, time, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Clock(models.TextChoices):
    """The clocks of a complaint; each value is the code of the Rule row that says how long."""

    FIRST_ACTION = "first_action", _("First action")
    ENQUIRY = "preliminary_enquiry", _("Preliminary enquiry")
    DISPOSAL = "complaint_disposal", _("Disposal")
    FEEDBACK = "feedback_call", _("Feedback call")
    FOLLOW_UP = "follow_up", _("Follow-up")
    DIRECTION = "direction", _("Direction of a senior officer")
    COUNSELLING = "mandatory_counselling", _("Mandatory counselling")


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


class Running(models.Model):
    """One clock of one case: started, due, met or void. An extension keeps the first due moment."""

    started_at = models.DateTimeField()
    due_at = models.DateTimeField(_("due"))
    warn_at = models.DateTimeField()
    first_due_at = models.DateTimeField()
    met_at = models.DateTimeField(null=True)
    void_at = models.DateTimeField(null=True)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        abstract = True

    def status(self, at):
        """What the badge says at the moment `at`. Due at 10:00 means late from 10:00 on."""
        if self.void_at:
            return DeadlineStatus.VOID
        if self.met_at:
            return DeadlineStatus.MET if self.met_at < self.due_at else DeadlineStatus.MET_LATE
        return status_of(self.due_at, self.warn_at, at)


class Deadline(Running):
    """A clock of a complaint."""

    complaint = models.ForeignKey("complaints.Complaint", models.CASCADE, related_name="deadlines")
    clock = models.CharField(_("clock"), max_length=24, choices=Clock.choices)

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


class Clocked(models.Model):
    """A case with clocks (`deadlines`). The running one that falls due first is copied onto the row, so that lists and
    pages of the day need no second table; the concrete model adds `due_clock`.
    """

    due_at = models.DateTimeField(_("due"), null=True)
    warn_at = models.DateTimeField(null=True)

    #: clocks of which several may run side by side
    REPEATABLE = frozenset({Clock.DIRECTION})

    class Meta:
        abstract = True

    def due_status(self, at):
        """The badge of the clock that falls due first; None where none runs."""
        return status_of(self.due_at, self.warn_at, at) if self.due_at else None

    def start_clock(self, clock, start, rule, **whose):
        """Start a clock by its Rule row; one that runs already is left alone unless it may repeat."""
        due = rule.due(start)
        self._start(clock, start, due, rule.warn(due), whose)

    def start_clock_until(self, clock, start, day, rule, **whose):
        """Start a clock that ends with the day `day`; the rule says how long before it warns."""
        due = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
        self._start(clock, start, due, rule.warn(due), whose)

    def _start(self, clock, start, due, warn, whose):
        if clock not in self.REPEATABLE and self.deadlines.running().filter(clock=clock, **whose).exists():
            return
        self.deadlines.create(
            clock=clock, started_at=start, due_at=due, warn_at=warn, first_due_at=due, **whose, **self.clock_place()
        )

    def clock_place(self):
        """What a clock carries of the case's place, where its table is placed."""
        return {}

    def meet_clock(self, *clocks, at, **whose):
        self.deadlines.running().filter(clock__in=clocks, **whose).update(met_at=at)

    def void_clocks(self, *clocks, at, **whose):
        self.deadlines.running().filter(clock__in=clocks, **whose).update(void_at=at)

    def refresh_due(self):
        """Copy the running clock that falls due first onto the row (not saved). Returns the running ones by due date."""
        running = list(self.deadlines.running().order_by("due_at", "id"))
        first = running[0] if running else None
        self.due_at = first.due_at if first else None
        self.warn_at = first.warn_at if first else None
        self.due_clock = first.clock if first else ""
        return running


def status_of(due_at, warn_at, at):
    """On time, due soon (amber, from warn_at) or late (red, from due_at)."""
    if at >= due_at:
        return DeadlineStatus.LATE
    return DeadlineStatus.DUE_SOON if at >= warn_at else DeadlineStatus.ON_TIME
