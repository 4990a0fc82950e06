"""Taking the FIRs of a CCTNS sheet in by the hundred: the rows that `Fir.objects.register` makes, without queries for each."""

import uuid

from complaints.models.accused import Accused
from complaints.models.fir import FROM_THE_FIR, MINOR, Fir
from complaints.models.firclock import CLOCKS, OF_INVESTIGATION, REPORTS, FirDeadline
from complaints.models.firmoves import FirState
from complaints.models.milestone import Milestone
from complaints.models.people import IDENTITY_FIELDS, FirAccount, Identity, NameToken, Person, age_band
from kendras import identity
from kendras.models import Entry, Rule

#: the state that CCTNS tells → the milestone behind it
_EVENTS = {
    FirState.CHARGE_SHEETED: "charge_sheet",
    FirState.FINAL_REPORT: "final_report",
    FirState.TRANSFERRED: "transfer",
}


class Intake:
    """Takes FIRs of one sheet in; the caller holds the transaction. `run` is named on the trail of each."""

    def __init__(self, run, *, by, at):
        self.run, self.by, self.at = run, by, at
        self.rules = Rule.objects.by_code()

    def take(self, sheets):
        """Store new FIRs (SheetFir) with people, sealed identities, clocks and trail; returns them."""
        drafts = [_Draft(sheet, self) for sheet in sheets]
        firs = Fir.objects.bulk_create(draft.fir for draft in drafts)
        for draft in drafts:
            draft.hang_on()
        through = Fir.offences.through
        through.objects.bulk_create(
            through(fir_id=draft.fir.pk, offence_id=offence.pk) for draft in drafts for offence in draft.offences
        )
        FirAccount.objects.bulk_create(FirAccount(fir=fir, sealed=identity.seal({})) for fir in firs)
        self._people(drafts)
        Accused.objects.bulk_create(
            Accused(thana=draft.fir.thana, fir=draft.fir, person=person, named_at=draft.fir.registered_at)
            for draft in drafts
            for person in draft.people
            if person.part == Person.Part.ACCUSED
        )
        FirDeadline.objects.bulk_create(clock for draft in drafts for clock in draft.clocks)
        Milestone.objects.bulk_create(draft.event for draft in drafts if draft.event)
        details = {"cctns": self.run.pk}
        Entry.objects.write_for(firs, action="fir.register", by=self.by, at=self.at, details=details)
        return firs

    def _people(self, drafts):
        people = Person.objects.bulk_create(person for draft in drafts for person in draft.people)
        matters = [matter for draft in drafts for matter in draft.matters]
        pairs = list(zip(people, matters, strict=True))
        Identity.objects.bulk_create(
            Identity(
                person=person, sealed=identity.seal({k: v for k, v in matter.items() if k in IDENTITY_FIELDS and v})
            )
            for person, matter in pairs
        )
        NameToken.objects.bulk_create(
            NameToken(token=token, thana_id=person.fir.thana_id, fir_id=person.fir_id, person=person)
            for person, matter in pairs
            for token in identity.tokens_of(matter["name"])
        )
        for draft in drafts:
            draft.hang_on()

    def fill(self, fir, sheet, codes):
        """Fill gaps of an FIR in from the sheet, told on its trail; what stands there is left alone."""
        for code in codes:
            setattr(fir, code, getattr(sheet, code))
        if "occurred_at" in codes:  # before July 2024 a charge is cited by the IPC
            fir.work_out(list(fir.offences.all()), fir.other_sections, self.rules["investigation_2m"])
        fir.version += 1
        fir.save()
        details = {"cctns": self.run.pk, "fields": list(codes)}
        Entry.objects.write(action="fir.fill_from_cctns", by=self.by, at=self.at, subject=fir, details=details)


def unnamed(sheet):
    """The officer and GD number of the sheet, each "" where it sounds like a person in the case: they stand in the open."""
    thana = sheet.thana
    known = f"{thana.name_hi} {thana.name_en}"
    return {
        name: "" if _leaks(getattr(sheet, name), sheet.people, known) else getattr(sheet, name)
        for name in ("officer_text", "gd_number")
    }


