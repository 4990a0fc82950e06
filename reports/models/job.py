"""Work that a worker does: the row is the truth about it, a message of the broker only rings the bell."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Job(models.Model):
    """Work for a worker: rung for, taken up, beating, done; or given up after too many tries."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    #: a job without a sign of life for so long is rung for again
    QUIET = timedelta(minutes=3)
    #: how many times in a row it is taken up without getting anywhere
    TRIES = 5

    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(_("asked"))
    started_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField()
    finished_at = models.DateTimeField(_("finished"), null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=80, blank=True)

    class Meta:
        abstract = True

    @classmethod
    def silent(cls, at):
        """Unfinished jobs without a sign of life: a worker was killed, or the bell was not heard."""
        over = (cls.State.DONE, cls.State.FAILED)
        return cls._base_manager.exclude(state__in=over).filter(heartbeat_at__lte=at - cls.QUIET)

    @property
    def is_over(self):
        return self.state in (self.State.DONE, self.State.FAILED)

    def beat(self, at, **columns):
        """Store a sign of life, and further columns with it."""
        type(self)._base_manager.filter(pk=self.pk).update(heartbeat_at=at, **columns)

    def take_up(self, at):
        """Begin or carry on, on a locked row: False where it has been taken up too often without getting anywhere."""
        if self.tries >= self.TRIES:
            self.beat(at, state=self.State.FAILED, finished_at=at)
            return False
        self.state, self.tries, self.heartbeat_at = self.State.RUNNING, self.tries + 1, at
        self.started_at = self.started_at or at
        self.save(update_fields=["state", "tries", "heartbeat_at", "started_at"])
        return True

    def stumble(self, error, at):
        """Note an error by its class (a message could hold data); after too many tries in a row the job is given up."""
        state = self.State.FAILED if self.tries >= self.TRIES else self.State.WAITING
        over = {"finished_at": at} if state == self.State.FAILED else {}
        self.beat(at, state=state, error=type(error).__name__[:80], **over)
