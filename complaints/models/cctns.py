"""CCTNS sheets held against the record: each reading with its counts, and the list of what does not match (DG 38/2025 ¶3.iv).

The sheet itself holds names, so it lies sealed for the hours of a rule between preview and confirmation and is then gone.
What stays, counts and lists of FIR numbers, makes nobody known.
"""

import hashlib
import uuid
from io import BytesIO
from pathlib import PurePath

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.cctnscompare import Comparison
from complaints.cctnstake import Intake
from complaints.models.mismatch import CctnsMismatch
from kendras import identity
from kendras.models import PLACE_COLUMNS, SENTENCES, Entry, Level, Rule, Unit
from kendras.workflow import Move, Refused

SENTENCES.update(
    {
        "cctnsrun.look": _("held a CCTNS sheet against the record"),
        "cctnsrun.cells": _("looked at the converted cells of a CCTNS sheet"),
        "cctnsrun.take": _("took the FIRs of a CCTNS sheet in"),
        "cctnsrun.list": _("kept the mismatch list of a CCTNS sheet"),
        "cctnsrun.drop": _("threw a CCTNS sheet away"),
    }
)

#: FIRs that are stored at a time
_BATCH = 500


class Letters(models.TextChoices):
    JUDGE = "judge", _("recognise by itself")
    UNICODE = "unicode", _("all in Unicode")
    OLD = "old", _("Hindi in Kruti Dev")


def _private():
    return storages["private"]


def _random_name(run, _name):
    return f"cctns/{uuid.uuid4().hex}"


class CctnsRunQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Readings for the unit of the user's present charge and for units below it."""
        charge = getattr(user, "acting", None)
        if charge is None or not charge.sees_its_unit:
            return self.none()
        unit = charge.unit
        return self.all() if unit.level == Level.STATE else self.filter(**{f"{unit.level}_id": unit.pk})

    @transaction.atomic
    def look(self, upload, *, unit, first, last, letters, by, at):
        """Hold a sheet against the record of `unit` for FIRs registered from `first` to `last`; nothing is taken in.

        upload: an uploaded file. Raises kendras.spreadsheet.Unreadable for a file that is not taken.
        """
        seen = Comparison(upload, upload.name, unit=unit, first=first, last=last, letters=letters, at=at)
        for _found in seen.run():
            pass
        run = self.model(
            unit=unit, first=first, last=last, letters=letters, by=by, at=at, kind=PurePath(upload.name).suffix.lower()
        )
        run.place()
        upload.seek(0)
        content = upload.read()
        run.sha256, run.mark = hashlib.sha256(content).hexdigest(), seen.mark
        run.until = Rule.objects.get(code="cctns_keep").due(at)
        run.counts, run.found, run.errors, run.unread = dict(seen.counts), seen.found, seen.errors, seen.unread[:60]
        run.converted, run.cells = seen.letters.converted, identity.seal({"cells": seen.letters.samples})
        run.file.save("", ContentFile(identity.seal_bytes(content)), save=False)
        run.save()
        details = {"rows": run.counts.get("rows", 0), "sha256": run.sha256}
        Entry.objects.write(action="cctnsrun.look", by=by, at=at, subject=run, details=details)
        return run

    @transaction.atomic
    def lapse(self, at):
        """Let go of the sheets that nobody has confirmed in time; returns their number."""
        rows = list(self.select_for_update().filter(state=CctnsRun.State.SHOWN, until__lte=at))
        for run in rows:
            run.let_go()
        names = [run.pk for run in rows]
        self.filter(pk__in=names).update(
            state=CctnsRun.State.LAPSED, file="", cells=None, version=models.F("version") + 1
        )
        return len(rows)


def _own_and_whole(run, *, by, at, **_data):
    if run.by_id != by.pk:
        raise Refused(gettext("Who took the sheet up decides on it."), "right")
    if at >= run.until:
        raise Refused(gettext("The sheet is no longer kept. Choose it once more."), "stale")
    if run.counts.get("errors"):
        raise Refused(
            gettext("There are errors in the sheet. Mend them there and choose it once more: all or nothing.")
        )
    if run.converted and not run.cells_seen_at:
        raise Refused(gettext("Look at the cells that were converted from old letters first."))


def _take(run, *, by, at, **_data):
    return run._decide(by, at, Intake(run, by=by, at=at))


def _list(run, *, by, at, **_data):
    return run._decide(by, at, None)


def _drop(run, *, by, at, **_data):
    run._forget()


