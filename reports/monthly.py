"""Monthly reports: the list of the unit and those below, one report with its steps, the building and its progress."""

import math

from django.contrib import messages
from django.db import transaction
from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from complaints.figures import MEASURES
from kendras.jurisdiction import needs, signed_in
from kendras.models import LEVELS, Entry, Level
from kendras.workflow import Refused, move, moves_for
from reports.forms import STEP_FORMS, StepForm, months_before, read_month
from reports.ledger import month_of, shift
from reports.models import BuildRun, MeetingDirection, MonthlyReport
from reports.statement import list_url
from reports.tasks import build_run, ring

#: the figures that stand in the list of reports
LISTED = ("received", "disposed", "pending", "late", "feedback_called", "satisfied")

#: below a range the work is looked at kendra by kendra, above it district by district
_FIRST_LOOK = {Level.DISTRICT: Level.THANA, Level.CIRCLE: Level.THANA}


# --- the list --------------------------------------------------------------------------------------------------------


@needs("reports.view")
def months(request):
    """The reports of a month: of one's own unit and of the units below, with how far each has come."""
    at = timezone.now()
    unit = request.user.acting.unit
    month = read_month(request.GET.get("month"), at, shift(month_of(at), -1))
    levels = [Level(level) for level in LEVELS[LEVELS.index(unit.level) + 1 :]]
    level = request.GET.get("by")
    level = Level(level) if level in levels else _FIRST_LOOK.get(unit.level, Level.DISTRICT if levels else None)
    reports = MonthlyReport.objects.visible_to(request.user).filter(month=month).select_related("unit")
    below = _of_level(reports, level, request.GET.get("state")) if level else []
    run = BuildRun.objects.filter(month=month).order_by("-pk").first()
    context = {
        "month": month,
        "choices": months_before(at, running=False),
        "unit": unit,
        "own": reports.filter(unit=unit).first(),
        "below": below,
        "levels": levels,
        "level": level,
        "state": request.GET.get("state", ""),
        "states": _states(reports, level) if level else [],
        "measures": [MEASURES[code] for code in LISTED],
        "earlier": _earlier(request.user, unit, month),
        **_run_context(run),
    }
    return render(request, "reports/months.html", context)


def _of_level(reports, level, state):
    rows = reports.of_level(level)
    if state in MonthlyReport.State.values:
        rows = rows.filter(state=state)
    rows = sorted(rows.select_related("unit__circle"), key=lambda report: report.unit.name)
    return [(report, [report.figures["all"].get(code, 0) for code in LISTED]) for report in rows]


def _states(reports, level):
    """[(state, label, how many)] of the reports of a level."""
    found = dict(reports.of_level(level).order_by().values_list("state").annotate(n=Count("pk")))
    return [(state.value, state.label, found[state.value]) for state in MonthlyReport.State if state.value in found]


def _earlier(user, unit, month):
    """The unit's own reports of the twelve months before."""
    rows = MonthlyReport.objects.visible_to(user).filter(unit=unit, month__lt=month, month__gte=shift(month, -12))
    return rows.order_by("-month")


# --- one report ------------------------------------------------------------------------------------------------------


@needs("reports.view")
def month(request, pk):
    return _page(request, _visible(request.user, pk))


def _visible(user, pk):
    rows = MonthlyReport.objects.visible_to(user)
    return get_object_or_404(rows.select_related("unit", "submitted_by", "reviewed_by"), pk=pk)


def _page(request, report, forms=None, status=200):
    user = request.user
    forms = forms or {}
    steps = [
        (step, forms.get(step.name) or STEP_FORMS.get(step.name, StepForm)(row=report, prefix=step.name))
        for step in moves_for(report, user)
    ]
    context = {
        "report": report,
        "unit": report.unit,
        "rows": [
            (measure, report.figures["all"].get(code, 0), list_url(report.unit, code, report.month))
            for code, measure in MEASURES.items()
        ],
        "difference": report.difference(),
        "steps": steps,
        "directions": _directions(report, user, forms),
        "trail": list(Entry.objects.about(report)[:50]),
    }
    return render(request, "reports/month.html", context, status=status)


def _directions(report, user, forms):
    """[(direction, [(step, form)])]: what was directed to this kendra in the meeting about the month before."""
    if report.unit.level != Level.THANA:
        return []
    rows = MeetingDirection.objects.filter(thana=report.unit, month=shift(report.month, -1)).order_by("pk")
    return [
        (row, [(s, forms.get((row.pk, s.name)) or _answer_form(row, s.name)) for s in moves_for(row, user)])
        for row in rows
    ]


