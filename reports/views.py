"""Statements: choose unit, month and statement; see it as a page, or take it along as PDF, XLSX, CSV or JSON."""

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

import reports.statements  # noqa: F401  (declares the statements)
from kendras.jurisdiction import needs
from kendras.models import LEVELS, Entry, Level, Unit
from reports import render as paper
from reports.forms import months_before, read_month
from reports.ledger import Ledger, month_of
from reports.statement import STATEMENTS

_ABOVE = ("zone", "police_range", "district", "circle")


def _choice(request):
    """(unit, month, moment): the unit out of the user's own and those below, 404 outside; else her own, this month."""
    at = timezone.now()
    own = request.user.acting.unit
    text = request.GET.get("unit", "")
    month = read_month(request.GET.get("month"), at, month_of(at))
    if not text or text == str(own.pk):
        return own, month, at
    if not (text.isascii() and text.isdecimal()):
        raise Http404
    return get_object_or_404(Unit.objects.visible_to(request.user).select_related(*_ABOVE), pk=text), month, at


def _context(request, unit, month, at):
    """What both pages show to choose from: the path to the unit, the units one step down, the months."""
    own = request.user.acting.unit
    line = [getattr(unit, column) for column in _ABOVE]
    above = [own, *line] if own.level == Level.STATE else line
    return {
        "unit": unit,
        "month": month,
        "choices": months_before(at, running=True),
        "path": [each for each in above if each and each.pk != unit.pk and each.is_under(own)],
        "below": unit.children(),
        "query": urlencode({"unit": unit.pk, "month": f"{month:%Y-%m}"}),
    }


@needs("reports.view")
@require_safe
def statements(request):
    """All statements of a unit and month, each with what it says."""
    unit, month, at = _choice(request)
    context = {"statements": STATEMENTS.values(), "origin": Ledger(unit, at).origin(month)}
    return render(request, "reports/statements.html", {**_context(request, unit, month, at), **context})


@needs("reports.view")
@require_safe
def statement(request, code):
    """One statement. `format` is html, pdf, xlsx, csv or json; whatever leaves the page is written on the trail."""
    if code not in STATEMENTS:
        raise Http404
    unit, month, at = _choice(request)
    levels = [Level(level) for level in LEVELS[LEVELS.index(unit.level) + 1 :]]
    level = request.GET.get("by")
    level = Level(level) if level in levels else next(iter(levels), None)
    sheet = STATEMENTS[code].sheet(Ledger(unit, at), month, level)
    form = request.GET.get("format", "html")
    if form in _FORMATS:
        details = {"statement": code, "unit": unit.code, "month": f"{month:%Y-%m}", "format": form}
        Entry.objects.write(action="report.export", by=request.user, at=at, subject=unit, details=details)
        return _FORMATS[form](sheet, f"{code}-{unit.code}-{month:%Y-%m}")
    context = {
        "sheet": sheet,
        "statements": STATEMENTS.values(),
        "levels": levels if STATEMENTS[code].by_unit and len(levels) > 1 else [],
        "level": level,
        "formats": [(name, name.upper()) for name in _FORMATS],
    }
    return render(request, "reports/statement.html", {**_context(request, unit, month, at), **context})


def _file(make, media_type, ending):
    def respond(sheet, name):
        response = HttpResponse(make(sheet), content_type=media_type)
        response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
        return response

    return respond


_FORMATS = {
    "pdf": _file(paper.as_pdf, "application/pdf", "pdf"),
    "xlsx": _file(paper.as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    "csv": _file(paper.as_csv, "text/csv; charset=utf-8", "csv"),
    "json": lambda sheet, name: JsonResponse(paper.as_json(sheet), json_dumps_params={"ensure_ascii": False}),
}
