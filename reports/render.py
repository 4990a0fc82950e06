"""Sheets as files: CSV, XLSX, JSON and PDF, each from the same `Sheet` that the page shows.

A PDF of WeasyPrint draws Devanagari rightly but stores glyphs, so searching and copying gives broken words. Each line of
text is therefore wrapped in a marked span that carries the text itself (ActualText). That and `Paper` reach into private
functions of WeasyPrint; the version is pinned, and tests extract every word and number of a paper.
"""

import gc
import io
from functools import cache
from pathlib import Path

import fontpkg_noto_sans_devanagari
import weasyprint.draw.text
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from kendras.spreadsheet import csv_file, escaped, xlsx_file
from reports.sheet import Change, Ratio

_FONT = next((Path(fontpkg_noto_sans_devanagari.__file__).parent / "files").glob("*.ttf"))
#: the only addresses that a document may open: the font's two weights
_WEIGHTS = {"kendra:regular": 400, "kendra:bold": 700}

#: garbage is collected after so many documents: WeasyPrint makes millions of short-lived objects
_COLLECT_EVERY = 20


# --- the text behind the glyphs --------------------------------------------------------------------------------------

_draw_first_line = weasyprint.draw.text.draw_first_line


def _draw_with_text(stream, textbox, *args, **options):
    """Draw one line inside a span that says which text it is."""
    text = textbox.text.encode("utf-16-be").hex()
    stream.stream.append(f"/Span <</ActualText <feff{text}>>> BDC".encode())
    try:
        return _draw_first_line(stream, textbox, *args, **options)
    finally:
        stream.stream.append(b"EMC")


weasyprint.draw.text.draw_first_line = _draw_with_text


# --- PDF -------------------------------------------------------------------------------------------------------------


class Forbidden(Exception):
    """An address that a document may not open."""


class OwnFiles(URLFetcher):
    """Gives out the project's own font and nothing else: no network, no file of the machine."""

    def fetch(self, url, headers=None):
        if url not in _WEIGHTS:
            raise Forbidden(url[:80])
        return URLFetcherResponse(url, body=_font(_WEIGHTS[url]), headers={"Content-Type": "font/ttf"})


@cache
def _font(weight):
    """One weight cut out of the variable font, once a process: otherwise each document pays for it again."""
    variable = TTFont(_FONT)
    fixed = instantiateVariableFont(variable, {"wght": weight, "wdth": 100})
    out = io.BytesIO()
    fixed.save(out)
    return out.getvalue()


fetch_own = OwnFiles()


@cache
def _fonts():
    return FontConfiguration()


@cache
def _style():
    """The one stylesheet of all papers, parsed once."""
    text = (Path(settings.BASE_DIR) / "static" / "print.css").read_text(encoding="utf-8")
    return CSS(string=text, font_config=_fonts(), url_fetcher=fetch_own)


class Paper(HTML):
    """A document whose one stylesheet is ours: print.css also says what each element is."""

    def _ua_stylesheets(self, forms=False):
        return []


_made = 0


def pdf(template, context):
    """Lay a template out as a PDF (bytes)."""
    global _made
    text = render_to_string(template, {"LANGUAGE_CODE": get_language(), **context})
    gc.disable()
    try:
        page = Paper(string=text, url_fetcher=fetch_own, base_url=None)
        return page.write_pdf(stylesheets=[_style()], font_config=_fonts())
    finally:
        gc.enable()
        _made += 1
        if _made % _COLLECT_EVERY == 0:
            gc.collect()


def as_pdf(sheet):
    return pdf("reports/print/sheet.html", {"sheet": sheet, "book": sheet})


def meeting_pdf(book):
    return pdf("reports/print/meeting.html", {"book": book})


# --- spreadsheets ----------------------------------------------------------------------------------------------------


def _figure(value):
    """What stands in a cell: of a share or change its percentage."""
    return value.percent if isinstance(value, Ratio | Change) else value


def _lines(sheet):
    """The head and all rows, the total last; a share or change as its percentage with one decimal."""
    yield [sheet.head, *(f"{c.group}: {c.label}" if c.group else str(c.label) for c in sheet.columns)]
    for row in [*sheet.rows, *([sheet.total] if sheet.total else [])]:
        yield [row.label, *map(_figure, row.values)]


def as_csv(sheet):
    return csv_file(_lines(sheet))


def as_xlsx(sheet):
    return xlsx_file(_lines(sheet), sheet.code)


def as_json(sheet):
    """{"code", "unit", "month", "as_on", "digest", "columns", "rows"}: a row is its label and its values.

    A share or change is its percentage with one decimal, null where the base is 0.
    """
    head, *rows = [[escaped(value) for value in line] for line in _lines(sheet)]
    return {
        "code": sheet.code,
        "unit": str(sheet.unit),
        "month": f"{sheet.month:%Y-%m}",
        "as_on": sheet.as_on.isoformat(),
        "digest": sheet.digest,
        "columns": head,
        "rows": rows,
    }
