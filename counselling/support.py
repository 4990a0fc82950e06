"""The support page of a case: everything that is being done for the woman, on one page (DG 38/2025 ¶3.v, ¶4.iii)."""

from django.shortcuts import render
from django.utils import timezone

from counselling.cases import case_of
from counselling.models import Compensation, Informed, Referral, SafetyPlan, Told, helped_people, last_told
from kendras.identity import Reading
from kendras.jurisdiction import needs


@needs("counselling.view_support")
def support(request, case, pk):
    """Referrals, compensation, information given, safety plan and what she was told, of one complaint or FIR."""
    row = case_of(request.user, case, pk)
    return support_page(request, row, timezone.now())


def support_page(request, case, at, *, plan=None, opened=None):
    """The page; `opened` are the sealed words of the safety plan `plan` where it is being read."""
    user = request.user
    pocso = case.CASE == "fir" and "pocso" in case.flags.split()
    plans = SafetyPlan.objects.visible_to(user).about(case).select_related("person", "by").order_by("-id")
    context = {
        "case": case,
        "at": at,
        "people": helped_people(case),
        "referrals": _dated(Referral, user, case, at, "agency", "person"),
        "compensations": _dated(Compensation, user, case, at, "scheme", "person"),
        "informed": _of(Informed, user, case, "person", "by").prefetch_related("schemes").order_by("-at"),
        "told": _of(Told, user, case, "by").order_by("-on")[:20],
        "last_told": last_told(case),
        "plans": plans[:5],
        "plan": plan,
        "opened": opened,
        "handles": case.may_read_identity(user, at) is Reading.HANDLES,
        "report_due": pocso and not case.milestones.filter(kind="cwc_told").exists(),
        "may": {name: user.has_perm(f"counselling.{name}", case) for name in ("refer", "compensate", "inform")},
    }
    return render(request, "counselling/support.html", context)


def _of(model, user, case, *related):
    return model.objects.visible_to(user).about(case).select_related("fir", "complaint", *related)


def _dated(model, user, case, at, *related):
    return [(row, row.due_status(at)) for row in _of(model, user, case, *related).order_by("-recorded_at")]
