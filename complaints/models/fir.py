"""The parallel record of an FIR of crime against women: its facts, people, clocks and moves (DG 38/2025 ¶3.iv, ¶1.1)."""

from datetime import date

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.models.accused import Accused
from complaints.models.casefile import CaseFile
from complaints.models.complaint import Complaint
from complaints.models.counselled import Counselled
from complaints.models.deadline import Clocked
from complaints.models.firclock import CLOCKS, FirClock, FirDeadline
from complaints.models.firmoves import MOVES, FirState, PendingReason
from complaints.models.offence import Offence, written
from complaints.models.people import NameToken, Person, age_band
from complaints.models.states import PlaceKind
from kendras import identity
from kendras.models import SENTENCES, Entry, PlacedQuerySet, Rule, placed_indexes
from kendras.models.units import PLACE_COLUMNS
from kendras.workflow import Refused

SENTENCES.update(
    {
        "fir.register": _("took the FIR into the parallel record"),
        "fir.read_identity": _("read the identity"),
        "fir.attach": _("added a document"),
        "fir.open_document": _("opened a document"),
        "fir.fill_from_cctns": _("filled gaps in from the CCTNS sheet"),
        "fir.look_for_accused": _("looked whether the accused appears elsewhere"),
        "fir.print_register": _("printed the FIR register"),
        **{f"fir.{step.name}": step.said for step in MOVES.values()},
    }
)

#: the day on which the Bharatiya Nyaya Sanhita took the place of the Indian Penal Code
BNS_SINCE = date(2024, 7, 1)

_MEDICAL_HEADS = frozenset({"RAPE", "GANGRAPE", "ATTRAPE"})
_MEDICAL_CODES = frozenset({"POCSO4", "POCSO6", "POCSO8", "POCSO10"})
_MISSING_HEADS = frozenset({"KIDNAP", "TRAFF"})


#: what a clock may start with besides an event: the column that says when
FROM_THE_FIR = {"registered": "registered_at", "informed": "informed_at", "head_known": "counselling_since"}


class Route(models.TextChoices):
    THANA = "thana", _("Registered at the police station")
    EFIR = "efir", _("e-FIR")
    ZERO = "zero", _("Zero FIR taken here, belongs elsewhere")
    FROM_ZERO = "from_zero", _("Zero FIR received from elsewhere")
    COURT = "court", _("By order of a court")


def fir_number(text):
    """(number, whether it has the usual form) of an FIR number: "12" and "0012" give "0012"."""
    text = (text or "").strip().upper().translate(identity.DIGITS)
    usual = text.isascii() and text.isdecimal() and len(text) <= 4
    return (text.zfill(4) if usual else text), usual


class FirQuerySet(PlacedQuerySet):
    def pending(self):
        """Under investigation."""
        return self.filter(state=FirState.INVESTIGATION)

    def waiting(self):
        """A clock is running on it."""
        return self.filter(due_at__isnull=False)

    def late(self, at):
        return self.filter(due_at__lte=at)

    def register(self, *, thana, by, at, once, facts, people, account):
        """Take an FIR into the record once: the same `once` gives back the first result.

        facts: number, year, informed_at, registered_at, offences (list of Offence), and where known gd_number, occurred_at,
        route, complaint, other_sections, place_kind, assigned_to, officer_text, woman_recorded, copy_given.
        people: dicts as for `CaseFile.add_people`; account: dict with text and place.
        Raises Refused where the number is taken or the form has been used.
        """
        existing = self.filter(once=once, registered_by=by).first()
        if existing:
            return existing
        try:
            return _register(self.model, thana, by, at, once, dict(facts), people, account)
        except IntegrityError:
            existing = self.filter(once=once, registered_by=by).first()
            if existing:
                return existing
            raise Refused(
                gettext("The FIR %(number)s/%(year)s is in the record already.")
                % {"number": facts["number"], "year": facts["year"]}
            ) from None

    def by_number(self, text):
        """Narrow to an FIR number (0123/2026); nothing for anything else."""
        number, slash, year = (text or "").strip().translate(identity.DIGITS).rpartition("/")
        if not slash or not (year.isascii() and year.isdecimal() and len(year) == 4):
            return self.none()
        return self.filter(number=fir_number(number)[0], year=int(year))


