"""Asking another police station about an accused who appears in its cases too; answered there, told on both trails."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.models.entries import words
from complaints.models.people import Person
from kendras import identity
from kendras.models import SENTENCES, Entry, Placed, PlacedQuerySet, Rule, Unit, placed_indexes
from kendras.workflow import Move, Refused, telling

SENTENCES.update(
    {
        "fir.ask_thana": _("asked another police station about an accused"),
        "fir.thana_answered": _("another police station answered about an accused"),
        "fir.thana_declined": _("another police station declined to answer about an accused"),
        "question.ask": _("asked about an accused who appears in cases here"),
        "question.answer": _("answered another police station about an accused"),
        "question.decline": _("declined to answer another police station about an accused"),
    }
)


def _names_nobody(question, *, by, at, text="", **_data):
    """At least a sentence, and no person of the cases here or there: least of all whose victim he is."""
    words(text, 3, gettext("Write the answer, or why there is none, in a sentence."))
    for case in (*question.cases(), question.fir):
        case.refuse_names(text, by=by, at=at)


def _settle(told):
    def apply(question, *, by, at, text, **_data):
        question.answer, question.answered_by, question.answered_at = text, by, at
        Entry.objects.write(action=told, by=by, at=at, subject=question.fir, details=question.route())

    return apply


def _cases_of(people):
    """The cases that these people stand in, each once."""
    rows = people.select_related("fir__thana", "complaint__thana", "complaint__nature").order_by("pk")
    return list(dict.fromkeys(person.fir or person.complaint for person in rows))


class QuestionQuerySet(PlacedQuerySet):
    def ask(self, fir, person, thana, *, text, by, at, once=None):
        """Ask `thana` about an accused of `fir` who appears in its cases; the same `once` gives back the first.

        Raises Refused for who does not handle the case, where he does not appear there, or it has been asked already.
        """
        with telling(fir, by=by, at=at):
            made = self.filter(once=once, asked_by=by).first() if once else None
            return made or self._ask(fir, person, thana, text, by, at, once)

    def _ask(self, fir, person, thana, text, by, at, once):
        if fir.may_read_identity(by, at) is not identity.Reading.HANDLES:
            raise Refused(gettext("Those who handle the case look for its accused elsewhere."), "right")
        people = fir.namesakes(person).filter(models.Q(fir__thana=thana) | models.Q(complaint__thana=thana))
        if thana.pk == fir.thana_id or not people:
            raise Refused(gettext("This accused does not appear in the cases of that police station."))
        if self.filter(person=person, thana=thana, state=Question.State.ASKED).exists():
            raise Refused(gettext("That police station has been asked already; the answer is awaited."))
        words(text, 3, gettext("Write what you want to know in a sentence."))
        for case in (fir, *_cases_of(people)):
            case.refuse_names(text, by=by, at=at)
        question = self.create(
            fir=fir, person=person, thana=thana, from_thana=fir.thana, text=text, asked_by=by, asked_at=at, once=once,
            due_at=Rule.objects.get(code="accused_question").due(at),
        )  # fmt: skip
        question.people.set(people)
        for action, subject in (("fir.ask_thana", fir), ("question.ask", question)):
            Entry.objects.write(action=action, by=by, at=at, subject=subject, details=question.route())
        return question

    def waiting(self):
        return self.filter(state=Question.State.ASKED)

    def sent_by(self, user):
        """Those that the thana of the user's charge has asked."""
        charge = getattr(user, "acting", None)
        return self.filter(from_thana=charge.unit_id) if charge and charge.sees_its_unit else self.none()


class Question(Placed):
    """One question. It is placed at the police station that is asked; `people` are the accused of its own cases."""

    LOCKS_FIRST = "fir"

    class State(models.TextChoices):
        ASKED = "asked", _("Waits for the answer")
        ANSWERED = "answered", _("Answered")
        DECLINED = "declined", _("Declined")

    fir = models.ForeignKey("complaints.Fir", models.CASCADE, related_name="questions")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("accused"))
    from_thana = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    people = models.ManyToManyField(Person, related_name="+")
    text = models.CharField(_("question"), max_length=500)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField(_("asked"))
    due_at = models.DateTimeField(_("due"))
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.ASKED)
    answer = models.CharField(_("answer"), max_length=2000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    answered_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    once = models.UUIDField(null=True, unique=True, editable=False)

    objects = QuestionQuerySet.as_manager()

    MOVES = {
        step.name: step
        for step in (
            Move(
                "answer", _("Answer"), "complaints.answer_question", frozenset({State.ASKED}), State.ANSWERED,
                guard=_names_nobody, apply=_settle("fir.thana_answered"), primary=True,
            ),
            Move(
                "decline", _("Decline"), "complaints.answer_question", frozenset({State.ASKED}), State.DECLINED,
                guard=_names_nobody, apply=_settle("fir.thana_declined"),
            ),
        )
    }  # fmt: skip

    class Meta:
        verbose_name = _("question about an accused")
        verbose_name_plural = _("questions about accused")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "thana"], condition=models.Q(state="asked"), name="question_one_at_a_time"
            )
        ]
        indexes = [
            *placed_indexes("question", "asked_at"),
            models.Index(fields=["from_thana", "-asked_at"], name="question_from"),
        ]

    def __str__(self):
        return f"{self.fir} · {self.person.key}"

    def get_absolute_url(self):
        return reverse("complaints:question", args=[self.pk])

    def cases(self):
        """The cases of the police station that is asked in which the accused stood when it was asked."""
        return _cases_of(self.people.all())

    def cases_here(self):
        """Those of them that are still its own."""
        return [case for case in self.cases() if case.thana_id == self.thana_id]

    def is_late(self, at):
        return self.state == self.State.ASKED and at >= self.due_at

    def route(self):
        """What the trail says of it, in no language."""
        return {"from": self.from_thana.code, "to": self.thana.code, "person": self.person.key_code}
