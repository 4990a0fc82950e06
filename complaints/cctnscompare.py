"""A CCTNS sheet held against the kendra's record: what is new, changed, in conflict, missing here and missing there."""

from collections import Counter
from datetime import timedelta
from hashlib import sha256
from itertools import islice

from django.utils import timezone
from django.utils.translation import gettext_lazy

from complaints.cctnscolumns import Letters
from complaints.cctnsrows import Scope, firs_of
from complaints.cctnssections import Charges
from complaints.cctnssheet import ROWS, lines_of
from complaints.cctnstake import unnamed
from complaints.figures import midnight
from complaints.models.fir import Fir
from complaints.models.firmoves import FirState
from complaints.models.offence import Offence
from kendras.models import Rule

#: FIRs and errors that are kept to be shown; all are counted
SHOWN = 200
_BATCH = 500

#: what is compared: code → its name; a gap here is filled in, a difference is left to the officers
FIELDS = {
    "registered_at": gettext_lazy("Day of registration"),
    "sections": gettext_lazy("Sections"),
    "state": gettext_lazy("State"),
    "occurred_at": gettext_lazy("When it happened"),
    "gd_number": gettext_lazy("GD number"),
    "officer_text": gettext_lazy("Investigating officer"),
}
_FILLED = ("occurred_at", "gd_number", "officer_text")
#: before the court CCTNS goes on saying that the charge sheet is filed
_SAME_STATE = {FirState.TRIAL: FirState.CHARGE_SHEETED, FirState.DECIDED: FirState.CHARGE_SHEETED}


class Comparison:
    """One reading of a sheet. `run()` yields (kind, SheetFir or None, Fir or None, fills, conflicts) FIR by FIR.

    counts: how many of each kind, skipped and errors · found: the first FIRs to show · errors: the first errors ·
    mark: a hash of all that was found, by which a second reading is known to have found the same.
    """

    def __init__(self, file, name, *, unit, first, last, letters, at, most=ROWS):
        self.letters = Letters(letters)
        self.scope = Scope.of(unit, first, last, at)
        self.unit, self.first, self.last, self.at = unit, first, last, at
        lag = Rule.objects.get(code="cctns_lag")
        self.expected = lag.before(at)
        charges = Charges(list(Offence.objects.exclude(section="–")))
        self.unread, self._rows = firs_of(lines_of(file, name, most), self.scope, charges, self.letters)
        self.counts, self.found, self.errors = Counter(), [], []
        self._seen, self._hash = set(), sha256()

    @property
    def mark(self):
        return self._hash.hexdigest()

    def run(self):
        for batch in _batches(self._good()):
            here = self._firs_like(batch)
            for sheet in batch:
                yield from self._one(sheet, here.get((sheet.thana.pk, sheet.year, sheet.number)))
        yield from self._missing_there()

    def _good(self):
        """The FIRs of the sheet without an error; the others are counted, and their errors kept up to a number."""
        for sheet, errors in self._rows:
            self.counts["rows"] += 1
            key = hash((sheet.thana and sheet.thana.pk, sheet.year, sheet.number))
            if not errors and key in self._seen:
                errors = [(sheet.line, "number", "twice")]
            self._seen.add(key)
            self.counts["errors"] += len(errors)
            self.errors += errors[: SHOWN - len(self.errors)]
            if not errors:
                yield sheet

    def _firs_like(self, batch):
        """{(thana id, year, number): Fir} of the record, with the codes of their sections as `codes`."""
        rows = Fir.objects.filter(
            thana__in={sheet.thana.pk for sheet in batch},
            year__in={sheet.year for sheet in batch},
            number__in={sheet.number for sheet in batch},
        )
        found = {(fir.thana_id, fir.year, fir.number): fir for fir in rows}
        links = Fir.offences.through.objects.filter(fir_id__in=[fir.pk for fir in found.values()])
        codes = {}
        for fir, code in links.values_list("fir_id", "offence__code"):
            codes.setdefault(fir, set()).add(code)
        for fir in found.values():
            fir.codes = codes.get(fir.pk, set())
        return found

    def _one(self, sheet, fir):
        if fir is None and not sheet.against_women:
            self.counts["skipped"] += 1
            return
        fills, conflicts = ((), ()) if fir is None else _differences(sheet, fir)
        if fir is None:
            kind = "new" if sheet.registered_at > self.expected else "missing_here"
        else:
            kind = "conflict" if conflicts else "changed" if fills else "same"
        self._note(kind, sheet.thana.pk, sheet.number, sheet.year, (*fills, *conflicts), fir and fir.version)
        yield kind, sheet, fir, fills, conflicts

    def _missing_there(self):
        """FIRs of the record, registered on the days of the sheet, of which the sheet knows nothing."""
        rows = Fir.objects.under(self.unit).filter(
            registered_at__gte=midnight(self.first), registered_at__lt=midnight(self.last + timedelta(days=1))
        )
        for fir in rows.select_related("thana").order_by("pk").iterator(chunk_size=_BATCH):
            if hash((fir.thana_id, fir.year, fir.number)) not in self._seen:
                self._note("missing_there", fir.thana_id, fir.number, fir.year, (), None)
                yield "missing_there", None, fir, (), ()

    def _note(self, kind, thana, number, year, fields, version):
        self.counts[kind] += 1
        line = [kind, thana, number, year, list(fields)]
        self._hash.update(repr((line, version)).encode())
        if kind != "same" and len(self.found) < SHOWN:
            self.found.append(line)


def _batches(rows):
    rows = iter(rows)
    while batch := list(islice(rows, _BATCH)):
        yield batch


def _differences(sheet, fir):
    """(codes of gaps that the sheet fills, codes in which the two differ)."""
    given = unnamed(sheet) | {"occurred_at": sheet.occurred_at}
    fills = [code for code in _FILLED if given[code] and not getattr(fir, code)]
    if fir.assigned_to_id and "officer_text" in fills:
        fills.remove("officer_text")
    in_the_open = [code for code in fills if code != "occurred_at"]
    if fir.names_anyone(*(given[code] for code in in_the_open)):  # the sheet may not know whom the record does
        fills = [code for code in fills if code not in in_the_open]
    conflicts = []
    if _day(sheet.registered_at) != _day(fir.registered_at):
        conflicts.append("registered_at")
    if {offence.code for offence in sheet.charge.offences} != fir.codes:
        conflicts.append("sections")
    if sheet.told_state and sheet.told_state != _SAME_STATE.get(fir.state, fir.state):
        conflicts.append("state")
    if sheet.occurred_at and fir.occurred_at and _day(sheet.occurred_at) != _day(fir.occurred_at):
        conflicts.append("occurred_at")
    if given["gd_number"] and fir.gd_number and _number(given["gd_number"]) != _number(fir.gd_number):
        conflicts.append("gd_number")
    return tuple(fills), tuple(conflicts)


def _day(moment):
    return timezone.localdate(moment)


def _number(text):
    return text.lstrip("0").casefold()