class Fir(CaseFile, Clocked, Counselled):
    """One FIR. What makes a person known stands elsewhere, sealed."""

    CASE = "fir"

    number = models.CharField(_("FIR number"), max_length=20)
    year = models.PositiveSmallIntegerField(_("year"))
    once = models.UUIDField(unique=True, editable=False)
    gd_number = models.CharField(_("GD number"), max_length=20, blank=True)
    complaint = models.ForeignKey(Complaint, models.PROTECT, null=True, related_name="firs")
    route = models.CharField(_("how it was registered"), max_length=12, choices=Route.choices, default=Route.THANA)
    occurred_at = models.DateTimeField(_("when it happened"), null=True)
    informed_at = models.DateTimeField(_("information received"))
    registered_at = models.DateTimeField(_("registered"))
    recorded_at = models.DateTimeField(_("taken into this record"))
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    place_kind = models.CharField(_("where it happened"), max_length=12, choices=PlaceKind.choices, blank=True)

    offences = models.ManyToManyField(Offence, related_name="+", verbose_name=_("sections"))
    other_sections = models.CharField(_("other sections"), max_length=120, blank=True)
    # worked out of the sections, so that lists and figures need no second table
    head = models.CharField(_("head"), max_length=16)
    heads = models.CharField(max_length=200)
    flags = models.CharField(max_length=60, blank=True)
    sections_text = models.CharField(_("sections"), max_length=300)
    two_month = models.BooleanField(_("investigation within two months (BNSS 193)"))
    bail_at_90 = models.BooleanField(default=False)
    protects_identity = models.BooleanField(default=True)

    state = models.CharField(_("state"), max_length=16, choices=FirState.choices, default=FirState.INVESTIGATION)
    version = models.PositiveIntegerField(default=1)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("investigating officer"),
        db_index=False,
    )
    officer_text = models.CharField(_("officer outside the kendra"), max_length=80, blank=True)
    pending_reason = models.CharField(_("why it is pending"), max_length=12, choices=PendingReason.choices, blank=True)
    limit_at = models.DateTimeField(_("end of the two months (BNSS 193)"), null=True)
    reported_at = models.DateTimeField(_("report to the court"), null=True)
    first_reported_at = models.DateTimeField(_("first report to the court"), null=True)
    transferred_at = models.DateTimeField(_("transferred"), null=True)
    recovered_at = models.DateTimeField(_("recovered"), null=True)
    decided_at = models.DateTimeField(_("decided by the court"), null=True)
    due_clock = models.CharField(max_length=24, choices=FirClock.choices, blank=True)

    objects = FirQuerySet.as_manager()

    MOVES = MOVES

    class Meta:
        default_permissions = ()
        verbose_name = _("FIR")
        verbose_name_plural = _("FIRs")
        constraints = [
            models.UniqueConstraint(fields=["thana", "year", "number"], name="fir_number"),
            models.CheckConstraint(
                condition=Q(informed_at__lte=models.F("registered_at")), name="fir_informed_before_registered"
            ),
        ]
        indexes = [
            *placed_indexes("fir", "registered_at"),
            *[
                models.Index(
                    fields=[column, "due_at", "id"], condition=Q(due_at__isnull=False), name=f"fir_due_{column}"
                )
                for column in PLACE_COLUMNS
            ],
            models.Index(fields=["due_at", "id"], condition=Q(due_at__isnull=False), name="fir_due_state"),
            models.Index(fields=["assigned_to", "due_at"], name="fir_officer"),
            models.Index(fields=["head", "-registered_at", "-id"], name="fir_by_head"),
            models.Index(fields=["year", "number"], name="fir_by_number"),
            models.Index(fields=["thana", "registered_at"], condition=Q(state="investigation"), name="fir_pending"),
            models.Index(fields=["reported_at", "thana"], name="fir_reported"),
        ]

    def __str__(self):
        return self.case_number

    @property
    def title(self):
        """The number with its kind, for lists in which complaints stand too."""
        return f"{gettext('FIR')} {self.case_number}"

    def get_absolute_url(self):
        return reverse("complaints:fir", args=[self.pk])

    @property
    def case_number(self):
        """0123/2026"""
        return f"{self.number}/{self.year}"

    # Django looks a label up by hashing all choices anew, for each cell of a list
    def get_state_display(self):
        return FirState(self.state).label

    def get_due_clock_display(self):
        return FirClock(self.due_clock).label if self.due_clock else ""

    @property
    def sections(self):
        """The sections as they are written in the language of the page: «64 बीएनएस, 3/4 पॉक्सो अधिनियम»."""
        return written(self.sections_text)

    @property
    def officer_name(self):
        return self.assigned_to.name if self.assigned_to else self.officer_text

    # --- sections ------------------------------------------------------------------------------------------------

    def set_sections(self, offences, other_sections="", *, at):
        """Put the FIR under other sections: heads, flags and clocks follow (saved by the caller)."""
        self.offences.set(offences)
        self.work_out(offences, other_sections)
        self.know_counselling("counselling" in self.flags.split(), at)
        for law in CLOCKS:
            if not law.fits(self):
                self.void_clocks(law.clock, at=at)
        self.start_laws()
        self.refresh_due()

    def work_out(self, offences, other_sections, limit=None):
        """Heads, flags, limit and wording of these sections; `limit` is the Rule of the two months, where it is at hand."""
        offences = sorted(offences, key=lambda offence: (offence.gravity, offence.code))
        heads = list(dict.fromkeys(offence.head for offence in offences))
        codes = {offence.code for offence in offences}
        old = bool(self.occurred_at) and timezone.localdate(self.occurred_at) < BNS_SINCE
        flags = {
            "two_month": any(offence.two_month_limit for offence in offences),
            "woman": any(offence.woman_officer for offence in offences),
            "pocso": any(offence.act == "POCSO" for offence in offences),
            "medical": bool(_MEDICAL_HEADS & set(heads) or _MEDICAL_CODES & codes),
            "missing": bool(_MISSING_HEADS & set(heads)),
            "counselling": any(offence.mandatory_counselling for offence in offences),
        }
        self.head, self.heads = heads[0], " ".join(heads)
        self.flags = " ".join(name for name, holds in flags.items() if holds)
        self.two_month = flags["two_month"]
        limit = limit or Rule.objects.get(code=FirClock.TWO_MONTHS)
        self.limit_at = limit.due(self.informed_at) if self.two_month else None
        self.bail_at_90 = any(offence.bail_at_90 for offence in offences)
        minor = self.pk and any(p.is_minor for p in self.people.filter(part=Person.Part.VICTIM))
        # BNS 74–79 carry no bar of their own; as policy they are protected like 64–71, and what a complaint protects stays so
        # by whoever changes the sections of an FIR: taking a section out opens nobody's identity
        before = bool(self.pk and self.protects_identity) or bool(self.complaint and self.complaint.protects_identity)
        self.protects_identity = before or bool(minor) or flags["woman"] or any(o.protects_identity for o in offences)
        self.other_sections = other_sections
        cited = [offence.cited(old=old) for offence in offences]
        self.sections_text = ", ".join([*cited, *([other_sections] if other_sections else [])])[:300]

    # --- clocks --------------------------------------------------------------------------------------------------

    def clock_place(self):
        return {"thana": self.thana}

    def start_laws(self):
        """Start each clock that the sections ask for and that never ran, from the FIR or from the event that starts it.

        What has been done already meets it at once; after the police report no clock of the investigation starts.
        """
        rules = Rule.objects.by_code()
        happened = list(self.milestones.select_related("person").order_by("on", "id"))
        ran = set(self.deadlines.filter(void_at=None).values_list("clock", "person"))
        for law in CLOCKS:
            if not law.fits(self) or (self.reported_at and law.ends_with_report):
                continue
            for on, person in self._starts(law, happened):
                if (law.clock, person and person.pk) in ran:
                    continue
                ran.add((law.clock, person and person.pk))
                self.start_clock(law.clock, on, rules[law.clock], person=person)
                since = min(on, self.informed_at) if law.starts in FROM_THE_FIR else on
                done = [row.on for row in happened if row.on >= since and law.met_with(row.kind, row.person_id, person)]
                if done:
                    self.meet_clock(law.clock, at=done[0], person=person)

    def _starts(self, law, happened):
        """[(moment, person)] from which a clock runs: for each person whom the law means, or for the case (None)."""
        if law.starts not in FROM_THE_FIR:
            return [(row.on, row.person) for row in happened if row.kind == law.starts]
        moment = getattr(self, FROM_THE_FIR[law.starts])
        return [(moment, person) for person in (self.people.filter(part=law.each) if law.each else [None])]

    def still_missing(self):
        """Whether a victim of this case has not been recovered."""
        return self.people.filter(part=Person.Part.VICTIM).exclude(milestones__kind="recovered").exists()

    # --- the accused elsewhere -----------------------------------------------------------------------------------

    def accused_elsewhere(self, *, by, at):
        """Where the accused of this FIR appear in other cases: {person: [(thana, cases, heads)]}, on the trail.

        A phone is looked for in the whole state, a name of two words or more in the district. Says how often and under
        which heads, never in whose case. Raises Refused for who does not handle the case.
        """
        if self.may_read_identity(by, at) is not identity.Reading.HANDLES:
            raise Refused(gettext("Those who handle the case look for its accused elsewhere."), "right")
        accused = self.people.filter(part=Person.Part.ACCUSED)
        found = {person: self._cases_of(person) for person in accused.select_related("identity")}
        counted = sum(n for hits in found.values() for _thana, n, _heads in hits)
        Entry.objects.write(action="fir.look_for_accused", by=by, at=at, subject=self, details={"found": counted})
        return found

    def namesakes(self, person):
        """The accused of other cases who have this one's phone (in the state) or name (in the district): Person rows."""
        matter = identity.unseal(person.identity.sealed)
        tokens = NameToken.objects.filter(person__part=Person.Part.ACCUSED)
        near = tokens.filter(thana__district=self.district_id)
        found = [tokens.bearing(phone=matter.get(key)) for key in ("phone", "other_phone") if matter.get(key)]
        if len(identity.name_keys(matter.get("name"))) > 1:
            found.append(near.bearing(name=matter["name"]))
        people = {pk for tokens in found for pk in tokens.values_list("person_id", flat=True)}
        others = Person.objects.filter(pk__in=people).exclude(fir=self)
        if self.complaint_id:
            others = others.exclude(complaint=self.complaint_id)
        return others

    def _cases_of(self, person):
        """[(thana, cases, heads)] of one accused elsewhere."""
        by_thana = {}
        for other in self.namesakes(person).select_related("fir__thana", "complaint__thana", "complaint__nature"):
            case = other.fir or other.complaint
            head = other.fir.head if other.fir else other.complaint.nature.head
            cases, heads = by_thana.setdefault(case.thana, (set(), set()))
            cases.add((case.CASE, case.pk))
            heads.update({head} - {""})
        hits = [(thana, len(cases), sorted(heads)) for thana, (cases, heads) in by_thana.items()]
        return sorted(hits, key=lambda hit: (-hit[1], hit[0].pk))


