"""What the district police chief directs in the monthly crime meeting, kendra by kendra, and what came of it (DG 38/2025 ¶5.iv)."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kendras.models import SENTENCES, Entry, Placed, PlacedQuerySet, placed_indexes
from kendras.workflow import Move, Refused, telling
from reports.models.wording import refuse_fewer_words, refuse_names

SENTENCES.update(
    {
        "meetingdirection.give": _("gave a direction in the crime meeting"),
        "meetingdirection.done": _("reported the direction of the crime meeting as carried out"),
        "meetingdirection.not_done": _("reported why the direction of the crime meeting is not carried out"),
    }
)


class MeetingDirectionQuerySet(PlacedQuerySet):
    def give(self, month, directions, *, by, at, once):
        """Record what was directed in the meeting about `month`: directions is a list of (thana, text, due date).

        All or none; the same `once` is recorded once. Raises Refused with the name of the kendra it is about.
        """
        with telling(by, by=by, at=at):
            return self._give(month, directions, by, at, once)

    def _give(self, month, directions, by, at, once):
        if self.filter(once=once).exists():
            return []
        for thana, text, due_on in directions:
            self._check(thana, text, due_on, by, at)
        # names last: an answer about a name must not come for free with another direction's mistake
        for thana, text, _due_on in directions:
            refuse_names(thana, text, about=by, by=by, at=at)
        given = []
        for thana, text, due_on in directions:
            row = self.model(
                thana=thana, month=month, text=text.strip(), due_on=due_on, given_by=by, given_at=at, once=once
            )
            row.save()
            details = {"month": f"{month:%Y-%m}", "by_date": due_on.isoformat()}
            Entry.objects.write(action="meetingdirection.give", by=by, at=at, subject=row, details=details)
            given.append(row)
        return given

    def _check(self, thana, text, due_on, by, at):
        try:
            if not by.has_perm("reports.direct_meeting", thana):
                raise Refused(gettext("This kendra is not under you."), "right")
            refuse_fewer_words(text, 3, gettext("Write the direction in a sentence."))
            if due_on is None or due_on < timezone.localdate(at):
                raise Refused(gettext("Give a date, today or later, by which it is to be done."))
        except Refused as refusal:
            raise Refused(f"{thana.title}: {refusal}", refusal.code) from refusal


def _a_sentence(direction, *, by, at, text, **_data):
    refuse_fewer_words(text, 3, gettext("Answer in a sentence: what was done, or why not."))
    refuse_names(direction.thana, text, about=direction, by=by, at=at)


def _answer(direction, *, by, at, text, **_data):
    direction.answer, direction.answered_by, direction.answered_at = text.strip(), by, at


class MeetingDirection(Placed):
    """One direction to one kendra, and the in-charge's answer."""

    class State(models.TextChoices):
        OPEN = "open", _("Not answered yet")
        DONE = "done", _("Carried out")
        NOT_DONE = "not_done", _("Not carried out")

    month = models.DateField(_("month under review"))
    text = models.TextField(_("direction"), max_length=1000)
    due_on = models.DateField(_("to be done by"))
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    given_at = models.DateTimeField(_("given"))
    once = models.UUIDField(editable=False)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.OPEN)
    version = models.PositiveIntegerField(default=1)
    answer = models.TextField(_("answer of the in-charge"), blank=True, max_length=1000)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    objects = MeetingDirectionQuerySet.as_manager()

    MOVES = {
        step.name: step
        for step in (
            Move(
                "done", _("Carried out"), "reports.submit", frozenset({State.OPEN, State.NOT_DONE}), State.DONE,
                guard=_a_sentence, apply=_answer, primary=True,
            ),
            Move(
                "not_done", _("Not carried out"), "reports.submit", frozenset({State.OPEN}), State.NOT_DONE,
                guard=_a_sentence, apply=_answer,
            ),
        )
    }  # fmt: skip

    class Meta:
        verbose_name = _("direction of the crime meeting")
        verbose_name_plural = _("directions of the crime meeting")
        constraints = [models.UniqueConstraint(fields=["once", "thana"], name="meetingdirection_once")]
        indexes = placed_indexes("direction", "given_at")

    def __str__(self):
        return self.get_state_display()
