"""Statement 8 of the crime meeting: counselling held, owed and missed, and the Family Counselling Centre, unit by unit."""

from django.utils.translation import gettext_lazy as _

from reports.statement import Count, Share, Total, declare_by_unit

_FATES = (("held", _("Held")), ("waived", _("Waived")), ("owed", _("Outstanding")))

_COUNSELLING = (
    *(Count(f"couns_{code}", group=_("Sessions held")) for code in ("first", "mandatory", "psychologist")),
    Count("couns_held"),
    Count("couns_missed"),
    Count("couns_open"),
    Count("couns_long"),
    Count("couns_settled"),
    Count("couns_fir"),
    *(Count(f"counsel_{code}", label, _("Mandatory, in complaints")) for code, label in _FATES),
    *(Count(f"fir_counsel_{code}", label, _("Mandatory, in FIRs")) for code, label in _FATES),
    Total(("counsel_owed", "fir_counsel_owed"), _("Mandatory counselling outstanding")),
)

_PPK = (
    Count("ppk_referred"),
    *(Count(f"ppk_{code}", group=_("Outcome at the centre")) for code in ("settled", "fir", "court", "closed")),
    Share(("ppk_settled",), ("ppk_settled", "ppk_fir", "ppk_court", "ppk_closed"), _("Settled, per cent")),
    Count("ppk_relapsed"),
    Count("ppk_open"),
)


declare_by_unit(
    "counselling",
    _("Counselling"),
    _("Sessions held and missed, and mandatory counselling held, waived and outstanding, unit by unit."),
    _COUNSELLING,
    _("Much counselling is no success by itself: look at FIRs, re-openings and what women say beside it."),
)
declare_by_unit(
    "ppk",
    _("Family Counselling Centre"),
    _("Referred, outcomes, relapses and what the centre still has, unit by unit."),
    _PPK,
    _("A case that relapses counts as with the centre since it was referred."),
)
