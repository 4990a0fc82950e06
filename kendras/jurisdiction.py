"""Who may see and do what.

`MAY` is the one table of rights: views, API, exports and tests read it. Which rows a right reaches is settled by the
charge: `visible_to` on every placed table (kendras.models.units) and `Charge.covers` for a single row. Named exceptions
(one person, one record, until a date) are django-guardian rows and are asked last.
"""

from functools import wraps

from axes.backends import AxesStandaloneBackend
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from guardian.utils import get_user_obj_perms_model

from kendras.models import Role, User

_EVERYONE = {"complaints.view", "reports.view", "kendras.view_units", "counselling.view_support"}
_COMMAND = _EVERYONE | {
    "complaints.ask_identity",
    "complaints.direct",
    "reports.print",
    "kendras.view_trail",
    "kendras.confirm_charge",
}
_KENDRA = _EVERYONE | {
    "complaints.register",
    "complaints.follow_up",
    "complaints.feedback",
    "complaints.search_people",
    "complaints.read_identity",
    "complaints.ask_identity",
    "complaints.record_fir",
}
_ENQUIRY = {"complaints.enquire", "complaints.decide", "complaints.carry_out", "complaints.dispose"}
_THANA_HEAD = {
    "complaints.assign",
    "complaints.reopen",
    "complaints.hand_over",
    "complaints.receive_handover",
    "complaints.agree_identity",
    "complaints.print_register",
    "complaints.answer_question",
    "complaints.see_officers",
    "kendras.view_trail",
}
#: counselling (DG 38/2025 ¶3.viii–x, ¶4.i.k–l, ¶4.ii.c, ¶5.i.k): plan and call in, hold, entrust to a counsellor
_CALLS_IN = {"counselling.view", "counselling.plan"}
_COUNSELS = _CALLS_IN | {"counselling.hold", "counselling.mark", "counselling.ppk"}
_NOMINATES = {"counselling.view", "counselling.mark", "counselling.entrust", "counselling.arrange", "counselling.nominate",
              "counselling.ppk"}  # fmt: skip
_DISTRICT = {"complaints.see_officers", "reports.accept", "reports.lock", "reports.direct_meeting", "complaints.grant"}

#: support of victims (counselling): directory, referrals, compensation, information
_HELP = {"counselling.refer", "counselling.answer", "counselling.inform", "counselling.compensate"}
_SUPPORT = {
    Role.DESK: _HELP,
    Role.SI: _HELP,
    Role.INCHARGE: _HELP | {"counselling.open_referral"},
    Role.SHO: {"counselling.refer", "counselling.override_consent", "counselling.open_referral"},
    Role.CO: {"counselling.override_consent", "counselling.keep_agencies"},
    Role.NODAL: {"counselling.keep_agencies", "counselling.propose"},
    Role.SP: {"counselling.forward"},
}

#: role → what it may do (issue by issue the table grows; a right not listed is refused)
MAY = {
    Role.DESK: frozenset(_KENDRA | _CALLS_IN | {"complaints.print_register"}),
    Role.SI: frozenset(_KENDRA | _ENQUIRY | _COUNSELS),
    Role.INCHARGE: frozenset(
        _KENDRA
        | _ENQUIRY
        | _THANA_HEAD
        | _COUNSELS
        | {"complaints.close", "reports.submit", "reports.print", "complaints.import_cctns", "counselling.entrust"}
    ),
    Role.SHO: frozenset(
        _COMMAND
        | _THANA_HEAD
        | {"counselling.view"}
        | {"complaints.extend", "complaints.follow_up", "complaints.search_people", "complaints.read_identity"}
    ),
    Role.CO: frozenset(
        _COMMAND
        | {
            "complaints.extend",
            "complaints.reopen",
            "complaints.agree_identity",
            "complaints.search_people",
            "complaints.read_identity",
            "reports.review",
            "reports.lock",
            "complaints.import_cctns",
            "complaints.see_officers",
            "complaints.waive_counselling",
            "counselling.view",
        }
    ),
    Role.NODAL: frozenset(_COMMAND | _DISTRICT | _NOMINATES | {"complaints.import_cctns"}),
    Role.SP: frozenset(_COMMAND | _DISTRICT | _NOMINATES),
    Role.IG: frozenset(_COMMAND | {"reports.lock", "counselling.view"}),
    Role.ADG: frozenset(_COMMAND | {"reports.lock", "counselling.view"}),
    Role.HQ: frozenset(
        _COMMAND | {"counselling.view", "reports.lock", "reports.build", "kendras.change_rule", "kendras.rename_unit"}
    ),
    Role.COUNSELLOR: frozenset({"complaints.view_given"}),
    Role.SYSADMIN: frozenset(
        {
            "kendras.view_units",
            "kendras.rename_unit",
            "kendras.move_unit",
            "kendras.manage_accounts",
            "kendras.confirm_charge",
            "reports.build",
        }
    ),
}