class CctnsRun(models.Model):
    """One sheet of a unit held against the record. `found` and `errors` are for the page; they hold no name."""

    class State(models.TextChoices):
        SHOWN = "shown", _("Shown, nothing taken in yet")
        TAKEN = "taken", _("Taken in")
        LISTED = "listed", _("Mismatch list kept")
        DROPPED = "dropped", _("Thrown away")
        LAPSED = "lapsed", _("Lapsed without confirmation")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    first = models.DateField(_("registered from"))
    last = models.DateField(_("registered up to"))
    letters = models.CharField(_("letters of the sheet"), max_length=8, choices=Letters.choices, default=Letters.JUDGE)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(_("at"))
    kind = models.CharField(max_length=8)
    file = models.FileField(storage=_private, upload_to=_random_name, blank=True)
    sha256 = models.CharField(max_length=64)
    mark = models.CharField(max_length=64)
    until = models.DateTimeField(_("kept until"))
    counts = models.JSONField(default=dict)
    found = models.JSONField(default=list)
    errors = models.JSONField(default=list)
    unread = models.JSONField(default=list)
    converted = models.PositiveIntegerField(_("cells converted from old letters"), default=0)
    cells = models.BinaryField(null=True)
    cells_seen_at = models.DateTimeField(null=True)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.SHOWN)
    decided_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    thana = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)
    circle = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)
    district = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)
    police_range = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)
    zone = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)

    objects = CctnsRunQuerySet.as_manager()

    MOVES = {
        step.name: step
        for step in (
            Move(
                "take", _("Take in what is new and fill gaps"), "complaints.import_cctns", frozenset({State.SHOWN}),
                State.TAKEN, guard=_own_and_whole, apply=_take, primary=True,
            ),
            Move(
                "list", _("Keep the mismatch list only"), "complaints.import_cctns", frozenset({State.SHOWN}),
                State.LISTED, guard=_own_and_whole, apply=_list,
            ),
            Move(
                "drop", _("Throw the sheet away"), "complaints.import_cctns", frozenset({State.SHOWN}),
                State.DROPPED, apply=_drop,
            ),
        )
    }  # fmt: skip

    class Meta:
        verbose_name = _("CCTNS sheet")
        verbose_name_plural = _("CCTNS sheets")
        indexes = [
            models.Index(fields=[column, "-at", "-id"], name=f"cctnsrun_{column}") for column in PLACE_COLUMNS
        ] + [models.Index(fields=["until"], condition=models.Q(state="shown"), name="cctnsrun_shown")]

    def __str__(self):
        return f"{self.unit.name} {self.first:%d-%m-%Y} – {self.last:%d-%m-%Y}"

    def place(self):
        """Copy the unit's place onto this row."""
        for column, value in {**self.unit.ancestor_columns(), f"{self.unit.level}_id": self.unit_id}.items():
            setattr(self, column, value)

    def is_under(self, unit):
        return unit.level == Level.STATE or getattr(self, f"{unit.level}_id") == unit.pk

    @transaction.atomic
    def converted_cells(self, *, by, at):
        """[[row, column code, before, after]] of cells that stood in old letters, told on the trail. Raises Refused.

        They may be names: only who took the sheet up sees them, and only while it is kept.
        """
        run = CctnsRun.objects.select_for_update().get(pk=self.pk)
        if run.by_id != by.pk or run.state != self.State.SHOWN or at >= run.until or run.cells is None:
            raise Refused(gettext("The converted cells are shown to who took the sheet up, while it is kept."), "right")
        CctnsRun.objects.filter(pk=self.pk).update(cells_seen_at=run.cells_seen_at or at)
        Entry.objects.write(action="cctnsrun.cells", by=by, at=at, subject=self)
        return identity.unseal(run.cells)["cells"]

    def _decide(self, by, at, intake):
        """Read the kept sheet anew: where the record stands as it was shown, store all of it, else Refused."""
        with self.file.open() as stored:
            content = identity.unseal_bytes(stored.read())
        if hashlib.sha256(content).hexdigest() != self.sha256:
            raise Refused(gettext("The kept sheet has been changed. Choose it once more."), "stale")
        again = Comparison(
            BytesIO(content),
            f"sheet{self.kind}",
            unit=self.unit,
            first=self.first,
            last=self.last,
            letters=self.letters,
            at=self.at,
        )
        made = _Decision(self, by, at, intake).carry_out(again)
        if again.mark != self.mark:
            raise Refused(gettext("The record has changed since the sheet was read. Choose it once more."), "stale")
        self.decided_at = at
        self._forget()
        return made

    def _forget(self):
        self.let_go()
        self.file, self.cells = "", None

    def let_go(self):
        """Delete the kept sheet once the transaction is through."""
        name, storage = self.file.name, self.file.storage
        if name:
            transaction.on_commit(lambda: storage.delete(name))


class _Decision:
    """Stores what a second reading finds: new FIRs, filled gaps, and the mismatch list."""

    def __init__(self, run, by, at, intake):
        self.run, self.by, self.at, self.intake = run, by, at, intake
        self.fresh, self.rows, self.counts = [], [], {"taken": 0, "filled": 0, "mismatches": 0}

    def carry_out(self, comparison):
        old = CctnsMismatch.objects.under(self.run.unit).filter(open=True)
        old.filter(registered_on__gte=self.run.first, registered_on__lte=self.run.last).update(open=False)
        for kind, sheet, fir, fills, conflicts in comparison.run():
            if fir is None:
                self.fresh.append((kind, sheet))
            elif fills and self.intake:
                self.intake.fill(fir, sheet, fills)
                self.counts["filled"] += 1
            if conflicts:
                self._mismatch("differs", fir.thana, fir, fields=conflicts)
            elif kind == "missing_there":
                self._mismatch("only_here", fir.thana, fir)
            if len(self.fresh) >= _BATCH:
                self._store()
        self._store()
        self._flush()
        return self.counts

    def _store(self):
        """Take the waiting FIRs in; those that should have been here long since go on the list."""
        fresh, self.fresh = self.fresh, []
        firs = self.intake.take([sheet for _kind, sheet in fresh]) if self.intake else [None] * len(fresh)
        self.counts["taken"] += len(fresh) if self.intake else 0
        for (kind, sheet), fir in zip(fresh, firs, strict=True):
            if kind == "missing_here":
                self._mismatch("only_there", sheet.thana, fir, sheet, open=fir is None)

    def _mismatch(self, kind, thana, fir, source=None, fields=(), open=True):  # noqa: A002 (the column's name)
        source = source or fir
        self.rows.append(
            CctnsMismatch(
                run=self.run, thana=thana, kind=kind, number=source.number, year=source.year, fir=fir, open=open,
                registered_on=timezone.localdate(source.registered_at), fields=" ".join(fields), found_at=self.at,
            )
        )  # fmt: skip
        self.counts["mismatches"] += 1
        if len(self.rows) >= _BATCH:
            self._flush()

    def _flush(self):
        CctnsMismatch.objects.bulk_create(self.rows)
        self.rows = []
