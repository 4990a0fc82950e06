"""The status page: where a woman sees, with the reference and PIN of her receipt, how far her complaint is.

It says the state and the next date, nothing else. A wrong reference and a wrong PIN get the same answer after the same
work, and few tries are allowed.
"""

from axes.helpers import get_client_ip_address
from django.core.cache import cache
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from complaints.models import Complaint, State
from kendras import identity
from kendras.jurisdiction import public

#: tries within the span of seconds, by reference and by address (a whole village may share one address)
TRIES_BY_REFERENCE, TRIES_BY_ADDRESS, SPAN = 10, 60, 15 * 60

#: what each state is called here
PLAIN = {
    State.REGISTERED: _("Your complaint is registered. An officer will be named."),
    State.ASSIGNED: _("An officer has your complaint."),
    State.ENQUIRY: _("The enquiry is going on."),
    State.DECIDED: _("A decision has been taken and is being carried out."),
    State.CARRIED_OUT: _("Action has been taken."),
    State.DISPOSED: _("It is disposed of. You will be called and asked whether you are satisfied."),
    State.FED_BACK: _("Your feedback has been taken."),
    State.CLOSED: _("It is closed."),
}


@public
@never_cache
@sensitive_post_parameters("pin")
def status(request, reference=""):
    """GET: ask for reference and PIN. POST: the state and the next date, or one answer for everything wrong."""
    context = {"reference": reference}
    code = 200
    if request.method == "POST":
        reference = _signs(request.POST.get("reference", ""), 20)
        pin = _signs(request.POST.get("pin", ""), 12)
        context = {"reference": reference}
        if _too_often(reference, get_client_ip_address(request)):
            context["too_often"], code = True, 429
        else:
            found = _find(reference, pin)
            context |= {"found": found, "plain": PLAIN[State(found.state)]} if found else {"wrong": True}
    return render(request, "complaints/status.html", context, status=code)


def _signs(text, most):
    plain = text.translate(identity.DIGITS).upper()
    return "".join(sign for sign in plain if sign.isascii() and sign.isalnum())[:most]


def _find(reference, pin):
    """The complaint of reference and PIN, or None; the token is worked out whether or not the reference exists."""
    complaint = Complaint.objects.filter(reference=reference).only("reference", "pin_token", "state", "next_on").first()
    fits = (complaint or Complaint(reference=reference, pin_token=-1)).pin_fits(pin)
    return complaint if fits else None


def _too_often(reference, address):
    """Count this try; the keys are keyed tokens, so the cache holds neither reference nor address."""
    # the address first: who is stopped by it does not use up the tries of a woman's reference
    tries = (("address", address or "", TRIES_BY_ADDRESS), ("reference", reference, TRIES_BY_REFERENCE))
    return any(count_try(f"status:{identity.token(kind, value)}") > most for kind, value, most in tries)


def count_try(key):
    """Count a try under a key that holds no secret in the clear; the number within the span so far."""
    cache.add(key, 0, SPAN)
    try:
        return cache.incr(key)
    except ValueError:  # it ran out between the two calls
        return 1