def _leaks(text, people, known=""):
    """Whether a text names one of the people; an empty one and a short number need no look, and most are one of these."""
    if not text or (text.isdecimal() and len(text) < 6):
        return False
    return bool(identity.leaks(text, people, known))


class _Draft:
    """One FIR before it is stored, with all that hangs on it."""

    def __init__(self, sheet, intake):
        self.offences, self.matters = sheet.charge.offences, sheet.people
        self.fir = Fir(
            thana=sheet.thana, once=uuid.uuid4(), number=sheet.number, year=sheet.year, occurred_at=sheet.occurred_at,
            informed_at=sheet.informed_at, registered_at=sheet.registered_at, recorded_at=intake.at,
            registered_by=intake.by, state=sheet.told_state or FirState.INVESTIGATION, **unnamed(sheet),
        )  # fmt: skip
        others = "" if _leaks(sheet.charge.others, sheet.people) else sheet.charge.others
        self.fir.work_out(list(self.offences), others, intake.rules["investigation_2m"])
        self.people = [self._person(n, matter) for n, matter in enumerate(sheet.people)]
        victims = [person for person in self.people if person.part == Person.Part.VICTIM]
        self.fir.protects_identity |= any(person.age_band in MINOR for person in victims)
        self.event = self._event(sheet.reported_at, intake)
        self.clocks = self._clocks(intake.rules)
        self._stand()

    def _person(self, n, matter):
        part = matter["part"]
        accused = part == Person.Part.ACCUSED
        gender = matter["gender"] if matter["gender"] in Person.Gender.values else Person.Gender.FEMALE
        return Person(
            fir=self.fir,
            part=part,
            serial=1 + sum(other["part"] == part for other in self.matters[:n]),
            gender=gender,
            age_band=age_band(matter.get("age")),
            who=identity.who(matter["name"]) if accused else None,
        )

    def _event(self, on, intake):
        kind = _EVENTS.get(self.fir.state)
        if kind is None:
            return None
        if kind in REPORTS:
            self.fir.reported_at = self.fir.first_reported_at = on
        else:
            self.fir.transferred_at = on
        return Milestone(fir=self.fir, kind=kind, on=on, by=intake.by, at=intake.at)

    def _clocks(self, rules):
        """The clocks that the FIR itself starts, those that its report or transfer ends among them."""
        clocks = []
        for law in CLOCKS:
            if law.starts in FROM_THE_FIR and law.fits(self.fir):
                start = getattr(self.fir, FROM_THE_FIR[law.starts])
                whose = [person for person in self.people if person.part == law.each] if law.each else [None]
                clocks += [self._clock(law, start, rules[law.clock], person) for person in whose]
        return clocks

    def _clock(self, law, start, rule, person):
        due = rule.due(start)
        clock = FirDeadline(
            thana=self.fir.thana,
            fir=self.fir,
            person=person,
            clock=law.clock,
            started_at=start,
            due_at=due,
            first_due_at=due,
        )
        clock.warn_at = rule.warn(due)
        if self.event and self.event.kind in law.met_by:
            clock.met_at = self.event.on
        elif self.event and (law.clock in OF_INVESTIGATION or self.event.kind not in REPORTS):
            clock.void_at = self.event.on
        return clock

    def _stand(self):
        """The running clock that falls due first, copied onto the FIR as `Clocked.refresh_due` does."""
        running = [clock for clock in self.clocks if not (clock.met_at or clock.void_at)]
        if running:
            first = min(running, key=lambda clock: clock.due_at)
            self.fir.due_at, self.fir.warn_at, self.fir.due_clock = first.due_at, first.warn_at, first.clock

    def hang_on(self):
        """Give what hangs on the FIR, and on its people, the ids they have by now."""
        for row in (*self.people, *self.clocks, *([self.event] if self.event else [])):
            row.fir = self.fir
        for clock in self.clocks:
            clock.person = clock.person
