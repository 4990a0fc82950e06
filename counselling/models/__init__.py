from counselling.models.counsellor import Counsellor, CounsellorKind, CounsellorState, may_be_nominated
from counselling.models.entrustment import Entrustment, EntrustmentGrant, EntrustmentState
from counselling.models.followup import FollowUp, FollowUpKind, FollowUpResult, FollowUpState
from counselling.models.hearing import Hearing, Party
from counselling.models.ppk import WITH_CENTRE, PpkCase, PpkOutcome, PpkState, next_sitting
from counselling.models.safeguards import bars_settlement, never_together
from counselling.models.session import Absent, Finding, Session, SessionKind, SessionOutcome, SessionState, Sides

__all__ = [
    "Absent",
    "Counsellor",
    "CounsellorKind",
    "CounsellorState",
    "Entrustment",
    "EntrustmentGrant",
    "EntrustmentState",
    "Finding",
    "FollowUp",
    "FollowUpKind",
    "FollowUpResult",
    "FollowUpState",
    "Hearing",
    "Party",
    "PpkCase",
    "PpkOutcome",
    "PpkState",
    "Session",
    "SessionKind",
    "SessionOutcome",
    "SessionState",
    "Sides",
    "WITH_CENTRE",
    "bars_settlement",
    "may_be_nominated",
    "never_together",
    "next_sitting",
]
