"""How django-axes counts failed sign-ins: by account, and by address with a wider bound."""

from axes.handlers.database import AxesDatabaseHandler
from django.conf import settings
from django.contrib.auth import get_user_model

from kendras.identity import DIGITS

#: whole districts share one address behind the state's network, so an address may fail this many times as often
ADDRESS_FACTOR = 20


class Handler(AxesDatabaseHandler):
    """Locks an account after AXES_FAILURE_LIMIT failures, an address after ADDRESS_FACTOR times as many."""

    def get_failures(self, request, credentials=None):
        accounts, addresses = self.get_user_attempts(request, credentials)
        return max(_total(accounts), _total(addresses) // ADDRESS_FACTOR)

    def reset_user_attempts(self, request, credentials=None):
        """A sign-in forgives the failures of its own account; those of others at the same address stay counted."""
        accounts, _addresses = self.filter_user_attempts(request, credentials)
        return accounts.delete()[0]


def account_of(request, credentials=None):
    """One account is counted under its user name, however it was named: by user name, PNO or mobile."""
    text = (credentials or {}).get("username") or request.POST.get("username", "")
    user = get_user_model().objects.by_login(text.translate(DIGITS))
    return user.username if user else text[:150]


def _total(attempts):
    return sum(attempts.values_list("failures_since_start", flat=True))


def client_ip(request):
    """The address of the person at the other end: the entry that the outermost of our own proxies has written.

    What a client itself puts into X-Forwarded-For stands further left and is never believed.
    """
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    proxies = settings.KENDRA_PROXIES
    return hops[-proxies] if 0 < proxies <= len(hops) else request.META.get("REMOTE_ADDR")
