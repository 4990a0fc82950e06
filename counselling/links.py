"""The one-time link of an agency: made and withdrawn by the kendra, answered by whoever holds link and code.

The public page looks the same for every link, also one that never was; only link and code together open anything, by
POST, and a wrong one is answered like one that has ended. Neither link nor code stands in a log: the form sends both in
its body to one fixed address.
"""

from axes.helpers import get_client_ip_address
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from complaints.status import TRIES_BY_ADDRESS, count_try
from counselling.models import ANSWERS, Answer, Link, Referral
from kendras.identity import DIGITS, token
from kendras.jurisdiction import needs, public
from kendras.workflow import Refused

#: tries of one link within a quarter of an hour: a code has six digits
TRIES_BY_LINK = 10


@needs("counselling.refer")
def referral_links(request, pk):
    """The links of a referral; POST makes a new one and shows it and its code this once."""
    at = timezone.now()
    row = get_object_or_404(
        Referral.objects.visible_to(request.user).select_related("agency", "fir", "complaint"), pk=pk
    )
    context = {"referral": row, "at": at}
    if request.method == "POST":
        try:
            link, secret, code = Link.objects.make(row, by=request.user, at=at)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(row)
        address = request.build_absolute_uri(reverse("counselling:answer_of", args=[secret]))
        context |= {"made": link, "address": address, "code": code}
    context["links"] = [(link, link.is_usable(at)) for link in row.links.select_related("made_by").order_by("-pk")]
    return render(request, "counselling/referral_links.html", context)


@needs("counselling.refer")
@require_POST
def link_revoke(request, pk, link):
    """Withdraw a link at once."""
    row = get_object_or_404(Referral.objects.visible_to(request.user), pk=pk)
    get_object_or_404(row.links, pk=link).revoke(by=request.user, at=timezone.now())
    messages.success(request, _("The link opens nothing any more."))
    return redirect("counselling:referral_links", pk)


@public
@never_cache
@sensitive_post_parameters("secret", "code")
def answer(request, secret=""):
    """GET: ask for the code. POST: show the referral and take one answer, or one reply for everything wrong."""
    context, status = {"secret": secret[:200]}, 200
    if request.method == "POST":
        secret, code = _sent(request, "secret", 200), _sent(request, "code", 12).translate(DIGITS)
        context = {"secret": secret, "code": code}
        if _too_often(secret, get_client_ip_address(request)):
            context["too_often"], status = True, 429
        else:
            context |= _tried(request, secret, code)
    return render(request, "counselling/answer.html", context, status=status)


def _sent(request, name, most):
    return request.POST.get(name, "").strip()[:most]


def _tried(request, secret, code):
    """What the page says to a link and its code: the referral, the thanks, or that they open nothing."""
    at = timezone.now()
    link = Link.objects.find(secret, code, at)
    if link is None:
        return {"wrong": True}
    said = request.POST.get("said", "")
    if said:
        name, _colon, chosen = said.partition(":")
        try:
            link.answer(name, at=at, answer=chosen)
        except Refused:
            return {"wrong": True}
        return {"thanks": True}
    return {"link": link, "referral": link.referral, "handed": link.open(at=at), "choices": _choices(link)}


def _choices(link):
    """[(value of the form, words)]: each step that is possible, with each answer that it may carry."""
    found = []
    for step in link.steps:
        answers = ANSWERS.get(step.name)
        found += [(f"{step.name}:{code}", f"{step.label}: {Answer(code).label}") for code in answers or ()]
        found += [] if answers else [(f"{step.name}:", step.label)]
    return found


def _too_often(secret, address):
    """Count this try by keyed tokens, so that the cache holds neither link nor address."""
    tries = (("address", address or "", TRIES_BY_ADDRESS), ("link", secret, TRIES_BY_LINK))
    return any(count_try(f"link:{token(kind, value)}") > most for kind, value, most in tries)
