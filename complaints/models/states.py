"""The words of a complaint: states, sources, outcomes."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    REGISTERED = "registered", _("Registered")
    ASSIGNED = "assigned", _("Assigned")
    ENQUIRY = "enquiry", _("Under enquiry")
    DECIDED = "decided", _("Decided")
    CARRIED_OUT = "carried_out", _("Action taken")
    DISPOSED = "disposed", _("Disposed of")
    FED_BACK = "fed_back", _("Feedback taken")
    CLOSED = "closed", _("Closed")


#: still to be disposed of
OPEN_STATES = frozenset({State.REGISTERED, State.ASSIGNED, State.ENQUIRY, State.DECIDED, State.CARRIED_OUT})


#: an enquiry that another thana may still take over: nothing has been decided
HANDED_OVER_FROM = frozenset({State.REGISTERED, State.ASSIGNED, State.ENQUIRY})


class Source(models.TextChoices):
    WALK_IN = "walk_in", _("Came to the help desk")
    IGRS = "igrs", _("IGRS / Jansunwai")
    LINE_1090 = "1090", _("1090 Women power line")
    LINE_112 = "112", _("112")
    LINE_181 = "181", _("181 Women help line")
    OFFICE = "office", _("CO or SP office")
    COMMISSION = "commission", _("Women's commission")
    SAMADHAN = "samadhan", _("Tehsil or thana day")
    BEAT = "beat", _("Women beat")
    CHAUPAL = "chaupal", _("Women's chaupal")
    COURT = "court", _("Court")
    POST = "post", _("By post or e-mail")


class Outcome(models.TextChoices):
    FIR = "fir", _("FIR")
    NCR = "ncr", _("NCR (non-cognisable report)")
    COUNSELLING = "counselling", _("Counselling")
    PPK = "ppk", _("Family Counselling Centre")
    MEDIATION = "mediation", _("Mediation")
    OTHER_DEPARTMENT = "other_dept", _("Other department")
    NO_ACTION = "no_action", _("No action, filed")


#: what can never stand in for an FIR where the law forbids a settlement
SETTLEMENTS = frozenset({Outcome.COUNSELLING, Outcome.PPK, Outcome.MEDIATION})


#: what can never stand in for an FIR where a cognisable offence is alleged
NO_FIR = SETTLEMENTS | {Outcome.NCR, Outcome.OTHER_DEPARTMENT}


class Urgency(models.TextChoices):
    NORMAL = "normal", _("Normal")
    URGENT = "urgent", _("Urgent")
    DANGER = "danger", _("In danger now")


class Sensitivity(models.TextChoices):
    MINOR = "minor", _("Minor")
    SEXUAL = "sexual", _("Sexual offence")
    DISABILITY = "disability", _("Person with a disability")
    PREGNANT = "pregnant", _("Pregnant")
    SUICIDE = "suicide", _("Risk of suicide")
    THREAT = "threat", _("Threat to life")
    REPEATED = "repeated", _("Repeated by the same person")


#: hours in one of the bands of the day in which something happened
BAND_HOURS = 2


def band_name(band):
    """A band of the day (0 to 11) as people say it: 7 is "14–16 h"."""
    return gettext("%(start)s–%(end)s h") % {"start": band * BAND_HOURS, "end": (band + 1) * BAND_HOURS}


def band_choices():
    return [("", gettext("not known")), *((band, band_name(band)) for band in range(24 // BAND_HOURS))]


class PlaceKind(models.TextChoices):
    HOME = "home", _("Home")
    IN_LAWS = "in_laws", _("In-laws' house")
    STREET = "street", _("Road or street")
    MARKET = "market", _("Market")
    SCHOOL = "school", _("School, college or coaching")
    TRANSPORT = "transport", _("Bus, train or other transport")
    WORK = "work", _("Workplace")
    FIELD = "field", _("Field or secluded place")
    ONLINE = "online", _("Phone or internet")
    OTHER = "other", _("Other place")
