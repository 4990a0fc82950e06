"""The engine of statements: a statement is declared once, and page, PDF, spreadsheet and JSON print the same sheet.

A statement is a function from a `Ledger` and a month to the rows of a `Sheet`. The statements stand in
reports/statements/, one file for each family; `STATEMENTS` is their register.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext, gettext_noop

from complaints.figures import MEASURES, add_up
from kendras.models import LEVELS, Level
from reports.sheet import Column, Ratio, Row, Sheet

#: code → Statement, in the order of the list; filled by the declarations
STATEMENTS = {}


@dataclass(frozen=True)
class Statement:
    """title and about: what it says, in a few words; build(ledger, month, level) gives head, columns, rows, total, notes.

    by_unit: whether its rows are the units below, so that a level can be chosen.
    live: whether it is counted from the rows in any month, also in one whose figures are frozen.
    """

    code: str
    title: str
    about: str
    build: Callable
    by_unit: bool = False
    live: bool = False

    def sheet(self, ledger, month, level=None):
        """The sheet of the ledger's unit for a month (its first day). `level`: which units below, where rows are units."""
        parts = self.build(ledger, month, level) if self.by_unit else self.build(ledger, month)
        origin = ledger.counted(month) if self.live else ledger.origin(month)
        return Sheet(
            code=self.code,
            title=str(self.title),
            unit=ledger.unit.title,
            month=month,
            as_on=origin.as_on,
            frozen=origin.frozen,
            digest=origin.digest,
            **parts,
        )


def statement(code, title, about, *, by_unit=False, live=False):
    """Declare a statement: a decorator of its building function."""

    def declare(build):
        STATEMENTS[code] = Statement(code, title, about, build, by_unit, live)
        return build

    return declare


# --- what statements are made of -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Count:
    """A column that shows one measure; its cell opens the rows behind it."""

    code: str
    label: str = ""
    group: str = ""

    def column(self):
        return Column(str(self.label or MEASURES[self.code].label), "number", str(self.group))

    def value(self, n):
        return n[self.code]


@dataclass(frozen=True)
class Share:
    """A column that shows one measure, or several, as a share of another."""

    parts: tuple
    wholes: tuple
    label: str
    group: str = ""
    code = ""

    def column(self):
        return Column(str(self.label), "ratio", str(self.group))

    def value(self, n):
        return Ratio(sum(n[code] for code in self.parts), sum(n[code] for code in self.wholes))


@dataclass(frozen=True)
class Total:
    """A column that adds measures up which have no list of their own."""

    codes: tuple
    label: str
    group: str = ""
    code = ""

    def column(self):
        return Column(str(self.label), "number", str(self.group))

    def value(self, n):
        return sum(n[code] for code in self.codes)


#: how the columns of work hang together, said under every sheet that shows them
BALANCE = gettext_noop(
    "Pending at the start + received − disposed of = pending. A re-opened complaint counts as pending since it came."
)


def line(label, n, kinds, *, unit, month, url="", **filters):
    """A row from figures {code: number} and the kinds of columns; numbers link to their rows."""
    links = tuple(list_url(unit, kind.code, month, **filters) if kind.code else "" for kind in kinds)
    return Row(str(label), tuple(kind.value(n) for kind in kinds), links, url)


_LISTS = {
    "complaint": "complaints:list",
    "fir": "complaints:firs",
    "preventive": "complaints:preventives",
    "session": "counselling:sessions",
    "ppkcase": "counselling:ppk_cases",
    "referral": "counselling:referrals",
    "compensation": "counselling:compensations",
    "told": "counselling:tellings",
    "firdeadline": "complaints:fir_clocks",
    "accused": "complaints:accused",
}


def list_url(unit, code, month, **filters):
    """The list of the rows behind a figure."""
    query = {"unit": unit.pk, "figure": code, "month": f"{month:%Y-%m}", **filters}
    page = _LISTS[MEASURES[code].of]
    return f"{reverse(page)}?{urlencode(query)}"


def unit_rows(code, ledger, month, level, kinds):
    """Rows for the units of a level below, and their sum; for a kendra itself there is one row and no sum.

    The sum is compared with the unit's own figures: where they differ, the sheet says so.
    """
    unit = ledger.unit
    if unit.level == Level.THANA:
        return {
            "rows": (line(unit.name, ledger.own(month), kinds, unit=unit, month=month),),
            "total": None,
            "notes": (),
        }
    level = level or LEVELS[LEVELS.index(unit.level) + 1]
    below = ledger.below(level, month)
    rows = tuple(
        line(each.name, n, kinds, unit=each, month=month, url=statement_url(code, each, month)) for each, n in below
    )
    summed = add_up(n for _unit, n in below)
    total = line(gettext("Total"), summed, kinds, unit=unit, month=month)
    notes = (
        ()
        if summed == ledger.own(month)
        else (gettext("The units below do not add up to the figures of the unit itself."),)
    )
    return {"rows": rows, "total": total, "notes": notes}


def declare_by_unit(code, title, about, kinds, *notes):
    """Declare a statement whose rows are the units below and whose columns are `kinds`; notes stand under it."""

    @statement(code, title, about, by_unit=True)
    def build(ledger, month, level):
        parts = unit_rows(code, ledger, month, level, kinds)
        parts["notes"] += tuple(str(note) for note in notes)
        return {"head": gettext("Unit"), "columns": tuple(kind.column() for kind in kinds), **parts}


def statement_url(code, unit, month):
    return f"{reverse('reports:statement', args=[code])}?{urlencode({'unit': unit.pk, 'month': f'{month:%Y-%m}'})}"
