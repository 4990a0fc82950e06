from complaints.models.accused import Accused
from complaints.models.cctns import CctnsRun, Letters
from complaints.models.complaint import Complaint, Serial
from complaints.models.deadline import Clock, Deadline, DeadlineStatus
from complaints.models.document import Document
from complaints.models.draft import Draft
from complaints.models.filter import SavedFilter
from complaints.models.fir import Fir, Route
from complaints.models.firclock import FirClock, FirDeadline
from complaints.models.firmoves import FirState, PendingReason
from complaints.models.grant import ComplaintGrant
from complaints.models.handover import Handover
from complaints.models.milestone import Milestone
from complaints.models.mismatch import CctnsMismatch
from complaints.models.note import Note
from complaints.models.offence import Nature, Offence
from complaints.models.people import Account, FirAccount, Identity, NameToken, Person
from complaints.models.preventive import Preventive, PreventiveKind, PreventiveState, cases_of, repeat_harassers
from complaints.models.question import Question
from complaints.models.reveal import Reveal
from complaints.models.states import OPEN_STATES, Outcome, PlaceKind, Sensitivity, Source, State, Urgency

__all__ = [
    "Accused",
    "Question",
    "CctnsMismatch",
    "CctnsRun",
    "Letters",
    "Preventive",
    "PreventiveKind",
    "PreventiveState",
    "cases_of",
    "repeat_harassers",
    "FirAccount",
    "Milestone",
    "PendingReason",
    "FirState",
    "FirDeadline",
    "FirClock",
    "Route",
    "Fir",
    "OPEN_STATES",
    "Account",
    "Clock",
    "Complaint",
    "ComplaintGrant",
    "Deadline",
    "DeadlineStatus",
    "Document",
    "Draft",
    "Handover",
    "Identity",
    "NameToken",
    "Nature",
    "Note",
    "Offence",
    "Outcome",
    "Person",
    "PlaceKind",
    "Reveal",
    "SavedFilter",
    "Sensitivity",
    "Serial",
    "Source",
    "State",
    "Urgency",
]
