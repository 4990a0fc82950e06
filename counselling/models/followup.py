"""Following up a settlement of the Family Counselling Centre: a call after a month, visits up to six months.

How long after is a Rule row each (ppk_call, ppk_visit, ppk_follow). A relapse sends the case to the centre again.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.models.entries import words
from kendras.models import SENTENCES, Placed, PlacedQuerySet, Rule
from kendras.models.units import PLACE_COLUMNS
from kendras.workflow import Move, Refused, move

SENTENCES.update(
    {
        "followup.record": _("followed the settlement up"),
        "followup.unreached": _("tried in vain to follow the settlement up"),
    }
)


class FollowUpKind(models.TextChoices):
    CALL = "call", _("Call")
    VISIT = "visit", _("Home visit")


class FollowUpState(models.TextChoices):
    DUE = "due", _("To be done")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("No longer needed")


class FollowUpResult(models.TextChoices):
    WELL = "well", _("The settlement holds")
    STRAINED = "strained", _("Strained, to be watched")
    RELAPSE = "relapse", _("Relapse")


def _heard(row, *, result="", text="", **_data):
    if result not in FollowUpResult.values:
        raise Refused(gettext("Choose how it stands."))
    words(text, 3, gettext("Write in a sentence what she said."))


def _record(row, *, by, at, result, text, **_data):
    row.result, row.text, row.done_at, row.done_by = result, text, at, by
    if result == FollowUpResult.RELAPSE:  # enters the case by itself
        move(row.ppk_case, "relapse", by=by, at=at, reason=text)
    else:
        row.ppk_case.case.note_counselled(by=by, at=at, text=text, mandatory=False)
    return {"result": result}


def _unreached(row, **_data):
    row.attempts += 1
    return {"attempts": row.attempts}


class FollowUpQuerySet(PlacedQuerySet):
    def due(self, day):
        """To be done on `day` or before."""
        return self.filter(state=FollowUpState.DUE, due_on__lte=day)

    def plan_for(self, ppk_case, *, at):
        """The call and the visits after a settlement at the moment `at`."""
        rules = Rule.objects.by_code()
        wanted = [(FollowUpKind.CALL, rules["ppk_call"].due(at))]
        last, visit = rules["ppk_follow"].due(at), rules["ppk_visit"].due(at)
        while visit <= last:
            wanted.append((FollowUpKind.VISIT, visit))
            visit = rules["ppk_visit"].due(visit)
        self.bulk_create(
            self.model(thana=ppk_case.thana, ppk_case=ppk_case, kind=kind, due_on=timezone.localdate(due))
            for kind, due in wanted
        )

    def drop(self, at):
        """What is still to be done of this set is no longer needed."""
        self.filter(state=FollowUpState.DUE).update(
            state=FollowUpState.DROPPED, done_at=at, version=models.F("version") + 1
        )


class FollowUp(Placed):
    """One call or visit after a settlement."""

    #: a relapse writes the case of the centre too, whose own moves lock it first
    LOCKS_FIRST = "ppk_case"
    GOES_WITH_CASE = "ppk_case__"

    ppk_case = models.ForeignKey("counselling.PpkCase", models.CASCADE, related_name="follow_ups")
    kind = models.CharField(_("kind"), max_length=5, choices=FollowUpKind.choices)
    due_on = models.DateField(_("due"))
    attempts = models.PositiveSmallIntegerField(_("tried in vain"), default=0)
    result = models.CharField(_("how it stands"), max_length=8, choices=FollowUpResult.choices, blank=True)
    text = models.CharField(_("what was said"), max_length=500, blank=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    state = models.CharField(_("state"), max_length=8, choices=FollowUpState.choices, default=FollowUpState.DUE)
    version = models.PositiveIntegerField(default=1)

    objects = FollowUpQuerySet.as_manager()

    MOVES = {
        step.name: step
        for step in (
            Move(
                "record", _("Record the follow-up"), "counselling.plan", frozenset({FollowUpState.DUE}),
                FollowUpState.DONE, guard=_heard, apply=_record, primary=True,
            ),
            Move(
                "unreached", _("Not reached"), "counselling.plan", frozenset({FollowUpState.DUE}), None, apply=_unreached
            ),
        )
    }  # fmt: skip

    class Meta:
        verbose_name = _("follow-up after a settlement")
        verbose_name_plural = _("follow-ups after settlements")
        indexes = [
            models.Index(fields=[column, "due_on", "id"], condition=Q(state="due"), name=f"followup_due_{column}")
            for column in PLACE_COLUMNS
        ]

    def __str__(self):
        return self.get_kind_display()

    def get_absolute_url(self):
        return reverse("counselling:ppk", args=[self.ppk_case_id])
