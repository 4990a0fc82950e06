"""Statements of support: referrals to agencies, compensation (crime meeting, table 9)."""

from django.utils.translation import gettext_lazy as _

from reports.statement import Count, Share, declare_by_unit

_ENDED = _("Ended in the month")

_REFERRALS = (
    Count("ref_opening"),
    Count("ref_sent"),
    Count("ref_answered"),
    Share(("ref_in_time",), ("ref_answered",), _("Answered in time, per cent")),
    Count("ref_done", group=_ENDED),
    Count("ref_declined", group=_ENDED),
    Count("ref_failed", group=_ENDED),
    Count("ref_withdrawn", group=_ENDED),
    Count("ref_open"),
    Count("ref_unanswered"),
    Count("ref_forced"),
)

declare_by_unit(
    "support",
    _("Support referrals"),
    _("Referrals to agencies: sent, answered, help given, declined, unanswered, unit by unit."),
    _REFERRALS,
    _("At the start + sent − help given − declined − failed − withdrawn = with agencies."),
)
declare_by_unit(
    "compensation",
    _("Compensation and schemes"),
    _("Applied for, sanctioned, refused, paid in full, undecided and late, unit by unit."),
    tuple(
        Count(code)
        for code in (
            "comp_applied", "comp_sanctioned", "comp_refused", "comp_paid", "comp_undecided", "comp_enquiry_late",
        )
    ),
)  # fmt: skip
declare_by_unit(
    "told",
    _("Status told to the women"),
    _("How often women were told how their case stands, and how often in vain, unit by unit."),
    (
        Count("told_reached"),
        Count("told_missed"),
        Share(("told_reached",), ("told_reached", "told_missed"), _("Reached, per cent")),
    ),
)
