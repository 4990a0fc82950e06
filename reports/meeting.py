"""The SP's monthly crime meeting: what needs attention, directions kendra by kendra, and the printed paper."""

import uuid
from datetime import timedelta

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from complaints.figures import MEASURES
from kendras.jurisdiction import needs
from kendras.models import Level, Unit
from kendras.workflow import Refused
from reports.forms import DirectionForm, PrintForm, months_before, read_month
from reports.ledger import Ledger, month_of, shift
from reports.models import MeetingDirection, PrintJob
from reports.sentences import attention, by_need
from reports.statement import list_url
from reports.tasks import build_print, ring

#: what stands beside each kendra while its direction is written
SHOWN = ("received", "disposed", "pending", "late", "pending_over_60", "feedback_called", "dissatisfied")

#: units that have a meeting of their own, with a page for each kendra
PRINTED = (Level.CIRCLE, Level.DISTRICT)


@needs("reports.direct_meeting")
def meeting(request):
    """Prepare and hold the meeting about a month: three kendras to speak of, the paper, a direction for each kendra."""
    at = timezone.now()
    unit = request.user.acting.unit
    month = _month(request.GET, at)
    kendras = by_need(Ledger(unit, at).below(Level.THANA, month))
    given = _given(request.user, month)
    before = _given(request.user, shift(month, -1))
    status, lines = 200, _lines(kendras, request, at)
    if request.method == "POST":
        status = _record(request, month, lines, at)
        if status == 302:
            return redirect(f"{reverse('reports:meeting')}?month={month:%Y-%m}")
    shown = [
        (thana, _numbers(thana, counts, month), form, given.get(thana.pk, ()), before.get(thana.pk, ()))
        for thana, counts, form in lines
    ]
    quiet = [line for line in shown if not _speaks(line)]
    context = {
        "unit": unit,
        "month": month,
        "choices": months_before(at, running=True),
        "origin": Ledger(unit, at).origin(month),
        "attention": attention(kendras),
        "busy": [line for line in shown if _speaks(line)],
        "quiet": quiet,
        "quiet_open": any(form.is_bound and form.errors for _t, _n, form, *_given in quiet),
        "once": request.POST.get("once") or uuid.uuid4(),
        "print_form": _print_form(),
        "jobs": PrintJob.objects.visible_to(request.user).filter(unit=unit).order_by("-pk")[:6],
    }
    return render(request, "reports/meeting.html", context, status=status)


def _month(data, at):
    """The month under review: last month, or the running one where a meeting is held before it ends."""
    return read_month(data.get("month"), at, month_of(at), otherwise=shift(month_of(at), -1))


def _numbers(thana, counts, month):
    """[(label, number, the list behind it)]"""
    return [(MEASURES[code].label, counts[code], list_url(thana, code, month)) for code in SHOWN]


def _speaks(line):
    """Whether there is anything to say of a kendra: a figure, or a direction of this meeting or the last."""
    _thana, numbers, _form, given, before = line
    return bool(given or before or any(n for _label, n, _url in numbers))


def _given(user, month):
    """{thana id: [MeetingDirection]} of the meeting about a month."""
    found = {}
    for row in MeetingDirection.objects.visible_to(user).filter(month=month).order_by("pk"):
        found.setdefault(row.thana_id, []).append(row)
    return found


def _lines(kendras, request, at):
    """[(thana, figures, form)]; every date is proposed a fortnight ahead."""
    ahead = {"due_on": timezone.localdate(at) + timedelta(days=14)}
    data = request.POST if request.method == "POST" else None
    return [
        (thana, counts, DirectionForm(data, prefix=str(thana.pk), initial=ahead, kendra=thana.name))
        for thana, counts in kendras
    ]


def _record(request, month, lines, at):
    """Store the directions that were written, all or none; 302 when done, else the status of the page."""
    try:
        once = uuid.UUID(request.POST.get("once", ""))
    except ValueError:
        messages.error(request, _("The form is out of date. Send it once more."))
        return 422
    wrong = [form for _thana, _counts, form in lines if not form.is_valid()]
    if wrong:
        messages.error(request, _("Nothing is recorded yet: see what is marked below."))
        return 422
    written = [(t, f.cleaned_data["text"], f.cleaned_data["due_on"]) for t, _c, f in lines if f.cleaned_data["text"]]
    if not written:
        messages.error(request, _("No direction has been written."))
        return 422
    try:
        MeetingDirection.objects.give(month, written, by=request.user, at=at, once=once)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return 422
    messages.success(request, _("The directions are recorded. Each kendra sees its own at once."))
    return 302


# --- the paper -------------------------------------------------------------------------------------------------------


def _print_form():
    return PrintForm(initial={"once": uuid.uuid4(), "language": translation.get_language()[:2]})


@needs("reports.print")
@require_POST
def ask_print(request, pk):
    """Ask for the crime-meeting paper of a circle or district; a worker prints it."""
    at = timezone.now()
    unit = get_object_or_404(Unit.objects.visible_to(request.user).filter(level__in=PRINTED), pk=pk)
    form = PrintForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    month = _month(request.POST, at)
    try:
        with transaction.atomic():
            job = PrintJob.objects.ask(unit, month, **form.cleaned_data, by=request.user, at=at)
            ring(build_print, job.pk)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("reports:today")
    return redirect("reports:prints", job.pk)


@needs("reports.print")
def prints(request, pk):
    """How far the printing of one paper has come."""
    job = get_object_or_404(PrintJob.objects.visible_to(request.user).select_related("unit", "asked_by"), pk=pk)
    template = "reports/parts/print.html" if request.htmx else "reports/print.html"
    return render(request, template, {"job": job, "at": timezone.now()})


@needs("reports.print")
@require_POST
def print_file(request, pk):
    """Hand the paper out, written on the trail."""
    rows = PrintJob.objects.visible_to(request.user).select_related("unit").filter(state=PrintJob.State.DONE)
    job = get_object_or_404(rows, pk=pk)
    paper = job.opened(by=request.user, at=timezone.now())
    return FileResponse(paper, as_attachment=True, filename=job.download_name, content_type="application/pdf")
