"""What the page of parts (kendras:look) shows: a sample for every part of the interface, without a row and without a person.

Imports go down, so what belongs to a higher room stands here as a plain object of the same shape. Who acts in a sample is
a role and not a name. tests/kendras/test_look.py holds the samples against what they stand for.
"""

from datetime import date, timedelta
from types import SimpleNamespace

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from kendras.forms import Day
from kendras.models import SENTENCES, Level, Role
from kendras.paging import Page

HOUR, DAY = timedelta(hours=1), timedelta(days=1)

#: the shapes of the sprite (static/icons.svg)
ICONS = (
    "today", "complaints", "fir", "add", "handover", "register", "figures", "report", "meeting", "units", "rules", "accounts",
    "trail", "more", "search", "filter", "caret", "next", "previous", "ok", "clock", "due", "late", "void", "info", "lock",
    "eye", "exit", "language", "print", "download", "key", "phone", "switch", "offline", "none", "support",
)  # fmt: skip

#: tones of a badge, each with a word it is used for
BADGES = (
    ("ok", _("Satisfied")),
    ("due", _("Urgent")),
    ("late", _("Late")),
    ("info", _("Registered")),
    ("void", _("provisional")),
    ("sensitive", _("sensitive")),
)

#: tones of a notice, each with a sentence
NOTICES = (
    ("", _("Asked; a second officer has not answered yet.")),
    ("ok", _("Saved.")),
    ("due", _("This is a first password. Choose one of your own before you go on.")),
    ("late", _("The stored figures do not fit their hash: they have been changed outside this system.")),
)

