"""A sheet: what a statement says, as data. Page, PDF, spreadsheet and JSON are made from the same one."""

from dataclasses import dataclass
from datetime import date, datetime

from kendras.templatetags.kendra import indian


@dataclass(frozen=True)
class Ratio:
    """A share with what it is a share of; of nothing there is none, and it prints "–"."""

    part: int
    whole: int

    @property
    def percent(self):
        """In percent with one decimal, or None."""
        return round(100 * self.part / self.whole, 1) if self.whole else None

    def __str__(self):
        return "–" if self.percent is None else f"{self.percent:.1f} % ({indian(self.whole)})"


@dataclass(frozen=True)
class Change:
    """The signed change against a base; from nothing there is none, and it prints "–"."""

    now: int
    before: int

    @property
    def percent(self):
        """In percent with one decimal, or None."""
        return round(100 * (self.now - self.before) / self.before, 1) if self.before else None

    def __str__(self):
        if self.percent is None:
            return "–"
        sign = "+" if self.percent > 0 else "−" if self.percent < 0 else ""
        return f"{sign}{abs(self.percent):.1f} %"


@dataclass(frozen=True)
class Column:
    """kind: number, ratio, change or text; group: a word over several columns."""

    label: str
    kind: str = "number"
    group: str = ""


@dataclass(frozen=True)
class Row:
    """A label and a value for each column (int, Ratio, Change or text); links: the list behind each value, or ""."""

    label: str
    values: tuple
    links: tuple = ()
    url: str = ""

    @property
    def cells(self):
        """[(value, link)]"""
        return list(zip(self.values, self.links or [""] * len(self.values), strict=True))


@dataclass(frozen=True)
class Sheet:
    """One statement of one unit and month. `head` is the label over the rows' labels; `total` their sum or None.

    frozen: from a published report, whose hash is `digest`; else counted from the rows up to `as_on`.
    """

    code: str
    title: str
    unit: str
    month: date
    as_on: datetime
    head: str
    columns: tuple
    rows: tuple
    total: Row | None = None
    frozen: bool = False
    digest: str = ""
    notes: tuple = ()
    #: what the sheet says in sentences, above its rows
    lead: tuple = ()

    @property
    def groups(self):
        """[(word over the columns, how many columns)] for the upper line of the head; empty where no column has one."""
        found = []
        for column in self.columns:
            if found and column.group and found[-1][0] == column.group:
                found[-1][1] += 1
            else:
                found.append([column.group, 1])
        return found if any(group for group, _span in found) else []
