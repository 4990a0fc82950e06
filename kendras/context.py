"""What every page shows: the navigation a user may use, in the present charge."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

#: (right, URL name, label, icon): shown to those who have the right, in this order
NAV = (
    ("", "reports:today", _("Today"), "today"),
    ("complaints.register", "complaints:register", _("Register"), "add"),
    ("complaints.view", "complaints:list", _("Complaints"), "complaints"),
    ("complaints.view", "complaints:firs", _("FIRs"), "fir"),
    ("complaints.view", "complaints:preventives", _("Preventive action"), "lock"),
    ("counselling.view", "counselling:sessions", _("Counselling"), "accounts"),
    ("counselling.view_support", "counselling:referrals", _("Support"), "support"),
    ("complaints.receive_handover", "complaints:handovers", _("Handovers"), "handover"),
    ("complaints.print_register", "complaints:print_register", _("Register book"), "register"),
    ("reports.view", "reports:statements", _("Figures"), "figures"),
    ("reports.view", "reports:months", _("Monthly reports"), "report"),
    ("reports.direct_meeting", "reports:meeting", _("Crime meeting"), "meeting"),
    ("kendras.view_units", "kendras:units", _("Units"), "units"),
    ("kendras.view_units", "kendras:rules", _("Rules"), "rules"),
    ("kendras.manage_accounts", "kendras:accounts", _("Accounts"), "accounts"),
    ("kendras.view_trail", "kendras:trail", _("Trail"), "trail"),
)


def page(request):
    """nav: the links of the present charge; acting: the charge. Costs no query."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or user.must_change_password:
        return {"nav": [], "acting": None}
    nav = [
        {"url": reverse(name), "label": label, "icon": icon, "here": request.path == reverse(name)}
        for right, name, label, icon in NAV
        if not right or user.has_perm(right)
    ]
    return {"nav": nav, "acting": user.acting}
