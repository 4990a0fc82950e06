"""Statements whose rows are the units below: work, age of pendency, feedback, late work."""

from django.utils.translation import gettext_lazy as _

from complaints.models import Outcome
from reports.statement import BALANCE, Count, Share, declare_by_unit

_WORK = (
    Count("opening"),
    Count("received"),
    *(Count(f"out_{outcome.value}", group=_("Disposed of by")) for outcome in Outcome),
    Count("disposed"),
    Count("reopened"),
    Count("pending"),
    Share(("disposed",), ("opening", "received"), _("Disposed of, per cent of opening and received")),
    Count("late"),
    Share(("called",), ("disposed",), _("Called for feedback, per cent")),
    Share(("satisfied",), ("feedback_called",), _("Satisfied, per cent")),
)

_AGE = (
    *(
        Count(f"pending_{age}", group=_("Pending since receipt"))
        for age in ("0_10", "11_15", "16_30", "31_60", "over_60")
    ),
    Count("pending"),
    Count("late"),
    Share(("pending_31_60", "pending_over_60"), ("pending",), _("Over 30 days, per cent")),
)

_FEEDBACK = (
    Count("disposed"),
    Count("called", _("of these called for feedback")),
    Share(("called",), ("disposed",), _("Called, per cent")),
    Count("feedback_called", _("Feedback taken in the month")),
    Count("satisfied"),
    Count("dissatisfied"),
    Share(("satisfied",), ("feedback_called",), _("Satisfied, per cent")),
    Count("reopened"),
)

_LATE = (
    Count("pending"),
    Count("late"),
    Share(("late",), ("pending",), _("Late, per cent")),
    Count("pending_over_60", _("Pending over 60 days")),
    Count("disposed"),
    Count("disposed_in_time"),
    Share(("disposed_in_time",), ("disposed",), _("In time, per cent")),
)


declare_by_unit(
    "units",
    _("Work of the units"),
    _("Received, disposed of by outcome, pending, late, feedback and re-opening, unit by unit."),
    _WORK,
    _(BALANCE),
)
declare_by_unit("age", _("Pending by age"), _("How long the pending complaints have been waiting, unit by unit."), _AGE)
declare_by_unit(
    "feedback",
    _("Feedback"),
    _("Who was called after the disposal, and what they said, unit by unit."),
    _FEEDBACK,
    _("“Called” counts complaints disposed of in the month and called before its end."),
)
declare_by_unit("late", _("Late work"), _("Pending past the disposal date, and disposal in time, unit by unit."), _LATE)
