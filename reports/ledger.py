"""Where a unit's figures of a month come from: the frozen report where there is one, the rows where there is none.

Every statement asks here and nowhere else, so a sheet cannot mix the two unseen: each answer says its `Origin`.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from complaints.figures import MEASURES, Period, add_up, cells, course, totals
from complaints.models import Accused, Complaint, Fir, FirDeadline, Nature, Preventive
from counselling.figures import COUNTED_HERE
from kendras.models import Level, Unit
from reports.models import MonthlyReport

#: the models whose rows are counted; each measure says which one it counts
COUNTED = (Complaint, Fir, Preventive, FirDeadline, Accused, *COUNTED_HERE)

#: measures whose months do not add up to a year: a call in the month after the disposal counts in neither
NOT_ADDED = frozenset({"called"})

#: where past months that were never frozen are counted for a course; above it they would be read from millions of rows
COUNTED_LATE = frozenset({Level.THANA, Level.CIRCLE, Level.DISTRICT})


@dataclass(frozen=True)
class Origin:
    """frozen: from a report built at `as_on` with this `digest`; else counted from the rows up to `as_on`."""

    frozen: bool
    as_on: datetime
    digest: str = ""


def month_of(at):
    """The first day of the month in which `at` lies, in Indian time."""
    return timezone.localdate(at).replace(day=1)


def shift(month, by):
    """The first day of the month `by` months later."""
    count = month.year * 12 + month.month - 1 + by
    return date(count // 12, count % 12 + 1, 1)


@dataclass
class Ledger:
    """The figures of one unit as they stand at the moment `at`. Remembers what it has fetched."""

    unit: Unit
    at: datetime
    _reports: dict = field(default_factory=dict)
    _totals: dict = field(default_factory=dict)

    def report(self, month):
        """The unit's frozen report of a month, or None."""
        self._fetch([month])
        return self._reports[month]

    def origin(self, month):
        report = self.report(month)
        if report:
            return Origin(True, report.built_at, report.digest)
        return self.counted(month)

    def counted(self, month):
        """The origin of what is counted from the rows."""
        return Origin(False, Period.month(month, self.at).as_on)

    def own(self, month):
        """{code: number} of the unit in a month."""
        report = self.report(month)
        if report:
            return _filled(report.figures["all"])
        if month not in self._totals:
            self._totals[month] = self._count(Period.month(month, self.at))
        return self._totals[month]

    def by(self, kind, month):
        """{key: {code: number}} of a month.

        kind: "source" (keys: Source values) or "nature" (keys: nature codes) of complaints, "head" (head codes) of FIRs.
        """
        report = self.report(month)
        if report:
            return {key: _filled(counts) for key, counts in report.figures.get(kind, {}).items()}
        return self._by(kind, Period.month(month, self.at))

    def year_by(self, kind, month):
        """{key: {code: number}} from 1 January to the end of a month; for what happens within it, not for what stands."""
        months = [date(month.year, n, 1) for n in range(1, month.month + 1)]
        self._fetch(months)
        parts = defaultdict(list)
        for span in self._spans(months):
            if self._reports[span[0]]:
                found = self.by(kind, span[0])
            else:
                found = self._by(kind, Period.between(span[0], shift(span[-1], 1), self.at))
            for key, counts in found.items():
                parts[key].append(counts)
        return {key: add_up(several) for key, several in parts.items()}

    def _by(self, kind, period):
        rows = self._firs() if kind == "head" else self._rows()
        found = cells(rows, (kind,), period)
        names = dict(Nature.objects.values_list("pk", "code")) if kind == "nature" else {}
        return {names.get(key, key): _filled(counts) for (key,), counts in found.items()}

    def below(self, level, month):
        """[(Unit, {code: number})] of the units of one level under this one, by name; for a frozen month as they stood then."""
        if self.report(month):
            reports = MonthlyReport.objects.filter(month=month).of_level(level)
            reports = reports.filter(self._then()).select_related("unit__circle")
            found = [(report.unit, _filled(report.figures["all"])) for report in reports]
        else:
            period, counted = Period.month(month, self.at), {}
            for rows in self._all():
                for (key,), counts in cells(rows.annotate(below=_column(level)), ("below",), period).items():
                    counted.setdefault(key, {}).update(counts)
            found = [(unit, _filled(counted.get(unit.pk, {}))) for unit in self._units(level, counted)]
        return sorted(found, key=lambda pair: pair[0].name)

    def year_to(self, month):
        """{code: number} from 1 January to the end of a month, frozen months and counted ones put together."""
        months = [date(month.year, n, 1) for n in range(1, month.month + 1)]
        self._fetch(months)
        parts = [self._part(span) for span in self._spans(months)]
        first, last = parts[0], parts[-1]
        summed = add_up(parts)
        stands = {"start": first, "end": last}
        return {
            code: stands[measure.at][code] if measure.at else summed[code]
            for code, measure in MEASURES.items()
            if code not in NOT_ADDED
        }

    def course(self, months, codes):
        """{month: {code: number}}, None for a month neither frozen nor counted; for what happens within a month.

        Two queries at most, however many months: those without a report are counted together.
        """
        self._fetch(months)
        missing = [month for month in months if not self._reports[month] and month not in self._totals]
        found = dict.fromkeys(missing)
        if missing and self.unit.level in COUNTED_LATE:
            counted = course(self._rows(), [Period.month(month, self.at) for month in missing], codes)
            found = dict(zip(missing, counted, strict=True))
        return {month: found[month] if month in found else self.own(month) for month in months}

    def prepare(self, months):
        """Fetch the reports of many months in one query."""
        self._fetch(months)

    # --- inside ---------------------------------------------------------------------------------------------------

    def _rows(self):
        return Complaint.objects.under(self.unit)

    def _firs(self):
        return Fir.objects.under(self.unit)

    def _all(self):
        return [model.objects.under(self.unit) for model in COUNTED]

    def _count(self, period):
        return {code: n for rows in self._all() for code, n in totals(rows, period).items()}

    def _fetch(self, months):
        missing = [month for month in months if month not in self._reports]
        if missing:
            rows = MonthlyReport.objects.filter(unit=self.unit, month__in=missing)
            self._reports.update(dict.fromkeys(missing) | {report.month: report for report in rows})

    def _spans(self, months):
        """Frozen months one by one, the months between them in runs: [[month], [month, month], …]."""
        spans = []
        for month in months:
            counted = self._reports[month] is None
            if counted and spans and self._reports[spans[-1][0]] is None:
                spans[-1].append(month)
            else:
                spans.append([month])
        return spans

    def _part(self, span):
        if len(span) == 1:
            return self.own(span[0])
        return self._count(Period.between(span[0], shift(span[-1], 1), self.at))

    def _then(self):
        """The reports of units that stood under this one when the month was frozen."""
        return Q() if self.unit.level == Level.STATE else Q(**{self.unit.level: self.unit})

    def _units(self, level, counted):
        """Every unit that has something to count, and of the thanas each one with a kendra."""
        wanted = Q(level=level)
        if level == Level.POLICE_RANGE:
            wanted |= Q(level=Level.DISTRICT, police_range=None)
        if level == Level.THANA:
            wanted &= Q(kendra__isnull=False) | Q(pk__in=list(counted))
        return Unit.objects.under(self.unit).filter(wanted).select_related("circle")


def _column(level):
    """The column of a complaint that says which unit of a level it lies under."""
    return Coalesce("police_range_id", "district_id") if level == Level.POLICE_RANGE else F(f"{level}_id")


def _filled(counts):
    return {code: counts.get(code, 0) for code in MEASURES}
