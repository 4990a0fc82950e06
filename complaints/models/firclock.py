"""The clocks of an FIR (domain: clocks 1–4, 6–12, 14): what starts each, what meets it, for which sections.

How long one runs is the Rule row of the same code.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from complaints.models.deadline import DeadlineQuerySet, Running
from kendras.models import Placed, PlacedQuerySet


class FirClock(models.TextChoices):
    """Each value is the code of the Rule row that says how long."""

    EFIR_SIGNED = "efir_signed", _("e-FIR to be signed")
    WOMAN_OFFICER = "woman_officer", _("Recorded by a woman officer")
    COPY = "fir_copy", _("Copy of the FIR to the informant")
    ZERO_SENT = "zero_fir_sent", _("Zero FIR to the right police station")
    CWC = "cwc_told", _("Child Welfare Committee and Special Court told")
    MEDICAL = "medical_sent", _("Victim sent to the doctor")
    MEDICAL_REPORT = "medical_report", _("Medical report")
    STATEMENT = "statement_183", _("Statement before the magistrate")
    TWO_MONTHS = "investigation_2m", _("Investigation complete (two months)")
    TOLD = "victim_told", _("Progress to be told to the victim")
    DEFAULT_BAIL_60 = "default_bail_60", _("Default bail (60 days)")
    DEFAULT_BAIL_90 = "default_bail_90", _("Default bail (90 days)")
    COPIES_230 = "copies_230", _("Copies to the accused and the victim")
    FOLLOW_UP = "follow_up", _("Follow-up")
    DIRECTION = "direction", _("Direction of a senior officer")
    COUNSELLING = "mandatory_counselling", _("Mandatory counselling")


@dataclass(frozen=True)
class ClockLaw:
    """One clock: it starts with `starts` ("registered", "informed", "head_known" or the kind of a milestone) and one of `met_by`
    meets it (a session meets that of counselling: `Counselled`).

    each: "victim" or "accused" where it runs for each of them apart; fits(fir) whether it runs in this case;
    extends: whether an SHO or CO may put it off with reasons, because no law but a practice says how long it runs.
    """

    clock: FirClock
    starts: str
    met_by: frozenset
    fits: Callable = lambda fir: True
    each: str = ""
    extends: bool = False

    @property
    def ends_with_report(self):
        """Whether it neither runs nor starts once the police report is filed."""
        return self.clock in OF_INVESTIGATION or bool(self.met_by & REPORTS)

    def met_with(self, kind, whose, person):
        """Whether an event of `kind` that concerns `whose` (an id or None) meets it for `person` (or for the case)."""
        return kind in self.met_by and (not self.each or kind in REPORTS or whose == person.pk)


#: the police report under BNSS 193(3)
REPORTS = frozenset({"charge_sheet", "final_report"})

#: what no longer matters once the police report is filed; a further investigation takes it up again
OF_INVESTIGATION = frozenset({
    FirClock.EFIR_SIGNED, FirClock.MEDICAL, FirClock.MEDICAL_REPORT, FirClock.STATEMENT, FirClock.ZERO_SENT,
})  # fmt: skip


def has_flag(name):
    """Whether the sections of an FIR ask for something: a flag that `Fir` has worked out of them."""
    return lambda fir: name in fir.flags.split()


def _route(name):
    return lambda fir: fir.route == name


CLOCKS = (
    ClockLaw(FirClock.EFIR_SIGNED, "informed", frozenset({"efir_signed"}), _route("efir")),
    ClockLaw(FirClock.WOMAN_OFFICER, "registered", frozenset({"woman_recorded"}), has_flag("woman")),
    ClockLaw(FirClock.COPY, "registered", frozenset({"copy_given"})),
    ClockLaw(FirClock.ZERO_SENT, "registered", frozenset({"zero_sent"}), _route("zero"), extends=True),
    ClockLaw(FirClock.CWC, "informed", frozenset({"cwc_told"}), has_flag("pocso")),
    ClockLaw(FirClock.MEDICAL, "informed", frozenset({"medical_sent", "medical_refused"}), has_flag("medical"), "victim"),
    ClockLaw(FirClock.MEDICAL_REPORT, "medical_sent", frozenset({"medical_report"}), each="victim"),
    ClockLaw(FirClock.STATEMENT, "registered", frozenset({"statement_magistrate"}), has_flag("woman"), "victim", extends=True),
    ClockLaw(FirClock.TWO_MONTHS, "informed", REPORTS, has_flag("two_month")),
    ClockLaw(FirClock.TOLD, "registered", frozenset({"progress_told"})),
    ClockLaw(FirClock.DEFAULT_BAIL_60, "remand", REPORTS | {"bail"}, lambda fir: not fir.bail_at_90, "accused"),
    ClockLaw(FirClock.DEFAULT_BAIL_90, "remand", REPORTS | {"bail"}, lambda fir: fir.bail_at_90, "accused"),
    ClockLaw(FirClock.COPIES_230, "appearance", frozenset({"copies_given"}), each="accused"),
    ClockLaw(FirClock.COUNSELLING, "head_known", frozenset(), lambda fir: fir.owes_counselling),
)  # fmt: skip

#: «as soon as» stands in the law, and the hours in our rule; what BNSS counts itself nobody at a police station puts off
EXTENDABLE = frozenset(law.clock for law in CLOCKS if law.extends)


#: when a clock ended, met or void; null while it runs
CLOCK_ENDED = Coalesce("met_at", "void_at")


class FirDeadlineQuerySet(PlacedQuerySet, DeadlineQuerySet):
    pass


class FirDeadline(Running, Placed):
    """A clock of an FIR; `person` where it runs for one victim or accused apart. Placed, so that breaches are counted."""

    fir = models.ForeignKey("complaints.Fir", models.CASCADE, related_name="deadlines")
    person = models.ForeignKey("complaints.Person", models.CASCADE, null=True, related_name="+", db_index=False)
    clock = models.CharField(_("clock"), max_length=24, choices=FirClock.choices)
    extended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    extended_at = models.DateTimeField(null=True)
    extended_why = models.CharField(_("why it was extended"), max_length=500, blank=True)

    objects = FirDeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = _("deadline of an FIR")
        verbose_name_plural = _("deadlines of FIRs")
        constraints = [
            models.UniqueConstraint(
                fields=["fir", "clock", "person"],
                condition=Q(met_at=None, void_at=None) & ~Q(clock=FirClock.DIRECTION),
                name="firdeadline_one_running",
            ),
            models.UniqueConstraint(
                fields=["fir", "clock"],
                condition=Q(met_at=None, void_at=None, person=None) & ~Q(clock=FirClock.DIRECTION),
                name="firdeadline_one_running_of_the_case",
            ),
            models.CheckConstraint(
                condition=Q(extended_by=None) | (Q(due_at__gt=models.F("first_due_at")) & ~Q(extended_why="")),
                name="firdeadline_extended_with_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["clock", "due_at"], condition=Q(met_at=None, void_at=None), name="firdeadline_running"
            ),
            models.Index(fields=["thana", "-due_at", "-id"], name="firdeadline_thana"),
            models.Index(CLOCK_ENDED, name="firdeadline_ended"),
        ]

    def __str__(self):
        return self.get_clock_display()

    @property
    def may_be_extended(self):
        return self.clock in EXTENDABLE and not (self.met_at or self.void_at)

    def put_off(self, due, rule, *, by, at, why):
        """Let it run until `due`; what was due first stays to be seen."""
        self.due_at, self.warn_at = due, rule.warn(due)
        self.extended_by, self.extended_at, self.extended_why = by, at, why
        self.save(update_fields=["due_at", "warn_at", "extended_by", "extended_at", "extended_why"])
