from counselling.models.agency import Agency, AgencyKind, AgencyState, Assessment
from counselling.models.compensation import BankDetails, Compensation, Instalment
from counselling.models.compensationmoves import CompensationState, DelayReason, Paper
from counselling.models.counsellor import Counsellor, CounsellorKind, CounsellorState, may_be_nominated
from counselling.models.enlargement import Enlargement, EnlargementState
from counselling.models.entrustment import Entrustment, EntrustmentGrant, EntrustmentState
from counselling.models.followup import FollowUp, FollowUpKind, FollowUpResult, FollowUpState
from counselling.models.hearing import Hearing, Party
from counselling.models.information import Informed, Means, Told, Topic, complaints_untold, firs_untold, last_told
from counselling.models.link import Link
from counselling.models.ppk import WITH_CENTRE, PpkCase, PpkOutcome, PpkState, next_sitting
from counselling.models.referral import TOLD_BY_LAW, Referral, ReferralGrant
from counselling.models.referralwords import ANSWERS, HER_WILL, Answer, Consent, Handed, Need, ReferralState
from counselling.models.safeguards import bars_settlement, never_together, reported_by_law
from counselling.models.safety import PLAN_FIELDS, Risk, SafetyPlan, Sign
from counselling.models.scheme import Scheme
from counselling.models.session import Absent, Finding, Session, SessionKind, SessionOutcome, SessionState, Sides
from counselling.models.support import helped_people

__all__ = [
    "ANSWERS",
    "Absent",
    "Agency",
    "AgencyKind",
    "AgencyState",
    "Answer",
    "Assessment",
    "BankDetails",
    "Compensation",
    "CompensationState",
    "Consent",
    "Counsellor",
    "CounsellorKind",
    "CounsellorState",
    "DelayReason",
    "Enlargement",
    "EnlargementState",
    "Entrustment",
    "EntrustmentGrant",
    "EntrustmentState",
    "Finding",
    "FollowUp",
    "FollowUpKind",
    "FollowUpResult",
    "FollowUpState",
    "HER_WILL",
    "Handed",
    "Hearing",
    "Informed",
    "Instalment",
    "Link",
    "Means",
    "Need",
    "PLAN_FIELDS",
    "Paper",
    "Party",
    "PpkCase",
    "PpkOutcome",
    "PpkState",
    "Referral",
    "ReferralGrant",
    "ReferralState",
    "Risk",
    "SafetyPlan",
    "Scheme",
    "Session",
    "SessionKind",
    "SessionOutcome",
    "SessionState",
    "Sides",
    "Sign",
    "TOLD_BY_LAW",
    "Told",
    "Topic",
    "WITH_CENTRE",
    "bars_settlement",
    "complaints_untold",
    "firs_untold",
    "helped_people",
    "last_told",
    "may_be_nominated",
    "never_together",
    "reported_by_law",
    "next_sitting",
]
