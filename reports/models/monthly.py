"""A unit's figures of one month, frozen: what was published stays, and what changes afterwards shows as a difference."""

import hashlib
import json
from collections import defaultdict

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.figures import MEASURES, Period, add_up, cells, totals
from complaints.models import Accused, Complaint, Fir, FirDeadline, Nature, Preventive
from counselling.figures import COUNTED_HERE
from kendras.models import PLACE_COLUMNS, SENTENCES, Level, Rule, Unit, add_months
from kendras.workflow import Move, Refused
from reports.models.wording import refuse_fewer_words, refuse_names
from reports.signs import CODES, MONTHS, Limits, said, signs

SENTENCES.update(
    {
        "monthlyreport.submit": _("submitted the monthly report"),
        "monthlyreport.review": _("reviewed the monthly report"),
        "monthlyreport.accept": _("accepted the monthly report"),
        "monthlyreport.lock": _("locked the monthly report"),
    }
)


# --- figures as they are frozen --------------------------------------------------------------------------------------
# {"all": {code: n}, "source": {source: {code: n}}, "nature": {nature code: {code: n}}, "head": {head code: {code: n}}};
# the inner ones leave out zeros; a report frozen before there was an FIR record has no "head"

_KINDS = ("source", "nature", "head")


def count_by_thana(district, period):
    """{thana id: figures} of a district, counted from the rows in a grouped query for each model that is counted."""
    natures = dict(Nature.objects.values_list("pk", "code"))
    found = defaultdict(_no_parts)
    rows = Complaint.objects.under(district)
    for (thana, source, nature), counts in cells(rows, ("thana", "source", "nature"), period).items():
        found[thana]["all"].append(counts)
        found[thana]["source"][source].append(counts)
        found[thana]["nature"][natures[nature]].append(counts)
    for (thana, head), counts in cells(Fir.objects.under(district), ("thana", "head"), period).items():
        found[thana]["all"].append(counts)
        found[thana]["head"][head].append(counts)
    for model in (Preventive, FirDeadline, Accused, *COUNTED_HERE):
        for (thana,), counts in cells(model.objects.under(district), ("thana",), period).items():
            found[thana]["all"].append(counts)
    return {thana: _added(parts) for thana, parts in found.items()}


def _no_parts():
    return {"all": [], **{kind: defaultdict(list) for kind in _KINDS}}


def sum_figures(several):
    """The figures of a unit from those of the units below it."""
    parts = _no_parts()
    for figures in several:
        parts["all"].append(figures["all"])
        for kind in _KINDS:
            for key, counts in figures.get(kind, {}).items():
                parts[kind][key].append(counts)
    return _added(parts)


def _added(parts):
    kinds = {
        kind: {key: {c: n for c, n in add_up(several).items() if n} for key, several in sorted(parts[kind].items())}
        for kind in _KINDS
    }
    return {"all": add_up(parts["all"]), **{k: {key: c for key, c in found.items() if c} for k, found in kinds.items()}}


# --- the rows --------------------------------------------------------------------------------------------------------


class MonthlyReportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Reports of the units under the user's present charge, as they stand now or stood in that month."""
        charge = getattr(user, "acting", None)
        return self.under(charge.unit) if charge and charge.sees_its_unit else self.none()

    def under(self, unit):
        if unit.level == Level.STATE:
            return self.all()
        column = f"{unit.level}_id"
        now = Q(unit=unit.pk) if unit.level == Level.THANA else Q(unit=unit.pk) | Q(**{f"unit__{column}": unit.pk})
        return self.filter(Q(**{column: unit.pk}) | now)

    def of_level(self, level):
        """Reports of the units of one level; on the level of ranges with the districts that answer to their zone."""
        wanted = Q(unit__level=level)
        if level == Level.POLICE_RANGE:
            wanted |= Q(unit__level=Level.DISTRICT, police_range=None)
        return self.filter(wanted)

    @transaction.atomic
    def build_district(self, district, month, *, at):
        """Freeze a district, its circles and its kendras; only drafts are counted again. Returns how many were written."""
        counted = count_by_thana(district, Period.month(month))
        units = Unit.objects.under(district).exclude(level=Level.DISTRICT).select_related("parent")
        thanas = [u for u in units.filter(level=Level.THANA) if u.pk in counted]
        thanas += units.filter(level=Level.THANA, kendra__isnull=False).exclude(pk__in=list(counted))
        written, figures = self._freeze({unit: counted.get(unit.pk) for unit in thanas}, month, at)
        self.mark(thanas, month)
        for level in (Level.CIRCLE, Level.DISTRICT):
            above = [district] if level == Level.DISTRICT else list(units.filter(level=Level.CIRCLE))
            more, figures = self._freeze_sums(above, figures, month, at)
            written += more
        return written

    def mark(self, thanas, month):
        """Write the signs of kendras from the frozen months of two quarters; without all six there is nothing to say.

        Like the figures, they stay as they were once the report has been submitted.
        """
        quarters = [[add_months(month, -back - year) for back in range(MONTHS)] for year in (0, 12)]
        rows = self.filter(unit__in=thanas, month__in=[*quarters[0], *quarters[1]])
        frozen, limits = defaultdict(dict), Limits.of(Rule.objects.by_code())
        for unit, when, figures in rows.values_list("unit", "month", "figures"):
            frozen[unit][when] = figures["all"]
        found = defaultdict(list)
        for unit, months in frozen.items():
            if len(months) == 2 * MONTHS:
                now, before = (add_up((months[each] for each in quarter), CODES) for quarter in quarters)
                found[",".join(signs(now, before, limits))].append(unit)
        for text, units in found.items():
            self.filter(unit__in=units, month=month, state=MonthlyReport.State.DRAFT).update(signs=text)

    @transaction.atomic
    def build_above(self, month, *, at):
        """Freeze ranges, zones and the state from the frozen districts. Returns how many were written."""
        districts = self.filter(month=month, unit__level=Level.DISTRICT).select_related("unit")
        figures, written = {report.unit: report.figures for report in districts}, 0
        for level in (Level.POLICE_RANGE, Level.ZONE, Level.STATE):
            more, found = self._freeze_sums(list(Unit.objects.filter(level=level)), figures, month, at)
            figures.update(found)
            written += more
        return written

    def _freeze_sums(self, units, figures, month, at):
        below = defaultdict(list)
        for unit, each in figures.items():
            below[unit.parent_id].append(each)
        return self._freeze({unit: sum_figures(below[unit.pk]) for unit in units}, month, at)

    def _freeze(self, figures, month, at):
        """Write the reports of units; gives (how many were written, {unit: the figures that now stand})."""
        rows = self.select_for_update().filter(month=month, unit__in=[unit.pk for unit in figures])
        there = {report.unit_id: report for report in rows}
        fresh, standing = [], {}
        for unit, each in figures.items():
            report = there.get(unit.pk) or MonthlyReport(unit=unit, month=month)
            if report.state == MonthlyReport.State.DRAFT:
                report.freeze(each or sum_figures(()), unit, at)
                fresh.append(report)
            standing[unit] = report.figures
        self.bulk_create(
            fresh, update_conflicts=True, unique_fields=["unit", "month"], update_fields=MonthlyReport.FROZEN
        )
        return len(fresh), standing


def _is_kendra(report):
    return report.unit.level == Level.THANA


def _kendras_remarks(report, *, by, at, text, **_data):
    if not _is_kendra(report):
        raise Refused(gettext("Only the report of a kendra is submitted; the others are sums of those below."))
    refuse_fewer_words(text, 3, gettext("Write the remarks in a sentence: what was hard, what is needed."))
    refuse_names(report.unit, text, about=report, by=by, at=at)


def _submit(report, *, by, at, text, **_data):
    report.remarks, report.submitted_by, report.submitted_at = text.strip(), by, at
    return {"digest": report.digest}


def _reviewers_remarks(report, *, by, at, text, **_data):
    refuse_fewer_words(text, 3, gettext("Write in a sentence what the review found."))
    refuse_names(report.unit, text, about=report, by=by, at=at)


def _review(report, *, by, at, text, **_data):
    report.review, report.reviewed_by, report.reviewed_at = text.strip(), by, at
    return {"digest": report.digest}


def _digest_only(report, **_data):
    return {"digest": report.digest}


def _may_be_locked(report, *, by, **_data):
    """A kendra's report is locked when accepted; one above by its own officer, when those below are accepted."""
    if _is_kendra(report):
        if report.state != MonthlyReport.State.ACCEPTED:
            raise Refused(gettext("The report of a kendra is locked after it has been accepted."))
        return
    if by.acting.unit_id != report.unit_id:
        raise Refused(gettext("The officer of the unit itself locks its report."), "right")
    settled = (MonthlyReport.State.ACCEPTED, MonthlyReport.State.LOCKED)
    waiting = report.below().exclude(state__in=settled).count()
    if waiting:
        raise Refused(gettext("%(n)s of the reports below are not accepted or locked yet.") % {"n": waiting})