def _answer_form(row, name, data=None):
    return STEP_FORMS[name](data, row=row, prefix=f"{row.pk}-{name}")


@needs("reports.view")
def month_move(request, pk, name):
    """One step of a report: submit, review, accept or lock. What is refused keeps what was typed."""
    report = _visible(request.user, pk)
    step = MonthlyReport.MOVES.get(name)
    if step is None or not request.user.has_perm(step.needs, report):
        raise Http404
    if request.method != "POST":
        return redirect("reports:month", pk)
    form = STEP_FORMS.get(name, StepForm)(request.POST, row=report, prefix=name)
    status = _try(request, report, name, form)
    return redirect("reports:month", pk) if status == 302 else _page(request, report, {name: form}, status)


@needs("reports.submit")
def direction_move(request, pk, name):
    """The in-charge's answer to a direction of the crime meeting."""
    row = get_object_or_404(MeetingDirection.objects.visible_to(request.user), pk=pk)
    if name not in MeetingDirection.MOVES:
        raise Http404
    report = MonthlyReport.objects.filter(unit=row.thana_id, month=shift(row.month, 1)).first()
    back = redirect("reports:month", report.pk) if report else redirect("reports:directions")
    if request.method != "POST":
        return back
    form = _answer_form(row, name, request.POST)
    status = _try(request, row, name, form)
    if status == 302:
        return back
    if report is None:
        return _directions_page(request, {(row.pk, name): form}, status)
    return _page(request, report, {(row.pk, name): form}, status)


@needs("reports.submit")
def directions(request):
    """What the crime meeting has directed to one's kendra and what is still to be answered."""
    return _directions_page(request)


def _directions_page(request, forms=None, status=200):
    forms = forms or {}
    rows = MeetingDirection.objects.visible_to(request.user).order_by("-given_at", "-pk")[:50]
    lines = [
        (row, [(s, forms.get((row.pk, s.name)) or _answer_form(row, s.name)) for s in moves_for(row, request.user)])
        for row in rows
    ]
    return render(request, "reports/directions.html", {"directions": lines}, status=status)


def _try(request, row, name, form):
    """Carry a step out; 302 when done, otherwise the status of the page that shows what is wrong."""
    if not form.is_valid():
        return 422
    try:
        done = move(row, name, by=request.user, at=timezone.now(), **{"text": "", **form.cleaned_data})
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return 409 if refusal.code == "stale" else 422
    messages.success(request, _("Done. It is now: %(state)s.") % {"state": done.get_state_display()})
    return 302


# --- building --------------------------------------------------------------------------------------------------------


def _run_context(run):
    progress = run.progress() if run else None
    return {"run": run, "progress": progress, "left": _time_left(run, progress)}


def _time_left(run, progress):
    """ "about 3 minutes left", or "" where nothing is known yet or nothing is left."""
    if run is None or run.is_over or progress["seconds"] is None:
        return ""
    minutes = math.ceil(progress["seconds"] / 60)
    if progress["seconds"] < 60:
        return _("less than a minute left")
    return ngettext("about %(n)s minute left", "about %(n)s minutes left", minutes) % {"n": minutes}


@needs("reports.build")
def build(request):
    """Start the building of a month by hand, or ring again for one that is not finished; the last runs."""
    at = timezone.now()
    latest = shift(month_of(at), -1)
    if request.method == "POST":
        month = read_month(request.POST.get("month"), at, latest)
        with transaction.atomic():
            run, made = BuildRun.objects.ask(month, by=request.user, at=at)
            ring(build_run, run.pk)
        messages.success(request, _("The building has been started.") if made else _("It is rung for again."))
        return redirect("reports:run", run.pk)
    context = {"choices": months_before(at, running=False), "runs": BuildRun.objects.order_by("-pk")[:24]}
    return render(request, "reports/build.html", context)


@signed_in
def run(request, pk):
    """How far a building has come, with the time left: numbers of reports only."""
    if not (request.user.has_perm("reports.view") or request.user.has_perm("reports.build")):
        raise Http404
    template = "reports/parts/run.html" if request.htmx else "reports/run.html"
    return render(request, template, _run_context(get_object_or_404(BuildRun, pk=pk)))
