"""Reading a CCTNS sheet line by line, within bounds that are checked before anything is unpacked.

A sheet of a whole district is larger than master data (kendras.spreadsheet), so nothing of it is held but the line at hand,
and of a workbook its table of shared texts. Values only: formulas and merged cells are refused, because what they show is
not what the file says.
"""

import csv
import io
import re
import zipfile
from datetime import date, datetime, time
from pathlib import PurePath

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from kendras.spreadsheet import FORMULA, Unreadable

#: what is read at most; the limits stand before reading, so that a file cannot make itself larger than it says
PACKED_BYTES = 16 * 1024 * 1024
UNPACKED_BYTES = 128 * 1024 * 1024
STRING_BYTES = 32 * 1024 * 1024
SIDE_BYTES = 2 * 1024 * 1024
ROWS = 100_000
COLUMNS = 60
CELL = 4000

_CHUNK = 1024 * 1024
#: the longest thing that is looked for, so that it is found across two chunks
_OVERLAP = 400
_FORMULA_CELL = re.compile(rb"<(?:\w+:)?f[\s/>]")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*ref="([A-Z0-9:]+)"')
_CELL_NAME = re.compile(rb'\br="([A-Z]+\d+)"')


def lines_of(file, name, most=ROWS):
    """The lines of a CSV or XLSX file as lists of text, dates and "", numbered as the sheet numbers them: (n, cells).

    file: a binary file that can be read from the start; most: rows below the head. Raises Unreadable with the reason.
    """
    file.seek(0, io.SEEK_END)
    if file.tell() > PACKED_BYTES:
        raise Unreadable(_("The file has more than %(most)d MB.") % {"most": PACKED_BYTES // 2**20})
    file.seek(0)
    read = {".xlsx": _xlsx, ".csv": _csv}.get(PurePath(name or "").suffix.lower())
    if read is None:
        raise Unreadable(_("Only XLSX and CSV are taken. Save the sheet in one of them."))
    yield from _bounded(read(file), most)


def _bounded(lines, most):
    for number, line in enumerate(lines, 1):
        if number > most + 1:
            raise Unreadable(_("The file has more than %(most)d rows.") % {"most": most})
        if len(line) > COLUMNS and any(line[COLUMNS:]):
            raise Unreadable(_("The file has more than %(most)d columns.") % {"most": COLUMNS})
        cells = [_value(cell) for cell in line[:COLUMNS]]
        for place, cell in enumerate(cells, 1):
            _check(number, place, cell)
        yield number, cells


def _check(number, place, cell):
    where = {"row": number, "column": place}
    if isinstance(cell, str) and len(cell) > CELL:
        raise Unreadable(
            _("Row %(row)d, column %(column)d: more than %(most)d signs in one cell.") % {**where, "most": CELL}
        )
    if isinstance(cell, str) and cell.startswith(("=", "＝")):
        raise Unreadable(_("Row %(row)d, column %(column)d: a formula; only values are taken.") % where)


def _value(cell):
    """A cell as text without an edge, or as a moment; the mark that sheets set before a formula is taken off."""
    if isinstance(cell, datetime):
        return cell
    if isinstance(cell, date):
        return datetime.combine(cell, time.min)
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = "" if cell is None else str(cell).strip()
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(FORMULA) else text


# --- CSV -------------------------------------------------------------------------------------------------------------


def _csv(file):
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    try:
        csv.field_size_limit(CELL * 10)
        yield from csv.reader(_plain_lines(text), strict=True)
    except (UnicodeError, csv.Error) as error:
        raise Unreadable(
            _("This is not a CSV file in UTF-8. In Excel choose “CSV UTF-8” when saving, or take XLSX.")
        ) from error
    finally:
        text.detach()  # the file is the caller's to close


def _plain_lines(text):
    """Its lines, none longer than a line of the widest and fullest cells; a sign that no text holds is an error of writing."""
    while line := text.readline(COLUMNS * CELL):
        if "\x00" in line:
            raise csv.Error("a zero byte")
        yield line


# --- XLSX ------------------------------------------------------------------------------------------------------------


def _xlsx(file):
    _check_archive(file)
    file.seek(0)
    try:
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        page = book.worksheets[0]
        page.reset_dimensions()  # what a file says of its own size is not believed
        yield from page.iter_rows(values_only=True)
    except Exception as error:  # openpyxl raises whatever it trips over
        raise Unreadable(_("This is not an XLSX file that can be read.")) from error


def _check_archive(file):
    try:
        with zipfile.ZipFile(file) as archive:
            _check_sizes(archive.infolist())
            for part in archive.infolist():
                if part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml"):
                    with archive.open(part) as page:
                        _check_page(page)
    except Unreadable:
        raise
    except Exception as error:  # zipfile, too, has many ways to trip
        raise Unreadable(_("This is not an XLSX file that can be read.")) from error


def _check_sizes(parts):
    """By the table of contents: zipfile unpacks no part beyond the size that is given there."""
    cells = sum(part.file_size for part in parts if part.filename.startswith("xl/worksheets/"))
    texts = sum(part.file_size for part in parts if part.filename == "xl/sharedStrings.xml")
    side = sum(part.file_size for part in parts) - cells - texts
    if cells > UNPACKED_BYTES or texts > STRING_BYTES or side > SIDE_BYTES:
        raise Unreadable(_("Unpacked, this file is too large."))


def _check_page(page):
    before = b""
    while chunk := page.read(_CHUNK):
        here = before + chunk
        found = _FORMULA_CELL.search(here)
        if found:
            names = _CELL_NAME.findall(here[max(found.start() - 200, 0) : found.start()])
            cell = names[-1].decode() if names else "?"
            raise Unreadable(_("The cell %(cell)s holds a formula; only values are taken.") % {"cell": cell})
        merged = _MERGED.search(here)
        if merged:
            told = {"cells": merged.group(1).decode()}
            raise Unreadable(
                _("The cells %(cells)s are merged. Undo that in the sheet: each row stands by itself.") % told
            )
        before = here[-_OVERLAP:]
