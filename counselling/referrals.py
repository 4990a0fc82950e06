"""Referrals on pages: the list, sending one, its course, the letter, who of the agency may open it (DG 38/2025 ¶3.v)."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from complaints.grants import GrantForm
from complaints.lists import row_id
from complaints.views import listed, try_move
from counselling.cases import case_of
from counselling.models import Need, Referral, ReferralState
from counselling.referralforms import ReferralForm, StepForm
from kendras.identity import Reading
from kendras.jurisdiction import needs, signed_in
from kendras.models import Entry
from kendras.workflow import Refused, moves_for, telling

SHOWN = ("agency", "person", "thana", "fir", "complaint")


@needs("counselling.view_support")
def referrals(request):
    """The referrals of the own unit or one below: all, of one state, late, or fallen through."""
    at, shown = timezone.now(), request.GET.get("show", "")
    rows = narrow_referrals(Referral.objects.visible_to(request.user), shown, request.user, at)
    context = {**listed(request, rows, "recorded_at", at, *SHOWN), "shown": shown, "states": ReferralState.choices}
    context["lines"] = [(row, row.due_status(at)) for row in context["page"].rows]
    return render(request, "counselling/referrals.html", context)


def narrow_referrals(rows, shown, user, at):
    """The rows that the list shows under a word; the pages of the day count by the same ones."""
    if shown == "late":
        return rows.late(at)
    if shown == "escalated":
        return rows.escalated_to(user.acting.role, at)
    if shown == "fallen":
        return rows.fallen_through()
    if shown == "mine":
        return rows.waiting().filter(sent_by=user)
    return rows.filter(state=shown) if shown in ReferralState.values else rows


@needs("counselling.refer")
def referral_new(request, case, pk):
    """Refer a person of a case to an agency of the district."""
    at = timezone.now()
    row = case_of(request.user, case, pk)
    before = _followed(request, row)
    need = Need.REPORT if request.GET.get("need") == Need.REPORT else ""
    form = ReferralForm(request.POST or None, case=row, user=request.user, initial={"need": need})
    if request.method == "POST" and form.is_valid():
        data = form.arguments()
        try:
            done = Referral.objects.refer(
                row, data.pop("person"), data.pop("agency"), **data, by=request.user, at=at, instead_of=before
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Done. The state is now: %(state)s.") % {"state": done.get_state_display()})
            return redirect(done)
    context = {"form": form, "case": row, "before": before}
    return render(request, "counselling/referral_new.html", context, status=422 if form.errors else 200)


def _followed(request, case):
    """The declined or failed referral of this case that the new one takes the place of, if the address names one."""
    pk = row_id(request.GET.get("instead", ""))
    return Referral.objects.visible_to(request.user).about(case).fallen_through().filter(pk=pk).first() if pk else None


def _openable(user, at):
    return Referral.objects.openable_by(user, timezone.localdate(at)).select_related(*SHOWN, "sent_by")


@signed_in
def referral(request, pk):
    """One referral: what is asked, of whom, its clock and its next steps; for a named person of the agency too."""
    at = timezone.now()
    return _page(request, get_object_or_404(_openable(request.user, at), pk=pk), at)


def _page(request, row, at, handed=None):
    user = request.user
    ours = bool(user.acting and user.acting.covers(row))
    may_refer = user.has_perm("counselling.refer", row)
    context = {
        "referral": row,
        "at": at,
        "due": row.due_status(at),
        "steps": moves_for(row, user),
        "ours": ours,
        "handed": handed,
        "trail": list(Entry.objects.about(row)[:50]) if ours else [],
        "open_end": row.followed_at is None and row.state in (ReferralState.DECLINED, ReferralState.FAILED),
        "may_refer": may_refer,
        "may_print": may_refer and row.is_with_agency and row.case.may_read_identity(user, at) is Reading.HANDLES,
    }
    return render(request, "counselling/referral.html", context)


@signed_in
@require_POST
def referral_identity(request, pk):
    """What she let be handed over, for a named person of the agency while the referral is with it; recorded."""
    at = timezone.now()
    row = get_object_or_404(
        Referral.objects.given_to(request.user, timezone.localdate(at)).select_related(*SHOWN), pk=pk
    )
    try:
        handed = row.read_handed_over(by=request.user, at=at)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(row)
    return _page(request, row, at, handed=handed)


@signed_in
def referral_move(request, pk, name):
    """One step of a referral: its form, then `move()`."""
    at = timezone.now()
    row = get_object_or_404(_openable(request.user, at), pk=pk)
    step = Referral.MOVES.get(name)
    if step is None or not request.user.has_perm(step.needs, row):
        raise Http404
    form = StepForm(request.POST or None, case=row, step=step, user=request.user, day=timezone.localdate(at))
    status = 200
    if request.method == "POST":
        status = try_move(request, row, name, form, at)
        if status == 302:
            return redirect(row)
    return render(
        request, "counselling/referral_move.html", {"form": form, "step": step, "referral": row}, status=status
    )


@needs("counselling.refer")
@require_POST
def referral_letter(request, pk):
    """The printable letter to the agency, with what she let be handed over; recorded."""
    at = timezone.now()
    rows = Referral.objects.visible_to(request.user).select_related(*SHOWN, "sent_by__charge__unit")
    row = get_object_or_404(rows, pk=pk)
    try:
        handed = row.letter(by=request.user, at=at)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(row)
    return render(request, "counselling/referral_letter.html", {"referral": row, "handed": handed, "at": at})


# --- who of the agency may open it -----------------------------------------------------------------------------------


@needs("counselling.open_referral")
def referral_grants(request, pk):
    """The persons of the agency who may open this referral by name; POST opens it to one more."""
    at = timezone.now()
    row = get_object_or_404(Referral.objects.visible_to(request.user).select_related(*SHOWN), pk=pk)
    form = GrantForm(request.POST or None, today=timezone.localdate(at))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        order = {"until": data["until"], "order_number": data["order_number"]}
        try:
            with telling(row.case, by=request.user, at=at):
                row.grant(to=data["who"], by=request.user, at=at, **order)
        except Refused as refusal:
            form.add_error("order_number", str(refusal))
        else:
            messages.success(request, _("%(who)s may open this referral.") % {"who": data["who"].name})
            return redirect("counselling:referral_grants", pk)
    context = {
        "referral": row,
        "form": form,
        "today": timezone.localdate(at),
        "grants": row.grants.select_related("user").order_by("-until", "-pk"),
    }
    return render(request, "counselling/referral_grants.html", context, status=422 if form.errors else 200)


@needs("counselling.open_referral")
@require_POST
def referral_withdraw(request, pk, grant):
    """End a named person's access at once."""
    row = get_object_or_404(Referral.objects.visible_to(request.user), pk=pk)
    row.withdraw_grant(get_object_or_404(row.grants, pk=grant), by=request.user, at=timezone.now())
    messages.success(request, _("The exception is withdrawn."))
    return redirect("counselling:referral_grants", pk)
