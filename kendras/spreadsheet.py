"""Spreadsheets out and in: no cell leaves that could be taken for a formula, and nothing without a bound is read."""

import csv
import io
import re
import zipfile
from datetime import datetime

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

#: how a text begins that a spreadsheet would take for a formula
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")

#: what is read at most: the worst workbook of 4 MB that was found takes 5 seconds and 450 MB of memory, one of 20 MB
#: five times that; the whole map as a sheet is 0.7 MB
PACKED_BYTES = 1024 * 1024
UNPACKED_BYTES = 4 * 1024 * 1024
#: the parts beside the cells (styles, names, themes) are turned into objects one by one and need far less room
SIDE_BYTES = 1024 * 1024
ROWS = 5000
COLUMNS = 20

#: a formula in a workbook's page, whatever name its namespace has
_FORMULA_CELL = re.compile(rb"<(?:\w+:)?f[\s/>]")


class Unreadable(ValueError):
    """A file that is not taken; its text says why, in the language of the page."""


# --- out -------------------------------------------------------------------------------------------------------------


def escaped(value):
    """Text that cannot be taken for a formula; numbers stay numbers, nothing stays empty."""
    if isinstance(value, int | float) or value is None:
        return value
    text = str(value)
    return f"'{text}" if text.lstrip("'").startswith(FORMULA) else text


def csv_file(lines):
    """The lines as CSV (bytes): UTF-8 with a mark at the start, so that Excel reads Hindi."""
    out = io.StringIO()
    csv.writer(out).writerows([escaped(value) for value in line] for line in lines)
    return ("\ufeff" + out.getvalue()).encode()


def xlsx_file(lines, title):
    """The lines as a workbook of one page (bytes); the first line is its head."""
    book = Workbook(write_only=True)
    page = book.create_sheet(title[:31])
    page.freeze_panes = "B2"
    page.column_dimensions["A"].width = 36
    for number, line in enumerate(lines):
        cells = [WriteOnlyCell(page, value=escaped(value)) for value in line]
        for cell in cells:
            cell.font = Font(bold=number == 0)
        page.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


# --- in --------------------------------------------------------------------------------------------------------------


def csv_lines(data):
    """The lines of a CSV file (bytes)."""
    try:
        yield from csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
    except (UnicodeDecodeError, csv.Error) as error:
        raise Unreadable(_("This is not a CSV file in UTF-8.")) from error


def xlsx_lines(data):
    """The lines of a workbook's first page: values only, a workbook with a formula is refused."""
    _check_archive(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        page = book.worksheets[0]
        page.reset_dimensions()  # what a file says of its own size is not believed
        yield from page.iter_rows(values_only=True)
    except Exception as error:  # openpyxl raises whatever it trips over
        raise Unreadable(_("This is not an XLSX file that can be read.")) from error


def _check_archive(data):
    """Refuse a workbook by the sizes in its table of contents, and one with formulas.

    zipfile unpacks no part beyond the size that is given there.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_sizes(archive.infolist())
            for name in archive.namelist():
                if name.startswith("xl/worksheets/"):
                    _check_formulas(archive.read(name))
    except Unreadable:
        raise
    except Exception as error:  # zipfile, too, has many ways to trip
        raise Unreadable(_("This is not an XLSX file that can be read.")) from error


def _check_sizes(parts):
    side = sum(part.file_size for part in parts if not _holds_cells(part.filename))
    if sum(part.file_size for part in parts) > UNPACKED_BYTES or side > SIDE_BYTES:
        raise Unreadable(_("Unpacked, this file is too large."))


def _holds_cells(name):
    return name.startswith("xl/worksheets/") or name == "xl/sharedStrings.xml"


def _check_formulas(page):
    """Refuse a page (bytes) with a formula: what it comes to is not in the file unless a spreadsheet has stored it."""
    found = _FORMULA_CELL.search(page)
    if found:
        cells = re.findall(rb'\br="([A-Z]+\d+)"', page[max(found.start() - 200, 0) : found.start()])
        cell = cells[-1].decode() if cells else "?"
        raise Unreadable(_("The cell %(cell)s holds a formula; only values are taken.") % {"cell": cell})


def table(lines, columns):
    """(head, rows) of a file whose first line names some of `columns`, the first of them at least; rows as long as it.

    Raises Unreadable for a head that names a column twice, none, or an unknown one, and beyond ROWS and COLUMNS.
    """
    lines = _bounded(lines)
    head = [str(_value(cell)).lower() for cell in next(lines, [])]
    _check_head(head, columns)
    rows = []
    for number, line in enumerate(lines, 2):
        cells = [_value(cell) for cell in line]
        if any(cells[len(head) :]):
            raise Unreadable(_("Line %(number)d has more cells than the first line.") % {"number": number})
        rows.append((cells + [""] * len(head))[: len(head)])
    while rows and not any(rows[-1]):
        rows.pop()
    if not rows:
        raise Unreadable(_("The file has no rows."))
    return head, rows


def _bounded(lines):
    for number, line in enumerate(lines):
        if number > ROWS:
            raise Unreadable(_("The file has more than %(most)d rows.") % {"most": ROWS})
        if len(line) > COLUMNS:
            raise Unreadable(_("The file has more than %(most)d columns.") % {"most": COLUMNS})
        yield line


def _check_head(head, columns):
    for number, name in enumerate(head, 1):
        if not name:
            raise Unreadable(_("Column %(number)d has no name in the first line.") % {"number": number})
        if name not in columns:
            raise Unreadable(_("There is no column “%(name)s” here.") % {"name": name[:40]})
        if head.count(name) > 1:
            raise Unreadable(_("The column “%(name)s” stands there twice.") % {"name": name})
    if columns[0] not in head:
        raise Unreadable(_("The column “%(name)s” is missing: by it the rows are found.") % {"name": columns[0]})


def _value(cell):
    """A cell as text, or as a date; the mark that `escaped` sets before a formula is taken off again."""
    if isinstance(cell, datetime):
        return cell.date()
    if cell is None or hasattr(cell, "isoformat"):
        return cell or ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = str(cell).strip()
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(FORMULA) else text
