from counselling.models.agency import Agency, AgencyKind, AgencyState, Assessment
from counselling.models.compensation import BankDetails, Compensation, Instalment
from counselling.models.compensationmoves import CompensationState, DelayReason, Paper
from counselling.models.enlargement import Enlargement, EnlargementState
from counselling.models.information import Informed, Means, Told, Topic, complaints_untold, firs_untold, last_told
from counselling.models.link import Link
from counselling.models.referral import TOLD_BY_LAW, Referral, ReferralGrant
from counselling.models.referralwords import ANSWERS, HER_WILL, Answer, Consent, Handed, Need, ReferralState
from counselling.models.safety import PLAN_FIELDS, Risk, SafetyPlan, Sign
from counselling.models.scheme import Scheme
from counselling.models.support import helped_people

__all__ = [
    "ANSWERS",
    "HER_WILL",
    "PLAN_FIELDS",
    "TOLD_BY_LAW",
    "Agency",
    "AgencyKind",
    "AgencyState",
    "Answer",
    "Assessment",
    "BankDetails",
    "Compensation",
    "CompensationState",
    "Consent",
    "DelayReason",
    "Enlargement",
    "EnlargementState",
    "Handed",
    "Informed",
    "Instalment",
    "Link",
    "Means",
    "Need",
    "Paper",
    "Referral",
    "ReferralGrant",
    "ReferralState",
    "Risk",
    "SafetyPlan",
    "Scheme",
    "Sign",
    "Told",
    "Topic",
    "complaints_untold",
    "firs_untold",
    "helped_people",
    "last_told",
]
