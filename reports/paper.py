"""The paper of a crime meeting as data: what stands in it, before it is laid out (domain: the SP's monthly crime meeting)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import translation
from django.utils.translation import gettext

import reports.statements  # noqa: F401  (declares the statements)
from complaints.figures import MEASURES
from kendras.models import Level
from reports.ledger import Ledger, shift
from reports.models import MeetingDirection, MonthlyReport
from reports.render import meeting_pdf
from reports.sentences import attention, summary
from reports.sheet import Column, Row, Sheet
from reports.statement import BALANCE, STATEMENTS

#: the statements of the paper: code and, where the rows are units, their level
_SHEETS = (
    ("comparison", None),
    ("side_by_side", Level.THANA),
    ("trends", None),
    ("hours", None),
    ("heads", None),
    ("fir_units", Level.THANA),
    ("fir_age", Level.THANA),
    ("itsso", Level.THANA),
    ("missing", Level.THANA),
    ("counselling", Level.THANA),
    ("ppk", Level.THANA),
    ("clocks", Level.THANA),
    ("accused", Level.THANA),
    ("preventive", Level.THANA),
    ("support", Level.THANA),
    ("compensation", Level.THANA),
    ("told", Level.THANA),
    ("units", Level.THANA),
    ("age", Level.THANA),
    ("source", None),
    ("nature", None),
    ("feedback", Level.THANA),
    ("late", Level.THANA),
)


@dataclass(frozen=True)
class KendraPage:
    """One kendra's page: its figures of three months, remarks, last month's directions with answers, space for new ones.

    directions: [(text, due date, state label, answer)]
    """

    unit: str
    sheet: Sheet
    remarks: str
    directions: tuple

    @property
    def speaks(self):
        """Whether there is anything to speak of; a kendra without a figure gets a line and not a page."""
        return bool(self.remarks or self.directions or any(any(row.values) for row in self.sheet.rows))


@dataclass(frozen=True)
class Book:
    """Everything the paper says. Holds figures, sentences and directions; no person in a case."""

    title: str
    unit: str
    month: date
    as_on: datetime
    digest: str
    frozen: bool
    summary: tuple
    concerns: tuple
    sheets: tuple
    kendras: tuple
    silent: tuple


def meeting_book(unit, month, *, at):
    """The book of a unit's meeting about a month, in the language that is active."""
    ledger = Ledger(unit, at)
    origin = ledger.origin(month)
    below = ledger.below(Level.THANA, month)
    pages = list(_kendra_pages([thana for thana, _n in below], month, at))
    return Book(
        title=gettext("Monthly crime meeting: Mission Shakti Kendras"),
        unit=unit.title,
        month=month,
        as_on=origin.as_on,
        digest=origin.digest,
        frozen=origin.frozen,
        summary=tuple(summary(month, ledger.own(month), ledger.own(shift(month, -12)))),
        concerns=tuple(attention(below)),
        sheets=tuple(STATEMENTS[code].sheet(ledger, month, level) for code, level in _SHEETS),
        kendras=tuple(page for page in pages if page.speaks),
        silent=tuple(page.unit for page in pages if not page.speaks),
    )


def _kendra_pages(thanas, month, at):
    given, remarks = {}, {}
    rows = MeetingDirection.objects.filter(thana__in=thanas, month=shift(month, -1)).order_by("pk")
    for row in rows:
        given.setdefault(row.thana_id, []).append((row.text, row.due_on, row.get_state_display(), row.answer))
    for report in MonthlyReport.objects.filter(unit__in=thanas, month=month).only("unit", "remarks"):
        remarks[report.unit_id] = report.remarks
    for thana in thanas:
        sheet = _three_months(Ledger(thana, at), month)
        yield KendraPage(thana.title, sheet, remarks.get(thana.pk, ""), tuple(given.get(thana.pk, ())))


def _three_months(ledger, month):
    """A kendra's figures of the month, the month before and the same month last year."""
    months = (month, shift(month, -1), shift(month, -12))
    ledger.prepare(months)
    counts = [ledger.own(each) for each in months]
    origin = ledger.origin(month)
    return Sheet(
        code="kendra",
        title=gettext("The kendra's figures"),
        unit=ledger.unit.title,
        month=month,
        as_on=origin.as_on,
        frozen=origin.frozen,
        digest=origin.digest,
        head=gettext("Figure"),
        columns=tuple(Column(f"{each:%m-%Y}") for each in months),
        rows=tuple(Row(str(m.label), tuple(n[code] for n in counts)) for code, m in MEASURES.items()),
        notes=(gettext(BALANCE),),
    )


def print_meeting(job, at):
    """The printed paper of a job, as bytes of a PDF in the job's language."""
    with translation.override(job.language):
        return meeting_pdf(meeting_book(job.unit, job.month, at=at))
