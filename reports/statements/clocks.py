"""Statements of the clocks of FIRs and of their accused (crime meeting 5 and 12)."""

from django.utils.translation import gettext_lazy as _

from reports.statement import Count, declare_by_unit

declare_by_unit(
    "clocks",
    _("Breaches of clocks"),
    _("Clocks of FIRs that ran out in the month, that are late now, and default bail that is near, unit by unit."),
    (
        Count("clock_breached", _("Ran out in the month")),
        Count("clock_late", _("Late at the end")),
        *(
            Count(f"clock_{code}", group=_("Of these late at the end"))
            for code in ("told_cwc", "medical", "statement", "two_months", "told", "bail")
        ),
        Count("clock_bail_near"),
    ),
    _("A clock that the right officer has extended counts by its new date."),
)
declare_by_unit(
    "accused",
    _("Accused"),
    _("Named, arrested, surrendered, wanted and under a warrant, unit by unit."),
    tuple(Count(f"accused_{code}") for code in ("named", "arrested", "surrendered", "nbw", "wanted", "wanted_nbw")),
    _("Wanted: named, and neither arrested nor surrendered; without final reports and transferred cases."),
)
