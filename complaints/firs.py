"""The FIR record on pages: the list, taking one in, one FIR with its clocks and moves, the accused elsewhere, the register."""

from datetime import timedelta
from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from complaints.desk import add_papers
from complaints.figures import midnight
from complaints.firforms import FIR_FORMS, FirFilterForm, FirForm, MilestoneForm, head_names
from complaints.firlists import FIR_FILTERS
from complaints.forms import AskIdentityForm, RegisterRangeForm
from complaints.lists import narrow, row_id
from complaints.models import Complaint, Document, Fir, Milestone, Outcome, Person, Reveal, State
from complaints.models.firclock import CLOCKS
from complaints.views import HANDLES, open_identity, try_move, unit_of, waiting_reveals
from kendras.jurisdiction import needs
from kendras.models import Entry, Rule
from kendras.paging import capped_count, count_text, page_of
from kendras.workflow import Refused, move, moves_for

_SHOWN = ("thana", "assigned_to")


@needs("complaints.view")
def firs(request):
    """The FIRs of the own unit or one below, filtered, newest first."""
    at = timezone.now()
    filters = {name: value for name, value in request.GET.items() if name in {*FIR_FILTERS, "figure", "month", "unit"}}
    unit = unit_of(request.user, filters.get("unit"))
    rows = narrow(Fir.objects.visible_to(request.user), filters, user=request.user, at=at, known=FIR_FILTERS)
    rows = rows.under(unit) if unit else rows
    if request.GET.get("number"):
        rows = rows.by_number(request.GET["number"])
    page = page_of(
        rows.select_related(*_SHOWN),
        "registered_at",
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    heads, number = head_names(), capped_count(rows)
    context = {
        "page": page,
        "lines": [(row, row.due_status(at), heads.get(row.head, row.head)) for row in page.rows],
        "number": number,
        "number_text": count_text(number),
        "form": FirFilterForm(filters or None, heads=heads),
        "query": urlencode(filters),
        "unit": unit,
        "sought": request.GET.get("number", "")[:30],
    }
    return render(request, "complaints/firs.html", context)


@needs("complaints.record_fir")
def fir_new(request):
    """Take an FIR into the record; from a complaint with the people of the complaint."""
    at = timezone.now()
    thana, complaint = request.user.acting.unit, _complaint_behind(request, at)
    form = FirForm(request.POST or None, at=at, thana=thana, complaint=complaint)
    if request.method == "POST" and form.is_valid():
        try:
            fir = _take_in(request.user, form, thana, complaint, at)
        except Refused as refusal:
            form.add_error("number", str(refusal))
        else:
            messages.success(request, _("The FIR %(number)s is in the record.") % {"number": fir.case_number})
            return redirect(fir)
    context = {"form": form, "complaint": complaint}
    return render(request, "complaints/fir_new.html", context, status=422 if form.errors else 200)


def _complaint_behind(request, at):
    """The complaint that the address names, if the user handles it, decided as an FIR and without one; else 404."""
    text = request.GET.get("complaint", "")
    if not text:
        return None
    rows = Complaint.objects.visible_to(request.user).filter(outcome=Outcome.FIR, firs=None)
    complaint = get_object_or_404(rows, pk=row_id(text) or 0, thana=request.user.acting.unit)
    if complaint.may_read_identity(request.user, at) is not HANDLES:
        raise Http404
    return complaint


@transaction.atomic
def _take_in(user, form, thana, complaint, at):
    """Register the FIR; the complaint behind it is told its number where that is the step it waits for."""
    fir = Fir.objects.register(
        thana=thana,
        by=user,
        at=at,
        once=form.cleaned_data["once"],
        facts=form.facts(),
        people=form.people(),
        account=form.account(),
    )
    if (
        complaint
        and complaint.state == State.DECIDED
        and any(s.name == "carry_out" for s in moves_for(complaint, user))
    ):
        move(complaint, "carry_out", by=user, at=at, text=_("The FIR was registered."), number=fir.case_number)
    return fir


# --- one FIR ---------------------------------------------------------------------------------------------------------


def _visible(user):
    return Fir.objects.visible_to(user).select_related("complaint", *_SHOWN)


@needs("complaints.view")
def fir(request, pk):
    """One FIR: facts, clocks with what meets them, milestones, people by their keys, what can be done next."""
    return _page(request, get_object_or_404(_visible(request.user), pk=pk), timezone.now())


def _page(request, fir, at, *, opened=None, ask=None, elsewhere=None, status=200):
    user, heads = request.user, head_names()
    steps = {step.name: step for step in moves_for(fir, user) if not step.milestone or not step.fits or step.fits(fir)}
    may_extend = steps.pop("extend_clock", None)
    deadlines = list(fir.deadlines.select_related("person", "extended_by").order_by("met_at", "void_at", "due_at"))
    documents = list(fir.documents.order_by("-at"))
    laws = {rule.code: rule for rule in Rule.objects.filter(code__in=[row.clock for row in deadlines])}
    context = {
        "fir": fir,
        "at": at,
        "head": heads.get(fir.head, fir.head),
        "heads": heads,
        "clocks": [(row, row.status(at), laws.get(row.clock), _answer(row, steps)) for row in deadlines],
        "may_extend": may_extend,
        "milestones": _with_papers(fir, documents),
        "primary": [step for step in steps.values() if step.primary],
        "events": [step for step in steps.values() if step.milestone and not step.primary],
        "others": [step for step in steps.values() if not step.milestone],
        "people": fir.people.order_by("id"),
        "notes": list(fir.notes.select_related("by").order_by("-at", "-id")),
        "trail": list(Entry.objects.about(fir)[:100]),
        "documents": documents,
        "reading": fir.may_read_identity(user, at).value,
        "opened": opened,
        "ask": ask or AskIdentityForm(),
        "reveals": waiting_reveals(fir, user),
        "asked": fir.reveals.filter(asked_by=user, state=Reveal.State.ASKED).exists(),
        "may_attach": user.has_perm("complaints.follow_up", fir),
        "preventive": fir.preventive.select_related("person").order_by("-on"),
        "elsewhere": elsewhere,
        "questions": fir.questions.select_related("thana", "person").order_by("-asked_at"),
    }
    return render(request, "complaints/fir.html", context, status=status)


def _with_papers(fir, documents):
    """The events of an FIR, the newest first, each with the `papers` that prove it."""
    events = list(fir.milestones.select_related("person", "by").order_by("-on", "-id"))
    for event in events:
        event.papers = [paper for paper in documents if paper.milestone_id == event.pk]
    return events


def _answer(row, steps):
    """The move that meets a running clock, where the user may take it now."""
    if row.met_at or row.void_at:
        return None
    names = [name for law in CLOCKS if law.clock == row.clock for name in sorted(law.met_by)]
    return next((steps[name] for name in names if name in steps), None)


@needs("complaints.view")
@require_POST
def fir_identity(request, pk):
    """Show the identity once (recorded), or ask a second officer for it."""
    return open_identity(request, get_object_or_404(_visible(request.user), pk=pk), timezone.now(), _page)


@needs("complaints.view")
@require_POST
def fir_elsewhere(request, pk):
    """Whether the accused appear in other cases: where, how often, under which heads; recorded."""
    at = timezone.now()
    fir = get_object_or_404(_visible(request.user), pk=pk)
    try:
        found = fir.accused_elsewhere(by=request.user, at=at)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(fir)
    return _page(request, fir, at, elsewhere=list(found.items()))


@needs("complaints.follow_up")
@require_POST
def fir_attach(request, pk):
    """Add papers to an FIR."""
    return add_papers(request, get_object_or_404(Fir.objects.visible_to(request.user), pk=pk))


@needs("complaints.view")
def fir_move(request, pk, name):
    """One move: its form, then `move()`. What is refused keeps everything typed."""
    at = timezone.now()
    fir = get_object_or_404(_visible(request.user), pk=pk)
    step = Fir.MOVES.get(name)
    if step is None or not request.user.has_perm(step.needs, fir):
        raise Http404
    form = _form_of(step, request, fir, at)
    status = 200
    if request.method == "POST":
        status = _take_step(request, fir, step, form, at)
        if status == 302:
            return redirect(fir)
    return render(request, "complaints/fir_move.html", {"form": form, "step": step, "fir": fir}, status=status)


@transaction.atomic
def _take_step(request, fir, step, form, at):
    """Carry the move out, and keep the paper that came with it beside its event."""
    status = try_move(request, fir, step.name, form, at)
    paper = form.cleaned_data.get("paper") if status == 302 else None
    if paper:
        event = fir.milestones.filter(kind=step.name).order_by("-id").first()
        kind = Document.Kind.MEDICAL if step.name.startswith("medical") else Document.Kind.OTHER
        Document.objects.add(fir, paper, kind, by=request.user, at=at, milestone=event)
    return status


def _form_of(step, request, fir, at):
    known = {"case": fir, "user": request.user, "day": timezone.localdate(at)}
    if step.milestone:
        return MilestoneForm(request.POST or None, request.FILES or None, step=step, at=at, **known)
    return FIR_FORMS[step.name](request.POST or None, **known)


# --- the register ----------------------------------------------------------------------------------------------------


@needs("complaints.print_register")
def fir_register(request):
    """The printed FIR register of a range of days; no identity stands in it, whatever the sections."""
    today = timezone.localdate()
    form = RegisterRangeForm(request.POST or None, initial={"first": today - timedelta(days=30), "last": today})
    if request.method != "POST" or not form.is_valid():
        return render(request, "complaints/register_form.html", {"form": form, "firs": True})
    first, last = form.cleaned_data["first"], form.cleaned_data["last"]
    lines = _register_lines(request.user, first, last)
    details = {"first": first.isoformat(), "last": last.isoformat(), "rows": len(lines)}
    unit, at = request.user.acting.unit, timezone.now()
    Entry.objects.write(action="fir.print_register", by=request.user, at=at, subject=unit, details=details)
    context = {"first": first, "last": last, "lines": lines, "unit": unit, "at": at}
    return render(request, "complaints/fir_register.html", context)


def _register_lines(user, first, last):
    """[(fir, head, victims, accused, milestones)] of the FIRs registered from `first` to `last`."""
    rows = Fir.objects.visible_to(user).filter(
        registered_at__gte=midnight(first), registered_at__lt=midnight(last + timedelta(days=1))
    )
    rows = list(rows.select_related("assigned_to").prefetch_related("people").order_by("registered_at", "id"))
    happened = {}
    for row in Milestone.objects.filter(fir__in=rows).select_related("person").order_by("on", "id"):
        happened.setdefault(row.fir_id, []).append(row)
    heads = head_names()
    return [
        (
            row,
            heads.get(row.head, row.head),
            [p for p in row.people.all() if p.part == Person.Part.VICTIM],
            [p for p in row.people.all() if p.part == Person.Part.ACCUSED],
            happened.get(row.pk, []),
        )
        for row in rows
    ]
