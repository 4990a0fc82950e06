"""What a victim was told: laws and schemes, and how her case stands (DG 38/2025 ¶4.iii; BNSS 193(3)(ii))."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.models import Fir, FirState, Milestone
from complaints.models.people import one_case
from counselling.models.scheme import Scheme
from counselling.models.support import Support, SupportQuerySet, refuse_strangers
from kendras.models import SENTENCES, Entry, Rule, placed_indexes
from kendras.workflow import Refused, move, moves_for, telling

SENTENCES.update(
    {
        "informed.give": _("informed the victim of laws and schemes"),
        "told.tell": _("told the victim how her case stands"),
        "told.try": _("tried to tell the victim how her case stands"),
    }
)


class Means(models.TextChoices):
    IN_PERSON = "in_person", _("in person at the kendra")
    VISIT = "visit", _("on a visit")
    PHONE = "phone", _("by phone at the hour that is safe for her")
    MESSAGE = "message", _("by message")
    LETTER = "letter", _("by letter")


class Topic(models.TextChoices):
    FIR_COPY = "fir_copy", _("Free copy of the FIR")
    LAWYER = "lawyer", _("Free lawyer")
    TREATMENT = "treatment", _("Free treatment in every hospital (BNSS 397)")
    SECRECY = "secrecy", _("Her identity is kept secret (BNS 72)")
    WOMAN_OFFICER = "woman_officer", _("Statement before a woman officer")
    PROTECTION = "protection", _("Protection order (Domestic Violence Act)")
    MAINTENANCE = "maintenance", _("Maintenance (BNSS 144)")
    DOWRY = "dowry", _("Dowry Prohibition Act")
    POCSO = "pocso", _("POCSO Act")
    CYBER = "cyber", _("Cyber crime, 1930")
    HELPLINES = "helplines", _("Help lines 112, 1090, 181, 1098")


class InformedQuerySet(SupportQuerySet):
    def give(self, case, person, *, topics, schemes, means, by, at, once):
        """Record what she was informed of; the same `once` gives back the first. Raises Refused without any topic."""
        with telling(case, by=by, at=at):
            made = self.filter(once=once).first()
            if made:
                return made
            refuse_strangers(case, person)
            if not (topics or schemes):
                raise Refused(gettext("Tick what she was informed of."))
            row = self.create(
                thana=case.thana, person=person, topics=" ".join(topics), means=means, by=by, at=at, once=once,
                **{case.CASE: case},
            )  # fmt: skip
            row.schemes.set(schemes)
            details = {"topics": list(topics), "schemes": [scheme.code for scheme in schemes], "means": means}
            Entry.objects.write(action="informed.give", by=by, at=at, subject=row, details=details)
            return row


class Informed(Support):
    """One giving of information. Written once."""

    person = models.ForeignKey("complaints.Person", models.PROTECT, related_name="+", verbose_name=_("who"))
    topics = models.CharField(_("laws and rights"), max_length=200, blank=True)
    schemes = models.ManyToManyField(Scheme, related_name="+", verbose_name=_("schemes"))
    means = models.CharField(_("by which means"), max_length=12, choices=Means.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    once = models.UUIDField(unique=True, editable=False)

    objects = InformedQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = _("information given")
        verbose_name_plural = _("information given")
        constraints = [one_case("informed_one_case")]
        indexes = placed_indexes("informed", "at")

    @property
    def topic_labels(self):
        return [Topic(code).label for code in self.topics.split()]


class ToldQuerySet(SupportQuerySet):
    def tell(self, case, *, on, means, reached, text, by, at, once):
        """Record that she was told, or could not be reached; the same `once` gives back the first.

        What reaches the victim of an FIR is the progress told under BNSS 193(3)(ii): its clock is met by it.
        Raises Refused for a moment in the future or before the case, and for a text that names a person.
        """
        with telling(case, by=by, at=at):
            made = self.filter(once=once).first()
            if made:
                return made
            began = case.informed_at if case.CASE == "fir" else case.received_at
            if on > at or on < began:
                raise Refused(
                    gettext("Give the moment at which she was told: after the case began, not in the future.")
                )
            case.refuse_names(text, by=by, at=at)
            row = self.create(
                thana=case.thana, on=on, means=means, reached=reached, text=text, by=by, at=at, once=once,
                **{case.CASE: case},
            )  # fmt: skip
            action = "told.tell" if reached else "told.try"
            Entry.objects.write(action=action, by=by, at=at, subject=row, details={"means": means})
            if reached and case.CASE == "fir" and any(s.name == "progress_told" for s in moves_for(case, by)):
                move(case, "progress_told", by=by, at=at, on=on, text=text)
            return row


class Told(Support):
    """One telling of how her case stands, or one try. Written once."""

    on = models.DateTimeField(_("when"))
    means = models.CharField(_("by which means"), max_length=12, choices=Means.choices)
    reached = models.BooleanField(_("she was reached"))
    text = models.CharField(_("what she was told"), max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    once = models.UUIDField(unique=True, editable=False)

    objects = ToldQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = _("telling of the status")
        verbose_name_plural = _("tellings of the status")
        constraints = [one_case("told_one_case")]
        indexes = [
            *placed_indexes("told", "on"),
            models.Index(fields=["complaint", "-on"], name="told_complaint_on"),
            models.Index(fields=["fir", "-on"], name="told_fir_on"),
        ]


def _since(at):
    """From this moment on somebody must have told her."""
    return Rule.objects.get(code="status_told").before(at)


def complaints_untold(rows, at):
    """Those of `rows` (complaints) that are open and whose women have heard nothing for the days of the rule."""
    since = _since(at)
    heard = Told.objects.filter(complaint=OuterRef("pk"), reached=True, on__gt=since)
    return rows.waiting().open().filter(received_at__lte=since).filter(~Exists(heard))


def firs_untold(rows, at):
    """The same for FIRs that are before the police or the court."""
    since = _since(at)
    heard = Told.objects.filter(fir=OuterRef("pk"), reached=True, on__gt=since)
    recorded = Milestone.objects.filter(fir=OuterRef("pk"), kind="progress_told", on__gt=since)
    alive = Q(state__in=(FirState.INVESTIGATION, FirState.CHARGE_SHEETED, FirState.TRIAL))
    return rows.filter(alive, registered_at__lte=since).filter(~Exists(heard), ~Exists(recorded))


def last_told(case):
    """When she was last told how this case stands, or None."""
    moments = [Told.objects.filter(reached=True, **{case.CASE: case}).aggregate(on=models.Max("on"))["on"]]
    if isinstance(case, Fir):
        moments.append(case.milestones.filter(kind="progress_told").aggregate(on=models.Max("on"))["on"])
    return max(filter(None, moments), default=None)
