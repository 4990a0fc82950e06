"""The lines of a CCTNS sheet as facts of FIRs, each error named by row and column."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import chain, islice

from django.utils import timezone

from complaints.cctnscolumns import GENDER_OF, SAMPLE, STATE_OF, bare, heads_of
from complaints.cctnssections import NoAct
from complaints.krutidev import to_unicode
from complaints.models.fir import BNS_SINCE, fir_number
from complaints.models.firmoves import FirState
from kendras import identity
from kendras.forms import plain


@dataclass
class SheetFir:
    """One FIR as the sheet tells it; `people` and nothing else makes anybody known."""

    line: int
    number: str = ""
    year: int = 0
    thana: object = None
    registered_at: datetime = None
    informed_at: datetime = None
    occurred_at: datetime = None
    gd_number: str = ""
    officer_text: str = ""
    charge: object = None
    told_state: str = ""
    reported_at: datetime = None
    people: list = field(default_factory=list)

    @property
    def against_women(self):
        """Whether it belongs into the record: by its sections, and where they leave it open by who the victim is."""
        girls = any(p["part"] == "victim" and p["gender"] == "female" for p in self.people)
        return self.charge.against_women and (girls or not self.charge.depends_on_her)


@dataclass(frozen=True)
class Scope:
    """What a sheet is taken in for: the thanas of `unit`, FIRs registered from `first` to `last`; `at` is now."""

    thanas: dict
    only: object
    first: date
    last: date
    at: datetime

    @classmethod
    def of(cls, unit, first, last, at):
        thanas = list(type(unit).objects.under(unit).thanas().order_by("pk"))
        names = {bare(name): None for thana in thanas for name in _names(thana)}
        for thana in thanas:
            for name in _names(thana):  # a name that stands twice names nobody; its code does
                names[bare(name)] = thana if names[bare(name)] in (None, thana) else False
        return cls(names, thanas[0] if len(thanas) == 1 else None, first, last, at)

    def thana(self, text):
        whole = bare(text)
        names = (whole, whole.removeprefix("थाना").removeprefix("ps"), bare(to_unicode(text)))
        return next((self.thanas[name] for name in names if self.thanas.get(name)), None)


def _names(thana):
    return [name for name in (thana.code, thana.cctns_code, thana.name_hi, thana.name_en) if name]


# --- heads and lines -------------------------------------------------------------------------------------------------


def firs_of(lines, scope, charges, letters):
    """The FIRs of a sheet: (heads that are not read, an iterator of (SheetFir, [(row, column code, error code)])).

    lines: (number, cells) as `lines_of` gives them, the head first. An empty line is left out. Raises Unreadable.
    """
    lines = iter(lines)
    _n, head = next(lines, (1, []))
    heads, unread = heads_of(head, scope.only is None)
    sample = list(islice(lines, SAMPLE))
    letters.learn(sample, heads)

    def read():
        for number, cells in chain(sample, lines):
            if any(cells):
                texts = {code: letters.read(number, place, code, _cell(cells, place)) for place, code in heads.items()}
                yield _Line(number, texts, scope, charges).read()

    return unread, read()


def _cell(cells, place):
    value = cells[place] if place < len(cells) else ""
    return value if isinstance(value, datetime) else plain(value)


class _Line:
    """One line while it is read: its texts by column code, and what is wrong so far."""

    def __init__(self, number, texts, scope, charges):
        self.number, self.texts, self.scope, self.charges = number, texts, scope, charges
        self.errors, self.fir = [], SheetFir(number)

    def read(self):
        fir = self.fir
        fir.thana = self.scope.only or self.scope.thana(self.text("thana"))
        given = self.text("thana")
        if fir.thana is None or (given and self.scope.thana(given) is None):
            self.wrong("thana", "thana" if given else "empty")
        self._moments()
        self._number()
        self._charge()
        self._state()
        self._people()
        fir.gd_number, fir.officer_text = self.short("gd", 20), self.short("officer", 80)
        return fir, self.errors

    def text(self, code):
        value = self.texts.get(code, "")
        return f"{value:%d-%m-%Y}" if isinstance(value, datetime) else value

    def short(self, code, most):
        text = self.text(code)
        if len(text) > most:
            self.wrong(code, "long")
        return text[:most]

    def wrong(self, code, error):
        self.errors.append((self.number, code, error))

    def _moment(self, code):
        try:
            moment = _moment(self.texts.get(code, ""))
        except ValueError:
            self.wrong(code, "day")
            return None
        if moment and moment > self.scope.at:
            self.wrong(code, "future")
        return moment

    def _moments(self):
        fir = self.fir
        fir.registered_at, fir.occurred_at = self._moment("registered"), self._moment("occurred")
        fir.informed_at = self._moment("informed") or fir.registered_at
        if fir.registered_at is None:
            if not self.texts.get("registered"):
                self.wrong("registered", "empty")
            return
        if not self.scope.first <= timezone.localdate(fir.registered_at) <= self.scope.last:
            self.wrong("registered", "outside_days")
        fir.informed_at = self._not_after(fir.informed_at, fir.registered_at, "informed")
        fir.occurred_at = self._not_after(fir.occurred_at, fir.informed_at, "occurred")

    def _not_after(self, moment, limit, code):
        """A moment up to `limit`; what is later on the same day, where one of them came without an hour, counts as it."""
        if moment is None or moment <= limit:
            return moment
        if timezone.localdate(moment) > timezone.localdate(limit):
            self.wrong(code, "order")
        return limit

    def _number(self):
        fir, text = self.fir, self.text("number")
        number, slash, year = text.translate(identity.DIGITS).rpartition("/")
        if not slash:
            number, year = year, self.text("year").translate(identity.DIGITS)
        registered = timezone.localdate(fir.registered_at).year if fir.registered_at else 0
        fir.number, usual = fir_number(number)
        if not text:
            self.wrong("number", "empty")
        elif not usual or not fir.number.strip("0"):
            self.wrong("number", "number")
        if year and not (year.isdecimal() and int(year) in (registered, registered % 100)):
            self.wrong("year" if self.text("year") else "number", "year")
        fir.year = registered

    def _charge(self):
        text = self.text("sections")
        if not text:
            self.wrong("sections", "empty")
        try:
            self.fir.charge = self.charges.read(text)
        except NoAct:
            old = self.fir.registered_at and timezone.localdate(self.fir.registered_at) < BNS_SINCE
            if not old:
                self.wrong("sections", "no_act")
            else:
                self.fir.charge = self.charges.read(f"{text} IPC")

    def _state(self):
        fir, text = self.fir, self.text("status")
        fir.told_state = STATE_OF.get(bare(text), "")
        fir.reported_at = self._moment("reported")
        if text and not fir.told_state:
            self.wrong("status", "status")
        if (
            fir.told_state not in ("", FirState.INVESTIGATION)
            and fir.reported_at is None
            and not self.texts.get("reported")
        ):
            self.wrong("reported", "no_report_day")
        if fir.reported_at and fir.registered_at and fir.reported_at < fir.registered_at:
            if timezone.localdate(fir.reported_at) < timezone.localdate(fir.registered_at):
                self.wrong("reported", "order")
            fir.reported_at = fir.registered_at

    def _people(self):
        gender = GENDER_OF.get(bare(self.text("victim_gender")), "")
        if self.text("victim_gender") and not gender:
            self.wrong("victim_gender", "gender")
        age = self.text("victim_age").translate(identity.DIGITS)
        if age and not (age.isdecimal() and int(age) <= 120):
            self.wrong("victim_age", "age")
            age = ""
        names = _names_in(self.text("victim"))
        if not names and (age or gender):
            names = [""]
        for n, name in enumerate(names):
            years = int(age) if age and n == 0 else None
            self._person("victim", name, gender or "unknown", age=years)
        for name in _names_in(self.text("informant")):
            self._person("complainant", name, "female")
        for name in _names_in(self.text("accused")):
            self._person("accused", name, "male")
        if any(len(person["name"]) > 80 for person in self.fir.people):
            self.wrong("accused", "long")

    def _person(self, part, name, gender, age=None):
        person = {"part": part, "name": name, "gender": gender}
        self.fir.people.append(person if age is None else {**person, "age": age})


_UNKNOWN = re.compile("(?:unknown|n/?a|nil|-+|अज्ञात|शून्य)", re.IGNORECASE)


def _names_in(text):
    """The names in a cell, which stand apart by commas, semicolons, line breaks or numbers; «अज्ञात» is none."""
    parts = [part.strip(" .") for part in re.split(r"[;,\n]|(?:^|\s)\d{1,2}[.)]", text)]
    return [part for part in parts if part and not _UNKNOWN.fullmatch(part)][:30]


_WRITTEN = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})(?:[ T,]+(\d{1,2}):(\d{2})(?::\d{2})?)?")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2})(?::\d{2})?)?")


def _moment(value):
    """A moment in Indian time, None for nothing. Raises ValueError; a day outside 1990–2099 is a slip of the finger."""
    if isinstance(value, datetime):
        moment = value
    elif not value:
        return None
    else:
        text = value.translate(identity.DIGITS)
        iso, written = _ISO.fullmatch(text), _WRITTEN.fullmatch(text)
        if not iso and not written:
            raise ValueError(text)
        parts = [int(part or 0) for part in (iso or written).groups()]
        day = parts[:3] if iso else parts[2::-1]
        moment = datetime.combine(date(*day), time(*parts[3:]))
    if not 1990 <= moment.year <= 2099:
        raise ValueError("odd year")
    return timezone.make_aware(moment.replace(tzinfo=None))