class MonthlyReport(models.Model):
    """The report of one unit for one month. While it is a draft it may be built again; from then on it never changes.

    The place columns say where the unit stood when it was built: the unit itself and those above it.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted")
        REVIEWED = "reviewed", _("Reviewed")
        ACCEPTED = "accepted", _("Accepted")
        LOCKED = "locked", _("Locked")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"), db_index=False)
    month = models.DateField(_("month"))
    above = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    thana = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)
    circle = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)
    district = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)
    police_range = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)
    zone = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)
    figures = models.JSONField()
    digest = models.CharField(_("content hash"), max_length=64)
    #: what rose while FIRs fell (reports.signs), of a kendra; "" where it has no sign or no months to compare with
    signs = models.CharField(_("signs to look at"), max_length=60, blank=True)
    built_at = models.DateTimeField(_("frozen"))
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)
    remarks = models.TextField(_("remarks of the in-charge"), blank=True, max_length=4000)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    review = models.TextField(_("review of the circle officer"), blank=True, max_length=4000)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)

    objects = MonthlyReportQuerySet.as_manager()

    #: what a building writes
    FROZEN = ["figures", "digest", "built_at", "above", *PLACE_COLUMNS]

    MOVES = {
        step.name: step
        for step in (
            Move(
                "submit", _("Submit"), "reports.submit", frozenset({State.DRAFT}), State.SUBMITTED,
                guard=_kendras_remarks, apply=_submit, offered=lambda report, by: _is_kendra(report), primary=True,
            ),
            Move(
                "review", _("Mark as reviewed"), "reports.review", frozenset({State.SUBMITTED}), State.REVIEWED,
                guard=_reviewers_remarks, apply=_review, primary=True,
            ),
            Move(
                "accept", _("Accept"), "reports.accept", frozenset({State.REVIEWED}), State.ACCEPTED,
                apply=_digest_only, primary=True,
            ),
            Move(
                "lock", _("Lock"), "reports.lock", frozenset({State.DRAFT, State.ACCEPTED}), State.LOCKED,
                guard=_may_be_locked, apply=_digest_only,
                offered=lambda report, by: report.may_be_locked_by(by),
            ),
        )
    }  # fmt: skip

    class Meta:
        verbose_name = _("monthly report")
        verbose_name_plural = _("monthly reports")
        constraints = [models.UniqueConstraint(fields=["unit", "month"], name="monthlyreport_one_a_month")]
        indexes = [
            models.Index(fields=[column, "month"], name=f"monthlyreport_{column}")
            for column in ("above", *PLACE_COLUMNS)
        ] + [models.Index(fields=["month", "state"], name="monthlyreport_month")]

    def __str__(self):
        return f"{self.unit} {self.month:%m-%Y}"

    def is_under(self, unit):
        """Whether the unit stands under `unit` now: what decides who may take a step."""
        return self.unit.is_under(unit)

    @property
    def period(self):
        return Period.month(self.month)

    @property
    def signs_said(self):
        return said(self.signs.split(",")) if self.signs else ""

    @property
    def is_sound(self):
        """Whether the stored figures still carry their hash."""
        return self.digest == self._hash()

    def freeze(self, figures, unit, at):
        """Set figures, hash and place (not saved)."""
        self.figures, self.built_at, self.above_id = figures, at, unit.parent_id
        for column, value in unit.ancestor_columns().items():
            setattr(self, column, value)
        if unit.level != Level.STATE:
            setattr(self, f"{unit.level}_id", unit.pk)
        self.digest = self._hash()

    def _hash(self):
        content = {"unit": self.unit.code, "month": f"{self.month:%Y-%m}", "figures": self.figures}
        text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    def below(self):
        """The reports that this one is the sum of."""
        return MonthlyReport.objects.filter(month=self.month, above=self.unit_id)

    def may_be_locked_by(self, user):
        if _is_kendra(self):
            return self.state == self.State.ACCEPTED
        return bool(user.acting) and user.acting.unit_id == self.unit_id

    def difference(self):
        """What the rows say of that month today where it is not what was frozen: [(measure, frozen, now)]."""
        now = {}
        for model in (Complaint, Fir, Preventive, FirDeadline, Accused, *COUNTED_HERE):
            now |= totals(model.objects.under(self.unit), self.period)
        then = self.figures["all"]
        return [(m, then[code], now[code]) for code, m in MEASURES.items() if then.get(code, now[code]) != now[code]]


# --- the database keeps what was published ----------------------------------------------------------------------------

_TABLE = "reports_monthlyreport"
_CHANGED = " OR ".join(
    f"OLD.{c} IS DISTINCT FROM NEW.{c}" for c in ("figures", "digest", "built_at", "unit_id", "month")
)

_PROTECT = {
    "postgresql": [
        f"""CREATE OR REPLACE FUNCTION {_TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'a published report cannot be changed' USING ERRCODE = 'restrict_violation';
        END $$""",
        f"""CREATE TRIGGER {_TABLE}_frozen BEFORE UPDATE ON {_TABLE} FOR EACH ROW
        WHEN (OLD.state <> 'draft' AND ({_CHANGED})) EXECUTE FUNCTION {_TABLE}_refuse()""",
    ],
    "sqlite": [
        f"""CREATE TRIGGER {_TABLE}_frozen BEFORE UPDATE ON {_TABLE}
        WHEN OLD.state <> 'draft' AND ({_CHANGED.replace("IS DISTINCT FROM", "IS NOT")})
        BEGIN SELECT RAISE(ABORT, 'a published report cannot be changed'); END"""
    ],
}

_UNPROTECT = {
    "postgresql": [f"DROP TRIGGER {_TABLE}_frozen ON {_TABLE}", f"DROP FUNCTION {_TABLE}_refuse()"],
    "sqlite": [f"DROP TRIGGER {_TABLE}_frozen"],
}


def protect_reports(connection):
    """Make the database refuse to change the figures of a report that is no longer a draft."""
    _run(connection, _PROTECT)


def unprotect_reports(connection):
    _run(connection, _UNPROTECT)


def _run(connection, statements):
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)