_MONTHS = tuple(date(2025 + n // 12, n % 12 + 1, 1) for n in range(7, 19))


class Status(TextChoices):
    """How a clock stands; the same as complaints.models.DeadlineStatus."""

    ON_TIME = "on_time", _("On time")
    DUE_SOON = "due_soon", _("Due soon")
    LATE = "late", _("Late")
    MET = "met", _("Done in time")
    MET_LATE = "met_late", _("Done late")
    VOID = "void", _("No longer running")


class SampleForm(forms.Form):
    """Every kind of field that a form of the site has."""

    line = forms.CharField(label=_("One line"), help_text=_("A hint says what is wanted."))
    optional = forms.CharField(label=_("One line that may stay empty"), required=False)
    secret = forms.CharField(label=_("Password"), widget=forms.PasswordInput)
    number = forms.IntegerField(label=_("Number"), min_value=1, max_value=10)
    day = Day(label=_("Date"))
    choice = forms.ChoiceField(label=_("One of many"), choices=[("", _("all")), *Role.choices])
    few = forms.ChoiceField(label=_("One of few"), choices=BADGES[:3], widget=forms.RadioSelect)
    several = forms.MultipleChoiceField(
        label=_("Several of few"), choices=BADGES[3:], widget=forms.CheckboxSelectMultiple
    )
    paper = forms.FileField(label=_("Paper (JPEG, PNG, PDF)"))
    fixed = forms.CharField(label=_("Cannot be changed here"), disabled=True, initial="0123/2026")
    words = forms.CharField(label=_("Several lines"), widget=forms.Textarea(attrs={"rows": 3}))
    yes = forms.BooleanField(label=_("A box to tick"))

    def clean(self):
        raise forms.ValidationError(_("What concerns several fields is said at the top."))


def samples(at):
    """Everything the page shows, at the moment `at`."""
    return {
        "icons": ICONS,
        "badges": BADGES,
        "notices": NOTICES,
        "sample_user": SimpleNamespace(name=_("Name of the officer"), is_authenticated=True),
        "sample_charge": SimpleNamespace(get_role_display=Role.INCHARGE.label, unit=_unit(Level.THANA, _("Station A"))),
        "states": [SimpleNamespace(state=code, get_state_display=word) for code, word in _REPORT_STATES],
        "jobs": [SimpleNamespace(state=code, get_state_display=word) for code, word in _JOB_STATES],
        "deadlines": _deadlines(at),
        "figures": _FIGURES,
        "form": SampleForm(prefix="right"),
        "wrong": SampleForm({"wrong-number": "0", "wrong-day": "31-02"}, prefix="wrong"),
        **_charts(),
        **_case(at),
        **_tables(at),
    }


_REPORT_STATES = (
    ("draft", _("Draft")),
    ("submitted", _("Submitted")),
    ("accepted", _("Accepted")),
    ("locked", _("Locked")),
)
_JOB_STATES = (("running", _("Running")), ("done", _("Done")), ("failed", _("Failed")))

#: number, label, list behind it, tone
_FIGURES = (
    (3, _("Late"), "#figures", "late"),
    (12, _("Not assigned"), "#figures", "due"),
    (123456, _("Open complaints"), "#figures", "info"),
    (0, _("Feedback call late"), "#figures", "late"),
    (8, _("Received"), "", ""),
)


def _unit(level, name, **more):
    return SimpleNamespace(pk=0, level=level.value, name=name, title=name, **more)


def _deadlines(at):
    """(status, when it falls due, which clock)"""
    return [
        (Status.ON_TIME, at + 3 * DAY, _("Disposal")),
        (Status.DUE_SOON, at + 5 * HOUR, _("Preliminary enquiry")),
        (Status.LATE, at - 2 * HOUR, _("First action")),
        (Status.LATE, at - 40 * DAY, _("Disposal")),
        (Status.MET, at - DAY, _("Feedback call")),
        (Status.MET_LATE, at - 2 * DAY, _("Feedback call")),
        (Status.VOID, at - 9 * DAY, _("Follow-up")),
    ]


# --- charts: what reports.charts makes of RECEIVED, DISPOSED and AGES --------------------------------------------------

RECEIVED = (12, 18, 15, 9, 14, 21, 26, 19, 17, 23, 30, 11)
DISPOSED = (8, 14, 16, None, None, 15, 22, 24, 16, 18, 25, 13)
#: label, number, tone, width of its bar
AGES = (
    (_("up to 10 days"), 24, "ok", "100"),
    (_("11 to 15 days"), 9, "", "37.5"),
    (_("16 to 30 days"), 6, "due", "25"),
    (_("over 60 days"), 1, "late", "4.17"),
    (_("Re-opened"), 0, "", "0"),
)
_PATHS = (
    (
        "M4.17 70L12.5 55L20.83 62.5L29.17 77.5L37.5 65L45.83 47.5L54.17 35L62.5 52.5L70.83 57.5L79.17 42.5L87.5 25L95.83 72.5",
        "M4.17 70h.01M12.5 55h.01M20.83 62.5h.01M29.17 77.5h.01M37.5 65h.01M45.83 47.5h.01M54.17 35h.01M62.5 52.5h.01M70.83 57.5h.01M79.17 42.5h.01M87.5 25h.01M95.83 72.5h.01",
    ),
    (
        "M4.17 80L12.5 65L20.83 60M45.83 62.5L54.17 45L62.5 40L70.83 60L79.17 55L87.5 37.5L95.83 67.5",
        "M4.17 80h.01M12.5 65h.01M20.83 60h.01M45.83 62.5h.01M54.17 45h.01M62.5 40h.01M70.83 60h.01M79.17 55h.01M87.5 37.5h.01M95.83 67.5h.01",
    ),
)


def _charts():
    labels = (_("Received"), _("Disposed of"))
    lines = [
        SimpleNamespace(label=label, style=style, path=path, dots=dots)
        for style, (label, (path, dots)) in enumerate(zip(labels, _PATHS, strict=True), start=1)
    ]
    rows = list(zip(_MONTHS, zip(RECEIVED, DISPOSED, strict=True), strict=True))
    return {
        "course": SimpleNamespace(months=_MONTHS, top=40, middle=20, lines=lines, rows=rows),
        "ages": [
            SimpleNamespace(label=label, n=n, tone=tone, width=width, url="#charts") for label, n, tone, width in AGES
        ],
    }


# --- a case: its moves, its entries, its trail --------------------------------------------------------------------------


def _case(at):
    """What stands on the page of a case."""
    desk, head = (SimpleNamespace(name=role.label) for role in (Role.DESK, Role.INCHARGE))
    told = (("register", 50 * HOUR, desk), ("assign", 49 * HOUR, head), ("start_enquiry", 30 * HOUR, head))
    return {
        "complaint": SimpleNamespace(pk=0),
        "first": [SimpleNamespace(name="decide", label=_("Decide"))],
        "others": [
            SimpleNamespace(name="follow_up", label=_("Follow-up entry")),
            SimpleNamespace(name="hand_over", label=_("Hand over to another police station")),
        ],
        "trail": [
            SimpleNamespace(sentence=sentence_of(code), at=at - ago, by=by, charge=None, reason="")
            for code, ago, by in reversed(told)
        ],
        "notes": _notes(at, head),
        "directions": _directions(at),
    }


def sentence_of(code):
    """The words of the trail for a move of a complaint."""
    return SENTENCES[f"complaint.{code}"]


def _notes(at, by):
    kinds = (
        ("direction", _("Direction"), at.date() + 3 * DAY),
        ("feedback", _("Feedback"), None),
        ("decision", _("Decision"), None),
        ("visit", _("Visit"), None),
    )
    return [
        SimpleNamespace(
            kind=kind,
            get_kind_display=label,
            next_on=day,
            text=_("What was done, in a sentence."),
            at=at - n * DAY,
            by=by,
        )
        for n, (kind, label, day) in enumerate(kinds)
    ]


def _directions(at):
    states = (("open", _("Not answered yet")), ("not_done", _("Not carried out")), ("done", _("Carried out")))
    return [
        (
            SimpleNamespace(
                pk=0, state=state, get_state_display=label, text=_("What is to be done."), answer="", due_on=at.date(), given_at=at
            ),
            [],
        )
        for state, label in states
    ]  # fmt: skip


# --- tables -------------------------------------------------------------------------------------------------------------


def _tables(at):
    """Rows for a list of complaints, for units below, for a statement, and what stands around them."""
    unit, below = _unit(Level.DISTRICT, _("District A")), [_("Station A"), _("Station B"), _("Station C")]
    return {
        "lines": [
            _line("0123/2026", at, Status.LATE, -2, urgency="danger", get_urgency_display=_("In danger now"), is_sensitive=True),
            _line("0124/2026", at, Status.DUE_SOON, 0.2, urgency="urgent", get_urgency_display=_("Urgent")),
            _line("0125/2026", at, Status.ON_TIME, 6),
            _line("0126/2026", at, None, 0, outcome="fir", get_outcome_display=_("FIR"), get_state_display=_("Closed")),
        ],
        "unit": unit,
        "units": [_unit_work(name, numbers) for name, numbers in zip(below, _NUMBERS, strict=True)],
        "sheet": _sheet(below),
        "page": Page([], after="x", before="x"),
        "query": "",
        "path": [_unit(Level.STATE, _("Uttar Pradesh Police"))],
        "below": [_unit(Level.THANA, name) for name in below],
        "month": _MONTHS[-1],
        "choices": _MONTHS[::-1],
    }  # fmt: skip


#: late, days, not assigned, feedback late, not satisfied, open
_NUMBERS = ((4, 12, 2, 1, 3, 31), (1, 2, 0, 0, 0, 12), (0, 0, 0, 0, 1, 1234))


def _line(number, at, status, days, **more):
    """(complaint, status of its clock) as a list has them."""
    plain = {
        "urgency": "normal",
        "is_sensitive": False,
        "outcome": "",
        "get_state_display": _("Enquiry"),
        "assigned_to": SimpleNamespace(name=Role.SI.label),
    }
    row = SimpleNamespace(
        pk=0,
        number=number,
        thana=_unit(Level.THANA, _("Station A")),
        nature=SimpleNamespace(name=_("Nature of the complaint")),
        received_at=at - 12 * DAY,
        due_at=at + days * DAY,
        get_due_clock_display=_("Disposal"),
        **plain | more,
    )
    return row, status


def _unit_work(name, numbers):
    names = ("late", "days", "unassigned", "feedback", "dissatisfied", "open")
    unit = _unit(Level.THANA, name, circle=_unit(Level.CIRCLE, _("Circle A")))
    return SimpleNamespace(unit=unit, links=dict.fromkeys(names, "#tables"), **dict(zip(names, numbers, strict=True)))


def _sheet(names):
    """A statement: numbers, a share, and their sum."""
    rows = [
        SimpleNamespace(label=name, url="", cells=((n, "#tables"), (m, "#tables"), (share, "")))
        for name, n, m, share in zip(names, (26, 0, 1234), (24, 0, 1180), ("92.3 %", "–", "95.6 %"), strict=True)
    ]
    return SimpleNamespace(
        code="sample",
        title=_("Statements"),
        head=_("Unit"),
        groups=((_("Figures of the month"), 3),),
        columns=[SimpleNamespace(label=label) for label in (_("Received"), _("Disposed of"), _("Share"))],
        rows=rows,
        total=SimpleNamespace(label=_("Total"), cells=((1260, ""), (1204, ""), ("95.6 %", ""))),
        notes=(_("The lists behind the numbers show the rows as they are today."),),
    )
