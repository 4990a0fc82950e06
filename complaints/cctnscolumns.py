"""The columns of a CCTNS sheet: which head means which, what can be wrong with a cell, and which are in the old font."""

import re
import unicodedata

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints.krutidev import is_legacy, to_unicode
from complaints.models.firmoves import FirState
from complaints.models.people import Person
from kendras import identity
from kendras.spreadsheet import Unreadable

#: code → (name, the heads under which sheets carry it)
COLUMNS = {
    "number": (gettext_lazy("FIR number"), "fir no", "fir number", "fir reg no", "मु0अ0सं0", "मुअसं", "एफआईआर संख्या", "प्राथमिकी संख्या"),
    "year": (gettext_lazy("Year"), "fir year", "year", "वर्ष"),
    "thana": (gettext_lazy("Police station"), "police station", "ps", "ps name", "ps code", "थाना", "थाना कोड"),
    "registered": (gettext_lazy("FIR registered"), "fir date", "registration date", "reg dt", "fir registration date", "पंजीकरण दिनांक", "पंजीकृत दिनांक", "दिनांक"),
    "informed": (gettext_lazy("Information received"), "information received", "info received date", "सूचना दिनांक"),
    "occurred": (gettext_lazy("When it happened"), "occurrence date", "date of occurrence", "घटना दिनांक"),
    "gd": (gettext_lazy("GD number"), "gd no", "gd number", "जीडी संख्या", "जीडी"),
    "sections": (gettext_lazy("Sections"), "acts and sections", "act section", "sections", "section", "धारा", "धाराएँ", "धारायें"),
    "officer": (gettext_lazy("Investigating officer"), "io name", "io", "investigating officer", "विवेचक", "विवेचना अधिकारी"),
    "victim": (gettext_lazy("Name of the victim"), "victim name", "victim", "पीड़िता", "पीड़िता का नाम"),
    "victim_age": (gettext_lazy("Age of the victim"), "victim age", "पीड़िता की आयु"),
    "victim_gender": (gettext_lazy("Victim is a"), "victim gender", "victim sex", "पीड़ित का लिंग"),
    "informant": (gettext_lazy("Name of the informant"), "complainant name", "complainant", "informant", "वादी", "वादी का नाम", "वादिनी"),
    "accused": (gettext_lazy("The accused"), "accused name", "accused", "अभियुक्त", "अभियुक्तगण", "अभियुक्त का नाम"),
    "status": (gettext_lazy("State"), "status", "fir status", "case status", "स्थिति", "विवेचना की स्थिति"),
    "reported": (gettext_lazy("report to the court"), "chargesheet date", "final report date", "report date", "आरोप पत्र दिनांक", "अन्तिम रिपोर्ट दिनांक"),
}  # fmt: skip
NEEDED = ("number", "registered", "sections")
#: what makes a person known: shown as converted only by a recorded click
PERSONAL = frozenset({"victim", "informant", "accused", "officer"})

#: code → what is wrong with a cell; a text never holds the cell itself, because it may be a name
ERRORS = {
    "empty": gettext_lazy("is empty"),
    "number": gettext_lazy("is no FIR number"),
    "year": gettext_lazy("is no year, or not the year of the registration"),
    "day": gettext_lazy("is no date; write 21-09-2025 or 21-09-2025 14:30"),
    "future": gettext_lazy("lies in the future"),
    "outside_days": gettext_lazy("lies outside the days for which the sheet is taken in"),
    "thana": gettext_lazy("is no police station of the unit for which the sheet is taken in"),
    "order": gettext_lazy("comes later than what follows it"),
    "no_act": gettext_lazy("does not say of which act the sections are"),
    "age": gettext_lazy("is no age"),
    "gender": gettext_lazy("says neither woman nor man"),
    "status": gettext_lazy("is not known: under investigation, charge sheet, final report or transferred"),
    "no_report_day": gettext_lazy("is missing: the state says that the case was reported or transferred"),
    "twice": gettext_lazy("stands in the sheet twice"),
    "long": gettext_lazy("is too long"),
}

