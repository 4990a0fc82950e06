"""Named exceptions: one person may open one complaint until a date, by an order (design: django-guardian)."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from complaints.models import Complaint
from kendras.forms import Day, PlainText
from kendras.jurisdiction import needs
from kendras.models import Role, User
from kendras.workflow import Refused, telling

#: an exception is for a task; who needs the case longer gets a new order
LONGEST = timedelta(days=184)


class GrantForm(forms.Form):
    who = PlainText(label=gettext_lazy("PNO, user name or mobile"), max_length=150)
    until = Day(label=gettext_lazy("Up to and including"))
    order_number = PlainText(label=gettext_lazy("Order number"), max_length=60)

    def __init__(self, *args, today, **options):
        super().__init__(*args, **options)
        self.today = today

    def clean_who(self):
        user = User.objects.by_login(self.cleaned_data["who"])
        if user is None or user.is_superuser or user.charges_on(self.today).filter(role=Role.SYSADMIN).exists():
            raise forms.ValidationError(_("There is no account with this PNO, user name or mobile."))
        return user

    def clean_until(self):
        day = self.cleaned_data["until"]
        if not self.today <= day <= self.today + LONGEST:
            raise forms.ValidationError(_("Give a date from today on, at most six months ahead."))
        return day


def _complaint(user, pk):
    return get_object_or_404(Complaint.objects.visible_to(user), pk=pk)


@needs("complaints.grant")
def grants(request, pk):
    """Who may open this complaint by name; POST opens it to one more person."""
    at = timezone.now()
    complaint = _complaint(request.user, pk)
    form = GrantForm(request.POST or None, today=timezone.localdate(at))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        order = {"until": data["until"], "order_number": data["order_number"]}
        try:
            with telling(complaint, by=request.user, at=at):
                complaint.grant(to=data["who"], by=request.user, at=at, **order)
        except Refused as refusal:
            form.add_error("order_number", str(refusal))
        else:
            messages.success(request, _("%(who)s may open this case.") % {"who": data["who"].name})
            return redirect("complaints:grants", pk)
    context = {
        "complaint": complaint,
        "form": form,
        "today": timezone.localdate(at),
        "grants": complaint.grants.select_related("user").order_by("-until", "-pk"),
    }
    return render(request, "complaints/grants.html", context, status=422 if form.errors else 200)


@needs("complaints.grant")
@require_POST
def withdraw(request, pk, grant):
    """End a named exception at once."""
    complaint = _complaint(request.user, pk)
    row = get_object_or_404(complaint.grants, pk=grant)
    complaint.withdraw_grant(row, by=request.user, at=timezone.now())
    messages.success(request, _("The exception is withdrawn."))
    return redirect("complaints:grants", pk)