MAY = {role: rights | _SUPPORT.get(role, set()) for role, rights in MAY.items()}

#: what the Django admin asks for; master data only, for the system administrator and a superuser
MASTER_DATA = frozenset(
    f"{app}.{verb}_{model}"
    for app, model in (
        ("kendras", "unit"),
        ("kendras", "kendra"),
        ("complaints", "offence"),
        ("complaints", "nature"),
    )
    for verb in ("view", "change")
)


class LoginBackend(BaseBackend):
    """Sign in with PNO, user name or mobile; unknown accounts take as long as wrong passwords."""

    def authenticate(self, request, username=None, password=None):
        user = User.objects.by_login(username)
        if user is None:
            make_password(password)
            return None
        return user if user.check_password(password) else None

    def get_user(self, user_id):
        return User.objects.filter(pk=user_id, is_active=True).select_related("charge__unit").first()


class ChargeBackend(BaseBackend):
    """Answers has_perm from the charge a user acts in and from MAY, without a query.

    With a row, the charge must cover it too. A superuser gets master data and no case.
    """

    def has_perm(self, user, perm, obj=None):
        if not user.is_active:
            return False
        charge = user.acting
        if perm in MASTER_DATA:
            return user.is_superuser or bool(charge and charge.role == Role.SYSADMIN)
        if charge is None or perm not in MAY[Role(charge.role)]:
            return False
        return obj is None or charge.covers(obj)

    def has_module_perms(self, user, app_label):
        return any(self.has_perm(user, perm) for perm in MASTER_DATA if perm.startswith(f"{app_label}."))


class GrantBackend(BaseBackend):
    """Answers has_perm(perm, row) from django-guardian's rows for that table, while they last."""

    def has_perm(self, user, perm, obj=None):
        obj = getattr(obj, "opened_through", obj)  # a session opens with the case that was entrusted
        if obj is None or not user.is_active or not user.may_be_let_in:
            return False
        grants = get_user_obj_perms_model(type(obj))
        if not hasattr(grants, "until"):
            return False
        return grants.objects.filter(
            user=user,
            content_object=obj,
            permission__codename=perm.partition(".")[2],
            until__gte=timezone.localdate(),
        ).exists()


class LockoutBackend(AxesStandaloneBackend):
    """django-axes: refuses the account and the address after repeated failures."""


def needs(perm):
    """Only for users whose present charge carries `perm`; sign-in first. The view answers 404 outside its unit."""

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not request.user.has_perm(perm):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.needs = perm
        return guarded

    return decorate


def signed_in(view):
    """For everyone who has signed in, with or without a charge."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    guarded.needs = "signed in"
    return guarded


def public(view):
    """For anyone. Says so, so that a forgotten @needs cannot pass for a decision."""
    view.needs = "public"
    return view


class ChargeMiddleware:
    """Ends idle sessions, puts users out of ended charges, asks for a new first password, forbids caching."""

    #: view names that a user with a first password, or without a charge, may still open
    ALWAYS = frozenset({"password", "logout", "login", "set_language", "healthz", "readyz"})

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.user.is_authenticated:
            return self.get_response(request)
        at = timezone.now()
        if self._idle(request, at):
            logout(request)
            messages.warning(request, _("You were signed out because nothing was done for a while. Sign in again."))
            return redirect_to_login(request.get_full_path())
        self._leave_ended_charge(request.user, at)
        response = self.get_response(request)
        response["Cache-Control"] = "no-store"
        return response

    def process_view(self, request, view, args, kwargs):
        user = request.user
        if not user.is_authenticated or request.resolver_match.url_name in self.ALWAYS:
            return None
        return redirect("kendras:password") if user.must_change_password else None

    def _idle(self, request, at):
        seen = request.session.get("seen")
        now = int(at.timestamp())
        if seen is not None and now - seen > settings.KENDRA_IDLE_MINUTES * 60:
            return True
        if seen is None or now - seen > 60:
            request.session["seen"] = now
        return False

    def _leave_ended_charge(self, user, at):
        today = timezone.localdate(at)
        if user.charge and user.charge.runs_on(today):
            return
        running = user.charges_on(today).order_by("starts_on").first()
        if running or user.charge:
            user.act_in(running, at=at)
