"""What every piece of support has in common: the case and the woman it is for, and the date by which somebody must act."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.figures import midnight
from complaints.models import Person
from complaints.models.deadline import status_of
from complaints.models.escalation import late_since
from kendras.models import Placed, PlacedQuerySet, Rule
from kendras.workflow import Refused

#: whom support is for
HELPED = frozenset({Person.Part.COMPLAINANT, Person.Part.VICTIM})


class SupportQuerySet(PlacedQuerySet):
    def about(self, case):
        """The rows of a complaint or FIR; an FIR shares those of the complaint it came from, and the other way round."""
        if case.CASE == "fir":
            return self.filter(Q(fir=case) | Q(complaint=case.complaint_id, complaint__isnull=False))
        return self.filter(Q(complaint=case) | Q(fir__complaint=case))

    def waiting(self):
        """Somebody must act by a date."""
        return self.filter(due_at__isnull=False)

    def late(self, at):
        return self.filter(due_at__lte=at)

    def escalated_to(self, role, at):
        """Late work that has climbed up to `role` like a complaint's; nothing above the SP."""
        moment = late_since(role, at)
        return self.late(moment) if moment else self.none()


class Support(Placed):
    """A row about one case; the concrete model adds the constraint `one_case`."""

    #: a complaint that another police station takes over brings its support along, without a break (DG 38/2025 ¶5.i.g)
    GOES_WITH_CASE = ""

    complaint = models.ForeignKey("complaints.Complaint", models.PROTECT, null=True, related_name="%(class)ss")
    fir = models.ForeignKey("complaints.Fir", models.PROTECT, null=True, related_name="%(class)ss")

    objects = SupportQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def case(self):
        return self.fir or self.complaint


class Due(models.Model):
    """The one date that counts now: by when whom it waits for must act. How long that is, is a Rule row."""

    due_at = models.DateTimeField(_("due"), null=True)
    warn_at = models.DateTimeField(null=True)
    due_rule = models.CharField(max_length=40, blank=True)

    class Meta:
        abstract = True

    def run(self, code, start):
        """Let the clock of the rule `code` run from `start`; the one before ends (saved by the caller)."""
        rule = Rule.objects.get(code=code)
        self.due_at, self.due_rule = rule.due(start), code
        self.warn_at = rule.warn(self.due_at)

    def run_from_day(self, code, day):
        """The same for a clock that starts on a day: the day on which it falls due still counts in full."""
        self.run(code, midnight(day))
        rest = timedelta(days=1)
        self.due_at, self.warn_at = self.due_at + rest, self.warn_at + rest

    def run_until(self, code, day):
        """Let it be due at the end of `day`, as somebody has chosen; the rule `code` says how long before it warns."""
        self.due_at, self.due_rule = midnight(day) + timedelta(days=1), code
        self.warn_at = Rule.objects.get(code=code).warn(self.due_at)

    def stop(self):
        self.due_at, self.warn_at, self.due_rule = None, None, ""

    def due_status(self, at):
        """The badge of the clock; None where none runs."""
        return status_of(self.due_at, self.warn_at, at) if self.due_at else None


def helped_people(case):
    """The women and children of a case whom support can be for."""
    return case.people.filter(part__in=sorted(HELPED)).order_by("id")


def refuse_strangers(case, person):
    """Raise Refused unless `person` is a complainant or victim of this very case."""
    if person.part not in HELPED or getattr(person, f"{case.CASE}_id") != case.pk:
        raise Refused(gettext("Choose the complainant or a victim of this case."))
