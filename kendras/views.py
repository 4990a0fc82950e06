"""Signing in, charges, units, rules and the trail."""

from django.contrib import messages
from django.contrib.auth import authenticate, login, logout
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from kendras.forms import LoginForm, MoveUnitForm, PasswordForm, RuleForm, UnitForm
from kendras.jurisdiction import needs, public, signed_in
from kendras.look import samples
from kendras.models import SENTENCES, Entry, Rule, Unit
from kendras.paging import page_of

# --- signing in ------------------------------------------------------------------------------------------------------


@public
@sensitive_post_parameters("password")
def sign_in(request):
    """Sign in with PNO, user name or mobile."""
    form = LoginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = authenticate(request, **form.cleaned_data)
        if user:
            return _signed_in(request, user)
        if getattr(request, "axes_locked_out", False):
            return render(request, "kendras/locked.html", status=429)
        form.add_error(None, _("User name or password is not right."))
    return render(request, "kendras/login.html", {"form": form, "next": _next(request)})


@transaction.atomic
def _signed_in(request, user):
    login(request, user)
    Entry.objects.write(action="session.login", by=user, at=timezone.now())
    _tell_of_reset(request, user)
    target = _next(request)
    return HttpResponseRedirect(target) if target else redirect("reports:today")


def _tell_of_reset(request, user):
    """Whose password was set anew by another learns by whom and when, so that a take-over does not pass unseen."""
    last = user.must_change_password and Entry.objects.about(user).filter(action="user.reset").first()
    if last:
        told = {"who": last.by.name if last.by else "—", "when": f"{timezone.localtime(last.at):%d-%m-%Y %H:%M}"}
        messages.warning(
            request,
            _("%(who)s set a new first password for you on %(when)s. If you did not ask for it, tell your SHO at once.")
            % told,
        )


def _next(request):
    """Where to go after signing in: an address of this site, or nothing."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if safe else ""


@signed_in
@require_POST
def sign_out(request):
    Entry.objects.write(action="session.logout", by=request.user, at=timezone.now())
    logout(request)
    return redirect("kendras:login")


@signed_in
@sensitive_post_parameters()
def password(request):
    """Change one's password; a first password must be changed before anything else."""
    form = PasswordForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        user = request.user
        with transaction.atomic():
            user.set_password(form.cleaned_data["new"])
            user.must_change_password = False
            user.save(update_fields=["password", "must_change_password"])
            Entry.objects.write(action="session.password", by=user, at=timezone.now())
        logout(request)
        messages.success(request, _("The password is changed. Sign in with the new one."))
        return redirect("kendras:login")
    return render(request, "kendras/password.html", {"form": form})


@signed_in
def charges(request):
    """The charges one may act in today; POST takes one up."""
    at = timezone.now()
    running = request.user.charges_on(timezone.localdate(at)).order_by("starts_on")
    if request.method == "POST":
        charge = next((each for each in running if str(each.pk) == request.POST.get("charge")), None)
        if charge is None:
            raise Http404
        request.user.act_in(charge, at=at)
        messages.success(request, _("You now act as: %(charge)s") % {"charge": charge})
        return redirect("reports:today")
    return render(request, "kendras/charges.html", {"charges": running})


# --- units and rules -------------------------------------------------------------------------------------------------


@needs("kendras.view_units")
def units(request):
    """The units below one, step by step; the administrator sees the whole map."""
    reach = _reach(request.user)
    top = get_object_or_404(reach, pk=request.GET["under"]) if request.GET.get("under", "").isdecimal() else None
    if request.GET.get("provisional"):
        rows = reach.filter(provisional=True)
    elif top:
        rows = reach.filter(parent=top)
    else:
        rows = reach.filter(pk=request.user.acting.unit_id)
    rows = rows.select_related("parent").order_by("level", "name_en")[:500]
    context = {
        "top": top,
        "units": rows,
        "can_rename": request.user.has_perm("kendras.rename_unit"),
        "can_move": request.user.has_perm("kendras.move_unit"),
    }
    return render(request, "kendras/units.html", context)


def _reach(user):
    """Units of a user's jurisdiction; who keeps the map sees all of it."""
    return Unit.objects.all() if user.has_perm("kendras.rename_unit") else Unit.objects.visible_to(user)


@needs("kendras.rename_unit")
def unit_edit(request, pk):
    unit = get_object_or_404(Unit, pk=pk)
    before = {"name_hi": unit.name_hi, "name_en": unit.name_en}
    form = UnitForm(request.POST or None, instance=unit)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.save()
            Entry.objects.write(
                action="unit.rename", by=request.user, at=timezone.now(), subject=unit, details={"before": before}
            )
        messages.success(request, _("Saved."))
        return redirect("kendras:units")
    return render(request, "kendras/form.html", {"form": form, "title": unit.title})


@needs("kendras.move_unit")
def unit_move(request, pk):
    unit = get_object_or_404(Unit, pk=pk)
    form = MoveUnitForm(request.POST or None, unit=unit)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        unit.move_under(data["parent"], on=data["on"], by=request.user, reason=data["reason"])
        messages.success(request, _("%(unit)s now stands under %(parent)s.") % {"unit": unit, "parent": data["parent"]})
        return redirect("kendras:units")
    return render(request, "kendras/form.html", {"form": form, "title": _("Move %(unit)s") % {"unit": unit.title}})


@needs("kendras.view_units")
def rules(request):
    context = {
        "rules": Rule.objects.order_by("kind", "id"),
        "can_change": request.user.has_perm("kendras.change_rule"),
    }
    return render(request, "kendras/rules.html", context)


@needs("kendras.change_rule")
def rule_change(request, code):
    """Headquarters sets another value, with the reason on the trail; only where the rule leaves room."""
    rule = get_object_or_404(Rule, code=code, configurable=True)
    form = RuleForm(request.POST or None, initial={"amount": rule.amount})
    if request.method == "POST" and form.is_valid():
        rule.change(form.cleaned_data["amount"], by=request.user, at=timezone.now(), reason=form.cleaned_data["reason"])
        messages.success(request, _("The new value holds for clocks that start from now on."))
        return redirect("kendras:rules")
    return render(request, "kendras/form.html", {"form": form, "title": rule.title})


# --- the trail -------------------------------------------------------------------------------------------------------


@needs("kendras.view_trail")
def trail(request):
    """What was done in the own unit, newest first, by action if wanted."""
    rows = Entry.objects.visible_to(request.user).select_related("by", "charge__unit", "thana")
    action = request.GET.get("action", "")
    if action in SENTENCES:
        rows = rows.filter(action=action)
    page = page_of(rows, "at", after=request.GET.get("after", ""), before=request.GET.get("before", ""))
    context = {"page": page, "actions": sorted(SENTENCES.items()), "action": action, "query": f"action={action}"}
    return render(request, "kendras/trail.html", context)


# --- the parts of the pages ------------------------------------------------------------------------------------------


@signed_in
def look(request):
    """Every part of the interface on one page, from samples: for those who build pages, and for judging how they look."""
    return render(request, "kendras/look.html", samples(timezone.now()))
