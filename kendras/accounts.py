"""Accounts and the charges given to them: one person gives, another confirms."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from kendras.forms import AccountForm, AnswerForm, ChargeForm, EndChargeForm, plain
from kendras.jurisdiction import needs
from kendras.models import Charge, User


@needs("kendras.manage_accounts")
def accounts(request):
    """Accounts by PNO, user name or mobile, or those without a charge."""
    today = timezone.localdate()
    rows = User.objects.order_by("username")
    if request.GET.get("charge") == "none":
        rows = rows.filter(is_active=True, is_superuser=False).exclude(charges__in=Charge.objects.held(today))
    text = plain(request.GET.get("q"))
    if text:
        rows = rows.filter(username__istartswith=text) | rows.filter(pno=text) | rows.filter(mobile=text)
    return render(request, "kendras/accounts.html", {"accounts": rows.select_related("charge__unit")[:100], "q": text})


@needs("kendras.manage_accounts")
@sensitive_post_parameters()
def account_new(request):
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = form.save(commit=False)
        first = user.give_first_password(action="user.create", by=request.user, at=timezone.now())
        return render(request, "kendras/first_password.html", {"account": user, "first": first})
    return render(request, "kendras/form.html", {"form": form, "title": _("New account")})


@needs("kendras.manage_accounts")
def account(request, pk):
    """One account with its charges; POST sets a new first password."""
    user = get_object_or_404(User, pk=pk)
    if request.method == "POST":
        if user.is_superuser or user == request.user:
            raise PermissionDenied
        first = user.give_first_password(action="user.reset", by=request.user, at=timezone.now())
        return render(request, "kendras/first_password.html", {"account": user, "first": first})
    rows = user.charges.select_related("unit").order_by("-starts_on")
    return render(request, "kendras/account.html", {"account": user, "charges": rows, "today": timezone.localdate()})


@needs("kendras.manage_accounts")
def charge_new(request, pk):
    user = get_object_or_404(User, pk=pk)
    if user == request.user:
        messages.error(request, _("Nobody gives a charge to oneself: ask another administrator."))
        return redirect("kendras:account", pk)
    form = ChargeForm(request.POST or None, instance=Charge(user=user))
    if request.method == "POST" and form.is_valid():
        charge = form.save(commit=False)
        try:
            charge.start(by=request.user, at=timezone.now())
        except ValueError:
            form.add_error(None, _("This charge runs already."))
        else:
            messages.success(
                request, _("Charge given: %(charge)s. It waits for confirmation by somebody else.") % {"charge": charge}
            )
            return redirect("kendras:account", pk)
    return render(
        request, "kendras/form.html", {"form": form, "title": _("Give a charge to %(who)s") % {"who": user.name}}
    )


@needs("kendras.manage_accounts")
def charge_end(request, pk):
    charge = get_object_or_404(Charge.objects.select_related("unit", "user"), pk=pk)
    if charge.user_id == request.user.pk:
        raise PermissionDenied
    form = EndChargeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            charge.end(by=request.user, at=timezone.now(), **form.cleaned_data)
        except ValueError:
            form.add_error("on", _("The charge does not run until this day; one that has ended stays ended."))
        else:
            messages.success(request, _("The charge ends."))
            return redirect("kendras:account", charge.user_id)
    return render(request, "kendras/form.html", {"form": form, "title": _("End: %(charge)s") % {"charge": charge}})


@needs("kendras.confirm_charge")
def charges_waiting(request):
    """The charges that wait for this officer's word; POST confirms or refuses one."""
    at = timezone.now()
    rows = Charge.objects.to_confirm(request.user, timezone.localdate(at)).select_related("user", "unit", "given_by")
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        charge = get_object_or_404(rows, pk=form.cleaned_data["charge"])
        if _answer(charge, form, by=request.user, at=at):
            messages.success(request, _("Answered: %(who)s, %(charge)s") % {"who": charge.user.name, "charge": charge})
            return redirect("kendras:charges_waiting")
    return render(
        request, "kendras/charges_waiting.html", {"charges": rows.order_by("starts_on", "pk")[:100], "form": form}
    )


def _answer(charge, form, *, by, at):
    """Carry the answer out; False, with the reason on the form, where it cannot be."""
    try:
        if form.cleaned_data["answer"] == "refuse":
            charge.refuse(by=by, at=at, reason=form.cleaned_data["reason"])
        else:
            charge.confirm(by=by, at=at)
    except Charge.DoesNotExist:
        form.add_error(None, _("Somebody else has answered meanwhile."))
    except ValueError:
        form.add_error(None, _("The holder has not changed the first password yet."))
    return not form.errors