_STATES = {
    FirState.INVESTIGATION: ("under investigation", "ui", "pending", "investigation", "विवेचनाधीन", "लम्बित", "लंबित"),
    FirState.CHARGE_SHEETED: ("charge sheet", "charge sheeted", "chargesheet", "chargesheeted", "cs", "आरोप पत्र", "आरोपपत्र"),
    FirState.FINAL_REPORT: ("final report", "fr", "closed", "अन्तिम रिपोर्ट", "अंतिम रिपोर्ट", "अन्तिम आख्या"),
    FirState.TRANSFERRED: ("transferred", "transfer", "स्थानान्तरित", "हस्तान्तरित"),
}  # fmt: skip
_GENDERS = {
    Person.Gender.FEMALE: ("f", "female", "woman", "girl", "महिला", "स्त्री", "बालिका"),
    Person.Gender.MALE: ("m", "male", "man", "boy", "पुरुष", "बालक"),
    Person.Gender.OTHER: ("o", "other", "transgender", "अन्य"),
}


def bare(text):
    """A text by which heads and words of a sheet are told apart: letters, marks and digits only."""
    text = unicodedata.normalize("NFC", str(text).translate(identity.DIGITS)).lower()
    return "".join(sign for sign in text if unicodedata.category(sign)[0] in "LMN")


def _meanings(table):
    return {bare(word): code for code, words in table.items() for word in words}


_HEADS = _meanings({code: names[1:] for code, names in COLUMNS.items()})
STATE_OF, GENDER_OF = _meanings(_STATES), _meanings(_GENDERS)


# --- old letters -----------------------------------------------------------------------------------------------------

#: by so many lines the writing of a column is judged
SAMPLE = 200
#: what old letters were turned into is kept for so many cells, to be looked at before anything is taken in
SHOWN = 30


class Letters:
    """Which columns are written in the old font; `converted` counts cells, `samples` keeps [row, column, before, after]."""

    def __init__(self, choice):
        self.choice, self.columns = choice, set()
        self.converted, self.samples = 0, []

    def learn(self, lines, heads):
        """Judge each column by the first lines. Where the officer says that the sheet is old, its names are taken at her word."""
        for place, code in heads.items():
            texts = [line[place] for _n, line in lines if place < len(line) and isinstance(line[place], str)]
            told = self.choice == "old" and code in PERSONAL
            if told or (self.choice != "unicode" and is_legacy(texts)):
                self.columns.add(place)

    def read(self, number, place, code, text):
        if place not in self.columns or not isinstance(text, str) or not text or not is_latin(text):
            return text
        after = to_unicode(text)
        self.converted += 1
        if len(self.samples) < SHOWN:
            self.samples.append([number, code, text, after])
        return after


def is_latin(text):
    """Whether a cell could stand in the old font at all: letters of Latin and none of Hindi."""
    return bool(re.search("[A-Za-z]", text)) and not re.search("[\u0900-\u097f]", text)


# --- heads and lines -------------------------------------------------------------------------------------------------


def heads_of(line, needs_thana):
    """({place: column code}, [heads that are not read]) of the first line. Raises Unreadable for what it lacks."""
    found, unread = {}, []
    for place, text in enumerate(line):
        code = _HEADS.get(bare(text)) or _HEADS.get(bare(to_unicode(str(text))))
        if code is None:
            unread += [str(text)[:40]] if text else []
        elif code in found.values():
            raise Unreadable(_("The column “%(name)s” stands there twice.") % {"name": COLUMNS[code][0]})
        else:
            found[place] = code
    missing = [code for code in (*NEEDED, *(["thana"] if needs_thana else [])) if code not in found.values()]
    if missing:
        names = ", ".join(f"“{COLUMNS[code][0]}”" for code in missing)
        raise Unreadable(_("The first line lacks the columns %(names)s.") % {"names": names})
    return found, unread
