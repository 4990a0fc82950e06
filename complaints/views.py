"""Case work: the list, search, one complaint and its moves, identity, handovers, the printed register."""

from datetime import timedelta
from functools import cache
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from complaints.figures import midnight
from complaints.forms import MOVE_FORMS, AskIdentityForm, FilterForm, MoveForm, RegisterRangeForm, SearchForm
from complaints.lists import FILTERS, by_figure, narrow, row_id
from complaints.models import Complaint, Handover, NameToken, Nature, Note, Outcome, Person, Reveal, SavedFilter
from kendras import identity
from kendras.forms import plain
from kendras.jurisdiction import needs, signed_in
from kendras.models import Entry, Level, Unit
from kendras.paging import capped_count, count_text, page_of
from kendras.workflow import Refused, move, moves_for

HANDLES = identity.Reading.HANDLES

_SHOWN = ("thana", "assigned_to")


# --- list and search -------------------------------------------------------------------------------------------------


@needs("complaints.view")
def complaints(request):
    """The complaints of the own unit or one below, filtered, newest first."""
    at = timezone.now()
    filters = {name: value for name, value in request.GET.items() if name in {*FILTERS, "figure", "month", "unit"}}
    unit = unit_of(request.user, filters.get("unit"))
    rows = narrow(Complaint.objects.visible_to(request.user), filters, user=request.user, at=at)
    if unit:
        rows = rows.under(unit)
    page = page_of(
        rows.select_related(*_SHOWN),
        "received_at",
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    natures = {nature.pk: nature for nature in Nature.objects.order_by("order")}
    for row in page.rows:
        row.nature = natures[row.nature_id]
    number = capped_count(rows)
    context = {
        "page": page,
        "lines": [(row, row.due_status(at)) for row in page.rows],
        "number": number,
        "number_text": count_text(number),
        "form": FilterForm(filters or None, natures=natures.values()),
        "filters": filters,
        "query": urlencode(filters),
        "unit": unit,
    }
    return render(request, "complaints/list.html", context)


def unit_of(user, text):
    """The unit of the filter, within the own one; 404 outside. The own unit needs no query."""
    if not text:
        return None
    if text == str(user.acting.unit_id):
        return user.acting.unit
    if row_id(text) is None:
        raise Http404
    return get_object_or_404(Unit.objects.visible_to(user), pk=row_id(text))


def listed(request, rows, moment, at, *related, keep=("show",)):
    """What a list page shows of `rows`: those of the unit and the figure in its address, a page of them, how many there are.

    moment: the column they are paged by; keep: what the pager keeps of the address besides unit, figure and month. The
    rows are counted only where a template shows their number.
    """
    unit = unit_of(request.user, request.GET.get("unit"))
    rows = by_figure(rows.under(unit) if unit else rows, request.GET.get("figure"), request.GET.get("month"), at)
    names = (*keep, "unit", "figure", "month")
    count = cache(lambda: capped_count(rows))
    return {
        "page": page_of(
            rows.select_related(*related),
            moment,
            after=request.GET.get("after", ""),
            before=request.GET.get("before", ""),
        ),
        "unit": unit,
        "number": SimpleLazyObject(count),
        "number_text": SimpleLazyObject(lambda: count_text(count())),
        "query": urlencode({name: request.GET[name] for name in names if request.GET.get(name)}),
    }


@needs("complaints.view")
def search(request):
    """By number for all; by name or phone for those who handle cases. By POST: a name never stands in an address."""
    form = SearchForm(request.POST or None)
    people = request.user.has_perm("complaints.search_people")
    rows = None
    if request.method == "POST" and form.is_valid():
        rows = _found(request.user, form.cleaned_data, people)
    context = {"form": form, "people": people, "rows": rows, "at": timezone.now()}
    return render(request, "complaints/search.html", context)


def _found(user, data, people):
    rows = Complaint.objects.visible_to(user)
    if data["number"]:
        rows = rows.by_number(data["number"])
    elif not people:
        return []
    else:
        unit = user.acting.unit
        thanas = (
            [unit.pk]
            if unit.level == Level.THANA
            else list(Unit.objects.under(unit).thanas().values_list("pk", flat=True))
        )
        for key in ("name", "phone"):
            if data[key]:
                rows = rows.filter(pk__in=NameToken.objects.matching(**{key: data[key]}, thanas=thanas))
        Entry.objects.write(action="complaint.search_people", by=user, at=timezone.now(), subject=unit)
    return list(rows.select_related("nature", *_SHOWN).order_by("-received_at", "-id")[:50])


@needs("complaints.view")
@require_POST
def save_filter(request):
    name = plain(request.POST.get("name"), 60)
    if name:
        query = plain(request.POST.get("query"), 500)
        SavedFilter.objects.update_or_create(user=request.user, name=name, defaults={"query": query})
        messages.success(request, _("The filter is saved."))
    return redirect("complaints:filters")


@needs("complaints.view")
def filters(request):
    """The filters that one has saved."""
    return render(request, "complaints/filters.html", {"filters": request.user.complaint_filters.order_by("name")})


@needs("complaints.view")
@require_POST
def drop_filter(request, pk):
    get_object_or_404(request.user.complaint_filters, pk=pk).delete()
    return redirect("complaints:filters")


# --- one complaint ---------------------------------------------------------------------------------------------------


def _openable(user, at):
    return Complaint.objects.openable_by(user, timezone.localdate(at)).select_related("nature", *_SHOWN)


@signed_in
def detail(request, pk):
    """One complaint: facts, clocks, people by their keys, timeline, what can be done next."""
    at = timezone.now()
    return _detail(request, get_object_or_404(_openable(request.user, at), pk=pk), at)


def _detail(request, complaint, at, opened=None, ask=None, status=200):
    user = request.user
    notes = list(complaint.notes.select_related("by").order_by("-at", "-id"))
    deadlines = [(clock, clock.status(at)) for clock in complaint.deadlines.order_by("due_at")]
    steps, reading = moves_for(complaint, user), complaint.may_read_identity(user, at)
    firs = list(complaint.firs.all()) if complaint.outcome == Outcome.FIR else []
    context = {
        "complaint": complaint,
        "at": at,
        "due": complaint.due_status(at),
        "people": complaint.people.order_by("id"),
        "notes": notes,
        "deadlines": deadlines,
        "first": [step for step in steps if step.primary],
        "others": [step for step in steps if not step.primary],
        "trail": list(Entry.objects.about(complaint)[:100]),
        "documents": complaint.documents.order_by("-at"),
        "reading": reading.value,
        "opened": opened,
        "ask": ask or AskIdentityForm(),
        "reveals": waiting_reveals(complaint, user),
        "asked": complaint.reveals.filter(asked_by=user, state=Reveal.State.ASKED).exists(),
        "may_attach": user.has_perm("complaints.follow_up", complaint),
        "may_print": user.has_perm("complaints.register", complaint),
        "may_grant": user.has_perm("complaints.grant", complaint),
        "firs": firs,
        "may_take_fir": complaint.outcome == Outcome.FIR
        and not firs
        and reading is HANDLES
        and user.has_perm("complaints.record_fir", complaint),
    }
    return render(request, "complaints/detail.html", context, status=status)


def waiting_reveals(case, user):
    """The requests to read the identity that wait for this user's agreement."""
    if not user.has_perm("complaints.agree_identity", case):
        return []
    rows = case.reveals.filter(state=Reveal.State.ASKED).exclude(asked_by=user)
    return rows.select_related("asked_by")


@signed_in
@require_POST
def read_identity(request, pk):
    """Show the identity in a complaint once (recorded), or ask a second officer for it."""
    at = timezone.now()
    return open_identity(request, get_object_or_404(_openable(request.user, at), pk=pk), at, _detail)


def open_identity(request, case, at, page):
    """The answer to who wants to read an identity; `page` draws the case with what is opened or wrong."""
    how_far = case.may_read_identity(request.user, at)
    if how_far is HANDLES:
        return page(request, case, at, opened=case.read_identity(by=request.user, at=at, purpose="case"))
    if how_far is identity.Reading.NEVER:
        raise Http404
    form = AskIdentityForm(request.POST)
    if form.is_valid():
        try:
            case.ask_identity(by=request.user, at=at, reason=form.cleaned_data["reason"])
        except Refused as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(request, _("A second officer has been asked to agree."))
            return redirect(case)
    return page(request, case, at, ask=form, status=422)


@needs("complaints.agree_identity")
@require_POST
def reveal_move(request, pk, name):
    reveal = get_object_or_404(Reveal.objects.visible_to(request.user), pk=pk)
    if name not in Reveal.MOVES:
        raise Http404
    try:
        move(reveal, name, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(reveal.case)


@needs("complaints.view")
def take_step(request, pk, name):
    """One move: its form, then `move()`. What is refused keeps everything typed."""
    at = timezone.now()
    complaint = get_object_or_404(Complaint.objects.visible_to(request.user).select_related("nature", *_SHOWN), pk=pk)
    step = Complaint.MOVES.get(name)
    if step is None or not request.user.has_perm(step.needs, complaint):
        raise Http404
    form_class = MOVE_FORMS.get(name, MoveForm)
    form = form_class(request.POST or None, case=complaint, user=request.user, day=timezone.localdate(at))
    status = 200
    if request.method == "POST":
        status = try_move(request, complaint, name, form, at)
        if status == 302:
            return redirect("complaints:detail", pk)
    calls = name in ("feedback", "missed_call") and complaint.may_read_identity(request.user, at) is HANDLES
    context = {"form": form, "step": step, "complaint": complaint, "calls": calls}
    return render(request, "complaints/move.html", context, status=status)


def try_move(request, row, name, form, at):
    """Carry the move out; 302 when done, otherwise the status of the page that shows what is wrong."""
    if not form.is_valid():
        return 422
    try:
        done = move(row, name, by=request.user, at=at, **form.arguments())
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return 409 if refusal.code == "stale" else 422
    messages.success(request, _("Done. The state is now: %(state)s.") % {"state": done.get_state_display()})
    return 302


# --- handing over ----------------------------------------------------------------------------------------------------


@needs("complaints.receive_handover")
def handovers(request):
    """What other police stations offer to us, and what we have offered to them."""
    related = ("complaint__nature", "from_thana", "thana", "offered_by")
    offered = Handover.objects.visible_to(request.user).select_related(*related).order_by("-offered_at", "-id")
    sent = Handover.objects.filter(from_thana=request.user.acting.unit_id).select_related(*related)
    context = {
        "waiting": offered.filter(state=Handover.State.OFFERED)[:100],
        "answered": offered.exclude(state=Handover.State.OFFERED)[:50],
        "sent": sent.order_by("-offered_at", "-id")[:50],
    }
    return render(request, "complaints/handovers.html", context)


@needs("complaints.receive_handover")
@require_POST
def handover_move(request, pk, name):
    handover = get_object_or_404(Handover.objects.visible_to(request.user), pk=pk)
    if name not in Handover.MOVES:
        raise Http404
    reason = plain(request.POST.get("reason"), 500)
    if name == "refuse" and len(reason.split()) < 3:
        messages.error(request, _("Write in a sentence why it is not taken over."))
        return redirect("complaints:handovers")
    try:
        done = move(handover, name, by=request.user, at=timezone.now(), reason=reason)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("complaints:handovers")
    if done.state == Handover.State.ACCEPTED:
        messages.success(request, _("Taken over. Give it to an officer."))
        return redirect("complaints:detail", handover.complaint_id)
    messages.success(request, _("The other police station has been told."))
    return redirect("complaints:handovers")


# --- the register ----------------------------------------------------------------------------------------------------


@needs("complaints.print_register")
def print_register(request):
    """The printed help-desk register of a range of days, in the thana's columns (domain: registers)."""
    today = timezone.localdate()
    form = RegisterRangeForm(request.POST or None, initial={"first": today - timedelta(days=6), "last": today})
    if request.method != "POST" or not form.is_valid():
        return render(request, "complaints/register_form.html", {"form": form})
    context = {**form.cleaned_data, "lines": register_lines(request.user, **form.cleaned_data, at=timezone.now())}
    return render(request, "complaints/register_print.html", context)


def register_lines(user, *, first, last, at):
    """[(complaint, people or None, account or None, action, feedback)] of the days first to last.

    The identity stands only where the user handles the case and the law does not protect it; each such reading and the
    print itself are written on the trail.
    """
    notes = Prefetch("notes", Note.objects.order_by("at", "id"))
    people = Prefetch("people", Person.objects.select_related("identity").order_by("id"))
    rows = (
        Complaint.objects.visible_to(user)
        .filter(received_at__gte=midnight(first), received_at__lt=midnight(last + timedelta(days=1)))
        .select_related("nature", "assigned_to", "account")
        .prefetch_related(notes, people)
        .order_by("received_at", "id")
    )
    lines = [_register_line(row, user) for row in rows]
    shown = [line["complaint"] for line in lines if line["identity"]]
    Entry.objects.write_for(shown, action="complaint.read_identity", by=user, at=at, details={"purpose": "register"})
    details = {"first": first.isoformat(), "last": last.isoformat(), "rows": len(lines)}
    Entry.objects.write(action="complaint.print_register", by=user, at=at, subject=user.acting.unit, details=details)
    return lines


def _register_line(row, user):
    handles = identity.reading(user, row) is HANDLES and not row.protects_identity
    complainant = next((p for p in row.people.all() if p.part == Person.Part.COMPLAINANT), None)
    notes = list(row.notes.all())
    return {
        "complaint": row,
        "complainant": complainant,
        "identity": identity.unseal(complainant.identity.sealed) if handles and complainant else None,
        "actions": [note for note in notes if note.kind in (Note.Kind.ACTION, Note.Kind.DECISION)],
        "feedback": [note for note in notes if note.kind == Note.Kind.FEEDBACK],
    }
