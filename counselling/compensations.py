"""Compensation and schemes on pages: the list, beginning an application, its course, the bank details (¶3.v, ¶4.iii)."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from complaints.views import listed, try_move
from counselling.cases import case_of
from counselling.compensationforms import BankForm, StartForm, StepForm
from counselling.models import Compensation, CompensationState
from kendras.identity import Reading
from kendras.jurisdiction import needs
from kendras.models import Entry
from kendras.workflow import Refused, moves_for

SHOWN = ("scheme", "person", "thana", "fir", "complaint")


@needs("counselling.view_support")
def compensations(request):
    """The applications of the own unit or one below: all, of one state, or late."""
    at, shown = timezone.now(), request.GET.get("show", "")
    rows = narrow_compensations(Compensation.objects.visible_to(request.user), shown, request.user, at)
    context = {**listed(request, rows, "recorded_at", at, *SHOWN), "shown": shown, "states": CompensationState.choices}
    context["lines"] = [(row, row.due_status(at)) for row in context["page"].rows]
    return render(request, "counselling/compensations.html", context)


def narrow_compensations(rows, shown, user, at):
    """The rows that the list shows under a word; the pages of the day count by the same ones."""
    if shown == "late":
        return rows.late(at)
    if shown == "escalated":
        return rows.escalated_to(user.acting.role, at)
    if shown == "running":
        return rows.waiting()
    return rows.filter(state=shown) if shown in CompensationState.values else rows


@needs("counselling.compensate")
def compensation_new(request, case, pk):
    """Begin an application for a person of a case."""
    at = timezone.now()
    row = case_of(request.user, case, pk)
    form = StartForm(request.POST or None, case=row)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = Compensation.objects.start(
                row, data["person"], data["scheme"], once=data["once"], by=request.user, at=at
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Begun. Take the bank details early: the payment waits for them."))
            return redirect(made)
    context = {"form": form, "case": row}
    return render(request, "counselling/compensation_new.html", context, status=422 if form.errors else 200)


def _visible(user, pk):
    return get_object_or_404(Compensation.objects.visible_to(user).select_related(*SHOWN), pk=pk)


@needs("counselling.view_support")
def compensation(request, pk):
    """One application: papers, dates, amounts, payments, its clock and next steps."""
    return _page(request, _visible(request.user, pk), timezone.now())


def _page(request, row, at, bank=None):
    user = request.user
    context = {
        "row": row,
        "at": at,
        "due": row.due_status(at),
        "steps": moves_for(row, user),
        "instalments": row.instalments.select_related("by").order_by("on", "id"),
        "handles": row.case.may_read_identity(user, at) is Reading.HANDLES,
        "bank": bank,
        "trail": list(Entry.objects.about(row)[:50]),
    }
    return render(request, "counselling/compensation.html", context)


@needs("counselling.view_support")
@require_POST
def compensation_bank(request, pk):
    """Show the bank details once, to who handles the case; recorded."""
    at = timezone.now()
    row = _visible(request.user, pk)
    try:
        bank = row.read_bank(by=request.user, at=at)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(row)
    return _page(request, row, at, bank=bank)


@needs("counselling.compensate")
@sensitive_post_parameters("holder", "bank", "account", "ifsc")
def compensation_move(request, pk, name):
    """One step of an application: its form, then `move()`."""
    at = timezone.now()
    row = _visible(request.user, pk)
    step = Compensation.MOVES.get(name)
    if step is None:
        raise Http404
    known = {"case": row, "user": request.user, "day": timezone.localdate(at)}
    form = (
        BankForm(request.POST or None, **known)
        if name == "bank"
        else StepForm(request.POST or None, step=step, **known)
    )
    status = 200
    if request.method == "POST":
        status = try_move(request, row, name, form, at)
        if status == 302:
            return redirect(row)
    return render(
        request, "counselling/compensation_move.html", {"form": form, "step": step, "row": row}, status=status
    )