@transaction.atomic
def _register(model, thana, by, at, once, facts, people, account):
    complaint = facts.get("complaint")
    if complaint and complaint.may_read_identity(by, at) is not identity.Reading.HANDLES:
        raise Refused(
            gettext("Those who handle the complaint take its FIR in: it brings the identities along."), "right"
        )
    offences = facts.pop("offences")
    done = [kind for kind in ("woman_recorded", "copy_given") if facts.pop(kind, False)]
    other_sections = facts.pop("other_sections", "")
    fir = model(thana=thana, once=once, recorded_at=at, registered_by=by, **facts)
    fir.work_out(offences, other_sections)
    bands = [age_band(person.get("age")) for person in people if person["part"] == Person.Part.VICTIM]
    fir.protects_identity = fir.protects_identity or any(band in MINOR for band in bands)
    fir.know_counselling("counselling" in fir.flags.split(), fir.registered_at)
    if complaint:
        complaint.pass_on_counselling(fir, at=at)
    fir.save()
    fir.offences.set(offences)
    fir.keep_account(account)
    Accused.objects.enrol(fir, fir.add_people(people), fir.registered_at)
    fir.refuse_names(fir.gd_number, fir.officer_text, other_sections, by=by, at=at)
    for kind in done:
        if not MOVES[kind].fits or MOVES[kind].fits(fir):
            fir.milestones.create(kind=kind, on=fir.registered_at, by=by, at=at)
    fir.start_laws()
    fir.refresh_due()
    fir.save()
    details = {"number": fir.case_number, "head": fir.head, "route": fir.route}
    Entry.objects.write(action="fir.register", by=by, at=at, subject=fir, details=details)
    return fir


MINOR = frozenset({Person.AgeBand.CHILD, Person.AgeBand.TEEN, Person.AgeBand.MINOR})

__all__ = ["Fir", "FirClock", "FirDeadline", "FirState", "PendingReason", "Route", "fir_number"]
